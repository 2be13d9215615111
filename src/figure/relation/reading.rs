//! What a printed figure stands for: [`Quantity`] → [`Interval`].
//!
//! Start with [`Interval::of`]. The rule is that of XBRL Calculations 1.1: a rounded number stands for everything within
//! half of its last printed place. There the writer says how precise a number is; prose does not, so rounding reaches no
//! further than two significant digits would let it: 1亿元 is not 5100万元. What the writer counted is exact, and so are all
//! and none. What words loosen is as wide as a reader takes it to be, because a side that is open without end would agree
//! with anything: 100篇 with 30余篇.

use std::ops::Bound::{self, Excluded, Included, Unbounded};

use super::dimension::power_of_proportion;
use super::{Interval, Rational};
use crate::figure::{Approximation, Decimal, Quantity};

/// How much of a number rounding may be at most, as a fraction: a twentieth, what two significant digits leave open (10
/// stands for 9.5 to 10.5).
const MOST_ROUNDING: (i128, i128) = (1, 20);

/// How much of the whole rounding may be of a proportion in any case: half of a percentage point. Who prints whole
/// percentages rounds 1% and 99% alike.
const MOST_ROUNDING_OF_WHOLE: (i128, i128) = (1, 200);

impl Interval {
    /// Returns all that `quantity` may stand for, proportions as parts of one; nothing if it cannot be computed exactly.
    ///
    /// A number without decimal places and without a scale is a count and exact, unless it is a proportion. So are 0 and
    /// 100%, which speak of none and of all. Other numbers reach half of their last place up and down, as far as that is
    /// rounding: a twentieth of the number, or half of a percentage point. A range stands for what lies between its ends.
    /// The widths of what is loosened come from the last printed place that is not zero:
    ///
    /// - 余 and 多 stay below the next step of it: 30余 is from 30 to below 40, 9.7万余 from 9.7万 to below 9.8万.
    /// - 近 stays within one step below, 约 within one step on both sides, and neither is further away than half of the
    ///   number: 近180 is from 170 to below 180, 约300 from 200 to 400, 近100 from 50. A last digit of 5 makes steps of
    ///   five: 约350 is from 300 to 400.
    /// - 不足 and 以下 begin at zero; 以上 and 超 have no end.
    pub fn of(quantity: &Quantity) -> Option<Self> {
        let (lower, upper) = ends(quantity)?;
        Self::new(lower, upper)?.checked_mul(Self::point(part(quantity)?))
    }
}

/// Returns the number exactly as it is printed, proportions as parts of one; nothing for a range, or if words loosen it.
pub(super) fn printed_number(quantity: &Quantity) -> Option<Rational> {
    let is_one_number = quantity.approximation().is_none() && quantity.upper().is_none();
    let value = Rational::from_decimal(quantity.value()).filter(|_| is_one_number)?;
    value.checked_mul(part(quantity)?)
}

/// Tells whether the figure is a number of things that were counted one by one.
pub(super) fn is_exact_count(quantity: &Quantity) -> bool {
    quantity.printed_decimals() == 0
        && quantity.scale() == 0
        && power_of_proportion(quantity.unit()).is_none()
}

/// Returns what one unit is worth: a hundredth for %, else one.
fn part(quantity: &Quantity) -> Option<Rational> {
    Rational::power_of_ten(power_of_proportion(quantity.unit()).unwrap_or(0))
}

/// Returns the power of ten of the last printed place.
fn power_of_last_place(quantity: &Quantity) -> Option<i32> {
    let decimals = i32::try_from(quantity.printed_decimals()).ok()?;
    i32::try_from(quantity.scale()).ok()?.checked_sub(decimals)
}

/// Tells whether the figure speaks of all (100%, 百分之百, a fall of 100.0%) or of none (0%).
pub(super) fn is_all_or_none(quantity: &Quantity) -> bool {
    let power = power_of_proportion(quantity.unit());
    let is_all = power.is_some_and(|power| power < 0)
        && printed_number(quantity).is_some_and(|number| number.abs() == Rational::from(1));
    is_all || Rational::from_decimal(quantity.value()) == Some(Rational::ZERO)
}

/// Returns how far rounding reaches from the number, in its unit; zero for an exact count, for all and for none.
fn leeway_of_rounding(quantity: &Quantity) -> Option<Rational> {
    if is_exact_count(quantity) || is_all_or_none(quantity) {
        return Some(Rational::ZERO);
    }
    Some(half_place(quantity)?.min(most_rounding(quantity)?))
}

