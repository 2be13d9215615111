//! The search for figures in prose: one paragraph's text → everything in it that is written with a number.
//!
//! Start with [`scan`]. It walks to each place where a number may begin and asks the [`READERS`] in order; the first
//! that knows what stands there decides. A figure is what [`Quantity::parse`] reads; everything else is kept apart with
//! the [`NoFigure`] why it is none. At last `lists` gives bare members of a list the unit of its end, and `surroundings`
//! takes in what stands beside a number and belongs to it. All words stand in `figure/words.txt`. A Chinese numeral that no reader
//! knows is part of a word (统一) and not listed. What the figures are about is not asked here.

mod breaks;
mod codes;
mod counts;
mod dates;
mod lists;
mod ordinals;
mod place;
mod quotations;
mod surroundings;
mod terms;
mod times;
mod words;

#[cfg(test)]
mod table;

use std::ops::Range;

use self::place::Cursor;
use self::quotations::Quotations;
use super::Quantity;
pub use breaks::{breaks_number, ends_open, mixed_widths};
pub(crate) use surroundings::separates;

/// Something in a text that is written with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenNumber {
    /// The bytes that it takes in the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: NumberKind,
}

/// A figure, or the reason why it is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberKind {
    /// A number with its unit; it prints as the text of the range, and in a list (12、34件) with the unit that it shares.
    Figure(Quantity),
    /// Written with a number, but no figure.
    Other(NoFigure),
}

impl NumberKind {
    /// Returns the figure, if it is one.
    pub fn quantity(&self) -> Option<&Quantity> {
        match self {
            Self::Figure(quantity) => Some(quantity),
            Self::Other(_) => None,
        }
    }
}

/// Why something that is written with a number is not a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoFigure {
    /// 第三, 第一轮, 十四届.
    Ordinal,
    /// （一）, 1., ①, 一是, 附件1.
    Numbering,
    /// 8月5日, 2024年9月9日至10月24日, 一季度.
    Date,
    /// 2025年, 二〇二五年度, 2023-2025年.
    Year,
    /// 9:00, 8时30分.
    Clock,
    /// 近三年, 三年来, 过去五年.
    TimeSpan,
    /// 0580-2072198.
    Phone,
    /// 邮编316021.
    Postcode,
    /// 〔2017〕47号, 99号, GB/T 9704-2012.
    DocumentNumber,
    /// U8, 12345, 985: digits that name something.
    Name,
    /// 八项规定, 三会一课.
    Phrase,
    /// 二级, 一等.
    Rank,
    /// 24小时值班, 每两周, 10亿元以上项目: part of a term, or a limit that sorts.
    Term,
    /// Inside “” or 「」.
    Quoted,
    /// Inside 《》.
    Title,
    /// 一起案件, 十几个: an article, or a number left open.
    Indefinite,
    /// 三分之二, 3元5角, 零下5℃: more than one number with one unit can say.
    Composite,
    /// 3专柜, 人数为56: behind the number stands no unit that is known.
    NoUnit,
    /// Fills a cell of a table, and neither the cell nor its head nor the line above the table names a unit.
    NoUnitInTable,
    /// 1·234元, ±5%, 5米²: more stands beside the number than can be read with it.
    Unclear,
    /// In a heading, where no metric can stand. Whether a text is a heading is known to its reader, not to the scanner.
    Heading,
}

impl NoFigure {
    /// Returns the reason in words for an editor: English, then Chinese.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Ordinal => ("an ordinal", "序数"),
            Self::Numbering => ("numbering", "编号"),
            Self::Date => ("a date", "日期"),
            Self::Year => ("a year", "年份"),
            Self::Clock => ("a time of day", "时刻"),
            Self::TimeSpan => ("a span of time", "时段"),
            Self::Phone => ("a phone number", "电话"),
            Self::Postcode => ("a postcode", "邮编"),
            Self::DocumentNumber => ("a document or house number", "文号"),
            Self::Name => ("a name", "名称"),
            Self::Phrase => ("a fixed phrase", "固定说法"),
            Self::Rank => ("a rank", "等级"),
            Self::Term => ("part of a term", "术语的一部分"),
            Self::Quoted => ("inside quotation marks", "引号内"),
            Self::Title => ("inside a title", "书名号内"),
            Self::Indefinite => ("indefinite", "不定"),
            Self::Composite => ("more than one number with one unit", "复合数"),
            Self::NoUnit => ("without a known unit", "无单位"),
            Self::NoUnitInTable => (
                "no unit in its cell or row, in the head or above the table",
                "单元格、本行、表头、表上方均无单位",
            ),
            Self::Unclear => ("joined to what stands beside it", "与旁边的字符连在一起"),
            Self::Heading => ("in a heading", "标题中的数"),
        }
    }
}

