//! A paragraph → what it states about its item: with a label (整改状态：已完成), or in a sentence about the problem
//! (该问题已完成整改). Everything else in a text is about something else.

use std::ops::Range;

use super::words::{
    ENDS, FILLERS, GOING_ON, INTRODUCTIONS, JOINING, LABELS, LIKELY, Label, NO_UNITS, ON_A_DAY, SUBJECTS,
    TAKING_BACK, UNDER_WAY, UNIT_ENDS, UNNAMED_UNITS,
};
use crate::keys::section::STATUSES;
use crate::notice::{Day, Status};
use crate::text::{self, width};

/// A longer text behind a label describes, and states nothing that a key could say; in characters.
const LONGEST_VALUE: usize = 40;

/// What stands between 正在 and the end of its clause is no longer, in characters: more is about something else.
const LONGEST_BETWEEN: usize = 6;

/// A paragraph that states more is no account of one item.
pub(super) const MOST_STATEMENTS: usize = 100;

/// No label of [`LABELS`] is longer, in characters.
const LONGEST_LABEL: usize = 6;

/// What stands behind a label.
const COLONS: [char; 2] = ['：', ':'];

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
    /// Units; empty where they are not named one by one.
    Units { units: Vec<String>, role: Role },
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
        Label::Status | Label::IsDone | Label::SignedOff => Announced::Status,
        Label::Progress => Announced::Progress,
        Label::Responsible | Label::LeadUnits | Label::OtherUnits => Announced::Units,
        Label::Due => Announced::Due,
    })
}

/// Reads a cell as what stands behind a label with the words of its head.
pub(in crate::content) fn behind_head(head: &str, cell: &str) -> Option<Said> {
    let lines: Vec<&str> = cell.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    statements(&format!("{head}：{}", lines.join("、"))).into_iter().next().map(|statement| statement.said)
}

/// What units have to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content) enum Role {
    Responsible,
    Leading,
    TakingPart,
}

/// Lists what a paragraph states about its item.
pub(super) fn statements(text: &str) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    for range in pieces(text) {
        let Some(piece) = text.get(range.clone()) else { continue };
        if let Some(statement) = statement(piece, range.clone()) {
            found.push(statement);
            if found.len() == MOST_STATEMENTS {
                break;
            }
        } else if let Some(Statement { said: Said::Units { units, .. }, range: before, .. }) =
            found.last_mut()
            && text.get(before.end..range.start) == Some("；")
            && let name = piece.trim_end_matches(['。', '；'])
            && is_unit(name)
            && name.chars().count() <= LONGEST_VALUE
        {
            // 责任单位：甲局；乙局
            units.extend(self::units(name));
            before.end = range.start + name.len();
        }
    }
    found
}

/// Returns what words for a status mean, as far as they are known; that first which is said first.
pub(in crate::content) fn meanings(words: &str) -> Vec<Status> {
    match status(words) {
        Some(Said::Status { means, .. }) => means,
        _ => Vec::new(),
    }
}

/// Guesses what words for a status mean that may be in no list, for advice that somebody looks at.
pub(in crate::content) fn likely(words: &str) -> Option<Status> {
    let has_any = |marks: &str| marks.split(' ').any(|mark| words.contains(mark));
    let guess = || LIKELY.iter().find(|(_, marks)| has_any(marks)).map(|(is, _)| *is);
    meanings(words).first().copied().or_else(guess)
}

/// Tells whether words for a status begin with one for this status, and something is kept up besides: 已完成并长期坚持.
pub(super) fn begins_with_status(text: &str, is: Status) -> bool {
    let mut known = words().filter(|(_, other)| *other == is).filter_map(|(word, _)| text.strip_prefix(word));
    known.any(|behind| second(behind) == Some(Status::LongTerm))
}

/// The brackets in which a heading tells its status.
const OPENING: [char; 6] = ['（', '(', '【', '[', '〔', '［'];
const CLOSING: [char; 6] = ['）', ')', '】', ']', '〕', '］'];

