//! A paragraph → what it states about its item: with a label (整改状态：已完成), or in a sentence about the problem
//! (该问题已完成整改). Everything else in a text is about something else.

use std::ops::Range;

use super::words::{
    ENDS, FILLERS, GOING_ON, INTRODUCTIONS, LABELS, Label, ON_A_DAY, SUBJECTS, UNDER_WAY, UNNAMED_UNITS,
};
use crate::keys::section::STATUSES;
use crate::notice::Status;
use crate::text;

/// A longer text behind a label describes, and states nothing that a key could say; in characters.
const LONGEST_VALUE: usize = 40;

/// What stands between 正在 and the end of its clause is no longer, in characters: more is about something else.
const LONGEST_BETWEEN: usize = 6;

/// The day in 已于2025年6月30日完成 is no longer, in characters.
const LONGEST_DAY: usize = 16;

/// What a text states about its item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// What.
    pub(super) said: Said,
    /// What announces it.
    pub(super) by: By,
    /// Its bytes in the text, label included.
    pub(super) range: Range<usize>,
}

/// What announces a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// A label that is made for it.
    Label,
    /// A label of what has been done.
    Progress,
    /// The sentence itself.
    Sentence,
}

/// What is stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::content) enum Said {
    /// How far it is.
    Status {
        /// What it means, that first which is said first; empty for words that are not known.
        means: Vec<Status>,
        /// The words for it; empty where they are not in one piece.
        words: String,
    },
    /// The units that are responsible, or others that take part; empty where they are not named one by one.
    Units { units: Vec<String>, are_responsible: bool },
    /// By when it is to be done, in the words of the text.
    Due(String),
}

/// What the head of a column announces, as a label with its words would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content) enum Announced {
    /// How far an item is.
    Status,
    /// What has been done, which may begin with that.
    Progress,
    /// Units.
    Units,
    /// A time limit.
    Due,
}

/// Tells what a head announces; `None` for one that announces nothing which is read.
pub(in crate::content) fn announced(head: &str) -> Option<Announced> {
    let (label, _) = LABELS.iter().find(|(_, words)| text::lists(words, head))?;
    Some(match label {
        Label::Status | Label::IsDone => Announced::Status,
        Label::Progress => Announced::Progress,
        Label::Responsible | Label::OtherUnits => Announced::Units,
        Label::Due => Announced::Due,
    })
}

/// Reads a cell as what stands behind a label with the words of its head.
pub(in crate::content) fn behind_head(head: &str, cell: &str) -> Option<Said> {
    let lines: Vec<&str> = cell.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    statements(&format!("{head}：{}", lines.join("、"))).into_iter().next().map(|statement| statement.said)
}

/// Lists what a paragraph states about its item.
pub(super) fn statements(text: &str) -> Vec<Statement> {
    pieces(text).into_iter().filter_map(|range| statement(text.get(range.clone())?, range)).collect()
}

/// Tells whether a text begins with a label that states something.
pub(super) fn begins_with_label(text: &str) -> bool {
    label(text).is_some()
}

/// Splits a text into its sentences; a label behind a space begins a new one. What is in quotes stays together.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let (mut pieces, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        match character {
            '“' | '‘' | '《' | '（' | '(' => depth += 1,
            '”' | '’' | '》' | '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let ends_sentence = depth == 0 && matches!(character, '。' | '；' | ';' | '！' | '\n');
        let parts_labels =
            || depth == 0 && character.is_whitespace() && text.get(end..).is_some_and(begins_with_label);
        if ends_sentence || parts_labels() {
            pieces.push(start..end);
            start = end;
        }
    }
    pieces.push(start..text.len());
    pieces
}

fn statement(piece: &str, range: Range<usize>) -> Option<Statement> {
    let begin = range.start + (piece.len() - piece.trim_start().len());
    let sentence = piece.trim().trim_end_matches(['。', '；', ';', '！']).trim_end();
    let range = begin..begin + sentence.len();
    if let Some((label, length)) = label(sentence) {
        let said = behind_label(label, sentence.get(length..)?.trim())?;
        let by = if label == Label::Progress { By::Progress } else { By::Label };
        return Some(Statement { said, by, range });
    }
    let mut clause = sentence;
    while starts_with_any(clause, INTRODUCTIONS).is_some() {
        clause = clause.split_once(['，', ','])?.1;
    }
    let rest = clause.get(starts_with_any(clause, SUBJECTS)?.len()..)?;
    Some(Statement { said: status(rest)?, by: By::Sentence, range })
}

/// Returns the label with which a text begins, and its length with its colon or brackets.
fn label(text: &str) -> Option<(Label, usize)> {
    let inner = text.strip_prefix('【').unwrap_or(text);
    LABELS.iter().find_map(|(label, words)| {
        let rest = words.split(' ').find_map(|word| {
            let rest = inner.strip_prefix(word)?;
            let closed = if inner.len() < text.len() { rest.strip_prefix('】')? } else { rest };
            let rest = closed.strip_prefix(['：', ':']);
            rest.or((inner.len() < text.len()).then_some(closed))
        })?;
        Some((*label, text.len() - rest.len()))
    })
}

