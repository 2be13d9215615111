//! The words by which the scanner knows figures and what is none. To teach the program a word, add it to its list.
//!
//! Words stand between spaces, in any order; the longest that fits is taken. [`FIXED`] and its neighbors are the
//! lists, made ready once for the whole program. What the lists lead to is decided in the other files of this room. Units
//! have a file of their own, which relations share: `figure/units.rs`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::figure::units::Lexicon;

/// Nouns of a list of great things: 五大行动.
const GREAT_NOUNS: &str = "
    行动 工程 领域 任务 板块 体系 重点任务 重点 专项 专项行动 警务 类 类别 方面 项 问题 举措 措施 平台 系统 中心 战略 产业 机制 环节 目标
    指标 攻坚 攻坚战 攻坚行动 战役 计划 原则 优势 支柱 典型 案例 案件 品牌 场景 改革 抓手 模块 能力 保障 提升 提升行动 片区 基地 园区
    区域 路径 难题 短板 顽疾 清单 制度 载体 阵地 活动 主题 专题 亮点 成果 特色 责任 要素 群体 隐患 风险 行业 部位 场所 工作 流程
";

/// Nouns behind which 一 and 二 count if the clause ends with them: 移送案件二起. Words that are verbs as well are none.
const COUNTED_IN_FRONT: &str = "
    其余 案件 信访件 来信 线索 问题 项目 任务 措施 事项 制度 清单 隐患 漏洞 风险点 纠纷 事故 警情 工单 提案 议案 案例 意见 文件 材料 方案
    简报 台账 活动 讲座 干部 党员 民警 辅警 职工 人员 嫌疑人 企业 单位 部门 支部 党支部 场所 站点 车辆 船舶 渔船 房屋 设备 仪器
    奖项 荣誉 课题 论文 专利 书籍 视频 推文
";

/// Measure words with which 一 and 二 may count at the end of a clause; 二期 and 二类 stay ordinals.
const COUNTING: &str =
    "件 起 宗 例 个 项 条 家 户 处 所 座 名 位 人 次 场 份 篇 本 册 部 台 辆 艘 套 间 栋 笔 支";

/// Fixed words of political and official language whose numeral counts nothing in the notice.
const PHRASES: &str = "
    八项规定 六项规定 九项规定 三会一课 两个确立 两个维护 四个意识 四个自信 三重一大 一岗双责 四种形态 五位一体 四个全面 三严三实 两学一做
    四风 六大纪律 六项纪律 三大攻坚战 三农 三公经费 三资 两优一先 两个责任 两个一以贯之 两个结合 六个必须坚持 四个合格 四个对照 四个服从
    四个能力 四个最严 四个革命 六稳 六保 六个一 十个坚持 十个明确 十四个坚持 十三个方面成就 三个区分开来 三个务必 三个代表 三个必须 三不腐
    三不一体 三个更加 三项机制 三服务 四下基层 四议两公开 五议两公开 四责协同 四套班子 五套班子 四大班子 五大班子 四个一 五个一 两个毫不动摇
    两个先行 两个高水平 八八战略 一带一路 两个百年 两个一百年 一国两制 九二共识 七个有之 五个必须 五个必由之路 五大发展理念 新三样 三大工程
    十八大 十九大 二十大 二十一大 三中全会 四中全会 五中全会 六中全会 七中全会 二中全会 一中全会 二十届三中全会 二十届二中全会
    二十届四中全会 二十届一中全会 二十届中央 十九届中央 十九届三中全会 十九届四中全会 十九届五中全会 十九届六中全会 十八届三中全会 十八届四中全会
    十八届五中全会 十八届六中全会 十四五 十三五 十五五 十二五 三年行动 三年行动计划 三年攻坚 三年规划 三年计划 五年规划 五年计划
    五年行动 两年行动 百日攻坚 百日行动 百日会战 百日安全 千万工程 百千万工程 千村示范 万村整治 三步走 两步走 三不准 最后一公里
    一公里 三个一批 一件事 五星三强 四个聚焦 三方协议 四不两直 两客一危 九小场所 六小场所 三合一场所 三合一 三同时
    三张清单 双十一 双十二 十万火急 五个统一 五个到位 六个到位 四个到位 三个到位 七五普法 八五普法 一网通办 一次全会 二次全会 三次全会 四次全会 五次全会 六次全会 七次全会 八次全会 三把火 三驾马车
";

