//! Offsets of bytes → lines and columns, as editors and terminals count them, and back.

use std::ops::Range;
use std::{fmt, iter};

/// A line and a column in characters, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Walks through a file once, however many places are sought in ascending order.
#[derive(Debug)]
pub struct Places<'a> {
    bytes: &'a [u8],
    at: usize,
    spot: Spot,
}

impl<'a> Places<'a> {
    /// Starts at the beginning of a file.
    pub fn new(bytes: &'a [u8]) -> Self {
        // A byte order mark takes no column.
        let at = bom_length(bytes);
        Self { bytes, at, spot: Spot { line: 1, column: 1 } }
    }

    /// Returns the line and column of the character that begins at byte `offset`.
    pub fn find(&mut self, offset: usize) -> Spot {
        if offset < self.at {
            *self = Self::new(self.bytes);
        }
        for byte in self.bytes.get(self.at..offset).unwrap_or_default() {
            match byte {
                b'\n' => self.spot = Spot { line: self.spot.line + 1, column: 1 },
                // The bytes that go on with a character take no column of their own.
                byte => self.spot.column += usize::from(begins_character(*byte)),
            }
        }
        self.at = self.at.max(offset);
        self.spot
    }

    /// Returns the bytes of the character at a line and column; none, at the end of the file, for what lies behind it.
    pub fn character(&self, spot: Spot) -> Range<usize> {
        let end = self.bytes.len();
        let breaks = self.bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let mut lines = iter::once(bom_length(self.bytes)).chain(breaks.map(|(at, _)| at + 1));
        let line = lines.nth(spot.line.saturating_sub(1)).unwrap_or(end);
        let bytes = self.bytes.iter().enumerate().skip(line);
        let mut starts = bytes.filter(|(_, byte)| begins_character(**byte)).map(|(at, _)| at);
        let start = starts.nth(spot.column.saturating_sub(1)).unwrap_or(end);
        start..starts.next().unwrap_or(end)
    }
}

/// Returns how many bytes the byte order mark at the start of a file takes: 3 or 0.
pub fn bom_length(bytes: &[u8]) -> usize {
    let mark = "\u{feff}".as_bytes();
    if bytes.starts_with(mark) { mark.len() } else { 0 }
}

fn begins_character(byte: u8) -> bool {
    !matches!(byte, 0x80..=0xBF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offsets: &[usize], expected: &str) {
        let mut places = Places::new(text.as_bytes());
        let spots: Vec<String> = offsets.iter().map(|offset| places.find(*offset).to_string()).collect();
        assert_eq!(spots.join(" "), expected, "{text:?}");
    }

    #[test]
    fn columns_are_characters() {
        check("甲1人\n乙2人", &[0, 3, 8, 11], "1:1 1:2 2:1 2:2");
        check("\u{feff}甲1人", &[3, 6], "1:1 1:2");
        check("甲1人\r\n乙", &[9], "2:1");
    }

    #[test]
    fn places_may_be_sought_again() {
        check("甲1人\n乙2人", &[11, 3, 0, 99], "2:2 1:2 1:1 1:1");
    }

    #[test]
    fn a_line_and_a_column_lead_back() {
        for text in ["甲1人\n乙2人", "\u{feff}甲1\r\n\n乙", "a"] {
            let mut places = Places::new(text.as_bytes());
            for (at, character) in text.char_indices().filter(|(_, character)| *character != '\u{feff}') {
                let spot = places.find(at);
                assert_eq!(places.character(spot), at..at + character.len_utf8(), "{text:?} {spot}");
            }
        }
        let places = Places::new("甲\n乙".as_bytes());
        assert_eq!(places.character(Spot { line: 3, column: 1 }), 7..7);
        assert_eq!(places.character(Spot { line: 2, column: 2 }), 7..7);
    }

    #[test]
    fn a_byte_order_mark_is_measured() {
        assert_eq!(["\u{FEFF}a", "a\u{FEFF}", ""].map(|text| bom_length(text.as_bytes())), [3, 0, 0]);
    }
}
