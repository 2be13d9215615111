//! `accepted-without-finding`: warnings that stand, as the front matter says, become notes; an entry that meets none is told.
//!
//! [`apply`] is asked once, when everything else has been found. It makes nothing up and takes nothing away: what it meets
//! is still listed, with the reason why it stands.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics, Location, Message, Severity, SourcePath};
use crate::notice::{Accepted, Notice};

/// Whether a list of problems is all that a build would find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// It is.
    Complete,
    /// Something has not been looked at, so that an entry may yet meet its warning.
    Partial,
}

/// An entry of `accepted`, with the files that it speaks for.
struct Entry<'a> {
    accepted: &'a Accepted,
    /// The folder of the notice, with its `/`.
    folder: &'a str,
    /// The only file that it is for; `None` for all of the folder.
    file: Option<&'a SourcePath>,
    is_met: bool,
}

/// Makes a note of every warning that the entries of `notices` accept, and pushes `accepted-without-finding` for entries that
/// meet none: not while there are errors, since these may be why something was not looked at. `text_of` returns the text of
/// a source.
///
/// A warning that is at several places of its file is accepted when all of them are.
pub fn apply<'a>(
    notices: impl IntoIterator<Item = &'a Notice>,
    text_of: impl Fn(&SourcePath) -> Option<&'a [u8]>,
    extent: Extent,
    diagnostics: &mut Diagnostics,
) {
    let mut entries: Vec<Entry<'_>> = notices.into_iter().flat_map(entries_of).collect();
    if entries.is_empty() {
        return;
    }
    for mut found in std::mem::take(diagnostics) {
        if found.severity == Severity::Warning {
            found = accept(found, &mut entries, &text_of);
        }
        diagnostics.push(found);
    }
    if extent == Extent::Complete && !diagnostics.has_errors() {
        let unmet = entries.iter().filter(|entry| !entry.is_met);
        diagnostics.extend(unmet.map(|entry| without_finding(entry.accepted)));
    }
}

fn entries_of(notice: &Notice) -> impl Iterator<Item = Entry<'_>> {
    let opening = &notice.opening.source;
    let folder_end = opening.as_str().rfind('/').map_or(0, |slash| slash + 1);
    let folder = opening.as_str().get(..folder_end).unwrap_or_default();
    notice.passages().flat_map(move |(id, passage)| {
        let file = id.section().map(|_| &passage.source);
        passage.accepted.iter().map(move |accepted| Entry { accepted, folder, file, is_met: false })
    })
}

/// Returns a warning as it is, or as a note if each of its places is accepted.
fn accept<'a>(
    warning: Diagnostic,
    entries: &mut [Entry<'_>],
    text_of: impl Fn(&SourcePath) -> Option<&'a [u8]>,
) -> Diagnostic {
    let Some(own) = &warning.location else { return warning };
    let mut reasons: Vec<&str> = Vec::new();
    let mut is_accepted = true;
    for place in warning.instances().filter(|place| place.path == own.path) {
        let text = || text_of(&place.path).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let met = entries.iter_mut().find(|entry| {
            entry.accepted.code == warning.code && entry.covers(place, text().unwrap_or_default())
        });
        match met {
            Some(entry) => {
                entry.is_met = true;
                if !reasons.contains(&entry.accepted.because.as_str()) {
                    reasons.push(&entry.accepted.because);
                }
            }
            None => is_accepted = false,
        }
    }
    if !is_accepted {
        return warning;
    }
    let [english, chinese] = warning.message.both();
    let message = Message::new(
        format!("{english}; accepted: {}", reasons.join("; ")),
        format!("{chinese}；予以保留：{}", reasons.join("；")),
    );
    Diagnostic { severity: Severity::Note, message, help: None, fixes: Vec::new(), ..warning }
}

impl Entry<'_> {
    /// Tells whether the entry speaks of a place in a file with this text.
    fn covers(&self, place: &Location, text: &str) -> bool {
        let Some(name) = place.path.as_str().strip_prefix(self.folder) else { return false };
        if self.file.is_some_and(|file| *file != place.path) {
            return false;
        }
        let words = &self.accepted.words;
        match &place.range {
            Some(range) => text.match_indices(words).any(|(at, hit)| touches(&(at..at + hit.len()), range)),
            None => name == words,
        }
    }
}

/// Tells whether `range` overlaps `words`, or stands in or beside them if it is empty.
fn touches(words: &Range<usize>, range: &Range<usize>) -> bool {
    if range.is_empty() {
        words.start <= range.start && range.start <= words.end
    } else {
        words.start < range.end && range.start < words.end
    }
}

fn without_finding(accepted: &Accepted) -> Diagnostic {
    let Accepted { code, words, location, .. } = accepted;
    Diagnostic::warning(
        "accepted-without-finding",
        location.clone(),
        format!("there is no warning `{code}` at `{words}` that this could accept"),
        format!("`{words}` 处没有 `{code}` 这个警告，不需要保留"),
    )
    .help(
        "delete the entry; if the warning is still there, copy `words` from the file as it is written there",
        "请删除这一条；如果警告还在，请照文件里的原样改正 `words`",
    )
}
