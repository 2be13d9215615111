//! Web pages and Markdown, told from plain text by how they begin and what they hold.

use crate::text::lists;

/// The elements with which pages and pasted fragments begin.
const FIRST_ELEMENTS: &str = "html head body meta title link style p div span table h1 h2 h3 h4 h5 h6 ul ol dl section article \
    main header nav footer center font b strong i em u a img br hr pre blockquote o:p";

/// Tells whether `text` is a web page, or a piece of one.
pub(super) fn is_html(text: &str) -> bool {
    let mut rest = text.trim_start_matches(is_space);
    if rest.starts_with("Version:") {
        return rest.chars().take(300).collect::<String>().contains("StartHTML:");
    }
    while let Some(markup) = rest.strip_prefix('<') {
        if markup.starts_with("!--StartFragment") {
            return true;
        }
        let end = match markup {
            _ if markup.starts_with("!--") => "-->",
            _ if markup.starts_with('?') => "?>",
            _ => return begins_page(markup),
        };
        let Some((_, behind)) = markup.split_once(end) else { return false };
        rest = behind.trim_start_matches(is_space);
    }
    false
}

fn begins_page(markup: &str) -> bool {
    let name: String = markup.chars().take(20).take_while(|c| !is_space(*c) && !"/>".contains(*c)).collect();
    let is_tag = markup.contains('>');
    is_tag && (name.eq_ignore_ascii_case("!doctype") || lists(FIRST_ELEMENTS, name.to_ascii_lowercase()))
}

/// Tells whether `text` is Markdown: it has front matter, begins with a heading with `#` or has several, or has the line under
/// the head of a table. One line with a sign alone makes no Markdown of an official text.
pub(super) fn is_markdown(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    front_matter_end(text).is_some()
        || lines.next().is_some_and(is_heading)
        || text.lines().filter(|line| is_heading(line)).count() > 1
        || text.lines().any(is_below_head)
}

/// Returns where the front matter of `text` ends, if it has one.
pub(in crate::document) fn front_matter_end(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut end = first.len();
    let mut has_key = false;
    for line in lines {
        end += line.len();
        if line.trim_end() == "---" {
            return has_key.then_some(end);
        }
        has_key |= line.contains(':');
    }
    None
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    (1..=6).contains(&level) && rest.starts_with(' ') && !rest.trim().is_empty()
}

/// Tells whether `line` is `|---|:-:|`.
fn is_below_head(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains("---") && line.chars().all(|c| "|-: ".contains(c))
}

fn is_space(character: char) -> bool {
    character.is_whitespace() || character == '\u{FEFF}'
}
