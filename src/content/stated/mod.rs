//! The text of an item beside its front matter: what it states of status, responsible units and time limit.
//!
//! Start with [`check`]. `read` finds what a paragraph states, by the words in `words`; here it is decided which of that is
//! about the item, and compared. What only measures say is never compared, and of statements that disagree none is taken: then
//! it is only known that the text says something.

mod problems;
mod read;
mod words;

use std::ops::Range;

use crate::diagnostic::{Diagnostics, Located, Location, SourcePath};
use crate::markdown::{Block, BlockKind, Inline};
use crate::notice::{Day, ItemStatus, Measure, Paragraph, Part, Section, Status};
use crate::text;

use problems::{Lacking, Offer};
use read::{By, Statement, begins_with_label, statements};

pub(super) use read::{Announced, Said, announced, behind_head};

/// What the front matter of an item says; `None` for keys that are not there, or that could not be read.
pub(super) struct Facts {
    pub(super) status: Option<Located<ItemStatus>>,
    pub(super) responsible: Vec<Located<String>>,
    pub(super) due: Option<Located<Day>>,
    /// The keys that are there, be they right or wrong.
    pub(super) keys: Vec<&'static str>,
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
/// `file` is the whole file, its front matter at `yaml`. Pushes `fact-contradicts-text`, `fact-unlike-text` and
/// `fact-only-in-text`.
pub(super) fn check(
    section: &mut Section,
    facts: &Facts,
    (file, yaml): (&str, Range<usize>),
    diagnostics: &mut Diagnostics,
) {
    let mut found = Vec::new();
    let mut walk = Walk { source: &section.passage.source, found: &mut found, n_problems: 0 };
    walk.parts(&section.passage.body, None);
    let has_several_problems = walk.n_problems > 1;
    let is_status = |one: &&Found| matches!(one.said, Said::Status { .. });
    section.states_status = found.iter().any(|one| is_status(&one));
    if found.is_empty() || has_several_problems {
        return;
    }
    let last_measure = section.passage.body.iter().rev().find_map(|part| match part {
        Part::Measure(measure) => Some(measure.position),
        Part::Paragraph(_) | Part::Block(_) => None,
    });
    let of_item = |is_meant: &dyn Fn(&Said) -> bool| of_item(&found, last_measure, is_meant);
    let document = problems::Source { file, yaml, path: &section.passage.source };
    let mut lacking = Lacking::default();

    let mut statuses = of_item(&|said| matches!(said, Said::Status { .. }));
    if statuses.iter().any(|one| one.by != By::Sentence) {
        statuses.retain(|one| one.by != By::Sentence);
    }
    if let Some(stated) = agreed(&statuses) {
        match &facts.status {
            Some(given) => compare_status(given, &statuses, &document, diagnostics),
            None if !facts.keys.contains(&"status") => {
                section.status.clone_from(&stated.status);
                let is = stated.status.as_ref().map(|status| status.is);
                lacking.push(Offer::status(is, stated.words), stated.found.location.clone());
            }
            None => {}
        }
    }
    let units = of_item(&|said| matches!(said, Said::Units { .. }));
    compare_units(facts, &units, &document, &mut lacking, diagnostics);
    let limits = of_item(&|said| matches!(said, Said::Due(_)));
    if let [limit] = limits.as_slice() {
        compare_due(facts, limit, &document, &mut lacking, diagnostics);
    }
    lacking.report(&document, diagnostics);
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

fn agreed<'a>(statuses: &[&'a Found]) -> Option<Agreed<'a>> {
    let means = |found: &'a Found| match &found.said {
        Said::Status { means, words } => (means.as_slice(), words.as_str()),
        Said::Units { .. } | Said::Due(_) => (&[][..], ""),
    };
    let (found, others) = statuses.split_first()?;
    let (first, words) = means(found);
    let fits = |other: &&'a Found| match first.first() {
        Some(is) => means(other).0.contains(is),
        None => means(other).1 == words,
    };
    if !others.iter().all(fits) {
        return None;
    }
    let shown = (!words.is_empty()).then(|| words.to_owned());
    let status = first.first().map(|is| ItemStatus { is: *is, words: shown });
    Some(Agreed { found, status, words })
}

