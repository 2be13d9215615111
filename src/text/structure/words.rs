//! The words by which offices part their texts: every list is of words parted by spaces.
//!
//! To teach the program another word, add it to its list, and a line to the table at the foot of the file that reads it.

use super::Meaning;

// Labels: read by `labels`.

/// Words that a label begins with; several may follow each other (预计 完成), and the last is one of [`LAST_WORDS`].
pub(super) const FIRST_WORDS: &str = "\
    整改 完成 落实 责任 牵头 配合 协办 协助 协同 主办 承办 督办 督导 包保 包抓 分管 主管 联系 验收 销号 核查 核实 调查 \
    反馈 存在 具体 主要 突出 预计 计划 办理 处理 处置 问责 追责 追责问责 推进 取得 阶段 阶段性 长期 当前 目前 总体 第一 直接 \
    工作 任务 问题 原因 成因 产生 后续 下一步 下步 建章立制 举一反三 公示 公开 巡察 巡视 审计 督察 的 主体 移交 线索 信访 采取 已采取 \
    拟采取 已完成 未完成 基本 相关 有关 发现 实际 经验 组织 开展 实施 推动 履行 整体 集中 今后 下阶段 下一阶段 信访件";

/// Words that a label ends in, behind one of [`FIRST_WORDS`] or of these; what the text behind it tells.
pub(super) const LAST_WORDS: [(&str, Meaning); 6] = [
    ("问题 描述 表现 意见 原因 成因 分析 来源", Meaning::Problem),
    ("措施 举措 做法", Meaning::Measures),
    ("情况 概述", Meaning::Account),
    ("成效 结果 效果 成果 进展 进度 结论 率", Meaning::Results),
    ("打算 计划 安排", Meaning::Plan),
    (
        "任务 目标 时限 期限 时间 节点 单位 部门 科室 领导 人 负责人 责任人 状态 标准 类型 类别 方式 编号 主体 事项 \
         日期 内容 依据 方案",
        Meaning::Fact,
    ),
];

/// Labels that are not put together from the words above.
pub(super) const WHOLE_LABELS: [(&str, Meaning); 5] = [
    ("问题", Meaning::Problem),
    ("下一步 下一步工作 下步工作", Meaning::Plan),
    ("建章立制 举一反三 追责问责 长效机制", Meaning::Account),
    ("负责人", Meaning::Fact),
    ("附件 附", Meaning::Annex),
];

/// Words with which a label speaks of what is still to come, whatever it ends in.
pub(super) const COMING: &str = "下一步 下步 下一阶段 下阶段 今后 后续";

/// Words behind which a number may stand: 反馈问题一：, 整改任务1：, 附件2：.
pub(super) const NUMBERED: &str = "问题 任务 事项 附件";

/// Ends of words in front of a colon that are no labels, even beside labels: they announce (整改情况如下：) or report speech
/// (会议要求：).
pub(super) const ANNOUNCING: &str = "\
    如下 以下 要求 指出 强调 认为 提出 包括 表示 明确 发现 显示 反映 规定 决定 提到 写道 其中 例如 比如 同时 另外 此外 是 为 即 有 说";

// What closes the measures: read by `closing`.

/// Words with which a paragraph begins that looks ahead.
pub(super) const OUTLOOK: &str = "下一步 下步 下一阶段 今后";

/// Words with which a paragraph begins that tells how to reach the unit.
pub(super) const CONTACTS: &str = "\
    联系方式 联系电话 监督电话 举报电话 咨询电话 通讯地址 通信地址 邮寄地址 联系地址 邮政编码 邮编 电子邮箱 邮政信箱 欢迎广大 \
    欢迎社会 欢迎各界 欢迎干部 欢迎群众 欢迎监督 如有意见 如对整改";

/// Labels that tell how to reach the unit; only with a colon or a number behind them.
pub(super) const CONTACT_LABELS: &str =
    "电话 传真 电邮 邮箱 信箱 地址 网址 邮编 联系人 热线 来信地址 办公地址 电子信箱";

/// What the names of signers end in.
pub(super) const SIGNERS: &str =
    "委员会 党组 党委 党工委 总支 支部 局 厅 办公室 中心 人民政府 集团 公司 学院 大学 医院 法院 检察院";

// What stands in front of points: read by `turns`.

