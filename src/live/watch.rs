//! Which files changed: events of the system, or, where none come, a look at all files every now and then.
//!
//! An event is only a hint where to look: what a file says decides. So it does not matter how an editor saves (in place,
//! by renaming, twice), nor that some systems tell of a folder only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::schedule::Watching;
use super::snapshot::Changes;
use crate::config;
use crate::content;
use crate::diagnostic::Message;
use crate::disk::{self, Stamp};
use crate::theme;

/// How long the first event may take to arrive.
const PROBE: Duration = Duration::from_secs(1);

/// Collects changes below a root.
pub(crate) struct Watch {
    root: PathBuf,
    source: Source,
    /// What has changed since it was taken last.
    changes: Changes,
    /// Why it has to look at all files, where nobody has been told yet.
    lost: Option<Message>,
}

enum Source {
    Events { watcher: RecommendedWatcher, watched: BTreeMap<&'static str, bool> },
    Looks { stamps: BTreeMap<PathBuf, Stamp> },
}

/// The folders that are watched with all that is in them.
const FOLDERS: [&str; 3] = [content::FOLDER, content::STATIC_FOLDER, theme::FOLDER];

/// The root itself, which is watched for `site.yaml` and for these folders to come.
const ROOT: &str = "";

impl Watch {
    /// Starts to watch; with the reason if it is by looking at all files although it was to be told.
    ///
    /// `forward` gets each path of which the system tells, on another thread; it should bring it to [`Watch::add`].
    pub(crate) fn new(
        root: &Path,
        watching: Watching,
        forward: impl Fn(PathBuf) + Send + 'static,
    ) -> (Self, Option<Message>) {
        if watching == Watching::Polling {
            return (Self::looking(root), None);
        }
        match Self::listening(root, forward) {
            Ok(watch) => (watch, None),
            Err(reason) => (Self::looking(root), Some(reason)),
        }
    }

    fn looking(root: &Path) -> Self {
        let source = Source::Looks { stamps: disk::stamps(root, &watched_paths()) };
        Self { root: root.to_owned(), source, changes: Changes::default(), lost: None }
    }

    fn listening(root: &Path, forward: impl Fn(PathBuf) + Send + 'static) -> Result<Self, Message> {
        let (heard, probe) = channel();
        let mut watcher = notify::recommended_watcher(move |event| {
            for path in paths_of(event) {
                let _ = heard.send(path.clone()); // Nobody listens once the probe has been heard.
                forward(path);
            }
        })
        .map_err(|error| not_told(&error))?;
        let mut watched: BTreeMap<_, _> =
            FOLDERS.into_iter().chain([ROOT]).map(|name| (name, false)).collect();
        watch_again(root, &mut watcher, &mut watched, &mut Changes::default())?;
        if !hears_a_probe(root, &probe) {
            return Err(no_events());
        }
        let source = Source::Events { watcher, watched };
        Ok(Self { root: root.to_owned(), source, changes: Changes::default(), lost: None })
    }

    /// Tells how changes become known.
    pub(crate) fn watching(&self) -> Watching {
        match self.source {
            Source::Events { .. } => Watching::Told,
            Source::Looks { .. } => Watching::Polling,
        }
    }

    /// Returns why it has to look at all files from now on, once.
    pub(crate) fn take_lost(&mut self) -> Option<Message> {
        self.lost.take()
    }

    /// Adds a path that may have changed; tells whether that concerns the site.
    pub(crate) fn add(&mut self, path: &Path) -> bool {
        let mut change = Changes::default();
        change.add(&self.root, path);
        let is_something = !change.is_empty();
        self.changes.extend(change);
        is_something
    }

    /// Adds what is to be read again.
    pub(crate) fn add_again(&mut self, changes: Changes) {
        self.changes.extend(changes);
    }

    /// Looks for folders that have come or gone, or at all files where the system does not tell; tells whether there is
    /// something new.
    pub(crate) fn look_around(&mut self) -> bool {
        let mut new = Changes::default();
        match &mut self.source {
            Source::Events { .. } => return self.follow_folders(),
            Source::Looks { stamps } => look_again(&self.root, stamps, &mut new),
        }
        let is_something = !new.is_empty();
        self.changes.extend(new);
        is_something
    }

    /// Returns what has changed since the last time.
    pub(crate) fn take(&mut self) -> Changes {
        self.follow_folders();
        std::mem::take(&mut self.changes)
    }

