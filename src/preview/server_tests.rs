//! Connections that are of no use to anybody are left; those of open pages are not.

#![expect(clippy::disallowed_methods, reason = "tests prepare folders themselves")]

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use super::PreviewOptions;
use super::server::{Limits, serve};
use super::state::State;
use crate::content::Drafts;
use crate::diagnostic::Language;
use crate::live::snapshot::{Origin, Snapshot};

/// How long the test waits for what must come.
const PATIENCE: Duration = Duration::from_mins(1);

/// Serves a site with a large attachment within narrow limits, until the tests end.
fn serve_within(limits: Limits) -> (tempfile::TempDir, SocketAddr) {
    let root = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = root.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("site.yaml", "title: 示例\n");
    write("content/n/notice.md", "---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\n---\n见[附件](a.pdf)。\n");
    write("content/n/a.pdf", "%PDF-1.7\n");
    let large = std::fs::File::options().write(true).open(root.path().join("content/n/a.pdf")).unwrap();
    large.set_len(64 << 20).unwrap();
    let options = PreviewOptions {
        root: root.path().to_owned(),
        base_url: None,
        host: "127.0.0.1".to_owned(),
        drafts: Drafts::LeftOut,
        port: Some(0),
        poll: true,
        editor: None,
        language: Language::English,
        draw: |_, _, _| String::new(),
    };
    let resolved = root.path().canonicalize().unwrap();
    let origin = Origin { root: resolved, base_url: None, drafts: Drafts::LeftOut };
    let snapshot = Snapshot::open(&origin).unwrap();
    let state = Arc::new(State::new(options, origin, snapshot));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            listener.set_nonblocking(true).unwrap();
            serve(tokio::net::TcpListener::from_std(listener).unwrap(), state, limits).await.unwrap();
        });
    });
    (root, address)
}

fn connect(address: SocketAddr, first: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(first.as_bytes()).unwrap();
    stream
}

/// Reads to the end of the connection.
#[track_caller]
fn ends(stream: &mut TcpStream, what: &str) -> String {
    let mut all = Vec::new();
    match stream.read_to_end(&mut all) {
        Ok(_) => {}
        // Some systems tell so that not all was read that had been sent.
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("{what}: {error}"),
    }
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn what_is_of_no_use_is_left_and_open_pages_are_not() {
    let limits =
        Limits { most_idle: 64, idle: Duration::from_millis(100), stalled: Duration::from_millis(300) };
    let (_root, address) = serve_within(limits);
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let mut page = connect(address, &get("/__gongkai/events?page=/"));
    ends(&mut connect(address, ""), "nothing is asked");
    ends(&mut connect(address, "GET / HTTP/1.1\r\nHost: local"), "half a request");
    let answered = ends(&mut connect(address, &get("/n/")), "nothing more is asked");
    assert!(answered.starts_with("HTTP/1.1 200"), "{answered}");
    let body = "GET /n/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nslow";
    let answered = ends(&mut connect(address, body), "a body that does not come");
    assert!(answered.starts_with("HTTP/1.1 200"), "{answered}");
    let body = "POST /n/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    let answered = ends(&mut connect(address, body), "another one");
    assert!(answered.starts_with("HTTP/1.1 405"), "{answered}");

    // Asks for much and takes nothing: it is noticed by what is written, since reading would take it.
    let mut stalled = connect(address, &get("/n/a.pdf"));
    let tries = PATIENCE.as_millis() / 20;
    let is_left = (0..tries).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        stalled.write_all(b"x").is_err()
    });
    assert!(is_left, "whoever takes nothing is left");

    // By now the open page has been quiet for longer than all of them.
    page.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    let mut buffer = [0; 4096];
    let end = loop {
        match page.read(&mut buffer) {
            Ok(0) => break None,
            Ok(_) => {}
            Err(error) => break Some(error.kind()),
        }
    };
    assert!(matches!(end, Some(ErrorKind::WouldBlock | ErrorKind::TimedOut)), "{end:?}");
}

#[test]
fn the_longest_idle_makes_room() {
    let limits = Limits { most_idle: 3, idle: PATIENCE * 10, stalled: PATIENCE };
    let (_root, address) = serve_within(limits);
    let mut page = connect(address, "GET /__gongkai/events?page=/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let mut line = [0; 12];
    page.read_exact(&mut line).unwrap();
    let mut idle: Vec<TcpStream> = (0..10).map(|_| connect(address, "")).collect();
    for stream in idle.iter_mut().take(7) {
        ends(stream, "one that has been idle for longer than three others");
    }
    let request = "GET /n/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    for stream in idle.iter_mut().skip(7) {
        stream.write_all(request.as_bytes()).unwrap();
        assert!(ends(stream, "one of the last three").starts_with("HTTP/1.1 200"));
    }
    page.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    assert!(
        std::iter::from_fn(|| page.read(&mut [0; 4096]).ok()).all(|size| size > 0),
        "the open page stays"
    );
}
