//! A Markdown file beside the notices → [`InformationPage`].

use super::front_matter;
use crate::diagnostic::{Diagnostics, Located, Location, SourcePath};
use crate::keys;
use crate::markdown;
use crate::notice::InformationPage;

/// Parses `contact.md`; pushes `missing-key` (title), `empty-file` and what front matter and Markdown bring.
pub(super) fn parse(
    path: &SourcePath,
    id: &str,
    text: &str,
    options: &markdown::Options,
    diagnostics: &mut Diagnostics,
) -> InformationPage {
    let mut page = empty(path, id);
    if super::is_blank(path, text, diagnostics) {
        return page;
    }
    let (fields, body) = front_matter::open(path, text, options, diagnostics);
    page.body = markdown::parse(path, text, body, options, diagnostics);
    page.is_whole = fields.is_some();
    if let Some(mut fields) = fields {
        if let Some(title) = fields.required_text(&keys::PAGE_TITLE, diagnostics) {
            page.title = title;
        }
        page.formerly = fields.texts(&keys::FORMERLY, diagnostics).unwrap_or_default();
        fields.finish(diagnostics);
    }
    page
}

/// A page of which nothing could be read.
pub(super) fn empty(path: &SourcePath, id: &str) -> InformationPage {
    let title = Located { value: id.to_owned(), location: Location::file(path) };
    InformationPage {
        id: id.to_owned(),
        source: path.clone(),
        title,
        body: Vec::new(),
        formerly: Vec::new(),
        is_whole: false,
    }
}
