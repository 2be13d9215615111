//! Metrics and statuses → drawings, where they can be compared and nowhere else.
//!
//! Three things are drawn: how many items have which status; a total with its parts, where a relation of the notice states
//! and proves the sum; and amounts of money that one sentence or one relation sets beside each other. Lengths come from exact
//! values; templates draw them.

use std::collections::{BTreeMap, BTreeSet};

use super::views::{BarView, ChartView, StatusCountView};
use crate::figure::{Comparison, Decimal, Operator, Outcome, Piece};
use crate::notice::{Figure, ItemStatus, Metric, Notice, Operand, Relation, Section, Status};

/// Amounts are drawn if there are at least two to compare.
const FEWEST_AMOUNTS: usize = 2;

/// Amounts are drawn if the smallest is no thinner than a line beside the largest, in hundredths of a percent.
const SHORTEST_BAR: u32 = 200;

/// So many drawings can be seen in a minute: that of the statuses, and the first of the others.
const MOST_CHARTS: usize = 3;

/// A total is drawn if it has so many parts; fewer say all in one line.
const FEWEST_PARTS: usize = 3;

/// A whole, in hundredths of a percent.
const WHOLE: u32 = 10_000;

/// The word for an item whose status the public text does not state.
const UNKNOWN: &str = "unknown";

/// The word for an item of which the text states several, or in words that nobody has explained.
const UNCLEAR: &str = "unclear";

/// Counts the items by status, those without one last; empty if no item has a status.
pub(super) fn statuses(items: &[&Section]) -> Vec<StatusCountView> {
    let count = |status: &'static str, has_it: &dyn Fn(&Section) -> bool| {
        let with_it: Vec<_> = items.iter().filter(|item| has_it(item)).collect();
        StatusCountView {
            status,
            words: same_words(with_it.iter().filter_map(|item| item.status.as_ref())),
            n: with_it.len(),
            path: None,
        }
    };
    let known = Status::ALL.iter().map(|(id, status)| count(id, &|item| item.state() == Some(*status)));
    let known: Vec<_> = known.filter(|one| one.n > 0).collect();
    if known.is_empty() {
        return known;
    }
    let is_unclear = |item: &Section| item.status.is_none() && item.states_status;
    let others = [count(UNCLEAR, &is_unclear), count(UNKNOWN, &Section::is_status_unstated)];
    known.into_iter().chain(others.into_iter().filter(|one| one.n > 0)).collect()
}

/// Returns the words of the office for a status, if all items have the same ones.
fn same_words<'a>(mut statuses: impl Iterator<Item = &'a ItemStatus>) -> Option<String> {
    let first = statuses.next()?.words.clone();
    first.filter(|first| statuses.all(|other| other.words.as_ref() == Some(first)))
}

pub(super) fn charts(notice: &Notice, statuses: &[StatusCountView]) -> Vec<ChartView> {
    let mut charts: Vec<ChartView> = of_statuses(statuses).into_iter().collect();
    // What nobody has looked at is not drawn.
    let proposed = notice.proposed_labels();
    let is_proposed = |metric: &&Metric| proposed.contains(metric.label.value.as_str());
    let proposed: BTreeSet<&str> = notice
        .metrics()
        .map(|(_, metric)| metric)
        .filter(is_proposed)
        .map(|metric| metric.id.as_str())
        .collect();
    let mut drawn = proposed.clone();
    for (_, relation) in notice.relations() {
        // A sum that two files state is drawn once.
        if let Some((chart, ids)) = of_sum(notice, relation)
            && !ids.iter().all(|id| drawn.contains(id))
            && !ids.iter().any(|id| proposed.contains(id))
        {
            charts.push(chart);
            drawn.extend(ids);
        }
    }
    charts.extend(of_amounts(notice, &mut drawn));
    charts.truncate(MOST_CHARTS);
    charts
}

fn of_statuses(statuses: &[StatusCountView]) -> Option<ChartView> {
    let values: Vec<Decimal> =
        statuses.iter().filter_map(|one| Decimal::new(i128::try_from(one.n).ok()?, 0)).collect();
    let lengths = lengths_of_parts(&values)?;
    let bars = statuses.iter().zip(lengths).map(|(one, (start, length))| BarView {
        status: Some(one.status),
        words: one.words.clone(),
        ..bar(&one.n.to_string(), start, length)
    });
    Some(ChartView { kind: "statuses", total: None, bars: bars.collect() })
}

