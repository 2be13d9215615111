//! The keys of a section: `01.md`.

use super::{ACCEPTED, METRICS, NOT_FIGURES, RELATIONS};
use crate::yaml::{Choice, Key, Keys, Kind};

pub const KIND: Key = Key::new(
    "kind",
    Kind::Choice(&[
        Choice { word: "item", instead: &["问题", "整改事项"] },
        Choice { word: "prose", instead: &["正文", "段落"] },
        Choice { word: "group", instead: &["标题", "分组"] },
        Choice { word: "annex", instead: &["附件"] },
    ]),
    "`item`: one problem and what was done; `prose`: text around the items; `group`: a heading that holds the items behind \
     it; `annex`: what stands behind signature and date",
)
.without("`item`")
.chinese(&["类型"]);

pub const HEADING: Key = Key::new("heading", Kind::Text, "the heading as printed, numeral included")
    .example("一、关于“……”问题的整改情况")
    .without("error for an item and a group")
    .chinese(&["标题", "题目"]);

pub const STATUS: Key = Key::new(
    "status",
    Kind::Choice(&[
        Choice { word: "completed", instead: &["已完成", "完成", "全部完成"] },
        Choice { word: "mostly-completed", instead: &["基本完成"] },
        Choice { word: "in-progress", instead: &["正在整改", "正在推进"] },
        Choice { word: "long-term", instead: &["长期坚持"] },
    ]),
    "`completed` 已完成, `mostly-completed` 基本完成, `in-progress` 正在整改, `long-term` 长期坚持",
)
.without("the pages say 公开稿未载明")
.chinese(&["状态", "整改状态"]);

pub const RESPONSIBLE: Key = Key::new("responsible", Kind::Texts, "the units that are responsible, a list")
    .without("none is shown")
    .chinese(&["责任单位"]);

pub const DUE: Key = Key::new("due", Kind::Day, "by when it is to be done")
    .without("none is shown")
    .chinese(&["时限", "完成时限"]);

pub const PLAIN: Key = Key::new(
    "plain",
    Kind::Text,
    "an explanation in plain words, shown apart; not part of the approved text",
)
.without("none is shown")
.chinese(&["说明"]);

/// The keys of a section.
pub const KEYS: Keys =
    &[&KIND, &HEADING, &STATUS, &RESPONSIBLE, &DUE, &PLAIN, &METRICS, &NOT_FIGURES, &RELATIONS, &ACCEPTED];
