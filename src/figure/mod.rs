//! Figures: numbers with a unit, exactly as the text prints them.
//!
//! Start with [`Quantity::parse`], which reads one printed figure (`9.7万余人`) into its exact value, unit, precision and
//! approximation, and prints the same characters back. [`scan()`] finds all figures of a paragraph; `relation` computes
//! whether those that belong together can agree. Values are [`Decimal`]; no floating point comes near them.

mod approximation;
mod compound;
mod decimal;
mod end;
mod error;
mod number;
mod quantity;
mod relation;
mod scan;
mod units;
mod words;

pub use approximation::Approximation;
pub use decimal::{Decimal, DecimalError};
pub use error::QuantityError;
pub use quantity::{Quantity, Unit};
pub use relation::{
    BareNumber, Cause, Comparison, Dimension, Estimate, Fit, Formula, FormulaError, FormulaErrorKind,
    Interval, Operand, OperandKind, Operator, Outcome, Piece, Rational, Reason, Rounding, Term, listed,
};
pub(crate) use scan::separates;
pub use scan::{NoFigure, NumberKind, WrittenNumber, breaks_number, ends_open, mixed_widths, scan};
pub(crate) use words::{ends_otherwise, is_named_by, measures_otherwise, never_adds_up};
