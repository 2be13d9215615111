//! The words of a section, as they are searched for figures: all lines in one text, with the way back to the file.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::table::{Cell, CellNumber, Cells};
use crate::figure::{NoFigure, NumberKind, Quantity, WrittenNumber, scan, separates};
use crate::markdown::Inline;
use crate::text::{numeral, sentence, width};

/// A longer sentence, in bytes, is cut around the figure.
const LONGEST_SENTENCE: usize = 1_800;

/// The lines of a section, joined.
#[derive(Default)]
pub(crate) struct Words {
    /// The lines, each ended by `\n`.
    pub(crate) text: String,
    /// Where each line begins in `text`.
    starts: Vec<usize>,
    /// Everything written with a number, in reading order; ranges are in `text`.
    pub(crate) numbers: Vec<WrittenNumber>,
    /// The rows of tables.
    rows: Vec<Range<usize>>,
    /// The cells of these rows by where they begin in `text`: their head, and whether they say what their row is about.
    cells: BTreeMap<usize, (Arc<str>, bool)>,
    /// The names of the cells that a number fills, by where they begin in `text`.
    names: BTreeMap<usize, String>,
}

impl Words {
    /// Joins and scans `lines`; `cells` are those lines that tables say more about.
    pub(crate) fn new(lines: &[&mut Inline], cells: &Cells) -> Self {
        let length = lines.iter().map(|line| line.plain_length() + 1).sum();
        let mut words = Self {
            text: String::with_capacity(length),
            starts: Vec::with_capacity(lines.len()),
            ..Self::default()
        };
        let mut last_row = None;
        for line in lines {
            let text = line.plain_text();
            let Some(cell) = cells.get(&line.range().start).filter(|_| !text.is_empty()) else {
                words.push(&text);
                continue;
            };
            let start = words.text.len();
            words.push_cell(&text, cell);
            let end = words.text.len() - 1;
            match words.rows.last_mut().filter(|_| last_row == Some(cell.row)) {
                Some(row) => row.end = end,
                None => words.rows.push(start..end),
            }
            last_row = Some(cell.row);
            words.cells.insert(start, (cell.head.clone(), cell.names_row));
            if cell.number.is_some() {
                words.names.insert(start, cell.name.clone());
            }
        }
        words
    }

    fn push_cell(&mut self, text: &str, cell: &Cell) {
        let kind = match &cell.number {
            None => {
                let first = self.numbers.len();
                self.push(text);
                for number in self.numbers.iter_mut().skip(first) {
                    if number.kind == NumberKind::Other(NoFigure::NoUnit) {
                        number.kind = NumberKind::Other(NoFigure::NoUnitInTable);
                    }
                }
                return;
            }
            Some(CellNumber::Position) => NumberKind::Other(NoFigure::Numbering),
            Some(CellNumber::Figure(quantity)) => NumberKind::Figure(quantity.clone()),
        };
        let number = text.trim();
        let start = self.text.len() + (text.len() - text.trim_start().len());
        self.numbers.push(WrittenNumber { range: start..start + number.len(), kind });
        self.push_line(text);
    }

    /// Scans one line that stands alone.
    pub(crate) fn of_line(line: &str) -> Self {
        let mut words = Self::default();
        words.push(line);
        words
    }

    fn push(&mut self, line: &str) {
        let start = self.text.len();
        self.numbers.extend(scan(line).into_iter().map(|one| WrittenNumber {
            range: start + one.range.start..start + one.range.end,
            kind: one.kind,
        }));
        self.push_line(line);
    }

