//! Small files for tests, written byte by byte.

use std::io::Write;

use super::{Contents, look};
use crate::diagnostic::SourcePath;

/// Looks into a file with this name and these bytes.
pub(crate) fn look_at(name: &str, bytes: &[u8]) -> Contents {
    look(&SourcePath::new(name), &bytes.to_vec(), bytes.len() as u64)
}

/// A JPEG without a picture in it, of which programs know the size.
pub(crate) fn jpeg(width: u16, height: u16, segments: &[u8]) -> Vec<u8> {
    let frame = [&b"\xFF\xC0\0\x0B\x08"[..], &height.to_be_bytes(), &width.to_be_bytes(), b"\x01\x01\x11\0"];
    [b"\xFF\xD8".as_slice(), segments, &frame.concat(), b"\xFF\xD9"].concat()
}

/// The segment of a JPEG with what [`tiff`] writes.
pub(crate) fn exif(orientation: u16, place: &[u8]) -> Vec<u8> {
    let body = [b"Exif\0\0".as_slice(), &tiff(orientation, place)].concat();
    let length = u16::try_from(body.len() + 2).unwrap();
    [b"\xFF\xE1".as_slice(), &length.to_be_bytes(), &body].concat()
}

/// What cameras write: which way is up and, from [`gps`], where they were.
pub(crate) fn tiff(orientation: u16, place: &[u8]) -> Vec<u8> {
    let mut bytes = b"MM\0*\0\0\0\x08".to_vec();
    let n = if place.is_empty() { 1_u16 } else { 2 };
    bytes.extend(n.to_be_bytes());
    bytes.extend([&b"\x01\x12\0\x03\0\0\0\x01"[..], &orientation.to_be_bytes(), b"\0\0"].concat());
    if !place.is_empty() {
        bytes.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26"); // The list of places begins at byte 38.
    }
    bytes.extend([0; 4]);
    bytes.extend(place);
    bytes
}

/// A northern latitude for [`tiff`].
pub(crate) fn gps(degrees: u32) -> Vec<u8> {
    let mut bytes = b"\0\x02\0\x01\0\x02\0\0\0\x02N\0\0\0\0\x02\0\x05\0\0\0\x03\0\0\0\x44\0\0\0\0".to_vec();
    for number in [degrees, 1, 0, 1, 0, 1] {
        bytes.extend(number.to_be_bytes());
    }
    bytes
}

/// A PNG without a picture in it.
pub(crate) fn png(width: u32, height: u32, exif: &[u8]) -> Vec<u8> {
    let chunk = |name: &[u8], body: &[u8]| {
        [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], name, body, b"\0\0\0\0"].concat()
    };
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    bytes.extend(chunk(b"IHDR", &[size.as_slice(), b"\x08\0\0\0\0"].concat()));
    if !exif.is_empty() {
        bytes.extend(chunk(b"eXIf", exif));
    }
    bytes.extend(chunk(b"IEND", b""));
    bytes
}

/// A WebP without a picture in it.
pub(crate) fn webp(width: u32, height: u32, exif: &[u8]) -> Vec<u8> {
    let chunk = |name: &[u8], body: &[u8]| {
        [name, &u32::try_from(body.len()).unwrap().to_le_bytes()[..], body].concat()
    };
    let mut size = vec![0; 4];
    size.extend(&(width - 1).to_le_bytes()[..3]);
    size.extend(&(height - 1).to_le_bytes()[..3]);
    let mut body = b"WEBP".to_vec();
    body.extend(chunk(b"VP8X", &size));
    if !exif.is_empty() {
        body.extend(chunk(b"EXIF", exif));
    }
    chunk(b"RIFF", &body)
}

/// An MP4 of which one box has these bytes.
pub(crate) fn mp4(body: &[u8]) -> Vec<u8> {
    [b"\0\0\0\x10ftypisom\0\0\0\0".as_slice(), body].concat()
}

/// An office file with these parts.
pub(crate) fn office(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, text) in parts {
        let new = archive.new_file(name).compression_method(rawzip::CompressionMethod::DEFLATE);
        let (mut entry, config) = new.start().unwrap();
        let packer = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
        let mut writer = config.wrap(packer);
        writer.write_all(text.as_bytes()).unwrap();
        let (packer, descriptor) = writer.finish().unwrap();
        packer.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}
