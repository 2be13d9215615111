//! Splits a file into front matter and body.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::markdown;
use crate::text;
use crate::yaml::{self, Fields};

/// Where the two parts of a file stand, in bytes of the file.
struct Split {
    yaml: Range<usize>,
    body: Range<usize>,
}

/// Opens the front matter of a file and tells where its body stands.
///
/// A file without front matter has empty fields, so that the keys that are missing are named one by one.
/// Pushes `unclosed-front-matter` and what [`yaml::parse`] and [`yaml::Node::as_read`] find; `None` if nothing can be read
/// from the fields.
pub(crate) fn open(
    path: &SourcePath,
    text: &str,
    options: &markdown::Options,
    diagnostics: &mut Diagnostics,
) -> (Option<Fields>, Range<usize>) {
    let split = split(path, text, diagnostics);
    let node = split.as_ref().and_then(|split| yaml::parse(path, text, split.yaml.clone(), diagnostics));
    let body = split.map_or(text.len()..text.len(), |split| split.body);
    let node = node.map(|node| node.as_read(text, &options.rare_characters, diagnostics));
    (node.and_then(|node| Fields::open(node, diagnostics)), body)
}

/// Returns the bytes of the YAML of a file, and those of its body.
pub(crate) fn parts(text: &str) -> (Range<usize>, Range<usize>) {
    let split = split(&SourcePath::new(""), text, &mut Diagnostics::new());
    split.map_or((0..0, 0..text.len()), |split| (split.yaml, split.body))
}

/// Returns the bytes of the YAML in a file that [`open`] has opened.
pub(crate) fn range(path: &SourcePath, text: &str) -> Range<usize> {
    split(path, text, &mut Diagnostics::new()).map_or(0..0, |split| split.yaml)
}

/// Finds the line `---` at the very start and the next one; `None` (with a diagnostic) if there is no next one, or if the
/// front matter begins in another way.
fn split(path: &SourcePath, text: &str, diagnostics: &mut Diagnostics) -> Option<Split> {
    // Empty lines in front are no fault.
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r', ' ', '\u{3000}']).len();
    let mut lines = text.get(start..).expect("a byte order mark ends on a boundary").split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        if is_damaged_rule(first) || holds_front_matter(text.get(start..).unwrap_or_default()) {
            diagnostics.push(misplaced(path, start..start + first.trim_end().len(), first));
            return None;
        }
        return Some(Split { yaml: start..start, body: start..text.len() });
    }
    let yaml_start = start + first.len();
    let mut line_start = yaml_start;
    for line in lines {
        let line_end = line_start + line.len();
        if line.trim_end() == "---" {
            return Some(Split { yaml: yaml_start..line_start, body: line_end..text.len() });
        }
        line_start = line_end;
    }
    diagnostics.push(
        Diagnostic::error(
            "unclosed-front-matter",
            Location::new(path, start..start + first.trim_end().len()),
            "the front matter has no end",
            "文件头没有结束",
        )
        .help(
            "put a line `---` below its last key, above the text",
            "请在最后一个键之下、正文之上加一行 `---`",
        ),
    );
    None
}

/// Tells whether a line was to be `---`: dashes only, as keyboards and word processors make them.
fn is_damaged_rule(line: &str) -> bool {
    let is_dash =
        |c: char| matches!(c, '-' | '－' | '—' | '–' | '―' | '‐' | '‑' | '─' | '━' | '−' | '_' | '＿');
    let line = line.trim();
    line.chars().filter(|c| is_dash(*c)).count() > 1 && line.chars().all(|c| is_dash(c) || c == ' ')
}

/// Tells whether keys stand between two lines `---` further down.
fn holds_front_matter(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end).skip_while(|line| *line != "---").skip(1);
    let first = lines.by_ref().find(|line| !line.is_empty() && !line.starts_with('#'));
    let is_key = |line: &str| {
        let key = line.split([':', '：']).next().unwrap_or_default();
        key.len() < line.len() && !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
    };
    first.is_some_and(is_key) && lines.any(|line| line == "---")
}

fn misplaced(path: &SourcePath, range: Range<usize>, first: &str) -> Diagnostic {
    let shown = text::excerpt(first.trim(), 24);
    Diagnostic::error(
        "misplaced-front-matter",
        Location::new(path, range),
        format!("the file begins with `{shown}`, and not with the `---` of its front matter"),
        format!("文件以 `{shown}` 开头，而不是文件头的 `---`"),
    )
    .help(
        "write three ASCII hyphens `---` alone in the first line, the keys below it, and `---` once more above the text",
        "请在第一行单独写三个半角减号 `---`，其下写各个键，再以一行 `---` 结束，之后是正文",
    )
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::diagnostic::{Diagnostics, SourcePath};

    #[track_caller]
    fn check(text: &str, yaml: &str, body: &str) {
        let mut diagnostics = Diagnostics::new();
        let split = split(&SourcePath::new("x.md"), text, &mut diagnostics).unwrap();
        assert_eq!((text.get(split.yaml), text.get(split.body)), (Some(yaml), Some(body)), "{text:?}");
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn parts() {
        check("---\na: 1\n---\n正文", "a: 1\n", "正文");
        check("---\r\na: 1\r\n---\r\n正文\r\n", "a: 1\r\n", "正文\r\n");
        check("\u{feff}---\na: 1\n---\n正文", "a: 1\n", "正文");
        check("---\n---\n", "", "");
        check("---\n---", "", "");
        check("正文\n---\n", "", "正文\n---\n");
        check("", "", "");
        check("--- \na: 1\n---  \n正文", "a: 1\n", "正文");
        check("\n\r\n---\na: 1\n---\n正文", "a: 1\n", "正文");
    }

    #[test]
    fn front_matter_must_begin_with_three_hyphens() {
        for first in ["－－－", "——", "----", "-- -", "———", "status：completed\n---", "正文\n\n---"]
        {
            let mut diagnostics = Diagnostics::new();
            let text = format!("{first}\nheading: 一、甲\n---\n正文\n");
            assert!(split(&SourcePath::new("x.md"), &text, &mut diagnostics).is_none(), "{first}");
            assert_eq!(diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["misplaced-front-matter"]);
        }
        check("正文\n---\n乙：丙\n---\n", "", "正文\n---\n乙：丙\n---\n");
        check("- 甲\n- 乙\n", "", "- 甲\n- 乙\n");
    }

    #[test]
    fn front_matter_without_end_is_an_error() {
        let mut diagnostics = Diagnostics::new();
        assert!(split(&SourcePath::new("x.md"), "---\na: 1\n", &mut diagnostics).is_none());
        assert_eq!(diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["unclosed-front-matter"]);
    }
}
