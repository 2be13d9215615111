//! A table of problems is a list of items: each row has an address, a page, a status; the table stays as it was approved.

use gongkai::diagnostic::Language;
use serde_json::Value;

use crate::site::TestSite;

const HEAD: &str = "| 序号 | 问题 | 整改措施 | 责任单位 | 完成时限 | 整改状态 |\n|---|---|---|---|---|---|\n";

/// A site with one ledger: more keys for it, and its text; `approved.txt` has tabs between the cells.
fn site(keys: &str, text: &str) -> TestSite {
    let cells = |line: &str| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>().join("\t");
    let lines = text.lines().filter(|line| !line.starts_with("|-"));
    let approved: Vec<String> =
        lines.map(|line| if line.starts_with('|') { cells(line) } else { line.to_owned() }).collect();
    TestSite::empty()
        .with("site.yaml", "title: 站\nhtml: {allow: [br]}\n")
        .with(
            "content/n/notice.md",
            "---\ntitle: 甲局整改公告\nunit: 甲局\ndate: 2025-08-28\n---\n现予以公布。\n",
        )
        .with("content/n/01.md", format!("---\nkind: ledger\nheading: 一、整改清单\n{keys}---\n{text}\n"))
        .with("content/n/approved.txt", format!("现予以公布。\n一、整改清单\n{}\n", approved.join("\n")))
}

/// Builds, and returns the codes with their messages.
fn told(site: &TestSite) -> Vec<String> {
    let found = site.build().diagnostics;
    found.iter().map(|one| format!("{} {}", one.code, one.message.both()[0])).collect()
}

/// Builds without a finding, and returns the items as data: `01-1 completed 已完成 甲科+乙科 立行立改 3`, the last being the
/// measures of the notice.
#[track_caller]
fn items(site: &TestSite) -> Vec<String> {
    assert_eq!(told(site), [""; 0]);
    let notice: Value = serde_json::from_str(&site.text("output/n/notice.json")).unwrap();
    let sections = notice["sections"].as_array().unwrap().iter();
    let word = |value: &Value| value.as_str().unwrap_or("–").to_owned();
    let show = |item: &Value| {
        let units: Vec<String> = item["responsible"].as_array().unwrap().iter().map(word).collect();
        let due = word(&item["due"]["printed"]);
        let page = word(&item["item_page"]);
        assert!(site.path(format!("output/n/{page}")).is_file(), "{page}");
        format!("{page} {} {} {} {due}", word(&item["heading"]), word(&item["status_words"]), units.join("+"))
    };
    sections.filter(|section| section["kind"] == "item").map(show).collect()
}

#[test]
fn rows_are_items() {
    let site = site(
        "",
        &format!(
            "{HEAD}| 1 | 巡河记录不全 | 补记126条 | 河道科、办公室 | 2025年6月底 | 已完成 |\n\
             | 2 | 泵站检修滞后 | 检修泵站9座 | 工程科 | 长期坚持 | 正在整改 |\n"
        ),
    );
    let expected = [
        "01-1.html 巡河记录不全 已完成 河道科+办公室 2025年6月底",
        "01-2.html 泵站检修滞后 正在整改 工程科 长期坚持",
    ];
    assert_eq!(items(&site), expected);
    let page = site.text("output/n/01-1.html");
    for cell in
        ["<h1>巡河记录不全</h1>", "<dt data-generated>整改措施</dt><dd>补记126条</dd>", "status-completed"]
    {
        assert!(page.contains(cell), "{cell} {page}");
    }
    let notice = site.text("output/n/index.html");
    assert!(notice.contains("<tr id=\"item-2\">") && notice.contains("href=\"01-2.html\""), "{notice}");
}