/// Draws a relation of the form `total = part + part + …` that has been found to hold.
fn of_sum<'a>(notice: &'a Notice, relation: &'a Relation) -> Option<(ChartView, Vec<&'a str>)> {
    let (Outcome::Consistent(_), [Piece::Operand(total), Piece::Comparison(Comparison::Equal), parts @ ..]) =
        (&relation.outcome, relation.formula.pieces())
    else {
        return None;
    };
    let is_sum = parts.iter().enumerate().all(|(n, piece)| match piece {
        Piece::Operand(_) => n % 2 == 0,
        Piece::Operator(Operator::Add) => n % 2 == 1,
        _ => false,
    });
    let metric = |operand: &usize| metric_of(notice, relation.operands.get(*operand)?);
    let parts: Option<Vec<&Metric>> = parts
        .iter()
        .filter_map(|piece| match piece {
            Piece::Operand(operand) => Some(metric(operand)),
            _ => None,
        })
        .collect();
    let (total, parts) = (metric(total)?, parts.filter(|parts| is_sum && parts.len() >= FEWEST_PARTS)?);
    let values: Option<Vec<Decimal>> = parts.iter().map(|part| exact_value(part)).collect();
    let lengths = lengths_of_parts(&values?)?;
    let bars =
        parts.iter().zip(lengths).map(|(part, (start, length))| of_metric(notice, part, start, length));
    let chart =
        ChartView { kind: "parts", total: Some(of_metric(notice, total, 0, WHOLE)), bars: bars.collect() };
    exact_value(total)?;
    Some((chart, std::iter::once(total).chain(parts).map(|metric| metric.id.as_str()).collect()))
}

/// Draws the amounts of money that the notice itself sets beside each other: those of one relation that holds, and those
/// that stand in one sentence. Money that was returned in one matter and seized in another says nothing side by side.
fn of_amounts<'a>(notice: &'a Notice, drawn: &mut BTreeSet<&'a str>) -> Vec<ChartView> {
    let proved =
        notice.relations().filter(|(_, relation)| matches!(relation.outcome, Outcome::Consistent(_)));
    let of_relations = proved.map(|(_, relation)| {
        relation.operands.iter().filter_map(|operand| metric_of(notice, operand)).collect::<Vec<_>>()
    });
    let mut of_sentences: BTreeMap<_, Vec<&Metric>> = BTreeMap::new();
    for (_, metric) in notice.metrics() {
        if let Some(first) = metric.printings.first() {
            let sentence = (first.passage, notice.figure(*first).sentence_start);
            of_sentences.entry(sentence).or_default().push(metric);
        }
    }
    let mut charts = Vec::new();
    for metrics in of_relations.chain(of_sentences.into_values()) {
        let mut seen = BTreeSet::new();
        let amounts: Vec<(&Metric, Decimal)> = metrics
            .into_iter()
            .filter(|metric| metric.quantity.value.unit().as_str() == "元" && metric.direction.is_none())
            .filter(|metric| !drawn.contains(metric.id.as_str()) && seen.insert(metric.id.as_str()))
            .filter_map(|metric| Some((metric, exact_value(metric)?)))
            .collect();
        if let Some(chart) = beside_each_other(notice, &amounts) {
            charts.push(chart);
            drawn.extend(amounts.iter().map(|(metric, _)| metric.id.as_str()));
        }
    }
    charts
}

fn metric_of<'a>(notice: &'a Notice, operand: &Operand) -> Option<&'a Metric> {
    match operand {
        Operand::Metric(id) => notice.metric(id),
        Operand::Count { .. } | Operand::Fixed(_) => None,
    }
}

/// Draws amounts from one line, the longest as long as the drawing.
fn beside_each_other(notice: &Notice, amounts: &[(&Metric, Decimal)]) -> Option<ChartView> {
    let longest = amounts.iter().map(|(_, value)| *value).max()?;
    let shares: Option<Vec<u32>> = amounts.iter().map(|(_, value)| value.share_of(longest)).collect();
    let shares = shares.filter(|shares| {
        shares.len() >= FEWEST_AMOUNTS && shares.iter().all(|share| *share >= SHORTEST_BAR)
    })?;
    let bars = amounts.iter().zip(shares).map(|((metric, _), share)| of_metric(notice, metric, 0, share));
    Some(ChartView { kind: "amounts", total: None, bars: bars.collect() })
}

