//! `number-broken`: a number that lies across two lines or paragraphs, has a tab in it, or digits of two widths.
//!
//! Start with [`check`]. A line break in Markdown is a space on the page, so that 共1⏎2人 would be shown as 共1 2人 and read
//! as 2人. Between ideographs it disappears (共12万⏎元), but a number is written in one piece there as well. What the number would
//! be without the break is not guessed: authors say it by joining the lines.

use super::SearchedText;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::figure::{breaks_number, ends_open, mixed_widths};
use crate::markdown::{self, Block, BlockEdge, BlockKind, Inline};
use crate::text::width;

/// How much of the words around a break a message shows, in characters to either side.
const SHOWN: usize = 8;

/// How much in front of a break is looked at, in bytes.
const MOST_BEFORE: usize = 500;

/// Returns, for each of the lines of `blocks`, whether it is a paragraph of running text behind another one.
///
/// Cells and entries of lists stand apart, whatever they end and begin with.
pub(super) fn paragraphs_behind_another(blocks: &mut [Block]) -> Vec<bool> {
    let mut follows = Vec::new();
    push_followers(blocks, &mut follows);
    follows
}

fn push_followers(blocks: &mut [Block], follows: &mut Vec<bool>) {
    let mut is_last_paragraph = false;
    for block in blocks {
        let is_paragraph = matches!(block.kind, BlockKind::Paragraph(_));
        match &mut block.kind {
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| push_followers(&mut item.blocks, follows));
            }
            BlockKind::Quote(blocks) | BlockKind::FootnoteDefinition { blocks, .. } => {
                push_followers(blocks, follows);
            }
            _ => {
                let n_lines = markdown::lines_mut(std::slice::from_mut(block)).len();
                follows.extend((0..n_lines).map(|_| is_paragraph && is_last_paragraph));
            }
        }
        is_last_paragraph = is_paragraph;
    }
}

/// Looks at the words of the file `source`; `follows` is from [`paragraphs_behind_another`].
pub(super) fn check(text: &SearchedText<'_>, follows: &[bool], source: &str, diagnostics: &mut Diagnostics) {
    let &SearchedText { words, lines, path } = text;
    for range in mixed_widths(&words.text, &words.numbers) {
        diagnostics.push(mixed(words.get(&range), text.location(&range)));
    }
    for (index, line) in lines.iter().enumerate() {
        let printed = words.line(index);
        if follows.get(index) == Some(&true) {
            let before = words.line(index - 1);
            if is_broken(before, printed) && !is_entry(before) {
                let start = line.source_offset(0);
                let location = Location::new(path, start..start + first_length(printed));
                diagnostics.push(broken(before, '⏎', printed, location));
            }
        }
        let edges = line.block_edges();
        check_edges(printed, &edges, line, path, diagnostics);
        check_gaps(printed, &edges, line, source, path, diagnostics);
    }
}

/// Looks at the tabs and line breaks inside a line, which is `printed`; those at the `edges` of blocks are not its own.
fn check_gaps(
    printed: &str,
    edges: &[BlockEdge],
    line: &Inline,
    source: &str,
    path: &SourcePath,
    diagnostics: &mut Diagnostics,
) {
    let written = source.get(line.range()).unwrap_or_default();
    if !(written.contains(['\n', '\r']) || printed.contains(['\n', '\t'])) || is_row(printed) {
        return;
    }
    let (mut last, mut last_offset) = (' ', line.range().start);
    for ((at, gap), offset) in printed.char_indices().zip(line.source_offsets()) {
        // On the page, a line break of the file is a space, or nothing between two ideographs.
        let is_break = gap == '\n'
            || gap == ' ' && source.get(offset..).is_some_and(|rest| rest.starts_with(['\n', '\r']))
            || !gap.is_whitespace()
                && source.get(last_offset..offset).is_some_and(|gap| gap.contains(['\n', '\r']));
        if (is_break || gap == '\t') && !last.is_whitespace() {
            let (before, behind) = printed.split_at(at);
            let gap_end = printed.len() - behind.trim_start().len();
            let next_edge = edges.get(edges.partition_point(|edge| edge.at < at));
            let is_at_edge = next_edge.is_some_and(|edge| edge.at <= gap_end);
            if !is_at_edge && is_broken(before, behind) && !(gap == '\n' && is_entry(before)) {
                let sign = if is_break { '⏎' } else { '⇥' };
                let location = Location::new(path, last_offset..last_offset + last.len_utf8());
                diagnostics.push(broken(before, sign, behind, location));
            }
        }
        (last, last_offset) = (gap, offset);
    }
}

