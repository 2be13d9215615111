//! Two loops that do what the [`Schedule`] says: one reads and tells, the other looks at pages.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::problems::Problems;
use super::state::State;
use super::{News, PreviewOptions};
use crate::diagnostic::Diagnostic;
use crate::live::checker::{Checker, MOST_UNREPORTED, Progress, WhenOvertaken};
use crate::live::schedule::{Action, Event, Findings, Look, Reading, Schedule};
use crate::live::snapshot::{Changes, Snapshot};
use crate::live::watch::Watch;

/// What the loop that reads and tells is waiting for.
pub(super) enum Heard {
    /// The system tells of a path.
    Path(PathBuf),
    /// The other loop has done what it was asked to.
    Looked(Look),
    /// The preview ends.
    Ended,
}

/// What the loop that looks at pages is asked to do.
enum Order {
    OpenPages,
    Rest(WhenOvertaken),
}

/// The loop that reads and tells.
struct Follower<'a> {
    state: &'a State,
    watch: Watch,
    schedule: Schedule,
    begin: Instant,
    orders: Sender<Order>,
    tell: &'a dyn Fn(News<'_>),
    /// What the last look at everything found.
    found: Arc<Problems>,
    /// What the terminal was told last.
    told: Vec<Diagnostic>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "when something is done is a matter of time; what is done is not"
)]
fn now() -> Instant {
    Instant::now()
}

/// Follows every save until the preview ends; `sender` leads to `heard`.
pub(super) fn follow(
    state: &Arc<State>,
    watch: Watch,
    sender: Sender<Heard>,
    heard: &Receiver<Heard>,
    tell: &dyn Fn(News<'_>),
) {
    let (orders, ordered) = channel();
    std::thread::spawn({
        let state = state.clone();
        move || look_at_pages(&state, &ordered, &sender)
    });
    let schedule = Schedule::new(watch.watching(), state.snapshot().site.notices.len());
    let (found, begin) = (state.problems(), now());
    let mut follower = Follower { state, watch, schedule, begin, orders, tell, found, told: Vec::new() };
    while let Some(deadline) = follower.schedule.deadline() {
        match heard.recv_timeout(deadline.saturating_sub(follower.time())) {
            Ok(heard) => follower.hear(heard),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        while let Some(action) = follower.schedule.due(follower.time()) {
            follower.act(action);
        }
    }
}

impl Follower<'_> {
    fn time(&self) -> Duration {
        now().duration_since(self.begin)
    }

    fn happened(&mut self, event: Event) {
        self.schedule.hear(event, self.time());
    }

    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Path(path) => {
                if self.watch.add(&path) {
                    self.happened(Event::Changed);
                }
            }
            Heard::Looked(look) => {
                if matches!(look, Look::All(_)) {
                    self.found = self.state.problems();
                }
                self.happened(Event::Looked(look));
            }
            Heard::Ended => self.happened(Event::Ended),
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::LookAround => {
                let unread = self.state.snapshot().unread();
                let is_unread = !unread.is_empty();
                self.watch.add_again(unread);
                if self.watch.look_around() || is_unread {
                    self.happened(Event::Changed);
                }
                self.say_if_lost();
            }
            Action::Read => {
                let changes = self.watch.take();
                self.say_if_lost();
                let reading = self.read(&changes);
                if reading == Reading::Fault {
                    self.watch.add_again(Changes::all());
                }
                self.happened(Event::Read(reading));
            }
            Action::TellBrowsers => {
                // A fault in one page must not end the preview; it has been printed.
                let _ = catch_unwind(AssertUnwindSafe(|| self.state.update_pages(|_| true)));
            }
            // The other loop ends only with this one.
            Action::LookAtOpenPages => drop(self.orders.send(Order::OpenPages)),
            Action::LookAtRest(when_overtaken) => drop(self.orders.send(Order::Rest(when_overtaken))),
            Action::TellTerminal => {
                if self.found.list != self.told {
                    (self.tell)(News::Problems(&self.found.list, &self.found.sources));
                    self.told.clone_from(&self.found.list);
                }
            }
        }
    }

    fn say_if_lost(&mut self) {
        if let Some(reason) = self.watch.take_lost() {
            (self.tell)(News::Polling(&reason));
            self.happened(Event::WatchLost);
        }
    }

    /// Replaces the snapshot if the changes make another one.
    fn read(&self, changes: &Changes) -> Reading {
        let snapshot = self.state.snapshot();
        match catch_unwind(AssertUnwindSafe(|| snapshot.after(changes, &self.state.origin))) {
            Ok(Ok(Some(snapshot))) => {
                let n_notices = snapshot.site.notices.len();
                self.state.set_snapshot(snapshot);
                Reading::New { n_notices }
            }
            Ok(Ok(None)) => Reading::AsBefore,
            Ok(Err(error)) => {
                (self.tell)(News::Failed(&error));
                Reading::AsBefore
            }
            Err(_) => Reading::Fault, // It has been printed.
        }
    }
}

/// The loop that looks at pages for what is wrong, as it is ordered to.
fn look_at_pages(state: &State, orders: &Receiver<Order>, heard: &Sender<Heard>) {
    let mut checker = Checker::default();
    let mut snapshot = state.snapshot();
    let mut found = state.problems();
    for order in orders {
        // A fault of ours, which has been printed, leaves what was not seen for the next snapshot.
        let look = catch_unwind(AssertUnwindSafe(|| match order {
            Order::OpenPages => {
                snapshot = state.snapshot();
                look_at_open_pages(state, &snapshot, &mut checker)
            }
            Order::Rest(when_overtaken) => {
                look_at_rest(state, &snapshot, &mut checker, when_overtaken, &mut found)
            }
        }));
        if heard.send(Heard::Looked(look.unwrap_or(Look::Overtaken))).is_err() {
            return;
        }
    }
}

fn look_at_open_pages(state: &State, snapshot: &Arc<Snapshot>, checker: &mut Checker) -> Look {
    let is_overtaken = || !Arc::ptr_eq(&state.snapshot(), snapshot);
    if checker.look_at_notices(snapshot, &state.viewed_notices(), is_overtaken) == Progress::Overtaken {
        return Look::Overtaken;
    }
    if snapshot.site.notices.len() > MOST_UNREPORTED {
        publish(state, snapshot, checker);
    }
    Look::OpenPages
}

fn look_at_rest(
    state: &State,
    snapshot: &Arc<Snapshot>,
    checker: &mut Checker,
    when_overtaken: WhenOvertaken,
    found: &mut Arc<Problems>,
) -> Look {
    let is_overtaken = || !Arc::ptr_eq(&state.snapshot(), snapshot);
    if checker.look_at_rest(snapshot, is_overtaken, when_overtaken) == Progress::Overtaken {
        return Look::Overtaken;
    }
    publish(state, snapshot, checker);
    let before = std::mem::replace(found, state.problems());
    Look::All(if before.list == found.list { Findings::AsBefore } else { Findings::Others })
}

/// Tells the browsers what is wrong, as far as it is known.
fn publish(state: &State, snapshot: &Snapshot, checker: &mut Checker) {
    let PreviewOptions { language, draw, .. } = state.options;
    let list = checker.problems(snapshot);
    if list.is_empty() && checker.is_in_doubt() {
        return;
    }
    state.set_problems(Problems::new(list, snapshot, !checker.knows_all(), language, draw));
}
