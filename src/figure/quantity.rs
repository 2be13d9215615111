//! One figure as printed: text → exact value, unit, precision and approximation, and the same text back.
//!
//! Start with [`Quantity::parse`], which walks through a figure from left to right:
//! 近 · 20 · 余 · 万 · 余 · 元 · 左右 (only the number and the unit must be there). The text is kept whole, so printing
//! loses nothing. A range (3～5万元) is one figure with two ends. Lists and the search for figures in prose are not done
//! here.

use std::fmt;

use super::approximation::{AFTER, Approximation, BEFORE, combine, strip_last_word, strip_word};
use super::end::{End, split_range};
use super::number::{plain, without_number};
use super::{Decimal, QuantityError, compound, units};
use crate::text::{numeral, width};

/// The most characters of a unit, or of one unit of a rate (元/户).
const LONGEST_UNIT: usize = 6;

/// The most units of a rate: 元/人·月.
const MOST_UNITS: usize = 3;

/// Numerals in traditional script, which are read nowhere and so are no beginning of a unit either.
const TRADITIONAL: &str = "萬億兩貳叄參陸";

/// The signs between the units of a rate: 元/人·月.
const RATE_MARKS: [char; 2] = ['/', '·'];

/// What is counted or measured: a measure word with or without its noun (件, 篇推文), a sign (%), or a rate (元/户).
///
/// A scale is no part of it: the unit of 102.28万元 is 元. Full-width letters and signs are folded. It is empty for an index or
/// a score (103.2), and `:1` for a ratio (3:1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(String);

impl Unit {
    /// Returns the unit as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Tells whether it is one of the units that gongkai knows, or a rate of them, and not only a word that may be one.
    pub fn is_known(&self) -> bool {
        self.0.split(RATE_MARKS).all(|part| units::measure(part).is_some() || units::is_unit(part))
    }

    /// Tells whether it is an everyday word that counts only behind digits: 14镇街.
    pub(crate) fn is_noun(&self) -> bool {
        units::is_noun(&self.0)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One figure exactly as printed, for example 102.28万元 or 9.7万余人.
///
/// Two quantities are equal only if they are printed alike; compare [`Quantity::value`] and [`Quantity::unit`] for
/// what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    printed: String,
    value: Decimal,
    upper: Option<Decimal>,
    unit: Unit,
    printed_decimals: u32,
    scale: u32,
    approximation: Option<Approximation>,
}

impl Quantity {
    /// Reads the whole of `printed` as one figure.
    pub fn parse(printed: &str) -> Result<Self, QuantityError> {
        let folded: String = printed.chars().map(width::fold).collect();
        let (before, rest) = strip_word(folded.trim(), &BEFORE);
        let (mut lower, rest) = End::read(rest, before.is_some()).ok_or_else(|| without_number(&folded))?;
        let (lower_unit, upper, rest) = match split_range(rest) {
            Some((unit, upper, rest)) => (unit, Some(upper), rest),
            None => ("", None, rest),
        };
        let (after, rest) = strip_last_word(rest, &AFTER);
        let is_bare = lower.words == [None; 2] && lower.scale.is_none() && upper.is_none();
        let compound = if is_bare { compound::read(&lower.number, rest) } else { None };
        let (inside_unit, unit) = match lower.proportion {
            None if let Some((number, unit)) = compound => {
                lower.number = number;
                (None, Unit(unit.to_owned()))
            }
            None => read_unit(rest)?,
            Some(sign) if rest.is_empty() => (None, Unit(sign.to_owned())),
            Some(_) => return Err(QuantityError::NotOneFigure),
        };

        let mut words = [before, lower.words[0], lower.words[1], inside_unit, after, None, None];
        if let Some(upper) = &upper {
            if !(lower_unit.is_empty() || lower_unit == unit.as_str()) || is_other(upper, &lower) {
                return Err(QuantityError::NotOneFigure);
            }
            // 3～5万元 runs from 30000, 5000元～1万元 from 5000.
            if lower_unit.is_empty() {
                lower.scale = lower.scale.or(upper.scale);
            }
            words[5..].copy_from_slice(&upper.words);
        }
        let last = upper.as_ref().unwrap_or(&lower);
        let (value, upper_value) = (lower.value()?, upper.as_ref().map(End::value).transpose()?);
        if upper_value.is_some_and(|upper| upper <= value) {
            return Err(QuantityError::NotOneFigure);
        }
        Ok(Self {
            printed: printed.to_owned(),
            value,
            upper: upper_value,
            unit,
            printed_decimals: last.number.decimals()?,
            scale: last.scale.unwrap_or(0),
            approximation: combine(&words),
        })
    }

