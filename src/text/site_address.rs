//! The address of a site: that of a folder on the web, as every page, feed and site map will write it.

use url::Url;

/// Why something is not the address of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressFault {
    /// It is no web address: no `https://`, no host, or characters that no address has.
    NotOnTheWeb,
    /// It names a file, a search or a place in a page; this is the folder that is probably meant.
    NotAFolder(String),
}

/// Endings of pages: a name with one of them is no folder, even with a slash behind it.
const PAGES: [&str; 10] = ["html", "htm", "shtml", "xhtml", "php", "asp", "aspx", "jsp", "do", "action"];

/// Returns the address of a site's folder as browsers write it, ending in `/`.
///
/// A name in Chinese becomes `xn--…` (RFC 5891), doubled slashes and `..` fall away. `url` without a slash at its end is taken
/// for the folder, too, unless its last part looks like the name of a file.
pub fn folder_of_site(url: &str) -> Result<String, AddressFault> {
    let url = url.trim();
    let is_no_address = |c: char| c.is_whitespace() || c.is_control() || "\"'<>\\^`{|}".contains(c);
    let (scheme, rest) = url.split_once("://").ok_or(AddressFault::NotOnTheWeb)?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    if !is_web || rest.starts_with('/') || url.contains(is_no_address) {
        return Err(AddressFault::NotOnTheWeb);
    }
    let parsed = Url::parse(url).map_err(|_| AddressFault::NotOnTheWeb)?;
    let host = parsed.host_str().ok_or(AddressFault::NotOnTheWeb)?;
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(AddressFault::NotOnTheWeb);
    }
    let mut parts: Vec<&str> = parsed.path().split('/').filter(|part| !part.is_empty()).collect();
    let is_of_file = parts.last().is_some_and(|last| is_file(last, parsed.path().ends_with('/')));
    if is_of_file {
        parts.pop();
    }
    let port = parsed.port().map_or_else(String::new, |port| format!(":{port}"));
    let mut folder = format!("{}://{host}{port}/", parsed.scheme());
    for part in parts {
        folder.push_str(part);
        folder.push('/');
    }
    let is_folder = !is_of_file && parsed.query().is_none() && parsed.fragment().is_none();
    if is_folder { Ok(folder) } else { Err(AddressFault::NotAFolder(folder)) }
}

/// Tells whether the last part of a path names a file: `index.html`, `a.pdf`, but not `v1.2`, nor `example.cn` with a slash behind it.
fn is_file(name: &str, has_slash: bool) -> bool {
    let Some((_, ending)) = name.rsplit_once('.') else { return false };
    let ending = ending.to_ascii_lowercase();
    let is_page = PAGES.contains(&ending.as_str());
    is_page || (!has_slash && ending.starts_with(|c: char| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::{AddressFault, folder_of_site};

    #[test]
    fn addresses_of_folders() {
        for (url, expected) in [
            ("https://www.example.gov.cn/zg/", "https://www.example.gov.cn/zg/"),
            (" https://www.example.gov.cn ", "https://www.example.gov.cn/"),
            ("https://www.example.gov.cn/zg//a//", "https://www.example.gov.cn/zg/a/"),
            ("https://www.example.gov.cn//zg", "https://www.example.gov.cn/zg/"),
            ("HTTPS://WWW.Example.GOV.cn:443/Zg", "https://www.example.gov.cn/Zg/"),
            ("http://localhost:4000", "http://localhost:4000/"),
            ("https://[::1]:8443/a", "https://[::1]:8443/a/"),
            ("https://舟山公安.政务", "https://xn--55q79v3tan61i.xn--zfr164b/"),
            ("https://例.cn/整改/", "https://xn--fsq.cn/%E6%95%B4%E6%94%B9/"),
            ("https://a.gov.cn/v1.2", "https://a.gov.cn/v1.2/"),
            ("https://a.gov.cn/b.gov.cn/", "https://a.gov.cn/b.gov.cn/"),
            ("https://a.gov.cn/x/../zg", "https://a.gov.cn/zg/"),
        ] {
            assert_eq!(folder_of_site(url).as_deref(), Ok(expected), "{url}");
        }
    }

    #[test]
    fn addresses_of_files_name_their_folder() {
        for (url, folder) in [
            ("https://www.example.gov.cn/zg/index.html", "https://www.example.gov.cn/zg/"),
            ("https://www.example.gov.cn/zg/index.html/", "https://www.example.gov.cn/zg/"),
            ("https://www.example.gov.cn/Default.ASPX", "https://www.example.gov.cn/"),
            ("https://www.example.gov.cn/zg/a.pdf", "https://www.example.gov.cn/zg/"),
            ("https://www.example.gov.cn/zg/?id=1", "https://www.example.gov.cn/zg/"),
            ("https://www.example.gov.cn/zg/#top", "https://www.example.gov.cn/zg/"),
        ] {
            let expected = Err(AddressFault::NotAFolder(folder.to_owned()));
            assert_eq!(folder_of_site(url), expected, "{url}");
            assert_eq!(folder_of_site(folder).as_deref(), Ok(folder), "the advice can be followed");
        }
    }

    #[test]
    fn what_is_no_web_address() {
        for url in [
            "",
            "www.example.gov.cn",
            "https://",
            "https:///a",
            "https:/a.cn",
            "ftp://a.cn",
            "https：//a.cn",
            "https://a b.cn",
            "https://a.cn/\"x",
            "https://me:secret@a.cn/",
            "https://a.cn\\b",
            "https://a..cn:x/",
        ] {
            assert_eq!(folder_of_site(url), Err(AddressFault::NotOnTheWeb), "{url}");
        }
    }
}
