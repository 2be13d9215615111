//! The examples in `docs/` are true: each is built as the reader would build it.
//!
//! A fenced example says after its language what it is:
//! `file=PATH` a whole file · `in=site.yaml`, `in=notice.md`, `in=01.md` lines of that file ·
//! `error=CODE,…` what is reported instead of success · `with=PATH` another file that must be there.
//! Each example is laid by itself over a small site.

use std::path::Path;
use std::process::Command;

use crate::site::TestSite;

struct Example {
    place: String,
    marks: Vec<(String, String)>,
    text: String,
}

impl Example {
    fn mark(&self, name: &str) -> Option<&str> {
        self.marks.iter().find(|(mark, _)| mark == name).map(|(_, value)| value.as_str())
    }
}

fn document(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).unwrap()
}

/// Returns the fenced examples of a document that carry marks.
fn examples(name: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut open: Option<Example> = None;
    for (index, line) in document(name).lines().enumerate() {
        let Some(info) = line.strip_prefix("```") else {
            if let Some(example) = &mut open {
                example.text.push_str(line);
                example.text.push('\n');
            }
            continue;
        };
        match open.take() {
            Some(example) if !example.marks.is_empty() => examples.push(example),
            Some(_) => {}
            None => {
                let marks = info.split_whitespace().filter_map(|mark| mark.split_once('='));
                let marks = marks.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                open = Some(Example { place: format!("{name}:{}", index + 1), marks, text: String::new() });
            }
        }
    }
    examples
}

/// Lays an example over a small site.
fn site_with(example: &Example) -> TestSite {
    let site = TestSite::small();
    std::fs::remove_file(site.path("content/n/approved.txt")).unwrap();
    if let Some(name) = example.mark("with") {
        let text = match name.rsplit('.').next().unwrap() {
            "md" => "---\ntitle: 甲\n---\n乙。\n",
            "yaml" => "name: mine\n",
            _ => "<svg/>\n",
        };
        site.write(name, text);
    }
    let file = example.mark("file").or(example.mark("in")).expect("an example says which file it is");
    let text = &example.text;
    let text = match (example.mark("in"), file) {
        (None, _) => text.clone(),
        (Some(_), "site.yaml") => format!("title: 示例\n{text}"),
        (Some(_), "notice.md") => {
            format!("---\ntitle: 甲\nunit: 甲\ndate: 2025-08-28\n{text}---\n检查企业126家次，现予以公布。\n")
        }
        (Some(_), "01.md") => {
            format!(
                "---\nheading: 一、关于“甲”问题的整改情况\n{text}---\n（一）检查企业126家次。已经改进。\n"
            )
        }
        (Some(other), _) => panic!("{}: no such file: {other}", example.place),
    };
    let is_below_notice = matches!(file, "notice.md" | "01.md");
    let path = if is_below_notice { format!("content/n/{file}") } else { file.to_owned() };
    if path.starts_with("themes/") {
        site.write("site.yaml", "title: 示例\ntheme: mine\n");
    }
    site.write(&path, text);
    site
}

#[track_caller]
fn check(name: &str, at_least: usize) {
    let examples = examples(name);
    assert!(examples.len() >= at_least, "{name} has only {} examples with marks", examples.len());
    for example in examples {
        let mut codes: Vec<String> = site_with(&example)
            .findings()
            .iter()
            .map(|found| found.split(' ').next().unwrap().to_owned())
            .collect();
        codes.retain(|code| code != "no-approved-text");
        codes.dedup();
        let expected: Vec<&str> =
            example.mark("error").into_iter().flat_map(|codes| codes.split(',')).collect();
        assert_eq!(codes, expected, "{}: {}", example.place, example.text);
    }
}

#[test]
fn examples_of_content_build() {
    check("content.md", 10);
}

#[test]
fn examples_of_themes_build() {
    check("themes.md", 6);
}

#[test]
fn examples_for_editors_build() {
    check("editing.zh-CN.md", 14);
}

#[test]
fn the_new_site_of_the_guide_builds_and_its_first_error_looks_like_this() {
    let folder = tempfile::tempdir().unwrap();
    let gongkai = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        command.args(["--lang", "zh"]).args(arguments).current_dir(folder.path()).env("NO_COLOR", "1");
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let guide = document("editing.zh-CN.md");
    for command in ["gongkai init wangzhan", "gongkai build --root wangzhan"] {
        assert!(guide.contains(command), "the guide shows `{command}`");
        let arguments: Vec<&str> = command.split(' ').skip(1).collect();
        assert_eq!(gongkai(&arguments), (Some(0), String::new()), "{command}");
    }
    let item = folder.path().join("wangzhan/content/example-2025/01.md");
    let text = std::fs::read_to_string(&item).unwrap();
    std::fs::write(&item, text.replace("检查企业: 126家次", "检查企业: 128家次")).unwrap();
    let (code, shown) = gongkai(&["build", "--root", "wangzhan"]);
    assert_eq!(code, Some(1));
    let frame = shown.split("\n\n").next().unwrap();
    assert!(guide.contains(frame), "the guide shows this error:\n{frame}");
}

/// Returns the lines of a text that stand outside fenced examples.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut is_fenced = false;
    text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_fenced ^= is_fence;
        !is_fenced && !is_fence
    })
}

/// The address of a heading on its page, as forges and mdBook make it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// Returns the addresses that a text links to, those in code left out.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    for line in prose(text) {
        let outside_code = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        let ends = outside_code.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        links.extend(ends.map(str::to_owned));
    }
    links
}

#[test]
fn links_of_the_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_document = |name: &str| Path::new(name).extension().is_some_and(|extension| extension == "md");
    let mut documents: Vec<String> =
        crate::golden::read_tree(&root.join("docs")).into_keys().map(|name| format!("docs/{name}")).collect();
    for folder in ["", "tests/", "benches/"] {
        let names = std::fs::read_dir(root.join(folder)).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        documents.extend(names.map(|name| format!("{folder}{name}")));
    }
    documents.retain(|name| is_document(name));
    let (mut wrong, mut n_links) = (Vec::new(), 0);
    for name in &documents {
        let path = root.join(name);
        for link in links(&std::fs::read_to_string(&path).unwrap()) {
            n_links += 1;
            let (file, fragment) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let is_there = match fragment {
                _ if file.contains(':') => true,
                "" => target.exists(),
                _ => std::fs::read_to_string(&target).is_ok_and(|text| {
                    prose(&text)
                        .filter_map(|line| line.strip_prefix('#'))
                        .any(|heading| anchor(heading.trim_start_matches('#')) == fragment)
                }),
            };
            // What is outside of `docs/` is not in the book.
            let leaves_the_book = name.starts_with("docs/") && file.starts_with("..");
            if !is_there || leaves_the_book {
                wrong.push(format!("{name}: {link}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(n_links > 50, "only {n_links} links were found");
}

#[test]
fn the_book_has_every_document() {
    let summary = links(&document("SUMMARY.md"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let names = std::fs::read_dir(folder).unwrap();
    for name in names.map(|entry| entry.unwrap().file_name().into_string().unwrap()) {
        if name.rsplit('.').next() == Some("md") && name != "SUMMARY.md" {
            assert!(summary.contains(&name), "docs/SUMMARY.md does not list `{name}`");
        }
    }
}