/// Tells what stands at a place where a number begins: the range that it takes, and what it is.
type Reader = fn(&Cursor<'_>) -> Option<WrittenNumber>;

/// All readers, in the order in which they are asked.
const READERS: [Reader; 16] = [
    codes::latin,
    codes::event,
    codes::document_number,
    codes::phone,
    codes::postcode,
    ordinals::phrase,
    ordinals::ordinal,
    ordinals::numbering,
    ordinals::rank,
    times::span,
    dates::date,
    times::clock,
    counts::count,
    terms::term,
    codes::bare,
    codes::bare_numeral,
];

/// Returns everything in `text` that is written with a number, in reading order and without overlaps.
///
/// The text is one paragraph; its cells may stand on lines of their own. Every figure prints as the text of its range,
/// except the members of a list that leave their unit to the last one (12、34件): these print with it.
pub fn scan(text: &str) -> Vec<WrittenNumber> {
    let mut found: Vec<WrittenNumber> = Vec::new();
    let mut quotations = Quotations::default();
    let (mut at, mut floor) = (0, 0);
    while let Some(place) = Cursor::next(text, at, floor) {
        at = place.end_of_run();
        if let Some(mark) = place.mark() {
            quotations.read(mark, place.at());
        } else if let Some(word) = place.idiom() {
            at = place.at() + word.len();
        } else if let Some(next) = READERS.iter().find_map(|reader| reader(&place)) {
            at = next.range.end;
            floor = at;
            found.push(next);
        }
    }
    lists::inherit(text, &mut found);
    surroundings::join(text, &mut found);
    quotations.mark(&mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::QuantityError;
    use proptest::prelude::*;

    /// Pieces that meet in ways that no writer would think of.
    const PIECES: &str = "
        1 12 2025 0580 12345 316021 １０ 9.7 1,204 一 两 三 十 二十一 百 万 千 亿 〇 二〇二五 百分之 分之 点 第 届
        年 月 日 年度 个月 时 分 : ： 9:00 - — ～ 至 到 、 ， , 。 . / + * @ 号 〔 〕 （ ） ( ) 《 》 “ ” ‘ ’ 「 」
        件 项 个 人次 万元 % ％ 个百分点 大类 大行动 级 是 要 起 半 几 数 近 约 超 不超过 余 多 来 以上 左右 上下游
        A U km 分别 日元 千克 /户 /h / · 零下 元 角 番 翻 一半 余万 案件 叁 拾 佰 GB/T 电话 邮编 附件 八项规定 三会一课 一次性 统 之 另 ① ㈠ 😀 é
    ";

    fn mixture() -> impl Strategy<Value = String> {
        let piece =
            proptest::sample::select(PIECES.split_whitespace().chain([" ", "　", "\n"]).collect::<Vec<_>>());
        proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
    }

    #[track_caller]
    fn check_invariants(text: &str) {
        let mut end = 0;
        for WrittenNumber { range, kind } in scan(text) {
            assert!(end <= range.start && range.start < range.end, "{range:?} in {text:?}");
            end = range.end;
            let printed = text.get(range).expect("ranges lie between characters");
            if let NumberKind::Figure(quantity) = kind {
                if quantity.printed() != printed {
                    // Only a member of a list has no unit of its own.
                    assert!(quantity.printed().starts_with(printed), "{quantity} for {printed}");
                    assert_eq!(Quantity::parse(printed), Err(QuantityError::NoUnit));
                }
                assert_eq!(Quantity::parse(quantity.printed()), Ok(quantity.clone()));
            }
        }
    }

    #[test]
    fn no_word_belongs_to_two_figures() {
        check_invariants("9.7个月以上亿件");
    }

    #[test]
    fn hostile_texts_are_survived() {
        for piece in [
            "1",
            "一",
            "百",
            "1.",
            "1-",
            "“",
            "《“",
            "a1 ",
            "1、",
            "十几",
            "第一、",
            "两年",
            "近",
            "9月",
            "1:",
            "1/",
            "9:00-",
            "1 128",
            "1 128 ",
            "1年零",
            "1万2千",
            "2千3百",
            "3元5",
            "1元/",
            "1元/户",
            "拾万",
            "叁",
            "1、1",
            "1、2、",
            "5、6和",
            "1，1件",
            "表1、",
            "分别1、",
            "1至",
        ] {
            check_invariants(&piece.repeat(20_000));
        }
    }

    proptest! {
        #[test]
        fn mixtures_are_read(text in mixture()) {
            check_invariants(&text);
        }

        #[test]
        fn any_text_is_survived(text: String) {
            check_invariants(&text);
        }

        #[test]
        fn figures_are_found_between_words(
            figure in "(约|近|超)?[1-9][0-9]{0,3}(\\.[0-9]{1,2})?余?(万|亿)?(元|人次|%|篇|个百分点)",
            before in "(共|办结|清退|其中)",
            after in "[，。；]",
        ) {
            let text = format!("{before}{figure}{after}");
            let range = before.len()..before.len() + figure.len();
            let quantity = Quantity::parse(&figure).unwrap();
            prop_assert_eq!(scan(&text), [WrittenNumber { range, kind: NumberKind::Figure(quantity) }]);
        }
    }
}
