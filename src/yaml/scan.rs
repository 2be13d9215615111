//! YAML text → its values with their places, and a report of everything that is no YAML or not supported.
//!
//! Start at [`scan`]. This file walks what is told by indentation: mappings, `- ` lists, and where a value begins;
//! `scalar` walks texts and `flow` walks what stands in brackets; `text` says what a text means. The walk is linear, and
//! its depth is bounded.
//!
//! A fault after which the structure is still certain is noted and the walk goes on; any other ends it with [`Stop`].
//! Where the walk meets something that YAML may refuse by a rule that it does not know, it is [`Scanner::unsure`].

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::cursor::{ColonStyle, KeyLine};
use super::written::{Entries, Written};
use super::{Node, Source, Value, faults};

/// The deepest nesting of lists and mappings.
pub(super) const MAX_DEPTH: usize = 16;

/// The most bytes that a key surely may have (YAML 1.2.2, 7.4.2: 1024 characters).
const LONGEST_KEY: usize = 1000;

/// What the walk found in a text.
#[derive(Debug)]
pub(super) struct Scanned {
    /// The outermost value; `None` where there is only space and comments.
    pub(super) root: Option<Node>,
    /// The text with its colons put right, where some were wrong (and reported).
    pub(super) repaired: Option<String>,
    /// Whether YAML may refuse the text nevertheless.
    pub(super) is_unsure: bool,
    /// What to report once the text is known to be YAML, such as keys that are written twice.
    pub(super) late: Diagnostics,
}

/// The walk cannot go on; the fault has been noted.
#[derive(Debug)]
pub(super) struct Stop;

/// Walks `source`; returns `None` after a fault that no repair makes readable.
pub(super) fn scan(source: Source<'_>, diagnostics: &mut Diagnostics) -> Option<Scanned> {
    let mut scanner = Scanner::new(source);
    let outcome = scanner.document();
    let is_unsure = scanner.is_unsure || source.text.contains('\t');
    let repaired = scanner.repaired();
    diagnostics.append(scanner.faults);
    match outcome {
        Ok(root) if !scanner.is_unusable => {
            let root = root.map(|root| source.node(root));
            Some(Scanned { root, repaired, is_unsure, late: scanner.late })
        }
        Ok(_) | Err(Stop) => None,
    }
}

