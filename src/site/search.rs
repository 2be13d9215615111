//! What can be searched, and the files that the index of it consists of.
//!
//! The files are routes like all others, so their number is known before their content: it follows from the number of
//! sources alone. `export::search` writes them.

use std::collections::BTreeSet;

use super::Site;
use crate::notice::Contact;

/// How many of [`Site::searched`] share a file of texts.
pub const SEARCHED_PER_FILE: usize = 8;

/// Over how many files the pairs with one first character are spread, so that a search for this character alone needs no
/// more than these.
pub const WAYS: usize = 4;

/// How many of [`Site::searched`] there are for each group of [`WAYS`] files, about.
const SEARCHED_PER_GROUP: usize = 48;

/// The most groups: beyond it files grow, not their number.
const MOST_GROUPS: usize = 1024;

/// A file of the search index, below `search/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SearchFile {
    /// What there is, without its texts.
    Index,
    /// Where pairs of characters stand.
    Pairs(usize),
    /// Texts, for the hits that are shown.
    Texts(usize),
}

impl SearchFile {
    /// Its name without the ending, by which it makes itself known to the script: `pairs-3`.
    pub fn name(self) -> String {
        match self {
            Self::Index => "index".to_owned(),
            Self::Pairs(n) => format!("pairs-{n}"),
            Self::Texts(n) => format!("texts-{n}"),
        }
    }
}

/// Something that can be searched and has an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Searched<'a> {
    /// Title and opening of a notice.
    Opening(usize),
    /// A section of a notice.
    Section {
        /// Index of the notice.
        notice: usize,
        /// Index of the section in the notice.
        section: usize,
    },
    /// A page beside the notices.
    Page(usize),
    /// A way to reach the unit.
    Contact(&'a Contact),
}

/// Returns the number of files that `n_searched` things have their pairs in: [`WAYS`] times a power of two.
pub fn n_pair_files(n_searched: usize) -> usize {
    n_searched.div_ceil(SEARCHED_PER_GROUP).next_power_of_two().min(MOST_GROUPS) * WAYS
}

impl Site {
    /// Lists what can be searched: the notices with their sections in order, pages, contacts, each contact once.
    pub fn searched(&self) -> Vec<Searched<'_>> {
        let mut searched = Vec::new();
        for (notice, of_notice) in self.notices.iter().enumerate() {
            searched.push(Searched::Opening(notice));
            searched
                .extend((0..of_notice.sections.len()).map(|section| Searched::Section { notice, section }));
        }
        searched.extend((0..self.pages.len()).map(Searched::Page));
        let of_notices: Vec<&Contact> =
            self.notices.iter().flat_map(|notice| self.contacts(notice)).collect();
        let contacts = if of_notices.is_empty() { self.config.contacts.iter().collect() } else { of_notices };
        let mut known = BTreeSet::new();
        searched.extend(contacts.into_iter().filter(|one| known.insert(*one)).map(Searched::Contact));
        searched
    }

    /// Lists the files of the search index.
    pub(super) fn search_files(&self) -> Vec<SearchFile> {
        let n_searched = self.searched().len();
        let pairs = (0..n_pair_files(n_searched)).map(SearchFile::Pairs);
        let texts = (0..n_searched.div_ceil(SEARCHED_PER_FILE)).map(SearchFile::Texts);
        std::iter::once(SearchFile::Index).chain(pairs).chain(texts).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::site;

    #[test]
    fn contacts_are_searched_once_and_pages_with_the_notices() {
        let notice = |date: &str| {
            format!(
                "---\ntitle: 甲\nunit: 甲\ndate: {date}\ncontacts: [{{phone: '12345'}}]\n---\n现予以公布。\n"
            )
        };
        let (first, second) = (notice("2025-08-28"), notice("2024-08-28"));
        let site = site(&[
            ("content/a/notice.md", first.as_str()),
            ("content/a/01.md", "---\nheading: 一、甲\n---\n已改。\n"),
            ("content/b/notice.md", second.as_str()),
            ("content/about.md", "---\ntitle: 关于\n---\n说明。\n"),
        ]);
        let contact = Contact::Phone { number: "12345".to_owned(), hours: None };
        let expected = [
            Searched::Opening(0),
            Searched::Section { notice: 0, section: 0 },
            Searched::Opening(1),
            Searched::Page(0),
            Searched::Contact(&contact),
        ];
        assert_eq!(site.searched(), expected);
        let paths = site.routes.keys().filter(|path| path.starts_with("search/"));
        let names = ["index", "pairs-0", "pairs-1", "pairs-2", "pairs-3", "texts-0"];
        assert!(paths.eq(names.map(|name| format!("search/{name}.js")).iter()));
    }

    #[test]
    fn files_grow_in_number_before_they_grow_in_size() {
        for (n_searched, expected) in [(0, 4), (1, 4), (48, 4), (49, 8), (10_800, 1024), (1_000_000, 4096)] {
            assert_eq!(n_pair_files(n_searched), expected, "{n_searched}");
        }
    }
}
