//! The site as its sources are at one moment: what every answer of the preview is made from.
//!
//! [`Snapshot::open`] reads everything; [`Snapshot::after`] reads only what changed and shares the rest with the snapshot
//! before, so that a save costs the same in a site of any size. Both go through the stages of `build` and have no way
//! of their own from a source to a page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::entries::{Entries, ReadEntry, ReadFiles};
use crate::build;
use crate::config::{self, Config};
use crate::content::{self, Content, Drafts, StaticFiles};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, SourcePath};
use crate::disk::Sources;
use crate::export;
use crate::notice::Notice;
use crate::render::{Page, Renderer};
use crate::site::{self, Route, SearchFile, Site};
use crate::theme::{self, Theme};

/// Where a site is, and how it is to be shown.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub(crate) root: PathBuf,
    pub(crate) base_url: Option<String>,
    pub(crate) drafts: Drafts,
}

/// What may have changed on the disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that is read by itself")]
pub(crate) struct Changes {
    pub(crate) settings: bool,
    pub(crate) theme: bool,
    /// Entries of `content/`.
    pub(crate) entries: BTreeSet<String>,
    /// Any entry of `content/`.
    pub(crate) all_entries: bool,
    /// The files of `static/`.
    pub(crate) static_files: bool,
}

impl Changes {
    /// Everything may have changed.
    pub(crate) fn all() -> Self {
        Self { settings: true, theme: true, all_entries: true, static_files: true, ..Self::default() }
    }
}

/// A notice that is left out because it is not to be published yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeftOutNotice {
    /// Its title.
    pub(crate) title: String,
    /// Its folder: `content/zhoushan-2026`.
    pub(crate) folder: String,
}

/// The site at one moment. A copy shares everything that is large.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub(crate) site: Site,
    pub(crate) theme: Arc<Theme>,
    pub(crate) entries: Entries,
    /// What stands in `static/`.
    static_files: Arc<StaticFiles>,
    /// What is wrong with these.
    of_static: Arc<Diagnostics>,
    /// What `site.yaml` brought.
    pub(crate) settings: Arc<ReadFiles>,
    /// What the theme brought.
    pub(crate) of_theme: Arc<ReadFiles>,
    /// What joining the entries and resolving the links brought.
    pub(crate) resolved: Arc<Diagnostics>,
    /// Counts up with everything that every page may show: settings, theme, addresses.
    pub(crate) frame: u64,
    /// The search index, written when a browser asks for the first file of it.
    search: Arc<OnceLock<BTreeMap<SearchFile, Vec<u8>>>>,
    drafts: Drafts,
}

impl Snapshot {
    /// Reads the whole site. Fails only if the base URL is no address.
    pub(crate) fn open(origin: &Origin) -> anyhow::Result<Self> {
        let (config, settings) = read_settings(origin)?;
        let (theme, of_theme) = read_theme(&origin.root, &config);
        let entries = Entries::read_all(&origin.root, &config);
        let mut of_static = Diagnostics::new();
        let static_files = content::load_static(&origin.root, &mut of_static);
        let mut diagnostics = Diagnostics::new();
        let site = resolve(config, &entries, &static_files, origin.drafts, &mut diagnostics);
        Ok(Self {
            site,
            theme: Arc::new(theme),
            entries,
            static_files: Arc::new(static_files),
            of_static: Arc::new(of_static),
            settings: Arc::new(settings),
            of_theme: Arc::new(of_theme),
            resolved: Arc::new(diagnostics),
            frame: 0,
            search: Arc::default(),
            drafts: origin.drafts,
        })
    }

