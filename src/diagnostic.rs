//! Problems in what the user wrote, as data.
//!
//! A stage takes `&mut Diagnostics`, pushes what it finds and goes on with what is usable; it never stops at the
//! first problem and never prints. Messages exist in both languages from the start, side by side in the one
//! constructor of their rule; `cli` chooses one and draws the code frame.
//! Errors of the environment (disk, port) are not diagnostics: they are `anyhow::Error`.

use std::ops::Range;
use std::sync::Arc;
use std::{fmt, io};

use crate::text::characters;

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

/// The language in which messages reach the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// 简体中文.
    Chinese,
}

/// One sentence in both languages: lower case, one line, no final stop, values in backticks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    english: String,
    chinese: String,
}

impl Message {
    /// Pairs the English sentence with the Chinese one.
    ///
    /// What they quote may hold characters that nobody sees or that look like others; those are named in place of it.
    pub fn new(english: impl Into<String>, chinese: impl Into<String>) -> Self {
        Self {
            english: characters::named(english.into(), characters::in_english),
            chinese: characters::named(chinese.into(), characters::in_chinese),
        }
    }

    /// Tells an error of the environment with all its causes; what the system says stays in its language.
    pub fn of_error(error: &anyhow::Error) -> Self {
        let parts = error.chain().map(|cause| {
            let explained = cause.downcast_ref::<Explained>().map(|explained| &explained.message);
            let of_disk = || cause.downcast_ref::<io::Error>()?.get_ref()?.downcast_ref::<Self>();
            let message = explained.or_else(|| cause.downcast_ref::<Self>()).or_else(of_disk);
            message.cloned().unwrap_or_else(|| Self::new(cause.to_string(), cause.to_string()))
        });
        Self::join(&parts.collect::<Vec<_>>(), [": ", "："])
    }

    /// Puts messages together, with a separator of each language between them.
    pub fn join(messages: &[Self], separators: [&str; 2]) -> Self {
        let join = |language, separator| {
            let texts: Vec<&str> = messages.iter().map(|message| message.in_language(language)).collect();
            texts.join(separator)
        };
        let [english, chinese] = separators;
        Self { english: join(Language::English, english), chinese: join(Language::Chinese, chinese) }
    }

    /// Returns the sentence in English and in Chinese.
    pub fn both(&self) -> [&str; 2] {
        [&self.english, &self.chinese]
    }

    /// Returns the sentence in `language`.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.english,
            Language::Chinese => &self.chinese,
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

/// An error of the environment that the reader can do something about is a `Message`, too; [`Message::of_error`] finds it in
/// the chain.
impl std::error::Error for Message {}

/// A message in front of what brought it about. A context of `anyhow` would lose its Chinese.
#[derive(Debug)]
struct Explained {
    message: Message,
    cause: anyhow::Error,
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message.fmt(f)
    }
}

impl std::error::Error for Explained {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.cause)
    }
}

/// Says in both languages what could not be done because of an error of the environment.
pub trait Explain<T> {
    /// Puts a message in front of the error.
    fn explain(self, message: impl FnOnce() -> Message) -> anyhow::Result<T>;
}

impl<T, E: Into<anyhow::Error>> Explain<T> for Result<T, E> {
    fn explain(self, message: impl FnOnce() -> Message) -> anyhow::Result<T> {
        self.map_err(|cause| Explained { message: message(), cause: cause.into() }.into())
    }
}

/// Joins names, each in backticks, as English and as Chinese lists them.
pub fn quoted_list(names: &[impl AsRef<str>]) -> [String; 2] {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    [quoted.join(", "), quoted.join("、")]
}

/// A second place that belongs to a problem: the other source of a shared address, the approved wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What stands there.
    pub message: Message,
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
    /// Lines that can stand in place of what is written there, ready to paste.
    pub paste: Option<String>,
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
        Self { code, severity, message, location, help: None, paste: None, related: Vec::new() }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, english: impl Into<String>, chinese: impl Into<String>) -> Self {
        self.help = Some(Message::new(english, chinese));
        self
    }

    /// Adds the name that was probably meant as what to write instead.
    #[must_use]
    pub fn did_you_mean(self, meant: impl fmt::Display) -> Self {
        self.help(format!("did you mean `{meant}`?"), format!("是否要写 `{meant}`？"))
    }

    /// Adds lines that can stand in place of what is written.
    #[must_use]
    pub fn paste(mut self, lines: impl Into<String>) -> Self {
        self.paste = Some(lines.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(
        mut self,
        location: Location,
        english: impl Into<String>,
        chinese: impl Into<String>,
    ) -> Self {
        self.related.push(Related { location, message: Message::new(english, chinese) });
        self
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
    fn an_error_tells_its_causes_in_both_languages() {
        let cause = io::Error::other(Message::new("it is no file", "它不是文件"));
        let error = Err::<(), _>(cause).explain(|| Message::new("cannot read `a`", "无法读取 `a`"));
        let error = error.explain(|| Message::new("nothing was built", "没有生成")).unwrap_err();
        assert_eq!(format!("{error:#}"), "nothing was built: cannot read `a`: it is no file");
        assert_eq!(
            Message::of_error(&error).both(),
            ["nothing was built: cannot read `a`: it is no file", "没有生成：无法读取 `a`：它不是文件"]
        );
    }

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
