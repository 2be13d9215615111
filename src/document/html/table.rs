//! The cells of a table, as a page writes them → its rows, and what stands in a table that is there for looks alone.

use std::collections::BTreeMap;

use crate::document::{Block, Cell, Finding, FindingKind, Row, Table};

/// The most characters that are told of a table inside a cell.
const LONGEST_WORDS: usize = 2000;

/// The most cells that merged cells may add in a page.
const MOST_MERGED: usize = 100_000;

/// How many blocks a cell of a table of data has at most; more is a page inside a table.
const MOST_BLOCKS: usize = 20;

/// Blocks and findings, in reading order.
#[derive(Debug, Default)]
pub(super) struct Sink {
    pub(super) blocks: Vec<Block>,
    pub(super) findings: Vec<Finding>,
}

impl Sink {
    pub(super) fn find(&mut self, kind: FindingKind, words: &str) {
        self.findings.push(Finding { kind, words: words.to_owned(), place: self.blocks.len() });
    }

    pub(super) fn append(&mut self, other: Self) {
        let before = self.blocks.len();
        self.findings.extend(other.findings.into_iter().map(|mut finding| {
            finding.place += before;
            finding
        }));
        // What lies in many tables is not moved once for each.
        if self.blocks.is_empty() {
            self.blocks = other.blocks;
        } else {
            self.blocks.extend(other.blocks);
        }
    }

    fn has_heading(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Paragraph(p) if p.heading.is_some()))
    }

    fn has_table(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Table(_)))
    }

    /// Returns what stands in a cell, line by line.
    fn text(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(paragraph) => lines.push(paragraph.text.clone()),
                Block::Table(table) => lines.extend(table.rows.iter().map(|row| {
                    let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
                    cells.join("\t").replace('\n', " ").trim().to_owned()
                })),
                Block::Picture(_) => {}
            }
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }
}

/// A cell as a page writes it.
#[derive(Debug)]
pub(super) struct RawCell {
    pub(super) content: Sink,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Builder {
    rows: Vec<Vec<RawCell>>,
    /// The columns and rows that the open cell says it takes.
    pub(super) span: (usize, usize),
}

impl Builder {
    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn cell(&mut self, content: Sink) {
        let (columns, rows) = self.span;
        if self.rows.is_empty() {
            self.row();
        }
        let cells = self.rows.last_mut().expect("there is a row");
        cells.push(RawCell { content, columns, rows });
    }

    /// Tells whether it only sets a page in order, as websites once did.
    fn is_layout(&self) -> bool {
        let cells = || self.rows.iter().flatten();
        let n_filled = |row: &Vec<RawCell>| row.iter().filter(|cell| !cell.content.blocks.is_empty()).count();
        cells().any(|cell| cell.content.has_heading() || cell.content.blocks.len() > MOST_BLOCKS)
            || cells().count() == 1
            || (cells().any(|cell| cell.content.has_table()) && self.rows.iter().all(|row| n_filled(row) < 2))
    }

    /// Ends the table, which goes into `sink`; `n_merged` counts the cells that merged ones added in this page.
    pub(super) fn finish(self, sink: &mut Sink, n_merged: &mut usize) {
        if self.is_layout() {
            self.rows.into_iter().flatten().for_each(|cell| sink.append(cell.content));
            return;
        }
        let mut pictures = Vec::new();
        let mut rows = Vec::new();
        let mut merged = None;
        // For the column where a cell from above begins: how many columns it takes, and in how many more rows.
        let mut above: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let n_rows = self.rows.len();
        for (index, raw) in self.rows.into_iter().enumerate() {
            let is_empty = raw.iter().all(|cell| cell.content.blocks.is_empty());
            let mut row = Row::default();
            let mut column = 0;
            let mut next = BTreeMap::new();
            for cell in raw {
                go_on(&mut above, &mut next, &mut column, &mut row, |at, column| at == column);
                let text = cell.content.text();
                if cell.content.has_table() {
                    let words: String = text.chars().take(LONGEST_WORDS).collect();
                    sink.find(FindingKind::NestedTable, &words);
                }
                let place = sink.blocks.len();
                sink.findings
                    .extend(cell.content.findings.into_iter().map(|found| Finding { place, ..found }));
                pictures.extend(
                    cell.content.blocks.into_iter().filter(|block| matches!(block, Block::Picture(_))),
                );
                let below = cell.rows.min(n_rows - index).saturating_sub(1);
                let more = cell.columns.saturating_sub(1) + below * cell.columns;
                let is_merged = more > 0 && *n_merged + more <= MOST_MERGED;
                let (columns, below) = if is_merged { (cell.columns, below) } else { (1, 0) };
                if is_merged {
                    *n_merged += more;
                    merged.get_or_insert_with(|| text.clone());
                }
                if below > 0 {
                    next.insert(column, (columns, below));
                }
                row.cells.push(Cell { text, columns, goes_on: false });
                column += columns;
            }
            go_on(&mut above, &mut next, &mut column, &mut row, |_, _| true);
            above = next;
            // A row of nothing is not seen, unless it parts others.
            if !is_empty || row.cells.len() > 1 && !row.cells.iter().all(|cell| cell.goes_on) {
                rows.push(row);
            }
        }
        if let Some(words) = merged {
            sink.find(FindingKind::MergedCells, &words);
        }
        if rows.iter().flat_map(|row| &row.cells).any(|cell| !cell.text.is_empty()) {
            sink.blocks.push(Block::Table(Table { rows }));
        }
        sink.blocks.extend(pictures);
    }
}

/// Lets the cells from above go on in `row` as long as `is_due` says so of where one begins and the column that is next.
fn go_on(
    above: &mut BTreeMap<usize, (usize, usize)>,
    next: &mut BTreeMap<usize, (usize, usize)>,
    column: &mut usize,
    row: &mut Row,
    is_due: impl Fn(usize, usize) -> bool,
) {
    while let Some((at, (columns, rows))) = above.first_key_value().map(|(at, cell)| (*at, *cell)) {
        if at >= *column && !is_due(at, *column) {
            break;
        }
        above.pop_first();
        if rows > 1 {
            next.insert(*column, (columns, rows - 1));
        }
        row.cells.push(Cell { text: String::new(), columns, goes_on: true });
        *column += columns;
    }
}
