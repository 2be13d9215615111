//! What the reader of sites makes of the files, and whether they say what the document says.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::fidelity::{self, NoticeText};
use crate::markdown::Options;
use crate::notice::{ApprovedForm, ApprovedText, Notice};
use crate::text::{characters, excerpt, width};

use super::{NewFile, offers};

/// How many characters are quoted where the texts part.
const LONGEST_QUOTATION: usize = 40;

/// What was found of the files of a notice.
#[derive(Debug)]
pub struct Proof {
    /// The notice as it will be read.
    pub notice: Option<Arc<Notice>>,
    /// Where the text of the notice parts from that of the document: what each has there; `None` if they are the same.
    pub difference: Option<[String; 2]>,
    /// What a build will tell of the files.
    pub problems: Vec<Diagnostic>,
}

impl Proof {
    /// Returns the text of the notice as plain text, rows of tables with tabs; empty if it cannot be read.
    pub fn text(&self) -> String {
        self.notice.as_ref().map(|notice| fidelity::plain_text(notice)).unwrap_or_default()
    }

    /// Counts the errors among the problems.
    pub fn n_errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
    }
}

/// Reads `files` as a build would, and compares their text, in order and once, with what people see of `document`.
pub fn prove(document: &Document, files: &[NewFile], folder: &str, options: &Options) -> Proof {
    let read = offers::read(files, folder, options);
    let problems = read.found.into_sorted();
    let Some(notice) = read.notice else { return Proof { notice: None, difference: None, problems } };
    let wanted = document.plain_text();
    let approved = ApprovedText {
        source: offers::path(folder, "approved.txt"),
        text: wanted.clone(),
        offset: 0,
        form: ApprovedForm::Document,
        sha256: String::new(),
        is_whole: true,
    };
    let notice = Arc::new(Notice { approved: Some(approved), ..Arc::unwrap_or_clone(notice) });
    let text = NoticeText::new(&notice);
    let written: String = text.lines.iter().map(|line| line.text.as_str()).collect();
    let difference = parting(&wanted, &written);
    Proof { notice: Some(notice), difference, problems }
}

/// Returns what two texts have where they part; white space, widths and what nobody sees aside, as in a build.
fn parting(wanted: &str, written: &str) -> Option<[String; 2]> {
    let folded = |text: &str| -> Vec<char> {
        let read = characters::as_read(text).map(|(_, character)| width::fold(character));
        read.filter(|c| !c.is_whitespace()).collect()
    };
    let (wanted, written) = (folded(wanted), folded(written));
    if wanted == written {
        return None;
    }
    let same = wanted.iter().zip(&written).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(10);
    Some([&wanted, &written].map(|text| {
        let rest: String = text.iter().skip(from).take(2 * LONGEST_QUOTATION).collect();
        excerpt(&rest, LONGEST_QUOTATION)
    }))
}
