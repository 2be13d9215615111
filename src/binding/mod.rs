//! Front matter + words of a section → its figures: which are metrics, which are not, which nobody has claimed.
//!
//! Start with [`read`], which looks at one file: `words` holds its text with everything that the scanner found in it, `broken`
//! refuses numbers that lie across lines, `draft` reads `metrics:`, `bind` leads each metric to its place and `problems` tells
//! where that fails; `wording` reads the words around a figure.
//! [`gather`] then joins the files of a notice: ids, metrics that are printed again elsewhere, relations.

mod bind;
mod broken;
mod draft;
pub(crate) mod fields;
mod gather;
mod heading;
mod problems;
mod quote;
mod relations;
mod wording;
mod words;

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostics, Located, Location, SourcePath};
use crate::figure::{NoFigure, NumberKind, Quantity, WrittenNumber};
use crate::keys;
use crate::markdown::{self, Block, Inline};
use crate::notice::{Claim, Day, Figure, Metric, Passage, PassageId, Printing, UnclearNumber};
use crate::text::sentence;
use crate::yaml::Fields;

pub(crate) use bind::{behind_label, figures_behind_label, overlaps, says_the_same};
pub(crate) use gather::{counted_after, gather};
pub(crate) use heading::Heading;
pub(crate) use quote::{entry, quote_for};
pub(crate) use wording::DIRECTIONS;
pub(crate) use words::Words;

use bind::{Context, Place};
use draft::Draft;
use wording::TextDay;

