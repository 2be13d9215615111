//! A figure that measures nothing → the words that say so: 15分钟警务圈, 为期2个月, 每月2次, 24小时内, 七大行动.
//!
//! Start with [`no_figure`]. What it returns is an entry for `not_figures:`, which holds for every place where its words
//! stand; none of these may hold a figure that a metric has claimed.

use std::ops::Range;

use crate::binding::{Words, touches};
use crate::suggest::vocabulary as lists;
use crate::text::sentence;

/// The most characters that are added to an entry to make it the only one.
const MOST_ADDED: usize = 8;

/// Returns the words that a figure is part of if it is none, and if no occurrence of them holds one that is `claimed`.
pub(super) fn no_figure(at: &Range<usize>, words: &Words, claimed: &[Range<usize>]) -> Option<String> {
    let name = match name_with(at, words) {
        Some(range) => words.get(&range),
        None => unique(&period(at, words).or_else(|| slogan(at, words))?, words),
    };
    let mut places = words.text.match_indices(name).map(|(at, name)| at..at + name.len());
    places.all(|place| !touches(claimed, &place)).then(|| name.to_owned())
}

/// Returns the place of a list of great things, whose number is part of its name: 七大行动. 10大类 and 三大方面 count.
fn slogan(at: &Range<usize>, words: &Words) -> Option<Range<usize>> {
    let noun = words.quantity_from(at.start)?.unit().as_str().strip_prefix('大')?;
    let is_name = noun.chars().count() > 1 && !["类别", "方面", "问题", "事项"].contains(&noun);
    is_name.then(|| at.clone())
}

/// Returns the place of a name with a time span: 三年行动.
fn name_with(at: &Range<usize>, words: &Words) -> Option<Range<usize>> {
    if !has_unit(at, words, lists::TIMES) {
        return None;
    }
    let behind = words.text.get(at.end..)?;
    let noun = lists::NAMES_WITH_TIMES.split_whitespace().filter(|noun| behind.starts_with(noun));
    let noun = noun.max_by_key(|noun| noun.len())?;
    Some(at.start..at.end + noun.len())
}

/// Returns the place of a period, a deadline or a rhythm, with the word that makes it one.
fn period(at: &Range<usize>, words: &Words) -> Option<Range<usize>> {
    let (before, behind) = (words.text.get(..at.start)?, words.text.get(at.end..)?);
    let in_front = |list: &str| {
        let word = list.split_whitespace().filter(|word| before.ends_with(word)).map(str::len).max()?;
        Some(at.start - word..at.end)
    };
    if has_unit(at, words, lists::TURNS_DONE) {
        return in_front(lists::RHYTHMS);
    }
    if !has_unit(at, words, lists::TIMES) {
        return None;
    }
    let within = lists::WITHIN.split_whitespace().filter(|word| behind.starts_with(word)).map(str::len).max();
    // 内部 and 前期 are words of their own.
    let is_cut = crate::text::joined::WHOLE.split_whitespace().any(|word| behind.starts_with(word));
    let deadline = within.filter(|_| !is_cut).map(|length| at.start..at.end + length);
    in_front(lists::PERIODS).or(deadline)
}

fn has_unit(at: &Range<usize>, words: &Words, list: &str) -> bool {
    let quantity = words.quantity_from(at.start);
    quantity.is_some_and(|quantity| list.split_whitespace().any(|unit| unit == quantity.unit().as_str()))
}

/// Adds words of the clause, up to the next number, until the text has the passage once; else returns it as it is.
fn unique<'a>(range: &Range<usize>, words: &'a Words) -> &'a str {
    let clause = sentence::around(&words.text, range.clone(), sentence::ends_clause);
    let previous = words.numbers_before(range.start).next().map_or(0, |found| found.range.end);
    let next = words.numbers_from(range.end).next().map_or(clause.end, |found| found.range.start);
    let before = words.text.get(clause.start.max(previous)..range.start).unwrap_or_default();
    let behind = words.text.get(range.end..clause.end.min(next)).unwrap_or_default();
    let behind = behind.trim_end_matches(sentence::ends_clause).trim_end();
    let ends = behind.char_indices().map(|(at, c)| range.end + at + c.len_utf8()).take(MOST_ADDED);
    let starts = before.char_indices().rev().map(|(at, _)| range.start - before.len() + at).take(MOST_ADDED);
    // Two characters make a word, so every second end is tried.
    let longer = ends.skip(1).step_by(2).map(|end| range.start..end);
    let longer = longer.chain(starts.skip(1).step_by(2).map(|start| start..range.end));
    let is_unique = |range: &Range<usize>| {
        let passage = words.get(range);
        passage.trim() == passage
            && words.text.match_indices(passage).nth(1).is_none()
            && words.is_whole(range)
    };
    let unique = std::iter::once(range.clone()).chain(longer).find(is_unique);
    words.get(&unique.unwrap_or_else(|| range.clone()))
}
