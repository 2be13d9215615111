//! Numbers in headings and titles, which stand in front matter: no metric can state them, but they must not be overlooked.

use std::ops::Range;

use super::bind::touches;
use super::words::Words;
use super::{broken, is_unclear};
use crate::diagnostic::{Diagnostics, Located, Location, SourcePath};
use crate::figure::{NoFigure, NumberKind, mixed_widths};
use crate::notice::UnclearNumber;
use crate::yaml::LocatedText;

/// The heading of a section, or the title of a notice.
pub(crate) struct Heading<'a> {
    pub(super) words: Words,
    source: LocatedText,
    /// What stands at the place of `source`: the value with its quotation marks, line breaks and indents.
    written: &'a str,
}

impl<'a> Heading<'a> {
    /// Takes a value of the front matter of the file with this text.
    pub(crate) fn new(source: &'a Located<String>, text: &'a str) -> Self {
        let range = source.location.range.clone().unwrap_or_default();
        Self {
            words: Words::of_line(&source.value),
            written: text.get(range).unwrap_or_default(),
            source: LocatedText::new(source.clone(), text),
        }
    }

    /// Lists its numbers that say how much; `exempted` are the places that `not_figures:` names.
    pub(super) fn numbers(&self, exempted: &[Range<usize>]) -> impl Iterator<Item = UnclearNumber> {
        self.words.numbers.iter().filter_map(|found| {
            let reason = match found.kind {
                NumberKind::Figure(_) => NoFigure::Heading,
                NumberKind::Other(reason) if is_unclear(reason) => reason,
                NumberKind::Other(_) => return None,
            };
            Some(UnclearNumber {
                printed: self.words.get(&found.range).to_owned(),
                range: self.in_file(&found.range),
                clause: self.source.value.clone(),
                reason,
                is_exempt: touches(exempted, &found.range),
            })
        })
    }

    /// Pushes `number-broken` for numbers whose digits are of both widths, and for those that a tab or a line break parts.
    pub(super) fn check_numbers(&self, path: &SourcePath, diagnostics: &mut Diagnostics) {
        for range in mixed_widths(&self.words.text, &self.words.numbers) {
            let location = Location::new(path, self.in_file(&range));
            diagnostics.push(broken::mixed(self.words.get(&range), location));
        }
        let value = self.source.value.as_str();
        let has_breaks = self.written.contains(['\n', '\r']);
        let mut last = 0..0;
        for (at, gap) in value.char_indices() {
            // YAML reads a line break as a space.
            let is_break = gap == '\n' || (gap == ' ' && has_breaks);
            let (before, behind) = value.split_at(at);
            if (is_break || gap == '\t') && broken::is_broken(before, behind) {
                let location = Location::new(path, self.in_file(&last));
                diagnostics.push(broken::broken(before, if is_break { '⏎' } else { '⇥' }, behind, location));
            }
            last = at..at + gap.len_utf8();
        }
    }

    /// Returns the bytes of the file that show `range`.
    fn in_file(&self, range: &Range<usize>) -> Range<usize> {
        self.source.place(range).range.unwrap_or_default()
    }
}
