//! Sections of a notice, and the measures inside them.

use std::ops::Range;

use super::{Day, Passage};
use crate::diagnostic::Located;
use crate::markdown::{Block, Inline};

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
    /// The place among the items of the notice, from 1; `None` unless it is an item.
    pub item_number: Option<usize>,
    /// Whether the problem is solved; `None` where the public text does not say.
    pub status: Option<Status>,
    /// The units that are responsible.
    pub responsible: Vec<String>,
    /// The day by which it is to be done.
    pub due: Option<Day>,
    /// An explanation for readers; never part of the approved text.
    pub plain: Option<String>,
    /// What its file says.
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
}

impl Kind {
    /// The word by which templates and data files call it: `item`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Prose => "prose",
            Self::Group => "group",
            Self::Annex => "annex",
        }
    }
}

/// Whether a problem is solved (整改状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// 已完成.
    Completed,
    /// 基本完成.
    MostlyCompleted,
    /// 正在整改.
    InProgress,
    /// 长期坚持.
    LongTerm,
}

impl Status {
    /// Every status with the word that front matter and templates use for it.
    pub const ALL: [(&'static str, Self); 4] = [
        ("completed", Self::Completed),
        ("mostly-completed", Self::MostlyCompleted),
        ("in-progress", Self::InProgress),
        ("long-term", Self::LongTerm),
    ];

    /// The word for it: `completed`.
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(_, status)| *status == self).expect("every status is listed").0
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
    /// Its bytes in the file.
    pub range: Range<usize>,
}

/// Returns the anchor of the measure at `position` below `above`: `item-6-2`, `item-6-2-1`, `section-closing.1`.
///
/// The dot keeps it apart from the anchor of a section whose file is called `closing-1.md`.
pub fn measure_anchor(above: &str, position: usize) -> String {
    let is_of_named_section = above.starts_with("section-") && !above.contains('.');
    let separator = if is_of_named_section { '.' } else { '-' };
    format!("{above}{separator}{position}")
}

/// Counts the measures directly in `parts`.
pub fn measures_of(parts: &[Part]) -> usize {
    parts.iter().filter(|part| matches!(part, Part::Measure(_))).count()
}
