//! `headings-inside-text`, `item-is-no-problem`, `numbering-out-of-order`, `points-out-of-order`, `item-count-differs`: the
//! structure of a notice against what its text prints.
//!
//! Nothing is guessed: what could be meant otherwise is not told. The words that decide stand in [`structure`].

mod inside;
mod lines;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::content::{is_heading_of_problem, may_list_problems};
use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::markdown;
use crate::notice::{Kind, Notice, Part, Section};
use crate::text::numbering::{self, Style};
use crate::text::structure::{self, Turn};
use crate::text::{excerpt, numeral};

use lines::{Line, lines};

/// Where more problems are counted, a notice tells of them in classes.
const MOST_ITEMS_EXPECTED: u64 = 40;

/// How many characters of a heading a message quotes.
const LONGEST_QUOTATION: usize = 30;

/// Looks at the structure of `notice`, if all of it could be read.
pub(super) fn check(notice: &Notice, diagnostics: &mut Diagnostics) {
    if !notice.is_all_read() {
        return;
    }
    let lines: Vec<Vec<Line<'_>>> = notice.passages().map(|(_, passage)| lines(passage)).collect();
    let unused = inside::check(notice, &lines);
    let frames = frames_among_items(notice);
    numbering_of_headings(&notice.sections, diagnostics);
    diagnostics.extend(lines.iter().flatten().filter_map(points_out_of_order));
    if unused.is_empty() {
        diagnostics.extend(item_count(notice, &lines, frames.len()));
    }
    diagnostics.extend(unused);
    diagnostics.extend(frames);
}

/// Returns the heading of a section; nothing if it has none.
fn heading(section: &Section) -> &str {
    section.heading.as_ref().map_or("", |heading| heading.value.as_str())
}

/// Returns the style of the numeral of a section's heading.
fn style(section: &Section) -> Option<Style> {
    numbering::parse(heading(section)).map(|numbering| numbering.style)
}

/// Finds items that tell how the work was organized, beside others that are about problems: by two of what follows, or by one
/// where the headings of others, or all others, show that they are problems.
///
/// - Its words are those of such a section.
/// - It has a numeral of a higher rank than any problem.
///
/// What has a status, units or a day of its own is an item.
fn frames_among_items(notice: &Notice) -> Vec<Diagnostic> {
    let items: Vec<Reading<'_>> = notice.items().map(Reading::of).collect();
    // Whether sections show that they are problems is only asked where one may be none.
    let may_be_frame = |one: &&Reading<'_>| !one.speaks && one.item.row.is_none() && !is_stated(one.item);
    if !items.iter().any(|one| may_be_frame(&one)) {
        return Vec::new();
    }
    let are_told = items.iter().any(|one| one.speaks);
    let problems = items.iter().filter(|one| if are_told { one.speaks } else { !one.is_frame });
    let styles: Option<Vec<Style>> = problems.map(|problem| style(problem.item)).collect();
    let highest = styles.and_then(|styles| styles.into_iter().min());
    let is_above = |item: &Section| style(item).zip(highest).is_some_and(|(own, highest)| own < highest);
    let n_shown = items.iter().filter(|one| one.shows_problem()).count();
    let n_others = items.iter().filter(|one| !one.is_frame).count();
    let is_frame = |one: &&Reading<'_>| match (one.is_frame, is_above(one.item)) {
        (true, true) => true,
        (true, false) | (false, true) if are_told => true,
        (true, false) => n_others > 0 && n_shown == n_others,
        (false, _) => false,
    };
    let frames = items.iter().filter(may_be_frame).filter(is_frame);
    frames.filter_map(|one| one.item.heading.as_ref()).map(item_is_no_problem).collect()
}

/// What the heading of an item says.
struct Reading<'a> {
    item: &'a Section,
    /// That it tells how the work was organized, or what is to come.
    is_frame: bool,
    /// That it is about problems.
    speaks: bool,
}

impl<'a> Reading<'a> {
    fn of(item: &'a Section) -> Self {
        let is_frame = structure::is_frame(heading(item));
        Self { item, is_frame, speaks: !is_frame && structure::speaks_of_problem(heading(item)) }
    }

    /// Tells whether it prints what shows that it is about a problem: words for one in its heading, a status, measures, labels.
    fn shows_problem(&self) -> bool {
        let has_label = |part: &Part| matches!(part, Part::Paragraph(paragraph) if paragraph.label.is_some());
        !self.is_frame
            && (self.speaks
                || is_stated(self.item)
                || self.item.n_measures() > 0
                || self.item.passage.body.iter().any(has_label)
                || structure::names_shortcoming(heading(self.item)))
    }
}

