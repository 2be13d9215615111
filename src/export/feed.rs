//! `feed.xml` (Atom, RFC 4287): one entry for each notice, for those who want to hear of new ones.
//!
//! Ids never change, wherever the site moves: they are derived from the unit and the folder of the notice, as UUIDs of
//! version 8 (RFC 9562, 5.8). Addresses are full where the site's own is known. Elsewhere they are relative, which RFC
//! 4287 (2, 4.2.7.1) allows: an `href` is an IRI reference, resolved against the place that the feed was read from. A
//! notice that is known to the month alone, and does not say when it was published, counts as of the first day of it; one
//! whose day cannot be read has no time to put into `updated` and is left out.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::xml::escaped;
use crate::diagnostic::Language;
use crate::notice::{Notice, PublicationTime};
use crate::site::{Route, Site};
use crate::text;

/// Writes `feed.xml`.
pub fn feed(site: &Site) -> String {
    let mut entries: Vec<(usize, PublicationTime)> = site
        .notices
        .iter()
        .enumerate()
        .filter_map(|(index, notice)| Some((index, notice.updated()?)))
        .collect();
    // The sort is stable: notices of one time stay in the order of the site.
    entries.sort_by_key(|(_, updated)| std::cmp::Reverse(updated.in_beijing()));
    // The format asks for a time even where there is no entry to take it from.
    let updated =
        entries.first().map_or_else(|| "1970-01-01T00:00:00+00:00".to_owned(), |(_, updated)| updated.iso());

    let config = &site.config;
    let owner = config.unit.as_ref().unwrap_or(&config.title);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        escaped(&config.language.value)
    );
    element(&mut xml, "id", &urn(&["feed", owner]));
    element(&mut xml, "title", &config.title);
    if let Some(description) = &config.description {
        element(&mut xml, "subtitle", description);
    }
    element(&mut xml, "updated", &updated);
    author(&mut xml, owner);
    link(&mut xml, "self", "application/atom+xml", &address(site, &Route::Feed));
    link(&mut xml, "alternate", "text/html", &address(site, &Route::Home));
    for (index, updated) in entries {
        entry(&mut xml, site, index, &updated);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, site: &Site, index: usize, updated: &PublicationTime) {
    let notice = &site.notices[index];
    xml.push_str("<entry>\n");
    element(xml, "id", &urn(&["notice", &notice.unit, &notice.id]));
    element(xml, "title", &notice.title.value);
    element(xml, "updated", &updated.iso());
    if let Some(published) = &notice.published {
        element(xml, "published", &published.iso());
    }
    author(xml, &notice.unit);
    link(xml, "alternate", "text/html", &address(site, &Route::Notice(index)));
    element(xml, "summary", &summary(notice, site.config.own_language()));
    xml.push_str("</entry>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    writeln!(xml, "<{name}>{}</{name}>", escaped(text)).expect("writing to a string never fails");
}

fn author(xml: &mut String, name: &str) {
    writeln!(xml, "<author><name>{}</name></author>", escaped(name))
        .expect("writing to a string never fails");
}

fn link(xml: &mut String, relation: &str, kind: &str, address: &str) {
    writeln!(xml, "<link rel=\"{relation}\" type=\"{kind}\" href=\"{}\"/>", escaped(address))
        .expect("writing to a string never fails");
}

/// Returns the full address of a page, or where it stands beside the feed.
fn address(site: &Site, route: &Route) -> String {
    let path = route.path(site);
    site.full_address(&path).unwrap_or(path)
}

fn summary(notice: &Notice, language: Language) -> String {
    let (items, measures) = (notice.n_items(), notice.n_measures());
    match (language, measures) {
        (Language::Chinese, 0) => format!("共 {items} 项。"),
        (Language::Chinese, _) => format!("{items} 项整改，{measures} 条措施。"),
        (Language::English, 0) => format!("Items: {items}."),
        (Language::English, _) => format!("Items: {items}. Measures: {measures}."),
    }
}

/// Returns an id that follows from `names` alone (RFC 9562, 5.8: version 8, here from a SHA-256).
fn urn(names: &[&str]) -> String {
    let mut hasher = Sha256::new_with_prefix("gongkai");
    for name in names {
        // A byte that no text has keeps the names apart.
        hasher.update([0xff]);
        hasher.update(name.as_bytes());
    }
    let hash = hasher.finalize();
    let mut bytes: Vec<u8> = hash.iter().take(16).copied().collect();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut urn = "urn:uuid:".to_owned();
    for (place, digit) in text::hex(&bytes).chars().enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            urn.push('-');
        }
        urn.push(digit);
    }
    urn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::{site, site_with};

    fn notice(title: &str, date: &str) -> String {
        format!("---\ntitle: {title}\nunit: 甲 & 乙\n{date}\n---\n现予以公布。\n")
    }

    #[track_caller]
    fn lines(xml: &str, tag: &str) -> Vec<String> {
        let lines = xml.lines().filter(|line| line.starts_with(&format!("<{tag}")));
        lines.map(str::to_owned).collect()
    }

    #[test]
    fn an_entry_is_complete() {
        let xml = feed(&site_with("", "（一）改进工作。已经改进。"));
        let expected = format!(
            "<entry>\n<id>{}</id>\n<title>甲通报</title>\n<updated>2025-08-28T00:00:00+08:00</updated>\n\
             <author><name>甲</name></author>\n<link rel=\"alternate\" type=\"text/html\" href=\"n/index.html\"/>\n\
             <summary>1 项整改，1 条措施。</summary>\n</entry>\n</feed>\n",
            urn(&["notice", "甲", "n"])
        );
        assert!(xml.ends_with(&expected), "{xml}");
    }

    #[test]
    fn the_newest_comes_first_and_a_notice_without_a_day_is_left_out() {
        let mut site = site(&[
            ("site.yaml", "title: <示例> & 例\nbase_url: https://example.gov.cn/zg/\n"),
            (
                "content/a/notice.md",
                &notice("甲<通报> & 例", "date: 2025-01-01\npublished: 2025-09-01T00:30:00+08:00"),
            ),
            ("content/b/notice.md", &notice("乙", "date: 2025-08-31\npublished: 2025-08-31T23:00:00Z")),
            ("content/c/notice.md", &notice("丙", "date: 2025-06-30")),
        ]);
        let last = site.notice_index("c").unwrap();
        std::sync::Arc::make_mut(&mut std::sync::Arc::make_mut(&mut site.notices)[last]).date = None;
        let xml = feed(&site);
        assert_eq!(
            lines(&xml, "title"),
            [
                "<title>&lt;示例&gt; &amp; 例</title>",
                "<title>乙</title>",
                "<title>甲&lt;通报&gt; &amp; 例</title>"
            ]
        );
        assert_eq!(lines(&xml, "updated")[0], "<updated>2025-09-01T07:00:00+08:00</updated>");
        assert_eq!(lines(&xml, "published").len(), 2);
        assert!(xml.contains("href=\"https://example.gov.cn/zg/a/\""), "{xml}");
        assert!(xml.contains("href=\"https://example.gov.cn/zg/feed.xml\""), "{xml}");
    }

    #[test]
    fn ids_follow_from_unit_and_folder_alone() {
        let id = |xml: &str| lines(xml, "id")[1].clone();
        let one = [("content/a/notice.md", &*notice("甲", "date: 2025-01-01"))];
        let moved = [
            ("site.yaml", "title: 乙\nbase_url: https://example.gov.cn/\n"),
            ("content/a/notice.md", &notice("丙", "date: 2025-02-02")),
        ];
        assert_eq!(id(&feed(&site(&one))), id(&feed(&site(&moved))));
        assert_eq!(urn(&["notice", "甲", "a"]), "urn:uuid:6cfdbcaa-227e-8b4d-b332-4cb830389fa4");
        assert_ne!(urn(&["ab", "c"]), urn(&["a", "bc"]));
    }
}
