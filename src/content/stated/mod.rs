//! The text of an item beside its front matter: what it states of status, responsible units and time limit.
//!
//! Start with [`check`]. `read` finds what a paragraph states, by the words in `words`; here it is decided which of that is
//! about the item, and compared. What only measures say is never compared, and of statements that disagree none is taken: then
//! it is only known that the text says something.

mod problems;
mod read;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Diagnostics, Located, Location, SourcePath};
use crate::markdown::{Block, BlockKind, Inline};
use crate::notice::{Day, ItemStatus, Measure, Paragraph, Part, Section, Status};
use crate::text;

use problems::{Lacking, Offer};
pub(super) use read::{
    Announced, Said, announced, behind_head, facts_in_brackets, facts_of_heading, likely, meanings,
};
use read::{By, MOST_STATEMENTS, Role, Statement, begins_with_label, begins_with_status, statements};

/// What the front matter of an item says; `None` for keys that are not there, or that could not be read.
pub(super) struct Facts {
    pub(super) status: Option<Located<ItemStatus>>,
    pub(super) responsible: Vec<Located<String>>,
    pub(super) due: Option<Located<Day>>,
    /// The keys that are there, be they right or wrong.
    pub(super) keys: Vec<&'static str>,
}

/// Tells whether a text states the status of a problem: 该问题已完成整改, 整改状态：已完成.
pub(crate) fn states_status(text: &str) -> bool {
    statements(text).iter().any(|one| matches!(one.said, Said::Status { .. }))
}

/// A statement with its place.
struct Found {
    said: Said,
    by: By,
    location: Location,
    /// The words of the statement, label included.
    words: String,
    /// The measure that it stands in: its position at the top of the text, and whether it is about a problem of its own.
    measure: Option<(usize, bool)>,
}

/// Compares what the text of an item states with its front matter, and takes the status from the text where only that has one.
///
/// `file` is the whole file, its front matter at `yaml`. Pushes `fact-contradicts-text`, `fact-unlike-text`,
/// `fact-only-in-text` and `facts-disagree`.
pub(super) fn check(
    section: &mut Section,
    facts: &Facts,
    (file, yaml): (&str, Range<usize>),
    diagnostics: &mut Diagnostics,
) {
    let mut found = Vec::new();
    found.extend(section.heading.iter().flat_map(of_heading));
    let mut walk = Walk { source: &section.passage.source, found: &mut found, n_problems: 0 };
    walk.parts(&section.passage.body, None);
    let has_several_problems = walk.n_problems > 1;
    let is_status = |one: &&Found| matches!(one.said, Said::Status { .. });
    section.states_status = found.iter().any(|one| is_status(&one));
    if found.is_empty() || has_several_problems || found.len() > MOST_STATEMENTS {
        return;
    }
    let last_measure = section.passage.body.iter().rev().find_map(|part| match part {
        Part::Measure(measure) => Some(measure.position),
        Part::Paragraph(_) | Part::Block(_) => None,
    });
    let of_item = |is_meant: &dyn Fn(&Said) -> bool| of_item(&found, last_measure, is_meant);
    let document = problems::Source { file, yaml, path: &section.passage.source };
    let mut lacking = Lacking::default();

    let statuses = of_item(&|said| matches!(said, Said::Status { .. }));
    tell_disagreeing(&statuses, diagnostics);
    // A label that is made for it goes before words in passing.
    let labelled = statuses.iter().copied().filter(|one| one.by != By::Sentence).collect::<Vec<_>>();
    let statuses = if labelled.is_empty() { statuses } else { labelled };
    match &facts.status {
        Some(given) => compare_status(given, &statuses, &document, diagnostics),
        None if !facts.keys.contains(&"status") => {
            if let Some(stated) = agreed(&statuses) {
                section.status.clone_from(&stated.status);
                let is = stated.status.as_ref().map(|status| status.is);
                lacking.push(Offer::status(is, stated.words), stated.found.location.clone());
            }
        }
        None => {}
    }
    let units = of_item(&|said| matches!(said, Said::Units { .. }));
    compare_units(facts, &units, &document, &mut lacking, diagnostics);
    let limits = of_item(&|said| matches!(said, Said::Due(_)));
    tell_disagreeing(&limits, diagnostics);
    compare_due(facts, &limits, &document, &mut lacking, diagnostics);
    lacking.report(&document, diagnostics);
}

/// Lists what brackets at the end of a heading tell.
fn of_heading(heading: &Located<String>) -> Vec<Found> {
    let Some((range, said)) = facts_of_heading(&heading.value) else { return Vec::new() };
    let words = heading.value.get(range).unwrap_or_default();
    let found = |said| Found {
        said,
        by: By::Label,
        location: heading.location.clone(),
        words: words.to_owned(),
        measure: None,
    };
    said.into_iter().map(found).collect()
}

