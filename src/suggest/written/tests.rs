use super::*;
use crate::content::{Content, Drafts, parse};
use proptest::prelude::*;

const NOTICE: &str = "---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\n---\n现予以公布。\n";

/// Reads a notice with one section; returns also its errors and warnings.
fn read(section: &str) -> (Sources, Content, Vec<String>) {
    let mut loaded = Loaded::default();
    loaded.sources.insert(SourcePath::new("content/n/notice.md"), NOTICE.into());
    loaded.sources.insert(SourcePath::new("content/n/01.md"), section.into());
    let mut diagnostics = Diagnostics::new();
    let content = parse(&loaded, &markdown::Options::default(), Drafts::LeftOut, &mut diagnostics);
    let problems = diagnostics.iter().filter(|problem| problem.severity != Severity::Note);
    let problems = problems.map(|problem| format!("{}: {}", problem.code, problem.message)).collect();
    (loaded.sources, content, problems)
}

/// Returns the section with what is suggested for it, and what was put in.
fn written_section(section: &str) -> (String, Summary) {
    let (sources, content, _) = read(section);
    let (written, _) = written(&content.notices[0], &sources, &markdown::Options::default());
    let section = written.into_iter().map(|file| (file.text, file.summary)).next();
    section.unwrap_or((String::new(), Summary::default()))
}

#[track_caller]
fn check(section: &str, expected: &str) {
    let (text, _) = written_section(section);
    assert_eq!(text, expected);
    let (.., problems) = read(&text);
    assert_eq!(problems, [] as [&str; 0], "{text}");
    assert_eq!(written_section(&text).0, "", "a second run changes nothing");
}

#[test]
fn entries_stand_below_the_other_keys() {
    check(
        "---\nheading: 一、关于“甲”问题的整改情况\n---\n发推文27篇，其中甲镇12篇、乙镇15篇。开展为期2个月的整治。\n",
        "---\nheading: 一、关于“甲”问题的整改情况\nmetrics:\n  推文: {value: 27篇, proposed: true}\n  甲镇: {value: 12篇, proposed: true}\n  乙镇: {value: 15篇, proposed: true}\nnot_figures:\n  - {words: 为期2个月, proposed: true}\nrelations:\n  - {formula: \"推文 = 甲镇 + 乙镇\", proposed: true}\n---\n发推文27篇，其中甲镇12篇、乙镇15篇。开展为期2个月的整治。\n",
    );
}

#[test]
fn what_stands_there_stays() {
    check(
        "\u{feff}---\r\n# 说明\r\nheading: 一、关于“甲”问题的整改情况\r\nmetrics:\r\n  推文: 27篇  # 已核对\r\nnot_figures: [三项建设]\r\nrelations:   # 关系\r\n  - 推文 <= 30篇\r\n# 尾\r\n---\r\n发推文27篇，开展三项建设，转发推文9篇，为期2个月。\r\n",
        "\u{feff}---\r\n# 说明\r\nheading: 一、关于“甲”问题的整改情况\r\nmetrics:\r\n  推文: 27篇  # 已核对\r\n  转发推文: {value: 9篇, proposed: true}\r\nnot_figures: [三项建设, {words: 为期2个月, proposed: true}]\r\nrelations:   # 关系\r\n  - 推文 <= 30篇\r\n# 尾\r\n---\r\n发推文27篇，开展三项建设，转发推文9篇，为期2个月。\r\n",
    );
}

#[test]
fn lists_in_brackets_grow_in_them() {
    check(
        "---\nheading: 一、关于“甲”问题的整改情况\nmetrics: {推文: 27篇}\n---\n发推文27篇，其中甲镇12篇。\n",
        "---\nheading: 一、关于“甲”问题的整改情况\nmetrics: {推文: 27篇, 甲镇: {value: 12篇, proposed: true}}\nrelations:\n  - {formula: \"甲镇 <= 推文\", proposed: true}\n---\n发推文27篇，其中甲镇12篇。\n",
    );
}

#[test]
fn a_figure_that_may_be_stated_already_says_so() {
    let (text, summary) = written_section(
        "---\nheading: 一、关于“甲”问题的整改情况\nmetrics:\n  反馈问题: {value: 40项, quote: 14类40项}\n---\n涉及14类40项问题。对反馈的40项问题逐项整改。\n",
    );
    assert!(
        text.contains("proposed: true}  # 若与“反馈问题”是同一个数，请改为 反馈问题: {value: 40项"),
        "{text}"
    );
    assert!(summary.doubtful > 0);
}

