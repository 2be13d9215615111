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
mod lists;
mod qr;
mod views;

use std::sync::OnceLock;

use serde::Serialize;

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
    ("home.html", &["front", "latest", "totals", "lists", "contact_groups"]),
    ("list.html", &["list"]),
    ("notice.html", &["notice", "terms"]),
    (
        "item.html",
        &["notice", "item", "terms", "previous", "next", "neighbors", "contacts", "statuses_are_stated"],
    ),
    ("page.html", &["body"]),
    ("contact.html", &["body", "contact_groups"]),
    ("feedback.html", &["body", "notices", "contact_groups", "items_are_listed"]),
    ("search.html", &["notices", "statuses"]),
    ("sitemap.html", &["notices", "items_are_listed", "lists"]),
    ("feedback-sent.html", &["latest", "contact_groups"]),
    ("feedback-failed.html", &["contact_groups"]),
    ("accessibility.html", &["contact_groups"]),
    ("privacy.html", &["contact_groups"]),
    ("leave.html", &["outside"]),
    ("moved.html", &["moved"]),
    ("404.html", &[]),
];

/// Renders pages: holds what all pages share, serialized once.
#[derive(Debug)]
pub struct Renderer<'a> {
    site: &'a Site,
    theme: &'a Theme,
    shared: Vec<NamedView>,
    /// What only pages about the whole site show, prepared when the first of them is rendered.
    of_site: OnceLock<OfSite>,
}

/// A view under the name by which templates read it.
type NamedView = (&'static str, Prepared);

fn view(name: &'static str, value: &impl Serialize) -> NamedView {
    (name, Prepared::new(value))
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
            view("t", theme.strings()),
            view("site", &context::site_view(site)),
            view("assets", &assets),
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
        let (template, mut own) = self.template_and_views(route, &path)?;
        own.push(view("page", &context::page_view(self.site, self.theme, route, &path, template)));
        own.push(view("root", &context::root_of(self.site, route, &path)));
        let values: Vec<(&'static str, &Prepared)> =
            self.shared.iter().chain(&own).map(|(name, value)| (*name, value)).collect();
        match self.theme.render(template, &values, &path) {
            Ok(bytes) => Some(Page { path, template, bytes }),
            Err(problem) => {
                diagnostics.push(*problem);
                None
            }
        }
    }

    /// Chooses the template of a route and builds the views that only it reads.
    fn template_and_views(&self, route: &Route, path: &str) -> Option<(&'static str, Vec<NamedView>)> {
        let site = self.site;
        let no_body = || view("body", &"");
        Some(match route {
            Route::Home => (
                "home.html",
                vec![
                    view("front", &lists::front(site)),
                    view("latest", &lists::latest(site)),
                    view("totals", &lists::totals_of_site(site)),
                    view("lists", &lists::lists(site)),
                    self.contact_groups(),
                ],
            ),
            Route::List { list, part } => ("list.html", vec![view("list", &lists::list(site, *list, *part))]),
            Route::Notice(index) => {
                let mut terms = Terms::new(&site.config.glossary);
                let notice =
                    view("notice", &context::notice_view(site, *index, path, self.row_link(), &mut terms));
                ("notice.html", vec![notice, view("terms", &terms.views())])
            }
            Route::Item { notice, section } => ("item.html", self.item_views(*notice, *section, path)),
            Route::Page(index) => {
                let page = &site.pages[*index];
                let body = view("body", &context::body_of_page(site, page, path));
                match page.id.as_str() {
                    "contact" => ("contact.html", vec![body, self.contact_groups()]),
                    "feedback" => ("feedback.html", self.feedback_views(body)),
                    _ => ("page.html", vec![body]),
                }
            }
            Route::Contact => ("contact.html", vec![no_body(), self.contact_groups()]),
            Route::Feedback => ("feedback.html", self.feedback_views(no_body())),
            Route::FeedbackSent => {
                ("feedback-sent.html", vec![self.contact_groups(), view("latest", &lists::latest(site))])
            }
            Route::FeedbackFailed => ("feedback-failed.html", vec![self.contact_groups()]),
            Route::Accessibility => ("accessibility.html", vec![self.contact_groups()]),
            Route::Privacy => ("privacy.html", vec![self.contact_groups()]),
            Route::Search => (
                "search.html",
                vec![("notices", self.of_site().notices.clone()), view("statuses", &context::statuses(site))],
            ),
            Route::SiteMap => {
                let mut views = self.list_views();
                views.push(view("lists", &lists::lists(site)));
                ("sitemap.html", views)
            }
            Route::Leave(outside) => ("leave.html", vec![view("outside", &site.outside[*outside].address)]),
            Route::Former(former) => {
                ("moved.html", vec![view("moved", &context::moved(site, &site.former[*former]))])
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

    fn row_link(&self) -> &str {
        context::row_link(self.theme)
    }

    fn feedback_views(&self, body: NamedView) -> Vec<NamedView> {
        let mut views = self.list_views();
        views.extend([body, self.contact_groups()]);
        views
    }

    fn contact_groups(&self) -> NamedView {
        ("contact_groups", self.of_site().contact_groups.clone())
    }

    fn list_views(&self) -> Vec<NamedView> {
        vec![
            ("notices", self.of_site().notices.clone()),
            ("items_are_listed", self.of_site().items_are_listed.clone()),
        ]
    }

    fn item_views(&self, notice: usize, section: usize, path: &str) -> Vec<NamedView> {
        let site = self.site;
        let sections = &site.notices[notice].sections;
        let is_item = |section: &usize| sections[*section].item_number.is_some();
        let link = |section: usize| context::item_link(site, notice, section);
        let mut terms = Terms::new(&site.config.glossary);
        let item = context::section_view(site, notice, section, path, self.row_link(), &mut terms);
        terms.list(item.heading.as_deref().unwrap_or_default(), None);
        vec![
            view("notice", &context::notice_summary(site, notice)),
            view("item", &item),
            view("terms", &terms.views()),
            view("previous", &(0..section).rev().find(is_item).map(link)),
            view("next", &(section + 1..sections.len()).find(is_item).map(link)),
            view("neighbors", &context::neighbors(site, notice, section)),
            view("contacts", &context::contacts(site, notice, path)),
            view("statuses_are_stated", &context::statuses_are_stated(site, notice)),
        ]
    }
}