    fn push_line(&mut self, line: &str) {
        self.starts.push(self.text.len());
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(crate) fn line(&self, index: usize) -> &str {
        let start = self.starts.get(index).copied().unwrap_or(self.text.len());
        let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
        self.get(&(start..end)).strip_suffix('\n').unwrap_or_default()
    }

    pub(crate) fn get(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Returns the line that holds `at`, and where it begins.
    pub(crate) fn line_at(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        (line, self.starts.get(line).copied().unwrap_or_default())
    }

    /// Returns the bytes of the file that show `range`.
    pub(crate) fn in_file(&self, range: &Range<usize>, lines: &[&mut Inline]) -> Range<usize> {
        let (line, start) = self.line_at(range.start);
        let Some(line) = lines.get(line) else { return 0..0 };
        let first = line.source_offset(range.start - start);
        // The last character leads to its own end, not to where the next one begins behind some markup.
        let last = self.get(range).chars().next_back().map_or(0, char::len_utf8);
        let end = line.source_offset(range.end - last - start) + last;
        first..end.max(first)
    }

    /// Returns what is written with a number and ends at `at` or in front of it, the nearest first.
    pub(crate) fn numbers_before(&self, at: usize) -> impl Iterator<Item = &WrittenNumber> {
        let end = self.numbers.partition_point(|found| found.range.end <= at);
        self.numbers.iter().take(end).rev()
    }

    /// Returns what is written with a number and begins at `at` or behind it, the nearest first.
    pub(crate) fn numbers_from(&self, at: usize) -> impl Iterator<Item = &WrittenNumber> {
        let start = self.numbers.partition_point(|found| found.range.start < at);
        self.numbers.iter().skip(start)
    }

    /// Returns the first figure or other number at `at` or behind it, if it is a figure.
    pub(crate) fn quantity_from(&self, at: usize) -> Option<&Quantity> {
        self.numbers_from(at).next()?.kind.quantity()
    }

    /// Returns the row of a table that holds `at`.
    pub(crate) fn row_at(&self, at: usize) -> Option<&Range<usize>> {
        let next = self.rows.partition_point(|row| row.end < at);
        self.rows.get(next).filter(|row| row.start <= at)
    }

    /// Returns the tables, row by row: where each cell begins that is not empty, and the head of its column. An empty cell at
    /// the end of a row makes two tables of one.
    pub(crate) fn tables(&self) -> Vec<Vec<Vec<(usize, &str)>>> {
        let cells = |row: &Range<usize>| {
            self.cells.range(row.clone()).map(|(start, (head, _))| (*start, head.as_ref())).collect()
        };
        let tables = self.rows.chunk_by(|one, next| one.end + 1 == next.start);
        tables.map(|rows| rows.iter().map(cells).collect()).collect()
    }

    /// Returns what the row and the column of the number at `at` are called, if it fills a cell: 城关追缴金额.
    pub(crate) fn name_of_cell(&self, at: usize) -> Option<&str> {
        self.names.get(&self.line_at(at).1).map(String::as_str)
    }

    /// Returns the sentence around `range`; semicolons also end one. In a table it is the row.
    ///
    /// Unlike [`sentence::around`], it looks as far to one side as to both.
    pub(crate) fn sentence(&self, range: &Range<usize>) -> Range<usize> {
        if let Some(row) = self.row_at(range.start).filter(|row| row.len() <= LONGEST_SENTENCE) {
            return row.clone();
        }
        let first = self.text.floor_char_boundary(range.start.saturating_sub(LONGEST_SENTENCE));
        let last = self.text.ceil_char_boundary(range.end.saturating_add(LONGEST_SENTENCE));
        let before = self.get(&(first..range.start)).rsplit(sentence::ends_sentence).next();
        let behind = self.get(&(range.end..last)).split_inclusive(sentence::ends_sentence).next();
        let start = range.start - before.map_or(0, str::len);
        let end = range.end + behind.map_or(0, str::len);
        if end - start > LONGEST_SENTENCE {
            return sentence::around(&self.text, range.clone(), sentence::ends_sentence);
        }
        let whole = self.get(&(start..end));
        let start = end - whole.trim_start().len();
        start.min(range.start)..(start + whole.trim().len()).max(range.end)
    }

    /// Returns the sentence around a figure as readers are shown it, and where the figure stands in it. Of a row of a table that
    /// is the cells that have a figure, behind the one that says what the row is about, each with its head: 地区：城关；金额：3万元.
    pub(crate) fn quoted(&self, range: &Range<usize>) -> (String, Range<usize>) {
        let whole = self.sentence(range);
        let of_row = self
            .row_at(range.start)
            .filter(|row| **row == whole)
            .and_then(|_| self.quoted_row(&whole, range));
        // The cells of a row stand on lines of their own.
        of_row.unwrap_or_else(|| {
            (self.get(&whole).replace('\n', " "), range.start - whole.start..range.end - whole.start)
        })
    }

    fn quoted_row(&self, row: &Range<usize>, range: &Range<usize>) -> Option<(String, Range<usize>)> {
        let mut quoted = String::new();
        let mut place = None;
        for (start, (head, names_row)) in self.cells.range(row.clone()) {
            let cell = self.line(self.line_at(*start).0);
            let end = start + cell.len();
            let mut numbers = self.numbers_from(*start).take_while(|found| found.range.end <= end);
            let is_meant = (*start..end).contains(&range.start);
            if !is_meant && !names_row && !numbers.any(|found| found.kind.quantity().is_some()) {
                continue;
            }
            if quoted.len() + head.len() + cell.len() > LONGEST_SENTENCE {
                return None;
            }
            if !quoted.is_empty() && !quoted.ends_with(sentence::ends_sentence) {
                quoted.push('；');
            }
            if !head.is_empty() {
                quoted.push_str(head);
                quoted.push('：');
            }
            if is_meant {
                place = Some(quoted.len() + range.start - start..quoted.len() + range.end - start);
            }
            quoted.push_str(cell);
        }
        // Breaks inside heads and cells.
        Some((quoted.replace('\n', " "), place?))
    }

    /// Returns every place that has `passage`, those that overlap each other among them.
    pub(crate) fn places_with<'a>(&'a self, passage: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let step = passage.chars().next().map_or(1, char::len_utf8);
        let mut from = 0;
        std::iter::from_fn(move || {
            let rest = self.text.get(from..).filter(|_| !passage.is_empty())?;
            let at = from + rest.find(passage)?;
            from = at + step;
            Some(at..at + passage.len())
        })
    }

    /// Returns a figure as an entry writes it: the words at `range`, for a member of a list (12、34件) with its unit.
    pub(crate) fn printed<'a>(&'a self, range: &'a Range<usize>) -> &'a str {
        let found = self.numbers_in(range).next().filter(|found| found.range == *range);
        found.and_then(|found| found.kind.quantity()).map_or_else(|| self.get(range), Quantity::printed)
    }

    /// Tells whether the text has just this number, or ratio, without a unit.
    pub(crate) fn has_without_unit(&self, printed: &str) -> bool {
        let reasons = [NoFigure::NoUnit, NoFigure::NoUnitInTable];
        let of_ratio = [NoFigure::Composite, NoFigure::Unclear, NoFigure::Clock];
        let may_stand =
            |reason| reasons.contains(&reason) || of_ratio.contains(&reason) && printed.contains([':', '：']);
        let is_it = |found: &WrittenNumber| {
            matches!(found.kind, NumberKind::Other(reason) if may_stand(reason))
                && self.get(&found.range) == printed
        };
        self.numbers.iter().any(is_it)
    }

    /// Returns the place of `printed`, if the text states it at `at`.
    pub(crate) fn stated_at(&self, at: usize, printed: &str) -> Option<Range<usize>> {
        if self.text.get(at..)?.starts_with(printed) {
            return Some(at..at + printed.len()).filter(|range| self.is_whole(range));
        }
        let found = self.numbers_from(at).next()?;
        (found.range.start == at && self.is_member(found, printed)).then(|| found.range.clone())
    }

    /// Tells whether the label at `label` may own the figure at `at` behind it: of 来信、来访12、34件 the 12 is not that of 来访.
    pub(crate) fn is_own(&self, label: usize, at: usize) -> bool {
        let marks = ['、', '和', '与', '及'];
        let is_last = self.text.get(..label).is_some_and(|before| before.ends_with(marks));
        let mut figures = self.numbers_from(at).take(2).filter(|found| found.kind.quantity().is_some());
        let (Some(first), Some(second)) = (figures.next(), figures.next()) else { return true };
        let gap = self.text.get(first.range.end..second.range.start).unwrap_or_default();
        let is_first_of_row = first.range.start == at && gap.chars().count() == 1 && gap.starts_with(marks);
        !(is_last && is_first_of_row)
    }

    /// Tells whether `found` is a member of a list, without its unit in the text, that means `printed`.
    fn is_member(&self, found: &WrittenNumber, printed: &str) -> bool {
        let is_meant = |quantity: &Quantity| quantity.printed() == printed;
        found.kind.quantity().is_some_and(is_meant) && self.get(&found.range) != printed
    }

    /// Returns every place that states `printed` as a figure of its own, in `within`; at last the members of lists.
    ///
    /// 6人 is not stated by 16人 nor by 6人次, and 28日 not by 8月28日; 12件 is stated by the 12 of 12、34件.
    pub(crate) fn places_of<'a>(
        &'a self,
        printed: &'a str,
        within: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let offset = within.start;
        let text = self.get(&within);
        // An empty text would be found between any two characters, and a figure stands in one line.
        let hits = (!printed.is_empty() && !printed.contains('\n'))
            .then(|| text.match_indices(printed))
            .into_iter()
            .flatten();
        let hits = hits.map(move |(at, _)| offset + at..offset + at + printed.len());
        let members = self.figures_within(&within).map(|(found, _)| found);
        let members = members.filter(move |found| self.is_member(found, printed));
        hits.filter(|range| self.is_whole(range)).chain(members.map(|found| found.range.clone()))
    }

