//! What kind of thing a unit measures, as far as adding and comparing asks for it.
//!
//! Start with [`Dimension::of`]. A unit that stands in no table below counts things: 人, 名, 件 and 处 may be added, because
//! a notice counts one set of things with several measure words. Nothing is converted: 小时 and 分钟 are two dimensions.

use std::fmt;

use crate::figure::Unit;

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
}

/// Units of proportions and their powers of ten: one % is ten to the power of minus two.
const PROPORTIONS: [(&str, i32); 7] =
    [("%", -2), ("‰", -3), ("‱", -4), ("个百分点", -2), ("百分点", -2), ("成", -1), ("倍", 0)];

/// Beginnings of the units of money, and the name of the currency.
const CURRENCIES: [(&str, &str); 13] = [
    ("元", "元"),
    ("块钱", "元"),
    ("人民币", "元"),
    ("美元", "美元"),
    ("欧元", "欧元"),
    ("港元", "港元"),
    ("港币", "港元"),
    ("日元", "日元"),
    ("英镑", "英镑"),
    ("韩元", "韩元"),
    ("澳元", "澳元"),
    ("加元", "加元"),
    ("新台币", "新台币"),
];

/// Beginnings of the units of what is measured, and the name of the measure. Money is looked up before: 日元 begins with 日.
const MEASURES: [(&str, &str); 52] = [
    ("年", "年"),
    ("个月", "月"),
    ("月", "月"),
    ("个星期", "周"),
    ("周", "周"),
    ("天", "天"),
    ("日", "天"),
    ("个小时", "小时"),
    ("小时", "小时"),
    ("分钟", "分钟"),
    ("秒", "秒"),
    ("公里", "公里"),
    ("平方公里", "平方公里"),
    ("平方米", "平方米"),
    ("㎡", "平方米"),
    ("立方米", "立方米"),
    ("米", "米"),
    ("海里", "海里"),
    ("公顷", "公顷"),
    ("亩", "亩"),
    ("吨", "吨"),
    ("公斤", "公斤"),
    ("克", "克"),
    ("升", "升"),
    ("瓦时", "瓦时"),
    ("千瓦时", "千瓦时"),
    ("千瓦", "千瓦"),
    ("兆瓦", "兆瓦"),
    ("瓦", "瓦"),
    ("千米", "公里"),
    ("厘米", "厘米"),
    ("毫米", "毫米"),
    ("微米", "微米"),
    ("平米", "平方米"),
    ("平方", "平方米"),
    ("立方", "立方米"),
    ("千克", "公斤"),
    ("毫克", "毫克"),
    ("微克", "微克"),
    ("斤", "斤"),
    ("毫升", "毫升"),
    ("个季度", "季度"),
    ("学时", "学时"),
    ("课时", "课时"),
    ("工时", "工时"),
    ("岁", "岁"),
    ("周岁", "岁"),
    ("分贝", "分贝"),
    ("℃", "℃"),
    ("摄氏度", "℃"),
    ("kg", "公斤"),
    ("km", "公里"),
];

impl Dimension {
    /// Returns what `unit` measures.
    pub fn of(unit: &Unit) -> Self {
        let name = |table: &[(&str, &'static str)]| {
            table.iter().find(|(start, _)| unit.as_str().starts_with(start)).map(|&(_, name)| name)
        };
        if power_of_proportion(unit).is_some() {
            Self::Proportion
        } else if let Some(currency) = name(&CURRENCIES) {
            Self::Money(currency)
        } else {
            name(&MEASURES).map_or(Self::Count, Self::Measure)
        }
    }

    /// Returns the words for it in Chinese.
    pub(super) fn chinese(self) -> String {
        match self {
            Self::Proportion => "比例".to_owned(),
            Self::Money(currency) => format!("金额（{currency}）"),
            Self::Measure(measure) => format!("计量数（{measure}）"),
            Self::Count => "数量".to_owned(),
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
        }
    }
}

/// Returns the power of ten that the sign of a proportion stands for; nothing for another unit.
pub(super) fn power_of_proportion(unit: &Unit) -> Option<i32> {
    PROPORTIONS.iter().find(|(start, _)| unit.as_str().starts_with(start)).map(|&(_, power)| power)
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
    fn measures_differ() {
        check("24小时", Dimension::Measure("小时"));
        check("15分钟", Dimension::Measure("分钟"));
        check("3日", Dimension::Measure("天"));
        check("2个月", Dimension::Measure("月"));
        check("3亩林地", Dimension::Measure("亩"));
    }

    #[test]
    fn everything_else_is_counted() {
        for printed in ["10件", "6人", "二十一名", "800余人次", "4个", "1204处", "3个单元", "27篇推文"]
        {
            check(printed, Dimension::Count);
        }
    }
}
