//! HTML → tags and text, by the rules of the HTML standard, without a copy of what nobody reads.
//!
//! html5gum takes the bytes apart and calls [`Emitter`] with pieces; [`Tokens`] puts the pieces of names, values and text
//! together and hands them to the [`Reader`]. Comments, doctypes and the tokenizer's own complaints are left out.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

use super::reader::Reader;
use super::{TagVisitor, text_of};

/// Hands all tags and texts of `html` to `reader`, and all tags to `visitor`.
pub(super) fn for_each(html: &[u8], reader: &mut Reader, visitor: &mut impl TagVisitor) {
    let tokens = Tokens {
        reader,
        visitor,
        text: Vec::new(),
        name: Vec::new(),
        is_end_tag: false,
        is_self_closing: false,
        attribute: Vec::new(),
        value: Vec::new(),
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
    name: Vec<u8>,
    is_end_tag: bool,
    is_self_closing: bool,
    attribute: Vec<u8>,
    value: Vec<u8>,
    /// The name of the last start tag behind which tags are text: only its end tag ends a `<script>` or `<title>`.
    last_start_tag: Vec<u8>,
}

impl<V: TagVisitor> Tokens<'_, V> {
    fn init_tag(&mut self, is_end_tag: bool) {
        self.name.clear();
        self.is_end_tag = is_end_tag;
        self.is_self_closing = false;
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.reader.text(&text_of(&self.text));
            self.text.clear();
        }
    }

    fn end_attribute(&mut self) {
        if !self.attribute.is_empty() && !self.is_end_tag {
            // The old way to write an anchor.
            let is_anchor = self.name == b"a" && self.attribute == b"name";
            let name = if is_anchor { b"id".as_slice() } else { &self.attribute };
            self.reader.attribute(name, &self.value);
            self.visitor.attribute(&self.attribute, &self.value);
        }
        self.attribute.clear();
        self.value.clear();
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
        self.name.extend_from_slice(piece);
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, piece: &[u8]) {
        self.attribute.extend_from_slice(piece);
    }

    fn push_attribute_value(&mut self, piece: &[u8]) {
        self.value.extend_from_slice(piece);
    }

    fn set_self_closing(&mut self) {
        self.is_self_closing = true;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        self.end_text();
        if self.is_end_tag {
            self.reader.end(&self.name);
            self.visitor.end(&self.name);
            return None;
        }
        // In a drawing, `<style>` and `<title>` hold tags like any other element.
        let is_in_drawing = self.reader.is_in_drawing();
        self.reader.start(&self.name, self.is_self_closing);
        self.visitor.start(&self.name);
        if self.is_self_closing && self.name == b"svg" {
            self.visitor.end(&self.name);
        }
        let next_state = if is_in_drawing { None } else { naive_next_state(&self.name) };
        if next_state.is_some() {
            self.last_start_tag.clone_from(&self.name);
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
        self.is_end_tag && self.name == self.last_start_tag
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
