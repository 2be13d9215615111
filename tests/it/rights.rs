//! Who may read what is published and what waits to be, and what happens where the system lets us change nothing.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};

use gongkai::output::OutputPath;

use crate::golden::{assert_tree_eq, read_tree};
use crate::site::TestSite;
use crate::tools::leave_out;
use crate::writer::gongkai;

/// A user, and a group, who own nothing.
const NOBODY: u32 = 65534;

fn mode(path: &Path) -> u32 {
    std::fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Returns the modes of everything in the output, the folder itself included.
fn modes(site: &TestSite) -> BTreeMap<String, u32> {
    let output = site.path("output");
    let entries = walkdir::WalkDir::new(&output).into_iter().map(Result::unwrap);
    let name = |path: &Path| path.strip_prefix(&output).unwrap().to_str().unwrap().to_owned();
    entries.map(|entry| (name(entry.path()), mode(entry.path()))).collect()
}

/// Runs a build under a umask.
fn build_under(site: &TestSite, umask: &str) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("umask {umask}; exec \"$0\" build --lang=en")]);
    command.arg(env!("CARGO_BIN_EXE_gongkai")).current_dir(site.path("")).output().unwrap()
}

/// Checks that every published file has the one mode and every folder the other.
#[track_caller]
fn check_modes(site: &TestSite, file: u32, folder: u32) {
    for (name, mode) in modes(site) {
        let expected = if site.path("output").join(&name).is_dir() { folder } else { file };
        assert_eq!(mode, expected, "`{name}`: {mode:o}, not {expected:o}");
    }
}

#[test]
fn a_web_server_can_read_the_site_whatever_the_umask() {
    for umask in ["077", "027", "022"] {
        let site = TestSite::small().with("content/n/list.csv", "甲\n");
        site.write("content/n/01.md", site.text("content/n/01.md") + "\n[名单](list.csv)\n");
        site.write("content/n/approved.txt", site.text("content/n/approved.txt") + "名单\n");
        let run = build_under(&site, umask);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        check_modes(&site, 0o644, 0o755);
    }
}

#[test]
fn the_folders_that_a_build_creates_lead_to_the_site() {
    let site = TestSite::small();
    let mut command = Command::new("sh");
    command.args(["-c", "umask 077; exec \"$0\" build --lang=en -o a/b/c"]);
    command.arg(env!("CARGO_BIN_EXE_gongkai")).current_dir(site.path(""));
    assert!(command.status().unwrap().success());
    for folder in ["a", "a/b", "a/b/c", "a/b/c/n"] {
        assert_eq!(mode(&site.path(folder)), 0o755, "{folder}");
    }
}

#[test]
fn everybody_may_not_write_though_the_umask_lets_them() {
    let site = TestSite::small();
    assert!(build_under(&site, "000").status.success());
    assert!(modes(&site).values().all(|mode| mode & 0o002 == 0), "{:?}", modes(&site));
    check_modes(&site, 0o664, 0o775);
}

#[test]
fn a_later_build_mends_modes_and_writes_nothing() {
    let site = TestSite::small();
    assert!(build_under(&site, "022").status.success());
    let output = site.path("output");
    let stamp = |name: &str| {
        let metadata = std::fs::metadata(output.join(name)).unwrap();
        (metadata.ino(), metadata.modified().unwrap())
    };
    let names = ["index.html", "n/index.html", "n/notice.json", "manifest.json", "search/index.js"];
    let before = names.map(stamp);
    for name in names {
        set_mode(&output.join(name), 0o600);
    }
    set_mode(&output.join("assets"), 0o700);
    set_mode(&output.join("n"), 0o750);
    set_mode(&output, 0o711);
    site.write("output/foreign", "");
    set_mode(&output.join("foreign"), 0o600);
    assert!(build_under(&site, "077").status.success());
    assert_eq!(mode(&output.join("foreign")), 0o600, "what is not ours is left alone");
    std::fs::remove_file(output.join("foreign")).unwrap();
    check_modes(&site, 0o644, 0o755);
    assert_eq!(names.map(stamp), before);
}

