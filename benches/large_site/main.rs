//! How long a large site takes: 400 notices with 10,000 items, built cold, unchanged, and after one change.
//!
//! `README.md` beside this folder tells how to run it and how to read what it prints. `notice` varies the real notice,
//! `site` writes the variations for gongkai and for Hugo, `measure` runs the commands in turn and compares them.

#![expect(clippy::disallowed_methods, reason = "a benchmark prepares folders and looks at the clock")]
#![expect(clippy::print_stdout, reason = "the table is what a benchmark is for")]

mod measure;
mod notice;
mod numbers;
mod site;

use std::path::{Path, PathBuf};

use crate::measure::{Bench, Command, Figures};
use crate::site::Hugo;

/// What to do, from the command line.
struct Options {
    folder: PathBuf,
    n_notices: usize,
    n_rounds: usize,
    seed: u64,
    only_generate: bool,
}

fn main() {
    let options = Options::read(std::env::args().skip(1));
    let folder = &options.folder;
    std::fs::remove_dir_all(folder).ok(); // Mostly there is none.
    let notices = site::notices(options.n_notices, options.seed);
    let n_items: usize = notices.iter().map(|notice| notice.sections.len() - 2).sum();
    site::write_for_gongkai(&notices, &folder.join("gongkai"));
    site::write_for_hugo(&notices, &folder.join("hugo"));
    println!("{} notices, {n_items} items, seed {}, in {}", notices.len(), options.seed, folder.display());
    if !options.only_generate {
        run(&options);
        std::fs::remove_dir_all(folder).ok(); // It may be looked at, but should not stay in memory.
    }
}

fn run(options: &Options) {
    let folder = &options.folder;
    let place = |name: &str| folder.join(name);
    let gongkai_output = place("gongkai-output");
    let gongkai = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .with(&["build", "--quiet", "--root"])
        .with_path(&place("gongkai"))
        .with(&["--output"])
        .with_path(&gongkai_output);
    let copy = Command::new("cp").with(&["-r"]).with_path(&gongkai_output).with_path(&place("copy"));
    let hugo = Hugo::find();
    let hugo_output = place("hugo-output");
    let hugo_build = hugo.as_ref().map(|hugo| {
        Command::new(&hugo.program)
            .with(&["--quiet", "--source"])
            .with_path(&place("hugo"))
            .with(&["--destination"])
            .with_path(&hugo_output)
    });
    match &hugo {
        Some(hugo) => println!("{}", hugo.version),
        None => println!("no `hugo` in PATH: gongkai is compared with `cp -r` alone"),
    }

    let mut bench = Bench::default();
    for round in 0..=options.n_rounds {
        // The first round only warms up.
        bench.is_counted = round > 0;
        for output in ["gongkai-output", "copy", "hugo-output"] {
            std::fs::remove_dir_all(place(output)).ok(); // In the first round there is none.
        }
        bench.run("gongkai, cold", &gongkai);
        bench.run("cp -r of its output", &copy);
        if let Some(hugo) = &hugo_build {
            bench.run("hugo, cold", hugo);
        }
        bench.run("gongkai, unchanged", &gongkai);
        if let Some(hugo) = &hugo_build {
            bench.run("hugo, unchanged", hugo);
        }
        change_one_section(folder, round);
        bench.run("gongkai, one section changed", &gongkai);
        if let Some(hugo) = &hugo_build {
            bench.run("hugo, one section changed", hugo);
        }
    }
    for (name, output) in [("gongkai", &gongkai_output), ("hugo", &hugo_output)] {
        report_size(name, output);
    }
    bench.print();
}

/// Adds a sentence to one section of each site, so that a text and its page change.
fn change_one_section(folder: &Path, round: usize) {
    let sentence = format!("第{}次核对。", round + 1);
    for site in ["gongkai", "hugo"] {
        let content = folder.join(site).join("content");
        let mut notices: Vec<PathBuf> = std::fs::read_dir(&content)
            .expect("the site was written")
            .map(|entry| entry.expect("the folder can be listed").path())
            .filter(|path| path.is_dir())
            .collect();
        notices.sort();
        let notice = &notices[notices.len() / 2];
        let section = notice.join("12.md");
        let text = std::fs::read_to_string(&section).expect("every notice has a section 12");
        let last = text.trim_end().rsplit('\n').next().unwrap_or_default().to_owned();
        std::fs::write(&section, text.replace(&last, &format!("{last}{sentence}")))
            .expect("it was just read");
        let approved = notice.join("approved.txt");
        if let Ok(text) = std::fs::read_to_string(&approved) {
            let line = notice::narrow(&last);
            std::fs::write(approved, text.replace(&line, &format!("{line}{sentence}")))
                .expect("it was just read");
        }
    }
}

fn report_size(name: &str, output: &Path) {
    if output.is_dir() {
        let Figures { files, html, bytes } = measure::size_of(output);
        println!("{name}: {files} files ({html} HTML), {} KB", bytes / 1024);
    }
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Self {
        let shared_memory = Path::new("/dev/shm");
        let base = if shared_memory.is_dir() { shared_memory.to_owned() } else { std::env::temp_dir() };
        let mut options = Self {
            folder: base.join("gongkai-large-site"),
            n_notices: 400,
            n_rounds: 5,
            seed: 1,
            only_generate: false,
        };
        while let Some(argument) = arguments.next() {
            let mut number = || {
                let value = arguments.next().unwrap_or_default();
                value.parse().unwrap_or_else(|_| panic!("`{argument}` wants a number, not `{value}`"))
            };
            match argument.as_str() {
                "--folder" => options.folder = arguments.next().expect("`--folder` wants a path").into(),
                "--notices" => options.n_notices = number(),
                "--rounds" => options.n_rounds = number(),
                "--seed" => options.seed = number() as u64,
                "--only-generate" => options.only_generate = true,
                "--bench" => {} // Cargo says so to every benchmark.
                other => panic!("there is no option `{other}`; see benches/README.md"),
            }
        }
        options
    }
}
