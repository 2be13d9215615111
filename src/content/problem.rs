//! Which lines of a text name a problem, where nothing but the text says so: pasted notices, documents to import.
//!
//! What is written like the heading of a problem is one wherever it stands. In a text without any item more is taken for one:
//! what names a shortcoming, has a number among problems (问题1：), or is answered by a label (整改情况：). Numbered paragraphs
//! about something else are none. The words that decide stand in [`structure`].

use std::borrow::Cow;

use super::stated::{facts_in_brackets, states_status};
use crate::text::numbering::{self, Style};
use crate::text::structure::{self, Meaning};

/// The most characters of a title that only names a shortcoming.
const LONGEST_TITLE: usize = 60;

/// The most lines of facts that stand between a problem and what answers it.
const MOST_FACTS: usize = 8;

/// How a heading is told from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level<'a> {
    Number(Style),
    /// 问题1：, 整改任务一：.
    Family(&'static str),
    /// 存在问题, without its number.
    Label(&'a str),
    /// 一是.
    Point,
    /// The level of its style, in a document that has such.
    Style(u8),
    /// By its words alone.
    None,
}

impl Level<'_> {
    /// Returns how a message calls it; empty for that without a mark.
    pub(crate) fn sample(self) -> String {
        match self {
            Self::Number(Style::Chinese) => "一、".to_owned(),
            Self::Number(Style::ChineseInParentheses) => "（一）".to_owned(),
            Self::Number(Style::Arabic) => "1.".to_owned(),
            Self::Number(Style::ArabicInParentheses) => "（1）".to_owned(),
            Self::Number(Style::Circled) => "①".to_owned(),
            Self::Family(family) => format!("{family}一"),
            Self::Label(word) => format!("{word}："),
            Self::Point => "一是".to_owned(),
            Self::Style(_) | Self::None => String::new(),
        }
    }
}

/// Tells whether a line is written like the heading of a problem.
pub(crate) fn is_heading_of_problem(line: &str) -> bool {
    structure::is_heading_of_problem(&without_facts(name_of(line)))
}

/// Returns a line without its numeral, or without 一是 where that heads a paragraph of its own.
fn name_of(line: &str) -> &str {
    structure::title_of_point(line).map_or_else(|| structure::behind_number(line), |(_, name)| name)
}

/// Tells by what the heading `line` is told from others.
pub(crate) fn level(line: &str) -> Level<'_> {
    if let Some(numbering) = numbering::parse(line) {
        Level::Number(numbering.style)
    } else if let Some(family) = structure::family_of_problem(line) {
        Level::Family(family)
    } else if let Some(label) = structure::label(line) {
        Level::Label(label.word(line))
    } else if structure::title_of_point(line).is_some() {
        Level::Point
    } else {
        Level::None
    }
}

/// Returns where the heading ends with which a line begins, brackets behind its stop that tell facts included.
pub(crate) fn end_with_facts(line: &str, end: usize) -> usize {
    let rest = line.get(end..).unwrap_or_default();
    let behind = rest.trim_start();
    facts_in_brackets(behind).map_or(end, |(length, _)| end + rest.len() - behind.len() + length)
}

/// Tells of a line with facts in brackets behind its heading whether that names a problem, too; `None` for any other.
pub(crate) fn tells_facts(line: &str) -> Option<bool> {
    let name = name_of(line);
    let plain = without_facts(name);
    let title = plain.split(['。', '：', ':', '；']).next().unwrap_or_default();
    (plain.len() < name.len())
        .then(|| structure::is_heading_of_problem(&plain) || structure::names_shortcoming(title))
}

/// Returns a line without the brackets behind its heading that tell facts: 关于…问题（已完成）。已制定….
fn without_facts(line: &str) -> Cow<'_, str> {
    let brackets = line.char_indices().take(LONGEST_HEADING).find_map(|(at, _)| {
        let length = facts_in_brackets(line.get(at..)?)?.0;
        let rest = line.get(at + length..)?;
        let is_behind_heading = !line.get(..at)?.trim_end_matches(BEHIND_HEADING).contains('。');
        (is_behind_heading && (rest.is_empty() || rest.starts_with(BEHIND_HEADING))).then_some((at, rest))
    });
    match brackets.and_then(|(at, rest)| Some((line.get(..at)?, rest))) {
        Some((front, rest)) => Cow::Owned([front, rest].concat()),
        None => Cow::Borrowed(line),
    }
}

