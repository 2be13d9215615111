//! What a file is, by its bytes.

use crate::diagnostic::Message;

/// How characters are written in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// GB18030, and so GBK and GB2312.
    Gb18030,
}

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Word and WPS, `.docx`.
    Word,
    /// A web page.
    Html(Encoding),
    /// Markdown.
    Markdown(Encoding),
    /// Plain text.
    Text(Encoding),
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What it is, and what to do instead.
    pub message: Message,
}

/// Tells what a file is.
pub(super) fn of(bytes: &[u8]) -> Result<Format, Refusal> {
    let _ = bytes;
    Ok(Format::Text(Encoding::Utf8))
}
