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
use crate::notice::Notice;

/// A notice beside its approved text.
pub(crate) struct Alignment<'a> {
    /// The rows in reading order.
    pub(crate) rows: Vec<Row<'a>>,
    /// How many stretches differ; nothing where there is no approved text to compare with.
    pub(crate) n_differences: Option<usize>,
    /// Whether all files of both sides could be read.
    pub(crate) is_whole: bool,
}

/// Lines that stand for each other.
pub(crate) struct Row<'a> {
    pub(crate) approved: Vec<Line<'a>>,
    pub(crate) page: Vec<Line<'a>>,
    /// Whether the lines may differ only because a file could not be read.
    pub(crate) is_unread: bool,
}

/// A line of one side.
pub(crate) struct Line<'a> {
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
    /// The section; `None` for what `notice.md` says.
    pub(crate) section: Option<usize>,
    /// Whether it is the heading of its section.
    pub(crate) is_heading: bool,
}

impl Line<'_> {
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
            return Self {
                rows,
                n_differences: None,
                is_whole: text.is_whole() && notice.approved.is_none(),
            };
        };
        let comparison = Comparison::new(notice, approved, &text);
        let approved_line = |folded: &Folded| -> Line<'a> {
            let offsets: Vec<usize> = folded.places.iter().map(|place| place.start).collect();
            let character = |place: &Range<usize>| {
                let range = place.start - approved.offset..place.end - approved.offset;
                approved.text.get(range).and_then(|text| text.chars().next()).unwrap_or_default()
            };
            let end = folded.places.last().map_or(0, |place| place.end);
            Line::new(folded.places.iter().map(character).collect(), &approved.source, offsets, end)
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
                rows.extend(run.wanted.lines.clone().map(|line| sides.row(line..line + 1, 0..0, true)));
                rows.extend(run.written.lines.clone().map(|line| sides.row(0..0, line..line + 1, true)));
                continue;
            }
            n_differences += run.changes.len();
            let blocks = pairing::blocks(&run);
            sides.mark(&run, &blocks);
            rows.extend(blocks.into_iter().map(|(old, new)| sides.row(old, new, false)));
        }
        sides.pair(old..sides.approved.len(), new..sides.page.len(), &mut rows);
        Self { rows, n_differences: Some(n_differences), is_whole: text.is_whole() }
    }
}

/// The lines of both sides, until a row takes them.
struct Sides<'a> {
    approved: Vec<Option<Line<'a>>>,
    page: Vec<Option<Line<'a>>>,
}

impl<'a> Sides<'a> {
    /// Makes rows of lines that say the same.
    fn pair(&mut self, old: Range<usize>, new: Range<usize>, rows: &mut Vec<Row<'a>>) {
        rows.extend(old.zip(new).map(|(old, new)| self.row(old..old + 1, new..new + 1, false)));
    }

    fn row(&mut self, old: Range<usize>, new: Range<usize>, is_unread: bool) -> Row<'a> {
        let take = |lines: &mut Vec<Option<Line<'a>>>, range: Range<usize>| {
            let mut lines: Vec<Line<'a>> =
                lines.get_mut(range).unwrap_or_default().iter_mut().filter_map(Option::take).collect();
            if let Some(last) = lines.last_mut() {
                // The row ends here on both sides.
                last.ends_alone = false;
            }
            lines
        };
        Row { approved: take(&mut self.approved, old), page: take(&mut self.page, new), is_unread }
    }

    /// Marks a cell that says the same on both sides, but stands elsewhere in its table.
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
            // Words that stand beside others than their own are marked, too.
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

/// Tells whether a change takes a line with its break, so that it stands in a row of its own.
fn is_whole_line(characters: &Characters, range: &Range<usize>) -> bool {
    let changed = characters.all.get(range.clone()).unwrap_or_default();
    changed.contains(&'\n') && changed.iter().any(|c| *c != '\n')
}

