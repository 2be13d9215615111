//! Looks at the whole site in the background: what `build` would say, as soon as it can be known.
//!
//! What the sources say is known with each snapshot. What only finished pages show (templates that fail, text that a theme
//! drops, dead links) needs each page once; pages of notices that somebody looks at come first, and only what changed is
//! looked at again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::snapshot::Snapshot;
use crate::check::{Checks, DeadLinks};
use crate::content;
use crate::diagnostic::{Diagnostic, Diagnostics, SourcePath};
use crate::notice::Notice;
use crate::render::Renderer;
use crate::site::Route;

/// The most notices that are looked at without a word in between.
const MOST_UNREPORTED: usize = 50;

/// What was found on the pages of one notice.
#[derive(Debug)]
struct Checked {
    notice: Arc<Notice>,
    frame: u64,
    diagnostics: Diagnostics,
    dead_links: DeadLinks,
    /// The words of the glossary that it has.
    terms: BTreeSet<String>,
}

/// What has been found so far, notice by notice.
#[derive(Debug, Default)]
pub(super) struct Checker {
    of_notices: BTreeMap<SourcePath, Checked>,
    of_site: (Diagnostics, DeadLinks),
}

/// What came of looking at a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// Everything has been seen.
    Finished,
    /// There is a newer snapshot.
    Overtaken,
}

impl Checker {
    /// Looks at everything that is not known yet. `viewed` are the ids of notices that somebody looks at;
    /// `is_overtaken` is asked between pages; `report` is told when these notices are done.
    pub(super) fn look(
        &mut self,
        snapshot: &Snapshot,
        viewed: &BTreeSet<String>,
        is_overtaken: impl Fn() -> bool,
        report: impl FnOnce(&Self),
    ) -> Progress {
        let assets = snapshot.theme.assets().values().map(|asset| asset.path.clone()).collect();
        let checks = Checks::new(&snapshot.site, assets);
        let renderer = Renderer::new(&snapshot.site, &snapshot.theme);
        self.forget_what_is_gone(snapshot);

        let is_viewed = |index: &usize| viewed.contains(&snapshot.site.notices[*index].id);
        let (first, later): (Vec<usize>, Vec<usize>) = (0..snapshot.site.notices.len()).partition(is_viewed);
        let look_at = |checker: &mut Self, indexes: &[usize]| {
            for index in indexes {
                if is_overtaken() {
                    return Progress::Overtaken;
                }
                checker.look_at_notice(snapshot, &checks, &renderer, *index);
            }
            Progress::Finished
        };
        if look_at(self, &first) == Progress::Overtaken {
            return Progress::Overtaken;
        }
        self.look_at_site(snapshot, &checks, &renderer);
        if later.len() > MOST_UNREPORTED {
            report(self);
        }
        look_at(self, &later)
    }

    fn forget_what_is_gone(&mut self, snapshot: &Snapshot) {
        let notices: BTreeMap<&SourcePath, &Arc<Notice>> =
            snapshot.site.notices.iter().map(|notice| (&notice.source, notice)).collect();
        // After a change that every page may show, what was found before is worth nothing.
        self.of_notices.retain(|source, checked| {
            checked.frame == snapshot.frame
                && notices.get(source).is_some_and(|notice| Arc::ptr_eq(notice, &checked.notice))
        });
    }

    fn look_at_notice(
        &mut self,
        snapshot: &Snapshot,
        checks: &Checks<'_>,
        renderer: &Renderer<'_>,
        index: usize,
    ) {
        let notice = &snapshot.site.notices[index];
        if self.of_notices.contains_key(&notice.source) {
            return;
        }
        let mut diagnostics = Diagnostics::new();
        if let Some(read) = snapshot.parts.get(content::part_of(&notice.source)) {
            checks.notice(index, &read.found.diagnostics, &mut diagnostics);
        }
        let items = notice.sections.iter().enumerate().filter(|(_, section)| section.item_number.is_some());
        let items = items.map(|(section, _)| Route::Item { notice: index, section });
        let routes: Vec<Route> = std::iter::once(Route::Notice(index)).chain(items).collect();
        let dead_links = look_at_pages(snapshot, checks, renderer, routes.iter(), &mut diagnostics);
        let terms = checks.terms_of(index);
        let checked =
            Checked { notice: notice.clone(), frame: snapshot.frame, diagnostics, dead_links, terms };
        self.of_notices.insert(notice.source.clone(), checked);
    }

    fn look_at_site(&mut self, snapshot: &Snapshot, checks: &Checks<'_>, renderer: &Renderer<'_>) {
        let routes = snapshot.site.routes.values();
        let routes = routes.filter(|route| route.is_html());
        let routes = routes.filter(|route| !matches!(route, Route::Notice(_) | Route::Item { .. }));
        let mut diagnostics = Diagnostics::new();
        let dead_links = look_at_pages(snapshot, checks, renderer, routes, &mut diagnostics);
        self.of_site = (diagnostics, dead_links);
    }

    /// Lists everything that is known to be wrong with the site, sorted as `build` prints it.
    pub(super) fn problems(&self, snapshot: &Snapshot) -> Vec<Diagnostic> {
        let mut all = snapshot.found_in_sources();
        let mut dead_links = self.of_site.1.clone();
        all.append(self.of_site.0.clone());
        for checked in self.of_notices.values() {
            all.append(checked.diagnostics.clone());
            dead_links.extend(&checked.dead_links);
        }
        if self.of_notices.len() == snapshot.site.notices.len() {
            let used = self.of_notices.values().flat_map(|checked| checked.terms.iter().cloned()).collect();
            Checks::new(&snapshot.site, BTreeSet::new()).unused_terms(&used, &mut all);
        }
        dead_links.look_elsewhere(&snapshot.site, |path| {
            let page = snapshot.page(snapshot.site.routes.get(path).filter(|route| route.is_html())?)?;
            Some(Checks::anchors(&page))
        });
        dead_links.report(&mut all);
        all.into_sorted()
    }
}

fn look_at_pages<'a>(
    snapshot: &Snapshot,
    checks: &Checks<'_>,
    renderer: &Renderer<'_>,
    routes: impl Iterator<Item = &'a Route>,
    diagnostics: &mut Diagnostics,
) -> DeadLinks {
    let mut seen = Vec::new();
    for route in routes {
        // Two sources may want one address; only the first of them has a page.
        if snapshot.site.routes.get(&route.path(&snapshot.site)) != Some(route) {
            continue;
        }
        if let Some(page) = renderer.page(route, diagnostics) {
            seen.push(checks.page(route, &page, diagnostics));
        }
    }
    checks.dead_links(&seen)
}
