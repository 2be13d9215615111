//! Headings: which are of problems, which of what stands around them, and families that have no numeral in front.

use super::words::{self, split};
use super::{Meaning, labels};
use crate::text::width::is_digit;
use crate::text::{numbering, numeral, split_while};

/// Returns the family of a heading without a known numeral: 反馈问题一：…, 问题1：…, 第三项 …; empty for one that has no
/// such number.
pub fn family_of_heading(heading: &str) -> &'static str {
    let heading = heading.trim_start();
    let is_number = |c: char| numeral::is_part(c) || is_digit(c);
    let behind =
        |family: &str| heading.strip_prefix(family).map(|rest| rest.trim_start_matches(['（', '(', ' ']));
    let mut all = split(words::PROBLEM_FAMILIES).chain(words::OTHER_FAMILIES);
    let is_counted = |family: &&str| {
        behind(family).is_some_and(|rest| {
            let (number, rest) = split_while(rest, is_number);
            !number.is_empty()
                && (*family != "第"
                    || rest.starts_with(words::BEHIND_ORDINAL)
                    || behind_name_of_part(rest).is_some())
        })
    };
    all.find(is_counted).unwrap_or_default()
}

/// Tells whether a line is the heading of a part of the whole text, which stands above 一、: 第一部分　整改组织情况.
pub fn is_part_of_whole(line: &str) -> bool {
    behind_part(line).is_some()
}

/// Returns what stands behind 第一部分.
fn behind_part(line: &str) -> Option<&str> {
    let (number, rest) = split_while(line.strip_prefix('第')?, |c| numeral::is_part(c) || is_digit(c));
    behind_name_of_part(rest).filter(|_| !number.is_empty())
}

/// Returns what stands behind the word for a part of a whole text, if that is all of the word.
fn behind_name_of_part(text: &str) -> Option<&str> {
    let behind = split(words::PARTS_OF_WHOLE).find_map(|part| text.strip_prefix(part))?;
    (behind.is_empty() || behind.starts_with(words::BEHIND_NUMBER)).then_some(behind)
}

/// Returns the family of a line that names one of several problems by a number of its own: 问题1：…, 整改任务一 ….
pub fn family_of_problem(line: &str) -> Option<&'static str> {
    let family = split(words::PROBLEM_FAMILIES).find(|family| line.starts_with(family))?;
    let rest = line.get(family.len()..)?.trim_start_matches(['（', '(']);
    let (number, rest) = split_while(rest, |c| numeral::is_part(c) || is_digit(c));
    let is_named = rest.is_empty() || rest.starts_with(words::BEHIND_NUMBER) || rest.starts_with(['）', ')']);
    (!number.is_empty() && is_named).then_some(family)
}

/// Returns a line without its numeral, or without 第一部分.
pub fn behind_number(line: &str) -> &str {
    let rest = match numbering::parse(line) {
        Some(numbering) => line.get(numbering.length..).unwrap_or_default(),
        None => behind_part(line).map_or(line, |rest| rest.trim_start_matches(words::BEHIND_NUMBER)),
    };
    rest.trim_start()
}

/// The most characters of what is left undone, at the end of a title.
const LONGEST_UNDONE: usize = 7;

/// Tells whether a title names a shortcoming: 维护不到位, “合格率低”的问题, 机制未建立; not what is done about it (解决落实不到位,
/// 违规收费清退) and no praise (企业负担较低).
pub fn names_shortcoming(title: &str) -> bool {
    let is_mark = |c: char| matches!(c, '。' | '；' | '：' | ':' | '“' | '”') || c.is_whitespace();
    let title = behind_number(title).trim_matches(is_mark);
    let name = split(words::CALLED).find_map(|called| title.strip_suffix(called)).unwrap_or(title);
    let name = name.trim_end_matches(is_mark);
    if is_remedy(title) || is_praise(name) {
        return false;
    }
    (is_wrong(name) || name.contains("不够")) && !has_any(words::SETTLED, &outside_quotation(name))
        || is_undone(name)
        || ends_with_any(words::SHORTCOMINGS, name)
}

/// Tells whether a title speaks of a problem as of what is to be solved: 解决停车难的问题.
pub fn is_remedy(title: &str) -> bool {
    split(words::REMEDIES).any(|word| title.starts_with(word))
}

fn ends_with_any(list: &str, name: &str) -> bool {
    split(list).any(|end| name.ends_with(end))
}

