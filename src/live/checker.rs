//! Looks at the whole site in the background: what `build` would say, as soon as it can be known.
//!
//! What the sources say is known with each snapshot. What only finished pages show (templates that fail, text that a theme
//! drops, dead links) needs each page once; pages of notices that somebody looks at or that have just changed come
//! first, and only what changed is looked at again.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::snapshot::Snapshot;
use crate::check::accepted::{self, Extent};
use crate::check::{Checks, Gathered, Seen};
use crate::content;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::notice::Notice;
use crate::render::Renderer;
use crate::site::Route;

/// In a site of more notices than this, what the open pages show is told before the rest is looked at.
pub(crate) const MOST_UNREPORTED: usize = 50;

/// What was found on the pages of one notice.
#[derive(Debug)]
struct CheckedNotice {
    notice: Arc<Notice>,
    /// Whether something that every page may show has changed since.
    is_old: bool,
    diagnostics: Diagnostics,
    gathered: Gathered,
    /// The words of the glossary that it has; `None` if a file of it could not be read.
    terms: Option<BTreeSet<String>>,
}

/// What was found on the pages about the site as a whole.
#[derive(Debug)]
struct CheckedSite {
    /// As in [`CheckedNotice`].
    is_old: bool,
    diagnostics: Diagnostics,
    gathered: Gathered,
    /// For each page its anchors.
    anchors: BTreeMap<String, BTreeSet<String>>,
}

/// The anchors of a page of a notice that others link to; none if its template fails, which has been said.
#[derive(Debug)]
struct LinkedPage {
    notice: Arc<Notice>,
    anchors: Option<BTreeSet<String>>,
}

/// What has been found so far.
#[derive(Debug, Default)]
pub(crate) struct Checker {
    /// What was looked at last.
    seen: Option<Snapshot>,
    /// In the order of the site's notices; `None` for those that have to be looked at.
    of_notices: Vec<Option<CheckedNotice>>,
    /// The places of notices that have changed and have not been looked at since.
    changed: BTreeSet<usize>,
    of_site: Option<CheckedSite>,
    /// Whether something that was found has been dropped, and may well be found again.
    is_in_doubt: bool,
    targets: BTreeMap<String, LinkedPage>,
}

/// What came of looking at a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Everything that was to be seen has been.
    Finished,
    /// There is a newer snapshot.
    Overtaken,
}

/// What a look does when there is a newer snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhenOvertaken {
    /// It ends, since it will begin again.
    Stop,
    /// It goes on with the pages about the whole site: saves without end must not keep it from ever being through.
    GoOn,
}

impl Checker {
    /// Looks at the notices that have changed, at those with the ids `viewed` and, unless there are many, at all others that
    /// are not known yet. `is_overtaken` is asked between notices.
    ///
    /// After a save this renders one notice; of the others it only sees that they are the same.
    pub(crate) fn look_at_notices(
        &mut self,
        snapshot: &Snapshot,
        viewed: &BTreeSet<String>,
        is_overtaken: impl Fn() -> bool,
    ) -> Progress {
        self.forget_what_changed(snapshot);
        let viewed = viewed.iter().filter_map(|id| snapshot.site.notice_index(id));
        let mut indexes: Vec<usize> = self.changed.iter().copied().chain(viewed).collect();
        let unknown = self.unknown();
        if unknown.len() <= MOST_UNREPORTED {
            indexes.extend(unknown);
        }
        self.look_at(snapshot, &indexes, is_overtaken)
    }

    /// Looks at everything that is not known yet, and again at the pages about the site as a whole, which show something of
    /// every notice. `is_overtaken` is asked between notices and, if it is to stop then, between those pages.
    pub(crate) fn look_at_rest(
        &mut self,
        snapshot: &Snapshot,
        is_overtaken: impl Fn() -> bool,
        when_overtaken: WhenOvertaken,
    ) -> Progress {
        let is_new = self.of_site.as_ref().is_none_or(|of_site| of_site.is_old);
        if is_new {
            // This is never given up: a fault in a template is on every page, and should be told first.
            self.look_at_site(snapshot, || false);
        }
        let unknown = self.unknown();
        let mut progress = self.look_at(snapshot, &unknown, &is_overtaken);
        let is_too_late = || when_overtaken == WhenOvertaken::Stop && is_overtaken();
        if progress == Progress::Finished && !is_new {
            progress = self.look_at_site(snapshot, is_too_late);
        }
        if self.knows_all() {
            self.is_in_doubt = false;
        }
        if is_too_late() { Progress::Overtaken } else { progress }
    }

