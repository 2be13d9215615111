//! Digits that stand side by side in the text, but not on the page.

use super::width::is_digit;

/// Returns what is one number to those who copy it, if `before` ends in a digit that `after` goes on with: `102` for `10`
/// and `2`, `3.5` for `3.` and `5`.
pub(crate) fn joined(before: &str, after: &str) -> Option<String> {
    let mut behind = before.chars().rev();
    let mut ahead = after.chars();
    let (last, second_last) = (behind.next()?, behind.next());
    let (first, second) = (ahead.next()?, ahead.next());
    let goes_on = |left: char, right: char| {
        (is_digit(left) && is_digit(right)) || (is_numeral(left) && is_numeral(right))
    };
    let is_joined = goes_on(last, first)
        || (is_joint(first) && second.is_some_and(|second| goes_on(last, second)))
        || (is_joint(last) && second_last.is_some_and(|second_last| goes_on(second_last, first)));
    is_joined.then(|| {
        let is_part = |c: &char| is_digit(*c) || is_numeral(*c) || is_joint(*c);
        let start: Vec<char> = before.chars().rev().take_while(is_part).collect();
        start.into_iter().rev().chain(after.chars().take_while(is_part)).collect()
    })
}

fn is_numeral(character: char) -> bool {
    "〇零一二三四五六七八九十百千万亿两".contains(character)
}

/// Tells whether a sign may stand between the digits of a number, or of two that belong together.
fn is_joint(character: char) -> bool {
    ".,:/+-'%’．：／－＋％−–—～~·".contains(character)
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[track_caller]
    fn check(before: &str, after: &str, expected: &str) {
        assert_eq!(joined(before, after).unwrap_or_default(), expected, "{before} {after}");
    }

    #[test]
    fn numbers_go_on() {
        check("共10", "2人", "102");
        check("１0", "２", "１0２");
        check("10", "-2", "10-2");
        check("3.", "5%", "3.5%");
        check("十", "二人", "十二");
    }

    #[test]
    fn marks_and_letters_do_not() {
        check("10篇", "1", "");
        check("10篇，", "1", "");
        check("10篇.", "1", "");
        check("10", "[1]", "");
        check("10", "th", "");
        check("CO", "2", "");
        check("m", "2", "");
        check("第一", "1", "");
        check("", "1", "");
        check("1", "", "");
    }
}
