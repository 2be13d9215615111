//! Numbers in headings and titles, which stand in front matter: no metric can state them, but they must not be overlooked.

use std::ops::Range;

use super::bind::touches;
use super::words::Words;
use super::{broken, is_unclear};
use crate::diagnostic::{Diagnostics, Located, Location, SourcePath};
use crate::figure::{NoFigure, NumberKind, mixed_widths};
use crate::notice::UnclearNumber;

/// The heading of a section, or the title of a notice.
pub(crate) struct Heading<'a> {
    pub(super) words: Words,
    source: &'a Located<String>,
    /// What stands at the place of `source`: the value with its quotation marks, line breaks and indents.
    written: &'a str,
}

impl<'a> Heading<'a> {
    /// Takes a value of the front matter of the file with this text.
    pub(crate) fn new(source: &'a Located<String>, text: &'a str) -> Self {
        let range = source.location.range.clone().unwrap_or_default();
        Self { words: Words::of_line(&source.value), source, written: text.get(range).unwrap_or_default() }
    }

    /// Lists its numbers that say how much; `exempted` are the places that `not_figures:` names.
    pub(super) fn numbers(&self, exempted: &[Range<usize>]) -> impl Iterator<Item = UnclearNumber> {
        self.words.numbers.iter().filter_map(|found| {
            let reason = match found.kind {
                NumberKind::Figure(_) => NoFigure::Heading,
                NumberKind::Other(reason) if is_unclear(reason) => reason,
                NumberKind::Other(_) => return None,
            };
            Some(UnclearNumber {
                printed: self.words.get(&found.range).to_owned(),
                range: self.in_file(&found.range),
                clause: self.source.value.clone(),
                reason,
                is_exempt: touches(exempted, &found.range),
            })
        })
    }

    /// Pushes `number-broken` for numbers whose digits are of both widths, and for those that a tab or a line break parts.
    pub(super) fn check_numbers(&self, path: &SourcePath, diagnostics: &mut Diagnostics) {
        for range in mixed_widths(&self.words.text, &self.words.numbers) {
            let location = Location::new(path, self.in_file(&range));
            diagnostics.push(broken::mixed(self.words.get(&range), location));
        }
        let value = self.source.value.as_str();
        let has_breaks = self.written.contains(['\n', '\r']);
        let mut last = 0..0;
        for (at, gap) in value.char_indices() {
            // YAML reads a line break as a space.
            let is_break = gap == '\n' || (gap == ' ' && has_breaks);
            let (before, behind) = value.split_at(at);
            if (is_break || gap == '\t') && broken::is_broken(before, behind) {
                let location = Location::new(path, self.in_file(&last));
                diagnostics.push(broken::broken(before, if is_break { '⏎' } else { '⇥' }, behind, location));
            }
            last = at..at + gap.len_utf8();
        }
    }

    /// Returns the bytes of the file that show `range`; where the heading is written with escapes, all of it.
    fn in_file(&self, range: &Range<usize>) -> Range<usize> {
        let whole = self.source.location.range.clone().unwrap_or_default();
        match written_range(self.written, &self.source.value, range) {
            Some(range) => whole.start + range.start..whole.start + range.end,
            None => whole,
        }
    }
}

/// Finds the bytes of a YAML scalar, as `written`, that show the bytes `range` of its `value`.
///
/// White space of any length is the same: a line break with its indent is read as a space (YAML 1.2.2, 6.5). `None` if
/// the two differ in more, as with the escapes of double quotes.
fn written_range(written: &str, value: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let quote = written.chars().next().filter(|first| matches!(first, '"' | '\''));
    let start = quote.map_or(0, char::len_utf8);
    let mut rest = written.get(start..)?.char_indices().peekable();
    let (mut from, mut to) = (None, None);
    for (offset, character) in value.char_indices().take_while(|(offset, _)| *offset < range.end) {
        if character.is_whitespace() {
            rest.next_if(|(_, written)| written.is_whitespace())?;
        }
        while rest.next_if(|(_, written)| written.is_whitespace()).is_some() {}
        if character.is_whitespace() {
            continue;
        }
        let (at, found) = rest.next()?;
        if found != character {
            return None;
        }
        // A quotation mark inside its like is written twice.
        if Some(character) == quote {
            rest.next_if(|(_, written)| *written == character)?;
        }
        if offset == range.start {
            from = Some(start + at);
        }
        to = Some(start + at + character.len_utf8());
    }
    Some(from?..to?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, value: &str, printed: &str, expected: Option<&str>) {
        let at = value.find(printed).unwrap();
        let range = written_range(written, value, &(at..at + printed.len()));
        assert_eq!(range.and_then(|range| written.get(range)), expected, "{written}");
    }

    #[test]
    fn a_number_is_found_however_the_heading_is_written() {
        check("关于12个问题", "关于12个问题", "12个", Some("12个"));
        check("\"关于12个问题\"", "关于12个问题", "12个", Some("12个"));
        check("关于 甲\n  乙 12个", "关于 甲 乙 12个", "12个", Some("12个"));
        check("'关于\n  ''甲''12个'", "关于 '甲'12个", "12个", Some("12个"));
        check("关于\n  12个问题", "关于 12个问题\n", "12个", Some("12个"));
        check("\"12个\\u7532\"", "12个甲", "12个", Some("12个"));
        check("\"关于\\u7532 12个\"", "关于甲 12个", "12个", None);
        check("关于\n  12 个", "关于 12 个", "12 个", Some("12 个"));
    }
}
