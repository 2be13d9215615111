//! Relations between figures: a formula of one line → whether the printed figures can agree with it.
//!
//! `办结率 = 已办结信访件 / 移交信访件` goes through [`Formula::parse`] into operands and a tree. The caller finds the figure
//! of each operand, and [`Formula::evaluate`] tells the [`Outcome`]. In between, a figure is an [`Interval`]: all the
//! numbers that are printed alike, by the rounding rule of XBRL Calculations 1.1, as far as that is rounding. This folder knows no notice, no labels
//! and no files.

mod bare;
mod cause;
mod dimension;
mod error;
mod estimate;
mod evaluate;
mod formula;
mod interval;
mod listing;
mod outcome;
mod rational;
mod reading;
mod style;
mod token;

pub use bare::BareNumber;
pub use cause::Cause;
pub use dimension::Dimension;
pub use error::{FormulaError, FormulaErrorKind};
pub use estimate::Estimate;
pub use evaluate::Term;
pub use formula::{Comparison, Formula, Operand, OperandKind, Operator, Piece};
pub use interval::Interval;
pub use listing::listed;
pub use outcome::{Fit, Outcome, Reason};
pub use rational::{Rational, Rounding};
