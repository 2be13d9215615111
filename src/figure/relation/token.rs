//! The words and signs of a formula: text → tokens with their places.
//!
//! Start with [`tokens`]. It knows nothing of precedence. What it decides is where a label ends:
//!
//! - Letters, digits, spaces and most marks belong to a label, signs of a formula end it.
//! - Brackets directly behind a character of the label belong to it with all that they hold: `清退款项（含利息）`. So do
//!   《》, “”, "", 「」 and other pairs anywhere: `“四风”问题数`. A label that is one pair of quotes is what they hold.
//! - A word that is a number or a percentage as a whole is a constant; in quotes it is a label: `“12345”`.
//! - A `-` between ASCII letters, digits and `_` belongs to the label if a letter is among all that are joined so:
//!   `refunds-2024`. Any other is a minus: with a space or a Chinese character beside it, or between two numbers.

use super::error::{FormulaError, FormulaErrorKind};
use super::formula::{Comparison, Operator};
use super::{Interval, Rational};
use crate::figure::{Decimal, DecimalError};
use crate::text::width;

/// The most tokens of a formula. It bounds the tree, and thereby the depth of recursion.
const MOST_TOKENS: usize = 400;

/// The words in front of a bracket that count what it holds.
const COUNT: [&str; 2] = ["count", "统计"];

/// Pairs inside which no sign is read, width folded.
const PAIRS: [(char, char); 11] = [
    ('(', ')'),
    ('[', ']'),
    ('"', '"'),
    ('“', '”'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('〔', '〕'),
    ('〖', '〗'),
];

/// The pairs that may enclose a label as a whole.
const QUOTES: [char; 3] = ['"', '“', '「'];

/// A word or sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// The label or id of a metric, without quotes.
    Name(String),
    /// What is to be counted.
    Count(String),
    /// A number, and whether it is written as a proportion.
    Number(Interval, bool),
    Unknown,
    Operator(Operator),
    Comparison(Comparison),
    Open,
    Close,
}

/// A token and its bytes.
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Reads the whole of `text`.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, FormulaError> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(character) = character_at(text, start) {
        if character.is_whitespace() {
            start += character.len_utf8();
            continue;
        }
        if tokens.len() >= MOST_TOKENS {
            return Err(FormulaError { range: start..text.len(), kind: FormulaErrorKind::TooLong });
        }
        let (token, end) = match sign(text, start) {
            Some(sign) => sign,
            None => word(text, start)?,
        };
        tokens.push(Placed { token, start, end });
        start = end;
    }
    Ok(tokens)
}

fn character_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Reads a sign; a `-` always is one here, because no label begins with it.
fn sign(text: &str, start: usize) -> Option<(Token, usize)> {
    let character = character_at(text, start)?;
    let end = start + character.len_utf8();
    let equals = character_at(text, end).filter(|&next| width::fold(next) == '=');
    let compare = |alone, with_equals| match equals {
        Some(equals) => (Token::Comparison(with_equals), end + equals.len_utf8()),
        None => (Token::Comparison(alone), end),
    };
    let token = match width::fold(character) {
        '<' => return Some(compare(Comparison::Less, Comparison::AtMost)),
        '>' => return Some(compare(Comparison::Greater, Comparison::AtLeast)),
        '=' => Token::Comparison(Comparison::Equal),
        '≤' | '≦' | '⩽' => Token::Comparison(Comparison::AtMost),
        '≥' | '≧' | '⩾' => Token::Comparison(Comparison::AtLeast),
        '+' => Token::Operator(Operator::Add),
        '-' | '−' | '–' => Token::Operator(Operator::Subtract),
        '*' | '×' => Token::Operator(Operator::Multiply),
        '/' | '÷' => Token::Operator(Operator::Divide),
        '?' => Token::Unknown,
        '(' => Token::Open,
        ')' => Token::Close,
        _ => return None,
    };
    Some((token, end))
}

