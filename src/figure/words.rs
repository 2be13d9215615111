//! The words of `words.txt`: a file that editors read and extend → lists.
//!
//! Start with [`list`]. What a list leads to is decided where it is asked for: `units` and the files of `scan`.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The file itself. A heading in brackets names a list, lines that begin with # explain it.
const FILE: &str = include_str!("words.txt");

/// The words of every list, the longest first.
static LISTS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut lists = BTreeMap::<_, Vec<_>>::new();
    let mut name = "";
    for line in FILE.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(heading) => name = heading,
            None => lists.entry(name).or_default().extend(line.split_whitespace()),
        }
    }
    for words in lists.values_mut() {
        words.sort_by_key(|word| Reverse(word.len()));
    }
    lists
});

/// Returns the list with this name, the longest words first.
pub(super) fn list(name: &str) -> &'static [&'static str] {
    LISTS.get(name).expect("the lists that are asked for stand in words.txt")
}

/// Tells whether the numbers below a head, or of a row with this name, count otherwise than those beside it.
pub(crate) fn measures_otherwise(name: &str) -> bool {
    list("rows-by-number").contains(&name) || list("other-measure").iter().any(|word| name.contains(word))
}

/// Tells the same of the name of a row, which may have any words in front: 效率提升项目 is no 率.
pub(crate) fn ends_otherwise(name: &str) -> bool {
    list("rows-by-number").contains(&name) || ends_with_any(name, list("other-measure"))
}

/// Tells whether a name ends with a word of one of the lists of what is measured (`named-money`: 罚款).
pub(crate) fn is_named_by(names: &str, name: &str) -> bool {
    ends_with_any(name, list(names)) && !ends_with_any(name, list("named-otherwise"))
}

/// Tells whether the numbers below a head, or of a row with this name, do not add up by their nature.
pub(crate) fn never_adds_up(name: &str) -> bool {
    measures_otherwise(name) || list("not-added").iter().any(|word| name.contains(word))
}

/// Makes a static of each list that is named, under its own name.
macro_rules! word_lists {
    ($($(#[$comment:meta])* $name:ident = $list:literal;)*) => {$(
        $(#[$comment])*
        pub(in crate::figure) static $name: std::sync::LazyLock<&'static [&'static str]> =
            std::sync::LazyLock::new(|| crate::figure::words::list($list));
    )*};
}
pub(super) use word_lists;

/// Tells whether `text` begins with one of `words`.
pub(super) fn starts_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

/// Tells whether `text` ends with one of `words`.
pub(super) fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_in_a_list_twice() {
        for (name, words) in LISTS.iter() {
            let mut sorted = words.clone();
            sorted.sort_unstable();
            let twice: Vec<_> = sorted.windows(2).filter(|pair| pair[0] == pair[1]).collect();
            assert!(twice.is_empty(), "[{name}] {twice:?}");
            assert!(!name.is_empty() || words.is_empty(), "{words:?} stand in no list");
        }
    }
}
