//! The site `tests/every-key`, which sets every key that there is, and the same without its settings.

use std::path::Path;
use std::sync::Arc;

use crate::config::Config;
use crate::content;
use crate::diagnostic::{Diagnostics, SourcePath};
use crate::disk::{self, Sources};
use crate::site::{Route, Site};
use crate::theme::Theme;

/// Reads a file of the repository.
pub(super) fn text(path: &str) -> String {
    let mut diagnostics = Diagnostics::new();
    let path = SourcePath::new(path);
    let bytes = disk::read(Path::new(env!("CARGO_MANIFEST_DIR")), &path, 1 << 20, &mut diagnostics).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Reads the site with the settings that `settings` makes of its `site.yaml`.
pub(super) fn site(settings: impl Fn(&str) -> String) -> (Site, Theme) {
    site_with(settings, |_| true)
}

/// Reads the site as if the notice that has most were its only one.
pub(super) fn of_one_notice() -> (Site, Theme) {
    site_with(str::to_owned, |notice| notice == "full-2025")
}

/// Reads the site with lists of one entry a page.
pub(super) fn with_divided_lists() -> (Site, Theme) {
    let (mut site, theme) = site(str::to_owned);
    let lists = Arc::make_mut(&mut site.lists);
    for list in &mut *lists {
        list.parts = list.parts.concat().into_iter().map(|entry| vec![entry]).collect();
    }
    let parts =
        lists.iter().enumerate().flat_map(|(list, one)| (0..one.parts.len()).map(move |part| (list, part)));
    let routes: Vec<_> = parts.map(|(list, part)| Route::List { list, part }).collect();
    for route in routes {
        let path = route.path(&site);
        Arc::make_mut(&mut site.routes).insert(path, route);
    }
    (site, theme)
}

fn site_with(settings: impl Fn(&str) -> String, has_notice: impl Fn(&str) -> bool) -> (Site, Theme) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/every-key");
    let mut diagnostics = Diagnostics::new();
    let written = text("tests/every-key/site.yaml");
    let config = Config::parse(&SourcePath::new("site.yaml"), &settings(&written), &mut diagnostics);
    let options = config.markdown_options();
    let loaded = content::load(&root, &mut diagnostics);
    let mut content = content::parse(&loaded, &options, content::Drafts::LeftOut, &mut diagnostics);
    content.notices.retain(|notice| has_notice(&notice.id));
    let site = Site::resolve(config, content, &mut diagnostics);
    let theme = Theme::load(&root, &site.config, &mut Sources::default(), &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    (site, theme)
}
