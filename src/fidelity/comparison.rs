//! The approved text and the text of a notice, line by line and character by character: what differs, and where it stands.
//!
//! [`Comparison::new`] folds both sides, [`Comparison::runs`] finds the lines in which they differ, and each [`Run`] holds the
//! stretches of characters that do. Widths do not count, because extraction flattens them (`，` and `,`, `（` and `(`), nor
//! do indents, the kind of spaces and the length of a run of them, nor what nobody sees or takes for another character
//! (⽔ and 水). A tab divides a row into cells where the page has cells, else it counts as a space; `columns` compares the
//! columns, `check::approved_text` says what a difference means, and `alignment` how it is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::printed::{Cell, NoticeText, PrintedLine};
use crate::notice::{ApprovedText, Notice};
use crate::text::{self, tabs};

/// Stretches that differ and are longer than this are reported as a whole: comparing them character by character would
/// take time that grows with the square of their length.
const LONGEST_COMPARED: usize = 4000;

/// The same for lines: with more pairs than this, the wrong file lies beside the notice, and one report says so.
const MOST_PAIRS_OF_LINES: usize = 1 << 22;

/// A line of one side, folded, with the place of each character.
pub(crate) struct Folded {
    pub(crate) text: String,
    /// For each character, the bytes where it is written.
    pub(crate) places: Vec<Range<usize>>,
    /// For a line of the approved text, where it stands among tabs.
    pub(crate) tabs: Tabs,
}

impl Folded {
    /// Folds what is `written`, which begins at byte `start` of what it is written in.
    ///
    /// All spaces look alike, those at which no line breaks too; a run of them is one, and at both ends they are none.
    fn new(written: &str, start: usize, tabs: Tabs) -> Self {
        let mut line = Self { text: String::new(), places: Vec::new(), tabs };
        for (place, character) in text::characters::as_read(written) {
            let folded = text::width::fold(character);
            let is_space = folded.is_whitespace();
            if is_space && (line.text.is_empty() || line.text.ends_with(' ')) {
                continue;
            }
            line.text.push(if is_space { ' ' } else { folded });
            line.places.push(start + place.start..start + place.end);
        }
        if line.text.ends_with(' ') {
            line.text.pop();
            line.places.pop();
        }
        line
    }

    /// A line with nothing but spaces in its `length` bytes.
    fn blank(length: usize) -> Self {
        Self { text: " ".to_owned(), places: std::iter::once(0..length).collect(), tabs: Tabs::default() }
    }
}

/// Where the words of a line, or of one of its cells, stand in the approved text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tabs {
    /// The line of the file, from 0.
    pub(crate) line: usize,
    /// How many tabs stand in front.
    pub(crate) column: usize,
    /// Whether it looks like a row of a table.
    pub(crate) is_row: bool,
    /// Whether its tabs part cells that are lines of their own on the page.
    pub(crate) has_cells: bool,
}

/// Both sides, line by line.
pub(crate) struct Comparison<'a> {
    pub(crate) approved: &'a ApprovedText,
    pub(crate) text: &'a NoticeText<'a>,
    /// The lines of the approved text; their places are bytes of its file.
    pub(crate) wanted: Vec<Folded>,
    /// The lines of the notice; their places are bytes of the line.
    pub(crate) written: Vec<Folded>,
}

/// Lines that differ, character by character.
pub(crate) struct Run {
    pub(crate) wanted: Characters,
    pub(crate) written: Characters,
    /// What is the same.
    pub(crate) same: Vec<Stretch>,
    /// What differs: stretches of the characters on both sides, of which one may be empty.
    pub(crate) changes: Vec<Stretch>,
}

/// A stretch of one side, and the stretch of the other that stands for it.
pub(crate) type Stretch = (Range<usize>, Range<usize>);

/// A character with its line and its index in it; a line break has the index behind the last character.
pub(crate) type CharacterPlace = (usize, usize);

/// Lines joined to one run of characters, a line break between them.
pub(crate) struct Characters {
    pub(crate) lines: Range<usize>,
    pub(crate) all: Vec<char>,
    pub(crate) places: Vec<CharacterPlace>,
}

