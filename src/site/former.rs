//! Addresses at which something stood before (`formerly`): each gets a page that leads on to where it is now.

use super::{Addresses, Owner, Route, Site, is_reserved, relative_address, reserved_name};
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Location, SourcePath};
use crate::text::address;

/// An address at which something stood before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// The path from the site's root: `2025/item-6.html`.
    pub path: String,
    /// Where it is now: a path from the site's root, with an anchor where it has no page of its own.
    pub target: String,
    /// What is there.
    pub of: Moved,
    /// The file that says so.
    source: SourcePath,
}

/// What has moved. Indexes are into [`Site`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// A notice.
    Notice(usize),
    /// A section of a notice.
    Section {
        /// Index of the notice.
        notice: usize,
        /// Index of the section in the notice.
        section: usize,
    },
    /// A page beside the notices.
    Page(usize),
}

impl Moved {
    /// Returns its title; a section without a heading has that of its notice.
    pub fn title(self, site: &Site) -> &str {
        match self {
            Self::Notice(notice) => &site.notices[notice].title.value,
            Self::Section { notice, section } => {
                let heading = site.section(notice, section).heading.as_ref();
                heading.map_or(&site.notices[notice].title.value, |heading| &heading.value)
            }
            Self::Page(page) => &site.pages[page].title.value,
        }
    }

    fn address(self, site: &Site) -> String {
        match self {
            Self::Notice(notice) => Route::Notice(notice).path(site),
            Self::Section { notice, section } => site.address_of_section(notice, section),
            Self::Page(page) => Route::Page(page).path(site),
        }
    }
}

impl Former {
    /// The problem of a link of `source` that is written as `destination` and means this address.
    pub(super) fn link(&self, destination: &str, source: &SourcePath, location: &Location) -> Diagnostic {
        let meant = relative_address(source.as_str(), self.source.as_str());
        Diagnostic::warning(
            "link-to-former-address",
            location.clone(),
            format!("`{destination}` is where it stood before"),
            format!("`{destination}` 是原来的网址"),
        )
        .did_you_mean(destination, &meant)
    }
}

/// Returns the former address that a link means by a path below `content/`: the address, or the file that was there.
pub(super) fn meant_by<'a>(former: &'a [Former], path: &str) -> Option<&'a Former> {
    let page = match path.strip_suffix(".md") {
        Some(front) => match front.strip_suffix("/notice") {
            Some(folder) => format!("{folder}/index.html"),
            None => format!("{front}.html"),
        },
        None => path.to_owned(),
    };
    let is_meant = |one: &&Former| {
        one.path == page || one.path.strip_suffix("/index.html").is_some_and(|folder| folder == page)
    };
    former.iter().find(is_meant)
}

/// Claims the former addresses of everything, when all that stands there now has its own.
///
/// Pushes `not-a-former-address`, `reserved-name` and `duplicate-address`; what these concern leads nowhere.
pub(super) fn claim(site: &Site, addresses: &mut Addresses, diagnostics: &mut Diagnostics) -> Vec<Former> {
    let mut former = Vec::new();
    let mut claim = |of: Moved, written: &[Located<String>]| {
        for written in written {
            match claim_one(site, addresses, of, written) {
                Ok(path) => {
                    let source = written.location.path.clone();
                    addresses.owners.insert(path.to_ascii_lowercase(), Owner::Source(source.clone()));
                    addresses.routes.insert(path.clone(), Route::Former(former.len()));
                    former.push(Former { path, target: of.address(site), of, source });
                }
                Err(problem) => diagnostics.push(*problem),
            }
        }
    };
    for (page, one) in site.pages.iter().enumerate() {
        claim(Moved::Page(page), &one.formerly);
    }
    for (notice, one) in site.notices.iter().enumerate() {
        claim(Moved::Notice(notice), &one.formerly);
        for (section, one) in one.sections.iter().enumerate() {
            claim(Moved::Section { notice, section }, &one.formerly);
        }
    }
    former
}

