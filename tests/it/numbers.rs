//! A number is what the eye reads: what stands beside it belongs to it, and no line break or tab parts it.

use gongkai::build;
use gongkai::content::Drafts;
use gongkai::diagnostic::{Diagnostic, Diagnostics, Language, Severity};

use crate::site::TestSite;

/// What front matter and text of an item come to: the figures that metrics state, and the problems.
struct Read {
    bound: Vec<(String, String)>,
    problems: Vec<Diagnostic>,
}

impl Read {
    /// Reads an item with `body` and the entries `metrics`.
    fn new(metrics: &str, body: &str) -> Self {
        let item = format!("---\nheading: 一、关于“甲”问题的整改情况\nmetrics: {{{metrics}}}\n---\n{body}\n");
        let site = TestSite::small().with("content/n/01.md", item);
        let mut diagnostics = Diagnostics::new();
        let contents = build::read_contents(&site.path(""), None, Drafts::LeftOut, &mut diagnostics).unwrap();
        let all = contents.content.notices[0].metrics();
        let bound = all.map(|(_, metric)| {
            let quantity = &metric.quantity.value;
            (quantity.printed().to_owned(), quantity.value().to_string())
        });
        Self { bound: bound.collect(), problems: diagnostics.into_sorted() }
    }

    fn codes(&self) -> Vec<&str> {
        self.problems.iter().map(|problem| problem.code).collect()
    }

    /// Returns all that is said, messages and advice in both languages.
    fn words(&self) -> String {
        let messages = self.problems.iter().flat_map(|one| std::iter::once(&one.message).chain(&one.help));
        messages
            .flat_map(|message| {
                [Language::English, Language::Chinese].map(|language| message.in_language(language))
            })
            .collect()
    }
}

/// Checks that a metric of `printed` is refused in `body`, by quote and without, and that nothing advises it.
#[track_caller]
fn check_refused(printed: &str, body: &str) {
    for metrics in
        [format!("甲: \"{printed}\""), format!("甲: {{value: \"{printed}\", quote: \"{printed}\"}}")]
    {
        let read = Read::new(&metrics, body);
        assert_eq!(read.bound, [], "{body}");
        assert_eq!(read.codes(), ["number-goes-on"], "{body}");
        assert!(read.problems[0].location.is_some() && !read.problems[0].related.is_empty(), "{body}");
        assert!(read.problems[0].severity == Severity::Error && read.problems[0].help.is_some(), "{body}");
    }
    // Another figure is not led to it either.
    let read = Read::new("甲: 9篇", body);
    assert!(!read.words().contains(&format!("甲: {printed}")), "{}", read.words());
}

#[test]
fn a_figure_is_not_bound_without_what_stands_before_it() {
    for before in [
        "1ʼ",
        "1′",
        "1\u{2009}",
        "1\u{202f}",
        "1 ",
        "12。",
        "3·1٫",
        "±",
        "-",
        "–",
        "−",
        "负",
        "≥",
        "²",
        "½",
        "٣",
        "𝟏",
        "办①",
        "三",
        "1О",
        "⒈",
        "1^",
        ".",
    ] {
        check_refused("27篇", &format!("（一）加强宣传。发布推文{before}27篇。"));
    }
}

#[test]
fn a_figure_is_not_bound_without_what_stands_behind_it() {
    for (printed, behind) in [("27米", "²"), ("27%", "‰"), ("27米", "5"), ("27元", "½"), ("27元", "⁵")]
    {
        check_refused(printed, &format!("（一）加强宣传。达到{printed}{behind}。"));
    }
}

#[test]
fn what_can_be_read_for_sure_is_read() {
    for (printed, value) in [
        ("1'234元", "1234"),
        ("1’234’567.5元", "1234567.5"),
        ("–5%", "-5"),
        ("﹣5%", "-5"),
        ("负5%", "-5"),
        ("-5万元", "-50000"),
        ("负5万元", "-50000"),
    ] {
        let read = Read::new(&format!("甲: \"{printed}\""), &format!("（一）改进工作。降至{printed}。"));
        assert_eq!((read.bound, read.problems), (vec![(printed.to_owned(), value.to_owned())], Vec::new()));
    }
}

#[test]
fn advice_writes_the_whole_number() {
    let read = Read::new("甲: 5万元", "（一）改进工作。利润-5万元。");
    assert!(read.words().contains("write `甲: \"-5万元\"`"), "{}", read.words());
}

