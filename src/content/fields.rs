//! The fields that notices and sections share: days and metrics.

use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::figure::{Metric, Quantity};
use crate::notice::Day;
use crate::text::{numeral, width};
use crate::yaml::{Entry, Fields, Node, Value};

/// Reads a day; pushes `not-a-date` if the calendar does not have it.
pub(super) fn day(fields: &mut Fields, key: &'static str, diagnostics: &mut Diagnostics) -> Option<Day> {
    let text = fields.text(key, diagnostics)?;
    let day = Day::parse(&text.value);
    if day.is_none() {
        diagnostics.push(not_a_date(key, &text));
    }
    day
}

/// Reads a day that must be known to the day; pushes `not-a-date` or `missing-key`.
pub(super) fn required_day(
    fields: &mut Fields,
    key: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Day> {
    let text = fields.required_text(key, "2025-08-28", diagnostics)?;
    let day = Day::parse(&text.value).filter(|day| day.date().is_some());
    if day.is_none() {
        diagnostics.push(not_a_date(key, &text));
    }
    day
}

fn not_a_date(key: &str, text: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "not-a-date",
        text.location.clone(),
        format!("`{}` is not a day of the calendar", text.value),
        format!("`{}` 不是日历上的日期", text.value),
    )
    .help(
        format!("write `{key}: 2025-08-28`, or the words as printed, `2025年8月28日`"),
        format!("请写 `{key}: 2025-08-28`，或按原文写 `2025年8月28日`"),
    )
}

/// Reads `metrics:`, a mapping from labels to figures as printed.
///
/// `text` is what the section says. Pushes `metric-without-unit` and the like, `metric-not-in-text`, `quote-not-in-text`,
/// `quote-without-value`; a metric with a fault is left out.
pub(super) fn metrics(fields: &mut Fields, text: &str, diagnostics: &mut Diagnostics) -> Vec<Metric> {
    let Some(node) = fields.node("metrics") else { return Vec::new() };
    let entries = node.into_entries(diagnostics).unwrap_or_default();
    entries.into_iter().filter_map(|entry| metric(entry, text, diagnostics)).collect()
}

fn metric(entry: Entry, text: &str, diagnostics: &mut Diagnostics) -> Option<Metric> {
    let label = entry.key;
    let (printed, quote) = printed_and_quote(entry.node, &label, diagnostics)?;
    let quantity = match Quantity::parse(&printed.value) {
        Ok(quantity) => quantity,
        Err(error) => {
            diagnostics.push(error.diagnostic(printed.location, &printed.value));
            return None;
        }
    };
    let metric =
        Metric { label, quantity: Located { value: quantity, location: printed.location.clone() }, quote };
    if let Some(problem) = contradiction(&metric, &printed, text) {
        diagnostics.push(problem);
        return None;
    }
    Some(metric)
}

/// Takes `27篇` or `{value: 27篇, quote: 共发推文27篇}` apart.
fn printed_and_quote(
    node: Node,
    label: &Located<String>,
    diagnostics: &mut Diagnostics,
) -> Option<(Located<String>, Option<Located<String>>)> {
    match node.value {
        Value::Scalar(text) => Some((Located { value: text, location: node.location }, None)),
        Value::Mapping(_) => {
            let mut fields = Fields::open(node, diagnostics)?;
            let value = fields.required_text("value", "27篇", diagnostics);
            let quote = fields.text("quote", diagnostics);
            fields.finish(diagnostics);
            value.map(|value| (value, quote))
        }
        Value::Null | Value::Sequence(_) => {
            let label_text = &label.value;
            diagnostics.push(
                Diagnostic::error(
                    "metric-without-value",
                    label.location.clone(),
                    format!("metric `{label_text}` has no figure"),
                    format!("指标 `{label_text}` 没有数"),
                )
                .help(
                    format!("write `{label_text}: 27篇`, the figure as the text prints it"),
                    format!("请写 `{label_text}: 27篇`，与原文一致"),
                ),
            );
            None
        }
    }
}

