//! `dead-link`: every link of every finished page leads somewhere.
//!
//! Links in the texts are followed before anything is rendered, at their place in the source; this rule also covers what
//! a theme writes, and proves the whole.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::faults::{Difference, Fault, Pages, at_template};
use super::fetched::normal;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::reading::Reading;
use crate::render::Page;
use crate::site::Site;
use crate::text::address;
use crate::theme::Theme;

/// What was seen on one page: its anchors, where it links to, and what is wrong with it.
#[derive(Debug)]
pub struct Seen {
    pub(super) path: String,
    anchors: BTreeSet<String>,
    /// Links with an anchor that the page itself does not have: path from the site's root, anchor.
    wanted: BTreeSet<(String, String)>,
    /// Links to what the site does not have: the path from its root, or the link as written where it leads out of it.
    dead: BTreeSet<String>,
    /// What else is wrong with it.
    pub(super) faults: BTreeSet<Fault>,
    /// Where it differs from its text.
    pub(super) difference: Option<Difference>,
}

impl Seen {
    /// Returns the path of the page, from the site's root, and its anchors.
    pub fn into_anchors(self) -> (String, BTreeSet<String>) {
        (self.path, self.anchors)
    }

    /// Drops the links to places on the page itself.
    pub(super) fn forget_own_anchors(&mut self) {
        let path = &self.path;
        self.wanted.retain(|(target, _)| target != path);
    }
}

/// Sorts the links of one page into those that are dead and those that depend on the anchors of other pages.
pub(super) fn see(site: &Site, assets: &BTreeSet<String>, page: &Page, reading: Reading) -> Seen {
    let anchors: BTreeSet<String> = reading.anchors.into_iter().collect();
    // `#top` is the top of any page (HTML standard, 7.4.6.4).
    let is_there = |anchor: &str| anchors.contains(anchor) || anchor.eq_ignore_ascii_case("top");
    let is_here = |link: &String| link.strip_prefix('#').is_some_and(is_there);
    let links: BTreeSet<String> = reading.links.into_iter().filter(|link| !is_here(link)).collect();
    let mut seen = Seen {
        path: page.path.clone(),
        anchors,
        wanted: BTreeSet::new(),
        dead: BTreeSet::new(),
        faults: BTreeSet::new(),
        difference: None,
    };
    for link in links {
        let link = normal(link.as_bytes());
        if is_outside(site, &link) || site.is_reported(&link) {
            continue;
        }
        let (path, anchor) = link.split_once('#').map_or((&*link, ""), |(path, anchor)| (path, anchor));
        let target = if path.is_empty() { Some(page.path.clone()) } else { address::join(&page.path, path) };
        match target {
            // Whose address was refused is not there, which has been reported.
            Some(target) if site.is_contested(&target) => {}
            Some(target) if !site.routes.contains_key(&target) && !assets.contains(&target) => {
                seen.dead.insert(target);
            }
            Some(target) if !anchor.is_empty() => {
                seen.wanted.insert((target, anchor.to_owned()));
            }
            Some(_) => {}
            None => {
                seen.dead.insert(link.into_owned());
            }
        }
    }
    seen
}

/// Links that lead nowhere, each with the pages that have it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DeadLinks {
    dead: BTreeMap<String, Pages>,
    /// Links to anchors of pages that have not been seen: path and anchor.
    elsewhere: BTreeMap<(String, String), Pages>,
}

impl DeadLinks {
    /// Collects the dead links of pages; an anchor is looked for only on those among them.
    pub(super) fn of(site: &Site, seen: &[Seen]) -> Self {
        let anchors: BTreeMap<&str, &BTreeSet<String>> =
            seen.iter().map(|page| (page.path.as_str(), &page.anchors)).collect();
        let mut dead = Self::default();
        for page in seen {
            for link in &page.dead {
                add(&mut dead.dead, link.clone(), &Pages::one(&page.path));
            }
            for (target, anchor) in &page.wanted {
                match anchors.get(target.as_str()) {
                    Some(anchors) if anchors.contains(anchor) || site.is_contested(target) => {}
                    Some(_) => {
                        // A template repeats this on each page, and means the page itself.
                        let is_own = *target == page.path;
                        let link = if is_own { format!("#{anchor}") } else { format!("{target}#{anchor}") };
                        add(&mut dead.dead, link, &Pages::one(&page.path));
                    }
                    None => {
                        let place = (target.clone(), anchor.clone());
                        add(&mut dead.elsewhere, place, &Pages::one(&page.path));
                    }
                }
            }
        }
        dead
    }

    /// Adds those of other pages, and follows their links to pages that had not been seen with them: `is_missing` tells
    /// whether the page at a path lacks an anchor.
    pub(super) fn extend(&mut self, other: &Self, is_missing: &mut dyn FnMut(&str, &str) -> bool) {
        for (link, pages) in &other.dead {
            add(&mut self.dead, link.clone(), pages);
        }
        for ((target, anchor), pages) in &other.elsewhere {
            if is_missing(target, anchor) {
                add(&mut self.dead, format!("{target}#{anchor}"), pages);
            }
        }
    }

    /// Pushes `dead-link` once for each address, since a theme repeats itself.
    pub(super) fn report(&self, theme: &Theme, diagnostics: &mut Diagnostics) {
        for (link, pages) in &self.dead {
            // Templates put the way to the root in front.
            let anchor = link.split_once('#').map_or(link.as_str(), |(_, anchor)| anchor);
            let file = link.rsplit('/').next().filter(|file| *file != "index.html").unwrap_or(link);
            let places = theme.own_templates().first_found(&[link, file, &format!("#{anchor}\"")]);
            diagnostics.push(at_template(places, pages, |place| dead_link(link, place, pages)));
        }
    }
}

fn add<K: Ord>(all: &mut BTreeMap<K, Pages>, key: K, pages: &Pages) {
    match all.entry(key) {
        Entry::Occupied(mut known) => known.get_mut().add(pages),
        Entry::Vacant(new) => {
            new.insert(pages.clone());
        }
    }
}

/// Tells whether a link leads out of the site, or is the full address of a page of it on a page that needs that.
fn is_outside(site: &Site, link: &str) -> bool {
    address::leads_elsewhere(link) || site.config.feedback_action.as_deref() == Some(link)
}

fn dead_link(link: &str, location: Location, pages: &Pages) -> Diagnostic {
    let [english, chinese] = pages.named();
    let verb = if pages.n == 1 { "links" } else { "link" };
    Diagnostic::error(
        "dead-link",
        location,
        format!("{english} {verb} to `{link}`, which does not exist"),
        format!("{chinese}链接到不存在的 `{link}`"),
    )
    .help(
        "the link comes from the theme: correct the template that writes it",
        "这个链接来自主题：请改正写出它的模板",
    )
}
