//! `active-asset`: a drawing of the theme draws, and does nothing else.
//!
//! As a picture an SVG is harmless; opened by itself, or put into a page with `<use>` or `<object>`, it runs the scripts in
//! it. Its own styles are fine; scripts of the theme (`.js`) are not looked at.

use super::faults::Rule;
use super::watch::{Document, Watch};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::reading;
use crate::theme::Theme;

/// Endings of files that a browser opens as a page.
const ENDINGS: [&str; 6] = ["svg", "xml", "xhtml", "html", "htm", "xsl"];

/// What lets an XML file fetch something, or hide something that is not in its tags.
const INSTRUCTIONS: [&str; 2] = ["<?xml-stylesheet", "<!ENTITY"];

/// Looks at each drawing that the site's own theme has.
pub(super) fn check(theme: &Theme, diagnostics: &mut Diagnostics) {
    for (path, bytes) in theme.own_drawings() {
        let ending = path.extension().map(str::to_ascii_lowercase);
        if ending.is_none_or(|ending| !ENDINGS.contains(&ending.as_str())) {
            continue;
        }
        for (words, is_fetched) in found_in(bytes) {
            diagnostics.push(active_asset(place(path, bytes, &words), &words, is_fetched));
        }
    }
}

/// Lists what a drawing does, and whether it is something that it fetches.
fn found_in(bytes: &[u8]) -> Vec<(String, bool)> {
    let mut watch = Watch::of(Document::Drawing);
    reading::visit(bytes, &mut watch);
    let text = String::from_utf8_lossy(bytes);
    let instructions =
        INSTRUCTIONS.iter().filter(|one| text.contains(**one)).map(|one| ((*one).to_owned(), false));
    let is_fetched =
        |rule| matches!(rule, Rule::Fetched | Rule::SentElsewhere | Rule::RefreshElsewhere | Rule::Base);
    let found = watch.found.into_iter().map(|fault| (fault.words, is_fetched(fault.rule)));
    found.chain(instructions).collect()
}

fn place(path: &SourcePath, bytes: &[u8], words: &str) -> Location {
    let beginning = words.split(['>', '=']).next().unwrap_or_default();
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let found = [words, beginning].into_iter().find_map(|one| text.find(one).map(|at| at..at + one.len()));
    found.map_or_else(|| Location::file(path), |range| Location::new(path, range))
}

fn active_asset(location: Location, words: &str, is_fetched: bool) -> Diagnostic {
    if is_fetched {
        return Diagnostic::error(
            "external-asset",
            location,
            format!("this drawing would fetch `{words}` from another site"),
            format!("这个图形要从别的网站读取 `{words}`"),
        )
        .help(
            "remove it, or put what it names into the drawing itself",
            "请删除，或把所引用的内容放进图形文件本身",
        );
    }
    Diagnostic::error(
        "active-asset",
        location,
        format!("this drawing would do something where it is opened by itself: `{words}`"),
        format!("这个图形单独打开时会执行代码：`{words}`"),
    )
    .help(
        "remove it from the file, or save the drawing anew as plain SVG, without scripts and entities",
        "请从文件中删除，或重新存为不含脚本和实体的普通 SVG",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(svg: &str, expected: &[&str]) {
        let found: Vec<String> = found_in(svg.as_bytes()).into_iter().map(|(words, _)| words).collect();
        assert_eq!(found, expected, "{svg}");
    }

    #[test]
    fn drawings_that_do_something() {
        check("<svg><script href='a.js'/></svg>", &["<script>"]);
        check("<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:script>x()</s:script></s:svg>", &["<script>"]);
        check("<svg onload='x()'/>", &["onload=\"x()\""]);
        check("<svg><a xlink:href='javascript:x()'/></svg>", &["javascript:x()"]);
        check("<svg><image xlink:href='https://e/x.png'/></svg>", &["https://e/x.png"]);
        check("<svg><style>a { fill: url(//e/x) } @import '//e/y';</style></svg>", &["//e/x", "//e/y"]);
        check("<!DOCTYPE svg [<!ENTITY a 'x'>]><svg>&a;</svg>", &["<!ENTITY"]);
        check("<?xml-stylesheet href='a.css'?><svg/>", &["<?xml-stylesheet"]);
    }

    #[test]
    fn drawings_that_only_draw() {
        check(
            "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>\
             <style>a{fill:url(#b)}</style><g style='fill:red'><title>甲</title><path fill='url(#b)' d='M0 0'/></g>\
             <a href='index.html'/><image href='data:image/png;base64,AA'/></svg>",
            &[],
        );
    }
}
