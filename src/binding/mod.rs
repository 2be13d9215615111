//! Front matter + words of a file → its figures: those that state metrics, those declared to be none, and those still open.
//!
//! Start with [`read`], which looks at one file: `words` holds its text with everything that the scanner found in it, `broken`
//! refuses numbers that lie across lines, `table` gives numbers in cells the unit that their table says (`units`), `draft` reads `metrics:`, `bind` leads each metric to its place and `problems` tells
//! where that fails; `wording` reads the words around a figure.
//! [`gather`] then joins the files of a notice: ids, metrics that are printed again elsewhere, relations.

mod bind;
mod broken;
mod draft;
mod exempt;
mod gather;
mod heading;
mod problems;
mod quote;
mod relations;
mod table;
mod units;
mod wording;
mod words;

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostics, Located, Location, SourcePath};
use crate::figure::{NoFigure, NumberKind, Quantity, WrittenNumber};
use crate::markdown::{self, Block, Inline};
use crate::notice::{
    Claim, Day, Figure, Metric, Passage, PassageId, Printing, Proposal, ProposalKind, UnclearNumber,
};
use crate::text::{self, sentence};
use crate::yaml::Fields;

pub(crate) use bind::{behind_label, figures_behind_label, says_the_same, touches};
pub(crate) use gather::{counted_after, gather};
pub(crate) use heading::Heading;
pub(crate) use quote::{entry, quote_for};
pub(crate) use table::{Columns, cells, says_nothing};
pub(crate) use wording::DIRECTIONS;
pub(crate) use words::Words;

use bind::{BoundPlace, apart, overlaps};
use draft::MetricDraft;
use relations::RelationDraft;
use wording::TextDay;

/// The words of a file as they are searched, with the way back to its bytes.
struct SearchedText<'a> {
    words: &'a Words,
    lines: &'a [&'a mut Inline],
    path: &'a SourcePath,
}

impl SearchedText<'_> {
    /// Returns the place in the file of `range` of the words.
    fn location(&self, range: &Range<usize>) -> Location {
        Location::new(self.path, self.words.in_file(range, self.lines))
    }
}

/// A file of a notice, read by itself.
#[derive(Debug)]
pub(crate) struct ReadText {
    /// What it says. [`gather`] sets the passage of its printings; until then it is the opening.
    pub(crate) passage: Passage,
    /// What can only be joined when all files are known.
    pub(crate) unresolved: Unresolved,
}

impl ReadText {
    /// Returns a file of which nothing could be read.
    pub(crate) fn unread(path: &SourcePath) -> Self {
        Self { passage: Passage::unread(path), unresolved: Unresolved::default() }
    }
}

/// What one file says about the metrics of others.
#[derive(Debug, Default)]
pub(crate) struct Unresolved {
    /// Further printings of metrics that another file defines.
    again: Vec<FurtherPrinting>,
    /// Relations, whose operands may stand in any file.
    relations: Vec<RelationDraft>,
    /// The labels and ids of its metrics, including faulty ones.
    names: Vec<String>,
    /// Its text, which relations of other files may quote.
    text: String,
    /// Up to when its metrics count, by their index.
    days: Vec<(usize, DayDraft)>,
}

/// Up to when a metric counts, as its file says.
#[derive(Debug)]
struct DayDraft {
    /// The words of the text.
    in_text: Option<TextDay>,
    /// `as_of:`.
    given: Option<Located<Day>>,
}

/// A further printing of a metric that another file defines.
#[derive(Debug)]
struct FurtherPrinting {
    /// The id that its figures carry until the metric is known.
    id: String,
    label: Located<String>,
    quantity: Located<Quantity>,
    /// Indexes of the figures that print it.
    figures: Vec<usize>,
}

