//! Words of the glossary → marks where they first stand on a page, and the list that explains them there.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::views::TermView;
use crate::markdown::{self, Block, Inline, Mark, MarkKind};
use crate::text::{Glossary, Term};

/// The words that a page explains.
#[derive(Debug)]
pub(super) struct Terms<'a> {
    glossary: &'a Glossary,
    /// The words that stood on the page already, in the order of the explanations.
    explained: Vec<ExplainedTerm<'a>>,
    /// The same words.
    words: BTreeSet<&'a str>,
}

/// A word that the page explains.
#[derive(Debug)]
struct ExplainedTerm<'a> {
    term: &'a str,
    meaning: &'a str,
    /// The id of the place where it stands; none where that is the heading of the page.
    place: Option<String>,
}

impl<'a> Terms<'a> {
    /// Begins a page of a site with this glossary.
    pub(super) fn new(glossary: &'a Glossary) -> Self {
        Self { glossary, explained: Vec::new(), words: BTreeSet::new() }
    }

    /// Marks the words in `text` that did not stand on the page yet, each once; the first word of the page gets the number
    /// `first`. `None` if there are none, which is what most texts have.
    pub(super) fn mark(&mut self, text: &Inline, first: usize) -> Option<Inline> {
        if self.glossary.is_empty() {
            return None;
        }
        let mut marks: Vec<(Range<usize>, usize)> = Vec::new();
        text.for_each_free_text(&mut |offset, words| {
            for term in self.glossary.find_in(words) {
                let index = self.explained.len();
                if self.explain(&term, Some(place(&anchor(index)))) {
                    marks.push((offset + term.range.start..offset + term.range.end, first + index));
                }
            }
        });
        (!marks.is_empty()).then(|| text.clone().with_marks(&marks))
    }

    /// Marks the words in lists, tables and other blocks; see [`Self::mark`].
    pub(super) fn mark_blocks<'b>(&mut self, blocks: &'b [Block], first: usize) -> Cow<'b, [Block]> {
        if self.glossary.is_empty() {
            return Cow::Borrowed(blocks);
        }
        let mut marked = blocks.to_vec();
        for line in markdown::lines_mut(&mut marked) {
            if let Some(text) = self.mark(line, first) {
                *line = text;
            }
        }
        Cow::Owned(marked)
    }

    /// Explains the words in a heading that stand nowhere else on the page, so it is called last; `place` is the id of what it heads.
    ///
    /// They are not marked: headings are also shown in lists, links and titles.
    pub(super) fn list(&mut self, heading: &str, place: Option<&str>) {
        for term in self.glossary.find_in(heading) {
            self.explain(&term, place.map(str::to_owned));
        }
    }

    /// Adds a word to the explanations; returns whether it was not there.
    fn explain(&mut self, term: &Term<'a>, place: Option<String>) -> bool {
        let is_new = self.words.insert(term.word);
        if is_new {
            self.explained.push(ExplainedTerm { term: term.word, meaning: term.meaning, place });
        }
        is_new
    }

    /// What the mark of the word at `index` in the order of the page stands for.
    pub(super) fn mark_of(index: usize) -> Mark {
        let anchor = anchor(index);
        Mark { id: place(&anchor), href: format!("#{anchor}"), kind: MarkKind::Term }
    }

    /// Lists the words that stand on the page.
    pub(super) fn views(self) -> Vec<TermView> {
        let explained = self.explained.into_iter().enumerate();
        explained
            .map(|(index, ExplainedTerm { term, meaning, place })| TermView {
                term: term.to_owned(),
                meaning: meaning.to_owned(),
                anchor: anchor(index),
                place,
            })
            .collect()
    }
}

fn anchor(index: usize) -> String {
    format!("term-{}", index + 1)
}

