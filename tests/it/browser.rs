//! Opens the finished pages in Chromium, as citizens do. The scripts are in `tests/browser/`.
//!
//! Where there is no Chromium, Node.js or `playwright-core`, these tests say that they were left out;
//! `GONGKAI_BROWSER_TESTS=required`, which `./test` sets, makes that a failure.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::site::TestSite;

const GONGKAI: &str = env!("CARGO_BIN_EXE_gongkai");

#[test]
fn every_link_leads_where_it_says_and_every_page_keeps_the_rules() {
    let site = TestSite::zhoushan();
    assert!(site.build().summary.is_some(), "the site was built");
    run("crawl.mjs", &[&site.path("output")]);
}

#[test]
fn citizens_can_answer_by_form_by_telephone_and_on_paper() {
    let site = TestSite::zhoushan();
    run("feedback.mjs", &[Path::new(GONGKAI), &site.path("")]);
}

/// Runs a script, which prints what is wrong and then fails.
#[track_caller]
fn run(script: &str, arguments: &[&Path]) {
    if let Some(missing) = missing_tool() {
        let line = format!("left out: tests/browser/{script} (no {missing})\n");
        assert!(std::env::var_os("GONGKAI_BROWSER_TESTS").is_none_or(|value| value != "required"), "{line}");
        // Written to the stream itself, since the test runner keeps what a passing test prints with `eprintln!`.
        std::io::stderr().write_all(line.as_bytes()).unwrap();
        return;
    }
    let output = Command::new("node").arg(folder().join(script)).args(arguments).output().unwrap();
    assert!(
        output.status.success(),
        "tests/browser/{script}:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser")
}

/// Names the first thing that the scripts need and that is not here.
fn missing_tool() -> Option<&'static str> {
    let has_node = Command::new("node")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    let has_chromium = std::env::var_os("CHROMIUM").is_some()
        || ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
            .iter()
            .any(|path| Path::new(path).exists());
    if !has_chromium {
        Some("Chromium")
    } else if !has_node {
        Some("Node.js")
    } else if !folder().join("node_modules/playwright-core").exists() {
        Some("playwright-core; `npm ci --prefix tests/browser` installs it")
    } else {
        None
    }
}
