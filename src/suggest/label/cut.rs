//! A piece of a clause → the name in it, by the lists of `vocabulary`.
//!
//! Start with [`subject`], which looks in front of a figure, and [`object`], which looks behind it. They only cut: what they
//! return stands in the text as it is. Which piece is looked at is decided in `clause`.

use crate::figure::{NoFigure, NumberKind, scan};
use crate::suggest::vocabulary as lists;
use crate::text::joined::{cuts_word, listed_by};
use crate::text::width;

/// The length of a verb in bytes: 查处并曝光案例 has two of them, of which none is left out.
const A_VERB: usize = "查处".len();

/// What no name ends with.
const LOOSE_ENDS: &[char] =
    &['的', '由', '从', '和', '及', '与', '至', '到', '了', '每', '共', '各', '对', '将'];

/// Tells whether a number parts what stands in front of it from what stands behind: a figure or a date, but no 八项规定.
pub(super) fn parts(kind: &NumberKind) -> bool {
    use NoFigure::{Clock, Date, DocumentNumber, Numbering, Phone, Postcode, TimeSpan, Year};
    match kind {
        NumberKind::Figure(_) => true,
        NumberKind::Other(reason) => {
            matches!(reason, Clock | Date | DocumentNumber | Numbering | Phone | Postcode | TimeSpan | Year)
        }
    }
}

/// Cuts the name out of what stands in front of a figure.
pub(super) fn subject(before: &str) -> &str {
    let last = listed_by(before, &['、']).pop().unwrap_or_default();
    let mut name = without_office(without_beginning(without_end(last)));
    for list in [lists::TURNS, lists::INNER_VERBS] {
        let behind = last_of(list, name).and_then(|(at, word)| name.get(at + word.len()..));
        name = behind.map(without_beginning).filter(|rest| says_enough(rest)).unwrap_or(name);
    }
    let shorter = |name| strip_first(name, lists::LIGHT_VERBS).map(without_beginning);
    while let Some(rest) = shorter(name).filter(|rest| says_enough(rest)) {
        name = rest;
    }
    name
}

/// Strips who acts, and what is done first, from a whole clause: 细化整改措施 of 集团党委细化整改措施.
fn without_office(name: &str) -> &str {
    let behind = |list, in_front, behind| {
        let (at, word) = last_of(list, name).filter(|(at, _)| *at > in_front)?;
        let rest = without_beginning(name.get(at + word.len()..)?);
        (rest.chars().count() > behind && says_enough(rest)).then_some(rest)
    };
    behind(lists::OFFICES, 0, 4).or_else(|| behind("并", A_VERB, 2)).unwrap_or(name)
}

/// Cuts the name out of what stands behind a figure: up to the first verb or 已, where something else is said.
pub(super) fn object(after: &str) -> &str {
    let mut name = listed_by(after, &['、']).into_iter().next().unwrap_or_default();
    name = name.split(['（', '(', '）', ')', '；', ';']).next().unwrap_or_default();
    let is_cut = |at: &usize| *at == 0 || cuts_word(name, *at) || cuts_word(name, at + '等'.len_utf8());
    name = name.find('等').filter(|at| !is_cut(at)).and_then(|at| name.get(..at)).unwrap_or(name);
    while let Some(rest) = strip_first(name, lists::BEHIND) {
        name = rest;
    }
    let is_stop = |at: &usize| {
        name.get(*at..).is_some_and(|behind| starts_with_any(behind, lists::STOPS)) && !cuts_word(name, *at)
    };
    let stop = name.char_indices().map(|(at, _)| at).skip(1).find(is_stop);
    stop.and_then(|at| name.get(..at)).unwrap_or(name)
}

/// Strips what no name ends with (的, 由, 至), unless a word ends with it.
pub(super) fn without_loose_end(name: &str) -> &str {
    let mut rest = name;
    while let Some(shorter) = rest.strip_suffix(LOOSE_ENDS).filter(|shorter| !cuts_word(rest, shorter.len()))
    {
        rest = shorter;
    }
    rest
}

