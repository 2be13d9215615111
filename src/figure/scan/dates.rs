//! Days, months, quarters and years, and what runs from one to another: 2024年9月9日至10月24日.
//!
//! Start with [`date`], a reader of [`scan`](super::scan). A bare 28日 is a date; 15日内 and 拘留10日 are figures.

use super::codes::is_year;
use super::place::{Cursor, arabic_digits, end_of_series, small, strip_any, strip_space, whole_number};
use super::words::{DAYS_BEHIND, DAYS_IN_FRONT};
use super::{NoFigure, WrittenNumber};
use crate::figure::units::{HIDDEN, UNITS};
use crate::figure::words::ends_with_any;
use crate::text::numeral;

/// What stands between the ends of a span.
const SPAN_MARKS: [&str; 11] = ["至", "到", "——", "—", "-", "－", "–", "～", "~", "─", "−"];

/// Words that belong to a year, and whether they make a part of it a date.
const YEAR_PARTS: [&str; 8] = ["上半年", "下半年", "年底", "底", "初", "末", "年末", "中旬"];

/// Words that belong to a month.
const MONTH_PARTS: [&str; 8] = ["份", "上旬", "中旬", "下旬", "上中旬", "底", "初", "末"];

/// Reads a date, a span or a list of dates.
pub(super) fn date(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let rest = place.rest();
    let (mut reason, mut after) = point(place, rest).or_else(|| open_span(place, rest))?;
    while let Some(next) = strip_any(strip_space(after), &SPAN_MARKS).map(strip_space)
        && let Some((next_reason, next_after)) = point(place, next).or_else(|| damaged_day(next))
    {
        reason = if next_reason == NoFigure::Year { reason } else { next_reason };
        after = next_after;
    }
    place.other(rest.len() - after.len(), reason)
}

/// Reads a span or a list whose ends leave their unit to the last: 2023-2025年, 1至3月, 5-7日, 1、2、3月.
fn open_span<'text>(place: &Cursor<'_>, text: &'text str) -> Option<(NoFigure, &'text str)> {
    let (first, rest) = whole_number(text)?;
    let (next, after) = end_of_series(rest)?;
    let (second, _) = whole_number(next)?;
    if is_year(first) && is_year(second) {
        let named = strip_any(after, &["学年", "年度", "年"]);
        let is_span = strip_any(strip_space(rest), &SPAN_MARKS).is_some();
        // 1985、2034件 counts.
        return named.or(is_span.then_some(after)).map(|after| (NoFigure::Year, after));
    }
    let end = point(place, next)?;
    let most = if after.starts_with('月') {
        12
    } else if after.starts_with('日') {
        31
    } else if after.starts_with("季度") {
        4
    } else {
        return None;
    };
    small(first).is_some_and(|first| (1..=most).contains(&first)).then_some(end)
}

/// Reads one end of a span: a day, a month, a quarter or a year.
fn point<'text>(place: &Cursor<'_>, text: &'text str) -> Option<(NoFigure, &'text str)> {
    with_signs(text).or_else(|| year(text)).or_else(|| month(text)).or_else(|| quarter(text)).or_else(|| {
        let after = day(text)?;
        is_date(place, text, after).then_some((NoFigure::Date, after))
    })
}

/// Reads 2025-08-28, 2025/8/28 and 2025.8.28.
fn with_signs(text: &str) -> Option<(NoFigure, &str)> {
    let (year, rest) = arabic_digits(text);
    let mark = rest.chars().next().filter(|mark| matches!(mark, '-' | '/' | '.'))?;
    let (month, rest) = arabic_digits(rest.strip_prefix(mark)?);
    let (day, rest) = arabic_digits(rest.strip_prefix(mark)?);
    let is_date = is_year(year)
        && small(month).is_some_and(|month| (1..=12).contains(&month))
        && small(day).is_some_and(|day| (1..=31).contains(&day));
    is_date.then_some((NoFigure::Date, rest))
}

