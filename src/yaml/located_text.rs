//! A text of a file, and where each of its characters is written, be it in quotes, in a `|` or `>` block, or without any.

use std::ops::Range;

use super::text;
use crate::diagnostic::{Located, Location};

/// A text that knows the places of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocatedText {
    /// What it says.
    pub value: String,
    /// Where all of it is written.
    pub location: Location,
    /// Where stretches begin that are written as they are read: the byte of the value, and that of the file.
    stretches: Vec<(usize, usize)>,
}

impl LocatedText {
    /// Finds the characters of `text` in the file with the text `file`, of which it was read.
    pub fn new(text: Located<String>, file: &str) -> Self {
        let Located { value, location } = text;
        let Range { start, end } = location.range.clone().unwrap_or_default();
        let written = file.get(start..end).unwrap_or_default();
        let quote = written.chars().next().filter(|first| matches!(first, '"' | '\''));
        // A block may begin with a quotation mark, too.
        let found = [quote, None].into_iter().find_map(|quote| stretches(written, quote, &value));
        let stretches = found.unwrap_or_default().into_iter().map(|(read, at)| (read, start + at)).collect();
        Self { value, location, stretches }
    }

    /// Returns the place of the bytes `range` of the value; that of all of it, if they are not found.
    pub fn place(&self, range: &Range<usize>) -> Location {
        let words = self.value.get(range.clone()).unwrap_or_default();
        let start = range.end - words.trim_start().len();
        let last = start + words.trim().len().saturating_sub(1);
        match (self.byte(start), self.byte(last)) {
            (Some(start), Some(last)) => Location::new(&self.location.path, start..last + 1),
            _ => self.location.clone(),
        }
    }

    /// Returns the byte of the file with which a byte of the value is written.
    fn byte(&self, read: usize) -> Option<usize> {
        let next = self.stretches.partition_point(|(start, _)| *start <= read);
        let (start, at) = self.stretches.get(next.checked_sub(1)?)?;
        Some(at + read - start)
    }
}

/// Lists the stretches of `value` that are as in `written`; `None` if it does not say `value`.
///
/// White space of any length is the same: a line break with its indent is read as a space (YAML 1.2.2, 6.5).
fn stretches(written: &str, quote: Option<char>, value: &str) -> Option<Vec<(usize, usize)>> {
    let mut shown = shown(written, quote).filter(|(_, character)| !character.is_whitespace());
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for (read, character) in value.char_indices().filter(|(_, character)| !character.is_whitespace()) {
        let (at, _) = shown.next().filter(|(_, found)| *found == character)?;
        let is_next = |(start, first): &(usize, usize)| read - start == at - first;
        if !stretches.last().is_some_and(is_next) {
            stretches.push((read, at));
        }
    }
    Some(stretches)
}

/// Lists the characters that a text shows, each with the byte at which it is written.
fn shown(written: &str, quote: Option<char>) -> impl Iterator<Item = (usize, char)> {
    let mut at = quote.map_or(0, char::len_utf8);
    std::iter::from_fn(move || {
        let rest = written.get(at..)?;
        let mut characters = rest.chars();
        let first = characters.next()?;
        let length = match (quote, first, characters.next()) {
            (Some('"'), '\\', Some('x')) => "\\x00".len(),
            (Some('"'), '\\', Some('u')) => "\\u0000".len(),
            (Some('"'), '\\', Some('U')) => "\\U00000000".len(),
            (Some('"'), '\\', Some(escaped)) => first.len_utf8() + escaped.len_utf8(),
            (Some('\''), '\'', Some('\'')) => "''".len(),
            _ => first.len_utf8(),
        };
        let character = match quote {
            // A line break that is escaped shows nothing.
            Some(quote) if length > first.len_utf8() => {
                text::read(&format!("{quote}{}{quote}", rest.get(..length)?))?.chars().next().unwrap_or(' ')
            }
            _ => first,
        };
        at += length;
        Some((at - length, character))
    })
}

#[cfg(test)]
mod tests {
    use super::LocatedText;
    use crate::diagnostic::{Diagnostics, SourcePath};
    use crate::yaml::{Value, parse};

    /// Checks where `printed` of the value for the key `k` is written: the line, and what stands there.
    #[track_caller]
    fn check(file: &str, printed: &str, expected: (usize, &str)) {
        let path = SourcePath::new("a.yaml");
        let root = parse(&path, file, 0..file.len(), &mut Diagnostics::new()).unwrap();
        let Value::Mapping(entries) = root.value else { panic!("{file}") };
        let node = entries.into_iter().find(|entry| entry.key.value == "k").unwrap().node;
        let text = LocatedText::new(node.into_text("k", &mut Diagnostics::new()).unwrap(), file);
        let at = text.value.find(printed).unwrap();
        let range = text.place(&(at..at + printed.len())).range.unwrap();
        let line = file.get(..range.start).unwrap().matches('\n').count() + 1;
        assert_eq!((line, file.get(range).unwrap()), expected, "{file}");
    }

    #[test]
    fn words_are_found_however_a_text_is_written() {
        for (file, place) in [
            ("k: 共 12个", (1, "12个")),
            ("k: \"共12个\"", (1, "12个")),
            ("k: '共12个'", (1, "12个")),
            ("k: 甲\n  乙\n  12个\n", (3, "12个")),
            ("k: \"甲\n\n  乙12个\"", (3, "12个")),
            ("k: '甲\r\n  ''乙''12个'\r\n", (2, "12个")),
            ("k: \"甲\\u4E59\\\"\\t\\x41\\U0001F60012个\"", (1, "12个")),
            ("k: \"甲\\\n   乙12个\"", (2, "12个")),
            ("k: >\n  甲\n  乙\n  12个\n", (4, "12个")),
            ("k: >-\n\n    甲\n\n    12个\nb: 1\n", (5, "12个")),
            ("k: |\n  甲\n   12个\n", (3, "12个")),
            ("k: |2\n   甲12个\n", (2, "12个")),
            ("k: |\n  \"甲\"\n  \\12个\n", (3, "12个")),
            ("k: |\n 甲\n 12个", (3, "12个")),
        ] {
            check(file, "12个", place);
        }
        check("k: 关于\n  12\n  个", "12 个", (2, "12\n  个"));
        check("k: 关于　12 个", "　12 个", (1, "12 个"));
    }
}
