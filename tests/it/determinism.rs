//! Same input, same bytes: no clock, place, locale, person, number of threads or order of files shows in the output.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::golden::{Tree, assert_tree_eq, read_tree};
use crate::site::TestSite;
use crate::writer::gongkai;

/// Returns the files of a site that has everything in it: two notices, attachments, a table, a base address.
fn sources() -> Tree {
    let site = TestSite::zhoushan();
    site.write("content/second/notice.md", "---\ntitle: 乙通报\nunit: 乙\ndate: 2024-01-31\npublished: 2024-02-01T09:00:00+08:00\n---\n现予以公布。\n");
    let item = "---\nheading: 一、关于“甲”问题的整改情况\nstatus: completed\ndue: 2024-06-30\nmetrics:\n  推文: 27篇\n---\n\
                （一）改进工作。推文27篇，见[附表](files/table.csv)。\n\n| 项 | 数 |\n|---|---|\n| 甲 | 1 |\n\n![图](photo.png)\n";
    site.write("content/second/01.md", item);
    site.write("content/second/files/table.csv", "a,b\n1,2\n");
    site.write("content/second/photo.png", [0x89, b'P', b'N', b'G', 0, 1, 2]);
    site.write("content/about.md", "---\ntitle: 关于\n---\n关于本站。\n");
    let mut sources = read_tree(&site.path(""));
    sources.retain(|name, _| !name.starts_with("output/"));
    sources
}

/// Where and how a site is built.
struct Circumstances<'a> {
    /// The name of the folder that holds the site.
    folder: &'a str,
    /// Variables of the environment.
    environment: &'a [(&'a str, &'a str)],
    /// Whether the files are created last first.
    is_reversed: bool,
    /// The age of the sources.
    age: Duration,
}

const PLAIN: Circumstances<'_> =
    Circumstances { folder: "site", environment: &[], is_reversed: false, age: Duration::ZERO };

/// Writes `sources` and builds them with the binary.
fn built(sources: &Tree, circumstances: &Circumstances<'_>) -> Tree {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join(circumstances.folder);
    let mut files: Vec<_> = sources.iter().collect();
    if circumstances.is_reversed {
        files.reverse();
    }
    for (name, bytes) in files {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(SystemTime::now() - circumstances.age).unwrap();
    }
    let mut command = gongkai(&root);
    command.envs(circumstances.environment.iter().copied());
    build(&mut command);
    read_tree(&root.join("output"))
}

fn build(command: &mut Command) {
    let run = command.args(["build", "--base-url", "https://www.example.gov.cn/zg/"]).output().unwrap();
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{told}");
}

#[test]
fn the_output_depends_on_the_sources_alone() {
    let sources = sources();
    let plain = built(&sources, &PLAIN);
    assert!(plain.len() > 38 && plain.contains_key("sitemap.xml") && plain.contains_key("manifest.json"));
    assert!(plain.contains_key("second/files/table.csv") && plain.contains_key("second/photo.png"));

    let east =
        [("TZ", "Pacific/Kiritimati"), ("LANG", "zh_CN.UTF-8"), ("LC_ALL", "zh_CN.UTF-8"), ("USER", "li")];
    let west =
        [("TZ", "Pacific/Pago_Pago"), ("LANG", "C"), ("LC_ALL", "tr_TR.ISO-8859-9"), ("LANGUAGE", "tr")];
    let years = Duration::from_hours(20 * 365 * 24);
    for other in [
        PLAIN,
        Circumstances { folder: "another folder/公开 网站", ..PLAIN },
        Circumstances { environment: &east, ..PLAIN },
        Circumstances { environment: &west, ..PLAIN },
        Circumstances { environment: &[("RAYON_NUM_THREADS", "1")], ..PLAIN },
        Circumstances { environment: &[("RAYON_NUM_THREADS", "32")], ..PLAIN },
        Circumstances { is_reversed: true, ..PLAIN },
        Circumstances { age: years, ..PLAIN },
        Circumstances { environment: &[("SOURCE_DATE_EPOCH", "0"), ("NO_COLOR", "1")], ..PLAIN },
    ] {
        assert_tree_eq(&plain, &built(&sources, &other));
    }
}

#[test]
fn a_second_run_over_the_first_gives_the_same() {
    let site = TestSite::empty();
    for (name, bytes) in sources() {
        site.write(&name, bytes);
    }
    build(&mut gongkai(&site.path("")));
    let first = read_tree(&site.path("output"));
    build(&mut gongkai(&site.path("")));
    assert_tree_eq(&first, &read_tree(&site.path("output")));
    // In one process with other tests, through the library.
    site.build_with(Some("https://www.example.gov.cn/zg/")).unwrap();
    assert_tree_eq(&first, &read_tree(&site.path("output")));
}

/// Returns the days on which this test may be running, as they may be written.
fn days_of_today() -> Vec<String> {
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let days = [now.yesterday().unwrap(), now, now.tomorrow().unwrap()];
    days.iter()
        .flat_map(|day| {
            ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y年%-m月%-d日", "%-d %b %Y", "%d %b %Y"]
                .map(|shape| day.strftime(shape).to_string())
        })
        .collect()
}

#[test]
fn no_path_no_person_and_no_day_of_the_build_is_in_the_output() {
    let sources = sources();
    let folder = "folder-of-the-build";
    let environment = [
        ("USER", "person-who-builds"),
        ("LOGNAME", "person-who-builds"),
        ("USERNAME", "person-who-builds"),
        ("HOME", "/home/person-who-builds"),
        ("HOSTNAME", "host-of-the-build"),
    ];
    let output = built(&sources, &Circumstances { folder, environment: &environment, ..PLAIN });
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut forbidden = vec![
        folder.to_owned(),
        "person-who-builds".to_owned(),
        "host-of-the-build".to_owned(),
        std::env::temp_dir().to_string_lossy().trim_end_matches('/').to_owned() + "/",
        repository.to_string_lossy().into_owned(),
        "content/second".to_owned(),
    ];
    let days = days_of_today();
    // On the days that the notices themselves name, the test has nothing to say about today.
    let is_named = |day: &String| sources.values().any(|bytes| String::from_utf8_lossy(bytes).contains(day));
    forbidden.extend(days.into_iter().filter(|day| !is_named(day)));
    for (name, bytes) in &output {
        let text = String::from_utf8_lossy(bytes);
        for word in &forbidden {
            assert!(!text.contains(word.as_str()) && !name.contains(word.as_str()), "{name} holds `{word}`");
        }
    }
}
