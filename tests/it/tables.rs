//! Tables beside the approved text: which cell stands in which column, and what tabs mean.

use gongkai::diagnostic::{Diagnostic, Language};

use crate::site::TestSite;

/// Makes a notice whose item has `body`; the approved text has `approved` there.
fn site(body: &str, approved: &str) -> TestSite {
    TestSite::small()
        .with("content/n/01.md", format!("---\nheading: 一、关于“甲”问题的整改情况\n---\n{body}\n"))
        .with("content/n/approved.txt", format!("现予以公布。\n一、关于“甲”问题的整改情况\n{approved}\n"))
}

fn codes(site: &TestSite) -> Vec<&'static str> {
    site.build().diagnostics.iter().map(|found| found.code).collect()
}

#[track_caller]
fn check(body: &str, approved: &str, expected: &[&str]) {
    assert_eq!(codes(&site(body, approved)), expected, "{body}\n\n{approved}");
}

/// Returns the only thing that a build finds.
#[track_caller]
fn only_finding(site: &TestSite) -> Diagnostic {
    let mut found = site.build().diagnostics;
    assert_eq!(found.len(), 1, "{:?}", found.iter().map(|one| one.code).collect::<Vec<_>>());
    found.remove(0)
}

const DIFFERS: &[&str] = &["approved-table-differs"];
const UNPROVEN: &[&str] = &["table-columns-unproven"];

#[test]
fn rows_with_tabs_prove_columns() {
    let head = "|片区|已办结|未办结|\n|---|---|---|\n";
    for (row, approved, expected) in [
        ("|城关||10件|", "城关\t\t10件", &[] as &[&str]),
        ("|城关|10件||", "城关\t\t10件", DIFFERS),
        ("||城关|10件|", "城关\t\t10件", DIFFERS),
        ("|城关|10件||", "城关\t10件\t", &[]),
        ("|城关|10件||", "城关\t10件", &[]),
        ("|城关|10件|", "城关\t10件", &["table-row-too-short"]),
        ("|城关||10件|", "城关\t10件", DIFFERS),
        ("|||10件|", "\t\t10件", &[]),
        ("||10件||", "\t\t10件", DIFFERS),
        ("|城关|1件|2件|", "城关\t1件\t2件", &[]),
        ("|城关|||\n||1件|2件|", "城关\t1件\t2件", DIFFERS),
        ("|城关|||\n|||2件|", "城关\t\t2件", DIFFERS),
        ("|城关||2件|", "城关\n\t\t2件", DIFFERS),
        ("|**城关**||[2件](notice.md)|", "城关\t\t2件", &[]),
        ("|**城关**|[2件](notice.md)||", "城关\t\t2件", DIFFERS),
        ("|１０||（乙）|", "10\t\t(乙)", &[]),
    ] {
        check(&format!("{head}{row}"), &format!("片区\t已办结\t未办结\n{approved}"), expected);
    }
}

#[test]
fn heads_and_neighbors_count_too() {
    let approved = "\t已办结\t未办结\n城关\t1件\t\n年份\t数\n2024\t\n\t3";
    let first = "||已办结|未办结|\n|-|-|-|\n|城关|1件||";
    let second = "|年份|数|\n|-|-|\n|2024||\n||3|";
    check(&format!("{first}\n\n{second}"), approved, &[]);
    check(&format!("{}\n\n{second}", first.replace("||已办结", "|已办结|")), approved, DIFFERS);
    check(&format!("{first}\n\n{}", second.replace("||3|", "|3||")), approved, DIFFERS);
    check(&format!("> {}", first.replace('\n', "\n> ")), "\t已办结\t未办结\n城关\t\t1件", DIFFERS);
    // Rows that are cut or joined.
    check("|甲|乙|\n|-|-|\n|丙|丁|", "甲\t乙\n丙\t丁", &[]);
    check("|甲|乙|丙|丁|\n|-|-|-|-|", "甲\t乙\n丙\t丁", DIFFERS);
    check("|甲|乙|\n|-|-|\n|丙|丁|", "甲\t乙\t丙\t丁", DIFFERS);
    // A column of numbers is no numbering.
    check("|1.|甲|\n|-|-|\n|2.|乙|", "1.\t甲\n2.\t乙", &[]);
    check("|序号|甲|乙|\n|-|-|-|\n|1.|||\n|2.||丙|", "序号\t甲\t乙\n1.\t\t\n2.\t丙", DIFFERS);
}

