//! What the words around a figure say about it: up to when it counts, and which way a comparison goes.

use std::ops::Range;

use super::draft::MetricDraft;
use super::words::Words;
use crate::diagnostic::{Certainty, Diagnostic, Diagnostics};
use crate::notice::{Day, Direction, Figure};
use crate::text::{last_place_of, numeral, sentence, split_while, width};

/// Words that mean a day which the sentence does not name. A word stands before the shorter one that it ends with; the
/// characters with which they end are [`LAST_OF_RELATIVE_DAYS`].
const RELATIVE_DAYS: [&str; 18] = [
    "截至目前",
    "截止目前",
    "到目前为止",
    "今年以来",
    "本年度以来",
    "年初以来",
    "巡察以来",
    "巡视以来",
    "审计以来",
    "督察以来",
    "督查以来",
    "检查以来",
    "反馈以来",
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

/// Years that are reckoned from the day of the notice.
const RECKONED_YEARS: [&str; 4] = ["去年", "上年", "今年", "本年"];

/// Other periods that are reckoned so; only their ends are days.
const RECKONED: [&str; 5] = ["上个月", "上月", "本月", "上季度", "本季度"];

/// Words that say which way a comparison goes; the characters with which they end are [`LAST_OF_DIRECTIONS`].
pub(crate) const DIRECTIONS: [(&str, Direction); 12] = [
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
    /// A day, or the end of a period, that the text names, perhaps without its year: `8月5日`, `2025年7月底`, `2024年底`.
    Named(String),
    /// The end of a period that is reckoned from the day of the notice: `去年底`, `上月底`.
    Reckoned(String),
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
        // 甚至今年 and 截至今年底 only look like 至今.
        let is_inside = head.strip_suffix(word)?.ends_with('甚')
            || *word == "至今" && before.get(head.len()..).is_some_and(|rest| rest.starts_with('年'));
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
        (_, Some((_, day))) => Some(day),
        (Some((_, word)), None) => Some(TextDay::Relative(word)),
        (None, None) => None,
    }
}

/// Returns the day, or the end of a month, quarter or year, with which `text` begins.
fn named_day(text: &str) -> Option<TextDay> {
    let text = text.trim_start();
    let (is_reckoned, rest) = match strip_any(text, &RECKONED) {
        Some(rest) => (true, end(rest)?),
        None => match strip_any(text, &RECKONED_YEARS) {
            Some(rest) => (true, within_year(rest)?),
            None => match year(text) {
                Some(rest) => (false, within_year(rest).unwrap_or(rest)),
                None => (false, month(text).or_else(|| part_of_year(text))?),
            },
        },
    };
    let words = text.get(..text.len() - rest.len())?.to_owned();
    Some(if is_reckoned { TextDay::Reckoned(words) } else { TextDay::Named(words) })
}

/// Takes what says which part of a year is meant: 7月31日, 二季度末, 底.
fn within_year(text: &str) -> Option<&str> {
    let text = text.trim_start();
    month(text).or_else(|| part_of_year(text)).or_else(|| end(text.strip_prefix('年').unwrap_or(text)))
}

fn year(text: &str) -> Option<&str> {
    number(text)?.trim_start().strip_prefix('年')
}

/// Takes 7月31日, 7月底, 7月上旬 or 7月.
fn month(text: &str) -> Option<&str> {
    let rest = number(text)?.trim_start().strip_prefix('月')?;
    let day = number(rest.trim_start()).and_then(|rest| rest.trim_start().strip_prefix(['日', '号']));
    day.or_else(|| strip_any(rest, &["底", "末", "初", "上旬", "中旬", "下旬"])).or(Some(rest))
}

/// Takes 二季度末 or 上半年.
fn part_of_year(text: &str) -> Option<&str> {
    let quarter = || number(text.strip_prefix(['第', '前']).unwrap_or(text))?.strip_prefix("季度");
    let rest = strip_any(text, &["上半年", "下半年"]).or_else(quarter)?;
    end(rest).or(Some(rest))
}

