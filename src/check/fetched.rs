//! `external-asset`: nothing but a click leads a reader's browser to another site.
//!
//! An attribute counts as an address unless it is known to hold words or names, so that one that browsers learn to fetch
//! tomorrow is caught as well; and an address counts as fetched unless it is known to be followed by a click only. What
//! scripts and style sheets of the theme do is not seen here; addresses in style sheets are followed where they are loaded.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::faults::{Fault, Pages, Rule};
use super::watch::{Document, StartTag};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::Site;
use crate::{text, theme};

/// Attributes of which browsers fetch nothing: words, names, and where a quotation comes from. Those that begin with `aria-`,
/// `data-` or `xmlns` are the same. The most frequent stand first, since every attribute of every page is looked for.
const WORDS: &str = "\
    class id content name rel lang about abbr alt cite datatype datetime download for headers itemid \
    itemprop itemref itemtype label longdesc pattern placeholder prefix profile property resource rev \
    srcdoc standby style summary title typeof value vocab";

/// Attributes that name several addresses.
pub(super) const LISTS: [&[u8]; 6] =
    [b"archive", b"attributionsrc", b"imagesrcset", b"ping", b"srcset", b"values"];

/// Relations of a `<link>` that say something of the page; what they name is not fetched.
const NAMES: &str = "\
    alternate amphtml author bookmark canonical contents copyright edituri external first help index \
    last license me next nofollow noopener noreferrer pingback prev privacy-policy profile self \
    shortlink start tag terms-of-service up webmention";

/// Schemes of addresses to which a browser opens a connection.
const SCHEMES: [&str; 6] = ["http", "https", "ftp", "file", "ws", "wss"];

/// Looks at the attributes of a start tag.
pub(super) fn look(tag: &StartTag<'_>, document: Document, found: &mut BTreeSet<Fault>) {
    for (name, value) in tag.attributes() {
        if is_surely_here(value) && !LISTS.contains(&name) {
            continue;
        }
        if is_words(tag, name) {
            if name == b"style" && document == Document::Drawing {
                look_at_styles(value, found);
            }
            continue;
        }
        let local = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
        match local {
            b"action" | b"formaction" => {
                let address = normal(value);
                if scheme(&address).is_some() || is_elsewhere(&address) {
                    found.insert(Fault::new(Rule::SentElsewhere, &address));
                }
            }
            b"href" if follows_a_click(tag) => {}
            _ => look_at_address(tag, local, value, found),
        }
    }
    if tag.name == b"meta" && tag.is(b"http-equiv", b"refresh") {
        let target = refreshed(tag.get(b"content").unwrap_or_default());
        if is_elsewhere(&target) {
            found.insert(Fault::new(Rule::RefreshElsewhere, &target));
        }
    }
    if tag.name == b"base"
        && let Some(address) = tag.get(b"href")
    {
        found.insert(Fault::new(Rule::Base, &String::from_utf8_lossy(address)));
    }
}

/// Looks at declarations or a style sheet inside a page or drawing.
pub(super) fn look_at_styles(css: &[u8], found: &mut BTreeSet<Fault>) {
    let css = String::from_utf8_lossy(css);
    for address in theme::addresses_in_styles(&css) {
        if is_elsewhere(&normal(address.as_bytes())) {
            found.insert(Fault::new(Rule::Fetched, &address));
        }
    }
}

fn look_at_address(tag: &StartTag<'_>, name: &[u8], value: &[u8], found: &mut BTreeSet<Fault>) {
    if tag.name == b"base" {
        return;
    }
    // SVG: `fill="url(…)"`, by the rules of style sheets.
    if value.contains(&b'(') {
        look_at_styles(value, found);
    }
    let mut look = |address: &[u8]| {
        let address = normal(address);
        if is_elsewhere(&address) {
            found.insert(Fault::new(Rule::Fetched, &address));
        }
    };
    if LISTS.contains(&name) {
        for_each_listed(value, &mut look);
    } else {
        look(value);
    }
}

