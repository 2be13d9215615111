//! The grammar of structure: the words by which offices part their texts, as lists that can be read and extended.
//!
//! Start with [`label`]. The styles of numbering stand in [`super::numbering`]; here is what is told by words: labels that run
//! into their paragraphs (整改情况：), points inside a paragraph (一是…二是…), headings of problems (关于“…”问题), families of
//! headings that have a number and no numeral in front (反馈问题一), and where the measures end: outlook, contacts, annexes,
//! signature. Every list is of words parted by spaces. To teach the program another word, add it to its list and a line to
//! the table at the foot of this file.

use std::ops::Range;

use super::numbering::{self, Style};
use super::sentence;
use super::width::{is_digit, is_han};
use super::{numeral, split_while};

/// Words that a label begins with; several may follow each other (预计 完成), and the last is one of [`LAST_WORDS`].
const FIRST_WORDS: &str = "\
    整改 完成 落实 责任 牵头 配合 协办 协助 协同 主办 承办 督办 督导 包保 包抓 分管 主管 联系 验收 销号 核查 核实 调查 \
    反馈 存在 具体 主要 突出 预计 计划 办理 处理 处置 问责 追责 追责问责 推进 取得 阶段 阶段性 长期 当前 目前 总体 第一 直接 \
    工作 任务 问题 原因 成因 产生 后续 下一步 下步 建章立制 举一反三 公示 公开 巡察 巡视 审计 督察 的 主体 移交 线索 信访 采取 已采取 \
    拟采取 已完成 未完成 基本 相关 有关 发现 实际 经验";

/// Words that a label ends in, behind one of [`FIRST_WORDS`] or of these; what the text behind it tells.
const LAST_WORDS: [(&str, Meaning); 6] = [
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
const WHOLE_LABELS: [(&str, Meaning); 5] = [
    ("问题", Meaning::Problem),
    ("下一步 下一步工作 下步工作", Meaning::Plan),
    ("建章立制 举一反三 追责问责 长效机制", Meaning::Account),
    ("负责人", Meaning::Fact),
    ("附件 附", Meaning::Annex),
];

/// Words with which a label speaks of what is still to come, whatever it ends in.
const COMING: &str = "下一步 下步 后续";

/// Words behind which a number may stand: 反馈问题一：, 整改任务1：, 附件2：.
const NUMBERED: &str = "问题 任务 事项 附件";

/// Ends of words in front of a colon that are no labels, even beside labels: they announce (整改情况如下：) or report speech
/// (会议要求：).
const ANNOUNCING: &str = "\
    如下 以下 要求 指出 强调 认为 提出 包括 表示 明确 发现 显示 反映 规定 决定 提到 写道 其中 例如 比如 同时 另外 此外 是 为 即 有 说";

/// The most characters that a label has in front of its colon.
const LONGEST_LABEL: usize = 14;

/// The most characters of a word that is a label only because labels stand beside it.
const LONGEST_NEIGHBOR: usize = 8;

/// What the text behind a label tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// What was found, and why it was so.
    Problem,
    /// What was done: 整改措施.
    Measures,
    /// What was done or reached, as it comes: 整改情况.
    Account,
    /// What was reached: 整改成效.
    Results,
    /// What is to come: 下一步打算.
    Plan,
    /// Who, until when, how far.
    Fact,
    /// What is published beside the text.
    Annex,
}

/// A label and the part of the text that it takes, its colon or brackets included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// What the text behind it tells.
    pub meaning: Meaning,
    /// Its bytes.
    pub length: usize,
}

/// Returns the label with which a paragraph begins, if its words alone say that it is one: 整改情况：, 问题1：, 【整改情况】.
pub fn label(text: &str) -> Option<Label> {
    let (word, length) = word_of_label(text)?;
    Some(Label { meaning: meaning_of(word)?, length })
}

/// Returns the bytes of what is a label if one stands beside it: a short word before a colon, or in brackets.
pub fn label_beside_labels(text: &str) -> Option<usize> {
    let (word, length) = word_of_label(text)?;
    let n_characters = word.chars().count();
    let is_short = (2..=LONGEST_NEIGHBOR).contains(&n_characters) && word.chars().all(is_han);
    (is_short && !words(ANNOUNCING).any(|end| word.ends_with(end))).then_some(length)
}

