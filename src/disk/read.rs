//! Reads one file of the site into memory, up to a limit.
//!
//! [`read`] is the only entry. It looks before it opens, because opening a named pipe waits for ever, and it
//! counts while it reads, because a file may grow meanwhile.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::link;
use super::stamp::Stamp;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Message, SourcePath};

/// Reads the bytes of `path` below `root`; `None` and a diagnostic if it cannot be read or exceeds `limit` bytes.
pub fn read(root: &Path, path: &SourcePath, limit: u64, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
    read_bounded(root, path, limit).map_err(|problem| diagnostics.push(*problem)).ok()
}

/// Looks where a file really is and what it is, before it is opened.
pub(super) fn locate(root: &Path, path: &SourcePath) -> Result<(PathBuf, Metadata), Box<Diagnostic>> {
    let failed = |error: io::Error| Box::new(unreadable(path, &error));
    let mut place = root.join(path.as_str());
    let mut metadata = fs::symlink_metadata(&place).map_err(failed)?;
    if metadata.is_symlink() {
        // The walk judged this link, but it may have been turned since.
        (place, metadata) = link::follow(&place, &top_folder(root, path)?, path)?;
    }
    if metadata.is_file() { Ok((place, metadata)) } else { Err(Box::new(not_a_file(path))) }
}

/// Returns the folder right below `root` in which `path` is, without links.
pub(super) fn top_folder(root: &Path, path: &SourcePath) -> Result<PathBuf, Box<Diagnostic>> {
    let top = path.as_str().split_once('/').map_or(root.to_path_buf(), |(top, _)| root.join(top));
    fs::canonicalize(top).map_err(|error| Box::new(unreadable(path, &error)))
}

fn read_bounded(root: &Path, path: &SourcePath, limit: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
    let failed = |error: io::Error| Box::new(unreadable(path, &error));
    let (place, metadata) = locate(root, path)?;
    if metadata.len() > limit {
        return Err(Box::new(too_large(path, metadata.len(), limit)));
    }

    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    let file = File::open(&place).map_err(failed)?;
    if !Stamp::of(&metadata).is_same_file(&Stamp::of(&file.metadata().map_err(failed)?)) {
        return Err(Box::new(not_a_file(path))); // Something else was put there in between, maybe a link.
    }
    let size = file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)? as u64;
    if size > limit { Err(Box::new(too_large(path, size, limit))) } else { Ok(bytes) }
}

/// The diagnostic for a file or folder that the system does not let us read.
pub(super) fn unreadable(path: &SourcePath, error: &io::Error) -> Diagnostic {
    let reason = Message::of_system(error);
    let [english, chinese] = reason.both();
    Diagnostic::error(
        "unreadable-file",
        Location::file(path),
        format!("cannot be read: {english}"),
        format!("无法读取：{chinese}"),
    )
    .help("check that it exists and that you may read it", "请确认它存在，并且您有读取权限")
}

/// The diagnostic for a named pipe, a socket, a device, or a folder where a file is due.
pub(super) fn not_a_file(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        "not-a-file",
        Location::file(path),
        "what stands here is not a regular file",
        "此处的内容不是普通文件",
    )
    .help("put a regular file here, or move it elsewhere", "请在此处放置普通文件，或者将其移走")
}

fn too_large(path: &SourcePath, size: u64, limit: u64) -> Diagnostic {
    let (size, limit) = (readable(size, Rounding::Up), readable(limit, Rounding::Down));
    Diagnostic::error(
        "file-too-large",
        Location::file(path),
        format!("the file has {size}, more than the {limit} allowed"),
        format!("文件大小为 {size}，超过上限 {limit}"),
    )
    .help("make it smaller, or split it", "请缩小或拆分该文件")
}

/// Where the rest of a size goes that its unit cannot show.
#[derive(Clone, Copy)]
enum Rounding {
    Up,
    Down,
}

/// Returns a size as `820 bytes`, `3.5 KB`, `12.0 MB` or `2.1 GB`. A size rounded up never reads like a smaller limit rounded down.
fn readable(bytes: u64, rounding: Rounding) -> String {
    let units = [(1_u64 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
    let Some(&(unit, name)) = units.iter().find(|(unit, _)| bytes >= *unit) else {
        return format!("{bytes} bytes");
    };
    let (tenths, unit) = (u128::from(bytes) * 10, u128::from(unit));
    let tenths = match rounding {
        Rounding::Up => tenths.div_ceil(unit),
        Rounding::Down => tenths / unit,
    };
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    /// A folder with `content/file` of 10 bytes, and other things under names that tell what they are.
    fn scratch() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("content/folder")).unwrap();
        fs::write(root.path().join("content/file"), "0123456789").unwrap();
        fs::write(root.path().join("private"), "secret").unwrap();
        root
    }

    #[track_caller]
    fn check(path: &str, limit: u64, expected: Result<&str, &str>) {
        check_in(&scratch(), path, limit, expected);
    }

    #[track_caller]
    fn check_in(root: &tempfile::TempDir, path: &str, limit: u64, expected: Result<&str, &str>) {
        let mut diagnostics = Diagnostics::new();
        let bytes = read(root.path(), &SourcePath::new(path), limit, &mut diagnostics);
        let codes: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        match expected {
            Ok(text) => assert_eq!((bytes.as_deref(), codes), (Some(text.as_bytes()), vec![])),
            Err(code) => assert_eq!((bytes, codes), (None, vec![code])),
        }
    }

    #[test]
    fn files_are_read_up_to_the_limit() {
        check("content/file", 11, Ok("0123456789"));
        check("content/file", 10, Ok("0123456789"));
        check("content/file", 9, Err("file-too-large"));
        check("content/file", 0, Err("file-too-large"));
        check("content/file", u64::MAX, Ok("0123456789"));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        check("content/missing", 10, Err("unreadable-file"));
        check("content/file/below", 10, Err("unreadable-file"));
        check(&format!("content/{}", "x".repeat(300)), 10, Err("unreadable-file"));
        check("content/folder", 10, Err("not-a-file"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_was_turned_after_the_walk_is_not_followed_outside() {
        let root = scratch();
        std::os::unix::fs::symlink("file", root.path().join("content/inside")).unwrap();
        std::os::unix::fs::symlink("../private", root.path().join("content/turned")).unwrap();
        check_in(&root, "content/inside", 10, Ok("0123456789"));
        check_in(&root, "content/turned", 10, Err("link-outside-site"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_says_less_than_it_gives_is_cut_off() {
        // The kernel's files claim zero bytes: the same as a file that grows after it was measured.
        let mut diagnostics = Diagnostics::new();
        let status = SourcePath::new("self/status");
        assert_eq!(read_bounded(Path::new("/proc"), &status, 3).unwrap_err().code, "file-too-large");
        assert!(read(Path::new("/proc"), &status, 1 << 20, &mut diagnostics).is_some());
    }

    #[test]
    fn sizes_are_readable_and_never_look_equal() {
        let root = scratch();
        let message = read_bounded(root.path(), &SourcePath::new("content/file"), 9).unwrap_err().message;
        assert_eq!(
            message.in_language(Language::English),
            "the file has 10 bytes, more than the 9 bytes allowed"
        );
        assert_eq!(readable(16 << 20, Rounding::Down), "16.0 MB");
        assert_eq!(readable((16 << 20) + 1, Rounding::Up), "16.1 MB");
        assert_eq!(readable(1536, Rounding::Up), "1.5 KB");
        assert_eq!(readable(u64::MAX, Rounding::Down), "17179869183.9 GB");
    }
}
