//! Turns the body of a section into blocks, and blocks into HTML.
//!
//! The body is official Chinese prose (公文) in which Markdown is the exception. Start reading at [`parse`]: `lines`
//! prepares the text so that `CommonMark` sees paragraphs where official prose has them, `blocks` and `spans` turn the
//! parser's events into our own tree, `emphasis` pairs delimiters by rules that know Chinese punctuation, and `html`
//! writes the tree. `rows` finds tables that a word processor left as lines with tabs, `link_words` links that say another address than
//! they have. Every range is in the whole file.
//!
//! The room knows no measures, figures or addresses: `content` reads meaning out of the blocks, and the page says
//! where a destination leads. No type of the Markdown crate leaves it.

mod blocks;
mod characters;
mod destination;
mod emphasis;
mod html;
mod inline;
mod levels;
mod lines;
mod link_words;
mod problems;
mod raw_html;
mod rows;
mod spans;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Diagnostics, SourcePath};

pub use html::{HtmlOptions, Mark, MarkKind, RowMark, escape, write_blocks, write_inline};
pub use inline::{BlockEdge, ElementKind, Inline, Span};
pub use raw_html::{Tag, can_be_allowed};
pub use rows::{as_words, table_of};

/// How deep blocks may be nested, and spans in each of them; deeper markup is dropped with an error.
const MAX_DEPTH: usize = 32;

/// What `site.yaml` says about Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Names of HTML tags in lower case; those that [`can_be_allowed`] denies stay text.
    pub allowed_tags: BTreeSet<String>,
    /// Rare characters that are meant as written, though readers may take them for others or see nothing.
    pub rare_characters: BTreeSet<char>,
}

/// A paragraph, heading, list or other part of a text that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is written.
    pub range: Range<usize>,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph; never empty.
    Paragraph(Inline),
    /// A heading of level 1 to 6.
    Heading {
        /// The level as written.
        level: u8,
        /// The heading without its `#`.
        text: Inline,
    },
    /// A list with bullets or numbers.
    List(List),
    /// A table.
    Table(Table),
    /// A quotation.
    Quote(Vec<Block>),
    /// Fenced code.
    Code(String),
    /// A line across the page.
    Rule,
    /// Text with allowed tags that no paragraph can hold; balanced, and written without a paragraph around it.
    Html(Inline),
    /// A footnote, at the place where it is defined.
    FootnoteDefinition {
        /// The number of the footnote in the section, from 1, in the order of first mention.
        number: usize,
        /// Its text.
        blocks: Vec<Block>,
    },
}

/// A list with bullets or numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The number of the first item; `None` for bullets.
    pub start: Option<u64>,
    /// The items.
    pub items: Vec<ListItem>,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// The marker as printed: `1.`, `12)`, `-`.
    pub marker: String,
    /// The content.
    pub blocks: Vec<Block>,
    /// Where it is written, marker included.
    pub range: Range<usize>,
}

/// A table; every row has as many cells as the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// How the columns are aligned; `None` where the source does not say.
    pub alignments: Vec<Option<Alignment>>,
    /// The cells of the head.
    pub head: Vec<Inline>,
    /// The cells of the other rows.
    pub rows: Vec<Vec<Inline>>,
}

/// The side to which a column of a table keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

impl Block {
    fn is_footnote(&self) -> bool {
        matches!(self.kind, BlockKind::FootnoteDefinition { .. })
    }
}

/// Parses bytes `range` of the file `text`, whose path is `path`.
pub fn parse(
    path: &SourcePath,
    text: &str,
    range: Range<usize>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Vec<Block> {
    let body = text.get(range.clone()).expect("the body lies in the file, on character boundaries");
    let prepared = lines::Prepared::new(body, range.start, &options.rare_characters);
    let blocks = blocks::parse(text, &prepared, options, problems::Problems::new(path, diagnostics));
    let mut problems = problems::Problems::new(path, diagnostics);
    rows::check(text, range, &blocks, &mut problems);
    link_words::check(text, &blocks, &mut problems);
    blocks
}

/// Returns what a reader sees in `blocks`, without markup: a line for each paragraph, heading, cell and entry.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut out = String::new();
    push_plain_text(blocks, &mut out);
    out
}

