//! Counts in a text of what the notice is about: 反馈的12个问题, 14类.

use std::ops::Range;

use super::words::{self, split};
use crate::text::width::{self, is_digit};
use crate::text::{numeral, sentence, split_while};

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
    let (number_end, unit) = without_kind(before)
        .find_map(|before| Some((before.strip_suffix(words::PROBLEM_UNITS)?, before.len())))?;
    let start = number_end.trim_end_matches(|c| is_digit(c) || numeral::is_part(c)).len();
    let number = number(number_end.get(start..)?)?;
    is_whole_count(text, start).then_some((start..unit.max(start), number))
}

/// Returns what stands in front of 问题 without a kind of problem (具体), and as it is.
fn without_kind(before: &str) -> impl Iterator<Item = &str> {
    split(words::KINDS_OF_PROBLEM).filter_map(|kind| before.strip_suffix(kind)).chain([before])
}

/// Reads 12个 behind 反馈问题.
fn count_behind(text: &str, start: usize) -> Option<(Range<usize>, u64)> {
    let behind = text.get(start..)?;
    let counted = ["共计", "共", "总计"].iter().find_map(|word| behind.strip_prefix(word)).unwrap_or(behind);
    let (digits, rest) = split_while(counted, |c| is_digit(c) || numeral::is_part(c));
    let rest = rest.strip_prefix(words::PROBLEM_UNITS)?;
    let number = number(digits)?;
    let (from, to) = (text.len() - counted.len(), text.len() - rest.len());
    let before = text.get(..start)?.strip_suffix("问题")?;
    let ends_so = |before: &str| split(words::COUNTED_BEHIND).any(|end| before.ends_with(end));
    let is_of_inspection = without_kind(before).any(ends_so);
    (is_of_inspection && is_whole_count(text, from)).then_some((from..to, number))
}

fn number(text: &str) -> Option<u64> {
    let folded: String = text.chars().map(width::fold).collect();
    let number = folded.parse().ok().or_else(|| numeral::parse(text))?;
    (2..10_000).contains(&number).then_some(number)
}

/// Tells whether the sentence up to the number at `at` speaks of what the inspectors found, and of all of it.
fn is_whole_count(text: &str, at: usize) -> bool {
    let sentence = sentence::before(text, at, sentence::ends_sentence);
    let clause = sentence::before(text, at, sentence::ends_clause);
    let has = |words_of: &str, text: &str| split(words_of).any(|word| text.contains(word));
    let joins = clause.ends_with([
        '、', '和', '及', '之', '.', '—', '-', '～', '至', '%', '第', '每', '约', '近', '超', '前', '后',
    ]);
    // 检查组 is who found it, 检查 what the unit did itself.
    let without_finders =
        |text: &str| split(words::FINDERS).fold(text.to_owned(), |text, finder| text.replace(finder, ""));
    let is_found_by_inspectors = if has(words::FINDING, clause) {
        let says = sentence.trim_start().trim_start_matches('共');
        // Who found it stands in front, if anywhere.
        let is_alone = split(words::FINDING).any(|word| says.starts_with(word));
        let told = if is_alone { sentence::before(text, at, |_| false) } else { sentence };
        let by_inspectors = is_alone || has(words::INSPECTORS, sentence) || has(words::FINDERS, sentence);
        by_inspectors && !has(words::OTHER_FINDERS, &without_finders(told))
    } else {
        has(words::FINDERS, sentence)
    };
    is_found_by_inspectors && !has(words::OTHER_COUNTS, &without_finders(clause)) && !joins
}

/// Tells whether `text` prints `number` with a unit of parts (14类, 六个方面), whatever is counted.
pub fn counts_parts(text: &str, wanted: u64) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(|c| is_digit(c) || numeral::is_part(c)) {
        let (digits, behind) =
            split_while(rest.get(at..).unwrap_or_default(), |c| is_digit(c) || numeral::is_part(c));
        let value = digits.chars().map(width::fold).collect::<String>().parse().ok();
        let value = value.or_else(|| numeral::parse(digits));
        if value == Some(wanted) && split(words::PARTS_COUNTED).any(|unit| behind.starts_with(unit)) {
            return true;
        }
        rest = behind;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

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
        check_counts("专项检查发现问题9处。", &[("9处", 9)]);
        for (text, count) in [
            ("发现7个问题，均已整改。", "7个"),
            ("共发现问题7个。", "7个"),
            ("3月，县委对我局开展巡察，发现问题7个。", "7个"),
            ("县审计局对我局开展审计，提出了7个问题。", "7个"),
            ("市生态环境保护督察办提出问题7个。", "7个"),
            ("督查通报反映7个问题。", "7个"),
            ("县审计局反映突出问题7个。", "7个"),
            ("指出7个具体问题。", "7个"),
            ("查出具体问题7个。", "7个"),
            ("县委第三轮巡察发现各类问题7个。", "7个"),
            ("督查发现问题7个。", "7个"),
            ("中共甲县委员会巡察聚焦群众身边的事，发现7个问题。", "7个"),
            ("认真整改巡察发现的7个问题。", "7个"),
        ] {
            check_counts(text, &[(count, 7)]);
        }
    }

    #[test]
    fn counts_of_other_problems_are_none() {
        for text in [
            "自查发现12个问题。",
            "我局开展自查，发现12个问题。",
            "我局开展自查。共发现12个问题。",
            "巡察反馈后，我局举一反三，发现12个问题。",
            "县委巡察期间，群众反映12个问题。",
            "群众来信反映问题12个。",
            "会上提出12个问题。",
            "我局暗访发现12个问题。",
            "审计整改中，走访企业发现12个问题。",
            "开展督察6次，发现问题12个。",
            "开展督导，发现12个问题。",
            "县委巡察整改专班发现12个问题。",
            "开展内部审计，发现问题12个。",
            "组织督查10余次，提出问题12个。",
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
}
