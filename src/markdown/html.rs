//! Writes blocks and lines of text as HTML.
//!
//! The output is small and the same on every page: no inline style, no script, nothing that the source did not ask
//! for except the wrapper in which a wide table scrolls. Start reading at [`write_blocks`].

use std::borrow::Cow;

use super::inline::{ElementKind, Inline, Span};
use super::raw_html::Tag;
use super::{Alignment, Block, BlockKind, List, Table};

/// What the page knows and the text does not.
#[derive(Clone, Copy)]
pub struct HtmlOptions<'a> {
    /// Turns a link or image destination as written into the address on the page.
    pub resolve: &'a dyn Fn(&str) -> Cow<'_, str>,
    /// Tells width and height of an image by its destination as written.
    pub size: &'a dyn Fn(&str) -> Option<(u32, u32)>,
    /// Tells what a mark stands for; one that stands for nothing is not written.
    pub mark: &'a dyn Fn(usize) -> Option<Mark>,
    /// Makes the ids of footnotes unique on a page of several sections.
    pub id_prefix: &'a str,
    /// The address of the page that has the footnotes; empty if it is this one.
    pub footnotes: &'a str,
    /// How many levels are added to those of headings; 6 is the deepest.
    pub heading_shift: u8,
    /// Tells of the rows of tables, from 0, which of them have an address; `None` where none can.
    pub rows: Option<&'a dyn Fn(usize) -> Option<RowMark>>,
}

/// A row of a table with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowMark {
    /// The id of the row on the page.
    pub id: String,
    /// The page that tells more about it.
    pub href: String,
    /// The words of the link there, which are not those of the text.
    pub words: String,
    /// The column that has the link, behind its own words.
    pub column: usize,
}

/// What a mark stands for: something that another place of the page tells more about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The id of the marked stretch on the page.
    pub id: String,
    /// The address that the stretch leads to; empty for one that leads nowhere.
    pub href: String,
    /// What it is.
    pub kind: MarkKind,
}

/// What a marked stretch is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// A figure, with its value for machines.
    Figure(String),
    /// A word that is explained.
    Term,
    /// The beginning of a point that has an address: 一是.
    Point,
}

/// Writes `blocks`, each on lines of its own.
pub fn write_blocks(blocks: &[Block], options: &HtmlOptions<'_>, out: &mut String) {
    Writer { options, out, tags: Vec::new(), in_link: false }.blocks(blocks);
}

/// Writes `inline` without anything around it.
pub fn write_inline(inline: &Inline, options: &HtmlOptions<'_>, out: &mut String) {
    Writer { options, out, tags: Vec::new(), in_link: false }.inline(inline);
}

struct Writer<'a> {
    options: &'a HtmlOptions<'a>,
    out: &'a mut String,
    /// The open tags of the author.
    tags: Vec<&'a str>,
    in_link: bool,
}

impl<'a> Writer<'a> {
    fn blocks(&mut self, blocks: &'a [Block]) {
        for group in blocks.chunk_by(|a, b| a.is_footnote() && b.is_footnote()) {
            if group.iter().any(Block::is_footnote) {
                self.out.push_str("<section class=\"footnotes\">\n<ol>\n");
                self.each_block(group);
                self.out.push_str("</ol>\n</section>\n");
            } else {
                self.each_block(group);
            }
        }
    }

