//! The things that a passage lists: `《甲》《乙》和《丙》` → three entries.
//!
//! Start with [`listed`]. It returns the entries themselves, so that a message can show what was counted. It divides where
//! a writer certainly begins a new entry, and prefers too few: 和 also joins within one thing (教育和管理) or is part of a
//! word (和平路, 及时). Whoever wants other entries writes 、 between all of them.

/// Pairs inside which nothing is divided.
const PAIRS: [(char, char); 12] = [
    ('（', '）'),
    ('(', ')'),
    ('〔', '〕'),
    ('［', '］'),
    ('[', ']'),
    ('【', '】'),
    ('《', '》'),
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('"', '"'),
];

/// The closing marks of titles and quotes. Where another of the same kind follows at once, an entry ends.
const TITLE_ENDS: [char; 4] = ['》', '”', '」', '』'];

/// Words that join the last two entries. A word stands before the shorter one that it ends with.
const JOINTS: [&str; 4] = ["以及", "和", "及", "与"];

/// Words of which a joint is a part. To teach the program a word, add it.
const WORDS: [&str; 40] = [
    "和平",
    "和谐",
    "和睦",
    "和解",
    "和美",
    "和气",
    "和善",
    "总和",
    "共和",
    "调和",
    "温和",
    "缓和",
    "饱和",
    "中和",
    "平和",
    "祥和",
    "柔和",
    "亲和",
    "人和",
    "及时",
    "及格",
    "及早",
    "普及",
    "涉及",
    "波及",
    "危及",
    "顾及",
    "触及",
    "提及",
    "惠及",
    "殃及",
    "累及",
    "来不及",
    "参与",
    "与会",
    "与否",
    "与时俱进",
    "赠与",
    "授与",
    "与其",
];

/// A place where an entry may end.
struct Mark {
    start: usize,
    end: usize,
    /// Always ends an entry; otherwise it may join words of one entry.
    is_certain: bool,
}

/// Returns the things that `passage` lists, in order.
///
/// Entries are divided by 、 ， ； `,` `;` and line breaks, and between adjoining titles or quotes (`》《`, `”“`). 和, 以及, 及
/// and 与 divide beside a title or quote, and elsewhere if they are the only one of them in the last entry. Nothing is
/// divided inside brackets, quotes and 《》, inside numbers (1,204) or inside a word that contains one of the four.
pub fn listed(passage: &str) -> Vec<&str> {
    let passage = passage.trim_end_matches(|character: char| is_separator(character) || character == '。');
    let mut marks = marks(passage);
    let last = marks.iter().rfind(|mark| mark.is_certain).map_or(0, |mark| mark.end);
    marks.retain(|mark| {
        let is_between = |before: &str, after: &str| !before.trim().is_empty() && !after.trim().is_empty();
        let sides = passage.get(last..mark.start).zip(passage.get(mark.end..));
        mark.is_certain || sides.is_some_and(|(before, after)| is_between(before, after))
    });
    let n_joints = marks.iter().filter(|mark| !mark.is_certain).count();
    marks.retain(|mark| mark.is_certain || n_joints == 1);

    let starts = std::iter::once(0).chain(marks.iter().map(|mark| mark.end));
    let ends = marks.iter().map(|mark| mark.start).chain(std::iter::once(passage.len()));
    let entries = starts.zip(ends).filter_map(|(start, end)| passage.get(start..end));
    entries.map(str::trim).filter(|entry| !entry.is_empty() && *entry != "等").collect()
}

fn is_separator(character: char) -> bool {
    matches!(character, '、' | '，' | ',' | '；' | ';' | '\n') || character.is_whitespace()
}

/// Finds the places outside of all pairs where an entry may end.
fn marks(passage: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut closing: Vec<char> = Vec::new();
    let mut previous = None;
    let mut joint_end = 0;
    for (at, character) in passage.char_indices() {
        let (_, rest) = passage.split_at(at);
        let next = at + character.len_utf8();
        if closing.last() == Some(&character) {
            closing.pop();
        } else if let Some(&(_, close)) = PAIRS.iter().find(|(open, _)| *open == character) {
            if closing.is_empty() && previous == Some(close) && TITLE_ENDS.contains(&close) {
                marks.push(Mark { start: at, end: at, is_certain: true });
            }
            closing.push(close);
        } else if closing.is_empty() && at >= joint_end {
            if is_dividing(character, previous, rest) {
                marks.push(Mark { start: at, end: next, is_certain: true });
            } else if let Some(end) = joint(passage, at, rest) {
                let is_behind_title = previous.is_some_and(|previous| TITLE_ENDS.contains(&previous));
                let is_before_title = passage.get(end..).is_some_and(begins_with_title);
                marks.push(Mark { start: at, end, is_certain: is_behind_title || is_before_title });
                joint_end = end;
            }
        }
        previous = Some(character);
    }
    marks
}

