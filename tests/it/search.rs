//! The search index: every address in it is there, every text of it is approved, and nobody takes it for a page.
//!
//! That pairs of characters are found where they stand is a property beside the code, in `src/export/search/index.rs`; what
//! readers find is asked in a browser, by `tests/browser/search.mjs`.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::golden::{Tree, read_tree};
use crate::site::{TestSite, copy_tree};

/// A site with two notices, statuses, and texts that try what a page makes of them.
pub(crate) fn varied_site() -> TestSite {
    let site = TestSite::empty().with("site.yaml", "title: 示例\n");
    for (id, date, n_items) in [("first", "2025-08-28", 30), ("second", "2024-08-28", 2)] {
        let notice = format!(
            "---\ntitle: {id}关于整改的通报\nunit: 甲\ndate: {date}\ncontacts: [{{phone: '12345'}}]\n---\n现予以公布。\n"
        );
        site.write(&format!("content/{id}/notice.md"), notice);
        for n in 1..=n_items {
            let status = ["completed", "in-progress"][n % 2];
            let text = "<img src=x onerror=alert(1)> &amp; “引文” U8 系统";
            let item = format!(
                "---\nheading: {n}. 关于“问题{n}”的整改情况\nkind: item\nstatus: {status}\n---\n{text}，第{n}次。\n\n其他{}。\n",
                "措施".repeat(n)
            );
            site.write(&format!("content/{id}/{n:02}.md"), item);
        }
    }
    site
}

/// Returns the entries of the index of a built site.
pub(crate) fn entries(output: &Tree) -> Vec<Value> {
    let mut files: Vec<(usize, Vec<Value>)> = output
        .iter()
        .filter_map(|(name, bytes)| {
            let n = name.strip_prefix("search/texts-")?.strip_suffix(".js")?.parse().unwrap();
            let call = std::str::from_utf8(bytes).unwrap();
            let data = call.splitn(3, ',').nth(2).unwrap().strip_suffix(");\n").unwrap();
            Some((n, serde_json::from_str(data).unwrap()))
        })
        .collect();
    files.sort_by_key(|(n, _)| *n);
    files.into_iter().flat_map(|(_, entries)| entries).collect()
}

/// Returns every address of the index that leads nowhere, and counts all.
fn dead_addresses(output: &Tree) -> (Vec<String>, usize) {
    let mut dead = Vec::new();
    let mut n = 0;
    for entry in entries(output) {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let (page, own) = (text(&entry[0]), text(&entry[1]));
        let anchors = entry[3].as_array().unwrap().iter().map(|document| text(&document[0]));
        for anchor in anchors.chain([own]) {
            n += 1;
            let html = output.get(&page).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
            let id = anchor.strip_prefix('#').map(|id| format!(" id=\"{id}\""));
            if html.is_empty() || id.is_some_and(|id| !html.contains(&id)) {
                dead.push(format!("{page}{anchor}"));
            }
        }
    }
    (dead, n)
}

fn built(site: &TestSite) -> Tree {
    let report = site.build();
    assert!(report.summary.is_some(), "{:#?}", report.diagnostics);
    read_tree(&site.path("output"))
}

#[test]
fn every_address_of_the_index_is_there() {
    let (dead, n) = dead_addresses(&built(&TestSite::zhoushan()));
    assert!(dead.is_empty() && n > 150, "{dead:?} of {n}");
    // The built-in theme with the texts of the golden sites: groups, levels, nested measures, figures printed twice.
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    for case in ["anomalies", "four-levels", "groups", "labels", "nested-measures", "markdown"] {
        let site = TestSite::empty();
        copy_tree(&cases.join(case).join("content"), &site.path("content"));
        let settings = std::fs::read_to_string(cases.join(case).join("site.yaml")).unwrap();
        let settings: String = settings
            .lines()
            .filter(|line| !line.starts_with("theme:"))
            .flat_map(|line| [line, "\n"])
            .collect();
        site.write("site.yaml", settings);
        let (dead, n) = dead_addresses(&built(&site));
        assert!(dead.is_empty() && n > 2, "{case}: {dead:?} of {n}");
    }
}

#[test]
fn the_index_holds_the_text_and_nothing_else() {
    let output = built(&TestSite::zhoushan());
    let fold = |text: &str| -> String {
        let narrow = |c: char| match c {
            '，' => ',',
            '（' => '(',
            '）' => ')',
            '：' => ':',
            '；' => ';',
            c => c,
        };
        text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let approved = fold(&std::fs::read_to_string(root.join("content/zhoushan-2025/approved.txt")).unwrap());
    let of_notice = entries(&output);
    let of_notice = of_notice.iter().filter(|entry| entry[0].as_str().unwrap().starts_with("zhoushan-2025/"));
    let mut n = 0;
    for entry in of_notice {
        let documents = entry[3].as_array().unwrap().iter();
        // A figure is its print and its label, which the text need not have.
        let texts =
            documents.filter(|document| document.as_array().unwrap().len() == 2).map(|document| &document[1]);
        for text in texts {
            let text = fold(text.as_str().unwrap());
            assert!(approved.contains(&text), "{text}");
            n += text.chars().count();
        }
        assert!(
            approved.contains(&fold(entry[2].as_str().unwrap())) || entry[0] == "zhoushan-2025/index.html"
        );
    }
    // All but headings and signature.
    assert!(n * 10 > approved.chars().count() * 8, "{n} of {}", approved.chars().count());
}

#[test]
fn the_index_is_in_the_manifest_and_in_no_site_map() {
    let site = TestSite::small();
    site.build_with(Some("https://www.example.gov.cn/")).unwrap();
    let output = read_tree(&site.path("output"));
    let index: BTreeSet<&String> = output.keys().filter(|name| name.starts_with("search/")).collect();
    assert_eq!(index.len(), 6, "{index:?}");
    let manifest = String::from_utf8_lossy(&output["manifest.json"]);
    for name in index {
        assert!(manifest.contains(&format!("\"{name}\"")), "{name}");
    }
    let site_map = String::from_utf8_lossy(&output["sitemap.xml"]);
    assert!(!site_map.contains("search/") && site_map.contains("/search.html<"), "{site_map}");
}

#[test]
fn only_the_search_page_loads_the_script() {
    let output = built(&TestSite::zhoushan());
    for (name, bytes) in &output {
        let html = String::from_utf8_lossy(bytes);
        if !html.starts_with("<!doctype html>") {
            continue;
        }
        assert_eq!(html.contains("assets/search."), name == "search.html", "{name}");
    }
}
