//! Blocks → parts: which paragraphs are measures, where their lead sentences end, which labels run in.
//!
//! The prose of a notice is not marked up; its structure is in the printed numbering (GB/T 9704-2012, 7.3.3:
//! 一、 （一） 1. （1）). A numbering of the same or a higher rank closes the measures that are open; a lower one opens a
//! measure inside. What has no numbering belongs to the measure above it. Nothing here is an error: a shape that is not
//! known stays a paragraph.

use crate::markdown::{Block, BlockKind, Inline};
use crate::notice::{Measure, Paragraph, Part};
use crate::text::{self, numbering::Style};

/// The most characters that a sentence alone on its line may have to be the title of what follows.
const LONGEST_TITLE: usize = 40;

/// Finds the measures in `blocks`.
pub(super) fn outline(blocks: Vec<Block>) -> Vec<Part> {
    let mut open = Open::default();
    let mut blocks = blocks.into_iter().flat_map(numbered_paragraphs).peekable();
    while let Some(block) = blocks.next() {
        let next_is_plain_text = blocks.peek().is_some_and(is_unnumbered_paragraph);
        match block.kind {
            BlockKind::Paragraph(inline) => open.paragraph(inline, block.range, next_is_plain_text),
            _ => open.parts().push(Part::Block(block)),
        }
    }
    open.close_all()
}

/// The measures that may still grow, from the outermost to the innermost.
#[derive(Default)]
struct Open {
    finished: Vec<Part>,
    measures: Vec<(Style, Measure)>,
}

impl Open {
    /// The list that the next part goes to.
    fn parts(&mut self) -> &mut Vec<Part> {
        match self.measures.last_mut() {
            Some((_, measure)) => &mut measure.parts,
            None => &mut self.finished,
        }
    }

    fn close_last(&mut self) {
        if let Some((_, measure)) = self.measures.pop() {
            self.parts().push(Part::Measure(measure));
        }
    }

    fn close_all(mut self) -> Vec<Part> {
        while !self.measures.is_empty() {
            self.close_last();
        }
        self.finished
    }

    fn paragraph(&mut self, inline: Inline, range: std::ops::Range<usize>, next_is_plain_text: bool) {
        let text = inline.plain_text();
        let Some(numbering) = text::numbering::parse(&text) else {
            self.parts().push(Part::Paragraph(paragraph(inline, range)));
            return;
        };
        while self.measures.last().is_some_and(|(style, _)| *style >= numbering.style) {
            self.close_last();
        }
        let position = last_position(self.parts()) + 1;
        let behind = text.get(numbering.length..).unwrap_or_default();
        let mut measure =
            Measure { position, lead: None, is_run_in: false, parts: Vec::new(), range: range.clone() };
        if let Some(end) = text::sentence::lead_end(behind) {
            let (lead, rest) = inline.split_at(numbering.length + behind_spaces(behind, end));
            measure.lead = Some(lead);
            measure.is_run_in = true;
            measure.parts.push(Part::Paragraph(paragraph(rest, range)));
        } else if is_title(behind, next_is_plain_text) {
            measure.lead = Some(inline);
        } else {
            measure.parts.push(Part::Paragraph(Paragraph { label: None, text: inline, range }));
        }
        self.measures.push((numbering.style, measure));
    }
}

/// Returns the position of the last measure directly in `parts`, or 0.
fn last_position(parts: &[Part]) -> usize {
    let position = |part: &Part| match part {
        Part::Measure(measure) => Some(measure.position),
        Part::Paragraph(_) | Part::Block(_) => None,
    };
    parts.iter().rev().find_map(position).unwrap_or(0)
}

/// Returns `end` moved behind the white space that follows it in `text`.
fn behind_spaces(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    end + (rest.len() - rest.trim_start().len())
}

/// Tells whether a numbered line is the title of what follows: it does not end like a sentence, or it is short and
/// unnumbered text follows.
fn is_title(text: &str, next_is_plain_text: bool) -> bool {
    let is_sentence = text.trim_end().ends_with(['。', '；', ';', '！', '？', '：', ':', '，', ',']);
    let is_short = text.chars().count() <= LONGEST_TITLE;
    is_short && (!is_sentence || (next_is_plain_text && text.trim_end().ends_with('。')))
}

fn paragraph(inline: Inline, range: std::ops::Range<usize>) -> Paragraph {
    let words = inline.plain_text();
    match text::sentence::run_in_label(&words) {
        Some(end) => {
            let (label, text) = inline.split_at(behind_spaces(&words, end));
            Paragraph { label: Some(label), text, range }
        }
        None => Paragraph { label: None, text: inline, range },
    }
}

fn is_unnumbered_paragraph(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph(inline) => text::numbering::parse(&inline.plain_text()).is_none(),
        _ => false,
    }
}

/// Turns an ordered list at the top of the text back into the numbered paragraphs that its author typed: with a space
/// behind the dot Markdown sees a list, in an official document it is a numbering all the same. The space stays:
/// whether it belongs there is for the approved text to say.
fn numbered_paragraphs(block: Block) -> Vec<Block> {
    let BlockKind::List(list) = block.kind else { return vec![block] };
    let begins_with_text =
        |blocks: &[Block]| matches!(blocks.first().map(|b| &b.kind), Some(BlockKind::Paragraph(_)));
    if list.start.is_none() || !list.items.iter().all(|item| begins_with_text(&item.blocks)) {
        return vec![Block { kind: BlockKind::List(list), range: block.range }];
    }
    list.items
        .into_iter()
        .flat_map(|item| {
            let marker_range = item.range.start..item.range.start + item.marker.len();
            let marker = (item.marker, marker_range);
            item.blocks.into_iter().enumerate().map(move |(index, block)| match block.kind {
                BlockKind::Paragraph(inline) if index == 0 => Block {
                    kind: BlockKind::Paragraph(with_marker(inline, &marker.0, marker.1.clone())),
                    range: marker.1.start..block.range.end,
                },
                kind => Block { kind, range: block.range },
            })
        })
        .collect()
}

/// Puts the marker in front of the text, with the space that stands between them.
fn with_marker(inline: Inline, marker: &str, range: std::ops::Range<usize>) -> Inline {
    if inline.range().start > range.end {
        inline.with_prefix(&format!("{marker} "), range.start..range.end + 1)
    } else {
        inline.with_prefix(marker, range)
    }
}