    fn forget_what_changed(&mut self, snapshot: &Snapshot) {
        let before = self.seen.replace(snapshot.clone());
        let notices = &snapshot.site.notices;
        match before {
            Some(before) if before.frame == snapshot.frame => {
                let both = before.site.notices.iter().zip(notices.iter());
                for (index, (checked, (old, new))) in self.of_notices.iter_mut().zip(both).enumerate() {
                    if !Arc::ptr_eq(old, new) {
                        *checked = None;
                        self.changed.insert(index);
                    }
                }
            }
            Some(before) => self.grow_old(&before, snapshot),
            None => self.of_notices.resize_with(notices.len(), || None),
        }
    }

    /// Keeps what was found of notices that are as they were, though every page may be another now: until it has been
    /// looked at again, it is likelier to hold than not.
    fn grow_old(&mut self, before: &Snapshot, now: &Snapshot) {
        let has_same_glossary = before.site.config.glossary == now.site.config.glossary;
        let all = std::mem::take(&mut self.of_notices).into_iter().flatten();
        let mut all: BTreeMap<*const Notice, CheckedNotice> =
            all.map(|checked| (Arc::as_ptr(&checked.notice), checked)).collect();
        self.of_notices = now.site.notices.iter().map(|notice| all.remove(&Arc::as_ptr(notice))).collect();
        let mut keep = |found: &mut Diagnostics| {
            let kept = still_pointing(found, before, now);
            self.is_in_doubt |= kept.iter().count() < found.iter().count();
            *found = kept;
        };
        for checked in self.of_notices.iter_mut().flatten() {
            checked.is_old = true;
            keep(&mut checked.diagnostics);
            checked.terms = checked.terms.take().filter(|_| has_same_glossary);
        }
        if let Some(of_site) = &mut self.of_site {
            of_site.is_old = true;
            keep(&mut of_site.diagnostics);
        }
        let old: BTreeSet<*const Notice> = before.site.notices.iter().map(Arc::as_ptr).collect();
        let of_now = now.site.notices.iter().enumerate();
        let new = of_now.filter(|(_, notice)| !old.contains(&Arc::as_ptr(notice))).map(|(index, _)| index);
        self.changed = new.collect();
        if self.changed.len() > MOST_UNREPORTED {
            // Too many to be looked at first: what was found on them is gone until all have been.
            self.changed.clear();
            self.is_in_doubt = true;
        }
        self.targets.clear();
    }

    fn unknown(&self) -> Vec<usize> {
        let of_notices = self.of_notices.iter().enumerate();
        of_notices.filter(|(_, checked)| !is_known(checked.as_ref())).map(|(index, _)| index).collect()
    }

    fn look_at(
        &mut self,
        snapshot: &Snapshot,
        indexes: &[usize],
        is_overtaken: impl Fn() -> bool,
    ) -> Progress {
        if indexes.iter().all(|index| is_known(self.of_notices[*index].as_ref())) {
            return Progress::Finished;
        }
        let renderer = Renderer::new(&snapshot.site, &snapshot.theme);
        // The rules keep the texts of all notices that they have seen: new ones for each batch, so that memory has a bound.
        for indexes in indexes.chunks(MOST_UNREPORTED.max(self.of_notices.len() / 16)) {
            let checks = checks(snapshot);
            for index in indexes {
                if is_known(self.of_notices[*index].as_ref()) {
                    continue;
                }
                if is_overtaken() {
                    return Progress::Overtaken;
                }
                let look = || look_at_notice(snapshot, &checks, &renderer, *index);
                // A fault of ours, which has been printed, must not hide what is wrong elsewhere.
                let checked = catch_unwind(AssertUnwindSafe(look)).unwrap_or_else(|_| CheckedNotice {
                    notice: snapshot.site.notices[*index].clone(),
                    is_old: false,
                    diagnostics: Diagnostics::new(),
                    gathered: Gathered::default(),
                    terms: None,
                });
                self.of_notices[*index] = Some(checked);
                self.changed.remove(index);
            }
        }
        Progress::Finished
    }

