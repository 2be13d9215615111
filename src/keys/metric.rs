//! The keys of the long form of a metric.

use crate::yaml::{Choice, Key, Keys, Kind};

pub const VALUE: Key =
    Key::new("value", Kind::Text, "the figure as printed").required("……").chinese(&["值", "数值"]);

pub const AGAIN: Key = Key::new(
    "again",
    Kind::Text,
    "in place of `value`: the figure as printed, where another section of the notice defines the metric",
)
.chinese(&["同上"]);

pub const QUOTE: Key = Key::new(
    "quote",
    Kind::Texts,
    "words of the text that hold the figure and stand there once; a list if the text states the figure several times",
)
.chinese(&["引文"]);

pub const ID: Key = Key::new(
    "id",
    Kind::Text,
    "what data files and addresses call the metric: a–z, digits, `-`, `_`; without it gongkai derives one from the label, \
     the same in every edition",
)
.chinese(&["编号"]);

pub const AS_OF: Key = Key::new(
    "as_of",
    Kind::Day,
    "the day up to which it counts; not needed where the text names it (截至2025年7月31日, 截至2024年底, 截至上月底) or \
     says 截至目前, which means the date of the notice. A day without its year is of the year before only where that is \
     nearer to the notice (截至12月31日, in January); no such day is later than the notice",
)
.chinese(&["截至"]);

pub const DIRECTION: Key = Key::new(
    "direction",
    Kind::Choice(&[
        Choice { word: "up", instead: &["上升", "增长", "提高", "升"] },
        Choice { word: "down", instead: &["下降", "减少", "降低", "降"] },
    ]),
    "`up` or `down` for a comparison; not needed where the text says 上升 or 下降 directly in front",
)
.chinese(&["方向"]);

pub const NOTE: Key =
    Key::new("note", Kind::Text, "a remark for readers of the table, not part of the approved text")
        .chinese(&["说明", "备注"]);

pub const IS_KEY: Key = Key::new(
    "key",
    Kind::Flag,
    "`true` for a figure that stands in 主要数据, which has at most eight; where no figure says so, the first eight of the \
     opening stand there, or, where it has none, of the notice",
)
.chinese(&["要点", "关键"]);

pub const PROPOSED: Key = Key::new(
    "proposed",
    Kind::Flag,
    "`true` where a program wrote the entry and nobody has looked at it: every build lists it; delete it when the name is good",
);

/// The forms that a metric may have.
pub const FORMS: &[Keys] =
    &[&[&VALUE, &QUOTE, &ID, &AS_OF, &DIRECTION, &NOTE, &IS_KEY, &PROPOSED], &[&AGAIN, &QUOTE]];
