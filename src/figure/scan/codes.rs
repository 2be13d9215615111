//! Numbers that name: U8, GB/T 9704-2012, 〔2017〕47号, phones, postcodes, hotlines, and digits without a unit.
//!
//! Each function is a reader of [`scan`](super::scan). [`bare`] comes last and takes whatever Arabic digits are left.

use super::ordinals::is_behind_name;
use super::place::{
    Cursor, SERIES_MARKS, arabic_digits, end_of_series, is_digit, other_between, strip_any, strip_space,
    whole_number,
};
use super::words::{CODES, PHONES, POSTCODES, STANDARDS, is_name};
use super::{NoFigure, WrittenNumber};
use crate::figure::units::{UNITS, UnitKind, rate_length};
use crate::text::{numeral, width};

/// Signs that hold a name of Latin letters and digits together.
const JOINTS: &str = "._/@:-*+&=?#~";

/// The most characters of a name behind its first digit, so that 1:1:1:… is not read to its end again and again.
const LONGEST_NAME: usize = 64;

/// Longer numbers without a unit are codes.
const LONGEST_BARE: usize = 8;

/// Reads digits that are glued to Latin letters, and standards: U8, 5G, 1+N, GB/T 9704-2012.
pub(super) fn latin(place: &Cursor<'_>) -> Option<WrittenNumber> {
    if !place.rest().starts_with(is_digit) {
        return None;
    }
    let left = place.before().trim_end_matches(is_joined);
    let from = place.at() - (place.before().len() - left.len());
    let end = place.rest().char_indices().take(LONGEST_NAME).find(|(_, next)| !is_joined(*next));
    let end = end.or_else(|| place.rest().char_indices().nth(LONGEST_NAME));
    let right = end.and_then(|(end, _)| place.rest().get(..end)).unwrap_or(place.rest());
    let to = place.at() + right.trim_end_matches(|character| !is_alphanumeric(character)).len();
    let (head, tail) = (place.slice(from..place.at()), place.slice(place.at()..to));
    let head = head.trim_start_matches(|character| !is_alphanumeric(character) && character != '*');
    if let Some(standard) = standard(place, head, to) {
        return Some(standard);
    }
    let has_letter =
        |text: &str| text.contains(|character| is_alphanumeric(character) && !is_digit(character));
    let is_masked = head.contains('*') || tail.contains('*');
    // 2+1 is a pattern of work.
    let is_sum = tail.contains(['+', '＋']);
    let is_glued = match (has_letter(head), has_letter(tail)) {
        // LED12块 counts, U8 does not.
        // The lO of lO0件 is meant for 10.
        (true, false) => {
            head.len() == 1
                || head.chars().all(|c| "OolI".contains(width::fold(c)))
                || !head.chars().all(is_alphanumeric)
                || !is_counted(tail, place)
        }
        (true, true) => true,
        (false, _) => has_letter(tail) && !is_measured(tail),
    };
    let range = place.at() - head.len()..to;
    (is_glued || is_masked || is_sum).then(|| other_between(range, NoFigure::Name)).flatten()
}

/// Reads 11·15, by which cases are named.
pub(super) fn event(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let (_, rest) = place.arabic_number()?.1.strip_prefix(['·', '•', '‧']).map(arabic_digits)?;
    let length = place.rest().len() - rest.len();
    let is_event = place.slice(place.at()..place.at() + length).ends_with(is_digit);
    is_event.then(|| place.other(length, NoFigure::Name)).flatten()
}

/// Reads the number of a standard, whose letters may stand apart.
fn standard(place: &Cursor<'_>, head: &str, to: usize) -> Option<WrittenNumber> {
    let is_standard = |letters: &str| STANDARDS.iter().any(|prefix| letters.starts_with(prefix));
    if is_standard(head) {
        return other_between(place.at() - head.len()..to, NoFigure::DocumentNumber);
    }
    let letters = place.before().strip_suffix([' ', '　']).filter(|_| head.is_empty())?;
    let before = letters.trim_end_matches(is_joined);
    letters.get(before.len()..).filter(|letters| is_standard(letters))?;
    let from = place.at() - (place.before().len() - before.len());
    other_between(from..to, NoFigure::DocumentNumber)
}

/// Tells whether a measure word follows the digits of `tail`.
fn is_counted(tail: &str, place: &Cursor<'_>) -> bool {
    let after = place.rest().get(tail.len()..).unwrap_or_default();
    tail.chars().all(is_digit) && UNITS.longest(after).is_some_and(|(_, kind)| kind == UnitKind::Counted)
}