#[test]
fn the_settings_say_who_may_read() {
    let site = TestSite::small();
    assert!(build_under(&site, "022").status.success());
    for (word, file, folder) in
        [("group", 0o640, 0o750), ("owner", 0o600, 0o700), ("all", 0o644, 0o755), ("group", 0o640, 0o750)]
    {
        site.write("site.yaml", format!("title: 示例\nreadable_by: {word}\n"));
        assert!(build_under(&site, "022").status.success());
        check_modes(&site, file, folder);
    }
    let fresh = TestSite::small().with("site.yaml", "title: 示例\nreadable_by: group\n");
    assert!(build_under(&fresh, "000").status.success());
    check_modes(&fresh, 0o660, 0o770);
    fresh.write("site.yaml", "title: 示例\nreadable_by: everyone\n");
    assert_eq!(fresh.findings(), ["unknown-value site.yaml:2:14"]);
}

#[test]
fn group_and_setgid_stay() {
    let site = TestSite::small();
    let output = site.path("output");
    std::fs::create_dir(&output).unwrap();
    let is_root = std::fs::metadata(&output).unwrap().uid() == 0;
    if is_root {
        chown(&output, None, Some(NOBODY)).unwrap();
    }
    set_mode(&output, 0o2775);
    let group = std::fs::metadata(&output).unwrap().gid();
    for umask in ["002", "077", "022"] {
        site.write("site.yaml", format!("title: 示例{umask}\n"));
        site.write(&format!("content/page{umask}.md"), format!("---\ntitle: 页\n---\n正文{umask}。\n"));
        assert!(build_under(&site, umask).status.success());
        assert_eq!(mode(&output), 0o2775, "{umask}");
        for (name, mode) in modes(&site) {
            let metadata = std::fs::metadata(output.join(&name)).unwrap();
            assert_eq!(metadata.gid(), group, "{umask}: `{name}`");
            let is_kept = if metadata.is_dir() { mode & 0o2775 == mode } else { mode & 0o664 == mode };
            assert!(is_kept && mode & 0o444 == 0o444, "{umask}: `{name}`: {mode:o}");
            assert!(!metadata.is_dir() || mode & 0o2000 != 0, "{umask}: `{name}`: {mode:o}");
        }
        // What the group was given on purpose stays, also where the rest has to be mended.
        set_mode(&output.join("n"), 0o2770);
        set_mode(&output.join("n/index.html"), 0o660);
        assert!(build_under(&site, umask).status.success());
        assert_eq!((mode(&output.join("n")), mode(&output.join("n/index.html"))), (0o2775, 0o664), "{umask}");
    }
}

#[test]
fn new_pages_wait_where_nobody_else_may_look() {
    for (prepare, what) in [
        (None, "a first build"),
        (Some(0o755), "a folder left open by an older version"),
        (Some(0o2775), "one of a group"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        let private = output.join(".gongkai");
        if let Some(mode) = prepare {
            std::fs::create_dir_all(private.join("staging/old")).unwrap();
            set_mode(&output, mode);
            set_mode(&private, mode);
        }
        let build = gongkai::output::Output::open(&output, &[]).unwrap();
        build.stage(OutputPath::new("n/index.html").unwrap(), b"not yet").unwrap();
        assert_eq!(mode(&private) & 0o777, 0o700, "{what}");
        assert_eq!(mode(&private.join("staging")) & 0o777, 0o700, "{what}");
        let waiting = walkdir::WalkDir::new(&output).into_iter().map(Result::unwrap);
        let waiting = waiting.filter(|entry| entry.file_type().is_file());
        assert!(waiting.map(|entry| entry.path().starts_with(&private)).eq([true]), "{what}");
        build.commit().unwrap();
        assert_eq!(std::fs::read(output.join("n/index.html")).unwrap(), b"not yet", "{what}");
        assert!(!private.exists(), "{what}");
    }
}

/// Gives everything in a site to nobody, and lets them in.
fn give_to_nobody(site: &TestSite) {
    set_mode(&site.path(""), 0o755);
    for entry in walkdir::WalkDir::new(site.path("")) {
        chown(entry.unwrap().path(), Some(NOBODY), Some(NOBODY)).unwrap();
    }
}

/// Builds as a user whom the system refuses things: as nobody where the tests run as root.
fn build_without_power(site: &TestSite) -> (Option<i32>, String) {
    let mut command = gongkai(&site.path(""));
    if std::fs::metadata(site.path("")).unwrap().uid() == NOBODY {
        command.uid(NOBODY).gid(NOBODY);
    }
    let run = command.arg("build").output().unwrap();
    (run.status.code(), String::from_utf8(run.stderr).unwrap())
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0)
}