#[test]
fn columns_are_known_by_their_heads() {
    let row = |head: &str, cells: &str| {
        let dashes = "|-".repeat(head.matches('|').count() - 1);
        items(&site("", &format!("{head}\n{dashes}|\n{cells}\n"))).join(";")
    };
    for (head, cells, expected) in [
        (
            "|编号|反馈问题|整改情况|责任部门|整改时限|是否完成|",
            "|7|甲|已补记|乙科|立行立改|是|",
            "01-7.html 甲 – 乙科 立行立改",
        ),
        ("|序号|问题类别|具体问题|完成情况|", "|三|作风|甲|已完成|", "01-3.html 甲 已完成  –"),
        (
            "|序号|整改任务|措施|完成期限（年月）|牵头单位|",
            "|1.|甲|乙|2025年6月|丙局|",
            "01-1.html 甲 –  丙局",
        ),
        ("|序号|案件名称|处理|状态|", "|2-1|甲案|乙|已销号|", "01-2-1.html 甲案 已销号  –"),
    ] {
        let shown = row(head, cells);
        let expected: Vec<&str> = expected.split(' ').filter(|word| !word.is_empty()).collect();
        assert!(expected.iter().all(|word| shown.contains(word)), "{head}: {shown}");
    }
}

#[test]
fn a_column_of_what_was_done_may_be_that_of_statuses() {
    let ledger = |head: &str, cells: [&str; 4], front: &str| {
        let rows: Vec<String> =
            cells.iter().enumerate().map(|(n, cell)| format!("|{0}|甲{0}|{cell}|", n + 1)).collect();
        site(front, &format!("|序号|问题|{head}|\n|-|-|-|\n{}\n", rows.join("\n")))
    };
    for head in ["整改情况", "完成情况", "整改进展", "办理结果"] {
        let cells = ["已完成", "序时推进", "已销号，详见附件", "挂账督办"];
        let site_of = ledger(head, cells, "");
        assert!(told(&site_of).iter().any(|one| one.starts_with("row-status-unknown")), "{head}");
        let meant = ledger(head, cells, "statuses: {挂账督办: in-progress}\n");
        let shown = items(&meant).join(";");
        for expected in ["甲1 已完成", "甲2 序时推进", "甲3 已销号", "甲4 挂账督办"] {
            assert!(shown.contains(expected), "{head}: {shown}");
        }
    }
    // What was done may begin with how far it is.
    let site = ledger(
        "整改情况",
        ["已完成。补记台账126条，修订制度3项，培训2场。", "检修", "更换", "正在整改，已补记"],
        "",
    );
    assert_eq!(told(&site), [""; 0]);
    let notice: Value = serde_json::from_str(&site.text("output/n/notice.json")).unwrap();
    assert_eq!(notice["counts"]["items_by_status"]["completed"], 1);
    assert_eq!(notice["counts"]["items_by_status"]["in-progress"], 1);
    assert_eq!(notice["counts"]["items_by_status"]["not-stated"], 2);
}

#[test]
fn the_page_of_a_row_says_the_unit_above_the_table() {
    let site = site(
        "",
        "单位：万元\n\n|序号|问题|整改金额|整改状态|\n|-|-|-|-|\n|1|甲|6.20|已完成|\n|2|乙|无|已完成|\n",
    );
    site.build();
    let page = site.text("output/n/01-1.html");
    assert!(page.contains("<dt data-generated>整改金额（万元）</dt><dd>"), "{page}");
    assert!(site.text("output/n/01-2.html").contains("<dt data-generated>整改金额</dt><dd>无"));
}

#[test]
fn an_item_may_have_several_rows_and_titles_and_totals_are_none() {
    let site = site(
        "",
        &format!(
            "{HEAD}| 一、履职方面 | | | | | |\n\
             | 1 | 甲 | 一是补记，二是修订 | 乙科 | 立行立改 | 已完成 |\n\
             | | | 一是检查，二是培训 | 丙科 | 立行立改 | 已完成 |\n\
             | 2 | 丁 | 检修 | 乙科 | 长期坚持 | 已完成 |\n\
             | 2 | 丁 | 更换 | 乙科 | 立行立改 | 正在整改 |\n\
             | | 合计 | | | | |\n"
        ),
    );
    // What the rows of an item do not agree on is not known of it.
    assert_eq!(items(&site), ["01-1.html 甲 已完成 乙科+丙科 立行立改", "01-2.html 丁 – 乙科 –"]);
    let notice: Value = serde_json::from_str(&site.text("output/n/notice.json")).unwrap();
    assert_eq!(notice["counts"]["measures"], 6);
    assert_eq!(notice["counts"]["items_by_status"]["not-stated"], 0);
    assert!(site.text("output/n/index.html").contains("见各项原文"));
    assert!(site.text("output/n/01-1.html").contains("<dd>丙科</dd>"));
}

