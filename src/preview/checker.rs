//! Looks at the whole site in the background: what `build` would say, as soon as it can be known.
//!
//! What the sources say is known with each snapshot. What only finished pages show (templates that fail, text that a theme
//! drops, dead links) needs each page once; pages of notices that somebody looks at or that have just changed come
//! first, and only what changed is looked at again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::snapshot::Snapshot;
use crate::check::{Checks, DeadLinks, Seen};
use crate::content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::notice::Notice;
use crate::render::Renderer;
use crate::site::Route;

/// The most notices that are looked at without a word in between.
pub(super) const MOST_UNREPORTED: usize = 50;

/// What was found on the pages of one notice.
#[derive(Debug)]
struct Checked {
    notice: Arc<Notice>,
    diagnostics: Diagnostics,
    dead_links: DeadLinks,
    /// The words of the glossary that it has; `None` if a file of it could not be read.
    terms: Option<BTreeSet<String>>,
}

/// What was found on the pages about the site as a whole.
#[derive(Debug, Default)]
struct OfSite {
    diagnostics: Diagnostics,
    dead_links: DeadLinks,
    /// For each page its anchors.
    anchors: BTreeMap<String, BTreeSet<String>>,
}

/// The anchors of a page of a notice that others link to; none if its template fails, which has been said.
#[derive(Debug)]
struct Target {
    notice: Arc<Notice>,
    anchors: Option<BTreeSet<String>>,
}

/// What has been found so far.
#[derive(Debug, Default)]
pub(super) struct Checker {
    frame: u64,
    /// In the order of the site's notices; `None` for those that have to be looked at.
    of_notices: Vec<Option<Checked>>,
    of_site: OfSite,
    targets: BTreeMap<String, Target>,
}

/// What came of looking at a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// Everything that was to be seen has been.
    Finished,
    /// There is a newer snapshot.
    Overtaken,
}

impl Checker {
    /// Looks at the notices with the ids `viewed` and, unless there are many, at all others that are not known yet.
    /// `is_overtaken` is asked between notices.
    ///
    /// After a save this costs the same in a site of any size, but for a glance at each notice.
    pub(super) fn look_at_notices(
        &mut self,
        snapshot: &Snapshot,
        viewed: &BTreeSet<String>,
        is_overtaken: impl Fn() -> bool,
    ) -> Progress {
        self.forget_what_changed(snapshot);
        let mut indexes: Vec<usize> = viewed.iter().filter_map(|id| snapshot.site.notice_index(id)).collect();
        let unknown = self.unknown();
        if unknown.len() <= MOST_UNREPORTED {
            indexes.extend(unknown);
        }
        self.look_at(snapshot, &indexes, is_overtaken)
    }

    /// Looks at everything that is not known yet: at the pages about the site as a whole, each time, and at all notices.
    pub(super) fn look_at_rest(&mut self, snapshot: &Snapshot, is_overtaken: impl Fn() -> bool) -> Progress {
        self.look_at_site(snapshot);
        let unknown = self.unknown();
        self.look_at(snapshot, &unknown, is_overtaken)
    }

    fn forget_what_changed(&mut self, snapshot: &Snapshot) {
        let notices = &snapshot.site.notices;
        if self.frame != snapshot.frame || self.of_notices.len() != notices.len() {
            // After a change that every page may show, what was found before is worth nothing.
            *self = Self { frame: snapshot.frame, ..Self::default() };
            self.of_notices.resize_with(notices.len(), || None);
            return;
        }
        for (checked, notice) in self.of_notices.iter_mut().zip(notices.iter()) {
            if checked.as_ref().is_some_and(|checked| !Arc::ptr_eq(&checked.notice, notice)) {
                *checked = None;
            }
        }
    }

    fn unknown(&self) -> Vec<usize> {
        let of_notices = self.of_notices.iter().enumerate();
        of_notices.filter(|(_, checked)| checked.is_none()).map(|(index, _)| index).collect()
    }

    fn look_at(
        &mut self,
        snapshot: &Snapshot,
        indexes: &[usize],
        is_overtaken: impl Fn() -> bool,
    ) -> Progress {
        if indexes.iter().all(|index| self.of_notices[*index].is_some()) {
            return Progress::Finished;
        }
        let renderer = Renderer::new(&snapshot.site, &snapshot.theme);
        // The rules keep the texts of the notices that they have seen, so they do not get to see all of them.
        for indexes in indexes.chunks(MOST_UNREPORTED) {
            let checks = checks(snapshot);
            for index in indexes {
                if is_overtaken() {
                    return Progress::Overtaken;
                }
                if self.of_notices[*index].is_none() {
                    self.of_notices[*index] = Some(look_at_notice(snapshot, &checks, &renderer, *index));
                }
            }
        }
        Progress::Finished
    }

