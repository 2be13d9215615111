//! Lines with tabs, as a word processor gives a table → the same table in Markdown, ready to paste (`table-with-tabs`).
//!
//! A line alone is no table: a letterhead or a list of contacts may have a tab. Start reading at [`check`].

use std::ops::Range;

use super::problems::Problems;
use super::{Block, BlockKind};
use crate::text::tabs;

/// Signs that mean something in a cell and would not be shown.
const SIGNS: [char; 10] = ['`', '*', '_', '[', ']', '<', '&', '|', '\\', '~'];

/// The most cells that are offered as a table; more belong into an attachment.
const MOST_CELLS: usize = 10_000;

/// Looks for tables among the paragraphs of `blocks`, which were read from the bytes `range` of the file `text`.
pub(super) fn check(text: &str, range: Range<usize>, blocks: &[Block], problems: &mut Problems<'_>) {
    let body = text.get(range.clone()).unwrap_or_default();
    if !body.contains('\t') {
        return;
    }
    let mut table: Vec<Range<usize>> = Vec::new();
    let mut start = range.start;
    for written in body.split_inclusive('\n') {
        let line = written.trim_end_matches(['\n', '\r']);
        let words = line.trim();
        let first = start + (line.len() - line.trim_start().len());
        // A row may have words in one cell only; then the tabs stand in front of them.
        let is_row = tabs::is_row(line) || (!table.is_empty() && line.contains('\t') && !words.is_empty());
        if is_row && is_prose(blocks, first..first + words.len()) {
            table.push(start..start + line.len());
        } else {
            report(text, &table, problems);
            table.clear();
        }
        start += written.len();
    }
    report(text, &table, problems);
}

/// Tells whether the words at `range` belong to a paragraph, or to a list, which numbered lines are to the parser.
fn is_prose(blocks: &[Block], range: Range<usize>) -> bool {
    // A sign that escapes the first character is no part of a paragraph.
    let n_before = blocks.partition_point(|block| block.range.start < range.end);
    n_before.checked_sub(1).and_then(|last| blocks.get(last)).is_some_and(|block| {
        block.range.end > range.start && matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::List(_))
    })
}

fn report(text: &str, lines: &[Range<usize>], problems: &mut Problems<'_>) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    if lines.len() < 2 {
        return;
    }
    let written = lines.iter().filter_map(|line| text.get(line.clone()));
    problems.table_with_tabs(first.start..last.end, in_markdown(written));
}

/// Writes rows, whose cells are parted by tabs, as a table in Markdown; the first one is the head. `None` if it is too large.
fn in_markdown<'a>(lines: impl Iterator<Item = &'a str>) -> Option<String> {
    let rows: Vec<Vec<String>> = lines.map(|line| line.split('\t').map(in_cell).collect()).collect();
    let width = |row: &Vec<String>| row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let n_columns = rows.iter().map(width).max().unwrap_or_default();
    if n_columns.saturating_mul(rows.len()) > MOST_CELLS {
        return None;
    }
    Some(table_of(&rows, n_columns))
}

