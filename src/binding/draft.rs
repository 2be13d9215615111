//! `metrics:` as written in the front matter → [`MetricDraft`]s, still without their places in the text.
//!
//! Short form `推文: 27篇`, long form `{value: 15.3%, quote: …}`, and `{again: 30个}` for another printing of a metric that
//! a different section defines.

use super::problems;
use super::words::Words;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Location};
use crate::fields;
use crate::figure::{Quantity, QuantityError};
use crate::keys::{METRICS, metric as keys};
use crate::notice::{Day, Direction};
use crate::yaml::{Entry, Fields, Node, Value};

/// One entry of `metrics:`.
#[derive(Debug)]
pub(super) struct MetricDraft {
    /// The whole entry, from its label to the end of its value.
    pub(super) location: Location,
    pub(super) label: Located<String>,
    /// Whether it names a metric of another section.
    pub(super) is_again: bool,
    /// The figure as written.
    pub(super) quantity: Located<Quantity>,
    /// The words that lead to each of its printings.
    pub(super) quotes: Vec<Located<String>>,
    pub(super) id: Option<Located<String>>,
    pub(super) as_of: Option<Located<Day>>,
    pub(super) direction: Option<Located<Direction>>,
    pub(super) note: Option<String>,
    pub(super) is_key: bool,
    pub(super) is_proposed: bool,
}

/// Reads `metrics:`, a mapping from labels to figures as printed.
///
/// Pushes `metric-without-value`, `proposed-metric`, `metric-without-unit` and the like, `id-is-no-name`, `unknown-value`,
/// `not-a-date`; an entry without a figure is left out. Also returns the labels and ids that are defined here, including those
/// of faulty entries.
pub(super) fn read(
    fields: &mut Fields,
    words: &Words,
    diagnostics: &mut Diagnostics,
) -> (Vec<MetricDraft>, Vec<String>) {
    let Some(node) = fields.node(&METRICS) else { return (Vec::new(), Vec::new()) };
    let entries = node.into_entries(diagnostics).unwrap_or_default();
    let mut names: Vec<String> = entries.iter().map(|entry| entry.key.value.clone()).collect();
    let drafts: Vec<MetricDraft> =
        entries.into_iter().filter_map(|entry| metric_draft(entry, words, diagnostics)).collect();
    names.retain(|name| !drafts.iter().any(|draft| draft.is_again && draft.label.value == *name));
    names.extend(drafts.iter().filter_map(|draft| Some(draft.id.as_ref()?.value.clone())));
    (drafts, names)
}

fn metric_draft(entry: Entry, words: &Words, diagnostics: &mut Diagnostics) -> Option<MetricDraft> {
    let label = entry.key;
    let location = label.location.until(&entry.node.location);
    match entry.node.value {
        Value::Scalar(text) => {
            let printed = Located { value: text, location: entry.node.location };
            let quantity = quantity(printed, &label, words, diagnostics)?;
            Some(MetricDraft {
                location,
                label,
                is_again: false,
                quantity,
                quotes: Vec::new(),
                id: None,
                as_of: None,
                direction: None,
                note: None,
                is_key: false,
                is_proposed: false,
            })
        }
        Value::Mapping(_) => long_form(location, label, entry.node, words, diagnostics),
        Value::Null | Value::Sequence(_) => {
            diagnostics.push(without_value(&label));
            None
        }
    }
}

fn long_form(
    location: Location,
    label: Located<String>,
    node: Node,
    words: &Words,
    diagnostics: &mut Diagnostics,
) -> Option<MetricDraft> {
    let mut fields = Fields::open(node, diagnostics)?;
    let is_again = fields.has(&keys::AGAIN) && !fields.has(&keys::VALUE);
    let printed = if is_again {
        fields.text(&keys::AGAIN, diagnostics)
    } else {
        fields.required_text(&keys::VALUE, diagnostics)
    };
    let quotes = quotes(&mut fields, diagnostics);
    // What belongs to the metric itself is said where it is defined.
    let (id, as_of, direction, note, key, proposed) = if is_again {
        (None, None, None, None, None, None)
    } else {
        (
            fields.text(&keys::ID, diagnostics).filter(|id| is_name(id, diagnostics)),
            fields::located_day(&mut fields, &keys::AS_OF, diagnostics),
            fields.one_of(&keys::DIRECTION, &Direction::ALL, diagnostics),
            fields.text(&keys::NOTE, diagnostics).map(|note| note.value),
            fields.flag(&keys::IS_KEY, diagnostics),
            fields.flag(&keys::PROPOSED, diagnostics),
        )
    };
    fields.finish(diagnostics);
    let is_key = key.is_some_and(|key| key.value);
    let is_proposed = proposed.is_some_and(|proposed| proposed.value);
    if is_proposed {
        diagnostics.push(problems::proposed(&label));
    }
    let quantity = quantity(printed?, &label, words, diagnostics)?;
    Some(MetricDraft {
        location,
        label,
        is_again,
        quantity,
        quotes,
        id,
        as_of,
        direction,
        note,
        is_key,
        is_proposed,
    })
}

/// Takes `quote: …` or `quote: [… , …]`.
fn quotes(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Vec<Located<String>> {
    let Some(node) = fields.node(&keys::QUOTE) else { return Vec::new() };
    match node.value {
        Value::Sequence(_) => node.into_texts("quote", diagnostics).unwrap_or_default(),
        _ => node.into_text("quote", diagnostics).into_iter().collect(),
    }
}

fn quantity(
    printed: Located<String>,
    label: &Located<String>,
    words: &Words,
    diagnostics: &mut Diagnostics,
) -> Option<Located<Quantity>> {
    match Quantity::parse(&printed.value) {
        Ok(value) => Some(Located { value, location: printed.location }),
        Err(error) => {
            if let Some(value) =
                Quantity::without_unit(&printed.value).filter(|_| words.has_without_unit(&printed.value))
            {
                return Some(Located { value, location: printed.location });
            }
            let problem = error.diagnostic(printed.location, &printed.value);
            diagnostics.push(match error {
                QuantityError::NoUnit => problems::without_unit(problem, &printed.value, &label.value, words),
                _ => problem,
            });
            None
        }
    }
}

/// Tells whether an id can stand in addresses and data files: ASCII letters, digits, `-` and `_`, a letter first.
fn is_name(id: &Located<String>, diagnostics: &mut Diagnostics) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let is_name = id.value.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.value.chars().all(is_plain)
        && id.value.len() <= 60;
    if !is_name {
        diagnostics.push(
            Diagnostic::error(
                "id-is-no-name",
                id.location.clone(),
                format!("the id `{}` cannot stand in addresses and data files", id.value),
                format!("编号 `{}` 不能用在网址和数据文件中", id.value),
            )
            .help(
                "begin with a letter, go on with a–z, digits, `-` and `_`, at most 60 in all: `refunds-2025`",
                "以英文字母开头，只用英文字母、数字、`-` 和 `_`，不超过 60 个，例如 `refunds-2025`",
            ),
        );
    }
    is_name
}

fn without_value(label: &Located<String>) -> Diagnostic {
    let text = &label.value;
    Diagnostic::error(
        "metric-without-value",
        label.location.clone(),
        format!("metric `{text}` has no figure"),
        format!("指标 `{text}` 没有数"),
    )
    .help(
        format!("write the figure behind it as the text prints it, in the manner of `{text}: 10件`"),
        format!("请在后面照原文写出这个数，写法如 `{text}: 10件`"),
    )
}
