//! A stretch of text that is read from its beginning to its end: the body, a cell, a text box, a note.

use super::super::{Block, Paragraph};
use super::styles::ParagraphFormat;
use super::xml::Element;

/// A stretch of text as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Story<'a> {
    /// What is finished.
    pub blocks: Vec<Block>,
    /// The paragraph that has begun. It stays open behind a mark that is deleted or hidden: the next goes on with it.
    pub open: Option<Open<'a>>,
    /// Whether it is the body, whose blocks are those of the document.
    pub is_body: bool,
    /// What stands in front of its first paragraph, for a note.
    pub prefix: Option<String>,
    /// Whether a note is being read.
    pub is_note: bool,
    /// Whether a text box or note is being read; other notes wait until it is through.
    pub is_beside: bool,
}

/// A paragraph that has begun.
#[derive(Debug, Default)]
pub(super) struct Open<'a> {
    /// Its text so far, without its numeral.
    pub text: String,
    /// Text boxes anchored in it, whose text stands behind it.
    pub boxes: Vec<&'a Element>,
    /// Words drawn as pictures, which stand behind it, too.
    pub drawn: Vec<String>,
    /// Pictures in it, which stand behind it.
    pub pictures: Vec<usize>,
    /// Where its numeral and its place on the line come from.
    pub carrier: Carrier<'a>,
    /// Whether that stays, whatever goes on with it.
    pub is_fixed: bool,
    /// Whether its last mark is deleted or hidden.
    pub is_joined: bool,
}

/// The format of a paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Carrier<'a> {
    /// What stands at the paragraph.
    pub format: ParagraphFormat,
    /// Its style.
    pub style: Option<&'a str>,
}

impl<'a> Story<'a> {
    /// Returns the paragraph that has begun; begins one if there is none.
    pub(super) fn open(&mut self) -> &mut Open<'a> {
        self.open.get_or_insert_default()
    }
}

/// Returns the text of blocks as lines, and the pictures among them.
pub(super) fn lines(blocks: &[Block]) -> (String, Vec<usize>) {
    let mut lines: Vec<String> = Vec::new();
    let mut pictures = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(Paragraph { text, .. }) => lines.push(text.clone()),
            Block::Table(table) => {
                for row in &table.rows {
                    let cells = row.cells.iter().map(|cell| cell.text.as_str());
                    let cells: Vec<&str> = cells.filter(|text| !text.trim().is_empty()).collect();
                    lines.push(cells.join(" "));
                }
            }
            Block::Picture(index) => pictures.push(*index),
        }
    }
    lines.retain(|line| !line.trim().is_empty());
    (lines.join("\n"), pictures)
}
