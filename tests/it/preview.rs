//! The preview shows what a build would write, whatever happens to the files meanwhile.
//!
//! A server is started on a copy of a site; edits of all kinds follow each other, and after each one every page that it
//! serves must become the one of a clean build, byte for byte, but for the one script that it adds.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use gongkai::content::Drafts;
use gongkai::diagnostic::{Language, Severity};
use gongkai::preview::{self, News, PreviewOptions};

use crate::random::Random;
use crate::site::{TestSite, finding};
use crate::trials::trials;

/// What the preview adds to each page.
const SCRIPT: &str = "<script src=\"/__gongkai/preview.js\" defer></script>";

/// How long the preview may take to show a change before the test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Edits that follow each other, in each of two series that run side by side.
const N_EDITS: u32 = 120;

/// Edits of a site with so many notices that not all of them are looked at at once.
const N_EDITS_OF_LARGE: u32 = 30;

/// Notices that such a site has beside those that are edited.
const N_MORE: usize = 60;

/// A connection that is kept open, as browsers do.
struct Browser {
    connection: BufReader<TcpStream>,
    host: String,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Browser {
    fn new(address: &str) -> Self {
        let host = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let stream = TcpStream::connect(&host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self { connection: BufReader::new(stream), host }
    }

    fn get(&mut self, path: &str) -> Answer {
        let host = self.host.clone();
        self.ask("GET", path, &host)
    }

    fn ask(&mut self, method: &str, path: &str, host: &str) -> Answer {
        self.ask_with(method, path, &format!("Host: {host}\r\n"))
    }

    fn ask_with(&mut self, method: &str, path: &str, headers: &str) -> Answer {
        // In one piece: the system holds back the second of two small ones.
        let request = format!("{method} /{path} HTTP/1.1\r\n{headers}\r\n");
        self.connection.get_mut().write_all(request.as_bytes()).unwrap();
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(self.connection.read_line(&mut head).unwrap(), 0, "the server hung up after {head:?}");
        }
        let head = head.to_ascii_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let length = head
            .split("content-length: ")
            .nth(1)
            .map_or(0, |rest| rest.lines().next().unwrap().parse().unwrap());
        let mut body = vec![0; if method == "HEAD" { 0 } else { length }];
        self.connection.read_exact(&mut body).unwrap();
        Answer { status, head, body }
    }

    /// Returns what stands at `path` without what the preview adds; `None` if nothing does.
    fn page(&mut self, path: &str) -> Option<Vec<u8>> {
        let answer = self.get(path);
        if answer.status == 404 && path != "404.html" {
            return None;
        }
        assert!(matches!(answer.status, 200 | 404), "{path}: {}", answer.head);
        if std::path::Path::new(path).extension().is_none_or(|ending| ending != "html") {
            return Some(answer.body);
        }
        let text = String::from_utf8(answer.body).unwrap();
        assert_eq!(text.matches(SCRIPT).count(), 1, "{path} carries the script once:\n{text}");
        Some(text.replacen(SCRIPT, "", 1).into_bytes())
    }
}

/// Starts a preview of `site`, and returns its address. It ends with the process that runs the tests.
fn start(site: &TestSite, poll: bool) -> String {
    let options = PreviewOptions {
        root: site.path(""),
        base_url: None,
        host: "127.0.0.1".to_owned(),
        port: Some(0),
        drafts: Drafts::LeftOut,
        poll,
        editor: None,
        language: Language::English,
        draw: |_, _, _| String::new(),
    };
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        preview::run(options, move |news| {
            if let News::Ready { address, .. } = news {
                sender.send(address.to_owned()).unwrap();
            }
        })
        .unwrap();
    });
    receiver.recv_timeout(PATIENCE).unwrap()
}

/// A site with several notices, pages, an attachment and a theme of its own.
fn varied_site() -> TestSite {
    let mut site = TestSite::empty()
        .with("site.yaml", "title: 示例\nunit: 甲局\ntheme: own\n")
        .with("themes/own/assets/style.css", "body { color: #111; }\n")
        .with("themes/own/strings/zh-CN.yaml", "home: 首页\n")
        .with("content/contact.md", "---\ntitle: 联系我们\n---\n请来电。\n")
        .with("content/about.md", "---\ntitle: 关于\n---\n见[通报](n0/01.md)。\n");
    for notice in 0..3 {
        site = site
            .with(
                &format!("content/n{notice}/notice.md"),
                format!("---\ntitle: 通报{notice}\nunit: 甲局\ndate: 2025-08-2{notice}\n---\n现予以公布。\n"),
            )
            .with(&format!("content/n{notice}/list.csv"), "甲,乙\n");
        for item in 1..=3 {
            site = site.with(&format!("content/n{notice}/0{item}.md"), section(item, "已经改进。"));
        }
    }
    site
}

