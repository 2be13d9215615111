//! Rows of what happens when, and of what is then done when, in milliseconds.

use std::collections::BTreeMap;

use super::*;

/// A site that follows the schedule, without a disk or a clock.
struct Desk {
    schedule: Schedule,
    now: Duration,
    /// How long reading, a look at the open pages and one at the rest take.
    costs: [u64; 3],
    n_notices: usize,
    /// What is still to happen: saves, and looks that come to an end.
    coming: BTreeMap<(Duration, usize), String>,
    /// Counts what was put into `coming`, so that nothing replaces anything.
    n_coming: usize,
    /// What the next reading gives.
    reading: Reading,
    is_changed_on_disk: bool,
    /// Counts snapshots; the one that is looked at.
    version: usize,
    seen_version: usize,
    findings: Findings,
    done: Vec<String>,
}

impl Desk {
    fn new(watching: Watching, n_notices: usize, costs: [u64; 3]) -> Self {
        Self {
            schedule: Schedule::new(watching, n_notices),
            now: Duration::ZERO,
            costs,
            n_notices,
            coming: BTreeMap::new(),
            n_coming: 0,
            reading: Reading::AsBefore,
            is_changed_on_disk: false,
            version: 0,
            seen_version: 0,
            findings: Findings::AsBefore,
            done: Vec::new(),
        }
    }

    fn will_happen(&mut self, at: Duration, what: &str) {
        self.n_coming += 1;
        self.coming.insert((at, self.n_coming), what.to_owned());
    }

    /// Goes on until a time.
    fn run(&mut self, until: Duration) {
        loop {
            while let Some(action) = self.schedule.due(self.now) {
                self.act(action);
            }
            let next = self.coming.first_key_value().map(|(key, _)| *key);
            let deadline = self.schedule.deadline().unwrap_or(until);
            match next.filter(|(at, _)| *at <= deadline.max(self.now).min(until)) {
                Some(key) => {
                    self.now = self.now.max(key.0);
                    let what = self.coming.remove(&key).unwrap();
                    self.happens(&what);
                }
                None if deadline >= until => return,
                None => self.now = self.now.max(deadline),
            }
        }
    }

    fn happens(&mut self, what: &str) {
        let is_current = self.version == self.seen_version;
        let event = match what {
            "save" | "worse" | "touch" | "fault" => {
                self.reading = match what {
                    "touch" => Reading::AsBefore,
                    "fault" => Reading::Fault,
                    _ => Reading::New { n_notices: self.n_notices },
                };
                if what == "worse" {
                    self.findings = Findings::Others;
                }
                if self.schedule.watching == Watching::Polling {
                    self.is_changed_on_disk = true;
                    return;
                }
                Event::Changed
            }
            "lost" => Event::WatchLost,
            "end" => Event::Ended,
            "seen open" if is_current => Event::Looked(Look::OpenPages),
            "seen rest" if is_current => self.seen_all(),
            "seen rest after all" => self.seen_all(),
            "seen open" | "seen rest" => Event::Looked(Look::Overtaken),
            _ => panic!("`{what}` is no event"),
        };
        self.schedule.hear(event, self.now);
    }

    fn seen_all(&mut self) -> Event {
        Event::Looked(Look::All(std::mem::replace(&mut self.findings, Findings::AsBefore)))
    }

    fn act(&mut self, action: Action) {
        let [read, open, rest] = self.costs.map(Duration::from_millis);
        let what = match action {
            Action::LookAround => {
                if std::mem::take(&mut self.is_changed_on_disk) {
                    self.schedule.hear(Event::Changed, self.now);
                }
                return;
            }
            Action::Read => "read",
            Action::TellBrowsers => "browsers",
            Action::LookAtOpenPages => "open",
            Action::LookAtRest(WhenOvertaken::Stop) => "rest",
            Action::LookAtRest(WhenOvertaken::GoOn) => "rest after all",
            Action::TellTerminal => "terminal",
        };
        self.done.push(format!("{} {what}", self.now.as_millis()));
        match action {
            Action::Read => {
                self.now += read;
                let reading =
                    std::mem::replace(&mut self.reading, Reading::New { n_notices: self.n_notices });
                self.version += usize::from(matches!(reading, Reading::New { .. }));
                self.schedule.hear(Event::Read(reading), self.now);
            }
            Action::LookAtOpenPages => {
                self.seen_version = self.version;
                self.will_happen(self.now + open, "seen open");
            }
            Action::LookAtRest(_) => self.will_happen(self.now + rest, &format!("seen {what}")),
            _ => {}
        }
    }
}

