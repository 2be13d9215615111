//! What a mapping may say: the keys that its reader asks for, as data.
//!
//! Readers ask [`super::Fields`] for keys of this kind; the tables of `docs/content.md` and the schemas in `docs/schemas/`
//! are made from the same values by a test. The keys themselves are in the room `keys`.

/// A key with all that is known of it before a file is read.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// How it is written.
    pub name: &'static str,
    /// What stands behind it.
    pub kind: Kind,
    /// What it says, as Markdown; empty for a mapping of which the keys inside say that.
    pub meaning: &'static str,
    /// What holds where it is not written.
    pub without: &'static str,
    /// Whether it must always be written.
    pub is_required: bool,
    /// A value to show where it is missing.
    pub example: &'static str,
    /// What people call it in Chinese.
    pub chinese: &'static [&'static str],
}

/// The keys of a mapping.
pub type Keys = &'static [&'static Key];

/// What stands behind a [`Key`].
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A text.
    Text,
    /// A day.
    Day,
    /// A day with a time.
    Time,
    /// `true` or `false`.
    Flag,
    /// One of some words.
    Choice(&'static [Choice]),
    /// One of some words or of those that people write instead, or a mapping.
    ChoiceOrMapping(&'static [Choice], Keys),
    /// A list of texts; one may stand by itself.
    Texts,
    /// A mapping.
    Mapping(Keys),
    /// A list of mappings, each with the keys of one of these forms.
    List(&'static [Keys]),
    /// A list whose entries are texts, one of which may stand by itself, or mappings with these keys.
    TextsOrMappings(Keys),
    /// A mapping from words that the author chooses to texts.
    Named,
    /// A mapping from words that the author chooses to texts, or to mappings with the keys of one of these forms.
    NamedForms(&'static [Keys]),
}

/// A word that a key may have for its value.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The word.
    pub word: &'static str,
    /// What people write instead.
    pub instead: &'static [&'static str],
}

impl Key {
    /// A key that may be left out.
    pub const fn new(name: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Self { name, kind, meaning, without: "", is_required: false, example: "", chinese: &[] }
    }

    /// Says that it must be there, and shows a value.
    #[must_use]
    pub const fn required(self, example: &'static str) -> Self {
        Self { is_required: true, example, ..self }
    }

    /// Shows a value, for a key that some files must have.
    #[must_use]
    pub const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// Says what holds without it.
    #[must_use]
    pub const fn without(self, without: &'static str) -> Self {
        Self { without, ..self }
    }

    /// Says what people call it in Chinese.
    #[must_use]
    pub const fn chinese(self, chinese: &'static [&'static str]) -> Self {
        Self { chinese, ..self }
    }

    /// Returns the word that somebody meant who wrote `written`.
    pub(super) fn choice_meant_by(&self, written: &str) -> Option<&'static str> {
        let Kind::Choice(choices) = self.kind else { return None };
        choices.iter().find(|choice| choice.instead.contains(&written)).map(|choice| choice.word)
    }
}
