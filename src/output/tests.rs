//! What the writer promises, seen from outside: one folder before and after a build.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk without the door")]

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::*;
use crate::diagnostic::{Diagnostics, SourcePath};

pub(super) type Tree = BTreeMap<String, Vec<u8>>;

/// Returns every file below `folder`, hidden ones included, links as `-> target`.
pub(super) fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    if !folder.exists() {
        return tree;
    }
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        if entry.file_type().is_symlink() {
            tree.insert(name, format!("-> {}", fs::read_link(entry.path()).unwrap().display()).into_bytes());
        } else if entry.file_type().is_file() {
            tree.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    tree
}

pub(super) fn path(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

/// Writes a file and the folders above it.
pub(super) fn put(folder: &Path, name: &str, text: &str) {
    fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
    fs::write(folder.join(name), text).unwrap();
}

/// Builds a site of `(path, text)`.
fn build(folder: &Path, files: &[(&str, &str)]) -> anyhow::Result<Summary> {
    let output = Output::open(folder, &[])?;
    for (name, text) in files {
        output.stage(path(name), text.as_bytes())?;
    }
    output.commit()
}

/// An output folder that does not exist yet, in a folder that removes itself.
fn scratch() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("output");
    (root, folder)
}

/// Opens a file as it is when it is looked at.
fn opened(root: &Path, name: &str) -> Opened {
    disk::open(root, &SourcePath::new(name), &mut Diagnostics::new()).unwrap()
}

/// Checks that `build` fails with each of `reasons`, and that it changes nothing.
#[track_caller]
fn check_refused(folder: &Path, files: &[(&str, &str)], reasons: &[&str]) {
    let before = tree(folder);
    let error = format!("{:#}", build(folder, files).unwrap_err());
    for reason in reasons {
        assert!(error.contains(reason), "{error}");
    }
    assert_eq!(tree(folder), before);
    assert!(!folder.join(".gongkai/staging").exists());
}

/// Checks that the folder holds exactly `files`, of which the manifest is not told.
#[track_caller]
fn check_tree(folder: &Path, files: &[(&str, &str)]) {
    let mut found = tree(folder);
    assert!(found.remove("manifest.json").is_some());
    let expected: Tree =
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    assert_eq!(found, expected);
    assert!(!folder.join(".gongkai").exists());
}

#[track_caller]
fn check_counts(summary: &Summary, written: usize, unchanged: usize, removed: usize) {
    assert_eq!((summary.written, summary.unchanged, summary.removed), (written, unchanged, removed));
}

#[test]
fn a_site_follows_its_builds() {
    let (_root, folder) = scratch();
    let summary = build(&folder, &[("index.html", "1"), ("a/01.html", "2"), ("a/b/02.html", "3")]).unwrap();
    check_counts(&summary, 3, 0, 0);
    assert_eq!((summary.files, summary.bytes), (3, 3));
    check_tree(&folder, &[("index.html", "1"), ("a/01.html", "2"), ("a/b/02.html", "3")]);

    let summary = build(&folder, &[("index.html", "1"), ("a/01.html", "new"), ("c/x", "4")]).unwrap();
    check_counts(&summary, 2, 1, 1);
    check_tree(&folder, &[("index.html", "1"), ("a/01.html", "new"), ("c/x", "4")]);
    assert!(!folder.join("a/b").exists());

    check_counts(&build(&folder, &[]).unwrap(), 0, 0, 3);
    check_tree(&folder, &[]);
    assert!(!folder.join("a").exists());
}

#[test]
fn an_unchanged_build_touches_nothing() {
    let (_root, folder) = scratch();
    let files = [("index.html", "1"), ("a/01.html", "2")];
    build(&folder, &files).unwrap();
    let times = || {
        ["", "a", "manifest.json", "index.html"]
            .map(|name| fs::metadata(folder.join(name)).unwrap().modified().unwrap())
    };
    let before = times();
    std::thread::sleep(std::time::Duration::from_millis(20));
    check_counts(&build(&folder, &files).unwrap(), 0, 2, 0);
    assert_eq!(times(), before);
}

