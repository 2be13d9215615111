//! `search/`: an index of the whole site that browsers read piece by piece, without a server and without `fetch`.
//!
//! Start with [`files`]. `documents` cuts the site into pieces that have an address each, `text` says what is compared,
//! `index` finds the places of pairs. Each file is a script with one call, `gongkaiSearch(name, tag, data)`, because scripts
//! are what a page may load everywhere: from a disk, and under a policy that allows nothing else. The tag is the same in all
//! files of a build, so that a browser that kept some of an older one can tell. `docs/search.md` describes the format;
//! what readers see is the theme's, `search.html` and `search.js`.

mod documents;
mod index;
mod text;

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::site::{SEARCHED_PER_FILE, SearchFile, Searched, Site, n_pair_files};
use documents::Entry;
use index::{Pairs, push_number};

/// What there is, without its texts.
#[derive(Serialize)]
struct IndexJson<'a> {
    /// Id, title and number of entries of each notice. What follows them belongs to none.
    notices: Vec<(&'a str, &'a str, usize)>,
    /// The number of characters of each entry's heading, the end included; 0 if it has none.
    headings: String,
    /// The number of documents of each entry.
    documents: String,
    /// The number of characters of each document, the end included.
    lengths: String,
    /// A digit for each entry, its place in `Status::ALL` from 1, 0 for none; empty if no item has a status.
    statuses: String,
    /// The number of files that pairs stand in.
    n_files: usize,
    /// How many of them the pairs with one first character are spread over.
    ways: usize,
    /// The number of entries in a file of texts.
    per_file: usize,
}

/// Writes all files of the index.
pub fn files(site: &Site) -> Vec<(SearchFile, Vec<u8>)> {
    let searched = site.searched();
    let entries: Vec<Entry> = searched.par_iter().map(|one| documents::entry(site, *one)).collect();
    let index = write_index(site, &searched, &entries);
    let mut pairs = Pairs::new(n_pair_files(searched.len()));
    // Those of headings come first, because they rank first.
    for entry in &entries {
        pairs.push(&entry.heading);
    }
    for document in entries.iter().flat_map(|entry| &entry.documents) {
        pairs.push(document);
    }
    let pairs = pairs.into_files();
    let texts: Vec<String> = entries
        .par_chunks(SEARCHED_PER_FILE)
        .map(|entries| serde_json::to_string(&entries.iter().map(|one| &one.json).collect::<Vec<_>>()))
        .collect::<Result<_, _>>()
        .expect("entries are lists of texts");

    let mut hash = Sha256::new();
    // The pairs follow from the texts.
    hash.update(&index);
    for data in &texts {
        hash.update(data);
    }
    let tag = crate::text::hex(&hash.finalize()[..4]);
    let of_pairs = pairs.into_iter().enumerate().map(|(n, data)| (SearchFile::Pairs(n), data));
    let of_texts = texts.into_iter().enumerate().map(|(n, data)| (SearchFile::Texts(n), data));
    std::iter::once((SearchFile::Index, index))
        .chain(of_pairs)
        .chain(of_texts)
        .map(|(file, data)| {
            let call = format!("gongkaiSearch(\"{}\",\"{tag}\",{data});\n", file.name());
            (file, call.into_bytes())
        })
        .collect()
}

