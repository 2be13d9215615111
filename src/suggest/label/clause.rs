//! The clause of a figure → the words that may name it, the most telling first.
//!
//! Start with [`Clause::names`]. What is counted stands in front of its figure (推文27篇) or behind it (10件信访件); a
//! comparison has its subject in front (案损数同比下降15.3%), and 分别 gives each subject its own figure. Words behind a figure
//! belong to it only up to the first verb. What crosses another figure to reach its subject is doubtful.

use std::ops::Range;

use super::cut::{
    behind_open_bracket, can_stand, first_stop, is_listed, last_of, listed, object, parts, shorten,
    starts_with_any, subject, tidy, without_beginning, without_end, without_loose_end,
};
use super::{LONGEST, Label};
use crate::binding::DIRECTIONS;
use crate::binding::Words;
use crate::figure::Found;
use crate::notice::Direction;
use crate::suggest::vocabulary as lists;
use crate::text::{sentence, width};

/// The most characters of what stands in front of a figure to be joined with the name behind it.
const LONGEST_PREFIX: usize = 4;

/// How many clauses back a subject is sought.
const MOST_BACK: usize = 4;

/// Figures in a row: 12件、34批次和56次.
#[derive(Clone, Copy)]
struct Row {
    /// Where the first of them begins.
    start: usize,
    /// The place of the figure that is to be named, from 0.
    place: usize,
    n: usize,
    /// Whether some count persons and some do not: 组织党员、干部3批次、128人次 says both of all.
    is_mixed: bool,
}

impl Row {
    /// Returns the name that has the same place among `names` as the figure in the row.
    fn name(self, names: &str, suffix: &str, is_ordered: bool) -> Label {
        let listed = listed(names);
        let ours = listed.get(self.place).filter(|_| listed.len() == self.n);
        let text = format!("{}{suffix}", subject(ours.copied().unwrap_or(names)));
        Label { text, is_good: ours.is_some() && is_ordered }
    }
}

/// The clause of a figure.
pub(super) struct Clause<'a> {
    words: &'a Words,
    at: &'a Range<usize>,
    range: Range<usize>,
    /// The figure in front of this one in the clause.
    previous: Option<&'a Range<usize>>,
    /// What stands in front of the figure, behind the number before it.
    before: &'a str,
    /// What stands behind the figure, up to the next one.
    after: &'a str,
}

impl<'a> Clause<'a> {
    pub(super) fn new(words: &'a Words, at: &'a Range<usize>) -> Self {
        let range = around(words, at);
        let number = words.numbers_before(at.start).find(|found| parts(&found.kind));
        let number = number.filter(|found| found.range.end > range.start);
        let start = number.map_or(range.start, |found| found.range.end);
        let previous = number.filter(|found| found.kind.quantity().is_some()).map(|found| &found.range);
        let next = words.numbers_from(at.end).find(|found| parts(&found.kind));
        let end = next.map_or(range.end, |found| found.range.start.min(range.end));
        let before = words.text.get(start..at.start).unwrap_or_default();
        let after = words.text.get(at.end..end).unwrap_or_default();
        let after = after.trim_end_matches(sentence::ends_clause).trim();
        Self { words, at, range, previous, before: behind_open_bracket(before).trim(), after }
    }

