//! Sentences in both languages, and errors of the environment told in them.

use std::{fmt, io};

use crate::text::characters;

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

    /// Tells an error of the environment with all its causes.
    pub fn of_error(error: &anyhow::Error) -> Self {
        let parts = error.chain().map(|cause| {
            let explained = cause.downcast_ref::<Explained>().map(|explained| &explained.message);
            let message = explained.or_else(|| cause.downcast_ref::<Self>()).cloned();
            let of_system = || Some(Self::of_system(cause.downcast_ref::<io::Error>()?));
            message.or_else(of_system).unwrap_or_else(|| Self::new(cause.to_string(), cause.to_string()))
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
}
