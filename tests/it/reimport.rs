//! What `import` writes: the document byte for byte, all files or none, and over the work of editors only what is new.

use std::path::Path;
use std::process::{Command, Output};

use crate::site::{TestSite, tree};

const TEXT: &str = "关于巡察整改情况的通报\n现将有关情况通报如下。\n一、关于“学习不深入”问题的整改情况\n\
    （一）改进工作。已经改进，制定办法。\n二、关于“台账不规范”问题的整改情况\n（一）补登台账。已经补登。\n\
    甲县乙局\n2025年8月28日\n";

/// Runs `gongkai import` on the site with `bytes` as the document and these further arguments.
fn import(site: &TestSite, bytes: impl AsRef<[u8]>, arguments: &[&str]) -> Output {
    site.write("document", bytes);
    run(Command::new(env!("CARGO_BIN_EXE_gongkai")), site, arguments)
}

fn run(mut command: Command, site: &TestSite, arguments: &[&str]) -> Output {
    command.args(["import", "document", "--into", "content/m", "--lang", "zh"]).args(arguments);
    command.current_dir(site.path("")).output().unwrap()
}

fn words(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

/// A site with `TEXT` imported.
fn imported() -> TestSite {
    let site = TestSite::small();
    let output = import(&site, TEXT, &["--write"]);
    assert!(output.status.success(), "{}", words(&output));
    site
}

#[test]
fn the_document_is_kept_byte_for_byte_and_read_back() {
    let utf16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{FEFF}{TEXT}").encode_utf16().flat_map(to_bytes).collect()
    };
    for (name, bytes) in [
        ("approved.txt", TEXT.as_bytes().to_vec()),
        ("approved.txt", TEXT.replace('\n', "\r\n").into_bytes()),
        ("approved.txt", TEXT.replacen('\n', "\u{C}\n", 2).into_bytes()),
        ("approved.txt", encoding_rs::GB18030.encode(TEXT).0.into_owned()),
        ("approved.txt", utf16(u16::to_le_bytes)),
        ("approved.txt", utf16(u16::to_be_bytes)),
        ("approved.md", format!("# {}", TEXT.replace('\n', "\n\n").replace("已经", "**已经**")).into_bytes()),
        ("approved.html", format!("<p>{}</p>", TEXT.replace('\n', "</p>\n<p>")).into_bytes()),
    ] {
        let site = TestSite::small();
        let output = import(&site, &bytes, &["--write"]);
        assert!(output.status.success(), "{}", words(&output));
        assert_eq!(std::fs::read(site.path(format!("content/m/{name}"))).unwrap(), bytes, "{name}");
        assert_eq!(site.findings(), [""; 0], "{name} {}", String::from_utf8_lossy(&bytes));
        site.write("content/m/01.md", site.text("content/m/01.md").replace("改进，", "改正，"));
        let found = site.findings();
        assert!(
            found.iter().any(|found| found.starts_with("approved-text-differs content/m/01.md")),
            "{found:?}"
        );
    }
}

#[test]
fn what_editors_wrote_stays_and_the_proof_is_of_the_folder_as_it_will_be() {
    let site = imported();
    let edited = site.text("content/m/01.md").replace("已经改进，", "**已经改进**，");
    let edited = edited.replacen("\n---\n", "\nplain: 说明。\n---\n", 1);
    site.write("content/m/01.md", &edited);
    let more = TEXT.replace("制定办法。", "制定办法。\n另有一段。");
    let output = import(&site, &more, &["--write", "--force"]);
    assert!(output.status.success(), "{}", words(&output));
    assert_eq!(site.text("content/m/01.md"), edited.trim_end().to_owned() + "\n\n另有一段。\n");
    assert_eq!(site.findings(), [""; 0]);
    // What the document no longer has stays until the editor deletes it, and a build would tell.
    let (front, behind) = more.split_once("二、").unwrap();
    let less = format!("{front}{}", behind.split_once("补登。\n").unwrap().1);
    let output = import(&site, less, &["--write", "--force"]);
    let told = words(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("改动后的文件夹与原文不同") && told.contains("02.md  新文件中已没有"), "{told}");
    assert!(site.findings().iter().any(|found| found.starts_with("approved-text-differs content/m/02.md")));
    std::fs::remove_file(site.path("content/m/02.md")).unwrap();
    assert_eq!(site.findings(), [""; 0]);
}

#[test]
fn new_sections_are_shown_under_the_names_of_their_files() {
    let site = imported();
    let more = TEXT.replace("二、关于", "二、关于“新问题”问题的整改情况\n（一）办理。已经办理。\n三、关于");
    let output = import(&site, more, &["--write", "--force"]);
    let told = words(&output);
    assert!(told.contains("  01a.md      二、关于“新问题”问题的整改情况  · 1 条措施"), "{told}");
    assert!(output.status.success() && site.path("content/m/01a.md").exists());
    assert_eq!(site.findings(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_folder_as_it_was() {
    let site = imported();
    let before = tree(&site.path("content"));
    // Of the files only the document itself is larger than a file may be.
    for (into, before) in [("content/m", before.clone()), ("content/new", before)] {
        let long = format!("{}{}", TEXT.replace("已经补登。", "已经全部补登。"), "　".repeat(4000));
        site.write("document", long);
        let mut command = Command::new("sh");
        let program = env!("CARGO_BIN_EXE_gongkai");
        command.args([
            "-c",
            &format!("trap '' XFSZ; ulimit -f 8; exec {program} \"$@\" --into {into}"),
            "sh",
        ]);
        command.args(["import", "document", "--lang", "zh", "--write", "--force"]);
        let output = command.current_dir(site.path("")).output().unwrap();
        let told = words(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("通报没有写入：无法写入") && told.contains("：文件过大"), "{told}");
        assert_eq!(tree(&site.path("content")), before);
        assert!(!site.path("content/new").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_folder_is_not_followed() {
    let site = TestSite::small();
    let elsewhere = tempfile::tempdir().unwrap();
    let check = |target: &Path| {
        std::os::unix::fs::symlink(target, site.path("content/m")).unwrap();
        let output = import(&site, TEXT, &["--write", "--force"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(words(&output).contains("`content/m` 是链接（不会跟随），不是文件夹"), "{}", words(&output));
        assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
        std::fs::remove_file(site.path("content/m")).unwrap();
    };
    check(elsewhere.path());
    check(Path::new("nowhere"));
}

#[test]
fn sums_that_do_not_come_out_and_missing_pictures_are_told() {
    let site = TestSite::small();
    let text = TEXT.replace("制定办法。", "发文27篇，其中甲镇12篇、乙镇16篇。");
    let told = words(&import(&site, &text, &[]));
    assert!(told.contains("还需要人工完成：") && told.contains("27篇") && told.contains("28篇"), "{told}");
    let page = format!("<p>{}</p><img src='a.png' alt='清单'>", TEXT.replace('\n', "</p>\n<p>"));
    let told = words(&import(&site, page, &[]));
    assert!(told.contains("文件中没有、或浏览器不能显示的图片（请另存为 PNG 放入）：a.png"), "{told}");
}
