//! A tree → the tree as readers take its texts: without what nobody sees, with the ordinary form of what looks like it.
//!
//! What stands in the file as it is has been reported where the file was read; here is reported what escapes brought in.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostics, Location};
use crate::disk;
use crate::text::characters::{self, CharacterFault};

use super::{Node, Value};

impl Node {
    /// Returns the tree of the file `text` with its keys and texts as readers take them; what is `kept` stays as it is.
    ///
    /// Pushes `control-character`, `lost-character`, `invisible-in-number` and `unusual-characters` for escapes.
    #[must_use]
    pub fn as_read(mut self, text: &str, kept: &BTreeSet<char>, diagnostics: &mut Diagnostics) -> Self {
        Reader { text, kept, diagnostics }.node(&mut self);
        self
    }
}

struct Reader<'a> {
    text: &'a str,
    kept: &'a BTreeSet<char>,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn node(&mut self, node: &mut Node) {
        match &mut node.value {
            Value::Null => {}
            Value::Scalar(value) => self.value(value, &node.location),
            Value::Sequence(items) => items.iter_mut().for_each(|item| self.node(item)),
            Value::Mapping(entries) => {
                for entry in entries {
                    self.value(&mut entry.key.value, &entry.key.location);
                    self.node(&mut entry.node);
                }
            }
        }
    }

    fn value(&mut self, value: &mut String, location: &Location) {
        let found = characters::find(value);
        if found.is_empty() {
            return;
        }
        let range = location.range.clone().unwrap_or_default();
        let written = self.text.get(range).unwrap_or_default();
        let is_new = |found: &characters::FoundCharacter| {
            found.fault != CharacterFault::Doubtful || !written.contains(found.character)
        };
        let new: Vec<_> = found.iter().copied().filter(is_new).collect();
        disk::report_characters(value, &new, &|_| location.clone(), self.kept, self.diagnostics);
        *value = characters::ordinary_of(value, &found, self.kept).into_owned();
    }
}