#[test]
fn one_cell_a_line_proves_no_columns() {
    let approved = "已办结\n未办结\n10件";
    let table = "|已办结|未办结|\n|---|---|\n||10件|";
    for body in [table.to_owned(), table.replace("||10件|", "|10件||"), table.replace("||10件|", "|10件|")]
    {
        check(&body, approved, UNPROVEN);
    }
    check(table, "已办结\t未办结\n\t10件", &[]);
    check(&table.replace("||10件|", "|10件||"), "已办结\t未办结\n\t10件", DIFFERS);
    // Where only some rows have tabs, the others are told from cells by cells.
    let mixed = "|片区|已办结|未办结|\n|-|-|-|\n|城关|1件|2件|\n|乡镇||3件|";
    check(mixed, "片区\n已办结\n未办结\n城关\t1件\t2件\n乡镇\t\t3件", &[]);
    check(mixed, "片区\t已办结\t未办结\n城关\t1件\t2件\n乡镇\n3件", UNPROVEN);
    // One warning for each table, however many of its cells are empty; none where there are no empty cells or columns.
    let other = "|甲|乙|丙|\n|-|-|-|\n|1|||\n|||2|\n||3||";
    let approved = "已办结\n未办结\n10件\n甲\n乙\n丙\n1\n2\n3";
    check(&format!("{table}\n\n{other}"), approved, &[UNPROVEN, UNPROVEN].concat());
    check("|甲|乙|\n|-|-|\n|1|2|", "甲\n乙\n1\n2", &[]);
    check("|甲|\n|-|\n||\n|1|", "甲\n1", &[]);
}

#[test]
fn a_tab_in_a_line_of_text_is_a_space() {
    for (heading, approved) in [
        ("1.\t关于“征收”问题", "1.\t关于“征收”问题"),
        ("1. 关于“征收”问题", "1.\t关于“征收”问题"),
        ("1.\t关于“征收”问题", "1. 关于“征收”问题"),
        ("一、\t关于“征收”问题", "一、\t 关于“征收”问题"),
    ] {
        let site = TestSite::small()
            .with("content/n/01.md", format!("---\nheading: {heading}\n---\n（一）\t改进工作。已经改进。\n"))
            .with(
                "content/n/approved.txt",
                format!("现予以公布。\n{approved}\n（一）\t改进工作。已经改进。\n"),
            );
        assert_eq!(codes(&site), [""; 0], "{heading}");
    }
    check("1.\t甲事已办。\n2.\t乙事已办。", "1.\t甲事已办。\n2.\t乙事已办。", &[]);
    check("1. 甲事已办。", "1.\t甲事已办。", &[]);
    check("1.\t甲事已办。", "1. 甲事已办。", &[]);
    check("见下：\n1.\t甲事已办。\n2.\t乙事已办。", "见下：\n1.\t甲事已办。\n2.\t乙事已办。", &[]);
    check("①\t甲事已办。\n②\t乙事已办。", "①\t甲事已办。\n②\t乙事已办。", &[]);
    check("\t甲事已办。\n\t乙事已办。", "\t甲事已办。\n\t乙事已办。", &[]);
    check("联系人：张三\t电话：甲", "联系人：张三\t电话：甲", &[]);
    check("联系人：张三 电话：甲", "联系人：张三\t电话：甲", &[]);
    check("联系人：张三\n\n电话：甲", "联系人：张三\t电话：甲", &[]);
    check("甲 1\n\n乙 2", "甲\t1\n乙\t2", &["table-shown-as-text"]);
    check("甲 1\n\n乙 2\n\n丙 3", "甲\t\t1\n乙\t2\t\n丙\t3", &["table-shown-as-text"]);
    check("甲 1\n\n乙 2", "甲 1\n乙 2", &[]);
    check("|甲|1|\n|-|-|\n|乙|2|", "甲 1\n乙 2", &["approved-text-differs"; 2]);
    check("甲事1.已办。", "甲事1.\t已办。", &["approved-text-differs"]);
    check("|甲|乙|\n|-|-|\n|1|2|\n\n联系人：张三 电话：甲", "甲\t乙\n1\t2\n联系人：张三\t电话：甲", &[]);
}

