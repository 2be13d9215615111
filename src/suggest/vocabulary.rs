//! The words by which the name of a figure is cut out of its clause. To teach the program a word, add it to its list.
//!
//! Words stand between spaces, in any order; the longest that fits is taken, and none that only begins (or ends) a word of
//! [`WHOLE`](crate::text::joined::WHOLE). What is done with the lists is decided in `label`.

/// Words in front of a name that say when, where, how and in whose work.
pub(super) const LEADING: &str = "
    近期 近日 日前 截至目前 截止目前 截至 目前 迄今 至今 今年以来 今年来 今年 年初以来 本年度 年度 全年 当年 上半年 下半年 期间 年 月 起 其中 同时 另外 另 并且
    并 还 还有 且 又 再 共 共计 总计 累计 合计 一共 总共 已 已经 现已 均 都 全部 先后 陆续 分别 逐一 逐项 逐户 逐村 逐件 逐个 逐人 及时 成功 精心 积极 进一步
    切实 大力 深入 主动 严肃 严格 依法 从严 高标准 第一季度 第二季度 第三季度 第四季度 一季度 二季度 三季度 四季度 前三季度 适时 全市 全县 全区 全省 全局 我市 我局 我县 我区 市局 县局 区局 对 将 把 由 为 经 因
    在 于 内 被 使 约 近 超 的 了 和 及 与 或 以及 等 则 即 仅 有效 常态 有序 扎实
    一是 二是 三是 四是 五是 六是 七是 八是 九是 十是 首先 最后 前 底前 主汛期前 汛期前 汛前 入冬前 入汛前 开学前 春耕前 春节前 节前 年前 会前
";

/// Verbs that say no more than that there is something: what they bring about is what is counted.
pub(super) const LIGHT_VERBS: &str = "
    发 有 共有 现有 拥有 发布 制发 印发 下发 发放 订制 制作 编制 编印 编写 建成 建立 建设 组建 设立 开设 搭建 配备 召开 举办 组织 开展 组织开展 进行
    实施 实行 完成 推出 出台 实现 形成 制定 梳理 给予 予以 作出 做出 达成 取得 收到 受理 确定 明确
";

/// Light verbs behind which the name begins, even in the middle of a clause.
pub(super) const INNER_VERBS: &str = "
    发布 制发 印发 下发 发放 订制 制作 编制 编印 建成 组建 举办 召开 组织开展 开展 组织 制定 出台 确定 明确
";

/// Words behind which the name begins, wherever they stand.
pub(super) const TURNS: &str = "
    累计 共计 总计 合计 先后 陆续 成功 针对性 以来 期间 目前 其中 分别 全年 现已 已经 一共 总共 至今 迄今 年内
    共发 共有 共开展 共组织 共制定 共收到 共受理 共查处 共整改 已完成 已整改
";

/// Words between a name and its figure.
pub(super) const TRAILING: &str = "
    达到了 达到 达 共计 合计 累计 总计 总数为 为 是 共 计 约 近 超 超过 了 至 到 有 均 已 先后 其中 至少 分别为 分别 已达 高达 多达 ： :
    每年 每月 每周 每日 每天 每小时 每分钟 每秒 每吨 每亩 每 各 不少于 不低于 前 第 达成 仅 在 开了
";

/// What happens to a value that goes up, down or stays: 提高 of 到位率提高到91.3%.
pub(super) const CHANGES: &str = "
    提高 提升 上升 增长 增加 扩大 扩容 延长 拉开 下降 降低 减少 压缩 压减 压降 缩短 缩小 精简 合并 整合 回落 调整 优化 恢复 稳定 保持 控制 维持 升 降 增 减 扩 缩
";

/// Beginnings behind which a name says too little; the verb in front stays.
pub(super) const VAGUE_BEGINNINGS: &str = "相关 有关 各类 各项 各种 其他 部分 的 了 和 及";

/// Words that are no name for a figure by themselves.
pub(super) const VAGUE: &str = "
    行动 形式 方式 方法 途径 问题 措施 任务 工作 活动 事项 项目 人员 情况 内容 方面 次数 占比 比例 比重 数量 会议 案件 制度 举措 建议 意见 线索 领域 环节
    材料 文件 信息 单位 部门 企业 群众 干部 党员 查处 化解 整改 完成 办结 处理 处置 解决 落实 推进 发现 排查 检查 累计
    同比 环比 其他 相关 全部 平均 总数 总计 金额 人次 时限 发放 开展 组织 建立 制定 召开 举办 发布 受理 收到 立案 移送 追究 运转
    对照 参加 共计 一共 下功夫 去年同期 上年同期 同期 剩余 其余 余下 其他 结余 人均 每人 总量 到位 降幅 升幅 增幅 个人 原来 涉及 反馈 移交 交办 转办 收到 抽查
    类型 标准 计划 新增 对象 范围 时间 周期 额度 方案 指标 要求 体系 机制 力度
