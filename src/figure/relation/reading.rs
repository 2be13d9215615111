//! What a printed figure stands for: [`Quantity`] → [`Interval`].
//!
//! Start with [`Interval::of`]. The rule is that of XBRL Calculations 1.1: a rounded number stands for everything within
//! half of its last printed place. What the writer counted is exact.

use std::ops::Bound::{self, Excluded, Included, Unbounded};

use super::dimension::power_of_proportion;
use super::{Interval, Rational};
use crate::figure::{Approximation, Quantity};

impl Interval {
    /// Returns all that `quantity` may stand for, proportions as parts of one; nothing if it cannot be computed exactly.
    ///
    /// A number without decimal places and without a scale is a count and exact, unless it is a proportion. A range stands
    /// for what lies between its ends. 余 and 近 open one side, 约 opens both.
    pub fn of(quantity: &Quantity) -> Option<Self> {
        let value = Rational::from_decimal(quantity.value())?;
        let upper = match quantity.upper() {
            Some(upper) => Some(Rational::from_decimal(upper)?),
            None => None,
        };
        let (lower, upper) = ends(value, upper, half_place(quantity)?, quantity.approximation())?;
        let part = Rational::power_of_ten(power_of_proportion(quantity.unit()).unwrap_or(0))?;
        Self::new(lower, upper)?.checked_mul(Self::point(part))
    }
}

/// Tells whether the figure is a number of things that were counted one by one.
pub(super) fn is_exact_count(quantity: &Quantity) -> bool {
    quantity.printed_decimals() == 0
        && quantity.scale() == 0
        && power_of_proportion(quantity.unit()).is_none()
}

/// Returns half of what the last printed place is worth; zero for an exact count.
fn half_place(quantity: &Quantity) -> Option<Rational> {
    if is_exact_count(quantity) {
        return Some(Rational::ZERO);
    }
    let decimals = i32::try_from(quantity.printed_decimals()).ok()?;
    let power = i32::try_from(quantity.scale()).ok()?.checked_sub(decimals)?;
    Rational::power_of_ten(power)?.checked_mul(Rational::new(1, 2)?)
}

/// Returns the ends of what the number `value`, or the range from `value` to `upper`, stands for.
fn ends(
    value: Rational,
    upper: Option<Rational>,
    half_place: Rational,
    approximation: Option<Approximation>,
) -> Option<(Bound<Rational>, Bound<Rational>)> {
    let highest = upper.unwrap_or(value);
    Some(match approximation {
        None if upper.is_some() => (Included(value), Included(highest)),
        None => (Included(value.checked_add(-half_place)?), Included(value.checked_add(half_place)?)),
        Some(Approximation::AtLeast) => (Included(value), Unbounded),
        Some(Approximation::Above) => (Excluded(value), Unbounded),
        Some(Approximation::About) => (Unbounded, Unbounded),
        // What is near to a number, or falls short of it, is at least something: 近20万元 is not nothing.
        Some(Approximation::Below) if highest > Rational::ZERO => {
            (Excluded(Rational::ZERO), Excluded(highest))
        }
        Some(Approximation::Below) => (Unbounded, Excluded(highest)),
        Some(Approximation::AtMost) if highest >= Rational::ZERO => {
            (Included(Rational::ZERO), Included(highest))
        }
        Some(Approximation::AtMost) => (Unbounded, Included(highest)),
    })
}

#[cfg(test)]
mod tests {
    use super::super::rational::tests::rational;
    use super::*;

    /// Checks the ends; `[` and `]` belong to the interval, `(` and `)` do not.
    #[track_caller]
    fn check(printed: &str, expected: &str) {
        let interval = Interval::of(&Quantity::parse(printed).unwrap());
        let (lower, upper) = expected.split_once(',').unwrap();
        let bound = |number: &str, belongs| match number.trim_matches(['[', ']', '(', ')']).parse() {
            Ok(number) if belongs => Included(Rational::from_decimal(number).unwrap()),
            Ok(number) => Excluded(Rational::from_decimal(number).unwrap()),
            Err(_) => Unbounded,
        };
        let bounds = (bound(lower, lower.starts_with('[')), bound(upper, upper.ends_with(']')));
        assert_eq!(interval, Interval::new(bounds.0, bounds.1), "{printed}");
    }

    #[test]
    fn counts_are_exact() {
        check("10件", "[10,10]");
        check("三项", "[3,3]");
        check("5000元", "[5000,5000]");
    }

    #[test]
    fn rounded_numbers_reach_half_a_place() {
        check("102.28万元", "[1022750,1022850]");
        check("936.3万元", "[9362500,9363500]");
        check("三十万元", "[295000,305000]");
        check("3千人", "[2500,3500]");
        check("4.50元", "[4.495,4.505]");
    }

    #[test]
    fn proportions_are_parts_of_one() {
        check("37.7%", "[0.3765,0.3775]");
        check("100%", "[0.995,1.005]");
        check("1.5‰", "[0.00145,0.00155]");
        check("万分之一", "[0.00005,0.00015]");
        check("3个百分点", "[0.025,0.035]");
        check("三成", "[0.25,0.35]");
        check("4.5倍", "[4.45,4.55]");
        check("-3.5%", "[-0.0355,-0.0345]");
    }

    #[test]
    fn words_open_a_side() {
        check("9.7万余人", "[97000,)");
        check("逾百分之三十", "(0.3,)");
        check("近20万元", "(0,200000)");
        check("不超过5%", "[0,0.05]");
        check("不超过-5%", "(,-0.05]");
        check("近-5%", "(,-0.05)");
        check("约3.5万元", "(,)");
    }

    #[test]
    fn ranges_are_as_wide_as_printed() {
        let (low, high) = (rational(15, 1), rational(20, 1));
        let ends = |approximation| ends(low, Some(high), rational(1, 2), approximation).unwrap();
        assert_eq!(ends(None), (Included(low), Included(high)));
        assert_eq!(ends(Some(Approximation::AtLeast)), (Included(low), Unbounded));
        assert_eq!(ends(Some(Approximation::Below)), (Excluded(Rational::ZERO), Excluded(high)));
    }

    #[test]
    fn what_is_too_fine_has_no_interval() {
        let printed = format!("0.{}1%", "0".repeat(37));
        assert_eq!(Interval::of(&Quantity::parse(&printed).unwrap()), None);
    }
}
