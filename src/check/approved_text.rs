//! `approved-text-differs`, `approved-paragraphs-differ`, `no-approved-text`: the notice says what was signed off.
//!
//! Widths do not count, because extraction flattens them (`，` and `,`, `（` and `(`), nor do indents and the length of
//! a run of spaces. Every other character does. Paragraph breaks are compared too, but only warned about.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::printed::{Line, NoticeText};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::notice::{ApprovedText, Notice};
use crate::text;

/// Stretches that differ and are longer than this are reported as a whole: comparing them character by character would
/// take time that grows with the square of their length.
const LONGEST_COMPARED: usize = 4000;

/// The same for lines: with more pairs than this, the wrong file lies beside the notice, and one report says so.
const MOST_PAIRS_OF_LINES: usize = 1 << 22;

/// A line of one side, folded, with the place of each character.
struct Folded {
    text: String,
    /// For each character, the bytes where it is written.
    places: Vec<Range<usize>>,
}

/// Compares `notice`, whose lines are `text`, with its approved text; `misnumbered` is from [`misnumbered_lists`].
pub(super) fn check(
    notice: &Notice,
    text: &NoticeText<'_>,
    misnumbered: &[Location],
    diagnostics: &mut Diagnostics,
) {
    let Some(approved) = &notice.approved else {
        diagnostics.push(no_approved_text(notice));
        return;
    };
    if !approved.is_whole {
        return;
    }
    if agrees(approved, text) {
        return;
    }
    let wanted = approved_lines(notice, approved);
    let written: Vec<Folded> = text.lines.iter().map(fold_line).collect();
    let wanted_texts: Vec<&str> = wanted.iter().map(|line| line.text.as_str()).collect();
    let written_texts: Vec<&str> = written.iter().map(|line| line.text.as_str()).collect();
    if wanted_texts == written_texts {
        return;
    }
    let comparison = Comparison { notice, approved, text, wanted: &wanted, written: &written, misnumbered };
    for (old, new) in differing_runs(&wanted_texts, &written_texts) {
        if !comparison.touches_gap(&old, &new) {
            comparison.report(old, new, diagnostics);
        }
    }
}

/// Returns the runs of lines in which the two sides differ, in order.
fn differing_runs(wanted: &[&str], written: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let is_same = |(a, b): &(&&str, &&str)| a == b;
    let n_first = wanted.iter().zip(written).take_while(is_same).count();
    let most = wanted.len().min(written.len()) - n_first;
    let n_last = wanted.iter().rev().zip(written.iter().rev()).take(most).take_while(is_same).count();
    let (old, new) = (n_first..wanted.len() - n_last, n_first..written.len() - n_last);
    if old.len().saturating_mul(new.len()) > MOST_PAIRS_OF_LINES {
        return vec![(old, new)];
    }
    let shifted = |range: Range<usize>| range.start + n_first..range.end + n_first;
    capture_diff_slices(Algorithm::Myers, &wanted[old], &written[new])
        .into_iter()
        .filter(|operation| !matches!(operation, DiffOp::Equal { .. }))
        .map(|operation| (shifted(operation.old_range()), shifted(operation.new_range())))
        .collect()
}

/// Returns the places of list items that would be shown with another number: that they differ has been said.
pub(super) fn misnumbered_lists(diagnostics: &Diagnostics) -> Vec<Location> {
    let found = diagnostics.iter().filter(|found| found.code == "list-number-differs");
    found.filter_map(|found| found.location.clone()).collect()
}

/// Tells whether the approved text says the same line by line.
///
/// It mostly does, and then no place of any character is needed. A title that is broken into several lines is left to the
/// comparison that knows of titles.
fn agrees(approved: &ApprovedText, text: &NoticeText<'_>) -> bool {
    let is_space = |c: char| text::width::fold(c).is_ascii_whitespace();
    let lines = approved.text.split(['\n', '\t', '\r']).map(|line| line.trim_matches(is_space));
    let mut wanted = lines.filter(|line| !line.is_empty());
    let is_same = |line: &Line<'_>| {
        let wanted = wanted.next().unwrap_or_default();
        with_single_spaces(wanted).eq(line.text.chars().map(text::width::fold))
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

/// Both sides, for the reports.
struct Comparison<'a> {
    notice: &'a Notice,
    approved: &'a ApprovedText,
    text: &'a NoticeText<'a>,
    wanted: &'a [Folded],
    written: &'a [Folded],
    misnumbered: &'a [Location],
}

