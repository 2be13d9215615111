//! The text of a paragraph while it is read, white space as browsers show it.

use super::element::{Align, Context};
use crate::document::{Block, Paragraph, text};
use crate::text::{numbering, width};

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: String,
    /// White space stands before the next character; whether it has a line end in it.
    space: Option<bool>,
    /// What holds for its first character.
    context: Option<Context>,
    /// The numbers that are printed in front of it.
    marker: String,
}

impl Line {
    /// Adds characters that are in `context`.
    pub(super) fn push(&mut self, words: &str, context: Context) {
        for character in words.chars() {
            let is_space = character.is_ascii_whitespace();
            if context.is_tab && (is_space || character == '\u{A0}') {
                continue;
            }
            if is_space && !context.is_pre {
                self.space = Some(self.space.unwrap_or_default() || character == '\n');
                continue;
            }
            if let Some(has_line_end) = self.space.take() {
                self.push_space(has_line_end, character);
            }
            if !character.is_whitespace() {
                self.begin(context);
            }
            self.text.push(if character == '\u{A0}' { ' ' } else { character });
        }
    }

    /// A line end between two characters of Chinese is no space.
    fn push_space(&mut self, has_line_end: bool, next: char) {
        let Some(last) = self.text.chars().next_back().filter(|c| !c.is_whitespace()) else { return };
        if !(has_line_end && is_wide(last) && is_wide(next)) {
            self.text.push(' ');
        }
    }

    /// Sets the printed number in front of the first character.
    fn begin(&mut self, context: Context) {
        if !self.marker.is_empty() {
            let indent = std::mem::take(&mut self.text);
            self.text = format!("{indent}{}", std::mem::take(&mut self.marker));
        }
        self.context.get_or_insert(context);
    }

    pub(super) fn line_break(&mut self) {
        self.space = None;
        self.text.push('\n');
    }

    pub(super) fn tab(&mut self) {
        self.space = None;
        if !self.text.trim().is_empty() {
            self.text.push('\t');
        }
    }

    pub(super) fn set_marker(&mut self, marker: &str) {
        self.marker.push_str(marker);
    }

    pub(super) fn drop_marker(&mut self) {
        self.marker.clear();
    }

    /// Returns how much has been read.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Takes the white space away that stands between the numeral, which begins at `start`, and its text.
    pub(super) fn end_numeral(&mut self, start: usize) {
        let end = self.text.trim_end().len().max(start);
        self.text.truncate(end);
        self.space = None;
    }

    /// Ends the paragraph; a line break in front of an empty line, an indent or a numeral parts it.
    pub(super) fn take(&mut self) -> Vec<Block> {
        self.space = None;
        let written = std::mem::take(&mut self.text);
        let Some(context) = self.context.take() else { return Vec::new() };
        if context.is_pre {
            return text::blocks(&written);
        }
        let mut blocks = Vec::new();
        let mut paragraph = String::new();
        let mut end = |paragraph: &mut String| {
            if !paragraph.is_empty() {
                let text = std::mem::take(paragraph);
                blocks.push(Block::Paragraph(Paragraph {
                    text,
                    heading: context.heading,
                    is_centered: context.align == Some(Align::Center),
                    is_right: context.align == Some(Align::Right),
                    is_note: context.is_note,
                }));
            }
        };
        for line in written.split('\n') {
            let words = line.trim();
            let is_indented = line.starts_with('\u{3000}') || line.starts_with("  ");
            if words.is_empty() || is_indented || numbering::parse(words).is_some() {
                end(&mut paragraph);
            }
            if !paragraph.is_empty() {
                paragraph.push('\n');
            }
            paragraph.push_str(words);
        }
        end(&mut paragraph);
        blocks
    }
}

fn is_wide(character: char) -> bool {
    width::is_han(character) || width::is_cjk_punctuation(character)
}
