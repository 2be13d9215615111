//! The sheet as a whole.

use crate::diagnostic::{Diagnostic, Language, Location, SourcePath};
use crate::disk::Sources;
use crate::preview::pages::Pages;
use crate::site::testing::site;

const NOTICE: &str = "---\ntitle: 甲通报\nunit: 甲单位\ndate: 2025-08-28\n---\n现予以公布。\n";
const ITEM: &str = "---\nheading: 一、关于“甲”问题的整改情况\nmetrics: {推文: 27篇}\nnot_figures: [三项建设]\n---\n\
    （一）宣传。发布推文27篇，开展三项建设，办理9件。\n\n（二）登陆。请登陆<b>平台。\n";
const APPROVED: &str =
    "现予以公布。\n一、关于“甲”问题的整改情况\n（一）宣传。发布推文27篇，开展三项建设，办理9件。\n";

/// Writes the sheet of a notice with one item, and the approved text if there is one.
fn sheet(approved: Option<&str>, diagnostics: &[Diagnostic], language: Language) -> String {
    sheet_of(approved.map(|text| ("content/n/approved.txt", text)), diagnostics, language)
}

/// The same for an approved file of any name.
fn sheet_of(approved: Option<(&str, &str)>, diagnostics: &[Diagnostic], language: Language) -> String {
    let mut files =
        vec![("site.yaml", "title: 示例\n"), ("content/n/notice.md", NOTICE), ("content/n/01.md", ITEM)];
    files.extend(approved);
    let mut sources = Sources::default();
    for (name, text) in &files {
        sources.insert(SourcePath::new(*name), text.as_bytes().to_vec());
    }
    Pages::new(language).proof_sheet(&site(&files), 0, &sources, diagnostics)
}

#[track_caller]
fn check(approved: Option<&str>, expected: &[&str], absent: &[&str]) {
    let html = sheet(approved, &[], Language::Chinese);
    for words in expected {
        assert!(html.contains(words), "`{words}` is not in\n{html}");
    }
    for words in absent {
        assert!(!html.contains(words), "`{words}` is in\n{html}");
    }
}

#[test]
fn a_notice_that_agrees_says_so() {
    let approved = format!("{APPROVED}（二）登陆。请登陆<b>平台。\n");
    let marks = ["<del><span", "<ins><span", "row differs", "gap\" aria"];
    check(Some(&approved), &["与审定稿一致", "正文 2 个数中，1 个已绑定指标（1/2）", "没有发现问题"], &marks);
}

#[test]
fn proposed_entries_are_listed_with_what_to_do() {
    let item = "---\nheading: 一、关于“甲”问题的整改情况\nmetrics:\n  推文: {value: 27篇, proposed: true}\n  转发: {value: 9篇}\n\
        not_figures: [{words: 三项建设, proposed: true}]\nrelations:\n  - {formula: 转发 <= 推文, proposed: true}\n---\n\
        发布推文27篇，转发9篇，开展三项建设。\n";
    let files = [("site.yaml", "title: 示例\n"), ("content/n/notice.md", NOTICE), ("content/n/01.md", item)];
    let mut sources = Sources::default();
    for (name, text) in &files {
        sources.insert(SourcePath::new(*name), text.as_bytes().to_vec());
    }
    let html = Pages::new(Language::Chinese).proof_sheet(&site(&files), 0, &sources, &[]);
    for words in [
        "程序拟的条目：3 条",
        "删去 proposed: true",
        "推文</code>",
        "27篇",
        "content/n/01.md:4<",
        "三项建设</code>",
        "转发 &lt;= 推文</code>",
        "content/n/01.md:8<",
    ] {
        assert!(html.contains(words), "`{words}` is not in\n{html}");
    }
    assert!(!sheet(None, &[], Language::Chinese).contains("程序拟的条目"));
}

#[test]
fn differences_are_counted_and_marked_in_words_too() {
    let approved = format!("{APPROVED}（二）登陆。请登录<b>平台吧。\n");
    check(
        Some(&approved),
        &[
            "与审定稿有 2 处差异",
            "请登<del><span class=\"hidden\">〔审定稿有、网页没有：</span>录<span class=\"hidden\">〕</span></del>&lt;b&gt;平台<del>",
            "请登<ins><span class=\"hidden\">〔网页有、审定稿没有：</span>陆<span class=\"hidden\">〕</span></ins>&lt;b&gt;平台<span class=\"gap\"",
            "<a href=\"#row-4\">01.md:8</a>",
        ],
        &["与审定稿一致"],
    );
}

