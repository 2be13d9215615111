//! The words by which tables say what their numbers count: in a head or the name of a row (金额（万元）, 占比%), or above the
//! table (单位：万元、笔), where the names tell which of several units is meant (笔数, 罚款).

use crate::figure::{Quantity, is_named_by};
use crate::text::{self, numeral, width};

/// Ends of names that count things, and no money.
const COUNTS: &str = "数 数量 人次 户次 次";

/// Ends of names that only look so: they say of when an amount is.
const AMOUNTS: &str = "预算数 决算数 执行数 调整数 发生数 累计数 合计数 年初数 年末数 期初数 期末数 本年数 上年数 本期数 上期数 同期数";

/// What may stand in front of 单位 where it means a unit of measure: 责任单位 is an office.
const OF_MEASURE: &str = " 计量 金额 货币 资金 数量 面积";

/// Which list of names (in `words.txt`) goes with which units.
const NAMED: [(&str, &str); 5] = [
    ("named-money", "元"),
    ("named-proportion", "% ‰"),
    ("named-area", "亩 公顷 平方米 平方公里 ㎡"),
    ("named-length", "米 公里"),
    ("named-weight", "吨 公斤 千克"),
];

/// Units in brackets that may say for how long an amount is paid: 低保标准（年）.
const PERIODS: &str = "年 学年 学期 周 天 日 小时";

/// Ends of a name behind which its unit may stand: 笔数合计.
const SUMS: [&str; 4] = ["合计", "小计", "总计", "情况"];

/// A longer text, in bytes, says no unit.
const LONGEST: usize = 90;

/// More units than these above a table are no line of units.
const MOST_ABOVE: usize = 8;

/// A unit that stands above a table.
#[derive(Debug)]
pub(super) struct UnitAbove {
    /// With its scale: 万元.
    printed: String,
    /// Without: 元.
    base: String,
}

impl UnitAbove {
    fn of(word: &str) -> Option<Self> {
        let one = parsed(word)?;
        Some(Self { printed: word.to_owned(), base: one.unit().as_str().to_owned() })
    }
}

/// Splits a head into its name and its unit: 金额（万元）, 占比(%), 金额／元, 单价（元/吨）, 数量[件], 金额（单位: 万元）, 金额（含税，万元）.
pub(super) fn split_head(head: &str) -> (String, Option<String>) {
    split(head, &['(', '/', ':'])
}

/// Splits the name of a row in the same way. What is also a noun is no unit there: 城关（街道） and 其中：户 are names.
pub(super) fn split_row(name: &str) -> (String, Option<String>) {
    let (short, unit) = split(name, &['(', '/']);
    match unit.filter(|unit| !is_noun(unit)) {
        Some(unit) => (short, Some(unit)),
        None => (text::without_spaces(name), None),
    }
}

fn split(head: &str, marks: &[char]) -> (String, Option<String>) {
    let bare = text::without_spaces(head);
    let folded: String = bare.chars().map(fold_brackets).collect();
    let named = |at: usize| -> String {
        let n = folded.get(..at).unwrap_or_default().chars().count();
        bare.chars().take(n).collect()
    };
    for (at, _) in folded.match_indices(marks).filter(|(at, _)| folded.len() - at <= LONGEST) {
        let rest = folded.get(at + 1..).unwrap_or_default();
        let rest = rest.strip_suffix(')').unwrap_or(rest);
        let name = named(at);
        let is_period = |unit: &str| text::lists(PERIODS, unit) && is_named_by("named-money", &name);
        if let Some(unit) = in_brackets(rest).filter(|unit| !is_period(unit)) {
            return (name.trim_end_matches("单位").to_owned(), Some(unit));
        }
    }
    for unit in ["%", "‰", "万元", "亿元"] {
        let name = folded.strip_suffix(unit).unwrap_or_default();
        // 单笔超10万元 is a class.
        let is_amount = name.ends_with(|c: char| c.is_ascii_digit() || numeral::is_part(c));
        if !is_amount && name.ends_with(char::is_alphanumeric) {
            return (named(name.len()), Some(unit.to_owned()));
        }
    }
    (bare, None)
}

/// Returns the unit that is all of `text`, or the only one of its parts: 单位:万元, 含税,万元.
fn in_brackets(text: &str) -> Option<String> {
    let unit_of = |part: &str| known(part.strip_prefix("单位:").unwrap_or(part));
    unit_of(text).or_else(|| {
        let mut units = text.split([',', ';']).filter_map(unit_of).filter(|unit| !is_noun(unit));
        units.next().filter(|_| units.next().is_none())
    })
}