/// Words of a sentence whose points are what was found: 巡察指出，一是….
pub(super) const FOUND: &str = "指出 存在 反映出 暴露 表现 原因 主要问题";

/// Words of a sentence whose points are what was done, whatever else it mentions: 针对存在的问题，一是….
pub(super) const DONE: &str = "针对 对照 围绕 整改 措施";

// Headings: read by `headings`.

/// Beginnings of headings that are parted by words and a number without a numeral in front, beside [`PROBLEM_FAMILIES`].
pub(super) const OTHER_FAMILIES: [&str; 2] = ["整改措施", "第"];

/// What may follow the number of a heading that begins with 第: 第三项, 第一、, and not 第一议题.
pub(super) const BEHIND_ORDINAL: [char; 12] =
    ['、', '，', ',', '：', ':', ' ', '\u{3000}', '项', '条', '类', '个', '）'];

/// What the parts of a whole text are called, behind 第 and a number.
pub(super) const PARTS_OF_WHOLE: &str = "部分 章 篇 编";

/// What stands behind the number of a problem where that begins its name: 问题1：, and not 问题12个.
pub(super) const BEHIND_NUMBER: [char; 8] = ['：', ':', '、', '.', '．', ' ', '\u{3000}', '。'];

/// Pairs of words that a heading about a problem has: it begins with the first, and the second follows.
pub(super) const PROBLEM_HEADINGS: [(&str, &str); 6] = [
    ("关于", "问题"),
    ("针对", "问题"),
    ("聚焦", "问题"),
    ("对", "问题的整改"),
    ("在", "方面存在问题"),
    ("在", "方面的问题"),
];

/// Families of headings of which each is one problem: 问题1：…, 整改任务一：….
pub(super) const PROBLEM_FAMILIES: &str = "反馈问题 反馈意见 具体问题 整改问题 整改任务 整改事项 重点任务 巡察问题 审计问题 督察问题 问题 任务 事项";

/// What the name of a shortcoming ends in, where nothing else says that it is a problem: 维护不到位, 合格率低.
pub(super) const SHORTCOMINGS: &str = "\
    不到位 不够 不足 不严 不严格 不严肃 不严谨 不实 不真实 不高 不强 不深 不深入 不透 不透彻 不力 不得力 不全 不全面 不完整 不明 不明确 \
    不清 不清晰 不细 不准 不准确 不精准 不畅 不通 不紧 不优 不多 不广 不快 不好 不佳 不久 不规范 不健全 不完善 不及时 不扎实 不彻底 \
    不平衡 不均衡 不充分 不主动 不达标 不合格 不合理 不合规 不相符 不符 不一致 不匹配 不落实 不作为 不担当 不透明 不公开 不公 不重视 \
    不突出 不明显 不顺 不顺畅 不密切 不稳定 不科学 不经常 不敏锐 不坚决 不理想 不尽责 不统一 不配套 不聚焦 不积极 不持续 不牢 不牢固 \
    有差距 存在差距 有欠缺 存在欠缺 有短板 存在短板 有漏洞 存在漏洞 有偏差 存在偏差 存在盲区 有盲区 有隐患 存在隐患 有不足 存在不足 \
    薄弱 弱化 虚化 淡化 泛化 边缘化 滞后 缓慢 迟缓 偏慢 偏低 偏高 偏少 偏弱 偏软 偏大 偏松 偏移 较差 较低 较慢 较少 较弱 \
    缺失 缺位 缺乏 缺少 缺编 不在位 失效 失管 失察 失真 失序 失职 流失 浪费 闲置 空置 积压 混乱 脏乱 脏乱差 粗放 松散 松懈 \
    宽松软 随意 乏力 空白 空转 走过场 形式化 形式主义 流于形式 屡禁不止 屡禁不绝 居高不下 时有发生 多发 频发 滞留 拖欠 超标 超期 \
    逾期 轻管 率低 度低 水平低 效率低 质量低 标准低 层次低 条件差 质量差 效果差 进度慢 进展慢 推进慢 速度慢 兑现慢 办理慢 时间长 \
    周期长 过多 过高 过长 过频 过低 过慢 过散 门槛高 成本高 风险高 接通难 办事难 落地难 执行难 停车难 就医难 上学难 单一 \
    差距较大 差异较大 偏差较大 缺口较大 压力较大 风险较大 难度较大 隐患较大 波动较大 损失较大 浪费较大 阻力较大 反差较大 矛盾较大";

