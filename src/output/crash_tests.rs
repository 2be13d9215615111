//! Kills builds between any two steps and looks at what they leave.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk without the door")]

use std::fs;

use proptest::prelude::*;

use super::tests::{Tree, path, put, tree};
use super::*;

/// One build: the files it wants, and after how many steps of its commit it is killed.
#[derive(Debug, Clone)]
struct Build {
    wanted: Tree,
    killed_after: Option<usize>,
    /// Killed while it stages, before any commit.
    is_killed_early: bool,
    /// A file that somebody else puts into the folder before the build.
    foreign: Option<String>,
}

/// Paths of up to three parts from three letters, so that builds share files and swap them with folders.
fn wanted() -> impl Strategy<Value = Tree> {
    let bytes = (0_u8..3, 0_usize..3).prop_map(|(byte, size)| vec![byte; size]);
    prop::collection::btree_map("[abc](/[abc]){0,2}", bytes, 0..8).prop_map(|files| {
        let is_free = |name: &&String| !files.keys().any(|other| name.starts_with(&format!("{other}/")));
        files.keys().filter(is_free).map(|name| (name.clone(), files[name].clone())).collect()
    })
}

fn build() -> impl Strategy<Value = Build> {
    let killed_after = prop::option::weighted(0.7, 0_usize..30);
    let foreign = prop::option::weighted(0.2, "([abc]/){0,2}[xy]");
    (wanted(), killed_after, prop::bool::weighted(0.1), foreign).prop_map(
        |(wanted, killed_after, is_killed_early, foreign)| Build {
            wanted,
            killed_after,
            is_killed_early,
            foreign,
        },
    )
}

/// Runs one build; `Ok(false)` if it was killed.
fn run(folder: &Path, build: &Build) -> anyhow::Result<bool> {
    let mut output = Output::open(folder, &[])?;
    for (name, bytes) in &build.wanted {
        output.stage(path(name), bytes)?;
    }
    let mut is_killed = build.is_killed_early;
    let committed = match build.killed_after {
        _ if is_killed => Ok(()),
        None => output.commit_by(commit::carry_out).map(drop),
        Some(n) => output.commit_by(|commit| kill_after(n, commit, &mut is_killed)).map(drop),
    };
    if is_killed {
        // The killed do not tidy up.
        output.state.get_mut().unwrap().claim = None;
        return Ok(false);
    }
    committed.map(|()| true)
}

/// Carries `commit` out up to its step `n`, and kills the build if there is one.
fn kill_after(n: usize, commit: &Commit<'_>, is_killed: &mut bool) -> anyhow::Result<()> {
    if commit.steps().count() <= n {
        return commit::carry_out(commit);
    }
    commit.check_all_can_change()?;
    *is_killed = true;
    commit.steps().take(n).for_each(|step| commit.take(step).unwrap());
    anyhow::bail!("killed by the test")
}

/// The tree as visitors see it.
fn visible(folder: &Path) -> Tree {
    let mut tree = tree(folder);
    tree.retain(|name, _| !name.starts_with('.') && name != MANIFEST);
    tree
}

/// Tells whether a foreign file lies where a wanted one needs to be.
fn is_blocked(wanted: &Tree, foreign: &BTreeSet<String>) -> bool {
    foreign.iter().any(|name| wanted.keys().any(|path| name.starts_with(&format!("{path}/"))))
}

