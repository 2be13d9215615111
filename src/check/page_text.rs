//! `page-differs-from-text`: what a page shows is the text of its sources, nothing more, nothing less.
//!
//! A theme's own words are marked with `data-generated`; all other visible words must be those of the notice, in its
//! order. This catches a template that drops, repeats, reorders or adds something.

use super::printed::Line;
use super::reading::Reading;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::render::Page;

/// Compares what a page shows with the lines of its source; tells whether they are the same.
pub(super) fn check(
    source: &SourcePath,
    expected: &[Line<'_>],
    page: &Page,
    reading: &Reading,
    diagnostics: &mut Diagnostics,
) -> bool {
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
            "the theme must show every part of the text once and in order, and mark its own words with `data-generated`",
            "主题必须按顺序完整显示原文，并用 `data-generated` 标明自己添加的文字",
        ),
    );
    false
}
