//! HTTP: requests → [`State::reply`], and the stream of events to the script in each page.
//!
//! One thread waits for all connections; what is asked for is made on others. Only hosts that cannot be somebody else's are
//! answered: a page on the web must not read a draft through a name that leads to this machine (DNS rebinding).

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutStream;

use super::body::{AnswerBody, FileStream, Payload};
use super::connections::{Connections, Guest};
use super::range::{self, Wanted};
use super::state::{Reply, ReplyBody, State};
use crate::disk::Stretch;

/// The address of the stream of events.
const EVENTS: &str = "/__gongkai/events";

/// Keeps what is sent from pages of other sites, in browsers that do not say who asks.
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// How long nobody is let in after that failed.
const PAUSE: Duration = Duration::from_millis(50);

/// The most that is kept of what has been read from a file and not been sent, and of what a request says in front.
const BUFFER: usize = 64 * 1024;

type HttpAnswer = Response<Payload>;

/// What a connection may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How many connections are kept over which nothing is on its way.
    pub(super) most_idle: usize,
    /// How long one may take until it has asked for something, from the beginning or since the last answer.
    pub(super) idle: Duration,
    /// How long nothing may be taken of an answer.
    pub(super) stalled: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { most_idle: 64, idle: Duration::from_secs(20), stalled: Duration::from_secs(30) }
    }
}

/// Answers requests until the process is told to end (Ctrl-C). Fails if the system does not tell.
pub(super) async fn serve(listener: TcpListener, state: Arc<State>, limits: Limits) -> io::Result<()> {
    let end = tokio::signal::ctrl_c();
    tokio::pin!(end);
    let connections = Connections::new(limits.most_idle);
    loop {
        let connection = tokio::select! {
            connection = listener.accept() => connection,
            ended = &mut end => return ended,
        };
        let Ok((stream, _)) = connection else {
            // Whoever left before being let in needs no answer; where there are too many, some have to leave.
            connections.make_room();
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        tokio::spawn(attend(stream, state.clone(), connections.enter(), limits));
    }
}

/// Answers what is asked over one connection until it ends, or has to.
async fn attend(stream: TcpStream, state: Arc<State>, guest: Guest, limits: Limits) {
    let _ = stream.set_nodelay(true); // Only a matter of speed.
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.stalled));
    let service = hyper::service::service_fn(|request| {
        let (busy, state) = (guest.busy(), state.clone());
        async move {
            let answer = answer(request, state).await;
            Ok::<_, Infallible>(answer.map(|payload| AnswerBody { payload, _busy: busy }))
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.idle)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    tokio::select! {
        ended = connection => drop(ended), // A browser that hangs up is no error.
        () = guest.told_to_leave() => {}
    }
}

async fn answer(request: Request<Incoming>, state: Arc<State>) -> HttpAnswer {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !is_own_host(host, &state.options.host) {
        return plain(StatusCode::FORBIDDEN, foreign_host(host));
    }
    if is_of_another_site(request.headers()) {
        return plain(StatusCode::FORBIDDEN, "only pages of the preview itself may load from it");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "the preview takes nothing in");
    }
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str()).to_owned();
    if request.uri().path() == EVENTS {
        return events(&target, state).await;
    }
    // Nothing here has a mark by which it is known again, so a part is never one of what `If-Range` means.
    let has_part = *request.method() == Method::GET && !request.headers().contains_key(header::IF_RANGE);
    let range = request.headers().get(header::RANGE).filter(|_| has_part).cloned();
    let form_action = state.snapshot().site.config.feedback_action.clone();
    let made = tokio::task::spawn_blocking(move || state.reply(&target)).await;
    match made {
        Ok(reply) => response(reply, range.as_ref(), form_action.as_deref()),
        // A fault of ours; it has been printed.
        Err(_) => {
            plain(StatusCode::INTERNAL_SERVER_ERROR, "gongkai failed to make this page; see the terminal")
        }
    }
}

async fn events(target: &str, state: Arc<State>) -> HttpAnswer {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let page = query.split('&').find_map(|field| field.strip_prefix("page=")).unwrap_or("/");
    let page = crate::text::address::percent_decoded(page);
    match tokio::task::spawn_blocking(move || state.connect(&page)).await {
        Ok(receiver) => {
            let mut response = Response::new(Payload::Events(receiver));
            response
                .headers_mut()
                .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "gongkai failed; see the terminal"),
    }
}

