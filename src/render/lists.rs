//! The home page and the lists behind it: (Site, list) → views.

use super::charts;
use super::context;
use super::figures;
use super::views::{
    FrontView, LinkView, ListLinkView, ListView, ListsView, NoticeSummaryView, OpenItemView, OpenItemsView,
    TotalsView,
};
use crate::notice::{Notice, Section, Status};
use crate::site::{Entry, List, ListKind, Route, Site};

/// The most notices that stand at the top of the home page: as many as can be looked over on a phone.
const MOST_LATEST: usize = 4;

/// Shows the one notice of a site; `None` where there are several, or none.
pub(super) fn front(site: &Site) -> Option<FrontView> {
    let [notice] = site.notices.as_slice() else { return None };
    let items = if context::items_are_listed(site) { context::item_links(site, 0) } else { Vec::new() };
    Some(FrontView {
        notice: NoticeSummaryView { items, ..context::notice_summary(site, 0) },
        key_figures: figures::key_figures(notice),
        statuses: charts::statuses(&notice.items().collect::<Vec<_>>()),
    })
}

/// Lists the latest notices.
pub(super) fn latest(site: &Site) -> Vec<NoticeSummaryView> {
    (0..site.notices.len().min(MOST_LATEST)).map(|index| context::notice_summary(site, index)).collect()
}

/// Sums up some notices.
fn totals(site: &Site, notices: &(impl Iterator<Item = usize> + Clone)) -> TotalsView {
    let notices = || notices.clone().map(|index| &*site.notices[index]);
    let states = |item: &&Section| item.state().is_some();
    let stated: Vec<&Section> = notices().flat_map(Notice::items).filter(states).collect();
    TotalsView {
        n_notices: notices().count(),
        n_itemized: notices().filter(|notice| notice.n_items() > 0).count(),
        n_items: notices().map(Notice::n_items).sum(),
        n_stating: notices().filter(|notice| notice.items().any(|item| states(&item))).count(),
        n_stated: stated.len(),
        statuses: charts::statuses(&stated),
    }
}

/// Sums up all notices; each status of open items leads to these.
pub(super) fn totals_of_site(site: &Site) -> TotalsView {
    let mut totals = totals(site, &(0..site.notices.len()));
    for count in &mut totals.statuses {
        count.path = path_of_status(site, count.status);
    }
    totals
}

/// Returns where the open items of a status begin to be listed.
fn path_of_status(site: &Site, status: &str) -> Option<String> {
    let list = site.lists.iter().position(|list| list.kind == ListKind::Open)?;
    let has_it = |entry: &Entry| status_of(site, entry) == Some(status);
    let part = site.lists[list].parts.iter().position(|entries| entries.iter().any(has_it))?;
    Some(format!("{}#{status}", Route::List { list, part }.path(site)))
}

fn status_of(site: &Site, entry: &Entry) -> Option<&'static str> {
    let Entry::Item { notice, section } = entry else { return None };
    site.section(*notice, *section).state().map(Status::id)
}

/// Names the lists that pages link to.
pub(super) fn lists(site: &Site) -> ListsView {
    let of = |kind: ListKind| {
        let lists = site.lists.iter().enumerate().filter(move |(_, list)| list.kind == kind);
        lists.map(|(index, _)| link(site, index)).collect::<Vec<_>>()
    };
    ListsView { years: of(ListKind::Year), units: of(ListKind::Units).pop(), open: of(ListKind::Open).pop() }
}

fn link(site: &Site, index: usize) -> ListLinkView {
    let list = &site.lists[index];
    ListLinkView { name: list.name.clone(), path: list.path(0), n: list.n_entries() }
}

/// Builds the view of a part of a list.
pub(super) fn list(site: &Site, index: usize, part: usize) -> ListView {
    let list = &site.lists[index];
    let entries = &list.parts[part];
    let notice_of = |entry: &Entry| match entry {
        Entry::Notice(notice) => Some(*notice),
        Entry::List(_) | Entry::Item { .. } => None,
    };
    let unit_of = |entry: &Entry| match entry {
        Entry::List(unit) => Some(link(site, *unit)),
        Entry::Notice(_) | Entry::Item { .. } => None,
    };
    let has_notices = matches!(list.kind, ListKind::Year | ListKind::Unit);
    let other = |part: usize| LinkView { title: (part + 1).to_string(), path: list.path(part) };
    ListView {
        kind: match list.kind {
            ListKind::Year => "year",
            ListKind::Unit => "unit",
            ListKind::Units => "units",
            ListKind::Open => "open",
        },
        n: list.n_entries(),
        totals: has_notices.then(|| totals(site, &list.parts.iter().flatten().filter_map(notice_of))),
        notices: entries
            .iter()
            .filter_map(notice_of)
            .map(|index| context::notice_summary(site, index))
            .collect(),
        units: entries.iter().filter_map(unit_of).collect(),
        open: open_items(site, list, entries),
        part: part + 1,
        n_parts: list.parts.len(),
        previous: part.checked_sub(1).map(other),
        next: (part + 1 < list.parts.len()).then(|| other(part + 1)),
    }
}

