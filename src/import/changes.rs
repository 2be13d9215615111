//! A new import beside the folder that editors have worked on: what changed, and files that keep their front matter.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, SourcePath};
use crate::markdown::{self, Options};
use crate::text::width;
use crate::yaml::{Document, Tree};

use super::Import;

/// What a new import does to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its name.
    pub name: String,
    /// What becomes of it.
    pub change: Change,
    /// What it is to say afterwards; `None` where it stays as it is.
    pub text: Option<String>,
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    New,
    /// It says the same, perhaps with markup of the editor, and stays as it is.
    Same,
    /// Its text changed: the lines that go, and those that come. Its front matter stays but for the heading.
    Text {
        /// Lines that are no longer there.
        gone: Vec<String>,
        /// Lines that are new.
        new: Vec<String>,
    },
    /// The document no longer has it; it is left to the editor.
    Gone,
}

/// A file that is there.
struct Old<'a> {
    heading: String,
    body: &'a str,
    front: std::ops::Range<usize>,
    text: &'a str,
}

/// Lays an import beside the texts of a folder, by name; sections meet by their headings.
pub fn changes(import: &Import, folder: &BTreeMap<String, String>, options: &Options) -> Vec<FileChange> {
    let old: BTreeMap<&str, Old<'_>> =
        folder.iter().map(|(name, text)| (name.as_str(), Old::of(text))).collect();
    let mut taken: Vec<&str> = Vec::new();
    let mut changes = Vec::new();
    let mut last = String::new();
    for file in &import.files {
        let new = Old::of(&file.text);
        let by_heading = || {
            old.iter().find(|(name, old)| {
                !taken.contains(*name)
                    && !new.heading.is_empty()
                    && folded(&old.heading) == folded(&new.heading)
            })
        };
        let by_name = || {
            let (name, old) = old.get_key_value(file.name.as_str())?;
            let is_free = !taken.contains(name) && (old.heading.is_empty() == new.heading.is_empty());
            // Under another heading that the document still has it is another section.
            let is_elsewhere = import.files.iter().any(|other| {
                other.name != file.name
                    && !old.heading.is_empty()
                    && folded(&Old::of(&other.text).heading) == folded(&old.heading)
            });
            (is_free && !is_elsewhere).then_some((name, old))
        };
        match by_heading().or_else(by_name) {
            Some((name, old)) => {
                taken.push(name);
                last = (*name).to_owned();
                changes.push(of_file(name, old, &new, options));
            }
            None => {
                let name = free_name(&file.name, &last, folder, &changes);
                last.clone_from(&name);
                changes.push(FileChange { name, change: Change::New, text: Some(file.text.clone()) });
            }
        }
    }
    let gone = folder.keys().filter(|name| !taken.contains(&name.as_str()));
    changes.extend(gone.map(|name| FileChange { name: name.clone(), change: Change::Gone, text: None }));
    changes
}

fn of_file(name: &str, old: &Old<'_>, new: &Old<'_>, options: &Options) -> FileChange {
    let (before, after) = (lines(old.body, options), lines(new.body, options));
    let has_same_heading = folded(&old.heading) == folded(&new.heading);
    if before == after && has_same_heading {
        return FileChange { name: name.to_owned(), change: Change::Same, text: None };
    }
    let mut front = old.text.get(..old.front.end).unwrap_or_default().to_owned();
    if !has_same_heading
        && let Some(document) = Document::read(old.text, old.front.clone())
        && let Some((range, text)) = document.put(&[], "heading", &Tree::text(new.heading.as_str()))
    {
        front.replace_range(range, &text);
    }
    let behind =
        old.text.get(old.front.end..).and_then(|rest| rest.split_inclusive('\n').next()).unwrap_or("---\n");
    let without = |lines: &[String], others: &[String]| {
        lines.iter().filter(|line| !others.contains(line)).cloned().collect()
    };
    let (mut gone, mut come): (Vec<String>, Vec<String>) =
        (without(&before, &after), without(&after, &before));
    if !has_same_heading {
        gone.insert(0, old.heading.clone());
        come.insert(0, new.heading.clone());
    }
    let text = format!("{front}{behind}{}", new.body);
    FileChange { name: name.to_owned(), change: Change::Text { gone, new: come }, text: Some(text) }
}

/// Returns the words of a text, line by line, without markup.
fn lines(body: &str, options: &Options) -> Vec<String> {
    let mut found = Diagnostics::new();
    let blocks = markdown::parse(&SourcePath::new("a.md"), body, 0..body.len(), options, &mut found);
    markdown::plain_text(&blocks).lines().map(folded).filter(|line| !line.is_empty()).collect()
}

/// Returns words as they are compared with the approved text: widths folded, without white space.
fn folded(words: &str) -> String {
    words.chars().map(width::fold).filter(|c| !c.is_whitespace()).collect()
}

/// Returns a name that no file has, and that stands behind `last` in their order.
fn free_name(wanted: &str, last: &str, folder: &BTreeMap<String, String>, changes: &[FileChange]) -> String {
    let is_free = |name: &str| !folder.contains_key(name) && changes.iter().all(|change| change.name != name);
    if is_free(wanted) && (folder.is_empty() || last.is_empty() || wanted > last) {
        return wanted.to_owned();
    }
    let stem = last.strip_suffix(".md").unwrap_or("00");
    let letters = ('a'..='z').map(|letter| format!("{stem}{letter}.md"));
    letters.into_iter().find(|name| is_free(name)).unwrap_or_else(|| format!("new-{wanted}"))
}

impl<'a> Old<'a> {
    fn of(text: &'a str) -> Self {
        let (front, body) = crate::content::front_matter::parts(text);
        let body = text.get(body).unwrap_or_default();
        let heading = heading(text, front.clone());
        Self { heading, body, front, text }
    }
}

fn heading(text: &str, front: std::ops::Range<usize>) -> String {
    let mut found = Diagnostics::new();
    let node = crate::yaml::parse(&SourcePath::new("a.md"), text, front, &mut found);
    let Some(crate::yaml::Value::Mapping(entries)) = node.map(|node| node.value) else {
        return String::new();
    };
    let heading = entries.into_iter().find(|entry| entry.key.value == "heading");
    match heading.map(|entry| entry.node.value) {
        Some(crate::yaml::Value::Scalar(words)) => words,
        _ => String::new(),
    }
}