    /// Reads what may have changed; `None` if all of it is as it was.
    pub(crate) fn after(&self, changes: &Changes, origin: &Origin) -> anyhow::Result<Option<Self>> {
        let mut next = Self { search: Arc::default(), ..self.clone() };
        let mut config = None;
        if changes.settings {
            let (new, settings) = read_settings(origin)?;
            if settings != *self.settings {
                config = Some(new);
                next.settings = Arc::new(settings);
            }
        }
        let new_config = config.as_ref().unwrap_or(&self.site.config);
        // What is wrong with a theme may be told at the line of `site.yaml` that names it.
        if changes.theme || config.is_some() {
            let (theme, of_theme) = read_theme(&origin.root, new_config);
            if of_theme != *self.of_theme || config.is_some() {
                next.theme = Arc::new(theme);
                next.of_theme = Arc::new(of_theme);
                next.frame += 1;
            }
        }
        let changed =
            if changes.all_entries || new_config.markdown_options() != self.site.config.markdown_options() {
                next.entries = Entries::read_all(&origin.root, new_config);
                None
            } else {
                Some(next.read_again(&changes.entries, &origin.root, new_config))
            };
        let has_new_files = changes.static_files && next.read_static(&origin.root);
        match (config, changed) {
            (config, _) if has_new_files => next.resolve(config),
            (None, Some(names)) if names.is_empty() => {
                let has_new_theme = !Arc::ptr_eq(&next.theme, &self.theme);
                return Ok(has_new_theme.then_some(next));
            }
            (None, Some(names)) if names.iter().all(|name| next.exchange(name, self.entries.get(name))) => {}
            (config, _) => next.resolve(config),
        }
        Ok(Some(next))
    }

    /// Reads entries of `content/` again, and those that may change with them; returns the names of all that did.
    fn read_again(&mut self, names: &BTreeSet<String>, root: &Path, config: &Config) -> Vec<Arc<str>> {
        let mut names: BTreeSet<Arc<str>> = names.iter().map(|name| name.as_str().into()).collect();
        if !names.is_empty() {
            let dependent = self.entries.dependent().map(|(name, _)| name.clone());
            names.extend(dependent.filter(|name| !name.is_empty()));
        }
        let is_new = |name: &Arc<str>| self.entries.read_again(name, root, config);
        names.into_iter().filter(is_new).collect()
    }

    /// Reads `static/` again; tells whether it is no longer the same.
    fn read_static(&mut self, root: &Path) -> bool {
        let mut found = Diagnostics::new();
        let files = content::load_static(root, &mut found);
        let is_new = files != *self.static_files || found != *self.of_static;
        (self.static_files, self.of_static) = (Arc::new(files), Arc::new(found));
        is_new
    }

    /// Puts the notice of an entry in the place of its `former` self; tells whether that is all there is to do.
    fn exchange(&mut self, name: &Arc<str>, former: Option<&Arc<ReadEntry>>) -> bool {
        let (Some(read), Some(former)) = (self.entries.get(name), former) else { return false };
        let Some(notice) = read.part.notice.clone() else { return false };
        if read.part.attachments != former.part.attachments
            || read.part.unread != former.part.unread
            || !self.drafts.include(&read.part)
        {
            return false;
        }
        let is_in_part = |diagnostic: &Diagnostic| {
            diagnostic
                .locations()
                .map(|location| content::part_of(&location.path))
                .any(|part| part == &**name)
        };
        if self.resolved.iter().any(is_in_part) {
            return false;
        }
        self.site.exchange(notice)
    }

    /// Joins the entries anew, with other settings if there are any.
    fn resolve(&mut self, config: Option<Config>) {
        let mut diagnostics = Diagnostics::new();
        let config = config.unwrap_or_else(|| self.site.config.clone());
        self.site = resolve(config, &self.entries, &self.static_files, self.drafts, &mut diagnostics);
        self.resolved = Arc::new(diagnostics);
        self.frame += 1;
    }

    /// Lists what was found before any page is rendered.
    pub(crate) fn found_in_sources(&self) -> Diagnostics {
        let mut all = self.settings.diagnostics.clone();
        all.append(self.of_theme.diagnostics.clone());
        all.append((*self.of_static).clone());
        for (_, read) in self.entries.reported() {
            all.append(read.faults.clone());
        }
        let reported = self.entries.reported().map(|(_, read)| read);
        for read in reported.filter(|read| self.drafts.include(&read.part)) {
            all.append(read.found.diagnostics.clone());
        }
        all.append((*self.resolved).clone());
        all
    }