/// Goes through the addresses of a list; their descriptions (`2x`) pass for addresses on this site.
pub(super) fn for_each_listed(list: &[u8], look: &mut dyn FnMut(&[u8])) {
    for word in list.split(u8::is_ascii_whitespace) {
        let mut rest = word;
        while !rest.is_empty() {
            // The data in such an address may have commas.
            if rest.get(..5).is_some_and(|first| first.eq_ignore_ascii_case(b"data:")) {
                look(rest);
                break;
            }
            let end = rest.iter().position(|byte| matches!(byte, b',' | b';')).unwrap_or(rest.len());
            look(rest.get(..end).unwrap_or_default());
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }
}

/// Tells whether an attribute holds words or names, and no address.
pub(super) fn is_words(tag: &StartTag<'_>, name: &[u8]) -> bool {
    let begins = |beginning: &[u8]| name.starts_with(beginning);
    // The first is the most frequent name that asks, by far: the list need not be gone through for it.
    if name == b"href" || (tag.name == b"param" && name == b"value") {
        return false;
    }
    // What drawing programs write of a picture has names such as `rdf:resource`.
    let local = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
    begins(b"aria-") || begins(b"data-") || begins(b"xmlns") || text::lists(WORDS, local)
}

/// Tells whether the `href` of an element is an address that only a click leads to, or only a name.
fn follows_a_click(tag: &StartTag<'_>) -> bool {
    match tag.name {
        b"a" | b"area" => true,
        b"link" => {
            let is_name = |relation: &[u8]| {
                // Dublin Core writes its relations with a dot.
                let relation = relation.to_ascii_lowercase();
                text::lists(NAMES, &relation) || relation.contains(&b'.')
            };
            let relations = tag.get(b"rel").unwrap_or_default();
            relations.split(u8::is_ascii_whitespace).filter(|one| !one.is_empty()).all(is_name)
        }
        _ => false,
    }
}

/// Tells at a glance that a value leads nowhere else, as nearly all do.
fn is_surely_here(value: &[u8]) -> bool {
    match value.first() {
        None => true,
        Some(first) if *first <= b' ' || matches!(first, b'/' | b'\\') => false,
        Some(_) => !value.contains(&b':') && !value.contains(&b'('),
    }
}

/// Returns an address as browsers read it: without white space around it, and without line breaks and tabs (URL standard,
/// 4.4).
pub(super) fn normal(address: &[u8]) -> Cow<'_, str> {
    let is_around = |byte: &u8| *byte <= b' ';
    let start = address.iter().position(|byte| !is_around(byte)).unwrap_or(address.len());
    let end = address.iter().rposition(|byte| !is_around(byte)).map_or(start, |last| last + 1);
    let address = String::from_utf8_lossy(address.get(start..end).unwrap_or_default());
    if address.contains(['\t', '\n', '\r']) {
        Cow::Owned(address.replace(['\t', '\n', '\r'], ""))
    } else {
        address
    }
}

/// Returns the scheme of a normal address, as it is written.
pub(super) fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some(scheme)
}

/// Tells whether a normal address makes a browser open a connection to another site.
fn is_elsewhere(address: &str) -> bool {
    let has_host = address.bytes().take(2).filter(|byte| matches!(byte, b'/' | b'\\')).count() == 2;
    has_host
        || scheme(address).is_some_and(|scheme| SCHEMES.iter().any(|one| scheme.eq_ignore_ascii_case(one)))
}

/// Returns the address that `<meta http-equiv="refresh" content="0; url=…">` leads to (HTML standard, 4.2.5.3); empty if it
/// is the page itself.
pub(super) fn refreshed(content: &[u8]) -> String {
    let content = String::from_utf8_lossy(content);
    let rest = content.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
    let rest = rest.strip_prefix([';', ',']).unwrap_or(rest).trim_start();
    let named = rest.get(..3).filter(|first| first.eq_ignore_ascii_case("url")).and_then(|_| rest.get(3..));
    let target = named.and_then(|rest| rest.trim_start().strip_prefix('=')).map_or(rest, str::trim_start);
    let target = match target.chars().next() {
        Some(quote @ ('"' | '\'')) => target.split(quote).nth(1).unwrap_or_default(),
        _ => target,
    };
    normal(target.as_bytes()).into_owned()
}

