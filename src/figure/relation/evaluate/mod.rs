//! The figures put into a formula: intervals → [`Outcome`].
//!
//! Start with [`Formula::evaluate`]: first units, then both sides, then the comparison. Where the formula has a `?`, the
//! side that holds it is undone from the outside inwards until the `?` is alone.

use std::ops::Bound;

use super::formula::{Node, Operator};
use super::reading::printed_number;
use super::style::Style;
use super::{Cause, Comparison, Dimension, Estimate, Fit, Formula, Interval, Outcome, Rational, Reason};
use crate::figure::{Approximation, Quantity};

/// What an operand stands for.
#[derive(Debug, Clone, Copy)]
pub enum Term<'a> {
    /// The figure of a metric.
    Figure(&'a Quantity),
    /// A number with a unit that the formula itself names, and that is exact.
    Fixed(&'a Quantity),
    /// A number that the program counted itself.
    Count(u64),
    /// Nothing is known.
    Missing,
}

/// A computed value and how to print it.
#[derive(Clone)]
struct Value {
    interval: Interval,
    style: Option<Style>,
}

/// Two figures that must not be added or compared.
struct Mismatch(Dimension, Dimension);

impl Formula {
    /// Returns what `terms`, one for each of [`Formula::operands`], say about the relation. What is left out is missing.
    ///
    /// The rule is that of XBRL Calculations 1.1: a relation is consistent if the intervals allow it.
    pub fn evaluate(&self, terms: &[Term<'_>]) -> Outcome {
        let computing = Computing { terms };
        if let Err(Mismatch(one, other)) = computing.dimensions(self) {
            return Outcome::DifferentUnits(one, other);
        }
        computing.outcome(self).unwrap_or_else(Outcome::Unchecked)
    }
}

struct Computing<'a> {
    terms: &'a [Term<'a>],
}

