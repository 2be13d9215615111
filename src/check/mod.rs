//! Site + pages → diagnostics. One file per rule.
//!
//! [`Checks::before_rendering`] looks at the site by itself, [`Checks::page`] at each finished page as it comes by, and
//! [`Checks::gather`] at what only all pages together show. Nothing here changes a page.

pub mod accepted;
mod accessible;
mod active_asset;
mod approval;
mod approved_text;
mod contacts;
pub mod example_values;
mod dead_link;
mod faults;
mod fetched;
mod inline_code;
mod page_text;
pub mod strict;
mod title;
mod told_figures;
mod totals;
mod structure;
mod unknown_unit;
mod unused_term;
mod watch;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::fidelity::NoticeText;
use crate::reading;
use crate::render::Page;
use crate::site::{Route, Site};
use crate::theme::Theme;

use approved_text::AlreadyReported;
use dead_link::DeadLinks;
pub use dead_link::Seen;
use faults::Faults;
use watch::Watch;

/// The rules, with what they need to know about the site.
#[derive(Debug)]
pub struct Checks<'a> {
    site: &'a Site,
    /// Paths that exist beside the routes: the theme's assets.
    assets: BTreeSet<String>,
    /// For each notice that was asked for, its text as the pages must show it.
    texts: Vec<OnceLock<NoticeText<'a>>>,
}

impl<'a> Checks<'a> {
    /// Prepares the rules for `site`; `assets` are the paths of the theme's files.
    pub fn new(site: &'a Site, assets: BTreeSet<String>) -> Self {
        let texts = site.notices.iter().map(|_| OnceLock::new()).collect();
        Self { site, assets, texts }
    }