    /// Reads a number that has no unit by its nature, an index or a score (103.2), or a ratio (3:1), whose unit is all that
    /// stands behind its first number (`:1`).
    pub fn without_unit(printed: &str) -> Option<Self> {
        let folded: String = printed.chars().map(width::fold).collect();
        let counted = |number: &str| {
            Self::parse(&format!("{number}个"))
                .ok()
                .filter(|one| one.unit.as_str() == "个" && number.ends_with(is_number))
        };
        let (number, unit) = match folded.split_once(':') {
            None => (folded.as_str(), String::new()),
            Some((first, second)) => {
                let whole: Decimal = second.trim().parse().ok()?;
                (first, (whole > Decimal::new(0, 0)?).then(|| format!(":{whole}"))?)
            }
        };
        Some(Self { printed: printed.to_owned(), unit: Unit(unit), ..counted(number.trim())? })
    }

    /// Returns the figure exactly as it is printed.
    pub fn printed(&self) -> &str {
        &self.printed
    }

    /// Returns the exact value with the scale applied: 1022800 for 102.28万元, 30 for 百分之三十.
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// Returns the upper end of a range, with the scale applied: 20 for 15%～20%, whose value is 15.
    pub fn upper(&self) -> Option<Decimal> {
        self.upper
    }

    /// Returns the unit without the scale: 元 for 102.28万元, `%` for 百分之三十.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// Returns the number of printed decimal places, trailing zeros included: 2 for 102.28万元.
    pub fn printed_decimals(&self) -> u32 {
        self.printed_decimals
    }

    /// Returns the power of ten of the printed scale: 4 for 102.28万元, 0 without a scale.
    ///
    /// The last printed place is thus worth ten to the power of this minus [`Quantity::printed_decimals`].
    pub fn scale(&self) -> u32 {
        self.scale
    }

    /// Returns how the words around the number loosen it; nothing if the figure claims to be exact.
    pub fn approximation(&self) -> Option<Approximation> {
        self.approximation
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed)
    }
}

/// Tells whether a number may end with `character`, its scale included.
fn is_number(character: char) -> bool {
    character.is_ascii_digit() || numeral::is_part(character)
}

/// Tells whether a proportion stands on one side only: 15至百分之二十.
fn is_other(upper: &End, lower: &End) -> bool {
    upper.proportion.is_some() && upper.proportion != lower.proportion
}

/// Reads the unit, and the 多 that speech puts inside one: 2个多月 is more than 2 个月.
fn read_unit(text: &str) -> Result<(Option<Approximation>, Unit), QuantityError> {
    if text.is_empty() {
        return Err(QuantityError::NoUnit);
    }
    if let Some(time) = text.strip_prefix("个多")
        && ["月", "小时", "星期"].contains(&time)
    {
        return Ok((Some(Approximation::AndMore), Unit(format!("个{time}"))));
    }
    let mut parts = text.split(RATE_MARKS);
    let is_rate = parts.by_ref().take(MOST_UNITS).all(|part| units::is_unit(part) || is_free_unit(part));
    // 万元 is a unit only behind a slash; here it would be a second scale.
    if text.starts_with(['几', '数', '万', '亿']) || !is_rate || parts.next().is_some() {
        return Err(QuantityError::NotOneFigure);
    }
    Ok((None, Unit(text.to_owned())))
}

