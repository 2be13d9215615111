//! Rules of the house, held by tests: layers, length of files, words that do not belong in the main branch.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms in reading order: a room imports only rooms above it. The same table stands in `ARCHITECTURE.md`.
const ROOMS: &[&str] = &[
    "text",
    "diagnostic",
    "disk",
    "attachment",
    "yaml",
    "keys",
    "figure",
    "markdown",
    "document",
    "notice",
    "fields",
    "reading",
    "fidelity",
    "binding",
    "config",
    "content",
    "suggest",
    "site",
    "theme",
    "render",
    "export",
    "check",
    "output",
    "build",
    "import",
    "live",
    "preview",
    "cli",
];

/// Crates that stop at one room, so that one can be exchanged without a look at the others.
///
/// Some stand in two. `attachment` looks through parts of office files that it never holds whole, `document` holds them as
/// trees. Pages that we wrote are held to rules that a page from elsewhere breaks, so each has a reader above the same tokens.
const CRATES: &[(&str, &str)] = &[
    ("aho_corasick", "text"),
    ("annotate_snippets", "cli"),
    ("clap", "cli"),
    ("encoding_rs", "document"),
    ("exif", "attachment"),
    ("flate2", "attachment document"),
    ("html5gum", "document reading"),
    ("hyper", "preview"),
    ("icu_normalizer", "text"),
    ("if_addrs", "preview"),
    ("imagesize", "attachment"),
    ("notify", "live"),
    ("pulldown_cmark", "markdown"),
    ("qrcode", "render"),
    ("quick_xml", "attachment document"),
    ("rawzip", "attachment document"),
    ("rustix", "disk"),
    ("serde_yaml", "yaml"),
    ("signal_hook", "cli"),
    ("sys_locale", "cli"),
    ("cssparser", "theme"),
    ("tera", "theme"),
    ("tokio", "preview"),
    ("tokio_io_timeout", "preview"),
    ("unicode_properties", "markdown"),
    ("unicode_width", "cli"),
    ("url", "text"),
    ("walkdir", "disk"),
];

/// The most lines a file may have.
const LONGEST_FILE: usize = 800;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Returns the Rust files below `folder`, each with its text.
fn files_below(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = root().join(folder);
    assert!(folder.is_dir(), "{}", folder.display());
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path.strip_prefix(root()).unwrap().to_owned(), text)
        })
        .collect()
}

/// Returns the room that a file of `src/` belongs to.
fn room_of(path: &Path) -> String {
    let name = path.iter().nth(1).unwrap().to_str().unwrap();
    name.trim_end_matches(".rs").to_owned()
}

/// Returns the part of a file that users run: nothing of a file of tests, nothing of the tests at the foot of another.
fn without_tests<'a>(path: &Path, source: &'a str) -> &'a str {
    let is_for_tests = |name: &str| name.ends_with("tests") || name == "properties" || name == "testing";
    if path.with_extension("").iter().any(|name| is_for_tests(name.to_str().unwrap())) {
        return "";
    }
    source.split("#[cfg(test)]\nmod tests {").next().unwrap()
}

/// Returns the names that follow `crate::` in `source`, comments left out.
fn imports(source: &str) -> BTreeSet<String> {
    let code: String =
        source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let name = |rest: &str| -> String {
        rest.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut found = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(name(rest));
            continue;
        };
        let mut depth = 0;
        for entry in group.split_inclusive([',', '{', '}']) {
            if depth == 0 {
                found.insert(name(entry));
            }
            match entry.chars().last() {
                Some('{') => depth += 1,
                Some('}') if depth == 0 => break,
                Some('}') => depth -= 1,
                _ => {}
            }
        }
    }
    found.remove("");
    found
}

