//! A text, cut where sentences end, with its numbers.

use std::ops::Range;

use super::Named;
use crate::binding::Words;
use crate::figure::{NoFigure, NumberKind};

/// A sentence, or what a semicolon leaves of it.
pub(super) struct Segment<'a> {
    pub(super) text: &'a str,
    /// Its numbers, in reading order.
    pub(super) numbers: Vec<Number<'a>>,
    /// The last number of the sentence in front of it, in the same paragraph.
    pub(super) before: Option<&'a Named>,
}

/// A number of a segment.
pub(super) struct Number<'a> {
    /// Its bytes in the segment.
    pub(super) range: Range<usize>,
    /// The figure; `None` for one without a name, or that cannot be read, of which nothing can be said.
    pub(super) named: Option<&'a Named>,
}

/// Cuts `words` into segments.
pub(super) fn segments<'a>(
    words: &'a Words,
    named: &'a [Named],
    passed: &[Range<usize>],
) -> Vec<Segment<'a>> {
    let mut segments: Vec<Segment<'_>> = Vec::new();
    let (mut start, mut before) = (0, None);
    for piece in words.text.split_inclusive(['。', '；', ';', '！', '？', '\n']) {
        let end = start + piece.len();
        let numbers = numbers(words, start..end, named, passed);
        let last = numbers.last().and_then(|number| number.named);
        if !numbers.is_empty() {
            segments.push(Segment { text: piece, numbers, before });
        }
        before = if piece.ends_with('\n') { None } else { last.or(before) };
        start = end;
    }
    segments
}

fn numbers<'a>(
    words: &Words,
    within: Range<usize>,
    named: &'a [Named],
    passed: &[Range<usize>],
) -> Vec<Number<'a>> {
    let numbers = words.numbers_in(&within).filter_map(|found| {
        let unclear = [NoFigure::Composite, NoFigure::NoUnit, NoFigure::NoUnitInTable, NoFigure::Unclear];
        let counts = match &found.kind {
            NumberKind::Figure(_) => !passed.iter().any(|range| range.contains(&found.range.start)),
            NumberKind::Other(reason) => unclear.contains(reason),
        };
        let at = named.partition_point(|one| one.range.start < found.range.start);
        let named = named.get(at).filter(|one| one.range.start == found.range.start);
        let range = found.range.start.checked_sub(within.start)?..found.range.end - within.start;
        (counts || named.is_some()).then_some(Number { range, named })
    });
    numbers.collect()
}

impl<'a> Segment<'a> {
    pub(super) fn get(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// Returns the words between the number at `index` and the one behind it, or the end.
    pub(super) fn behind(&self, index: usize) -> &'a str {
        let end = self.numbers.get(index + 1).map_or(self.text.len(), |next| next.range.start);
        self.numbers.get(index).map_or("", |number| self.get(number.range.end..end))
    }

    /// Returns the words of the clause in front of the number at `index`, back to the last mark or number.
    pub(super) fn head(&self, index: usize) -> &'a str {
        let Some(number) = self.numbers.get(index) else { return "" };
        let from =
            index.checked_sub(1).and_then(|last| self.numbers.get(last)).map_or(0, |last| last.range.end);
        let before = self.get(from..number.range.start);
        before.rsplit(is_mark).next().unwrap_or_default().trim()
    }

    /// Returns the words behind the number at `index` up to the next mark or number.
    pub(super) fn tail(&self, index: usize) -> &'a str {
        self.behind(index).split(is_mark).next().unwrap_or_default().trim()
    }

    /// Returns the figure at `index` if it has just one name and is not meant for each of several.
    pub(super) fn one(&self, index: usize) -> Option<&'a Named> {
        let named = self.numbers.get(index)?.named?;
        let is_each = ends_with_any(self.head(index), super::vocabulary::EACH);
        (named.names.len() == 1 && !is_each).then_some(named)
    }

    /// Tells how deep in brackets a place is.
    pub(super) fn depth(&self, at: usize) -> usize {
        self.get(0..at).chars().fold(0_usize, |depth, c| match c {
            '（' | '(' => depth + 1,
            '）' | ')' => depth.saturating_sub(1),
            _ => depth,
        })
    }

    /// Returns the words of the whole clause around the number at `index`, other numbers included.
    pub(super) fn clause(&self, index: usize) -> &'a str {
        let Some(number) = self.numbers.get(index) else { return "" };
        let start = self.get(0..number.range.start).rfind(is_mark).unwrap_or_default();
        let behind = self.get(number.range.end..self.text.len());
        let end = number.range.end + behind.find(is_mark).unwrap_or(behind.len());
        self.get(start..end)
    }
}

pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | ',' | '、' | '：' | ':' | '；' | ';' | '。' | '（' | '）' | '(' | ')' | '！' | '？' | '\n'
    )
}

pub(super) fn contains_any(text: &str, list: &str) -> bool {
    list.split_whitespace().any(|word| text.contains(word))
}

pub(super) fn ends_with_any(text: &str, list: &str) -> bool {
    list.split_whitespace().any(|word| text.ends_with(word))
}

pub(super) fn starts_with_any(text: &str, list: &str) -> bool {
    list.split_whitespace().any(|word| text.starts_with(word))
}

/// Tells whether two figures have the same unit.
pub(super) fn same_unit(one: &Named, other: &Named) -> bool {
    one.quantity.unit() == other.quantity.unit()
}