    /// Goes through the notices that accept warnings, and perhaps through others.
    pub(crate) fn accepting(&self) -> impl Iterator<Item = &Notice> {
        let reported = self.entries.reported().map(|(_, read)| &read.part);
        reported.filter(|part| self.drafts.include(part)).filter_map(|part| part.notice.as_deref())
    }

    /// Tells whether an error may be the reason that nothing stands at `path`, a path from the site's root: one in the
    /// settings, the theme or `content/` itself, or one in the entry of `content/` that pages at `path` come from.
    pub(crate) fn may_lack(&self, path: &str) -> bool {
        let entry =
            path.split_once('/').map(|(folder, _)| folder).filter(|folder| *folder != site::LEAVE_FOLDER);
        let concerns = |name: &str| name.is_empty() || entry.is_none_or(|entry| name == entry);
        let is_meant = |diagnostic: &Diagnostic| {
            let mut names =
                diagnostic.locations().map(|location| content::part_of(&location.path)).peekable();
            diagnostic.severity == Severity::Error && (names.peek().is_none() || names.any(concerns))
        };
        let of_entries = self.entries.reported().filter(|(name, _)| concerns(name)).any(|(_, read)| {
            let counts = self.drafts.include(&read.part);
            read.faults.has_errors() || counts && read.found.diagnostics.has_errors()
        });
        self.settings.diagnostics.has_errors()
            || self.of_theme.diagnostics.has_errors()
            || self.resolved.iter().any(is_meant)
            || of_entries
    }

    /// Renders a page; `None` if its template fails.
    pub(crate) fn page(&self, route: &Route) -> Option<Page> {
        Renderer::new(&self.site, &self.theme).page(route, &mut Diagnostics::new())
    }

    /// Returns a file of the search index.
    pub(crate) fn search_file(&self, file: SearchFile) -> Option<&Vec<u8>> {
        let files = self.search.get_or_init(|| export::search::files(&self.site).into_iter().collect());
        files.get(&file)
    }

    /// Lists what could not be read, and might be by now: somebody else had the file open, or there were too many.
    pub(crate) fn unread(&self) -> Changes {
        let is_unread = |found: &Diagnostics| found.iter().any(|found| found.code == "unreadable-file");
        let unread = self.entries.dependent().filter(|(_, read)| is_unread(&read.faults));
        Changes {
            settings: is_unread(&self.settings.diagnostics),
            theme: is_unread(&self.of_theme.diagnostics),
            entries: unread.map(|(name, _)| name.to_string()).filter(|name| !name.is_empty()).collect(),
            all_entries: self.entries.get("").is_some_and(|read| is_unread(&read.faults)),
            static_files: is_unread(&self.of_static),
        }
    }

    /// Lists the notices that are left out because they are not to be published yet.
    pub(crate) fn drafts(&self) -> Vec<LeftOutNotice> {
        if self.drafts == Drafts::Shown {
            return Vec::new();
        }
        let notices = self.entries.values().filter_map(|read| read.part.notice.as_ref());
        let drafts = notices.filter(|notice| notice.is_draft).map(|notice| LeftOutNotice {
            title: notice.title.value.clone(),
            folder: format!("{}/{}", content::FOLDER, content::part_of(&notice.opening.source)),
        });
        drafts.collect()
    }

    /// Returns the texts of the entry of `content/` that a source belongs to.
    pub(crate) fn neighbors(&self, path: &SourcePath) -> Option<&Sources> {
        Some(&self.entries.get(content::part_of(path))?.found.sources)
    }

    /// Returns the text of a source.
    pub(crate) fn source(&self, path: &SourcePath) -> Option<&[u8]> {
        if path.as_str() == config::FILE {
            self.settings.sources.get(path)
        } else if path.as_str().starts_with(theme::FOLDER) {
            self.of_theme.sources.get(path)
        } else {
            self.entries.get(content::part_of(path))?.found.sources.get(path)
        }
    }
}