/// Looks at the `edges` of blocks of HTML in a line, which is `printed`.
fn check_edges(
    printed: &str,
    edges: &[BlockEdge],
    line: &Inline,
    path: &SourcePath,
    diagnostics: &mut Diagnostics,
) {
    let mut last_length = 0;
    for edge in edges {
        let (before, behind) = printed.split_at(edge.at);
        let before = before.trim_end();
        // Where one block ends and the next one begins, there are two edges.
        let is_own = edge.is_paragraph && before.len() != last_length;
        if is_own && is_broken(before, behind) && !is_entry(before) {
            let length = before.chars().next_back().map_or(0, char::len_utf8);
            let start = line.source_offset(before.len() - length);
            diagnostics.push(broken(before, '⏎', behind, Location::new(path, start..start + length)));
        }
        last_length = before.len();
    }
}

/// Tells whether a number goes on behind the gap between `before` and `behind`.
pub(super) fn is_broken(before: &str, behind: &str) -> bool {
    let before = last_line(before);
    breaks_number(before, behind.trim_start()) && ends_open(before)
}

/// Tells whether the last line of `before` is nothing but a number: an entry of its own, whatever line follows.
fn is_entry(before: &str) -> bool {
    let number = last_line(before).trim_start();
    number.ends_with(char::is_numeric) && number.chars().all(|c| c.is_numeric() || ".．,，".contains(c))
}

fn last_line(text: &str) -> &str {
    // A paragraph of thousands of lines is not walked through for each of them.
    let from = text.ceil_char_boundary(text.len().saturating_sub(MOST_BEFORE));
    let end = text.get(from..).unwrap_or_default();
    end.rsplit('\n').next().unwrap_or_default().trim_end()
}

/// Tells whether a line with tabs is a row of a table and no prose.
fn is_row(printed: &str) -> bool {
    printed.matches('\t').nth(1).is_some() && !printed.contains(['，', ',', '。', '；'])
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// A break or a tab, shown as `sign`, stands inside a number.
pub(super) fn broken(before: &str, sign: char, behind: &str, location: Location) -> Diagnostic {
    let before = before.trim_end();
    let shown_from = before.char_indices().rev().nth(SHOWN).map_or(0, |(at, c)| at + c.len_utf8());
    let before = before.get(shown_from..).unwrap_or_default();
    let behind: String = behind.trim_start().chars().take(SHOWN).collect();
    let shown = format!("{before}{sign}{behind}").replace('`', "'");
    let (english, chinese) = if sign == '⇥' { ("a tab", "制表符") } else { ("a line break", "换行") };
    Diagnostic::error(
        "number-broken",
        location,
        format!("{english} parts a number: `{shown}`"),
        format!("数被{chinese}断开：`{shown}`"),
    )
    .help(
        "write the number with its sign and its unit on one line and without a tab; if these are two numbers, part them by a \
         mark or by words",
        "请把数连同正负号和单位写在同一行，中间不用制表符；如果是两个数，请用标点或文字隔开",
    )
}

/// The digits of a number are of both widths.
pub(super) fn mixed(printed: &str, location: Location) -> Diagnostic {
    let folded: String = printed.chars().map(width::fold).collect();
    Diagnostic::error(
        "number-broken",
        location,
        format!("the number `{printed}` has digits of two widths"),
        format!("`{printed}` 中全角、半角数字混用"),
    )
    .help(
        format!("write it in one width: `{folded}`; the approved text may have the other"),
        format!("请统一为一种宽度：`{folded}`；审定稿中是另一种宽度也可以"),
    )
}
