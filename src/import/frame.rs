//! Title, signature and date: what stands around the text.

use crate::notice::Day;
use crate::text::width::is_han;
use crate::text::{numbering, structure, without_spaces};

use super::{Line, Piece, days};

/// How many lines may stand between the date and the end of its signature block, searched from the end.
const MOST_SIGNERS: usize = 8;

/// What was taken from the text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// The title, in its lines.
    pub(super) title: Vec<String>,
    /// Who signs.
    pub(super) signers: Vec<String>,
    /// The date as printed.
    pub(super) date: Option<String>,
    /// The day of a date that stays in the text.
    pub(super) noted_date: Option<String>,
    /// The words of a title that stays in the text.
    pub(super) noted_title: Option<String>,
    /// What stands behind signature and date.
    pub(super) behind: Vec<Piece>,
}

/// Takes title, signature and date out of `pieces`, and what stands behind them.
///
/// A signature is one or several names of bodies with a date below them, at the end. What is not written as the site would
/// write it (2025.9.1, a date in front of its unit) stays in the text, and only its day is noted; so does a title with other
/// lines in front of it, such as a letterhead.
pub(super) fn take(pieces: &mut Vec<Piece>) -> Frame {
    let mut frame = Frame::default();
    part_signer_and_date(pieces);
    match signature(pieces) {
        Some((first, date)) if first < date => {
            frame.behind = pieces.split_off(date + 1);
            let mut block: Vec<String> =
                pieces.split_off(first).iter().filter_map(Piece::words).map(str::to_owned).collect();
            frame.date = block.pop();
            let bodies = block.iter().flat_map(|line| structure::signers_of(line));
            frame.signers = bodies.map(str::to_owned).collect();
        }
        Some((_, date)) => frame.noted_date = pieces.get(date).and_then(Piece::words).and_then(day_of),
        None => {}
    }
    let unit = frame.signers.first().map_or("", String::as_str);
    let first: Vec<&str> =
        pieces.iter().map_while(Piece::words).take(structure::MOST_TITLE_LINES + MOST_ABOVE).collect();
    if let Some((from, n)) = title(&first, unit) {
        let lines =
            |pieces: &[Piece]| pieces.iter().filter_map(Piece::words).map(str::to_owned).collect::<Vec<_>>();
        if from == 0 {
            frame.title = lines(&pieces.drain(..n).collect::<Vec<_>>());
        } else {
            frame.noted_title = Some(lines(pieces.get(from..from + n).unwrap_or_default()).concat());
        }
    }
    frame
}

/// Parts the last line of the text that is a signature and its date (甲县水务局　2025年8月28日) into two, if no date stands below it.
fn part_signer_and_date(pieces: &mut Vec<Piece>) {
    let words = |piece: &Piece| piece.words().map(str::to_owned);
    let is_last = |line: &String| structure::signer_and_date(line).is_some() || day_of(line).is_some();
    let last = pieces
        .iter()
        .enumerate()
        .skip(1)
        .rev()
        .find_map(|(at, piece)| Some((at, words(piece).filter(is_last)?)));
    let Some((at, line)) = last else { return };
    if let Some((signer, date)) = structure::signer_and_date(&line) {
        let line = |words: &str| Piece::Text(Line { words: words.to_owned(), heading: None });
        pieces.splice(at..=at, [line(signer), line(date)]);
    }
}

/// How many lines of a letterhead or website may stand above a title.
const MOST_ABOVE: usize = 4;

/// Words with which the line of a title begins that is one by itself.
const BEGINNINGS: [&str; 2] = ["中共", "关于"];

/// Returns where the title begins among the first lines, and how many it has.
///
/// What joins to a title although a later line is one by itself (a mark of secrecy, a letterhead) is none of it.
fn title(lines: &[&str], unit: &str) -> Option<(usize, usize)> {
    let is_beginning = |line: &str| {
        BEGINNINGS.iter().any(|word| line.starts_with(word)) || (!unit.is_empty() && line.starts_with(unit))
    };
    let at = |from: usize| structure::n_title_lines(lines.get(from..)?, unit).map(|n| (from, n));
    let whole = at(0);
    let later = (1..lines.len()).find_map(|from| {
        let line = lines.get(from)?;
        let (_, n) =
            at(from).filter(|_| is_beginning(line) && line.contains("关于") && !lines[0].contains("关于"))?;
        let is_first_unit = is_beginning(lines[0]);
        (!is_first_unit).then_some((from, n))
    });
    later.or(whole)
}

/// Returns where the signature begins and where its date stands; the same place twice for a date that stays in the text.
fn signature(pieces: &[Piece]) -> Option<(usize, usize)> {
    let words = |at: usize| pieces.get(at).and_then(Piece::words).unwrap_or_default();
    let mut dates = (1..pieces.len()).rev().filter(|at| day_of(words(*at)).is_some());
    let signers_above = |date: usize| {
        let above =
            (date.saturating_sub(MOST_SIGNERS)..date).rev().take_while(|at| structure::is_signer(words(*at)));
        above.last().filter(|first| *first > 0)
    };
    let strict = dates.clone().find_map(|date| {
        let is_printed = structure::is_date(&without_spaces(words(date)));
        signers_above(date).filter(|_| is_printed).map(|first| (first, date))
    });
    strict.or_else(|| {
        let date = dates.find(|date| pieces.len() - date <= MOST_SIGNERS)?;
        // 中共某县委 or （代章） may sign as well: a short line of words alone, right above the date.
        let is_printed = structure::is_date(&without_spaces(words(date)));
        let above =
            date.checked_sub(1).filter(|above| *above > 0 && is_printed && is_short_name(words(*above)));
        Some((above.unwrap_or(date), date))
    })
}

fn is_short_name(line: &str) -> bool {
    let is_part = |c: char| is_han(c) || matches!(c, '（' | '）' | '(' | ')' | ' ' | '\u{3000}');
    (4..=40).contains(&line.chars().count()) && line.chars().all(is_part) && numbering::parse(line).is_none()
}

/// Returns the day that a line names and nothing else, as front matter has it: 2025年8月28日, 2025.8.28, 二○二五年八月.
fn day_of(line: &str) -> Option<String> {
    let line = without_spaces(line).replace('○', "〇");
    let line = ["（公章）", "（盖章）", "（印章）"]
        .iter()
        .fold(line.as_str(), |line, seal| line.trim_end_matches(seal));
    if structure::is_date(line) {
        return days::named(line).first().map(|day| day.written.clone());
    }
    Day::written_otherwise(line)
}
