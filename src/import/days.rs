//! Days in running text: 2024年9月9日, 二〇二五年八月, 10月下旬; a year or month that is left out is that of the day before it.

use std::ops::Range;

use crate::text::numeral;
use crate::text::width::{self, is_digit};

/// A day that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The bytes that name it.
    pub(super) range: Range<usize>,
    /// As it is written in front matter: `2024-09-09`, `2024-09`, `2024年10月下旬`.
    pub(super) written: String,
}

/// What may stand in place of a day.
const PARTS_OF_MONTH: [&str; 6] = ["上旬", "中旬", "下旬", "月底", "月初", "底"];

/// Lists the days that `text` names, in their order; one without a year takes that of the day before it, and the next year if
/// its month is earlier.
pub(super) fn named(text: &str) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let mut last: Option<(u64, u64)> = None;
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(start) = rest.find(|c| is_digit(c) || numeral::is_part(c)) else { break };
        let start = at + start;
        let joined =
            found.last().is_some_and(|before| is_joint(text.get(before.range.end..start).unwrap_or(".")));
        if let Some((end, year, month, written)) = day_at(text, start, last, joined) {
            last = Some((year, month));
            found.push(Named { range: start..end, written });
            at = end;
        } else {
            let behind = text.get(start..).unwrap_or_default();
            at = start + behind.find(|c| !is_digit(c) && !numeral::is_part(c)).unwrap_or(behind.len());
        }
    }
    found
}

/// Tells whether two days are the ends of one stretch by what stands between them.
pub(super) fn is_joint(between: &str) -> bool {
    matches!(between.trim(), "至" | "到" | "-" | "—" | "－" | "–" | "～" | "~" | "——" | "起至")
}

/// Reads the day that begins at `start`: where it ends, its year and month, and how it is written.
fn day_at(
    text: &str,
    start: usize,
    last: Option<(u64, u64)>,
    is_end: bool,
) -> Option<(usize, u64, u64, String)> {
    let behind =
        |at: usize, sign: char| text.get(at..)?.strip_prefix(sign).map(|rest| text.len() - rest.len());
    let (number, n_digits, next) = number_at(text, start)?;
    let (year, month, next) = match behind(next, '年') {
        Some(at) => {
            let (month, _, next) = number_at(text, at)?;
            (Some(number).filter(|_| n_digits == 4), month, next)
        }
        None => (None, number, next),
    };
    let Some(at) = behind(next, '月') else {
        // 至24日, of the same month.
        let end = behind(next, '日').filter(|_| is_end && year.is_none() && (1..=31).contains(&number))?;
        let (year, month) = last?;
        return Some((end, year, month, format!("{year:04}-{month:02}-{number:02}")));
    };
    let year = match (year, last) {
        (Some(year), _) => year,
        (None, Some((year, before))) if behind(number_at(text, start)?.2, '年').is_none() => {
            year + u64::from(month < before)
        }
        _ => return None,
    };
    if !(1..=12).contains(&month) {
        return None;
    }
    if let Some((day, _, next)) = number_at(text, at)
        && let Some(end) = behind(next, '日').filter(|_| (1..=31).contains(&day))
    {
        return Some((end, year, month, format!("{year:04}-{month:02}-{day:02}")));
    }
    let rest = text.get(at..)?;
    if let Some(part) = PARTS_OF_MONTH.iter().find(|part| rest.starts_with(**part)) {
        return Some((at + part.len(), year, month, format!("{year}年{month}月{part}")));
    }
    Some((at, year, month, format!("{year:04}-{month:02}")))
}

/// Reads a number at `at`: its value, how many characters it has, and where it ends.
fn number_at(text: &str, at: usize) -> Option<(u64, usize, usize)> {
    let rest = text.get(at..)?.trim_start_matches(' ');
    let at = text.len() - rest.len();
    let end = rest.find(|c| !is_digit(c) && !numeral::is_part(c)).unwrap_or(rest.len());
    let digits = rest.get(..end)?;
    let folded: String = digits.chars().map(width::fold).collect();
    let value = folded.parse().ok().or_else(|| numeral::parse(digits))?;
    let next = at + end;
    let spaces = text.get(next..)?.chars().take_while(|c| *c == ' ').count();
    Some((value, digits.chars().count(), next + spaces))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_a_text() {
        for (text, expected) in [
            ("2024年9月9日至2024年10月24日", "2024-09-09 2024-10-24"),
            ("2024年9月9日至10月24日，2025年1月8日", "2024-09-09 2024-10-24 2025-01-08"),
            ("2024年9月9日至24日", "2024-09-09 2024-09-24"),
            ("2024年12月9日—1月24日", "2024-12-09 2025-01-24"),
            ("2025年3月至5月，6月12日", "2025-03 2025-05 2025-06-12"),
            ("二〇二五年八月二十八日", "2025-08-28"),
            ("２０２５年８月２８日", "2025-08-28"),
            ("2025 年 8 月 28 日", "2025-08-28"),
            ("2024年10月下旬至11月底", "2024年10月下旬 2024年11月底"),
            ("三年内3月", ""),
            ("2025年以来", ""),
            ("13月1日", ""),
        ] {
            let shown: Vec<String> = named(text).into_iter().map(|day| day.written).collect();
            assert_eq!(shown.join(" "), expected, "{text}");
        }
    }
}
