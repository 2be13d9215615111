//! Whole documents: those that the project was given, hostile ones, and, in `said`, a small one for each thing that Word can say.

mod said;

use super::super::{Block, Document, FindingKind, Refusal};
use super::package::{Limits, Package};
use super::read;
use super::testing::{Word, archive, found, item, level, list, p};

macro_rules! probes {
    ($($name:literal)*) => {
        [$((
            $name,
            include_bytes!(concat!("../../../../tests/import/probes/", $name, ".docx")).as_slice(),
            include_str!(concat!("../../../../tests/import/probes/", $name, ".txt")),
        )),*]
    };
}

/// The documents of `tests/import/probes`, each with what must be seen of it.
const PROBES: [(&str, &[u8], &str); 26] = probes![
    "chars" "comment" "fields" "footnote" "header-mark" "hidden" "num-lvlrestart0" "num-notice" "num-style"
    "num-stylelink" "numfmt-chineseCounting" "numfmt-chineseCountingThousand"
    "numfmt-decimalEnclosedCircleChinese" "numfmt-decimalEnclosedFullstop" "numfmt-decimalEnclosedParen"
    "numfmt-decimalFullWidth" "numfmt-ideographEnclosedCircle" "numfmt-ideographTraditional"
    "numfmt-taiwaneseCountingThousand" "table-merged" "table-nested" "table-numbered-cells"
    "textbox-alternate" "textbox-drawingml" "tracked" "tracked-numbered-deleted-paragraph"
];

