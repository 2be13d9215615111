//! The hardest part of the writer's promise: builds that end at any moment, killed or told to, leave whole files, and the
//! next build gives exactly what it wants. `src/output/crash_tests.rs` ends builds between any two steps.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::golden::{Tree, read_tree};
use crate::random::Random;
use crate::site::TestSite;
use crate::trials::trials;
use crate::writer::{add_foreign_files, gongkai};

/// How many builds must be killed in all, and how many of them at least while they stage and while they change the site.
const N_KILLS: u32 = 200;
const N_STAGING: u32 = 30;
const N_COMMIT: u32 = 40;
/// How many builds must be told to end while they stage, where there are signals.
const N_TOLD: u32 = 30;
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
         {{ <Parts parts={section.parts} depth={3} /> }}{% endfor %}<p>{{ notice.signature }}</p><p>{{ notice.date.printed }}</p>\
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

/// How a build comes to an early end.
#[derive(Debug, Clone, Copy)]
enum End {
    Killed,
    /// By a signal that it can answer, with the exit code that says so.
    Told(&'static str, i32),
}

impl End {
    const TOLD: [Self; 2] = [Self::Told("-INT", 130), Self::Told("-TERM", 143)];

    /// Ends the build, unless it was faster; returns its exit code, or nothing if it was killed.
    fn bring(self, build: &mut Child) -> Option<i32> {
        match self {
            Self::Killed => build.kill().unwrap(),
            Self::Told(signal, _) => {
                let id = build.id().to_string();
                drop(std::process::Command::new("kill").args([signal, &id]).stderr(Stdio::null()).status());
            }
        }
        build.wait().unwrap().code()
    }
}

/// How many builds were killed before they wrote anything, while they staged, and while they changed the site; and how
/// many were told to end while they staged.
#[derive(Debug, Default, Clone, Copy)]
struct Ends {
    before: usize,
    staging: usize,
    commit: usize,
    told: usize,
}

impl Ends {
    fn are_enough(self) -> bool {
        let share = |all: u32| trials::<usize>(all).div_ceil(N_LANES);
        self.before + self.staging + self.commit >= share(N_KILLS)
            && self.staging >= share(N_STAGING)
            && self.commit >= share(N_COMMIT)
            && (self.told >= share(N_TOLD) || !cfg!(unix))
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

/// Says what is wrong with what a killed build left behind, and counts where it died.
fn inspect(output: &Path, versions: &Versions, foreign: &Tree, ends: &mut Ends) -> String {
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
        ends.commit += 1;
    } else if output.join(".gongkai").exists() {
        ends.staging += 1;
    } else {
        ends.before += 1;
    }
    wrong
}

/// Tells whether the folder holds one version and the foreign files, and nothing else.
fn is_whole(output: &Path, version: &Tree, foreign: &Tree) -> bool {
    let mut expected = version.clone();
    expected.extend(foreign.clone());
    read_tree(output) == expected && !output.join(".gongkai").exists()
}

/// Ends builds into one folder until enough have ended in each way.
fn end_many(versions: &Versions, seed: u64) -> Result<Ends, String> {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    let mut random = Random::new(seed);
    let mut ends = Ends::default();
    assert!(start_build(&versions.sites[0], &output).wait().unwrap().success());
    let foreign = add_foreign_files(&output, &FOREIGN);
    // The version that was begun last, and whether it is whole.
    let (mut current, mut is_current_whole) = (0, true);
    for try_number in 0..MOST_TRIES {
        if ends.are_enough() {
            return Ok(ends);
        }
        let fault = |ends, what: &str| Err(format!("try {try_number}, {ends:?}: {what}"));
        // One in four builds is the next of the same version, or comes upon what an earlier killed one left.
        let next = if random.below(4) == 0 { current } else { 1 - current };
        // What a build that is told to end leaves can be foretold where it finds a whole site.
        let is_told = cfg!(unix) && is_current_whole && random.below(4) == 0;
        let end = if is_told { *random.pick(&End::TOLD) } else { End::Killed };
        let mut build = start_build(&versions.sites[next], &output);
        // Those that are told to end are seen to stage half of the time.
        let moment = if is_told && random.below(2) == 0 { 1 } else { try_number };
        wait_for_the_moment(moment, &mut build, &output, &mut random, versions.duration);
        let is_staging = output.join(".gongkai").exists();
        match (end, end.bring(&mut build)) {
            (_, Some(0)) => {
                (current, is_current_whole) = (next, true);
                if !is_whole(&output, &versions.trees[next], &foreign) {
                    return fault(ends, "a build that was done left something else");
                }
            }
            (End::Told(_, code), Some(ended)) if ended == code => {
                ends.told += usize::from(is_staging);
                if !is_whole(&output, &versions.trees[current], &foreign) {
                    return fault(ends, "a build that was told to end left something");
                }
            }
            (End::Killed, None) => {
                let wrong = inspect(&output, versions, &foreign, &mut ends);
                if !wrong.is_empty() {
                    return fault(ends, &wrong);
                }
                is_current_whole = false;
                if random.below(4) > 0 {
                    current = random.below(2);
                    let is_built = start_build(&versions.sites[current], &output).wait().unwrap().success();
                    is_current_whole = is_whole(&output, &versions.trees[current], &foreign);
                    if !is_built || !is_current_whole {
                        return fault(ends, "the next build did not put it right");
                    }
                }
            }
            (end, ended) => return fault(ends, &format!("{end:?} ended with {ended:?}")),
        }
    }
    Err(format!("only {ends:?} in {MOST_TRIES} tries"))
}

/// Tells first builds to end: not even the folder is left.
fn end_first_builds(versions: &Versions) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let (deep, output) = (folder.path().join("deep"), folder.path().join("deep/output"));
    for end in End::TOLD {
        let ends = (0..20).any(|_| {
            let mut build = start_build(&versions.sites[0], &output);
            while !output.join(".gongkai/staging").exists() && build.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_micros(200));
            }
            let ended = end.bring(&mut build);
            if ended == Some(0) {
                std::fs::remove_dir_all(&deep).unwrap();
            }
            matches!(end, End::Told(_, code) if ended == Some(code))
        });
        if !ends || deep.exists() {
            return Err(format!(
                "{end:?}: {}",
                if ends { "the folder is left" } else { "no build ended in time" }
            ));
        }
    }
    Ok(())
}

#[test]
fn a_build_that_ends_early_leaves_whole_files_and_the_next_one_is_right() {
    let versions = Versions::new();
    let all: Vec<Result<Ends, String>> = std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..N_LANES as u64)
            .map(|seed| {
                scope.spawn({
                    let versions = &versions;
                    move || end_many(versions, seed)
                })
            })
            .collect();
        lanes.into_iter().map(|lane| lane.join().unwrap()).collect()
    });
    for ends in all {
        match ends {
            Ok(ends) => println!("{ends:?}"),
            Err(wrong) => panic!("{wrong}"),
        }
    }
    if cfg!(unix) {
        end_first_builds(&versions).unwrap();
    }
}
