//! Prepares official prose for a `CommonMark` parser, whose rules about lines are different.
//!
//! In official prose every line that begins with a numbering, a label or an indentation is a paragraph, no text is
//! code because it is indented or a heading because a rule stands under it, and nothing may vanish as the definition
//! of an unused link. Lines with tabs are rows from a word processor: each stands alone. Where the parser disagrees, a blank
//! line or an invisible marker is put in, and the text is parsed again, until nothing changes. Start at [`Prepared::new`].
//! [`Prepared::file_range`] leads back to the file, where none of the insertions exist. Before all this, characters that
//! nobody sees or that look like others give way to what readers take them for, so that a numbering is one however damaged.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::text::characters;
use crate::text::numbering::{self, Style};
use crate::text::structure;
use crate::text::tabs;
use crate::text::width::is_han;

/// A character that `CommonMark` neither strips nor gives a meaning: what follows it on its line is plain paragraph.
const MARKER: char = '\u{1}';

/// One insertion may uncover a place for the next; deeper chains are hostile and stay as the parser has them.
const MAX_ROUNDS: usize = 6;

/// Lists the extensions of `CommonMark` that are on; emphasis is redone in `emphasis`, so strikethrough is not.
const EXTENSIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES);

/// A text with its insertions, and the way back to the file.
pub(super) struct Prepared {
    text: String,
    /// Where the original text begins in the file.
    base: usize,
    // Invariant: sorted by `start`, without overlaps.
    insertions: Vec<Insertion>,
    // Invariant: sorted by `start`, without overlaps.
    replaced: Vec<Replaced>,
}

/// A character of the file that readers take for another, or that they do not see.
struct Replaced {
    /// Where the other one stands in the original text, which has it in its place; empty where nothing is seen.
    taken_for: Range<usize>,
    character: Option<char>,
    /// The bytes of the file, counted from where the text begins.
    written: Range<usize>,
}

/// A stretch of the original text as the file has it.
pub(super) enum Piece {
    /// Bytes of the file that stand there as they are.
    Verbatim(Range<usize>),
    /// What readers see in place of these bytes of the file.
    TakenFor(char, Range<usize>),
}

/// Bytes `start..end` of the prepared text, inserted at `original` of the original text.
struct Insertion {
    start: usize,
    end: usize,
    original: usize,
}

/// What goes in at one place of the original text.
#[derive(Default)]
struct Gap {
    blank_line: Option<String>,
    marker: bool,
}

impl Prepared {
    /// Prepares `written`, which begins at byte `base` of its file; `kept` are characters that are taken as they are.
    pub(super) fn new(written: &str, base: usize, kept: &BTreeSet<char>) -> Self {
        let replacements = characters::replacements(written, kept);
        if replacements.is_empty() {
            return Self::of_original(written, base);
        }
        let mut original = String::with_capacity(written.len());
        let mut done = 0;
        let mut replaced = Vec::with_capacity(replacements.len());
        for (range, character) in replacements {
            original.push_str(written.get(done..range.start).expect("what is found is in order"));
            let start = original.len();
            original.extend(character);
            done = range.end;
            replaced.push(Replaced { taken_for: start..original.len(), character, written: range });
        }
        original.push_str(written.get(done..).expect("what is found ends on char boundaries"));
        Self { replaced, ..Self::of_original(&original, base) }
    }

    fn of_original(original: &str, base: usize) -> Self {
        let mut gaps = BTreeMap::new();
        let mut prepared = Self::with_gaps(original, base, &gaps);
        for _ in 0..MAX_ROUNDS {
            let mut finder = GapFinder { original, prepared: &prepared, gaps, found: false };
            finder.find();
            let found = finder.found;
            gaps = finder.gaps;
            if !found {
                break;
            }
            prepared = Self::with_gaps(original, base, &gaps);
        }
        prepared
    }

