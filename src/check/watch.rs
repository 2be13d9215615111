//! Hands every start tag of a finished page, or of a drawing of the theme, to the rules about tags.
//!
//! The page is read only once ([`crate::reading`]). What each rule forbids is in its own file:
//! [`super::fetched`], [`super::inline_code`], [`super::accessible`].

use std::collections::BTreeSet;

use super::faults::Fault;
use super::{accessible, fetched, inline_code};
use crate::reading::{self, Tag, TagVisitor};

/// The most bytes of a text inside an element that rules look at.
const LONGEST_TEXT: usize = 256 * 1024;

/// What is being looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Document {
    /// A page that gongkai has made from a template.
    #[default]
    Page,
    /// A file of the theme that is written in tags, an SVG: it may be shown by itself, but has no words of a notice.
    Drawing,
}

/// A start tag as the rules see it.
pub(super) struct StartTag<'t> {
    /// The name, in a drawing without its prefix.
    pub(super) name: &'t [u8],
    tag: &'t Tag,
}

impl<'t> StartTag<'t> {
    fn of(tag: &'t Tag, document: Document) -> Self {
        let name = tag.name.as_slice();
        match name.iter().rposition(|byte| *byte == b':') {
            Some(colon) if document == Document::Drawing => {
                Self { name: name.get(colon + 1..).unwrap_or_default(), tag }
            }
            _ => Self { name, tag },
        }
    }

    /// Goes through the attributes that may mean something to a rule. Most do nothing by themselves, nor does an address on
    /// the same page.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'t [u8], &'t [u8])> {
        let is_idle = |(name, value): &(&[u8], &[u8])| {
            matches!(*name, b"class" | b"id" | b"scope")
                || name.starts_with(b"data-")
                || (*name == b"value" && value.iter().all(u8::is_ascii_digit))
                || (*name == b"href" && value.starts_with(b"#"))
        };
        self.tag.attributes().filter(move |attribute| !is_idle(attribute))
    }

    /// Returns the value of an attribute; of several of one name, browsers take the first.
    pub(super) fn get(&self, name: &[u8]) -> Option<&'t [u8]> {
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

    /// Tells whether the element means something to a rule even without attributes. Most elements of a page do not.
    fn matters_by_name(&self) -> bool {
        matches!(self.name, b"embed" | b"h1" | b"iframe" | b"img" | b"svg")
            || matches!(self.name, b"noscript" | b"script" | b"style" | b"title")
    }
}

/// The text inside which element is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// Read as tags, since browsers without scripts do so.
    NoScript,
    Style,
    Title,
}

/// The state while a page is read.
#[derive(Debug, Default)]
pub(super) struct Watch {
    document: Document,
    kept: Option<Kept>,
    text: Vec<u8>,
    pub(super) outline: accessible::Outline,
    /// What has been found; the same on one page is one fault.
    pub(super) found: BTreeSet<Fault>,
}

impl Watch {
    pub(super) fn of(document: Document) -> Self {
        Self { document, ..Self::default() }
    }
}

impl TagVisitor for Watch {
    fn start(&mut self, tag: &Tag) {
        let tag = StartTag::of(tag, self.document);
        let has_attributes = tag.attributes().next().is_some();
        if !has_attributes && !tag.matters_by_name() {
            return;
        }
        if has_attributes {
            fetched::look(&tag, self.document, &mut self.found);
        }
        inline_code::look(&tag, self.document, &mut self.found);
        if self.document == Document::Page {
            self.outline.start(&tag, &mut self.found);
        }
        self.kept = match tag.name {
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
                    let mut inside = Self::of(self.document);
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
