//! Markdown, as notices are written in it: headings, tables, lists and emphasis become what people see of them.
//!
//! The room `markdown` takes the text apart, by the rules of official prose. Front matter is no text and is left out.

use super::format::{decode, front_matter_end};
use super::{
    Block, Cell, Document, Encoding, Finding, FindingKind, Format, Paragraph, Picture, Refusal, Row, Table,
};
use crate::diagnostic::{Diagnostics, SourcePath};
use crate::markdown::{self as md, BlockKind, Inline, LinkKind, Span};

/// Reads Markdown.
pub(super) fn read(bytes: &[u8], encoding: Encoding) -> Result<Document, Refusal> {
    let text = decode(bytes, encoding)?.replace("\r\n", "\n").replace('\r', "\n");
    let start = front_matter_end(&text).unwrap_or_default();
    let parsed = md::parse(
        &SourcePath::new("document"),
        &text,
        start..text.len(),
        &md::Options::default(),
        &mut Diagnostics::new(),
    );
    let document = Document {
        format: Format::Markdown(encoding),
        blocks: Vec::new(),
        pictures: Vec::new(),
        findings: Vec::new(),
    };
    let mut reader = Reader { document, notes: Vec::new(), note: None };
    reader.blocks(&parsed, &mut String::new());
    let Reader { mut document, notes, .. } = reader;
    document.blocks.extend(notes);
    Ok(document)
}

struct Reader {
    document: Document,
    /// The footnotes, which stand at the end.
    notes: Vec<Block>,
    /// The number of the footnote that is being read, until it is printed.
    note: Option<usize>,
}

impl Reader {
    /// Takes blocks; `marker` stands in front of the first text. They are nested no deeper than the parser lets them.
    fn blocks(&mut self, blocks: &[md::Block], marker: &mut String) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(text) | BlockKind::Html(text) => self.paragraph(text, None, marker),
                BlockKind::Heading { level, text } => self.paragraph(text, Some(*level), marker),
                BlockKind::Code(code) => self.lines(&format!("{}{code}", std::mem::take(marker)), None),
                BlockKind::Rule => {}
                BlockKind::Quote(blocks) => self.blocks(blocks, marker),
                BlockKind::List(list) => {
                    for item in &list.items {
                        if list.start.is_some() {
                            marker.push_str(&item.marker);
                        }
                        self.blocks(&item.blocks, marker);
                        marker.clear();
                    }
                }
                BlockKind::Table(table) => self.table(table),
                BlockKind::FootnoteDefinition { number, blocks } => {
                    let is_outer = self.note.is_none();
                    self.note = self.note.or(Some(*number));
                    self.blocks(blocks, &mut format!("[{number}] "));
                    self.note = self.note.filter(|_| !is_outer);
                }
            }
        }
    }

    fn paragraph(&mut self, inline: &Inline, heading: Option<u8>, marker: &mut String) {
        let mut text = std::mem::take(marker);
        push(inline, &mut text);
        self.lines(&text, heading);
        self.pictures(inline);
    }

    fn lines(&mut self, text: &str, heading: Option<u8>) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let is_note = self.note.is_some();
        let paragraph = Paragraph { text: text.to_owned(), heading, is_note, ..Paragraph::default() };
        let blocks = if is_note { &mut self.notes } else { &mut self.document.blocks };
        blocks.push(Block::Paragraph(paragraph));
    }

    fn table(&mut self, table: &md::Table) {
        let row = |cells: &[Inline]| {
            let cells = cells.iter().map(|cell| {
                let mut text = String::new();
                push(cell, &mut text);
                Cell { text: text.trim().to_owned(), columns: 1, goes_on: false }
            });
            Row { cells: cells.collect() }
        };
        let rows = std::iter::once(row(&table.head)).chain(table.rows.iter().map(|cells| row(cells)));
        self.document.blocks.push(Block::Table(Table { rows: rows.collect() }));
        for cell in table.head.iter().chain(table.rows.iter().flatten()) {
            self.pictures(cell);
        }
    }

    /// Takes the pictures in `inline`, which stand behind its text.
    fn pictures(&mut self, inline: &Inline) {
        let mut found = Vec::new();
        push_alternatives(inline, &mut found);
        let mut destinations = Vec::new();
        md::for_each_link_in(inline, &mut |link| {
            if link.kind == LinkKind::Image {
                destinations.push(link.destination.to_owned());
            }
        });
        for (destination, alternative) in destinations.into_iter().zip(found) {
            let place = self.document.blocks.len();
            let index = self.document.pictures.len();
            let mut finding = |kind, words: &str| {
                self.document.findings.push(Finding { kind, words: words.to_owned(), place });
            };
            finding(FindingKind::PictureMissing, &destination);
            if alternative.is_empty() {
                finding(FindingKind::PictureWithoutWords, &destination);
            }
            let name = format!("image{}.png", index + 1);
            self.document.pictures.push(Picture { name, bytes: Vec::new(), alternative });
            self.document.blocks.push(Block::Picture(index));
        }
    }
}