fn write_index(site: &Site, searched: &[Searched<'_>], entries: &[Entry]) -> String {
    let notices = site.notices.iter();
    let mut index = IndexJson {
        notices: notices
            .map(|notice| (notice.id.as_str(), notice.title.value.as_str(), notice.sections.len() + 1))
            .collect(),
        headings: String::new(),
        documents: String::new(),
        lengths: String::new(),
        statuses: String::new(),
        n_files: n_pair_files(searched.len()),
        ways: crate::site::WAYS,
        per_file: SEARCHED_PER_FILE,
    };
    for entry in entries {
        push_number(entry.heading.len(), &mut index.headings);
        push_number(entry.documents.len(), &mut index.documents);
        for document in &entry.documents {
            push_number(document.len(), &mut index.lengths);
        }
    }
    if entries.iter().any(|entry| entry.status > 0) {
        index.statuses = entries.iter().map(|entry| char::from(b'0' + entry.status)).collect();
    }
    serde_json::to_string(&index).expect("an index is texts and numbers")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::{site, site_with};
    use serde_json::{Value, json};

    /// Takes a file of the index apart.
    fn read(site: &Site, wanted: SearchFile) -> Value {
        let files = files(site);
        let (_, bytes) = files.iter().find(|(file, _)| *file == wanted).unwrap();
        let call = std::str::from_utf8(bytes).unwrap();
        let begin = format!("gongkaiSearch(\"{}\",\"", wanted.name());
        let rest = call.strip_prefix(&begin).unwrap().strip_suffix(");\n").unwrap();
        serde_json::from_str(rest.split_once("\",").unwrap().1).unwrap()
    }

    #[test]
    fn every_route_has_its_file() {
        let site = site_with("", "已改。");
        let written: Vec<String> =
            files(&site).iter().map(|(file, _)| format!("search/{}.js", file.name())).collect();
        let mut wanted: Vec<&String> =
            site.routes.keys().filter(|path| path.starts_with("search/")).collect();
        wanted.sort_by_key(|path| written.iter().position(|written| written == *path));
        assert_eq!(written.iter().collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn a_section_is_its_heading_its_figures_and_its_measures() {
        let front_matter = "status: completed\nmetrics: {人数: {value: 9人, id: people}}\n";
        let body = "总体情况。\n\n还有。\n\n（一）改进工作。已经**改进**，到场9人。\n\n1.完成第一步；\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n";
        let site = site_with(front_matter, body);
        assert_eq!(
            read(&site, SearchFile::Texts(0)),
            json!([
                ["n/index.html", "", "甲通报", [["#opening", "现予以公布。"]]],
                [
                    "n/01.html",
                    "",
                    "一、关于“甲”问题的整改情况",
                    [
                        ["#figure-people", "9人", "人数"],
                        ["", "总体情况。\n还有。"],
                        ["#item-1-1", "（一）改进工作。已经改进，到场9人。"],
                        ["#item-1-1-1", "1.完成第一步；\n甲\n乙\n1\n2"],
                    ]
                ],
            ])
        );
        let index = read(&site, SearchFile::Index);
        assert_eq!(index["notices"], json!([["n", "甲通报", 2]]));
        assert_eq!(index["statuses"], "01");
        let numbers = |key: &str| index::tests::numbers(index[key].as_str().unwrap());
        assert_eq!(numbers("headings"), [4, 15]);
        assert_eq!(numbers("documents"), [1, 4]);
        assert_eq!(numbers("lengths"), [7, 5, 10, 19, 17]);
    }

    #[test]
    fn where_no_status_is_stated_there_is_none() {
        let index = read(&site_with("", "已改。"), SearchFile::Index);
        assert_eq!(index["statuses"], "");
    }

    #[test]
    fn prose_pages_and_contacts_lead_to_their_places() {
        let site = site(&[
            ("site.yaml", "title: 示例\n"),
            (
                "content/n/notice.md",
                "---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\ncontacts:\n  - {phone: 0580-2072198, hours: 工作日}\n  - {post: 临城, postcode: '316021'}\n  - {platform: 平台, path: [一, 二]}\n---\n现予以公布。\n",
            ),
            ("content/n/01.md", "---\nkind: group\nheading: 一、总体\n---\n"),
            ("content/n/closing.md", "---\nkind: prose\n---\n下一步。\n\n（一）坚持。已坚持。\n"),
            ("content/about.md", "---\ntitle: 关于\n---\n- 说明\n"),
        ]);
        let texts = read(&site, SearchFile::Texts(0));
        assert_eq!(texts[1], json!(["n/index.html", "#section-01", "一、总体", []]));
        assert_eq!(
            texts[2],
            json!([
                "n/index.html",
                "#section-closing",
                "",
                [["", "下一步。"], ["#section-closing.1", "（一）坚持。已坚持。"],]
            ])
        );
        assert_eq!(texts[3], json!(["about.html", "", "关于", [["", "说明"]]]));
        let contact = |text: &str| json!(["contact.html", "", "", [["", text]]]);
        assert_eq!(texts[4], contact("0580-2072198\n工作日"));
        assert_eq!(texts[5], contact("临城\n316021"));
        assert_eq!(texts[6], contact("平台\n一 › 二"));
    }

    #[test]
    fn the_tag_changes_with_the_texts() {
        let tag = |body: &str| {
            let files = files(&site_with("", body));
            let tags: std::collections::BTreeSet<String> = files
                .iter()
                .map(|(_, bytes)| String::from_utf8_lossy(bytes).split('"').nth(3).unwrap().to_owned())
                .collect();
            assert_eq!(tags.len(), 1, "all files of a build have one");
            tags.into_iter().next().unwrap()
        };
        assert_eq!(tag("已改。"), tag("已改。"));
        assert_ne!(tag("已改。"), tag("未改。"));
    }
}
