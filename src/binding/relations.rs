//! `relations:` as written in the front matter → formulas; and, once all files are known, what comes of them.
//!
//! Start with [`read`] and [`resolve`].

use std::ops::Range;

use super::gather::MetricsByName;
use super::words::Words;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Location};
use crate::figure::{Formula, OperandKind, Outcome, Quantity, Term, listed};
use crate::keys;
use crate::notice::{Counted, Kind, Notice, Operand, Relation, Section, Status};
use crate::text::{self, width};
use crate::yaml::{Fields, Node, Value};

/// The words by which `count(…)` names what gongkai counts in the notice, beside those of a status.
const COUNTED: [(&str, Counted); 6] = [
    ("items", Counted::Items),
    ("整改事项", Counted::Items),
    ("问题", Counted::Items),
    ("measures", Counted::Measures),
    ("措施", Counted::Measures),
    ("整改措施", Counted::Measures),
];

/// A relation whose operands have not been looked up.
#[derive(Debug)]
pub(super) struct RelationDraft {
    pub(super) text: Located<String>,
    formula: Formula,
    note: Option<Located<String>>,
    show_implied: Option<Located<bool>>,
    pub(super) is_proposed: bool,
    /// For each operand that counts the things of a passage, how many these are.
    counts: Vec<Option<(Counted, Option<u64>)>>,
    /// The passages that the file itself does not have, each with its place in the formula.
    elsewhere: Vec<(String, Range<usize>)>,
}

/// Reads `relations:`, a list of formulas; `words` are those of the section, which `count(…)` may quote.
///
/// Pushes what [`Formula::parse`] finds; a formula that cannot be read is left out.
pub(super) fn read(fields: &mut Fields, words: &Words, diagnostics: &mut Diagnostics) -> Vec<RelationDraft> {
    let list = fields.node(&keys::RELATIONS).and_then(|node| node.into_elements("relations", diagnostics));
    list.into_iter().flatten().filter_map(|node| relation_draft(node, words, diagnostics)).collect()
}

/// Reads an entry: a formula alone, or `{formula: …, note: …, show_implied: true}`.
fn relation_draft(node: Node, words: &Words, diagnostics: &mut Diagnostics) -> Option<RelationDraft> {
    // One entry whose key is in Chinese is a formula with a colon in it, `甲 = 乙: 丙`, that needs quotes.
    let is_mapping = match &node.value {
        Value::Mapping(entries) => {
            entries.len() != 1 || entries.iter().all(|entry| entry.key.value.is_ascii())
        }
        _ => false,
    };
    let (text, note, show_implied, proposed) = if is_mapping {
        let mut fields = Fields::open(node, diagnostics)?;
        let formula = fields.required_text(&keys::FORMULA, diagnostics);
        let note = fields.text(&keys::RELATION_NOTE, diagnostics);
        let show_implied = fields.flag(&keys::SHOW_IMPLIED, diagnostics);
        let proposed = fields.flag(&keys::PROPOSED, diagnostics);
        fields.finish(diagnostics);
        (formula?, note, show_implied, proposed)
    } else {
        (node.into_element("relations", diagnostics)?, None, None, None)
    };
    let is_proposed = proposed.is_some_and(|proposed| proposed.value);
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
    Some(RelationDraft { text, formula, note, show_implied, is_proposed, counts, elsewhere })
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
    let known = COUNTED.iter().find(|(word, _)| *word == name).map(|(_, counted)| counted.clone());
    let status = || Status::of_word(&name.replace('_', "-")).map(Counted::Status);
    known.or_else(status).unwrap_or_else(|| Counted::List(name.to_owned()))
}

