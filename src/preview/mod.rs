//! The site as it would be published, in a browser on the editor's desk, following every save.
//!
//! Start with [`run`]. There is no second way from sources to pages: `snapshot` holds the site as its sources are, and each
//! answer is rendered from it by the function that `build` uses, when a browser asks. So a save costs the same in a site of
//! any size, and what is seen is what is published.
//!
//! Three threads share a `State`: one waits for changes and replaces the snapshot (`watch`), one looks at all pages for
//! what is wrong (`checker`), one answers browsers (`server`) and tells them of changes (`hub`).
//! Nothing here writes to the disk, but for the probe of `watch`.

mod answer;
mod body;
mod client;
mod connections;
mod hub;
mod last_good;
mod message;
mod pages;
mod places;
mod problems;
mod proof;
mod range;
mod relations;
mod server;
#[cfg(test)]
mod server_tests;
mod start;
mod state;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use anyhow::{Context, bail};

use self::problems::Problems;
use self::state::State;
use crate::content::Drafts;
use crate::diagnostic::{Diagnostic, Language, Message};
use crate::disk::{self, Sources};
use crate::live::checker::{Checker, MOST_UNREPORTED, Progress};
use crate::live::snapshot::{Changes, Origin, Snapshot};
use crate::live::watch::Watch;

/// Where the preview is found if nobody says otherwise.
pub const DEFAULT_PORT: u16 = 4000;

/// How many ports behind the default one are tried before any that is free.
const MORE_PORTS: u16 = 20;

/// How long it must be quiet before browsers are told: files that are saved together change a page once.
const SETTLED: Duration = Duration::from_millis(25);

/// How many changes may follow each other without quiet until they are told and looked at all the same.
const MOST_UNTOLD: usize = 40;

/// After how many more it goes on with that, if they came in between.
const UNTOLD_AGAIN: usize = 10;

/// How long it must be quiet until pages are looked at for what is wrong: the page that a browser asks for after a save comes first.
const AFTER_PAGES: Duration = Duration::from_millis(30);

/// How much longer for each notice until the pages about the whole site are looked at, and what else is not known: in a site of
/// thousands that takes so long that it would meet the next save.
const PER_NOTICE: Duration = Duration::from_micros(70);

/// How long the preview waits after a fault of its own.
const RETRY: Duration = Duration::from_secs(1);

/// How long what is wrong must stay the same until the terminal tells: it keeps every word.
const TOLD_AFTER: Duration = Duration::from_millis(300);

/// How many saves it must outlast to be told where they do not leave that much time.
const MOST_SAME: usize = 4;

/// Draws a code frame for a page: plain text, without the message and the help.
pub type Draw = fn(&Diagnostic, &Sources, Language) -> String;

/// What to show, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder with `site.yaml`.
    pub root: PathBuf,
    /// The address of the published site; wins over the one in `site.yaml`.
    pub base_url: Option<String>,
    /// The name or number under which this machine listens.
    pub host: String,
    /// Whether notices that say `draft: true` are shown like all others.
    pub drafts: Drafts,
    /// The port; `None` for the default one or, if that is taken, another.
    pub port: Option<u16>,
    /// Whether all files are looked at every now and then, instead of waiting for the system to tell.
    pub poll: bool,
    /// The address that opens a place in the editor, with `{path}`, `{line}` and `{column}`.
    pub editor: Option<String>,
    /// The language of messages in the pages.
    pub language: Language,
    /// Draws code frames for the pages.
    pub draw: Draw,
}

