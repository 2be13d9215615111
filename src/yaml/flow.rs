//! The scanner's walk over brackets: `[a, b]` and `{key: value}`, over one line or several.
//!
//! Start at [`Scanner::brackets`]. Indentation means nothing here to YAML, but it tells where a bracket was forgotten.

use std::ops::Range;

use super::Value;
use super::cursor::{ColonStyle, KeyLine};
use super::faults;
use super::scan::{Scanner, Stop};
use super::written::{Entries, Written};

impl Scanner<'_> {
    /// Walks brackets to behind the closing one; `floor` is where lines inside them should start.
    pub(super) fn brackets(&mut self, floor: usize) -> Result<Written, Stop> {
        self.descend()?;
        let start = self.at;
        let is_mapping = self.byte() == Some(b'{');
        self.brackets.push(start);
        self.at += 1;
        let mut items = Vec::new();
        let mut entries = Entries::default();
        while !self.at_closing(floor)? {
            if is_mapping {
                let (key, value) = self.bracket_entry(floor)?;
                self.push_entry(&mut entries, key, value);
            } else {
                let item = self.bracket_item(floor)?;
                items.push(self.source.node(item));
            }
            self.end_of_element(floor)?;
        }
        self.at += 1;
        self.brackets.pop();
        self.ascend();
        let value = if is_mapping { entries.into() } else { Value::Sequence(items) };
        Ok(Written { range: start..self.at, value })
    }

    /// Skips to the next element; tells whether there is the closing bracket instead.
    fn at_closing(&mut self, floor: usize) -> Result<bool, Stop> {
        self.skip_space_in_brackets(floor)?;
        let closing = self.closing();
        match self.byte() {
            Some(byte) if byte == closing => Ok(true),
            Some(b']' | b'}') => self.stop_unclosed(),
            Some(b',') => {
                let place = self.source.location(&(self.at..self.at + 1));
                self.stop(faults::stray_comma(place))
            }
            _ => Ok(false),
        }
    }

    /// Returns the sign that closes the innermost bracket.
    fn closing(&self) -> u8 {
        let opening = self.brackets.last().and_then(|&at| self.byte_at(at));
        if opening == Some(b'{') { b'}' } else { b']' }
    }

    fn stop_unclosed<T>(&mut self) -> Result<T, Stop> {
        let opening = self.brackets.last().copied().unwrap_or(self.at);
        let closing = char::from(self.closing());
        self.stop(faults::unclosed_bracket(self.source.location(&(opening..opening + 1)), closing))
    }

    /// Skips blanks, line breaks and comments.
    fn skip_space_in_brackets(&mut self, floor: usize) -> Result<(), Stop> {
        loop {
            self.skip_blanks();
            match self.byte() {
                None => return self.stop_unclosed(),
                Some(b'\n' | b'\r') => {
                    self.next_line();
                    self.skip_blanks();
                    // In `{` a key may stand anywhere; after `[` it shows that the list was to end before.
                    if self.closing() == b']' && self.column() < floor && self.is_key(self.at) {
                        return self.stop_unclosed();
                    }
                }
                Some(b'#') => self.at = self.line_end(self.at),
                Some(_) => return Ok(()),
            }
        }
    }

    /// Walks an element of `[…]`: a value, or a single `key: value`.
    fn bracket_item(&mut self, floor: usize) -> Result<Written, Stop> {
        let key = self.bracket_value(floor)?;
        self.skip_space_in_brackets(floor)?;
        let is_pair = self.byte() == Some(b':');
        if !is_pair && self.byte_at(key.range.start) != Some(b'?') {
            return Ok(key);
        }
        let key = match key {
            Written { range, value: Value::Null | Value::Scalar(_) } => range,
            Written { range, .. } => return self.stop(faults::key_is_no_text(self.source.location(&range))),
        };
        let value = if is_pair {
            self.check_length_of_key(&key, self.at);
            self.at += 1;
            self.value_after_colon(&key, floor)?
        } else {
            Written::nothing(key.clone())
        };
        let range = key.start..value.range.end;
        let mut entry = Entries::default();
        self.push_entry(&mut entry, key, value);
        Ok(Written { range, value: entry.into() })
    }

    /// Walks an element of `{…}`; returns the bytes of its key, and its value.
    fn bracket_entry(&mut self, floor: usize) -> Result<(Range<usize>, Written), Stop> {
        self.skip_properties_in_brackets();
        if matches!(self.byte(), Some(b'[' | b'{')) {
            let place = self.source.location(&self.rest_of_line());
            return self.stop(faults::key_is_no_text(place));
        }
        let key = self.bracket_value(floor)?.range;
        if self.source.slice(key.clone()) == "<<" {
            self.fault(faults::alias(self.source.location(&key)));
        }
        self.skip_space_in_brackets(floor)?;
        if self.byte() == Some(b':') {
            self.check_length_of_key(&key, self.at);
            self.at += 1;
            let value = self.value_after_colon(&key, floor)?;
            return Ok((key, value));
        }
        if self.rest().starts_with('：') {
            let colon = self.character_range();
            self.at = colon.end;
            self.repair(&KeyLine { key: key.clone(), colon, style: ColonStyle::FullWidth });
            let value = self.value_after_colon(&key, floor)?;
            return Ok((key, value));
        }
        let Some(line) = self.wrong_colon(&key) else { return Ok((key.clone(), Written::nothing(key))) };
        self.repair(&line);
        let value = self.trim(line.colon.end..key.end);
        self.unsure(true);
        Ok((line.key, self.text(value)))
    }

    /// Finds the colon in a text that was to be `key: value`.
    fn wrong_colon(&self, range: &Range<usize>) -> Option<KeyLine> {
        let text = self.source.slice(range.clone());
        let offset = text.find([':', '：']).filter(|&offset| offset > 0 && !text.starts_with(['"', '\'']))?;
        if text.get(offset..).is_some_and(|rest| rest.starts_with("://")) {
            return None;
        }
        let style = if self.byte_at(range.start + offset) == Some(b':') {
            ColonStyle::NoSpace
        } else {
            ColonStyle::FullWidth
        };
        let length = if style == ColonStyle::NoSpace { 1 } else { '：'.len_utf8() };
        let colon = range.start + offset..range.start + offset + length;
        Some(KeyLine { key: range.start..colon.start, colon, style })
    }

    fn trim(&self, range: Range<usize>) -> Range<usize> {
        let text = self.source.slice(range.clone());
        let start = range.start + text.len() - text.trim_start().len();
        if start == range.end { range } else { start..range.end }
    }

    fn value_after_colon(&mut self, key: &Range<usize>, floor: usize) -> Result<Written, Stop> {
        self.skip_space_in_brackets(floor)?;
        if matches!(self.byte(), Some(b',' | b']' | b'}')) {
            return Ok(Written::nothing(key.clone()));
        }
        self.bracket_value(floor)
    }

    /// Walks a value inside brackets.
    fn bracket_value(&mut self, floor: usize) -> Result<Written, Stop> {
        self.skip_properties_in_brackets();
        match self.byte() {
            Some(b'"' | b'\'') => self.quoted(floor),
            Some(b'[' | b'{') => self.brackets(floor),
            _ => self.plain_in_brackets(floor),
        }
    }

    /// Reports and skips anchors and tags before a value, and the star of an alias.
    fn skip_properties_in_brackets(&mut self) {
        while let Some(sign @ (b'&' | b'!' | b'*')) = self.byte() {
            let line = self.source.slice(self.at..self.line_end(self.at));
            let end = self.at + line.find([' ', '\t', ',', '[', ']', '{', '}']).unwrap_or(line.len()).max(1);
            let place = self.source.location(&(self.at..end));
            self.fault(if sign == b'!' { faults::tag(place) } else { faults::alias(place) });
            self.at = end;
            self.skip_blanks();
        }
    }

    /// Walks a text without quotes to the comma, colon or bracket behind it.
    fn plain_in_brackets(&mut self, floor: usize) -> Result<Written, Stop> {
        let start = self.at;
        let mut end = start;
        self.unsure(match self.byte() {
            Some(b'-') => self.is_blank_or_break(start + 1),
            byte => byte.is_none_or(|byte| b"?:,[]{}#|>%@`".contains(&byte)),
        });
        if let Some(marked) = self.rest().strip_prefix('?') {
            let place = self.source.location(&(start..start + 1));
            match marked.trim_start().chars().next() {
                Some('&') => self.late.push(faults::alias(place)),
                Some('!') => self.late.push(faults::tag(place)),
                _ => {}
            }
        }
        loop {
            let closed = self.plain_line_in_brackets(&mut end);
            if self.byte() == Some(b'#') && end > start {
                self.check_comment(start);
            }
            if closed || !self.is_break(self.at) {
                return Ok(self.text(start..end));
            }
            self.next_line();
            self.skip_blanks();
            if self.at_end() || self.byte() == Some(b'#') {
                return Ok(self.text(start..end));
            }
            if self.column() < floor && self.is_key(self.at) {
                return self.stop_unclosed();
            }
        }
    }

    /// Walks one line of a text; tells whether the text ends on it, and moves `end` behind its last character.
    fn plain_line_in_brackets(&mut self, end: &mut usize) -> bool {
        while !self.is_break(self.at) {
            match self.byte() {
                Some(b',' | b'[' | b']' | b'{' | b'}') => return true,
                Some(b':') if self.is_blank_or_break(self.at + 1) => return true,
                Some(b':') if matches!(self.byte_at(self.at + 1), Some(b',' | b'[' | b']' | b'{' | b'}')) => {
                    self.unsure(true);
                    return true;
                }
                Some(b'#') if self.at > *end => return true,
                Some(b' ' | b'\t') => self.at += 1,
                sign => {
                    self.at += 1;
                    *end = self.at;
                    self.unsure(sign == Some(b':') && self.byte() == Some(b'?'));
                }
            }
        }
        false
    }

    /// Checks that a comma or the closing bracket follows an element, and skips the comma.
    fn end_of_element(&mut self, floor: usize) -> Result<(), Stop> {
        self.skip_space_in_brackets(floor)?;
        match self.byte() {
            Some(b',') => self.at += 1,
            Some(byte) if byte == self.closing() => {}
            Some(b']' | b'}') => return self.stop_unclosed(),
            _ => {
                let opening = self.brackets.last().copied().unwrap_or(self.at);
                let comma = self.source.slice(opening..self.at).rfind('，');
                let place = match comma {
                    Some(offset) => opening + offset..opening + offset + '，'.len_utf8(),
                    None => self.character_range(),
                };
                let place = self.source.location(&place);
                let closing = char::from(self.closing());
                return self.stop(if comma.is_some() {
                    faults::full_width_comma(place)
                } else {
                    faults::missing_comma(place, closing)
                });
            }
        }
        Ok(())
    }
}
