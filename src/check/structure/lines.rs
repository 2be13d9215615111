//! A passage → its lines, each with what is printed together: lead, label and text.

use std::ops::Range;

use crate::diagnostic::{Location, SourcePath};
use crate::markdown::{BlockKind, Inline, Span};
use crate::notice::{Measure, Paragraph, Part, Passage};

/// A line of a text.
pub(super) struct Line<'a> {
    pub(super) words: String,
    source: &'a SourcePath,
    /// What stands beside each other on it, one behind the other.
    pieces: [Option<&'a Inline>; 3],
    /// Where the words begin in the plain text of the pieces.
    start: usize,
}

impl Line<'_> {
    /// Returns its words up to where the file ends a line and pages do not, and those behind.
    ///
    /// A heading that was pasted without an empty line behind it runs into its text there.
    pub(super) fn as_written(&self) -> (&str, &str) {
        let mut at = 0;
        let mut before: Option<&Span> = None;
        for span in self.pieces.iter().flatten().flat_map(|piece| piece.spans()) {
            if let (Some(Span::Text { range: last, .. }), Span::Text { text, range }) = (before, span)
                && range.start > last.end
                && at > self.start
                && text.starts_with(|c: char| !c.is_ascii())
            {
                return self.words.split_at_checked(at - self.start).unwrap_or((&self.words, ""));
            }
            at += span.plain_length();
            before = Some(span);
        }
        (&self.words, "")
    }

    /// Returns where these bytes of its words stand in the file.
    pub(super) fn location(&self, range: Range<usize>) -> Location {
        let place = |at: usize| {
            let mut left = self.start + at;
            let mut last = 0;
            for piece in self.pieces.iter().flatten() {
                if left < piece.plain_length() {
                    return piece.source_offset(left);
                }
                left -= piece.plain_length();
                last = piece.range().end;
            }
            last
        };
        let start = place(range.start);
        // Behind the last character, and not where the next one begins behind some markup.
        let last = self.words.get(range.clone()).and_then(|words| words.chars().next_back());
        let length = last.map_or(0, char::len_utf8);
        let end = if length == 0 { start } else { place(range.end - length) + length };
        Location::new(self.source, start..end.max(start))
    }
}

/// Lists the lines of the paragraphs and headings of a passage.
pub(super) fn lines(passage: &Passage) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    collect(&passage.source, &passage.body, &mut lines);
    lines
}

fn collect<'a>(source: &'a SourcePath, parts: &'a [Part], lines: &mut Vec<Line<'a>>) {
    for part in parts {
        match part {
            Part::Measure(measure) => of_measure(source, measure, lines),
            Part::Paragraph(Paragraph { label, text, .. }) => {
                push(source, [None, label.as_ref(), Some(text)], lines);
            }
            Part::Block(block) => {
                if let BlockKind::Heading { text, .. } = &block.kind {
                    push(source, [Some(text), None, None], lines);
                }
            }
        }
    }
}

fn of_measure<'a>(source: &'a SourcePath, measure: &'a Measure, lines: &mut Vec<Line<'a>>) {
    match measure.parts.split_first() {
        Some((Part::Paragraph(first), rest)) if measure.is_run_in => {
            push(source, [measure.lead.as_ref(), first.label.as_ref(), Some(&first.text)], lines);
            collect(source, rest, lines);
        }
        _ => {
            push(source, [measure.lead.as_ref(), None, None], lines);
            collect(source, &measure.parts, lines);
        }
    }
}

fn push<'a>(source: &'a SourcePath, pieces: [Option<&'a Inline>; 3], lines: &mut Vec<Line<'a>>) {
    let text: String = pieces.iter().flatten().map(|piece| piece.plain_text()).collect();
    let mut at = 0;
    for line in text.split('\n') {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        if !words.is_empty() {
            lines.push(Line { words: words.to_owned(), source, pieces, start });
        }
        at += line.len() + 1;
    }
}
