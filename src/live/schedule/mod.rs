//! When to read, look and tell: what happened and the time go in, what to do and when to ask again come out.
//!
//! Start with [`Schedule::due`]. There is no clock, thread or channel in here: whoever follows the schedule hands in the time
//! that has passed since it began, so every rule below is held by a row of a table in the tests.
//! A save is read almost at once; everything else waits until it is quiet, each for its own while, though never for ever:
//! first browsers are told, then pages are looked at for what is wrong, first those that are open, and last the terminal
//! is told, which keeps every word.

use std::time::Duration;

use super::checker::{MOST_UNREPORTED, WhenOvertaken};

/// How long something waits until it is quiet, and for how long at most while it is not.
struct Patience {
    quiet: Duration,
    longest: Duration,
}

const fn patience(quiet: u64, longest: u64) -> Patience {
    Patience { quiet: Duration::from_millis(quiet), longest: Duration::from_millis(longest) }
}

/// Until files are read: an editor writes a file in several steps.
const READ: Patience = patience(2, 40);

/// The same where files have to be looked at to know.
const READ_POLLED: Patience = patience(50, 1000);

/// Until browsers are told: files that are saved together change a page once.
const TELL_BROWSERS: Patience = patience(25, 500);

/// Until pages are looked at: the page that a browser asks for after a save comes first.
const LOOK: Patience = patience(30, 1000);

/// Until the terminal is told: what is wrong must stay the same from one look at everything to the next.
const TELL_TERMINAL: Patience = patience(300, 2000);

/// How much longer for each notice until the pages about the whole site are looked at, and what else is not known: in a site of
/// thousands that takes so long that it would meet the next save.
const REST_PER_NOTICE: Duration = Duration::from_micros(70);

/// How long looks at everything may be overtaken by saves until one is finished all the same.
const LONGEST_OVERTAKEN: Duration = Duration::from_secs(4);

/// How often folders are looked for that were not there, and files that could not be read are tried again.
const LOOK_AROUND: Duration = Duration::from_millis(500);

/// How often all files are looked at where the system does not tell. A look at 100,000 files takes a quarter of a second.
const POLL: Duration = Duration::from_millis(400);

/// How long nothing is read after a fault of our own.
const AFTER_FAULT: Duration = Duration::from_secs(1);

/// How changes become known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watching {
    /// The system tells of them.
    Told,
    /// All files are looked at every now and then.
    Polling,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// Something on the disk may not be as it was.
    Changed,
    /// The system no longer tells of changes.
    WatchLost,
    /// [`Action::Read`] is done.
    Read(Reading),
    /// A look at pages is done.
    Looked(Look),
    /// The preview ends.
    Ended,
}

/// What came of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// The site is another one, with so many notices.
    New { n_notices: usize },
    /// The site is as it was, or cannot be read now.
    AsBefore,
    /// A fault of our own; what was to be read is still to be read.
    Fault,
}

/// What came of a look at pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// The open and the changed pages have been seen.
    OpenPages,
    /// Everything has been seen.
    All(Findings),
    /// It ended before its time: the site is another one by now, or a fault of our own came in between.
    Overtaken,
}

/// What a look at everything found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Findings {
    /// The same problems as the look at everything before.
    AsBefore,
    /// Others.
    Others,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Look whether folders have come or gone and, where the system does not tell, whether files have changed.
    LookAround,
    /// Read what has changed.
    Read,
    /// Tell browsers whose pages have changed.
    TellBrowsers,
    /// Look at the pages that are open or have changed.
    LookAtOpenPages,
    /// Look at all pages that are not known, of the same site.
    LookAtRest(WhenOvertaken),
    /// Tell the terminal what the last look at everything found.
    TellTerminal,
}

/// Things of one kind that have happened and wait to be dealt with together.
#[derive(Debug, Clone, Copy)]
struct Burst {
    first: Duration,
    last: Duration,
}

impl Burst {
    fn add(burst: &mut Option<Self>, now: Duration) {
        burst.get_or_insert(Self { first: now, last: now }).last = now;
    }

    /// Returns when it may be dealt with if nothing more happens.
    fn end(self, patience: &Patience) -> Duration {
        (self.last + patience.quiet).min(self.latest_end(patience))
    }

    /// Returns when it is dealt with whatever happens.
    fn latest_end(self, patience: &Patience) -> Duration {
        self.first + patience.longest
    }
}

/// How far looks at pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looking {
    /// Nothing is looked at.
    Resting,
    /// Pages are being looked at.
    Busy,
    /// The open pages have been seen; the rest follows at this time.
    RestAt(Duration, WhenOvertaken),
}

/// When to do what.
#[derive(Debug)]
pub(crate) struct Schedule {
    watching: Watching,
    n_notices: usize,
    look_around_at: Duration,
    /// Changes that have not been read.
    unread: Option<Burst>,
    /// Nothing is read before this time.
    read_from: Duration,
    /// Snapshots that browsers have not been told of.
    untold: Option<Burst>,
    /// Snapshots whose pages have not been looked at.
    unseen: Option<Burst>,
    looking: Looking,
    /// Since when no look at everything has been finished, though there have been several snapshots.
    overtaken_since: Option<Duration>,
    /// Since when each look at everything has found the same, if the terminal has not been told.
    found_since: Option<Duration>,
    tell_terminal_at: Option<Duration>,
    has_ended: bool,
}

