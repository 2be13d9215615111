//! Rows and columns called 合计 → the sums of the others, where each of these has a figure.

use super::segment::same_unit;
use super::{Found, Named, Otherwise, Shape};
use crate::binding::Words;

/// What the last row or column is called.
const TOTALS: [&str; 3] = ["合计", "总计", "共计"];

/// In a table with one of these it is not clear what is added.
const UNCLEAR: [&str; 4] = ["其中", "小计", "分计", "平均"];

/// Parts of units of which two do not add up.
const NOT_ADDED: [&str; 4] = ["%", "‰", "分点", "/"];

/// The most rows that are added; longer formulas nobody reads.
const MOST_ROWS: usize = 20;

/// The most rows of which each has a sum of its own.
const MOST_SUMS: usize = 8;

/// A cell with its head.
struct Cell<'a> {
    head: &'a str,
    text: &'a str,
    named: Option<&'a Named>,
}

/// Finds the sums of all tables. Those that do not come out are told by `total-differs`, and not here.
pub(super) fn find(words: &Words, named: &[Named], found: &mut Found) {
    for table in words.tables() {
        let rows: Vec<Vec<Cell<'_>>> = table
            .iter()
            .map(|row| row.iter().map(|(start, head)| cell(words, *start, head, named)).collect())
            .collect();
        let is_unclear = |text: &str| UNCLEAR.iter().any(|word| text.contains(word));
        if rows.iter().flatten().any(|cell| is_unclear(cell.text) || is_unclear(cell.head)) {
            continue;
        }
        down(&rows, found);
        if rows.len() <= MOST_SUMS {
            for row in &rows {
                across(row, found);
            }
        }
    }
}

fn cell<'a>(words: &'a Words, start: usize, head: &'a str, named: &'a [Named]) -> Cell<'a> {
    let text = words.line(words.line_at(start).0);
    let next = named.get(named.partition_point(|one| one.range.start < start));
    // Prose with a number in it is no number.
    let fills = |one: &&Named| one.range.end <= start + text.len() && words.get(&one.range) == text.trim();
    Cell { head, text, named: next.filter(fills).filter(|one| one.names.len() == 1 && adds_up(one)) }
}

fn adds_up(named: &Named) -> bool {
    !NOT_ADDED.iter().any(|part| named.quantity.unit().as_str().contains(part))
}

fn is_total(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    TOTALS.contains(&text.as_str())
}

/// The row 合计, below all others.
fn down(rows: &[Vec<Cell<'_>>], found: &mut Found) {
    let Some((last, parts)) = rows.split_last() else { return };
    let has_total = |row: &[Cell<'_>]| row.iter().any(|cell| is_total(cell.text));
    // A row of heads has no figures.
    let parts: Vec<&Vec<Cell<'_>>> =
        parts.iter().skip_while(|row| row.iter().all(|cell| cell.named.is_none())).collect();
    if !has_total(last) || parts.iter().any(|row| has_total(row)) || !(2..=MOST_ROWS).contains(&parts.len()) {
        return;
    }
    for total in last {
        let Some(sum) = total.named else { continue };
        let in_column = |row: &&Vec<Cell<'_>>| -> Option<Named> {
            let mut cells = row.iter().filter(|cell| cell.head == total.head);
            let (first, second) = (cells.next()?, cells.next());
            first.named.filter(|named| second.is_none() && same_unit(named, sum)).cloned()
        };
        let column: Option<Vec<Named>> = parts.iter().map(in_column).collect();
        if let Some(column) = column {
            found.take(Shape::Sum, sum, &column.iter().collect::<Vec<_>>(), Otherwise::Silent);
        }
    }
}

/// The column 合计, behind or in front of all others.
fn across(row: &[Cell<'_>], found: &mut Found) {
    let mut totals = row.iter().filter(|cell| is_total(cell.head));
    let (Some(total), None) = (totals.next(), totals.next()) else { return };
    let Some(sum) = total.named else { return };
    let parts: Vec<&Named> =
        row.iter().filter(|cell| !is_total(cell.head)).filter_map(|cell| cell.named).collect();
    if parts.len() > 1 && parts.iter().all(|part| same_unit(part, sum)) {
        found.take(Shape::Sum, sum, &parts, Otherwise::Silent);
    }
}
