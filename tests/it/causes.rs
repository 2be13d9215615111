//! A text that was copied from the approved text as it is, and differs: the build names the cause, and what it says to do
//! is enough.

use gongkai::diagnostic::Language;

use crate::site::{TestSite, finding};

const NOTICE: &str = "---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\n---\n";
const ITEM: &str = "---\nheading: 一、关于甲\n---\n";

fn site(opening: &str, item: &str, approved: &str) -> TestSite {
    TestSite::small()
        .with("content/n/notice.md", format!("{NOTICE}{opening}"))
        .with("content/n/01.md", format!("{ITEM}{item}"))
        .with("content/n/approved.txt", approved)
}

/// Returns the first finding with its help in both languages.
#[track_caller]
fn first(site: &TestSite) -> (String, [String; 2]) {
    let report = site.build();
    let Some(found) = report.diagnostics.first() else { panic!("nothing is found") };
    let help = |language| found.help.as_ref().unwrap().in_language(language).to_owned();
    (finding(found, &report), [help(Language::English), help(Language::Chinese)])
}

/// The approved text and the item are `text`; the finding `code` must tell how to write it, `right`.
#[track_caller]
fn check(text: &str, code: &str, told: &str, right: &str) {
    let approved = format!("现予以公布。\n一、关于甲\n{text}");
    let (found, help) = first(&site("现予以公布。\n", text, &approved));
    assert!(found.starts_with(&format!("{code} content/n/01.md:")), "{text}: {found}");
    assert!(help.iter().all(|help| help.contains(told)), "{text}: {help:?}");
    assert_eq!(site("现予以公布。\n", right, &approved).findings(), [""; 0], "{right}");
}

#[test]
fn signs_of_markdown_are_named_with_the_way_to_write_them() {
    let check = |text: &str, told: &str, right: &str| check(text, "approved-text-differs", told, right);
    check("# 号楼已拆除。\n", "`\\#`", "\\# 号楼已拆除。\n");
    check("甲。\n\n## 二号楼\n\n乙。\n", "`\\#\\#`", "甲。\n\n\\#\\# 二号楼\n\n乙。\n");
    check("甲*乙*丙。\n", "`\\*`", "甲\\*乙\\*丙。\n");
    check("甲 _乙_ 丙。\n", "`\\_`", "甲 \\_乙\\_ 丙。\n");
    check("* 甲。\n", "`\\*`", "\\* 甲。\n");
    check("- 甲。\n", "`\\-`", "\\- 甲。\n");
    check("+ 甲。\n", "`\\+`", "\\+ 甲。\n");
    check("> 甲。\n", "`\\>`", "\\> 甲。\n");
    check("甲。\n\n---\n\n乙。\n", "`\\-\\-\\-`", "甲。\n\n\\-\\-\\-\n\n乙。\n");
    check("甲`乙`丙。\n", "`\\``", "甲\\`乙\\`丙。\n");
    check("甲[^1]。\n\n[^1]: 乙\n", "`\\[`", "甲\\[^1]。\n\n\\[^1]: 乙\n");
    check("甲&amp;丙。\n", "`\\&`", "甲\\&amp;丙。\n");
    check("甲\\*乙。\n", "`\\\\`", "甲\\\\*乙。\n");
}

#[test]
fn a_list_that_is_numbered_anew_is_named() {
    check("1. 甲。\n3. 乙。\n", "list-number-differs", "`3\\.`", "1. 甲。\n\n3\\. 乙。\n");
}

#[test]
fn an_indent_is_no_code() {
    let text = "甲。\n\n    乙。\n\n\t丙。\n";
    assert_eq!(
        site("现予以公布。\n", text, &format!("现予以公布。\n一、关于甲\n{text}")).findings(),
        [""; 0]
    );
}

#[test]
fn a_missing_blank_line_is_named() {
    let above = |text: &str| check(text, "approved-paragraphs-differ", "", &text.replace('\n', "\n\n"));
    above("甲已改。\n乙已改。\n");
    above("各片区如下：\n城关已改\n");
    let approved = "现予以公布。\n一、关于甲\n甲已改。\n乙已改。\n";
    let (_, help) = first(&site("现予以公布。\n", "甲已改。\n乙已改。\n", approved));
    assert!(help[0].contains("blank line above") && help[1].contains("上面空一行"), "{help:?}");
}

#[test]
fn a_table_that_was_pasted_comes_back_as_one() {
    let text = "各片区如下：\n\n片区\t户数\n城关\t52\n南关\t\n";
    let approved = format!("现予以公布。\n一、关于甲\n{text}");
    let site = site("现予以公布。\n", text, &approved);
    let report = site.build();
    let [found] = report.diagnostics.as_slice() else { panic!("{:?}", report.diagnostics) };
    assert_eq!(found.code, "table-with-tabs");
    site.apply(&found.fixes[0]);
    assert_eq!(site.findings(), [""; 0]);
    check(
        "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n",
        "approved-text-differs",
        "`\\|`",
        "\\| 甲 | 乙 |\n\n\\|---|---|\n\n\\| 丙 | 丁 |\n",
    );
}

#[test]
fn a_heading_that_was_left_in_a_text_is_named() {
    let approved = "现予以公布。\n一、关于甲\n已改。\n";
    for (opening, item) in [
        ("现予以公布。\n\n一、关于甲\n", "已改。\n"),
        ("现予以公布。\n", "一、关于甲\n\n已改。\n"),
        ("现予以公布。\n\n一、关于甲\n\n已改。\n", "已改。\n"),
    ] {
        let (found, help) = first(&site(opening, item, approved));
        let file = if opening.contains("一、") { "content/n/notice.md" } else { "content/n/01.md" };
        assert!(found.starts_with("approved-text-differs"), "{found}");
        assert!(help[0].contains(&format!("in the text of {file}")), "{opening}{item}: {help:?}");
        assert!(help[1].contains(&format!("{file} 的正文")), "{help:?}");
    }
}
