//! The tables of `docs/content.md` and the schemas of what authors write are those of the reader: both are made from
//! `gongkai::keys`.
//!
//! `SNAPSHOTS=overwrite cargo test keys` writes both anew. Front matter and settings of sound sites fit the schemas.

use std::path::{Path, PathBuf};
use std::process::Command;

use gongkai::diagnostic::{Diagnostics, SourcePath};
use gongkai::keys::{self, accepted, contact, metric, notice, section, site};
use gongkai::notice::{Direction, Status};
use gongkai::yaml::{self, Key, Keys, Kind, Node};
use serde_json::{Value, json};

use crate::data::accepts;
use crate::site::{TestSite, tree};
use crate::tools::leave_out;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Compares a file with what it must be, or writes it.
#[track_caller]
fn check_file(name: &str, expected: &str) {
    let path = root().join(name);
    if std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite") {
        std::fs::write(&path, expected).unwrap();
        return;
    }
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(text == expected, "`{name}` is not up to date; run `SNAPSHOTS=overwrite cargo test keys`");
}

/// Returns the rows of a table: those of a mapping without a meaning of its own are the keys inside.
fn rows(keys: Keys, has_third: bool) -> String {
    let row = |name: &str, key: &Key| {
        let third = match (key.is_required, key.without) {
            (true, _) => "error",
            (false, without) => without,
        };
        assert!(!has_third || !third.is_empty(), "`{name}` does not say what holds without it");
        let third = if has_third { format!(" {third} |") } else { String::new() };
        format!("| `{name}` | {} |{third}\n", key.meaning)
    };
    let of_key = |key: &&Key| match key.kind {
        Kind::Mapping(inner) if key.meaning.is_empty() => {
            let inside = |one: &&Key| {
                let value = if matches!(one.kind, Kind::Texts) { "[…]" } else { "…" };
                row(&format!("{}: {{{}: {value}}}", key.name, one.name), one)
            };
            inner.iter().map(inside).collect::<String>()
        }
        _ => row(key.name, key),
    };
    // What must be there comes first.
    let (required, others): (Vec<_>, Vec<_>) = keys.iter().partition(|key| key.is_required);
    required.into_iter().chain(others).map(of_key).collect()
}

/// Returns the keys of several forms, each once.
fn all_of(forms: &'static [Keys]) -> Keys {
    let mut all: Vec<&'static Key> = Vec::new();
    for key in forms.iter().copied().flatten() {
        if !all.iter().any(|one| one.name == key.name) {
            all.push(key);
        }
    }
    all.leak()
}

#[test]
fn tables_of_the_documents_are_those_of_the_reader() {
    let name = "docs/content.md";
    let mut text = std::fs::read_to_string(root().join(name)).unwrap();
    for (table, keys, third) in [
        ("site", site::KEYS, true),
        ("notice", notice::KEYS, true),
        ("section", section::KEYS, true),
        ("metric", all_of(metric::FORMS), false),
        ("not_figure", keys::NOT_A_FIGURE, false),
        ("relation", keys::RELATION, false),
        ("accepted", accepted::ENTRY, false),
        ("approval", notice::APPROVAL_KEYS, false),
        ("contact", all_of(contact::FORMS), false),
    ] {
        let [start, end] = [format!("<!-- keys: {table} -->\n"), "<!-- end of keys -->".to_owned()];
        let (before, rest) = text.split_once(&start).unwrap_or_else(|| panic!("{name} has no {start}"));
        let behind = rest.split_once(&end).unwrap().1;
        let head = if third {
            "| key | meaning | if it is missing |\n|---|---|---|\n"
        } else {
            "| key | meaning |\n|---|---|\n"
        };
        text = format!("{before}{start}{head}{}{end}{behind}", rows(keys, third));
    }
    check_file(name, &text);
}

/// Writes Markdown without its links and signs of code, as editors show a description.
fn in_words(markdown: &str) -> String {
    let mut words = String::new();
    for (index, part) in markdown.split("](").enumerate() {
        let behind = if index == 0 { part } else { part.split_once(')').unwrap().1 };
        words.push_str(behind);
    }
    words.replace(['[', ']'], "")
}

/// What reads as a text without quotes may be a number or a truth value to other readers.
fn text_schema() -> Value {
    json!({"type": ["string", "number", "boolean"], "minLength": 1})
}

fn one_of(mut schemas: Vec<Value>) -> Value {
    if schemas.len() == 1 { schemas.remove(0) } else { json!({"anyOf": schemas}) }
}

fn mapping_schema(keys: Keys, must_have_first: bool) -> Value {
    let properties: serde_json::Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), key_schema(key))).collect();
    let is_required = |(index, key): &(usize, &&Key)| key.is_required || (must_have_first && *index == 0);
    let required: Vec<&str> = keys.iter().enumerate().filter(is_required).map(|(_, key)| key.name).collect();
    let mut schema = json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn forms_schema(forms: &'static [Keys]) -> Vec<Value> {
    forms.iter().map(|form| mapping_schema(form, forms.len() > 1)).collect()
}

