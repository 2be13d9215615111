//! A document → pieces: lines of text, tables, pictures.

use crate::document::{Block, Document, Table};

use super::{Line, Piece};

/// Takes a document apart. A line break inside a paragraph parts it into two pieces, as it does on paper.
pub(super) fn pieces(document: &Document) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(document.blocks.len());
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let lines = paragraph.text.split('\n').map(without_tabs).filter(|line| !line.is_empty());
                pieces.extend(lines.map(|words| Piece::Text(Line { words, heading: paragraph.heading })));
            }
            Block::Table(table) => pieces.push(Piece::Table(rows(table))),
            Block::Picture(index) => pieces.push(Piece::Picture(*index)),
        }
    }
    pieces
}

/// Returns a line without white space around it; runs of spaces stay, tabs become spaces.
fn without_tabs(line: &str) -> String {
    line.trim().replace('\t', " ")
}

/// Returns the rows of a table, each as wide as the widest; a cell that takes several columns is followed by empty ones.
fn rows(table: &Table) -> Vec<Vec<String>> {
    let row = |row: &crate::document::Row| -> Vec<String> {
        let mut cells = Vec::new();
        for cell in &row.cells {
            let words: Vec<&str> = cell.text.split_whitespace().collect();
            cells.push(words.join(" "));
            cells.extend(std::iter::repeat_n(String::new(), cell.columns.saturating_sub(1)));
        }
        cells
    };
    let mut rows: Vec<Vec<String>> = table.rows.iter().map(row).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    for row in &mut rows {
        row.resize(width, String::new());
    }
    rows
}
