//! What a PDF says about its author, the comments in it, and whether it acts when it is opened.
//!
//! Both ends of the file are searched, where programs write such things: plain text, and the object streams into which most
//! programs pack it. Pages are not looked at, nor what is locked with a password.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;
use rawzip::ReaderAt;

use super::{Contents, Trace, both_ends};

/// The most object streams that are unpacked, and the most that is unpacked of one and of all, in bytes.
const MOST_STREAMS: usize = 1000;
const LARGEST_STREAM: u64 = 1 << 20;
const LARGEST_WHOLE: usize = 16 << 20;

/// The kinds of annotations (ISO 32000-1, 12.5.6) with which people comment on a text. Links, fields, stamps and text that was
/// typed onto a page belong to what is published.
const COMMENTS: [&str; 6] = ["Text", "Highlight", "Underline", "Squiggly", "StrikeOut", "Caret"];

/// The longest name of an author, in bytes as written.
const LONGEST_NAME: usize = 256;

/// The most authors that are read, lest a hostile file name a million.
const MOST_AUTHORS: usize = 20;

pub(super) fn look(reader: &impl ReaderAt, size: u64, found: &mut Contents) {
    let Some(mut bytes) = both_ends(reader, size) else { return };
    let is_locked = memmem::find(&bytes, b"/Encrypt").is_some();
    if !is_locked {
        let unpacked = object_streams(&bytes);
        bytes.extend(unpacked);
    }
    if has_comments(&bytes) {
        found.traces.insert(Trace::Comments);
    }
    found.has_actions =
        ["/JavaScript", "/Launch"].iter().any(|action| memmem::find(&bytes, action.as_bytes()).is_some());
    let behind = |key: &'static str| {
        let places = memmem::find_iter(&bytes, key).take(MOST_AUTHORS);
        places.filter_map(|place| bytes.get(place + key.len()..))
    };
    if !is_locked {
        found.authors.extend(behind("/Author").filter_map(string).filter_map(|name| text(&name)));
    }
    // XMP writes the same once more as XML: a list of names, or one name.
    for (open, close) in [("<dc:creator>", "</dc:creator>"), ("<pdf:Author>", "</pdf:Author>")] {
        for rest in behind(open) {
            let rest = rest.get(..4096).unwrap_or(rest);
            let Some(end) = memmem::find(rest, close.as_bytes()) else { continue };
            let names = String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).into_owned();
            let names = names.split('<').filter_map(|piece| {
                piece
                    .split_once('>')
                    .map_or(Some(piece), |(tag, name)| (!tag.starts_with('/')).then_some(name))
            });
            let names = names.map(str::trim).filter(|name| !name.is_empty());
            found.authors.extend(names.map(unescaped).take(MOST_AUTHORS));
        }
    }
}

/// Unpacks the object streams (ISO 32000-1, 7.5.7) in `bytes`, as far as they can be.
fn object_streams(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    for place in memmem::find_iter(bytes, b"/ObjStm").take(MOST_STREAMS) {
        if unpacked.len() >= LARGEST_WHOLE {
            break;
        }
        let rest = bytes.get(place..).unwrap_or_default();
        let head = rest.get(..1024).unwrap_or(rest);
        let Some(packed) = memmem::find(head, b"stream").and_then(|start| rest.get(start + 6..)) else {
            continue;
        };
        unpacked.push(b'\n');
        // A stream that is damaged or packed otherwise gives its beginning, or nothing.
        let _ = ZlibDecoder::new(packed.trim_ascii_start()).take(LARGEST_STREAM).read_to_end(&mut unpacked);
    }
    unpacked
}

/// Tells whether one of the annotations is a comment.
fn has_comments(bytes: &[u8]) -> bool {
    memmem::find_iter(bytes, b"/Subtype").any(|place| {
        let kind = bytes.get(place + 8..).unwrap_or_default();
        let kind = kind.get(..32).unwrap_or(kind).trim_ascii_start();
        let Some(kind) = kind.strip_prefix(b"/") else { return false };
        COMMENTS.iter().any(|comment| {
            let behind = kind.strip_prefix(comment.as_bytes()).map(<[u8]>::first);
            behind.is_some_and(|next| {
                next.is_none_or(|byte| byte.is_ascii_whitespace() || b"/<>[]()".contains(byte))
            })
        })
    })
}

fn unescaped(name: &str) -> String {
    quick_xml::escape::unescape(name).map_or_else(|_| name.to_owned(), std::borrow::Cow::into_owned)
}

/// Reads a string of PDF (ISO 32000-1, 7.3.4) at the start of `rest`, behind spaces.
fn string(rest: &[u8]) -> Option<Vec<u8>> {
    let rest = rest.trim_ascii_start();
    let rest = rest.get(..LONGEST_NAME).unwrap_or(rest);
    if let Some(literal) = rest.strip_prefix(b"(") {
        return literal_string(literal);
    }
    let digits = rest.strip_prefix(b"<")?;
    let digits = digits.get(..memchr::memchr(b'>', digits)?)?;
    let digits: Option<Vec<u8>> = digits
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    Some(digits?.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect())
}

