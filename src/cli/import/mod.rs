//! `gongkai import`: a document → the folder of a notice; without `--write` only what would come out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::text::{LARGEST_DOCUMENT, STANDARD_INPUT};
use super::{Outcome, print, say};
use crate::build;
use crate::content;
use crate::diagnostic::{Diagnostics, Explain, Language, Message, SourcePath};
use crate::disk::{self, Sources};
use crate::document::{self, Document, Encoding, Format};
use crate::import::{self, Change, FileChange, Import, Proof};
use crate::markdown;

mod restored;
mod shown;

/// The most text of a notice, in bytes: what a site reads of one file.
const LARGEST_TEXT: usize = 2 * 1024 * 1024;

/// What to import.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(super) struct Options {
    /// The document; `-` for standard input.
    pub(super) file: PathBuf,
    /// The folder of the notice.
    pub(super) into: Option<PathBuf>,
    /// The folder with `site.yaml`.
    pub(super) root: PathBuf,
    /// Whether the folder is written.
    pub(super) writes: bool,
    /// Whether half-width punctuation becomes full-width.
    pub(super) restores_width: bool,
    /// Whether lines that end inside a sentence are joined.
    pub(super) joins_lines: bool,
    /// Whether files that are there may be changed.
    pub(super) forces: bool,
}

/// Where a notice goes: the root of its site, and the name of its folder.
struct Target {
    root: PathBuf,
    name: String,
}

/// Reads the document, shows what comes out, and writes it if told to.
pub(super) fn run(options: &Options, language: Language) -> anyhow::Result<Outcome> {
    let bytes = if options.file == Path::new(STANDARD_INPUT) {
        disk::read_bounded(std::io::stdin().lock(), STANDARD_INPUT, LARGEST_DOCUMENT)?
    } else {
        disk::read_given(&options.file, LARGEST_DOCUMENT)?
    };
    let original = document::read(&bytes).map_err(|refusal| refusal.message)?;
    let restorations = import::restorations(&original);
    let mut document = original;
    if options.restores_width {
        document = import::with_restored_width(document);
    }
    if options.joins_lines {
        document = import::with_joined_lines(document, &restorations.joins);
    }
    if document.plain_text().len() > LARGEST_TEXT {
        bail!(Message::new(
            "the text has more than 2 MB, which no notice has; nothing was imported",
            "正文超过 2 MB，不像是一份通报；没有导入",
        ));
    }
    let target = target(options)?;
    let markdown_options = markdown_options(&target.root)?;
    let mut import = import::import(&document, &target.name, &markdown_options);
    let name = match target.name.as_str() {
        "" => free_name(&target.root, &import.folder_by_date()),
        name => name.to_owned(),
    };
    let folder = format!("{}/{name}", content::FOLDER);
    let there = texts_there(&target.root, &name);
    let changes = import::changes(&import, &there, &markdown_options);
    let proof = import::prove(&document, &import.files, &name, &markdown_options);
    let (approved, approved_bytes) = approved(&document, bytes);
    let shown =
        shown::Shown { import: &import, document: &document, proof: &proof, folder: &folder, language };
    print::out(&shown.text());
    print::out(&restored::shown(&restorations, options, language));
    let is_again = !there.is_empty();
    if is_again {
        print::out(&shown::changes(&changes, language));
    }
    if !options.writes {
        print::out(&shown::how_to_write(&folder, is_again, language));
        return Ok(Outcome::Fine);
    }
    if !target.root.join(crate::config::FILE).exists() {
        let root = target.root.display();
        bail!(Message::new(
            format!(
                "there is no site in `{root}`: no `site.yaml`; nothing was written. Begin one with `gongkai init`, or name it with `--root`"
            ),
            format!(
                "`{root}` 中没有网站（没有 `site.yaml`），没有写任何文件。请先用 `gongkai init` 新建网站，或用 `--root` 指明"
            ),
        ));
    }
    if is_again && !options.forces {
        bail!(Message::new(
            format!(
                "`{folder}` holds files already; nothing was written. With `--force` the changes above are made, and front matter is kept"
            ),
            format!("`{folder}` 中已有文件，没有写任何文件。加上 `--force` 会按以上所列改动，并保留文件头"),
        ));
    }
    import.pictures.retain(|picture| !picture.bytes.is_empty());
    let written =
        write(&target.root.join(&folder), &changes, &import, (approved, &approved_bytes), options.forces)?;
    print::out(&shown::written(&written, &folder, &target.root, language));
    for name in ["approved.docx", "approved.html", "approved.txt"] {
        if name != approved && target.root.join(&folder).join(name).exists() {
            print::err(&match language {
                Language::English => {
                    format!("`{folder}/{name}` is the approved file of before; delete it, a notice has one")
                }
                Language::Chinese => {
                    format!("`{folder}/{name}` 是以前的审定稿，请删除：一份通报只能有一份审定稿")
                }
            });
        }
    }
    Ok(if is_proven(&proof) { Outcome::Fine } else { Outcome::ContentHasErrors })
}

