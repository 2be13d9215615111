//! Words of a finished page → the place in the templates of the site's own theme that has them.
//!
//! A finished page does not tell which line of a template wrote what. So this looks for the words; it may find another place
//! that has the same ones, or none.

use std::collections::BTreeMap;

use super::{BUILT_IN_PREFIX, Files, is_template};
use crate::diagnostic::{Location, SourcePath};

/// The fewest bytes of a word that is looked for by itself.
const SHORTEST_WORD: usize = 6;

/// The templates of the site's own theme, without those that are the built-in ones unchanged.
#[derive(Debug, Default)]
pub struct OwnTemplates(BTreeMap<String, Template>);

#[derive(Debug)]
struct Template {
    path: SourcePath,
    text: String,
    /// The text in lower case, byte by byte, because browsers read names of tags and attributes like that.
    lower: String,
}

impl OwnTemplates {
    /// Takes the templates from the files of the site's own theme that are not the built-in ones.
    pub(super) fn new(changed: &Files) -> Self {
        let templates = changed.iter().filter_map(|(name, (path, bytes))| {
            let short = name.strip_prefix("templates/").filter(|_| is_template(name))?;
            let text = String::from_utf8(bytes.clone()).ok()?;
            let lower = text.to_ascii_lowercase();
            Some((short.to_owned(), Template { path: path.clone(), text, lower }))
        });
        Self(templates.collect())
    }

    /// Returns the template of this name.
    pub fn named(&self, name: &str) -> Option<&SourcePath> {
        self.0.get(name.trim_start_matches(BUILT_IN_PREFIX)).map(|template| &template.path)
    }

    /// Returns the first template by name.
    pub fn first(&self) -> Option<&SourcePath> {
        self.0.values().next().map(|template| &template.path)
    }

    /// Lists where templates have the first of `all` that any of them has, a place for each template.
    pub fn first_found(&self, all: &[&str]) -> Vec<Location> {
        let found = all.iter().filter(|words| !words.trim().is_empty()).map(|words| {
            let words = words.to_ascii_lowercase();
            let places = self.0.values().filter_map(|template| {
                let at = template.lower.find(&words)?;
                Some(Location::new(&template.path, at..at + words.len()))
            });
            places.collect::<Vec<_>>()
        });
        found.into_iter().find(|places| !places.is_empty()).unwrap_or_default()
    }

    /// Lists where start tags of this name are written whose text, in lower case, is as asked.
    pub fn tags(&self, name: &str, is_it: impl Fn(&str) -> bool) -> Vec<Location> {
        let mut found = Vec::new();
        let beginning = format!("<{name}");
        for template in self.0.values() {
            for (at, _) in template.lower.match_indices(&beginning) {
                let tag = written_tag(template.lower.get(at..).unwrap_or_default());
                let goes_on = tag.get(beginning.len()..).is_some_and(|rest| {
                    rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/' | '{'))
                });
                if goes_on && is_it(tag) {
                    found.push(Location::new(&template.path, at..at + tag.len()));
                }
            }
        }
        found
    }

    /// Returns where a template writes words that a page shows, `preferred` first; `strings` are the words of the interface.
    pub(super) fn place_of_words(
        &self,
        shown: &str,
        preferred: &str,
        strings: &BTreeMap<String, String>,
    ) -> Option<Location> {
        let mut templates: Vec<&Template> = self.0.values().collect();
        let is_preferred =
            |template: &&Template| self.0.get(preferred).is_some_and(|one| std::ptr::eq(one, *template));
        templates.sort_by_key(|template| !is_preferred(template));
        let find = |words: &str| {
            templates.iter().find_map(|template| {
                let at = template.text.find(words)?;
                Some(Location::new(&template.path, at..at + words.len()))
            })
        };
        let says_something = |words: &str| words.chars().any(char::is_alphanumeric);
        if !says_something(shown) {
            return None;
        }
        find(shown)
            .or_else(|| {
                // Only what stands in front of the first placeholder, `{`, is on the page.
                let begins = |words: &str| {
                    words
                        .split('{')
                        .next()
                        .is_some_and(|first| says_something(first) && shown.starts_with(first))
                };
                let keys = strings.iter().filter(|(_, words)| begins(words)).map(|(key, _)| key);
                keys.flat_map(|key| [format!("t.{key}"), format!("t[\"{key}\"]")])
                    .find_map(|name| find(&name))
            })
            .or_else(|| {
                let mut words =
                    shown.split(' ').filter(|word| word.len() >= SHORTEST_WORD && says_something(word));
                words.find_map(find)
            })
    }
}

/// Returns the text of the tag that `text` begins with, up to its `>`; what Tera puts in may hold one of its own.
fn written_tag(text: &str) -> &str {
    let mut is_inside = false;
    let mut last = ' ';
    for (at, character) in text.char_indices() {
        match character {
            '{' | '%' if last == '{' => is_inside = true,
            '}' if matches!(last, '}' | '%') => is_inside = false,
            '>' if !is_inside => return text.get(..=at).unwrap_or_default(),
            _ => {}
        }
        last = character;
    }
    text
}
