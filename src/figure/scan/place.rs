//! A place in a text where a number may begin, and what can be asked about its surroundings.
//!
//! Start with [`Cursor::next`], the loop through all characters of a site: it must pass prose without numbers quickly.

use std::ops::Range;

use super::quotations::is_mark;
use super::words::FIXED;
use super::{NoFigure, NumberKind, WrittenNumber};
use crate::text::{numeral, split_while, width};

/// One bit for each character that the scanner looks at more closely, up to U+FFFF.
static STARTS: [u64; 1024] = starts();

const fn starts() -> [u64; 1024] {
    let mut bits = [0; 1024];
    let mut code = 0;
    while code < 0x10000 {
        if let Some(character) = char::from_u32(code)
            && (is_start(character) || is_mark(character))
        {
            bits[(code >> 6) as usize] |= 1 << (code & 63);
        }
        code += 1;
    }
    bits
}

const fn is_start(character: char) -> bool {
    matches!(
        character,
        '0'..='9' | '０'..='９' | '①'..='⒛' | '㈠'..='㈩' | '㉑'..='㉟' | '㊱'..='㊿'
            | '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
            | '百' | '千' | '万' | '亿' | '两' | '廿' | '卅'
            | '壹' | '贰' | '叁' | '肆' | '伍' | '陆' | '柒' | '捌' | '玖' | '拾' | '佰' | '仟'
    )
}

/// A place in a text where a number or a mark of quotation stands.
pub(super) struct Cursor<'text> {
    text: &'text str,
    at: usize,
    floor: usize,
    /// The number that begins here, and what stands behind it.
    number: Option<(&'text str, &'text str)>,
    fixed: Option<(&'static str, bool)>,
}

impl<'text> Cursor<'text> {
    /// Returns the first place from `at` on. What was found before ends at `floor`.
    pub(super) fn next(text: &'text str, at: usize, floor: usize) -> Option<Self> {
        let is_wanted = |character: char| {
            let code = u32::from(character);
            code < 0x10000 && STARTS[(code >> 6) as usize] >> (code & 63) & 1 == 1
        };
        let ahead = text.get(at..)?.find(is_wanted)?;
        let at = at + ahead;
        let rest = text.get(at..)?;
        let number = whole_number(rest);
        // No fixed word begins with an Arabic digit.
        let fixed =
            number.filter(|(number, _)| !number.starts_with(is_digit)).and_then(|_| FIXED.longest(rest));
        Some(Self { text, at, floor, number, fixed })
    }

    /// Returns the offset of the place.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Returns the text from the place on.
    pub(super) fn rest(&self) -> &'text str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Returns the text between what was found before and the place.
    pub(super) fn before(&self) -> &'text str {
        self.text.get(self.floor..self.at).unwrap_or_default()
    }

    /// Returns the character in front, also if it belongs to what was found before.
    pub(super) fn previous(&self) -> Option<char> {
        self.text.get(..self.at)?.chars().next_back()
    }

    /// Returns the character in front, unless it belongs to what was found before.
    pub(super) fn free_previous(&self) -> Option<char> {
        self.before().chars().next_back()
    }

    /// Tells whether a line or a sentence, or a part of one, begins here.
    pub(super) fn begins_clause(&self) -> bool {
        self.previous().is_none_or(|character| "\n\r\t 　。，、；：？！,;:.!?”）)".contains(character))
    }

    /// Tells whether a line begins here; an indent does not count.
    pub(super) fn begins_line(&self) -> bool {
        let line = self.text.get(..self.at).unwrap_or_default().trim_end_matches([' ', '　', '\t']);
        line.is_empty() || line.ends_with('\n')
    }

    /// Returns the mark of quotation, or the line break, that stands here.
    pub(super) fn mark(&self) -> Option<char> {
        self.rest().chars().next().filter(|&character| is_mark(character))
    }

    /// Splits the text from the place on behind the number with which it begins; see [`whole_number`].
    pub(super) fn number(&self) -> Option<(&'text str, &'text str)> {
        self.number
    }

    /// Does the same for a number of Arabic digits.
    pub(super) fn arabic_number(&self) -> Option<(&'text str, &'text str)> {
        self.number.filter(|(number, _)| number.starts_with(is_digit))
    }

    /// Returns the fixed word that begins here, and whether it is a phrase; see [`FIXED`].
    pub(super) fn fixed(&self) -> Option<(&'static str, bool)> {
        self.fixed
    }

    /// Returns the word without any number that begins here.
    pub(super) fn idiom(&self) -> Option<&'static str> {
        let (word, is_phrase) = self.fixed?;
        (!is_phrase && self.previous() != Some('第')).then_some(word)
    }

    /// Returns where to go on if nothing is known about what stands here: behind all of its digits.
    pub(super) fn end_of_run(&self) -> usize {
        let first = || self.rest().chars().next().map_or(1, char::len_utf8);
        self.at + self.number.map_or_else(first, |(number, _)| number.len())
    }

    /// Returns the next `length` bytes as something that is no figure.
    pub(super) fn other(&self, length: usize, reason: NoFigure) -> Option<WrittenNumber> {
        other_between(self.at..self.at + length, reason)
    }

    /// Returns the text of `range`.
    pub(super) fn slice(&self, range: Range<usize>) -> &'text str {
        self.text.get(range).unwrap_or_default()
    }
}

