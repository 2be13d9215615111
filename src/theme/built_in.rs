//! The theme that is compiled into the binary: `themes/default/` of the repository.

/// Names a file of `themes/default/` together with its bytes.
macro_rules! file {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../themes/default/", $name)).as_slice())
    };
}

/// Every file of the theme; a test compares the list with the folder.
const FILES: &[(&str, &[u8])] = &[
    file!("theme.yaml"),
    file!("assets/comfort.js"),
    file!("assets/icon-180.png"),
    file!("assets/icon-512.png"),
    file!("assets/icon.svg"),
    file!("assets/search.css"),
    file!("assets/search.js"),
    file!("assets/style.css"),
    file!("strings/en.yaml"),
    file!("strings/zh-CN.yaml"),
    file!("templates/404.html"),
    file!("templates/leave.html"),
    file!("templates/moved.html"),
    file!("templates/accessibility.html"),
    file!("templates/base.html"),
    file!("templates/components.html"),
    file!("templates/contact.html"),
    file!("templates/feedback-failed.html"),
    file!("templates/feedback-sent.html"),
    file!("templates/feedback.html"),
    file!("templates/home.html"),
    file!("templates/item.html"),
    file!("templates/list.html"),
    file!("templates/notice.html"),
    file!("templates/page.html"),
    file!("templates/privacy.html"),
    file!("templates/search.html"),
    file!("templates/sitemap.html"),
];

/// Returns every file of the built-in theme by its path inside the theme.
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES.iter().copied()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn every_file_of_the_folder_is_compiled_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let on_disk: Vec<String> = walkdir::WalkDir::new(&folder)
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/"))
            .collect();
        let mut compiled: Vec<String> = super::files().map(|(name, _)| name.to_owned()).collect();
        compiled.sort();
        let mut on_disk = on_disk;
        on_disk.sort();
        assert_eq!(compiled, on_disk);
    }
}
