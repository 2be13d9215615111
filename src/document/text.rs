//! Plain text: a line is a paragraph; lines whose words are parted by equally many tabs are rows of a table.

use super::format::decode;
use super::{Block, Cell, Document, Encoding, Format, Paragraph, Refusal, Row, Table};
use crate::text::tabs;

/// From how many columns on white space in front of words means that they are set in the middle or to the right.
const WIDE_INDENT: usize = 8;

/// The columns of a line of an official document: 28 characters (GB/T 9704-2012).
const PAGE: usize = 56;

/// How far from the middle words may stand that are set there.
const SLACK: usize = 8;

/// The most rows with fewer cells that stand one behind the other in a table.
const MOST_TITLES: usize = 2;

/// Reads plain text: a line is a paragraph; lines with tabs beside each other are rows of a table.
pub(super) fn read(bytes: &[u8], encoding: Encoding) -> Result<Document, Refusal> {
    let text = decode(bytes, encoding)?;
    Ok(Document {
        format: Format::Text(encoding),
        blocks: blocks(&text),
        pictures: Vec::new(),
        findings: Vec::new(),
    })
}

/// Reads lines as paragraphs, and those with tabs as tables.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let lines: Vec<&str> = lines(text).collect();
    let mut rest = lines.as_slice();
    while let Some((line, behind)) = rest.split_first() {
        let n_rows = n_rows(rest);
        if let Some((rows, behind)) = rest.split_at_checked(n_rows).filter(|_| n_rows > 1) {
            blocks.push(Block::Table(Table { rows: rows.iter().map(|row| as_row(row)).collect() }));
            rest = behind;
            continue;
        }
        if !line.trim().is_empty() {
            blocks.push(Block::Paragraph(paragraph(line)));
        }
        rest = behind;
    }
    blocks
}

/// Parts a text into its lines; a line end of any system is one, and so is a page break.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'])
        .scan(true, {
            let mut last_end = 0;
            move |is_first, line| {
                // Between `\r` and `\n` there is no line.
                let start = line.as_ptr().addr() - text.as_ptr().addr();
                let is_pair = line.is_empty() && !*is_first && text.get(last_end..=start) == Some("\r\n");
                *is_first = false;
                last_end = start + line.len();
                Some((!is_pair).then_some(line))
            }
        })
        .flatten()
}

/// Counts the rows of a table at the beginning of `lines`; fewer than 2 are none.
///
/// A title inside a table of three columns or more may have fewer cells (一、履职方面), if two rows have all.
fn n_rows(lines: &[&str]) -> usize {
    let n_tabs = |line: &str| line.matches('\t').count();
    let Some(width) = lines.first().filter(|line| tabs::is_row(line)).map(|line| n_tabs(line)) else {
        return 0;
    };
    let is_whole = |line: &&str| {
        // A row with words in one cell alone has its tabs in front of or behind them.
        n_tabs(line) == width
            && !line.trim().is_empty()
            && (tabs::is_row(line) || width > 1 || line.ends_with('\t'))
    };
    let is_title = |line: &&str| width > 1 && (1..width).contains(&n_tabs(line)) && tabs::is_row(line);
    let (mut n_rows, mut n_whole, mut n_titles) = (0, 0, 0);
    for line in lines {
        if is_whole(line) {
            (n_whole, n_titles) = (n_whole + 1, 0);
        } else if is_title(line) && n_titles < MOST_TITLES {
            n_titles += 1;
        } else {
            break;
        }
        n_rows += 1;
    }
    if n_whole > 1 { n_rows } else { 0 }
}

fn as_row(line: &str) -> Row {
    let cell = |text: &str| Cell { text: text.trim().to_owned(), columns: 1, goes_on: false };
    Row { cells: line.split('\t').map(cell).collect() }
}

fn paragraph(line: &str) -> Paragraph {
    let text = line.trim();
    let indent: usize = line.chars().take_while(|c| c.is_whitespace()).map(columns).sum();
    let width: usize = text.chars().map(columns).sum();
    let behind = PAGE.saturating_sub(indent + width);
    let is_apart = indent >= WIDE_INDENT && width + WIDE_INDENT <= PAGE;
    let is_centered = is_apart && indent.abs_diff(behind) <= SLACK;
    Paragraph {
        text: text.to_owned(),
        is_centered,
        is_right: is_apart && !is_centered && behind < indent,
        ..Paragraph::default()
    }
}

