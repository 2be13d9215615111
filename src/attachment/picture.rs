//! The size of a picture as it is shown, and whether it says where it was taken.

use std::io::Cursor;

use exif::{Exif, In, Tag, Value};
use memchr::memmem;
use rawzip::ReaderAt;

use super::{Contents, FileKind, Unknown, read};

/// The most of a picture that is read, in bytes: most of what is looked for stands at its beginning, but some formats have it at
/// the end.
const READ: u64 = 16 << 20;

/// The longest name of an author, in characters.
const LONGEST_NAME: usize = 100;

/// The words by which XMP names a place; plain text in every format.
const PLACES: [&str; 2] = ["GPSLatitude", "GPSLongitude"];

pub(super) fn look(kind: FileKind, reader: &impl ReaderAt, size: u64, found: &mut Contents) {
    let Some(bytes) = read(reader, 0, size.min(READ)) else { return };
    look_at_bytes(kind, &bytes, found);
    if size > READ && matches!(kind, FileKind::Png | FileKind::WebP | FileKind::Tiff) && !found.tells_place {
        found.unknown = Some(Unknown::TooLarge);
    }
}

/// Looks at the whole of a picture or the beginning of one.
pub(super) fn look_at_bytes(kind: FileKind, bytes: &[u8], found: &mut Contents) {
    let pixels = imagesize::blob_size(bytes).ok();
    let pixels =
        pixels.and_then(|size| Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)));
    found.pixels = pixels.filter(|(width, height)| *width > 0 && *height > 0 && kind.is_shown());
    found.is_picture = kind.is_shown() && (found.pixels.is_some() || kind == FileKind::Bmp);
    found.tells_place |= PLACES.iter().any(|place| memmem::find(bytes, place.as_bytes()).is_some());
    let Some(mark) = mark(kind) else { return };
    // Without its mark there is nothing to read, and what the reader says is about the picture.
    if !mark.is_empty() && memmem::find(bytes, mark).is_none() {
        return;
    }
    let mut is_whole = true;
    let exif = exif::Reader::new()
        .continue_on_error(true)
        .read_from_container(&mut Cursor::new(bytes))
        .or_else(|error| error.distill_partial_result(|_| is_whole = false));
    match exif {
        Ok(exif) => {
            found.tells_place |= tells_place(&exif);
            found.authors.extend(artist(&exif));
            if turns(&exif) && kind != FileKind::Avif {
                found.pixels = found.pixels.map(|(width, height)| (height, width));
            }
        }
        Err(exif::Error::NotFound(_)) => {}
        Err(_) => is_whole = false,
    }
    if !is_whole && !found.tells_place {
        found.unknown = Some(Unknown::Metadata);
    }
}

/// What stands where a camera wrote something.
fn mark(kind: FileKind) -> Option<&'static [u8]> {
    Some(match kind {
        FileKind::Jpeg | FileKind::Heic | FileKind::Avif => b"Exif",
        FileKind::Png => b"eXIf",
        FileKind::WebP => b"EXIF",
        FileKind::Tiff => b"",
        _ => return None,
    })
}

/// Tells whether EXIF names a place; some cameras write zeros where they know none.
///
/// Asks for each value by its name: a hostile file can hold so many that all of them would fill the memory.
fn tells_place(exif: &Exif) -> bool {
    let places = [
        Tag::GPSLatitude,
        Tag::GPSLongitude,
        Tag::GPSDestLatitude,
        Tag::GPSDestLongitude,
        Tag::GPSAreaInformation,
    ];
    places.iter().filter_map(|tag| exif.get_field(*tag, In::PRIMARY)).any(|field| match &field.value {
        Value::Rational(parts) => parts.iter().any(|part| part.num != 0),
        Value::Undefined(bytes, _) => bytes.iter().skip(8).any(|byte| *byte > b' '),
        _ => true,
    })
}