#[test]
fn bytes_are_compared_and_the_manifest_is_not_believed() {
    let (_root, folder) = scratch();
    let files = [("index.html", "right"), ("a.html", "x")];
    build(&folder, &files).unwrap();
    put(&folder, "index.html", "wrong");
    fs::remove_file(folder.join("a.html")).unwrap();
    check_counts(&build(&folder, &files).unwrap(), 2, 0, 0);
    check_tree(&folder, &files);
}

#[test]
fn files_and_folders_change_places() {
    let (_root, folder) = scratch();
    build(&folder, &[("a", "1"), ("b/c/d", "2"), ("b/e", "3")]).unwrap();
    build(&folder, &[("a/x/y", "4"), ("b", "5")]).unwrap();
    check_tree(&folder, &[("a/x/y", "4"), ("b", "5")]);
}

#[test]
fn letter_case_changes() {
    let (_root, folder) = scratch();
    build(&folder, &[("A.html", "1"), ("B/x", "2")]).unwrap();
    build(&folder, &[("a.html", "1"), ("b/x", "2")]).unwrap();
    check_tree(&folder, &[("a.html", "1"), ("b/x", "2")]);
    check_refused(&folder, &[("a", "1"), ("A", "2")], &["`A` and `a` are one file"]);
}

#[test]
fn foreign_files_stay_and_are_told() {
    let (_root, folder) = scratch();
    build(&folder, &[("index.html", "1"), ("a/01.html", "2")]).unwrap();
    for name in ["a/note.txt", "upload/x.jpg", ".gitignore", ".git/config", "a/.htaccess", "公开.txt"] {
        put(&folder, name, "foreign");
    }
    let summary = build(&folder, &[("index.html", "1")]).unwrap();
    assert_eq!(summary.foreign, ["a/note.txt", "upload/x.jpg", "公开.txt"]);
    check_counts(&summary, 0, 1, 1);
    let foreign = |name| (name, "foreign");
    let mut expected = vec![("index.html", "1")];
    expected.extend(
        [".git/config", ".gitignore", "a/.htaccess", "a/note.txt", "upload/x.jpg", "公开.txt"].map(foreign),
    );
    check_tree(&folder, &expected);
}

#[test]
fn what_stands_in_the_way_is_named_and_nothing_changes() {
    let (_root, folder) = scratch();
    build(&folder, &[("index.html", "1"), ("old/a", "2")]).unwrap();
    put(&folder, "mine.html", "foreign");
    put(&folder, "old/mine", "foreign");
    put(&folder, "hidden/.x", "foreign");
    let index = ("index.html", "changed");
    check_refused(&folder, &[index, ("mine.html", "x")], &["`mine.html` is already there and not ours"]);
    check_refused(&folder, &[index, ("mine.html", "foreign")], &["`mine.html` is already there"]);
    check_refused(&folder, &[index, ("mine.html/x", "x")], &["`mine.html`, needed as a folder"]);
    check_refused(
        &folder,
        &[index, ("old", "x")],
        &["`old`, needed as a file, is a folder that holds `old/mine`"],
    );
    check_refused(&folder, &[index, ("hidden", "x")], &["holds `hidden/.x`"]);
    check_refused(&folder, &[("mine.html", "x"), ("old", "x")], &["`mine.html`", "`old`"]);
    check_refused(&folder, &[("x", "1"), ("x/y", "2")], &["`x` is there already"]);
    check_refused(&folder, &[("x/y/z", "1"), ("x", "2")], &["`x/y/z` is there already"]);
}

