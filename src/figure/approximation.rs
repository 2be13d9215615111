//! The words that loosen a number (余, 近, 约, 以上): what each means, and how they are taken from a text.
//!
//! The tables stand in the order in which a figure is read. To teach the program a word, add a row.

use Approximation::{About, Above, Almost, AndMore, AtLeast, AtMost, Below, Unclear};

/// How the words around a number loosen it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approximation {
    /// 余, 多: the number and a part of its last place.
    AndMore,
    /// 以上, 不少于: the number or more.
    AtLeast,
    /// 超, 逾: more than the number.
    Above,
    /// 约, 左右: the number or something near it, on either side.
    About,
    /// 近, 将近: a little less than the number.
    Almost,
    /// 不足, 低于: less than the number.
    Below,
    /// 以下, 以内: the number or less.
    AtMost,
    /// Words that disagree: 约100人以上.
    Unclear,
}

impl Approximation {
    /// The words that data files use, which do not tell how far a loosened number reaches.
    pub const IDS: [&str; 5] = ["at-least", "above", "about", "below", "at-most"];

    /// The word for it in data files: `at-least`.
    pub fn id(self) -> &'static str {
        match self {
            AndMore | AtLeast => "at-least",
            Above => "above",
            About | Unclear => "about",
            Almost | Below => "below",
            AtMost => "at-most",
        }
    }

    /// The sign for it: `≥`.
    pub fn sign(self) -> &'static str {
        match self {
            AndMore | AtLeast => "≥",
            Above => ">",
            About | Unclear => "≈",
            Almost | Below => "<",
            AtMost => "≤",
        }
    }

    /// Returns what two words say together.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, two) if one == two => one,
            // 30余人以上: the looser of the two.
            (AndMore | AtLeast | Above, AndMore | AtLeast | Above) => AtLeast,
            (Almost | Below, Almost | Below) => Below,
            (Almost | Below | AtMost, Almost | Below | AtMost) => AtMost,
            // 约30余人, 近30余人: near the number all the same.
            (AndMore | About | Almost, AndMore | About | Almost) => About,
            _ => Unclear,
        }
    }
}

/// Words in front of the number. A word stands before the shorter one that it begins with.
pub(super) const BEFORE: [(&str, Approximation); 32] = [
    ("突破", Above),
    ("不超过", AtMost),
    ("不高于", AtMost),
    ("不大于", AtMost),
    ("不多于", AtMost),
    ("不少于", AtLeast),
    ("不低于", AtLeast),
    ("不小于", AtLeast),
    ("未超过", AtMost),
    ("不超", AtMost),
    ("未超", AtMost),
    ("至少", AtLeast),
    ("最少", AtLeast),
    ("至多", AtMost),
    ("最多", AtMost),
    ("超过", Above),
    ("超出", Above),
    ("超", Above),
    ("逾", Above),
    ("高于", Above),
    ("大于", Above),
    ("多于", Above),
    ("大约", About),
    ("约", About),
    ("接近", Almost),
    ("将近", Almost),
    ("近", Almost),
    ("不足", Below),
    ("不到", Below),
    ("低于", Below),
    ("少于", Below),
    ("小于", Below),
];

/// Words between the number and the unit, before the scale or after it.
pub(super) const INSIDE: [(&str, Approximation); 3] = [("余", AndMore), ("多", AndMore), ("来", About)];

/// Words after the unit.
pub(super) const AFTER: [(&str, Approximation); 6] = [
    ("以上", AtLeast),
    ("左右", About),
    ("上下", About),
    ("以下", AtMost),
    ("以内", AtMost),
    ("多", AndMore),
];

/// Returns what all the words around a number say together.
pub(super) fn combine(words: &[Option<Approximation>]) -> Option<Approximation> {
    words.iter().copied().flatten().reduce(Approximation::and)
}

/// Takes the first of `words` with which `text` begins, and the space behind it.
pub(super) fn strip_word<'text, T: Copy>(text: &'text str, words: &[(&str, T)]) -> (Option<T>, &'text str) {
    // No word begins with a digit, and most figures do.
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return (None, text);
    }
    let strip = |&(word, meaning): &(&str, T)| text.strip_prefix(word).map(|rest| (meaning, rest));
    match words.iter().find_map(strip) {
        Some((meaning, rest)) => (Some(meaning), rest.trim_start()),
        None => (None, text),
    }
}

/// Takes the first of `words` with which `text` ends, and the space in front of it.
pub(super) fn strip_last_word<'text, T: Copy>(
    text: &'text str,
    words: &[(&str, T)],
) -> (Option<T>, &'text str) {
    let strip = |&(word, meaning): &(&str, T)| text.strip_suffix(word).map(|rest| (meaning, rest));
    match words.iter().find_map(strip) {
        Some((meaning, rest)) => (Some(meaning), rest.trim_end()),
        None => (None, text),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Checks that no word keeps a longer one below it from being found.
    #[track_caller]
    pub(in crate::figure) fn check_order<T>(words: &[(&str, T)]) {
        for (place, (word, _)) in words.iter().enumerate() {
            let hidden = words.iter().skip(place + 1).find(|(later, _)| later.starts_with(word));
            assert_eq!(hidden.map(|(later, _)| later), None, "hidden by {word}");
        }
    }

    #[test]
    fn no_word_hides_a_longer_one() {
        check_order(&BEFORE);
        check_order(&INSIDE);
    }

    #[test]
    fn words_are_taken_with_the_space_beside_them() {
        assert_eq!(strip_word("超过 10件", &BEFORE), (Some(Above), "10件"));
        assert_eq!(strip_word("共10件", &BEFORE), (None, "共10件"));
        assert_eq!(strip_last_word("件 左右", &AFTER), (Some(About), "件"));
        assert_eq!(strip_last_word("件", &AFTER), (None, "件"));
    }

    #[test]
    fn every_approximation_has_a_word() {
        for (word, approximation) in BEFORE.iter().chain(&INSIDE).chain(&AFTER) {
            assert!(Approximation::IDS.contains(&approximation.id()), "{word}");
        }
        assert!(Approximation::IDS.contains(&Unclear.id()));
    }

    #[test]
    fn words_combine() {
        let combine = |words: [Option<Approximation>; 2]| combine(&words);
        assert_eq!(combine([None, None]), None);
        assert_eq!(combine([None, Some(Below)]), Some(Below));
        assert_eq!(combine([Some(AtLeast), Some(AtLeast)]), Some(AtLeast));
        assert_eq!(combine([Some(Above), Some(AtLeast)]), Some(AtLeast));
        assert_eq!(combine([Some(AtLeast), Some(AndMore)]), Some(AtLeast));
        assert_eq!(combine([Some(Below), Some(AtMost)]), Some(AtMost));
        assert_eq!(combine([Some(About), Some(AndMore)]), Some(About));
        assert_eq!(combine([Some(Almost), Some(AndMore)]), Some(About));
        assert_eq!(combine([Some(About), Some(Below)]), Some(Unclear));
        assert_eq!(combine([Some(About), Some(AtLeast)]), Some(Unclear));
    }
}
