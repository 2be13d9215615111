//! The keys of a section: `01.md`.

use super::{ACCEPTED, FORMERLY, METRICS, NOT_FIGURES, RELATIONS};
use crate::yaml::{Choice, Key, Keys, Kind};

pub const KIND: Key = Key::new(
    "kind",
    Kind::Choice(&[
        Choice { word: "item", instead: &["问题", "整改事项"] },
        Choice { word: "prose", instead: &["正文", "段落"] },
        Choice { word: "group", instead: &["标题", "分组"] },
        Choice { word: "annex", instead: &["附件"] },
        Choice { word: "ledger", instead: &["清单", "台账", "整改清单"] },
    ]),
    "`item`: one problem and what was done; `prose`: text around the items; `group`: a heading that holds the items behind \
     it; `annex`: what stands behind signature and date; `ledger`: a table of problems, each row of which is an item, see \
     [Ledgers](#ledgers)",
)
.without("`item`")
.chinese(&["类型"]);

pub const HEADING: Key = Key::new("heading", Kind::Text, "the heading as printed, numeral included")
    .example("一、关于“……”问题的整改情况")
    .without("error for an item and a group")
    .chinese(&["标题", "题目"]);

/// How far an item is: the word that templates and data files use, then those that offices print, the usual one first.
///
/// A printed word stands in one row only: front matter, `count(…)` and the reading of texts all go by it.
pub const STATUSES: &[Choice] = &[
    Choice {
        word: "completed",
        instead: &[
            "已完成",
            "完成",
            "全部完成",
            "已全部完成",
            "完成整改",
            "已完成整改",
            "已全部完成整改",
            "整改完成",
            "已整改完成",
            "已整改",
            "已全部整改",
            "整改完毕",
            "已整改完毕",
            "整改到位",
            "已整改到位",
            "已全部整改到位",
            "整改落实到位",
            "已整改落实到位",
            "办结",
            "已办结",
            "整改销号",
            "已整改销号",
            "销号",
            "已销号",
            "完成销号",
            "已完成销号",
            "已解决",
            "已得到解决",
            "已得到整改",
        ],
    },
    Choice {
        word: "mostly-completed",
        instead: &[
            "基本完成",
            "已基本完成",
            "基本完成整改",
            "已基本完成整改",
            "整改基本完成",
            "基本整改完成",
            "基本办结",
            "基本解决",
            "已基本解决",
            "已基本办结",
            "基本整改到位",
            "已基本整改到位",
            "基本完成并持续整改",
            "基本完成并持续推进",
            "基本完成取得阶段性成果并持续整改",
        ],
    },
    Choice {
        word: "in-progress",
        instead: &[
            "正在整改",
            "正在推进",
            "正在推进整改",
            "正在进行",
            "正在进行整改",
            "正在落实",
            "正在办理",
            "整改中",
            "正在整改中",
            "推进中",
            "进行中",
            "正在推进中",
            "正在进行中",
            "办理中",
            "部分整改",
            "部分完成",
            "部分完成整改",
            "已部分完成",
            "已部分完成整改",
            "持续整改",
            "持续推进",
            "持续推进整改",
            "正在持续整改",
            "正在持续推进",
            "持续整改中",
            "持续推进中",
            "仍在整改",
            "仍在整改中",
            "仍在推进",
            "仍在推进中",
            "尚在整改",
            "尚在整改中",
            "尚在推进",
            "序时推进",
            "按序时推进",
            "正在序时推进",
            "达到序时进度",
            "已达到序时进度",
            "达到时序进度",
            "已达到时序进度",
            "达序时进度",
            "已达序时进度",
            "未达到序时进度",
            "未达序时进度",
            "尚未达到序时进度",
        ],
    },
    Choice {
        word: "long-term",
        instead: &[
            "长期坚持",
            "需长期坚持",
            "长期整改",
            "需长期整改",
            "立行立改并长期坚持",
            "立行立改、长期坚持",
            "立行立改，长期坚持",
            "已完成并长期坚持",
            "完成并长期坚持",
            "已整改并长期坚持",
        ],
    },
    Choice {
        word: "not-done",
        instead: &[
            "未完成",
            "未整改",
            "尚未完成",
            "尚未整改",
            "未完成整改",
            "尚未完成整改",
            "未整改到位",
            "尚未整改到位",
            "未整改完成",
            "未办结",
            "尚未办结",
            "未启动",
            "尚未启动",
            "未到位",
            "尚未到位",
            "没有完成",
            "没有完成整改",
            "没有整改",
            "没有整改到位",
        ],
    },
];

pub const STATUS_IS: Key =
    Key::new("is", Kind::Choice(STATUSES), "which of the five states it is").required("in-progress");

pub const STATUS_AS: Key =
    Key::new("as", Kind::Text, "the words for it, as they are printed").example("持续整改");

/// The keys of a status for which the office has words of its own.
pub const STATUS_WITH_WORDS: Keys = &[&STATUS_IS, &STATUS_AS];
pub const LEVEL: Key = Key::new(
    "level",
    Kind::Choice(&[
        Choice { word: "1", instead: &["一级"] },
        Choice { word: "2", instead: &["二级"] },
        Choice { word: "3", instead: &["三级"] },
        Choice { word: "4", instead: &["四级"] },
    ]),
    "how deep the heading stands below the title, for one whose numeral does not say it",
)
.without("it follows from the numeral, else from the headings in front of it")
.chinese(&["级别", "层级", "标题级别"]);

pub const STATUS: Key = Key::new(
    "status",
    Kind::ChoiceOrMapping(STATUSES, STATUS_WITH_WORDS),
    "`completed` 已完成, `mostly-completed` 基本完成, `in-progress` 正在整改, `long-term` 长期坚持, `not-done` 未完成; a \
     Chinese word is shown as it is written, any other with what it means: `{is: in-progress, as: 分步整改}`",
)
.without("the pages say 公开稿未载明")
.chinese(&["状态", "整改状态"]);

pub const RESPONSIBLE: Key =
    Key::new("responsible", Kind::Texts, "the unit that is responsible, or a list of several")
        .without("none is shown")
        .chinese(&["责任单位"]);

pub const DUE: Key =
    Key::new("due", Kind::Day, "by when it is to be done: a day, or the words that are printed, `长期坚持`")
        .without("none is shown")
        .chinese(&["时限", "完成时限"]);

pub const STATUS_MEANINGS: Key = Key::new(
    "statuses",
    Kind::Named,
    "of a ledger: words of its column of statuses that are not known, each with the status that it is: `{已化解: completed}`",
)
.without("such words are shown, and not counted");

pub const PLAIN: Key = Key::new(
    "plain",
    Kind::Text,
    "an explanation in plain words, shown apart; not part of the approved text",
)
.without("none is shown")
.chinese(&["说明"]);

/// The keys of a section.
pub const KEYS: Keys = &[
    &KIND,
    &HEADING,
    &LEVEL,
    &STATUS,
    &RESPONSIBLE,
    &DUE,
    &STATUS_MEANINGS,
    &PLAIN,
    &FORMERLY,
    &METRICS,
    &NOT_FIGURES,
    &RELATIONS,
    &ACCEPTED,
];
