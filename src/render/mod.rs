//! (Site, Theme, Route) → [`Page`]: each page is a pure function of these three.
//!
//! Start with [`Renderer::page`]. `views` holds what templates can read, the public contract of a theme; `body` turns the
//! parts of a text into views, `json_ld` writes what a page tells machines. Which templates exist is listed in [`TEMPLATES`].

mod body;
mod charts;
mod context;
#[cfg(test)]
mod contract_tests;
mod figures;
mod glossary;
mod json_ld;
mod views;

use std::sync::OnceLock;

use self::glossary::Terms;
use crate::diagnostic::Diagnostics;
use crate::site::{Route, Site};
use crate::theme::{Prepared, Theme};

pub(crate) use json_ld::title_of_data;

/// A finished page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The path from the site's root.
    pub path: String,
    /// The template that it was made from: `item.html`.
    pub template: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The templates that pages are made from, with the variables that each can read besides `t`, `site`, `assets`, `root` and
/// `page`, which all have.
pub const TEMPLATES: &[(&str, &[&str])] = &[
    ("home.html", &["latest", "totals", "years", "units"]),
    ("notice.html", &["notice", "terms"]),
    ("item.html", &["notice", "item", "terms", "previous", "next"]),
    ("page.html", &["body"]),
    ("contact.html", &["body", "contact_groups"]),
    ("feedback.html", &["body", "notices", "contact_groups", "items_are_listed"]),
    ("search.html", &["notices", "statuses"]),
    ("sitemap.html", &["notices", "items_are_listed"]),
    ("feedback-sent.html", &["latest", "contact_groups"]),
    ("feedback-failed.html", &["contact_groups"]),
    ("accessibility.html", &["contact_groups"]),
    ("privacy.html", &["contact_groups"]),
    ("leave.html", &["outside"]),
    ("404.html", &[]),
];

/// Renders pages: holds what all pages share, serialized once.
#[derive(Debug)]
pub struct Renderer<'a> {
    site: &'a Site,
    theme: &'a Theme,
    shared: Vec<(&'static str, Prepared)>,
    /// What only pages about the whole site show, prepared when the first of them is rendered.
    of_site: OnceLock<OfSite>,
}

/// The views of the whole site.
#[derive(Debug)]
struct OfSite {
    notices: Prepared,
    items_are_listed: Prepared,
    contact_groups: Prepared,
}

impl<'a> Renderer<'a> {
    /// Prepares the views that pages share.
    pub fn new(site: &'a Site, theme: &'a Theme) -> Self {
        let assets: std::collections::BTreeMap<_, _> =
            theme.assets().iter().map(|(name, asset)| (name, &asset.path)).collect();
        let shared = vec![
            ("t", Prepared::new(theme.strings())),
            ("site", Prepared::new(&context::site_view(site))),
            ("assets", Prepared::new(&assets)),
        ];
        Self { site, theme, shared, of_site: OnceLock::new() }
    }

    fn of_site(&self) -> &OfSite {
        self.of_site.get_or_init(|| OfSite {
            notices: Prepared::new(&context::notice_list(self.site)),
            items_are_listed: Prepared::new(&context::items_are_listed(self.site)),
            contact_groups: Prepared::new(&context::contact_groups(self.site)),
        })
    }

