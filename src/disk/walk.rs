//! Lists the files of an author's folder, sorted, with a diagnostic for everything that is not simply a file.
//!
//! [`walk`] lists a folder, [`walk_entry`] one entry of it. It opens no file, so a named pipe cannot hold it up, and it never
//! descends through a link, so it ends on every tree. What editors and systems leave behind is skipped without a word, but
//! for [`walk_published`], where every file is meant to be published.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path};

use walkdir::{DirEntry, WalkDir};

use super::link;
use super::read::{not_a_file, unreadable};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::text::address;

/// A file that [`walk`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// Where it is, from the site's root.
    pub path: SourcePath,
    /// Its size in bytes when it was found.
    pub size: u64,
    /// Whether it is a link, so that it changes with another file.
    pub is_link: bool,
}

/// Lists the regular files below `root/folder` by the bytes of their paths. A missing folder has none.
pub fn walk(root: &Path, folder: &str, diagnostics: &mut Diagnostics) -> Vec<FoundFile> {
    walk_entry(root, folder, "", diagnostics)
}

/// Lists what [`walk`] finds in a folder whose files are published as they are: its `.well-known` is a folder like others, and
/// what is hidden or left behind is told (`not-published`).
pub fn walk_published(root: &Path, folder: &str, diagnostics: &mut Diagnostics) -> Vec<FoundFile> {
    walk_as(Names::Published, root, folder, "", diagnostics)
}

/// Lists what [`walk`] finds at or below one entry of `root/folder`, a file or a folder. A missing entry has none.
pub fn walk_entry(root: &Path, folder: &str, entry: &str, diagnostics: &mut Diagnostics) -> Vec<FoundFile> {
    walk_as(Names::Read, root, folder, entry, diagnostics)
}

/// What the files of a folder are for, by which their names are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    /// They are read, and texts among them.
    Read,
    /// They are published as they are.
    Published,
}

