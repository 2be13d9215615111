//! What differs between a notice and its approved text, and where: changes, line breaks, places and words.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{LONGEST_EXCERPT, Reporter};
use crate::diagnostic::Location;
use crate::fidelity::{CharacterPlace, Characters, PrintedLine, Run};
use crate::figure::breaks_number;
use crate::text::{self, sentence};

/// How much of a line is looked at on either side of a line break, in characters.
const AROUND_BREAK: usize = 40;

/// The fewest characters that can be said to stand elsewhere; fewer are a slip.
const SHORTEST_MOVED: usize = 8;

/// Where a line break stands that only one side has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LineBreak {
    /// Between two digits, or between a number and its sign, scale or unit.
    InNumber,
    InSentence,
    BehindSentence,
}

/// A stretch that differs in a run of lines: what the approved text has, and what the notice has.
pub(super) struct Change<'a> {
    pub(super) run: &'a Run,
    pub(super) old: &'a Range<usize>,
    pub(super) new: &'a Range<usize>,
}

impl Change<'_> {
    pub(super) fn wanted(&self) -> &[char] {
        &self.run.wanted.all[self.old.clone()]
    }

    pub(super) fn written(&self) -> &[char] {
        &self.run.written.all[self.new.clone()]
    }

    /// Tells whether white space is all that differs.
    pub(super) fn is_blank(&self) -> bool {
        self.wanted().iter().chain(self.written()).all(|c| c.is_whitespace())
    }

    /// Returns the text before and behind the change, on the page or in the approved text.
    fn around(&self, is_of_page: bool) -> (String, String) {
        let (side, range) =
            if is_of_page { (&self.run.written.all, self.new) } else { (&self.run.wanted.all, self.old) };
        let before = side[range.start.saturating_sub(AROUND_BREAK)..range.start].iter().collect();
        let behind = side[range.end..side.len().min(range.end + AROUND_BREAK)].iter().collect();
        (before, behind)
    }

    /// Tells whether the change is inside a number of the page.
    pub(super) fn is_in_number(&self) -> bool {
        let (before, behind) = self.around(true);
        breaks_number(&before, &behind)
    }
}

