//! What stands directly beside a number and belongs to it for the reader: a digit, a sign, a thousands mark, an exponent.
//!
//! Start with [`join`], which looks at what the readers have found. Where they took less than the eye does (the 234元 of
//! 1·234元, the 5% of ±5%, the 5米 of 5米²), what was found grows over all that belongs to it and is
//! [`NoFigure::Unclear`]: no metric can state a part of it. Between two numbers everything joins but what is known to
//! part them ([`parts`]), so that a mark that nobody has thought of makes a number unclear and never a smaller one.

use super::place::is_digit;
use super::words::{ENDS_WITH_NEGATIVE, ENDS_WITH_NUMERAL};
use super::{NoFigure, NumberKind, WrittenNumber};
use crate::figure::number::plain;
use crate::figure::units::measure;
use crate::figure::words::ends_with_any;
use crate::text::{characters, numeral, width};

/// Marks that part two numbers; so do ideographs and Latin letters. Commas, points and spaces do not always.
const PARTING: &str =
    "、；：！？（）()[]【】〔〕［］「」『』“”‘《》〈〉\"…—–-－～~─−/／:;!?#&@*→％%‰|<>＜＞=＝\n";

/// Dashes that may be a minus.
const DASHES: &str = "-－−–—―﹣‐‑‒⁻₋﹘";

/// Other signs in front of a number that change what it says.
const SIGNS: &str = "±∓≈≒≠∼≥≤≧≦><＞＜～~√÷×^＾";

/// What is written for a zero and is none, beside other digits.
const CIRCLES: &str = "○◯⚪●";

/// Extends everything in `found` over what belongs to it and was not read.
pub(super) fn join(text: &str, found: &mut Vec<WrittenNumber>) {
    let mut kept: usize = 0;
    for index in 0..found.len() {
        let last = kept.checked_sub(1).map(|last| &found[last]);
        let start = start(text, last, &found[index]);
        let end = end(text, &found[index]);
        if last.is_some_and(|last| start < last.range.end) {
            let joined = &mut found[kept - 1];
            joined.range.end = end;
            joined.kind = NumberKind::Other(NoFigure::Unclear);
            continue;
        }
        if (start..end) != found[index].range {
            found[index] = WrittenNumber { range: start..end, kind: NumberKind::Other(NoFigure::Unclear) };
        }
        found.swap(kept, index);
        kept += 1;
    }
    found.truncate(kept);
}

/// Returns where `found` begins for the reader; inside `last`, if it goes on from there.
fn start(text: &str, last: Option<&WrittenNumber>, found: &WrittenNumber) -> usize {
    let at = found.range.start;
    let says_how_much = matches!(
        found.kind,
        NumberKind::Figure(_) | NumberKind::Other(NoFigure::NoUnit | NoFigure::Composite)
    );
    let before = text.get(..at).unwrap_or_default();
    let is_beside = last.is_some_and(|last| last.range.end == at);
    let is_open = |beside: &char| says_how_much && (is_beside || !is_word(*beside));
    let Some(beside) = before.chars().next_back().filter(is_open) else { return at };
    let first = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
    // 约 and the like stand between the number and what is in front of it.
    if !(is_digit(first) || is_numeral(first) || DASHES.contains(first)) {
        return at;
    }
    if let Some(last) = last
        && goes_on(text, last, found)
    {
        return last.range.start;
    }
    let floor = last.map_or(0, |last| last.range.end);
    let free = before.get(floor..).unwrap_or_default();
    let touches = |at: usize| last.is_some() && at == floor;
    let at_beside = at - beside.len_utf8();
    let lead = before.get(..at_beside).unwrap_or_default();
    if free.is_empty() {
        // A numbering that is a digit to the eye: 共③27篇.
        let is_digit = is_odd_digit(beside) && is_part(beside, lead, first);
        return last.filter(|_| is_digit).map_or(at, |last| last.range.start);
    }
    // A space or an invisible character between a sign and its number.
    let unspaced = free.trim_end_matches(is_blank);
    if unspaced.len() < free.len() {
        let sign = unspaced.chars().next_back();
        let at_sign = floor + unspaced.len() - sign.map_or(0, char::len_utf8);
        let lead = before.get(..at_sign).unwrap_or_default();
        let is_free = !touches(at_sign) && !lead.ends_with('\n') && !lead.is_empty();
        let is_sign = sign.is_some_and(|sign| is_sign(sign, lead));
        return if is_free && is_sign { at_sign } else { at };
    }
    let belongs = is_sign(beside, lead) && !touches(at_beside)
        || is_point(beside, lead) && !touches(at_beside)
        || is_part(beside, lead, first);
    if belongs { at_beside } else { at }
}

