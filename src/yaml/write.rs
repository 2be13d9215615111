//! A text → the way in which it can be pasted into YAML.

use crate::text::width;

/// Writes `text` as a value or key that can stand anywhere, inside `{…}` too: plain where that is safe, else in quotes.
pub fn scalar(text: &str) -> String {
    let is_safe =
        |c: char| width::is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '、' | '～');
    let is_word = |text: &str| ["", "~", "null", "true", "false", "yes", "no"].contains(&text);
    let begins_safely = text.starts_with(|c: char| width::is_han(c) || c.is_ascii_alphanumeric());
    if begins_safely && text.chars().all(is_safe) && !is_word(&text.to_ascii_lowercase()) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostics, SourcePath};
    use crate::yaml::{Value, parse};
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, written: &str) {
        assert_eq!(scalar(text), written);
    }

    #[test]
    fn plain_texts_stay_plain() {
        check("追赃金额", "追赃金额");
        check("37.7%", "37.7%");
        check("受理数、案损数分别同比下降15.3%", "受理数、案损数分别同比下降15.3%");
    }

    #[test]
    fn others_are_quoted() {
        check("", "\"\"");
        check("一是，二是：", "\"一是，二是：\"");
        check("a: b", "\"a: b\"");
        check("-5%", "\"-5%\"");
        check("NULL", "\"NULL\"");
        check("他说\"好\"", "\"他说\\\"好\\\"\"");
    }

    proptest! {
        #[test]
        fn what_is_written_comes_back(text in "[ -~一-三，。：“”%～\\n]{0,12}") {
            let yaml = format!("{{a: {}, b: 1}}", scalar(&text));
            let mut diagnostics = Diagnostics::new();
            let node = parse(&SourcePath::new("a.md"), &yaml, 0..yaml.len(), &mut diagnostics);
            prop_assert!(diagnostics.is_empty(), "{:?}", diagnostics);
            let Some(Value::Mapping(entries)) = node.map(|node| node.value) else { return Err(TestCaseError::fail("no mapping")) };
            let Value::Scalar(value) = &entries[0].node.value else { return Err(TestCaseError::fail("no text")) };
            prop_assert_eq!(value, &text);
        }
    }
}