    fn look_at_site(&mut self, snapshot: &Snapshot, is_overtaken: impl Fn() -> bool) -> Progress {
        let (checks, renderer) = (checks(snapshot), Renderer::new(&snapshot.site, &snapshot.theme));
        let routes = snapshot.site.routes.values();
        let routes = routes.filter(|route| route.is_html());
        let routes = routes.filter(|route| !matches!(route, Route::Notice(_) | Route::Item { .. }));
        let mut diagnostics = Diagnostics::new();
        Checks::assets(&snapshot.theme, &mut diagnostics);
        let mut seen = Vec::new();
        for route in routes {
            if is_overtaken() {
                return Progress::Overtaken;
            }
            seen.extend(look_at_page(snapshot, &checks, &renderer, route, &mut diagnostics));
        }
        let gathered = checks.gather(&seen);
        let anchors = seen.into_iter().map(Seen::into_anchors).collect();
        self.of_site = Some(CheckedSite { is_old: false, diagnostics, gathered, anchors });
        Progress::Finished
    }

    /// Tells whether every page has been looked at, though perhaps before the last save.
    pub(crate) fn knows_all(&self) -> bool {
        self.of_site.as_ref().is_some_and(|of_site| !of_site.is_old)
            && self.of_notices.iter().map(Option::as_ref).all(is_known)
    }

    /// Tells whether an empty list may only mean that findings were dropped and have not been made again.
    pub(crate) fn is_in_doubt(&self) -> bool {
        self.is_in_doubt && !self.knows_all()
    }

    /// Lists everything that is known to be wrong with the site, sorted as `build` prints it.
    pub(crate) fn problems(&mut self, snapshot: &Snapshot) -> Vec<Diagnostic> {
        let extent = if self.knows_all() { Extent::Complete } else { Extent::Partial };
        let Self { of_notices, of_site, targets, .. } = self;
        let of_site = of_site.as_ref();
        let mut all = snapshot.found_in_sources();
        let mut gathered = Gathered::default();
        let mut is_missing = |path: &str, anchor: &str| {
            let anchors = match of_site.and_then(|of_site| of_site.anchors.get(path)) {
                Some(anchors) => Some(anchors),
                None => anchors_of(targets, snapshot, path),
            };
            anchors.is_some_and(|anchors| !anchors.contains(anchor)) && !snapshot.site.is_contested(path)
        };
        if let Some(of_site) = of_site {
            all.append(of_site.diagnostics.clone());
            gathered.extend(&of_site.gathered, &mut is_missing);
        }
        for checked in of_notices.iter().flatten() {
            if !checked.diagnostics.is_empty() {
                all.append(checked.diagnostics.clone());
            }
            gathered.extend(&checked.gathered, &mut is_missing);
        }
        if of_notices.iter().all(Option::is_some) {
            let terms = of_notices.iter().flatten().map(|checked| checked.terms.as_ref());
            Checks::unused_terms(&snapshot.site, terms, &mut all);
        }
        Checks::example_values(&snapshot.site, &mut all);
        gathered.report(&snapshot.theme, &mut all);
        accepted::apply(snapshot.accepting(), |path| snapshot.source(path), extent, &mut all);
        all.into_sorted()
    }
}

/// Tells whether a notice need not be looked at.
fn is_known(checked: Option<&CheckedNotice>) -> bool {
    checked.is_some_and(|checked| !checked.is_old)
}

/// Keeps what points only into texts that are as they were.
fn still_pointing(found: &Diagnostics, before: &Snapshot, now: &Snapshot) -> Diagnostics {
    let stays = |location: &Location| {
        location.range.is_none() || before.source(&location.path) == now.source(&location.path)
    };
    let mut kept = Diagnostics::new();
    for one in found.iter() {
        if one.locations().all(stays) {
            kept.push(one.clone());
        }
    }
    kept
}

/// Returns the anchors of a page of a notice; `None` for any other, or if its template fails.
fn anchors_of<'a>(
    targets: &'a mut BTreeMap<String, LinkedPage>,
    snapshot: &Snapshot,
    path: &str,
) -> Option<&'a BTreeSet<String>> {
    let route = snapshot.site.routes.get(path)?;
    let (Route::Notice(index) | Route::Item { notice: index, .. }) = route else { return None };
    let notice = &snapshot.site.notices[*index];
    if targets.get(path).is_none_or(|target| !Arc::ptr_eq(&target.notice, notice)) {
        let anchors = snapshot.page(route).map(|page| Checks::anchors(&page));
        targets.insert(path.to_owned(), LinkedPage { notice: notice.clone(), anchors });
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
) -> CheckedNotice {
    let notice = &snapshot.site.notices[index];
    let mut diagnostics = Diagnostics::new();
    if let Some(read) = snapshot.entries.get(content::part_of(&notice.opening.source)) {
        checks.notice(index, &read.found.diagnostics, &mut diagnostics);
    }
    let items = notice.sections.iter().enumerate().filter(|(_, section)| section.item_number.is_some());
    let items = items.map(|(section, _)| Route::Item { notice: index, section });
    let routes: Vec<Route> = std::iter::once(Route::Notice(index)).chain(items).collect();
    let look = |route| look_at_page(snapshot, checks, renderer, route, &mut diagnostics);
    let seen: Vec<Seen> = routes.iter().filter_map(look).collect();
    let gathered = checks.gather(&seen);
    CheckedNotice {
        notice: notice.clone(),
        is_old: false,
        diagnostics,
        gathered,
        terms: checks.terms_of(index),
    }
}