fn key_schema(key: &Key) -> Value {
    let mut schema = match key.kind {
        Kind::Text => text_schema(),
        Kind::Day | Kind::Time => json!({"type": "string", "minLength": 1}),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Choice(choices) => json!({"enum": choices.iter().map(|one| one.word).collect::<Vec<_>>()}),
        Kind::ChoiceOrMapping(choices, keys) => {
            let words: Vec<_> = choices.iter().flat_map(|one| [&[one.word], one.instead].concat()).collect();
            one_of(vec![json!({"enum": words}), mapping_schema(keys, false)])
        }
        Kind::Texts => one_of(vec![text_schema(), json!({"type": "array", "items": text_schema()})]),
        Kind::Mapping(keys) => mapping_schema(keys, false),
        Kind::List(forms) => json!({"type": "array", "items": one_of(forms_schema(forms))}),
        Kind::TextsOrMappings(keys) => {
            let entry = one_of(vec![text_schema(), mapping_schema(keys, false)]);
            one_of(vec![text_schema(), json!({"type": "array", "items": entry})])
        }
        Kind::Named => json!({"type": "object", "additionalProperties": text_schema()}),
        Kind::NamedForms(forms) => {
            let values = std::iter::once(text_schema()).chain(forms_schema(forms)).collect();
            json!({"type": "object", "additionalProperties": one_of(values)})
        }
    };
    let meaning = in_words(key.meaning);
    if !meaning.is_empty() {
        let without = if key.without.is_empty() { String::new() } else { in_words(key.without) };
        let separator = if without.is_empty() { "" } else { "\n\nIf it is missing: " };
        schema["description"] = json!(format!("{meaning}{separator}{without}"));
    }
    if let Some(word) = key.chinese.first() {
        schema["title"] = json!(word);
    }
    schema
}

fn head(name: &str, description: &str) -> serde_json::Map<String, Value> {
    let head = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:gongkai:schema:{name}:1"),
        "title": name,
        "description": description,
    });
    head.as_object().unwrap().clone()
}

#[test]
fn schemas_are_those_of_the_reader() {
    let mut settings = head("site", "site.yaml: the settings of a site.");
    settings.extend(mapping_schema(site::KEYS, false).as_object().unwrap().clone());

    let mut of_section = mapping_schema(section::KEYS, false);
    of_section["if"] = json!({"properties": {"kind": {"const": "prose"}}, "required": ["kind"]});
    of_section["else"] = json!({"required": ["heading"]});
    let mut front_matter = head(
        "front-matter",
        "What stands between the two lines --- of notice.md, of a section, or of a page beside the notices.",
    );
    let files = ["notice", "section", "page"];
    let places = files.map(|name| json!({"$ref": format!("#/$defs/{name}")}));
    front_matter.insert("anyOf".to_owned(), json!(places));
    let definitions = json!({
        "notice": mapping_schema(notice::KEYS, false),
        "section": of_section,
        "page": mapping_schema(keys::PAGE, false),
    });
    front_matter.insert("$defs".to_owned(), definitions);

    for (name, schema) in [("site", settings), ("front-matter", front_matter)] {
        let text = serde_json::to_string_pretty(&schema).unwrap();
        check_file(&format!("docs/schemas/{name}.schema.json"), &format!("{text}\n"));
    }
}

