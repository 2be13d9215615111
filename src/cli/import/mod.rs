//! `gongkai import`: a document → the folder of a notice; without `--write` only what would come out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::text::{LARGEST_DOCUMENT, STANDARD_INPUT};
use super::{Outcome, print, say};
use crate::build;
use crate::content;
use crate::diagnostic::{Diagnostics, Explain, Language, Message, SourcePath};
use crate::disk::{self, EntryKind, Replacement, Sources};
use crate::document::{self, Format};
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
    let document = restored::document(original, &restorations, options);
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
    refuse_link(&target.root, &folder)?;
    let there = files_there(&target.root, &folder, &name);
    let texts = texts_of(&there, &folder)?;
    let changes = import::changes(&import, &texts, &markdown_options);
    import.take_names(&changes);
    let proof = import::prove(&document, &import::merged(&changes, &texts), &name, &markdown_options);
    let is_again = !there.is_empty();
    let shown = shown::Shown {
        import: &import,
        document: &document,
        proof: &proof,
        folder: &folder,
        is_again,
        language,
    };
    print::out(&shown.text());
    print::out(&restored::shown(&restorations, options, language));
    if is_again {
        print::out(&shown::changes(&changes, language));
    }
    if !options.writes {
        print::out(&shown::how_to_write(&folder, is_again, language));
        return Ok(Outcome::Fine);
    }
    check_may_write(options, &target.root, &folder, is_again)?;
    let approved = approved_name(document.format);
    let kept = if is_again { pictures_there(&target.root.join(&folder), &import) } else { Vec::new() };
    let written = write(&target.root.join(&folder), &there, &changes, &import, (approved, &bytes))?;
    print::out(&shown::written(written, &folder, &target.root, language));
    if let Some(line) = shown::kept_pictures(&kept, language) {
        print::err(&line);
    }
    let others = content::APPROVED_NAMES.into_iter().filter(|name| *name != approved);
    for name in others.filter(|name| there.contains_key(*name)) {
        print::err(&shown::approved_before(&format!("{folder}/{name}"), language));
    }
    Ok(if is_proven(&proof) { Outcome::Fine } else { Outcome::ContentHasErrors })
}

