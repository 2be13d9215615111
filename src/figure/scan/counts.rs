//! Figures: a number, its unit, and the words that loosen it; and what only looks like one (一起案件, 十几个, 三分之二).
//!
//! Start with [`count`], a reader of [`scan`](super::scan). The longest piece of text that [`Quantity::parse`] reads is taken.

use std::ops::Range;

use super::lists::is_each;
use super::ordinals::is_behind_name;
use super::place::{Cursor, arabic_digits, is_digit, other_between, strip_any, strip_space, whole_number};
use super::terms;
use super::words::{
    ENDS_WITH_NEGATIVE, GREAT, NOT_LOOSENED, SIGNED_IN_FRONT, ends_like_approximation, is_counted_in_front,
    is_name,
};
use super::{NoFigure, NumberKind, WrittenNumber};
use crate::figure::Quantity;
use crate::figure::approximation::{AFTER, BEFORE, INSIDE};
use crate::figure::end::{HUNDRED, PROPORTIONS, RANGE_MARKS, SCALES};
use crate::figure::number::{MINUS, THOUSANDS, plain};
use crate::figure::units::{Measure, UnitKind, begins_with_scale, measure, rate_length, unit_of};
use crate::figure::words::ends_with_any;
use crate::text::{numeral, split_while, width};

/// Characters that make words of a following 一: 统一, 唯一, 逐一.
const WORDS_WITH_ONE: &str = "统唯单划专之逐归合如不其";

/// Units of time that 一 does not count: 一天, 一年一度.
const ARTICLE_TIMES: [&str; 5] = ["年", "天", "日", "周", "分"];

/// Units in front of which a sign is a minus: 同比-3.5%.
const SIGNED: [&str; 6] = ["%", "％", "‰", "个百分点", "百分点", "℃"];

/// More characters than a capital numeral has, so that 拾万拾万… is not read to its end again and again.
const LONGEST_CAPITALS: usize = 40;

/// One number with its scale, and its unit if one stands there.
struct Counted<'text> {
    number: &'text str,
    unit: Option<(&'text str, UnitKind)>,
    is_proportion: bool,
    rest: &'text str,
}

/// Reads a figure, a number left open, or what one number with one unit cannot say.
pub(super) fn count(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let part = part(place.rest());
    composite(place, part.as_ref()).or_else(|| open_number(place)).or_else(|| one_number(place, part?))
}

/// Reads a figure that begins with the number `lower`, or an article, or an ordinal.
fn one_number<'text>(place: &Cursor<'text>, lower: Counted<'text>) -> Option<WrittenNumber> {
    let text = place.rest();
    if !is_number(&lower) {
        return None;
    }
    let lower_number = lower.number;
    let part = range_end(place, &lower).unwrap_or(lower);
    if part.unit.is_none() && !part.is_proportion {
        return None;
    }
    // 1.5个亿 and 三成五 go on behind what looks like their unit.
    if let Some((unit, _)) = part.unit
        && goes_on(unit, part.rest)
    {
        return compound(place, part.rest.trim_start_matches(|c| numeral::is_part(c) || "元".contains(c)));
    }
    let before = word_before(place, &part);
    let to = place.at() + text.len() - part.rest.len();
    let plain = part.number.len() + part.unit.map_or(0, |(unit, _)| unit.len());
    let is_plain = before == 0 && text.len() - part.rest.len() == plain;
    let is_last = matches!(part.number, "一" | "二") && is_plain && ends_clause(part.rest);
    if is_last && part.unit.is_some_and(|(unit, _)| is_counted_in_front(place.before(), unit)) {
        return figure(place, place.at()..to);
    }
    if part.number == "一" && is_plain {
        return one(place, &part);
    }
    // Two are 两件; 二期 is the second.
    if part.number == "二" && is_plain && part.unit.is_some_and(is_ordered) {
        return other_between(place.at()..to, NoFigure::Ordinal);
    }
    let found = loosened(place, &part, to)?;
    let Some((unit, kind)) = part.unit else { return Some(found) };
    let before = place.before();
    let before = before.get(..before.len() - (place.at() - found.range.start)).unwrap_or(before);
    let behind = place.slice(to - unit.len()..to + part.rest.len());
    let printed = place.slice(found.range.clone());
    let is_limit = || {
        kind == UnitKind::Measured
            && !is_proportion(unit)
            && terms::is_limit(place.slice(0..found.range.start), printed, part.rest)
    };
    match terms::reason(before, lower_number, behind).or_else(|| is_limit().then_some(NoFigure::Term)) {
        Some(reason) => other_between(found.range, reason),
        None => Some(found),
    }
}

