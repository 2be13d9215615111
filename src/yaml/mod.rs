//! YAML text → a tree of located values, and strict readers for that tree.
//!
//! Start at [`parse`]: `scan` reads the text in one walk, refuses what offices never need (aliases, tags, deep nesting),
//! and repairs a missing space after a colon; where it is not sure that something is YAML, `judge` asks the YAML crate,
//! which is also what the tests compare every tree with. [`Fields`] then takes mappings apart and reports every key that
//! is missing, unknown or of the wrong kind.
//! Dates, figures and all other meaning of the texts belong to the rooms that read them. No other room sees the YAML crate.

mod characters;
mod cursor;
mod edit;
mod faults;
mod fields;
mod flow;
mod guard;
mod judge;
mod key;
mod located_text;
mod node;
mod scalar;
mod scan;
mod text;
mod write;
mod written;

use std::ops::Range;

use crate::diagnostic::{Diagnostics, Located, Location, SourcePath};

pub use edit::{Document, Edit, Step};
pub use fields::Fields;
pub use key::{Choice, Key, Keys, Kind};
pub use located_text::LocatedText;
pub use write::{Tree, entry, scalar};

use written::Written;

/// A value and the bytes where it is written; for a value left empty, the bytes of its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where.
    pub location: Location,
    /// What.
    pub value: Value,
}

/// What is written at a place of a YAML text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A text: exactly as the author wrote it where it is not quoted (`001234`, `100%`, `1e3`, `true`), else unescaped.
    Scalar(String),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys with values, in the order in which they are written, each key once.
    Mapping(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Located<String>,
    /// Its value.
    pub node: Node,
}

/// A part of a file that is YAML.
#[derive(Debug, Clone, Copy)]
struct Source<'a> {
    path: &'a SourcePath,
    text: &'a str,
    /// Where `text` starts in the file.
    start: usize,
}

impl<'a> Source<'a> {
    fn location(&self, range: &Range<usize>) -> Location {
        Location::new(self.path, self.start + range.start..self.start + range.end)
    }

    fn node(&self, written: Written) -> Node {
        Node { location: self.location(&written.range), value: written.value }
    }

    /// Returns the text at `range`, which must lie between characters.
    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).expect("ranges of the scanner end at ASCII characters or where a line ends")
    }
}

/// Parses the bytes `range` of `text` into a tree whose locations count from the start of `text`.
///
/// Returns `None` when nothing usable could be read; a diagnostic then says why. Empty text is an empty mapping.
pub fn parse(
    path: &SourcePath,
    text: &str,
    range: Range<usize>,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let start = range.start;
    let text = text.get(range).expect("the caller's range lies in the text, between characters");
    let source = guard::check(Source { path, text, start }, diagnostics)?;
    let scanned = scan::scan(source, diagnostics)?;
    let Some(root) = scanned.root else {
        return Some(Node { location: source.location(&(0..0)), value: Value::Mapping(Vec::new()) });
    };
    if scanned.is_unsure
        && let Some(reason) = judge::refuses(scanned.repaired.as_deref().unwrap_or(source.text))
    {
        // A repaired text has been reported already, and the crate's words would speak of the repair.
        if scanned.repaired.is_none() {
            diagnostics.push(faults::syntax(source, &reason));
        }
        return None;
    }
    diagnostics.append(scanned.late);
    Some(root)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