#[test]
fn rooms_import_only_rooms_above_them() {
    let order: BTreeMap<&str, usize> = ROOMS.iter().enumerate().map(|(index, room)| (*room, index)).collect();
    let mut wrong = Vec::new();
    for (path, source) in files_below("src") {
        let room = room_of(&path);
        if matches!(room.as_str(), "lib" | "main") {
            continue;
        }
        let Some(place) = order.get(room.as_str()) else {
            wrong.push(format!("{} is in no room of the table", path.display()));
            continue;
        };
        for imported in imports(&source) {
            match order.get(imported.as_str()) {
                Some(other) if other > place => {
                    wrong.push(format!("{} imports `{imported}`, a room below it", path.display()));
                }
                _ => {}
            }
        }
        if source.contains("super::super::super") {
            wrong.push(format!("{} reaches out of its room with `super`", path.display()));
        }
    }
    assert!(wrong.is_empty(), "see the table in ARCHITECTURE.md:\n{wrong:#?}");
}

#[test]
fn rooms_of_the_library_are_the_table() {
    let library = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: BTreeSet<&str> = library
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .filter(|name| *name != "trials") // for tests alone
        .collect();
    assert_eq!(declared, ROOMS.iter().copied().collect::<BTreeSet<_>>());
    let architecture = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rows: Vec<&str> =
        architecture.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert_eq!(rows, ROOMS, "the table in ARCHITECTURE.md has these rooms in this order");
}

#[test]
fn crates_stop_at_their_room() {
    let mut wrong = Vec::new();
    for (path, source) in files_below("src") {
        let source = without_tests(&path, &source);
        for (name, rooms) in CRATES {
            let is_used = source.contains(&format!("{name}::")) || source.contains(&format!("use {name};"));
            if is_used && !rooms.split(' ').any(|room| room_of(&path) == room) {
                wrong.push(format!("{} uses `{name}`, which belongs to `{rooms}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_are_short() {
    let long: Vec<String> = ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| files_below(folder))
        .map(|(path, source)| (path, source.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(path, lines)| format!("{} has {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "each of these is two files: {long:#?}");
}

#[test]
fn nothing_is_left_for_later() {
    let words = [["TO", "DO"], ["FIX", "ME"], ["XX", "X"]].map(|halves| halves.concat());
    let mut found = Vec::new();
    for (path, source) in files_below("src") {
        for (index, line) in source.lines().enumerate() {
            if words.iter().any(|word| line.contains(word.as_str())) {
                found.push(format!("{}:{}: {line}", path.display(), index + 1));
            }
        }
    }
    assert!(found.is_empty(), "open an issue instead: {found:#?}");
}

#[test]
fn each_dependency_says_who_uses_it() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (dependencies, _) = manifest.split_once("[dev-dependencies]").unwrap();
    let sources = files_below("src");
    let mut wrong = Vec::new();
    for line in dependencies.lines().skip_while(|line| *line != "[dependencies]") {
        let Some((name, rest)) = line.split_once(" = ") else { continue };
        let (_, reason) = rest.split_once("# ").unwrap_or_else(|| panic!("{name} has no reason"));
        let (rooms, _) = reason.split_once(": ").unwrap_or_else(|| panic!("{name} names no room"));
        let said: BTreeSet<String> = rooms.split(", ").map(str::to_owned).collect();
        // The one whose library has another name than its package.
        let name = name.replace("kamadak-exif", "exif").replace('-', "_");
        let uses = |source: &str| {
            source.match_indices(name.as_str()).any(|(at, _)| {
                let (before, behind) = source.split_at(at);
                let behind = behind.strip_prefix(name.as_str()).unwrap();
                let is_path = behind.starts_with("::") || before.ends_with("use ") && behind.starts_with(';');
                is_path && !before.ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c))
            })
        };
        let used = sources.iter().filter(|(path, source)| uses(without_tests(path, source)));
        let used: BTreeSet<String> = used.map(|(path, _)| room_of(path)).collect();
        if used != said {
            wrong.push(format!("{name}: Cargo.toml says {said:?}, but it is used by {used:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