#[test]
fn probes_show_their_text() {
    let bare = |text: &str| text.replace('|', "").split_whitespace().collect::<String>();
    let mut wrong = Vec::new();
    for (name, bytes, expected) in PROBES {
        let text = read(bytes).unwrap().plain_text();
        if bare(&text) != bare(expected) {
            wrong.push(format!("{name}: {text:?} for {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn probes_tell_what_is_beside_their_text() {
    let probe = |wanted: &str| {
        let (_, bytes, _) = PROBES.iter().find(|(name, _, _)| *name == wanted).unwrap();
        read(bytes).unwrap()
    };
    assert_eq!(found(&probe("hidden")), [(FindingKind::Hidden, "隐藏一隐藏二")]);
    assert_eq!(
        found(&probe("tracked")),
        [(FindingKind::Deleted, "102.82"), (FindingKind::Inserted, "102.28")]
    );
    let marked = probe("header-mark");
    assert_eq!(
        found(&marked),
        [(FindingKind::SecrecyMark, "内部文件 注意保存"), (FindingKind::HeaderOrFooter, "内部文件 注意保存")]
    );
    assert_eq!(found(&probe("comment"))[0].0, FindingKind::Comment);
    assert_eq!(found(&probe("textbox-alternate")), [(FindingKind::TextBox, "框内")]);
    assert_eq!(found(&probe("table-merged")), [(FindingKind::MergedCells, "")]);
    assert_eq!(found(&probe("table-nested")), [(FindingKind::NestedTable, "内")]);
    let differing = probe("numfmt-chineseCountingThousand");
    assert!(found(&differing).contains(&(FindingKind::NumeralDiffers, "一百〇一、")));
}

#[test]
fn strict_documents_are_read_alike() {
    let main = "<x:document xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><x:body><x:p><x:pPr>\
        <x:jc x:val=\"end\"/></x:pPr><x:r><x:t>甲</x:t></x:r></x:p></x:body></x:document>";
    let list = "<Relationships><Relationship Id=\"a\" Target=\"/w/d.xml\" \
        Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\"/></Relationships>";
    let bytes = archive(&[("_rels/.rels", list.as_bytes()), ("w/d.xml", main.as_bytes())]);
    assert_eq!(read(&bytes).unwrap().plain_text(), "甲\n");
}

#[test]
fn hostile_documents_are_refused() {
    let deep = "<w:sdt>".repeat(5000) + &"</w:sdt>".repeat(5000);
    let circle = "<w:style w:styleId=\"a\"><w:basedOn w:val=\"b\"/></w:style>\
        <w:style w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style>";
    assert!(Word::with(&deep).read().is_err());
    assert!(Word::with(&p("甲")).styles(circle).read().is_err());
    assert!(archive_with(&vec![b' '; 100 << 20]).is_err());
    assert!(read(&archive(&[("a.txt", b"x")])).is_err());
    let whole = Word::with(&p("甲")).bytes();
    assert!(read(&whole[..whole.len() / 2]).is_err());
    assert!(read(b"").is_err());
    let twice =
        archive(&[("word/document.xml", b"<d><body/></d>"), ("Word/Document.xml", b"<d><body/></d>")]);
    assert!(read(&twice).is_err());
    // As deep as is allowed, it is read without running out of room.
    let allowed = "<w:sdt>".repeat(190) + &p("甲") + &"</w:sdt>".repeat(190);
    Word::with(&allowed).shows(&["甲"]);
    let tables = "<w:tbl><w:tr><w:tc>".repeat(60) + &p("甲") + &"</w:tc></w:tr></w:tbl>".repeat(60);
    Word::with(&tables).shows(&["甲"]);
    let around = "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:abstractNum w:abstractNumId=\"0\">\
        <w:numStyleLink w:val=\"L\"/></w:abstractNum>";
    let linked = "<w:style w:type=\"numbering\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    Word::with(&item(1, 0, "甲")).numbering(around).styles(linked).shows(&["甲"]);
}

/// Reads a document whose text is this part.
fn archive_with(main: &[u8]) -> Result<Document, Refusal> {
    read(&archive(&[("word/document.xml", main)]))
}

#[test]
fn bombs_are_refused() {
    use std::io::Write;
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&vec![b' '; 80 << 20]).unwrap();
    let packed = packer.finish().unwrap();
    // Stored under the same name, but said to be packed.
    let mut bytes = archive(&[("word/document.xml", &packed)]);
    let places: Vec<usize> =
        bytes.windows(2).enumerate().filter(|(_, two)| *two == b"PK").map(|(at, _)| at).collect();
    let directory = places.iter().copied().find(|at| bytes[*at..].starts_with(b"PK\x01\x02")).unwrap();
    bytes[directory + 10] = 8;
    bytes[directory + 24..directory + 28].copy_from_slice(&(80_u32 << 20).to_le_bytes());
    let refusal = read(&bytes).unwrap_err();
    assert!(format!("{refusal:?}").contains("too large"), "{refusal:?}");
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(200))]

    #[test]
    fn changed_bytes_are_borne(
        index in 0..26_usize,
        changes in proptest::collection::vec((0..10_000_usize, proptest::num::u8::ANY), 1..8),
        cut in 0..20_000_usize,
    ) {
        let mut bytes = PROBES[index].1.to_vec();
        for (place, byte) in changes {
            let place = place % bytes.len();
            bytes[place] = byte;
        }
        bytes.truncate(bytes.len().max(1).min(cut.max(100)));
        let _ = read(&bytes);
    }

    /// Damage inside of the parts, which the checksums of the archive would tell first.
    #[test]
    fn changed_parts_are_borne(
        index in 0..26_usize,
        changes in proptest::collection::vec((0..20_000_usize, 0..SPLINTERS.len()), 1..6),
        part in 0..4_usize,
    ) {
        let mut package = Package::open(PROBES[index].1, Limits::default()).unwrap();
        let names = ["word/document.xml", "word/numbering.xml", "word/styles.xml", "word/_rels/document.xml.rels"];
        let mut parts: Vec<Vec<u8>> =
            names.iter().map(|name| package.part(name).unwrap().unwrap_or_default()).collect();
        for (place, splinter) in changes {
            let changed = &mut parts[part];
            let place = place % (changed.len() + 1);
            let end = (place + SPLINTERS[splinter].len()).min(changed.len());
            changed.splice(place..end, SPLINTERS[splinter].bytes());
        }
        let entries: Vec<(&str, &[u8])> = names.iter().copied().zip(parts.iter().map(Vec::as_slice)).collect();
        let _ = read(&archive(&entries));
    }

    /// Elements in any order and nesting, which no program would write.
    #[test]
    fn any_elements_are_borne(pieces in proptest::collection::vec(0..ELEMENTS.len(), 0..60), closed in 0..10_usize) {
        let mut body = String::new();
        let mut open = Vec::new();
        for (place, index) in pieces.iter().enumerate() {
            let name = ELEMENTS[*index];
            if name.contains(' ') || name == "text" {
                body += &if name == "text" { "甲\u{F0FE}1".to_owned() } else { ["<w:", name, "/>"].concat() };
            } else {
                body += &["<w:", name, ">"].concat();
                open.push(name);
            }
            if place % (closed + 2) == 0 && let Some(name) = open.pop() {
                body += &["</w:", name, ">"].concat();
            }
        }
        while let Some(name) = open.pop() {
            body += &["</w:", name, ">"].concat();
        }
        let levels = level(0, "chineseCounting", "%1、%9%", "") + &level(8, "bullet", "", "");
        let document = Word::with(&body).numbering(&list(&levels)).read().unwrap();
        for block in &document.blocks {
            match block {
                Block::Paragraph(paragraph) => assert!(!paragraph.text.trim().is_empty()),
                Block::Table(table) => assert!(table.rows.iter().all(|row| !row.cells.is_empty())),
                Block::Picture(picture) => assert!(*picture < document.pictures.len()),
            }
        }
        assert!(document.findings.iter().all(|finding| finding.place <= document.blocks.len()));
    }
}

/// What damage may leave in a part.
const SPLINTERS: [&str; 12] = ["9", "0", "-1", "99999999999", "<", "/>", "\"", "&", "%", "val", "字", " "];

const ELEMENTS: [&str; 44] = [
    "p",
    "r",
    "t",
    "text",
    "tbl",
    "tr",
    "tc",
    "sdt",
    "sdtContent",
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "pPr",
    "rPr",
    "vanish a=\"\"",
    "numPr",
    "ilvl val=\"8\"",
    "numId val=\"1\"",
    "txbxContent",
    "drawing",
    "pict",
    "object",
    "docPr descr=\"x\"",
    "blip embed=\"rN\"",
    "imagedata id=\"rN\"",
    "fldChar fldCharType=\"begin\"",
    "fldChar fldCharType=\"separate\"",
    "fldChar fldCharType=\"end\"",
    "instrText",
    "fldSimple instr=\"EQ \\o(○,1)\"",
    "footnoteReference id=\"1\"",
    "ruby",
    "rubyBase",
    "altChunk id=\"rN\"",
    "oMath",
    "AlternateContent",
    "Choice",
    "Fallback",
    "tcPr",
    "vMerge a=\"\"",
    "hMerge a=\"\"",
    "gridSpan val=\"99999\"",
    "tab a=\"\"",
];

#[test]
fn what_is_repeated_stays_small() {
    let long = "长".repeat(100_000);
    let body = item(1, 0, "甲").repeat(2000);
    let word = Word::with(&body).numbering(&list(&level(0, "none", &long, "")));
    assert!(word.read().unwrap().plain_text().len() < 3_000_000);
    let boxes = "<w:p><w:r><w:pict><w:txbxContent>".repeat(45)
        + &p(&long)
        + &"</w:txbxContent></w:pict></w:r></w:p>".repeat(45);
    let document = Word::with(&boxes).read().unwrap();
    assert_eq!(document.plain_text().chars().count(), 100_001);
    assert_eq!(document.findings.len(), 45);
    let blips = "<a:blip r:embed=\"none\"/>".repeat(2000);
    let body = format!("<w:p><w:r><w:drawing><wp:docPr descr=\"{long}\"/>{blips}</w:drawing></w:r></w:p>");
    let document = Word::with(&body).read().unwrap();
    assert!(document.findings.iter().all(|finding| finding.words.len() < 10_000));
}