fn behind_label(label: Label, value: &str) -> Option<Said> {
    let is_short = value.chars().count() <= LONGEST_VALUE;
    match label {
        _ if value.is_empty() => None,
        Label::Progress => status(value),
        Label::IsDone => {
            let is = match value {
                "是" => Status::Completed,
                "否" => Status::NotDone,
                _ => return None,
            };
            Some(Said::Status { means: vec![is], words: String::new() })
        }
        Label::Status => status(value)
            .or_else(|| is_short.then(|| Said::Status { means: Vec::new(), words: value.to_owned() })),
        Label::Responsible | Label::OtherUnits => {
            let units = if is_short { units(value) } else { Vec::new() };
            Some(Said::Units { units, are_responsible: label == Label::Responsible })
        }
        Label::Due => {
            // 长期坚持 is both, 已完成 is no limit.
            let is_limit =
                matches!(Status::of_word(value), None | Some(Status::InProgress | Status::LongTerm));
            (is_short && is_limit).then(|| Said::Due(value.to_owned()))
        }
    }
}

/// Takes units apart; none if they are not named one by one.
fn units(value: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut named = String::new();
    for character in value.chars() {
        match character {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => named.push(character),
            _ => {}
        }
    }
    let units = named.split(['、', '，', ',', '/', ' ', '\u{3000}']).map(str::trim);
    let units: Vec<String> = units.filter(|unit| !unit.is_empty()).map(str::to_owned).collect();
    let is_named = |unit: &String| !UNNAMED_UNITS.split(' ').any(|word| unit.contains(word));
    if units.iter().all(is_named) { units } else { Vec::new() }
}

/// Reads the status with which a text begins: a known word alone, or in front of a mark.
fn status(text: &str) -> Option<Said> {
    let mut rest = text;
    loop {
        if let Some((words, is, behind)) =
            status_word(rest).or_else(|| done_on_a_day(rest)).or_else(|| under_way(rest))
        {
            let mut means = vec![is];
            // 已完成，长期坚持 is no contradiction to either.
            means.extend(behind.split(PARTS).filter_map(second).filter(|other| *other != is));
            return Some(Said::Status { means, words: words.to_owned() });
        }
        let filler = starts_with_any(rest, FILLERS).or_else(|| starts_with_any(rest, SUBJECTS))?;
        rest = rest.get(filler.len()..)?;
    }
}

/// What parts a second status from the first.
const PARTS: [char; 7] = ['，', ',', '、', '/', '（', '）', '('];

/// Returns the longest word for a status with which a text begins, and what is behind it, if the word ends there.
fn status_word(text: &str) -> Option<(&str, Status, &str)> {
    let known = words().filter_map(|(word, is)| Some((word, is, text.strip_prefix(word)?)));
    let (word, is, behind) = known.max_by_key(|(word, ..)| word.len())?;
    // 整改中，发现… says when, not how far.
    let says_when = word.ends_with('中') && !word.starts_with('正');
    let goes_on = !says_when && (behind.starts_with(|c| ENDS.contains(c)) || second(behind).is_some());
    (behind.is_empty() || goes_on).then_some((word, is, behind))
}

/// Returns the status that a clause consists of: 并长期坚持.
fn second(clause: &str) -> Option<Status> {
    let rest = starts_with_any(clause, GOING_ON).and_then(|word| clause.get(word.len()..));
    Status::of_word(rest.unwrap_or(clause).trim())
}

/// Reads 已于2025年6月30日前完成整改: the word for it is not in one piece.
fn done_on_a_day(text: &str) -> Option<(&str, Status, &str)> {
    let rest = text.get(starts_with_any(text, ON_A_DAY)?.len()..)?;
    let day = rest.char_indices().take(LONGEST_DAY);
    let day = day.take_while(|(_, character)| !ENDS.contains(*character)).skip(1);
    let mut found = day.filter_map(|(at, _)| status_word(rest.get(at..)?));
    found
        .find(|(_, is, _)| matches!(is, Status::Completed | Status::MostlyCompleted))
        .map(|(_, is, behind)| ("", is, behind))
}

/// Reads 正在有序推进: the clause ends with what is under way.
fn under_way(text: &str) -> Option<(&str, Status, &str)> {
    let (begin, ends) = UNDER_WAY;
    let length = text.find(|c| ENDS.contains(c)).unwrap_or(text.len());
    let (clause, behind) = text.split_at(length);
    let between = clause.strip_prefix(begin)?;
    let is_short = between.chars().count() <= LONGEST_BETWEEN;
    let is_under_way = is_short && ends.split(' ').any(|end| between.ends_with(end));
    is_under_way.then_some((clause, Status::InProgress, behind))
}

/// Every word for a status.
fn words() -> impl Iterator<Item = (&'static str, Status)> {
    STATUSES
        .iter()
        .zip(Status::ALL)
        .flat_map(|(choice, (_, is))| choice.instead.iter().map(move |word| (*word, is)))
}

