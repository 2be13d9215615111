//! What is published beside the pages: only what readers look at, and with a word on what it says that nobody meant to say.

use std::io::Write;

use crate::site::{TestSite, finding};

/// Builds a site whose text names `file` by a link or as a picture; returns the codes of what was found, and the page.
fn built(file: &str, bytes: &[u8], is_shown: bool) -> (Vec<String>, TestSite) {
    built_with("title: 示例\n", file, bytes, is_shown)
}

fn built_with(settings: &str, file: &str, bytes: &[u8], is_shown: bool) -> (Vec<String>, TestSite) {
    let sign = if is_shown { "!" } else { "" };
    let page = format!("---\ntitle: 联系我们\n---\n见{sign}[附图](<n/{file}>)。\n");
    let site = TestSite::small()
        .with("site.yaml", settings)
        .with("content/contact.md", page)
        .with(&format!("content/n/{file}"), bytes);
    let report = site.build();
    let codes = report.diagnostics.iter().map(|found| found.code.to_owned()).collect();
    (codes, site)
}

#[track_caller]
fn check(file: &str, bytes: impl AsRef<[u8]>, codes: &[&str]) {
    check_as(file, bytes.as_ref(), false, codes);
}

#[track_caller]
fn check_shown(file: &str, bytes: impl AsRef<[u8]>, codes: &[&str]) {
    check_as(file, bytes.as_ref(), true, codes);
}

#[track_caller]
fn check_as(file: &str, bytes: &[u8], is_shown: bool, codes: &[&str]) {
    let (found, site) = built(file, bytes, is_shown);
    assert_eq!(found, codes, "{file}");
    let is_refused = codes.iter().any(|code| matches!(*code, "active-attachment" | "attachment-not-allowed"));
    let published = site.path(format!("output/n/{file}"));
    assert_eq!(published.exists(), !is_refused, "{file}");
    if !is_refused {
        assert_eq!(std::fs::read(published).unwrap(), bytes, "published byte for byte");
    }
}

/// An office file with one part.
fn office(part: &str, text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    let new = archive.new_file(part).compression_method(rawzip::CompressionMethod::DEFLATE);
    let (mut entry, config) = new.start().unwrap();
    let mut writer =
        config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default()));
    writer.write_all(text.as_bytes()).unwrap();
    let (packer, descriptor) = writer.finish().unwrap();
    packer.finish().unwrap();
    entry.finish(descriptor).unwrap();
    archive.finish().unwrap();
    bytes
}

/// A JPEG as far as programs look that want its size, with a segment in front.
fn jpeg(width: u16, height: u16, segment: &[u8]) -> Vec<u8> {
    let frame = [&b"\xFF\xC0\0\x0B\x08"[..], &height.to_be_bytes(), &width.to_be_bytes(), b"\x01\x01\x11\0"];
    [b"\xFF\xD8".as_slice(), segment, &frame.concat(), b"\xFF\xD9"].concat()
}

/// What a phone writes that was turned: which way is up, and 30° N.
const TURNED_IN_THE_NORTH: &[u8] = b"\xFF\xE1\0\x64Exif\0\0MM\0*\0\0\0\x08\0\x02\
    \x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0\
    \0\x02\0\x01\0\x02\0\0\0\x02N\0\0\0\0\x02\0\x05\0\0\0\x03\0\0\0\x44\0\0\0\0\
    \0\0\0\x1E\0\0\0\x01\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x01";

const PDF: &[u8] = b"%PDF-1.4\n%%EOF\n";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\">";

#[test]
fn only_what_readers_look_at_is_published() {
    check("a.pdf", PDF, &[]);
    check("A.PDF", PDF, &[]);
    check("a.csv", "甲,1\n", &[]);
    check("files/a.txt", "公开\n", &[]);
    for file in [
        "a.php",
        "a.php7",
        "a.PHTML",
        "a.php.jpg",
        "a.jpg.php",
        "a.shtml",
        "a.aspx",
        "a.jsp",
        "a.cfm",
        "a.cgi",
        "web.config",
        "a.hta",
        "a.exe",
        "a.lnk",
        "a.bat",
        "a.ps1",
        "a.swf",
        "a.docm",
        "a.xlsm",
        "a.html",
        "a.xhtml",
        "a.xml",
        "a.js",
        "a.svgz",
        "x.asp/a.jpg",
    ] {
        check(file, "x", &["active-attachment"]);
        check_shown(file, "x", &["active-attachment"]);
    }
    for file in ["README", "a.odt", "a.json", "a.heic", "a.pdf.en"] {
        check(file, "x", &["attachment-not-allowed"]);
    }
    for file in ["a.php.", "a.php "] {
        let (found, site) = built(file, b"x", false);
        assert!(found.contains(&"active-attachment".to_owned()), "{file:?}: {found:?}");
        assert!(!site.path("output").exists());
    }
}

