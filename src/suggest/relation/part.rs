//! What is done of what came in: 移交 Y 件，已办结 X 件 → X <= Y.

use super::segment::{Segment, contains_any, same_unit};
use super::vocabulary as lists;
use super::{Found, Otherwise, Shape};

/// Finds such pairs in a segment.
pub(super) fn find(segment: &Segment<'_>, found: &mut Found) {
    for index in 1..segment.numbers.len() {
        let (Some(whole), Some(part)) = (segment.one(index - 1), segment.one(index)) else { continue };
        let came_in = segment.clause(index - 1);
        if !same_unit(whole, part) || !contains_any(came_in, lists::INCOMING) {
            continue;
        }
        let Some((_, done)) = segment.head(index).rsplit_once('已') else { continue };
        let done = done.strip_prefix("全部").unwrap_or(done);
        let Some(noun) = lists::DONE.split_whitespace().find_map(|word| done.strip_prefix(word)) else {
            continue;
        };
        // 已完成制度8项 are other things than the 10项 that came in.
        let is_same = |noun: &str| noun.is_empty() || came_in.contains(noun);
        if is_same(noun) && is_same(segment.tail(index)) {
            found.take(Shape::AtMost, part, &[whole], Otherwise::Told);
        }
    }
}