#[test]
fn rows_and_columns_of_tables_are_added() {
    let table = "| 地区 | 办结（件） | 在办（件） | 合计 |\n|---|---|---|---|\n| 甲镇 | 3 | 4 | 7件 |\n| 乙镇 | 5 | 1 | 6件 |\n| 合计 | 8 | 5 | 13件 |\n";
    let (text, _) =
        written_section(&format!("---\nheading: 一、关于“甲”问题的整改情况\n---\n情况如下：\n\n{table}"));
    for formula in ["合计办结 = 甲镇办结 + 乙镇办结", "合计在办 = 甲镇在办 + 乙镇在办"]
    {
        assert!(text.contains(&format!("{{formula: \"{formula}\", proposed: true}}")), "{text}");
    }
    let (text, _) = written_section(&format!(
        "---\nheading: 一、关于“甲”问题的整改情况\n---\n情况如下：\n\n{}",
        table.replace("| 甲镇 | 3", "| 其中甲镇 | 3").replace("| 5 |", "| 4 |")
    ));
    assert!(!text.contains("formula"), "{text}");
}

#[test]
fn what_is_not_bound_is_not_written() {
    let section = "---\nheading: 一、关于“甲”问题的整改情况\n---\n发推文27篇。\n\n发推文27篇。\n";
    assert_eq!(written_section(section), (String::new(), Summary::default()));
}

#[test]
fn an_entry_that_brings_an_error_is_left_out() {
    // A relation may not name the figure of a metric as a fixed number.
    let (text, _) = written_section(
        "---\nheading: 一、关于“甲”问题的整改情况\nmetrics:\n  推文: 27篇\nrelations: [推文 >= 9篇]\n---\n发推文27篇，印发手册9篇、讲稿8篇。\n",
    );
    assert!(!text.contains("手册: {value") && text.contains("讲稿: {value: 8篇, proposed: true}"), "{text}");
}

#[test]
fn what_is_proposed_is_counted() {
    let (text, summary) = written_section(
        "---\nheading: 一、关于“甲”问题的整改情况\n---\n发推文27篇，其中甲镇12篇、乙镇15篇。开展为期2个月的整治。\n",
    );
    let expected = Summary { metrics: 3, doubtful: 0, not_figures: 1, relations: 1 };
    assert_eq!(summary, expected);
    let (_, content, _) = read(&text);
    assert_eq!(content.notices[0].n_proposed(), 5);
}

/// Takes the lines away that say `proposed: true`, and keys that have nothing else below them.
fn without_proposed(text: &str) -> String {
    let lines: Vec<&str> =
        text.split_inclusive('\n').filter(|line| !line.contains("proposed: true")).collect();
    let is_key = |line: &str| ["metrics:\n", "not_figures:\n", "relations:\n"].contains(&line);
    let has_more = |index: usize| lines.get(index + 1).is_some_and(|next| next.starts_with("  "));
    let kept = lines.iter().enumerate().filter(|(index, line)| !is_key(line) || has_more(*index));
    kept.map(|(_, line)| *line).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::trials::trials(100)))]
    #[test]
    fn all_other_bytes_stay_and_the_pages_say_the_same(
        first in "(metrics:\n  推文: 27篇 # 甲\n|relations:\n  - 2人 <= 3人\n|# 甲\n)?",
        clauses in proptest::collection::vec(
            "(共|已|其中|移交|市局|对)?(发推文|查处案件|追责|办结率达到|同比下降|停用)?(2人|3人|5人|12件|12、34件|100%|15%|三项|3万元|15分钟|24小时)(信访件|的案件|给予处分|警务圈|内办结|和)?[，、。；：（）]",
            1..10
        )
    ) {
        let section = format!("---\nheading: 一、关于“甲”问题的整改情况\n{first}---\n发推文27篇。{}\n", clauses.concat());
        let (_, before, problems) = read(&section);
        let (text, _) = written_section(&section);
        if !text.is_empty() {
            prop_assert_eq!(without_proposed(&text), section);
            let (_, after, new) = read(&text);
            prop_assert_eq!(new, problems, "{}", text);
            let words = |content: &Content| format!("{:?}", crate::fidelity::Alignment::of(&content.notices[0]).rows.iter().flat_map(|row| &row.page).map(|line| line.text.iter().collect::<String>()).collect::<Vec<_>>());
            prop_assert_eq!(words(&before), words(&after));
            prop_assert_eq!(written_section(&text).0, "", "{}", text);
        }
    }
}