#[cfg(unix)]
#[test]
fn links_in_the_output_are_neither_followed_nor_replaced() {
    use std::os::unix::fs::symlink;

    let (root, folder) = scratch();
    put(root.path(), "precious/01.html", "2");
    build(&folder, &[("index.html", "1"), ("a/01.html", "2")]).unwrap();
    fs::remove_dir_all(folder.join("a")).unwrap();
    symlink("../precious", folder.join("a")).unwrap();
    let through = "`a` is a link or a device; `a/01.html` must not go through it";
    check_refused(&folder, &[("index.html", "1"), ("a/01.html", "2")], &[through]);
    check_refused(&folder, &[("index.html", "1")], &["`a`, where our `a/01.html` was"]);
    check_refused(&folder, &[("a", "1")], &["`a` is a link or a device, not a page"]);

    fs::remove_file(folder.join("index.html")).unwrap();
    symlink("/etc/passwd", folder.join("index.html")).unwrap();
    check_refused(&folder, &[("index.html", "1")], &["`index.html` is a link or a device"]);
    assert_eq!(fs::read(root.path().join("precious/01.html")).unwrap(), b"2");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_output_is_never_opened() {
    let (_root, folder) = scratch();
    build(&folder, &[("index.html", "1")]).unwrap();
    fs::remove_file(folder.join("index.html")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.join("index.html")).status();
    assert!(made.unwrap().success());
    let error = build(&folder, &[("index.html", "1")]).unwrap_err();
    assert!(error.to_string().contains("`index.html` is a link or a device"));
}

#[test]
fn folders_that_are_not_ours_are_refused() {
    let (root, folder) = scratch();
    put(&folder, "thesis.docx", "precious");
    check_refused(&folder, &[], &["not ours, such as `thesis.docx`"]);
    put(&folder, "manifest.json", "{\"name\":\"App\",\"start_url\":\"/\"}");
    check_refused(&folder, &[], &["manifest.json", "not written by gongkai"]);
    put(&folder, "manifest.json", "{\"generator\":\"gongkai\",\"version\":9}");
    check_refused(&folder, &[], &["version 9"]);

    let file = root.path().join("file");
    put(root.path(), "file", "x");
    assert!(Output::open(&file, &[]).unwrap_err().to_string().contains("is not a folder"));
    assert!(Output::open(&file.join("below"), &[]).is_err());
    assert!(Output::open(Path::new("/"), &[]).is_err());
    assert!(Output::open(Path::new(""), &[]).is_err());
}

#[test]
fn a_folder_with_hidden_files_only_is_fine() {
    let (_root, folder) = scratch();
    put(&folder, ".gitignore", "*");
    build(&folder, &[("index.html", "1")]).unwrap();
    check_tree(&folder, &[(".gitignore", "*"), ("index.html", "1")]);
}

#[test]
fn sources_are_refused_by_their_real_place() {
    let root = tempfile::tempdir().unwrap();
    let site = root.path().join("site");
    fs::create_dir_all(site.join("content")).unwrap();
    let sources = [site.join("content"), site.join("themes")];
    let open = |folder: &str| Output::open(&site.join(folder), &sources);
    for folder in ["", "content", "content/a", "themes", "themes/x", "../site", "x/../content", ".."] {
        assert!(open(folder).is_err(), "{folder}");
    }
    assert!(open("output").is_ok());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("content", site.join("link")).unwrap();
        std::os::unix::fs::symlink("nothing", site.join("dangling")).unwrap();
        assert!(open("link").is_err());
        assert!(open("link/a").is_err());
        assert!(open("dangling").is_err());
    }
}

#[test]
fn a_hostile_manifest_removes_nothing() {
    let (root, folder) = scratch();
    put(root.path(), "precious", "x");
    let sha256 = "00".repeat(32);
    let absolute = root.path().join("precious").to_str().unwrap().to_owned();
    for hostile in ["../precious", &absolute, "a/../../precious"] {
        for name in ["manifest.json", ".gongkai/pending.json"] {
            let file = format!("{{\"path\":\"{hostile}\",\"size\":1,\"sha256\":\"{sha256}\"}}");
            put(&folder, name, &format!("{{\"generator\":\"gongkai\",\"version\":1,\"files\":[{file}]}}"));
            check_refused(&folder, &[("index.html", "1")], &["is not a path of a site"]);
            fs::remove_dir_all(&folder).unwrap();
        }
    }
    assert_eq!(fs::read(root.path().join("precious")).unwrap(), b"x");
}

