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

#[test]
fn citizens_find_what_they_search_for() {
    let real = TestSite::zhoushan();
    assert!(real.build().summary.is_some(), "the site was built");
    let varied = crate::search::varied_site();
    assert!(varied.build().summary.is_some(), "the other site was built");
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search.md");
    run("search.mjs", &[&real.path("output"), &varied.path("output"), &table]);
}

#[test]
fn editors_see_what_they_save() {
    let site = TestSite::zhoushan();
    run("preview.mjs", &[Path::new(GONGKAI), &site.path("")]);
}

/// What a system does that tells nobody of changes: it takes every wish to be told, and forgets it.
const DEAF: &str = "int inotify_add_watch(int queue, const char *path, unsigned mask) {\n\
                    static int watch;\n(void)queue; (void)path; (void)mask;\nreturn ++watch;\n}\n";

#[test]
#[cfg(target_os = "linux")]
fn editors_see_what_they_save_where_the_system_tells_of_no_changes() {
    use std::io::{BufRead, BufReader};
    use std::os::unix::fs::PermissionsExt as _;

    let site = TestSite::zhoushan();
    let (source, library, program) =
        (site.path("tools/deaf.c"), site.path("tools/deaf.so"), site.path("tools/gongkai"));
    site.write("tools/deaf.c", DEAF);
    // Rust links with the system's C compiler, so there is one.
    let compiled = Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).status();
    assert!(compiled.unwrap().success());
    let script = format!("#!/bin/sh\nexec env LD_PRELOAD='{}' '{GONGKAI}' \"$@\"\n", library.display());
    site.write("tools/gongkai", script);
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();

    let mut preview = Command::new(&program)
        .args(["preview", "--lang", "en", "--port", "0", "--root"])
        .arg(site.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let first = BufReader::new(preview.stderr.take().unwrap()).lines().next();
    preview.kill().unwrap();
    preview.wait().unwrap();
    let first = first.unwrap().unwrap();
    assert!(first.contains("all files are looked at"), "{first}");
    run("preview.mjs", &[&program, &site.path("")]);
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