/// Returns the value of a metric; `None` for approximate figures and ranges.
fn exact_value(metric: &Metric) -> Option<Decimal> {
    let quantity = &metric.quantity.value;
    (quantity.approximation().is_none() && quantity.upper().is_none()).then(|| quantity.value())
}

/// Returns where each part begins and how long it is, in hundredths of a percent of the whole; the parts stand in a row.
fn lengths_of_parts(values: &[Decimal]) -> Option<Vec<(u32, u32)>> {
    let zero = Decimal::new(0, 0)?;
    let sum = values.iter().try_fold(zero, |sum, value| sum.checked_add(*value))?;
    let mut before = zero;
    let mut start = 0;
    let mut lengths = Vec::with_capacity(values.len());
    for value in values {
        before = before.checked_add(*value)?;
        let end = before.share_of(sum)?;
        lengths.push((start, end - start));
        start = end;
    }
    (values.len() > 1).then_some(lengths)
}

fn of_metric(notice: &Notice, metric: &Metric, start: u32, length: u32) -> BarView {
    let first = metric.printings.first().map(|printing| notice.figure(*printing));
    BarView {
        label: Some(metric.label.value.clone()),
        place: first.and_then(Figure::anchor),
        ..bar(metric.quantity.value.printed(), start, length)
    }
}

fn bar(text: &str, start: u32, length: u32) -> BarView {
    BarView { text: text.to_owned(), start: percent(start), length: percent(length), ..BarView::default() }
}

