//! What the words around a figure say about it: up to when it counts, and which way a comparison goes.

use std::ops::Range;

use super::draft::Draft;
use super::words::Words;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::notice::{Day, Direction, Figure};
use crate::text::{last_place_of, numeral, sentence, width};

/// Words that mean a day which the sentence does not name. A word stands before the shorter one that it ends with; the
/// characters with which they end are [`LAST_OF_RELATIVE_DAYS`].
const RELATIVE_DAYS: [&str; 12] = [
    "截至目前",
    "截止目前",
    "到目前为止",
    "今年以来",
    "本年度以来",
    "年初以来",
    "巡察以来",
    "整改以来",
    "今年来",
    "迄今",
    "至今",
    "目前",
];

/// The last characters of [`RELATIVE_DAYS`].
const LAST_OF_RELATIVE_DAYS: [char; 4] = ['前', '止', '来', '今'];

/// Words in front of a day up to which figures count.
const UP_TO: [&str; 3] = ["截至", "截止到", "截止"];

/// Words that say which way a comparison goes; the characters with which they end are [`LAST_OF_DIRECTIONS`].
pub(super) const DIRECTIONS: [(&str, Direction); 12] = [
    ("上升", Direction::Up),
    ("增长", Direction::Up),
    ("提升", Direction::Up),
    ("提高", Direction::Up),
    ("增加", Direction::Up),
    ("上涨", Direction::Up),
    ("下降", Direction::Down),
    ("减少", Direction::Down),
    ("降低", Direction::Down),
    ("缩短", Direction::Down),
    ("压减", Direction::Down),
    ("下浮", Direction::Down),
];

/// The last characters of [`DIRECTIONS`].
const LAST_OF_DIRECTIONS: [char; 11] = ['升', '长', '高', '加', '涨', '降', '少', '低', '短', '减', '浮'];

/// Words that compare with an earlier time. 比 and 较 alone also stand in 占比 and 较好.
const COMPARISONS: [&str; 12] =
    ["同比", "环比", "较上", "较去", "较前", "较同期", "比上", "比去", "比前", "相比", "与上年", "与去年"];

/// The day up to which a figure counts, as the text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TextDay {
    /// A day that the text names, perhaps without its year: `8月5日`, `2025年7月底`.
    Named(String),
    /// Words that mean a day: 截至目前.
    Relative(&'static str),
}

/// Finds the words in front of the figure at `range` that say up to when it counts.
///
/// They reach up to the next full stop, over semicolons: 截至目前，甲3件；乙5件。
pub(super) fn text_day(words: &Words, range: &Range<usize>) -> Option<TextDay> {
    let is_full_stop = |c| matches!(c, '。' | '！' | '？' | '!' | '?' | '\n');
    let before = sentence::before(&words.text, range.start, is_full_stop);
    let relative = before.rmatch_indices(LAST_OF_RELATIVE_DAYS).find_map(|(at, last)| {
        let head = before.get(..at + last.len())?;
        let word = RELATIVE_DAYS.iter().find(|word| head.ends_with(**word))?;
        // 甚至今年 is no 至今.
        let is_inside = head.strip_suffix(word)?.ends_with('甚');
        (!is_inside).then_some((head.len(), *word))
    });
    let named = UP_TO.iter().filter_map(|word| {
        let end = last_place_of(word, before)? + word.len();
        Some((end, named_day(before.get(end..)?)?))
    });
    let named = named.max_by_key(|(end, _)| *end);
    match (relative, named) {
        (Some((relative_end, word)), Some((named_end, _))) if relative_end > named_end => {
            Some(TextDay::Relative(word))
        }
        (_, Some((_, day))) => Some(TextDay::Named(day.to_owned())),
        (Some((_, word)), None) => Some(TextDay::Relative(word)),
        (None, None) => None,
    }
}

/// Returns the day with which `text` begins.
fn named_day(text: &str) -> Option<&str> {
    let belongs = |c: char| {
        width::fold(c).is_ascii_digit()
            || numeral::is_part(c)
            || matches!(c, '年' | '月' | '日' | '底' | '末' | '初')
    };
    let (day, _) = crate::text::split_while(text, belongs);
    (day.contains('月') && day.ends_with(['日', '底', '末', '初'])).then_some(day)
}

/// Turns the day of the text into one of the calendar; `notice` is the day that relative words mean, and its year that of
/// days without one.
pub(super) fn resolved(day: &TextDay, notice: &Day) -> Option<Day> {
    match day {
        TextDay::Relative(_) => Some(notice.clone()),
        TextDay::Named(named) if named.contains('年') => Day::parse(named),
        TextDay::Named(named) => Day::parse(&format!("{}年{named}", notice.date()?.year())),
    }
}

/// Returns which way a comparison goes: as the front matter says, else as the words directly in front of the figure do.
///
/// Pushes `direction-contradicts-text` where the two disagree.
pub(super) fn direction(
    draft: &Draft,
    figure: Option<&Figure>,
    diagnostics: &mut Diagnostics,
) -> Option<Direction> {
    let printed = figure.and_then(direction_in_text);
    let Some(given) = &draft.direction else { return printed.map(|(_, direction)| direction) };
    if let Some((word, direction)) = printed
        && direction != given.value
    {
        let (label, given_id) = (&draft.label.value, given.value.id());
        diagnostics.push(
            Diagnostic::error(
                "direction-contradicts-text",
                given.location.clone(),
                format!("`{label}` is said to go `{given_id}`, but the text says `{word}`"),
                format!("指标 `{label}` 写的是 `{given_id}`，而正文说的是 `{word}`"),
            )
            .help(
                format!("write `direction: {}`", direction.id()),
                format!("请写 `direction: {}`", direction.id()),
            ),
        );
    }
    Some(given.value)
}

