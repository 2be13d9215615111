//! The texts of a site, kept for as long as a diagnostic may point into them.

use std::collections::BTreeMap;

use crate::diagnostic::{Location, SourcePath};
use crate::text::place::{Places, Spot};

/// Files that were read, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources(BTreeMap<SourcePath, Vec<u8>>);

impl Sources {
    /// Adds a file.
    pub fn insert(&mut self, path: SourcePath, bytes: Vec<u8>) {
        self.0.insert(path, bytes);
    }

    /// Returns the bytes of a file.
    pub fn get(&self, path: &SourcePath) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// Returns the line and column of a place; `None` where a file as a whole is meant.
    pub fn spot(&self, location: &Location) -> Option<Spot> {
        let start = location.range.as_ref()?.start;
        Some(Places::new(self.get(&location.path)?).find(start))
    }

    /// Returns all files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path, bytes.as_slice()))
    }
}

impl IntoIterator for Sources {
    type Item = (SourcePath, Vec<u8>);
    type IntoIter = std::collections::btree_map::IntoIter<SourcePath, Vec<u8>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
