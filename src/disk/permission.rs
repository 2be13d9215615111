//! Who may read what we write, and what the system would not let us change.
//!
//! Only Unix has modes. Elsewhere what is written takes the rights of the folder that it is written to, and nothing is
//! known beforehand.

use std::io;
use std::path::Path;

#[cfg(unix)]
use std::fs::{self, Metadata, Permissions};
#[cfg(unix)]
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};

#[cfg(unix)]
use rustix::fs::{Access, OFlags};
#[cfg(unix)]
use rustix::io::Errno;

#[cfg(unix)]
use crate::diagnostic::Message;

/// Who may read a published site, besides its owner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Readers {
    /// Every user of the machine, and so every web server.
    #[default]
    All,
    /// The group that the files belong to.
    Group,
    /// Nobody.
    Owner,
}

/// Whether a file or folder is of this build; the mode of an old one may have been set on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    New,
    Old,
}

impl Readers {
    /// Returns the mode that a file or folder should have instead of `mode`.
    ///
    /// Bits are added or taken one by one: those that let a group write, or that hand the group on to what comes into a
    /// folder (setgid), are somebody's intention, and stay.
    #[cfg(unix)]
    fn wanted_mode(self, mode: u32, is_folder: bool, age: Age) -> u32 {
        let (needed, mut barred) = match self {
            Self::All => (0o644, 0o002),
            Self::Group => (0o640, 0o007),
            Self::Owner => (0o600, 0o077),
        };
        if is_folder {
            let may_enter = (needed & 0o444) >> 2;
            if self == Self::All && age == Age::Old {
                barred = 0; // Whoever lets everybody build here has a reason.
            }
            return (mode | needed | may_enter) & !barred;
        }
        (mode | needed) & !barred
    }
}

/// Tells whether `readers`, and only they, may read what is at `path`; false if that cannot be looked at.
#[cfg(unix)]
pub(crate) fn has_mode(path: &Path, readers: Readers, age: Age) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| wanted_mode(&metadata, readers, age).is_none())
}

/// Lets `readers`, and only them, read the file or folder at `path`, whatever the umask is; a link is not followed.
#[cfg(unix)]
pub(crate) fn set_mode(path: &Path, readers: Readers, age: Age) -> io::Result<()> {
    if wanted_mode(&fs::symlink_metadata(path)?, readers, age).is_none() {
        return Ok(());
    }
    // Opened first, so that it is the mode of this very file that changes, and not of one that a link leads to.
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    let file = fs::OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    match wanted_mode(&file.metadata()?, readers, age) {
        Some(mode) => file.set_permissions(Permissions::from_mode(mode)),
        None => Ok(()),
    }
}

/// Returns the mode that a file or folder should have, unless it has it; of what is neither, nothing is wanted.
#[cfg(unix)]
fn wanted_mode(metadata: &Metadata, readers: Readers, age: Age) -> Option<u32> {
    if !metadata.is_file() && !metadata.is_dir() {
        return None;
    }
    let mode = metadata.mode() & 0o7777;
    let wanted = readers.wanted_mode(mode, metadata.is_dir(), age);
    (wanted != mode).then_some(wanted)
}

/// Creates a folder that nobody else can look into; one that is there is closed to others, where the system can do that: on
/// a memory stick or a network drive without modes a site is written all the same.
#[cfg(unix)]
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let has_no_modes = |error: &io::Error| {
                matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported)
            };
            set_mode(path, Readers::Owner, Age::Old)
                .or_else(|error| if has_no_modes(&error) { Ok(()) } else { Err(error) })
        }
        created => created,
    }
}