fn end(text: &str) -> Option<&str> {
    text.strip_prefix(['底', '末'])
}

/// Takes the Arabic digits or the Chinese numeral with which `text` begins.
fn number(text: &str) -> Option<&str> {
    let is_part = |c: char| width::fold(c).is_ascii_digit() || numeral::is_part(c);
    let (number, rest) = split_while(text, is_part);
    (!number.is_empty()).then_some(rest)
}

fn strip_any<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// Turns the day of the text into one of the calendar, or into words with their year (2025年7月底).
///
/// `notice` is the day that relative words mean, and from which 去年 and 上月 are reckoned. A day without a year is of the
/// year before if that is nearer to the notice: 截至12月31日, in January. Otherwise a day after the notice is a mistake.
pub(super) fn resolved(day: &TextDay, notice: &Day) -> Option<Day> {
    // Of a notice that is known to the month alone, no day of that month is after it.
    let date = || notice.span_in_month().map(|(_, last)| last);
    match day {
        TextDay::Relative(_) => Some(notice.clone()),
        TextDay::Named(named) if year(named).is_some() => Day::parse(&named.replace('号', "日")),
        TextDay::Named(named) => {
            let this_year = date()?.year();
            let in_year = |year| Day::parse(&format!("{year}年{}", named.replace('号', "日")));
            let day = in_year(this_year)?;
            let year_before = in_year(this_year.checked_sub(1)?);
            let days_to = |day: jiff::civil::Date| Some(date()?.until(day).ok()?.get_days());
            let after = day.span().and_then(|(first, _)| days_to(first));
            let before = year_before.as_ref().and_then(Day::span).and_then(|(_, last)| days_to(last));
            let is_nearer = after.zip(before).is_some_and(|(after, before)| after > before.saturating_abs());
            if is_nearer { year_before } else { Some(day) }
        }
        TextDay::Reckoned(words) => {
            let (year, month) = (date()?.year(), date()?.month());
            let goes_back = words.starts_with(['去', '上']);
            // In front of the first month or quarter comes the last one of the year before.
            let reckoned = |n: i8, most: i8| match n - i8::from(goes_back) {
                0 => (year - 1, most),
                n => (year, n),
            };
            let printed = match strip_any(words, &RECKONED_YEARS) {
                Some(rest) => {
                    format!("{}年{}", year - i16::from(goes_back), rest.trim_start().replace('号', "日"))
                }
                None if words.contains("季度") => {
                    let (year, quarter) = reckoned((month + 2) / 3, 4);
                    format!("{year}年{}季度末", numeral::print(quarter.unsigned_abs().into()))
                }
                None => {
                    let (year, month) = reckoned(month, 12);
                    format!("{year}年{month}月底")
                }
            };
            Day::parse(&printed)
        }
    }
}

/// Tells whether `given` is the day that the text names as `printed`: 2025-06-30 is both 2025年6月底 and 2025年二季度末.
pub(super) fn agree(printed: &Day, given: &Day) -> bool {
    let is_same = (printed.iso(), printed.printed()) == (given.iso(), given.printed());
    let end = printed.span().filter(|_| printed.printed().ends_with(['底', '末'])).map(|(_, last)| last);
    is_same || printed.date().is_none() && given.date().is_some() && given.date() == end
}