/// Returns the statements of a kind that are about the item: those beside measures, else those behind the last one.
///
/// What stands behind the last measure, unnumbered, belongs to it by the structure of the text only. If other measures say
/// such things, too, each speaks of itself; so does a measure that is about a problem (关于…问题).
fn of_item<'a>(
    found: &'a [Found],
    last_measure: Option<usize>,
    is_meant: &dyn Fn(&Said) -> bool,
) -> Vec<&'a Found> {
    let meant = || found.iter().filter(|one| is_meant(&one.said));
    let beside: Vec<_> = meant().filter(|one| one.measure.is_none()).collect();
    if !beside.is_empty() {
        return beside;
    }
    let is_last = |one: &&Found| {
        one.measure.is_some_and(|(position, is_problem)| !is_problem && Some(position) == last_measure)
    };
    if meant().all(|one| is_last(&one)) { meant().collect() } else { Vec::new() }
}

/// A status that all statements agree on.
struct Agreed<'a> {
    found: &'a Found,
    /// `None` if the words are not known.
    status: Option<ItemStatus>,
    words: &'a str,
}

impl Found {
    /// What it says of the status: what that means, and its words.
    fn status(&self) -> (&[Status], &str) {
        match &self.said {
            Said::Status { means, words } => (means, words),
            Said::Units { .. } | Said::Due(_) => (&[], ""),
        }
    }

    /// Tells whether both may be true of one item; words that are not known contradict none.
    fn may_be_beside(&self, other: &Self) -> bool {
        if let (Said::Due(one), Said::Due(other)) = (&self.said, &other.said) {
            let days = Day::parse_limit(one).zip(Day::parse_limit(other));
            return days.is_none_or(|(one, other)| may_be_same(&one, &other));
        }
        let (one, other) = (self.status().0, other.status().0);
        let is_one_of = |is: &Status| other.iter().any(|also| is.may_be_also(*also));
        one.is_empty() || other.is_empty() || one.iter().any(is_one_of)
    }
}

fn agreed<'a>(statuses: &[&'a Found]) -> Option<Agreed<'a>> {
    let (&found, others) = statuses.split_first()?;
    let (first, words) = found.status();
    let fits = |other: &&Found| match first.first() {
        Some(is) => other.status().0.contains(is),
        None => other.status().1 == words,
    };
    if !others.iter().all(fits) {
        return None;
    }
    let shown = (!words.is_empty()).then(|| words.to_owned());
    let status = first.first().map(|is| ItemStatus { is: *is, words: shown });
    Some(Agreed { found, status, words })
}

/// Tells of statements that contradict the first one, at the place of each; a label goes before words in passing.
fn tell_disagreeing(stated: &[&Found], diagnostics: &mut Diagnostics) {
    let first = stated.iter().find(|one| one.by != By::Sentence).or(stated.first());
    let Some(first) = first else { return };
    let disagreeing = stated.iter().filter(|other| !first.may_be_beside(other));
    diagnostics.extend(disagreeing.map(|other| problems::disagree(first, other)));
}

/// Compares the status that is `given` with what is stated: it must be one of those, in the words of the text.
fn compare_status(
    given: &Located<ItemStatus>,
    stated: &[&Found],
    document: &problems::Source<'_>,
    diagnostics: &mut Diagnostics,
) {
    let has_words = |words: &str| given.value.words.as_ref().is_some_and(|given| given == words);
    let fits = |found: &&Found| {
        let (means, words) = found.status();
        // What is done and kept up is told as either, but where a status is asked for.
        let is_kept_up = |is: &Status| matches!(is, Status::Completed | Status::LongTerm);
        let may_be_kept_up =
            found.by != By::Label && is_kept_up(&given.value.is) && means.iter().any(is_kept_up);
        // 已完成并长期坚持 says both.
        let begins_with_it = || !means.is_empty() && begins_with_status(words, given.value.is);
        means.contains(&given.value.is) || has_words(words) || may_be_kept_up || begins_with_it()
    };
    let shown = given.value.words.as_deref().unwrap_or(given.value.is.id());
    let (known, unknown): (Vec<&Found>, Vec<&Found>) =
        stated.iter().partition(|found| !found.status().0.is_empty());
    if let Some(found) = known.first()
        && !known.iter().any(fits)
    {
        let (means, words) = found.status();
        let instead = Offer::status(means.first().copied(), words);
        diagnostics.push(match found.by {
            By::Label | By::Progress => {
                document.contradiction("status", shown, &given.location, found, instead)
            }
            By::Sentence => document.unlike("status", shown, found, instead),
        });
    } else if let Some(found) = unknown.iter().find(|found| !has_words(found.status().1)) {
        let words = found.status().1;
        let is = likely(words).filter(|is| !is.may_be_also(given.value.is)).unwrap_or(given.value.is);
        let instead = Offer::status(Some(is), words);
        diagnostics.push(document.unlike("status", shown, found, instead));
    }
}