/// Tells whether another figure is left in a name (两项机制).
pub(super) fn counts(name: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    name.trim_matches(digit) != name || scan(name).iter().any(|found| found.kind.quantity().is_some())
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
    let shorter = |text: &'_ str| {
        let ends = lists::TRAILING.split_whitespace().filter_map(|word| Some(text.strip_suffix(word)?.len()));
        ends.min().filter(|end| !cuts_word(text, *end))
    };
    while let Some(end) = shorter(rest) {
        rest = rest.get(..end).unwrap_or_default().trim_end();
    }
    // 到位率提高到, 液位调整为, 早稻面积稳定在
    let leads_to_value = text.get(rest.len()..).is_some_and(|end| end.starts_with(['到', '至', '为', '在']));
    let changes = lists::CHANGES.split_whitespace().filter_map(|word| rest.strip_suffix(word));
    let unchanged = changes.filter(|_| leads_to_value).min_by_key(|rest| rest.len());
    let is_name = |name: &&str| name.chars().count() > 1 && !cuts_word(rest, name.len());
    unchanged.filter(is_name).unwrap_or(rest)
}

/// Strips the longest word of `list` with which `text` begins, unless it is only the beginning of a whole word.
pub(super) fn strip_first<'a>(text: &'a str, list: &str) -> Option<&'a str> {
    let words = list.split_whitespace().filter(|word| text.starts_with(word));
    let end = words.map(str::len).max().filter(|end| !cuts_word(text, *end))?;
    text.get(end..)
}

/// Returns the place of the word of `list` that ends last in `text`, the longer one of several; pieces of words are none.
pub(super) fn last_of<'a>(list: &'a str, text: &str) -> Option<(usize, &'a str)> {
    let hits = list.split_whitespace().filter_map(|word| Some((text.rfind(word)?, word)));
    let hits = hits.filter(|(at, word)| !cuts_word(text, *at) && !cuts_word(text, at + word.len()));
    hits.max_by_key(|(at, word)| (at + word.len(), word.len()))
}

pub(super) fn starts_with_any(text: &str, list: &str) -> bool {
    list.split_whitespace().any(|word| text.starts_with(word))
}

pub(super) fn is_listed(text: &str, list: &str) -> bool {
    list.split_whitespace().any(|word| word == text)
}

/// Tells whether a name still says what is counted when the verb in front of it is gone.
fn says_enough(name: &str) -> bool {
    can_stand(&tidy(name)) && !starts_with_any(name, lists::VAGUE_BEGINNINGS)
}

/// Tells whether `name` is more than a word that fits everything.
pub(super) fn can_stand(name: &str) -> bool {
    let length = name.chars().count();
    // 最深, but 最大储量
    let is_superlative = length == 2 && name.starts_with('最');
    length > 1
        && !is_superlative
        && ![lists::VAGUE, lists::CHANGES].iter().any(|list| is_listed(name, list))
        && !starts_with_any(name, "形式 方式 方法 每人")
}

/// Tells whether `name` begins or ends with a word that leads to another one, or holds one: 检查记录反映涉及, 在全局例会,
/// 委托第三方对社有房产.
pub(super) fn is_torn(name: &str) -> bool {
    let begins = strip_first(name, lists::TORN_BEGINNINGS).is_some_and(|rest| !rest.is_empty());
    let ends = lists::TORN_ENDS.split_whitespace().filter_map(|word| name.strip_suffix(word));
    let ends = ends.min_by_key(|rest| rest.len()).is_some_and(|rest| !cuts_word(name, rest.len()));
    begins || ends || last_of(lists::TORN_MIDDLES, name).is_some()
}

/// Tells whether the name in front of a figure is the last of several that 、 joins, and has no verb of its own.
pub(super) fn is_last_of_several(before: &str) -> bool {
    let mut entries = listed_by(before, &['、']);
    let last = entries.pop().unwrap_or_default();
    let has_verb = [lists::LIGHT_VERBS, lists::INNER_VERBS].iter().any(|list| starts_with_any(last, list));
    !has_verb && entries.iter().any(|entry| has_ideograph(entry))
}

pub(super) fn has_ideograph(text: &str) -> bool {
    text.contains(width::is_han)
}

/// Returns `text` without marks, spaces and what stands in brackets, so that it needs no quotes in YAML and in formulas.
pub(super) fn tidy(text: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::new();
    let mut rest = text.chars().map(width::fold).peekable();
    while let Some(c) = rest.next() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // The point of PM2.5, without which it would be another name.
        let is_digit = |c: &char| c.is_ascii_digit();
        let is_point = c == '.' && plain.ends_with(|c| is_digit(&c)) && rest.peek().is_some_and(is_digit);
        if depth == 0 && (is_point || width::is_han(c) || c.is_ascii_alphanumeric()) {
            plain.push(c);
        }
    }
    plain
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
