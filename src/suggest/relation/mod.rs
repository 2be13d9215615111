//! The words around named figures → relations that the text states: 共 A，其中 B、C → A = B + C.
//!
//! Start with [`relations`]. `segment` cuts a text where sentences end; `sum` reads totals with their parts, `rate` rates and
//! shares, `part` what is done of what came in, `table` rows and columns called 合计. Numbers that only come out are never
//! enough: the words must say so. What the words say and the numbers do not is a [`Doubt`], for somebody to look at.

mod part;
mod rate;
mod segment;
mod sum;
mod table;
mod vocabulary;

use std::collections::BTreeSet;
use std::ops::Range;

use self::segment::segments;
use crate::binding::Words;
use crate::figure::{Fit, Formula, Outcome, Quantity, Term};

/// A figure of the text that states a metric, or will.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// Its bytes in the words.
    pub(super) range: Range<usize>,
    /// What its metrics are called; several where they share it.
    pub(super) names: Vec<String>,
    /// What it says.
    pub(super) quantity: Quantity,
}

/// What a text says about its figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Relations {
    /// Formulas that hold.
    pub(super) formulas: Vec<String>,
    /// Those that do not.
    pub(super) doubts: Vec<Doubt>,
}

/// A relation that the words state, and that the figures do not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What stands in front of the sign: 追责问责 19人.
    pub left: String,
    /// `≠` or `>`.
    pub sign: &'static str,
    /// What stands behind it: 党纪政务处分 2人 + 组织处理 7人.
    pub right: String,
    /// What the right side comes to, in English and in Chinese, where it is computed.
    pub value: Option<[String; 2]>,
}

/// Finds the relations of a text; `named` are its figures with a name, `passed` those that are declared to be none, both
/// ascending; `stated` are the names in each relation that the notice has already.
pub(super) fn relations(
    words: &Words,
    named: &[Named],
    passed: &[Range<usize>],
    stated: &[BTreeSet<String>],
) -> Relations {
    let mut found = Found { stated: stated.to_vec(), ..Found::default() };
    for segment in segments(words, named, passed) {
        sum::find(&segment, &mut found);
        rate::find(&segment, &mut found);
        part::find(&segment, &mut found);
    }
    table::find(words, named, &mut found);
    let mut relations = found.relations;
    // A rate of two figures says more than that the one is a part of the other.
    let formulas = relations.formulas.clone();
    relations.formulas.retain(|formula| {
        formula.split_once(" <= ").is_none_or(|(part, whole)| {
            let quotient = format!(" = {part} / {whole}");
            !formulas.iter().any(|other| other.ends_with(&quotient))
        })
    });
    relations
}

/// What has been found, each once.
#[derive(Default)]
struct Found {
    relations: Relations,
    seen: BTreeSet<String>,
    stated: Vec<BTreeSet<String>>,
}

/// How two sides stand to each other.
#[derive(Clone, Copy)]
enum Shape {
    /// The first is the sum of the others.
    Sum,
    /// The first is the second divided by the third.
    Quotient,
    /// The first is no more than the second.
    AtMost,
}

/// Whether a relation that does not hold is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Otherwise {
    Told,
    /// Only if the two sides are about the same.
    ToldIfNear,
    Silent,
}

impl Found {
    /// Takes a relation if it holds; returns whether it does.
    fn take(&mut self, shape: Shape, first: &Named, others: &[&Named], otherwise: Otherwise) -> bool {
        let Some(relation) = Candidate::new(shape, first, others) else { return false };
        let names = relation.names();
        // A rate of the two says more than that one is a part of the other.
        let says = |stated: &BTreeSet<String>| match shape {
            Shape::AtMost => stated.is_superset(&names),
            Shape::Sum | Shape::Quotient => *stated == names,
        };
        if self.stated.iter().any(says) {
            return true;
        }
        match relation.evaluate(&relation.formula) {
            Some(Outcome::Consistent(Fit::Exact | Fit::Rounding)) => {
                if self.seen.insert(relation.key()) {
                    self.relations.formulas.push(relation.formula);
                }
                true
            }
            Some(outcome @ Outcome::Inconsistent { .. })
                if otherwise == Otherwise::Told
                    || otherwise == Otherwise::ToldIfNear && relation.is_near() =>
            {
                if self.seen.insert(relation.key()) {
                    self.relations.doubts.push(relation.doubt(&outcome));
                }
                false
            }
            _ => false,
        }
    }
}

