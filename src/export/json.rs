//! JSON as every data file writes it: two spaces a level, keys in the order of the fields, one line end behind it.
//!
//! What several files have in common stands here. A value that is not known is `null`, never left out, so that a reader can
//! tell “not stated” from “not thought of”.

use serde::Serialize;

use crate::notice::{Day, Metric, Notice, PassageId};

/// Writes a data file.
pub(super) fn write(file: &impl Serialize) -> String {
    let mut text =
        serde_json::to_string_pretty(file).expect("data files are structs of texts, numbers and lists");
    text.push('\n');
    text
}

/// A day: its date, if it is known to the day, and as printed.
#[derive(Debug, Serialize)]
pub(super) struct DayJson<'a> {
    pub(super) date: Option<String>,
    pub(super) printed: &'a str,
}

impl<'a> DayJson<'a> {
    pub(super) fn new(day: &'a Day) -> Self {
        Self { date: day.iso(), printed: day.printed() }
    }
}

/// The day up to which a figure counts, with the words of the text that mean it.
#[derive(Debug, Serialize)]
pub(super) struct AsOfJson<'a> {
    date: Option<String>,
    printed: &'a str,
    words: Option<&'a str>,
}

impl<'a> AsOfJson<'a> {
    pub(super) fn new(metric: &'a Metric) -> Option<Self> {
        let as_of = metric.as_of.as_ref()?;
        let DayJson { date, printed } = DayJson::new(&as_of.day);
        Some(Self { date, printed, words: as_of.words.as_deref() })
    }
}

/// Returns the id of the section of a passage; nothing for the opening.
pub(super) fn section_id(notice: &Notice, passage: PassageId) -> Option<&str> {
    notice.section(passage).map(|section| section.id.as_str())
}
