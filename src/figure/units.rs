//! The units of figures: the words, what each is for, and what it measures. To teach the program a unit, add it to its list;
//! words that only begin like one stand in `words.txt`.
//!
//! Words stand between spaces, in any order; the longest that fits is taken. [`UNITS`] has all of them for the search in
//! prose and for the reading of a figure, [`measure`] says for relations what may be added and compared. Units of one row of
//! a table are one unit under several names (公里, 千米, km); nothing is converted from one row to another.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::words::list;
use Measure::{Money, Of, Proportion};
use UnitKind::{Counted, Measured, Noun};

/// Measure words of things. Behind 一 they are mostly an article: 一起案件.
const COUNTED: &str = "
    件 起 宗 案 件次 人 名 位 人次 人份 例 家 家次 户 户次 处 处次 所 所次 座 个 个次 只 头 匹 株 棵 项 项次 条 条次 款
    次 场 场次 场所 回 趟 遍 轮 轮次 期 批 批次 班次 班 趟次 航次 车次 架次 艘次 辆次 件套 种 类 大类 小类 方面 个方面 大项 小项
    份 篇 则 期次 本 册 部 幅 张 块 面 支 枚 把 根 道 颗 粒 台 台次 台套 台件 套 套次 辆 艘 架 列 间 栋 幢 座次 组 队 队次 支次 排 盏
    封 对 副 顶 堂 节 尾 羽 路 双 讲 剂次 店次 站次 校次 村次 船次 园次 企次 段次 份次 梯次 列次 样次 声 件案 人日 子项 分项
    包 袋 箱 桶 瓶 盒 卷 宗次 摊 桌 席 席位 床 床位 门 门次 人天 笔 票 句 段 章 部次 档
    层 圈 剂 针 针次 例次 点位 片 串 滴 件项 项件
    点 台班 台时 工日
";