/// The most characters in such brackets.
const LONGEST_IN_BRACKETS: usize = 80;

/// Reads the brackets with which a text begins, if they hold a status and nothing else (（已完成）), or labels with what they announce
/// (【责任单位：办公室；整改状态：已完成】); with their bytes.
pub(in crate::content) fn facts_in_brackets(text: &str) -> Option<(usize, Vec<Said>)> {
    let inside = text.strip_prefix(OPENING)?;
    let mut ends = inside.char_indices().take(LONGEST_IN_BRACKETS);
    let (end, _) = ends.find(|(_, c)| CLOSING.contains(c) || OPENING.contains(c))?;
    let (inside, rest) = inside.split_at(end);
    let rest = rest.strip_prefix(CLOSING)?;
    let inside = inside.trim();
    let said = if begins_with_label(inside) {
        statements(inside).into_iter().map(|statement| statement.said).collect()
    } else {
        vec![status(inside)?]
    };
    // 整改状态：甲 is no status that is known.
    let is_known = |said: &Said| !matches!(said, Said::Status { means, .. } if means.is_empty());
    (!said.is_empty() && said.iter().all(is_known)).then_some((text.len() - rest.len(), said))
}

/// Finds what brackets at the end of a heading tell: 关于…问题的整改（已完成）。
pub(in crate::content) fn facts_of_heading(heading: &str) -> Option<(Range<usize>, Vec<Said>)> {
    let words = heading.trim_end().trim_end_matches(['。', '：', ':', '；']);
    let places = words.char_indices().rev().take(LONGEST_IN_BRACKETS + 2);
    let (at, _) = places.skip(1).find(|(_, c)| OPENING.contains(c)).filter(|(at, _)| *at > 0)?;
    let (length, said) = facts_in_brackets(words.get(at..)?)?;
    (at + length == words.len()).then_some((at..words.len(), said))
}

/// Tells whether a text begins with a label that states something.
pub(super) fn begins_with_label(text: &str) -> bool {
    label(text).is_some()
}

/// Splits a text into its sentences; a label behind a space or in brackets begins a new one. What is in quotes stays together.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let (mut pieces, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        match character {
            '“' | '‘' | '《' | '（' | '(' => depth += 1,
            '”' | '’' | '》' | '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_label_in_brackets = || at > start && text.get(at..).is_some_and(begins_with_label);
        if depth == 0 && character == '【' && is_label_in_brackets() {
            pieces.push(start..at);
            start = at;
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
    let is_in_brackets = inner.len() < text.len();
    // Most texts are told by this alone, and every space of a text may stand in front of a label.
    let mut beginning = inner.char_indices().take(LONGEST_LABEL + 1);
    let (end, _) = beginning.find(|(_, c)| if is_in_brackets { *c == '】' } else { COLONS.contains(c) })?;
    let (word, rest) = inner.split_at(end);
    let (label, _) = LABELS.iter().find(|(_, words)| text::lists(words, word))?;
    let mut length = text.len() - rest.len();
    for mark in [&['】'][..], &COLONS] {
        let next = text.get(length..).and_then(|rest| rest.chars().next());
        length += next.filter(|next| mark.contains(next)).map_or(0, char::len_utf8);
    }
    Some((*label, length))
}

