//! The keys of an entry of `accepted`.

use crate::yaml::{Choice, Key, Keys, Kind};

pub const CODE: Key =
    Key::new("code", Kind::Choice(CODES), "what the build says of it, the word in its brackets")
        .required("unfinished-link");

pub const WORDS: Key = Key::new(
    "words",
    Kind::Text,
    "words of the file in which the warning has its place; for a warning about a whole file, its name: `map.pdf`",
)
.required("[附表]（www.example.gov.cn）");

pub const BECAUSE: Key =
    Key::new("because", Kind::Text, "why it stands; every build repeats it").required("原文如此");

/// The keys of an entry.
pub const ENTRY: Keys = &[&CODE, &WORDS, &BECAUSE];

/// The warnings that can be accepted: those about a text that says so itself, and about files beside it.
///
/// Not those about front matter (but for the number of a document, which others have given), settings and themes, which can be
/// mended; `unusual-characters` has `rare_characters`, and
/// `attachment-authors` speaks of the files of several notices at once.
pub const CODES: &[Choice] = &[
    code("approved-document-has-more"),
    code("approved-document-partly-read"),
    code("approved-paragraphs-differ"),
    code("attachment-acts"),
    code("attachment-not-as-named"),
    code("attachment-tells-more"),
    code("attachment-tells-place"),
    code("contact-differs"),
    code("fact-only-in-text"),
    code("fact-unlike-text"),
    code("facts-disagree"),
    code("figure-not-in-text"),
    code("headings-inside-text"),
    code("heavy-picture"),
    code("html-shown-as-text"),
    code("item-count-differs"),
    code("item-is-no-problem"),
    code("ledger-without-rows"),
    code("link-leads-elsewhere"),
    code("not-a-picture"),
    code("number-form"),
    code("numbering-out-of-order"),
    code("points-out-of-order"),
    code("row-status-unknown"),
    code("row-without-number"),
    code("stray-emphasis"),
    code("stray-strikethrough"),
    code("table-columns-unproven"),
    code("table-of-problems"),
    code("table-shown-as-text"),
    code("title-differs"),
    code("total-differs"),
    code("unfinished-link"),
    code("unknown-attachment"),
    code("unused-attachment"),
];

const fn code(word: &'static str) -> Choice {
    Choice { word, instead: &[] }
}
