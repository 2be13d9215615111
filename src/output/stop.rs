//! How a build is told to end: by a flag that it looks at between two files.
//!
//! Nothing here knows of signals: whoever catches them ([`Stop::request`], [`Stop::may_end_at_once`]) sets the flag.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A request that a build ends early, shared by its clones.
#[derive(Debug, Clone)]
pub struct Stop {
    request: Arc<AtomicUsize>,
    may_end_at_once: Arc<AtomicBool>,
}

impl Default for Stop {
    fn default() -> Self {
        Self { request: Arc::default(), may_end_at_once: Arc::new(AtomicBool::new(true)) }
    }
}

/// The error of a build that was told to end: its staged files are removed, and the old site is unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the build was told to end")
    }
}

impl std::error::Error for Stopped {}

impl Stop {
    /// The number of the signal that asks for the end; 0 for none.
    pub fn request(&self) -> &Arc<AtomicUsize> {
        &self.request
    }

    /// Whether the process may end this very moment, because nothing has been written that would have to be removed.
    pub fn may_end_at_once(&self) -> &Arc<AtomicBool> {
        &self.may_end_at_once
    }

    /// Fails with [`Stopped`] if the build is to end.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        if self.request.load(Ordering::SeqCst) == 0 { Ok(()) } else { Err(Stopped.into()) }
    }

    /// Says that from now on there is something to tidy up.
    pub(super) fn hold(&self) {
        self.may_end_at_once.store(false, Ordering::SeqCst);
    }
}
