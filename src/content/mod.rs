//! Sources → [`Content`]: front matter, outline of measures, figures and relations, levels of headings.
//!
//! Start with [`parse`]. Each file is parsed by itself (`section`, `notice`, `page`), on all cores, without a look at
//! its neighbors; `assemble` then puts the files of a folder together into a [`Notice`].
//! Reading the disk is `load`'s part; addresses and links between the files are the `site` room's.

mod assemble;
mod fields;
mod figures;
mod front_matter;
mod load;
mod notice;
mod outline;
mod page;
mod section;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics, Location, Severity, SourcePath};
use crate::disk;
use crate::markdown;
use crate::notice::{ApprovedText, InformationPage, Notice, Section};
use crate::text;

use figures::Unresolved;

pub use figures::{SuggestedMetric, Suggestions, suggest};
pub use load::{FOLDER, Loaded, load};

/// The text that was signed off, in the folder of its notice.
const APPROVED: &str = "approved.txt";

/// What the sources say.
#[derive(Debug, Default)]
pub struct Content {
    /// The notices in the order of their folders' names.
    pub notices: Vec<Notice>,
    /// The other pages in the order of their files' names.
    pub pages: Vec<InformationPage>,
    /// Files that texts may link to or show: path from the site's root, size in bytes.
    pub attachments: BTreeMap<SourcePath, u64>,
    /// Files and folders that cannot be read; each has been reported.
    pub unread: BTreeSet<SourcePath>,
}

/// One parsed file, before it meets its neighbors.
enum Parsed {
    Notice(Box<(Notice, Unresolved)>),
    Section(Box<(Section, Unresolved)>),
    Page(InformationPage),
    Approved(ApprovedText),
}

/// Turns what was loaded into notices and pages; pushes all that is wrong with any of the files.
pub fn parse(loaded: &Loaded, options: &markdown::Options, diagnostics: &mut Diagnostics) -> Content {
    let files: Vec<(&SourcePath, &[u8])> = loaded.sources.iter().collect();
    let parsed: Vec<(Option<Parsed>, Diagnostics)> = files
        .par_iter()
        .map(|(path, bytes)| {
            let mut found = Diagnostics::new();
            (parse_file(path, bytes, options, &mut found), found)
        })
        .collect();

    let mut content = Content::default();
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    let unread = loaded.unread.iter().filter(|path| load::is_text(path)).map(|path| (path, place_of(path)));
    let unread =
        unread.filter_map(|(path, place)| Some((path, (placeholder(path, &place?), Diagnostics::new()))));
    let read = files.iter().zip(parsed).map(|((path, _), parsed)| (*path, parsed));
    for (path, (parsed, found)) in read.chain(unread) {
        diagnostics.append(found);
        let folder = place_of(path).and_then(|place| place.folder).unwrap_or_default();
        match parsed {
            Some(Parsed::Page(page)) => content.pages.push(page),
            Some(Parsed::Notice(notice)) => {
                folders.entry(folder.to_owned()).or_default().notice = Some(*notice);
            }
            Some(Parsed::Section(section)) => {
                folders.entry(folder.to_owned()).or_default().sections.push(*section);
            }
            Some(Parsed::Approved(text)) => {
                folders.entry(folder.to_owned()).or_default().approved = Some(text);
            }
            None => {}
        }
    }
    let is_empty = folders.is_empty() && loaded.unread.is_empty();
    content.notices =
        folders.into_iter().filter_map(|(name, folder)| folder.close(&name, diagnostics)).collect();
    content.pages.sort_by(|a, b| a.source.cmp(&b.source));
    content.attachments = loaded.others.iter().cloned().collect();
    content.unread.clone_from(&loaded.unread);
    if is_empty {
        diagnostics.push(
            Diagnostic::without_place(
                "no-notice",
                Severity::Error,
                "there is no notice to publish",
                "没有可以发布的通报",
            )
            .help(
                format!("a folder in `{FOLDER}/` with a `{}` is a notice", notice::FILE),
                format!("`{FOLDER}/` 中含有 `{}` 的文件夹就是一份通报", notice::FILE),
            ),
        );
    }
    content
}

/// What belongs to one folder of `content/`.
#[derive(Default)]
struct Folder {
    notice: Option<(Notice, Unresolved)>,
    sections: Vec<(Section, Unresolved)>,
    approved: Option<ApprovedText>,
}

impl Folder {
    fn close(self, name: &str, diagnostics: &mut Diagnostics) -> Option<Notice> {
        let Some((mut notice, unresolved)) = self.notice else {
            let file = self.sections.first().map(|(section, _)| &section.source);
            let file = file.or(self.approved.as_ref().map(|approved| &approved.source))?;
            diagnostics.push(
                Diagnostic::error(
                    "folder-without-notice",
                    Location::file(file),
                    format!("the folder `{name}` has no `{}`", notice::FILE),
                    format!("文件夹 `{name}` 中没有 `{}`", notice::FILE),
                )
                .help(
                    format!("add `{FOLDER}/{name}/{}` with `title`, `unit` and `date`", notice::FILE),
                    format!("请新建 `{FOLDER}/{name}/{}`，写明 `title`、`unit`、`date`", notice::FILE),
                ),
            );
            return None;
        };
        if !is_address(name) {
            diagnostics.push(folder_is_no_address(name));
        }
        notice.approved = self.approved;
        assemble::assemble(&mut notice, unresolved, self.sections, diagnostics);
        Some(notice)
    }
}

/// Where a text stands below `content/`.
struct Place<'a> {
    /// The folder of a notice; `None` directly in `content/`.
    folder: Option<&'a str>,
    /// What follows: the file's name, with folders in front of it where there are more.
    name: &'a str,
}