/// Tells whether the last printed place is worth too much for half of it to be rounding: 1亿元, 三成.
pub(super) fn is_coarse(quantity: &Quantity) -> bool {
    let is_coarse = || Some(half_place(quantity)? > most_rounding(quantity)?);
    !is_exact_count(quantity) && !is_all_or_none(quantity) && is_coarse() == Some(true)
}

/// Returns half of what the last printed place is worth.
fn half_place(quantity: &Quantity) -> Option<Rational> {
    Rational::power_of_ten(power_of_last_place(quantity)?)?.checked_mul(Rational::new(1, 2)?)
}

/// Returns the most by which a reader takes a number to be rounded.
fn most_rounding(quantity: &Quantity) -> Option<Rational> {
    let (numerator, denominator) = MOST_ROUNDING;
    let of_value = Rational::from_decimal(quantity.value())?.abs();
    let of_value = of_value.checked_mul(Rational::new(numerator, denominator)?)?;
    let Some(power) = power_of_proportion(quantity.unit()) else { return Some(of_value) };
    let (numerator, denominator) = MOST_ROUNDING_OF_WHOLE;
    let of_whole = Rational::power_of_ten(power.checked_neg()?)?;
    Some(of_value.max(of_whole.checked_mul(Rational::new(numerator, denominator)?)?))
}

/// The last printed place that is not zero, printed decimal places always counting.
struct LastPlace {
    worth: Rational,
    digit: i128,
}

impl LastPlace {
    /// Returns that of an end of `quantity`; nothing for zero.
    fn of(end: Decimal, quantity: &Quantity) -> Option<Self> {
        let mut power = power_of_last_place(quantity)?;
        let (numerator, denominator) = end.checked_scale(power.checked_neg()?)?.fraction();
        let mut digits = numerator.checked_div(denominator)?;
        if digits == 0 {
            return None;
        }
        while quantity.printed_decimals() == 0 && digits % 10 == 0 {
            digits /= 10;
            power = power.checked_add(1)?;
        }
        Some(Self { worth: Rational::power_of_ten(power)?, digit: digits % 10 })
    }
}

/// Returns how far 近 and 约 reach from an end of `quantity`; nothing for zero and below, where they say nothing.
fn leeway(end: Decimal, quantity: &Quantity) -> Option<Rational> {
    let value = Rational::from_decimal(end).filter(|value| *value > Rational::ZERO)?;
    let place = LastPlace::of(end, quantity)?;
    let steps = if place.digit == 5 { 5 } else { 1 };
    let step = place.worth.checked_mul(Rational::from(steps))?;
    Some(step.min(value.checked_mul(Rational::new(1, 2)?)?))
}

