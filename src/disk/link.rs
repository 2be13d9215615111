//! Decides whether the target of a symbolic link in an author's folder may be published.
//!
//! A link is a file for us only if it ends at a regular file of the same folder. Everything else (another place of
//! the machine, a folder, nothing, itself) becomes a diagnostic at the link.

use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::read::{not_a_file, unreadable};
use crate::diagnostic::{Diagnostic, Location, SourcePath};

/// The system's error number for a chain of links that never ends; the standard library has no stable name for it.
const TOO_MANY_LINKS: i32 = if cfg!(windows) {
    1921
} else if cfg!(any(target_os = "linux", target_os = "android")) {
    40
} else {
    62
};

/// Returns where the regular file is to which `link` leads inside `folder`, which is canonical, and its metadata.
pub(super) fn follow(
    link: &Path,
    folder: &Path,
    path: &SourcePath,
) -> Result<(PathBuf, Metadata), Box<Diagnostic>> {
    let target = match fs::canonicalize(link) {
        Ok(target) => target,
        Err(error) if error.raw_os_error() == Some(TOO_MANY_LINKS) => return Err(Box::new(endless(path))),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(Box::new(dangling(path, link)));
        }
        Err(error) => return Err(Box::new(unreadable(path, &error))),
    };
    if !target.starts_with(folder) {
        return Err(Box::new(outside(path)));
    }
    match fs::symlink_metadata(&target) {
        Ok(metadata) if metadata.is_file() => Ok((target, metadata)),
        Ok(metadata) if metadata.is_dir() => Err(Box::new(to_folder(path))),
        Ok(_) => Err(Box::new(not_a_file(path))),
        Err(error) => Err(Box::new(unreadable(path, &error))),
    }
}

fn dangling(path: &SourcePath, link: &Path) -> Diagnostic {
    let target = fs::read_link(link).unwrap_or_else(|_| link.to_path_buf()); // Only for the message.
    let target = target.to_string_lossy().escape_debug().to_string();
    Diagnostic::error(
        "dangling-link",
        Location::file(path),
        format!("the link leads to `{target}`, which does not exist"),
        format!("该链接指向 `{target}`，而它并不存在"),
    )
    .help("put the file itself here, or delete the link", "请把文件本身放在这里，或者删除该链接")
}

fn endless(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        "link-loop",
        Location::file(path),
        "the link leads back to itself",
        "该链接最终又指回自身",
    )
    .help("put the file itself here, or delete the link", "请把文件本身放在这里，或者删除该链接")
}

fn outside(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        "link-outside-site",
        Location::file(path),
        "the link leads out of the folder, so its file is not published",
        "该链接指向本文件夹之外，其内容不会公开",
    )
    .help("copy the file here if citizens may read it", "如果该文件可以公开，请把它复制到这里")
}

fn to_folder(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        "link-to-folder",
        Location::file(path),
        "the link leads to a folder, which is not followed",
        "该链接指向文件夹，不会跟随",
    )
    .help("put the files themselves here", "请把文件本身放在这里")
}
