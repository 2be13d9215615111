//! The numbering printed in front of a paragraph or heading of an official document: text → style and number.
//!
//! Start with [`parse`]. It expects the text without its indent, looks only at the first few characters, and is
//! tolerant in width and marks (half-width parentheses, `1、`, `（一）、`, and a comma or dot for 、) but not in doubt: years, decimals, dates and
//! words that begin with a numeral (一是, 一起) are no numbering. Whether the numbers follow each other is not its
//! business.

use super::width::{self, is_digit};
use super::{numeral, split_while};

/// The styles of numbering, from the highest rank to the lowest.
///
/// GB/T 9704-2012, 7.3.3, names the first four, in this order; use adds the circles below them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// `一、`
    Chinese,
    /// `（一）`
    ChineseInParentheses,
    /// `1.`
    Arabic,
    /// `（1）`
    ArabicInParentheses,
    /// `①`
    Circled,
}

/// A numbering and the part of the text that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering {
    /// How it is printed.
    pub style: Style,
    /// The number, at least 1.
    pub number: u64,
    /// The bytes of the printed numbering, its punctuation included.
    pub length: usize,
}

impl Numbering {
    /// Tells whether the mark behind a bare number in `text` is a comma, a dot behind a Chinese numeral, or one parenthesis of two,
    /// as numbers inside a sentence have it, too.
    pub fn is_flattened(&self, text: &str) -> bool {
        let printed = text.get(..self.length).unwrap_or_default();
        match self.style {
            Style::Chinese => !printed.ends_with('、'),
            Style::Arabic => printed.ends_with(['，', ',']),
            Style::ArabicInParentheses => printed.starts_with(is_digit),
            Style::ChineseInParentheses | Style::Circled => false,
        }
    }
}

/// The marks behind a Chinese numeral: the right one, and what it becomes where texts are flattened or typed in haste.
const CHINESE_MARKS: [char; 5] = ['、', '，', ',', '．', '.'];

/// The marks behind Arabic digits, and behind what stands in parentheses.
const ARABIC_MARKS: [char; 5] = ['.', '．', '、', '，', ','];
const MARKS_BEHIND_PARENTHESES: [char; 3] = ['、', '，', ','];

/// The first number that is taken for a year.
const FIRST_YEAR: u64 = 1900;

/// Characters that are a whole numbering: the first and the last of a run, the number of the first, the style.
const SIGNS: [(char, char, u32, Style); 6] = [
    ('①', '⑳', 1, Style::Circled),
    ('㉑', '㉟', 21, Style::Circled),
    ('㊱', '㊿', 36, Style::Circled),
    ('⑴', '⒇', 1, Style::ArabicInParentheses),
    ('⒈', '⒛', 1, Style::Arabic),
    ('㈠', '㈩', 1, Style::ChineseInParentheses),
];

/// Returns the numbering with which `text` begins.
pub fn parse(text: &str) -> Option<Numbering> {
    let (style, number, rest) = sign(text).or_else(|| in_parentheses(text)).or_else(|| with_mark(text))?;
    (1..FIRST_YEAR).contains(&number).then(|| Numbering { style, number, length: text.len() - rest.len() })
}

fn sign(text: &str) -> Option<(Style, u64, &str)> {
    let character = text.chars().next()?;
    let &(first, _, number, style) =
        SIGNS.iter().find(|(first, last, ..)| (*first..=*last).contains(&character))?;
    let number = number + u32::from(character) - u32::from(first);
    let rest = text.strip_prefix(character)?;
    Some((style, u64::from(number), without_comma(rest)))
}

fn in_parentheses(text: &str) -> Option<(Style, u64, &str)> {
    let (style, number, rest) = plain(text.strip_prefix(['（', '('])?)?;
    let style =
        if style == Style::Chinese { Style::ChineseInParentheses } else { Style::ArabicInParentheses };
    Some((style, number, without_comma(rest.strip_prefix(['）', ')'])?)))
}

fn with_mark(text: &str) -> Option<(Style, u64, &str)> {
    let (style, number, rest) = plain(text)?;
    if style == Style::Chinese {
        let behind = rest.strip_prefix(CHINESE_MARKS)?;
        let is_flattened = !rest.starts_with('、');
        return (!is_row(number, behind, is_flattened)).then_some((style, number, behind));
    }
    if let Some(behind) = rest.strip_prefix(['）', ')']) {
        return Some((Style::ArabicInParentheses, number, without_comma(behind)));
    }
    let behind = rest.strip_prefix(ARABIC_MARKS)?;
    // 1, 2号楼: a row has a space behind its comma.
    let next = if rest.starts_with(['，', ',']) { behind.trim_start() } else { behind };
    (!next.starts_with(is_digit) || starts_with_year(behind)).then_some((style, number, behind))
}

/// Tells whether a numeral with its mark is the first of a row, and no number of a paragraph: 一、二期工程; of 一，二是 the numeral alone
/// tells it.
fn is_row(number: u64, behind: &str, is_flattened: bool) -> bool {
    let (next, behind) = split_while(behind, numeral::is_part);
    numeral::parse(next) == number.checked_add(1)
        && (is_flattened
            || behind.starts_with(['期', '号', '级', '类', '楼', '季', '组', '批', '线', '标', '层', '队']))
}

/// Reads a number without any mark: a Chinese numeral, or up to four Arabic digits.
fn plain(text: &str) -> Option<(Style, u64, &str)> {
    let (numeral, rest) = split_while(text, |character| character != '两' && numeral::is_part(character));
    if !numeral.is_empty() {
        return Some((Style::Chinese, numeral::parse(numeral)?, rest));
    }
    let (digits, rest) = split_while(text, is_digit);
    let is_short = !digits.is_empty() && digits.chars().nth(4).is_none();
    let value = |number: u64, digit: char| Some(10 * number + u64::from(width::fold(digit).to_digit(10)?));
    let number = is_short.then(|| digits.chars().try_fold(0, value))??;
    Some((Style::Arabic, number, rest))
}