/// Reads `metrics:`, `not_figures:` and `relations:`, finds what they speak of in `blocks`, and marks it there with the
/// index of the figure; `text` is the whole file. The body of the passage is empty: it is made of the marked blocks.
///
/// Pushes `number-broken` for numbers that a line break, a tab or a change of width interrupts, and what `bind` pushes.
/// Numbers of the `heading` are listed as unclear: no metric can state them, since they have no place in the text.
pub(crate) fn read(
    fields: &mut Fields,
    path: &SourcePath,
    text: &str,
    heading: Option<&Heading<'_>>,
    blocks: &mut [Block],
    diagnostics: &mut Diagnostics,
) -> ReadText {
    let follows = broken::paragraphs_behind_another(blocks);
    let cells = cells(blocks);
    let lines = markdown::lines_mut(blocks);
    let words = Words::new(&lines, &cells);
    let searched = SearchedText { words: &words, lines: &lines, path };
    broken::check(&searched, &follows, text, diagnostics);
    if let Some(heading) = heading {
        heading.check_numbers(path, diagnostics);
    }
    let (drafts, names) = draft::read(fields, &words, diagnostics);
    let not_figures = exempt::read(fields, diagnostics);
    let relations = relations::read(fields, &words, diagnostics);
    let proposals = proposals(&drafts, &not_figures, &relations);
    for proposal in proposals.iter().filter(|proposal| proposal.kind != ProposalKind::Metric) {
        diagnostics.push(problems::proposed_entry(proposal));
    }
    let not_figures: Vec<Located<String>> = not_figures.into_iter().map(|entry| entry.words).collect();

    let (exempted, in_heading) = exempt(&not_figures, &words, heading, diagnostics);
    let places = bind::bind(&drafts, &exempted, &searched, diagnostics);
    let ids: Vec<String> = drafts.iter().map(id_of).collect();
    let figures = figures(&searched, &drafts, &ids, &places, &exempted);
    let mut read = ReadText::unread(path);
    read.passage.proposals = proposals;
    read.passage.unclear = heading.iter().flat_map(|heading| heading.numbers(&in_heading)).collect();
    read.passage.unclear.extend(unclear_in_text(&searched, &places, &exempted));
    mark(lines, &words, &figures);

    let mut printings: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
    let mut days: Vec<Option<TextDay>> = vec![None; drafts.len()];
    for (index, PlacedFigure { range, figure, drafts }) in figures.into_iter().enumerate() {
        read.passage.figures.push(figure);
        for draft in drafts {
            if printings[draft].is_empty() {
                days[draft] = wording::text_day(&words, &range);
            }
            printings[draft].push(index);
        }
    }
    for (((draft, id), figures), in_text) in drafts.into_iter().zip(ids).zip(printings).zip(days) {
        // Without a place it has been reported, and is left out.
        if !figures.is_empty() {
            read.push(draft, id, figures, in_text, diagnostics);
        }
    }
    read.unresolved.relations = relations;
    read.unresolved.names = names;
    read.unresolved.text = words.text;
    read
}

/// Lists the entries that a program proposed.
fn proposals(
    metrics: &[MetricDraft],
    not_figures: &[exempt::Entry],
    relations: &[RelationDraft],
) -> Vec<Proposal> {
    let metrics = metrics.iter().filter(|metric| metric.is_proposed);
    let metrics = metrics.map(|metric| (ProposalKind::Metric, &metric.label));
    let not_figures = not_figures.iter().filter(|entry| entry.is_proposed);
    let not_figures = not_figures.map(|entry| (ProposalKind::NotAFigure, &entry.words));
    let relations = relations.iter().filter(|relation| relation.is_proposed);
    let relations = relations.map(|relation| (ProposalKind::Relation, &relation.text));
    let all = metrics.chain(not_figures).chain(relations);
    all.map(|(kind, about)| Proposal { kind, about: about.clone() }).collect()
}

/// A figure with its place in the words.
struct PlacedFigure {
    range: Range<usize>,
    figure: Figure,
    /// The drafts that claim it.
    drafts: Vec<usize>,
}

