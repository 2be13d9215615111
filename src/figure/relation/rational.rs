//! Exact fractions: what is left of a figure after a division.
//!
//! Start with [`Rational`]. Every operation is exact; where a result does not fit, there is none, and nothing is ever
//! rounded except by [`Rational::round`], which is for printing.

use std::cmp::Ordering;
use std::ops::Neg;

use crate::figure::Decimal;

/// An exact fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rational {
    // Invariant: nothing but 1 divides both fields, so that equal values have equal fields; never `i128::MIN`.
    numerator: i128,
    // Invariant: above zero.
    denominator: i128,
}

/// Which of the neighbors stands for a number between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// The lower one.
    Down,
    /// The nearer one; the upper one from the middle.
    Nearest,
    /// The upper one.
    Up,
}

impl Rational {
    /// Nothing.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// Returns `numerator` divided by `denominator`, or nothing if that is no number or does not fit.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        let reduce = |number: i128| i128::try_from(number.unsigned_abs().checked_div(divisor)?).ok();
        let sign = numerator.signum() * denominator.signum();
        (denominator != 0).then_some(())?;
        Some(Self { numerator: sign * reduce(numerator)?, denominator: reduce(denominator)? })
    }

    /// Returns the value of `decimal`, or nothing if it does not fit.
    pub fn from_decimal(decimal: Decimal) -> Option<Self> {
        let (numerator, denominator) = decimal.fraction();
        Self::new(numerator, denominator)
    }

    /// Returns ten to the `power`, or nothing if that does not fit.
    pub fn power_of_ten(power: i32) -> Option<Self> {
        let factor = 10_i128.checked_pow(power.unsigned_abs())?;
        if power < 0 { Self::new(1, factor) } else { Self::new(factor, 1) }
    }

    /// Returns the sum, or nothing if it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let divisor =
            greatest_common_divisor(self.denominator.unsigned_abs(), other.denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).ok()?;
        let (factor, other_factor) = (other.denominator / divisor, self.denominator / divisor);
        let numerator = self.numerator.checked_mul(factor)?;
        let numerator = numerator.checked_add(other.numerator.checked_mul(other_factor)?)?;
        Self::new(numerator, self.denominator.checked_mul(factor)?)
    }

    /// Returns the product, or nothing if it does not fit.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        // Reducing crosswise first keeps products small that would only be reduced afterwards.
        let left = Self::new(self.numerator, other.denominator)?;
        let right = Self::new(other.numerator, self.denominator)?;
        Self::new(
            left.numerator.checked_mul(right.numerator)?,
            left.denominator.checked_mul(right.denominator)?,
        )
    }

    /// Returns the value without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        if self < Self::ZERO { -self } else { self }
    }

    /// Returns one divided by the value, or nothing for zero.
    pub fn reciprocal(self) -> Option<Self> {
        Self::new(self.denominator, self.numerator)
    }

    /// Returns the whole number of steps of ten to the minus `places` that stands for the value, or nothing if it does
    /// not fit: 377 for 0.3768 in three places.
    pub fn round(self, places: u32, rounding: Rounding) -> Option<i128> {
        let steps = self.checked_mul(Self::power_of_ten(i32::try_from(places).ok()?)?)?;
        let (whole, rest) =
            (steps.numerator.div_euclid(steps.denominator), steps.numerator.rem_euclid(steps.denominator));
        let is_up = match rounding {
            Rounding::Down => false,
            Rounding::Nearest => rest >= steps.denominator - rest,
            Rounding::Up => rest > 0,
        };
        whole.checked_add(i128::from(is_up))
    }

    /// Tells whether the value has at most `places` decimal places.
    pub fn has_places(self, places: u32) -> bool {
        let round = |rounding| self.round(places, rounding);
        round(Rounding::Down).is_some_and(|down| Some(down) == round(Rounding::Up))
    }
}

impl From<u64> for Rational {
    fn from(count: u64) -> Self {
        Self { numerator: count.into(), denominator: 1 }
    }
}

impl Neg for Rational {
    type Output = Self;

