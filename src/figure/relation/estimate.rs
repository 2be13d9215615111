//! A computed value in print: the interval in which it lies, in the unit of the figures that it comes from.
//!
//! Start with [`Estimate::print`]: `2,480.1–2,487.0万元`, `697件`, `不少于30万元`.

use std::ops::Bound::{self, Excluded, Included, Unbounded};

use super::style::Style;
use super::{Interval, Rational, Rounding};
use crate::diagnostic::Language;
use crate::figure::Decimal;
use crate::figure::end::scale_name;

/// An interval with the unit, scale and precision to print it in.
///
/// Its printed ends are rounded outwards, so that nothing possible is left out: 不少于19.5%, never 不少于20%.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    interval: Interval,
    ends: [Bound<RoundedEnd>; 2],
    scale: u32,
    unit: String,
}

/// An end as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RoundedEnd {
    /// In steps of the last of `decimals` places, without the scale.
    steps: i128,
    decimals: u32,
    /// In the unit without the scale.
    value: Decimal,
    /// Whether the end is just this number, and not rounded to it.
    is_exact: bool,
}

impl Estimate {
    /// Returns the estimate, or nothing if an end has more digits than can be computed with.
    pub(super) fn new(interval: Interval, style: Option<Style>) -> Option<Self> {
        // More than the whole is rather a number per head than a percentage.
        let is_per_head = style == Some(Style::percentage()) && is_above_one(&interval);
        let style = style.filter(|_| !is_per_head).unwrap_or_else(Style::bare);
        let whole = if style.is_whole { whole_ends(&interval) } else { None };
        let (ends, scale) = if let Some([lower, upper]) = whole {
            let end = |steps| RoundedEnd::new(steps, 0, style.scale, true);
            ([map_end(lower, end)?, map_end(upper, end)?], style.scale)
        } else {
            let style = style.clone().readable_for(&interval);
            let lower = map_end(interval.lower(), |end| RoundedEnd::of(end, &style, Rounding::Down))?;
            let upper = map_end(interval.upper(), |end| RoundedEnd::of(end, &style, Rounding::Up))?;
            ([lower, upper], style.scale)
        };
        Some(Self { interval, ends, scale, unit: style.unit })
    }

    /// Returns all values that are possible, proportions as parts of one.
    pub fn interval(&self) -> Interval {
        self.interval
    }

    /// Returns the lower and the upper end as they are printed, in [`Estimate::unit`] with the scale applied.
    pub fn ends(&self) -> [Option<Decimal>; 2] {
        self.ends.map(|end| match end {
            Included(end) | Excluded(end) => Some(end.value),
            Unbounded => None,
        })
    }

    /// Returns the unit without the scale; nothing for a bare number.
    pub fn unit(&self) -> Option<&str> {
        (!self.unit.is_empty()).then_some(self.unit.as_str())
    }

    /// Returns the words for it.
    pub fn print(&self, language: Language) -> String {
        let scale = scale_name(self.scale);
        let with_unit = |end: &RoundedEnd| format!("{}{scale}{}", end.digits(), self.unit);
        let word = |english: &str, chinese: &str, end: &RoundedEnd| match language {
            Language::English => format!("{english} {}", with_unit(end)),
            Language::Chinese => format!("{chinese}{}", with_unit(end)),
        };
        let from = |bound: &Bound<RoundedEnd>| match bound {
            Included(end) => Some(word("at least", "不少于", end)),
            Excluded(end) => Some(word("more than", "超过", end)),
            Unbounded => None,
        };
        let to = |bound: &Bound<RoundedEnd>| match bound {
            Included(end) => Some(word("at most", "不超过", end)),
            Excluded(end) => Some(word("less than", "不足", end)),
            Unbounded => None,
        };
        let is_left_out = |bound: &Bound<RoundedEnd>| matches!(bound, Excluded(end) if end.is_exact);
        let [lower, upper] = &self.ends;
        match (lower, upper) {
            (Included(one) | Excluded(one), Included(two) | Excluded(two)) => {
                if one.steps == two.steps {
                    with_unit(one)
                } else if one.steps == 0 {
                    // What cannot be less than nothing is only said to be at most so much.
                    to(upper).unwrap_or_default()
                } else if is_left_out(lower) || is_left_out(upper) {
                    let and = match language {
                        Language::English => " and ",
                        Language::Chinese => "、",
                    };
                    [from(lower).unwrap_or_default(), to(upper).unwrap_or_default()].join(and)
                } else {
                    format!("{}–{}", one.digits(), with_unit(two))
                }
            }
            _ => from(lower).or_else(|| to(upper)).unwrap_or_else(|| match language {
                Language::English => "any number".to_owned(),
                Language::Chinese => "任意数".to_owned(),
            }),
        }
    }
}