    fn follow_folders(&mut self) -> bool {
        let Source::Events { watcher, watched } = &mut self.source else { return false };
        let before = self.changes.clone();
        if let Err(reason) = watch_again(&self.root, watcher, watched, &mut self.changes) {
            *self = Self { lost: Some(reason), changes: Changes::all(), ..Self::looking(&self.root) };
        }
        self.changes != before
    }
}

/// Writes a file that nobody reads, and tells whether it is heard of.
fn hears_a_probe(root: &Path, heard: &Receiver<PathBuf>) -> bool {
    let folder = root.join(content::FOLDER);
    let folder = if folder.is_dir() { folder } else { root.to_owned() };
    let Ok(probe) = disk::Probe::new(&folder) else { return false };
    // Other events may come first.
    while let Ok(path) = heard.recv_timeout(PROBE) {
        if path.file_name() == probe.path().file_name() {
            return true;
        }
    }
    false
}

/// Looks at all files, and adds those that are not as they were.
fn look_again(root: &Path, stamps: &mut BTreeMap<PathBuf, Stamp>, changes: &mut Changes) {
    let now = disk::stamps(root, &watched_paths());
    let old = std::mem::replace(stamps, now);
    let changed_or_new = stamps.iter().filter(|(path, stamp)| old.get(*path) != Some(stamp));
    let gone = old.keys().filter(|path| !stamps.contains_key(*path));
    for path in changed_or_new.map(|(path, _)| path).chain(gone) {
        changes.add(root, path);
    }
}

/// Watches folders that have come, or that have gone and come again. Fails if the system does not let us.
fn watch_again(
    root: &Path,
    watcher: &mut RecommendedWatcher,
    watched: &mut BTreeMap<&'static str, bool>,
    changes: &mut Changes,
) -> Result<(), Message> {
    for (folder, is_watched) in watched {
        let path = root.join(*folder);
        let is_there = path.is_dir();
        // A folder of the same name may be another one; the root's own events tell that it was exchanged.
        let was_exchanged = *is_watched && changes.is_about_folder(folder);
        if is_there && (!*is_watched || was_exchanged) {
            let _ = watcher.unwatch(&path); // It may be gone already.
            let mode = if *folder == ROOT { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
            watcher.watch(&path, mode).map_err(|error| not_told(&error))?;
            *is_watched = true;
            changes.add_folder(folder);
        } else if !is_there && *is_watched {
            let _ = watcher.unwatch(&path);
            *is_watched = false;
            changes.add_folder(folder);
        }
    }
    Ok(())
}

fn not_told(error: &notify::Error) -> Message {
    let reason = match &error.kind {
        notify::ErrorKind::Io(error) => Message::of_system(error),
        _ => Message::new(error.to_string(), error.to_string()),
    };
    let [english, chinese] = reason.both();
    Message::new(
        format!("the system does not tell of changes ({english})"),
        format!("系统不通知文件变化（{chinese}）"),
    )
}

fn watched_paths() -> Vec<&'static str> {
    FOLDERS.into_iter().chain([config::FILE]).collect()
}

/// Lists where to look after an event.
fn paths_of(event: notify::Result<Event>) -> Vec<PathBuf> {
    match event {
        // Reading a file is an event, too, and we read.
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => Vec::new(),
        Ok(event) if !event.need_rescan() => event.paths,
        // The system could not keep up, or cannot tell: a path that is nowhere below the root makes everything be read.
        Ok(_) | Err(_) => vec![PathBuf::new()],
    }
}

fn no_events() -> Message {
    Message::new(
        "the system does not tell of changes in this folder, as on some network drives",
        "系统不通知此文件夹中的变化（某些网络驱动器如此）",
    )
}

impl Changes {
    /// Adds what a change of `path` means.
    fn add(&mut self, root: &Path, path: &Path) {
        let Ok(inside) = path.strip_prefix(root) else {
            // A name that leads here in another way: better look at everything.
            *self = Self::all();
            return;
        };
        if inside.to_str().is_none() && inside.starts_with(content::FOLDER) {
            // A file name that is not UTF-8 cannot be the name of an entry.
            self.all_entries = true;
            return;
        }
        let mut names = inside.iter().map(|name| name.to_string_lossy());
        let first = names.next().unwrap_or_default();
        if first == content::STATIC_FOLDER {
            // Files that are left behind there are told.
            self.static_files = true;
            return;
        }
        if names.clone().any(|name| disk::is_leftover(&name)) {
            return;
        }
        match (first.as_ref(), names.next()) {
            (content::FOLDER, Some(entry)) => drop(self.entries.insert(entry.into_owned())),
            (content::FOLDER, None) => self.all_entries = true,
            (theme::FOLDER, _) => self.theme = true,
            (config::FILE, _) => self.settings = true,
            _ => {}
        }
    }

