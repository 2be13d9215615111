//! How long a save takes to be seen: from the write of a file until a server hands out the changed page.
//!
//! A browser asks for a page over and over through one connection while a file that the page is made from is saved. The same
//! is done with `hugo server`, if there is a Hugo. `README.md` in the folder above tells how to read what it prints.

#![expect(clippy::disallowed_methods, reason = "a benchmark prepares folders and looks at the clock")]
#![expect(clippy::print_stdout, reason = "the table is what a benchmark is for")]

#[path = "../large_site/notice.rs"]
mod notice;
#[path = "../large_site/numbers.rs"]
mod numbers;
#[path = "../large_site/site.rs"]
mod site;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::site::Hugo;

/// How long a change may take before the benchmark gives up.
const PATIENCE: Duration = Duration::from_mins(5);

/// The port that Hugo gets.
const HUGO_PORT: u16 = 14_017;

/// What to do, from the command line.
struct Options {
    folder: PathBuf,
    notices: Vec<usize>,
    n_rounds: usize,
}

fn main() {
    let options = Options::read(std::env::args().skip(1));
    println!(
        "milliseconds from a save to the changed page, over {} saves: median, 95th percentile, longest\n",
        options.n_rounds
    );
    let hugo = Hugo::find();
    match &hugo {
        Some(hugo) => println!("{}\n", hugo.version),
        None => println!("no `hugo` in PATH: gongkai is measured alone\n"),
    }
    for n_notices in &options.notices {
        let folder = &options.folder;
        std::fs::remove_dir_all(folder).ok(); // Mostly there is none.
        let notices = site::notices(*n_notices, 1);
        let n_items: usize = notices.iter().map(|notice| notice.sections.len() - 2).sum();
        let id = &notices[notices.len() / 2].id;
        site::write_for_gongkai(&notices, &folder.join("gongkai"));
        println!("{n_items} items in {n_notices} notices");
        run_gongkai(&folder.join("gongkai"), id, options.n_rounds);
        if let Some(hugo) = &hugo {
            site::write_for_hugo(&notices, &folder.join("hugo"));
            run_hugo(hugo, &folder.join("hugo"), id, options.n_rounds.min(20));
        }
    }
    std::fs::remove_dir_all(&options.folder).ok(); // It should not stay in memory.
}

fn run_gongkai(root: &Path, id: &str, n_rounds: usize) {
    let base = root.join("themes/default/templates/base.html");
    let template = include_str!("../../themes/default/templates/base.html");
    write(&base, template);
    let start = Instant::now();
    let server = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["preview", "--lang", "en", "--port", "0", "--root"])
        .arg(root)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut server = Server(server.expect("gongkai was built"));
    let mut lines = BufReader::new(server.0.stdout.take().expect("it is piped")).lines();
    let line = lines.next().expect("the address is printed").expect("it is text");
    let host = line.rsplit("http://").next().expect("an address").trim_end_matches('/').to_owned();
    let mut browser = Browser::new(&host);
    browser.get(&format!("/{id}/12.html"));
    println!(
        "  gongkai: first page after {:.2} s, {} MB by then",
        start.elapsed().as_secs_f64(),
        server.peak_memory() / 1024
    );
    while !browser.get("/__gongkai/problems.json").contains("\"checking\":false") {
        assert!(start.elapsed() < PATIENCE, "the look at all pages does not end");
        std::thread::sleep(Duration::from_millis(50));
    }
    println!("  gongkai: all pages looked at after {:.2} s", start.elapsed().as_secs_f64());
    let section = root.join("content").join(id).join("12.md");
    let text = read(&section);
    let (page, whole) = (format!("/{id}/12.html"), format!("/{id}/index.html"));
    measure("a section, its page", n_rounds, &mut browser, &page, |n| change(&section, &text, n));
    measure("a section, the whole notice", n_rounds, &mut browser, &whole, |n| change(&section, &text, n));
    measure("the base template", n_rounds, &mut browser, &page, |n| {
        let sign = format!("{n}-{n}");
        write(&base, &template.replace("<main", &format!("<p data-generated>{sign}</p><main")));
        sign
    });
    // Everything is looked at in the background by then or not; its memory counts.
    std::thread::sleep(Duration::from_millis(500));
    println!("  gongkai: peak memory {} MB", server.peak_memory() / 1024);
}