/// Tells whether all letters of `tail` are one unit at its end: 10-15km, 60km/h.
fn is_measured(tail: &str) -> bool {
    let letters = tail.find(|character: char| character.is_ascii_alphabetic()).unwrap_or(tail.len());
    let (number, letters) = tail.split_at(letters);
    let is_unit = UNITS
        .longest(letters)
        .and_then(|(unit, _)| letters.strip_prefix(unit))
        .is_some_and(|rest| rate_length(rest) == rest.len());
    is_unit && !number.contains(|character| is_alphanumeric(character) && !is_digit(character))
}

fn is_alphanumeric(character: char) -> bool {
    width::fold(character).is_ascii_alphanumeric()
}

fn is_joined(character: char) -> bool {
    is_alphanumeric(character) || (character.is_ascii() && JOINTS.contains(character))
}

/// Reads 〔2017〕47号, 99号, 3-5号, 3、5号楼 and 301室.
pub(super) fn document_number(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let length = |rest: &str| place.rest().len() - rest.len();
    let (number, rest) = place.number()?;
    if matches!(place.free_previous(), Some('〔' | '[' | '［' | '【' | '（' | '('))
        && number.chars().count() == 4
        && let Some(behind_year) = rest.strip_prefix(['〕', ']', '］', '】', '）', ')'])
    {
        let from = place.at() - place.free_previous().map_or(0, char::len_utf8);
        let (_, sign) = whole_number(strip_space(behind_year.strip_prefix('第').unwrap_or(behind_year)))?;
        let sign = end_of_series(sign).map_or(sign, |(_, behind)| behind);
        let behind = strip_space(sign).strip_prefix('号')?;
        return other_between(from..place.at() + length(behind), NoFigure::DocumentNumber);
    }
    if place.before().ends_with('第') {
        return None;
    }
    let word = strip_space(end_of_series(rest).map_or(rest, |(_, behind)| behind));
    let is_arabic = number.starts_with(is_digit);
    let words: &[&str] =
        if is_arabic { &["号楼", "号", "室", "楼", "弄", "单元"] } else { &["号楼", "号"] };
    let behind = strip_any(word, words)?;
    // 5号召 is a slip, 3楼宇 a noun.
    (!behind.starts_with(['召', '宇']))
        .then(|| place.other(length(behind), NoFigure::DocumentNumber))
        .flatten()
}

/// Reads phone numbers by their form, or by the word in front.
pub(super) fn phone(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let (first, mut rest) = place.arabic_number()?;
    let digits = |text: &str| text.chars().map(width::fold).collect::<String>();
    if first.chars().nth(15).is_some() {
        return None;
    }
    let count = first.chars().count();
    let code = digits(first);
    let is_code = code.starts_with('0') && (3..=4).contains(&count);
    let is_service = ["400", "800"].contains(&code.as_str());
    if is_code && matches!(place.free_previous(), Some('(' | '（')) {
        let (number, rest) = arabic_digits(strip_space(rest.strip_prefix([')', '）'])?));
        let from = place.at() - place.free_previous().map_or(0, char::len_utf8);
        let to = place.at() + place.rest().len() - rest.len();
        return (7..=8)
            .contains(&number.chars().count())
            .then(|| other_between(from..to, NoFigure::Phone))?;
    }
    let (mut groups, mut length, mut is_spaced) = (0, 0, false);
    while (is_code || is_service)
        && groups < 3
        && let Some(after_mark) = rest.strip_prefix(['-', '－', '—', '–', ' '])
        && let (group, after) = arabic_digits(after_mark)
        && group.chars().count() >= 3
    {
        groups += 1;
        length += group.chars().count();
        is_spaced |= rest.starts_with(' ');
        rest = after;
    }
    let is_mobile = count == 11 && code.starts_with('1') && !code.starts_with("10");
    let is_long = code.starts_with('0') && (10..=12).contains(&count);
    let is_local = (7..=8).contains(&count)
        && code.starts_with(['2', '3', '4', '5', '6', '7', '8'])
        && !(count == 8 && code.starts_with("20"));
    let is_named = count >= 5 && !is_name(&code) && follows(place, &PHONES);
    // 010 000 篇 is no phone: its thousands are parted by a space.
    let is_grouped = groups > 0 && (!is_spaced || (7..=8).contains(&length));
    let is_phone = is_grouped || is_mobile || is_long || (is_local || is_named) && !has_unit(rest);
    is_phone.then(|| place.other(place.rest().len() - rest.len(), NoFigure::Phone)).flatten()
}

