//! The number of a figure, in front of its scale: Arabic or Chinese digits → plain ASCII digits.
//!
//! Start with [`Number::read`]. It reads text whose width is folded. It keeps the digits as printed, trailing zeros
//! included, because they tell the precision; only [`Number::value`] makes a value of them.

use super::{Decimal, DecimalError, QuantityError};
use crate::text::{numeral, split_while};

/// The capital numerals of contracts and receipts, and the plain ones that mean the same.
const CAPITALS: [(char, char); 12] = [
    ('壹', '一'),
    ('贰', '二'),
    ('叁', '三'),
    ('肆', '四'),
    ('伍', '五'),
    ('陆', '六'),
    ('柒', '七'),
    ('捌', '八'),
    ('玖', '九'),
    ('拾', '十'),
    ('佰', '百'),
    ('仟', '千'),
];

/// Returns the plain numeral of a capital one: 三 for 叁.
pub(super) fn plain(character: char) -> Option<char> {
    CAPITALS.iter().find_map(|&(capital, plain)| (capital == character).then_some(plain))
}

/// A number in front of its scale, as ASCII digits with an optional sign and point.
pub(super) struct Number(String);

impl Number {
    /// Reads the number with which `text` begins; behind 百分之, and loosened as in 近百人, also a bare 百.
    pub(super) fn read<'text>(
        text: &'text str,
        proportion: Option<&str>,
        is_loosened: bool,
    ) -> Option<(Self, &'text str)> {
        if proportion.is_some()
            && let Some(rest) = text.strip_prefix('百')
        {
            return Some((Self("100".to_owned()), rest));
        }
        let (number, rest) = arabic(text).or_else(|| chinese(text, is_loosened))?;
        Some((Self(number), rest.trim_start()))
    }

    /// Returns the exact value, times ten to the power of `scale`.
    pub(super) fn value(&self, scale: u32) -> Result<Decimal, QuantityError> {
        let power = i32::try_from(scale).map_err(|_| QuantityError::TooLarge)?;
        let number: Decimal = self.0.parse().map_err(|error| match error {
            DecimalError::NotDecimal => QuantityError::NotOneFigure,
            DecimalError::TooLarge => QuantityError::TooLarge,
        })?;
        number.checked_scale(power).ok_or(QuantityError::TooLarge)
    }

    /// Puts smaller digits, which take so many places, behind a whole number; tells whether it is one.
    pub(super) fn append(&mut self, digits: &str, places: usize) -> bool {
        let is_whole = !self.0.contains('.');
        if is_whole {
            self.0.push_str(&"0".repeat(places.saturating_sub(digits.len())));
            self.0.push_str(digits);
        }
        is_whole
    }

    /// Returns a whole number with so many tenths behind it.
    pub(super) fn with_tenths(&self, tenths: u64) -> Option<Self> {
        (!self.0.contains('.')).then(|| Self(format!("{}.{tenths}", self.0)))
    }

    /// Returns a whole number `factor` times and `smaller` to it, which is less than the factor.
    pub(super) fn times_and(&self, factor: u64, smaller: &Self) -> Option<Self> {
        let [large, small] = [self, smaller].map(|number| number.0.parse::<u64>().ok());
        let small = small.filter(|small| *small < factor)?;
        Some(Self(large?.checked_mul(factor)?.checked_add(small)?.to_string()))
    }

    /// Returns the count of printed decimal places.
    pub(super) fn decimals(&self) -> Result<u32, QuantityError> {
        let decimals = self.0.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        u32::try_from(decimals).map_err(|_| QuantityError::TooLarge)
    }
}

/// Returns what is wrong with a figure, the whole of `text`, that does not begin with a number.
pub(super) fn without_number(text: &str) -> QuantityError {
    let is_digit = |character: char| {
        character.is_ascii_digit() || numeral::digit(character).is_some() || matches!(character, '十' | '两')
    };
    if text.trim().is_empty() {
        QuantityError::Empty
    } else if text.contains(is_digit) {
        QuantityError::NotOneFigure
    } else {
        QuantityError::NoNumber
    }
}

/// The signs of a number below zero; its full-width form is folded.
pub(super) const MINUS: [char; 5] = ['-', '−', '–', '﹣', '负'];

/// The marks between groups of thousands.
pub(super) const THOUSANDS: [char; 3] = [',', '\'', '’'];

/// Reads digits with an optional sign, thousands separators and decimal places.
fn arabic(text: &str) -> Option<(String, &str)> {
    let (sign, rest) = match text.strip_prefix(MINUS) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, mut rest) = split_while(rest, |character| character.is_ascii_digit());
    let mut number = [sign, whole].concat();
    if whole.is_empty() {
        return None;
    }
    let mark = rest.chars().next().filter(|mark| THOUSANDS.contains(mark) && whole.len() <= 3);
    while let Some(mark) = mark
        && let Some((group, after)) = digits_after(rest, mark)
        && group.len() == 3
    {
        number.push_str(group);
        rest = after;
    }
    if let Some((decimals, after)) = digits_after(rest, '.') {
        number.push('.');
        number.push_str(decimals);
        rest = after;
    }
    Some((number, rest))
}