/// Returns the path of a former address, if nothing else has it.
fn claim_one(
    site: &Site,
    addresses: &Addresses,
    of: Moved,
    written: &Located<String>,
) -> Result<String, Box<Diagnostic>> {
    let location = &written.location;
    let path = path_of(&written.value).map_err(|fault| Box::new(fault.told(written)))?;
    let key = path.to_ascii_lowercase();
    if is_reserved(&key) {
        return Err(Box::new(reserved_name(location.clone())));
    }
    let now = of.address(site);
    if now.split('#').next().is_some_and(|now| now.eq_ignore_ascii_case(&path)) {
        return Err(Box::new(leads_to_itself(written)));
    }
    match addresses.owner(&key) {
        Some(owner) => Err(Box::new(is_taken(&path, owner, location))),
        None => Ok(path),
    }
}

/// Why a text is no former address.
#[derive(Debug, PartialEq, Eq)]
enum Fault {
    /// It is a full address; with the path on this site, if it has one.
    Full(Option<String>),
    /// It has a query, which no file can have.
    Query,
    /// It has an anchor, of which servers never hear; with the path in front of it, if that can lead on.
    Anchor(Option<String>),
    /// What servers deliver under such a name is no page.
    NoPage,
    /// It cannot be a path of the site, for this reason.
    Path([String; 2]),
}

/// Returns the path at which the page of a former address stands: `2025/` and `/2025` are `2025/index.html`.
fn path_of(written: &str) -> Result<String, Fault> {
    if address::leads_elsewhere(written) {
        let behind = written.split_once("//").and_then(|(_, rest)| rest.split_once('/'));
        let path = behind.map(|(_, path)| path.to_owned()).filter(|path| path_of(path).is_ok());
        return Err(Fault::Full(path));
    }
    if let Some((path, _)) = written.split_once('#') {
        return Err(Fault::Anchor(Some(path.to_owned()).filter(|path| path_of(path).is_ok())));
    }
    if written.contains('?') {
        return Err(Fault::Query);
    }
    let path = written.strip_prefix('/').unwrap_or(written);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let path = match name.rsplit_once('.') {
        Some((_, ending)) if ["html", "htm"].iter().any(|page| ending.eq_ignore_ascii_case(page)) => {
            path.to_owned()
        }
        Some((_, ending)) if !ending.is_empty() && name != ".." => return Err(Fault::NoPage),
        _ if path.is_empty() => "index.html".to_owned(),
        _ if name.is_empty() => format!("{folder}/index.html"),
        _ => format!("{path}/index.html"),
    };
    address::fault_of_path(&path).map_or(Ok(path), |fault| Err(Fault::Path(fault)))
}

impl Fault {
    fn told(self, written: &Located<String>) -> Diagnostic {
        let Located { value, location } = written;
        let problem = |english: &str, chinese: &str| {
            Diagnostic::error(
                "not-a-former-address",
                location.clone(),
                format!("`{value}` cannot lead on: {english}"),
                format!("`{value}` 不能自动转到新网址：{chinese}"),
            )
        };
        match self {
            Self::Full(Some(path)) if !path.is_empty() => {
                problem("only a path of this site can", "这里只能写本网站的路径").did_you_mean(value, &path)
            }
            Self::Anchor(path) => {
                let problem =
                    problem("servers never hear what stands behind `#`", "服务器收不到 `#` 后面的部分");
                match path.filter(|path| !path.is_empty()) {
                    Some(path) => problem.did_you_mean(value, &path),
                    None => problem.help("write the path in front of `#`", "请写 `#` 前面的路径"),
                }
            }
            Self::Full(_) => {
                problem("only a path of this site can", "这里只能写本网站的路径").help(
                    "write what stands behind the host, for example `2025/item-6.html`",
                    "请只写域名之后的部分，例如 `2025/item-6.html`",
                )
            }
            Self::Query => problem("no file stands at an address with `?`", "带 `?` 的网址上不能有文件").help(
                "let the web server lead on, see “Former addresses” in docs/content.md",
                "请在网站服务器上设置跳转，见 docs/content.md 的 “Former addresses”",
            ),
            Self::NoPage => problem(
                "servers deliver no page under a name that does not end in `.html`",
                "服务器只把以 `.html` 结尾的文件当作网页",
            )
            .help(
                "let the web server lead on, see “Former addresses” in docs/content.md",
                "请在网站服务器上设置跳转，见 docs/content.md 的 “Former addresses”",
            ),
            Self::Path([english, chinese]) => problem(&english, &chinese).help(
                "write the path as it stood in the address bar: letters a–z, digits, `-`, `_`, `.` and `/`; for any other let the web \
                 server lead on",
                "请写浏览器地址栏中的路径，只用英文字母、数字、`-`、`_`、`.` 和 `/`；其他网址请在网站服务器上设置跳转",
            ),
        }
    }
}

