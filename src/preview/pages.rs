//! The templates and words of the preview's own pages, compiled in.

use std::collections::BTreeMap;

use crate::diagnostic::Language;
use crate::theme::OwnPages;

/// The style sheet of the preview's own pages, served as `/__gongkai/pages.css`.
pub(super) const STYLE_SHEET: &str = include_str!("templates/pages.css");

const TEMPLATES: [(&str, &str); 4] = [
    ("frame.html", include_str!("templates/frame.html")),
    ("components.html", include_str!("templates/components.html")),
    ("proof.html", include_str!("templates/proof.html")),
    ("start.html", include_str!("templates/start.html")),
];

/// The preview's own pages in one language.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) own: OwnPages,
    pub(super) language: Language,
}

impl Pages {
    /// Takes the templates and the words of `language`.
    pub(super) fn new(language: Language) -> Self {
        let words = match language {
            Language::English => include_str!("strings/en.yaml"),
            Language::Chinese => include_str!("strings/zh-CN.yaml"),
        };
        Self { own: OwnPages::new(&TEMPLATES, words), language }
    }

    /// The words of the script, by their key.
    pub(super) fn words_of_script(&self) -> BTreeMap<&str, &str> {
        let of_pages = |key: &str| key.starts_with("proof_") || key.starts_with("start_");
        let words = self.own.words().iter().filter(|(key, _)| !of_pages(key));
        words.map(|(key, text)| (key.as_str(), text.as_str())).collect()
    }

    /// The language as HTML names it.
    pub(super) fn html_language(&self) -> &'static str {
        match self.language {
            Language::English => "en",
            Language::Chinese => "zh-CN",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_words() {
        let keys = |language| Pages::new(language).own.words().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(Language::English), keys(Language::Chinese));
    }

    #[test]
    fn every_word_of_the_templates_is_there() {
        let words = Pages::new(Language::English);
        for (name, template) in TEMPLATES {
            let is_own = |rest: &&str| rest.starts_with("proof_") || rest.starts_with("start_");
            for used in template.split("t.").skip(1).filter(is_own) {
                let key: String =
                    used.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                assert!(words.own.words().contains_key(&key), "`{name}` asks for `{key}`");
            }
        }
    }

    #[test]
    fn nothing_is_inline() {
        for (name, template) in TEMPLATES {
            for forbidden in ["<style", " style=", "onclick", "<script>", "javascript:", "| safe"] {
                assert!(!template.contains(forbidden), "`{name}` has `{forbidden}`");
            }
        }
    }
}
