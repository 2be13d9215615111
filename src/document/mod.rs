//! The document that an office has → what people see of it, in order: paragraphs, tables, pictures; and what they do not see.
//!
//! Start with [`read`]. What a file is, is told by its bytes and never by its name (`format`). Each format has a reader;
//! all of them make a [`Document`] (`model`). Nothing is guessed about what the text means: that is for `import`. What is not
//! taken over, and what nobody sees in print (tracked changes, comments, hidden text), is a [`Finding`] with its words.

mod alternatives;
mod docx;
mod format;
mod html;
mod markdown;
mod model;
mod notes;
mod roman;
mod secrecy;
mod text;

pub use format::{Encoding, Format, Refusal};
pub use model::{Block, Cell, Document, Finding, FindingKind, Paragraph, Picture, Row, Table};

/// Reads a document of any format that is known.
///
/// # Errors
///
/// A [`Refusal`] names what the file is, or why it cannot be read, and the way out.
pub fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut document = match format::of(bytes)? {
        Format::Word => docx::read(bytes)?,
        Format::Html(encoding) => html::read(bytes, encoding)?,
        Format::Markdown(encoding) => markdown::read(bytes, encoding)?,
        Format::Text(encoding) => text::read(bytes, encoding)?,
    };
    if document.format != Format::Word {
        notes::put_in_place(&mut document);
        tell_secrecy(&mut document);
    }
    alternatives::leave_out_names(&mut document);
    Ok(document)
}

/// Tells of the marks of secrecy in the text; the reader of Word does so itself, where its headers have some.
fn tell_secrecy(document: &mut Document) {
    let mut found = Vec::new();
    for (place, block) in document.blocks.iter().enumerate() {
        if let Block::Paragraph(paragraph) = block {
            let marks = secrecy::marks(&paragraph.text);
            found.extend(marks.map(|words| Finding { kind: FindingKind::SecrecyMark, words, place }));
        }
    }
    document.findings.append(&mut found);
    document.findings.sort_by_key(|finding| finding.place);
}
