//! Why a text is no formula, and what to tell the person who wrote it.
//!
//! Start with [`FormulaError::diagnostic`].

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Location};
use crate::figure::error::shown;

/// A fault in a formula and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaError {
    /// The bytes of the formula that are at fault; beside them something is missing, if nothing is wrong with them.
    pub range: Range<usize>,
    /// What is wrong there.
    pub kind: FormulaErrorKind,
}

/// What is wrong with a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormulaErrorKind {
    /// Nothing is written.
    Empty,
    /// No `=`, `<=`, `<`, `>=` or `>`.
    NoComparison,
    /// More than one comparison.
    SecondComparison,
    /// A sign has no figure on one of its sides, quotes or `count()` are empty.
    MissingOperand,
    /// Two figures stand side by side.
    MissingOperator,
    /// A bracket or quote without its partner.
    Unbalanced,
    /// A character that stands neither for a sign nor in a label.
    UnknownCharacter,
    /// More than one `?`.
    SecondUnknown,
    /// A number with more digits than can be computed with exactly.
    NumberTooLarge,
    /// Too many brackets inside each other.
    TooDeep,
    /// Too many figures and signs.
    TooLong,
}

impl FormulaError {
    /// Returns the problem for the writer of `formula`, which stands at `location`.
    pub fn diagnostic(&self, location: Location, formula: &str) -> Diagnostic {
        let place = match formula.get(self.range.clone()).unwrap_or(formula) {
            // It cannot stand between backticks.
            "`" => "U+0060".to_owned(),
            place => shown(place),
        };
        let (english, chinese) = self.kind.fault(&place);
        let (english_help, chinese_help) = self.kind.help();
        Diagnostic::error("not-a-formula", location, english, chinese).help(english_help, chinese_help)
    }
}

impl FormulaErrorKind {
    fn fault(self, place: &str) -> (String, String) {
        match self {
            Self::Empty => ("the relation has no formula".to_owned(), "该勾稽关系没有填写算式".to_owned()),
            Self::NoComparison => {
                (format!("`{place}` compares nothing"), format!("`{place}` 中没有等号或大小比较"))
            }
            Self::SecondComparison => {
                (format!("`{place}` is a second comparison"), format!("`{place}` 是第二个比较符号"))
            }
            Self::MissingOperand => {
                (format!("a figure is missing at `{place}`"), format!("`{place}` 处缺少一项数据"))
            }
            Self::MissingOperator => {
                (format!("a sign is missing in front of `{place}`"), format!("`{place}` 前缺少运算符号"))
            }
            Self::Unbalanced => (format!("`{place}` has no partner"), format!("`{place}` 没有配对")),
            Self::UnknownCharacter => (
                format!("`{place}` is no sign of a formula and cannot stand in a label without quotes"),
                format!("`{place}` 不是算式符号，也不能直接写在名称中"),
            ),
            Self::SecondUnknown => (
                format!("`{place}` stands for a second value that the text does not state"),
                format!("`{place}` 是第二个原文未载明的数"),
            ),
            Self::NumberTooLarge => (
                format!("`{place}` has more digits than can be computed exactly"),
                format!("`{place}` 的位数过多，无法精确计算"),
            ),
            Self::TooDeep => (
                "the brackets of the formula are nested too deep".to_owned(),
                "算式的括号嵌套过深".to_owned(),
            ),
            Self::TooLong => ("the formula has too many parts".to_owned(), "算式的项数过多".to_owned()),
        }
    }

    fn help(self) -> (&'static str, &'static str) {
        match self {
            Self::Empty | Self::NoComparison => (
                "compare two sides, for example `A = B + C` or `A <= B`",
                "写出两边并比较，例如 `甲 = 乙 + 丙` 或 `甲 <= 乙`",
            ),
            Self::SecondComparison => {
                ("write one relation per line: `A = B` and `B = C`", "每行只写一个关系：`甲 = 乙`、`乙 = 丙`")
            }
            Self::MissingOperand => (
                "write the label of a figure, a number, `?` or `count(…)` there",
                "在此处写数据名称、数字、`?` 或 `统计(…)`",
            ),
            Self::MissingOperator => {
                ("write `+`, `-`, `*` or `/` between two figures", "在两项之间写 `+`、`-`、`*` 或 `/`")
            }
            Self::Unbalanced => (
                "write brackets and quotes in pairs, and put a label that holds one of them in quotes",
                "括号和引号要成对；名称中有单个括号的，用引号括起来",
            ),
            Self::UnknownCharacter => (
                "put a label that holds it in quotes, for example `“A!”`; the signs are `+ - * / ( ) = < > <= >= ?`",
                "名称中有该字符的，用引号括起来，例如 `“甲!”`；可用的符号是 `+ - * / ( ) = < > <= >= ?`",
            ),
            Self::SecondUnknown => {
                ("write `?` once, and a label elsewhere", "`?` 只能写一个，其余写数据名称")
            }
            Self::NumberTooLarge => ("write a shorter number", "改写较短的数字"),
            Self::TooDeep | Self::TooLong => ("split it into several relations", "拆成几个关系分别填写"),
        }
    }
}
