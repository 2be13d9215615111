//! Quotations and titles: their marks in reading order → the stretches of text that they enclose.
//!
//! Start with [`Quotations::read`]. A mark that is never closed encloses nothing, and no quotation goes beyond its line.

use std::ops::Range;

use super::{NoFigure, NumberKind, WrittenNumber};

/// Marks that open, marks that close, and what stands between them.
const PAIRS: [(char, char, NoFigure); 7] = [
    ('“', '”', NoFigure::Quoted),
    ('‘', '’', NoFigure::Quoted),
    ('「', '」', NoFigure::Quoted),
    ('『', '』', NoFigure::Quoted),
    ('"', '"', NoFigure::Quoted),
    ('《', '》', NoFigure::Title),
    ('〈', '〉', NoFigure::Title),
];

/// Deeper nesting is ignored: no sentence needs it, and it would cost memory.
const DEEPEST: usize = 8;

/// The quotations of a text, read mark by mark.
#[derive(Default)]
pub(super) struct Quotations {
    open: Vec<(char, usize)>,
    // Invariant: sorted, and none inside another.
    closed: Vec<(Range<usize>, NoFigure)>,
}

impl Quotations {
    /// Takes the next mark, a line break included.
    pub(super) fn read(&mut self, mark: char, at: usize) {
        if mark == '\n' {
            self.open.clear();
            return;
        }
        let opened = self
            .open
            .iter()
            .rposition(|&(open, _)| PAIRS.iter().any(|&(first, last, _)| first == open && last == mark));
        if let Some(place) = opened {
            let (open, from) = self.open[place];
            self.open.truncate(place);
            self.close(open, from..at);
        } else if PAIRS.iter().any(|&(first, ..)| first == mark) {
            // The same mark again: the first one was never closed.
            self.open.retain(|&(open, _)| open != mark);
            if self.open.len() == DEEPEST {
                self.open.remove(0);
            }
            self.open.push((mark, at));
        }
    }

    fn close(&mut self, open: char, range: Range<usize>) {
        while self.closed.last().is_some_and(|(inner, _)| range.start <= inner.start) {
            self.closed.pop();
        }
        let reason = PAIRS.iter().find_map(|&(first, _, reason)| (first == open).then_some(reason));
        self.closed.extend(reason.map(|reason| (range, reason)));
    }

    /// Gives everything found between two marks the reason that it stands there.
    pub(super) fn mark(self, found: &mut [WrittenNumber]) {
        let mut quotations = self.closed.into_iter().peekable();
        for next in found {
            while quotations.next_if(|(range, _)| range.end <= next.range.start).is_some() {}
            if let Some((range, reason)) = quotations.peek()
                && range.start < next.range.start
            {
                next.kind = NumberKind::Other(*reason);
            }
        }
    }
}

/// Tells whether `character` opens or closes a quotation, or ends all of them.
pub(super) const fn is_mark(character: char) -> bool {
    matches!(
        character,
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '"' | '《' | '》' | '〈' | '〉' | '\n'
    )
}
