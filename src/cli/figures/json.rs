//! Listed notices → one JSON object for programs; `docs/schemas/figures-list.schema.json` holds its form.

use serde::Serialize;

use super::{Listed, Shown, human};
use crate::diagnostic::Language;
use crate::export::{RelationRecord, ValueRecord};
use crate::figure::Outcome;
use crate::notice::{Claim, Coverage};
use crate::text::characters;

#[derive(Serialize)]
struct ListView<'a> {
    format: &'static str,
    version: u32,
    notices: Vec<NoticeView<'a>>,
    coverage: CoverageView,
    proposed: usize,
}

#[derive(Serialize)]
struct NoticeView<'a> {
    id: &'a str,
    files: Vec<FileView<'a>>,
    relations: Vec<RelationView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestions: Option<Vec<SuggestionView<'a>>>,
    coverage: CoverageView,
    proposed: usize,
}

#[derive(Serialize)]
struct FileView<'a> {
    path: &'a str,
    figures: Vec<FigureView<'a>>,
    unclear: Vec<UnclearView<'a>>,
}

#[derive(Serialize)]
struct UnclearView<'a> {
    line: usize,
    column: usize,
    printed: &'a str,
    reason: &'static str,
    state: &'static str,
}

#[derive(Serialize)]
struct FigureView<'a> {
    line: usize,
    column: usize,
    #[serde(flatten)]
    value: ValueRecord<'a>,
    state: &'static str,
    metric: Option<MetricView<'a>>,
    sentence: &'a str,
}

#[derive(Serialize)]
struct MetricView<'a> {
    id: &'a str,
    label: &'a str,
    printing: usize,
}

#[derive(Serialize)]
struct RelationView<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    #[serde(flatten)]
    relation: RelationRecord<'a>,
    message: String,
}

#[derive(Serialize)]
struct SuggestionView<'a> {
    path: &'a str,
    metrics: Vec<SuggestedMetricView<'a>>,
    not_figures: &'a [String],
    relations: &'a [String],
    doubts: Vec<String>,
    left_out: usize,
}

#[derive(Serialize)]
struct SuggestedMetricView<'a> {
    label: &'a str,
    value: &'a str,
    quotes: &'a [String],
    is_good: bool,
    is_bound: bool,
    yaml: String,
    repeats: Option<&'a str>,
}

#[derive(Serialize)]
struct CoverageView {
    figures: usize,
    bound: usize,
    exempt: usize,
    open: usize,
}

impl From<Coverage> for CoverageView {
    fn from(coverage: Coverage) -> Self {
        let Coverage { bound, exempt, open } = coverage;
        Self { figures: coverage.all(), bound, exempt, open }
    }
}

/// Prints all notices as one object; messages in it are in `language`.
pub(super) fn print(notices: &[Listed<'_>], shown: Shown, language: Language) -> String {
    let all: Coverage = notices.iter().map(|listed| listed.coverage).sum();
    let notices: Vec<_> = notices.iter().map(|listed| notice(listed, shown, language)).collect();
    let proposed = notices.iter().map(|notice| notice.proposed).sum();
    let list =
        ListView { format: "gongkai-figures-list", version: 1, notices, coverage: all.into(), proposed };
    let json = serde_json::to_string_pretty(&list).expect("texts and numbers are JSON");
    characters::escaped_in_json(&json).into_owned()
}

fn notice<'a>(listed: &'a Listed<'_>, shown: Shown, language: Language) -> NoticeView<'a> {
    let figure = |(spot, figure): &'a (super::Spot, &crate::notice::Figure)| FigureView {
        line: spot.line,
        column: spot.column,
        value: ValueRecord::new(&figure.quantity),
        state: match figure.claim {
            Claim::Metric { .. } => "bound",
            Claim::NotAFigure => "exempt",
            Claim::None => "open",
        },
        metric: listed.metric_of(figure).map(|(metric, printing)| MetricView {
            id: &metric.id,
            label: &metric.label.value,
            printing,
        }),
        sentence: &figure.sentence,
    };
    let unclear = |(spot, number): &'a (super::Spot, &crate::notice::UnclearNumber)| UnclearView {
        line: spot.line,
        column: spot.column,
        printed: &number.printed,
        reason: number.reason.words().0,
        state: if number.is_exempt { "exempt" } else { "open" },
    };
    let files = listed.files.iter().map(|file| FileView {
        path: file.source.as_str(),
        figures: file.figures.iter().map(figure).collect(),
        unclear: file.unclear.iter().map(unclear).collect(),
    });
    let relations = listed.relations.iter().map(|(passage, spot, relation)| {
        // Whether readers are shown it or not.
        let implied = match &relation.outcome {
            Outcome::Unstated(implied) => Some(implied),
            _ => None,
        };
        RelationView {
            path: listed.notice[*passage].source.as_str(),
            line: spot.line,
            column: spot.column,
            relation: RelationRecord::new(listed.notice, *passage, relation, implied, language),
            message: human::outcome(relation, language),
        }
    });
    NoticeView {
        id: &listed.notice.id,
        files: files.collect(),
        relations: relations.collect(),
        suggestions: (shown == Shown::Suggestions).then(|| suggestions(listed, language)),
        coverage: listed.coverage.into(),
        proposed: listed.notice.n_proposed(),
    }
}

fn suggestions<'a>(listed: &'a Listed<'_>, language: Language) -> Vec<SuggestionView<'a>> {
    let view = |file: &'a crate::suggest::Suggestions| SuggestionView {
        path: file.source.as_str(),
        metrics: file
            .metrics
            .iter()
            .map(|metric| SuggestedMetricView {
                label: &metric.label,
                value: &metric.printed,
                quotes: &metric.quotes,
                is_good: metric.is_good,
                is_bound: metric.is_bound,
                yaml: metric.yaml(),
                repeats: metric.repeats.as_ref().map(|repeats| repeats.yaml.as_str()),
            })
            .collect(),
        not_figures: &file.not_figures,
        relations: &file.relations,
        doubts: file.doubts.iter().map(|doubt| human::doubt(doubt, language)).collect(),
        left_out: file.left_out,
    };
    listed.suggestions.iter().map(view).collect()
}
