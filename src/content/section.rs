//! One section file → [`Section`], without its place among the others.

use super::stated::{self, Facts};
use super::{accepted, front_matter, ledger, outline, points, status};
use crate::binding::{self, Heading, ReadText, Unresolved};
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Location, SourcePath};
use crate::fields;
use crate::keys::{FORMERLY, section as keys};
use crate::markdown;
use crate::notice::{Kind, Passage, Section};
use crate::yaml::{Entry, Fields, LocatedText};

/// The words for the kinds of a section.
const KINDS: [(&str, Kind); 5] = [
    ("item", Kind::Item),
    ("prose", Kind::Prose),
    ("group", Kind::Group),
    ("annex", Kind::Annex),
    ("ledger", Kind::Ledger),
];

/// What one section file says.
pub(super) struct ReadSection {
    pub(super) section: Section,
    /// What concerns other sections, too.
    pub(super) unresolved: Unresolved,
    /// The items that the rows of a ledger are; they stand behind it.
    pub(super) rows: Vec<Section>,
}

impl ReadSection {
    fn alone(section: Section) -> Self {
        Self { section, unresolved: Unresolved::default(), rows: Vec::new() }
    }

    /// A section of which nothing could be read.
    pub(super) fn unread(path: &SourcePath, id: &str) -> Self {
        Self::alone(empty(path, id))
    }
}

/// The words for the levels of a heading.
const LEVELS: [(&str, u8); 4] = [("1", 1), ("2", 2), ("3", 3), ("4", 4)];

/// Parses `06.md`; `level` and `item_number` are given later, when the neighbors are known.
///
/// Pushes `missing-key` (an item or a group without heading), `unknown-value`, `not-a-date`, `empty-file`, and what the
/// front matter, the figures, the Markdown and the rows of a ledger bring.
pub(super) fn parse(
    path: &SourcePath,
    id: &str,
    text: &str,
    options: &markdown::Options,
    diagnostics: &mut Diagnostics,
) -> ReadSection {
    let mut section = empty(path, id);
    if super::is_blank(path, text, diagnostics) {
        return ReadSection::alone(section);
    }
    let (fields, body) = front_matter::open(path, text, options, diagnostics);
    let body_start = body.start;
    let mut blocks = markdown::parse(path, text, body, options, diagnostics);
    let Some(mut fields) = fields else {
        section.passage.body = outline::outline(blocks);
        return ReadSection::alone(section);
    };

    let says_kind = fields.has(&keys::KIND);
    let kind = fields.one_of(&keys::KIND, &KINDS, diagnostics).map(|kind| kind.value);
    // Unknown kind: required keys are unknown too, so report none as missing.
    let kind_is_known = kind.is_some() || !says_kind;
    section.kind = kind.unwrap_or(Kind::Item);
    let needs_heading = matches!(section.kind, Kind::Item | Kind::Group);
    section.heading = if kind_is_known && needs_heading {
        fields.required_text(&keys::HEADING, diagnostics)
    } else {
        fields.text(&keys::HEADING, diagnostics)
    };
    section.own_level = fields.one_of(&keys::LEVEL, &LEVELS, diagnostics);
    let facts = facts(&mut fields, diagnostics);
    section.status = facts.status.as_ref().map(|status| status.value.clone());
    section.responsible = facts.responsible.iter().map(|unit| unit.value.clone()).collect();
    section.due = facts.due.as_ref().map(|due| due.value.clone());
    let meanings = meanings(&mut fields, diagnostics);
    section.plain = fields.text(&keys::PLAIN, diagnostics).map(|plain| LocatedText::new(plain, text));
    section.formerly = fields.texts(&FORMERLY, diagnostics).unwrap_or_default();
    let heading = section.heading.as_ref().map(|heading| Heading::new(heading, text));
    let ReadText { passage, unresolved } =
        binding::read(&mut fields, path, text, heading.as_ref(), &mut blocks, diagnostics);
    section.passage = passage;
    section.passage.accepted = accepted::read(&mut fields, diagnostics);
    fields.finish(diagnostics);

    let needs_text = kind_is_known && section.kind != Kind::Group;
    section.passage.is_whole =
        (section.heading.is_some() || !needs_heading) && !(blocks.is_empty() && needs_text);
    if blocks.is_empty() && needs_text {
        diagnostics.push(
            Diagnostic::error(
                "section-without-text",
                Location::new(path, body_start..body_start),
                "the section has no text",
                "这一部分没有正文",
            )
            .help(
                "write its text below the second `---`; if it is only a heading over the sections behind it, add `kind: group`",
                "请在第二个 `---` 之下写正文；如果它只是统领后面几部分的标题，请加一行 `kind: group`",
            ),
        );
    }
    section.passage.body = outline::outline(blocks);
    let yaml = front_matter::range(path, text);
    if section.kind == Kind::Item {
        points::set(&mut section.passage.body);
        stated::check(&mut section, &facts, (text, yaml.clone()), diagnostics);
    }
    let mut rows = Vec::new();
    if section.kind == Kind::Ledger {
        section.tables = ledger::tables(&section.passage.body);
        rows = ledger::items(&section, &facts, meanings, diagnostics);
    } else {
        ledger::check(&section, (text, yaml), diagnostics);
        let place = meanings.into_values().next().map(|is| is.location);
        diagnostics.extend(place.map(ledger::statuses_without_ledger));
    }
    ReadSection { section, unresolved, rows }
}

