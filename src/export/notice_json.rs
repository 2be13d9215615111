//! `notice.json`: the whole notice as a tree, for those who read it with programs.
//!
//! `docs/schemas/notice.schema.json` holds the form. Texts are what a reader sees, without markup; the approved text as a
//! file of its own is not here. Where the text states each metric stands in `figures.json`.

use serde::Serialize;

use super::json;
use super::records::{DayRecord, MetricRecord};
use crate::markdown::{self, Inline};
use crate::notice::{
    Contact, Correction, Inspection, LedgerCell, LedgerRow, Metric, Notice, Paragraph, Part, Point,
    PublicationTime, Section, Status, measure_anchor,
};
use crate::site::{DataFile, Route, Site, relative_address};

#[derive(Serialize)]
struct NoticeJson<'a> {
    format: &'static str,
    version: u32,
    id: &'a str,
    title: &'a str,
    unit: &'a str,
    address: String,
    index_number: Option<&'a str>,
    document_number: Option<&'a str>,
    inspection: Option<InspectionJson<'a>>,
    date: Option<DayRecord<'a>>,
    published: Option<String>,
    edition: usize,
    corrections: Vec<CorrectionJson<'a>>,
    open_until: Option<DayRecord<'a>>,
    as_of: DayRecord<'a>,
    signature: Option<&'a str>,
    signers: Vec<&'a str>,
    contacts: Vec<ContactJson<'a>>,
    counts: CountsJson,
    opening: OpeningJson<'a>,
    sections: Vec<SectionJson<'a>>,
    metrics: Vec<MetricRecord<'a>>,
}

#[derive(Serialize)]
struct CorrectionJson<'a> {
    date: DayRecord<'a>,
    note: &'a str,
}

#[derive(Serialize)]
struct InspectionJson<'a> {
    kind: Option<&'a str>,
    group: Option<&'a str>,
    from: Option<DayRecord<'a>>,
    to: Option<DayRecord<'a>>,
    findings: Option<DayRecord<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum ContactJson<'a> {
    Phone { number: &'a str, hours: Option<&'a str> },
    Post { address: &'a str, postcode: Option<&'a str> },
    Email { address: &'a str },
    Platform { name: &'a str, path: &'a [String], url: Option<&'a str> },
}

#[derive(Serialize)]
struct CountsJson {
    items: usize,
    measures: usize,
    items_by_status: Option<ByStatusJson>,
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
struct ByStatusJson {
    completed: usize,
    mostly_completed: usize,
    in_progress: usize,
    long_term: usize,
    not_done: usize,
    not_stated: usize,
}

#[derive(Serialize)]
struct OpeningJson<'a> {
    metrics: Vec<&'a str>,
    parts: Vec<PartJson>,
}

#[derive(Serialize)]
struct SectionJson<'a> {
    id: &'a str,
    kind: &'static str,
    number: Option<usize>,
    level: u8,
    heading: Option<&'a str>,
    address: String,
    item_page: Option<String>,
    status: Option<&'static str>,
    status_words: Option<&'a str>,
    responsible: &'a [String],
    due: Option<DayRecord<'a>>,
    plain: Option<&'a str>,
    metrics: Vec<&'a str>,
    parts: Vec<PartJson>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum PartJson {
    Measure {
        anchor: String,
        lead: Option<String>,
        parts: Vec<Self>,
    },
    Paragraph {
        label: Option<String>,
        text: String,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        points: Vec<PointJson>,
    },
    Block {
        text: String,
    },
}

#[derive(Serialize)]
struct PointJson {
    anchor: String,
    text: String,
}

/// Writes `notice.json` of a notice.
pub fn notice_json(site: &Site, index: usize) -> String {
    let notice = &site.notices[index];
    let from = Route::Data { notice: index, file: DataFile::NoticeJson }.path(site);
    let page = Route::Notice(index).path(site);
    let sections = notice.sections.iter().enumerate().map(|(position, section)| {
        let address = relative_address(&from, &format!("{page}#{}", section.anchor()));
        let own_page = Route::Item { notice: index, section: position };
        let item_page = section.item_number.map(|_| relative_address(&from, &own_page.path(site)));
        section_json(notice, section, address, item_page)
    });
    json::write(&NoticeJson {
        format: "gongkai-notice",
        version: 1,
        id: &notice.id,
        title: &notice.title.value,
        unit: &notice.unit,
        address: relative_address(&from, &page),
        index_number: notice.index_number.as_deref(),
        document_number: notice.document_number.as_deref(),
        inspection: notice.inspection.as_ref().map(inspection),
        date: notice.date.as_ref().map(|date| DayRecord::new(&date.value)),
        published: notice.published.as_ref().map(PublicationTime::iso),
        edition: notice.edition(),
        corrections: notice.corrections.iter().map(correction).collect(),
        open_until: notice.open_until.as_ref().map(DayRecord::new),
        as_of: DayRecord::new(notice.as_of_day()),
        signature: match notice.signers.as_slice() {
            [alone] => Some(&alone.value),
            _ => None,
        },
        signers: notice.signers.iter().map(|signer| signer.value.as_str()).collect(),
        contacts: site.contacts(notice).iter().map(contact).collect(),
        counts: CountsJson {
            items: notice.n_items(),
            measures: notice.n_measures(),
            items_by_status: by_status(notice),
        },
        opening: OpeningJson {
            metrics: ids(&notice.opening.metrics),
            parts: parts(&notice.opening.body, "opening"),
        },
        sections: sections.collect(),
        metrics: notice
            .metrics()
            .map(|(passage, metric)| MetricRecord::new(notice, passage, metric))
            .collect(),
    })
}

fn correction(correction: &Correction) -> CorrectionJson<'_> {
    CorrectionJson { date: DayRecord::new(&correction.date), note: &correction.note.value }
}

