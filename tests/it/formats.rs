//! What was found, told to programs: standard output holds it and nothing else, and other programs can read it.

use std::path::Path;
use std::process::{Command, Output};

use crate::data::accepts;
use crate::faults::site_with_faults;
use crate::site::TestSite;
use crate::tools::leave_out;

const FORMATS: [&str; 4] = ["short", "json", "sarif", "github"];

fn build(site: &TestSite, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.arg("build").args(arguments).arg("--root").arg(site.path("")).output().unwrap()
}

#[test]
fn standard_output_holds_what_was_found_and_nothing_else() {
    let (good, bad) = (TestSite::small(), site_with_faults());
    for format in FORMATS {
        let output = build(&good, &["--lang", "en", "--format", format]);
        assert!(output.status.success());
        let lines = String::from_utf8(output.stdout).unwrap();
        match format {
            "short" | "github" => assert_eq!(lines, "", "{format}"),
            _ => drop(serde_json::from_str::<serde_json::Value>(&lines).unwrap()),
        }
        assert!(String::from_utf8(output.stderr).unwrap().starts_with("Built 1 notice"), "{format}");

        let output = build(&bad, &["--lang", "en", "--format", format]);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            "Nothing was written: mend the errors above and build again.\n"
        );
        let text = String::from_utf8(output.stdout).unwrap();
        match format {
            "short" => assert!(text.lines().all(|line| line.contains(": error[")), "{text}"),
            "github" => assert!(text.lines().all(|line| line.starts_with("::error title=")), "{text}"),
            _ => drop(serde_json::from_str::<serde_json::Value>(&text).unwrap()),
        }
    }
}

#[test]
fn every_format_tells_all_and_as_often() {
    let site = site_with_faults();
    let n = site.build().diagnostics.len();
    let text = |format| String::from_utf8(build(&site, &["--format", format]).stdout).unwrap();
    let json = |format| serde_json::from_str::<serde_json::Value>(&text(format)).unwrap();
    assert_eq!(text("short").lines().count(), n);
    assert_eq!(text("github").lines().count(), n);
    assert_eq!(json("json")["findings"].as_array().map(Vec::len), Some(n));
    assert_eq!(json("sarif")["runs"][0]["results"].as_array().map(Vec::len), Some(n));
}

#[test]
fn other_programs_accept_what_was_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join("target/validators/bin/python");
    if !python.exists() {
        leave_out(
            "the schemas of SARIF and of `--format json`",
            "`target/validators`; `./test --install` makes it",
        );
        return;
    }
    let (sites, folder) = ([TestSite::every_key(), site_with_faults()], TestSite::empty());
    let mut files = Vec::new();
    for (n, site) in sites.iter().enumerate() {
        // A warning without a place in a line, too.
        std::fs::remove_file(site.path("content/n/approved.txt")).unwrap_or_default();
        for (format, language) in [("json", "en"), ("sarif", "en"), ("sarif", "zh")] {
            let name = folder.path(format!("{n}-{language}.{format}"));
            std::fs::write(&name, build(site, &["--format", format, "--lang", language]).stdout).unwrap();
            files.push(name);
        }
    }
    accepts(Command::new(python).arg(root.join("tests/data/validate.py")).args(&files));
}
