//! What templates can read. `docs/themes.md` describes every field; a test compares the two.
//!
//! Paths are from the site's root: a template writes `{{ root }}{{ notice.path }}`. `docs/themes.md` says which fields
//! are HTML and are printed with `| safe`; all others are escaped by the template engine.

use serde::Serialize;

/// The site.
#[derive(Debug, Serialize)]
pub(super) struct SiteView {
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) language: String,
    pub(super) base_url: Option<String>,
    pub(super) site_code: Option<String>,
    pub(super) icp: Option<String>,
    pub(super) police_record: Option<String>,
    pub(super) police_code: Option<String>,
    pub(super) conac: Option<String>,
    pub(super) domain: Option<String>,
    pub(super) feedback_action: Option<String>,
    pub(super) feedback_answer_within: Option<String>,
    pub(super) pages: Vec<LinkView>,
}

/// The page being rendered.
#[derive(Debug, Serialize)]
pub(super) struct PageView {
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) path: String,
    pub(super) canonical: Option<String>,
    pub(super) edition: Option<usize>,
    pub(super) error_report: Option<String>,
    pub(super) breadcrumbs: Vec<LinkView>,
    pub(super) json_ld: Option<String>,
}

/// A page to link to.
#[derive(Debug, Serialize)]
pub(super) struct LinkView {
    pub(super) title: String,
    pub(super) path: String,
}

/// An item as it stands in a list; `id` is what the feedback form calls it: `zhoushan-2025/06`.
#[derive(Debug, Serialize)]
pub(super) struct ItemLinkView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) path: String,
}

/// A notice as it stands in a list.
#[derive(Debug, Serialize)]
pub(super) struct NoticeSummaryView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) unit: String,
    pub(super) path: String,
    pub(super) date: DayView,
    pub(super) published: Option<TimeView>,
    pub(super) n_items: usize,
    pub(super) n_corrections: usize,
    pub(super) items: Vec<ItemLinkView>,
}

/// What the home page sums up over all notices.
#[derive(Debug, Serialize)]
pub(super) struct TotalsView {
    pub(super) n_notices: usize,
    pub(super) n_items: usize,
    pub(super) n_measures: usize,
    pub(super) statuses: Vec<StatusCountView>,
}

/// The notices of one year, or of one unit.
#[derive(Debug, Serialize)]
pub(super) struct ArchiveView {
    pub(super) name: String,
    pub(super) notices: Vec<NoticeSummaryView>,
}

/// How many items have a status.
#[derive(Debug, Serialize)]
pub(super) struct StatusCountView {
    pub(super) status: &'static str,
    pub(super) n: usize,
}

/// A notice with all of its text.
#[derive(Debug, Serialize)]
pub(super) struct NoticeView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) title_is_approved: bool,
    pub(super) is_compared: bool,
    pub(super) unit: String,
    pub(super) path: String,
    pub(super) inspection: Option<InspectionView>,
    pub(super) date: DayView,
    pub(super) published: Option<TimeView>,
    pub(super) edition: usize,
    pub(super) corrections: Vec<CorrectionView>,
    pub(super) open_until: Option<DayView>,
    pub(super) signature: Option<String>,
    pub(super) contacts: Vec<ContactView>,
    pub(super) sentences: Vec<SentenceView>,
    pub(super) relations: Vec<RelationView>,
    pub(super) n_items: usize,
    pub(super) n_measures: usize,
    pub(super) n_figures: usize,
    pub(super) statuses: Vec<StatusCountView>,
    pub(super) charts: Vec<ChartView>,
    pub(super) data_files: Vec<DataFileView>,
    pub(super) opening: Vec<PartView>,
    pub(super) sections: Vec<SectionView>,
}

/// A change of the text after it was published.
#[derive(Debug, Serialize)]
pub(super) struct CorrectionView {
    pub(super) date: DayView,
    pub(super) note: String,
}

/// A drawing of figures that can be compared. `total` is what the bars add up to.
#[derive(Debug, Serialize)]
pub(super) struct ChartView {
    pub(super) kind: &'static str,
    pub(super) total: Option<BarView>,
    pub(super) bars: Vec<BarView>,
}

/// A bar: where it begins and how long it is, in percent of the drawing's width.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BarView {
    pub(super) label: Option<String>,
    pub(super) status: Option<&'static str>,
    pub(super) text: String,
    pub(super) start: String,
    pub(super) length: String,
    pub(super) place: Option<String>,
}