    fn neg(self) -> Self {
        Self { numerator: -self.numerator, denominator: self.denominator }
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        // Multiplying crosswise might overflow. Whole parts are compared instead, then what the rests leave of one:
        // a/b < c/d where d/c < b/a. The rests shrink as in Euclid's algorithm.
        let mut left = (self.numerator, self.denominator);
        let mut right = (other.numerator, other.denominator);
        loop {
            let whole = |(numerator, denominator): (i128, i128)| numerator.div_euclid(denominator);
            let rest = |(numerator, denominator): (i128, i128)| numerator.rem_euclid(denominator);
            let (left_rest, right_rest) = (rest(left), rest(right));
            let order = whole(left).cmp(&whole(right));
            if order.is_ne() || left_rest == 0 || right_rest == 0 {
                return order.then(left_rest.signum().cmp(&right_rest.signum()));
            }
            (left, right) = ((right.1, right_rest), (left.1, left_rest));
        }
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    pub(in crate::figure::relation) fn rational(numerator: i128, denominator: i128) -> Rational {
        Rational::new(numerator, denominator).unwrap()
    }

    #[track_caller]
    fn check_round(value: Rational, places: u32, down: i128, nearest: i128, up: i128) {
        let round = |rounding| value.round(places, rounding).unwrap();
        assert_eq!([Rounding::Down, Rounding::Nearest, Rounding::Up].map(round), [down, nearest, up]);
    }

    #[test]
    fn fractions_are_reduced() {
        assert_eq!(rational(6, 4), rational(3, 2));
        assert_eq!(rational(6, -4), rational(-3, 2));
        assert_eq!(rational(0, -4), Rational::ZERO);
        assert_eq!(Rational::from_decimal("0.377".parse().unwrap()), Some(rational(377, 1000)));
    }

    #[test]
    fn what_does_not_fit_is_nothing() {
        assert_eq!(Rational::new(1, 0), None);
        assert_eq!(Rational::new(0, 0), None);
        assert_eq!(Rational::new(i128::MIN, 1), None);
        assert_eq!(Rational::from_decimal(Decimal::new(i128::MIN, 0).unwrap()), None);
        assert_eq!(rational(i128::MAX, 1).checked_add(rational(1, 1)), None);
        assert_eq!(rational(i128::MAX, 1).checked_mul(rational(2, 1)), None);
        assert_eq!(rational(i128::MAX, 2).checked_mul(rational(2, 1)), Some(rational(i128::MAX, 1)));
        assert_eq!(rational(i128::MAX, 1).round(1, Rounding::Down), None);
        assert_eq!(Rational::power_of_ten(39), None);
        assert_eq!(Rational::power_of_ten(i32::MIN), None);
        assert_eq!(Rational::ZERO.reciprocal(), None);
    }

    #[test]
    fn numbers_are_rounded_for_printing() {
        check_round(rational(3768, 10_000), 3, 376, 377, 377);
        check_round(rational(1, 2), 0, 0, 1, 1);
        check_round(rational(-1, 2), 0, -1, 0, 0);
        check_round(rational(-1, 3), 1, -4, -3, -3);
        check_round(rational(5, 1), 2, 500, 500, 500);
        assert!(rational(1, 8).has_places(3));
        assert!(!rational(1, 8).has_places(2));
        assert!(!rational(1, 3).has_places(30));
    }

    #[test]
    fn large_fractions_are_ordered() {
        let near_one = rational(i128::MAX - 1, i128::MAX);
        assert!(near_one < rational(1, 1));
        assert!(near_one > rational(i128::MAX - 2, i128::MAX - 1));
        assert!(-near_one < rational(-(i128::MAX - 2), i128::MAX - 1));
    }

    proptest! {
        #[test]
        fn arithmetic_agrees_with_whole_numbers(a in -999_i128..999, b in 1_i128..999, c in -999_i128..999, d in 1_i128..999) {
            let (left, right) = (rational(a, b), rational(c, d));
            prop_assert_eq!(left.checked_add(right), Rational::new(a * d + c * b, b * d));
            prop_assert_eq!(left.checked_mul(right), Rational::new(a * c, b * d));
            prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
            prop_assert_eq!(left.reciprocal(), Rational::new(b, a));
            prop_assert_eq!(left.checked_add(-left), Some(Rational::ZERO));
        }

        #[test]
        fn any_numbers_are_survived(a: i128, b: i128, c: i128, d: i128, places: u32) {
            if let (Some(left), Some(right)) = (Rational::new(a, b), Rational::new(c, d)) {
                left.checked_add(right);
                left.checked_mul(right);
                left.round(places % 45, Rounding::Nearest);
                prop_assert_eq!(left.cmp(&right).reverse(), right.cmp(&left));
                prop_assert_eq!(left.cmp(&right).is_eq(), left == right);
            }
        }
    }
}
