//! Parts of a text → views with HTML.

use super::figures;
use super::views::PartView;
use crate::diagnostic::SourcePath;
use crate::markdown::{self, Block, HtmlOptions, Inline};
use crate::notice::{Figure, Part, measure_anchor};
use crate::site::Site;

/// Writes the texts of one source for one page.
pub(super) struct Body<'a> {
    pub(super) site: &'a Site,
    pub(super) source: &'a SourcePath,
    /// The figures of the source, to which the marks in its texts lead.
    pub(super) figures: &'a [Figure],
    /// The page that the text is written for, as a path from the site's root.
    pub(super) page: &'a str,
    /// Goes in front of ids inside the text, so that the texts of several sources can share a page.
    pub(super) id_prefix: &'a str,
}

impl Body<'_> {
    /// Turns parts into views; their anchors begin with `anchor`.
    pub(super) fn parts(&self, parts: &[Part], anchor: &str) -> Vec<PartView> {
        parts.iter().map(|part| self.part(part, anchor)).collect()
    }

    fn part(&self, part: &Part, anchor: &str) -> PartView {
        let mut view = PartView {
            kind: "paragraph",
            anchor: None,
            lead: None,
            is_run_in: false,
            label: None,
            html: String::new(),
            parts: Vec::new(),
        };
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
                view.html = self.inline(&paragraph.text);
            }
            Part::Block(block) => {
                view.kind = "block";
                view.html = self.blocks(std::slice::from_ref(block));
            }
        }
        view
    }

    /// Writes blocks as HTML.
    pub(super) fn blocks(&self, blocks: &[Block]) -> String {
        let mut html = String::new();
        self.with_options(|options| markdown::write_blocks(blocks, options, &mut html));
        html
    }

    fn inline(&self, inline: &Inline) -> String {
        let mut html = String::new();
        self.with_options(|options| markdown::write_inline(inline, options, &mut html));
        html
    }

    fn with_options(&self, write: impl FnOnce(&HtmlOptions<'_>)) {
        write(&HtmlOptions {
            resolve: &|destination| self.site.address(self.source, destination, self.page),
            datum: &|figure| self.figures.get(figure).and_then(figures::datum),
            id_prefix: self.id_prefix,
            heading_shift: 1,
        });
    }
}
