//! What a finding offers to programs is put in, and the site builds without that finding.

use std::path::Path;

use gongkai::diagnostic::{Certainty, Diagnostic, Fix, Severity};

use crate::faults::site_with_faults;
use crate::site::{TestSite, copy_tree};

/// Applies each fix of each finding of `site`, to a copy of its own; returns how many there were.
#[track_caller]
fn follow(site: &TestSite) -> usize {
    let before = site.build().diagnostics;
    let fixes = before.iter().flat_map(|found| found.fixes.iter().map(move |fix| (found, fix)));
    let outcomes: Vec<_> = fixes.map(|(found, fix)| follow_one(site, &before, found, fix)).collect();
    let wrong: String = outcomes.iter().flatten().cloned().collect();
    assert!(wrong.is_empty(), "{wrong}");
    outcomes.len()
}

/// Applies a fix and says what is wrong with it.
fn follow_one(site: &TestSite, before: &[Diagnostic], found: &Diagnostic, fix: &Fix) -> Option<String> {
    let copy = TestSite::empty();
    for part in ["site.yaml", "content", "static", "themes"] {
        let (from, to) = (site.path(part), copy.path(part));
        if from.is_file() {
            std::fs::copy(from, to).unwrap();
        } else if from.is_dir() {
            copy_tree(&from, &to);
        }
    }
    copy.apply(fix);
    let after = copy.build().diagnostics;
    let is_same = |one: &Diagnostic| (one.code, &one.message) == (found.code, &found.message);
    let n = |all: &[Diagnostic]| all.iter().filter(|one| is_same(one)).count();
    if n(&after) >= n(before) {
        return Some(format!("{} `{}` stays after {:?}\n", found.code, found.message, fix.edits));
    }
    let errors = || after.iter().filter(|one| one.severity == Severity::Error);
    let is_old =
        |new: &Diagnostic| before.iter().any(|old| (old.code, &old.message) == (new.code, &new.message));
    let new = errors().find(|new| !is_old(new) && touches(new, fix))?;
    Some(format!(
        "{} `{}`: {:?} brings {} `{}`\n",
        found.code, found.message, fix.edits, new.code, new.message
    ))
}

/// Tells whether a problem is where a fix has written.
fn touches(problem: &Diagnostic, fix: &Fix) -> bool {
    let edit = &fix.edits[0];
    problem.location.as_ref().is_some_and(|location| {
        let range = location.range.clone().unwrap_or_default();
        location.path == edit.path
            && range.start <= edit.range.start + edit.text.len()
            && edit.range.start <= range.end
    })
}

#[test]
fn each_fix_of_the_faults_takes_its_fault_away() {
    assert_eq!(follow(&site_with_faults()), 21);
}

#[test]
fn each_fix_of_the_good_sites_takes_its_finding_away() {
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let folders = std::fs::read_dir(sites).unwrap().map(|entry| entry.unwrap().path());
    for folder in folders.filter(|folder| !folder.ends_with("faults")) {
        let site = TestSite::empty();
        copy_tree(&folder, &site.path(""));
        follow(&site);
    }
}

/// Plants `written` into an item; the finding `code` must offer one fix, which leaves `right`, without any finding.
#[track_caller]
fn check(written: &str, code: &str, certainty: Certainty, right: &str) {
    let head = "---\nheading: 一、关于“甲”问题的整改情况\n";
    let site = TestSite::small().with("content/n/01.md", format!("{head}{written}"));
    let text = written.split_once("---\n").map_or("", |(_, text)| text);
    let text = text.replace('\u{2F42}', "文").replace('\u{200B}', "");
    let approved = format!("现予以公布。\n一、关于“甲”问题的整改情况\n{text}");
    let site = site.with("content/n/approved.txt", approved);
    let before = site.build().diagnostics;
    let found = before.iter().find(|found| found.code == code);
    let found = found.unwrap_or_else(|| panic!("{code} is not among {before:?}"));
    let [fix] = found.fixes.as_slice() else { panic!("{found:?}") };
    assert_eq!(fix.certainty, certainty, "{found:?}");
    site.apply(fix);
    assert_eq!(site.text("content/n/01.md"), format!("{head}{right}"));
    assert_eq!(site.findings(), [""; 0], "{right}");
}

