//! The relations of a notice, for those who write and check it: with every value that the pages keep to themselves.

use serde::Serialize;

use crate::diagnostic::Language;
use crate::figure::{Fit, Outcome};
use crate::notice::{Notice, Relation};

/// A relation with what came of it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct RelationView {
    /// The formula with its figures.
    formula: String,
    outcome: String,
    /// Whether it holds just as printed, so that there is nothing to look at.
    is_plain: bool,
}

/// Lists all relations of a notice.
pub(super) fn all(notice: &Notice, language: Language) -> Vec<RelationView> {
    let view = |(_, relation): (_, &Relation)| RelationView {
        formula: relation.in_figures(|id| notice.metric(id)),
        outcome: relation.message().in_language(language).to_owned(),
        is_plain: relation.outcome == Outcome::Consistent(Fit::Exact),
    };
    notice.relations().map(view).collect()
}

/// Lists those that somebody should look at: with a value that is not stated, held by rounding alone, with a remark.
pub(super) fn to_look_at(notice: &Notice, language: Language) -> Vec<RelationView> {
    let mut relations = all(notice, language);
    relations.retain(|relation| !relation.is_plain);
    relations
}
