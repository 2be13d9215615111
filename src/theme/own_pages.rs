//! gongkai's own pages: templates and words that are compiled in, filled with a view.
//!
//! They are no part of a theme: the preview shows them beside the site, and nothing of them is published. That they can
//! be used is held by tests, so a fault in one of them is a fault of ours.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Tera};

use super::{Prepared, fill};
use crate::diagnostic::{Diagnostics, SourcePath};
use crate::yaml;

/// Templates and words, ready to be filled.
#[derive(Debug)]
pub struct OwnPages {
    tera: Tera,
    words: BTreeMap<String, String>,
    prepared_words: Prepared,
}

impl OwnPages {
    /// Takes templates, each with its name, and words, a YAML text of the form `key: text`.
    pub fn new(templates: &[(&'static str, &'static str)], words: &'static str) -> Self {
        let mut tera = Tera::new();
        tera.register_filter("fill", fill);
        tera.add_raw_templates(templates.to_vec()).expect("templates that are compiled in can be used");
        let words = read_words(words);
        let prepared_words = Prepared::new(&words);
        Self { tera, words, prepared_words }
    }

    /// The words by their key.
    pub fn words(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// Fills `template` with a view, which it reads as `page`, and the words, which it reads as `t`.
    pub fn fill(&self, template: &str, view: &impl Serialize) -> String {
        let mut context = Context::new();
        context.insert_value("t", self.prepared_words.0.clone());
        context.insert_value("page", Prepared::new(view).0);
        self.tera.render(template, &context).expect("templates that are compiled in fit their views")
    }
}

fn read_words(text: &'static str) -> BTreeMap<String, String> {
    let mut diagnostics = Diagnostics::new();
    let path = SourcePath::new("strings");
    let node = yaml::parse(&path, text, 0..text.len(), &mut diagnostics);
    let entries = node.and_then(|node| node.into_entries(&mut diagnostics)).unwrap_or_default();
    let words = entries.into_iter().filter_map(|entry| {
        let text = entry.node.into_text(&entry.key.value, &mut diagnostics)?;
        Some((entry.key.value, text.value))
    });
    let words = words.collect();
    // Invariant: tests read the words of every language.
    assert!(diagnostics.is_empty(), "words that are compiled in can be read: {diagnostics:?}");
    words
}

#[cfg(test)]
mod tests {
    use super::OwnPages;

    #[derive(serde::Serialize)]
    struct View {
        text: &'static str,
        nothing: Option<usize>,
    }

    #[track_caller]
    fn check(template: &'static str, expected: &str) {
        let pages = OwnPages::new(
            &[("a.html", template)],
            "n_files: '{n} <files>'\nname: 甲\nn_items: '{n} {n|item|items}, {|}{n|x}'\n",
        );
        assert_eq!(pages.fill("a.html", &View { text: "<b>&\"", nothing: None }), expected, "{template}");
    }

    #[test]
    fn views_and_words_are_escaped() {
        check("{{ page.text }}", "&lt;b&gt;&amp;&quot;");
        check("{{ t.name }} {{ t.n_files | fill(n=3) }}", "甲 3 &lt;files&gt;");
        check("{{ t.n_items | fill(n=1) }}", "1 item, {|}x");
        check("{{ t.n_items | fill(n=24) }}", "24 items, {|}x");
        check("{% if page.nothing %}there{% endif %}", "");
    }
}