fn mark_characters(lines: &mut [Option<Line<'_>>], characters: &Characters, differs: &[bool]) {
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
fn mark_gap(lines: &mut [Option<Line<'_>>], characters: &Characters, index: usize) {
    let (line, position) = characters.place(index);
    if let Some(Some(line)) = lines.get_mut(line)
        && !characters.lines.is_empty()
    {
        let position = position.min(line.text.len());
        line.changes.push(position..position);
    }
}

/// Returns the lines of the notice, each with where it belongs.
fn page_lines<'a>(notice: &'a Notice, text: &NoticeText<'a>) -> Vec<Line<'a>> {
    let mut of_sections = vec![(None, false); text.lines.len()];
    for (index, section) in notice.sections.iter().enumerate() {
        let lines = text.lines_of(index);
        let has_heading = section.heading.as_ref().is_some_and(|heading| !heading.value.trim().is_empty());
        for line in lines.clone() {
            if let Some(place) = of_sections.get_mut(line) {
                *place = (Some(index), has_heading && line == lines.start);
            }
        }
    }
    let mut last = None;
    let line = |(line, (section, is_heading)): (&printed::Line<'a>, _)| {
        let end = line.location(0..line.text.len()).range.map_or(0, |range| range.end);
        let offsets = line.offsets(&mut last);
        let is_exact = line.is_exact();
        let line = Line::new(line.text.chars().collect(), line.source(), offsets, end);
        Line { is_exact, section, is_heading, ..line }
    };
    text.lines.iter().zip(of_sections).map(line).collect()
}

impl<'a> Line<'a> {
    fn new(text: Vec<char>, source: &'a SourcePath, offsets: Vec<usize>, end: usize) -> Self {
        let changes = Vec::new();
        Self {
            text,
            changes,
            ends_alone: false,
            source,
            offsets,
            end,
            is_exact: true,
            section: None,
            is_heading: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::site::testing::site;

    /// Shows each row as `approved | page`: what differs in brackets, lines parted by `/`, `¶` where only one side breaks.
    #[track_caller]
    fn check(approved: &str, body: &str, expected: &[&str]) {
        let site = site(&[
            ("site.yaml", "title: 示例\n"),
            ("content/n/notice.md", &format!("---\ntitle: 标题\nunit: 甲\ndate: 2025-08-28\n---\n{body}\n")),
            ("content/n/approved.txt", approved),
        ]);
        let alignment = Alignment::of(&site.notices[0]);
        let side = |lines: &[Line<'_>]| lines.iter().map(show).collect::<Vec<_>>().join(" / ");
        let show = |row: &Row<'_>| format!("{} | {}", side(&row.approved), side(&row.page));
        assert_eq!(alignment.rows.iter().map(show).collect::<Vec<_>>(), expected);
        let mut found = Diagnostics::new();
        let text = NoticeText::new(&site.notices[0]);
        super::super::approved_text::check(
            &site.notices[0],
            &text,
            &super::super::approved_text::Said::default(),
            &mut found,
        );
        assert_eq!(alignment.n_differences, Some(found.iter().count()), "both count the same");
    }

    fn show(line: &Line<'_>) -> String {
        let mut out = String::new();
        for index in 0..=line.text.len() {
            if line.changes.iter().any(|change| change.end == index && change.start < change.end) {
                out.push(']');
            }
            if line.changes.iter().any(|change| change.start == index) {
                out.push('[');
            }
            if line.changes.contains(&(index..index)) {
                out.push(']');
            }
            out.extend(line.text.get(index));
        }
        out + if line.ends_alone { "¶" } else { "" }
    }

    #[test]
    fn what_is_the_same_stands_side_by_side_as_written() {
        check(
            "　　甲，乙（一）。\n丙。",
            "甲,乙(一)。\n\n丙。",
            &["甲，乙（一）。 | 甲,乙(一)。", "丙。 | 丙。"],
        );
    }

    #[test]
    fn what_differs_is_marked_on_both_sides() {
        check("请登录平台。", "请登陆平台。", &["请登[录]平台。 | 请登[陆]平台。"]);
        check("请登录平台。", "请登平台。", &["请登[录]平台。 | 请登[]平台。"]);
        check("请平台。", "请登录平台。", &["请[]平台。 | 请[登录]平台。"]);
    }

    #[test]
    fn a_line_of_one_side_stands_alone() {
        check(
            "甲一二三。\n乙四五六。\n丙。",
            "甲一二三。\n\n丙。",
            &["甲一二三。 | 甲一二三。", "[乙四五六。] | ", "丙。 | 丙。"],
        );
    }

    #[test]
    fn a_line_of_one_side_leaves_its_neighbors_alone() {
        check(
            "甲一二三。\n乙四五六；\n丙七八九。",
            "甲二三。\n\n丙七八。",
            &["甲[一]二三。 | 甲[]二三。", "[乙四五六；] | ", "丙七八[九]。 | 丙七八[]。"],
        );
    }

    #[test]
    fn a_divided_paragraph_is_one_row() {
        check(
            "甲一二三四五。乙六七八九十。",
            "甲一二三四五。\n\n乙六七八九十。",
            &["甲一二三四五。[]乙六七八九十。 | 甲一二三四五。¶ / 乙六七八九十。"],
        );
    }

    #[test]
    fn a_line_that_moved_is_not_lost() {
        // For such lines the crate `similar` names a wrong place for the removal in front of what is the same.
        check(
            "乙\n，\n丙\n丙\n乙",
            "，\n\n甲\n\n，\n\n，\n\n，",
            &["[乙] | ", "， | ，", "[丙] | [甲]", "[丙] | [，]", "[乙] | [，]", " | [，]"],
        );
    }

    #[test]
    fn offsets_lead_to_the_file() {
        let site =
            crate::site::testing::site_with("", "（一）用权  **涵养**。办理3件。\n\n|甲|乙|\n|-|-|\n|1|2|");
        let alignment = Alignment::of(&site.notices[0]);
        let lines: Vec<&Line<'_>> = alignment.rows.iter().flat_map(|row| &row.page).collect();
        assert!(alignment.n_differences.is_none() && alignment.is_whole);
        assert_eq!(
            lines.iter().map(|line| line.is_exact).collect::<Vec<_>>(),
            [true, true, true, false, false, false, false]
        );
        for line in lines {
            assert_eq!(line.offsets.len(), line.text.len());
            let text = NoticeText::new(&site.notices[0]);
            let printed =
                text.lines.iter().find(|one| one.text.chars().eq(line.text.iter().copied())).unwrap();
            for (index, (at, _)) in printed.text.char_indices().enumerate() {
                let place = printed.location(at..at + 1).range.unwrap().start;
                assert_eq!(line.offsets[index], place, "{}", printed.text);
            }
        }
    }

    proptest! {
        #[test]
        fn rows_hold_every_line_in_order_and_what_is_unmarked_is_the_same(
            approved in prop::collection::vec("[甲乙丙，,]{1,12}", 1..8),
            written in prop::collection::vec("[甲乙丙，,]{1,12}", 1..8),
        ) {
            let site = site(&[
                ("site.yaml", "title: 示例\n"),
                (
                    "content/n/notice.md",
                    &format!("---\ntitle: 标题\nunit: 甲\ndate: 2025-08-28\n---\n{}\n", written.join("\n\n")),
                ),
                ("content/n/approved.txt", &approved.join("\n")),
            ]);
            let alignment = Alignment::of(&site.notices[0]);
            let all = |lines: Vec<&Line<'_>>| -> Vec<String> {
                lines.into_iter().map(|line| line.text.iter().collect()).collect()
            };
            prop_assert_eq!(all(alignment.rows.iter().flat_map(|row| &row.approved).collect()), approved);
            prop_assert_eq!(all(alignment.rows.iter().flat_map(|row| &row.page).collect()), written);
            let unmarked = |lines: Vec<&Line<'_>>| -> String {
                let same = |line: &Line<'_>| -> String {
                    let is_same = |index: &usize| !line.changes.iter().any(|change| change.contains(index));
                    (0..line.text.len()).filter(is_same).map(|index| crate::text::width::fold(line.text[index])).collect()
                };
                lines.into_iter().map(same).collect()
            };
            for row in &alignment.rows {
                prop_assert_eq!(unmarked(row.approved.iter().collect()), unmarked(row.page.iter().collect()));
            }
        }
    }
}
