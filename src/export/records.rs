//! A metric, and a relation, under the names by which every format for programs tells them.
//!
//! CSV, `figures.json`, `notice.json` and the list of `gongkai figures` take their fields from here, so that no two of them
//! call the same thing by different names. `docs/data.md` says what each means.

use serde::Serialize;

use crate::diagnostic::Language;
use crate::figure::{Approximation, Decimal, Estimate, Quantity};
use crate::notice::{Day, Direction, Metric, Notice, PassageId, Relation};

/// What a figure says.
#[derive(Debug, Serialize)]
pub(crate) struct ValueRecord<'a> {
    /// As printed; a member of a list has the unit that it shares.
    pub(super) printed: &'a str,
    /// Exact, without 万 and 亿; of a range, its lower end.
    pub(super) value: Decimal,
    /// The upper end of a range.
    pub(super) value_to: Option<Decimal>,
    /// Without 万 and 亿.
    pub(super) unit: &'a str,
    /// How many decimal places are printed.
    decimals: u32,
    /// The power of ten of the printed scale.
    scale: u32,
    /// How words such as 余 loosen it.
    pub(super) approximation: Option<&'static str>,
}

impl<'a> ValueRecord<'a> {
    /// Tells what `quantity` says.
    pub(crate) fn new(quantity: &'a Quantity) -> Self {
        Self {
            printed: quantity.printed(),
            value: quantity.value(),
            value_to: quantity.upper(),
            unit: quantity.unit().as_str(),
            decimals: quantity.printed_decimals(),
            scale: quantity.scale(),
            approximation: quantity.approximation().map(Approximation::id),
        }
    }
}

/// A named figure.
#[derive(Debug, Serialize)]
pub(super) struct MetricRecord<'a> {
    pub(super) id: &'a str,
    pub(super) label: &'a str,
    #[serde(flatten)]
    pub(super) value: ValueRecord<'a>,
    pub(super) direction: Option<&'static str>,
    pub(super) as_of: Option<AsOfRecord<'a>>,
    /// The id of the section that defines it; `None` for the opening.
    pub(super) section: Option<&'a str>,
    pub(super) note: Option<&'a str>,
}

impl<'a> MetricRecord<'a> {
    /// Tells of the metric that `passage` of `notice` defines.
    pub(super) fn new(notice: &'a Notice, passage: PassageId, metric: &'a Metric) -> Self {
        Self {
            id: &metric.id,
            label: &metric.label.value,
            value: ValueRecord::new(&metric.quantity.value),
            direction: metric.direction.map(Direction::id),
            as_of: AsOfRecord::new(metric),
            section: section_id(notice, passage),
            note: metric.note.as_deref(),
        }
    }
}

/// A relation with what came of computing it.
#[derive(Debug, Serialize)]
pub(crate) struct RelationRecord<'a> {
    /// The id of the section that states it; `None` for the opening.
    section: Option<&'a str>,
    formula: &'a str,
    /// The formula with the printed figures.
    in_figures: String,
    result: &'static str,
    reason: Option<&'static str>,
    implied: Option<ImpliedRecord<'a>>,
    note: Option<&'a str>,
}

impl<'a> RelationRecord<'a> {
    /// Tells of the relation that `passage` of `notice` states; `implied` is what to tell of a value that the text does not
    /// state, in the words of `language`.
    pub(crate) fn new(
        notice: &'a Notice,
        passage: PassageId,
        relation: &'a Relation,
        implied: Option<&'a Estimate>,
        language: Language,
    ) -> Self {
        Self {
            section: section_id(notice, passage),
            formula: &relation.text.value,
            in_figures: relation.in_figures(|id| notice.metric(id)),
            result: relation.result(),
            reason: relation.reason(),
            implied: implied.map(|estimate| ImpliedRecord::new(estimate, language)),
            note: relation.remark(),
        }
    }
}

/// The range in which a value lies that the text does not state, rounded outwards as pages print it.
#[derive(Debug, Serialize)]
struct ImpliedRecord<'a> {
    printed: String,
    lower: Option<Decimal>,
    upper: Option<Decimal>,
    unit: Option<&'a str>,
}

impl<'a> ImpliedRecord<'a> {
    fn new(estimate: &'a Estimate, language: Language) -> Self {
        let [lower, upper] = estimate.ends();
        Self { printed: estimate.print(language), lower, upper, unit: estimate.unit() }
    }
}

/// A day: its date, if it is known to the day, and as printed.
#[derive(Debug, Serialize)]
pub(super) struct DayRecord<'a> {
    pub(super) date: Option<String>,
    pub(super) printed: &'a str,
}

impl<'a> DayRecord<'a> {
    pub(super) fn new(day: &'a Day) -> Self {
        Self { date: day.iso(), printed: day.printed() }
    }
}

/// The day up to which a figure counts, with the words of the text that mean it.
#[derive(Debug, Serialize)]
pub(super) struct AsOfRecord<'a> {
    #[serde(flatten)]
    pub(super) day: DayRecord<'a>,
    pub(super) words: Option<&'a str>,
}

impl<'a> AsOfRecord<'a> {
    fn new(metric: &'a Metric) -> Option<Self> {
        let as_of = metric.as_of.as_ref()?;
        Some(Self { day: DayRecord::new(&as_of.day), words: as_of.words.as_deref() })
    }
}

/// Returns the id of the section of a passage; `None` for the opening.
pub(super) fn section_id(notice: &Notice, passage: PassageId) -> Option<&str> {
    notice.section(passage).map(|section| section.id.as_str())
}
