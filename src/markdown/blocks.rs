//! Turns the parser's events into blocks.
//!
//! Open containers lie on a stack of bounded height; what is nested deeper joins the innermost one. Text between
//! blocks, as the items of lists have it, is a paragraph. Start reading at [`parse`].

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{self as cmark, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::inline::{ElementKind, Inline, Span};
use super::lines::{Piece, Prepared};
use super::problems::{Problems, ShortRow};
use super::spans::SpanCollector;
use super::{Alignment, Block, BlockKind, List, ListItem, MAX_DEPTH, Options, Table};
use crate::text::{
    self,
    characters::{self, CharacterFault},
};

/// How much around an entity is looked at for the number that it stands in, in bytes.
const AROUND_ENTITY: usize = 60;

/// Parses what `prepared` holds of the file `text`.
pub(super) fn parse(
    text: &str,
    prepared: &Prepared,
    options: &Options,
    problems: Problems<'_>,
) -> Vec<Block> {
    let mut builder = Builder {
        text,
        prepared,
        options,
        problems,
        containers: vec![Container::new(ContainerKind::Document, 0..0)],
        n_ignored: 0,
        spans: None,
        code: None,
        in_comment: false,
        table: None,
        cells: Vec::new(),
        cell_end: 0,
        short_rows: None,
        footnotes: BTreeMap::new(),
    };
    for (event, range) in prepared.parser().into_offset_iter() {
        builder.event(event, &range);
    }
    builder.end_paragraph();
    builder.containers.pop().map(|document| document.blocks).unwrap_or_default()
}

struct Builder<'a> {
    text: &'a str,
    prepared: &'a Prepared,
    options: &'a Options,
    problems: Problems<'a>,
    // Invariant: never empty; the first is the document.
    containers: Vec<Container>,
    /// How many containers were opened too deep to count.
    n_ignored: usize,
    /// The line of text that is being read.
    spans: Option<SpanCollector<'a>>,
    /// The fenced code that is being read.
    code: Option<String>,
    in_comment: bool,
    table: Option<Table>,
    /// The cells of the row that is being read.
    cells: Vec<Inline>,
    /// Where the last of them ends.
    cell_end: usize,
    /// The first row of the table that lacks cells, and how many do.
    short_rows: Option<(ShortRow, usize)>,
    footnotes: BTreeMap<String, Footnote>,
}

struct Container {
    kind: ContainerKind,
    blocks: Vec<Block>,
    items: Vec<ListItem>,
    range: Range<usize>,
}

impl Container {
    fn new(kind: ContainerKind, range: Range<usize>) -> Self {
        Self { kind, blocks: Vec::new(), items: Vec::new(), range }
    }
}

enum ContainerKind {
    Document,
    Quote,
    List {
        start: Option<u64>,
    },
    Item {
        marker: String,
    },
    Footnote {
        number: usize,
    },
    /// A second definition of a footnote: its blocks stay where they stand.
    Transparent,
}

struct Footnote {
    number: usize,
    n_references: usize,
    is_defined: bool,
}