fn section(item: usize, words: &str) -> String {
    let numeral = ["零", "一", "二", "三", "四"][item];
    format!(
        "---\nheading: {numeral}、关于问题{item}的整改情况\nmetrics: {{件数{item}: {item}5件}}\n---\n\
         （一）改进工作。办理{item}5件，{words}\n（二）附件。见[名单](list.csv)。\n"
    )
}

/// One edit of a kind that editors, and their tools, make; returns what it was, for people.
fn edit(site: &TestSite, random: &mut Random, n: usize) -> String {
    let (notice, item) = (random.below(3), random.below(3) + 1);
    let file = format!("content/n{notice}/0{item}.md");
    let words = format!("已经改进{n}次。");
    let replace = |name: &str, bytes: &[u8]| {
        // As careful editors save: beside it, then in its place.
        let temporary = site.path(format!("{name}.tmp~"));
        std::fs::create_dir_all(temporary.parent().unwrap()).unwrap();
        std::fs::write(&temporary, bytes).unwrap();
        std::fs::rename(&temporary, site.path(name)).unwrap();
    };
    let remove = |name: &str| {
        let path = site.path(name);
        if path.is_dir() {
            std::fs::remove_dir_all(path).unwrap();
        } else {
            let _ = std::fs::remove_file(path);
        }
    };
    match random.below(32) {
        0..=3 => site.write(&file, section(item, &words)),
        4..=6 => replace(&file, section(item, &words).as_bytes()),
        7 => remove(&file),
        8 => {
            let to = site.path(format!("content/n{notice}/1{item}.md"));
            if site.path(&file).exists() {
                std::fs::rename(site.path(&file), to).unwrap();
            }
        }
        9 => {
            let (from, to) = (site.path(format!("content/n{notice}")), site.path(format!("content/moved{notice}")));
            let (from, to) = if from.exists() && !to.exists() { (from, to) } else { (to, from) };
            if from.exists() && !to.exists() {
                std::fs::rename(from, to).unwrap();
            }
        }
        10 => site.write("themes/own/assets/style.css", format!("body {{ color: #{:03}; }}\n", n % 1000)),
        11 => site.write(
            "themes/own/templates/404.html",
            format!("{{% extends \"base.html\" %}}{{% block main %}}<p data-generated>{n}</p>{{% endblock main %}}"),
        ),
        12 => site.write("themes/own/strings/zh-CN.yaml", format!("home: 首页{n}\n")),
        13 => site.write("site.yaml", format!("title: 示例{n}\nunit: 甲局\ntheme: own\nlanguage: {}\n", ["zh-CN", "en"][n % 2])),
        14 => site.write(&format!("content/page{}.md", n % 4), format!("---\ntitle: 页{n}\n---\n正文{n}。\n")),
        15 => remove(&format!("content/page{}.md", n % 4)),
        16 => site.write(&format!("content/n{notice}/notice.md"), format!("---\ntitle: 通报{n}\nunit: 乙局\ndate: 2025-08-{:02}\n---\n现予以公布。\n", n % 28 + 1)),
        17 => site.write(&file, ["---\nheading: [\n---\n坏\n", "\u{0}", "", "---\nheading: 一、甲\nmetrics: {数: 9件}\n---\n没有。\n"][random.below(4)]),
        18 => match random.below(6) {
            0 => remove("site.yaml"),
            1 => remove("content"),
            2 => remove("themes"),
            3 => site.write("themes/own/templates/item.html", "{% if %}"),
            4 => site.write("themes/own/templates/item.html", "{{ nothing.at.all }}"),
            _ => site.write("site.yaml", "title: [\n"),
        },
        19 => remove(&format!("content/n{notice}/list.csv")),
        20 => site.write(&format!("content/n{notice}/more.csv"), "甲\n"),
        21 => {
            let draft = ["", "draft: true\n", "draft: false\n"][random.below(3)];
            let title = format!("---\ntitle: 通报{n}\nunit: 乙局\n{draft}date: 2025-08-20\n---\n现予以公布。\n");
            site.write(&format!("content/n{notice}/notice.md"), title);
        }
        22 => {
            let target = ["notice.md#item-2", "notice.md#item-9", "01.md", "more.csv"][random.below(4)];
            let link = format!("见[通报](../n{notice}/{target})。");
            site.write(&format!("content/n{}/01.md", random.below(3)), section(1, &link));
        }
        23 => {
            let lines = "# 注\n".repeat(n % 5);
            let theme = ["own", "nope"][random.below(2)];
            site.write("site.yaml", format!("{lines}title: 示例\nunit: 甲局\ntheme: {theme}\n"));
        }
        24 => {
            let anchor = ["item-1", "nowhere"][random.below(2)];
            let link = format!("<a data-generated href=\"n{notice}/index.html#{anchor}\">甲</a>");
            let page = format!("{{% extends \"base.html\" %}}{{% block main %}}{link}{{% endblock main %}}");
            site.write("themes/own/templates/404.html", page);
        }
        #[cfg(unix)]
        25 | 26 => {
            let (name, target) = [("05.md", "01.md"), ("list.csv", "more.csv")][random.below(2)];
            remove(&format!("content/n{notice}/{name}"));
            let link = site.path(format!("content/n{notice}/{name}"));
            if link.parent().is_some_and(std::path::Path::exists) {
                std::os::unix::fs::symlink(format!("../n{}/{target}", (notice + 1) % 3), link).unwrap();
            }
        }
        27 | 28 => edit_static(site, random, n),
        29 | 30 => {
            let old = ["old1.html", "old/", "n1/01.html", "a.txt"][random.below(4)];
            let text = section(item, &words).replacen("metrics", &format!("formerly: {old}\nmetrics"), 1);
            site.write(&file, text);
        }
        _ => site.write(&format!("content/n{notice}/list.csv"), format!("甲,{n}\n")),
    }
    format!("edit {n} of {file}")
}

