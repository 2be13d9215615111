//! The links that lead to sites for which the unit is not responsible, and the pages that say so first.
//!
//! Government websites tell readers before a link to a site of another kind is opened (国办发〔2017〕47号, 链接规范). To do so
//! without a script takes a page for each such address.

use std::collections::BTreeMap;

use super::{Site, links};
use crate::config::Config;
use crate::markdown::{self, LinkKind};
use crate::notice::Contact;
use crate::text::{self, address};

use sha2::{Digest, Sha256};

/// The folder of these pages.
pub(crate) const FOLDER: &str = "leave";

/// The length of the hash in their names, in bytes.
const HASH: usize = 5;

/// Domains whose hosts are the government's; the last is how machines write 政务.
const GOVERNMENT: [&str; 3] = ["gov.cn", "政务", "xn--zfr164b"];

/// An address outside, and where the page is found that leads there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The full address, as the text writes it.
    pub address: String,
    /// The path of the page from the site's root: `leave/www.example.com-3f2a9c01d4.html`. It follows from the address
    /// alone, so it never comes to lead elsewhere.
    pub path: String,
}

/// Lists the addresses outside that texts and contacts of the site lead to, in alphabetical order.
pub(super) fn outside(site: &Site) -> Vec<Outside> {
    let mut host_of: BTreeMap<String, String> = BTreeMap::new();
    let mut see = |address: &str| {
        if let Some(host) = foreign_host(address, &site.config) {
            host_of.insert(address.to_owned(), host);
        }
    };
    let mut see_link = |link: &markdown::LinkUse<'_>| {
        if link.kind == LinkKind::Link {
            see(link.destination);
        }
    };
    for notice in site.notices.iter() {
        links::for_each_link(notice, &mut |_, link| see_link(link));
    }
    for page in &site.pages {
        markdown::for_each_link(&page.body, &mut see_link);
    }
    let contacts = site.notices.iter().flat_map(|notice| &notice.contacts).chain(&site.config.contacts);
    for contact in contacts {
        if let Contact::Platform { url: Some(url), .. } = contact {
            see(url);
        }
    }

    let with_path = |(address, host): (String, String)| {
        let hash = Sha256::digest(address.as_bytes());
        let path = format!("{FOLDER}/{host}-{}.html", text::hex(&hash[..HASH]));
        Outside { address, path }
    };
    host_of.into_iter().map(with_path).collect()
}

/// Returns the host of an address that leaves the site, as it can stand in a file's name; `None` for what stays in the
/// site, leads to a site of the government or to one that `trusted_sites` names, or is no web address.
fn foreign_host(address: &str, config: &Config) -> Option<String> {
    let lower = address.to_lowercase();
    let rest = ["https://", "http://", "//"].iter().find_map(|scheme| lower.strip_prefix(scheme))?;
    // Browsers take `\` for `/`, and what stands before `@` is a name and no host.
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    let host = host_and_port.split(':').next().unwrap_or_default().trim_end_matches('.');
    let is_below = |trusted: &str| {
        host == trusted || host.strip_suffix(trusted).is_some_and(|front| front.ends_with('.'))
    };
    let own = config.base_url.as_deref().map(|base_url| address::host(base_url).to_lowercase());
    let trusted = config.trusted_sites.iter().chain(&own).map(String::as_str);
    if trusted.chain(GOVERNMENT).any(is_below) {
        return None;
    }
    // Room for the hash behind it.
    let is_name = host.len() < 200 && address::fault_of_name(&format!("{host}.html")).is_none();
    Some(if is_name { host.to_owned() } else { "site".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[track_caller]
    fn check(address: &str, expected: Option<&str>) {
        let mut config = Config::placeholder();
        config.base_url = Some("https://www.example.org:8443/zg/".to_owned());
        config.trusted_sites = vec!["friend.cn".to_owned()];
        assert_eq!(foreign_host(address, &config).as_deref(), expected, "{address}");
    }

    #[test]
    fn sites_of_the_government_the_own_and_those_named_are_trusted() {
        check("https://www.gov.cn/zhengce/", None);
        check("http://gov.cn", None);
        check("HTTPS://JWXC.ZHOUSHAN.GOV.CN:443/a?b#c", None);
        check("//www.zhoushan.gov.cn/a", None);
        check("https://www.example.org/other", None);
        check("https://friend.cn", None);
        check("https://www.friend.cn./a", None);
        check("https://舟山市公安局.政务/a", None);
        check("https://xn--test.xn--zfr164b/", None);
    }

    #[test]
    fn others_are_foreign_whatever_they_look_like() {
        check("https://www.example.com/a/b", Some("www.example.com"));
        check("//www.example.com", Some("www.example.com"));
        check("https://notgov.cn/", Some("notgov.cn"));
        check("https://gov.cn.example.com/", Some("gov.cn.example.com"));
        check("https://www.gov.cn@example.com/", Some("example.com"));
        check("https://www.gov.cn:x@example.com/", Some("example.com"));
        check("https://example.com\\.gov.cn", Some("example.com"));
        check("https://example.com#.gov.cn", Some("example.com"));
        check("https://unfriend.cn/", Some("unfriend.cn"));
    }

    #[test]
    fn what_cannot_be_a_name_still_gets_a_page() {
        check("https://[::1]/", Some("site"));
        check("https://例子.中国/", Some("site"));
        check("https:///", Some("site"));
        check(&format!("https://{}.com", "a".repeat(250)), Some("site"));
    }

    #[test]
    fn what_is_no_web_address_leads_nowhere_else() {
        check("06.md", None);
        check("mailto:a@b.cn", None);
        check("tel:12345", None);
        check("#item-6", None);
    }
}
