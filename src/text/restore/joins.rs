//! Line breaks inside sentences, as PDF and mail make them.

use crate::text::{numbering, structure, without_spaces};

/// The fewest characters of a line that may go on in the next one.
const FEWEST: usize = 20;

/// How many columns full lines differ by: a mark or a Latin word that did not fit.
const SLACK: usize = 4;

/// The fewest full lines by which a text is known to be broken.
const FEWEST_FULL: usize = 3;

/// Returns the indexes of the lines that go on the line before them.
///
/// That is so if most long lines are of one length, the line before is of that length and ends no sentence, and the line itself
/// begins none: no number, label or indent stands in front of it.
pub fn joins(lines: &[&str]) -> Vec<usize> {
    let Some(full) = full_width(lines) else { return Vec::new() };
    let pairs = lines.iter().zip(lines.iter().skip(1)).enumerate();
    let joined = pairs.filter(|(_, (before, line))| {
        let is_full = is_long(before) && (full.saturating_sub(SLACK)..=full).contains(&columns(before));
        is_full && !ends_sentence(before) && goes_on(line)
    });
    joined.map(|(index, _)| index + 1).collect()
}

/// Returns the length that most long lines have, if there is one.
fn full_width(lines: &[&str]) -> Option<usize> {
    let mut widths: Vec<usize> =
        lines.iter().filter(|line| is_long(line)).map(|line| columns(line)).collect();
    widths.sort_unstable();
    let mut most = (0, 0);
    let mut first = 0;
    for (index, width) in widths.iter().enumerate() {
        while widths.get(first).is_some_and(|narrow| narrow + SLACK < *width) {
            first += 1;
        }
        most = most.max((index + 1 - first, *width));
    }
    let (n_full, full) = most;
    (n_full >= FEWEST_FULL && n_full * 2 > widths.len()).then_some(full)
}

fn is_long(line: &str) -> bool {
    line.trim().chars().count() >= FEWEST
}

/// Returns how many columns a line takes, its indent included.
fn columns(line: &str) -> usize {
    line.trim_end().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn ends_sentence(line: &str) -> bool {
    let words = line.trim_end().trim_end_matches(['”', '’', '）', ')', '"']);
    words.ends_with(['。', '！', '？', '；', '：', '!', '?', ';', ':', '.', '…'])
}

/// Tells whether `line` may be the rest of a sentence.
fn goes_on(line: &str) -> bool {
    let words = line.trim();
    let is_indented = line.starts_with(['\u{3000}', '\t']) || line.starts_with("  ");
    let is_list = words.starts_with(['•', '●', '■', '◆', '-', '#', '|', '*', '>']) || words.contains('\t');
    !words.is_empty()
        && !is_indented
        && !is_list
        && numbering::parse(words).is_none_or(|numbering| numbering.is_flattened(words))
        && structure::label(words).is_none()
        && !structure::is_date(&without_spaces(words))
}