/// Folds the width of a character, and makes round brackets of all.
fn fold_brackets(character: char) -> char {
    match width::fold(character) {
        '[' | '【' | '〔' => '(',
        ']' | '】' | '〕' => ')',
        other => other,
    }
}

/// Returns the units that the paragraph above a table names: 单位：万元, 单位：批次、万元, 金额单位：万元，面积单位：亩.
pub(super) fn units_above(text: &str) -> Vec<UnitAbove> {
    let folded: String = text.chars().map(fold_brackets).collect();
    let mut parts = folded.split("单位");
    let mut before = parts.next().unwrap_or_default();
    let mut units = Vec::new();
    for behind in parts {
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if text::lists(OF_MEASURE, word)
            && let Some(listed) = behind.trim_start().strip_prefix(':')
        {
            units.extend(units_of(listed));
        }
        before = behind;
    }
    if units.len() <= MOST_ABOVE { units } else { Vec::new() }
}

/// Reads the units at the beginning of `text`; none if one between 、 is unknown.
fn units_of(text: &str) -> Vec<UnitAbove> {
    let all = |part: &str, mark: char| part.split(mark).map(UnitAbove::of).collect::<Option<Vec<_>>>();
    let line = text.trim().split([')', '。', '\n']).next().unwrap_or_default();
    let parts = line.split([',', ';', ' ', '\u{3000}']).map(|part| part.trim_matches('、'));
    // 元/吨 is one unit, 户/万元 are two, above a table also where a rate has that name.
    let marks = |part: &str| if part.ends_with("/万元") { ['/', '、'] } else { ['、', '/'] };
    let units = parts.filter(|part| !part.is_empty());
    let units = units.map_while(|part| marks(part).into_iter().find_map(|mark| all(part, mark)));
    units.take(MOST_ABOVE + 1).flatten().collect()
}

/// Returns which of the units above a table a head or the name of a row tells: 笔数 → 笔, 罚款 → 万元.
///
/// `is_otherwise` says that it measures something else than its neighbors, and so only a proportion.
pub(super) fn named(name: &str, above: &[UnitAbove], is_otherwise: bool) -> Option<String> {
    let cut = name.ends_with(['）', ')']).then(|| name.rfind(['（', '('])).flatten();
    let name = name.get(..cut.unwrap_or(name.len())).unwrap_or_default();
    let name = SUMS.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let printed = |one: &UnitAbove| one.printed.clone();
    let longest = |is_it: &dyn Fn(&str) -> bool| {
        let units = above.iter().filter(|one| !is_otherwise && is_it(&one.base));
        units.max_by_key(|one| one.base.len()).map(printed)
    };
    let by_list = || {
        let (_, units) = NAMED.iter().find(|(list, _)| is_named_by(list, name))?;
        let is_one = |one: &&UnitAbove| units.split(' ').any(|unit| one.base.ends_with(unit));
        let mut units = above.iter().filter(is_one);
        units.next().filter(|_| units.next().is_none()).map(printed)
    };
    longest(&|unit| name.ends_with(unit) || name.strip_suffix("数").is_some_and(|name| name.ends_with(unit)))
        .or_else(by_list)
        .or_else(|| longest(&|unit| name.contains(&format!("{unit}数"))))
}

/// Returns the only unit above a table, unless a name says that it is none of it: 户数 below 万元.
pub(super) fn shared(names: [&str; 2], above: &[UnitAbove]) -> Option<String> {
    let [unit] = above else { return None };
    let ends = |name: &str, list: &str| list.split(' ').any(|end| name.ends_with(end));
    let counts = |name: &str| ends(name, COUNTS) && !ends(name, AMOUNTS);
    let is_none = unit.base.ends_with('元') && names.into_iter().any(counts);
    (!is_none).then(|| unit.printed.clone())
}

/// Returns a word that is a unit.
pub(super) fn known(word: &str) -> Option<String> {
    parsed(word).map(|_| word.to_owned())
}

fn parsed(word: &str) -> Option<Quantity> {
    let is_number = word.starts_with(|c: char| c.is_ascii_digit());
    let one = Quantity::parse(&format!("1{word}")).ok().filter(|_| !is_number && word.len() <= LONGEST);
    one.filter(|one| one.unit().is_known())
}