/// What the person at the terminal is told.
#[derive(Debug)]
pub enum News<'a> {
    /// Browsers can come.
    Ready {
        /// The address for a browser on this machine.
        address: &'a str,
        /// The addresses for a phone on the same network; `None` if only this machine may look.
        on_network: Option<&'a [String]>,
    },
    /// Changes are found by looking at all files; with the reason, if nobody asked for it.
    Polling(&'a Message),
    /// This is all that is wrong now, and it is not what it was.
    Problems(&'a [Diagnostic], &'a Sources),
    /// The preview itself failed at something and goes on with what it had.
    Failed(&'a anyhow::Error),
}

/// Serves the preview until the process is told to end.
///
/// Fails if there is no such folder, the base URL is no address, or nobody can listen at host and port.
pub fn run(options: Options, tell: impl Fn(News<'_>) + Send + Sync + 'static) -> anyhow::Result<()> {
    if !options.root.is_dir() {
        let root = options.root.display();
        bail!(Message::new(format!("there is no folder `{root}`"), format!("没有文件夹 `{root}`")));
    }
    if let Some(editor) = options.editor.as_deref().filter(|editor| !editor.contains("{path}")) {
        bail!(Message::new(
            format!(
                "`--editor {editor}` does not say where the file goes; write for example `vscode://file/{{path}}:{{line}}:{{column}}`"
            ),
            format!(
                "`--editor {editor}` 没有写明文件放在哪里；请写成例如 `vscode://file/{{path}}:{{line}}:{{column}}`"
            ),
        ));
    }
    let (listener, address) = listen(&options)?;
    let on_network = addresses_on_network(&listener)?;
    let tell: Arc<dyn Fn(News<'_>) + Send + Sync> = Arc::new(tell);
    let root = disk::resolve(&options.root)?;
    // It watches before anything is read, so that no change falls in between.
    let (watch, reason) = Watch::new(&root, options.poll);
    let origin = Origin { root, base_url: options.base_url.clone(), drafts: options.drafts };
    let snapshot = Snapshot::open(&origin)?;
    let state = Arc::new(State::new(options, origin, snapshot));
    if let Some(reason) = &reason {
        tell(News::Polling(reason));
    }
    let (wake, woken) = channel();
    // What is seen first is wanted at once, so the checker begins now.
    let _ = wake.send(());
    std::thread::spawn({
        let (state, tell) = (state.clone(), tell.clone());
        move || follow(&state, watch, &wake, &*tell)
    });
    std::thread::spawn({
        let (state, tell) = (state.clone(), tell.clone());
        move || keep_checking(&state, &woken, &*tell)
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        tell(News::Ready { address: &address, on_network: on_network.as_deref() });
        server::serve(listener, state, server::Limits::default()).await?;
        Ok(())
    });
    // Nobody waits for pages that are still being made.
    runtime.shutdown_background();
    served
}

/// Takes a port, and returns the address for a browser.
fn listen(options: &Options) -> anyhow::Result<(TcpListener, String)> {
    let Options { host, port, .. } = options;
    // `[::1]` as in an address is taken like `::1`.
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let ports: Vec<u16> = match port {
        Some(port) => vec![*port],
        None => (DEFAULT_PORT..=DEFAULT_PORT + MORE_PORTS).chain([0]).collect(),
    };
    let mut last = None;
    for port in ports {
        let addresses = (host, port).to_socket_addrs().with_context(|| {
            Message::new(
                format!("`--host {host}` is no address of this machine"),
                format!("`--host {host}` 不是本机地址"),
            )
        })?;
        match TcpListener::bind(&*addresses.collect::<Vec<_>>()) {
            Ok(listener) => {
                let bound = listener.local_addr()?;
                let ip = if bound.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { bound.ip() };
                return Ok((listener, address_of(ip, bound.port())));
            }
            Err(error) => last = Some(error),
        }
    }
    let error = last.map_or_else(String::new, |error| format!(" ({error})"));
    let port = port.unwrap_or(DEFAULT_PORT);
    bail!(Message::new(
        format!("nobody can listen at `{host}`, port {port}{error}; choose another `--port`"),
        format!("无法在 `{host}` 的 {port} 端口监听{error}；请用 `--port` 换一个端口"),
    ));
}

fn address_of(ip: IpAddr, port: u16) -> String {
    // A socket's address has the brackets of IPv6.
    format!("http://{}/", SocketAddr::new(ip, port))
}

/// Returns the addresses that a phone on the same network can type, IPv4 first; `None` if only this
/// machine may look.
fn addresses_on_network(listener: &TcpListener) -> anyhow::Result<Option<Vec<String>>> {
    let bound = listener.local_addr()?;
    if bound.ip().is_loopback() {
        return Ok(None);
    }
    if !bound.ip().is_unspecified() {
        return Ok(Some(vec![address_of(bound.ip(), bound.port())]));
    }
    // A machine that cannot say how it is connected is still a machine that can be looked at.
    let mut ips: Vec<IpAddr> =
        if_addrs::get_if_addrs().unwrap_or_default().iter().map(if_addrs::Interface::ip).collect();
    // Link-local numbers of IPv6 need the name of a network card, which no browser takes.
    ips.retain(|ip| match ip {
        IpAddr::V4(ip) => !ip.is_loopback() && !ip.is_link_local(),
        IpAddr::V6(ip) => bound.is_ipv6() && !ip.is_loopback() && !ip.is_unicast_link_local(),
    });
    ips.sort_unstable();
    ips.dedup();
    Ok(Some(ips.into_iter().map(|ip| address_of(ip, bound.port())).collect()))
}

/// Replaces the snapshot whenever files change, and tells the browsers when it is quiet again.
fn follow(state: &State, mut watch: Watch, wake: &Sender<()>, tell: &dyn Fn(News<'_>)) {
    // How many changes the browsers have not been told of, and what has to be looked at once more.
    let mut n_untold = 0;
    let mut again = Changes::default();
    loop {
        let changes = watch.wait(if n_untold > 0 { SETTLED } else { Duration::MAX });
        if let Some(reason) = watch.take_lost() {
            tell(News::Polling(&reason));
        }
        if n_untold > MOST_UNTOLD || (n_untold > 0 && changes.is_none()) {
            n_untold = 0;
            // A fault in one page must not end the preview; it has been printed.
            let _ = catch_unwind(AssertUnwindSafe(|| state.update_pages(|_| true)));
        }
        let snapshot = state.snapshot();
        let mut changes = changes.unwrap_or_else(|| snapshot.unread());
        changes.extend(std::mem::take(&mut again));
        if changes == Changes::default() {
            continue;
        }
        match catch_unwind(AssertUnwindSafe(|| snapshot.after(&changes, &state.origin))) {
            Ok(Ok(Some(snapshot))) => {
                state.set_snapshot(snapshot);
                n_untold += 1;
                let _ = wake.send(()); // The checker ends only with the process.
            }
            Ok(Ok(None)) => {}
            Ok(Err(error)) => tell(News::Failed(&error)),
            // A fault of ours, which has been printed; what was missed is read with the next change.
            Err(_) => {
                again = Changes::all();
                std::thread::sleep(RETRY);
            }
        }
    }
}

/// Looks at everything that is not known yet whenever there is a new snapshot.
fn keep_checking(state: &State, woken: &Receiver<()>, tell: &dyn Fn(News<'_>)) {
    let mut checker = Checker::default();
    let mut told: Vec<Diagnostic> = Vec::new();
    // How many snapshots have come since the last one of which everything was known.
    let mut n_unseen = 0;
    // How many times in a row the same list has been found that has not been told.
    let mut n_same = 0;
    let mut last = state.problems();
    let mut is_woken = false;
    while is_woken || woken.recv().is_ok() {
        is_woken = false;
        n_unseen += 1;
        while woken.recv_timeout(AFTER_PAGES).is_ok() {
            n_unseen += 1;
            if n_unseen > MOST_UNTOLD {
                break;
            }
        }
        // Saves without end must not keep it from ever being through.
        let is_pressed = n_unseen > MOST_UNTOLD;
        let snapshot = state.snapshot();
        let n_notices = snapshot.site.notices.len();
        let is_overtaken = || !Arc::ptr_eq(&state.snapshot(), &snapshot);
        let first = guarded(|| {
            let progress = checker.look_at_notices(&snapshot, &state.viewed_notices(), is_overtaken);
            if n_notices > MOST_UNREPORTED && progress == Progress::Finished {
                publish(state, &snapshot, &mut checker);
            }
            progress
        });
        if n_notices > MOST_UNREPORTED && !is_pressed {
            let quiet = PER_NOTICE * u32::try_from(n_notices).unwrap_or(u32::MAX);
            is_woken = woken.recv_timeout(quiet).is_ok();
        }
        if is_woken || first == Progress::Overtaken {
            continue;
        }
        let rest = guarded(|| {
            let progress = checker.look_at_rest(&snapshot, is_overtaken, is_pressed);
            if progress == Progress::Finished {
                publish(state, &snapshot, &mut checker);
            }
            progress
        });
        if rest == Progress::Overtaken {
            if is_pressed {
                n_unseen = MOST_UNTOLD - UNTOLD_AGAIN;
            }
            continue;
        }
        n_unseen = 0;
        let problems = state.problems();
        n_same = if problems.list == last.list { n_same + 1 } else { 0 };
        last = problems;
        // It keeps every word, so it is told what stays: for a while, or, while saves go on, from one save to the next.
        match woken.recv_timeout(TOLD_AFTER) {
            Ok(()) => is_woken = true,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => n_same = MOST_SAME,
        }
        if n_same >= MOST_SAME && last.list != told {
            tell(News::Problems(&last.list, &last.sources));
            told.clone_from(&last.list);
        }
    }
}

/// Looks at pages; a fault of ours, which has been printed, leaves the rest for the next snapshot.
fn guarded(look: impl FnOnce() -> Progress) -> Progress {
    catch_unwind(AssertUnwindSafe(look)).unwrap_or(Progress::Overtaken)
}

/// Tells the browsers what is wrong, as far as it is known.
fn publish(state: &State, snapshot: &Snapshot, checker: &mut Checker) {
    let Options { language, draw, .. } = state.options;
    let list = checker.problems(snapshot);
    if list.is_empty() && checker.is_in_doubt() {
        return;
    }
    state.set_problems(Problems::new(list, snapshot, !checker.knows_all(), language, draw));
}