/// Tells whether `character`, with which `rest` begins, is a separator and no mark inside a number.
fn is_dividing(character: char, previous: Option<char>, rest: &str) -> bool {
    let is_digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
    let is_in_number = matches!(character, ',' | '，') && is_digit(previous) && is_digit(rest.chars().nth(1));
    is_separator(character) && (!character.is_whitespace() || character == '\n') && !is_in_number
}

fn begins_with_title(text: &str) -> bool {
    let first = text.chars().next();
    PAIRS.iter().any(|(open, close)| first == Some(*open) && TITLE_ENDS.contains(close))
}

/// Returns the end of the joint at `at`, if there is one that is no part of a word.
fn joint(passage: &str, at: usize, rest: &str) -> Option<usize> {
    let joint = JOINTS.iter().find(|joint| rest.starts_with(**joint))?;
    let is_inside = |word: &&str| {
        let start = word.find(joint).and_then(|offset| at.checked_sub(offset));
        start.and_then(|start| passage.get(start..)).is_some_and(|text| text.starts_with(word))
    };
    (!WORDS.iter().any(is_inside)).then_some(at + joint.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks the entries, shown with `|` between them.
    #[track_caller]
    fn check(passage: &str, expected: &str) {
        assert_eq!(listed(passage).join("|"), expected, "{passage}");
    }

    #[test]
    fn marks_divide() {
        check("甲、乙、丙", "甲|乙|丙");
        check("甲作业指南、乙作业指南、丙作业指南", "甲作业指南|乙作业指南|丙作业指南");
        check("甲，乙；丙,丁;戊\n己", "甲|乙|丙|丁|戊|己");
        check("甲、 乙、。", "甲|乙");
        check("罚款1,204元、清退3，000元", "罚款1,204元|清退3，000元");
        check("甲、乙等", "甲|乙等");
        check("甲、乙、等", "甲|乙");
        check("甲", "甲");
        check(" 、", "");
        check("", "");
    }

    #[test]
    fn adjoining_titles_and_quotes_divide() {
        check("《甲》《乙》和《丙》", "《甲》|《乙》|《丙》");
        check("《甲》《乙》等制度", "《甲》|《乙》等制度");
        check("“甲”“乙”「丙」「丁」", "“甲”|“乙”「丙」|「丁」");
        check("制定《甲》，修订《乙》《丙》", "制定《甲》|修订《乙》|《丙》");
        check("（一）（二）", "（一）（二）");
        check("“四风”问题、作风", "“四风”问题|作风");
    }

    #[test]
    fn nothing_divides_inside_pairs() {
        check("《甲、乙和丙办法》、丁（戊、己）", "《甲、乙和丙办法》|丁（戊、己）");
        check("《关于〈甲〉、“乙”的通知》", "《关于〈甲〉、“乙”的通知》");
        check("《甲（》、乙）》", "《甲（》、乙）》");
        check("\"甲、乙\"、丙", "\"甲、乙\"|丙");
    }

    #[test]
    fn the_last_two_may_be_joined_by_a_word() {
        check("甲、乙和丙", "甲|乙|丙");
        check("甲、乙以及丙", "甲|乙|丙");
        check("甲和乙", "甲|乙");
        check("甲及乙", "甲|乙");
        check("教育和管理、甲、乙", "教育和管理|甲|乙");
        check("甲、乙和丙与丁", "甲|乙和丙与丁");
        check("甲、以及乙", "甲|以及乙");
        check("甲、和《乙》", "甲|《乙》");
        check("《甲》和配套细则、乙", "《甲》|配套细则|乙");
        check("细则和《甲》以及“乙”", "细则|《甲》|“乙”");
    }

    #[test]
    fn words_are_not_divided() {
        check("甲、住和平路", "甲|住和平路");
        check("甲、及时整改", "甲|及时整改");
        check("甲、不及时整改", "甲|不及时整改");
        check("甲、社会参与《乙》", "甲|社会参与《乙》");
        check("甲、和谐社区和平价超市", "甲|和谐社区和平价超市");
        check("甲、与时俱进", "甲|与时俱进");
    }

    proptest! {
        #[test]
        fn entries_of_a_plain_list_are_found(entries in proptest::collection::vec("[甲乙丙a-z]{1,5}", 1..9)) {
            let passage = entries.join("、");
            prop_assert_eq!(listed(&passage), entries.clone());
            let (last, others) = entries.split_last().unwrap();
            if !others.is_empty() {
                let passage = format!("{}和{last}", others.join("、"));
                prop_assert_eq!(listed(&passage), entries.clone());
            }
        }

        #[test]
        fn any_passage_is_survived(text: String, near in "[甲和及以与、，《》“”（）平时1 ]{0,20}") {
            for text in [text, near] {
                prop_assert!(listed(&text).iter().all(|entry| !entry.is_empty()));
            }
        }
    }
}
