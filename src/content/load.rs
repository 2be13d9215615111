//! Files → sources: everything below `content/`, read once, in sorted order.

use std::path::Path;

use crate::diagnostic::{Diagnostics, SourcePath};
use crate::disk::{self, Sources};

/// The folder that holds notices and pages.
pub const FOLDER: &str = "content";

/// The most that a text may have. The longest notices run to some 100 KB; a text of megabytes is a mistake.
const LARGEST_TEXT: u64 = 2 * 1024 * 1024;

/// The files of `content/`.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Markdown files and approved texts.
    pub sources: Sources,
    /// Everything else, by path and size: what texts may link to. Not read here.
    pub others: Vec<(SourcePath, u64)>,
}

/// Reads `content/` below `root`.
///
/// Pushes what [`disk::walk`] and [`disk::read`] find (links that lead outside, files that are too large or cannot be
/// read); such files are left out.
pub fn load(root: &Path, diagnostics: &mut Diagnostics) -> Loaded {
    let mut loaded = Loaded::default();
    for found in disk::walk(root, FOLDER, diagnostics) {
        if is_text(&found.path) {
            if let Some(bytes) = disk::read(root, &found.path, LARGEST_TEXT, diagnostics) {
                loaded.sources.insert(found.path, bytes);
            }
        } else {
            loaded.others.push((found.path, found.size));
        }
    }
    loaded
}

fn is_text(path: &SourcePath) -> bool {
    path.extension() == Some("md") || path.as_str().ends_with("/approved.txt")
}