/// What is good where there is little of it, or much: with such an ending it names no shortcoming (企业负担较低).
pub(super) const PRAISED: [(&str, &str); 2] = [
    (
        "较低 偏低 过低 低 较少 偏少 过少 较弱",
        "负担 税负 成本 费用 费率 风险 投诉 信访 上访 事故 案件 发案 发生 犯罪 失信 退货 差评 差错 失误 误差 能耗 排放 污染 噪声 浓度 损耗 损失 故障 门槛 失业 返贫 \
         死亡 发病 违约 不良 逾期 空置 闲置",
    ),
    ("过高 偏高 过多", "满意度 满意率 合格率 达标率 优良率 获得感 幸福感 积极性"),
];

/// What the name of a shortcoming may begin with.
pub(super) const WRONGS: &str = "违规 违反 违法 未按 未经 未及时 未严格 未落实 未建立 擅自 拖欠 挪用 虚报 虚列 套取 多计 少计 漏缴 欠缴 截留 滞留";

/// What else is left undone, behind what it is about: 长效机制未形成.
pub(super) const UNDONE: &str = "\
    未形成 未健全 未完善 未到位 未达 未开展 未有效 未充分 未全面 未真正 未制定 未执行 未公开 未公示 未明确 未配备 未履行 未见效 未发挥 \
    未纳入 未签订 未登记 未备案 未归档 未修订 未更新 未压实 未打通 未理顺 未覆盖 未体现";

/// Words behind one of [`WRONGS`] by which it tells what was done about it, or a rule: 违规发放的补贴已追回, 未经许可不得施工.
pub(super) const SETTLED: &str = "\
    已 予以 不得 一律 严禁 必究 将依 将被 将予 将给予 将按 将受 将追 将严 将承担 将面临 将视 将从 将会 将移 将纳入 将列入";

/// Ends of headings that begin with one of [`WRONGS`] and tell what is done about it: 违规收费清退.
pub(super) const HANDLED: &str = "\
    处理 处置 处罚 处分 查处 惩处 打击 追究 问责 约谈 警示 曝光 通报 督办 清退 清理 清偿 清查 清缴 清欠 清零 销号 整治 治理 整改 整顿 纠正 \
    规范 拆除 腾退 复垦 复绿 取缔 关停 关闭 下架 注销 吊销 撤销 没收 收缴 收回 追缴 追回 补缴 入库 退费 退还 退赔 返还 归还 结清 付清 还清 \
    到位 完毕 排查 核查 防范 移送 劝返 恢复";

/// Ends of headings that begin with one of [`WRONGS`] and are of a matter: 违规举报电话, 违法建设案.
pub(super) const MATTERS: &str = "\
    电话 热线 邮箱 信箱 举报 举报奖励 投诉 受理 案 案例 案件 线索 名单 清单 目录 公示 认定 情形 处罚标准 办法 责任 后果";

/// What ends in front of one of [`HANDLED`] where it is handled, behind 未…: 未按时办结件清零.
pub(super) const OBJECTS: &str =
    "的 件 款 金 费 税 户 店 点 者 企业 单位 机构 人员 项目 用地 建筑 车辆 物品 产品 商品 广告";

/// What the name of a measure begins with that speaks of a shortcoming: 解决落实不到位.
pub(super) const REMEDIES: &str = "解决 纠正 纠治 防止 杜绝 破解 克服 补齐 消除 查找 查摆 改变 扭转 避免 着力 坚决 坚持 整治 根治 切实 对照 围绕 不断";

/// What may stand behind the name of a shortcoming: 维护不到位的问题.
pub(super) const CALLED: &str = "的问题 等问题 问题 的现象 现象 的情况";