/// Writes what is seen of `inline`; a reference to a footnote is its number in brackets.
fn push(inline: &Inline, text: &mut String) {
    for span in inline.spans() {
        match span {
            Span::Text { text: words, .. } | Span::Code { text: words, .. } => text.push_str(words),
            Span::HardBreak { .. } => text.push('\n'),
            Span::Image { .. } => {}
            Span::FootnoteReference { number, .. } => {
                text.push('[');
                text.push_str(&number.to_string());
                text.push(']');
            }
            Span::Element { children, .. } => push(children, text),
        }
    }
}

fn push_alternatives(inline: &Inline, found: &mut Vec<String>) {
    for span in inline.spans() {
        match span {
            Span::Image { alternative, .. } => found.push(alternative.clone()),
            Span::Element { children, .. } => push_alternatives(children, found),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn document(text: &str) -> Document {
        read(text.as_bytes(), Encoding::Utf8).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(document(text).plain_text(), expected, "{text}");
    }

    #[test]
    fn what_is_seen_is_kept() {
        check("---\ntitle: 甲\n---\n文", "文\n");
        check("# 关于**整改**情况的通报\n\n一、学习\n二、落实", "关于整改情况的通报\n一、学习\n二、落实\n");
        check("1. 甲\n2. 乙\n\n- 丙\n- 丁", "1.甲\n2.乙\n丙\n丁\n");
        check("| 问题 | 状态 |\n|---|---|\n| 甲 | *已完成* |", "问题\t状态\n甲\t已完成\n");
        check("见[链接](http://a.b/)处", "见链接处\n");
        check("正文[^1]。\n\n[^1]: 注文\n\n后文", "正文[1]。\n后文\n[1] 注文\n");
        check("> 引文\n\n```\n码\n```", "引文\n码\n");
        check("甲\r\n\r\n乙", "甲\n乙\n");
    }

    #[test]
    fn headings_have_levels_and_pictures_are_missing() {
        let document = document("## 题\n\n文![图一](a.png)\n\n![](b.png)");
        let Some(Block::Paragraph(heading)) = document.blocks.first() else { panic!("{document:?}") };
        assert_eq!(heading.heading, Some(2));
        let alternatives: Vec<&str> = document.pictures.iter().map(|p| p.alternative.as_str()).collect();
        assert_eq!(alternatives, ["图一", ""]);
        let findings: Vec<_> =
            document.findings.iter().map(|f| (f.kind, f.words.as_str(), f.place)).collect();
        assert_eq!(
            findings,
            [
                (FindingKind::PictureMissing, "a.png", 2),
                (FindingKind::PictureMissing, "b.png", 3),
                (FindingKind::PictureWithoutWords, "b.png", 3)
            ]
        );
    }

    proptest! {
        #[test]
        fn words_come_out_once_and_in_order(
            parts in proptest::collection::vec(("[一-龥]{2,6}", 0_usize..7), 1..9),
        ) {
            let mut words = String::new();
            let mut text = String::from("# 题\n\n");
            for (word, kind) in parts {
                words.push_str(&word);
                let piece = match kind {
                    0 => format!("{word}\n\n"),
                    1 => format!("### {word}\n\n"),
                    2 => format!("- {word}\n\n"),
                    3 => format!("| {word} | |\n|---|---|\n\n"),
                    4 => format!("文**{word}**文\n\n"),
                    5 => format!("> {word}\n\n"),
                    _ => format!("[{word}](a.md)\n\n"),
                };
                text.push_str(&piece);
            }
            let seen = document(&text).plain_text();
            let seen: String = seen.chars().filter(|c| !c.is_whitespace() && !"题文".contains(*c)).collect();
            prop_assert_eq!(seen, words.replace(['题', '文'], ""));
        }
    }
}
