//! The only writer of a site: pages come in from many threads, and the folder changes once, when all are there.
//!
//! Start with [`Output`]. `guard` refuses dangerous folders, `manifest` knows which files are ours, `plan` decides
//! what changes, `commit` changes it. What is not ours is never replaced and never removed.
//!
//! New bytes wait in `.gongkai/staging` inside the output folder: there a rename can always reach them, and they take
//! the group and the access rights that the site has. Nobody else may look into `.gongkai`, so no web server with
//! a user of its own serves what is not published yet. A build that fails or is told to end leaves no trace; one that is
//! killed leaves the old site and that folder, which the next build clears.

mod commit;
mod guard;
mod manifest;
mod path;
mod plan;
mod stop;

#[cfg(test)]
mod crash_tests;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use anyhow::bail;
use sha2::{Digest, Sha256};

use self::commit::Commit;
use self::manifest::{FileEntry, Files};
pub use self::path::OutputPath;
use self::plan::{MANIFEST, Situation, Staged};
pub use self::stop::{Stop, Stopped};
use crate::diagnostic::{Explain, Message};
use crate::disk::{self, Age, EntryKind, FolderLock, Opened, Readers};

/// The folder in the output that is for the writer alone.
const PRIVATE: &str = ".gongkai";
/// Where new files wait.
const STAGING: &str = ".gongkai/staging";
/// The list of the files that a commit is about to put in place.
const PENDING: &str = ".gongkai/pending.json";

/// What a commit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// How many files got new bytes.
    pub written: usize,
    /// How many files already had theirs.
    pub unchanged: usize,
    /// How many files of the old site are gone.
    pub removed: usize,
    /// How many files the site has, the manifest not counted.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// The files in the folder that are not ours, sorted. They were left alone.
    pub foreign: Vec<String>,
    /// The files and folders whose mode is not what it should be and could not be changed, sorted, each with the reason. The
    /// path of the output folder itself is empty.
    pub wrong_modes: Vec<(String, Message)>,
}

/// The output folder during one build. Dropped without a commit, it leaves the old site as it was.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    state: Mutex<StagedSite>,
    readers: Readers,
    stop: Stop,
}

/// What has been staged so far.
#[derive(Debug, Default)]
struct StagedSite {
    /// `None` until the folder exists.
    claim: Option<Claim>,
    /// The wanted files; `None` for one that is being compared and written, or could not be.
    staged: BTreeMap<OutputPath, Option<Staged>>,
    /// The folders in the staging area that exist, so that each is created once.
    folders_aside: BTreeSet<String>,
    /// The wanted files that have, or will have, the right bytes, but a mode for other readers.
    with_wrong_mode: BTreeSet<OutputPath>,
}

/// What is known of an existing output folder, which is locked for this build.
#[derive(Debug)]
struct Claim {
    _lock: FolderLock,
    /// The files that the last manifest names or a killed build was about to put in place.
    owned: BTreeSet<OutputPath>,
    /// Those of them that the last manifest does not name, so that no second kill disowns them.
    unlisted: Files,
    /// Whether a build was killed while it changed the site.
    was_killed: bool,
    /// The folders that this build created to have an output folder, outermost first.
    created: Vec<PathBuf>,
}

impl Output {
    /// Takes hold of `folder` for one build.
    ///
    /// Fails on the root of the file system, a home folder, anything that is, holds or belongs to one of `sources`
    /// (`content`, `themes`, `site.yaml`: not the site's root, in which the output usually lies), a file, a folder
    /// with files that are not ours, and a folder that another build is writing to. A folder that does not exist
    /// is created with the first file that needs it.
    pub fn open(folder: &Path, sources: &[PathBuf]) -> anyhow::Result<Self> {
        let folder = disk::resolve(folder)?;
        guard::refuse(&folder, sources)?;
        let claim = match disk::kind_of(&folder)? {
            None => None,
            Some(EntryKind::Folder) => Some(Claim::take(&folder, Vec::new())?),
            Some(_) => {
                let folder = folder.display();
                bail!(Message::new(format!("`{folder}` is not a folder"), format!("`{folder}` 不是文件夹")));
            }
        };
        let state = StagedSite { claim, ..StagedSite::default() };
        let state = Mutex::new(state);
        Ok(Self { folder, state, readers: Readers::All, stop: Stop::default() })
    }

