//! Named figures, and the places of the text that state them.

use std::ops::Range;

use super::{Day, PassageId};
use crate::diagnostic::{Located, Message};
use crate::figure::{Estimate, Formula, NoFigure, Outcome, Quantity, Reason};

/// A named figure: one number that the text states, under the name by which people speak of it.
#[derive(Debug, Clone)]
pub struct Metric {
    /// What machines call it: ASCII, unique in the notice, the same in every edition.
    pub id: String,
    /// What is counted, unique in the notice.
    pub label: Located<String>,
    /// The figure as printed where it is stated first.
    pub quantity: Located<Quantity>,
    /// The day up to which it counts; `None` where the text does not say.
    pub as_of: Option<AsOf>,
    /// Whether it measures a rise or a fall, for comparisons such as 同比下降15.3%.
    pub direction: Option<Direction>,
    /// A remark for readers of the table; never part of the approved text.
    pub note: Option<String>,
    /// Whether its author wants it among the few that readers see first.
    pub is_key: bool,
    /// The places that state it, the definition's own first; never empty.
    pub printings: Vec<Printing>,
}

/// One place of the text that states a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Printing {
    /// The passage.
    pub passage: PassageId,
    /// The figure, by its index there.
    pub figure: usize,
}

/// The day up to which a figure counts.
#[derive(Debug, Clone)]
pub struct AsOf {
    /// The day.
    pub day: Day,
    /// The words of the text that mean this day: 截至目前; `None` where only the front matter names it.
    pub words: Option<String>,
}

/// Which way a comparison goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// 上升, 增长.
    Up,
    /// 下降, 减少.
    Down,
}

impl Direction {
    /// Every direction with the word that front matter and data files use for it.
    pub const ALL: [(&'static str, Self); 2] = [("up", Self::Up), ("down", Self::Down)];

    /// The word for it: `down`.
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(_, direction)| *direction == self).expect("every direction is listed").0
    }
}

/// A figure as the text prints it.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The figure.
    pub quantity: Quantity,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// The sentence that states it.
    pub sentence: String,
    /// Where it stands in the sentence, in bytes.
    pub in_sentence: Range<usize>,
    /// Where the sentence begins among the words of its section, in bytes: tells apart sentences that read alike.
    pub sentence_start: usize,
    /// What the front matter says about it.
    pub claim: Claim,
}

/// Something in a text that is written with a number, says how much, and cannot be a metric: 三分之二, 3专柜, a figure of
/// a heading.
#[derive(Debug, Clone)]
pub struct UnclearNumber {
    /// The number as the text prints it.
    pub printed: String,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// The clause that it stands in.
    pub clause: String,
    /// Why it is no figure.
    pub reason: NoFigure,
    /// Whether the front matter says that it is none (`not_figures:`).
    pub is_exempt: bool,
}

/// What the front matter says about a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// Nothing yet.
    None,
    /// It is a name or the like (`not_figures:`).
    NotAFigure,
    /// It states the metric with this id, for the nth time, from 0.
    Metric {
        /// The id of the metric.
        id: String,
        /// How many printings come before this one.
        occurrence: usize,
        /// The ids of the other metrics that it states as well: A、B均达100%.
        others: Vec<String>,
    },
}

impl Claim {
    /// Takes the claim of the metric `id` away; those of others stay.
    pub(crate) fn give_up(&mut self, id: &str) {
        let Self::Metric { id: first, others, .. } = self else { return };
        others.retain(|other| other != id);
        if first == id {
            *self = match others.split_first() {
                Some((next, others)) => {
                    Self::Metric { id: next.clone(), occurrence: 0, others: others.to_vec() }
                }
                None => Self::None,
            };
        }
    }

    /// Gives the claim of the metric `id` to the metric `heir`, whose printing with this number it becomes.
    pub(crate) fn pass_on(&mut self, id: &str, heir: &str, printing: usize) {
        let Self::Metric { id: first, occurrence, others } = self else { return };
        if first == id {
            *occurrence = printing;
            heir.clone_into(first);
        }
        for other in others.iter_mut().filter(|other| *other == id) {
            heir.clone_into(other);
        }
    }
}

impl Figure {
    /// Returns the ids of the metrics that it states: none, one, or those of several subjects.
    pub fn metrics(&self) -> impl Iterator<Item = &str> {
        let (first, others) = match &self.claim {
            Claim::Metric { id, others, .. } => (Some(id), others.as_slice()),
            Claim::None | Claim::NotAFigure => (None, [].as_slice()),
        };
        first.into_iter().chain(others).map(String::as_str)
    }

    /// Returns the figure as the text has it; in a list (12、34件) without the unit that it shares.
    pub fn as_it_stands(&self) -> &str {
        self.sentence.get(self.in_sentence.clone()).unwrap_or_default()
    }

