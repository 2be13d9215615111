//! Classes of characters that decide where emphasis may stand and whether a line break is a space.
//!
//! Chinese text is told by ranges of code points that cover what official prose uses; punctuation by Unicode's categories.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::text::width::is_han;

/// Tells whether `c` belongs to Chinese text or its neighbors: Han and its radicals, kana, Hangul, Yi, full-width forms and
/// Chinese punctuation.
///
/// Quotes, dashes and ellipses are shared with Western text; they count because in this prose they are Chinese.
pub(super) fn is_cjk(c: char) -> bool {
    is_han(c)
        || matches!(c,
            '\u{1100}'..='\u{11ff}' | '\u{2460}'..='\u{249b}' | '\u{2e80}'..='\u{2fff}'
            | '\u{3000}'..='\u{33ff}' | '\u{a000}'..='\u{a4cf}' | '\u{a960}'..='\u{a97f}'
            | '\u{ac00}'..='\u{d7ff}' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe6f}'
            | '\u{ff00}'..='\u{ffef}' | '\u{16fe0}'..='\u{18dff}' | '\u{1aff0}'..='\u{1b2ff}'
            | '\u{1f200}' | '\u{1f202}'..='\u{1f219}' | '\u{1f21b}'..='\u{1f22e}'
            | '\u{1f230}' | '\u{1f231}' | '\u{1f237}' | '\u{1f23b}'..='\u{1f24f}'
            | '\u{b7}' | '\u{2014}' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{2026}')
}

/// Tells whether `c` is punctuation or a symbol.
pub(super) fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(c.general_category_group(), GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol)
}

/// Returns the last character of `text` that has a form of its own: a variation selector belongs to the one before it.
pub(super) fn last_visible(text: &str) -> Option<char> {
    text.chars().rev().find(|c| !is_variation_selector(*c))
}

/// Tells whether `c` chooses the form of the character in front of it: those of symbols and Han, and those of names.
fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
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
        for c in "⻲㋐ㇿ𛀙ꀀ한ᅡ㊗〽🈂🈷︙﹏ｱ".chars() {
            assert!(is_cjk(c), "{c}");
        }
        for c in "«»∇𝜵𐬻😀🈚🈯🀄é".chars() {
            assert!(!is_cjk(c), "{c}");
            assert_eq!(is_punctuation(c), c != 'é', "{c}");
        }
        assert_eq!(last_visible("葛\u{e0100}"), Some('葛'));
        assert_eq!(last_visible("邱\u{fe00}"), Some('邱'));
        assert_eq!(last_visible("\u{fe00}"), None);
        assert!(!is_cjk('a') && !is_cjk('1') && !is_han('，'));
    }
}