    fn with_gaps(original: &str, base: usize, gaps: &BTreeMap<usize, Gap>) -> Self {
        let mut text = String::with_capacity(original.len() + 2 * gaps.len());
        let mut insertions = Vec::with_capacity(gaps.len());
        let mut done = 0;
        for (&at, gap) in gaps {
            text.push_str(original.get(done..at).expect("gaps are sorted and on char boundaries"));
            let start = text.len();
            text.push_str(gap.blank_line.as_deref().unwrap_or_default());
            text.extend(gap.marker.then_some(MARKER));
            insertions.push(Insertion { start, end: text.len(), original: at });
            done = at;
        }
        text.push_str(original.get(done..).expect("gaps are on char boundaries"));
        Self { text, base, insertions, replaced: Vec::new() }
    }

    /// Returns the text to parse.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns a parser of the text.
    pub(super) fn parser(&self) -> Parser<'_> {
        Parser::new_ext(&self.text, EXTENSIONS)
    }

    /// Turns a range of the prepared text into one of the file, without what nobody sees at its ends.
    pub(super) fn file_range(&self, range: &Range<usize>) -> Range<usize> {
        self.written_range(self.original_offset(range.start)..self.original_offset(range.end))
    }

    /// Turns a range of the original text into one of the file.
    fn written_range(&self, range: Range<usize>) -> Range<usize> {
        let offset = |offset: usize, n_before: usize| {
            let last = n_before.checked_sub(1).and_then(|last| self.replaced.get(last));
            self.base + last.map_or(offset, |last| last.written.end + (offset - last.taken_for.end))
        };
        let begun = self.replaced.partition_point(|one| one.taken_for.end <= range.start);
        let ended = self.replaced.partition_point(|one| {
            one.taken_for.end < range.end || (one.taken_for.end == range.end && !one.taken_for.is_empty())
        });
        let start = offset(range.start, begun);
        start..offset(range.end, ended).max(start)
    }

    /// Takes a range of the prepared text, in which the parser changed nothing, apart into what the file has as it is and what
    /// it has not; `None` if it has all of it.
    pub(super) fn pieces(&self, range: &Range<usize>) -> Option<Vec<Piece>> {
        if self.replaced.is_empty() {
            return None;
        }
        let (start, end) = (self.original_offset(range.start), self.original_offset(range.end));
        let first = self.replaced.partition_point(|one| one.taken_for.end < start);
        let replaced = self.replaced.get(first..).unwrap_or_default();
        let mut replaced = replaced.iter().take_while(|one| one.taken_for.end <= end).peekable();
        replaced.peek()?;
        let mut pieces = Vec::new();
        let mut at = start;
        for one in replaced.filter(|one| one.taken_for.start >= start) {
            pieces.push(Piece::Verbatim(self.written_range(at..one.taken_for.start)));
            let written = self.base + one.written.start..self.base + one.written.end;
            pieces.extend(one.character.map(|character| Piece::TakenFor(character, written)));
            at = one.taken_for.end;
        }
        pieces.push(Piece::Verbatim(self.written_range(at..end)));
        Some(pieces)
    }

    /// Returns `text`, which the parser took from `range` of the prepared text, as the original has it.
    pub(super) fn without_markers(&self, text: &str, range: &Range<usize>) -> String {
        let n_before = self.insertions.partition_point(|insertion| insertion.end <= range.start);
        match self.insertions.get(n_before) {
            Some(insertion) if insertion.start < range.end => text.replace(MARKER, ""),
            _ => text.to_owned(),
        }
    }

    fn original_offset(&self, offset: usize) -> usize {
        let n_before = self.insertions.partition_point(|insertion| insertion.start < offset);
        match n_before.checked_sub(1).and_then(|last| self.insertions.get(last)) {
            None => offset,
            Some(insertion) => insertion.original + offset.saturating_sub(insertion.end),
        }
    }
}

/// Walks over what the parser made of the text and notes where that is not what the lines mean.
struct GapFinder<'a> {
    original: &'a str,
    prepared: &'a Prepared,
    gaps: BTreeMap<usize, Gap>,
    found: bool,
}