    /// Returns what is written with a number and touches `range`.
    pub(crate) fn numbers_in<'a>(
        &'a self,
        range: &Range<usize>,
    ) -> impl Iterator<Item = &'a WrittenNumber> + use<'a> {
        let first = self.numbers.partition_point(|found| found.range.end <= range.start);
        let end = range.end;
        self.numbers.iter().skip(first).take_while(move |found| found.range.start < end)
    }

    /// Returns the figures that lie inside `range`, with what they say.
    pub(crate) fn figures_within<'a>(
        &'a self,
        range: &Range<usize>,
    ) -> impl Iterator<Item = (&'a WrittenNumber, &'a Quantity)> + use<'a> {
        let Range { start, end } = *range;
        self.numbers_in(range)
            .filter(move |number| start <= number.range.start && number.range.end <= end)
            .filter_map(|number| Some((number, number.kind.quantity()?)))
    }

    /// Tells whether `range` cuts nothing that is written with a number.
    pub(crate) fn is_whole(&self, range: &Range<usize>) -> bool {
        let cuts = |found: &WrittenNumber| found.range.start < range.start || range.end < found.range.end;
        // Digits that the scanner passed over must not go on beside the range.
        let (before, behind) = self.text.split_at(range.start);
        let behind = behind.get(range.len()..).unwrap_or_default();
        let figure = self.get(range);
        let is_digit = |c: char| width::fold(c).is_ascii_digit();
        let goes_on = |c: Option<char>, edge: Option<char>| match (c, edge) {
            (Some(c), Some(edge)) => {
                (is_digit(c) && is_digit(edge)) || (numeral::is_part(c) && numeral::is_part(edge))
            }
            _ => false,
        };
        // A number that is usually a name, such as 112, may be the end of another one all the same: 7'112缸水.
        let is_name = self.numbers_in(range).any(|number| number.kind == NumberKind::Other(NoFigure::Name));
        let last = self.numbers_before(range.start).next().filter(|_| is_name);
        let is_end = last.is_some_and(|last| !separates(self.get(&(last.range.end..range.start))));
        !is_end
            && !self.numbers_in(range).any(cuts)
            && !goes_on(before.chars().next_back(), figure.chars().next())
            && !goes_on(behind.chars().next(), figure.chars().next_back())
    }
}

