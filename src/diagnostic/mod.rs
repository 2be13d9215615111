//! Problems in what the user wrote, as data.
//!
//! A stage takes `&mut Diagnostics`, pushes what it finds and goes on with what is usable; it never stops at the
//! first problem and never prints. Messages exist in both languages from the start, side by side in the one
//! constructor of their rule; `cli` chooses one and draws the code frame.
//! Errors of the environment (disk, port) are not diagnostics: they are `anyhow::Error`.

mod fix;
mod message;
mod system;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use fix::{Certainty, Edit, Fix};
pub use message::{Explain, Language, Message, quoted_list};

/// A file of the site: its path from the site's root, with `/` between the parts on every system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Takes a path that is relative to the site's root and already written with `/`.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// Returns the ending of the file's name, without its dot.
    pub fn extension(&self) -> Option<&str> {
        self.0.rsplit('/').next()?.rsplit_once('.').map(|(_, extension)| extension)
    }

    /// Returns the path as text, for example `content/zhoushan-2025/06.md`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A place in a file, as a range of bytes of the whole file (front matter included).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub path: SourcePath,
    /// The bytes concerned; `None` where the file as a whole is meant (it is too large, it is not text).
    pub range: Option<Range<usize>>,
}

impl Location {
    /// Returns the place of `range` in `path`.
    pub fn new(path: &SourcePath, range: Range<usize>) -> Self {
        Self { path: path.clone(), range: Some(range) }
    }

    /// Returns the place that is `path` as a whole.
    pub fn file(path: &SourcePath) -> Self {
        Self { path: path.clone(), range: None }
    }

    /// Returns the place from the start of this one to the end of `last`, of the same file.
    #[must_use]
    pub fn until(&self, last: &Self) -> Self {
        let range = self.range.as_ref().zip(last.range.as_ref());
        Self { path: self.path.clone(), range: range.map(|(first, last)| first.start..last.end) }
    }

    /// The key by which places are ordered: file, first byte, last byte.
    fn sort_key(&self) -> (&SourcePath, usize, usize) {
        let (start, end) = self.range.as_ref().map_or((0, 0), |range| (range.start, range.end));
        (&self.path, start, end)
    }
}

/// A value together with the place where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// What is written.
    pub value: T,
    /// Where.
    pub location: Location,
}

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site must not be published like this; the build writes nothing.
    Error,
    /// Worth a look; the build goes on.
    Warning,
    /// Known, and said to readers: nothing has to be done, but nobody is to forget it.
    Note,
}

/// A second place that belongs to a problem: the other source of a shared address, the approved wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What stands there.
    pub message: Message,
    /// Whether the problem is there once more; else the place only shows what the problem is.
    pub is_instance: bool,
}