/// Tells whether a year follows: `1.2025年以来` is a numbering although a digit stands behind its mark.
fn starts_with_year(text: &str) -> bool {
    let (digits, rest) = split_while(text, is_digit);
    digits.chars().count() == 4 && rest.starts_with('年')
}

fn without_comma(text: &str) -> &str {
    text.strip_prefix(MARKS_BEHIND_PARENTHESES).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::Style::{Arabic, ArabicInParentheses, Chinese, ChineseInParentheses, Circled};
    use super::*;
    use proptest::prelude::*;

    /// Checks that `printed` is the numbering of `printed` followed by some text.
    #[track_caller]
    fn check(printed: &str, style: Style, number: u64) {
        let expected = Some(Numbering { style, number, length: printed.len() });
        assert_eq!(parse(&format!("{printed}关于问题的整改情况")), expected, "{printed}");
        assert_eq!(parse(printed), expected, "{printed} alone");
    }

    #[track_caller]
    fn check_none(text: &str) {
        assert_eq!(parse(text), None, "{text}");
    }

    #[test]
    fn standard_styles_are_read() {
        check("一、", Chinese, 1);
        check("二十四、", Chinese, 24);
        check("一百零五、", Chinese, 105);
        check("（一）", ChineseInParentheses, 1);
        check("（十二）", ChineseInParentheses, 12);
        check("1.", Arabic, 1);
        check("34.", Arabic, 34);
        check("1204.", Arabic, 1204);
        check("（1）", ArabicInParentheses, 1);
        check("（15）", ArabicInParentheses, 15);
        check("①", Circled, 1);
        check("⑳", Circled, 20);
    }

    #[test]
    fn other_spellings_are_read() {
        check("(一)", ChineseInParentheses, 1);
        check("(一）", ChineseInParentheses, 1);
        check("（一）、", ChineseInParentheses, 1);
        check("㈢", ChineseInParentheses, 3);
        check("（一)", ChineseInParentheses, 1);
        check("（一）,", ChineseInParentheses, 1);
        check("(二)，", ChineseInParentheses, 2);
        check("一,", Chinese, 1);
        check("二，", Chinese, 2);
        check("三.", Chinese, 3);
        check("十二．", Chinese, 12);
        check("1,", Arabic, 1);
        check("12，", Arabic, 12);
        check("廿一、", Chinese, 21);
        check("二〇、", Chinese, 20);
        check("1、", Arabic, 1);
        check("1．", Arabic, 1);
        check("１２．", Arabic, 12);
        check("⒊", Arabic, 3);
        check("(1)", ArabicInParentheses, 1);
        check("（１）", ArabicInParentheses, 1);
        check("(1)、", ArabicInParentheses, 1);
        check("⑶", ArabicInParentheses, 3);
        check("1）", ArabicInParentheses, 1);
        check("12)", ArabicInParentheses, 12);
        check("㉑", Circled, 21);
        check("㊿", Circled, 50);
    }

    #[test]
    fn length_ends_at_the_numbering() {
        assert_eq!(parse("1. 正文").map(|numbering| numbering.length), Some(2));
        assert_eq!(parse("一、、正文").map(|numbering| numbering.length), Some("一、".len()));
        assert_eq!(parse("1.2025年以来").map(|numbering| numbering.length), Some(2));
        assert_eq!(parse("①②③").map(|numbering| numbering.length), Some("①".len()));
    }

    #[test]
    fn figures_and_dates_are_no_numbering() {
        check_none("2025年8月28日");
        check_none("2025.8.28");
        check_none("2025.");
        check_none("1900、");
        check_none("（2025）");
        check_none("（2023-2025年）");
        check_none("9.7万余人");
        check_none("３．５万元");
        check_none("34.5");
        check_none("1.20250年");
        check_none("1、2、3号楼");
        check_none("1,204件");
        check_none("1, 2号楼");
        check_none("1，2号楼");
        check_none("24小时");
        check_none("12345.");
        check_none("00001.");
        check_none("（12345）");
        check_none("0.");
        check_none("（〇）");
    }

    #[test]
    fn words_are_no_numbering() {
        check_none("");
        check_none("一");
        check_none("一是提高思想认识");
        check_none("一起案件");
        check_none("十大行动");
        check_none("第一、");
        check_none("两、");
        check_none("三五、");
        check_none("（试行）");
        check_none("（一");
        check_none("（一年）");
        check_none("()");
        check_none("一，二是提高认识");
        check_none("一.二");
        check_none("“一、");
        check_none(" 一、");
        check_none("、");
        check_none("关于“一、”");
    }

    #[test]
    fn styles_are_ordered_by_rank() {
        assert!([Chinese, ChineseInParentheses, Arabic, ArabicInParentheses, Circled].is_sorted());
    }

    proptest! {
        #[test]
        fn printed_numbers_are_read(number in 1_u64..FIRST_YEAR) {
            let numeral = numeral::print(number);
            check(&format!("{numeral}、"), Chinese, number);
            check(&format!("（{numeral}）"), ChineseInParentheses, number);
            check(&format!("{number}."), Arabic, number);
            check(&format!("（{number}）"), ArabicInParentheses, number);
        }

        #[test]
        fn length_is_a_place_in_the_text(text: String, near in "[(（①㈠]?[一十百0-9０１]{0,9}[)）.．、年]{0,3}.?") {
            for text in [text, near] {
                prop_assert!(parse(&text).is_none_or(|numbering| text.is_char_boundary(numbering.length)));
            }
        }
    }
}
