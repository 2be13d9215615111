//! `title-differs`: the approved text begins with a title, and the front matter has another one.
//!
//! Whether a first line is a title shows in its last words. An approved text without one says nothing about `title`, which is
//! then not part of what was signed off.

use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Edit, Fix, Location};
use crate::fidelity::NoticeText;
use crate::notice::{ApprovedText, Notice};
use crate::text::{self, numbering, width};
use crate::yaml;

/// How titles of notices end.
const KINDS: [&str; 7] = ["通报", "公告", "公示", "报告", "通知", "公报", "说明"];

/// How titles end that are also headings (组织整改情况), so that more must show what they are.
const STATES: [&str; 4] = ["情况", "进展", "公开", "成效"];

/// What only a title says.
const SUBJECT: &str = "关于";

/// The fewest characters of a title.
const SHORTEST: usize = 6;

/// The most lines that a title is broken into, and a letterhead above it.
const MOST_LINES: usize = 4;

/// Marks that stand in sentences.
const MARKS: [char; 11] = ['。', '；', ';', '：', ':', '，', ',', '！', '!', '？', '?'];

/// Compares the title of `notice`, whose lines are `text`, with that of its approved text.
pub(super) fn check(notice: &Notice, text: &NoticeText<'_>, diagnostics: &mut Diagnostics) {
    let Some(approved) = notice.approved.as_ref().filter(|approved| approved.is_whole) else { return };
    if !notice.opening.is_whole || notice.title_is_approved() {
        return;
    }
    let Some((title, location)) = title_of(approved, &notice.unit) else { return };
    if folded(&title).ends_with(&folded(&notice.title.value)) {
        return;
    }
    // Where the text repeats the title, it has to go from there when it comes into the front matter.
    let first = text.lines.first().map(|line| folded(&line.text)).unwrap_or_default();
    let is_in_text = !first.is_empty() && folded(&title).starts_with(&first);
    diagnostics.push(title_differs(notice, &title, location, is_in_text));
}

/// Returns the title with which the approved text begins, its lines joined, and where it stands.
fn title_of(approved: &ApprovedText, unit: &str) -> Option<(String, Location)> {
    let (mut title, mut start, mut at) = (String::new(), None, approved.offset);
    let mut found = None;
    let lines = approved.text.split_inclusive('\n').filter_map(|line| {
        let words = line.trim();
        let first = at + line.len() - line.trim_start().len();
        at += line.len();
        (!words.is_empty()).then_some((words, first))
    });
    for (words, first) in lines.take(MOST_LINES) {
        if words.contains(MARKS) || numbering::parse(words).is_some() {
            break;
        }
        title.push_str(words);
        let start = *start.get_or_insert(first);
        let Some(kind) = kind_of(&folded(&title), &folded(unit)) else { continue };
        found = Some((title.clone(), Location::new(&approved.source, start..first + words.len())));
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

/// Returns words as they are compared: widths folded, without white space.
fn folded(words: &str) -> String {
    words.chars().map(width::fold).filter(|c| !c.is_whitespace()).collect()
}

fn title_differs(notice: &Notice, title: &str, location: Location, is_in_text: bool) -> Diagnostic {
    let shown = text::excerpt(title, 80);
    let entry = format!("title: {}", yaml::scalar(title));
    let help = if is_in_text {
        [
            format!(
                "write `{entry}`, and delete it where the text begins: the site sets the title above the text"
            ),
            format!("请写 `{entry}`，并删去正文开头的标题：网站会在正文之上显示标题"),
        ]
    } else {
        [format!("write `{entry}`"), format!("请写 `{entry}`")]
    };
    let [english, chinese] = help;
    let problem = Diagnostic::warning(
        "title-differs",
        notice.title.location.clone(),
        format!("the approved text has another title: `{shown}`"),
        format!("审定稿的标题是 `{shown}`，与 `title` 不同"),
    )
    .help(english, chinese)
    .related(location, "the title of the approved text", "审定稿的标题");
    match Edit::at(&notice.title.location, yaml::scalar(title)).filter(|_| !is_in_text) {
        Some(edit) => problem.fix(Fix::new(vec![edit], Certainty::Probable)),
        None => problem,
    }
}