    fn each_block(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::Paragraph(text) => self.line("p", text),
            BlockKind::Heading { level, text } => {
                let level = level.saturating_add(self.options.heading_shift).clamp(1, 6);
                self.line(&format!("h{level}"), text);
            }
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Quote(blocks) => {
                self.out.push_str("<blockquote>\n");
                self.blocks(blocks);
                self.out.push_str("</blockquote>\n");
            }
            BlockKind::Code(code) => {
                self.out.push_str("<pre><code>");
                self.text(code);
                self.out.push_str("</code></pre>\n");
            }
            BlockKind::Rule => self.out.push_str("<hr>\n"),
            BlockKind::Html(text) => {
                self.inline(text);
                self.out.push('\n');
            }
            BlockKind::FootnoteDefinition { number, blocks } => {
                let prefix = self.options.id_prefix;
                self.out.push_str("<li");
                self.attribute("id", &format!("{prefix}footnote-{number}"));
                // The browser would count from 1 wherever footnotes stand in several places.
                if *number != 1 {
                    self.attribute("value", &number.to_string());
                }
                self.out.push('>');
                self.item(blocks);
            }
        }
    }

    fn line(&mut self, name: &str, text: &'a Inline) {
        self.open(name);
        self.inline(text);
        self.close(name);
        self.out.push('\n');
    }

    fn list(&mut self, list: &'a List) {
        let name = if list.start.is_some() { "ol" } else { "ul" };
        self.out.push('<');
        self.out.push_str(name);
        if let Some(start) = list.start.filter(|&start| start != 1) {
            self.attribute("start", &start.to_string());
        }
        self.out.push_str(">\n");
        for item in &list.items {
            self.out.push_str("<li>");
            self.item(&item.blocks);
        }
        self.close(name);
        self.out.push('\n');
    }

    /// Writes the content of a list item and its end; a single paragraph stands in it without a tag.
    fn item(&mut self, blocks: &'a [Block]) {
        let n_paragraphs =
            blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph(_))).count();
        let rest = match blocks {
            [Block { kind: BlockKind::Paragraph(text), .. }, rest @ ..] if n_paragraphs == 1 => {
                self.inline(text);
                rest
            }
            blocks => blocks,
        };
        if !rest.is_empty() {
            self.out.push('\n');
            self.blocks(rest);
        }
        self.out.push_str("</li>\n");
    }

    fn table(&mut self, table: &'a Table) {
        self.out.push_str("<div class=\"table\" tabindex=\"0\" role=\"region\">\n<table");
        let heads: Vec<String> = match self.options.rows {
            // Where a row is a block, each cell says what its column is.
            Some(_) => {
                self.attribute("class", "ledger");
                table.head.iter().map(Inline::plain_text).collect()
            }
            None => Vec::new(),
        };
        self.out.push_str(">\n<thead>\n");
        self.row("th", &table.head, &table.alignments, &[], None);
        self.out.push_str("</thead>\n");
        if !table.rows.is_empty() {
            self.out.push_str("<tbody>\n");
            for (index, row) in table.rows.iter().enumerate() {
                let mark = self.options.rows.and_then(|rows| rows(index));
                self.row("td", row, &table.alignments, &heads, mark.as_ref());
            }
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n</div>\n");
    }

    fn row(
        &mut self,
        name: &str,
        cells: &'a [Inline],
        alignments: &[Option<Alignment>],
        heads: &[String],
        mark: Option<&RowMark>,
    ) {
        self.out.push_str("<tr");
        if let Some(mark) = mark {
            self.attribute("id", &mark.id);
        }
        self.out.push('>');
        // A cell alone in front of its row is a title between the rows.
        let mut filled = (0..cells.len()).filter(|index| !cells[*index].is_empty());
        let is_title = filled.next().is_some_and(|first| first < 2) && filled.next().is_none();
        for (index, cell) in cells.iter().enumerate() {
            self.out.push('<');
            self.out.push_str(name);
            if name == "th" {
                self.attribute("scope", "col");
            }
            match alignments.get(index).copied().flatten() {
                None => {}
                Some(Alignment::Left) => self.attribute("class", "align-left"),
                Some(Alignment::Center) => self.attribute("class", "align-center"),
                Some(Alignment::Right) => self.attribute("class", "align-right"),
            }
            self.out.push('>');
            if let Some(head) = heads.get(index).filter(|_| !cell.is_empty() && !is_title) {
                self.out.push_str("<i data-generated>");
                self.text(head);
                self.close("i");
            }
            self.inline(cell);
            if let Some(mark) = mark.filter(|mark| mark.column == index) {
                self.out.push_str("<a data-generated");
                self.attribute("href", &mark.href);
                self.out.push('>');
                self.text(&mark.words);
                self.close("a");
            }
            self.close(name);
        }
        self.out.push_str("</tr>\n");
    }

    fn inline(&mut self, inline: &'a Inline) {
        for span in inline.spans() {
            match span {
                Span::Text { text, .. } => self.text(text),
                Span::Code { text, .. } => {
                    self.open("code");
                    self.text(text);
                    self.close("code");
                }
                Span::HardBreak { .. } => self.out.push_str("<br>"),
                Span::Image { destination, alternative, title, .. } => {
                    self.out.push_str("<img");
                    self.attribute("src", &(self.options.resolve)(destination));
                    self.attribute("alt", alternative);
                    self.title(title);
                    // So that a browser keeps the room free, and no line jumps when the picture comes.
                    if let Some((width, height)) = (self.options.size)(destination) {
                        self.attribute("width", &width.to_string());
                        self.attribute("height", &height.to_string());
                    }
                    self.out.push('>');
                }
                Span::FootnoteReference { number, occurrence, .. } => self.reference(*number, *occurrence),
                Span::Element { kind, children, .. } => self.element(kind, children),
            }
        }
    }

    /// The program writes the number, so it is marked like every generated word.
    fn reference(&mut self, number: usize, occurrence: usize) {
        self.out.push_str("<sup data-generated>");
        if self.in_link {
            self.out.push_str(&number.to_string());
        } else {
            let prefix = self.options.id_prefix;
            self.out.push_str("<a");
            self.attribute("href", &format!("{}#{prefix}footnote-{number}", self.options.footnotes));
            let suffix = if occurrence > 1 { format!("-{occurrence}") } else { String::new() };
            self.attribute("id", &format!("{prefix}reference-{number}{suffix}"));
            self.out.push('>');
            self.out.push_str(&number.to_string());
            self.close("a");
        }
        self.close("sup");
    }

    fn element(&mut self, kind: &'a ElementKind, children: &'a Inline) {
        let name = match kind {
            ElementKind::Emphasis => "em",
            ElementKind::Strong => "strong",
            ElementKind::Link { destination, title } => {
                self.link(destination, title, children);
                return;
            }
            ElementKind::Html(tag) => {
                self.tag(tag, children);
                return;
            }
            ElementKind::Mark(number) => {
                self.mark(*number, children);
                return;
            }
        };
        self.open(name);
        self.inline(children);
        self.close(name);
    }

    /// Writes a marked stretch, which leads somewhere unless a link of the text is in the way.
    fn mark(&mut self, number: usize, children: &'a Inline) {
        let Some(mark) = (self.options.mark)(number) else {
            self.inline(children);
            return;
        };
        let is_link = !self.in_link && !holds_link(children);
        match &mark.kind {
            MarkKind::Figure(value) => {
                self.out.push_str("<data");
                self.attribute("value", value);
                self.attribute("id", &mark.id);
                self.out.push('>');
                if is_link {
                    self.out.push_str("<a");
                    self.attribute("href", &mark.href);
                    self.out.push('>');
                    self.inline(children);
                    self.close("a");
                } else {
                    self.inline(children);
                }
                self.close("data");
            }
            MarkKind::Point => {
                self.out.push_str("<span class=\"point\"");
                self.attribute("id", &mark.id);
                self.out.push('>');
                self.inline(children);
                self.close("span");
            }
            MarkKind::Term if is_link => {
                self.out.push_str("<a class=\"term\"");
                self.attribute("id", &mark.id);
                self.attribute("href", &mark.href);
                self.out.push('>');
                self.inline(children);
                self.close("a");
            }
            MarkKind::Term => self.inline(children),
        }
    }

    /// Writes a link; one inside another is its text, as browsers would end the outer one.
    fn link(&mut self, destination: &str, title: &str, children: &'a Inline) {
        if self.in_link {
            self.inline(children);
            return;
        }
        self.out.push_str("<a");
        let address = (self.options.resolve)(destination);
        self.attribute("href", &address);
        // On paper nobody can follow the page in between.
        if destination.contains("//") && address != destination {
            self.attribute("data-to", destination);
        }
        self.title(title);
        self.out.push('>');
        self.in_link = true;
        self.inline(children);
        self.in_link = false;
        self.close("a");
    }

    fn tag(&mut self, tag: &'a Tag, children: &'a Inline) {
        let needed = tag.needed_around();
        if !needed.is_empty() && !needed.iter().any(|name| self.tags.contains(name)) {
            self.inline(children);
            return;
        }
        self.out.push('<');
        self.out.push_str(&tag.name);
        for (name, value) in &tag.attributes {
            match name.as_str() {
                "href" | "src" | "cite" => self.attribute(name, &(self.options.resolve)(value)),
                _ => self.attribute(name, value),
            }
        }
        self.out.push('>');
        if !tag.is_void() {
            self.tags.push(&tag.name);
            self.inline(children);
            self.tags.pop();
            self.close(&tag.name);
        }
    }

    fn open(&mut self, name: &str) {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.attribute("title", title);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.text(value);
        self.out.push('"');
    }

    fn text(&mut self, text: &str) {
        escape(text, self.out);
    }
}

