//! What `gongkai figures --suggest` prints can be pasted: with it, every figure of the real notice carries data.

use std::collections::BTreeMap;
use std::process::Command;

use crate::site::TestSite;

/// Runs `gongkai figures` on the site; returns the exit code, the list and the problems.
fn figures(site: &TestSite, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.arg("figures").args(arguments).arg("--root").arg(site.path("")).env("NO_COLOR", "1");
    let output = command.args(["--lang", "zh"]).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Removes `metrics:`, `not_figures:` and `relations:` with the lines below them from the front matter of a file.
fn without_metrics(text: &str) -> String {
    let mut is_removed = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if !line.starts_with(' ') {
            is_removed = ["metrics:", "not_figures:", "relations:"].iter().any(|key| line.starts_with(key));
        }
        if !is_removed {
            lines.push(line);
        }
    }
    lines.join("\n") + "\n"
}

/// Returns the lines that are printed for each file, the comment with its path left out.
fn by_file(printed: &str) -> BTreeMap<&str, String> {
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    let mut file = "";
    for line in printed.lines() {
        match line.strip_prefix("# ").filter(|path| path.rsplit('.').next() == Some("md")) {
            Some(path) => file = path,
            None if line.starts_with('#') => {}
            None => {
                let lines = files.entry(file).or_default();
                lines.push_str(line);
                lines.push('\n');
            }
        }
    }
    files
}

#[test]
fn the_real_notice_binds_with_what_is_suggested_for_it() {
    let site = TestSite::zhoushan();
    let names = std::fs::read_dir(site.path("content/zhoushan-2025")).unwrap();
    let names: Vec<String> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    for name in names.iter().filter(|name| name.rsplit('.').next() == Some("md")) {
        let name = format!("content/zhoushan-2025/{name}");
        site.write(&name, without_metrics(&site.text(&name)));
    }
    let (code, printed, problems) = figures(&site, &["--suggest"]);
    assert_eq!((code, problems.as_str()), (Some(0), ""));
    assert!(printed.contains("# zhoushan-2025：正文 "), "{printed}");
    for (file, lines) in by_file(&printed) {
        if !file.is_empty() {
            site.write(file, site.text(file).replacen("---\n", &format!("---\n{lines}"), 1));
        }
    }
    let (code, listed, problems) = figures(&site, &["--open"]);
    // Names that somebody has to look at are told, and nothing else is.
    let told = problems.lines().filter(|line| line.contains("]: "));
    let (proposed, others): (Vec<_>, Vec<_>) =
        told.partition(|line| line.starts_with("说明[proposed-metric]: "));
    assert_eq!((code, others), (Some(0), Vec::new()), "{printed}");
    // Of notes of a kind the first two are drawn.
    assert_eq!(proposed.len(), printed.matches("proposed: true").count().min(2), "{printed}");
    assert!(!listed.contains(".md:"), "still open: {listed}");
}
