//! What was found → one JSON object; `docs/schemas/findings.schema.json` holds its form.

use serde::Serialize;

use super::{Findings, Stretch, severity};
use crate::diagnostic::{Certainty, Diagnostic, Fix, Location, Message, Severity};
use crate::text::characters;

#[derive(Serialize)]
struct FindingsView<'a> {
    format: &'static str,
    version: u32,
    errors: usize,
    warnings: usize,
    notes: usize,
    findings: Vec<FindingView<'a>>,
}

#[derive(Serialize)]
struct FindingView<'a> {
    code: &'static str,
    severity: &'static str,
    message: WordsView<'a>,
    place: Option<PlaceView<'a>>,
    help: Option<WordsView<'a>>,
    related: Vec<RelatedView<'a>>,
    fixes: Vec<FixView<'a>>,
}

#[derive(Serialize)]
struct WordsView<'a> {
    en: &'a str,
    zh: &'a str,
}

#[derive(Serialize)]
struct PlaceView<'a> {
    path: &'a str,
    range: Option<RangeView>,
}

#[derive(Serialize)]
struct RangeView {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: usize,
    end_byte: usize,
}

#[derive(Serialize)]
struct RelatedView<'a> {
    place: PlaceView<'a>,
    message: WordsView<'a>,
}

#[derive(Serialize)]
struct FixView<'a> {
    title: WordsView<'a>,
    certainty: &'static str,
    edits: Vec<EditView<'a>>,
}

#[derive(Serialize)]
struct EditView<'a> {
    path: &'a str,
    range: RangeView,
    text: &'a str,
}

impl From<Stretch> for RangeView {
    fn from(Stretch { start, end, bytes }: Stretch) -> Self {
        Self {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            start_byte: bytes.start,
            end_byte: bytes.end,
        }
    }
}

pub(super) fn print(findings: &Findings<'_>) -> String {
    let all = findings.all;
    let count = |severity| all.iter().filter(|found| found.severity == severity).count();
    let view = FindingsView {
        format: "gongkai-findings",
        version: 1,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        findings: all.iter().map(|found| finding(found, findings)).collect(),
    };
    let json = serde_json::to_string_pretty(&view).expect("texts and numbers are JSON");
    characters::escaped_in_json(&json).into_owned()
}

fn finding<'a>(found: &'a Diagnostic, findings: &Findings<'_>) -> FindingView<'a> {
    let related = found.related.iter().map(|related| RelatedView {
        place: place(&related.location, findings),
        message: words(&related.message),
    });
    let related = related.collect();
    FindingView {
        code: found.code,
        severity: severity(found.severity),
        message: words(&found.message),
        place: found.location.as_ref().map(|location| place(location, findings)),
        help: found.help.as_ref().map(words),
        related,
        fixes: found.fixes.iter().map(|one| fix(one, findings)).collect(),
    }
}

fn words(message: &Message) -> WordsView<'_> {
    let [en, zh] = message.both();
    WordsView { en, zh }
}

fn place<'a>(location: &'a Location, findings: &Findings<'_>) -> PlaceView<'a> {
    PlaceView { path: location.path.as_str(), range: findings.stretch(location).map(RangeView::from) }
}

fn fix<'a>(fix: &'a Fix, findings: &Findings<'_>) -> FixView<'a> {
    let edits = fix.edits.iter().map(|edit| EditView {
        path: edit.path.as_str(),
        range: findings.stretch_of(&edit.path, edit.range.clone()).into(),
        text: &edit.text,
    });
    FixView {
        title: words(&fix.title),
        certainty: match fix.certainty {
            Certainty::Certain => "certain",
            Certainty::Probable => "probable",
        },
        edits: edits.collect(),
    }
}
