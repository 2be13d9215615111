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
    let Some(mut fields) = fields else { return section };

    if let Some(kind) = fields.one_of("kind", &KINDS, diagnostics) {
        section.kind = kind.value;
    }
    section.heading = match section.kind {
        Kind::Prose => fields.text("heading", diagnostics),
        Kind::Item | Kind::Group => {
            fields.required_text("heading", "一、关于“……”问题的整改情况", diagnostics)
        }
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

    if blocks.is_empty() && section.kind != Kind::Group {
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

fn empty(path: &SourcePath, id: &str) -> Section {
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
    }
}
