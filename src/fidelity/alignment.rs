//! The approved text and the text of a notice → rows, for people who read both side by side.
//!
//! Start with [`Alignment::of`]. A row holds the lines that stand for each other: mostly one on each side, more where a
//! paragraph was divided or joined, none where one side says nothing. What differs is what `approved-text-differs` and
//! `approved-paragraphs-differ` report; the words stay as written, and nothing is reported here.

use std::collections::BTreeMap;
use std::ops::Range;

use super::columns::Columns;
use super::comparison::{Characters, Comparison, Folded, Run};
use super::pairing::{self, Block};
use super::printed::{self, NoticeText};
use crate::diagnostic::SourcePath;
use crate::notice::{Notice, PassageId};

/// A notice beside its approved text.
pub(crate) struct Alignment<'a> {
    /// The rows in reading order.
    pub(crate) rows: Vec<Row<'a>>,
    /// How many stretches differ; `None` if there is no approved text to compare with.
    pub(crate) n_differences: Option<usize>,
    /// Whether all files of both sides could be read.
    pub(crate) is_whole: bool,
}

/// Lines that stand for each other.
pub(crate) struct Row<'a> {
    pub(crate) approved: Vec<AlignedLine<'a>>,
    pub(crate) page: Vec<AlignedLine<'a>>,
    /// Whether the lines may differ only because a file could not be read.
    pub(crate) is_unread: bool,
}

/// A line of one side.
pub(crate) struct AlignedLine<'a> {
    /// The words as written; white space is single spaces.
    pub(crate) text: Vec<char>,
    /// The stretches that differ, ascending; an empty one is where only the other side has words.
    pub(crate) changes: Vec<Range<usize>>,
    /// Whether only this side ends the paragraph here.
    pub(crate) ends_alone: bool,
    /// The file.
    pub(crate) source: &'a SourcePath,
    /// For each character, the byte of the file where it is written.
    pub(crate) offsets: Vec<usize>,
    /// The byte behind the last character.
    pub(crate) end: usize,
    /// Whether `offsets` are exact, and not all that of the table or list in which the line stands.
    pub(crate) is_exact: bool,
    /// The passage.
    pub(crate) passage: PassageId,
    /// Whether it is the heading of its section.
    pub(crate) is_heading: bool,
}

impl AlignedLine<'_> {
    /// The byte of the file where it begins.
    pub(crate) fn start(&self) -> usize {
        self.offsets.first().copied().unwrap_or(self.end)
    }
}

impl<'a> Alignment<'a> {
    /// Puts the text of `notice` beside its approved text.
    pub(crate) fn of(notice: &'a Notice) -> Self {
        let text = NoticeText::new(notice);
        let Some(approved) = notice.approved.as_ref().filter(|approved| approved.is_whole) else {
            let page = page_lines(notice, &text);
            let row = |line| Row { approved: Vec::new(), page: vec![line], is_unread: false };
            let rows = page.into_iter().map(row).collect();
            let is_whole = text.is_whole() && notice.approved.is_none();
            return Self { rows, n_differences: None, is_whole };
        };
        let comparison = Comparison::new(notice, approved, &text);
        let approved_line = |folded: &Folded| -> AlignedLine<'a> {
            let offsets: Vec<usize> = folded.places.iter().map(|place| place.start).collect();
            let character = |place: &Range<usize>| {
                let range = place.start - approved.offset..place.end - approved.offset;
                approved.text.get(range).and_then(|text| text.chars().next()).unwrap_or_default()
            };
            let end = folded.places.last().map_or(0, |place| place.end);
            AlignedLine::new(folded.places.iter().map(character).collect(), &approved.source, offsets, end)
        };
        let mut sides = Sides {
            approved: comparison.wanted.iter().map(approved_line).map(Some).collect(),
            page: page_lines(notice, &text).into_iter().map(Some).collect(),
        };
        let runs = comparison.runs();
        let columns = Columns::of(&comparison, &runs);
        columns.moved.iter().for_each(|moved| sides.mark_cells(*moved));
        let mut n_differences = columns.moved.len();
        let mut rows = Vec::new();
        let (mut old, mut new) = (0, 0);
        for run in runs {
            let is_unread = comparison.touches_gap(&run);
            sides.pair(old..run.wanted.lines.start, new..run.written.lines.start, &mut rows);
            (old, new) = (run.wanted.lines.end, run.written.lines.end);
            if is_unread {
                let of_approved = run.wanted.lines.map(|line| (line..line + 1, 0..0));
                let of_page = run.written.lines.map(|line| (0..0, line..line + 1));
                for (old, new) in of_approved.chain(of_page) {
                    rows.push(Row { is_unread: true, ..sides.row(old, new) });
                }
                continue;
            }
            n_differences += run.changes.len();
            let blocks = pairing::blocks(&run);
            sides.mark(&run, &blocks);
            rows.extend(blocks.into_iter().map(|(old, new)| sides.row(old, new)));
        }
        sides.pair(old..sides.approved.len(), new..sides.page.len(), &mut rows);
        Self { rows, n_differences: Some(n_differences), is_whole: text.is_whole() }
    }
}

/// The lines of both sides, until a row takes them.
struct Sides<'a> {
    approved: Vec<Option<AlignedLine<'a>>>,
    page: Vec<Option<AlignedLine<'a>>>,
}

impl<'a> Sides<'a> {
    /// Makes rows of lines that say the same.
    fn pair(&mut self, old: Range<usize>, new: Range<usize>, rows: &mut Vec<Row<'a>>) {
        rows.extend(old.zip(new).map(|(old, new)| self.row(old..old + 1, new..new + 1)));
    }

