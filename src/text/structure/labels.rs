//! Labels that run into their paragraphs (整改情况：): text → what the words behind them tell.

use std::borrow::Cow;

use super::words::{self, split};
use crate::text::numeral;
use crate::text::width::{is_digit, is_han};

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

impl Label {
    /// Returns the word of the label with which `text` begins, without its number: 存在问题 of 存在问题1：….
    pub fn word(self, text: &str) -> &str {
        without_number(text.get(..self.length).unwrap_or_default().trim_matches(['【', '】', '：', ':']))
    }
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
    (is_short && !split(words::ANNOUNCING).any(|end| word.ends_with(end))).then_some(length)
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

/// Returns a text without the spaces that spread its labels of contacts (电　话：…　邮　箱：…), and with plain ones elsewhere.
pub fn with_whole_labels(text: &str) -> Cow<'_, str> {
    if !text.contains(is_gap) {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    for piece in text.split_inclusive(['：', ':']) {
        let front = piece.trim_end_matches(['：', ':']);
        let (start, label) = spread_label(front).unwrap_or((front.len(), ""));
        let kept = front.get(..start).unwrap_or_default();
        whole.extend(kept.chars().map(|c| if is_gap(c) { ' ' } else { c }));
        whole.push_str(label);
        whole.push_str(piece.get(front.len()..).unwrap_or_default());
    }
    Cow::Owned(whole)
}

/// Returns the longest label of contacts with which a text ends, spaces aside, and where it begins there.
fn spread_label(text: &str) -> Option<(usize, &'static str)> {
    let begins_at = |label: &str| {
        let mut before = text.char_indices().rev().filter(|(_, c)| !is_gap(*c));
        let mut start = None;
        for wanted in label.chars().rev() {
            start = before.next().filter(|(_, c)| *c == wanted).map(|(at, _)| at);
            start?;
        }
        start
    };
    let labels = split(words::CONTACTS).chain(split(words::CONTACT_LABELS));
    labels.filter_map(|label| Some((begins_at(label)?, label))).min_by_key(|(start, _)| *start)
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\t')
}

/// Returns what a word tells as a label, without its colon: 整改情况, 主要做法; `None` for one that is too long for a label.
pub fn meaning_of(word: &str) -> Option<Meaning> {
    if word.chars().nth(LONGEST_LABEL).is_some() {
        return None;
    }
    let listed = |lists: &[(&str, Meaning)]| {
        lists.iter().find(|(list, _)| split(list).any(|one| one == word)).map(|l| l.1)
    };
    if let Some(meaning) = listed(&words::WHOLE_LABELS) {
        return Some(meaning);
    }
    let unnumbered = without_number(word);
    if unnumbered.len() < word.len() {
        let is_numbered = split(words::NUMBERED).any(|end| unnumbered.ends_with(end));
        let is_bare = split(words::NUMBERED).any(|word| word == unnumbered);
        let meaning = meaning_of(unnumbered).or_else(|| is_bare.then_some(Meaning::Fact));
        return meaning.filter(|_| is_numbered);
    }
    let (_, meaning) = words::LAST_WORDS.iter().filter(|_| !word.starts_with('的')).find(|(list, _)| {
        split(list).any(|last| {
            word.strip_suffix(last).is_some_and(|first| !first.is_empty() && is_put_together(first))
        })
    })?;
    Some(if split(words::COMING).any(|coming| word.starts_with(coming)) { Meaning::Plan } else { *meaning })
}

/// Takes away the number at the end of a word: 问题一, 问题（2）.
fn without_number(word: &str) -> &str {
    let is_number = |c: char| numeral::is_part(c) || is_digit(c) || matches!(c, '（' | '）' | '(' | ')');
    word.trim_end_matches(is_number)
}

fn is_put_together(text: &str) -> bool {
    let mut all = split(words::FIRST_WORDS).chain(words::LAST_WORDS.iter().flat_map(|(list, _)| split(list)));
    text.is_empty() || all.any(|word| text.strip_prefix(word).is_some_and(is_put_together))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            for word in split(list) {
                let meaning = if word == "下一步措施" { Meaning::Plan } else { meaning };
                if word != "督导检查情况" {
                    check_label(word, meaning);
                }
            }
        }
    }

    #[test]
    fn spread_labels_are_gathered() {
        for (text, expected) in [
            ("电　话：0580-1", "电话：0580-1"),
            ("电 话 ：0580-1", "电话：0580-1"),
            ("邮政 编 码：1", "邮政编码：1"),
            ("电　话：0580-1　　邮　箱：a　地　址：乙 丙", "电话：0580-1  邮箱：a 地址：乙 丙"),
            ("地　址：乙县 丙路：1", "地址：乙县 丙路：1"),
            ("甲局 电话：1", "甲局 电话：1"),
            ("没有空格：1", "没有空格：1"),
            ("　：", " ："),
            ("", ""),
        ] {
            assert_eq!(with_whole_labels(text), expected, "{text}");
        }
    }

    #[test]
    fn long_titles_cost_nothing() {
        for title in ["整改".repeat(20_000) + "情况", "追责问责".repeat(40) + "丁情况"] {
            assert_eq!(meaning_of(&title), None);
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
}
