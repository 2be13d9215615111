//! Markdown may set words apart, never take them back or swallow them.

use crate::site::TestSite;

fn site(body: &str) -> TestSite {
    TestSite::small()
        .with("content/n/01.md", format!("---\nheading: 一、关于“甲”问题的整改情况\n---\n{body}\n"))
        .with("content/about.md", "---\ntitle: 说明\n---\n网站说明。\n")
}

fn without_approved(body: &str) -> TestSite {
    let site = site(body);
    std::fs::remove_file(site.path("content/n/approved.txt")).unwrap();
    site
}

#[test]
fn nothing_is_struck_out() {
    for (body, approved) in [
        ("~~整改未完成~~，共~~27~~28人。", "整改未完成，共2728人。"),
        ("共~~3~~5件。", "共35件。"),
        ("（一）~~改进工作。~~已经改进。", "（一）改进工作。已经改进。"),
        ("| ~~甲~~ | 乙 |\n|---|---|\n| 1 | 2 |", "甲\t乙\n1\t2"),
        ("**~~甲~~**[~~乙~~](notice.md)", "甲乙"),
    ] {
        let site = site(body);
        site.write(
            "content/n/approved.txt",
            format!("现予以公布。\n一、关于“甲”问题的整改情况\n{approved}\n"),
        );
        let codes: Vec<_> = site.build().diagnostics.iter().map(|found| found.code).collect();
        assert!(codes.contains(&"approved-text-differs"), "{body}: {codes:?}");
        assert!(codes.contains(&"stray-strikethrough"), "{body}: {codes:?}");
    }
    for (body, shown) in
        [("~~未完成~~", "~~未完成~~"), ("15%~~20%", "15%~~20%"), ("~~~未完成\n甲", "~~~未完成甲")]
    {
        let site =
            without_approved(body).with("content/about.md", format!("---\ntitle: 说明\n---\n{body}\n"));
        assert!(site.build().summary.is_some());
        for page in ["output/n/01.html", "output/about.html"] {
            let page = site.text(page);
            assert!(!page.contains("<s>") && page.contains(shown), "{body}: {page}");
        }
    }
}

#[test]
fn what_the_parser_would_drop_is_shown_or_reported() {
    let table = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 | 3件 |";
    let codes: Vec<_> = without_approved(table).build().diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["table-row-too-long", "no-approved-text"]);
    let head = "| 甲 | 乙 | 丙 |\n|---|---|---|\n";
    for (rows, expected) in [
        ("| 1 | 2 |", "，`1` 在 `甲` 一栏，`2` 在 `乙` 一栏"),
        ("1 | 2", "，`1` 在 `甲` 一栏，`2` 在 `乙` 一栏"),
        (
            "| 一、履职方面 |\n| 1 | 2 |\n| 3 | 4 | 5 |\n| 5 | 6 |\n| 合计 | 8 |\n| 7 | 8 |",
            "；还有 `2` 行也缺格",
        ),
        ("| | 2 |", ""),
        ("| | 一、履职方面 |", ""),
        ("| 合计 | 2 |", ""),
        ("| 总计3项 | 2 |", ""),
        ("| 1 | 2 | |", ""),
        ("| 1 |", ""),
        ("| 1 || 3", ""),
    ] {
        let site = without_approved(&format!("{head}{rows}\n"));
        let found = site.build().diagnostics;
        let found: Vec<_> = found.iter().filter(|found| found.code == "table-row-too-short").collect();
        assert_eq!(found.len(), usize::from(!expected.is_empty()), "{rows}");
        assert!(found.iter().all(|found| found.message.both()[1].ends_with(expected)), "{rows} {found:?}");
    }
    for (body, shown) in [
        ("见[注]。\n\n[注]: notice.md\n[注]: 整改未完成", ": 整改未完成"),
        ("[注]: 整改未完成", "[注]: 整改未完成"),
        ("见[注]。\n\n[注]: notice.md\n\n[注]: notice.md \"整改未完成\"", "整改未完成"),
        ("~~~整改未完成", "~~~整改未完成"),
        ("    整改未完成", "整改未完成"),
        ("整改未完成\n===", "==="),
        ("&lt;整改未完成&gt;", "&lt;整改未完成&gt;"),
        ("整改<未完成>", "未完成"),
        ("<!-- 整改未完成", "整改未完成"),
        ("甲[^1]\n\n[^1]: 整改未完成", "整改未完成"),
        ("甲\n\n[^1]: 整改未完成", "整改未完成"),
    ] {
        let site = without_approved(body);
        assert!(site.build().summary.is_some(), "{body}: {:?}", site.findings());
        assert!(site.text("output/n/01.html").contains(shown), "{body}");
    }
}

#[test]
fn what_is_said_of_a_picture_is_not_shown_in_its_place() {
    for body in [
        "甲![整改未完成]()乙",
        "![整改未完成](#甲)",
        "甲<img alt=\"整改未完成\">乙",
        "<img src=\"?a\" alt=\"整改未完成\">",
    ] {
        let site = without_approved(body).with("site.yaml", "title: 示例\nhtml:\n  allow: [img]\n");
        let codes: Vec<_> = site.build().diagnostics.iter().map(|found| found.code).collect();
        assert!(codes.contains(&"missing-file"), "{body}: {codes:?}");
    }
}