/// One problem: what it is, where it is, what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name in kebab case. It names the fault and never changes once released.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: Message,
    /// Where; `None` for what has no file (an option, the site as a whole).
    pub location: Option<Location>,
    /// What to write instead.
    pub help: Option<Message>,
    /// The same for programs: each is enough by itself; of several, a person chooses.
    pub fixes: Vec<Fix>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// The key by which problems are ordered; those without a place come first.
    fn sort_key(&self) -> impl Ord {
        (self.location.as_ref().map(Location::sort_key), self.code, self.severity, &self.message)
    }

    /// Goes through the places that it names: its own, then the related ones.
    pub fn locations(&self) -> impl Iterator<Item = &Location> {
        self.location.iter().chain(self.related.iter().map(|related| &related.location))
    }

    /// Starts a problem that stops the build.
    pub fn error(
        code: &'static str,
        location: Location,
        english: impl Into<String>,
        chinese: impl Into<String>,
    ) -> Self {
        Self::new(code, Severity::Error, Some(location), Message::new(english, chinese))
    }

    /// Starts a problem that does not stop the build.
    pub fn warning(
        code: &'static str,
        location: Location,
        english: impl Into<String>,
        chinese: impl Into<String>,
    ) -> Self {
        Self::new(code, Severity::Warning, Some(location), Message::new(english, chinese))
    }

    /// Starts something that is known and that every build lists.
    pub fn note(
        code: &'static str,
        location: Location,
        english: impl Into<String>,
        chinese: impl Into<String>,
    ) -> Self {
        Self::new(code, Severity::Note, Some(location), Message::new(english, chinese))
    }

    /// Starts a problem of the site as a whole.
    pub fn without_place(
        code: &'static str,
        severity: Severity,
        english: impl Into<String>,
        chinese: impl Into<String>,
    ) -> Self {
        Self::new(code, severity, None, Message::new(english, chinese))
    }

    fn new(code: &'static str, severity: Severity, location: Option<Location>, message: Message) -> Self {
        Self { code, severity, message, location, help: None, fixes: Vec::new(), related: Vec::new() }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, english: impl Into<String>, chinese: impl Into<String>) -> Self {
        self.help = Some(Message::new(english, chinese));
        self
    }

    /// Adds the name that was probably meant as what to write instead of the one that is `written`.
    #[must_use]
    pub fn did_you_mean(self, written: &str, meant: &str) -> Self {
        let help = self.help(format!("did you mean `{meant}`?"), format!("是否要写 `{meant}`？"));
        help.replace(written, meant, Certainty::Probable)
    }

    /// Adds a way to put it right.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Adds the fix that puts `text` in place of what is `written` where the problem is.
    ///
    /// There is none where the place holds more (quotes, an escape, a whole link): what is around would be lost.
    #[must_use]
    pub fn replace(self, written: &str, text: impl Into<String>, certainty: Certainty) -> Self {
        let edit = self.location.as_ref().and_then(|location| Edit::at(location, text));
        match edit.filter(|edit| edit.range.len() == written.len()) {
            Some(edit) => self.fix(Fix::new(vec![edit], certainty)),
            None => self,
        }
    }

    /// Adds a second place, which shows what the problem is.
    #[must_use]
    pub fn related(
        mut self,
        location: Location,
        english: impl Into<String>,
        chinese: impl Into<String>,
    ) -> Self {
        self.related.push(Related { location, message: Message::new(english, chinese), is_instance: false });
        self
    }

    /// Adds a place where the same problem is once more.
    #[must_use]
    pub fn also_at(
        mut self,
        location: Location,
        english: impl Into<String>,
        chinese: impl Into<String>,
    ) -> Self {
        self.related.push(Related { location, message: Message::new(english, chinese), is_instance: true });
        self
    }

    /// Goes through the places where the problem is: its own, then where it is once more.
    pub fn instances(&self) -> impl Iterator<Item = &Location> {
        let further = self.related.iter().filter(|related| related.is_instance);
        self.location.iter().chain(further.map(|related| &related.location))
    }
}

/// What the stages found, in the order in which they found it until [`Diagnostics::into_sorted`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Starts an empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds some problems, or none.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(diagnostics);
    }

    /// Moves all of `other` to the end of this list.
    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// Returns the problems found so far.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Tells whether the site must not be published.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Tells whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the problems by file, place and rule, so that threads and walk order never show.
    ///
    /// What says the same of the same place is one problem, and the first one stands for all: a fault in a template may
    /// be met again on each page.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut all = self.0;
        all.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        all.dedup_by(|a, b| (a.code, &a.location, &a.message) == (b.code, &b.location, &b.message));
        all
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_sorted_by_place_then_rule_and_said_once() {
        let at = |path: &str, range| Location::new(&SourcePath::new(path), range);
        let mut found = Diagnostics::new();
        found.extend([
            Diagnostic::error("b", at("x", 3..4), "b", ""),
            Diagnostic::error("a", at("x", 3..4), "b", ""),
            Diagnostic::error("b", at("x", 0..9), "b", ""),
            Diagnostic::error("b", at("x", 3..4), "b", ""),
            Diagnostic::error("z", Location::file(&SourcePath::new("w")), "b", ""),
            Diagnostic::without_place("c", Severity::Error, "b", ""),
        ]);
        let codes = found.into_sorted().into_iter().map(|one| one.code).collect::<String>();
        assert_eq!(codes, "czbab");
    }
}