fn is_noun(unit: &str) -> bool {
    parsed(unit).is_some_and(|one| one.unit().is_noun())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binding::table::tests::check;

    #[test]
    fn names_tell_which_unit_above_is_theirs() {
        for (above, head, row, expected, without_unit) in [
            ("单位：万元、笔", "清收现金|笔数", "2,316.5|184", "2,316.5万元 184笔", ""),
            ("（单位：笔、万元）", "贷款笔数|金额", "184|9.5", "184笔 9.5万元", ""),
            ("单位：户，亿元", "户数|贷款余额", "184|9.5", "184户 9.5亿元", ""),
            ("单位：批次、万元", "抽检批次|罚款", "184|9.5", "184批次 9.5万元", ""),
            ("单位：件/万元", "案件数合计|罚没收入（含滞纳金）", "7|250", "7件 250万元", ""),
            ("单位:万户 万元", "户数|补贴小计", "1.2|9.5", "1.2万户 9.5万元", ""),
            ("单位：万元、亩、%", "项目资金|完成率", "7|98", "7万元 98%", ""),
            ("金额单位：万元，面积单位：亩", "投资|占地面积", "7|25", "7万元 25亩", ""),
            ("单位：万元、笔", "名额|评价", "7|25", "", "7 25"),
            ("单位：万元、笔", "户数|城关", "7|25", "", "7 25"),
            ("单位：万元", "预算数|年末数", "7|25", "7万元 25万元", ""),
            ("单位：万元、人", "决算数|人数", "7|25", "7万元 25人", ""),
            ("单位：万元、元", "金额|笔数", "7|25", "", "7 25"),
            ("单位：批次、万元", "批次合格率|排名", "98|2", "", "98 2"),
            ("单位：户、万贯", "户数|金额", "98|2", "", "98 2"),
        ] {
            check(&format!("{above}\n\n|支行|{head}|\n|-|-|-|\n|甲|{row}|"), expected, without_unit);
        }
        for (above, rows, expected, without_unit) in [
            ("单位：万元、户", "|受益户|12|15|\n|发放补贴|3.5|4|", "12户 15户 3.5万元 4万元", ""),
            ("单位：笔、万元", "|清收笔数|12|15|\n|其他|3.5|4|", "12笔 15笔", "3.5 4"),
            ("单位：亿元", "|存款|12|15|\n|同比增长|3.5|4|\n|户数|7|8|", "12亿元 15亿元", "3.5 4 7 8"),
        ] {
            check(&format!("{above}\n\n|指标|上年|本年|\n|-|-|-|\n{rows}"), expected, without_unit);
        }
    }

    #[test]
    fn heads_say_their_unit_in_many_ways() {
        for (head, printed) in [
            ("金额：万元", "5万元"),
            ("金额 万元", "5万元"),
            ("罚没万元", "5万元"),
            ("占比%", "5%"),
            ("金额（不含税，万元）", "5万元"),
            ("金额（单位：万元，含息）", "5万元"),
            ("金额（不含税）（万元）", "5万元"),
            ("占比（％）", "5%"),
        ] {
            check(&format!("|事项|{head}|\n|-|-|\n|甲|5|"), printed, "");
        }
        check("|事项|单笔超10万元|\n|-|-|\n|甲|5|", "超10万元", "5");
        for head in ["主体（村，社区）", "金额（万元、笔）", "百万元", "补助金（年）"]
        {
            check(&format!("|事项|{head}|\n|-|-|\n|甲|5|"), "", "5");
        }
    }

    #[test]
    fn heads_are_split() {
        for head in [
            "金额（万元）",
            "金额[万元]",
            "金额／万元",
            "金额【万元】",
            "金额（单位: 万元）",
            "金额单位：万元",
        ] {
            check(&format!("|事项|{head}|\n|-|-|\n|甲|3.5|"), "3.5万元", "");
            assert_eq!(split_head(head), ("金额".to_owned(), Some("万元".to_owned())), "{head}");
        }
        for head in ["单价（元/吨）", "单价／元／吨", "单价(单位：元/吨)"] {
            check(&format!("|事项|{head}|\n|-|-|\n|甲|3.5|"), "3.5元/吨", "");
            assert_eq!(split_head(head), ("单价".to_owned(), Some("元/吨".to_owned())), "{head}");
        }
    }
}