fn section_json<'a>(
    notice: &'a Notice,
    section: &'a Section,
    address: String,
    item_page: Option<String>,
) -> SectionJson<'a> {
    let of_rows = section.row.as_ref().map(|row| cells(notice, row));
    SectionJson {
        id: &section.id,
        kind: section.kind.id(),
        number: section.item_number,
        level: section.level,
        heading: section.heading.as_ref().map(|heading| heading.value.as_str()),
        address,
        item_page,
        status: section.state().map(Status::id),
        status_words: section.status.as_ref().and_then(|status| status.words.as_deref()),
        responsible: &section.responsible,
        due: section.due.as_ref().map(DayRecord::new),
        plain: section.plain.as_ref().map(|plain| plain.value.as_str()),
        metrics: ids(&section.passage.metrics),
        parts: of_rows.unwrap_or_else(|| parts(&section.passage.body, &section.anchor())),
    }
}

/// Turns the cells of an item of a ledger into paragraphs, the heads of their columns being the labels.
fn cells(notice: &Notice, row: &LedgerRow) -> Vec<PartJson> {
    let cells = notice.cells_of(row);
    let paragraph = |cell: &LedgerCell<'_>| PartJson::Paragraph {
        label: Some(cell.head.plain_text()),
        text: cell.text.plain_text(),
        points: Vec::new(),
    };
    cells.iter().map(paragraph).collect()
}

fn inspection(inspection: &Inspection) -> InspectionJson<'_> {
    InspectionJson {
        kind: inspection.kind.as_deref(),
        group: inspection.group.as_deref(),
        from: inspection.from.as_ref().map(DayRecord::new),
        to: inspection.to.as_ref().map(DayRecord::new),
        findings: inspection.findings.as_ref().map(DayRecord::new),
    }
}

fn contact(contact: &Contact) -> ContactJson<'_> {
    match contact {
        Contact::Phone { number, hours } => ContactJson::Phone { number, hours: hours.as_deref() },
        Contact::Post { address, postcode } => ContactJson::Post { address, postcode: postcode.as_deref() },
        Contact::Email { address } => ContactJson::Email { address },
        Contact::Platform { name, path, url } => ContactJson::Platform { name, path, url: url.as_deref() },
    }
}

/// Counts the items of each status; `None` if the notice states none, since zeros would claim that nothing is done.
fn by_status(notice: &Notice) -> Option<ByStatusJson> {
    let count = |status: Option<Status>| notice.items().filter(|item| item.state() == status).count();
    notice.items().any(|item| item.status.is_some()).then(|| ByStatusJson {
        completed: count(Some(Status::Completed)),
        mostly_completed: count(Some(Status::MostlyCompleted)),
        in_progress: count(Some(Status::InProgress)),
        long_term: count(Some(Status::LongTerm)),
        not_done: count(Some(Status::NotDone)),
        not_stated: notice.items().filter(|item| item.is_status_unstated()).count(),
    })
}

/// Turns the parts of a text into a tree; the anchors of its measures begin with `anchor`.
fn parts(parts: &[Part], anchor: &str) -> Vec<PartJson> {
    parts.iter().map(|part| self::part(part, anchor)).collect()
}

