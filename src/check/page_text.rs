//! `page-differs-from-text`: what a page shows is the text of its sources, nothing more, nothing less.
//!
//! A theme's own words are marked with `data-generated`; all other visible words must be those of the notice, in its
//! order. This catches a template that drops, repeats, reorders, hides or adds something. `html-changes-text` says the same
//! of HTML that stands in the text itself.

use super::printed::{Line, NoticeText};
use super::reading::Reading;
use super::trouble::Trouble;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::render::Page;

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

/// Compares what a page shows with those lines of `text` that it must show; tells whether they are the same.
pub(super) fn check(
    source: &SourcePath,
    text: &NoticeText<'_>,
    expected: &[Line<'_>],
    page: &Page,
    reading: &Reading,
    diagnostics: &mut Diagnostics,
) -> bool {
    // What stands in the text itself has been said, with its place.
    let is_own = |trouble: &&Trouble| text.troubles.iter().all(|(_, said)| said != *trouble);
    let mut is_readable = true;
    for trouble in reading.troubles.iter().filter(is_own) {
        let [english, chinese] = trouble.message();
        is_readable = false;
        diagnostics.push(
            Diagnostic::error(
                "page-differs-from-text",
                Location::file(source),
                format!("the page `{}` {english}", page.path),
                format!("页面 `{}` {chinese}", page.path),
            )
            .help(trouble.help()[0], trouble.help()[1]),
        );
    }
    if !is_readable {
        return false;
    }
    let shown = &reading.lines;
    let n_same = expected.iter().zip(shown).take_while(|(line, shown)| line.text == **shown).count();
    if n_same == expected.len() && n_same == shown.len() {
        return true;
    }
    let location = match expected.get(n_same) {
        Some(line) => line.location(0..line.text.len()),
        None => Location::file(source),
    };
    let begin = |text: &str| text.chars().take(30).collect::<String>();
    let shown = shown.get(n_same).map_or_else(String::new, |line| begin(line));
    let wanted = expected.get(n_same).map_or_else(String::new, |line| begin(&line.text));
    diagnostics.push(
        Diagnostic::error(
            "page-differs-from-text",
            location,
            format!("the page `{}` shows `{shown}` where the text says `{wanted}`", page.path),
            format!("页面 `{}` 显示 `{shown}`，而原文是 `{wanted}`", page.path),
        )
        .help(
            "the theme must show every part of the text once and in order, not inside `hidden`, and mark its own words with `data-generated`",
            "主题必须按顺序完整显示原文，不放在 `hidden` 里，并用 `data-generated` 标明自己添加的文字",
        ),
    );
    false
}
