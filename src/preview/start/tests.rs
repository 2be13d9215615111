//! The start page as a whole.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Language, Location, SourcePath};
use crate::disk::Sources;
use crate::live::snapshot::LeftOutNotice;
use crate::preview::pages::Pages;
use crate::site::testing::site;

fn notice(title: &str, date: &str) -> String {
    format!("---\ntitle: {title}\nunit: 甲单位\ndate: {date}\n---\n现予以公布。\n")
}

#[track_caller]
fn check(html: &str, expected: &[&str], absent: &[&str]) {
    for words in expected {
        assert!(html.contains(words), "`{words}` is not in\n{html}");
    }
    for words in absent {
        assert!(!html.contains(words), "`{words}` is in\n{html}");
    }
}

#[test]
fn a_notice_leads_to_its_page_and_its_proof_sheet() {
    let text = notice("甲<通报>", "2025-08-28");
    let site = site(&[
        ("site.yaml", "title: 示例\n"),
        ("content/n/notice.md", &text),
        ("content/n/01.md", "---\nheading: 一、乙\nmetrics: {推文: 27篇}\n---\n推文27篇，9人。\n"),
        ("content/n/approved.txt", "现予以公布。\n一、乙\n推文27篇，9人。"),
    ]);
    let drafts = [LeftOutNotice { title: "草拟".to_owned(), folder: "content/d".to_owned() }];
    let found = [Diagnostic::warning(
        "no-approved-text",
        Location::file(&SourcePath::new("content/n/01.md")),
        "a",
        "甲",
    )];
    let html = Pages::new(Language::Chinese).start_page(&site, &drafts, &Sources::default(), &found);
    check(
        &html,
        &[
            "<a href=\"/n/index.html\">甲&lt;通报&gt;</a>",
            "href=\"/__proof/n/\">校样</a>",
            "<dd>2025年8月28日</dd>",
            "<dd>1 项</dd>",
            "<dd>一致</dd>",
            "<dd>1/2</dd>",
            "<dd>1 个警告</dd>",
            "没有错误，可以发布",
            "草拟</span> <code>content/d</code>",
            "<code>base_url: https://www.example.gov.cn/</code>",
            "gongkai figures --open",
        ],
        &["妨碍发布的问题"],
    );
}

#[test]
fn errors_say_what_stops_a_publication() {
    let text = notice("甲通报", "2025-08-28");
    let site = site(&[("site.yaml", "title: 示例\n"), ("content/n/notice.md", &text)]);
    let mut sources = Sources::default();
    let path = SourcePath::new("content/n/01.md");
    sources.insert(path.clone(), "甲\n乙丙".into());
    let found: Vec<Diagnostic> = (0..30)
        .map(|_| {
            Diagnostic::error("dead-link", Location::new(&path, 7..10), "wrong", "不对")
                .help("write `x`", "请写 `x`")
        })
        .collect();
    let html = Pages::new(Language::English).start_page(&site, &[], &sources, &found);
    check(
        &html,
        &[
            "30 errors must be corrected",
            "content/n/01.md:2:2",
            "Instead: write <code>x</code>",
            "10 more errors",
            "<dd>30 errors",
        ],
        &["No errors"],
    );
}

#[test]
fn of_many_notices_the_latest_are_shown() {
    let texts: Vec<(String, String)> = (0..120)
        .map(|n| {
            (
                format!("content/n{n:03}/notice.md"),
                notice(&format!("第{n}号"), &format!("2025-{:02}-{:02}", 1 + n / 28, 1 + n % 28)),
            )
        })
        .collect();
    let mut files: Vec<(&str, &str)> = vec![("site.yaml", "title: 示例\n")];
    files.extend(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let html = Pages::new(Language::Chinese).start_page(&site(&files), &[], &Sources::default(), &[]);
    check(
        &html,
        &["将要发布的通报（120）", "共 120 份，下面是最近的 100 份", "第119号", "第20号"],
        &["第19号"],
    );
}

#[test]
fn a_site_of_drafts_says_so() {
    let mut site =
        site(&[("site.yaml", "title: 示例\n"), ("content/n/notice.md", &notice("甲通报", "2025-08-28"))]);
    site.notices = Arc::default();
    let drafts = [LeftOutNotice { title: "草拟".to_owned(), folder: "content/n".to_owned() }];
    let page = |drafts| Pages::new(Language::Chinese).start_page(&site, drafts, &Sources::default(), &[]);
    check(&page(&drafts), &["现有的通报都是草稿", "删去 draft: true"], &["还没有通报"]);
    check(&page(&[]), &["还没有通报", "新建文件夹"], &["现有的通报都是草稿"]);
}

#[test]
fn relations_that_somebody_should_look_at_are_listed() {
    let item = "---\nheading: 一、乙\nmetrics: {总数: 6人, 甲类: 2人, 乙类: 4人}\nrelations:\n  - 总数 = 甲类 + 乙类\n  \
                - 总数 = 甲类 + ?\n---\n总数6人，甲类2人，乙类4人。\n";
    let text = notice("甲", "2025-08-28");
    let site =
        site(&[("site.yaml", "title: 示例\n"), ("content/n/notice.md", &text), ("content/n/01.md", item)]);
    let html = Pages::new(Language::Chinese).start_page(&site, &[], &Sources::default(), &[]);
    check(&html, &["总数 6人 = 甲类 2人 + ?</span> <b>原文未载明，推算为 4人</b>"], &["<b>一致</b>"]);
}
