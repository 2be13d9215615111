//! What a file is, by its first bytes.

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A PDF.
    Pdf,
    /// A ZIP archive, which office files are, too.
    Zip,
    /// A RAR archive.
    Rar,
    /// A 7z archive.
    SevenZip,
    /// An office file as up to 2003, or one of today that is locked with a password.
    OldOffice,
    /// Rich Text Format.
    Rtf,
    /// A JPEG.
    Jpeg,
    /// A PNG.
    Png,
    /// A GIF.
    Gif,
    /// A WebP.
    WebP,
    /// An AVIF.
    Avif,
    /// A HEIC, as some phones take photos.
    Heic,
    /// A TIFF.
    Tiff,
    /// A bitmap of Windows.
    Bmp,
    /// MP3.
    Mp3,
    /// MP4 and its relatives.
    Film,
    /// Any other text.
    Text,
    /// HTML, or SVG under another name.
    Html,
    /// XML of another kind.
    Xml,
    /// A program or a library.
    Program,
    /// A script for a shell or a server.
    Script,
    /// A link of Windows to a program.
    Shortcut,
    /// Flash.
    Flash,
    /// None of the others.
    Unknown,
}

use FileKind::{
    Avif, Bmp, Film, Flash, Gif, Heic, Html, Jpeg, Mp3, OldOffice, Pdf, Png, Program, Rar, Rtf, Script,
    SevenZip, Shortcut, Text, Tiff, Unknown, WebP, Xml, Zip,
};