/// Writes a table of cells in Markdown; the first row is the head.
pub fn table_of(rows: &[Vec<String>], n_columns: usize) -> String {
    let line = |row: &Vec<String>| -> String {
        let cells = row.iter().map(String::as_str).chain(std::iter::repeat("")).take(n_columns);
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.insert(1.min(lines.len()), "|---".repeat(n_columns) + "|");
    lines.join("\n")
}

/// Writes words in Markdown that stands in a cell, so that all of them are shown; signs that are escaped stay so.
fn in_cell(words: &str) -> String {
    let words = words.trim();
    let mut out = String::with_capacity(words.len());
    let mut is_escaped = false;
    for (at, character) in words.char_indices() {
        let next = words.get(at + character.len_utf8()..).and_then(|rest| rest.chars().next());
        let begins_escape = character == '\\' && next.is_some_and(|next| next.is_ascii_punctuation());
        if !is_escaped && SIGNS.contains(&character) && !begins_escape {
            out.push('\\');
        }
        out.push(character);
        is_escaped = !is_escaped && begins_escape;
    }
    out
}

/// Writes words so that they are shown as they are in a cell, or in any other line.
pub fn as_words(words: &str) -> String {
    in_cell(&words.replace('\\', "\\\\"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::markdown::testing::{codes, html, parse_text};

    /// Returns the table that is offered for `source`, which must be the only thing found.
    #[track_caller]
    fn offered(source: &str) -> String {
        let (_, found) = parse_text(source);
        assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), ["table-with-tabs"], "{source:?}");
        found.into_iter().next().unwrap().fixes[0].lines().unwrap().to_owned()
    }

    #[test]
    fn a_table_is_offered() {
        assert_eq!(
            offered("片区\t户数（家）\n城关\t52\n合计\t52"),
            "| 片区 | 户数（家） |\n|---|---|\n| 城关 | 52 |\n| 合计 | 52 |"
        );
        assert_eq!(
            offered("\t已办结\t未办结\n片区\t\t10件\n\t\t3件\n合计\t1件"),
            "|  | 已办结 | 未办结 |\n|---|---|---|\n| 片区 |  | 10件 |\n|  |  | 3件 |\n| 合计 | 1件 |  |"
        );
        assert_eq!(
            offered("甲：\r\n1.\t乙\t5件\r\n2.\t丙\t6件\r\n丁"),
            "| 1. | 乙 | 5件 |\n|---|---|---|\n| 2. | 丙 | 6件 |"
        );
        assert_eq!(
            offered("a|b\t5*3*2\n\\*c\t[1] <3 `x` _y_ &amp; \\"),
            "| a\\|b | 5\\*3\\*2 |\n|---|---|\n| \\*c | \\[1\\] \\<3 \\`x\\` \\_y\\_ \\&amp; \\\\ |"
        );
    }

    #[test]
    fn other_tabs_are_none_of_its_business() {
        for source in [
            "甲\t乙",
            "甲\t乙\n\n丙\t丁",
            "\t甲\n\t乙",
            "1.\t甲\n2.\t乙",
            "（一）\t甲\n（二）\t乙",
            "```\na\tb\nc\td\n```",
            "|甲\t|乙|\n|-|-|\n|1\t|2|",
            "甲\t乙\n丙",
        ] {
            assert_eq!(codes(source), Vec::<String>::new(), "{source:?}");
        }
        assert_eq!(html("甲\t乙\n丙"), "<p>甲\t乙</p>\n<p>丙</p>\n");
    }

    proptest! {
        #[test]
        fn the_table_shows_what_the_cells_say(
            // The words are compared without white space and escapes, which both sides read alike, so none are written. With
            // fewer than two full cells a line is no row.
            rows in prop::collection::vec(
                (
                    [r"[甲a1|*_~`<>&\[\](){}#!:./-]{1,6}", r"[甲a1|*_~`<>&\[\](){}#!:./-]{1,6}"],
                    prop::option::of(r"[甲a1|*_~`<>&\[\](){}#!:./-]{0,6}"),
                ).prop_map(|(full, other)| full.into_iter().chain(other).collect::<Vec<String>>()),
                2..5,
            ),
        ) {
            let lines: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
            let table = super::in_markdown(lines.iter().map(String::as_str)).unwrap();
            let (blocks, found) = parse_text(&table);
            let codes: Vec<&str> = found.iter().map(|one| one.code).filter(|code| *code != "stray-strikethrough").collect();
            prop_assert!(codes.is_empty(), "{codes:?} {table}");
            let shown = crate::markdown::plain_text(&blocks);
            let width = rows.iter().map(|row| row.iter().rposition(|cell| !cell.is_empty()).unwrap() + 1).max().unwrap();
            let cell = |row: &Vec<String>, column: usize| row.get(column).cloned().unwrap_or_default();
            let wanted: String = rows.iter().flat_map(|row| (0..width).map(move |column| cell(row, column) + "\n")).collect();
            prop_assert_eq!(shown, wanted);
        }
    }
}
