//! One site with many different faults: one run names each of them once, exactly, and nothing else, and the site that was
//! built before stays as it was.
//!
//! The site is `tests/sites/faults/`; what is expected of it stands beside it in `expected.txt`, which
//! `SNAPSHOTS=overwrite cargo test faults` writes anew.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use gongkai::build::Report;
use gongkai::diagnostic::{Language, Severity};
use snapbox::IntoData as _;

use crate::site::{TestSite, copy_tree, finding, place, tree};

/// How many faults the site has.
const FAULTS: usize = 90;

/// Builds a good site, then puts the one with the faults in its place; the output is that of the good one.
pub(crate) fn site_with_faults() -> TestSite {
    let site = TestSite::small();
    assert!(site.findings().is_empty());
    std::fs::remove_dir_all(site.path("content")).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/faults");
    for part in ["content", "static", "themes"] {
        copy_tree(&folder.join(part), &site.path(part));
    }
    std::fs::copy(folder.join("site.yaml"), site.path("site.yaml")).unwrap();
    // `heading: 五、` in GBK, which no editor for this repository would keep.
    site.with("content/front-matter/05.md", b"---\nheading: \xCE\xE5\xA1\xA2\n---\n")
}

/// Writes each finding with its help and the other places that belong to it.
fn listing(report: &Report) -> String {
    let english = |message: &gongkai::diagnostic::Message| message.in_language(Language::English).to_owned();
    let mut listing = String::new();
    for found in &report.diagnostics {
        let help = found.help.as_ref().map(english).unwrap_or_default();
        write!(listing, "{}\n    {help}\n", finding(found, report)).unwrap();
        for related in &found.related {
            let place = place(&related.location, report);
            writeln!(listing, "    {place}: {}", english(&related.message)).unwrap();
        }
    }
    listing
}

fn build_on_console(site: &TestSite, language: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["build", "--lang", language, "--root"])
        .arg(site.path(""))
        .output()
        .unwrap()
}

#[test]
fn one_run_names_each_fault_once_with_its_place_and_help() {
    let report = site_with_faults().build();
    let expected = snapbox::file!["../sites/faults/expected.txt"].raw();
    snapbox::assert_data_eq!(listing(&report).raw(), expected);
    assert_eq!(report.diagnostics.len(), FAULTS);
    assert!(report.diagnostics.iter().all(|found| found.severity == Severity::Error));
}

#[test]
fn every_message_and_help_is_one_line_in_both_languages() {
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for found in site_with_faults().build().diagnostics {
        let help = found.help.clone().expect("each fault has a help line");
        for message in [&found.message, &help] {
            let (english, chinese) =
                (message.in_language(Language::English), message.in_language(Language::Chinese));
            for text in [english, chinese] {
                assert!(!text.is_empty() && !text.contains('\n') && !text.ends_with(['.', '。']), "{text}");
            }
            assert!(is_chinese(chinese) && english != chinese, "{chinese}");
        }
    }
}

#[test]
fn the_older_output_stays_byte_for_byte() {
    let site = site_with_faults();
    let before = tree(&site.path("output"));
    assert!(before.contains_key("n/01.html"), "the good site has been built");
    assert!(site.build().summary.is_none());
    assert_eq!(tree(&site.path("output")), before);
    for (language, count) in [("en", format!("{FAULTS} errors")), ("zh", format!("{FAULTS} 个错误"))] {
        let console = build_on_console(&site, language);
        let errors = String::from_utf8(console.stderr).unwrap();
        assert_eq!(console.status.code(), Some(1), "{errors}");
        assert!(errors.contains(&count), "{errors}");
        assert!(console.stdout.is_empty());
        assert_eq!(tree(&site.path("output")), before);
    }
}
