//! Files → sources: everything below `content/`, read once, in sorted order; and the files of `static/`, unread.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::approved;
use crate::attachment::{self, Attachment, Contents};
use crate::diagnostic::{Diagnostics, SourcePath};
use crate::disk::{self, FoundFile, Opened, Sources};

/// The folder that holds notices and pages.
pub const FOLDER: &str = "content";

/// The folder whose files are published as they are, at the root of the site.
pub const STATIC_FOLDER: &str = "static";

/// The most that a text may have. The longest notices run to some 100 KB; a text of megabytes is a mistake.
const LARGEST_TEXT: u64 = 2 * 1024 * 1024;

/// The most that an approved document may have: its pictures count, too.
const LARGEST_DOCUMENT: u64 = 64 * 1024 * 1024;

/// The files of `static/`, by their paths from the site's root.
pub type StaticFiles = BTreeMap<SourcePath, Arc<Attachment>>;

/// The files of `content/`.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Markdown files and approved texts, documents among them.
    pub sources: Sources,
    /// Everything else, with what stands in it: what texts may link to.
    pub others: Vec<(SourcePath, Arc<Attachment>)>,
    /// Files and folders that are there but cannot be read. Each has been reported, and what follows from it need not be.
    pub unread: BTreeSet<SourcePath>,
    /// Links to other files of `content/`, with which they change.
    pub links: BTreeSet<SourcePath>,
}

/// Reads `content/` below `root`.
///
/// Pushes what [`disk::walk`] and [`disk::read`] find (links that lead outside, files that are too large or cannot be
/// read); such files are left out.
pub fn load(root: &Path, diagnostics: &mut Diagnostics) -> Loaded {
    let mut faults = Diagnostics::new();
    let found = disk::walk(root, FOLDER, &mut faults);
    read_all(root, found, faults, diagnostics)
}

/// Reads what [`load`] would of one entry of `content/`, be it a file or a folder.
pub fn load_part(root: &Path, name: &str, diagnostics: &mut Diagnostics) -> Loaded {
    let mut faults = Diagnostics::new();
    let found = disk::walk_entry(root, FOLDER, name, &mut faults);
    read_all(root, found, faults, diagnostics)
}

fn read_all(
    root: &Path,
    found: Vec<FoundFile>,
    mut faults: Diagnostics,
    diagnostics: &mut Diagnostics,
) -> Loaded {
    let links = found.iter().filter(|found| found.is_link).map(|found| found.path.clone()).collect();
    let mut loaded = Loaded { links, ..Loaded::default() };
    let (texts, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| is_text(&found.path));
    let others = others.into_par_iter().map(|other| {
        let mut faults = Diagnostics::new();
        let attachment = look(root, &other.path, &mut faults);
        (other.path, attachment, faults)
    });
    for (path, attachment, faults_of_file) in others.collect::<Vec<_>>() {
        faults.append(faults_of_file);
        loaded.others.extend(attachment.map(|attachment| (path, Arc::new(attachment))));
    }
    let read = texts.into_par_iter().map(|text| {
        let mut faults = Diagnostics::new();
        let bytes = disk::read(root, &text.path, largest(&text.path), &mut faults);
        (text.path, bytes, faults)
    });
    for (path, bytes, faults_of_file) in read.collect::<Vec<_>>() {
        faults.append(faults_of_file);
        if let Some(bytes) = bytes {
            loaded.sources.insert(path, bytes);
        }
    }
    let places = faults.iter().filter_map(|fault| fault.location.as_ref());
    loaded.unread = places.map(|place| place.path.clone()).collect();
    diagnostics.append(faults);
    loaded
}

/// Lists the files of `static/` below `root`. They are published unread, so nothing is known of what is in them.
///
/// Pushes what [`disk::walk_published`] finds and what opening them does; such files are left out.
pub fn load_static(root: &Path, diagnostics: &mut Diagnostics) -> StaticFiles {
    let found = disk::walk_published(root, STATIC_FOLDER, diagnostics);
    let seen = found.into_par_iter().map(|found| {
        let mut faults = Diagnostics::new();
        let opened = disk::open(root, &found.path, &mut faults);
        let unread = |opened: Opened| Attachment {
            stamp: opened.stamp().clone(),
            size: opened.size(),
            contents: Contents::default(),
        };
        (found.path, opened.map(unread), faults)
    });
    let mut files = StaticFiles::new();
    for (path, file, faults) in seen.collect::<Vec<_>>() {
        diagnostics.append(faults);
        files.extend(file.map(|file| (path, Arc::new(file))));
    }
    files
}

/// Looks into a file that texts may link to; no more of it is read than it takes to know what it is.
fn look(root: &Path, path: &SourcePath, diagnostics: &mut Diagnostics) -> Option<Attachment> {
    let opened = disk::open(root, path, diagnostics)?;
    let (stamp, size) = (opened.stamp().clone(), opened.size());
    let contents = attachment::look_into_file(path, opened.into_file(), size);
    Some(Attachment { stamp, size, contents })
}

/// Tells whether a file is one that gongkai reads, by its name.
pub(super) fn is_text(path: &SourcePath) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
        || approved::is_approved(name_of(path))
}

/// Returns how much a text may have.
fn largest(path: &SourcePath) -> u64 {
    if approved::is_document(name_of(path)) { LARGEST_DOCUMENT } else { LARGEST_TEXT }
}

fn name_of(path: &SourcePath) -> &str {
    path.as_str().rsplit('/').next().unwrap_or_default()
}
