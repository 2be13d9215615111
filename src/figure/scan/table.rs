//! Checks the scanner against `tests/figures.md`, the table of cases that editors read and extend.
//!
//! Every wrong row is reported, in the notation of the table, so that a row can be compared with what was found.

use super::{NoFigure, NumberKind, WrittenNumber, scan};
use crate::figure::{Approximation, Quantity};
use crate::text::cases::{Row, rows};

/// The table itself.
const TABLE: &str = include_str!("../../../tests/figures.md");

/// A real notice, all of whose numbers are in the table.
const NOTICE: &str = include_str!("../../../content/zhoushan-2025/approved.txt");

/// The theme of the rows that are taken from the real notice, in its order.
const NOTICE_THEME: &str = "## 一则真实的通报";

/// Writes figures, or what is none, in the notation of the table.
fn notation(text: &str, found: &[WrittenNumber], is_figure: bool) -> String {
    let cell = |next: &WrittenNumber| {
        let printed = &text.get(next.range.clone()).expect("ranges lie in the text");
        match &next.kind {
            NumberKind::Figure(quantity) if is_figure => Some(format!("{printed} = {}", meaning(quantity))),
            NumberKind::Other(reason) if !is_figure => Some(format!("{printed}：{}", reason.words().1)),
            _ => None,
        }
    };
    found.iter().filter_map(cell).collect::<Vec<_>>().join("；")
}

fn meaning(quantity: &Quantity) -> String {
    let sign = quantity.approximation().map_or("", Approximation::sign);
    let upper = quantity.upper().map(|upper| format!("～{upper}")).unwrap_or_default();
    format!("{sign}{}{upper} {}", quantity.value(), quantity.unit())
}

#[test]
fn rows_hold() {
    let rows = rows(TABLE);
    let mut wrong = Vec::new();
    for Row { line, cells: [text, figures, others], .. } in &rows {
        let found = scan(text);
        let (is_figures, is_others) = (notation(text, &found, true), notation(text, &found, false));
        if is_figures != *figures || is_others != *others {
            wrong.push(format!(
                "line {line}: {text}\n  table: {figures} | {others}\n  found: {is_figures} | {is_others}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} rows of tests/figures.md are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows.len() >= 200, "only {} rows are left in tests/figures.md", rows.len());
}

#[test]
fn real_notice_is_covered() {
    let is_listed = |next: &&WrittenNumber| next.kind != NumberKind::Other(NoFigure::Numbering);
    let list = |text: &str| {
        let found: Vec<WrittenNumber> = scan(text).iter().filter(is_listed).cloned().collect();
        let both = [notation(text, &found, true), notation(text, &found, false)];
        both.map(|cell| {
            cell.split('；').filter(|entry| !entry.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        })
    };
    let mut expected = [Vec::new(), Vec::new()];
    for Row { cells: [text, figures, others], .. } in
        rows(TABLE).iter().filter(|row| row.theme == NOTICE_THEME)
    {
        assert!(NOTICE.contains(text), "the notice does not say {text}");
        let entries =
            |cell: &'static str| cell.split('；').filter(|entry| !entry.is_empty()).map(str::to_owned);
        expected[0].extend(entries(figures));
        expected[1].extend(entries(others).filter(|entry| !entry.ends_with(NoFigure::Numbering.words().1)));
    }
    assert_eq!(list(NOTICE), expected);
}
