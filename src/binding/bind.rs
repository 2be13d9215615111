//! Each metric → the one place of the text that states it.
//!
//! [`bind`] tries three ways, the most certain first: the quote, the label with the figure behind it, the figure alone if
//! the text states it once. Places that one metric has taken are closed to the later ways, so that few metrics need a
//! quote.

use std::collections::BTreeMap;
use std::ops::Range;

use super::SearchedText;
use super::draft::MetricDraft;
use super::problems::{self, Proposals};
use super::quote::places_by_cell;
use super::words::Words;
use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::figure::{Quantity, Unit};
use crate::text::{joined, sentence};

/// The words that may stand between a label and its figure (追赃率达到37.7%); the longer ones first.
const CONNECTORS: [&str; 14] =
    ["总数为", "达到了", "达到", "共计", "合计", "累计", "为", "是", "达", "共", "计", "：", ":", "，"];

/// A place of the text that states a metric.
#[derive(Debug, Clone)]
pub(super) struct BoundPlace {
    /// In the words.
    pub(super) range: Range<usize>,
    /// Its index.
    pub(super) draft: usize,
}

/// How many places of one figure are looked at; a text that states it more often is shown the first ones.
const MOST_HITS: usize = 100;

/// For how many metrics without a place proposals are sought; each such search walks through the text.
const MOST_EXPLAINED: usize = 50;

/// Finds the places of all `drafts`, in reading order.
///
/// Pushes `quote-not-in-text`, `quote-found-twice`, `quote-without-value`, `quote-with-two-figures`, `metric-not-in-text`,
/// `metric-printed-differently`, `metric-found-twice`, `label-before-other-figure`, `figure-claimed-twice`,
/// `number-goes-on` and `metric-is-exempted`. `exempted` are places that are no figures, ascending and apart.
pub(super) fn bind(
    drafts: &[MetricDraft],
    exempted: &[Range<usize>],
    text: &SearchedText<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<BoundPlace> {
    let mut binder = Binder { drafts, exempted, text, places: Vec::new(), diagnostics };
    binder.bind_by_quotes();
    let without_quote = (0..drafts.len()).filter(|&index| drafts[index].quotes.is_empty()).collect();
    // All labels come before any bare figure, because the place that a label claims is closed to the others.
    let without_label = binder.bind_by_labels(without_quote);
    let missing = binder.bind_by_figures(without_label);
    // Reported last: only now are the places known that are left to propose.
    for (n, index) in missing.into_iter().enumerate() {
        binder.share_or_report(index, proposals_for(n));
    }
    binder.without_conflicts()
}

/// Spares the search for what may have been meant after the first metrics that need one; `n` counts from 0.
fn proposals_for(n: usize) -> Proposals {
    if n < MOST_EXPLAINED { Proposals::Sought } else { Proposals::LeftOut }
}

struct Binder<'a> {
    drafts: &'a [MetricDraft],
    /// Places that are no figures, ascending and apart.
    exempted: &'a [Range<usize>],
    text: &'a SearchedText<'a>,
    /// What has been found so far.
    places: Vec<BoundPlace>,
    diagnostics: &'a mut Diagnostics,
}