fn year(text: &str) -> Option<(NoFigure, &str)> {
    let (number, rest) = whole_number(text)?;
    let is_numeral = number.starts_with(numeral::is_part);
    let is_full = if is_numeral { is_spelled_year(number) } else { is_year(number) };
    let rest = strip_space(rest);
    if is_full && let Some(rest) = rest.strip_prefix("学年") {
        return Some((NoFigure::Year, rest));
    }
    let rest = rest.strip_prefix('年')?;
    // 24年10月 is a date, 24年 a figure.
    if let Some(dated) = month(strip_space(rest)).or_else(|| months(strip_space(rest))) {
        return (is_full || number.chars().count() == 2).then_some(dated);
    }
    if !is_full {
        return None;
    }
    if let Some(rest) = strip_any(rest, &YEAR_PARTS) {
        return Some((NoFigure::Date, rest));
    }
    if let Some(dated) = quarter(rest.strip_prefix(['第', '前']).unwrap_or(rest)) {
        return Some(dated);
    }
    Some((NoFigure::Year, rest.strip_prefix('度').unwrap_or(rest)))
}

/// Tells whether `numeral` is a year spelled digit by digit: 二〇二五.
fn is_spelled_year(numeral: &str) -> bool {
    let is_digits =
        numeral.chars().count() == 4 && numeral.chars().all(|digit| numeral::digit(digit).is_some());
    is_digits && numeral.starts_with(['一', '二'])
}

fn month(text: &str) -> Option<(NoFigure, &str)> {
    let (number, rest) = whole_number(text)?;
    let rest = strip_space(rest).strip_prefix('月').filter(|rest| !rest.starts_with('龄'))?;
    small(number).filter(|month| number != "两" && (1..=12).contains(month))?;
    let day = day(strip_space(rest)).or_else(|| days(strip_space(rest)));
    Some((NoFigure::Date, day.or_else(|| strip_any(rest, &MONTH_PARTS)).unwrap_or(rest)))
}

fn day(text: &str) -> Option<&str> {
    let (number, rest) = whole_number(text)?;
    let rest = strip_space(rest).strip_prefix('日').or_else(|| rest.strip_prefix('号'))?;
    let is_day = number != "两" && small(number).is_some_and(|day| (1..=31).contains(&day));
    // Extraction drops 年 and 月: 2024717日.
    let is_damaged = number.chars().count() > 4 && !number.starts_with(numeral::is_part);
    (is_day || is_damaged).then_some(rest)
}

/// Reads the 1-6月 of 2024年1-6月.
fn months(text: &str) -> Option<(NoFigure, &str)> {
    month(end_of_series(whole_number(text)?.1)?.0)
}

/// Reads the 830日 of 2024717日至830日, from which extraction has dropped the 月.
fn damaged_day(text: &str) -> Option<(NoFigure, &str)> {
    let (digits, rest) = arabic_digits(text);
    Some((NoFigure::Date, rest.strip_prefix('日').filter(|_| digits.chars().count() > 2)?))
}

/// Reads the 5-7日 of 8月5-7日.
fn days(text: &str) -> Option<&str> {
    day(end_of_series(whole_number(text)?.1)?.0)
}

fn quarter(text: &str) -> Option<(NoFigure, &str)> {
    let (number, rest) = whole_number(text)?;
    let rest = strip_space(rest).strip_prefix("季度")?;
    small(number).filter(|quarter| number != "两" && (1..=4).contains(quarter))?;
    Some((NoFigure::Date, rest.strip_prefix(['初', '末']).unwrap_or(rest)))
}

/// Tells a day without its month from a number of days.
fn is_date(place: &Cursor<'_>, text: &str, after: &str) -> bool {
    let is_first = text.len() == place.rest().len();
    let is_count =
        strip_any(after, &DAYS_BEHIND).is_some() || is_first && ends_with_any(place.before(), &DAYS_IN_FRONT);
    // 3日元 are no 3日; 1日元旦 is one.
    let day = text.get(text.len() - after.len() - "日".len()..).unwrap_or_default();
    let is_longer = UNITS.longest(day).is_some_and(|(unit, _)| unit.len() > "日".len())
        && HIDDEN.longest(after).is_none();
    !is_count && !is_longer && !text.starts_with("一日")
}