/// Lists every figure of the text, including those that the scanner missed and a metric names.
fn figures(
    text: &SearchedText<'_>,
    drafts: &[MetricDraft],
    ids: &[String],
    places: &[BoundPlace],
    exempted: &[Range<usize>],
) -> Vec<PlacedFigure> {
    let words = text.words;
    let placed = |range: &Range<usize>, quantity: Quantity, claim: Claim, drafts: Vec<usize>| {
        let (sentence, in_sentence) = words.quoted(range);
        let figure = Figure {
            quantity,
            range: words.in_file(range, text.lines),
            sentence,
            in_sentence,
            sentence_start: words.sentence(range).start,
            claim,
        };
        PlacedFigure { range: range.clone(), figure, drafts }
    };
    let mut occurrences = vec![0; drafts.len()];
    let mut all = Vec::with_capacity(words.numbers.len());
    for shared in places.chunk_by(|one, next| one.range == next.range) {
        let BoundPlace { range, draft } = &shared[0];
        let owners: Vec<usize> = shared.iter().map(|place| place.draft).collect();
        let stated = &drafts[*draft].quantity.value;
        let printed = words.printed(range);
        // A further printing may say the same in another way: 三十个 for 30个.
        let other = (stated.printed() != printed).then(|| Quantity::parse(printed).ok()).flatten();
        let quantity = other.unwrap_or_else(|| stated.clone());
        let others = owners.iter().skip(1).map(|owner| ids[*owner].clone()).collect();
        let claim = Claim::Metric { id: ids[*draft].clone(), occurrence: occurrences[*draft], others };
        occurrences[*draft] += 1;
        all.push(placed(range, quantity, claim, owners));
    }
    for number in words.numbers.iter().filter(|number| !is_claimed(places, number)) {
        if let Some(quantity) = number.kind.quantity() {
            let is_exempt = touches(exempted, &number.range);
            let claim = if is_exempt { Claim::NotAFigure } else { Claim::None };
            all.push(placed(&number.range, quantity.clone(), claim, Vec::new()));
        }
    }
    all.sort_by_key(|placed| placed.range.start);
    all
}

/// Tells whether a metric has bound the number; `places` ascend, and are the same or apart.
fn is_claimed(places: &[BoundPlace], number: &WrittenNumber) -> bool {
    let next = places.partition_point(|place| place.range.end <= number.range.start);
    places.get(next).is_some_and(|place| overlaps(&place.range, &number.range))
}

/// Lists the numbers that say how much and cannot be read.
fn unclear_in_text(
    text: &SearchedText<'_>,
    places: &[BoundPlace],
    exempted: &[Range<usize>],
) -> Vec<UnclearNumber> {
    let words = text.words;
    let unclear = words.numbers.iter().filter_map(|number| {
        let NumberKind::Other(reason) = number.kind else { return None };
        if !is_unclear(reason) || is_claimed(places, number) {
            return None;
        }
        let clause = sentence::around(&words.text, number.range.clone(), sentence::ends_clause);
        Some(UnclearNumber {
            printed: words.get(&number.range).to_owned(),
            range: words.in_file(&number.range, text.lines),
            clause: words.get(&clause).to_owned(),
            reason,
            is_exempt: touches(exempted, &number.range),
        })
    });
    unclear.collect()
}

/// Tells whether a number that is no figure says how much, so that an editor has to look at it.
fn is_unclear(reason: NoFigure) -> bool {
    matches!(reason, NoFigure::Composite | NoFigure::NoUnit | NoFigure::NoUnitInTable | NoFigure::Unclear)
}

/// Returns the places that `not_figures:` names, in the text and in the heading; pushes `not-figure-not-in-text` and
/// `not-figure-without-figure`.
fn exempt(
    entries: &[Located<String>],
    words: &Words,
    heading: Option<&Heading<'_>>,
    diagnostics: &mut Diagnostics,
) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut in_text, mut in_heading) = (Vec::new(), Vec::new());
    for entry in entries {
        let named = NamedPlaces::new(entry, words);
        let headed = heading.map(|heading| NamedPlaces::new(entry, &heading.words));
        let all = || std::iter::once(&named).chain(&headed);
        if !all().any(|named| named.holds_figure) {
            let known = all().find_map(|named| named.known);
            let is_whole = all().any(|named| !named.whole.is_empty());
            diagnostics.push(problems::nothing_to_exempt(entry, is_whole, known));
        }
        in_text.extend(named.whole);
        in_heading.extend(headed.into_iter().flat_map(|named| named.whole));
    }
    (apart(in_text), apart(in_heading))
}

