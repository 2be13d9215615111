//! Points inside a paragraph (一是…二是…, ①…②…), and the labels and outlooks that end their lists.

use std::ops::Range;

use super::words::{self, split};
use super::{Label, Meaning, label, label_beside_labels};
use crate::text::numbering::{self, Style};
use crate::text::{numeral, sentence, split_while};

/// What changes inside a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// A point begins: 一是, or one with a numbering of this style (①, （1）); with its number.
    Point(Option<Style>, u64),
    /// A label speaks for what follows: 已整改：.
    Label(Meaning),
    /// What follows is to be done later: 下一步，.
    Outlook,
}

/// Returns where something changes inside a paragraph, with the bytes of its mark or word.
///
/// A point begins a clause, a label and an outlook begin a sentence; what stands in quotation marks or brackets is somebody's
/// words. Whether the numbers of points follow each other is the caller's to say.
pub fn turns(text: &str) -> Vec<(Range<usize>, Turn)> {
    let mut turns = Vec::new();
    let (mut depth, mut begins, mut last) = (0_usize, true, '\n');
    for (at, character) in text.char_indices() {
        if depth == 0
            && begins
            && let Some((length, turn)) = turn(text.get(at..).unwrap_or_default(), last, at == 0)
        {
            turns.push((at..at + length, turn));
        }
        match character {
            '“' | '‘' | '《' | '（' | '(' | '〔' | '【' => depth += 1,
            '”' | '’' | '》' | '）' | ')' | '〕' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        begins = sentence::ends_clause(character) || (begins && character.is_whitespace());
        last = if begins && character.is_whitespace() && character != '\n' { last } else { character };
    }
    turns
}

/// Reads what begins behind the mark `last`; a label at the very beginning is the paragraph's own.
fn turn(text: &str, last: char, is_first: bool) -> Option<(usize, Turn)> {
    if let Some((length, number)) = point_mark(text) {
        return Some((length, Turn::Point(None, number)));
    }
    let begins_sentence = sentence::ends_sentence(last);
    if begins_sentence && split(words::OUTLOOK).any(|word| text.starts_with(word)) {
        return Some((0, Turn::Outlook));
    }
    if begins_sentence && !is_first {
        let beside = || label_beside_labels(text).map(|length| Label { meaning: Meaning::Account, length });
        if let Some(label) = label(text).or_else(beside) {
            return Some((label.length, Turn::Label(label.meaning)));
        }
    }
    let numbering = numbering::parse(text)?;
    let is_inside = match numbering.style {
        Style::Circled | Style::ArabicInParentheses | Style::ChineseInParentheses => true,
        Style::Arabic => (begins_sentence || matches!(last, '：' | ':')) && !numbering.is_flattened(text),
        Style::Chinese => false,
    };
    is_inside.then_some((numbering.length, Turn::Point(Some(numbering.style), numbering.number)))
}

/// Counts the points of a text: those of the style that comes first in it.
pub fn n_points(text: &str) -> usize {
    let points = turns(text).into_iter().filter_map(|(_, turn)| match turn {
        Turn::Point(style, _) => Some(style),
        Turn::Label(_) | Turn::Outlook => None,
    });
    let styles: Vec<_> = points.collect();
    styles.iter().filter(|style| Some(*style) == styles.first()).count()
}

/// The most characters of a paragraph that is the heading of a point.
const LONGEST_TITLE: usize = 60;

/// Returns the number and the name of a paragraph that is nothing but the heading of a point: 一是学习不深入。
pub fn title_of_point(line: &str) -> Option<(u64, &str)> {
    let (length, number) = point_mark(line)?;
    let name = line.get(length..)?.trim();
    let words = name.trim_end_matches('。');
    let is_title = !words.is_empty()
        && !words.contains(['。', '；', ';', '：', ':', '！', '？'])
        && words.chars().count() <= LONGEST_TITLE;
    is_title.then_some((number, name))
}

/// Returns the number of the point with which a text begins.
pub fn number_of_point(text: &str) -> Option<u64> {
    Some(point_mark(text)?.1)
}

fn point_mark(text: &str) -> Option<(usize, u64)> {
    let (number, rest) = split_while(text, |c| numeral::is_part(c) && c != '两');
    let rest = rest.strip_prefix('是')?;
    let number = numeral::parse(number).filter(|number| (1..100).contains(number))?;
    Some((text.len() - rest.len(), number))
}

/// Tells whether the points behind these words are what was found, and not what was done about it.
pub fn leads_to_findings(sentence: &str) -> bool {
    let has = |list| split(list).any(|word| sentence.contains(word));
    has(words::FOUND) && !has(words::DONE)
}
