//! Sources → [`Content`]: front matter, outline of measures, metrics, levels of headings.
//!
//! Start with [`parse`]. Each file is parsed by itself (`section`, `notice`, `page`), on all cores, without a look at
//! its neighbors; `assemble` then puts the files of a folder together into a [`Notice`].
//! Reading the disk is `load`'s part; addresses and links between the files are the `site` room's.

mod assemble;
mod fields;
mod front_matter;
mod load;
mod notice;
mod outline;
mod page;
mod section;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics, Location, Severity, SourcePath};
use crate::disk;
use crate::markdown;
use crate::notice::{ApprovedText, InformationPage, Notice, Section};

pub use load::{FOLDER, Loaded, load};

/// What the sources say.
#[derive(Debug, Default)]
pub struct Content {
    /// The notices in the order of their folders' names.
    pub notices: Vec<Notice>,
    /// The other pages in the order of their files' names.
    pub pages: Vec<InformationPage>,
    /// Files that texts may link to or show: path from the site's root, size in bytes.
    pub attachments: BTreeMap<SourcePath, u64>,
}

/// One parsed file, before it meets its neighbors.
enum Parsed {
    Notice(Box<Notice>),
    Section(Box<Section>),
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
    for ((path, _), (parsed, found)) in files.iter().zip(parsed) {
        diagnostics.append(found);
        let folder = folder_of(path).unwrap_or_default();
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
    content.notices =
        folders.into_iter().filter_map(|(name, folder)| folder.close(&name, diagnostics)).collect();
    content.attachments = loaded.others.iter().cloned().collect();
    if content.notices.is_empty() {
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
    notice: Option<Notice>,
    sections: Vec<Section>,
    approved: Option<ApprovedText>,
}

impl Folder {
    fn close(self, name: &str, diagnostics: &mut Diagnostics) -> Option<Notice> {
        let Some(mut notice) = self.notice else {
            let file = self.sections.first().map(|section| &section.source);
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
        notice.approved = self.approved;
        assemble::assemble(&mut notice, self.sections, diagnostics);
        Some(notice)
    }
}

fn parse_file(
    path: &SourcePath,
    bytes: &[u8],
    options: &markdown::Options,
    diagnostics: &mut Diagnostics,
) -> Option<Parsed> {
    let text = disk::text(path, bytes, diagnostics)?;
    let inside = path.as_str().strip_prefix(FOLDER)?.strip_prefix('/')?;
    let (folder, name) = match inside.split_once('/') {
        Some((folder, name)) => (Some(folder), name),
        None => (None, inside),
    };
    if name.contains('/') {
        diagnostics.push(
            Diagnostic::error(
                "folder-too-deep",
                Location::file(path),
                "a text stands in a folder inside a notice",
                "通报文件夹里的子文件夹中有正文文件",
            )
            .help(
                "move it into the folder of the notice; only attachments may have folders of their own",
                "请移到通报文件夹中；只有附件可以放在子文件夹里",
            ),
        );
        return None;
    }
    if let (Some(_), "approved.txt") = (folder, name) {
        let offset = text.len() - text.trim_start_matches('\u{feff}').len();
        let text = text.get(offset..).expect("a byte order mark ends on a boundary").to_owned();
        return Some(Parsed::Approved(ApprovedText { source: path.clone(), text, offset }));
    }
    let id = name.strip_suffix(".md")?;
    if !is_address(folder.unwrap_or_default()) || !is_address(id) || id.is_empty() {
        diagnostics.push(name_is_no_address(path));
        return None;
    }
    Some(match folder {
        None => Parsed::Page(page::parse(path, id, text, options, diagnostics)),
        Some(folder) if name == notice::FILE => {
            Parsed::Notice(Box::new(notice::parse(path, folder, text, options, diagnostics)))
        }
        Some(_) => Parsed::Section(Box::new(section::parse(path, id, text, options, diagnostics))),
    })
}

fn folder_of(path: &SourcePath) -> Option<&str> {
    Some(path.as_str().strip_prefix(FOLDER)?.strip_prefix('/')?.split_once('/')?.0)
}

/// Tells whether a file's or folder's name can stand in an address for ever.
fn is_address(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// The problem of a name with other characters than an address may have (design: addresses are ASCII).
fn name_is_no_address(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        "name-is-no-address",
        Location::file(path),
        "the name of this file or its folder cannot be an address",
        "这个文件或文件夹的名称不能用作网址",
    )
    .help(
        "use only the letters a–z, digits, `-` and `_`, for example `zhoushan-2025/06.md`",
        "只用英文字母、数字、`-` 和 `_`，例如 `zhoushan-2025/06.md`",
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
