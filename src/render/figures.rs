//! Metrics and relations → rows of tables, and the marks that lead from the text to them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::context::day_view;
use super::views::{FigureView, PieceView, RelationView, SentenceView};
use crate::diagnostic::Language;
use crate::figure::{Outcome, Piece};
use crate::markdown::{self, Mark, MarkKind};
use crate::notice::{
    Claim, Counted, Direction, Figure, Metric, Notice, Operand, PassageId, Printing, Relation,
};

/// What a label calls a rise.
const RISES: &[&str] = &["升幅", "增幅", "涨幅", "上升", "上涨", "增长", "增加", "提高"];

/// What a label calls a fall.
const FALLS: &[&str] = &["降幅", "减幅", "跌幅", "下降", "下跌", "降低", "减少"];

/// Returns what the mark of a figure says: its value, and the row of the table on the same page. `None` if it states no
/// metric.
pub(super) fn mark(figure: &Figure) -> Option<Mark> {
    let Claim::Metric { id, .. } = &figure.claim else { return None };
    Some(Mark {
        id: figure.anchor()?,
        href: ["#metric-", id].concat(),
        kind: MarkKind::Figure(figure.quantity.value().to_string()),
    })
}

/// Lists the metrics that a passage defines below their sentences; for the page of the whole notice, where every printing
/// has its place.
pub(super) fn sentences_of_notice(notice: &Notice, passage: PassageId) -> Vec<SentenceView> {
    let metrics = notice[passage].metrics.iter();
    sentences(notice, metrics.map(|metric| (metric, metric.printings.clone())))
}

/// Lists the metrics that the bytes `within` of a passage print, wherever they are defined, below their sentences; for a page
/// of its own.
pub(super) fn sentences_of_page(
    notice: &Notice,
    passage: PassageId,
    within: &Range<usize>,
) -> Vec<SentenceView> {
    let mut of_metrics: BTreeMap<&str, Vec<Printing>> = BTreeMap::new();
    let figures = &notice[passage].figures;
    let first = figures.partition_point(|figure| figure.range.start < within.start);
    let from_first = figures.iter().enumerate().skip(first);
    for (index, figure) in from_first.take_while(|(_, figure)| figure.range.start < within.end) {
        for id in figure.metrics() {
            of_metrics.entry(id).or_default().push(Printing { passage, figure: index });
        }
    }
    sentences(
        notice,
        of_metrics.into_iter().filter_map(|(id, printings)| Some((notice.metric(id)?, printings))),
    )
}

/// Lists the figures that readers see first.
pub(super) fn key_figures(notice: &Notice) -> Vec<FigureView> {
    notice.key_metrics().into_iter().map(|metric| figure_view(notice, metric, &metric.printings)).collect()
}

/// Gathers metrics by the sentence that prints them first, in reading order.
fn sentences<'a>(
    notice: &Notice,
    metrics: impl Iterator<Item = (&'a Metric, Vec<Printing>)>,
) -> Vec<SentenceView> {
    let mut rows: Vec<(Printing, FigureView)> =
        metrics.map(|(metric, printings)| (printings[0], figure_view(notice, metric, &printings))).collect();
    rows.sort_by_key(|(first, _)| *first);
    let mut sentences: Vec<(Printing, SentenceView)> = Vec::new();
    for (first, row) in rows {
        match sentences.last_mut() {
            Some((printing, sentence)) if is_same_sentence(notice, *printing, first) => {
                sentence.is_of_one_day &=
                    sentence.figures.first().is_none_or(|other| is_of_same_day(other, &row));
                sentence.figures.push(row);
            }
            _ => {
                let html = sentence_html(notice, first);
                sentences.push((first, SentenceView { html, figures: vec![row], is_of_one_day: true }));
            }
        }
    }
    sentences.into_iter().map(|(_, sentence)| sentence).collect()
}

fn is_of_same_day(one: &FigureView, other: &FigureView) -> bool {
    let day = |figure: &FigureView| figure.as_of.as_ref().map(|day| day.printed.clone());
    day(one) == day(other) && one.as_of_words == other.as_of_words
}