/// Units of measurement, money, time and proportion, row by row with what they measure. Behind 一 they are a figure:
/// 一个百分点.
const MEASURES: &[(Measure, &str)] = &[
    (Proportion(-2), "% ％ 个百分点 百分点"),
    (Proportion(-3), "‰"),
    (Proportion(-4), "‱ 个基点 基点 BP 个BP"),
    (Proportion(-1), "成"),
    (Proportion(0), "倍"),
    (Money("元"), "元 元人民币 块钱"),
    (Money("美元"), "美元"),
    (Money("欧元"), "欧元"),
    (Money("港元"), "港元 港币"),
    (Money("日元"), "日元"),
    (Money("英镑"), "英镑"),
    (Money("韩元"), "韩元"),
    (Money("澳元"), "澳元"),
    (Money("加元"), "加元"),
    (Money("新台币"), "新台币"),
    (Of("世纪"), "世纪"),
    (Of("年"), "年 周年 个年头"),
    (Of("学年"), "学年"),
    (Of("学期"), "学期 个学期"),
    (Of("季度"), "个季度"),
    (Of("月"), "个月"),
    (Of("月龄"), "月龄"),
    (Of("岁"), "岁 周岁"),
    (Of("周"), "周 星期 个星期"),
    (Of("天"), "天 日 自然日 个自然日 日历天 个日历天"),
    (Of("工作日"), "工作日 个工作日"),
    (Of("天次"), "天次"),
    (Of("小时"), "小时 个小时 个钟头"),
    (Of("学时"), "学时"),
    (Of("课时"), "课时"),
    (Of("机时"), "机时"),
    (Of("工时"), "工时"),
    (Of("分钟"), "分钟"),
    (Of("秒"), "秒 秒钟"),
    (Of("分"), "分"),
    (Of("分贝"), "分贝 dB"),
    (Of("℃"), "℃ 摄氏度"),
    (Of("度"), "度 °"),
    (Of("公里"), "公里 千米 km ㎞"),
    (Of("米"), "米 m 米长 延米"),
    (Of("海里"), "海里"),
    (Of("厘米"), "厘米 公分 cm"),
    (Of("毫米"), "毫米 mm"),
    (Of("微米"), "微米"),
    (Of("平方公里"), "平方公里 平方千米 km² km2"),
    (Of("平方米"), "平方米 平米 平方 m² ㎡ m2"),
    (Of("平方厘米"), "平方厘米"),
    (Of("公顷"), "公顷"),
    (Of("亩"), "亩"),
    (Of("顷"), "顷"),
    (Of("立方米"), "立方米 立方 m³ m3 标方"),
    (Of("升"), "升 L l"),
    (Of("毫升"), "毫升 ml mL"),
    (Of("吨"), "吨 t"),
    (Of("公斤"), "公斤 千克 kg ㎏"),
    (Of("克"), "克 g"),
    (Of("毫克"), "毫克 mg"),
    (Of("微克"), "微克 μg µg ug"),
    (Of("斤"), "斤"),
    (Of("吨公里"), "吨公里"),
    (Of("吨标准煤"), "吨标准煤 吨标煤"),
    (Of("人公里"), "人公里"),
    (Of("标准箱"), "标准箱"),
    (Of("载重吨"), "载重吨"),
    (Of("总吨"), "总吨"),
    (Of("瓦"), "瓦 W"),
    (Of("千瓦"), "千瓦 千瓦特 kW"),
    (Of("兆瓦"), "兆瓦 MW"),
    (Of("瓦时"), "瓦时"),
    (Of("千瓦时"), "千瓦时 度电 kWh"),
    (Of("兆瓦时"), "兆瓦时"),
    (Of("伏"), "V"),
    (Of("千伏"), "千伏 kV KV"),
    (Of("千伏安"), "千伏安 kVA"),
    (Of("兆伏安"), "兆伏安 MVA"),
    (Of("吉瓦"), "吉瓦 GW"),
    (Of("车公里"), "车公里"),
    (Of("学分"), "学分"),
    (Of("昼夜"), "昼夜"),
    (Of("平方毫米"), "平方毫米"),
    (Of("千卡"), "千卡 大卡"),
    (Of("马力"), "马力"),
    (Of("兆帕"), "兆帕 MPa"),
    (Of("NTU"), "NTU"),
    (Of("赫兹"), "赫兹"),
    (Of("兆赫"), "MHz"),
    (Of("吉赫"), "GHz"),
    (Of("比特"), "比特"),
    (Of("字节"), "字节"),
    (Of("兆"), "兆"),
    (Of("MB"), "MB"),
    (Of("GB"), "GB"),
    (Of("TB"), "TB"),
    (Of("PB"), "PB"),
    (Of("Mbps"), "Mbps"),
];

/// Units of measurement that are everyday words or parts of words, and so units only behind Arabic digits.
const NOUN_MEASURES: &[(Measure, &str)] = &[
    (Money("元"), "人民币"),
    (Of("立方米"), "方"),
    (Of("角"), "角"),
    (Of("里"), "里"),
    (Of("丈"), "丈"),
    (Of("尺"), "尺"),
    (Of("寸"), "寸"),
    (Of("两"), "两"),
    (Of("安"), "安"),
    (Of("帕"), "帕"),
    (Of("伏"), "伏"),
];

/// Units that stand only behind the slash of a rate: 元/人·月, km/h. Among them are those with a scale: 元/百公里.
const PER_MEASURES: &[(Measure, &str)] = &[
    (Of("半年"), "半年"),
    (Of("季度"), "季 季度"),
    (Of("月"), "月"),
    (Of("天"), "d"),
    (Of("小时"), "时 h"),
    (Of("分钟"), "min"),
    (Of("秒"), "s"),
    (Of("百公里"), "百公里 百千米"),
    (Of("万元"), "万元"),
];

/// The same of what is counted: 件/万人.
const PER_COUNTED: &str = "
    百人 千人 万人 十万人 百万人 百户 千户 万户 百人次 千人次 万人次 百辆 千辆 万辆 万车 百件 千件 万件 百台 千台 万台 百家 千家 万家 百名 千名 万名
";

