//! Carries a plan out, so that a kill between any two steps leaves whole files and a folder that is still ours.
//!
//! The system is asked first whether it would refuse any of the changes. All bytes are written before the first old file is touched; from then on there are only renames and removals,
//! which need no space. First the pending list appears: it names the files that are about to, so that the next
//! build knows them as ours whether or not it gets to see a new manifest. The manifest comes last.
//!
//! Files are not flushed to the disk one by one, which would make a build many times slower. A kill does no harm,
//! because a rename shows a file whole or not at all. After a power cut a page may be damaged, and the next build
//! repairs it, because it compares bytes and never believes the manifest about them. The two lists themselves are
//! flushed, since a build that cannot read them does not know what is its own.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::bail;

use super::plan::{MANIFEST, Plan};
use super::{PENDING, PRIVATE, STAGING};
use crate::diagnostic::{Explain, Message};
use crate::disk::{self, Age, Readers};

/// Counts the steps of a commit down to the one before which a test kills it; otherwise it never comes.
#[derive(Debug, Default)]
pub(super) struct Steps {
    pub(super) left: Option<usize>,
    pub(super) is_killed: bool,
}

impl Steps {
    fn next(&mut self) -> anyhow::Result<()> {
        match &mut self.left {
            None => Ok(()),
            Some(0) => {
                self.is_killed = true;
                bail!("killed by the test")
            }
            Some(left) => {
                *left -= 1;
                Ok(())
            }
        }
    }
}

/// The two lists of a commit, as they are written to the disk.
#[derive(Clone, Copy)]
pub(super) struct Lists<'a> {
    /// The files that appear.
    pub(super) pending: &'a str,
    /// All files of the new site.
    pub(super) manifest: &'a str,
}

/// How many folders that cannot be changed an error names.
const MOST_NAMED: usize = 10;

/// Creates the folder where new files wait; nobody else may look into it.
pub(super) fn create_staging(folder: &Path) -> anyhow::Result<()> {
    // Both are closed: the outer one may be left by somebody else, whose it stays.
    for private in [folder.join(PRIVATE), folder.join(STAGING)] {
        disk::create_private_folder(&private)
            .explain(|| disk::cannot(["create the folder", "创建文件夹"], &private))?;
    }
    Ok(())
}

/// Changes the site in `folder` as `plan` says, for `readers`.
///
/// Looks first whether the system lets it. Where a change fails all the same, the error says what the site is like then.
pub(super) fn carry_out(
    folder: &Path,
    plan: &Plan,
    lists: Lists<'_>,
    readers: Readers,
    steps: &mut Steps,
) -> anyhow::Result<()> {
    check_all_can_change(folder, plan)?;
    let staging = folder.join(STAGING);
    steps.next()?;
    create_staging(folder)?;
    steps.next()?;
    let manifest = staging.join(MANIFEST);
    disk::write_durably(&manifest, lists.manifest.as_bytes())?;
    disk::set_mode(&manifest, readers, Age::New).ok(); // Else it is told when all modes are looked at.
    // A page is never called like this, because no part of its path starts with a dot.
    let new_pending = staging.join(".pending.json");
    steps.next()?;
    disk::write_durably(&new_pending, lists.pending.as_bytes())?;
    steps.next()?;
    disk::rename(&new_pending, &folder.join(PENDING))?;

    let mut n_changes = 0;
    change(folder, plan, steps, &mut n_changes).map_err(|error| {
        if n_changes == 0 || steps.is_killed { error } else { half_changed(&error).into() }
    })?;
    steps.next()?;
    disk::remove_file(&folder.join(PENDING))?;
    steps.next()?;
    disk::remove_tree(&staging)?;
    steps.next()?;
    disk::remove_folder_if_empty(&folder.join(PRIVATE))
}

