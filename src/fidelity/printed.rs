//! The text of a notice as its pages must show it: line by line, each with its place in the sources.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Location, SourcePath};
use crate::markdown::{self, Block, HtmlOptions, Inline};
use crate::notice::{LedgerRow, Notice, Part};
use crate::reading::{self, Reading, Trouble, is_space};

/// One paragraph, heading, cell or entry of a notice.
#[derive(Debug, Clone)]
pub(crate) struct PrintedLine<'a> {
    /// The words; white space is single spaces.
    pub(crate) text: String,
    /// The cell of a table in which it stands.
    pub(crate) cell: Option<Cell>,
    source: &'a SourcePath,
    /// Where the words come from, each with the byte of `text` at which it begins.
    origins: Vec<(usize, Origin<'a>)>,
}

/// A cell of a table, by indexes from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The table among those of the notice.
    pub(crate) table: usize,
    /// The head is row 0.
    pub(crate) row: usize,
    pub(crate) column: usize,
}

/// A table of the notice.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) n_columns: usize,
    pub(crate) has_empty_cell: bool,
    pub(crate) location: Location,
}

/// Where a stretch of words is written.
#[derive(Debug, Clone)]
enum Origin<'a> {
    /// One line of running text: the text, and which of its lines.
    Inline(&'a Inline, usize),
    /// A value of the front matter.
    Value(&'a str, Range<usize>),
    /// Somewhere in a table or list.
    Block(Range<usize>),
}

impl<'a> PrintedLine<'a> {
    /// Returns the place of the bytes `range` of the text.
    pub(crate) fn location(&self, range: Range<usize>) -> Location {
        let start = self.place(range.start);
        let end = if range.is_empty() { start.clone() } else { self.place(range.end - 1) };
        Location::new(self.source, start.start..end.end.max(start.start))
    }

    /// The file.
    pub(crate) fn source(&self) -> &'a SourcePath {
        self.source
    }

    /// Tells whether each character has a place of its own, and not the whole table or list in which it stands.
    pub(crate) fn is_exact(&self) -> bool {
        !self.origins.iter().any(|(_, origin)| matches!(origin, Origin::Block(_)))
    }

    /// Tells whether it is running text, which blank lines divide into paragraphs; headings, cells and entries are not.
    pub(crate) fn is_running_text(&self) -> bool {
        self.origins.iter().all(|(_, origin)| matches!(origin, Origin::Inline(..)))
    }

    /// Tells whether it is a heading whose last sign says that the text may go on behind it in the same line: it stands on a
    /// line of its own here, and need not do so in the approved text.
    pub(crate) fn may_run_in(&self) -> bool {
        let is_value = self.origins.iter().all(|(_, origin)| matches!(origin, Origin::Value(..)));
        is_value && self.text.ends_with(['。', '：', ':', '；'])
    }

    /// Returns, for each character, where it is written; `last` remembers the text that several lines may share.
    pub(crate) fn offsets(&self, last: &mut Option<InlinePlaces<'a>>) -> Vec<usize> {
        let mut offsets = Vec::with_capacity(self.text.len());
        for (index, (start, origin)) in self.origins.iter().enumerate() {
            let end = self.origins.get(index + 1).map_or(self.text.len(), |(next, _)| *next);
            let n_characters = self.text.get(*start..end).unwrap_or_default().chars().count();
            let wanted = offsets.len() + n_characters;
            match origin {
                Origin::Inline(inline, line) => {
                    let places = match last.take() {
                        Some(places) if std::ptr::eq(places.inline, *inline) => places,
                        _ => InlinePlaces::new(inline),
                    };
                    push_without_spaces(places.lines.get(*line).map_or(&[], Vec::as_slice), &mut offsets);
                    *last = Some(places);
                }
                Origin::Value(text, range) if range.len() == text.len() => {
                    let written: Vec<(char, usize)> =
                        text.char_indices().map(|(index, c)| (c, range.start + index)).collect();
                    push_without_spaces(&written, &mut offsets);
                }
                Origin::Value(_, range) | Origin::Block(range) => offsets.resize(wanted, range.start),
            }
            let end = offsets.last().copied().unwrap_or_default();
            offsets.resize(wanted, end);
        }
        offsets
    }

    /// Returns the bytes of the file that the character at `offset` is written with.
    fn place(&self, offset: usize) -> Range<usize> {
        let index = self.origins.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        let Some((start, origin)) = self.origins.get(index) else { return 0..0 };
        match origin {
            Origin::Inline(inline, line) => {
                let text = inline.plain_text();
                let base: usize = text.split('\n').take(*line).map(|line| line.len() + 1).sum();
                let line = text.split('\n').nth(*line).unwrap_or_default();
                let within = written_offset(line, offset - start);
                let place = inline.source_offset(base + within);
                let length =
                    line.get(within..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                place..place + length
            }
            Origin::Value(text, range) if range.len() == text.len() => {
                let within = written_offset(text, offset - start);
                let length =
                    text.get(within..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                range.start + within..range.start + within + length
            }
            Origin::Value(_, range) | Origin::Block(range) => range.clone(),
        }
    }
}

/// A running text, line by line, each character with the byte at which it is written.
pub(crate) struct InlinePlaces<'a> {
    inline: &'a Inline,
    lines: Vec<Vec<(char, usize)>>,
}

impl<'a> InlinePlaces<'a> {
    fn new(inline: &'a Inline) -> Self {
        let written: Vec<(char, usize)> = inline.plain_text().chars().zip(inline.source_offsets()).collect();
        Self { inline, lines: written.split(|(c, _)| *c == '\n').map(<[_]>::to_vec).collect() }
    }
}

/// Adds the places of those characters that [`with_single_spaces`] keeps, and perhaps of one space behind them.
fn push_without_spaces(written: &[(char, usize)], offsets: &mut Vec<usize>) {
    let mut last_was_space = true;
    for (character, offset) in written {
        let is_space = is_space(*character);
        if !(is_space && last_was_space) {
            offsets.push(*offset);
        }
        last_was_space = is_space;
    }
}

/// Returns `text` with white space as a browser shows it: none at the ends, single spaces inside.
fn with_single_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Returns the byte of `text` at which the character stands that is at `offset` of [`with_single_spaces`].
fn written_offset(text: &str, offset: usize) -> usize {
    let mut reached = 0;
    let mut last_was_space = true;
    for (index, character) in text.char_indices() {
        let is_space = is_space(character);
        if is_space && last_was_space {
            continue;
        }
        if reached >= offset {
            return index;
        }
        reached += if is_space { 1 } else { character.len_utf8() };
        last_was_space = is_space;
    }
    text.len()
}

/// The text of a notice.
#[derive(Debug, Default)]
pub(crate) struct NoticeText<'a> {
    /// All lines in the order of the page.
    pub(crate) lines: Vec<PrintedLine<'a>>,
    /// For each section, its lines.
    sections: Vec<Range<usize>>,
    /// The lines of signature and date that the site sets.
    pub(crate) signature: Range<usize>,
    /// The lines in front of which something may be missing, because a file could not be read.
    gaps: BTreeSet<usize>,
    /// The tables in reading order.
    pub(crate) tables: Vec<Table>,
    /// What browsers do not show as it is written.
    pub(crate) troubles: Vec<(Location, Trouble)>,
}