    /// Returns what may name the figure, the best first; pieces to fall back on stand at the end.
    pub(super) fn names(&self) -> impl Iterator<Item = Label> + '_ {
        let ways: [fn(&Self) -> Option<Label>; 8] = [
            Self::group,
            Self::distributed,
            Self::of_each,
            Self::change,
            Self::comparison,
            Self::behind,
            Self::in_front,
            Self::share,
        ];
        // Only the first way that fits may be good: the others would pass over what it has found.
        let found = ways.into_iter().find_map(|way| way(self));
        found.into_iter().chain(self.pieces())
    }

    /// Returns what stands beside the figure: better than no name at all.
    fn pieces(&self) -> impl Iterator<Item = Label> + '_ {
        let before = without_beginning(without_end(self.before));
        let start = before.char_indices().rev().nth(LONGEST - 1).map_or(0, |(at, _)| at);
        let before = before.get(start..).unwrap_or_default();
        let after = if starts_with_any(self.after, lists::CONJUNCTIONS) { "" } else { object(self.after) };
        let pieces = if self.ends_in_conjunction() { [after, before] } else { [before, after] };
        pieces
            .into_iter()
            .map(Label::doubtful)
            .chain(self.earlier_subject().map(|found| Label::doubtful(found.text)))
    }

    fn unit(&self) -> &'a str {
        let found = self.words.numbers_from(self.at.start).next();
        let quantity = found.and_then(|found| found.kind.quantity());
        quantity.map_or("", |quantity| quantity.unit().as_str())
    }

    fn is_proportion(&self) -> bool {
        matches!(self.unit(), "%" | "‰" | "‱" | "倍" | "成" | "个百分点" | "百分点")
    }

    fn ends_in_conjunction(&self) -> bool {
        self.before.ends_with(['和', '及', '与', '、']) && without_loose_end(self.before) != self.before
    }

    /// 五大行动: what stands in front is the last of the five.
    fn group(&self) -> Option<Label> {
        let noun = self.unit().strip_prefix('大')?;
        (noun.chars().count() > 1).then(|| Label::doubtful(noun))
    }

    /// 受理数、案损数分别同比下降15.3%和53.7%; 来信、来访12件、34批次: each name has its own figure, in order.
    ///
    /// Where there are not as many names as figures, or they may all belong to all, the name is doubtful.
    fn distributed(&self) -> Option<Label> {
        let row = self.row(&["", "、", "和", "与", "及"]);
        let head = self.words.text.get(self.range.start..row.start)?;
        if let Some(at) = head.rfind("分别") {
            let (in_front, behind) = (head.get(..at)?, head.get(at + "分别".len()..)?);
            let (verb, suffix) = self.without_comparison(behind);
            // 分别受理投诉、咨询37件、1205件 has its names behind 分别.
            let names = if listed(verb).len() > 1 { verb } else { in_front };
            return (row.n > 1).then(|| row.name(names, &suffix, true));
        }
        let row = self.row(&["、", "和", "与", "及"]);
        let number = self.words.numbers_before(row.start).find(|found| parts(&found.kind));
        let start = number.map_or(self.range.start, |found| found.range.end.max(self.range.start));
        let (names, suffix) = self.without_comparison(self.words.text.get(start..row.start)?);
        (row.n > 1 && listed(names).len() > 1).then(|| row.name(names, &suffix, !row.is_mixed))
    }

    /// Cuts the comparison off the end of `text`, and returns the name of what it measures.
    fn without_comparison<'t>(&self, text: &'t str) -> (&'t str, String) {
        let compared = self.compared(text);
        let cut = compared.and_then(|(at, suffix)| Some((text.get(..at)?, suffix)));
        cut.unwrap_or((text, String::new()))
    }

    /// Returns the figures that stand in a row with this one, joined by one of `marks` each.
    fn row(&self, marks: &[&str]) -> Row {
        let is_joined = |gap: Range<usize>| self.words.text.get(gap).is_some_and(|gap| marks.contains(&gap));
        let is_of_persons = |found: &Found| {
            let unit = found.kind.quantity().map(|quantity| quantity.unit().as_str());
            unit.map(|unit| matches!(unit, "人" | "人次" | "名"))
        };
        let mut row = Row { start: self.at.start, place: 0, n: 1, is_mixed: false };
        let mut persons: Vec<Option<bool>> =
            self.words.numbers_from(self.at.start).take(1).map(is_of_persons).collect();
        for found in self.words.numbers_before(self.at.start) {
            if found.kind.quantity().is_none() || !is_joined(found.range.end..row.start) {
                break;
            }
            row = Row { start: found.range.start, place: row.place + 1, n: row.n + 1, ..row };
            persons.push(is_of_persons(found));
        }
        let mut end = self.at.end;
        for found in self.words.numbers_from(self.at.end) {
            if found.kind.quantity().is_none() || !is_joined(end..found.range.start) {
                break;
            }
            (row.n, end) = (row.n + 1, found.range.end);
            persons.push(is_of_persons(found));
        }
        Row { is_mixed: persons.windows(2).any(|pair| pair[0] != pair[1]), ..row }
    }

    /// 公厕、垃圾站各3座: the figure is said of each.
    fn of_each(&self) -> Option<Label> {
        let list = self.before.strip_suffix("各")?;
        (listed(list).len() > 1).then(|| Label::doubtful(without_beginning(list)))
    }

    /// 审批时限由15个工作日压缩至5个工作日.
    fn change(&self) -> Option<Label> {
        let (subject, verb, side) = if let Some(verb) = changed(self.before) {
            (self.before.get(..self.before.len() - verb.len() - "至".len())?, verb, "后")
        } else {
            let verb = changed(self.after)?;
            (self.before, verb, "前")
        };
        let subject = from(subject);
        let name = if subject.is_empty() {
            self.earlier_subject().map(|found| found.text).unwrap_or_default()
        } else {
            subject.to_owned()
        };
        Some(Label::doubtful(format!("{name}{verb}{side}")))
    }

    /// 执法源头问题同比减少20%.
    fn comparison(&self) -> Option<Label> {
        let (at, suffix) = self.compared(self.before)?;
        let here = self.before.get(..at)?;
        let is_loose = without_loose_end(here) != here;
        let name = without_loose_end(subject(from(here)));
        if tidy(name).chars().count() > 1 {
            let text = format!("{name}{suffix}");
            let is_good = !is_loose && self.previous.is_none();
            return Some(Label { text, is_good });
        }
        // The subject stands in the clause before: 受理1204起，同比下降15.3%.
        match self.earlier_subject() {
            Some(Label { text, is_good }) => Some(Label { text: format!("{text}{suffix}"), is_good }),
            None => Some(Label::doubtful(suffix)),
        }
    }

    /// Returns where the comparison at the end of `text` begins, and the name of what it measures.
    fn compared(&self, text: &str) -> Option<(usize, String)> {
        let text = text.trim_end_matches(['了', '约', '近', '达', '超']);
        let found = DIRECTIONS.iter().find(|(word, _)| text.ends_with(word));
        let (word, direction) = found?;
        let verb = text.len() - word.len();
        let compared = last_of(lists::COMPARISONS, text.get(..verb)?);
        let period = compared.filter(|(_, word)| word.ends_with('比') && word.len() == "同比".len());
        let period = period.map_or("", |(_, word)| word);
        let suffix = match direction {
            _ if !self.is_proportion() => format!("{period}{word}数"),
            Direction::Down => format!("{period}降幅"),
            Direction::Up if word.starts_with('增') => format!("{period}增幅"),
            Direction::Up => format!("{period}升幅"),
        };
        Some((compared.map_or(verb, |(at, _)| at), suffix))
    }

    /// What is counted stands behind the figure: 移交的10件信访件.
    fn behind(&self) -> Option<Label> {
        let belongs_in_front = self.is_proportion() && !self.before.is_empty();
        if belongs_in_front || starts_with_any(self.after, lists::CONJUNCTIONS) {
            return None;
        }
        let behind = tidy(object(self.after));
        if behind.chars().count() < 2 {
            return None;
        }
        let (short, is_whole) = shorten(&behind, LONGEST);
        let prefix = self.verb_in_front().unwrap_or_default();
        let joined = format!("{prefix}{short}");
        let text = if joined.chars().count() > LONGEST { short } else { joined };
        Some(Label { text, is_good: is_whole })
    }

    /// Returns the verb that governs a name behind the figure: 移交 of 移交的10件, 停用 of 累计停用18家次.
    fn verb_in_front(&self) -> Option<String> {
        let is_verb = |word: &str| {
            let length = word.chars().count();
            (2..=LONGEST_PREFIX).contains(&length)
                && word.chars().all(width::is_han)
                && !is_listed(word, lists::LIGHT_VERBS)
                && !is_listed(word, lists::LEADING)
        };
        // Behind another figure stands what that one counts.
        if self.previous.is_some() || self.ends_in_conjunction() {
            return None;
        }
        if let Some(before) = self.before.strip_suffix('的') {
            let (at, _) = before.char_indices().rev().nth(1)?;
            return before.get(at..).filter(|word| is_verb(word)).map(str::to_owned);
        }
        let is_loose =
            without_end(self.before) != self.before || without_loose_end(self.before) != self.before;
        if self.before.contains('、') || is_loose {
            return None;
        }
        Some(subject(self.before)).filter(|word| is_verb(word)).map(str::to_owned)
    }

    /// What is counted stands in front of the figure: 推文27篇.
    fn in_front(&self) -> Option<Label> {
        if self.ends_in_conjunction() || self.before.ends_with('的') {
            return None;
        }
        if let Some(text) = self.part_of_previous() {
            return Some(Label::good(text));
        }
        let here = subject(self.before);
        if tidy(here).chars().count() > 1 {
            return Some(Label::good(here));
        }
        let found = self.earlier_subject().filter(|_| self.after.is_empty())?;
        Some(Label::doubtful(found.text))
    }

    /// 113条整改措施已完成110条: what is said of those that the figure before counts.
    fn part_of_previous(&self) -> Option<String> {
        let previous = Clause::new(self.words, self.previous?);
        let stop = first_stop(self.before)?;
        let (noun, rest) = self.before.split_at(stop);
        if noun.contains(['、', '，', ',', '和', '及', '与', '（', '(']) || tidy(noun).chars().count() < 2
        {
            return None;
        }
        let whole = previous.behind().map_or_else(|| noun.to_owned(), |found| found.text);
        let rest = without_end(rest);
        (!rest.is_empty()).then(|| format!("{whole}{rest}"))
    }

    /// 完成全年任务的109.65%.
    fn share(&self) -> Option<Label> {
        let whole = without_loose_end(self.before);
        (whole != self.before && !self.ends_in_conjunction()).then(|| Label::doubtful(whole))
    }

    /// Returns what the words before a comparison speak of: those in front of the first figure of the clause, or of a
    /// clause before it in the same sentence.
    fn earlier_subject(&self) -> Option<Label> {
        let whole = self.words.sentence(self.at);
        let mut clause = self.range.clone();
        for back in 0..MOST_BACK {
            if let Some(found) = self.head(&clause) {
                return Some(Label { is_good: found.is_good && back == 1, ..found });
            }
            let before = self.words.text.get(whole.start..clause.start)?.trim_end();
            let (mark, _) = before.char_indices().next_back()?;
            let end = whole.start + mark;
            clause = around(self.words, &(end..end));
        }
        None
    }

    /// Returns what stands in front of the first figure of `clause`, if it names something.
    fn head(&self, clause: &Range<usize>) -> Option<Label> {
        let figure = self.words.numbers_from(clause.start).find(|found| parts(&found.kind));
        let end = figure.map_or(clause.end, |found| found.range.start.min(clause.end));
        if end == self.at.start {
            return None;
        }
        let text = self.words.get(&(clause.start..end)).trim_end_matches(sentence::ends_clause).trim();
        let compared = self.compared(text).and_then(|(at, _)| text.get(..at));
        let head = compared.unwrap_or(text);
        let head =
            lists::STANDSTILLS.split_whitespace().find_map(|word| head.strip_suffix(word)).unwrap_or(head);
        let plain = without_loose_end(head);
        let name = if plain == head { subject(head) } else { without_beginning(from(plain)) };
        let is_good = plain == head && can_stand(&tidy(name));
        (tidy(name).chars().count() > 1).then(|| Label { text: tidy(name), is_good })
    }
}