fn has_any(list: &str, text: &str) -> bool {
    split(list).any(|word| text.contains(word))
}

/// Tells whether a name begins like one of a wrong, and does not end as a heading of something else: 违规收费, 擅自处置.
fn is_wrong(name: &str) -> bool {
    let Some(object) = split(words::WRONGS).find_map(|word| name.strip_prefix(word)) else { return false };
    let handled = split(words::HANDLED).find_map(|end| object.strip_suffix(end));
    // What is handled may be what was left undone: 未及时清退, 未将保证金退还.
    if name.starts_with('未') {
        return !handled
            .is_some_and(|who| ends_with_any(words::OBJECTS, who) && !who.contains(['将', '对', '把']));
    }
    handled.is_none_or(str::is_empty) && !ends_with_any(words::MATTERS, object)
}

/// Tells whether a name ends in what is left undone, behind what that is about: 长效机制未建立.
fn is_undone(name: &str) -> bool {
    let Some((at, _)) = name.rmatch_indices('未').next().filter(|(at, _)| *at > 0) else { return false };
    let undone = name.get(at..).unwrap_or_default();
    undone.chars().count() <= LONGEST_UNDONE
        && split(words::WRONGS).chain(split(words::UNDONE)).any(|word| undone.starts_with(word))
}

/// Tells whether a name praises, though many that end so do not: 企业负担较低, 投诉率低.
fn is_praise(name: &str) -> bool {
    words::PRAISED.iter().any(|(ends, things)| {
        let mut praised = split(ends).filter_map(|end| name.strip_suffix(end));
        praised
            .any(|thing| ends_with_any(things, thing) || ends_with_any(things, thing.trim_end_matches('率')))
    })
}

/// The most characters of the line of a heading about a problem, as far as `问题`.
const LONGEST_HEADING: usize = 80;

/// Tells whether a line, without its numeral, is the heading of one problem: 关于“…”问题的整改情况, 反馈问题一：….
///
/// A sentence that only mentions a problem is none (关于…问题，已经…).
pub fn is_heading_of_problem(line: &str) -> bool {
    if family_of_problem(line).is_some_and(|family| family == "反馈问题") {
        return true;
    }
    words::PROBLEM_HEADINGS.iter().any(|(begin, end)| {
        let Some(rest) = line.strip_prefix(begin) else { return false };
        let Some(at) = end_of(end, rest) else { return false };
        let (before, behind) = rest.split_at(at);
        let behind = ["的整改落实情况", "的整改完成情况", "的整改情况", "整改情况", "的整改", "整改"]
            .iter()
            .find_map(|tail| behind.strip_prefix(tail))
            .unwrap_or(behind);
        let is_alone = behind.is_empty() || behind.starts_with(['。', '：', ':', ' ', '\u{3000}']);
        is_alone && before.chars().count() <= LONGEST_HEADING
    })
}

/// Returns where the first `word` outside quotation marks ends in `text`.
fn end_of(word: &str, text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            '。' | '；' | '\n' if depth == 0 => return None,
            _ if depth == 0 && text.get(at..).is_some_and(|rest| rest.starts_with(word)) => {
                return Some(at + word.len());
            }
            _ => {}
        }
    }
    None
}

/// Tells whether a heading tells how the work was organized, or what is to come, and of no problem: it is a label as a whole
/// (整改工作总体情况), or has words that only such headings have.
pub fn is_frame(heading: &str) -> bool {
    let title = behind_number(heading).trim_end();
    match labels::meaning_of(title) {
        Some(Meaning::Account | Meaning::Measures | Meaning::Results | Meaning::Plan) => true,
        Some(Meaning::Problem | Meaning::Annex) => false,
        Some(Meaning::Fact) | None => {
            let has_word =
                || has_any(words::FRAME, title) || split(words::WHOLE_FRAMES).any(|word| word == title);
            let is_meant = is_of_contacts(title) || (!speaks_of_problem(title) && has_word());
            is_meant && !denies(title) && !names_shortcoming(title)
        }
    }
}

/// Tells whether a heading is that of a section that tells how to reach the unit: 六、联系方式.
pub fn is_of_contacts(heading: &str) -> bool {
    ends_with_any(words::OF_CONTACTS, heading.trim_end()) && !heading.contains("问题")
}

/// Tells whether a heading says that something is not so, or not enough: 没有建立长效机制, 组织领导有待加强.
fn denies(title: &str) -> bool {
    let others = split(words::NOT_DENYING).fold(title.to_owned(), |title, word| title.replace(word, ""));
    has_any(words::DENYING, &others)
}