/// Finds what the notice has alone and the approved text says elsewhere: only the order differs. The key is the change here,
/// the value the one there.
pub(super) fn moved(changes: &[Change<'_>]) -> BTreeMap<usize, usize> {
    let is_alone = |text: &[char], other: &[char]| other.is_empty() && text.len() >= SHORTEST_MOVED;
    let mut there: BTreeMap<Vec<char>, Vec<usize>> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate().rev() {
        if is_alone(change.wanted(), change.written()) {
            there.entry(sorted(change.wanted())).or_default().push(index);
        }
    }
    let here = changes.iter().enumerate().filter(|(_, change)| is_alone(change.written(), change.wanted()));
    let mut moved = BTreeMap::new();
    for (index, change) in here {
        let Some(alike) = there.get_mut(&sorted(change.written())) else { continue };
        let place = alike.iter().rposition(|&other| is_turned(changes[other].wanted(), change.written()));
        if let Some(place) = place {
            moved.insert(index, alike.remove(place));
        }
    }
    moved
}

/// Tells whether two stretches are the same words, of which one begins elsewhere: beside words that its neighbors have, too,
/// it may begin at several places.
fn is_turned(one: &[char], other: &[char]) -> bool {
    let [one, other] =
        [one, other].map(|text| text.iter().filter(|c| !c.is_whitespace()).collect::<String>());
    one.len() == other.len() && one.repeat(2).contains(&other)
}

/// Returns the characters of a stretch in order, so that the same words are found together wherever they begin.
fn sorted(text: &[char]) -> Vec<char> {
    let mut sorted: Vec<char> = text.iter().copied().filter(|c| !c.is_whitespace()).collect();
    sorted.sort_unstable();
    sorted
}

impl Reporter<'_> {
    /// Tells where the line break stands, if the change is nothing but one, with or without a space on the other side.
    pub(super) fn line_break(&self, change: &Change<'_>) -> Option<LineBreak> {
        let (wanted, written) = (change.wanted(), change.written());
        let has_break = |words: &[char]| words.contains(&'\n');
        if !change.is_blank() || has_break(wanted) == has_break(written) {
            return None;
        }
        // Cells that the approved text parts by spaces are no matter of breaks.
        if !wanted.is_empty()
            && has_break(written)
            && self.is_at_cell(change.run.written.place(change.new.start).0)
        {
            return None;
        }
        let (before, behind) = change.around(has_break(wanted));
        let sentence = before.trim_end_matches(|c| "”’）)》」』\"".contains(c));
        let ends = |c: char| sentence::ends_sentence(c) || matches!(c, '：' | ':' | '…');
        Some(if breaks_number(&before, &behind) {
            LineBreak::InNumber
        } else if sentence.ends_with(ends) {
            LineBreak::BehindSentence
        } else {
            LineBreak::InSentence
        })
    }

    /// Tells whether a line of the signature ends where the approved text has a space: 甲局　乙局, on one line.
    pub(super) fn parts_signature(&self, change: &Change<'_>) -> bool {
        let line = change.run.written.place(change.new.start).0;
        change.wanted() == [' '] && change.written() == ['\n'] && self.is_signature(line)
    }

    /// Tells whether all that differs is that a heading stands on a line of its own, which the text goes on in.
    pub(super) fn is_behind_run_in_heading(&self, change: &Change<'_>) -> bool {
        let is_break = change.wanted().is_empty() && change.written() == ['\n'];
        let (line, _) = change.run.written.place(change.new.start);
        is_break && self.comparison.text.lines.get(line).is_some_and(PrintedLine::may_run_in)
    }

    /// Tells whether the line at `index`, or the one behind it, is a cell of a table.
    pub(super) fn is_at_cell(&self, index: usize) -> bool {
        let is_cell = |line: &PrintedLine<'_>| line.cell.is_some();
        self.comparison.text.lines.iter().skip(index).take(2).any(is_cell)
    }

    /// Quotes what the approved text has in `range` of a run, in its own characters.
    pub(super) fn wanted_words(&self, run: &Run, range: &Range<usize>) -> String {
        text::excerpt(&self.wanted_as_written(run, range), LONGEST_EXCERPT)
    }

    /// Returns the beginning of what the approved text has in `range` of a run, a little more than is quoted.
    pub(super) fn wanted_as_written(&self, run: &Run, range: &Range<usize>) -> String {
        let approved = self.comparison.approved;
        as_written(&run.wanted, range, |(line, index)| {
            let start = self.comparison.wanted.get(line)?.places.get(index)?.start;
            approved.text.get(start.checked_sub(approved.offset)?..)?.chars().next()
        })
    }

    /// The same for what the notice has.
    pub(super) fn written_words(&self, run: &Run, range: &Range<usize>) -> String {
        let words = as_written(&run.written, range, |(line, index)| {
            let start = self.comparison.written.get(line)?.places.get(index)?.start;
            self.comparison.text.lines.get(line)?.text.get(start..)?.chars().next()
        });
        text::excerpt(&words, LONGEST_EXCERPT)
    }

    pub(super) fn written_location(&self, (line, index): CharacterPlace, words: &[char]) -> Location {
        let (Some(line), Some(folded)) =
            (self.comparison.text.lines.get(line), self.comparison.written.get(line))
        else {
            let last = self.comparison.text.lines.last();
            return last.map_or_else(
                || Location::file(&self.notice.opening.source),
                |line| line.location(line.text.len()..line.text.len()),
            );
        };
        let words = words.iter().skip_while(|c| c.is_whitespace());
        let n_words = words.take_while(|c| **c != '\n').count().max(1);
        let start = folded.places.get(index).map_or(line.text.len(), |place| place.start);
        let last = folded.places.get((index + n_words - 1).min(folded.places.len().saturating_sub(1)));
        line.location(start..last.map_or(start, |place| place.end).max(start))
    }

    pub(super) fn approved_location(&self, (line, index): CharacterPlace) -> Location {
        let approved = self.comparison.approved;
        let end = approved.offset + approved.text.len();
        let place = self.comparison.wanted.get(line).map(|line| {
            line.places.get(index).cloned().unwrap_or_else(|| {
                let end = line.places.last().map_or(0, |place| place.end);
                end..end
            })
        });
        Location::new(&approved.source, place.unwrap_or(end..end))
    }
}

/// Returns the first characters of one side in `range`; `written` knows them as they are written.
fn as_written(
    side: &Characters,
    range: &Range<usize>,
    written: impl Fn(CharacterPlace) -> Option<char>,
) -> String {
    // One more than is quoted, which shows that it is cut.
    let shown = range.clone().take(LONGEST_EXCERPT + 1).map(|index| match side.all[index] {
        '\n' => '⏎',
        // A run of spaces is one; whichever of them it was.
        ' ' => ' ',
        folded => written(side.places[index]).unwrap_or(folded),
    });
    shown.collect()
}