#[cfg(test)]
impl Words {
    /// Reads a line of text.
    pub(crate) fn scanned(text: &str) -> Self {
        Self { text: text.to_owned(), starts: vec![0], numbers: scan(text), ..Self::default() }
    }

    /// Reads `甲[3人]，{2025年}`: figures in square brackets, dates and the like in braces. Returns the figures' places, too.
    pub(crate) fn marked(marked: &str) -> (Self, Vec<Range<usize>>) {
        let (mut text, mut numbers, mut start) = (String::new(), Vec::new(), 0);
        for c in marked.chars() {
            let kind = match c {
                '[' | '{' => {
                    start = text.len();
                    continue;
                }
                ']' => NumberKind::Figure(Quantity::parse(text.get(start..).unwrap()).unwrap()),
                '}' => NumberKind::Other(NoFigure::Date),
                c => {
                    text.push(c);
                    continue;
                }
            };
            numbers.push(WrittenNumber { range: start..text.len(), kind });
        }
        let figures = numbers.iter().filter(|found: &&WrittenNumber| found.kind.quantity().is_some());
        let figures = figures.map(|found| found.range.clone()).collect();
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        (Self { text, starts, numbers, ..Self::default() }, figures)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sentences_are_those_of_the_text_room(before in "[甲，。；！ \n]{0,9}", behind in "[乙，。；？ \n]{0,9}") {
            let (words, figures) = Words::marked(&format!("{before}[3人]{behind}"));
            let range = &figures[0];
            let expected = sentence::around(&words.text, range.clone(), sentence::ends_sentence);
            prop_assert_eq!(words.sentence(range), expected);
        }
    }