impl GapFinder<'_> {
    fn find(&mut self) {
        let mut events = self.prepared.parser().into_offset_iter();
        let mut used = BTreeSet::new();
        let mut definitions = self.lines_like_definitions();
        let (mut n_items, mut n_links, mut in_code, mut past_table) = (0_usize, 0_usize, false, false);
        for (event, range) in events.by_ref() {
            if !definitions.is_empty() && is_shown(&event) {
                while let Some(start) = definitions.range(range.clone()).next().copied() {
                    definitions.remove(&start);
                }
            }
            match event {
                Event::Start(Tag::Item) => n_items += 1,
                Event::End(TagEnd::Item) => n_items -= 1,
                Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
                    n_links += 1;
                    if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
                        used.insert(id.to_lowercase());
                    }
                }
                Event::End(TagEnd::Link | TagEnd::Image) => n_links -= 1,
                Event::SoftBreak | Event::HardBreak if n_links == 0 => self.line_break(&range, n_items > 0),
                Event::Start(Tag::CodeBlock(kind)) => {
                    in_code = matches!(kind, CodeBlockKind::Indented);
                    self.code_block(&range);
                }
                Event::Text(_) if in_code => self.indented_code(&range),
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Start(Tag::Heading { .. }) => self.heading(&range),
                Event::Start(Tag::HtmlBlock) => self.html_block(&range),
                Event::Start(Tag::Table(_)) => past_table = false,
                Event::Start(Tag::TableRow) if !past_table => past_table = self.table_row(&range),
                _ => {}
            }
        }
        for (label, definition) in events.reference_definitions().iter() {
            definitions.remove(&definition.span.start);
            if !used.contains(&label.to_lowercase()) {
                self.mark(self.prepared.original_offset(definition.span.start));
            }
        }
        for repeated in definitions {
            self.mark(self.prepared.original_offset(repeated));
        }
    }

    /// Returns where lines begin that may define a link. Of two definitions of one label, the parser drops the second one
    /// without a word.
    fn lines_like_definitions(&self) -> BTreeSet<usize> {
        let text = self.prepared.text();
        if !text.contains("]:") {
            return BTreeSet::new();
        }
        let mut end = 0;
        let starts = text.split_inclusive(['\n', '\r']).filter_map(|line| {
            end += line.len();
            let label = line.trim_start_matches([' ', '\t', '>']);
            let is_definition = label.starts_with('[') && !label.starts_with("[^") && label.contains("]:");
            is_definition.then_some(end - label.len())
        });
        starts.collect()
    }

    /// A line that begins like a paragraph is one, even without a blank line before it; so is a row, and what follows it.
    fn line_break(&mut self, range: &Range<usize>, in_item: bool) {
        let start = self.prepared.original_offset(range.end);
        let line = first_line(self.original.get(start..).unwrap_or_default());
        if starts_paragraph(line, in_item) || tabs::is_row(line) || self.is_behind_row(range.start) {
            self.separate(start);
        }
    }

    /// Tells whether the line that ends at `end` of the prepared text is a row.
    fn is_behind_row(&self, end: usize) -> bool {
        let before = self.prepared.text().get(..end).unwrap_or_default();
        let line = before.get(before.rfind(['\n', '\r']).map_or(0, |newline| newline + 1)..);
        line.is_some_and(|line| tabs::is_row(line.trim_start_matches(MARKER)))
    }

    /// `~~~` begins no code: it would hide the words behind it, and this text has tildes of its own.
    fn code_block(&mut self, range: &Range<usize>) {
        let text = self.prepared.text.get(range.clone()).unwrap_or_default();
        let fence = text.trim_start_matches(' ');
        if fence.starts_with('~') {
            self.mark(self.prepared.original_offset(range.end - fence.len()));
        }
    }

    /// Indentation makes no code: a marker takes its place as the first character of the line.
    fn indented_code(&mut self, range: &Range<usize>) {
        let is_blank = self.prepared.text.get(range.clone()).is_none_or(|line| line.trim().is_empty());
        if is_blank {
            return;
        }
        let before = self.prepared.text.get(..range.start).unwrap_or_default();
        let mut columns = 0;
        let mut at = range.start;
        for byte in before.bytes().rev() {
            columns += match byte {
                b' ' => 1,
                b'\t' => 4,
                _ => break,
            };
            at -= 1;
            if columns >= 4 {
                break;
            }
        }
        self.mark(self.prepared.original_offset(at));
    }

    /// A line of `===` or `---` makes no heading of the text above it: `---` is a rule, the rest is text.
    fn heading(&mut self, range: &Range<usize>) {
        let text = self.prepared.text.get(range.clone()).unwrap_or_default();
        let end = text.trim_end().len();
        let Some(start) = text.get(..end).and_then(|text| text.rfind(['\n', '\r'])) else { return };
        if text.starts_with('#') {
            return;
        }
        let line = text.get(start + 1..end).unwrap_or_default();
        let underline = line.trim_start_matches([' ', '\t', '>']);
        let at = self.prepared.original_offset(range.start + end - underline.len());
        self.separate(at);
        if !underline.starts_with("---") {
            self.mark(at);
        }
    }

    /// Tags are parts of a paragraph, so that Markdown works between them; a comment stands alone on its lines.
    fn html_block(&mut self, range: &Range<usize>) {
        let text = self.prepared.text.get(range.clone()).unwrap_or_default();
        if let Some((_, rest)) = text.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
            if !rest.trim().is_empty() {
                let at = self.prepared.original_offset(range.end - rest.len());
                self.gap(at, |gap| gap.blank_line.get_or_insert_with(|| "\n".to_owned()).len());
            }
            return;
        }
        let mut offset = range.start;
        for line in text.split_inclusive(['\n', '\r']) {
            let content = line.trim_start_matches([' ', '\t', '>']);
            if content.starts_with('<') {
                self.mark(self.prepared.original_offset(offset + line.len() - content.len()));
            }
            offset += line.len();
        }
    }

    /// A line without any `|` under a table is the paragraph after it.
    fn table_row(&mut self, range: &Range<usize>) -> bool {
        let is_prose = self.prepared.text.get(range.clone()).is_some_and(|row| !row.contains('|'));
        if is_prose {
            self.separate(self.prepared.original_offset(range.start));
        }
        is_prose
    }

    /// Puts a blank line before the line on which `at` stands, inside the same quotes.
    fn separate(&mut self, at: usize) {
        let before = self.original.get(..at).unwrap_or_default();
        let line_start = before.rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
        let line = first_line(self.original.get(line_start..).unwrap_or_default());
        let indent = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        let quotes = line.get(..indent).and_then(|prefix| prefix.rfind('>')).map_or(0, |last| last + 1);
        let blank_line = format!("{}\n", line.get(..quotes).unwrap_or_default());
        self.gap(line_start, |gap| gap.blank_line.get_or_insert(blank_line).len());
    }

    fn mark(&mut self, at: usize) {
        self.gap(at, |gap| {
            gap.marker = true;
            0
        });
    }

    fn gap(&mut self, at: usize, widen: impl FnOnce(&mut Gap) -> usize) {
        let gap = self.gaps.entry(at).or_default();
        let before = (gap.blank_line.is_some(), gap.marker);
        widen(gap);
        self.found |= before != (gap.blank_line.is_some(), gap.marker);
    }
}

