//! The words by which a text states something about its item; those of a status are in [`crate::keys::section::STATUSES`].
//!
//! Lists are parted by spaces. A word that may also be said of a measure, or in passing, does not belong here.

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// A status and nothing else.
    Status,
    /// What has been done, which may begin with a status.
    Progress,
    /// Whether it is done: 是 or 否.
    IsDone,
    /// The units that are responsible.
    Responsible,
    /// Units that take part beside those.
    OtherUnits,
    /// By when it is to be done.
    Due,
}

/// The labels, without their colon.
pub(super) const LABELS: [(Label, &str); 6] = [
    (Label::Status, "整改状态 完成状态 整改完成状态 办理状态 当前状态 目前状态 销号状态 状态"),
    (
        Label::Progress,
        "整改情况 整改完成情况 完成情况 整改进展 整改进展情况 进展情况 整改落实情况 落实情况 整改结果 整改进度 办理情况 \
         销号情况",
    ),
    (Label::IsDone, "是否完成整改 是否完成 是否整改到位 是否整改完成 是否办结 是否销号"),
    (Label::Responsible, "责任单位 责任部门 责任科室 整改责任单位 整改责任部门 整改单位"),
    (Label::OtherUnits, "牵头单位 牵头部门 牵头责任单位 配合单位 配合部门 配合责任单位 协办单位 主办单位"),
    (Label::Due, "整改时限 完成时限 整改期限 完成期限 整改完成时限 整改完成期限 办理时限 时限"),
];

/// How a sentence names the problem of its item.
pub(super) const SUBJECTS: &str =
    "该问题 此问题 本问题 该项问题 此项问题 本项问题 该整改事项 该整改任务 上述问题 以上问题 该项整改";

/// What clauses begin with that may stand in front of the subject.
pub(super) const INTRODUCTIONS: &str = "经 截至 截止 目前 现阶段 通过";

/// What may stand between the label or subject and the status.
pub(super) const FILLERS: &str = "目前 目前， 截至目前 截至目前， 现阶段 现 立行立改， 整改工作 整改任务 整改状态为 的整改 整改 问题 均 都 还 仍 暂 已经 已全部 全部 \
     已全面 全面 已按期 按期 已按时 按时 已如期 如期 已按要求 按要求 ： :";

/// What begins the day on which it was done: 已于6月底完成整改.
pub(super) const ON_A_DAY: &str = "已于 已在 于";

/// The marks that a status ends with where the text goes on.
pub(super) const ENDS: &str = "，,、。；;！!（(/";

/// The words that go on with a second status: 已完成并长期坚持.
pub(super) const GOING_ON: &str = "并 且 和 但";

/// What stands for units that are not named.
pub(super) const UNNAMED_UNITS: &str = "各 有关 相关 等 全体 所有";

/// How something under way is put, with words of the office between its beginning and its end: 正在有序推进.
pub(super) const UNDER_WAY: (&str, &str) = ("正在", "整改 推进 办理 落实 整改中 推进中");
