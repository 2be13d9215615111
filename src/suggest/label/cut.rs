//! A piece of a clause → the name in it, by the lists of `vocabulary`.
//!
//! Start with [`subject`], which looks in front of a figure, and [`object`], which looks behind it. They only cut: what they
//! return stands in the text as it is. Which piece is looked at is decided in `clause`.

use crate::figure::{FoundKind, NoFigure};
use crate::suggest::vocabulary as lists;
use crate::text::width;

/// What no name ends with.
const LOOSE_ENDS: &[char] =
    &['的', '由', '从', '和', '及', '与', '至', '到', '了', '每', '共', '各', '对', '将'];

/// Tells whether a number parts what stands in front of it from what stands behind: a figure or a date, but no 八项规定.
pub(super) fn parts(kind: &FoundKind) -> bool {
    use NoFigure::{Clock, Date, DocumentNumber, Numbering, Phone, Postcode, TimeSpan, Year};
    match kind {
        FoundKind::Figure(_) => true,
        FoundKind::Other(reason) => {
            matches!(reason, Clock | Date | DocumentNumber | Numbering | Phone | Postcode | TimeSpan | Year)
        }
    }
}

/// Cuts the name out of what stands in front of a figure.
pub(super) fn subject(before: &str) -> &str {
    let last = listed_by(before, |c| c == '、').pop().unwrap_or_default();
    let last = without_beginning(without_end(last));
    let turned = last_of(lists::TURNS, last).and_then(|(at, turn)| last.get(at + turn.len()..));
    let mut name = turned.map(without_beginning).filter(|rest| says_enough(rest)).unwrap_or(last);
    let inner = last_of(lists::INNER_VERBS, name).and_then(|(at, verb)| name.get(at + verb.len()..));
    name = inner.map(without_beginning).filter(|rest| says_enough(rest)).unwrap_or(name);
    while let Some(rest) =
        strip_first(name, lists::LIGHT_VERBS).map(without_beginning).filter(|rest| says_enough(rest))
    {
        name = rest;
    }
    name
}

/// Cuts the name out of what stands behind a figure.
pub(super) fn object(after: &str) -> &str {
    let mut name = listed_by(after, |c| c == '、').into_iter().next().unwrap_or_default();
    name = name.split(['（', '(', '）', ')', '；', ';']).next().unwrap_or_default();
    let is_kind = |at: usize| {
        let (before, behind) = name.split_at(at);
        before.ends_with(['平', '同', '中', '高', '初', '上', '下'])
            || behind.starts_with("等级")
            || before.is_empty()
    };
    if let Some((at, _)) = name.match_indices('等').find(|(at, _)| !is_kind(*at)) {
        name = name.get(..at).unwrap_or_default();
    }
    while let Some(rest) = strip_first(name, lists::BEHIND) {
        name = rest;
    }
    // 对整改的问题开展回头看: what is done stands behind its verb.
    if ["对", "并对", "就", "向"].iter().any(|word| name.starts_with(word)) {
        let inner = last_of(lists::INNER_VERBS, name).and_then(|(at, verb)| name.get(at + verb.len()..));
        return inner.filter(|rest| says_enough(rest)).unwrap_or(name);
    }
    first_stop(name).and_then(|at| name.get(..at)).unwrap_or(name)
}

/// Returns where the first verb or 已 behind a name begins: there something else is said, of some of what is counted.
pub(super) fn first_stop(text: &str) -> Option<usize> {
    let starts = text.char_indices().map(|(at, _)| at).skip(1);
    let mut starts = starts.filter(|at| {
        let (before, behind) = text.split_at(*at);
        let is_stop = starts_with_any(behind, lists::STOPS);
        let is_cut = || {
            let spans = |word: &str| {
                word.char_indices().skip(1).any(|(inside, _)| {
                    let (left, right) = word.split_at(inside);
                    before.ends_with(left) && behind.starts_with(right)
                })
            };
            lists::WHOLE.split_whitespace().any(spans)
        };
        is_stop && !is_cut()
    });
    starts.next()
}

/// Strips what no name ends with (的, 由, 至), unless a word ends with it.
pub(super) fn without_loose_end(name: &str) -> &str {
    let mut rest = name;
    while let Some(shorter) = rest.strip_suffix(LOOSE_ENDS) {
        if lists::WHOLE.split_whitespace().any(|word| rest.ends_with(word)) {
            break;
        }
        rest = shorter;
    }
    rest
}

/// Tells whether another number with its unit is left in a name (两项机制).
pub(super) fn counts(name: &str) -> bool {
    let is_number = |c: char| "一二两三四五六七八九十百千万".contains(c) || c.is_ascii_digit();
    let pairs = name.chars().zip(name.chars().skip(1));
    name.starts_with(|c: char| c.is_ascii_digit())
        || name.ends_with(|c: char| c.is_ascii_digit())
        || pairs
            .into_iter()
            .any(|(number, unit)| is_number(number) && "项个类条件名起次种家处座元".contains(unit))
}

