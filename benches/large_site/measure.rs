//! Runs commands in turn and compares their time and memory.
//!
//! Processor time and memory are the system's own account of the finished process, which GNU `time` reports; without
//! it there is only the time on the clock. Medians are printed, and ratios taken round by round, so that a machine
//! that slows down for a while slows both sides.

use std::path::{Path, PathBuf};
use std::process::{self, Stdio};
use std::time::Instant;

/// The program that reports what the system knows about a finished process.
const GNU_TIME: &str = "/usr/bin/time";

/// A command with its arguments.
#[derive(Clone)]
pub(crate) struct Command {
    words: Vec<PathBuf>,
}

impl Command {
    pub(crate) fn new(program: impl Into<PathBuf>) -> Self {
        Self { words: vec![program.into()] }
    }

    pub(crate) fn with(mut self, arguments: &[&str]) -> Self {
        self.words.extend(arguments.iter().map(PathBuf::from));
        self
    }

    pub(crate) fn with_path(mut self, path: &Path) -> Self {
        self.words.push(path.to_owned());
        self
    }
}

/// What one run took; times in milliseconds, memory in KB.
#[derive(Clone, Copy, Default)]
struct Run {
    wall: u64,
    user: u64,
    system: u64,
    peak: u64,
}

/// All runs so far.
#[derive(Default)]
pub(crate) struct Bench {
    /// Whether what runs now counts.
    pub(crate) is_counted: bool,
    runs: Vec<(&'static str, Vec<Run>)>,
}

impl Bench {
    /// Runs `command` once as `name`.
    pub(crate) fn run(&mut self, name: &'static str, command: &Command) {
        let run = measure(command);
        if !self.is_counted {
            return;
        }
        match self.runs.iter_mut().find(|(other, _)| *other == name) {
            Some((_, runs)) => runs.push(run),
            None => self.runs.push((name, vec![run])),
        }
    }

    /// Prints medians, and how often the first command fits into each.
    pub(crate) fn print(&self) {
        let Some((_, first)) = self.runs.first() else { return };
        println!();
        println!(
            "| median of {} | wall ms | min–max | user ms | system ms | peak MB | wall ratio | CPU ratio |",
            first.len()
        );
        println!("|---|---:|---:|---:|---:|---:|---:|---:|");
        for (name, runs) in &self.runs {
            let of = |field: fn(&Run) -> u64| median(runs.iter().map(field).collect());
            let walls = || runs.iter().map(|run| run.wall);
            let (least, most) = (walls().min().unwrap_or_default(), walls().max().unwrap_or_default());
            let ratio = |field: fn(&Run) -> u64| {
                let hundredths =
                    runs.iter().zip(first).map(|(run, base)| 100 * field(run) / field(base).max(1));
                let ratio = median(hundredths.collect());
                format!("{}.{:02}", ratio / 100, ratio % 100)
            };
            println!(
                "| {name} | {} | {least}–{most} | {} | {} | {} | {} | {} |",
                of(|run| run.wall),
                of(|run| run.user),
                of(|run| run.system),
                of(|run| run.peak) / 1024,
                ratio(|run| run.wall),
                ratio(|run| run.user + run.system),
            );
        }
        println!("\nA ratio is how many times as long as the first row, the median over the rounds.");
    }
}

fn measure(command: &Command) -> Run {
    let account = std::env::temp_dir().join(format!("gongkai-time-{}", process::id()));
    let has_time = Path::new(GNU_TIME).is_file();
    let mut words = command.words.iter();
    let mut child = if has_time {
        let mut child = process::Command::new(GNU_TIME);
        child.args(["-f", "%U %S %M", "-o"]).arg(&account);
        child
    } else {
        process::Command::new(words.next().expect("a command has a program"))
    };
    child.args(words).stdout(Stdio::null());
    let start = Instant::now();
    let status = child.status().unwrap_or_else(|error| panic!("{}: {error}", command.words[0].display()));
    let wall = u64::try_from(start.elapsed().as_millis()).expect("no run takes ages");
    assert!(status.success(), "{} failed: {status}", command.words[0].display());
    if !has_time {
        return Run { wall, ..Run::default() };
    }
    let text = std::fs::read_to_string(&account).expect("time wrote its account");
    std::fs::remove_file(&account).ok(); // The next run writes it anew.
    let mut fields = text.split_whitespace();
    let mut milliseconds = || {
        let hundredths: String =
            fields.next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        hundredths.parse::<u64>().expect("time prints seconds with two decimals") * 10
    };
    let (user, system) = (milliseconds(), milliseconds());
    let peak = fields.next().and_then(|field| field.parse().ok()).expect("time prints the memory in KB");
    Run { wall, user, system, peak }
}

fn median(mut values: Vec<u64>) -> u64 {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// How much a folder holds.
#[derive(Default)]
pub(crate) struct Figures {
    pub(crate) files: usize,
    pub(crate) html: usize,
    pub(crate) bytes: u64,
}

/// Counts the files below `folder`.
pub(crate) fn size_of(folder: &Path) -> Figures {
    let mut size = Figures::default();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("the folder can be listed");
        if entry.file_type().is_file() {
            size.files += 1;
            size.html += usize::from(entry.path().extension().is_some_and(|extension| extension == "html"));
            size.bytes += entry.metadata().expect("the file is there").len();
        }
    }
    size
}
