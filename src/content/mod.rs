//! Sources → [`Content`]: front matter, outline of measures, figures and relations, levels of headings.
//!
//! Start with [`parse`]. Each file is parsed by itself (`section`, `notice`, `page`), on all cores, without a look at
//! its neighbors; `assemble` then puts the files of a folder together into a [`Notice`].
//! Reading the disk is `load`'s part; addresses and links between the files are the `site` room's.

mod accepted;
mod approval;
mod approved;
mod assemble;
pub(crate) mod front_matter;
mod ledger;
mod load;
mod notice;
mod numbers;
mod outline;
mod page;
mod part;
mod points;
mod problem;
mod section;
mod stated;
mod status;
mod signers;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::attachment::Attachment;
use crate::binding::Unresolved;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Severity, SourcePath};
use crate::disk;
use crate::markdown;
use crate::notice::{ApprovedText, InformationPage, Notice};
use crate::text;
use section::ReadSection;

pub(crate) use approved::{NAMES as APPROVED_NAMES, is_approved};
pub(crate) use assemble::compare_names;
pub(crate) use ledger::{may_list_problems, problems_listed};
pub use load::{FOLDER, Loaded, STATIC_FOLDER, StaticFiles, load, load_part, load_static};
pub(crate) use numbers::is_document_number;
pub use part::{Part, parse_parts, part_of};
pub(crate) use problem::{Level, end_with_facts, is_heading_of_problem, level, names_problem, tells_facts};

/// The ending of all other texts.
const MARKDOWN: &str = ".md";

/// What the sources say.
#[derive(Debug, Default)]
pub struct Content {
    /// The notices in the order of their folders' names.
    pub notices: Vec<Arc<Notice>>,
    /// The other pages in the order of their files' names.
    pub pages: Vec<Arc<InformationPage>>,
    /// Files that texts may link to or show, by their paths from the site's root.
    pub attachments: BTreeMap<SourcePath, Arc<Attachment>>,
    /// Files that are published unread, whether or not anything links to them.
    pub static_files: StaticFiles,
    /// Files and folders that cannot be read; each has been reported.
    pub unread: BTreeSet<SourcePath>,
}

/// One parsed file, before it meets its neighbors.
enum Parsed {
    Notice(Box<(Notice, Unresolved)>),
    Section(Box<ReadSection>),
    Page(InformationPage),
    Approved(ApprovedText),
}

/// What becomes of notices that say `draft: true`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// They and all files of their folders are as if they were not there.
    LeftOut,
    /// They are notices like all others.
    Shown,
}

impl Drafts {
    /// Tells whether a part belongs to the site.
    pub fn include(self, part: &Part) -> bool {
        self == Self::Shown || !part.notice.as_ref().is_some_and(|notice| notice.is_draft)
    }
}

/// Turns what was loaded into notices and pages; pushes all that is wrong with any of the files.
pub fn parse(
    loaded: &Loaded,
    options: &markdown::Options,
    drafts: Drafts,
    diagnostics: &mut Diagnostics,
) -> Content {
    let parts = parse_parts(loaded, options);
    let content = Content::join(parts.values().map(|(part, _)| part), drafts, diagnostics);
    for (_, found) in parts.into_values().filter(|(part, _)| drafts.include(part)) {
        diagnostics.append(found);
    }
    content
}

impl Content {
    /// Joins the parts that belong to the site, in the order of their names; pushes `no-notice` if nothing in them is one.
    pub fn join<'a>(
        parts: impl Iterator<Item = &'a Part>,
        drafts: Drafts,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut content = Self::default();
        let mut is_empty = true;
        let mut left_out = Vec::new();
        for part in parts {
            if !drafts.include(part) {
                left_out.extend(part.notice.as_ref().map(|notice| notice.opening.source.clone()));
                continue;
            }
            is_empty &= !part.has_folder && part.unread.is_empty();
            content.notices.extend(part.notice.clone());
            content.pages.extend(part.page.clone());
            content.attachments.extend(part.attachments.iter().cloned());
            content.unread.extend(part.unread.iter().cloned());
        }
        if is_empty {
            diagnostics.push(no_notice(&left_out));
        }
        content
    }
}