impl<'a> Comparison<'a> {
    /// Folds both sides.
    pub(crate) fn new(notice: &Notice, approved: &'a ApprovedText, text: &'a NoticeText<'a>) -> Self {
        // Both sides are folded: a site may keep a rare character that its approved text does not have.
        let fold = |line: &PrintedLine<'_>| {
            let folded = Folded::new(&line.text, 0, Tabs::default());
            // A cell that holds only a no-break space is a blank line of the page.
            if folded.text.is_empty() { Folded::blank(line.text.len()) } else { folded }
        };
        let written: Vec<Folded> = text.lines.iter().map(fold).collect();
        let wanted = approved_lines(notice, approved, &Shown::new(text, &written));
        Self { approved, text, wanted, written }
    }

    /// Returns the lines in which the two sides differ, in order.
    pub(crate) fn runs(&self) -> Vec<Run> {
        let texts =
            |lines: &'_ [Folded]| -> Vec<String> { lines.iter().map(|line| line.text.clone()).collect() };
        let (wanted, written) = (texts(&self.wanted), texts(&self.written));
        let mut runs = Vec::new();
        for (old, new) in differing_runs(&wanted, &written) {
            if self.is_long(&old, &new) && old.len() == new.len() {
                let pairs = old.zip(new).filter(|(a, b)| wanted[*a] != written[*b]);
                runs.extend(pairs.map(|(a, b)| self.run(a..a + 1, b..b + 1)));
            } else {
                runs.push(self.run(old, new));
            }
        }
        runs
    }

    fn is_long(&self, old: &Range<usize>, new: &Range<usize>) -> bool {
        let length = |lines: Option<&[Folded]>| -> usize {
            lines.unwrap_or_default().iter().map(|line| line.places.len() + 1).sum()
        };
        length(self.wanted.get(old.clone())).max(length(self.written.get(new.clone()))) > LONGEST_COMPARED
    }

    fn run(&self, old: Range<usize>, new: Range<usize>) -> Run {
        let (wanted, written) = (Characters::of(&self.wanted, old), Characters::of(&self.written, new));
        let (n_wanted, n_written) = (wanted.all.len(), written.all.len());
        let same = if n_wanted.max(n_written) > LONGEST_COMPARED {
            Vec::new()
        } else {
            same_stretches(&wanted.all, &written.all)
        };
        let changes = between(&same, n_wanted, n_written);
        Run { wanted, written, same, changes }
    }

    /// Tells whether a run may differ only because a file could not be read.
    ///
    /// Among lines that repeat themselves, what is missing has several possible places; each of them counts.
    pub(crate) fn touches_gap(&self, run: &Run) -> bool {
        let (old, new) = (&run.wanted.lines, &run.written.lines);
        if self.text.has_gap(new.clone()) {
            return true;
        }
        let is_same = |a: usize, b: usize| match (self.wanted.get(a), self.wanted.get(b)) {
            (Some(a), Some(b)) => a.text == b.text,
            _ => false,
        };
        let later = (0..).take_while(|by| is_same(old.start + by, old.end + by)).map(|by| new.start + by + 1);
        let earlier = (1..=old.start.min(new.start))
            .take_while(|by| is_same(old.start - by, old.end - by))
            .map(|by| new.start - by);
        new.is_empty() && later.chain(earlier).any(|line| self.text.has_gap(line..line))
    }
}

impl Characters {
    fn of(lines: &[Folded], range: Range<usize>) -> Self {
        let mut all = Vec::new();
        let mut places = Vec::new();
        for index in range.clone() {
            if index > range.start {
                all.push('\n');
                places.push((index - 1, lines[index - 1].places.len()));
            }
            for (position, character) in lines[index].text.chars().enumerate() {
                all.push(character);
                places.push((index, position));
            }
        }
        Self { lines: range, all, places }
    }

    /// Returns the place of the character at `index`; behind the last one, the place behind it.
    pub(crate) fn place(&self, index: usize) -> CharacterPlace {
        let behind =
            self.places.last().map_or((self.lines.start, 0), |(line, position)| (*line, position + 1));
        self.places.get(index).copied().unwrap_or(behind)
    }

