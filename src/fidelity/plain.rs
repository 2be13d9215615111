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
        match line.cell {
            Some(cell) => begin_cell(&mut out, cell, last, &text),
            None => {
                end_row(&mut out, last, &text);
                end_line(&mut out);
            }
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

#[cfg(test)]
mod tests {
    use super::plain_text;
    use crate::content::{self, Drafts, Loaded};
    use crate::diagnostic::{Diagnostics, SourcePath};
    use crate::markdown;

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &str) {
        let mut loaded = Loaded::default();
        for (name, text) in files {
            loaded.sources.insert(SourcePath::new(format!("content/n/{name}")), text.as_bytes().to_vec());
        }
        let mut found = Diagnostics::new();
        let content = content::parse(&loaded, &markdown::Options::default(), Drafts::Shown, &mut found);
        assert_eq!(plain_text(&content.notices[0]), expected);
    }

    const NOTICE: &str = "---\ntitle: 通报\nunit: 甲\ndate: 2025-08-28\nsignature: 甲\n---\n现予**公布**。\n\n如下：\n";

    #[test]
    fn lines_come_in_the_order_of_the_page() {
        let files = [
            ("notice.md", NOTICE),
            ("01.md", "---\nheading: 一、乙\n---\n（一）改进。已经\\*改进。\n"),
            ("02.md", "---\nkind: annex\nheading: 附件\n---\n丙。\n"),
        ];
        let text = "现予公布。\n如下：\n一、乙\n（一）改进。已经*改进。\n甲\n2025年8月28日\n附件\n丙。\n";
        check(&files, &format!("通报\n{text}"));
        check(&[&files[..], &[("approved.txt", "现予公布。\n")]].concat(), text);
        check(&[&files[..], &[("approved.txt", "通报\n现予公布。\n")]].concat(), &format!("通报\n{text}"));
    }

    #[test]
    fn rows_have_a_tab_between_cells() {
        let table = "| 片区 | 户数 | 备注 |\n|---|---|---|\n| 城关 | 52 | |\n| | 3<br>4 | 补 |\n";
        check(
            &[("notice.md", NOTICE), ("01.md", &format!("---\nheading: 一、乙\n---\n{table}\n完。\n"))],
            "通报\n现予公布。\n如下：\n一、乙\n片区\t户数\t备注\n城关\t52\t\n\t3 4\t补\n完。\n甲\n2025年8月28日\n",
        );
    }
}
