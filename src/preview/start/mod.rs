//! The start page: what would be published, what stops it, which drafts there are, what is missing.
//!
//! Start with [`Pages::start_page`]. `missing` holds the quiet notes about what nobody has written yet.

mod missing;

use serde::Serialize;

use self::missing::NoteView;
use super::message::{self, FindingView};
use super::pages::Pages;
use super::proof::{folder_of, state};
use super::relations::{self, RelationView};
use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::disk::Sources;
use crate::fidelity::Alignment;
use crate::live::snapshot::LeftOutNotice;
use crate::notice::{InformationPage, Notice};
use crate::site::{Route, Site};

/// The most notices that are shown.
const MOST_NOTICES: usize = 100;

/// The most errors that are shown.
const MOST_ERRORS: usize = 20;

#[derive(Serialize)]
struct StartView<'a> {
    language: &'static str,
    text_language: &'a str,
    site_title: &'a str,
    n_errors: usize,
    n_warnings: usize,
    errors: Vec<FindingView>,
    more_errors: usize,
    n_notices: usize,
    /// How many of them are drafts, which `--drafts` shows.
    n_shown_drafts: usize,
    notices: Vec<NoticeView<'a>>,
    drafts: Vec<DraftView<'a>>,
    missing: Vec<NoteView>,
    pages: Vec<PageView<'a>>,
    n_pages: usize,
    has_contact: bool,
    has_feedback: bool,
}

#[derive(Serialize)]
struct NoticeView<'a> {
    title: &'a str,
    is_draft: bool,
    unit: &'a str,
    date: &'a str,
    href: String,
    proof: String,
    n_items: usize,
    bound: usize,
    all_figures: usize,
    /// How many entries a program proposed, and nobody has looked at.
    n_proposed: usize,
    state: &'static str,
    n_differences: usize,
    n_errors: usize,
    n_warnings: usize,
    /// The relations that somebody should look at.
    relations: Vec<RelationView>,
}

#[derive(Serialize)]
struct DraftView<'a> {
    title: &'a str,
    folder: &'a str,
}

#[derive(Serialize)]
struct PageView<'a> {
    title: &'a str,
    href: String,
    source: &'a str,
}

impl Pages {
    /// Writes the start page. `sources` are the texts that `diagnostics`, all that was found in the site, point into.
    pub(in crate::preview) fn start_page(
        &self,
        site: &Site,
        drafts: &[LeftOutNotice],
        sources: &Sources,
        diagnostics: &[Diagnostic],
    ) -> String {
        let errors: Vec<&Diagnostic> =
            diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
        let (n_errors, n_warnings) = message::count(diagnostics.iter());
        let of_site = |index| notice_view(site, index, diagnostics, self.language);
        let has_page = |id: &str| site.pages.iter().any(|page| page.id == id);
        let view = StartView {
            language: self.html_language(),
            text_language: &site.config.language.value,
            site_title: &site.config.title,
            n_errors,
            n_warnings,
            errors: errors.iter().take(MOST_ERRORS).map(|error| self.finding(error, sources)).collect(),
            more_errors: errors.len().saturating_sub(MOST_ERRORS),
            n_notices: site.notices.len(),
            n_shown_drafts: site.notices.iter().filter(|notice| notice.is_draft).count(),
            notices: (0..site.notices.len().min(MOST_NOTICES)).map(of_site).collect(),
            drafts: drafts.iter().map(|one| DraftView { title: &one.title, folder: &one.folder }).collect(),
            missing: missing::notes(site),
            pages: site.pages.iter().enumerate().map(|(index, page)| page_view(site, index, page)).collect(),
            n_pages: site.routes.values().filter(|route| route.is_page()).count(),
            has_contact: has_page("contact"),
            has_feedback: has_page("feedback"),
        };
        self.own.fill("start.html", &view)
    }

    fn finding(&self, found: &Diagnostic, sources: &Sources) -> FindingView {
        let place = found.location.as_ref().map(|place| match sources.spot(place) {
            Some(spot) => format!("{}:{spot}", place.path),
            None => place.path.to_string(),
        });
        message::finding(found, place, self.language)
    }
}

fn notice_view<'a>(
    site: &'a Site,
    index: usize,
    diagnostics: &[Diagnostic],
    language: Language,
) -> NoticeView<'a> {
    let notice: &Notice = &site.notices[index];
    let folder = folder_of(&notice.opening.source);
    let concerned = diagnostics.iter().filter(|found| {
        found.location.as_ref().is_some_and(|place| place.path.as_str().starts_with(&folder))
    });
    let (n_errors, n_warnings) = message::count(concerned);
    let alignment = Alignment::of(notice);
    let coverage = notice.coverage();
    NoticeView {
        title: &notice.title.value,
        is_draft: notice.is_draft,
        unit: &notice.unit,
        date: notice.day().printed(),
        href: format!("/{}", Route::Notice(index).path(site)),
        proof: format!("/__proof/{}/", notice.id),
        n_items: notice.n_items(),
        bound: coverage.bound,
        all_figures: coverage.all(),
        n_proposed: notice.n_proposed(),
        state: state(notice, &alignment),
        n_differences: alignment.n_differences.unwrap_or_default(),
        n_errors,
        n_warnings,
        relations: relations::to_look_at(notice, language),
    }
}

fn page_view<'a>(site: &Site, index: usize, page: &'a InformationPage) -> PageView<'a> {
    let href = format!("/{}", Route::Page(index).path(site));
    PageView { title: &page.title.value, href, source: page.source.as_str() }
}

#[cfg(test)]
mod tests;
