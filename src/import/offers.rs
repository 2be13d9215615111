//! What the reader of sites would offer for the files, put in: status, units and time limit that only the text of an item says.

use crate::content::{self, Drafts, FOLDER, Loaded};
use crate::diagnostic::{Diagnostics, Edit, SourcePath};
use crate::markdown::Options;

use super::NewFile;

/// The codes of what is put in.
const TAKEN: [&str; 1] = ["fact-only-in-text"];

/// Puts into `files`, of the folder with this name, what the reader offers for their front matter.
pub(super) fn put_in(mut files: Vec<NewFile>, folder: &str, options: &Options) -> Vec<NewFile> {
    let path = |name: &str| SourcePath::new(format!("{FOLDER}/{folder}/{name}"));
    let mut loaded = Loaded::default();
    for file in &files {
        loaded.sources.insert(path(&file.name), file.text.clone().into_bytes());
    }
    let mut found = Diagnostics::new();
    let _ = content::parse(&loaded, options, Drafts::Shown, &mut found);
    let mut edits: Vec<Edit> = found
        .iter()
        .filter(|one| TAKEN.contains(&one.code))
        .filter_map(|one| one.fixes.first())
        .flat_map(|fix| fix.edits.iter().cloned())
        .collect();
    // From the end, so that the places in front of an edit stay what they are.
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
    for file in &mut files {
        let path = path(&file.name);
        for edit in edits.iter().filter(|edit| edit.path == path) {
            if file.text.get(edit.range.clone()).is_some() {
                file.text.replace_range(edit.range.clone(), &edit.text);
            }
        }
    }
    files
}
