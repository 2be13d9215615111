//! Title, signature and date: what stands around the text.

use crate::text::structure;

use super::Piece;

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
    /// What stands behind signature and date.
    pub(super) behind: Vec<Piece>,
}

/// Takes title, signature and date out of `pieces`, and what stands behind them.
///
/// A signature is one or several names of bodies with a date below them; without such names a date is one only in the last
/// line. Title and signature stay in the text if they are not recognized.
pub(super) fn take(pieces: &mut Vec<Piece>) -> Frame {
    let mut frame = Frame::default();
    if let Some((first, date)) = signature(pieces) {
        frame.behind = pieces.split_off(date + 1);
        let mut block: Vec<String> =
            pieces.split_off(first).iter().filter_map(Piece::words).map(str::to_owned).collect();
        frame.date = block.pop();
        frame.signers = block;
    }
    let unit = frame.signers.first().map_or("", String::as_str);
    let first: Vec<&str> = pieces.iter().map_while(Piece::words).take(structure::MOST_TITLE_LINES).collect();
    if let Some(n) = structure::n_title_lines(&first, unit) {
        frame.title = pieces.drain(..n).filter_map(|piece| piece.words().map(str::to_owned)).collect();
    }
    frame
}

/// Returns where the last signature begins, and where its date stands.
fn signature(pieces: &[Piece]) -> Option<(usize, usize)> {
    let words = |at: usize| pieces.get(at).and_then(Piece::words).unwrap_or_default();
    let dates = (0..pieces.len()).rev().filter(|at| structure::is_date(&without_spaces(words(*at))));
    let with_signers = dates.map(|date| {
        let first = (date.saturating_sub(MOST_SIGNERS)..date)
            .rev()
            .take_while(|at| structure::is_signer(words(*at)))
            .last();
        (first, date)
    });
    let candidates: Vec<(Option<usize>, usize)> = with_signers.collect();
    // A title may be followed by unit and date as well.
    let is_at_end = |first: usize| first > 0;
    candidates
        .iter()
        .find_map(|(first, date)| first.filter(|first| is_at_end(*first)).map(|first| (first, *date)))
        .or_else(|| {
            candidates
                .iter()
                .find(|(_, date)| date + 1 == pieces.len() && *date > 0)
                .map(|(_, date)| (*date, *date))
        })
}

fn without_spaces(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace()).collect()
}
