//! Sixteen notices in the forms of as many offices: which of their figures are found. `tests/offices.md` says which there
//! are, by a reader's judgement.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use gongkai::diagnostic::Language;
use serde_json::Value;

use crate::golden;
use crate::site::TestSite;

/// The labelled figures.
const LABELS: &str = include_str!("../offices.md");

/// The site with the notices.
const SITE: &str = "tests/sites/offices";

/// One figure of the table: where it stands, and `5.8万余户 = ≥58000 户`; no meaning for one that may be taken either way.
struct Label {
    line: usize,
    column: usize,
    printed: &'static str,
    meaning: Option<&'static str>,
}

/// Reads the figures of each file from the table.
fn labels() -> BTreeMap<String, Vec<Label>> {
    let mut labels: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for row in LABELS.lines().filter(|line| line.starts_with("| ") && line.contains(".md:")) {
        let (place, figures) = row.trim_matches(['|', ' ']).split_once(" | ").unwrap();
        let (file, nth) = place.split_once(':').unwrap();
        let path = format!("content/{file}");
        let text =
            std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SITE).join(&path)).unwrap();
        let (front, body) = text.split_once("\n---\n").unwrap();
        let mut lines = body.lines().zip(front.lines().count() + 2..).filter(|(line, _)| !line.is_empty());
        let (mut rest, line) = lines.nth(nth.parse::<usize>().unwrap() - 1).unwrap();
        let mut column = 1;
        for figure in figures.split('；') {
            let either = figure.strip_prefix('（').and_then(|figure| figure.strip_suffix('）'));
            let (printed, meaning) =
                figure.split_once(" = ").map_or((either.unwrap_or(figure), None), |(a, b)| (a, Some(b)));
            let (before, behind) =
                rest.split_once(printed).unwrap_or_else(|| panic!("{place}: no {printed}"));
            column += before.chars().count();
            labels.entry(path.clone()).or_default().push(Label { line, column, printed, meaning });
            column += printed.chars().count();
            rest = behind;
        }
    }
    labels
}

/// Lists what `gongkai figures` finds in each file.
fn found() -> BTreeMap<String, Vec<Value>> {
    let site = golden::scratch(&Path::new(env!("CARGO_MANIFEST_DIR")).join(SITE));
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    let output = command.args(["figures", "--format", "json", "--root"]).arg(site.path("")).output().unwrap();
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    let notices = list["notices"].as_array().unwrap().iter();
    let files = notices.flat_map(|notice| notice["files"].as_array().unwrap());
    files
        .map(|file| (file["path"].as_str().unwrap().to_owned(), file["figures"].as_array().unwrap().clone()))
        .collect()
}

/// Tells whether `figure` says what the label says: `≥58000 户`, `6～12 个月`.
fn says(figure: &Value, meaning: &str) -> bool {
    let (number, unit) = meaning.split_once(' ').unwrap();
    let number = number.trim_start_matches(|c| "≥><≤≈".contains(c));
    let sign = meaning.split_once(number).unwrap().0;
    let mut ends = number.split('～').map(|end| end.parse::<f64>().unwrap());
    let is_loosened = match figure["approximation"].as_str() {
        None => sign.is_empty(),
        Some("at-least") => sign == "≥",
        Some("above") => sign == ">",
        Some("at-most") => sign == "≤",
        Some("below") => sign == "<",
        Some(_) => sign == "≈",
    };
    let is_same = |key: &str, end: Option<f64>| match (figure[key].as_f64(), end) {
        (Some(one), Some(end)) => one.total_cmp(&end).is_eq(),
        (one, end) => one.is_none() && end.is_none(),
    };
    let is_value = is_same("value", ends.next()) && is_same("value_to", ends.next());
    is_loosened && is_value && figure["unit"].as_str() == Some(unit)
}

/// Joins the files of a notice as they stand in one document, a paragraph a line.
fn joined(folder: &Path, between: &str) -> String {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files
        .retain(|path| path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("notice.md"));
    files.sort();
    files.insert(0, folder.join("notice.md"));
    let mut paragraphs = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(path).unwrap();
        let (front_matter, body) = text.split_once("\n---\n").unwrap();
        let heading = front_matter.lines().find_map(|line| line.strip_prefix("heading: "));
        paragraphs.extend(heading.map(str::to_owned));
        let rows = body.trim().split("\n\n").filter(|paragraph| !paragraph.is_empty());
        paragraphs.extend(
            rows.map(|rows| if rows.starts_with('|') { format!("\n{rows}\n") } else { rows.to_owned() }),
        );
    }
    paragraphs.join(between)
}