/// The problem of a site without notices; `drafts` are the files of those that are left out.
fn no_notice(drafts: &[SourcePath]) -> Diagnostic {
    if let Some((first, others)) = drafts.split_first() {
        let problem = Diagnostic::error(
            "no-notice",
            Location::file(first),
            "there is no notice to publish: what is here is a draft",
            "没有可以发布的通报：现有的是草稿",
        )
        .help(
            "to publish it remove the line `draft: true`; to look at it, `gongkai preview --drafts`",
            "要发布，请删去 `draft: true` 这一行；只想查看，请用 `gongkai preview --drafts`",
        );
        return others.iter().fold(problem, |problem, other| {
            problem.related(Location::file(other), "this is a draft, too", "这也是草稿")
        });
    }
    Diagnostic::without_place(
        "no-notice",
        Severity::Error,
        "there is no notice to publish",
        "没有可以发布的通报",
    )
    .help(
        format!("a folder in `{FOLDER}/` with a `{}` is a notice", notice::FILE),
        format!("`{FOLDER}/` 中含有 `{}` 的文件夹就是一份通报", notice::FILE),
    )
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
    if is_approved(place.name) {
        if place.folder.is_none() {
            diagnostics.push(approved::misplaced(path));
            return None;
        }
        return Some(Parsed::Approved(approved::parse(path, bytes, options, diagnostics)));
    }
    let Some(text) = disk::prose(path, bytes, &options.rare_characters, diagnostics) else {
        return placeholder(path, &place);
    };
    let (name, ending) = place.name.split_at(place.name.len().saturating_sub(MARKDOWN.len()));
    if !is_address(name) {
        diagnostics.push(name_is_no_address(path, place.name));
    } else if ending != MARKDOWN {
        diagnostics.push(ending_is_no_address(path, name, ending));
    }
    let id = &address_for_now(name);
    Some(match place.folder {
        None => Parsed::Page(page::parse(path, id, text, options, diagnostics)),
        Some(folder) if is_notice(name) => {
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
    if is_approved(place.name) {
        return place.folder.map(|_| Parsed::Approved(approved::unread(path)));
    }
    let name = place.name.get(..place.name.len().checked_sub(MARKDOWN.len())?)?;
    let id = &address_for_now(name);
    Some(match place.folder {
        None => Parsed::Page(page::empty(path, id)),
        Some(folder) if is_notice(name) => {
            Parsed::Notice(Box::new((notice::empty(path, &address_for_now(folder)), Unresolved::default())))
        }
        Some(_) => Parsed::Section(Box::new(ReadSection::unread(path, id))),
    })
}

/// Tells whether `name`, without its ending, is that of the file that makes a folder a notice.
fn is_notice(name: &str) -> bool {
    notice::FILE.strip_suffix(MARKDOWN) == Some(name)
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

/// The same for an ending in capital letters: links and addresses would not find it on every system.
fn ending_is_no_address(path: &SourcePath, name: &str, ending: &str) -> Diagnostic {
    Diagnostic::error(
        "name-is-no-address",
        Location::file(path),
        format!("the file name `{name}{ending}` ends in `{ending}`, and not in `{MARKDOWN}`"),
        format!("文件名 `{name}{ending}` 的结尾是 `{ending}`，而不是 `{MARKDOWN}`"),
    )
    .help(
        format!("write the ending in small letters: `{name}{MARKDOWN}`"),
        format!("请把结尾改成小写：`{name}{MARKDOWN}`"),
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
        let help = match place_of(path) {
            Some(place) if approved::is_document(place.name) => [
                "put the document that was signed off here, or remove the file",
                "请把审定的文件放在这里，或删除这个文件",
            ],
            Some(place) if is_approved(place.name) => [
                "put the text that was signed off into it, as plain text, or remove the file",
                "请把审定稿存成纯文本放进去，或删除这个文件",
            ],
            _ => {
                ["write its front matter and text, or remove the file", "请写好文件头和正文，或删除这个文件"]
            }
        };
        let problem =
            Diagnostic::error("empty-file", Location::file(path), "the file is empty", "文件是空的");
        diagnostics.push(problem.help(help[0], help[1]));
    }
    is_blank
}
