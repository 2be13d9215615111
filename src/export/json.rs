//! JSON as every data file writes it: two spaces a level, keys in the order of the fields, one line end behind it.
//!
//! A value that is not known is `null`, never left out, so that a reader can tell “not stated” from “not thought of”.

use serde::Serialize;

/// Writes a data file.
pub(super) fn write(file: &impl Serialize) -> String {
    let mut text =
        serde_json::to_string_pretty(file).expect("data files are structs of texts, numbers and lists");
    text.push('\n');
    text
}
