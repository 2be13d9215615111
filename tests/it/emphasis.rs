//! Bold text next to Chinese punctuation, on the real notice.

use crate::site::TestSite;

/// Writes the lead sentence of each measure in bold: `（一）强化政治理论学习。刚性…` → `**（一）强化政治理论学习。**刚性…`.
fn with_bold_leads(text: &str) -> (String, usize) {
    let mut n_leads = 0;
    let lines: Vec<String> = text
        .lines()
        .map(|line| match line.split_once('。') {
            Some((lead, rest)) if line.starts_with('（') => {
                n_leads += 1;
                format!("**{lead}。**{rest}")
            }
            _ => line.to_owned(),
        })
        .collect();
    (lines.join("\n") + "\n", n_leads)
}

#[test]
fn all_lead_sentences_may_be_bold() {
    let site = TestSite::zhoushan();
    let mut n_leads = 0;
    for item in 1..=24 {
        let name = format!("content/zhoushan-2025/{item:02}.md");
        let (text, n) = with_bold_leads(&site.text(&name));
        site.write(&name, text);
        n_leads += n;
    }
    assert_eq!(n_leads, 74);
    assert_eq!(site.findings(), [""; 0], "the words are the same, bold or not");
    let page = site.text("output/zhoushan-2025/index.html");
    assert_eq!(page.matches("data-run-in><strong>（").count(), 74, "each is bold and still a lead sentence");
    assert!(!page.contains("**"));
}

#[test]
fn bold_words_inside_a_sentence() {
    for (text, expected) in [
        ("出台**《办法》**，加强管理。", "出台<strong>《办法》</strong>，加强管理。"),
        ("坚持**“严格执法”**要求。", "坚持<strong>“严格执法”</strong>要求。"),
        ("这是**重点（试行）**内容。", "这是<strong>重点（试行）</strong>内容。"),
        ("前**24%**后。", "前<strong>24%</strong>后。"),
        (
            "**甲**、**“乙”**和**丙（丁）**等。",
            "<strong>甲</strong>、<strong>“乙”</strong>和<strong>丙（丁）</strong>等。",
        ),
        ("由葛\u{e0100}**(副组长)**负责。", "由葛\u{e0100}<strong>(副组长)</strong>负责。"),
        ("邱\u{fe00}**(组员)**落实。", "邱\u{fe00}<strong>(组员)</strong>落实。"),
        (
            "**(辻\u{e0101})**和**〔邱\u{fe01}〕**。",
            "<strong>(辻\u{e0101})</strong>和<strong>〔邱\u{fe01}〕</strong>。",
        ),
        ("组长葛\u{e0100}\n城。", "组长葛\u{e0100}城。"),
        ("第一行\n第二行。", "第一行第二行。"),
        ("“千岛先锋·公安卫士”——长期……坚持。", "“千岛先锋·公安卫士”——长期……坚持。"),
    ] {
        let site = TestSite::small().with(
            "content/n/01.md",
            format!("---\nheading: 一、关于“甲”问题的整改情况\n---\n（一）改进工作。已经改进。\n\n{text}\n"),
        );
        std::fs::remove_file(site.path("content/n/approved.txt")).unwrap();
        assert_eq!(site.findings(), ["no-approved-text content/n/notice.md"], "{text}");
        let page = site.text("output/n/01.html");
        assert!(page.contains(&format!("<p>{expected}</p>")), "{text} gives {page}");
    }
}

#[test]
fn spaces_behind_a_lead_or_a_label_are_part_of_the_text() {
    let body = "（一）改进工作。 已经改进。\n\n整改情况： 已经印发。\n";
    let site = TestSite::small()
        .with("content/n/01.md", format!("---\nheading: 一、关于“甲”问题的整改情况\n---\n{body}"))
        .with("content/n/approved.txt", format!("现予以公布。\n一、关于“甲”问题的整改情况\n{body}"));
    assert_eq!(site.findings(), [""; 0]);
    site.write("content/n/approved.txt", site.text("content/n/approved.txt").replace(['\u{3000}', ' '], ""));
    assert_eq!(
        site.findings(),
        ["approved-text-differs content/n/01.md:4:9", "approved-text-differs content/n/01.md:6:6"]
    );
}

#[test]
fn footnotes_keep_their_numbers() {
    let body = "甲[^a]乙[^b]。\n\n[^a]: 注一。\n\n丙。\n\n[^b]: 注二。\n";
    let site = TestSite::small()
        .with("content/n/01.md", format!("---\nheading: 一、关于“甲”问题的整改情况\n---\n{body}"))
        .with(
            "content/n/approved.txt",
            "现予以公布。\n一、关于“甲”问题的整改情况\n甲乙。\n1.注一。\n丙。\n2.注二。\n",
        );
    assert_eq!(site.findings(), [""; 0]);
}
