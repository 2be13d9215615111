//! How the characters of a text are written, and the text itself, read strictly: no byte is replaced or left out.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, GB18030};
use memchr::memmem;

use super::{Encoding, Refusal, markup};
use crate::text::width;

/// How much of a file is looked at for the encoding that a page declares, in bytes.
const LONGEST_HEAD: usize = 4096;

/// How much of a text is looked at to tell which of its bytes are the high ones.
const LONGEST_SAMPLE: usize = 8192;

const SAVE_AS_UTF8: [&str; 2] = [
    "save it as UTF-8 (in Notepad or WPS: Save as, encoding UTF-8) or as .docx, and import that",
    "请另存为 UTF-8 编码（记事本、WPS：另存为，编码选 UTF-8）或 .docx，再导入",
];

/// Tells how the characters of `bytes` are written.
pub(super) fn of(bytes: &[u8]) -> Result<Encoding, Refusal> {
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Err(of_other("UTF-32"));
    }
    if bytes.starts_with(b"\xFF\xFE") {
        return Ok(Encoding::Utf16Le);
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return Ok(Encoding::Utf16Be);
    }
    let has_nul = memchr::memchr(0, bytes).is_some();
    if let Some(encoding) = has_nul.then(|| utf16_without_mark(bytes)).flatten() {
        return Ok(encoding);
    }
    if str::from_utf8(bytes).is_ok() {
        return Ok(Encoding::Utf8);
    }
    if has_nul || is_binary(bytes) {
        return Err(binary());
    }
    match declared(bytes).as_deref() {
        None | Some("gbk" | "gb2312" | "gb18030" | "gb_2312-80" | "x-gbk" | "csgb2312") => {}
        Some("utf-8" | "utf8") => return Err(damaged_utf8(bytes)),
        Some(other) => return Err(of_other(proper_name(other))),
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") || is_damaged_utf8(bytes) {
        return Err(damaged_utf8(bytes));
    }
    Ok(Encoding::Gb18030)
}

/// Reads `bytes`, whose characters are written in `encoding`; the byte order mark is no part of the text.
pub(in crate::document) fn decode(bytes: &[u8], encoding: Encoding) -> Result<Cow<'_, str>, Refusal> {
    let text = match encoding {
        Encoding::Utf8 => {
            let text = str::from_utf8(bytes).map_err(|_| damaged_utf8(bytes))?;
            Cow::Borrowed(text.strip_prefix('\u{FEFF}').unwrap_or(text))
        }
        Encoding::Utf16Le => Cow::Owned(utf16(bytes, u16::from_le_bytes)?),
        Encoding::Utf16Be => Cow::Owned(utf16(bytes, u16::from_be_bytes)?),
        Encoding::Gb18030 => Cow::Owned(gb18030(bytes)?),
    };
    if let Some((before, _)) = text.split_once('\0') {
        let (line, column) = place_behind(before);
        let [english, chinese] = SAVE_AS_UTF8;
        return Err(Refusal::new(
            format!("line {line}, column {column}: a NUL character, which no text has; {english}"),
            format!("第{line}行第{column}字是空字符（NUL），文本中不应有；{chinese}"),
        ));
    }
    Ok(text)
}

fn utf16(bytes: &[u8], number: fn([u8; 2]) -> u16) -> Result<String, Refusal> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| number(*pair));
    let mut text = String::with_capacity(bytes.len());
    for character in char::decode_utf16(units) {
        match character {
            Ok('\u{FEFF}') if text.is_empty() => {}
            Ok(character) => text.push(character),
            Err(_) => return Err(unreadable("UTF-16", &text)),
        }
    }
    if rest.is_empty() { Ok(text) } else { Err(unreadable("UTF-16", &text)) }
}

fn gb18030(bytes: &[u8]) -> Result<String, Refusal> {
    let bytes = bytes.strip_prefix(b"\x84\x31\x95\x33").unwrap_or(bytes);
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(most.unwrap_or_default());
    let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    if result != DecoderResult::InputEmpty {
        return Err(unreadable("GB18030", &text));
    }
    // What Big5 has for 、 and 。 is a place for characters of one's own in GBK, which no office uses.
    match text.find(|c| matches!(c, '\u{E4C6}'..='\u{E765}')) {
        Some(_) => Err(of_other("Big5")),
        None => Ok(text),
    }
}