/// Returns which way a comparison goes: as the front matter says, else as the words directly in front of the figure do.
///
/// Pushes `direction-contradicts-text` where the two disagree.
pub(super) fn direction(
    draft: &MetricDraft,
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
            )
            .replace(given_id, direction.id(), Certainty::Probable),
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
        check_day("巡视以来，办结[10件]。", relative("巡视以来"));
        check_day("审计以来，收回[10万元]。", relative("审计以来"));
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
        for day in [
            "2024年底",
            "2024年年末",
            "6月30日",
            "2025年二季度末",
            "2025年6月",
            "2025年上半年",
            "第三季度末",
            "8月上旬",
            "2025 年 6 月 30 日",
            "二〇二四年底",
            "2024年",
        ] {
            check_day(&format!("截至{day}，办结[10件]。"), named(day));
        }
        check_day("截至6月30日24时，办结[10件]。", named("6月30日"));
        check_day("截至本轮巡察结束，办结[10件]。", None);
        check_day("截至年底，办结[10件]。", None);
    }

    #[test]
    fn some_days_are_reckoned_from_the_notice() {
        for day in [
            "去年底",
            "去年年底",
            "上年末",
            "上月底",
            "上个月末",
            "本月底",
            "上季度末",
            "今年6月底",
            "去年12月31日",
        ] {
            check_day(&format!("截至{day}，办结[10件]。"), Some(TextDay::Reckoned(day.to_owned())));
        }
        let check = |day: &str, notice: &str, expected: &str| {
            let day = resolved(&TextDay::Reckoned(day.to_owned()), &Day::parse(notice).unwrap());
            assert_eq!(day.as_ref().map(Day::printed), Some(expected));
        };
        check("去年底", "2025-08-28", "2024年底");
        check("去年年底", "2025-08-28", "2024年年底");
        check("上月底", "2025-08-28", "2025年7月底");
        check("上个月末", "2025-01-28", "2024年12月底");
        check("本月底", "2025-08-28", "2025年8月底");
        check("上季度末", "2025-08-28", "2025年二季度末");
        check("上季度末", "2025-02-28", "2024年四季度末");
        check("今年6月30日", "2025-08-28", "2025年6月30日");
    }

    #[test]
    fn the_end_of_a_period_is_its_last_day() {
        let agrees = |printed, given| agree(&Day::parse(printed).unwrap(), &Day::parse(given).unwrap());
        for (printed, given) in [
            ("2024年底", "2024-12-31"),
            ("2024年年末", "2024-12-31"),
            ("2025年2月底", "2025-02-28"),
            ("2025年二季度末", "2025-06-30"),
            ("2025年第3季度末", "2025-09-30"),
            ("2025年上半年末", "2025-06-30"),
            ("2025年7月底", "2025年7月底"),
        ] {
            assert!(agrees(printed, given), "{given} is {printed}");
        }
        assert!(!agrees("2024年底", "2024-12-30"));
        assert!(!agrees("2025年8月初", "2025-08-31"));
        assert!(!agrees("2025年7月31日", "2025年7月底"));
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let notice = Day::parse("2025-08-28").unwrap();
        let named = |day: &str, notice: &Day| resolved(&TextDay::Named(day.to_owned()), notice).unwrap();
        let resolved = |day: &str| named(day, &notice);
        let january = Day::parse("2026-01-20").unwrap();
        let in_january = |day: &str| named(day, &january);
        assert_eq!(resolved("8月5日").iso().as_deref(), Some("2025-08-05"));
        assert_eq!(resolved("2024年12月31日").iso().as_deref(), Some("2024-12-31"));
        assert_eq!(resolved("7月底").printed(), "2025年7月底");
        assert_eq!(resolved("12月31日").iso().as_deref(), Some("2025-12-31"), "to be reported");
        assert_eq!(in_january("12月31日").iso().as_deref(), Some("2025-12-31"));
        assert_eq!(in_january("12月底").printed(), "2025年12月底");
        assert_eq!(in_january("四季度末").printed(), "2025年四季度末");
        assert_eq!(in_january("1月10日").iso().as_deref(), Some("2026-01-10"));
        assert_eq!(resolved("二季度末").printed(), "2025年二季度末");
        assert_eq!(resolved("上半年").printed(), "2025年上半年");
        assert_eq!(resolved("2025年上半年").printed(), "2025年上半年");
        assert_eq!(resolved("2025 年 6 月 30 日").iso().as_deref(), Some("2025-06-30"));
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
