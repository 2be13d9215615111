//! Size and times of a file, which tell that it has changed without reading it.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::WalkDir;

/// Size and times of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// The moment of the last change of any kind, and the number of the file, on systems that have them. No program can set
    /// them back, as it can the time of modification.
    changed: (i64, i64),
    number: u64,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let (changed, number) = change_and_number(metadata);
        Self { size: metadata.len(), modified: metadata.modified().ok(), changed, number }
    }

    /// Tells whether two stamps are of one file, which may have changed; where files have no numbers, it always may be.
    pub(super) fn is_same_file(&self, other: &Self) -> bool {
        self.number == other.number
    }

    /// The size in bytes.
    pub(super) fn size(&self) -> u64 {
        self.size
    }
}

#[cfg(unix)]
fn change_and_number(metadata: &Metadata) -> ((i64, i64), u64) {
    use std::os::unix::fs::MetadataExt as _;
    ((metadata.ctime(), metadata.ctime_nsec()), metadata.ino())
}

#[cfg(not(unix))]
fn change_and_number(_: &Metadata) -> ((i64, i64), u64) {
    ((0, 0), 0)
}

/// Returns the stamps of all files and folders at or below the `names` in `root`. What cannot be seen has none.
pub(crate) fn stamps(root: &Path, names: &[&str]) -> BTreeMap<PathBuf, Stamp> {
    let all = names.iter().flat_map(|name| WalkDir::new(root.join(name)));
    let seen = all.filter_map(Result::ok).filter_map(|entry| {
        let metadata = entry.metadata().ok()?;
        // A folder's own stamp tells nothing more than those of its files.
        (!metadata.is_dir()).then(|| (entry.into_path(), Stamp::of(&metadata)))
    });
    seen.collect()
}

/// A file that is written only to find out whether the system reports changes; it is removed when dropped.
#[derive(Debug)]
pub(crate) struct Probe(PathBuf);

impl Probe {
    /// Writes it into `folder`, under a name that no rule of gongkai reads.
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        let path = folder.join(format!(".gongkai-probe-{}", std::process::id()));
        let _ = fs::remove_file(&path); // One that an earlier process of the same number left.
        File::create_new(&path).map(|_| Self(path))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0); // A probe that stays does no harm.
    }
}
