//! What stands in `static/` is published as it is, belongs to gongkai, and takes no page's address.

use std::path::Path;

use gongkai::diagnostic::Language;

use crate::site::{TestSite, tree};

/// What no rule of content may see.
const ACTIVE: &str = "<script>document.write('甲')</script><h1>乙<h1 onclick='x()'>\u{202e}";

#[track_caller]
fn check(name: &str, codes: &[&str]) {
    let site = TestSite::small().with(&format!("static/{name}"), ACTIVE);
    let findings = site.findings();
    let expected: Vec<_> = codes.iter().map(|code| format!("{code} static/{name}")).collect();
    assert_eq!(findings, expected, "{name}");
    let published = site.path(format!("output/{name}"));
    assert_eq!(published.exists(), codes.is_empty(), "{name}");
    if codes.is_empty() {
        assert_eq!(std::fs::read(published).unwrap(), ACTIVE.as_bytes(), "{name}");
    }
}

#[test]
fn files_are_published_unread_at_the_root() {
    for name in [
        "favicon.ico",
        "MP_verify_x.txt",
        "google0123.html",
        "CNAME",
        "a.php",
        "n/more.html",
        "n/notice.txt",
        "notice.md",
        ".well-known/security.txt",
        ".well-known/pki-validation/file.txt",
        "robots.txt",
    ] {
        check(name, &[]);
    }
}

#[test]
fn what_cannot_be_published_is_told() {
    for (name, code) in [
        (".htaccess", "not-published"),
        (".DS_Store", "not-published"),
        (".well-known/.DS_Store", "not-published"),
        ("Thumbs.db", "not-published"),
        ("~$a.docx", "not-published"),
        ("附件.pdf", "name-is-no-address"),
        ("a b.txt", "name-is-no-address"),
        ("con.txt", "name-is-no-address"),
        ("assets/a.css", "reserved-name"),
        ("Manifest.json", "reserved-name"),
        ("__a.txt", "reserved-name"),
        ("index.html", "duplicate-address"),
        ("Search.html", "duplicate-address"),
        ("feed.xml", "duplicate-address"),
        ("ROBOTS.txt", "duplicate-address"),
        ("n/notice.json", "duplicate-address"),
        ("n/01.html", "duplicate-address"),
        ("n/01.html/a.txt", "duplicate-address"),
        ("n", "duplicate-address"),
    ] {
        if code == "not-published" {
            // A warning does not stop the build.
            let site = TestSite::small().with(&format!("static/{name}"), ACTIVE);
            assert_eq!(site.findings(), [format!("{code} static/{name}")]);
            assert!(site.path("output/index.html").exists() && !site.path(format!("output/{name}")).exists());
        } else {
            check(name, &[code]);
        }
    }
    let long = format!("{}a.txt", "long-name/".repeat(110));
    check(&long, &["name-is-no-address"]);
}

#[test]
fn a_clash_names_both_sides() {
    let site = TestSite::small()
        .with("content/contact.md", "---\ntitle: 联系我们\n---\n见[名单](n/list.csv)。\n")
        .with("content/n/list.csv", "甲\n")
        .with("static/n/01.html", "甲")
        .with("static/n/list.csv", "乙\n");
    let report = site.build();
    let told: Vec<_> = report
        .diagnostics
        .iter()
        .map(|found| {
            let related: Vec<_> = found.related.iter().map(|one| one.location.path.as_str()).collect();
            (found.location.as_ref().unwrap().path.as_str(), related)
        })
        .collect();
    let both =
        [("content/n/list.csv", vec!["static/n/list.csv"]), ("static/n/01.html", vec!["content/n/01.md"])];
    assert_eq!(told, both);
    let site = TestSite::small().with("static/search.html", "甲");
    let found = site.build().diagnostics.remove(0);
    let message = found.message.in_language(Language::English).to_owned();
    assert!(
        message.contains("`search.html`") && found.location.unwrap().path.as_str() == "static/search.html"
    );
}

