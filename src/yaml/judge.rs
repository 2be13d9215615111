//! The YAML crate as the judge of texts that the scanner cannot vouch for.
//!
//! [`refuses`] is the only call into the crate. The scanner reads every value itself; where a text has something of which
//! it does not know every rule (an escape without meaning, a tab, a sign at the start of a text in brackets), the crate
//! decides whether it is YAML, and its words say why it is not.
//! The text must have passed the scanner: the crate itself bounds neither time nor memory.

use crate::text::place::Spot;

/// Why the YAML crate refuses a text.
#[derive(Debug)]
pub(super) struct Reason {
    /// The crate's words without the place.
    pub(super) words: String,
    /// Where.
    pub(super) place: Option<Spot>,
}

/// Asks the crate; `None` if it can read the text.
pub(super) fn refuses(text: &str) -> Option<Reason> {
    let error = serde_yaml::from_str::<serde::de::IgnoredAny>(text).err()?;
    let words = error.to_string();
    let words = words.split_once(" at ").map_or(words.as_str(), |(reason, _)| reason);
    Some(Reason {
        words: words.to_owned(),
        place: error.location().map(|at| Spot { line: at.line(), column: at.column() }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_has_words_and_a_place() {
        assert!(refuses("a: b\n").is_none());
        let reason = refuses("a: b\nc: \"\\q\"\n").unwrap();
        let place = Some(Spot { line: 2, column: 5 });
        assert_eq!((reason.words.as_str(), reason.place), ("found unknown escape character", place));
    }
}
