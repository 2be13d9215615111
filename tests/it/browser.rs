//! Opens the finished pages in Chromium, as citizens do. The scripts are in `tests/browser/`.
//!
//! Where there is no Chromium, Node.js, Java or npm package, these tests say that they were left out.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::site::TestSite;
use crate::tools::leave_out;

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
fn those_who_see_or_hear_badly_can_read_every_page() {
    let site = TestSite::zhoushan();
    assert!(site.build().summary.is_some(), "the site was built");
    run("comfort.mjs", &[&site.path("output")]);
    run("contrast.mjs", &[&site.path("output")]);
}

#[test]
fn citizens_get_done_what_they_come_for_by_keyboard_and_without_scripts() {
    let site = TestSite::zhoushan();
    run("tasks.mjs", &[Path::new(GONGKAI), &site.path("")]);
}

#[test]
fn pages_can_be_read_however_the_screen_is_set() {
    let (site, every_key) = (TestSite::zhoushan(), TestSite::every_key());
    run("accessibility.mjs", &[Path::new(GONGKAI), &site.path(""), &every_key.path("")]);
}

#[test]
fn a_strict_server_has_nothing_to_refuse() {
    for site in [TestSite::zhoushan(), TestSite::every_key()] {
        run("strict.mjs", &[Path::new(GONGKAI), &site.path("")]);
    }
}

#[test]
fn pages_and_style_sheets_are_valid() {
    let (site, every_key) = (TestSite::zhoushan(), TestSite::every_key());
    site.build();
    every_key.build();
    run("validity.mjs", &[&site.path("output"), &every_key.path("output")]);
}

#[test]
fn pages_are_light() {
    let site = TestSite::zhoushan();
    site.build();
    run("weight.mjs", &[&site.path("output")]);
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
fn pages_show_what_is_read_of_them() {
    run("reading.mjs", &[&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading.md")]);
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
    if let Some(missing) = missing_tool(script) {
        leave_out(&format!("tests/browser/{script}"), missing);
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

/// Names the first thing that a script needs and that is not here.
fn missing_tool(script: &str) -> Option<&'static str> {
    let answers = |program: &str| {
        let mut command = Command::new(program);
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let has_packages = ["axe-core", "playwright-core", "vnu-jar"]
        .iter()
        .all(|package| folder().join("node_modules").join(package).exists());
    let has_chromium = std::env::var_os("CHROMIUM").is_some()
        || ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
            .iter()
            .any(|path| Path::new(path).exists());
    if !has_chromium {
        Some("Chromium")
    } else if !answers("node") {
        Some("Node.js")
    } else if script == "validity.mjs" && !answers("java") {
        Some("Java")
    } else if !has_packages {
        Some("npm package; `npm ci --prefix tests/browser --ignore-scripts` installs all")
    } else {
        None
    }
}