    /// Returns the anchor of the figure on a page, if it states a metric: `figure-m1f2e3d4c`, `figure-m1f2e3d4c.2`.
    ///
    /// No id has a dot in it, so that the second printing of one metric cannot be taken for the first of another.
    pub fn anchor(&self) -> Option<String> {
        match &self.claim {
            Claim::Metric { id, occurrence: 0, .. } => Some(["figure-", id].concat()),
            Claim::Metric { id, occurrence, .. } => Some(format!("figure-{id}.{}", occurrence + 1)),
            Claim::None | Claim::NotAFigure => None,
        }
    }
}

/// How many figures of a text are accounted for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Figures that state a metric.
    pub bound: usize,
    /// Figures that are declared to be none.
    pub exempt: usize,
    /// Figures of which nothing is said.
    pub open: usize,
}

impl Coverage {
    /// Returns the number of all figures that could carry data: those that are declared to be none do not count.
    pub fn all(self) -> usize {
        self.bound + self.open
    }
}

impl std::iter::Sum for Coverage {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            bound: sum.bound + one.bound,
            exempt: sum.exempt + one.exempt,
            open: sum.open + one.open,
        })
    }
}

/// A sum, rate or order that holds between metrics (勾稽关系), with what came of computing it.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The formula as written.
    pub text: Located<String>,
    /// The formula.
    pub formula: Formula,
    /// What each operand of the formula stands for.
    pub operands: Vec<Operand>,
    /// What came of computing it; an inconsistent one without a remark has been reported.
    pub outcome: Outcome,
    /// Why it does not hold, for readers; without effect on one that can hold.
    pub note: Option<Located<String>>,
    /// Whether readers are shown what the figures imply for the `?`.
    pub shows_implied: bool,
}

impl Relation {
    /// Puts the relation into words: `追责问责 6人 = 批评教育 2人 + 督察记分 4人`. `metric` finds a metric by its id.
    pub fn in_figures<'a>(&self, metric: impl Fn(&str) -> Option<&'a Metric>) -> String {
        self.formula.print_with(|place, operand| match self.operands.get(place) {
            Some(Operand::Metric(id)) => match metric(id) {
                Some(metric) => format!("{} {}", metric.label.value, metric.quantity.value),
                None => operand.written.clone(),
            },
            Some(Operand::Count { n, .. }) => format!("{} {n}", operand.written),
            Some(Operand::Fixed(_)) | None => operand.written.clone(),
        })
    }

    /// The remark on a relation that does not hold and is published all the same.
    pub fn remark(&self) -> Option<&str> {
        let note = self.note.as_ref().filter(|_| self.outcome.is_disagreement())?;
        Some(&note.value)
    }

    /// Returns the words for what came of it, for those who write and check the notice.
    pub fn message(&self) -> Message {
        let outcome = self.outcome.message(&self.formula);
        let Some(remark) = self.remark() else { return outcome };
        let [english, chinese] = outcome.both();
        Message::new(
            format!("{english}; published with the remark: {remark}"),
            format!("{chinese}；附说明公布：{remark}"),
        )
    }

    /// What readers are shown for the `?`: a number that nobody approved, so only where the author asks for it.
    pub fn shown_implied(&self) -> Option<&Estimate> {
        match &self.outcome {
            Outcome::Unstated(implied) if self.shows_implied => Some(implied),
            _ => None,
        }
    }

    /// The word by which templates and data files call what came of it: `consistent`.
    pub fn result(&self) -> &'static str {
        match self.outcome {
            _ if self.remark().is_some() => "noted",
            Outcome::Consistent(_) => "consistent",
            // These stop the build; a preview shows them all the same.
            Outcome::Inconsistent { .. } | Outcome::Negative(_) | Outcome::DifferentUnits(..) => {
                "inconsistent"
            }
            Outcome::Unchecked(_) => "unchecked",
            Outcome::Unstated(_) => "unstated",
        }
    }

    /// The word for the reason why nothing can be said about it, `missing`, or for what it takes to be consistent:
    /// `rounding`.
    pub fn reason(&self) -> Option<&'static str> {
        let reason = match self.outcome {
            Outcome::Consistent(fit) => return fit.id(),
            Outcome::Unchecked(reason) => reason,
            _ => return None,
        };
        Some(match reason {
            Reason::Missing(_) => "missing",
            Reason::Loose(_) => "about",
            Reason::Unbounded => "unbounded",
            Reason::DivisionByZero | Reason::UncertainDivisor => "zero",
            Reason::TooLarge => "too-large",
        })
    }
}

/// What an operand of a relation stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// The metric with this id.
    Metric(String),
    /// A number with its unit that the formula itself names: `3万元`.
    Fixed(Quantity),
    /// A number that gongkai counted in the notice itself.
    Count {
        /// What was counted.
        what: Counted,
        /// How many there are.
        n: u64,
    },
}

/// What gongkai counts by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counted {
    /// The items of the notice.
    Items,
    /// The measures of all items.
    Measures,
    /// The items of a status.
    Status(super::Status),
    /// The things that a passage of the text lists, given as printed.
    List(String),
}
