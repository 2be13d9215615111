//! A change of a tree → the bytes of its text to replace, in the manner of what stands around them.
//!
//! Start at [`Document`]. An entry is put in, replaced or taken out at its place: indented like its neighbors, over several
//! lines or in brackets as they are; comments stay where they are, and all other bytes as well.
//! Every edit is tried: the changed text must say exactly what was asked for, else there is no edit. So forms that nobody
//! foresaw (a `|` block to be replaced, a single `key: value` in a list) are left to the author.

use std::ops::Range;

use super::write::{Tree, entry, scalar};
use super::{Node, Value, parse};
use crate::diagnostic::{Diagnostics, SourcePath};

/// Bytes of the file, and what is to stand there.
pub type Edit = (Range<usize>, String);

/// One step from a mapping or list to what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// To the value of a key.
    Key(&'a str),
    /// To an element of a list, from 0.
    Element(usize),
}

/// A YAML text that can be changed.
#[derive(Debug)]
pub struct Document<'a> {
    text: &'a str,
    range: Range<usize>,
    root: Node,
}

/// A list or mapping of the text.
struct Collection<'a> {
    node: &'a Node,
    /// Whether it stands in brackets of its own, or inside others.
    is_in_brackets: bool,
    /// Whether nothing is around it.
    is_outermost: bool,
}

impl<'a> Document<'a> {
    /// Reads the bytes `range` of a file; `None` if anything is wrong with them.
    pub fn read(text: &'a str, range: Range<usize>) -> Option<Self> {
        let root = read(text, range.clone())?;
        Some(Self { text, range, root })
    }

    /// Returns the edit after which the mapping at `place` has `value` for `key`.
    pub fn put(&self, place: &[Step<'_>], key: &str, value: &Tree) -> Option<Edit> {
        let mapping = self.collection(place)?;
        let Value::Mapping(entries) = &mapping.node.value else { return None };
        let edit = match entries.iter().position(|entry| entry.key.value == key) {
            Some(index) => self.replacement(&mapping, index, value)?,
            None => self.insertion(&mapping, Some(key), value)?,
        };
        let mut expected = self.root.tree();
        let Tree::Mapping(entries) = expected.at(place)? else { return None };
        match entries.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value.clone(),
            None => entries.push((key.to_owned(), value.clone())),
        }
        self.tried(edit, &expected)
    }