#[test]
fn odd_rows_are_read_as_people_would() {
    let head = |heads: &str| format!("{heads}\n{}|\n", "|-".repeat(heads.matches('|').count() - 1));
    for (heads, rows, expected) in [
        // A problem alone in its row, a remark below the sum, a sum with words behind it.
        (
            "|问题|整改措施|整改状态|",
            "|甲| | |\n|乙|补记|已完成|\n|合计2项| | |\n| | |均为核定数|\n",
            "甲 –;乙 已完成",
        ),
        ("|问题|整改措施|整改状态|", "|一、履职方面| | |\n|甲|补记|已完成|\n|甲|培训|已完成|\n", "甲 已完成"),
        // What only begins like a sum is a problem.
        (
            "|序号|问题|整改措施|整改状态|",
            "|1|合计|补记|已完成|\n| |共计收入未入账|补记|已完成|\n",
            "合计 已完成;共计收入未入账 已完成",
        ),
        // Two columns that say the same in other words.
        ("|序号|问题|整改状态|是否销号|", "|1|甲|已完成|是|\n|2|乙|正在整改|否|\n", "甲 –;乙 –"),
        ("|序号|问题|整改措施|整改状态|", "|1|甲|补记|完成|\n| | |培训|已完成|\n", "甲 –"),
    ] {
        let site = site("", &format!("{}{rows}", head(heads)));
        site.build();
        let notice: Value = serde_json::from_str(&site.text("output/n/notice.json")).unwrap();
        let items = notice["sections"].as_array().unwrap().iter().filter(|section| section["kind"] == "item");
        let shown: Vec<String> = items
            .map(|item| {
                format!(
                    "{} {}",
                    item["heading"].as_str().unwrap(),
                    item["status_words"].as_str().unwrap_or("–")
                )
            })
            .collect();
        assert_eq!(shown.join(";"), expected, "{rows}");
    }
    let huge = site(
        "",
        &format!(
            "{HEAD}| 18446744073709551615 | 甲 | 乙 | 丙科 | 立行立改 | 已完成 |\n| 5 | 丁 | 乙 | 丙科 | 立行立改 | 已完成 |\n"
        ),
    );
    assert!(told(&huge)[0].starts_with("numbering-out-of-order"));
    let two = format!(
        "{HEAD}| 1 | 甲 | 乙 | 丙科 | 立行立改 | 已完成 |\n\n下表同。\n\n{HEAD}| 1 | 丁 | 乙 | 丙科 | 立行立改 | 已完成 |\n"
    );
    assert_eq!(
        items(&site("", &two)),
        ["01-1.html 甲 已完成 丙科 立行立改", "01-t2-1.html 丁 已完成 丙科 立行立改"]
    );
}

#[test]
fn statuses_are_counted_and_the_words_of_the_office_can_be_explained() {
    let text = format!(
        "{HEAD}| 1 | 甲 | 乙 | 丙科 | 立行立改 | 已化解 |\n| 2 | 丁 | 戊 | 己科 | 立行立改 | 已完成 |\n"
    );
    assert_eq!(
        told(&site("", &text)),
        ["row-status-unknown it is not known how far something is that is `已化解`"]
    );
    let explained = site("statuses: {已化解: completed}\nrelations: [count(completed) = 2件]\n", &text);
    assert_eq!(items(&explained)[0], "01-1.html 甲 已化解 丙科 立行立改");
    let wrong = site("statuses: {已化解: done}\n", &text);
    assert!(told(&wrong)[0].starts_with("unknown-value"), "{:?}", told(&wrong));
}

