//! The tables of cases in `tests/`, which editors read and extend.

/// One row of a table: its cells, the line that it stands in, and the heading above it.
pub(crate) struct Row<const N: usize> {
    pub(crate) line: usize,
    pub(crate) theme: &'static str,
    pub(crate) cells: [&'static str; N],
}

/// Returns the rows of all tables of a Markdown file but their heads, each with as many cells as is asked for.
pub(crate) fn rows<const N: usize>(file: &'static str) -> Vec<Row<N>> {
    let (mut theme, mut rows) = ("", Vec::new());
    for (index, text) in file.lines().enumerate() {
        if text.starts_with("## ") {
            theme = text;
        }
        let Some(inner) = text.strip_prefix('|') else { continue };
        let line = index + 1;
        if inner.starts_with("---") {
            rows.pop().unwrap_or_else(|| panic!("line {line}: no head"));
            continue;
        }
        let inner =
            inner.trim_end().strip_suffix('|').unwrap_or_else(|| panic!("line {line}: no | at the end"));
        let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
        let cells: [&str; N] = cells.try_into().unwrap_or_else(|_| panic!("line {line}: not {N} cells"));
        assert!(!cells[0].is_empty(), "line {line}: no text");
        rows.push(Row { line, theme, cells });
    }
    rows
}