/// The walk: a cursor, and what was found on the way.
pub(super) struct Scanner<'a> {
    pub(super) source: Source<'a>,
    /// The next byte to look at; always between characters.
    pub(super) at: usize,
    /// Where the line of `at` starts.
    pub(super) line_start: usize,
    /// The brackets that are open around `at`, outermost first.
    pub(super) brackets: Vec<usize>,
    depth: usize,
    faults: Diagnostics,
    /// What is reported only if the values can be read.
    pub(super) late: Diagnostics,
    /// Whether a fault was found that makes the values unreadable.
    is_unusable: bool,
    pub(super) is_unsure: bool,
    /// Bytes to replace by `: `, in order.
    repairs: Vec<Range<usize>>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(source: Source<'a>) -> Self {
        Self {
            source,
            at: 0,
            line_start: 0,
            brackets: Vec::new(),
            depth: 0,
            faults: Diagnostics::new(),
            late: Diagnostics::new(),
            is_unusable: false,
            is_unsure: false,
            repairs: Vec::new(),
        }
    }

    /// Notes a fault after which the walk can go on, but the values cannot be read.
    pub(super) fn fault(&mut self, diagnostic: Diagnostic) {
        self.faults.push(diagnostic);
        self.is_unusable = true;
    }

    /// Notes what can be read, but was perhaps meant otherwise.
    pub(super) fn doubt(&mut self, diagnostic: Diagnostic) {
        self.faults.push(diagnostic);
    }

    /// Notes a fault that ends the walk.
    pub(super) fn stop<T>(&mut self, diagnostic: Diagnostic) -> Result<T, Stop> {
        self.fault(diagnostic);
        Err(Stop)
    }

    /// Reports a wrong colon and plans to put it right, so that the rest of the text is read as it was meant.
    pub(super) fn repair(&mut self, line: &KeyLine) {
        let key = self.source.slice(line.key.clone());
        let rest = self.source.slice(line.colon.end..self.line_end(line.colon.end));
        let location = self.source.location(&line.colon);
        let diagnostic = match line.style {
            ColonStyle::Right => return,
            ColonStyle::NoSpace => {
                let place = self.source.location(&(line.key.start..line.colon.end));
                faults::missing_space_after_colon(place, key, rest)
            }
            ColonStyle::FullWidth => faults::full_width_colon(location, key, rest),
        };
        self.faults.push(diagnostic);
        self.repairs.push(line.colon.clone());
    }

    fn repaired(&self) -> Option<String> {
        if self.repairs.is_empty() {
            return None;
        }
        let mut repaired = String::new();
        let mut done = 0;
        for colon in &self.repairs {
            repaired.push_str(self.source.slice(done..colon.start));
            repaired.push_str(": ");
            done = colon.end;
        }
        repaired.push_str(self.source.slice(done..self.source.text.len()));
        Some(repaired)
    }

    /// Enters a list or mapping.
    pub(super) fn descend(&mut self) -> Result<(), Stop> {
        if self.depth == MAX_DEPTH {
            return self.stop(faults::too_deep(self.source.location(&self.character_range()), MAX_DEPTH));
        }
        self.depth += 1;
        Ok(())
    }

    /// Leaves a list or mapping.
    pub(super) fn ascend(&mut self) {
        self.depth -= 1;
    }

    fn document(&mut self) -> Result<Option<Written>, Stop> {
        self.skip_empty_lines()?;
        if self.column() == 0 && self.rest().starts_with("---") && is_bare_marker(self.rest()) {
            self.at += 3;
            self.end_line()?;
        }
        if self.at_end() {
            return Ok(None);
        }
        let root = self.node(0)?;
        if self.at_end() {
            return Ok(Some(root));
        }
        let line = self.source.location(&self.rest_of_line());
        self.stop(faults::bad_indentation(line, self.column()))
    }

    /// Walks a value that may be a mapping or a `- ` list; the cursor is at its first character.
    fn node(&mut self, floor: usize) -> Result<Written, Stop> {
        let column = self.column();
        self.skip_properties();
        if self.at_line_end() {
            let nothing = self.at..self.at;
            self.end_line()?;
            return if self.column() >= floor && !self.at_end() {
                self.node(floor)
            } else {
                Ok(Written::nothing(nothing))
            };
        }
        if self.is_indicator(b'-') {
            self.sequence(column)
        } else if self.starts_mapping(column, floor) {
            self.mapping(column)
        } else {
            self.value_on_line(floor)
        }
    }

    /// Tells whether the line at the cursor begins a mapping, or was meant to.
    fn starts_mapping(&self, column: usize, floor: usize) -> bool {
        if matches!(self.byte(), Some(b'[' | b'{' | b'|' | b'>')) {
            return false;
        }
        if self.is_indicator(b'?') || self.is_indicator(b':') {
            return true;
        }
        match self.key_line(self.at) {
            Some(KeyLine { style: ColonStyle::Right, .. }) => true,
            // Prose may hold such colons; a whole file, or a line beside a proper key, is no prose.
            Some(_) if floor == 0 => true,
            _ => !matches!(self.byte(), Some(b'"' | b'\'')) && self.next_line_is_key(column),
        }
    }

    fn sequence(&mut self, column: usize) -> Result<Written, Stop> {
        self.descend()?;
        let start = self.at;
        let mut end = start;
        let mut items = Vec::new();
        while !self.at_end() && self.column() == column && self.is_indicator(b'-') {
            let dash = self.at..self.at + 1;
            self.at += 1;
            self.skip_spaces();
            if self.byte() == Some(b'\t') && !self.at_blank_line_end() {
                return self.stop(faults::tab_in_indentation(self.source.location(&(self.at..self.at + 1))));
            }
            let item = if self.at_line_end() {
                self.end_line()?;
                self.value_below(dash, column + 1)?
            } else {
                self.node(column + 1)?
            };
            end = item.range.end;
            items.push(self.source.node(item));
        }
        self.ascend();
        Ok(Written { range: start..end, value: Value::Sequence(items) })
    }

    fn mapping(&mut self, column: usize) -> Result<Written, Stop> {
        self.descend()?;
        let start = self.at;
        let mut end = start;
        let mut entries = Entries::default();
        let mut at_key = true;
        while at_key {
            let key = self.key()?;
            let value = self.value(key.clone(), column)?;
            end = value.range.end;
            self.push_entry(&mut entries, key, value);
            at_key = !self.at_end() && self.column() == column && !self.is_indicator(b'-');
        }
        self.ascend();
        Ok(Written { range: start..end, value: entries.into() })
    }

    /// Walks a key and its colon; returns the bytes of the key.
    fn key(&mut self) -> Result<Range<usize>, Stop> {
        self.skip_properties();
        let line = self.source.location(&self.rest_of_line());
        if self.is_indicator(b'?') {
            return self
                .stop(faults::begins_with_question_mark(line, self.source.slice(self.rest_of_line())));
        }
        if matches!(self.byte(), Some(b'[' | b'{')) {
            return self.stop(faults::key_is_no_text(line));
        }
        let Some(found) = self.key_line(self.at) else {
            return match self.byte() {
                Some(b'"' | b'\'') if self.quote_end(self.at).is_none() => {
                    self.stop(faults::unclosed_quote(self.source.location(&(self.at..self.at + 1))))
                }
                _ => self.stop(faults::missing_colon(line, self.source.slice(self.rest_of_line()))),
            };
        };
        self.check_first_character();
        self.check_length_of_key(&found.key, found.colon.start);
        self.repair(&found);
        self.at = found.colon.end;
        if self.source.slice(found.key.clone()) == "<<" {
            self.fault(faults::alias(self.source.location(&found.key)));
            // What is merged is nearly always an alias, which would be the same fault again.
            self.skip_spaces();
            if self.byte() == Some(b'*') {
                self.at = self.line_end(self.at);
            }
        }
        Ok(found.key)
    }

    /// Keys have a longest length, and stand on one line with their colon.
    pub(super) fn check_length_of_key(&mut self, key: &Range<usize>, colon: usize) {
        let is_long = colon - key.start > LONGEST_KEY;
        self.unsure(is_long || self.source.slice(key.start..colon).contains('\n'));
    }

    /// Walks what follows the colon of a key of a mapping at `column`.
    fn value(&mut self, key: Range<usize>, column: usize) -> Result<Written, Stop> {
        self.skip_blanks();
        self.skip_properties();
        if self.at_line_end() {
            self.end_line()?;
            if !self.at_end() && self.column() == column && self.is_indicator(b'-') {
                return self.sequence(column);
            }
            return self.value_below(key, column + 1);
        }
        if self.is_indicator(b'-') {
            let place = self.source.location(&(self.at..self.at + 1));
            return self.stop(faults::list_beside_key(place));
        }
        self.value_on_line(column + 1)
    }

    /// Walks a value that starts on a later line than its key or dash, if it is there at all.
    fn value_below(&mut self, owner: Range<usize>, floor: usize) -> Result<Written, Stop> {
        if !self.at_end() && self.column() >= floor { self.node(floor) } else { Ok(Written::nothing(owner)) }
    }

    /// Walks a text or brackets, to the start of the next line with content.
    fn value_on_line(&mut self, floor: usize) -> Result<Written, Stop> {
        match self.byte() {
            Some(quote @ (b'"' | b'\'')) => {
                let text = self.quoted(floor)?;
                self.end_value(char::from(quote))?;
                Ok(text)
            }
            Some(bracket @ (b'[' | b'{')) => {
                let list = self.brackets(floor)?;
                self.end_value(char::from(bracket))?;
                Ok(list)
            }
            Some(b'|' | b'>') if self.is_block_header() => self.block_text(floor),
            _ => self.plain(floor),
        }
    }

    /// Checks that nothing but a comment follows a value that has an end of its own.
    fn end_value(&mut self, opening: char) -> Result<(), Stop> {
        self.skip_blanks();
        if !self.at_line_end() {
            self.fault(faults::text_after_value(self.source.location(&self.rest_of_line()), opening));
            self.at = self.line_end(self.at);
        }
        self.end_line()
    }

    /// Reports and skips anchors and tags before a value.
    fn skip_properties(&mut self) {
        while let Some(sign @ (b'&' | b'!')) = self.byte() {
            let end = self.rest_of_line().start
                + self
                    .source
                    .slice(self.rest_of_line())
                    .find([' ', '\t'])
                    .unwrap_or(self.rest_of_line().len());
            let place = self.source.location(&(self.at..end));
            self.fault(if sign == b'&' { faults::alias(place) } else { faults::tag(place) });
            self.at = end;
            self.skip_blanks();
        }
    }
}

/// Tells whether a line that starts with `---` is the marker alone, as `guard` lets pass.
fn is_bare_marker(rest: &str) -> bool {
    rest.lines().next().is_some_and(|line| line.trim_end() == "---")
}
