//! What was found → the form in which an editor or a program reads it.
//!
//! Start with [`Findings::text`]. `print` draws the same for people.

mod github;
mod json;
mod sarif;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{MAIN_SEPARATOR_STR, Path};

use super::{print, say};
use crate::diagnostic::{Diagnostic, Language, Location, Severity, SourcePath};
use crate::disk::Sources;
use crate::text::place::{Places, Spot};

/// Who reads what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// People.
    Human,
    /// Editors, and whoever searches with `grep`: a line for each.
    Short,
    /// Programs; `docs/schemas/findings.schema.json` holds its form.
    Json,
    /// Programs that know SARIF 2.1.0.
    Sarif,
    /// Workflows of GitHub, which show it beside the changed lines.
    Github,
}

impl Format {
    /// All of them, by the names that the command line knows.
    const ALL: [(&str, Self); 5] = [
        ("human", Self::Human),
        ("short", Self::Short),
        ("json", Self::Json),
        ("sarif", Self::Sarif),
        ("github", Self::Github),
    ];

    /// The names of all.
    pub(super) const NAMES: [&str; 5] = {
        let [(a, _), (b, _), (c, _), (d, _), (e, _)] = Self::ALL;
        [a, b, c, d, e]
    };

    /// Returns the one of this name; people read what nobody names.
    pub(super) fn named(name: Option<&str>) -> Self {
        Self::ALL.iter().find(|(known, _)| Some(*known) == name).map_or(Self::Human, |(_, format)| *format)
    }
}

/// What one command found, with all that it takes to say where.
pub(super) struct Findings<'a> {
    all: &'a [Diagnostic],
    root: &'a Path,
    language: Language,
    /// Lines and columns of all bytes that are spoken of; each file has been walked through once.
    spots: BTreeMap<&'a SourcePath, BTreeMap<usize, Spot>>,
}

/// A range in a file, in lines and columns, which count characters from 1, and in bytes, from 0; its end lies behind it.
struct Stretch {
    start: Spot,
    end: Spot,
    bytes: Range<usize>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(
        all: &'a [Diagnostic],
        sources: &'a Sources,
        root: &'a Path,
        language: Language,
    ) -> Self {
        let mut spots: BTreeMap<&SourcePath, BTreeMap<usize, Spot>> = BTreeMap::new();
        let mut add = |path, range: &Range<usize>| {
            let begin = Spot { line: 1, column: 1 };
            spots.entry(path).or_default().extend([(range.start, begin), (range.end, begin)]);
        };
        for found in all {
            let locations = found.locations();
            locations.for_each(|location| location.range.iter().for_each(|range| add(&location.path, range)));
            let edits = found.fixes.iter().flat_map(|fix| &fix.edits);
            edits.for_each(|edit| add(&edit.path, &edit.range));
        }
        for (path, spots) in &mut spots {
            let mut places = Places::new(sources.get(path).unwrap_or_default());
            for (offset, spot) in spots {
                *spot = places.find(*offset);
            }
        }
        Self { all, root, language, spots }
    }

    /// Writes everything that was found; nothing but line breaks lies between findings where a form has no frame.
    pub(super) fn text(&self, format: Format) -> String {
        match format {
            Format::Human => unreachable!("`print` draws what people read"),
            Format::Short => self.short(),
            Format::Json => json::print(self),
            Format::Sarif => sarif::print(self),
            Format::Github => github::print(self),
        }
    }

    /// Writes a line for each, as compilers do: `content/n/01.md:3:1: error[unknown-key]: …`.
    fn short(&self) -> String {
        let mut out = String::new();
        for found in self.all {
            if let Some(location) = &found.location {
                out.push_str(&print::in_one_line(&self.path(&location.path)));
                if let Some(Stretch { start, .. }) = self.stretch(location) {
                    write!(out, ":{start}").expect("a text takes everything");
                }
                out.push_str(": ");
            }
            let (severity, message) = (severity(found.severity), found.message.in_language(self.language));
            writeln!(out, "{severity}[{}]: {message}", found.code).expect("a text takes everything");
        }
        out
    }

    /// Returns the path of a file from where the command was called, with `/` between the parts.
    fn path(&self, path: &SourcePath) -> String {
        let root = self.root.to_string_lossy().replace(MAIN_SEPARATOR_STR, "/");
        let root = root.strip_prefix("./").unwrap_or(&root).trim_end_matches('/');
        match root {
            "." => path.to_string(),
            "" if !self.root.has_root() => path.to_string(),
            root => format!("{root}/{path}"),
        }
    }

    /// Returns where a place begins and ends; `None` for a file as a whole.
    fn stretch(&self, location: &Location) -> Option<Stretch> {
        let range = location.range.clone()?;
        Some(self.stretch_of(&location.path, range))
    }

    fn stretch_of(&self, path: &SourcePath, bytes: Range<usize>) -> Stretch {
        let spots = &self.spots[path];
        Stretch { start: spots[&bytes.start], end: spots[&bytes.end], bytes }
    }

    /// Returns message and help of a finding, for readers who are shown one text.
    fn words(&self, found: &Diagnostic) -> String {
        let message = found.message.in_language(self.language);
        match &found.help {
            Some(help) => {
                let prefix = say(self.language, "help: ", "建议：");
                format!("{message}\n{prefix}{}", help.in_language(self.language))
            }
            None => message.to_owned(),
        }
    }
}

/// The word for a severity that programs know.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