impl Computing<'_> {
    fn term(&self, place: usize) -> Term<'_> {
        self.terms.get(place).copied().unwrap_or(Term::Missing)
    }

    fn dimensions(&self, formula: &Formula) -> Result<(), Mismatch> {
        same(self.dimension(&formula.left)?, self.dimension(&formula.right)?).map(|_| ())
    }

    /// Returns what `node` measures; nothing where that is unknown, or any unit would do.
    fn dimension(&self, node: &Node) -> Result<Option<Dimension>, Mismatch> {
        match node {
            Node::Operand(place) => Ok(match self.term(*place) {
                Term::Figure(quantity) | Term::Fixed(quantity) => Some(Dimension::of(quantity.unit())),
                Term::Count(_) => Some(Dimension::Count),
                Term::Missing => None,
            }),
            Node::Constant { is_proportion, .. } => Ok(is_proportion.then_some(Dimension::Proportion)),
            Node::Unknown => Ok(None),
            Node::Operation(operator, sides) => {
                let [left, right] = &**sides;
                let (left, right) = (self.dimension(left)?, self.dimension(right)?);
                match operator {
                    Operator::Add | Operator::Subtract => same(left, right),
                    Operator::Multiply | Operator::Divide => Ok(None),
                }
            }
        }
    }

    fn outcome(&self, formula: &Formula) -> Result<Outcome, Reason> {
        let comparison = formula.comparison;
        match (self.value(&formula.left)?, self.value(&formula.right)?) {
            (Some(left), Some(right)) => {
                let cause = || match comparison {
                    Comparison::Equal => {
                        self.cause(&formula.left, &right).or_else(|| self.cause(&formula.right, &left))
                    }
                    _ => None,
                };
                compare(&left, comparison, &right, self.fit(formula), cause)
            }
            (None, Some(right)) => self.solve(&formula.left, comparison, right),
            (Some(left), None) => self.solve(&formula.right, comparison.reversed(), left),
            (None, None) => unreachable!("a formula has one `?` at most"),
        }
    }

    /// Returns the value of `node`, or nothing if it holds the `?`.
    fn value(&self, node: &Node) -> Result<Option<Value>, Reason> {
        match node {
            Node::Operand(place) => self.operand(*place).map(Some),
            Node::Constant { value, is_proportion, .. } => {
                let style = is_proportion.then(Style::percentage);
                Ok(Some(Value { interval: *value, style }))
            }
            Node::Unknown => Ok(None),
            Node::Operation(operator, sides) => {
                let [left, right] = &**sides;
                match (self.value(left)?, self.value(right)?) {
                    (Some(left), Some(right)) => left.operate(*operator, right).map(Some),
                    _ => Ok(None),
                }
            }
        }
    }

    /// Tells whether a value is a count or an amount, and all figures count or amount to something.
    ///
    /// Where one of them is below zero, a loss for example, so may be another.
    fn is_never_negative(&self, value: &Value) -> bool {
        let dimension = value.style.as_ref().map(|style| style.dimension);
        let is_negative = |term: &Term<'_>| match term {
            Term::Figure(quantity) | Term::Fixed(quantity) => {
                Rational::from_decimal(quantity.value()).is_some_and(|value| value < Rational::ZERO)
            }
            Term::Count(_) | Term::Missing => false,
        };
        matches!(dimension, Some(Dimension::Count | Dimension::Money(_)))
            && !self.terms.iter().any(is_negative)
    }

    /// Returns what lets the two sides agree: exact numbers, rounding, or loose words.
    fn fit(&self, formula: &Formula) -> Fit {
        let (one, two) = (self.printed(&formula.left), self.printed(&formula.right));
        if let (Some(one), Some(two)) = (one, two)
            && formula.comparison.holds(one, two)
        {
            return Fit::Exact;
        }
        let is_loose = |term: &Term<'_>| matches!(term, Term::Figure(quantity) if quantity.approximation().is_some() || quantity.upper().is_some());
        if self.terms.iter().any(is_loose) { Fit::Approximate } else { Fit::Rounding }
    }

    /// Returns what may be the reason that `node` is not `other`, if it is one figure of the text.
    fn cause(&self, node: &Node, other: &Value) -> Option<Cause> {
        let Node::Operand(place) = node else { return None };
        let Term::Figure(quantity) = self.term(*place) else { return None };
        Cause::of(quantity, &other.interval)
    }

    /// Returns the result of the numbers exactly as they are printed; nothing if one of them is loosened.
    fn printed(&self, node: &Node) -> Option<Rational> {
        match node {
            Node::Operand(place) => match self.term(*place) {
                Term::Figure(quantity) | Term::Fixed(quantity) => printed_number(quantity),
                Term::Count(count) => Some(Rational::from(count)),
                Term::Missing => None,
            },
            Node::Constant { value, .. } => value.only(),
            Node::Unknown => None,
            Node::Operation(operator, sides) => {
                let [left, right] = &**sides;
                let (left, right) = (self.printed(left)?, self.printed(right)?);
                match operator {
                    Operator::Add => left.checked_add(right),
                    Operator::Subtract => left.checked_add(-right),
                    Operator::Multiply => left.checked_mul(right),
                    Operator::Divide => left.checked_mul(right.reciprocal()?),
                }
            }
        }
    }

    fn operand(&self, place: usize) -> Result<Value, Reason> {
        match self.term(place) {
            Term::Figure(quantity) if quantity.approximation() == Some(Approximation::Unclear) => {
                Err(Reason::Loose(place))
            }
            Term::Figure(quantity) => Ok(Value {
                interval: Interval::of(quantity).ok_or(Reason::TooLarge)?,
                style: Some(Style::of(quantity)),
            }),
            Term::Fixed(quantity) => Ok(Value {
                interval: printed_number(quantity).map(Interval::point).ok_or(Reason::TooLarge)?,
                style: Some(Style::of(quantity)),
            }),
            Term::Count(count) => {
                Ok(Value { interval: Interval::point(Rational::from(count)), style: Some(Style::count()) })
            }
            Term::Missing => Err(Reason::Missing(place)),
        }
    }

    /// Returns what the `?` inside `node` must be, so that `node` compares to `target` as it should.
    fn solve(&self, mut node: &Node, comparison: Comparison, target: Value) -> Result<Outcome, Reason> {
        let interval = target.interval;
        let interval = match comparison {
            Comparison::Equal => interval,
            Comparison::AtMost => interval.and_below(),
            Comparison::AtLeast => interval.and_above(),
            Comparison::Less => interval.and_below().without_ends(),
            Comparison::Greater => interval.and_above().without_ends(),
        };
        let mut target = Value { interval, ..target };
        // Alone on its side it is what the other side comes to, and a difference may be a fall.
        let is_result = matches!(node, Node::Unknown);
        while let Node::Operation(operator, sides) = node {
            let [left, right] = &**sides;
            (node, target) = match (operator, self.value(left)?, self.value(right)?) {
                (Operator::Add, None, Some(right)) => (left, target.operate(Operator::Subtract, right)?),
                (Operator::Add, Some(left), _) => (right, target.operate(Operator::Subtract, left)?),
                (Operator::Subtract, None, Some(right)) => (left, target.operate(Operator::Add, right)?),
                (Operator::Subtract, Some(left), _) => (right, left.operate(Operator::Subtract, target)?),
                (Operator::Multiply, None, Some(right)) => (left, target.operate(Operator::Divide, right)?),
                (Operator::Multiply, Some(left), _) => (right, target.operate(Operator::Divide, left)?),
                (Operator::Divide, None, Some(right)) => (left, target.operate(Operator::Multiply, right)?),
                (Operator::Divide, Some(left), _) => (right, left.operate(Operator::Divide, target)?),
                (_, None, None) => unreachable!("a formula has one `?` at most"),
            };
        }
        if target.interval == Interval::ALL {
            return Err(Reason::Unbounded);
        }
        if !is_result && self.is_never_negative(&target) {
            if let Some(interval) = target.interval.at_least_zero() {
                target.interval = interval;
            } else {
                let estimate = Estimate::new(target.interval, target.style).ok_or(Reason::TooLarge)?;
                return Ok(Outcome::Negative(estimate));
            }
        }
        Estimate::new(target.interval, target.style).map(Outcome::Unstated).ok_or(Reason::TooLarge)
    }
}