#[test]
fn addresses_that_do_not_last_and_slips_of_numbers_are_told() {
    let rows = |numbers: &[&str]| {
        let rows = numbers.iter().enumerate();
        let rows =
            rows.map(|(n, number)| format!("| {number} | 问题{n} | 乙 | 丙科 | 立行立改 | 已完成 |\n"));
        site("", &format!("{HEAD}{}", rows.collect::<String>()))
    };
    for (numbers, code) in [
        (&["", "", ""][..], "row-without-number"),
        (&["1", "2", ""], "row-without-number"),
        (&["甲组", "乙组"], "row-without-number"),
        (&["1", "3"], "numbering-out-of-order"),
        (&["1", "2", "1"], "numbering-out-of-order"),
        (&["1-1", "1-2", "1-1"], "numbering-out-of-order"),
        (&["1", "2", "2"], "numbering-out-of-order"),
        (&["2", "1.", "3"], "numbering-out-of-order"),
    ] {
        let found = told(&rows(numbers));
        assert_eq!(found.len(), 1, "{numbers:?} {found:?}");
        assert!(found[0].starts_with(code), "{numbers:?} {found:?}");
    }
    for numbers in [
        &["1", "2", "3"][..],
        &["一", "二"],
        &["01", "02"],
        &["1-1", "1-2"],
        &["１", "２"],
        &["（一）", "（二）"],
        &["①", "②"],
    ] {
        assert_eq!(told(&rows(numbers)), [""; 0], "{numbers:?}");
    }
}

#[test]
fn a_ledger_needs_a_table_and_a_table_of_problems_is_offered() {
    let empty = site("", "各项均已完成。");
    assert!(told(&empty)[0].starts_with("ledger-without-table"));
    let without_dashes = site("", "| 序号 | 问题 |\n| 1 | 甲 |\n").build().diagnostics;
    let advice = without_dashes.iter().find(|one| one.code == "ledger-without-table").unwrap();
    assert!(advice.help.as_ref().unwrap().in_language(Language::English).contains("line of dashes"));
    let text = format!(
        "{HEAD}| 1 | 甲 | 乙 | 丙科 | 立行立改 | 已完成 |\n| 2 | 丁 | 戊 | 己科 | 立行立改 | 已完成 |\n| 合计 | | | | | |\n"
    );
    for kind in ["", "kind: item\n", "kind: prose\n"] {
        let site = site("", &text);
        site.write("content/n/01.md", format!("---\n{kind}heading: 一、整改清单\n---\n{text}"));
        let found = site.build().diagnostics;
        assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), ["table-of-problems"], "{kind}");
        assert!(found[0].message.in_language(Language::English).contains(" 2 problems"), "{kind}");
        site.apply(&found[0].fixes[0]);
        assert_eq!(items(&site).len(), 2, "{kind}");
    }
    // Sums and figures are no problems.
    let other = site("", "| 项目 | 数量（件） |\n|---|---|\n| 甲 | 3 |\n| 乙 | 4 |\n");
    other.write(
        "content/n/01.md",
        "---\nheading: 一、甲\n---\n| 项目 | 数量（件） |\n|---|---|\n| 甲 | 3 |\n| 乙 | 4 |\n",
    );
    other.write("content/n/approved.txt", "现予以公布。\n一、甲\n项目\n数量（件）\n甲\n3\n乙\n4\n");
    assert_eq!(told(&other), [""; 0]);
}

#[test]
fn the_page_of_a_row_is_held_to_its_cells() {
    let text = format!("{HEAD}| 1 | 甲 | 补记 | 丙科 | 立行立改 | 已完成 |\n");
    for (template, is_right) in [
        (
            "{% for cell in item.cells %}<p><b data-generated>{{ cell.head }}</b>{{ cell.html | safe }}</p>{% endfor %}",
            true,
        ),
        ("{% for cell in item.cells %}<p>{{ cell.head }}{{ cell.html | safe }}</p>{% endfor %}", false),
        (
            "{% for cell in item.cells %}{% if not loop.last %}<p>{{ cell.html | safe }}</p>{% endif %}{% endfor %}",
            false,
        ),
        ("<p>{{ item.heading }}</p>", false),
    ] {
        let site = site("", &text);
        site.write("site.yaml", "title: 站\ntheme: own\nhtml: {allow: [br]}\n");
        site.write("themes/own/theme.yaml", "name: own\n");
        let page = format!(
            "{{% extends \"base.html\" %}}{{% block main %}}<h1 data-generated>{{{{ page.title }}}}</h1>{template}{{% endblock main %}}"
        );
        site.write("themes/own/templates/item.html", page);
        let found = told(&site);
        assert_eq!(
            found.iter().any(|one| one.starts_with("page-differs-from-text")),
            !is_right,
            "{template} {found:?}"
        );
    }
}