fn look_at_page(
    snapshot: &Snapshot,
    checks: &Checks<'_>,
    renderer: &Renderer<'_>,
    route: &Route,
    diagnostics: &mut Diagnostics,
) -> Option<Seen> {
    // Two sources may want one address; only the first of them has a page.
    if snapshot.site.routes.get(&route.path(&snapshot.site)) != Some(route) {
        return None;
    }
    let page = renderer.page(route, diagnostics)?;
    Some(checks.page(route, &page))
}

#[expect(clippy::disallowed_methods, reason = "tests prepare folders themselves")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Drafts;
    use crate::diagnostic::{Language, Severity};
    use crate::live::snapshot::{Changes, Origin};

    /// A site with more notices than [`MOST_UNREPORTED`], each with one item, and with own templates for the pages of both.
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
            let changes = Changes { entries: [part.to_owned()].into(), ..Changes::default() };
            let next = self.snapshot.after(&changes, &self.origin).unwrap().unwrap();
            assert_eq!(next.frame, self.snapshot.frame);
            self.snapshot = next;
        }

        fn look_at_notices(&mut self, viewed: &[&str]) {
            let viewed = viewed.iter().map(|id| (*id).to_owned()).collect();
            assert_eq!(self.checker.look_at_notices(&self.snapshot, &viewed, || false), Progress::Finished);
        }

        fn look_at_rest(&mut self) {
            assert_eq!(
                self.checker.look_at_rest(&self.snapshot, || false, WhenOvertaken::Stop),
                Progress::Finished
            );
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
        assert_eq!(
            desk.checker.look_at_rest(&desk.snapshot, is_overtaken, WhenOvertaken::Stop),
            Progress::Overtaken
        );
        assert_eq!(desk.checker.unknown().len(), MOST_UNREPORTED + 1 - 3);
        desk.save("n50", "notice.md", &notice("通告"));
        desk.look_at_notices(&[]);
        assert!(desk.checker.of_notices[50].is_some() && desk.checker.of_notices[0].is_some());
        assert_eq!(desk.checker.unknown().len(), 0, "few enough to be looked at without a word");
    }

    #[test]
    fn a_saved_notice_comes_before_those_that_wait() {
        let mut desk = Desk::new("", "");
        desk.look_at_notices(&["n50"]);
        desk.save("n50", "notice.md", &notice("通告"));
        assert_eq!(
            desk.checker.look_at_notices(&desk.snapshot, &BTreeSet::new(), || true),
            Progress::Overtaken
        );
        // A notice that has been begun is finished, even if a save comes meanwhile.
        let is_later = std::cell::Cell::new(false);
        let is_overtaken = || is_later.replace(true);
        let viewed = ["n50".to_owned()].into();
        let progress = desk.checker.look_at_notices(&desk.snapshot, &viewed, is_overtaken);
        assert_eq!(progress, Progress::Finished);
        assert_eq!(desk.checker.unknown().len(), MOST_UNREPORTED);
    }

    #[test]
    fn what_was_found_stays_until_it_is_looked_at_again() {
        let mut desk = Desk::new("", "{% if item.heading == \"一、坏\" %}<a href=\"gone.html\">{% endif %}");
        desk.save("n08", "01.md", "---\nheading: 一、坏\n---\n（一）改进。已经改进。\n");
        desk.look_at_notices(&[]);
        desk.look_at_rest();
        assert_eq!(desk.dead_links(&["gone.html"]), ["n08/gone.html"]);
        // Another measure gives the site other addresses, so that every page may have changed.
        let text = "---\nheading: 一、甲\n---\n（一）改进。已经改进。\n（二）再改进。\n";
        write(&desk.folder, "content/n09/01.md", text);
        let changes = Changes { entries: ["n09".to_owned()].into(), ..Changes::default() };
        let next = desk.snapshot.after(&changes, &desk.origin).unwrap().unwrap();
        assert!(next.frame > desk.snapshot.frame);
        desk.snapshot = next;
        desk.look_at_notices(&[]);
        assert!(is_known(desk.checker.of_notices[9].as_ref()), "what was saved comes first");
        assert_eq!(desk.checker.unknown().len(), MOST_UNREPORTED);
        assert_eq!(desk.dead_links(&["gone.html"]), ["n08/gone.html"]);
        assert!(!desk.checker.knows_all());
        write(&desk.folder, "themes/default/templates/item.html", "");
        let changes = Changes { theme: true, ..Changes::default() };
        desk.snapshot = desk.snapshot.after(&changes, &desk.origin).unwrap().unwrap();
        desk.look_at_notices(&[]);
        desk.look_at_rest();
        assert_eq!(desk.dead_links(&["gone.html"]), [""; 0]);
        assert!(desk.checker.knows_all());
    }

    #[test]
    fn nothing_is_finished_that_a_save_has_overtaken() {
        let mut desk = Desk::new("", "");
        desk.look_at_notices(&[]);
        assert!(!desk.checker.knows_all());
        desk.look_at_rest();
        assert!(desk.checker.knows_all());
        assert_eq!(
            desk.checker.look_at_rest(&desk.snapshot, || true, WhenOvertaken::Stop),
            Progress::Overtaken
        );
        assert_eq!(
            desk.checker.look_at_rest(&desk.snapshot, || true, WhenOvertaken::GoOn),
            Progress::Finished
        );
    }

    #[test]
    fn an_entry_of_accepted_waits_until_everything_has_been_looked_at() {
        let mut desk = Desk::new("", "");
        // With errors, nothing is said of entries.
        std::fs::remove_dir_all(desk.folder.path().join("themes")).unwrap();
        let changes = Changes { theme: true, ..Changes::default() };
        desk.snapshot = desk.snapshot.after(&changes, &desk.origin).unwrap().unwrap();
        let entry =
            |words: &str| format!("  - {{code: stray-emphasis, words: {words}, because: 原文如此}}\n");
        let text = format!(
            "---\nheading: 一、甲\naccepted:\n{}{}---\n（一）改进。已经**改进。\n",
            entry("已经**改进"),
            entry("丙丁")
        );
        desk.save("n08", "01.md", &text);
        let told = |desk: &mut Desk| {
            let all = desk.checker.problems(&desk.snapshot).into_iter();
            let all = all.filter(|one| ["stray-emphasis", "accepted-without-finding"].contains(&one.code));
            all.map(|one| (one.code, one.severity)).collect::<Vec<_>>()
        };
        desk.look_at_notices(&[]);
        assert_eq!(told(&mut desk), [("stray-emphasis", Severity::Note)]);
        desk.look_at_rest();
        let unmet = ("accepted-without-finding", Severity::Warning);
        assert_eq!(told(&mut desk), [unmet, ("stray-emphasis", Severity::Note)]);
        // Nothing else is wrong with this entry of `content/`.
        desk.save("n08", "01.md", &text.replace("经**改进。", "经改进。"));
        desk.look_at_notices(&[]);
        desk.look_at_rest();
        assert_eq!(told(&mut desk), [unmet, unmet]);
    }

    #[test]
    fn links_follow_what_other_notices_have() {
        let mut desk = Desk::new(
            "{% if notice.title == \"现有\" %}<p id=here>{% endif %}",
            "<a href=\"../contact.html#there\">\
             {% if notice.title == \"通报\" %}<a href=\"../n01/index.html#here\">{% endif %}",
        );
        desk.save("n01", "notice.md", &notice("现有"));
        desk.look_at_notices(&[]);
        desk.look_at_rest();
        let places = |desk: &mut Desk| desk.dead_links(&["#here", "#there"]);
        assert_eq!(places(&mut desk), ["contact.html#there"]);
        desk.save("n01", "notice.md", &notice("全无"));
        desk.look_at_notices(&[]);
        assert_eq!(places(&mut desk), ["contact.html#there", "n01/index.html#here"]);
        desk.save("n01", "notice.md", &notice("现有"));
        desk.look_at_notices(&[]);
        assert_eq!(places(&mut desk), ["contact.html#there"]);
    }
}