/// Writes hundredths of a percent as SVG takes them: `33.33%`.
fn percent(hundredths: u32) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::site;

    /// Shows each drawing as `kind total: label text start+length, …`.
    #[track_caller]
    fn check(front_matter: &str, text: &str, statuses_of_items: &[&str], expected: &[&str]) {
        let notice = format!("---\ntitle: 标题\nunit: 甲\ndate: 2025-08-28\n{front_matter}---\n{text}\n");
        let items: Vec<(String, String)> = statuses_of_items
            .iter()
            .enumerate()
            .map(|(n, status)| {
                let status = if status.is_empty() { String::new() } else { format!("status: {status}\n") };
                let numeral = ["一", "二", "三", "四"][n];
                (
                    format!("content/n/0{}.md", n + 1),
                    format!("---\nheading: {numeral}、甲\n{status}---\n乙。\n"),
                )
            })
            .collect();
        let mut files = vec![("site.yaml", "title: 示例\n"), ("content/n/notice.md", notice.as_str())];
        files.extend(items.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let site = site(&files);
        let notice = &site.notices[0];
        let show_bar = |bar: &BarView| {
            let name = bar.label.as_deref().or(bar.status).unwrap_or_default();
            format!("{name} {} {}+{}", bar.text, bar.start, bar.length)
        };
        let show = |chart: &ChartView| {
            let total = chart.total.as_ref().map(show_bar).unwrap_or_default();
            let bars: Vec<String> = chart.bars.iter().map(show_bar).collect();
            format!("{} [{total}] {}", chart.kind, bars.join(", "))
        };
        let charts = charts(notice, &statuses(&notice.items().collect::<Vec<_>>()));
        assert_eq!(charts.iter().map(show).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_sum_that_holds_is_drawn() {
        check(
            "metrics: {追责问责: 8人, 批评教育: 1人, 诫勉: 2人, 督察记分: 5人}\nrelations: [追责问责 = 批评教育 + 诫勉 + 督察记分]\n",
            "追责问责8人，其中批评教育1人、诫勉2人、督察记分5人。",
            &[],
            &[
                "parts [追责问责 8人 0.00%+100.00%] 批评教育 1人 0.00%+12.50%, 诫勉 2人 12.50%+25.00%, 督察记分 5人 37.50%+62.50%",
            ],
        );
        check(
            "metrics: {追责问责: 6人, 批评教育: 2人, 督察记分: 4人}\nrelations: [追责问责 = 批评教育 + 督察记分]\n",
            "追责问责6人，其中批评教育2人、督察记分4人。",
            &[],
            &[],
        );
    }

    #[test]
    fn a_minute_has_few_drawings() {
        let sums = 1..=5;
        let each = |form: &dyn Fn(usize) -> String| sums.clone().map(form).collect::<Vec<_>>();
        let metrics =
            each(&|n| format!("总{n}类: {}人, 甲{n}类: {n}人, 乙{n}类: 20人, 丙{n}类: 30人", 50 + n));
        let relations = each(&|n| format!("总{n}类 = 甲{n}类 + 乙{n}类 + 丙{n}类"));
        let text = each(&|n| format!("总{n}类{}人，其中甲{n}类{n}人、乙{n}类20人、丙{n}类30人。", 50 + n));
        let metrics = format!("metrics: {{{}}}\nrelations: [{}]\n", metrics.join(", "), relations.join(", "));
        let drawn = |n: usize| {
            let [second, third] = [n, n + 20].map(|before| 10_000 * before / (50 + n));
            let bar = |start: usize, end: usize| {
                let print = |part: usize| format!("{}.{:02}%", part / 100, part % 100);
                format!("{}+{}", print(start), print(end - start))
            };
            format!(
                "parts [总{n}类 {}人 0.00%+100.00%] 甲{n}类 {n}人 {}, 乙{n}类 20人 {}, 丙{n}类 30人 {}",
                50 + n,
                bar(0, second),
                bar(second, third),
                bar(third, 10_000)
            )
        };
        let drawn: Vec<String> = (1..=MOST_CHARTS).map(drawn).collect();
        check(&metrics, &text.concat(), &[], &drawn.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_is_drawn_that_the_notice_does_not_prove() {
        check("metrics: {会议: 6次, 学习: 2次}\n", "会议6次，学习2次。", &[], &[]);
        check(
            "metrics: {总数: 6余人, 甲类: 2人, 乙类: 4人}\nrelations: [总数 = 甲类 + 乙类]\n",
            "总数6余人，甲类2人，乙类4人。",
            &[],
            &[],
        );
        check(
            "metrics: {办结率: 100%, 移交: 10件, 办结: 10件}\nrelations: [办结率 = 办结 / 移交]\n",
            "移交10件，办结10件，办结率100%。",
            &[],
            &[],
        );
        check("metrics: {清退: 3万元}\n", "清退3万元。", &[], &[]);
    }

    #[test]
    fn a_metric_is_drawn_once() {
        let front_matter = "metrics: {案损: 1万元, 追赃: 5000元}\nrelations: [案损 - 追赃 = 追赃]\n";
        let expected = "amounts [] 案损 1万元 0.00%+100.00%, 追赃 5000元 0.00%+50.00%";
        check(front_matter, "案损1万元，追赃5000元。", &[], &[expected]);
    }

    #[test]
    fn amounts_of_money_stand_beside_each_other() {
        check(
            "metrics: {清退: 2500元, 追赃: 1万元}\n",
            "清退2500元，追赃1万元。",
            &[],
            &["amounts [] 清退 2500元 0.00%+25.00%, 追赃 1万元 0.00%+100.00%"],
        );
    }

    #[test]
    fn amounts_that_nothing_joins_are_not_compared() {
        check("metrics: {清退: 2500元, 追赃: 1万元}\n", "清退2500元。追赃1万元。", &[], &[]);
        check(
            "metrics: {甲: 1万元, 乙: 2万元, 丙: 3万元}\n",
            "甲1万元，乙2万元。丙3万元。",
            &[],
            &["amounts [] 甲 1万元 0.00%+50.00%, 乙 2万元 0.00%+100.00%"],
        );
        check(
            "metrics: {追赃: 5000元, 案损: 1万元, 追赃率: 50%}\nrelations: [追赃率 = 追赃 / 案损]\n",
            "案损1万元。追赃5000元，追赃率50%。",
            &[],
            &["amounts [] 追赃 5000元 0.00%+50.00%, 案损 1万元 0.00%+100.00%"],
        );
        check(
            "metrics: {追赃: 5000元, 案损: 约1万元, 追赃率: 50%}\nrelations: [追赃率 = 追赃 / 案损]\n",
            "案损约1万元。追赃5000元，追赃率50%。",
            &[],
            &[],
        );
    }

    #[test]
    fn statuses_are_drawn_only_where_there_are_some() {
        check("", "现予以公布。", &["", ""], &[]);
        check(
            "",
            "现予以公布。",
            &["completed", "", "completed", "in-progress"],
            &["statuses [] completed 2 0.00%+50.00%, in-progress 1 50.00%+25.00%, unknown 1 75.00%+25.00%"],
        );
    }
}