/// Tells whether a heading has a word that headings of problems have.
pub fn speaks_of_problem(heading: &str) -> bool {
    has_any(words::OF_PROBLEM, heading)
}

/// Tells whether a heading is that of one problem, by its words.
pub fn is_of_one_problem(heading: &str) -> bool {
    let outside = outside_quotation(heading);
    outside.contains("问题") && !tells_of_several(&outside)
}

/// Tells whether a heading is that of several problems, by its words: 在学习方面存在问题.
pub fn is_of_several(heading: &str) -> bool {
    tells_of_several(&outside_quotation(heading))
}

fn tells_of_several(outside: &str) -> bool {
    is_surely_of_several(outside) || has_any(words::SEVERAL, outside)
}

/// Tells whether a text counts several problems: 学习方面3个问题, and not 记录不全等问题.
pub fn is_surely_of_several(text: &str) -> bool {
    has_any(words::SURELY_SEVERAL, text)
}

/// Returns the text without what stands in quotation marks.
fn outside_quotation(text: &str) -> String {
    let mut depth = 0_usize;
    let is_outside = |character: &char| {
        depth += usize::from(*character == '“');
        let is_outside = depth == 0;
        depth -= usize::from(*character == '”' && depth > 0);
        is_outside
    };
    text.chars().filter(is_outside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_of_headings() {
        for (heading, family) in [
            ("反馈问题一：关于甲", "反馈问题"),
            ("反馈问题（二）关于甲", "反馈问题"),
            ("问题1：甲", "问题"),
            ("整改任务三 甲", "整改任务"),
            ("第三项 甲", "第"),
            ("第一、甲", "第"),
            ("第2条：甲", "第"),
            ("第一部分 甲", "第"),
            ("第二部分：甲", "第"),
            ("第一部分群众", ""),
            ("第一议题制度落实不到位", ""),
            ("第一书记履职不力", ""),
            ("第三方机构监管缺失", ""),
            ("第一时间处置不够", ""),
            ("关于甲的问题", ""),
            ("问题整改情况", ""),
            ("", ""),
        ] {
            assert_eq!(family_of_heading(heading), family, "{heading}");
        }
    }

    #[test]
    fn headings_of_problems() {
        for line in [
            "关于“学习不深入”问题的整改情况",
            "关于“学习不深入”的问题",
            "关于学习不深入的问题。",
            "关于“学习不深入”问题的整改",
            "针对“学习不深入”问题。一是制定计划。",
            "聚焦“学习不深入”问题",
            "在学习方面存在问题",
            "反馈问题一：学习不深入。",
        ] {
            assert!(is_heading_of_problem(line), "{line}");
        }
        for line in [
            "关于“学习不深入”问题，已经整改。",
            "关于学习。存在问题",
            "针对“问题”制定计划",
            "关于加强学习的通知",
            "组织情况",
            "针对巡察反馈问题逐一整改",
            "问题整改情况",
        ] {
            assert!(!is_heading_of_problem(line), "{line}");
        }
    }

    #[test]
    fn sections_beside_the_problems() {
        let frames = "组织整改情况 整改组织情况 总体进展 整改总体进展 整改工作总体情况 集中整改总体情况 整体情况 组织领导 加强组织领导 \
             组织推进情况 组织实施情况 工作开展情况 整改工作推进情况 提高政治站位 提高思想认识 市委履行整改主体责任情况 压实整改责任 \
             主要做法 主要措施 工作举措 取得成效 整改成效 阶段性成果 反馈意见整改总体情况 反馈问题整改情况 后续安排 后续工作 后续整改工作安排 \
             下一步 下一步工作打算 下一步工作安排 下步工作 下一阶段工作计划 下阶段安排 今后努力方向 长效机制 建章立制情况 \
             巩固拓展整改成果 持续整改 信访件办理情况 移交线索处置情况 联系方式 监督方式 意见反馈 反馈渠道";
        for title in split(frames) {
            for heading in [
                title.to_owned(),
                format!("一、{title}"),
                format!("（三）{title}"),
                format!("第三部分　{title}"),
            ] {
                assert!(is_frame(&heading), "{heading}");
            }
        }
        let others = "关于“组织领导不力”问题 关于组织领导不力的问题 组织领导不力 下一步措施不够具体 长效机制不健全 成果运用不充分 \
             整改主体责任落实不到位 存在问题 制度不健全 整改任务一 组织建设问题 组织生活";
        for title in split(others) {
            assert!(!is_frame(title) && !is_frame(&format!("一、{title}")), "{title}");
        }
    }

    #[test]
    fn names_of_shortcomings() {
        let shortcomings = "维护不到位 “双师型”教师比例偏低。 合格率低的问题 “红包”屡禁不绝 “学习不深入” 违规收费 未按规定招标 检查不够深入细致";
        for title in split(shortcomings) {
            assert!(names_shortcoming(title), "{title}");
        }
        let others =
            "解决落实不到位 解决群众诉求 整治作风漂浮 思想不松 原因不查清不放过 提高政治站位 问题 。";
        for title in split(others) {
            assert!(!names_shortcoming(title), "{title}");
        }
    }

    #[test]
    fn wrongs_that_are_no_problem_of_this_notice() {
        let done = "违规发放的补贴已全部追回 未按规定缴纳的税款已全部补缴 拖欠工资均已付清 检查不够的已补查";
        let rules = "违规经营将依法处罚 未经许可不得施工 违反规定的予以通报 擅自占道一律清理";
        let matters = "违规举报电话 违规举报邮箱 违规收费案 违法建设案 违法线索举报 违规行为处理 违规行为举报奖励 违规举报受理";
        let measures = "违规收费清退 违法用地整治 未按时办结件清零 拖欠账款清偿 违规补贴收缴 违法广告下架 \
             未经许可经营摊点取缔 未按期整改单位约谈 欠缴税款入库 擅自离岗人员处分 违法用地复垦";
        let praise =
            "企业负担较低 群众满意度过高 停车场容量较大 投诉率低 安全事故较少 服务覆盖面较大 事故发生率较低";
        let told = [done, rules, matters, measures, praise].map(split).into_iter().flatten();
        assert_eq!(told.filter(|title| names_shortcoming(title)).collect::<Vec<_>>(), [""; 0]);
        let problems = "违规将公款存入个人账户 未按规定将收入上缴 未及时整改 未按规定公布举报电话 擅自处置 未按规定清退 未及时将保证金退还 未落实隐患整改 违反“不得兼职”规定 合格率较低 \
             负担过高 差距较大 满意度低 培训较少";
        assert_eq!(split(problems).filter(|title| !names_shortcoming(title)).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn what_is_denied_is_no_frame() {
        let denied = "工作计划执行打折扣 基本情况不清楚 工作计划未细化 没有建立长效机制 组织领导有待加强 重安排部署轻落实";
        assert_eq!(split(denied).filter(|title| is_frame(title)).collect::<Vec<_>>(), [""; 0]);
        for title in split("不断巩固成果 尚未完成整改事项下一步安排 未来工作打算 持续整改不松劲")
        {
            assert!(is_frame(title), "{title}");
        }
    }

    #[test]
    fn what_is_undone_or_too_little_is_a_shortcoming() {
        let problems =
            "长效机制未建立 主要做法单一 组织领导未落实 后续安排未明确 整改成效未真正显现 形式单一";
        for title in split(problems) {
            assert!(names_shortcoming(title) && !is_frame(title), "{title}");
        }
        for title in
            split("未成年人保护 全年未发生事故 未来工作打算 尚未完成整改事项 对未建立台账的单位逐一督办")
        {
            assert!(!names_shortcoming(title), "{title}");
        }
    }

    #[test]
    fn parts_of_the_whole() {
        for line in ["第一部分 甲", "第二部分：甲", "第三部分", "第一章\u{3000}甲", "第2部分、甲"]
        {
            assert!(is_part_of_whole(line), "{line}");
        }
        for line in ["第一部分群众", "第一项 甲", "一、甲", "第部分", "第一", "部分 甲"]
        {
            assert!(!is_part_of_whole(line), "{line}");
        }
    }

    #[test]
    fn numbers_among_problems() {
        for line in
            ["问题1：甲", "问题一", "反馈问题（二）甲", "整改任务三 甲", "具体问题4、甲", "事项十二：甲"]
        {
            assert!(family_of_problem(line).is_some(), "{line}");
        }
        for line in
            ["问题12个，已改", "问题一直存在", "整改措施一：甲", "任务：甲", "第一项", "反馈问题12个", ""]
        {
            assert_eq!(family_of_problem(line), None, "{line}");
        }
    }
}