/// Splits off the word in front of the first colon, or in the brackets with which `text` begins; with the bytes that it takes.
fn word_of_label(text: &str) -> Option<(&str, usize)> {
    let (inside, close) = match text.strip_prefix('【') {
        Some(inside) => (inside, ['】', '】']),
        None => (text, ['：', ':']),
    };
    let (end, _) = inside.char_indices().take(LONGEST_LABEL + 1).find(|(_, c)| close.contains(c))?;
    let (word, rest) = inside.split_at(end);
    let rest = rest.strip_prefix(close)?;
    let is_in_brackets = close[0] == '】';
    let rest = if is_in_brackets { rest.strip_prefix(['：', ':']).unwrap_or(rest) } else { rest };
    Some((word, text.len() - rest.len()))
}

fn meaning_of(word: &str) -> Option<Meaning> {
    let listed = |lists: &[(&str, Meaning)]| {
        lists.iter().find(|(list, _)| words(list).any(|one| one == word)).map(|l| l.1)
    };
    if let Some(meaning) = listed(&WHOLE_LABELS) {
        return Some(meaning);
    }
    let unnumbered = without_number(word);
    if unnumbered.len() < word.len() {
        let is_numbered = words(NUMBERED).any(|end| unnumbered.ends_with(end));
        let is_bare = words(NUMBERED).any(|word| word == unnumbered);
        let meaning = meaning_of(unnumbered).or_else(|| is_bare.then_some(Meaning::Fact));
        return meaning.filter(|_| is_numbered);
    }
    let (_, meaning) = LAST_WORDS.iter().filter(|_| !word.starts_with('的')).find(|(list, _)| {
        words(list).any(|last| {
            word.strip_suffix(last).is_some_and(|first| !first.is_empty() && is_put_together(first))
        })
    })?;
    Some(if words(COMING).any(|coming| word.starts_with(coming)) { Meaning::Plan } else { *meaning })
}

/// Takes away the number at the end of a word: 问题一, 问题（2）.
fn without_number(word: &str) -> &str {
    let is_number = |c: char| numeral::is_part(c) || is_digit(c) || matches!(c, '（' | '）' | '(' | ')');
    word.trim_end_matches(is_number)
}

fn is_put_together(text: &str) -> bool {
    let mut all = words(FIRST_WORDS).chain(LAST_WORDS.iter().flat_map(|(list, _)| words(list)));
    text.is_empty() || all.any(|word| text.strip_prefix(word).is_some_and(is_put_together))
}

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(' ').filter(|word| !word.is_empty())
}

/// Words with which a paragraph begins that looks ahead.
const OUTLOOK: &str = "下一步 下步 下一阶段 今后";

/// Words with which a paragraph begins that tells how to reach the unit.
const CONTACTS: &str = "\
    联系方式 联系电话 监督电话 举报电话 咨询电话 通讯地址 通信地址 邮寄地址 联系地址 邮政编码 邮编 电子邮箱 邮政信箱 欢迎广大 \
    欢迎社会 欢迎各界 欢迎干部 欢迎群众 如有意见";

/// What the names of signers end in.
const SIGNERS: &str =
    "委员会 党组 党委 党工委 总支 支部 局 厅 办公室 中心 人民政府 集团 公司 学院 大学 医院 法院 检察院";

/// The most characters of the line of a signer.
const LONGEST_SIGNER: usize = 40;

/// A paragraph that no longer belongs to the measure above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// What is to be done later.
    Outlook,
    /// How to reach the unit.
    Contacts,
    /// What is published beside the text.
    Annexes,
    /// Who issued the text, or when.
    Signature,
}

/// Tells whether a paragraph closes the measures above it; `next` is the line behind its first.
pub fn closing(text: &str, next: &str) -> Option<Closing> {
    let text = text.trim_start();
    let begins = |list| words(list).any(|word| text.starts_with(word));
    let first = text.lines().next().unwrap_or_default();
    if begins(OUTLOOK) {
        Some(Closing::Outlook)
    } else if begins(CONTACTS) {
        Some(Closing::Contacts)
    } else if label(text).is_some_and(|label| label.meaning == Meaning::Annex) {
        Some(Closing::Annexes)
    } else if is_date(first) || (is_signer(first) && is_date(next)) {
        Some(Closing::Signature)
    } else {
        None
    }
}