/// Tells from `--into` and `--root` where the notice goes; an empty name where nothing says so.
fn target(options: &Options) -> anyhow::Result<Target> {
    let Some(into) = &options.into else {
        return Ok(Target { root: options.root.clone(), name: String::new() });
    };
    let name = into.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let parent = into.parent().unwrap_or(Path::new(""));
    let root = if parent.as_os_str().is_empty() {
        options.root.clone()
    } else if parent.file_name().is_some_and(|folder| folder == content::FOLDER) {
        let above = parent.parent().unwrap_or(Path::new(""));
        if above.as_os_str().is_empty() { options.root.clone() } else { above.to_path_buf() }
    } else {
        let into = into.display();
        bail!(Message::new(
            format!("`{into}` is no folder of a notice; write `--into content/NAME`"),
            format!("`{into}` 不是通报的文件夹；请写 `--into content/名称`"),
        ))
    };
    if parent.as_os_str().is_empty() && name == content::FOLDER {
        bail!(Message::new(
            "`content` holds the notices; write `--into content/NAME`",
            "`content` 是放通报的文件夹；请写 `--into content/名称`",
        ));
    }
    if let Some([english, chinese]) = crate::text::address::fault_of_name(&name) {
        bail!(Message::new(
            format!("the folder name `{name}` cannot be an address: {english}; for example `content/n-2025`"),
            format!("文件夹名 `{name}` 不能用作网址：{chinese}；例如 `content/n-2025`"),
        ));
    }
    Ok(Target { root, name })
}

/// Returns `name`, or with a number behind it what no folder has yet: another notice of the same year.
fn free_name(root: &Path, name: &str) -> String {
    let is_free = |name: &String| !root.join(content::FOLDER).join(name).exists();
    let numbered = (2..1000).map(|number| format!("{name}-{number}"));
    [name.to_owned()].into_iter().chain(numbered).find(is_free).unwrap_or_else(|| name.to_owned())
}

/// Returns how the site reads Markdown; as usual where there is no site yet.
fn markdown_options(root: &Path) -> anyhow::Result<markdown::Options> {
    let mut sources = Sources::default();
    let config = build::load_config(root, None, &mut sources, &mut Diagnostics::new())?;
    Ok(config.markdown_options())
}

/// Reads the texts of a notice that are there, by name.
fn texts_there(root: &Path, name: &str) -> BTreeMap<String, String> {
    let loaded = content::load_part(root, name, &mut Diagnostics::new());
    let prefix = format!("{}/{name}/", content::FOLDER);
    let text = |(path, bytes): (SourcePath, Vec<u8>)| {
        let name = path.as_str().strip_prefix(&prefix)?.to_owned();
        path.extension().filter(|ending| *ending == "md")?;
        Some((name, String::from_utf8(bytes).ok()?))
    };
    loaded.sources.into_iter().filter_map(text).collect()
}

/// Returns the name and the bytes of the approved file: the document itself where a build reads it, else its text.
fn approved(document: &Document, bytes: Vec<u8>) -> (&'static str, Vec<u8>) {
    match document.format {
        Format::Word => ("approved.docx", bytes),
        Format::Html(_) => ("approved.html", bytes),
        Format::Text(Encoding::Utf8) if !has_other_breaks(&bytes) => ("approved.txt", bytes),
        Format::Text(_) | Format::Markdown(_) => ("approved.txt", document.plain_text().into_bytes()),
    }
}

/// Tells whether a text parts its lines by characters that no approved text may have.
fn has_other_breaks(bytes: &[u8]) -> bool {
    let is_other = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{2028}' | '\u{2029}')
    };
    String::from_utf8_lossy(bytes).chars().any(is_other)
}

/// Writes what changes; returns the names of the files.
fn write(
    folder: &Path,
    changes: &[FileChange],
    import: &Import,
    approved: (&str, &[u8]),
    forces: bool,
) -> anyhow::Result<Vec<String>> {
    let texts =
        changes.iter().filter_map(|change| Some((change.name.as_str(), change.text.as_ref()?.as_bytes())));
    let pictures = import.pictures.iter().map(|picture| (picture.name.as_str(), picture.bytes.as_slice()));
    // A picture that is there may be the editor's, with faces made unknowable.
    let pictures = pictures.filter(|(name, _)| !forces || !folder.join(name).exists());
    let files: Vec<(&str, &[u8])> = pictures.chain(texts).chain([approved]).collect();
    if let Some((name, _)) = files.iter().find(|(name, _)| !forces && folder.join(name).exists()) {
        bail!(Message::new(
            format!("there is a file `{name}` already; nothing was written"),
            format!("已有文件 `{name}`，没有写任何文件"),
        ));
    }
    let failed = || Message::new("the notice could not be written whole", "通报未能完整写入");
    disk::create_folders(folder).explain(failed)?;
    let mut written = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        let done = if forces { disk::write_atomically(&path, bytes) } else { disk::write_new(&path, bytes) };
        done.explain(failed)?;
        written.push(name.to_owned());
    }
    Ok(written)
}

/// Tells whether a file is changed by an import.
fn is_change(change: &FileChange) -> bool {
    change.change != Change::Same
}

/// Tells whether every character of the document is in the notice.
fn is_proven(proof: &Proof) -> bool {
    proof.notice.is_some() && proof.difference.is_none()
}