/// Tells whether `text` may be a unit that is on no list.
///
/// A numeral inside it is a second figure (三人五件), 半 changes the number (3个半月), and so does what the eye takes for
/// its end: the ² of 10²件, the O of 1O件, the 萬 of 5萬元.
fn is_free_unit(text: &str) -> bool {
    let mut last = None;
    let mut is_unit_character = |character: char| {
        let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, 'μ' | 'µ');
        let may_stand = width::is_han(character)
            || is_letter(character)
            || matches!(character, '²' | '³') && last.is_some_and(is_letter)
            || is_sign(character) && !last.is_some_and(is_sign);
        last = Some(character);
        may_stand
    };
    !text.is_empty()
        && text.chars().nth(LONGEST_UNIT).is_none()
        && text.chars().all(&mut is_unit_character)
        && !text.contains(|c| numeral::is_part(c) || plain(c).is_some() || TRADITIONAL.contains(c))
        && !text.starts_with(['O', 'o', 'I', 'l'])
        && !text.contains('半')
}

fn is_sign(character: char) -> bool {
    matches!(character, '%' | '‰' | '‱' | '°' | '℃' | '㎡' | '㎞' | '㎏')
}

#[cfg(test)]
mod tests {
    use super::QuantityError::{Empty, NoNumber, NoUnit, NotOneFigure, TooLarge};
    use super::*;
    use crate::figure::approximation::tests::check_order;
    use crate::figure::end::SCALES;
    use Approximation::{About, Above, AtLeast, AtMost, Below};
    use proptest::prelude::*;

    /// Checks value and unit, that nothing loosens the figure, and that it prints as it was written.
    #[track_caller]
    fn check(printed: &str, value: &str, unit: &str) {
        check_loose(printed, None, value, unit);
    }

    #[track_caller]
    fn check_loose(printed: &str, approximation: impl Into<Option<Approximation>>, value: &str, unit: &str) {
        let quantity = Quantity::parse(printed).unwrap_or_else(|error| panic!("{printed}: {error:?}"));
        assert_eq!(quantity.value().to_string(), value, "value of {printed}");
        assert_eq!(quantity.unit().as_str(), unit, "unit of {printed}");
        let ids = [quantity.approximation(), approximation.into()].map(|one| one.map(Approximation::id));
        assert_eq!(ids[0], ids[1], "approximation of {printed}");
        assert_eq!(quantity.to_string(), printed);
    }

    #[track_caller]
    fn check_precision(printed: &str, decimals: u32, scale: u32) {
        let quantity = Quantity::parse(printed).unwrap();
        assert_eq!((quantity.printed_decimals(), quantity.scale()), (decimals, scale), "{printed}");
    }

    #[track_caller]
    fn check_error(printed: &str, expected: QuantityError) {
        assert_eq!(Quantity::parse(printed), Err(expected), "{printed}");
    }

    #[test]
    fn counts_are_read() {
        check("10件", "10", "件");
        check("0人", "0", "人");
        check("18家次", "18", "家次");
        check("86场次", "86", "场次");
        check("24小时", "24", "小时");
        check("1204处", "1204", "处");
        check("20期", "20", "期");
        check("14期", "14", "期");
        check("11人次", "11", "人次");
        check("2个月", "2", "个月");
        check("15分钟", "15", "分钟");
        check("3轮次", "3", "轮次");
        check("27篇推文", "27", "篇推文");
        check("10件信访与举报", "10", "件信访与举报");
        check("4.5倍", "4.5", "倍");
        check("2025年", "2025", "年");
    }

    #[test]
    fn rates_are_read() {
        check("35微克/立方米", "35", "微克/立方米");
        check("35μg/m³", "35", "μg/m³");
        check("1.5万元/户", "15000", "元/户");
        check("300元／人·月", "300", "元/人·月");
        check("5元/千克", "5", "元/千克");
        check("5元/百公里", "5", "元/百公里");
        check("2次/半年", "2", "次/半年");
        check("60km/h", "60", "km/h");
        check_loose("2次/周以上", AtLeast, "2", "次/周");
        check_range("3～5元/斤", "3", "5", "元/斤");
        for printed in ["5/户", "5元/", "5元//户", "5元/2户", "5元/三户", "5元/人/人/人/人", "5元/2"]
        {
            check_error(printed, NotOneFigure);
        }
    }

