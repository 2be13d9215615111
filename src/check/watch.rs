//! Hears every start tag of a finished page, or of a drawing of the theme, and hands it to the rules about pages.
//!
//! It goes along with the one pass that reads the page ([`crate::reading`]). What each rule forbids stands in its own file:
//! [`super::fetched`], [`super::inline_code`], [`super::accessible`].

use std::collections::BTreeSet;

use super::faults::Fault;
use super::{accessible, fetched, inline_code};
use crate::reading::{self, TagVisitor};

/// The most bytes of a text inside an element that rules get to see.
const LONGEST_TEXT: usize = 256 * 1024;

/// What is being looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page that gongkai has made from a template.
    #[default]
    Page,
    /// A file of the theme that is written in tags, an SVG: it may be shown by itself, but has no words of a notice.
    Drawing,
}

/// The name and attributes of a start tag; names are in lower case, as browsers take them.
#[derive(Debug, Default)]
pub(super) struct Tag {
    pub(super) name: Vec<u8>,
    /// Names and values, one behind the other.
    bytes: Vec<u8>,
    /// For each attribute where its name and its value end.
    ends: Vec<(usize, usize)>,
}

impl Tag {
    /// Goes through the attributes.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let mut start = 0;
        self.ends.iter().map(move |(name_end, end)| {
            let name = self.bytes.get(start..*name_end).unwrap_or_default();
            let value = self.bytes.get(*name_end..*end).unwrap_or_default();
            start = *end;
            (name, value)
        })
    }

    /// Returns the value of an attribute; of several of one name, browsers take the first.
    pub(super) fn get(&self, name: &[u8]) -> Option<&[u8]> {
        self.attributes().find(|(one, _)| *one == name).map(|(_, value)| value)
    }

    /// Tells whether an attribute is there and says something.
    pub(super) fn has(&self, name: &[u8]) -> bool {
        self.get(name).is_some_and(|value| !value.trim_ascii().is_empty())
    }

    /// Tells whether an attribute has this value, whatever its case.
    pub(super) fn is(&self, name: &[u8], value: &[u8]) -> bool {
        self.get(name).is_some_and(|is| is.trim_ascii().eq_ignore_ascii_case(value))
    }
}

/// Tells whether an element without attributes is nothing to any rule. Most tags of a page are such.
fn is_plain(name: &[u8]) -> bool {
    matches!(
        name,
        b"a" | b"data"
            | b"dd"
            | b"div"
            | b"dl"
            | b"dt"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"li"
            | b"ol"
            | b"p"
            | b"section"
            | b"span"
            | b"strong"
            | b"table"
            | b"tbody"
            | b"td"
            | b"th"
            | b"thead"
            | b"tr"
            | b"ul"
    )
}

/// The text inside which element is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// Browsers without scripts read it as tags.
    NoScript,
    Style,
    Title,
}

/// The state while a page is read.
#[derive(Debug, Default)]
pub(super) struct Watch {
    kind: Kind,
    tag: Tag,
    kept: Option<Kept>,
    text: Vec<u8>,
    pub(super) outline: accessible::Outline,
    /// What has been found; the same on one page is one fault.
    pub(super) found: BTreeSet<Fault>,
}

impl Watch {
    /// Starts to look at something of this kind.
    pub(super) fn of(kind: Kind) -> Self {
        Self { kind, ..Self::default() }
    }
}

impl TagVisitor for Watch {
    fn attribute(&mut self, name: &[u8], value: &[u8]) {
        // Most attributes are one of these, and none of these does anything by itself, nor does an address on the same page.
        if matches!(name, b"class" | b"id" | b"scope")
            || name.starts_with(b"data-")
            || (name == b"value" && value.iter().all(u8::is_ascii_digit))
            || (name == b"href" && value.starts_with(b"#"))
        {
            return;
        }
        let tag = &mut self.tag;
        tag.bytes.extend_from_slice(name);
        let name_end = tag.bytes.len();
        tag.bytes.extend_from_slice(value);
        tag.ends.push((name_end, tag.bytes.len()));
    }

    fn start(&mut self, name: &[u8]) {
        let local = match (self.kind, name.iter().rposition(|byte| *byte == b':')) {
            (Kind::Drawing, Some(colon)) => name.get(colon + 1..).unwrap_or_default(),
            _ => name,
        };
        if self.tag.ends.is_empty() && is_plain(local) {
            return;
        }
        self.tag.name.clear();
        self.tag.name.extend_from_slice(local);
        if !self.tag.ends.is_empty() {
            fetched::look(&self.tag, self.kind, &mut self.found);
        }
        inline_code::look(&self.tag, self.kind, &mut self.found);
        if self.kind == Kind::Page {
            self.outline.start(&self.tag, &mut self.found);
        }
        self.tag.bytes.clear();
        self.tag.ends.clear();
        self.kept = match local {
            b"noscript" => Some(Kept::NoScript),
            b"style" => Some(Kept::Style),
            b"title" => Some(Kept::Title),
            _ => self.kept,
        };
    }

    #[inline]
    fn wants_text(&self) -> bool {
        self.kept.is_some()
    }

    fn text(&mut self, piece: &[u8]) {
        if self.text.len() < LONGEST_TEXT {
            self.text.extend_from_slice(piece);
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some(kept) = self.kept.take() {
            let text = std::mem::take(&mut self.text);
            match kept {
                Kept::NoScript => {
                    let mut inside = Self::of(self.kind);
                    reading::visit(&text, &mut inside);
                    self.found.append(&mut inside.found);
                }
                Kept::Style => fetched::look_at_styles(&text, &mut self.found),
                Kept::Title => self.outline.title(&text),
            }
        }
        self.outline.end(name, &mut self.found);
    }
}
