//! Parts of a text → views with HTML.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::figures;
use super::glossary::Terms;
use super::views::PartView;
use crate::diagnostic::SourcePath;
use crate::markdown::{self, Block, HtmlOptions, Inline, Mark, MarkKind, RowMark};
use crate::notice::{Figure, Paragraph, Part, measure_anchor};
use crate::site::Site;

/// Writes the texts of one source for one page.
pub(super) struct Body<'a, 'b> {
    pub(super) site: &'a Site,
    pub(super) source: &'a SourcePath,
    /// The figures of the source, to which the marks in its texts lead.
    pub(super) figures: &'a [Figure],
    /// The words that are explained where they first stand on the page; their marks come behind those of the figures.
    pub(super) terms: &'a mut Terms<'b>,
    /// The page that the text is written for, as a path from the site's root.
    pub(super) page: &'a str,
    /// Goes in front of ids inside the text, so that the texts of several sources can share a page.
    pub(super) id_prefix: &'a str,
    /// The address of the page that has the footnotes; empty if it is this one.
    pub(super) footnotes: &'a str,
    /// The rows of its tables that are items with pages of their own.
    pub(super) rows: RowMarks,
}

/// Rows with an address: for the table that begins at this byte of the file, each by its place, the head not counted.
pub(super) type RowMarks = BTreeMap<usize, BTreeMap<usize, RowMark>>;

impl Body<'_, '_> {
    /// Turns parts into views; their anchors begin with `anchor`.
    pub(super) fn parts(&mut self, parts: &[Part], anchor: &str) -> Vec<PartView> {
        parts.iter().map(|part| self.part(part, anchor)).collect()
    }

    fn part(&mut self, part: &Part, anchor: &str) -> PartView {
        let mut view = PartView { kind: "paragraph", ..PartView::default() };
        match part {
            Part::Measure(measure) => {
                let anchor = measure_anchor(anchor, measure.position);
                view.kind = "measure";
                view.lead = measure.lead.as_ref().map(|lead| self.inline(lead));
                view.is_run_in = measure.is_run_in;
                view.parts = self.parts(&measure.parts, &anchor);
                view.anchor = Some(anchor);
            }
            Part::Paragraph(paragraph) => {
                view.label = paragraph.label.as_ref().map(|label| self.inline(label));
                view.html = self.with_points(paragraph, anchor);
                view.is_annex = paragraph.is_annex;
            }
            Part::Block(block) => {
                view.kind = "block";
                view.html = match self.rows.remove(&block.range.start) {
                    Some(rows) => self.ledger(block, &rows),
                    None => self.blocks(std::slice::from_ref(block)),
                };
            }
        }
        view
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) -> String {
        let mut html = String::new();
        let blocks = self.terms.mark_blocks(blocks, self.figures.len());
        self.with_options(|options| markdown::write_blocks(&blocks, options, &mut html));
        html
    }

    /// Writes a table whose rows lead to their pages.
    fn ledger(&mut self, block: &Block, rows: &BTreeMap<usize, RowMark>) -> String {
        let mut html = String::new();
        let blocks = self.terms.mark_blocks(std::slice::from_ref(block), self.figures.len());
        self.with_options(|options| {
            let rows = |row| rows.get(&row).cloned();
            let options = HtmlOptions { rows: Some(&rows), ..*options };
            markdown::write_blocks(&blocks, &options, &mut html);
        });
        html
    }

    /// Writes a heading, in which no words are explained.
    pub(super) fn heading(&self, inline: &Inline) -> String {
        let mut html = String::new();
        self.with_options(|options| markdown::write_inline(inline, options, &mut html));
        html
    }

    pub(super) fn inline(&mut self, inline: &Inline) -> String {
        let mut html = String::new();
        let inline = self.terms.mark(inline, self.figures.len()).map_or(Cow::Borrowed(inline), Cow::Owned);
        self.with_options(|options| markdown::write_inline(&inline, options, &mut html));
        html
    }

    /// Writes the text of a paragraph, in which each point has an id that begins with `anchor`.
    fn with_points(&mut self, paragraph: &Paragraph, anchor: &str) -> String {
        let (Some(first), Some(last)) = (paragraph.points.first(), paragraph.points.last()) else {
            return self.inline(&paragraph.text);
        };
        let text = self.terms.mark(&paragraph.text, self.figures.len());
        // Figures and terms are numbered from 0; points from the other end.
        let marks: Vec<_> =
            paragraph.points.iter().map(|point| (point.mark.clone(), usize::MAX - point.position)).collect();
        let text = text.unwrap_or_else(|| paragraph.text.clone()).with_marks(&marks);
        let mut html = String::new();
        self.with_options(|options| {
            let mark = |number| {
                let position = usize::MAX - number;
                let is_point = (first.position..=last.position).contains(&position);
                if is_point { Some(point(measure_anchor(anchor, position))) } else { (options.mark)(number) }
            };
            markdown::write_inline(&text, &HtmlOptions { mark: &mark, ..*options }, &mut html);
        });
        html
    }

    fn with_options(&self, write: impl FnOnce(&HtmlOptions<'_>)) {
        write(&HtmlOptions {
            resolve: &|destination| self.site.address(self.source, destination, self.page),
            size: &|destination| self.site.pixels(self.source, destination),
            mark: &|number| match self.figures.get(number) {
                Some(figure) => figures::mark(figure),
                None => Some(Terms::mark_of(number - self.figures.len())),
            },
            id_prefix: self.id_prefix,
            footnotes: self.footnotes,
            heading_shift: 1,
            rows: None,
        });
    }
}

/// The beginning of a point with this anchor.
fn point(id: String) -> Mark {
    Mark { id, href: String::new(), kind: MarkKind::Point }
}
