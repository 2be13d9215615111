//! What is told where the text of an item and its front matter do not say the same.

use std::ops::Range;

use super::{Found, likely};
use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Edit, Fix, Location, SourcePath};
use crate::notice::Status;
use crate::yaml::{Document, Tree, entry};

/// The file, for fixes.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    /// The front matter.
    pub(super) yaml: Range<usize>,
    pub(super) path: &'a SourcePath,
}

/// An entry that says what the text states.
pub(super) struct Offer {
    key: &'static str,
    value: Tree,
    /// Whether it can be put in as it is.
    is_complete: bool,
}

impl Offer {
    pub(super) fn text(key: &'static str, text: &str) -> Self {
        Self { key, value: Tree::text(text), is_complete: true }
    }

    pub(super) fn texts(key: &'static str, texts: &[String]) -> Self {
        Self { key, value: Tree::texts(texts), is_complete: true }
    }

    /// The status that a text states; words that are not known need somebody who says what they mean.
    pub(super) fn status(is: Option<Status>, words: &str) -> Self {
        let value = match is {
            Some(is) if words.is_empty() => Tree::text(is.id()),
            Some(is) if Status::of_word(words) == Some(is) => Tree::text(words),
            is => {
                let is = is.or_else(|| likely(words)).unwrap_or(Status::InProgress).id();
                Tree::mapping([("is", Tree::text(is)), ("as", Tree::text(words))])
            }
        };
        Self { key: "status", value, is_complete: is.is_some() }
    }

    fn line(&self) -> String {
        entry(self.key, &self.value)
    }
}

/// What the text states and the front matter does not.
#[derive(Default)]
pub(super) struct Lacking {
    offers: Vec<Offer>,
    place: Option<Location>,
}

impl Lacking {
    pub(super) fn push(&mut self, offer: Offer, place: Location) {
        self.offers.push(offer);
        self.place.get_or_insert(place);
    }

    pub(super) fn report(self, source: &Source<'_>, diagnostics: &mut Diagnostics) {
        let Some(place) = self.place else { return };
        let lines: Vec<String> = self.offers.iter().map(|offer| format!("`{}`", offer.line())).collect();
        let keys: Vec<String> = self.offers.iter().map(|offer| format!("`{}`", offer.key)).collect();
        let problem = Diagnostic::warning(
            "fact-only-in-text",
            place,
            format!("the text states it, and the front matter has no {}", keys.join(", ")),
            format!("正文已经写明，文件头却没有 {}", keys.join("、")),
        );
        let is_complete = self.offers.iter().all(|offer| offer.is_complete);
        let problem = if is_complete {
            problem.help(
                format!("add to the front matter: {}", lines.join(", ")),
                format!("请在文件头补上：{}", lines.join("、")),
            )
        } else {
            problem.help(
                format!("add to the front matter, with what it is for `is`: {}", lines.join(", ")),
                format!("请在文件头补上（`is` 写明属于哪一种）：{}", lines.join("、")),
            )
        };
        let fix = is_complete.then(|| source.fix(&self.offers)).flatten();
        diagnostics.extend([fix.into_iter().fold(problem, Diagnostic::fix)]);
    }
}

impl Source<'_> {
    /// The edits that make the front matter say what is offered.
    fn fix(&self, offers: &[Offer]) -> Option<Fix> {
        let document = Document::read(self.file, self.yaml.clone())?;
        let mut edits: Vec<Edit> = Vec::new();
        for offer in offers {
            let (range, text) = document.put(&[], offer.key, &offer.value)?;
            match edits.iter_mut().find(|edit| edit.range == range) {
                Some(edit) => edit.text.push_str(&text),
                None => edits.push(Edit { path: self.path.clone(), range, text }),
            }
        }
        edits.sort_by_key(|edit| edit.range.start);
        Some(Fix::new(edits, Certainty::Probable))
    }

    /// A label of the text says something else than the front matter.
    pub(super) fn contradiction(
        &self,
        key: &str,
        given: &str,
        place: &Location,
        found: &Found,
        offer: Offer,
    ) -> Diagnostic {
        let words = &found.words;
        let line = offer.line();
        let problem = Diagnostic::error(
            "fact-contradicts-text",
            place.clone(),
            format!("`{key}` says `{given}`, and the text states `{words}`"),
            format!("`{key}` 写的是 `{given}`，正文写明 `{words}`"),
        )
        .related(found.location.clone(), "the text states it here", "正文在此处写明")
        .help(format!("write what the text states: `{line}`"), format!("请照正文写：`{line}`"));
        self.fix(&[offer]).into_iter().fold(problem, Diagnostic::fix)
    }

    /// The text says something else than the front matter, or more, and both may be right.
    pub(super) fn unlike(&self, key: &str, given: &str, found: &Found, offer: Offer) -> Diagnostic {
        let words = &found.words;
        let line = offer.line();
        let problem = Diagnostic::warning(
            "fact-unlike-text",
            found.location.clone(),
            format!("the text says `{words}`, and `{key}` says `{given}`"),
            format!("正文写的是 `{words}`，`{key}` 写的是 `{given}`"),
        )
        .help(
            format!("write `{line}`; if both are right, accept the warning and say why"),
            format!("请核对，改为 `{line}`；两处都没有错的，可以保留这个警告并说明理由"),
        );
        self.fix(&[offer]).into_iter().fold(problem, Diagnostic::fix)
    }
}

/// Two statements of a text cannot both be true of its item.
pub(super) fn disagree(first: &Found, other: &Found) -> Diagnostic {
    let (stated, words) = (&first.words, &other.words);
    Diagnostic::warning(
        "facts-disagree",
        other.location.clone(),
        format!("the text says `{words}` here, and `{stated}` elsewhere, of the same problem"),
        format!("同一个问题，正文此处写的是 `{words}`，另一处写的是 `{stated}`"),
    )
    .related(first.location.clone(), "the other statement", "另一处写法")
    .help(
        "correct the text with whoever approved it; if both are right, accept the warning and say why",
        "请与审定部门核对并改正正文；两处都没有错的，可以保留这个警告并说明理由",
    )
}