/// Tells whether the settings of the site allow this: its own address in full, as on a page that may be shown at any
/// address, or the address that messages of readers go to.
pub(super) fn is_lawful(fault: &Fault, site: &Site) -> bool {
    let is_own = || site.config.base_url.as_ref().is_some_and(|own| fault.words.starts_with(own.as_str()));
    match fault.rule {
        Rule::Fetched | Rule::RefreshElsewhere => is_own(),
        Rule::SentElsewhere => {
            let action = site.config.feedback_action.as_deref();
            action.is_some_and(|action| *fault == Fault::new(Rule::SentElsewhere, action)) || is_own()
        }
        // Settings that cannot be read have no title; that has been reported.
        Rule::NoTitle => site.config.title.is_empty(),
        _ => false,
    }
}

pub(super) fn diagnostic(fault: &Fault, location: Location, pages: &Pages) -> Diagnostic {
    let address = fault.quoted();
    let [english, chinese] = pages.named();
    let (problem, help) = match fault.rule {
        Rule::SentElsewhere => (
            (
                format!("a form of {english} would send what readers write to `{address}`"),
                format!("{chinese}中的表单要把读者填写的内容发往 `{address}`"),
            ),
            (
                "write this address into `site.yaml` as `action` of `feedback`, or let the form lead to a page of the site",
                "请把这个地址写入 `site.yaml` 中 `feedback` 的 `action`，或让表单指向本站页面",
            ),
        ),
        Rule::RefreshElsewhere => (
            (
                format!("{english} would lead readers to `{address}` without a click"),
                format!("{chinese}不经点击就会把读者带到 `{address}`"),
            ),
            (
                "remove the `<meta http-equiv=\"refresh\">`, and write a link in its place",
                "请删除 `<meta http-equiv=\"refresh\">`，改为写一个链接",
            ),
        ),
        Rule::Base => (
            (
                format!("the `<base>` of {english} would make all of its links begin at `{address}`"),
                format!("{chinese}中的 `<base>` 会使全部链接改从 `{address}` 算起"),
            ),
            (
                "remove the `href` of `<base>`; templates begin each link with `{{ root }}`",
                "请删除 `<base>` 的 `href`；模板中的链接都以 `{{ root }}` 开头",
            ),
        ),
        _ => (
            (
                format!("{english} would fetch `{address}` from another site"),
                format!("{chinese}要从别的网站读取 `{address}`"),
            ),
            (
                "put the file into the theme's `assets/`, and correct the template that names it",
                "请把文件放进主题的 `assets/`，并改正写出它的模板",
            ),
        ),
    };
    Diagnostic::error("external-asset", location, problem.0, problem.1).help(help.0, help.1)
}

#[cfg(test)]
mod tests {
    use crate::check::watch::{Document, Watch};
    use crate::reading;

