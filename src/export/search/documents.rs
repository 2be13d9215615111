//! The site → entries: a section with the pieces of it that have an address of their own.
//!
//! Texts come from the model, so nothing that gongkai or a theme adds to a page is found. A document is a measure or point, the
//! paragraphs between measures, a named figure, or a contact.

use std::collections::BTreeSet;

use serde::Serialize;

use super::text;
use crate::markdown::{self, Inline};
use crate::notice::{
    Contact, LedgerCell, LedgerColumn, LedgerRow, Measure, Metric, Notice, Paragraph, Part, PassageId,
    Status, measure_anchor,
};
use crate::site::{Route, Searched, Site};

/// Something that can be searched: its documents as they are compared, and as they are shown.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The heading; empty if there is none.
    pub(super) heading: Vec<char>,
    /// The other documents; none is empty.
    pub(super) documents: Vec<Vec<char>>,
    /// The place of the status in [`Status::ALL`], from 1; 0 for none.
    pub(super) status: u8,
    /// What is shown.
    pub(super) json: EntryJson,
}

/// The page, the anchor of the whole there, the heading, the documents.
#[derive(Debug, Default, Serialize)]
pub(super) struct EntryJson(String, String, String, Vec<DocumentJson>);

/// The anchor, empty where it is that of the whole; the text; for a figure, the label.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum DocumentJson {
    Text(String, String),
    Figure(String, String, String),
}

/// Cuts something that can be searched into documents.
pub(super) fn entry(site: &Site, searched: Searched<'_>) -> Entry {
    match searched {
        Searched::Opening(index) => opening(site, index),
        Searched::Section { notice, section } => of_section(site, notice, section),
        Searched::Page(index) => {
            let page = &site.pages[index];
            let mut entry = Entry::new(Route::Page(index).path(site), "", &page.title.value);
            entry.push("", &markdown::plain_text(&page.body));
            entry
        }
        Searched::Contact(contact) => {
            let page = site.pages.iter().find(|page| page.id == "contact");
            let mut entry =
                Entry::new(Route::Contact.path(site), "", page.map_or("", |page| page.title.value.as_str()));
            // The page has an entry of its own; here the title only says what is shown.
            entry.heading.clear();
            entry.push("", &contact_text(contact));
            entry
        }
    }
}

fn opening(site: &Site, index: usize) -> Entry {
    let notice = &site.notices[index];
    let path = Route::Notice(index).path(site);
    let mut entry = Entry::new(path, "", &notice.title.value);
    entry.push_figures(notice, &notice.opening.metrics);
    entry.push_parts(&notice.opening.body, "opening", "#opening");
    entry
}

fn of_section(site: &Site, index: usize, position: usize) -> Entry {
    let notice = &site.notices[index];
    let section = site.section(index, position);
    let anchor = section.anchor();
    let heading = section.heading.as_ref().map_or("", |heading| heading.value.as_str());
    let mut entry = if section.item_number.is_some() {
        Entry::new(Route::Item { notice: index, section: position }.path(site), "", heading)
    } else {
        Entry::new(Route::Notice(index).path(site), &format!("#{anchor}"), heading)
    };
    let place = |status| Status::ALL.iter().position(|(_, one)| *one == status);
    let status = section.state().and_then(place).map_or(0, |place| place + 1);
    entry.status = u8::try_from(status).expect("there are five");
    entry.push_figures(notice, &section.passage.metrics);
    if let Some(row) = &section.row {
        entry.push("", &text_of_row(notice, row));
    }
    // Items have entries of their own, rows that are none do not: titles, sums.
    let of_items: BTreeSet<(usize, usize)> = notice
        .rows_of(PassageId::of_section(position))
        .flat_map(|(_, _, row)| row.rows.clone().map(|index| (row.table, index)))
        .collect();
    let mut start = 0;
    for (n, table) in section.tables.iter().enumerate() {
        entry.push_parts(section.passage.body.get(start..table.part).unwrap_or_default(), &anchor, "");
        let rows = section.ledger_table(n).map_or(&[][..], |(_, table)| &table.rows);
        for (_, row) in rows.iter().enumerate().filter(|(index, _)| !of_items.contains(&(n, *index))) {
            entry.push("", &row.iter().map(Inline::plain_text).collect::<Vec<_>>().join("\n"));
        }
        start = table.part + 1;
    }
    entry.push_parts(section.passage.body.get(start..).unwrap_or_default(), &anchor, "");
    entry
}

