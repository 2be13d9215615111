//! Values → YAML that can be pasted anywhere.
//!
//! [`scalar`] writes one text, [`entry`] a key with any value, on one line; `edit` puts them into a file.

use crate::text::width;

/// Values without places: what is to be written, or what a text says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tree {
    /// Nothing.
    Nothing,
    /// A text.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// A list.
    List(Vec<Self>),
    /// Keys with values.
    Mapping(Vec<(String, Self)>),
}

impl Tree {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A list of texts.
    pub fn texts(texts: &[String]) -> Self {
        Self::List(texts.iter().map(Self::text).collect())
    }

    /// Keys with values.
    pub fn mapping<'a>(entries: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        Self::Mapping(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// Writes it on one line, lists and mappings in brackets.
    pub fn in_line(&self) -> String {
        match self {
            Self::Nothing => "~".to_owned(),
            Self::Text(text) => scalar(text),
            Self::Flag(flag) => flag.to_string(),
            Self::List(elements) => {
                format!("[{}]", elements.iter().map(Self::in_line).collect::<Vec<_>>().join(", "))
            }
            Self::Mapping(entries) => {
                let entries: Vec<String> = entries.iter().map(|(key, value)| entry(key, value)).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    /// Tells whether it is a mapping, or a list of more than texts.
    pub(super) fn is_deep(&self) -> bool {
        match self {
            Self::Mapping(entries) => !entries.is_empty(),
            Self::List(elements) => elements.iter().any(Self::is_deep),
            Self::Nothing | Self::Text(_) | Self::Flag(_) => false,
        }
    }
}

/// Writes a key with its value on one line.
pub fn entry(key: &str, value: &Tree) -> String {
    format!("{}: {}", scalar(key), value.in_line())
}

/// Writes `text` as a value or key that can stand anywhere, inside `{…}` too: plain where that is safe, else in quotes.
pub fn scalar(text: &str) -> String {
    let is_safe =
        |c: char| width::is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '、' | '～');
    let is_word = |text: &str| ["", "~", "null", "true", "false", "yes", "no"].contains(&text);
    let begins_safely = text.starts_with(|c: char| width::is_han(c) || c.is_ascii_alphanumeric());
    // Days and ids.
    let is_name = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if begins_safely && (is_name || text.chars().all(is_safe)) && !is_word(&text.to_ascii_lowercase()) {
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
        check("2025-08-28", "2025-08-28");
        check("受理数、案损数分别同比下降15.3%", "受理数、案损数分别同比下降15.3%");
    }

    #[test]
    fn others_are_quoted() {
        check("", "\"\"");
        check("一是，二是：", "\"一是，二是：\"");
        check("a: b", "\"a: b\"");
        check("-5%", "\"-5%\"");
        check("NULL", "\"NULL\"");
        check("甲-乙", "\"甲-乙\"");
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
