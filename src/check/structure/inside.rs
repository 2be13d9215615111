//! `headings-inside-text`: problems of a whole notice that stand in one file, as headings, points or rows of a table.
//!
//! What is written like the heading of a problem is one wherever it stands. Where a notice has no item at all, more is taken
//! for one: what names a shortcoming, has a number among problems (问题1：), or is answered by a label (整改情况：). Numbered
//! paragraphs about something else are none. Of several levels one is counted: the first that has more than one.

use crate::content::{self, Level, is_heading_of_problem, level, names_problem};
use crate::diagnostic::{Diagnostic, Location};
use crate::markdown::{self, Table};
use crate::notice::{Kind, Notice, Part, Passage, Section};
use crate::text::structure::{self, Turn};
use crate::text::{excerpt, sentence};

use super::lines::Line;
use super::{LONGEST_QUOTATION, heading};

/// So many headings in one text are sections that have no files.
const FEWEST_HEADINGS: usize = 2;

/// A heading of a problem, and where it stands.
struct Found<'a> {
    level: Level<'a>,
    words: &'a str,
    location: Location,
}

/// Finds the texts in which several problems stand: each of them belongs in a file of its own.
///
/// In an item such headings may be its measures, unless it is the only one.
pub(super) fn check(notice: &Notice, lines: &[Vec<Line<'_>>]) -> Vec<Diagnostic> {
    let n_items = notice.n_items();
    let look = |(lines, (id, passage)): (&Vec<Line<'_>>, (_, &Passage))| {
        let section = notice.section(id);
        let item = section.filter(|section| section.kind == Kind::Item);
        if item.is_some() && n_items > 1 {
            return None;
        }
        let is_whole = n_items == 0 || item.is_some_and(names_no_problem);
        let fewest = FEWEST_HEADINGS + usize::from(item.is_some());
        let is_annex = section.is_some_and(|section| section.kind == Kind::Annex);
        of_headings(lines, is_whole && !is_annex, fewest)
            .or_else(|| if is_whole && section.is_none() { of_table(passage, fewest) } else { None })
    };
    lines.iter().zip(notice.passages()).filter_map(look).collect()
}

fn names_no_problem(item: &Section) -> bool {
    let heading = heading(item);
    let name = structure::behind_number(heading);
    let has_number = structure::family_of_problem(name).is_some();
    !is_heading_of_problem(heading) && !has_number && !structure::names_shortcoming(heading)
}

/// Counts the headings of the first level of which there are several, those of one problem first.
fn of_headings(lines: &[Line<'_>], is_whole: bool, fewest: usize) -> Option<Diagnostic> {
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let (words, behind) = line.as_written();
        let below = lines.iter().skip(index + 1).map(|next| next.words.as_str());
        let below = [behind].into_iter().filter(|behind| !behind.is_empty()).chain(below);
        if is_heading_of_problem(words) || is_whole && names_problem(words, false, below) {
            let words = words.get(..sentence::lead_end(words).unwrap_or(words.len())).unwrap_or(words);
            found.push(Found { level: level(words), words, location: line.location(0..words.len()) });
        } else if is_whole {
            found.extend(points(line));
        }
    }
    let of_one: Vec<&Found<'_>> = found.iter().filter(|one| !structure::is_of_several(one.words)).collect();
    let all: Vec<&Found<'_>> = found.iter().collect();
    let (first, n) = first_of_several(&of_one, fewest).or_else(|| first_of_several(&all, fewest))?;
    Some(headings_inside_text(first, n))
}

/// Returns the first heading of a level that has so many, and how many it has.
fn first_of_several<'a, 'b>(found: &[&'a Found<'b>], fewest: usize) -> Option<(&'a Found<'b>, usize)> {
    let counted = |level: Level<'_>| found.iter().filter(|one| one.level == level).count();
    found.iter().map(|one| (*one, counted(one.level))).find(|(_, n)| *n >= fewest)
}

/// Lists the points of a line that name problems: 一是学习不深入。…, 二是关于“…”问题，….
fn points<'a>(line: &'a Line<'_>) -> Vec<Found<'a>> {
    if !line.words.contains('是') {
        return Vec::new();
    }
    let marks = structure::turns(&line.words);
    let mut points = Vec::new();
    for (mark, _) in marks.iter().filter(|(_, turn)| matches!(turn, Turn::Point(None, _))) {
        let behind = line.words.get(mark.end..).unwrap_or_default();
        let end = behind.find(['，', ',', '。', '；', ';', '：', ':']).unwrap_or(behind.len());
        let name = behind.get(..end).unwrap_or_default();
        if structure::is_heading_of_problem(name) || structure::names_shortcoming(name) {
            let range = mark.start..mark.end + end;
            let words = line.words.get(range.clone()).unwrap_or_default();
            points.push(Found { level: Level::Point, words, location: line.location(range) });
        }
    }
    points
}

fn headings_inside_text(first: &Found<'_>, n: usize) -> Diagnostic {
    let quoted = excerpt(first.words, LONGEST_QUOTATION);
    let level = first.level.sample();
    let (of_level, level) = if level.is_empty() {
        (String::new(), String::new())
    } else {
        (format!(" of the level `{level}`"), format!("“{level}”一级的"))
    };
    Diagnostic::warning(
        "headings-inside-text",
        first.location.clone(),
        format!("this text holds {n} headings of problems{of_level}, such as `{quoted}`"),
        format!("这段正文中有 {n} 个{level}问题标题，例如 `{quoted}`"),
    )
    .help(
        "give each a file of its own, `01.md`, `02.md` …, with the line as its `heading` and the text below it; headings \
         above them are `kind: group`",
        "请把每个问题写成一个文件（`01.md`、`02.md`……）：这一行作 `heading`，其下是正文；统领它们的标题用 `kind: group`",
    )
}

/// Finds the first table that lists so many problems; those of sections are `table-of-problems`.
fn of_table(passage: &Passage, fewest: usize) -> Option<Diagnostic> {
    let tables = passage.body.iter().filter_map(|part| match part {
        Part::Block(block) => Some(markdown::tables(std::slice::from_ref(block))),
        Part::Measure(_) | Part::Paragraph(_) => None,
    });
    let n_problems = |table: &Table| content::problems_listed(table).filter(|n| *n >= fewest);
    let (n, range) = tables.flatten().find_map(|(table, range)| Some((n_problems(table)?, range)))?;
    Some(
        Diagnostic::warning(
            "headings-inside-text",
            Location::new(&passage.source, range),
            format!("this table lists {n} problems, and none of them is an item"),
            format!("这张表列出了 {n} 个问题，但没有一个成为整改事项"),
        )
        .help(
            "put the table into a file of its own, such as `01.md`, with a `heading` and `kind: ledger`: each row becomes an item",
            "请把这张表写成单独的文件（例如 `01.md`），文件头写 `heading` 和 `kind: ledger`：每一行就成为一项整改",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    /// Checks that an opening without items is told of, at this place; an empty one is not.
    #[track_caller]
    fn check(opening: &str, place: &str) {
        let expected: Vec<String> = [place]
            .iter()
            .filter(|place| !place.is_empty())
            .map(|p| format!("headings-inside-text {p}"))
            .collect();
        assert_eq!(found(&format!("现将情况公布如下。\n\n{opening}"), &[]), expected, "{opening}");
    }

    #[test]
    fn problems_of_a_pasted_notice_are_headings() {
        for (opening, place) in [
            (
                "问题1：排队时间长\n\n【整改结果】甲。\n\n问题2：电话难打\n\n【整改结果】乙。",
                "问题1：排队时间长",
            ),
            ("1.反馈问题：甲。\n\n整改情况：乙。\n\n2.反馈问题：丙。\n\n整改情况：丁。", "1.反馈问题：甲。"),
            ("一、存在问题：甲。\n整改情况：乙。\n二、存在问题：丙。\n整改情况：丁。", "一、存在问题：甲。"),
            ("1.反馈问题\n\n甲。\n\n整改情况：乙。\n\n2.反馈问题\n\n丙。\n\n整改情况：丁。", "1.反馈问题"),
            ("（1）问题描述：甲\n\n整改结果：乙\n\n（2）问题描述：丙\n\n整改结果：丁", "（1）问题描述：甲"),
            ("1.【反馈问题】甲。\n\n2.【反馈问题】丙。", "1.【反馈问题】甲。"),
            (
                "1.关于票据的问题。已补开。该问题已完成整改。\n\n2.关于台账的问题。已补。该问题已完成整改。",
                "1.关于票据的问题。",
            ),
            ("一、票据不规范。该问题已完成整改。\n\n二、台账不规范。该问题已完成整改。", "一、票据不规范。"),
            (
                "一、票据混用。已查。该问题已完成整改。\n\n二、台账迟报。已补。上述问题已整改。",
                "一、票据混用。",
            ),
            ("整改任务一 管网空白\n\n甲。\n\n整改任务二 扬尘\n\n乙。", "整改任务一 管网空白"),
            ("一、台账不全\n\n甲。\n\n二、检查缺位\n\n乙。", "一、台账不全"),
            ("一、台账不全。甲。\n\n二、检查缺位的问题。乙。", "一、台账不全。"),
            ("1.台账\n\n责任单位：甲\n\n整改情况：乙。\n\n2.检查\n\n责任单位：丙\n\n整改时限：丁", "1.台账"),
            (
                "（一）储罐超量的问题\n\n责任单位：甲\n\n已改。\n\n（二）设备老旧等问题\n\n责任单位：乙\n\n已改。",
                "（一）储罐超量的问题",
            ),
            ("1.台账。整改情况：甲。\n\n2.检查。整改情况：乙。", "1.台账。"),
            ("一、台账\n\n（一）存在问题。甲。\n\n二、检查\n\n（一）主要做法。乙。", "一、台账"),
            ("存在问题：甲。\n\n整改措施：乙。\n\n存在问题：丙。\n\n整改措施：丁。", "存在问题：甲。"),
            ("一是台账不全。已补。\n\n二是检查缺位。已查。", "一是台账不全"),
            ("一是关于“甲”的问题，已改；二是关于“乙”的问题，已改。", "一是关于“甲”的问题"),
            ("# 一、违规收费\n\n甲。\n\n# 二、台账不够细\n\n乙。", "一、违规收费"),
            ("一、台账不全\n甲。\n二、检查缺位\n乙。", "一、台账不全"),
            (
                "一、总体进展\n\n整改措施：甲。\n\n二、台账不全\n\n乙。\n\n三、检查缺位\n\n丙。",
                "二、台账不全",
            ),
            (
                "| 序号 | 问题 | 整改情况 |\n|---|---|---|\n| 1 | 甲 | 乙 |\n| 2 | 丙 | 丁 |",
                "| 序号 | 问题 | 整改情况 |\n|---|---|---|\n| 1 | 甲 | 乙 |\n| 2 | 丙 | 丁 |\n",
            ),
            (
                "| 序号 | 事项 | 整改状态 |\n|---|---|---|\n| 1 | 甲 | 已完成 |\n| 2 | 丙 | 已完成 |",
                "| 序号 | 事项 | 整改状态 |\n|---|---|---|\n| 1 | 甲 | 已完成 |\n| 2 | 丙 | 已完成 |\n",
            ),
            (
                "| 反馈意见 | 责任单位 |\n|---|---|\n| 甲 | 乙科 |\n| 丙 | 丁科 |",
                "| 反馈意见 | 责任单位 |\n|---|---|\n| 甲 | 乙科 |\n| 丙 | 丁科 |\n",
            ),
        ] {
            check(opening, place);
        }
    }

    #[test]
    fn a_long_name_is_answered_by_its_status() {
        let long = "票据".repeat(60);
        let one = format!("1.{long}。该问题已完成整改。");
        check(&format!("{one}\n\n{}", one.replace("1.", "2.")), &format!("1.{long}。该问题已完成整改。"));
        let many = "追责问责".repeat(500);
        check(&format!("1.甲乱\n\n1.{many}乱情况。\n\n1.{many}乱情况"), "");
    }

    #[test]
    fn an_opening_with_numbered_paragraphs_holds_no_problems() {
        for opening in [
            "一、提高认识。甲。\n\n二、加强领导。乙。\n\n三、压实责任。丙。",
            "一、提高政治站位\n\n甲。\n\n二、压实整改责任\n\n乙。\n\n三、强化督促检查\n\n丙。",
            "1.召开会议6次。\n2.制定措施12条。\n3.修订制度9项。",
            "局党组高度重视，一是立即部署，召开会议；二是压实责任，领办问题；三是坚持标准，逐项销号。",
            "一是提高认识。学习。\n\n二是加强领导。开会。\n\n三是解决落实不到位的问题。督办。",
            "（一）解决台账不全。甲。\n\n（二）整治作风漂浮。乙。\n\n（三）坚持原因不查清不放过。丙。",
            "一、总体情况\n\n整改措施：甲。\n\n二、工作安排\n\n责任单位：乙。",
            "附件：\n1.反馈问题清单\n2.未完成问题清单",
            "联系方式：\n1.联系电话：甲\n2.通讯地址：乙",
            "一、监督举报\n\n联系电话：甲。\n\n二、信函\n\n通讯地址：乙。",
            "| 类别 | 问题数（个） | 已整改（个） |\n|---|---|---|\n| 甲 | 3 | 2 |\n| 乙 | 4 | 4 |",
            "| 序号 | 事项 | 责任单位 | 咨询方式 |\n|---|---|---|---|\n| 1 | 甲 | 乙科 | 大厅 |\n| 2 | 丙 | 丁科 | 大厅 |",
            "| 时间 | 内容 | 做法 |\n|---|---|---|\n| 上午 | 甲 | 乙 |\n| 下午 | 丙 | 丁 |",
            "| 单位 | 任务 | 完成时限 |\n|---|---|---|\n| 甲科 | 乙 | 月底 |\n| 丙科 | 丁 | 月底 |",
            "整改情况：甲。\n\n下一步打算：乙。",
            "1.存在问题：甲。\n\n2.原因分析：乙。\n\n3.整改情况：丙。",
            "1.存在问题：甲。\n\n2.问题成因：乙。\n\n3.整改情况：丙。",
            "反馈问题：甲。\n\n具体表现：乙。\n\n整改情况：丙。",
            "一、提高认识。甲。\n\n二、加强领导。乙。上述问题已完成整改。",
            "反馈问题12个，已完成11个。\n\n问题12个分为4类。",
        ] {
            check(opening, "");
        }
    }

    #[test]
    fn sections_of_plans_and_bulletins_are_no_problems() {
        for opening in [
            "一、工作目标\n\n（一）主要任务。甲。\n\n二、重点工作\n\n（一）主要措施。乙。",
            "一、检查情况\n\n（一）基本情况。甲。\n\n二、检查结果\n\n（一）主要问题。乙。",
            "一、检查结果\n\n（一）主要问题。甲。\n\n二、处理意见\n\n（一）整改措施。乙。",
            "一、总体要求\n\n（一）具体措施。甲。\n\n二、主要任务\n\n（一）主要举措。乙。",
            "一、督查概况\n\n工作成效：甲。\n\n二、存在问题\n\n主要问题：乙。",
            "1.修订制度\n\n责任单位：甲\n\n2.开展培训\n\n完成时限：乙",
            "1.破解停车难的问题\n\n责任单位：甲\n\n2.解决出行的问题\n\n责任单位：乙",
            "1.抽查。基本情况：甲。\n\n2.复查。总体情况：乙。",
            "1.违规发放的补贴已全部追回。\n\n2.未按规定缴纳的税款已全部补缴。",
        ] {
            check(opening, "");
        }
    }

    #[test]
    fn labels_of_one_problem_are_one_level_each() {
        for opening in [
            "反馈意见：甲。\n\n存在问题：乙。\n\n整改情况：丙。",
            "主要问题：甲。\n\n具体表现：乙。",
            "【存在问题】甲。\n\n【问题描述】乙。\n\n【具体表现】丙。",
        ] {
            check(opening, "");
        }
        let item = "heading: 一、逐项整改|存在问题：甲。\n\n问题描述：乙。\n\n具体表现：丙。";
        assert!(found("甲。", &[item]).is_empty());
        check("存在问题1：甲。\n\n具体表现：乙。\n\n存在问题2：丙。\n\n具体表现：丁。", "存在问题1：甲。");
    }

    #[test]
    fn beside_items_only_words_of_headings_count() {
        let items = ["heading: 一、关于“甲”问题", "heading: 二、关于“乙”问题"];
        assert!(found("一、台账不全\n\n甲。\n\n二、检查缺位\n\n乙。", &items).is_empty());
        let measures = "heading: 一、关于“甲”问题|（一）台账不全。已补。\n\n（二）检查缺位。已查。\n\n（三）人手不足。已调。";
        assert!(found("甲。", &[measures]).is_empty());
        let whole = measures.replace("关于“甲”问题", "逐项整改");
        assert_eq!(found("甲。", &[&whole]), ["headings-inside-text （一）台账不全。"]);
    }

    #[test]
    fn one_level_is_counted() {
        let told = |opening: &str, n: usize, level: &str| {
            let found = super::super::tests::messages(opening, &[]);
            let expected =
                format!("this text holds {n} headings of problems of the level `{level}`, such as");
            assert!(found.iter().any(|one| one.starts_with(&expected)), "{expected}: {found:?}");
        };
        let below = |problem: &str| {
            format!("{problem}\n\n（一）关于“乙”问题。已改。\n\n（二）关于“丙”问题。已改。\n\n")
        };
        told(
            &[below("一、关于“甲”问题"), below("二、关于“丁”问题"), below("三、关于“戊”问题")].concat(),
            3,
            "一、",
        );
        told(&[below("一、在学习方面存在问题"), below("二、在作风方面存在问题")].concat(), 4, "（一）");
        let measures = "1.开展治理。\n\n整改情况：甲。\n\n2.强化点评。\n\n整改情况：乙。\n\n";
        told(
            &[
                format!("反馈问题一：关于甲的问题\n\n{measures}"),
                format!("反馈问题二：关于乙的问题\n\n{measures}"),
            ]
            .concat(),
            2,
            "反馈问题一",
        );
    }
}