    /// Sets who may read the site; by default all.
    pub fn set_readers(&mut self, readers: Readers) {
        self.readers = readers;
    }

    /// Sets what may end this build: until the commit begins, it then fails with [`Stopped`].
    pub fn set_stop(&mut self, stop: Stop) {
        self.stop = stop;
    }

    /// Adds a file to the site. Its bytes are compared with the old file, and written aside if they differ.
    ///
    /// Fails if the path was staged before: two sources for one address are the caller's to report.
    pub fn stage(&self, path: OutputPath, bytes: &[u8]) -> anyhow::Result<()> {
        self.stage_hashed(path, bytes, Sha256::digest(bytes).into())
    }

    /// The same for a file whose SHA-256 is known.
    pub fn stage_hashed(&self, path: OutputPath, bytes: &[u8], sha256: [u8; 32]) -> anyhow::Result<()> {
        let entry = FileEntry { size: bytes.len() as u64, sha256 };
        let (place, is_changed) = match self.reserve(&path)? {
            Some(old) if disk::holds_bytes(&old, bytes) => (old, false),
            _ => {
                let place = self.staging_place(&path)?;
                disk::write_new(&place, bytes)?;
                (place, true)
            }
        };
        self.record(path, &place, Staged { entry, is_changed });
        Ok(())
    }

    /// Adds a copy of the file `source` to the site, like [`Output::stage`], in bounded memory.
    pub(crate) fn stage_file(&self, path: OutputPath, source: &mut Opened) -> anyhow::Result<()> {
        if let Some(old) = self.reserve(&path)? {
            let mut digest = SizedDigest::default();
            if disk::holds_same_bytes(&old, source, |piece| digest.update(piece))? {
                self.record(path, &old, Staged { entry: digest.finish(), is_changed: false });
                return Ok(());
            }
        }
        let mut digest = SizedDigest::default();
        let place = self.staging_place(&path)?;
        disk::copy_seen(source, &place, |piece| digest.update(piece))?;
        self.record(path, &place, Staged { entry: digest.finish(), is_changed: true });
        Ok(())
    }

    /// Makes the folder hold exactly the staged files, a manifest of them, and what is not ours.
    ///
    /// Fails before anything is changed where a file that is not ours, a link or a folder is in the way, and where a folder
    /// may not be changed. Should a change fail all the same, the error says that the site is half changed.
    pub fn commit(mut self) -> anyhow::Result<Summary> {
        self.commit_by(commit::carry_out)
    }