/// Returns the longest of some words, parted by spaces, with which a text begins.
fn starts_with_any<'a>(text: &str, words: &'a str) -> Option<&'a str> {
    words.split(' ').filter(|word| !word.is_empty() && text.starts_with(word)).max_by_key(|word| word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows statements: `status completed 已完成 (label)`.
    fn shown(text: &str) -> Vec<String> {
        let show = |statement: Statement| {
            let said = match statement.said {
                Said::Status { means, words } => {
                    let means: Vec<_> = means.into_iter().map(Status::id).collect();
                    format!("{} {words}", means.join("+"))
                }
                Said::Units { units, are_responsible } => format!("{} {are_responsible}", units.join("+")),
                Said::Due(words) => words,
            };
            format!("{}{said}", if statement.by == By::Sentence { "? " } else { "" })
        };
        statements(text).into_iter().map(show).collect()
    }

    #[test]
    fn labelled_statements() {
        for (text, expected) in [
            ("整改状态：已完成", "completed 已完成"),
            ("整改状态: 已销号。", "completed 已销号"),
            ("【整改状态】基本完成", "mostly-completed 基本完成"),
            ("完成状态：主体完工", " 主体完工"),
            ("整改状态：已完成并长期坚持", "long-term 已完成并长期坚持"),
            ("整改状态：已整改到位，长期坚持。", "completed+long-term 已整改到位"),
            ("整改情况：正在整改，预计12月完成。", "in-progress 正在整改"),
            ("整改情况：已完成。检修泵站9座。", "completed 已完成"),
            ("整改情况：目前已完成整改，检修泵站9座。", "completed 已完成整改"),
            ("整改情况：已于2025年6月30日前完成整改。", "completed "),
            ("完成情况：尚未完成，正在采购。", "not-done 尚未完成"),
            ("整改进展：立行立改，已完成。", "completed 已完成"),
            ("整改情况：正在有序推进，年底前完成。", "in-progress 正在有序推进"),
            ("整改情况：问题已整改到位。", "completed 已整改到位"),
            ("整改状态：完成（长期坚持）", "completed+long-term 完成"),
            ("整改状态：已完成/长期坚持", "completed+long-term 已完成"),
            ("整改情况：已按期完成整改。", "completed 完成整改"),
            ("是否完成整改：否", "not-done "),
            ("责任单位：水务科、财务科（配合）", "水务科+财务科 true"),
            ("责任单位：各科室", " true"),
            ("牵头单位：办公室", "办公室 false"),
            ("完成时限：立行立改", "立行立改"),
            ("整改时限：2025年12月底前。", "2025年12月底前"),
        ] {
            assert_eq!(shown(text), [expected], "{text}");
        }
        let several = shown("责任单位：水务科　完成时限：长期坚持；整改状态：持续推进");
        assert_eq!(several, ["水务科 true", "长期坚持", "in-progress 持续推进"]);
    }

    #[test]
    fn sentences_about_the_problem() {
        for (text, expected) in [
            ("该问题已完成整改。重建台账5本。", "? completed 已完成整改"),
            ("重建台账5本。此项问题正在整改", "? in-progress 正在整改"),
            ("该问题已销号。", "? completed 已销号"),
            ("经核查，该问题已整改到位。", "? completed 已整改到位"),
            ("截至2025年6月，该问题尚未完成整改。", "? not-done 尚未完成整改"),
            ("该问题整改已基本完成。", "? mostly-completed 已基本完成"),
            ("该问题已于6月底完成整改，并长期坚持。", "? completed+long-term "),
            ("上述问题均已整改完成。", "? completed 已整改完成"),
            ("目前，该问题整改工作正在推进。", "? in-progress 正在推进"),
            ("该问题已经整改完成。", "? completed 整改完成"),
            ("该问题仍在整改中。", "? in-progress 仍在整改中"),
            ("该问题还没有整改到位。", "? not-done 没有整改到位"),
        ] {
            assert!(
                shown(text).first().is_some_and(|one| one.starts_with(expected)),
                "{text} {:?}",
                shown(text)
            );
        }
    }

    #[test]
    fn other_words_state_nothing() {
        for text in [
            "整改情况：检修泵站9座。",
            "整改情况：已完成检修9座，未完成2座。",
            "整改情况：完成泵站检修，尚未完成验收。",
            "整改情况：整改中，我局坚持问题导向。",
            "整改情况：",
            "已完成整改。",
            "措施已完成，正在整改。",
            "针对该问题，已完成整改。",
            "该问题整改中，我局坚持问题导向。",
            "整改情况：已经整改，全部完成。",
            "该问题整改，已完成检修。",
            "若该问题尚未完成整改，将予问责。",
            "该问题未完成整改的，不予销号。",
            "该问题已完成整改的80%。",
            "该问题正在影响泵站等设施的检修推进。",
            "是否完成整改：待验收",
            "整改情况：正在组织水务科、财务科整改。",
            "该问题反映出正在推进的工作不实。",
            "群众反映“该问题已完成整改。”不实。",
            "（一）整改。尚未完成。",
            "确保该问题已完成整改。",
            "整改时限：已完成",
        ] {
            assert_eq!(shown(text), [""; 0], "{text}");
        }
    }
}