/// The cells of an item that is told by rows of a ledger, each with the head of its column, its number last; its problem is the
/// heading.
fn text_of_row(notice: &Notice, row: &LedgerRow) -> String {
    let mut cells = notice.cells_of(row);
    cells.retain(|cell| cell.column != LedgerColumn::Problem);
    cells.sort_by_key(|cell| cell.column == LedgerColumn::Number);
    let line = |cell: &LedgerCell<'_>| format!("{}：{}", cell.head.plain_text(), cell.text.plain_text());
    cells.iter().map(line).collect::<Vec<_>>().join("\n")
}

impl Entry {
    fn new(path: String, anchor: &str, heading: &str) -> Self {
        Self {
            heading: text::stream(heading),
            json: EntryJson(path, anchor.to_owned(), heading.to_owned(), Vec::new()),
            ..Self::default()
        }
    }

    fn push(&mut self, anchor: &str, text: &str) {
        let text = text.trim();
        let stream = text::stream(text);
        if !stream.is_empty() {
            self.documents.push(stream);
            self.json.3.push(DocumentJson::Text(anchor.to_owned(), text.to_owned()));
        }
    }

    /// Adds the metrics that this part of the notice defines; each leads to the place that states it.
    fn push_figures(&mut self, notice: &Notice, metrics: &[Metric]) {
        for metric in metrics {
            let anchor = metric.printings.first().and_then(|printing| notice.figure(*printing).anchor());
            let (label, printed) = (&metric.label.value, metric.quantity.value.printed());
            let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
            self.documents.push(text::stream(&format!("{label} {printed}")));
            self.json.3.push(DocumentJson::Figure(anchor, printed.to_owned(), label.clone()));
        }
    }

    /// Adds parts whose measures have anchors that begin with `above`; what stands between measures leads to `anchor`.
    fn push_parts(&mut self, parts: &[Part], above: &str, anchor: &str) {
        let mut between = String::new();
        for part in parts {
            match part {
                Part::Measure(measure) => {
                    self.push(anchor, &std::mem::take(&mut between));
                    self.push_measure(measure, above);
                }
                Part::Paragraph(paragraph) if !paragraph.points.is_empty() => {
                    self.push(anchor, &std::mem::take(&mut between));
                    self.push_points(paragraph, above, anchor);
                }
                _ => push_line(part, &mut between),
            }
        }
        self.push(anchor, &between);
    }

    /// Adds the points of a paragraph, behind the words in front of them.
    fn push_points(&mut self, paragraph: &Paragraph, above: &str, anchor: &str) {
        let mut words = paragraph.label.as_ref().map(Inline::plain_text).unwrap_or_default();
        let text = paragraph.text.plain_text();
        let start = paragraph.points.first().map_or(0, |point| point.mark.start);
        words.push_str(text.get(..start).unwrap_or_default());
        self.push(anchor, &words);
        for point in &paragraph.points {
            let anchor = measure_anchor(above, point.position);
            self.push(&format!("#{anchor}"), text.get(point.range()).unwrap_or_default());
        }
    }

    /// Adds a measure with all of its own text, then the measures in it.
    fn push_measure(&mut self, measure: &Measure, above: &str) {
        let anchor = measure_anchor(above, measure.position);
        let mut text = measure.lead.as_ref().map(Inline::plain_text).unwrap_or_default();
        if !measure.is_run_in {
            text.push('\n');
        }
        let is_measure = |part: &&Part| matches!(part, Part::Measure(_));
        measure.parts.iter().filter(|part| !is_measure(part)).for_each(|part| push_line(part, &mut text));
        self.push(&format!("#{anchor}"), &text);
        for part in &measure.parts {
            if let Part::Measure(inner) = part {
                self.push_measure(inner, &anchor);
            }
        }
    }
}

fn push_line(part: &Part, out: &mut String) {
    match part {
        Part::Paragraph(paragraph) => {
            if let Some(label) = &paragraph.label {
                out.push_str(&label.plain_text());
            }
            out.push_str(&paragraph.text.plain_text());
            out.push('\n');
        }
        Part::Block(block) => out.push_str(&markdown::plain_text(std::slice::from_ref(block))),
        Part::Measure(_) => {}
    }
}

fn contact_text(contact: &Contact) -> String {
    let lines = |one: &str, other: Option<&str>| {
        [Some(one), other].into_iter().flatten().collect::<Vec<_>>().join("\n")
    };
    match contact {
        Contact::Phone { number, hours } => lines(number, hours.as_deref()),
        Contact::Post { address, postcode } => lines(address, postcode.as_deref()),
        Contact::Email { address } => address.clone(),
        Contact::Platform { name, path, url: _ } => {
            lines(name, (!path.is_empty()).then(|| path.join(" › ")).as_deref())
        }
    }
}