/// Tells in what way the metric and the text of its section disagree.
fn contradiction(metric: &Metric, printed: &Located<String>, text: &str) -> Option<Diagnostic> {
    let label = &metric.label.value;
    let figure = &printed.value;
    if let Some(quote) = &metric.quote {
        if !states(&quote.value, figure) {
            return Some(
                Diagnostic::error(
                    "quote-without-value",
                    quote.location.clone(),
                    format!("the quote of `{label}` does not contain `{figure}`"),
                    format!("指标 `{label}` 的引文中没有 `{figure}`"),
                )
                .help(
                    "quote the words of the text around the figure, the figure included",
                    "请引用原文中含有这个数的一段文字",
                ),
            );
        }
        if !text.contains(quote.value.as_str()) {
            return Some(
                Diagnostic::error(
                    "quote-not-in-text",
                    quote.location.clone(),
                    format!("the text does not say `{}`", quote.value),
                    format!("正文中没有 `{}`", quote.value),
                )
                .help("copy the quote from the text of this file", "请从本文件正文中复制引文"),
            );
        }
        return None;
    }
    (!states(text, figure)).then(|| {
        Diagnostic::error(
            "metric-not-in-text",
            printed.location.clone(),
            format!("the text does not state `{figure}`, the figure of `{label}`"),
            format!("正文中没有指标 `{label}` 的数 `{figure}`"),
        )
        .help(
            "write the figure exactly as the text of this file prints it, or correct the text",
            "请与本文件正文中的写法完全一致，或改正正文",
        )
    })
}

/// Tells whether `text` states `figure` as a figure of its own: 6人 is not stated by 16人, nor 126家 by 126家次.
fn states(text: &str, figure: &str) -> bool {
    let is_digit = |c: char| width::fold(c).is_ascii_digit();
    let begins_with = |is: &dyn Fn(char) -> bool| figure.chars().next().is_some_and(is);
    text.match_indices(figure).any(|(at, _)| {
        let (before, rest) = text.split_at(at);
        let behind = rest.get(figure.len()..).unwrap_or_default();
        let goes_on_before = match before.chars().next_back() {
            Some(c) if is_digit(c) => begins_with(&is_digit),
            Some(c) if numeral::is_part(c) => begins_with(&numeral::is_part),
            Some('.' | '．' | ',') => begins_with(&is_digit) && !ends_with_numbering(before),
            _ => false,
        };
        let goes_on_behind =
            ["次", "百分点"].iter().any(|word| behind.starts_with(word) && !figure.ends_with(word));
        !goes_on_before && !goes_on_behind
    })
}

/// Tells whether the dot at the end is no decimal point: it belongs to the numbering of a line, or no digit stands before it.
fn ends_with_numbering(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default();
    let number = line.trim_end_matches(['.', '．', ',']);
    let digits = number.chars().rev().take_while(|c| width::fold(*c).is_ascii_digit()).count();
    digits == 0 || number.trim_start().chars().count() == digits
}

#[cfg(test)]
mod tests {
    use super::states;

    #[track_caller]
    fn check(text: &str, figure: &str, expected: bool) {
        assert_eq!(states(text, figure), expected, "{figure} in {text}");
    }

    #[test]
    fn a_figure_is_stated_as_a_whole() {
        check("追责问责6人，其中", "6人", true);
        check("追责问责16人，其中", "6人", false);
        check("追责问责16人，批评教育6人", "6人", true);
        check("共１６人", "6人", false);
        check("制定十三项制度", "三项", false);
        check("制定三项制度", "三项", true);
        check("追回102.28万元", "28万元", false);
        check("追回1,028万元", "028万元", false);
        check("1.6名干部被问责", "6名", true);
        check("见表。6名干部", "6名", true);
        check("检查企业126家次", "126家", false);
        check("检查企业126家次", "126家次", true);
        check("下降3个百分点", "3个", false);
        check("约80余场次", "80余场次", true);
        check("检查企业", "6人", false);
        check("第一轮10次", "10次", true);
    }
}