/// Reads the figure up to `to`, with the words beside it that loosen it, as far as they fit.
fn loosened(place: &Cursor<'_>, part: &Counted<'_>, to: usize) -> Option<WrittenNumber> {
    let (before, after) = (word_before(place, part), word_after(part));
    let candidates = [(before, after), (before, 0), (0, after), (0, 0)];
    candidates.iter().find_map(|(before, after)| figure(place, place.at() - before..to + after))
}

/// Tells whether a number goes on behind `unit`: 1.5个亿, 三成五.
fn goes_on(unit: &str, rest: &str) -> bool {
    match unit {
        "个" => rest.starts_with(['万', '亿']),
        "成" => rest.chars().next().is_some_and(|c| numeral::digit(c).is_some()),
        _ => false,
    }
}

fn is_proportion(unit: &str) -> bool {
    matches!(measure(unit), Some(Measure::Proportion(_)))
}

/// Tells whether the number of `part` is no piece of a word: 陆 counts money only, otherwise it is the 陆 of 登陆.
fn is_number(part: &Counted<'_>) -> bool {
    let is_lone = |text: &str| text.chars().next().is_some_and(is_capital) && text.chars().nth(1).is_none();
    !is_lone(part.number) || part.unit.is_some_and(|(unit, _)| unit == "元")
}

fn is_capital(character: char) -> bool {
    plain(character).is_some()
}

fn ends_clause(rest: &str) -> bool {
    rest.chars().next().is_none_or(|next| next == '\n' || "，。、；：！？（）,;:!?()".contains(next))
}

/// Tells whether 二 in front of the unit orders and does not count.
fn is_ordered((unit, kind): (&str, UnitKind)) -> bool {
    kind == UnitKind::Counted && !["人", "名", "位"].contains(&unit)
}

fn figure(place: &Cursor<'_>, range: Range<usize>) -> Option<WrittenNumber> {
    let quantity = Quantity::parse(place.slice(range.clone())).ok()?;
    Some(WrittenNumber { range, kind: NumberKind::Figure(quantity) })
}

/// Reads 一 and its unit: mostly an article, sometimes part of a word, seldom a figure.
fn one(place: &Cursor<'_>, part: &Counted<'_>) -> Option<WrittenNumber> {
    let (unit, kind) = part.unit?;
    let range = place.at()..place.at() + part.number.len() + unit.len();
    let is_word = place.previous().is_some_and(|previous| WORDS_WITH_ONE.contains(previous));
    // 一人一档, 一企一策.
    let mut behind = part.rest.chars();
    let is_pattern = behind.next() == Some('一')
        || behind.next() == Some('一')
        || place.before().chars().rev().nth(1) == Some('一');
    if is_word || (is_pattern && kind == UnitKind::Counted) {
        return None;
    }
    if kind == UnitKind::Measured && !ARTICLE_TIMES.contains(&unit) {
        return figure(place, range);
    }
    other_between(range, NoFigure::Indefinite)
}