    fn row(&mut self, old: Range<usize>, new: Range<usize>) -> Row<'a> {
        let take = |lines: &mut Vec<Option<AlignedLine<'a>>>, range: Range<usize>| {
            let mut lines: Vec<AlignedLine<'a>> =
                lines.get_mut(range).unwrap_or_default().iter_mut().filter_map(Option::take).collect();
            if let Some(last) = lines.last_mut() {
                // The row ends here on both sides.
                last.ends_alone = false;
            }
            lines
        };
        Row { approved: take(&mut self.approved, old), page: take(&mut self.page, new), is_unread: false }
    }

    /// Marks a cell that says the same on both sides, but has another place in its table.
    fn mark_cells(&mut self, (old, new): (usize, usize)) {
        let lines = [self.approved.get_mut(old), self.page.get_mut(new)];
        for line in lines.into_iter().flatten().flatten() {
            let whole = 0..line.text.len();
            line.changes = vec![whole];
        }
    }

    /// Marks what differs in the lines of a run, which will stand in `blocks`.
    fn mark(&mut self, run: &Run, blocks: &[Block]) {
        let mut wanted = vec![true; run.wanted.all.len()];
        let mut written = vec![true; run.written.all.len()];
        let rows_of_wanted = rows_of(blocks, |block| &block.0);
        let rows_of_written = rows_of(blocks, |block| &block.1);
        for (a, b) in pairing::same(run) {
            // The same words in different rows are marked, too.
            let rows =
                (rows_of_wanted.get(&run.wanted.place(a).0), rows_of_written.get(&run.written.place(b).0));
            if rows.0 == rows.1 || run.wanted.all.get(a) == Some(&'\n') {
                (wanted[a], written[b]) = (false, false);
            }
        }
        mark_characters(&mut self.approved, &run.wanted, &wanted);
        mark_characters(&mut self.page, &run.written, &written);
        for (old, new) in &run.changes {
            if old.is_empty() && !is_whole_line(&run.written, new) {
                mark_gap(&mut self.approved, &run.wanted, old.start);
            }
            if new.is_empty() && !is_whole_line(&run.wanted, old) {
                mark_gap(&mut self.page, &run.written, new.start);
            }
        }
        let lines = self.approved.get_mut(run.wanted.lines.clone()).unwrap_or_default().iter_mut();
        let lines = lines.chain(self.page.get_mut(run.written.lines.clone()).unwrap_or_default());
        lines.flatten().for_each(|line| line.changes.sort_by_key(|change| (change.start, change.end)));
    }
}

/// Returns the row in which each line of one side stands.
fn rows_of(blocks: &[Block], side: impl Fn(&Block) -> &Range<usize>) -> BTreeMap<usize, usize> {
    let lines = |(row, block)| side(block).clone().map(move |line| (line, row));
    blocks.iter().enumerate().flat_map(lines).collect()
}

/// Tells whether a change is a whole line with its break, which has a row of its own.
fn is_whole_line(characters: &Characters, range: &Range<usize>) -> bool {
    let changed = characters.all.get(range.clone()).unwrap_or_default();
    changed.contains(&'\n') && changed.iter().any(|c| *c != '\n')
}

fn mark_characters(lines: &mut [Option<AlignedLine<'_>>], characters: &Characters, differs: &[bool]) {
    for (index, _) in differs.iter().enumerate().filter(|(_, differs)| **differs) {
        let (line, position) = characters.place(index);
        let Some(Some(line)) = lines.get_mut(line) else { continue };
        if position >= line.text.len() {
            line.ends_alone = true;
            continue;
        }
        match line.changes.last_mut() {
            Some(last) if last.end == position => last.end = position + 1,
            _ => line.changes.push(position..position + 1),
        }
    }
}

/// Marks the place where the other side has more, unless this side has no lines there at all.
fn mark_gap(lines: &mut [Option<AlignedLine<'_>>], characters: &Characters, index: usize) {
    let (line, position) = characters.place(index);
    if let Some(Some(line)) = lines.get_mut(line)
        && !characters.lines.is_empty()
    {
        let position = position.min(line.text.len());
        line.changes.push(position..position);
    }
}

/// Returns the lines of the notice, each with where it belongs.
fn page_lines<'a>(notice: &'a Notice, text: &NoticeText<'a>) -> Vec<AlignedLine<'a>> {
    let mut passages = vec![(PassageId::OPENING, false); text.lines.len()];
    for (index, section) in notice.sections.iter().enumerate() {
        let lines = text.lines_of(index);
        let has_heading = section.heading.as_ref().is_some_and(|heading| !heading.value.trim().is_empty());
        for line in lines.clone() {
            if let Some(place) = passages.get_mut(line) {
                *place = (PassageId::of_section(index), has_heading && line == lines.start);
            }
        }
    }
    let mut last = None;
    let line = |(line, (passage, is_heading)): (&printed::PrintedLine<'a>, _)| {
        let end = line.location(0..line.text.len()).range.map_or(0, |range| range.end);
        let offsets = line.offsets(&mut last);
        let is_exact = line.is_exact();
        let line = AlignedLine::new(line.text.chars().collect(), line.source(), offsets, end);
        AlignedLine { is_exact, passage, is_heading, ..line }
    };
    text.lines.iter().zip(passages).map(line).collect()
}

impl<'a> AlignedLine<'a> {
    fn new(text: Vec<char>, source: &'a SourcePath, offsets: Vec<usize>, end: usize) -> Self {
        Self {
            text,
            changes: Vec::new(),
            ends_alone: false,
            source,
            offsets,
            end,
            is_exact: true,
            passage: PassageId::OPENING,
            is_heading: false,
        }
    }
}
