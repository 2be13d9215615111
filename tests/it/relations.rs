//! What a page says of sums and rates is true: rounding has a bound and is told, nothing is published that nobody approved,
//! and a published figure that does not fit is kept only with a remark that readers see.

use std::path::Path;
use std::process::Command;

use gongkai::diagnostic::{Diagnostic, Language, Severity};
use gongkai::figure::{Fit, Formula, Outcome, Quantity, Term};

use crate::site::TestSite;

/// Makes a site of one item that prints `metrics`, pairs of label and figure, and states `relations`, entries in YAML.
fn site(metrics: &[(&str, &str)], relations: &[&str]) -> TestSite {
    let entries: String =
        metrics.iter().map(|(label, figure)| ["  ", *label, ": ", *figure, "\n"].concat()).collect();
    let lines: String = relations.iter().map(|relation| ["  - ", *relation, "\n"].concat()).collect();
    let text: String = metrics.iter().map(|(label, figure)| [*label, *figure, "，"].concat()).collect();
    TestSite::empty()
        .with("site.yaml", "title: 示例\n")
        .with("content/n/notice.md", "---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\n---\n现予以公布。\n")
        .with(
            "content/n/01.md",
            format!("---\nheading: 一、甲\nmetrics:\n{entries}relations:\n{lines}---\n{text}已改。\n"),
        )
        .with("content/n/approved.txt", format!("现予以公布。\n一、甲\n{text}已改。\n"))
}

/// Returns the page of the item, without tags.
fn page(site: &TestSite) -> String {
    let html = site.text("output/n/01.html");
    let mut is_tag = false;
    let words = html.chars().filter(|&c| {
        let is_inside = is_tag || c == '<';
        is_tag = is_inside && c != '>';
        !is_inside
    });
    words.collect()
}

/// Returns a relation as `figures.json` tells it.
fn data(site: &TestSite) -> serde_json::Value {
    let all: serde_json::Value = serde_json::from_str(&site.text("output/n/figures.json")).unwrap();
    all["relations"][0].clone()
}

/// Returns what `gongkai figures` prints.
fn listed(site: &TestSite, format: &str) -> String {
    let program = env!("CARGO_BIN_EXE_gongkai");
    let root = site.path("");
    let arguments = ["figures", "--lang", "zh", "--format", format, "--root"];
    let output = Command::new(program).args(arguments).arg(root).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn found(site: &TestSite) -> Vec<Diagnostic> {
    site.build().diagnostics
}

fn codes(site: &TestSite) -> Vec<&'static str> {
    found(site).iter().map(|diagnostic| diagnostic.code).collect()
}

/// Computes a formula whose labels are figures as printed.
fn outcome(relation: &str) -> Outcome {
    let quote = |word: &str| {
        let bare = word.trim_matches(['(', ')']);
        if Quantity::parse(bare).is_ok() {
            word.replace(bare, &format!("“{bare}”"))
        } else {
            word.to_owned()
        }
    };
    let quoted: Vec<String> = relation.split(' ').map(quote).collect();
    let formula = Formula::parse(&quoted.join(" ")).unwrap();
    let quantities: Vec<Quantity> =
        formula.operands().iter().map(|operand| Quantity::parse(&operand.name).unwrap()).collect();
    formula.evaluate(&quantities.iter().map(Term::Figure).collect::<Vec<_>>())
}

