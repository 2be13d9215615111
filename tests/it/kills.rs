//! The hardest part of the writer's promise: builds that are killed or told to end at any moment leave whole files, and the
//! next build gives exactly what it wants. `output/crash_tests.rs` does the same with every step of a commit, without a process.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::golden::{Tree, read_tree};
use crate::random::Random;
use crate::site::TestSite;
use crate::writer::{add_foreign_files, gongkai};

/// How many builds must die, and how many of them at least while they stage and while they change the site.
const N_KILLS: usize = 60;
const N_STAGING: usize = 15;
const N_COMMIT: usize = 20;
/// How many of them must be told to end while they stage.
const N_TOLD: usize = 10;
/// After so many tries there is something wrong with the test.
const MOST_TRIES: usize = 600;
/// The tests run side by side in so many folders.
const N_LANES: usize = 2;

/// Files of other people: beside the pages, in a folder that one version does not have, and hidden.
const FOREIGN: [&str; 4] = ["foreign.txt", "n1/photo.jpg", "only-a/note.txt", ".htaccess"];

/// A theme of one line a page, so that a debug build of hundreds of pages takes a fraction of a second.
const TEMPLATES: [(&str, &str); 8] = [
    ("404", ""),
    ("contact", ""),
    ("feedback", ""),
    ("home", ""),
    ("page", ""),
    ("sitemap", ""),
    ("item", "<h1>{{ item.heading }}</h1>{{ <Parts parts={item.parts} depth={2} /> }}"),
    (
        "notice",
        "{{ <Parts parts={notice.opening} depth={2} /> }}{% for section in notice.sections %}<h2>{{ section.heading }}</h2>\
         {{ <Parts parts={section.parts} depth={3} /> }}{% endfor %}<p>{{ notice.signers | first }}</p><p>{{ notice.date.printed }}</p>\
         {% for sentence in notice.sentences %}{% for figure in sentence.figures %}\
         <p id='{{ figure.anchor }}' data-generated></p>{% endfor %}{% endfor %}",
    ),
];

/// Makes a site of some 200 pages out of the real notice: eight times its items, each with its first measure.
///
/// The title is on every page; `folder` is the name of a notice that the other version does not have.
fn version(title: &str, folder: &str) -> TestSite {
    let site = TestSite::empty().with("site.yaml", format!("title: {title}\n"));
    for (name, template) in TEMPLATES {
        let head = "<!doctype html><head><title>{{ site.title }}</title></head>";
        site.write(&format!("themes/default/templates/{name}.html"), format!("{head}{template}\n"));
    }
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/zhoushan-2025");
    let folders = (1..8).map(|n| format!("n{n}")).chain([folder.to_owned()]);
    for folder in folders {
        for (name, bytes) in read_tree(&content) {
            let text = String::from_utf8(bytes).unwrap();
            let is_item = name.starts_with(|c: char| c.is_ascii_digit());
            if is_item {
                let heading = text.lines().find(|line| line.starts_with("heading: ")).unwrap();
                let measure = text.lines().find(|line| line.starts_with("（一）")).unwrap();
                let short = format!("---\n{heading}\n---\n{measure}\n");
                site.write(&format!("content/{folder}/{name}"), short);
            } else if name == "notice.md" {
                site.write(&format!("content/{folder}/{name}"), text);
            }
        }
    }
    site
}

/// Two versions of a site, and the trees that they come to.
struct Versions {
    sites: [TestSite; 2],
    trees: [Tree; 2],
    /// How long a build takes here and now.
    duration: Duration,
}

impl Versions {
    fn new() -> Self {
        let sites = [version("甲", "only-a"), version("乙", "only-b")];
        let mut duration = Duration::ZERO;
        let trees = sites.each_ref().map(|site| {
            let start = Instant::now();
            assert!(start_build(site, &site.path("output")).wait().unwrap().success());
            duration = duration.max(start.elapsed());
            read_tree(&site.path("output"))
        });
        assert!(trees[0].len() > 200, "{} files", trees[0].len());
        // The data files do not have the title of the site.
        let pages = trees[0].iter().filter(|(name, _)| name.rsplit('.').next() == Some("html"));
        let n_same = pages.filter(|(name, bytes)| trees[1].get(*name) == Some(bytes)).count();
        assert!(n_same < 5, "{n_same} pages are the same in both versions");
        Self { sites, trees, duration }
    }
}

