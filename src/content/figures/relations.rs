//! `relations:` as written in the front matter → formulas; and, once all files are known, what comes of them.

use std::ops::Range;

use super::words::Words;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Location};
use crate::figure::{Formula, OperandKind, Quantity, Term, listed};
use crate::notice::{Counted, Kind, Metric, Notice, Operand, Relation, Status, measures_of};
use crate::text;
use crate::yaml::Fields;

/// The words by which `count(…)` names what gongkai counts in the notice.
const COUNTED: [(&str, Counted); 13] = [
    ("items", Counted::Items),
    ("整改事项", Counted::Items),
    ("问题", Counted::Items),
    ("measures", Counted::Measures),
    ("措施", Counted::Measures),
    ("整改措施", Counted::Measures),
    ("已完成", Counted::Status(Status::Completed)),
    ("基本完成", Counted::Status(Status::MostlyCompleted)),
    ("正在整改", Counted::Status(Status::InProgress)),
    ("长期坚持", Counted::Status(Status::LongTerm)),
    ("mostly_completed", Counted::Status(Status::MostlyCompleted)),
    ("in_progress", Counted::Status(Status::InProgress)),
    ("long_term", Counted::Status(Status::LongTerm)),
];

/// A relation whose operands have not been looked up.
#[derive(Debug)]
pub(super) struct Draft {
    text: Located<String>,
    formula: Formula,
    /// For each operand that counts the things of a passage, how many these are.
    counts: Vec<Option<(Counted, Option<u64>)>>,
    /// The passages that the file itself does not have, each with its place in the formula.
    elsewhere: Vec<(String, Range<usize>)>,
}

/// Reads `relations:`, a list of formulas; `words` are those of the section, which `count(…)` may quote.
///
/// Pushes what [`Formula::parse`] finds; a formula that cannot be read is left out.
pub(super) fn read(fields: &mut Fields, words: &Words, diagnostics: &mut Diagnostics) -> Vec<Draft> {
    let texts = fields.texts("relations", diagnostics).unwrap_or_default();
    texts.into_iter().filter_map(|text| draft(text, words, diagnostics)).collect()
}

fn draft(text: Located<String>, words: &Words, diagnostics: &mut Diagnostics) -> Option<Draft> {
    let formula = match Formula::parse(&text.value) {
        Ok(formula) => formula,
        Err(error) => {
            let location = inside(&text, error.range.clone());
            diagnostics.push(error.diagnostic(location, &text.value));
            return None;
        }
    };
    let mut elsewhere = Vec::new();
    let counts = formula.operands().iter().map(|operand| {
        if operand.kind != OperandKind::Count {
            return None;
        }
        let counted = counted(&operand.name);
        let Counted::List(passage) = &counted else { return Some((counted, None)) };
        if !is_whole_list(passage, &words.text) {
            elsewhere.push((passage.clone(), operand.range.clone()));
        }
        let n = u64::try_from(listed(passage).len()).ok();
        Some((counted, n))
    });
    let counts = counts.collect();
    Some(Draft { text, formula, counts, elsewhere })
}

/// Tells whether the text has the passage, and the list does not go on before or behind it.
fn is_whole_list(passage: &str, text: &str) -> bool {
    let goes_on = ['、', '和', '及', '与'];
    text.match_indices(passage).any(|(at, _)| {
        let (before, behind) = text.split_at(at);
        let behind = behind.get(passage.len()..).unwrap_or_default();
        let is_title = |c: char| matches!(c, '《' | '“' | '》' | '”');
        let last = passage.chars().next_back().filter(|c| is_title(*c));
        let first = passage.chars().next().filter(|c| is_title(*c));
        let begins_inside = before.ends_with(goes_on) || (first.is_some() && before.ends_with(['》', '”']));
        let ends_inside = behind.starts_with(goes_on) || (last.is_some() && behind.starts_with(['《', '“']));
        !begins_inside && !ends_inside
    })
}

fn counted(name: &str) -> Counted {
    let by_id = |name: &str| {
        Status::ALL.iter().find(|(id, _)| *id == name).map(|(_, status)| Counted::Status(*status))
    };
    let known = COUNTED.iter().find(|(word, _)| *word == name).map(|(_, counted)| counted.clone());
    known.or_else(|| by_id(name)).unwrap_or_else(|| Counted::List(name.to_owned()))
}

