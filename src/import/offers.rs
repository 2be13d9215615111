//! What the reader of sites would offer for the files, put in: status, units and time limit that only the text of an item says;
//! and names for figures, with relations between them, each marked as proposed.

use crate::content::{self, Drafts, FOLDER, Loaded};
use crate::diagnostic::{Diagnostics, Edit, SourcePath};
use crate::markdown::Options;

use crate::suggest::{self, Summary};

use super::NewFile;

/// Returns `files` as if they had been read from the folder with this name, and how the path of each is made.
pub(super) fn loaded(files: &[NewFile], folder: &str) -> (Loaded, impl Fn(&str) -> SourcePath + use<>) {
    let folder = format!("{FOLDER}/{folder}");
    let path = move |name: &str| SourcePath::new(format!("{folder}/{name}"));
    let mut loaded = Loaded::default();
    for file in files {
        loaded.sources.insert(path(&file.name), file.text.clone().into_bytes());
    }
    (loaded, path)
}

/// The most figures of a text for which names are proposed; for more the command `figures` does it, which takes its time.
pub(super) const MOST_FIGURES: usize = 400;

/// The codes of what is put in.
const TAKEN: [&str; 1] = ["fact-only-in-text"];

/// Puts into `files`, of the folder with this name, what the reader offers for their front matter.
pub(super) fn put_in(mut files: Vec<NewFile>, folder: &str, options: &Options) -> Vec<NewFile> {
    let (loaded, path) = loaded(&files, folder);
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

/// Puts names for the figures of the text into `files`, and relations between them, all marked `proposed: true`; tells how many.
pub(super) fn propose(mut files: Vec<NewFile>, folder: &str, options: &Options) -> (Vec<NewFile>, Summary) {
    let (loaded, path) = loaded(&files, folder);
    let content = content::parse(&loaded, options, Drafts::Shown, &mut Diagnostics::new());
    let mut all = Summary::default();
    let Some(notice) = content.notices.first() else { return (files, all) };
    if notice.coverage().open > MOST_FIGURES {
        return (files, all);
    }
    for written in suggest::written(notice, &loaded.sources, options) {
        if let Some(file) = files.iter_mut().find(|file| path(&file.name) == written.path) {
            file.text = written.text;
            all.metrics += written.summary.metrics;
            all.doubtful += written.summary.doubtful;
            all.not_figures += written.summary.not_figures;
            all.relations += written.summary.relations;
        }
    }
    (files, all)
}
