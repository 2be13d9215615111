//! Turns the bytes of a file into text, or says at which byte they are not text.
//!
//! Besides broken UTF-8, characters are refused that nobody sees and that change what everybody sees: controls, byte order
//! marks in the middle, marks that reverse the direction of writing, and whatever parts a number unseen. A public text that
//! holds one does not say what it shows. Nothing is stripped or repaired: the approved text is sovereign.

use std::collections::BTreeSet;

use super::characters;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::text::characters::{CharacterFault, FoundCharacter, find};
use crate::text::place::bom_length;

/// Returns `bytes` as text, a byte order mark included; `None` and diagnostics if they are not plain UTF-8 text.
pub fn text<'a>(path: &SourcePath, bytes: &'a [u8], diagnostics: &mut Diagnostics) -> Option<&'a str> {
    let text = decoded(path, bytes, diagnostics)?;
    let found = found_in(text);
    let has_errors =
        characters::report_errors(text, &found, &|range| Location::new(path, range), diagnostics);
    (!has_errors).then_some(text)
}

/// The same for what people are to read: characters that they would take for others are warned of, unless they are `kept`.
pub fn prose<'a>(
    path: &SourcePath,
    bytes: &'a [u8],
    kept: &BTreeSet<char>,
    diagnostics: &mut Diagnostics,
) -> Option<&'a str> {
    let text = decoded(path, bytes, diagnostics)?;
    let found = found_in(text);
    let has_errors = characters::report(text, &found, &|range| Location::new(path, range), kept, diagnostics);
    (!has_errors).then_some(text)
}

/// Warns of the characters of a text that readers would take for others, unless they are `kept`. For `site.yaml`, which says
/// itself which are kept.
pub fn warn_of_characters(
    path: &SourcePath,
    text: &str,
    kept: &BTreeSet<char>,
    diagnostics: &mut Diagnostics,
) {
    let mut found = found_in(text);
    found.retain(|found| found.fault == CharacterFault::Doubtful);
    characters::report(text, &found, &|range| Location::new(path, range), kept, diagnostics);
}

fn decoded<'a>(path: &SourcePath, bytes: &'a [u8], diagnostics: &mut Diagnostics) -> Option<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let start = error.valid_up_to();
            let end = error.error_len().map_or(bytes.len(), |length| start + length);
            diagnostics.push(not_utf8(Location::new(path, start..end)));
            None
        }
    }
}

fn found_in(text: &str) -> Vec<FoundCharacter> {
    let mut found = find(text);
    found.retain(|found| found.at >= bom_length(text.as_bytes()));
    found
}

fn not_utf8(location: Location) -> Diagnostic {
    Diagnostic::error(
        "not-utf8",
        location,
        "the text is not UTF-8 from here on",
        "文本从此处起不是 UTF-8 编码",
    )
    .help(
        "save the file as UTF-8; older editors save Chinese text as GBK or GB18030",
        "请将文件另存为 UTF-8 编码；较旧的编辑器常以 GBK 或 GB18030 编码保存中文",
    )
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &[(&str, Range<usize>)]) {
        let mut diagnostics = Diagnostics::new();
        let text = text(&SourcePath::new("content/a.md"), bytes, &mut diagnostics);
        let found: Vec<_> = diagnostics
            .iter()
            .map(|diagnostic| (diagnostic.code, diagnostic.location.clone().unwrap().range.unwrap()))
            .collect();
        assert_eq!(found, expected);
        assert_eq!(text.map(str::as_bytes), expected.is_empty().then_some(bytes));
    }

    #[test]
    fn plain_text_is_returned_unchanged() {
        check(b"", &[]);
        check("关于巡察整改情况的通报\r\n\t一、\n".as_bytes(), &[]);
        check("\u{FEFF}通报".as_bytes(), &[]);
        check("\u{200B}\u{00A0}👨‍👩‍👧".as_bytes(), &[]);
    }

    #[test]
    fn broken_utf8_is_reported_at_its_first_byte() {
        check(b"ab\xFFcd\xFF", &[("not-utf8", 2..3)]);
        check(b"\xB9\xAB\xBF\xAA", &[("not-utf8", 0..1)]); // 公开 in GBK.
        check(b"a\xE5\x85", &[("not-utf8", 1..3)]); // Cut off in the middle of 公.
        check(b"\xFF\xFEa\0", &[("not-utf8", 0..1)]); // UTF-16.
        check(b"\xED\xA0\x80", &[("not-utf8", 0..1)]); // Half of a surrogate pair.
    }

    #[test]
    fn hidden_characters_are_reported_where_they_stand() {
        check(b"a\0b", &[("control-character", 1..2)]);
        check("公\u{7}".as_bytes(), &[("control-character", 3..4)]);
        check("\u{7F}".as_bytes(), &[("control-character", 0..1)]);
        check("\u{85}".as_bytes(), &[("control-character", 0..2)]);
        check("\u{9F}".as_bytes(), &[("control-character", 0..2)]);
        check("a\u{2028}".as_bytes(), &[("control-character", 1..4)]);
        check("李\u{FFFD}".as_bytes(), &[("lost-character", 3..6)]);
        check("12\u{200B}6".as_bytes(), &[("invisible-in-number", 2..5)]);
        check("a\u{FEFF}".as_bytes(), &[("control-character", 1..4)]);
        check("\u{FEFF}\u{FEFF}".as_bytes(), &[("control-character", 3..6)]);
        for character in ('\u{202A}'..='\u{202E}').chain('\u{2066}'..='\u{2069}') {
            check(character.to_string().as_bytes(), &[("control-character", 0..3)]);
        }
    }

    #[test]
    fn only_the_first_three_are_reported() {
        let code = "control-character";
        check(&[0; 5], &[(code, 0..1), (code, 1..2), (code, 2..3)]);
    }

    proptest! {
        #[test]
        fn any_bytes_give_the_same_text_or_a_place_inside_them(bytes: Vec<u8>) {
            let mut diagnostics = Diagnostics::new();
            let text = text(&SourcePath::new("a"), &bytes, &mut diagnostics);
            prop_assert_eq!(text.is_some(), diagnostics.is_empty());
            prop_assert!(text.is_none_or(|text| text.as_bytes() == bytes));
            for diagnostic in diagnostics.iter() {
                let range = diagnostic.location.clone().unwrap().range.unwrap();
                prop_assert!(range.start < range.end && range.end <= bytes.len());
            }
        }
    }
}