/// Lets `events` happen to a site that has been looked at, or at the start of one, and compares what is done from then on.
fn play(watching: Watching, n_notices: usize, costs: [u64; 3], events: &str) -> Vec<String> {
    let mut desk = Desk::new(watching, n_notices, costs);
    let mut first = u64::MAX;
    let mut last = 0;
    for event in events.split(", ") {
        let (at, what) = event.split_once(' ').unwrap();
        let at: u64 = at.parse().unwrap();
        (first, last) = (first.min(at), at);
        desk.will_happen(Duration::from_millis(at), what);
    }
    desk.run(Duration::from_millis(first.saturating_sub(1)));
    desk.done.clear();
    desk.run(Duration::from_millis(last + 5000));
    desk.done
}

/// A few notices that are read in 3 ms and looked at in 5 and 10.
#[track_caller]
fn check(events: &str, expected: &str) {
    assert_eq!(play(Watching::Told, 10, [3, 5, 10], events).join(", "), expected, "{events}");
}

#[test]
fn the_first_look_needs_no_save() {
    check("0 touch", "2 read, 30 open, 35 rest");
}

#[test]
fn a_save_is_read_at_once_and_looked_at_when_browsers_have_been_told() {
    check("1000 save", "1002 read, 1030 browsers, 1035 open, 1040 rest");
    check("1000 touch", "1002 read");
}

#[test]
fn files_that_are_saved_together_are_read_and_told_together() {
    let burst: Vec<String> = (0..24).map(|n| format!("{} save", 1000 + n)).collect();
    check(&burst.join(", "), "1025 read, 1053 browsers, 1058 open, 1063 rest");
    // Two batches, one update.
    check("1000 save, 1012 save", "1002 read, 1014 read, 1042 browsers, 1047 open, 1052 rest");
    // What is about to be read would change what is told.
    check("1000 save, 1029 save", "1002 read, 1031 read, 1059 browsers, 1064 open, 1069 rest");
    // A save that changed nothing is no reason to hurry.
    check("1000 save, 1012 touch", "1002 read, 1014 read, 1035 open, 1040 rest, 1042 browsers");
}

#[test]
fn an_editor_that_writes_beside_a_file_and_renames_is_one_save() {
    check("1000 touch, 1001 touch, 1001 save", "1003 read, 1031 browsers, 1036 open, 1041 rest");
}

#[test]
fn what_is_saved_while_files_are_read_is_read_next() {
    let done = play(Watching::Told, 10, [100, 5, 10], "1000 save, 1050 save, 1060 save");
    assert_eq!(done.join(", "), "1002 read, 1104 read, 1229 browsers, 1234 open, 1239 rest");
}

#[test]
fn saves_without_end_are_read_told_and_looked_at_all_the_same() {
    #[track_caller]
    fn check(every: usize, what: &str, expected: &[u64]) {
        let saves: Vec<String> = (1000..9000).step_by(every).map(|at| format!("{at} save")).collect();
        let done = play(Watching::Told, 10, [3, 5, 100], &saves.join(", "));
        let times = done.iter().filter_map(|done| done.split_once(' ').filter(|(_, done)| *done == what));
        let times: Vec<u64> = times.map(|(at, _)| at.parse().unwrap()).take(3).collect();
        assert_eq!(times, expected, "{what} of a save every {every} ms");
    }
    check(1, "read", &[1040, 1083, 1126]);
    check(1, "browsers", &[1543, 2059, 2575]);
    check(20, "read", &[1002, 1022, 1042]);
    check(20, "browsers", &[1505, 2025, 2545]);
    check(20, "open", &[2005, 3025, 4045]);
    check(20, "rest after all", &[5070]);
}

#[test]
fn a_large_site_rests_before_the_whole_of_it_is_looked_at() {
    let large = |events| play(Watching::Told, 1000, [3, 5, 10], events).join(", ");
    assert_eq!(large("1000 save"), "1002 read, 1030 browsers, 1035 open, 1110 rest");
    let two = "1002 read, 1030 browsers, 1035 open, 1102 read, 1130 browsers, 1135 open, 1210 rest";
    assert_eq!(large("1000 save, 1100 save"), two, "a save takes the place of the rest");
}

