//! Reads, compares and changes files that are our own: those of a new site and those of the output.
//!
//! Every error names the path. Nothing here overwrites a file in place: bytes go to a new file, and a rename puts
//! it where the old one was, so that half a file is never seen.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::bail;
use walkdir::WalkDir;

use super::opened::Opened;
use super::walk::io_error;
use crate::diagnostic::{Explain, Message};
use crate::text::address;

/// How much of a file is held in memory while it is copied.
const COPY_BUFFER: usize = 64 * 1024;
/// How much of a file is compared at a time.
const COMPARE_BUFFER: usize = 8 * 1024;

/// What is at a path, links not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, a named pipe, a device.
    Other,
}

impl From<fs::FileType> for EntryKind {
    fn from(kind: fs::FileType) -> Self {
        if kind.is_file() {
            Self::File
        } else if kind.is_dir() {
            Self::Folder
        } else {
            Self::Other
        }
    }
}

/// Says what cannot be done to `path`, by its verb in English and in Chinese.
pub(crate) fn cannot([english, chinese]: [&str; 2], path: &Path) -> Message {
    let path = path.display();
    Message::new(format!("cannot {english} `{path}`"), format!("无法{chinese} `{path}`"))
}

/// Says what `path` is, or is not.
pub(super) fn refused(path: &Path, [english, chinese]: [&str; 2]) -> Message {
    let path = path.display();
    Message::new(format!("`{path}` {english}"), format!("`{path}` {chinese}"))
}

/// Returns what is at `path`; `None` if nothing is.
pub(crate) fn kind_of(path: &Path) -> anyhow::Result<Option<EntryKind>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata.file_type().into())),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error).explain(|| cannot(["look at", "查看"], path)),
    }
}

/// Returns the names in `folder` that no dot hides, sorted.
pub(crate) fn visible_names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let cannot_list = || cannot(["list", "列出"], folder);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).explain(cannot_list)? {
        let name = entry.explain(cannot_list)?.file_name();
        if !name.as_encoded_bytes().starts_with(b".") {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Tells whether there is nothing at `path`, or an empty folder.
pub fn is_free(path: &Path) -> anyhow::Result<bool> {
    Ok(match kind_of(path)? {
        None => true,
        Some(EntryKind::Folder) => visible_names(path)?.is_empty(),
        Some(_) => false,
    })
}

/// Returns everything below `folder`, an output folder, by its path with `/`; of what is hidden by a dot, the name but not
/// the content.
pub(crate) fn list_tree(folder: &Path) -> anyhow::Result<BTreeMap<String, EntryKind>> {
    let mut tree = BTreeMap::new();
    let mut entries = WalkDir::new(folder).min_depth(1).into_iter();
    while let Some(entry) = entries.next() {
        let entry = entry.map_err(io_error).explain(|| cannot(["list", "列出"], folder))?;
        let below = entry.path().strip_prefix(folder).expect("the walk stays below its start");
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let path = parts.join("/");
        if entry.file_type().is_dir() && address::is_hidden(&path) {
            entries.skip_current_dir();
        }
        tree.insert(path, entry.file_type().into());
    }
    Ok(tree)
}

/// Returns `path` absolute and without links, also if its last parts do not exist yet.
pub(crate) fn resolve(path: &Path) -> anyhow::Result<PathBuf> {
    let absolute = std::path::absolute(path).explain(|| refused(path, ["is not a path", "不是路径"]))?;
    let mut missing = Vec::new();
    let mut existing = absolute.as_path();
    loop {
        match fs::canonicalize(existing) {
            Ok(found) => return Ok(missing.iter().rev().fold(found, |path, name| path.join(name))),
            Err(error) if error.kind() == ErrorKind::NotFound && kind_of(existing)?.is_none() => {}
            Err(error) => {
                return Err(error).explain(|| cannot(["look at", "查看"], existing));
            }
        }
        let (Some(parent), Some(name)) = (existing.parent(), existing.file_name()) else {
            bail!(refused(path, ["leads up from a folder that does not exist", "的上级文件夹不存在"]));
        };
        missing.push(name);
        existing = parent;
    }
}

/// Takes the lock on `folder` until the returned handle is dropped; `None` if another process holds it.
pub(crate) fn lock_folder(folder: &Path) -> anyhow::Result<Option<FolderLock>> {
    if !cfg!(unix) {
        return Ok(Some(FolderLock(None))); // Only Unix opens a folder like a file.
    }
    let cannot_lock = || cannot(["lock", "锁定"], folder);
    let handle = File::open(folder).explain(cannot_lock)?;
    match handle.try_lock() {
        Ok(()) => Ok(Some(FolderLock(Some(handle)))),
        Err(TryLockError::WouldBlock) => Ok(None),
        // Some network drives cannot lock; a build there is better than none.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
            Ok(Some(FolderLock(None)))
        }
        Err(TryLockError::Error(error)) => Err(error).explain(cannot_lock),
    }
}

/// The lock on a folder; it ends with the value, or with the process.
#[derive(Debug)]
pub(crate) struct FolderLock(Option<File>);

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Closing is not enough: a process that is just being started elsewhere in the program has the folder open, too,
        // for a moment. What cannot be unlocked ends with the process.
        if let Some(handle) = &self.0 {
            handle.unlock().ok();
        }
    }
}

