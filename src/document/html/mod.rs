//! A web page, saved or pasted from Word, WPS or a website → what browsers show of it.
//!
//! Start with [`read`]. `reader` keeps the elements that are open and puts text into paragraphs; `element` says what a start tag
//! means; `line` gathers a paragraph; `table` makes rows of cells; `picture` takes pictures that the page holds itself. The room
//! `reading` is not used: it is for pages that we wrote, and refuses what browsers repair, which pages from elsewhere are full of.

mod element;
mod line;
mod picture;
mod reader;
mod table;
#[cfg(test)]
mod tests;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::format::decode;
use super::{Document, Encoding, Format, Refusal};
use reader::Reader;

/// Reads a web page or a piece of one.
pub(super) fn read(bytes: &[u8], encoding: Encoding) -> Result<Document, Refusal> {
    let text = decode(bytes, encoding)?;
    // The clipboard of Windows has lines in front of the page that say where its pieces are.
    let is_clipboard = text.trim_start().starts_with("Version:");
    let page = if is_clipboard {
        text.get(text.find('<').unwrap_or(text.len())..).unwrap_or_default()
    } else {
        &text
    };
    let lower = page.to_ascii_lowercase();
    let mut reader = Reader::new(lower.contains("<article") || lower.contains("<main"));
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => reader.start(&tag)?,
            Token::EndTag(tag) => reader.end(&tag.name),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    let (blocks, findings, pictures) = reader.finish();
    Ok(Document { format: Format::Html(encoding), blocks, pictures, findings })
}
