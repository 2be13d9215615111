//! Characters → where each pair of them stands, over many small files.
//!
//! All documents stand in one row of characters, those that rank first in front, so a place in the row says everything: the
//! document, its rank, and whether two pairs stand side by side. A phrase is found by the places of its pairs alone.

use rayon::prelude::*;

use super::text::is_mark;
use crate::site::WAYS;

/// Spreads characters: 2³² divided by the golden ratio, whose multiples are far apart (Knuth, TAOCP 6.4).
const SPREAD: u32 = 0x9e37_79b1;

/// A number below 46 is one character; above, the lower parts are written with the other 45 digits.
const N_LAST_DIGITS: usize = 46;
const N_OTHER_DIGITS: usize = 45;

/// Appends a number, the smaller the shorter, in printable ASCII that JSON need not escape.
pub(super) fn push_number(mut number: usize, out: &mut String) {
    let digit = |value: usize| {
        // From `#` on, without the backslash.
        let code = u8::try_from(value).expect("there are 91 digits") + if value < 57 { 35 } else { 36 };
        char::from(code)
    };
    while number >= N_LAST_DIGITS {
        let rest = number - N_LAST_DIGITS;
        out.push(digit(N_LAST_DIGITS + rest % N_OTHER_DIGITS));
        number = rest / N_OTHER_DIGITS;
    }
    out.push(digit(number));
}

fn spread(character: char, over: usize) -> usize {
    (u32::from(character).wrapping_mul(SPREAD) >> 16) as usize % over
}

/// Returns the file of a pair: all pairs with one first character are in [`WAYS`] files beside each other.
pub(super) fn file_of(first: char, second: char, n_files: usize) -> usize {
    spread(first, n_files / WAYS) * WAYS + spread(second, WAYS)
}

/// The places of all pairs, gathered file by file.
pub(super) struct Pairs {
    /// For each file, pairs with their places, in the order of the places.
    files: Vec<Vec<([char; 2], u32)>>,
    /// How many characters there are so far.
    length: u32,
}

impl Pairs {
    pub(super) fn new(n_files: usize) -> Self {
        Self { files: vec![Vec::new(); n_files], length: 0 }
    }

    /// Sets a document behind the others.
    pub(super) fn push(&mut self, stream: &[char]) {
        let n_files = self.files.len();
        for (place, pair) in (self.length..).zip(stream.array_windows::<2>()) {
            if !is_mark(pair[0]) {
                self.files[file_of(pair[0], pair[1], n_files)].push((*pair, place));
            }
        }
        let length = u32::try_from(stream.len()).expect("a source has a few megabytes at most");
        self.length = self.length.checked_add(length).expect("a site has less than 2³² characters");
    }

    /// Writes each file as JSON: `{"整改":"…",…}`, the places as distances from the one before.
    pub(super) fn into_files(self) -> Vec<String> {
        self.files.into_par_iter().map(write).collect()
    }
}

fn write(mut pairs: Vec<([char; 2], u32)>) -> String {
    pairs.sort_unstable();
    let mut out = String::from("{");
    for same in pairs.chunk_by(|one, other| one.0 == other.0) {
        if out.len() > 1 {
            out.push_str("\",");
        }
        let pair: String = same[0].0.iter().collect();
        out.push_str(&serde_json::to_string(&pair).expect("a text is JSON"));
        out.push_str(":\"");
        let mut next = 0;
        for (_, place) in same {
            push_number((place - next) as usize, &mut out);
            next = place + 1;
        }
    }
    out.push_str(if out.len() > 1 { "\"}" } else { "}" });
    out
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::text::stream;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Reads numbers back, as `search.js` does.
    pub(in super::super) fn numbers(written: &str) -> Vec<usize> {
        let (mut numbers, mut value, mut factor) = (Vec::new(), 0, 1);
        for byte in written.bytes() {
            let digit = usize::from(byte) - if byte < b'\\' { 35 } else { 36 };
            value += digit * factor;
            factor *= N_OTHER_DIGITS;
            if digit < N_LAST_DIGITS {
                numbers.push(value);
                (value, factor) = (0, 1);
            }
        }
        numbers
    }

    /// Reads the places of a pair back from its file.
    fn places(file: &str, pair: [char; 2]) -> Vec<usize> {
        let file: BTreeMap<String, String> = serde_json::from_str(file).unwrap();
        let mut next = 0;
        let distances = numbers(file.get(&pair.iter().collect::<String>()).map_or("", String::as_str));
        distances
            .into_iter()
            .map(|distance| {
                next += distance + 1;
                next - 1
            })
            .collect()
    }

    #[test]
    fn numbers_are_short_and_readable() {
        for (number, expected) in [(0, "#"), (45, "P"), (46, "Q#"), (90, "~#"), (91, "Q$"), (2115, "~P")] {
            let mut out = String::new();
            push_number(number, &mut out);
            assert_eq!(out, expected, "{number}");
            assert_eq!(numbers(&out), [number]);
        }
    }

    #[test]
    fn a_file_lists_its_pairs_in_order() {
        let mut pairs = Pairs::new(WAYS);
        pairs.push(&stream("整改，整改。"));
        pairs.push(&stream("整"));
        let whole: Vec<String> = pairs.into_files();
        let file = &whole[file_of('整', '改', WAYS)];
        assert_eq!(places(file, ['整', '改']), [0, 3]);
        assert_eq!(places(&whole[file_of('整', '\n', WAYS)], ['整', '\n']), [7]);
        assert!(!whole.concat().contains("\",整"), "no pair begins with a mark: {whole:?}");
    }

    proptest! {
        #[test]
        fn every_pair_of_every_document_is_found_in_its_file(
            texts in proptest::collection::vec("[整改治理反诈a-cA-C0-9.%，。“” \n\"\\\\<\u{20000}]{0,40}|.{0,20}", 1..8),
            groups in 0_u32..4,
        ) {
            let n_files = WAYS << groups;
            let mut pairs = Pairs::new(n_files);
            let streams: Vec<Vec<char>> = texts.iter().map(|text| stream(text)).collect();
            for stream in &streams {
                pairs.push(stream);
            }
            let files = pairs.into_files();
            prop_assert_eq!(files.len(), n_files);
            let row: Vec<char> = streams.concat();
            let mut n_places = 0;
            for (place, pair) in row.array_windows::<2>().enumerate().filter(|(_, pair)| !is_mark(pair[0])) {
                let found = places(&files[file_of(pair[0], pair[1], n_files)], *pair);
                prop_assert!(found.contains(&place), "{pair:?} at {place} is not in {found:?}");
                n_places += 1;
            }
            let written: usize = files
                .iter()
                .map(|file| serde_json::from_str::<BTreeMap<String, String>>(file).unwrap())
                .map(|file| file.values().map(|places| numbers(places).len()).sum::<usize>())
                .sum();
            prop_assert_eq!(written, n_places, "nothing else is written");
        }

        #[test]
        fn numbers_come_back(list: Vec<u32>) {
            let mut out = String::new();
            let list: Vec<usize> = list.into_iter().map(|number| number as usize).collect();
            for number in &list {
                push_number(*number, &mut out);
            }
            prop_assert!(out.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"\\".contains(&byte)));
            prop_assert_eq!(numbers(&out), list);
        }
    }
}
