//! The site `tests/every-key`, which sets every key that there is, and the same without its settings.

use std::path::Path;

use crate::config::Config;
use crate::content;
use crate::diagnostic::{Diagnostics, SourcePath};
use crate::disk::{self, Sources};
use crate::site::Site;
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/every-key");
    let mut diagnostics = Diagnostics::new();
    let written = text("tests/every-key/site.yaml");
    let config = Config::parse(&SourcePath::new("site.yaml"), &settings(&written), &mut diagnostics);
    let options = config.markdown_options();
    let loaded = content::load(&root, &mut diagnostics);
    let content = content::parse(&loaded, &options, content::Drafts::LeftOut, &mut diagnostics);
    let site = Site::resolve(config, content, &mut diagnostics);
    let theme = Theme::load(&root, &site.config, &mut Sources::default(), &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    (site, theme)
}