impl<'a> Builder<'a> {
    fn event(&mut self, event: Event<'_>, prepared_range: &Range<usize>) {
        let range = self.prepared.file_range(prepared_range);
        match event {
            Event::Start(tag) => self.start(tag, prepared_range, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&self.prepared.without_markers(&text, prepared_range)),
                None => self.text(&text, prepared_range, range),
            },
            Event::Code(text) => self.code_span(self.prepared.without_markers(&text, prepared_range), range),
            Event::InlineHtml(_) => self.inline_html(range),
            Event::Html(_) if self.in_comment => {}
            Event::Html(html) => self.text(&html, prepared_range, range),
            Event::FootnoteReference(label) => self.footnote_reference(&label, range),
            Event::SoftBreak => self.spans(range.start).line_break(range),
            Event::HardBreak => self.spans(range.start).span(Span::HardBreak { range }),
            Event::Rule => {
                self.end_paragraph();
                self.block(BlockKind::Rule, range);
            }
            // These extensions are off.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, prepared_range: &Range<usize>, range: Range<usize>) {
        if !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }) {
            self.end_paragraph();
        }
        match tag {
            Tag::Emphasis => self.delimiters(range.start, 1),
            Tag::Strong => self.delimiters(range.start, 2),
            Tag::Link { link_type, dest_url, title, .. } => {
                let destination = self.resolved_part(destination(link_type, dest_url), &range);
                let title = self.prepared.without_markers(&title, prepared_range);
                let title = self.resolved_part(title, &range);
                self.spans(range.start).open_link(destination, title, range);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let destination = self.resolved_part(destination(link_type, dest_url), &range);
                let title = self.prepared.without_markers(&title, prepared_range);
                let title = self.resolved_part(title, &range);
                self.spans(range.start).open_image(destination, title, range);
            }
            Tag::BlockQuote(_) => self.open(ContainerKind::Quote, range),
            Tag::List(start) => self.open(ContainerKind::List { start }, range),
            Tag::Item => self.open_item(range),
            Tag::FootnoteDefinition(label) => self.footnote_definition(&label, range),
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.code = Some(String::new()),
            Tag::HtmlBlock => {
                let html = self.prepared.text().get(prepared_range.clone()).unwrap_or_default();
                self.in_comment = html.starts_with("<!--") && html.contains("-->");
            }
            Tag::Table(alignments) => {
                let alignments = alignments.into_iter().map(alignment).collect();
                self.table = Some(Table { alignments, head: Vec::new(), rows: Vec::new() });
            }
            Tag::Heading { .. } | Tag::TableCell => {
                self.spans(range.start);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis => self.delimiters(range.end.saturating_sub(1), 1),
            TagEnd::Strong => self.delimiters(range.end.saturating_sub(2), 2),
            TagEnd::Link | TagEnd::Image => {
                if let Some(spans) = &mut self.spans {
                    spans.close(&mut self.problems);
                }
            }
            TagEnd::Heading(level) => {
                let text = self.take_inline(range.start);
                self.block(BlockKind::Heading { level: level as u8, text }, range);
            }
            TagEnd::TableCell => {
                let cell = self.take_inline(range.start);
                self.cells.push(cell);
                self.cell_end = range.end;
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let cells = mem::take(&mut self.cells);
                self.excess_cells(cells.len(), &range);
                self.missing_cells(&cells, range);
                match &mut self.table {
                    Some(table) if matches!(tag, TagEnd::TableHead) => table.head = cells,
                    Some(table) => table.rows.push(cells),
                    None => {}
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    if let Some((row, n_rows)) = self.short_rows.take() {
                        self.problems.table_row_too_short(row, &table.head, n_rows - 1);
                    }
                    self.block(BlockKind::Table(table), range);
                }
            }
            TagEnd::CodeBlock => match self.code.take() {
                Some(code) => self.block(BlockKind::Code(code), range),
                None => self.end_paragraph(),
            },
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.end_paragraph();
                self.close();
            }
            TagEnd::HtmlBlock => {
                self.in_comment = false;
                self.end_paragraph();
            }
            _ => self.end_paragraph(),
        }
    }

    /// Reports what a row has behind its last column; the parser drops it.
    fn excess_cells(&mut self, n_columns: usize, row: &Range<usize>) {
        let rest = self.text.get(self.cell_end..row.end).unwrap_or_default();
        let end = self.cell_end + rest.find(['\n', '\r']).unwrap_or(rest.len());
        let rest = self.text.get(self.cell_end..end).unwrap_or_default();
        let is_blank = |c: char| c.is_whitespace() || c == '|';
        let start = end - rest.trim_start_matches(is_blank).len();
        if start < end {
            let words = self.text.get(start..end).unwrap_or_default().trim_end_matches(is_blank);
            self.problems.table_row_too_long(start..start + words.len(), n_columns);
        }
    }

    /// Notes a row that ends in front of its last columns; the parser adds empty cells. A single filled cell is a title between
    /// the rows, and a total may have a single figure.
    fn missing_cells(&mut self, cells: &[Inline], row: Range<usize>) {
        let is_written = |cell: &&Inline| {
            let rest = self.text.get(cell.range().start..row.end).unwrap_or_default();
            !rest.trim().is_empty()
        };
        let n = cells.iter().rev().skip_while(|cell| !is_written(cell)).count();
        if n == cells.len() {
            return;
        }
        let words: Vec<String> = cells.iter().map(Inline::plain_text).collect();
        let mut filled = words.iter().map(|words| words.trim()).filter(|words| !words.is_empty());
        let most = if filled.clone().next().is_some_and(text::adds_up) { 2 } else { 1 };
        if filled.nth(most).is_some() {
            let (_, n_rows) = self.short_rows.get_or_insert((ShortRow { range: row, words, n }, 0));
            *n_rows += 1;
        }
    }

    /// Returns the line of text that is being read; it begins here if there is none.
    fn spans(&mut self, start: usize) -> &mut SpanCollector<'a> {
        let new = || SpanCollector::new(self.text, &self.options.allowed_tags, start);
        self.spans.get_or_insert_with(new)
    }

    fn text(&mut self, text: &str, prepared_range: &Range<usize>, range: Range<usize>) {
        let is_verbatim = self.prepared.text().get(prepared_range.clone()) == Some(text);
        if !is_verbatim {
            let text = self.resolved(text, &range).into_owned();
            self.spans(range.start).span(Span::Text { text, range });
            return;
        }
        let pieces = self.prepared.pieces(prepared_range);
        let spans = self.spans(range.start);
        let Some(pieces) = pieces else { return spans.verbatim(range) };
        for piece in pieces {
            match piece {
                Piece::Verbatim(range) => spans.verbatim(range),
                Piece::TakenFor(character, range) => {
                    spans.span(Span::Text { text: character.to_string(), range });
                }
            }
        }
    }

    /// Returns `text`, of which entities have been resolved, as readers take it; reports what they brought in.
    fn resolved<'t>(&mut self, text: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        let before = self.text.get(..range.start).and_then(|text| text.chars().next_back());
        let after = self.text.get(range.end..).and_then(|text| text.chars().next());
        let found = characters::find_between(before, text, after);
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        self.report_with_surroundings(text, range, &found);
        characters::ordinary_of(text, &found, &self.options.rare_characters)
    }

    /// Reports what was `found` in `text`, which is written at `range`; a message shows the number around it.
    fn report_with_surroundings(
        &mut self,
        text: &str,
        range: &Range<usize>,
        found: &[characters::FoundCharacter],
    ) {
        let from = self.text.ceil_char_boundary(range.start.saturating_sub(AROUND_ENTITY));
        let to = self.text.floor_char_boundary(range.end.saturating_add(AROUND_ENTITY));
        let before = self.text.get(from..range.start).unwrap_or_default();
        let after = self.text.get(range.end..to).unwrap_or_default();
        let shift = before.len();
        let found: Vec<_> =
            found.iter().map(|found| characters::FoundCharacter { at: found.at + shift, ..*found }).collect();
        let whole = [before, text, after].concat();
        self.problems.characters(range, &whole, &found, &self.options.rare_characters);
    }

    /// The same for what belongs to a link or an image.
    fn resolved_part(&mut self, text: String, range: &Range<usize>) -> String {
        let is_written = |range: &Range<usize>| self.text.get(range.clone()).is_some_and(|w| w.contains('&'));
        if !is_written(range) {
            return text;
        }
        let found = characters::find(&text);
        self.problems.characters(range, &text, &found, &self.options.rare_characters);
        characters::ordinary_of(&text, &found, &self.options.rare_characters).into_owned()
    }

    /// Adds what the parser took for emphasis as plain text.
    fn delimiters(&mut self, start: usize, length: usize) {
        self.spans(start).verbatim(start..start + length);
    }

    fn code_span(&mut self, text: String, range: Range<usize>) {
        let written = self.text.get(range.clone()).unwrap_or_default();
        let text_range = match written.find(&text) {
            Some(offset) => range.start + offset..range.start + offset + text.len(),
            None => range.clone(),
        };
        self.spans(range.start).span(Span::Code { text, text_range, range });
    }

    fn inline_html(&mut self, range: Range<usize>) {
        self.spans(range.start);
        if let Some(spans) = &mut self.spans {
            spans.html(range, &mut self.problems);
        }
    }

    fn take_inline(&mut self, start: usize) -> Inline {
        let Some(spans) = self.spans.take() else { return Inline::new(Vec::new(), start) };
        let inline = spans.finish(&mut self.problems);
        // Digits that are entities are seen only where all of them have been resolved.
        if self.text.get(inline.range()).is_some_and(|written| written.contains('&')) {
            self.check_numbers(&inline);
        }
        inline
    }

    fn check_numbers(&mut self, inline: &Inline) {
        let text = inline.plain_text();
        let mut found = characters::find(&text);
        found.retain(|found| found.fault == CharacterFault::InNumber);
        for found in found {
            let start = inline.source_offset(found.at);
            self.problems.characters(&(start..start), &text, &[found], &self.options.rare_characters);
        }
    }

    /// Ends the paragraph that is being read, if any.
    fn end_paragraph(&mut self) {
        let text = self.take_inline(0);
        if text.is_empty() {
            return;
        }
        let range = text.range();
        let kind = if has_block_tag(&text) { BlockKind::Html(text) } else { BlockKind::Paragraph(text) };
        self.block(kind, range);
    }

    fn innermost(&mut self) -> &mut Container {
        self.containers.last_mut().expect("the document is never closed before the end")
    }

    fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        self.innermost().blocks.push(Block { kind, range });
    }

    fn open(&mut self, kind: ContainerKind, range: Range<usize>) {
        // A list needs room for its items.
        let n_levels = if matches!(kind, ContainerKind::List { .. }) { 2 } else { 1 };
        if self.n_ignored > 0 || self.containers.len() + n_levels > MAX_DEPTH {
            self.n_ignored += 1;
            self.problems.nested_too_deep(range);
        } else {
            self.containers.push(Container::new(kind, range));
        }
    }

    fn close(&mut self) {
        if self.n_ignored > 0 {
            self.n_ignored -= 1;
            return;
        }
        let Some(Container { kind, blocks, items, range }) = self.containers.pop() else { return };
        let parent = self.innermost();
        let kind = match kind {
            ContainerKind::Document | ContainerKind::Transparent => return parent.blocks.extend(blocks),
            ContainerKind::Item { marker } => return parent.items.push(ListItem { marker, blocks, range }),
            ContainerKind::Quote => BlockKind::Quote(blocks),
            ContainerKind::List { start } => BlockKind::List(List { start, items }),
            ContainerKind::Footnote { number } => BlockKind::FootnoteDefinition { number, blocks },
        };
        self.block(kind, range);
    }

    fn open_item(&mut self, range: Range<usize>) {
        let source = self.text.get(range.clone()).unwrap_or_default();
        let indent = source.len() - source.trim_start().len();
        let source = source.get(indent..).unwrap_or_default();
        let n_digits = source.bytes().take_while(u8::is_ascii_digit).count();
        let marker = source.get(..=n_digits).unwrap_or_default().to_owned();
        let digits = source.get(..n_digits).unwrap_or_default();
        let start = range.start + indent;

        if let (0, Container { kind: ContainerKind::List { start: Some(first) }, items, .. }) =
            (self.n_ignored, self.innermost())
        {
            let shown = *first + items.len() as u64;
            if digits != shown.to_string() {
                self.problems.list_number_differs(start..start + marker.len(), digits, shown);
            }
        }
        self.open(ContainerKind::Item { marker }, range);
    }

    fn footnote(&mut self, label: &str) -> &mut Footnote {
        let number = self.footnotes.len() + 1;
        let new = Footnote { number, n_references: 0, is_defined: false };
        // The parser compares labels without regard to case.
        self.footnotes.entry(label.to_lowercase()).or_insert(new)
    }

    fn footnote_reference(&mut self, label: &str, range: Range<usize>) {
        let footnote = self.footnote(label);
        footnote.n_references += 1;
        let (number, occurrence) = (footnote.number, footnote.n_references);
        self.spans(range.start).span(Span::FootnoteReference { number, occurrence, range });
    }

    fn footnote_definition(&mut self, label: &str, range: Range<usize>) {
        let footnote = self.footnote(label);
        let number = footnote.number;
        if mem::replace(&mut footnote.is_defined, true) {
            self.problems.duplicate_footnote(range.clone(), label);
            self.open(ContainerKind::Transparent, range);
        } else {
            self.open(ContainerKind::Footnote { number }, range);
        }
    }
}

