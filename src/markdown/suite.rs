//! A public suite of emphasis beside Chinese, Japanese and Korean text; `tests/emphasis/` says where it is from.

use super::testing::blocks_html;
use super::{Options, parse};
use crate::diagnostic::{Diagnostics, SourcePath};
use crate::text::characters;

const VECTORS: &str = include_str!("../../tests/emphasis/vectors.txt");
const DIFFERENCES: &str = include_str!("../../tests/emphasis/differences.md");

/// Keeps every character as it is: here it is about the bold beside them.
fn html(source: &str) -> String {
    let rare_characters =
        source.chars().chain(['\u{200b}']).filter(|c| characters::can_be_kept(*c)).collect();
    let options = Options { rare_characters, ..Options::default() };
    let mut diagnostics = Diagnostics::new();
    blocks_html(&parse(&SourcePath::new("a.md"), source, 0..source.len(), &options, &mut diagnostics))
}

#[test]
fn the_suite_comes_out_as_it_should_or_there_is_a_reason() {
    let mut different = Vec::new();
    let mut n_vectors = 0;
    for (source, expected) in VECTORS.split("\n\n").skip(1).filter_map(|vector| vector.split_once('\n')) {
        n_vectors += 1;
        let shown = html(source);
        let shown = shown.trim_end().trim_start_matches("<p>").trim_end_matches("</p>");
        if shown != expected.trim_end() {
            different.push(format!("| `{source}` | `{shown}` |"));
        }
    }
    assert_eq!(n_vectors, 112);
    let rows = DIFFERENCES.lines().filter(|line| line.starts_with("| `"));
    let listed: Vec<&str> = rows
        .map(|row| {
            let (row, reason) = row.trim_end_matches(" |").rsplit_once(" | ").unwrap();
            assert!(reason.ends_with('.'), "a sentence says why: {row}");
            row
        })
        .collect();
    let different: Vec<&str> = different.iter().map(|row| row.trim_end_matches(" |")).collect();
    assert_eq!(different, listed);
}
