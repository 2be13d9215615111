//! A new import beside the folder that editors have worked on: what changed, and files that keep their front matter.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostics, SourcePath};
use crate::markdown::{self, Options};
use crate::notice::Day;
use crate::text::{self, structure};
use crate::yaml::{Document, Tree};

use super::markup::{read, with_markup};
use super::{Import, NewFile};

/// What a new import does to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its name.
    pub name: String,
    /// What becomes of it.
    pub change: Change,
    /// What the document says otherwise than front matter that stays: the key, what stands there, what the document says.
    pub unlike: Vec<[String; 3]>,
    /// What it is to say afterwards; `None` where it stays as it is.
    pub text: Option<String>,
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    New,
    /// It says the same, perhaps with markup of the editor, and stays as it is.
    Same,
    /// Its text changed: the lines that go, and those that come. Its front matter stays but for the heading.
    Text {
        /// Lines that are no longer there.
        gone: Vec<String>,
        /// Lines that are new.
        new: Vec<String>,
    },
    /// The document no longer has it; it is left to the editor.
    Gone,
}

/// A file, taken apart.
struct Old<'a> {
    heading: String,
    /// The heading without its number, folded.
    key: String,
    body: &'a str,
    /// The words of the body, line by line, without markup.
    lines: Vec<String>,
    front: std::ops::Range<usize>,
    text: &'a str,
}

/// Lays an import beside the texts of a folder, by name.
///
/// Sections meet by their headings without numbers, else by their text: what an editor wrote about one problem never comes to
/// stand with another, however the numbers move.
pub fn changes(import: &Import, folder: &BTreeMap<String, String>, options: &Options) -> Vec<FileChange> {
    let mut old: Vec<(&str, Old<'_>)> =
        folder.iter().map(|(name, text)| (name.as_str(), Old::of(text, options))).collect();
    old.sort_by(|(one, _), (other, _)| crate::content::compare_names(one, other));
    let new: Vec<Old<'_>> = import.files.iter().map(|file| Old::of(&file.text, options)).collect();
    let pairs = pairs(import, &new, &old);
    let names = names(import, &pairs, &old);
    let mut changes = Vec::new();
    for (((file, new), pair), name) in import.files.iter().zip(&new).zip(&pairs).zip(names) {
        changes.push(match pair.and_then(|pair| old.get(pair)) {
            Some((old_name, old)) => of_file(name, old_name, old, new, options),
            None => {
                FileChange { name, change: Change::New, unlike: Vec::new(), text: Some(file.text.clone()) }
            }
        });
    }
    // What went to another name stands there now.
    let is_gone = |(name, _): &&(&str, Old<'_>)| changes.iter().all(|change| change.name != *name);
    let gone: Vec<FileChange> = old
        .iter()
        .filter(is_gone)
        .map(|(name, _)| FileChange {
            name: (*name).to_owned(),
            change: Change::Gone,
            unlike: Vec::new(),
            text: None,
        })
        .collect();
    changes.extend(gone);
    changes
}

/// Returns the files of `folder` as they are once the changes are made; those that the document no longer has stay.
pub fn merged(changes: &[FileChange], folder: &BTreeMap<String, String>) -> Vec<NewFile> {
    let mut files = folder.clone();
    files.extend(changes.iter().filter_map(|change| Some((change.name.clone(), change.text.clone()?))));
    files.into_iter().map(|(name, text)| NewFile { name, text }).collect()
}

/// Returns for each new file which of the old ones it goes on with.
fn pairs(import: &Import, new: &[Old<'_>], old: &[(&str, Old<'_>)]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; new.len()];
    let mut is_taken = vec![false; old.len()];
    let rules: [&dyn Fn(usize, usize) -> bool; 4] = [
        &|at, index| !new[at].key.is_empty() && new[at].heading == old[index].1.heading,
        &|at, index| !new[at].key.is_empty() && new[at].key == old[index].1.key,
        &|at, index| {
            new[at].key.is_empty() && old[index].1.key.is_empty() && import.files[at].name == old[index].0
        },
        &|at, index| new[at].is_like(&old[index].1),
    ];
    for is_pair in rules {
        for (at, pair) in pairs.iter_mut().enumerate().filter(|(_, pair)| pair.is_none()) {
            let found = (0..old.len()).find(|index| !is_taken[*index] && is_pair(at, *index));
            if let Some(index) = found {
                *pair = found;
                is_taken[index] = true;
            }
        }
    }
    pairs
}

