//! The grammar of relations: one line → operands and a tree.
//!
//! Start with [`Formula::parse`]. A formula is two sides and one comparison; `*` and `/` bind more closely than `+` and
//! `-`, and brackets group. Full-width and typographic signs are the same as ASCII. How labels end is said in `token`.

use std::fmt;
use std::ops::Range;

use super::error::{FormulaError, FormulaErrorKind};
use super::token::{Placed, Token, tokens};
use super::{Interval, Rational};

/// The most brackets inside each other.
const DEEPEST: usize = 16;

/// A relation as written: `追责问责 = 批评教育 + 督察记分`.
///
/// It prints with one space beside each sign, the signs in their typographic form, everything else as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    operands: Vec<Operand>,
    pieces: Vec<Piece>,
    pub(super) left: Node,
    pub(super) comparison: Comparison,
    pub(super) right: Node,
}

/// What the caller gives a value to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operand {
    /// The label or id of a metric without quotes, or what is to be counted.
    pub name: String,
    /// Which of the two.
    pub kind: OperandKind,
    /// The bytes of the formula.
    pub range: Range<usize>,
    /// What stands there, quotes and `count(…)` included.
    pub written: String,
}

/// What an operand names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperandKind {
    /// A metric, by label or id.
    Metric,
    /// `count(…)` or `统计(…)`: the number of the things inside.
    Count,
}

/// A part of a formula in the order in which it is written, for printing it with figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The operand with this place in [`Formula::operands`].
    Operand(usize),
    /// A number, as written.
    Constant(String),
    /// `?`, the value that the text does not state.
    Unknown,
    /// `+`, `−`, `×` or `÷`.
    Operator(Operator),
    /// The comparison.
    Comparison(Comparison),
    /// `(`
    Open,
    /// `)`
    Close,
}

/// A sign between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// A sign between the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// A side of a formula, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// The operand with this place in the list.
    Operand(usize),
    Constant {
        value: Interval,
        /// Whether it is written as a proportion.
        is_proportion: bool,
        /// Its place among the pieces.
        piece: usize,
    },
    Unknown,
    Operation(Operator, Box<[Node; 2]>),
}

impl Formula {
    /// Reads the whole of `text` as one formula.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let tokens = tokens(text)?;
        if tokens.is_empty() {
            return Err(FormulaError { range: 0..text.len(), kind: FormulaErrorKind::Empty });
        }
        let mut parser =
            Parser { text, tokens: &tokens, at: 0, depth: 0, operands: Vec::new(), pieces: Vec::new() };
        let left = parser.sum()?;
        let comparison = match parser.peek() {
            Some(&Token::Comparison(comparison)) => comparison,
            Some(_) => return Err(parser.unexpected()),
            None => return Err(FormulaError { range: 0..text.len(), kind: FormulaErrorKind::NoComparison }),
        };
        parser.take(Piece::Comparison(comparison));
        let right = parser.sum()?;
        match parser.peek() {
            None => {}
            Some(Token::Comparison(_)) => return Err(parser.fault(FormulaErrorKind::SecondComparison)),
            Some(_) => return Err(parser.unexpected()),
        }
        if let Some(second) = tokens.iter().filter(|placed| placed.token == Token::Unknown).nth(1) {
            let range = second.start..second.end;
            return Err(FormulaError { range, kind: FormulaErrorKind::SecondUnknown });
        }
        Ok(Self { operands: parser.operands, pieces: parser.pieces, left, comparison, right })
    }

    /// Returns what needs a value, in the order in which it is written; what is named twice stands there twice.
    pub fn operands(&self) -> &[Operand] {
        &self.operands
    }

    /// Returns the parts in the order in which they are written.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Returns the formula with `words` for each operand, which it gets with its place: `追责问责 6人 = 批评教育 2人 + 督察记分 4人`.
    pub fn print_with(&self, words: impl Fn(usize, &Operand) -> String) -> String {
        let print = |piece: &Piece| match piece {
            Piece::Operand(place) => {
                self.operands.get(*place).map(|operand| words(*place, operand)).unwrap_or_default()
            }
            Piece::Constant(written) => written.clone(),
            Piece::Unknown => "?".to_owned(),
            Piece::Operator(operator) => format!(" {} ", operator.symbol()),
            Piece::Comparison(comparison) => format!(" {} ", comparison.symbol()),
            Piece::Open => "(".to_owned(),
            Piece::Close => ")".to_owned(),
        };
        self.pieces.iter().map(print).collect()
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.print_with(|_, operand| operand.written.clone()))
    }
}

