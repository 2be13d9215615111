//! The figures of a notice → where they stand in its lines.

use std::collections::BTreeMap;
use std::ops::Range;

use super::views::FigureView;
use crate::fidelity::AlignedLine;
use crate::notice::{Claim, Figure, Notice, Passage, PassageId, UnclearNumber};

/// The figures of a notice, waiting for the lines in which they stand, which come in reading order.
pub(super) struct Figures<'a> {
    of_passages: BTreeMap<PassageId, NumbersOfFile<'a>>,
}

/// The figures of one file.
struct NumbersOfFile<'a> {
    all: Vec<PrintedNumber<'a>>,
    /// How many have found their line.
    n_found: usize,
}

/// A number of the text.
struct PrintedNumber<'a> {
    printed: &'a str,
    range: &'a Range<usize>,
    view: FigureView,
}

/// A figure in a line.
pub(super) struct PlacedFigure {
    /// Its characters.
    pub(super) at: Range<usize>,
    pub(super) view: FigureView,
}

impl<'a> Figures<'a> {
    /// Collects the figures of `notice`, and the numbers that cannot be read.
    pub(super) fn new(notice: &'a Notice) -> Self {
        let labels: BTreeMap<&str, &str> =
            notice.metrics().map(|(_, metric)| (metric.id.as_str(), metric.label.value.as_str())).collect();
        let waiting = |(id, passage): (PassageId, &'a Passage)| {
            let figures = passage.figures.iter().map(|figure| of_figure(figure, &labels));
            let mut all: Vec<_> = figures.chain(passage.unclear.iter().map(of_number)).collect();
            all.sort_by_key(|marked| marked.range.start);
            (id, NumbersOfFile { all, n_found: 0 })
        };
        Self { of_passages: notice.passages().map(waiting).collect() }
    }

    /// Returns the figures of a line, ascending.
    pub(super) fn place(&mut self, line: &AlignedLine<'_>) -> Vec<PlacedFigure> {
        let Some(waiting) = self.of_passages.get_mut(&line.passage) else { return Vec::new() };
        let mut placed: Vec<PlacedFigure> = Vec::new();
        while let Some(marked) = waiting.all.get(waiting.n_found) {
            if marked.range.start >= line.end {
                break;
            }
            let from = placed.last().map_or(0, |last| last.at.end);
            match find(marked, line, from) {
                Some(at) => placed.push(PlacedFigure { at, view: marked.view.clone() }),
                // It stands in a later line of the same table.
                None if !line.is_exact && marked.range.start >= line.start() => break,
                None => {}
            }
            waiting.n_found += 1;
        }
        placed
    }
}

/// Returns the characters of `line`, at or behind `from`, that print a figure.
fn find(marked: &PrintedNumber<'_>, line: &AlignedLine<'_>, from: usize) -> Option<Range<usize>> {
    if marked.range.start < line.start() {
        return None;
    }
    if line.is_exact {
        let index = |offset: usize| line.offsets.partition_point(|place| *place < offset);
        let at = index(marked.range.start)..index(marked.range.end);
        return (at.start >= from && !at.is_empty()).then_some(at);
    }
    let printed: Vec<char> = marked.printed.chars().collect();
    let rest = line.text.get(from..)?;
    let at = rest.windows(printed.len().max(1)).position(|window| window == printed)?;
    Some(from + at..from + at + printed.len())
}

fn of_figure<'a>(figure: &'a Figure, labels: &BTreeMap<&str, &str>) -> PrintedNumber<'a> {
    let (state, label) = match &figure.claim {
        Claim::Metric { .. } => {
            let labels: Vec<&str> = figure.metrics().filter_map(|id| labels.get(id).copied()).collect();
            ("bound", (!labels.is_empty()).then(|| labels.join("、")))
        }
        Claim::NotAFigure => ("exempt", None),
        Claim::None => ("open", None),
    };
    PrintedNumber { printed: figure.as_it_stands(), range: &figure.range, view: FigureView { state, label } }
}

fn of_number(number: &UnclearNumber) -> PrintedNumber<'_> {
    let state = if number.is_exempt { "exempt" } else { "unclear" };
    PrintedNumber { printed: &number.printed, range: &number.range, view: FigureView { state, label: None } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fidelity::Alignment;
    use crate::site::testing::site_with;

    /// Shows each figure of an item as `state label printed`.
    #[track_caller]
    fn check(front_matter: &str, body: &str, expected: &[&str]) {
        let site = site_with(front_matter, body);
        let mut figures = Figures::new(&site.notices[0]);
        let alignment = Alignment::of(&site.notices[0]);
        let mut found = Vec::new();
        for line in alignment.rows.iter().flat_map(|row| &row.page) {
            for PlacedFigure { at, view } in figures.place(line) {
                let printed: String = line.text[at].iter().collect();
                found.push(format!("{} {} {printed}", view.state, view.label.unwrap_or_default()));
            }
        }
        assert_eq!(found, expected, "{body}");
    }

    #[test]
    fn every_figure_has_a_state() {
        check(
            "metrics: {推文: 27篇}\nnot_figures: [三项建设]\n",
            "（一）宣传。发布推文27篇，开展三项建设。\n\n到场 **9人**，占三分之二。",
            &["bound 推文 27篇", "exempt  三项", "open  9人", "unclear  三分之二"],
        );
    }

    #[test]
    fn figures_of_a_table_are_found_in_its_cells() {
        check(
            "metrics: {乙: 1人}\n",
            "| 甲 | 11人 |\n| - | - |\n| 乙 | 1人 |",
            &["open  11人", "bound 乙 1人"],
        );
    }
}
