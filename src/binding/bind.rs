//! Each metric → the one place of the text that states it.
//!
//! Three ways lead there, the most certain first: the quote, the label with the figure behind it, the figure alone if
//! nothing else says the same. Places that one metric has taken are closed to the later ways, so that few metrics need a
//! quote.

use std::collections::BTreeMap;
use std::ops::Range;

use super::draft::Draft;
use super::problems;
use super::words::Words;
use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::figure::{Quantity, Unit};

/// The words that may stand between a label and its figure (追赃率达到37.7%); the longer ones first.
const CONNECTORS: [&str; 14] =
    ["总数为", "达到了", "达到", "共计", "合计", "累计", "为", "是", "达", "共", "计", "：", ":", "，"];

/// A place of the text that states a metric.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Its bytes in the words.
    pub(super) range: Range<usize>,
    /// Index of the draft.
    pub(super) draft: usize,
}

/// What a problem is told with.
pub(super) struct Context<'a> {
    pub(super) words: &'a Words,
    /// Turns a range of the words into a place in the file.
    pub(super) locate: &'a dyn Fn(&Range<usize>) -> crate::diagnostic::Location,
}

/// How many places of one figure are looked at; a text that states it more often is shown the first ones.
const MOST_HITS: usize = 100;

/// How many metrics without a place of their own are shown what may have been meant; each such search walks through the
/// text.
const MOST_EXPLAINED: usize = 50;

/// Finds the places of all `drafts`, in reading order.
///
/// Pushes `quote-not-in-text`, `quote-found-twice`, `quote-without-value`, `quote-with-two-figures`, `metric-not-in-text`,
/// `metric-printed-differently`, `metric-found-twice`, `label-before-other-figure`, `figure-claimed-twice`,
/// `number-goes-on` and `metric-is-exempted`. `closed` are places that are no figures, ascending and apart.
pub(super) fn bind(
    drafts: &[Draft],
    closed: &[Range<usize>],
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        if draft.quotes.is_empty() {
            open.push(index);
        }
        for quote in &draft.quotes {
            if let Some(range) = place_of_quote(draft, quote, context, diagnostics) {
                if is_in(closed, &range) {
                    diagnostics.push(problems::exempted(draft, &range, context));
                } else {
                    places.push(Place { range, draft: index });
                }
            }
        }
    }
    let mut taken = Taken::new(&places, closed);
    // All labels before any bare figure, for what a label claims is not open to the others.
    let mut by_label = Vec::new();
    open.retain(|&index| {
        let draft = &drafts[index];
        // Most labels are no words of the text.
        if !context.words.text.contains(&draft.label.value) {
            return true;
        }
        let hits = behind_label(&draft.label.value, draft.quantity.value.printed(), context.words);
        let hits: Vec<_> = hits.filter(|range| taken.is_open(range)).take(MOST_HITS).collect();
        match hits.as_slice() {
            [] => match figures_behind_label(&draft.label.value, draft.quantity.value.unit(), context.words)
                .find(|range| taken.is_open(range))
            {
                // The label says which figure is meant: no other place may stand in for it.
                Some(other) => diagnostics.push(problems::label_before_other(draft, &other, context)),
                None => return true,
            },
            [range] => by_label.push(Place { range: range.clone(), draft: index }),
            _ => diagnostics.push(problems::found_twice(draft, &hits, true, context)),
        }
        false
    });
    places.extend(by_label);
    taken = Taken::new(&places, closed);

    let mut by_figure = Vec::new();
    let mut missing = Vec::new();
    let mut n_ambiguous = 0;
    let mut hits_of: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for index in open {
        let draft = &drafts[index];
        let printed = draft.quantity.value.printed();
        let hits = hits_of.entry(printed).or_insert_with(|| {
            let hits = context.words.places_of(printed, 0..context.words.text.len());
            hits.filter(|range| taken.is_open(range)).take(MOST_HITS).collect()
        });
        match hits.as_slice() {
            [] => missing.push(index),
            [range] => by_figure.push(Place { range: range.clone(), draft: index }),
            hits => {
                n_ambiguous += 1;
                let is_explained = n_ambiguous <= MOST_EXPLAINED;
                diagnostics.push(problems::found_twice(draft, hits, is_explained, context));
            }
        }
    }
    places.extend(by_figure);
    // Only now is it known which figures are left for them.
    for (n, index) in missing.into_iter().enumerate() {
        let is_explained = n < MOST_EXPLAINED;
        diagnostics.push(without_place(&drafts[index], drafts, &places, is_explained, context));
    }
    without_conflicts(places, drafts, context, diagnostics)
}

/// Tells why a metric has no place of its own.
fn without_place(
    draft: &Draft,
    drafts: &[Draft],
    places: &[Place],
    is_explained: bool,
    context: &Context<'_>,
) -> Diagnostic {
    let printed = draft.quantity.value.printed();
    let hits = context.words.places_of(printed, 0..context.words.text.len()).take(MOST_HITS);
    let hits: Vec<_> = hits.collect();
    let owner_of = |range: &Range<usize>| places.iter().find(|place| overlaps(&place.range, range));
    let elsewhere = hits.iter().find_map(|range| Some((range, owner_of(range)?.draft)));
    match (elsewhere, hits.first()) {
        (Some((range, owner)), _) => problems::claimed_twice(&drafts[owner], draft, range, places, context),
        // Neither open nor taken: it is closed.
        (None, Some(range)) => problems::exempted(draft, range, context),
        (None, None) => problems::not_found(draft, places, is_explained, context),
    }
}

