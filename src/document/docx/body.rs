//! The walk through the text, in reading order.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Block, Document, Finding, FindingKind, Format, Paragraph, Picture, Refusal, html, text};
use super::fields::Field;
use super::notes::Notes;
use super::numbering::{Counters, Numbering};
use super::package::{Package, Targets};
use super::run::unended_fields;
use super::story::{Carrier, Open, Story};
use super::styles::{Alignment, ParagraphFormat, Styles};
use super::xml::Element;
use super::{MOST_NESTED, damaged, equation, headers, no_text, read_within};
use crate::document::secrecy;

/// How many bytes of words are told of one thing: of what stands inside of each other, each tells all.
const LONGEST_WORDS: usize = 20_000;

/// How many bytes of words are told of all things together; of more only the beginning is.
const MOST_WORDS: usize = 2_000_000;

/// How many characters that is.
const BEGINNING: usize = 100;

/// A part with text, and what it refers to.
pub(super) struct Part {
    pub tree: Element,
    pub targets: Targets,
}

/// The parts of a document that its text depends on.
pub(super) struct Parts {
    pub main: Part,
    pub footnotes: Option<Part>,
    pub endnotes: Option<Part>,
    comments: Option<Part>,
    pub styles: Styles,
    numbering: Numbering,
    /// Names of parts that are not there.
    missing: Vec<String>,
}

/// Where the walk is, and what it has found.
pub(super) struct Walker<'a, 'p> {
    pub parts: &'a Parts,
    pub package: &'a mut Package<'p>,
    /// What the part that is walked through refers to.
    pub targets: &'a Targets,
    pub counters: Counters,
    pub pictures: Vec<Picture>,
    /// The pictures by part and words.
    pub known_pictures: BTreeMap<(String, String), usize>,
    pub findings: Vec<Finding>,
    /// The marks that begin fields which nothing ends.
    pub unended: BTreeSet<usize>,
    /// How many bytes of words have been told.
    pub n_told: usize,
    /// The fields that have begun and not ended, the outermost first.
    pub fields: Vec<Field>,
    /// The notes, and which of them the text has referred to.
    pub notes: Notes<'a>,
    /// The number of finished blocks of the body.
    pub place: usize,
    /// How many tracked insertions are around.
    pub n_inserted: usize,
    /// How many tables are around.
    pub n_tables: usize,
    /// The last finding, if words may be added to it: its place and the length of the paragraph then.
    pub last_found: Option<(usize, usize)>,
    /// The comments that have not been told.
    comments: BTreeMap<&'a str, &'a Element>,
    /// How many pictures have had a name so far.
    pub names: BTreeMap<String, usize>,
    n_around: usize,
}

/// Reads the text of a document.
pub(super) fn read(package: &mut Package<'_>, n_around: usize) -> Result<Document, Refusal> {
    let parts = read_parts(package)?;
    let Some(body) = parts.main.tree.child("body") else { return Err(no_text()) };
    let mut found = Vec::new();
    headers::look(package, &parts.main, &mut found)?;
    let missing = parts.missing.iter().map(|name| (FindingKind::PartMissing, name.clone()));
    let findings =
        found.into_iter().chain(missing).map(|(kind, words)| Finding { kind, words, place: 0 }).collect();
    let comments = parts.comments.iter().flat_map(|part| part.tree.elements());
    let comments = comments.filter(|comment| comment.is("comment"));
    let mut walker = Walker {
        parts: &parts,
        package,
        targets: &parts.main.targets,
        counters: Counters::default(),
        pictures: Vec::new(),
        known_pictures: BTreeMap::new(),
        findings,
        unended: [Some(&parts.main), parts.footnotes.as_ref(), parts.endnotes.as_ref()]
            .into_iter()
            .flatten()
            .flat_map(|part| unended_fields(&part.tree))
            .collect(),
        n_told: 0,
        fields: Vec::new(),
        notes: Notes::of(&parts),
        place: 0,
        n_inserted: 0,
        n_tables: 0,
        last_found: None,
        comments: comments.map(|comment| (comment.attribute("id").unwrap_or_default(), comment)).collect(),
        names: BTreeMap::new(),
        n_around,
    };
    let mut story = Story { is_body: true, ..Story::default() };
    walker.blocks(body, &mut story)?;
    walker.close(&mut story)?;
    walker.add_notes(&mut story)?;
    walker.add_comments(None);
    let Walker { pictures, mut findings, .. } = walker;
    findings.sort_by_key(|finding| finding.place);
    Ok(Document { format: Format::Word, blocks: story.blocks, pictures, findings })
}