/// Looks up the operands of a relation and computes it.
///
/// Pushes `relation-with-unknown-metric`, `list-not-in-text`, `fixed-number-without-unit`, `units-disagree`,
/// `figures-disagree`, `relation-with-remark` and `key-without-effect`. A metric that is missing because of a fault that has
/// been reported is not reported again.
pub(super) fn resolve(
    draft: RelationDraft,
    notice: &Notice,
    metrics: &MetricsByName<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Relation> {
    let operands = operands(&draft, notice, metrics, diagnostics)?;
    let terms: Vec<Term<'_>> = operands
        .iter()
        .map(|operand| match operand {
            Operand::Count { n, .. } => Term::Count(*n),
            Operand::Fixed(quantity) => Term::Fixed(quantity),
            Operand::Metric(id) => {
                let metric = metrics.by_id.get(id.as_str()).expect("an operand has the id of a metric");
                Term::Figure(&metric.quantity.value)
            }
        })
        .collect();
    if let Some(number) = draft.formula.bare_number(&terms) {
        diagnostics.push(number.diagnostic(draft.text.location));
        return None;
    }
    let outcome = draft.formula.evaluate(&terms);
    let RelationDraft { text, formula, note, show_implied, .. } = draft;
    let shows_implied = show_implied.as_ref().is_some_and(|show| show.value);
    let relation = Relation { text, formula, operands, outcome, note, shows_implied };
    report(&relation, notice, metrics, diagnostics);
    if let Some(show) = show_implied.filter(|_| !matches!(relation.outcome, Outcome::Unstated(_))) {
        diagnostics.push(nothing_to_show(show.location));
    }
    Some(relation)
}

/// Looks up the operands; `None` if one of them is missing, which has been reported.
fn operands(
    draft: &RelationDraft,
    notice: &Notice,
    metrics: &MetricsByName<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Operand>> {
    let mut operands = Vec::with_capacity(draft.counts.len());
    let mut is_whole = true;
    for (operand, count) in draft.formula.operands().iter().zip(&draft.counts) {
        if let Some((what, n)) = count {
            let n = n.unwrap_or_else(|| count_in(notice, what));
            operands.push(Operand::Count { what: what.clone(), n });
            continue;
        }
        let metric = metrics.find(&operand.name).map(|metric| Operand::Metric(metric.id.clone()));
        let known = metric.or_else(|| fixed(&operand.name, metrics).map(Operand::Fixed));
        is_whole &= known.is_some();
        if known.is_none() && !metrics.is_excused(&operand.name) {
            let location = inside(&draft.text, operand.range.clone());
            diagnostics.push(unknown_metric(location, &operand.name, &draft.formula, metrics));
        }
        operands.extend(known);
    }
    for (passage, range) in &draft.elsewhere {
        let is_listed = metrics.texts.iter().any(|text| is_whole_list(passage, text));
        is_whole &= is_listed;
        if !is_listed && !metrics.has_gaps {
            diagnostics.push(list_not_in_text(inside(&draft.text, range.clone()), passage));
        }
    }
    is_whole.then_some(operands)
}

/// Reads an operand that is no metric as a fixed number with its unit: `3万元`, `10%`.
///
/// Words that only begin with a number may be a label with a slip in it, so the unit must be a known one.
fn fixed(name: &str, metrics: &MetricsByName<'_>) -> Option<Quantity> {
    let quantity = Quantity::parse(name).ok()?;
    let is_exact = quantity.approximation().is_none() && quantity.upper().is_none();
    let begins_with_digit = name.starts_with(|c: char| width::fold(c).is_ascii_digit());
    let is_fixed = is_exact && begins_with_digit && quantity.unit().is_known();
    (is_fixed && metrics.label_of(name).is_none()).then_some(quantity)
}

/// Counts what the notice itself has.
fn count_in(notice: &Notice, what: &Counted) -> u64 {
    let items = || notice.sections.iter().filter(|section| section.kind == Kind::Item);
    let n = match what {
        Counted::Items => items().count(),
        Counted::Measures => items().map(Section::n_measures).sum(),
        Counted::Status(status) => items().filter(|item| item.state() == Some(*status)).count(),
        Counted::List(passage) => listed(passage).len(),
    };
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn report(relation: &Relation, notice: &Notice, metrics: &MetricsByName<'_>, diagnostics: &mut Diagnostics) {
    let location = relation.text.location.clone();
    let words = relation.in_figures(|id| notice.metric(id));
    if let Some(note) = &relation.note {
        if relation.outcome.is_disagreement() {
            diagnostics.push(with_remark(location, &words, &note.value));
            return;
        }
        if !matches!(relation.outcome, Outcome::DifferentUnits(..)) {
            diagnostics.push(remark_without_need(note.location.clone()));
        }
    }
    let Some(problem) = relation.outcome.diagnostic(&relation.formula, &words, location) else { return };
    let stated = relation.operands.iter().filter_map(|operand| match operand {
        Operand::Metric(id) => metrics.by_id.get(id.as_str()),
        Operand::Count { .. } | Operand::Fixed(_) => None,
    });
    let problem = stated.fold(problem, |problem, metric| {
        let label = &metric.label.value;
        let figure = &metric.quantity.value;
        let in_text = metric.printings.first().map(|printing| {
            let range = notice.figure(*printing).range.clone();
            Location::new(&notice[printing.passage].source, range)
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

/// The figures disagree, and the pages say so and why.
fn with_remark(location: Location, words: &str, note: &str) -> Diagnostic {
    let one_line =
        |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let (words, note) = (one_line(words), one_line(note));
    Diagnostic::note(
        "relation-with-remark",
        location,
        format!("`{words}` does not hold and is published with the remark `{note}`"),
        format!("`{words}` 数字有出入，已附说明公布：`{note}`"),
    )
    .help(
        "nothing has to be done; if the approved text is corrected one day, correct the figures and delete `note`",
        "不必处理；审定稿今后更正的，请同时更正数据，并删去 `note`",
    )
}

fn remark_without_need(location: Location) -> Diagnostic {
    Diagnostic::warning(
        "key-without-effect",
        location,
        "`note` is the remark on a relation that does not hold, and this one can hold, so nobody is shown it",
        "`note` 用来说明对不上的原因，而该关系并无不符，因此网页不显示",
    )
    .help(
        "delete it, or write it as the `note` of one of the metrics",
        "请删去；确需说明的，写在有关指标的 `note` 中",
    )
}

fn nothing_to_show(location: Location) -> Diagnostic {
    Diagnostic::warning(
        "key-without-effect",
        location,
        "`show_implied` shows what `?` must be, and nothing can be told of a `?` here",
        "`show_implied` 用来公布 `?` 的推算值，而此处没有可推算的 `?`",
    )
    .help("delete `show_implied`", "请删去 `show_implied`")
}

fn unknown_metric(
    location: Location,
    name: &str,
    formula: &Formula,
    metrics: &MetricsByName<'_>,
) -> Diagnostic {
    let problem = Diagnostic::error(
        "relation-with-unknown-metric",
        location,
        format!("the notice has no metric called `{name}`"),
        format!("这份通报没有叫 `{name}` 的指标"),
    );
    if let Ok(figure) = Quantity::parse(name) {
        return match metrics.label_of(name) {
            // Written in its place, the label would be computed with itself.
            Some(label) if formula.operands().iter().any(|operand| operand.name == label) => problem.help(
                format!("it is the figure of `{label}`, which the formula has already; name the metric that is meant, or take it out"),
                format!("这是 `{label}` 的数，公式中已有该指标；请写所指的另一个指标的名称，或删去"),
            ),
            Some(label) => problem.help(
                format!("write the label of the metric and not its figure: `{label}`"),
                format!("请写指标的名称，不写它的数：`{label}`"),
            ),
            None => problem.help(
                format!(
                    "for a metric write its label; a fixed number is exact and has a usual unit, or none: `{}`",
                    figure.value()
                ),
                format!("指标请写名称；固定的数不带约数词，单位用常用的，或不写单位：`{}`", figure.value()),
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
        Some(label) => problem.did_you_mean(name, label),
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