/// Creates `folder` and what is missing above it; returns those that it created, outermost first.
pub(crate) fn create_folders(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let missing: Vec<_> =
        folder.ancestors().take_while(|path| !path.exists()).map(Path::to_path_buf).collect();
    fs::create_dir_all(folder).explain(|| cannot(["create the folder", "创建文件夹"], folder))?;
    Ok(missing.into_iter().rev().collect())
}

/// Writes a file that must not exist yet.
pub fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    write_and(path, bytes, |_| Ok(()))
}

/// Writes a file that must not exist yet, and waits until it would survive a power cut.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    write_and(path, bytes, File::sync_all)
}

fn write_and(path: &Path, bytes: &[u8], end: impl FnOnce(&File) -> io::Result<()>) -> anyhow::Result<()> {
    let written = File::create_new(path).and_then(|mut file| {
        let written = file.write_all(bytes).and_then(|()| end(&file));
        // On a full disk half a file only takes more space; the first error is the one to tell.
        written.inspect_err(|_| drop(fs::remove_file(path)))
    });
    written.explain(|| cannot(["write", "写入"], path))
}

/// Tells whether `path` is a regular file with exactly these bytes.
///
/// A file that cannot be read counts as different: the caller then replaces it, which is the repair.
pub(crate) fn holds_bytes(path: &Path, bytes: &[u8]) -> bool {
    let Some(mut file) = open_if_of_size(path, bytes.len() as u64) else { return false };
    let mut buffer = [0; COMPARE_BUFFER];
    bytes.chunks(COMPARE_BUFFER).all(|chunk| starts_with(&mut file, chunk, &mut buffer))
}

/// Tells whether `path` is a regular file with the bytes of `source`, and shows each piece of those to `see`.
pub(crate) fn holds_same_bytes(
    path: &Path,
    source: &mut Opened,
    mut see: impl FnMut(&[u8]),
) -> anyhow::Result<bool> {
    let size = source.size();
    let Some(mut file) = open_if_of_size(path, size) else { return Ok(false) };
    let mut buffer = vec![0; COPY_BUFFER];
    let mut compared = 0;
    let mut is_same = true;
    for_each_piece(source, |piece| {
        is_same = starts_with(&mut file, piece, &mut buffer);
        compared += piece.len() as u64;
        see(piece);
        Ok(is_same)
    })?;
    Ok(is_same && compared == size)
}

/// Copies `source` into a file that must not exist yet, and shows each piece of it to `see`.
pub(crate) fn copy_seen(
    source: &mut Opened,
    target: &Path,
    mut see: impl FnMut(&[u8]),
) -> anyhow::Result<()> {
    let cannot_write = || cannot(["write", "写入"], target);
    let mut output = File::create_new(target).explain(cannot_write)?;
    for_each_piece(source, |piece| {
        see(piece);
        output.write_all(piece).explain(cannot_write)?;
        Ok(true)
    })
}