fn push_plain_text(blocks: &[Block], out: &mut String) {
    let push = |text: &Inline, out: &mut String| {
        out.push_str(&text.plain_text());
        out.push('\n');
    };
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Html(text) | BlockKind::Heading { text, .. } => {
                push(text, out);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| push_plain_text(&item.blocks, out)),
            BlockKind::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| push(cell, out));
            }
            BlockKind::Quote(blocks) | BlockKind::FootnoteDefinition { blocks, .. } => {
                push_plain_text(blocks, out);
            }
            BlockKind::Code(text) => out.push_str(text),
            BlockKind::Rule => {}
        }
    }
}

/// Returns the tables in `blocks`, those inside lists and quotations too, in reading order.
pub fn tables(blocks: &[Block]) -> Vec<(&Table, Range<usize>)> {
    let mut tables = Vec::new();
    push_tables(blocks, &mut tables);
    tables
}

fn push_tables<'a>(blocks: &'a [Block], tables: &mut Vec<(&'a Table, Range<usize>)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Table(table) => tables.push((table, block.range.clone())),
            BlockKind::List(list) => list.items.iter().for_each(|item| push_tables(&item.blocks, tables)),
            BlockKind::Quote(blocks) | BlockKind::FootnoteDefinition { blocks, .. } => {
                push_tables(blocks, tables);
            }
            BlockKind::Paragraph(_)
            | BlockKind::Heading { .. }
            | BlockKind::Html(_)
            | BlockKind::Code(_)
            | BlockKind::Rule => {}
        }
    }
}

/// Returns every line of text in `blocks` in reading order: paragraphs, headings, cells.
pub fn lines_mut(blocks: &mut [Block]) -> Vec<&mut Inline> {
    let mut lines = Vec::new();
    push_lines(blocks, &mut lines);
    lines
}

fn push_lines<'a>(blocks: &'a mut [Block], lines: &mut Vec<&'a mut Inline>) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(text) | BlockKind::Html(text) | BlockKind::Heading { text, .. } => {
                lines.push(text);
            }
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| push_lines(&mut item.blocks, lines));
            }
            BlockKind::Table(table) => {
                lines.extend(table.head.iter_mut().chain(table.rows.iter_mut().flatten()));
            }
            BlockKind::Quote(blocks) | BlockKind::FootnoteDefinition { blocks, .. } => {
                push_lines(blocks, lines);
            }
            BlockKind::Code(_) | BlockKind::Rule => {}
        }
    }
}

/// What refers to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// Something to follow.
    Link,
    /// Something to show on the page.
    Image,
}

/// One use of an address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkUse<'a> {
    /// What refers to it.
    pub kind: LinkKind,
    /// The address as written.
    pub destination: &'a str,
    /// Where the link or image is written.
    pub range: Range<usize>,
    /// What readers see of a link; `None` for an image.
    pub words: Option<&'a Inline>,
}

/// Calls `visit` for each link and image, in reading order.
pub fn for_each_link(blocks: &[Block], visit: &mut dyn FnMut(&LinkUse<'_>)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Html(text) | BlockKind::Heading { text, .. } => {
                for_each_link_in(text, visit);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| for_each_link(&item.blocks, visit)),
            BlockKind::Table(table) => {
                let body = table.rows.iter().flatten();
                table.head.iter().chain(body).for_each(|cell| for_each_link_in(cell, visit));
            }
            BlockKind::Quote(blocks) | BlockKind::FootnoteDefinition { blocks, .. } => {
                for_each_link(blocks, visit);
            }
            BlockKind::Code(_) | BlockKind::Rule => {}
        }
    }
}

/// Calls `visit` for each link and image in `text`, in reading order.
pub fn for_each_link_in(text: &Inline, visit: &mut dyn FnMut(&LinkUse<'_>)) {
    for span in text.spans() {
        let range = span.range();
        match span {
            Span::Image { destination, .. } => {
                visit(&LinkUse { kind: LinkKind::Image, destination, range, words: None });
            }
            Span::Element { kind, children, .. } => {
                match kind {
                    ElementKind::Link { destination, .. } => {
                        visit(&LinkUse { kind: LinkKind::Link, destination, range, words: Some(children) });
                    }
                    ElementKind::Html(tag) => {
                        for (name, destination) in &tag.attributes {
                            if matches!(name.as_str(), "href" | "src" | "cite") {
                                let kind = if name == "src" { LinkKind::Image } else { LinkKind::Link };
                                let words = (name == "href").then_some(children);
                                visit(&LinkUse { kind, destination, range: range.clone(), words });
                            }
                        }
                    }
                    ElementKind::Emphasis | ElementKind::Strong | ElementKind::Mark(_) => {}
                }
                for_each_link_in(children, visit);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod suite;
#[cfg(test)]
pub(crate) mod testing;