/// Returns where `found` ends for the reader.
fn end(text: &str, found: &WrittenNumber) -> usize {
    let end = found.range.end;
    let rest = text.get(end..).unwrap_or_default();
    let Some(quantity) = found.kind.quantity() else { return end };
    let Some(beside) = rest.chars().next() else { return end };
    let more = rest.get(beside.len_utf8()..).unwrap_or_default();
    let belongs = if width::is_han(beside) {
        // 三米五
        let ends = || more.chars().next().is_none_or(|next| "，。、；：！？（）,;:!?()\n".contains(next));
        numeral::digit(beside).is_some() && measure(quantity.unit().as_str()).is_some() && ends()
    } else {
        matches!(beside, '%' | '％' | '‰' | '‱') || is_odd_digit(beside) && !is_marker(beside)
    };
    if belongs { end + beside.len_utf8() } else { end }
}

/// Tells whether `found` only goes on with the number in which `last` ends: 1·234元, 5米8.
fn goes_on(text: &str, last: &WrittenNumber, found: &WrittenNumber) -> bool {
    let Some(gap) = text.get(last.range.end..found.range.start) else { return false };
    let before = text.get(last.range.clone()).unwrap_or_default();
    if gap.is_empty() {
        // 3件5人 are two; behind a measure, digits without a unit go on with it: 5米8.
        let is_measured = last.kind.quantity().is_some_and(|one| measure(one.unit().as_str()).is_some());
        let is_bare = found.kind == NumberKind::Other(NoFigure::NoUnit);
        let is_glued = before.ends_with(|c: char| is_digit(c) || is_numeral(c));
        return is_measured && is_bare || is_glued;
    }
    if !before.ends_with(char::is_numeric) || gap.chars().rev().any(parts) {
        return false;
    }
    let is_spaced = gap.contains(char::is_whitespace);
    let is_stop = gap.contains([',', '，', '。', '.', '．']);
    // A number has one point.
    let is_end = gap == "。" && before.contains(['.', '．']);
    if is_end || is_stop && is_spaced {
        return false;
    }
    let is_comma = matches!(gap, "," | "，");
    let is_known = match &last.kind {
        // A member of a list.
        NumberKind::Figure(_) => false,
        NumberKind::Other(
            NoFigure::NoUnit
            | NoFigure::Year
            | NoFigure::Composite
            | NoFigure::Unclear
            | NoFigure::Indefinite,
        ) => true,
        NumberKind::Other(NoFigure::Name) => !is_stop && !before.contains(char::is_alphabetic),
        NumberKind::Other(_) => !is_stop && !is_spaced,
    };
    if !(is_known && is_comma) {
        return is_known;
    }
    let rest = text.get(found.range.start..).unwrap_or_default();
    let is_group = rest.chars().take_while(|c| is_digit(*c)).count() == 3;
    // 56,3名 is 56,3 to the eye; 56，3名 are two clauses.
    let is_tight = gap == "," && last.kind == NumberKind::Other(NoFigure::NoUnit);
    is_group || is_tight || before.contains([',', '，'])
}

/// Tells whether two numbers with `gap` between them are two to the reader.
pub(crate) fn separates(gap: &str) -> bool {
    gap.chars().any(parts)
}

fn parts(character: char) -> bool {
    width::is_han(character) || character.is_ascii_alphabetic() || PARTING.contains(character)
}

/// Tells whether `character` is a part of a word, or a line break: most figures stand behind one.
fn is_word(character: char) -> bool {
    width::is_han(character) && !is_numeral(character) && !matches!(character, '负' | '負')
        || character == '\n'
}

fn is_numeral(character: char) -> bool {
    numeral::is_part(character) || plain(character).is_some()
}

/// Tells whether `character` is invisible or a gap.
fn is_blank(character: char) -> bool {
    let is_unseen = || characters::class(character).is_some_and(|class| !class.is_seen());
    character != '\n' && (character.is_whitespace() || is_unseen())
}

/// Tells whether `sign`, behind `lead`, changes what the number behind it says.
fn is_sign(sign: char, lead: &str) -> bool {
    if matches!(sign, '负' | '負') {
        let is_word = |word: &str| word.strip_suffix('负').is_some_and(|word| lead.ends_with(word));
        return !ENDS_WITH_NEGATIVE.iter().any(|word| is_word(word));
    }
    let is_free = !lead.ends_with(|c: char| width::fold(c).is_ascii_alphanumeric());
    let is_double = "—–-―".contains(sign) && lead.ends_with(sign);
    is_free && (SIGNS.contains(sign) || DASHES.contains(sign) && !is_double)
}

/// Tells whether `point`, behind `lead`, is the point of a number that begins with it: .5%.
fn is_point(point: char, lead: &str) -> bool {
    let is_name = lead.ends_with(|c: char| width::fold(c).is_ascii_alphanumeric() || ".．".contains(c));
    matches!(point, '.' | '．' | '﹒') && !is_name
}

/// Tells whether `beside`, behind `lead`, is a digit or a letter of the number that goes on with `first`.
fn is_part(beside: char, lead: &str, first: char) -> bool {
    if is_odd_digit(beside) {
        return !is_marker(beside) || !begins_clause(lead);
    }
    if is_numeral(beside) {
        // 统一3个, 周三5人
        return is_digit(first) && beside != '一' && !ends_with_any(lead, &ENDS_WITH_NUMERAL);
    }
    // Radicals that a site keeps.
    if "⼀⼆⼋⼗".contains(beside) {
        return true;
    }
    if CIRCLES.contains(beside) {
        return lead.ends_with(|c: char| is_digit(c) || is_numeral(c));
    }
    is_digit(beside) || beside.is_alphabetic() && !width::fold(beside).is_ascii() && !width::is_han(beside)
}

