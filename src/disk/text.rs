//! Turns the bytes of a file into text, or says at which byte they are not text.
//!
//! Besides broken UTF-8, characters are refused that nobody sees and that change what everybody sees: controls,
//! byte order marks in the middle, and marks that reverse the direction of writing. A public text that holds one
//! does not say what it shows. Nothing is stripped or repaired: the approved text is sovereign.

use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};

/// How many hidden characters of one file are reported; a binary file would fill the screen.
const MOST_REPORTED: usize = 3;

const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// Returns `bytes` as text, a byte order mark included; `None` and diagnostics if they are not plain UTF-8 text.
pub fn text<'a>(path: &SourcePath, bytes: &'a [u8], diagnostics: &mut Diagnostics) -> Option<&'a str> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let start = error.valid_up_to();
            let end = error.error_len().map_or(bytes.len(), |length| start + length);
            diagnostics.push(not_utf8(Location::new(path, start..end)));
            return None;
        }
    };

    let mut is_plain = true;
    let hidden = text.char_indices().filter(|&(start, character)| is_hidden(start, character));
    for (start, character) in hidden.take(MOST_REPORTED) {
        let range = start..start + character.len_utf8();
        diagnostics.push(control_character(Location::new(path, range), character));
        is_plain = false;
    }
    is_plain.then_some(text)
}

/// Returns how many bytes the byte order mark at the start of `text` takes: 3 or 0.
pub fn bom_length(text: &str) -> usize {
    if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 }
}

fn is_hidden(start: usize, character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        BYTE_ORDER_MARK => start > 0,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        _ => character.is_control(),
    }
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

fn control_character(location: Location, character: char) -> Diagnostic {
    let number = u32::from(character);
    let (english, chinese) = match character {
        '\0' => ("a NUL byte", "空字符"),
        BYTE_ORDER_MARK => ("a byte order mark in the middle of the text", "文本中间的字节顺序标记"),
        _ if character.is_control() => ("a control character", "控制字符"),
        _ => ("a mark that reverses the direction of writing", "改变书写方向的标记"),
    };
    Diagnostic::error(
        "control-character",
        location,
        format!("`U+{number:04X}` stands here unseen, {english}"),
        format!("此处有看不见的 `U+{number:04X}`（{chinese}）"),
    )
    .help("delete it and type the characters around it anew", "请删除该字符，并重新输入其前后的文字")
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
        check("\u{200B}\u{00A0}\u{2028}👨‍👩‍👧".as_bytes(), &[]);
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

    #[test]
    fn a_byte_order_mark_is_measured() {
        assert_eq!(bom_length("\u{FEFF}a"), 3);
        assert_eq!(bom_length("a\u{FEFF}"), 0);
        assert_eq!(bom_length(""), 0);
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
