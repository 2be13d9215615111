//! Which files changed: events of the system, or, where none come, a look at all files every now and then.
//!
//! An event is only a hint where to look: what a file says decides. So it does not matter how an editor saves (in place,
//! by renaming, twice), nor that some systems tell of a folder only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::snapshot::Changes;
use crate::config;
use crate::content;
use crate::diagnostic::Message;
use crate::disk::{self, Stamp};
use crate::theme;

/// How long it must be quiet before files are read: an editor writes a file in several steps.
const QUIET: Duration = Duration::from_millis(2);

/// The same where files have to be looked at to know.
const QUIET_LOOK: Duration = Duration::from_millis(50);

/// How many times it is waited for quiet while files keep changing.
const LONGEST_BURST: u32 = 20;

/// How often all files are looked at where no events come. A look at 100,000 files takes a quarter of a second.
const POLL: Duration = Duration::from_millis(400);

/// How long the first event may take to arrive.
const PROBE: Duration = Duration::from_secs(1);

/// How often folders are looked for that were not there.
const RETRY: Duration = Duration::from_millis(500);

/// Waits for changes below a root.
pub(crate) struct Watch {
    root: PathBuf,
    source: Source,
    /// Why it has to look at all files, where nobody has been told yet.
    lost: Option<Message>,
}

enum Source {
    Events { watcher: RecommendedWatcher, events: Receiver<PathBuf>, watched: BTreeMap<&'static str, bool> },
    Looks { stamps: BTreeMap<PathBuf, Stamp> },
}

/// The folders that are watched with all that is in them.
const FOLDERS: [&str; 2] = [content::FOLDER, theme::FOLDER];

/// The root itself, which is watched for `site.yaml` and for these folders to come.
const ROOT: &str = "";

impl Watch {
    /// Starts to watch; with the reason if it is by looking at all files, because no events come.
    pub(crate) fn new(root: &Path, must_poll: bool) -> (Self, Option<Message>) {
        if must_poll {
            return (Self::looking(root), None);
        }
        match Self::listening(root) {
            Ok(watch) => (watch, None),
            Err(reason) => (Self::looking(root), Some(reason)),
        }
    }

    fn looking(root: &Path) -> Self {
        let stamps = disk::stamps(root, &watched_paths());
        Self { root: root.to_owned(), source: Source::Looks { stamps }, lost: None }
    }

    fn listening(root: &Path) -> Result<Self, Message> {
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(move |event| forward(event, &sender))
            .map_err(|error| not_told(&error))?;
        let mut watched: BTreeMap<_, _> =
            FOLDERS.into_iter().chain([ROOT]).map(|name| (name, false)).collect();
        watch_again(root, &mut watcher, &mut watched, &mut Changes::default())?;
        let watch =
            Self { root: root.to_owned(), source: Source::Events { watcher, events, watched }, lost: None };
        if watch.hears_a_probe() { Ok(watch) } else { Err(no_events()) }
    }

    /// Writes a file that nobody reads, and tells whether it is heard of.
    fn hears_a_probe(&self) -> bool {
        let Source::Events { events, .. } = &self.source else { return true };
        let folder = self.root.join(content::FOLDER);
        let folder = if folder.is_dir() { folder } else { self.root.clone() };
        let Ok(probe) = disk::Probe::new(&folder) else { return false };
        // Other events may come first; they are not lost, since everything is read after the watch has begun.
        while let Ok(path) = events.recv_timeout(PROBE) {
            if path.file_name() == probe.path().file_name() {
                return true;
            }
        }
        false
    }

    /// Returns why it has to look at all files from now on, once.
    pub(crate) fn take_lost(&mut self) -> Option<Message> {
        self.lost.take()
    }

