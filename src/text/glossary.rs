//! Words with what they mean, all of them found in one pass over a text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// The most words that are looked for with a table of all states, of about a kilobyte a character.
const MOST_IN_A_TABLE: usize = 500;

/// Words of the notices with what they mean, for readers who do not know them.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    meanings: BTreeMap<String, String>,
    /// Looks for all words at once, which are numbered as in `meanings`. `None` if there are no words.
    finder: Option<AhoCorasick>,
}

/// A word of the glossary that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term<'a> {
    /// The word.
    pub word: &'a str,
    /// What it means.
    pub meaning: &'a str,
    /// The bytes of the text at which it stands.
    pub range: Range<usize>,
}

impl Glossary {
    /// Takes words with their meanings; a word that is empty is left out.
    pub fn new(mut meanings: BTreeMap<String, String>) -> Self {
        meanings.remove("");
        // A table of all states is the fastest, and too large for thousands of words. What looks for rare bytes first would
        // find some in every sentence.
        let kind = if meanings.len() <= MOST_IN_A_TABLE {
            AhoCorasickKind::DFA
        } else {
            AhoCorasickKind::ContiguousNFA
        };
        let finder = (!meanings.is_empty()).then(|| {
            let mut builder = AhoCorasick::builder();
            let built = builder.kind(Some(kind)).prefilter(false).build(meanings.keys());
            built.expect("settings of 2 MB have fewer words than it can hold")
        });
        Self { meanings, finder }
    }

    /// Tells whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.meanings.is_empty()
    }

    /// Returns the words that stand in `text`, from left to right and beside each other: of two that begin at the same place
    /// the longer one is meant, and a word is no part of a longer one in Latin letters or digits.
    pub fn find_in(&self, text: &str) -> Vec<Term<'_>> {
        let mut longest: BTreeMap<usize, usize> = BTreeMap::new();
        for range in self.ranges_in(text).filter(|range| is_whole(text, range)) {
            let end = longest.entry(range.start).or_default();
            *end = range.end.max(*end);
        }
        let mut from = 0;
        let mut found = Vec::new();
        for (start, end) in longest.into_iter().filter(|(start, end)| end > start) {
            let entry = text.get(start..end).and_then(|word| self.meanings.get_key_value(word));
            if let Some((word, meaning)) = entry.filter(|_| start >= from) {
                from = end;
                found.push(Term { word, meaning, range: start..end });
            }
        }
        found
    }

    /// Returns the words that stand in one of the texts, also inside longer ones.
    pub fn words_in<'a>(&self, texts: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
        let words_of = |text: &'a str| self.ranges_in(text).filter_map(move |range| text.get(range));
        let words: BTreeSet<&str> = texts.flat_map(words_of).collect();
        words.into_iter().map(str::to_owned).collect()
    }

    fn ranges_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.finder
            .iter()
            .flat_map(move |finder| finder.find_overlapping_iter(text).map(|found| found.range()))
    }
}

/// Two are the same if they have the same words and meanings.
impl PartialEq for Glossary {
    fn eq(&self, other: &Self) -> bool {
        self.meanings == other.meanings
    }
}

/// Tells whether the word at `range` is no part of a longer one in Latin letters or digits: `IT` is not in `WITH`.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    let continues = |before: &str, behind: &str| before.ends_with(is_latin) && behind.starts_with(is_latin);
    let (before, rest) = text.split_at(range.start);
    let (word, behind) = rest.split_at(range.len());
    !continues(before, word) && !continues(word, behind)
}

#[cfg(test)]
mod tests {
    use super::Glossary;

    fn glossary(words: &[&str]) -> Glossary {
        Glossary::new(words.iter().map(|word| ((*word).to_owned(), "说明".to_owned())).collect())
    }

    #[track_caller]
    fn check(words: &[&str], text: &str, expected: &[&str]) {
        let glossary = glossary(words);
        let found = glossary.find_in(text);
        assert_eq!(found.iter().map(|term| term.word).collect::<Vec<_>>(), expected, "{text}");
        for term in found {
            assert_eq!(text.get(term.range), Some(term.word));
        }
    }

    #[test]
    fn words_are_found_beside_each_other() {
        check(&["记分"], "督察记分，又记分", &["记分", "记分"]);
        check(&["记分", "督察记分"], "督察记分，记分", &["督察记分", "记分"]);
        check(&["甲乙", "乙丙丁"], "甲乙丙丁", &["甲乙"]);
        check(&["IT"], "WITH，用IT系统", &["IT"]);
        check(&["甲", "甲A"], "甲AB", &["甲"]);
        check(&["甲", ""], "乙", &[]);
        check(&[], "甲", &[]);
    }

    #[test]
    fn words_inside_longer_ones_stand_in_the_text_too() {
        let found = glossary(&["记分", "督察记分", "丙"]).words_in(["无", "督察记分"].into_iter());
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["督察记分", "记分"]);
    }

    /// Thousands of words in one text: each was once looked for again behind each of the others.
    #[test]
    fn many_words_are_found_in_one_pass() {
        let words: Vec<String> = (0..20_000).map(|n| format!("词{n}语")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let text = words.concat();
        assert_eq!(glossary(&words).find_in(&text).len(), words.len());
    }
}
