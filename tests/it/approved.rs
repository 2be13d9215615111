//! The approved document itself, in place of a plain text, and who signed it off.

use std::process::Command;

use gongkai::build::{self, Options};
use gongkai::diagnostic::{Language, Severity};
use sha2::{Digest, Sha256};

use crate::fidelity::folded;
use crate::site::{TestSite, copy_tree, finding, tree};

const TEXT: &str = "现予以公布。\n一、关于“甲”问题的整改情况\n（一）改进工作。已经改进。\n";

/// A site with this approved file in place of `approved.txt`.
fn site(name: &str, bytes: impl AsRef<[u8]>) -> TestSite {
    let site = TestSite::small();
    std::fs::remove_file(site.path("content/n/approved.txt")).unwrap();
    site.with(&format!("content/n/{name}"), bytes)
}

/// Returns the codes and places of what is found, each with its message and those of its further places in Chinese.
fn told(site: &TestSite) -> Vec<String> {
    let report = site.build();
    let chinese = |message: &gongkai::diagnostic::Message| message.in_language(Language::Chinese).to_owned();
    let one = |found: &gongkai::diagnostic::Diagnostic| {
        let related = found.related.iter().map(|related| chinese(&related.message));
        let messages: Vec<String> = std::iter::once(chinese(&found.message)).chain(related).collect();
        format!("{} {}", finding(found, &report), messages.join(" | "))
    };
    report.diagnostics.iter().map(one).collect()
}

#[test]
fn a_page_is_compared_with_the_document() {
    for name in ["approved.html", "approved.docx", "Approved.HTML", "APPROVED.TXT"] {
        let site = site(name, TEXT);
        assert_eq!(site.findings(), [""; 0], "{name}");
        let published = tree(&site.path("output"));
        assert!(!published.keys().any(|path| path.to_lowercase().contains("approved")), "{name}");
        site.write("content/n/01.md", site.text("content/n/01.md").replace("已经", "正在"));
        assert!(site.findings()[0].starts_with("approved-text-differs content/n/01.md:4:9"), "{name}");
    }
}

#[test]
fn a_place_in_a_document_is_a_paragraph() {
    let at = "approved-text-differs content/n/01.md:4:9 审定稿是 `已经`，不是 `正在`";
    for (name, place) in [("approved.html", "审定稿（第3段）"), ("approved.txt", "审定稿")] {
        let site = site(name, TEXT);
        site.write("content/n/01.md", site.text("content/n/01.md").replace("已经", "正在"));
        assert_eq!(told(&site), [format!("{at} | {place}")]);
        let place = site.build().diagnostics[0].related[0].location.clone();
        assert_eq!(place.range.is_none(), name == "approved.html");
    }
}

#[test]
fn what_is_wrong_with_the_file_is_told() {
    for (files, expected) in [
        (&[("content/n/approved.html", "")][..], &["approved-text-unreadable content/n/approved.html"][..]),
        (
            &[("content/n/approved.docx", TEXT), ("content/n/approved.txt", TEXT)],
            &["several-approved-texts content/n/approved.txt"],
        ),
        (
            &[("content/n/approved.docx", TEXT), ("content/approved.html", TEXT)],
            &["misplaced-approved-text content/approved.html"],
        ),
        (
            &[("content/n/approved.docx", TEXT), ("content/n/a/approved.html", TEXT)],
            &["folder-too-deep content/n/a/approved.html"],
        ),
        (
            &[("content/n/approved.docx", TEXT), ("content/n/approved.docx.docx", TEXT)],
            &["text-with-other-ending content/n/approved.docx.docx"],
        ),
        (&[("content/n/approved.docx/x", TEXT)], &["not-a-file content/n/approved.docx"]),
    ] {
        let site = TestSite::small();
        std::fs::remove_file(site.path("content/n/approved.txt")).unwrap();
        for (name, text) in files {
            site.write(name, text);
        }
        assert_eq!(site.findings(), expected, "{files:?}");
    }
}

#[test]
fn a_document_with_its_place_wrong_is_no_attachment() {
    let site = site("approved.docx", TEXT);
    let body = "---\nheading: 一、关于“甲”问题的整改情况\n---\n（一）改进工作。[已经改进](approved.docx)。\n";
    site.write("content/n/01.md", body);
    let found = site.findings();
    assert_eq!(found, ["missing-file content/n/01.md:4:9"]);
}

/// Adds `approval` to the front matter of the notice.
fn with_approval(name: &str, approval: &str) -> TestSite {
    let site = site(name, TEXT);
    let notice = site.text("content/n/notice.md");
    let notice = notice.replacen("\n---\n", &format!("\napproval: {{{approval}}}\n---\n"), 1);
    site.with("content/n/notice.md", notice)
}

