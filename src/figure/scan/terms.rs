//! Numbers that are a part of a term: 24小时值班, 50年一遇, 每两周, 世界500强, 10亿元以上项目.
//!
//! Start with [`reason`], which looks at what stands around a figure, and [`term`], a reader of [`scan`](super::scan) for
//! numbers without a unit. What is written with such a number stays as it is; it only counts nothing in the notice.

use std::sync::LazyLock;

use super::place::{Cursor, is_digit, strip_any, strip_space, whole_number};
use super::words::{LIMITED, RANK_IN_FRONT, SORTED};
use super::{NoFigure, WrittenNumber};
use crate::figure::units::{Lexicon, is_hidden};
use crate::figure::words::{ends_with_any, list, starts_with_any};
use crate::text::{numeral, sentence, width};

/// What a limit is called, behind its figure.
const LIMITS: [&str; 11] = [
    "以上",
    "以下",
    "以内",
    "及以上",
    "及以下",
    "（含）以上",
    "(含)以上",
    "（含）以下",
    "(含)以下",
    "含以上",
    "（含）",
];

/// What a limit is called, in front of its figure.
const LIMITS_IN_FRONT: [&str; 6] = ["超过", "超", "逾", "不足", "低于", "高于"];

/// So many characters behind its limit a rule says at most what it is about.
const LONGEST_RULE: usize = 20;

/// A term with a number in it.
#[derive(Clone, Copy)]
struct Term {
    before: &'static str,
    number: Place,
    reason: NoFigure,
}

/// Which numbers make a term.
#[derive(Clone, Copy)]
enum Place {
    /// Any: the N of the list.
    Any,
    /// A Chinese numeral: the 某 of the list.
    Numeral,
    /// This one: 24小时值班.
    Exactly(&'static str),
}

/// The terms, by what stands behind their number.
static TERMS: LazyLock<Lexicon<Term>> = LazyLock::new(|| {
    let of = |name, reason| list(name).iter().filter_map(move |entry| Term::read(entry, reason));
    let named = of("term-name", NoFigure::Name).chain(of("term-ordinal", NoFigure::Ordinal));
    Lexicon::from_words(of("term", NoFigure::Term).chain(named))
});

impl Term {
    /// Reads an entry of the list, and gives back what stands behind its number.
    fn read(entry: &'static str, reason: NoFigure) -> Option<(&'static str, Self)> {
        for (mark, number) in [('N', Place::Any), ('某', Place::Numeral)] {
            if let Some((before, behind)) = entry.split_once(mark) {
                return Some((behind, Self { before, number, reason }));
            }
        }
        let (number, behind) = whole_number(entry)?;
        Some((behind, Self { before: "", number: Place::Exactly(number), reason }))
    }

    fn fits(&self, before: &str, number: &str) -> bool {
        let is_number = match self.number {
            Place::Any => true,
            Place::Numeral => number.starts_with(numeral::is_part),
            Place::Exactly(one) => number == one,
        };
        is_number && before.ends_with(self.before)
    }
}

/// Returns why the figure with `number` is part of a term, if it is: `behind` is the text from its unit on.
pub(super) fn reason(before: &str, number: &str, behind: &str) -> Option<NoFigure> {
    // 每两周, 每100户.
    if before.ends_with(['每', '隔']) && ends_with_any(before, &["每", "每隔"]) {
        return Some(NoFigure::Term);
    }
    let is_rank = before.ends_with(['前', '后', '末']) && behind.starts_with(['名', '位']);
    if is_rank && ends_with_any(before, &RANK_IN_FRONT) {
        return Some(NoFigure::Rank);
    }
    let mut terms = TERMS.prefixes(behind);
    let term = terms.find(|(word, term)| term.fits(before, number) && !is_hidden(behind, word))?;
    Some(term.1.reason)
}

/// Tells whether what stands around a measure makes of it a limit that sorts things: the 以上项目 of 10亿元以上项目, the 超过 and
/// 的村 of 超过50万元的村, the 以上的8笔 of 5年以上的8笔; or a limit of a rule: 对深度超过5米的基坑, 5万元以上10万元以下. `before` stands
/// in front of the figure, `found` is the figure as printed, `rest` the text behind its unit.
pub(super) fn is_limit(before: &str, found: &str, rest: &str) -> bool {
    let is_over = starts_with_any(found, &LIMITS_IN_FRONT);
    let behind = strip_any(rest, &LIMITS);
    if behind.is_none() && !is_over {
        return false;
    }
    let clause = sentence::before(before, before.len(), sentence::ends_clause);
    let mut behind_clause = rest.chars().take_while(|c| !sentence::ends_clause(*c)).take(LONGEST_RULE);
    // 对超过5米的基坑, 超过30天未发放的
    if (is_of_rule(clause) || is_over && rest.starts_with('未')) && behind_clause.any(|c| c == '的') {
        return true;
    }
    let in_front = || rest.strip_prefix('的').filter(|_| is_over).map(|_| rest);
    let Some(sorted) = behind.or_else(in_front) else { return false };
    let goes_on = sorted.starts_with(|next| width::is_han(next) || is_digit(next));
    let noun = sorted.strip_prefix('的').unwrap_or(sorted);
    noun.starts_with(is_digit)
        || starts_with_any(noun, &SORTED)
        || goes_on && ends_with_any(before, &LIMITED)
        || before.ends_with("以上") && rest.starts_with("以下")
}

/// Tells whether a clause begins like a rule: 对…的, 凡….
fn is_of_rule(clause: &str) -> bool {
    ["对", "凡", "针对"].iter().any(|word| clause.starts_with(word) && !is_hidden(clause, word))
}

/// Reads a number without a unit that is part of a term: 世界500强, 329国道.
pub(super) fn term(place: &Cursor<'_>) -> Option<WrittenNumber> {
    let (number, rest) = place.number()?;
    let reason =
        reason(place.before(), number, strip_space(rest)).filter(|reason| *reason == NoFigure::Name)?;
    place.other(number.len(), reason)
}