impl Operator {
    /// Returns the sign as it is printed.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "−",
            Self::Multiply => "×",
            Self::Divide => "÷",
        }
    }
}

impl Comparison {
    /// Returns the sign as it is printed.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Less => "<",
            Self::AtMost => "≤",
            Self::Greater => ">",
            Self::AtLeast => "≥",
        }
    }

    /// Tells whether it holds between two numbers.
    pub(super) fn holds(self, one: Rational, two: Rational) -> bool {
        match self {
            Self::Equal => one == two,
            Self::Less => one < two,
            Self::AtMost => one <= two,
            Self::Greater => one > two,
            Self::AtLeast => one >= two,
        }
    }

    /// Returns the comparison that holds when the sides change places.
    pub(super) fn reversed(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
        }
    }
}

/// A walk through the tokens, one function per level of precedence.
struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Placed],
    at: usize,
    depth: usize,
    operands: Vec<Operand>,
    pieces: Vec<Piece>,
}

impl<'a> Parser<'a> {
    fn sum(&mut self) -> Result<Node, FormulaError> {
        self.operations(&[Operator::Add, Operator::Subtract], Self::product)
    }

    fn product(&mut self) -> Result<Node, FormulaError> {
        self.operations(&[Operator::Multiply, Operator::Divide], Self::value)
    }

    /// Reads what `operators` join, grouped from the left.
    fn operations(
        &mut self,
        operators: &[Operator],
        operand: fn(&mut Self) -> Result<Node, FormulaError>,
    ) -> Result<Node, FormulaError> {
        let mut left = operand(self)?;
        while let Some(&Token::Operator(operator)) = self.peek()
            && operators.contains(&operator)
        {
            self.take(Piece::Operator(operator));
            let right = operand(self)?;
            left = Node::Operation(operator, Box::new([left, right]));
        }
        Ok(left)
    }

    fn value(&mut self) -> Result<Node, FormulaError> {
        let node = match self.peek() {
            Some(Token::Open) => return self.group(),
            Some(Token::Name(name)) => self.operand(name, OperandKind::Metric),
            Some(Token::Count(argument)) => self.operand(argument, OperandKind::Count),
            Some(&Token::Number(value, is_proportion)) => {
                let written = self.text.get(self.range()).unwrap_or_default().to_owned();
                let piece = self.pieces.len();
                self.take(Piece::Constant(written));
                Node::Constant { value, is_proportion, piece }
            }
            Some(Token::Unknown) => {
                self.take(Piece::Unknown);
                Node::Unknown
            }
            Some(_) | None => return Err(self.fault(FormulaErrorKind::MissingOperand)),
        };
        Ok(node)
    }

    fn group(&mut self) -> Result<Node, FormulaError> {
        let open = self.fault(FormulaErrorKind::Unbalanced);
        if self.depth >= DEEPEST {
            return Err(self.fault(FormulaErrorKind::TooDeep));
        }
        self.depth += 1;
        self.take(Piece::Open);
        let node = self.sum()?;
        match self.peek() {
            Some(Token::Close) => self.take(Piece::Close),
            Some(Token::Comparison(_)) | None => return Err(open),
            Some(_) => return Err(self.unexpected()),
        }
        self.depth -= 1;
        Ok(node)
    }

