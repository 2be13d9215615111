//! What the threads of the preview share: the snapshot, what is wrong with it, and who is looking.
//!
//! [`State::reply`] answers one request; it knows no network, so tests can ask it directly.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use serde::Serialize;
use tokio::sync::mpsc::Receiver;

use super::answer::{Answer, media_type};
use super::hub::{Event, Hub, Version, styles_of};
use super::last_good::LastGood;
use super::pages::{Pages, STYLE_SHEET};
use super::problems::Problems;
use super::{PreviewOptions, client};
use crate::diagnostic::{Diagnostic, Language};
use crate::disk::{self, Stretch};
use crate::live::snapshot::{Origin, Snapshot};
use crate::site;
use crate::text::address;

/// The answer to a request.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) media_type: &'static str,
    pub(super) body: ReplyBody,
    /// Where to look instead.
    pub(super) location: Option<String>,
}

/// What an answer has to say.
#[derive(Debug)]
pub(super) enum ReplyBody {
    Bytes(Vec<u8>),
    File(Stretch),
}

/// What all threads share.
#[derive(Debug)]
pub(super) struct State {
    pub(super) options: PreviewOptions,
    pub(super) origin: Origin,
    snapshot: RwLock<Arc<Snapshot>>,
    problems: RwLock<Arc<Problems>>,
    last_good: Mutex<LastGood>,
    rendered: Mutex<Rendered>,
    hub: Mutex<Hub>,
    pages: Pages,
    updating: Mutex<()>,
}

/// Pages of one snapshot that have been rendered, since a browser asks more than once.
#[derive(Debug, Default)]
struct Rendered {
    snapshot: Option<Arc<Snapshot>>,
    pages: BTreeMap<String, Arc<Answer>>,
}

/// The most pages that are kept of one snapshot.
const MOST_RENDERED: usize = 64;

#[derive(Serialize)]
struct HelloJson<'a> {
    language: &'static str,
    words: BTreeMap<&'a str, &'a str>,
    editor: Option<&'a str>,
    root: String,
}

