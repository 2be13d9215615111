//! Totals with their parts: 共 A，其中 B、C; A（B、C）; A：B、C; B、C，共 A.

use super::segment::{Segment, same_unit, starts_with_any};
use super::vocabulary as lists;
use super::{Found, Named, Otherwise, Shape};

/// The most parts of a sum.
const MOST_PARTS: usize = 20;

/// How many characters may stand between a figure and what opens the list of its parts.
const NEAR: usize = 12;

/// What opens a list of parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// 其中.
    Within,
    /// A colon, a bracket.
    Mark,
    /// A comma behind a figure that is called a sum.
    Comma,
}

/// Finds the sums of a segment.
pub(super) fn find(segment: &Segment<'_>, found: &mut Found) {
    for index in 0..segment.numbers.len() {
        let Some(total) = segment.one(index) else { continue };
        if total.quantity.unit().as_str() == "%" {
            continue;
        }
        let has_list = parts_behind(segment, index, total, found);
        if !has_list && is_total(segment, index) {
            parts_before(segment, index, total, found);
        }
    }
}

/// Tells whether the words in front of a figure call it a sum: 共追责问责19人.
fn is_total(segment: &Segment<'_>, index: usize) -> bool {
    rest_of_total(segment, index).is_some()
}

/// Returns the words between 共 and the figure.
fn rest_of_total<'a>(segment: &Segment<'a>, index: usize) -> Option<&'a str> {
    let head = segment.head(index);
    if starts_with_any(head, lists::NO_TOTALS) {
        return None;
    }
    let rest = lists::TOTALS.split_whitespace().find_map(|word| head.strip_prefix(word))?;
    (rest.chars().count() <= NEAR).then_some(rest)
}

/// Tells whether a list of parts opens behind the figure at `index`, and how.
fn opening(segment: &Segment<'_>, index: usize) -> Option<Opening> {
    let behind = segment.behind(index);
    let marks = ['，', ',', '（', '(', '：', ':'];
    if let Some((between, _)) = behind.split_once(lists::WITHIN) {
        let is_near = between.chars().count() <= NEAR && !between.contains('、');
        let n_marks = between.matches(marks).count();
        return (is_near && n_marks < 2).then_some(Opening::Within);
    }
    let (noun, mark) =
        behind.find(marks).and_then(|at| Some((behind.get(..at)?, behind.get(at..)?.chars().next()?)))?;
    if noun.contains('、') || noun.chars().count() > NEAR / 2 {
        return None;
    }
    match mark {
        '，' | ',' => is_total(segment, index).then_some(Opening::Comma),
        _ => Some(Opening::Mark),
    }
}

/// The figures behind a total that may be its parts.
struct Parts<'a> {
    /// With the index of each in the segment; never empty.
    figures: Vec<(usize, &'a Named)>,
    /// Whether nothing stands behind them that may be one more.
    is_whole: bool,
}

/// Collects what may be the parts of the total at `index`.
fn collect_parts<'a>(segment: &'a Segment<'_>, index: usize, total: &Named) -> Option<Parts<'a>> {
    let first = segment.numbers.get(index + 1)?;
    let last_of_total = segment.numbers.get(index)?;
    let depth = segment.depth(first.range.start);
    let is_in_brackets = depth > segment.depth(last_of_total.range.end);
    let mut parts = Parts { figures: Vec::new(), is_whole: true };
    for (at, number) in segment.numbers.iter().enumerate().skip(index + 1) {
        let here = segment.depth(number.range.start);
        if here < depth && is_in_brackets {
            break;
        }
        if here > depth {
            continue;
        }
        if parts.figures.len() > MOST_PARTS
            || (at > index + 1 && starts_with_any(segment.head(at), lists::ENDS_PARTS))
        {
            break;
        }
        match segment.one(at) {
            Some(part) if same_unit(part, total) && !is_total(segment, at) => parts.figures.push((at, part)),
            other => {
                // 甲村3户12人: the figures of each part stand together.
                let gap = segment.behind(at - 1);
                parts.is_whole = other.is_some() && gap.contains(['，', ',', '。', '；']);
                break;
            }
        }
    }
    (!parts.figures.is_empty()).then_some(parts)
}