#[test]
fn readers_ask_for_the_keys_of_the_table_in_their_order() {
    let site = TestSite::small();
    std::fs::remove_file(site.path("content/n/approved.txt")).unwrap();
    let file = |name: &str, head: &str| {
        let text = site.text(name);
        let text = text.strip_prefix("---\n").unwrap();
        site.write(name, format!("---\n{head}{text}"));
    };
    site.write("site.yaml", "title: 示例\nqqqqqqqqq: a\nfeedback: {qqqqqqqqq: a}\n");
    file("content/n/notice.md", "qqqqqqqqq: a\ninspection: {qqqqqqqqq: a}\ncorrections: [{qqqqqqqqq: a}]\n");
    file(
        "content/n/01.md",
        "qqqqqqqqq: a\naccepted: [{qqqqqqqqq: a}]\nnot_figures: [{words: 甲, qqqqqqqqq: a}]\nrelations: [{formula: 甲 = 乙, qqqqqqqqq: a}]\nmetrics: {甲: {value: 1件, qqqqqqqqq: a}, 乙: {again: 1件, qqqqqqqqq: a}}\n",
    );
    site.write("content/a.md", "---\ntitle: 甲\nqqqqqqqqq: a\n---\n乙。\n");
    let mut told = Vec::new();
    for problem in site.build().diagnostics.iter().filter(|problem| problem.code == "unknown-key") {
        told.push(problem.help.as_ref().unwrap().to_string());
    }
    let Kind::Mapping(feedback) = site::FEEDBACK.kind else { panic!() };
    for keys in [
        site::KEYS,
        feedback,
        notice::KEYS,
        notice::INSPECTION_KEYS,
        notice::CORRECTION,
        section::KEYS,
        keys::NOT_A_FIGURE,
        keys::RELATION,
        metric::FORMS[0],
        metric::FORMS[1],
        accepted::ENTRY,
        keys::PAGE,
    ] {
        let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
        let expected = format!("known here: `{}`", names.join("`, `"));
        let place = told.iter().position(|help| *help == expected);
        told.remove(place.unwrap_or_else(|| panic!("{expected} is not in {told:#?}")));
    }
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn the_words_of_the_table_are_those_of_the_model() {
    let words = |key: &Key| match key.kind {
        Kind::Choice(choices) | Kind::ChoiceOrMapping(choices, _) => {
            choices.iter().map(|choice| choice.word).collect::<Vec<_>>()
        }
        _ => panic!("`{}` is no choice", key.name),
    };
    assert_eq!(words(&section::STATUS), Status::ALL.map(|(word, _)| word));
    assert_eq!(words(&metric::DIRECTION), Direction::ALL.map(|(word, _)| word));
    let site = TestSite::small();
    for word in words(&site::READABLE_BY) {
        site.write("site.yaml", format!("title: 示例\nreadable_by: {word}\n"));
        assert!(!site.findings().iter().any(|finding| finding.starts_with("unknown-value")), "{word}");
    }
    for word in words(&section::KIND) {
        site.write("content/n/01.md", format!("---\nheading: 一、甲\nkind: {word}\n---\n乙。\n"));
        assert!(!site.findings().iter().any(|finding| finding.starts_with("unknown-value")), "{word}");
    }
}

/// Returns what a tree is to other programs; an unquoted `true` is a truth value to them.
fn to_json(node: &Node, text: &str) -> Value {
    match &node.value {
        yaml::Value::Null => Value::Null,
        yaml::Value::Scalar(word) => match (word.as_str(), text.get(node.location.range.clone().unwrap())) {
            ("true", Some("true")) => json!(true),
            ("false", Some("false")) => json!(false),
            (word, _) => json!(word),
        },
        yaml::Value::Sequence(elements) => elements.iter().map(|element| to_json(element, text)).collect(),
        yaml::Value::Mapping(entries) => {
            let entries = entries.iter().map(|entry| (entry.key.value.clone(), to_json(&entry.node, text)));
            Value::Object(entries.collect())
        }
    }
}

/// Returns what the settings and the front matter of a site say, each with its file and the schema that it must fit.
fn sources_of(site: &Path) -> Vec<Value> {
    let mut found = Vec::new();
    for (name, bytes) in tree(site) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let schema = match name.split(['/', '.']).collect::<Vec<_>>().as_slice() {
            ["site", "yaml"] => "site",
            ["content", _, "notice", "md"] => "notice",
            ["content", _, "md"] => "page",
            ["content", _, _, "md"] => "section",
            _ => continue,
        };
        let range = match (schema, text.split("---").nth(1)) {
            ("site", _) => 0..text.len(),
            (_, Some(front_matter)) if text.trim_start().starts_with("---") => {
                let start = text.find("---").unwrap() + 3;
                start..start + front_matter.len()
            }
            _ => continue,
        };
        let mut diagnostics = Diagnostics::new();
        let node = yaml::parse(&SourcePath::new(name.as_str()), &text, range, &mut diagnostics).unwrap();
        found.push(json!({"file": site.join(name), "schema": schema, "value": to_json(&node, &text)}));
    }
    found
}

#[test]
fn other_programs_find_that_sound_sites_fit_the_schemas() {
    let python = root().join("target/validators/bin/python");
    if !python.exists() {
        leave_out("tests/data/validate_sources.py", "`target/validators`; `./test --install` makes it");
        return;
    }
    let cases = std::fs::read_dir(root().join("tests/sites")).unwrap().map(|case| case.unwrap().path());
    let sound = cases.filter(|case| !case.ends_with("faults"));
    let (ours, every_key) = (TestSite::zhoushan(), TestSite::every_key());
    let sites = [ours.path(""), every_key.path("")].into_iter().chain(sound);
    let sources: Vec<Value> = sites.flat_map(|site| sources_of(&site)).collect();
    assert!(sources.len() > 100, "there are only {} files", sources.len());
    ours.write("sources.json", serde_json::to_vec(&sources).unwrap());
    let mut command = Command::new(python);
    command.arg(root().join("tests/data/validate_sources.py")).arg(ours.path("sources.json"));
    accepts(&mut command);
}
