//! Lines that differ → which of them stand for each other.

use std::collections::BTreeMap;
use std::ops::Range;

use super::comparison::{Characters, Run};

/// Lines of the approved text, and the lines of the page that stand for them.
pub(super) type Block = (Range<usize>, Range<usize>);

/// Returns the characters that are the same on both sides, by their indexes, ascending.
pub(super) fn same(run: &Run) -> impl Iterator<Item = (usize, usize)> + '_ {
    run.same.iter().flat_map(|(old, new)| old.clone().zip(new.clone()))
}

/// Divides the lines of a run into rows.
///
/// Lines that share a good part of their words stand for each other. The others between them are put side by side in
/// their order.
pub(super) fn blocks(run: &Run) -> Vec<Block> {
    let mut rows: Vec<Block> = Vec::new();
    let (mut old, mut new) = (run.wanted.lines.start, run.written.lines.start);
    for (a, b) in links(run) {
        match rows.last_mut() {
            Some((olds, news)) if a < old || b < new => {
                (olds.end, news.end) = (olds.end.max(a + 1), news.end.max(b + 1));
            }
            _ => {
                push_side_by_side(old..a, new..b, &mut rows);
                rows.push((a..a + 1, b..b + 1));
            }
        }
        (old, new) = (old.max(a + 1), new.max(b + 1));
    }
    push_side_by_side(old..run.wanted.lines.end, new..run.written.lines.end, &mut rows);
    rows
}

fn push_side_by_side(old: Range<usize>, new: Range<usize>, rows: &mut Vec<Block>) {
    let nth = |range: &Range<usize>, n: usize| {
        let start = (range.start + n).min(range.end);
        start..(start + 1).min(range.end)
    };
    rows.extend((0..old.len().max(new.len())).map(|n| (nth(&old, n), nth(&new, n))));
}

/// Returns the pairs of lines that share at least a third of the shorter one, ascending on both sides.
fn links(run: &Run) -> Vec<(usize, usize)> {
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (a, b) in same(run) {
        if run.wanted.all.get(a).is_some_and(|c| !c.is_whitespace()) {
            *shared.entry((run.wanted.place(a).0, run.written.place(b).0)).or_default() += 1;
        }
    }
    let length = |characters: &Characters| -> BTreeMap<usize, usize> {
        characters.places.iter().fold(BTreeMap::new(), |mut lengths, (line, _)| {
            *lengths.entry(*line).or_default() += 1;
            lengths
        })
    };
    let (wanted, written) = (length(&run.wanted), length(&run.written));
    let is_link = |((a, b), n): &((usize, usize), usize)| {
        let length = |lengths: &BTreeMap<usize, usize>, line| lengths.get(line).copied().unwrap_or_default();
        3 * n >= length(&wanted, a).min(length(&written, b))
    };
    shared.into_iter().filter(is_link).map(|(pair, _)| pair).collect()
}
