//! Files that whoever runs a command names: they stand anywhere, links are followed, and what fails is an error with the path.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use anyhow::bail;

use crate::diagnostic::{Explain, Message};

/// Tells whether there is a file at `path`.
pub(crate) fn is_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
}

/// Reads the bytes of a regular file, at most `limit` of them; fails if it has more.
pub(crate) fn read_given(path: &Path, limit: u64) -> anyhow::Result<Vec<u8>> {
    let shown = path.display();
    let cannot = || Message::new(format!("cannot read `{shown}`"), format!("无法读取 `{shown}`"));
    // Opening a pipe would wait for whoever writes into it.
    if !fs::metadata(path).explain(cannot)?.is_file() {
        bail!(Message::new(format!("`{shown}` is no file"), format!("`{shown}` 不是文件")));
    }
    let file = File::open(path).explain(cannot)?;
    read_bounded(file, &shown.to_string(), limit)
}

/// Reads what `source`, which is called `name`, gives, at most `limit` bytes; fails if it gives more.
pub(crate) fn read_bounded(source: impl Read, name: &str, limit: u64) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .explain(|| Message::new(format!("cannot read `{name}`"), format!("无法读取 `{name}`")))?;
    if bytes.len() as u64 > limit {
        let megabytes = limit >> 20;
        bail!(Message::new(
            format!("`{name}` has more than the {megabytes} MB allowed"),
            format!("`{name}` 超过上限 {megabytes} MB"),
        ));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_up_to_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "0123456789").unwrap();
        assert_eq!(read_given(&path, 10).unwrap(), b"0123456789");
        assert!(read_given(&path, 9).unwrap_err().to_string().contains("more than"));
        assert!(read_given(folder.path(), 9).unwrap_err().to_string().ends_with("is no file"));
        assert!(read_given(&folder.path().join("b"), 9).unwrap_err().to_string().starts_with("cannot read"));
        assert!(is_file(&path) && !is_file(folder.path()));
    }
}
