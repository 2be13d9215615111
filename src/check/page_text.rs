//! `page-differs-from-text`: what a page shows is the text of its sources, nothing more, nothing less.
//!
//! A theme's own words are marked with `data-generated`; all other visible words must be those of the notice, in its
//! order. This catches a template that drops, repeats, reorders, hides or adds something. `html-changes-text` says the same
//! of HTML in the text itself.

use super::faults::{Difference, Pages};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::fidelity::{NoticeText, PrintedLine};
use crate::reading::{Reading, Trouble};
use crate::render::Page;
use crate::text;

/// The most characters of a line that a message quotes.
const LONGEST_TEXT: usize = 30;

/// Reports the HTML of a notice that browsers do not show as it is written.
pub(super) fn check_html(text: &NoticeText<'_>, diagnostics: &mut Diagnostics) {
    for (location, trouble) in &text.troubles {
        let [english, chinese] = trouble.message();
        diagnostics.push(
            Diagnostic::error(
                "html-changes-text",
                location.clone(),
                format!("the HTML here {english}"),
                format!("此处的 HTML {chinese}"),
            )
            .help(trouble.help()[0], trouble.help()[1]),
        );
    }
}

/// Compares what a page shows with the lines of its source; returns the first difference.
pub(super) fn check(
    source: &SourcePath,
    text: &NoticeText<'_>,
    expected: &[PrintedLine<'_>],
    page: &Page,
    reading: &Reading,
) -> Option<Difference> {
    // Trouble of the text itself has been reported, with its place.
    let is_new = |trouble: &&Trouble| text.troubles.iter().all(|(_, said)| said != *trouble);
    if let Some(trouble) = reading.troubles.iter().find(is_new) {
        return Some(Difference {
            pages: Pages::one(&page.path),
            template: page.template,
            trouble: Some(trouble.clone()),
            shown: String::new(),
            wanted: String::new(),
            is_added: false,
            location: Location::file(source),
        });
    }
    let shown = &reading.lines;
    let n_same = expected.iter().zip(shown).take_while(|(line, shown)| line.text == **shown).count();
    if n_same == expected.len() && n_same == shown.len() {
        return None;
    }
    let location = match expected.get(n_same) {
        Some(line) => line.location(0..line.text.len()),
        None => Location::file(source),
    };
    // One more than is quoted, which shows that it is cut.
    let begin = |text: &str| text.chars().take(LONGEST_TEXT + 1).collect::<String>();
    let line = shown.get(n_same);
    Some(Difference {
        pages: Pages::one(&page.path),
        template: page.template,
        trouble: None,
        shown: line.map_or_else(String::new, |line| begin(line)),
        wanted: expected.get(n_same).map_or_else(String::new, |line| begin(&line.text)),
        is_added: line.is_some_and(|line| expected.iter().all(|wanted| wanted.text != *line)),
        location,
    })
}

/// Tells of a difference at `place` in a template; at the text if the theme has no template of its own.
pub(super) fn diagnostic(difference: &Difference, place: Option<Location>) -> Diagnostic {
    let Difference { pages, trouble, shown, wanted, location, .. } = difference;
    let [english, chinese] = pages.named();
    let is_at_template = place.is_some();
    let place = place.unwrap_or_else(|| location.clone());
    let (message, help) = if let Some(trouble) = trouble {
        let [what, chinese_what] = trouble.message();
        ([format!("{english} {what}"), format!("{chinese}{chinese_what}")], trouble.help())
    } else {
        let [shown, wanted] = [shown, wanted].map(|words| text::excerpt(words, LONGEST_TEXT));
        let message = [
            format!("{english} would show `{shown}` where the text says `{wanted}`"),
            format!("{chinese}显示 `{shown}`，而原文是 `{wanted}`"),
        ];
        let help = [
            "the theme must show every part of the text once and in order, not inside `hidden`, and mark its own words with `data-generated`",
            "主题必须按顺序完整显示原文，不放在 `hidden` 里，并用 `data-generated` 标明自己添加的文字",
        ];
        (message, help)
    };
    let [english, chinese] = message;
    let problem = Diagnostic::error("page-differs-from-text", place, english, chinese).help(help[0], help[1]);
    if is_at_template {
        problem.related(location.clone(), "the text of the first of these pages", "其中第一个页面的原文")
    } else {
        problem
    }
}
