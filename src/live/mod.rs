//! The site as it is on the editor's desk, kept up to date with every save.
//!
//! `snapshot` holds the site as its sources are at one moment and makes the next one from what was saved; `entries` keeps the
//! entries of `content/` that both share. `watch` tells what was saved, `checker` looks at all pages for what is wrong.
//! `schedule` says when to do any of it; the loops that obey it are in `preview`.
//! Nothing here knows of browsers, HTTP or pages of the preview's own; nothing writes to the disk, but for the probe of `watch`.

pub(crate) mod checker;
pub(crate) mod entries;
pub(crate) mod schedule;
pub(crate) mod snapshot;
pub(crate) mod watch;