#[test]
fn whole_notices_in_one_file_are_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let approved = std::fs::read_to_string(root.join("content/zhoushan-2025/approved.txt")).unwrap();
    for between in ["\n\n", "\n"] {
        let mut site = TestSite::empty().with("site.yaml", "title: 示例\n");
        let mut wanted = Vec::new();
        for (name, told) in [
            ("ducha-zhengwu", "6 headings of problems of the level `问题一`"),
            ("fupin", "6 headings of problems of the level `（一）`"),
            ("gaoxiao", "6 headings of problems of the level `1.`"),
            ("gongxiao", "4 headings of problems of the level `一、`"),
            ("huanbao", "5 headings of problems of the level `整改任务一`"),
            ("jinzhan-guotou", "5 headings of problems of the level `1.`"),
            ("lianhe-shipin", "5 headings of problems of the level `一、`"),
            ("nongye", "4 headings of problems of the level `1.`"),
            ("shenji-jiaotong", "4 headings of problems of the level `一、`"),
            ("shenji-yusuan", "10 headings of problems of the level `1.`"),
            ("shiwei", "5 headings of problems of the level `1.`"),
            ("taizhang-jiaoyu", "7 problems"),
            ("taizhang-shuiwu", "8 problems"),
            ("xiaofang", "5 headings of problems of the level `（一）`"),
            ("xingfa-yiyuan", "4 headings of problems of the level `反馈问题一`"),
            ("yingshang", "5 headings of problems of the level `一、`"),
            ("zhoushan", "24 headings of problems of the level `一、`"),
        ] {
            let folder = root.join(SITE).join("content").join(name);
            let text =
                if folder.exists() { joined(&folder, between) } else { approved.replace('\n', between) };
            let notice = format!("---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\n---\n{text}\n");
            site = site.with(&format!("content/{name}/notice.md"), notice);
            wanted.push(format!("content/{name}/notice.md {told}"));
        }
        let found = site.build().diagnostics.into_iter().filter(|one| one.code == "headings-inside-text");
        let found: Vec<String> = found
            .map(|one| {
                let message = one.message.in_language(Language::English);
                let told =
                    message.trim_start_matches(|c: char| !c.is_ascii_digit()).split(',').next().unwrap();
                format!("{} {told}", one.location.unwrap().path)
            })
            .collect();
        assert_eq!(found, wanted, "{between:?}");
    }
}

#[test]
fn figures_of_sixteen_notices_are_found() {
    let mut found = found();
    let (mut n_true, mut n_right, mut n_found) = (0_usize, 0_usize, 0_usize);
    let mut wrong = Vec::new();
    for (path, labels) in labels() {
        let figures = found.entry(path.clone()).or_default();
        for label in labels {
            let is_here = |figure: &Value| {
                let column = usize::try_from(figure["column"].as_u64().unwrap()).unwrap();
                let end = column + figure["printed"].as_str().unwrap().chars().count();
                figure["line"].as_u64() == u64::try_from(label.line).ok()
                    && (column..end).contains(&label.column)
            };
            let at = figures.iter().position(is_here);
            let figure = at.map(|at| figures.remove(at));
            let Some(meaning) = label.meaning else { continue };
            n_true += 1;
            n_found += usize::from(figure.is_some());
            if figure.as_ref().is_some_and(|figure| says(figure, meaning)) {
                n_right += 1;
            } else {
                let found = figure.map(|figure| figure["printed"].to_string());
                wrong.push(format!("{path}:{}: {} = {meaning}, found {found:?}", label.line, label.printed));
            }
        }
    }
    for (path, figure) in found.iter().flat_map(|(path, all)| all.iter().map(move |one| (path, one))) {
        n_found += 1;
        wrong.push(format!("{path}:{}: {} is none", figure["line"], figure["printed"]));
    }
    // In hundredths of a percent.
    let [recall, precision] = [n_true, n_found].map(|all| n_right * 10_000 / all);
    let told = format!("{n_true} figures, recall {recall}, precision {precision} of 10,000");
    println!("{told}\n{}", wrong.join("\n"));
    assert!(n_true >= 350 && recall >= 9950 && precision >= 9900, "{told}\n{}", wrong.join("\n"));
}
