//! A line with its differences and figures → pieces for the template.

use std::ops::Range;

use super::figures::PlacedFigure;
use super::views::{LineView, PartView, PieceView};
use crate::fidelity::AlignedLine;

/// Cuts a line at its figures, and each piece at what differs.
pub(super) fn line(line: &AlignedLine<'_>, figures: Vec<PlacedFigure>) -> LineView {
    let mut pieces = Vec::new();
    let mut end = 0;
    let mut push = |range: Range<usize>, figure, gap_at_end| {
        let parts = parts(line, range, gap_at_end);
        if !parts.is_empty() {
            pieces.push(PieceView { figure, parts });
        }
    };
    for PlacedFigure { at, view } in figures {
        push(end..at.start, None, GapAtEnd::OfNextPiece);
        end = at.end;
        push(at, Some(view), GapAtEnd::OfNextPiece);
    }
    push(end..line.text.len(), None, GapAtEnd::OfThisPiece);
    LineView { is_heading: line.is_heading, pieces, ends_alone: line.ends_alone }
}

/// Which piece shows that something is missing where one ends and the next begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum GapAtEnd {
    OfThisPiece,
    OfNextPiece,
}

/// Cuts the characters `range` at what differs.
fn parts(line: &AlignedLine<'_>, range: Range<usize>, gap_at_end: GapAtEnd) -> Vec<PartView> {
    let mut parts = Vec::new();
    let mut push = |kind, range: Range<usize>| {
        let text: String = line.text.get(range).unwrap_or_default().iter().collect();
        if kind == "gap" || !text.is_empty() {
            parts.push(PartView { kind, text });
        }
    };
    let first = line.changes.partition_point(|change| change.end < range.start);
    let mut end = range.start;
    for change in line.changes.iter().skip(first) {
        if change.start > range.end || (change.start == range.end && gap_at_end == GapAtEnd::OfNextPiece) {
            break;
        }
        if change.start == change.end {
            push("same", end..change.start);
            push("gap", change.clone());
            end = end.max(change.start);
        } else {
            let inside = change.start.max(range.start)..change.end.min(range.end);
            push("same", end..inside.start);
            end = inside.end.max(end);
            push("change", inside);
        }
    }
    push("same", end..range.end);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourcePath;
    use crate::notice::PassageId;
    use crate::preview::proof::views::FigureView;

    /// Shows figures in braces, changes in brackets.
    #[track_caller]
    fn check(changes: &[(usize, usize)], figures: &[(usize, usize)], expected: &str) {
        let source = SourcePath::new("content/n/01.md");
        let text: Vec<char> = "甲乙丙丁戊".chars().collect();
        let written = AlignedLine {
            offsets: (0..text.len()).collect(),
            end: text.len(),
            text,
            changes: changes.iter().map(|(start, end)| *start..*end).collect(),
            ends_alone: false,
            source: &source,
            is_exact: true,
            passage: PassageId::OPENING,
            is_heading: false,
        };
        let placed = |(start, end): &(usize, usize)| PlacedFigure {
            at: *start..*end,
            view: FigureView { state: "open", label: None },
        };
        let view = line(&written, figures.iter().map(placed).collect());
        let mut shown = String::new();
        for piece in view.pieces {
            let inside: String = piece
                .parts
                .iter()
                .map(|part| if part.kind == "same" { part.text.clone() } else { format!("[{}]", part.text) })
                .collect();
            match piece.figure {
                Some(_) => shown.extend(["{", &inside, "}"]),
                None => shown.push_str(&inside),
            }
        }
        assert_eq!(shown, expected, "{changes:?} {figures:?}");
    }

    #[test]
    fn lines_are_cut_at_figures_and_changes() {
        check(&[], &[], "甲乙丙丁戊");
        check(&[], &[(1, 3)], "甲{乙丙}丁戊");
        check(&[(0, 1)], &[], "[甲]乙丙丁戊");
        check(&[(2, 2)], &[], "甲乙[]丙丁戊");
        check(&[(5, 5)], &[], "甲乙丙丁戊[]");
        check(&[(0, 2)], &[(1, 3)], "[甲]{[乙]丙}丁戊");
        check(&[(2, 4)], &[(1, 3)], "甲{乙[丙]}[丁]戊");
        check(&[(1, 1)], &[(1, 3)], "甲{[]乙丙}丁戊");
        check(&[(3, 3)], &[(1, 3)], "甲{乙丙}[]丁戊");
        check(&[(5, 5)], &[(3, 5)], "甲乙丙{丁戊}[]");
        check(&[(0, 5)], &[], "[甲乙丙丁戊]");
    }
}
