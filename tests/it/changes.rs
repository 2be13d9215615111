//! The first promise from its other side: whatever character of the sources changes, the build notices, says where, and
//! publishes nothing.

use std::ops::Range;
use std::path::Path;

use gongkai::diagnostic::{Language, Severity};

use crate::fidelity::folded;
use crate::golden::{Tree, read_tree};
use crate::random::Random;
use crate::site::{TestSite, finding};
use crate::trials::trials;

/// How many changes of one character are tried against each approved file; `PROPTEST_CASES` asks for more.
const N_CHANGES: u32 = 120;

/// Documents of the example notice beside its plain text, by the names that they have as approved files.
///
/// A `.docx` is tried as soon as it is there.
const DOCUMENTS: &[(&str, &str)] = &[
    ("approved.html", "content/zhoushan-2025/approved.txt"),
    ("approved.docx", "tests/import/zhoushan-2025.docx"),
];

/// A text with one character changed.
struct Change {
    file: String,
    text: String,
    /// The lines that the change is in, from 1: two where a line break came or went.
    lines: Vec<usize>,
    /// Whether only the place of a paragraph break is different.
    is_break_only: bool,
    /// What was done, for people.
    what: String,
}

/// What the build made of a change.
#[derive(Default)]
struct Outcome {
    failures: Vec<String>,
    n_errors: usize,
    n_warnings: usize,
    n_invisible: usize,
}

/// Returns the byte ranges of a source file that hold words of the notice: its body, its heading, the signature.
fn stretches(name: &str, text: &str) -> Vec<Range<usize>> {
    let body = text.match_indices("---\n").nth(1).unwrap().0 + "---\n".len();
    let (front_matter, _) = text.split_at(body);
    let keys: &[&str] = if name == "notice.md" { &["\nsignature: ", "\ndate: "] } else { &["\nheading: "] };
    let mut stretches: Vec<Range<usize>> = keys
        .iter()
        .filter_map(|key| {
            let start = front_matter.find(key)? + key.len();
            let line = front_matter.split_at(start).1.lines().next().unwrap();
            let value = line.split(" #").next().unwrap().trim_end();
            Some(start..start + value.len())
        })
        .collect();
    stretches.push(body..text.len());
    stretches
}