fn compare_units(
    facts: &Facts,
    stated: &[&Found],
    document: &problems::Source<'_>,
    lacking: &mut Lacking,
    diagnostics: &mut Diagnostics,
) {
    let units_of = |found: &&Found| match &found.said {
        Said::Units { units, role } => Some((units.clone(), *role)),
        Said::Status { .. } | Said::Due(_) => None,
    };
    let all: Vec<_> = stated.iter().filter_map(units_of).collect();
    let is_main = |found: &&&Found| units_of(found).is_some_and(|(_, role)| role == Role::Responsible);
    let Some(found) = stated.iter().find(is_main) else { return };
    if all.iter().any(|(units, _)| units.is_empty()) {
        return;
    }
    let of_role = |wanted| all.iter().filter(move |(_, role)| *role == wanted).flat_map(|(units, _)| units);
    let mut seen = BTreeSet::new();
    let mut units: Vec<String> = of_role(Role::Leading).chain(of_role(Role::Responsible)).cloned().collect();
    units.retain(|unit| seen.insert(unit.clone()));
    if facts.responsible.is_empty() {
        if !facts.keys.contains(&"responsible") {
            lacking.push(Offer::texts("responsible", &units), found.location.clone());
        }
        return;
    }
    // 市财政局 is 甲市财政局.
    let is_same = |one: &str, other: &str| one.contains(other) || other.contains(one);
    let is_named = |unit: &str| all.iter().flat_map(|(units, _)| units).any(|one| is_same(one, unit));
    if let Some(unit) = facts.responsible.iter().find(|unit| !is_named(&unit.value)) {
        let offer = Offer::texts("responsible", &units);
        diagnostics.push(document.contradiction("responsible", &unit.value, &unit.location, found, offer));
        return;
    }
    let given: Vec<String> = facts.responsible.iter().map(|unit| unit.value.clone()).collect();
    let is_missing = |unit: &String| !given.iter().any(|given| is_same(given, unit));
    let names_missing = |found: &&&Found| {
        is_main(found) && units_of(found).is_some_and(|(units, _)| units.iter().any(is_missing))
    };
    if let Some(found) = stated.iter().find(names_missing) {
        let missing: Vec<String> =
            of_role(Role::Responsible).filter(|unit| is_missing(unit)).cloned().collect();
        let offer = Offer::texts("responsible", &[given.clone(), missing].concat());
        diagnostics.push(document.unlike("responsible", &given.join("、"), found, offer));
    }
}

fn compare_due(
    facts: &Facts,
    limits: &[&Found],
    document: &problems::Source<'_>,
    lacking: &mut Lacking,
    diagnostics: &mut Diagnostics,
) {
    let days = limits.iter().filter_map(|found| match &found.said {
        Said::Due(words) => Some((found, words, Day::parse_limit(words)?)),
        Said::Status { .. } | Said::Units { .. } => None,
    });
    let days: Vec<_> = days.collect();
    let Some((found, words, first)) = days.first() else { return };
    let offer = Offer::text("due", words);
    match &facts.due {
        Some(given) if !days.iter().any(|(.., day)| may_be_same(&given.value, day)) => {
            let shown = given.value.printed();
            diagnostics.push(document.contradiction("due", shown, &given.location, found, offer));
        }
        None if !facts.keys.contains(&"due") && days.iter().all(|(.., day)| may_be_same(first, day)) => {
            lacking.push(offer, found.location.clone());
        }
        Some(_) | None => {}
    }
}

/// Tells whether two time limits may be one.
fn may_be_same(given: &Day, stated: &Day) -> bool {
    let (given_words, stated_words) = (given.printed(), stated.printed());
    if given_words.contains(stated_words) || stated_words.contains(given_words) {
        return true;
    }
    let has_digit = |words: &str| words.contains(text::width::is_digit);
    match (given.span(), stated.span()) {
        (Some((first, last)), Some((other_first, other_last))) => first <= other_last && other_first <= last,
        // 30日内 may be any day; 长期坚持 is none.
        (Some(_), None) => has_digit(stated_words),
        (None, Some(_)) => has_digit(given_words),
        (None, None) => has_digit(given_words) || has_digit(stated_words),
    }
}

