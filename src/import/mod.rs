//! The office's document → the files of a notice folder, and what was made of which part of it.
//!
//! Start with [`import`]. `lines` takes the document apart, `frame` finds title, signature and date, `heads` which lines
//! are headings and of what kind, `sections` what stands below each, `facts` what the text says of inspection and contacts; `write` makes files of it, and
//! `offers` lets the reader of sites put in what it would offer for them. `changes` lays a new import beside a folder that
//! editors have worked on, with their `markup`; `proof` compares the folder as it will be with the document. What is not recognized stays a paragraph in its place; nothing is left out.

mod changes;
mod contacts;
mod days;
mod facts;
mod frame;
mod heads;
mod lines;
mod markup;
mod offers;
mod proof;
mod restored;
mod sections;
mod write;

use crate::document::{Document, Picture};
use crate::markdown;
use crate::notice::Kind;

pub use changes::{Change, FileChange, can_be_kept, changes, merged};
pub use facts::Facts;
pub use offers::Proposed;
pub use proof::{Proof, prove};
pub use restored::{Restoration, Restorations, restorations, with_joined_lines, with_restored_width};

/// What a document becomes.
#[derive(Debug)]
pub struct Import {
    /// What was recognized.
    pub outline: Outline,
    /// The files of the folder, by name; `notice.md` is the first.
    pub files: Vec<NewFile>,
    /// The pictures that stand beside them.
    pub pictures: Vec<Picture>,
    /// What is proposed for the figures, for somebody to look at.
    pub proposed: Proposed,
}

impl Import {
    /// Returns a name for the folder by the date of the notice: `n-2025`.
    pub fn folder_by_date(&self) -> String {
        let date = self.outline.date.as_deref().unwrap_or_default();
        let year = days::named(date).first().and_then(|day| day.written.get(..4).map(str::to_owned));
        year.map_or_else(|| "notice".to_owned(), |year| format!("n-{year}"))
    }

    /// Gives the sections the names that their files have in the folder that they go on with.
    pub fn take_names(&mut self, changes: &[FileChange]) {
        let names = changes.iter().skip(1).map(|change| change.name.trim_end_matches(".md"));
        for (section, name) in self.outline.sections.iter_mut().zip(names) {
            name.clone_into(&mut section.name);
        }
    }
}

/// A file of text, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its name in the folder.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// What was recognized in a document.
#[derive(Debug, Default)]
pub struct Outline {
    /// The title as printed, in its lines; empty if the text has none.
    pub title: Vec<String>,
    /// What stands in front of the first section.
    pub opening: Vec<Piece>,
    /// The sections in their order.
    pub sections: Vec<Section>,
    /// Who signs.
    pub signers: Vec<String>,
    /// The date under the text, as printed.
    pub date: Option<String>,
    /// What the text says of inspection, contacts and period.
    pub facts: Facts,
}

/// A part of the notice that gets a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub kind: Kind,
    /// Its heading as printed.
    pub heading: Option<String>,
    /// The level of its heading, where neither a numeral nor what stands in front of it says that.
    pub level: Option<usize>,
    /// What stands below it.
    pub body: Vec<Piece>,
    /// The name of its file, without ending.
    pub name: String,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A paragraph of one line.
    Text(Line),
    /// A table: rows of cells, each row as wide as the widest.
    Table(Vec<Vec<String>>),
    /// The picture of the document with this index.
    Picture(usize),
}

/// A line of text, and how it looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its words, without white space around them.
    pub words: String,
    /// The level at which a style makes it a heading, from 1.
    pub heading: Option<u8>,
}

impl Piece {
    /// Returns the words of a line of text.
    fn words(&self) -> Option<&str> {
        match self {
            Self::Text(line) => Some(&line.words),
            Self::Table(_) | Self::Picture(_) => None,
        }
    }
}

impl Outline {
    /// Counts the sections of a kind.
    pub fn n_of(&self, kind: Kind) -> usize {
        self.sections.iter().filter(|section| section.kind == kind).count()
    }
}

/// Makes a notice of `document`, for the folder with this name; `options` are those that the site reads Markdown with.
pub fn import(document: &Document, folder: &str, options: &markdown::Options) -> Import {
    let mut pieces = lines::pieces(document);
    let frame = frame::take(&mut pieces);
    let parts = sections::part(pieces, frame.behind);
    let noted = frame.noted_title.iter().cloned().collect::<Vec<_>>();
    let title = if frame.title.is_empty() { &noted } else { &frame.title };
    let mut facts = facts::find(title, &parts, &frame.signers);
    facts.noted_title = frame.noted_title;
    facts.date = frame.noted_date.or(facts.date);
    let outline = Outline {
        title: frame.title,
        opening: parts.opening,
        sections: parts.sections,
        signers: frame.signers,
        date: frame.date,
        facts,
    };
    let files = write::files(&outline, &document.pictures, options);
    let (files, proposed) = offers::put_in(files, folder, options);
    Import { outline, files, pictures: document.pictures.clone(), proposed }
}
