//! The site as it would be published, in a browser on the editor's desk, following every save.
//!
//! Start with [`run`]. There is no second way from sources to pages: the room `live` holds the site as its sources are, and each
//! answer is rendered from it by the function that `build` uses, when a browser asks. So what is seen is what is published.
//!
//! Three threads share a `State`: one replaces the site after a save and tells browsers, one looks at all pages for what is
//! wrong (both in `follow`), one answers requests (`server`). Nothing here writes to the disk.

mod answer;
mod body;
mod client;
mod connections;
mod follow;
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
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;

use anyhow::bail;

use self::follow::Heard;
use self::state::State;
use crate::build;
use crate::content::Drafts;
use crate::diagnostic::{Diagnostic, Explain, Language, Message};
use crate::disk::{self, Sources};
use crate::live::schedule::Watching;
use crate::live::snapshot::{Origin, Snapshot};
use crate::live::watch::Watch;

/// Where the preview is found if nobody says otherwise.
pub const DEFAULT_PORT: u16 = 4000;

/// How many ports behind the default one are tried before any that is free.
const MORE_PORTS: u16 = 20;

/// Draws a code frame for a page: plain text, without the message and the help.
pub type Draw = fn(&Diagnostic, &Sources, Language) -> String;

/// What to show, and where.
#[derive(Debug, Clone)]
pub struct PreviewOptions {
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
pub fn run(options: PreviewOptions, tell: impl Fn(News<'_>) + Send + Sync + 'static) -> anyhow::Result<()> {
    build::check_root(&options.root)?;
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
    let watching = if options.poll { Watching::Polling } else { Watching::Told };
    let (sender, heard) = channel();
    let forward = {
        let sender = sender.clone();
        move |path| drop(sender.send(Heard::Path(path))) // Nobody listens while the preview ends.
    };
    let (watch, reason) = Watch::new(&root, watching, forward);
    let origin = Origin { root, base_url: options.base_url.clone(), drafts: options.drafts };
    let snapshot = Snapshot::open(&origin)?;
    let state = Arc::new(State::new(options, origin, snapshot));
    if let Some(reason) = &reason {
        tell(News::Polling(reason));
    }
    let end = sender.clone();
    std::thread::spawn({
        let (state, tell) = (state.clone(), tell.clone());
        move || follow::follow(&state, watch, sender, &heard, &*tell)
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
    let _ = end.send(Heard::Ended);
    runtime.shutdown_background();
    served
}

/// Takes a port, and returns the address for a browser.
fn listen(options: &PreviewOptions) -> anyhow::Result<(TcpListener, String)> {
    let PreviewOptions { host, port, .. } = options;
    // `[::1]` as in an address is taken like `::1`.
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let ports: Vec<u16> = match port {
        Some(port) => vec![*port],
        None => (DEFAULT_PORT..=DEFAULT_PORT + MORE_PORTS).chain([0]).collect(),
    };
    let mut last = None;
    for port in ports {
        let addresses = (host, port).to_socket_addrs().explain(|| {
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
    let [english, chinese] = last.map_or_else(Default::default, |error| {
        let reason = Message::of_system(&error);
        let [english, chinese] = reason.both();
        [format!(" ({english})"), format!("：{chinese}")]
    });
    let port = port.unwrap_or(DEFAULT_PORT);
    bail!(Message::new(
        format!("nobody can listen at `{host}`, port {port}{english}; choose another `--port`"),
        format!("无法在 `{host}` 的 {port} 端口监听{chinese}；请用 `--port` 换一个端口"),
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
    // Without a list of its addresses the preview can still be used on this machine.
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