/// Reads 316021 behind 邮政编码.
pub(super) fn postcode(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let (digits, _) = place.arabic_number()?;
    let is_postcode = digits.chars().count() == 6 && follows(place, &POSTCODES);
    is_postcode.then(|| place.other(digits.len(), NoFigure::Postcode)).flatten()
}

fn follows(place: &Cursor<'_>, words: &[&str]) -> bool {
    let before = place.before().trim_end_matches([' ', '　', '：', ':', '为', '是', '（', '(']);
    words.iter().any(|word| before.ends_with(word))
}

fn has_unit(rest: &str) -> bool {
    let rest = strip_any(strip_space(rest), &["万", "亿", "千", "余", "多"]).unwrap_or(strip_space(rest));
    UNITS.longest(rest).is_some()
}

/// Takes Arabic digits about which nothing is known: a year, a numbering, a name, or else a number without a unit.
pub(super) fn bare(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let (first, mut rest) = place.arabic_number()?;
    while let Some(mark) = rest.chars().next().filter(|mark| ".．-－/,".contains(*mark))
        && let (digits, after) = arabic_digits(rest.strip_prefix(mark).unwrap_or_default())
        // 3,5,7元 is a list.
        && (if mark == ',' { digits.chars().count() == 3 } else { !digits.is_empty() })
    {
        rest = after;
    }
    let printed = place.slice(place.at()..place.at() + place.rest().len() - rest.len());
    let is_whole = printed == first;
    let scaled = scaled(rest).filter(|_| !is_name(first));
    let is_year = is_whole && scaled.is_none() && is_year(printed);
    let is_generation = end_of_series(rest).map_or(rest, |(_, rest)| rest).starts_with('后');
    let is_span = !is_whole && printed.contains(['-', '－', '/']);
    let is_version = !is_whole && rest.starts_with('版');
    let is_name = is_generation
        || is_version
        || is_whole && is_name(printed)
        || is_span
        || scaled.is_none() && is_code(place, first);
    let reason = if is_year {
        NoFigure::Year
    } else if is_whole && is_behind_name(place.before()) {
        return place.other(place.rest().len() - behind_numbers(rest).len(), NoFigure::Numbering);
    } else if is_name {
        NoFigure::Name
    } else {
        NoFigure::NoUnit
    };
    let rest = scaled.unwrap_or(rest);
    place.other(place.rest().len() - rest.len(), reason)
}

/// Takes a Chinese numeral whose scale is loosened: 三百余万. Any other without a unit may be part of a word.
pub(super) fn bare_numeral(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let (number, rest) = place.number()?;
    let is_loosened = rest.starts_with(['余', '多']) && numeral::parse(number).is_some();
    let rest = scaled(rest).filter(|_| is_loosened)?;
    place.other(place.rest().len() - rest.len(), NoFigure::NoUnit)
}

/// Takes the scale with which `text` begins, and the 余 in front of it.
fn scaled(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['余', '多']).unwrap_or(text);
    strip_any(inner, &["万亿", "千万", "百万", "亿", "万", "千"])
}

/// Tells whether bare digits are a code or a model: by the word in front (工号12, 版本2.0, Windows 10), or since they are so many.
fn is_code(place: &Cursor<'_>, digits: &str) -> bool {
    let is_model =
        place.before().strip_suffix([' ', '　']).is_some_and(|lead| lead.ends_with(is_alphanumeric));
    is_model || follows(place, &CODES) || digits.chars().nth(LONGEST_BARE).is_some()
}

/// Takes the further numbers behind a numbering: 附件1、2和3. One with a unit counts.
fn behind_numbers(mut rest: &str) -> &str {
    while let Some(next) = strip_any(rest, &SERIES_MARKS)
        && let (digits, after) = arabic_digits(next)
        && !digits.is_empty()
        && !has_unit(after)
    {
        rest = after;
    }
    rest
}

/// Tells whether `digits` is a year of our time.
pub(super) fn is_year(digits: &str) -> bool {
    let folded: String = digits.chars().take(5).map(width::fold).collect();
    folded.len() == 4 && (folded.starts_with("19") || folded.starts_with("20"))
}
