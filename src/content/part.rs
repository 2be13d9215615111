//! One entry of `content/` after the other: the folder of a notice, or a file that stands there by itself.
//!
//! Parts know nothing of each other, so they are parsed on all cores, and a preview parses only the one that changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::load::{self, FOLDER, Loaded};
use super::section::ReadSection;
use super::{
    Parsed, approved, assemble, folder_is_no_address, is_address, notice, parse_file, place_of, placeholder,
};
use crate::attachment::Attachment;
use crate::binding::Unresolved;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::fields::is_example_notice;
use crate::markdown;
use crate::notice::{ApprovedText, InformationPage, Notice};

/// What an entry of `content/` says.
#[derive(Debug, Default)]
pub struct Part {
    /// The notice, if the entry is the folder of one.
    pub notice: Option<Arc<Notice>>,
    /// The page, if the entry is the file of one.
    pub page: Option<Arc<InformationPage>>,
    /// The files that texts may link to or show, by their paths from the site's root.
    pub attachments: Vec<(SourcePath, Arc<Attachment>)>,
    /// What cannot be read.
    pub unread: BTreeSet<SourcePath>,
    /// Whether it is a folder with texts, be they those of a notice or not.
    pub(super) has_folder: bool,
}

/// The files of one entry.
#[derive(Default)]
struct Files<'a> {
    texts: Vec<(&'a SourcePath, &'a [u8])>,
    others: Vec<&'a (SourcePath, Arc<Attachment>)>,
    unread: Vec<&'a SourcePath>,
}

/// Returns the name of the entry of `content/` that `path` belongs to; it is empty for `content` itself.
pub fn part_of(path: &SourcePath) -> &str {
    let inside = path.as_str().strip_prefix(FOLDER).and_then(|inside| inside.strip_prefix('/'));
    inside.and_then(|inside| inside.split('/').next()).unwrap_or_default()
}

/// Parses what was loaded, entry by entry, by their names; with each, what is wrong with its files.
pub fn parse_parts(loaded: &Loaded, options: &markdown::Options) -> BTreeMap<String, (Part, Diagnostics)> {
    let mut entries: BTreeMap<&str, Files<'_>> = BTreeMap::new();
    for (path, bytes) in loaded.sources.iter() {
        entries.entry(part_of(path)).or_default().texts.push((path, bytes));
    }
    for other in &loaded.others {
        entries.entry(part_of(&other.0)).or_default().others.push(other);
    }
    for path in &loaded.unread {
        entries.entry(part_of(path)).or_default().unread.push(path);
    }
    let entries: Vec<_> = entries.into_iter().collect();
    entries.par_iter().map(|(name, files)| ((*name).to_owned(), parse_part(name, files, options))).collect()
}

fn parse_part(name: &str, files: &Files<'_>, options: &markdown::Options) -> (Part, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let read: Vec<(Option<Parsed>, Diagnostics)> = files
        .texts
        .par_iter()
        .map(|(path, bytes)| {
            let mut found = Diagnostics::new();
            (parse_file(path, bytes, options, &mut found), found)
        })
        .collect();
    let unread = files.unread.iter().filter(|path| load::is_text(path));
    let unread = unread.filter_map(|path| Some((placeholder(path, &place_of(path)?), Diagnostics::new())));

    let (disguised, others): (Vec<_>, Vec<_>) = files
        .others
        .iter()
        .map(|other| (text_meant_by(&other.0), *other))
        .partition(|(meant, _)| meant.is_some());
    for (path, meant) in disguised.into_iter().filter_map(|(meant, (path, _))| Some((path, meant?))) {
        diagnostics.push(text_with_other_ending(path, meant));
    }
    let mut part = Part {
        attachments: others.into_iter().map(|(_, other)| other.clone()).collect(),
        unread: files.unread.iter().map(|path| (*path).clone()).collect(),
        ..Part::default()
    };
    let mut folder = Folder::default();
    for (parsed, found) in read.into_iter().chain(unread) {
        diagnostics.append(found);
        part.has_folder |= !matches!(parsed, Some(Parsed::Page(_)) | None);
        match parsed {
            Some(Parsed::Page(page)) => part.page = Some(Arc::new(page)),
            Some(Parsed::Notice(mut notice)) => {
                notice.0.is_example = is_example_notice(&files.texts.iter().map(|(_, text)| *text));
                folder.notice = Some(*notice);
            }
            Some(Parsed::Section(section)) => folder.sections.push(*section),
            Some(Parsed::Approved(text)) => folder.approved.push(text),
            None => {}
        }
    }
    part.notice = folder.close(name, &mut diagnostics).map(Arc::new);
    (part, diagnostics)
}

/// Returns the name of a text whose file has a second ending, as systems that hide endings make it: `02.md.txt`,
/// `approved.docx.docx`.
fn text_meant_by(path: &SourcePath) -> Option<&str> {
    let name = place_of(path)?.name;
    let (front, ending) = name.rsplit_once('.')?;
    let is_markdown = front.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("md"));
    let is_ending = |known: &str| ending.eq_ignore_ascii_case(known);
    let is_text = is_markdown && is_ending("txt")
        || approved::is_approved(front) && ["txt", "docx", "html"].into_iter().any(is_ending);
    (is_text && !name.contains('/')).then_some(front)
}

fn text_with_other_ending(path: &SourcePath, meant: &str) -> Diagnostic {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    Diagnostic::error(
        "text-with-other-ending",
        Location::file(path),
        format!("`{name}` is not read as a text, because of its ending"),
        format!("因为文件名的结尾，`{name}` 不会作为正文读取"),
    )
    .help(
        format!("did you mean `{meant}`? rename it, or give an attachment a name without `.md`; let the system show file endings"),
        format!("是否应为 `{meant}`？请改名（先让系统显示文件扩展名）；如果确是附件，文件名里不要有 `.md`"),
    )
}

/// The parsed files of a folder of `content/`.
#[derive(Default)]
struct Folder {
    notice: Option<(Notice, Unresolved)>,
    sections: Vec<ReadSection>,
    approved: Vec<ApprovedText>,
}

impl Folder {
    fn close(self, name: &str, diagnostics: &mut Diagnostics) -> Option<Notice> {
        let Some((mut notice, unresolved)) = self.notice else {
            let file = self.sections.first().map(|read| &read.section.passage.source);
            let file = file.or(self.approved.first().map(|approved| &approved.source))?;
            diagnostics.push(folder_without_notice(name, file));
            return None;
        };
        if !is_address(name) {
            diagnostics.push(folder_is_no_address(name));
        }
        let mut approved = self.approved.into_iter();
        notice.approved = approved.next();
        if let (Some(first), Some(second)) = (&mut notice.approved, approved.next()) {
            diagnostics.push(approved::several(&first.source, &second.source));
            // Nobody knows which of them is to be compared.
            first.is_whole = false;
        }
        assemble::assemble(&mut notice, unresolved, self.sections, diagnostics);
        Some(notice)
    }
}

fn folder_without_notice(name: &str, file: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        "folder-without-notice",
        Location::file(file),
        format!("the folder `{name}` has no `{}`", notice::FILE),
        format!("文件夹 `{name}` 中没有 `{}`", notice::FILE),
    )
    .help(
        format!("add `{FOLDER}/{name}/{}` with `title`, `unit` and `date`", notice::FILE),
        format!("请新建 `{FOLDER}/{name}/{}`，写明 `title`、`unit`、`date`", notice::FILE),
    )
}