/// Fails if there is no site to write into, or files that are not to be changed.
fn check_may_write(options: &Options, root: &Path, folder: &str, is_again: bool) -> anyhow::Result<()> {
    if !root.join(crate::config::FILE).exists() {
        let root = root.display();
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
    Ok(())
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
    let is_free = |name: &String| {
        disk::kind_of(&root.join(content::FOLDER).join(name)).is_ok_and(|kind| kind.is_none())
    };
    let numbered = (2..1000).map(|number| format!("{name}-{number}"));
    [name.to_owned()].into_iter().chain(numbered).find(is_free).unwrap_or_else(|| name.to_owned())
}

/// Returns how the site reads Markdown; as usual where there is no site yet.
fn markdown_options(root: &Path) -> anyhow::Result<markdown::Options> {
    let mut sources = Sources::default();
    let config = build::load_config(root, None, &mut sources, &mut Diagnostics::new())?;
    Ok(config.markdown_options())
}

/// Fails if something else than a folder stands where the notice goes: a link is not followed, since what is written there
/// may be no part of the site.
fn refuse_link(root: &Path, folder: &str) -> anyhow::Result<()> {
    let [english, chinese] = match disk::kind_of(&root.join(folder))? {
        None | Some(EntryKind::Folder) => return Ok(()),
        Some(EntryKind::File) => ["a file", "文件"],
        Some(EntryKind::Other) => ["a link, which is not followed,", "链接（不会跟随）"],
    };
    bail!(Message::new(
        format!(
            "`{folder}` is {english} and no folder; move it away, or write `--into content/NAME` with another name"
        ),
        format!("`{folder}` 是{chinese}，不是文件夹；请移走它，或用 `--into content/名称` 另写一个名称"),
    ))
}

/// Reads the texts and the approved file of a notice that are there, by name.
fn files_there(root: &Path, folder: &str, name: &str) -> BTreeMap<String, Vec<u8>> {
    let loaded = content::load_part(root, name, &mut Diagnostics::new());
    let named = |(path, bytes): (SourcePath, Vec<u8>)| {
        Some((path.as_str().strip_prefix(folder)?.strip_prefix('/')?.to_owned(), bytes))
    };
    loaded.sources.into_iter().filter_map(named).collect()
}

/// Returns those of the files that are parts of the notice; fails if one cannot be read, since what an editor wrote in it would
/// be lost.
fn texts_of(there: &BTreeMap<String, Vec<u8>>, folder: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    for (name, bytes) in there.iter().filter(|(name, _)| !content::is_approved(name)) {
        let Ok(text) = String::from_utf8(bytes.clone()) else {
            bail!(Message::new(
                format!(
                    "`{folder}/{name}` is not UTF-8, so what you wrote in it could not be kept; save it as UTF-8 first"
                ),
                format!("`{folder}/{name}` 不是 UTF-8 编码，其中写好的内容会保不住；请先另存为 UTF-8"),
            ));
        };
        if !import::can_be_kept(&text) {
            bail!(Message::new(
                format!(
                    "the front matter of `{folder}/{name}` is not closed by a line `---`, so it could not be kept; mend it first"
                ),
                format!("`{folder}/{name}` 的文件头没有用一行 `---` 结束，其中写好的内容会保不住；请先改好"),
            ));
        }
        texts.insert(name.clone(), text);
    }
    Ok(texts)
}

/// Returns the name under which a build reads the document itself.
fn approved_name(format: Format) -> &'static str {
    match format {
        Format::Word => "approved.docx",
        Format::Html(_) => "approved.html",
        Format::Markdown(_) => "approved.md",
        Format::Text(_) => "approved.txt",
    }
}

/// Returns the names of the document's pictures at which files stand already. These may be the editor's, with faces made
/// unknowable, and stay.
fn pictures_there<'a>(folder: &Path, import: &'a Import) -> Vec<&'a str> {
    let names = import.pictures.iter().filter(|picture| !picture.bytes.is_empty());
    names.map(|picture| picture.name.as_str()).filter(|name| disk::is_file(&folder.join(name))).collect()
}

/// Writes what changes, all of it or nothing; returns how many files that are.
fn write(
    folder: &Path,
    there: &BTreeMap<String, Vec<u8>>,
    changes: &[FileChange],
    import: &Import,
    approved: (&str, &[u8]),
) -> anyhow::Result<usize> {
    let texts =
        changes.iter().filter_map(|change| Some((change.name.as_str(), change.text.as_ref()?.as_bytes())));
    let pictures = import.pictures.iter().map(|picture| (picture.name.as_str(), picture.bytes.as_slice()));
    let kept = if there.is_empty() { Vec::new() } else { pictures_there(folder, import) };
    let is_new = |(name, bytes): &(&str, &[u8])| !bytes.is_empty() && !kept.contains(name);
    let files = pictures.filter(is_new).chain(texts).chain([approved]);
    let files: Vec<Replacement<'_>> = files
        .map(|(name, new)| Replacement {
            path: folder.join(name),
            old: there.get(name).map(Vec::as_slice),
            new,
        })
        .filter(|file| file.old != Some(file.new))
        .collect();
    disk::replace_all(&files).explain(|| Message::new("the notice was not written", "通报没有写入"))?;
    Ok(files.len())
}

/// Tells whether a file is changed by an import.
fn is_change(change: &FileChange) -> bool {
    change.change != Change::Same
}

/// Tells whether every character of the document is in the notice.
fn is_proven(proof: &Proof) -> bool {
    proof.notice.is_some() && proof.difference.is_none()
}