    /// Renders the page at `route`; `None` for a route that is no HTML page, or if its template has a fault, which is
    /// pushed as `template-error`.
    pub fn page(&self, route: &Route, diagnostics: &mut Diagnostics) -> Option<Page> {
        let path = route.path(self.site);
        let (template, own) = self.template_and_views(route, &path)?;
        let page = Prepared::new(&context::page_view(self.site, self.theme, route, &path, template));
        let root = Prepared::new(&context::root_of(self.site, route, &path));
        let mut values: Vec<(&'static str, &Prepared)> =
            self.shared.iter().map(|(name, value)| (*name, value)).collect();
        values.push(("page", &page));
        values.push(("root", &root));
        values.extend(own.iter().map(|(name, value)| (*name, value)));
        match self.theme.render(template, &values, &path) {
            Ok(bytes) => Some(Page { path, template, bytes }),
            Err(problem) => {
                diagnostics.push(*problem);
                None
            }
        }
    }

    /// Chooses the template of a route and builds the views that only it reads.
    fn template_and_views(
        &self,
        route: &Route,
        path: &str,
    ) -> Option<(&'static str, Vec<(&'static str, Prepared)>)> {
        let site = self.site;
        Some(match route {
            Route::Home => (
                "home.html",
                vec![
                    ("latest", Prepared::new(&context::latest(site))),
                    ("totals", Prepared::new(&context::totals(site))),
                    ("years", Prepared::new(&context::years(site))),
                    ("units", Prepared::new(&context::units(site))),
                ],
            ),
            Route::Notice(index) => {
                let mut terms = Terms::new(&site.config.glossary);
                let view = context::notice_view(site, *index, path, &mut terms);
                let terms = Prepared::new(&terms.views());
                ("notice.html", vec![("notice", Prepared::new(&view)), ("terms", terms)])
            }
            Route::Item { notice, section } => ("item.html", self.item_views(*notice, *section, path)),
            Route::Page(index) => {
                let page = &site.pages[*index];
                let body = ("body", Prepared::new(&context::body_of_page(site, page, path)));
                match page.id.as_str() {
                    "contact" => (
                        "contact.html",
                        vec![body, ("contact_groups", self.of_site().contact_groups.clone())],
                    ),
                    "feedback" => ("feedback.html", self.feedback_views(body.1)),
                    _ => ("page.html", vec![body]),
                }
            }
            Route::Contact => (
                "contact.html",
                vec![("body", Prepared::new(&"")), ("contact_groups", self.of_site().contact_groups.clone())],
            ),
            Route::Feedback => ("feedback.html", self.feedback_views(Prepared::new(&""))),
            Route::FeedbackSent => {
                let mut views = self.contact_views();
                views.push(("latest", Prepared::new(&context::latest(site))));
                ("feedback-sent.html", views)
            }
            Route::FeedbackFailed => ("feedback-failed.html", self.contact_views()),
            Route::Accessibility => ("accessibility.html", self.contact_views()),
            Route::Privacy => ("privacy.html", self.contact_views()),
            Route::Search => (
                "search.html",
                vec![
                    ("notices", self.of_site().notices.clone()),
                    ("statuses", Prepared::new(&context::statuses(site))),
                ],
            ),
            Route::SiteMap => ("sitemap.html", self.list_views()),
            Route::Leave(outside) => {
                ("leave.html", vec![("outside", Prepared::new(&site.outside[*outside].address))])
            }
            Route::NotFound => ("404.html", Vec::new()),
            Route::SitemapXml(_)
            | Route::Robots
            | Route::Feed
            | Route::Data { .. }
            | Route::SearchIndex(_)
            | Route::Attachment(_) => return None,
        })
    }

    fn feedback_views(&self, body: Prepared) -> Vec<(&'static str, Prepared)> {
        let mut views = self.list_views();
        views.extend([("body", body), ("contact_groups", self.of_site().contact_groups.clone())]);
        views
    }

    fn contact_views(&self) -> Vec<(&'static str, Prepared)> {
        vec![("contact_groups", self.of_site().contact_groups.clone())]
    }

    fn list_views(&self) -> Vec<(&'static str, Prepared)> {
        vec![
            ("notices", self.of_site().notices.clone()),
            ("items_are_listed", self.of_site().items_are_listed.clone()),
        ]
    }

    fn item_views(&self, notice: usize, section: usize, path: &str) -> Vec<(&'static str, Prepared)> {
        let of_notice = &self.site.notices[notice];
        let neighbor = |position: Option<usize>| {
            Prepared::new(&position.map(|position| context::item_link(self.site, notice, position)))
        };
        let is_item = |position: &usize| of_notice.sections[*position].item_number.is_some();
        let mut terms = Terms::new(&self.site.config.glossary);
        let item = context::section_view(self.site, notice, section, path, &mut terms);
        terms.list(item.heading.as_deref().unwrap_or_default(), None);
        vec![
            ("notice", Prepared::new(&context::notice_summary(self.site, notice, false))),
            ("item", Prepared::new(&item)),
            ("terms", Prepared::new(&terms.views())),
            ("previous", neighbor((0..section).rev().find(is_item))),
            ("next", neighbor((section + 1..of_notice.sections.len()).find(is_item))),
        ]
    }
}
