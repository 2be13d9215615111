//! Classes of characters that decide where emphasis may stand and whether a line break is a space.
//!
//! The classes are ranges of code points and cover what official prose uses; they are no full Unicode tables.

use crate::text::width::is_han;

/// Tells whether `c` belongs to Chinese text: Han, kana, Hangul, full-width forms and Chinese punctuation.
///
/// Quotes, dashes and ellipses are shared with Western text; they count because in this prose they are Chinese.
pub(super) fn is_cjk(c: char) -> bool {
    is_han(c)
        || matches!(c,
            '\u{1100}'..='\u{11ff}' | '\u{2460}'..='\u{249b}' | '\u{3000}'..='\u{33ff}'
            | '\u{ac00}'..='\u{d7af}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}'
            | '\u{b7}' | '\u{2014}' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{2026}')
}

/// Tells whether `c` is punctuation or a symbol.
pub(super) fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c,
            '\u{a1}'..='\u{a9}' | '\u{ab}'..='\u{b1}' | '\u{b4}' | '\u{b6}'..='\u{b8}' | '\u{bb}' | '\u{bf}'
            | '\u{d7}' | '\u{f7}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
            | '\u{20a0}'..='\u{20cf}' | '\u{2100}'..='\u{214f}' | '\u{2190}'..='\u{245f}'
            | '\u{2500}'..='\u{2bff}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{3030}'
            | '\u{303d}' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe6b}' | '\u{ff01}'..='\u{ff0f}'
            | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}'
            | '\u{ffe0}'..='\u{ffee}')
}

/// Tells whether `c` begins something that its counterpart ends: nothing closes right after it.
pub(super) fn is_opening(c: char) -> bool {
    "“‘（《〈「『【〔［｛".contains(c)
}

/// Tells whether `c` ends a clause, a quotation or a bracket: nothing opens right before it.
pub(super) fn is_closing(c: char) -> bool {
    "”’）》〉」』】〕］｝，。、；：！？".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_what_official_prose_uses() {
        for c in "舟山〇，。《》“”（）①１％…—".chars() {
            assert!(is_cjk(c), "{c}");
        }
        for c in "%*`[，。《》“”（）％…—￥".chars() {
            assert!(is_punctuation(c), "{c}");
        }
        for c in "a1 舟〇①１".chars() {
            assert!(!is_punctuation(c), "{c}");
        }
        assert!(!is_cjk('a') && !is_cjk('1') && !is_han('，'));
    }
}
