//! Figures that the notice states more than once → one entry for all its printings, or a hint.
//!
//! Start with [`push`], which joins the open figures of a file, and [`of_known`], which looks for a metric that states the
//! figure already. Equal figures may count different things, so their names or the words beside them must agree, too.

use std::ops::Range;

use super::label::Label;
use super::{Repeats, SuggestedMetric, entry, leads_there};
use crate::binding::{Words, quote_for, says_the_same};
use crate::figure::Quantity;
use crate::notice::{Figure, Notice, PassageId};
use crate::text::{numeral, width};

/// How many characters beside two figures must agree.
const AGREEING: usize = 3;

/// An open figure, with its further printings in the same file.
pub(super) struct OpenFigure {
    pub(super) label: Label,
    pub(super) printed: String,
    pub(super) ranges: Vec<Range<usize>>,
    quantity: Option<Quantity>,
    beside: Beside,
    /// Whether every printing has words that lead to it alone.
    has_quotes: bool,
}

impl OpenFigure {
    pub(super) fn new(at: &Range<usize>, label: Label, words: &Words) -> Self {
        Self {
            label,
            printed: words.printed(at).to_owned(),
            ranges: vec![at.clone()],
            quantity: words.quantity_from(at.start).cloned(),
            beside: Beside::new(&words.text, at),
            has_quotes: quote_for(at, words).is_some(),
        }
    }
}

/// The ideographs directly in front of a figure and behind it.
#[derive(Clone)]
struct Beside {
    before: Option<String>,
    behind: Option<String>,
}

impl Beside {
    fn new(text: &str, at: &Range<usize>) -> Self {
        let whole = |piece: String| Some(piece).filter(|piece| piece.chars().count() == AGREEING);
        let before = text.get(..at.start).unwrap_or_default().chars().rev();
        let behind = text.get(at.end..).unwrap_or_default().chars();
        Self {
            before: whole(before.take(AGREEING).take_while(|c| width::is_han(*c)).collect()),
            behind: whole(behind.take(AGREEING).take_while(|c| width::is_han(*c)).collect()),
        }
    }

    fn agrees(&self, other: &Self) -> bool {
        let is_same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
        is_same(&self.before, &other.before) || is_same(&self.behind, &other.behind)
    }
}

/// Adds an open figure to those of its file, as a further printing if it is one.
pub(super) fn push(all: &mut Vec<OpenFigure>, figure: OpenFigure) {
    let first = all.iter_mut().find(|first| {
        let is_same = if is_telling(&figure.printed) {
            are_similar(&first.label.text, &figure.label.text)
        } else {
            first.label == figure.label && figure.label.is_good
        };
        let is_other_place = first.ranges != figure.ranges;
        is_same && is_other_place && first.printed == figure.printed && first.has_quotes && figure.has_quotes
    });
    let Some(first) = first else { return all.push(figure) };
    let is_good = first.label == figure.label && figure.label.is_good;
    if figure.label.is_good && !first.label.is_good {
        first.label = figure.label;
    }
    first.label.is_good = is_good;
    first.ranges.extend(figure.ranges);
}

/// A figure that a metric of the notice states, or an entry that has been suggested before.
pub(super) struct StatedFigure {
    label: String,
    id: Option<String>,
    printed: String,
    quantity: Option<Quantity>,
    passage: PassageId,
    beside: Vec<Beside>,
}

impl StatedFigure {
    /// Returns the metrics of a notice.
    pub(super) fn of(notice: &Notice) -> Vec<Self> {
        let beside = |figure: &Figure| Beside::new(&figure.sentence, &figure.in_sentence);
        let metrics = notice.metrics().map(|(passage, metric)| Self {
            label: metric.label.value.clone(),
            id: Some(metric.id.clone()),
            printed: metric.quantity.value.to_string(),
            quantity: Some(metric.quantity.value.clone()),
            passage,
            beside: metric.printings.iter().map(|printing| beside(notice.figure(*printing))).collect(),
        });
        metrics.collect()
    }

    /// Returns what an entry states once it is pasted.
    pub(super) fn suggested(metric: &SuggestedMetric, figure: &OpenFigure, passage: PassageId) -> Self {
        Self {
            label: metric.label.clone(),
            id: None,
            printed: metric.printed.clone(),
            quantity: figure.quantity.clone(),
            passage,
            beside: vec![figure.beside.clone()],
        }
    }

    fn may_be(&self, figure: &OpenFigure) -> bool {
        let is_equal = match (&self.quantity, &figure.quantity) {
            (Some(one), Some(other)) => says_the_same(one, other),
            _ => false,
        };
        let agrees = || self.beside.iter().any(|beside| beside.agrees(&figure.beside));
        let is_same = self.label == figure.label.text;
        is_equal
            && (is_same
                || is_telling(&figure.printed) && (are_similar(&self.label, &figure.label.text) || agrees()))
    }
}

/// Returns the metric that an open figure may print once more, with the entry that says so.
///
/// `claimed` are the figures of the file that have been claimed, with the ids of their metrics.
pub(super) fn of_known(
    figure: &OpenFigure,
    known: &[StatedFigure],
    claimed: &[(Range<usize>, Option<&str>)],
    passage: PassageId,
    words: &Words,
) -> Option<Repeats> {
    let is_here =
        |known: &StatedFigure| claimed.iter().any(|(_, id)| id.is_some() && *id == known.id.as_deref());
    let mut candidates = known.iter().filter(|known| known.may_be(figure));
    let stated = candidates.find(|known| is_here(known) || known.passage != passage)?;
    let bound = claimed.iter().filter(|(_, id)| id.is_some() && *id == stated.id.as_deref());
    let mut ranges: Vec<_> = bound.map(|(range, _)| range.clone()).chain(figure.ranges.clone()).collect();
    ranges.sort_by_key(|range| range.start);
    let is_alone =
        matches!(ranges.as_slice(), [at] if leads_there(&stated.label, &figure.printed, at, words));
    let quotes: Option<Vec<String>> = ranges.iter().map(|range| quote_for(range, words)).collect();
    let quotes = if is_alone { Vec::new() } else { quotes? };
    let (key, printed) =
        if stated.passage == passage { ("value", &stated.printed) } else { ("again", &figure.printed) };
    Some(Repeats { label: stated.label.clone(), yaml: entry(&stated.label, key, printed, &quotes, false) })
}

/// Tells whether a number is long enough not to stand in a text twice by chance.
fn is_telling(printed: &str) -> bool {
    printed.chars().filter(|c| width::fold(*c).is_ascii_digit() || numeral::is_part(*c)).count() > 1
}

fn are_similar(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one)
}
