//! The text that was signed off, and who signed it off.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Located, Location, Message, Related, SourcePath};
use crate::notice::Day;

/// The file that was signed off (审定稿).
#[derive(Debug, Clone)]
pub struct ApprovedText {
    /// The file.
    pub source: SourcePath,
    /// Its text: of plain text byte for byte, without a byte order mark; of a document what people see of it, a paragraph or a row
    /// of a table in each line.
    pub text: String,
    /// Where `text` begins in the file, in bytes; 0 for a document.
    pub offset: usize,
    /// Whether the file could be read; if not, that has been reported.
    pub is_whole: bool,
    /// What it is.
    pub form: ApprovedForm,
    /// The SHA-256 hash of the file in hexadecimal digits; empty if the file could not be read.
    pub sha256: String,
}

/// What an approved text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovedForm {
    /// Plain text, whose places are bytes.
    PlainText,
    /// A document, whose places are paragraphs.
    Document,
}

impl ApprovedText {
    /// Returns the number of the paragraph in which a byte of `text` stands, from 1; a row of a table counts as one.
    pub fn paragraph(&self, at: usize) -> usize {
        let end = self.text.floor_char_boundary(at);
        self.text.get(..end).unwrap_or_default().matches('\n').count() + 1
    }

    /// Returns what is known about the text with places that people can find: in a document that is a paragraph, since bytes of
    /// it mean nothing.
    pub fn by_paragraph(&self, mut found: Diagnostic) -> Diagnostic {
        if self.form == ApprovedForm::PlainText {
            return found;
        }
        let of_text = |location: &mut Location| {
            if location.path == self.source { location.range.take() } else { None }
        };
        if let Some(range) = found.location.as_mut().and_then(of_text) {
            found.message = self.with_paragraph(&found.message, &range);
            found.fixes.clear();
        }
        for Related { location, message, .. } in &mut found.related {
            if let Some(range) = of_text(location) {
                *message = self.with_paragraph(message, &range);
            }
        }
        found
    }

    fn with_paragraph(&self, message: &Message, range: &Range<usize>) -> Message {
        let paragraph = self.paragraph(range.start);
        let [english, chinese] = message.both();
        Message::new(format!("{english} (paragraph {paragraph})"), format!("{chinese}（第{paragraph}段）"))
    }
}

/// Who drafted, reviewed and signed a text (三审), and for which file that holds.
#[derive(Debug, Clone)]
pub struct Approval {
    /// Where it is written.
    pub location: Location,
    /// The first digits, at least, of the SHA-256 hash of the approved file, in small letters.
    pub sha256: Option<Located<String>>,
    /// What was done, in the order in which it should have been.
    pub steps: Vec<ApprovalStep>,
    /// The secrecy review (保密审查), which may be done at any time between drafting and signing.
    pub secrecy: Option<ApprovalStep>,
}

/// One step of an approval.
#[derive(Debug, Clone)]
pub struct ApprovalStep {
    /// What was done, by the name of its key: `drafted`, `reviewed`, `secrecy`, `signed`.
    pub key: &'static str,
    /// Who did it.
    pub who: String,
    /// When.
    pub day: Day,
    /// Where it is written.
    pub location: Location,
}
