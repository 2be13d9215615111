//! The lists of `figure/words.txt` by which the scanner knows figures and what is none, made ready once for the whole program.
//!
//! To teach the program a word, add it to its list in that file, which says what each is for. What the lists lead to is
//! decided in the other files of this room. Units have a table of their own, which relations share: `figure/units.rs`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::figure::units::Lexicon;
use crate::figure::words::{ends_with_any, list, word_lists};

word_lists! {
    /// What an ordinal counts beside the units of figures.
    ORDINAL_UNITS = "ordinal-units";
    /// What a rank is called.
    RANKS = "ranks";
    /// Words in front of a phone number.
    PHONES = "phones";
    /// Words in front of a code, a model or a version.
    CODES = "codes";
    /// Words in front of a postcode.
    POSTCODES = "postcodes";
    /// Letters with which the numbers of standards begin.
    STANDARDS = "standards";
    /// Words behind a number of days that is no date.
    DAYS_BEHIND = "days-behind";
    /// Words in front of a number of days that is no date.
    DAYS_IN_FRONT = "days-in-front";
    /// Words in front of a span of time.
    SPANS_IN_FRONT = "spans-in-front";
    /// What a span of time is counted in.
    SPANS = "spans";
    /// Words behind a span of time.
    SPANS_BEHIND = "spans-behind";
    /// Words with 来, 间 or 前 that do not end a span.
    NOT_SPANS = "not-spans";
    /// Words that make of 近 an estimate again.
    DURATIONS = "durations";
    /// Words in front of an hour.
    HOURS_IN_FRONT = "hours-in-front";
    /// Words behind an hour.
    HOURS_BEHIND = "hours-behind";
    /// Words that begin with 时 and make no hour of a number.
    NOT_HOURS = "not-hours";
    /// Words in front of two numbers with a colon that are no time of day.
    RATIOS = "ratios";
    /// Words behind a figure that loosen nothing.
    NOT_LOOSENED = "not-loosened";
    /// Words that end with 负, which is no minus in them.
    ENDS_WITH_NEGATIVE = "ends-with-negative";
    /// Words that end with a numeral, whose last character is no part of the digits behind them.
    ENDS_WITH_NUMERAL = "ends-with-numeral";
    /// The names behind which a bare number is a numbering.
    NUMBERED = "numbered";
    /// Words in front of 前三名.
    RANK_IN_FRONT = "rank-in-front";
    /// Measure words with which 一 and 二 may count at the end of a clause.
    COUNTING = "counting";
    /// Nouns behind which they count there.
    COUNTED_IN_FRONT = "counted-in-front";
    /// Words in front of a number that only end like an approximation.
    LIKE_APPROXIMATIONS = "like-approximations";
    /// What a limit in front sorts: 10亿元以上项目.
    SORTED = "sorted";
    /// Words in front of a limit that sorts.
    LIMITED = "limited";
    /// Words in front of the sign of money.
    SIGNED_IN_FRONT = "signed-in-front";
}

/// Nouns of a list of great things: 五大行动.
pub(super) static GREAT: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::of(list("great-nouns"), ()));

/// Phrases and idioms; true for a phrase, which is listed, false for a word, which is not.
pub(super) static FIXED: LazyLock<Lexicon<bool>> =
    LazyLock::new(|| Lexicon::of(list("phrases"), true).and(list("idioms"), false));

/// Tells whether `digits` is a number that is a name.
pub(super) fn is_name(digits: &str) -> bool {
    static SET: LazyLock<BTreeSet<&str>> = LazyLock::new(|| list("names").iter().copied().collect());
    SET.contains(digits)
}

/// Tells whether `before` ends with a noun that a number and `unit` behind it count.
pub(super) fn is_counted_in_front(before: &str, unit: &str) -> bool {
    COUNTING.contains(&unit) && ends_with_any(before, &COUNTED_IN_FRONT)
}

/// Tells whether `text` ends with a word that only looks like an approximation.
pub(super) fn ends_like_approximation(text: &str) -> bool {
    ends_with_any(text, &LIKE_APPROXIMATIONS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::scan::place::is_digit;

    #[test]
    fn no_fixed_word_begins_with_an_arabic_digit() {
        let words = list("phrases").iter().chain(list("idioms"));
        assert_eq!(words.filter(|word| word.starts_with(is_digit)).collect::<Vec<_>>(), [&""; 0]);
    }
}
