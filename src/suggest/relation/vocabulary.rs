//! The words that say how figures fit together. To teach the program a word, add it to its list.

/// Words at the beginning of a clause that make its figure the sum of others, the longest first.
pub(super) const TOTALS: &str = "总共 共计 合计 总计 一共 总数 共";

/// Words that only begin like one of these.
pub(super) const NO_TOTALS: &str =
    "共同 共青 共产 共建 共享 共治 共管 共用 共商 共赢 共性 共识 共享 共鸣 共抓 共创 共谋 共计划";

/// What tells the parts of what stands in front of it.
pub(super) const WITHIN: &str = "其中";

/// Words at the beginning of a clause with which a list of parts has ended.
pub(super) const ENDS_PARTS: &str = "另 此外 同时 还 并 已 累计 涉及 挽回 其余 目前 截至 剩余 未";

/// Words in front of a figure that is meant for each of several.
pub(super) const EACH: &str = "各 均 分别 每 平均 人均";

/// Words that compare with another time, so that a rate is none of the figures beside it.
pub(super) const CHANGES: &str =
    "同比 环比 提高 提升 下降 上升 增长 降低 增加 减少 较 比上 超过 目标 不低于 不少于 以上 力争 确保 计划";

/// What may stand between a rate and its figure.
pub(super) const REACHES: &str = "为 达 达到 是 已达 已达到 均为 均达 均达到 实现 高达 保持";

/// Words of what has come in, of which a part can be done.
pub(super) const INCOMING: &str =
    "移交 反馈 受理 收到 接到 接收 交办 转办 转交 排查 发现 梳理 查出 查摆 应 需 登记 征集 指出 涉及问题";

/// What is done to it, behind 已 directly in front of the figure, the longest first.
pub(super) const DONE: &str = "完成整改 整改完成 整改到位 整改完毕 全部办结 办理完毕 处置完毕 办结 整改 解决 化解 处置 销号 答复 \
     追回 清退 收回 退还 拆除 修复 立案 了结 完成";
