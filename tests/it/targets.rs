//! What must hold of any input, however hostile: one function for each reader of text that others wrote.
//!
//! The programs in `fuzz/` call these functions with what libFuzzer finds, and `hostile_texts.rs` with random texts
//! on each run of the tests. They enter by the doors of the library and panic where something does not hold.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use gongkai::check::Checks;
use gongkai::config::Config;
use gongkai::content::Content;
use gongkai::diagnostic::{Diagnostics, Location, SourcePath};
use gongkai::document::{self, Block, Format};
use gongkai::figure::{Formula, NumberKind, Quantity, Term, scan};
use gongkai::markdown::{self, HtmlOptions, Options};
use gongkai::render::Page;
use gongkai::site::{Route, Site};
use gongkai::yaml::{self, Node, Value};

/// Front matter, of a file or by itself, is read, or an error says why not; every place is in the text, and none lies
/// outside of what is around it.
pub(crate) fn yaml(text: &str) {
    let front_matter = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    let text = front_matter.map_or(text, |(front_matter, _)| front_matter);
    let mut diagnostics = Diagnostics::new();
    let node = yaml::parse(&SourcePath::new("a.md"), text, 0..text.len(), &mut diagnostics);
    assert!(node.is_some() || diagnostics.has_errors(), "neither read nor refused: {text:?}");
    if let (Some(node), true) = (node, diagnostics.is_empty()) {
        check_places(text, &node);
    }
    check_diagnostics(text, diagnostics);
}

fn check_places(text: &str, node: &Node) {
    let outer = check_location(text, &node.location);
    let inside = |location: &Location| {
        let range = check_location(text, location);
        assert!(outer.start <= range.start && range.end <= outer.end, "{range:?} in {outer:?} of {text:?}");
    };
    match &node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::Sequence(items) => {
            for item in items {
                inside(&item.location);
                check_places(text, item);
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                inside(&entry.key.location);
                inside(&entry.node.location);
                check_places(text, &entry.node);
            }
        }
    }
}

/// Any text becomes HTML whose tags are closed in order and in which nothing runs.
pub(crate) fn markdown(text: &str) {
    for tags in [&[][..], &["a", "b", "p", "ul", "li", "table", "tr", "td", "script", "div", "img", "hr"][..]]
    {
        let allowed_tags = tags.iter().map(|&tag| tag.to_owned()).collect();
        let options = Options { allowed_tags, ..Options::default() };
        let mut diagnostics = Diagnostics::new();
        let blocks =
            markdown::parse(&SourcePath::new("a.md"), text, 0..text.len(), &options, &mut diagnostics);
        check_diagnostics(text, diagnostics);
        markdown::for_each_link(&blocks, &mut |link| {
            check_range(text, &link.range);
        });
        let html_options = HtmlOptions {
            resolve: &|destination| Cow::Borrowed(destination),
            size: &|_| None,
            mark: &|_| None,
            id_prefix: "x-",
            footnotes: "",
            heading_shift: 0,
            rows: None,
        };
        let mut html = String::new();
        markdown::write_blocks(&blocks, &html_options, &mut html);
        check_harmless(&html);
    }
}

fn check_harmless(html: &str) {
    let mut open = Vec::new();
    for markup in html.split('<').skip(1) {
        let (tag, _) = markup.split_once('>').expect("a `<` that begins no tag is escaped");
        let name = tag.split(' ').next().expect("a split has a first part");
        assert_ne!(name, "script");
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html:?}");
        } else if !["br", "hr", "img", "col", "wbr"].contains(&name) {
            open.push(name);
        }
        for (index, part) in tag.split('"').enumerate() {
            let is_value = index % 2 == 1;
            assert!(is_value || !part.trim_start().starts_with("on"), "{html:?}");
            assert!(!is_value || !part.to_lowercase().starts_with("javascript:"), "{html:?}");
        }
    }
    assert!(open.is_empty(), "{html:?}");
}