impl<'a> NoticeText<'a> {
    /// Collects the lines of `notice`.
    pub(crate) fn new(notice: &'a Notice) -> Self {
        let mut collector = Collector { source: &notice.opening.source, text: Self::default() };
        collector.gap_unless(notice.opening.is_whole);
        if notice.title_is_approved() {
            collector.value(&notice.title.value, &notice.title.location);
        }
        collector.parts(&notice.opening.body);
        collector.gap_unless(notice.opening.is_whole);
        let n_before_signature = notice.n_before_signature();
        for (index, section) in notice.sections.iter().enumerate() {
            if index == n_before_signature {
                collector.signature(notice);
            }
            if let Some(row) = &section.row {
                let lines = collector.lines_of_row(notice, row);
                collector.text.sections.push(lines);
                continue;
            }
            let start = collector.text.lines.len();
            collector.source = &section.passage.source;
            collector.gap_unless(section.passage.is_whole);
            if let Some(heading) = &section.heading {
                collector.value(&heading.value, &heading.location);
            }
            collector.parts(&section.passage.body);
            collector.gap_unless(section.passage.is_whole);
            let end = collector.text.lines.len();
            collector.text.sections.push(start..end);
        }
        if n_before_signature == notice.sections.len() {
            collector.signature(notice);
        }
        collector.text
    }