    #[test]
    fn widths_separators_and_spaces_are_read() {
        check("８个", "8", "个");
        check("１０．５％", "10.5", "%");
        check("1,204件", "1204", "件");
        check("1，204件", "1204", "件");
        check("10 件", "10", "件");
        check("10　件", "10", "件");
        check(" 10件 ", "10", "件");
        check("1.2 万 元", "12000", "元");
        check_loose("约 10 件 左右", About, "10", "件");
    }

    #[test]
    fn scales_are_applied() {
        check("102.28万元", "1022800", "元");
        check("0.86亿元", "86000000", "元");
        check("5000元", "5000", "元");
        check("3千元", "3000", "元");
        check("1.2万人次", "12000", "人次");
        check("5百万元", "5000000", "元");
        check("3千万元", "30000000", "元");
        check("1.5万亿元", "1500000000000", "元");
        check("12.5千瓦时", "12.5", "千瓦时");
        check("7.132万元", "71320", "元");
        check("3万千瓦时", "30000", "千瓦时");
        check("9分40秒", "580", "秒");
        check("2小时15分", "135", "分钟");
        check("6年零3个月", "75", "个月");
        check("3年6个月", "42", "个月");
        check("3个半月", "3.5", "个月");
        check("两年半", "2.5", "年");
        check("2天半", "2.5", "天");
        check("八成三", "8.3", "成");
        check_loose("约5小时30分钟", About, "330", "分钟");
        check("38万6千元", "386000", "元");
        check("1亿2450万元", "124500000", "元");
        check("２亿３千万元", "230000000", "元");
        check("3千5百册", "3500", "册");
        check("1万2345元", "12345", "元");
        check("2亿3千万5千元", "230005000", "元");
        check_loose("2万3千余元", Approximation::AndMore, "23000", "元");
    }

    #[test]
    fn indices_and_ratios_have_no_unit() {
        for (printed, value, unit) in
            [("103.2", "103.2", ""), ("1.2万", "12000", ""), ("3:1", "3", ":1"), ("1：1.5", "1", ":1.5")]
        {
            let quantity = Quantity::without_unit(printed).unwrap();
            assert_eq!((quantity.value().to_string().as_str(), quantity.unit().as_str()), (value, unit));
            assert_eq!(quantity.to_string(), printed);
        }
        for printed in ["", "元", "10件", "3:", ":1", "3:0", "3:1:2", "3:一", "3件:1", "103.2.1", "8.个"]
        {
            assert_eq!(Quantity::without_unit(printed), None, "{printed}");
        }
    }

    #[test]
    fn units_are_whole() {
        check("3千克", "3", "千克");
        check("3.5千米", "3.5", "千米");
        check("3平方千米", "3", "平方千米");
        check("3千瓦特", "3", "千瓦特");
        check("3日元", "3", "日元");
        check("2万千伏", "20000", "千伏");
        check("3千斤", "3000", "斤");
        check("3千元", "3000", "元");
    }

    #[test]
    fn proportions_are_read() {
        check("37.7%", "37.7", "%");
        check("100%", "100", "%");
        check("37.7％", "37.7", "%");
        check("-3.5%", "-3.5", "%");
        check("－3.5%", "-3.5", "%");
        check("+3.5%", "3.5", "%");
        check("3个百分点", "3", "个百分点");
        check("1.5‰", "1.5", "‰");
        check("百分之三十", "30", "%");
        check("百分之三十七点七", "37.7", "%");
        check("百分之30", "30", "%");
        check("百分之百", "100", "%");
        check("千分之五", "5", "‰");
        check("万分之一", "1", "‱");
        check_loose("近百分之三十", Below, "30", "%");
        check_loose("百分之三十以上", AtLeast, "30", "%");
    }