fn walk_as(
    names: Names,
    root: &Path,
    folder: &str,
    entry: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<FoundFile> {
    let folder_path = SourcePath::new(folder);
    let start = root.join(folder);
    if fs::symlink_metadata(&start).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        return Vec::new();
    }
    let start = match fs::canonicalize(&start) {
        Ok(start) => start,
        Err(error) => {
            diagnostics.push(unreadable(&folder_path, &error));
            return Vec::new();
        }
    };

    let first = if entry.is_empty() { start.clone() } else { start.join(entry) };
    if fs::symlink_metadata(&first).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        return Vec::new();
    }

    let mut found = Vec::new();
    let mut entries = WalkDir::new(&first).follow_root_links(false).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map_or(folder_path.clone(), |path| source_path(folder, path, &start));
                diagnostics.push(unreadable(&path, &io_error(error)));
                continue;
            }
        };
        let path = source_path(folder, entry.path(), &start);
        match judge(names, &entry, &path, &start) {
            Judgment::File(size) => found.push(FoundFile { path, size, is_link: entry.path_is_symlink() }),
            Judgment::Folder => {}
            Judgment::Skip => skip(&entry, &mut entries),
            Judgment::Fault(diagnostic) => {
                diagnostics.push(diagnostic);
                skip(&entry, &mut entries);
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Returns what the system answered; of a link that leads to itself, which is no answer of the system, the words of the walk.
pub(super) fn io_error(error: walkdir::Error) -> io::Error {
    let words = error.to_string();
    error.into_io_error().unwrap_or_else(|| io::Error::other(words))
}

/// What an entry is to the site.
enum Judgment {
    File(u64),
    Folder,
    Skip,
    Fault(Diagnostic),
}

fn judge(names: Names, entry: &DirEntry, path: &SourcePath, start: &Path) -> Judgment {
    let is_start = entry.path() == start; // The caller named it, so its name is not judged.
    let is_published = names == Names::Published;
    let is_for_others = is_published && entry.path() == start.join(address::WELL_KNOWN);
    if !is_start && !is_for_others && is_leftover(&entry.file_name().to_string_lossy()) {
        return if is_published { Judgment::Fault(not_published(path)) } else { Judgment::Skip };
    }
    if !is_start && entry.file_name().to_str().is_none() {
        return Judgment::Fault(not_utf8_name(path, entry.file_name()));
    }
    let kind = entry.file_type();
    if kind.is_dir() && !is_start && !is_published && is_named_like_a_text(entry.path()) {
        Judgment::Fault(not_a_file(path))
    } else if kind.is_dir() {
        Judgment::Folder
    } else if kind.is_symlink() {
        link::follow(entry.path(), start, path)
            .map_or_else(|fault| Judgment::Fault(*fault), |(_, metadata)| Judgment::File(metadata.len()))
    } else if kind.is_file() && !is_start {
        match entry.metadata() {
            Ok(metadata) => Judgment::File(metadata.len()),
            Err(error) => Judgment::Fault(unreadable(path, &io_error(error))),
        }
    } else if is_start {
        Judgment::Fault(not_a_folder(path))
    } else {
        Judgment::Fault(not_a_file(path))
    }
}

/// Tells whether a folder has the name of a text; if it were taken for a folder, nobody would notice that the text is missing.
fn is_named_like_a_text(path: &Path) -> bool {
    let is_approved = |name: &str| path.ends_with(name);
    path.extension().is_some_and(|extension| extension == "md")
        || ["approved.txt", "approved.docx", "approved.html"].into_iter().any(is_approved)
}

/// Keeps the walk out of a folder that was just judged.
fn skip(entry: &DirEntry, entries: &mut walkdir::IntoIter) {
    if entry.file_type().is_dir() {
        entries.skip_current_dir();
    }
}

/// Tells whether a name is one of those that systems and editors leave behind.
pub(crate) fn is_leftover(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("swp"))
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || name.eq_ignore_ascii_case("Thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

/// Returns the path of `entry` from the site's root, with `/` between the parts on every system.
fn source_path(folder: &str, entry: &Path, start: &Path) -> SourcePath {
    let below = entry.strip_prefix(start).expect("the walk stays below its start");
    let mut path = folder.to_owned();
    for part in below.components() {
        if let Component::Normal(part) = part {
            path.push('/');
            path.push_str(&part.to_string_lossy());
        }
    }
    SourcePath::new(path)
}

fn not_utf8_name(path: &SourcePath, name: &OsStr) -> Diagnostic {
    let name = name.to_string_lossy();
    Diagnostic::error(
        "file-name-not-utf8",
        Location::file(path),
        format!("the name `{name}` is not UTF-8, so it has no address"),
        format!("名称 `{name}` 不是 UTF-8 编码，无法对应网址"),
    )
    .help(
        "rename it; archives packed on Windows often hold names in GBK",
        "请重新命名；在 Windows 上打包的压缩文件，其文件名常为 GBK 编码",
    )
}

fn not_published(path: &SourcePath) -> Diagnostic {
    Diagnostic::warning(
        "not-published",
        Location::file(path),
        "this is hidden or left behind by a program, so it is not published",
        "这是隐藏文件或者程序留下的文件，不会发布",
    )
    .help(
        "delete it; what a web server is to obey is set on the server, and of hidden folders only `.well-known` is published",
        "请删除它；服务器的设置请在服务器上做，隐藏文件夹中只有 `.well-known` 会发布",
    )
}

fn not_a_folder(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        "not-a-folder",
        Location::file(path),
        "a file stands where a folder is due",
        "此处应为文件夹，实际却是文件",
    )
    .help("move the file away and create the folder", "请移走该文件并建立文件夹")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Walks `content` in a new folder that `prepare` filled; returns the paths and the codes with their paths.
    fn walked(prepare: impl FnOnce(&Path)) -> (Vec<String>, Vec<String>) {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("content")).unwrap();
        prepare(&root.path().join("content"));
        walked_in(root.path())
    }

    fn walked_in(root: &Path) -> (Vec<String>, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let found = walk(root, "content", &mut diagnostics);
        let faults = diagnostics.into_sorted();
        let fault = |fault: Diagnostic| format!("{} {}", fault.code, fault.location.unwrap().path);
        (found.iter().map(|found| found.path.to_string()).collect(), faults.into_iter().map(fault).collect())
    }

    #[track_caller]
    fn check(prepare: impl FnOnce(&Path), files: &[&str], faults: &[&str]) {
        let (found, codes) = walked(prepare);
        assert_eq!((found, codes), (owned(files), owned(faults)));
    }

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    fn put(folder: &Path, names: &[&str]) {
        for name in names {
            fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
            fs::write(folder.join(name), "text").unwrap();
        }
    }

    #[test]
    fn files_come_sorted_by_the_bytes_of_their_paths() {
        let names = ["z.md", "a/2.md", "a/10.md", "a.md", "a-b.md", "公开.md", "Z.md", "a/公/x.pdf"];
        let sorted = [
            "content/Z.md",
            "content/a-b.md",
            "content/a.md",
            "content/a/10.md",
            "content/a/2.md",
            "content/a/公/x.pdf",
            "content/z.md",
            "content/公开.md",
        ];
        check(|folder| put(folder, &names), &sorted, &[]);
    }

    #[test]
    fn sizes_are_told() {
        let root = tempfile::tempdir().unwrap();
        put(root.path(), &["content/a.md"]);
        let found = walk(root.path(), "content", &mut Diagnostics::new());
        assert_eq!(found, [FoundFile { path: SourcePath::new("content/a.md"), size: 4, is_link: false }]);
    }

    #[test]
    fn a_missing_folder_is_empty_and_a_file_is_no_folder() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(walked_in(root.path()), (vec![], vec![]));
        put(root.path(), &["content"]);
        assert_eq!(walked_in(root.path()), (vec![], owned(&["not-a-folder content"])));
    }

    #[test]
    fn of_what_is_published_leftovers_are_told() {
        let root = tempfile::tempdir().unwrap();
        let names = [
            "favicon.ico",
            "a.md/b.txt",
            ".well-known/security.txt",
            ".well-known/.DS_Store",
            "a/.well-known/c.txt",
            ".DS_Store",
            ".htaccess",
            "Thumbs.db",
            "~$a.docx",
        ];
        put(&root.path().join("static"), &names);
        let mut found = Diagnostics::new();
        let files = walk_published(root.path(), "static", &mut found);
        let files: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(files, ["static/.well-known/security.txt", "static/a.md/b.txt", "static/favicon.ico"]);
        let told =
            found.into_sorted().into_iter().map(|one| (one.code, one.location.unwrap().path.to_string()));
        let told: Vec<_> = told.collect();
        let expected = [
            "static/.DS_Store",
            "static/.htaccess",
            "static/.well-known/.DS_Store",
            "static/Thumbs.db",
            "static/a/.well-known",
            "static/~$a.docx",
        ];
        assert_eq!(told, expected.map(|path| ("not-published", path.to_owned())));
    }

    #[test]
    fn leftovers_are_skipped_without_a_word() {
        let leftovers = [
            ".hidden",
            ".git/config",
            "a.md~",
            ".#a.md",
            "~$a.docx",
            "a.swp",
            "#a.md#",
            "Thumbs.db",
            "thumbs.db",
            ".DS_Store",
            "desktop.ini",
            "old~/a.md",
        ];
        check(|folder| put(folder, &leftovers), &[], &[]);
        check(|folder| put(folder, &["#", "a#", "~a"]), &["content/#", "content/a#", "content/~a"], &[]);
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::{PermissionsExt, symlink};
        use std::os::unix::net::UnixListener;

        use super::*;

        #[track_caller]
        fn check_link(target: &str, files: &[&str], faults: &[&str]) {
            let prepare = |folder: &Path| {
                put(folder, &["sub/a.md", "../private"]);
                symlink(target, folder.join("link")).unwrap();
            };
            check(prepare, files, faults);
        }

        #[test]
        fn links_are_followed_only_to_a_file_inside() {
            let inside = ["content/link", "content/sub/a.md"];
            let rest = ["content/sub/a.md"];
            check_link("sub/a.md", &inside, &[]);
            check_link("sub/missing", &rest, &["dangling-link content/link"]);
            check_link("sub/a.md/below", &rest, &["dangling-link content/link"]);
            check_link("link", &rest, &["link-loop content/link"]);
            check_link("../private", &rest, &["link-outside-site content/link"]);
            check_link("/etc/passwd", &rest, &["link-outside-site content/link"]);
            check_link("/etc", &rest, &["link-outside-site content/link"]);
            check_link("sub", &rest, &["link-to-folder content/link"]);
            check_link(".", &rest, &["link-to-folder content/link"]);
        }

        #[test]
        fn a_neighbor_with_a_longer_name_is_outside() {
            let prepare = |folder: &Path| {
                put(folder, &["../content-private/a"]);
                symlink("../content-private/a", folder.join("link")).unwrap();
            };
            check(prepare, &[], &["link-outside-site content/link"]);
        }

        #[test]
        fn the_folder_itself_may_be_a_link() {
            let root = tempfile::tempdir().unwrap();
            put(root.path(), &["elsewhere/a.md"]);
            symlink("elsewhere", root.path().join("content")).unwrap();
            assert_eq!(walked_in(root.path()), (owned(&["content/a.md"]), vec![]));
        }

        #[test]
        fn pipes_and_sockets_are_named_and_never_opened() {
            let prepare = |folder: &Path| {
                let pipe = std::process::Command::new("mkfifo").arg(folder.join("pipe")).status();
                assert!(pipe.unwrap().success());
                UnixListener::bind(folder.join("socket")).unwrap();
                symlink("pipe", folder.join("through")).unwrap();
            };
            let faults =
                ["not-a-file content/pipe", "not-a-file content/socket", "not-a-file content/through"];
            check(prepare, &[], &faults);
        }

        #[test]
        fn names_that_are_not_utf8_are_named() {
            let prepare = |folder: &Path| {
                let name = OsStr::from_bytes(b"\xB9\xAB"); // 公 in GBK.
                fs::create_dir(folder.join(name)).unwrap();
                put(&folder.join(name), &["a.md"]);
                put(folder, &["b.md"]);
            };
            check(prepare, &["content/b.md"], &["file-name-not-utf8 content/\u{FFFD}\u{FFFD}"]);
        }

        #[test]
        fn an_unreadable_folder_is_named_and_its_neighbors_are_listed() {
            let root = tempfile::tempdir().unwrap();
            put(root.path(), &["content/closed/a.md", "content/b.md"]);
            let closed = root.path().join("content/closed");
            fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
            let is_root = fs::read_dir(&closed).is_ok(); // Nothing is closed to root: nothing to see then.
            let walked = walked_in(root.path());
            fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
            if !is_root {
                assert_eq!(walked, (owned(&["content/b.md"]), owned(&["unreadable-file content/closed"])));
            }
        }
    }
}
