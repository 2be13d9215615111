//! What was found → a log in SARIF 2.1.0 (OASIS, with errata 01).
//!
//! Columns count code points; what rules mean is what `docs/diagnostics.md` says.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Findings, Stretch, severity};
use crate::diagnostic::{Certainty, Diagnostic, Edit, Fix, Language, Location, SourcePath};
use crate::text::{address, characters};

/// The list of all codes, which a test holds to the code.
const RULES: &str = include_str!("../../../docs/diagnostics.md");

pub(super) fn print(findings: &Findings<'_>) -> String {
    let all = findings.all;
    let codes: BTreeSet<&str> = all.iter().map(|found| found.code).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let results: Vec<Value> = all.iter().map(|found| result(found, findings)).collect();
    let language = match findings.language {
        Language::English => "en-US",
        Language::Chinese => "zh-CN",
    };
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "gongkai", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "language": language,
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let json = serde_json::to_string_pretty(&log).expect("texts and numbers are JSON");
    characters::escaped_in_json(&json).into_owned()
}

/// Describes a rule by its row in the documents.
fn rule(code: &str) -> Value {
    let row = RULES.lines().find_map(|line| line.strip_prefix(&format!("| `{code}` | ")));
    let mut cells = row.unwrap_or_default().trim_end_matches(" |").split(" | ").skip(1);
    match (cells.next(), cells.next()) {
        (Some(meaning), Some(what_to_do)) => json!({
            "id": code,
            "fullDescription": {"text": meaning},
            "help": {"text": what_to_do},
        }),
        _ => json!({"id": code}),
    }
}

fn result(found: &Diagnostic, findings: &Findings<'_>) -> Value {
    let mut result = json!({
        "ruleId": found.code,
        "level": severity(found.severity),
        "message": {"text": findings.words(found)},
    });
    if let Some(location) = &found.location {
        result["locations"] = json!([{"physicalLocation": place(location, findings)}]);
    }
    let mut places: Vec<Value> = Vec::new();
    for related in &found.related {
        let message = related.message.in_language(findings.language);
        let place =
            json!({"physicalLocation": place(&related.location, findings), "message": {"text": message}});
        // SARIF wants each once; a figure that two metrics share is named twice.
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if !places.is_empty() {
        result["relatedLocations"] = Value::Array(places);
    }
    if !found.fixes.is_empty() {
        result["fixes"] = found.fixes.iter().map(|one| fix(one, findings)).collect();
    }
    result
}

fn place(location: &Location, findings: &Findings<'_>) -> Value {
    let mut place = json!({"artifactLocation": {"uri": uri(&findings.path(&location.path))}});
    if let Some(stretch) = findings.stretch(location) {
        place["region"] = region(&stretch);
    }
    place
}

fn region(Stretch { start, end, .. }: &Stretch) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn fix(fix: &Fix, findings: &Findings<'_>) -> Value {
    let paths: BTreeSet<&SourcePath> = fix.edits.iter().map(|edit| &edit.path).collect();
    let changes = paths.into_iter().map(|path| {
        let edits = fix.edits.iter().filter(|edit| edit.path == *path);
        let replacements: Vec<Value> = edits.map(|edit| replacement(edit, findings)).collect();
        json!({"artifactLocation": {"uri": uri(&findings.path(path))}, "replacements": replacements})
    });
    let changes: Vec<Value> = changes.collect();
    json!({
        "description": {"text": fix.title.in_language(findings.language)},
        "artifactChanges": changes,
        "properties": {"isCertain": fix.certainty == Certainty::Certain},
    })
}

fn replacement(edit: &Edit, findings: &Findings<'_>) -> Value {
    let stretch = findings.stretch_of(&edit.path, edit.range.clone());
    json!({"deletedRegion": region(&stretch), "insertedContent": {"text": edit.text}})
}

/// Writes a path as an address, relative to where the command was called if it is.
fn uri(path: &str) -> String {
    let encoded = path.split('/').map(address::percent_encoded).collect::<Vec<_>>().join("/");
    match path.split('/').next() {
        Some("") => format!("file://{encoded}"),
        Some(drive) if drive.ends_with(':') => format!("file:///{encoded}"),
        _ => encoded,
    }
}

#[cfg(test)]
mod tests {
    use super::{rule, uri};

    #[test]
    fn paths_are_addresses() {
        assert_eq!(uri("content/a b/01.md"), "content/a%20b/01.md");
        assert_eq!(uri("../甲.md"), "../%E7%94%B2.md");
        assert_eq!(uri("/srv/01.md"), "file:///srv/01.md");
        assert_eq!(uri("C:/01.md"), "file:///C%3A/01.md");
    }

    #[test]
    fn rules_are_described_as_in_the_documents() {
        let rule = rule("unknown-key");
        assert!(rule["fullDescription"]["text"].as_str().is_some_and(|text| text.ends_with('.')), "{rule}");
        assert!(rule["help"]["text"].as_str().is_some_and(|text| text.ends_with('.')), "{rule}");
    }
}
