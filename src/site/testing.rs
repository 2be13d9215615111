//! Small sites for the tests of the rooms below.

use super::Site;
use crate::config::Config;
use crate::content::{self, Loaded};
use crate::diagnostic::{Diagnostics, SourcePath};
use crate::markdown;

/// Front matter and text with what breaks formats: quotes, commas, signs that begin formulas.
pub(crate) const TABLE_OF_SIGNS: (&str, &str) = (
    "metrics:\n  '=件数,\"甲\"': {value: 3件, id: files, note: '@注', quote: '办理3件'}\n  人数: 9人\n",
    "办理3件,已办结。到场9人。",
);

/// Makes a site of one notice, `n`, with one item, `01.md`.
#[track_caller]
pub(crate) fn site_with(front_matter: &str, body: &str) -> Site {
    let item = format!("---\nheading: 一、关于“甲”问题的整改情况\n{front_matter}---\n{body}\n");
    site(&[
        ("site.yaml", "title: 示例\n"),
        ("content/n/notice.md", "---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\n---\n现予以公布。\n"),
        ("content/n/01.md", &item),
    ])
}

/// Makes a site of files.
#[track_caller]
pub(crate) fn site(files: &[(&str, &str)]) -> Site {
    let mut diagnostics = Diagnostics::new();
    let mut loaded = Loaded::default();
    let mut config = Config::placeholder();
    for (name, text) in files {
        let path = SourcePath::new(*name);
        if path.as_str() == "site.yaml" {
            config = Config::parse(&path, text, &mut diagnostics);
        } else {
            loaded.sources.insert(path, text.as_bytes().to_vec());
        }
    }
    let content =
        content::parse(&loaded, &markdown::Options::default(), content::Drafts::LeftOut, &mut diagnostics);
    let site = Site::resolve(config, content, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    site
}
