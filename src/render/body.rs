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
use crate::text::{numbering, width};

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
        let mut is_annex = false;
        let views = parts.iter().map(|part| {
            is_annex = is_of_annexes(part, is_annex);
            PartView { is_annex, ..self.part(part, anchor) }
        });
        views.collect()
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

/// Tells whether a part is a line of the list of annexes (附件说明, GB/T 9704-2012, 7.3.4): `附件：1.…`, or behind such a
/// line `2.…`.
fn is_of_annexes(part: &Part, is_behind: bool) -> bool {
    let Part::Paragraph(paragraph) = part else { return false };
    let label = paragraph.label.as_ref().map(Inline::plain_text).unwrap_or_default();
    let text = paragraph.text.plain_text();
    let begins = label.chars().chain(text.chars()).map(width::fold).take(3).eq("附件:".chars());
    begins || is_behind && label.is_empty() && numbering::parse(&text).is_some()
}

#[cfg(test)]
mod tests {
    use super::is_of_annexes;
    use crate::diagnostic::{Diagnostics, SourcePath};
    use crate::markdown::{self, BlockKind};
    use crate::notice::{Paragraph, Part};

    /// Reads each line as a paragraph, as they stand where the list is known to be none of measures.
    #[track_caller]
    fn check(lines: &[(&str, bool)]) {
        let mut is_behind = false;
        for (line, expected) in lines {
            let path = SourcePath::new("content/n/closing.md");
            let options = markdown::Options::default();
            let blocks = markdown::parse(&path, line, 0..line.len(), &options, &mut Diagnostics::new());
            let Some(BlockKind::Paragraph(text)) = blocks.into_iter().next().map(|block| block.kind) else {
                panic!("{line}")
            };
            let part =
                Part::Paragraph(Paragraph { label: None, text, points: Vec::new(), range: 0..line.len() });
            is_behind = is_of_annexes(&part, is_behind);
            assert_eq!(is_behind, *expected, "{line}");
        }
    }

    #[test]
    fn lists_of_annexes_begin_with_their_label() {
        check(&[("现予以公布。", false), ("附件：甲清单", true), ("丙县丁局", false)]);
        check(&[
            ("附件:1.甲清单", true),
            ("2．[乙目录](a.pdf)", true),
            ("联系电话：1", false),
            ("3.丙", false),
        ]);
        check(&[("附件一并公布。", false), ("1.甲", false)]);
    }
}
