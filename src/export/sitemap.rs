//! `sitemap.xml` (sitemaps.org 0.9): the address of every page, for search engines.
//!
//! The format asks for full addresses, so a site whose `base_url` is not known has none.

use std::fmt::Write as _;

use super::xml::escaped;
use crate::site::{MOST_SITEMAP_ADDRESSES, Route, Site};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Writes `sitemap.xml` (`part` 0) or one of the files that it points to when the site has too many pages for one.
pub fn sitemap(site: &Site, part: usize) -> String {
    let base_url = site.config.base_url.as_deref().expect("there is a route only where the address is known");
    let pages: Vec<(&String, &Route)> = site.routes.iter().filter(|(_, route)| route.is_page()).collect();
    let chunks: Vec<_> = pages.chunks(MOST_SITEMAP_ADDRESSES).collect();
    if part == 0 && chunks.len() > 1 {
        return index(base_url, chunks.len());
    }
    let mut xml = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n");
    for (path, route) in chunks.get(part.saturating_sub(1)).copied().unwrap_or_default() {
        let address = site.full_address(path).unwrap_or_default();
        write!(xml, "<url><loc>{}</loc>", escaped(&address)).expect("writing to a string never fails");
        if let Some(day) = last_change(site, route) {
            write!(xml, "<lastmod>{day}</lastmod>").expect("writing to a string never fails");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

fn index(base_url: &str, n_parts: usize) -> String {
    let mut xml = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    for part in 1..=n_parts {
        writeln!(xml, "<sitemap><loc>{}sitemap-{part}.xml</loc></sitemap>", escaped(base_url))
            .expect("writing to a string never fails");
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

/// The time of publication or the day of the last correction; `None` if the first is not known.
fn last_change(site: &Site, route: &Route) -> Option<String> {
    let (Route::Notice(notice) | Route::Item { notice, .. }) = route else { return None };
    let notice = &site.notices[*notice];
    notice.published.as_ref()?;
    notice.updated().map(|updated| updated.iso())
}
