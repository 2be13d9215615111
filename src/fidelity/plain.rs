//! A notice → one plain text: what its page shows, in the order of the page.

use super::printed::{Cell, NoticeText};
use crate::notice::Notice;

/// Returns the text of a notice: a paragraph, heading or line of the signature in each line, a row of a table with tabs between
/// its cells. The title stands in front unless the approved text begins without it.
pub(crate) fn plain_text(notice: &Notice) -> String {
    let text = NoticeText::new(notice);
    let mut out = String::new();
    let has_other_beginning = notice.approved.as_ref().is_some_and(|approved| approved.is_whole);
    if !notice.title_is_approved() && !has_other_beginning {
        out.push_str(&notice.title.value);
    }
    let mut last: Option<Cell> = None;
    for line in &text.lines {
        if let Some(cell) = line.cell {
            begin_cell(&mut out, cell, last, &text);
        } else {
            end_row(&mut out, last, &text);
            end_line(&mut out);
        }
        out.push_str(&line.text);
        last = line.cell;
    }
    end_row(&mut out, last, &text);
    end_line(&mut out);
    out
}

/// Writes what stands between the last line and a cell.
fn begin_cell(out: &mut String, cell: Cell, last: Option<Cell>, text: &NoticeText<'_>) {
    let column = match last {
        Some(last) if (last.table, last.row) == (cell.table, cell.row) => {
            if last.column == cell.column {
                // A line break inside a cell.
                out.push(' ');
            }
            last.column
        }
        _ => {
            end_row(out, last, text);
            end_line(out);
            0
        }
    };
    out.extend(std::iter::repeat_n('\t', cell.column.saturating_sub(column)));
}

/// Writes the tabs of the cells that are empty at the end of a row.
fn end_row(out: &mut String, last: Option<Cell>, text: &NoticeText<'_>) {
    let Some(cell) = last else { return };
    let n_columns = text.tables.get(cell.table).map_or(0, |table| table.n_columns);
    out.extend(std::iter::repeat_n('\t', n_columns.saturating_sub(cell.column + 1)));
}

fn end_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}
