//! A place in the text → the entry of `metrics:` that leads to it and to no other.
//!
//! Start with [`entry`], which writes it, and [`quote_for`], which finds the words of its quote.
//! Problems offer such entries where a metric does not bind; `gongkai figures --suggest` prints them for what is open.

use std::ops::Range;

use super::words::Words;
use crate::text::sentence;
use crate::yaml::{self, Tree};

/// How many characters a quote has beside its figure, where that is possible.
const MORE: usize = 3;

/// Returns a short passage that leads to the figure at `range` and to no other.
///
/// `None` where the same words stand in the text again.
pub(crate) fn quote_for(range: &Range<usize>, words: &Words) -> Option<String> {
    let printed = words.printed(range);
    if let Some(row) = words.row_at(range.start) {
        // A cell stands alone; another cell says in which row.
        let cells = words.get(row).split('\n').filter(|cell| *cell != words.get(range));
        let mut cells = cells.map(str::trim).filter(|cell| cell.chars().any(char::is_alphabetic));
        let leads_here = |cell: &&str| places_by_cell(cell, printed, words).eq([range.clone()]);
        if let Some(cell) = cells.find(leads_here) {
            return Some(cell.to_owned());
        }
    }
    let clause = sentence::around(&words.text, range.clone(), sentence::ends_clause);
    let whole = words.sentence(range);
    let is_unique = |passage: &str| words.places_with(passage).take(2).count() == 1;
    let good = |within: &Range<usize>, least: usize| {
        let passage = words.get(within).trim_end_matches(['，', ',', '。', '；', ';', '：', ':', '、']);
        let within = within.start..within.start + passage.len();
        let is_good = passage.chars().count() >= printed.chars().count() + least
            && is_unique(passage)
            && words.is_whole(&within)
            && words.places_of(printed, within).count() == 1;
        is_good.then(|| passage.to_owned())
    };
    let tries = [
        clause.start..range.end,
        range.start..clause.end,
        clause,
        whole.start..range.end,
        whole.start..whole.end,
    ];
    // 其中2人 would lead there, but 2人给予批评教育 says what it is.
    let telling = tries.iter().find_map(|within| good(within, MORE));
    telling
        .or_else(|| tries.iter().find_map(|within| good(within, 1)))
        .or_else(|| between_equals(range, words).iter().find_map(|within| good(within, 1)))
}

/// Returns where a figure stands in the rows of tables that have a cell with these words.
pub(super) fn places_by_cell<'a>(
    cell: &'a str,
    printed: &'a str,
    words: &'a Words,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let is_cell = move |place: &Range<usize>| words.line(words.line_at(place.start).0).trim() == cell;
    let rows = words.places_with(cell).filter(is_cell).filter_map(|place| words.row_at(place.start));
    rows.flat_map(|row| words.places_of(printed, row.clone()))
}

/// Returns passages that end before the same figure stands once more (甲2人、乙2人、丙2人), the shorter first, all in one line.
fn between_equals(range: &Range<usize>, words: &Words) -> [Range<usize>; 4] {
    let (_, line) = words.line_at(range.start);
    let rest = words.text.get(range.end..).unwrap_or_default();
    let line_end = range.end + rest.find('\n').unwrap_or(rest.len());
    let start = words.numbers_before(range.start).next().map_or(line, |number| number.range.end);
    let end = words.numbers_from(range.end).next().map_or(line_end, |number| number.range.start);

    let printed = words.get(range);
    let before = words.text.get(line..range.start).unwrap_or_default();
    let behind = words.text.get(range.end..line_end).unwrap_or_default();
    let far_start = before.rfind(printed).map_or(line, |at| line + at + printed.len());
    let far_end = behind.find(printed).map_or(line_end, |at| range.end + at);
    let (start, end) = (start.max(far_start), end.min(far_end).max(range.end));
    [start..range.end, start..end, far_start..range.end, far_start..far_end]
}

/// Writes `label: figure`, or with more to say `label: {value: figure, quote: passage}`; `key` is `value` or `again`.
pub(crate) fn entry(label: &str, key: &str, printed: &str, others: Vec<(&str, Tree)>) -> String {
    let printed = Tree::text(printed);
    if others.is_empty() && key == "value" {
        return yaml::entry(label, &printed);
    }
    yaml::entry(label, &Tree::mapping(std::iter::once((key, printed)).chain(others)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the quote of the last figure in brackets.
    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let (words, figures) = Words::marked(text);
        let last = figures.last().expect("the text has a figure");
        assert_eq!(quote_for(last, &words).as_deref(), expected, "{text}");
    }

    #[test]
    fn quotes_are_as_short_as_they_can_be() {
        check("追责[2人]，其中批评教育[2人]。", Some("其中批评教育2人"));
        check("[2人]受到批评，[2人]受到处分。", Some("2人受到处分"));
        check("甲[2人]。甲[2人]受到处分。", Some("2人受到处分"));
    }

    #[test]
    fn equal_figures_of_a_list_are_told_apart() {
        check("甲[2人]、乙[2人]、丙[2人]", Some("、丙2人"));
        check("[2人]甲、[2人]甲。[2人]甲", Some("甲。2人"));
    }

    #[test]
    fn what_is_said_twice_has_no_quote() {
        check("甲[2人]。\n甲[2人]。", None);
    }
}