    /// Returns where in `range` words begin, so that a difference is shown on the line of its words and not at the break or
    /// the space before them; the start if there are no words.
    pub(crate) fn first_word(&self, range: &Range<usize>) -> usize {
        range.clone().find(|index| !self.all[*index].is_whitespace()).unwrap_or(range.start)
    }
}

/// Returns the runs of lines in which the two sides differ, in order.
fn differing_runs(wanted: &[String], written: &[String]) -> Vec<Stretch> {
    let is_same = |(a, b): &(&String, &String)| a == b;
    let n_first = wanted.iter().zip(written).take_while(is_same).count();
    let most = wanted.len().min(written.len()) - n_first;
    let n_last = wanted.iter().rev().zip(written.iter().rev()).take(most).take_while(is_same).count();
    let (old, new) = (n_first..wanted.len() - n_last, n_first..written.len() - n_last);
    if old.len().saturating_mul(new.len()) > MOST_PAIRS_OF_LINES {
        return vec![(old, new)];
    }
    let shifted = |range: Range<usize>| range.start + n_first..range.end + n_first;
    let same = same_stretches(&wanted[old.clone()], &written[new.clone()]);
    between(&same, old.len(), new.len()).into_iter().map(|(old, new)| (shifted(old), shifted(new))).collect()
}

/// Returns what is the same in two sequences, ascending.
fn same_stretches<T: Hash + Ord>(old: &[T], new: &[T]) -> Vec<Stretch> {
    let operations = capture_diff_slices(Algorithm::Myers, old, new);
    let is_same = |operation: &DiffOp| matches!(operation, DiffOp::Equal { .. });
    operations.into_iter().filter(is_same).map(|one| (one.old_range(), one.new_range())).collect()
}

/// Returns what stands between stretches that are the same, in sequences of these lengths.
///
/// `similar` lists that, too, but may give a wrong place for a removal in front of an equal stretch.
fn between(same: &[Stretch], n_old: usize, n_new: usize) -> Vec<Stretch> {
    let mut last = (0, 0);
    let ends = [(n_old..n_old, n_new..n_new)];
    let gap = |(old, new): &Stretch| {
        let gap = (last.0..old.start, last.1..new.start);
        last = (old.end, new.end);
        gap
    };
    let gaps = same.iter().chain(&ends).map(gap);
    gaps.filter(|(old, new)| !old.is_empty() || !new.is_empty()).collect()
}

/// Tells whether the approved text says the same line by line.
///
/// Mostly it does; this is much quicker than a [`Comparison`]. Titles of several lines, tabs and tables are left to that.
pub(crate) fn agrees(approved: &ApprovedText, text: &NoticeText<'_>) -> bool {
    if approved.text.contains('\t') || !text.tables.is_empty() {
        return false;
    }
    let is_space = |c: char| text::width::fold(c).is_ascii_whitespace();
    let lines = approved.text.split(['\n', '\r']).map(|line| line.trim_matches(is_space));
    let mut wanted = lines.filter(|line| !line.is_empty());
    let is_same = |line: &PrintedLine<'_>| {
        let wanted = wanted.next().unwrap_or_default();
        wanted == line.text || with_single_spaces(wanted).eq(line.text.chars().map(text::width::fold))
    };
    text.lines.iter().all(is_same) && wanted.next().is_none()
}

/// Returns the folded characters of `text`; a run of spaces is one.
fn with_single_spaces(text: &str) -> impl Iterator<Item = char> {
    let mut last = ' ';
    text.chars().map(text::width::fold).filter_map(move |character| {
        let character = if character.is_ascii_whitespace() { ' ' } else { character };
        let is_repeated = character == ' ' && last == ' ';
        last = character;
        (!is_repeated).then_some(character)
    })
}

/// The lines of the page: they decide whether a tab of the approved text is a space or stands between cells.
struct Shown<'a> {
    prose: BTreeSet<&'a str>,
    cells: BTreeSet<&'a str>,
    /// The cells of several lines, with spaces between these, and how many characters each line has.
    joined: BTreeMap<String, Vec<usize>>,
}

