//! Figures: numbers with a unit, exactly as the text prints them.
//!
//! Start with [`Quantity::parse`], which reads one printed figure (`9.7万余人`) into its exact value, unit, precision and
//! approximation, and prints the same characters back; [`scan`] finds all of them in a text. Values are [`Decimal`]; no floating point comes near them.

mod approximation;
mod decimal;
mod end;
mod error;
mod number;
mod quantity;
mod scan;

pub use approximation::Approximation;
pub use decimal::{Decimal, DecimalError};
pub use error::QuantityError;
mod metric;
pub use metric::Metric;
pub use quantity::{Quantity, Unit};
pub mod relation;
pub use scan::{Found, FoundKind, Reason, scan};