fn read_parts(package: &mut Package<'_>) -> Result<Parts, Refusal> {
    let name = package.main_part()?;
    let tree = package.tree(&name)?.ok_or_else(|| damaged(&name))?;
    let targets = package.targets(&name)?;
    let mut missing = Vec::new();
    let mut part = |kind: &str, package: &mut Package<'_>| -> Result<Option<Part>, Refusal> {
        let Some(target) = targets.values().find(|target| target.kind == kind && !target.is_external) else {
            return Ok(None);
        };
        let tree = package.tree(&target.name)?;
        if tree.is_none() {
            missing.push(target.name.clone());
        }
        let targets = package.targets(&target.name)?;
        Ok(tree.map(|tree| Part { tree, targets }))
    };
    let styles = part("styles", package)?;
    let numbering = part("numbering", package)?;
    Ok(Parts {
        footnotes: part("footnotes", package)?,
        endnotes: part("endnotes", package)?,
        comments: part("comments", package)?,
        styles: styles.map_or_else(|| Ok(Styles::default()), |part| Styles::of(&part.tree))?,
        numbering: numbering.map(|part| Numbering::of(&part.tree)).unwrap_or_default(),
        main: Part { tree, targets },
        missing,
    })
}

impl<'a> Walker<'a, '_> {
    /// Reads what stands in a body, a cell, a text box or a note.
    pub(super) fn blocks(&mut self, around: &'a Element, story: &mut Story<'a>) -> Result<(), Refusal> {
        for element in around.elements() {
            match element.name() {
                "p" => self.paragraph(element, story)?,
                "tbl" => self.table(element, story)?,
                "sdt" | "sdtContent" | "customXml" | "smartTag" | "moveTo" | "txbxContent" => {
                    self.blocks(element, story)?;
                }
                "ins" => {
                    self.n_inserted += 1;
                    self.blocks(element, story)?;
                    self.n_inserted -= 1;
                }
                "del" => self.left_out(element, FindingKind::Deleted, story),
                "moveFrom" => self.left_out(element, FindingKind::MovedAway, story),
                "altChunk" => {
                    self.close(story)?;
                    self.chunk(element, story)?;
                }
                "oMathPara" | "oMath" => {
                    self.formula(element, story);
                    self.close(story)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, element: &'a Element, story: &mut Story<'a>) -> Result<(), Refusal> {
        let properties = element.child("pPr");
        let style = self.parts.styles.of_paragraph(properties.and_then(|all| all.value("pStyle")));
        let mark = properties.and_then(|properties| properties.child("rPr"));
        let has = |name: &str| mark.is_some_and(|mark| mark.child(name).is_some());
        // A first letter that is set large stands in a paragraph of its own.
        let frame = properties.and_then(|properties| properties.child("framePr"));
        let is_initial =
            frame.and_then(|frame| frame.attribute("dropCap")).is_some_and(|kind| kind != "none");
        let is_gone = has("del") || has("moveFrom") || is_initial;
        let is_hidden = self.parts.styles.is_hidden(mark, style);
        story.open();
        self.inline(element, style, story)?;
        let open = story.open();
        if !open.is_fixed {
            open.carrier = Carrier { format: ParagraphFormat::of(properties), style };
        }
        // Behind a hidden mark the text goes on in the same line, after the numeral of the first paragraph.
        open.is_fixed |= is_hidden && !is_gone && !open.text.trim().is_empty();
        open.is_joined = is_gone || is_hidden;
        if !open.is_joined {
            self.close(story)?;
        }
        Ok(())
    }

    /// Finishes the paragraph that has begun.
    pub(super) fn close(&mut self, story: &mut Story<'a>) -> Result<(), Refusal> {
        let Some(open) = story.open.take() else { return Ok(()) };
        let is_blank = open.text.trim().is_empty();
        if !(open.is_joined && is_blank) {
            self.finish(&open, story);
        }
        self.last_found = None;
        for index in open.pictures {
            self.push(Block::Picture(index), story);
        }
        for words in open.drawn {
            self.find(FindingKind::TextBox, &words);
            self.tell_secrecy(&words);
            self.push(Block::Paragraph(Paragraph { text: words, ..Paragraph::default() }), story);
        }
        for inside in open.boxes {
            self.text_box(inside, story)?;
        }
        self.add_notes(story)
    }

    fn finish(&mut self, open: &Open<'a>, story: &mut Story<'a>) {
        let Parts { styles, numbering, .. } = self.parts;
        let Carrier { format, style } = open.carrier;
        let mut text = open.text.trim_matches('\n').to_owned();
        let place = numbering.place_of(format, style, styles);
        if let Some(numeral) = place.and_then(|place| numbering.next(&mut self.counters, place, styles)) {
            if numeral.differs {
                self.find(FindingKind::NumeralDiffers, &numeral.text);
            }
            if numeral.is_unknown {
                self.find(FindingKind::NumberingUnknown, &numeral.text);
            }
            text = numeral.before(&text);
        }
        if text.trim().is_empty() {
            return;
        }
        self.tell_secrecy(&text);
        if let Some(prefix) = story.prefix.take() {
            text = format!("{prefix}{}", text.trim_start());
        }
        let alignment = styles.alignment(format, style);
        let paragraph = Paragraph {
            text,
            heading: styles.heading(format, style),
            is_centered: alignment == Alignment::Center,
            is_right: alignment == Alignment::Right,
            is_note: story.is_note,
        };
        self.push(Block::Paragraph(paragraph), story);
    }

    /// Puts a finished block into its story.
    pub(super) fn push(&mut self, block: Block, story: &mut Story<'a>) {
        story.blocks.push(block);
        if story.is_body {
            self.place = story.blocks.len();
        }
    }

    /// Notes what is not taken over as it stands.
    pub(super) fn find(&mut self, kind: FindingKind, words: &str) {
        let words = self.told(words.trim());
        self.findings.push(Finding { kind, words, place: self.place });
        self.last_found = None;
    }

    /// Returns words as they are told, within what is told of the whole document.
    fn told(&mut self, words: &str) -> String {
        self.n_told += words.len();
        if self.n_told > MOST_WORDS { words.chars().take(BEGINNING).collect() } else { words.to_owned() }
    }

    fn tell_secrecy(&mut self, text: &str) {
        for mark in secrecy::marks(text) {
            self.find(FindingKind::SecrecyMark, &mark);
        }
    }

    /// Reads a text box that is anchored in the paragraph before.
    fn text_box(&mut self, inside: &'a Element, story: &mut Story<'a>) -> Result<(), Refusal> {
        let words = words_of(inside);
        if !words.trim().is_empty() {
            self.find(FindingKind::TextBox, &words);
        }
        // Fields that are around the box have nothing to do with its text.
        let fields = std::mem::take(&mut self.fields);
        let is_beside = std::mem::replace(&mut story.is_beside, true);
        self.blocks(inside, story)?;
        self.close(story)?;
        self.fields = fields;
        story.is_beside = is_beside;
        Ok(())
    }

    /// Notes what is tracked as deleted or moved away.
    pub(super) fn left_out(&mut self, element: &Element, kind: FindingKind, story: &mut Story<'a>) {
        let words = words_of(element);
        if !words.trim().is_empty() {
            self.find_at(kind, &words, 0, story);
        }
    }

    /// Notes words at their place in a paragraph, of which `length` bytes are theirs; those of several runs are put together.
    pub(super) fn find_at(&mut self, kind: FindingKind, words: &str, length: usize, story: &mut Story<'a>) {
        let end = story.open().text.len();
        if let Some((index, before)) = self.last_found
            && before + length == end
            && let Some(last) = self.findings.get_mut(index)
            && last.kind == kind
        {
            last.words.push_str(words);
        } else {
            let words = self.told(words);
            self.findings.push(Finding { kind, words, place: self.place });
        }
        self.last_found = Some((self.findings.len() - 1, end));
    }

    /// Writes a formula of Office in a line.
    pub(super) fn formula(&mut self, element: &Element, story: &mut Story<'a>) {
        let words = equation::of_office(element);
        if !words.trim().is_empty() {
            self.put(&words, false, story);
            self.find(FindingKind::Formula, &words);
        }
    }

    /// Notes the comment with this id, or all that have not been noted.
    pub(super) fn add_comments(&mut self, id: Option<&str>) {
        let told = match id {
            Some(id) => self.comments.remove(id).into_iter().collect::<Vec<_>>(),
            None => std::mem::take(&mut self.comments).into_values().collect(),
        };
        for comment in told {
            self.find(FindingKind::Comment, &words_of(comment));
        }
    }

    /// Takes in a part that is a document itself.
    fn chunk(&mut self, element: &Element, story: &mut Story<'a>) -> Result<(), Refusal> {
        let target = element.attribute("id").and_then(|id| self.targets.get(id)).cloned();
        let Some(target) = target.filter(|target| !target.is_external) else {
            self.find(FindingKind::PartMissing, "altChunk");
            return Ok(());
        };
        let Some(bytes) = self.package.part(&target.name)? else {
            self.find(FindingKind::PartMissing, &target.name);
            return Ok(());
        };
        let kind = self.package.content_type(&target.name)?;
        let Some(document) = self.chunk_of(&bytes, &kind)? else {
            self.find(FindingKind::Object, &target.name);
            return Ok(());
        };
        let (n_blocks, n_pictures) = (self.place, self.pictures.len());
        for mut picture in document.pictures {
            picture.name = self.free_name(&picture.name);
            self.pictures.push(picture);
        }
        for finding in document.findings {
            let place = if story.is_body { n_blocks + finding.place } else { n_blocks };
            self.findings.push(Finding { place, ..finding });
        }
        for block in document.blocks {
            let block = match block {
                Block::Picture(index) => Block::Picture(index + n_pictures),
                other => other,
            };
            self.push(block, story);
        }
        Ok(())
    }

    fn chunk_of(&mut self, bytes: &[u8], content_type: &str) -> Result<Option<Document>, Refusal> {
        if bytes.starts_with(b"PK") {
            if self.n_around == MOST_NESTED {
                return Ok(None);
            }
            return read_within(bytes, self.n_around + 1, &mut self.package.limits).map(Some);
        }
        let Ok(format) = super::super::format::of(bytes) else { return Ok(None) };
        let (Format::Html(encoding) | Format::Markdown(encoding) | Format::Text(encoding)) = format else {
            return Ok(None);
        };
        let is_page = matches!(format, Format::Html(_)) || content_type.contains("html");
        Ok(match content_type {
            kind if kind.contains("rtf") || kind.contains("message") => None,
            _ if is_page => html::read(bytes, encoding).ok(),
            _ => text::read(bytes, encoding).ok(),
        })
    }
}

/// Returns the words of an element, those of tracked deletions among them; codes of fields are none.
pub(super) fn words_of(element: &Element) -> String {
    let mut words = String::new();
    element.visit(&mut |inside| {
        match inside.name() {
            "t" | "delText" => words.push_str(&inside.text()),
            "tab" | "br" | "cr" => words.push(' '),
            "p" if !words.is_empty() && !words.ends_with(' ') => words.push(' '),
            _ => {}
        }
        !matches!(inside.name(), "pPr" | "rPr") && words.len() < LONGEST_WORDS
    });
    words
}
