//! Breaks and changes of width inside a number: 共1⏎2人, 12⏎万元, 1２件.
//!
//! [`breaks_number`] reads the words as if there were no break and asks whether a number lies across it. What is done
//! about it is decided where both sides of the break are known.

use std::ops::Range;

use super::place::is_digit;
use super::{NoFigure, NumberKind, WrittenNumber, scan};
use crate::figure::number::plain;
use crate::text::{numbering, numeral, width};

/// How far a number is looked for on either side of a break, in bytes.
const REACH: usize = 120;

/// What ends a word together with a numeral that no number goes on from: 统一, 星期二.
const BEFORE_NUMERAL: [&str; 11] = ["统", "唯", "单", "同", "不", "专", "划", "其", "周", "星期", "礼拜"];

/// The most characters of a label that begins a line.
const LONGEST_LABEL: usize = 12;

/// Tells whether a break between `before` and `behind` parts a number, or cuts it from its sign, its scale or its unit.
///
/// Words that loosen a number (约⏎100人, 100人⏎以上), the parts of a date (2025年⏎8月) and the entries of a list
/// (党员人数：56⏎群众人数：30) are no such place.
pub fn breaks_number(before: &str, behind: &str) -> bool {
    let from = before.ceil_char_boundary(before.len().saturating_sub(REACH));
    let to = behind.floor_char_boundary(REACH);
    let (before, behind) = (before.get(from..).unwrap_or_default(), behind.get(..to).unwrap_or_default());
    let before = before.rsplit('\n').next().unwrap_or_default();
    let behind = behind.split('\n').next().unwrap_or_default();
    // Most lines end with a stop, and go on with words: no need to look for numbers there.
    let is_stopped = before.ends_with(|c| "。；，、：！？".contains(c));
    let may_be_cut = behind.starts_with(may_be_number) || (!is_stopped && before.contains(may_be_number));
    if !may_be_cut {
        return false;
    }
    // 责任人：张三⏎3.完成时限
    let is_name = before.ends_with(|c| numeral::digit(c).is_some())
        && behind.starts_with(is_digit)
        && numbering::parse(behind).is_some();
    if is_name || ends_with_word(before) || (ends_entry(before) && begins_with_label(behind)) {
        return false;
    }
    if before.ends_with(is_digit) && behind.starts_with(['萬', '億']) {
        return true;
    }
    let joined = [before, behind].concat();
    scan(&joined).iter().any(|found| is_cut(found, before, behind))
}

/// Tells whether `text` ends with a word that has a numeral in it.
fn ends_with_word(text: &str) -> bool {
    let word = text.strip_suffix(['一', '二', '三', '四', '五', '六']);
    word.is_some_and(|word| BEFORE_NUMERAL.iter().any(|first| word.ends_with(first)))
}

/// Tells whether `text` ends with a number right behind a colon.
fn ends_entry(text: &str) -> bool {
    text.trim_end_matches(|c| is_digit(c) || ".．,，%％".contains(c)).ends_with(['：', ':'])
}

/// Tells whether `text` begins with words and a colon.
fn begins_with_label(text: &str) -> bool {
    let is_of_label = |c: &char| width::is_han(*c) || "（）()%％".contains(*c);
    let label = text.chars().take_while(is_of_label).count();
    (2..=LONGEST_LABEL).contains(&label)
        && !text.starts_with(may_be_number)
        && text.chars().nth(label).is_some_and(|next| matches!(next, '：' | ':'))
}

/// Tells whether `found`, in `before` and `behind` as one, is cut between the two.
fn is_cut(found: &WrittenNumber, before: &str, behind: &str) -> bool {
    let Range { start, end } = found.range;
    if !(start < before.len() && before.len() < end) {
        return false;
    }
    let head = before.get(start..).unwrap_or_default();
    let tail = behind.get(..end - before.len()).unwrap_or_default();
    let is_inside =
        head.ends_with(|c: char| may_be_number(c) || !(width::is_han(c) || c.is_ascii_alphabetic()));
    match &found.kind {
        NumberKind::Figure(quantity) => {
            let unit = quantity.unit().as_str();
            let is_unit_cut = |(at, _): (usize, char)| {
                unit.split_at_checked(at)
                    .is_some_and(|(one, other)| head.ends_with(one) && tail.starts_with(other))
            };
            // 百分之⏎三十; the ends of a range are two numbers.
            let is_between_digits = || {
                head.contains(may_be_number) && tail.contains(may_be_number) && !head.ends_with(['至', '到'])
            };
            is_inside || unit.char_indices().any(is_unit_cut) || is_between_digits()
        }
        // 三分⏎之一
        NumberKind::Other(NoFigure::Composite) if head.ends_with('之') || tail.starts_with('之') => true,
        // A list of dates or numberings may go on in the next line, and a name holds more than its number.
        NumberKind::Other(reason) => {
            let is_list = |c: char| "、，,和与及".contains(c);
            let is_in_digits = tail.starts_with(is_digit) && head.ends_with(is_digit);
            let is_name = matches!(reason, NoFigure::Name | NoFigure::Numbering | NoFigure::Phrase);
            is_inside && !head.ends_with(is_list) && !tail.starts_with(is_list) && (!is_name || is_in_digits)
        }
    }
}