    /// Commits; `carry_out` changes the folder, if it has to change.
    fn commit_by(
        &mut self,
        carry_out: impl FnOnce(&Commit<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<Summary> {
        self.stop.check()?;
        let state = self.state.get_mut().expect("no thread panics while it holds the state");
        let wanted = complete(&state.staged)?;
        state.claim(&self.folder, &self.stop)?;
        let Some(Claim { owned, unlisted, was_killed, created, .. }) = &state.claim else {
            unreachable!("it was just taken")
        };
        let present = disk::list_tree(&self.folder)?;
        let plan = Situation { wanted: &wanted, owned, present: &present }.plan()?;

        let manifest = manifest::print(wanted.iter().map(|(path, staged)| (path, staged.entry)));
        let is_listed = disk::holds_bytes(&self.folder.join(MANIFEST), manifest.as_bytes());
        if *was_killed || !is_listed || !plan.changes_nothing() {
            let mut pending = unlisted.clone();
            let changed = wanted.iter().filter(|(_, staged)| staged.is_changed);
            pending.extend(changed.map(|(path, staged)| (path.clone(), staged.entry)));
            let pending = manifest::print(pending.iter().map(|(path, entry)| (path, *entry)));
            self.stop.hold();
            let (folder, readers) = (self.folder.as_path(), self.readers);
            carry_out(&Commit { folder, plan: &plan, pending: &pending, manifest: &manifest, readers })?;
        }
        let with_wrong_mode = &state.with_wrong_mode;
        let wrong_modes = mend_modes(&self.folder, &wanted, with_wrong_mode, created, self.readers);

        let written = wanted.values().filter(|staged| staged.is_changed).count();
        Ok(Summary {
            written,
            unchanged: wanted.len() - written,
            removed: plan.blockers.len() + plan.stale.len(),
            files: wanted.len(),
            bytes: wanted.values().map(|staged| staged.entry.size).sum(),
            foreign: plan.foreign,
            wrong_modes,
        })
    }

    fn state(&self) -> MutexGuard<'_, StagedSite> {
        self.state.lock().expect("no thread panics while it holds the state")
    }

    /// Reserves a path; returns the old file of ours at it, to compare the new bytes with.
    fn reserve(&self, path: &OutputPath) -> anyhow::Result<Option<PathBuf>> {
        if path.as_str().eq_ignore_ascii_case(MANIFEST) {
            bail!(Message::new(
                format!("`{path}` is the name of the list of files itself"),
                format!("`{path}` 是文件清单自身的名称"),
            ));
        }
        self.stop.check()?;
        let mut state = self.state();
        let is_owned = state.claim(&self.folder, &self.stop)?.owned.contains(path);
        if let Some(other) = state.staged_in_the_way(path) {
            bail!(Message::new(
                format!("`{path}` is staged twice, or as the folder of a file: `{other}` is there already"),
                format!("`{path}` 出现了两次，或者同时是文件和文件夹：已经有 `{other}`"),
            ));
        }
        state.staged.insert(path.clone(), None);
        Ok(is_owned.then(|| self.folder.join(path.as_str())))
    }

    /// Returns where the new bytes of a path wait, in a folder that exists.
    fn staging_place(&self, path: &OutputPath) -> anyhow::Result<PathBuf> {
        let place = self.folder.join(STAGING).join(path.as_str());
        let folder = path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut state = self.state();
        if !state.folders_aside.contains(folder) {
            if state.folders_aside.is_empty() {
                self.stop.hold();
                commit::create_staging(&self.folder)?;
            }
            for created in disk::create_folders(place.parent().expect("a joined path has a parent"))? {
                // A failure is reported at the end, when all modes are looked at.
                disk::set_mode(&created, self.readers, Age::New).ok();
            }
            state.folders_aside.insert(folder.to_owned());
        }
        Ok(place)
    }

    /// Notes a file whose bytes are at `place`: in the staging area if they are new.
    fn record(&self, path: OutputPath, place: &Path, staged: Staged) {
        let has_mode = if staged.is_changed {
            disk::set_mode(place, self.readers, Age::New).is_ok()
        } else {
            disk::has_mode(place, self.readers, Age::Old)
        };
        let mut state = self.state();
        if !has_mode {
            state.with_wrong_mode.insert(path.clone());
        }
        state.staged.insert(path, Some(staged));
    }
}

impl StagedSite {
    /// Returns our hold on the folder, which is created if it does not exist yet.
    fn claim(&mut self, folder: &Path, stop: &Stop) -> anyhow::Result<&Claim> {
        if self.claim.is_none() {
            stop.hold();
            let created = disk::create_folders(folder)?;
            let claim = Claim::take(folder, created.clone());
            if claim.is_err() {
                remove_created(&created);
            }
            self.claim = Some(claim?);
        }
        Ok(self.claim.as_ref().expect("it was just taken"))
    }

