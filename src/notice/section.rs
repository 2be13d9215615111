//! Sections of a notice, and the measures inside them.

use std::ops::Range;

use super::{Day, ItemStatus, LedgerRow, LedgerTable, Passage, Status};
use crate::diagnostic::Located;
use crate::markdown::{Block, Inline};
use crate::yaml::LocatedText;

/// A part of a notice that has a file of its own.
#[derive(Debug, Clone)]
pub struct Section {
    /// The name of its file without `.md`: ASCII letters, digits and `-`.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The heading as printed, numeral included. Items and groups always have one.
    pub heading: Option<Located<String>>,
    /// How deep its heading stands: 1 for a heading directly below the title.
    pub level: u8,
    /// The level that its front matter says.
    pub own_level: Option<Located<u8>>,
    /// The place among the items of the notice, from 1; `None` unless it is an item.
    pub item_number: Option<usize>,
    /// Whether the problem is solved; `None` where the public text does not say.
    pub status: Option<ItemStatus>,
    /// Whether the text says something about that, even if it cannot be told what.
    pub states_status: bool,
    /// The units that are responsible.
    pub responsible: Vec<String>,
    /// The day by which it is to be done, or the words that are printed in its place.
    pub due: Option<Day>,
    /// An explanation for readers; never part of the approved text.
    pub plain: Option<LocatedText>,
    /// Where it stood on the site before, as it is written.
    pub formerly: Vec<Located<String>>,
    /// The tables of it whose rows are items; none unless it is a ledger.
    pub tables: Vec<LedgerTable>,
    /// Where an item stands that is told by rows of a ledger, behind which it comes.
    pub row: Option<LedgerRow>,
    /// What its file says; an item of a ledger has no text and no figures of its own, they are those of the ledger.
    pub passage: Passage,
}

impl Section {
    /// The anchor of the section on the page of the whole notice: `item-6`, or `section-closing`.
    ///
    /// It comes from numbering or the file's name, never from the heading, so it survives a change of words.
    pub fn anchor(&self) -> String {
        match self.item_number {
            Some(number) => format!("item-{number}"),
            None => format!("section-{}", self.id),
        }
    }

    /// Tells whether nothing is known of its status: it is an item, and neither front matter nor text says how far it is.
    pub fn is_status_unstated(&self) -> bool {
        self.kind == Kind::Item && self.status.is_none() && !self.states_status
    }

    /// Counts the measures that stand directly in it: those of a text, or the points that stand for them, or what its rows of
    /// a ledger list.
    pub fn n_measures(&self) -> usize {
        self.row.as_ref().map_or_else(|| measures_of(&self.passage.body), |row| row.n_measures)
    }

    /// Returns which of the known states the problem is in.
    pub fn state(&self) -> Option<Status> {
        self.status.as_ref().map(|status| status.is)
    }
}

/// What a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One problem and what was done about it (整改事项).
    Item,
    /// Text around the items: organization, outlook, contacts.
    Prose,
    /// A heading that holds the items after it.
    Group,
    /// What stands behind signature and date (附件).
    Annex,
    /// A table of problems (整改清单), with the text around it; its rows are items.
    Ledger,
}

impl Kind {
    /// The word by which templates and data files call it: `item`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Prose => "prose",
            Self::Group => "group",
            Self::Annex => "annex",
            Self::Ledger => "ledger",
        }
    }
}

/// A piece of a section's text.
#[derive(Debug, Clone)]
pub enum Part {
    /// A numbered step, with all that belongs to it.
    Measure(Measure),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table, list, quotation or anything else that Markdown offers.
    Block(Block),
}

/// One step inside a section (措施): its numbering, its lead sentence, its text.
#[derive(Debug, Clone)]
pub struct Measure {
    /// The place among its neighbors, from 1; the printed number may differ in a text with slips.
    pub position: usize,
    /// The numbering and the lead sentence as printed, `（一）强化政治理论学习。`, with the label that may stand in front of
    /// them; `None` if the text has no lead sentence, in which case the numbering stands in the first paragraph.
    pub lead: Option<Inline>,
    /// Whether the text goes on behind the lead sentence on the same line.
    pub is_run_in: bool,
    /// What belongs to it, nested measures among it.
    pub parts: Vec<Part>,
    /// The bytes of its first paragraph in the file.
    pub range: Range<usize>,
}

/// A paragraph, with the label that it may begin with.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// `整改情况：` and the like.
    pub label: Option<Inline>,
    /// The text behind the label.
    pub text: Inline,
    /// The points of it (一是…二是…) that stand for measures, in order.
    pub points: Vec<Point>,
    /// Whether it is a line of the list of annexes (附件说明, GB/T 9704-2012, 7.3.4): 附件：1.…, and behind it 2.….
    pub is_annex: bool,
    /// Its bytes in the file.
    pub range: Range<usize>,
}

/// A point inside a paragraph, of an item that has no measures: 一是….
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The place among the points of the item, from 1; its anchor is that of a measure at this place.
    pub position: usize,
    /// The bytes of `一是` in the words of the paragraph.
    pub mark: Range<usize>,
    /// Where it ends there.
    pub end: usize,
}

impl Point {
    /// Returns the bytes of all of it in the words of its paragraph.
    pub fn range(&self) -> Range<usize> {
        self.mark.start..self.end
    }
}

/// Returns the anchor of the measure at `position` below `above`: `item-6-2`, `item-6-2-1`, `section-closing.1`.
///
/// The dot keeps it apart from the anchor of a section whose file is called `closing-1.md`.
pub fn measure_anchor(above: &str, position: usize) -> String {
    let is_of_named_section = above.starts_with("section-") && !above.contains('.');
    let separator = if is_of_named_section { '.' } else { '-' };
    format!("{above}{separator}{position}")
}

/// Counts the measures directly in `parts`, or the points that stand for them.
pub fn measures_of(parts: &[Part]) -> usize {
    let count = |part: &Part| match part {
        Part::Measure(_) => 1,
        Part::Paragraph(paragraph) => paragraph.points.len(),
        Part::Block(_) => 0,
    };
    parts.iter().map(count).sum()
}