/// Words that are units only behind Arabic digits: nouns counted without a measure word (14镇街), and signs of every day.
const NOUNS: &str = "
    部门 单位 镇街 乡镇 镇 乡 村 街道 社区 村社 县区 县市区 区县 县 区 市 省 市县 市州 地市 州 科室 处室 支部 党支部 总支 分局 派出所
    专题 问题 任务 措施 举措 事项 项目 案件 线索 领域 环节 岗位 制度 行动 工程 指标 平台 系统 板块 课题 清单 企业 学校 医院 园区 网格
    小组 组织 专班 党员 民警 辅警 职工 群众 干部 学生 农户 员工 标段 标准 目标 重点 路段 站点 码头 渔船 船舶 车辆 栋楼 小区 校 厅局 国
    步 口 眼 环 手 行 首 集 单 字 页 科 股 地 通 车 船 扇 层级 支队 大队 中队 地区 区域 片区 村民小组 自然村 行政村 村社区
    镇街道 家庭 地块 泊位 车位 学位 工位 铺位 厕位 展位 摊位 市场 村庄 村组 经营户 个体户 居民小组 经营主体 市场主体 门店 点次 银行 国家 高校 中小学
    担 孔 坛 具 盘 罐 捆 垛 樘 榀 筐 篮 篓 簇 帧 枝 丸 贴 窝 听 棚
";

/// What a unit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitKind {
    /// A measure word of things.
    Counted,
    /// A unit of measurement, money, time or proportion.
    Measured,
    /// A word that is a unit only behind Arabic digits.
    Noun,
}

