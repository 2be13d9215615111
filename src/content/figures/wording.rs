//! What the words around a figure say about it: up to when it counts, and which way a comparison goes.

use super::draft::Draft;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::notice::{Direction, Figure};
use crate::text::sentence;

/// Words that mean a day which the sentence does not name. A word stands before the shorter one that it ends with.
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

/// Words that say which way a comparison goes.
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

/// Returns the words in front of the figure, in its sentence, that mean the day up to which it counts.
pub(super) fn relative_day(figure: &Figure) -> Option<&'static str> {
    let before = figure.sentence.get(..figure.in_sentence.start)?;
    let last = RELATIVE_DAYS.iter().filter_map(|word| Some((before.rfind(word)? + word.len(), *word)));
    // Of words that end at the same place, the longer one stands first and is meant.
    last.rev().max_by_key(|(end, _)| *end).map(|(_, word)| word)
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
        diagnostics.push(
            Diagnostic::error(
                "direction-contradicts-text",
                given.location.clone(),
                format!(
                    "`{}` is said to go `{}`, but the text says `{word}`",
                    draft.label.value,
                    given.value.id()
                ),
                format!("指标 `{}` 写的是 `{}`，而正文说的是 `{word}`", draft.label.value, given.value.id()),
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
/// It must be a comparison (同比, 环比, 较…), for 下降 may also belong to something else.
fn direction_in_text(figure: &Figure) -> Option<(&'static str, Direction)> {
    let clause = sentence::around(&figure.sentence, figure.in_sentence.clone(), sentence::CLAUSE_ENDS);
    let before = figure.sentence.get(clause.start..figure.in_sentence.start)?;
    let is_comparison = ["同比", "环比", "较", "比"].iter().any(|word| before.contains(word));
    let found =
        DIRECTIONS.iter().filter_map(|(word, direction)| Some((before.rfind(word)?, *word, *direction)));
    found.max_by_key(|(at, ..)| *at).filter(|_| is_comparison).map(|(_, word, direction)| (word, direction))
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
            claim: Claim::None,
        }
    }

    #[track_caller]
    fn check_day(sentence: &str, printed: &str, expected: Option<&str>) {
        assert_eq!(relative_day(&figure(sentence, printed)), expected, "{printed} in {sentence}");
    }

    #[track_caller]
    fn check_direction(sentence: &str, printed: &str, expected: Option<Direction>) {
        let found = direction_in_text(&figure(sentence, printed)).map(|(_, direction)| direction);
        assert_eq!(found, expected, "{printed} in {sentence}");
    }

    #[test]
    fn relative_days_stand_in_front_of_the_figure() {
        check_day("截至目前共发推文27篇、视频12个。", "12个", Some("截至目前"));
        check_day("今年以来，案损数同比下降53.7%。", "53.7%", Some("今年以来"));
        check_day("共发推文27篇，截至目前已撤下。", "27篇", None);
        check_day("目前已办结10件。", "10件", Some("目前"));
        check_day("今年以来立案5件，目前已办结3件。", "3件", Some("目前"));
        check_day("移交的10件信访件。", "10件", None);
    }

    #[test]
    fn directions_belong_to_comparisons() {
        check_direction("平均用时同比下降33.6%，行政快办率同比上升17.5%。", "17.5%", Some(Direction::Up));
        check_direction("平均用时同比下降33.6%，行政快办率同比上升17.5%。", "33.6%", Some(Direction::Down));
        check_direction("受理数、案损数分别同比下降15.3%和53.7%。", "53.7%", Some(Direction::Down));
        check_direction("执法源头问题同比减少20%。", "20%", Some(Direction::Down));
        check_direction("发现下降通道3处。", "3处", None);
        check_direction("追赃率达到37.7%。", "37.7%", None);
    }
}