/// An edit of a file that is published as it is.
fn edit_static(site: &TestSite, random: &mut Random, n: usize) {
    let names = ["a.txt", ".well-known/b.txt", ".DS_Store", "附件.txt", "n1/list.csv", "robots.txt"];
    let name = format!("static/{}", names[random.below(6)]);
    match random.below(3) {
        0 => drop(std::fs::remove_dir_all(site.path("static"))), // It may not be there.
        1 => drop(std::fs::remove_file(site.path(name))),
        _ => site.write(&name, n.to_string()),
    }
}

/// Puts everything back to where it began, file by file, with the preview looking on.
fn mend(site: &TestSite, original: &BTreeMap<String, Vec<u8>>) {
    for folder in ["content", "static", "themes"] {
        let _ = std::fs::remove_dir_all(site.path(folder)); // It may be what was broken.
    }
    for (name, bytes) in original {
        site.write(name, bytes);
    }
}

/// Returns what a build finds and, if it has no errors, writes.
fn clean_build(site: &TestSite) -> (BTreeSet<String>, Option<BTreeMap<String, Vec<u8>>>) {
    let _ = std::fs::remove_dir_all(site.path("output"));
    let report = site.build();
    let found = report.diagnostics.iter().map(|diagnostic| finding(diagnostic, &report)).collect();
    let is_faulty = report.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let written = (!is_faulty).then(|| {
        let mut written = crate::site::tree(&site.path("output"));
        written.retain(|name, _| name != "manifest.json" && !name.starts_with(".gongkai"));
        written
    });
    (found, written)
}

/// Returns what the preview says is wrong, in the words of [`finding`].
fn problems(browser: &mut Browser) -> BTreeSet<String> {
    let answer = browser.get("__gongkai/problems.json");
    let list: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(answer.status, 200);
    let problems = list["list"].as_array().unwrap().iter();
    problems
        .map(|problem| match problem["place"].as_str() {
            Some(place) => format!("{} {place}", problem["code"].as_str().unwrap()),
            None => problem["code"].as_str().unwrap().to_owned(),
        })
        .collect()
}