fn is_signer(line: &str) -> bool {
    let name = line.trim();
    let is_short = name.chars().count() <= LONGEST_SIGNER;
    is_short && name.chars().all(|c| is_han(c) || c == ' ') && words(SIGNERS).any(|end| name.ends_with(end))
}

/// Tells whether a line is a date and nothing else: 2025年8月28日, 二〇二五年八月.
fn is_date(line: &str) -> bool {
    let line = line.trim();
    let (year, rest) = split_while(line, |c| is_digit(c) || numeral::is_part(c));
    let Some(rest) = rest.strip_prefix('年') else { return false };
    let (month, rest) = split_while(rest, |c| is_digit(c) || numeral::is_part(c));
    let (day, rest) =
        split_while(rest.strip_prefix('月').unwrap_or("。"), |c| is_digit(c) || numeral::is_part(c));
    let is_end = if day.is_empty() { rest.is_empty() } else { rest == "日" };
    year.chars().count() == 4 && !month.is_empty() && is_end
}

/// What changes inside a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// A point begins: 一是, or one with a numbering of this style (①, （1）); with its number.
    Point(Option<Style>, u64),
    /// A label speaks for what follows: 已整改：.
    Label(Meaning),
    /// What follows is to be done later: 下一步，.
    Outlook,
}

/// Returns where something changes inside a paragraph, with the bytes of its mark or word.
///
/// A point begins a clause, a label and an outlook begin a sentence; what stands in quotation marks or brackets is somebody's
/// words. Whether the numbers of points follow each other is the caller's to say.
pub fn turns(text: &str) -> Vec<(Range<usize>, Turn)> {
    let mut turns = Vec::new();
    let (mut depth, mut begins, mut last) = (0_usize, true, '\n');
    for (at, character) in text.char_indices() {
        if depth == 0
            && begins
            && let Some((length, turn)) = turn(text.get(at..).unwrap_or_default(), last, at == 0)
        {
            turns.push((at..at + length, turn));
        }
        match character {
            '“' | '‘' | '《' | '（' | '(' | '〔' | '【' => depth += 1,
            '”' | '’' | '》' | '）' | ')' | '〕' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        begins = sentence::ends_clause(character) || (begins && character.is_whitespace());
        last = if begins && character.is_whitespace() && character != '\n' { last } else { character };
    }
    turns
}

/// Reads what begins behind the mark `last`; a label at the very beginning is the paragraph's own.
fn turn(text: &str, last: char, is_first: bool) -> Option<(usize, Turn)> {
    if let Some((length, number)) = point_mark(text) {
        return Some((length, Turn::Point(None, number)));
    }
    let begins_sentence = sentence::ends_sentence(last);
    if begins_sentence && words(OUTLOOK).any(|word| text.starts_with(word)) {
        return Some((0, Turn::Outlook));
    }
    if begins_sentence && !is_first {
        let beside = || label_beside_labels(text).map(|length| Label { meaning: Meaning::Account, length });
        if let Some(label) = label(text).or_else(beside) {
            return Some((label.length, Turn::Label(label.meaning)));
        }
    }
    let numbering = numbering::parse(text)?;
    let is_inside = match numbering.style {
        Style::Circled | Style::ArabicInParentheses | Style::ChineseInParentheses => true,
        Style::Arabic => begins_sentence || matches!(last, '：' | ':'),
        Style::Chinese => false,
    };
    is_inside.then_some((numbering.length, Turn::Point(Some(numbering.style), numbering.number)))
}

/// Counts the points of a text: those of the style that comes first in it.
pub fn n_points(text: &str) -> usize {
    let points = turns(text).into_iter().filter_map(|(_, turn)| match turn {
        Turn::Point(style, _) => Some(style),
        Turn::Label(_) | Turn::Outlook => None,
    });
    let styles: Vec<_> = points.collect();
    styles.iter().filter(|style| Some(*style) == styles.first()).count()
}

fn point_mark(text: &str) -> Option<(usize, u64)> {
    let (number, rest) = split_while(text, |c| numeral::is_part(c) && c != '两');
    let rest = rest.strip_prefix('是')?;
    let number = numeral::parse(number).filter(|number| (1..100).contains(number))?;
    Some((text.len() - rest.len(), number))
}

/// Words of a sentence whose points are what was found: 巡察指出，一是….
const FOUND: &str = "指出 存在 反映出 暴露 表现 原因 主要问题";

/// Words of a sentence whose points are what was done, whatever else it mentions: 针对存在的问题，一是….
const DONE: &str = "针对 对照 围绕 整改 措施";

/// Tells whether the points behind these words are what was found, and not what was done about it.
pub fn leads_to_findings(sentence: &str) -> bool {
    let has = |list| words(list).any(|word| sentence.contains(word));
    has(FOUND) && !has(DONE)
}

/// Beginnings of headings that are parted by words and a number, without a numeral in front.
const NUMBERED_HEADINGS: &str = "\
    反馈问题 反馈意见 具体问题 整改问题 整改任务 整改事项 整改措施 重点任务 巡察问题 审计问题 督察问题 问题 任务 事项 第";

/// What may follow the number of a heading that begins with 第: 第三项, 第一、, and not 第一议题.
const BEHIND_ORDINAL: [char; 12] =
    ['、', '，', ',', '：', ':', ' ', '\u{3000}', '项', '条', '类', '个', '）'];

/// Returns the family of a heading without a known numeral: 反馈问题一：…, 问题1：…, 第三项 …; empty for one that has no
/// such number.
pub fn family_of_heading(heading: &str) -> &'static str {
    let heading = heading.trim_start();
    let families: &'static str = NUMBERED_HEADINGS;
    let is_number = |c: char| numeral::is_part(c) || is_digit(c);
    let behind =
        |family: &str| heading.strip_prefix(family).map(|rest| rest.trim_start_matches(['（', '(', ' ']));
    let mut all = families.split(' ').filter(|family| !family.is_empty());
    let is_counted = |family: &&str| {
        behind(family).is_some_and(|rest| {
            let (number, rest) = split_while(rest, is_number);
            !number.is_empty() && (*family != "第" || rest.starts_with(BEHIND_ORDINAL))
        })
    };
    all.find(is_counted).unwrap_or_default()
}

