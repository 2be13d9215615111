//! Metrics and relations → rows of tables, and the marks that lead from the text to them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::context::day_view;
use super::views::{FigureView, PieceView, RelationView, SentenceView};
use crate::diagnostic::Language;
use crate::figure::{Outcome, Piece};
use crate::markdown::{self, Mark, MarkKind};
use crate::notice::{Claim, Counted, Figure, Metric, Notice, Operand, Printing, Relation};

/// Tells what stands behind a figure of the text: its value, and the row of the table on the same page.
pub(super) fn mark(figure: &Figure) -> Option<Mark> {
    let Claim::Metric { id, .. } = &figure.claim else { return None };
    Some(Mark {
        id: figure.anchor()?,
        href: ["#metric-", id].concat(),
        kind: MarkKind::Figure(figure.quantity.value().to_string()),
    })
}

/// Lists the metrics that a section defines, `None` for the opening, below their sentences; for the page of the whole
/// notice, where every printing has its place.
pub(super) fn sentences_of_notice(notice: &Notice, section: Option<usize>) -> Vec<SentenceView> {
    let metrics = match section {
        Some(section) => &notice.sections[section].metrics,
        None => &notice.metrics,
    };
    sentences(notice, metrics.iter().map(|metric| (metric, metric.printings.clone())))
}

/// Lists the metrics that a section prints, wherever they are defined, below their sentences; for a page of its own.
pub(super) fn sentences_of_section(notice: &Notice, section: usize) -> Vec<SentenceView> {
    let mut of_metrics: BTreeMap<&str, Vec<Printing>> = BTreeMap::new();
    for (index, figure) in notice.sections[section].figures.iter().enumerate() {
        if let Claim::Metric { id, .. } = &figure.claim {
            of_metrics.entry(id).or_default().push(Printing { section: Some(section), figure: index });
        }
    }
    sentences(
        notice,
        of_metrics.into_iter().filter_map(|(id, printings)| Some((notice.metric(id)?, printings))),
    )
}

/// Gathers metrics by the sentence that prints them first, in reading order.
fn sentences<'a>(
    notice: &Notice,
    metrics: impl Iterator<Item = (&'a Metric, Vec<Printing>)>,
) -> Vec<SentenceView> {
    let mut rows: Vec<(Printing, FigureView)> =
        metrics.map(|(metric, printings)| (printings[0], row(notice, metric, &printings))).collect();
    rows.sort_by_key(|(first, _)| *first);
    let mut sentences: Vec<(Printing, SentenceView)> = Vec::new();
    for (first, row) in rows {
        match sentences.last_mut() {
            Some((printing, sentence)) if is_same_sentence(notice, *printing, first) => {
                sentence.figures.push(row);
            }
            _ => {
                let html = html(notice, first);
                sentences.push((first, SentenceView { html, figures: vec![row] }));
            }
        }
    }
    sentences.into_iter().map(|(_, sentence)| sentence).collect()
}

/// Tells whether two figures stand in the same sentence, and not in two that only read alike.
fn is_same_sentence(notice: &Notice, one: Printing, other: Printing) -> bool {
    let (first, second) = (notice.figure(one), notice.figure(other));
    one.section == other.section && first.sentence_start == second.sentence_start
}

/// Writes the sentence around a figure, with a link to the place of each figure that states a metric.
fn html(notice: &Notice, first: Printing) -> String {
    let sentence = &notice.figure(first).sentence;
    let figures = notice.figures_of(first.section);
    let start = figures[first.figure].sentence_start;
    let before = figures.iter().take(first.figure).rev().take_while(|figure| figure.sentence_start == start);
    let inside = figures.iter().skip(first.figure - before.count());
    let inside = inside.take_while(|figure| figure.sentence_start == start);
    let mut html = String::with_capacity(2 * sentence.len());
    let mut end = 0;
    let text = |range: Range<usize>| sentence.get(range).unwrap_or_default();
    for figure in inside {
        let Some(anchor) = figure.anchor() else { continue };
        let Range { start, end: figure_end } = figure.in_sentence.clone();
        markdown::escape(text(end..start), &mut html);
        html.push_str("<a href=\"#");
        html.push_str(&anchor);
        html.push_str("\">");
        markdown::escape(text(start..figure_end), &mut html);
        html.push_str("</a>");
        end = figure_end;
    }
    markdown::escape(text(end..sentence.len()), &mut html);
    html
}

