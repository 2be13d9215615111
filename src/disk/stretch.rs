//! Hands a file of the site, or a stretch of it, over piece by piece, however large it is.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use super::opened::open_inside;
use crate::diagnostic::{Diagnostic, SourcePath};

/// The most bytes of a piece.
const PIECE: u64 = 64 * 1024;

/// An open file of which a stretch has not been handed over yet: at first all of it.
#[derive(Debug)]
pub(crate) struct Stretch {
    file: File,
    /// Where to go before more is read.
    start: Option<u64>,
    left: u64,
}

/// Opens the file at `path` below `root`, as [`super::open`] does; reads nothing yet.
pub(crate) fn open_stretch(root: &Path, path: &SourcePath) -> Result<Stretch, Box<Diagnostic>> {
    let opened = open_inside(root, path)?;
    Ok(Stretch { left: opened.size(), file: opened.into_file(), start: None })
}

impl Stretch {
    /// How many bytes are left.
    pub(crate) fn len(&self) -> u64 {
        self.left
    }

    /// Leaves only a range of the file.
    pub(crate) fn narrow(&mut self, range: &Range<u64>) {
        self.start = Some(range.start);
        self.left = range.end - range.start;
    }

    /// Reads the next piece; an empty one is the end. Fails if the file has become shorter.
    pub(crate) fn next_piece(&mut self) -> io::Result<Vec<u8>> {
        if let Some(start) = self.start.take() {
            self.file.seek(SeekFrom::Start(start))?;
        }
        let size = self.left.min(PIECE);
        let mut piece = vec![0; usize::try_from(size).expect("a piece fits into memory")];
        self.file.read_exact(&mut piece)?;
        self.left -= size;
        Ok(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(size: u64, range: Range<u64>) {
        let root = tempfile::tempdir().unwrap();
        let bytes: Vec<u8> = (0..size).map(|n| u8::try_from(n % 251).unwrap()).collect();
        std::fs::create_dir(root.path().join("content")).unwrap();
        std::fs::write(root.path().join("content/a"), &bytes).unwrap();
        let mut stretch = open_stretch(root.path(), &SourcePath::new("content/a")).unwrap();
        assert_eq!(stretch.len(), size);
        stretch.narrow(&range);
        let mut all = Vec::new();
        while stretch.len() > 0 {
            let piece = stretch.next_piece().unwrap();
            assert!(!piece.is_empty() && piece.len() as u64 <= PIECE);
            all.extend(piece);
        }
        assert!(stretch.next_piece().unwrap().is_empty());
        let start = usize::try_from(range.start).unwrap();
        assert_eq!(all, bytes[start..usize::try_from(range.end).unwrap()]);
    }

    #[test]
    fn stretches_are_read_to_their_last_byte() {
        for size in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            check(size, 0..size);
            check(size, size / 2..size);
            check(size, size / 3..size / 2);
        }
    }

    #[test]
    fn a_file_that_shrinks_is_an_error_and_what_is_no_file_is_not_opened() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("content")).unwrap();
        std::fs::write(root.path().join("content/a"), "0123").unwrap();
        let mut stretch = open_stretch(root.path(), &SourcePath::new("content/a")).unwrap();
        std::fs::write(root.path().join("content/a"), "01").unwrap();
        assert_eq!(stretch.next_piece().unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        let code = |path: &str| open_stretch(root.path(), &SourcePath::new(path)).unwrap_err().code;
        assert_eq!(code("content"), "link-to-folder");
        assert_eq!(code("content/b"), "dangling-link");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed_outside() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("content")).unwrap();
        std::fs::write(root.path().join("private"), "secret").unwrap();
        std::os::unix::fs::symlink("../private", root.path().join("content/a")).unwrap();
        let opened = open_stretch(root.path(), &SourcePath::new("content/a"));
        assert_eq!(opened.unwrap_err().code, "link-outside-site");
    }
}