#[test]
fn a_metric_says_no_more_than_a_text_may() {
    for printed in ["10²件", "1O件", "5萬元", "5%‰", "1０²米", "10½件", "1·234元"] {
        let read = Read::new(&format!("甲: \"{printed}\""), &format!("（一）改进工作。共{printed}。"));
        assert_eq!(read.bound, [], "{printed}");
        assert!(read.codes().contains(&"not-a-figure"), "{printed}: {:?}", read.codes());
    }
}

/// Builds an item with `body` beside the approved lines `approved`; returns what is found.
fn compare(approved: &str, body: &str) -> Vec<String> {
    let heading = "一、关于“甲”问题的整改情况";
    TestSite::small()
        .with("content/n/01.md", format!("---\nheading: {heading}\n---\n{body}\n"))
        .with("content/n/approved.txt", format!("现予以公布。\n{heading}\n{approved}\n"))
        .findings()
}

#[test]
fn no_break_parts_a_number_of_the_text() {
    let at = |column: usize| vec![format!("number-broken content/n/01.md:4:{column}")];
    for (body, column) in [
        ("共1\n2人。", 2),
        ("共12\n万元。", 3),
        ("共12\r\n人。", 3),
        ("下降-\n5%。", 3),
        ("共1  \n2人。", 2),
        ("共1\t2人。", 2),
        ("共12\t人。", 3),
        ("于202\n5年。", 4),
        ("共1２人。", 2),
        ("于8月1２日。", 2),
        ("共12万\n元。", 4),
        ("共三十\n二人。", 3),
        ("占百分之\n三十。", 4),
        ("共30余\n次。", 4),
        ("共1\r2人。", 2),
    ] {
        let read = Read::new("", body);
        assert_eq!(read.codes(), ["number-broken"], "{body}");
        let site = TestSite::small().with("content/n/01.md", format!("---\nheading: 一\n---\n{body}\n"));
        let found: Vec<_> =
            site.findings().into_iter().filter(|found| found.starts_with("number-broken")).collect();
        assert_eq!(found, at(column), "{body}");
    }
    for paragraphs in ["共1\n\n2人。", "> 共1\n>\n> 2人。", "- 共1\n\n  2人。"] {
        assert_eq!(Read::new("甲: 2人", paragraphs).codes(), ["number-broken"], "{paragraphs}");
    }
}

#[test]
fn no_break_parts_a_number_of_a_heading() {
    for (heading, expected) in [
        ("\"关于1\\t2人\"", 1),
        ("\"关于1\\n2人\"", 1),
        ("关于1\n  2人", 1),
        (">-\n  关于12\n  万元", 1),
        ("关于\n  12人 3件", 0),
        ("关于12个 3件", 0),
    ] {
        let item = format!("---\nheading: {heading}\n---\n正文。\n");
        let found = TestSite::small().with("content/n/01.md", item).findings();
        let n_found =
            found.iter().filter(|found| found.starts_with("number-broken content/n/01.md:")).count();
        assert_eq!(n_found, expected, "{heading}: {found:?}");
    }
}

#[test]
fn other_breaks_of_the_text_are_allowed() {
    for body in [
        "未\n完成3件。",
        "共\n12人。",
        "约\n12人，\n13人。",
        "3件\n5人。",
        "（一）\t改进。",
        "1.\t加强。",
        "单位\t12\t30",
        "电话：12345\n\n2025年8月28日",
        "12\n\n30件",
        "|甲|乙|\n|-|-|\n|共1|2人|",
        "- 共1\n- 2人",
        "党员人数：56\n\n群众人数：30\n\n次数：12\n\n个案（件）：3",
        "党员人数：56\n群众人数：30",
        "标准不统一\n\n三个部门联合整改。",
        "12.5\n\n13.6",
        "共\n三十人，统一\n规范，\n第三\n方评估。",
        "共１２人，12件，９９.９%、100％。",
        "电话：0580-2072198  \n2025年8月28日",
    ] {
        let read = Read::new("", body);
        let codes: Vec<_> = read.codes().into_iter().filter(|code| *code == "number-broken").collect();
        assert_eq!(codes, [""; 0], "{body}");
    }
}

