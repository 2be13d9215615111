//! Tables of problems (整改清单): what their columns say, and which rows are an item.

use std::ops::Range;

use super::{Notice, Part, PassageId, Printing, Section};
use crate::markdown::{Block, BlockKind, Inline, Table};
use crate::text::width;

/// What a column of a ledger says of each item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerColumn {
    /// The number of the item (序号).
    Number,
    /// The problem.
    Problem,
    /// What was or will be done about it.
    Measures,
    /// The units that are responsible.
    Responsible,
    /// By when it is to be done.
    Due,
    /// How far it is.
    Status,
    /// Anything else.
    Other,
}

impl LedgerColumn {
    /// The word by which templates call it: `number`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Problem => "problem",
            Self::Measures => "measures",
            Self::Responsible => "responsible",
            Self::Due => "due",
            Self::Status => "status",
            Self::Other => "other",
        }
    }
}

/// A table whose rows are items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerTable {
    /// The place of the table among the parts of its section, from 0.
    pub part: usize,
    /// What each of its columns says.
    pub columns: Vec<LedgerColumn>,
    /// The unit of each column that stands above the table and not in its head.
    pub units: Vec<Option<String>>,
}

impl LedgerTable {
    /// Tells whether one of its columns says this.
    pub fn has(&self, column: LedgerColumn) -> bool {
        self.columns.contains(&column)
    }
}

/// The rows of a ledger that tell of one item: several where its measures have a row each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// The ledger.
    pub ledger: PassageId,
    /// Which of the [`Section::tables`] of the ledger.
    pub table: usize,
    /// Its rows there, from 0, the head not counted.
    pub rows: Range<usize>,
    /// Their bytes in the file.
    pub range: Range<usize>,
    /// How many measures they list.
    pub n_measures: usize,
}

/// A cell of an item that is told by rows of a ledger.
#[derive(Debug, Clone, Copy)]
pub struct LedgerCell<'a> {
    /// What its column says.
    pub column: LedgerColumn,
    /// The head of its column.
    pub head: &'a Inline,
    /// The unit of its column that stands above the table and not in the head; `None` for words, which have none.
    pub unit: Option<&'a str>,
    /// Its words; never empty.
    pub text: &'a Inline,
    /// Whether it is the first of its row.
    pub begins_row: bool,
}

impl Section {
    /// Returns the rows that it is of this ledger.
    fn row_of(&self, ledger: PassageId) -> Option<&LedgerRow> {
        self.row.as_ref().filter(|row| row.ledger == ledger)
    }

    /// Returns the block of the nth of its tables whose rows are items.
    pub fn ledger_block(&self, n: usize) -> Option<&Block> {
        match self.passage.body.get(self.tables.get(n)?.part)? {
            Part::Block(block) => Some(block),
            Part::Measure(_) | Part::Paragraph(_) => None,
        }
    }

    /// Returns the nth of its tables whose rows are items, with what the text has there.
    pub fn ledger_table(&self, n: usize) -> Option<(&LedgerTable, &Table)> {
        match &self.ledger_block(n)?.kind {
            BlockKind::Table(of_text) => Some((self.tables.get(n)?, of_text)),
            _ => None,
        }
    }
}

impl Notice {
    /// Returns the items that the rows of a ledger are, each with its place among the sections; none if it is no ledger.
    pub fn rows_of(&self, ledger: PassageId) -> impl Iterator<Item = (usize, &Section, &LedgerRow)> {
        let behind = self.sections.iter().enumerate().skip(ledger.section().map_or(usize::MAX, |at| at + 1));
        behind.map_while(move |(index, item)| Some((index, item, item.row_of(ledger)?)))
    }

    /// Returns the place among the sections of the item that prints a figure; `None` if no item does.
    pub fn item_of(&self, printing: Printing) -> Option<usize> {
        let section = printing.passage.section()?;
        if self.sections.get(section)?.item_number.is_some() {
            return Some(section);
        }
        let at = self.figure(printing).range.start;
        let ledger = printing.passage;
        // Rows stand in the order of the text.
        let behind = self.sections.get(section + 1..)?;
        let ends_before = |item: &Section| item.row_of(ledger).is_some_and(|row| row.range.end <= at);
        let place = behind.partition_point(ends_before);
        behind.get(place)?.row_of(ledger)?.range.contains(&at).then_some(section + 1 + place)
    }

    /// Lists the cells of an item that is told by rows of a ledger, row by row, without empty ones.
    pub fn cells_of(&self, row: &LedgerRow) -> Vec<LedgerCell<'_>> {
        let ledger = self.section(row.ledger);
        let Some((table, of_text)) = ledger.and_then(|ledger| ledger.ledger_table(row.table)) else {
            return Vec::new();
        };
        let rows = of_text.rows.get(row.rows.clone()).unwrap_or_default();
        let columns = || table.columns.iter().zip(&table.units).zip(&of_text.head);
        let mut all = Vec::new();
        for cells in rows {
            let filled = columns().zip(cells).filter(|(_, text)| !text.plain_text().trim().is_empty());
            for (index, (((column, unit), head), text)) in filled.enumerate() {
                let has_number = text.plain_text().contains(width::is_digit);
                let unit = unit.as_deref().filter(|_| has_number);
                all.push(LedgerCell { column: *column, head, unit, text, begins_row: index == 0 });
            }
        }
        all
    }
}
