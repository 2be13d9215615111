//! Titles of notices: told by their last words, in one line or several.

use crate::text::{compared, numbering};

/// How titles of notices end.
const KINDS: [&str; 7] = ["通报", "公告", "公示", "报告", "通知", "公报", "说明"];

/// How titles end that are also headings (组织整改情况), so that more must show what they are.
const STATES: [&str; 4] = ["情况", "进展", "公开", "成效"];

/// What only a title says.
const SUBJECT: &str = "关于";

/// The fewest characters of a title.
const SHORTEST: usize = 6;

/// The most lines that a title is broken into, and a letterhead above it.
pub const MOST_TITLE_LINES: usize = 4;

/// Marks that stand in sentences.
const MARKS: [char; 11] = ['。', '；', ';', '：', ':', '，', ',', '！', '!', '？', '?'];

/// Returns how many of the first lines of a text are its title; `None` if it begins without one. `unit` is whose notice it is.
pub fn n_title_lines(lines: &[&str], unit: &str) -> Option<usize> {
    let (mut title, unit) = (String::new(), compared(unit));
    let mut found = None;
    for (index, words) in lines.iter().take(MOST_TITLE_LINES).enumerate() {
        if words.contains(MARKS) || numbering::parse(words).is_some() {
            break;
        }
        title.push_str(words);
        let Some(kind) = kind_of(&compared(&title), &unit) else { continue };
        found = Some(index + 1);
        // …整改情况 may go on in the next line: …整改情况的通报.
        if kind == Kind::Whole {
            break;
        }
    }
    found
}

/// What the last words of a title say about it.
#[derive(PartialEq, Eq)]
enum Kind {
    Whole,
    /// It may have one more line.
    Open,
}

/// Returns what folded words are as a title of a notice of `unit`; `None` if they are none.
fn kind_of(words: &str, unit: &str) -> Option<Kind> {
    // （公开稿）
    let words =
        words.strip_suffix(')').and_then(|words| words.rsplit_once('(')).map_or(words, |(front, _)| front);
    let ends_with = |endings: &[&str]| endings.iter().any(|ending| words.ends_with(ending));
    let has_subject = || {
        words.contains(SUBJECT) || words.starts_with("中共") || (!unit.is_empty() && words.starts_with(unit))
    };
    if words.chars().count() < SHORTEST {
        None
    } else if ends_with(&KINDS) {
        Some(Kind::Whole)
    } else {
        (ends_with(&STATES) && has_subject()).then_some(Kind::Open)
    }
}