    #[test]
    fn chinese_numerals_are_read() {
        check("三项", "3", "项");
        check("二十一名", "21", "名");
        check("四个", "4", "个");
        check("两次", "2", "次");
        check("一百零五件", "105", "件");
        check("三十万元", "300000", "元");
        check("一万二千人", "12000", "人");
        check("三万亿元", "3000000000000", "元");
        check("一亿二千万元", "120000000", "元");
        check("三点五倍", "3.5", "倍");
        check("三点五万元", "35000", "元");
        check("三个百分点", "3", "个百分点");
    }

    #[test]
    fn approximations_are_read() {
        check_loose("9.7万余人", AtLeast, "97000", "人");
        check_loose("80余场次", AtLeast, "80", "场次");
        check_loose("800余人次", AtLeast, "800", "人次");
        check_loose("30余万元", AtLeast, "300000", "元");
        check_loose("十余次", AtLeast, "10", "次");
        check_loose("三十余万元", AtLeast, "300000", "元");
        check_loose("百余场次", AtLeast, "100", "场次");
        check_loose("万余人", AtLeast, "10000", "人");
        check_loose("30多个", AtLeast, "30", "个");
        check_loose("两年多", AtLeast, "2", "年");
        check_loose("2个多月", AtLeast, "2", "个月");
        check_loose("20场以上", AtLeast, "20", "场");
        check_loose("近20万元", Below, "200000", "元");
        check_loose("不足10人", Below, "10", "人");
        check_loose("约3.5万元", About, "35000", "元");
        check_loose("100人左右", About, "100", "人");
        check_loose("十来个", About, "10", "个");
        check_loose("超5000人", Above, "5000", "人");
        check_loose("超过5000人", Above, "5000", "人");
        check_loose("逾百分之三十", Above, "30", "%");
        check_loose("不超过5%", AtMost, "5", "%");
        check_loose("20人以下", AtMost, "20", "人");
    }

    #[test]
    fn words_that_disagree_leave_both_sides_open() {
        check_loose("近100人左右", About, "100", "人");
        check_loose("约30余人", About, "30", "人");
        check_loose("至少30余人", AtLeast, "30", "人");
    }

    #[track_caller]
    fn check_range(printed: &str, lower: &str, upper: &str, unit: &str) {
        let quantity = Quantity::parse(printed).unwrap_or_else(|error| panic!("{printed}: {error:?}"));
        assert_eq!(quantity.value().to_string(), lower, "lower end of {printed}");
        assert_eq!(quantity.upper().map(|upper| upper.to_string()).as_deref(), Some(upper), "{printed}");
        assert_eq!(quantity.unit().as_str(), unit, "unit of {printed}");
        assert_eq!(quantity.to_string(), printed);
    }

    #[test]
    fn ranges_are_read() {
        check_range("15%～20%", "15", "20", "%");
        check_range("15～20%", "15", "20", "%");
        check_range("３—５个", "3", "5", "个");
        check_range("三至五个", "3", "5", "个");
        check_range("3～5万元", "30000", "50000", "元");
        check_range("3万至5万元", "30000", "50000", "元");
        check_range("5000元～1万元", "5000", "10000", "元");
        check_range("百分之十五至百分之二十", "15", "20", "%");
        check_range("百分之十五至二十", "15", "20", "%");
        assert_eq!(Quantity::parse("约3-5个").unwrap().approximation(), Some(About));
    }

    #[test]
    fn bare_hundreds_are_read_behind_a_word() {
        check_loose("近百人", Below, "100", "人");
        check_loose("超千万元", Above, "10000000", "元");
        check_error("百人", NoNumber);
    }

    #[test]
    fn precision_is_as_printed() {
        check_precision("1亿2450万元", 0, 4);
        check_precision("102.28万元", 2, 4);
        check_precision("9.70万余人", 2, 4);
        check_precision("100%", 0, 0);
        check_precision("100.0%", 1, 0);
        check_precision("三十万元", 0, 4);
        check_precision("三点五倍", 1, 0);
        check_precision("1.5万亿元", 1, 12);
    }