/// Builds a text with tabs, puts the table that is offered in its place, and builds again.
#[track_caller]
fn follow(before: &str, rows: &str, behind: &str) {
    let site = site(&format!("{before}{rows}{behind}"), &format!("{before}{rows}{behind}"));
    let mut found = site.build().diagnostics.into_iter().filter(|found| found.code == "table-with-tabs");
    let found = found.next().expect("a table is offered");
    // Blank lines around a table are what any manual of Markdown asks for, but none are needed.
    site.apply(&found.fixes[0]);
    assert_eq!(codes(&site), [""; 0], "{}", site.text("content/n/01.md"));
    let n_rows = rows.lines().count();
    assert_eq!(site.text("output/n/01.html").matches("<tr>").count(), n_rows);
}

#[test]
fn lines_with_tabs_are_offered_as_a_table() {
    let before = "各片区追缴情况如下：\n";
    let behind = "\n注\n\n[1] 截至10月底";
    follow(before, "片区\t户数（家）\t金额（万元）\n城关\t52\t98.60\n合计\t52\t98.60", behind);
    follow("", "\t已办结\t未办结\n城关\t\t10件\n合计\t1件\t10件", "");
    follow(before, "a|b\t5*3*2\t[1](见附)\n<甲>\t`乙`\t_丙_ **丁** &lt;戊&gt; #己\n甲\\\t乙\t丙", behind);
    follow("", "1.\t城关\t52\n2.\t乡镇\t\n3.\t\t1", "\n合计五十三。");
    follow(before, "城关\t52\n乡镇\t", "");
}

#[test]
fn figures_in_cells_are_bound() {
    let body = "| 片区 | 已办结 | 未办结 |\n|---|---|---|\n| 城关 | | 10件 |\n| 合计 | 52万元 | 11件 |";
    let heading = "heading: 一、关于“甲”问题的整改情况\nmetrics:\n  追缴: 52万元\n  未办结: 10件";
    let site = site(body, "片区\t已办结\t未办结\n城关\t\t10件\n合计\t52万元\t11件")
        .with("content/n/01.md", format!("---\n{heading}\n---\n{body}\n"));
    assert_eq!(site.findings(), [""; 0]);
    let figures = site.text("output/n/figures.csv");
    assert!(figures.contains("追缴") && figures.contains("10件"), "{figures}");
}

#[test]
fn a_lost_paragraph_is_told_how_to_come_back() {
    for (body, approved, mended) in [
        ("甲事已办。\n乙事已办。", "甲事已办。\n乙事已办。", "甲事已办。\n\n乙事已办。"),
        ("注\n[1] 截至10月底", "注\n[1] 截至10月底", "注\n\n[1] 截至10月底"),
        ("Word\nExcel", "Word\nExcel", "Word\n\nExcel"),
        ("甲事已办。乙事已办。", "甲事已办。\n乙事已办。", "甲事已办。\n\n乙事已办。"),
    ] {
        let site = site(body, approved);
        let found = only_finding(&site);
        assert_eq!(found.code, "approved-paragraphs-differ", "{body}");
        let start = found.location.unwrap().range.unwrap().start;
        let second = approved.lines().nth(1).unwrap();
        assert!(site.text("content/n/01.md").split_at(start).1.starts_with(second), "{body}");
        let help = found.help.unwrap();
        assert!(help.in_language(Language::English).contains("leave a blank line above"), "{help}");
        assert!(help.in_language(Language::Chinese).contains("上面空一行"), "{help}");
        let text = site.text("content/n/01.md");
        site.write("content/n/01.md", text.replace(body, mended));
        assert_eq!(codes(&site), [""; 0], "{mended}");
    }
    let found = only_finding(&site("甲事已办。\n\n乙事已办。", "甲事已办。乙事已办。"));
    assert_eq!(found.code, "approved-paragraphs-differ");
    assert!(found.help.unwrap().in_language(Language::Chinese).contains("接在上一段"));
}

#[test]
fn the_sign_for_the_end_of_a_paragraph_is_explained() {
    for (body, approved) in [
        ("甲事已办。", "甲事已办。\n\n乙事已经办理。"),
        ("甲事已办。\n\n丙。", "甲事已办。"),
        ("甲事已经办理了。\n\n乙事已经处理了。", "乙事已经处理了。\n甲事已经办理了。"),
        ("|甲|乙|\n|-|-|", "甲 乙"),
    ] {
        for found in site(body, approved).build().diagnostics {
            let message = |language| found.message.in_language(language).to_owned();
            let (english, chinese) = (message(Language::English), message(Language::Chinese));
            assert_eq!(english.contains('⏎'), english.contains("end of a paragraph"), "{english}");
            assert_eq!(chinese.contains('⏎'), chinese.contains("一段到此结束"), "{chinese}");
        }
    }
}