/// Locks even if another thread panicked with the lock in hand: what is guarded here saves work or has browsers reload, so
/// a change that was half made does no harm.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    pub(super) fn new(options: PreviewOptions, origin: Origin, snapshot: Snapshot) -> Self {
        let pages = Pages::new(options.language);
        Self {
            options,
            origin,
            snapshot: RwLock::new(Arc::new(snapshot)),
            problems: RwLock::default(),
            last_good: Mutex::default(),
            rendered: Mutex::default(),
            hub: Mutex::default(),
            pages,
            updating: Mutex::default(),
        }
    }

    /// Returns the site as it is now.
    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a new snapshot in the place of the old one; whoever reads the old one goes on with it.
    pub(super) fn set_snapshot(&self, snapshot: Snapshot) {
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
    }

    /// Returns what is known to be wrong.
    pub(super) fn problems(&self) -> Arc<Problems> {
        self.problems.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells every browser what is wrong now, if that is not what it was.
    pub(super) fn set_problems(&self, problems: Problems) {
        let problems = Arc::new(problems);
        let old = std::mem::replace(
            &mut *self.problems.write().unwrap_or_else(PoisonError::into_inner),
            problems.clone(),
        );
        if old.json != problems.json {
            lock(&self.hub).broadcast(&Event::Problems(problems.json.clone()));
        }
        // The preview's own pages show what is wrong, and where.
        if old.json != problems.json || old.sources != problems.sources {
            self.update_pages(is_own);
        }
    }

    /// Tells the browsers whose pages have changed, of those pages that `is_meant`.
    pub(super) fn update_pages(&self, is_meant: impl Fn(&str) -> bool) {
        // One at a time, so that the newer version of a page is told last.
        let _turn = lock(&self.updating);
        let snapshot = self.snapshot();
        let mut shown = lock(&self.hub).shown();
        // The site comes first: the start page takes longer the more notices there are.
        shown.sort_by_key(|path| is_own(path));
        for path in shown.into_iter().filter(|path| is_meant(path)) {
            let (bytes, _) = self.page(&snapshot, &path);
            let version = Version::of(&bytes, &snapshot.theme);
            lock(&self.hub).update(&path, &version);
        }
    }

    /// Takes in a browser that shows the page at `address`.
    pub(super) fn connect(&self, address: &str) -> Receiver<Event> {
        let snapshot = self.snapshot();
        let path = page_path(address);
        let (bytes, _) = self.page(&snapshot, &path);
        let now = Version::of(&bytes, &snapshot.theme);
        let hello = Event::Hello(self.hello());
        let mut hub = lock(&self.hub);
        // With the hub in hand, so that no list is told between this one and the next.
        let problems = Event::Problems(self.problems().json.clone());
        hub.connect(path, now, vec![hello, problems])
    }

    fn hello(&self) -> String {
        let hello = HelloJson {
            language: match self.options.language {
                Language::English => "en",
                Language::Chinese => "zh-CN",
            },
            words: self.pages.words_of_script(),
            editor: self.options.editor.as_deref(),
            // Windows puts `\\?\` in front of what has been resolved; editors do not know it.
            root: self.origin.root.display().to_string().trim_start_matches(r"\\?\").to_owned(),
        };
        serde_json::to_string(&hello).expect("texts become JSON")
    }

    /// The ids of the notices that somebody looks at.
    pub(super) fn viewed_notices(&self) -> BTreeSet<String> {
        let shown = lock(&self.hub).shown();
        let folder =
            |path: &String| Some(path.strip_prefix("__proof/").unwrap_or(path).split_once('/')?.0.to_owned());
        shown.iter().filter_map(folder).filter(|id| !is_own(id)).collect()
    }

    /// Answers a request for `target`, an address without host as a browser sends it.
    pub(super) fn reply(&self, target: &str) -> Reply {
        let address = target.split(['?', '#']).next().unwrap_or_default();
        let snapshot = self.snapshot();
        let path = page_path(address);
        if let Some(own) = path.strip_prefix("__gongkai/")
            && let Some(reply) = self.own_file(&snapshot, own)
        {
            return reply;
        }
        match &*self.answer(&snapshot, &path) {
            Answer::Attachment(source) if let Ok(file) = disk::open_stretch(&self.origin.root, source) => {
                Reply { body: ReplyBody::File(file), ..Reply::new(200, media_type(&path), Vec::new()) }
            }
            Answer::File(bytes) => Reply::new(200, media_type(&path), bytes.clone()),
            Answer::Folder => {
                let location = Some(format!("/{path}/"));
                Reply { location, ..Reply::new(301, media_type(".txt"), Vec::new()) }
            }
            Answer::Missing if self.own_page(&snapshot, &format!("{path}/index.html")).is_some() => {
                let location = Some(format!("/{path}/"));
                Reply { location, ..Reply::new(301, media_type(".txt"), Vec::new()) }
            }
            Answer::Page { .. } | Answer::Failed | Answer::Attachment(_) | Answer::Missing => {
                let (bytes, status) = self.page(&snapshot, &path);
                lock(&self.hub).serve(&path, Version::of(&bytes, &snapshot.theme));
                Reply::new(status, media_type(".html"), client::with_script(&bytes))
            }
        }
    }

    /// Makes the page at `path` with its status: as it is, else as it last was, else what a wrong address gets.
    fn page(&self, snapshot: &Arc<Snapshot>, path: &str) -> (Vec<u8>, u16) {
        if is_own(path)
            && let Some(bytes) = self.own_page(snapshot, path)
        {
            return (bytes, 200);
        }
        let last_good = || lock(&self.last_good).get(path, &styles_of(&snapshot.theme));
        match &*self.answer(snapshot, path) {
            Answer::Page { bytes, is_sound: true } => {
                lock(&self.last_good).keep(path, bytes, styles_of(&snapshot.theme));
                (bytes.clone(), 200)
            }
            Answer::Page { bytes, is_sound: false } => (last_good().unwrap_or_else(|| bytes.clone()), 200),
            Answer::Failed => last_good()
                .map_or_else(|| (client::failed_page(self.options.language), 500), |bytes| (bytes, 200)),
            Answer::File(_) | Answer::Attachment(_) | Answer::Folder | Answer::Missing => {
                if snapshot.may_lack(path)
                    && let Some(bytes) = last_good()
                {
                    return (bytes, 200);
                }
                match &*self.answer(snapshot, "404.html") {
                    Answer::Page { bytes, .. } if path.contains('/') => (client::with_base(bytes), 404),
                    Answer::Page { bytes, .. } => (bytes.clone(), 404),
                    _ => (client::failed_page(self.options.language), 404),
                }
            }
        }
    }

    /// Makes what stands at `path`, or takes it from what has been made of the same snapshot.
    fn answer(&self, snapshot: &Arc<Snapshot>, path: &str) -> Arc<Answer> {
        let is_current = |of: &Option<Arc<Snapshot>>| of.as_ref().is_some_and(|of| Arc::ptr_eq(of, snapshot));
        let rendered = lock(&self.rendered);
        if let Some(answer) = rendered.pages.get(path).filter(|_| is_current(&rendered.snapshot)) {
            return answer.clone();
        }
        drop(rendered);
        let answer = Arc::new(snapshot.answer(path));
        if matches!(*answer, Answer::Page { .. } | Answer::Failed) {
            let mut rendered = lock(&self.rendered);
            if !is_current(&rendered.snapshot) || rendered.pages.len() >= MOST_RENDERED {
                *rendered = Rendered { snapshot: Some(snapshot.clone()), pages: BTreeMap::new() };
            }
            rendered.pages.insert(path.to_owned(), answer.clone());
        }
        answer
    }

    /// Makes one of the preview's own pages.
    fn own_page(&self, snapshot: &Snapshot, path: &str) -> Option<Vec<u8>> {
        let problems = self.problems();
        let page = if path == "__gongkai/index.html" {
            self.pages.start_page(&snapshot.site, &snapshot.drafts(), &problems.sources, &problems.list)
        } else {
            let id = path.strip_prefix("__proof/")?.strip_suffix("/index.html")?;
            let index = snapshot.site.notice_index(id)?;
            let sources = snapshot.neighbors(&snapshot.site.notices[index].opening.source)?;
            // What points into a text of before the last save would stand beside the wrong line.
            let is_current = |problem: &&Diagnostic| {
                let path = problem.location.as_ref().map(|location| &location.path);
                path.is_none_or(|path| problems.sources.get(path) == sources.get(path))
            };
            let list: Vec<Diagnostic> = problems.list.iter().filter(is_current).cloned().collect();
            self.pages.proof_sheet(&snapshot.site, index, sources, &list)
        };
        Some(page.into_bytes())
    }

    /// Answers a request for what is the preview's own and no page.
    fn own_file(&self, snapshot: &Snapshot, name: &str) -> Option<Reply> {
        if let Some(path) = name.strip_prefix("marked/") {
            let route = snapshot.site.routes.get(path).filter(|route| route.is_html())?;
            let page = snapshot.marked_page(route)?;
            return Some(Reply::new(200, media_type(".html"), client::with_script(&page)));
        }
        match name {
            "pages.css" => Some(Reply::new(200, media_type(".css"), STYLE_SHEET.as_bytes().to_vec())),
            client::SCRIPT_NAME => Some(Reply::new(200, media_type(".js"), client::script())),
            "problems.json" => {
                let json = self.problems().json.clone();
                Some(Reply::new(200, media_type(".json"), json.into_bytes()))
            }
            _ => None,
        }
    }
}

impl Reply {
    pub(super) fn new(status: u16, media_type: &'static str, body: Vec<u8>) -> Self {
        Self { status, media_type, body: ReplyBody::Bytes(body), location: None }
    }
}

/// Tells whether a page is one of the preview's own.
fn is_own(path: &str) -> bool {
    path.starts_with(site::PREVIEW_PREFIX)
}

/// Returns the path from the site's root that an address means: decoded, and with the name of a folder's own page.
fn page_path(written: &str) -> String {
    let decoded = address::percent_decoded(written);
    let path = decoded.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}