/// Where the words of an entry of `not_figures:` stand.
struct NamedPlaces<'a> {
    /// The places that cut no number.
    whole: Vec<Range<usize>>,
    /// Whether one of them holds a figure, or a number that says how much.
    holds_figure: bool,
    /// What is written with a number at the first place.
    known: Option<&'a WrittenNumber>,
}

impl<'a> NamedPlaces<'a> {
    fn new(entry: &Located<String>, words: &'a Words) -> Self {
        let hits = words.text.match_indices(entry.value.as_str()).filter(|(_, hit)| !hit.is_empty());
        let hits: Vec<_> = hits.map(|(at, hit)| at..at + hit.len()).collect();
        let whole: Vec<_> = hits.iter().filter(|range| words.is_whole(range)).cloned().collect();
        let is_open = |found: &WrittenNumber| match found.kind {
            NumberKind::Figure(_) => true,
            NumberKind::Other(reason) => is_unclear(reason),
        };
        let holds_figure = whole.iter().any(|range| words.numbers_in(range).any(is_open));
        let known = hits.first().and_then(|range| words.numbers_in(range).next());
        Self { whole, holds_figure, known }
    }
}

/// Marks the figures of metrics in the lines, each with its index.
fn mark(lines: Vec<&mut Inline>, words: &Words, figures: &[PlacedFigure]) {
    let mut marks: Vec<Vec<(Range<usize>, usize)>> = vec![Vec::new(); lines.len()];
    for (index, PlacedFigure { range, .. }) in
        figures.iter().enumerate().filter(|(_, placed)| !placed.drafts.is_empty())
    {
        let (line, start) = words.line_at(range.start);
        marks[line].push((range.start - start..range.end - start, index));
    }
    for (line, marks) in lines.into_iter().zip(marks) {
        if !marks.is_empty() {
            let unmarked = std::mem::replace(line, Inline::empty());
            *line = unmarked.with_marks(&marks);
        }
    }
}

impl ReadText {
    /// Makes a metric of a draft and the figures that print it, or leaves it for the file that defines it.
    fn push(
        &mut self,
        draft: MetricDraft,
        id: String,
        figures: Vec<usize>,
        in_text: Option<TextDay>,
        diagnostics: &mut Diagnostics,
    ) {
        if draft.is_again {
            self.unresolved.again.push(FurtherPrinting {
                id,
                label: draft.label,
                quantity: draft.quantity,
                figures,
            });
            return;
        }
        let first = figures.first().and_then(|first| self.passage.figures.get(*first));
        let direction = wording::direction(&draft, first, diagnostics);
        if in_text.is_some() || draft.as_of.is_some() {
            self.unresolved.days.push((self.passage.metrics.len(), DayDraft { in_text, given: draft.as_of }));
        }
        // The first printing may say the same in another way than the entry: 三十个 for 30个.
        let value = first.map_or(draft.quantity.value, |first| first.quantity.clone());
        let quantity = Located { value, location: draft.quantity.location };
        self.passage.metrics.push(Metric {
            id,
            label: draft.label,
            quantity,
            as_of: None,
            direction,
            note: draft.note,
            is_key: draft.is_key,
            printings: figures
                .into_iter()
                .map(|figure| Printing { passage: PassageId::OPENING, figure })
                .collect(),
        });
    }
}

/// Returns the id of a metric: the one that is given, else one that follows from the label alone, so that it stays the same
/// in every edition and wherever the metric stands.
fn id_of(draft: &MetricDraft) -> String {
    if let Some(id) = &draft.id {
        return id.value.clone();
    }
    let hash = Sha256::digest(draft.label.value.as_bytes());
    format!("m{}", text::hex(&hash[..4]))
}