fn destination(link_type: LinkType, destination: CowStr<'_>) -> String {
    match link_type {
        LinkType::Email => format!("mailto:{destination}"),
        _ => destination.into_string(),
    }
}

fn alignment(alignment: cmark::Alignment) -> Option<Alignment> {
    match alignment {
        cmark::Alignment::None => None,
        cmark::Alignment::Left => Some(Alignment::Left),
        cmark::Alignment::Center => Some(Alignment::Center),
        cmark::Alignment::Right => Some(Alignment::Right),
    }
}

/// Tells whether browsers would end a paragraph inside `text`.
fn has_block_tag(text: &Inline) -> bool {
    text.spans().iter().any(|span| match span {
        Span::Element { kind, children, .. } => {
            matches!(kind, ElementKind::Html(tag) if tag.is_block()) || has_block_tag(children)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::markdown::testing::{codes, html, html_with};

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(html(source), expected, "{source:?}");
    }

    #[test]
    fn every_line_of_official_prose_is_a_paragraph() {
        check("甲\n\n乙\n丙", "<p>甲</p>\n<p>乙丙</p>\n");
        check("　　甲\n　　乙", "<p>甲</p>\n<p>乙</p>\n");
        check("    甲\n    乙", "<p>甲</p>\n<p>乙</p>\n");
        check("\t甲\n\n      乙", "<p>甲</p>\n<p>乙</p>\n");
        check(
            "甲：\n（一）乙\n1.丙\n①丁\n整改情况：戊",
            "<p>甲：</p>\n<p>（一）乙</p>\n<p>1.丙</p>\n<p>①丁</p>\n<p>整改情况：戊</p>\n",
        );
        check(
            "甲\n===\n乙\n---\n丙",
            "<p>甲</p>\n<p>===乙</p>\n<hr>\n<p>丙</p>\n".replace("===乙", "=== 乙").as_str(),
        );
        check("# 甲 {#a}\n\n乙", "<h1>甲 {#a}</h1>\n<p>乙</p>\n");
        check("[注]: 说明", "<p>[注]: 说明</p>\n");
        check(
            "1. 甲\n（一）乙\n2. 丙",
            "<ol>\n<li>甲</li>\n</ol>\n<p>（一）乙</p>\n<ol start=\"2\">\n<li>丙</li>\n</ol>\n",
        );
        check("-- “甲”…… '乙' \"丙\" ...", "<p>-- “甲”…… '乙' &quot;丙&quot; ...</p>\n");
    }

    #[test]
    fn no_cell_is_dropped() {
        assert_eq!(codes("|甲|乙|\n|-|-|\n|1|2|3件|\n"), ["table-row-too-long 21..25"]);
        assert_eq!(codes("|甲|乙|\n|-|-|\n1|2|3|4\n|5|"), ["table-row-too-long 20..23"]);
        assert_eq!(codes("> |甲|\n> |-|\n> |1||2|"), ["table-row-too-long 20..21"]);
        assert_eq!(codes("|甲|乙|\n|-|-|\n|1|2|||\n|1\\|3|2|\n||\n|1|"), Vec::<String>::new());
    }

    #[test]
    fn lists_show_the_printed_numbers() {
        check("- 甲\n- 乙\n  - 丙", "<ul>\n<li>甲</li>\n<li>乙\n<ul>\n<li>丙</li>\n</ul>\n</li>\n</ul>\n");
        check("3. 甲\n4. 乙", "<ol start=\"3\">\n<li>甲</li>\n<li>乙</li>\n</ol>\n");
        assert_eq!(codes("1. 甲\n2. 乙"), Vec::<String>::new());
        assert_eq!(codes("2025. 全年\n34. 甲"), ["list-number-differs 13..16"]);
        assert_eq!(codes("> 1. 甲\n> 1. 乙"), ["list-number-differs 11..13"]);
        assert_eq!(codes("01. 甲"), ["list-number-differs 0..3"]);
    }

    #[test]
    fn other_blocks_are_kept() {
        check("> 甲\n> （一）乙", "<blockquote>\n<p>甲</p>\n<p>（一）乙</p>\n</blockquote>\n");
        check("```rust\n  a < b\n\n```", "<pre><code>  a &lt; b\n\n</code></pre>\n");
        check("甲\n\n<!-- 乙\n\n丙 -->\n\n丁", "<p>甲</p>\n<p>丁</p>\n");
        check("<!-- 甲 -->乙", "<p>乙</p>\n");
        check("<!-- 甲\n\n乙", "<p>&lt;!-- 甲</p>\n<p>乙</p>\n");
    }

    #[test]
    fn html_blocks_are_paragraphs_or_balanced_html() {
        check("<div>\n甲\n</div>", "<p>&lt;div&gt; 甲 &lt;/div&gt;</p>\n");
        let html = html_with("<div>\n**甲**\n<i>乙</i></div>\n\n<div>丙", &["div"]);
        assert_eq!(html, "<div> <strong>甲</strong> &lt;i&gt;乙&lt;/i&gt;</div>\n<p>&lt;div&gt;丙</p>\n");
        let html = html_with("<table>\n<tr>\n<td colspan=2>甲</td>\n</tr>\n</table>", &["table", "tr", "td"]);
        assert_eq!(html, "<table> <tr> <td colspan=\"2\">甲</td> </tr> </table>\n");
    }

    #[test]
    fn footnotes_are_numbered_and_unique() {
        let expected = "<p>甲<sup data-generated><a href=\"#x-footnote-1\" id=\"x-reference-1\">1</a></sup>\
            <sup data-generated><a href=\"#x-footnote-1\" id=\"x-reference-1-2\">1</a></sup>[^b]</p>\n\
            <section class=\"footnotes\">\n<ol>\n<li id=\"x-footnote-1\">乙</li>\n</ol>\n</section>\n";
        check("甲[^a][^A][^b]\n\n[^a]: 乙", expected);
        assert_eq!(codes("[^a]\n\n[^a]: 乙\n\n[^a]: 丙"), ["duplicate-footnote 17..26"]);
    }

    #[test]
    fn depth_is_bounded() {
        assert_eq!(codes(&format!("{}甲", "> ".repeat(31))), Vec::<String>::new());
        for hostile in ["> ", "- ", "1. ", "*a ", "![", "<b>", "> - "] {
            let codes = codes(&format!("{}甲{}", hostile.repeat(60), " b*".repeat(60) + &"](x)".repeat(60)));
            assert!(codes.len() < 200, "{hostile}");
        }
        assert_eq!(codes(&format!("{}甲", "> ".repeat(40))).len(), 1);
    }
}
