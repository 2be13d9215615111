//! Tabs, as word processors write them: between the cells of a row, behind the number of a paragraph, as an indent.
//!
//! Start with [`is_row`]. What a tab means on a page is not its business: there it is white space.

use super::{numbering, width};

/// Signs that word processors set in front of the entries of a list, with a tab behind them.
const BULLETS: &str = "•·●○■□◆◇▪▫➢✓";

/// Tells whether the words of `line` are parted by tabs like the cells of a row.
///
/// A tab in front of the words is an indent, and one behind a printed number or a bullet is a space, if there is no other.
pub fn is_row(line: &str) -> bool {
    let words = line.trim_matches(is_space);
    let Some((first, rest)) = words.split_once('\t') else { return false };
    rest.trim_start_matches(is_space).contains('\t') || !is_mark(first.trim_end_matches(is_space))
}

/// Tells whether `text` is nothing but the mark of a list: 1. （一） ①, or a bullet; symbol fonts have theirs in a private area.
fn is_mark(text: &str) -> bool {
    let is_bullet = |c: char| BULLETS.contains(c) || ('\u{F000}'..='\u{F0FF}').contains(&c);
    let is_number = || numbering::parse(text).is_some_and(|numbering| numbering.length == text.len());
    text.chars().all(is_bullet) || is_number()
}

fn is_space(character: char) -> bool {
    width::fold(character).is_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::is_row;

    #[test]
    fn cells_are_told_from_indents_and_numbers() {
        for row in
            ["片区\t户数", "\t已办结\t未办结", "片区\t\t10件", "1\t城关", "1.\t城关\t52", "甲\t ", "— \t52"]
        {
            assert_eq!(is_row(row), row != "甲\t ", "{row}");
        }
        for other in [
            "",
            "\t",
            "甲",
            "\t甲乙",
            "　　\t甲",
            "1.\t关于甲",
            "（一）\t加强",
            "一、 \t关于",
            "①\t甲",
            "•\t甲",
            "\u{F0B7}\t甲",
        ] {
            assert!(!is_row(other), "{other}");
        }
    }
}