fn literal_string(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut string = Vec::new();
    let mut depth = 0;
    let mut bytes = bytes.iter().copied().peekable();
    loop {
        match bytes.next()? {
            b'\\' => match bytes.next()? {
                first @ b'0'..=b'7' => {
                    let mut code = u32::from(first - b'0');
                    for _ in 0..2 {
                        if let Some(digit @ b'0'..=b'7') = bytes.peek().copied() {
                            code = code * 8 + u32::from(digit - b'0');
                            bytes.next();
                        }
                    }
                    string.push(u8::try_from(code & 0xFF).expect("it is masked"));
                }
                b'\r' | b'\n' => {}
                b'n' | b'r' | b't' | b'b' | b'f' => string.push(b' '),
                other => string.push(other),
            },
            b')' if depth == 0 => return Some(string),
            other => {
                depth += i32::from(other == b'(') - i32::from(other == b')');
                string.push(other);
            }
        }
    }
}

/// Decodes a text of PDF: UTF-16 with its mark, else UTF-8, else what bytes have in common with Latin; `None` for an empty one.
fn text(bytes: &[u8]) -> Option<String> {
    let text = if let Some(wide) = bytes.strip_prefix(b"\xFE\xFF") {
        let units: Vec<u16> =
            wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    } else {
        String::from_utf8(bytes.to_vec())
            .unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect())
    };
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::super::testing::look_at;
    use super::*;

    #[track_caller]
    fn check(body: &str, authors: &[&str]) {
        let found = look_at("a.pdf", format!("%PDF-1.4\n{body}\n%%EOF").as_bytes());
        assert_eq!(found.authors.iter().map(String::as_str).collect::<Vec<_>>(), authors, "{body}");
        assert!(!found.has_actions, "{body}");
    }

    #[test]
    fn authors_are_read_however_they_are_written() {
        check("<</Author(ZhangSan)/Creator(C:\\\\x)>>", &["ZhangSan"]);
        check("<</Author (Z\\(1\\) \\101(b))>>", &["Z(1) A(b)"]);
        check("<</Author <FEFF5F20 4E09>>>", &["张三"]);
        check("<</Author()/Title(x)>>", &[]);
        check("<</Author(never closed", &[]);
        check("<</Author 5 0 R>>", &[]);
        check("<</Author(garbage)>> trailer <</Encrypt 3 0 R>>", &[]);
        check(
            "<dc:creator><rdf:Seq><rdf:li>李四</rdf:li><rdf:li>A &amp; B</rdf:li></rdf:Seq></dc:creator>",
            &["A & B", "李四"],
        );
    }

    #[test]
    fn comments_are_seen() {
        let has_comments = |body: &[u8]| {
            let found = look_at("a.pdf", &[b"%PDF-1.5\n", body, b"\n%%EOF"].concat());
            found.traces.contains(&Trace::Comments)
        };
        for annotation in ["/Subtype/Text/Contents(x)", "/Subtype /StrikeOut >>", "/Subtype\n/Caret"] {
            assert!(has_comments(annotation.as_bytes()), "{annotation}");
        }
        for other in [
            "/Subtype/Link",
            "/Subtype/Widget/FT/Tx",
            "/Subtype/TextBox",
            "/Subtype/Text#2Fplain",
            "/Subtype",
        ] {
            assert!(!has_comments(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn what_is_packed_is_seen() {
        let packed = |body: &str| {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(body.as_bytes()).unwrap();
            let head = b"%PDF-1.5\n7 0 obj<</Type/ObjStm/N 1/Filter/FlateDecode>>stream\r\n";
            [head.as_slice(), &encoder.finish().unwrap(), b"\nendstream"].concat()
        };
        let found = look_at("a.pdf", &packed("<</Author(ZhangSan)>> <</Subtype/Text>> <</S/JavaScript>>"));
        assert!(found.authors.contains("ZhangSan") && found.has_actions);
        assert!(found.traces.contains(&Trace::Comments));
        let whole = packed("<</Author(ZhangSan)>>");
        look_at("a.pdf", &whole[..whole.len() / 2]);
        let bomb = packed(&" ".repeat(64 << 20)).repeat(40);
        assert_eq!(look_at("a.pdf", &bomb).unknown, None);
    }

    #[test]
    fn actions_are_seen() {
        for action in ["<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", "<</S /Launch /F (cmd.exe)>>"] {
            assert!(look_at("a.pdf", format!("%PDF-1.4\n{action}").as_bytes()).has_actions);
        }
    }
}