    /// Waits until something changes, and returns what; `None` if nothing did for `longest`.
    pub(crate) fn wait(&mut self, longest: Duration) -> Option<Changes> {
        match &mut self.source {
            Source::Events { watcher, events, watched } => {
                let mut changes = Changes::default();
                match events.recv_timeout(longest.min(RETRY)) {
                    Ok(path) => changes.add(&self.root, &path),
                    Err(RecvTimeoutError::Timeout) => {}
                    // The watcher holds the other end for as long as it lives.
                    Err(RecvTimeoutError::Disconnected) => std::thread::sleep(longest.min(RETRY)),
                }
                for _ in 0..LONGEST_BURST {
                    if changes == Changes::default() {
                        break;
                    }
                    let Ok(path) = events.recv_timeout(QUIET) else { break };
                    changes.add(&self.root, &path);
                    for path in events.try_iter() {
                        changes.add(&self.root, &path);
                    }
                }
                if let Err(reason) = watch_again(&self.root, watcher, watched, &mut changes) {
                    *self = Self { lost: Some(reason), ..Self::looking(&self.root) };
                    return Some(Changes::all());
                }
                (changes != Changes::default()).then_some(changes)
            }
            Source::Looks { stamps } => {
                std::thread::sleep(longest.min(POLL));
                let mut changes = look_again(&self.root, stamps);
                // Files that are saved together are read together, and none while it is being written.
                for _ in 0..LONGEST_BURST {
                    if changes == Changes::default() {
                        break;
                    }
                    std::thread::sleep(QUIET_LOOK);
                    let more = look_again(&self.root, stamps);
                    if more == Changes::default() {
                        break;
                    }
                    changes.extend(more);
                }
                (changes != Changes::default()).then_some(changes)
            }
        }
    }
}

/// Looks at all files, and tells which of them are not as they were.
fn look_again(root: &Path, stamps: &mut BTreeMap<PathBuf, Stamp>) -> Changes {
    let now = disk::stamps(root, &watched_paths());
    let old = std::mem::replace(stamps, now);
    let mut changes = Changes::default();
    let changed_or_new = stamps.iter().filter(|(path, stamp)| old.get(*path) != Some(stamp));
    let gone = old.keys().filter(|path| !stamps.contains_key(*path));
    for path in changed_or_new.map(|(path, _)| path).chain(gone) {
        changes.add(root, path);
    }
    changes
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
    Message::new(
        format!("the system does not tell of changes ({error})"),
        format!("系统不通知文件变化（{error}）"),
    )
}

fn watched_paths() -> Vec<&'static str> {
    FOLDERS.into_iter().chain([config::FILE]).collect()
}

fn forward(event: notify::Result<Event>, sender: &Sender<PathBuf>) {
    let paths = match event {
        // Reading a file is an event, too, and we read.
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => Vec::new(),
        Ok(event) if !event.need_rescan() => event.paths,
        // The system could not keep up, or cannot tell: a path that is nowhere below the root makes everything be read.
        Ok(_) | Err(_) => vec![PathBuf::new()],
    };
    for path in paths {
        let _ = sender.send(path); // Nobody listens while the preview ends.
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
            // A name that is no text leads to no entry.
            self.all_parts = true;
            return;
        }
        let mut parts = inside.iter().map(|part| part.to_string_lossy());
        let first = parts.next().unwrap_or_default();
        if parts.clone().any(|name| disk::is_leftover(&name)) {
            return;
        }
        match (first.as_ref(), parts.next()) {
            (content::FOLDER, Some(entry)) => drop(self.parts.insert(entry.into_owned())),
            (content::FOLDER, None) => self.all_parts = true,
            (theme::FOLDER, _) => self.theme = true,
            (config::FILE, _) => self.settings = true,
            _ => {}
        }
    }

    /// Adds other changes.
    pub(crate) fn extend(&mut self, other: Self) {
        self.settings |= other.settings;
        self.theme |= other.theme;
        self.all_parts |= other.all_parts;
        self.parts.extend(other.parts);
    }

    fn add_folder(&mut self, folder: &str) {
        match folder {
            content::FOLDER => self.all_parts = true,
            theme::FOLDER => self.theme = true,
            _ => *self = Self::all(),
        }
    }

    fn is_about_folder(&self, folder: &str) -> bool {
        match folder {
            content::FOLDER => self.all_parts,
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
        let part = |name: &str| Changes { parts: [name.to_owned()].into(), ..Changes::default() };
        check("/site/content/n/01.md", &part("n"));
        check("/site/content/n", &part("n"));
        check("/site/content/about.md", &part("about.md"));
        check("/site/content", &Changes { all_parts: true, ..Changes::default() });
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

    /// Waits until the watch tells of a change.
    #[track_caller]
    fn next(watch: &mut Watch) -> Changes {
        let told = (0..20).find_map(|_| watch.wait(Duration::from_millis(500)));
        told.expect("a change is told within seconds")
    }

    #[track_caller]
    fn follows(must_poll: bool) {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("content/n/01.md", "甲");
        let (mut watch, reason) = Watch::new(&root, must_poll);
        assert_eq!(reason, None);
        while watch.wait(Duration::from_millis(50)).is_some() {}
        write("content/n/01.md", "乙");
        assert_eq!(next(&mut watch), Changes { parts: ["n".to_owned()].into(), ..Changes::default() });
        write("themes/own/assets/a.css", "");
        assert!(next(&mut watch).theme, "a folder that was not there is watched");
        std::fs::remove_dir_all(root.join("content")).unwrap();
        let gone = next(&mut watch);
        assert!(gone.all_parts || gone.parts.contains("n"), "{gone:?}");
        while watch.wait(Duration::from_millis(50)).is_some() {}
        write("content/m/01.md", "甲");
        let back = next(&mut watch);
        assert!(back.all_parts || back.parts.contains("m"), "{back:?}");
        while watch.wait(Duration::from_millis(50)).is_some() {}
        write("content/m/01.md", "丙丁");
        assert!(next(&mut watch).parts.contains("m"), "a folder that came again is watched");
    }

    #[test]
    fn changes_are_told() {
        follows(false);
        follows(true);
    }
}