impl Value {
    fn operate(self, operator: Operator, other: Self) -> Result<Self, Reason> {
        if operator == Operator::Divide && other.interval.contains(Rational::ZERO) {
            let is_zero = other.interval.only().is_some();
            return Err(if is_zero { Reason::DivisionByZero } else { Reason::UncertainDivisor });
        }
        let (one, two) = (self.interval, other.interval);
        let (interval, style) = match operator {
            Operator::Add => (one.checked_add(two), Style::sum(self.style, other.style)),
            Operator::Subtract => (one.checked_sub(two), Style::sum(self.style, other.style)),
            Operator::Multiply => (one.checked_mul(two), Style::product(self.style, other.style)),
            Operator::Divide => (one.checked_div(two), Style::quotient(self.style, other.style)),
        };
        Ok(Self { interval: interval.ok_or(Reason::TooLarge)?, style })
    }
}

/// Returns the one dimension of two parts of a sum or comparison.
fn same(one: Option<Dimension>, other: Option<Dimension>) -> Result<Option<Dimension>, Mismatch> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Err(Mismatch(one, other)),
        _ => Ok(one.or(other)),
    }
}

/// Compares the sides; `fit` is what it takes for them to agree, `cause` tells why they may not.
fn compare(
    left: &Value,
    comparison: Comparison,
    right: &Value,
    fit: Fit,
    cause: impl Fn() -> Option<Cause>,
) -> Result<Outcome, Reason> {
    let (one, two) = (left.interval, right.interval);
    if one == Interval::ALL || two == Interval::ALL {
        return Err(Reason::Unbounded);
    }
    let is_certain = match comparison {
        Comparison::Equal => false,
        Comparison::Less => !two.may_be_at_most(&one),
        Comparison::AtMost => !two.may_be_below(&one),
        Comparison::Greater => !one.may_be_at_most(&two),
        Comparison::AtLeast => !one.may_be_below(&two),
    };
    if is_certain {
        return Ok(Outcome::Consistent(Fit::Exact));
    }
    // Two sides that are open upwards always meet, and that proves nothing.
    let is_open = |below: &Interval, above: &Interval| {
        matches!(below.lower(), Bound::Unbounded) || matches!(above.upper(), Bound::Unbounded)
    };
    let both = |side: fn(&Interval) -> Bound<Rational>| {
        matches!(side(&one), Bound::Unbounded) && matches!(side(&two), Bound::Unbounded)
    };
    let is_vacuous = match comparison {
        Comparison::Equal => both(Interval::lower) || both(Interval::upper),
        Comparison::Less | Comparison::AtMost => is_open(&one, &two),
        Comparison::Greater | Comparison::AtLeast => is_open(&two, &one),
    };
    if is_vacuous {
        return Err(Reason::Unbounded);
    }
    let is_consistent = match comparison {
        Comparison::Equal => one.meets(&two),
        Comparison::Less => one.may_be_below(&two),
        Comparison::AtMost => one.may_be_at_most(&two),
        Comparison::Greater => two.may_be_below(&one),
        Comparison::AtLeast => two.may_be_at_most(&one),
    };
    if is_consistent {
        return Ok(Outcome::Consistent(fit));
    }
    let style = left.style.clone().or_else(|| right.style.clone()).map(|style| style.exact_for(&[one, two]));
    let estimate = |interval| Estimate::new(interval, style.clone()).ok_or(Reason::TooLarge);
    Ok(Outcome::Inconsistent {
        left: Box::new(estimate(one)?),
        right: Box::new(estimate(two)?),
        cause: cause().map(Box::new),
    })
}

#[cfg(test)]
mod tests;
