//! `approved-text-differs`, `approved-paragraphs-differ`, `no-approved-text`: the notice says what was signed off.
//!
//! What counts as a difference is decided in `comparison`: every character but widths, indents and the length of a run of
//! spaces. Paragraph breaks are compared too, but only warned about.

use super::comparison::{self, Comparison, Place, Run};
use super::printed::NoticeText;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::notice::Notice;

/// Compares `notice`, whose lines are `text`, with its approved text; `misnumbered` is from [`misnumbered_lists`].
pub(super) fn check(
    notice: &Notice,
    text: &NoticeText<'_>,
    misnumbered: &[Location],
    diagnostics: &mut Diagnostics,
) {
    let Some(approved) = &notice.approved else {
        diagnostics.push(no_approved_text(notice));
        return;
    };
    if !approved.is_whole || comparison::agrees(approved, text) {
        return;
    }
    let report = Report { notice, comparison: Comparison::new(notice, approved, text), misnumbered };
    for run in report.comparison.runs() {
        if !report.comparison.touches_gap(&run) {
            report.differences(&run, diagnostics);
        }
    }
}

/// Returns the places of list items that would be shown with another number: that they differ has been said.
pub(super) fn misnumbered_lists(diagnostics: &Diagnostics) -> Vec<Location> {
    let found = diagnostics.iter().filter(|found| found.code == "list-number-differs");
    found.filter_map(|found| found.location.clone()).collect()
}

/// Both sides, for the reports.
struct Report<'a> {
    notice: &'a Notice,
    comparison: Comparison<'a>,
    misnumbered: &'a [Location],
}

impl Report<'_> {
    /// Reports what differs in a run of lines.
    fn differences(&self, run: &Run, diagnostics: &mut Diagnostics) {
        let Run { wanted, written, changes, .. } = run;
        for (old, new) in changes {
            let difference = self.difference(
                &wanted.all[old.clone()],
                &written.all[new.clone()],
                wanted.place(wanted.first_word(old)),
                written.place(written.first_word(new)),
            );
            if !self.is_in_misnumbered_list(&difference) {
                diagnostics.push(difference);
            }
        }
    }

    fn is_in_misnumbered_list(&self, difference: &Diagnostic) -> bool {
        let Some(Location { path, range: Some(list) }) = &difference.location else { return false };
        self.misnumbered.iter().any(|item| {
            item.path == *path && item.range.as_ref().is_some_and(|item| list.contains(&item.start))
        })
    }

    fn difference(
        &self,
        wanted: &[char],
        written: &[char],
        wanted_at: Place,
        written_at: Place,
    ) -> Diagnostic {
        let show = |text: &[char]| -> String {
            let shown: String = text.iter().take(40).map(|c| if *c == '\n' { '⏎' } else { *c }).collect();
            if text.len() > 40 { shown + "…" } else { shown }
        };
        let (wanted_words, written_words) = (show(wanted), show(written));
        let is_break_only = wanted.iter().chain(written).all(|c| *c == '\n');
        let (english, chinese) = match (wanted.is_empty(), written.is_empty()) {
            _ if is_break_only && written.is_empty() => {
                ("a paragraph of the approved text begins here".to_owned(), "审定稿在这里另起一段".to_owned())
            }
            _ if is_break_only => (
                "the approved text has no new paragraph here".to_owned(),
                "审定稿在这里没有另起一段".to_owned(),
            ),
            (true, _) => (
                format!("the approved text does not have `{written_words}` here"),
                format!("审定稿这里没有 `{written_words}`"),
            ),
            (_, true) => (
                format!("the approved text has `{wanted_words}` here"),
                format!("审定稿这里还有 `{wanted_words}`"),
            ),
            _ => (
                format!("the approved text says `{wanted_words}`, not `{written_words}`"),
                format!("审定稿是 `{wanted_words}`，不是 `{written_words}`"),
            ),
        };
        let location = self.written_location(written_at, written);
        let problem = if is_break_only {
            Diagnostic::warning("approved-paragraphs-differ", location, english, chinese)
        } else {
            Diagnostic::error("approved-text-differs", location, english, chinese)
        };
        problem
            .help(
                "the approved text is sovereign: write what it says; a slip in it is corrected by a new approval",
                "以审定稿为准：请照审定稿改正；审定稿本身有误的，须重新审定",
            )
            .related(self.approved_location(wanted_at), "the approved text", "审定稿")
    }

    fn written_location(&self, (line, index): Place, words: &[char]) -> Location {
        let (Some(line), Some(folded)) =
            (self.comparison.text.lines.get(line), self.comparison.written.get(line))
        else {
            let last = self.comparison.text.lines.last();
            return last.map_or_else(
                || Location::file(&self.notice.source),
                |line| line.location(line.text.len()..line.text.len()),
            );
        };
        let words = words.iter().skip_while(|c| c.is_whitespace());
        let n_words = words.take_while(|c| **c != '\n').count().max(1);
        let start = folded.places.get(index).map_or(line.text.len(), |place| place.start);
        let last = folded.places.get((index + n_words - 1).min(folded.places.len().saturating_sub(1)));
        line.location(start..last.map_or(start, |place| place.end).max(start))
    }

    fn approved_location(&self, (line, index): Place) -> Location {
        let approved = self.comparison.approved;
        let end = approved.offset + approved.text.len();
        let place = self.comparison.wanted.get(line).map(|line| {
            line.places.get(index).cloned().unwrap_or_else(|| {
                let end = line.places.last().map_or(0, |place| place.end);
                end..end
            })
        });
        Location::new(&approved.source, place.unwrap_or(end..end))
    }
}

fn no_approved_text(notice: &Notice) -> Diagnostic {
    Diagnostic::warning(
        "no-approved-text",
        Location::file(&notice.source),
        "nothing proves that this notice says what was signed off",
        "没有审定稿，无法证明通报与审定稿一致",
    )
    .help(
        "put the text that was signed off beside it as `approved.txt`; save a Word file as plain text",
        "请把审定稿存为 `approved.txt`，放在同一文件夹中；Word 文件须另存为纯文本",
    )
}
