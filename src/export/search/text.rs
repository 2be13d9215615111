//! Texts as they are compared: what a reader types and what a notice prints become the same characters.
//!
//! `search.js` of the theme does the same to what is typed; `tests/browser/search.mjs` holds the two together. Each
//! character that is kept becomes exactly one.

use crate::text::width;

/// What ends a document, and each line of it: no phrase reaches across.
pub(super) const END: char = '\n';

/// Tells whether a character takes no part in a comparison: white space and what has no width, but not the end of a line.
fn is_skipped(character: char) -> bool {
    matches!(character,
        '\t' | '\u{b}'..='\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{ad}' | '\u{1680}'
        | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{2064}' | '\u{3000}' | '\u{feff}')
}

/// Returns what a character is compared as.
fn fold(character: char) -> char {
    match width::fold(character) {
        '“' | '”' | '„' | '‟' | '‘' | '’' | '\'' | '「' | '」' | '『' | '』' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{301c}' => '~',
        '\u{2022}' | '\u{2027}' | '\u{30fb}' => '·',
        other => {
            let mut lower = other.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => one,
                _ => other,
            }
        }
    }
}

/// Returns the characters by which a text is found, the end of the last line included; empty if it has none.
pub(super) fn stream(text: &str) -> Vec<char> {
    let mut stream: Vec<char> = Vec::with_capacity(text.len() / 2);
    for character in text.trim_end().chars().filter(|character| !is_skipped(*character)) {
        let folded = fold(character);
        if folded != END || stream.last().is_some_and(|last| *last != END) {
            stream.push(folded);
        }
    }
    if stream.last().is_some_and(|last| *last != END) {
        stream.push(END);
    }
    stream
}

/// Tells whether `character` is a mark. No pair begins with one, for it would say little and stand everywhere; marks are
/// found as the second character of a pair.
pub(super) fn is_mark(character: char) -> bool {
    const MARKS: &str = "\n,;:?!()\"、。《》〈〉【】〔〕[]{}…·";
    MARKS.contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(stream(text).into_iter().collect::<String>(), expected);
    }

    #[test]
    fn widths_case_quotes_and_white_space_make_no_difference() {
        check("Ｕ８ 系统，ＡＰＰ", "u8系统,app\n");
        check("“三张清单”　‘甲’「乙」", "\"三张清单\"\"甲\"\"乙\"\n");
        check("0580－2072198—9～10", "0580-2072198-9~10\n");
        check("３７．７％\u{a0}千岛•先锋・乙", "37.7%千岛·先锋·乙\n");
        check("甲\u{200b}乙\u{feff}", "甲乙\n");
        check("İX①㎡", "İx①㎡\n");
    }

    #[test]
    fn lines_stay_apart_and_empty_ones_vanish() {
        check("甲\n\n 乙\n", "甲\n乙\n");
        check("", "");
        check(" \n ", "");
    }

    proptest! {
        #[test]
        fn what_is_compared_is_compared_as_itself(text: String) {
            let once = stream(&text);
            let again = stream(&once.iter().collect::<String>());
            prop_assert_eq!(once, again);
        }
    }
}
