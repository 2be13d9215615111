//! Times of day (9:00, 8时30分) and spans of time that end or begin now (近三年, 三年来).
//!
//! Both functions are readers of [`scan`](super::scan).

use super::place::{Cursor, arabic_digits, other_between, small, strip_any, strip_space, whole_number};
use super::{NoFigure, WrittenNumber};

/// Words in front of a span of time.
const SPAN_IN_FRONT: [&str; 9] = ["最近", "近", "过去", "未来", "今后", "此前", "前", "往后", "这"];

/// Words that make of 近 an estimate again: 用时近20天.
const DURATIONS: [&str; 8] = ["用时", "历时", "耗时", "长达", "持续", "时间", "工期", "附"];

/// Units of a span of time.
const SPAN_UNITS: [&str; 8] = ["个季度", "个学期", "个多月", "个月", "个星期", "年", "周", "天"];

/// Words behind a span of time.
const SPAN_BEHIND: [&str; 4] = ["以来", "来", "间", "前"];

/// Words with 来, 间 or 前 that do not end a span.
const NOT_BEHIND: [&str; 8] = ["来信", "来访", "来自", "来电", "来人", "间隔", "前后", "前往"];

/// Words in front of an hour.
const HOURS_IN_FRONT: [&str; 11] =
    ["上午", "下午", "晚上", "早上", "中午", "凌晨", "晚", "早", "日", "至", "每天"];

/// Words behind an hour.
const HOURS_BEHIND: [&str; 4] = ["半", "整", "钟", "许"];

/// Marks between the ends of a span of hours.
const MARKS: [&str; 8] = ["至", "到", "—", "-", "－", "–", "～", "~"];

/// Reads 近三年, 三年来, 过去五年.
pub(super) fn span(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let (number, rest) = place.number()?;
    let unit = strip_any(rest, &["多", "余"]).unwrap_or(strip_space(rest));
    let after = strip_any(unit, &SPAN_UNITS)?;
    let after = after.strip_prefix('多').unwrap_or(after);
    let behind = strip_any(after, &SPAN_BEHIND).filter(|_| strip_any(after, &NOT_BEHIND).is_none());
    let before = place.before();
    let in_front = SPAN_IN_FRONT
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
    let is_ratio = ["比例", "比", "按", "比分"].iter().any(|word| place.before().ends_with(word));
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
    if let Some(rest) = rest.strip_prefix('时') {
        let is_word = rest.starts_with(['间', '代', '期', '长', '段']);
        return (!is_word).then(|| minutes(rest).or_else(|| strip_any(rest, &HOURS_BEHIND)).unwrap_or(rest));
    }
    let rest = rest.strip_prefix('点')?;
    if let Some(rest) = minutes(rest).or_else(|| strip_any(rest, &HOURS_BEHIND)) {
        return Some(rest);
    }
    let is_second = text.len() < place.rest().len();
    let is_hour = is_second || HOURS_IN_FRONT.iter().any(|word| place.before().ends_with(word));
    is_hour.then_some(rest)
}