    fn look_at_site(&mut self, snapshot: &Snapshot) {
        let (checks, renderer) = (checks(snapshot), Renderer::new(&snapshot.site, &snapshot.theme));
        let routes = snapshot.site.routes.values();
        let routes = routes.filter(|route| route.is_html());
        let routes = routes.filter(|route| !matches!(route, Route::Notice(_) | Route::Item { .. }));
        let mut diagnostics = Diagnostics::new();
        let seen = look_at_pages(snapshot, &checks, &renderer, routes, &mut diagnostics);
        let dead_links = checks.dead_links(&seen);
        let anchors = seen.into_iter().map(Seen::into_anchors).collect();
        self.of_site = OfSite { diagnostics, dead_links, anchors };
    }

    /// Lists everything that is known to be wrong with the site, sorted as `build` prints it.
    pub(super) fn problems(&mut self, snapshot: &Snapshot) -> Vec<Diagnostic> {
        let Self { of_notices, of_site, targets, .. } = self;
        let mut all = snapshot.found_in_sources();
        let mut dead_links = DeadLinks::default();
        let mut is_missing = |path: &str, anchor: &str| {
            let anchors = match of_site.anchors.get(path) {
                Some(anchors) => Some(anchors),
                None => anchors_of(targets, snapshot, path),
            };
            anchors.is_some_and(|anchors| !anchors.contains(anchor)) && !snapshot.site.is_contested(path)
        };
        all.append(of_site.diagnostics.clone());
        dead_links.extend(&of_site.dead_links, &mut is_missing);
        for checked in of_notices.iter().flatten() {
            if !checked.diagnostics.is_empty() {
                all.append(checked.diagnostics.clone());
            }
            dead_links.extend(&checked.dead_links, &mut is_missing);
        }
        if of_notices.iter().all(Option::is_some) {
            let terms = of_notices.iter().flatten().map(|checked| checked.terms.as_ref());
            Checks::unused_terms(&snapshot.site, terms, &mut all);
        }
        dead_links.report(&mut all);
        all.into_sorted()
    }
}

/// Returns the anchors of a page of a notice; `None` for any other, or if its template fails.
fn anchors_of<'a>(
    targets: &'a mut BTreeMap<String, Target>,
    snapshot: &Snapshot,
    path: &str,
) -> Option<&'a BTreeSet<String>> {
    let route = snapshot.site.routes.get(path)?;
    let (Route::Notice(index) | Route::Item { notice: index, .. }) = route else { return None };
    let notice = &snapshot.site.notices[*index];
    if targets.get(path).is_none_or(|target| !Arc::ptr_eq(&target.notice, notice)) {
        let anchors = snapshot.page(route).map(|page| Checks::anchors(&page));
        targets.insert(path.to_owned(), Target { notice: notice.clone(), anchors });
    }
    targets[path].anchors.as_ref()
}

fn checks(snapshot: &Snapshot) -> Checks<'_> {
    let assets = snapshot.theme.assets().values().map(|asset| asset.path.clone()).collect();
    Checks::new(&snapshot.site, assets)
}

fn look_at_notice(
    snapshot: &Snapshot,
    checks: &Checks<'_>,
    renderer: &Renderer<'_>,
    index: usize,
) -> Checked {
    let notice = &snapshot.site.notices[index];
    let mut diagnostics = Diagnostics::new();
    if let Some(read) = snapshot.parts.get(content::part_of(&notice.source)) {
        checks.notice(index, &read.found.diagnostics, &mut diagnostics);
    }
    let items = notice.sections.iter().enumerate().filter(|(_, section)| section.item_number.is_some());
    let items = items.map(|(section, _)| Route::Item { notice: index, section });
    let routes: Vec<Route> = std::iter::once(Route::Notice(index)).chain(items).collect();
    let seen = look_at_pages(snapshot, checks, renderer, routes.iter(), &mut diagnostics);
    let dead_links = checks.dead_links(&seen);
    Checked { notice: notice.clone(), diagnostics, dead_links, terms: checks.terms_of(index) }
}

fn look_at_pages<'a>(
    snapshot: &Snapshot,
    checks: &Checks<'_>,
    renderer: &Renderer<'_>,
    routes: impl Iterator<Item = &'a Route>,
    diagnostics: &mut Diagnostics,
) -> Vec<Seen> {
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
    seen
}