fn compare_status(
    given: &Located<ItemStatus>,
    stated: &[&Found],
    document: &problems::Source<'_>,
    diagnostics: &mut Diagnostics,
) {
    let differs = |found: &&&Found| match &found.said {
        Said::Status { means, words } => {
            let says_so = given.value.words.as_ref().is_some_and(|given| given == words);
            // What is done and kept up is told as either, but where a status is asked for.
            let is_kept_up = |is: &Status| matches!(is, Status::Completed | Status::LongTerm);
            let may_be_kept_up =
                found.by != By::Label && is_kept_up(&given.value.is) && means.iter().any(is_kept_up);
            let says_same = means.contains(&given.value.is) || says_so || may_be_kept_up;
            !means.is_empty() && !says_same
        }
        Said::Units { .. } | Said::Due(_) => false,
    };
    let labelled = stated.iter().find(|found| found.by != By::Sentence && differs(found));
    let Some(found) = labelled.or_else(|| stated.iter().find(differs)) else { return };
    let Said::Status { means, words } = &found.said else { return };
    let shown = given.value.words.clone().unwrap_or_else(|| given.value.is.id().to_owned());
    let instead = Offer::status(means.first().copied(), words);
    diagnostics.push(match found.by {
        By::Label | By::Progress => {
            document.contradiction("status", &shown, &given.location, found, Some(instead))
        }
        By::Sentence => problems::unlike(&shown, found),
    });
}

fn compare_units(
    facts: &Facts,
    stated: &[&Found],
    document: &problems::Source<'_>,
    lacking: &mut Lacking,
    diagnostics: &mut Diagnostics,
) {
    let units_of = |found: &&&Found| match &found.said {
        Said::Units { units, are_responsible } => Some((units.clone(), *are_responsible)),
        Said::Status { .. } | Said::Due(_) => None,
    };
    let all: Vec<_> = stated.iter().filter_map(|found| units_of(&found)).collect();
    let Some(found) = stated.iter().find(|found| units_of(found).is_some_and(|(_, is_main)| is_main)) else {
        return;
    };
    if all.iter().any(|(units, _)| units.is_empty()) {
        return;
    }
    let offer = || {
        let responsible = all.iter().filter(|(_, is_main)| *is_main).flat_map(|(units, _)| units.clone());
        Offer::texts("responsible", &responsible.collect::<Vec<_>>())
    };
    if facts.responsible.is_empty() {
        if !facts.keys.contains(&"responsible") {
            lacking.push(offer(), found.location.clone());
        }
        return;
    }
    // 市财政局 is 甲市财政局.
    let is_named = |unit: &str| {
        all.iter().flat_map(|(units, _)| units).any(|one| one.contains(unit) || unit.contains(one.as_str()))
    };
    if let Some(unit) = facts.responsible.iter().find(|unit| !is_named(&unit.value)) {
        let problem =
            document.contradiction("responsible", &unit.value, &unit.location, found, Some(offer()));
        diagnostics.push(problem);
    }
}

fn compare_due(
    facts: &Facts,
    found: &Found,
    document: &problems::Source<'_>,
    lacking: &mut Lacking,
    diagnostics: &mut Diagnostics,
) {
    let Said::Due(words) = &found.said else { return };
    let Some(stated) = Day::parse_limit(words) else { return };
    let offer = Offer::text("due", words);
    match &facts.due {
        Some(given) if !may_be_same(&given.value, &stated) => {
            let shown = given.value.printed();
            diagnostics.push(document.contradiction("due", shown, &given.location, found, Some(offer)));
        }
        None if !facts.keys.contains(&"due") => lacking.push(offer, found.location.clone()),
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
        for part in parts {
            match part {
                Part::Measure(inner) => self.measure(inner, measure),
                Part::Paragraph(Paragraph { label, text, .. }) => {
                    self.lines(&[label.as_ref(), Some(text)], measure);
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
        self.n_problems += usize::from(is_problem(behind.trim_start()));
        for Statement { said, by, range } in statements(behind) {
            let range = range.start + numbered..range.end + numbered;
            let words = text.get(range.clone()).unwrap_or_default().to_owned();
            let location = Location::new(self.source, in_file(&pieces, &text, &range));
            self.found.push(Found { said, by, location, words, measure });
        }
    }
}

/// Tells whether a paragraph is one of several problems: `问题1：`, `反馈问题二：`.
fn is_problem(text: &str) -> bool {
    let rest = text.strip_prefix("反馈").unwrap_or(text).strip_prefix("问题");
    rest.is_some_and(|rest| {
        let is_number = |c: char| text::numeral::is_part(c) || text::width::is_digit(c);
        let behind = rest.trim_start_matches(is_number);
        behind.len() < rest.len() && behind.starts_with(['：', ':'])
    })
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