/// Reads the number with which `text` begins, and all that belongs to it up to the unit.
fn part(text: &str) -> Option<Counted<'_>> {
    let proportion = strip_known(text, &PROPORTIONS);
    let number_text = proportion.unwrap_or(text);
    let (number, mut rest) = number(number_text)?;
    let is_proportion = proportion.is_some();
    if is_proportion {
        return Some(Counted { number, unit: None, is_proportion, rest });
    }
    rest = strip_space(rest);
    let inner = strip_known(rest, &INSIDE).map_or(rest, strip_space);
    let scale = SCALES.iter().find(|(word, _)| inner.starts_with(word));
    let scale = scale.filter(|_| !begins_with_scale(inner));
    let scaled = scale.map_or(inner, |(word, power)| {
        behind_smaller(strip_space(inner.get(word.len()..).unwrap_or_default()), *power)
    });
    let last = strip_known(scaled, &INSIDE).map_or(scaled, strip_space);
    // 余 and 多 loosen the number only in front of a unit: 3万余额.
    let with_unit = |rest| Some((rest, unit(rest, number)?));
    let found = with_unit(last)
        .or_else(|| (scaled.len() > last.len()).then(|| with_unit(scaled))?)
        .or_else(|| (rest.len() > scaled.len()).then(|| with_unit(rest))?);
    let Some((rest, unit)) = found else {
        return Some(Counted { number, unit: None, is_proportion, rest: last });
    };
    let rest = rest.get(unit.0.len()..).unwrap_or_default();
    Some(Counted { number, unit: Some(unit), is_proportion, rest })
}

/// Passes over the smaller parts of a number behind its scale: the 6千 of 38万6千.
fn behind_smaller(mut text: &str, mut scale: u32) -> &str {
    while let (digits, rest) = arabic_digits(text)
        && !digits.is_empty()
        && !begins_with_scale(rest)
    {
        let smaller = SCALES.iter().chain([&HUNDRED]).find(|(word, _)| rest.starts_with(word));
        let (word, power) = smaller.copied().unwrap_or_default();
        if power >= scale {
            break;
        }
        text = rest.get(word.len()..).unwrap_or_default();
        scale = power;
    }
    text
}

/// Takes the first of `words` with which `text` begins, whatever it means.
fn strip_known<'text, T>(text: &'text str, words: &[(&str, T)]) -> Option<&'text str> {
    words.iter().find_map(|(word, _)| text.strip_prefix(word))
}

/// Splits `text` behind its number: 1，204 and 37.7, 三十 and 三点五.
fn number(text: &str) -> Option<(&str, &str)> {
    let (digits, mut rest) = capitals(text).or_else(|| whole_number(text))?;
    let end = |rest: &str| text.split_at_checked(text.len() - rest.len());
    if !digits.starts_with(is_digit) {
        let decimals = rest.strip_prefix('点').map(|rest| split_while(rest, numeral::is_part));
        let (decimals, after) = decimals.unwrap_or_default();
        let is_fraction = decimals.starts_with(|first| numeral::digit(first).is_some());
        return end(if is_fraction && !decimals.contains('十') { after } else { rest });
    }
    let is_group = |group: &str| group.chars().count() == 3;
    let mark = rest.chars().next().map(width::fold).filter(|mark| THOUSANDS.contains(mark));
    while digits.chars().count() <= 3
        && let Some((group, after)) =
            rest.strip_prefix(|next| Some(width::fold(next)) == mark).map(arabic_digits)
        && is_group(group)
    {
        rest = after;
    }
    if let Some((decimals, after)) = rest.strip_prefix(['.', '．']).map(arabic_digits)
        && !decimals.is_empty()
    {
        rest = after;
    }
    end(rest)
}

/// Splits `text` behind its capital numeral: 叁拾万.
fn capitals(text: &str) -> Option<(&str, &str)> {
    let is_part = |character: &char| is_capital(*character) || matches!(character, '零' | '万' | '亿');
    let length = text.chars().take(LONGEST_CAPITALS).take_while(is_part).map(char::len_utf8).sum();
    text.starts_with(is_capital).then(|| text.split_at_checked(length))?
}