#[expect(clippy::disallowed_methods, reason = "tests prepare folders themselves")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Drafts;
    use crate::diagnostic::Language;
    use crate::preview::snapshot::{Changes, Origin};

    /// A site with more notices than are looked at without a word, each with one item, and with own templates for the pages of both.
    struct Desk {
        folder: tempfile::TempDir,
        origin: Origin,
        snapshot: Snapshot,
        checker: Checker,
    }

    impl Desk {
        fn new(of_notice: &str, of_item: &str) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let origin = Origin { root: folder.path().to_owned(), base_url: None, drafts: Drafts::LeftOut };
            write(&folder, "site.yaml", "title: 示例\n");
            write(&folder, "themes/default/templates/notice.html", of_notice);
            write(&folder, "themes/default/templates/item.html", of_item);
            for n in 0..=MOST_UNREPORTED {
                write(&folder, &format!("content/n{n:02}/notice.md"), &notice("通报"));
                let item = "---\nheading: 一、甲\n---\n（一）改进。已经改进。\n";
                write(&folder, &format!("content/n{n:02}/01.md"), item);
            }
            let snapshot = Snapshot::open(&origin).unwrap();
            assert!(!snapshot.found_in_sources().has_errors(), "{:?}", snapshot.found_in_sources());
            Self { folder, origin, snapshot, checker: Checker::default() }
        }

        /// Saves a file of an entry of `content/`, which changes nothing that other notices depend on.
        fn save(&mut self, part: &str, file: &str, text: &str) {
            write(&self.folder, &format!("content/{part}/{file}"), text);
            let changes = Changes { parts: [part.to_owned()].into(), ..Changes::default() };
            let next = self.snapshot.after(&changes, &self.origin).unwrap().unwrap();
            assert_eq!(next.frame, self.snapshot.frame);
            self.snapshot = next;
        }

        fn look_at_notices(&mut self, viewed: &[&str]) {
            let viewed = viewed.iter().map(|id| (*id).to_owned()).collect();
            assert_eq!(self.checker.look_at_notices(&self.snapshot, &viewed, || false), Progress::Finished);
        }

        fn look_at_rest(&mut self) {
            assert_eq!(self.checker.look_at_rest(&self.snapshot, || false), Progress::Finished);
        }

        /// Lists the dead links that end in one of `ends`, as far as they are known.
        fn dead_links(&mut self, ends: &[&str]) -> Vec<String> {
            let problems = self.checker.problems(&self.snapshot);
            let dead = problems.iter().filter(|problem| problem.code == "dead-link");
            let links =
                dead.filter_map(|problem| problem.message.in_language(Language::English).split('`').nth(3));
            links.filter(|link| ends.iter().any(|end| link.ends_with(end))).map(str::to_owned).collect()
        }
    }

    fn write(folder: &tempfile::TempDir, name: &str, text: &str) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn notice(title: &str) -> String {
        format!("---\ntitle: {title}\nunit: 甲\ndate: 2025-08-28\n---\n现予以公布。\n")
    }

    #[test]
    fn what_is_viewed_or_changed_comes_first() {
        let template = "{% if item.heading == \"一、坏\" %}<a href=\"gone.html\">{% endif %}";
        let mut desk = Desk::new("", template);
        desk.look_at_notices(&["n07", "there-is-no-such-notice"]);
        let n_known = |desk: &Desk| desk.checker.of_notices.iter().flatten().count();
        assert_eq!(n_known(&desk), 1);
        desk.look_at_rest();
        assert_eq!(n_known(&desk), MOST_UNREPORTED + 1);
        assert_eq!(desk.dead_links(&["gone.html"]), [""; 0]);
        desk.save("n08", "01.md", "---\nheading: 一、坏\n---\n（一）改进。已经改进。\n");
        desk.look_at_notices(&[]);
        assert_eq!(desk.dead_links(&["gone.html"]), ["n08/gone.html"]);
        desk.save("n08", "01.md", "---\nheading: 一、好\n---\n（一）改进。已经改进。\n");
        desk.look_at_notices(&[]);
        assert_eq!(desk.dead_links(&["gone.html"]), [""; 0]);
    }

    #[test]
    fn who_is_overtaken_goes_on_where_it_was() {
        let mut desk = Desk::new("", "");
        desk.look_at_notices(&[]);
        let n_asked = std::cell::Cell::new(0);
        let is_overtaken = || {
            n_asked.set(n_asked.get() + 1);
            n_asked.get() > 3
        };
        assert_eq!(desk.checker.look_at_rest(&desk.snapshot, is_overtaken), Progress::Overtaken);
        assert_eq!(desk.checker.unknown().len(), MOST_UNREPORTED + 1 - 3);
    }

    #[test]
    fn links_follow_what_other_notices_have() {
        let mut desk = Desk::new(
            "{% if notice.title == \"有\" %}<p id=here>{% endif %}",
            "<a href=\"../contact.html#there\">\
             {% if notice.title == \"通报\" %}<a href=\"../n01/index.html#here\">{% endif %}",
        );
        desk.save("n01", "notice.md", &notice("有"));
        desk.look_at_notices(&[]);
        desk.look_at_rest();
        let places = |desk: &mut Desk| desk.dead_links(&["#here", "#there"]);
        assert_eq!(places(&mut desk), ["contact.html#there"]);
        desk.save("n01", "notice.md", &notice("无"));
        desk.look_at_notices(&[]);
        assert_eq!(places(&mut desk), ["n01/index.html#here", "contact.html#there"]);
        desk.save("n01", "notice.md", &notice("有"));
        desk.look_at_notices(&[]);
        assert_eq!(places(&mut desk), ["contact.html#there"]);
    }
}