/// Lists the open items among entries, status by status, as they follow each other.
fn open_items(site: &Site, list: &List, entries: &[Entry]) -> Vec<OpenItemsView> {
    let of_status = entries.chunk_by(|one, next| status_of(site, one) == status_of(site, next));
    let group = |entries: &[Entry]| {
        let status = status_of(site, entries.first()?)?;
        let in_all = list.parts.iter().flatten().filter(|entry| status_of(site, entry) == Some(status));
        Some(OpenItemsView {
            status,
            n: in_all.count(),
            items: entries.iter().filter_map(|entry| open_item(site, entry)).collect(),
        })
    };
    of_status.filter_map(group).collect()
}

fn open_item(site: &Site, entry: &Entry) -> Option<OpenItemView> {
    let Entry::Item { notice, section } = entry else { return None };
    Some(OpenItemView {
        item: context::item_link(site, *notice, *section),
        notice: context::notice_summary(site, *notice),
    })
}

/// Returns the title of a part of a list, in the words of the theme.
pub(super) fn title(site: &Site, list: usize, part: usize, word: &impl Fn(&str) -> String) -> String {
    let list = &site.lists[list];
    let title = match list.kind {
        ListKind::Year => word("notices_of_year").replace("{year}", &list.name),
        ListKind::Unit => list.name.clone(),
        ListKind::Units => word("by_unit"),
        ListKind::Open => word("open_items"),
    };
    match part {
        0 => title,
        part => title + &word("part_of_list").replace("{n}", &(part + 1).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::site;

    /// Makes a site of notices, each with the statuses of its items: `-` for one that states none.
    fn site_of(notices: &[(&str, &str, &[&str])]) -> Site {
        let mut files = vec![("site.yaml".to_owned(), "title: 甲\nunits: {民政局: minzheng}\n".to_owned())];
        for (index, (date, unit, statuses)) in notices.iter().enumerate() {
            let head = format!("---\ntitle: 通报{index}\nunit: {unit}\ndate: {date}\n---\n现予以公布。\n");
            files.push((format!("content/n{index}/notice.md"), head));
            for (item, status) in statuses.iter().enumerate() {
                let status = if *status == "-" { String::new() } else { format!("status: {status}\n") };
                let text = format!("---\nheading: 问题{item}\n{status}---\n改进工作。\n");
                files.push((format!("content/n{index}/{item}.md"), text));
            }
        }
        let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        site(&files)
    }

    #[test]
    fn only_like_is_added_and_what_is_not_stated_is_told() {
        let site = site_of(&[
            ("2025-08-28", "民政局", &["completed", "in-progress", "-"]),
            ("2025-08-27", "教育局", &["-", "-"]),
            ("2024-08-28", "民政局", &[]),
        ]);
        let totals = totals_of_site(&site);
        let counts = [totals.n_notices, totals.n_itemized, totals.n_items, totals.n_stating, totals.n_stated];
        assert_eq!(counts, [3, 2, 5, 1, 2]);
        let statuses: Vec<_> =
            totals.statuses.iter().map(|count| (count.status, count.n, count.path.as_deref())).collect();
        let open = Some("status/open/index.html#in-progress");
        assert_eq!(statuses, [("completed", 1, None), ("in-progress", 1, open)]);
        let none = totals_of_site(&site_of(&[("2025-08-28", "甲", &["-"])]));
        assert!(none.n_stated == 0 && none.statuses.is_empty());
    }

    #[test]
    fn a_site_of_one_notice_has_a_front_and_no_lists() {
        let site = site_of(&[("2025-08-28", "民政局", &["completed", "-"])]);
        let shown = front(&site).unwrap();
        let items: Vec<_> =
            shown.notice.items.iter().map(|item| (item.title.as_str(), item.status)).collect();
        assert_eq!(items, [("问题0", Some("completed")), ("问题1", None)]);
        assert!(site.lists.is_empty());
        assert!(front(&site_of(&[("2025-08-28", "甲", &[]), ("2025-08-27", "甲", &[])])).is_none());
    }

    #[test]
    fn open_items_are_listed_by_what_needs_most() {
        let site = site_of(&[
            ("2025-08-28", "民政局", &["long-term", "completed", "in-progress"]),
            ("2024-08-28", "教育局", &["in-progress", "not-done", "mostly-completed"]),
        ]);
        let index = site.lists.iter().position(|list| list.kind == ListKind::Open).unwrap();
        let open: Vec<_> = list(&site, index, 0)
            .open
            .iter()
            .map(|group| {
                let items =
                    group.items.iter().map(|open| format!("{} {}", open.notice.unit, open.item.title));
                (group.status, group.n, items.collect::<Vec<_>>().join("、"))
            })
            .collect();
        let expected = [
            ("not-done", 1, "教育局 问题1"),
            ("in-progress", 2, "民政局 问题2、教育局 问题0"),
            ("mostly-completed", 1, "教育局 问题2"),
            ("long-term", 1, "民政局 问题0"),
        ];
        assert_eq!(open, expected.map(|(status, n, items)| (status, n, items.to_owned())));
    }
}
