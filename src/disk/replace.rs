//! Files of an author that change together: all of them or none.
//!
//! Every new file is written aside before the first one takes its place, so that a full disk or a missing right shows while
//! nothing has changed. Where a change fails all the same, those before it are taken back.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::change::{
    cannot, create_folders, holds_bytes, kind_of, refused, remove_file, remove_folder_if_empty, rename,
    resolve, write_durably,
};
use crate::diagnostic::{Explain, Message};

/// A file that is to have other bytes.
#[derive(Debug)]
pub struct Replacement<'a> {
    /// The file.
    pub path: PathBuf,
    /// What was read from it; `None` for one that is new.
    pub old: Option<&'a [u8]>,
    /// What it is to hold.
    pub new: &'a [u8],
}

/// Replaces files, and creates those that are new, with the folders above them.
///
/// A file that has changed since it was read is an error, and so is a new one that is there already; a link stays, and its
/// file is replaced.
pub fn replace_all(files: &[Replacement<'_>]) -> anyhow::Result<()> {
    let mut created = Vec::new();
    let mut aside: Vec<(PathBuf, PathBuf)> = Vec::new();
    let mut n_changed = 0;
    let written = files.iter().try_for_each(|file| {
        let path = resolve(&file.path)?;
        check_is_as_read(&path, file.old)?;
        if let Some(folder) = path.parent() {
            created.append(&mut create_folders(folder)?);
        }
        aside.push((write_aside(&path, file.new)?, path));
        Ok(())
    });
    let renamed = written.and_then(|()| {
        aside.iter().try_for_each(|(temporary, path)| {
            rename(temporary, path)?;
            n_changed += 1;
            Ok(())
        })
    });
    let Err(error) = renamed else { return Ok(()) };
    // The first error is the one to tell, but for files that stay changed.
    for (temporary, _) in &aside {
        fs::remove_file(temporary).ok();
    }
    let changed = files.iter().zip(&aside).take(n_changed);
    let stay: Vec<String> = changed
        .filter(|(file, (_, path))| take_back(path, file.old).is_err())
        .map(|(_, (_, path))| format!("`{}`", path.display()))
        .collect();
    for folder in created.iter().rev() {
        remove_folder_if_empty(folder).ok();
    }
    if stay.is_empty() { Err(error) } else { Err(error).explain(|| half_changed(&stay)) }
}

fn check_is_as_read(path: &Path, old: Option<&[u8]>) -> anyhow::Result<()> {
    match old {
        Some(old) if !holds_bytes(path, old) => {
            bail!(refused(path, ["has changed meanwhile; run this again", "刚刚被改动过，请重新运行"]))
        }
        None if kind_of(path)?.is_some() => bail!(refused(path, ["is there already", "已经存在"])),
        _ => Ok(()),
    }
}

/// Writes what the file at `path` is to hold beside it, with its rights; returns where.
fn write_aside(path: &Path, bytes: &[u8]) -> anyhow::Result<PathBuf> {
    let Some(name) = path.file_name() else {
        bail!(refused(path, ["does not name a file", "不是文件名"]))
    };
    // The process's number keeps two runs apart; a dot keeps the file out of every listing.
    let temporary = path.with_file_name(format!(".{}.{}.new", name.to_string_lossy(), std::process::id()));
    fs::remove_file(&temporary).ok(); // From a run that was killed; mostly there is none.
    write_durably(&temporary, bytes)?;
    if let Ok(metadata) = fs::metadata(path) {
        let copied = fs::set_permissions(&temporary, metadata.permissions());
        copied
            .inspect_err(|_| drop(fs::remove_file(&temporary)))
            .explain(|| cannot(["write", "写入"], path))?;
    }
    Ok(temporary)
}

fn take_back(path: &Path, old: Option<&[u8]>) -> anyhow::Result<()> {
    match old {
        Some(old) => {
            let temporary = write_aside(path, old)?;
            rename(&temporary, path).inspect_err(|_| drop(fs::remove_file(&temporary)))
        }
        None => remove_file(path),
    }
}

fn half_changed(files: &[String]) -> Message {
    Message::new(
        format!("these files are new now, and could not be put back as they were: {}", files.join(", ")),
        format!("以下文件已经改动，无法恢复原样：{}", files.join("、")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names and texts in a folder.
    fn texts(folder: &Path) -> Vec<(String, String)> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut texts: Vec<_> = entries
            .map(|path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (name, fs::read_to_string(&path).unwrap_or_else(|_| "a folder".to_owned()))
            })
            .collect();
        texts.sort();
        texts
    }

    /// A folder with `a` and `b`, and what stands in it after a change of `files`: name, old text, new text.
    #[track_caller]
    fn check(files: &[(&str, Option<&str>, &str)], is_done: bool, expected: &[(&str, &str)]) {
        let root = tempfile::tempdir().unwrap();
        let place = |name: &str| root.path().join(name);
        for name in ["a", "b"] {
            fs::write(place(name), name).unwrap();
        }
        let files: Vec<Replacement<'_>> = files
            .iter()
            .map(|(name, old, new)| Replacement {
                path: place(name),
                old: old.map(str::as_bytes),
                new: new.as_bytes(),
            })
            .collect();
        assert_eq!(replace_all(&files).is_ok(), is_done);
        let expected: Vec<_> = expected.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
        assert_eq!(texts(root.path()), expected);
    }

    #[test]
    fn all_files_change_or_none() {
        let as_before = [("a", "a"), ("b", "b")];
        check(&[("a", Some("a"), "1"), ("c", None, "")], true, &[("a", "1"), ("b", "b"), ("c", "")]);
        check(&[("a", Some("a"), "1"), ("b", Some("x"), "2")], false, &as_before);
        check(&[("a", Some("a"), "1"), ("b", None, "2")], false, &as_before);
        // Its name is too long for the file aside, as a full disk would refuse it.
        check(&[("a", Some("a"), "1"), (&"n".repeat(255), None, "2")], false, &as_before);
        check(&[("new/c", None, "1"), ("a/below", None, "2")], false, &as_before);
        // The second change of a file finds nothing to move, when the first ones have been made.
        check(&[("a", Some("a"), "1"), ("c", None, "2"), ("c", None, "3")], false, &as_before);
        check(&[("new/c", None, "1"), ("b", Some("b"), "2"), ("b", Some("b"), "3")], false, &as_before);
    }

    #[cfg(unix)]
    #[test]
    fn rights_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let root = tempfile::tempdir().unwrap();
        let (file, link) = (root.path().join("a"), root.path().join("link"));
        fs::write(&file, "a").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        symlink("a", &link).unwrap();
        replace_all(&[Replacement { path: link.clone(), old: Some(b"a"), new: b"1" }]).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "1");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
