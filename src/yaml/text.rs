//! A text as it is written → what it says: line breaks folded, escapes resolved, as YAML 1.2 has it.
//!
//! [`read`] is for texts in quotes and without any; `scalar` reads `|` and `>` blocks, whose end is told by indentation.

use std::iter::Peekable;
use std::str::Chars;

use super::Value;

/// Reads a text that is written in quotes or without any; `None` if an escape in it has no meaning.
pub(super) fn read(written: &str) -> Option<String> {
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let inner = quote.map_or(written, |_| written.get(1..written.len().max(2) - 1).unwrap_or_default());
    if !inner.contains('\n') && quote.is_none_or(|quote| !inner.contains(['\\', quote])) {
        return Some(inner.to_owned());
    }
    let mut value = String::with_capacity(inner.len());
    let mut rest = inner.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            ' ' | '\t' | '\r' | '\n' => {
                let mut space = String::from(character);
                while let Some(more) = rest.next_if(|c| is_space(*c)) {
                    space.push(more);
                }
                match space.matches('\n').count() {
                    0 => value.push_str(&space),
                    1 => value.push(' '),
                    breaks => value.extend(std::iter::repeat_n('\n', breaks - 1)),
                }
            }
            '\\' if quote == Some('"') => escape(&mut rest, &mut value)?,
            '\'' if quote == Some('\'') => {
                // Two of them stand for one.
                rest.next();
                value.push('\'');
            }
            _ => value.push(character),
        }
    }
    Some(value)
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// Reads what follows a `\` in double quotes; an escaped line break joins two lines without a space.
fn escape(rest: &mut Peekable<Chars<'_>>, value: &mut String) -> Option<()> {
    let character = match rest.next()? {
        first @ ('\r' | '\n') => {
            let mut breaks = usize::from(first == '\n');
            while let Some(space) = rest.next_if(|c| is_space(*c)) {
                breaks += usize::from(space == '\n');
            }
            value.extend(std::iter::repeat_n('\n', breaks.saturating_sub(1)));
            return Some(());
        }
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => hexadecimal(rest, 2)?,
        'u' => hexadecimal(rest, 4)?,
        'U' => hexadecimal(rest, 8)?,
        itself @ (' ' | '"' | '/' | '\\') => itself,
        _ => return None,
    };
    value.push(character);
    Some(())
}

fn hexadecimal(rest: &mut Peekable<Chars<'_>>, digits: usize) -> Option<char> {
    let mut code = 0;
    for _ in 0..digits {
        code = code * 16 + rest.next()?.to_digit(16)?;
    }
    char::from_u32(code)
}

/// Returns what a text without quotes means: nothing, if it is one of the words for that.
pub(super) fn plain_value(text: String) -> Value {
    match text.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        _ => Value::Scalar(text),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[track_caller]
    fn check(written: &str, expected: Option<&str>) {
        assert_eq!(read(written).as_deref(), expected, "{written:?}");
    }

    #[test]
    fn lines_are_folded() {
        check("a  b\n  c", Some("a  b c"));
        check("a\r\n\r\n  b\n\n\nc", Some("a\nb\n\nc"));
        check("' a \n b '", Some(" a b "));
        check("\"a\n\n\"", Some("a\n"));
        check("\"a\\\n   b\\\n\n c\"", Some("ab\nc"));
        check("\"a\\\r\n b\"", Some("ab"));
    }

    #[test]
    fn escapes_are_resolved() {
        check("'it''s \\n'", Some("it's \\n"));
        check("''''", Some("'"));
        check("\"\\\"\\\\\\/\\t\\x41\\u4e2d\\U0001f600\"", Some("\"\\/\tA中😀"));
        for meaningless in ["\"\\q\"", "\"\\x4\"", "\"\\ud800\"", "\"\\U00110000\"", "\"\\'\""] {
            check(meaningless, None);
        }
    }
}