fn read_settings(origin: &Origin) -> anyhow::Result<(Config, ReadFiles)> {
    let mut found = ReadFiles::default();
    let base_url = origin.base_url.as_deref();
    let config = build::load_config(&origin.root, base_url, &mut found.sources, &mut found.diagnostics)?;
    Ok((config, found))
}

fn read_theme(root: &Path, config: &Config) -> (Theme, ReadFiles) {
    let mut found = ReadFiles::default();
    let theme = Theme::load(root, config, &mut found.sources, &mut found.diagnostics);
    (theme, found)
}

fn resolve(
    config: Config,
    entries: &Entries,
    static_files: &StaticFiles,
    drafts: Drafts,
    diagnostics: &mut Diagnostics,
) -> Site {
    let mut content = Content::join(entries.values().map(|read| &read.part), drafts, diagnostics);
    content.static_files = static_files.clone();
    Site::resolve(config, content, diagnostics)
}

#[expect(clippy::disallowed_methods, reason = "tests prepare folders themselves")]
#[cfg(test)]
mod tests {
    use super::*;

    fn write(origin: &Origin, name: &str, text: &str) {
        let path = origin.root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// A site of two notices.
    fn site() -> (tempfile::TempDir, Origin, Snapshot) {
        let folder = tempfile::tempdir().unwrap();
        let origin = Origin { root: folder.path().to_owned(), base_url: None, drafts: Drafts::LeftOut };
        write(&origin, "site.yaml", "title: 示例\n");
        for id in ["a", "b"] {
            let notice = "---\ntitle: 通报\nunit: 甲\ndate: 2025-08-28\n---\n现予以公布。\n";
            write(&origin, &format!("content/{id}/notice.md"), notice);
            write(
                &origin,
                &format!("content/{id}/01.md"),
                "---\nheading: 一、甲\n---\n（一）改进。已经改进。\n",
            );
        }
        let snapshot = Snapshot::open(&origin).unwrap();
        assert!(!snapshot.found_in_sources().has_errors(), "{:?}", snapshot.found_in_sources());
        (folder, origin, snapshot)
    }

    fn part(name: &str) -> Changes {
        Changes { entries: [name.to_owned()].into(), ..Changes::default() }
    }

    #[test]
    fn a_saved_text_changes_its_notice_alone() {
        let (_folder, origin, before) = site();
        write(&origin, "content/a/01.md", "---\nheading: 一、甲\n---\n（一）改进。还在改进。\n");
        let after = before.after(&part("a"), &origin).unwrap().unwrap();
        assert_eq!(after.frame, before.frame, "nothing was resolved anew");
        assert!(Arc::ptr_eq(&after.site.notices[1], &before.site.notices[1]));
        assert!(!Arc::ptr_eq(&after.site.notices[0], &before.site.notices[0]));
        assert!(Arc::ptr_eq(&after.site.routes, &before.site.routes));
    }

    #[test]
    fn what_others_depend_on_is_resolved_anew() {
        for (name, text) in [
            ("content/a/02.md", "---\nheading: 二、乙\n---\n（一）改进。\n"),
            ("content/a/01.md", "---\nheading: 一、甲\n---\n（一）改进。\n（二）再改进。\n"),
            ("content/a/01.md", "---\nheading: 一、甲\n---\n（一）改进。见[乙](../b/01.md)。\n"),
            ("content/a/01.md", "---\nheading: 一、甲\nkind: prose\n---\n（一）改进。\n"),
            ("content/a/notice.md", "---\ntitle: 通报\nunit: 甲\ndate: 2024-08-28\n---\n现予以公布。\n"),
        ] {
            let (_folder, origin, before) = site();
            write(&origin, name, text);
            let after = before.after(&part("a"), &origin).unwrap().unwrap();
            assert!(after.frame > before.frame, "{text}");
        }
    }

    #[test]
    fn an_approved_document_is_followed() {
        let (_folder, origin, before) = site();
        let approved = |snapshot: &Snapshot| {
            let approved = snapshot.site.notices[0].approved.as_ref();
            approved.map(|approved| approved.text.trim_end().to_owned())
        };
        assert_eq!(approved(&before), None);
        write(&origin, "content/a/approved.html", "现予以公布。\n");
        let put = before.after(&part("a"), &origin).unwrap().unwrap();
        assert_eq!(approved(&put).as_deref(), Some("现予以公布。"));
        assert_eq!(put.frame, before.frame, "nothing was resolved anew");
        assert!(put.after(&part("a"), &origin).unwrap().is_none(), "it is as it was");
        write(&origin, "content/a/approved.html", "现予公布。\n");
        let saved = put.after(&part("a"), &origin).unwrap().unwrap();
        assert_eq!(approved(&saved).as_deref(), Some("现予公布。"));
    }

    #[test]
    fn what_is_as_it_was_makes_no_snapshot() {
        let (_folder, origin, before) = site();
        assert!(before.after(&part("a"), &origin).unwrap().is_none());
        assert!(before.after(&part("gone"), &origin).unwrap().is_none());
        let settings = Changes { settings: true, theme: true, ..Changes::default() };
        assert!(before.after(&settings, &origin).unwrap().is_none());
    }

    #[test]
    #[cfg(unix)]
    fn a_link_changes_with_what_it_leads_to() {
        let (_folder, origin, _) = site();
        std::os::unix::fs::symlink("../b/01.md", origin.root.join("content/a/02.md")).unwrap();
        let before = Snapshot::open(&origin).unwrap();
        let heading = |snapshot: &Snapshot| {
            let notice = snapshot.site.notices.iter().find(|notice| notice.id == "a").unwrap();
            // What cannot be read has a section without a heading.
            notice.sections.get(1)?.heading.as_ref().map(|heading| heading.value.clone())
        };
        assert_eq!(heading(&before).unwrap(), "一、甲");
        write(&origin, "content/b/01.md", "---\nheading: 二、乙\n---\n（一）改进。\n");
        let after = before.after(&part("b"), &origin).unwrap().unwrap();
        assert_eq!(heading(&after).unwrap(), "二、乙");
        std::fs::remove_file(origin.root.join("content/b/01.md")).unwrap();
        let gone = after.after(&part("b"), &origin).unwrap().unwrap();
        assert_eq!(heading(&gone), None);
        write(&origin, "content/b/01.md", "---\nheading: 三、丙\n---\n（一）改进。\n");
        let back = gone.after(&part("b"), &origin).unwrap().unwrap();
        assert_eq!(heading(&back).unwrap(), "三、丙");
    }

    #[test]
    fn what_is_gone_is_missed_only_where_a_fault_may_have_taken_it() {
        let (_folder, origin, before) = site();
        let lacks = |snapshot: &Snapshot| {
            ["a/01.html", "b/01.html", "about.html"].map(|path| snapshot.may_lack(path))
        };
        assert_eq!(lacks(&before), [false; 3]);
        write(&origin, "content/a/01.md", "---\nheading: [\n---\n（一）改进。\n");
        let broken = before.after(&part("a"), &origin).unwrap().unwrap();
        assert_eq!(lacks(&broken), [true, false, true]);
        write(&origin, "site.yaml", "title: [\n");
        let settings = Changes { settings: true, ..Changes::default() };
        let unset = before.after(&settings, &origin).unwrap().unwrap();
        assert_eq!(lacks(&unset), [true; 3]);
    }

    #[test]
    fn drafts_are_left_out_or_shown() {
        let (_folder, mut origin, before) = site();
        let draft = "---\ntitle: 草稿\nunit: 甲\ndate: 2025-08-28\ndraft: true\n---\n[x](y.md)\n";
        write(&origin, "content/a/notice.md", draft);
        let after = before.after(&part("a"), &origin).unwrap().unwrap();
        assert_eq!(after.site.notices.len(), 1);
        assert!(!after.found_in_sources().has_errors(), "a draft stops nothing");
        let folder = "content/a".to_owned();
        assert_eq!(after.drafts(), [LeftOutNotice { title: "草稿".to_owned(), folder }]);
        origin.drafts = Drafts::Shown;
        assert_eq!(Snapshot::open(&origin).unwrap().site.notices.len(), 2);
    }
}
