//! `page-differs-from-text`: what a page shows is the text of its sources, nothing more, nothing less.
//!
//! A theme's own words are marked with `data-generated`; all other visible words must be those of the notice, in its
//! order. This catches a template that drops, repeats, reorders or adds something.

use super::faults::{Difference, Pages};
use super::printed::Line;
use super::reading::Reading;
use crate::diagnostic::{Diagnostic, Location, SourcePath};
use crate::render::Page;

/// Compares what a page shows with the lines of its source; returns the first difference.
pub(super) fn check(
    source: &SourcePath,
    expected: &[Line<'_>],
    page: &Page,
    reading: &Reading,
) -> Option<Difference> {
    let shown = &reading.lines;
    let n_same = expected.iter().zip(shown).take_while(|(line, shown)| line.text == **shown).count();
    if n_same == expected.len() && n_same == shown.len() {
        return None;
    }
    let location = match expected.get(n_same) {
        Some(line) => line.location(0..line.text.len()),
        None => Location::file(source),
    };
    let begin = |text: &str| text.chars().take(30).collect::<String>();
    let line = shown.get(n_same);
    Some(Difference {
        pages: Pages::one(&page.path),
        template: page.template,
        shown: line.map_or_else(String::new, |line| begin(line)),
        wanted: expected.get(n_same).map_or_else(String::new, |line| begin(&line.text)),
        is_added: line.is_some_and(|line| expected.iter().all(|wanted| wanted.text != *line)),
        location,
    })
}

/// Tells of a difference at `place` in a template; at the text if the theme has no template of its own.
pub(super) fn diagnostic(difference: &Difference, place: Option<Location>) -> Diagnostic {
    let Difference { pages, shown, wanted, location, .. } = difference;
    let [english, chinese] = pages.named();
    let is_at_template = place.is_some();
    let problem = Diagnostic::error(
        "page-differs-from-text",
        place.unwrap_or_else(|| location.clone()),
        format!("{english} would show `{shown}` where the text says `{wanted}`"),
        format!("{chinese}显示 `{shown}`，而原文是 `{wanted}`"),
    )
    .help(
        "the theme must show every part of the text once and in order, and mark its own words with `data-generated`",
        "主题必须按顺序完整显示原文，并用 `data-generated` 标明自己添加的文字",
    );
    if is_at_template {
        problem.related(location.clone(), "the text of the first of these pages", "其中第一个页面的原文")
    } else {
        problem
    }
}
