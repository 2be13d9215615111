//! Numbers that order and do not count: 第三轮, 十四届, （一）, 一是, 二级, and fixed phrases with a numeral in them.
//!
//! Each function is a reader of [`scan`](super::scan).

use super::place::{Cursor, end_of_series, is_digit, other_between, strip_any, strip_space, whole_number};
use super::words::{NUMBERED, ORDINAL_UNITS, RANKS};
use super::{NoFigure, WrittenNumber};
use crate::figure::units::{UnitKind, unit_of};
use crate::figure::words::ends_with_any;
use crate::text::numbering::{self, Style};
use crate::text::{numeral, width};

/// What stands between the numbers of a list of ordinals: 第一、二批.
const LIST_MARKS: [&str; 8] = ["、", "至", "到", "-", "—", "～", "~", "和"];

/// Reads 第三, 第一轮, 第一、二批 and 十四届.
pub(super) fn ordinal(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let (_, mut rest) = place.number()?;
    let Some(lead) = place.before().trim_end_matches([' ', '　']).strip_suffix('第') else {
        let rest = rest.strip_prefix('届')?;
        return place.other(place.rest().len() - rest.len(), NoFigure::Ordinal);
    };
    let from = place.at() - (place.before().len() - lead.len());
    loop {
        if let Some(after_unit) = strip_ordinal_unit(strip_space(rest)) {
            rest = after_unit;
            break;
        }
        let next = strip_any(rest, &LIST_MARKS).map(|next| next.strip_prefix('第').unwrap_or(next));
        let Some((_, after_number)) = next.and_then(whole_number) else { break };
        rest = after_number;
    }
    other_between(from..place.at() + place.rest().len() - rest.len(), NoFigure::Ordinal)
}

fn strip_ordinal_unit(text: &str) -> Option<&str> {
    if let Some(rest) = strip_any(text, &ORDINAL_UNITS) {
        return Some(rest);
    }
    let (unit, kind) = unit_of(text)?;
    (kind != UnitKind::Noun).then(|| text.strip_prefix(unit)).flatten()
}

/// Reads numbering of all styles: in front of a paragraph, in parentheses anywhere, 一是 and 问题一：.
pub(super) fn numbering(place: &Cursor<'_>) -> Option<WrittenNumber> {
    if matches!(place.free_previous(), Some('（' | '(')) {
        let from = place.at() - place.free_previous().map_or(0, char::len_utf8);
        let numbering = numbering::parse(place.slice(from..place.at() + place.rest().len()))?;
        return other_between(from..from + numbering.length, NoFigure::Numbering);
    }
    let is_sign = !place.rest().starts_with(|first| is_digit(first) || numeral::is_part(first));
    if (is_sign || place.begins_clause())
        && let Some(numbering) = numbering::parse(place.rest())
        && (is_sign || is_numbering(place, &numbering))
    {
        return place.other(numbering.length, NoFigure::Numbering);
    }
    let (number, rest) = place.number()?;
    if !number.starts_with(numeral::is_part) {
        return None;
    }
    if let Some(rest) = rest.strip_prefix(['是', '要'])
        && place.begins_clause()
    {
        return place.other(place.rest().len() - rest.len(), NoFigure::Numbering);
    }
    let is_named = rest.starts_with(['：', ':']) && is_behind_name(place.before());
    is_named.then(|| place.other(number.len(), NoFigure::Numbering)).flatten()
}

/// Tells whether what looks like a numbering is one where it stands.
fn is_numbering(place: &Cursor<'_>, numbering: &numbering::Numbering) -> bool {
    let after = place.rest().get(numbering.length..).and_then(|rest| rest.chars().next());
    let is_inline = numbering.style == Style::Arabic
        && numbering.number < 100
        && place.begins_clause()
        && after.is_some_and(|c| width::is_han(c) || matches!(c, '“' | '《'));
    place.begins_line() || (is_inline && !numbering.is_flattened(place.rest()))
}

/// Tells whether `before` ends with a word whose numbers only name: 附件1.
pub(super) fn is_behind_name(before: &str) -> bool {
    ends_with_any(before, &NUMBERED)
}

/// Reads 二级, 两级, 三等功.
pub(super) fn rank(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let (_, rest) = place.number()?;
    let rest = end_of_series(rest).map_or(rest, |(_, rest)| rest);
    let rest = strip_any(strip_space(rest), &RANKS)?;
    // 等 alone closes a list: 涉及12等.
    let printed = place.slice(place.at()..place.at() + place.rest().len() - rest.len());
    let is_list = printed.ends_with('等') && !printed.starts_with(numeral::is_part);
    (!is_list).then(|| place.other(printed.len(), NoFigure::Rank)).flatten()
}

/// Reads 八项规定 and the other fixed phrases.
pub(super) fn phrase(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let (word, is_phrase) = place.fixed()?;
    let is_ordinal = place.free_previous() == Some('第');
    (is_phrase && !is_ordinal).then(|| place.other(word.len(), NoFigure::Phrase)).flatten()
}
