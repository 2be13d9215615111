//! Both texts of a notice side by side, and as many differences there as `approved_text` reports.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::Checks;
use crate::diagnostic::Diagnostics;
use crate::fidelity::{AlignedLine, Alignment, NoticeText, Row};
use crate::site::testing::site;

/// Shows each row as `approved | page`: what differs in brackets, lines parted by `/`, `¶` where only one side breaks.
#[track_caller]
fn check(approved: &str, body: &str, expected: &[&str]) {
    let site = site(&[
        ("site.yaml", "title: 示例\n"),
        ("content/n/notice.md", &format!("---\ntitle: 标题\nunit: 甲\ndate: 2025-08-28\n---\n{body}\n")),
        ("content/n/approved.txt", approved),
    ]);
    let alignment = Alignment::of(&site.notices[0]);
    let side = |lines: &[AlignedLine<'_>]| lines.iter().map(show).collect::<Vec<_>>().join(" / ");
    let show = |row: &Row<'_>| format!("{} | {}", side(&row.approved), side(&row.page));
    assert_eq!(alignment.rows.iter().map(show).collect::<Vec<_>>(), expected);
    let mut found = Diagnostics::new();
    Checks::new(&site, BTreeSet::new()).notice(0, &Diagnostics::new(), &mut found);
    assert_eq!(alignment.n_differences, Some(found.iter().count()), "both count the same");
}

fn show(line: &AlignedLine<'_>) -> String {
    let mut out = String::new();
    for index in 0..=line.text.len() {
        if line.changes.iter().any(|change| change.end == index && change.start < change.end) {
            out.push(']');
        }
        if line.changes.iter().any(|change| change.start == index) {
            out.push('[');
        }
        if line.changes.contains(&(index..index)) {
            out.push(']');
        }
        out.extend(line.text.get(index));
    }
    out + if line.ends_alone { "¶" } else { "" }
}

#[test]
fn what_is_the_same_stands_side_by_side_as_written() {
    check(
        "　　甲，乙（一）。\n丙。",
        "甲,乙(一)。\n\n丙。",
        &["甲，乙（一）。 | 甲,乙(一)。", "丙。 | 丙。"],
    );
}

#[test]
fn what_differs_is_marked_on_both_sides() {
    check("请登录平台。", "请登陆平台。", &["请登[录]平台。 | 请登[陆]平台。"]);
    check("请登录平台。", "请登平台。", &["请登[录]平台。 | 请登[]平台。"]);
    check("请平台。", "请登录平台。", &["请[]平台。 | 请[登录]平台。"]);
}

#[test]
fn a_line_of_one_side_stands_alone() {
    check(
        "甲一二三。\n乙四五六。\n丙。",
        "甲一二三。\n\n丙。",
        &["甲一二三。 | 甲一二三。", "[乙四五六。] | ", "丙。 | 丙。"],
    );
}

#[test]
fn a_line_of_one_side_leaves_its_neighbors_alone() {
    check(
        "甲一二三。\n乙四五六；\n丙七八九。",
        "甲二三。\n\n丙七八。",
        &["甲[一]二三。 | 甲[]二三。", "[乙四五六；] | ", "丙七八[九]。 | 丙七八[]。"],
    );
}

#[test]
fn a_divided_paragraph_is_one_row() {
    check(
        "甲一二三四五。乙六七八九十。",
        "甲一二三四五。\n\n乙六七八九十。",
        &["甲一二三四五。[]乙六七八九十。 | 甲一二三四五。¶ / 乙六七八九十。"],
    );
}

#[test]
fn a_line_that_moved_is_not_lost() {
    // For such lines the crate `similar` names a wrong place for the removal in front of what is the same.
    check(
        "乙\n，\n丙\n丙\n乙",
        "，\n\n甲\n\n，\n\n，\n\n，",
        &["[乙] | ", "， | ，", "[丙] | [甲]", "[丙] | [，]", "[乙] | [，]", " | [，]"],
    );
}

#[test]
fn offsets_lead_to_the_file() {
    let site =
        crate::site::testing::site_with("", "（一）用权  **涵养**。办理3件。\n\n|甲|乙|\n|-|-|\n|1|2|");
    let alignment = Alignment::of(&site.notices[0]);
    let lines: Vec<&AlignedLine<'_>> = alignment.rows.iter().flat_map(|row| &row.page).collect();
    assert!(alignment.n_differences.is_none() && alignment.is_whole);
    assert_eq!(
        lines.iter().map(|line| line.is_exact).collect::<Vec<_>>(),
        [true, true, true, false, false, false, false]
    );
    for line in lines {
        assert_eq!(line.offsets.len(), line.text.len());
        let text = NoticeText::new(&site.notices[0]);
        let printed = text.lines.iter().find(|one| one.text.chars().eq(line.text.iter().copied())).unwrap();
        for (index, (at, _)) in printed.text.char_indices().enumerate() {
            let place = printed.location(at..at + 1).range.unwrap().start;
            assert_eq!(line.offsets[index], place, "{}", printed.text);
        }
    }
}

proptest! {
    #[test]
    fn rows_hold_every_line_in_order_and_what_is_unmarked_is_the_same(
        approved in prop::collection::vec("[甲乙丙，,]{1,12}", 1..8),
        written in prop::collection::vec("[甲乙丙，,]{1,12}", 1..8),
    ) {
        let site = site(&[
            ("site.yaml", "title: 示例\n"),
            (
                "content/n/notice.md",
                &format!("---\ntitle: 标题\nunit: 甲\ndate: 2025-08-28\n---\n{}\n", written.join("\n\n")),
            ),
            ("content/n/approved.txt", &approved.join("\n")),
        ]);
        let alignment = Alignment::of(&site.notices[0]);
        let all = |lines: Vec<&AlignedLine<'_>>| -> Vec<String> {
            lines.into_iter().map(|line| line.text.iter().collect()).collect()
        };
        prop_assert_eq!(all(alignment.rows.iter().flat_map(|row| &row.approved).collect()), approved);
        prop_assert_eq!(all(alignment.rows.iter().flat_map(|row| &row.page).collect()), written);
        let unmarked = |lines: Vec<&AlignedLine<'_>>| -> String {
            let same = |line: &AlignedLine<'_>| -> String {
                let is_same = |index: &usize| !line.changes.iter().any(|change| change.contains(index));
                (0..line.text.len()).filter(is_same).map(|index| crate::text::width::fold(line.text[index])).collect()
            };
            lines.into_iter().map(same).collect()
        };
        for row in &alignment.rows {
            prop_assert_eq!(unmarked(row.approved.iter().collect()), unmarked(row.page.iter().collect()));
        }
    }
}
