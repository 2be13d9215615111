//! Fixed numbers without a unit beside figures in 万元 or %: 3 may be 3元 or 3万元, 90 may be 90% or ninety times as much.
//!
//! Start with [`Formula::bare_number`]. Beside figures without a scale a number takes their unit, and there is no question.

use super::dimension::power_of_proportion;
use super::estimate::Estimate;
use super::formula::{Node, Operator};
use super::style::Style;
use super::{Formula, Interval, Piece, Rational, Term};
use crate::diagnostic::{Diagnostic, Language, Location};
use crate::figure::Quantity;
use crate::figure::end::scale_name;

/// A fixed number whose unit nobody can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BareNumber {
    /// The number as written.
    written: String,
    /// The figure beside it.
    beside: String,
    /// How it may be written instead.
    clear: Vec<String>,
}

impl Formula {
    /// Returns the first number without a unit that is added to or compared with figures printed in a scale or as
    /// proportions; `terms` are as for [`Formula::evaluate`].
    ///
    /// Zero is zero in any unit, and 1 beside proportions is the whole: `降幅 = 1 - 今年 / 去年`.
    pub fn bare_number(&self, terms: &[Term<'_>]) -> Option<BareNumber> {
        self.bare_among(&[&self.left, &self.right], terms)
    }

    /// Looks through `nodes`, which are added to each other or compared.
    fn bare_among(&self, nodes: &[&Node], terms: &[Term<'_>]) -> Option<BareNumber> {
        let mut parts = Vec::new();
        for node in nodes {
            push_parts(node, &mut parts);
        }
        let quantity = parts.iter().find_map(|part| {
            let Node::Operand(place) = part else { return None };
            let Some(Term::Figure(quantity) | Term::Fixed(quantity)) = terms.get(*place) else { return None };
            let is_plain = quantity.scale() == 0 && power_of_proportion(quantity.unit()).unwrap_or(0) == 0;
            (!is_plain).then_some(*quantity)
        });
        let number = |part: &&Node| match part {
            Node::Constant { value, is_proportion: false, piece } => {
                let value = value.only().filter(|value| *value != Rational::ZERO)?;
                let Some(Piece::Constant(written)) = self.pieces().get(*piece) else { return None };
                bare_number(written, value, quantity?)
            }
            _ => None,
        };
        let inside = |part: &&Node| match part {
            Node::Operation(_, sides) => sides.iter().find_map(|side| self.bare_among(&[side], terms)),
            _ => None,
        };
        parts.iter().find_map(number).or_else(|| parts.iter().find_map(inside))
    }
}

/// Takes a sum apart; products and quotients are parts.
fn push_parts<'a>(node: &'a Node, parts: &mut Vec<&'a Node>) {
    match node {
        Node::Operation(Operator::Add | Operator::Subtract, sides) => {
            for side in sides.iter() {
                push_parts(side, parts);
            }
        }
        other => parts.push(other),
    }
}

fn bare_number(written: &str, value: Rational, beside: &Quantity) -> Option<BareNumber> {
    let unit = beside.unit().as_str();
    let as_beside = format!("{written}{}{unit}", scale_name(beside.scale()));
    let clear = match power_of_proportion(beside.unit()) {
        Some(power) if power < 0 => {
            if value == Rational::from(1) {
                return None;
            }
            let style = Style { decimals: 0, ..Style::percentage() };
            let percentage = Estimate::new(Interval::point(value), Some(style));
            // Below one it is rather a part of the whole: 0.9 is 90%.
            let percentage = percentage.filter(|_| value < Rational::from(1));
            vec![percentage.map_or(as_beside, |percentage| percentage.print(Language::English))]
        }
        _ => vec![as_beside, format!("{written}{unit}")],
    };
    Some(BareNumber { written: written.to_owned(), beside: beside.printed().to_owned(), clear })
}

impl BareNumber {
    /// Returns the problem for the writer of the formula, which stands at `location`.
    pub fn diagnostic(&self, location: Location) -> Diagnostic {
        let Self { written, beside, clear } = self;
        let either = |or: &str| clear.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(or);
        Diagnostic::error(
            "fixed-number-without-unit",
            location,
            format!("the fixed number `{written}` beside `{beside}` has no unit"),
            format!("固定的数 `{written}` 没有写单位，而与它加减或比较的是 `{beside}`"),
        )
        .help(
            format!("write it with its unit: {}", either(" or ")),
            format!("请连单位一起写：{}", either(" 或 ")),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourcePath;

    /// Checks what is said of the formula, whose labels are figures as printed.
    #[track_caller]
    fn check(text: &str, help: Option<&str>) {
        let formula = Formula::parse(text).unwrap();
        let quantities: Vec<_> =
            formula.operands().iter().map(|operand| Quantity::parse(&operand.name).unwrap()).collect();
        let terms: Vec<_> = quantities.iter().map(Term::Figure).collect();
        let found = formula.bare_number(&terms).map(|number| {
            let diagnostic = number.diagnostic(Location::file(&SourcePath::new("a.md")));
            diagnostic.help.unwrap().in_language(Language::Chinese).to_owned()
        });
        assert_eq!(found.as_deref(), help, "{text}");
    }

    #[test]
    fn numbers_beside_scales_and_proportions_need_a_unit() {
        check("5万元 = 2万元 + 3", Some("请连单位一起写：`3万元` 或 `3元`"));
        check("1.5亿元 >= 1", Some("请连单位一起写：`1亿元` 或 `1元`"));
        check("9.7万余人 > 90000", Some("请连单位一起写：`90000万人` 或 `90000人`"));
        check("“37.7%” >= 30", Some("请连单位一起写：`30%`"));
        check("“37.7%” >= 0.3", Some("请连单位一起写：`30%`"));
        check("三成 = 3", Some("请连单位一起写：`3成`"));
        check("3个百分点 <= 5", Some("请连单位一起写：`5个百分点`"));
        check("12万元 = 3 * (2万元 + 2)", Some("请连单位一起写：`2万元` 或 `2元`"));
        check("2 * (“5%” - 3) = “4%”", Some("请连单位一起写：`3%`"));
    }

    #[test]
    fn others_are_clear() {
        check("10件 = 10", None);
        check("6人 = 2人 + 4", None);
        check("102.28元 >= 100", None);
        check("4.5倍 > 4", None);
        check("5万元 > 0", None);
        check("6万元 = 3万元 * 2", None);
        check("“15.3%” = 1 - 847件 / 1000件", None);
        check("“15.3%” <= 100%", None);
        check("5万元 = 2万元 + 3万元", None);
    }
}
