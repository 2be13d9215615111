//! What a file is, by its bytes.
//!
//! Start with [`of`]: `foreign` knows what is no text and what is text of a kind that is not read, and names the way out;
//! `encoding` tells how characters are written, and reads them strictly; `markup` tells web pages and Markdown from plain text.

mod encoding;
mod foreign;
mod markup;

pub(super) use encoding::decode;
pub(super) use markup::front_matter_end;

use crate::diagnostic::Message;

/// How characters are written in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// GB18030, and so GBK and GB2312.
    Gb18030,
}

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Word and WPS, `.docx`.
    Word,
    /// A web page.
    Html(Encoding),
    /// Markdown.
    Markdown(Encoding),
    /// Plain text.
    Text(Encoding),
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What it is, and what to do instead.
    pub message: Message,
}

impl Refusal {
    /// Pairs the English sentence with the Chinese one.
    pub(super) fn new(english: impl Into<String>, chinese: impl Into<String>) -> Self {
        Self { message: Message::new(english, chinese) }
    }
}

/// Tells what a file is.
pub(super) fn of(bytes: &[u8]) -> Result<Format, Refusal> {
    if foreign::is_word(bytes)? {
        return Ok(Format::Word);
    }
    let encoding = encoding::of(bytes)?;
    let text = decode(bytes, encoding)?;
    if text.trim().is_empty() {
        return Err(Refusal::new(
            "the file is empty; choose the file that holds the text",
            "文件是空的；请选择有正文的文件",
        ));
    }
    foreign::refuse_text(&text)?;
    Ok(if markup::is_html(&text) {
        Format::Html(encoding)
    } else if markup::is_markdown(&text) {
        Format::Markdown(encoding)
    } else {
        Format::Text(encoding)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;
    use proptest::prelude::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Format) {
        assert_eq!(of(bytes), Ok(expected), "{}", String::from_utf8_lossy(bytes));
    }

    /// Checks that `bytes` are refused with a message that has `words` in it.
    #[track_caller]
    fn check_refused(bytes: &[u8], words: &str) {
        let refusal = of(bytes).expect_err(words);
        let [english, chinese] = refusal.message.both();
        assert!(english.contains(words) || chinese.contains(words), "{words}: {english} / {chinese}");
    }

    pub(super) fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn texts_are_told_apart_by_what_they_hold() {
        use Encoding::{Gb18030, Utf8, Utf16Be, Utf16Le};
        check("关于巡察整改情况的通报\n一、关于甲".as_bytes(), Format::Text(Utf8));
        check("\u{FEFF}关于".as_bytes(), Format::Text(Utf8));
        check(&encoding_rs::GB18030.encode("关于巡察整改情况的通报，㎡𠮷").0, Format::Text(Gb18030));
        for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let encoding = if to_bytes(1) == [1, 0] { Utf16Le } else { Utf16Be };
            check(&utf16("\u{FEFF}关于巡察", to_bytes), Format::Text(encoding));
            check(&utf16("关于一、巡察整改2025年\r\n一、甲", to_bytes), Format::Text(encoding));
        }
        for html in [
            "<!DOCTYPE html><p>甲",
            " \n<HTML>甲",
            "<!-- x --><?xml version='1.0'?><html>",
            "<p class=a>甲</p>",
            "<div>甲</div>",
            "<!--StartFragment-->甲",
            "Version:0.9\r\nStartHTML:00000097\r\n<html>甲",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\">",
        ] {
            check(html.as_bytes(), Format::Html(Utf8));
        }
        check(&encoding_rs::GBK.encode("<html><meta charset=gb2312><p>关于").0, Format::Html(Gb18030));
        for markdown in ["---\ntitle: 甲\n---\n文", "# 题\n\n文", "甲\n\n| a | b |\n|---|:-:|\n| 1 | 2 |"]
        {
            check(markdown.as_bytes(), Format::Markdown(Utf8));
        }
        for text in ["<关于>甲", "#甲", "---", "Version:0.9", "甲|乙\n丙|丁", "<p", "pre<p>甲</p>", "1、甲"]
        {
            check(text.as_bytes(), Format::Text(Utf8));
        }
    }

    #[test]
    fn what_is_not_read_is_named() {
        let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
        let with = |name: &str| [ole.as_slice(), &[0; 500], &utf16(name, u16::to_le_bytes)].concat();
        check_refused(&with("WordDocument"), ".doc");
        check_refused(&with("Workbook"), ".xls");
        check_refused(&with("PowerPoint Document"), ".ppt");
        check_refused(&with("EncryptedPackage"), "打开密码");
        check_refused(&with("x"), "另存为 .docx");
        check_refused(b"{\\rtf1\\ansi", "RTF");
        check_refused(b"%PDF-1.7\n%\xE2\xE3", "PDF");
        check_refused(b"\x89PNG\r\n\x1A\n\0\0", "picture");
        check_refused(b"\xFF\xD8\xFF\xE0\0\x10JFIF", "图片");
        check_refused(b"Rar!\x1A\x07\0", "RAR");
        check_refused(
            "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><a/>".as_bytes(),
            "2003",
        );
        check_refused(b"<?xml version='1.0'?><pkg:package xmlns:pkg='x'/>", "flat OPC");
        check_refused(b"<?xml version='1.0'?><feed/>", "XML");
        check_refused("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n".as_bytes(), "MHTML");
        check_refused(b"", "empty");
        check_refused(b"\xEF\xBB\xBF \r\n", "empty");
        check_refused("甲\0乙".as_bytes(), "NUL");
        check_refused(&[0, 1, 2, 3, 200, 255, 0, 9, 8, 7, 6, 5], "binary");
        check_refused(b"\xFF\xFE\0\0a\0\0\0", "UTF-32");
    }

    /// A ZIP archive that is nothing but a directory.
    fn zip(names: &[&str]) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.resize(30, 0);
        for name in names {
            let start = bytes.len();
            bytes.extend_from_slice(b"PK\x01\x02");
            bytes.resize(start + 46, 0);
            bytes[start + 28] = u8::try_from(name.len()).unwrap();
            bytes.extend_from_slice(name.as_bytes());
        }
        bytes
    }

    #[test]
    fn archives_are_named_for_what_they_hold() {
        check(&zip(&["[Content_Types].xml", "word/document.xml"]), Format::Word);
        check(&zip(&["[Content_Types].xml", "word/document2.xml"]), Format::Word);
        check(&zip(&["[Content_Types].xml", "word/main.xml"]), Format::Word);
        check(&zip(&["word\\document.xml"]), Format::Word);
        check_refused(&zip(&["word/a.jpg", "password/b"]), "ZIP");
        check_refused(&zip(&["[Content_Types].xml", "xl/workbook.xml"]), ".xlsx");
        check_refused(&zip(&["_rels/.rels", "ppt/presentation.xml"]), ".pptx");
        check_refused(&zip(&["OFD.xml"]), "OFD");
        check_refused(&zip(&["mimetypeapplication/vnd.oasis.opendocument.text", "content.xml"]), "ODT");
        check_refused(b"PK\x05\x06", "ZIP");
        check_refused(&zip(&["a.jpg"]), "ZIP");
    }

    #[test]
    fn encodings_are_read_strictly() {
        let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
        let mut broken = gbk("第一行\n第二");
        broken.extend_from_slice(b"\xFF\n");
        check_refused(&broken, "line 2, column 3");
        check_refused(&encoding_rs::BIG5.encode("關於巡察整改情況的通報，一、學習。").0, "Big5");
        let page = |charset: &str| gbk(&format!("<html><meta charset=\"{charset}\"><p>关于"));
        check_refused(&page("big5"), "Big5");
        check_refused(&page("Shift_JIS"), "Shift_JIS");
        check_refused(&page("utf-8"), "UTF-8");
        let mut damaged = "关于巡察整改情况的通报。关于巡察整改情况的通报".as_bytes().to_vec();
        damaged.remove(4);
        check_refused(&damaged, "line 1, column 2");
        let mut utf16 = utf16("\u{FEFF}甲\n乙", u16::to_le_bytes);
        utf16.extend_from_slice(&[0, 0xD8]);
        check_refused(&utf16, "line 2, column 2");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>, start in 0_usize..12) {
            let starts: [&[u8]; 12] = [
                b"", b"PK\x03\x04word/", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"\xFE\xFF", b"<html>", b"<p>",
                b"---\n", b"Version:0.9\r\nStartHTML:", b"<!--", b"\xEF\xBB\xBF", b"<?xml ",
            ];
            let bytes = [starts[start], &bytes].concat();
            if start != 1 {
                let _ = read(&bytes);
            }
            let _ = of(&bytes);
        }

        #[test]
        fn encodings_agree(text in "[一-龥]{3,9}[0-9，。、a-z“”\n]{1,9}[一-龥]{3,9}") {
            let utf8 = read(text.as_bytes()).unwrap().plain_text();
            for bytes in [
                encoding_rs::GB18030.encode(&text).0.into_owned(),
                utf16(&format!("\u{FEFF}{text}"), u16::to_le_bytes),
                utf16(&format!("\u{FEFF}{text}"), u16::to_be_bytes),
            ] {
                prop_assert_eq!(read(&bytes).unwrap().plain_text(), utf8.as_str());
            }
        }
    }
}
