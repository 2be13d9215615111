//! The model: what a notice is, once it has been read and found usable.
//!
//! Start with [`Notice`]; it holds [`Section`]s, an item among them holds [`Measure`]s.
//! The types keep the approved wording as it was written, together with its place in the file, and what the front
//! matter says about it. They know nothing of YAML, of addresses on the site or of HTML.

mod approved;
mod contact;
mod date;
mod inspection;
mod ledger;
mod metric;
mod passage;
mod section;
mod status;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostic::{Located, Location, SourcePath};
use crate::markdown::Block;
use crate::yaml::LocatedText;

pub use approved::{Approval, ApprovalStep, ApprovedForm, ApprovedText};
pub use contact::Contact;
pub use date::{Day, PublicationTime};
pub use inspection::Inspection;
pub use ledger::{LedgerCell, LedgerColumn, LedgerRow, LedgerTable};
pub use metric::{
    AsOf, Claim, Counted, Coverage, Direction, Figure, Metric, Operand, Printing, Relation, UnclearNumber,
};
pub use passage::{Accepted, Passage, PassageId, Proposal, ProposalKind};
pub use section::{Kind, Measure, Paragraph, Part, Point, Section, measure_anchor, measures_of};
pub use status::{ItemStatus, Status};

/// The most figures that are shown at the top of a notice: what can be read in a minute (主要数据).
pub const MOST_KEY_FIGURES: usize = 8;

/// One published text (通报): its opening, its sections in order, its signature.
#[derive(Debug, Clone)]
pub struct Notice {
    /// The name of its folder, which is its address: ASCII letters, digits and `-`.
    pub id: String,
    /// The title.
    pub title: Located<String>,
    /// The unit that was inspected and that publishes.
    pub unit: String,
    /// 索引号, the number in the catalogue of the government's information.
    pub index_number: Option<String>,
    /// 发文字号, the number of the document.
    pub document_number: Option<String>,
    /// Who inspected, and when.
    pub inspection: Option<Inspection>,
    /// 成文日期, the date under the signature, known at least to the month; `None` where the text prints none, see
    /// [`Notice::day`].
    pub date: Option<Located<Day>>,
    /// When it was published; `None` if the front matter does not say.
    pub published: Option<PublicationTime>,
    /// Who signs, each on a line of its own, where gongkai sets the signature; none where the text itself ends with it.
    pub signers: Vec<Located<String>>,
    /// How citizens reach the unit about this notice.
    pub contacts: Vec<Contact>,
    /// Where each of these contacts is written.
    pub contact_places: Vec<Location>,
    /// Values of `notice.md` that may have stayed from the example of `gongkai init`.
    pub examples: Vec<Located<String>>,
    /// Whether its opening and its approved text are as `gongkai init` wrote them.
    pub is_example: bool,
    /// The day that words such as 截至目前 mean; `None` where it is [`Notice::day`].
    pub as_of: Option<Day>,
    /// Where each metric is defined, by its id: the passage and the index there.
    pub metric_index: BTreeMap<String, (PassageId, usize)>,
    /// What `notice.md` says.
    pub opening: Passage,
    /// The sections in file-name order.
    pub sections: Vec<Section>,
    /// The text that was signed off.
    pub approved: Option<ApprovedText>,
    /// Who signed it off; never published.
    pub approval: Option<Approval>,
    /// What was changed after it was published, the first change first.
    pub corrections: Vec<Correction>,
    /// The day until which it is to be public (公开期限); it stays afterwards.
    pub open_until: Option<Day>,
    /// Where it stood on the site before, as it is written.
    pub formerly: Vec<Located<String>>,
    /// Whether it is not to be published yet.
    pub is_draft: bool,
}

