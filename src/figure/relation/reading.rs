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
        let part = Rational::power_of_ten(power_of_proportion(quantity.unit()).unwrap_or(0))?;
        let value = Rational::from(quantity.value());
        let upper = quantity.upper().map_or(value, Rational::from);
        let (lower, upper) = match quantity.approximation() {
            None if quantity.upper().is_some() => (Included(value), Included(upper)),
            None => rounded(quantity, value)?,
            Some(Approximation::AtLeast) => (Included(value), Unbounded),
            Some(Approximation::Above) => (Excluded(value), Unbounded),
            Some(Approximation::About) => (Unbounded, Unbounded),
            // What is near to a number, or falls short of it, is at least something: 近20万元 is not nothing.
            Some(Approximation::Below) if upper > Rational::ZERO => {
                (Excluded(Rational::ZERO), Excluded(upper))
            }
            Some(Approximation::Below) => (Unbounded, Excluded(upper)),
            Some(Approximation::AtMost) if upper >= Rational::ZERO => {
                (Included(Rational::ZERO), Included(upper))
            }
            Some(Approximation::AtMost) => (Unbounded, Included(upper)),
        };
        Self::new(lower, upper)?.checked_mul(Self::point(part))
    }
}

/// Tells whether the figure is a number of things that were counted one by one.
pub(super) fn is_exact_count(quantity: &Quantity) -> bool {
    quantity.printed_decimals() == 0
        && quantity.scale() == 0
        && power_of_proportion(quantity.unit()).is_none()
}

/// Returns the ends of what is printed like `value`.
fn rounded(quantity: &Quantity, value: Rational) -> Option<(Bound<Rational>, Bound<Rational>)> {
    if is_exact_count(quantity) {
        return Some((Included(value), Included(value)));
    }
    let power = i32::try_from(quantity.scale())
        .ok()?
        .checked_sub(i32::try_from(quantity.printed_decimals()).ok()?)?;
    let half = Rational::power_of_ten(power)?.checked_mul(Rational::new(1, 2)?)?;
    Some((Included(value.checked_add(-half)?), Included(value.checked_add(half)?)))
}

#[cfg(test)]
mod tests {
    use super::super::rational::tests::rational;
    use super::*;
    use crate::figure::Decimal;

    /// Checks the ends; `[` and `]` belong to the interval, `(` and `)` do not.
    #[track_caller]
    fn check(printed: &str, expected: &str) {
        let interval = Interval::of(&Quantity::parse(printed).unwrap()).unwrap();
        let (lower, upper) = expected.split_once(',').unwrap();
        let brackets = ['[', ']', '(', ')'];
        let bound = |number: &str, belongs| {
            let number = number.trim_matches(brackets);
            match number.parse::<Decimal>() {
                Ok(number) if belongs => Included(Rational::from(number)),
                Ok(number) => Excluded(Rational::from(number)),
                Err(_) => Unbounded,
            }
        };
        let expected =
            Interval::new(bound(lower, lower.starts_with('[')), bound(upper, upper.ends_with(']')));
        assert_eq!(Some(interval), expected, "{printed}");
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
    fn what_is_too_fine_has_no_interval() {
        let printed = format!("0.{}1%", "0".repeat(37));
        assert_eq!(Interval::of(&Quantity::parse(&printed).unwrap()), None);
        assert_eq!(rational(1, 2).checked_mul(Rational::power_of_ten(38).unwrap()).map(|_| ()), Some(()));
    }
}
