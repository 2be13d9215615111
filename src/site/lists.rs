//! Notices → the pages that list them: by year, by unit, and the items that are not completed yet.
//!
//! A site of one notice has none. Addresses last: a year is its own; a unit has the one that `site.yaml` gives it, else one
//! that follows from its name alone, so that no other notice, earlier or later, moves it. What the pages show besides is not
//! known here.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::Site;
use crate::notice::{ItemStatus, Notice, Section, Status};
use crate::text;

/// The folders of these pages: nothing else may stand in them.
pub const FOLDERS: [&str; 3] = ["year", "unit", "status"];

/// The most bytes that the entries of one page may have, as far as can be told here: pages stay below 200 kB.
const MOST_BYTES: usize = 150_000;

/// The bytes of an entry besides its texts, in the templates of the built-in theme.
const BYTES_OF_ENTRY: usize = 360;

/// In which order the statuses of open items are listed: what needs most comes first.
const OPEN: [Status; 4] = [Status::NotDone, Status::InProgress, Status::MostlyCompleted, Status::LongTerm];

/// Notices, units or items that are listed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// What it lists.
    pub kind: ListKind,
    /// The year in digits, or the unit; else empty.
    pub name: String,
    /// The path of its folder, ending in `/`: `year/2025/`.
    pub folder: String,
    /// Its entries, page by page; no page is empty.
    pub parts: Vec<Vec<Entry>>,
}

/// What a list lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// The notices of a year.
    Year,
    /// The notices of a unit.
    Unit,
    /// The units.
    Units,
    /// The items that are not completed, status by status.
    Open,
}

/// What stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A notice.
    Notice(usize),
    /// Another list.
    List(usize),
    /// An item.
    Item {
        /// Index of the notice.
        notice: usize,
        /// Index of the section in the notice.
        section: usize,
    },
}

impl List {
    /// The path of a part from the site's root: `year/2025/index.html`, `year/2025/2.html`.
    pub fn path(&self, part: usize) -> String {
        match part {
            0 => format!("{}index.html", self.folder),
            part => format!("{}{}.html", self.folder, part + 1),
        }
    }

    /// Counts its entries.
    pub fn n_entries(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    fn new(kind: ListKind, name: String, folder: String, entries: Vec<(Entry, usize)>) -> Self {
        let mut parts: Vec<Vec<Entry>> = Vec::new();
        let mut n_bytes = 0;
        for (entry, n_more) in entries {
            n_bytes += n_more;
            if n_bytes > MOST_BYTES || parts.is_empty() {
                parts.push(Vec::new());
                n_bytes = n_more;
            }
            parts.last_mut().expect("a part was pushed").push(entry);
        }
        Self { kind, name, folder, parts }
    }
}

/// All of a notice, besides its day and its unit, that says where it stands in lists and where these are divided.
#[derive(PartialEq)]
pub(super) struct Weight<'a> {
    title: usize,
    items: Vec<(Option<&'a ItemStatus>, usize)>,
}

impl<'a> Weight<'a> {
    pub(super) fn of(notice: &'a Notice) -> Self {
        let heading = |item: &Section| item.heading.as_ref().map_or(0, |heading| heading.value.len());
        let items = notice.sections.iter().map(|item| (item.status.as_ref(), heading(item)));
        Self { title: notice.title.value.len(), items: items.collect() }
    }
}

/// Lists the years, the latest first; the units, the one with the latest notice first, behind the list of them; the open
/// items.
pub(super) fn lists(site: &Site) -> Vec<List> {
    if site.notices.len() < 2 {
        return Vec::new();
    }
    let year = |notice: usize| site.notices[notice].order_day().map(|day| day.year().to_string());
    let years = gathered(site, year);
    let mut lists: Vec<List> = years
        .into_iter()
        .map(|(year, notices)| {
            let folder = format!("year/{year}/");
            List::new(ListKind::Year, year, folder, notices)
        })
        .collect();
    let units = gathered(site, |notice| Some(site.notices[notice].unit.clone()));
    if units.len() > 1 {
        let first = lists.len() + 1;
        let weighed = units
            .iter()
            .enumerate()
            .map(|(index, (unit, _))| (Entry::List(first + index), BYTES_OF_ENTRY + unit.len()));
        lists.push(List::new(ListKind::Units, String::new(), "unit/".to_owned(), weighed.collect()));
        let mut taken: BTreeSet<String> =
            site.config.units.values().map(|address| format!("unit/{}/", address.value)).collect();
        for (unit, notices) in units {
            let folder = folder_of_unit(site, &unit, &mut taken);
            lists.push(List::new(ListKind::Unit, unit, folder, notices));
        }
    }
    let open = open_items(site);
    if !open.is_empty() {
        lists.push(List::new(ListKind::Open, String::new(), "status/open/".to_owned(), open));
    }
    lists
}

/// Gathers the notices by name, in the order in which the names come first, each with how many bytes it takes in a list.
fn gathered(site: &Site, name: impl Fn(usize) -> Option<String>) -> Vec<(String, Vec<(Entry, usize)>)> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut gathered: Vec<(String, Vec<(Entry, usize)>)> = Vec::new();
    for (index, notice) in site.notices.iter().enumerate() {
        let Some(name) = name(index) else { continue };
        let place = *places.entry(name.clone()).or_insert_with(|| {
            gathered.push((name, Vec::new()));
            gathered.len() - 1
        });
        let n_bytes = BYTES_OF_ENTRY + notice.title.value.len() + notice.unit.len();
        gathered[place].1.push((Entry::Notice(index), n_bytes));
    }
    gathered
}