/// Returns the unit with which `text` begins, as far as it is one behind this kind of number.
fn unit<'text>(text: &'text str, number: &str) -> Option<(&'text str, UnitKind)> {
    let open = ["个多月", "个多小时", "个多星期"].iter().find(|word| text.starts_with(**word));
    if let Some(open) = open {
        return Some((text.get(..open.len())?, UnitKind::Measured));
    }
    let is_numeral = !number.starts_with(is_digit);
    let great = text.strip_prefix('大').and_then(|noun| GREAT.longest(noun));
    let great = great.map(|(noun, ())| ('大'.len_utf8() + noun.len(), UnitKind::Counted));
    let known = unit_of(text).filter(|(_, kind)| !(is_numeral && *kind == UnitKind::Noun));
    let known = known.map(|(word, kind)| (word.len(), kind));
    let (length, kind) = known.into_iter().chain(great).max_by_key(|(length, _)| *length)?;
    let length = length + text.get(length..).map_or(0, rate_length);
    let unit = text.get(..length)?;
    let is_letters = unit.ends_with(|last: char| last.is_ascii_alphabetic());
    let goes_on = text.get(length..)?.starts_with(|next| width::fold(next).is_ascii_alphanumeric());
    let is_very = number == "十" && unit == "分";
    // 985行动 is named so.
    let is_name = kind == UnitKind::Noun && is_name(number);
    let is_none = is_very || is_name || is_letters && goes_on;
    (!is_none).then_some((unit, kind))
}

/// Reads the upper end of a range, and gives back the range as one part.
fn range_end<'text>(place: &Cursor<'text>, lower: &Counted<'text>) -> Option<Counted<'text>> {
    let mark = strip_space(lower.rest).chars().next()?;
    if !RANGE_MARKS.contains(&width::fold(mark)) {
        return None;
    }
    let upper = part(strip_space(strip_space(lower.rest).strip_prefix(mark)?))?;
    let is_same = lower.unit.is_none() || lower.unit == upper.unit;
    let range = place.at()..place.at() + place.rest().len() - upper.rest.len();
    let is_change =
        matches!(mark, '至' | '到') && lower.unit.is_some() && place.before().ends_with(['由', '从', '自']);
    if !is_same || is_change || figure(place, range).is_none() {
        return None;
    }
    Some(upper)
}

/// Returns the length of the word or sign in front of the number that belongs to the figure.
fn word_before(place: &Cursor<'_>, part: &Counted<'_>) -> usize {
    let before = place.before();
    let space = before.len() - before.strip_suffix([' ', '　']).unwrap_or(before).len();
    let (text, _) = before.split_at(before.len() - space);
    // 突破3项技术 is a deed, 突破3亿元 a number.
    let is_measured = part.unit.is_some_and(|(_, kind)| kind == UnitKind::Measured);
    let is_loose = |word: &str| text.ends_with(word) && (word != "突破" || is_measured);
    let words = BEFORE.iter().filter(|(word, _)| is_loose(word));
    if let Some(length) = words.map(|(word, _)| word.len()).max()
        && !ends_like_approximation(text)
    {
        return length + space;
    }
    let sign = before.chars().next_back().filter(|sign| {
        let folded = width::fold(*sign);
        folded == '+' || MINUS.contains(&folded)
    });
    let Some(sign) = sign else { return 0 };
    let lead = before.get(..before.len() - sign.len_utf8()).unwrap_or_default();
    let may_be_below_zero = |unit| {
        let is_money = || matches!(measure(unit), Some(Measure::Money(_)));
        SIGNED.contains(&unit) || is_money() && ends_with_any(lead, &SIGNED_IN_FRONT)
    };
    if !part.unit.is_some_and(|(unit, _)| may_be_below_zero(unit)) {
        return 0;
    }
    let is_word = || lead.ends_with('正') || ends_with_any(before, &ENDS_WITH_NEGATIVE);
    // Behind what was found before, a dash is a dash: 3个-5%.
    let is_dash = || {
        lead.is_empty() && place.at() > before.len()
            || lead.ends_with(|last| {
                width::fold(last).is_ascii_alphanumeric() || MINUS.contains(&width::fold(last))
            })
    };
    let is_sign = if sign == '负' { !is_word() } else { !is_dash() };
    if is_sign { sign.len_utf8() } else { 0 }
}

