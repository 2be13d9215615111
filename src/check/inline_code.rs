//! `inline-code`: pages carry no script and no style of their own, so that a site can be published under a policy that
//! allows none.
//!
//! Data in a `<script>` (JSON-LD) is no script. In a drawing of the theme, styles are its own business, and scripts are
//! reported as `active-asset`.

use std::collections::BTreeSet;

use super::faults::{Fault, Pages, Rule};
use super::fetched::{LISTS, for_each_listed, is_words, normal, refreshed, scheme};
use super::watch::{Document, StartTag};
use crate::diagnostic::{Diagnostic, Location};
use crate::text;

/// Types of `<script>` that browsers act on; those that speak of `javascript` or `ecmascript` are scripts, too.
const SCRIPTS: &str = "module importmap speculationrules text/jscript text/livescript";

/// Elements that show what an address holds as a page or run it, whatever it claims to be.
const OPENING: &str = "script iframe frame embed object use link";

/// What an address may hold in itself without doing anything.
const PASSIVE: [&str; 4] = ["image/", "font/", "audio/", "video/"];

/// Looks at a start tag.
pub(super) fn look(tag: &StartTag<'_>, document: Document, found: &mut BTreeSet<Fault>) {
    match tag.name {
        b"script" if document == Document::Drawing || is_inline_script(tag) => {
            found.insert(Fault::new(Rule::Script, "<script>"));
        }
        b"style" if document == Document::Page => {
            found.insert(Fault::new(Rule::Style, "<style>"));
        }
        b"meta" if tag.is(b"http-equiv", b"refresh") => {
            look_at_address(tag, refreshed(tag.get(b"content").unwrap_or_default()).as_bytes(), found);
        }
        _ => {}
    }
    for (name, value) in tag.attributes() {
        match name {
            b"style" if document == Document::Page => {
                found.insert(Fault::new(Rule::Style, &written(name, value)));
            }
            b"srcdoc" => {
                found.insert(Fault::new(Rule::PageInside, &written(name, value)));
            }
            [b'o', b'n', rest @ ..] if !rest.is_empty() && rest.iter().all(u8::is_ascii_lowercase) => {
                found.insert(Fault::new(Rule::Handler, &written(name, value)));
            }
            // A scheme has a colon.
            _ if !value.contains(&b':') || is_words(tag, name) => {}
            _ if LISTS.contains(&name) => {
                for_each_listed(value, &mut |address| look_at_address(tag, address, found));
            }
            _ => look_at_address(tag, value, found),
        }
    }
}

fn is_inline_script(tag: &StartTag<'_>) -> bool {
    let is_code = |kind: &[u8]| {
        let kind = kind.trim_ascii().to_ascii_lowercase();
        let speaks_of = |word: &[u8]| kind.windows(word.len()).any(|part| part == word);
        kind.is_empty() || text::lists(SCRIPTS, &kind) || speaks_of(b"javascript") || speaks_of(b"ecmascript")
    };
    tag.get(b"src").is_none() && tag.get(b"type").is_none_or(is_code)
}

fn look_at_address(tag: &StartTag<'_>, address: &[u8], found: &mut BTreeSet<Fault>) {
    let address = normal(address);
    let Some(scheme) = scheme(&address) else { return };
    let is_script =
        ["javascript", "vbscript", "livescript"].iter().any(|one| scheme.eq_ignore_ascii_case(one));
    let is_page = scheme.eq_ignore_ascii_case("data") && {
        let holds = address.get(scheme.len() + 1..).unwrap_or_default().trim_start().to_ascii_lowercase();
        let is_icon = tag.name == b"link" && is_icon(tag.get(b"rel").unwrap_or_default());
        !PASSIVE.iter().any(|passive| holds.starts_with(passive))
            || (text::lists(OPENING, tag.name) && !is_icon)
    };
    if is_script || is_page {
        found.insert(Fault::new(Rule::CodeInAddress, &address));
    }
}

/// Tells whether a `<link>` with this `rel` shows a picture: `icon`, `shortcut icon`, `apple-touch-icon`.
fn is_icon(relations: &[u8]) -> bool {
    let relations = relations.to_ascii_lowercase();
    let mut all =
        relations.split(u8::is_ascii_whitespace).filter(|one| !one.is_empty() && *one != b"shortcut");
    all.next().is_some_and(|one| one.ends_with(b"icon")) && all.next().is_none()
}

fn written(name: &[u8], value: &[u8]) -> String {
    format!("{}=\"{}\"", String::from_utf8_lossy(name), String::from_utf8_lossy(value))
}