#[test]
fn a_break_inside_a_number_is_no_matter_of_layout() {
    for (approved, body) in [
        ("共1\n2人。", "共12人。"),
        ("共12\n人。", "共12人。"),
        ("共12\n万元。", "共12万元。"),
        ("下降-\n5%。", "下降-5%。"),
        ("共三十\n二人。", "共三十二人。"),
        ("共11人\n次。", "共11人次。"),
    ] {
        let found = compare(approved, body);
        assert!(
            matches!(found.as_slice(), [only] if only.starts_with("number-broken content/n/01.md:4:")),
            "{found:?}"
        );
    }
    // A tab is a space, and a space inside a number is another number.
    let found = compare("共1\t2人。", "共12人。");
    assert_eq!(found, ["approved-text-differs content/n/01.md:4:3"]);
    let found = compare("共12人。", "共1\n\n2人。");
    assert!(found.iter().all(|found| found.starts_with("number-broken")) && found.len() == 2, "{found:?}");
}

#[test]
fn two_numbers_may_be_parted_as_it_is_advised() {
    let approved = "时间：2025-08-28\n30人参加。";
    assert_eq!(compare(approved, "时间：2025-08-28\n30人参加。"), ["number-broken content/n/01.md:5:1"]);
    assert_eq!(compare(approved, "时间：2025-08-28\n\n30人参加。"), [""; 0]);
}

#[test]
fn other_breaks_inside_sentences_are_one_warning() {
    let found =
        compare("未\n完成，正在\n办理，年底\n前完成。\n再报。", "未完成，正在办理，年底前完成。再报。");
    assert_eq!(
        found,
        ["approved-paragraphs-differ content/n/01.md:4:2", "approved-paragraphs-differ content/n/01.md:4:16"]
    );
    let report = TestSite::small()
        .with(
            "content/n/01.md",
            "---\nheading: 一、关于“甲”问题的整改情况\n---\n未完成，正在办理，年底前完成。\n",
        )
        .with(
            "content/n/approved.txt",
            "现予以公布。\n一、关于“甲”问题的整改情况\n未\n完成，正在\n办理，年底\n前完成。\n",
        )
        .build();
    let all: Vec<_> = report.diagnostics.iter().collect();
    let [only] = all.as_slice() else { panic!("{all:?}") };
    assert!(only.severity == Severity::Warning && only.related.len() == 2);
    assert!(only.message.in_language(Language::English).starts_with("3 line breaks"));
}

#[test]
fn the_width_of_a_whole_number_is_free() {
    assert_eq!(compare("共１２人。", "共12人。"), [""; 0]);
    assert_eq!(compare("共12人。", "共１２人。"), [""; 0]);
}

#[test]
fn the_kind_of_a_space_is_free() {
    assert_eq!(compare("共12\u{a0}人，甲\u{2002}乙。", "共12 人，甲\u{a0} 乙。"), [""; 0]);
    assert_eq!(compare("共12人。", "&nbsp;&nbsp;共12人。&#160;"), [""; 0]);
    assert_eq!(compare("共12人。", "共12\u{a0}人。"), ["approved-text-differs content/n/01.md:4:4"]);
}

#[test]
fn a_number_with_an_entity_in_it_is_shown() {
    let read = Read::new("", "共1&#8203;2人。");
    assert_eq!(read.codes(), ["invisible-in-number"]);
    assert!(read.words().contains("readers see `12`"), "{}", read.words());
}

#[test]
fn paragraphs_of_html_do_not_part_a_number() {
    let n_broken = |body: &str| {
        let found = TestSite::small()
            .with("site.yaml", "title: 示例\nhtml: {allow: [p, div, section, table, tr, td, ul, li]}\n")
            .with("content/n/01.md", format!("---\nheading: 一、甲\n---\n{body}\n"))
            .findings();
        found.iter().filter(|found| found.starts_with("number-broken content/n/01.md:")).count()
    };
    for body in ["<p>共1</p><p>2人。</p>", "<div>共1</div>\n<div>2人。</div>", "共1<section>2人。</section>"]
    {
        assert_eq!(n_broken(body), 1, "{body}");
    }
    for body in [
        "<table><tr><td>甲</td><td>10</td><td>12人</td></tr></table>",
        "<table>\n<tr>\n<td>10</td>\n<td>12人</td>\n</tr>\n</table>",
        "<ul><li>共10</li><li>12人</li></ul>",
        "<div>共10件</div><div>12人。</div>",
    ] {
        assert_eq!(n_broken(body), 0, "{body}");
    }
}
