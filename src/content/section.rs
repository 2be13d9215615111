//! One section file → [`Section`], without its place among the others.

use super::{fields, front_matter, outline};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::markdown;
use crate::notice::{Kind, Section, Status};

/// The words for the kinds of a section.
const KINDS: [(&str, Kind); 3] = [("item", Kind::Item), ("prose", Kind::Prose), ("group", Kind::Group)];

/// Parses `06.md`; `level` and `item_number` are given later, when the neighbors are known.
///
/// Pushes `missing-key` (an item or a group without heading), `unknown-value`, `not-a-date`, `empty-file`, and what the
/// front matter, the metrics and the Markdown bring.
pub(super) fn parse(
    path: &SourcePath,
    id: &str,
    text: &str,
    options: &markdown::Options,
    diagnostics: &mut Diagnostics,
) -> Section {
    let mut section = empty(path, id);
    if super::is_blank(path, text, diagnostics) {
        return section;
    }
    let (fields, body) = front_matter::open(path, text, diagnostics);
    let body_start = body.start;
    let blocks = markdown::parse(path, text, body, options, diagnostics);
    let Some(mut fields) = fields else {
        section.body = outline::outline(blocks);
        return section;
    };

    let says_kind = fields.has("kind");
    let kind = fields.one_of("kind", &KINDS, diagnostics).map(|kind| kind.value);
    // Of a kind that nobody knows, nobody knows either what it needs.
    let kind_is_known = kind.is_some() || !says_kind;
    section.kind = kind.unwrap_or(Kind::Item);
    section.heading = if kind_is_known && section.kind != Kind::Prose {
        fields.required_text("heading", "一、关于“……”问题的整改情况", diagnostics)
    } else {
        fields.text("heading", diagnostics)
    };
    section.status = fields.one_of("status", &Status::ALL, diagnostics).map(|status| status.value);
    let responsible = fields.texts("responsible", diagnostics).unwrap_or_default();
    section.responsible = responsible.into_iter().map(|unit| unit.value).collect();
    section.due = fields::day(&mut fields, "due", diagnostics);
    section.plain = fields.text("plain", diagnostics).map(|plain| plain.value);
    let heading = section.heading.as_ref().map_or("", |heading| heading.value.as_str());
    let words = format!("{heading}\n{}", markdown::plain_text(&blocks));
    section.metrics = fields::metrics(&mut fields, &words, diagnostics);
    fields.finish(diagnostics);

    let needs_text = kind_is_known && section.kind != Kind::Group;
    section.is_whole =
        (section.heading.is_some() || section.kind == Kind::Prose) && !(blocks.is_empty() && needs_text);
    if blocks.is_empty() && needs_text {
        diagnostics.push(
            Diagnostic::error(
                "section-without-text",
                Location::new(path, body_start..body_start),
                "the section has no text",
                "这一部分没有正文",
            )
            .help("write its text below the second `---`", "请在第二个 `---` 之下写正文"),
        );
    }
    section.body = outline::outline(blocks);
    section
}

/// A section of which nothing could be read.
pub(super) fn empty(path: &SourcePath, id: &str) -> Section {
    Section {
        id: id.to_owned(),
        source: path.clone(),
        kind: Kind::Item,
        heading: None,
        level: 1,
        item_number: None,
        status: None,
        responsible: Vec::new(),
        due: None,
        plain: None,
        metrics: Vec::new(),
        body: Vec::new(),
        is_whole: false,
    }
}