/// A data file of a notice.
#[derive(Debug, Serialize)]
pub(super) struct DataFileView {
    pub(super) kind: &'static str,
    pub(super) path: String,
}

/// Who inspected, and when.
#[derive(Debug, Serialize)]
pub(super) struct InspectionView {
    pub(super) kind: Option<String>,
    pub(super) group: Option<String>,
    pub(super) from: Option<DayView>,
    pub(super) to: Option<DayView>,
    pub(super) findings: Option<DayView>,
}

/// A day.
#[derive(Debug, Serialize)]
pub(super) struct DayView {
    pub(super) printed: String,
    pub(super) iso: Option<String>,
}

/// A moment.
#[derive(Debug, Serialize)]
pub(super) struct TimeView {
    pub(super) printed: String,
    pub(super) iso: String,
}

/// A section: an item, prose or a group.
#[derive(Debug, Serialize)]
pub(super) struct SectionView {
    pub(super) id: String,
    pub(super) kind: &'static str,
    pub(super) anchor: String,
    pub(super) level: u8,
    pub(super) heading: Option<String>,
    pub(super) number: Option<usize>,
    pub(super) path: Option<String>,
    pub(super) status: Option<&'static str>,
    pub(super) responsible: Vec<String>,
    pub(super) due: Option<DayView>,
    pub(super) plain: Option<String>,
    pub(super) sentences: Vec<SentenceView>,
    pub(super) relations: Vec<RelationView>,
    pub(super) n_figures: usize,
    pub(super) n_measures: usize,
    pub(super) parts: Vec<PartView>,
}

/// A piece of text: a measure, a paragraph, or a block such as a table.
#[derive(Debug, Serialize)]
pub(super) struct PartView {
    pub(super) kind: &'static str,
    pub(super) anchor: Option<String>,
    pub(super) lead: Option<String>,
    pub(super) is_run_in: bool,
    pub(super) label: Option<String>,
    pub(super) html: String,
    pub(super) parts: Vec<Self>,
}

/// A word of the text that the site explains.
#[derive(Debug, Serialize)]
pub(super) struct TermView {
    pub(super) term: String,
    pub(super) meaning: String,
    pub(super) anchor: String,
    pub(super) place: Option<String>,
}

/// A sentence of the text as HTML, with the named figures that it states.
#[derive(Debug, Serialize)]
pub(super) struct SentenceView {
    pub(super) html: String,
    pub(super) figures: Vec<FigureView>,
}

/// A named figure.
#[derive(Debug, Serialize)]
pub(super) struct FigureView {
    pub(super) id: String,
    pub(super) anchor: String,
    pub(super) label: String,
    pub(super) printed: String,
    pub(super) value: String,
    pub(super) value_to: Option<String>,
    pub(super) unit: String,
    pub(super) direction: Option<&'static str>,
    pub(super) as_of: Option<DayView>,
    pub(super) as_of_words: Option<String>,
    pub(super) note: Option<String>,
    pub(super) places: Vec<String>,
}

/// A relation between figures, and what came of computing it.
#[derive(Debug, Serialize)]
pub(super) struct RelationView {
    pub(super) pieces: Vec<PieceView>,
    pub(super) result: &'static str,
    pub(super) reason: Option<&'static str>,
    pub(super) implied: Option<String>,
    pub(super) note: Option<String>,
}

/// One word of a relation: a figure, a count, a number, a symbol, or the value that the text does not state.
#[derive(Debug, Serialize)]
pub(super) struct PieceView {
    pub(super) kind: &'static str,
    pub(super) label: Option<String>,
    pub(super) counted: Option<&'static str>,
    pub(super) text: String,
    pub(super) anchor: Option<String>,
}

/// A way to reach the unit.
#[derive(Debug, Serialize)]
pub(super) struct ContactView {
    pub(super) kind: &'static str,
    pub(super) text: String,
    pub(super) href: Option<String>,
    pub(super) to: Option<String>,
    pub(super) hours: Option<String>,
    pub(super) postcode: Option<String>,
    pub(super) steps: Vec<String>,
}

/// Contacts that several notices may share.
#[derive(Debug, Serialize)]
pub(super) struct ContactGroupView {
    pub(super) contacts: Vec<ContactView>,
    pub(super) notices: Vec<LinkView>,
}
