//! What the reader of sites would offer for the files, put in: status, units and time limit that only the text of an item says;
//! and names for figures, with relations between them, each marked as proposed.

use std::sync::Arc;

use crate::content::{self, Drafts, FOLDER, Loaded};
use crate::diagnostic::{Diagnostics, Edit, SourcePath};
use crate::markdown::Options;
use crate::notice::Notice;
use crate::suggest::{self, Doubt, Summary};

use super::NewFile;

/// The most figures of a text for which names are proposed; for more the command `figures` does it, which takes its time.
pub(super) const MOST_FIGURES: usize = 400;

/// The codes of what is put in.
const TAKEN: [&str; 1] = ["fact-only-in-text"];

/// Files, and what the reader of sites makes of them.
pub(super) struct Read {
    pub(super) loaded: Loaded,
    /// The notice; `None` if the files make none.
    pub(super) notice: Option<Arc<Notice>>,
    /// What it found in the files.
    pub(super) found: Diagnostics,
}

/// Reads `files` as if they stood in the folder with this name.
pub(super) fn read(files: &[NewFile], folder: &str, options: &Options) -> Read {
    let mut loaded = Loaded::default();
    for file in files {
        loaded.sources.insert(path(folder, &file.name), file.text.clone().into_bytes());
    }
    let mut found = Diagnostics::new();
    let content = content::parse(&loaded, options, Drafts::Shown, &mut found);
    Read { loaded, notice: content.notices.into_iter().next(), found }
}

/// Returns the path of a file of the folder with this name.
pub(super) fn path(folder: &str, name: &str) -> SourcePath {
    SourcePath::new(format!("{FOLDER}/{folder}/{name}"))
}

/// Puts into `files`, of the folder with this name, what the reader offers for their front matter; and names for the figures
/// of the text, with relations between them, all marked `proposed: true`.
pub(super) fn put_in(mut files: Vec<NewFile>, folder: &str, options: &Options) -> (Vec<NewFile>, Proposed) {
    let mut as_read = read(&files, folder, options);
    let mut edits: Vec<Edit> = as_read
        .found
        .iter()
        .filter(|one| TAKEN.contains(&one.code))
        .filter_map(|one| one.fixes.first())
        .flat_map(|fix| fix.edits.iter().cloned())
        .collect();
    // From the end, so that the places in front of an edit stay what they are.
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
    for file in &mut files {
        let path = path(folder, &file.name);
        for edit in edits.iter().filter(|edit| edit.path == path) {
            if file.text.get(edit.range.clone()).is_some() {
                file.text.replace_range(edit.range.clone(), &edit.text);
            }
        }
    }
    if !edits.is_empty() {
        as_read = read(&files, folder, options);
    }
    let proposed = propose(&mut files, &as_read, folder, options);
    (files, proposed)
}

fn propose(files: &mut [NewFile], read: &Read, folder: &str, options: &Options) -> Proposed {
    let mut proposed = Proposed::default();
    let Some(notice) = read.notice.as_ref().filter(|notice| notice.coverage().open <= MOST_FIGURES) else {
        return proposed;
    };
    let (written, doubts) = suggest::written(notice, &read.loaded.sources, options);
    proposed.doubts = doubts;
    let all = &mut proposed.entries;
    for written in written {
        if let Some(file) = files.iter_mut().find(|file| path(folder, &file.name) == written.path) {
            file.text = written.text;
            all.metrics += written.summary.metrics;
            all.doubtful += written.summary.doubtful;
            all.not_figures += written.summary.not_figures;
            all.relations += written.summary.relations;
        }
    }
    proposed
}

/// What was proposed for the figures of a text.
#[derive(Debug, Default)]
pub struct Proposed {
    /// How many entries of front matter.
    pub entries: Summary,
    /// Relations that the words state, and that the figures do not keep.
    pub doubts: Vec<Doubt>,
}
