//! Texts that nobody writes by accident: each is built, or refused in plain words.

use std::fmt::Write as _;

use crate::site::{TestSite, tree};

/// A section with this body, whose notice has no approved text.
fn with_body(body: &str) -> TestSite {
    let site = without_approved_text();
    site.write("content/n/01.md", format!("---\nheading: 一、甲\n---\n{body}"));
    site
}

fn with_front_matter(lines: &str) -> TestSite {
    let site = without_approved_text();
    site.write(
        "content/n/01.md",
        format!("---\nheading: 一、甲\n{lines}\n---\n（一）改进工作。已经改进。\n"),
    );
    site
}

fn without_approved_text() -> TestSite {
    let site = TestSite::small();
    std::fs::remove_file(site.path("content/n/approved.txt")).unwrap();
    site
}

/// Builds the site; what is found must be this, the warning about the approved text left out.
#[track_caller]
pub(crate) fn check(site: &TestSite, expected: &[&str]) {
    let mut found = site.findings();
    found.retain(|finding| !finding.starts_with("no-approved-text"));
    assert_eq!(found, expected);
}

/// Builds the small site with another `file`.
#[track_caller]
pub(crate) fn check_file(file: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    check(&TestSite::small().with(file, bytes), expected);
}

#[test]
fn yaml_bombs_are_refused() {
    let deep = "content/n/01.md:3";
    check(
        &with_front_matter(&format!("plain: {}", "[".repeat(50_000))),
        &[&format!("yaml-too-deep {deep}:23")],
    );
    check(
        &with_front_matter(&format!("plain: {}", "{a: ".repeat(10_000))),
        &[&format!("yaml-too-deep {deep}:68")],
    );
    check(
        &with_front_matter(&format!("plain:\n{}", "- ".repeat(20_000))),
        &["yaml-too-deep content/n/01.md:4:31"],
    );
    let stairs = (1..300).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "a:\n");
    check(&with_front_matter(&format!("plain:\n{stairs}")), &["yaml-too-deep content/n/01.md:19:17"]);
    let laughs = "a: &a [哈, 哈, 哈]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]";
    let found = with_front_matter(laughs).findings();
    assert_eq!(found[0], "yaml-alias content/n/01.md:3:4");
    // Each sign is named in its place; none of them is followed.
    assert_eq!(found.iter().filter(|found| found.starts_with("yaml-alias content/n/01.md:")).count(), 9);
    let settings = TestSite::small().with("site.yaml", format!("title: 示例\n{laughs}\n")).findings();
    assert!(settings.len() == 9 && settings.iter().all(|found| found.starts_with("yaml-alias site.yaml:")));
    check(
        &with_front_matter(&format!("plain: {}", "长".repeat(30_000))),
        &["front-matter-too-large content/n/01.md:2:1"],
    );
}

#[test]
fn characters_that_nobody_sees_are_refused() {
    for character in ['\0', '\u{c}', '\u{b}', '\u{7f}', '\u{202e}', '\u{2066}'] {
        let text = format!("---\nheading: 一、甲\n---\n甲{character}乙。\n");
        check_file("content/n/01.md", &text, &["control-character content/n/01.md:4:2"]);
        // Of an approved text a page break is a break, since programs that write plain texts of documents put it there.
        if !['\u{b}', '\u{c}'].contains(&character) {
            check_file(
                "content/n/approved.txt",
                format!("甲{character}"),
                &["control-character content/n/approved.txt:1:2"],
            );
        }
        check_file("site.yaml", format!("title: 示{character}例\n"), &["control-character site.yaml:1:9"]);
    }
}

#[test]
fn empty_files_are_named_and_nothing_follows_from_them() {
    for empty in ["", "\u{feff}", " \r\n\u{3000}\n"] {
        for file in ["content/n/01.md", "content/n/notice.md", "content/n/approved.txt", "content/contact.md"]
        {
            check_file(file, empty, &[&format!("empty-file {file}")]);
        }
    }
    check_file("site.yaml", "", &["missing-key site.yaml:1:1"]);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_no_page() {
    let plain = TestSite::zhoushan();
    let other = TestSite::zhoushan();
    let mut changed = 0;
    for (name, bytes) in tree(&other.path("")) {
        if name == "site.yaml" || name.starts_with("content/") || name.contains("/strings/") {
            let text = String::from_utf8(bytes).unwrap().replace('\n', "\r\n");
            other.write(&name, format!("\u{feff}{text}"));
            changed += 1;
        }
    }
    assert!(changed > 25);
    assert_eq!(plain.findings(), other.findings());
    assert!(tree(&plain.path("output")) == tree(&other.path("output")));
}

#[test]
fn nested_marks_are_read_and_refused_in_one_finding() {
    let deep = |mark: &str| with_body(&format!("{}甲\n", mark.repeat(5000)));

    check(&deep("> "), &["nested-too-deep content/n/01.md:4:63"]);
    check(&deep("- "), &["nested-too-deep content/n/01.md:4:31"]);
    check(&deep("1. "), &["nested-too-deep content/n/01.md:4:46"]);
    for mark in ["[", "![", "(", "《", "“", "`a", "<a ", "| ", "*a ", "_a ", "~~a "] {
        check(&deep(mark), &[]);
    }
    let pairs = format!("{}甲{}\n", "*".repeat(5000), "*".repeat(5000));
    assert!(with_body(&pairs).build().diagnostics.iter().any(|found| found.code == "nested-too-deep"));
}

#[test]
fn the_console_shows_a_hundred_of_many_problems_and_counts_all() {
    let site = with_body(&format!("{}甲\n", "**a ".repeat(5000)));
    site.write("site.yaml", "title: [\n");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["build", "--lang", "en", "--root"])
        .arg(site.path(""))
        .output()
        .unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    // The one error comes before all the warnings.
    assert!(errors.starts_with("error[unclosed-bracket]"), "{errors}");
    assert_eq!(errors.matches("\nwarning[").count(), 99);
    assert!(errors.contains("1 error, 5001 warnings\n"), "{errors}");
}

#[test]
fn a_paragraph_of_a_megabyte_is_published() {
    let long = "改进工作，已经改进。".repeat(34_953);
    assert!(long.len() > 1 << 20);
    let site = TestSite::small()
        .with("content/n/01.md", format!("---\nheading: 一、甲\n---\n{long}\n"))
        .with("content/n/approved.txt", format!("现予以公布。\n一、甲\n{long}\n"));
    check(&site, &[]);
    assert!(site.text("output/n/01.html").contains(&long));
    // One character less at the end of a text of this length is found all the same.
    site.write("content/n/approved.txt", format!("现予以公布。\n一、甲\n{}\n", long.trim_end_matches('。')));
    check(&site, &["approved-text-differs content/n/01.md:4:1"]);
}

#[test]
fn thousands_of_sections_are_published() {
    const SECTIONS: usize = 3_000;
    let site = TestSite::small();
    let mut approved = "现予以公布。\n".to_owned();
    for number in 1..=SECTIONS {
        let heading = format!("{number}.关于第{number}个问题的整改情况");
        site.write(&format!("content/n/{number}.md"), format!("---\nheading: {heading}\n---\n已经改进。\n"));
        writeln!(approved, "{heading}\n已经改进。").unwrap();
    }
    std::fs::remove_file(site.path("content/n/01.md")).unwrap();
    let site = site.with("content/n/approved.txt", approved);
    let report = site.build();
    assert!(report.diagnostics.is_empty());
    assert_eq!(report.counts.items, SECTIONS);
    assert!(site.text("output/n/3000.html").contains("3000.关于第3000个问题的整改情况"));
}
