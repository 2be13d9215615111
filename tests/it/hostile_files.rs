//! Folders that nobody makes by accident: links, pipes, huge files, files that change while they are read. Nothing from
//! outside the site is read or published, and memory stays bounded.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::hostile::{check, check_file};
use crate::site::TestSite;

#[test]
fn a_folder_that_is_named_like_a_file_is_an_error() {
    for name in ["content/n/05.md", "content/05.md", "content/n/deep/05.md"] {
        check_file(&format!("{name}/01.md"), "甲。", &[&format!("not-a-file {name}")]);
    }
    let site = TestSite::small();
    std::fs::remove_file(site.path("site.yaml")).unwrap();
    check(&site.with("site.yaml/x", ""), &["not-a-file site.yaml"]);
    let site = TestSite::small();
    std::fs::remove_file(site.path("content/n/approved.txt")).unwrap();
    check(&site.with("content/n/approved.txt/x", ""), &["not-a-file content/n/approved.txt"]);
}

#[test]
fn files_may_change_and_vanish_while_the_site_is_built() {
    let site = TestSite::small()
        .with("content/contact.md", "---\ntitle: 联系我们\n---\n见[附件](n/deep/a.txt)。\n")
        .with(
            "themes/own/templates/page.html",
            "<html lang=zh-CN><title>甲</title><h1>乙</h1>{{ body | safe }}\n",
        );
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let rounds = (1..20_000).take_while(|_| !is_over.load(Ordering::Relaxed));
            rounds.for_each(|round| disturb(&site, round));
        });
        let _end = End(&is_over);
        for _ in 0..40 {
            // Whatever a build meets, it ends with a report or an error of the environment.
            drop(site.build_with(None));
        }
    });
    disturb(&site, 0);
    check(&site, &[]);
    assert!(site.text("output/n/01.html").contains("已经改进。"));
    assert_eq!(std::fs::read(site.path("output/n/deep/a.txt")).unwrap(), [b'x'; 100]);
}

/// Ends the changes when the builds are over, and also when one of them panics.
struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Rewrites a site in a way that depends on the number of the round; after round 0 it is good.
fn disturb(site: &TestSite, round: usize) {
    // A build may hold or a round before may have removed what is touched here.
    let remove = |name: &str| drop(std::fs::remove_file(site.path(name)));
    let good = "---\nheading: 一、关于“甲”问题的整改情况\n---\n（一）改进工作。已经改进。\n";
    site.write("content/n/01.md", if round % 3 == 1 { "---\nheading: 一" } else { good });
    site.write("content/n/deep/a.txt", vec![b'x'; if round.is_multiple_of(2) { 100 } else { 100_000 }]);
    site.write("site.yaml", if round % 5 == 1 { "title: [" } else { "title: 示例\n" });
    if round % 3 == 2 {
        remove("content/n/01.md");
    }
    if round % 4 == 3 {
        drop(std::fs::remove_dir_all(site.path("content/n/deep")));
    }
    if round % 7 == 6 {
        drop(std::fs::rename(site.path("content/n"), site.path("content/m")));
        drop(std::fs::rename(site.path("content/m"), site.path("content/n")));
    }
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;
    use std::process::Command;

    use super::{TestSite, check};

    /// The small site, whose text links to `photo.txt`, with a secret beside it.
    fn site() -> TestSite {
        TestSite::small()
            .with(
                "content/contact.md",
                "---\ntitle: 联系我们\n---\n见[照片](n/photo.txt)和[第二项](n/02.md)。\n",
            )
            .with("secret/02.md", "机密")
            .with("content/n/folder/x.txt", "x")
            .with("content/a.md", "---\ntitle: 甲\n---\n见[图](n/folder/x.txt)。\n")
    }

    /// Puts two links to `target` where a text and an attachment are due; both must be named, and nothing else.
    #[track_caller]
    fn check_link(target: impl AsRef<Path>, code: &str) {
        let site = site();
        symlink(site.path(&target), site.path("content/n/02.md")).unwrap();
        symlink(site.path(&target), site.path("content/n/photo.txt")).unwrap();
        check_names(&site, code);
    }

    #[track_caller]
    fn check_names(site: &TestSite, code: &str) {
        check(site, &[&format!("{code} content/n/02.md"), &format!("{code} content/n/photo.txt")]);
        let report = site.build();
        assert!(!report.sources.iter().any(|(_, bytes)| bytes == "机密".as_bytes()), "the secret was read");
        assert!(!site.path("output").exists());
    }

    #[test]
    fn links_that_lead_nowhere_or_outside_are_named_and_never_followed() {
        check_link("secret/02.md", "link-outside-site");
        check_link("/etc/passwd", "link-outside-site");
        check_link("/dev/zero", "link-outside-site");
        check_link("secret/missing", "dangling-link");
        check_link("content/n/folder", "link-to-folder");
        check_link("content", "link-to-folder");
        let site = site();
        symlink("photo.txt", site.path("content/n/02.md")).unwrap();
        symlink("02.md", site.path("content/n/photo.txt")).unwrap();
        check_names(&site, "link-loop");
    }

    #[test]
    fn a_folder_that_links_to_its_parent_is_not_walked() {
        let site = TestSite::small();
        symlink("..", site.path("content/n/again")).unwrap();
        check(&site, &["link-to-folder content/n/again"]);
    }

    #[test]
    fn a_link_inside_is_published_as_a_file() {
        let site = site();
        symlink("folder/x.txt", site.path("content/n/photo.txt")).unwrap();
        symlink("01.md", site.path("content/n/02.md")).unwrap();
        std::fs::remove_file(site.path("content/n/approved.txt")).unwrap();
        // The linked section is there twice, so its number is, too.
        check(&site, &["numbering-out-of-order content/n/02.md:2:10"]);
        let published = site.path("output/n/photo.txt");
        assert!(std::fs::symlink_metadata(&published).unwrap().is_file());
        assert_eq!(std::fs::read(published).unwrap(), b"x");
    }

    #[test]
    fn pipes_are_named_and_nobody_waits_for_them() {
        let pipe = |site: &TestSite, name: &str| {
            drop(std::fs::remove_file(site.path(name)));
            std::fs::create_dir_all(site.path(name).parent().unwrap()).unwrap();
            assert!(Command::new("mkfifo").arg(site.path(name)).status().unwrap().success());
        };
        let texts = site();
        pipe(&texts, "content/n/02.md");
        pipe(&texts, "content/n/photo.txt");
        check_names(&texts, "not-a-file");
        for name in [
            "site.yaml",
            "content/n/notice.md",
            "content/n/approved.txt",
            "themes/default/templates/home.html",
        ] {
            let site = TestSite::small();
            pipe(&site, name);
            check(&site, &[&format!("not-a-file {name}")]);
        }
        let outside = site();
        pipe(&outside, "secret/pipe");
        symlink(outside.path("secret/pipe"), outside.path("content/n/02.md")).unwrap();
        symlink(outside.path("secret/pipe"), outside.path("content/n/photo.txt")).unwrap();
        check_names(&outside, "link-outside-site");
    }

    #[test]
    fn what_may_not_be_read_is_named() {
        let site = TestSite::small();
        let closed = |mode| {
            std::fs::set_permissions(site.path("content/n/01.md"), std::fs::Permissions::from_mode(mode))
        };
        closed(0o000).unwrap();
        // Nothing is closed to the superuser; then the site is simply built.
        let is_closed = std::fs::read(site.path("content/n/01.md")).is_err();
        let expected: &[&str] = if is_closed { &["unreadable-file content/n/01.md"] } else { &[] };
        check(&site, expected);
        closed(0o600).unwrap();
    }
}