/// Fails, naming each folder, if the system would not let us make all changes of `plan`.
fn check_all_can_change(folder: &Path, plan: &Plan) -> anyhow::Result<()> {
    let mut changed: BTreeMap<&str, Vec<&str>> = BTreeMap::from([("", vec![MANIFEST])]);
    for path in [&plan.blockers, &plan.blocking_folders, &plan.moves, &plan.stale].into_iter().flatten() {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        changed.entry(above).or_default().push(name);
    }
    let mut refused = Vec::new();
    for (above, names) in changed {
        let above = folder.join(above);
        if let Err(error) = disk::check_can_change(&above, &names, folder) {
            refused.push(format!("`{}`: {error}", above.display()));
        }
    }
    if refused.is_empty() {
        return Ok(());
    }
    let rest = refused.len().saturating_sub(MOST_NAMED);
    refused.truncate(MOST_NAMED);
    if rest > 0 {
        refused.push(format!("… + {rest}"));
    }
    let refused = refused.join("\n");
    bail!(Message::new(
        format!(
            "nothing was changed in the output folder, because these folders cannot be written; \
             see who owns them, and build again:\n{refused}"
        ),
        format!("输出文件夹没有改动，因为以下文件夹无法写入；请检查其所有者和权限后重新生成：\n{refused}"),
    ));
}

fn half_changed(error: &anyhow::Error) -> Message {
    let reason = Message::of_error(error);
    let [english, chinese] = reason.both();
    Message::new(
        format!(
            "some pages of the site are new now and others old: {english}; mend that and build again, and all will be right"
        ),
        format!("网站现在新旧页面混杂：{chinese}；请排除此问题后重新生成，下次生成会全部更新"),
    )
}

/// Makes the changes that visitors see, and counts them.
fn change(folder: &Path, plan: &Plan, steps: &mut Steps, n_changes: &mut usize) -> anyhow::Result<()> {
    let staging = folder.join(STAGING);
    for path in &plan.blockers {
        steps.next()?;
        disk::remove_file(&folder.join(path))?;
        *n_changes += 1;
    }
    for path in &plan.blocking_folders {
        steps.next()?;
        disk::remove_folder_if_empty(&folder.join(path))?;
        *n_changes += 1;
    }
    for path in &plan.moves {
        steps.next()?;
        disk::rename(&staging.join(path), &folder.join(path))?;
        *n_changes += 1;
    }
    for path in &plan.stale {
        steps.next()?;
        disk::remove_file(&folder.join(path))?;
        *n_changes += 1;
    }
    for path in &plan.emptied {
        steps.next()?;
        disk::remove_folder_if_empty(&folder.join(path)).ok(); // An empty folder more does no harm.
    }

    steps.next()?;
    disk::rename(&staging.join(MANIFEST), &folder.join(MANIFEST))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{put, tree};
    use super::*;
    use crate::diagnostic::Language;

    /// Carries out a plan whose moves are `moves`, of which only `staged` wait; returns what is said.
    fn said(moves: &[&str], staged: &[&str]) -> (tempfile::TempDir, anyhow::Error) {
        let root = tempfile::tempdir().unwrap();
        for name in staged {
            put(root.path(), &format!("{STAGING}/{name}"), "new");
        }
        let moves = moves.iter().map(|&name| name.to_owned()).collect();
        let plan = Plan { moves, ..Plan::default() };
        let lists = Lists { pending: "{}", manifest: "{}" };
        let done = carry_out(root.path(), &plan, lists, Readers::All, &mut Steps::default());
        (root, done.unwrap_err())
    }

    #[test]
    fn a_site_that_is_half_changed_is_called_so() {
        let (root, error) = said(&["a", "b", "c"], &["a", "c"]);
        let message = error.downcast_ref::<Message>().expect("it is said in both languages");
        let english = message.in_language(Language::English);
        assert!(
            english.starts_with("some pages of the site are new now and others old: cannot move"),
            "{english}"
        );
        assert!(english.contains("build again"), "{english}");
        assert!(message.in_language(Language::Chinese).contains("新旧页面混杂"));
        let tree = tree(root.path());
        assert!(tree.contains_key("a") && tree.contains_key(PENDING), "the next build knows what is ours");
        assert!(!tree.contains_key("c") && !tree.contains_key(MANIFEST));
    }

    #[test]
    fn one_that_is_not_changed_is_not() {
        let (_root, error) = said(&["b", "c"], &["c"]);
        assert!(format!("{error:#}").starts_with("cannot move"), "{error:#}");
    }
}
