//! A diagnostic → what a page says about it.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Fix, Language, Message, Severity};

/// A finding, ready for a template.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FindingView {
    pub(super) is_error: bool,
    pub(super) code: &'static str,
    pub(super) message: Vec<WordsView>,
    pub(super) help: Vec<WordsView>,
    /// Lines to paste.
    pub(super) paste: Option<String>,
    /// `content/a/06.md:12`.
    pub(super) place: Option<String>,
}

/// Some words of a message; values, which stand in backticks, are `code`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct WordsView {
    pub(super) is_code: bool,
    pub(super) text: String,
}

/// Puts a finding into words.
pub(super) fn finding(diagnostic: &Diagnostic, place: Option<String>, language: Language) -> FindingView {
    let words = |message: &Message| words(message.in_language(language));
    FindingView {
        is_error: diagnostic.severity == Severity::Error,
        code: diagnostic.code,
        message: words(&diagnostic.message),
        help: diagnostic.help.as_ref().map(words).unwrap_or_default(),
        paste: diagnostic.fixes.iter().find_map(Fix::lines).map(str::to_owned),
        place,
    }
}

/// Counts errors and warnings.
pub(super) fn count<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) -> (usize, usize) {
    diagnostics.fold((0, 0), |(errors, warnings), diagnostic| match diagnostic.severity {
        Severity::Error => (errors + 1, warnings),
        Severity::Warning => (errors, warnings + 1),
        Severity::Note => (errors, warnings),
    })
}

fn words(text: &str) -> Vec<WordsView> {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        // A value holds a backtick itself, so the pairs cannot be told apart.
        return vec![WordsView { is_code: false, text: text.to_owned() }];
    }
    let view = |(index, text): (usize, &str)| WordsView { is_code: index % 2 == 1, text: text.to_owned() };
    pieces.into_iter().enumerate().filter(|(_, text)| !text.is_empty()).map(view).collect()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[track_caller]
    fn check(message: &str, expected: &str) {
        let show = |words: Vec<super::WordsView>| -> String {
            words
                .into_iter()
                .map(|one| if one.is_code { format!("<{}>", one.text) } else { one.text })
                .collect()
        };
        assert_eq!(show(words(message)), expected);
    }

    #[test]
    fn values_are_set_off() {
        check("write `登录`, not `登陆`", "write <登录>, not <登陆>");
        check("`a`", "<a>");
        check("a lone ` stays", "a lone ` stays");
        check("", "");
    }
}