fn may_be_number(character: char) -> bool {
    is_digit(character)
        || numeral::is_part(character)
        || plain(character).is_some()
        || matches!(character, '负' | '負')
}

/// Tells whether the number at the end of `text` may go on behind a break: it has no unit yet, or is only a sign.
pub fn ends_open(text: &str) -> bool {
    let from = text.ceil_char_boundary(text.len().saturating_sub(REACH));
    let text = text.get(from..).unwrap_or_default();
    let found = scan(text);
    let Some(last) = found.last().filter(|last| last.range.end == text.len()) else { return true };
    match &last.kind {
        NumberKind::Figure(_) => false,
        NumberKind::Other(reason) => matches!(
            reason,
            NoFigure::NoUnit
                | NoFigure::Year
                | NoFigure::Composite
                | NoFigure::Unclear
                | NoFigure::Indefinite
        ),
    }
}

/// Returns the numbers among `found` whose digits are of both widths: 1２.
pub fn mixed_widths(text: &str, found: &[WrittenNumber]) -> impl Iterator<Item = Range<usize>> {
    let ranges = found.iter().map(|found| found.range.clone());
    ranges.filter(move |range| {
        let printed = text.get(range.clone()).unwrap_or_default();
        // Digits of full width are rare, and take three bytes.
        printed.contains(|c| matches!(c, '０'..='９'))
            && printed.split(|c: char| !(is_digit(c) || ".．,，'’".contains(c))).any(is_mixed)
    })
}

fn is_mixed(number: &str) -> bool {
    number.contains(|c: char| c.is_ascii_digit()) && number.contains(|c| matches!(c, '０'..='９'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks a text with its break as `⏎`.
    #[track_caller]
    fn check(text: &str, expected: bool) {
        let (before, behind) = text.split_once('⏎').unwrap();
        assert_eq!(breaks_number(before, behind), expected, "{text}");
    }

    #[test]
    fn breaks_in_numbers_are_known() {
        for text in [
            "共1⏎2人。",
            "共12⏎人。",
            "共12⏎万元。",
            "共12万⏎元。",
            "下降-⏎5%。",
            "下降负⏎5%。",
            "共三十⏎二人。",
            "计1,⏎204件",
            "计1⏎,204件",
            "占9.⏎5%",
            "共11人⏎次。",
            "提高2个⏎百分点",
            "于202⏎5年",
            "于2025⏎年",
            "电话0580-2072⏎198",
            "15%～⏎20%",
            "第1⏎2条",
            "投入二⏎亿元",
            "人数为1⏎2",
            "捐1ʼ⏎234元",
            "占百分之⏎三十。",
            "占百分⏎之三十。",
            "占三分⏎之一。",
            "达三点⏎五倍。",
            "共30余⏎次。",
            "共12万余⏎元。",
            "共5⏎萬元。",
            "人数：12⏎万人。",
            "共12⏎人：张三、李四",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn other_breaks_are_none() {
        for text in [
            "责任人：张三⏎3.完成时限：六月",
            "联系人李四⏎2、电话",
            "组长：王五⏎12.整改时限：长期",
            "未⏎完成。",
            "共⏎12人。",
            "约⏎12人。",
            "12人⏎以上。",
            "12人，⏎13人。",
            "2025年⏎8月5日",
            "3件⏎5人",
            "12、⏎34件",
            "见附件1⏎、2和3",
            "（一）⏎改进",
            "一、⏎改进",
            "⏎12人",
            "12人⏎",
            "统一⏎个数",
            "“十四五”⏎期间",
            "标准不统一⏎三个部门",
            "每周三⏎五人",
            "由3件至⏎5件",
            "党员人数：56⏎群众人数：30",
            "占比（%）：12.5⏎次数（次）：3",
            "序号：1⏎项目：甲",
        ] {
            check(text, false);
        }
    }

    #[test]
    fn open_ends_are_told_from_whole_numbers() {
        for (text, expected) in [
            ("共1", true),
            ("下降-", true),
            ("共三十", true),
            ("12", true),
            ("拨打12345", false),
            ("共3件", false),
            ("邮编316021", false),
        ] {
            assert_eq!(ends_open(text), expected, "{text}");
        }
    }

    #[test]
    fn mixed_widths_are_found_number_by_number() {
        let check = |text: &str, expected: &[&str]| {
            let found = scan(text);
            let mixed: Vec<_> = mixed_widths(text, &found).map(|range| text.get(range).unwrap()).collect();
            assert_eq!(mixed, expected, "{text}");
        };
        check("共1２件、３4．５%、１，2３4元", &["1２件", "３4．５%", "１，2３4元"]);
        check("８月1２日，电话０580-2072198", &["８月1２日", "０580-2072198"]);
        check("共１２件、12件，３－5件，９９．５%，1，204件", &[]);
    }

    proptest! {
        #[test]
        fn any_break_is_survived(text in "[0-9０-９一三十万亿元人%.,，、。-年月（）A约\n]{0,20}", at in 0_usize..60) {
            let (before, behind) = text.split_at(text.floor_char_boundary(at));
            breaks_number(before, behind);
            ends_open(before);
        }
    }
}
