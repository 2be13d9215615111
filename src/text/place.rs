//! Offsets of bytes → lines and columns, as editors and terminals count them.

use std::fmt;

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
        let at = if bytes.starts_with("\u{feff}".as_bytes()) { "\u{feff}".len() } else { 0 };
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
                0x80..=0xBF => {}
                _ => self.spot.column += 1,
            }
        }
        self.at = self.at.max(offset);
        self.spot
    }
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
}