#[test]
fn a_paragraph_of_one_side_is_named() {
    check(Some(APPROVED), &["审定稿没有这一段", "与审定稿有 1 处差异"], &["网页没有这一段"]);
    let more = format!("{APPROVED}（二）登陆。请登陆<b>平台。\n多余的话。\n");
    check(Some(&more), &["网页没有这一段", "approved.txt:5"], &["审定稿没有这一段"]);
}

#[test]
fn a_place_in_a_document_is_its_paragraph() {
    let text = format!("{APPROVED}（二）登陆。请登陆<b>平台。\n多余的话。\n").replace('\n', "\n\n");
    let html = sheet_of(Some(("content/n/approved.html", &text)), &[], Language::Chinese);
    assert!(html.contains("approved.html:5"), "{html}");
}

#[test]
fn without_an_approved_text_the_page_stands_alone() {
    check(
        None,
        &["没有审定稿，无法对照", "approved.txt", "sheet single"],
        &["class=\"approved\"", "图例\n<del>"],
    );
}

#[test]
fn rows_are_grouped_and_lead_to_the_page() {
    check(
        None,
        &[
            "<h2><a href=\"/n/index.html\">标题与开头</a></h2>",
            "<a href=\"/n/index.html#item-1\">01.md:2</a>",
            "<a href=\"/n/index.html#item-1-1\">01.md:6</a>",
            "<a href=\"/n/index.html#item-1-2\">01.md:8</a>",
            "<h2 lang=\"zh-CN\">一、关于“甲”问题的整改情况</h2>",
        ],
        &[],
    );
}

#[test]
fn figures_show_what_is_known_of_them() {
    check(
        None,
        &[
            "<span class=\"figure bound\" title=\"指标：推文\">27篇</span>",
            "<span class=\"figure exempt\" title=\"不是数据\">三项</span>",
            "<span class=\"figure open\" title=\"未绑定\">9件<span class=\"hidden\"> (未绑定) </span></span>",
            "<li>推文 <span class=\"printed\">27篇</span></li>",
        ],
        &[],
    );
}

#[test]
fn findings_stand_beside_their_row() {
    let item = SourcePath::new("content/n/01.md");
    let at = ITEM.find("请登陆").unwrap();
    let other = SourcePath::new("content/nn/01.md");
    let found = [
        Diagnostic::error("dead-link", Location::new(&item, at..at + 3), "write `x`", "请写 `x`"),
        Diagnostic::warning("no-approved-text", Location::new(&item, 10..12), "above", "上面"),
        Diagnostic::error("template-error", Location::file(&other), "elsewhere", "别处"),
    ];
    let html = sheet(None, &found, Language::English);
    let (top, rows) = html.split_once("<table class=\"sheet").unwrap();
    assert!(
        top.contains("1 error") && top.contains("1 warning") && top.contains("no-approved-text"),
        "{top}"
    );
    assert!(top.contains("content/n/01.md:2"), "{top}");
    let (before, row) = rows.split_once("id=\"row-4\"").unwrap();
    assert!(!before.contains("dead-link") && row.contains("write <code>x</code>"), "{rows}");
    assert!(!html.contains("template-error"), "{html}");
}

#[test]
fn there_is_a_line_for_each_signature() {
    check(None, &["初审</th>", "复审</th>", "终审</th>", "一校</th>", "二校</th>", "三校</th>"], &[]);
}

#[test]
fn relations_are_listed_with_what_the_pages_keep_to_themselves() {
    let files = [
        ("site.yaml", "title: 示例\n"),
        ("content/n/notice.md", NOTICE),
        (
            "content/n/01.md",
            "---\nheading: 一、甲\nmetrics: {率: 72.9%, 金额: 936.3万元}\nrelations:\n  - 率 = 金额 / ?\n  - {formula: 率 = 7297 \
             / 10000, note: 原文如此}\n---\n率72.9%，金额936.3万元。\n",
        ),
    ];
    let html = Pages::new(Language::Chinese).proof_sheet(&site(&files), 0, &Sources::default(), &[]);
    for words in [
        "率 72.9% = 金额 936.3万元 ÷ ?</span> <b>原文未载明，推算为 1,283.4–1,285.4万元</b>",
        "率 72.9% = 7297 ÷ 10000</span> <b>不成立：72.85–72.95% / 72.97%；附说明公布：原文如此</b>",
    ] {
        assert!(html.contains(words), "`{words}` is not in\n{html}");
    }
}