    /// Tells whether something may be missing in front of one of the lines `range`, or right behind them.
    pub(crate) fn has_gap(&self, range: Range<usize>) -> bool {
        self.gaps.range(range.start..=range.end).next().is_some()
    }

    /// Returns which lines are those of the section at `index`.
    pub(crate) fn lines_of(&self, index: usize) -> Range<usize> {
        self.sections[index].clone()
    }

    /// Tells whether nothing is missing.
    pub(crate) fn is_whole(&self) -> bool {
        self.gaps.is_empty()
    }

    /// Returns the lines of the section at `index`.
    pub(crate) fn section(&self, index: usize) -> &[PrintedLine<'a>] {
        self.lines.get(self.sections[index].clone()).expect("the range was taken from these lines")
    }
}

/// Tells whether the words of `inline` end in white space.
fn ends_with_space(inline: &Inline) -> bool {
    inline.plain_text().ends_with(is_space)
}

/// Adds to the text of a notice what a file says, one after the other.
struct Collector<'a> {
    source: &'a SourcePath,
    text: NoticeText<'a>,
}

impl<'a> Collector<'a> {
    fn gap_unless(&mut self, is_whole: bool) {
        if !is_whole {
            self.text.gaps.insert(self.text.lines.len());
        }
    }

    /// Adds the lines that the site sets under the text.
    fn signature(&mut self, notice: &'a Notice) {
        self.source = &notice.opening.source;
        let start = self.text.lines.len();
        for signer in &notice.signers {
            self.value(&signer.value, &signer.location);
        }
        if let Some(date) = notice.date.as_ref().filter(|_| !notice.signers.is_empty()) {
            self.value(date.value.printed(), &date.location);
        }
        self.text.signature = start..self.text.lines.len();
        self.gap_unless(notice.opening.is_whole);
    }

    fn parts(&mut self, parts: &'a [Part]) {
        for part in parts {
            match part {
                Part::Measure(measure) => {
                    let start = self.text.lines.len();
                    if let Some(lead) = &measure.lead {
                        self.inline(lead);
                    }
                    let after_lead = self.text.lines.len();
                    self.parts(&measure.parts);
                    if measure.is_run_in {
                        let ends_with_space = measure.lead.as_ref().is_some_and(ends_with_space);
                        self.join(start, after_lead, ends_with_space);
                    }
                }
                Part::Paragraph(paragraph) => {
                    let start = self.text.lines.len();
                    if let Some(label) = &paragraph.label {
                        self.inline(label);
                    }
                    let after_label = self.text.lines.len();
                    self.inline(&paragraph.text);
                    self.join(start, after_label, paragraph.label.as_ref().is_some_and(ends_with_space));
                }
                Part::Block(block) => self.block(block),
            }
        }
    }