/// Writes `text` so that it is text in HTML, also inside an attribute.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        let (before, special) = rest.split_at(at);
        out.push_str(before);
        out.push_str(match special.as_bytes() {
            [b'&', ..] => "&amp;",
            [b'<', ..] => "&lt;",
            [b'>', ..] => "&gt;",
            _ => "&quot;",
        });
        rest = special.split_at(1).1;
    }
    out.push_str(rest);
}

/// Tells whether something in `inline` is a link or may be one.
fn holds_link(inline: &Inline) -> bool {
    inline.spans().iter().any(|span| match span {
        Span::FootnoteReference { .. } => true,
        Span::Element { kind: ElementKind::Link { .. } | ElementKind::Html(_), .. } => true,
        Span::Element { children, .. } => holds_link(children),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::testing::{html, html_with, parse_text};

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(html(source), expected, "{source:?}");
    }

    #[test]
    fn tables_scroll_and_align_by_class() {
        check(
            "甲|乙\n-:|:-:\n1|**2**",
            "<div class=\"table\" tabindex=\"0\" role=\"region\">\n<table>\n<thead>\n\
             <tr><th scope=\"col\" class=\"align-right\">甲</th><th scope=\"col\" class=\"align-center\">乙</th></tr>\n\
             </thead>\n<tbody>\n\
             <tr><td class=\"align-right\">1</td><td class=\"align-center\"><strong>2</strong></td></tr>\n\
             </tbody>\n</table>\n</div>\n",
        );
    }

    #[test]
    fn text_and_attributes_are_escaped() {
        check("a < b & \"c\" &lt;", "<p>a &lt; b &amp; &quot;c&quot; &lt;</p>\n");
        check(
            "[a](</x\" onclick=\"y> 't\"<')",
            "<p><a href=\"/x&quot; onclick=&quot;y\" title=\"t&quot;&lt;\">a</a></p>\n",
        );
        check(
            "- 甲\n\n  乙\n\n  > 丙",
            "<ul>\n<li>\n<p>甲</p>\n<p>乙</p>\n<blockquote>\n<p>丙</p>\n</blockquote>\n</li>\n</ul>\n",
        );
    }

    #[test]
    fn author_tags_cannot_close_those_of_the_page() {
        assert_eq!(html_with("<ul><li>甲</li>", &["ul", "li"]), "&lt;ul&gt;甲\n");
        assert_eq!(html_with("甲<hr>乙", &["hr"]), "甲<hr>乙\n");
        assert_eq!(html_with("甲</p>乙", &["p"]), "<p>甲&lt;/p&gt;乙</p>\n");
    }

    #[test]
    fn the_page_decides_on_addresses_and_levels() {
        let options = HtmlOptions {
            mark: &|_| None,
            resolve: &|destination| Cow::Owned(format!("../{destination}?\"")),
            size: &|_| Some((4, 3)),
            id_prefix: "a",
            footnotes: "",
            heading_shift: 2,
            rows: None,
        };
        let mut out = String::new();
        write_blocks(&parse_text("# 甲\n\n##### 乙\n\n[丙](d)![e](f)").0, &options, &mut out);
        assert_eq!(
            out,
            "<h3>甲</h3>\n<h6>乙</h6>\n<p><a href=\"../d?&quot;\">丙</a><img src=\"../f?&quot;\" alt=\"e\" width=\"4\" height=\"3\"></p>\n"
        );
    }
}