/// Pairs of words that a heading about a problem has: it begins with the first, and the second follows.
const PROBLEM_HEADINGS: [(&str, &str); 6] = [
    ("关于", "问题"),
    ("针对", "问题"),
    ("聚焦", "问题"),
    ("对", "问题的整改"),
    ("在", "方面存在问题"),
    ("在", "方面的问题"),
];

/// The most characters of the line of a heading about a problem, as far as `问题`.
const LONGEST_HEADING: usize = 80;

/// Tells whether a line, without its numeral, is the heading of one problem: 关于“…”问题的整改情况, 反馈问题一：….
///
/// A sentence that only mentions a problem is none (关于…问题，已经…).
pub fn is_heading_of_problem(line: &str) -> bool {
    if line.starts_with("反馈问题") && !family_of_heading(line).is_empty() {
        return true;
    }
    PROBLEM_HEADINGS.iter().any(|(begin, end)| {
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

/// Words in headings of sections that tell how the work was organized, or what is to come, and of no problem.
const FRAME: &str = "\
    组织情况 组织领导 组织整改 组织落实 组织开展 总体情况 基本情况 整体情况 主要做法 工作开展情况 提高站位 提高政治站位 下一步 下步 \
    今后 长效机制 巩固成果 成果运用 工作打算 工作安排 工作计划 联系方式 意见反馈";

/// Words in the heading of a problem.
const OF_PROBLEM: &str = "关于 问题 针对 反馈 聚焦";

/// Tells whether a heading tells how the work was organized, or what is to come, and of no problem.
pub fn is_frame(heading: &str) -> bool {
    !speaks_of_problem(heading) && words(FRAME).any(|word| heading.contains(word))
}

/// Tells whether a heading has a word that headings of problems have.
pub fn speaks_of_problem(heading: &str) -> bool {
    words(OF_PROBLEM).any(|word| heading.contains(word))
}

/// Words in the heading of an item that tells of more than one problem.
const SEVERAL: &str = "方面 等问题 等突出问题 几个 类问题 个问题 项问题 若干 系列";

/// Tells whether a heading is that of one problem, by its words.
pub fn is_of_one_problem(heading: &str) -> bool {
    let mut depth = 0_usize;
    let outside: String = heading
        .chars()
        .filter(|character| {
            depth += usize::from(*character == '“');
            let is_outside = depth == 0;
            depth -= usize::from(*character == '”' && depth > 0);
            is_outside
        })
        .collect();
    outside.contains("问题") && !words(SEVERAL).any(|word| outside.contains(word))
}

/// Units in which problems are counted.
const PROBLEM_UNITS: [char; 4] = ['个', '项', '条', '处'];

/// Words that may stand between the unit and 问题: 12个具体问题.
const KINDS_OF_PROBLEM: &str = "具体 反馈 突出 主要 整改 巡察 巡视 审计 督察 方面 方面的 具体反馈";

/// Words of a sentence that counts what inspectors found.
const FINDERS: &str = "\
    反馈 指出 交办 查出 巡察组 巡视组 督察组 审计组 检查组 审计报告 审计决定 巡察发现 巡视发现 督察发现 督查发现 审计发现 检查发现";

/// What stands in front of a count that follows 问题: 反馈问题12个.
const COUNTED_BEHIND: &str = "反馈 反馈的 交办 交办的 查出 查出的 指出 指出的 发现 发现的 反映 反映的";

/// Words in front of a count of some of the problems, or of others.
const OTHER_COUNTS: &str = "\
    已 完成 未 正在 其中 信访 线索 移交 立行立改 新 自查 自行 排查 检查 剩余 尚 部分 上轮 上一轮 上次 以往 历史 遗留 分解 细化 梳理 \
    涉及 包括 集中整改期 近期 长期 另 还有 共性 个性 前期 此前";

/// Returns the places where `text` counts all problems that the inspectors found (反馈的12个问题), each with the number.
///
/// Counts of some of them, and of others than those of this inspection, are left out; in doubt a count is left out.
pub fn counts_of_problems(text: &str) -> Vec<(Range<usize>, u64)> {
    let places = text.match_indices("问题");
    places
        .filter_map(|(at, word)| count_before(text, at).or_else(|| count_behind(text, at + word.len())))
        .collect()
}

/// Reads 反馈的12个具体 in front of 问题.
fn count_before(text: &str, end: usize) -> Option<(Range<usize>, u64)> {
    let before = text.get(..end)?;
    let kinds = words(KINDS_OF_PROBLEM).filter_map(|kind| before.strip_suffix(kind));
    let (number_end, unit) =
        kinds.chain([before]).find_map(|before| Some((before.strip_suffix(PROBLEM_UNITS)?, before.len())))?;
    let start = number_end.trim_end_matches(|c| is_digit(c) || numeral::is_part(c)).len();
    let number = number(number_end.get(start..)?)?;
    is_whole_count(text, start).then_some((start..unit.max(start), number))
}

/// Reads 12个 behind 反馈问题.
fn count_behind(text: &str, start: usize) -> Option<(Range<usize>, u64)> {
    let behind = text.get(start..)?;
    let counted = ["共计", "共", "总计"].iter().find_map(|word| behind.strip_prefix(word)).unwrap_or(behind);
    let (digits, rest) = split_while(counted, |c| is_digit(c) || numeral::is_part(c));
    let rest = rest.strip_prefix(PROBLEM_UNITS)?;
    let number = number(digits)?;
    let (from, to) = (text.len() - counted.len(), text.len() - rest.len());
    let before = text.get(..start)?.strip_suffix("问题")?;
    let is_of_inspection = words(COUNTED_BEHIND).any(|end| before.ends_with(end));
    (is_of_inspection && is_whole_count(text, from)).then_some((from..to, number))
}

fn number(text: &str) -> Option<u64> {
    let folded: String = text.chars().map(super::width::fold).collect();
    let number = folded.parse().ok().or_else(|| numeral::parse(text))?;
    (2..10_000).contains(&number).then_some(number)
}

/// Tells whether the sentence up to the number at `at` speaks of what the inspectors found, and of all of it.
fn is_whole_count(text: &str, at: usize) -> bool {
    let sentence = sentence::before(text, at, sentence::ends_sentence);
    let clause = sentence::before(text, at, sentence::ends_clause);
    let has = |words_of: &str, text: &str| words(words_of).any(|word| text.contains(word));
    let joins = clause.ends_with([
        '、', '和', '及', '之', '.', '—', '-', '～', '至', '%', '第', '每', '约', '近', '超', '前', '后',
    ]);
    // 检查组 is who found it, 检查 what the unit did itself.
    let of_others = words(FINDERS).fold(clause.to_owned(), |clause, finder| clause.replace(finder, ""));
    has(FINDERS, sentence) && !has(OTHER_COUNTS, &of_others) && !joins
}

/// Units of what a notice may be parted into.
const PARTS_COUNTED: &str = "个 项 条 类 大类 小类 方面 大方面 件";

/// Tells whether `text` prints `number` with a unit of parts (14类, 六个方面), whatever is counted.
pub fn counts_parts(text: &str, wanted: u64) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(|c| is_digit(c) || numeral::is_part(c)) {
        let (digits, behind) =
            split_while(rest.get(at..).unwrap_or_default(), |c| is_digit(c) || numeral::is_part(c));
        let value = digits.chars().map(super::width::fold).collect::<String>().parse().ok();
        let value = value.or_else(|| numeral::parse(digits));
        if value == Some(wanted) && words(PARTS_COUNTED).any(|unit| behind.starts_with(unit)) {
            return true;
        }
        rest = behind;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check_label(word: &str, meaning: Meaning) {
        for printed in
            [format!("{word}："), format!("{word}:"), format!("【{word}】"), format!("【{word}】：")]
        {
            let expected = Some(Label { meaning, length: printed.len() });
            assert_eq!(label(&format!("{printed}一是加强领导。")), expected, "{printed}");
            assert_eq!(label(&printed), expected, "{printed} alone");
        }
    }

    #[test]
    fn labels_are_families() {
        let families = [
            (
                Meaning::Problem,
                "问题 反馈问题 存在问题 存在的问题 具体问题 主要问题 存在的主要问题 问题描述 问题表现 具体表现 原因分析 \
                产生原因 成因分析 反馈意见 问题一 问题1 问题１２ 反馈问题二十一 具体问题（一） 存在问题3",
            ),
            (Meaning::Measures, "整改措施 具体措施 整改举措 主要措施 下一步措施"),
            (
                Meaning::Account,
                "整改情况 整改完成情况 整改进展情况 整改落实情况 完成情况 进展情况 验收情况 销号情况 落实情况 问责情况 \
                追责问责情况 办理情况 措施落实情况 完成情况概述 督导检查情况",
            ),
            (Meaning::Results, "整改结果 整改成效 整改进展 取得成效 工作成效 阶段性成果 整改效果"),
            (Meaning::Plan, "下一步打算 下一步工作 下一步计划 下步工作打算 下一步工作安排 后续计划"),
            (
                Meaning::Fact,
                "整改任务 目标任务 整改目标 整改时限 完成时限 完成时间 预计完成时间 责任单位 责任部门 责任领导 责任人 \
                第一责任人 牵头单位 牵头领导 配合单位 协办单位 督办单位 整改状态 整改类型 整改任务一 任务1 责任单位负责人",
            ),
            (Meaning::Annex, "附件 附件1 附件二"),
        ];
        for (meaning, list) in families {
            for word in words(list) {
                let meaning = if word == "下一步措施" { Meaning::Plan } else { meaning };
                if word != "督导检查情况" {
                    check_label(word, meaning);
                }
            }
        }
    }

    #[test]
    fn other_text_is_no_label() {
        for text in [
            "",
            "：",
            "整改情况",
            "整改情况如下：",
            "关于整改情况：",
            "会议要求：",
            "会议指出：",
            "责任人员：",
            "责任：",
            "问题一",
            "问题清单：",
            "反馈：",
            "整改：",
            "情况：",
            "的情况：",
            "【整改情况",
            "第一责任人说：",
            "2025年整改情况：",
            "整改情况、成效：",
        ] {
            assert_eq!(label(text), None, "{text}");
        }
    }

    #[test]
    fn short_words_are_labels_beside_labels() {
        for (text, length) in
            [("督导检查情况：已检查。", "督导检查情况："), ("备注：无", "备注："), ("【销号】已", "【销号】")]
        {
            assert_eq!(label_beside_labels(text), Some(length.len()), "{text}");
        }
        for text in [
            "会议要求：抓好落实。",
            "情况如下：",
            "他：",
            "2025年：",
            "甲、乙：",
            "其中：",
            "局党组第一时间召开会议：",
            "",
        ] {
            assert_eq!(label_beside_labels(text), None, "{text}");
        }
    }

    #[test]
    fn measures_are_closed() {
        for (text, next, expected) in [
            ("下一步，我局将继续努力。", "", Some(Closing::Outlook)),
            ("下一阶段，我局将继续努力。", "", Some(Closing::Outlook)),
            ("联系电话：0000-1234567", "", Some(Closing::Contacts)),
            ("欢迎广大干部群众监督。", "", Some(Closing::Contacts)),
            ("附件：1.清单", "", Some(Closing::Annexes)),
            ("中共甲县水务局党组", "2025年8月28日", Some(Closing::Signature)),
            ("甲县水务局\n二〇二五年八月", "二〇二五年八月", Some(Closing::Signature)),
            ("2025年8月28日", "", Some(Closing::Signature)),
            ("甲县水务局", "", None),
            ("已由甲县水务局", "2025年8月28日，召开会议。", None),
            ("2025年8月28日，召开会议。", "", None),
            ("已列入下一步工作。", "", None),
        ] {
            assert_eq!(closing(text, next), expected, "{text}");
        }
    }

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
        assert!(
            is_frame("一、组织整改情况") && is_frame("三、下一步工作打算") && is_frame("整改工作总体情况")
        );
        assert!(
            !is_frame("一、关于“组织领导不力”问题") && !is_frame("1.制度不健全") && !is_frame("组织建设问题")
        );
    }

    #[track_caller]
    fn check_counts(text: &str, expected: &[(&str, u64)]) {
        let counts = counts_of_problems(text);
        let shown: Vec<_> = counts.iter().map(|(range, n)| (text.get(range.clone()).unwrap(), *n)).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn counts_of_all_problems() {
        check_counts("针对反馈的12个问题逐一整改。", &[("12个", 12)]);
        check_counts("巡察组反馈了4个方面二十九项具体问题。", &[("二十九项", 29)]);
        check_counts("市委第一巡察组反馈问题12个，均已整改。", &[("12个", 12)]);
        check_counts("巡察反馈问题共34项。", &[("34项", 34)]);
        check_counts("审计查出4个问题，均已整改。", &[("4个", 4)]);
        check_counts("督察组交办问题12个。", &[("12个", 12)]);
        check_counts("审计报告反映的问题共12个。", &[("12个", 12)]);
        check_counts("检查组现场指出12处问题。", &[("12处", 12)]);
    }

    #[test]
    fn counts_of_other_problems_are_none() {
        for text in [
            "自查发现12个问题。",
            "我局查出并移交问题3个。",
            "已整改审计查出的4个问题。",
            "自查发现问题共12处。",
            "反馈的问题中，已完成11个问题的整改。",
            "巡察反馈后，移交12个问题线索。",
            "巡察组反馈意见，立行立改12个问题。",
            "共整改问题12个。",
            "巡察组反馈的10余个问题。",
            "巡察组反馈的5、6个问题。",
            "反馈的12个方面的意见。",
            "制度解决了12个问题。",
            "反馈第12个问题。",
        ] {
            check_counts(text, &[]);
        }
    }

    #[test]
    fn numbers_of_parts() {
        assert!(counts_parts("反馈4个方面14类40项问题", 14) && counts_parts("六个方面", 6));
        assert!(!counts_parts("反馈4个方面14类40项问题", 1) && !counts_parts("召开6次", 6));
    }

    proptest! {
        #[test]
        fn places_are_places_in_the_text(
            text: String,
            near in "[【]?(整改|情况|反馈|问题|附件|一是|二是|下一步)*[一1]{0,3}[个：:】]?[改“”（）。]{0,9}(问题)?(反馈)?[12]个问题.?",
        ) {
            for text in [text, near] {
                prop_assert!(label(&text).is_none_or(|label| text.is_char_boundary(label.length)));
                prop_assert!(label_beside_labels(&text).is_none_or(|end| text.is_char_boundary(end)));
                prop_assert!(turns(&text).into_iter().all(|(mark, _)| text.get(mark).is_some()));
                prop_assert!(counts_of_problems(&text).into_iter().all(|(range, _)| text.get(range).is_some()));
                let _ = (closing(&text, &text), is_heading_of_problem(&text), counts_parts(&text, 2), is_frame(&text));
            }
        }
    }
}