/// Brackets farther behind than so many characters stand in the text.
const LONGEST_HEADING: usize = 120;

/// What stands behind a heading that shares its line with its text.
const BEHIND_HEADING: [char; 6] = ['。', '：', ':', '；', ' ', '\u{3000}'];

/// Tells whether a line names a problem in a text without items; `below` are the lines behind it. `is_styled` says that a style
/// makes it a heading, as a number does.
pub(crate) fn names_problem<'a>(line: &str, is_styled: bool, below: impl Iterator<Item = &'a str>) -> bool {
    let mut below = below;
    let next = below.next().unwrap_or_default();
    if structure::title_of_point(line)
        .is_some_and(|(number, _)| structure::number_of_point(next) == Some(number + 1))
    {
        return false;
    }
    // Who answers for it, and until when, may stand in front of the answer.
    let answer = if is_fact(next) { below.take(MOST_FACTS).find(|line| !is_fact(line)) } else { None };
    is_problem(line, is_styled, [next, answer.unwrap_or(next)])
}

/// Tells whether a line names a problem, in a notice that has no items: by a number among problems, by a label, by facts in
/// brackets, by naming a shortcoming, or because what follows answers it or states its status: the next line, or the first
/// behind facts.
fn is_problem(line: &str, is_styled: bool, next: [&str; 2]) -> bool {
    let name = name_of(line);
    let is_numbered = is_styled || name.len() < line.len();
    let plain = without_facts(name);
    let has_facts = plain.len() < name.len();
    let name = plain.as_ref();
    if structure::family_of_problem(name).is_some() {
        return true;
    }
    if let Some((label, Meaning::Problem)) = label(line) {
        return !OF_A_PROBLEM.iter().any(|word| label.contains(word));
    }
    let (title, rest) = name.split_at(name.find(['。', '：', ':', '；']).unwrap_or(name.len()));
    let rest = rest.trim_start_matches(BEHIND_HEADING);
    if !is_numbered || structure::is_frame(title) {
        return false;
    }
    let [next, answer] = if rest.is_empty() { next } else { [rest; 2] };
    let is_title = title.chars().count() <= LONGEST_TITLE;
    let is_section =
        structure::meaning_of_title(title).is_some() || OF_SECTIONS.iter().any(|end| title.ends_with(end));
    let is_called_problem = title.ends_with("问题") && !structure::is_remedy(title);
    let is_named = structure::names_shortcoming(title) || is_called_problem && is_fact(next);
    is_title && (has_facts || is_named || !is_section && is_answer(answer)) || states_status(answer)
}

/// Words in labels of what is told of a problem behind its name.
const OF_A_PROBLEM: [&str; 6] = ["原因", "成因", "产生", "来源", "分析", "表现"];

/// Ends of headings of sections of plans and bulletins: 检查结果, 总体要求.
const OF_SECTIONS: [&str; 7] = ["结果", "概况", "要求", "任务", "目标", "意见", "保障"];

/// Words in a label that tells facts or an account of a problem; those without one stand in plans and bulletins as well.
const OF_AN_ANSWER: [&str; 11] =
    ["整改", "办理", "落实", "处理", "处置", "核查", "核实", "销号", "问责", "追责", "完成情况"];

/// Tells whether a line begins like what is told of one problem: 整改情况：…, （一）主要做法。….
fn is_answer(line: &str) -> bool {
    let is_meant = label(line).is_some_and(|(word, meaning)| match meaning {
        Meaning::Problem | Meaning::Measures | Meaning::Results => true,
        Meaning::Account | Meaning::Fact => OF_AN_ANSWER.iter().any(|of_answer| word.contains(of_answer)),
        Meaning::Annex | Meaning::Plan => false,
    });
    is_meant && structure::family_of_problem(line).is_none() && structure::closing(line, "").is_none()
}

/// Returns the label of a line and what it tells; behind a number, the words of one may stand alone.
fn label(line: &str) -> Option<(&str, Meaning)> {
    let words = structure::behind_number(line);
    if let Some(label) = structure::label(words) {
        return Some((words.get(..label.length)?, label.meaning));
    }
    let title = words.split(['。', '：']).next().filter(|_| words.len() < line.len())?;
    Some((title, structure::meaning_of_title(title)?))
}

/// Tells whether a line is a label with a fact that shows no problem: who answers for it, until when.
fn is_fact(line: &str) -> bool {
    structure::label(line).is_some_and(|label| label.meaning == Meaning::Fact) && !is_answer(line)
}