    /// What may stand among digits, however odd; none of it separates two numbers.
    const MARKS: &str = "\u{ad}\u{200b}\u{2060}\u{feff}\u{fe0f}\u{301}\u{2009}\u{202f}\u{a0}\u{2007}\u{3000} \t'’ʼ′`´˙٬٫·﹒・±²½₃①⒈٣𝟏Ⅳ^_≥√×ОΙ○✓";

    /// Reads digits as a strict eye does: alone or in groups of three between apostrophes, else not at all.
    fn eye(text: &str) -> Option<u64> {
        let mark = if text.contains('’') { '’' } else { '\'' };
        let groups: Vec<&str> = text.split(mark).collect();
        let is_digits = |group: &&str| !group.is_empty() && group.chars().all(|c| c.is_ascii_digit());
        let is_grouped =
            groups.len() == 1 || groups[0].len() <= 3 && groups.iter().skip(1).all(|group| group.len() == 3);
        (groups.iter().all(is_digits) && is_grouped).then(|| groups.concat().parse().ok())?
    }

    fn among_digits() -> impl Strategy<Value = String> {
        let mark = proptest::sample::select(MARKS.chars().collect::<Vec<_>>());
        let piece = ("[0-9]{1,3}", mark).prop_map(|(digits, mark)| format!("{digits}{mark}"));
        prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn a_number_that_is_usually_a_name_is_held_to_what_stands_in_front() {
        for (text, is_stated) in [
            ("共有112缸水。", true),
            ("共有0\u{ad}112缸水。", false),
            ("共有7'112缸水。", false),
            ("共有7\u{a0}112缸水。", false),
        ] {
            let words = Words::of_line(text);
            assert_eq!(words.places_of("112缸水", 0..words.text.len()).next().is_some(), is_stated, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_metric_is_bound_to_another_number_than_the_eye_reads(
            before in among_digits(),
            digits in "[1-9][0-9]{0,2}",
            unit in prop::sample::select(vec!["篇", "缸水", "万元", "元"]),
        ) {
            let words = Words::of_line(&format!("共有{before}{digits}{unit}。"));
            let read = eye(&format!("{before}{digits}"));
            let printed = format!("{digits}{unit}");
            for place in words.places_of(&printed, 0..words.text.len()) {
                prop_assert_eq!(read, digits.parse().ok(), "{} in {}", words.get(&place), words.text);
            }
            let figures = words.numbers.iter().filter_map(|found| Some((found, found.kind.quantity()?)));
            for (found, quantity) in figures.filter(|(found, _)| words.get(&found.range).ends_with(unit)) {
                let scale = if unit == "万元" { 10_000 } else { 1 };
                let value = quantity.value().to_string();
                prop_assert_eq!(read.map(|read| (read * scale).to_string()), Some(value), "{} in {}", words.get(&found.range), words.text);
            }
        }
    }
}