/// Returns the ends of what `quantity` stands for, in its unit.
fn ends(quantity: &Quantity) -> Option<(Bound<Rational>, Bound<Rational>)> {
    let last = quantity.upper().unwrap_or(quantity.value());
    let (lowest, highest) = (Rational::from_decimal(quantity.value())?, Rational::from_decimal(last)?);
    let is_above_zero = highest > Rational::ZERO;
    Some(match quantity.approximation() {
        None if quantity.upper().is_some() => (Included(lowest), Included(highest)),
        None => {
            let leeway = leeway_of_rounding(quantity)?;
            (Included(lowest.checked_add(-leeway)?), Included(highest.checked_add(leeway)?))
        }
        Some(Approximation::AndMore) => {
            let next = match LastPlace::of(last, quantity).filter(|_| is_above_zero) {
                Some(place) => Excluded(highest.checked_add(place.worth)?),
                None => Unbounded,
            };
            (Included(lowest), next)
        }
        Some(Approximation::AtLeast) => (Included(lowest), Unbounded),
        Some(Approximation::Above) => (Excluded(lowest), Unbounded),
        Some(Approximation::About) => match (leeway(quantity.value(), quantity), leeway(last, quantity)) {
            (Some(below), Some(above)) => {
                (Included(lowest.checked_add(-below)?), Included(highest.checked_add(above)?))
            }
            _ => (Unbounded, Unbounded),
        },
        Some(Approximation::Almost) => {
            let lower = match leeway(quantity.value(), quantity) {
                Some(below) => Excluded(lowest.checked_add(-below)?),
                None => Unbounded,
            };
            (lower, Excluded(highest))
        }
        // What falls short of a number is at least something, but no reader can tell how much: 不足10% may be 3%.
        Some(Approximation::Below) if is_above_zero => (Excluded(Rational::ZERO), Excluded(highest)),
        Some(Approximation::Below) => (Unbounded, Excluded(highest)),
        Some(Approximation::AtMost) if highest >= Rational::ZERO => {
            (Included(Rational::ZERO), Included(highest))
        }
        Some(Approximation::AtMost) => (Unbounded, Included(highest)),
        Some(Approximation::Unclear) => (Unbounded, Unbounded),
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
        check("12亿元", "[1150000000,1250000000]");
        check("9.7万人", "[96500,97500]");
        check("4.50元", "[4.495,4.505]");
    }

    #[test]
    fn rounding_reaches_a_twentieth_of_the_number() {
        check("10万元", "[95000,105000]");
        check("9万元", "[85500,94500]");
        check("1亿元", "[95000000,105000000]");
        check("1万人", "[9500,10500]");
        check("3千人", "[2850,3150]");
        check("5百万元", "[4750000,5250000]");
        check("0.3万元", "[2850,3150]");
        check("0.5元", "[0.475,0.525]");
        check("三成", "[0.285,0.315]");
        check("2倍", "[1.9,2.1]");
        check("-2万元", "[-21000,-19000]");
    }

    #[test]
    fn whole_percentages_reach_half_a_point() {
        check("1%", "[0.005,0.015]");
        check("3%", "[0.025,0.035]");
        check("-2%", "[-0.025,-0.015]");
        check("99%", "[0.985,0.995]");
        check("0.1%", "[0.0005,0.0015]");
    }

    #[test]
    fn all_and_none_are_exact() {
        for printed in ["100%", "100.0%", "100.00%", "百分之百", "1000‰", "十成"] {
            check(printed, "[1,1]");
        }
        for printed in ["0%", "0.0%", "0.00%", "0万元", "0.0万元", "0倍"] {
            check(printed, "[0,0]");
        }
        check("-100%", "[-1,-1]");
        check("1倍", "[0.95,1.05]");
    }

    #[test]
    fn proportions_are_parts_of_one() {
        check("37.7%", "[0.3765,0.3775]");
        check("1.5‰", "[0.00145,0.00155]");
        check("万分之一", "[0.00005,0.00015]");
        check("3个百分点", "[0.025,0.035]");
        check("4.5倍", "[4.45,4.55]");
        check("-3.5%", "[-0.0355,-0.0345]");
    }

    #[test]
    fn what_is_more_stays_below_the_next_step() {
        check("30余篇", "[30,40)");
        check("80余人", "[80,90)");
        check("800余人", "[800,900)");
        check("110多人", "[110,120)");
        check("百余人", "[100,200)");
        check("35余人", "[35,36)");
        check("9.7万余人", "[97000,98000)");
        check("20余万元", "[200000,300000)");
        check("2.50万余元", "[25000,25100)");
        check("2个多月", "[2,3)");
        check("30余%", "[0.3,0.4)");
        check("15～20余人", "[15,30)");
        check("0余人", "[0,)");
    }

    #[test]
    fn what_is_near_reaches_one_step() {
        check("近20万元", "(100000,200000)");
        check("近1000篇", "(500,1000)");
        check("近180人", "(170,180)");
        check("近350人", "(300,350)");
        check("近98%", "(0.97,0.98)");
        check("近15.30%", "(0.1529,0.153)");
        check("近15～20人", "(10,20)");
        check("近-5%", "(,-0.05)");
        check("约300篇", "[200,400]");
        check("约100篇", "[50,150]");
        check("约350人", "[300,400]");
        check("约3.5万元", "[30000,40000]");
        check("6人左右", "[5,7]");
        check("约30余人", "[20,40]");
        check("约3～5万元", "[20000,75000]");
        check("约0人", "(,)");
    }

    #[test]
    fn other_words_open_a_side() {
        check("80人以上", "[80,)");
        check("至少30余人", "[30,)");
        check("逾百分之三十", "(0.3,)");
        check("不足10个", "(0,10)");
        check("不超过5%", "[0,0.05]");
        check("不超过-5%", "(,-0.05]");
        check("约100人以上", "(,)");
    }

    #[test]
    fn ranges_are_as_wide_as_printed() {
        check("15～20人", "[15,20]");
        check("15～20人以上", "[15,)");
        check("不足15～20人", "(0,20)");
    }

    #[test]
    fn numbers_are_what_is_printed() {
        let number = |printed| printed_number(&Quantity::parse(printed).unwrap());
        assert_eq!(number("37.7%"), Some(rational(377, 1000)));
        assert_eq!(number("1.5万元"), Some(rational(15_000, 1)));
        assert_eq!(number("80余人"), None);
        assert_eq!(number("15～20人"), None);
    }

    #[test]
    fn what_is_too_fine_has_no_interval() {
        let printed = format!("0.{}1%", "0".repeat(37));
        assert_eq!(Interval::of(&Quantity::parse(&printed).unwrap()), None);
    }
}