/// Goes through the text of an item.
struct Walk<'a> {
    source: &'a SourcePath,
    found: &'a mut Vec<Found>,
    /// How many problems of its own the text counts: 问题1：…, 问题2：….
    n_problems: usize,
}

impl Walk<'_> {
    /// Reads parts that stand in the measure of the item that is at `measure`.
    fn parts(&mut self, parts: &[Part], measure: Option<(usize, bool)>) {
        let mut parts = parts.iter().peekable();
        while let Some(part) = parts.next() {
            match part {
                Part::Measure(inner) => self.measure(inner, measure),
                Part::Paragraph(Paragraph { label, text, .. }) => {
                    let mut pieces = vec![label.as_ref(), Some(text)];
                    // What a label announces may stand in a paragraph of its own.
                    if is_label_alone(label.as_ref(), text)
                        && let Some(Part::Paragraph(next)) = parts.peek()
                        && next.label.is_none()
                    {
                        pieces.push(Some(&next.text));
                        parts.next();
                    }
                    self.lines(&pieces, measure);
                }
                Part::Block(block) => self.block(block, measure),
            }
        }
    }

    fn measure(&mut self, measure: &Measure, above: Option<(usize, bool)>) {
        let first = match measure.parts.first() {
            Some(Part::Paragraph(paragraph)) if measure.is_run_in || measure.lead.is_none() => {
                Some(paragraph)
            }
            _ => None,
        };
        let pieces = [
            measure.lead.as_ref(),
            first.and_then(|first| first.label.as_ref()),
            first.map(|first| &first.text),
        ];
        let beginning: String = pieces.iter().flatten().take(1).map(|piece| piece.plain_text()).collect();
        let length = text::numbering::parse(&beginning).map_or(0, |numbering| numbering.length);
        // A numbered label, 3.整改状态：已完成, is about the item as one without a number is.
        let is_label = beginning.get(length..).is_some_and(|rest| begins_with_label(rest.trim_start()));
        let inside = above.or(Some((measure.position, beginning.contains("问题"))));
        let place = if is_label && above.is_none() { None } else { inside };
        self.lines(&pieces, place);
        self.parts(measure.parts.get(usize::from(first.is_some())..).unwrap_or_default(), inside);
    }

    fn block(&mut self, block: &Block, measure: Option<(usize, bool)>) {
        match &block.kind {
            BlockKind::Paragraph(text) => self.lines(&[Some(text)], measure),
            BlockKind::List(list) => {
                for block in list.items.iter().flat_map(|item| &item.blocks) {
                    self.block(block, measure);
                }
            }
            _ => {}
        }
    }

    /// Reads a paragraph that is made of several pieces.
    fn lines(&mut self, pieces: &[Option<&Inline>], measure: Option<(usize, bool)>) {
        let pieces: Vec<&Inline> = pieces.iter().copied().flatten().collect();
        let text: String = pieces.iter().map(|piece| piece.plain_text()).collect();
        let numbered = text::numbering::parse(&text).map_or(0, |numbering| numbering.length);
        let Some(behind) = text.get(numbered..) else { return };
        // Several tasks may be those of one problem.
        let family = text::structure::family_of_problem(behind.trim_start());
        self.n_problems += usize::from(family.is_some_and(|family| family.ends_with("问题")));
        if self.found.len() > MOST_STATEMENTS {
            return;
        }
        for Statement { said, by, range } in statements(behind) {
            let range = range.start + numbered..range.end + numbered;
            let words = text.get(range.clone()).unwrap_or_default().to_owned();
            let location = Location::new(self.source, in_file(&pieces, &text, &range));
            self.found.push(Found { said, by, location, words, measure });
        }
    }
}

/// Tells whether a paragraph is nothing but a label: 整改情况：.
fn is_label_alone(label: Option<&Inline>, text: &Inline) -> bool {
    let words = label.map(Inline::plain_text).unwrap_or_default() + &text.plain_text();
    let words = words.trim();
    begins_with_label(words) && words.ends_with(['：', ':'])
}

/// Returns where the bytes `range` of joined pieces stand in the file.
fn in_file(pieces: &[&Inline], text: &str, range: &Range<usize>) -> Range<usize> {
    let place = |at: usize| {
        let mut left = at;
        for piece in pieces {
            if left < piece.plain_length() {
                return piece.source_offset(left);
            }
            left -= piece.plain_length();
        }
        pieces.last().map_or(0, |piece| piece.range().end)
    };
    let start = place(range.start);
    // The last character leads to its own end, not to where the next one begins behind some markup.
    let last = text.get(range.clone()).and_then(|words| words.chars().next_back()).map_or(0, char::len_utf8);
    start..(place(range.end - last) + last).max(start)
}