/// Looks up the operands of a relation and computes it.
///
/// Pushes `relation-with-unknown-metric`, `list-not-in-text`, `units-disagree` and `figures-disagree`; nothing follows from a metric whose
/// fault has been reported.
pub(super) fn resolve(
    draft: Draft,
    notice: &Notice,
    metrics: &super::gather::Index<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Relation> {
    let mut operands = Vec::with_capacity(draft.counts.len());
    let mut is_whole = true;
    for (operand, count) in draft.formula.operands().iter().zip(&draft.counts) {
        if let Some((what, n)) = count {
            let n = n.unwrap_or_else(|| count_in(notice, what));
            operands.push(Operand::Count { what: what.clone(), n });
            continue;
        }
        let metric = metrics.find(&operand.name);
        operands.extend(metric.map(|metric| Operand::Metric(metric.id.clone())));
        is_whole &= metric.is_some();
        if metric.is_none() && !metrics.is_excused(&operand.name) {
            let location = inside(&draft.text, operand.range.clone());
            diagnostics.push(unknown_metric(location, &operand.name, metrics));
        }
    }
    for (passage, range) in &draft.elsewhere {
        let is_listed = metrics.texts().iter().any(|text| is_whole_list(passage, text));
        is_whole &= is_listed;
        if !is_listed && !metrics.has_gaps() {
            diagnostics.push(list_not_in_text(inside(&draft.text, range.clone()), passage));
        }
    }
    if !is_whole {
        return None;
    }
    let found: Vec<Option<&Metric>> = operands
        .iter()
        .map(|operand| match operand {
            Operand::Metric(id) => metrics.by_id(id),
            Operand::Count { .. } => None,
        })
        .collect();
    let terms: Vec<Term<'_>> = operands
        .iter()
        .zip(&found)
        .map(|(operand, metric)| match (operand, metric) {
            (Operand::Count { n, .. }, _) => Term::Count(*n),
            (_, Some(metric)) => Term::Figure(&metric.quantity.value),
            (_, None) => unreachable!("the operand was found by its metric"),
        })
        .collect();
    let outcome = draft.formula.evaluate(&terms);
    let relation = Relation { text: draft.text, formula: draft.formula, operands, outcome };
    report(&relation, notice, &found, diagnostics);
    Some(relation)
}

/// Counts what the notice itself has.
fn count_in(notice: &Notice, what: &Counted) -> u64 {
    let items = || notice.sections.iter().filter(|section| section.kind == Kind::Item);
    let n = match what {
        Counted::Items => items().count(),
        Counted::Measures => items().map(|item| measures_of(&item.body)).sum(),
        Counted::Status(status) => items().filter(|item| item.status == Some(*status)).count(),
        Counted::List(passage) => listed(passage).len(),
    };
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn report(relation: &Relation, notice: &Notice, metrics: &[Option<&Metric>], diagnostics: &mut Diagnostics) {
    let location = relation.text.location.clone();
    let words = relation.in_figures(|id| notice.metric(id));
    let Some(problem) = relation.outcome.diagnostic(&relation.formula, &words, location) else { return };
    let problem = metrics.iter().flatten().fold(problem, |problem, metric| {
        let label = &metric.label.value;
        let figure = &metric.quantity.value;
        let in_text = metric.printings.first().map(|printing| {
            let range = notice.figure(*printing).range.clone();
            Location::new(notice.source_of(printing.section), range)
        });
        match in_text {
            Some(place) => problem.related(
                place,
                format!("the text states `{figure}` for `{label}` here"),
                format!("正文此处写明 `{label}` 是 `{figure}`"),
            ),
            None => problem,
        }
    });
    diagnostics.push(problem);
}

fn unknown_metric(location: Location, name: &str, metrics: &super::gather::Index<'_>) -> Diagnostic {
    let problem = Diagnostic::error(
        "relation-with-unknown-metric",
        location,
        format!("the notice has no metric called `{name}`"),
        format!("这份通报没有叫 `{name}` 的指标"),
    );
    if let Ok(figure) = Quantity::parse(name) {
        return match metrics.label_of(name) {
            Some(label) => problem.help(
                format!("write the label of the metric and not its figure: `{label}`"),
                format!("请写指标的名称，不写它的数：`{label}`"),
            ),
            None => problem.help(
                format!("for a metric write its label; a fixed number has no unit: `{}`", figure.value()),
                format!("指标请写名称；固定的数不带单位：`{}`", figure.value()),
            ),
        };
    }
    // 农民工/工人 has been read as a quotient of two labels.
    let has_signs =
        |label: &&str| label.contains(name) && label.contains(['/', '-', '+', '*', '=', '<', '>']);
    if let Some(label) = metrics.labels().find(has_signs) {
        return problem.help(
            format!("a label that holds signs stands in quotes: `“{label}”`"),
            format!("名称中含有运算符号的，要加引号：`“{label}”`"),
        );
    }
    match text::nearest(name, metrics.labels()) {
        Some(label) => problem.help(format!("did you mean `{label}`?"), format!("是否要写 `{label}`？")),
        None => problem.help(
            "write the label of a metric of this notice; `?` stands for a value that the text does not state",
            "请写本通报中某个指标的名称；原文没有载明的数用 `?` 表示，运算用 `+ - * /`，计数用 `count(…)`",
        ),
    }
}

fn list_not_in_text(location: Location, passage: &str) -> Diagnostic {
    Diagnostic::error(
        "list-not-in-text",
        location,
        format!("no text of the notice lists just `{passage}`"),
        format!("通报正文中没有这样列举：`{passage}`，或者前后还有列举的内容"),
    )
    .help(
        "copy the whole passage that lists the things from the text, or write `count(items)`, `count(measures)` or a status",
        "请从正文中完整复制列举的那段文字，或写 `count(整改事项)`、`count(措施)`、`count(已完成)` 等",
    )
}

/// Returns the place of bytes `range` of a text, exact where it is written without quotes.
fn inside(text: &Located<String>, range: Range<usize>) -> Location {
    match &text.location.range {
        Some(whole) if whole.len() == text.value.len() => {
            Location::new(&text.location.path, whole.start + range.start..whole.start + range.end)
        }
        _ => text.location.clone(),
    }
}
