//! Why a text that was copied faithfully differs from the approved text all the same.

use super::reasons::Help;
use crate::fidelity::Comparison;
use crate::notice::{Notice, PassageId};

/// Says how to write signs that the approved text has and Markdown takes for its own; `None` if there is anything else.
///
/// Some mean something only where a line begins, as `begins_line` tells.
pub(super) fn of_markdown(signs: &str, begins_line: bool) -> Option<Help> {
    let (signs, escaped) = escaped(signs.trim(), begins_line)?;
    Some((
        format!(
            "in the text of a notice `{signs}` is a sign of Markdown that is not shown: write `{escaped}` for the sign itself"
        ),
        format!("正文里的 `{signs}` 会被当作 Markdown 标记，不会显示；要显示它，请写成 `{escaped}`"),
    ))
}

/// Returns the signs, and how they are written so that they are shown.
fn escaped(signs: &str, begins_line: bool) -> Option<(&str, String)> {
    let is_sign =
        |c: char| matches!(c, '*' | '_' | '\\' | '`') || (begins_line && matches!(c, '#' | '>' | '-' | '+'));
    if !signs.is_empty() && signs.chars().all(is_sign) {
        return Some((signs, signs.chars().flat_map(|sign| ['\\', sign]).collect()));
    }
    // The bracket in front makes a link or a mark of a note of what follows.
    if signs.starts_with("[^") || signs == "[" {
        return Some(("[", "\\[".to_owned()));
    }
    if signs.starts_with("](") {
        return Some(("[…](…)", "\\[…](…)".to_owned()));
    }
    // The rest of a name by which HTML calls a character: `&amp;`.
    let name = signs.strip_suffix(';')?;
    let name = name.strip_prefix('&').unwrap_or(name).trim_start_matches('#');
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
    is_name.then(|| ("&", "\\&".to_owned()))
}

/// Says how to write a table whose rows the approved text has in Markdown.
pub(super) fn of_table(signs: &str) -> Option<Help> {
    let is_frame = signs.contains('|') && signs.chars().all(|c| matches!(c, '|' | '-' | ':' | '⏎' | ' '));
    is_frame.then(|| {
        (
            "where the approved text is to have a table, write each of its rows on one line there, with a tab between the cells; where \
             the lines themselves are meant, write `\\|` in the text"
                .to_owned(),
            "审定稿里应是表格的，请在审定稿里把每一行写成一行，各格之间用制表符隔开；确要显示这些竖线的，正文里写成 `\\|`".to_owned(),
        )
    })
}

/// Says that the heading of a section was left in a text as well, if the line at `line` of the notice is one of the two.
pub(super) fn of_heading(notice: &Notice, comparison: &Comparison<'_>, line: usize) -> Option<Help> {
    let words = &comparison.written.get(line)?.text;
    let mut headings = notice.sections.iter().enumerate().filter_map(|(index, section)| {
        section.heading.as_ref().filter(|heading| !heading.value.trim().is_empty())?;
        Some((index, comparison.text.lines_of(index).start))
    });
    let is_same = |at: usize| comparison.written.get(at).is_some_and(|other| other.text == *words);
    let (section, heading) = headings.find(|(_, at)| is_same(*at))?;
    let other = if heading == line {
        (0..comparison.written.len()).find(|at| *at != line && is_same(*at))?
    } else {
        line
    };
    let file = comparison.text.lines.get(other)?.source();
    let of_heading = &notice[PassageId::of_section(section)].source;
    Some((
        format!(
            "this heading stands twice, in `heading` of {of_heading} and in the text of {file}: the site sets it, so delete it in the text"
        ),
        format!(
            "这个标题出现了两次：{of_heading} 的 `heading` 和 {file} 的正文；标题由网站加上，请从正文里删去"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn signs_are_written_so_that_they_are_shown() {
        for (signs, begins_line, expected) in [
            ("#", true, "\\#"),
            ("#", false, ""),
            ("##", true, "\\#\\#"),
            ("*", false, "\\*"),
            ("`", false, "\\`"),
            ("[", false, "\\["),
            ("](丙)", false, "\\[…](…)"),
            ("[^1]", false, "\\["),
            ("amp;", false, "\\&"),
            ("&#65;", false, "\\&"),
            ("[乙]", false, ""),
            (";", false, ""),
            ("＊", false, ""),
            ("'", false, ""),
            ("", true, ""),
        ] {
            assert_eq!(
                escaped(signs, begins_line).map_or(String::new(), |(_, escaped)| escaped),
                expected,
                "{signs}"
            );
        }
    }
}