/// How files begin.
const MAGIC: [(&[u8], FileKind); 22] = [
    (b"PK\x03\x04", Zip),
    (b"PK\x05\x06", Zip),
    (b"Rar!\x1A\x07", Rar),
    (b"7z\xBC\xAF\x27\x1C", SevenZip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", OldOffice),
    (b"{\\rtf", Rtf),
    (b"\xFF\xD8\xFF", Jpeg),
    (b"\x89PNG\r\n\x1A\n", Png),
    (b"GIF87a", Gif),
    (b"GIF89a", Gif),
    (b"II*\0", Tiff),
    (b"MM\0*", Tiff),
    (b"ID3", Mp3),
    (b"\x7FELF", Program),
    (b"\xCF\xFA\xED\xFE", Program),
    (b"\xCE\xFA\xED\xFE", Program),
    (b"\xCA\xFE\xBA\xBE", Program),
    (b"\0asm", Program),
    (b"ITSF", Program),
    (b"L\0\0\0\x01\x14\x02\0", Shortcut),
    (b"FWS", Flash),
    (b"CWS", Flash),
];

/// The tags with which HTML begins.
const HTML: &str = "html head body script iframe style meta title table div svg link base form img";

impl FileKind {
    /// Recognizes a file by its first bytes; `ending` decides where these may be those of a text.
    pub(super) fn of(beginning: &[u8], ending: &str) -> Self {
        let kind = Self::of_first_bytes(beginning, ending);
        // Readers of PDF take a header anywhere in the first kilobyte; what stands before it may be run all the same.
        let has_header = || memchr::memmem::find(head(beginning, 1024), b"%PDF-").is_some();
        if ending == "pdf" && !kind.is_active() && has_header() { Pdf } else { kind }
    }

    fn of_first_bytes(beginning: &[u8], ending: &str) -> Self {
        let is_binary = beginning.iter().take(512).any(|byte| *byte == 0);
        if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| beginning.starts_with(magic))
            && (is_binary || !matches!(kind, Flash | Mp3) || !matches!(ending, "txt" | "csv"))
        {
            return *kind;
        }
        match beginning {
            [b'%', b'P', b'D', b'F', b'-', ..] => Pdf,
            [b'M', b'Z', ..] if is_binary || !matches!(ending, "txt" | "csv") => Program,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => WebP,
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4) {
                Some(b"avif" | b"avis") => Avif,
                Some(b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1") => Heic,
                _ => Film,
            },
            [0xFF, second, ..] if second & 0xE0 == 0xE0 && *second != 0xFE => Mp3,
            [b'B', b'M', ..] if is_binary => Bmp,
            [b'#', b'!', b'/' | b' ', ..] => Script,
            _ => Self::of_text(beginning, is_binary),
        }
    }

    /// Tells HTML and programs for servers from other texts.
    fn of_text(beginning: &[u8], is_binary: bool) -> Self {
        let is_utf16 = beginning.starts_with(b"\xFF\xFE") || beginning.starts_with(b"\xFE\xFF");
        if is_binary && !is_utf16 {
            return Unknown;
        }
        let text = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning);
        // As far as these matter here, UTF-16 is ASCII with zeros between.
        let text: Vec<u8> = text
            .iter()
            .filter(|byte| **byte != 0)
            .map(u8::to_ascii_lowercase)
            .skip_while(|b| *b >= 0xFE)
            .collect();
        let mut text = text.trim_ascii_start();
        while let Some(end) = text.strip_prefix(b"<!--").and_then(|rest| memchr::memmem::find(rest, b"-->")) {
            text = text.get(end + 7..).unwrap_or_default().trim_ascii_start();
        }
        let has = |needle: &[u8]| memchr::memmem::find(text, needle).is_some();
        let tag = text.strip_prefix(b"<").unwrap_or_default();
        if tag.starts_with(b"!doctype html") || HTML.split(' ').any(|name| tag.starts_with(name.as_bytes())) {
            Html
        } else if text.starts_with(b"<?xml") || text.starts_with(b"<!doctype") {
            if has(b"<html") || has(b"<svg") || has(b"<script") || has(b"xhtml") { Html } else { Xml }
        } else if text.starts_with(b"<?php") || text.starts_with(b"<?=") || text.starts_with(b"<%") {
            Script
        } else {
            Text
        }
    }

    /// Tells whether something runs it.
    pub(super) fn is_active(self) -> bool {
        matches!(self, Html | Program | Script | Shortcut | Flash)
    }

    /// Tells whether it is a picture, be it one that browsers show or not.
    pub(super) fn is_picture(self) -> bool {
        matches!(self, Jpeg | Png | Gif | WebP | Avif | Heic | Tiff | Bmp)
    }

    /// Tells whether browsers show it as a picture.
    pub(super) fn is_shown(self) -> bool {
        matches!(self, Jpeg | Png | Gif | WebP | Avif | Bmp)
    }

    /// Tells whether it cannot be SVG.
    pub(super) fn is_other_than_svg(self) -> bool {
        !matches!(self, Html | Xml | Text | Script)
    }

    /// The ending of files of this kind, if there is but one.
    pub fn ending(self) -> Option<&'static str> {
        Some(match self {
            Pdf => "pdf",
            Rar => "rar",
            SevenZip => "7z",
            Rtf => "doc",
            Jpeg => "jpg",
            Png => "png",
            Gif => "gif",
            WebP => "webp",
            Avif => "avif",
            Mp3 => "mp3",
            Film => "mp4",
            _ => return None,
        })
    }

    /// What it is, in English and Chinese.
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Pdf => ["a PDF", "PDF"],
            Zip => ["a ZIP archive or an office file of today", "压缩包或新格式的办公文件"],
            Rar => ["a RAR archive", "RAR 压缩包"],
            SevenZip => ["a 7z archive", "7z 压缩包"],
            OldOffice => [
                "an office file in the old format, or one that is locked with a password",
                "旧格式的办公文件，或加了密码的办公文件",
            ],
            Rtf => ["an RTF", "RTF 文件"],
            Jpeg => ["a JPEG", "JPEG 图片"],
            Png => ["a PNG", "PNG 图片"],
            Gif => ["a GIF", "GIF 图片"],
            WebP => ["a WebP", "WebP 图片"],
            Avif => ["an AVIF", "AVIF 图片"],
            Heic => ["a HEIC", "HEIC 图片"],
            Tiff => ["a TIFF", "TIFF 图片"],
            Bmp => ["a bitmap", "BMP 图片"],
            Mp3 => ["an MP3", "MP3 音频"],
            Film => ["an MP4", "MP4 视频"],
            Text => ["plain text", "纯文本"],
            Html => ["HTML or SVG", "网页（HTML 或 SVG）"],
            Xml => ["XML", "XML 文件"],
            Program => ["a program", "程序"],
            Script => ["a script", "脚本"],
            Shortcut => ["a shortcut", "快捷方式"],
            Flash => ["Flash", "Flash 文件"],
            Unknown => ["something else", "别的内容"],
        }
    }
}

