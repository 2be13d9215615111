//! The list of the files of a site, and its form on disk: JSON with one file per line, sorted, without a clock.
//!
//! The list says what is ours: only what it names may be replaced or removed. It is read from a folder that anyone
//! may have written to, so a list that names one path outside a site is refused as a whole.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::bail;
use serde::Deserialize;

use super::path::OutputPath;
use crate::diagnostic::{Explain, Message};
use crate::text;

/// The files of a site by path.
pub(super) type Files = BTreeMap<OutputPath, FileEntry>;

const GENERATOR: &str = "gongkai";
const VERSION: u64 = 1;

/// What the list says about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileEntry {
    /// Its length in bytes.
    pub(super) size: u64,
    /// The SHA-256 of its bytes.
    pub(super) sha256: [u8; 32],
}

/// The part of the list that any version has.
#[derive(Deserialize)]
struct RawHeader<'a> {
    #[serde(borrow)]
    generator: Cow<'a, str>,
    version: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawManifest<'a> {
    #[serde(rename = "generator")]
    _generator: Cow<'a, str>,
    #[serde(rename = "version")]
    _version: u64,
    #[serde(borrow)]
    files: Vec<RawFile<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile<'a> {
    #[serde(borrow)]
    path: Cow<'a, str>,
    size: u64,
    #[serde(borrow)]
    sha256: Cow<'a, str>,
}

/// Reads a list that [`print`] wrote; anything else is not ours.
pub(super) fn parse(bytes: &[u8]) -> anyhow::Result<Files> {
    let header: RawHeader<'_> = serde_json::from_slice(bytes).map_err(|_| {
        Message::new(format!("it was not written by {GENERATOR}"), format!("它不是 {GENERATOR} 写的"))
    })?;
    if header.generator != GENERATOR {
        let generator = header.generator.escape_debug();
        bail!(Message::new(
            format!("it was written by `{generator}`, not by {GENERATOR}"),
            format!("它是 `{generator}` 写的，不是 {GENERATOR} 写的"),
        ));
    }
    let version = header.version;
    if version != VERSION {
        bail!(Message::new(
            format!("it has version {version}, and this {GENERATOR} knows version {VERSION}"),
            format!("它的版本是 {version}，而这个 {GENERATOR} 只支持版本 {VERSION}"),
        ));
    }
    let damaged = || Message::new("it is damaged", "它已损坏");
    let raw: RawManifest<'_> = serde_json::from_slice(bytes).explain(damaged)?;
    raw.files
        .into_iter()
        .map(|file| {
            let path = OutputPath::new(file.path)?;
            let sha256 = parse_hex(&file.sha256).ok_or_else(|| {
                Message::new(
                    format!("the sha256 of `{path}` is damaged"),
                    format!("`{path}` 的 sha256 已损坏"),
                )
            })?;
            Ok((path, FileEntry { size: file.size, sha256 }))
        })
        .collect()
}

/// Writes the list down; the same files give the same bytes.
pub(super) fn print<'a>(files: impl Iterator<Item = (&'a OutputPath, FileEntry)>) -> String {
    let mut json = format!("{{\"generator\":\"{GENERATOR}\",\"version\":{VERSION},\"files\":[");
    let mut separator = "\n";
    for (path, FileEntry { size, sha256 }) in files {
        // Nothing in an `OutputPath` needs an escape.
        let sha256 = text::hex(&sha256);
        write!(json, "{separator}{{\"path\":\"{path}\",\"size\":{size},\"sha256\":\"{sha256}\"}}")
            .expect("a string grows");
        separator = ",\n";
    }
    json.push_str("\n]}\n");
    json
}

fn parse_hex(text: &str) -> Option<[u8; 32]> {
    let mut sha256 = [0; 32];
    let digits = text.as_bytes();
    if digits.len() != 2 * sha256.len() {
        return None;
    }
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    for (byte, pair) in sha256.iter_mut().zip(digits.chunks_exact(2)) {
        let &[high, low] = pair else { return None };
        *byte = value(high)? << 4 | value(low)?;
    }
    Some(sha256)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn print_all(files: &Files) -> String {
        print(files.iter().map(|(path, entry)| (path, *entry)))
    }

    fn entry(n: u8) -> FileEntry {
        FileEntry { size: u64::from(n), sha256: [n; 32] }
    }

    #[track_caller]
    fn check(json: &str, expected: &str) {
        let error = format!("{:#}", parse(json.as_bytes()).unwrap_err());
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn one_file_stands_on_one_line() {
        let files: Files = ["b/c.html", "a"].map(|path| (OutputPath::new(path).unwrap(), entry(0xA1))).into();
        let sha256 = "a1".repeat(32);
        let expected = format!(
            "{{\"generator\":\"gongkai\",\"version\":1,\"files\":[\n\
             {{\"path\":\"a\",\"size\":161,\"sha256\":\"{sha256}\"}},\n\
             {{\"path\":\"b/c.html\",\"size\":161,\"sha256\":\"{sha256}\"}}\n]}}\n"
        );
        assert_eq!(print_all(&files), expected);
        assert_eq!(parse(expected.as_bytes()).unwrap(), files);
        assert_eq!(parse(print_all(&Files::new()).as_bytes()).unwrap(), Files::new());
    }

    #[test]
    fn lists_of_others_are_refused() {
        check("", "not written by gongkai");
        check("[]", "not written by gongkai");
        check("{\"name\":\"App\",\"start_url\":\"/\"}", "not written by gongkai");
        check("{\"generator\":\"other\",\"version\":1,\"files\":[]}", "written by `other`");
        check("{\"generator\":\"gongkai\",\"version\":2,\"pages\":[]}", "version 2");
        check("{\"generator\":\"gongkai\",\"version\":1}", "damaged");
        check("{\"generator\":\"gongkai\",\"version\":1,\"files\":[", "not written by");
        check("{\"generator\":\"gongkai\",\"version\":1,\"files\":[],\"x\":1}", "damaged");
        check(&"[".repeat(100_000), "not written by");
    }

    #[test]
    fn hostile_paths_are_refused() {
        let sha256 = "00".repeat(32);
        for path in [
            "../../etc/passwd",
            "/etc/passwd",
            "a/../../b",
            "",
            "a\\\\..\\\\b",
            "\\u002e\\u002e/x",
            "a\\u0000",
        ] {
            let file = format!("{{\"path\":\"{path}\",\"size\":1,\"sha256\":\"{sha256}\"}}");
            check(
                &format!("{{\"generator\":\"gongkai\",\"version\":1,\"files\":[{file}]}}"),
                "not a path of a site",
            );
        }
        for sha256 in ["", "0", &"0".repeat(63), &"g".repeat(64), &"公".repeat(64)] {
            let file = format!("{{\"path\":\"a\",\"size\":1,\"sha256\":\"{sha256}\"}}");
            check(
                &format!("{{\"generator\":\"gongkai\",\"version\":1,\"files\":[{file}]}}"),
                "`a` is damaged",
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_back(files in prop::collection::btree_map("[a-z]{1,3}(/[b-y0-9]{1,3})?", any::<(u64, [u8; 32])>(), 0..9)) {
            let files: Files = files
                .into_iter()
                .filter_map(|(path, (size, sha256))| Some((OutputPath::new(path).ok()?, FileEntry { size, sha256 })))
                .collect();
            prop_assert_eq!(parse(print_all(&files).as_bytes()).unwrap(), files);
        }

        #[test]
        fn any_bytes_are_answered(bytes: Vec<u8>) {
            parse(&bytes).unwrap_err();
        }
    }
}
