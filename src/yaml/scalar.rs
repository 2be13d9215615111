//! The scanner's walk over texts outside brackets: plain, quoted, and `|` or `>` blocks.
//!
//! Each walk returns the bytes from the first to the last character of the text and leaves the cursor at the next
//! content ([`Scanner::quoted`] leaves it behind the quote). `floor` is the smallest column at which a later line
//! still belongs to the text.

use std::ops::Range;

use super::Value;
use super::faults;
use super::scan::{Scanner, Stop};
use super::write::scalar;
use super::written::Written;

impl Scanner<'_> {
    /// Walks a text without quotes.
    pub(super) fn plain(&mut self, floor: usize) -> Result<Written, Stop> {
        self.check_first_character();
        self.unsure(self.is_indicator(b'?') || self.is_indicator(b':'));
        let start = self.at;
        let mut reported = false;
        loop {
            let (text_end, colon) = self.plain_line();
            // Later lines of the same text would be the same mistake.
            if let Some(colon) = colon.filter(|_| !reported) {
                reported = true;
                let line = self.source.location(&self.rest_of_line());
                self.fault(if self.rest().starts_with(['｛', '［']) {
                    faults::full_width_bracket(self.source.location(&self.character_range()))
                } else if self.at == start {
                    faults::colon_in_text(self.source.location(&(colon..colon + 1)))
                } else {
                    faults::key_inside_text(line)
                });
            }
            self.at = text_end;
            self.skip_blanks();
            if self.byte() == Some(b'#') && text_end > start {
                self.check_comment(start);
            }
            if !self.enter_next_line_of_text(text_end, floor)? {
                return Ok(self.text(start..text_end));
            }
        }
    }

    /// Returns where the text on the line of the cursor ends, and a colon on it that would make the text a key.
    fn plain_line(&self) -> (usize, Option<usize>) {
        let line_end = self.line_end(self.at);
        let mut end = self.at;
        let mut colon = None;
        for at in self.at..line_end {
            match self.byte_at(at) {
                Some(b' ' | b'\t') => continue,
                Some(b'#') if at > end => break,
                Some(b':') if self.is_blank_or_break(at + 1) => colon = colon.or(Some(at)),
                _ => {}
            }
            end = at + 1;
        }
        (end, colon)
    }

    /// Reports a comment right behind a text that begins at `start`, unless a space tells it from a word (`18 #号`).
    pub(super) fn check_comment(&mut self, start: usize) {
        let comment = self.rest_of_line();
        let words = self.source.slice(comment.clone()).trim_start_matches('#');
        if comment.is_empty() || words.is_empty() || words.starts_with([' ', '\t', '\u{3000}']) {
            return;
        }
        let text = self.source.slice(start..comment.end);
        let whole = (!text.contains('\n')).then(|| scalar(text));
        let shown = self.source.slice(comment.clone());
        self.doubt(faults::text_taken_for_comment(self.source.location(&comment), shown, whole));
    }

    /// Moves to the next content; tells whether it still belongs to a plain text whose line ends at `text_end`.
    fn enter_next_line_of_text(&mut self, text_end: usize, floor: usize) -> Result<bool, Stop> {
        self.at = text_end;
        self.skip_blanks();
        let mut comment = self.byte() == Some(b'#');
        while !comment && !self.at_end() && self.at_line_end() {
            self.next_line();
            self.skip_spaces();
            comment = self.byte() == Some(b'#');
        }
        if comment {
            self.end_line()?;
            return Ok(false);
        }
        // Looks at the line once more, for tabs and wide spaces where its indentation ends.
        self.skip_empty_lines()?;
        Ok(!self.at_end() && self.column() >= floor)
    }

    /// Reports a plain text whose first character means something else in YAML.
    pub(super) fn check_first_character(&mut self) {
        let place = self.source.location(&self.character_range());
        match self.byte() {
            Some(b'*') => self.fault(faults::alias(place)),
            Some(sign @ (b'@' | b'`' | b'%' | b',' | b']' | b'}' | b'|' | b'>')) => {
                self.fault(faults::reserved_character(place, char::from(sign)));
            }
            _ => {}
        }
    }

    /// Walks a quoted text to behind its closing quote.
    pub(super) fn quoted(&mut self, floor: usize) -> Result<Written, Stop> {
        let start = self.at;
        let quote = self.byte();
        let opening = self.source.location(&(start..start + 1));
        self.at += 1;
        loop {
            match self.byte() {
                None => return self.stop(faults::unclosed_quote(opening)),
                Some(b'\\') if quote == Some(b'"') && !self.is_break(self.at + 1) => self.at += 2,
                Some(b'\n') => {
                    let line_break = self.at;
                    self.next_line();
                    self.skip_spaces();
                    if self.column() < floor && (self.is_key(self.at) || self.is_indicator(b'-')) {
                        self.fault(faults::unclosed_quote(opening));
                        // Reads on at this line: what precedes it was meant to be closed. Inside brackets nothing is certain.
                        self.at = line_break;
                        return if self.brackets.is_empty() {
                            Ok(Written::nothing(start..line_break))
                        } else {
                            Err(Stop)
                        };
                    }
                }
                byte if byte == quote => {
                    self.at += 1;
                    if quote == Some(b'"') || self.byte() != quote {
                        return Ok(self.text(start..self.at));
                    }
                    self.at += 1;
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// Tells whether the `|` or `>` at the cursor opens a block, and is not the first character of a text.
    pub(super) fn is_block_header(&self) -> bool {
        let line = self.source.slice(self.at + 1..self.line_end(self.at));
        let rest = line.trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        let blank = rest.trim_start_matches([' ', '\t']);
        blank.is_empty() || (blank.starts_with('#') && blank.len() < rest.len())
    }

    /// Walks a `|` or `>` block.
    pub(super) fn block_text(&mut self, floor: usize) -> Result<Written, Stop> {
        let header = self.at..self.at + 1;
        let header_line = self.source.slice(self.at + 1..self.line_end(self.at));
        let signs = header_line.split([' ', '\t', '#']).next().unwrap_or_default();
        let n_digits = signs.bytes().filter(u8::is_ascii_digit).count();
        self.unsure(n_digits > 1 || signs.len() > n_digits + 1);
        let digit = signs.chars().take(2).find_map(|character| character.to_digit(10));
        let mut indentation =
            digit.and_then(|digit| usize::try_from(digit).ok()).map(|by| floor.saturating_sub(1) + by);
        let mut block = Block::new(self.byte() == Some(b'>'));
        let mut widest_empty = floor.max(1);
        let mut content: Option<Range<usize>> = None;
        self.at = self.line_end(self.at);
        self.next_line();
        while !self.at_end() {
            self.skip_spaces();
            let is_empty = self.is_break(self.at);
            if is_empty && indentation.is_none_or(|enough| self.column() <= enough) {
                widest_empty = widest_empty.max(self.column());
                block.empty_lines += usize::from(!self.at_end());
                self.next_line();
                continue;
            }
            let enough = *indentation.get_or_insert(widest_empty.max(self.column()));
            if self.column() < enough {
                if self.byte() == Some(b'\t') {
                    return self.stop_at_tab();
                }
                break;
            }
            let start = self.line_start + enough;
            let end = self.line_end(self.at);
            let line = self.rest_of_line();
            if !line.is_empty() {
                content = Some(content.map_or(start, |content| content.start)..line.end);
            }
            self.at = end;
            self.next_line();
            block.push(self.source.slice(start..end), self.at > end);
        }
        if !self.at_end() {
            self.at = self.line_start;
        }
        self.skip_empty_lines()?;
        let value = Value::Scalar(block.end(signs));
        Ok(Written { range: content.unwrap_or(header), value })
    }
}

/// The text of a `|` or `>` block, line by line.
struct Block {
    is_folded: bool,
    text: String,
    /// Whether the last line with content begins with a blank; a folded text keeps its line breaks around such lines.
    is_indented: bool,
    /// Whether a line break follows the last line with content.
    has_break: bool,
    /// How many empty lines follow it.
    empty_lines: usize,
}

impl Block {
    fn new(is_folded: bool) -> Self {
        Self { is_folded, text: String::new(), is_indented: false, has_break: false, empty_lines: 0 }
    }

    fn push(&mut self, line: &str, has_break: bool) {
        let is_indented = line.starts_with([' ', '\t']);
        let is_joined = self.is_folded && !self.is_indented && !is_indented;
        match (self.has_break, is_joined, self.empty_lines) {
            (true, true, 0) => self.text.push(' '),
            (true, false, _) => self.text.push('\n'),
            _ => {}
        }
        self.push_empty_lines();
        self.text.push_str(line);
        self.is_indented = is_indented;
        self.has_break = has_break;
    }

    fn push_empty_lines(&mut self) {
        self.text.extend(std::iter::repeat_n('\n', self.empty_lines));
        self.empty_lines = 0;
    }

    /// Returns the text; `signs` of the header say which of the last line breaks belong to it.
    fn end(mut self, signs: &str) -> String {
        if self.has_break && !signs.contains('-') {
            self.text.push('\n');
        }
        if signs.contains('+') {
            self.push_empty_lines();
        }
        self.text
    }
}
