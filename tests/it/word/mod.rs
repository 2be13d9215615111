//! Word documents composed at random of what Word can say: what is read of them, and what is imported, is what Word shows.
//!
//! `composer` writes blocks, `pieces` what stands in their lines, `lists` the numerals, each with what must be seen of it.

mod composer;
mod lists;
mod pieces;

use std::fmt::Write as _;
use std::io::Write as _;

use composer::Composer;
use gongkai::document::{self, FindingKind};
use gongkai::import;
use gongkai::markdown::Options;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// A document, and what must come out of it.
struct Composed {
    bytes: Vec<u8>,
    shown: String,
    /// What is not seen, and as what it must be told.
    told: Vec<(FindingKind, String)>,
}

/// The namespaces of Word, and those of strict documents.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];
const RELATIONS: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
];

/// Where the part with the text stands.
const PLACES: [(&str, &str); 3] = [("word", "document.xml"), ("word", "document2.xml"), ("a/b", "main.xml")];

/// Styles that hide.
const HIDING: &str = "<w:style w:type=\"paragraph\" w:styleId=\"Gone\"><w:name w:val=\"Gone\"/><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:type=\"character\" w:styleId=\"GoneBase\"><w:name w:val=\"b\"/><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:type=\"character\" w:styleId=\"GoneRun\"><w:name w:val=\"c\"/><w:basedOn w:val=\"GoneBase\"/></w:style>\
    <w:style w:type=\"numbering\" w:styleId=\"Lists\"><w:name w:val=\"l\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>\
    </w:style>";

fn compose(picks: &[u16]) -> Composed {
    let mut composer = Composer::new(picks);
    let (form, place, width) = (composer.pick(8), composer.pick(6), composer.pick(8));
    let body = composer.body();
    let mut styles = HIDING.to_owned();
    for (id, _, _, says) in lists::STYLES {
        write!(
            styles,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/>{says}</w:style>"
        )
        .unwrap();
    }
    let parts = [
        ("document", format!("<w:body>{body}<w:sectPr/></w:body>")),
        ("styles", styles),
        ("numbering", lists::numbering()),
        ("footnotes", separators("footnote") + &composer.footnotes),
        ("endnotes", separators("endnote") + &composer.endnotes),
        ("comments", composer.comments),
    ];
    let is_strict = form == 1;
    let relations = RELATIONS[usize::from(is_strict)];
    let (folder, main) = PLACES.get(place).copied().unwrap_or(PLACES[0]);
    let types = "<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    let mut files = vec![("[Content_Types].xml".to_owned(), types.as_bytes().to_vec())];
    let mut list = String::new();
    for (kind, inside) in parts {
        let name = if kind == "document" { main.to_owned() } else { format!("{kind}.xml") };
        let mut text = format!(
            "<?xml version=\"1.0\"?><w:{kind} xmlns:w=\"{}\" xmlns:r=\"{relations}\" xmlns:mc=\"m\" xmlns:wp=\"p\" xmlns:wps=\"s\" \
             xmlns:a=\"a\" xmlns:v=\"v\">{inside}</w:{kind}>",
            NAMESPACES[usize::from(is_strict)]
        );
        if form == 2 {
            // Which letters stand for a namespace is for the writer to choose.
            text = text
                .replace("<w:", "<x:")
                .replace("</w:", "</x:")
                .replace(" w:", " x:")
                .replace("xmlns:w=", "xmlns:x=");
        }
        let bytes = match width {
            1 => [&[0xFF, 0xFE][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()]
                .concat(),
            2 => [&[0xFE, 0xFF][..], &text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()]
                .concat(),
            _ => text.into_bytes(),
        };
        write!(list, "<Relationship Id=\"{kind}\" Type=\"{relations}/{kind}\" Target=\"{name}\"/>").unwrap();
        files.push((format!("{folder}/{name}"), bytes));
    }
    let package = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{relations}/officeDocument\" Target=\"{folder}/{main}\"/></Relationships>"
    );
    files.push(("_rels/.rels".to_owned(), package.into_bytes()));
    files.push((
        format!("{folder}/_rels/{main}.rels"),
        format!("<Relationships>{list}</Relationships>").into_bytes(),
    ));
    Composed { bytes: packed(&files), shown: composer.shown, told: composer.told }
}

/// What stands between text and notes, which is no note.
fn separators(kind: &str) -> String {
    format!("<w:{kind} w:type=\"separator\" w:id=\"1\"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>")
}

fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, content) in files {
        let new = archive.new_file(name).compression_method(rawzip::CompressionMethod::DEFLATE);
        let (mut entry, config) = new.start().unwrap();
        let mut writer =
            config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast()));
        writer.write_all(content).unwrap();
        let (packer, descriptor) = writer.finish().unwrap();
        packer.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

/// What is told of words that are seen.
const TAKEN_IN: [FindingKind; 4] =
    [FindingKind::TextBox, FindingKind::NestedTable, FindingKind::Inserted, FindingKind::Note];

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The same random documents each time; `PROPTEST_CASES` says how many, for longer runs.
#[test]
fn composed_documents_say_what_word_shows() {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let seed = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, seed);
    let result = runner.run(&prop::collection::vec(0..5040_u16, 4..150), |picks| check(&picks));
    assert!(result.is_ok(), "{}", result.unwrap_err());
}

fn check(picks: &[u16]) -> Result<(), TestCaseError> {
    let composed = compose(picks);
    let document =
        document::read(&composed.bytes).map_err(|refusal| TestCaseError::fail(format!("{refusal:?}")))?;
    prop_assert_eq!(bare(&document.plain_text()), bare(&composed.shown));
    for (kind, words) in &composed.told {
        let of_kind = document.findings.iter().filter(|finding| finding.words.contains(words));
        let mut kinds: Vec<FindingKind> = of_kind.map(|finding| finding.kind).collect();
        // These tell what is taken in with all the words of its element.
        kinds.retain(|kind| !TAKEN_IN.contains(kind));
        prop_assert_eq!(&kinds, &[*kind], "{}", words);
    }
    let import = import::import(&document, "n", &Options::default());
    let proof = import::prove(&document, &import.files, "n", &Options::default());
    prop_assert_eq!(&proof.difference, &None, "{:?}", import.files);
    prop_assert_eq!(bare(&proof.text()), bare(&composed.shown), "{:?}", import.files);
    Ok(())
}