/// Returns `range` as something that is no figure.
#[expect(clippy::unnecessary_wraps, reason = "this is how readers end")]
pub(super) fn other_between(range: Range<usize>, reason: NoFigure) -> Option<WrittenNumber> {
    Some(WrittenNumber { range, kind: NumberKind::Other(reason) })
}

/// Splits `text` behind its Arabic digits of either width.
pub(super) fn arabic_digits(text: &str) -> (&str, &str) {
    split_while(text, is_digit)
}

/// Tells whether `character` is an Arabic digit of either width.
pub(super) fn is_digit(character: char) -> bool {
    width::fold(character).is_ascii_digit()
}

/// Splits `text` behind the Arabic digits or the Chinese numeral with which it begins.
pub(super) fn whole_number(text: &str) -> Option<(&str, &str)> {
    let (digits, rest) = arabic_digits(text);
    if !digits.is_empty() {
        return Some((digits, rest));
    }
    let (run, rest) = split_while(text, numeral::is_part);
    (!run.is_empty()).then_some((run, rest))
}

/// The marks between the numbers of a series that leave their unit to the last one: 3、5号, 1-3月.
pub(super) const SERIES_MARKS: [&str; 15] =
    ["、", "和", "与", "及", "至", "到", "——", "—", "-", "－", "–", "～", "~", "─", "−"];

/// More numbers than a series has, so that 1、1、1、… is not read to its end again and again.
const LONGEST_SERIES: usize = 12;

/// Returns the last number of the series that goes on in `rest`, behind its first number, and what stands behind it.
pub(super) fn end_of_series(rest: &str) -> Option<(&str, &str)> {
    let mut last = None;
    let mut after = rest;
    for _ in 0..LONGEST_SERIES {
        let next = strip_any(strip_space(after), &SERIES_MARKS).map(strip_space);
        let Some(next) = next.filter(|next| whole_number(next).is_some()) else { break };
        after = whole_number(next).map_or(next, |(_, after)| after);
        last = Some((next, after));
    }
    last
}

/// Returns the value of a short number of either kind.
pub(super) fn small(number: &str) -> Option<u64> {
    if number.starts_with(is_digit) {
        let is_short = number.chars().nth(4).is_none();
        let value = |number, digit| Some(10 * number + u64::from(width::fold(digit).to_digit(10)?));
        return is_short.then(|| number.chars().try_fold(0, value))?;
    }
    numeral::parse(number)
}

/// Takes the first of `words` with which `text` begins.
pub(super) fn strip_any<'text>(text: &'text str, words: &[&str]) -> Option<&'text str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// Takes one space, which stands between Arabic digits and words in many documents.
pub(super) fn strip_space(text: &str) -> &str {
    text.strip_prefix([' ', '　']).unwrap_or(text)
}