fn place_of(path: &SourcePath) -> Option<Place<'_>> {
    let inside = path.as_str().strip_prefix(FOLDER)?.strip_prefix('/')?;
    Some(match inside.split_once('/') {
        Some((folder, name)) => Place { folder: Some(folder), name },
        None => Place { folder: None, name: inside },
    })
}

fn parse_file(
    path: &SourcePath,
    bytes: &[u8],
    options: &markdown::Options,
    diagnostics: &mut Diagnostics,
) -> Option<Parsed> {
    let place = place_of(path)?;
    if place.name.contains('/') {
        diagnostics.push(folder_too_deep(path));
        return None;
    }
    let Some(text) = disk::text(path, bytes, diagnostics) else { return placeholder(path, &place) };
    if let (Some(_), APPROVED) = (place.folder, place.name) {
        let is_whole = !is_blank(path, text, diagnostics);
        let offset = disk::bom_length(text);
        let text = text.get(offset..).expect("a byte order mark ends on a boundary").to_owned();
        return Some(Parsed::Approved(ApprovedText { source: path.clone(), text, offset, is_whole }));
    }
    if place.name == APPROVED {
        diagnostics.push(misplaced_approved_text(path));
        return None;
    }
    let name = place.name.strip_suffix(".md").unwrap_or(place.name);
    if !is_address(name) {
        diagnostics.push(name_is_no_address(path, place.name));
    }
    let id = &address_for_now(name);
    Some(match place.folder {
        None => Parsed::Page(page::parse(path, id, text, options, diagnostics)),
        Some(folder) if place.name == notice::FILE => {
            let id = &address_for_now(folder);
            Parsed::Notice(Box::new(notice::parse(path, id, text, options, diagnostics)))
        }
        Some(_) => Parsed::Section(Box::new(section::parse(path, id, text, options, diagnostics))),
    })
}

/// Returns what keeps the place of a text that cannot be read, so that its neighbors and the links to it are still right.
fn placeholder(path: &SourcePath, place: &Place<'_>) -> Option<Parsed> {
    if place.name.contains('/') {
        return None;
    }
    if let (Some(_), APPROVED) = (place.folder, place.name) {
        let (source, text) = (path.clone(), String::new());
        return Some(Parsed::Approved(ApprovedText { source, text, offset: 0, is_whole: false }));
    }
    let id = &address_for_now(place.name.strip_suffix(".md")?);
    Some(match place.folder {
        None => Parsed::Page(page::empty(path, id)),
        Some(folder) if place.name == notice::FILE => {
            Parsed::Notice(Box::new((notice::empty(path, &address_for_now(folder)), Unresolved::default())))
        }
        Some(_) => Parsed::Section(Box::new((section::empty(path, id), Unresolved::default()))),
    })
}

/// The problem of an approved text that belongs to no notice.
fn misplaced_approved_text(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        "misplaced-approved-text",
        Location::file(path),
        "this approved text belongs to no notice",
        "这份审定稿不属于任何通报",
    )
    .help("move it into the folder of its notice", "请移到通报所在的文件夹中")
}

/// Tells whether a file's or folder's name can stand in an address for ever.
fn is_address(name: &str) -> bool {
    !name.contains('.') && text::address::fault_of_name(name).is_none()
}

/// Returns `name` without the signs that mean something in an address, so that the pages of a file whose name has been
/// reported can be checked all the same.
fn address_for_now(name: &str) -> String {
    let is_plain = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '-' || c == '_';
    name.chars().map(|c| if is_plain(c) { c.to_string() } else { format!("-{:x}-", u32::from(c)) }).collect()
}

fn folder_too_deep(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        "folder-too-deep",
        Location::file(path),
        "a text stands in a folder inside a notice",
        "通报文件夹里的子文件夹中有正文文件",
    )
    .help(
        "move it into the folder of the notice; only attachments may have folders of their own",
        "请移到通报文件夹中；只有附件可以放在子文件夹里",
    )
}

/// The problem of a name with other characters than an address may have (design: addresses are ASCII).
fn name_is_no_address(path: &SourcePath, name: &str) -> Diagnostic {
    Diagnostic::error(
        "name-is-no-address",
        Location::file(path),
        format!("the file name `{name}` cannot be an address"),
        format!("文件名 `{name}` 不能用作网址"),
    )
    .help(
        "use only the letters a–z, digits, `-` and `_`, for example `06.md`",
        "只用英文字母、数字、`-` 和 `_`，例如 `06.md`",
    )
}

/// The same for the folder of a notice; said once, not for each of its files.
fn folder_is_no_address(name: &str) -> Diagnostic {
    Diagnostic::error(
        "name-is-no-address",
        Location::file(&SourcePath::new(format!("{FOLDER}/{name}"))),
        format!("the folder name `{name}` cannot be an address"),
        format!("文件夹名 `{name}` 不能用作网址"),
    )
    .help(
        "use only the letters a–z, digits, `-` and `_`, for example `zhoushan-2025`",
        "只用英文字母、数字、`-` 和 `_`，例如 `zhoushan-2025`",
    )
}

/// Tells whether a file has nothing in it, and pushes `empty-file` if so.
fn is_blank(path: &SourcePath, text: &str, diagnostics: &mut Diagnostics) -> bool {
    let is_blank = text.trim_start_matches('\u{feff}').trim().is_empty();
    if is_blank {
        diagnostics.push(
            Diagnostic::error("empty-file", Location::file(path), "the file is empty", "文件是空的").help(
                "write its front matter and text, or remove the file",
                "请写好文件头和正文，或删除这个文件",
            ),
        );
    }
    is_blank
}