/// Returns the length of the word behind the unit that belongs to the figure.
fn word_after(part: &Counted<'_>) -> usize {
    if strip_any(part.rest, &NOT_LOOSENED).is_some() {
        return 0;
    }
    let is_measured = part.unit.is_some_and(|(_, kind)| kind == UnitKind::Measured);
    let word = AFTER.iter().map(|(word, _)| *word).find(|word| part.rest.starts_with(word));
    let next = |word: &str| part.rest.get(word.len()..).and_then(|rest| rest.chars().next());
    let is_word = |word: &str| {
        word != "多" || is_measured && !next(word).is_some_and(|next| "部个名种方元样次家项".contains(next))
    };
    word.filter(|word| is_word(word)).map_or(0, str::len)
}

/// Reads numbers that are left open: 十几个, 数十次, 上百人, 三五个, 5、6个.
fn open_number(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let text = place.rest();
    let (number, rest) = place.number()?;
    let with_unit = |rest: &str, from: usize| {
        let rest = strip_known(rest, &SCALES).unwrap_or(rest);
        let rest = strip_known(rest, &INSIDE).unwrap_or(rest);
        let (unit, _) = unit(rest, number)?;
        let to = place.at() + text.len() - rest.len() + unit.len();
        other_between(from..to, NoFigure::Indefinite)
    };
    if let Some(rest) = rest.strip_prefix(['几', '数']) {
        return with_unit(rest, place.at());
    }
    if number.starts_with(is_digit) {
        let (next, rest) = arabic_digits(rest.strip_prefix('、')?);
        let follows = super::place::small(number)?.checked_add(1) == super::place::small(next);
        // 分别办结5、6件 and 4、5、6件 are lists.
        let before = place.slice(0..place.at());
        let is_list = before.strip_suffix('、').is_some_and(|lead| lead.ends_with(is_digit))
            || is_each(before, place.at());
        return (number.chars().count() == 1 && follows && !is_list).then(|| with_unit(rest, place.at()))?;
    }
    let is_bare = number.chars().all(|character| "百千万亿".contains(character));
    let is_round = number.starts_with(['十', '百', '千', '万', '亿']);
    let previous = place
        .free_previous()
        .filter(|previous| matches!(previous, '几' | '数') && is_round || *previous == '上' && is_bare);
    if let Some(previous) = previous {
        return with_unit(rest, place.at() - previous.len_utf8());
    }
    let is_estimate = number.chars().nth(1).is_some()
        && !is_bare
        && number.starts_with(|first| numeral::digit(first).is_some() || first == '两')
        && Quantity::parse(&format!("{number}件")).is_err();
    is_estimate.then(|| with_unit(rest, place.at()))?
}

/// Reads what is said in more than one number: 3个半月 and 3小时20分钟, which mean one, and 三分之二, 3/4, 1:3, 零下5℃, 翻一番.
///
/// `first` is the number with which it begins.
fn composite(place: &Cursor<'_>, first: Option<&Counted<'_>>) -> Option<WrittenNumber> {
    let text = place.rest();
    let found = |rest: &str| compound(place, rest);
    if let Some(rest) = below_zero(text).or_else(|| joined(first?)) {
        return found(rest);
    }
    let (number, rest) = place.number()?;
    let is_proportion = ["百", "千", "万"].contains(&number);
    if let Some((_, rest)) = rest.strip_prefix("分之").filter(|_| !is_proportion).and_then(whole_number) {
        return found(rest);
    }
    if !number.starts_with(is_digit) {
        return doubled(place, number, rest).or_else(|| found(half(rest)?));
    }
    if let Some((second, rest)) = rest.strip_prefix(['/', ':', '：', '∶', '比', '×']).map(arabic_digits)
        && !second.is_empty()
        && !rest.starts_with(['/', '-'])
    {
        let decimals = rest.strip_prefix('.').map(arabic_digits).filter(|(digits, _)| !digits.is_empty());
        return found(decimals.map_or(rest, |(_, rest)| rest));
    }
    if let Some(rest) = spaced(place, number, rest).or_else(|| half(rest)) {
        return found(rest);
    }
    let scaled = rest.strip_prefix(['亿', '万', '千', '百']).filter(|_| !begins_with_scale(rest))?;
    let (second, after) = arabic_digits(scaled);
    let printed = first.and_then(|first| text.get(..text.len() - first.rest.len()));
    if printed.is_some_and(|printed| Quantity::parse(printed).is_ok()) {
        return None;
    }
    if second.is_empty() && !rest.starts_with('百') || rest.starts_with("百万") || rest.starts_with("百亿")
    {
        return None;
    }
    let after = after.strip_prefix(['万', '千', '百']).unwrap_or(after);
    let length = unit(after, number).map_or(0, |(unit, _)| unit.len());
    found(after.get(length..).unwrap_or_default())
}

