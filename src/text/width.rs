//! The width of characters: full-width ASCII to plain ASCII, and which characters belong to Chinese text.
//!
//! Start with [`fold`]. It is for reading numbers and marks, never for what is printed. It does not normalize
//! anything else: ① stays ①, ㎡ stays ㎡.

/// How far a full-width variant lies behind its ASCII character.
const FULL_WIDTH_OFFSET: u32 = 0xFEE0;

/// Returns the ASCII character of a full-width variant or of the ideographic space, and any other character as it is.
pub fn fold(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - FULL_WIDTH_OFFSET).expect("the variants mirror ASCII")
        }
        other => other,
    }
}

/// Tells whether `character` is a digit from 0 to 9 of any width.
pub fn is_digit(character: char) -> bool {
    fold(character).is_ascii_digit()
}

/// Tells whether `character` is an ideograph; 〇 and 々 count, radicals on their own do not.
pub fn is_han(character: char) -> bool {
    matches!(character,
        '々' | '〇'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Tells whether `character` is punctuation of Chinese text, the marks shared with Latin text (“”‘’—…·) included.
///
/// A full-width variant counts if its ASCII character is punctuation or a symbol.
pub fn is_cjk_punctuation(character: char) -> bool {
    matches!(character,
        '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301F}'
        | '“' | '”' | '‘' | '’' | '—' | '…' | '·'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF5F}'..='\u{FF65}')
        || (!character.is_ascii() && fold(character).is_ascii_punctuation())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(text.chars().map(fold).collect::<String>(), expected);
    }

    #[test]
    fn full_width_ascii_is_folded() {
        check("１０．５％", "10.5%");
        check("（Ａ）", "(A)");
        check("！～", "!~");
        check("　", " ");
    }

    #[test]
    fn nothing_else_is_folded() {
        check("①㎡、。“”", "①㎡、。“”");
        check("￥｟", "￥｟");
        check("10.5% abc", "10.5% abc");
    }

    #[test]
    fn ideographs_are_han() {
        for character in "一龥〇々㐂𬶋䶮喆".chars() {
            assert!(is_han(character), "{character}");
        }
        for character in "a1①，。あ한⼀ １".chars() {
            assert!(!is_han(character), "{character}");
        }
    }

    #[test]
    fn chinese_marks_are_punctuation() {
        for character in "，。、；：？！（）《》〈〉「」【】〔〕“”‘’—…·～％".chars()
        {
            assert!(is_cjk_punctuation(character), "{character}");
        }
        for character in ",.()一〇１Ａ① \u{3000}々".chars() {
            assert!(!is_cjk_punctuation(character), "{character}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(character: char) {
            prop_assert_eq!(fold(fold(character)), fold(character));
            prop_assert!(!(is_han(character) && is_cjk_punctuation(character)));
        }
    }
}