impl RoundedEnd {
    fn new(steps: i128, decimals: u32, scale: u32, is_exact: bool) -> Option<Self> {
        let value = Decimal::new(steps, decimals)?.checked_scale(i32::try_from(scale).ok()?)?;
        Some(Self { steps, decimals, value, is_exact })
    }

    fn of(value: Rational, style: &Style, rounding: Rounding) -> Option<Self> {
        let value = style.in_its_unit(value)?;
        let steps = value.round(style.decimals, rounding)?;
        Self::new(steps, style.decimals, style.scale, value.has_places(style.decimals))
    }

    /// Returns the number with thousands separators.
    fn digits(&self) -> String {
        digits(self.steps, self.decimals)
    }
}

/// Maps the number of an end; nothing if `map` returns nothing.
fn map_end<T>(end: Bound<T>, map: impl Fn(T) -> Option<RoundedEnd>) -> Option<Bound<RoundedEnd>> {
    Some(match end {
        Included(number) => Included(map(number)?),
        Excluded(number) => Excluded(map(number)?),
        Unbounded => Unbounded,
    })
}

fn is_above_one(interval: &Interval) -> bool {
    let one = Interval::point(Rational::from(1));
    !interval.may_be_at_most(&one)
}

/// Returns the lowest and the highest whole number inside, or nothing if there is none.
fn whole_ends(interval: &Interval) -> Option<[Bound<i128>; 2]> {
    let lower = match interval.lower() {
        Included(value) => Included(value.round(0, Rounding::Up)?),
        Excluded(value) => Included(value.round(0, Rounding::Down)?.checked_add(1)?),
        Unbounded => Unbounded,
    };
    let upper = match interval.upper() {
        Included(value) => Included(value.round(0, Rounding::Down)?),
        Excluded(value) => Included(value.round(0, Rounding::Up)?.checked_sub(1)?),
        Unbounded => Unbounded,
    };
    let is_empty = matches!((lower, upper), (Included(lower), Included(upper)) if lower > upper);
    (!is_empty).then_some([lower, upper])
}

/// Returns `steps` of the last of `decimals` places with thousands separators.
fn digits(steps: i128, decimals: u32) -> String {
    let decimals = usize::try_from(decimals).unwrap_or(usize::MAX);
    let digits = format!("{:0>width$}", steps.unsigned_abs(), width = decimals.saturating_add(1));
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(decimals));
    let mut printed = if steps < 0 { "-" } else { "" }.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            printed.push(',');
        }
        printed.push(digit);
    }
    if !fraction.is_empty() {
        printed.push('.');
        printed.push_str(fraction);
    }
    printed
}

#[cfg(test)]
mod tests {
    use super::super::rational::tests::rational;
    use super::*;
    use crate::figure::Quantity;

    /// Checks what is printed for the ends of an interval, in thousandths, in the style of a figure.
    #[track_caller]
    fn check(lower: Bound<i128>, upper: Bound<i128>, like: &str, english: &str, chinese: &str) {
        let end = |bound: Bound<i128>| bound.map(|number| rational(number, 1000));
        let style = Style::of(&Quantity::parse(like).unwrap());
        let estimate = Estimate::new(Interval::new(end(lower), end(upper)).unwrap(), Some(style)).unwrap();
        assert_eq!(estimate.print(Language::English), english);
        assert_eq!(estimate.print(Language::Chinese), chinese);
    }

    #[track_caller]
    fn check_range(lower: i128, upper: i128, like: &str, printed: &str) {
        check(Included(lower), Included(upper), like, printed, printed);
    }

