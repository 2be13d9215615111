//! The entries of `content/` with their files, in a map whose copies share all that is alike in them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rpds::{RedBlackTreeMapSync, RedBlackTreeSetSync};

use super::snapshot::Found;
use crate::config::Config;
use crate::content::{self, Part};
use crate::diagnostic::Diagnostics;
use crate::disk::Sources;
use crate::markdown;

/// An entry of `content/` with its files.
#[derive(Debug, Default)]
pub(crate) struct ReadPart {
    pub(crate) part: Part,
    /// The texts, and what is wrong with what they say.
    pub(crate) found: Found,
    /// What kept files from being read; it counts even where the texts of a draft do not.
    pub(crate) faults: Diagnostics,
    /// Whether some of its files are links to other entries, with which they change.
    has_links: bool,
}

/// All entries by their names; what concerns `content/` itself has the empty name.
///
/// A copy costs the same for any number of entries, and so do the questions that every save asks: which entries have to
/// be read again with others, and in which something is wrong.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts {
    all: RedBlackTreeMapSync<Arc<str>, Arc<ReadPart>>,
    /// Those that change with others: they have links, or a file that could not be read and may be by now.
    dependent: RedBlackTreeSetSync<Arc<str>>,
    /// Those in which something has been found.
    reported: RedBlackTreeSetSync<Arc<str>>,
}

impl Parts {
    /// Reads everything below `content/`.
    pub(crate) fn read_all(root: &Path, config: &Config) -> Self {
        let mut faults = Diagnostics::new();
        let loaded = content::load(root, &mut faults);
        let mut parts: BTreeMap<Arc<str>, ReadPart> = BTreeMap::new();
        for (name, (part, diagnostics)) in content::parse_parts(&loaded, &options(config)) {
            let found = Found { diagnostics, sources: Sources::default() };
            parts.insert(name.into(), ReadPart { part, found, ..ReadPart::default() });
        }
        for link in &loaded.links {
            parts.entry(content::part_of(link).into()).or_default().has_links = true;
        }
        for (path, bytes) in loaded.sources {
            let part = parts.entry(content::part_of(&path).into()).or_default();
            part.found.sources.insert(path, bytes);
        }
        for fault in faults {
            let name = fault.location.as_ref().map_or("", |location| content::part_of(&location.path));
            parts.entry(name.into()).or_default().faults.push(fault);
        }
        let mut all = Self::default();
        for (name, part) in parts {
            all.insert(name, part);
        }
        all
    }

    /// Returns an entry.
    pub(crate) fn get(&self, name: &str) -> Option<&Arc<ReadPart>> {
        self.all.get(name)
    }

    /// Goes through all entries, sorted by name.
    pub(crate) fn values(&self) -> impl Iterator<Item = &ReadPart> {
        self.all.values().map(|read| &**read)
    }

    /// Goes through the entries that may change whenever others do, sorted by name.
    pub(crate) fn dependent(&self) -> impl Iterator<Item = (&Arc<str>, &ReadPart)> {
        self.dependent.iter().map(|name| (name, &*self.all[name]))
    }

    /// Goes through the entries in which something has been found, sorted by name.
    pub(crate) fn reported(&self) -> impl Iterator<Item = (&Arc<str>, &ReadPart)> {
        self.reported.iter().map(|name| (name, &*self.all[name]))
    }

    /// Reads an entry again; tells whether it is no longer the same.
    pub(crate) fn read_again(&mut self, name: &Arc<str>, root: &Path, config: &Config) -> bool {
        match (self.get(name), ReadPart::read(root, name, config)) {
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

    fn insert(&mut self, name: Arc<str>, read: ReadPart) {
        self.remove(&name);
        if read.has_links || !read.faults.is_empty() {
            self.dependent.insert_mut(name.clone());
        }
        if !read.faults.is_empty() || !read.found.diagnostics.is_empty() {
            self.reported.insert_mut(name.clone());
        }
        self.all.insert_mut(name, Arc::new(read));
    }

    fn remove(&mut self, name: &str) {
        self.all.remove_mut(name);
        self.dependent.remove_mut(name);
        self.reported.remove_mut(name);
    }
}

impl ReadPart {
    /// Reads one entry of `content/`; `None` if nothing is there.
    fn read(root: &Path, name: &str, config: &Config) -> Option<Self> {
        let mut faults = Diagnostics::new();
        let loaded = content::load_part(root, name, &mut faults);
        let parsed = content::parse_parts(&loaded, &options(config)).remove(name);
        if parsed.is_none() && faults.is_empty() {
            return None;
        }
        let (part, diagnostics) = parsed.unwrap_or_default();
        let found = Found { diagnostics, sources: loaded.sources };
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
        let mut parts = Parts::default();
        let mut check = |name: &str, read: Option<ReadPart>, dependent: &[&str], n_reported| {
            match read {
                Some(read) => parts.insert(name.into(), read),
                None => parts.remove(name),
            }
            assert_eq!(parts.dependent().map(|(name, _)| &**name).collect::<Vec<_>>(), dependent);
            assert_eq!(parts.reported().count(), n_reported);
        };
        let linked = || ReadPart { has_links: true, ..ReadPart::default() };
        let found = Found { diagnostics: fault(), sources: Sources::default() };
        check("b", Some(linked()), &["b"], 0);
        check("a", Some(ReadPart { faults: fault(), ..linked() }), &["a", "b"], 1);
        check("c", Some(ReadPart { found, ..ReadPart::default() }), &["a", "b"], 2);
        check("a", Some(ReadPart::default()), &["b"], 1);
        check("b", None, &[], 1);
        check("c", None, &[], 0);
        assert_eq!(parts.values().count(), 1);
    }
}
