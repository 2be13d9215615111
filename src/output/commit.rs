//! Carries a plan out, so that a kill between any two steps leaves whole files and a folder that is still ours.
//!
//! The system is asked first whether it would refuse any of the changes. All bytes are written before the first old file is
//! touched; from then on there are only renames and removals, which need no space. The pending list comes first: it names
//! the files that are about to appear, so that the next build knows them as ours even without a new manifest. The manifest
//! comes last.
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

/// The changes of a commit, and what they need.
pub(super) struct Commit<'a> {
    /// The output folder.
    pub(super) folder: &'a Path,
    pub(super) plan: &'a Plan,
    /// The list of the files that appear, as it is written to the disk.
    pub(super) pending: &'a str,
    /// The same of all files of the new site.
    pub(super) manifest: &'a str,
    pub(super) readers: Readers,
}

/// One change of the disk: a kill comes between two of them.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    CreateStaging,
    WriteManifest,
    WritePending,
    ShowPending,
    RemoveFile(&'a str),
    RemoveFolder(&'a str),
    Move(&'a str),
    RemoveEmptied(&'a str),
    ShowManifest,
    RemovePending,
    RemoveStaging,
    RemovePrivate,
}

/// How many folders that cannot be changed an error names.
const MOST_NAMED: usize = 10;

/// Creates the folder where new files wait; nobody else may look into it.
pub(super) fn create_staging(folder: &Path) -> anyhow::Result<()> {
    // Both are private: the outer one may belong to another user, from an earlier build.
    for private in [folder.join(PRIVATE), folder.join(STAGING)] {
        disk::create_private_folder(&private)
            .explain(|| disk::cannot(["create the folder", "创建文件夹"], &private))?;
    }
    Ok(())
}

/// Changes the site.
///
/// Looks first whether the system lets it. Where a change fails all the same, the error says what the site is like then.
pub(super) fn carry_out(commit: &Commit<'_>) -> anyhow::Result<()> {
    commit.check_all_can_change()?;
    let mut is_changed = false;
    for step in commit.steps() {
        let is_seen =
            matches!(step, Step::RemoveFile(_) | Step::RemoveFolder(_) | Step::Move(_) | Step::ShowManifest);
        let told = |error| if is_seen && is_changed { half_changed(&error).into() } else { error };
        commit.take(step).map_err(told)?;
        is_changed |= is_seen;
    }
    Ok(())
}

impl<'a> Commit<'a> {
    /// Lists the steps in their order.
    pub(super) fn steps(&self) -> impl Iterator<Item = Step<'a>> + use<'a> {
        use Step::{CreateStaging, RemovePending, RemovePrivate, RemoveStaging, ShowManifest, ShowPending};
        let plan = self.plan;
        let first = [CreateStaging, Step::WriteManifest, Step::WritePending, ShowPending].into_iter();
        first
            .chain(plan.blockers.iter().map(|path| Step::RemoveFile(path)))
            .chain(plan.blocking_folders.iter().map(|path| Step::RemoveFolder(path)))
            .chain(plan.moves.iter().map(|path| Step::Move(path)))
            .chain(plan.stale.iter().map(|path| Step::RemoveFile(path)))
            .chain(plan.emptied.iter().map(|path| Step::RemoveEmptied(path)))
            .chain([ShowManifest, RemovePending, RemoveStaging, RemovePrivate])
    }

    pub(super) fn take(&self, step: Step<'_>) -> anyhow::Result<()> {
        let folder = self.folder;
        let staging = folder.join(STAGING);
        // A page is never called like this, because no part of its path starts with a dot.
        let new_pending = staging.join(".pending.json");
        match step {
            Step::CreateStaging => create_staging(folder),
            Step::WriteManifest => {
                let manifest = staging.join(MANIFEST);
                disk::write_durably(&manifest, self.manifest.as_bytes())?;
                disk::set_mode(&manifest, self.readers, Age::New).ok(); // A failure is reported when all modes are looked at.
                Ok(())
            }
            Step::WritePending => disk::write_durably(&new_pending, self.pending.as_bytes()),
            Step::ShowPending => disk::rename(&new_pending, &folder.join(PENDING)),
            Step::RemoveFile(path) => disk::remove_file(&folder.join(path)),
            Step::RemoveFolder(path) => disk::remove_folder_if_empty(&folder.join(path)),
            Step::Move(path) => disk::rename(&staging.join(path), &folder.join(path)),
            Step::RemoveEmptied(path) => {
                disk::remove_folder_if_empty(&folder.join(path)).ok(); // An empty folder more does no harm.
                Ok(())
            }
            Step::ShowManifest => disk::rename(&staging.join(MANIFEST), &folder.join(MANIFEST)),
            Step::RemovePending => disk::remove_file(&folder.join(PENDING)),
            Step::RemoveStaging => disk::remove_tree(&staging),
            Step::RemovePrivate => disk::remove_folder_if_empty(&folder.join(PRIVATE)),
        }
    }

    /// Fails, naming each folder, if the system would not let us make all changes of `plan`.
    pub(super) fn check_all_can_change(&self) -> anyhow::Result<()> {
        let mut changed: BTreeMap<&str, Vec<&str>> = BTreeMap::from([("", vec![MANIFEST])]);
        for path in [&self.plan.blockers, &self.plan.blocking_folders, &self.plan.moves, &self.plan.stale]
            .into_iter()
            .flatten()
        {
            let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
            changed.entry(above).or_default().push(name);
        }
        let mut refused = Vec::new();
        for (above, names) in changed {
            let above = self.folder.join(above);
            if let Err(error) = disk::check_can_change(&above, &names, self.folder) {
                let place = above.display().to_string();
                let [english, chinese] =
                    Message::of_system(&error).both().map(|reason| format!("`{place}`: {reason}"));
                refused.push(Message::new(english, chinese));
            }
        }
        if refused.is_empty() {
            return Ok(());
        }
        let rest = refused.len().saturating_sub(MOST_NAMED);
        refused.truncate(MOST_NAMED);
        if rest > 0 {
            refused.push(Message::new(format!("and {rest} more"), format!("另有 {rest} 处")));
        }
        let refused = Message::join(&refused, ["\n", "\n"]);
        let [english, chinese] = refused.both();
        bail!(Message::new(
            format!(
                "nothing was changed in the output folder, because these folders cannot be written; \
             see who owns them, and build again:\n{english}"
            ),
            format!(
                "输出文件夹没有改动，因为以下文件夹无法写入；请检查其所有者和权限后重新生成：\n{chinese}"
            ),
        ));
    }
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
        let folder = root.path();
        let commit = Commit { folder, plan: &plan, pending: "{}", manifest: "{}", readers: Readers::All };
        let error = carry_out(&commit).unwrap_err();
        (root, error)
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
