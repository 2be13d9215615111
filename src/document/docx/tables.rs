//! Tables: rows and cells, with those that are merged.

use super::super::{Block, Cell, FindingKind, Refusal, Row, Table};
use super::body::{Walker, words_of};
use super::story::{self, Story};
use super::xml::Element;

/// The most columns that Word has.
const MOST_COLUMNS: usize = 63;

impl<'a> Walker<'a, '_> {
    /// Reads a table.
    pub(super) fn table(&mut self, element: &'a Element, story: &mut Story<'a>) -> Result<(), Refusal> {
        self.close(story)?;
        if self.n_tables > 0 {
            self.find(FindingKind::NestedTable, &words_of(element));
        }
        self.n_tables += 1;
        let mut table = Table::default();
        let mut pictures = Vec::new();
        let mut rows = Vec::new();
        unwrapped(element, "tr", &mut rows);
        for row in rows {
            self.row(row, &mut table, &mut pictures)?;
        }
        self.n_tables -= 1;
        let mut cells = table.rows.iter().flat_map(|row| &row.cells);
        let is_seen = cells.clone().any(|cell| !cell.text.trim().is_empty());
        if is_seen {
            let is_merged = cells.any(|cell| cell.goes_on || cell.columns > 1 && !cell.text.is_empty());
            if is_merged {
                self.find(FindingKind::MergedCells, "");
            }
            self.push(Block::Table(table), story);
        }
        for index in pictures {
            self.push(Block::Picture(index), story);
        }
        self.add_notes(story)
    }

    fn row(
        &mut self,
        element: &'a Element,
        table: &mut Table,
        pictures: &mut Vec<usize>,
    ) -> Result<(), Refusal> {
        let properties = element.child("trPr");
        let has = |name: &str| properties.is_some_and(|all| all.child(name).is_some());
        let is_hidden = properties.and_then(|all| all.switch("hidden")) == Some(true);
        if has("del") || is_hidden {
            let kind = if is_hidden { FindingKind::Hidden } else { FindingKind::Deleted };
            self.find_words(element, kind);
            return Ok(());
        }
        let gap = |name: &str| properties.and_then(|all| all.number(name)).map_or(0, columns);
        let is_inserted = has("ins");
        self.n_inserted += usize::from(is_inserted);
        let mut row = Row::default();
        add_gap(gap("gridBefore"), &mut row);
        let mut cells = Vec::new();
        unwrapped(element, "tc", &mut cells);
        for cell in cells {
            self.cell(cell, !table.rows.is_empty(), &mut row, pictures)?;
        }
        add_gap(gap("gridAfter"), &mut row);
        self.n_inserted -= usize::from(is_inserted);
        if !row.cells.is_empty() {
            table.rows.push(row);
        }
        Ok(())
    }

    fn cell(
        &mut self,
        element: &'a Element,
        has_row_above: bool,
        row: &mut Row,
        pictures: &mut Vec<usize>,
    ) -> Result<(), Refusal> {
        let properties = element.child("tcPr");
        let property = |name: &str| properties.and_then(|all| all.child(name));
        if property("cellDel").is_some() {
            self.find_words(element, FindingKind::Deleted);
            return Ok(());
        }
        let goes_on =
            |name: &str| property(name).is_some_and(|merge| merge.attribute("val") != Some("restart"));
        let width = properties.and_then(|all| all.number("gridSpan")).map_or(1, columns).max(1);
        if goes_on("hMerge")
            && let Some(before) = row.cells.last_mut()
        {
            before.columns = (before.columns + width).min(MOST_COLUMNS);
            self.find_words(element, FindingKind::Hidden);
            return Ok(());
        }
        if goes_on("vMerge") && has_row_above {
            self.find_words(element, FindingKind::Hidden);
            row.cells.push(Cell { text: String::new(), columns: width, goes_on: true });
            return Ok(());
        }
        let is_inserted = property("cellIns").is_some();
        self.n_inserted += usize::from(is_inserted);
        let mut inside = Story::default();
        self.blocks(element, &mut inside)?;
        self.close(&mut inside)?;
        self.n_inserted -= usize::from(is_inserted);
        let (text, more) = story::lines(&inside.blocks);
        pictures.extend(more);
        row.cells.push(Cell { text, columns: width, goes_on: false });
        Ok(())
    }

    fn find_words(&mut self, element: &Element, kind: FindingKind) {
        let words = words_of(element);
        if !words.trim().is_empty() {
            self.find(kind, &words);
        }
    }
}

fn columns(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default().min(MOST_COLUMNS)
}

fn add_gap(n_columns: usize, row: &mut Row) {
    if n_columns > 0 {
        row.cells.push(Cell { text: String::new(), columns: n_columns, goes_on: false });
    }
}

/// Collects the rows or cells of an element, those inside of controls and tags among them.
fn unwrapped<'a>(element: &'a Element, name: &str, found: &mut Vec<&'a Element>) {
    for inside in element.elements() {
        match inside.name() {
            own if own == name => found.push(inside),
            "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" | "moveTo" => {
                unwrapped(inside, name, found);
            }
            _ => {}
        }
    }
}