    /// Lists what is fetched from elsewhere, or sent there.
    fn found(html: &str, document: Document) -> Vec<String> {
        let mut watch = Watch::of(document);
        reading::visit(html.as_bytes(), &mut watch);
        let rules = ["Fetched", "SentElsewhere", "RefreshElsewhere", "Base"];
        let shown = watch.found.iter().map(|fault| (format!("{:?}", fault.rule), fault.words.clone()));
        shown.filter(|(rule, _)| rules.contains(&rule.as_str())).map(|(_, words)| words).collect()
    }

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        assert_eq!(found(html, Document::Page), expected, "{html}");
    }

    #[test]
    fn what_browsers_fetch_of_their_own() {
        for html in [
            "<script src=https://e/x>",
            "<svg><image xlink:href='https://e/x'/></svg>",
            "<svg><use href=https://e/x>",
            "<svg><rect fill=\"url( 'https://e/x' )\"/>",
            "<svg><rect filter='u\\72l(https://e/x)'/>",
            "<svg><animate attributeName=href values='a;https://e/x'>",
            "<svg><set attributeName=href to='https://e/x'>",
            "<body background=https://e/x>",
            "<a href=x ping='y https://e/x'>",
            "<object data=https://e/x>",
            "<object classid=https://e/x>",
            "<object codebase=https://e/x>",
            "<applet archive='a.jar,https://e/x'>",
            "<param name=movie value=https://e/x>",
            "<embed src=https://e/x>",
            "<iframe src=https://e/x>",
            "<html manifest=https://e/x>",
            "<img srcset='a 1x,https://e/x 2x'>",
            "<img srcset='data:image/png;base64,//8A 1x, https://e/x 2x'>",
            "<link rel=preload imagesrcset='https://e/x 2x'>",
            "<video poster=https://e/x>",
            "<track src=https://e/x>",
            "<source src=https://e/x>",
            "<input type=image src=https://e/x>",
            "<link rel=dns-prefetch href=https://e/x>",
            "<link rel='Alternate STYLESHEET' href=https://e/x>",
            "<link rel=search href=https://e/x>",
            "<link rel=whatever-comes href=https://e/x>",
            "<new-element new-attribute=https://e/x>",
            "<noscript><img src=https://e/x></noscript>",
            "<img src=' \thtt\nps://e/x'>",
            "<img src='&#104;ttps&colon;//e/x'>",
            "<meta http-equiv=Refresh content='0; URL=\"https://e/x\"'>",
            "<meta http-equiv=refresh content='0,https://e/x'>",
            "<form action=https://e/x>",
            "<button formaction=https://e/x>",
            "<base href=https://e/x>",
            "<style>p { background: image-set('https://e/x' 1x) }</style>",
        ] {
            check(html, &["https://e/x"]);
        }
        check("<img src=//e/x>", &["//e/x"]);
        check("<img src='\\\\e/x'>", &["\\\\e/x"]);
        check("<img src='/\t/e/x'>", &["//e/x"]);
        check("<img srcset='a.png 1x, //e/x 2x'>", &["//e/x"]);
        check("<img srcset='a.png 1x,\\\\e/x 2x'>", &["\\\\e/x"]);
        check("<a href=x ping='y //e/x'>", &["//e/x"]);
        check("<link rel=preload imagesrcset='a 1x, //e/x 2x'>", &["//e/x"]);
        check("<svg><animate attributeName=href values='a;//e/x'/></svg>", &["//e/x"]);
        check("<img src=https:e/x>", &["https:e/x"]);
        check("<img src=HTTPS:/e/x>", &["HTTPS:/e/x"]);
        check("<form action=mailto:a@b.cn>", &["mailto:a@b.cn"]);
    }

    #[test]
    fn what_only_clicks_lead_to_and_what_stays_here() {
        for html in [
            "<a href=https://e/x>",
            "<svg><a xlink:href=https://e/x>",
            "<area href=//e/x alt=a>",
            "<link rel='canonical' href=https://e/x><link rel='alternate' href=https://e/x>",
            "<link rel=schema.DC href=http://purl.org/dc/elements/1.1/>",
            "<link rel=profile href=https://gmpg.org/xfn/11><link rel='pingback me' href=https://e/x>",
            "<blockquote cite=https://e/x><q cite=https://e/x><img longdesc=https://e/x>",
            "<meta property=og:url content=https://e/x><meta name=dc:title content='https://e/x'>",
            "<html xmlns=https://e/x prefix='og: https://e/x#' vocab=https://e/x>",
            "<div itemscope itemtype=https://e/x itemid=https://e/x>",
            "<p title='https://e/x' aria-label=https://e/x data-to=https://e/x>",
            "<input value=https://e/x placeholder=https://e/x>",
            "<img src='data:image/png;base64,//8A'><img src='a/https://b.png'><img src='/a.png'>",
            "<a href=mailto:a@b.cn><time datetime=2025-08-28T09:00:00+08:00>",
            "<svg><rect fill='url(#a)' transform='translate(1,2)'/></svg>",
            "<form action=search.html><form action=/search>",
            "<meta http-equiv=refresh content='0;url=index.html'><meta http-equiv=refresh content=5>",
            "<meta http-equiv=Content-Security-Policy content=\"default-src 'self' https://e\">",
            "<img class='md:flex' srcset='a.png 1x, b.png 2x' sizes='(min-width: 1px) 2px'>",
            "<base target=_blank>",
        ] {
            check(html, &[]);
        }
        let drawing =
            "<svg xmlns='http://www.w3.org/2000/svg'><rect style='fill:url(//e/x)'/><s:use s:href='//e/y'/>";
        assert_eq!(found(drawing, Document::Drawing), ["//e/x", "//e/y"]);
        let described = "<svg><metadata><rdf:RDF><cc:Work rdf:about='https://e/x'><dc:type rdf:resource='https://e/x'/>\
            </cc:Work></rdf:RDF></metadata></svg>";
        assert_eq!(found(described, Document::Drawing), [""; 0]);
    }
}
