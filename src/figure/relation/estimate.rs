//! A computed value in print: the interval in which it lies, in the unit of the figures that it comes from.
//!
//! Start with [`Estimate::print`]: `2,480.1–2,487.0万元`, `697件`, `不少于30万元`.

use std::ops::Bound::{self, Excluded, Included, Unbounded};

use super::style::Style;
use super::{Interval, Rational, Rounding};
use crate::diagnostic::Language;

/// The scales that a figure is printed in, by their powers of ten.
const SCALES: [(u32, &str); 8] =
    [(3, "千"), (4, "万"), (6, "百万"), (7, "千万"), (8, "亿"), (10, "百亿"), (11, "千亿"), (12, "万亿")];

/// An interval with the unit, scale and precision to print it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    interval: Interval,
    /// The ends as they are printed, without scale and unit.
    ends: [Bound<String>; 2],
    scaled_unit: String,
}

impl Estimate {
    /// Returns the estimate, or nothing if an end has more digits than can be computed with.
    pub(super) fn new(interval: Interval, style: Option<Style>) -> Option<Self> {
        // More than the whole is rather a number per head than a percentage.
        let is_per_head = style == Some(Style::percentage()) && is_above_one(&interval);
        let style = style.filter(|_| !is_per_head).unwrap_or_else(Style::bare);
        let ends = printed_ends(&interval, &style)?;
        let scale = SCALES.iter().find(|(power, _)| *power == style.scale).map_or("", |(_, name)| name);
        Some(Self { interval, ends, scaled_unit: format!("{scale}{}", style.unit) })
    }

    /// Returns all values that are possible, proportions as parts of one.
    pub fn interval(&self) -> Interval {
        self.interval
    }

    /// Returns the words for it.
    pub fn print(&self, language: Language) -> String {
        let unit = &self.scaled_unit;
        let word = |english: &str, chinese: &str| match language {
            Language::English => format!("{english} "),
            Language::Chinese => chinese.to_owned(),
        };
        match &self.ends {
            [Included(lower) | Excluded(lower), Included(upper) | Excluded(upper)] if lower == upper => {
                format!("{lower}{unit}")
            }
            [Included(lower) | Excluded(lower), Included(upper) | Excluded(upper)] => {
                format!("{lower}–{upper}{unit}")
            }
            [Included(lower), Unbounded] => format!("{}{lower}{unit}", word("at least", "不少于")),
            [Excluded(lower), Unbounded] => format!("{}{lower}{unit}", word("more than", "超过")),
            [Unbounded, Included(upper)] => format!("{}{upper}{unit}", word("at most", "不超过")),
            [Unbounded, Excluded(upper)] => format!("{}{upper}{unit}", word("less than", "不足")),
            [Unbounded, Unbounded] => word("any number", "任意数").trim_end().to_owned(),
        }
    }
}

fn is_above_one(interval: &Interval) -> bool {
    let one = Interval::point(Rational::from(1));
    !interval.may_be_at_most(&one)
}

/// Returns the ends rounded to the nearest number in `style`, or nothing if one does not fit.
fn printed_ends(interval: &Interval, style: &Style) -> Option<[Bound<String>; 2]> {
    if style.is_whole
        && let Some(ends) = whole_ends(interval)
    {
        return Some(ends.map(|end| end.map(|steps| digits(steps, 0))));
    }
    // Where no whole number fits, the reader is to see why: 26.28–26.35件.
    let decimals = if style.is_whole { style.decimals + 2 } else { style.decimals };
    let power = i32::try_from(style.scale).ok()?.checked_add(style.power)?;
    let unit = Rational::power_of_ten(power.checked_neg()?)?;
    let print = |value: Rational| {
        let steps = value.checked_mul(unit)?.round(decimals, Rounding::Nearest)?;
        Some(digits(steps, decimals))
    };
    let print_end = |end| {
        Some(match end {
            Included(value) => Included(print(value)?),
            Excluded(value) => Excluded(print(value)?),
            Unbounded => Unbounded,
        })
    };
    Some([print_end(interval.lower())?, print_end(interval.upper())?])
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
    fn ends_that_look_alike_are_one_number() {
        check_range(1_501, 1_502, "2.00元", "1.50元");
        check_range(150_000_000_000, 150_049_000_000, "2.0亿元", "1.5亿元");
    }

    #[test]
    fn counts_are_whole() {
        check_range(696_960, 697_030, "688件", "697件");
        check_range(24_400, 25_600, "19件", "25件");
        check_range(3_046, 3_077, "3件", "3.05–3.08件");
        check(Excluded(5_000), Excluded(8_000), "3人", "6–7人", "6–7人");
    }

    #[test]
    fn open_sides_are_said_in_words() {
        check(Included(30_000), Unbounded, "3人", "at least 30人", "不少于30人");
        check(Excluded(30_000), Unbounded, "3.0元", "more than 30.0元", "超过30.0元");
        check(Unbounded, Included(30_000), "3人", "at most 30人", "不超过30人");
        check(Unbounded, Excluded(300), "3%", "less than 30%", "不足30%");
        check(Unbounded, Unbounded, "3%", "any number", "任意数");
    }

    #[test]
    fn numbers_without_a_style_are_bare() {
        let estimate = Estimate::new(Interval::point(rational(7, 2)), None).unwrap();
        assert_eq!(estimate.print(Language::English), "3.50");
    }
}
