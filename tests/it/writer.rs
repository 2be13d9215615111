//! The promise of the writer: whatever happens, the folder holds whole files, other people's files are left alone, and the
//! next build puts everything right. The killings are in `kills.rs`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

use crate::golden::{Tree, assert_tree_eq, read_tree};
use crate::site::TestSite;

/// The built binary, with messages in English and a home folder that is nobody's.
pub(crate) fn gongkai(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.current_dir(folder).arg("--lang=en").env("HOME", "/nonexistent/home").stdin(Stdio::null());
    command
}

fn build_into(site: &TestSite, output: &str) -> Output {
    gongkai(&site.path("")).args(["build", "--output", output]).output().unwrap()
}

/// What tells a file that was written from one that was not.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    modified: SystemTime,
    inode: u64,
    bytes: Option<Vec<u8>>,
}

/// Notes everything below `root`, folders and `root` itself included.
fn stamps(root: &Path) -> BTreeMap<String, Stamp> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(|entry| {
            let entry = entry.unwrap();
            let metadata = entry.metadata().unwrap();
            let bytes = metadata.is_file().then(|| std::fs::read(entry.path()).unwrap());
            let stamp = Stamp { modified: metadata.modified().unwrap(), inode: inode(&metadata), bytes };
            (entry.path().to_string_lossy().into_owned(), stamp)
        })
        .collect()
}

/// Notes the files below `root`. A folder may have held something for a moment.
fn file_stamps(root: &Path) -> BTreeMap<String, Stamp> {
    let mut stamps = stamps(root);
    stamps.retain(|_, stamp| stamp.bytes.is_some());
    stamps
}

#[cfg(unix)]
fn inode(metadata: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &std::fs::Metadata) -> u64 {
    0
}

// ---- Foolish targets.

/// Builds into `output` and checks that it is refused for a reason with `words`, and that nothing at all is different.
#[track_caller]
fn check_refused(output: &str, words: &str) {
    let folder = tempfile::tempdir().unwrap();
    let site = TestSite::small();
    site.write("themes/default/strings/en.yaml", "home: Start\n");
    site.write("letters/to-mother.txt", "Dear mother\n");
    site.write("app/manifest.json", "{\"name\": \"App\"}\n");
    site.write("app/index.html", "<p>App</p>\n");
    site.write("taken/.gongkai", "");
    site.write("note.txt", "note\n");
    std::fs::create_dir_all(site.path("new")).unwrap();
    let home = folder.path().join("home/li");
    std::fs::create_dir_all(home.join("letters")).unwrap();
    // A home folder elsewhere, so that the folder around the site is refused for the sources alone.
    let home_of_user = if output.contains("HOME") { home.as_path() } else { Path::new("/nonexistent/home") };
    let output = output.replace("HOME", home.to_str().unwrap());
    let output = output.replace("ROOT", site.path("").to_str().unwrap().trim_end_matches('/'));

    let before = (stamps(&site.path("")), stamps(folder.path()));
    let run =
        gongkai(&site.path("")).env("HOME", home_of_user).args(["build", "-o", &output]).output().unwrap();
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{output}: {told}");
    assert!(told.starts_with("error: ") && told.trim_end().lines().count() == 1, "one line: {told}");
    assert!(told.contains(words), "{told}");
    assert!(run.stdout.is_empty());
    let after = (stamps(&site.path("")), stamps(folder.path()));
    assert!(before == after, "something is different after a build into `{output}`");
}

#[test]
fn sources_are_no_output() {
    let inside = "belongs to the sources of the site";
    check_refused("content", inside);
    check_refused("content/", inside);
    check_refused("ROOT/content", inside);
    check_refused("new/../content", inside);
    check_refused("content/n", inside);
    check_refused("content/new", inside);
    check_refused("content/new/deep", inside);
    check_refused("themes", inside);
    check_refused("themes/default", inside);
    check_refused("themes/new", inside);
    check_refused("site.yaml", inside);
    let around = "holds sources of the site";
    check_refused(".", around);
    check_refused("./", around);
    check_refused("new/..", around);
    check_refused("ROOT", around);
    check_refused("..", around);
}