/// A character with its line and its index in it; a line break has the index behind the last character.
type Place = (usize, usize);

impl Comparison<'_> {
    /// Tells whether the lines `old` may stand in a file that could not be read.
    ///
    /// Among lines that repeat themselves, what is missing has several possible places; each of them counts.
    fn touches_gap(&self, old: &Range<usize>, new: &Range<usize>) -> bool {
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

    /// Reports what differs between two runs of lines, character by character.
    fn report(&self, old: Range<usize>, new: Range<usize>, diagnostics: &mut Diagnostics) {
        let (wanted, wanted_places) = characters(self.wanted, old.clone());
        let (written, written_places) = characters(self.written, new.clone());
        if wanted.len().max(written.len()) > LONGEST_COMPARED {
            let wanted_place = wanted_places.first().copied().unwrap_or((old.start, 0));
            let written_place = written_places.first().copied().unwrap_or((new.start, 0));
            diagnostics.push(self.difference(&wanted, &written, wanted_place, written_place));
            return;
        }
        for operation in capture_diff_slices(Algorithm::Myers, &wanted, &written) {
            let (old_range, new_range) = (operation.old_range(), operation.new_range());
            if matches!(operation, DiffOp::Equal { .. }) {
                continue;
            }
            let place = |places: &[Place], index: usize, end: usize| {
                places
                    .get(index)
                    .copied()
                    .unwrap_or_else(|| places.last().map_or((end, 0), |(l, c)| (*l, c + 1)))
            };
            let wanted_place = place(&wanted_places, first_word(&wanted, &old_range), old.start);
            let written_place = place(&written_places, first_word(&written, &new_range), new.start);
            let difference =
                self.difference(&wanted[old_range], &written[new_range], wanted_place, written_place);
            if !self.is_in_misnumbered_list(&difference) {
                diagnostics.push(difference);
            }
        }
    }

    fn is_in_misnumbered_list(&self, difference: &Diagnostic) -> bool {
        let Some(Location { path, range: Some(list) }) = &difference.location else { return false };
        self.misnumbered.iter().any(|item| {
            item.path == *path && item.range.as_ref().is_some_and(|item| list.contains(&item.start))
        })
    }

    fn difference(
        &self,
        wanted: &[char],
        written: &[char],
        wanted_at: Place,
        written_at: Place,
    ) -> Diagnostic {
        let show = |text: &[char]| -> String {
            let shown: String = text.iter().take(40).map(|c| if *c == '\n' { '⏎' } else { *c }).collect();
            if text.len() > 40 { shown + "…" } else { shown }
        };
        let (wanted_words, written_words) = (show(wanted), show(written));
        let is_break_only = wanted.iter().chain(written).all(|c| *c == '\n');
        let (english, chinese) = match (wanted.is_empty(), written.is_empty()) {
            _ if is_break_only && written.is_empty() => {
                ("a paragraph of the approved text begins here".to_owned(), "审定稿在这里另起一段".to_owned())
            }
            _ if is_break_only => (
                "the approved text has no new paragraph here".to_owned(),
                "审定稿在这里没有另起一段".to_owned(),
            ),
            (true, _) => (
                format!("the approved text does not have `{written_words}` here"),
                format!("审定稿这里没有 `{written_words}`"),
            ),
            (_, true) => (
                format!("the approved text has `{wanted_words}` here"),
                format!("审定稿这里还有 `{wanted_words}`"),
            ),
            _ => (
                format!("the approved text says `{wanted_words}`, not `{written_words}`"),
                format!("审定稿是 `{wanted_words}`，不是 `{written_words}`"),
            ),
        };
        let location = self.written_location(written_at, written);
        let problem = if is_break_only {
            Diagnostic::warning("approved-paragraphs-differ", location, english, chinese)
        } else {
            Diagnostic::error("approved-text-differs", location, english, chinese)
        };
        problem
            .help(
                "the approved text is sovereign: write what it says; a slip in it is corrected by a new approval",
                "以审定稿为准：请照审定稿改正；审定稿本身有误的，须重新审定",
            )
            .related(self.approved_location(wanted_at), "the approved text", "审定稿")
    }

    fn written_location(&self, (line, index): Place, words: &[char]) -> Location {
        let (Some(line), Some(folded)) = (self.text.lines.get(line), self.written.get(line)) else {
            let last = self.text.lines.last();
            return last.map_or_else(
                || Location::file(&self.notice.source),
                |line| line.location(line.text.len()..line.text.len()),
            );
        };
        let words = words.iter().skip_while(|c| c.is_whitespace());
        let n_words = words.take_while(|c| **c != '\n').count().max(1);
        let start = folded.places.get(index).map_or(line.text.len(), |place| place.start);
        let last = folded.places.get((index + n_words - 1).min(folded.places.len().saturating_sub(1)));
        line.location(start..last.map_or(start, |place| place.end).max(start))
    }

    fn approved_location(&self, (line, index): Place) -> Location {
        let end = self.approved.offset + self.approved.text.len();
        let place = self.wanted.get(line).map(|line| {
            line.places.get(index).cloned().unwrap_or_else(|| {
                let end = line.places.last().map_or(0, |place| place.end);
                end..end
            })
        });
        Location::new(&self.approved.source, place.unwrap_or(end..end))
    }
}

