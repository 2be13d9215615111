//! The cursor of the scanner: lines, columns, blanks, and what a line seems to begin with.
//!
//! Nothing here judges structure; the only fault found here is indentation that is not made of spaces.

use std::ops::Range;

use super::faults;
use super::scan::{Scanner, Stop};

/// The key that a line seems to begin with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct KeyLine {
    pub(super) key: Range<usize>,
    pub(super) colon: Range<usize>,
    pub(super) style: ColonStyle,
}

/// How the colon after a key is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum ColonStyle {
    /// `key: text`.
    Right,
    /// `key:text`.
    NoSpace,
    /// `key：text`.
    FullWidth,
}

impl<'a> Scanner<'a> {
    pub(super) fn byte(&self) -> Option<u8> {
        self.byte_at(self.at)
    }

    pub(super) fn byte_at(&self, at: usize) -> Option<u8> {
        self.source.text.as_bytes().get(at).copied()
    }

    pub(super) fn at_end(&self) -> bool {
        self.at == self.source.text.len()
    }

    pub(super) fn rest(&self) -> &'a str {
        self.source.slice(self.at..self.source.text.len())
    }

    /// Returns how far the cursor is from the start of its line, in bytes; structure stands only after ASCII.
    pub(super) fn column(&self) -> usize {
        self.at - self.line_start
    }

    /// Returns where the line of `at` ends, without its line break.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = self.source.slice(at..self.source.text.len());
        let line = rest.split('\n').next().unwrap_or(rest);
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// Returns the rest of the line without blanks at its end.
    pub(super) fn rest_of_line(&self) -> Range<usize> {
        let line = self.source.slice(self.at..self.line_end(self.at));
        self.at..self.at + line.trim_end_matches([' ', '\t']).len()
    }

    /// Returns the character at the cursor.
    pub(super) fn character_range(&self) -> Range<usize> {
        self.at..self.at + self.rest().chars().next().map_or(0, char::len_utf8)
    }

    pub(super) fn skip_spaces(&mut self) {
        while self.byte() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Skips spaces and tabs.
    pub(super) fn skip_blanks(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    pub(super) fn is_break(&self, at: usize) -> bool {
        matches!(self.byte_at(at), None | Some(b'\n' | b'\r'))
    }

    pub(super) fn is_blank_or_break(&self, at: usize) -> bool {
        self.is_break(at) || matches!(self.byte_at(at), Some(b' ' | b'\t'))
    }

    /// Tells whether nothing but a comment is left on the line; the cursor must be after a blank or a closed value.
    pub(super) fn at_line_end(&self) -> bool {
        self.is_break(self.at) || self.byte() == Some(b'#')
    }

    pub(super) fn at_blank_line_end(&self) -> bool {
        self.rest_of_line().is_empty()
    }

    /// Tells whether `sign` stands at the cursor with a blank behind it, as in `- text`.
    pub(super) fn is_indicator(&self, sign: u8) -> bool {
        self.byte() == Some(sign) && self.is_blank_or_break(self.at + 1)
    }

    /// Leaves a line of which only blanks and a comment are left, to the next content.
    pub(super) fn end_line(&mut self) -> Result<(), Stop> {
        self.at = self.line_end(self.at);
        self.next_line();
        self.skip_empty_lines()
    }

    /// Moves from the end of a line to the start of the next.
    pub(super) fn next_line(&mut self) {
        if self.byte() == Some(b'\r') {
            self.at += 1;
        }
        if self.byte() == Some(b'\n') {
            self.at += 1;
            self.line_start = self.at;
        }
    }

    /// Moves from the start of a line to the next content, over empty lines and comments.
    pub(super) fn skip_empty_lines(&mut self) -> Result<(), Stop> {
        loop {
            self.skip_spaces();
            match self.byte() {
                None => return Ok(()),
                Some(b'\n' | b'\r') => self.next_line(),
                Some(b'#') => {
                    self.at = self.line_end(self.at);
                    self.next_line();
                }
                Some(b'\t') => return self.stop_at_tab(),
                Some(_) if self.rest().starts_with(['\u{3000}', '\u{a0}']) => {
                    let place = self.source.location(&self.character_range());
                    return self.stop(faults::wide_space_in_indentation(place));
                }
                Some(_) => return Ok(()),
            }
        }
    }

    /// Ends the walk at the tabs under the cursor.
    pub(super) fn stop_at_tab<T>(&mut self) -> Result<T, Stop> {
        let tabs = self.rest().bytes().take_while(|&byte| byte == b'\t').count();
        self.stop(faults::tab_in_indentation(self.source.location(&(self.at..self.at + tabs))))
    }

    /// Looks from `at` to the end of the line for a key and its colon, however the colon is written.
    pub(super) fn key_line(&self, at: usize) -> Option<KeyLine> {
        let line = self.source.slice(at..self.line_end(at));
        if line.starts_with(['"', '\'']) {
            return self.quoted_key(at);
        }
        let mut wrong = None;
        let mut before = None;
        for (offset, character) in line.char_indices() {
            let colon = at + offset..at + offset + character.len_utf8();
            let style = match character {
                ':' if self.is_blank_or_break(colon.end) => Some(ColonStyle::Right),
                // An address on the web is no key.
                ':' if self.source.slice(colon.end..self.line_end(colon.end)).starts_with("//") => None,
                ':' => Some(ColonStyle::NoSpace),
                '：' => Some(ColonStyle::FullWidth),
                '#' if matches!(before, Some(' ' | '\t')) => break,
                _ => None,
            };
            if let Some(style) = style.filter(|_| offset > 0) {
                let key =
                    at..at + line.get(..offset).map_or(0, |key| key.trim_end_matches([' ', '\t']).len());
                let found = KeyLine { key, colon, style };
                if style == ColonStyle::Right {
                    return Some(found);
                }
                wrong.get_or_insert(found);
            } else if style == Some(ColonStyle::Right) {
                return None;
            }
            before = Some(character);
        }
        wrong
    }

    fn quoted_key(&self, at: usize) -> Option<KeyLine> {
        let key = at..self.quote_end(at)?;
        let line = self.source.slice(key.end..self.line_end(key.end));
        let rest = line.trim_start_matches([' ', '\t']);
        let colon_start = key.end + line.len() - rest.len();
        let (length, style) = match rest.chars().next()? {
            ':' if self.is_blank_or_break(colon_start + 1) => (1, ColonStyle::Right),
            ':' => (1, ColonStyle::NoSpace),
            '：' => ('：'.len_utf8(), ColonStyle::FullWidth),
            _ => return None,
        };
        Some(KeyLine { key, colon: colon_start..colon_start + length, style })
    }

    /// Returns the end of the quoted text that opens at `at`, if it closes on its line.
    pub(super) fn quote_end(&self, at: usize) -> Option<usize> {
        let quote = self.byte_at(at)?;
        let mut next = at + 1;
        while !self.is_break(next) {
            match self.byte_at(next) {
                Some(b'\\') if quote == b'"' && !self.is_break(next + 1) => next += 1,
                Some(byte) if byte == quote => {
                    if quote == b'"' || self.byte_at(next + 1) != Some(quote) {
                        return Some(next + 1);
                    }
                    next += 1;
                }
                _ => {}
            }
            next += 1;
        }
        None
    }

    /// Tells whether the next line with content starts at `column` with a proper key.
    pub(super) fn next_line_is_key(&self, column: usize) -> bool {
        let mut start = self.line_end(self.at);
        loop {
            start += match self.source.slice(start..self.source.text.len()) {
                rest if rest.starts_with("\r\n") => 2,
                rest if rest.starts_with('\n') => 1,
                _ => return false,
            };
            let line = self.source.slice(start..self.line_end(start));
            let content = line.trim_start_matches(' ');
            if !content.is_empty() && !content.starts_with('#') {
                return line.len() - content.len() == column && self.is_key(start + column);
            }
            start += line.len();
        }
    }

    /// Tells whether a key with a proper colon starts at `at`.
    pub(super) fn is_key(&self, at: usize) -> bool {
        !matches!(self.byte_at(at), Some(b',' | b'[' | b']' | b'{' | b'}'))
            && self.key_line(at).is_some_and(|line| line.style == ColonStyle::Right)
    }
}
