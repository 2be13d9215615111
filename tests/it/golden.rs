//! Golden sites: each folder in `tests/sites/` is a site with the exact files that must come out of it.
//!
//! The comparison is exact on purpose: a page that should not exist is as wrong as one that is missing. `tests/README.md`
//! tells how to add a case.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::site::TestSite;

/// The files of a folder: their bytes by their path, with `/` between the parts.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// What a case may hold beside the site.
const EXPECTED: &str = "expected";
/// What the build must find, a line for each; no file means nothing.
const FINDINGS: &str = "findings.txt";

/// The only case whose search index is compared; in all others it would repeat the text.
const WITH_INDEX: &str = "nested-measures";

/// The case of which only the words of the notices' pages are compared, since it is large.
const OF_WORDS: &str = "offices";

/// Reads every file below `root`, hidden ones included.
pub(crate) fn read_tree(root: &Path) -> Tree {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let name = entry.path().strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Panics unless both trees have the same files with the same bytes; says which differ, and in which line.
#[track_caller]
pub(crate) fn assert_tree_eq(expected: &Tree, actual: &Tree) {
    let differences = differences(expected, actual);
    assert!(differences.is_empty(), "{differences}");
}

/// Describes how the trees differ, a paragraph for each file; empty if they do not.
fn differences(expected: &Tree, actual: &Tree) -> String {
    let mut out = String::new();
    for name in expected.keys().filter(|name| !actual.contains_key(*name)) {
        writeln!(out, "`{name}` is missing").unwrap();
    }
    for (name, bytes) in actual {
        match expected.get(name) {
            None => writeln!(out, "`{name}` should not be there").unwrap(),
            Some(wanted) if wanted != bytes => {
                let [wanted, found] = [wanted, bytes].map(|bytes| String::from_utf8_lossy(bytes));
                writeln!(out, "`{name}` differs:\n{}", changed_lines(&wanted, &found)).unwrap();
            }
            Some(_) => {}
        }
    }
    out
}

/// Prints the lines that differ, `-` before an expected and `+` before an actual one.
fn changed_lines(expected: &str, actual: &str) -> String {
    let diff = similar::TextDiff::from_lines(expected, actual);
    let shown = diff.unified_diff().context_radius(1).to_string();
    if shown.is_empty() { "the bytes that differ are not text".to_owned() } else { shown }
}

/// Copies the themes that several cases share, so that a case need not bring one: `plain` shows the text and nothing else,
/// `bare` shows the pages of the built-in theme without what stands around them.
fn add_shared_themes(site: &TestSite) {
    for (name, bytes) in read_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themes")) {
        site.write(&format!("themes/{name}"), bytes);
    }
}

/// Takes the list of files out of `output`, after a look whether it is right. Golden trees go without it: it would differ
/// with every page and tell nothing new.
fn take_manifest(output: &mut Tree) -> Result<(), String> {
    let Some(manifest) = output.remove("manifest.json") else { return Err("no manifest.json\n".to_owned()) };
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let listed: Vec<(String, u64, String)> = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| {
            let text = |key: &str| file[key].as_str().unwrap().to_owned();
            (text("path"), file["size"].as_u64().unwrap(), text("sha256"))
        })
        .collect();
    let real: Vec<(String, u64, String)> = output
        .iter()
        .map(|(name, bytes)| {
            let hash: Vec<String> = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            (name.clone(), bytes.len() as u64, hash.concat())
        })
        .collect();
    if listed == real {
        Ok(())
    } else {
        Err("manifest.json does not list the files that are there\n".to_owned())
    }
}

/// Copies the sources of a case, with the shared themes.
pub(crate) fn scratch(case: &Path) -> TestSite {
    let site = TestSite::empty();
    add_shared_themes(&site);
    for (name, bytes) in read_tree(case) {
        if name != FINDINGS && !name.starts_with(&format!("{EXPECTED}/")) {
            site.write(&name, bytes);
        }
    }
    site
}

/// Returns the words of a page, a line for each stretch between two tags.
fn words(page: &[u8]) -> Vec<u8> {
    let page = std::str::from_utf8(page).unwrap();
    let stretches = page.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text).trim());
    let lines: Vec<&str> = stretches.filter(|text| !text.is_empty()).collect();
    (lines.join("\n") + "\n").into_bytes()
}