/// Returns the clause around `at`; a mark inside a number (2,350万元) ends none.
fn around(words: &Words, at: &Range<usize>) -> Range<usize> {
    let whole = words.sentence(at);
    let is_inside = |mark: usize| {
        let next = words.found.partition_point(|found| found.range.end <= mark);
        words.found.get(next).is_some_and(|found| found.range.start < mark)
    };
    let before = words.text.get(whole.start..at.start).unwrap_or_default();
    let mut marks = before.rmatch_indices(sentence::ends_clause);
    let start = marks.find(|(mark, _)| !is_inside(whole.start + mark));
    let start = start.map_or(whole.start, |(mark, text)| whole.start + mark + text.len());
    let behind = words.text.get(at.end..whole.end).unwrap_or_default();
    let mut marks = behind.match_indices(sentence::ends_clause);
    let end = marks.find(|(mark, _)| !is_inside(at.end + mark));
    let end = end.map_or(whole.end, |(mark, text)| at.end + mark + text.len());
    start..end.max(at.end)
}

/// Returns the verb of a change at the end of `text`: 压缩 of 压缩至.
fn changed(text: &str) -> Option<&str> {
    let verb = text.strip_suffix(['至', '到', '为'])?;
    let words = lists::CHANGES.split_whitespace().filter(|word| verb.ends_with(word));
    words.max_by_key(|word| word.len()).and_then(|word| verb.get(verb.len() - word.len()..))
}

/// Returns the subject of a change: 审批时限 of 审批时限由原来的.
fn from(text: &str) -> &str {
    let at = text.rfind(['由', '从']).filter(|at| {
        let rest = text.get(at + "由".len()..).unwrap_or_default();
        rest.is_empty() || is_listed(rest, lists::FORMER)
    });
    let text = at.and_then(|at| text.get(..at)).unwrap_or(text);
    if is_listed(text, lists::FORMER) { "" } else { without_beginning(text) }
}
