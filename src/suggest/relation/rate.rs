//! Rates and shares: 受理 Y 件，办结 X 件，办结率 P; 共 Y 人，其中党员 X 人，占 P.

use super::segment::{Segment, contains_any, same_unit};
use super::vocabulary as lists;
use super::{Found, Named, Otherwise, Shape};

/// Finds the rates and shares of a segment.
pub(super) fn find(segment: &Segment<'_>, found: &mut Found) {
    for index in 0..segment.numbers.len() {
        let Some(rate) = segment.numbers.get(index).and_then(|number| number.named) else { continue };
        if rate.quantity.unit().as_str() != "%" {
            continue;
        }
        let head = segment.head(index);
        if contains_any(head, lists::CHANGES) || contains_any(segment.tail(index), lists::CHANGES) {
            continue;
        }
        let Some([whole, part]) = two_before(segment, index) else { continue };
        if let Some(done) = done_of_rate(head) {
            let Some(at) = index.checked_sub(1) else { continue };
            let says_done = |text: &str| text.contains(done);
            let is_of_it = says_done(segment.head(at)) || says_done(segment.tail(at));
            // Of 甲办结率、乙办结率 each has its own figure.
            let Some(rate) = segment.one(index).filter(|_| is_of_it) else { continue };
            let came_in = index.checked_sub(2).map_or("", |at| segment.clause(at));
            let is_plain = head.chars().count() <= done.chars().count() + 4;
            let is_told = is_plain && contains_any(came_in, lists::INCOMING);
            let otherwise = if is_told { Otherwise::Told } else { Otherwise::Silent };
            found.take(Shape::Quotient, rate, &[part, whole], otherwise);
        } else if is_share(head) {
            let Some(rate) = segment.one(index) else { continue };
            found.take(Shape::Quotient, rate, &[part, whole], Otherwise::Silent);
        }
    }
}

/// Returns the two figures in front of the one at `index`, of the same unit; the first may be the last of the sentence before.
fn two_before<'a>(segment: &Segment<'a>, index: usize) -> Option<[&'a Named; 2]> {
    let part = segment.one(index.checked_sub(1)?)?;
    let whole = match index.checked_sub(2) {
        Some(at) => segment.one(at)?,
        None => segment.before.filter(|before| before.names.len() == 1)?,
    };
    (same_unit(part, whole) && part.quantity.unit().as_str() != "%").then_some([whole, part])
}

/// Returns the two characters in front of 率 where the figure follows it directly: 办结.
fn done_of_rate(head: &str) -> Option<&str> {
    let (before, behind) = head.rsplit_once('率')?;
    let reaches = behind.is_empty() || lists::REACHES.split_whitespace().any(|word| word == behind);
    let (at, _) = before.char_indices().rev().nth(1)?;
    before.get(at..).filter(|_| reaches)
}

/// Tells whether the words say that the figure is the share of what stands in front of it.
fn is_share(head: &str) -> bool {
    let rest = head.strip_prefix("占比").or_else(|| head.strip_prefix('占'));
    let ends = ["总数的", "总人数的", "总量的", "总额的", "全部的", "比", "达", "为", "总数", ""];
    rest.is_some_and(|rest| ends.contains(&rest))
}