/// Builds one case in a scratch folder and compares; with `SNAPSHOTS=overwrite` the case learns what came out instead.
fn check(case: &Path, is_learning: bool) -> Result<(), String> {
    let site = scratch(case);
    let findings: Vec<String> = site.findings().iter().map(|finding| format!("{finding}\n")).collect();
    let findings = findings.concat();
    let output = site.path("output");
    let mut actual = if output.exists() { read_tree(&output) } else { Tree::new() };
    if output.exists() {
        take_manifest(&mut actual)?;
        if !case.ends_with(WITH_INDEX) {
            actual.retain(|name, _| !name.starts_with("search/"));
        }
        if case.ends_with(OF_WORDS) {
            actual.retain(|name, _| {
                name.ends_with("/index.html") && name.matches('/').count() == 1 && name != "unit/index.html"
            });
            for page in actual.values_mut() {
                *page = words(page);
            }
        }
    }
    if is_learning {
        learn(case, &actual, &findings);
        return Ok(());
    }
    let expected = if case.join(EXPECTED).exists() { read_tree(&case.join(EXPECTED)) } else { Tree::new() };
    let wanted_findings = std::fs::read_to_string(case.join(FINDINGS)).unwrap_or_default();
    let mut out = differences(&expected, &actual);
    if findings != wanted_findings {
        write!(out, "`{FINDINGS}` differs:\n{}", changed_lines(&wanted_findings, &findings)).unwrap();
    }
    if out.is_empty() { Ok(()) } else { Err(out) }
}

/// Replaces what a case expects.
fn learn(case: &Path, actual: &Tree, findings: &str) {
    let expected = case.join(EXPECTED);
    if expected.exists() {
        std::fs::remove_dir_all(&expected).unwrap();
    }
    for (name, bytes) in actual {
        let path = expected.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let path = case.join(FINDINGS);
    if !findings.is_empty() {
        std::fs::write(path, findings).unwrap();
    } else if path.exists() {
        std::fs::remove_file(path).unwrap();
    }
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|case| !case.ends_with("faults")) // It has more to compare: `faults.rs`.
        .collect();
    cases.sort();
    cases
}

#[test]
fn every_golden_site_comes_out_exactly() {
    let is_learning = std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite");
    let cases = cases();
    assert!(cases.len() > 9, "only {} cases were found", cases.len());
    let mut report = String::new();
    for case in cases {
        if let Err(differences) = check(&case, is_learning) {
            let name = case.file_name().unwrap().to_string_lossy();
            write!(report, "\ntests/sites/{name}\n{differences}").unwrap();
        }
    }
    assert!(
        report.is_empty(),
        "if this is what you want, run the tests with SNAPSHOTS=overwrite and read the diff{report}"
    );
}

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

#[test]
fn a_missing_an_extra_and_a_changed_file_are_differences() {
    let expected = tree(&[("a", "1\n"), ("b/c", "2\n")]);
    assert_eq!(differences(&expected, &expected.clone()), "");
    assert_eq!(differences(&expected, &tree(&[("a", "1\n")])), "`b/c` is missing\n");
    let extra = tree(&[("a", "1\n"), ("b/c", "2\n"), ("d", "")]);
    assert_eq!(differences(&expected, &extra), "`d` should not be there\n");
    let changed = tree(&[("a", "1\n"), ("b/c", "3\n")]);
    assert_eq!(differences(&expected, &changed), "`b/c` differs:\n@@ -1 +1 @@\n-2\n+3\n\n");
}

#[test]
fn a_case_fails_with_what_is_not_expected() {
    let case = TestSite::small();
    let told = check(&case.path(""), false).unwrap_err();
    assert!(told.contains("`index.html` should not be there"), "{told}");
    check(&case.path(""), true).unwrap();
    check(&case.path(""), false).unwrap();
    case.write("expected/extra.html", "");
    assert_eq!(check(&case.path(""), false).unwrap_err(), "`extra.html` is missing\n");
    std::fs::remove_file(case.path("expected/extra.html")).unwrap();
    case.write(
        "content/n/approved.txt",
        "现予以公布。一、关于“甲”问题的整改情况\n（一）改进工作。已经改进。\n",
    );
    let told = check(&case.path(""), false).unwrap_err();
    assert!(told.contains("+approved-paragraphs-differ content/n/notice.md:6:7"), "{told}");
}