    /// Tells whether nothing may have changed.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds other changes.
    fn extend(&mut self, other: Self) {
        self.settings |= other.settings;
        self.theme |= other.theme;
        self.all_entries |= other.all_entries;
        self.static_files |= other.static_files;
        self.entries.extend(other.entries);
    }

    fn add_folder(&mut self, folder: &str) {
        match folder {
            content::FOLDER => self.all_entries = true,
            content::STATIC_FOLDER => self.static_files = true,
            theme::FOLDER => self.theme = true,
            _ => *self = Self::all(),
        }
    }

    fn is_about_folder(&self, folder: &str) -> bool {
        match folder {
            content::FOLDER => self.all_entries,
            content::STATIC_FOLDER => self.static_files,
            theme::FOLDER => self.theme,
            _ => false,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "tests prepare folders themselves")]
#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: &Changes) {
        let mut changes = Changes::default();
        changes.add(Path::new("/site"), Path::new(path));
        assert_eq!(changes, *expected, "{path}");
    }

    #[test]
    fn a_path_tells_where_to_look() {
        let nothing = Changes::default();
        let part = |name: &str| Changes { entries: [name.to_owned()].into(), ..Changes::default() };
        check("/site/content/n/01.md", &part("n"));
        check("/site/content/n", &part("n"));
        check("/site/content/about.md", &part("about.md"));
        check("/site/content", &Changes { all_entries: true, ..Changes::default() });
        for name in ["", "/favicon.ico", "/.well-known/a.txt", "/.DS_Store"] {
            let expected = Changes { static_files: true, ..Changes::default() };
            check(&format!("/site/static{name}"), &expected);
        }
        check("/site/themes/own/assets/style.css", &Changes { theme: true, ..Changes::default() });
        check("/site/themes", &Changes { theme: true, ..Changes::default() });
        check("/site/site.yaml", &Changes { settings: true, ..Changes::default() });
        check("/site/output/index.html", &nothing);
        check("/site", &nothing);
        check("/elsewhere", &Changes::all());
    }

    #[test]
    fn what_editors_leave_behind_is_nothing() {
        for name in [".01.md.swp", "01.md~", "~$01.docx", "#01.md#", ".gongkai-probe-1", ".git/HEAD"] {
            check(&format!("/site/content/n/{name}"), &Changes::default());
        }
    }

    /// A watch with the paths that the system has told of.
    struct Desk {
        watch: Watch,
        paths: Receiver<PathBuf>,
    }

    impl Desk {
        /// Collects changes until nothing comes for a while.
        fn changes(&mut self) -> Changes {
            loop {
                let mut is_quiet = true;
                while let Ok(path) = self.paths.recv_timeout(Duration::from_millis(50)) {
                    is_quiet &= !self.watch.add(&path);
                }
                if is_quiet && !self.watch.look_around() {
                    return self.watch.take();
                }
            }
        }

        /// Waits until there are changes.
        #[track_caller]
        fn next(&mut self) -> Changes {
            let told = (0..200).map(|_| self.changes()).find(|changes| !changes.is_empty());
            told.expect("a change is told within seconds")
        }
    }

    #[track_caller]
    fn follows(watching: Watching) {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("content/n/01.md", "甲");
        let (sender, paths) = channel();
        let (watch, reason) = Watch::new(&root, watching, move |path| drop(sender.send(path)));
        assert_eq!((reason, watch.watching()), (None, watching));
        let mut desk = Desk { watch, paths };
        desk.changes();
        write("content/n/01.md", "乙");
        assert_eq!(desk.next(), Changes { entries: ["n".to_owned()].into(), ..Changes::default() });
        write("themes/own/assets/a.css", "");
        assert!(desk.next().theme, "a folder that was not there is watched");
        write("static/.well-known/a.txt", "");
        assert!(desk.next().static_files, "so is that of files as they are");
        desk.changes();
        write("static/.well-known/a.txt", "甲");
        assert!(desk.next().static_files);
        std::fs::remove_dir_all(root.join("content")).unwrap();
        let gone = desk.next();
        assert!(gone.all_entries || gone.entries.contains("n"), "{gone:?}");
        desk.changes();
        write("content/m/01.md", "甲");
        let back = desk.next();
        assert!(back.all_entries || back.entries.contains("m"), "{back:?}");
        desk.changes();
        write("content/m/01.md", "丙丁");
        assert!(desk.next().entries.contains("m"), "a folder that came again is watched");
    }

    #[test]
    fn changes_are_told() {
        follows(Watching::Told);
        follows(Watching::Polling);
    }
}
