//! A figure with a name.

use super::Quantity;
use crate::diagnostic::Located;

/// A named figure: one number that the prose states, under the name by which people speak of it.
#[derive(Debug, Clone)]
pub struct Metric {
    /// What is counted, unique in the notice.
    pub label: Located<String>,
    /// The figure as printed.
    pub quantity: Located<Quantity>,
    /// The words of the text that state it, where the label and the figure alone do not lead to one place.
    pub quote: Option<Located<String>>,
}