fn response(reply: Reply, range: Option<&HeaderValue>, form_action: Option<&str>) -> HttpAnswer {
    let Reply { status, media_type, body, location } = reply;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let is_file = matches!(body, ReplyBody::File(_));
    let (status, content, content_range) = match body {
        ReplyBody::Bytes(bytes) => (status, Payload::bytes(bytes), None),
        ReplyBody::File(file) => stretch_of(file, range),
    };
    let mut response = Response::new(content);
    *response.status_mut() = status;
    let policy = content_security_policy(form_action);
    let fields = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
        (header::CONTENT_SECURITY_POLICY, &policy),
        (header::LOCATION, location.as_deref().unwrap_or_default()),
        (header::ACCEPT_RANGES, if is_file { "bytes" } else { "" }),
        (header::CONTENT_RANGE, content_range.as_deref().unwrap_or_default()),
    ];
    for (name, value) in fields {
        // An address that cannot stand in a header leads nowhere.
        if let Some(value) = HeaderValue::from_str(value).ok().filter(|value| !value.is_empty()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Leaves of a file the stretch that was asked for, and says which one it is.
fn stretch_of(mut file: Stretch, range: Option<&HeaderValue>) -> (StatusCode, Payload, Option<String>) {
    let size = file.len();
    match range::wanted(range.and_then(|range| range.to_str().ok()), size) {
        Wanted::Whole => (StatusCode::OK, Payload::File(FileStream::new(file)), None),
        Wanted::Stretch(range) => {
            let told = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            file.narrow(&range);
            (StatusCode::PARTIAL_CONTENT, Payload::File(FileStream::new(file)), Some(told))
        }
        Wanted::Beyond => {
            (StatusCode::RANGE_NOT_SATISFIABLE, Payload::bytes(""), Some(format!("bytes */{size}")))
        }
    }
}

/// The policy that a published site should be served with, too (<https://www.w3.org/TR/CSP3/>).
fn content_security_policy(form_action: Option<&str>) -> String {
    let form_action = form_action
        .filter(|action| crate::text::address::is_web_address(action) && !action.contains([';', ',']));
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; \
         connect-src 'self'; form-action 'self' {}; base-uri 'self'; frame-ancestors 'none'",
        form_action.unwrap_or_default()
    )
}

fn plain(status: StatusCode, text: impl Into<Bytes>) -> HttpAnswer {
    let mut response = Response::new(Payload::bytes(text));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

/// Tells whether a page of another site asks, and not a reader who follows a link.
///
/// A script of the search index says what a draft says, and any page on the web may run scripts from anywhere. Browsers
/// tell who asks (Fetch Metadata, <https://www.w3.org/TR/fetch-metadata/>), old ones and those on other machines do not:
/// there it is left to `Cross-Origin-Resource-Policy`.
fn is_of_another_site(headers: &header::HeaderMap) -> bool {
    let says = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    says("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"))
        && says("sec-fetch-mode") != Some("navigate")
}

/// Tells a person who typed a name what to do. Other pages cannot read it, and it says nothing about the site.
fn foreign_host(host: &str) -> String {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    let name = if is_name { name } else { "NAME" };
    format!(
        "This preview does not answer to this name, since another site could have taken it.\n\
         Type the number that the terminal shows, http://192.168.…/, or start it with: gongkai preview --host {name}\n\n\
         预览只接受本机的数字地址（任何网站都可能冒用名称）。\n\
         请输入终端显示的地址（http://192.168.…/），或这样启动：gongkai preview --host {name}\n"
    )
}

/// Tells whether a `Host` names the machine in a way that nobody else can give to it.
///
/// A number is an address and no name, so nobody can point it elsewhere; where only this machine may look, only its own
/// numbers count.
fn is_own_host(host: &str, bound: &str) -> bool {
    let name = host.parse::<SocketAddr>().map_or_else(
        |_| match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.contains(':') => {
                name.to_owned()
            }
            _ => host.trim_start_matches('[').trim_end_matches(']').to_owned(),
        },
        |address| address.ip().to_string(),
    );
    let bound = bound.trim_start_matches('[').trim_end_matches(']');
    if name.eq_ignore_ascii_case("localhost") || name.eq_ignore_ascii_case(bound) {
        return true;
    }
    let Ok(address) = name.parse::<IpAddr>() else { return false };
    let is_bound_to_this_machine =
        bound == "localhost" || bound.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    address.is_loopback() || !is_bound_to_this_machine
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(host: &str, bound: &str, expected: bool) {
        assert_eq!(is_own_host(host, bound), expected, "{host} on {bound}");
    }

    #[test]
    fn only_own_hosts_are_answered() {
        for host in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST", "[::1]:4000", "127.0.0.1", "[::1]"] {
            check(host, "127.0.0.1", true);
            check(host, "0.0.0.0", true);
        }
        for host in [
            "evil.example:4000",
            "127.0.0.1.evil.example",
            "",
            "localhost.evil.example:4000",
            "192.168.1.5:4000",
        ] {
            check(host, "127.0.0.1", false);
        }
        check("192.168.1.5:4000", "0.0.0.0", true);
        check("192.168.1.5:4000", "192.168.1.5", true);
        check("evil.example", "0.0.0.0", false);
        check("editors-pc:4000", "editors-pc", true);
        check("editors-pc:4000", "0.0.0.0", false);
        check("[::1]:4000", "[::1]", true);
        check("192.168.1.5:4000", "[::1]", false);
        check("192.168.1.5:4000", "[::]", true);
    }

    #[test]
    fn forms_may_go_where_the_settings_say() {
        assert!(
            content_security_policy(Some("https://a.gov.cn/f"))
                .contains("form-action 'self' https://a.gov.cn/f;")
        );
        assert!(!content_security_policy(Some("https://a.gov.cn/;script-src")).contains("a.gov.cn"));
        assert!(content_security_policy(None).contains("form-action 'self' ;"));
    }
}
