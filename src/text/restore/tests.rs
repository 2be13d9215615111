//! Lines, and what is offered for them.

use proptest::prelude::*;

use super::*;

/// Returns `line` with its changes made.
fn restored(line: &str) -> String {
    let changes = restore(line);
    let change = |at: usize| changes.iter().find(|change| change.at == at).map(|change| change.replacement);
    line.char_indices().map(|(at, character)| change(at).unwrap_or(character)).collect()
}

/// Each line, and behind `→` what it becomes; without `→` it stays.
const LINES: &str = "
根据统一部署,进行了巡察 → 根据统一部署，进行了巡察
问题有两个:一是学习不够;二是落实不力! → 问题有两个：一是学习不够；二是落实不力！
是否落实?已落实 → 是否落实？已落实
办结率为100%,其中 → 办结率为100%，其中
追赃率37.7%,9.7万人受益 → 追赃率37.7%，9.7万人受益
整改率达到95%;98%的群众满意 → 整改率达到95%；98%的群众满意
已办结10件,2025年再办结 → 已办结10件，2025年再办结
2024年,2025年 → 2024年，2025年
清退资金1,234.5元
金额12,345,678元,已收回 → 金额12,345,678元，已收回
会议于9:00召开
会议时间:9:00-11:30,下午 → 会议时间：9:00-11:30，下午
比例为1:3
联系电话:0580-2072198 → 联系电话：0580-2072198
联系电话：(0580)2072198
电话(0580)2072198
电话 (010) 6230-1234
网址:https://a.gov.cn/c?x=1,2:3;y(4) → 网址：https://a.gov.cn/c?x=1,2:3;y(4)
网址https://a.gov.cn/a.html,请查看 → 网址https://a.gov.cn/a.html，请查看
(网址:www.a.gov.cn) → （网址：www.a.gov.cn）
邮箱:a_b@c.gov.cn;电话 → 邮箱：a_b@c.gov.cn；电话
邮箱(a.b@c.cn)已公布 → 邮箱（a.b@c.cn）已公布
在C:\\资料中
一、关于甲问题
(一)强化学习 → （一）强化学习
(1)强化学习 → （1）强化学习
(一）强化学习 → （一）强化学习
　　(二)强化学习 → 　　（二）强化学习
(2)APP建设 → （2）APP建设
1.强化学习
1)强化学习
a)强化学习
其他单位(部门)积极落实 → 其他单位（部门）积极落实
其他单位（部门)积极落实 → 其他单位（部门）积极落实
其他单位(部门）积极落实 → 其他单位（部门）积极落实
其他单位（部门）积极落实
计划(2023-2025年)已制定 → 计划（2023-2025年）已制定
共(5)件 → 共（5）件
世贸组织(WTO)规则 → 世贸组织（WTO）规则
加入WTO(World Trade Organization)后 → 加入WTO（World Trade Organization）后
运行f(x)函数
公式为(A+B)/2
增长率=(A-B)/A
按H2O(l)+CO2计
标准为ISO(9001)-2015
甲(乙(丙)丁) → 甲（乙（丙）丁）
甲（乙(丙)丁） → 甲（乙（丙）丁）
甲(乙
甲)乙
笑脸:)的
空()的
A,B两组
使用Word,Excel办公
API,接口 → API，接口
完成Windows 10, Office安装
他说Hello, world! 你好
引文Smith, J. 2020
第1,2季度
第3,4号楼,共两栋 → 第3,4号楼，共两栋
QQ:12345群
QQ群:12345 → QQ群：12345
图1:舟山 → 图1：舟山
完成率100%, → 完成率100%，
推广警务APP: → 推广警务APP：
见[附件](a(1).pdf),请下载 → 见[附件](a(1).pdf)，请下载
用`a,甲`表示,即 → 用`a,甲`表示，即
类型为a::甲
令x:=甲
若x!=甲
落实\"第一议题\"制度 → 落实“第一议题”制度
落实\"第一议题\",规范 → 落实“第一议题”，规范
写作\"ABC\"的 → 写作“ABC”的
屏幕15\"的
属性id=\"甲\"的
说'甲'了 → 说‘甲’了
用Tom's书
\"甲\"\"乙\" → “甲”“乙”
阿布都•热西提同志 → 阿布都·热西提同志
阿布都・热西提同志 → 阿布都·热西提同志
阿布都·热西提同志
打造11087•金牌联络官 → 打造11087·金牌联络官
音乐a•b的
• 强化学习
•强化学习
甲、乙，丙；丁：戊？己！
Hello, world (a; b)!
1,234;9:00
中文 , 后 → 中文 ， 后
已全部落实. → 已全部落实。
完成(第3项). → 完成（第3项）。
已全部落实..
见a.html.
甲!!乙 → 甲！！乙
什么?! → 什么？！
国家(含省),市 → 国家（含省），市
《办法(试行)》 → 《办法（试行）》
(甲) → （甲）
20℃,3天内 → 20℃，3天内
坐标30.1,122.2处
第2025-(3)号
〔2025〕3号,4号文 → 〔2025〕3号，4号文
";

