//! HTML → tags and text, by the rules of the HTML standard.
//!
//! html5gum takes the bytes apart and calls [`Emitter`] with pieces; [`Tokens`] puts the pieces together and hands each
//! [`Tag`] and text to the [`Reader`]. Comments, doctypes and the tokenizer's own complaints are left out.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

use super::reader::Reader;
use super::{TagVisitor, text_of};

/// The name and attributes of a start tag; names are in lower case, as browsers take them.
#[derive(Debug, Default)]
pub(crate) struct Tag {
    pub(crate) name: Vec<u8>,
    /// Names and values of the attributes, one behind the other.
    bytes: Vec<u8>,
    /// For each attribute where its name and its value end.
    ends: Vec<(usize, usize)>,
    /// Whether a `/` stands at its end.
    pub(super) is_self_closing: bool,
}

impl Tag {
    /// Goes through the attributes; a value is empty if there is none.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let mut start = 0;
        let all = self.ends.iter().map(move |(name_end, end)| {
            let name = self.bytes.get(start..*name_end).unwrap_or_default();
            let value = self.bytes.get(*name_end..*end).unwrap_or_default();
            start = *end;
            (name, value)
        });
        all.filter(|(name, _)| !name.is_empty())
    }
}

/// Hands all tags and texts of `html` to `reader`, and all tags to `visitor`.
pub(super) fn for_each(html: &[u8], reader: &mut Reader, visitor: &mut impl TagVisitor) {
    let tokens = Tokens {
        reader,
        visitor,
        text: Vec::new(),
        tag: Tag::default(),
        is_end_tag: false,
        last_start_tag: Vec::new(),
    };
    let Ok(()) = Tokenizer::new_with_emitter(html, tokens).finish();
}

/// What has been read of the tag or text that is being read.
struct Tokens<'a, V> {
    reader: &'a mut Reader,
    visitor: &'a mut V,
    /// Bytes, because a piece may end inside a character.
    text: Vec<u8>,
    tag: Tag,
    is_end_tag: bool,
    /// The name of the last start tag behind which tags are text: only its end tag ends a `<script>` or `<title>`.
    last_start_tag: Vec<u8>,
}

impl<V: TagVisitor> Tokens<'_, V> {
    fn init_tag(&mut self, is_end_tag: bool) {
        self.tag.name.clear();
        self.tag.bytes.clear();
        self.tag.ends.clear();
        self.tag.is_self_closing = false;
        self.is_end_tag = is_end_tag;
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.reader.text(&text_of(&self.text));
            self.text.clear();
        }
    }
}

impl<V: TagVisitor> Emitter for Tokens<'_, V> {
    type Token = Infallible;

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}

    fn emit_eof(&mut self) {
        self.end_text();
        self.visitor.end(b"");
    }

    fn emit_string(&mut self, piece: &[u8]) {
        if self.reader.wants_text() {
            self.text.extend_from_slice(piece);
        } else {
            self.reader.pass_over(piece);
        }
        if self.visitor.wants_text() {
            self.visitor.text(piece);
        }
    }

    fn init_start_tag(&mut self) {
        self.init_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.init_tag(true);
    }

    fn push_tag_name(&mut self, piece: &[u8]) {
        self.tag.name.extend_from_slice(piece);
    }

    fn init_attribute(&mut self) {
        let end = self.tag.bytes.len();
        self.tag.ends.push((end, end));
    }

    fn push_attribute_name(&mut self, piece: &[u8]) {
        self.tag.bytes.extend_from_slice(piece);
        let end = self.tag.bytes.len();
        *self.tag.ends.last_mut().expect("an attribute has begun") = (end, end);
    }

    fn push_attribute_value(&mut self, piece: &[u8]) {
        self.tag.bytes.extend_from_slice(piece);
        self.tag.ends.last_mut().expect("an attribute has begun").1 = self.tag.bytes.len();
    }

    fn set_self_closing(&mut self) {
        self.tag.is_self_closing = true;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_text();
        let name = &self.tag.name;
        if self.is_end_tag {
            self.reader.end(name);
            self.visitor.end(name);
            return None;
        }
        // In a drawing, `<style>` and `<title>` hold tags like any other element.
        let is_in_drawing = self.reader.is_in_drawing();
        self.reader.start(&self.tag);
        self.visitor.start(&self.tag);
        if self.tag.is_self_closing && name == b"svg" {
            self.visitor.end(name);
        }
        let next_state = if is_in_drawing { None } else { naive_next_state(name) };
        if next_state.is_some() {
            self.last_start_tag.clone_from(name);
        }
        next_state
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.reader.is_in_drawing()
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag.extend_from_slice(name.unwrap_or_default());
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end_tag && self.tag.name == self.last_start_tag
    }

    fn init_comment(&mut self) {}

    fn push_comment(&mut self, _: &[u8]) {}

    fn emit_current_comment(&mut self) {}

    fn init_doctype(&mut self) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn set_force_quirks(&mut self) {}

    fn emit_current_doctype(&mut self) {}
}