fn head(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

/// Returns what a file with this ending is; `None` where that is not known, so that any passive kind will do.
pub(super) fn expected(ending: &str) -> Option<&'static [FileKind]> {
    Some(match ending {
        "pdf" => &[Pdf],
        "ofd" | "docx" | "xlsx" | "pptx" | "odt" | "ods" | "odp" | "epub" | "zip" => &[Zip],
        "doc" => &[OldOffice, Rtf],
        "xls" | "ppt" => &[OldOffice],
        "wps" | "et" | "dps" => &[OldOffice, Zip],
        "csv" | "txt" => &[Text],
        "rar" => &[Rar],
        "7z" => &[SevenZip],
        "png" => &[Png],
        "jpg" | "jpeg" => &[Jpeg],
        "webp" => &[WebP],
        "gif" => &[Gif],
        "avif" => &[Avif],
        "heic" | "heif" => &[Heic],
        "tif" | "tiff" => &[Tiff],
        "bmp" => &[Bmp],
        "rtf" => &[Rtf],
        "mp3" => &[Mp3],
        "m4a" | "mp4" | "mov" => &[Film],
        "svg" => &[], // What is SVG does not come here.
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ending: &str, beginning: &[u8], expected: FileKind) {
        assert_eq!(
            FileKind::of(beginning, ending),
            expected,
            "{ending}: {}",
            String::from_utf8_lossy(beginning)
        );
    }

    #[test]
    fn files_are_recognized_by_their_first_bytes() {
        check("pdf", b"%PDF-1.7\n", Pdf);
        check("pdf", b"\r\n\r\n%PDF-1.4", Pdf);
        check("pdf", b"MZ\x90\0 %PDF-1.4", Program);
        check("pdf", b"<html><script>%PDF-1.4", Html);
        check("jpg", b"\xFF\xD8\xFF\xE0", Jpeg);
        check("jpg", b"MZ\x90\0\x03", Program);
        check("jpg", b"MZ", Program);
        check("txt", b"MZ is a word", Text);
        check("txt", b"MZ\x90\0\x03\0", Program);
        check("png", b"\x7FELF\x02", Program);
        check("csv", b"#!/bin/sh\n", Script);
        check("csv", b"CWS,1\n", Text);
        check("mp3", b"\xFF\xFB\x90\x64", Mp3);
        check("mp4", b"\0\0\0\x20ftypisom", Film);
        check("heic", b"\0\0\0\x20ftypheic", Heic);
        check("avif", b"\0\0\0\x20ftypavif", Avif);
        check("txt", b"", Text);
        check("txt", "\u{feff}公开".as_bytes(), Text);
        check("txt", b"\xFF\xFE\x6C\x51", Text);
        check("pdf", b"\0\0\0", Unknown);
    }

    #[test]
    fn html_is_recognized_however_it_begins() {
        for text in [
            "<!DOCTYPE html><p>",
            "\u{feff}\n <HTML>",
            "<!-- a --> <!-- b --><script>",
            "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">",
            "<svg xmlns=\"http://www.w3.org/2000/svg\">",
            "<table><tr>",
        ] {
            check("jpg", text.as_bytes(), Html);
            check("xls", text.as_bytes(), Html);
        }
        check("jpg", b"<?php phpinfo();", Script);
        check("txt", b"<%@ page %>", Script);
        check("xls", b"<?xml version=\"1.0\"?><Workbook/>", Xml);
        check("txt", b"\xFF\xFE<\0h\0t\0m\0l\0>\0", Html);
        check("txt", b"<10%,20%>", Text);
    }
}