/// Returns the entries of a list that 、, 和, 与 and 及 part, outside quotation marks.
pub(super) fn listed(text: &str) -> Vec<&str> {
    listed_by(text, |c| matches!(c, '、' | '和' | '与' | '及'))
}

pub(super) fn listed_by(text: &str, is_mark: impl Fn(char) -> bool) -> Vec<&str> {
    let (mut depth, mut start, mut entries) = (0_usize, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '“' | '《' | '（' | '(' | '「' => depth += 1,
            '”' | '》' | '）' | ')' | '」' => depth = depth.saturating_sub(1),
            c if depth == 0 && is_mark(c) => {
                entries.extend(text.get(start..at));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    entries.extend(text.get(start..));
    entries
}

/// Returns what stands behind the last bracket that is still open.
pub(super) fn behind_open_bracket(text: &str) -> &str {
    let mut open = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' | '“' | '《' => open.push(at + c.len_utf8()),
            '）' | ')' | '”' | '》' => drop(open.pop()),
            _ => {}
        }
    }
    open.last().and_then(|at| text.get(*at..)).unwrap_or(text)
}

/// Strips the words that lead up to a name.
pub(super) fn without_beginning(text: &str) -> &str {
    let mut rest = text.trim();
    while let Some(shorter) = strip_first(rest, lists::LEADING) {
        rest = shorter.trim_start();
    }
    rest
}

/// Strips the words between a name and its figure.
pub(super) fn without_end(text: &str) -> &str {
    let mut rest = text.trim();
    let protected = |rest: &str, word: &str| {
        lists::WHOLE.split_whitespace().any(|whole| whole.len() > word.len() && rest.ends_with(whole))
    };
    loop {
        let words = lists::TRAILING.split_whitespace().filter(|word| rest.ends_with(word));
        match words.max_by_key(|word| word.len()).filter(|word| !protected(rest, word)) {
            Some(word) => rest = rest.strip_suffix(word).unwrap_or_default().trim_end(),
            None => return rest,
        }
    }
}

/// Strips the longest word of `list` with which `text` begins, unless it is only the beginning of a whole word.
pub(super) fn strip_first<'a>(text: &'a str, list: &str) -> Option<&'a str> {
    let word = list.split_whitespace().filter(|word| text.starts_with(word)).max_by_key(|word| word.len())?;
    let is_cut =
        lists::WHOLE.split_whitespace().any(|whole| whole.len() > word.len() && text.starts_with(whole));
    if is_cut { None } else { text.strip_prefix(word) }
}

/// Returns the place of the word of `list` that ends last in `text`, the longer one of several.
pub(super) fn last_of<'a>(list: &'a str, text: &str) -> Option<(usize, &'a str)> {
    let hits = list.split_whitespace().filter_map(|word| Some((text.rfind(word)?, word)));
    hits.max_by_key(|(at, word)| (at + word.len(), word.len()))
}

pub(super) fn starts_with_any(text: &str, list: &str) -> bool {
    list.split_whitespace().any(|word| text.starts_with(word))
}

pub(super) fn is_listed(text: &str, list: &str) -> bool {
    list.split_whitespace().any(|word| word == text)
}

/// Tells whether a name still says what is counted when the verb in front of it is gone.
pub(super) fn says_enough(name: &str) -> bool {
    can_stand(&tidy(name)) && !starts_with_any(name, lists::VAGUE_BEGINNINGS)
}

/// Tells whether `name` is more than a word that fits everything.
pub(super) fn can_stand(name: &str) -> bool {
    name.chars().count() > 1
        && !is_listed(name, lists::VAGUE)
        && !starts_with_any(name, "形式 方式 方法 每人")
}

pub(super) fn has_ideograph(text: &str) -> bool {
    text.contains(width::is_han)
}

/// Returns `text` without marks, spaces and what stands in brackets, so that it needs no quotes in YAML and in formulas.
pub(super) fn tidy(text: &str) -> String {
    let mut depth = 0_usize;
    let plain = text.chars().map(width::fold).filter(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && (width::is_han(*c) || c.is_ascii_alphanumeric())
    });
    plain.collect()
}

/// Cuts a name at its last joint within `most` characters; also tells whether something good is left.
pub(super) fn shorten(name: &str, most: usize) -> (String, bool) {
    if name.chars().count() <= most {
        return (name.to_owned(), true);
    }
    let start: String = name.chars().take(most).collect();
    match start.rfind(['和', '及', '与', '并']).filter(|at| *at >= 6) {
        Some(at) => (start.get(..at).unwrap_or_default().to_owned(), true),
        None => (start, false),
    }
}
