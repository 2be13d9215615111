//! What to write instead, exactly: for the console to offer, for editors and programs to put in.

use std::ops::Range;

use super::{Location, Message, SourcePath};

/// A text in place of what stands at a range of bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub path: SourcePath,
    /// What is replaced; empty where only something is put in.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Puts `text` in place of what stands at `location`; `None` where that is a file as a whole.
    pub fn at(location: &Location, text: impl Into<String>) -> Option<Self> {
        let range = location.range.clone()?;
        Some(Self { path: location.path.clone(), range, text: text.into() })
    }
}

/// How sure it is that a fix says what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The file is read as if it said so already: a program may put it in unasked.
    Certain,
    /// A person has to look whether it was meant.
    Probable,
}

/// One way to put a problem right: edits that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What they do, for a menu.
    pub title: Message,
    /// The edits, by file and place, none of which overlap.
    pub edits: Vec<Edit>,
    /// Whether a person has to look.
    pub certainty: Certainty,
}

impl Fix {
    /// Names what `edits` do by the first of them.
    pub fn new(edits: Vec<Edit>, certainty: Certainty) -> Self {
        let text = edits.first().map_or("", |edit| edit.text.as_str());
        let title = match text.trim() {
            "" if text.is_empty() => Message::new("delete it", "删除"),
            "" => Message::new("write ordinary spaces", "改为普通空格"),
            lines if lines.contains('\n') => Message::new("put these lines in its place", "替换为以下各行"),
            words => Message::new(format!("write `{words}`"), format!("改写为 `{words}`")),
        };
        Self { title, edits, certainty }
    }

    /// Returns what people cannot take from a line of help, since it has several lines: they paste it.
    pub fn lines(&self) -> Option<&str> {
        match self.edits.as_slice() {
            [edit] if edit.text.trim().contains('\n') => Some(&edit.text),
            _ => None,
        }
    }
}