/// Returns what stands in front of `rest`: a figure where it means one number (9分40秒, 八成三), else a composite.
fn compound(place: &Cursor<'_>, rest: &str) -> Option<WrittenNumber> {
    let to = place.at() + place.rest().len() - rest.len();
    let measured = Counted { number: "", unit: Some(("", UnitKind::Measured)), is_proportion: false, rest };
    let is_term = terms::reason(place.before(), "", "").is_some();
    let found = if is_term { None } else { loosened(place, &measured, to) };
    found.or_else(|| other_between(place.at()..to, NoFigure::Composite))
}

/// Reads 零下5℃.
fn below_zero(text: &str) -> Option<&str> {
    let part = part(strip_space(text.strip_prefix("零下")?))?;
    part.unit.filter(|(unit, _)| ["度", "℃", "摄氏度", "°"].contains(unit)).map(|_| part.rest)
}

/// Reads two numbers whose units are a larger and a smaller one of one kind: 1年零2个月, 9分40秒, 3元5角.
fn joined<'text>(large: &Counted<'text>) -> Option<&'text str> {
    let (smaller, units): (_, &[&str]) = match large.unit?.0 {
        "年" => (large.rest.strip_prefix('零').unwrap_or(large.rest), &["个月", "天"]),
        "个月" => (large.rest.strip_prefix('零')?, &["天", "日"]),
        "小时" | "个小时" => (large.rest, &["分钟", "分"]),
        "分" | "分钟" => (large.rest, &["秒"]),
        "元" => (large.rest, &["角", "分"]),
        _ => return None,
    };
    strip_any(number(smaller)?.1, units).filter(|rest| !rest.starts_with('钟'))
}

/// Reads 翻一番 and 一半.
fn doubled(place: &Cursor<'_>, number: &str, rest: &str) -> Option<WrittenNumber> {
    let Some(rest) = rest.strip_prefix('番') else {
        let is_half = number == "一" && rest.starts_with('半');
        return is_half.then(|| place.other("一半".len(), NoFigure::Composite))?;
    };
    let lead = ["翻了", "翻"].iter().find_map(|word| place.before().strip_suffix(word))?;
    let to = place.at() + place.rest().len() - rest.len();
    other_between(place.at() - (place.before().len() - lead.len())..to, NoFigure::Composite)
}

/// Reads a number in whose thousands stand spaces: 1 128件. It may as well be two numbers, so it is no figure.
fn spaced<'text>(place: &Cursor<'_>, number: &str, mut rest: &'text str) -> Option<&'text str> {
    if number.chars().nth(3).is_some() {
        return None;
    }
    let mut last = None;
    while let Some(group) = rest.strip_prefix([' ', '　', '\u{a0}', '\u{2009}', '\u{202f}'])
        && let (digits, after) = arabic_digits(group)
        && digits.chars().count() == 3
    {
        last = Some(group);
        rest = after;
    }
    // With the last group come the decimal places, the scale and the unit.
    let end = part(last.filter(|_| !is_name(number) && !is_behind_name(place.before()))?)?;
    Some(if end.unit.is_some() { end.rest } else { rest })
}

/// Reads the 个半月 of 3个半月 and the 年半 of 两年半.
fn half(text: &str) -> Option<&str> {
    let rest = strip_any(text, &["个半", "年半", "天半", "倍半", "小时半"])?;
    Some(strip_any(rest, &["月", "小时", "星期"]).unwrap_or(rest))
}
