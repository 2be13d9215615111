//! Intervals: all the numbers that a printed figure may stand for.
//!
//! Start with [`Interval`]. Its arithmetic is exact in both senses: the ends are fractions, and the result holds just
//! the results of the numbers inside, open ends respected. What a figure stands for is said in `reading`.

use std::ops::{Bound, Neg};

use Bound::{Excluded, Included, Unbounded};

use super::Rational;

/// All numbers between two ends; an end belongs to it, or does not, or is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    // Invariant: at least one number lies between the ends.
    lower: Bound<Rational>,
    upper: Bound<Rational>,
}

/// An end of an interval as a factor.
#[derive(Clone, Copy)]
struct End {
    value: Extended,
    belongs: bool,
}

/// A number or one of the infinities, in ascending order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extended {
    MinusInfinity,
    Finite(Rational),
    Infinity,
}

impl Interval {
    /// All numbers.
    pub const ALL: Self = Self { lower: Unbounded, upper: Unbounded };

    /// Returns the numbers between two ends, or nothing if there are none.
    pub fn new(lower: Bound<Rational>, upper: Bound<Rational>) -> Option<Self> {
        let is_empty = match (lower, upper) {
            (Included(lower), Included(upper)) => lower > upper,
            (Included(lower) | Excluded(lower), Included(upper) | Excluded(upper)) => lower >= upper,
            (Unbounded, _) | (_, Unbounded) => false,
        };
        (!is_empty).then_some(Self { lower, upper })
    }

    /// Returns the interval that holds `value` alone.
    pub fn point(value: Rational) -> Self {
        Self { lower: Included(value), upper: Included(value) }
    }

    /// Returns the lower end.
    pub fn lower(&self) -> Bound<Rational> {
        self.lower
    }

    /// Returns the upper end.
    pub fn upper(&self) -> Bound<Rational> {
        self.upper
    }