/// Returns the words of a source file as a reader meets them: folded, without indents, without empty lines.
fn reading(name: &str, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for stretch in stretches(name, text) {
        for line in text.get(stretch).unwrap().split(['\n', '\r']) {
            let line = folded(line);
            let line: Vec<&str> = line.split_ascii_whitespace().collect();
            lines.push(line.join(" "));
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Characters that a slip of the hand, an optical reader or a paste from elsewhere brings in, and all that mean something
/// to Markdown or YAML.
const STRANGERS: &str = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCZ[\\]^_`abcz{|}~ \t\n\r\u{3000}\u{a0}\u{ad}\u{200b}\u{202e}\
                         \u{feff}\0，。、；：？！“”‘’（）《》【】—…·〇０１９ＡＺａｚ已己未末日曰千干人入舟丹";

/// Makes a change that a reader can see.
fn change(random: &mut Random, sources: &[(String, String)], letters: &[char]) -> Change {
    let strangers: Vec<char> = STRANGERS.chars().collect();
    loop {
        let (name, text) = random.pick(sources);
        let places: Vec<usize> = stretches(name, text)
            .into_iter()
            .flat_map(|range| {
                let start = range.start;
                text.get(range).unwrap().char_indices().map(move |(index, _)| start + index)
            })
            .collect();
        let at = *random.pick(&places);
        let (head, rest) = text.split_at(at);
        let old = rest.chars().next().unwrap();
        let new = *if random.below(2) == 0 { random.pick(letters) } else { random.pick(&strangers) };
        let (_, tail) = rest.split_at(old.len_utf8());
        let (changed, what) = match random.below(3) {
            0 => (format!("{head}{new}{tail}"), format!("{old:?} became {new:?}")),
            1 => (format!("{head}{tail}"), format!("{old:?} was removed")),
            _ => (format!("{head}{new}{old}{tail}"), format!("{new:?} was put before {old:?}")),
        };
        let (before, after) = (reading(name, text), reading(name, &changed));
        if before == after {
            continue;
        }
        let is_break_only = before.concat() == after.concat();
        let line = head.matches('\n').count() + 1;
        let is_of_two_lines = text.lines().count() != changed.lines().count();
        let shown: String = head.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
        let what = format!("content/zhoushan-2025/{name}:{line}, behind {shown:?}: {what}");
        let file = format!("content/zhoushan-2025/{name}");
        let lines = if is_of_two_lines { vec![line, line + 1] } else { vec![line] };
        return Change { file, text: changed, lines, is_break_only, what };
    }
}

/// Builds the site with the change, and takes it back.
fn try_change(site: &TestSite, change: &Change, output: &Tree, outcome: &mut Outcome) {
    let original = site.text(&change.file);
    site.write(&change.file, &change.text);
    let report = site.build();
    let places: Vec<(Severity, String)> =
        report.diagnostics.iter().map(|found| (found.severity, finding(found, &report))).collect();
    let is_named = |lowest: Severity| {
        places.iter().any(|(severity, finding)| {
            let is_severe = *severity == Severity::Error || *severity == lowest;
            is_severe
                && change.lines.iter().any(|line| finding.contains(&format!(" {}:{line}:", change.file)))
        })
    };
    let fault = if report.summary.is_none() {
        outcome.n_errors += 1;
        if !is_named(Severity::Error) {
            Some("the place is not named")
        } else if read_tree(&site.path("output")) != *output {
            Some("something was written")
        } else {
            None
        }
    } else if places.iter().any(|(_, finding)| finding.starts_with("unusual-characters "))
        && is_named(Severity::Warning)
    {
        // What nobody sees is warned of and left out.
        outcome.n_warnings += 1;
        (read_tree(&site.path("output")) != *output).then_some("an unseen character was published")
    } else if !change.is_break_only {
        Some("the change was published")
    } else if is_named(Severity::Warning) {
        outcome.n_warnings += 1;
        None
    } else {
        // Between two Chinese characters a line that goes on below is no paragraph: the page must show no trace of it.
        outcome.n_invisible += 1;
        (read_tree(&site.path("output")) != *output).then_some("no warning of the break")
    };
    if let Some(fault) = fault {
        outcome.failures.push(format!("{}: {fault}; found: {places:?}", change.what));
    }
    site.write(&change.file, original);
    if report.summary.is_some() {
        site.build();
    }
}

/// The example notice, approved as `document`, a name and bytes; `None` for its plain text.
fn approved_as(document: Option<&(&str, Vec<u8>)>) -> TestSite {
    let site = TestSite::zhoushan();
    if let Some((name, bytes)) = document {
        std::fs::remove_file(site.path("content/zhoushan-2025/approved.txt")).unwrap();
        site.write(&format!("content/zhoushan-2025/{name}"), bytes);
    }
    site
}

#[test]
fn every_change_of_one_character_is_found() {
    println!("{}", try_changes(20_250_828, None));
}

#[test]
fn every_change_is_found_beside_an_approved_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let there =
        DOCUMENTS.iter().map(|(name, file)| (*name, root.join(file))).filter(|(_, file)| file.exists());
    let documents: Vec<(&str, Vec<u8>)> =
        there.map(|(name, file)| (name, std::fs::read(file).unwrap())).collect();
    assert!(!documents.is_empty());
    for (document, seed) in documents.iter().zip(20_250_829..) {
        println!("{}: {}", document.0, try_changes(seed, Some(document)));
    }
}

/// Changes one character of the sources after the other, of which none may be published; tells what was found.
fn try_changes(seed: u64, document: Option<&(&str, Vec<u8>)>) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/zhoushan-2025");
    let sources: Vec<(String, String)> = read_tree(&root)
        .into_iter()
        .filter(|(name, _)| name != "approved.txt")
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect();
    assert_eq!(sources.len(), 26, "the opening, 24 items, the closing");
    let letters: Vec<char> = sources.iter().flat_map(|(_, text)| text.chars()).collect();
    let mut random = Random::new(seed);
    let n_changes: usize = trials(N_CHANGES);
    let changes: Vec<Change> = (0..n_changes).map(|_| change(&mut random, &sources, &letters)).collect();

    let n_threads = std::thread::available_parallelism().map_or(2, |n| n.get().min(8));
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..n_threads)
            .map(|worker| {
                let share = changes.iter().skip(worker).step_by(n_threads);
                scope.spawn(move || {
                    let site = approved_as(document);
                    assert!(site.build().summary.is_some());
                    let output = read_tree(&site.path("output"));
                    let mut outcome = Outcome::default();
                    for change in share {
                        try_change(&site, change, &output, &mut outcome);
                    }
                    outcome
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    let failures: Vec<String> = outcomes.iter().flat_map(|outcome| outcome.failures.clone()).collect();
    assert!(failures.is_empty(), "{} of {n_changes}:\n{}", failures.len(), failures.join("\n"));
    let count = |of: fn(&Outcome) -> usize| outcomes.iter().map(of).sum::<usize>();
    let counts = [count(|o| o.n_errors), count(|o| o.n_warnings), count(|o| o.n_invisible)];
    assert_eq!(counts.iter().sum::<usize>(), n_changes);
    assert!(counts[0] > n_changes * 9 / 10, "{counts:?}");
    format!("{counts:?} errors, warnings of breaks and unseen characters, breaks that no page shows")
}

#[test]
fn an_extra_paragraph_is_shown_where_it_stands() {
    let site = TestSite::small();
    site.write(
        "content/n/01.md",
        "---\nheading: 一、关于“甲”问题的整改情况\n---\n（一）改进工作。已经改进。\n\n再说。\n",
    );
    assert_eq!(site.findings(), ["approved-text-differs content/n/01.md:6:1"]);
    site.write(
        "content/n/01.md",
        "---\nheading: 一、关于“甲”问题的整改情况\n---\n（一）改进工作。已经改进。\n7\n",
    );
    assert_eq!(site.findings(), ["approved-text-differs content/n/01.md:5:1"]);
}

#[test]
fn another_paragraph_break_is_a_warning_at_its_place() {
    let site = TestSite::zhoushan();
    let file = "content/zhoushan-2025/01.md";
    let text = site.text(file);
    site.write(file, text.replacen("刚性落实“第一议题”制度，", "刚性落实“第一议题”制度，\n\n", 1));
    assert_eq!(site.findings(), ["approved-paragraphs-differ content/zhoushan-2025/01.md:6:26"]);
    let closing = "content/zhoushan-2025/closing.md";
    site.write(file, text);
    site.write(closing, site.text(closing).replacen("锻造“三能”过硬铁军。\n\n", "锻造“三能”过硬铁军。", 1));
    let [found] = site.findings().try_into().unwrap();
    assert!(found.starts_with("approved-paragraphs-differ content/zhoushan-2025/closing.md:6:"), "{found}");
}

#[test]
fn other_words_of_the_same_characters_are_no_change_of_order() {
    let with = |sentence: &str| {
        let site = TestSite::small();
        let item = "---\nheading: 一、关于“甲”问题的整改情况\n---\n";
        site.write("content/n/01.md", format!("{item}（一）改进工作。已经改进。\n\n{sentence}\n"));
        site.write(
            "content/n/approved.txt",
            "现予以公布。\n截至3月21日共办结12件案件。\n一、关于“甲”问题的整改情况\n（一）改进工作。已经改进。\n",
        );
        let report = site.build();
        let said =
            report.diagnostics.iter().map(|found| found.message.in_language(Language::English).to_owned());
        said.collect::<Vec<_>>().join("\n")
    };
    assert!(with("截至3月21日共办结12件案件。").contains("order"), "the same words at another place");
    let other = with("截至3月12日共办结21件案件。");
    assert!(!other.contains("order"), "{other}");
}