    /// Joins the line at `second` to the one before it, if there is one at or behind `start`; `has_space` if a space parts
    /// them.
    fn join(&mut self, start: usize, second: usize, has_space: bool) {
        if second > start && second < self.text.lines.len() {
            let rest = self.text.lines.remove(second);
            let line = &mut self.text.lines[second - 1];
            if has_space {
                line.text.push(' ');
            }
            let shift = line.text.len();
            line.text.push_str(&rest.text);
            line.origins.extend(rest.origins.into_iter().map(|(at, origin)| (at + shift, origin)));
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        let text = inline.plain_text();
        for (index, line) in text.split('\n').enumerate() {
            self.push(with_single_spaces(line), Origin::Inline(inline, index));
        }
    }

    fn value(&mut self, text: &'a str, location: &Location) {
        let range = location.range.clone().unwrap_or(0..0);
        self.push(with_single_spaces(text), Origin::Value(text, range));
    }

    /// A table or list is written and read back, so that its lines are those of the page; its place is the block's, and
    /// that of a cell the cell's.
    fn block(&mut self, block: &'a Block) {
        let blocks = std::slice::from_ref(block);
        let mut next = self.text.lines.len();
        let reading = read_back(|options, html| markdown::write_blocks(blocks, options, html));
        let location = Location::new(self.source, block.range.clone());
        self.text.troubles.extend(reading.troubles.into_iter().map(|trouble| (location.clone(), trouble)));
        for line in reading.lines {
            self.push(line, Origin::Block(block.range.clone()));
        }
        for (table, range) in markdown::tables(blocks) {
            next = self.cells(table, range, next);
        }
    }

    /// Finds the cells of a table among the lines from `start` on; returns the line behind them.
    fn cells(&mut self, table: &markdown::Table, range: Range<usize>, start: usize) -> usize {
        let mut cells: Vec<(String, Cell, Range<usize>)> = Vec::new();
        let mut has_empty_cell = false;
        for (row, of_row) in std::iter::once(&table.head).chain(&table.rows).enumerate() {
            for (column, inline) in of_row.iter().enumerate() {
                let lines = read_back(|options, html| markdown::write_inline(inline, options, html)).lines;
                has_empty_cell |= lines.is_empty();
                let cell = Cell { table: self.text.tables.len(), row, column };
                cells.extend(lines.into_iter().map(|line| (line, cell, inline.range())));
            }
        }
        let (n_columns, location) = (table.head.len(), Location::new(self.source, range));
        self.text.tables.push(Table { n_columns, has_empty_cell, location });
        let rest = self.text.lines.get(start..).unwrap_or_default();
        let is_here =
            |lines: &[PrintedLine<'_>]| lines.iter().zip(&cells).all(|(line, (text, ..))| line.text == *text);
        let Some(at) = rest.windows(cells.len().max(1)).position(is_here) else { return start };
        let lines = self.text.lines.iter_mut().skip(start + at);
        for (line, (_, cell, range)) in lines.zip(&cells) {
            line.cell = Some(*cell);
            line.origins = vec![(0, Origin::Block(range.clone()))];
        }
        start + at + cells.len()
    }

    /// Finds the lines of an item among those of the ledger in which its rows stand.
    fn lines_of_row(&self, notice: &Notice, row: &LedgerRow) -> Range<usize> {
        let of_ledger = row.ledger.section().and_then(|ledger| self.text.sections.get(ledger));
        let table = notice.section(row.ledger).and_then(|ledger| ledger.ledger_block(row.table));
        let (Some(of_ledger), Some(block)) = (of_ledger, table) else { return 0..0 };
        let is_meant = |table: &Table| {
            table.location.range.as_ref() == Some(&block.range) && table.location.path == *self.source
        };
        let Some(table) = self.text.tables.iter().rposition(is_meant) else { return 0..0 };
        // The head is row 0.
        let rows = row.rows.start + 1..row.rows.end + 1;
        let is_of_row = |line: &PrintedLine<'_>| {
            line.cell.is_some_and(|cell| cell.table == table && rows.contains(&cell.row))
        };
        // Rows come in their order, so what is in front of the last one need not be looked at again.
        let last = self.text.sections.last().filter(|last| of_ledger.contains(&last.start));
        let from = last.map_or(of_ledger.start, |last| if last == of_ledger { last.start } else { last.end });
        let lines = self.text.lines.get(from..of_ledger.end).unwrap_or_default();
        let Some(first) = lines.iter().position(is_of_row) else { return 0..0 };
        let n = lines.iter().skip(first).take_while(|line| is_of_row(line)).count();
        from + first..from + first + n
    }

    fn push(&mut self, text: String, origin: Origin<'a>) {
        if !text.is_empty() {
            self.text.lines.push(PrintedLine {
                text,
                cell: None,
                source: self.source,
                origins: vec![(0, origin)],
            });
        }
    }
}

/// Returns the lines that a page shows of what `write` writes.
fn read_back(write: impl FnOnce(&HtmlOptions<'_>, &mut String)) -> Reading {
    let options = HtmlOptions {
        resolve: &|address| Cow::Borrowed(address),
        size: &|_| None,
        mark: &|_| None,
        id_prefix: "",
        footnotes: "",
        heading_shift: 1,
        rows: None,
    };
    let mut html = String::new();
    write(&options, &mut html);
    reading::read(html.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{with_single_spaces, written_offset};

    #[test]
    fn offsets_survive_the_folding_of_spaces() {
        let text = "\u{3000}\u{3000}用权  、涵养 ";
        let folded = with_single_spaces(text);
        assert_eq!(folded, "用权 、涵养");
        for (index, character) in folded.char_indices() {
            let written = text.get(written_offset(text, index)..).unwrap().chars().next().unwrap();
            assert!(written == character || character == ' ', "{index}");
        }
    }
}
