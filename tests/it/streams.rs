//! The preview hands attachments of any size over in pieces, and goes on answering whoever else keeps a connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::site::TestSite;

/// How long the test waits for what must come.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the preview may have in memory, in kB, while it hands out a file of many times that size.
const MOST_MEMORY: u64 = 60_000;

/// A preview in a process of its own, which ends with the value.
struct Preview {
    process: Child,
    host: String,
}

impl Preview {
    /// Starts one; `files` is how many files and connections it may have open, if not as many as the system lets it.
    fn start(site: &TestSite, files: Option<u32>) -> Self {
        let mut command = match files {
            Some(files) => {
                let mut shell = Command::new("sh");
                shell.args(["-c", &format!("ulimit -n {files}; exec \"$0\" \"$@\"")]);
                shell.arg(env!("CARGO_BIN_EXE_gongkai"));
                shell
            }
            None => Command::new(env!("CARGO_BIN_EXE_gongkai")),
        };
        command.args(["preview", "--lang=en", "--port=0", "--root"]).arg(site.path(""));
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let host = line.trim().trim_start_matches("Preview at http://").trim_end_matches('/').to_owned();
        Self { process, host }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends a request and returns the connection with the head of the answer, in lower case.
    fn ask(&self, method: &str, path: &str, headers: &str) -> (BufReader<TcpStream>, String) {
        let mut stream = self.connect();
        let request = format!("{method} /{path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.host);
        stream.write_all(request.as_bytes()).unwrap();
        let mut stream = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(stream.read_line(&mut head).unwrap(), 0, "the server hung up after {head:?}");
        }
        (stream, head.to_ascii_lowercase())
    }

    /// Asks, and reads the answer to its end.
    fn get(&self, path: &str, headers: &str) -> (String, Vec<u8>) {
        let (stream, head) = self.ask("GET", path, headers);
        let mut body = Vec::new();
        stream.take(length(&head)).read_to_end(&mut body).unwrap();
        (head, body)
    }

    /// How much memory it has, in kB; `None` where the system does not tell.
    fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn length(head: &str) -> u64 {
    let value = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    value.unwrap_or_else(|| panic!("no length: {head}")).parse().unwrap()
}

/// A site with an attachment of these bytes.
fn site_with(name: &str, bytes: &[u8]) -> TestSite {
    let site = TestSite::small().with(&format!("content/n/{name}"), bytes);
    site.write("content/n/01.md", site.text("content/n/01.md") + &format!("\n见[附件]({name})。\n"));
    site
}

#[test]
fn ranges_are_answered_as_a_web_server_does() {
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| b"0123456789abcdef"[n as usize * 7 % 16]).collect();
    let site = site_with("list.txt", &bytes);
    let preview = Preview::start(&site, None);
    let check = |headers: &str, status: &str, range: Option<&str>, body: &[u8]| {
        let (head, got) = preview.get("n/list.txt", headers);
        assert!(head.starts_with(&format!("http/1.1 {status}")), "{headers}: {head}");
        let told = head.lines().find_map(|line| line.strip_prefix("content-range: "));
        assert_eq!(told, range, "{headers}");
        assert!(got == body, "{headers}: {} bytes", got.len());
        assert!(head.contains("accept-ranges: bytes"), "{head}");
    };
    check("", "200", None, &bytes);
    check("Range: bytes=0-0\r\n", "206", Some("bytes 0-0/200000"), &bytes[..1]);
    check("Range: bytes=65535-65536\r\n", "206", Some("bytes 65535-65536/200000"), &bytes[65_535..65_537]);
    check("Range: bytes=100000-\r\n", "206", Some("bytes 100000-199999/200000"), &bytes[100_000..]);
    check("Range: bytes=-70000\r\n", "206", Some("bytes 130000-199999/200000"), &bytes[130_000..]);
    check("Range: bytes=199999-999999\r\n", "206", Some("bytes 199999-199999/200000"), &bytes[199_999..]);
    check("Range: bytes=200000-\r\n", "416", Some("bytes */200000"), b"");
    check("Range: bytes=-0\r\n", "416", Some("bytes */200000"), b"");
    check("Range: bytes=0-1,5-6\r\n", "200", None, &bytes);
    check("Range: lines=0-1\r\n", "200", None, &bytes);
    check("Range: bytes=5-1\r\n", "200", None, &bytes);
    check("Range: bytes=0-0\r\nIf-Range: \"mark\"\r\n", "200", None, &bytes);

    for headers in ["", "Range: bytes=0-9\r\n"] {
        let (mut stream, head) = preview.ask("HEAD", "n/list.txt", headers);
        assert!(head.starts_with("http/1.1 200") && length(&head) == 200_000, "{head}");
        // The connection is good for the next request: no byte of a body was sent.
        let request =
            format!("GET /n/list.txt HTTP/1.1\r\nHost: {}\r\nRange: bytes=1-2\r\n\r\n", preview.host);
        stream.get_mut().write_all(request.as_bytes()).unwrap();
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        assert!(line.starts_with("HTTP/1.1 206"), "{line}");
    }
    // Pages are made when they are asked for, and are not handed out in parts.
    let (head, _) = preview.get("n/", "Range: bytes=0-0\r\n");
    assert!(head.starts_with("http/1.1 200") && !head.contains("accept-ranges"), "{head}");
}

#[test]
fn an_empty_attachment_and_one_that_is_gone() {
    let site = site_with("list.txt", b"");
    let preview = Preview::start(&site, None);
    assert_eq!(length(&preview.get("n/list.txt", "").0), 0);
    assert!(preview.get("n/list.txt", "Range: bytes=0-\r\n").0.starts_with("http/1.1 416"));
    assert!(preview.get("n/list.txt", "Range: bytes=-5\r\n").0.starts_with("http/1.1 200"));
    assert!(preview.get("n/other.txt", "").0.starts_with("http/1.1 404"));
}

#[test]
fn a_large_attachment_costs_no_memory() {
    const SIZE: u64 = 400 << 20;
    let site = site_with("a.pdf", b"%PDF-1.7\n");
    std::fs::File::options().write(true).open(site.path("content/n/a.pdf")).unwrap().set_len(SIZE).unwrap();
    let preview = Preview::start(&site, None);
    let check = |what: &str| {
        if let Some(memory) = preview.memory() {
            assert!(memory < MOST_MEMORY, "{what}: {memory} kB");
        }
    };
    check("the start");
    let mut open = Vec::new();
    for n in 0..4 {
        let (mut stream, head) = preview.ask("GET", "n/a.pdf", "");
        assert_eq!(length(&head), SIZE);
        stream.read_exact(&mut vec![0; 1 << 20]).unwrap();
        open.push(stream);
        check(&format!("{n} that take no more"));
    }
    assert_eq!(length(&preview.ask("HEAD", "n/a.pdf", "").1), SIZE);
    let (mut stream, head) = preview.ask("GET", "n/a.pdf", "Range: bytes=-5\r\n");
    assert!(head.contains(&format!("content-range: bytes {}-{}/{SIZE}", SIZE - 5, SIZE - 1)), "{head}");
    stream.read_exact(&mut [0; 5]).unwrap();
    // The address of a page that shows it is the one of the attachment itself, where the script would ask for events.
    drop(preview.ask("GET", "__gongkai/events?page=/n/a.pdf", ""));
    let (stream, _) = preview.ask("GET", "n/a.pdf", "");
    assert_eq!(std::io::copy(&mut stream.take(SIZE), &mut std::io::sink()).unwrap(), SIZE);
    check("all of it");
}

/// Opens a hundred connections over which nothing comes, to a preview that may have no more than `files` open; an open page
/// must still be told of a change if `is_followed`.
#[cfg(unix)]
#[track_caller]
fn check_answers(files: u32, is_followed: bool, first: &str) {
    let site = TestSite::small();
    let preview = Preview::start(&site, Some(files));
    drop(preview.get("n/01.html", ""));
    let (mut page, head) = preview.ask("GET", "__gongkai/events?page=/n/01.html", "");
    assert!(head.starts_with("http/1.1 200"), "{head}");
    let idle: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = preview.connect();
            // Those that have been sent away cannot be written to any more.
            let _ = stream.write_all(first.as_bytes());
            stream
        })
        .collect();
    let (head, _) = preview.get("n/", "");
    assert!(head.starts_with("http/1.1 200"), "{head}");
    let told = |page: &mut BufReader<TcpStream>, event: &str| {
        let mut line = String::new();
        while line.trim_end() != event {
            line.clear();
            assert_ne!(page.read_line(&mut line).unwrap(), 0, "the open page has been left before `{event}`");
        }
    };
    told(&mut page, "event: hello");
    if is_followed {
        let text = site.text("content/n/01.md").replace("已经改进", "已有改进");
        site.write("content/n/01.md", text);
        told(&mut page, "event: page");
    }
    drop(idle);
}

#[cfg(unix)]
#[test]
fn a_hundred_idle_connections_keep_nobody_out() {
    check_answers(100, true, "");
    check_answers(100, true, "GET / HTTP/1.1\r\nHost: ");
    check_answers(48, false, "");
    check_answers(48, false, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
}
