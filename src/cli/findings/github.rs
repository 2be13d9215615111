//! What was found → workflow commands of GitHub, a line for each.
//!
//! The order of the properties is that of GitHub's own `@actions/core`.

use std::fmt::Write as _;

use super::{Findings, Stretch};
use crate::diagnostic::Severity;

pub(super) fn print(findings: &Findings<'_>) -> String {
    let mut out = String::new();
    for found in findings.all {
        let command = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut properties = vec![("title", found.code.to_owned())];
        if let Some(location) = &found.location {
            properties.push(("file", findings.path(&location.path)));
            if let Some(Stretch { start, end, .. }) = findings.stretch(location) {
                properties.extend([("line", start.line.to_string()), ("endLine", end.line.to_string())]);
                // GitHub refuses columns of several lines.
                if start.line == end.line {
                    properties
                        .extend([("col", start.column.to_string()), ("endColumn", end.column.to_string())]);
                }
            }
        }
        let properties: Vec<String> =
            properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
        let words = data(&findings.words(found));
        writeln!(out, "::{command} {}::{words}", properties.join(",")).expect("a text takes everything");
    }
    out
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_ends_a_text_or_a_property_is_escaped() {
        assert_eq!(super::data("100%，a:b,\r\n"), "100%25，a:b,%0D%0A");
        assert_eq!(super::property("100%,a:b\n"), "100%25%2Ca%3Ab%0A");
    }
}