/// What the search for figures finds lies in the text in order, and a figure prints as what stands there.
pub(crate) fn scanner(text: &str) {
    let mut end = 0;
    for found in scan(text) {
        check_range(text, &found.range);
        assert!(end <= found.range.start && found.range.start < found.range.end, "{found:?} in {text:?}");
        end = found.range.end;
        if let NumberKind::Figure(quantity) = found.kind {
            let printed = text.get(found.range).expect("the range was checked");
            // A member of a list has no unit of its own.
            assert!(quantity.printed().starts_with(printed), "{quantity} for {printed}");
            assert_eq!(Quantity::parse(quantity.printed()), Ok(quantity.clone()));
        }
    }
}

/// Each line that is a formula is computed with the figures of the text, and prints as itself.
pub(crate) fn formula(text: &str) {
    let found: Vec<NumberKind> = scan(text).into_iter().map(|found| found.kind).collect();
    let figures: Vec<&Quantity> = found.iter().filter_map(NumberKind::quantity).collect();
    for line in text.lines() {
        let written = line.trim_matches([' ', '-', '|', '`']);
        let formula = match Formula::parse(written) {
            Ok(formula) => formula,
            Err(error) => {
                check_range(written, &error.range);
                continue;
            }
        };
        let again = Formula::parse(&formula.to_string()).expect("a printed formula is a formula");
        assert_eq!(again.pieces(), formula.pieces(), "{written:?}");
        let figures = figures.iter().map(|figure| Term::Figure(figure)).cycle();
        let terms: Vec<Term<'_>> =
            figures.chain(std::iter::repeat(Term::Missing)).take(formula.operands().len()).collect();
        let _ = formula.evaluate(&terms);
        let _ = formula.bare_number(&terms);
    }
}

/// Reading a page ends, whatever its tags, and comes to the same each time.
pub(crate) fn page(html: &[u8]) {
    static SITE: LazyLock<Site> =
        LazyLock::new(|| Site::resolve(Config::placeholder(), Content::default(), &mut Diagnostics::new()));
    let page = Page { path: "404.html".to_owned(), template: "404.html", bytes: html.to_vec() };
    let checks = Checks::new(&SITE, BTreeSet::new());
    let see = || checks.page(&Route::NotFound, &page);
    assert_eq!(format!("{:?}", see()), format!("{:?}", see()));
    assert_eq!(see().into_anchors().1, Checks::anchors(&page));
}

/// A document is read, or an error says why not; what is read says nothing that is not there, and prints as what it says.
pub(crate) fn document(bytes: &[u8]) {
    let Ok(document) = document::read(bytes) else { return };
    for finding in &document.findings {
        assert!(finding.place <= document.blocks.len(), "{finding:?}");
    }
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => assert!(!paragraph.text.trim().is_empty(), "an empty paragraph"),
            Block::Picture(index) => assert!(*index < document.pictures.len(), "no picture {index}"),
            Block::Table(table) => {
                assert!(table.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.columns > 0));
            }
        }
    }
    let text = document.plain_text();
    // A mark of byte order may come to stand first.
    if let (Format::Text(_), false) = (document.format, text.contains('\u{FEFF}')) {
        let again = document::read(text.as_bytes()).expect("what was printed is text");
        if matches!(again.format, Format::Text(_)) {
            assert_eq!(again.plain_text(), text);
        }
    }
}

fn check_diagnostics(text: &str, diagnostics: Diagnostics) {
    for diagnostic in diagnostics.into_sorted() {
        for location in diagnostic.locations() {
            check_location(text, location);
        }
    }
}

fn check_location(text: &str, location: &Location) -> Range<usize> {
    let range = location.range.clone().expect("what is wrong in a text has a place in it");
    check_range(text, &range);
    range
}

fn check_range(text: &str, range: &Range<usize>) {
    assert!(text.get(range.clone()).is_some(), "{range:?} is no stretch of {text:?}");
}
