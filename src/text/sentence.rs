//! Sentences and clauses, and the lead sentence of a measure, as byte offsets into the text.
//!
//! Start with [`lead_end`]. It expects the text after its numbering and looks at no more than its beginning.

use std::ops::Range;

use super::width;

/// A lead sentence has at most this many characters, its full stop included.
const LONGEST_LEAD: usize = 60;

/// Tells whether a sentence ends with `character`, semicolons among it: official prose strings whole statements together
/// with them.
pub fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '；' | ';' | '!' | '?' | '\n')
}

/// Tells whether a clause ends with `character`.
pub fn ends_clause(character: char) -> bool {
    ends_sentence(character) || matches!(character, '，' | ',' | '：' | ':')
}

/// How far a sentence is followed to either side, in bytes; a longer one is cut.
const REACH: usize = 900;

/// Returns the bytes of the sentence (or clause, as `is_end` has it) around `range`, its closing mark included, the space
/// around it not.
///
/// A mark inside `range` or inside another number (1,204件) ends nothing. Of a very long sentence only the part nearby is
/// returned.
pub fn around(text: &str, range: Range<usize>, is_end: impl Fn(char) -> bool) -> Range<usize> {
    let start = range.start - before(text, range.start, &is_end).len();
    let last = text.ceil_char_boundary(range.end.saturating_add(REACH));
    let behind = text.get(range.end..last).unwrap_or_default();
    let mut marks =
        behind.char_indices().filter(|&(at, mark)| is_end(mark) && !is_in_number(text, range.end + at));
    let end = marks.next().map_or(last, |(at, _)| {
        let mark = behind.get(at..).filter(|mark| !mark.starts_with('\n'));
        range.end + at + length_of_first(mark)
    });
    let whole = text.get(start..end).unwrap_or_default();
    let start = end - whole.trim_start().len();
    start.min(range.start)..(start + whole.trim().len()).max(range.end)
}

/// Returns the part of the sentence (or clause, as `is_end` has it) in front of `at`.
pub fn before(text: &str, at: usize, is_end: impl Fn(char) -> bool) -> &str {
    let first = text.floor_char_boundary(at.saturating_sub(REACH));
    let before = text.get(first..at).unwrap_or_default();
    let mut marks = before.char_indices().rev().filter(|&(_, c)| is_end(c));
    let mark = marks.find(|&(at, _)| !is_in_number(text, first + at));
    before.get(mark.map_or(0, |(at, mark)| at + mark.len_utf8())..).unwrap_or_default()
}

/// Tells whether the mark at `at` is inside a number: 1,204.5万元, 9:00, 1：3. Then it does not end a sentence.
fn is_in_number(text: &str, at: usize) -> bool {
    let (before, behind) = text.split_at_checked(at).unwrap_or_default();
    let mut behind = behind.chars().map(width::fold);
    let mark = behind.next();
    let digits = behind.take(4).take_while(char::is_ascii_digit).count();
    let is_joined = match mark {
        Some(',') => digits == 3,
        Some(':') => digits > 0,
        _ => false,
    };
    is_joined && before.ends_with(width::is_digit)
}

fn length_of_first(text: Option<&str>) -> usize {
    text.and_then(|text| text.chars().next()).map_or(0, char::len_utf8)
}

