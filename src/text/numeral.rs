//! Chinese numerals and the numbers that they mean.
//!
//! Start with [`parse`]. A numeral in positions (二十四) counts only if [`print()`] writes its number in the same way,
//! so there is no second grammar to keep in step; a few other spellings (两, 〇, 廿, 卅) are first brought to that form.
//! Numerals that speakers leave open are not read: 三五 (three to five), 一百五 (150).

/// The digits by value.
const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The units, largest first.
const UNITS: [(u64, char); 5] = [(100_000_000, '亿'), (10_000, '万'), (1_000, '千'), (100, '百'), (10, '十')];

/// Spellings beside the standard one. 两 stands for 二 only where it cannot be the measure word (十两).
const VARIANTS: [(&str, &str); 7] = [
    ("〇", "零"),
    ("廿", "二十"),
    ("卅", "三十"),
    ("两百", "二百"),
    ("两千", "二千"),
    ("两万", "二万"),
    ("两亿", "二亿"),
];

/// More characters than any numeral up to `u64::MAX` has; it bounds the recursion of [`read`].
const LONGEST: usize = 64;

/// Tells whether `character` can be part of a Chinese numeral.
pub fn is_part(character: char) -> bool {
    digit(character).is_some() || matches!(character, '十' | '百' | '千' | '万' | '亿' | '两' | '廿' | '卅')
}

/// Returns the value of one Chinese digit, from 〇 to 九.
pub fn digit(character: char) -> Option<u64> {
    Some(match character {
        '〇' | '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Returns the number that the whole of `text` means, in positions (二十四) or digit by digit (二〇二五).
pub fn parse(text: &str) -> Option<u64> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let mut characters = text.chars();
    if let (Some(only), None) = (characters.next(), characters.next())
        && let Some(value) = digit(only)
    {
        return Some(value);
    }
    read_digit_by_digit(text).or_else(|| read_positions(text))
}

/// Returns the standard numeral of `number`, for example 二十四, 十 or 一百一十.
pub fn print(number: u64) -> String {
    let full = spell(number);
    match full.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => full,
    }
}

fn read_digit_by_digit(text: &str) -> Option<u64> {
    // Two digits without a zero are an estimate (三五天), not 35.
    let is_estimate = text.chars().count() < 3 && !text.contains(['〇', '零']);
    if text.is_empty() || is_estimate {
        return None;
    }
    text.chars().try_fold(0_u64, |number, character| number.checked_mul(10)?.checked_add(digit(character)?))
}

fn read_positions(text: &str) -> Option<u64> {
    let standard = if text == "两" {
        "二".to_owned()
    } else if text.contains(['〇', '廿', '卅', '两']) {
        VARIANTS.iter().fold(text.to_owned(), |text, (variant, standard)| text.replace(variant, standard))
    } else {
        text.to_owned()
    };
    let number = read(&standard)?;
    (spell(number) == standard || print(number) == standard).then_some(number)
}

/// Reads generously; the caller compares the result with its spelling.
fn read(text: &str) -> Option<u64> {
    let parts = |&(unit, name)| text.rsplit_once(name).map(|(high, low)| (unit, high, low));
    let Some((unit, high, low)) = UNITS.iter().find_map(parts) else {
        let mut characters = text.chars();
        return characters.next().and_then(digit).filter(|_| characters.next().is_none());
    };
    let high = if high.is_empty() { 1 } else { read(high)? };
    let low = low.strip_prefix('零').unwrap_or(low);
    let low = if low.is_empty() { 0 } else { read(low)? };
    high.checked_mul(unit)?.checked_add(low)
}

/// Spells every 一, also the one that [`print()`] leaves out in front of 十.
fn spell(number: u64) -> String {
    let Some(&(unit, name)) = UNITS.iter().find(|(unit, _)| *unit <= number) else {
        let place = usize::try_from(number).expect("a number below the smallest unit is one digit");
        return DIGITS[place].to_string();
    };
    let low = number % unit;
    let zero = if 0 < low && low < unit / 10 { "零" } else { "" };
    let low = if low == 0 { String::new() } else { spell(low) };
    format!("{}{name}{zero}{low}", spell(number / unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: impl Into<Option<u64>>) {
        assert_eq!(parse(text), expected.into(), "{text}");
    }

    #[test]
    fn positions_are_read() {
        check("一", 1);
        check("十", 10);
        check("一十", 10);
        check("十二", 12);
        check("二十四", 24);
        check("一百零五", 105);
        check("一百〇五", 105);
        check("一百一十", 110);
        check("一百一十二", 112);
        check("三千", 3_000);
        check("三千零二十", 3_020);
        check("一万二千", 12_000);
        check("一万零五百", 10_500);
        check("十万", 100_000);
        check("一亿二千万", 120_000_000);
        check("三万亿", 3_000_000_000_000);
    }

    #[test]
    fn variants_are_read() {
        check("两", 2);
        check("两百五十", 250);
        check("两千", 2_000);
        check("廿", 20);
        check("廿四", 24);
        check("卅一", 31);
        check("〇", 0);
        check("零", 0);
    }

    #[test]
    fn digits_are_read_one_by_one() {
        check("二〇二五", 2025);
        check("二零二五", 2025);
        check("二〇", 20);
        check("九八五", 985);
        check("一二三四五", 12_345);
    }

    #[test]
    fn open_or_broken_numerals_are_not_read() {
        check("", None);
        check("百", None);
        check("三五", None);
        check("一百五", None);
        check("一百十", None);
        check("三五十", None);
        check("十两", None);
        check("十零", None);
        check("十十", None);
        check("一千一万", None);
        check("零十", None);
        check("二十四项", None);
        check("24", None);
        check(" 一", None);
        check("九九九九九九九九九九九九九九九九九九九九九", None);
        check("一亿亿亿", None);
    }

    #[test]
    fn hostile_length_is_refused() {
        check(&"亿".repeat(100_000), None);
        check(&"零".repeat(100_000), None);
    }

    #[test]
    fn numbers_are_printed() {
        assert_eq!(print(0), "零");
        assert_eq!(print(10), "十");
        assert_eq!(print(24), "二十四");
        assert_eq!(print(105), "一百零五");
        assert_eq!(print(110), "一百一十");
        assert_eq!(print(12_000), "一万二千");
        assert_eq!(print(100_010), "十万零一十");
        assert_eq!(print(1_000_000_000), "十亿");
    }

    #[test]
    fn largest_number_comes_back() {
        check(&print(u64::MAX), u64::MAX);
    }

    proptest! {
        #[test]
        fn printed_numbers_come_back(number: u64, digits in 0_u32..20) {
            let number = number % 10_u64.pow(digits).max(1);
            prop_assert_eq!(parse(&print(number)), Some(number));
        }

        #[test]
        fn any_text_is_survived(text: String, numeral in "[〇一二九十百千万亿零两廿卅]{0,80}") {
            parse(&text);
            parse(&numeral);
        }
    }
}
