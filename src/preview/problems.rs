//! What is wrong with the site, as the terminal and the pages show it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Draw;
use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::disk::Sources;
use crate::live::snapshot::Snapshot;
use crate::text::characters::Visible;

/// The most problems that are sent to pages.
const MOST_SENT: usize = 50;

/// Everything that is known to be wrong at one moment.
#[derive(Debug)]
pub(super) struct Problems {
    /// All of it, sorted as `build` prints it.
    pub(super) list: Vec<Diagnostic>,
    /// The texts that the list points into.
    pub(super) sources: Sources,
    /// The list for the script in the pages.
    pub(super) json: String,
}

#[derive(Serialize)]
struct ListJson {
    errors: usize,
    warnings: usize,
    /// Whether there are pages that have not been looked at, not even before the last save.
    checking: bool,
    list: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct ProblemJson {
    severity: &'static str,
    code: &'static str,
    message: String,
    place: Option<String>,
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    frame: String,
    help: Option<String>,
}

impl Default for Problems {
    /// What is known before anything has been looked at.
    fn default() -> Self {
        let json = r#"{"errors":0,"warnings":0,"checking":true,"list":[]}"#.to_owned();
        Self { list: Vec::new(), sources: Sources::default(), json }
    }
}

impl Problems {
    /// Puts a list into words; `draw` makes the code frames.
    pub(super) fn new(
        list: Vec<Diagnostic>,
        snapshot: &Snapshot,
        is_checking: bool,
        language: Language,
        draw: Draw,
    ) -> Self {
        let sources = sources_of(&list, snapshot);
        let count = |severity| list.iter().filter(|problem| problem.severity == severity).count();
        // Notes are left out here; the proof sheet lists them.
        let mut sent: Vec<&Diagnostic> =
            list.iter().filter(|problem| problem.severity != Severity::Note).collect();
        sent.sort_by_key(|problem| problem.severity);
        sent.truncate(MOST_SENT);
        let json = ListJson {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            checking: is_checking,
            list: sent.into_iter().map(|problem| problem_json(problem, &sources, language, draw)).collect(),
        };
        let json = serde_json::to_string(&json).expect("texts and numbers become JSON");
        Self { list, sources, json }
    }
}

fn problem_json(problem: &Diagnostic, sources: &Sources, language: Language, draw: Draw) -> ProblemJson {
    let spot = problem.location.as_ref().and_then(|location| sources.spot(location));
    let path = problem.location.as_ref();
    let path = path.map(|location| Visible::new(location.path.as_str()).text.into_owned());
    ProblemJson {
        severity: match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        code: problem.code,
        message: problem.message.in_language(language).to_owned(),
        place: path.as_ref().map(|path| match spot {
            Some(spot) => format!("{path}:{spot}"),
            None => path.clone(),
        }),
        path,
        line: spot.map(|spot| spot.line),
        column: spot.map(|spot| spot.column),
        frame: draw(problem, sources, language),
        help: problem.help.as_ref().map(|help| help.in_language(language).to_owned()),
    }
}

fn sources_of(list: &[Diagnostic], snapshot: &Snapshot) -> Sources {
    let locations = list.iter().flat_map(Diagnostic::locations);
    let paths: BTreeSet<_> = locations.map(|location| &location.path).collect();
    let mut sources = Sources::default();
    for path in paths {
        if let Some(bytes) = snapshot.source(path) {
            sources.insert(path.clone(), bytes.to_vec());
        }
    }
    sources
}