/// Returns how many columns a character takes.
fn columns(character: char) -> usize {
    match character {
        '\t' => 4,
        _ if character.is_ascii() || character == '\u{A0}' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn document(text: &str) -> Document {
        read(text.as_bytes(), Encoding::Utf8).unwrap()
    }

    /// Checks what `text` is read as: paragraphs as they are, a table as its rows with `|` between the cells.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let as_line = |block: &Block| match block {
            Block::Paragraph(paragraph) => paragraph.text.clone(),
            Block::Table(table) => {
                let row = |row: &Row| row.cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("|");
                table.rows.iter().map(row).collect::<Vec<_>>().join("/")
            }
            Block::Picture(_) => unreachable!(),
        };
        let lines: Vec<String> = document(text).blocks.iter().map(as_line).collect();
        assert_eq!(lines, expected, "{text:?}");
    }

    #[test]
    fn lines_are_paragraphs_and_rows_with_tabs_tables() {
        check(
            "甲\n\n　　乙 \r\n丙\r丁\u{C}戊\u{2028}己\u{85}庚",
            &["甲", "乙", "丙", "丁", "戊", "己", "庚"],
        );
        check("\u{FEFF}甲\r\n", &["甲"]);
        check("前\n问题\t状态\n甲\t已完成\n后", &["前", "问题|状态/甲|已完成", "后"]);
        check("\t已办结\t未办结\n甲\t1\t2\n乙\t\t3\n丙\t\t", &["|已办结|未办结/甲|1|2/乙||3/丙||"]);
        check("甲\t乙\n丙\t", &["甲|乙/丙|"]);
        check("甲\t乙\t丙\n丁\t戊", &["甲\t乙\t丙", "丁\t戊"]);
        check("甲\t乙\n\n丙\t丁", &["甲\t乙", "丙\t丁"]);
        check("一、\t学习\n二、\t落实", &["一、\t学习", "二、\t落实"]);
        check("\t甲乙\n\t丙丁", &["甲乙", "丙丁"]);
        check("1\t城关\n2\t临城", &["1|城关/2|临城"]);
        check("甲\t乙", &["甲\t乙"]);
        check("甲\u{200B}乙\u{FEFF}丙", &["甲\u{200B}乙\u{FEFF}丙"]);
    }

    #[test]
    fn white_space_tells_where_words_are_set() {
        for (line, is_centered, is_right) in [
            ("　　根据统一部署，巡察组进行了巡察。", false, false),
            ("　　　　　　　　　关于整改情况的通报", true, false),
            ("                   关于整改情况的通报", true, false),
            ("　　　　　　　　　　　　　　　　　　中共舟山市委员会", false, true),
            ("\t\t\t\t\t\t\t\t\t\t2025年8月28日", false, true),
            ("　　　　　联系电话：0580-2072198", false, false),
            ("关于整改情况的通报", false, false),
        ] {
            let read = document(line);
            let Some(Block::Paragraph(paragraph)) = read.blocks.first() else { panic!("{line}") };
            assert_eq!((paragraph.is_centered, paragraph.is_right), (is_centered, is_right), "{line}");
        }
    }

    proptest! {
        /// Every character but white space comes out, in its order.
        #[test]
        fn nothing_is_lost(text in "([甲乙1a、（]|\t|\t\t|\n|\r|\r\n|　| |\u{200B}|\u{C}|\u{85}){0,60}") {
            let without_spaces = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(without_spaces(&document(&text).plain_text()), without_spaces(&text));
        }

        /// What is printed is read as the same.
        #[test]
        fn reading_again_changes_nothing(text in "([甲乙1]{1,3}|\t|\t\t|\n){0,40}") {
            let once = document(&text).plain_text();
            prop_assert_eq!(document(&once).plain_text(), once);
        }
    }
}
