//! In which unit, scale and precision a computed value is printed.
//!
//! Start with [`Style`]. Computing a value computes its style along with it: a sum looks like its parts, 37.7% of 万元 are
//! 万元, 件 of 件 are a percentage. The style only serves printing; no result depends on it.

use std::ops::Bound::{self, Excluded, Included, Unbounded};

use super::dimension::power_of_proportion;
use super::reading::is_exact_count;
use super::{Dimension, Interval, Rational};
use crate::figure::{Quantity, Unit};

/// How to print a computed value like the figures that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Style {
    /// The unit as printed; empty for a bare number.
    pub(super) unit: String,
    /// The power of ten of the scale: 4 for 万.
    pub(super) scale: u32,
    /// The power of ten of one unit: -2 for %, else 0.
    pub(super) power: i32,
    pub(super) decimals: u32,
    /// Only whole numbers make sense.
    pub(super) is_whole: bool,
    dimension: Dimension,
}

impl Style {
    pub(super) fn of(quantity: &Quantity) -> Self {
        let unit: &Unit = quantity.unit();
        let dimension = Dimension::of(unit);
        Self {
            unit: unit.to_string(),
            scale: quantity.scale(),
            power: power_of_proportion(unit).unwrap_or(0),
            decimals: quantity.printed_decimals(),
            is_whole: is_exact_count(quantity) && dimension == Dimension::Count,
            dimension,
        }
    }

    /// Returns the style of things that the program counted, which have no measure word.
    pub(super) fn count() -> Self {
        Self {
            unit: String::new(),
            scale: 0,
            power: 0,
            decimals: 0,
            is_whole: true,
            dimension: Dimension::Count,
        }
    }

    pub(super) fn percentage() -> Self {
        let dimension = Dimension::Proportion;
        Self { unit: "%".to_owned(), power: -2, decimals: 2, is_whole: false, dimension, ..Self::count() }
    }

    /// Returns the style of a number of which nothing is known.
    pub(super) fn bare() -> Self {
        Self { decimals: 2, is_whole: false, ..Self::count() }
    }

    /// Returns the style in which the ends of `intervals` are printed exactly, or with two more places than this one.
    pub(super) fn exact_for(mut self, intervals: &[Interval]) -> Self {
        let power =
            i32::try_from(self.scale).ok().and_then(|scale| scale.checked_add(self.power)?.checked_neg());
        let unit = power.and_then(Rational::power_of_ten);
        let has_places = |bound: Bound<Rational>, places| match bound {
            Included(value) | Excluded(value) => {
                unit.and_then(|unit| value.checked_mul(unit)).is_some_and(|value| value.has_places(places))
            }
            Unbounded => true,
        };
        let most = self.decimals.saturating_add(2);
        let is_exact = |places: u32| {
            intervals
                .iter()
                .flat_map(|interval| [interval.lower(), interval.upper()])
                .all(|end| has_places(end, places))
        };
        self.decimals = (self.decimals..most).find(|&places| is_exact(places)).unwrap_or(most);
        self.is_whole = false;
        self
    }

    /// Returns the style of a sum or difference.
    pub(super) fn sum(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        one.or(other)
    }

    /// Returns the style of a product.
    pub(super) fn product(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        let (Some(one), Some(other)) = (&one, &other) else { return one.or(other) };
        let of = |dimension| [(one, other), (other, one)].into_iter().find(|(a, _)| a.dimension == dimension);
        // Money per person times persons is money.
        let (_, rest) = of(Dimension::Proportion).or_else(|| of(Dimension::Count))?;
        Some(rest.clone())
    }

    /// Returns the style of a quotient.
    pub(super) fn quotient(dividend: Option<Self>, divisor: Option<Self>) -> Option<Self> {
        let dividend = dividend?;
        match divisor.map(|divisor| divisor.dimension) {
            None | Some(Dimension::Proportion) => Some(dividend),
            Some(dimension) if dimension == dividend.dimension => Some(Self::percentage()),
            Some(Dimension::Count) => Some(dividend),
            Some(_) => None,
        }
    }
}
