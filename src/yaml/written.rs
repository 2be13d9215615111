//! Values as the scanner collects them: each with its bytes, entries without a second of the same key.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Located, Location};

use super::scan::Scanner;
use super::{Entry, Value, faults, text};

/// A value and its bytes in the scanned text; for a value left empty, the bytes of its key or dash.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) range: Range<usize>,
    pub(super) value: Value,
}

impl Written {
    /// Nothing, where something could stand that belongs to `owner`.
    pub(super) fn nothing(owner: Range<usize>) -> Self {
        Self { range: owner, value: Value::Null }
    }
}

/// The entries of a mapping; of a key written twice the first one stays.
#[derive(Debug, Default)]
pub(super) struct Entries {
    kept: Vec<Entry>,
    first: BTreeMap<String, Location>,
}

impl From<Entries> for Value {
    fn from(entries: Entries) -> Self {
        Self::Mapping(entries.kept)
    }
}

impl Scanner<'_> {
    /// Notes that YAML may refuse what is at the cursor if `is_unsure`.
    pub(super) fn unsure(&mut self, is_unsure: bool) {
        self.is_unsure |= is_unsure;
    }

    /// Returns what the text at `range`, in its quotes if it has any, says.
    pub(super) fn words(&mut self, range: Range<usize>) -> String {
        let written = self.source.slice(range);
        // Inside brackets a `?` marks what follows it as a key.
        let marked = written.strip_prefix('?').filter(|_| !self.brackets.is_empty());
        let words = text::read(marked.map_or(written, str::trim_start));
        self.unsure(words.is_none());
        words.unwrap_or_default()
    }

    /// Reads the text at `range`, in its quotes if it has any.
    pub(super) fn text(&mut self, range: Range<usize>) -> Written {
        let words = self.words(range.clone());
        let is_quoted = matches!(self.byte_at(range.start), Some(b'"' | b'\''));
        let value = if is_quoted { Value::Scalar(words) } else { text::plain_value(words) };
        Written { range, value }
    }

    /// Adds an entry, unless its key is there.
    pub(super) fn push_entry(&mut self, entries: &mut Entries, key: Range<usize>, value: Written) {
        let name = self.words(key.clone());
        let location = self.source.location(&key);
        if let Some(first) = entries.first.get(&name) {
            self.late.push(faults::duplicate_key(&name, location, first.clone()));
            return;
        }
        entries.first.insert(name.clone(), location.clone());
        entries.kept.push(Entry { key: Located { value: name, location }, node: self.source.node(value) });
    }
}
