//! 一是…二是… (①…②…, （1）…（2）…) in the paragraphs of an item → points with places of their own, where the item has no other
//! measures.
//!
//! The text stays as it is; a point is a stretch of its paragraph, which ends where the next list, a label or an outlook begins.
//! A list begins with 一是, goes on in order, and has at least two points; what was found (存在问题：一是…) and what is to come
//! (下一步，一是…) are no measures, nor are lists inside a point.

use std::ops::Range;

use crate::notice::{Part, Point, measures_of};
use crate::text::numbering::Style;
use crate::text::sentence;
use crate::text::structure::{self, Closing, Meaning, Turn};

/// Points that follow each other.
struct List {
    /// How well they stand for measures; 0 if they are none.
    worth: u8,
    style: Option<Style>,
    marks: Vec<Mark>,
    /// The number that goes on with it; 0 if none does.
    next: u64,
}

/// Where a point stands: the part, the bytes of its mark, and where it ends there, if that is known.
struct Mark {
    part: usize,
    range: Range<usize>,
    end: Option<usize>,
}

/// Gives the points of an item their places, if it has no measures.
pub(super) fn set(parts: &mut [Part]) {
    if measures_of(parts) > 0 {
        return;
    }
    let mut lists = lists(parts);
    lists.retain(|list| list.worth > 0 && list.marks.len() > 1);
    // Where measures and results are listed apart, only the measures are counted.
    let best = lists.iter().map(|list| list.worth).max();
    lists.retain(|list| Some(list.worth) == best);
    for (index, mark) in lists.into_iter().flat_map(|list| list.marks).enumerate() {
        let Some(Part::Paragraph(paragraph)) = parts.get_mut(mark.part) else { continue };
        let end = mark.end.unwrap_or(paragraph.text.plain_length());
        paragraph.points.push(Point { position: index + 1, mark: mark.range, end });
    }
}

fn lists(parts: &[Part]) -> Vec<List> {
    let mut lists = Vec::new();
    let mut meaning = Meaning::Account;
    for (part, of_text) in parts.iter().enumerate() {
        let Part::Paragraph(paragraph) = of_text else { continue };
        let text = paragraph.text.plain_text();
        let label = paragraph.label.as_ref().map(|label| structure::label(&label.plain_text()));
        match label {
            Some(label) => {
                meaning = label.map_or(Meaning::Account, |label| label.meaning);
                close(&mut lists, part, 0);
            }
            None if structure::closing(&text, "") == Some(Closing::Outlook) => break,
            None => {}
        }
        read(part, &text, meaning, &mut lists);
        // A label alone on its line speaks for what follows, another one only for its paragraph.
        if !text.trim().is_empty() && !text.trim_end().ends_with(['：', ':']) && label.is_some() {
            meaning = Meaning::Account;
        }
    }
    lists
}

/// Adds the points of one paragraph.
fn read(part: usize, text: &str, mut meaning: Meaning, lists: &mut Vec<List>) {
    for (range, turn) in structure::turns(text) {
        let (style, number) = match turn {
            Turn::Point(style, number) => (style, number),
            Turn::Label(_) | Turn::Outlook => {
                meaning = if let Turn::Label(meaning) = turn { meaning } else { Meaning::Plan };
                close(lists, part, range.start);
                continue;
            }
        };
        let open = lists.last_mut().filter(|list| list.next > 0);
        match open {
            Some(list) if list.style == style && list.next == number => {
                end_at(list, part, range.start);
                list.marks.push(Mark { part, range, end: None });
                list.next += 1;
            }
            // A slip: 三是 stands twice. That is told; it is a point all the same.
            Some(list)
                if list.style.is_none() && style.is_none() && number > 1 && list.next == number + 1 =>
            {
                end_at(list, part, range.start);
                list.marks.push(Mark { part, range, end: None });
            }
            // A list of another style stands inside the point.
            Some(list) if list.style != style && list.marks.iter().any(|mark| mark.part == part) => {}
            _ if number == 1 => {
                let before = sentence::before(text, range.start, sentence::ends_sentence);
                close(lists, part, range.start - before.len());
                let worth = if structure::leads_to_findings(before) { 0 } else { worth_of(meaning) };
                let marks = vec![Mark { part, range, end: None }];
                lists.push(List { worth, style, marks, next: 2 });
            }
            _ => {}
        }
    }
}

/// Ends the last list: nothing goes on with it, and its last point ends at byte `at` of the part, if it stands there.
fn close(lists: &mut [List], part: usize, at: usize) {
    if let Some(list) = lists.last_mut() {
        end_at(list, part, at);
        list.next = 0;
    }
}

fn end_at(list: &mut List, part: usize, at: usize) {
    if let Some(last) = list.marks.last_mut().filter(|last| last.part == part) {
        last.end.get_or_insert(at.max(last.range.end));
    }
}