/// Checks one build that ran between two looks at the folder.
fn check(
    before: &Tree,
    after: &Tree,
    wanted: &Tree,
    foreign: &BTreeSet<String>,
    outcome: &anyhow::Result<bool>,
) {
    for name in foreign {
        assert_eq!(after.get(name), Some(&b"foreign".to_vec()), "{name}");
    }
    match outcome {
        Err(_) => assert_eq!(before, after),
        Ok(true) => {
            let mut expected = wanted.clone();
            expected.extend(foreign.iter().map(|name| (name.clone(), b"foreign".to_vec())));
            assert_eq!(&expected, after);
        }
        Ok(false) => {
            for name in
                before.keys().chain(after.keys()).chain(wanted.keys()).filter(|name| !foreign.contains(*name))
            {
                let found = after.get(name);
                assert!(
                    found == before.get(name) || found == wanted.get(name),
                    "{name} is neither old nor new"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::trials::trials(100)))]

    #[test]
    fn whatever_happens_files_are_whole_and_the_next_build_is_right(
        builds in prop::collection::vec(build(), 1..7),
        last in wanted(),
    ) {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("output");
        let mut foreign = BTreeSet::new();
        let last = Build { wanted: last, killed_after: None, is_killed_early: false, foreign: None };
        for build in builds.iter().chain([&last]) {
            // Foreign files come to a site, not to an empty folder, which they would make foreign as a whole.
            let is_ours = folder.join(MANIFEST).exists();
            if let Some(name) = build.foreign.as_ref().filter(|_| is_ours)
                && !path::folders_above(name).any(|above| folder.join(above).is_file())
            {
                put(&folder, name, "foreign");
                foreign.insert(name.clone());
            }
            let before = visible(&folder);
            let outcome = run(&folder, build);
            check(&before, &visible(&folder), &build.wanted, &foreign, &outcome);
            prop_assert!(outcome.is_ok() || is_blocked(&build.wanted, &foreign), "{:?}", outcome);
            prop_assert!(!matches!(outcome, Ok(true)) || !is_blocked(&build.wanted, &foreign));
            if matches!(outcome, Ok(true)) {
                prop_assert!(!folder.join(PRIVATE).exists());
            }
        }
    }
}

/// Kills the second build after each number of steps; the third must give what it wants.
#[test]
fn every_step_may_be_the_last() {
    let site = |files: &[(&str, &str)]| -> Tree {
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    };
    let old = site(&[("a", "1"), ("b/c", "2"), ("d/e", "3"), ("f", "4"), ("g/h/i", "5")]);
    let new = site(&[("a/x", "1"), ("b", "2"), ("d/e", "new"), ("j/k/l", "6"), ("j/m", "7")]);
    let whole = |wanted: &Tree| Build {
        wanted: wanted.clone(),
        killed_after: None,
        is_killed_early: false,
        foreign: None,
    };
    let mut n_steps = 0;
    loop {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("output");
        assert!(run(&folder, &whole(&old)).unwrap());
        put(&folder, "d/note", "foreign");
        let foreign = BTreeSet::from(["d/note".to_owned()]);
        let before = visible(&folder);
        let is_done = run(&folder, &Build { killed_after: Some(n_steps), ..whole(&new) }).unwrap();
        check(&before, &visible(&folder), &new, &foreign, &Ok(is_done));
        for next in [&old, &new, &Tree::new()] {
            let before = visible(&folder);
            let outcome = run(&folder, &whole(next));
            check(&before, &visible(&folder), next, &foreign, &outcome);
            assert!(outcome.unwrap());
        }
        let folders = fs::read_dir(&folder).unwrap().count();
        assert_eq!(folders, 2, "only `d` with the foreign file and the manifest are left");
        if is_done {
            break;
        }
        n_steps += 1;
    }
    assert!(n_steps > 12, "{n_steps}");
}

#[test]
fn what_a_killed_build_left_aside_is_cleared() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("output");
    put(&folder, ".gongkai/staging/a/half", "ha");
    put(&folder, ".gongkai/staging/.pending.json", "{");
    put(&folder, ".gongkai/staging/manifest.json", "{");
    let output = Output::open(&folder, &[]).unwrap();
    output.stage(path("a/half"), b"whole").unwrap();
    output.commit().unwrap();
    assert_eq!(visible(&folder), Tree::from([("a/half".to_owned(), b"whole".to_vec())]));
    assert!(!folder.join(PRIVATE).exists());
}

#[test]
fn a_failed_build_after_a_killed_one_disowns_nothing() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("output");
    let wanted = Tree::from([("a".to_owned(), vec![1]), ("b".to_owned(), vec![2])]);
    // Killed when `a` is in place: four steps prepare.
    let killed = Build { wanted, killed_after: Some(5), is_killed_early: false, foreign: None };
    assert!(!run(&folder, &killed).unwrap());
    assert_eq!(visible(&folder).len(), 1);
    let failed = Output::open(&folder, &[]).unwrap();
    failed.stage(path("a"), b"other").unwrap();
    drop(failed);
    let output = Output::open(&folder, &[]).unwrap();
    assert_eq!(output.commit().unwrap().removed, 1);
    assert!(visible(&folder).is_empty());
}
