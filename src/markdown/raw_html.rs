//! Which HTML tags and attributes may reach the page.
//!
//! Tags are shown as text unless `site.yaml` allows them *and* they are on the list here: nothing that runs, loads,
//! asks for input or swallows the markup after it can be allowed, and nothing that hides, turns or strikes text or adds
//! signs to it. Whether tags balance is seen to in `spans`; `check` reads whether browsers show all of it in its place.

use super::destination;

/// The tags that `site.yaml` may allow.
const HARMLESS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "rt",
    "ruby",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// The tags that no paragraph can hold.
const BLOCKS: &[&str] = &[
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

const ATTRIBUTES: &[&str] = &["title", "lang", "colspan", "rowspan", "href", "src", "cite", "alt"];

/// An HTML tag with the attributes that may stay, values without entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The name in lower case.
    pub name: String,
    /// Names in lower case and values.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// Tells whether the tag has neither content nor a closing tag.
    pub(super) fn is_void(&self) -> bool {
        matches!(self.name.as_str(), "br" | "col" | "hr" | "img" | "wbr")
    }

    /// Tells whether a paragraph that holds the tag would be broken up by browsers.
    pub(super) fn is_block(&self) -> bool {
        BLOCKS.contains(&self.name.as_str())
    }

    /// Tells whether the text before the block and that behind it go on from each other, as cells and entries do not.
    pub(super) fn is_paragraph(&self) -> bool {
        matches!(self.name.as_str(), "blockquote" | "div" | "p" | "section")
    }

    /// Tells whether the tag makes its text smaller; of these, [`Self::is_level`] also moves it.
    pub(super) fn is_small(&self) -> bool {
        self.name == "small" || self.is_level()
    }

    /// Tells whether the tag raises or lowers its text.
    pub(super) fn is_level(&self) -> bool {
        matches!(self.name.as_str(), "rt" | "sub" | "sup")
    }

    /// Returns the elements one of which must enclose this one; elsewhere it would close elements around it.
    pub(super) fn needed_around(&self) -> &'static [&'static str] {
        match self.name.as_str() {
            "li" => &["ol", "ul"],
            "dd" | "dt" => &["dl"],
            "caption" | "col" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => &["table"],
            _ => &[],
        }
    }

    /// Returns the value of an attribute, empty without one.
    pub(super) fn attribute(&self, name: &str) -> String {
        let found = self.attributes.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// Tells whether `site.yaml` may allow the tag `name`.
pub fn can_be_allowed(name: &str) -> bool {
    HARMLESS.contains(&name)
}

/// Something between `<` and `>`.
pub(super) enum Markup {
    /// Says nothing to readers.
    Comment,
    /// `<name …>`; the second part are addresses that are not safe.
    Open(Tag, Vec<String>),
    /// `</name>`
    Close(String),
    /// A declaration or instruction.
    Other,
}

/// Takes apart `text`, which begins with `<` and ends with `>`.
pub(super) fn parse(text: &str) -> Markup {
    if text.starts_with("<!--") {
        return Markup::Comment;
    }
    let inner = text.trim_start_matches('<').trim_end_matches('>');
    let (inner, is_closing) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len());
    let (name, rest) = inner.split_at(end);
    if name.is_empty() {
        return Markup::Other;
    }
    let name = name.to_ascii_lowercase();
    if is_closing {
        return Markup::Close(name);
    }
    let mut unsafe_values = Vec::new();
    let attributes = attributes(rest, &mut unsafe_values);
    Markup::Open(Tag { name, attributes }, unsafe_values)
}

/// Collects the attributes that may stay, each once.
fn attributes(mut rest: &str, unsafe_values: &mut Vec<String>) -> Vec<(String, String)> {
    let mut kept: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || "=/".contains(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(value) => split_value(value.trim_start()),
            None => ("", after),
        };
        if name.is_empty() && value.is_empty() {
            return kept;
        }
        rest = after;
        let (name, value) = (name.to_ascii_lowercase(), without_entities(value));
        if !ATTRIBUTES.contains(&name.as_str()) || kept.iter().any(|(other, _)| *other == name) {
            continue;
        }
        if matches!(name.as_str(), "href" | "src" | "cite") && !destination::is_safe(&value) {
            unsafe_values.push(value);
        } else {
            kept.push((name, value));
        }
    }
}

/// Splits off the value at the beginning of `text`, without its quotes.
fn split_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// Resolves the entities that people write in attributes; others stay, and are written with their `&` escaped.
fn without_entities(value: &str) -> String {
    let value = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    value.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = match parse(text) {
            Markup::Comment => "comment".to_owned(),
            Markup::Other => "other".to_owned(),
            Markup::Close(name) => format!("/{name}"),
            Markup::Open(tag, bad) => {
                let attributes: Vec<String> =
                    tag.attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
                format!("{} {} {}", tag.name, attributes.join(","), bad.join(",")).trim_end().to_owned()
            }
        };
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn only_safe_attributes_stay() {
        check("<B>", "b");
        check("</B >", "/b");
        check("<br/>", "br");
        check("<!-- a -->", "comment");
        check("<?php a ?>", "other");
        check("<![CDATA[a]]>", "other");
        check("<a HREF='x?a=1&amp;b' onclick=\"y()\" style=z id=q title>", "a href=x?a=1&b,title=");
        check("<a href=\"JaVa\tscript:x\">", "a  JaVa\tscript:x");
        check("<img/src=a/b alt=\"甲\"/>", "img src=a/b,alt=甲");
        check("<td colspan = 2 colspan=3 data-x=1>", "td colspan=2");
        check("<span class=print-only dir=rtl hidden popover inert>", "span");
        check("<table align=right><caption align=bottom>", "table");
    }

    #[test]
    fn dangerous_tags_cannot_be_allowed() {
        let changing = "bdi bdo del details q rp s strike summary marquee dialog";
        assert!(changing.split_whitespace().all(|name| !can_be_allowed(name)));
        let dangerous = "script style iframe object embed form input button link meta base svg math template \
                         plaintext title textarea noscript html body head";
        assert!(dangerous.split_whitespace().all(|name| !can_be_allowed(name)));
        assert!(["b", "table", "wbr"].into_iter().all(can_be_allowed));
    }
}
