//! What the template of the proof sheet can read.

use serde::Serialize;

use crate::preview::message::FindingView;
use crate::preview::relations::RelationView;

/// The sheet.
#[derive(Debug, Serialize)]
pub(super) struct ProofView<'a> {
    pub(super) language: &'static str,
    /// The language of the notice.
    pub(super) text_language: &'a str,
    pub(super) site_title: &'a str,
    pub(super) title: &'a str,
    pub(super) unit: &'a str,
    pub(super) date: &'a str,
    pub(super) href: String,
    /// `same`, `differs`, `absent` or `unread`.
    pub(super) state: &'static str,
    pub(super) n_differences: usize,
    /// The rows that differ, as far as they are listed.
    pub(super) differences: Vec<LinkView>,
    pub(super) more_differences: usize,
    pub(super) approved: Option<String>,
    pub(super) bound: usize,
    pub(super) all_figures: usize,
    pub(super) open: usize,
    pub(super) exempt: usize,
    pub(super) n_errors: usize,
    pub(super) n_warnings: usize,
    /// Findings that have no row.
    pub(super) findings: Vec<FindingView>,
    /// The entries that a program proposed, and nobody has looked at.
    pub(super) proposals: Vec<ProposalView>,
    /// The relations between its figures, with what came of them.
    pub(super) relations: Vec<RelationView>,
    pub(super) groups: Vec<GroupView>,
}

/// An entry that a program proposed.
#[derive(Debug, Serialize)]
pub(super) struct ProposalView {
    /// The string that says which list it belongs to.
    pub(super) kind: &'static str,
    /// The name of a metric, a formula, words that are no figure.
    pub(super) about: String,
    /// The figure of a metric.
    pub(super) figure: Option<String>,
    /// `content/a/06.md:4`.
    pub(super) place: String,
}

/// A link to a row.
#[derive(Debug, Serialize)]
pub(super) struct LinkView {
    pub(super) href: String,
    pub(super) text: String,
}

/// The opening, a section or the signature.
#[derive(Debug, Serialize)]
pub(super) struct GroupView {
    pub(super) kind: &'static str,
    /// The section's place among the items.
    pub(super) number: Option<usize>,
    /// Whether its first row is its heading.
    pub(super) has_heading: bool,
    pub(super) file: String,
    pub(super) href: String,
    pub(super) blocks: Vec<BlockView>,
}

/// A measure with its rows, or the rows in front of the measures.
#[derive(Debug, Default, Serialize)]
pub(super) struct BlockView {
    pub(super) rows: Vec<RowView>,
}

/// Lines that stand for each other.
#[derive(Debug, Serialize)]
pub(super) struct RowView {
    pub(super) id: String,
    /// `06.md:12`.
    pub(super) place: String,
    /// `content/a/06.md:12`.
    pub(super) source: Option<String>,
    /// Where it is on the page.
    pub(super) href: Option<String>,
    pub(super) differs: bool,
    pub(super) is_unread: bool,
    pub(super) approved: Vec<LineView>,
    pub(super) page: Vec<LineView>,
    /// The figures that state a metric.
    pub(super) labels: Vec<LabelView>,
    pub(super) findings: Vec<FindingView>,
}

/// A line of one side.
#[derive(Debug, Serialize)]
pub(super) struct LineView {
    pub(super) is_heading: bool,
    pub(super) pieces: Vec<PieceView>,
    /// Whether only this side ends the paragraph here.
    pub(super) ends_alone: bool,
}

/// A figure, or the words between two.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct PieceView {
    pub(super) figure: Option<FigureView>,
    pub(super) parts: Vec<PartView>,
}

/// What is known about a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct FigureView {
    /// `bound`, `open`, `unclear` or `exempt`.
    pub(super) state: &'static str,
    pub(super) label: Option<String>,
}

/// Words that are the same on both sides, or not.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct PartView {
    /// `same`, `change`, or `gap` where only the other side has words.
    pub(super) kind: &'static str,
    pub(super) text: String,
}

/// A figure with the name of its metric.
#[derive(Debug, Serialize)]
pub(super) struct LabelView {
    pub(super) label: String,
    pub(super) printed: String,
}