fn part(part: &Part, anchor: &str) -> PartJson {
    match part {
        Part::Measure(measure) => {
            let anchor = measure_anchor(anchor, measure.position);
            let parts = parts(&measure.parts, &anchor);
            PartJson::Measure { anchor, lead: measure.lead.as_ref().map(Inline::plain_text), parts }
        }
        Part::Paragraph(paragraph) => PartJson::Paragraph {
            label: paragraph.label.as_ref().map(Inline::plain_text),
            text: paragraph.text.plain_text(),
            points: points(paragraph, anchor),
        },
        Part::Block(block) => {
            let text = markdown::plain_text(std::slice::from_ref(block));
            PartJson::Block { text: text.trim_end_matches('\n').to_owned() }
        }
    }
}

fn points(paragraph: &Paragraph, anchor: &str) -> Vec<PointJson> {
    let text = paragraph.text.plain_text();
    let point = |point: &Point| PointJson {
        anchor: measure_anchor(anchor, point.position),
        text: text.get(point.range()).unwrap_or_default().trim().to_owned(),
    };
    paragraph.points.iter().map(point).collect()
}

fn ids(metrics: &[Metric]) -> Vec<&str> {
    metrics.iter().map(|metric| metric.id.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::{site, site_with};
    use serde_json::{Value, json};

    #[track_caller]
    fn item(front_matter: &str, body: &str) -> Value {
        let notice: Value = serde_json::from_str(&notice_json(&site_with(front_matter, body), 0)).unwrap();
        notice["sections"][0].clone()
    }

    #[test]
    fn measures_are_a_tree() {
        let item = item(
            "",
            "（一）改进工作。已经**改进**。\n\n1.完成第一步；\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n",
        );
        assert_eq!(
            item["parts"],
            json!([{"kind": "measure", "anchor": "item-1-1", "lead": "（一）改进工作。", "parts": [
                {"kind": "paragraph", "label": null, "text": "已经改进。"},
                {"kind": "measure", "anchor": "item-1-1-1", "lead": null, "parts": [
                    {"kind": "paragraph", "label": null, "text": "1.完成第一步；"},
                    {"kind": "block", "text": "甲\n乙\n1\n2"},
                ]},
            ]}])
        );
    }

    #[test]
    fn points_stand_beside_the_text_of_their_paragraph() {
        let item = item("", "整改情况：一是修订办法。二是开展培训。\n");
        assert_eq!(
            item["parts"],
            json!([{"kind": "paragraph", "label": "整改情况：", "text": "一是修订办法。二是开展培训。", "points": [
                {"anchor": "item-1-1", "text": "一是修订办法。"},
                {"anchor": "item-1-2", "text": "二是开展培训。"},
            ]}])
        );
    }

    #[test]
    fn what_is_not_stated_is_null() {
        let item = item("metrics: {人数: 9人}\n", "到场9人。");
        assert_eq!(item["status"], Value::Null);
        assert_eq!(item["due"], Value::Null);
        assert_eq!(item["responsible"], json!([]));
        assert_eq!(item["address"], "index.html#item-1");
        assert_eq!(item["item_page"], "01.html");
        assert_eq!(item["metrics"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn statuses_are_counted_if_any_is_stated() {
        let count = |status: &str| {
            let notice = site(&[
                ("content/n/notice.md", "---\ntitle: 甲\nunit: 甲\ndate: 2025-08-28\n---\n现予以公布。\n"),
                ("content/n/01.md", &format!("---\nheading: 一、甲\n{status}---\n已改。\n")),
                ("content/n/02.md", "---\nheading: 二、乙\n---\n已改。\n"),
            ]);
            by_status(&notice.notices[0])
        };
        assert_eq!(count(""), None);
        let expected = ByStatusJson {
            completed: 0,
            mostly_completed: 1,
            in_progress: 0,
            long_term: 0,
            not_done: 0,
            not_stated: 1,
        };
        assert_eq!(count("status: mostly-completed\n"), Some(expected));
    }

    #[test]
    fn contacts_are_typed() {
        let platform = Contact::Platform { name: "甲".to_owned(), path: vec!["乙".to_owned()], url: None };
        let json = serde_json::to_value(contact(&platform)).unwrap();
        assert_eq!(json, json!({"kind": "platform", "name": "甲", "path": ["乙"], "url": null}));
    }
}