fn run_hugo(hugo: &Hugo, root: &Path, id: &str, n_rounds: usize) {
    let start = Instant::now();
    let server = Command::new(&hugo.program)
        .args([
            "server",
            "--quiet",
            "--renderToMemory",
            "--bind",
            "127.0.0.1",
            "--port",
            &HUGO_PORT.to_string(),
            "--source",
        ])
        .arg(root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let server = Server(server.expect("Hugo answered before"));
    let host = format!("127.0.0.1:{HUGO_PORT}");
    let page = format!("/{id}/12.html");
    while TcpStream::connect(&host).is_err() {
        assert!(start.elapsed() < PATIENCE, "Hugo does not serve");
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut browser = Browser::new(&host);
    assert!(browser.get(&page).contains("<html"), "Hugo has no {page}");
    println!(
        "  hugo: first page after {:.2} s, {} MB by then",
        start.elapsed().as_secs_f64(),
        server.peak_memory() / 1024
    );
    let section = root.join("content").join(id).join("12.md");
    let text = read(&section);
    measure("a section, its page", n_rounds, &mut browser, &page, |n| change(&section, &text, n));
    let base = root.join("layouts/_default/baseof.html");
    let template = read(&base);
    measure("the base template", n_rounds.min(5), &mut browser, &page, |n| {
        let sign = format!("{n}-{n}");
        write(&base, &template.replace("<main", &format!("<p>{sign}</p><main")));
        sign
    });
    println!("  hugo: peak memory {} MB", server.peak_memory() / 1024);
}

/// Adds a sentence to a section; returns words that only the changed page has.
fn change(section: &Path, text: &str, n: usize) -> String {
    let sentence = format!("第{n}-{n}次核对。");
    write(section, &format!("{}{sentence}\n", text.trim_end()));
    sentence
}

/// Saves again and again, and prints how long the page took to follow.
fn measure(
    what: &str,
    n_rounds: usize,
    browser: &mut Browser,
    page: &str,
    mut save: impl FnMut(usize) -> String,
) {
    let mut times: Vec<Duration> = Vec::new();
    for n in 0..=n_rounds {
        // Editors do not save in the rhythm of anything.
        std::thread::sleep(Duration::from_millis(150 + 7 * (n as u64 % 13)));
        let start = Instant::now();
        let sign = save(n);
        while !browser.get(page).contains(&sign) {
            assert!(start.elapsed() < PATIENCE, "{page} does not follow");
        }
        if n > 0 {
            times.push(start.elapsed()); // The first one only warms up.
        }
    }
    times.sort();
    let at = |percent: usize| {
        let micros = times[(times.len() * percent / 100).min(times.len() - 1)].as_micros();
        format!("{}.{}", micros / 1000, micros % 1000 / 100)
    };
    println!("  {what:<30} {:>8} {:>8} {:>8}", at(50), at(95), at(100));
}

/// A server that ends with the value.
struct Server(Child);

impl Server {
    /// Returns the most memory that it had, in KB, as the system counts it; 0 where it does not tell.
    fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().ok(); // It may have ended by itself.
        self.0.wait().ok();
    }
}

/// One connection that is kept open.
struct Browser {
    connection: BufReader<TcpStream>,
    host: String,
}

impl Browser {
    fn new(host: &str) -> Self {
        let stream = TcpStream::connect(host).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout can be set");
        Self { connection: BufReader::new(stream), host: host.to_owned() }
    }

    /// Returns the body of a page; empty if the server hung up, after which there is a new connection.
    fn get(&mut self, path: &str) -> String {
        self.try_get(path).unwrap_or_else(|| {
            *self = Self::new(&self.host.clone());
            String::new()
        })
    }

    fn try_get(&mut self, path: &str) -> Option<String> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        self.connection.get_mut().write_all(request.as_bytes()).ok()?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.connection.read_line(&mut head).ok()? == 0 {
                return None;
            }
        }
        let head = head.to_ascii_lowercase();
        let mut body = Vec::new();
        if let Some(length) = head.split("content-length: ").nth(1) {
            body.resize(length.lines().next()?.trim().parse().ok()?, 0);
            self.connection.read_exact(&mut body).ok()?;
        } else {
            // Chunks: a length in hexadecimal on a line, then as many bytes and a line end; the last one is empty.
            loop {
                let mut line = String::new();
                self.connection.read_line(&mut line).ok()?;
                let length = usize::from_str_radix(line.trim(), 16).ok()?;
                let mut chunk = vec![0; length + 2];
                self.connection.read_exact(&mut chunk).ok()?;
                body.extend_from_slice(&chunk[..length]);
                if length == 0 {
                    break;
                }
            }
        }
        Some(String::from_utf8_lossy(&body).into_owned())
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a joined path has a parent"))
        .and_then(|()| std::fs::write(path, text))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Self {
        let shared_memory = Path::new("/dev/shm");
        let base = if shared_memory.is_dir() { shared_memory.to_owned() } else { std::env::temp_dir() };
        let mut options =
            Self { folder: base.join("gongkai-preview"), notices: vec![1, 400, 4000], n_rounds: 100 };
        while let Some(argument) = arguments.next() {
            let value = || -> String { panic!("`{argument}` wants a value") };
            match argument.as_str() {
                "--folder" => options.folder = arguments.next().unwrap_or_else(value).into(),
                "--rounds" => {
                    options.n_rounds = arguments.next().unwrap_or_else(value).parse().expect("a number");
                }
                "--notices" => {
                    let list = arguments.next().unwrap_or_else(value);
                    options.notices = list.split(',').map(|n| n.parse().expect("numbers, 1,400")).collect();
                }
                "--bench" => {} // What cargo says of itself.
                _ => panic!("there is no option `{argument}`; see benches/README.md"),
            }
        }
        options
    }
}
