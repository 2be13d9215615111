//! Whether the cells of tables stand in the rows and columns of the approved text.
//!
//! `comparison` takes cells for lines and leaves out empty ones. Where the approved text has tabs between the cells of a row,
//! [`Columns::of`] compares the place of each cell. Where it has each cell on a line of its own, it does not show which cells
//! are empty; such tables are listed once, if they have empty cells. Rows that the page shows as text have no columns.

use std::collections::BTreeMap;

use super::comparison::{Comparison, Run, Tabs};

/// Which tables have other columns than in the approved text, by lines of both sides.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// Cells that stand elsewhere: the line of the approved text, the line of the page. One for each row.
    pub(crate) moved: Vec<(usize, usize)>,
    /// Tables whose columns the approved text does not show, each with the line of the approved text that has its first cell.
    pub(crate) unproven: Vec<(usize, usize)>,
    /// Tables of the approved text that the page shows as text: the lines of the first row on both sides.
    pub(crate) as_text: Vec<Pair>,
}

/// A line of the approved text and the line of the page that says the same.
type Pair = (usize, usize);

impl Columns {
    /// Compares the places of all cells whose words are the same on both sides; `runs` are all of the comparison.
    pub(crate) fn of(comparison: &Comparison<'_>, runs: &[Run]) -> Self {
        let mut columns = Self::default();
        let mut rows: BTreeMap<usize, BTreeMap<usize, Vec<Pair>>> = BTreeMap::new();
        if comparison.text.tables.is_empty() && !comparison.wanted.iter().any(|line| line.tabs.is_row) {
            return columns;
        }
        let mut last: Option<(usize, Pair)> = None;
        for (wanted, written) in pairs(comparison, runs) {
            if let Some(cell) = comparison.text.lines.get(written).and_then(|line| line.cell) {
                rows.entry(cell.table).or_default().entry(cell.row).or_default().push((wanted, written));
            }
            let Some(tabs) = comparison.wanted.get(wanted).map(|line| line.tabs) else { continue };
            if !tabs.is_row || tabs.has_cells {
                continue;
            }
            // One row may be a letterhead; a second one right below it makes a table.
            let above = last.filter(|(line, _)| line + 1 == tabs.line);
            let is_told = above.is_some_and(|(_, first)| columns.as_text.last() == Some(&first));
            if let Some((_, first)) = above.filter(|_| !is_told) {
                columns.as_text.push(first);
            }
            last = Some((tabs.line, above.map_or((wanted, written), |(_, first)| first)));
        }
        let has_cells =
            |(wanted, _): &Pair| comparison.wanted.get(*wanted).is_some_and(|line| line.tabs.has_cells);
        let mut rows_of_lines = BTreeMap::new();
        for (index, rows) in rows {
            let Some(table) = comparison.text.tables.get(index).filter(|table| table.n_columns > 1) else {
                continue;
            };
            let first = rows.values().flatten().next().map_or(0, |(wanted, _)| *wanted);
            if rows.values().flatten().any(has_cells) {
                let has_gaps =
                    |pairs: &Vec<Pair>| pairs.len() < table.n_columns && is_cell_by_cell(comparison, pairs);
                if rows.values().any(has_gaps) {
                    columns.unproven.push((index, first));
                }
                let rows = rows.iter().filter(|(_, pairs)| !is_cell_by_cell(comparison, pairs));
                let moved = rows.filter_map(|(row, pairs)| {
                    moved_cell(comparison, pairs, (index, *row), &mut rows_of_lines)
                });
                columns.moved.extend(moved);
            } else if table.has_empty_cell {
                columns.unproven.push((index, first));
            }
        }
        columns
    }
}

/// Tells whether the approved text has each cell of a row on a line of its own, without any tab.
fn is_cell_by_cell(comparison: &Comparison<'_>, pairs: &[Pair]) -> bool {
    let tabs = |(wanted, _): &Pair| comparison.wanted.get(*wanted).map(|line| line.tabs);
    pairs.len() > 1 && pairs.iter().filter_map(tabs).all(|tabs| !tabs.has_cells && tabs.column == 0)
}

/// Returns the lines that are the same on both sides.
fn pairs(comparison: &Comparison<'_>, runs: &[Run]) -> Vec<Pair> {
    let ends = (comparison.wanted.len(), comparison.written.len());
    let mut pairs = Vec::new();
    let (mut old, mut new) = (0, 0);
    for run in runs {
        pairs.extend((old..run.wanted.lines.start).zip(new..run.written.lines.start));
        (old, new) = (run.wanted.lines.end, run.written.lines.end);
    }
    pairs.extend((old..ends.0).zip(new..ends.1));
    pairs
}

/// Returns the first cell of a row of the page that stands elsewhere in the approved text; `rows_of_lines` remembers which
/// row each line of the approved text has become.
fn moved_cell(
    comparison: &Comparison<'_>,
    pairs: &[Pair],
    row: (usize, usize),
    rows_of_lines: &mut BTreeMap<usize, (usize, usize)>,
) -> Option<Pair> {
    let place = |(wanted, written): &Pair| {
        let cell = comparison.text.lines.get(*written)?.cell?;
        Some((comparison.wanted.get(*wanted)?.tabs, cell.column))
    };
    let places: Vec<(Tabs, usize)> = pairs.iter().filter_map(place).collect();
    if places.is_sorted_by(|(_, one), (_, next)| one < next) {
        let line = places.first()?.0.line;
        let is_moved = |(tabs, column): &(Tabs, usize)| {
            tabs.line != line || tabs.column != *column || *rows_of_lines.entry(line).or_insert(row) != row
        };
        return places.iter().position(is_moved).and_then(|index| pairs.get(index)).copied();
    }
    // Out of order, because a cell has several lines: the approved text cannot have it between two tabs.
    None
}
