//! Numbers as lists print them: ECMA-376 part 1, 17.18.59; where that is silent, as Word does.
//!
//! Word prints plain figures beyond the end of a sequence that ends.

use crate::document::roman::roman;

/// Characters of sequences that end.
const ENDING: [(&str, &str); 11] = [
    ("ideographTraditional", "甲乙丙丁戊己庚辛壬癸"),
    ("ideographZodiac", "子丑寅卯辰巳午未申酉戌亥"),
    ("ideographEnclosedCircle", "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    ("decimalEnclosedCircle", CIRCLED),
    ("decimalEnclosedCircleChinese", CIRCLED),
    ("decimalEnclosedFullstop", "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    ("decimalEnclosedParen", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    ("aiueo", "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"),
    (
        "aiueoFullWidth",
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    ),
    ("iroha", "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽ"),
    (
        "irohaFullWidth",
        "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
    ),
];

/// Letters, which are doubled when they are through: Z, AA, BB.
const DOUBLED: [(&str, &str); 10] = [
    ("upperLetter", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("lowerLetter", "abcdefghijklmnopqrstuvwxyz"),
    ("russianUpper", "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"),
    ("russianLower", "абвгдежзиклмнопрстуфхцчшщыэюя"),
    ("chicago", "*†‡§"),
    ("ganada", "가나다라마바사아자차카타파하"),
    ("chosung", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    ("thaiLetters", "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"),
    ("arabicAlpha", "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    ("arabicAbjad", "أبجدهوزحطيكلمنسعفصقرشتثخذضغظ"),
];

/// Numbers in circles, as far as Word goes.
pub(super) const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

/// How a language counts with words for ten, hundred and thousand.
struct Counting {
    /// From 0.
    digits: &'static str,
    /// For 10, 100, 1,000.
    units: &'static str,
    /// For 10,000.
    myriad: char,
    /// Whether a place that is left out is said: 一百〇一.
    says_zero: bool,
    /// Whether 10 to 19 begin with a one: 壹拾.
    says_one_ten: bool,
    /// Whether other units do: 一百.
    says_one: bool,
}

const DIGITS: &str = "〇一二三四五六七八九";

fn counting(format: &str) -> Option<Counting> {
    let plain = Counting {
        digits: DIGITS,
        units: "十百千",
        myriad: '万',
        says_zero: true,
        says_one_ten: false,
        says_one: true,
    };
    Some(match format {
        "chineseCounting" | "chineseCountingThousand" => plain,
        "taiwaneseCounting" | "taiwaneseCountingThousand" => {
            Counting { digits: "零一二三四五六七八九", myriad: '萬', ..plain }
        }
        "japaneseCounting" => Counting { says_zero: false, says_one: false, ..plain },
        "chineseLegalSimplified" => Counting {
            digits: "零壹贰叁肆伍陆柒捌玖",
            units: "拾佰仟",
            myriad: '萬',
            says_one_ten: true,
            ..plain
        },
        "ideographLegalTraditional" => Counting {
            digits: "零壹貳參肆伍陸柒捌玖",
            units: "拾佰仟",
            myriad: '萬',
            says_one_ten: true,
            ..plain
        },
        "japaneseLegal" => Counting {
            digits: "零壱弐参四五六七八九",
            units: "拾百阡",
            myriad: '萬',
            says_zero: false,
            says_one_ten: true,
            says_one: true,
        },
        "koreanCounting" => Counting {
            digits: "영일이삼사오육칠팔구",
            units: "십백천",
            myriad: '만',
            says_zero: false,
            says_one: false,
            ..plain
        },
        _ => return None,
    })
}

/// Prints a number; `None` for a format that is not known.
pub(super) fn print(number: i64, format: &str) -> Option<String> {
    let plain = || number.to_string();
    let Ok(count) = u32::try_from(number) else { return Some(plain()) };
    if let Some((_, characters)) = ENDING.iter().find(|(name, _)| *name == format) {
        return Some(nth(characters, count).map_or_else(plain, String::from));
    }
    if let Some((_, letters)) = DOUBLED.iter().find(|(name, _)| *name == format) {
        return Some(doubled(letters, count).unwrap_or_else(plain));
    }
    // These two count in words up to 99 only.
    if matches!(format, "chineseCounting" | "taiwaneseCounting") && count > 99 {
        return Some(digit_by_digit(count, "○一二三四五六七八九"));
    }
    if let Some(counting) = counting(format) {
        return Some(counted(count, &counting));
    }
    let number = match format {
        "decimal" | "decimalHalfWidth" => plain(),
        "decimalZero" => format!("{count:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => digit_by_digit(count, "０１２３４５６７８９"),
        "numberInDash" => format!("- {count} -"),
        "hex" => format!("{count:X}"),
        "upperRoman" => roman(count).unwrap_or_else(plain),
        "lowerRoman" => roman(count).map_or_else(plain, |roman| roman.to_lowercase()),
        "ideographDigital" | "japaneseDigitalTenThousand" => digit_by_digit(count, DIGITS),
        "taiwaneseDigital" => digit_by_digit(count, "○一二三四五六七八九"),
        "koreanDigital" => digit_by_digit(count, "영일이삼사오육칠팔구"),
        "koreanDigital2" => digit_by_digit(count, "零一二三四五六七八九"),
        "koreanLegal" => native_korean(count).unwrap_or_else(plain),
        "thaiNumbers" => digit_by_digit(count, "๐๑๒๓๔๕๖๗๘๙"),
        "hindiNumbers" => digit_by_digit(count, "०१२३४५६७८९"),
        "ideographZodiacTraditional" => sexagenary(count).unwrap_or_else(plain),
        "ordinal" => format!("{count}{}", ordinal_ending(count)),
        "cardinalText" => capitalized(&english(count).unwrap_or_else(plain)),
        "ordinalText" => english(count).map_or_else(
            || format!("{count}{}", ordinal_ending(count)),
            |words| capitalized(&english_ordinal(&words)),
        ),
        "none" => String::new(),
        _ => return None,
    };
    Some(number)
}

/// Tells whether versions of Word print a number of this format differently.
pub(super) fn differs(number: i64, format: &str) -> bool {
    number > 99
        && matches!(
            format,
            "chineseCounting"
                | "chineseCountingThousand"
                | "taiwaneseCounting"
                | "taiwaneseCountingThousand"
                | "japaneseCounting"
                | "chineseLegalSimplified"
                | "ideographLegalTraditional"
        )
}

fn nth(characters: &str, count: u32) -> Option<char> {
    characters.chars().nth(count.checked_sub(1)? as usize)
}

fn doubled(letters: &str, count: u32) -> Option<String> {
    let n_letters = u32::try_from(letters.chars().count()).ok()?;
    let before = count.checked_sub(1).filter(|before| *before < 780)?;
    let letter = letters.chars().nth((before % n_letters) as usize)?;
    Some(std::iter::repeat_n(letter, (before / n_letters + 1) as usize).collect())
}

fn digit_by_digit(count: u32, digits: &str) -> String {
    let digit = |digit: char| digits.chars().nth(digit.to_digit(10)? as usize);
    count.to_string().chars().filter_map(digit).collect()
}

/// Counts up to 99,999,999; beyond that, figures.
fn counted(count: u32, counting: &Counting) -> String {
    if count == 0 {
        return counting.digits.chars().take(1).collect();
    }
    if count > 99_999_999 {
        return count.to_string();
    }
    let (myriads, rest) = (count / 10_000, count % 10_000);
    let mut text = String::new();
    if myriads > 0 {
        below_myriad(myriads, counting, true, &mut text);
        text.push(counting.myriad);
    }
    if rest > 0 {
        if myriads > 0 && rest < 1000 && counting.says_zero {
            text.extend(counting.digits.chars().take(1));
        }
        below_myriad(rest, counting, myriads == 0, &mut text);
    }
    text
}

fn below_myriad(count: u32, counting: &Counting, is_first: bool, text: &mut String) {
    let mut is_left_out = false;
    let mut is_begun = false;
    for (place, unit) in [(3, 1000), (2, 100), (1, 10), (0, 1)] {
        let digit = count / unit % 10;
        if digit == 0 {
            is_left_out |= is_begun;
            continue;
        }
        if is_left_out && counting.says_zero {
            text.extend(counting.digits.chars().take(1));
        }
        is_left_out = false;
        let leaves_one = match place {
            0 => false,
            1 => !counting.says_one_ten && (!is_begun && is_first || !counting.says_one),
            _ => !counting.says_one,
        };
        if digit > 1 || !leaves_one {
            text.extend(counting.digits.chars().nth(digit as usize));
        }
        if place > 0 {
            text.extend(counting.units.chars().nth(place - 1));
        }
        is_begun = true;
    }
}

/// 甲子 to 癸亥, sixty of them.
fn sexagenary(count: u32) -> Option<String> {
    let before = count.checked_sub(1).filter(|before| *before < 60)?;
    let stem = "甲乙丙丁戊己庚辛壬癸".chars().nth((before % 10) as usize)?;
    let branch = "子丑寅卯辰巳午未申酉戌亥".chars().nth((before % 12) as usize)?;
    Some([stem, branch].iter().collect())
}

/// Counts in words of Korean, 하나 to 아흔아홉.
fn native_korean(count: u32) -> Option<String> {
    const TENS: [&str; 10] = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"];
    const ONES: [&str; 10] = ["", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"];
    let (tens, ones) = (TENS.get((count / 10) as usize)?, ONES.get((count % 10) as usize)?);
    (count > 0).then(|| [*tens, *ones].concat())
}

fn ordinal_ending(count: u32) -> &'static str {
    match (count % 100, count % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Says a number below 1,000 in English.
fn english(count: u32) -> Option<String> {
    let below_hundred = |count: u32| {
        let small = SMALL.get(count as usize).map(|word| (*word).to_owned());
        small.or_else(|| {
            let tens = TENS.get((count / 10) as usize)?;
            let ones = SMALL.get((count % 10) as usize)?;
            Some(if count.is_multiple_of(10) { (*tens).to_owned() } else { format!("{tens}-{ones}") })
        })
    };
    match (count / 100, count % 100) {
        (0, rest) => below_hundred(rest),
        (hundreds @ 1..=9, 0) => Some(format!("{} hundred", SMALL.get(hundreds as usize)?)),
        (hundreds @ 1..=9, rest) => {
            Some(format!("{} hundred {}", SMALL.get(hundreds as usize)?, below_hundred(rest)?))
        }
        _ => None,
    }
}

fn english_ordinal(words: &str) -> String {
    const IRREGULAR: [(&str, &str); 8] = [
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("five", "fifth"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("twelve", "twelfth"),
        ("y", "ieth"),
    ];
    for (ending, ordinal) in IRREGULAR {
        if let Some(before) = words.strip_suffix(ending) {
            return format!("{before}{ordinal}");
        }
    }
    format!("{words}th")
}

fn capitalized(words: &str) -> String {
    let mut characters = words.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters.as_str().chars()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_word_does() {
        for (format, rows) in [
            ("decimal", &[(1, "1"), (21, "21"), (-3, "-3")][..]),
            ("decimalZero", &[(1, "01"), (10, "10"), (100, "100")]),
            ("upperRoman", &[(1, "I"), (4, "IV"), (1999, "MCMXCIX"), (0, "0"), (40_000, "40000")]),
            ("lowerRoman", &[(14, "xiv")]),
            ("upperLetter", &[(1, "A"), (26, "Z"), (27, "AA"), (28, "BB"), (53, "AAA"), (0, "0")]),
            (
                "chineseCounting",
                &[(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (101, "一○一")],
            ),
            (
                "chineseCountingThousand",
                &[
                    (10, "十"),
                    (19, "十九"),
                    (101, "一百〇一"),
                    (110, "一百一十"),
                    (111, "一百一十一"),
                    (1001, "一千〇一"),
                    (1010, "一千〇一十"),
                    (10_000, "一万"),
                    (10_010, "一万〇一十"),
                    (120_000, "十二万"),
                ],
            ),
            ("taiwaneseCountingThousand", &[(24, "二十四"), (101, "一百零一")]),
            (
                "japaneseCounting",
                &[(10, "十"), (11, "十一"), (100, "百"), (110, "百十"), (101, "百一"), (24, "二十四")],
            ),
            (
                "chineseLegalSimplified",
                &[(1, "壹"), (10, "壹拾"), (11, "壹拾壹"), (24, "贰拾肆"), (101, "壹佰零壹")],
            ),
            ("ideographLegalTraditional", &[(2, "貳"), (10, "壹拾")]),
            ("japaneseLegal", &[(10, "壱拾")]),
            ("ideographDigital", &[(1, "一"), (10, "一〇"), (24, "二四"), (101, "一〇一")]),
            ("taiwaneseDigital", &[(10, "一○")]),
            ("ideographTraditional", &[(1, "甲"), (10, "癸"), (11, "11")]),
            ("ideographZodiac", &[(1, "子"), (12, "亥"), (13, "13")]),
            ("ideographZodiacTraditional", &[(1, "甲子"), (60, "癸亥"), (61, "61")]),
            ("ideographEnclosedCircle", &[(10, "㊉"), (11, "11")]),
            ("decimalEnclosedCircle", &[(20, "⑳"), (21, "21")]),
            ("decimalFullWidth", &[(10, "１０")]),
            ("numberInDash", &[(3, "- 3 -")]),
            ("ordinal", &[(1, "1st"), (2, "2nd"), (11, "11th"), (23, "23rd")]),
            ("cardinalText", &[(1, "One"), (21, "Twenty-one"), (110, "One hundred ten")]),
            ("ordinalText", &[(1, "First"), (12, "Twelfth"), (20, "Twentieth"), (24, "Twenty-fourth")]),
            ("koreanLegal", &[(1, "하나"), (10, "열"), (21, "스물하나"), (100, "100")]),
            ("chosung", &[(1, "ㄱ"), (15, "ㄱㄱ")]),
            ("none", &[(1, "")]),
        ] {
            for (number, expected) in rows {
                assert_eq!(print(*number, format).as_deref(), Some(*expected), "{format} {number}");
            }
        }
        assert_eq!(print(1, "unknown"), None);
    }
}
