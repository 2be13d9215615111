//! The values of a YAML text, as the YAML crate reads them.
//!
//! [`load`] is the only call into the crate. It keeps keys that are written twice, because saying where they are needs
//! the places that only `scan` knows. The text must have passed `scan`: the crate itself bounds neither time nor memory.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use crate::text::place::Spot;

/// A value without its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Loaded {
    /// Nothing, `~` or `null`.
    Null,
    /// A number or truth value, in the crate's spelling.
    Literal(String),
    /// A text, unescaped.
    Text(String),
    /// A list.
    Sequence(Vec<Self>),
    /// Keys and values as written, duplicates included.
    Mapping(Vec<(Self, Self)>),
}

/// Why the YAML crate refused a text.
#[derive(Debug)]
pub(super) struct Reason {
    /// The crate's words without the place.
    pub(super) words: String,
    /// Where.
    pub(super) place: Option<Spot>,
}

/// Reads the values of `text`.
pub(super) fn load(text: &str) -> Result<Loaded, Reason> {
    serde_yaml::from_str(text).map_err(|error| {
        let words = error.to_string();
        let words = words.split_once(" at ").map_or(words.as_str(), |(reason, _)| reason);
        Reason {
            words: words.to_owned(),
            place: error.location().map(|at| Spot { line: at.line(), column: at.column() }),
        }
    })
}

impl<'de> Deserialize<'de> for Loaded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LoadedVisitor)
    }
}

struct LoadedVisitor;

impl<'de> Visitor<'de> for LoadedVisitor {
    type Value = Loaded;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a list or a mapping")
    }

    fn visit_unit<E>(self) -> Result<Loaded, E> {
        Ok(Loaded::Null)
    }

    fn visit_none<E>(self) -> Result<Loaded, E> {
        Ok(Loaded::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Loaded, E> {
        Ok(Loaded::Literal(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Loaded, E> {
        Ok(Loaded::Literal(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Loaded, E> {
        Ok(Loaded::Literal(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Loaded, E> {
        Ok(Loaded::Literal(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Loaded, E> {
        Ok(Loaded::Literal(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Loaded, E> {
        Ok(Loaded::Literal(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Loaded, E> {
        Ok(Loaded::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Loaded, A::Error> {
        let mut loaded = Vec::new();
        while let Some(item) = items.next_element()? {
            loaded.push(item);
        }
        Ok(Loaded::Sequence(loaded))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Loaded, A::Error> {
        let mut loaded = Vec::new();
        while let Some((key, value)) = entries.next_entry()? {
            if matches!(key, Loaded::Sequence(_) | Loaded::Mapping(_)) {
                return Err(A::Error::custom("a key must be a text"));
            }
            loaded.push((key, value));
        }
        Ok(Loaded::Mapping(loaded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duplicates_stay_and_literals_are_told_from_texts() {
        let text = |text: &str| Loaded::Text(text.to_owned());
        let expected = Loaded::Mapping(vec![
            (text("a"), Loaded::Literal("1".to_owned())),
            (text("a"), text("1")),
            (
                text("b"),
                Loaded::Sequence(vec![Loaded::Null, text("001"), Loaded::Literal("true".to_owned())]),
            ),
        ]);
        assert_eq!(load("a: 1\na: '1'\nb: [~, 001, true]\n").unwrap(), expected);
    }

    #[test]
    fn a_refusal_has_words_and_a_place() {
        let reason = load("a: b\nc: \"\\q\"\n").unwrap_err();
        let place = Some(Spot { line: 2, column: 5 });
        assert_eq!((reason.words.as_str(), reason.place), ("found unknown escape character", place));
    }
}