/// Returns the folder of a unit, which no other has: one that is taken gets a number.
fn folder_of_unit(site: &Site, unit: &str, taken: &mut BTreeSet<String>) -> String {
    if let Some(address) = site.config.units.get(unit) {
        return format!("unit/{}/", address.value);
    }
    let address = format!("u{}", text::hex(&Sha256::digest(unit.as_bytes())[..4]));
    let others = (2..).map(|n: usize| format!("unit/{address}-{n}/"));
    let mut folders = std::iter::once(format!("unit/{address}/")).chain(others);
    let folder = folders.find(|folder| !taken.contains(folder)).expect("there is always one more");
    taken.insert(folder.clone());
    folder
}

/// Lists the items that are not completed, status by status.
fn open_items(site: &Site) -> Vec<(Entry, usize)> {
    let mut open: Vec<(usize, Entry, usize)> = Vec::new();
    for (notice, of_notice) in site.notices.iter().enumerate() {
        for (section, item) in of_notice.sections.iter().enumerate() {
            let Some(state) = item.state().filter(|_| item.item_number.is_some()) else { continue };
            let Some(place) = OPEN.iter().position(|open| *open == state) else { continue };
            let heading = item.heading.as_ref().map_or(0, |heading| heading.value.len());
            let words = item.status.as_ref().and_then(|status| status.words.as_ref()).map_or(0, String::len);
            let n_bytes = BYTES_OF_ENTRY + heading + words + of_notice.unit.len();
            open.push((place, Entry::Item { notice, section }, n_bytes));
        }
    }
    // Stable: within a status they keep the order of the notices.
    open.sort_by_key(|(place, ..)| *place);
    open.into_iter().map(|(_, entry, n_bytes)| (entry, n_bytes)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::site;

    /// Makes a site of notices, each with its day and its unit.
    fn site_of(settings: &str, notices: &[(&str, &str)]) -> Site {
        let mut files = vec![("site.yaml".to_owned(), format!("title: 甲\n{settings}"))];
        for (index, (date, unit)) in notices.iter().enumerate() {
            let text = format!("---\ntitle: 通报\nunit: {unit}\ndate: {date}\n---\n现予以公布。\n");
            files.push((format!("content/n{index}/notice.md"), text));
        }
        let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        site(&files)
    }

    fn folders(site: &Site) -> Vec<&str> {
        site.lists.iter().map(|list| list.folder.as_str()).collect()
    }

    #[test]
    fn years_and_units_have_addresses_that_last() {
        let notices = [("2025-08-28", "民政局"), ("2024年10月下旬", "教育局"), ("2024-01-02", "民政局")];
        let expected = ["year/2025/", "year/2024/", "unit/", "unit/minzheng/"];
        let settings = "units: {民政局: minzheng}\n";
        let found = site_of(settings, &notices);
        assert_eq!(folders(&found)[..4], expected);
        let derived = folders(&found)[4].to_owned();
        // Neither earlier nor later notices move it.
        let mut more = notices.to_vec();
        more.extend([("2019-01-01", "教育局"), ("2026-01-01", "水利局")]);
        assert!(folders(&site_of(settings, &more)).contains(&derived.as_str()));
        assert!(derived.starts_with("unit/u") && derived.len() == "unit/u1f2e3d4c/".len(), "{derived}");
        // One unit needs no list of units, one notice no list at all.
        assert_eq!(folders(&site_of("", &[notices[0], notices[2]])), ["year/2025/", "year/2024/"]);
        assert!(folders(&site_of("", &notices[..1])).is_empty());
    }

    #[test]
    fn two_units_never_have_one_address() {
        // The address that the settings give one unit is the one that would be derived for the other.
        let notices = [("2025-08-28", "民政局"), ("2025-08-27", "教育局")];
        let derived = folders(&site_of("units: {教育局: jiaoyu}\n", &notices))[2]
            .trim_start_matches("unit/")
            .trim_end_matches('/')
            .to_owned();
        let site = site_of(&format!("units: {{教育局: {derived}}}\n"), &notices);
        let units: Vec<_> = folders(&site)[2..].to_vec();
        assert_eq!(units, [format!("unit/{derived}-2/"), format!("unit/{derived}/")]);
    }

    #[test]
    fn long_lists_are_divided() {
        let check = |sizes: &[usize], expected: &[usize]| {
            let entries = sizes.iter().enumerate().map(|(index, n_bytes)| (Entry::Notice(index), *n_bytes));
            let list = List::new(ListKind::Year, String::new(), "year/2025/".to_owned(), entries.collect());
            assert_eq!(list.parts.iter().map(Vec::len).collect::<Vec<_>>(), expected, "{sizes:?}");
            list
        };
        let half = MOST_BYTES / 2;
        check(&[half, half], &[2]);
        check(&[half, half, 1], &[2, 1]);
        check(&[1, MOST_BYTES + 1, 1], &[1, 1, 1]);
        let list = check(&[half; 5], &[2, 2, 1]);
        assert_eq!([list.path(0), list.path(1)], ["year/2025/index.html", "year/2025/2.html"]);
        assert_eq!(list.n_entries(), 5);
    }
}
