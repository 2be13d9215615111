//! The words by which a text states something about its item; those of a status are in [`crate::keys::section::STATUSES`].
//!
//! Lists are parted by spaces. A word that may also be said of a measure, or in passing, does not belong here.

use crate::notice::Status;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// A status and nothing else.
    Status,
    /// What has been done, which may begin with a status.
    Progress,
    /// Whether it is done: 是 or 否.
    IsDone,
    /// Whether it is signed off, which comes behind what is done.
    SignedOff,
    /// The units that are responsible.
    Responsible,
    /// The units that lead those.
    LeadUnits,
    /// Units that take part beside those.
    OtherUnits,
    /// By when it is to be done.
    Due,
}

/// The labels, without their colon.
pub(super) const LABELS: [(Label, &str); 8] = [
    (Label::Status, "整改状态 完成状态 整改完成状态 办理状态 当前状态 目前状态 状态"),
    (
        Label::Progress,
        "整改情况 整改完成情况 完成情况 整改进展 整改进展情况 进展情况 整改落实情况 落实情况 整改结果 整改进度 进展 进度 完成进度 工作进展 办理情况 办理结果 处理结果 落实结果",
    ),
    (Label::SignedOff, "销号情况 销号状态 是否销号"),
    (Label::IsDone, "是否完成整改 是否完成 是否整改到位 是否整改完成 是否办结"),
    (
        Label::Responsible,
        "责任单位 责任部门 责任科室 责任股室 整改责任单位 整改责任部门 整改单位 责任主体 整改责任主体 承办单位",
    ),
    (Label::LeadUnits, "牵头单位 牵头部门 牵头科室 牵头股室 牵头责任单位 主办单位"),
    (Label::OtherUnits, "配合单位 配合部门 配合责任单位 协办单位"),
    (
        Label::Due,
        "整改时限 完成时限 整改期限 完成期限 整改完成时限 整改完成期限 办理时限 时限 计划完成 计划完成时间 预计完成时间 要求完成时间",
    ),
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

/// What begins words in brackets that take back a part of what stands in front of them: 已完成（部分）.
pub(super) const TAKING_BACK: &str = "部分 大部分 未 尚 待 拟 预计 计划 力争 除";

/// The marks that a status ends with where the text goes on.
pub(super) const ENDS: &str = "，,、。；;！!（(/";

/// The words that go on with a second status: 已完成并长期坚持.
pub(super) const GOING_ON: &str = "并 且 和 但";

/// What stands for units that are not named.
pub(super) const UNNAMED_UNITS: &str = "各 有关 相关 等 全体 所有";

/// The words that join units: 甲局和乙局.
pub(super) const JOINING: [char; 3] = ['和', '及', '与'];

/// How the names of units end. In front of 和 it tells two units from one, 住房和城乡建设局.
pub(super) const UNIT_ENDS: &str = "局 委 办 部 室 科 处 股 镇 乡 村 街道 中心 公司 集团 党委 党组 党支部 总支 政府 法院 检察院 \
     支队 大队 中队 派出所 办事处 委会 委员会 工会 分局 总队";

/// Words that end so and are no unit: 干部和人才工作科.
pub(super) const NO_UNITS: &str = "干部 内部 外部 全部 城乡 农村 乡村 学科 专科 本科";

/// What a word means that is in no list, by the characters that it has: a guess, for advice. That first which is stronger.
pub(in crate::content) const LIKELY: [(Status, &str); 4] = [
    (Status::NotDone, "未 没 无法 不能 暂缓"),
    (Status::MostlyCompleted, "基本"),
    (Status::InProgress, "正在 推进 持续 部分 阶段 待 分步 进度"),
    (Status::Completed, "已 毕 到位"),
];

/// How something under way is put, with words of the office between its beginning and its end: 正在有序推进.
pub(super) const UNDER_WAY: (&str, &str) = ("正在", "整改 推进 办理 落实 整改中 推进中");
