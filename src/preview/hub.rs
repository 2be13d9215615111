//! The open pages: which browser shows what, and who has to be told of a change.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::last_good::Styles;
use crate::theme::Theme;

/// One version of a page, as far as a browser has to know it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Version {
    bytes: u64,
    /// The same with the style sheets under names that do not change with their content.
    without_styles: u64,
    styles: Styles,
}

impl Version {
    /// Recognizes `bytes`, made with `theme`.
    pub(super) fn of(bytes: &[u8], theme: &Theme) -> Self {
        let styles = styles_of(theme);
        let mut neutral = String::from_utf8_lossy(bytes).into_owned();
        for (name, path) in &*styles {
            neutral = neutral.replace(path, name);
        }
        Self { bytes: hash(bytes), without_styles: hash(neutral.as_bytes()), styles }
    }

    /// Returns what turns a browser that shows this version into one that shows `new`.
    fn step_to(&self, new: &Self) -> Option<Event> {
        if self.bytes == new.bytes {
            return None;
        }
        if self.without_styles != new.without_styles {
            return Some(Event::Page);
        }
        let changed = self.styles.iter().filter_map(|(name, old)| {
            let new = new.styles.get(name).filter(|new| *new != old)?;
            Some((old.clone(), new.clone()))
        });
        Some(Event::Styles(changed.collect()))
    }
}

/// Lists the style sheets of a theme with their published paths.
pub(super) fn styles_of(theme: &Theme) -> Styles {
    let sheets = theme
        .assets()
        .iter()
        .filter(|(name, _)| name.rsplit_once('.').is_some_and(|(_, ending)| ending == "css"));
    Arc::new(sheets.map(|(name, asset)| (name.clone(), asset.path.clone())).collect())
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// What the script in a page is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// Who is speaking, as JSON; first on each connection.
    Hello(String),
    /// The page has changed.
    Page,
    /// Only style sheets have: old path → new path.
    Styles(BTreeMap<String, String>),
    /// What is wrong with the site, as JSON.
    Problems(String),
}

impl Event {
    /// Writes it as a server-sent event (HTML standard, 9.2).
    pub(super) fn to_message(&self) -> String {
        let (name, data) = match self {
            Self::Hello(json) => ("hello", json.clone()),
            Self::Page => ("page", "{}".to_owned()),
            Self::Styles(changed) => ("assets", serde_json::to_string(changed).expect("texts become JSON")),
            Self::Problems(json) => ("problems", json.clone()),
        };
        // JSON on one line has no line breaks, which would end the data.
        format!("event: {name}\ndata: {data}\n\n")
    }
}

/// A browser that shows a page.
#[derive(Debug)]
struct Client {
    path: String,
    shown: Version,
    /// Whether it has left, or so many events wait for it that it has to connect again.
    is_gone: bool,
    sender: Sender<Event>,
}

/// All browsers.
#[derive(Debug, Default)]
pub(super) struct Hub {
    clients: Vec<Client>,
    /// Pages as they were last served, for browsers that are about to connect.
    served: BTreeMap<String, Version>,
}

/// The most events that wait for a browser. One that is asleep is left; when it wakes, it connects again and is told everything.
const MOST_WAITING: usize = 16;

/// The most pages that are remembered for browsers which have not connected yet.
const MOST_SERVED: usize = 1000;

impl Hub {
    /// Remembers what a page looked like when it was served.
    pub(super) fn serve(&mut self, path: &str, version: Version) {
        if self.served.len() >= MOST_SERVED {
            self.served.clear(); // Whoever has been served and not connected by now has no script.
        }
        self.served.insert(path.to_owned(), version);
    }

    /// Takes in a browser that shows `path`; `now` is what the page is like by now.
    pub(super) fn connect(&mut self, path: String, now: Version, first: Vec<Event>) -> Receiver<Event> {
        let (sender, receiver) = channel(MOST_WAITING);
        let shown = self.served.get(&path).cloned().unwrap_or_else(|| now.clone());
        let missed = shown.step_to(&now);
        for event in first.into_iter().chain(missed) {
            // The receiver is right here, and empty.
            let _ = sender.try_send(event);
        }
        self.clients.push(Client { path, shown: now, is_gone: false, sender });
        receiver
    }

    /// Lists the paths of pages that are shown somewhere, each once.
    pub(super) fn shown(&mut self) -> Vec<String> {
        self.clients.retain(|client| !client.is_gone && !client.sender.is_closed());
        let mut paths: Vec<String> = self.clients.iter().map(|client| client.path.clone()).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// Tells those who show `path` what it is like now.
    pub(super) fn update(&mut self, path: &str, now: &Version) {
        for client in self.clients.iter_mut().filter(|client| client.path == path) {
            if let Some(event) = client.shown.step_to(now) {
                client.shown = now.clone();
                client.is_gone = client.sender.try_send(event).is_err();
            }
        }
    }

    /// Tells everybody.
    pub(super) fn broadcast(&mut self, event: &Event) {
        self.clients.retain(|client| client.sender.try_send(event.clone()).is_ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(bytes: &str, style: &str) -> Version {
        let styles = BTreeMap::from([("style.css".to_owned(), style.to_owned())]);
        Version {
            bytes: hash(bytes.as_bytes()),
            without_styles: hash(bytes.replace(style, "style.css").as_bytes()),
            styles: Arc::new(styles),
        }
    }

    #[test]
    fn a_page_is_reloaded_only_if_it_changed() {
        let old = version("<link href=a.css>甲", "a.css");
        assert_eq!(old.step_to(&old), None);
        assert_eq!(old.step_to(&version("<link href=a.css>乙", "a.css")), Some(Event::Page));
        assert_eq!(old.step_to(&version("<link href=b.css>乙", "b.css")), Some(Event::Page));
        let styles = BTreeMap::from([("a.css".to_owned(), "b.css".to_owned())]);
        assert_eq!(old.step_to(&version("<link href=b.css>甲", "b.css")), Some(Event::Styles(styles)));
    }

    #[test]
    fn only_those_who_show_a_page_are_told() {
        let mut hub = Hub::default();
        let (old, new) = (version("甲", "a.css"), version("乙", "a.css"));
        let mut one = hub.connect("1.html".to_owned(), old.clone(), vec![Event::Hello("{}".to_owned())]);
        let mut other = hub.connect("2.html".to_owned(), old.clone(), Vec::new());
        assert_eq!(hub.shown(), ["1.html", "2.html"]);
        hub.update("1.html", &new);
        hub.update("1.html", &new);
        assert_eq!(one.try_recv(), Ok(Event::Hello("{}".to_owned())));
        assert_eq!(one.try_recv(), Ok(Event::Page));
        assert!(one.try_recv().is_err() && other.try_recv().is_err());
        drop(one);
        assert_eq!(hub.shown(), ["2.html"]);
    }

    #[test]
    fn a_change_between_page_and_connection_is_not_missed() {
        let mut hub = Hub::default();
        hub.serve("1.html", version("甲", "a.css"));
        let mut late = hub.connect("1.html".to_owned(), version("乙", "a.css"), Vec::new());
        assert_eq!(late.try_recv(), Ok(Event::Page));
    }

    #[test]
    fn messages() {
        assert_eq!(Event::Page.to_message(), "event: page\ndata: {}\n\n");
        assert_eq!(
            Event::Problems("{\"a\":1}".to_owned()).to_message(),
            "event: problems\ndata: {\"a\":1}\n\n"
        );
    }
}
