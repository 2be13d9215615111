//! What kind of thing a unit measures, as far as adding and comparing asks for it.
//!
//! Start with [`Dimension::of`], which asks the tables of `figure/units.rs`. A unit that measures nothing counts things: 人, 名,
//! 件 and 处 may be added, because a notice counts one set of things with several measure words. Nothing is converted: 小时
//! and 分钟 are two dimensions; 千克 and 公斤 are two names of one.

use std::fmt;

use crate::figure::units::{self, Measure};
use crate::figure::{Decimal, Unit};

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// A part or a multiple of something: %, 成, 倍.
    Proportion,
    /// Money in one currency.
    Money(&'static str),
    /// Time, length, area, weight and other things that are measured, each unit on its own.
    Measure(&'static str),
    /// Things that are counted.
    Count,
    /// Nothing: an index, a score.
    Number,
    /// How much comes to so much of something else: 3:1.
    Ratio(Decimal),
}

impl Dimension {
    /// Returns what `unit` measures.
    pub fn of(unit: &Unit) -> Self {
        if unit.as_str().is_empty() {
            return Self::Number;
        }
        if let Some(whole) = unit.as_str().strip_prefix(':').and_then(|whole| whole.parse().ok()) {
            return Self::Ratio(whole);
        }
        match units::measure(unit.as_str()) {
            Some(Measure::Proportion(_)) => Self::Proportion,
            Some(Measure::Money(currency)) => Self::Money(currency),
            Some(Measure::Of(measure)) => Self::Measure(measure),
            None => Self::Count,
        }
    }

    /// Returns the words for it in Chinese.
    pub(super) fn chinese(self) -> String {
        match self {
            Self::Proportion => "比例".to_owned(),
            Self::Money(currency) => format!("金额（{currency}）"),
            Self::Measure(measure) => format!("计量数（{measure}）"),
            Self::Count => "数量".to_owned(),
            Self::Number => "无单位的数".to_owned(),
            Self::Ratio(whole) => format!("比（:{whole}）"),
        }
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proportion => f.write_str("a proportion"),
            Self::Money(currency) => write!(f, "money in {currency}"),
            Self::Measure(measure) => write!(f, "a measure in {measure}"),
            Self::Count => f.write_str("a count"),
            Self::Number => f.write_str("a number without a unit"),
            Self::Ratio(whole) => write!(f, "a ratio to {whole}"),
        }
    }
}

/// Returns the power of ten that the sign of a proportion stands for; nothing for another unit.
pub(super) fn power_of_proportion(unit: &Unit) -> Option<i32> {
    match units::measure(unit.as_str()) {
        Some(Measure::Proportion(power)) => Some(power),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Quantity;

    #[track_caller]
    fn check(printed: &str, expected: Dimension) {
        assert_eq!(Dimension::of(Quantity::parse(printed).unwrap().unit()), expected, "{printed}");
    }

    #[test]
    fn proportions_are_known() {
        for printed in ["37.7%", "1.5‰", "万分之一", "3个百分点", "三成", "4.5倍", "百分之三十"]
        {
            check(printed, Dimension::Proportion);
        }
    }

    #[test]
    fn currencies_differ() {
        check("102.28万元", Dimension::Money("元"));
        check("3元人民币", Dimension::Money("元"));
        check("3万美元", Dimension::Money("美元"));
        check("3万日元", Dimension::Money("日元"));
    }

    #[test]
    fn numbers_without_a_unit_are_like_no_others() {
        let of = |printed| Dimension::of(Quantity::without_unit(printed).unwrap().unit());
        assert_eq!((of("103.2"), of("95")), (Dimension::Number, Dimension::Number));
        assert_eq!(of("3:1"), of("2：1"));
        assert_ne!(of("3:1"), of("3:2"));
        assert_ne!(of("3:1"), Dimension::Number);
    }

    #[test]
    fn measures_differ() {
        check("24小时", Dimension::Measure("小时"));
        check("15分钟", Dimension::Measure("分钟"));
        check("3日", Dimension::Measure("天"));
        check("2个月", Dimension::Measure("月"));
        check("3亩林地", Dimension::Measure("亩"));
        check("3个工作日", Dimension::Measure("工作日"));
        check("5顷", Dimension::Measure("顷"));
        check("7cm", Dimension::Measure("厘米"));
    }

    #[test]
    fn the_longest_unit_is_meant() {
        check("18周岁", Dimension::Measure("岁"));
        check("18岁", Dimension::Measure("岁"));
        check("2周", Dimension::Measure("周"));
        check("3平方千米", Dimension::Measure("平方公里"));
        check("3平方米", Dimension::Measure("平方米"));
        check("3个单元", Dimension::Count);
    }

    #[test]
    fn one_unit_may_have_two_names() {
        for (one, other) in [
            ("3千克", "3公斤"),
            ("3千米", "3km"),
            ("12.5千瓦时", "3度电"),
            ("3m²", "3平米"),
            ("3自然日", "3天"),
        ] {
            let of = |printed| Dimension::of(Quantity::parse(printed).unwrap().unit());
            assert_eq!(of(one), of(other), "{one} and {other}");
        }
    }

    #[test]
    fn everything_else_is_counted() {
        for printed in ["10件", "6人", "二十一名", "800余人次", "4个", "1204处", "3个单元", "27篇推文"]
        {
            check(printed, Dimension::Count);
        }
    }
}