/// Reads what words for a status mean.
fn meanings(fields: &mut Fields, diagnostics: &mut Diagnostics) -> ledger::Meanings {
    let entries = fields.node(&keys::STATUS_MEANINGS).and_then(|node| node.into_entries(diagnostics));
    let mut meanings = ledger::Meanings::new();
    for Entry { key, node } in entries.unwrap_or_default() {
        let Some(text) = node.into_text(&key.value, diagnostics) else { continue };
        if let Some(status) = status::known(text, diagnostics) {
            meanings.insert(key.value, Located { value: status.value.is, location: key.location });
        }
    }
    meanings
}

/// Reads what the text of an item may state as well.
fn facts(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Facts {
    let keys_present =
        [&keys::STATUS, &keys::RESPONSIBLE, &keys::DUE].into_iter().filter(|key| fields.has(key));
    let keys_present = keys_present.map(|key| key.name).collect();
    let status = status::read(fields, diagnostics);
    let responsible = fields.texts(&keys::RESPONSIBLE, diagnostics).unwrap_or_default();
    for unit in &responsible {
        if unit.value.contains(['，', '、', '；', ';']) {
            diagnostics.push(several_in_one(unit));
        }
    }
    let due = fields::limit(fields, &keys::DUE, diagnostics);
    Facts { status, responsible, due, keys: keys_present }
}

/// The problem of units that are parted by Chinese punctuation and so read as one.
fn several_in_one(units: &Located<String>) -> Diagnostic {
    let parted = units.value.split(['，', '、', '；', ';']).map(|unit| unit.trim_matches(['“', '”', ' ']));
    let parted = parted.filter(|unit| !unit.is_empty()).collect::<Vec<_>>().join(", ");
    Diagnostic::error(
        "several-in-one-entry",
        units.location.clone(),
        format!("`{}` is several units in one entry", units.value),
        format!("`{}` 把几个单位写成了一个", units.value),
    )
    .help(
        format!("part them with a comma and a space: `responsible: [{parted}]`"),
        format!("请用半角逗号加空格隔开：`responsible: [{parted}]`"),
    )
}

/// A section of which nothing could be read.
pub(super) fn empty(path: &SourcePath, id: &str) -> Section {
    Section {
        id: id.to_owned(),
        kind: Kind::Item,
        heading: None,
        level: 1,
        own_level: None,
        item_number: None,
        status: None,
        states_status: false,
        responsible: Vec::new(),
        due: None,
        plain: None,
        formerly: Vec::new(),
        tables: Vec::new(),
        row: None,
        passage: Passage::unread(path),
    }
}
