//! Warnings that stand become notes with their reason, entries that meet none are told, and `--strict` asks for everything.

use gongkai::build::{self, Options, Report};
use gongkai::diagnostic::{Language, Severity};

use crate::site::{TestSite, finding};

const ENTRY: &str = "{code: unfinished-link, words: \"[附表]（a.pdf）\", because: 原文如此}";

/// A site with a warning in its section, and `accepted` in front of both files.
fn site(of_notice: &str, of_section: &str) -> TestSite {
    let head = |entries: &str| {
        if entries.is_empty() { String::new() } else { format!("accepted:\n  - {entries}\n") }
    };
    let notice = format!("---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\n{}---\n", head(of_notice));
    let section = format!("---\nheading: 一、甲\n{}---\n", head(of_section));
    TestSite::small()
        .with("content/n/notice.md", format!("{notice}现予以公布。\n"))
        .with("content/n/01.md", format!("{section}（一）改进。见[附表]（a.pdf）。\n"))
        .with("content/n/approved.txt", "现予以公布。\n一、甲\n（一）改进。见[附表]（a.pdf）。\n")
}

/// Returns what was found, each with its severity.
fn found(report: &Report) -> Vec<String> {
    let found = report.diagnostics.iter();
    found.map(|one| format!("{:?} {}", one.severity, finding(one, report))).collect()
}

#[track_caller]
fn check(site: &TestSite, expected: &[&str]) {
    assert_eq!(found(&site.build()), expected);
}

#[test]
fn an_accepted_warning_is_a_note_that_says_why() {
    check(&site("", ""), &["Warning unfinished-link content/n/01.md:4:11"]);
    for accepting in [site(ENTRY, ""), site("", ENTRY)] {
        let report = accepting.build();
        let [note] = report.diagnostics.as_slice() else { panic!("{:?}", found(&report)) };
        assert_eq!((note.code, note.severity), ("unfinished-link", Severity::Note));
        let message = note.message.in_language(Language::Chinese);
        assert!(
            message.starts_with("这里像是链接") && message.ends_with("；予以保留：原文如此"),
            "{message}"
        );
        assert!(note.help.is_none(), "there is nothing left to do");
    }
}

#[test]
fn a_section_speaks_for_itself_alone() {
    let other = site("", "")
        .with("content/n/closing.md", format!("---\nkind: prose\naccepted: [{ENTRY}]\n---\n下一步。\n"));
    other.write("content/n/approved.txt", other.text("content/n/approved.txt") + "下一步。\n");
    check(
        &other,
        &[
            "Warning unfinished-link content/n/01.md:4:11",
            "Warning accepted-without-finding content/n/closing.md:3:12",
        ],
    );
}

#[test]
fn an_entry_that_meets_nothing_is_a_warning() {
    let elsewhere = ENTRY.replace("[附表]", "改进");
    let (wrong, link) = (
        "Warning accepted-without-finding content/n/01.md:4:5",
        "Warning unfinished-link content/n/01.md:6:11",
    );
    check(&site("", &elsewhere), &[wrong, link]);
    let of_another = ENTRY.replace("unfinished-link", "stray-emphasis");
    check(&site("", &of_another), &[wrong, link]);
    // What is wrong may be why nothing was looked at.
    let broken = site("", &elsewhere).with("content/n/02.md", "");
    check(&broken, &[link, "Error empty-file content/n/02.md"]);
}

#[test]
fn a_warning_about_a_file_is_accepted_by_its_name() {
    let entry = "{code: unused-attachment, words: a.csv, because: 存档}";
    let (warning, note) =
        ("Warning unused-attachment content/n/a.csv", "Note unused-attachment content/n/a.csv");
    let plain = site(ENTRY, "").with("content/n/a.csv", "甲\n");
    let link = "Note unfinished-link content/n/01.md:4:11";
    check(&plain, &[link, warning]);
    check(&site(&format!("{ENTRY}\n  - {entry}"), "").with("content/n/a.csv", "甲\n"), &[link, note]);
    let part = entry.replace("a.csv", "csv");
    let without = "Warning accepted-without-finding content/n/notice.md:7:5";
    check(
        &site(&format!("{ENTRY}\n  - {part}"), "").with("content/n/a.csv", "甲\n"),
        &[link, warning, without],
    );
}