#[test]
fn open_pages_are_looked_at_again_when_a_save_overtakes_the_rest() {
    let done = play(Watching::Told, 10, [3, 5, 100], "1000 save, 1060 save");
    let expected =
        "1002 read, 1030 browsers, 1035 open, 1040 rest, 1062 read, 1090 browsers, 1140 open, 1145 rest";
    assert_eq!(done.join(", "), expected);
}

#[test]
fn in_a_large_site_open_pages_are_looked_at_anew_before_the_rest() {
    let ms = Duration::from_millis;
    let mut schedule = Schedule::new(Watching::Told, 1000);
    assert_eq!(schedule.due(ms(30)), Some(Action::LookAtOpenPages));
    schedule.hear(Event::Read(Reading::New { n_notices: 1000 }), ms(40));
    schedule.hear(Event::Looked(Look::OpenPages), ms(50));
    assert_eq!(schedule.due(ms(300)), Some(Action::TellBrowsers));
    assert_eq!(schedule.due(ms(300)), Some(Action::LookAtOpenPages));
}

#[test]
fn the_terminal_is_told_what_stays() {
    check("1000 worse", "1002 read, 1030 browsers, 1035 open, 1040 rest, 1350 terminal");
    // It is mended before the terminal would have been told.
    check(
        "1000 worse, 1200 worse",
        "1002 read, 1030 browsers, 1035 open, 1040 rest, 1202 read, 1230 browsers, 1235 open, 1240 rest, 1550 terminal",
    );
    // What was found before a save is told when it has been found again.
    let done = play(Watching::Told, 10, [3, 5, 100], "1000 worse, 1400 save").join(", ");
    let expected = "1040 rest, 1402 read, 1430 browsers, 1435 open, 1440 rest, 1840 terminal";
    assert!(done.ends_with(expected), "{done}");
    // Saves leave no time, but it stays.
    let saves: Vec<String> = (0..15).map(|n| format!("{} save", 1200 + 200 * n)).collect();
    let done = play(Watching::Told, 10, [3, 5, 10], &format!("1000 worse, {}", saves.join(", ")));
    let told: Vec<&String> = done.iter().filter(|done| done.ends_with("terminal")).collect();
    assert_eq!(told, ["3050 terminal"], "{done:?}");
}

#[test]
fn after_a_fault_it_is_tried_again_later() {
    check("1000 fault", "1002 read, 2005 read, 2033 browsers, 2038 open, 2043 rest");
    check("1000 fault, 1100 save", "1002 read, 2005 read, 2033 browsers, 2038 open, 2043 rest");
}

#[test]
fn where_the_system_does_not_tell_a_quiet_look_comes_before_reading() {
    let polled = |events| play(Watching::Polling, 10, [3, 5, 10], events).join(", ");
    // It looks every 400 ms: at 1200 and, when something has changed, at 1250.
    let after = |read: u64| {
        let [browsers, open, rest] = [read + 28, read + 33, read + 38];
        format!("{read} read, {browsers} browsers, {open} open, {rest} rest")
    };
    assert_eq!(polled("1000 save").split(' ').next_back(), Some("rest"));
    assert_eq!(polled("1000 save"), after(1250));
    assert_eq!(polled("1000 save, 1220 save"), after(1300));
    // A watch that no longer hears looks at everything.
    check("1000 lost, 1010 save", &after(1100));
}

#[test]
fn folders_are_looked_for_twice_a_second_and_after_each_save() {
    let mut schedule = Schedule::new(Watching::Told, 10);
    let ms = Duration::from_millis;
    let mut looks = Vec::new();
    for now in 0..1700 {
        if now == 1100 {
            schedule.hear(Event::Changed, ms(now));
        }
        while let Some(action) = schedule.due(ms(now)) {
            match action {
                Action::LookAround => looks.push(now),
                Action::Read => schedule.hear(Event::Read(Reading::New { n_notices: 10 }), ms(now)),
                _ => {}
            }
        }
    }
    assert_eq!(looks, [500, 1000, 1127, 1627]);
}

#[test]
fn nothing_is_due_when_the_preview_has_ended() {
    check("1000 save, 1010 end", "1002 read");
    let mut schedule = Schedule::new(Watching::Told, 10);
    assert!(schedule.deadline().is_some());
    schedule.hear(Event::Ended, Duration::ZERO);
    assert_eq!((schedule.deadline(), schedule.due(Duration::MAX)), (None, None));
}
