//! Entries → a text with them in its front matter; all other bytes stay.

use crate::content::front_matter;
use crate::diagnostic::{Diagnostics, SourcePath};
use crate::keys;
use crate::yaml::{self, Document, Step, Tree, Value};

/// Which list an entry belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Metrics,
    NotFigures,
    Relations,
}

/// What is to be put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) list: List,
    /// The name of a metric.
    pub(super) name: Option<String>,
    pub(super) value: Tree,
    /// What whoever looks at it is to do, as a comment behind it.
    pub(super) comment: Option<String>,
}

impl List {
    const ALL: [Self; 3] = [Self::Metrics, Self::NotFigures, Self::Relations];

    fn key(self) -> &'static str {
        match self {
            Self::Metrics => keys::METRICS.name,
            Self::NotFigures => keys::NOT_FIGURES.name,
            Self::Relations => keys::RELATIONS.name,
        }
    }
}

impl Entry {
    /// Writes it on one line, without comment.
    pub(super) fn in_line(&self) -> String {
        match &self.name {
            Some(name) => yaml::entry(name, &self.value),
            None => self.value.in_line(),
        }
    }

    /// Writes it as a line of its own below its key.
    fn as_line(&self) -> String {
        let dash = if self.name.is_some() { "" } else { "- " };
        format!("  {dash}{}{}", self.in_line(), self.comment())
    }

    fn comment(&self) -> String {
        let one_line =
            |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
        self.comment.as_ref().map_or(String::new(), |comment| format!("  # {}", one_line(comment)))
    }
}

/// Puts `entries` into the front matter of a file; returns its new text, and the entries for which it has a place.
pub(super) fn all(path: &SourcePath, text: &str, entries: &[Entry]) -> (String, Vec<Entry>) {
    let mut text = text.to_owned();
    let mut put = Vec::new();
    for list in List::ALL {
        let of_list: Vec<Entry> = entries.iter().filter(|entry| entry.list == list).cloned().collect();
        if of_list.is_empty() {
            continue;
        }
        match has(path, &text, list.key()) {
            Some(false) => {
                if let Some(changed) = with_list(path, &text, list, &of_list) {
                    text = changed;
                    put.extend(of_list);
                }
            }
            Some(true) => {
                for entry in of_list {
                    if let Some(changed) = with_entry(path, &text, &entry) {
                        text = changed;
                        put.push(entry);
                    }
                }
            }
            None => {}
        }
    }
    (text, put)
}

/// Reads the front matter; `None` if anything is wrong with it.
fn tree(path: &SourcePath, text: &str) -> Option<Vec<(String, Tree)>> {
    let mut problems = Diagnostics::new();
    let node = yaml::parse(path, text, front_matter::range(path, text), &mut problems)?;
    match node.tree() {
        Tree::Mapping(entries) => Some(entries),
        Tree::Nothing => Some(Vec::new()),
        _ => None,
    }
}

fn has(path: &SourcePath, text: &str, key: &str) -> Option<bool> {
    Some(tree(path, text)?.iter().any(|(name, _)| name == key))
}

/// Puts a key with its entries below all others.
fn with_list(path: &SourcePath, text: &str, list: List, entries: &[Entry]) -> Option<String> {
    let range = front_matter::range(path, text);
    let yaml = text.get(range.clone())?;
    let line_break = if yaml.contains("\r\n") { "\r\n" } else { "\n" };
    let mut problems = Diagnostics::new();
    let node = yaml::parse(path, text, range.clone(), &mut problems)?;
    let Value::Mapping(old) = &node.value else { return None };
    let first = old.first()?.key.location.range.as_ref()?.start;
    let line_start = text.get(..first)?.rfind('\n').map_or(0, |at| at + 1);
    let indent = text.get(line_start..first).filter(|indent| indent.chars().all(|c| c == ' '))?;
    let mut block = format!("{indent}{}:{line_break}", list.key());
    for entry in entries {
        block.push_str(indent);
        block.push_str(&entry.as_line());
        block.push_str(line_break);
    }
    let changed = format!("{}{block}{}", text.get(..range.end)?, text.get(range.end..)?);
    let mut expected = tree(path, text)?;
    let value = match list {
        List::Metrics => Tree::Mapping(
            entries.iter().filter_map(|entry| Some((entry.name.clone()?, entry.value.clone()))).collect(),
        ),
        List::NotFigures | List::Relations => {
            Tree::List(entries.iter().map(|entry| entry.value.clone()).collect())
        }
    };
    expected.push((list.key().to_owned(), value));
    says(path, &changed, &expected).then_some(changed)
}

/// Puts one entry behind those that its key has.
fn with_entry(path: &SourcePath, text: &str, entry: &Entry) -> Option<String> {
    let document = Document::read(text, front_matter::range(path, text))?;
    let place = [Step::Key(entry.list.key())];
    let (range, new) = match &entry.name {
        Some(name) => document.put(&place, name, &entry.value)?,
        None => document.push(&place, &entry.value)?,
    };
    if !range.is_empty() {
        return None;
    }
    // Between brackets there is no place for a comment.
    let comment = if new.contains('\n') { entry.comment() } else { String::new() };
    let body = new.trim_end();
    let changed = format!(
        "{}{body}{comment}{}{}",
        text.get(..range.start)?,
        new.get(body.len()..)?,
        text.get(range.end..)?
    );
    let expected = tree(path, &format!("{}{new}{}", text.get(..range.start)?, text.get(range.end..)?))?;
    says(path, &changed, &expected).then_some(changed)
}

/// Tells whether a front matter says what is expected.
fn says(path: &SourcePath, text: &str, expected: &[(String, Tree)]) -> bool {
    // A value says `true` as a text does.
    let flat = |entries: &[(String, Tree)]| -> Vec<String> {
        entries.iter().map(|(name, value)| format!("{name}: {}", flattened(value).in_line())).collect()
    };
    tree(path, text).is_some_and(|found| flat(&found) == flat(expected))
}

/// Writes truth values as texts, as a tree that was read has them.
fn flattened(tree: &Tree) -> Tree {
    match tree {
        Tree::Flag(flag) => Tree::text(flag.to_string()),
        Tree::List(elements) => Tree::List(elements.iter().map(flattened).collect()),
        Tree::Mapping(entries) => {
            Tree::Mapping(entries.iter().map(|(name, value)| (name.clone(), flattened(value))).collect())
        }
        other => other.clone(),
    }
}