/// Tells whether front matter or text say of a section what is only said of an item.
fn is_stated(item: &Section) -> bool {
    item.status.is_some() || item.states_status || item.due.is_some() || !item.responsible.is_empty()
}

fn item_is_no_problem(heading: &Located<String>) -> Diagnostic {
    let quoted = excerpt(&heading.value, LONGEST_QUOTATION);
    Diagnostic::warning(
        "item-is-no-problem",
        heading.location.clone(),
        format!("`{quoted}` is counted as an item, but does not read like a problem"),
        format!("`{quoted}` 被算作一项整改，但看上去不是问题"),
    )
    .help(
        "if it is text around the items, add the line `kind: prose`; if it holds the items behind it, `kind: group`",
        "如果它是各项问题之外的文字，请加一行 `kind: prose`；如果它统领后面的各项，请加 `kind: group`",
    )
}

/// The last number of a style at a level.
#[derive(Default)]
struct Last {
    number: u64,
    /// How many headings without a numeral followed it there.
    n_unnumbered: u64,
    /// The numbers that have been told to be left out.
    left_out: Range<u64>,
}

/// Compares the numbers of headings that stand beside each other. Where the first stands is not asked, nor whether numbers begin
/// anew; a heading without a numeral may take the number that is left out.
fn numbering_of_headings(sections: &[Section], diagnostics: &mut Diagnostics) {
    let mut last: BTreeMap<(u8, Style), Last> = BTreeMap::new();
    for section in sections.iter().filter(|section| section.row.is_none()) {
        let Some(heading) = &section.heading else { continue };
        let numbering = numbering::parse(&heading.value);
        // What is below this heading is counted by itself.
        last.retain(|(level, style), _| {
            let is_lower = numbering.is_some_and(|numbering| *style > numbering.style);
            *level < section.level || (*level == section.level && !is_lower)
        });
        let Some(numbering) = numbering else {
            let beside = last.iter_mut().filter(|((level, _), _)| *level == section.level);
            beside.for_each(|(_, last)| last.n_unnumbered += 1);
            continue;
        };
        let number = numbering.number;
        let here = last.entry((section.level, numbering.style)).or_default();
        let before = std::mem::replace(here, Last { number, ..Last::default() });
        if before.number == 0 {
            continue;
        }
        here.left_out = before.left_out.clone();
        let next = before.number + 1;
        let begins_anew = number == 1 && before.number > 1;
        // A file in the wrong place makes a gap where it is missing and a step back where it is: told once.
        let is_told = before.left_out.contains(&number);
        if !(next..=next + before.n_unnumbered).contains(&number) && !begins_anew && !is_told {
            diagnostics.push(out_of_order(heading, before.number, number));
            here.left_out = next..number;
        }
    }
}

fn out_of_order(heading: &Located<String>, before: u64, number: u64) -> Diagnostic {
    let quoted = excerpt(&heading.value, LONGEST_QUOTATION);
    let (english, chinese) = if before == number {
        (
            format!("two headings beside each other have the number {number}"),
            format!("并列的两个标题编号都是 {number}"),
        )
    } else {
        (format!("the number {number} follows the number {before}"), format!("编号 {before} 之后是 {number}"))
    };
    Diagnostic::warning(
        "numbering-out-of-order",
        heading.location.clone(),
        format!("{english}: `{quoted}`"),
        format!("{chinese}：`{quoted}`"),
    )
    .help(
        "compare with the approved text: perhaps a file is missing, has the wrong name, or a heading between them is not \
         `kind: group`; if the approved text has it so, accept it",
        "请对照审定稿：也许缺了一个文件、文件名的顺序不对，或者两者之间的标题没有写 `kind: group`；如果审定稿就是这样，请写入 `accepted`",
    )
}