fn leads_to_itself(written: &Located<String>) -> Diagnostic {
    let value = &written.value;
    Diagnostic::error(
        "duplicate-address",
        written.location.clone(),
        format!("`{value}` is where this stands now, so nothing has to lead on"),
        format!("`{value}` 就是现在的网址，不需要跳转"),
    )
    .help("delete it from `formerly`", "请把它从 `formerly` 中删去")
}

fn is_taken(path: &str, owner: &Owner, location: &Location) -> Diagnostic {
    match owner {
        Owner::Source(source) if *source == location.path => Diagnostic::error(
            "duplicate-address",
            location.clone(),
            format!("the former address `{path}` is written twice"),
            format!("原网址 `{path}` 写了两次"),
        )
        .help("delete one of them", "请删去一个"),
        _ => {
            let problem = Diagnostic::error(
                "duplicate-address",
                location.clone(),
                format!("something else wants the former address `{path}`"),
                format!("原网址 `{path}` 已被占用"),
            )
            .help(
                "delete it from `formerly`, or give the other another address",
                "请把它从 `formerly` 中删去，或给另一个换一个网址",
            );
            match owner {
                Owner::Source(source) => problem.related(
                    Location::file(source),
                    "this file stands there, or has stood there, too",
                    "这个文件在那里，或者也曾在那里",
                ),
                Owner::Generated => problem,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, path_of};

    #[test]
    fn former_addresses_are_those_of_pages() {
        for (written, expected) in [
            ("2025/item-6.html", "2025/item-6.html"),
            ("/2025/item-6.html", "2025/item-6.html"),
            ("art/2025/8/28/art_1_2.HTM", "art/2025/8/28/art_1_2.HTM"),
            ("2025/", "2025/index.html"),
            ("/2025", "2025/index.html"),
            ("/", "index.html"),
        ] {
            assert_eq!(path_of(written).as_deref(), Ok(expected), "{written}");
        }
    }

    #[test]
    fn what_no_page_can_stand_at_is_told() {
        let full = |path: Option<&str>| Fault::Full(path.map(str::to_owned));
        for (written, expected) in [
            ("https://www.example.gov.cn/2025/a.html", full(Some("2025/a.html"))),
            ("//www.example.gov.cn/2025/", full(Some("2025/"))),
            ("https://www.example.gov.cn", full(None)),
            ("https://www.example.gov.cn/a.jsp?id=1", full(None)),
            ("javascript:a", full(None)),
            ("2025/a.html#item-6", Fault::Anchor(Some("2025/a.html".to_owned()))),
            ("show.jsp#item-6", Fault::Anchor(None)),
            ("show.html?id=6", Fault::Query),
            ("show.jsp", Fault::NoPage),
            ("files/a.pdf", Fault::NoPage),
        ] {
            assert_eq!(path_of(written), Err(expected), "{written}");
        }
        for written in [
            "../a.html",
            "a/../b.html",
            "公开/a.html",
            "a b.html",
            "a//b.html",
            ".well/a.html",
            "con/a.html",
            "a.",
            "a%20b.html",
        ] {
            assert!(matches!(path_of(written), Err(Fault::Path(_))), "{written}");
        }
    }
}
