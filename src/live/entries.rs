//! The entries of `content/` with their files, shared between snapshots.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::config::Config;
use crate::content::{self, Part};
use crate::diagnostic::Diagnostics;
use crate::disk::Sources;
use crate::markdown;

/// The texts of some files, and what is wrong with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ReadFiles {
    pub(crate) diagnostics: Diagnostics,
    pub(crate) sources: Sources,
}

/// An entry of `content/` with its files.
#[derive(Debug, Default)]
pub(crate) struct ReadEntry {
    pub(crate) part: Part,
    /// The texts, and what is wrong with what they say.
    pub(crate) found: ReadFiles,
    /// What kept files from being read; it is reported even if the entry is a draft that is left out.
    pub(crate) faults: Diagnostics,
    /// Whether some of its files are links to other entries, with which they change.
    has_links: bool,
}

/// All entries by their names; what concerns `content/` itself has the empty name.
///
/// Copies share one map; the first change after a copy makes a new map of the same entries. Which entries have to be read again
/// with others, and in which something is wrong, is asked at every save and kept apart for that.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entries {
    /// Sorted by name. A list and no tree: what every save copies should be two counters for each entry and nothing more.
    all: Arc<Vec<(Arc<str>, Arc<ReadEntry>)>>,
    /// Those that change with others: they have links, or a file that could not be read and may be by now.
    dependent: Arc<BTreeSet<Arc<str>>>,
    /// Those in which something has been found, or that accept what may be found later.
    reported: Arc<BTreeSet<Arc<str>>>,
}

impl Entries {
    /// Reads everything below `content/`.
    pub(crate) fn read_all(root: &Path, config: &Config) -> Self {
        let mut faults = Diagnostics::new();
        let loaded = content::load(root, &mut faults);
        let mut entries: BTreeMap<Arc<str>, ReadEntry> = BTreeMap::new();
        for (name, (part, diagnostics)) in content::parse_parts(&loaded, &options(config)) {
            let found = ReadFiles { diagnostics, sources: Sources::default() };
            entries.insert(name.into(), ReadEntry { part, found, ..ReadEntry::default() });
        }
        for link in &loaded.links {
            entries.entry(content::part_of(link).into()).or_default().has_links = true;
        }
        for (path, bytes) in loaded.sources {
            let entry = entries.entry(content::part_of(&path).into()).or_default();
            entry.found.sources.insert(path, bytes);
        }
        for fault in faults {
            let name = fault.location.as_ref().map_or("", |location| content::part_of(&location.path));
            entries.entry(name.into()).or_default().faults.push(fault);
        }
        let mut all = Self::default();
        for (name, entry) in entries {
            all.insert(name, entry);
        }
        all
    }

    /// Returns an entry.
    pub(crate) fn get(&self, name: &str) -> Option<&Arc<ReadEntry>> {
        Some(&self.all[self.find(name).ok()?].1)
    }

    /// Goes through all entries, sorted by name.
    pub(crate) fn values(&self) -> impl Iterator<Item = &ReadEntry> {
        self.all.iter().map(|(_, read)| &**read)
    }

    /// Goes through the entries that may change whenever others do, sorted by name.
    pub(crate) fn dependent(&self) -> impl Iterator<Item = (&Arc<str>, &ReadEntry)> {
        self.dependent.iter().filter_map(|name| Some((name, &**self.get(name)?)))
    }

    /// Goes through the entries in which something has been found, or that accept warnings, sorted by name.
    pub(crate) fn reported(&self) -> impl Iterator<Item = (&Arc<str>, &ReadEntry)> {
        self.reported.iter().filter_map(|name| Some((name, &**self.get(name)?)))
    }

    /// Reads an entry again; tells whether it is no longer the same.
    pub(crate) fn read_again(&mut self, name: &Arc<str>, root: &Path, config: &Config) -> bool {
        match (self.get(name), ReadEntry::read(root, name, config)) {
            (Some(old), Some(new)) if old.is_same(&new) => false,
            (None, None) => false,
            (_, Some(new)) => {
                self.insert(name.clone(), new);
                true
            }
            (Some(_), None) => {
                self.remove(name);
                true
            }
        }
    }