/// Words in headings of sections that tell how the work was organized, or what is to come, and of no problem; those that are
/// put together from words of labels (整改工作总体情况, 后续安排) need not stand here.
pub(super) const FRAME: &str = "\
    组织情况 组织领导 组织整改 组织落实 组织开展 组织推进 组织实施 组织保障 总体情况 总体进展 基本情况 整体情况 主要做法 工作开展情况 \
    工作推进情况 提高站位 政治站位 提高思想认识 深化思想认识 统一思想 政治担当 整改主体责任 压实整改责任 整改部署 动员部署 安排部署 \
    下一步 下步 下一阶段 下阶段 今后 努力方向 后续安排 后续打算 后续工作 后续整改 长效机制 巩固成果 巩固整改 巩固拓展 深化整改 \
    持续整改 成果运用 整改成效 主要成效 保障措施 工作体会 几点体会 工作打算 工作安排 工作计划 联系方式 监督方式 监督渠道";

/// Ends of headings of sections that tell how to reach the unit.
pub(super) const OF_CONTACTS: &str =
    "联系方式 意见反馈 监督方式 监督渠道 反馈方式 反馈渠道 反映方式 反映渠道";

/// Words by which a heading with such a word is of a problem after all: 没有建立长效机制.
pub(super) const DENYING: &str = "未 不 没有 没能 无 有待 折扣 缺 欠 轻";

/// Words in which those say nothing of a problem.
pub(super) const NOT_DENYING: &str = "不断 不懈 不松 不停 不减 不变 未来 未完成 未办结";

/// Headings of such sections that are these words as a whole.
pub(super) const WHOLE_FRAMES: &str =
    "群众反响 社会反响 群众评价 社会评价 工作启示 经验启示 工作背景 工作概况 工作展望 情况说明 有关说明 结语";

/// Words in the heading of a problem.
pub(super) const OF_PROBLEM: &str = "关于 问题 针对 反馈 聚焦";

/// Words in the heading of an item that may tell of more than one problem, and those that surely do.
pub(super) const SEVERAL: &str = "方面 等问题 等突出问题";
pub(super) const SURELY_SEVERAL: &str = "几个 类问题 个问题 项问题 若干 系列";

// Counts of problems: read by `counts`.

/// Units in which problems are counted.
pub(super) const PROBLEM_UNITS: [char; 4] = ['个', '项', '条', '处'];

/// Words that may stand between the unit and 问题: 12个具体问题.
pub(super) const KINDS_OF_PROBLEM: &str =
    "具体 反馈 突出 主要 整改 巡察 巡视 审计 督察 方面 方面的 具体反馈 各类";

/// Words of a sentence that counts what inspectors found.
pub(super) const FINDERS: &str = "\
    反馈 指出 交办 查出 巡察组 巡视组 督察组 审计组 检查组 审计报告 审计决定 检查发现";

/// Words for finding that are said of anybody, and what tells in their sentence that inspectors are meant.
pub(super) const FINDING: &str = "发现 提出 反映";
pub(super) const INSPECTORS: &str = "巡察 巡视 审计 督察 督查";

/// Words of a sentence in which others than the inspectors find something, or somebody again and again (6次).
pub(super) const OTHER_FINDERS: &str = "\
    自查 自行 自检 排查 摸排 检查 核查 抽查 梳理 举一反三 走访 暗访 调研 来信 热线 专题会 座谈会 生活会 会议 群众反映 群众提出 职工反映 \
    职工提出 代表反映 代表提出 委员反映 委员提出 整改中 整改期 整改过程 整改工作 整改后 专班 领导小组 内部审计 内审 \
    0次 1次 2次 3次 4次 5次 6次 7次 8次 9次 余次 轮次 批次 人次";

/// What stands in front of a count that follows 问题: 反馈问题12个.
pub(super) const COUNTED_BEHIND: &str =
    "反馈 反馈的 交办 交办的 查出 查出的 指出 指出的 发现 发现的 反映 反映的 提出 提出的";

/// Words in front of a count of some of the problems, or of others.
pub(super) const OTHER_COUNTS: &str = "\
    已 完成 未 正在 其中 信访 线索 移交 立行立改 新 自查 自行 排查 检查 剩余 尚 部分 上轮 上一轮 上次 以往 历史 遗留 分解 细化 梳理 \
    涉及 包括 集中整改期 近期 长期 另 还有 共性 个性 前期 此前";

/// Units of what a notice may be parted into.
pub(super) const PARTS_COUNTED: &str = "个 项 条 类 大类 小类 方面 大方面 件";

/// Lists the words of a list.
pub(super) fn split(list: &str) -> impl Iterator<Item = &str> {
    list.split(' ').filter(|word| !word.is_empty())
}