/// Reads a label, a number or a count.
fn word(text: &str, start: usize) -> Result<(Token, usize), FormulaError> {
    let mut end = start;
    let mut at = start;
    // Where the pair ends with which the word begins; where the bracket of a count begins.
    let (mut first_pair, mut count) = (None, None);
    while let Some(character) = character_at(text, at) {
        let folded = width::fold(character);
        let so_far = text.get(start..end).unwrap_or_default();
        if character.is_whitespace() {
            at += character.len_utf8();
            continue;
        } else if is_id(character) {
            at = id_end(text, at);
        } else if let Some(&(open, close)) = PAIRS.iter().find(|(open, _)| *open == folded) {
            let counts = folded == '(' && COUNT.iter().any(|word| so_far.eq_ignore_ascii_case(word));
            if folded == '(' && at > end && !counts {
                break;
            }
            if counts {
                count = Some(at + character.len_utf8());
            }
            let is_first = at == start;
            at = pair_end(text, at, open, close)?;
            first_pair = is_first.then_some(at).or(first_pair);
        } else if sign(text, at).is_some() {
            break;
        } else if is_name(character, folded) {
            at += character.len_utf8();
        } else {
            let is_close = PAIRS.iter().any(|(_, close)| *close == folded);
            let kind =
                if is_close { FormulaErrorKind::Unbalanced } else { FormulaErrorKind::UnknownCharacter };
            return Err(FormulaError { range: at..at + character.len_utf8(), kind });
        }
        end = at;
        if count.is_some() {
            break;
        }
    }
    let written = text.get(start..end).unwrap_or_default();
    let token = match count {
        Some(argument) => Token::Count(inside(text.get(argument..end))),
        None if first_pair == Some(end) && written.starts_with(QUOTES) => {
            Token::Name(inside(text.get(start..end).and_then(|quoted| quoted.strip_prefix(QUOTES))))
        }
        None => number(written, start..end)?.unwrap_or_else(|| Token::Name(written.to_owned())),
    };
    if matches!(&token, Token::Name(name) | Token::Count(name) if name.is_empty()) {
        return Err(FormulaError { range: start..end, kind: FormulaErrorKind::MissingOperand });
    }
    Ok((token, end))
}

/// Returns what stands in front of the closing character.
fn inside(text: Option<&str>) -> String {
    let mut characters = text.unwrap_or_default().chars();
    characters.next_back();
    characters.as_str().trim().to_owned()
}

/// Returns the end of the pair that opens at `start`; only pairs of the same kind are counted inside.
fn pair_end(text: &str, start: usize, open: char, close: char) -> Result<usize, FormulaError> {
    let mut depth = 0_usize;
    let rest = text.get(start..).unwrap_or_default();
    for (at, character) in rest.char_indices() {
        let folded = width::fold(character);
        if folded == close && depth > 0 {
            depth -= 1;
        } else if folded == open {
            depth += 1;
        }
        if depth == 0 {
            return Ok(start + at + character.len_utf8());
        }
    }
    let length = rest.chars().next().map_or(0, char::len_utf8);
    Err(FormulaError { range: start..start + length, kind: FormulaErrorKind::Unbalanced })
}

/// Returns the end of the ASCII letters and digits at `start`, of all that hyphens join if a letter is among them.
fn id_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let mut end = None;
    let mut has_letter = false;
    let mut joined_end = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let is_joint = character == '-' && characters.peek().is_some_and(|&(_, next)| is_id(next));
        if is_joint {
            end = end.or(Some(at));
        } else if !is_id(character) {
            break;
        }
        has_letter |= character.is_ascii_alphabetic();
        joined_end = at + character.len_utf8();
    }
    start + if has_letter { joined_end } else { end.unwrap_or(joined_end) }
}