/// A relation that may hold.
struct Candidate<'a> {
    shape: Shape,
    formula: String,
    /// The right side of it.
    right: String,
    first: (&'a str, &'a Named),
    others: Vec<(&'a str, &'a Named)>,
}

impl<'a> Candidate<'a> {
    fn new(shape: Shape, first: &'a Named, others: &[&'a Named]) -> Option<Self> {
        let first = (first.names.first()?.as_str(), first);
        let others: Option<Vec<(&str, &Named)>> =
            others.iter().map(|other| Some((other.names.first()?.as_str(), *other))).collect();
        let others = others?;
        let mut names: BTreeSet<&str> = others.iter().map(|(name, _)| *name).collect();
        names.insert(first.0);
        if names.len() != others.len() + 1 {
            return None;
        }
        let right: Option<Vec<String>> = others.iter().map(|(name, _)| operand(name)).collect();
        let (sign, joint) = match shape {
            Shape::Sum => ("=", " + "),
            Shape::Quotient => ("=", " / "),
            Shape::AtMost => ("<=", ""),
        };
        let right = right?.join(joint);
        let formula = format!("{} {sign} {right}", operand(first.0)?);
        Some(Self { shape, formula, right, first, others })
    }

    /// Computes a formula of these figures.
    fn evaluate(&self, formula: &str) -> Option<Outcome> {
        let formula = Formula::parse(formula).ok()?;
        let all = || std::iter::once(&self.first).chain(&self.others);
        let terms: Option<Vec<Term<'_>>> = formula
            .operands()
            .iter()
            .map(|operand| {
                let (_, named) = all().find(|(name, _)| *name == operand.name)?;
                Some(Term::Figure(&named.quantity))
            })
            .collect();
        Some(formula.evaluate(&terms?))
    }

    /// Tells whether both sides differ by no more than a fifth.
    fn is_near(&self) -> bool {
        let Some(left) = operand(self.first.0) else { return false };
        let right = &self.right;
        let holds = |formula: &str| matches!(self.evaluate(formula), Some(Outcome::Consistent(_)));
        holds(&format!("{left} * 0.8 <= {right}")) && holds(&format!("{left} * 1.2 >= {right}"))
    }

    fn doubt(&self, outcome: &Outcome) -> Doubt {
        let shown = |(name, named): &(&str, &Named)| format!("{name} {}", named.quantity);
        let (sign, joint) = match self.shape {
            Shape::Sum => ("≠", " + "),
            Shape::Quotient => ("≠", " / "),
            Shape::AtMost => (">", ""),
        };
        let value = match (outcome, self.shape) {
            (Outcome::Inconsistent { right, .. }, Shape::Sum | Shape::Quotient) => {
                use crate::diagnostic::Language::{Chinese, English};
                Some([right.print(English), right.print(Chinese)])
            }
            _ => None,
        };
        let right = self.others.iter().map(shown).collect::<Vec<_>>().join(joint);
        Doubt { left: shown(&self.first), sign, right, value }
    }

    fn names(&self) -> BTreeSet<String> {
        let names = self.others.iter().chain([&self.first]).map(|(name, _)| *name);
        names.map(str::to_owned).collect()
    }

    /// The same for relations between the same figures, in whichever order.
    fn key(&self) -> String {
        let mut names: Vec<&str> = self.others.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        format!("{}\n{}", self.first.0, names.join("\n"))
    }
}

/// Writes a name as formulas have it: in quotes where it holds signs. `None` for one that no formula can hold.
fn operand(name: &str) -> Option<String> {
    let is_it = |written: &str| {
        let formula = Formula::parse(&format!("{written} = {written}")).ok();
        formula.is_some_and(|formula| {
            let operands = formula.operands();
            !operands.is_empty() && operands.iter().all(|operand| operand.name == name)
        })
    };
    let quoted = format!("“{name}”");
    if is_it(name) { Some(name.to_owned()) } else { Some(quoted).filter(|quoted| is_it(quoted)) }
}

#[cfg(test)]
mod tests;