#[test]
fn a_warning_about_several_places_needs_them_all() {
    let lines = |first: &str, second: &str| {
        site("", "")
            .with(
                "content/n/01.md",
                format!("---\nheading: 一、甲\n{first}---\n一二三{second}四五六七{second}八九。\n"),
            )
            .with("content/n/approved.txt", "现予以公布。\n一、甲\n一二三\n四五六七\n八九。\n")
    };
    let entry = |words: &str| {
        format!("  - {{code: approved-paragraphs-differ, words: {words}, because: 转换时断行}}\n")
    };
    let one = lines(&format!("accepted:\n{}", entry("二三四")), "");
    check(&one, &["Warning approved-paragraphs-differ content/n/01.md:6:4"]);
    let both = lines(&format!("accepted:\n{}{}", entry("二三四"), entry("七八")), "");
    check(&both, &["Note approved-paragraphs-differ content/n/01.md:7:4"]);
}

#[test]
fn errors_and_unknown_codes_cannot_be_accepted() {
    let help = |code: &str| {
        let report = site("", &ENTRY.replace("unfinished-link", code)).build();
        let one = report.diagnostics.iter().find(|one| one.code == "cannot-be-accepted").unwrap();
        assert_eq!(one.severity, Severity::Error);
        assert!(one.message.to_string().ends_with("errors never can"), "{}", one.message);
        one.help.as_ref().unwrap().to_string()
    };
    assert_eq!(help("unfinished-links"), "did you mean `unfinished-link`?");
    assert_eq!(help("number-broken"), "mend what it tells of, and delete the entry");
    assert_eq!(help("no-approved-text"), "mend what it tells of, and delete the entry");
    let broken = site("", &ENTRY.replace("because: 原文如此", "becuase: 原文如此"));
    check(
        &broken,
        &["Error unknown-key content/n/01.md:4:51", "Warning unfinished-link content/n/01.md:6:11"],
    );
    check(
        &site("", "").with("content/n/closing.md", "---\nkind: prose\naccepted: 原文如此\n---\n丙。\n"),
        &[
            "Warning unfinished-link content/n/01.md:4:11",
            "Error wrong-type content/n/closing.md:3:11",
            "Error approved-text-differs content/n/closing.md:5:1",
        ],
    );
}

/// Builds with `--strict`; returns the errors, and whether anything was written.
fn strict(site: &TestSite) -> (Vec<String>, bool) {
    let (root, output) = (site.path(""), site.path("output"));
    let report = build::build(&Options { root, output, base_url: None, is_strict: true }).unwrap();
    let errors = report.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let told = errors.map(|one| format!("{}: {}", finding(one, &report), one.message)).collect();
    (told, report.summary.is_some())
}

#[track_caller]
fn check_strict(site: &TestSite, expected: &str) {
    assert_eq!(strict(site), (vec![expected.to_owned()], false));
    assert!(site.build().summary.is_some(), "without `--strict` it is built");
}

#[test]
fn strict_asks_that_nothing_is_left_to_do() {
    assert_eq!(strict(&TestSite::small()), (Vec::new(), true));
    assert_eq!(strict(&site(ENTRY, "")), (Vec::new(), true), "what is accepted is done");
    check_strict(
        &site("", ""),
        "not-finished: `--strict` asks that every warning is mended or accepted; not so: 1",
    );

    let figures = |metrics: &str| {
        TestSite::small()
            .with(
                "content/n/01.md",
                format!("---\nheading: 一、甲\n{metrics}---\n（一）改进。发推文27篇。\n"),
            )
            .with("content/n/approved.txt", "现予以公布。\n一、甲\n（一）改进。发推文27篇。\n")
    };
    let open = "not-finished content/n/01.md: `--strict` asks that every figure is accounted for; open in this file: 1";
    check_strict(&figures(""), open);
    let proposed = "not-finished: `--strict` asks that every entry that a program proposed has been looked at; not so: 1";
    let entry = "metrics:\n  推文: {value: 27篇, proposed: true}\n";
    check_strict(&figures(entry), proposed);
    check(&figures(entry), &["Note proposed-metric content/n/01.md:4:3"]);
    for done in ["metrics:\n  推文: 27篇\n", &entry.replace("true", "false")] {
        assert_eq!(strict(&figures(done)), (Vec::new(), true));
    }

    let bare = TestSite::small();
    std::fs::remove_file(bare.path("content/n/approved.txt")).unwrap();
    check_strict(&bare, "not-finished: `--strict` asks that every notice has its approved text; not so: 1");
}