/// Waits until `is_reached` returns no complaint, or fails with the last one.
#[track_caller]
fn eventually(what: &str, mut complaint: impl FnMut() -> Option<String>) {
    let start = Instant::now();
    while let Some(complaint) = complaint() {
        assert!(start.elapsed() < PATIENCE, "after {what}: {complaint}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Follows edits and compares after each; `known` collects every path there ever was.
#[track_caller]
fn follow(site: &TestSite, browser: &mut Browser, known: &mut BTreeSet<String>, what: &str) -> bool {
    let (found, written) = clean_build(site);
    if let Some(written) = &written {
        known.extend(written.keys().cloned());
        for path in known.iter() {
            eventually(what, || {
                let served = browser.page(path);
                let is_same = served.as_ref() == written.get(path);
                (!is_same).then(|| {
                    format!(
                        "{path} differs: {:?}",
                        served.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                    )
                })
            });
        }
    }
    if found.len() < 50 {
        eventually(what, || {
            let shown = problems(browser);
            (shown != found).then(|| format!("shown {shown:#?}\nbut a build finds {found:#?}"))
        });
    }
    written.is_some()
}

#[test]
fn every_page_is_the_one_of_a_clean_build() {
    edit_and_compare(&varied_site(), 4, N_EDITS);
}

#[test]
fn every_page_is_the_one_of_a_clean_build_after_other_edits() {
    edit_and_compare(&varied_site(), 5, N_EDITS);
}

#[test]
fn every_page_of_a_large_site_is_the_one_of_a_clean_build() {
    let mut site = varied_site();
    for n in 0..N_MORE {
        let notice = format!("---\ntitle: 旧通报{n}\nunit: 甲局\ndate: 2024-08-28\n---\n现予以公布。\n");
        site = site.with(&format!("content/old-{n}/notice.md"), notice);
        site = site.with(&format!("content/old-{n}/list.csv"), "甲,乙\n");
        site = site.with(&format!("content/old-{n}/01.md"), section(1, "已经改进。"));
    }
    edit_and_compare(&site, 6, N_EDITS_OF_LARGE);
}

/// Edits a site at random, and holds every page of its preview to the one of a clean build after each edit.
fn edit_and_compare(site: &TestSite, seed: u64, n_edits: u32) {
    let n_edits: usize = trials(n_edits);
    let original: BTreeMap<String, Vec<u8>> = crate::site::tree(&site.path(""));
    let mut browser = Browser::new(&start(site, false));
    let mut known = BTreeSet::new();
    assert!(follow(site, &mut browser, &mut known, "the start"));
    let mut random = Random::new(seed);
    let (mut n_sound, mut is_sound) = (0, true);
    for n in 0..n_edits {
        let what = if is_sound || random.below(2) == 0 {
            edit(site, &mut random, n)
        } else {
            mend(site, &original);
            format!("mending, edit {n}")
        };
        is_sound = follow(site, &mut browser, &mut known, &what);
        n_sound += usize::from(is_sound);
    }
    // Mended sites are the ones that are compared byte for byte; a test of broken ones only would show little.
    if n_edits >= 16 {
        assert!(n_sound > n_edits / 4 && n_sound < n_edits, "{n_sound} of {n_edits} were without errors");
    }
}

/// A byte order mark takes no column, whoever tells the place.
#[test]
fn panel_start_page_and_console_tell_the_same_place() {
    let site = TestSite::small();
    let places = ["content/contact.md:1:1", "site.yaml:1:1", "themes/x/templates/home.html:1:5"];
    site.write("site.yaml", "\u{feff}titel: 示例\ntheme: x\n");
    site.write("content/contact.md", "\u{feff}——\ntitle: 甲\n---\n乙\n");
    site.write("themes/x/templates/home.html", "\u{feff}甲{{ 乙 }}");
    let mut browser = Browser::new(&start(&site, false));
    let console = std::process::Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["build", "--lang", "en", "--root"])
        .arg(site.path(""))
        .output()
        .unwrap();
    let console = String::from_utf8(console.stderr).unwrap();
    for place in places {
        assert!(console.contains(&format!("--> {place}\n")), "{place}:\n{console}");
        eventually("the start", || {
            let panel = problems(&mut browser);
            let start_page = String::from_utf8(browser.get("__gongkai/").body).unwrap();
            let is_told = panel.iter().any(|problem| problem.ends_with(&format!(" {place}")));
            (!is_told || !start_page.contains(place)).then(|| format!("{place}: {panel:#?}\n{start_page}"))
        });
    }
    assert!(!console.contains("U+FEFF"), "{console}");
}

#[test]
fn strangers_get_nothing() {
    let site = varied_site();
    site.write("secret.txt", "not for the public");
    let mut browser = Browser::new(&start(&site, false));
    let own = browser.host.clone();
    assert_eq!(browser.get("n0/").status, 200);
    // A page on the web that has its name lead to this machine asks under that name.
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "192.0.2.7"] {
        let answer = browser.ask("GET", "n0/", host);
        assert!(
            answer.status == 403 && !answer.body.windows(6).any(|bytes| bytes == "通报".as_bytes()),
            "{host}"
        );
    }
    // A page on the web may run any script that it can name, and the search index is made of scripts.
    for (site, mode, status) in [
        ("cross-site", "no-cors", 403),
        ("same-site", "no-cors", 403),
        ("cross-site", "navigate", 200),
        ("same-origin", "no-cors", 200),
        ("none", "navigate", 200),
    ] {
        let headers = format!("Host: {own}\r\nSec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\n");
        let answer = browser.ask_with("GET", "search/index.js", &headers);
        assert_eq!(answer.status, status, "{site}, {mode}");
        assert!(
            status == 403 || answer.head.contains("cross-origin-resource-policy: same-origin"),
            "{}",
            answer.head
        );
    }
    for method in ["DELETE", "OPTIONS", "PUT"] {
        assert_eq!(browser.ask(method, "n0/", &own).status, 405, "{method}");
    }
    for path in [
        "../secret.txt",
        "n0/../../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "n0/..%5c..%5csecret.txt",
    ] {
        assert_eq!(browser.get(path).status, 404, "{path}");
    }
    // Sources are no part of the site, though they lie in the same folder as what is.
    for path in ["site.yaml", "content/n0/01.md", "n0/01.md", "n0/notice.md", "/etc/passwd"] {
        assert_eq!(browser.get(path).status, 404, "{path}");
    }
}

#[test]
fn requests_are_answered_as_a_web_server_does() {
    let site = varied_site();
    let mut browser = Browser::new(&start(&site, false));
    let own = browser.host.clone();
    for (path, location) in [("n0", "/n0/"), ("__proof/n1", "/__proof/n1/"), ("__gongkai", "/__gongkai/")] {
        let answer = browser.get(path);
        assert_eq!(answer.status, 301, "{path}");
        assert!(answer.head.contains(&format!("location: {location}\r\n")), "{path}: {}", answer.head);
    }
    let (whole, head) = (browser.get("n0/list.csv"), browser.ask("HEAD", "n0/list.csv", &own));
    assert_eq!((head.status, head.head.replace("date:", "")), (200, whole.head.replace("date:", "")));
    assert!(
        whole.head.contains("content-type: text/csv")
            && whole.head.contains("x-content-type-options: nosniff")
    );
    assert!(browser.get("").head.contains("content-security-policy: default-src 'none'; script-src 'self'"));
    assert_eq!(browser.get("nowhere/at/all.html").status, 404);
}

#[test]
#[cfg(unix)]
fn an_interrupt_ends_it_cleanly() {
    use std::process::{Command, Stdio};

    let site = varied_site();
    let mut preview = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["preview", "--lang", "en", "--port", "0", "--root"])
        .arg(site.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let before = crate::site::tree(&site.path(""));
    let mut said = BufReader::new(preview.stdout.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("Preview at ").to_owned();
    // A browser that listens for events keeps its connection open; it must not keep the preview.
    let mut browser = Browser::new(&address);
    let host = browser.host.clone();
    let request = format!("GET /__gongkai/events?page=/ HTTP/1.1\r\nHost: {host}\r\n\r\n");
    browser.connection.get_mut().write_all(request.as_bytes()).unwrap();
    line.clear();
    browser.connection.read_line(&mut line).unwrap();
    assert!(line.contains("200"), "{line}");

    assert!(Command::new("kill").args(["-INT", &preview.id().to_string()]).status().unwrap().success());
    let (sender, receiver) = channel();
    let waiting = std::thread::spawn(move || sender.send(preview.wait_with_output().unwrap()));
    let output = receiver.recv_timeout(PATIENCE).unwrap();
    let _ = waiting.join();
    assert!(output.status.success(), "{output:?}");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panick"), "{output:?}");
    assert_eq!(crate::site::tree(&site.path("")), before, "nothing is left behind");
}