/// Tells whether two figures stand in the same sentence, and not in two that only read alike.
fn is_same_sentence(notice: &Notice, one: Printing, other: Printing) -> bool {
    let (first, second) = (notice.figure(one), notice.figure(other));
    one.passage == other.passage && first.sentence_start == second.sentence_start
}

/// Writes the sentence around a figure, with a link to the place of each figure that states a metric.
fn sentence_html(notice: &Notice, first: Printing) -> String {
    let sentence = &notice.figure(first).sentence;
    let figures = &notice[first.passage].figures;
    let start = figures[first.figure].sentence_start;
    let before = figures.iter().take(first.figure).rev().take_while(|figure| figure.sentence_start == start);
    let from_sentence = figures.iter().skip(first.figure - before.count());
    let inside = from_sentence.take_while(|figure| figure.sentence_start == start);
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

fn figure_view(notice: &Notice, metric: &Metric, printings: &[Printing]) -> FigureView {
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
        direction: direction_beside(metric).map(Direction::id),
        as_of: metric.as_of.as_ref().map(|as_of| day_view(&as_of.day)),
        as_of_words: metric.as_of.as_ref().and_then(|as_of| as_of.words.clone()),
        note: metric.note.clone(),
        places: figures.iter().filter_map(|figure| figure.anchor()).collect(),
    }
}

/// Returns the direction that has to stand beside a figure: none if the label says it at its end, which would make 降幅 a
/// fall of a fall.
fn direction_beside(metric: &Metric) -> Option<Direction> {
    let said = |words: &[&str]| words.iter().any(|word| metric.label.value.ends_with(word));
    metric.direction.filter(|direction| match direction {
        Direction::Up => !said(RISES),
        Direction::Down => !said(FALLS),
    })
}

/// Puts relations into words; `page` is the passage that has the page to itself, `None` for the page of the whole notice.
pub(super) fn relation_views<'a>(
    notice: &Notice,
    relations: impl Iterator<Item = &'a Relation>,
    page: Option<PassageId>,
    language: Language,
) -> Vec<RelationView> {
    relations.filter_map(|relation| relation_view(notice, relation, page, language)).collect()
}

fn relation_view(
    notice: &Notice,
    relation: &Relation,
    page: Option<PassageId>,
    language: Language,
) -> Option<RelationView> {
    let piece = |piece: &Piece| match piece {
        Piece::Operand(index) => operand_view(notice, &relation.operands[*index], page),
        Piece::Unknown => PieceView::new("unknown", "?"),
        Piece::Constant(number) => PieceView::new("number", number),
        Piece::Operator(operator) => PieceView::new("symbol", operator.symbol()),
        Piece::Comparison(comparison) => PieceView::new("symbol", comparison.symbol()),
        Piece::Open => PieceView::new("symbol", "("),
        Piece::Close => PieceView::new("symbol", ")"),
    };
    let note = relation.remark();
    match &relation.outcome {
        Outcome::Unstated(_) | Outcome::Consistent(_) | Outcome::Unchecked(_) => {}
        // Without a remark it has stopped the build, and no reader sees it.
        Outcome::Inconsistent { .. } | Outcome::Negative(_) | Outcome::DifferentUnits(..) => {
            note?;
        }
    }
    Some(RelationView {
        pieces: relation.formula.pieces().iter().map(piece).collect(),
        result: relation.result(),
        reason: relation.reason(),
        implied: relation.shown_implied().map(|implied| implied.print(language)),
        note: note.map(str::to_owned),
    })
}

