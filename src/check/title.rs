//! `title-differs`: the approved text begins with a title, and the front matter has another one.
//!
//! Whether a first line is a title shows in its last words. An approved text without one says nothing about `title`, which is
//! then not part of what was signed off.

use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Edit, Fix, Location};
use crate::fidelity::NoticeText;
use crate::notice::{ApprovedText, Notice};
use crate::text::{self, structure};
use crate::yaml;

/// Compares the title of `notice`, whose lines are `text`, with that of its approved text.
pub(super) fn check(notice: &Notice, text: &NoticeText<'_>, diagnostics: &mut Diagnostics) {
    let Some(approved) = notice.approved.as_ref().filter(|approved| approved.is_whole) else { return };
    if !notice.opening.is_whole || notice.title_is_approved() {
        return;
    }
    let Some((title, location)) = title_of(approved, &notice.unit) else { return };
    if text::compared(&title).ends_with(&text::compared(&notice.title.value)) {
        return;
    }
    // Where the text repeats the title, it has to go from there when it comes into the front matter.
    let first = text.lines.first().map(|line| text::compared(&line.text)).unwrap_or_default();
    let is_in_text = !first.is_empty() && text::compared(&title).starts_with(&first);
    diagnostics.push(title_differs(notice, &title, location, is_in_text));
}

/// Returns the title with which the approved text begins, its lines joined, and where it stands.
fn title_of(approved: &ApprovedText, unit: &str) -> Option<(String, Location)> {
    let mut at = approved.offset;
    let lines = approved.text.split_inclusive('\n').filter_map(|line| {
        let words = line.trim();
        let first = at + line.len() - line.trim_start().len();
        at += line.len();
        (!words.is_empty()).then_some((words, first))
    });
    let lines: Vec<(&str, usize)> = lines.take(structure::MOST_TITLE_LINES).collect();
    let words: Vec<&str> = lines.iter().map(|(words, _)| *words).collect();
    let n = structure::n_title_lines(&words, unit)?;
    let ((_, start), (last, at)) = (lines.first()?, lines.get(n - 1)?);
    let title = words.get(..n)?.concat();
    Some((title, Location::new(&approved.source, *start..at + last.len())))
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