    /// Returns the numbers that both intervals hold, or nothing if there are none.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        if !self.meets(other) {
            return None;
        }
        // Of two ends the one that leaves less is kept.
        let lower = if self.starts_before(other) { other.lower } else { self.lower };
        let upper = if self.ends_behind(other) { other.upper } else { self.upper };
        Self::new(lower, upper)
    }

    /// Tells whether the lower end leaves out less than that of `other`.
    fn starts_before(&self, other: &Self) -> bool {
        match (self.lower, other.lower) {
            (Unbounded, _) => true,
            (_, Unbounded) => false,
            (Included(one), Included(two) | Excluded(two)) => one <= two,
            (Excluded(one), Included(two) | Excluded(two)) => one < two,
        }
    }

    /// Tells whether the upper end leaves out less than that of `other`.
    fn ends_behind(&self, other: &Self) -> bool {
        match (self.upper, other.upper) {
            (Unbounded, _) => true,
            (_, Unbounded) => false,
            (Included(one), Included(two) | Excluded(two)) => one >= two,
            (Excluded(one), Included(two) | Excluded(two)) => one > two,
        }
    }

    /// Returns the interval without its upper end: what is at least one of its numbers.
    #[must_use]
    pub fn and_above(self) -> Self {
        Self { upper: Unbounded, ..self }
    }

    /// Returns the interval without its lower end: what is at most one of its numbers.
    #[must_use]
    pub fn and_below(self) -> Self {
        Self { lower: Unbounded, ..self }
    }

    /// Returns the numbers of the interval that are not below zero, or nothing if there are none.
    pub fn at_least_zero(&self) -> Option<Self> {
        let not_negative = Self { lower: Included(Rational::ZERO), upper: Unbounded };
        self.intersection(&not_negative)
    }

    /// Returns the number that the interval holds alone, or nothing if it holds others.
    pub fn only(&self) -> Option<Rational> {
        match (self.lower, self.upper) {
            (Included(lower), Included(upper)) if lower == upper => Some(lower),
            _ => None,
        }
    }

    /// Returns the interval without the numbers at its ends, if there are others; only a point has none.
    #[must_use]
    pub fn without_ends(self) -> Self {
        let open = |bound| match bound {
            Included(value) => Excluded(value),
            other => other,
        };
        Self::new(open(self.lower), open(self.upper)).unwrap_or(self)
    }

    /// Tells whether `value` lies inside.
    pub fn contains(&self, value: Rational) -> bool {
        self.meets(&Self::point(value))
    }

    /// Tells whether the two have a number in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.may_be_at_most(other) && other.may_be_at_most(self)
    }

    /// Tells whether some number of this interval is at most some number of the other.
    pub fn may_be_at_most(&self, other: &Self) -> bool {
        match (self.lower, other.upper) {
            (Included(lower), Included(upper)) => lower <= upper,
            _ => self.may_be_below(other),
        }
    }

    /// Tells whether some number of this interval is below some number of the other.
    pub fn may_be_below(&self, other: &Self) -> bool {
        match (self.lower, other.upper) {
            (Included(lower) | Excluded(lower), Included(upper) | Excluded(upper)) => lower < upper,
            (Unbounded, _) | (_, Unbounded) => true,
        }
    }

    /// Returns the sums, or nothing if an end does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self { lower: add(self.lower, other.lower)?, upper: add(self.upper, other.upper)? })
    }

    /// Returns the differences, or nothing if an end does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(-other)
    }

    /// Returns the products, or nothing if an end does not fit.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let [lower, upper] = self.ends();
        let [other_lower, other_upper] = other.ends();
        let corners = [
            lower.checked_mul(other_lower)?,
            lower.checked_mul(other_upper)?,
            upper.checked_mul(other_lower)?,
            upper.checked_mul(other_upper)?,
        ];
        // Of two corners with one value, the one that belongs decides.
        let lowest = corners.iter().min_by_key(|end| (end.value, !end.belongs))?;
        let highest = corners.iter().max_by_key(|end| (end.value, end.belongs))?;
        Some(Self { lower: lowest.bound(), upper: highest.bound() })
    }

    /// Returns the quotients, or nothing if an end does not fit or zero is among the divisors.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        self.checked_mul(other.reciprocals()?)
    }

    /// Returns one divided by each number, or nothing if zero is among them.
    fn reciprocals(self) -> Option<Self> {
        if self.contains(Rational::ZERO) {
            return None;
        }
        let invert = |bound: Bound<Rational>| match bound {
            Included(value) => value.reciprocal().map_or(Unbounded, Included),
            Excluded(value) => value.reciprocal().map_or(Unbounded, Excluded),
            Unbounded => Excluded(Rational::ZERO),
        };
        Some(Self { lower: invert(self.upper), upper: invert(self.lower) })
    }

    fn ends(self) -> [End; 2] {
        let end = |bound, infinity| match bound {
            Included(value) => End { value: Extended::Finite(value), belongs: true },
            Excluded(value) => End { value: Extended::Finite(value), belongs: false },
            Unbounded => End { value: infinity, belongs: false },
        };
        [end(self.lower, Extended::MinusInfinity), end(self.upper, Extended::Infinity)]
    }
}

impl Neg for Interval {
    type Output = Self;

    fn neg(self) -> Self {
        Self { lower: self.upper.map(Neg::neg), upper: self.lower.map(Neg::neg) }
    }
}

impl End {
    fn checked_mul(self, other: Self) -> Option<Self> {
        let is_zero = |end: Self| end.value == Extended::Finite(Rational::ZERO);
        let is_reached_zero = |end: Self| is_zero(end) && end.belongs;
        // Zero times any number is zero, whether or not the other interval has an end there.
        let belongs = (self.belongs && other.belongs) || is_reached_zero(self) || is_reached_zero(other);
        let value = match (self.value, other.value) {
            _ if is_zero(self) || is_zero(other) => Extended::Finite(Rational::ZERO),
            (Extended::Finite(one), Extended::Finite(two)) => Extended::Finite(one.checked_mul(two)?),
            _ if self.is_negative() == other.is_negative() => Extended::Infinity,
            _ => Extended::MinusInfinity,
        };
        Some(Self { value, belongs })
    }

