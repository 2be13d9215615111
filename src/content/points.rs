//! 一是…二是… in the paragraphs of an item → points with places of their own, where the item has no other measures.
//!
//! The text stays as it is; a point is a stretch of its paragraph. A list begins with 一是, goes on in order, and has at least
//! two points; what was found (存在问题：一是…) and what is to come (下一步，一是…) are no measures.

use std::ops::Range;

use crate::notice::{Part, Point, measures_of};
use crate::text::sentence;
use crate::text::structure::{self, Closing, Meaning};

/// Points that follow each other: the part and the bytes of each mark.
struct List {
    worth: u8,
    marks: Vec<(usize, Range<usize>)>,
    next: u64,
}

/// Gives the points of an item their places, if it has no measures.
pub(super) fn set(parts: &mut [Part]) {
    if measures_of(parts) > 0 {
        return;
    }
    let mut lists = lists(parts);
    lists.retain(|list| list.marks.len() > 1);
    // Where measures and results are listed apart, only the measures are counted.
    let best = lists.iter().map(|list| list.worth).max();
    lists.retain(|list| Some(list.worth) == best);
    let marks: Vec<_> = lists.into_iter().flat_map(|list| list.marks).collect();
    for (index, (part, mark)) in marks.iter().enumerate() {
        let Some(Part::Paragraph(paragraph)) = parts.get_mut(*part) else { continue };
        let next = marks.get(index + 1).filter(|(next, _)| next == part);
        let end = next.map_or(paragraph.text.plain_length(), |(_, next)| next.start);
        paragraph.points.push(Point { position: index + 1, mark: mark.clone(), end });
    }
}

fn lists(parts: &[Part]) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    let mut meaning = Meaning::Account;
    for (index, part) in parts.iter().enumerate() {
        let Part::Paragraph(paragraph) = part else { continue };
        let text = paragraph.text.plain_text();
        let label = paragraph.label.as_ref().map(|label| structure::label(&label.plain_text()));
        match label {
            Some(label) => {
                meaning = label.map_or(Meaning::Account, |label| label.meaning);
                // A list does not go on behind a label.
                if let Some(list) = lists.last_mut() {
                    list.next = 0;
                }
            }
            None if structure::closing(&text, "") == Some(Closing::Outlook) => break,
            None => {}
        }
        for (mark, number) in structure::point_marks(&text) {
            let findings =
                || structure::leads_to_findings(sentence::before(&text, mark.start, sentence::ends_sentence));
            match (number, worth_of(meaning)) {
                (1, Some(worth)) if !findings() => {
                    lists.push(List { worth, marks: vec![(index, mark)], next: 2 });
                }
                (1, _) => lists.push(List { worth: 0, marks: Vec::new(), next: 0 }),
                _ => {
                    if let Some(list) = lists.last_mut().filter(|list| list.next == number) {
                        list.marks.push((index, mark));
                        list.next += 1;
                    }
                }
            }
        }
        // A label alone on its line speaks for what follows, another one only for its paragraph.
        if !text.trim().is_empty() && !text.trim_end().ends_with(['：', ':']) && label.is_some() {
            meaning = Meaning::Account;
        }
    }
    lists
}

/// How well points behind a label stand for measures; nothing if they are none.
fn worth_of(meaning: Meaning) -> Option<u8> {
    match meaning {
        Meaning::Measures => Some(3),
        Meaning::Account => Some(2),
        Meaning::Results => Some(1),
        Meaning::Problem | Meaning::Plan | Meaning::Fact | Meaning::Annex => None,
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
                assert!(text.get(point.mark.clone()).unwrap().ends_with('是'));
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