impl Notice {
    /// Returns the sections that are items, in order.
    pub fn items(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| section.kind == Kind::Item)
    }

    /// Counts the items, which are numbered from 1.
    pub fn n_items(&self) -> usize {
        self.sections.iter().rev().find_map(|section| section.item_number).unwrap_or_default()
    }

    /// Tells whether its own file and those of its sections could be read, so that what it says is all there.
    pub fn is_all_read(&self) -> bool {
        self.passages().all(|(_, passage)| passage.is_whole)
    }

    /// Returns the number of this edition (版次): 1, and one more for each correction.
    pub fn edition(&self) -> usize {
        1 + self.corrections.len()
    }

    /// Returns how many of the sections stand in front of the signature; the others are annexes.
    pub fn n_before_signature(&self) -> usize {
        self.sections.iter().take_while(|section| section.kind != Kind::Annex).count()
    }

    /// Counts the measures that stand directly in its items, and the points of items that have no other.
    pub fn n_measures(&self) -> usize {
        self.items().map(Section::n_measures).sum()
    }

    /// Returns every metric with the passage that defines it, in reading order.
    pub fn metrics(&self) -> impl Iterator<Item = (PassageId, &Metric)> {
        self.passages().flat_map(|(id, passage)| passage.metrics.iter().map(move |metric| (id, metric)))
    }

    /// Returns the metric with this id.
    pub fn metric(&self, id: &str) -> Option<&Metric> {
        let (passage, index) = *self.metric_index.get(id)?;
        self[passage].metrics.get(index)
    }

    /// Returns every relation with the passage that states it, in reading order.
    pub fn relations(&self) -> impl Iterator<Item = (PassageId, &Relation)> {
        self.passages().flat_map(|(id, passage)| passage.relations.iter().map(move |relation| (id, relation)))
    }

    /// Returns the metrics that readers see first, in reading order: those that the author has marked, else the
    /// [leading ones](Self::leading_metrics); of either the first [`MOST_KEY_FIGURES`].
    pub fn key_metrics(&self) -> Vec<&Metric> {
        let marked = self.metrics().map(|(_, metric)| metric).filter(|metric| metric.is_key);
        let mut metrics: Vec<&Metric> = marked.collect();
        if metrics.is_empty() {
            metrics = self.leading_metrics();
        }
        metrics.sort_by_key(|metric| metric.printings.first().copied());
        metrics.truncate(MOST_KEY_FIGURES);
        metrics
    }

    /// Returns the metrics of which the first are key figures where nobody has marked any: those of the opening, or, where it
    /// has none, all.
    pub fn leading_metrics(&self) -> Vec<&Metric> {
        let proposed = self.proposed_labels();
        let is_looked_at = |metric: &&Metric| !proposed.contains(metric.label.value.as_str());
        let of_opening = self.opening.metrics.iter();
        let all = self.metrics().map(|(_, metric)| metric).filter(|_| self.opening.metrics.is_empty());
        of_opening.chain(all).filter(is_looked_at).collect()
    }

    /// Returns the names of metrics that a program proposed and nobody has looked at: they are not set in front of readers.
    pub fn proposed_labels(&self) -> BTreeSet<&str> {
        let proposals = self.passages().flat_map(|(_, passage)| &passage.proposals);
        let of_metrics = proposals.filter(|proposal| proposal.kind == ProposalKind::Metric);
        of_metrics.map(|proposal| proposal.about.value.as_str()).collect()
    }

    /// Counts the figures of all texts that are accounted for. Numbers that cannot be read are open, too, until they are
    /// declared to be no figures.
    pub fn coverage(&self) -> Coverage {
        self.passages().map(|(_, passage)| passage.coverage()).sum()
    }

    /// Counts the entries that a program proposed and nobody has looked at.
    pub fn n_proposed(&self) -> usize {
        self.passages().map(|(_, passage)| passage.proposals.len()).sum()
    }

    /// Tells whether a file of it accepts a warning.
    pub fn accepts_warnings(&self) -> bool {
        self.passages().any(|(_, passage)| !passage.accepted.is_empty())
    }

    /// Returns the figure that a printing names.
    pub fn figure(&self, printing: Printing) -> &Figure {
        &self[printing.passage].figures[printing.figure]
    }

    /// Returns the day that stands for the notice: 成文日期, else the day on which it was published.
    pub fn day(&self) -> &Day {
        let published = || self.published.as_ref().map(PublicationTime::day);
        self.date.as_ref().map(|date| &date.value).or_else(published).unwrap_or(&date::UNKNOWN)
    }

    /// Returns the day by which notices are ordered. In the month that a notice is of, it is that of its publication, else
    /// the first. `None` only if a fault, which has been reported, leaves it unknown.
    pub fn order_day(&self) -> Option<Date> {
        let (first, last) = self.day().span()?;
        let published = self.published.as_ref().map_or(first, PublicationTime::date);
        Some(published.clamp(first, last))
    }

    /// Returns the day that words such as 截至目前 mean.
    pub fn as_of_day(&self) -> &Day {
        self.as_of.as_ref().unwrap_or_else(|| self.day())
    }

    /// Returns the moment from which the notice counts as issued: its publication, else the beginning of its day in Beijing.
    /// `None` only if a fault, which has been reported, leaves it unknown.
    pub fn issued(&self) -> Option<PublicationTime> {
        self.published.clone().or_else(|| self.order_day().map(PublicationTime::start_of))
    }

    /// Returns the moment from which the latest edition counts as issued: the beginning of the day of the last correction,
    /// else as [`Self::issued`].
    pub fn updated(&self) -> Option<PublicationTime> {
        let issued = self.issued();
        let corrected =
            self.corrections.last().and_then(|last| last.date.date()).map(PublicationTime::start_of);
        // A correction of the day of publication has no time of its own.
        match (&issued, &corrected) {
            (Some(first), Some(last)) if last.in_beijing() < first.in_beijing() => issued,
            _ => corrected.or(issued),
        }
    }

    /// Tells whether the approved text begins with the title, so that the title belongs to it.
    pub fn title_is_approved(&self) -> bool {
        let folded = |text: &str| -> String {
            let read = crate::text::characters::as_read(text).map(|(_, character)| character);
            read.map(crate::text::width::fold).filter(|c| !c.is_whitespace()).collect()
        };
        self.approved.as_ref().is_some_and(|approved| {
            let first: String = approved.text.lines().take(4).collect();
            folded(&first).starts_with(&folded(&self.title.value))
        })
    }
}

/// A change of a text that had been published (更正), told to everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The day on which it was made.
    pub date: Day,
    /// What was changed and why.
    pub note: LocatedText,
}

/// A page beside the notices: contact, feedback, or any other Markdown file directly in `content/`.
#[derive(Debug, Clone)]
pub struct InformationPage {
    /// The name of its file without `.md`, which is its address.
    pub id: String,
    /// Its file.
    pub source: SourcePath,
    /// The title.
    pub title: Located<String>,
    /// The text.
    pub body: Vec<Block>,
    /// Where it stood on the site before, as it is written.
    pub formerly: Vec<Located<String>>,
    /// Whether the file could be read; if not, that has been reported.
    pub is_whole: bool,
}
