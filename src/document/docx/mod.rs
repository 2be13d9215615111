//! Word and WPS: what people see of a `.docx`, printed numerals included.
//!
//! `package` unpacks the parts, `xml` makes a bounded tree of each, `styles` and `numbering` are what numerals come from, and
//! `body` walks through the text in reading order. Elements are told by their local names, so that strict documents, whose
//! namespaces have other addresses, are read alike.

mod body;
mod drawings;
mod equation;
mod fields;
mod headers;
mod notes;
mod numbering;
mod numerals;
mod package;
mod run;
mod story;
mod styles;
mod symbols;
mod tables;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod xml;

use package::{Limits, Package};

use super::{Document, Refusal};
use crate::diagnostic::Message;

/// How many documents may stand inside each other, parts taken in from elsewhere (`altChunk`).
const MOST_NESTED: usize = 2;

/// Reads a document of Word.
///
/// # Errors
///
/// What is damaged, too large, nested too deeply, or no document of Word, is refused.
pub(super) fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    read_within(bytes, 0, &mut Limits::default())
}

/// Reads a document inside of others, with what they have left of the limits.
fn read_within(bytes: &[u8], n_around: usize, limits: &mut Limits) -> Result<Document, Refusal> {
    let mut package = Package::open(bytes, *limits)?;
    let document = body::read(&mut package, n_around);
    *limits = package.limits;
    document
}

/// A file that is cut off or changed.
fn damaged(part: &str) -> Refusal {
    let message = Message::new(
        format!("this Word document is damaged ({part}): open it in Word or WPS and save it anew as .docx"),
        format!("Word 文件已损坏（{part}）：请用 Word 或 WPS 打开，另存为 .docx"),
    );
    Refusal { message }
}

/// An archive of something else.
fn no_text() -> Refusal {
    let message = Message::new(
        "this is no Word document: the archive holds no text of Word; save the text as .docx",
        "不是 Word 文件：压缩包中没有 Word 正文；请另存为 .docx",
    );
    Refusal { message }
}

/// A file that would need more than is given.
fn too_large(what: [&str; 2]) -> Refusal {
    let message = Message::new(
        format!(
            "this Word document is not read: {}; copy the text into a new document and save that as .docx",
            what[0]
        ),
        format!("未读取 Word 文件：{}；请把文字复制到新文档，另存为 .docx", what[1]),
    );
    Refusal { message }
}