impl Binder<'_> {
    fn bind_by_quotes(&mut self) {
        for (index, draft) in self.drafts.iter().enumerate() {
            for quote in &draft.quotes {
                match place_of_quote(draft, quote, self.text) {
                    Ok(range) if touches(self.exempted, &range) => {
                        self.diagnostics.push(problems::exempted(draft, &range, self.text));
                    }
                    Ok(range) => self.places.push(BoundPlace { range, draft: index }),
                    Err(problem) => self.diagnostics.push(*problem),
                }
            }
        }
    }

    /// Binds the metrics with these indexes whose label stands in front of their figure. Returns those whose label says
    /// nothing about a place.
    fn bind_by_labels(&mut self, mut indexes: Vec<usize>) -> Vec<usize> {
        let words = self.text.words;
        let taken = self.taken();
        indexes.retain(|&index| {
            let draft = &self.drafts[index];
            let (label, quantity) = (&draft.label.value, &draft.quantity.value);
            // Most labels are no words of the text.
            if !words.text.contains(label) {
                return true;
            }
            let hits = behind_label(label, quantity.printed(), words);
            let hits: Vec<_> = hits.filter(|range| !touches(&taken, range)).take(MOST_HITS).collect();
            match hits.as_slice() {
                [] => {
                    let mut others = figures_behind_label(label, quantity.unit(), words);
                    let Some(other) = others.find(|range| !touches(&taken, range)) else { return true };
                    // The label says which figure is meant: no other place may stand in for it.
                    self.diagnostics.push(problems::label_before_other(draft, &other, self.text));
                }
                [range] => self.places.push(BoundPlace { range: range.clone(), draft: index }),
                _ => self.diagnostics.push(problems::found_twice(draft, &hits, Proposals::Sought, self.text)),
            }
            false
        });
        indexes
    }

    /// Binds the metrics with these indexes whose figure the text states once. Returns those whose figure it does not state.
    fn bind_by_figures(&mut self, indexes: Vec<usize>) -> Vec<usize> {
        let words = self.text.words;
        let taken = self.taken();
        let mut missing = Vec::new();
        let mut n_ambiguous = 0;
        let mut hits_of: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
        for index in indexes {
            let draft = &self.drafts[index];
            let printed = draft.quantity.value.printed();
            let hits = hits_of.entry(printed).or_insert_with(|| {
                let hits = words.places_of(printed, 0..words.text.len());
                hits.filter(|range| !touches(&taken, range)).take(MOST_HITS).collect()
            });
            match hits.as_slice() {
                [] => missing.push(index),
                [range] => self.places.push(BoundPlace { range: range.clone(), draft: index }),
                hits => {
                    let proposals = proposals_for(n_ambiguous);
                    n_ambiguous += 1;
                    self.diagnostics.push(problems::found_twice(draft, hits, proposals, self.text));
                }
            }
        }
        missing
    }

    /// Gives a metric without a place of its own the one that the text has for several subjects, or tells why it has none.
    fn share_or_report(&mut self, index: usize, proposals: Proposals) {
        let (words, draft) = (self.text.words, &self.drafts[index]);
        let hits = words.places_of(draft.quantity.value.printed(), 0..words.text.len());
        let hits: Vec<_> = hits.take(MOST_HITS).collect();
        let owner_of = |range: &Range<usize>| self.places.iter().find(|place| overlaps(&place.range, range));
        let elsewhere = hits.iter().find_map(|range| Some((range, owner_of(range)?.draft)));
        if let ([range], Some((_, owner))) = (hits.as_slice(), elsewhere)
            && owner_of(range).is_some_and(|place| place.range == *range)
            && self.is_shared(range, owner, index)
        {
            self.places.push(BoundPlace { range: range.clone(), draft: index });
            return;
        }
        self.diagnostics.push(match (elsewhere, hits.first()) {
            (Some((range, owner)), _) => {
                problems::claimed_twice(&self.drafts[owner], draft, range, &self.places, self.text)
            }
            // Neither open nor taken: `not_figures` names it.
            (None, Some(range)) => problems::exempted(draft, range, self.text),
            (None, None) => problems::not_found(draft, &self.places, proposals, self.text),
        });
    }

    /// Tells whether two metrics may state one figure, because the words in front of it have several subjects, each of which
    /// one of them names: A、B均达100%.
    fn is_shared(&self, range: &Range<usize>, one: usize, other: usize) -> bool {
        let clause = sentence::before(&self.text.words.text, range.start, sentence::ends_clause);
        let subjects = joined::listed(clause);
        let subject_of = |draft: usize| {
            let label = &self.drafts[draft].label.value;
            let alike = subjects.iter().map(|subject| n_shared_pairs(label, subject)).enumerate();
            alike.max_by_key(|(_, n)| *n).filter(|(_, n)| *n > 0).map(|(index, _)| index)
        };
        // Of 分别 each subject has a figure of its own.
        let names = (subject_of(one), subject_of(other));
        let are_named = matches!(names, (Some(one), Some(other)) if one != other);
        one != other && are_named && !clause.contains("分别")
    }

    /// Sorts the places; where two metrics claim the same figure, which has one subject, says so and leaves it to the first.
    fn without_conflicts(mut self) -> Vec<BoundPlace> {
        self.places.sort_by_key(|place| (place.range.start, place.range.end, place.draft));
        let mut kept: Vec<BoundPlace> = Vec::with_capacity(self.places.len());
        let mut refused: Vec<(BoundPlace, usize)> = Vec::new();
        for place in std::mem::take(&mut self.places) {
            match kept.last() {
                Some(last)
                    if last.range == place.range && self.is_shared(&place.range, last.draft, place.draft) =>
                {
                    kept.push(place);
                }
                Some(last) if overlaps(&last.range, &place.range) => refused.push((place, last.draft)),
                _ => kept.push(place),
            }
        }
        for (place, first) in refused {
            let (first, second) = (&self.drafts[first], &self.drafts[place.draft]);
            self.diagnostics.push(problems::claimed_twice(first, second, &place.range, &kept, self.text));
        }
        kept
    }

    /// Returns the places that are closed to the metrics bound next.
    fn taken(&self) -> Vec<Range<usize>> {
        let bound = self.places.iter().map(|place| &place.range);
        apart(bound.chain(self.exempted).cloned().collect())
    }
}