    fn operand(&mut self, name: &str, kind: OperandKind) -> Node {
        let place = self.operands.len();
        let range = self.range();
        let written = self.text.get(range.clone()).unwrap_or_default().to_owned();
        self.operands.push(Operand { name: name.to_owned(), kind, range, written });
        self.take(Piece::Operand(place));
        Node::Operand(place)
    }

    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at).map(|placed| &placed.token)
    }

    fn take(&mut self, piece: Piece) {
        self.pieces.push(piece);
        self.at += 1;
    }

    /// Returns the place of the next token; at the end, that of the last one.
    fn range(&self) -> Range<usize> {
        let placed = self.tokens.get(self.at).or(self.tokens.last());
        placed.map_or(0..0, |placed| placed.start..placed.end)
    }

    fn fault(&self, kind: FormulaErrorKind) -> FormulaError {
        FormulaError { range: self.range(), kind }
    }

    /// Returns what is wrong with a token behind a value that can neither go on nor end there.
    fn unexpected(&self) -> FormulaError {
        self.fault(match self.peek() {
            Some(Token::Close) => FormulaErrorKind::Unbalanced,
            _ => FormulaErrorKind::MissingOperator,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::FormulaErrorKind::{
        Empty, MissingOperand, MissingOperator, NoComparison, SecondComparison, SecondUnknown, TooDeep,
        TooLong, Unbalanced,
    };
    use super::*;
    use crate::diagnostic::{Language, Location, SourcePath};
    use proptest::prelude::*;

    /// Checks the tree, every operation shown in brackets, and the print.
    #[track_caller]
    fn check(text: &str, tree: &str, printed: &str) {
        let formula = Formula::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let shown = format!(
            "{} {} {}",
            show(&formula, &formula.left),
            formula.comparison.symbol(),
            show(&formula, &formula.right)
        );
        assert_eq!(shown, tree, "{text}");
        assert_eq!(formula.to_string(), printed, "{text}");
    }

    fn show(formula: &Formula, node: &Node) -> String {
        match node {
            Node::Operand(place) => formula.operands[*place].name.clone(),
            Node::Constant { .. } => "1".to_owned(),
            Node::Unknown => "?".to_owned(),
            Node::Operation(operator, sides) => {
                let [left, right] = &**sides;
                format!("({}{}{})", show(formula, left), operator.symbol(), show(formula, right))
            }
        }
    }

    #[track_caller]
    fn check_error(text: &str, place: &str, kind: FormulaErrorKind) {
        let error = Formula::parse(text).unwrap_err();
        assert_eq!((text.get(error.range.clone()), error.kind), (Some(place), kind), "{text}");
        let location = Location::new(&SourcePath::new("content/a-2025/01.md"), 3..5);
        let diagnostic = error.diagnostic(location, text);
        assert_eq!(diagnostic.code, "not-a-formula");
        for language in [Language::English, Language::Chinese] {
            assert!(
                diagnostic.message.in_language(language).contains(place)
                    || place.len() > 40
                    || matches!(kind, Empty | TooDeep)
            );
            assert!(diagnostic.help.as_ref().is_some_and(|help| !help.in_language(language).is_empty()));
        }
    }

    #[test]
    fn signs_bind_as_usual() {
        check("a=b+c -d", "a = ((b+c)−d)", "a = b + c − d");
        check("a = b + c * d / e", "a = (b+((c×d)÷e))", "a = b + c × d ÷ e");
        check("a = (b + c) * d", "a = ((b+c)×d)", "a = (b + c) × d");
        check("a - (b - c) >= d", "(a−(b−c)) ≥ d", "a − (b − c) ≥ d");
        check("追赃率＝追赃金额／？", "追赃率 = (追赃金额÷?)", "追赃率 = 追赃金额 ÷ ?");
        check("降幅 = 100% - “甲-乙”", "降幅 = (1−甲-乙)", "降幅 = 100% − “甲-乙”");
    }

    #[test]
    fn operands_keep_name_and_place() {
        let text = "三项 = 统计（甲、乙） + “丙-丁”";
        let formula = Formula::parse(text).unwrap();
        let operands: Vec<_> = formula
            .operands()
            .iter()
            .map(|operand| (operand.name.as_str(), operand.kind, text.get(operand.range.clone()).unwrap()))
            .collect();
        let expected = [
            ("三项", OperandKind::Metric, "三项"),
            ("甲、乙", OperandKind::Count, "统计（甲、乙）"),
            ("丙-丁", OperandKind::Metric, "“丙-丁”"),
        ];
        assert_eq!(operands, expected);
        assert_eq!(formula.operands()[2].written, "“丙-丁”");
    }

    #[test]
    fn figures_are_printed_in_place_of_labels() {
        let formula = Formula::parse("追责问责=(批评教育+督察记分)*100%").unwrap();
        assert_eq!(
            formula.print_with(|_, operand| format!("{} 6人", operand.name)),
            "追责问责 6人 = (批评教育 6人 + 督察记分 6人) × 100%"
        );
    }

    #[test]
    fn faults_have_their_place() {
        check_error("", "", Empty);
        check_error(" ", " ", Empty);
        check_error("甲 + 乙", "甲 + 乙", NoComparison);
        check_error("甲 = 乙 = 丙", "=", SecondComparison);
        check_error("甲 == 乙", "=", MissingOperand);
        check_error("甲 = ? + ？", "？", SecondUnknown);
        check_error("= 乙", "=", MissingOperand);
        check_error("甲 =", "=", MissingOperand);
        check_error("甲 = -乙", "-", MissingOperand);
        check_error("甲 = 乙 +", "+", MissingOperand);
        check_error("甲 = ()", ")", MissingOperand);
        check_error("甲 = 乙 (丙)", "(", MissingOperator);
        check_error("甲 ? = 乙", "?", MissingOperator);
        check_error("甲 = (乙 + 丙", "(", Unbalanced);
        check_error("（甲 = 乙）", "（", Unbalanced);
        check_error("甲 = 乙）", "）", Unbalanced);
        check_error("甲 = (乙 ? )", "?", MissingOperator);
    }

    #[test]
    fn nesting_and_length_are_limited() {
        let nested = |depth: usize| format!("a = {}b{}", "(".repeat(depth), ")".repeat(depth));
        assert!(Formula::parse(&nested(DEEPEST)).is_ok());
        check_error(&nested(DEEPEST + 1), "(", TooDeep);
        let long = format!("a = {}b", "b+".repeat(50_000));
        assert_eq!(Formula::parse(&long).unwrap_err().kind, TooLong);
        assert_eq!(Formula::parse(&"(".repeat(100_000)).unwrap_err().kind, TooLong);
    }

    proptest! {
        #[test]
        fn printed_formulas_come_back(left in "[a甲(][a-z甲乙0-9]{0,3}( ?[-+*/] ?(甲|b|12|5%|\\?|\\(c ?- ?丁\\)|“e-f”|count\\(a、b\\))){0,5}\\)?", right in "[a甲]{1,2}( ?[-+*/] ?(己|b-c|0.5)){0,3}") {
            for comparison in ["=", "<=", ">", "＝", "≥"] {
                if let Ok(formula) = Formula::parse(&format!("{left}{comparison}{right}")) {
                    let again = Formula::parse(&formula.to_string()).unwrap();
                    prop_assert_eq!(&again.left, &formula.left);
                    prop_assert_eq!(&again.right, &formula.right);
                    prop_assert_eq!(again.pieces(), formula.pieces());
                    prop_assert_eq!(again.to_string(), formula.to_string());
                }
            }
        }

        #[test]
        fn any_text_is_survived(text: String, near in "[-a1甲 ()（“”=<+*/?%.－]{0,14}") {
            for text in [text, near] {
                if let Err(error) = Formula::parse(&text) {
                    prop_assert!(text.get(error.range).is_some());
                }
            }
        }
    }
}