#[test]
fn lines_are_restored_as_the_table_says() {
    let mut n_rows = 0;
    for row in LINES.lines().filter(|row| !row.is_empty()) {
        n_rows += 1;
        let (line, expected) = row.split_once(" → ").unwrap_or((row, row));
        assert_eq!(restored(line), expected, "{line}");
    }
    assert!(n_rows > 80, "the table was read");
}

#[test]
fn reasons_are_told() {
    let reasons = |line: &str| restore(line).iter().map(|change| change.reason).collect::<Vec<_>>();
    assert_eq!(
        reasons("(一)甲(乙）,\"丙\"阿•明"),
        [
            Reason::Numbering,
            Reason::Numbering,
            Reason::MixedParentheses,
            Reason::Mark,
            Reason::Quotes,
            Reason::Quotes,
            Reason::Dot,
        ]
    );
}

/// The notice of Zhoushan, whose punctuation was flattened before it was published.
const NOTICE: &str = include_str!("../../../content/zhoushan-2025/approved.txt");

#[test]
fn a_real_notice_is_restored() {
    let mut counts = std::collections::BTreeMap::new();
    for change in NOTICE.lines().flat_map(restore) {
        *counts.entry(change.written).or_insert(0) += 1;
    }
    let expected = [('(', 84), (')', 84), (',', 253), (':', 3), (';', 8), ('•', 1)];
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), expected);
    let text: Vec<String> = NOTICE.lines().map(restored).collect();
    let text = text.join("\n");
    let left: Vec<char> = text.chars().filter(|c| ",;:()?!\"'•".contains(*c)).collect();
    assert_eq!(left, [] as [char; 0]);
}

/// Checks which lines go on the one before.
#[track_caller]
fn check_joins(text: &str, expected: &[usize]) {
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(joins(&lines), expected, "{text}");
}

#[test]
fn broken_sentences_are_joined() {
    let broken = "　　根据市委统一部署，2024年9月9日至2024年10月24日，市委第
一巡察组对市公安局党委进行了巡察。2025年1月8日，巡察组向市公
安局党委反馈了巡察意见。按照党务公开原则和巡察工作有关要求，
现将巡察整改情况予以公布。
　　市公安局党委把巡察整改作为重大政治任务来抓，从讲政治、讲
大局、讲党性的高度全力推动新时代公安事业高质量发展。
一、关于“学习运用新思想指导实践不足”问题的整改情况
（一）强化政治理论学习。刚性落实“第一议题”制度，规范党委会
召开程序，及时传达学习。
中共舟山市公安局委员会
2025年8月28日";
    check_joins(broken, &[1, 2, 3, 5, 8]);
}

#[test]
fn whole_paragraphs_stay_apart() {
    check_joins(NOTICE, &[]);
    check_joins("", &[]);
    check_joins("甲\n乙\n丙", &[]);
    // Lines of one length that each end a sentence.
    check_joins(&"强化政治理论学习，规范党委会召开程序，及时传达学习。\n".repeat(6), &[]);
    // Entries of a list.
    check_joins(&"（一）强化政治理论学习，规范党委会召开程序，及时传达学习\n".repeat(6), &[]);
    check_joins(&"整改情况：强化政治理论学习，规范党委会召开程序，及时传达学习\n".repeat(6), &[]);
    check_joins(&"　　强化政治理论学习，规范党委会召开程序，及时传达学习\n".repeat(6), &[]);
    check_joins(&"强化政治理论学习，规范党委会召开程序，及时传达学习\n\n".repeat(6), &[]);
}

proptest! {
    #[test]
    fn changes_are_in_order_and_made_once(line in "([甲乙1aZ ]|[,;:?!()（）\"'•.@/%`=]|://|www\\.){0,30}") {
        let mut end = 0;
        for change in restore(&line) {
            let written = line.get(change.range()).map(str::to_owned);
            prop_assert_eq!(written, Some(change.written.to_string()));
            prop_assert!(end <= change.at && change.written != change.replacement);
            end = change.range().end;
        }
        let once = restored(&line);
        prop_assert_eq!(once.chars().count(), line.chars().count());
    }

    #[test]
    fn joins_are_lines_that_have_one_before(text in "([甲。，一、]{0,25}\n){0,12}") {
        let lines: Vec<&str> = text.lines().collect();
        for index in joins(&lines) {
            prop_assert!((1..lines.len()).contains(&index));
        }
    }
}