/// Tells whether `event` is words that a reader sees, or the link around them.
fn is_shown(event: &Event<'_>) -> bool {
    matches!(event, Event::Text(_) | Event::Code(_) | Event::Html(_))
        || matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. }))
}

fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or_default()
}

/// Tells whether `line` begins a paragraph by itself.
fn starts_paragraph(line: &str, in_item: bool) -> bool {
    let content = line.trim_start_matches([' ', '\t', '>']);
    let indent = line.get(..line.len() - content.len()).unwrap_or_default();
    let indent = indent.rsplit('>').next().unwrap_or_default();
    // Inside a list the indentation belongs to the list.
    let is_indented = !in_item && (indent.contains('\t') || indent.len() >= 4) && !content.is_empty();
    let text = content.trim_start_matches('*');
    is_indented
        || content.starts_with('\u{3000}')
        || starts_with_numbering(text)
        || structure::label(text).is_some()
}

/// Tells whether `text` begins with a numbering of official prose: 一、 （一） (1) ① 1.
///
/// Digits and a stop count only before Chinese text: elsewhere they may be an amount at the beginning of a wrapped line.
fn starts_with_numbering(text: &str) -> bool {
    let Some(numbering) = numbering::parse(text) else { return false };
    let rest = text.get(numbering.length..).unwrap_or_default().trim_start_matches([' ', '\t']);
    // Wrapped lines may begin with the last number of a clause: 由5降至⏎3，….
    !numbering.is_flattened(text)
        && (numbering.style != Style::Arabic || rest.starts_with(|c| is_han(c) || "“《‘（".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(original: &str, expected: &str) {
        let prepared = Prepared::new(original, 0, &BTreeSet::new());
        assert_eq!(prepared.text().replace(MARKER, "¦"), expected, "{original:?}");
    }

    #[test]
    fn lines_that_begin_like_paragraphs_are_separated() {
        for line in ["一、乙", "（一）乙", "(一)乙", "（1）乙", "(12)乙", "①乙", "1.乙", "1．乙", "2、“乙”"]
        {
            check(&format!("甲\n{line}"), &format!("甲\n\n{line}"));
        }
        check("甲\n整改情况：乙", "甲\n\n整改情况：乙");
        check("甲\n**整改情况：**乙", "甲\n\n**整改情况：**乙");
        check("甲\n　　乙", "甲\n\n　　乙");
        check("甲\n    乙", "甲\n\n¦    乙");
        check("甲\r\n（一）乙", "甲\r\n\n（一）乙");
        check("> 甲\n> （一）乙", "> 甲\n>\n> （一）乙");
        check("甲|乙\n-|-\n1|2\n（一）丙", "甲|乙\n-|-\n1|2\n\n（一）丙");
    }

    #[test]
    fn rows_with_tabs_stand_alone() {
        check("甲\n乙\t1\n丙\t2\n丁", "甲\n\n乙\t1\n\n丙\t2\n\n丁");
        check("甲\n2.\t乙\n丙", "甲\n\n2.\t乙\n丙");
        check("\t乙\t1\n\t\t2", "¦\t乙\t1\n\n¦\t\t2");
    }

    #[test]
    fn other_lines_go_on() {
        for line in ["乙", "一乙", "（乙）", "1.5元", "2025.乙", "1乙", "乙：丙", "第十项"] {
            check(&format!("甲\n{line}"), &format!("甲\n{line}"));
        }
    }

    #[test]
    fn nothing_becomes_code_heading_or_definition() {
        check("    甲", "¦    甲");
        check("\t甲", "¦\t甲");
        check("甲\n===", "甲\n\n¦===");
        check("甲\n---", "甲\n\n---");
        check("[注]: 说明", "¦[注]: 说明");
        check("见[注]\n\n[注]: /a\n[注]: /b", "见[注]\n\n[注]: /a\n¦[注]: /b");
        check("见[注]\n\n[注]: /a\n\n甲\n[注]: /b", "见[注]\n\n[注]: /a\n\n甲\n[注]: /b");
        check("~~~甲\n乙\n~~~", "¦~~~甲\n乙\n¦~~~");
        check("[注]\n\n[注]: /a", "[注]\n\n[注]: /a");
        check("<div>\n<b>", "¦<div>\n¦<b>");
        check("```\n    甲\n（一）\n```", "```\n    甲\n（一）\n```");
        check("<!-- 甲\n\n乙 -->丙", "<!-- 甲\n\n乙 -->\n丙");
    }

    #[test]
    fn ranges_lead_back_to_the_file() {
        let prepared = Prepared::new("甲\n（一）乙\n（二）丙", 10, &BTreeSet::new());
        let at = prepared.text().find('丙').unwrap();
        assert_eq!(prepared.file_range(&(at..at + 3)), 36..39);
        assert_eq!(prepared.file_range(&(0..3)), 10..13);
    }
}
