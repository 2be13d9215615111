//! Refuses folders in which a site must not be written.
//!
//! [`refuse`] looks at the path alone, before anything is opened or created. Whether a folder that passes is empty
//! or ours is for the caller to see.

use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::disk;

/// Fails if `folder`, which is resolved, is a place of the system, of the user, or of the sources of the site.
pub(super) fn refuse(folder: &Path, sources: &[PathBuf]) -> anyhow::Result<()> {
    // Asking for the home folder is the one look at the environment here: nothing of it reaches the output.
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    let home = home.map(|home| disk::resolve(&home)).transpose()?;
    let sources = sources.iter().map(|source| disk::resolve(source)).collect::<anyhow::Result<Vec<_>>>()?;
    refuse_among(folder, &sources, home.as_deref())
}

fn refuse_among(folder: &Path, sources: &[PathBuf], home: Option<&Path>) -> anyhow::Result<()> {
    let shown = folder.display();
    if folder.parent().is_none() {
        bail!("`{shown}` is the root of the file system; choose a folder for the site alone");
    }
    if home.is_some_and(|home| home.starts_with(folder)) {
        bail!("`{shown}` is or holds a home folder; choose a folder for the site alone");
    }
    for source in sources {
        if folder.starts_with(source) {
            bail!(
                "`{shown}` belongs to the sources of the site (`{}`); choose another folder",
                source.display()
            );
        }
        if source.starts_with(folder) {
            bail!("`{shown}` holds sources of the site (`{}`); choose another folder", source.display());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(folder: &str, expected: Option<&str>) {
        let sources = ["/srv/site/content", "/srv/site/themes", "/srv/site/site.yaml"].map(PathBuf::from);
        let error = refuse_among(Path::new(folder), &sources, Some(Path::new("/home/li"))).err();
        match (expected, error) {
            (None, error) => assert!(error.is_none(), "{error:?}"),
            (Some(part), error) => assert!(error.expect("it is refused").to_string().contains(part)),
        }
    }

    #[test]
    fn places_that_are_not_for_a_site_are_refused() {
        check("/", Some("root of the file system"));
        check("/home/li", Some("home folder"));
        check("/home", Some("home folder"));
        check("/srv/site", Some("holds sources"));
        check("/srv", Some("holds sources"));
        check("/srv/site/content", Some("belongs to the sources"));
        check("/srv/site/content/a/b", Some("belongs to the sources"));
        check("/srv/site/themes/x", Some("belongs to the sources"));
    }

    #[test]
    fn a_folder_of_its_own_is_fine() {
        check("/srv/site/output", None);
        check("/srv/site/contents", None);
        check("/srv/site2", None);
        check("/home/li/site/output", None);
        check("/home/lin", None);
    }
}
