//! Shortcuts for the tests of this room: source text in, something comparable out.

use std::borrow::Cow;
use std::ops::Range;

use super::{
    Block, BlockKind, HtmlOptions, Inline, Mark, MarkKind, Options, parse, write_blocks, write_inline,
};
use crate::diagnostic::{Diagnostic, Diagnostics, SourcePath};

/// Resolves no address, prefixes ids with `x-`, and shows the number of each mark.
fn html_options() -> HtmlOptions<'static> {
    HtmlOptions {
        resolve: &|destination| Cow::Borrowed(destination),
        size: &|_| None,
        mark: &|number| {
            let kind = MarkKind::Figure(number.to_string());
            Some(Mark { id: format!("m{number}"), href: format!("#{number}"), kind })
        },
        id_prefix: "x-",
        footnotes: "",
        heading_shift: 0,
        rows: None,
    }
}

pub(super) fn parse_with(source: &str, range: Range<usize>, tags: &[&str]) -> (Vec<Block>, Vec<Diagnostic>) {
    let allowed_tags = tags.iter().map(|&tag| tag.to_owned()).collect();
    let options = Options { allowed_tags, ..Options::default() };
    let mut diagnostics = Diagnostics::new();
    let blocks = parse(&SourcePath::new("a.md"), source, range, &options, &mut diagnostics);
    (blocks, diagnostics.into_sorted())
}

pub(super) fn parse_text(source: &str) -> (Vec<Block>, Vec<Diagnostic>) {
    parse_with(source, 0..source.len(), &[])
}

pub(super) fn inline_with(source: &str, tags: &[&str]) -> Inline {
    let (mut blocks, _) = parse_with(source, 0..source.len(), tags);
    assert_eq!(blocks.len(), 1, "{source:?}");
    match blocks.pop().unwrap().kind {
        BlockKind::Paragraph(text) | BlockKind::Html(text) => text,
        other => panic!("{source:?} is {other:?}"),
    }
}

pub(crate) fn inline(source: &str) -> Inline {
    inline_with(source, &[])
}

pub(super) fn inline_html(inline: &Inline) -> String {
    let mut out = String::new();
    write_inline(inline, &html_options(), &mut out);
    out
}

pub(super) fn blocks_html(blocks: &[Block]) -> String {
    let mut out = String::new();
    write_blocks(blocks, &html_options(), &mut out);
    out
}

pub(super) fn html_with(source: &str, tags: &[&str]) -> String {
    blocks_html(&parse_with(source, 0..source.len(), tags).0)
}

pub(super) fn html(source: &str) -> String {
    html_with(source, &[])
}

/// Returns each problem as `code start..end`.
pub(super) fn codes(source: &str) -> Vec<String> {
    let as_text = |diagnostic: Diagnostic| {
        let range = diagnostic.location.unwrap().range.unwrap();
        format!("{} {}..{}", diagnostic.code, range.start, range.end)
    };
    parse_text(source).1.into_iter().map(as_text).collect()
}