/// Returns where in `range` words begin, so that a difference is shown on the line of its words and not at the break or
/// the space before them; the start if there are no words.
fn first_word(characters: &[char], range: &Range<usize>) -> usize {
    range.clone().find(|index| !characters[*index].is_whitespace()).unwrap_or(range.start)
}

/// Joins lines to one run of characters, a line break between them.
fn characters(lines: &[Folded], range: Range<usize>) -> (Vec<char>, Vec<Place>) {
    let mut characters = Vec::new();
    let mut places = Vec::new();
    for index in range.clone() {
        if index > range.start {
            characters.push('\n');
            places.push((index - 1, lines[index - 1].places.len()));
        }
        for (position, character) in lines[index].text.chars().enumerate() {
            characters.push(character);
            places.push((index, position));
        }
    }
    (characters, places)
}

fn fold_line(line: &Line<'_>) -> Folded {
    let places = line.text.char_indices().map(|(index, c)| index..index + c.len_utf8()).collect();
    Folded { text: line.text.chars().map(text::width::fold).collect(), places }
}

/// The lines of the approved text; their places are bytes of its file. A title that is broken into several lines is
/// one.
fn approved_lines(notice: &Notice, approved: &ApprovedText) -> Vec<Folded> {
    let mut lines: Vec<Folded> = Vec::new();
    let mut start = approved.offset;
    for written in approved.text.split_inclusive(['\n', '\t', '\r']) {
        let mut line = Folded { text: String::new(), places: Vec::new() };
        for (index, character) in written.char_indices() {
            let folded = text::width::fold(character);
            let is_space = folded.is_ascii_whitespace();
            if is_space && (line.text.is_empty() || line.text.ends_with(' ')) {
                continue;
            }
            line.text.push(if is_space { ' ' } else { folded });
            line.places.push(start + index..start + index + character.len_utf8());
        }
        if line.text.ends_with(' ') {
            line.text.pop();
            line.places.pop();
        }
        if !line.text.is_empty() {
            lines.push(line);
        }
        start += written.len();
    }
    if notice.title_is_approved() {
        join_title(&mut lines, &notice.title.value);
    }
    lines
}

fn join_title(lines: &mut Vec<Folded>, title: &str) {
    let title_length = title.chars().filter(|c| !c.is_whitespace()).count();
    while lines.len() > 1 && lines[0].text.chars().filter(|c| *c != ' ').count() < title_length {
        let next = lines.remove(1);
        lines[0].text.push_str(&next.text);
        lines[0].places.extend(next.places);
    }
}

fn no_approved_text(notice: &Notice) -> Diagnostic {
    Diagnostic::warning(
        "no-approved-text",
        Location::file(&notice.source),
        "nothing proves that this notice says what was signed off",
        "没有审定稿，无法证明通报与审定稿一致",
    )
    .help(
        "put the text that was signed off beside it as `approved.txt`; save a Word file as plain text",
        "请把审定稿存为 `approved.txt`，放在同一文件夹中；Word 文件须另存为纯文本",
    )
}