/// Returns the first `n` digits of the hash of the approved text.
fn hash(n: usize) -> String {
    let bytes = Sha256::digest(TEXT);
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.take(n).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

#[test]
fn an_approval_holds_for_one_file() {
    for name in ["approved.txt", "approved.docx"] {
        for n in [12, 16, 64] {
            let upper = hash(n).to_uppercase();
            assert_eq!(with_approval(name, &format!("sha256: {upper}")).findings(), [""; 0]);
        }
        let site = with_approval(name, &format!("sha256: {}", hash(12)));
        site.write(&format!("content/n/{name}"), format!("{TEXT}\n"));
        let told = told(&site);
        assert!(
            told[0].starts_with("approval-is-stale content/n/notice.md:5:20")
                && told[0].contains(&format!("`{name}` 已不是审定的文件")),
            "{told:?}"
        );
        assert_eq!(told.len(), 1, "it is built all the same");
    }
}

#[test]
fn an_approval_without_hash_is_told_which_to_write() {
    let site = with_approval("approved.docx", "signed: 赵某 2025-08-25");
    let report = site.build();
    let [found] = report.diagnostics.as_slice() else { panic!("{:?}", report.diagnostics) };
    assert_eq!((found.code, found.severity), ("approval-without-hash", Severity::Warning));
    let help = found.help.as_ref().unwrap().in_language(Language::Chinese);
    assert!(help.contains(&format!("`sha256: {}`", hash(16))), "{help}");
}

#[test]
fn days_of_an_approval_follow_each_other() {
    let order = |steps: &str| -> Vec<String> {
        let site = with_approval("approved.txt", &format!("sha256: {}, {steps}", hash(12)));
        let notice = site.text("content/n/notice.md");
        let published = notice.replacen("\napproval", "\npublished: 2025-08-28 09:00\napproval", 1);
        site.write("content/n/notice.md", published);
        let told = told(&site);
        told.iter().map(|one| one.split_once(' ').unwrap().0.to_owned()).collect()
    };
    let right = "drafted: 张某 2025-08-20, reviewed: [李某 2025-08-21, 钱某 2025-08-21], secrecy: 王某 2025-08-20, \
                 signed: 赵某 2025-08-25";
    assert_eq!(order(right), [""; 0]);
    for (day, other) in [
        ("张某 2025-08-20", "张某 2025-08-22"),
        ("李某 2025-08-21", "李某 2025-08-22"),
        ("王某 2025-08-20", "王某 2025-08-19"),
        ("王某 2025-08-20", "王某 2025-08-26"),
        ("钱某 2025-08-21", "钱某 2025-08-26"),
        ("赵某 2025-08-25", "赵某 2025-08-29"),
    ] {
        let found = order(&right.replace(day, other));
        assert!(
            !found.is_empty() && found.iter().all(|code| code == "approval-out-of-order"),
            "{other}: {found:?}"
        );
    }
}

#[test]
fn strict_asks_that_the_approval_holds() {
    let site = with_approval("approved.txt", "sha256: 000000000000");
    let (root, output) = (site.path(""), site.path("output"));
    let report = build::build(&Options { root, output, base_url: None, is_strict: true }).unwrap();
    assert!(report.summary.is_none());
    assert!(site.build().summary.is_some());
}

#[test]
fn nothing_of_an_approval_is_published() {
    let site = with_approval("approved.txt", &format!("sha256: {}, signed: 赵某某 2025-08-25", hash(12)));
    assert_eq!(site.findings(), [""; 0]);
    for (name, bytes) in tree(&site.path("output")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("赵某某") && !text.contains(&hash(12)), "{name}");
    }
}

/// Returns what `gongkai text` prints of a notice.
fn printed(site: &TestSite, notice: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    let output = command.args(["text", notice, "--root"]).arg(site.path("")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_printed_text_of_a_notice_is_the_approved_text() {
    let site = TestSite::zhoushan();
    let lines = |text: &str| -> Vec<String> {
        let lines = folded(text).lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>();
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    };
    let approved = site.text("content/zhoushan-2025/approved.txt");
    assert_eq!(lines(&printed(&site, "zhoushan-2025")), lines(&approved));
}

#[test]
fn the_printed_text_of_any_notice_is_one_that_it_agrees_with() {
    let sites = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut n_notices = 0;
    let folders = std::fs::read_dir(sites).unwrap().map(|entry| entry.unwrap().path());
    for folder in folders.filter(|folder| !folder.ends_with("faults")) {
        let site = TestSite::empty();
        copy_tree(&folder, &site.path(""));
        n_notices += agree(&site);
    }
    n_notices += agree(&TestSite::every_key());
    assert!(n_notices > 10, "{n_notices}");
}

/// Puts what is printed of each notice in the place of its approved text; nothing may differ. Returns how many there were.
fn agree(site: &TestSite) -> usize {
    let folders = std::fs::read_dir(site.path("content")).unwrap().map(|entry| entry.unwrap().path());
    let is_notice = |folder: &std::path::PathBuf| folder.join("notice.md").is_file();
    let notices: Vec<_> = folders.filter(is_notice).collect();
    for folder in &notices {
        let text = printed(site, folder.file_name().unwrap().to_str().unwrap());
        std::fs::write(folder.join("approved.txt"), text).unwrap();
    }
    let found = site.findings();
    let differences: Vec<_> =
        found.iter().filter(|found| found.contains("approved") || found.contains("table-")).collect();
    assert!(differences.is_empty(), "{differences:?}");
    notices.len()
}
