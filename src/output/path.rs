//! The address of a file in the site, safe on every system and in every URL.
//!
//! [`OutputPath::new`] is the only way to one, for pages as for the lines of a manifest. Whoever holds an
//! `OutputPath` may join it to the output folder and stays inside.

use std::borrow::Borrow;
use std::fmt;

use anyhow::bail;

use crate::diagnostic::Message;
use crate::text::{self, address};

/// A file of the site: a relative path of ASCII letters, digits, `-`, `_` and `.`, with `/` between the parts, which begin
/// with a dot only in `.well-known/…`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutputPath(String);

impl OutputPath {
    /// Checks a path; the error says which part is wrong and why.
    pub fn new(path: impl Into<String>) -> anyhow::Result<Self> {
        let path = path.into();
        if let Some([english, chinese]) = address::fault_of_path(&path) {
            let path = text::excerpt(&path, 80).escape_debug().to_string();
            bail!(Message::new(
                format!("`{path}` is not a path of a site: {english}"),
                format!("`{path}` 不能作为网站中的路径：{chinese}"),
            ));
        }
        Ok(Self(path))
    }

    /// Returns the path as text, for example `zhoushan-2025/06.html`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the folders above `path`, the outermost first.
pub(super) fn folders_above(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| path.get(..end).expect("a slash is one byte"))
}

impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<&str>) {
        let error = OutputPath::new(path).err().map(|error| error.to_string());
        match expected {
            None => assert_eq!(error, None),
            Some(part) => assert!(error.as_ref().is_some_and(|error| error.contains(part)), "{error:?}"),
        }
    }

    #[test]
    fn addresses_of_a_site_are_fine() {
        for path in [
            "index.html",
            "zhoushan-2025/06.html",
            "a/b/c_d.tar.gz",
            "A",
            "manifest.json",
            "com10",
            "-",
            ".well-known/a.txt",
        ] {
            check(path, None);
        }
    }

    #[test]
    fn everything_else_is_refused_with_a_reason() {
        for path in ["", "/", "/etc/passwd", "a//b", "a/", "//host/share"] {
            check(path, Some("empty"));
        }
        for path in [".", "..", "../../etc/passwd", "a/../b", "a/./b", ".htaccess", "a/.git/config"] {
            check(path, Some("starts with a dot"));
        }
        for path in ["公开.html", "a b", "a\\b", "C:/x", "a\0", "a\n", "a?b", "a%2e", "a:b", "e\u{301}"] {
            check(path, Some("ASCII"));
        }
        for path in ["con", "a/NUL", "aux.html", "Com1.txt", "lpt9", "prn", "nul.tar.gz"] {
            check(path, Some("device"));
        }
        check("a.", Some("ends with a dot"));
        check(&"a".repeat(256), Some("longer"));
        check(&"a/".repeat(600), Some("1200 bytes are longer"));
    }

    #[test]
    fn folders_come_from_the_outside_in() {
        assert_eq!(folders_above("a/b/c").collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(folders_above("a").count(), 0);
    }

    proptest! {
        #[test]
        fn an_accepted_path_stays_inside(path in "[./a-c\\\\]{0,8}") {
            if OutputPath::new(&*path).is_ok() {
                let parts = std::path::Path::new(&path).components();
                prop_assert!(parts.into_iter().all(|part| matches!(part, std::path::Component::Normal(_))));
            }
        }
    }
}