#[test]
fn a_footnote_of_a_row_stands_below_its_ledger() {
    let rows = "| 1 | 甲[^1] | 补记[^1] | 丙科 | 立行立改 | 已完成 |\n";
    let site = site("", &format!("{HEAD}{rows}\n[^1]: 指东段。\n"));
    site.write(
        "content/n/approved.txt",
        site.text("content/n/approved.txt").replace("[^1]: ", "1.").replace("[^1]", ""),
    );
    assert_eq!(items(&site).len(), 1);
    let page = site.text("output/n/01-1.html");
    assert!(page.contains("href=\"index.html#section-01-footnote-1\""), "{page}");
}

#[test]
fn figures_of_a_row_stand_on_its_page() {
    let metrics = "metrics: {补记: 126条, 检修: 9座}\n";
    let rows = "| 1 | 缺记录40份 | 补记126条 | 丙科 | 立行立改 | 已完成 |\n| 2 | 乙 | 检修9座 | 丙科 | 立行立改 | 已完成 |\n";
    let site = site(metrics, &format!("{HEAD}{rows}"));
    assert_eq!(items(&site).len(), 2);
    let (first, second) = (site.text("output/n/01-1.html"), site.text("output/n/01-2.html"));
    assert!(first.contains("126条</a></data>") && !first.contains("9座</a>"), "{first}");
    assert!(second.contains("9座</a></data>"), "{second}");
    // A figure of the problem, which is the heading there, has its mark, too.
    let with_heading = site_of_heading();
    assert_eq!(items(&with_heading).len(), 1);
    assert!(with_heading.text("output/n/01-1.html").contains("<h1>缺记录<data value=\"40\""));
}

fn site_of_heading() -> TestSite {
    site(
        "metrics: {缺记录: 40份}\n",
        &format!("{HEAD}| 1 | 缺记录40份 | 补齐 | 丙科 | 立行立改 | 已完成 |\n"),
    )
}

/// What stands in rows, between rows and around the tables, each found by search; figures lead to the pages of their rows.
#[test]
fn every_sentence_is_found_and_figures_lead_to_their_rows() {
    let metrics = "metrics: {补记: 126条, 检修: 9座, 缺记录: 40份, 总数: 2项, 另计: 7条}\n";
    let text = format!(
        "下列为第一批。\n\n{HEAD}| 一、履职方面 | | | | | |\n| A-1 | 缺记录40份 | 补记126条 | 丙科 | 立行立改 | 已完成 |\n\
         | 合计2项 | | | | | |\n\n另计7条。\n\n{HEAD}| 二、作风方面 | | | | | |\n| 2 | 乙 | 检修9座 | 丁科 | 立行立改 | 已完成 |\n\n\
         均为核定数。"
    );
    let site = site(metrics, &text);
    assert_eq!(items(&site).len(), 2);
    let entries = crate::search::entries(&crate::golden::read_tree(&site.path("output")));
    let found = format!("{entries:?}");
    let approved = site.text("content/n/approved.txt");
    let lines = approved.lines().filter(|line| !line.starts_with("序号"));
    for words in lines.flat_map(|line| line.split('\t')).filter(|words| !words.is_empty()) {
        assert!(found.contains(words), "{words} {found}");
    }
    let figures: Value = serde_json::from_str(&site.text("output/n/figures.json")).unwrap();
    let page = |metric: &Value| {
        let page = metric["places"][0]["item_page"].as_str().unwrap_or("–").to_owned();
        if let Some((page, anchor)) = page.split_once('#') {
            assert!(
                site.text(&format!("output/n/{page}")).contains(&format!("id=\"{anchor}\"")),
                "{page} {anchor}"
            );
        }
        format!("{} {}", metric["label"].as_str().unwrap(), page.split('#').next().unwrap())
    };
    let pages: Vec<String> = figures["metrics"].as_array().unwrap().iter().map(page).collect();
    assert_eq!(pages, ["补记 01-a-1.html", "检修 01-2.html", "缺记录 01-a-1.html", "总数 –", "另计 –"]);
}