fn start_build(site: &TestSite, output: &Path) -> Child {
    let mut command = gongkai(&site.path(""));
    command.args(["build", "--quiet", "--output"]).arg(output);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// How a build is ended: killed, or told to end, where the system can; with the exit code of one that does as it is told.
#[cfg(unix)]
const ENDINGS: [(&str, Option<i32>); 4] =
    [("-KILL", None), ("-KILL", None), ("-INT", Some(130)), ("-TERM", Some(143))];
#[cfg(not(unix))]
const ENDINGS: [(&str, Option<i32>); 1] = [("-KILL", None)];

/// Ends a build; one that is killed cannot tidy up.
fn end(build: &mut Child, (signal, code): (&str, Option<i32>)) {
    if code.is_none() {
        build.kill().unwrap();
    } else {
        // It may have ended by itself.
        let mut told = std::process::Command::new("kill");
        told.args([signal, &build.id().to_string()]).stderr(Stdio::null()).status().unwrap();
    }
}

/// How many builds ended before they wrote anything, while they staged, and while they changed the site; and how many of them
/// because they were told to while they staged.
#[derive(Debug, Default, Clone, Copy)]
struct Deaths {
    before: usize,
    staging: usize,
    commit: usize,
    told: usize,
}

impl Deaths {
    fn all(self) -> usize {
        self.before + self.staging + self.commit
    }

    fn are_enough(self) -> bool {
        self.all() >= N_KILLS / N_LANES
            && self.staging >= N_STAGING / N_LANES
            && self.commit >= N_COMMIT / N_LANES
            && (self.told >= N_TOLD / N_LANES || !cfg!(unix))
    }
}

/// Waits for the moment at which the build is to die. The moments lie anywhere in the build; every other time the build
/// is first seen to stage or to change the site, since those phases are short.
fn wait_for_the_moment(
    try_number: usize,
    build: &mut Child,
    output: &Path,
    random: &mut Random,
    whole: Duration,
) {
    let mut wait_for = |path: PathBuf| {
        while !path.exists() && build.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
    };
    let mut part_of = |duration: Duration| duration / 1000 * u32::try_from(random.below(1000)).unwrap();
    let pause = match try_number % 4 {
        0 | 2 => part_of(whole),
        1 => {
            wait_for(output.join(".gongkai/staging"));
            part_of(whole / 4)
        }
        _ => {
            wait_for(output.join(".gongkai/pending.json"));
            part_of(whole / 40)
        }
    };
    std::thread::sleep(pause);
}

/// Says what is wrong with what a killed build left behind, and where it died.
fn inspect(output: &Path, versions: &Versions, foreign: &Tree, deaths: &mut Deaths) -> String {
    let [a, b] = &versions.trees;
    let found = read_tree(output);
    let mut wrong = String::new();
    let (mut n_of_a, mut n_of_b) = (0, 0);
    for (name, bytes) in &found {
        let is_private = name.starts_with(".gongkai/");
        let (is_of_a, is_of_b) = (a.get(name) == Some(bytes), b.get(name) == Some(bytes));
        n_of_a += usize::from(is_of_a && !is_of_b);
        n_of_b += usize::from(is_of_b && !is_of_a);
        if !is_private && !is_of_a && !is_of_b && foreign.get(name) != Some(bytes) {
            writeln!(wrong, "`{name}` is neither old nor new").unwrap();
        }
    }
    let always = a.keys().filter(|name| b.contains_key(*name)).chain(foreign.keys());
    for name in always.filter(|name| !found.contains_key(*name)) {
        writeln!(wrong, "`{name}` is gone").unwrap();
    }
    let is_mixed = n_of_a > 0 && n_of_b > 0;
    if is_mixed || found.contains_key(".gongkai/pending.json") {
        deaths.commit += 1;
    } else if output.join(".gongkai").exists() {
        deaths.staging += 1;
    } else {
        deaths.before += 1;
    }
    wrong
}

/// Ends builds into one folder until enough have ended in every way.
fn end_many(versions: &Versions, seed: u64) -> Result<Deaths, String> {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    let mut random = Random::new(seed);
    let mut deaths = Deaths::default();
    assert!(start_build(&versions.sites[0], &output).wait().unwrap().success());
    let foreign = add_foreign_files(&output, &FOREIGN);
    let is_whole = |version: usize| {
        let mut expected = versions.trees[version].clone();
        expected.extend(foreign.clone());
        read_tree(&output) == expected && !output.join(".gongkai").exists()
    };
    // The version that lies there, and whether all of it does.
    let (mut current, mut lies_whole) = (0, true);
    for try_number in 0..MOST_TRIES {
        if deaths.are_enough() {
            return Ok(deaths);
        }
        // One in four builds is the next of the same version, or comes upon what an earlier killed one left.
        let next = if random.below(4) == 0 { current } else { 1 - current };
        let ending = ENDINGS[random.below(ENDINGS.len())];
        let mut build = start_build(&versions.sites[next], &output);
        wait_for_the_moment(try_number, &mut build, &output, &mut random, versions.duration);
        let is_staging = output.join(".gongkai/staging").exists();
        end(&mut build, ending);
        let status = build.wait().unwrap();
        if status.success() {
            (current, lies_whole) = (next, true);
            continue;
        }
        // One that does not listen yet is killed by what it is told.
        if status.code().is_some() && status.code() != ending.1 {
            return Err(format!("try {try_number}, {deaths:?}: {} ended with {status}", ending.0));
        }
        if status.code().is_some() && lies_whole {
            if !is_whole(current) {
                return Err(format!("try {try_number}, {deaths:?}: {} left something behind", ending.0));
            }
            deaths.told += usize::from(is_staging);
            continue;
        }
        let wrong = inspect(&output, versions, &foreign, &mut deaths);
        if !wrong.is_empty() {
            return Err(format!("try {try_number}, {deaths:?}:\n{wrong}"));
        }
        lies_whole = false;
        if random.below(4) == 0 {
            continue;
        }
        let repaired = random.below(2);
        let is_built = start_build(&versions.sites[repaired], &output).wait().unwrap().success();
        if !is_built || !is_whole(repaired) {
            return Err(format!("try {try_number}, {deaths:?}: the next build did not put it right"));
        }
        (current, lies_whole) = (repaired, true);
    }
    Err(format!("only {deaths:?} in {MOST_TRIES} tries"))
}

#[test]
fn a_build_that_ends_early_leaves_whole_files_and_the_next_one_is_right() {
    let versions = Versions::new();
    let all: Vec<Result<Deaths, String>> = std::thread::scope(|scope| {
        let versions = &versions;
        let lanes: Vec<_> =
            (0..N_LANES as u64).map(|seed| scope.spawn(move || end_many(versions, seed))).collect();
        lanes.into_iter().map(|lane| lane.join().unwrap()).collect()
    });
    for deaths in all {
        match deaths {
            Ok(deaths) => println!("{deaths:?}"),
            Err(wrong) => panic!("{wrong}"),
        }
    }
}

/// A first build that is told to end leaves not even the folder.
#[cfg(unix)]
#[test]
fn a_first_build_that_is_told_to_end_leaves_no_folder() {
    let versions = Versions::new();
    let folder = tempfile::tempdir().unwrap();
    for ending in ENDINGS.into_iter().filter(|(_, code)| code.is_some()).cycle().take(40) {
        let output = folder.path().join("deep/output");
        let mut build = start_build(&versions.sites[0], &output);
        while !output.join(".gongkai/staging").exists() && build.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        end(&mut build, ending);
        match build.wait().unwrap().code() {
            Some(0) => std::fs::remove_dir_all(folder.path().join("deep")).unwrap(),
            ended => {
                assert_eq!(ended, ending.1);
                assert!(!folder.path().join("deep").exists(), "{}", ending.0);
                return;
            }
        }
    }
    panic!("no build could be told to end in time");
}
