//! Lists inside a clause: 受理率、及时率和满意率. A joint that is a piece of a word (及时, 参与, 总和) joins nothing.

/// Words that are not to be cut by a joint, nor by a shorter word that they begin or end with: names of figures are cut by such
/// words, too.
pub const WHOLE: &str = "
    共产党 共同 共建 共青团 共治 共享 共管 并案 并网 对照 对接 对外 对策 对象 将军 经济 经营 经费 因素 在线 在建 在押 在册 在职 在校 均衡 约谈 约束
    近海 近岸 超标 超期 超载 超限 超额 发现 发展 发生 发案 发票 发电 发文 有关 有害 有限 有效 和解 和谐 及格 与会 等级 等次 即时 已婚 向导 由来
    从业 从警 都市 再生 再犯 且末 使用 的士 起诉 起草 起底 起义 月度 年报 年会 年检 年轻 年审 把关 把手 被告 被骗 被害 于都 了解 组织者 组织部 建设用地
    内容 内部 内外 内控 内设 内勤 内地 现有 组织生活会 组织架构 建设项目 建设工程 形成性 制定者 受理数 受理量 完成率 完成数 办结率 实施方案 实施细则 实施意见 发放率 完成量 受理率
    行为 公共 国有 所有 传达 表达 下达 到达 附近 统计 审计 会计 设计 累计 预计 估计 收到 得到 做到 找到 看到 直至 签约 节约 合约 公约 预约 违约 条约 契约
    最近 靠近 临近 反超 商超 没有 含有 拥有 持有 私有 罢了 认为 作为 成为 列为 总是 但是 甚至 以至 拟定 目前 之前 提前 此前 当前 事前 案前 诉前 会前 岗前
    用于 属于 位于 处于 由于 关于 对于 至于 低于 高于 等于 优于 善于 便于 利于 限于 鉴于 基于 源于 在于 终于 过于 近年 近三年 近两年 超付 超发 超收 超支 超范围 超标准 超概算 超编 超时 超龄 超预算 超职数 超前 即办件 即办 月均 年均 日均
    及时 及早 参与 常态化 化解 化工 化肥 化学 化验 化妆 性别 性质 过程 对口 对账 对标 向上 为民 为企服务 为老服务 按期 按时 正确 正式 未来 未成年 其他 其余 从严 以及 仍然 尚未 改正 修正 更正 纠正 公正 廉正 端正 校正 周到 报到 达到 到期 到位 学以致用 国是 行将 应对 核对 面对 针对 反对 比对 校对 查对 结对 意向 方向 流向 投向 去向 倾向 定向
    平等 同等 中等 高等 初等 前期 达标 达产 平均 人均 户均 普及 涉及 惠及 波及 理由 自由 缘由 目的 标的 总和 饱和 融合 被动 被褥 已知 都市圈
    发出 发送 发起 发动 发行 发掘 发包 发证 发还 近视 近郊 近义 使命 使馆 经办 经销 经开区 经济社 经理 经验 年度 年龄 年产 年薪 月薪 月租 起点 起重 又好又快 再就业 还款 还贷 还建 还田 共性 共有产权 计量 计费 计生 计分 出租 出动
    出口 出入 出台 出具 出资 出勤 出让 出生 出院 出庭 出警 出栏 出境 出版 出行 出差 出险 出水 出席 出纳 前沿 前列 前移 前置 前端 前科 后备 后勤 后续 后端 后厨 内河 内涝 内审 内镜 中心 中小 中央 中学 中介 中标 中药
    中医 中层 中队 中途 比例 比重 比赛 比武 比值 较大 较重 到账 到岗 到场 到会 视频 视察 视力 视障 处分 处置 处理 处级 处罚 处方 处室 路灯 路面 路段 路口 路网 路基 路长 村级 村民 村干部 村庄 村集体 村社 村居 村道 村医
    村组 村均 村务 村支书 村党组织 村书记 逐年 集中 高中 初中 途中 校内 境内 院内 室内 市内 国内 多少 增多 众多 至少 减少 年少 其中 户外 提高 最高 拔高 降低 对话 对讲 派对 驱使 行使
    大使 将来 生均 亩均 校均 行动计划 工作计划 实施计划 招生计划 投资计划 采购计划 审计计划 参与率 参与度 未成年人 逐级
    党组织 建成区 布局 格局 结局 局面 局部 局级 局长 委托 委员 委派 委外 村委会 居委会 党委会 常委会 组委会 一对一 点对点 面对面 促使 转让 让利 礼让 合并 需求 需要 暂付 暂存 待遇 待业 待分配 因公 由头
    违规发放 重复发放 超标准发放 违规举办 违规开展 违规组织 违规发布 存在问题 公开 离开 展开 召开 分开 等待 未婚 未检 一把手 使用率 对比 对手 对子 对内 对准 配对 相对 绝对 应急 应用 应届 应收 应付 应聘 应征 未实施 按揭 按摩 占比 同比 环比 相比 配比 对比 比较 较高 较低 较多 较少 较好 较差 高标准农田 案结事了
";

/// Tells whether one of the words that are not to be cut lies across the byte `at` of `text`.
pub fn cuts_word(text: &str, at: usize) -> bool {
    let (before, behind) = text.split_at(at);
    let mut words = WHOLE.split_whitespace();
    words.any(|word| {
        let mut cuts = word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
        cuts.any(|(left, right)| before.ends_with(left) && behind.starts_with(right))
    })
}

/// Returns the entries of a list that 、, 和, 与 and 及 part, outside quotation marks.
pub fn listed(text: &str) -> Vec<&str> {
    listed_by(text, &['、', '和', '与', '及'])
}

/// The same for other marks.
pub fn listed_by<'a>(text: &'a str, marks: &[char]) -> Vec<&'a str> {
    let (mut depth, mut start, mut entries) = (0_usize, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '“' | '《' | '（' | '(' | '「' => depth += 1,
            '”' | '》' | '）' | ')' | '」' => depth = depth.saturating_sub(1),
            c if depth == 0 && marks.contains(&c) && !is_in_word(text, at, c) => {
                entries.extend(text.get(start..at));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    entries.extend(text.get(start..));
    entries
}

/// Tells whether `joint` at `at` is a piece of a word: the 及 of 及时率.
fn is_in_word(text: &str, at: usize, joint: char) -> bool {
    joint != '、' && (cuts_word(text, at) || cuts_word(text, at + joint.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn joints_are_no_pieces_of_words() {
        for (text, entries) in [
            ("受理率、及时率均达", "受理率|及时率均达"),
            ("及时率达", "及时率达"),
            ("参与率和满意率", "参与率|满意率"),
            ("总和与均值", "总和|均值"),
            ("“甲、乙”及丙", "“甲、乙”|丙"),
        ] {
            assert_eq!(listed(text).join("|"), entries, "{text}");
        }
    }
}
