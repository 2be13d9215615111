//! Checks the names that are suggested against `tests/suggested_names.md`, the table of cases that editors read and extend.

use super::exempt::no_figure;
use super::label::labels;
use crate::binding::Words;
use crate::text::cases::{Row, rows};

/// The table itself.
const TABLE: &str = include_str!("../../tests/suggested_names.md");

/// Writes the names of all figures of a text in the notation of the table.
fn notation(text: &str) -> String {
    let words = Words::scanned(text);
    let figures = words.numbers.iter().filter(|found| found.kind.quantity().is_some());
    let names = figures.map(|found| {
        if no_figure(&found.range, &words, &[]).is_some() {
            return "—".to_owned();
        }
        let labels = labels(&words, &found.range);
        let names = labels.iter().map(|one| format!("{}{}", one.text, if one.is_good { "" } else { "?" }));
        names.collect::<Vec<_>>().join("、")
    });
    names.collect::<Vec<_>>().join("；")
}

#[test]
fn names_are_right_or_marked() {
    let rows = rows(TABLE);
    let mut wrong = Vec::new();
    for Row { line, cells: [text, names], .. } in &rows {
        let found = notation(text);
        // What is marked is marked whatever it is.
        let is_right = found.split('；').count() == names.split('；').count()
            && found
                .split('；')
                .zip(names.split('；'))
                .all(|(found, name)| found == name || name == "?" && found.ends_with('?'));
        if !is_right {
            wrong.push(format!("line {line}: {text}\n  table: {names}\n  found: {found}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows of tests/suggested_names.md are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(rows.len() >= 120, "only {} rows are left in tests/suggested_names.md", rows.len());
}