    /// Returns where an entry is, or where it would be.
    fn find(&self, name: &str) -> Result<usize, usize> {
        self.all.binary_search_by(|(known, _)| (**known).cmp(name))
    }

    fn insert(&mut self, name: Arc<str>, read: ReadEntry) {
        let is_dependent = read.has_links || !read.faults.is_empty();
        let is_reported = !read.faults.is_empty()
            || !read.found.diagnostics.is_empty()
            || read.part.notice.as_ref().is_some_and(|notice| notice.accepts_warnings());
        mark(&mut self.dependent, &name, is_dependent);
        mark(&mut self.reported, &name, is_reported);
        let (place, all) = (self.find(&name), Arc::make_mut(&mut self.all));
        match place {
            Ok(index) => all[index].1 = Arc::new(read),
            Err(index) => all.insert(index, (name, Arc::new(read))),
        }
    }

    fn remove(&mut self, name: &Arc<str>) {
        mark(&mut self.dependent, name, false);
        mark(&mut self.reported, name, false);
        if let Ok(index) = self.find(name) {
            Arc::make_mut(&mut self.all).remove(index);
        }
    }
}

/// Puts a name into a set or out of it, and copies the set only if that changes it.
fn mark(names: &mut Arc<BTreeSet<Arc<str>>>, name: &Arc<str>, is_in: bool) {
    if names.contains(name) != is_in {
        let names = Arc::make_mut(names);
        let _ = if is_in { names.insert(name.clone()) } else { names.remove(name) };
    }
}

impl ReadEntry {
    /// Reads one entry of `content/`; `None` if nothing is there.
    fn read(root: &Path, name: &str, config: &Config) -> Option<Self> {
        let mut faults = Diagnostics::new();
        let loaded = content::load_part(root, name, &mut faults);
        let parsed = content::parse_parts(&loaded, &options(config)).remove(name);
        if parsed.is_none() && faults.is_empty() {
            return None;
        }
        let (part, diagnostics) = parsed.unwrap_or_default();
        let found = ReadFiles { diagnostics, sources: loaded.sources };
        Some(Self { part, found, faults, has_links: !loaded.links.is_empty() })
    }

    /// Tells whether it holds the same files. What its texts say follows from them; why a file cannot be read may change.
    fn is_same(&self, new: &Self) -> bool {
        self.found.sources == new.found.sources
            && self.part.attachments == new.part.attachments
            && self.part.unread == new.part.unread
            && self.has_links == new.has_links
            && self.faults == new.faults
    }
}

fn options(config: &Config) -> markdown::Options {
    config.markdown_options()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Location, SourcePath};

    fn fault() -> Diagnostics {
        let mut faults = Diagnostics::new();
        faults.push(Diagnostic::error("fault", Location::file(&SourcePath::new("a")), "a", "b"));
        faults
    }

    #[test]
    fn what_is_asked_at_every_save_follows_what_was_read() {
        let mut entries = Entries::default();
        let mut check = |name: &str, read: Option<ReadEntry>, dependent: &[&str], n_reported| {
            match read {
                Some(read) => entries.insert(name.into(), read),
                None => entries.remove(&name.into()),
            }
            assert_eq!(entries.dependent().map(|(name, _)| &**name).collect::<Vec<_>>(), dependent);
            assert_eq!(entries.reported().count(), n_reported);
        };
        let linked = || ReadEntry { has_links: true, ..ReadEntry::default() };
        let found = ReadFiles { diagnostics: fault(), sources: Sources::default() };
        check("b", Some(linked()), &["b"], 0);
        check("a", Some(ReadEntry { faults: fault(), ..linked() }), &["a", "b"], 1);
        check("c", Some(ReadEntry { found, ..ReadEntry::default() }), &["a", "b"], 2);
        check("a", Some(ReadEntry::default()), &["b"], 1);
        check("b", None, &[], 1);
        check("c", None, &[], 0);
        assert_eq!(entries.values().count(), 1);
    }
}
