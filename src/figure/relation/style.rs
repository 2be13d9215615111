//! In which unit, scale and precision a computed value is printed.
//!
//! Start with [`Style`]. Computing a value computes its style along with it: a sum looks like its parts, 37.7% of 万元 are
//! 万元, 件 of 件 are a percentage. The style only serves printing; no result depends on it.

use std::ops::Bound::{Excluded, Included, Unbounded};

use super::dimension::power_of_proportion;
use super::reading::is_exact_count;
use super::{Dimension, Interval, Rational, Rounding};
use crate::figure::{Quantity, Unit};

/// How many decimal places a value may have beyond those of its figures, if that prints it exactly.
const MOST_PLACES_FOR_EXACTNESS: u32 = 2;

/// The most decimal places of a value that is small for its unit.
const MOST_DECIMALS: u32 = 12;

/// The scales in which a value is printed that is too small for the scale of its figures: 亿 and 万.
const SMALLER_SCALES: [u32; 2] = [8, 4];

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
    pub(super) dimension: Dimension,
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

    /// Returns a value in the scale and unit in which it is printed, or nothing if that does not fit.
    pub(super) fn in_its_unit(&self, value: Rational) -> Option<Rational> {
        let power = i32::try_from(self.scale).ok()?.checked_add(self.power)?;
        value.checked_mul(Rational::power_of_ten(power.checked_neg()?)?)
    }

    /// Returns the style in which the ends of `intervals` are printed exactly, or with two more places than this one.
    pub(super) fn exact_for(mut self, intervals: &[Interval]) -> Self {
        let most = self.decimals.saturating_add(MOST_PLACES_FOR_EXACTNESS);
        self.decimals = self.exact_decimals(intervals).unwrap_or(most);
        self.is_whole = false;
        self
    }

    /// Returns how many decimal places print the ends of `intervals` exactly, not many more than this style has; nothing if
    /// none do.
    fn exact_decimals(&self, intervals: &[Interval]) -> Option<u32> {
        let is_exact = |places: u32| {
            intervals
                .iter()
                .flat_map(finite_ends)
                .all(|end| self.in_its_unit(end).is_some_and(|end| end.has_places(places)))
        };
        (self.decimals..=self.decimals.saturating_add(MOST_PLACES_FOR_EXACTNESS))
            .find(|places| is_exact(*places))
    }

    /// Returns the style in which the ends of `interval` are neither all zero nor much rounded: with a smaller scale where
    /// this one is too large, and with more decimal places where these are too few.
    pub(super) fn readable_for(mut self, interval: &Interval) -> Self {
        if self.is_whole {
            // Where no whole number fits, the reader is to see why: 26.28–26.35件.
            self.decimals = self.decimals.saturating_add(2);
        }
        let Some(largest) =
            finite_ends(interval).map(Rational::abs).max().filter(|end| *end > Rational::ZERO)
        else {
            return self;
        };
        let one = Rational::from(1);
        // In 10万元, 0.5元 would be 0万元.
        if !self.shows(largest, 1) && self.in_its_unit(largest).is_some_and(|end| end < one) {
            let fits = |scale: &u32| {
                *scale < self.scale
                    && Self { scale: *scale, ..self.clone() }
                        .in_its_unit(largest)
                        .is_some_and(|end| end >= one)
            };
            let scale = SMALLER_SCALES.into_iter().find(fits).unwrap_or(0);
            self.decimals = self.decimals.saturating_sub(self.scale.saturating_sub(scale));
            self.scale = scale;
        }
        match self.exact_decimals(std::slice::from_ref(interval)) {
            Some(decimals) => self.decimals = decimals,
            None => {
                while !self.shows(largest, 2) && self.decimals < MOST_DECIMALS {
                    self.decimals += 1;
                }
            }
        }
        self
    }

    /// Tells whether `value` is printed with digits behind its first one, as many as `n_more`.
    fn shows(&self, value: Rational, n_more: u32) -> bool {
        let steps = self.in_its_unit(value).and_then(|value| value.round(self.decimals, Rounding::Down));
        // What does not fit is large.
        steps.is_none_or(|steps| steps >= 10_i128.pow(n_more))
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

fn finite_ends(interval: &Interval) -> impl Iterator<Item = Rational> {
    [interval.lower(), interval.upper()].into_iter().filter_map(|end| match end {
        Included(value) | Excluded(value) => Some(value),
        Unbounded => None,
    })
}