#[test]
fn a_mode_that_cannot_be_changed_is_a_warning() {
    if !is_root() {
        return leave_out("modes of files that belong to others", "root");
    }
    let site = TestSite::small();
    site.build();
    give_to_nobody(&site);
    let of_root = |name: &str, mode: u32| {
        chown(site.path(name), Some(0), Some(NOBODY)).unwrap();
        set_mode(&site.path(name), mode);
    };
    // Read through the group, so they need not be written anew, but closed to a web server.
    for (name, mode, mended) in [
        ("output/n/index.html", 0o640, 0o644),
        ("output/manifest.json", 0o640, 0o644),
        ("output/assets", 0o770, 0o775),
    ] {
        of_root(name, mode);
        let (code, told) = build_without_power(&site);
        assert_eq!(code, Some(0), "{name}: {told}");
        assert!(told.contains("warning[mode-not-changed]"), "{name}: {told}");
        assert!(told.contains(name.trim_start_matches("output/")), "{name}: {told}");
        set_mode(&site.path(name), mended);
        let (code, told) = build_without_power(&site);
        assert!(code == Some(0) && !told.contains("mode-not-changed"), "{name}: {told}");
    }
    // The other way: it is removed, and comes again as our own.
    of_root("output/n/01.html", 0o640);
    assert!(build_without_power(&site).1.contains("n/01.html"));
    std::fs::remove_file(site.path("output/n/01.html")).unwrap();
    assert!(!build_without_power(&site).1.contains("mode-not-changed"));
    assert_eq!(mode(&site.path("output/n/01.html")), 0o644);
}

/// As on a memory stick, whose file system has no modes, or where somebody else's build was killed.
#[test]
fn a_site_is_written_where_modes_cannot_be_changed() {
    if !is_root() {
        return leave_out("a folder whose mode cannot be changed", "root");
    }
    let site = TestSite::small();
    site.build();
    give_to_nobody(&site);
    let private = site.path("output/.gongkai");
    std::fs::create_dir(&private).unwrap();
    set_mode(&private, 0o777);
    std::fs::remove_file(site.path("output/index.html")).unwrap();
    let (code, told) = build_without_power(&site);
    assert_eq!(code, Some(0), "{told}");
    assert!(site.path("output/index.html").exists());
}

