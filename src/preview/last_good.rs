//! Pages as they last were when nothing was wrong with them, so that a slip of the pen does not take the page away.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// The most that is kept, in bytes. Only pages that somebody opened are kept at all.
const LARGEST: usize = 64 << 20;

/// The style sheets of a theme: name → path.
pub(super) type Styles = Arc<BTreeMap<String, String>>;

/// Sound pages by their paths, the oldest are dropped first.
#[derive(Debug, Default)]
pub(super) struct LastGood {
    pages: BTreeMap<String, (Arc<[u8]>, Styles)>,
    order: VecDeque<String>,
    n_bytes: usize,
}

impl LastGood {
    /// Keeps a page that was made with these style sheets.
    pub(super) fn keep(&mut self, path: &str, bytes: &[u8], styles: Styles) {
        self.n_bytes += bytes.len();
        match self.pages.insert(path.to_owned(), (bytes.into(), styles)) {
            Some((old, _)) => self.n_bytes -= old.len(),
            None => self.order.push_back(path.to_owned()),
        }
        while self.n_bytes > LARGEST
            && let Some(oldest) = self.order.pop_front()
        {
            let gone = self.pages.remove(&oldest).map_or(0, |(page, _)| page.len());
            self.n_bytes -= gone;
        }
    }

    /// Returns a page as it last was, with the style sheets that there are now.
    pub(super) fn get(&self, path: &str, styles: &BTreeMap<String, String>) -> Option<Vec<u8>> {
        let (bytes, old) = self.pages.get(path)?;
        if **old == *styles {
            return Some(bytes.to_vec());
        }
        let mut text = String::from_utf8_lossy(bytes).into_owned();
        for (name, old) in &**old {
            if let Some(new) = styles.get(name) {
                text = text.replace(old, new);
            }
        }
        Some(text.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(path: &str) -> Styles {
        Arc::new(BTreeMap::from([("style.css".to_owned(), path.to_owned())]))
    }

    #[test]
    fn the_latest_version_is_kept() {
        let mut kept = LastGood::default();
        kept.keep("a.html", b"one", styles("a.css"));
        kept.keep("a.html", b"other", styles("a.css"));
        assert_eq!(kept.get("a.html", &styles("a.css")).as_deref(), Some(b"other".as_slice()));
        assert_eq!(kept.get("b.html", &styles("a.css")), None);
        assert_eq!((kept.n_bytes, kept.order.len()), (5, 1));
    }

    #[test]
    fn a_kept_page_has_the_style_of_today() {
        let mut kept = LastGood::default();
        kept.keep("a.html", b"<link href=a.css>", styles("a.css"));
        assert_eq!(kept.get("a.html", &styles("b.css")).as_deref(), Some(b"<link href=b.css>".as_slice()));
    }

    #[test]
    fn what_was_kept_first_goes_first() {
        let mut kept = LastGood::default();
        let third = vec![b'x'; LARGEST / 3 + 1];
        for path in ["a", "b", "c"] {
            kept.keep(path, &third, Styles::default());
        }
        let is_kept = ["a", "b", "c"].map(|path| kept.get(path, &Styles::default()).is_some());
        assert_eq!(is_kept, [false, true, true]);
        assert!(kept.n_bytes <= LARGEST);
    }
}