#[test]
fn fixes_leave_what_the_help_says() {
    use Certainty::{Certain, Probable};
    let body = "---\n（一）改进工作。已经改进。\n";
    let with = |key: &str| format!("{key}\n{body}");
    let keys = [
        ("status：completed", "full-width-colon", Certain, "status: completed"),
        ("status:completed", "missing-space-after-colon", Certain, "status: completed"),
        ("statsu: completed", "unknown-key", Probable, "status: completed"),
        ("状态: completed", "unknown-key", Probable, "status: completed"),
        ("status: complete", "unknown-value", Probable, "status: completed"),
        (
            "status: {is: complete, as: 已整改}",
            "unknown-value",
            Probable,
            "status: {is: completed, as: 已整改}",
        ),
        ("responsible:\n\t- 甲科", "tab-in-indentation", Probable, "responsible:\n  - 甲科"),
        ("responsible:\n　- 甲科", "wide-space-in-indentation", Probable, "responsible:\n  - 甲科"),
        ("responsible: 甲科、乙科", "wrong-type", Probable, "responsible: [甲科, 乙科]"),
        ("due: 2025.8.31", "not-a-date", Probable, "due: 2025-08-31"),
        ("due: 2025／8／31", "not-a-date", Probable, "due: 2025-08-31"),
        ("due: 20250831前", "not-a-date", Probable, "due: 2025年8月31日前"),
        ("responsible: 甲科、乙室1,2组", "wrong-type", Probable, "responsible: [甲科, \"乙室1,2组\"]"),
        ("formerly: https://www.example.gov.cn/a.html", "not-a-former-address", Probable, "formerly: a.html"),
        ("responsible: [\u{200B}甲科]", "unusual-characters", Certain, "responsible: [甲科]"),
    ];
    for (written, code, certainty, right) in keys {
        check(&with(written), code, certainty, &with(right));
    }
    let metric = |entry: &str, text: &str| format!("metrics:\n  {entry}\n---\n{text}\n");
    let entries = [
        ("推文: 27", "发布推文27篇。", "metric-without-unit", "推文: 27篇"),
        ("推文: 37篇", "发布推文27篇。", "label-before-other-figure", "推文: 27篇"),
        (
            "推文: {value: 37篇, id: a}",
            "推文27篇。",
            "label-before-other-figure",
            "推文: {value: 27篇, id: a}",
        ),
        (
            "推文: {value: 37篇, key: true}",
            "推文27篇。",
            "label-before-other-figure",
            "推文: {value: 27篇, key: true}",
        ),
        (
            "费用: {value: 3%, direction: up}",
            "费用下降3%。",
            "direction-contradicts-text",
            "费用: {value: 3%, direction: down}",
        ),
    ];
    for (written, text, code, right) in entries {
        check(&metric(written, text), code, Probable, &metric(right, text));
    }
    check("---\n甲\u{2F42}件已办。\n", "unusual-characters", Certain, "---\n甲文件已办。\n");
    check("---\n甲\u{200B}事已办。\n", "unusual-characters", Certain, "---\n甲事已办。\n");
}

#[test]
fn numbers_of_a_document_are_offered_in_their_form_and_shown_as_they_are() {
    for (key, written, right) in [
        ("document_number", "甲党[2025]012号", "甲党〔2025〕12号"),
        ("document_number", "甲党（2025）第12号", "甲党〔2025〕12号"),
        ("index_number", "００１/2025—00130", "001/2025-00130"),
    ] {
        let head = format!("---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\n{key}: ");
        let site =
            TestSite::small().with("content/n/notice.md", format!("{head}{written}\n---\n现予以公布。\n"));
        let found = site.build().diagnostics;
        assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), ["number-form"], "{written}");
        assert!(site.text("output/n/index.html").contains(&format!("<dd>{written}</dd>")), "{written}");
        site.apply(&found[0].fixes[0]);
        assert_eq!(site.findings(), [""; 0], "{right}");
        let page = site.text("output/n/index.html");
        let tag = if key == "index_number" { "IndexNumber" } else { "DocumentNumber" };
        for part in [
            format!("<dd>{right}</dd>"),
            format!("<meta name=\"{tag}\" content=\"{right}\">"),
            format!(
                "\"@type\":\"PropertyValue\",\"propertyID\":\"{}\",\"value\":\"{right}\"",
                ["索引号", "发文字号",][usize::from(tag == "DocumentNumber")]
            ),
        ] {
            assert!(page.contains(&part), "no {part} in {page}");
        }
        let data: serde_json::Value = serde_json::from_str(&site.text("output/n/notice.json")).unwrap();
        assert_eq!(data[key], right);
    }
}
