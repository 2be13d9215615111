//! `robots.txt`: everything may be read; where the site's address is known it names the site map.

use crate::site::Site;

/// Writes `robots.txt` (RFC 9309).
pub fn robots(site: &Site) -> String {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(base_url) = &site.config.base_url {
        text.push_str("Sitemap: ");
        text.push_str(base_url);
        text.push_str("sitemap.xml\n");
    }
    text
}