/// Tells whether `character` is a number by itself and none of the digits that are read: ², ½, ③, ٣, Ⅳ.
fn is_odd_digit(character: char) -> bool {
    character.is_numeric() && !is_digit(character) && !is_numeral(character)
}

/// Tells whether `character` is a numbering: ③, ⑶, ㈢. The ⒊ has a point, which a digit behind it would go on from.
fn is_marker(character: char) -> bool {
    matches!(character, '①'..='⒇' | '⓪'..='⓿' | '❶'..='➓' | '㈠'..='㈩' | '㉑'..='㉟' | '㊀'..='㊉' | '㊱'..='㊿')
}

fn begins_clause(lead: &str) -> bool {
    lead.chars().next_back().is_none_or(|last| "\n\r\t 　。，、；：？！,;:.!?”）)".contains(last))
}

#[cfg(test)]
mod tests {
    use super::super::scan;
    use super::*;

    /// Checks what is found in `text`: figures as they are, what is unclear in brackets.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown = scan(text).into_iter().filter_map(|found| {
            let printed = text.get(found.range).unwrap();
            match found.kind {
                NumberKind::Figure(_) => Some(printed.to_owned()),
                NumberKind::Other(NoFigure::Unclear) => Some(format!("[{printed}]")),
                NumberKind::Other(_) => None,
            }
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn what_joins_digits_makes_a_number_unclear() {
        for mark in "ʼ′＇`´˙٬٫。﹒﹐・\u{ad}\u{200b}\u{2060}\u{feff}\u{fe0f}\u{2009}\u{202f}\u{a0}\u{2007}\u{3000} \t_＋^○✓"
            .chars()
        {
            check(&format!("捐款12{mark}34元。"), &[&format!("[12{mark}34元]")]);
            check(&format!("约12{mark}34缸水。"), &[&format!("[12{mark}34]")]);
        }
        check("捐款1·234元，12‧34元", &[]);
        check("捐款1’23’456元", &["[1’23’456元]"]);
        check("捐款2035，300件，56,3名", &["[2035，300件]", "[56,3名]"]);
        check("共1\u{ad}27篇", &["[1\u{ad}27篇]"]);
    }

    #[test]
    fn thousands_between_spaces_are_no_phone_number() {
        for text in ["共有000 000\u{2009}1篇。", "共有010 123\u{2009}5篇。", "共有021 000 123\u{2009}5篇。"]
        {
            let found = scan(text);
            let figures = found.iter().filter(|one| one.kind.quantity().is_some());
            assert_eq!(figures.count(), 0, "{text} {found:?}");
        }
        check("电话0580 2072198，共3篇", &["3篇"]);
    }

    #[test]
    fn digits_that_are_not_read_belong_to_the_number() {
        for digit in ['²', '₂', '½', '③', '٣', '𝟏', 'Ⅳ', '⒈', '三', '百', 'О', 'Ι', '⼗'] {
            check(&format!("共有{digit}27篇"), &[&format!("[{digit}27篇]")]);
        }
        check("10²件，3½件，10⁶元", &[]);
        check("面积5米²，增长5%‰，长1米8，高三米五。", &["[5米²]", "[5%‰]", "[1米8]", "[三米五]"]);
        check("共lO0件", &[]);
    }

    #[test]
    fn signs_belong_to_the_number() {
        for sign in "-－−–—﹣‒±≥≤>＜~～√负負".chars() {
            check(&format!("利润{sign}5件"), &[&format!("[{sign}5件]")]);
        }
        check("下降 –5%、－5%、﹣5%、负5%，为负3℃", &["–5%", "－5%", "﹣5%", "负5%", "负3℃"]);
        check("误差正负5%、±5%、负百分之五", &["[负5%]", "[±5%]", "[负百分之五]"]);
        check("下降– 5%，下降-\u{200b}5%，增长.5%", &["[– 5%]", "[-\u{200b}5%]", "[.5%]"]);
    }

    #[test]
    fn what_parts_numbers_is_left_alone() {
        check("担负3项、肩负5项，胜5场负3场", &["3项", "5项", "5场", "3场"]);
        check("整改——3件；共（3件）；立案3件5人，20万元3笔", &["3件", "3件", "3件", "5人", "20万元", "3笔"]);
        check("①3件；②5件，统一3个，逐一5次，周三5人", &["3件", "5件", "3个", "5次", "5人"]);
        check("15%～20%，3–5件，3个-5人，由3→5件", &["15%～20%", "3–5件", "3个", "5人", "5件"]);
        check("人数为56，3名党员；人数为56、3名党员", &["3名", "56", "3名"]);
        check("拨打12345，3人，2025年3人，第1 128件", &["3人", "3人", "128件"]);
        check("归零3次…5件", &["3次", "5件"]);
    }
}
