//! Listed notices → text for editors: a line for each figure, in columns, or YAML to paste.

use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Listed, Shown};
use crate::cli::say;
use crate::diagnostic::Language;
use crate::figure::{Approximation, NoFigure, Quantity};
use crate::notice::{Claim, Coverage, Figure, Relation, UnclearNumber};
use crate::suggest::{Doubt, Suggestions};
use crate::text::{sentence, width};
use crate::yaml;

/// The most columns of the clause that an open figure stands in.
const CLAUSE_WIDTH: usize = 48;

/// Prints all notices and, if there are several, how many figures are accounted for in all.
pub(super) fn print(notices: &[Listed<'_>], shown: Shown, language: Language) -> String {
    let mut out = String::new();
    for listed in notices {
        let blocks = match shown {
            Shown::Suggestions => listed.suggestions.iter().map(|file| suggestions(file, language)).collect(),
            Shown::All | Shown::Open => files(listed, language),
        };
        for block in blocks.into_iter().chain(relations(listed, language)) {
            out.push_str(&block);
            out.push('\n');
        }
        let n_proposed = listed.notice.n_proposed();
        push_summary(&mut out, &listed.notice.id, listed.coverage, n_proposed, shown, language);
        out.push('\n');
    }
    if notices.len() > 1 {
        let all = notices.iter().map(|listed| listed.coverage).sum();
        let n_proposed = notices.iter().map(|listed| listed.notice.n_proposed()).sum();
        push_summary(&mut out, say(language, "in all", "合计"), all, n_proposed, shown, language);
    }
    out
}

/// Returns a block of lines for each file, all in the same columns.
fn files(listed: &Listed<'_>, language: Language) -> Vec<String> {
    let rows = |file: &super::File<'_>| -> Vec<[String; 4]> {
        let row = |(spot, figure): &(super::Spot, &Figure)| {
            let place = format!("{}:{spot}", file.source);
            [
                place,
                one_line(figure.as_it_stands()),
                value(&figure.quantity),
                meaning(listed, figure, language),
            ]
        };
        let unclear = |(spot, number): &(super::Spot, &UnclearNumber)| {
            let place = format!("{}:{spot}", file.source);
            [place, one_line(&number.printed), "?".to_owned(), unclear_meaning(number, language)]
        };
        file.figures.iter().map(row).chain(file.unclear.iter().map(unclear)).collect()
    };
    let blocks: Vec<Vec<[String; 4]>> = listed.files.iter().map(rows).collect();
    let width = |column: usize| blocks.iter().flatten().map(|row| row[column].width()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    let line = |[place, printed, value, meaning]: &[String; 4]| {
        let columns =
            [pad(place, widths[0]), pad(printed, widths[1]), pad(value, widths[2]), meaning.clone()];
        columns.join("  ") + "\n"
    };
    blocks.iter().map(|rows| rows.iter().map(line).collect()).collect()
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Says which value a figure has, with the scale applied and words such as 余 as signs.
fn value(quantity: &Quantity) -> String {
    let sign = quantity.approximation().map_or("", Approximation::sign);
    let upper = quantity.upper().map_or(String::new(), |upper| format!("–{upper}"));
    let unit = quantity.unit().as_str();
    let is_sign = matches!(unit, "" | "%" | "‰" | "‱") || unit.starts_with(':');
    let space = if is_sign { "" } else { " " };
    format!("{sign}{}{upper}{space}{unit}", quantity.value())
}

/// Says what a figure is: the metric that it states, a name, or nothing yet, with the clause in which it stands.
fn meaning(listed: &Listed<'_>, figure: &Figure, language: Language) -> String {
    if let Some((metric, printing)) = listed.metric_of(figure) {
        let label = listed.labels_of(figure);
        let n = metric.printings.len();
        return match language {
            _ if n < 2 => label,
            Language::English => format!("{label} (place {printing} of {n})"),
            Language::Chinese => format!("{label}（{n} 处中的第 {printing} 处）"),
        };
    }
    match figure.claim {
        Claim::NotAFigure => say(language, "not a figure", "不是数据").to_owned(),
        Claim::None | Claim::Metric { .. } => {
            let clause =
                sentence::around(&figure.sentence, figure.in_sentence.clone(), sentence::ends_clause);
            let shortened = shortened(&figure.sentence, &clause, figure.in_sentence.start);
            format!("{}{shortened}", say(language, "open: ", "待定："))
        }
    }
}

/// Says why a number cannot be read; as a part of a name or a phrase it belongs to `not_figures:`.
fn unclear_meaning(number: &UnclearNumber, language: Language) -> String {
    if number.is_exempt {
        return say(language, "not a figure", "不是数据").to_owned();
    }
    let (english, chinese) = number.reason.words();
    let clause = one_line(&number.clause);
    if Quantity::without_unit(&number.printed).is_some() && number.reason != NoFigure::Heading {
        // Money of which the unit was forgotten must not be passed over.
        return match language {
            Language::English => format!(
                "{english}: an index, score or ratio may be a metric by its name, `name: {}`; an amount needs its unit in the text; else it may go to not_figures: {clause}",
                number.printed
            ),
            Language::Chinese => format!(
                "{chinese}：指数、得分、比例等可按名称作指标，写“名称: {}”；数额须在正文中写明单位；其余可写入 not_figures：{clause}",
                number.printed
            ),
        };
    }
    match language {
        Language::English => format!("cannot be a metric ({english}), may go to not_figures: {clause}"),
        Language::Chinese => format!("不能作指标（{chinese}），可写入 not_figures：{clause}"),
    }
}

/// Returns the clause, or as much of it before and behind the figure as a line can hold.
fn shortened(sentence: &str, clause: &std::ops::Range<usize>, figure: usize) -> String {
    let whole = one_line(sentence.get(clause.clone()).unwrap_or_default());
    if whole.width() <= CLAUSE_WIDTH {
        return whole;
    }
    let before = one_line(sentence.get(clause.start..figure).unwrap_or_default());
    let behind = one_line(sentence.get(figure..clause.end).unwrap_or_default());
    let mut left = String::new();
    for c in before.chars().rev() {
        if left.width() + c.width().unwrap_or(0) > CLAUSE_WIDTH / 2 {
            left.push('…');
            break;
        }
        left.push(c);
    }
    let mut out: String = left.chars().rev().collect();
    let mut width = out.width();
    for c in behind.chars() {
        width += c.width().unwrap_or(0);
        if width > CLAUSE_WIDTH {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Returns a block with what came of each relation.
fn relations(listed: &Listed<'_>, language: Language) -> Option<String> {
    let rows: Vec<(String, String, String)> = listed
        .relations
        .iter()
        .map(|(passage, spot, relation)| {
            let source = &listed.notice[*passage].source;
            (format!("{source}:{spot}"), one_line(&relation.text.value), outcome(relation, language))
        })
        .collect();
    let place_width = rows.iter().map(|row| row.0.width()).max()?;
    let text_width = rows.iter().map(|row| row.1.width()).max()?;
    let line = |(place, text, outcome): &(String, String, String)| {
        format!("{}  {}  {outcome}\n", pad(place, place_width), pad(text, text_width))
    };
    Some(rows.iter().map(line).collect())
}

/// Says what came of a relation.
pub(super) fn outcome(relation: &Relation, language: Language) -> String {
    one_line(relation.message().in_language(language))
}

/// Writes what one file could say, ready to be pasted into its front matter.
fn suggestions(file: &Suggestions, language: Language) -> String {
    let mut out = format!("# {}\n", file.source);
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    if !file.metrics.is_empty() {
        let below = say(language, "# below the entries of `metrics:`", "# 接在 `metrics:` 已有的各行之后");
        line(if file.has_metrics { below } else { "metrics:" });
    }
    for metric in &file.metrics {
        if let Some(repeats) = &metric.repeats {
            let (label, yaml) = (one_line(&repeats.label), one_line(&repeats.yaml));
            let printed = &metric.printed;
            line(&match language {
                Language::English => {
                    format!("# {printed} is the figure of “{label}”; if this is the same, write {yaml}")
                }
                Language::Chinese => {
                    format!("# {printed} 已是“{label}”的数；若是同一个数，请改写为 {yaml}")
                }
            });
        }
        let entry = metric.yaml();
        let twice = say(
            language,
            "the text says this twice, word for word",
            "正文中同样的话出现多次，无法指明是哪一处",
        );
        line(&if metric.is_bound { format!("  {entry}") } else { format!("  # {entry}    {twice}") });
    }
    if !file.not_figures.is_empty() {
        let add = say(language, "# add to `not_figures:`", "# 加入 `not_figures:`");
        line(if file.has_not_figures { add } else { "not_figures:" });
    }
    for name in &file.not_figures {
        line(&format!("  - {}", yaml::scalar(name)));
    }
    if !file.relations.is_empty() {
        let add = say(language, "# add to `relations:`", "# 加入 `relations:`");
        line(if file.has_relations { add } else { "relations:" });
    }
    for formula in &file.relations {
        line(&format!("  - {}", plain_formula(formula)));
    }
    for one in &file.doubts {
        line(&format!("# {}", doubt(one, language)));
    }
    if file.left_out > 0 {
        let n = file.left_out;
        line(&match language {
            Language::English => format!("# {n} more are open; run this again when these are done"),
            Language::Chinese => format!("# 还有 {n} 个待定，处理完以上各行后请再次运行"),
        });
    }
    out
}

/// Writes a formula as a text of YAML, without quotes where that is safe.
fn plain_formula(formula: &str) -> String {
    let is_safe = |c: char| width::is_han(c) || c.is_ascii_alphanumeric() || " =+/<.、".contains(c);
    let begins_safely = formula.starts_with(|c: char| width::is_han(c) || c.is_ascii_alphanumeric());
    if begins_safely && formula.chars().all(is_safe) { formula.to_owned() } else { yaml::scalar(formula) }
}

/// Says what the words state and the figures do not keep.
pub(in crate::cli) fn doubt(doubt: &Doubt, language: Language) -> String {
    let Doubt { left, sign, right, value } = doubt;
    let [english, chinese] = value.as_ref().map_or([String::new(), String::new()], |[english, chinese]| {
        [format!(" = {english}"), format!(" = {chinese}")]
    });
    one_line(&match language {
        Language::English => format!("{left} {sign} {right}{english}: compare with the approved text"),
        Language::Chinese => format!("{left} {sign} {right}{chinese}，请核对"),
    })
}

/// Says how many figures are accounted for, and how many entries somebody has yet to look at.
fn push_summary(
    out: &mut String,
    name: &str,
    coverage: Coverage,
    n_proposed: usize,
    shown: Shown,
    language: Language,
) {
    // Among entries to paste, it must be a comment.
    let mark = if shown == Shown::Suggestions { "# " } else { "" };
    let Coverage { bound, exempt, .. } = coverage;
    let all = coverage.all();
    let summary = match language {
        Language::English => {
            let exempt = match exempt {
                0 => String::new(),
                1 => ", 1 is declared not to be a figure".to_owned(),
                n => format!(", {n} are declared not to be figures"),
            };
            let proposed = match n_proposed {
                0 => String::new(),
                1 => "; 1 entry is proposed and to be looked at".to_owned(),
                n => format!("; {n} entries are proposed and to be looked at"),
            };
            format!("{name}: {bound} of {all} figures carry data{exempt}{proposed}")
        }
        Language::Chinese => {
            let exempt = if exempt == 0 {
                String::new()
            } else {
                format!("，另有 {exempt} 个已注明不是数据")
            };
            let proposed = match n_proposed {
                0 => String::new(),
                n => format!("；{n} 条是程序拟的，待核对"),
            };
            format!("{name}：正文 {all} 个数中，{bound} 个已绑定指标{exempt}{proposed}")
        }
    };
    // Writing into a text cannot fail.
    let _ = writeln!(out, "{mark}{summary}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_value(printed: &str, expected: &str) {
        assert_eq!(value(&Quantity::parse(printed).unwrap()), expected);
    }

    #[test]
    fn values_have_no_scale() {
        check_value("936.3万元", "9363000 元");
        check_value("9.7万余人", "≥97000 人");
        check_value("近20万元", "<200000 元");
        check_value("约3.5万元", "≈35000 元");
        check_value("超2个月", ">2 个月");
        check_value("不超过5%", "≤5%");
        check_value("三项", "3 项");
    }

    #[track_caller]
    fn check_clause(sentence: &str, figure: &str, expected: &str) {
        let at = sentence.find(figure).unwrap();
        assert_eq!(shortened(sentence, &(0..sentence.len()), at), expected);
    }

    #[test]
    fn long_clauses_are_cut_around_the_figure() {
        check_clause("发推文27篇，", "27篇", "发推文27篇，");
        check_clause(
            &format!("{}推文27篇{}", "甲".repeat(30), "乙".repeat(30)),
            "27篇",
            "…甲甲甲甲甲甲甲甲甲甲推文27篇乙乙乙乙乙乙乙乙乙…",
        );
    }

    #[test]
    fn columns_are_as_wide_as_they_look() {
        assert_eq!(pad("推文", 6), "推文  ");
        assert_eq!(pad("abc", 2), "abc");
    }
}