/// Returns the word for a direction that stands last before the figure in its clause.
///
/// Between it and the figure may stand other figures (分别下降62.5%、71.4%) and nothing else, unless the clause compares
/// (同比, 较…). 提高到95% is no comparison: it says where something stands.
fn direction_in_text(figure: &Figure) -> Option<(&'static str, Direction)> {
    let before = sentence::before(&figure.sentence, figure.in_sentence.start, sentence::ends_clause);
    let (end, word, direction) = before.rmatch_indices(LAST_OF_DIRECTIONS).find_map(|(at, last)| {
        let head = before.get(..at + last.len())?;
        let (word, direction) = DIRECTIONS.iter().find(|(word, _)| head.ends_with(word))?;
        Some((head.len(), *word, *direction))
    })?;
    let between = before.get(end..)?;
    let is_comparison = COMPARISONS.iter().any(|word| before.contains(word));
    let is_between = |c: char| {
        width::fold(c).is_ascii_digit()
            || numeral::is_part(c)
            || "了约近超.%％、和及与个百分点成倍".contains(c)
    };
    let is_level = between.contains(['到', '至']) || between.starts_with('为');
    (!is_level && (is_comparison || between.chars().all(is_between))).then_some((word, direction))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Quantity;
    use crate::notice::Claim;

    fn figure(sentence: &str, printed: &str) -> Figure {
        let at = sentence.find(printed).unwrap();
        Figure {
            quantity: Quantity::parse(printed).unwrap(),
            range: 0..0,
            sentence: sentence.to_owned(),
            in_sentence: at..at + printed.len(),
            sentence_start: 0,
            claim: Claim::None,
        }
    }

    /// Checks the day of the last figure in brackets.
    #[track_caller]
    fn check_day(text: &str, expected: impl Into<Option<TextDay>>) {
        let (words, figures) = Words::marked(text);
        assert_eq!(text_day(&words, figures.last().unwrap()), expected.into(), "{text}");
    }

    #[track_caller]
    fn check_direction(sentence: &str, printed: &str, expected: Option<Direction>) {
        let found = direction_in_text(&figure(sentence, printed)).map(|(_, direction)| direction);
        assert_eq!(found, expected, "{printed} in {sentence}");
    }

    #[test]
    fn words_are_known_by_their_last_characters() {
        for (word, last) in RELATIVE_DAYS
            .map(|word| (word, LAST_OF_RELATIVE_DAYS.as_slice()))
            .into_iter()
            .chain(DIRECTIONS.map(|(word, _)| (word, LAST_OF_DIRECTIONS.as_slice())))
        {
            assert!(word.ends_with(last), "{word}");
        }
    }

    #[test]
    fn relative_days_stand_in_front_of_the_figure() {
        let relative = |word| Some(TextDay::Relative(word));
        check_day("截至目前共发推文[27篇]、视频[12个]。", relative("截至目前"));
        check_day("今年以来，案损数同比下降[53.7%]。", relative("今年以来"));
        check_day("共发推文[27篇]，截至目前已撤下。", None);
        check_day("目前已办结[10件]。", relative("目前"));
        check_day("今年以来立案[5件]，目前已办结[3件]。", relative("目前"));
        check_day("截至目前，立案[5件]；办结[3件]。", relative("截至目前"));
        check_day("截至目前，立案[5件]。办结[3件]。", None);
        check_day("移交的[10件]信访件。", None);
        check_day("甚至今年发生[4起]。", None);
    }

    #[test]
    fn named_days_stand_behind_their_word() {
        let named = |day: &str| Some(TextDay::Named(day.to_owned()));
        check_day("截至2025年7月31日，办结[10件]。", named("2025年7月31日"));
        check_day("截止到8月5日已办结[10件]。", named("8月5日"));
        check_day("截至2025年7月底，办结[10件]；立案[3件]。", named("2025年7月底"));
        check_day("截至2025年7月31日办结[5件]，目前又办结[3件]。", Some(TextDay::Relative("目前")));
        check_day("自2025年2月起排摸[10件]。", None);
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let notice = Day::parse("2025-08-28").unwrap();
        let resolved = |day: &str| resolved(&TextDay::Named(day.to_owned()), &notice).unwrap();
        assert_eq!(resolved("8月5日").iso().as_deref(), Some("2025-08-05"));
        assert_eq!(resolved("2024年12月31日").iso().as_deref(), Some("2024-12-31"));
        assert_eq!(resolved("7月底").printed(), "2025年7月底");
    }

    #[test]
    fn directions_belong_to_comparisons() {
        check_direction("平均用时同比下降33.6%，行政快办率同比上升17.5%。", "17.5%", Some(Direction::Up));
        check_direction("平均用时同比下降33.6%，行政快办率同比上升17.5%。", "33.6%", Some(Direction::Down));
        check_direction("受理数、案损数分别同比下降15.3%和53.7%。", "53.7%", Some(Direction::Down));
        check_direction("执法源头问题同比减少20%。", "20%", Some(Direction::Down));
        check_direction("投诉、退件分别下降62.5%、71.4%。", "71.4%", Some(Direction::Down));
        check_direction("办件时间缩短2.5个百分点。", "2.5个百分点", Some(Direction::Down));
        check_direction("满意率提高到98%。", "98%", None);
        check_direction("党员占比提升至85%。", "85%", None);
        check_direction("同比下降15.3个百分点至37.7%。", "37.7%", None);
        check_direction("较好落实增加的任务，招录民警20名。", "20名", None);
        check_direction("发现下降通道3处。", "3处", None);
        check_direction("追赃率达到37.7%。", "37.7%", None);
    }
}