/// Returns the name of the photographer, as cameras and Windows write it.
fn artist(exif: &Exif) -> Option<String> {
    let Value::Ascii(names) = &exif.get_field(Tag::Artist, In::PRIMARY)?.value else { return None };
    let name = String::from_utf8_lossy(names.first()?);
    let name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Tells whether the picture is shown lying on its side.
fn turns(exif: &Exif) -> bool {
    let orientation = exif.get_field(Tag::Orientation, In::PRIMARY);
    orientation
        .and_then(|field| field.value.get_uint(0))
        .is_some_and(|orientation| (5..=8).contains(&orientation))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{exif, gps, jpeg, look_at, png, tiff, webp};
    use super::*;

    #[test]
    fn sizes_are_those_shown() {
        assert_eq!(look_at("a.jpg", &jpeg(40, 30, &[])).pixels, Some((40, 30)));
        assert_eq!(look_at("a.jpg", &jpeg(40, 30, &exif(6, &[]))).pixels, Some((30, 40)));
        assert_eq!(look_at("a.jpg", &jpeg(40, 30, &exif(3, &[]))).pixels, Some((40, 30)));
        assert_eq!(look_at("a.png", &png(40, 30, &[])).pixels, Some((40, 30)));
        assert_eq!(look_at("a.png", &png(40, 30, &tiff(8, &[]))).pixels, Some((30, 40)));
        assert_eq!(look_at("a.webp", &webp(40, 30, &[])).pixels, Some((40, 30)));
        assert_eq!(look_at("a.webp", &webp(40, 30, &tiff(5, &[]))).pixels, Some((30, 40)));
        assert_eq!(look_at("a.gif", b"GIF89a\x28\0\x1E\0\0\0\0").pixels, Some((40, 30)));
    }

    #[test]
    fn what_is_no_picture_has_no_size() {
        for bytes in [&b"\xFF\xD8\xFF\xD9"[..], b"\xFF\xD8\xFF\xE0\0\x04ab", b"no", b""] {
            let found = look_at("a.jpg", bytes);
            assert!(found.pixels.is_none() && !found.is_picture, "{bytes:?}");
        }
        assert!(!look_at("a.png", &png(0, 0, &[])).is_picture);
    }

    #[test]
    fn places_are_seen_in_every_format() {
        let place = tiff(1, &gps(30));
        assert!(look_at("a.jpg", &jpeg(1, 1, &exif(1, &gps(30)))).tells_place);
        assert!(look_at("a.png", &png(1, 1, &place)).tells_place);
        assert!(look_at("a.webp", &webp(1, 1, &place)).tells_place);
        assert!(look_at("a.tif", &place).tells_place);
        let xmp = b"<x:xmpmeta><rdf:Description exif:GPSLatitude=\"30,1.2N\"/></x:xmpmeta>";
        let segment = [b"\xFF\xE1\0\x49".as_slice(), xmp].concat();
        assert!(look_at("a.jpg", &jpeg(1, 1, &segment)).tells_place);
        assert!(!look_at("a.jpg", &jpeg(1, 1, &exif(1, &gps(0)))).tells_place, "zeros are no place");
        assert!(!look_at("a.jpg", &jpeg(1, 1, &exif(1, &[]))).tells_place);
        assert!(!look_at("a.png", &png(1, 1, &[])).tells_place);
    }

    #[test]
    fn whoever_took_a_photo_is_named() {
        let by = |name: &[u8; 8]| {
            let head = b"MM\0*\0\0\0\x08\0\x01\x01\x3B\0\x02\0\0\0\x08\0\0\0\x1A\0\0\0\0";
            look_at("a.tif", &[head.as_slice(), name].concat()).authors.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(by("张三\0\0".as_bytes().try_into().unwrap()), ["张三"]);
        assert!(by(b"       \0").is_empty(), "some cameras write spaces");
        assert!(look_at("a.jpg", &jpeg(1, 1, &exif(1, &[]))).authors.is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_not_taken_for_nothing() {
        let broken = b"\xFF\xE1\0\x3AExif\0\0II*\0\x08\0\0\0GPSsecret 30.01N 122.1E Author Zhang San   ";
        assert_eq!(look_at("a.jpg", &jpeg(1, 1, broken)).unknown, Some(Unknown::Metadata));
        assert_eq!(look_at("a.jpg", &jpeg(1, 1, &[])).unknown, None);
    }
}