#[test]
fn what_has_no_effect_in_a_ledger_is_told() {
    let row = "| 1 | 甲 | 乙 | 丙科 | 立行立改 | 已化解 |\n";
    let rows = format!("{HEAD}{row}");
    let empty = format!("{HEAD}| 一、履职方面 | | | | | |\n");
    for (keys, text, expected) in [
        ("statuses: {已化解: completed, 已销号: completed}\n", &rows, &["`statuses` explains `已销号`"][..]),
        ("statuses: {已化解: completed}\nstatus: completed\n", &rows, &["`status` of a ledger"]),
        (
            "statuses: {已化解: completed}\nresponsible: [甲局]\ndue: 2025年底\n",
            &rows,
            &["`responsible`", "`due`"],
        ),
        ("", &HEAD.to_owned(), &["no row of this table"]),
        ("", &empty, &["no row of this table"]),
        (
            "statuses: {已化解: completed}\n",
            &format!("{rows}\n下表为空。\n\n{HEAD}"),
            &["no row of this table"],
        ),
    ] {
        let found = told(&site(keys, text));
        assert_eq!(found.len(), expected.len(), "{keys} {found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{found}");
        }
    }
    let item = site("", "补记。");
    item.write("content/n/01.md", "---\nheading: 一、整改清单\nstatuses: {已化解: completed}\n---\n补记。\n");
    let found = told(&item);
    assert!(found[0].starts_with("key-without-effect") && found[0].contains("kind: ledger"), "{found:?}");
}

#[test]
fn what_a_table_has_no_column_for_is_said_once_for_all_rows() {
    let text = "| 序号 | 问题 | 措施 |\n|---|---|---|\n| 1 | 甲 | 乙 |\n| 2 | 丙 | 丁 |\n";
    let site = site("status: 已销号\nresponsible: [甲科, 乙科]\ndue: 2025年底\n", text);
    assert_eq!(
        items(&site),
        ["01-1.html 甲 已销号 甲科+乙科 2025年底", "01-2.html 丙 已销号 甲科+乙科 2025年底"]
    );
}

#[test]
fn a_table_of_problems_in_an_annex_can_be_a_ledger_behind_a_signature_of_the_text() {
    let rows = format!(
        "{HEAD}| 1 | 甲 | 乙 | 丙科 | 立行立改 | 已完成 |\n| 2 | 丁 | 戊 | 己科 | 立行立改 | 已完成 |\n"
    );
    let site = site("", &rows);
    let notice = "title: 甲局整改公告\nunit: 甲局\ndate: 2025-08-28\n";
    site.write("content/n/notice.md", format!("---\n{notice}signature: 甲局\n---\n现予以公布。\n"));
    site.write("content/n/01.md", format!("---\nkind: annex\nheading: 附件\n---\n{rows}"));
    let list = site.text("content/n/approved.txt").split_once("清单\n").unwrap().1.to_owned();
    site.write("content/n/approved.txt", format!("现予以公布。\n甲局\n2025年8月28日\n附件\n{list}"));
    let found = told(&site);
    assert!(found.len() == 1 && found[0].starts_with("table-of-problems"), "{found:?}");
    // As the advice says.
    site.write("content/n/notice.md", format!("---\n{notice}---\n现予以公布。\n\n甲局\n\n2025年8月28日\n"));
    site.write("content/n/01.md", format!("---\nkind: ledger\nheading: 附件\n---\n{rows}"));
    assert_eq!(items(&site).len(), 2);
}

#[test]
fn figures_of_tables_are_quoted_with_their_heads() {
    for (head, row, metric, expected) in [
        ("| 序号 | 问题 | 措施 | 状态 |", "| 1 | 甲 | 补记9条 | 已完成 |", "9条", "问题：甲；措施：补记9条"),
        (
            "| 序号 | 问题 | 措施 | 金额（万元） |",
            "| 1 | 甲 | 乙 | 12.6 |",
            "12.6万元",
            "问题：甲；金额（万元）：12.6",
        ),
        (
            "| 问题 | 数量（件） | 办结（件） |",
            "| 甲。 | 7 | 6 |",
            "7件",
            "问题：甲。数量（件）：7；办结（件）：6",
        ),
    ] {
        let dashes = "|-".repeat(head.matches('|').count() - 1);
        let site = site(&format!("metrics: {{甲: {metric}}}\n"), &format!("{head}\n{dashes}|\n{row}\n"));
        site.build();
        let figures: Value = serde_json::from_str(&site.text("output/n/figures.json")).unwrap();
        assert_eq!(figures["metrics"][0]["places"][0]["sentence"], expected);
    }
}
