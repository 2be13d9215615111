//! A site in a scratch folder: written file by file, built through the library, compared and broken.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gongkai::build::{self, Options, Report};

/// A site that lives as long as the value.
pub(crate) struct TestSite {
    folder: tempfile::TempDir,
}

impl TestSite {
    /// Makes an empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Makes a site with one notice of one item, which builds without a problem.
    pub(crate) fn small() -> Self {
        Self::empty()
            .with("site.yaml", "title: 示例\n")
            .with(
                "content/n/notice.md",
                "---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\n---\n现予以公布。\n",
            )
            .with(
                "content/n/01.md",
                "---\nheading: 一、关于“甲”问题的整改情况\n---\n（一）改进工作。已经改进。\n",
            )
            .with(
                "content/n/approved.txt",
                "现予以公布。\n一、关于“甲”问题的整改情况\n（一）改进工作。已经改进。\n",
            )
    }

    /// Copies the repository's own site: settings, content and themes.
    pub(crate) fn zhoushan() -> Self {
        let site = Self::empty();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&root.join("site.yaml"), &site.path("site.yaml"));
        for folder in ["content", "themes"] {
            copy_tree(&root.join(folder), &site.path(folder));
        }
        site
    }

    /// Copies the site that sets every key there is.
    pub(crate) fn every_key() -> Self {
        let site = Self::empty();
        copy_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/every-key"), &site.path(""));
        site
    }

    /// Adds or replaces a file.
    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(name, content);
        self
    }

    /// Adds or replaces a file.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Returns where a file of the site is.
    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts the edits of a fix into the files.
    pub(crate) fn apply(&self, fix: &gongkai::diagnostic::Fix) {
        for edit in fix.edits.iter().rev() {
            let path = self.path(edit.path.as_str());
            let mut bytes = std::fs::read(&path).unwrap();
            bytes.splice(edit.range.clone(), edit.text.bytes());
            std::fs::write(path, bytes).unwrap();
        }
    }

    /// Reads a file of the site as text.
    pub(crate) fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Builds into `output/`.
    pub(crate) fn build(&self) -> Report {
        self.build_with(None).unwrap()
    }

    /// Builds into `output/`, for a site at `base_url`.
    pub(crate) fn build_with(&self, base_url: Option<&str>) -> anyhow::Result<Report> {
        build::build(&Options {
            root: self.folder.path().to_owned(),
            output: self.path("output"),
            base_url: base_url.map(str::to_owned),
            is_strict: false,
        })
    }

    /// Builds and returns the codes of what was found, in order, each with its place: `unknown-key content/n/01.md:3:1`.
    pub(crate) fn findings(&self) -> Vec<String> {
        let report = self.build();
        report.diagnostics.iter().map(|diagnostic| finding(diagnostic, &report)).collect()
    }
}

/// Prints a diagnostic as `code path:line:column`, line and column (in characters) from 1.
pub(crate) fn finding(diagnostic: &gongkai::diagnostic::Diagnostic, report: &Report) -> String {
    match &diagnostic.location {
        Some(location) => format!("{} {}", diagnostic.code, place(location, report)),
        None => diagnostic.code.to_owned(),
    }
}

/// Prints a place as `path:line:column`, or `path` for a file as a whole.
pub(crate) fn place(location: &gongkai::diagnostic::Location, report: &Report) -> String {
    let place = location.range.as_ref().and_then(|range| {
        let before = report.sources.get(&location.path)?.get(..range.start)?;
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |index| index + 1);
        let line = before.split(|byte| *byte == b'\n').count();
        let column =
            String::from_utf8_lossy(&before[line_start..]).trim_start_matches('\u{feff}').chars().count() + 1;
        Some(format!(":{line}:{column}"))
    });
    format!("{}{}", location.path, place.unwrap_or_default())
}

/// Returns every file below `folder`, dot-files included, with its bytes.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Copies every file below `from` to the same place below `to`.
pub(crate) fn copy_tree(from: &Path, to: &Path) {
    for name in tree(from).keys() {
        copy(&from.join(name), &to.join(name));
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    std::fs::copy(from, to).unwrap();
}