fn operand_view(notice: &Notice, operand: &Operand, page: Option<PassageId>) -> PieceView {
    match operand {
        Operand::Metric(id) => {
            let metric = notice.metric(id).expect("relations name metrics of their own notice");
            PieceView {
                kind: "figure",
                label: Some(metric.label.value.clone()),
                counted: None,
                text: metric.quantity.value.printed().to_owned(),
                anchor: is_on_page(metric, page).then(|| anchor_of(metric)),
            }
        }
        Operand::Fixed(quantity) => PieceView::new("number", quantity.printed()),
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

fn is_on_page(metric: &Metric, page: Option<PassageId>) -> bool {
    page.is_none_or(|page| metric.printings.iter().any(|printing| printing.passage == page))
}

fn anchor_of(metric: &Metric) -> String {
    ["metric-", &metric.id].concat()
}

impl PieceView {
    fn new(kind: &'static str, text: &str) -> Self {
        Self { kind, label: None, counted: None, text: text.to_owned(), anchor: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::site;

    /// Shows each figure as `label direction printed`.
    #[track_caller]
    fn check(metrics: &str, text: &str, expected: &[&str]) {
        let notice =
            format!("---\ntitle: 标题\nunit: 甲\ndate: 2025-08-28\nmetrics: {{{metrics}}}\n---\n{text}\n");
        let site = site(&[("site.yaml", "title: 示例\n"), ("content/n/notice.md", notice.as_str())]);
        let sentences = sentences_of_notice(&site.notices[0], PassageId::OPENING);
        let figures = sentences.iter().flat_map(|sentence| &sentence.figures);
        let shown = figures
            .map(|figure| format!("{} {} {}", figure.label, figure.direction.unwrap_or("–"), figure.printed));
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    /// Builds a notice with `n` metrics in its opening, of which those at the places `keys` are marked, and one in its item
    /// that is marked if `of_item`; returns the labels of its key figures.
    fn key_labels(n: usize, keys: &[usize], of_item: bool) -> Vec<String> {
        // They stand in the front matter in the other order than in the text.
        let entry = |n: usize| {
            let key = if keys.contains(&n) { ", key: true" } else { "" };
            format!("  指标第{n}: {{value: {n}处, quote: 指标第{n}共{n}处{key}}}\n")
        };
        let metrics: String = (1..=n).rev().map(entry).collect();
        let text: String = (1..=n).map(|n| format!("指标第{n}共{n}处。")).collect::<Vec<_>>().concat();
        let metrics = if n > 0 { format!("metrics:\n{metrics}") } else { metrics };
        let notice =
            format!("---\ntitle: 标题\nunit: 甲\ndate: 2025-08-28\n{metrics}---\n{text}现予公布。\n");
        let item = format!(
            "---\nheading: 一、甲\nmetrics: {{乙: {{value: 99户, key: {of_item}}}}}\n---\n乙99户。\n"
        );
        let site = site(&[
            ("site.yaml", "title: 示例\n"),
            ("content/n/notice.md", &notice),
            ("content/n/01.md", &item),
        ]);
        key_figures(&site.notices[0]).into_iter().map(|figure| figure.label).collect()
    }

    #[test]
    fn key_figures_are_few_and_chosen() {
        let labels = |places: &[usize]| places.iter().map(|n| format!("指标第{n}")).collect::<Vec<_>>();
        assert_eq!(key_labels(3, &[], false), labels(&[1, 2, 3]));
        assert_eq!(key_labels(20, &[], false), labels(&[1, 2, 3, 4, 5, 6, 7, 8]));
        assert_eq!(key_labels(20, &[19, 2], false), labels(&[2, 19]));
        assert_eq!(key_labels(20, &[5], true), ["指标第5", "乙"]);
        let most: Vec<usize> = (3..=15).collect();
        assert_eq!(key_labels(20, &most, true), labels(&[3, 4, 5, 6, 7, 8, 9, 10]));
        // Where the opening has none, those of the notice.
        assert_eq!(key_labels(0, &[], false), ["乙"]);
        assert_eq!(key_labels(0, &[], true), ["乙"]);
    }

    #[test]
    fn a_direction_is_said_once() {
        check("案损数同比降幅: 5%", "案损数同比下降5%。", &["案损数同比降幅 – 5%"]);
        check("案损数同比: 5%", "案损数同比下降5%。", &["案损数同比 down 5%"]);
        check("受理数增幅: 6%", "受理数同比上升6%。", &["受理数增幅 – 6%"]);
        check("受理数增幅: 6%", "受理数同比下降6%。", &["受理数增幅 down 6%"]);
        check("受理数: 6件", "受理数6件。", &["受理数 – 6件"]);
    }
}
