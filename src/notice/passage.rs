//! What one file of a notice says: the opening (`notice.md`), or a section.

use std::ops::{Index, IndexMut};

use super::{Claim, Coverage, Figure, Metric, Notice, Part, Relation, Section, UnclearNumber};
use crate::diagnostic::{Located, Location, SourcePath};

/// Everything that one file of a notice says in its text, and about its figures.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The file.
    pub source: SourcePath,
    /// The text.
    pub body: Vec<Part>,
    /// The named figures that it defines.
    pub metrics: Vec<Metric>,
    /// Every figure of its text, in reading order.
    pub figures: Vec<Figure>,
    /// What it states as numbers that cannot be read.
    pub unclear: Vec<UnclearNumber>,
    /// The relations that it states.
    pub relations: Vec<Relation>,
    /// The warnings that stand, as its author says.
    pub accepted: Vec<Accepted>,
    /// The entries that a program proposed, and nobody has looked at.
    pub proposals: Vec<Proposal>,
    /// Whether its title or heading, its text and, of an opening, date and signature could be read; if not, that has been
    /// reported, and nothing follows from what is missing.
    pub is_whole: bool,
}

/// An entry of the front matter that a program proposed, and nobody has looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Which list it belongs to.
    pub kind: ProposalKind,
    /// What it is about, where it stands: the name of a metric, a formula, words that are no figure.
    pub about: Located<String>,
}

/// The lists that programs propose entries for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalKind {
    /// `metrics:`.
    Metric,
    /// `not_figures:`.
    NotAFigure,
    /// `relations:`.
    Relation,
}

impl Passage {
    /// Counts the figures that are accounted for; numbers that cannot be read are open until they are exempt.
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        for figure in &self.figures {
            match figure.claim {
                Claim::Metric { .. } => coverage.bound += 1,
                Claim::NotAFigure => coverage.exempt += 1,
                Claim::None => coverage.open += 1,
            }
        }
        let n_exempt = self.unclear.iter().filter(|number| number.is_exempt).count();
        coverage.exempt += n_exempt;
        coverage.open += self.unclear.len() - n_exempt;
        coverage
    }

    /// Returns the passage of a file of which nothing could be read.
    pub fn unread(source: &SourcePath) -> Self {
        Self {
            source: source.clone(),
            body: Vec::new(),
            metrics: Vec::new(),
            figures: Vec::new(),
            unclear: Vec::new(),
            relations: Vec::new(),
            accepted: Vec::new(),
            proposals: Vec::new(),
            is_whole: false,
        }
    }
}

/// A warning that stands (原文如此), in the file that says so; an opening speaks for the whole folder of its notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The code of the warning.
    pub code: &'static str,
    /// The words in which it has its place, or the name of the file that it is about.
    pub words: String,
    /// Why it stands.
    pub because: String,
    /// Where that is written.
    pub location: Location,
}

/// A passage of a notice: 0 is the opening, n the nth section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageId(usize);

impl PassageId {
    /// The opening, the body of `notice.md`.
    pub const OPENING: Self = Self(0);

    /// Returns the passage of the section at `index`, from 0.
    pub fn of_section(index: usize) -> Self {
        Self(index + 1)
    }

    /// Returns the index of the section, from 0; `None` for the opening.
    pub fn section(self) -> Option<usize> {
        self.0.checked_sub(1)
    }
}

impl Notice {
    /// Returns the passages in reading order: the opening, then each section's.
    pub fn passages(&self) -> impl Iterator<Item = (PassageId, &Passage)> {
        let of_sections = self.sections.iter().map(|section| &section.passage);
        std::iter::once(&self.opening)
            .chain(of_sections)
            .enumerate()
            .map(|(id, passage)| (PassageId(id), passage))
    }

    /// Returns the passages in reading order, to be completed.
    pub fn passages_mut(&mut self) -> impl Iterator<Item = (PassageId, &mut Passage)> {
        let of_sections = self.sections.iter_mut().map(|section| &mut section.passage);
        std::iter::once(&mut self.opening)
            .chain(of_sections)
            .enumerate()
            .map(|(id, passage)| (PassageId(id), passage))
    }

    /// Returns the section of a passage; `None` for the opening.
    pub fn section(&self, passage: PassageId) -> Option<&Section> {
        passage.section().map(|index| &self.sections[index])
    }
}

impl Index<PassageId> for Notice {
    type Output = Passage;

    fn index(&self, passage: PassageId) -> &Passage {
        self.section(passage).map_or(&self.opening, |section| &section.passage)
    }
}

impl IndexMut<PassageId> for Notice {
    fn index_mut(&mut self, passage: PassageId) -> &mut Passage {
        match passage.section() {
            Some(index) => &mut self.sections[index].passage,
            None => &mut self.opening,
        }
    }
}