/// A file of a notice, read by itself.
#[derive(Debug)]
pub(crate) struct ReadText {
    /// What it says; its metrics believe that they stand in the opening until [`gather`] knows better.
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
    again: Vec<Again>,
    /// Relations, whose operands may stand in any file.
    relations: Vec<relations::Draft>,
    /// What the file calls its metrics, those with a fault among them.
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
struct Again {
    label: Located<String>,
    quantity: Located<Quantity>,
    /// Indexes of the figures that print it.
    figures: Vec<usize>,
}

/// Reads `metrics:`, `not_figures:` and `relations:`, finds what they speak of in `blocks`, and marks it there with the
/// index of the figure; `text` is the whole file. The body of the passage is empty: it is made of the marked blocks.
///
/// Pushes `number-broken` for numbers that a line break, a tab or a change of width parts, and what `bind` pushes.
/// Figures of the `heading` are numbers that no metric can state: they have no place in the text to lead to.
pub(crate) fn read(
    fields: &mut Fields,
    path: &SourcePath,
    text: &str,
    heading: Option<&Heading<'_>>,
    blocks: &mut [Block],
    diagnostics: &mut Diagnostics,
) -> ReadText {
    let ends = broken::paragraph_ends(blocks);
    let lines = markdown::lines_mut(blocks);
    let words = Words::new(&lines);
    broken::check(&words, &lines, &ends, path, text, diagnostics);
    if let Some(heading) = heading {
        heading.check_numbers(path, diagnostics);
    }
    let (drafts, names) = draft::read(fields, &words, diagnostics);
    let not_figures = fields.texts(&keys::NOT_FIGURES, diagnostics).unwrap_or_default();
    let relations = relations::read(fields, &words, diagnostics);

    let locate = |range: &Range<usize>| Location::new(path, words.in_file(range, &lines));
    let context = Context { words: &words, locate: &locate };
    let (exempted, in_heading) = exempt(&not_figures, &words, heading, diagnostics);
    let places = bind::bind(&drafts, &exempted, &context, diagnostics);
    let ids: Vec<String> = drafts.iter().map(id_of).collect();
    let figures = figures(&words, &lines, &drafts, &ids, &places, &exempted);
    let mut unclear: Vec<UnclearNumber> =
        heading.iter().flat_map(|heading| heading.numbers(&in_heading)).collect();
    unclear.extend(unclear_in_text(&words, &lines, &places, &exempted));
    mark(lines, &words, &places, &figures);

    let mut printings: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
    for (index, placed) in figures.iter().enumerate() {
        if let Some(draft) = placed.draft {
            printings[draft].push(index);
        }
    }
    let places_in_words: Vec<Range<usize>> = figures.iter().map(|placed| placed.at.clone()).collect();
    let mut read = ReadText::unread(path);
    read.passage.figures = figures.into_iter().map(|one| one.figure).collect();
    read.passage.unclear = unclear;
    read.unresolved.relations = relations;
    read.unresolved.names = names;
    for ((draft, id), figures) in drafts.into_iter().zip(ids).zip(printings) {
        // Without a place it has been reported, and is left out.
        let Some(first) = figures.first() else { continue };
        let in_text = wording::text_day(&words, &places_in_words[*first]);
        read.push(draft, id, figures, in_text, diagnostics);
    }
    read.unresolved.text = words.text;
    read
}

/// A figure with its place in the words.
struct Placed {
    at: Range<usize>,
    figure: Figure,
    /// The draft that claims it.
    draft: Option<usize>,
}

/// Lists every figure of the words, those that only a metric knows among them.
fn figures(
    words: &Words,
    lines: &[&mut Inline],
    drafts: &[Draft],
    ids: &[String],
    places: &[Place],
    exempted: &[Range<usize>],
) -> Vec<Placed> {
    let placed = |at: &Range<usize>, quantity: Quantity, claim: Claim, draft: Option<usize>| {
        let sentence = words.sentence(at);
        let figure = Figure {
            quantity,
            range: words.in_file(at, lines),
            sentence: words.get(&sentence).to_owned(),
            in_sentence: at.start - sentence.start..at.end - sentence.start,
            sentence_start: sentence.start,
            claim,
        };
        Placed { at: at.clone(), figure, draft }
    };
    let mut occurrences = vec![0; drafts.len()];
    let mut all: Vec<Placed> = Vec::with_capacity(words.found.len());
    for place in places {
        let draft = &drafts[place.draft];
        let printed = words.printed(&place.range);
        // A further printing may say the same in another way: 三十个 for 30个.
        let other =
            (draft.quantity.value.printed() != printed).then(|| Quantity::parse(printed).ok()).flatten();
        let quantity = other.unwrap_or_else(|| draft.quantity.value.clone());
        let occurrence = occurrences[place.draft];
        occurrences[place.draft] += 1;
        let claim = Claim::Metric { id: ids[place.draft].clone(), occurrence };
        all.push(placed(&place.range, quantity, claim, Some(place.draft)));
    }
    for found in &words.found {
        let Some(quantity) = found.kind.quantity() else { continue };
        if first_overlapping(places, |place| &place.range, &found.range).is_none() {
            let is_exempt = first_overlapping(exempted, |range| range, &found.range).is_some();
            let claim = if is_exempt { Claim::NotAFigure } else { Claim::None };
            all.push(placed(&found.range, quantity.clone(), claim, None));
        }
    }
    all.sort_by_key(|placed| placed.at.start);
    all
}

/// Lists the numbers that say how much and cannot be read.
fn unclear_in_text(
    words: &Words,
    lines: &[&mut Inline],
    places: &[Place],
    exempted: &[Range<usize>],
) -> Vec<UnclearNumber> {
    let mut unclear = Vec::new();
    for found in &words.found {
        let NumberKind::Other(reason) = found.kind else { continue };
        let is_claimed = || first_overlapping(places, |place| &place.range, &found.range).is_some();
        if !is_unclear(reason) || is_claimed() {
            continue;
        }
        let clause = sentence::around(&words.text, found.range.clone(), sentence::ends_clause);
        unclear.push(UnclearNumber {
            printed: words.get(&found.range).to_owned(),
            range: words.in_file(&found.range, lines),
            clause: words.get(&clause).to_owned(),
            reason,
            is_exempt: first_overlapping(exempted, |range| range, &found.range).is_some(),
        });
    }
    unclear
}

/// Tells whether a number that is no figure says how much all the same, so that somebody has to look at it.
fn is_unclear(reason: NoFigure) -> bool {
    matches!(reason, NoFigure::Composite | NoFigure::NoUnit | NoFigure::Unclear)
}

/// Returns the first of `sorted`, whose ranges ascend without overlapping, that overlaps `range`.
fn first_overlapping<'a, T>(
    sorted: &'a [T],
    range_of: impl Fn(&T) -> &Range<usize>,
    range: &Range<usize>,
) -> Option<&'a T> {
    let next = sorted.partition_point(|one| range_of(one).end <= range.start);
    sorted.get(next).filter(|one| overlaps(range_of(one), range))
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
        let named = Named::new(entry, words);
        let headed = heading.map(|heading| Named::new(entry, &heading.words));
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
struct Named<'a> {
    /// The places that cut no number.
    whole: Vec<Range<usize>>,
    /// Whether one of them holds something that is open.
    holds_figure: bool,
    /// What is written with a number at the first place.
    known: Option<&'a WrittenNumber>,
}