/// Checks that a build which may not change what `close` closes changes nothing at all, names `folder`, and works once it is
/// `open`.
#[track_caller]
fn check_all_or_nothing(
    folder: &str,
    change: impl Fn(&TestSite),
    close: impl Fn(&TestSite),
    open: impl Fn(&TestSite),
) {
    let site = TestSite::small();
    for other in ["a", "z"] {
        for name in ["notice.md", "01.md", "approved.txt"] {
            site.write(&format!("content/{other}/{name}"), site.text(&format!("content/n/{name}")));
        }
    }
    assert_eq!(site.findings(), Vec::<String>::new());
    let before = read_tree(&site.path("output"));
    change(&site);
    if is_root() {
        give_to_nobody(&site);
    }
    close(&site);
    let (code, told) = build_without_power(&site);
    assert_eq!(code, Some(2), "{told}");
    assert_tree_eq(&before, &read_tree(&site.path("output")));
    assert!(told.contains(folder), "{folder} is named: {told}");
    assert!(!site.path("output/.gongkai").exists());
    open(&site);
    let (code, told) = build_without_power(&site);
    assert_eq!(code, Some(0), "{told}");
    let built = read_tree(&site.path("output"));
    assert_ne!(built, before);
    std::fs::remove_dir_all(site.path("output")).unwrap();
    site.build();
    assert_tree_eq(&read_tree(&site.path("output")), &built);
}

#[test]
fn a_folder_that_may_not_be_changed_is_found_before_anything_is() {
    let rename = |site: &TestSite| site.write("site.yaml", "title: 新名\n");
    for folder in ["z", "search", ""] {
        let path = format!("output/{folder}");
        let close = |mode: u32| {
            let path = path.clone();
            move |site: &TestSite| set_mode(&site.path(&path), mode)
        };
        // Every page has the name of the site, and the search index has the titles of notices.
        let change = |site: &TestSite| {
            rename(site);
            site.write("content/n/notice.md", site.text("content/n/notice.md").replace("甲通报", "乙通报"));
        };
        check_all_or_nothing(&path, change, close(0o555), close(0o755));
    }
    // Nothing new comes into the folder; what is in it goes.
    let remove = |site: &TestSite| std::fs::remove_dir_all(site.path("content/z")).unwrap();
    let set = |mode: u32| move |site: &TestSite| set_mode(&site.path("output/z"), mode);
    check_all_or_nothing("output/z", remove, set(0o555), set(0o755));
    // All folders that are closed are named at once.
    let set = |mode: u32| {
        move |site: &TestSite| {
            for name in ["a", "n"] {
                set_mode(&site.path(format!("output/{name}")), mode);
            }
        }
    };
    check_all_or_nothing("output/n", rename, set(0o555), set(0o755));
    check_all_or_nothing("output/a", rename, set(0o555), set(0o755));
}

#[test]
fn a_file_of_another_owner_in_a_sticky_folder_is_found_before_anything_is_changed() {
    if !is_root() {
        return leave_out("folders in which only owners may replace files", "root");
    }
    let rename = |site: &TestSite| site.write("site.yaml", "title: 新名\n");
    let close = |site: &TestSite| {
        let (folder, file) = (site.path("output/z"), site.path("output/z/index.html"));
        chown(&folder, Some(0), Some(0)).unwrap();
        chown(&file, Some(0), Some(0)).unwrap();
        set_mode(&folder, 0o1777);
    };
    let open = |site: &TestSite| chown(site.path("output/z/index.html"), Some(NOBODY), Some(NOBODY)).unwrap();
    check_all_or_nothing("output/z", rename, close, open);
}

#[test]
fn a_file_that_is_protected_against_every_change_is_found_before_anything_is_changed() {
    let is_protected = |site: &TestSite, flag: &str| {
        let file = site.path("output/z/index.html");
        let run = Command::new("chattr").arg(flag).arg(file).output();
        run.is_ok_and(|run| run.status.success())
    };
    let probe = TestSite::small().with("output/z/index.html", "");
    if !is_protected(&probe, "+i") {
        return leave_out("files that are protected against every change", "right to protect them");
    }
    assert!(is_protected(&probe, "-i"));
    let rename = |site: &TestSite| site.write("site.yaml", "title: 新名\n");
    let close = |site: &TestSite| assert!(is_protected(site, "+i"));
    let open = |site: &TestSite| assert!(is_protected(site, "-i"));
    check_all_or_nothing("output/z", rename, close, open);
}
