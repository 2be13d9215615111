//! What is known of a relation, and what to tell the person whose figures disagree.
//!
//! Start with [`Outcome`]. Three outcomes are mistakes; “unchecked” is shown with its [`Reason`] and never counts as passed.

use super::{Cause, Comparison, Dimension, Estimate, Formula};
use crate::diagnostic::{Diagnostic, Language, Location, Message};
use crate::figure::error::shown;
use crate::yaml;

/// What the printed figures say about a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Values that are printed so can satisfy it.
    Consistent(Fit),
    /// No values that are printed so satisfy it.
    Inconsistent {
        /// What the left side may be.
        left: Box<Estimate>,
        /// What the right side may be.
        right: Box<Estimate>,
        /// What may be the reason.
        cause: Option<Box<Cause>>,
    },
    /// The `?` is a count or an amount, and would have to be less than nothing.
    Negative(Estimate),
    /// Figures are added or compared that measure different things.
    DifferentUnits(Dimension, Dimension),
    /// The formula has a `?`; this is what it must be for the formula to hold.
    Unstated(Estimate),
    /// Nothing can be said.
    Unchecked(Reason),
}

/// What it takes for a relation to be consistent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Nothing: the numbers that are printed agree.
    Exact,
    /// The numbers that are printed do not agree exactly; those that they were rounded from can.
    Rounding,
    /// Words such as 余 and 约 leave room for it.
    Approximate,
}

/// Why nothing can be said about a relation. Operands are told by their place in [`Formula::operands`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The operand has no value.
    Missing(usize),
    /// The words around the operand disagree, so that both sides are open: 约100人以上.
    Loose(usize),
    /// Words such as 以上 and 不足 together leave both sides of the result open.
    Unbounded,
    /// The divisor is zero.
    DivisionByZero,
    /// The divisor may be zero, as 不足3件 may.
    UncertainDivisor,
    /// A number on the way has more digits than can be computed with exactly.
    TooLarge,
}

impl Outcome {
    /// Tells whether the printed figures break the relation, and not only its form.
    pub fn is_disagreement(&self) -> bool {
        matches!(self, Self::Inconsistent { .. } | Self::Negative(_))
    }

    /// Returns what came of `formula`, for a list of relations.
    pub fn message(&self, formula: &Formula) -> Message {
        let both = |[english, chinese]: [&str; 2], values: &dyn Fn(Language) -> String| {
            Message::new(
                format!("{english}{}", values(Language::English)),
                format!("{chinese}{}", values(Language::Chinese)),
            )
        };
        let fails = ["does not hold: ", "不成立："];
        match self {
            Self::Consistent(fit) => match fit.message() {
                None => Message::new("consistent", "一致"),
                Some(within) => {
                    let [english, chinese] = within.both();
                    Message::new(format!("consistent, {english}"), format!("一致（{chinese}）"))
                }
            },
            Self::Inconsistent { left, right, .. } => {
                both(fails, &|language| format!("{} / {}", left.print(language), right.print(language)))
            }
            Self::Negative(unknown) => both(fails, &|language| format!("? = {}", unknown.print(language))),
            Self::DifferentUnits(one, other) => {
                let (chinese_one, chinese_other) = (one.chinese(), other.chinese());
                Message::new(
                    format!("adds or compares {one} and {other}"),
                    format!("把{chinese_one}与{chinese_other}相加减或比较"),
                )
            }
            Self::Unstated(estimate) => {
                both(["not stated, implied: ", "原文未载明，推算为 "], &|language| {
                    estimate.print(language)
                })
            }
            Self::Unchecked(reason) => {
                let reason = reason.message(formula);
                let [english, chinese] = reason.both();
                Message::new(format!("not checked: {english}"), format!("未核对：{chinese}"))
            }
        }
    }