fn is_id(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

fn is_name(character: char, folded: char) -> bool {
    if folded.is_ascii() {
        return folded.is_ascii_alphanumeric() || "_.,:;%'#&@~".contains(folded);
    }
    let is_close = PAIRS.iter().any(|(_, close)| *close == folded);
    let is_mark = width::is_cjk_punctuation(character) || "‰‱°℃№㎡".contains(character);
    character.is_alphanumeric() || (is_mark && !is_close)
}

/// Reads a word that is a number or a percentage as a whole.
fn number(written: &str, range: std::ops::Range<usize>) -> Result<Option<Token>, FormulaError> {
    let folded: String = written.chars().map(width::fold).collect();
    let too_large = || FormulaError { range: range.clone(), kind: FormulaErrorKind::NumberTooLarge };
    let (digits, power) = match folded.strip_suffix('%') {
        Some(digits) => (digits.trim_end(), -2),
        None => (folded.as_str(), 0),
    };
    match digits.parse::<Decimal>() {
        Ok(decimal) => {
            let value =
                decimal.checked_scale(power).and_then(Rational::from_decimal).ok_or_else(too_large)?;
            Ok(Some(Token::Number(Interval::point(value), power < 0)))
        }
        Err(DecimalError::TooLarge) => Err(too_large()),
        Err(DecimalError::NotDecimal) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks the tokens, each shown as in the list: names in 『』, counts with #, signs as written in ASCII.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let tokens = tokens(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let show = |placed: &Placed| match &placed.token {
            Token::Name(name) => format!("『{name}』"),
            Token::Count(argument) => format!("#{argument}#"),
            Token::Number(_, is_proportion) => if *is_proportion { "1%" } else { "1" }.to_owned(),
            Token::Unknown => "?".to_owned(),
            Token::Operator(operator) => operator.symbol().to_owned(),
            Token::Comparison(comparison) => comparison.symbol().to_owned(),
            Token::Open => "(".to_owned(),
            Token::Close => ")".to_owned(),
        };
        assert_eq!(tokens.iter().map(show).collect::<String>(), expected, "{text}");
    }

    #[track_caller]
    fn check_error(text: &str, place: &str, kind: FormulaErrorKind) {
        let error = tokens(text).map(|_| ()).unwrap_err();
        assert_eq!((text.get(error.range), error.kind), (Some(place), kind), "{text}");
    }

    #[test]
    fn signs_have_typographic_forms() {
        check("a = b + c - d", "『a』=『b』+『c』−『d』");
        check("甲＝乙＋丙－丁", "『甲』=『乙』+『丙』−『丁』");
        check(
            "甲−乙–丙×丁*戊＊己÷庚/辛／壬",
            "『甲』−『乙』−『丙』×『丁』×『戊』×『己』÷『庚』÷『辛』÷『壬』",
        );
        check("a<=b<c>=d>e≤f≥g＜＝h≦i", "『a』≤『b』<『c』≥『d』>『e』≤『f』≥『g』≤『h』≤『i』");
        check("（a+b）*？", "(『a』+『b』)×?");
    }

    #[test]
    fn labels_hold_spaces_digits_and_brackets() {
        check("追赃 金额 = 12345 热线", "『追赃 金额』=『12345 热线』");
        check("清退款项（含利息）= a(b+c)", "『清退款项（含利息）』=『a(b+c)』");
        check("“四风”问题数 + 《a-b》数", "『“四风”问题数』+『《a-b》数』");
        check("a (b)", "『a』(『b』)");
        check("追赃率% / 10件", "『追赃率%』÷『10件』");
    }

    #[test]
    fn quotes_keep_signs_in_a_label() {
        check("“甲-乙” - \"a = b\"", "『甲-乙』−『a = b』");
        check("「甲+乙」", "『甲+乙』");
        check("\"“甲”\"", "『“甲”』");
        check("“12”", "『12』");
    }

    #[test]
    fn hyphens_join_ids() {
        check("refunds-2024-b - m1f2e3d4c", "『refunds-2024-b』−『m1f2e3d4c』");
        check("2024-refunds", "『2024-refunds』");
        check("12-5", "1−1");
        check("a -b", "『a』−『b』");
        check("a- b", "『a』−『b』");
        check("推文-帖文", "『推文』−『帖文』");
        check("推文A-帖文B", "『推文A』−『帖文B』");
        check("推文A-B", "『推文A-B』");
        check("a--b", "『a』−−『b』");
    }

    #[test]
    fn numbers_stand_alone() {
        check("12 + 0.5 * 100% - １０％ + 5 %", "1+1×1%−1%+1%");
        check("1.2.3", "『1.2.3』");
    }

    #[test]
    fn counts_keep_their_argument() {
        check("三项 = count(甲（一）、乙-丙)", "『三项』=#甲（一）、乙-丙#");
        check("统计（items） + Count (b) * c", "#items#+#b#×『c』");
        check("统计数（a）", "『统计数（a）』");
        check("count", "『count』");
    }

    #[test]
    fn faults_have_their_place() {
        check_error("a = 统计(b", "(", FormulaErrorKind::Unbalanced);
        check_error("a = “b", "“", FormulaErrorKind::Unbalanced);
        check_error("a = b》", "》", FormulaErrorKind::Unbalanced);
        check_error("a ≠ b", "≠", FormulaErrorKind::UnknownCharacter);
        check_error("a = b！", "！", FormulaErrorKind::UnknownCharacter);
        check_error("a ^ b", "^", FormulaErrorKind::UnknownCharacter);
        check_error("a = “ ”", "“ ”", FormulaErrorKind::MissingOperand);
        check_error("a = count( )", "count( )", FormulaErrorKind::MissingOperand);
        let digits = "9".repeat(40);
        check_error(&format!("a = {digits}"), &digits, FormulaErrorKind::NumberTooLarge);
    }

    #[test]
    fn long_texts_are_refused_early() {
        for part in ["1-", "(", "a+", "甲-", "(“", "《", "count(", "?"] {
            assert!(tokens(&part.repeat(100_000)).is_err(), "{part}");
        }
        assert!(tokens(&"a-".repeat(100_000)).is_ok_and(|tokens| tokens.len() == 2));
    }

    proptest! {
        #[test]
        fn tokens_lie_in_order(text: String, near in "[-a1甲 ()（“”\"《》=<+*/?%.－]{0,12}") {
            for text in [text, near] {
                let mut last = 0;
                for Placed { start, end, .. } in tokens(&text).unwrap_or_default() {
                    prop_assert!(last <= start && start < end && text.get(start..end).is_some());
                    last = end;
                }
            }
        }
    }
}