#[test]
fn a_space_too_many_or_too_few_is_told_where_it_comes_from() {
    let help = |body: &str, approved: &str| {
        let found = only_finding(&site(body, approved));
        found.help.unwrap().in_language(Language::English).to_owned()
    };
    assert!(help("（一）加强监督。", "（一）\t加强监督。").starts_with("write a space here"));
    assert!(help("加强监督,\n改进工作。", "加强监督,改进工作。").starts_with("delete the space"));
    check("（一） 加强监督。", "（一）\t加强监督。", &[]);
    check("加强监督,改进工作。", "加强监督,改进工作。", &[]);
}

/// Builds a notice with `body` in its item and returns what is said of totals: the sum as printed.
#[track_caller]
fn check_totals(body: &str, expected: &[&str]) {
    let text = format!("---\nheading: 一、关于“甲”问题的整改情况\n---\n{body}\n");
    let site = TestSite::small().with("content/n/01.md", text.clone());
    let built = site.build();
    let found = built.diagnostics.iter().filter(|found| found.code == "total-differs");
    let found: Vec<_> = found.filter_map(|found| text.get(found.location.clone()?.range?)).collect();
    assert_eq!(found, expected, "{body}");
}

#[test]
fn sums_of_rows_and_columns_are_added_up() {
    for (rows, expected) in [
        ("|甲|98.60|\n|乙|77.36|\n|合计|175.96|", &[] as &[&str]),
        ("|甲|98.60|\n|乙|77.36|\n|合计|175.69|", &["175.69"]),
        // Each of the three may be rounded by half of its last digit.
        ("|甲|0.33|\n|乙|0.33|\n|丙|0.33|\n|合 计|1.00|", &[]),
        ("|合计|9|\n|甲|4|\n|乙|4|", &["9"]),
        ("|甲|1|\n|乙|2|\n|小计|4|\n|丙|3|\n|丁|3|\n|小计|6|\n|总计|10|", &["4"]),
        ("|甲|1|\n|乙|2|\n|小计|3|\n|丙|3|\n|丁|3|\n|小计|6|\n|总计|10|", &["10"]),
        ("|甲|10|\n|其中：乙|4|\n|丙|5|\n|合计|15|", &[]),
        ("|甲|10|\n|其中：乙|4|\n|丙|6|\n|丁|5|\n|合计|15|", &[]),
        ("|甲|10|\n|其中：乙|4|\n|丙|5|\n|合计|16|", &["16"]),
        ("|甲|—|\n|乙|3|\n|丙|4|\n|合计|8|", &["8"]),
        ("|甲|约3|\n|乙|4|\n|合计|9|", &[]),
        ("|甲|若干|\n|乙|4|\n|合计|9|", &[]),
        ("|甲|3|\n|合计|9|", &[]),
    ] {
        check_totals(&format!("|单位名称|金额（万元）|\n|-|-|\n{rows}"), expected);
        check_totals(&format!("金额见下表（单位：万元）：\n\n|单位名称|金额|\n|-|-|\n{rows}"), expected);
        check_totals(&format!("|单位名称|案件数|\n|-|-|\n{rows}"), expected);
        for head in ["完成率（%）", "平均用时", "同比增长", "得分", "占比(%)"] {
            check_totals(&format!("|单位名称|{head}|\n|-|-|\n{rows}"), &[]);
        }
    }
    check_totals("|镇|上半年（件）|下半年（件）|合计（件）|\n|-|-|-|-|\n|甲|3|4|7|\n|乙|5|6|12|", &["12"]);
    check_totals("|指标|单位|数|\n|-|-|-|\n|甲|户|3|\n|乙|公里|5|\n|合计||9|", &[]);
}