fn digits_after(text: &str, mark: char) -> Option<(&str, &str)> {
    let (digits, rest) = split_while(text.strip_prefix(mark)?, |character| character.is_ascii_digit());
    (!digits.is_empty()).then_some((digits, rest))
}

/// Reads a Chinese numeral, of 三十万 only the 三十: the scale is read in one place for both kinds of digits.
fn chinese(text: &str, is_loosened: bool) -> Option<(String, &str)> {
    let (printed, after_run) =
        split_while(text, |character| numeral::is_part(character) || plain(character).is_some());
    // A plain numeral takes as many bytes as its capital one, so that offsets hold for both.
    let run: String = printed.chars().map(|character| plain(character).unwrap_or(character)).collect();
    let is_bare = !run.is_empty() && run.chars().all(|character| "百千万亿".contains(character));
    if is_bare && (is_loosened || after_run.starts_with(['余', '多'])) {
        return Some((numeral::parse(&format!("一{run}"))?.to_string(), after_run));
    }
    let unscaled = run.trim_end_matches(['万', '亿']);
    let is_scaled = !unscaled.contains(['万', '亿']) && numeral::parse(unscaled).is_some();
    let number = if is_scaled { unscaled } else { &run };
    let rest = text.get(number.len()..)?;
    let whole = numeral::parse(number)?.to_string();
    match decimals_after_point(rest) {
        Some((decimals, rest)) => Some((format!("{whole}.{decimals}"), rest)),
        None => Some((whole, rest)),
    }
}

/// Reads the 点五 of 三点五; the 点五十 of a time of day is left alone.
fn decimals_after_point(text: &str) -> Option<(String, &str)> {
    let (digits, rest) =
        split_while(text.strip_prefix('点')?, |character| numeral::digit(character).is_some());
    let is_fraction = !digits.is_empty() && !rest.starts_with('十');
    let decimals = digits.chars().filter_map(numeral::digit).map(|digit| digit.to_string()).collect();
    is_fraction.then_some((decimals, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, number: &str, rest: &str) {
        let read = Number::read(text, None, false).map(|(Number(number), rest)| (number, rest));
        assert_eq!(read, Some((number.to_owned(), rest)), "{text}");
    }

    #[track_caller]
    fn check_none(text: &str) {
        assert!(Number::read(text, None, false).is_none(), "{text}");
    }

    #[test]
    fn arabic_digits_are_read() {
        check("10件", "10", "件");
        check("10 件", "10", "件");
        check("-3.50%", "-3.50", "%");
        check("−3%", "-3", "%");
        check("–3%", "-3", "%");
        check("﹣3%", "-3", "%");
        check("负3%", "-3", "%");
        check("+3%", "3", "%");
        check("007次", "007", "次");
        check("5.%", "5", ".%");
        check("1.2.3", "1.2", ".3");
    }

    #[test]
    fn thousands_are_read_in_whole_groups() {
        check("1,204件", "1204", "件");
        check("12,345,678.90元", "12345678.90", "元");
        check("1'234'567元", "1234567", "元");
        check("1’234元", "1234", "元");
        check("1'234,567元", "1234", ",567元");
        check("1,20件", "1", ",20件");
        check("1,2045件", "1", ",2045件");
        check("1234,567", "1234", ",567");
    }

    #[test]
    fn numerals_are_read_without_their_scale() {
        check("三项", "3", "项");
        check("三十万元", "30", "万元");
        check("三万亿元", "3", "万亿元");
        check("两千余人", "2000", "余人");
        check("百余人", "100", "余人");
        check("一万二千人", "12000", "人");
        check("三点五倍", "3.5", "倍");
        check("三点五百万", "3.5", "百万");
        check("三点五十分", "3", "点五十分");
        check("三点建议", "3", "点建议");
    }

    #[test]
    fn capital_numerals_are_read() {
        check("叁拾万元", "30", "万元");
        check("壹仟零伍拾元", "1050", "元");
        check("陆件", "6", "件");
        check_none("拾伍陆");
        assert!(CAPITALS.iter().all(|(capital, plain)| capital.len_utf8() == plain.len_utf8()));
    }

    #[test]
    fn other_text_has_no_number() {
        check_none("");
        check_none("件");
        check_none("万元");
        check_none("百姓");
        check_none("三五个");
        check_none("-");
        check_none("-三");
        check_none(".5");
    }

    #[test]
    fn bare_hundred_counts_behind_a_proportion() {
        assert!(Number::read("百", None, false).is_none());
        assert_eq!(Number::read("百", Some("%"), false).map(|(number, _)| number.0), Some("100".to_owned()));
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text: String, near in "[-0-9,.一三十百千万亿点叁拾佰]{0,12}") {
            for text in [text, near] {
                if let Some((number, _)) = Number::read(&text, None, false) {
                    prop_assert!(number.value(4) != Err(QuantityError::NotOneFigure));
                    prop_assert!(number.decimals().is_ok());
                }
            }
        }
    }
}