    /// Returns the edit after which the list at `place` ends with `value`.
    pub fn push(&self, place: &[Step<'_>], value: &Tree) -> Option<Edit> {
        let list = self.collection(place)?;
        let edit = self.insertion(&list, None, value)?;
        let mut expected = self.root.tree();
        let Tree::List(elements) = expected.at(place)? else { return None };
        elements.push(value.clone());
        self.tried(edit, &expected)
    }

    /// Returns the edit after which what is at `last` of the mapping or list at `place` is gone.
    pub fn remove(&self, place: &[Step<'_>], last: Step<'_>) -> Option<Edit> {
        let collection = self.collection(place)?;
        let mut expected = self.root.tree();
        let index = match (expected.at(place)?, last) {
            (Tree::Mapping(entries), Step::Key(key)) => {
                let index = entries.iter().position(|(name, _)| name == key)?;
                entries.remove(index);
                index
            }
            (Tree::List(elements), Step::Element(index)) if index < elements.len() => {
                elements.remove(index);
                index
            }
            _ => return None,
        };
        self.tried(self.removal(&collection, index)?, &expected)
    }

    /// Gives the edit back if the text then says what is expected; keys may stand in another order.
    fn tried(&self, edit: Edit, expected: &Tree) -> Option<Edit> {
        let (range, new) = &edit;
        let before = self.text.get(self.range.start..range.start)?;
        let behind = self.text.get(range.end..self.range.end)?;
        let changed = format!("{before}{new}{behind}");
        let root = read(&changed, 0..changed.len())?;
        (root.tree().sorted() == expected.clone().sorted()).then_some(edit)
    }

    fn collection(&self, place: &[Step<'_>]) -> Option<Collection<'_>> {
        let mut node = &self.root;
        let mut is_in_brackets = self.opens_bracket(node);
        for step in place {
            node = match (&node.value, step) {
                (Value::Mapping(entries), Step::Key(key)) => {
                    &entries.iter().find(|entry| entry.key.value == *key)?.node
                }
                (Value::Sequence(elements), Step::Element(index)) => elements.get(*index)?,
                _ => return None,
            };
            is_in_brackets |= self.opens_bracket(node);
        }
        Some(Collection { node, is_in_brackets, is_outermost: place.is_empty() })
    }

    /// Tells whether a list or mapping begins with its bracket.
    fn opens_bracket(&self, node: &Node) -> bool {
        let is_collection = matches!(node.value, Value::Sequence(_) | Value::Mapping(_));
        is_collection && self.rest(bytes(node).start).starts_with(['[', '{'])
    }

    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..self.range.end).unwrap_or_default()
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(self.range.start..at).unwrap_or_default();
        self.range.start + before.rfind('\n').map_or(0, |line_break| line_break + 1)
    }

    /// Returns where the line of `at` ends, without its line break.
    fn line_end(&self, at: usize) -> usize {
        let line = self.rest(at).split('\n').next().unwrap_or_default();
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// Returns what begins a line at the column of `at`.
    fn new_line(&self, at: usize) -> String {
        let line_break = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        format!("{line_break}{}", " ".repeat(at - self.line_start(at)))
    }

    /// Writes an entry or element for lines at the column of `at`, like those of `collection`.
    fn written(&self, collection: &Collection<'_>, at: usize, key: Option<&str>, value: &Tree) -> String {
        let mark = key.map_or("-".to_owned(), |key| format!("{}:", scalar(key)));
        let new_line = self.new_line(at);
        let is_like = |node: &&Node| match value {
            Tree::List(_) => matches!(node.value, Value::Sequence(_)),
            Tree::Mapping(_) => matches!(node.value, Value::Mapping(_)),
            _ => false,
        };
        let neighbor = children(collection.node).into_iter().find(is_like);
        let is_in_lines = match neighbor {
            Some(neighbor) => !self.opens_bracket(neighbor),
            None => collection.is_outermost && value.is_deep(),
        };
        let deeper = neighbor.map_or(2, |neighbor| {
            let start = bytes(neighbor).start;
            (start - self.line_start(start)).saturating_sub(at - self.line_start(at))
        });
        let inner_line = format!("{new_line}{}", " ".repeat(deeper));
        match value.in_lines(&inner_line).filter(|_| is_in_lines && !collection.is_in_brackets) {
            Some(lines) if key.is_some() => format!("{mark}{inner_line}{lines}"),
            Some(lines) => format!("{mark} {lines}"),
            None => format!("{mark} {}", value.in_line()),
        }
    }

    /// Puts one entry or element into a collection: behind the last one, or in front of the first one where the end of
    /// the last one is uncertain.
    fn insertion(&self, collection: &Collection<'_>, key: Option<&str>, value: &Tree) -> Option<Edit> {
        let spans = self.spans(collection);
        if collection.is_in_brackets {
            if !self.opens_bracket(collection.node) {
                return None;
            }
            let written = key.map_or_else(|| value.in_line(), |key| entry(key, value));
            let behind_bracket = bytes(collection.node).start + 1;
            return Some(match (spans.last(), children(collection.node).last()) {
                (Some(span), Some(last)) if last.value != Value::Null => {
                    (span.end..span.end, format!(", {written}"))
                }
                (Some(_), _) => (behind_bracket..behind_bracket, format!("{written}, ")),
                (None, _) => {
                    let is_closed = self.rest(behind_bracket).starts_with([']', '}']);
                    let space = if is_closed { "" } else { " " };
                    (behind_bracket..behind_bracket, format!("{written}{space}"))
                }
            });
        }
        let Some(first) = spans.first() else {
            let start = self.range.start;
            let written = self.written(collection, start, key, value);
            return Some((start..start, format!("{written}{}", self.new_line(start))));
        };
        let written = self.written(collection, first.start, key, value);
        let new_line = self.new_line(first.start);
        if self.ends_in_space(collection.node) {
            return Some((first.start..first.start, format!("{written}{new_line}")));
        }
        let end = self.line_end(bytes(collection.node).end);
        Some((end..end, format!("{new_line}{written}")))
    }

    /// Tells whether the last text of a tree ends in space that an entry behind it could change: that of a `|` block may go on,
    /// that in quotes does not.
    fn ends_in_space(&self, node: &Node) -> bool {
        match &node.value {
            Value::Scalar(_) if self.rest(bytes(node).start).starts_with(['"', '\'']) => false,
            Value::Scalar(text) => {
                let line = text.strip_suffix('\n').unwrap_or(text);
                line.ends_with(char::is_whitespace) || text == "\n"
            }
            _ => children(node).last().is_some_and(|last| self.ends_in_space(last)),
        }
    }

    /// Puts another value behind the key with this index.
    fn replacement(&self, mapping: &Collection<'_>, index: usize, value: &Tree) -> Option<Edit> {
        let Value::Mapping(entries) = &mapping.node.value else { return None };
        let old_entry = entries.get(index)?;
        let (key, old) = (old_entry.key.location.range.clone()?, bytes(&old_entry.node));
        if old == key {
            let behind = self.behind_colon(key.end);
            let colon = if behind == key.end { ":" } else { "" };
            return Some((behind..behind, format!("{colon} {}", value.in_line())));
        }
        let is_in_lines = matches!(old_entry.node.value, Value::Sequence(_) | Value::Mapping(_))
            && !self.opens_bracket(&old_entry.node);
        let lines = value.in_lines(&self.new_line(old.start)).filter(|_| is_in_lines);
        Some((old, lines.unwrap_or_else(|| value.in_line())))
    }

    /// Takes out the entry or element with this index; in lines, with the comment behind it.
    fn removal(&self, collection: &Collection<'_>, index: usize) -> Option<Edit> {
        let spans = self.spans(collection);
        let span = spans.get(index)?;
        let next = spans.get(index + 1).map(|next| next.start);
        let range = if collection.is_in_brackets {
            match (next, index.checked_sub(1).and_then(|index| spans.get(index))) {
                (Some(next), _) => span.start..next,
                (None, Some(previous)) => previous.end..span.end,
                (None, None) => bytes(collection.node).start + 1..bytes(collection.node).end - 1,
            }
        } else {
            let line_start = self.line_start(span.start);
            let is_first_on_line =
                self.text.get(line_start..span.start).is_some_and(|before| before.trim().is_empty());
            let end = self.line_end(span.end);
            let line_break = self.rest(end).chars().take_while(|c| matches!(c, '\r' | '\n'));
            let next_line =
                end + line_break.take(if self.rest(end).starts_with('\r') { 2 } else { 1 }).count();
            match next {
                _ if is_first_on_line => line_start..next_line,
                Some(next) => span.start..next,
                None => return None,
            }
        };
        Some((range, String::new()))
    }

    /// Returns the bytes of each entry or element, its key or dash included.
    fn spans(&self, collection: &Collection<'_>) -> Vec<Range<usize>> {
        match &collection.node.value {
            Value::Mapping(entries) => entries
                .iter()
                .map(|entry| {
                    let key = entry.key.location.range.clone().unwrap_or_default();
                    let value = bytes(&entry.node);
                    let end = if value == key { self.behind_colon(key.end) } else { value.end };
                    key.start..end
                })
                .collect(),
            Value::Sequence(elements) if collection.is_in_brackets => elements.iter().map(bytes).collect(),
            Value::Sequence(elements) => {
                let start = bytes(collection.node).start;
                let column = start - self.line_start(start);
                elements.iter().map(|element| self.dash_before(element, column)..bytes(element).end).collect()
            }
            Value::Null | Value::Scalar(_) => Vec::new(),
        }
    }

    /// Returns where the dash of an element stands, given its column.
    fn dash_before(&self, element: &Node, column: usize) -> usize {
        let mut line_start = self.line_start(bytes(element).start);
        while !self.rest(line_start + column).starts_with('-') && line_start > self.range.start {
            line_start = self.line_start(line_start - 1);
        }
        line_start + column
    }

    /// Returns where a value can stand that is left empty: behind the colon, if there is one.
    fn behind_colon(&self, key_end: usize) -> usize {
        let rest = self.rest(key_end);
        let behind = rest.trim_start_matches([' ', '\t']);
        if behind.starts_with(':') { key_end + rest.len() - behind.len() + 1 } else { key_end }
    }
}

fn read(text: &str, range: Range<usize>) -> Option<Node> {
    let mut diagnostics = Diagnostics::new();
    let node = parse(&SourcePath::new(""), text, range, &mut diagnostics);
    node.filter(|_| diagnostics.is_empty())
}

impl Node {
    /// Returns what it says, without places.
    pub fn tree(&self) -> Tree {
        match &self.value {
            Value::Null => Tree::Nothing,
            Value::Scalar(text) => Tree::text(text),
            Value::Sequence(elements) => Tree::List(elements.iter().map(Self::tree).collect()),
            Value::Mapping(entries) => Tree::Mapping(
                entries.iter().map(|entry| (entry.key.value.clone(), entry.node.tree())).collect(),
            ),
        }
    }
}

impl Tree {
    /// Returns what stands at `place`.
    pub(super) fn at(&mut self, place: &[Step<'_>]) -> Option<&mut Self> {
        let Some((step, rest)) = place.split_first() else { return Some(self) };
        let next = match (self, step) {
            (Self::Mapping(entries), Step::Key(key)) => {
                &mut entries.iter_mut().find(|(name, _)| name == key)?.1
            }
            (Self::List(elements), Step::Element(index)) => elements.get_mut(*index)?,
            _ => return None,
        };
        next.at(rest)
    }

    /// Writes what is in it line by line, each begun by `new_line`; `None` for a text, and where nothing is in it.
    fn in_lines(&self, new_line: &str) -> Option<String> {
        let lines: Vec<String> = match self {
            Self::Mapping(entries) => entries.iter().map(|(key, value)| entry(key, value)).collect(),
            Self::List(elements) => {
                let line = |element: &Self| match element {
                    Self::Mapping(_) => element.in_lines(&format!("{new_line}  ")),
                    _ => None,
                };
                elements
                    .iter()
                    .map(|element| format!("- {}", line(element).unwrap_or_else(|| element.in_line())))
                    .collect()
            }
            Self::Nothing | Self::Text(_) | Self::Flag(_) => Vec::new(),
        };
        (!lines.is_empty()).then(|| lines.join(new_line))
    }

    /// Returns it with the keys of each mapping in order, and truth values as the texts that a reader sees.
    pub(super) fn sorted(self) -> Self {
        match self {
            Self::Mapping(entries) => {
                let mut entries: Vec<_> =
                    entries.into_iter().map(|(key, value)| (key, value.sorted())).collect();
                entries.sort();
                Self::Mapping(entries)
            }
            Self::List(elements) => Self::List(elements.into_iter().map(Self::sorted).collect()),
            Self::Flag(flag) => Self::text(flag.to_string()),
            other => other,
        }
    }
}

fn bytes(node: &Node) -> Range<usize> {
    node.location.range.clone().unwrap_or_default()
}

fn children(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::Mapping(entries) => entries.iter().map(|entry| &entry.node).collect(),
        Value::Sequence(elements) => elements.iter().collect(),
        Value::Null | Value::Scalar(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Changes a text; `None` if there is no edit.
    fn changed(text: &str, edit: impl Fn(&Document<'_>) -> Option<Edit>) -> Option<String> {
        let document = Document::read(text, 0..text.len()).unwrap();
        let (range, new) = edit(&document)?;
        Some(format!("{}{new}{}", text.get(..range.start).unwrap(), text.get(range.end..).unwrap()))
    }

    #[track_caller]
    fn check_put(text: &str, place: &[Step<'_>], value: &Tree, expected: Option<&str>) {
        assert_eq!(changed(text, |document| document.put(place, "新", value)).as_deref(), expected, "{text}");
    }

    #[test]
    fn entries_look_like_their_neighbors() {
        let (text, long) = (Tree::text("27篇"), Tree::mapping([("value", Tree::text("27篇"))]));
        check_put("a: b # c\n\n# d\n", &[], &text, Some("a: b # c\n新: 27篇\n\n# d\n"));
        check_put(
            "a:\r\n  b: c\r\n",
            &[Step::Key("a")],
            &long,
            Some("a:\r\n  b: c\r\n  新: {value: 27篇}\r\n"),
        );
        check_put("a: {b: c, }\n", &[Step::Key("a")], &text, Some("a: {b: c, 新: 27篇, }\n"));
        check_put("a: {}\n", &[Step::Key("a")], &text, Some("a: {新: 27篇}\n"));
        check_put(
            "- a: |+\n    b\n\n\n",
            &[Step::Element(0)],
            &text,
            Some("- 新: 27篇\n  a: |+\n    b\n\n\n"),
        );
        check_put("# a\n", &[], &long, Some("新:\n  value: 27篇\n# a\n"));
        check_put("a:\n- b\n", &[], &Tree::texts(&["c".to_owned()]), Some("a:\n- b\n新:\n- c\n"));
        check_put("a: [b: c]\n", &[Step::Key("a"), Step::Element(0)], &text, None);
        check_put("新: # a\n", &[], &text, Some("新: 27篇 # a\n"));
        check_put("新: \"b\" # a\n", &[], &text, Some("新: 27篇 # a\n"));
        check_put("新: |\n  b\n", &[], &text, None);
    }

    #[test]
    fn elements_look_like_their_neighbors() {
        let contact = Tree::mapping([("phone", Tree::text("12345")), ("hours", Tree::text("工作日"))]);
        let push = |text: &str| changed(text, |document| document.push(&[Step::Key("a")], &contact));
        assert_eq!(
            push("a:\n  - b: c\n    d: e # f\n"),
            Some("a:\n  - b: c\n    d: e # f\n  - phone: 12345\n    hours: 工作日\n".to_owned())
        );
        assert_eq!(push("a: [b]\n"), Some("a: [b, {phone: 12345, hours: 工作日}]\n".to_owned()));
        assert_eq!(push("a:\n- b\n"), Some("a:\n- b\n- {phone: 12345, hours: 工作日}\n".to_owned()));
    }

    #[test]
    fn what_is_taken_out_leaves_the_rest() {
        let remove =
            |text: &str, place: &[Step<'_>], last| changed(text, |document| document.remove(place, last));
        assert_eq!(remove("a: b # c\n# d\ne: f\n", &[], Step::Key("a")), Some("# d\ne: f\n".to_owned()));
        assert_eq!(remove("a: [b, c]\n", &[Step::Key("a")], Step::Element(1)), Some("a: [b]\n".to_owned()));
        assert_eq!(
            remove("a:\n  - b\n  -\n    c\n", &[Step::Key("a")], Step::Element(1)),
            Some("a:\n  - b\n".to_owned())
        );
        assert_eq!(
            remove("- a: b\n  c: d\n", &[Step::Element(0)], Step::Key("a")),
            Some("- c: d\n".to_owned())
        );
        assert_eq!(remove("a:\n  b: c\n", &[Step::Key("a")], Step::Key("b")), None);
    }
}