    fn text(&self, notice: usize) -> &NoticeText<'a> {
        self.texts[notice].get_or_init(|| NoticeText::new(&self.site.notices[notice]))
    }

    /// Lists the words of the glossary that the notice with this index has; `None` if one of its files could not be read.
    pub fn terms_of(&self, index: usize) -> Option<BTreeSet<String>> {
        if self.site.config.glossary.is_empty() {
            return Some(BTreeSet::new());
        }
        let is_known = self.site.notices[index].is_all_read();
        is_known.then(|| unused_term::terms_in(self.site, self.text(index)))
    }

    /// Reports the words of the glossary that no notice has (`unused-term`); `used` is what [`Self::terms_of`] said of each.
    pub fn unused_terms<'b>(
        site: &Site,
        used: impl Iterator<Item = Option<&'b BTreeSet<String>>>,
        diagnostics: &mut Diagnostics,
    ) {
        unused_term::check(site, used, diagnostics);
    }

    /// Reports what has stayed from the example of `gongkai init` (`example-value`), and units of the settings that no
    /// notice has (`unknown-unit`).
    pub fn example_values(site: &Site, diagnostics: &mut Diagnostics) {
        example_values::check(site, diagnostics);
        unknown_unit::check(site, diagnostics);
    }

    /// Compares each notice with its approved text, as [`Self::notice`] does, and looks for words of the glossary in all of
    /// them.
    pub fn before_rendering(&self, diagnostics: &mut Diagnostics) {
        let said = AlreadyReported::of(diagnostics);
        let compare = |index| {
            let mut of_notice = Diagnostics::new();
            self.compare_with_approved(index, &said, &mut of_notice);
            of_notice
        };
        let by_notice: Vec<Diagnostics> = (0..self.texts.len()).into_par_iter().map(compare).collect();
        for of_notice in by_notice {
            diagnostics.append(of_notice);
        }
        let used: Vec<_> = (0..self.texts.len()).into_par_iter().map(|index| self.terms_of(index)).collect();
        Self::unused_terms(self.site, used.iter().map(Option::as_ref), diagnostics);
        Self::example_values(self.site, diagnostics);
    }

    /// Compares the notice with this index with its approved text (`approved-text-differs`, `approved-paragraphs-differ`,
    /// `approved-table-differs`, `table-columns-unproven`, `table-shown-as-text`, `no-approved-text`), with what browsers show
    /// of its HTML (`html-changes-text`) and with what stands beside it (`title-differs`, `contact-differs`,
    /// `figure-not-in-text`), its tables with their sums and its structure with what it prints; `of_files` holds what has been found in its files.
    pub fn notice(&self, index: usize, of_files: &Diagnostics, diagnostics: &mut Diagnostics) {
        self.compare_with_approved(index, &AlreadyReported::of(of_files), diagnostics);
    }

    fn compare_with_approved(&self, index: usize, said: &AlreadyReported, diagnostics: &mut Diagnostics) {
        let (notice, text) = (&*self.site.notices[index], self.text(index));
        page_text::check_html(text, diagnostics);
        let mut of_approved = Diagnostics::new();
        approved_text::check(notice, text, said, &mut of_approved);
        title::check(notice, text, &mut of_approved);
        let by_paragraph = |one| notice.approved.iter().fold(one, |one, approved| approved.by_paragraph(one));
        diagnostics.extend(of_approved.into_iter().map(by_paragraph));
        approval::check(notice, diagnostics);
        contacts::check(self.site, notice, text, diagnostics);
        told_figures::check(notice, text, diagnostics);
        totals::check(notice, diagnostics);
        structure::check(notice, diagnostics);
    }

    /// Reads a page back, compares its visible text with the source, and looks at what it holds; returns what was seen,
    /// for [`Self::gather`].
    pub fn page(&self, route: &Route, page: &Page) -> Seen {
        let mut watch = Watch::default();
        let reading = reading::read_with(&page.bytes, &mut watch);
        let difference = match route {
            Route::Notice(notice) => {
                let source = &self.site.notices[*notice].opening.source;
                let text = self.text(*notice);
                page_text::check(source, text, &text.lines, page, &reading)
            }
            Route::Item { notice, section } => {
                let source = &self.site.section(*notice, *section).passage.source;
                let text = self.text(*notice);
                page_text::check(source, text, text.section(*section), page, &reading)
            }
            _ => None,
        };
        let mut seen = dead_link::see(self.site, &self.assets, page, reading);
        if difference.is_some() {
            // The text is not shown, so links to it lead nowhere; the difference is reported already.
            seen.forget_own_anchors();
        }
        seen.difference = difference;
        watch.outline.finish(page.template, &mut watch.found);
        watch.found.retain(|fault| !fetched::is_lawful(fault, self.site));
        seen.faults = watch.found;
        seen
    }

    /// Lists the anchors of a page.
    pub fn anchors(page: &Page) -> BTreeSet<String> {
        reading::read(&page.bytes).anchors.into_iter().collect()
    }

    /// Collects what is wrong with pages that have been seen; an anchor is looked for only on those among them.
    pub fn gather(&self, seen: &[Seen]) -> Gathered {
        let mut faults = Faults::default();
        for page in seen {
            faults.see(&page.path, &page.faults, page.difference.as_ref());
        }
        Gathered { dead_links: DeadLinks::of(self.site, seen), faults }
    }

    /// Reports drawings of the theme that do something (`active-asset`) or fetch something (`external-asset`).
    pub fn assets(theme: &Theme, diagnostics: &mut Diagnostics) {
        active_asset::check(theme, diagnostics);
    }
}

/// What is wrong with finished pages, each fault once, however many pages have it: `page-differs-from-text`, `dead-link`,
/// `external-asset`, `inline-code`, `missing-alternative`, `not-one-h1`, `missing-language`, `missing-title`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    dead_links: DeadLinks,
    faults: Faults,
}

impl Gathered {
    /// Adds what was found on other pages, and follows their links to pages that had not been seen with them: `is_missing`
    /// tells whether the page at a path lacks an anchor.
    pub fn extend(&mut self, other: &Self, mut is_missing: impl FnMut(&str, &str) -> bool) {
        self.dead_links.extend(&other.dead_links, &mut is_missing);
        self.faults.extend(&other.faults);
    }

    /// Pushes it all, at the templates of `theme` that have it.
    pub fn report(&self, theme: &Theme, diagnostics: &mut Diagnostics) {
        self.dead_links.report(theme, diagnostics);
        self.faults.report(theme, diagnostics);
    }
}

#[cfg(test)]
mod alignment_tests;