#[test]
fn lists_of_parts_and_numbers_that_add_up_otherwise_are_told_apart() {
    for (rows, expected) in [
        // 其中 directly behind a sum lists its parts, or counts one of them again.
        ("|合计|10|\n|其中：甲|8|\n|乙|2|", &[] as &[&str]),
        ("|合计|10|\n|其中：甲|8|\n|乙|3|", &["10"]),
        ("|合计|10|\n|其中：党员|4|\n|甲|8|\n|乙|2|", &[]),
        ("|合计|30|\n|其中：党员|12|\n|其中：女性|9|", &[]),
        ("|合计|30|\n|其中：党员|12|", &[]),
        // Names that end with the word.
        ("|甲|8|\n|乙|2|\n|全县合计|11|", &["11"]),
        ("|甲|8|\n|乙|2|\n|总数|11|", &["11"]),
        ("|甲|8|\n|乙|2|\n|本级共计|11|", &["11"]),
        ("|甲|8|\n|乙|2|\n|合计占比|11|", &[]),
        ("|甲|1|\n|乙|2|\n|东片合计|3|\n|丙|3|\n|丁|3|\n|西片合计|6|\n|全县合计|9|", &[]),
        ("|甲|1|\n|乙|2|\n|东片合计|3|\n|丙|3|\n|丁|3|\n|西片合计|6|\n|全县合计|8|", &["8"]),
        // Rows that measure otherwise; some are only called so.
        ("|合计|10|\n|甲|8|\n|乙|2|\n|平均|5|\n|最高|8|", &[]),
        ("|甲|8|\n|乙|2|\n|合计|11|\n|占比|100%|", &["11"]),
        ("|均安镇|8|\n|乙|2|\n|丙|1|\n|合计|11|", &[]),
    ] {
        check_totals(&format!("|单位|金额（万元）|\n|-|-|\n{rows}"), expected);
        check_totals(&format!("|单位名称|案件数|\n|-|-|\n{rows}"), expected);
        for head in
            ["最高水位", "PM2.5浓度", "气温", "物价指数", "单价（元/吨）", "补助标准", "中位数", "月份"]
        {
            check_totals(&format!("|单位名称|{head}|\n|-|-|\n{rows}"), &[]);
        }
    }
    for (heads, row, expected) in [
        ("合计|其中：已完成|未完成", "10|8|2", &[] as &[&str]),
        ("合计|其中：已完成|未完成", "10|8|3", &["10"]),
        ("年度|甲|乙|合计", "2024|8|2|10", &[]),
        ("月份|甲|乙|合计", "3|8|2|11", &["11"]),
        ("编码|甲|乙|合计", "2024|8|2|10", &[]),
        ("信访总数|办结|满意", "20|18|17", &[]),
        ("上半年|下半年|合计|同比增长", "8|2|10|5", &[]),
    ] {
        check_totals(
            &format!("|{heads}|\n{}\n|{row}|", "|-".repeat(heads.split('|').count()) + "|"),
            expected,
        );
    }
    check_totals("|年|金额（万元）|\n|-|-|\n|2023|8|\n|2024|2|\n|合计|11|", &["11"]);
    check_totals("|序号|片区|件数|\n|-|-|-|\n|1|甲|8|\n|2|乙|2|\n|合计|—|11|", &["11"]);
}

#[test]
fn a_relation_or_an_entry_speaks_for_a_sum() {
    use gongkai::diagnostic::Severity::{Error, Note, Warning};
    let table = "|片区|追缴金额（万元）|\n|-|-|\n|城关|98.60|\n|东部|77.36|\n|合计|175.69|";
    let site = |front: &str| {
        let text = format!("---\nheading: 一、关于“甲”问题的整改情况\n{front}---\n{table}\n");
        let built = TestSite::small().with("content/n/01.md", text).build();
        let codes: Vec<_> = built.diagnostics.iter().map(|found| (found.code, found.severity)).collect();
        // The approved text of this site says something else.
        codes.into_iter().filter(|(code, _)| !code.starts_with("approved-")).collect::<Vec<_>>()
    };
    assert_eq!(site(""), [("total-differs", Warning)]);
    let entry = "accepted: [{code: total-differs, words: \"175.69\", because: 原文如此}]\n";
    assert_eq!(site(entry), [("total-differs", Note)]);
    let metrics =
        "metrics:\n  城关: 98.60万元\n  东部: {value: 77.36万元, quote: 东部}\n  合计: 175.69万元\n";
    let relation = "relations:\n  - 合计 = 城关 + 东部\n";
    assert_eq!(site(&format!("{metrics}{relation}")), [("figures-disagree", Error)]);
}