/// Finds the first point of a paragraph (一是…二是…) that does not follow the one before it. Where there are several lists in the
/// paragraph, nothing is said.
fn points_out_of_order(line: &Line<'_>) -> Option<Diagnostic> {
    let is_point = |at: usize| line.words.get(..at).is_some_and(|before| before.ends_with(numeral::is_part));
    if !line.words.match_indices('是').any(|(at, _)| is_point(at)) {
        return None;
    }
    let turns = structure::turns(&line.words);
    // A label or an outlook begins another list.
    let lists = turns.split(|(_, turn)| matches!(turn, Turn::Label(_) | Turn::Outlook));
    let points = lists.map(|list| {
        let points = list.iter().filter_map(|(mark, turn)| match turn {
            Turn::Point(None, number) => Some((mark.clone(), *number)),
            _ => None,
        });
        points.collect::<Vec<_>>()
    });
    let is_one_list = |marks: &Vec<(Range<usize>, u64)>| {
        marks.first().is_some_and(|(_, number)| *number == 1)
            && marks.iter().filter(|(_, number)| *number == 1).count() == 1
    };
    let lists: Vec<_> = points.filter(is_one_list).collect();
    let mut pairs = lists.iter().flat_map(|marks| marks.windows(2));
    let (before, mark, number) = pairs.find_map(|pair| match pair {
        [(_, before), (mark, number)] if *number != before + 1 => Some((*before, mark.clone(), *number)),
        _ => None,
    })?;
    let point = |number: u64| format!("{}是", numeral::print(number));
    let (this, last, next) = (point(number), point(before), point(before + 1));
    if number != before && line.words.contains(&next) {
        return None;
    }
    let (english, chinese) = if number == before {
        (format!("`{this}` stands twice"), format!("`{this}` 出现了两次"))
    } else {
        (format!("`{this}` follows `{last}`"), format!("`{last}` 之后是 `{this}`"))
    };
    Some(
        Diagnostic::warning("points-out-of-order", line.location(mark), english, chinese).help(
            format!("compare with the approved text: `{next}` is expected here; if the approved text has it so, accept it"),
            format!("请对照审定稿：这里应该是 `{next}`；如果审定稿就是这样，请写入 `accepted`"),
        ),
    )
}