/// Looks for parts behind a total; tells whether there is a list of them.
fn parts_behind(segment: &Segment<'_>, index: usize, total: &Named, found: &mut Found) -> bool {
    let Some(opening) = opening(segment, index) else { return false };
    let Some(Parts { figures: parts, is_whole }) = collect_parts(segment, index, total) else { return false };
    let is_list = parts.len() > 1;
    let figures = |n: usize| parts.iter().take(n).map(|(_, part)| *part).collect::<Vec<_>>();
    let n_joined = joined_at_start(segment, &parts);
    if is_list && is_whole {
        let tell = match opening {
            Opening::Mark | Opening::Within if n_joined == parts.len() => Otherwise::ToldIfNear,
            _ => Otherwise::Silent,
        };
        let is_list_of_all = opening != Opening::Comma || n_joined > 1;
        if is_list_of_all && found.take(Shape::Sum, total, &figures(parts.len()), tell) {
            return true;
        }
        if n_joined > 1
            && n_joined < parts.len()
            && found.take(Shape::Sum, total, &figures(n_joined), Otherwise::Silent)
        {
            return true;
        }
    }
    if opening == Opening::Within {
        let n = if is_list { n_joined } else { 1 };
        for part in figures(n) {
            found.take(Shape::AtMost, part, &[total], Otherwise::Told);
        }
        return true;
    }
    is_list && opening == Opening::Mark
}

/// Counts the figures at the beginning of a list that 、 or 和 join.
fn joined_at_start(segment: &Segment<'_>, parts: &[(usize, &Named)]) -> usize {
    let pairs = parts.windows(2).take_while(|pair| is_joined(segment, pair[0].0));
    pairs.count() + 1
}

/// Tells whether no comma stands between the number at `index` and the next one.
fn is_joined(segment: &Segment<'_>, index: usize) -> bool {
    !segment.behind(index).contains(['，', ',', '：', ':'])
}

/// Looks for parts in front of a figure that is called a sum.
fn parts_before(segment: &Segment<'_>, index: usize, total: &Named, found: &mut Found) {
    let Some(number) = segment.numbers.get(index) else { return };
    let depth = segment.depth(number.range.start);
    let mut parts: Vec<(usize, &Named)> = Vec::new();
    for at in (0..index).rev() {
        let Some(before) = segment.numbers.get(at) else { break };
        match segment.depth(before.range.start) {
            here if here > depth => continue,
            here if here < depth => break,
            _ => {}
        }
        match segment.one(at) {
            Some(part) if same_unit(part, total) && !is_total(segment, at) && parts.len() < MOST_PARTS => {
                parts.push((at, part));
            }
            _ => break,
        }
        if segment.head(at).contains(lists::WITHIN) {
            break;
        }
    }
    parts.reverse();
    if parts.len() < 2 {
        return;
    }
    // What 、 joins directly in front of the sum is a list whatever stands before it.
    let n_split = parts.windows(2).rposition(|pair| !is_joined(segment, pair[0].0)).map_or(0, |at| at + 1);
    let joined: Vec<&Named> = parts.iter().skip(n_split).map(|(_, part)| *part).collect();
    let all: Vec<&Named> = parts.iter().map(|(_, part)| *part).collect();
    let is_bare = rest_of_total(segment, index).is_some_and(str::is_empty);
    let is_clear = all.len() > 2 || n_split == 0 || is_bare;
    if joined.len() > 1 && n_split > 0 && found.take(Shape::Sum, total, &joined, Otherwise::Silent) {
        return;
    }
    if is_clear {
        found.take(Shape::Sum, total, &all, Otherwise::ToldIfNear);
    }
}