";

/// Words with which a clause begins by saying by what means: what begins so is no name.
pub(super) const PREPOSITIONS: &str =
    "依托 利用 通过 结合 借助 根据 按照 针对 围绕 以 采取 采用 坚持 确保 会同 联合";

/// Words with which what stands behind a figure is no name.
pub(super) const CONJUNCTIONS: &str = "
    和 及 与 或 并 且 以及 以 至 到 后 前 中 时 起 以上 以下 左右 均 已 都 也 则 而 再 来 之 其中 的同时
    目前 现已 仍 尚未 在 同比 环比 较上年 较去年 比上年 比去年 占 累计 总计 合计 分别 全部 正在 基本 对 并对 就 向 由 一并 因 需 符合 计划 拟 暂 待 按 力争
";

/// Words that begin what stands behind a figure, and add nothing.
pub(super) const BEHIND: &str = "的 给予 予以 进行 实施 受到 被给予 被 用于 受 已 均 作出 做出";

/// Words behind a name with which something is said of it; the name ends there.
pub(super) const STOPS: &str = "
    已 均 都 分别 逐 进行 完成 受到 被 予以 给予 开展 仍 尚未 正在 全部 全面 按 如期 得到 得以 共 累计 同比 环比 其中 占 达到 发现 需 应当 适时 各 目前 现已 在 正 将 由 于 用于 位于 处于
    设立 挂牌 建立 制定 举办 召开 出台 建成 实现 锁定 退回 补缴 选派 张贴 实行 紧盯 重新 签订 结存 入户 作出 参加 实施 存在 进入 转入 列入 纳入
";

/// Words with which no name begins, since they belong to what stands in front or only lead to it.
pub(super) const TORN_BEGINNINGS: &str = "在 于 对 将 把 由 从 向 按 为 被 因 与 和 及 或 并 且 其 该 化 性 们 了 的 才 仍 尚 正在 关于 目前 同步 相应 涉及 存在 出 前 后 内 中 比 较 到 逐 应 视 处 路 村 至 等 共建章 共建立 共建成";

/// Words with which no name ends, since what they lead to is missing.
pub(super) const TORN_ENDS: &str = "
    在 于 涉及 反映 包括 其中 属于 位于 来自 针对 围绕 通过 根据 按照 关于 至 到 为 是 被 将 把 由 从 向 对 以 其 该 并 且 但 而 又 再 仍 已 均 都 正 正在 尚 未 目前
    涨 压 各 存在 进入 列入 纳入 相当 中 内 前 后 多 等 周边 如下 不放 将于 同比 环比 未达
";

/// Words that lead to another one even in the middle of a name.
pub(super) const TORN_MIDDLES: &str = "将 把 对 使 让 中已";

/// Who acts: what they do begins behind.
pub(super) const OFFICES: &str = "局 委 党组 工委 人民政府 管委会 巡察组 巡视组 督察组 督查组 检查组 督导组 审计组 巡察办 巡视办 督查室 办公室";

/// Units that count people and things, but no sums and cases.
pub(super) const COUNTS: &str = "名 人 位 户 家 座 所 栋 间 台 套 辆 口 艘 村";

/// What is measured, or is a case: people and things are counted beside it, and not it.
pub(super) const MEASURED: &str = "
    资金 经费 金额 债务 费用 租金 补贴 补助 税款 罚款 余额 收入 支出 投资 工资 薪酬 待遇 利息 成本 价格 保证金 工程款 面积 容积 容量 库容 长度 高度 产量 浓度 率 占比 比例 次数 问题 难题
";

/// Words that join a time span to what must be done within it: 24小时内办结.
pub(super) const WITHIN: &str = "内 以内 之内 之前 前";

/// Words in front of a time span that is a period, and no result: 为期2个月.
pub(super) const PERIODS: &str = "为期 历时 每隔 限期 期限为 期限 时限为 任期";

/// Words in front of how often something is to be done: 每月2次.
pub(super) const RHYTHMS: &str = "每年 每季度 每季 每月 每周 每日 每天 每半年 每两月 每旬";

/// Words with which a span of time in front of them is a name: 三年行动, 15分钟生活圈.
pub(super) const NAMES_WITH_TIMES: &str = "
    行动 行动计划 行动方案 计划 规划 工程 攻坚 攻坚行动 攻坚战 会战 生活圈 服务圈 警务圈 备勤圈 备勤 就医圈 交通圈 圈 无理由退货 值班制 工作制
";

/// Units in which is said how often something is done.
pub(super) const TURNS_DONE: &str = "次 期 场 回 轮 场次 轮次 遍";

/// Units of time spans.
pub(super) const TIMES: &str = "年 个月 月 周 天 日 小时 个小时 分钟 个工作日 工作日 秒";

/// Words for a comparison with another time.
pub(super) const COMPARISONS: &str = "
    同比 环比 与去年同期相比 与上年同期相比 与去年相比 与上年相比
";