/// Names the files: those that go on keep their names, and so their addresses, if the order allows it; new ones stand between.
fn names(import: &Import, pairs: &[Option<usize>], old: &[(&str, Old<'_>)]) -> Vec<String> {
    let kept: Vec<usize> = pairs.iter().skip(1).flatten().copied().collect();
    // Files of the editor's own keep their names.
    let is_left = |name: &str| {
        old.iter().enumerate().any(|(index, (old, _))| *old == name && !pairs.contains(&Some(index)))
    };
    let fresh = || {
        let with_letter = |name: &str| {
            let stem = name.strip_suffix(".md").unwrap_or(name).to_owned();
            ('a'..='z').map(move |letter| format!("{stem}{letter}.md"))
        };
        let name =
            |name: &String| [name.clone()].into_iter().chain(with_letter(name)).find(|name| !is_left(name));
        import.files.iter().map(|file| name(&file.name).unwrap_or_else(|| file.name.clone())).collect()
    };
    // The old files are in the order of their names, so these indexes are it, too.
    if kept.is_empty() || !kept.is_sorted() {
        return fresh();
    }
    let mut names: Vec<String> = Vec::new();
    let mut last = String::new();
    for (file, pair) in import.files.iter().zip(pairs) {
        let name = if let Some((name, _)) = pair.and_then(|pair| old.get(pair)) {
            (*name).to_owned()
        } else {
            let is_free = |name: &String| !names.contains(name) && old.iter().all(|(old, _)| old != name);
            let stem = last.strip_suffix(".md").unwrap_or("00");
            let between = ('a'..='z').map(|letter| format!("{stem}{letter}.md"));
            let is_last = old.iter().all(|(name, _)| *name < file.name.as_str() || *name == "notice.md");
            let own = [file.name.clone()].into_iter().filter(|_| is_last || file.name == "notice.md");
            let Some(name) = own.chain(between).find(is_free) else { return fresh() };
            name
        };
        if name != "notice.md" {
            last.clone_from(&name);
        }
        names.push(name);
    }
    let sections: Vec<&String> = names.iter().filter(|name| *name != "notice.md").collect();
    if !sections.is_sorted_by(|one, other| crate::content::compare_names(one, other).is_lt()) {
        return fresh();
    }
    names
}

/// Tells whether front matter that an editor wrote into a file can be told from its text.
pub fn can_be_kept(text: &str) -> bool {
    let (front, _) = crate::content::front_matter::parts(text);
    let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().trim();
    let is_fence = first.chars().count() >= 2 && first.chars().all(|c| ['-', '—', '－', '–'].contains(&c));
    !front.is_empty() || !is_fence || text.lines().nth(1).is_some_and(|line| line.trim_end() == "---")
}

fn of_file(name: String, old_name: &str, old: &Old<'_>, new: &Old<'_>, options: &Options) -> FileChange {
    let has_same_heading = text::compared(&old.heading) == text::compared(&new.heading);
    let has_same_text = old
        .lines
        .iter()
        .map(|line| text::compared(line))
        .eq(new.lines.iter().map(|line| text::compared(line)));
    if has_same_text && has_same_heading && name == old_name {
        return FileChange { name, change: Change::Same, unlike: old.unlike(new), text: None };
    }
    // A file without front matter gets that of the document.
    let of_front = if old.front.is_empty() { new } else { old };
    let mut front = of_front.text.get(..of_front.front.end).unwrap_or_default().to_owned();
    if !has_same_heading
        && let Some(document) = Document::read(of_front.text, of_front.front.clone())
        && let Some((range, text)) = document.put(&[], "heading", &Tree::text(new.heading.as_str()))
    {
        front.replace_range(range, &text);
    }
    let rest = of_front.text.get(of_front.front.end..);
    let behind = rest.and_then(|rest| rest.split_inclusive('\n').next()).unwrap_or("---\n");
    let without = |lines: &[String], others: &[String]| -> Vec<String> {
        let others: BTreeSet<String> = others.iter().map(|line| text::compared(line)).collect();
        lines.iter().filter(|line| !others.contains(&text::compared(line))).cloned().collect()
    };
    let (mut gone, mut come) = (without(&old.lines, &new.lines), without(&new.lines, &old.lines));
    if !has_same_heading {
        gone.insert(0, old.heading.clone());
        come.insert(0, new.heading.clone());
    }
    let body = if has_same_text { old.body.to_owned() } else { with_markup(old.body, new.body, options) };
    let text = format!("{front}{behind}{body}");
    FileChange { name, change: Change::Text { gone, new: come }, unlike: old.unlike(new), text: Some(text) }
}

impl<'a> Old<'a> {
    fn of(text: &'a str, options: &Options) -> Self {
        let (front, body) = crate::content::front_matter::parts(text);
        let body = text.get(body).unwrap_or_default();
        let heading = value(text, front.clone(), "heading");
        let key = text::compared(structure::behind_number(&heading));
        let text_of = markdown::plain_text(&read(body, options));
        let lines =
            text_of.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        Self { heading, key, body, lines, front, text }
    }

    /// Compares what front matter says of the notice as a whole.
    fn unlike(&self, new: &Self) -> Vec<[String; 3]> {
        let pair = |key: &str| {
            let [old, new] = [self, new].map(|file| value(file.text, file.front.clone(), key));
            // 2025-08-28 and 2025年8月28日 are one day.
            let is_same_day = Day::parse(&old)
                .zip(Day::parse(&new))
                .is_some_and(|(old, new)| old.date().is_some() && old.date() == new.date());
            (!new.is_empty() && text::compared(&old) != text::compared(&new) && !is_same_day)
                .then(|| [key.to_owned(), old, new])
        };
        ["title", "unit", "date", "signature"].into_iter().filter_map(pair).collect()
    }

    /// Tells whether half of the lines of each stand in the other, too.
    fn is_like(&self, other: &Self) -> bool {
        let lines: BTreeSet<String> = other.lines.iter().map(|line| text::compared(line)).collect();
        let n_same = self.lines.iter().filter(|line| lines.contains(&text::compared(line))).count();
        n_same > 0 && 2 * n_same >= self.lines.len().max(other.lines.len())
    }
}

/// Returns a text of the front matter; empty if it is not there.
fn value(text: &str, front: std::ops::Range<usize>, key: &str) -> String {
    let mut found = Diagnostics::new();
    let node = crate::yaml::parse(&SourcePath::new("a.md"), text, front, &mut found);
    let Some(crate::yaml::Value::Mapping(entries)) = node.map(|node| node.value) else {
        return String::new();
    };
    match entries.into_iter().find(|entry| entry.key.value == key).map(|entry| entry.node.value) {
        Some(crate::yaml::Value::Scalar(words)) => words,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::import::import;

    fn notice(headings: &[&str]) -> String {
        let of_one = |(index, name): (usize, &&str)| {
            let number = text::numeral::print(index as u64 + 1);
            format!("{number}、关于“{name}”问题的整改情况\n关于{name}已经制定办法。\n{name}已经检查。\n")
        };
        let items: String = headings.iter().enumerate().map(of_one).collect();
        format!("现将情况通报如下。\n{items}某局\n2025年8月28日\n")
    }

    fn files(text: &str) -> Import {
        import(&document::read(text.as_bytes()).unwrap(), "n", &Options::default())
    }

    /// Imports `first`, lets an editor set a status of its own for each item, imports `second`; returns for each file its heading
    /// and status.
    fn after(first: &[&str], second: &[&str]) -> Vec<String> {
        let mut folder: BTreeMap<String, String> =
            files(&notice(first)).files.into_iter().map(|file| (file.name, file.text)).collect();
        for (name, text) in &mut folder {
            if name != "notice.md" {
                let about = first[name.trim_end_matches(".md").parse::<usize>().unwrap() - 1];
                *text = text.replacen("\n---", &format!("\nplain: {about}\n---"), 1);
            }
        }
        for change in changes(&files(&notice(second)), &folder, &Options::default()) {
            match change.change {
                Change::Gone => drop(folder.remove(&change.name)),
                _ => drop(change.text.map(|text| folder.insert(change.name, text))),
            }
        }
        folder.remove("notice.md");
        let shown = |(name, text): (&String, &String)| {
            let heading = Old::of(text, &Options::default()).key;
            let plain = text.lines().find_map(|line| line.strip_prefix("plain: ")).unwrap_or("-");
            let about = heading.split(['“', '”']).nth(1).unwrap_or_default().to_owned();
            format!("{} {about} {plain}", name.trim_end_matches(".md"))
        };
        folder.iter().map(shown).collect()
    }

    #[test]
    fn what_editors_wrote_stays_with_its_problem() {
        assert_eq!(after(&["会风", "服务"], &["会风", "服务"]), ["01 会风 会风", "02 服务 服务"]);
        assert_eq!(
            after(&["会风", "服务", "管理"], &["会风", "档案", "服务", "管理"]),
            ["01 会风 会风", "01a 档案 -", "02 服务 服务", "03 管理 管理"]
        );
        assert_eq!(after(&["会风", "服务", "管理"], &["会风", "管理"]), ["01 会风 会风", "03 管理 管理"]);
        assert_eq!(after(&["会风", "服务"], &["服务", "会风"]), ["01 服务 服务", "02 会风 会风"]);
        assert_eq!(after(&["会风", "服务"], &["会风", "公车"]), ["01 会风 会风", "01a 公车 -"]);
        assert_eq!(after(&["会风"], &["会风", "公车"]), ["01 会风 会风", "02 公车 -"]);
    }

    #[test]
    fn files_are_in_the_order_of_their_numbers() {
        let headings = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
        let import = files(&notice(&headings));
        // An editor made the folder by hand: 1.md … 10.md.
        let named = |name: String| name.strip_prefix('0').map(str::to_owned).unwrap_or(name);
        let folder = import.files.iter().map(|file| (named(file.name.clone()), file.text.clone())).collect();
        let changes = changes(&import, &folder, &Options::default());
        assert!(changes.iter().all(|change| change.change == Change::Same), "{changes:?}");
    }

    #[test]
    fn front_matter_that_nothing_closes_cannot_be_kept() {
        for (text, expected) in [
            ("---\nheading: 甲\n---\n乙\n", true),
            ("---\n---\n乙\n", true),
            ("乙\n", true),
            ("", true),
            ("---\nheading: 甲\n乙\n", false),
            ("———\nheading: 甲\n———\n乙\n", false),
        ] {
            assert_eq!(can_be_kept(text), expected, "{text}");
        }
    }

    #[test]
    fn files_of_the_editor_are_left() {
        let mut folder: BTreeMap<String, String> =
            files(&notice(&["会风", "服务"])).files.into_iter().map(|file| (file.name, file.text)).collect();
        folder.insert("03.md".to_owned(), "---\nkind: prose\n---\n编者的话。\n".to_owned());
        let changes = changes(&files(&notice(&["服务", "会风", "公车"])), &folder, &Options::default());
        let of_editor: Vec<&Change> =
            changes.iter().filter(|change| change.name == "03.md").map(|change| &change.change).collect();
        assert_eq!(of_editor, [&Change::Gone]);
        assert!(changes.iter().any(|change| change.name == "03a.md" && change.change == Change::New));
    }
}