#[test]
fn of_two_hundred_sums_and_rates_no_wrong_one_agrees_without_more() {
    const WORDS: [&str; 3] = ["holds", "by rounding", "found"];
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/relations.md");
    let table = std::fs::read_to_string(table).unwrap();
    let mut counts = [[0_usize; 3]; 2];
    let mut kind = 0;
    let mut wrong = Vec::new();
    for line in table.lines() {
        if line == "## Wrong" {
            kind = 1;
        }
        let Some(row) = line.strip_prefix("| `") else { continue };
        let (relation, rest) = row.split_once('`').unwrap();
        let expected = rest.trim_end_matches([' ', '|']).rsplit(" | ").next().unwrap();
        let column = match outcome(relation) {
            Outcome::Consistent(Fit::Exact) => 0,
            Outcome::Consistent(Fit::Rounding) => 1,
            Outcome::Inconsistent { .. } => 2,
            other => panic!("{relation}: {other:?}"),
        };
        counts[kind][column] += 1;
        if WORDS[column] != expected {
            wrong.push(format!("{relation}: {}", WORDS[column]));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    for (name, counts) in ["right", "wrong"].iter().zip(counts) {
        let [holds, rounding, found] = counts;
        assert_eq!(holds + rounding + found, 100, "{name}");
        let line = format!("| {name} | {holds} | {rounding} | {found} |");
        assert!(table.contains(&line), "{line}");
    }
    assert_eq!(counts[0][2], 0, "what is right stops no build");
    assert_eq!(counts[1][0], 0, "what is wrong does not agree without more");
}

#[track_caller]
fn check_fails(metrics: &[(&str, &str)], relation: &str, cause: &str) {
    let site = site(metrics, &[relation]);
    let report = site.build();
    assert!(report.summary.is_none(), "{relation} was published");
    let [problem] = report.diagnostics.as_slice() else { panic!("{relation}: {:?}", report.diagnostics) };
    assert_eq!(problem.code, "figures-disagree");
    let help = problem.help.as_ref().unwrap().in_language(Language::Chinese);
    assert!(help.contains(cause), "{help}");
}

#[test]
fn a_figure_of_one_digit_stands_for_no_other() {
    let coarse = "位数太少，相差超过二十分之一";
    check_fails(
        &[("甲款", "1亿元"), ("乙款", "5000万元"), ("丙款", "100万元")],
        "甲款 = 乙款 + 丙款",
        coarse,
    );
    check_fails(&[("丁款", "1万人"), ("戊款", "14999人")], "丁款 = 戊款", coarse);
    check_fails(&[("甲数", "2千人"), ("乙数", "1555人")], "甲数 = 乙数", coarse);
    check_fails(&[("甲款", "3千万元"), ("乙款", "2560万元")], "甲款 = 乙款", coarse);
    check_fails(&[("倍数", "2倍"), ("今年", "23件"), ("去年", "10件")], "倍数 = 今年 / 去年", coarse);
    check_fails(&[("甲款", "0.4万元"), ("乙款", "3600元")], "乙款 = 甲款", coarse);
}

#[test]
fn all_and_none_are_claims() {
    let (all, none) = ("` 表示全部；", "`0%` 表示没有；");
    let of = |rate| [("比率", rate), ("办结", "999件"), ("受理", "1000件")];
    check_fails(&of("100%"), "比率 = 办结 / 受理", all);
    check_fails(&of("100.0%"), "办结 / 受理 = 比率", all);
    check_fails(&of("百分之百"), "比率 = 办结 / 受理", all);
    check_fails(&of("0%"), "比率 = (受理 - 办结) / 受理", none);
    assert_eq!(codes(&site(&of("99.9%"), &["比率 = 办结 / 受理"])), [""; 0]);
}

#[test]
fn what_holds_by_rounding_says_so_everywhere() {
    let of_rate = [("办结率", "98.71%"), ("办结", "688件"), ("受理", "697件")];
    let of_sum = [("人数", "9.7万人"), ("市级", "50000人"), ("县级", "46812人")];
    let of_amounts = [("总额", "1256.87万元"), ("甲款", "500万元"), ("乙款", "756.37万元")];
    for (metrics, relation) in [
        (of_rate, "办结率 = 办结 / 受理"),
        (of_sum, "人数 = 市级 + 县级"),
        (of_amounts, "总额 = 甲款 + 乙款"),
    ] {
        let site = site(&metrics, &[relation]);
        assert_eq!(codes(&site), [""; 0]);
        assert!(page(&site).contains("对得上（在四舍五入的范围内）"), "{relation}");
        assert_eq!(
            (&data(&site)["result"], &data(&site)["reason"]),
            (&"consistent".into(), &"rounding".into())
        );
        assert!(listed(&site, "human").contains("一致（在四舍五入的范围内）"));
        assert!(listed(&site, "json").contains("\"reason\": \"rounding\""));
    }
    let exact = site(&[("总数", "25件"), ("甲类", "19件"), ("乙类", "6件")], &["总数 = 甲类 + 乙类"]);
    assert_eq!(codes(&exact), [""; 0]);
    assert!(page(&exact).contains("对得上") && !page(&exact).contains("对得上（"));
}

#[test]
fn an_implied_value_is_published_only_where_the_author_asks() {
    let metrics = [("追赃率", "37.7%"), ("追赃金额", "936.3万元")];
    for (relation, is_shown) in [
        ("追赃率 = 追赃金额 / ?", false),
        ("\"追赃金额 = 追赃率 * ?\"", false),
        ("{formula: 追赃率 = 追赃金额 / ?}", false),
        ("{formula: 追赃率 = 追赃金额 / ?, show_implied: false}", false),
        ("{formula: 追赃率 = 追赃金额 / ?, show_implied: true}", true),
    ] {
        let site = site(&metrics, &[relation]);
        assert_eq!(codes(&site), [""; 0], "{relation}");
        assert!(page(&site).contains("原文未载明"), "{relation}");
        assert_eq!(page(&site).contains("2,480.1"), is_shown, "{relation}");
        assert_eq!(data(&site)["result"], "unstated");
        assert_eq!(data(&site)["implied"].is_object(), is_shown, "{relation}");
        let output = crate::site::tree(&site.path("output"));
        let is_told = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("2,480.1");
        assert_eq!(output.values().any(is_told), is_shown, "{relation}");
        for format in ["human", "json"] {
            assert!(listed(&site, format).contains("2,480.1–2,487.0万元"), "{relation}");
        }
    }
}

#[test]
fn a_remark_keeps_what_was_published() {
    for (metrics, relation) in [
        (vec![("办结率", "72.9%"), ("办结", "7297件"), ("受理", "10000件")], "办结率 = 办结 / 受理"),
        (vec![("甲占比", "33.4%"), ("甲类", "1件"), ("总数", "3件")], "甲占比 = 甲类 / 总数"),
        (vec![("总数", "7人"), ("甲类", "2人"), ("乙类", "4人")], "总数 = 甲类 + 乙类"),
        (vec![("总数", "5人"), ("甲类", "8人")], "总数 = 甲类 + ?"),
    ] {
        let site = site(&metrics, &[&format!("{{formula: {relation}, note: 原文如此，已报审定单位。}}")]);
        // In every build, not in the first alone.
        for _ in 0..2 {
            let found = found(&site);
            let [note] = found.as_slice() else { panic!("{relation}: {found:?}") };
            assert_eq!((note.code, note.severity), ("relation-with-remark", Severity::Note));
            assert!(note.message.in_language(Language::Chinese).contains("原文如此，已报审定单位。"));
        }
        let page = page(&site);
        assert!(page.contains("原文数字有出入。说明：原文如此，已报审定单位。"), "{relation}");
        assert!(!page.contains("对得上（") && !page.contains(">对得上<"), "{relation}");
        let data = data(&site);
        assert_eq!((&data["result"], &data["note"]), (&"noted".into(), &"原文如此，已报审定单位。".into()));
        assert!(listed(&site, "human").contains("附说明公布：原文如此"));
        assert!(listed(&site, "json").contains("\"result\": \"noted\""));
    }
}

#[test]
fn the_advice_works() {
    let metrics = [("办结率", "72.9%"), ("办结", "7297件"), ("受理", "10000件")];
    let found = found(&site(&metrics, &["办结率 = 办结 / 受理"]));
    let help = found[0].help.as_ref().unwrap().in_language(Language::English);
    assert!(
        help.starts_with("`72.9%` seems to be cut off instead of rounded, which gives `73.0%`; "),
        "{help}"
    );
    let entry = help.split("`- ").nth(1).unwrap().trim_end_matches('`').replace('…', "原文如此");
    assert_eq!(codes(&site(&metrics, &[&entry])), ["relation-with-remark"]);
}

#[track_caller]
fn check(metrics: &[(&str, &str)], relations: &[&str], expected: &[&str]) {
    assert_eq!(codes(&site(metrics, relations)), expected, "{relations:?}");
}

#[test]
fn what_is_divided_by_zero_is_not_passed_over() {
    let metrics = [("受理", "412件"), ("办结", "400件"), ("退回", "0件"), ("办结率", "97.1%")];
    check(&metrics, &["办结率 = 办结 / 受理"], &[]);
    for divisor in ["0", "退回", "(受理 - 受理)", "(412 - 受理)"] {
        check(&metrics, &[&format!("办结率 = 办结 / {divisor}")], &["relation-divides-by-zero"]);
    }
}

#[test]
fn the_figure_of_a_metric_is_not_advised_to_be_that_metric_once_more() {
    let metrics = [("受理", "412件"), ("办结", "400件"), ("办结率", "97.1%")];
    let help = |relation: &str| {
        let found = found(&site(&metrics, &[relation]));
        let [problem] = found.as_slice() else { panic!("{relation}: {found:?}") };
        assert_eq!(problem.code, "relation-with-unknown-metric");
        problem.help.as_ref().unwrap().in_language(Language::Chinese).to_owned()
    };
    assert!(help("办结率 = 办结 / (受理 - 412件)").contains("已有该指标"));
    assert!(help("受理 = 412件").contains("已有该指标"));
    assert!(help("办结率 = 办结 / 412件").contains("请写指标的名称，不写它的数：`受理`"));
}

#[test]
fn what_is_written_in_vain_is_reported() {
    let metrics =
        [("总数", "6人"), ("甲类", "2人"), ("乙类", "4人"), ("率", "37.7%"), ("约数", "约100人以上")];
    check(&metrics, &["{formula: 总数 = 甲类 + 乙类, note: 有出入}"], &["key-without-effect"]);
    check(&metrics, &["{formula: 总数 = 甲类 + ?, note: 有出入}"], &["key-without-effect"]);
    check(&metrics, &["{formula: 约数 = 甲类, note: 有出入}"], &["key-without-effect"]);
    check(&metrics, &["{formula: 总数 = 甲类 + 乙类, show_implied: true}"], &["key-without-effect"]);
    check(&metrics, &["{formula: 总数 = 甲类 + 率, note: 有出入}"], &["units-disagree"]);
    check(&metrics, &["{formula: 总数 = 甲类 + 乙类, remark: 甲}"], &["unknown-key"]);
    check(&metrics, &["{formula: 总数 = 甲类 + ?, show_implied: 是}"], &["wrong-type"]);
    check(&metrics, &["{formula: [总数 = 甲类 + 乙类]}"], &["wrong-type"]);
    check(&metrics, &["{formula: 总数 = 甲类, note: }"], &["figures-disagree", "empty-value"]);
    check(&metrics, &["{note: 有出入}"], &["missing-key"]);
    check(&metrics, &["[总数 = 甲类 + 乙类]"], &["wrong-type"]);
    check(&metrics, &["总数 = 甲类: 乙类"], &["wrong-type"]);
    check(
        &metrics,
        &["{公式: 总数 = 甲类 + 乙类, 备注: 甲}"],
        &["missing-key", "unknown-key", "unknown-key"],
    );
}

#[test]
fn fixed_numbers_have_the_unit_of_the_other_side_or_their_own() {
    let metrics = [("总额", "5万元"), ("甲款", "2万元"), ("率", "90%"), ("件数", "10件"), ("余数", "7件")];
    check(&metrics, &["件数 = 10", "件数 = 余数 + 3", "件数 = 余数 + 3件", "件数 >= 9"], &[]);
    check(&metrics, &["总额 = 甲款 + 3万元", "总额 = 甲款 + 30000元", "总额 >= 0", "率 >= 80%"], &[]);
    check(&metrics, &["总额 = 甲款 + 3"], &["fixed-number-without-unit"]);
    check(&metrics, &["总额 = 甲款 + 30000"], &["fixed-number-without-unit"]);
    check(&metrics, &["率 <= 95"], &["fixed-number-without-unit"]);
    check(&metrics, &["率 >= 0.8"], &["fixed-number-without-unit"]);
    check(&metrics, &["总额 = 甲款 + 4万元"], &["figures-disagree"]);
    check(&metrics, &["总额 = 甲款 + 3件"], &["units-disagree"]);
    // A word that only looks like a figure may be a label with a slip.
    check(&metrics, &["件数 = 3甲乙"], &["relation-with-unknown-metric"]);
    check(&metrics, &["件数 = 约3件"], &["relation-with-unknown-metric"]);
    let page = {
        let site = site(&metrics, &["总额 = 甲款 + 3万元"]);
        assert_eq!(codes(&site), [""; 0]);
        page(&site)
    };
    assert!(page.contains("+ 3万元"), "{page}");
}

#[test]
fn one_formula_needs_no_list() {
    for (relation, expected) in [
        ("2个 = count(一是甲，二是乙)", &[][..]),
        ("甲 + 乙 = 推文", &[]),
        ("推文 = sum(甲, 乙)", &["relation-with-unknown-metric"]),
    ] {
        let site = site(&[("推文", "5篇"), ("甲", "2篇"), ("乙", "3篇")], &[]);
        let text = site.text("content/n/01.md").replace("relations:\n", &format!("relations: {relation}\n"));
        site.write("content/n/01.md", text.replace("已改。", "一是甲，二是乙。"));
        let approved = site.text("content/n/approved.txt").replace("已改。", "一是甲，二是乙。");
        site.write("content/n/approved.txt", &approved);
        assert_eq!(codes(&site), expected, "{relation}");
    }
}