/// What a unit measures: only what is measured alike may be added and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// A part or a multiple of something, with its power of ten: one % is ten to the power of minus two.
    Proportion(i32),
    /// Money in one currency.
    Money(&'static str),
    /// Time, length, area, weight and the like, each unit on its own.
    Of(&'static str),
}

/// The first character of a word, and the second if it has one.
type Beginning = (char, Option<char>);

/// Words under their beginnings, the longest first.
pub(super) struct Lexicon<T>(BTreeMap<Beginning, Vec<(&'static str, T)>>);

impl<T: Copy> Lexicon<T> {
    /// Makes a lexicon of words that all mean the same.
    pub(super) fn of(words: &[&'static str], meaning: T) -> Self {
        Self::from_words(words.iter().map(|word| (*word, meaning)))
    }

    /// Adds words that mean something else.
    pub(super) fn and(self, words: &[&'static str], meaning: T) -> Self {
        let known = self.0.into_values().flatten();
        Self::from_words(known.chain(words.iter().map(|word| (*word, meaning))))
    }

    fn from_lists(lists: impl Iterator<Item = (&'static str, T)>) -> Self {
        Self::from_words(
            lists.flat_map(|(list, meaning)| list.split_whitespace().map(move |word| (word, meaning))),
        )
    }

    /// Makes a lexicon of words, each with its meaning.
    pub(super) fn from_words(all: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut words: BTreeMap<_, Vec<(&'static str, T)>> = BTreeMap::new();
        for (word, meaning) in all {
            let mut characters = word.chars();
            let first = characters.next().expect("words between spaces have characters");
            words.entry((first, characters.next())).or_default().push((word, meaning));
        }
        for same in words.values_mut() {
            same.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        Self(words)
    }

    /// Returns the longest word with which `text` begins.
    pub(super) fn longest(&self, text: &str) -> Option<(&'static str, T)> {
        self.prefixes(text).next()
    }

    /// Returns all words with which `text` begins, the longest first.
    pub(super) fn prefixes<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'static str, T)> + 'a {
        let mut characters = text.chars();
        let (first, second) = (characters.next(), characters.next());
        let under = |first: Option<char>, second| first.and_then(|first| self.0.get(&(first, second)));
        let longer = second.and_then(|second| under(first, Some(second)));
        let words = longer.into_iter().chain(under(first, None)).flatten();
        words.filter(|(word, _)| text.starts_with(word)).copied()
    }
}

/// All units that stand behind a number.
pub(super) static UNITS: LazyLock<Lexicon<UnitKind>> = LazyLock::new(|| Lexicon::from_lists(kinds()));
/// All units that stand behind the slash of a rate.
static PER: LazyLock<Lexicon<UnitKind>> = LazyLock::new(|| {
    let more = PER_MEASURES.iter().map(|&(_, words)| words).chain([PER_COUNTED]);
    Lexicon::from_lists(kinds().chain(more.map(|words| (words, Measured))))
});
/// All units with what they measure, nothing for those that count; and whether more may stand behind: 亩林地 is 亩, but
/// 里程碑 is no 里.
static MEANINGS: LazyLock<Lexicon<(Option<Measure>, bool)>> = LazyLock::new(|| {
    let may_go_on = |&(measure, words): &(Measure, &'static str)| (words, (Some(measure), true));
    let whole = |&(measure, words): &(Measure, &'static str)| (words, (Some(measure), false));
    let counted = [COUNTED, NOUNS, PER_COUNTED].into_iter().map(|words| (words, (None, true)));
    let everyday = [NOUN_MEASURES, PER_MEASURES].into_iter().flatten().map(whole);
    Lexicon::from_lists(MEASURES.iter().map(may_go_on).chain(everyday).chain(counted))
});
/// Words that begin like a unit and are none: the 成 of 成立.
pub(super) static HIDDEN: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::of(list("not-units"), ()));
/// Words that may begin inside a word that a unit begins; true for those before which also a longer unit gives way.
static NEXT_WORDS: LazyLock<Lexicon<bool>> =
    LazyLock::new(|| Lexicon::of(list("behind-units"), true).and(list("words"), false));

/// Returns the lists of units with what they are for.
fn kinds() -> impl Iterator<Item = (&'static str, UnitKind)> {
    let measured = MEASURES.iter().map(|&(_, words)| (words, Measured));
    let nouns = NOUN_MEASURES.iter().map(|&(_, words)| (words, Noun));
    [(COUNTED, Counted), (NOUNS, Noun)].into_iter().chain(measured).chain(nouns)
}

/// Returns what `unit` measures, by the longest unit with which it begins (亩 of 亩林地); nothing if it counts.
pub(super) fn measure(unit: &str) -> Option<Measure> {
    let (word, (measure, may_go_on)) = MEANINGS.longest(unit)?;
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let rest = unit.get(word.len()..)?;
    let is_whole = rest.is_empty() || rest.starts_with(['/', '／']);
    let is_cut = !is_whole && !may_go_on
        || is_hidden(unit, word)
        || word.ends_with(is_letter) && rest.starts_with(is_letter);
    measure.filter(|_| !is_cut)
}

/// Tells whether the whole of `text` is a unit, alone or behind the slash of a rate.
pub(super) fn is_unit(text: &str) -> bool {
    PER.longest(text).is_some_and(|(word, _)| word == text)
}

/// Tells whether the whole of `text` is a word that is a unit only behind Arabic digits.
pub(super) fn is_noun(text: &str) -> bool {
    UNITS.longest(text) == Some((text, Noun))
}

/// Tells whether `text` begins with a unit whose first character looks like a scale: 千克, 千瓦时.
pub(super) fn begins_with_scale(text: &str) -> bool {
    text.starts_with(['百', '千', '万', '亿'])
        && UNITS.longest(text).is_some_and(|(word, _)| !is_hidden(text, word))
}

/// Tells whether the unit `word`, with which `text` begins, is only a piece of a longer word: the 成 of 成立.
pub(super) fn is_hidden(text: &str, word: &str) -> bool {
    let longer = HIDDEN.longest(text).map_or(0, |(longer, ())| longer.len());
    longer > word.len() && !goes_beyond(text, word.len(), longer, false)
}

/// Returns the unit with which `text` begins, and what it is for. The next word is left whole: of 项目标任务 only the 项 is
/// a unit, of 成立 nothing is.
pub(super) fn unit_of(text: &str) -> Option<(&'static str, UnitKind)> {
    let (longest, kind) = UNITS.longest(text)?;
    let hidden = HIDDEN.longest(text).map_or(0, |(word, ())| word.len());
    let is_hidden = hidden > longest.len();
    let length = hidden.max(longest.len());
    let leaves_word = |unit: &&str| unit.len() < length && goes_beyond(text, unit.len(), length, !is_hidden);
    let shorter = UNITS.prefixes(text).find(|(unit, _)| leaves_word(unit));
    shorter.or_else(|| (!is_hidden).then_some((longest, kind)))
}

/// Tells whether a word begins in `text` at `start` and ends behind `end`.
fn goes_beyond(text: &str, start: usize, end: usize, is_unit: bool) -> bool {
    let word = text.get(start..).and_then(|rest| NEXT_WORDS.longest(rest));
    word.is_some_and(|(word, parts_units)| start + word.len() > end && (parts_units || !is_unit))
}

/// Returns the length of what makes a rate of the unit in front of `text`: the /户 of 元/户, the /人·月 of 元/人·月.
pub(super) fn rate_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['/', '／']).and_then(strip_per_unit) else { return 0 };
    let rest = rest.strip_prefix(['/', '／', '·']).and_then(strip_per_unit).unwrap_or(rest);
    text.len() - rest.len()
}

fn strip_per_unit(text: &str) -> Option<&str> {
    let (unit, _) = PER.longest(text)?;
    text.strip_prefix(unit).filter(|_| !is_hidden(text, unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::relation::Dimension;
    use crate::figure::{NoFigure, NumberKind, Quantity, scan};

    fn words<'a>(lists: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
        lists.into_iter().flat_map(str::split_whitespace)
    }

    fn measured() -> impl Iterator<Item = &'static str> {
        words(MEASURES.iter().map(|&(_, words)| words))
    }

    #[test]
    fn every_unit_is_found_and_read_behind_a_number() {
        let nouns = NOUN_MEASURES.iter().map(|&(_, words)| words);
        let all = measured().chain(words([COUNTED, NOUNS])).chain(words(nouns));
        let mut wrong = Vec::new();
        for word in all {
            let (text, printed) = (format!("共3{word}。"), format!("3{word}"));
            let found = scan(&text);
            let is_one = matches!(found.as_slice(), [one] if text.get(one.range.clone()) == Some(&printed)
                && one.kind.quantity() == Quantity::parse(&printed).ok().as_ref());
            // A bare day is a date.
            let is_day = word == "日" && matches!(found[0].kind, NumberKind::Other(NoFigure::Date));
            if !(is_one || is_day) || Quantity::parse(&printed).is_err() {
                wrong.push(format!("{printed}: {found:?}, {:?}", Quantity::parse(&printed)));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_measured_unit_has_a_dimension_of_its_own() {
        let nouns = NOUN_MEASURES.iter().map(|&(_, words)| words);
        for word in measured().chain(words(nouns)) {
            let quantity = Quantity::parse(&format!("3{word}")).unwrap();
            assert_ne!(Dimension::of(quantity.unit()), Dimension::Count, "{word}");
        }
        for word in words([COUNTED, NOUNS]).chain(["里程碑", "时段"]) {
            assert_eq!(measure(word), None, "{word}");
        }
        assert_eq!((measure("亩林地"), measure("里/时")), (Some(Of("亩")), Some(Of("里"))));
    }

    #[test]
    fn no_unit_is_listed_twice() {
        let nouns = NOUN_MEASURES.iter().map(|&(_, words)| words);
        let mut all: Vec<_> = measured().chain(words([COUNTED, NOUNS])).chain(words(nouns)).collect();
        all.sort_unstable();
        let twice: Vec<_> = all.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn rates_may_have_a_scale() {
        for (text, length) in [("/百公里", 10), ("/万人", 7), ("/千克", 7), ("/人·月", 9), ("/或", 0)]
        {
            assert_eq!(rate_length(text), length, "{text}");
        }
    }
}