    #[test]
    fn missing_parts_are_named() {
        check_error("", Empty);
        check_error("　 ", Empty);
        check_error("元", NoNumber);
        check_error("万元", NoNumber);
        check_error("约", NoNumber);
        check_error("若干件", NoNumber);
        check_error("%", NoNumber);
        check_error("10", NoUnit);
        check_error("3万", NoUnit);
        check_error("三十", NoUnit);
        check_error("约10", NoUnit);
        check_error("10余", NoUnit);
        check_error("10以上", NoUnit);
        check_error("15～20", NoUnit);
        check_error("-3.5", NoUnit);
    }

    #[test]
    fn other_texts_are_not_one_figure() {
        check_error("第3", NotOneFigure);
        check_error("第十", NotOneFigure);
        check_error("20%～15%", NotOneFigure);
        check_error("15%～20人", NotOneFigure);
        check_error("1-2-3个", NotOneFigure);
        check_error("15至百分之二十", NoUnit);
        check_error("5、6个", NotOneFigure);
        check_error("三五个", NotOneFigure);
        check_error("十几个", NotOneFigure);
        check_error("3.5个半月", NotOneFigure);
        check_error("9分70秒", NotOneFigure);
        check_error("9分40米", NotOneFigure);
        check_error("三成十", NotOneFigure);
        check_error("三人五件", NotOneFigure);
        check_error("三分之二", NotOneFigure);
        check_error("三点五十分", NotOneFigure);
        check_error("百分之三十人", NotOneFigure);
        check_error("2025年8月28日", NotOneFigure);
        check_error("共27篇", NotOneFigure);
        check_error("10件。", NotOneFigure);
        check_error("1,2件", NotOneFigure);
        check_error("1234,567件", NotOneFigure);
        check_error("1.2.3件", NotOneFigure);
        check_error("5.%", NotOneFigure);
        check_error(".5%", NotOneFigure);
        check_error("1 204件", NotOneFigure);
        check_error("3万5元", NotOneFigure);
        check_error("1.5万2千元", NotOneFigure);
        check_error("3千5千元", NotOneFigure);
        check_error("三万万元", NotOneFigure);
        check_error("一亿零二千万元", NotOneFigure);
        check_error("10件信访和举报件", NotOneFigure);
    }

    #[test]
    fn what_cannot_be_held_exactly_is_too_large() {
        check_error(&format!("{}件", "9".repeat(39)), TooLarge);
        check_error(&format!("{}亿元", "9".repeat(38)), TooLarge);
        check_error(&format!("0.{}1%", "0".repeat(38)), TooLarge);
        check_error(&format!("{}件", "9".repeat(100_000)), TooLarge);
    }

    #[test]
    fn no_scale_hides_a_longer_one() {
        check_order(&SCALES);
    }

    proptest! {
        #[test]
        fn figures_print_as_written(
            printed in "(约|近|超)?([0-9]{1,6}(\\.[0-9]{1,3})?余?(千|千万|亿)?|[二三]十[一七]?余?(万|亿)?)多?(元|人次|%|篇推文)(左右|以上)?"
        ) {
            let quantity = Quantity::parse(&printed);
            prop_assert!(quantity.is_ok(), "{:?}", quantity);
            prop_assert_eq!(quantity.unwrap().to_string(), printed);
        }

        #[test]
        fn value_is_number_times_scale(number in 0_u64..1_000_000, decimals in 0_u32..7, (name, power) in proptest::sample::select(SCALES.to_vec())) {
            let number = Decimal::new(number.into(), decimals).unwrap();
            let quantity = Quantity::parse(&format!("{number}{name}元")).unwrap();
            prop_assert_eq!(Some(quantity.value()), number.checked_scale(i32::try_from(power).unwrap()));
        }

        #[test]
        fn any_text_is_survived(text: String, near in "[近约超]{0,2}[-0-9.,，一三十百千万亿点百分之]{0,9}[余多来半几]?[万元人%个 ]{0,3}[多左右以上]{0,2}") {
            for text in [text, near] {
                if let Ok(quantity) = Quantity::parse(&text) {
                    prop_assert_eq!(quantity.to_string(), text);
                }
            }
        }
    }
}