/// Counts the pairs of neighboring characters of `one` that `other` has, too; for a single character, whether it has that.
fn n_shared_pairs(one: &str, other: &str) -> usize {
    if one.chars().count() == 1 {
        return usize::from(other.contains(one));
    }
    let starts = one.char_indices().zip(one.char_indices().skip(1));
    let pairs = starts.filter_map(|((start, _), (second, c))| one.get(start..second + c.len_utf8()));
    pairs.filter(|pair| other.contains(pair)).count()
}

/// Sorts ranges and joins those that overlap.
pub(super) fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges.dedup_by(|second, first| {
        let is_inside = second.start < first.end;
        if is_inside {
            first.end = first.end.max(second.end);
        }
        is_inside
    });
    ranges
}

/// Tells whether `range` overlaps one of `sorted`, which ascend and are apart.
pub(crate) fn touches(sorted: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = sorted.partition_point(|one| one.end <= range.start);
    sorted.get(next).is_some_and(|one| overlaps(one, range))
}

/// Returns the figures of the metric's unit that stand directly behind the label, whatever they say.
pub(crate) fn figures_behind_label<'a>(
    label: &'a str,
    unit: &'a Unit,
    words: &'a Words,
) -> impl Iterator<Item = Range<usize>> + 'a {
    ends_of_label(label, words).take(MOST_HITS).flatten().filter_map(move |start| {
        let next = words.numbers_from(start).next()?;
        let is_there =
            next.range.start == start && next.kind.quantity().is_some_and(|one| one.unit() == unit);
        is_there.then(|| next.range.clone())
    })
}

/// Returns where the text goes on behind each place of the label and the word that may join it to its figure; `None` for
/// a place whose label has no figure of its own there.
fn ends_of_label<'a>(label: &'a str, words: &'a Words) -> impl Iterator<Item = Option<usize>> + 'a {
    // An empty label would stand everywhere.
    let places = (!label.is_empty()).then(|| words.text.match_indices(label)).into_iter().flatten();
    places.map(|(at, label)| {
        let rest = words.text.get(at + label.len()..)?;
        let connector = CONNECTORS.iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len());
        Some(at + label.len() + connector).filter(|start| words.is_own(at, *start))
    })
}

pub(super) fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Finds the figure in a quote, which the text must have once.
fn place_of_quote(
    draft: &MetricDraft,
    quote: &Located<String>,
    text: &SearchedText<'_>,
) -> Result<Range<usize>, Box<Diagnostic>> {
    let words = text.words;
    let passages: Vec<Range<usize>> = words.places_with(&quote.value).take(MOST_HITS).collect();
    let mut in_rows = places_by_cell(&quote.value, draft.quantity.value.printed(), words);
    if let (Some(hit), None) = (in_rows.next(), in_rows.next()) {
        return Ok(hit);
    }
    let passage = match passages.as_slice() {
        [] => return Err(problems::quote_not_found(draft, quote, text).into()),
        [passage] => passage,
        _ => return Err(problems::quote_found_twice(draft, quote, &passages, text).into()),
    };
    let hits: Vec<_> = words.places_of(draft.quantity.value.printed(), passage.clone()).collect();
    match hits.as_slice() {
        [hit] => return Ok(hit.clone()),
        [] => {}
        _ => return Err(problems::quote_with_two(draft, quote, &hits, text).into()),
    }
    // A further printing may be written differently: 三十个 for 30个.
    let figures = words.figures_within(passage);
    let mut same = figures.filter(|(_, other)| says_the_same(other, &draft.quantity.value));
    match (same.next(), same.next()) {
        (Some((hit, _)), None) if draft.quotes.len() > 1 => Ok(hit.range.clone()),
        _ => Err(Box::new(match problems::longer_number(draft, passage, words) {
            Some(longer) => problems::goes_on(draft, &quote.location, &longer, text),
            None => problems::quote_without_value(draft, quote, passage, text),
        })),
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
    ends_of_label(label, words).flatten().filter_map(move |start| words.stated_at(start, printed))
}
