//! YAML text → a tree of located values, and strict readers for that tree.
//!
//! Start at [`parse`]: `scan` walks the text first, refuses what offices never need (aliases, tags, deep nesting),
//! repairs a missing space after a colon, and notes where every value stands; `load` asks the YAML crate
//! for the values; the two are zipped here. [`Fields`] then takes mappings apart and reports every key that is
//! missing, unknown or of the wrong kind.
//! Dates, figures and all other meaning of the texts belong to the rooms that read them. No other room sees the YAML crate.

mod characters;
mod cursor;
mod faults;
mod fields;
mod flow;
mod guard;
mod load;
mod node;
mod scalar;
mod scan;
mod write;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostics, Located, Location, SourcePath};

pub use fields::Fields;
pub use write::scalar;

use load::Loaded;
use scan::{Spot, SpotKind};

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
    let Some(spot) = scanned.spot else {
        return Some(Node { location: source.location(&(0..0)), value: Value::Mapping(Vec::new()) });
    };
    match load::load(scanned.repaired.as_deref().unwrap_or(source.text)) {
        Ok(loaded) => Some(Zip { source, diagnostics }.node(loaded, Some(&spot), &spot.range)),
        Err(reason) => {
            // A repaired text has been reported already, and the crate's words would speak of the repair.
            if scanned.repaired.is_none() {
                diagnostics.push(faults::syntax(source, &reason));
            }
            None
        }
    }
}

/// Brings values and places together. A value without a place of its own gets its parent's.
struct Zip<'a> {
    source: Source<'a>,
    diagnostics: &'a mut Diagnostics,
}

impl Zip<'_> {
    fn node(&mut self, loaded: Loaded, spot: Option<&Spot>, parent: &Range<usize>) -> Node {
        let range = spot.map_or(parent, |spot| &spot.range);
        let kind = spot.map(|spot| &spot.kind);
        let value = match loaded {
            Loaded::Null => Value::Null,
            Loaded::Text(text) => Value::Scalar(text),
            Loaded::Literal(literal) => Value::Scalar(self.as_written(literal, spot)),
            Loaded::Sequence(items) => {
                let mut spots = match kind {
                    Some(SpotKind::Sequence(spots)) => spots.iter(),
                    _ => [].iter(),
                };
                Value::Sequence(items.into_iter().map(|item| self.node(item, spots.next(), range)).collect())
            }
            Loaded::Mapping(pairs) => {
                let spots = match kind {
                    Some(SpotKind::Mapping(spots)) => spots.as_slice(),
                    _ => &[],
                };
                Value::Mapping(self.entries(pairs, spots, range))
            }
        };
        Node { location: self.source.location(range), value }
    }

    /// Pairs keys with values; of a key written twice the first value stays.
    fn entries(
        &mut self,
        pairs: Vec<(Loaded, Loaded)>,
        spots: &[(Spot, Spot)],
        parent: &Range<usize>,
    ) -> Vec<Entry> {
        let mut first = BTreeMap::<String, Location>::new();
        let mut entries = Vec::new();
        let mut spots = spots.iter();
        for (key, value) in pairs {
            let (key_spot, value_spot) = spots.next().map(|(key, value)| (key, value)).unzip();
            let location = self.source.location(key_spot.map_or(parent, |spot| &spot.range));
            let name = match key {
                Loaded::Text(text) => text,
                Loaded::Literal(literal) => self.as_written(literal, key_spot),
                Loaded::Null | Loaded::Sequence(_) | Loaded::Mapping(_) => {
                    self.as_written(String::new(), key_spot)
                }
            };
            let node = self.node(value, value_spot, parent);
            if let Some(earlier) = first.get(&name) {
                self.diagnostics.push(faults::duplicate_key(&name, location, earlier.clone()));
            } else {
                first.insert(name.clone(), location.clone());
                entries.push(Entry { key: Located { value: name, location }, node });
            }
        }
        entries
    }

    /// Returns the author's spelling of a number or truth value, which the YAML crate has already interpreted.
    fn as_written(&self, interpreted: String, spot: Option<&Spot>) -> String {
        match spot {
            Some(Spot { range, kind: SpotKind::Scalar }) => self.source.slice(range.clone()).to_owned(),
            _ => interpreted,
        }
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
