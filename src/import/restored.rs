//! Half-width punctuation and broken lines, put right where the editor wants it; the words stay.

use std::collections::BTreeSet;

use crate::document::{Block, Document, Paragraph};
use crate::figure::breaks_number;
use crate::text::restore::{self, Reason};
use crate::text::width;

/// A change of punctuation that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restoration {
    /// The block, from 1.
    pub block: usize,
    /// What stands around the mark, the mark in the middle.
    pub around: String,
    /// The mark.
    pub written: char,
    /// What to write instead.
    pub replacement: char,
    /// Why.
    pub reason: Reason,
    /// Whether it is only another width of the same mark, so that a comparison with the approved file holds.
    pub is_width: bool,
}

/// What can be put right.
#[derive(Debug, Default)]
pub struct Restorations {
    /// Marks.
    pub marks: Vec<Restoration>,
    /// The blocks, from 1, that end inside a number which goes on in the next one.
    pub broken_numbers: Vec<usize>,
    /// The blocks, from 1, that go on in the next one: a line ends inside a sentence.
    pub joins: Vec<usize>,
}

/// How many characters are shown on either side of a mark.
const AROUND: usize = 8;

/// Finds what can be put right in `document`.
pub fn restorations(document: &Document) -> Restorations {
    let mut found = Restorations::default();
    for (index, paragraph) in paragraphs(document) {
        let text = &paragraph.text;
        for change in restore::restore(text) {
            let before = text.get(..change.at).unwrap_or_default();
            let behind = text.get(change.range().end..).unwrap_or_default();
            let from = before.char_indices().rev().take(AROUND).last().map_or(0, |(at, _)| at);
            let to: String = behind.chars().take(AROUND).collect();
            let around = format!("{}{}{to}", before.get(from..).unwrap_or_default(), change.written);
            found.marks.push(Restoration {
                block: index + 1,
                around,
                written: change.written,
                replacement: change.replacement,
                reason: change.reason,
                is_width: width::fold(change.written) == width::fold(change.replacement),
            });
        }
    }
    let lines: Vec<(usize, &Paragraph)> = paragraphs(document).collect();
    let words: Vec<&str> = lines.iter().map(|(_, paragraph)| paragraph.text.as_str()).collect();
    let former = |at: usize| {
        let (before, line) = (lines.get(at.checked_sub(1)?)?.0, lines.get(at)?.0);
        (before + 1 == line).then_some(before + 1)
    };
    let parts_number = |pair: &&[(usize, &Paragraph)]| {
        let [(_, before), (_, behind)] = pair else { return false };
        !ends_sentence(&before.text) && breaks_number(&before.text, &behind.text)
    };
    found.broken_numbers = lines.windows(2).filter(parts_number).map(|pair| pair[0].0 + 1).collect();
    found.joins = restore::joins(&words).into_iter().filter_map(former).collect();
    found
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(crate::text::sentence::ends_sentence)
}

fn paragraphs(document: &Document) -> impl Iterator<Item = (usize, &Paragraph)> {
    document.blocks.iter().enumerate().filter_map(|(index, block)| match block {
        Block::Paragraph(paragraph) => Some((index, paragraph)),
        Block::Table(_) | Block::Picture(_) => None,
    })
}

/// Returns `document` with the widths of its marks restored.
pub fn with_restored_width(mut document: Document) -> Document {
    for block in &mut document.blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        for change in restore::restore(&paragraph.text).into_iter().rev() {
            if width::fold(change.written) == width::fold(change.replacement) {
                paragraph.text.replace_range(change.range(), change.replacement.encode_utf8(&mut [0; 4]));
            }
        }
    }
    document
}

/// Returns `document` with the lines joined that end inside a sentence, as `restorations` found them in it.
pub fn with_joined_lines(mut document: Document, joins: &[usize]) -> Document {
    let goes_on: BTreeSet<usize> = joins.iter().copied().collect();
    let (mut blocks, mut n_joined): (Vec<Block>, Vec<usize>) = (Vec::new(), Vec::new());
    for (index, block) in std::mem::take(&mut document.blocks).into_iter().enumerate() {
        match (block, blocks.last_mut()) {
            (Block::Paragraph(next), Some(Block::Paragraph(last))) if goes_on.contains(&index) => {
                last.text.push_str(&next.text);
                n_joined.push(index);
            }
            (block, _) => blocks.push(block),
        }
    }
    document.blocks = blocks;
    for finding in &mut document.findings {
        finding.place -= n_joined.partition_point(|joined| *joined < finding.place);
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    #[test]
    fn lines_are_joined_in_their_order() {
        let document = document::read("一\n二\n三\n四\n五".as_bytes()).unwrap();
        let joined = with_joined_lines(document, &[1, 2, 4]);
        assert_eq!(joined.plain_text(), "一二三\n四五\n");
    }

    #[test]
    fn widths_and_breaks_are_told() {
        let document = document::read("甲,乙(丙)共1,204件;\n共3.2\n万元".as_bytes()).unwrap();
        let found = restorations(&document);
        assert_eq!((found.marks.len(), found.broken_numbers), (4, vec![2]));
        let restored = with_restored_width(document);
        assert_eq!(restored.plain_text(), "甲，乙（丙）共1,204件；\n共3.2\n万元\n");
    }
}