/// Fails with the reason if the system would not let us put files into `folder`, a part of `root`, and replace or remove
/// those with `names`.
///
/// It only asks, so that nothing is changed. A refusal that shows only in trying is not found.
#[cfg(unix)]
pub(crate) fn check_can_change(folder: &Path, names: &[&str], root: &Path) -> io::Result<()> {
    // This respects access control lists, read-only file systems and immutable folders.
    rustix::fs::access(folder, Access::WRITE_OK | Access::EXEC_OK)?;
    let metadata = fs::metadata(folder)?;
    if metadata.dev() != fs::metadata(root)?.dev() {
        return Err(io::ErrorKind::CrossesDevices.into()); // Nothing can be moved there in one step.
    }
    let we = rustix::process::geteuid();
    let is_only_for_owners = metadata.mode() & 0o1000 != 0 && !we.is_root() && metadata.uid() != we.as_raw();
    for name in names {
        let place = folder.join(name);
        let refused = |[english, chinese]: [&str; 2]| {
            let words = Message::new(format!("`{name}` {english}"), format!("`{name}` {chinese}"));
            Err(io::Error::new(io::ErrorKind::PermissionDenied, words))
        };
        let is_of_others = || fs::symlink_metadata(&place).is_ok_and(|file| file.uid() != we.as_raw());
        if is_only_for_owners && is_of_others() {
            return refused([
                "belongs to another user, and only owners may replace files here",
                "属于其他用户，而此处只有所有者可以替换文件",
            ]);
        }
        // Not the lack of a right to write into it, which would not matter, but a file that cannot be changed at all.
        if matches!(rustix::fs::access(&place, Access::WRITE_OK), Err(Errno::PERM | Errno::ROFS)) {
            return refused(["is protected against every change", "受保护，不能作任何改动"]);
        }
    }
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn has_mode(_: &Path, _: Readers, _: Age) -> bool {
    true
}

#[cfg(not(unix))]
pub(crate) fn set_mode(_: &Path, _: Readers, _: Age) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}

#[cfg(not(unix))]
pub(crate) fn check_can_change(_: &Path, _: &[&str], _: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[track_caller]
    fn check(readers: Readers, kind: &str, mode: u32, expected: u32) {
        let (is_folder, age) = match kind {
            "file" => (false, Age::Old),
            "new folder" => (true, Age::New),
            _ => (true, Age::Old),
        };
        let wanted = readers.wanted_mode(mode, is_folder, age);
        assert_eq!(wanted, expected, "{readers:?} {kind} {mode:o}: {wanted:o}, not {expected:o}");
        assert_eq!(readers.wanted_mode(wanted, is_folder, age), wanted, "once is enough");
    }

    #[test]
    fn modes() {
        for (mode, expected) in
            [(0o600, 0o644), (0o640, 0o644), (0o644, 0o644), (0o664, 0o664), (0o666, 0o664), (0o400, 0o644)]
        {
            check(Readers::All, "file", mode, expected);
        }
        for (mode, expected) in [(0o700, 0o755), (0o750, 0o755), (0o2770, 0o2775), (0o2700, 0o2755)] {
            check(Readers::All, "folder", mode, expected);
            check(Readers::All, "new folder", mode, expected);
        }
        check(Readers::All, "folder", 0o1777, 0o1777);
        check(Readers::All, "new folder", 0o777, 0o775);
        check(Readers::Group, "file", 0o644, 0o640);
        check(Readers::Group, "file", 0o600, 0o640);
        check(Readers::Group, "file", 0o660, 0o660);
        check(Readers::Group, "folder", 0o2755, 0o2750);
        check(Readers::Group, "new folder", 0o700, 0o750);
        check(Readers::Owner, "file", 0o664, 0o600);
        check(Readers::Owner, "folder", 0o2755, 0o2700);
    }

    #[test]
    fn links_are_not_followed() {
        let root = tempfile::tempdir().unwrap();
        let (file, link) = (root.path().join("secret"), root.path().join("link"));
        fs::write(&file, "").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
        std::os::unix::fs::symlink("secret", &link).unwrap();
        set_mode(&link, Readers::All, Age::Old).unwrap();
        assert!(!has_mode(&file, Readers::All, Age::Old));
        set_mode(&file, Readers::All, Age::Old).unwrap();
        assert!(has_mode(&file, Readers::All, Age::Old));
        set_mode(&root.path().join("nothing"), Readers::All, Age::Old).unwrap_err();
    }

    #[test]
    fn a_private_folder_is_private_though_it_was_there() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("private");
        for _ in 0..2 {
            create_private_folder(&folder).unwrap();
            assert_eq!(fs::metadata(&folder).unwrap().mode() & 0o7777, 0o700);
            fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        }
    }
}