pub(super) fn diagnostic(fault: &Fault, location: Location, pages: &Pages) -> Diagnostic {
    let words = fault.quoted();
    let [english, chinese] = pages.named();
    let (what, help) = match fault.rule {
        Rule::Script | Rule::Handler => (
            ("a script of its own", "内联脚本"),
            (
                "put it into a file in the theme's `assets/`, and load it with `<script src=\"…\" defer></script>`",
                "请把脚本放进主题 `assets/` 中的文件，并用 `<script src=\"…\" defer></script>` 引用",
            ),
        ),
        Rule::Style => (
            ("a style of its own", "内联样式"),
            (
                "give the element a `class`, and put its style into a style sheet in the theme's `assets/`",
                "请给元素写 `class`，并把样式放进主题 `assets/` 中的样式表",
            ),
        ),
        Rule::PageInside => (
            ("a page of its own inside", "内嵌网页"),
            (
                "write what it says into the template itself, marked with `data-generated`",
                "请把其中的内容直接写进模板，并用 `data-generated` 标明",
            ),
        ),
        _ => (
            ("an address that is code", "含代码的网址"),
            (
                "name a file or page; what is to happen on a click belongs into a script in the theme's `assets/`",
                "请写文件或页面的地址；点击后要做的事，应写在主题 `assets/` 的脚本里",
            ),
        ),
    };
    Diagnostic::error(
        "inline-code",
        location,
        format!("{english} would carry {}, which a strict policy blocks: `{words}`", what.0),
        format!("{chinese}带有{}，严格的安全策略会拦截：`{words}`", what.1),
    )
    .help(help.0, help.1)
}

#[cfg(test)]
mod tests {
    use crate::check::watch::{Document, Watch};
    use crate::reading;

    /// Lists the rules that a page breaks, other than those about what is fetched.
    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let mut watch = Watch::of(Document::Page);
        reading::visit(html.as_bytes(), &mut watch);
        let rules: Vec<String> = watch.found.iter().map(|fault| format!("{:?}", fault.rule)).collect();
        let code = ["Script", "Style", "Handler", "CodeInAddress", "PageInside"];
        let rules: Vec<&String> = rules.iter().filter(|rule| code.contains(&rule.as_str())).collect();
        assert_eq!(rules, expected, "{html}");
    }

    #[test]
    fn code_is_found_however_it_is_written() {
        check("<script>a</script>", &["Script"]);
        check("<SCRIPT type=Module>a</script>", &["Script"]);
        check("<script type=importmap>{}</script>", &["Script"]);
        check("<script type=' text/JavaScript '>a</script>", &["Script"]);
        check("<script type=speculationrules>{}</script>", &["Script"]);
        check("<svg><script href=a.js></script></svg>", &["Script"]);
        check("<noscript><p style=color:red></noscript>", &["Style"]);
        check("<style media=print>a{}</style>", &["Style"]);
        check("<p STYLE='color:red'>", &["Style"]);
        check("<svg><g onclick=x()>", &["Handler"]);
        check("<p/oNmouseover=x()>", &["Handler"]);
        check("<a href=javascript:x()>", &["CodeInAddress"]);
        check("<a href=' \tJava\nScript:x()'>", &["CodeInAddress"]);
        check("<a href='java&#10;script&colon;x()'>", &["CodeInAddress"]);
        check("<a href='&#1;javascript:x()'>", &["CodeInAddress"]);
        check("<svg><a xlink:href=javascript:x()>", &["CodeInAddress"]);
        check("<svg><animate attributeName=href values='a;javascript:x()'>", &["CodeInAddress"]);
        check("<form action=javascript:x()>", &["CodeInAddress"]);
        check("<button formaction=vbscript:x()>", &["CodeInAddress"]);
        check("<iframe src='data:text/html,<script>x()</script>'>", &["CodeInAddress"]);
        check("<object data='data:image/svg+xml,<svg/>'>", &["CodeInAddress"]);
        check("<script src='data:text/javascript,x()'></script>", &["CodeInAddress"]);
        check("<link rel=stylesheet href='data:text/css,a{}'>", &["CodeInAddress"]);
        check("<link rel='icon stylesheet' href='data:image/png,'>", &["CodeInAddress"]);
        check("<meta http-equiv=refresh content='0;url=javascript:x()'>", &["CodeInAddress"]);
        check("<iframe srcdoc='<p>'>", &["PageInside"]);
    }

    #[test]
    fn data_and_words_are_no_code() {
        check("<script type=application/ld+json>{}</script><script type=application/json>{}</script>", &[]);
        check("<script src=a.js></script><script type=module src=b.js></script>", &[]);
        check("<p title='javascript: a language' data-on='x' on='y' aria-label='javascript:'>", &[]);
        check("<meta name=description content='javascript:x'><input value='javascript:x'>", &[]);
        check("<img src='data:image/png;base64,AAAA'><link rel=icon href='data:image/svg+xml,<svg/>'>", &[]);
        check(
            "<link rel='Shortcut Icon' href='data:image/png;base64,AA'><link rel=apple-touch-icon href='data:image/png,'>",
            &[],
        );
        check("<a href=mailto:a@b.cn><a href='tel:12345'><a href='x.html?a=javascript:'>", &[]);
    }
}
