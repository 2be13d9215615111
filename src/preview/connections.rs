//! The open connections: if too many of them are idle, the one that has been idle for longest is closed.
//!
//! Browsers open connections that they may need, and programs forget those that they had. None of that may keep
//! others out: a newcomer is always let in. A connection over which something is on its way never has to leave, and that
//! goes for the stream of events of an open page, too.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// All connections.
#[derive(Debug)]
pub(super) struct Connections {
    most_idle: usize,
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    /// Counts what happens, to know what was first.
    now: u64,
    all: BTreeMap<u64, Entry>,
}

#[derive(Debug)]
struct Entry {
    /// Requests whose answers are on their way.
    n_busy: usize,
    /// When it came or was last busy.
    idle_since: u64,
    is_told_to_leave: bool,
    leave: Arc<Notify>,
}

/// One connection, for as long as it is open.
#[derive(Debug)]
pub(super) struct Guest {
    id: u64,
    leave: Arc<Notify>,
    connections: Arc<Connections>,
}

/// An answer that is on its way.
#[derive(Debug)]
pub(super) struct Busy {
    id: u64,
    connections: Arc<Connections>,
}

impl Connections {
    /// Keeps at most `most_idle` idle connections.
    pub(super) fn new(most_idle: usize) -> Arc<Self> {
        Arc::new(Self { most_idle, table: Mutex::default() })
    }

    /// Lets a connection in, and tells others to leave if there are too many idle ones.
    pub(super) fn enter(self: &Arc<Self>) -> Guest {
        let mut table = self.table();
        let id = table.tick();
        let leave = Arc::new(Notify::new());
        let entry = Entry { n_busy: 0, idle_since: id, is_told_to_leave: false, leave: leave.clone() };
        table.all.insert(id, entry);
        let n_idle = table.idle().count();
        table.send_away(n_idle.saturating_sub(self.most_idle));
        Guest { id, leave, connections: self.clone() }
    }

    /// Tells half of the idle ones to leave, because the system has no room for another connection.
    pub(super) fn make_room(&self) {
        let mut table = self.table();
        let n_idle = table.idle().count();
        table.send_away(n_idle.div_ceil(2));
    }

    /// A thread that panicked cannot have left the table half changed.
    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn tick(&mut self) -> u64 {
        self.now += 1;
        self.now
    }

    fn idle(&self) -> impl Iterator<Item = (u64, u64)> {
        let idle = self.all.iter().filter(|(_, entry)| entry.n_busy == 0 && !entry.is_told_to_leave);
        idle.map(|(id, entry)| (entry.idle_since, *id))
    }

    fn send_away(&mut self, n: usize) {
        if n == 0 {
            return;
        }
        let mut idle: Vec<(u64, u64)> = self.idle().collect();
        idle.sort_unstable();
        for (_, id) in idle.into_iter().take(n) {
            if let Some(entry) = self.all.get_mut(&id) {
                entry.is_told_to_leave = true;
                entry.leave.notify_one();
            }
        }
    }
}

impl Guest {
    /// Waits until it is told to leave.
    pub(super) async fn told_to_leave(&self) {
        self.leave.notified().await;
    }

    /// Says that an answer is on its way, until what is returned is dropped.
    pub(super) fn busy(&self) -> Busy {
        if let Some(entry) = self.connections.table().all.get_mut(&self.id) {
            entry.n_busy += 1;
        }
        Busy { id: self.id, connections: self.connections.clone() }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.connections.table().all.remove(&self.id);
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut table = self.connections.table();
        let now = table.tick();
        if let Some(entry) = table.all.get_mut(&self.id) {
            entry.n_busy -= 1;
            entry.idle_since = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(guests: &[Guest]) -> Vec<bool> {
        let table = guests[0].connections.table();
        guests.iter().map(|guest| table.all[&guest.id].is_told_to_leave).collect()
    }

    #[test]
    fn the_longest_idle_leaves_and_the_busy_stay() {
        let connections = Connections::new(2);
        let mut guests: Vec<Guest> = (0..2).map(|_| connections.enter()).collect();
        let stream = guests[0].busy();
        guests.push(connections.enter());
        assert_eq!(told(&guests), [false, false, false], "the first is not idle");
        drop(guests[1].busy());
        guests.push(connections.enter());
        assert_eq!(told(&guests), [false, false, true, false], "the second has just been busy");
        guests.push(connections.enter());
        assert_eq!(told(&guests), [false, true, true, false, false]);
        connections.make_room();
        assert_eq!(told(&guests), [false, true, true, true, false]);
        connections.make_room();
        connections.make_room();
        assert_eq!(told(&guests), [false, true, true, true, true], "the busy one is left");
        drop(stream);
        connections.make_room();
        assert_eq!(told(&guests), [true; 5]);
        drop(guests);
        assert!(connections.table().all.is_empty());
    }
}