impl Schedule {
    /// Begins at the time 0 with a snapshot of `n_notices` that nobody has looked at.
    pub(crate) fn new(watching: Watching, n_notices: usize) -> Self {
        let begin = Duration::ZERO;
        Self {
            watching,
            n_notices,
            look_around_at: begin + watching.interval(),
            unread: None,
            read_from: begin,
            untold: None,
            unseen: Some(Burst { first: begin, last: begin }),
            looking: Looking::Resting,
            overtaken_since: None,
            found_since: None,
            tell_terminal_at: None,
            has_ended: false,
        }
    }

    /// Takes in what happened.
    pub(crate) fn hear(&mut self, event: Event, now: Duration) {
        match event {
            Event::Changed => {
                Burst::add(&mut self.unread, now);
                if self.watching == Watching::Polling {
                    // It is quiet if the next look finds nothing.
                    self.look_around_at = now + READ_POLLED.quiet;
                }
            }
            Event::WatchLost => {
                self.watching = Watching::Polling;
                self.hear(Event::Changed, now);
            }
            Event::Read(reading) => self.hear_of_reading(reading, now),
            Event::Looked(look) => self.hear_of_look(look, now),
            Event::Ended => self.has_ended = true,
        }
    }

    fn hear_of_reading(&mut self, reading: Reading, now: Duration) {
        match reading {
            Reading::New { n_notices } => {
                self.n_notices = n_notices;
                if self.unseen.is_some() || self.looking != Looking::Resting {
                    self.overtaken_since.get_or_insert(now);
                }
                if matches!(self.looking, Looking::RestAt(..)) {
                    self.looking = Looking::Resting;
                }
                Burst::add(&mut self.untold, now);
                Burst::add(&mut self.unseen, now);
                // What was found may not be wrong any more.
                self.tell_terminal_at = None;
            }
            Reading::AsBefore => {
                if let Some(untold) = &mut self.untold {
                    untold.last = now;
                }
            }
            Reading::Fault => {
                Burst::add(&mut self.unread, now);
                self.read_from = now + AFTER_FAULT;
            }
        }
    }

    fn hear_of_look(&mut self, look: Look, now: Duration) {
        let is_pressed = self.overtaken_since.is_some_and(|since| since + LONGEST_OVERTAKEN <= now);
        self.looking = Looking::Resting;
        match look {
            Look::OpenPages if is_pressed => self.looking = Looking::RestAt(now, WhenOvertaken::GoOn),
            Look::OpenPages if self.n_notices <= MOST_UNREPORTED => {
                self.looking = Looking::RestAt(now, WhenOvertaken::Stop);
            }
            Look::OpenPages if self.unseen.is_none() => {
                let quiet = REST_PER_NOTICE * u32::try_from(self.n_notices).unwrap_or(u32::MAX);
                self.looking = Looking::RestAt(now + quiet, WhenOvertaken::Stop);
            }
            Look::OpenPages | Look::Overtaken => {}
            Look::All(findings) => {
                self.overtaken_since = None;
                if findings == Findings::Others {
                    self.found_since = Some(now);
                }
                self.tell_terminal_at = self
                    .found_since
                    .map(|since| (now + TELL_TERMINAL.quiet).min((since + TELL_TERMINAL.longest).max(now)));
            }
        }
    }

    /// Returns the next thing to do if its time has come. To be asked until there is none.
    pub(crate) fn due(&mut self, now: Duration) -> Option<Action> {
        let (_, action) = self.next().filter(|(at, _)| *at <= now)?;
        match action {
            Action::LookAround => self.look_around_at = now + self.watching.interval(),
            Action::Read => self.unread = None,
            Action::TellBrowsers => {
                self.untold = None;
                // A file that was in use while it was saved may be free by now.
                self.look_around_at = now;
            }
            Action::LookAtOpenPages => {
                self.unseen = None;
                self.looking = Looking::Busy;
            }
            Action::LookAtRest(_) => self.looking = Looking::Busy,
            Action::TellTerminal => (self.tell_terminal_at, self.found_since) = (None, None),
        }
        Some(action)
    }

    /// Returns when to ask again if nothing happens; `None` for never.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.next().map(|(at, _)| at)
    }

    /// Returns what comes next; of what is due at the same time, the first in the list.
    fn next(&self) -> Option<(Duration, Action)> {
        if self.has_ended {
            return None;
        }
        let read = self.unread.map(|unread| unread.end(self.watching.patience()).max(self.read_from));
        // What is about to be read changes what would be told.
        let tell = self.untold.map(|untold| match read {
            Some(_) => untold.latest_end(&TELL_BROWSERS),
            None => untold.end(&TELL_BROWSERS),
        });
        let look = match self.looking {
            Looking::Resting => self.unseen.map(|unseen| (unseen.end(&LOOK), Action::LookAtOpenPages)),
            Looking::RestAt(at, when_overtaken) => Some((at, Action::LookAtRest(when_overtaken))),
            Looking::Busy => None,
        };
        [
            Some((self.look_around_at, Action::LookAround)),
            read.map(|at| (at, Action::Read)),
            tell.map(|at| (at, Action::TellBrowsers)),
            self.tell_terminal_at.map(|at| (at, Action::TellTerminal)),
            look,
        ]
        .into_iter()
        .flatten()
        .min_by_key(|(at, _)| *at)
    }
}

impl Watching {
    fn interval(self) -> Duration {
        match self {
            Self::Told => LOOK_AROUND,
            Self::Polling => POLL,
        }
    }

    fn patience(self) -> &'static Patience {
        match self {
            Self::Told => &READ,
            Self::Polling => &READ_POLLED,
        }
    }
}

#[cfg(test)]
mod tests;
