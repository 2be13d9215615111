//! What stands at an address: the same bytes that `build` writes, made when they are asked for.

use crate::build;
use crate::diagnostic::{Diagnostic, SourcePath};
use crate::live::snapshot::Snapshot;
use crate::site::Route;

/// What stands at an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A page. Not sound if its sources or its template have a fault that keeps it from being what the author meant.
    Page { bytes: Vec<u8>, is_sound: bool },
    /// A page whose template fails.
    Failed,
    /// A data file or an asset.
    File(Vec<u8>),
    /// An attachment, which may be of any size and is read while it is sent.
    Attachment(SourcePath),
    /// The address is that of a folder, and lacks the slash.
    Folder,
    /// Nothing.
    Missing,
}

impl Snapshot {
    /// Makes what stands at `path`, a path from the site's root as in [`crate::site::Site::routes`].
    pub(super) fn answer(&self, path: &str) -> Answer {
        let Some(route) = self.site.routes.get(path) else {
            let mut assets = self.theme.assets().values();
            return match assets.find(|asset| asset.path == path) {
                Some(asset) => Answer::File(asset.bytes.clone()),
                None if self.site.routes.contains_key(&format!("{path}/index.html")) => Answer::Folder,
                None => Answer::Missing,
            };
        };
        if route.is_html() {
            return match self.page(route) {
                Some(page) => Answer::Page { bytes: page.bytes, is_sound: self.is_sound(route) },
                None => Answer::Failed,
            };
        }
        if let Route::Attachment(source) = route {
            return Answer::Attachment(source.clone());
        }
        if let Route::SearchIndex(file) = route {
            return self.search_file(*file).map_or(Answer::Missing, |bytes| Answer::File(bytes.clone()));
        }
        build::data_at(&self.site, route).map_or(Answer::Missing, Answer::File)
    }

    /// Tells whether everything that a page is made from could be read.
    fn is_sound(&self, route: &Route) -> bool {
        let of_sources = match route {
            Route::Notice(notice) | Route::Item { notice, .. } => self.site.notices[*notice].is_all_read(),
            Route::Page(page) => self.site.pages[*page].is_whole,
            _ => true,
        };
        let is_unmeant = |found: &Diagnostic| matches!(found.code, "template-error" | "unknown-theme");
        // Every site has a title, so one without could not be read.
        of_sources && !self.site.config.title.is_empty() && !self.of_theme.diagnostics.iter().any(is_unmeant)
    }
}

/// Returns the media type of a file by its name.
pub(super) fn media_type(path: &str) -> &'static str {
    let ending =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}
