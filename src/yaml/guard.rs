//! Checks on the YAML text as a whole, before anything looks at its structure.
//!
//! [`check`] bounds the size, so that nothing later meets more than it can read at once, refuses characters that
//! nobody sees but YAML reads as line breaks, and cuts the text at a second document. It knows nothing of nesting: that is
//! bounded by `scan`.

use crate::diagnostic::Diagnostics;
use crate::text::characters::{Class, class};

use super::{Source, faults};

/// The most bytes that one YAML text may have.
pub(super) const MAX_BYTES: usize = 64 * 1024;

/// Reports what makes the text as a whole unreadable; returns the part that can be scanned.
pub(super) fn check<'a>(source: Source<'a>, diagnostics: &mut Diagnostics) -> Option<Source<'a>> {
    if source.text.len() > MAX_BYTES {
        let first_line = source.text.find('\n').unwrap_or(source.text.len()).min(80);
        let end = source.text.floor_char_boundary(first_line);
        diagnostics.push(faults::too_large(source.location(&(0..end)), source.text.len()));
        return None;
    }
    if let Some((at, character)) = invisible_character(source.text) {
        let range = at..at + character.len_utf8();
        diagnostics.push(faults::invisible_character(source.location(&range), character));
        return None;
    }
    if let Some(at) = second_document(source.text) {
        diagnostics.push(faults::multiple_documents(source.location(&(at..at + 3))));
        return None;
    }
    Some(source)
}

fn invisible_character(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|&(at, character)| match character {
        '\r' => text.as_bytes().get(at + 1) != Some(&b'\n'),
        _ => matches!(class(character), Some(Class::Control | Class::Noncharacter)),
    })
}

/// Finds `---` or `...` at the start of a line; one `---` before all content is allowed.
fn second_document(text: &str) -> Option<usize> {
    let mut before_content = true;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let marker = content.get(..3).filter(|marker| matches!(*marker, "---" | "..."));
        if let Some(marker) = marker
            && line.get(3..).is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
            && !(before_content && marker == "---" && content.len() == 3)
        {
            return Some(at);
        }
        before_content &= content.is_empty() || content.starts_with('#');
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_second(text: &str, expected: Option<usize>) {
        assert_eq!(second_document(text), expected, "{text:?}");
    }

    #[test]
    fn one_marker_may_open_the_text() {
        check_second("---\na: b\n", None);
        check_second("# note\n\n---\r\na: b\n", None);
        check_second("a: ---\n", None);
        check_second("a: |\n  ---\n", None);
        check_second("---- x\n", None);
        check_second("---\n---\n", Some(4));
        check_second("a: b\n---\nc: d\n", Some(5));
        check_second("a: b\n...\n", Some(5));
        check_second("--- a: b\n", Some(0));
        check_second("a: b\n...", Some(5));
        check_second("——\n", None);
    }

    #[test]
    fn characters_that_nobody_sees() {
        assert_eq!(invisible_character("a\r\nb\t中\u{3000}"), None);
        assert_eq!(invisible_character("a\rb"), Some((1, '\r')));
        assert_eq!(invisible_character("中\u{2028}"), Some((3, '\u{2028}')));
        assert_eq!(invisible_character("\u{feff}a"), Some((0, '\u{feff}')));
        assert_eq!(invisible_character("a\0"), Some((1, '\0')));
    }
}