/// Hands a file over piece by piece, from its beginning, until `each` returns false; fails if it has changed meanwhile.
fn for_each_piece(
    source: &mut Opened,
    mut each: impl FnMut(&[u8]) -> anyhow::Result<bool>,
) -> anyhow::Result<()> {
    let Opened { file, place: path, .. } = source;
    file.rewind().explain(|| cannot(["read", "读取"], path))?;
    let mut buffer = vec![0; COPY_BUFFER];
    loop {
        let size = match file.read(&mut buffer) {
            Ok(0) => return source.check_unchanged(),
            Ok(size) => size,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error).explain(|| cannot(["read", "读取"], path)),
        };
        if !each(buffer.get(..size).expect("a read fits its buffer"))? {
            return Ok(());
        }
    }
}

/// Tells whether the next bytes of `file` are `expected`, which is no longer than `buffer`.
fn starts_with(file: &mut File, expected: &[u8], buffer: &mut [u8]) -> bool {
    let buffer = buffer.get_mut(..expected.len()).expect("the buffer holds a piece");
    file.read_exact(buffer).is_ok() && buffer == expected
}

fn open_if_of_size(path: &Path, size: u64) -> Option<File> {
    // Looks first, because opening a named pipe waits for ever.
    let metadata = fs::symlink_metadata(path).ok()?;
    if metadata.is_file() && metadata.len() == size { File::open(path).ok() } else { None }
}

/// Reads a file of our own; `None` if nothing stands there.
pub(crate) fn read_own(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match kind_of(path)? {
        None => Ok(None),
        Some(EntryKind::File) => fs::read(path).map(Some).explain(|| cannot(["read", "读取"], path)),
        Some(_) => bail!(refused(path, ["is not a regular file", "不是普通文件"])),
    }
}

/// Moves a file or a folder within one file system; a file replaces a file.
pub(crate) fn rename(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::rename(from, to).explain(|| {
        let (from, to) = (from.display(), to.display());
        Message::new(format!("cannot move `{from}` to `{to}`"), format!("无法把 `{from}` 移到 `{to}`"))
    })
}

/// Removes a file, or a link but never what it leads to.
pub(crate) fn remove_file(path: &Path) -> anyhow::Result<()> {
    fs::remove_file(path).explain(|| cannot(["remove", "删除"], path))
}

/// Removes a folder if nothing is in it; a folder that is gone or in use is left as it is.
pub(crate) fn remove_folder_if_empty(path: &Path) -> anyhow::Result<()> {
    match fs::remove_dir(path) {
        Ok(()) => Ok(()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty) => Ok(()),
        Err(error) => Err(error).explain(|| cannot(["remove the folder", "删除文件夹"], path)),
    }
}

/// Removes a folder of our own with all it holds, links not followed; nothing there is fine.
pub(crate) fn remove_tree(path: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).explain(|| cannot(["remove the folder", "删除文件夹"], path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_never_replaces_one() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a");
        write_new(&path, b"first").unwrap();
        let error = format!("{:#}", write_new(&path, b"second").unwrap_err());
        assert!(error.starts_with(&format!("cannot write `{}`: ", path.display())), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "first");
    }

    #[test]
    fn bytes_are_compared_to_the_last() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a");
        for size in [0, 1, COMPARE_BUFFER - 1, COMPARE_BUFFER, COMPARE_BUFFER + 1, 3 * COPY_BUFFER] {
            let mut bytes = vec![1; size];
            fs::write(&path, &bytes).unwrap();
            assert!(holds_bytes(&path, &bytes));
            bytes.push(1);
            assert!(!holds_bytes(&path, &bytes));
            bytes.pop();
            if let Some(last) = bytes.last_mut() {
                *last = 2;
                assert!(!holds_bytes(&path, &bytes));
            }
        }
        assert!(!holds_bytes(&root.path().join("missing"), b""));
        assert!(!holds_bytes(root.path(), b""));
    }

    #[test]
    fn missing_folders_are_told_outermost_first() {
        let root = tempfile::tempdir().unwrap();
        let created = create_folders(&root.path().join("a/b")).unwrap();
        assert_eq!(created, [root.path().join("a"), root.path().join("a/b")]);
        assert!(create_folders(&root.path().join("a/b")).unwrap().is_empty());
    }
}
