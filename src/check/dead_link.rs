//! `dead-link` and `external-asset`: every link of every finished page leads somewhere, and nothing but links leads to
//! other sites.
//!
//! Links in the texts are followed before anything is rendered, at their place in the source; this rule also covers what
//! a theme writes, and proves the whole.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::Reading;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::render::Page;
use crate::site::Site;
use crate::text::address;

/// What one page has and wants, kept until all pages have been seen.
#[derive(Debug)]
pub struct Seen {
    path: String,
    anchors: BTreeSet<String>,
    /// Links with an anchor that the page itself does not have: path from the site's root, anchor.
    wanted: BTreeSet<(String, String)>,
    /// Links to what the site does not have: the path from its root, or the link as written where it leads out of it.
    dead: BTreeSet<String>,
    /// What other sites would have to send to show the page.
    elsewhere: BTreeSet<String>,
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
    let is_here = |link: &String| link.strip_prefix('#').is_some_and(|anchor| anchors.contains(anchor));
    let links: BTreeSet<String> = reading.links.into_iter().filter(|link| !is_here(link)).collect();
    // A page that stands at any address, as 404.html does, names the site's own files in full.
    let is_own =
        |address: &String| site.config.base_url.as_ref().is_some_and(|own| address.starts_with(own.as_str()));
    let mut seen = Seen {
        path: page.path.clone(),
        anchors,
        wanted: BTreeSet::new(),
        dead: BTreeSet::new(),
        elsewhere: reading.fetched_elsewhere.into_iter().filter(|address| !is_own(address)).collect(),
    };
    for link in links {
        if is_outside(site, &link) || site.is_reported(&link) {
            continue;
        }
        let (path, anchor) =
            link.split_once('#').map_or((link.as_str(), ""), |(path, anchor)| (path, anchor));
        let target = if path.is_empty() { Some(page.path.clone()) } else { address::join(&page.path, path) };
        match target {
            Some(target) if !site.routes.contains_key(&target) && !assets.contains(&target) => {
                seen.dead.insert(target);
            }
            Some(target) if !anchor.is_empty() => {
                seen.wanted.insert((target, anchor.to_owned()));
            }
            Some(_) => {}
            None => {
                seen.dead.insert(link);
            }
        }
    }
    seen
}

/// Links that lead nowhere, each with the pages that have it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeadLinks {
    dead: BTreeMap<String, BTreeSet<String>>,
    /// What other sites would have to send, with the pages that ask for it.
    asked: BTreeMap<String, BTreeSet<String>>,
    /// Links to anchors of pages that have not been seen: path and anchor.
    elsewhere: BTreeMap<(String, String), BTreeSet<String>>,
}

impl DeadLinks {
    /// Collects the dead links of pages; an anchor is looked for only on those among them.
    pub(super) fn of(site: &Site, seen: &[Seen]) -> Self {
        let anchors: BTreeMap<&str, &BTreeSet<String>> =
            seen.iter().map(|page| (page.path.as_str(), &page.anchors)).collect();
        let mut dead = Self::default();
        for page in seen {
            for link in &page.dead {
                dead.add(link.clone(), page);
            }
            for address in &page.elsewhere {
                dead.asked.entry(address.clone()).or_default().insert(page.path.clone());
            }
            for (target, anchor) in &page.wanted {
                match anchors.get(target.as_str()) {
                    Some(anchors) if anchors.contains(anchor) || site.is_contested(target) => {}
                    Some(_) => dead.add(format!("{target}#{anchor}"), page),
                    None => {
                        let place = (target.clone(), anchor.clone());
                        dead.elsewhere.entry(place).or_default().insert(page.path.clone());
                    }
                }
            }
        }
        dead
    }

    fn add(&mut self, link: String, page: &Seen) {
        self.dead.entry(link).or_default().insert(page.path.clone());
    }

    /// Adds those of other pages, and follows their links to pages that had not been seen with them: `is_missing` tells
    /// whether the page at a path lacks an anchor.
    pub fn extend(&mut self, other: &Self, mut is_missing: impl FnMut(&str, &str) -> bool) {
        for (link, pages) in &other.dead {
            self.dead.entry(link.clone()).or_default().extend(pages.iter().cloned());
        }
        for (address, pages) in &other.asked {
            self.asked.entry(address.clone()).or_default().extend(pages.iter().cloned());
        }
        for ((target, anchor), pages) in &other.elsewhere {
            if is_missing(target, anchor) {
                let dead = self.dead.entry(format!("{target}#{anchor}")).or_default();
                dead.extend(pages.iter().cloned());
            }
        }
    }

    /// Pushes `dead-link` and `external-asset` once for each address, since a theme repeats itself.
    pub fn report(&self, diagnostics: &mut Diagnostics) {
        for (link, pages) in &self.dead {
            diagnostics.push(dead_link(link, pages));
        }
        for (address, pages) in &self.asked {
            diagnostics.push(external_asset(address, pages));
        }
    }
}

/// Tells whether a link leads out of the site, or is the full address of a page of it on a page that needs that.
fn is_outside(site: &Site, link: &str) -> bool {
    address::leads_elsewhere(link) || site.config.feedback_action.as_deref() == Some(link)
}

fn dead_link(link: &str, pages: &BTreeSet<String>) -> Diagnostic {
    let (first, [english, chinese]) = named(pages);
    let verb = if pages.len() == 1 { "links" } else { "link" };
    Diagnostic::error(
        "dead-link",
        Location::file(&SourcePath::new(first)),
        format!("the finished page `{first}`{english} {verb} to `{link}`, which does not exist"),
        format!("生成的页面 `{first}` {chinese}链接到不存在的 `{link}`"),
    )
    .help(
        "the link comes from the theme: correct the template that writes it",
        "这个链接来自主题：请改正写出它的模板",
    )
}

fn external_asset(address: &str, pages: &BTreeSet<String>) -> Diagnostic {
    let (first, [english, chinese]) = named(pages);
    Diagnostic::error(
        "external-asset",
        Location::file(&SourcePath::new(first)),
        format!("the finished page `{first}`{english} would fetch `{address}` from another site"),
        format!("生成的页面 `{first}` {chinese}要从别的网站读取 `{address}`"),
    )
    .help(
        "put the file into the theme's `assets/`, and correct the template that names it",
        "请把文件放进主题的 `assets/`，并改正写出它的模板",
    )
}

/// Returns the first of some pages, and how many more there are in English and Chinese.
fn named(pages: &BTreeSet<String>) -> (&str, [String; 2]) {
    let first = pages.first().expect("an address stands on a page");
    let more = match pages.len() - 1 {
        0 => [String::new(), String::new()],
        1 => [" and one more page".to_owned(), "等 2 个页面".to_owned()],
        more => [format!(" and {more} more pages"), format!("等 {} 个页面", more + 1)],
    };
    (first, more)
}
