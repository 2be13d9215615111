//! The address of the site, the moment of publication and the addresses of a preview are told as everyone reads them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::site::TestSite;

#[test]
fn the_address_of_a_file_is_no_address_of_a_site() {
    for url in [
        "https://www.example.gov.cn/zg/index.html",
        "https://www.example.gov.cn/default.aspx",
        "https://www.example.gov.cn/zg/?from=wechat",
        "https://www.example.gov.cn/zg/#top",
    ] {
        let site = TestSite::small().with("site.yaml", format!("title: 示例\nbase_url: {url:?}\n"));
        assert_eq!(site.findings(), ["base-url-of-a-file site.yaml:2:11"], "{url}");
        assert!(TestSite::small().build_with(Some(url)).is_err(), "{url}");
    }
}

#[test]
fn addresses_in_pages_feeds_and_site_maps_are_those_of_folders_in_ascii() {
    for (url, expected) in [
        ("https://www.example.gov.cn//zg//", "https://www.example.gov.cn/zg/"),
        ("https://舟山公安.政务/整改", "https://xn--55q79v3tan61i.xn--zfr164b/%E6%95%B4%E6%94%B9/"),
        ("https://WWW.EXAMPLE.GOV.CN:443", "https://www.example.gov.cn/"),
    ] {
        let site = TestSite::small().with("site.yaml", format!("title: 示例\nbase_url: {url}\n"));
        assert_eq!(site.findings(), Vec::<String>::new(), "{url}");
        for (file, written) in [
            ("robots.txt", format!("Sitemap: {expected}sitemap.xml")),
            ("sitemap.xml", format!("<loc>{expected}</loc>")),
            ("index.html", format!("<link rel=\"canonical\" href=\"{expected}\">")),
        ] {
            let text = site.text(&format!("output/{file}"));
            assert!(text.contains(&written), "{url}: {file}: {text}");
        }
    }
}

#[test]
fn a_moment_of_another_offset_is_told_in_beijing() {
    for (written, printed, iso) in [
        ("2025-08-28T16:30:00Z", "2025-08-29 00:30", "2025-08-29T00:30:00+08:00"),
        ("2025-08-28T23:30:00-05:00", "2025-08-29 12:30", "2025-08-29T12:30:00+08:00"),
        ("2025-08-29T01:00:00+09:00", "2025-08-29 00:00", "2025-08-29T00:00:00+08:00"),
        ("2025-08-29 09:00", "2025-08-29 09:00", "2025-08-29T09:00:00+08:00"),
    ] {
        let notice =
            format!("---\ntitle: 甲\nunit: 乙\ndate: 2025-08-28\npublished: {written}\n---\n现予以公布。\n");
        let site = TestSite::empty()
            .with("site.yaml", "title: 示例\nlanguage: zh-CN\n")
            .with("content/n/notice.md", notice)
            .with("content/n/01.md", "---\nheading: 一、关于“甲”问题\n---\n已改正。\n");
        let report = site.build();
        assert!(report.summary.is_some(), "{written}");
        assert!(site.text("output/n/index.html").contains(printed), "{written}");
        assert!(site.text("output/feed.xml").contains(iso), "{written}");
    }
}

/// A preview of a small site that runs until the test ends.
struct Preview {
    process: Child,
    /// What it says first.
    said: Vec<String>,
}

impl Preview {
    fn of(site: &TestSite, host: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args(["preview", "--lang", "en", "--port", "0", "--host", host, "--root"])
            .arg(site.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut said = Vec::new();
        for line in lines.map(Result::unwrap) {
            said.push(line);
            if said.last().is_some_and(|line| line.contains("Ctrl-C")) {
                break;
            }
        }
        Self { process, said }
    }

    /// Asks for the home page under the name `host`; returns the whole answer.
    fn ask(&self, host: &str) -> String {
        let address = self.said[0].trim_start_matches("Preview at http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
fn a_preview_takes_an_address_in_brackets() {
    if std::net::TcpListener::bind("[::1]:0").is_err() {
        return eprintln!("left out: this machine has no IPv6");
    }
    let site = TestSite::small();
    let preview = Preview::of(&site, "[::1]");
    assert!(preview.said[0].starts_with("Preview at http://[::1]:"), "{:?}", preview.said);
    assert!(preview.ask("[::1]").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_preview_for_the_network_says_what_a_phone_can_type() {
    let site = TestSite::small();
    let preview = Preview::of(&site, "0.0.0.0");
    let on_network = &preview.said[1];
    let is_told = on_network.starts_with("On a phone in the same network: http://")
        || on_network.starts_with("This machine is on no network");
    assert!(is_told && !on_network.contains("127.0.0.1"), "{:?}", preview.said);
    let here = Preview::of(&site, "127.0.0.1");
    assert!(!here.said.iter().any(|line| line.contains("network")), "{:?}", here.said);
}

#[test]
fn a_name_that_is_not_served_is_told_what_to_type() {
    let site = TestSite::small();
    let preview = Preview::of(&site, "127.0.0.1");
    let answer = preview.ask("bangongshi-pc.local:4000");
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
    assert!(answer.contains("gongkai preview --host bangongshi-pc.local"), "{answer}");
    assert!(answer.contains("请输入终端显示的地址"), "{answer}");
    assert!(!preview.ask("\"<x>").contains("<x>"));
}
