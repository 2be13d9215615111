//! Footnotes and endnotes: `[1]` in the text, `[1] …` at the end.

use std::collections::BTreeMap;

use super::super::{Block, FindingKind, Paragraph, Refusal};
use super::body::{Part, Walker};
use super::story::Story;
use super::xml::Element;

/// Where a note stands in Word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NoteKind {
    Foot,
    End,
}

/// The notes that the text refers to.
#[derive(Debug, Default)]
pub(super) struct Notes<'a> {
    /// In the order of the text, each with whether it is referred to by its number.
    referred: Vec<(NoteKind, &'a str, bool)>,
    /// Their places in that order.
    places: BTreeMap<(NoteKind, &'a str), usize>,
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
        let Notes { referred, places } = &mut self.notes;
        let place = *places.entry((kind, id)).or_insert_with(|| {
            referred.push((kind, id, is_numbered));
            referred.len()
        });
        if is_numbered {
            self.put(&format!("[{place}]"), false, story);
        }
    }

    /// Puts the notes behind the text.
    pub(super) fn add_notes(&mut self, story: &mut Story<'a>) -> Result<(), Refusal> {
        story.is_note = true;
        let feet = by_id(self.parts.footnotes.as_ref());
        let ends = by_id(self.parts.endnotes.as_ref());
        let mut index = 0;
        // A note may refer to another one.
        while let Some((kind, id, is_numbered)) = self.notes.referred.get(index).copied() {
            index += 1;
            let notes = if kind == NoteKind::Foot { &feet } else { &ends };
            let Some((part, note)) = notes.get(id).copied() else {
                self.find(FindingKind::PartMissing, &format!("[{index}]"));
                continue;
            };
            // One with a mark of the author's own has that mark in its text.
            story.prefix = is_numbered.then(|| format!("[{index}] "));
            self.targets = &part.targets;
            self.fields.clear();
            self.blocks(note, story)?;
            self.close(story)?;
            if let Some(prefix) = story.prefix.take() {
                let text = prefix.trim().to_owned();
                let paragraph = Paragraph { text, is_note: true, ..Paragraph::default() };
                self.push(Block::Paragraph(paragraph), story);
            }
        }
        self.targets = &self.parts.main.targets;
        Ok(())
    }
}

/// Returns the notes of a part, those left out that only separate them from the text.
fn by_id(part: Option<&Part>) -> BTreeMap<&str, (&Part, &Element)> {
    let is_note = |note: &&Element| note.attribute("type").is_none_or(|kind| kind == "normal");
    let notes = part.into_iter().flat_map(|part| part.tree.elements().map(move |note| (part, note)));
    let notes = notes.filter(|(_, note)| is_note(note));
    notes.filter_map(|(part, note)| Some((note.attribute("id")?, (part, note)))).collect()
}
