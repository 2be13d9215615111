//! A file of the site that is looked at now and copied later, and never read whole.
//!
//! In between somebody may put another file, or a link to one, in its place. So links are followed once, by [`open`];
//! [`Opened::again`] opens the same path only if it is the same file and nobody has written to it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::change::cannot;
use super::link;
use super::read::{not_a_file, top_folder, unreadable};
use super::stamp::Stamp;
use crate::diagnostic::{Diagnostic, Diagnostics, Explain, Message, SourcePath};

/// A regular file, open for reading.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(super) file: File,
    pub(super) place: PathBuf,
    stamp: Stamp,
}

/// Opens the file at `path` below `root`; `None` and a diagnostic if it is not a file, or a link that leads out of its folder.
pub(crate) fn open(root: &Path, path: &SourcePath, diagnostics: &mut Diagnostics) -> Option<Opened> {
    open_inside(root, path).map_err(|problem| diagnostics.push(*problem)).ok()
}

/// Opens the file at `path` below `root`, or says why not.
pub(super) fn open_inside(root: &Path, path: &SourcePath) -> Result<Opened, Box<Diagnostic>> {
    let failed = |error: std::io::Error| Box::new(unreadable(path, &error));
    let (place, judged) = link::follow(&root.join(path.as_str()), &top_folder(root, path)?, path)?;
    let opened = Opened::at(&place).map_err(failed)?;
    // The opened file is the one that was judged, and no link has taken its place since.
    let still = fs::canonicalize(&place).and_then(fs::symlink_metadata).map_err(failed)?;
    let is_one =
        Stamp::of(&judged).is_same_file(&opened.stamp) && Stamp::of(&still).is_same_file(&opened.stamp);
    if is_one { Ok(opened) } else { Err(Box::new(not_a_file(path))) }
}

impl Opened {
    fn at(place: &Path) -> std::io::Result<Self> {
        // Looks first, because opening a named pipe waits for ever.
        if !fs::metadata(place)?.is_file() {
            return Err(not_regular());
        }
        let file = File::open(place)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(not_regular());
        }
        Ok(Self { file, place: place.to_path_buf(), stamp: Stamp::of(&metadata) })
    }

    /// Opens the file that was seen at `path` below `root` with this stamp; fails if another stands there, or it has changed.
    pub(crate) fn again(root: &Path, path: &SourcePath, stamp: &Stamp) -> anyhow::Result<Self> {
        let place = root.join(path.as_str());
        let opened = Self::at(&place).explain(|| cannot(["read", "读取"], &place))?;
        if opened.stamp != *stamp {
            bail!(changed(&place));
        }
        Ok(opened)
    }

    /// Fails if somebody has written to the file since it was opened.
    pub(crate) fn check_unchanged(&self) -> anyhow::Result<()> {
        let metadata = self.file.metadata().explain(|| cannot(["look at", "查看"], &self.place))?;
        if Stamp::of(&metadata) != self.stamp {
            bail!(changed(&self.place));
        }
        Ok(())
    }

    /// What tells it from other files, and from itself after a change.
    pub(crate) fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// Its size in bytes when it was opened.
    pub(crate) fn size(&self) -> u64 {
        self.stamp.size()
    }

    /// The open file.
    pub(crate) fn into_file(self) -> File {
        self.file
    }
}

fn not_regular() -> std::io::Error {
    std::io::Error::other(Message::new("it is not a regular file", "它不是普通文件"))
}

fn changed(place: &Path) -> Message {
    let place = place.display();
    Message::new(
        format!("`{place}` was changed while the site was built; build it again"),
        format!("生成网站时 `{place}` 被改动了；请重新生成"),
    )
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn site() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("content/folder")).unwrap();
        fs::write(root.path().join("content/a.pdf"), "published").unwrap();
        fs::write(root.path().join("content/b.pdf"), "another's").unwrap();
        fs::write(root.path().join("secret"), "not for all").unwrap();
        root
    }

    fn opened(root: &Path, path: &str) -> Result<Opened, &'static str> {
        let mut diagnostics = Diagnostics::new();
        let opened = open(root, &SourcePath::new(path), &mut diagnostics);
        opened.ok_or_else(|| diagnostics.iter().next().unwrap().code)
    }

    #[test]
    fn what_is_copied_is_what_was_looked_at() {
        let root = site();
        let root = root.path();
        let path = SourcePath::new("content/a.pdf");
        let stamp = opened(root, path.as_str()).unwrap().stamp().clone();
        let again = Opened::again(root, &path, &stamp).unwrap();
        assert_eq!(again.size(), 9);
        again.check_unchanged().unwrap();
        let place = root.join(path.as_str());
        for target in ["../secret", "b.pdf"] {
            fs::rename(&place, root.join("content/away")).unwrap();
            symlink(target, &place).unwrap();
            Opened::again(root, &path, &stamp).unwrap_err();
            fs::remove_file(&place).unwrap();
            fs::rename(root.join("content/away"), &place).unwrap();
        }
    }

    #[test]
    fn what_is_written_to_is_another_file() {
        let root = site();
        let path = SourcePath::new("content/a.pdf");
        let before = opened(root.path(), path.as_str()).unwrap();
        fs::write(root.path().join(path.as_str()), "published and more").unwrap();
        before.check_unchanged().unwrap_err();
        Opened::again(root.path(), &path, before.stamp()).unwrap_err();
    }

    #[test]
    fn links_are_followed_inside_only() {
        let root = site();
        let root = root.path();
        symlink("a.pdf", root.join("content/inside")).unwrap();
        symlink("../secret", root.join("content/outside")).unwrap();
        symlink("folder", root.join("content/to-folder")).unwrap();
        assert_eq!(opened(root, "content/inside").unwrap().size(), 9);
        assert_eq!(opened(root, "content/outside").unwrap_err(), "link-outside-site");
        assert_eq!(opened(root, "content/to-folder").unwrap_err(), "link-to-folder");
        assert_eq!(opened(root, "content/folder").unwrap_err(), "link-to-folder");
        assert_eq!(opened(root, "content/nothing").unwrap_err(), "dangling-link");
    }
}