/// Returns the offset just after the lead sentence of a measure: a short heading that runs into its paragraph.
///
/// It ends with the first `。` outside quotation marks and brackets, and more text follows it. A paragraph that is
/// one sentence has none, nor has one whose first sentence is longer than 60 characters.
pub fn lead_end(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (start, character) in text.char_indices().take(LONGEST_LEAD) {
        match character {
            '“' | '‘' | '《' | '〈' | '（' | '(' | '〔' | '【' => depth += 1,
            '”' | '’' | '》' | '〉' | '）' | ')' | '〕' | '】' => depth = depth.saturating_sub(1),
            '。' if depth == 0 => {
                let end = start + character.len_utf8();
                return text.get(end..).filter(|rest| !rest.trim().is_empty()).map(|_| end);
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check_around(text: &str, word: &str, is_end: fn(char) -> bool, expected: &str) {
        let at = text.find(word).unwrap();
        let range = around(text, at..at + word.len(), is_end);
        assert_eq!(text.get(range), Some(expected), "{word} in {text}");
    }

    #[test]
    fn sentences_around_a_word() {
        check_around("一。甲6人，乙。二", "6人", ends_sentence, "甲6人，乙。");
        check_around("一；甲6人；乙。", "6人", ends_sentence, "甲6人；");
        check_around("6人", "6人", ends_sentence, "6人");
        check_around("一\n 甲6人 \n二", "6人", ends_sentence, "甲6人");
        check_around("甲，乙1,204件，丙", "1,204件", ends_clause, "乙1,204件，");
        check_around("甲，乙34项、清退1,204.5万元，丙", "34项", ends_clause, "乙34项、清退1,204.5万元，");
        check_around("甲，乙1，204件、丙34项，丁", "34项", ends_clause, "乙1，204件、丙34项，");
        check_around("乙12，34项", "34项", ends_clause, "34项");
        check_around("上午9:00甲6人，丙", "6人", ends_clause, "上午9:00甲6人，");
        assert_eq!(before("甲，乙。 丙，丁", "甲，乙。 丙，".len(), ends_sentence), " 丙，");
    }

    /// Checks that `lead` is recognized in front of `rest`.
    #[track_caller]
    fn check_lead(lead: &str, rest: &str) {
        assert_eq!(lead_end(&format!("{lead}{rest}")), Some(lead.len()), "{lead}");
    }

    #[track_caller]
    fn check_no_lead(text: &str) {
        assert_eq!(lead_end(text), None, "{text}");
    }

    #[test]
    fn short_first_sentence_is_the_lead() {
        check_lead("强化政治理论学习。", "刚性落实“第一议题”制度。");
        check_lead("做好审批。", "已按新版要求进行审批");
        check_lead("针对“学习不深入”问题。", "一是制定计划。二是开展培训。");
        check_lead("　加强管理。", "完善制度。");
        check_lead(&format!("{}。", "改".repeat(59)), "完善制度。");
    }

    #[test]
    fn stops_inside_quotes_and_brackets_do_not_end_it() {
        check_lead("针对“学习不深入。不具体。”问题。", "制定计划。");
        check_lead("落实《办法。试行》要求。", "制定计划。");
        check_lead("完善制度（含细则。）建设。", "制定计划。");
        check_lead("完善制度(含“细则。”)建设。", "制定计划。");
        check_lead("做好”审批。", "制定计划。");
    }

    #[test]
    fn other_paragraphs_have_no_lead() {
        check_no_lead("");
        check_no_lead("。");
        check_no_lead("强化政治理论学习");
        check_no_lead("强化政治理论学习。");
        check_no_lead("强化政治理论学习。 \n");
        check_no_lead("强化政治理论学习，制定计划。　");
        check_no_lead("针对“学习不深入。制定计划。");
        check_no_lead(&format!("{}。完善制度。", "改".repeat(60)));
        check_no_lead("Improve. Then more.");
    }

    proptest! {
        #[test]
        fn sentences_hold_the_word_they_are_around(before: String, word: String, behind: String) {
            let text = format!("{before}{word}{behind}");
            let range = before.len()..before.len() + word.len();
            let found = around(&text, range.clone(), ends_sentence);
            prop_assert!(found.start <= range.start && range.end <= found.end && text.get(found).is_some());
        }

        #[test]
        fn offsets_are_places_in_the_text(text: String, near in "(整改情况|反馈问题)?[一1]?[：:]?[改“”（）]{0,9}。.?") {
            for text in [text, near] {
                prop_assert!(lead_end(&text).is_none_or(|end| text.is_char_boundary(end)));
            }
        }
    }
}
