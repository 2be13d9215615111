//! An address at which something stood before leads on to where it is now.

use gongkai::diagnostic::Language;

use crate::site::TestSite;

/// A site whose item says where it was, in the YAML of `formerly`.
fn site(formerly: &str) -> TestSite {
    let item = format!(
        "---\nheading: 一、关于“甲”问题的整改情况\nformerly: {formerly}\n---\n（一）改进工作。已经改进。\n"
    );
    TestSite::small()
        .with("site.yaml", "title: 示例\nbase_url: https://www.example.gov.cn/zg/\n")
        .with("content/n/01.md", item)
}

#[track_caller]
fn check(formerly: &str, findings: &[&str]) {
    assert_eq!(site(formerly).findings(), findings, "{formerly}");
}

#[test]
fn an_old_address_leads_on_without_script_and_is_in_no_list() {
    let site = site("[old/item-1.html, /art/2025, n/0.htm]");
    assert_eq!(site.findings(), [""; 0]);
    for (path, target) in [
        ("old/item-1.html", "../n/01.html"),
        ("art/2025/index.html", "../../n/01.html"),
        ("n/0.htm", "../n/01.html"),
    ] {
        let page = site.text(&format!("output/{path}"));
        for part in [
            &format!("<meta http-equiv=\"refresh\" content=\"0; url={target}\">"),
            &format!("<a href=\"{target}\">一、关于“甲”问题的整改情况</a>"),
            "<link rel=\"canonical\" href=\"https://www.example.gov.cn/zg/n/01.html\">",
            "<meta name=\"robots\" content=\"noindex\">",
        ] {
            assert!(page.contains(part), "{path} lacks {part}:\n{page}");
        }
        for list in ["sitemap.xml", "sitemap.html", "search/index.js", "feed.xml", "index.html"] {
            let folder = path.trim_end_matches("index.html");
            assert!(!site.text(&format!("output/{list}")).contains(folder), "{list}");
        }
    }
}

#[test]
fn what_cannot_lead_on_is_told() {
    let place = "content/n/01.md:3:11";
    for (formerly, code) in [
        ("https://www.example.gov.cn/zg/a.html", "not-a-former-address"),
        ("a.html#item-1", "not-a-former-address"),
        ("show.html?id=6", "not-a-former-address"),
        ("a.jsp", "not-a-former-address"),
        ("公开/a.html", "not-a-former-address"),
        ("../a.html", "not-a-former-address"),
        ("n/01.html", "duplicate-address"),
        ("N/01.html", "duplicate-address"),
        ("/n", "duplicate-address"),
        ("search.html", "duplicate-address"),
        ("Search.html", "duplicate-address"),
        ("n/02.html", "duplicate-address"),
        ("old.html", "duplicate-address"),
        ("key.html", "duplicate-address"),
        ("assets/a.html", "reserved-name"),
        ("__a.html", "reserved-name"),
    ] {
        let site = site(formerly)
            .with(
                "content/n/02.md",
                "---\nheading: 二、关于“乙”问题的整改情况\n---\n（一）改进。已经改进。\n",
            )
            .with("content/old-page.md", "---\ntitle: 甲\nformerly: old.html\n---\n乙。\n")
            .with("static/key.html", "");
        std::fs::remove_file(site.path("content/n/approved.txt")).unwrap();
        let findings: Vec<_> =
            site.findings().into_iter().filter(|one| !one.starts_with("no-approved-text")).collect();
        assert_eq!(findings, [format!("{code} {place}")], "{formerly}");
        assert!(!site.path("output").exists());
    }
    check("[a.html, A.html]", &["duplicate-address content/n/01.md:3:20"]);
}

#[test]
fn a_full_address_is_offered_as_its_path() {
    let found = site("https://www.example.gov.cn/a/b.html").build().diagnostics.remove(0);
    assert_eq!(found.fixes[0].edits[0].text, "a/b.html");
}

#[test]
fn links_to_it_are_told_with_the_file_and_lead_to_the_new_place() {
    let page_with = |link: &str| {
        let text = format!("---\ntitle: 关于\n---\n见[第一项]({link})。\n");
        let site = site("[old/item-1.html, old/06.html, folder/]").with("content/about.md", text);
        let report = site.build();
        let [found] = report.diagnostics.as_slice() else { panic!("{link}: {:?}", report.diagnostics) };
        assert_eq!(found.code, "link-to-former-address", "{link}");
        let help = found.help.as_ref().unwrap().in_language(Language::English);
        assert_eq!(help, "did you mean `n/01.md`?", "{link}");
        site.text("output/about.html")
    };
    for (link, address) in [
        ("old/item-1.html", "n/01.html"),
        ("old/06.md", "n/01.html"),
        ("folder/", "n/01.html"),
        ("folder/notice.md", "n/01.html"),
        ("old/item-1.html#item-1-1", "n/01.html#item-1-1"),
    ] {
        let page = page_with(link);
        assert!(page.contains(&format!("href=\"{address}\"")), "{link}: {page}");
    }
}

#[test]
fn a_theme_may_say_it_in_its_own_words() {
    let template = "{% extends \"base.html\" %}{% block main %}<h1 data-generated>{{ moved.title }}</h1>\
                    <p data-generated><a href=\"{{ root }}{{ moved.path }}\">{{ t.moved }}</a></p>{% endblock main %}";
    let site = site("old/item-1.html")
        .with("site.yaml", "title: 示例\ntheme: own\n")
        .with("themes/own/templates/moved.html", template);
    assert_eq!(site.findings(), [""; 0]);
    let page = site.text("output/old/item-1.html");
    assert!(page.contains("<h1 data-generated>一、关于“甲”问题的整改情况</h1>"), "{page}");
    assert!(!page.contains("refresh") && !page.contains("canonical"), "{page}");
}
