//! Times of day (9:00, 8时30分) and spans of time that end or begin now (近三年, 三年来).
//!
//! Both functions are readers of [`scan`](super::scan).

use super::place::{Cursor, arabic_digits, other_between, small, strip_any, strip_space, whole_number};
use super::words::{
    DURATIONS, HOURS_BEHIND, HOURS_IN_FRONT, NOT_HOURS, NOT_SPANS, RATIOS, SPANS, SPANS_BEHIND,
    SPANS_IN_FRONT,
};
use super::{NoFigure, WrittenNumber};
use crate::figure::words::ends_with_any;

/// Marks between the ends of a span of hours.
const MARKS: [&str; 8] = ["至", "到", "—", "-", "－", "–", "～", "~"];

/// Reads 近三年, 三年来, 过去五年.
pub(super) fn span(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let (number, rest) = place.number()?;
    let unit = strip_any(rest, &["多", "余"]).unwrap_or(strip_space(rest));
    let after = strip_any(unit, &SPANS)?;
    let after = after.strip_prefix('多').unwrap_or(after);
    let behind = strip_any(after, &SPANS_BEHIND).filter(|_| strip_any(after, &NOT_SPANS).is_none());
    let before = place.before();
    let in_front = SPANS_IN_FRONT
        .iter()
        .find_map(|word| before.strip_suffix(word))
        .filter(|lead| !DURATIONS.iter().any(|word| lead.trim_end_matches(['将', '接']).ends_with(word)));
    if behind.is_none() && in_front.is_none() {
        return None;
    }
    small(number).filter(|number| *number < 1000)?;
    let from = place.at() - (before.len() - in_front.unwrap_or(before).len());
    let to = place.at() + place.rest().len() - behind.unwrap_or(after).len();
    other_between(from..to, NoFigure::TimeSpan)
}

/// Reads 9:00, 8:30-17:30, 8时30分, 下午3点.
pub(super) fn clock(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let text = place.rest();
    let mut rest = with_colon(text).or_else(|| with_words(place, text))?;
    while let Some(next) = strip_any(rest, &MARKS)
        && let Some(after) = with_colon(next).or_else(|| with_words(place, next))
    {
        rest = after;
    }
    let before = place.before().trim_end_matches(['为', '是', '达', '：', ':', ' ']);
    let is_ratio = ends_with_any(before, &RATIOS);
    (!is_ratio).then(|| place.other(text.len() - rest.len(), NoFigure::Clock)).flatten()
}

fn with_colon(text: &str) -> Option<&str> {
    let (hour, rest) = arabic_digits(text);
    let rest = two_digits(rest.strip_prefix([':', '：'])?)?;
    small(hour).filter(|hour| *hour <= 24)?;
    Some(rest.strip_prefix([':', '：']).and_then(two_digits).unwrap_or(rest))
}

fn two_digits(text: &str) -> Option<&str> {
    let (digits, rest) = arabic_digits(text);
    (digits.chars().count() == 2 && small(digits)? < 60).then_some(rest)
}

fn with_words<'text>(place: &Cursor<'_>, text: &'text str) -> Option<&'text str> {
    let (hour, rest) = whole_number(text)?;
    let rest = strip_space(rest);
    if !rest.starts_with(['时', '点']) {
        return None;
    }
    small(hour).filter(|hour| *hour <= 24)?;
    let minutes = |rest: &'text str| {
        let (minutes, rest) = whole_number(strip_space(rest))?;
        small(minutes).filter(|minutes| *minutes < 60)?;
        strip_space(rest).strip_prefix('分').filter(|rest| !rest.starts_with('钟'))
    };
    if let Some(behind) = rest.strip_prefix('时') {
        let is_word = strip_any(rest, &NOT_HOURS).is_some();
        let rest = behind;
        return (!is_word).then(|| minutes(rest).or_else(|| strip_any(rest, &HOURS_BEHIND)).unwrap_or(rest));
    }
    let rest = rest.strip_prefix('点')?;
    if let Some(rest) = minutes(rest).or_else(|| strip_any(rest, &HOURS_BEHIND)) {
        return Some(rest);
    }
    let is_second = text.len() < place.rest().len();
    let is_hour = is_second || ends_with_any(place.before(), &HOURS_IN_FRONT);
    is_hour.then_some(rest)
}