#[test]
fn places_of_the_system_and_the_user_are_no_output() {
    check_refused("/", "is the root of the file system");
    check_refused("/../..", "is the root of the file system");
    check_refused("HOME", "is or holds a home folder");
    check_refused("HOME/", "is or holds a home folder");
    check_refused("HOME/..", "is or holds a home folder");
}

#[test]
fn other_peoples_folders_are_no_output() {
    check_refused("letters", "such as `to-mother.txt`; choose an empty folder");
    check_refused("app", "does not tell which files are ours");
    check_refused("HOME/letters/..", "is or holds a home folder");
    check_refused("note.txt", "is not a folder");
    check_refused("note.txt/below", "note.txt");
    check_refused("taken", "`.gongkai` that is not ours");
}

#[cfg(unix)]
#[test]
fn a_link_does_not_hide_a_foolish_target() {
    let site = TestSite::small();
    for (link, target, words) in [
        ("a", "content", "belongs to the sources"),
        ("b", ".", "holds sources"),
        ("c", "/", "is the root of the file system"),
        ("d", "content/n", "belongs to the sources"),
    ] {
        std::os::unix::fs::symlink(target, site.path(link)).unwrap();
        let before = stamps(&site.path(""));
        let run = build_into(&site, link);
        let told = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{link}: {told}");
        assert!(told.contains(words), "{link}: {told}");
        assert!(before == stamps(&site.path("")), "something is different after a build through `{link}`");
    }
}

// ---- Builds that change nothing.

#[test]
fn a_failed_build_leaves_the_old_site_untouched() {
    let site = TestSite::zhoushan();
    assert!(build_into(&site, "output").status.success());
    let before = file_stamps(&site.path("output"));
    let item = "content/zhoushan-2025/06.md";
    let template = "themes/default/templates/item.html";
    for (file, old, new) in [
        // Found while reading, at the comparison with the approved text, while rendering, and on the finished pages.
        (item, "metrics:", "metricks:"),
        (item, "反诈", "反炸"),
        (template, "{{ item.heading }}", "{{ item.no_such_thing }}"),
        (template, "<h1{{ item.heading | lang }}>{{ item.heading }}</h1>", ""),
    ] {
        let text = site.text(file);
        assert!(text.contains(old));
        site.write(file, text.replace(old, new));
        let run = build_into(&site, "output");
        assert_eq!(run.status.code(), Some(1), "{old} -> {new}");
        assert!(before == file_stamps(&site.path("output")), "the output is different after {old} -> {new}");
        assert!(!site.path("output/.gongkai").exists());
        site.write(file, text);
    }
}

#[test]
fn a_failed_first_build_leaves_no_folder() {
    let site = TestSite::small();
    site.write(
        "content/n/01.md",
        "---\nheading: 一、关于“甲”问题的整改情况\n---\n（一）改进工作。没有改进。\n",
    );
    assert_eq!(build_into(&site, "deep/output").status.code(), Some(1));
    assert!(!site.path("deep").exists());
}

#[test]
fn an_unchanged_build_writes_nothing() {
    let site = TestSite::zhoushan();
    assert!(build_into(&site, "output").status.success());
    site.write("output/zhoushan-2025/foreign.txt", "foreign");
    let before = stamps(&site.path("output"));
    assert!(build_into(&site, "output").status.success());
    let after = stamps(&site.path("output"));
    let files = |stamps: &BTreeMap<String, Stamp>| stamps.values().filter(|s| s.bytes.is_some()).count();
    assert!(files(&before) > 30);
    for (path, stamp) in &before {
        assert!(after.get(path) == Some(stamp), "{path} was written");
    }
    assert_eq!(before.len(), after.len());
}

// ---- Builds that remove, and what they must not remove.

/// Adds files of other people to a site that stands.
pub(crate) fn add_foreign_files(output: &Path, names: &[&str]) -> Tree {
    let mut foreign = Tree::new();
    for name in names {
        let path = output.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, format!("foreign {name}")).unwrap();
        foreign.insert((*name).to_owned(), format!("foreign {name}").into_bytes());
    }
    foreign
}

