//! Footnotes and endnotes: `[1]` in the text, `[1] …` behind the paragraph or table that refers to them.
//!
//! Word shows them at the foot of the page or of the text; on a page without foot they stay with what they explain.

use std::collections::BTreeMap;

use super::super::{Block, FindingKind, Paragraph, Refusal};
use super::body::{Part, Parts, Walker, words_of};
use super::story::Story;
use super::xml::Element;

/// Where a note stands in Word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NoteKind {
    Foot,
    End,
}

/// The notes of a document.
#[derive(Default)]
pub(super) struct Notes<'a> {
    /// All of them by kind and id.
    texts: BTreeMap<(NoteKind, &'a str), (&'a Part, &'a Element)>,
    /// Those that the text refers to, in its order, each with whether it is referred to by its number.
    referred: Vec<(NoteKind, &'a str, bool)>,
    /// Their places in that order.
    places: BTreeMap<(NoteKind, &'a str), usize>,
    /// How many of them have been put behind their paragraph.
    n_put: usize,
}

impl<'a> Notes<'a> {
    /// Collects the notes of a document, those left out that only separate them from the text.
    pub(super) fn of(parts: &'a Parts) -> Self {
        let is_note = |note: &&Element| note.attribute("type").is_none_or(|kind| kind == "normal");
        let mut texts = BTreeMap::new();
        for (kind, part) in [(NoteKind::Foot, &parts.footnotes), (NoteKind::End, &parts.endnotes)] {
            let Some(part) = part else { continue };
            let notes = part.tree.elements().filter(is_note);
            texts.extend(notes.filter_map(|note| Some(((kind, note.attribute("id")?), (part, note)))));
        }
        Self { texts, ..Self::default() }
    }
}

impl<'a> Walker<'a, '_> {
    /// Writes the number of a note into the text.
    pub(super) fn note_reference(&mut self, element: &'a Element, is_hidden: bool, story: &mut Story<'a>) {
        let kind = if element.is("footnoteReference") { NoteKind::Foot } else { NoteKind::End };
        let Some(id) = element.attribute("id") else { return };
        if is_hidden || self.fields.iter().any(|field| !field.is_in_result) {
            return;
        }
        // A mark of the author's own follows as text.
        let is_numbered = !matches!(element.attribute("customMarkFollows"), Some("1" | "true" | "on"));
        let Notes { referred, places, .. } = &mut self.notes;
        let place = *places.entry((kind, id)).or_insert_with(|| {
            referred.push((kind, id, is_numbered));
            referred.len()
        });
        if is_numbered {
            self.put(&format!("[{place}]"), false, story);
        }
    }

    /// Puts the notes to which the finished blocks refer behind them.
    pub(super) fn add_notes(&mut self, story: &mut Story<'a>) -> Result<(), Refusal> {
        if !story.is_body || story.is_beside || self.notes.n_put == self.notes.referred.len() {
            return Ok(());
        }
        let around = (self.targets, std::mem::take(&mut self.fields), std::mem::take(&mut self.n_inserted));
        (story.is_note, story.is_beside) = (true, true);
        // A note may refer to another one.
        while let Some((kind, id, is_numbered)) = self.notes.referred.get(self.notes.n_put).copied() {
            self.notes.n_put += 1;
            self.add_note(kind, id, is_numbered, story)?;
        }
        (story.is_note, story.is_beside) = (false, false);
        (self.targets, self.fields, self.n_inserted) = around;
        Ok(())
    }

    fn add_note(
        &mut self,
        kind: NoteKind,
        id: &str,
        is_numbered: bool,
        story: &mut Story<'a>,
    ) -> Result<(), Refusal> {
        let number = self.notes.n_put;
        let Some((part, note)) = self.notes.texts.get(&(kind, id)).copied() else {
            self.find(FindingKind::PartMissing, &format!("[{number}]"));
            return Ok(());
        };
        self.find(FindingKind::Note, &words_of(note));
        // One with a mark of the author's own has that mark in its text.
        story.prefix = is_numbered.then(|| format!("[{number}] "));
        self.targets = &part.targets;
        self.fields.clear();
        self.blocks(note, story)?;
        self.close(story)?;
        if let Some(prefix) = story.prefix.take() {
            let text = prefix.trim().to_owned();
            let paragraph = Paragraph { text, is_note: true, ..Paragraph::default() };
            self.push(Block::Paragraph(paragraph), story);
        }
        Ok(())
    }
}