/// Counts the metrics below `sentences`.
pub(super) fn count(sentences: &[SentenceView]) -> usize {
    sentences.iter().map(|sentence| sentence.figures.len()).sum()
}

fn row(notice: &Notice, metric: &Metric, printings: &[Printing]) -> FigureView {
    let figures: Vec<&Figure> = printings.iter().map(|printing| notice.figure(*printing)).collect();
    let quantity = figures.first().map_or(&metric.quantity.value, |first| &first.quantity);
    FigureView {
        id: metric.id.clone(),
        anchor: anchor_of(metric),
        label: metric.label.value.clone(),
        printed: quantity.printed().to_owned(),
        value: quantity.value().to_string(),
        value_to: quantity.upper().map(|upper| upper.to_string()),
        unit: quantity.unit().as_str().to_owned(),
        direction: metric.direction.map(crate::notice::Direction::id),
        as_of: metric.as_of.as_ref().map(|as_of| day_view(&as_of.day)),
        as_of_words: metric.as_of.as_ref().and_then(|as_of| as_of.words.clone()),
        note: metric.note.clone(),
        places: figures.iter().filter_map(|figure| figure.anchor()).collect(),
    }
}

/// Puts relations into words; `section` is the one whose page it is, `None` for the page of the whole notice.
pub(super) fn relation_views<'a>(
    notice: &Notice,
    relations: impl Iterator<Item = &'a Relation>,
    section: Option<usize>,
    language: Language,
) -> Vec<RelationView> {
    relations.filter_map(|relation| relation_view(notice, relation, section, language)).collect()
}

fn relation_view(
    notice: &Notice,
    relation: &Relation,
    section: Option<usize>,
    language: Language,
) -> Option<RelationView> {
    let piece = |piece: &Piece| match piece {
        Piece::Operand(index) => operand_view(notice, &relation.operands[*index], section),
        Piece::Unknown => PieceView::new("unknown", "?"),
        Piece::Constant(number) => PieceView::new("number", number),
        Piece::Operator(operator) => PieceView::new("symbol", operator.symbol()),
        Piece::Comparison(comparison) => PieceView::new("symbol", comparison.symbol()),
        Piece::Open => PieceView::new("symbol", "("),
        Piece::Close => PieceView::new("symbol", ")"),
    };
    let implied = match &relation.outcome {
        Outcome::Unstated(implied) => Some(implied.print(language)),
        Outcome::Consistent(_) | Outcome::Unchecked(_) => None,
        // Nobody is shown what has stopped the build.
        Outcome::Inconsistent { .. } | Outcome::Negative(_) | Outcome::DifferentUnits(..) => return None,
    };
    Some(RelationView {
        pieces: relation.formula.pieces().iter().map(piece).collect(),
        result: relation.result(),
        reason: relation.reason(),
        implied,
    })
}

fn operand_view(notice: &Notice, operand: &Operand, section: Option<usize>) -> PieceView {
    match operand {
        Operand::Metric(id) => {
            let metric = notice.metric(id).expect("relations name metrics of their own notice");
            PieceView {
                kind: "figure",
                label: Some(metric.label.value.clone()),
                counted: None,
                text: metric.quantity.value.printed().to_owned(),
                anchor: is_on_page(metric, section).then(|| anchor_of(metric)),
            }
        }
        Operand::Count { what, n } => {
            let counted = match what {
                Counted::Items => "items",
                Counted::Measures => "measures",
                Counted::Status(status) => status.id(),
                Counted::List(_) => "list",
            };
            PieceView { counted: Some(counted), ..PieceView::new("count", &n.to_string()) }
        }
    }
}

fn is_on_page(metric: &Metric, section: Option<usize>) -> bool {
    section.is_none() || metric.printings.iter().any(|printing| printing.section == section)
}

fn anchor_of(metric: &Metric) -> String {
    ["metric-", &metric.id].concat()
}

impl PieceView {
    fn new(kind: &'static str, text: &str) -> Self {
        Self { kind, label: None, counted: None, text: text.to_owned(), anchor: None }
    }
}
