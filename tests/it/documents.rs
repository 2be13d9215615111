//! The examples in `docs/` are true: each is built as the reader would build it.
//!
//! A fenced example says after its language what it is:
//! `file=PATH` a whole file · `in=site.yaml`, `in=notice.md`, `in=01.md` lines of that file ·
//! `error=CODE` what is reported instead of success · `with=PATH` another file that must be there.
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
            format!("---\ntitle: 甲\nunit: 甲\ndate: 2025-08-28\n{text}---\n现予以公布。\n")
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
        let expected: Vec<&str> = example.mark("error").into_iter().collect();
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