/// Compares how many problems the text counts with how many items there are, where each item is one problem.
///
/// Each row of a ledger is one, unless it counts several. Not where the text prints the number of items with any unit (14类),
/// where headings tell of several problems, or an item has headings of its own, where another table may list them, or where
/// there are too many to be told one by one.
fn item_count(notice: &Notice, lines: &[Vec<Line<'_>>], n_frames: usize) -> Option<Diagnostic> {
    let n_items = notice.n_items();
    let is_one_problem = |item: &&Section| match item.row {
        Some(_) => !structure::is_surely_of_several(heading(item)),
        None => structure::is_of_one_problem(heading(item)),
    };
    let n_problems = notice.items().filter(is_one_problem).count();
    if n_problems == 0 || n_problems + n_frames != n_items || has_other_table(notice) {
        return None;
    }
    let is_in_front = |section: &&Section| {
        section.kind != Kind::Item
            || (section.row.is_none() && !structure::speaks_of_problem(heading(section)))
    };
    let n_in_front = 1 + notice.sections.iter().take_while(is_in_front).count();
    let in_front = || lines.iter().take(n_in_front).flatten();
    let mut counts = Vec::new();
    for line in in_front() {
        counts.extend(structure::counts_of_problems(&line.words).into_iter().map(|count| (line, count)));
    }
    let (line, (range, counted)) = counts.first()?;
    let groups = notice.sections.iter().filter(|section| section.kind == Kind::Group);
    let n_groups = groups.filter(|group| structure::speaks_of_problem(heading(group))).count();
    let is_told = |n: usize| {
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        n == *counted || (n > 0 && in_front().any(|line| structure::counts_parts(&line.words, n)))
    };
    let is_one_count = counts.iter().all(|(_, (_, other))| other == counted);
    let holds_problem = |lines: &Vec<Line<'_>>| lines.iter().any(|line| is_heading_of_problem(&line.words));
    let is_item = |id| notice.section(id).is_some_and(|section| section.kind == Kind::Item);
    let mut of_items = lines.iter().zip(notice.passages()).filter(|(_, (id, _))| is_item(*id));
    let is_too_much = *counted > MOST_ITEMS_EXPECTED || of_items.any(|(lines, _)| holds_problem(lines));
    if !is_one_count || is_too_much || [n_items, n_problems, n_groups].into_iter().any(is_told) {
        return None;
    }
    let words = line.words.get(range.clone()).unwrap_or_default();
    Some(
        Diagnostic::warning(
            "item-count-differs",
            line.location(range.clone()),
            format!("the text counts {counted} problems (`{words}`), and the notice has {n_items} items"),
            format!("正文说有 {counted} 个问题（`{words}`），而通报有 {n_items} 项整改"),
        )
        .help(
            "compare with the approved text: perhaps files of items are missing, or `kind` is; if the items are others than the \
             problems counted, accept it",
            "请对照审定稿：也许缺了几项的文件，或者漏写了 `kind`；如果各项本来就与所说的问题不一一对应，请写入 `accepted`",
        ),
    )
}

/// Tells whether the notice has a table whose rows may be problems, and are no items.
fn has_other_table(notice: &Notice) -> bool {
    fn holds(part: &Part) -> bool {
        match part {
            Part::Measure(measure) => measure.parts.iter().any(holds),
            Part::Block(block) => markdown::tables(std::slice::from_ref(block))
                .iter()
                .any(|(table, _)| may_list_problems(table)),
            Part::Paragraph(_) => false,
        }
    }
    notice.passages().any(|(id, passage)| {
        let ledgers = notice.section(id).map_or(&[][..], |section| &section.tables);
        let is_ledger = |at: usize| ledgers.iter().any(|table| table.part == at);
        passage.body.iter().enumerate().any(|(at, part)| !is_ledger(at) && holds(part))
    })
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::diagnostic::{Diagnostic, Diagnostics, Language};
    use crate::site::testing::site;

    /// Writes the files of a notice with this opening and these front matters of sections, and finds what is wrong.
    fn check_files(opening: &str, sections: &[&str]) -> (Vec<(String, String)>, Vec<Diagnostic>) {
        let mut files = vec![(
            "content/n/notice.md".to_owned(),
            format!("---\ntitle: 甲\nunit: 乙\ndate: 2025-08-28\n---\n{opening}\n"),
        )];
        for (index, section) in sections.iter().enumerate() {
            let (front_matter, body) = section.split_once('|').unwrap_or((section, "已改。"));
            let text = format!("---\n{front_matter}\n---\n{body}\n");
            files.push((format!("content/n/{:02}.md", index + 1), text));
        }
        let sources: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let site = site(&sources);
        let mut diagnostics = Diagnostics::new();
        check(&site.notices[0], &mut diagnostics);
        (files, diagnostics.into_sorted())
    }

    /// Returns the codes of what is found, with the words of the first place.
    pub(super) fn found(opening: &str, sections: &[&str]) -> Vec<String> {
        let (files, found) = check_files(opening, sections);
        let shown = found.into_iter().map(|found| {
            let location = found.location.unwrap();
            let text = files.iter().find(|(path, _)| path == location.path.as_str()).unwrap();
            format!("{} {}", found.code, text.1.get(location.range.unwrap()).unwrap())
        });
        shown.collect()
    }

    pub(super) fn messages(opening: &str, sections: &[&str]) -> Vec<String> {
        let found = check_files(opening, sections).1;
        found.into_iter().map(|one| one.message.in_language(Language::English).to_owned()).collect()
    }

    const PROBLEMS: [&str; 3] =
        ["heading: 一、关于“甲”问题", "heading: 二、关于“乙”问题", "heading: 三、关于“丙”的问题"];

    #[track_caller]
    fn check_count(opening: &str, expected: &[&str]) {
        assert_eq!(found(opening, &PROBLEMS), expected, "{opening}");
    }

    #[test]
    fn problems_are_counted_where_the_words_are_clear() {
        check_count("巡察组反馈的12个问题均已整改。", &["item-count-differs 12个"]);
        check_count("反馈问题2个。", &["item-count-differs 2个"]);
        check_count("审计指出二十九项问题。", &["item-count-differs 二十九项"]);
        check_count("发现7个问题。", &["item-count-differs 7个"]);
        check_count("指出7个具体问题。", &["item-count-differs 7个"]);
        check_count("反馈的3个问题均已整改。", &[]);
        check_count("反馈的三个方面12个问题均已整改。", &[]);
        check_count("反馈的12个问题细化为3项任务。", &[]);
        check_count("反馈12个问题，后来反馈5个问题。", &[]);
        check_count("共有12个问题。", &[]);
        check_count("反馈的203个问题均已整改。", &[]);
        check_count("巡察反馈问题中已完成12个问题。", &[]);
        let several = ["heading: 一、关于“甲”等2个问题", "heading: 二、关于“乙”方面的问题"];
        assert!(found("反馈的12个问题。", &several).is_empty());
        let with_table = |head: &str| {
            let section = format!("heading: 二、关于“乙”问题|\n| {head} |\n|---|---|\n| 1 | 2 |");
            found("反馈的12个问题。", &[PROBLEMS[0], &section])
        };
        assert!(with_table("问题 | 整改情况").is_empty() && with_table("内容 | 责任单位").is_empty());
        assert_eq!(with_table("年份 | 学校数"), ["item-count-differs 12个"]);
        let in_groups =
            ["kind: group\nheading: 反馈问题一", "heading: 1.关于“甲”问题", "heading: 2.关于“乙”问题"];
        assert!(found("反馈的1个问题。", &in_groups).is_empty());
    }

    #[test]
    fn rows_of_ledgers_are_problems_that_are_counted() {
        let ledger = |problems: &[&str]| {
            let head = "heading: 整改清单\nkind: ledger|| 序号 | 问题 | 整改情况 |\n|---|---|---|\n";
            let rows = problems.iter().enumerate();
            let rows: Vec<String> =
                rows.map(|(at, row)| format!("| {} | {row} | 已改 |\n", at + 1)).collect();
            format!("{head}{}", rows.concat())
        };
        let four = ledger(&["甲不全", "乙方面存在差距", "关于丙的问题", "丁不严、戊不实等问题"]);
        let is_told = ["item-count-differs 9个"];
        assert_eq!(found("巡察指出9个问题。", &[&four]), is_told);
        assert_eq!(found("巡察指出9个问题。", &[PROBLEMS[0], PROBLEMS[1], &four]), is_told);
        assert_eq!(found("巡察指出9个问题。", &[&four, PROBLEMS[0]]), is_told);
        assert_eq!(found("甲。", &[&format!("{four}\n巡察指出9个问题。")]), is_told);
        assert!(found("巡察指出4个问题。", &[&four]).is_empty());
        assert!(found("巡察指出6个问题。", &[PROBLEMS[0], PROBLEMS[1], &four]).is_empty());
        assert!(found("巡察指出4个方面9个问题。", &[&four]).is_empty());
        assert!(found("巡察指出9个问题。", &[&ledger(&["甲不全", "学习方面3个问题"])]).is_empty());
        let other = "heading: 附表\nkind: prose|| 问题 | 整改情况 |\n|---|---|\n| 甲 | 乙 |";
        assert!(found("巡察指出9个问题。", &[&four, other]).is_empty());
    }

    #[test]
    fn what_organizes_is_no_item() {
        let with = |first: &'static str| found("甲。", &[first, PROBLEMS[1], PROBLEMS[2]]);
        for heading in ["一、组织整改情况", "一、总体情况", "一、下一步工作打算"] {
            let front_matter = format!("heading: {heading}");
            let sections = [front_matter.as_str(), PROBLEMS[1], PROBLEMS[2]];
            assert_eq!(found("甲。", &sections), [format!("item-is-no-problem {heading}")]);
        }
        assert!(with("kind: prose\nheading: 一、组织整改情况").is_empty());
        assert!(with("heading: 一、组织整改情况\nstatus: completed").is_empty());
        assert!(with("heading: 一、制度不健全").is_empty());
        let above = ["heading: 一、提高认识", "heading: （一）关于“乙”问题", "heading: （二）关于“丙”问题"];
        assert_eq!(found("甲。", &above), ["item-is-no-problem 一、提高认识"]);
        assert!(found("甲。", &["heading: 一、组织整改情况", "heading: 二、队伍建设"]).is_empty());
        let flat =
            ["heading: 一、总体进展|一是甲。二是乙。", "heading: 二、制度不健全", "heading: 三、后续安排"];
        assert_eq!(
            found("甲。", &flat),
            ["item-is-no-problem 一、总体进展", "item-is-no-problem 三、后续安排"]
        );
        let untold = ["heading: 一、组织整改情况", "heading: 1.制度不健全", "heading: 2.检查不多"];
        assert_eq!(found("甲。", &untold), ["item-is-no-problem 一、组织整改情况"]);
    }

    #[test]
    fn an_item_is_told_by_its_own_words() {
        let labelled = |heading: &str| format!("heading: {heading}|整改措施：甲。\n\n责任单位：乙");
        let (first, second) = (labelled("一、理论学习"), labelled("二、财务管理"));
        let found = |third: &str| found("甲。", &[first.as_str(), second.as_str(), third]);
        for third in ["群众反响", "社会评价", "工作启示"] {
            assert_eq!(found(&format!("heading: 三、{third}")), [format!("item-is-no-problem 三、{third}")]);
        }
        for third in
            ["选人用人|已整改。", "选人用人", "群众反响强烈", "组织领导不力", "群众反响|该问题已完成整改。"]
        {
            assert!(found(&format!("heading: 三、{third}")).is_empty(), "{third}");
        }
        assert!(found("heading: 三、群众反响\ndue: 长期坚持").is_empty());
    }

    #[test]
    fn shortcomings_with_words_of_frames_are_items() {
        let sections =
            ["heading: 一、联系服务群众不够", "heading: 二、长效机制未建立", "heading: 三、主要做法单一"];
        assert!(found("甲。", &sections).is_empty());
    }

    #[test]
    fn numbers_follow_each_other() {
        let numbered = |numerals: &[&str]| {
            let sections: Vec<String> =
                numerals.iter().map(|numeral| format!("heading: {numeral}关于“甲”问题")).collect();
            found("甲。", &sections.iter().map(String::as_str).collect::<Vec<_>>()).len()
        };
        assert_eq!(numbered(&["一、", "二、", "三、"]), 0);
        assert_eq!(numbered(&["三、", "四、"]), 0);
        assert_eq!(numbered(&["1.", "2.", "1.", "2."]), 0);
        assert_eq!(numbered(&["1.", "", "3."]), 0);
        assert_eq!(numbered(&["1.", "3."]), 1);
        assert_eq!(numbered(&["一、", "二、", "二、"]), 1);
        assert_eq!(numbered(&["二十一、", "二十三、"]), 1);
        assert_eq!(numbered(&["1.", "", "4."]), 1);
        assert_eq!(numbered(&["一、", "三、", "四、", "二、"]), 1);
        let groups = [
            "kind: group\nheading: 一、甲",
            "heading: 1.关于“甲”问题",
            "heading: 2.关于“乙”问题",
            "kind: group\nheading: 二、乙",
            "heading: 3.关于“丙”问题",
            "kind: group\nheading: 三、丁",
            "heading: 1.关于“戊”问题",
        ];
        assert!(found("甲。", &groups).is_empty());
    }

    #[test]
    fn points_follow_each_other() {
        let point = |text: &str| found(text, &[]);
        assert!(point("一是甲。二是乙。三是丙。").is_empty());
        assert!(point("一是甲，二是乙、三是丙，四是丁。").is_empty());
        assert!(point("一是甲：一是乙，二是丙；二是丁；三是戊。").is_empty());
        assert!(point("二是乙。四是丙。").is_empty());
        assert_eq!(point("一是甲。三是乙。"), ["points-out-of-order 三是"]);
        assert_eq!(point("一是甲；二是乙；二是丙。"), ["points-out-of-order 二是"]);
        assert_eq!(point("一是甲。二是乙。三是丙。五是丁。"), ["points-out-of-order 五是"]);
    }

    #[test]
    fn headings_of_problems_have_files_of_their_own() {
        let pasted = "甲。\n\n1.关于“乙”问题\n\n已改。\n\n2.关于“丙”问题\n\n已改。";
        assert_eq!(found(pasted, &[]), ["headings-inside-text 1.关于“乙”问题"]);
        assert_eq!(found(pasted, &PROBLEMS), ["headings-inside-text 1.关于“乙”问题"]);
        assert_eq!(
            found("反馈问题一：甲。\n\n整改情况：乙。\n\n反馈问题二：丙。", &[]),
            ["headings-inside-text 反馈问题一：甲。"]
        );
        assert_eq!(
            found("1.学习不深。\n\n整改情况：甲。\n\n2.检查不多。\n\n整改情况：乙。", &[]),
            ["headings-inside-text 1.学习不深。"]
        );
        let whole = "heading: 一、甲\nkind: prose|（一）关于“乙”问题。已改。\n\n（二）关于“丙”问题。已改。";
        assert_eq!(found("甲。", &[whole]), ["headings-inside-text （一）关于“乙”问题。"]);
        let nested =
            "heading: 一、甲|1.关于“乙”问题。已改。\n\n2.关于“丙”问题。已改。\n\n3.关于“丁”问题。已改。";
        assert_eq!(found("甲。", &[nested]), ["headings-inside-text 1.关于“乙”问题。"]);
        assert!(found("甲。", &[nested, "heading: 二、乙"]).is_empty());
        assert!(found("一、提高认识。甲。\n\n二、加强领导。乙。", &[]).is_empty());
    }
}
