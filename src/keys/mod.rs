//! Every key that authors write, in one place: its kind, whether it must be there, what it says, what people call it.
//!
//! Readers ask for these keys one by one; the order of a list is the order in which they do, and that of the messages
//! which say what is known. A test makes the tables of `docs/content.md` and the schemas in `docs/schemas/` from the same
//! lists. What a value means beyond its kind is its reader's to check.

#![expect(missing_docs, reason = "each key says what it means, and a test prints that")]

pub mod accepted;
pub mod contact;
pub mod metric;
pub mod notice;
pub mod section;
pub mod site;

use crate::yaml::{Key, Keys, Kind};

pub const METRICS: Key = Key::new(
    "metrics",
    Kind::NamedForms(metric::FORMS),
    "the figures of the text of this file, see [Metrics](#metrics)",
)
.without("none")
.chinese(&["指标", "数据"]);

pub const NOT_FIGURES: Key = Key::new(
    "not_figures",
    Kind::TextsOrMappings(NOT_A_FIGURE),
    "what looks like a figure of the text, its heading or title included, and is none",
)
.without("none");

pub const NOT_A_FIGURE_WORDS: Key =
    Key::new("words", Kind::Text, "words of the text that hold the number").required("15分钟服务圈");

pub const PROPOSED: Key = Key::new(
    "proposed",
    Kind::Flag,
    "`true` where a program wrote the entry and nobody has looked at it: every build lists it; delete it when it is right",
);

/// The keys of an entry of `not_figures` that says more than its words.
pub const NOT_A_FIGURE: Keys = &[&NOT_A_FIGURE_WORDS, &PROPOSED];

pub const RELATIONS: Key = Key::new(
    "relations",
    Kind::TextsOrMappings(RELATION),
    "how figures of the notice fit together, see [Relations](#relations)",
)
.without("none")
.chinese(&["关系", "勾稽关系"]);

pub const FORMULA: Key = Key::new("formula", Kind::Text, "how the figures fit together")
    .required("甲 = 乙 + 丙")
    .chinese(&["算式", "公式"]);

pub const RELATION_NOTE: Key =
    Key::new("note", Kind::Text, "why it does not hold, in words for readers").chinese(&["说明", "备注"]);

pub const SHOW_IMPLIED: Key =
    Key::new("show_implied", Kind::Flag, "`true` if readers are to see what follows for `?`");

/// The keys of a relation that says more than its formula.
pub const RELATION: Keys = &[&FORMULA, &RELATION_NOTE, &SHOW_IMPLIED, &PROPOSED];

pub const ACCEPTED: Key = Key::new(
    "accepted",
    Kind::List(&[accepted::ENTRY]),
    "warnings that stand, because the text itself is so, see [Accepted warnings](#accepted-warnings)",
)
.without("none");

pub const PAGE_TITLE: Key =
    Key::new("title", Kind::Text, "the title").required("联系我们").chinese(&["标题", "题目"]);

pub const FORMERLY: Key = Key::new(
    "formerly",
    Kind::Texts,
    "where it stood on this site before, a path or a list of several: `2025/item-6.html`; a page there leads on, see [Former \
     addresses](#former-addresses)",
)
.without("nothing leads on")
.chinese(&["原网址", "旧网址"]);

/// The keys of such a page.
pub const PAGE: Keys = &[&PAGE_TITLE, &FORMERLY];

pub const THEME_NAME: Key = Key::new("name", Kind::Text, "the name of the theme");

pub const THEME_DESCRIPTION: Key = Key::new("description", Kind::Text, "what it is like").chinese(&["说明"]);