    /// Returns the problem with `formula`, which stands at `location`; nothing if there is none.
    ///
    /// `words` is the formula as it is shown, with its figures. The caller adds their places.
    pub fn diagnostic(&self, formula: &Formula, words: &str, location: Location) -> Option<Diagnostic> {
        let shown: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        match self {
            Self::Inconsistent { left, right, cause } => {
                let sides = |language| [left.print(language), right.print(language)];
                let [left, right] = sides(Language::English);
                let [chinese_left, chinese_right] = sides(Language::Chinese);
                let (is_not, chinese_is_not) = negated(formula.comparison);
                let diagnostic = Diagnostic::error(
                    "figures-disagree",
                    location,
                    format!("`{shown}` does not hold: {left} {is_not} {right}"),
                    format!("`{shown}` 不成立：{chinese_left}{chinese_is_not}{chinese_right}"),
                );
                let cause = cause.as_ref().map(|cause| cause.message());
                let [english_cause, chinese_cause] = cause.as_ref().map_or(["", ""], Message::both);
                let (stop, chinese_stop) = if cause.is_some() { ("; ", "。") } else { ("", "") };
                let written = yaml::scalar(&formula.to_string());
                Some(diagnostic.help(
                    format!(
                        "{english_cause}{stop}correct the figure that is wrong, in the approved text, in the text and in \
                         the data, or correct the relation; what has to stay as it was published takes a remark that \
                         readers see: `- {{formula: {written}, note: …}}`"
                    ),
                    format!(
                        "{chinese_cause}{chinese_stop}请更正有误的数据（审定稿、正文和数据项一并更正），或更正该勾稽关系；已经\
                         公布、不能改动的，请写明原因，网页上会显示：`- {{formula: {written}, note: …}}`"
                    ),
                ))
            }
            Self::Negative(unknown) => {
                let (english, chinese) = (unknown.print(Language::English), unknown.print(Language::Chinese));
                let diagnostic = Diagnostic::error(
                    "figures-disagree",
                    location,
                    format!(
                        "`{shown}` does not hold: `?` would be {english}, but counts and amounts are not below zero"
                    ),
                    format!("`{shown}` 不成立：`?` 只能是{chinese}，而数量、金额不能小于零"),
                );
                Some(diagnostic.help(
                    "correct the figure that is wrong, in the text and in the data, or write the relation the other \
                     way round, `A = B + ?` with the larger figure in front",
                    "更正有误的数据（正文和数据项一并更正）；关系写反了的，把大数写在前面：`甲 = 乙 + ?`",
                ))
            }
            Self::DifferentUnits(one, other) => {
                let (chinese_one, chinese_other) = (one.chinese(), other.chinese());
                let diagnostic = Diagnostic::error(
                    "units-disagree",
                    location,
                    format!("`{shown}` adds or compares {one} and {other}"),
                    format!("`{shown}` 把{chinese_one}与{chinese_other}相加减或比较"),
                );
                Some(diagnostic.help(
                    "name figures of one kind and one unit; `*` and `/` may join different ones",
                    "相加减和比较的数据应当同类、同单位；`*` 和 `/` 可以连接不同的单位",
                ))
            }
            Self::Unchecked(Reason::DivisionByZero) => {
                let diagnostic = Diagnostic::warning(
                    "relation-divides-by-zero",
                    location,
                    format!("`{shown}` is not checked: a divisor in it is zero"),
                    format!("`{shown}` 无法核对：其中的除数是零"),
                );
                Some(diagnostic.help(
                    "divide by a figure that is not zero; where there is none, delete the relation",
                    "请改为除以不是零的数据；没有这样的数据，请删去该勾稽关系",
                ))
            }
            Self::Consistent(_) | Self::Unstated(_) | Self::Unchecked(_) => None,
        }
    }
}

/// Returns the words for a comparison that fails.
fn negated(comparison: Comparison) -> (&'static str, &'static str) {
    match comparison {
        Comparison::Equal => ("is not", "不等于"),
        Comparison::Less => ("is not less than", "不小于"),
        Comparison::AtMost => ("is more than", "大于"),
        Comparison::Greater => ("is not more than", "不大于"),
        Comparison::AtLeast => ("is less than", "小于"),
    }
}

impl Fit {
    /// The word for it in data files and templates: `rounding`; nothing if there is nothing to say.
    pub fn id(self) -> Option<&'static str> {
        match self {
            Self::Exact => None,
            Self::Rounding => Some("rounding"),
            Self::Approximate => Some("approximate"),
        }
    }

    /// Returns the words for it, to be shown behind “consistent”.
    pub fn message(self) -> Option<Message> {
        match self {
            Self::Exact => None,
            Self::Rounding => Some(Message::new("within rounding", "在四舍五入的范围内")),
            Self::Approximate => Some(Message::new("as far as approximate figures tell", "在约数的范围内")),
        }
    }
}

impl Reason {
    /// Returns the words for it, to be shown beside `formula`.
    pub fn message(self, formula: &Formula) -> Message {
        let name = |place: usize| formula.operands().get(place).map_or("?", |operand| &operand.name);
        match self {
            Self::Missing(place) => {
                let name = shown(name(place));
                Message::new(format!("`{name}` has no value"), format!("`{name}` 没有数据"))
            }
            Self::Loose(place) => {
                let name = shown(name(place));
                Message::new(format!("`{name}` is open on both sides"), format!("`{name}` 两端均不确定"))
            }
            Self::Unbounded => Message::new(
                "the figures leave the result open on both sides",
                "数据为约数，结果两端均不确定",
            ),
            Self::DivisionByZero => Message::new("the divisor is zero", "除数为零"),
            Self::UncertainDivisor => Message::new("the divisor may be zero", "除数可能为零"),
            Self::TooLarge => Message::new(
                "the numbers have more digits than can be computed exactly",
                "位数过多，无法精确计算",
            ),
        }
    }
}