#[cfg(unix)]
#[test]
fn only_one_build_writes_at_a_time() {
    let (_root, folder) = scratch();
    let first = Output::open(&folder, &[]).unwrap();
    let second = Output::open(&folder, &[]).unwrap();
    first.stage(path("a"), b"1").unwrap();
    assert!(second.stage(path("a"), b"1").unwrap_err().to_string().contains("another build"));
    assert!(Output::open(&folder, &[]).unwrap_err().to_string().contains("another build"));
    first.commit().unwrap();
    assert!(Output::open(&folder, &[]).is_ok());
}

#[test]
fn a_build_without_commit_leaves_no_trace() {
    let (root, _) = scratch();
    let folder = root.path().join("new/output");
    drop(Output::open(&folder, &[]).unwrap());
    let output = Output::open(&folder, &[]).unwrap();
    assert!(!root.path().join("new").exists());
    output.stage(path("a/b"), b"1").unwrap();
    assert!(folder.exists());
    drop(output);
    assert!(!root.path().join("new").exists());

    build(&folder, &[("a/b", "1"), ("c", "2")]).unwrap();
    let before = tree(&folder);
    let output = Output::open(&folder, &[]).unwrap();
    output.stage(path("a/b"), b"new").unwrap();
    drop(output);
    assert_eq!(tree(&folder), before);
}

#[test]
fn mistakes_of_the_caller_are_errors() {
    let (root, folder) = scratch();
    let output = Output::open(&folder, &[]).unwrap();
    output.stage(path("a"), b"1").unwrap();
    assert!(output.stage(path("a"), b"1").unwrap_err().to_string().contains("`a` is staged twice"));
    assert!(output.stage(path("manifest.json"), b"1").is_err());
    assert!(output.stage(path("Manifest.JSON"), b"1").is_err());
    let source = root.path().join("source");
    fs::write(&source, "looked at").unwrap();
    let mut opened = opened(root.path(), "source");
    fs::write(&source, "and changed").unwrap();
    assert!(output.stage_file(path("b"), &mut opened).is_err());
    assert!(output.commit().unwrap_err().to_string().contains("could not be staged"));
    assert!(!folder.exists());
}

#[test]
fn attachments_are_streamed() {
    let (root, folder) = scratch();
    let source = root.path().join("photo.jpg");
    let build = |bytes: &[u8]| {
        fs::write(&source, bytes).unwrap();
        let output = Output::open(&folder, &[]).unwrap();
        output.stage_file(path("a/photo.jpg"), &mut opened(root.path(), "photo.jpg")).unwrap();
        let summary = output.commit().unwrap();
        assert_eq!(fs::read(folder.join("a/photo.jpg")).unwrap(), bytes);
        let staged = Output::open(&folder, &[]).unwrap();
        staged.stage(path("a/photo.jpg"), bytes).unwrap();
        let manifest = fs::read(folder.join("manifest.json")).unwrap();
        staged.commit().unwrap();
        assert_eq!(fs::read(folder.join("manifest.json")).unwrap(), manifest);
        summary.written
    };
    let mut bytes = vec![7; 300_000];
    assert_eq!(build(&bytes), 1);
    assert_eq!(build(&bytes), 0);
    bytes[299_999] = 8;
    assert_eq!(build(&bytes), 1);
    bytes.pop();
    assert_eq!(build(&bytes), 1);
    assert_eq!(build(&[]), 1);
    assert_eq!(build(&[]), 0);
}

#[test]
fn threads_and_order_do_not_show() {
    let (_root, folder) = scratch();
    let (_other_root, other) = scratch();
    let names: Vec<_> = (0..500).map(|n| format!("{}/{n}.html", n % 7)).collect();
    let output = Output::open(&folder, &[]).unwrap();
    names.par_iter().for_each(|name| output.stage(path(name), name.as_bytes()).unwrap());
    output.commit().unwrap();
    let output = Output::open(&other, &[]).unwrap();
    names.iter().rev().for_each(|name| output.stage(path(name), name.as_bytes()).unwrap());
    output.commit().unwrap();
    assert_eq!(tree(&folder), tree(&other));
    assert_eq!(tree(&folder).len(), 501);
}
