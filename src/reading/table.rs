//! Where the parts of one table are shown: head and foot have their places, and a cell may reach over several.

use super::trouble::{Trouble, TroubleKind};

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The latest part, in the order in which browsers show them.
    part: u8,
    /// For each column, in how many more rows a cell from above takes it, this row included.
    taken: Vec<i32>,
    /// The column that the next cell of the row would be in.
    column: usize,
}

impl Table {
    /// Takes the start of the part `name`, which stands directly in the table or not; `columns` and `rows` are what a cell
    /// says that it takes.
    pub(super) fn take(
        &mut self,
        name: &[u8],
        is_in_table: bool,
        columns: Option<i32>,
        rows: Option<i32>,
    ) -> Result<(), Trouble> {
        match name {
            b"td" | b"th" => {
                // The bounds are those of the HTML standard.
                let columns = usize::try_from(columns.unwrap_or(1)).unwrap_or(1).clamp(1, 1000);
                let rows = match rows {
                    Some(0) => i32::MAX,
                    rows => rows.unwrap_or(1).clamp(1, 65_534),
                };
                return self.cell(columns, rows).ok_or_else(|| Trouble::of(TroubleKind::Overlapping, name));
            }
            b"tr" => {
                self.column = 0;
                for rows in &mut self.taken {
                    *rows = rows.saturating_sub(1).max(0);
                }
            }
            b"thead" | b"tbody" | b"tfoot" => self.taken.clear(),
            _ => {}
        }
        let (part, is_single) = match name {
            _ if !is_in_table => return Ok(()),
            b"caption" => (1, true),
            b"col" | b"colgroup" => (2, false),
            b"thead" => (3, true),
            b"tbody" | b"tr" => (4, false),
            b"tfoot" => (5, true),
            _ => return Ok(()),
        };
        let is_in_order = self.part < part || (self.part == part && !is_single);
        self.part = self.part.max(part);
        if is_in_order { Ok(()) } else { Err(Trouble::moved(name, b"table")) }
    }

    /// Takes a cell of that many columns and rows; `None` if it reaches over another.
    fn cell(&mut self, columns: usize, rows: i32) -> Option<()> {
        while self.taken.get(self.column).is_some_and(|rows| *rows > 0) {
            self.column += 1;
        }
        let start = self.column;
        self.column += columns;
        if self.taken.len() < self.column {
            self.taken.resize(self.column, 0);
        }
        let mut is_free = true;
        for taken in self.taken.iter_mut().take(self.column).skip(start) {
            is_free &= *taken == 0;
            *taken = (*taken).max(rows);
        }
        is_free.then_some(())
    }
}