    fn is_negative(self) -> bool {
        self.value < Extended::Finite(Rational::ZERO)
    }

    fn bound(self) -> Bound<Rational> {
        match self.value {
            Extended::Finite(value) if self.belongs => Included(value),
            Extended::Finite(value) => Excluded(value),
            Extended::MinusInfinity | Extended::Infinity => Unbounded,
        }
    }
}

fn add(one: Bound<Rational>, other: Bound<Rational>) -> Option<Bound<Rational>> {
    Some(match (one, other) {
        (Included(one), Included(other)) => Included(one.checked_add(other)?),
        (Included(one) | Excluded(one), Included(other) | Excluded(other)) => {
            Excluded(one.checked_add(other)?)
        }
        (Unbounded, _) | (_, Unbounded) => Unbounded,
    })
}

#[cfg(test)]
mod tests {
    use super::super::rational::tests::rational;
    use super::*;
    use proptest::prelude::*;

    /// Reads `[1,2]`, `(1,2)`, `(,2]` and `[1,)`, of whole numbers.
    #[track_caller]
    fn interval(text: &str) -> Interval {
        let (lower, upper) = text.split_once(',').unwrap();
        let bound = |number: &str, belongs| match number.parse() {
            Ok(number) if belongs => Included(rational(number, 1)),
            Ok(number) => Excluded(rational(number, 1)),
            Err(_) => Unbounded,
        };
        let brackets = ['[', ']', '(', ')'];
        let lower = bound(lower.trim_matches(brackets), lower.starts_with('['));
        let upper = bound(upper.trim_matches(brackets), upper.ends_with(']'));
        Interval::new(lower, upper).unwrap()
    }

    #[track_caller]
    fn check_common(one: &str, other: &str, expected: Option<&str>) {
        let (one, other) = (interval(one), interval(other));
        assert_eq!(one.intersection(&other), expected.map(interval), "{one:?} and {other:?}");
        assert_eq!(other.intersection(&one), expected.map(interval), "{other:?} and {one:?}");
    }

    #[test]
    fn what_two_intervals_have_in_common() {
        check_common("[1,5]", "[3,8]", Some("[3,5]"));
        check_common("[1,5]", "(1,5)", Some("(1,5)"));
        check_common("[1,)", "(,5)", Some("[1,5)"));
        check_common("[1,9]", "[2,3]", Some("[2,3]"));
        check_common("[1,2)", "[2,3]", None);
        check_common("[1,2]", "[2,3]", Some("[2,2]"));
    }

    #[track_caller]
    fn check(left: &str, operator: char, right: &str, expected: &str) {
        let (left, right) = (interval(left), interval(right));
        let result = match operator {
            '+' => left.checked_add(right),
            '-' => left.checked_sub(right),
            '*' => left.checked_mul(right),
            _ => left.checked_div(right),
        };
        assert_eq!(result, Some(interval(expected)), "{left:?} {operator} {right:?}");
    }

    #[track_caller]
    fn check_meets(left: &str, right: &str, expected: bool) {
        assert_eq!(interval(left).meets(&interval(right)), expected, "{left} {right}");
        assert_eq!(interval(right).meets(&interval(left)), expected, "{right} {left}");
    }

    #[test]
    fn ends_are_added() {
        check("[1,2]", '+', "[3,5]", "[4,7]");
        check("[1,2)", '+', "[3,5]", "[4,7)");
        check("[1,)", '+', "(3,5]", "(4,)");
        check("[1,2)", '-', "[3,5)", "(-4,-1)");
        check("[30,)", '-', "[20,)", "(,)");
    }