impl<'a> Named<'a> {
    fn new(entry: &Located<String>, words: &'a Words) -> Self {
        let hits = words.text.match_indices(entry.value.as_str()).map(|(at, hit)| at..at + hit.len());
        let hits: Vec<_> = hits.filter(|range| !range.is_empty()).collect();
        let whole: Vec<_> = hits.iter().filter(|range| words.is_whole(range)).cloned().collect();
        let is_open = |found: &WrittenNumber| match found.kind {
            NumberKind::Figure(_) => true,
            NumberKind::Other(reason) => is_unclear(reason),
        };
        let holds_figure = whole.iter().any(|range| words.found_in(range).any(is_open));
        let known = hits.first().and_then(|range| words.found_in(range).next());
        Self { whole, holds_figure, known }
    }
}

/// Sorts ranges and joins those that overlap.
fn apart(mut exempted: Vec<Range<usize>>) -> Vec<Range<usize>> {
    exempted.sort_by_key(|range| (range.start, range.end));
    exempted.dedup_by(|second, first| {
        let is_inside = second.start < first.end;
        if is_inside {
            first.end = first.end.max(second.end);
        }
        is_inside
    });
    exempted
}

/// Marks the figures of metrics in the lines, each with its index.
fn mark(lines: Vec<&mut Inline>, words: &Words, places: &[Place], figures: &[Placed]) {
    let mut marks: Vec<Vec<(Range<usize>, usize)>> = vec![Vec::new(); lines.len()];
    for place in places {
        let index = figures.partition_point(|placed| placed.at.start < place.range.start);
        let (line, start) = words.line_at(place.range.start);
        marks[line].push((place.range.start - start..place.range.end - start, index));
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
        draft: Draft,
        id: String,
        figures: Vec<usize>,
        in_text: Option<TextDay>,
        diagnostics: &mut Diagnostics,
    ) {
        if draft.is_again {
            self.unresolved.again.push(Again { label: draft.label, quantity: draft.quantity, figures });
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
            is_proposed: draft.is_proposed,
            printings: figures
                .into_iter()
                .map(|figure| Printing { passage: PassageId::OPENING, figure })
                .collect(),
        });
    }
}

/// Returns the id of a metric: the one that is given, else one that follows from the label alone, so that it stays the same
/// in every edition and wherever the metric stands.
fn id_of(draft: &Draft) -> String {
    if let Some(id) = &draft.id {
        return id.value.clone();
    }
    let hash: [u8; 32] = Sha256::digest(draft.label.value.as_bytes()).into();
    let [a, b, c, d, ..] = hash;
    format!("m{:08x}", u32::from_be_bytes([a, b, c, d]))
}
