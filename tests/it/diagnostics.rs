//! `docs/diagnostics.md` lists every problem that gongkai reports, and nothing else.

use std::collections::BTreeMap;
use std::path::Path;

use gongkai::keys::accepted::CODES;

/// The beginnings of the calls that make a diagnostic, each with its severity.
const CONSTRUCTORS: [(&str, &str); 6] = [
    ("Diagnostic::error(", "error"),
    ("Diagnostic::warning(", "warning"),
    ("Diagnostic::note(", "note"),
    ("Diagnostic::without_place(", ""),
    ("self.error(", "error"),
    ("self.warning(", "warning"),
];

/// Returns every code in `src/` with its severity.
fn codes_in_source() -> BTreeMap<String, String> {
    let mut codes = BTreeMap::new();
    for entry in walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for (constructor, severity) in CONSTRUCTORS {
            for (at, _) in code.match_indices(constructor) {
                let (before, arguments) = code.split_at(at);
                let arguments = arguments.strip_prefix(constructor).unwrap();
                let severity = match severity {
                    "" if arguments.contains("Severity::Error") => "error",
                    "" => "warning",
                    severity => severity,
                };
                for found in codes_of(arguments, before) {
                    let known = codes.insert(found.clone(), severity.to_owned());
                    assert!(known.is_none_or(|known| known == severity), "`{found}` has two severities");
                }
            }
        }
    }
    codes
}

/// Returns the code that a call names first, or, if it names a variable, every code that its function mentions.
fn codes_of(arguments: &str, before: &str) -> Vec<String> {
    let first = arguments.trim_start().split(',').next().unwrap();
    if let Some(code) = first.strip_prefix('"').and_then(|first| first.strip_suffix('"')) {
        return vec![code.to_owned()];
    }
    let constant = before.split(&format!("const {first}: &str = \"")).nth(1);
    if let Some(constant) = constant {
        return vec![constant.split('"').next().unwrap().to_owned()];
    }
    assert_eq!(first, "code", "this test does not understand the code of a diagnostic");
    let function = before.rsplit("fn ").next().unwrap();
    let texts = function.split('"').skip(1).step_by(2);
    let codes: Vec<String> = texts.filter(|text| is_code(text)).map(str::to_owned).collect();
    // The generic constructors themselves take the code from their callers.
    let is_generic = function.contains("code: &'static str");
    assert!(is_generic || !codes.is_empty(), "no code stands in `{function}`");
    codes
}

/// Tells whether a text is in kebab case, of at least two words.
fn is_code(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.contains('-') && text.split('-').all(is_word)
}

#[test]
fn every_code_is_documented_with_its_severity() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md");
    let document = std::fs::read_to_string(document).unwrap();
    let mut documented = BTreeMap::new();
    for line in document.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [code, severity, meaning, remedy] = cells[..] else { panic!("four cells: {line}") };
        assert!(!meaning.is_empty() && !remedy.is_empty(), "{line}");
        let code = code.trim_matches('`').to_owned();
        assert!(documented.insert(code, severity.to_owned()).is_none(), "listed twice: {line}");
    }
    let in_source = codes_in_source();
    assert!(in_source.len() > 60, "the test finds only {} codes", in_source.len());
    let missing: Vec<_> =
        in_source.iter().filter(|(code, severity)| documented.get(*code) != Some(severity)).collect();
    let unknown: Vec<_> = documented.keys().filter(|code| !in_source.contains_key(*code)).collect();
    assert!(missing.is_empty(), "not in docs/diagnostics.md with this severity: {missing:#?}");
    assert!(unknown.is_empty(), "not in src/: {unknown:#?}");
}

#[test]
fn codes_are_in_kebab_case() {
    let wrong: Vec<_> = codes_in_source().into_keys().filter(|code| !is_code(code)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Warnings that nobody can accept: what they tell of can be mended where it is, or is about the whole site.
const NOT_TO_BE_ACCEPTED: &[&str] = &[
    "accepted-without-finding",
    "approval-is-stale",
    "approval-out-of-order",
    "approval-without-hash",
    "attachment-authors",
    "example-value",
    "foreign-file",
    "key-without-effect",
    "link-to-former-address",
    "low-contrast",
    "missing-alternative",
    "missing-language",
    "missing-title",
    "mode-not-changed",
    "no-approved-text",
    "not-figure-without-figure",
    "not-one-h1",
    "not-published",
    "relation-divides-by-zero",
    "table-row-too-short",
    "text-taken-for-comment",
    "too-many-key-figures",
    "unknown-unit",
    "unused-term",
    "unused-theme-file",
    "unused-word",
    "unusual-characters",
    "words-in-style-sheet",
];

#[test]
fn every_warning_can_be_accepted_or_has_a_reason_why_not() {
    let warnings: Vec<String> = codes_in_source()
        .into_iter()
        .filter(|(_, severity)| severity == "warning")
        .map(|(code, _)| code)
        .collect();
    let mut decided: Vec<&str> =
        CODES.iter().map(|choice| choice.word).chain(NOT_TO_BE_ACCEPTED.iter().copied()).collect();
    decided.sort_unstable();
    assert_eq!(warnings, decided);
}