/// How well points behind a label stand for measures; 0 if they are none.
fn worth_of(meaning: Meaning) -> u8 {
    match meaning {
        Meaning::Measures => 3,
        Meaning::Account => 2,
        Meaning::Results => 1,
        Meaning::Problem | Meaning::Plan | Meaning::Fact | Meaning::Annex => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::set;
    use crate::diagnostic::{Diagnostics, SourcePath};
    use crate::markdown;
    use crate::notice::Part;

    /// Shows the points of a text, one after the other.
    fn points(text: &str) -> Vec<String> {
        let (path, mut diagnostics) = (SourcePath::new("content/n/01.md"), Diagnostics::new());
        let options = markdown::Options::default();
        let mut parts = super::super::outline::outline(markdown::parse(
            &path,
            text,
            0..text.len(),
            &options,
            &mut diagnostics,
        ));
        set(&mut parts);
        let mut shown = Vec::new();
        for part in &parts {
            let Part::Paragraph(paragraph) = part else { continue };
            let text = paragraph.text.plain_text();
            for point in &paragraph.points {
                let words = text.get(point.mark.start..point.end).unwrap();
                assert!(words.starts_with(text.get(point.mark.clone()).unwrap()));
                shown.push(format!("{} {words}", point.position));
            }
        }
        shown
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(points(text), expected, "{text}");
    }

    #[test]
    fn points_stand_in_one_paragraph_or_in_several() {
        check("整改情况：一是修订办法。二是开展培训。", &["1 一是修订办法。", "2 二是开展培训。"]);
        check("一是建账，\n逐月核对；二是培训。", &["1 一是建账，逐月核对；", "2 二是培训。"]);
        check("已改，一是甲，二是乙，三是丙。", &["1 一是甲，", "2 二是乙，", "3 三是丙。"]);
        check("一是甲。\n\n其中有丙。\n\n二是乙。", &["1 一是甲。", "2 二是乙。"]);
        check("整改情况：\n\n一是甲。\n\n二是乙。", &["1 一是甲。", "2 二是乙。"]);
        check(
            "针对存在的甲。一是乙。二是丙。\n\n针对丁。一是戊。二是己。",
            &["1 一是乙。", "2 二是丙。", "3 一是戊。", "4 二是己。"],
        );
    }

    #[test]
    fn points_end_where_something_else_begins() {
        check("一是甲；二是乙。下一步，一是丙；二是丁。", &["1 一是甲；", "2 二是乙。"]);
        check("一是甲。二是乙。今后，我局将一是丙。", &["1 一是甲。", "2 二是乙。"]);
        check("一是甲。二是乙。\n下一阶段将完善制度。", &["1 一是甲。", "2 二是乙。"]);
        check("一是甲；二是乙。巡察指出，一是丙；二是丁。", &["1 一是甲；", "2 二是乙。"]);
        check(
            "一是甲；二是乙。针对丙问题，一是丁；二是戊。",
            &["1 一是甲；", "2 二是乙。", "3 一是丁；", "4 二是戊。"],
        );
        check("存在的问题：一是甲；二是乙。已整改：一是丙；二是丁。", &["1 一是丙；", "2 二是丁。"]);
        check("一是甲；二是乙。原因分析：一是丙；二是丁。", &["1 一是甲；", "2 二是乙。"]);
        check("一是甲，下一步再评估；二是乙。", &["1 一是甲，下一步再评估；", "2 二是乙。"]);
    }

    #[test]
    fn points_may_have_a_numbering() {
        check("整改情况：①建账；②培训；③检查。", &["1 ①建账；", "2 ②培训；", "3 ③检查。"]);
        check("已改：（1）建账。（2）培训。", &["1 （1）建账。", "2 （2）培训。"]);
        check("主要措施有：1.建账；2.培训。", &["1 1.建账；", "2 2.培训。"]);
        check("整改情况：一是甲：①乙；②丙。二是丁。", &["1 一是甲：①乙；②丙。", "2 二是丁。"]);
        check("巡察指出，一是甲：①乙；②丙。", &[]);
        check("新建管网，1.5公里，2.5公里。", &[]);
        check("按规定（1）甲（2）乙执行。", &[]);
    }

    #[test]
    fn other_words_are_no_points() {
        check("一是甲。", &[]);
        check("二是甲。三是乙。", &[]);
        check("坚持一是一、二是二。", &[]);
        check("通知要求“一是甲。二是乙。”", &[]);
        check("一是甲。三是乙。", &[]);
        check("（一）甲。乙。\n\n整改情况：一是丙。二是丁。", &[]);
    }

    #[test]
    fn what_was_found_and_what_is_to_come_is_no_measure() {
        check("存在问题：一是甲。二是乙。\n\n整改情况：一是丙。二是丁。", &["1 一是丙。", "2 二是丁。"]);
        check("问题表现：\n\n一是甲。\n\n二是乙。\n\n已改。", &[]);
        check("巡察指出，一是甲；二是乙。", &[]);
        check("原因分析：一是甲。二是乙。", &[]);
        check("下一步打算：一是甲。二是乙。", &[]);
        check("一是甲。二是乙。\n\n下一步，一是丙。二是丁。", &["1 一是甲。", "2 二是乙。"]);
        check("整改措施：一是甲。二是乙。\n\n整改成效：一是丙。二是丁。", &["1 一是甲。", "2 二是乙。"]);
        check("整改成效：一是丙。二是丁。", &["1 一是丙。", "2 二是丁。"]);
    }
}
