//! Lists whose members leave their unit to the last one: 分别办理12、34、56件.
//!
//! Start with [`inherit`], which looks at what the readers have found. A member is a bare number that is joined to the next
//! one; it becomes a figure with the unit and the scale of that one, while its range stays the number alone.

use super::place::is_digit;
use super::words::ends_like_approximation;
use super::{NoFigure, NumberKind, WrittenNumber};
use crate::figure::Quantity;
use crate::figure::approximation::BEFORE;
use crate::figure::end::SCALES;
use crate::figure::units::measure;
use crate::text::{sentence, width};

/// Marks and words that always join two members.
const MARKS: [&str; 5] = ["、", "和", "与", "及", "以及"];

/// Marks that join two members only in a longer list, or behind 分别: elsewhere they part two clauses.
const COMMAS: [&str; 2] = ["，", ","];

/// How far in front of a member 分别 is sought, in bytes.
const REACH: usize = 300;

/// Makes figures of all members of lists.
pub(super) fn inherit(text: &str, found: &mut [WrittenNumber]) {
    // The last member has the unit, so the way leads from there.
    for index in (0..found.len().saturating_sub(1)).rev() {
        if let Some(member) = member(text, found, index) {
            found[index] = member;
        }
    }
}

/// Reads what stands at `index` as a member, if it is one and the next is a figure.
fn member(text: &str, found: &[WrittenNumber], index: usize) -> Option<WrittenNumber> {
    let (one, next) = (found.get(index)?, found.get(index + 1)?);
    let NumberKind::Other(reason) = one.kind else { return None };
    let last = next.kind.quantity()?;
    let is_each = || is_each(text, one.range.start);
    let is_bare = match reason {
        NoFigure::NoUnit => true,
        // A year, a hotline or a numbering by its form is a number like others where all members have their own subject.
        NoFigure::Year | NoFigure::Name | NoFigure::Numbering => is_each(),
        _ => false,
    };
    let mark = text.get(one.range.end..next.range.start)?.trim();
    let is_longer = || text.get(next.range.clone()) != Some(last.printed()) || continues(text, found, index);
    let is_joined = MARKS.contains(&mark) || COMMAS.contains(&mark) && (is_longer() || is_each());
    if !is_bare || !is_joined {
        return None;
    }
    let floor = index.checked_sub(1).and_then(|index| found.get(index)).map_or(0, |before| before.range.end);
    let before = text.get(floor..one.range.start)?;
    let word = BEFORE.iter().map(|(word, _)| *word).filter(|word| before.ends_with(word));
    let word = word.max_by_key(|word| word.len()).filter(|_| !ends_like_approximation(before));
    let range = one.range.start - word.map_or(0, str::len)..one.range.end;
    let quantity = with_unit_of(last, text.get(range.clone())?)?;
    Some(WrittenNumber { range, kind: NumberKind::Figure(quantity) })
}

/// Tells whether the bare number in front of the one at `index` is joined to it by a comma.
fn continues(text: &str, found: &[WrittenNumber], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| found.get(before));
    before.is_some_and(|before| {
        let mark = text.get(before.range.end..found[index].range.start).unwrap_or_default();
        before.kind == NumberKind::Other(NoFigure::NoUnit) && COMMAS.contains(&mark.trim())
    })
}

/// Reads `bare` with the unit of the figure `last`, and with its scale unless it has one: of 3、5万元 the 3 is 3万元.
fn with_unit_of(last: &Quantity, bare: &str) -> Option<Quantity> {
    let unit = last.unit().as_str();
    let own = Quantity::parse(&format!("{bare}{unit}")).ok()?;
    // There are no 95.5人 in 得分95.5、3人.
    let is_count = measure(unit).is_none() && last.printed_decimals() == 0 && last.scale() == 0;
    if is_count && own.printed_decimals() > 0 {
        return None;
    }
    let scale = SCALES.iter().find(|(_, power)| *power == last.scale()).map(|(name, _)| *name);
    let Some(scale) = scale.filter(|_| own.scale() == 0) else { return Some(own) };
    // 8000、1.2万元 does not say whether the first is 8000元.
    let is_long = |text: &str| text.chars().filter(|c| is_digit(*c)).count() > 3;
    let is_open = is_long(bare) && !bare.contains(['.', '．']) && !is_long(last.printed());
    (!is_open).then(|| Quantity::parse(&format!("{bare}{scale}{unit}")).ok())?
}

/// Tells whether the number at `at` is one of several in front of which 分别 stands.
pub(super) fn is_each(text: &str, at: usize) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(REACH));
    let before = text.get(from..at).unwrap_or_default();
    let is_listed =
        |c: char| is_digit(c) || matches!(width::fold(c), '、' | ',' | '.' | ' ' | '和' | '与' | '及');
    let before = before.trim_end_matches(is_listed);
    sentence::before(before, before.len(), sentence::ends_clause).contains("分别")
}
