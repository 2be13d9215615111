//! Refuses folders in which a site must not be written.
//!
//! [`refuse`] looks at the path alone, before anything is opened or created. Whether a folder that passes is empty
//! or ours is for the caller to see.

use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::diagnostic::Message;
use crate::disk;

/// Fails if `folder`, which is resolved, is a place of the system, of the user, or of the sources of the site.
pub(super) fn refuse(folder: &Path, sources: &[PathBuf]) -> anyhow::Result<()> {
    // Asking for the home folder is the one look at the environment here: nothing of it reaches the output.
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    // A home folder that cannot be looked at cannot hold the output either.
    let home = home.and_then(|home| disk::resolve(&home).ok());
    let sources = sources.iter().map(|source| disk::resolve(source)).collect::<anyhow::Result<Vec<_>>>()?;
    refuse_among(folder, &sources, home.as_deref())
}

fn refuse_among(folder: &Path, sources: &[PathBuf], home: Option<&Path>) -> anyhow::Result<()> {
    let shown = folder.display();
    if folder.parent().is_none() {
        bail!(Message::new(
            format!("`{shown}` is the root of the file system; choose a folder for the site alone"),
            format!("`{shown}` 是文件系统的根目录；请选择专门存放网站的文件夹"),
        ));
    }
    if home.is_some_and(|home| home.starts_with(folder)) {
        bail!(Message::new(
            format!("`{shown}` is or holds a home folder; choose a folder for the site alone"),
            format!("`{shown}` 是用户主目录，或包含用户主目录；请选择专门存放网站的文件夹"),
        ));
    }
    for source in sources {
        if folder.starts_with(source) {
            let source = source.display();
            bail!(Message::new(
                format!("`{shown}` belongs to the sources of the site (`{source}`); choose another folder"),
                format!("`{shown}` 属于网站的源文件（`{source}`）；请另选文件夹"),
            ));
        }
        if source.starts_with(folder) {
            let source = source.display();
            bail!(Message::new(
                format!("`{shown}` holds sources of the site (`{source}`); choose another folder"),
                format!("`{shown}` 包含网站的源文件（`{source}`）；请另选文件夹"),
            ));
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
