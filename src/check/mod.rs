//! Site + pages → diagnostics. One file per rule.
//!
//! [`Checks::before_rendering`] looks at the site by itself, [`Checks::page`] at each finished page as it comes by, and
//! [`Checks::after_rendering`] at what only all pages together show. Nothing here changes a page.

mod approved_text;
mod dead_link;
mod page_text;
mod printed;
mod reading;
mod tokens;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::render::Page;
use crate::site::{Route, Site};

pub use dead_link::Seen;

/// The rules, with what they need to know about the site.
#[derive(Debug)]
pub struct Checks<'a> {
    site: &'a Site,
    /// Paths that exist beside the routes: the theme's assets.
    assets: BTreeSet<String>,
    /// For each notice, its text as the pages must show it.
    texts: Vec<printed::NoticeText<'a>>,
}

impl<'a> Checks<'a> {
    /// Prepares the rules for `site`; `assets` are the paths of the theme's files.
    pub fn new(site: &'a Site, assets: BTreeSet<String>) -> Self {
        let texts = site.notices.par_iter().map(printed::NoticeText::new).collect();
        Self { site, assets, texts }
    }

    /// Compares each notice with its approved text (`approved-text-differs`, `approved-paragraphs-differ`,
    /// `no-approved-text`).
    pub fn before_rendering(&self, diagnostics: &mut Diagnostics) {
        let misnumbered = approved_text::misnumbered_lists(diagnostics);
        let compare = |(notice, text)| {
            let mut found = Diagnostics::new();
            approved_text::check(notice, text, &misnumbered, &mut found);
            found
        };
        let found: Vec<Diagnostics> = self.site.notices.par_iter().zip(&self.texts).map(compare).collect();
        for found in found {
            diagnostics.append(found);
        }
    }

    /// Reads a page back and compares its visible text with the source (`page-differs-from-text`); returns what it links
    /// to, for [`Self::after_rendering`].
    pub fn page(&self, route: &Route, page: &Page, diagnostics: &mut Diagnostics) -> Seen {
        let reading = reading::read(&page.bytes);
        let is_same = match route {
            Route::Notice(notice) => {
                let source = &self.site.notices[*notice].source;
                page_text::check(source, &self.texts[*notice].lines, page, &reading, diagnostics)
            }
            Route::Item { notice, section } => {
                let source = &self.site.section(*notice, *section).source;
                let lines = self.texts[*notice].section(*section);
                page_text::check(source, lines, page, &reading, diagnostics)
            }
            _ => true,
        };
        let mut seen = dead_link::see(self.site, &self.assets, page, reading);
        if !is_same {
            // Links to a text that is not shown lead nowhere; that has been said.
            seen.forget_own_anchors();
        }
        seen
    }

    /// Reports links that lead nowhere (`dead-link`).
    pub fn after_rendering(&self, seen: &[Seen], diagnostics: &mut Diagnostics) {
        dead_link::report(self.site, seen, diagnostics);
    }
}