    #[test]
    fn corners_are_multiplied() {
        check("[1,2]", '*', "[3,5]", "[3,10]");
        check("[-1,2]", '*', "[-3,5]", "[-6,10]");
        check("[-2,-1)", '*', "(3,5]", "[-10,-3)");
        check("[0,2]", '*', "(3,)", "[0,)");
        check("(0,2]", '*', "(3,)", "(0,)");
        check("[0,0]", '*', "(,)", "[0,0]");
        check("(-1,1)", '*', "[0,0]", "[0,0]");
        check("(,-1]", '*', "[2,)", "(,-2]");
    }

    #[test]
    fn divisors_without_zero_are_inverted() {
        check("[4,8]", '/', "[2,4]", "[1,4]");
        check("[1,2]", '/', "(0,1]", "[1,)");
        check("[2,2]", '/', "[1,)", "(0,2]");
        check("[2,2]", '/', "(,-1]", "[-2,0)");
        check("[2,2]", '/', "[-2,0)", "(,-1]");
        for zero in ["[0,1]", "[-1,1]", "(-1,0]", "(,)"] {
            assert_eq!(interval("[1,2]").checked_div(interval(zero)), None, "{zero}");
        }
    }

    #[test]
    fn intervals_meet_in_a_common_number() {
        check_meets("[1,2]", "[2,3]", true);
        check_meets("[1,2)", "[2,3]", false);
        check_meets("[1,2]", "(2,3]", false);
        check_meets("[1,5]", "[2,3]", true);
        check_meets("[1,)", "(,1]", true);
        check_meets("(1,)", "(,1]", false);
        check_meets("(,)", "[1,1]", true);
    }

    #[test]
    fn order_asks_for_some_pair() {
        assert!(interval("[2,9]").may_be_at_most(&interval("[1,2]")));
        assert!(!interval("[2,9]").may_be_below(&interval("[1,2]")));
        assert!(!interval("(2,9]").may_be_at_most(&interval("[1,2]")));
        assert!(interval("(,9]").may_be_below(&interval("[1,2]")));
    }

    #[test]
    fn without_a_number_there_is_no_interval() {
        let one = rational(1, 1);
        assert_eq!(Interval::new(Included(one), Excluded(one)), None);
        assert_eq!(Interval::new(Included(one), Included(Rational::ZERO)), None);
    }

    fn bound() -> impl Strategy<Value = Bound<i128>> {
        prop_oneof![(-9_i128..9).prop_map(Included), (-9_i128..9).prop_map(Excluded), Just(Unbounded)]
    }

    /// An interval and a number inside.
    fn interval_with_number() -> impl Strategy<Value = (Interval, Rational)> {
        (bound(), bound(), -99_i128..99, 1_i128..9).prop_filter_map("empty", |(lower, upper, a, b)| {
            let bound = |bound: Bound<i128>| bound.map(|number| rational(number, 1));
            let interval = Interval::new(bound(lower), bound(upper))?;
            interval.contains(rational(a, b)).then(|| (interval, rational(a, b)))
        })
    }

    proptest! {
        #[test]
        fn results_of_numbers_inside_lie_inside((left, x) in interval_with_number(), (right, y) in interval_with_number()) {
            prop_assert!(left.checked_add(right).unwrap().contains(x.checked_add(y).unwrap()));
            prop_assert!(left.checked_sub(right).unwrap().contains(x.checked_add(-y).unwrap()));
            prop_assert!(left.checked_mul(right).unwrap().contains(x.checked_mul(y).unwrap()));
            if let Some(quotients) = left.checked_div(right) {
                prop_assert!(quotients.contains(x.checked_mul(y.reciprocal().unwrap()).unwrap()));
            }
            prop_assert!(left.meets(&right) || x != y);
            prop_assert!(left.may_be_below(&right) || x >= y);
            prop_assert!(left.may_be_at_most(&right) || x > y);
        }
    }
}