/// Everyday words that begin with a numeral and mean no number.
const IDIOMS: &str = "
    一次性 一部分 一方面 一体化 一本账 一家人 一门心思 一张网 一把手 一本通 一张图 一盘棋 一部手机 一股脑 一口气 一句话
    一成不变 一手 一段时间 一会 一直 一行人 一支部 一位难求 一把尺子 一把钥匙 一竿子 一步 一边
    三轮车 四轮车 两轮车 两面派 两面人 三番五次 三天两头 四面八方 三位一体 四位一体 七成新 两手抓 两手硬 千人一面 百分百 万一 三人行
    两口子 两边 两旁 两侧 一口 一头 一分为二 三门县 三门湾 五台山 三台县 三角 三角洲 四角 三角债 五角大楼 三角梅
    千家万户 两点一线 三点水 百家争鸣 百年大计 万元户 千人计划 万人计划 百姓
    一味 一致 一眼 二手 二手房 二人转 三部曲 四部曲 八里店 七里山 六里桥 三里屯 两江 五点式 一刀切 五金
    一旁 零件 零部件 零元购 零距离 零容忍 零报告
    一条龙
";

/// Numbers that are names: hotlines, prefixes of services, groups of universities.
const NAMES: &str = "
    110 119 120 122 112 114 12110 12119 12122 12123 12305 12306 12309 12313 12315 12316 12318 12319 12320 12321 12328 12329 12333 12337 12338
    12339 12345 12348 12350 12355 12356 12360 12363 12366 12368 12369 12371 12377 12378 12380 12381 12385 12388 12389 12393 12395 95598
    96110 96118 96148 96171 96196 985 211 11087 24365 10086 10000 10010 315
";

/// Words in front of a number that only end like an approximation: the 约 of 节约20万元.
const NOT_BEFORE: &str = "
    节约 集约 签约 违约 预约 公约 履约 制约 邀约 解约 续约 相约 条约 合约 失约 爽约 附近 最近 靠近 临近 邻近 亲近 相近 就近 远近 商超 赶超 反超
    高超 达不到 做不到 找不到 得不到 收不到 看不到 补足不足
    走近 贴近 逼近 拉近 特约 契约 誓约 和不足 与不足 及不足 、不足 问题不足 短板不足 薄弱不足 梳理不足 查找不足 查摆不足 剖析不足 能力不足
    存在不足 发现不足 的不足 些不足 整改不足 弥补不足 认识不足 力度不足 力量不足
";

/// Words that end with 负, which is no minus in them; 正负 is ± and 胜负 a result.
pub(super) const ENDS_WITH_NEGATIVE: &str =
    "担负 肩负 背负 抱负 自负 欠负 辜负 胜负 身负 所负 应负 共负 须负 要负 仍负 各负 均负";

/// Words that end with a numeral, whose last character is no part of the digits behind them: 周三5人.
pub(super) const ENDS_WITH_NUMERAL: &str = "
    周 星期 礼拜 第 其 之 初 小 老 归 清 数 几 若 上
";

/// The names behind which a bare number is a numbering: 附件1.
pub(super) const NUMBERED: &str = "附件 附表 附图 附录 表 图 专栏 问题 反馈问题 任务 措施 条款 序号 编号 例";

/// See [`GREAT_NOUNS`].
pub(super) static GREAT: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(&[(GREAT_NOUNS, ())]));
/// See [`PHRASES`] and [`IDIOMS`]; true for a phrase, which is listed, false for a word, which is not.
pub(super) static FIXED: LazyLock<Lexicon<bool>> =
    LazyLock::new(|| Lexicon::new(&[(PHRASES, true), (IDIOMS, false)]));

/// Tells whether `digits` is a number that is a name.
pub(super) fn is_name(digits: &str) -> bool {
    static SET: LazyLock<BTreeSet<&str>> = LazyLock::new(|| NAMES.split_whitespace().collect());
    SET.contains(digits)
}

/// Tells whether `before` ends with a noun that a number and `unit` behind it count.
pub(super) fn is_counted_in_front(before: &str, unit: &str) -> bool {
    COUNTING.split_whitespace().any(|word| word == unit)
        && COUNTED_IN_FRONT.split_whitespace().any(|noun| before.ends_with(noun))
}

/// Tells whether `text` ends with a word that only looks like an approximation.
pub(super) fn ends_like_approximation(text: &str) -> bool {
    NOT_BEFORE.split_whitespace().any(|word| text.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::scan::place::is_digit;

    #[test]
    fn no_fixed_word_begins_with_an_arabic_digit() {
        let words = PHRASES.split_whitespace().chain(IDIOMS.split_whitespace());
        assert_eq!(words.filter(|word| word.starts_with(is_digit)).collect::<Vec<_>>(), [""; 0]);
    }
}