/// The places that later metrics may not have.
struct Taken<'a> {
    /// First and last byte of what metrics have, by the first.
    places: BTreeMap<usize, usize>,
    closed: &'a [Range<usize>],
}

impl<'a> Taken<'a> {
    fn new(places: &[Place], closed: &'a [Range<usize>]) -> Self {
        Self { places: places.iter().map(|place| (place.range.start, place.range.end)).collect(), closed }
    }

    fn is_open(&self, range: &Range<usize>) -> bool {
        // Places that overlap each other are an error of their own, so the last one in front is enough.
        let last = self.places.range(..range.end).next_back();
        last.is_none_or(|(_, end)| *end <= range.start) && !is_in(self.closed, range)
    }
}

/// Tells whether `range` overlaps one of `sorted`, which ascend and are apart.
fn is_in(sorted: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = sorted.partition_point(|one| one.end <= range.start);
    sorted.get(next).is_some_and(|one| overlaps(one, range))
}

/// Returns the figures of the metric's unit that stand directly behind the label, whatever they say.
pub(crate) fn figures_behind_label<'a>(
    label: &'a str,
    unit: &'a Unit,
    words: &'a Words,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let labels = (!label.is_empty()).then(|| words.text.match_indices(label)).into_iter().flatten();
    labels.take(MOST_HITS).filter_map(move |(at, label)| {
        let start =
            behind_connector(&words.text, at + label.len()).filter(|start| words.is_own(at, *start))?;
        let next = words.found.get(words.found.partition_point(|found| found.range.start < start))?;
        let is_there =
            next.range.start == start && next.kind.quantity().is_some_and(|one| one.unit() == unit);
        is_there.then(|| next.range.clone())
    })
}

/// Returns where the text goes on behind the label that ends at `end`, and the word that may join it to its figure.
fn behind_connector(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    Some(end + CONNECTORS.iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len()))
}

pub(crate) fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Finds the figure in a quote, which the text must have once.
fn place_of_quote(
    draft: &Draft,
    quote: &Located<String>,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Range<usize>> {
    let words = context.words;
    let quoted: Vec<Range<usize>> = words.places_with(&quote.value).take(MOST_HITS).collect();
    let range = match quoted.as_slice() {
        [] => {
            diagnostics.push(problems::quote_not_found(draft, quote, context));
            return None;
        }
        [range] => range.clone(),
        _ => {
            diagnostics.push(problems::quote_found_twice(draft, quote, &quoted, context));
            return None;
        }
    };
    let printed = draft.quantity.value.printed();
    let hits: Vec<_> = words.places_of(printed, range.clone()).collect();
    match hits.as_slice() {
        [hit] => Some(hit.clone()),
        [] => {
            // Further printings may say the same otherwise: 三十个 for 30个.
            let same = words.found.iter().filter(|found| {
                range.start <= found.range.start
                    && found.range.end <= range.end
                    && found.kind.quantity().is_some_and(|other| says_the_same(other, &draft.quantity.value))
            });
            let same: Vec<_> = same.map(|found| found.range.clone()).collect();
            match same.as_slice() {
                [hit] if draft.quotes.len() > 1 => Some(hit.clone()),
                _ => {
                    diagnostics.push(match problems::longer_number(draft, &range, words) {
                        Some(longer) => problems::goes_on(draft, &quote.location, &longer, context),
                        None => problems::quote_without_value(draft, quote, &range, context),
                    });
                    None
                }
            }
        }
        _ => {
            diagnostics.push(problems::quote_with_two(draft, quote, &hits, context));
            None
        }
    }
}

/// Tells whether two figures differ at most in how they are written.
pub(crate) fn says_the_same(one: &Quantity, other: &Quantity) -> bool {
    let key = |quantity: &Quantity| (quantity.value(), quantity.upper(), quantity.approximation());
    key(one) == key(other) && one.unit() == other.unit()
}

/// Finds the places where the label stands directly in front of the figure.
pub(crate) fn behind_label<'a>(
    label: &'a str,
    printed: &'a str,
    words: &'a Words,
) -> impl Iterator<Item = Range<usize>> + 'a {
    // An empty label would stand everywhere.
    let labels = (!label.is_empty()).then(|| words.text.match_indices(label)).into_iter().flatten();
    labels.filter_map(move |(at, label)| {
        let start =
            behind_connector(&words.text, at + label.len()).filter(|start| words.is_own(at, *start))?;
        words.stated_at(start, printed)
    })
}

/// Sorts the places; where two metrics claim the same figure, says so and leaves it to the first.
fn without_conflicts(
    mut places: Vec<Place>,
    drafts: &[Draft],
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Place> {
    places.sort_by_key(|place| (place.range.start, place.range.end, place.draft));
    let mut kept: Vec<Place> = Vec::with_capacity(places.len());
    let mut refused: Vec<(Place, usize)> = Vec::new();
    for place in places {
        match kept.last() {
            Some(last) if overlaps(&last.range, &place.range) => refused.push((place, last.draft)),
            _ => kept.push(place),
        }
    }
    for (place, first) in refused {
        let (first, second) = (&drafts[first], &drafts[place.draft]);
        diagnostics.push(problems::claimed_twice(first, second, &place.range, &kept, context));
    }
    kept
}
