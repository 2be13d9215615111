//! Carries a plan out, so that a kill between any two steps leaves whole files and a folder that is still ours.
//!
//! All bytes are written before the first old file is touched; from then on there are only renames and removals,
//! which need no space. First the pending list appears: it names the files that are about to, so that the next
//! build knows them as ours whether or not it gets to see a new manifest. The manifest comes last.
//!
//! Files are not flushed to the disk one by one, which would make a build many times slower. A kill does no harm,
//! because a rename shows a file whole or not at all. After a power cut a page may be damaged, and the next build
//! repairs it, because it compares bytes and never believes the manifest about them. The two lists themselves are
//! flushed, since a build that cannot read them does not know what is its own.

use std::path::Path;

use anyhow::bail;

use super::plan::{MANIFEST, Plan};
use super::{PENDING, PRIVATE, STAGING};
use crate::disk;

/// Counts the steps of a commit down to the one before which a test kills it; otherwise it never comes.
#[derive(Debug, Default)]
pub(super) struct Steps {
    pub(super) left: Option<usize>,
}

impl Steps {
    fn next(&mut self) -> anyhow::Result<()> {
        match &mut self.left {
            None => Ok(()),
            Some(0) => bail!("killed by the test"),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
        }
    }

    pub(super) fn is_killed(&self) -> bool {
        self.left == Some(0)
    }
}

/// Changes the site in `folder` as `plan` says; `pending` lists what appears, `manifest` all files of the new site.
pub(super) fn carry_out(
    folder: &Path,
    plan: &Plan,
    pending: &str,
    manifest: &str,
    steps: &mut Steps,
) -> anyhow::Result<()> {
    let staging = folder.join(STAGING);
    steps.next()?;
    disk::create_folders(&staging)?;
    steps.next()?;
    disk::write_durably(&staging.join(MANIFEST), manifest.as_bytes())?;
    // A page is never called like this, because no part of its path starts with a dot.
    let new_pending = staging.join(".pending.json");
    steps.next()?;
    disk::write_durably(&new_pending, pending.as_bytes())?;
    steps.next()?;
    disk::rename(&new_pending, &folder.join(PENDING))?;

    for path in &plan.blockers {
        steps.next()?;
        disk::remove_file(&folder.join(path))?;
    }
    for path in &plan.blocking_folders {
        steps.next()?;
        disk::remove_folder_if_empty(&folder.join(path))?;
    }
    for path in &plan.moves {
        steps.next()?;
        disk::rename(&staging.join(path), &folder.join(path))?;
    }
    for path in &plan.stale {
        steps.next()?;
        disk::remove_file(&folder.join(path))?;
    }
    for path in &plan.emptied {
        steps.next()?;
        disk::remove_folder_if_empty(&folder.join(path))?;
    }

    steps.next()?;
    disk::rename(&staging.join(MANIFEST), &folder.join(MANIFEST))?;
    steps.next()?;
    disk::remove_file(&folder.join(PENDING))?;
    steps.next()?;
    disk::remove_tree(&staging)?;
    steps.next()?;
    disk::remove_folder_if_empty(&folder.join(PRIVATE))
}