impl<'a> Shown<'a> {
    fn new(text: &NoticeText<'_>, written: &'a [Folded]) -> Self {
        let mut shown = Self { prose: BTreeSet::new(), cells: BTreeSet::new(), joined: BTreeMap::new() };
        for (line, folded) in text.lines.iter().zip(written) {
            let lines = if line.cell.is_some() { &mut shown.cells } else { &mut shown.prose };
            lines.insert(&folded.text);
        }
        let all: Vec<_> = text.lines.iter().map(|line| line.cell).zip(written).collect();
        let is_same_cell =
            |(one, _): &(Option<Cell>, _), (other, _): &(Option<Cell>, _)| one.is_some() && one == other;
        for lines in all.chunk_by(is_same_cell).filter(|lines| lines.len() > 1) {
            let texts: Vec<&str> = lines.iter().map(|(_, line)| line.text.as_str()).collect();
            let lengths = lines.iter().map(|(_, line)| line.places.len()).collect();
            shown.joined.insert(texts.join(" "), lengths);
        }
        shown
    }

    /// Parts a cell of the approved text, where a line break is a space, into the lines that the page has in its place.
    fn lines_of(&self, cell: Folded) -> Vec<Folded> {
        let Some(lengths) = self.joined.get(&cell.text).filter(|_| !self.cells.contains(cell.text.as_str()))
        else {
            return vec![cell];
        };
        let mut characters = cell.text.chars().zip(cell.places);
        let line = |length: &usize| {
            let (text, places) = characters.by_ref().take(*length).unzip();
            characters.next();
            Folded { text, places, tabs: cell.tabs }
        };
        lengths.iter().map(line).collect()
    }

    /// Tells whether the tabs of a line part `cells`, which are lines of their own on the page; `joined` is what the line
    /// says if they are spaces.
    fn has_apart(&self, joined: &Folded, cells: &[Folded]) -> bool {
        if self.prose.contains(joined.text.as_str()) {
            return false;
        }
        let is_cell =
            |cell: &Folded| self.cells.contains(cell.text.as_str()) || self.joined.contains_key(&cell.text);
        let is_line = |cell: &Folded| is_cell(cell) || self.prose.contains(cell.text.as_str());
        cells.iter().all(is_line) || (joined.tabs.is_row && cells.iter().any(is_cell))
    }
}

/// The lines of the approved text; their places are bytes of its file. A title that is broken into several lines is
/// one.
fn approved_lines(notice: &Notice, approved: &ApprovedText, shown: &Shown<'_>) -> Vec<Folded> {
    let mut lines: Vec<Folded> = Vec::new();
    let mut start = approved.offset;
    for (line, written) in approved.text.split_inclusive(['\n', '\r']).enumerate() {
        let words = written.trim_start();
        let column = written.get(..written.len() - words.len()).unwrap_or_default().matches('\t').count();
        let has_tabs = words.contains('\t');
        let is_row = has_tabs && tabs::is_row(written);
        let joined = Folded::new(written, start, Tabs { line, column, is_row, has_cells: false });
        let cells = if has_tabs { fold_cells(written, start, joined.tabs) } else { Vec::new() };
        if has_tabs && shown.has_apart(&joined, &cells) {
            lines.extend(cells.into_iter().flat_map(|cell| shown.lines_of(cell)));
        } else if !joined.text.is_empty() {
            lines.push(joined);
        }
        start += written.len();
    }
    if notice.title_is_approved() {
        join_title(&mut lines, &notice.title.value);
    }
    lines
}

/// The cells of a line of the approved text that have words.
fn fold_cells(written: &str, mut start: usize, tabs: Tabs) -> Vec<Folded> {
    let mut cells = Vec::new();
    for (column, cell) in written.split_inclusive('\t').enumerate() {
        cells.push(Folded::new(cell, start, Tabs { column, has_cells: true, ..tabs }));
        start += cell.len();
    }
    cells.retain(|cell| !cell.text.is_empty());
    cells
}

fn join_title(lines: &mut Vec<Folded>, title: &str) {
    let title_length = title.chars().filter(|c| !c.is_whitespace()).count();
    while lines.len() > 1 && lines[0].text.chars().filter(|c| *c != ' ').count() < title_length {
        let next = lines.remove(1);
        lines[0].text.push_str(&next.text);
        lines[0].places.extend(next.places);
    }
}