fn behind_label(label: Label, value: &str) -> Option<Said> {
    let is_short = value.chars().count() <= LONGEST_VALUE;
    match label {
        _ if value.is_empty() => None,
        Label::Progress => status(value),
        Label::SignedOff => status(if value == "是" { "已销号" } else { value }).filter(
            |said| matches!(said, Said::Status { means, .. } if means.first() == Some(&Status::Completed)),
        ),
        Label::IsDone => {
            let is = match value {
                "是" => Status::Completed,
                "否" => Status::NotDone,
                _ => return status(value),
            };
            Some(Said::Status { means: vec![is], words: String::new() })
        }
        Label::Status => status(value)
            .or_else(|| is_short.then(|| Said::Status { means: Vec::new(), words: value.to_owned() })),
        Label::Responsible | Label::LeadUnits | Label::OtherUnits => {
            let units = if is_short { units(value) } else { Vec::new() };
            let role = match label {
                Label::Responsible => Role::Responsible,
                Label::LeadUnits => Role::Leading,
                _ => Role::TakingPart,
            };
            Some(Said::Units { units, role })
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
    // Another label ends them: 责任单位：甲局　责任人：某某.
    let units = units.take_while(|unit| !unit.contains(COLONS));
    let units: Vec<String> = units.flat_map(joined_units).filter(|unit| !unit.is_empty()).collect();
    let is_named = |unit: &String| !UNNAMED_UNITS.split(' ').any(|word| unit.contains(word));
    if units.iter().all(is_named) { units } else { Vec::new() }
}

/// Takes 甲局和乙局 apart, but not 住房和城乡建设局.
fn joined_units(named: &str) -> Vec<String> {
    let (mut units, mut rest, mut start) = (Vec::new(), named, 0);
    for (at, joint) in named.match_indices(JOINING) {
        let behind = named.get(at + joint.len()..).unwrap_or_default();
        // 以及 is one word.
        let before = named.get(start..at).unwrap_or_default().trim_end_matches('以');
        if is_unit(before) && is_unit(behind) {
            units.push(before.to_owned());
            (rest, start) = (behind, at + joint.len());
        }
    }
    units.push(rest.to_owned());
    units
}

/// Tells whether a text ends like the name of a unit.
fn is_unit(text: &str) -> bool {
    let ends_with_any = |words: &str| words.split(' ').any(|word| text.ends_with(word));
    ends_with_any(UNIT_ENDS) && !ends_with_any(NO_UNITS)
}

/// Reads the status with which a text begins: a known word alone, or in front of a mark.
fn status(text: &str) -> Option<Said> {
    let known = |rest| status_word(rest).or_else(|| done_on_a_day(rest)).or_else(|| under_way(rest));
    let (words, is, behind) = without_fillers(text, known)?;
    let mut means = vec![is];
    // 已完成，长期坚持 is no contradiction to either.
    means.extend(behind.split(PARTS).filter_map(second).filter(|other| *other != is));
    // A form that prints 已完成/未完成 says neither.
    let is_clear = means.iter().all(|other| is.may_be_also(*other));
    is_clear.then(|| Said::Status { means, words: words.to_owned() })
}

/// Reads what a text begins with, behind as many fillers as there are.
fn without_fillers<'a, T>(text: &'a str, read: impl Fn(&'a str) -> Option<T>) -> Option<T> {
    let mut rest = text;
    loop {
        if let Some(found) = read(rest) {
            return Some(found);
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
    let says_when = word.ends_with('中') && !word.starts_with(['正', '仍', '尚']);
    let goes_on = !says_when
        && !takes_back(behind)
        && (behind.starts_with(|c| ENDS.contains(c)) || second(behind).is_some());
    (behind.is_empty() || goes_on).then_some((word, is, behind))
}

/// Tells whether brackets take back a part of what is said in front of them: 完成（50%）, 已完成（部分）.
fn takes_back(text: &str) -> bool {
    let Some(inside) = text.strip_prefix(['（', '(']) else { return false };
    let inside = inside.split(['）', ')']).next().unwrap_or_default();
    let counts = inside.contains(width::is_digit) && !inside.contains(['年', '月', '日']);
    counts || starts_with_any(inside, TAKING_BACK).is_some()
}

/// Returns the status that a clause consists of: 并长期坚持.
fn second(clause: &str) -> Option<Status> {
    let rest = starts_with_any(clause, GOING_ON).and_then(|word| clause.get(word.len()..));
    Status::of_word(rest.unwrap_or(clause).trim())
}

/// Reads 已于2025年6月30日前完成整改: the word for it is not in one piece.
///
/// Nothing but fillers may stand between the day and the word: 力争完成 is hoped for. Without 已, 于12月底前完成 is a plan.
fn done_on_a_day(text: &str) -> Option<(&str, Status, &str)> {
    let begin = starts_with_any(text, ON_A_DAY).unwrap_or_default();
    let rest = text.get(begin.len()..)?;
    let ends = rest.char_indices().map(|(at, _)| at).take(LONGEST_DAY + 1).skip(1);
    let (day, behind) =
        ends.filter_map(|at| rest.split_at_checked(at)).filter(|(day, _)| Day::is_named(day)).last()?;
    let is_plan =
        !begin.starts_with('已') && (begin.is_empty() || day.ends_with('前')) && !behind.starts_with('已');
    let (_, is, behind) = without_fillers(behind, status_word)?;
    let is_done = matches!(is, Status::Completed | Status::MostlyCompleted) && !is_plan;
    is_done.then_some(("", is, behind))
}

/// Reads 正在有序推进: the clause ends with what is under way.
fn under_way(text: &str) -> Option<(&str, Status, &str)> {
    let (begin, ends) = UNDER_WAY;
    let rest = text.strip_prefix(begin)?;
    let between = rest.get(..rest.find(|c| ENDS.contains(c)).unwrap_or(rest.len()))?;
    let (clause, behind) = text.split_at(begin.len() + between.len());
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
                Said::Units { units, role } => format!("{} {}", units.join("+"), role == Role::Responsible),
                Said::Due(words) => words,
            };
            format!("{}{said}", if statement.by == By::Sentence { "? " } else { "" })
        };
        statements(text).into_iter().map(show).collect()
    }

    #[test]
    fn no_label_is_longer_than_is_looked_at() {
        let longest =
            LABELS.iter().flat_map(|(_, words)| words.split(' ')).map(|word| word.chars().count()).max();
        assert_eq!(longest, Some(LONGEST_LABEL));
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
            ("是否完成整改：已完成", "completed 已完成"),
            ("是否完成：基本完成", "mostly-completed 基本完成"),
            ("整改状态：达到序时进度", "in-progress 达到序时进度"),
            ("整改状态：已达到序时进度", "in-progress 已达到序时进度"),
            ("整改状态：序时推进", "in-progress 序时推进"),
            ("整改状态：未达到序时进度。", "in-progress 未达到序时进度"),
            ("整改状态：基本办结", "mostly-completed 基本办结"),
            ("整改状态：已按期完成并长期坚持", "long-term 完成并长期坚持"),
            ("整改状态：未完成，正在推进", "not-done+in-progress 未完成"),
            ("整改状态：待销号", " 待销号"),
            ("整改状态：未销号", " 未销号"),
            ("整改状态：阶段性完成", " 阶段性完成"),
            ("整改状态：已完成/未完成", " 已完成/未完成"),
            ("整改状态：完成（50%）", " 完成（50%）"),
            ("整改状态：已完成（部分）", " 已完成（部分）"),
            ("整改状态：已完成（2025年6月30日）", "completed 已完成"),
            ("整改情况：2025年6月底前已全部整改到位。", "completed "),
            ("整改情况：于2025年6月30日完成整改。", "completed "),
            ("整改情况：已于2025年6月底前基本完成。", "mostly-completed "),
            ("责任单位：甲局和乙局", "甲局+乙局 true"),
            ("责任单位：市财政局、市审计局以及甲镇", "市财政局+市审计局+甲镇 true"),
            ("责任单位：机关党委与人事科及甲公司", "机关党委+人事科+甲公司 true"),
            ("责任单位：发展和改革局", "发展和改革局 true"),
            ("责任单位：住房和城乡建设局、教育和体育局", "住房和城乡建设局+教育和体育局 true"),
            ("责任单位：农业农村和水务局", "农业农村和水务局 true"),
            ("责任单位：干部和人才工作科", "干部和人才工作科 true"),
            ("责任单位：住房和城乡建设局和发展和改革委员会", "住房和城乡建设局+发展和改革委员会 true"),
            ("责任单位：甲街道办事处和乙村委会", "甲街道办事处+乙村委会 true"),
            ("责任单位：甲局；乙局", "甲局+乙局 true"),
            ("责任单位：水务科、财务科（配合）", "水务科+财务科 true"),
            ("责任单位：甲局　责任人：某某", "甲局 true"),
            ("责任单位：甲局、乙局，分管领导：某某", "甲局+乙局 true"),
            ("责任单位:甲局 联系人:某某 电话:1234", "甲局 true"),
            ("责任单位：各科室", " true"),
            ("牵头单位：办公室", "办公室 false"),
            ("完成时限：立行立改", "立行立改"),
            ("整改时限：2025年12月底前。", "2025年12月底前"),
        ] {
            assert_eq!(shown(text), [expected], "{text}");
        }
        let several = shown("【整改状态】已完成【责任单位】办公室【完成时限】立行立改");
        assert_eq!(several, ["completed 已完成", "办公室 true", "立行立改"]);
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
            ("该问题尚在整改中，预计9月底前完成。", "? in-progress 尚在整改中"),
            ("该问题已基本解决。", "? mostly-completed 已基本解决"),
            ("该问题已部分完成整改。", "? in-progress 已部分完成整改"),
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
    fn brackets_behind_a_heading_tell_its_status() {
        let show = |said: &Said| match said {
            Said::Status { means, words } => format!("{} {words} ", means[0].id()),
            Said::Units { units, .. } => format!("{} ", units.join("+")),
            Said::Due(words) => format!("{words} "),
        };
        let shown = |heading: &str| match facts_of_heading(heading) {
            Some((range, said)) => said.iter().map(show).collect::<String>() + heading.get(range).unwrap(),
            _ => String::new(),
        };
        for (heading, expected) in [
            ("一、关于“甲”问题（已完成）", "completed 已完成 （已完成）"),
            ("（一）甲不到位【基本完成】。", "mostly-completed 基本完成 【基本完成】"),
            ("1.甲不到位(整改中)", "in-progress 整改中 (整改中)"),
            ("1.甲不到位。（整改状态：未完成）", "not-done 未完成 （整改状态：未完成）"),
            ("1.甲（乙）不到位［长期坚持］：", "long-term 长期坚持 ［长期坚持］"),
            ("1.甲不到位（已完成，长期坚持）", "completed 已完成 （已完成，长期坚持）"),
            ("1.甲不到位（已完成50%）", ""),
            ("1.甲不到位（已完成/未完成）", ""),
            (
                "1.甲不到位。（责任单位：办公室；整改时限：2025年6月底；整改状态：已完成）",
                "办公室 2025年6月底 completed 已完成 （责任单位：办公室；整改时限：2025年6月底；整改状态：已完成）",
            ),
            ("1.甲不到位（责任单位：办公室）", "办公室 （责任单位：办公室）"),
            ("1.甲不到位（整改状态：甲）", ""),
            ("1.甲不到位（注：办公室）", ""),
            ("1.甲不到位（3个）", ""),
            ("（已完成）甲", ""),
            ("（已完成）", ""),
            ("", ""),
        ] {
            assert_eq!(shown(heading), expected, "{heading}");
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
            "整改情况：已于2025年6月30日前未完成整改。",
            "整改情况：于2025年6月30日前未完成整改。",
            "整改情况：于2025年6月30日前力争完成。",
            "整改情况：于2025年12月底前部分完成。",
            "该问题于12月底前确保完成。",
            "该问题于12月底无法完成。",
            "该问题已于6月底预计完成。",
            "该问题已于2025年6月底启动，尚需到年底完成。",
            "该问题于2025年12月底前完成整改。",
            "该问题于全面核查中完成整改。",
            "是否销号：否",
            "整改情况：已完成/未完成",
        ] {
            assert_eq!(shown(text), [""; 0], "{text}");
        }
    }
}