#[test]
fn files_belong_to_the_list_and_go_with_their_source() {
    let site = TestSite::small().with("static/a.txt", "a").with("static/.well-known/b.txt", "b");
    assert_eq!(site.findings(), [""; 0]);
    let listed = site.text("output/manifest.json");
    assert!(listed.contains("\"a.txt\"") && listed.contains("\".well-known/b.txt\""), "{listed}");
    let again = site.build().summary.unwrap();
    assert_eq!((again.written, again.removed), (0, 0), "nothing has changed");

    std::fs::write(site.path("output/.well-known/other.txt"), "not ours").unwrap();
    std::fs::write(site.path("static/.well-known/b.txt"), "c").unwrap();
    std::fs::remove_file(site.path("static/a.txt")).unwrap();
    assert_eq!(site.findings(), ["foreign-file .well-known/other.txt"]);
    assert_eq!(site.text("output/.well-known/b.txt"), "c");
    assert!(!site.path("output/a.txt").exists());

    std::fs::remove_dir_all(site.path("static")).unwrap();
    std::fs::remove_file(site.path("output/.well-known/other.txt")).unwrap();
    assert_eq!(site.findings(), [""; 0]);
    assert!(!site.path("output/.well-known").exists(), "the folder goes with its last file");
    assert_eq!(tree(&site.path("output")).into_keys().filter(|name| name.starts_with('.')).count(), 0);
}

#[test]
fn texts_may_link_to_them_and_robots_are_told_once() {
    let site = TestSite::small()
        .with("site.yaml", "title: 示例\nbase_url: https://www.example.gov.cn/\n")
        .with(
            "content/about.md",
            "---\ntitle: 关于\n---\n见[密钥](.well-known/key.txt)和[清单](list/a.pdf)。\n",
        )
        .with("static/.well-known/key.txt", "a")
        .with("static/list/a.pdf", "not even a PDF")
        .with("static/robots.txt", "User-agent: *\n");
    assert_eq!(site.findings(), [""; 0]);
    let page = site.text("output/about.html");
    assert!(page.contains("href=\".well-known/key.txt\"") && page.contains("href=\"list/a.pdf\""), "{page}");
    assert_eq!(site.text("output/robots.txt"), "User-agent: *\n");
    for list in ["sitemap.xml", "sitemap.html", "search/index.js"] {
        assert!(!site.text(&format!("output/{list}")).contains("a.pdf"), "{list}");
    }
}

#[test]
fn the_output_never_lies_in_it() {
    let site = TestSite::small().with("static/a.txt", "a");
    let options = gongkai::build::Options {
        root: site.path(""),
        output: site.path("static/output"),
        base_url: None,
        is_strict: false,
    };
    let error = gongkai::build::build(&options).unwrap_err().to_string();
    assert!(error.contains("static"), "{error}");
    assert!(!Path::new(&site.path("static/output")).exists());
}

#[cfg(unix)]
#[test]
fn links_pipes_and_foreign_names_are_told_as_for_attachments() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let site =
        TestSite::small().with("static/a.txt", "甲").with("private", "乙").with("static/A/b.txt", "丙");
    let folder = site.path("static");
    for (link, target) in
        [("b.txt", "a.txt"), ("out.txt", "../private"), ("folder", "A"), ("gone.txt", "nothing")]
    {
        symlink(target, folder.join(link)).unwrap();
    }
    std::fs::write(folder.join(std::ffi::OsStr::from_bytes(b"\xB9\xAB.txt")), "丁").unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe")).status().unwrap().success());
    assert_eq!(
        site.findings(),
        [
            "link-to-folder static/folder",
            "dangling-link static/gone.txt",
            "link-outside-site static/out.txt",
            "not-a-file static/pipe",
            "file-name-not-utf8 static/\u{fffd}\u{fffd}.txt",
        ]
    );
    for name in ["folder", "gone.txt", "out.txt", "pipe"] {
        std::fs::remove_file(folder.join(name)).unwrap();
    }
    std::fs::remove_file(folder.join(std::ffi::OsStr::from_bytes(b"\xB9\xAB.txt"))).unwrap();
    assert_eq!(site.findings(), [""; 0]);
    assert_eq!(site.text("output/b.txt"), "甲");
    site.write("static/a/c.txt", "戊");
    site.write("static/a/B.txt", "己");
    assert_eq!(site.findings(), ["duplicate-address static/a/B.txt"], "names that differ by case alone");
}