    /// Returns a staged path that is `path`, or its folder, or in it as in a folder.
    fn staged_in_the_way(&self, path: &OutputPath) -> Option<&OutputPath> {
        let at_or_above = path::folders_above(path.as_str()).chain([path.as_str()]);
        let below = format!("{path}/");
        let first_below =
            self.staged.range::<str, _>((Bound::Included(below.as_str()), Bound::Unbounded)).next();
        at_or_above
            .filter_map(|path| self.staged.get_key_value(path))
            .chain(first_below.filter(|(path, _)| path.as_str().starts_with(&below)))
            .map(|(path, _)| path)
            .next()
    }
}

impl Claim {
    /// Locks an existing folder and reads what in it is ours; clears what a killed build left aside.
    fn take(folder: &Path, created: Vec<PathBuf>) -> anyhow::Result<Self> {
        let shown = folder.display();
        let Some(lock) = disk::lock_folder(folder)? else {
            bail!(Message::new(
                format!("another build is writing to `{shown}`; wait until it is done"),
                format!("另一次生成正在写入 `{shown}`；请等它完成"),
            ));
        };
        if !matches!(disk::kind_of(&folder.join(PRIVATE))?, None | Some(EntryKind::Folder)) {
            bail!(Message::new(
                format!("`{shown}` holds something called `{PRIVATE}` that is not ours; move it away"),
                format!("`{shown}` 中有一个不是 gongkai 生成的 `{PRIVATE}`；请移走它"),
            ));
        }
        let listed = read_files(folder, MANIFEST)?;
        let pending = read_files(folder, PENDING)?;
        let was_killed = pending.is_some();
        if listed.is_none() && !was_killed {
            let names = disk::visible_names(folder)?;
            if let Some(name) = names.first() {
                bail!(Message::new(
                    format!(
                        "`{shown}` holds files that are not ours, such as `{name}`; choose an empty folder"
                    ),
                    format!("`{shown}` 中有不是 gongkai 生成的文件，例如 `{name}`；请选择空文件夹"),
                ));
            }
        }
        disk::remove_tree(&folder.join(STAGING))?;

        let listed = listed.unwrap_or_default();
        let mut unlisted = pending.unwrap_or_default();
        unlisted.retain(|path, _| !listed.contains_key(path));
        let owned = listed.into_keys().chain(unlisted.keys().cloned()).collect();
        Ok(Self { _lock: lock, owned, unlisted, was_killed, created })
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Some(claim) = &state.claim else { return };
        // What fails here the next build clears; the reason why this one ended is the one to tell.
        disk::remove_tree(&self.folder.join(STAGING)).ok();
        disk::remove_folder_if_empty(&self.folder.join(PRIVATE)).ok();
        remove_created(&claim.created);
    }
}

/// Removes the folders that a build created for nothing; those that hold something stay.
fn remove_created(folders: &[PathBuf]) {
    for folder in folders.iter().rev() {
        disk::remove_folder_if_empty(folder).ok(); // An empty folder more is not worth an error.
    }
}

/// Gives each file of the site, and each folder that leads to one, the mode it should have. Returns those of which that
/// failed, each with the reason.
fn mend_modes(
    folder: &Path,
    wanted: &BTreeMap<OutputPath, Staged>,
    with_wrong_mode: &BTreeSet<OutputPath>,
    created: &[PathBuf],
    readers: Readers,
) -> Vec<(String, Message)> {
    let mut failed = BTreeMap::new();
    // Those above the output folder are no part of the site, but lead there.
    let above = created.iter().filter(|path| *path != folder);
    for path in above {
        if let Err(error) = disk::set_mode(path, readers, Age::New) {
            failed.insert(String::new(), Message::of_system(&error));
        }
    }
    let folders: BTreeSet<&str> = wanted.keys().flat_map(|path| path::folders_above(path.as_str())).collect();
    let files = with_wrong_mode.iter().map(OutputPath::as_str).chain([MANIFEST]);
    for path in folders.into_iter().chain(files).chain([""]) {
        let is_new = path.is_empty() && created.iter().any(|created| created == folder);
        let age = if is_new { Age::New } else { Age::Old };
        if let Err(error) = disk::set_mode(&folder.join(path), readers, age) {
            failed.insert(path.to_owned(), Message::of_system(&error));
        }
    }
    failed.into_iter().collect()
}

/// Returns the staged files if each of them was staged to the end.
fn complete(staged: &BTreeMap<OutputPath, Option<Staged>>) -> anyhow::Result<BTreeMap<OutputPath, Staged>> {
    let wanted = staged.iter().map(|(path, staged)| match staged {
        Some(staged) => Ok((path.clone(), *staged)),
        None => bail!(Message::new(
            format!("`{path}` could not be staged, so the site is not complete"),
            format!("`{path}` 没有写成，网站不完整"),
        )),
    });
    wanted.collect()
}

fn read_files(folder: &Path, name: &str) -> anyhow::Result<Option<Files>> {
    let path = folder.join(name);
    let Some(bytes) = disk::read_own(&path)? else { return Ok(None) };
    let files = manifest::parse(&bytes);
    files.map(Some).explain(|| {
        let path = path.display();
        Message::new(
            format!("`{path}` does not tell which files are ours; choose another folder, or empty this one"),
            format!("从 `{path}` 看不出哪些文件是 gongkai 生成的；请另选文件夹，或清空此文件夹"),
        )
    })
}

/// The size and the hash of a file that passes in pieces.
#[derive(Default)]
struct SizedDigest {
    size: u64,
    sha256: Sha256,
}

impl SizedDigest {
    fn update(&mut self, piece: &[u8]) {
        self.size += piece.len() as u64;
        self.sha256.update(piece);
    }

    fn finish(self) -> FileEntry {
        FileEntry { size: self.size, sha256: self.sha256.finalize().into() }
    }
}