    #[test]
    fn ends_are_printed_like_the_figure() {
        check_range(24_801_324_503, 24_869_853_918, "936.3万元", "2,480.1–2,487.0万元");
        check_range(376, 378, "15.3%", "37.6–37.8%");
        check_range(1_500_000, 1_500_000, "2元", "1,500元");
        check_range(-1_234_560, 50, "2.50元", "-1,234.56–0.05元");
        check_range(300, 300, "三成", "3成");
    }

    #[test]
    fn ends_are_rounded_outwards() {
        check_range(1_501, 1_502, "2.00元", "1.501–1.502元");
        check_range(150_000_000_000, 150_049_000_000, "2.0亿元", "1.50–1.51亿元");
        check_range(-7_505, -7_495, "-2.50元", "-7.505–-7.495元");
        check(Included(195), Unbounded, "20%", "at least 19.5%", "不少于19.5%");
        check(Included(295_000_000_000), Unbounded, "3.0亿元", "at least 2.95亿元", "不少于2.95亿元");
        check(Unbounded, Excluded(1_234_567), "3.0元", "less than 1,234.567元", "不足1,234.567元");
        let third = Interval::point(rational(1, 3));
        assert_eq!(
            Estimate::new(third, Some(Style::percentage())).unwrap().print(Language::English),
            "33.33–33.34%"
        );
    }

    #[test]
    fn small_values_have_digits() {
        let thousandths = |lower, upper, like, printed| check_range(lower, upper, like, printed);
        thousandths(508, 565, "10万元", "0.508–0.565元");
        thousandths(1_254_010, 1_266_129, "2.35亿元", "1,254–1,267元");
        thousandths(5_000_000, 6_000_000, "3亿元", "5,000–6,000元");
        thousandths(50_000_000_000, 60_000_000_000, "3亿元", "5,000–6,000万元");
        thousandths(95_000_000_000, 98_000_000_000, "3.00亿元", "0.95–0.98亿元");
        let share = Interval::point(rational(100, 697));
        let style = Style::of(&Quantity::parse("100元").unwrap());
        assert_eq!(Estimate::new(share, Some(style)).unwrap().print(Language::Chinese), "0.143–0.144元");
    }

    #[test]
    fn counts_are_whole() {
        check_range(696_960, 697_030, "688件", "697件");
        check_range(24_400, 25_600, "19件", "25件");
        check_range(3_046, 3_077, "3件", "3.046–3.077件");
        check(Excluded(5_000), Excluded(8_000), "3人", "6–7人", "6–7人");
    }

    #[test]
    fn open_sides_are_said_in_words() {
        check(Included(30_000), Unbounded, "3人", "at least 30人", "不少于30人");
        check(Excluded(30_000), Unbounded, "3.0元", "more than 30.0元", "超过30.0元");
        check(Unbounded, Included(30_000), "3人", "at most 30人", "不超过30人");
        check(Unbounded, Excluded(300), "3%", "less than 30%", "不足30%");
        check(Unbounded, Unbounded, "3%", "any number", "任意数");
        check(Included(0), Included(30_000), "3人", "at most 30人", "不超过30人");
        check(Excluded(0), Excluded(30_000), "3.0元", "less than 30.0元", "不足30.0元");
        check(
            Included(30_000),
            Excluded(40_000),
            "3.0元",
            "at least 30.0元 and less than 40.0元",
            "不少于30.0元、不足40.0元",
        );
    }

    #[test]
    fn numbers_without_a_style_are_bare() {
        let estimate = Estimate::new(Interval::point(rational(7, 2)), None).unwrap();
        assert_eq!(estimate.print(Language::English), "3.50");
        assert_eq!(estimate.unit(), None);
    }

    #[test]
    fn ends_are_handed_out_as_they_are_printed() {
        let interval = Interval::new(Included(rational(24_801_321, 1)), Unbounded).unwrap();
        let style = Style::of(&Quantity::parse("936.3万元").unwrap());
        let estimate = Estimate::new(interval, Some(style)).unwrap();
        assert_eq!(estimate.print(Language::Chinese), "不少于2,480.1万元");
        assert_eq!(estimate.ends(), ["24801000".parse().ok(), None]);
        assert_eq!(estimate.unit(), Some("元"));
    }
}
