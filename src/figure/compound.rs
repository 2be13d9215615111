//! Figures that are said in two parts and mean one number: 9分40秒, 6年零3个月, 2天半, 八成三.
//!
//! Start with [`read`]. Their value is in the unit of the smaller part, or has a decimal place more than is printed.

use super::number::Number;
use crate::text::numeral;

/// A unit, the smaller one that may stand behind it, what that is called alone, and how many of it make the larger one.
const SMALLER: [(&str, &str, &str, u64); 6] = [
    ("年", "个月", "个月", 12),
    ("小时", "分钟", "分钟", 60),
    ("小时", "分", "分钟", 60),
    ("个小时", "分钟", "分钟", 60),
    ("分", "秒", "秒", 60),
    ("分钟", "秒", "秒", 60),
];

/// How a half of a unit is written, with the unit.
const HALVES: [(&str, &str); 7] = [
    ("个半月", "个月"),
    ("个半小时", "个小时"),
    ("个半星期", "个星期"),
    ("年半", "年"),
    ("天半", "天"),
    ("小时半", "小时"),
    ("倍半", "倍"),
];

/// Reads what stands behind the `number` of such a figure, and returns the whole number with its unit; `None` for another one.
pub(super) fn read(number: &Number, rest: &str) -> Option<(Number, &'static str)> {
    if let Some((_, unit)) = HALVES.iter().find(|(written, _)| *written == rest) {
        return Some((number.with_tenths(5)?, unit));
    }
    if let Some(tenths) = rest.strip_prefix('成') {
        let mut characters = tenths.chars();
        let digit = numeral::digit(characters.next()?).filter(|_| characters.next().is_none())?;
        return Some((number.with_tenths(digit)?, "成"));
    }
    SMALLER.iter().find_map(|(large, small, unit, n)| {
        let rest = rest.strip_prefix(large)?;
        let (second, behind) = Number::read(rest.strip_prefix('零').unwrap_or(rest), None, false)?;
        Some((number.times_and(*n, &second).filter(|_| behind == *small)?, *unit))
    })
}
