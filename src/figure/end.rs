//! One end of a printed figure, without its unit: 20余万 → number, scale and the words between them.
//!
//! Start with [`End::read`]. Most figures have one end; a range (3～5万元) has two, which [`split_range`] takes apart.
//! It reads text whose width is folded.

use super::approximation::{Approximation, INSIDE, strip_word};
use super::number::{MINUS, Number};
use super::units::begins_with_scale;
use super::{Decimal, QuantityError};
use crate::text::split_while;

/// The scales and their powers of ten. A scale stands before the shorter one that it begins with.
pub(super) const SCALES: [(&str, u32); 8] =
    [("万亿", 12), ("千亿", 11), ("百亿", 10), ("千万", 7), ("百万", 6), ("亿", 8), ("万", 4), ("千", 3)];

/// The scale that only stands behind a greater one: 3千5百.
pub(super) const HUNDRED: (&str, u32) = ("百", 2);

/// Returns the name of a scale by its power of ten; nothing for none.
pub(super) fn scale_name(power: u32) -> &'static str {
    SCALES.iter().find(|(_, scale)| *scale == power).map_or("", |(name, _)| name)
}

/// Proportions spelled out, and the signs that mean the same.
pub(super) const PROPORTIONS: [(&str, &str); 3] = [("百分之", "%"), ("千分之", "‰"), ("万分之", "‱")];

/// The marks and words between the two ends of a range.
pub(super) const RANGE_MARKS: [char; 7] = ['~', '-', '—', '–', '−', '至', '到'];

/// One number with its scale.
pub(super) struct End {
    pub(super) number: Number,
    pub(super) scale: Option<u32>,
    pub(super) proportion: Option<&'static str>,
    pub(super) words: [Option<Approximation>; 2],
}

impl End {
    /// Reads the end with which `text` begins; after a word such as 近 also a bare 百.
    pub(super) fn read(text: &str, is_loosened: bool) -> Option<(Self, &str)> {
        let (proportion, rest) = strip_word(text, &PROPORTIONS);
        let (number, rest) = Number::read(rest, proportion, is_loosened)?;
        let (inside, rest) = strip_word(rest, &INSIDE);
        // 3千克 has no scale: its unit is 千克.
        let (scale, rest) = if begins_with_scale(rest) { (None, rest) } else { strip_word(rest, &SCALES) };
        let (number, scale, rest) = with_smaller(number, scale, rest);
        let (inside_scaled, rest) = strip_word(rest, &INSIDE);
        Some((Self { number, scale, proportion, words: [inside, inside_scaled] }, rest))
    }

    /// Returns the exact value, the scale applied.
    pub(super) fn value(&self) -> Result<Decimal, QuantityError> {
        self.number.value(self.scale.unwrap_or(0))
    }
}

/// Takes the smaller parts into a number: of 1亿2450万 the 2450万, of 38万6千 the 6千.
///
/// The last part needs a scale, or all its digits: 3万5 may mean two numbers.
fn with_smaller(mut number: Number, mut scale: Option<u32>, mut rest: &str) -> (Number, Option<u32>, &str) {
    while let Some(large) = scale
        && let (digits, behind) = split_while(rest, |character| character.is_ascii_digit())
        && !digits.is_empty()
        && !begins_with_scale(behind)
        && let small = SCALES.iter().chain([&HUNDRED]).find(|(word, _)| behind.starts_with(word))
        && let (word, power) = small.copied().unwrap_or_default()
        && let Some(places) = large.checked_sub(power).and_then(|places| usize::try_from(places).ok())
        && (digits.len() == places || power > 0 && digits.len() < places)
        && number.append(digits, places)
    {
        scale = Some(power).filter(|power| *power > 0);
        rest = behind.get(word.len()..).unwrap_or_default();
    }
    (number, scale, rest)
}

/// Takes apart what follows the lower end of a range: its unit, if it has one of its own, the upper end, the rest.
pub(super) fn split_range(text: &str) -> Option<(&str, End, &str)> {
    let (unit, right) = text.split_once(RANGE_MARKS)?;
    let right = right.trim_start();
    // The sign of a number would read like one more mark.
    if right.starts_with(MINUS) || right.starts_with('+') {
        return None;
    }
    let (end, rest) = End::read(right, false)?;
    Some((unit.trim_end(), end, rest))
}
