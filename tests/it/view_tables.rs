//! What templates can read is described once, in the comments of `src/render/views.rs`: they become the tables of
//! `docs/themes.md`. `SNAPSHOTS=overwrite` writes them.

use std::fmt::Write as _;
use std::path::Path;

const START: &str =
    "<!-- Written by `SNAPSHOTS=overwrite cargo test view_tables` from src/render/views.rs. -->\n\n";
const END: &str = "<!-- So far. -->\n";

/// Writes a section for each view: its comment, and a table of its fields with theirs.
fn sections(source: &str) -> String {
    let mut out = String::new();
    let mut comment = String::new();
    let mut view = None;
    for line in source.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("/// ") {
            let gap = if comment.is_empty() { "" } else { " " };
            comment.extend([gap, text]);
        } else if let Some(name) = line.strip_prefix("pub(super) struct ") {
            let name = name.strip_suffix("View {").expect("what templates read is called a view");
            let about = std::mem::take(&mut comment).replace(". ", ".\n");
            writeln!(out, "### {name}\n\n{about}\n\n| field | type | meaning |\n|---|---|---|").unwrap();
            view = Some(name);
        } else if let (Some(view), Some(field)) = (view, line.strip_prefix("pub(super) ")) {
            let (name, kind) = field.trim_end_matches(',').split_once(": ").unwrap();
            let meaning = phrase(&std::mem::take(&mut comment));
            assert!(!meaning.is_empty(), "`{name}` of {view} has no comment");
            writeln!(out, "| `{name}` | {} | {meaning} |", kind_of(kind, view)).unwrap();
        } else if line == "}" && view.take().is_some() {
            out.push('\n');
        } else if !line.starts_with("#[") {
            comment.clear();
        }
    }
    out
}

/// A sentence as it stands in a table.
fn phrase(sentence: &str) -> String {
    let sentence = sentence.strip_suffix('.').unwrap_or(sentence);
    let mut chars = sentence.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            sentence.replacen(first, &first.to_lowercase().to_string(), 1)
        }
        _ => sentence.to_owned(),
    }
}

/// The type of a field in the words of the document.
fn kind_of(kind: &str, view: &str) -> String {
    let inside = |name: &str| kind.strip_prefix(name)?.strip_prefix('<')?.strip_suffix('>');
    if let Some(kind) = inside("Option") {
        return format!("{} or null", kind_of(kind, view));
    }
    if let Some(kind) = inside("Vec") {
        return format!("list of {}", kind_of(kind, view));
    }
    match kind {
        "String" => "text",
        "Html" => "HTML",
        "Json" => "JSON",
        "&'static str" => "word",
        "bool" => "flag",
        "u8" | "usize" => "number",
        "Self" => view,
        other => other.strip_suffix("View").unwrap_or_else(|| panic!("{view} has a field of type `{other}`")),
    }
    .to_owned()
}

#[test]
fn the_document_has_the_words_of_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = std::fs::read_to_string(root.join("src/render/views.rs")).unwrap();
    let path = root.join("docs/themes.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(START).expect("the tables begin behind their mark");
    let (tables, after) = rest.split_once(END).expect("the tables end at their mark");
    let expected = sections(&source);
    assert!(expected.matches("### ").count() > 20, "{expected}");
    if std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite") {
        std::fs::write(&path, format!("{before}{START}{expected}{END}{after}")).unwrap();
        return;
    }
    snapbox::assert_data_eq!(tables.to_owned(), snapbox::Data::from(expected).raw());
}