#[test]
fn a_site_may_publish_more_but_nothing_that_is_run() {
    let odt = office("content.xml", "<a/>");
    let (found, site) = built_with("title: 示例\nattachments: [odt]\n", "a.odt", &odt, false);
    assert!(found.is_empty() && site.path("output/n/a.odt").exists(), "{found:?}");
    for ending in ["php", ".PHP", "html", "exe", "docm", "shtml", "js", "'*'", "xml", "svgz", "config"] {
        let settings = format!("title: 示例\nattachments: [{ending}]\n");
        let (found, _) = built_with(&settings, "a.pdf", PDF, false);
        assert_eq!(found, ["unknown-value"], "{ending}");
    }
}

#[test]
fn what_a_file_holds_has_to_be_what_its_name_says() {
    for (file, bytes) in [
        ("a.jpg", &b"<!DOCTYPE html><script>1</script>"[..]),
        ("a.png", b"MZ\x90\0\x03\0\0\0"),
        ("a.pdf", b"\x7FELF\x02\x01"),
        ("a.pdf", b"<html><script>1</script> %PDF-1.7"),
        ("a.gif", b"<?php phpinfo();"),
        ("a.xls", b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>"),
        ("a.txt", b"\xEF\xBB\xBF <html>"),
        ("a.csv", b"#!/bin/sh\n"),
        ("a.doc", b"L\0\0\0\x01\x14\x02\0"),
        ("a.webp", b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("a.zip", b"MZ\x90\0"),
    ] {
        check(file, bytes, &["active-attachment"]);
    }
    for (file, bytes) in [
        ("a.pdf", &b"no PDF"[..]),
        ("a.png", &jpeg(4, 3, b"")),
        ("a.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("a.zip", b"Rar!\x1A\x07\0"),
        ("a.txt", b"a\0b"),
    ] {
        check(file, bytes, &["attachment-not-as-named"]);
    }
}

#[test]
fn an_svg_that_does_more_than_draw_is_neither_linked_nor_shown() {
    for inside in [
        "<script>1</script>",
        "<g onclick=\"1\"/>",
        "<foreignObject/>",
        "<a href=\"javascript:1\"/>",
        "<set attributeName=\"href\"/>",
        "<use href=\"data:image/svg+xml,x\"/>",
        "<image href=\"https://example.com/a.png\"/>",
        "<style>@import 'x'</style>",
        "<?xml-stylesheet href=\"x\"?>",
        "<p xmlns=\"http://www.w3.org/1999/xhtml\"/>",
    ] {
        check("a.svg", format!("{SVG}{inside}</svg>"), &["active-attachment"]);
        check_shown("a.svg", format!("{SVG}{inside}</svg>"), &["active-attachment"]);
    }
    let entity = format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>{SVG}</svg>");
    check_shown("a.svg", entity, &["active-attachment"]);
    check("a.svg", format!("{SVG}<path d=\"M0 0h1v1z\"/></svg>"), &[]);
    check_shown("a.svg", format!("{SVG}<path d=\"M0 0h1v1z\"/></svg>"), &[]);
}

#[test]
fn what_was_left_inside_is_said_until_it_is_gone() {
    let word = |inside: &str| office("word/document.xml", &format!("<w:p xmlns:w=\"w\">{inside}</w:p>"));
    let text = "<w:r><w:t>公开</w:t></w:r>";
    check("a.docx", word(text), &[]);
    check("a.docx", word(&format!("<w:ins>{text}</w:ins>")), &["attachment-tells-more"]);
    check("a.docx", word("<w:del/>"), &["attachment-tells-more"]);
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r>";
    check("a.docx", word(hidden), &["attachment-tells-more"]);
    let comments = office("word/comments.xml", "<w:comments xmlns:w=\"w\"><w:comment/></w:comments>");
    check("a.docx", comments, &["attachment-tells-more"]);
    let sheets = office("xl/workbook.xml", "<workbook><sheet state=\"hidden\"/></workbook>");
    check("a.xlsx", sheets, &["attachment-tells-more"]);
    let notes = office("ppt/notesSlides/notesSlide1.xml", "<p:notes xmlns:p=\"p\"><a:t>先讲</a:t></p:notes>");
    check("a.pptx", notes, &["attachment-tells-more"]);

    check_shown("a.jpg", jpeg(4, 3, TURNED_IN_THE_NORTH), &["attachment-tells-place"]);
    check("a.jpg", jpeg(4, 3, TURNED_IN_THE_NORTH), &["attachment-tells-place"]);
    check(
        "a.mp4",
        b"\0\0\0\x10ftypisom\0\0\0\0\xA9xyz\0\x12\x15\xC7+30.01+122.1/",
        &["attachment-tells-place"],
    );

    check("a.pdf", [PDF, b"<</S/JavaScript/JS(1)>>"].concat(), &["attachment-acts"]);
    let comment = b"<</Type/Annot/Subtype/Text/Contents(x)>>";
    check("a.pdf", [PDF, comment].concat(), &["attachment-tells-more"]);
    check("a.pdf", [PDF, b"<</Type/Annot/Subtype/Link>>"].concat(), &[]);
    check("a.docx", office("word/vbaProject.bin", ""), &["active-attachment"]);
}

#[test]
fn a_damaged_file_is_said_to_be_damaged() {
    let whole = office("word/document.xml", "<a/>");
    check("a.docx", b"", &["unknown-attachment"]);
    check("a.txt", b"", &["unknown-attachment"]);
    for bytes in [&whole[..whole.len() - 30], b"PK\x03\x04", &office("word/document.xml", "<a><b></a>")] {
        check("a.docx", bytes, &["unknown-attachment"]);
    }
    let broken = b"\xFF\xE1\0\x12Exif\0\0II*\0\x08\0\0\0ab";
    check("a.jpg", jpeg(4, 3, broken), &["unknown-attachment"]);
}

#[test]
fn all_authors_are_one_line() {
    let by = |author: &str| {
        office("docProps/core.xml", &format!("<a xmlns:dc=\"dc\"><dc:creator>{author}</dc:creator></a>"))
    };
    let site = TestSite::small()
        .with("site.yaml", "title: 示例\nunit: 甲市公安局\n")
        .with(
            "content/contact.md",
            "---\ntitle: 联系我们\n---\n见[一](n/1.docx)、[二](n/2.docx)、[三](n/3.pdf)。\n",
        )
        .with("content/n/1.docx", by("张三"))
        .with("content/n/2.docx", by("李四"))
        .with("content/n/3.pdf", [PDF, b"<</Author(Zhang San)>>"].concat());
    let report = site.build();
    let [only] = report.diagnostics.as_slice() else { panic!("{:?}", report.diagnostics) };
    assert_eq!(finding(only, &report), "attachment-authors content/n/3.pdf");
    for author in ["`张三` (1.docx)", "`李四` (2.docx)", "`Zhang San` (3.pdf)"] {
        assert!(only.message.to_string().contains(author), "{}", only.message);
    }
    for name in ["1.docx", "2.docx"] {
        site.write(&format!("content/n/{name}"), by("甲市公安局办公室"));
    }
    assert_eq!(site.findings(), ["attachment-authors content/n/3.pdf"]);
    for nobody in ["", "Administrator", "(anonymous)", "Microsoft Office User"] {
        site.write("content/n/3.pdf", [PDF, format!("<</Author({nobody})>>").as_bytes()].concat());
        assert_eq!(site.findings(), [""; 0], "{nobody}");
    }
    site.write("content/n/2.docx", by("微软用户"));
    assert_eq!(site.findings(), [""; 0]);
}

#[test]
fn pictures_keep_their_room_on_the_page() {
    let turned = jpeg(40, 30, TURNED_IN_THE_NORTH);
    for (file, bytes, size) in [
        ("a.jpg", jpeg(40, 30, b""), " width=\"40\" height=\"30\""),
        ("a.jpg", turned, " width=\"30\" height=\"40\""),
        ("a.gif", b"GIF89a\x28\0\x1E\0\0\0\0".to_vec(), " width=\"40\" height=\"30\""),
        ("a.svg", format!("{SVG}</svg>").into_bytes(), " width=\"40\" height=\"30\""),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9cm\"/>".to_vec(), ""),
    ] {
        let (_, site) = built(file, &bytes, true);
        let page = site.text("output/contact.html");
        assert!(page.contains(&format!("<img src=\"n/{file}\" alt=\"附图\"{size}>")), "{page}");
    }
}

#[test]
fn what_is_no_picture_or_too_much_of_one_is_said() {
    for (file, bytes) in [
        ("a.jpg", &b"no picture"[..]),
        ("a.png", b"\x89PNG\r\n\x1A\n"),
        ("a.gif", b""),
        ("a.pdf", PDF),
        ("a.jpg", b"\xFF\xD8\xFF\xD9"),
    ] {
        check_shown(file, bytes, &["not-a-picture"]);
    }
    check_shown("a.jpg", jpeg(5000, 4000, b""), &["heavy-picture"]);
    check("a.jpg", jpeg(5000, 4000, b""), &[]);
    check_shown("a.jpg", jpeg(4000, 3000, b""), &[]);
    let large = [jpeg(40, 30, b""), vec![0; 1 << 20]].concat();
    check_shown("a.jpg", &large, &["heavy-picture"]);
    check("a.jpg", &large, &[]);
}

#[test]
fn what_is_not_published_is_not_looked_at_for_readers() {
    let site = TestSite::small()
        .with("content/n/a.jpg", jpeg(4, 3, TURNED_IN_THE_NORTH))
        .with("content/n/b.php", "x");
    assert_eq!(site.findings(), ["unused-attachment content/n/a.jpg", "unused-attachment content/n/b.php"]);
}