#[test]
fn what_is_removed_from_the_content_leaves_the_site_and_nothing_else_does() {
    let site = TestSite::small();
    let (item, approved) = (site.text("content/n/01.md"), site.text("content/n/approved.txt"));
    site.write("content/n/02.md", item.replace("一、", "二、"));
    site.write(
        "content/n/approved.txt",
        format!("{approved}二、关于“甲”问题的整改情况\n（一）改进工作。已经改进。\n"),
    );
    site.write("content/m/notice.md", site.text("content/n/notice.md"));
    site.write("content/m/01.md", &item);
    site.write("content/m/approved.txt", &approved);
    assert_eq!(site.findings(), Vec::<String>::new());
    let output = site.path("output");
    assert!(output.join("n/02.html").exists() && output.join("m/index.html").exists());
    let foreign =
        add_foreign_files(&output, &["ours-not.html", "m/photo.jpg", ".htaccess", "n/.hidden", "x/y"]);

    std::fs::remove_file(site.path("content/n/02.md")).unwrap();
    std::fs::remove_dir_all(site.path("content/m")).unwrap();
    site.write("content/n/approved.txt", approved);
    let told = site.findings();
    assert_eq!(told, ["foreign-file m/photo.jpg", "foreign-file ours-not.html", "foreign-file x/y"]);

    let fresh = TestSite::small();
    assert_eq!(fresh.findings(), Vec::<String>::new());
    let mut expected = read_tree(&fresh.path("output"));
    expected.extend(foreign);
    assert_tree_eq(&expected, &read_tree(&output));
}

#[test]
fn a_foreign_file_in_the_way_is_not_replaced() {
    let site = TestSite::small();
    site.build();
    site.write("content/about.md", "---\ntitle: 关于\n---\n关于本站。\n");
    site.write("output/about.html", "mine");
    let before = stamps(&site.path("output"));
    let run = build_into(&site, "output");
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(told.contains("`about.html`"), "{told}");
    let after = stamps(&site.path("output"));
    let changed: Vec<&String> = after
        .keys()
        .filter(|path| before.get(*path).map(|s| &s.bytes) != Some(&after[*path].bytes))
        .collect();
    assert_eq!(changed, Vec::<&String>::new());
}

// ---- Two builds at once.

#[test]
fn a_second_build_into_the_same_folder_is_refused() {
    let site = TestSite::small();
    site.build();
    let output = site.path("output");
    let before = read_tree(&output);
    let first = gongkai::output::Output::open(&output, &[]).unwrap();
    let run = build_into(&site, "output");
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(told.contains("another build is writing to"), "{told}");
    drop(first);
    assert_tree_eq(&before, &read_tree(&output));
    assert!(build_into(&site, "output").status.success());
}

#[test]
fn two_builds_at_once_leave_one_whole_site() {
    let (one, other) = (TestSite::zhoushan(), TestSite::zhoushan());
    other.write("site.yaml", other.text("site.yaml").replace("舟山市公安局巡察整改公开", "舟山公开"));
    let wanted = [&one, &other].map(|site| {
        assert!(site.build().summary.is_some());
        read_tree(&site.path("output"))
    });
    assert_ne!(wanted[0], wanted[1]);
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    for round in 0..5 {
        let runs = [&one, &other].map(|site| {
            let mut command = gongkai(&site.path(""));
            command
                .args(["build", "--quiet", "--output"])
                .arg(&output)
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        });
        let runs = runs.map(|run| run.wait_with_output().unwrap());
        let told = runs.each_ref().map(|run| String::from_utf8_lossy(&run.stderr).into_owned());
        assert!(runs.iter().any(|run| run.status.success()), "round {round}: one of them wins: {told:?}");
        for (run, told) in runs.iter().zip(&told) {
            let is_refused = run.status.code() == Some(2) && told.contains("another build is writing to");
            assert!(run.status.success() || is_refused, "round {round}: {told}");
        }
        let tree = read_tree(&output);
        assert!(wanted.contains(&tree), "round {round}: the site is of one piece");
    }
}