/// Tells UTF-16 without a byte order mark by which order of bytes makes Chinese or Latin text.
fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = bytes.get(..LONGEST_SAMPLE).unwrap_or(bytes);
    let n_usual = |number: fn([u8; 2]) -> u16| {
        let characters = char::decode_utf16(sample.as_chunks::<2>().0.iter().map(|pair| number(*pair)));
        characters.filter(|character| character.as_ref().is_ok_and(|c| is_usual(*c))).count()
    };
    let (little, big) = (n_usual(u16::from_le_bytes), n_usual(u16::from_be_bytes));
    let is_text = little.max(big) * 2 * 10 >= sample.len() * 9;
    let encoding = if little > big { Encoding::Utf16Le } else { Encoding::Utf16Be };
    (is_text && little != big).then_some(encoding)
}

fn is_usual(character: char) -> bool {
    let is_plain = matches!(character, ' '..='~' | '\n' | '\r' | '\t' | '\u{3000}');
    is_plain || matches!(character, '\u{4E00}'..='\u{9FFF}') || width::is_cjk_punctuation(character)
}

/// Tells whether so many control characters stand in `bytes` that they are no text.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = bytes.get(..LONGEST_SAMPLE).unwrap_or(bytes);
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    sample.iter().filter(|byte| is_control(byte)).count() * 50 > sample.len()
}

/// Tells whether `bytes` are UTF-8 but for a few: other encodings seldom make characters of three bytes.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut n_long, mut n_wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_long += chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
        n_wrong += usize::from(!chunk.invalid().is_empty());
    }
    n_long > 4 * n_wrong
}

/// Returns the encoding that a web page says it has, in lower case.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..LONGEST_HEAD).unwrap_or(bytes);
    if !markup::is_html(&String::from_utf8_lossy(head)) {
        return None;
    }
    let head = head.to_ascii_lowercase();
    let at = memmem::find(&head, b"charset=").map(|at| at + "charset=".len());
    let at = at.or_else(|| memmem::find(&head, b"encoding=").map(|at| at + "encoding=".len()))?;
    let rest = head.get(at..)?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
    let name: String =
        rest.iter().take_while(|byte| is_part(byte)).take(40).map(|byte| char::from(*byte)).collect();
    (!name.is_empty()).then_some(name)
}

fn proper_name(name: &str) -> &str {
    match name {
        "big5" | "big5-hkscs" | "x-x-big5" | "cn-big5" => "Big5",
        "shift_jis" | "shift-jis" | "sjis" | "x-sjis" | "windows-31j" => "Shift_JIS",
        "euc-kr" | "ks_c_5601-1987" | "korean" => "EUC-KR",
        "euc-jp" | "x-euc-jp" => "EUC-JP",
        other => other,
    }
}

/// Returns the line and the column of the character behind `text`, both from 1.
fn place_behind(text: &str) -> (usize, usize) {
    let (before, last) = text.rsplit_once('\n').unwrap_or(("", text));
    let line = if last.len() == text.len() { 1 } else { before.matches('\n').count() + 2 };
    (line, last.chars().count() + 1)
}

fn unreadable(encoding: &str, before: &str) -> Refusal {
    let (line, column) = place_behind(before);
    let [english, chinese] = SAVE_AS_UTF8;
    Refusal::new(
        format!("line {line}, column {column}: bytes that are no character of {encoding}; {english}"),
        format!("第{line}行第{column}字起不是 {encoding} 编码的文字；{chinese}"),
    )
}

fn damaged_utf8(bytes: &[u8]) -> Refusal {
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    unreadable("UTF-8", valid.strip_prefix('\u{FEFF}').unwrap_or(valid))
}

fn of_other(name: &str) -> Refusal {
    let [english, chinese] = SAVE_AS_UTF8;
    Refusal::new(
        format!("the text is in {name}, which is not read; {english}"),
        format!("文本是 {name} 编码，不能直接读取；{chinese}"),
    )
}

fn binary() -> Refusal {
    Refusal::new(
        "the file is binary and of no kind that is known; open it in the program that made it, save it as .docx, and import that",
        "文件是二进制文件（binary），无法识别；请用原来的软件打开，另存为 .docx，再导入",
    )
}