/// The id of the word in the text, from that of its explanation.
fn place(anchor: &str) -> String {
    format!("in-text-{anchor}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::testing::inline;

    /// Marks texts of one page; returns them with brackets around what is marked, and the words in the order of the page.
    fn marked(glossary: &[&str], texts: &[&str]) -> (Vec<String>, Vec<String>) {
        let meanings = glossary.iter().map(|term| ((*term).to_owned(), "说明".to_owned()));
        let glossary = Glossary::new(meanings.collect());
        let mut terms = Terms::new(&glossary);
        let texts = texts.iter().map(|text| {
            let text = inline(text);
            let Some(marked) = terms.mark(&text, 100) else { return text.plain_text() };
            assert_eq!(marked.plain_text(), text.plain_text(), "a mark changes no word");
            let mut out = String::new();
            let brackets = |number: usize| {
                Some(Mark { id: String::new(), href: format!("{number}"), kind: MarkKind::Term })
            };
            let options = markdown::HtmlOptions {
                resolve: &|_| Cow::Borrowed("/"),
                size: &|_| None,
                mark: &brackets,
                id_prefix: "",
                footnotes: "",
                heading_shift: 0,
                rows: None,
            };
            markdown::write_inline(&marked, &options, &mut out);
            out.replace("<a class=\"term\" id=\"\" href=\"", "[").replace("\">", " ").replace("</a>", "]")
        });
        let texts = texts.collect();
        (texts, terms.views().into_iter().map(|view| view.term).collect())
    }

    #[track_caller]
    fn check(glossary: &[&str], texts: &[&str], expected: &[&str], words: &[&str]) {
        let (texts, found) = marked(glossary, texts);
        assert_eq!(texts, expected);
        assert_eq!(found, words);
    }

    #[test]
    fn a_word_is_marked_where_it_first_stands() {
        check(
            &["记分"],
            &["无", "督察记分，又记分", "记分"],
            &["无", "督察[100 记分]，又记分", "记分"],
            &["记分"],
        );
        check(&["甲", "乙"], &["乙甲乙", "甲"], &["[100 乙][101 甲]乙", "甲"], &["乙", "甲"]);
        check(&["丁"], &["甲乙"], &["甲乙"], &[]);
        check(&["IT"], &["WITH，用IT系统"], &["WITH，用[100 IT]系统"], &["IT"]);
    }

    #[test]
    fn words_of_headings_are_explained_where_no_text_has_them() {
        let glossary = ["记分", "督察记分", "甲"].map(|term| (term.to_owned(), "说明".to_owned()));
        let glossary = Glossary::new(glossary.into());
        let mut terms = Terms::new(&glossary);
        assert!(terms.mark(&inline("甲办理"), 0).is_some());
        terms.list("关于甲、督察记分的整改情况", Some("item-1"));
        terms.list("关于记分的整改情况", None);
        let places: Vec<_> = terms.views().into_iter().map(|view| (view.term, view.place)).collect();
        let expected = [("甲", Some("in-text-term-1")), ("督察记分", Some("item-1")), ("记分", None)];
        assert_eq!(places, expected.map(|(term, place)| (term.to_owned(), place.map(str::to_owned))));
    }

    #[test]
    fn the_longer_of_two_words_is_meant() {
        check(
            &["记分", "督察记分"],
            &["督察记分，督察记分", "记分"],
            &["[100 督察记分]，督察记分", "[101 记分]"],
            &["督察记分", "记分"],
        );
        check(&["甲乙", "乙丙丁"], &["甲乙丙丁"], &["[100 甲乙]丙丁"], &["甲乙"]);
    }

    #[test]
    fn links_of_the_text_stay_what_they_are() {
        let link = "<a href=\"/ 甲]";
        check(&["甲"], &["[甲](/a)", "又甲"], &["甲", "又[100 甲]"], &["甲"]);
        check(&["甲"], &["[甲](/a)**甲**"], &[&format!("{link}<strong>[100 甲]</strong>")], &["甲"]);
    }
}