/// Files of 50 MB, built by a process that never holds as much as one of them.
#[cfg(target_os = "linux")]
mod memory {
    use std::process::{Child, Command, Output, Stdio};

    use super::TestSite;

    const FILE: usize = 50 * 1000 * 1000;
    const MOST_HELD: usize = 45 * 1000 * 1000;

    /// Builds with the binary, which must not hold more than [`MOST_HELD`] at any time.
    fn build(site: &TestSite) -> Output {
        let mut build = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args(["build", "--lang", "en", "--root"])
            .arg(site.path(""))
            .env("RAYON_NUM_THREADS", "2")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut peak = 0;
        while build.try_wait().unwrap().is_none() {
            peak = peak.max(peak_of(&build).unwrap_or(0));
            if peak > MOST_HELD {
                build.kill().unwrap();
                build.wait().unwrap();
                panic!("the build held {peak} bytes");
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        assert!(peak > 0, "the memory of the process was never seen");
        build.wait_with_output().unwrap()
    }

    /// Returns the most memory that a process has held so far (`VmHWM`); `None` if it is over.
    fn peak_of(process: &Child) -> Option<usize> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.trim().strip_suffix(" kB")?.parse::<usize>().ok()? * 1024)
    }

    #[test]
    fn a_text_of_50_megabytes_is_refused_without_being_read() {
        let site = TestSite::small().with("content/n/02.md", vec![b'a'; FILE]);
        let output = build(&site);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{errors}");
        assert!(
            errors.contains("error[file-too-large]: the file has 47.7 MB, more than the 2.0 MB allowed"),
            "{errors}"
        );
        assert!(errors.contains("content/n/02.md") && errors.contains("1 error\n"), "{errors}");
    }

    #[test]
    fn an_attachment_of_50_megabytes_is_copied_piece_by_piece() {
        let bytes: Vec<u8> = (0..FILE).map(|index| u8::try_from(index % 251).unwrap()).collect();
        let site = TestSite::small()
            .with("content/contact.md", "---\ntitle: 联系我们\n---\n见[附件](n/a.pdf)。\n")
            .with("content/n/a.pdf", &bytes);
        for (round, files) in [("first", "0 unchanged"), ("second", "0 written")] {
            let output = build(&site);
            let (out, errors) =
                (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
            assert_eq!(output.status.code(), Some(0), "{round}: {errors}");
            assert!(out.contains(files), "{round}: {out}");
        }
        assert!(std::fs::read(site.path("output/n/a.pdf")).unwrap() == bytes);
    }
}
