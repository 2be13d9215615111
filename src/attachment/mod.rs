//! A file that is published as it is → what it is, and what it contains besides what readers see.
//!
//! [`Endings`] judges a file by its name, [`look`] by what stands in it: whether it is what its name says, whether it holds
//! something that browsers or computers would run, how large a picture is shown, and what whoever made it may have left
//! inside: the place of a photo, comments and tracked changes, names of authors. Nothing here opens or changes a file, or
//! reports anything; how much is read and unpacked of a file is bounded.

mod endings;
mod kind;
mod office;
mod pdf;
mod picture;
#[cfg(test)]
mod properties;
mod svg;
#[cfg(test)]
pub(crate) mod testing;

use std::collections::BTreeSet;
use std::fs::File;

pub use endings::{Endings, Refusal};
pub use kind::FileKind;
use rawzip::{FileReader, ReaderAt};

use crate::diagnostic::{Message, SourcePath};
use crate::disk::Stamp;

/// A file that texts may link to or show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Tells the file that was looked at from any other.
    pub(crate) stamp: Stamp,
    /// Its size in bytes.
    pub size: u64,
    /// What is in it.
    pub contents: Contents,
}

/// What is in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// What a browser, a server or a computer would run.
    pub active: Option<Active>,
    /// What it is, if that is not what its name says.
    pub instead: Option<FileKind>,
    /// Width and height of a picture as it is shown, in pixels.
    pub pixels: Option<(u32, u32)>,
    /// Whether it is a picture that browsers show.
    pub is_picture: bool,
    /// Whether it says where it was taken.
    pub tells_place: bool,
    /// Whether it is a PDF with actions of its own: scripts, programs to start.
    pub has_actions: bool,
    /// What is in it for those who wrote it.
    pub traces: BTreeSet<Trace>,
    /// Who made it, as far as it says so.
    pub authors: BTreeSet<String>,
    /// Why there may be more; `None` if the file could be looked through.
    pub unknown: Option<Unknown>,
}

/// What would be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Active {
    /// It is something else than its name says.
    Disguised(FileKind),
    /// It is an office file with macros.
    Macros,
    /// It is an SVG that does more than draw, or may do so, for this reason.
    Svg(Message),
}

/// What people leave in a file while they write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// Comments in the margin.
    Comments,
    /// Tracked changes.
    Revisions,
    /// Text that is formatted as hidden.
    HiddenText,
    /// Sheets that are not shown.
    HiddenSheets,
    /// Slides that are not shown.
    HiddenSlides,
    /// What the speaker wants to say.
    Notes,
}

/// Why a file could not be looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// It has not one byte.
    Empty,
    /// It is damaged, or locked with a password.
    Damaged,
    /// There is too much in it.
    TooLarge,
    /// What a camera wrote into a picture cannot be read.
    Metadata,
}

/// The bytes by which a file is recognized.
const BEGINNING: u64 = 4096;

/// How much of a large file is searched from either end, in bytes.
const SEARCHED: u64 = 2 << 20;

/// Looks into the file at `path`, which has `size` bytes.
pub fn look(path: &SourcePath, reader: &impl ReaderAt, size: u64) -> Contents {
    let mut found = Contents::default();
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    let Some(beginning) = read(reader, 0, size.min(BEGINNING)) else {
        return Contents { unknown: Some(Unknown::Damaged), ..found };
    };
    if beginning.is_empty() && ending != "svg" {
        return Contents { unknown: Some(Unknown::Empty), ..found };
    }
    let kind = FileKind::of(&beginning, &ending);
    if ending == "svg" && !kind.is_other_than_svg() {
        svg::look(reader, size, &mut found);
        return found;
    }
    if kind.is_active() {
        return Contents { active: Some(Active::Disguised(kind)), ..found };
    }
    if kind::expected(&ending).is_some_and(|expected| !expected.contains(&kind)) {
        found.instead = Some(kind);
    }
    match kind {
        FileKind::Pdf => pdf::look(reader, size, &mut found),
        FileKind::Zip if !matches!(ending.as_str(), "zip" | "jar") => office::look(reader, size, &mut found),
        FileKind::OldOffice => office::look_at_old(reader, size, &mut found),
        FileKind::Film => look_at_film(reader, size, &mut found),
        _ if kind.is_picture() => picture::look(kind, reader, size, &mut found),
        _ => {}
    }
    found
}

/// Looks into an open file, as [`look`] does.
pub(crate) fn look_into_file(path: &SourcePath, file: File, size: u64) -> Contents {
    look(path, &FileReader::from(file), size)
}

/// Looks for the place that phones write into films.
fn look_at_film(reader: &impl ReaderAt, size: u64, found: &mut Contents) {
    let Some(ends) = both_ends(reader, size) else { return };
    let is_place = |at: usize| matches!(ends.get(at + 8..at + 10), Some([b'+' | b'-', b'0'..=b'9']));
    found.tells_place = memchr::memmem::find_iter(&ends, b"\xA9xyz").any(is_place)
        || memchr::memmem::find(&ends, b"location.ISO6709").is_some();
}

/// Reads `length` bytes from `offset`; `None` if they are not there.
fn read(reader: &impl ReaderAt, offset: u64, length: u64) -> Option<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(length).ok()?];
    reader.read_exact_at(&mut bytes, offset).ok()?;
    Some(bytes)
}

/// Reads up to [`SEARCHED`] bytes from either end of a file.
fn both_ends(reader: &impl ReaderAt, size: u64) -> Option<Vec<u8>> {
    if size <= 2 * SEARCHED {
        return read(reader, 0, size);
    }
    let mut bytes = read(reader, 0, SEARCHED)?;
    // Words on either side of the gap must not become one.
    bytes.extend_from_slice(b"\n\n");
    bytes.extend(read(reader, size - SEARCHED, SEARCHED)?);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::testing::{look_at, mp4};
    use super::*;

    #[test]
    fn an_empty_file_is_called_so() {
        for name in ["a.pdf", "a.docx", "a.jpg", "a.txt", "a.zip"] {
            assert_eq!(look_at(name, b""), Contents { unknown: Some(Unknown::Empty), ..Contents::default() });
        }
    }

    #[test]
    fn films_say_where_they_were_taken() {
        assert!(look_at("a.mp4", &mp4(b"\xA9xyz\0\x12\x15\xC7+30.0180+122.1000/")).tells_place);
        assert!(look_at("a.mp4", &mp4(b"mdta com.apple.quicktime.location.ISO6709 +30+122/")).tells_place);
        assert!(!look_at("a.mp4", &mp4(b"\xA9xyzrandom bytes")).tells_place);
        assert_eq!(look_at("a.mp4", &mp4(b"")), Contents::default());
    }
}
