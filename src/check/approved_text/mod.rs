//! `approved-text-differs`, `approved-paragraphs-differ`, `approved-table-differs`, `table-columns-unproven`,
//! `table-shown-as-text`, `no-approved-text`: the notice says what was signed off.
//!
//! What counts as a difference is decided in `comparison`: every character but widths, indents and the length of a run of
//! spaces. Paragraph breaks are compared too, but only warned about, unless they part a number (`number-broken`).
//!
//! Start with [`check`]. `differences` knows what differs and where that is, `reasons` why, and so what to write; here it is
//! put into words.

mod causes;
mod differences;
mod reasons;

use std::collections::{BTreeMap, BTreeSet};

use self::differences::{Change, LineBreak, moved};
use self::reasons::{ANNEX_HELP, help_with_number};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::fidelity::{self, Columns, Comparison, NoticeText};
use crate::notice::Notice;
use crate::text;

/// The most characters of a difference that its message quotes.
const LONGEST_EXCERPT: usize = 40;

/// How many line breaks inside sentences are shown of all that a file has.
const MOST_BREAKS_SHOWN: usize = 3;

/// Compares `notice`, whose lines are `text`, with its approved text; `said` is what was found in its files.
pub(super) fn check(
    notice: &Notice,
    text: &NoticeText<'_>,
    said: &AlreadyReported,
    diagnostics: &mut Diagnostics,
) {
    let Some(approved) = &notice.approved else {
        diagnostics.push(no_approved_text(notice));
        return;
    };
    if !approved.is_whole || fidelity::agrees(approved, text) {
        return;
    }
    let reporter = Reporter { notice, comparison: Comparison::new(notice, approved, text), said };
    let mut runs = reporter.comparison.runs();
    let columns = Columns::of(&reporter.comparison, &runs);
    reporter.columns(&columns, diagnostics);
    reporter.tables_as_text(&columns, diagnostics);
    runs.retain(|run| !reporter.comparison.touches_gap(run));
    let changes: Vec<Change<'_>> = runs
        .iter()
        .flat_map(|run| run.changes.iter().map(move |(old, new)| Change { run, old, new }))
        .filter(|change| !reporter.is_behind_run_in_heading(change) && !reporter.parts_signature(change))
        .collect();
    let moved = moved(&changes);
    let skipped: BTreeSet<usize> = moved.values().copied().collect();
    let mut breaks: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate().filter(|(index, _)| !skipped.contains(index)) {
        let difference = match moved.get(&index) {
            Some(there) => reporter.moved(&changes[*there], change),
            None => reporter.difference(change),
        };
        if reporter.is_in_misnumbered_list(&difference) {
            continue;
        }
        let source = difference.location.as_ref().map(|location| location.path.as_str().to_owned());
        match source.filter(|_| reporter.line_break(change) == Some(LineBreak::InSentence)) {
            Some(source) => breaks.entry(source).or_default().push(difference),
            None => diagnostics.push(difference),
        }
    }
    for of_file in breaks.into_values() {
        diagnostics.push(as_one(of_file));
    }
}

/// Problems of the files that explain differences at their places, which are then not reported.
#[derive(Debug, Default)]
pub(super) struct AlreadyReported {
    /// List items that would be shown with another number.
    misnumbered: Vec<Location>,
    /// Lines with tabs that are to become a table.
    with_tabs: Vec<Location>,
}

impl AlreadyReported {
    /// Takes what it needs from what was found in the files.
    pub(super) fn of(diagnostics: &Diagnostics) -> Self {
        let mut said = Self::default();
        for found in diagnostics.iter() {
            let places = match found.code {
                "list-number-differs" => &mut said.misnumbered,
                "table-with-tabs" => &mut said.with_tabs,
                _ => continue,
            };
            places.extend(found.location.clone());
        }
        said
    }
}

/// Writes the reports about one notice.
struct Reporter<'a> {
    notice: &'a Notice,
    comparison: Comparison<'a>,
    said: &'a AlreadyReported,
}

impl Reporter<'_> {
    /// Reports lines that the approved text has at another place, `there`.
    fn moved(&self, there: &Change<'_>, here: &Change<'_>) -> Diagnostic {
        let first = here.run.written.first_word(here.new);
        let words = self.written_words(here.run, &(first..here.new.end));
        let there = there.run.wanted.place(there.run.wanted.first_word(there.old));
        let line = here.run.written.place(first).0;
        let (help, chinese_help) = if self.is_signature(line) || self.is_behind_signature(line, there.0) {
            ANNEX_HELP
        } else {
            (
                "do not change the words: sections stand in the order of their file names, so correct the name of the file; a paragraph inside a file is to be moved",
                "不要改动文字：各部分按文件名排列，请改正文件名；同一文件里的段落，请移到相应位置",
            )
        };
        let (english, chinese) = explained(
            format!("only the order differs: the approved text has `{words}` at another place"),
            format!("只是顺序不同：审定稿中 `{words}` 在别处"),
        );
        Diagnostic::error(
            "approved-text-differs",
            self.written_location(here.run.written.place(first), here.written()),
            english,
            chinese,
        )
        .help(help, chinese_help)
        .related(self.approved_location(there), "the approved text has it here", "审定稿中在这里")
    }

    /// Reports what the structure of tables says.
    fn columns(&self, columns: &Columns, diagnostics: &mut Diagnostics) {
        for &(wanted, written) in &columns.moved {
            let lines = (self.comparison.wanted.get(wanted), self.comparison.text.lines.get(written));
            let (Some(folded), Some(line)) = lines else { continue };
            let words = text::excerpt(&line.text, LONGEST_EXCERPT);
            let (there, here) = (folded.tabs.column + 1, line.cell.map_or(0, |cell| cell.column) + 1);
            let (english, chinese) = if there == here {
                (
                    format!("the approved text has `{words}` in another row of the table"),
                    format!("审定稿中 `{words}` 在表格的另一行"),
                )
            } else {
                (
                    format!("the approved text has `{words}` in column `{there}`, not in column `{here}`"),
                    format!("审定稿中 `{words}` 在第 `{there}` 栏，不在第 `{here}` 栏"),
                )
            };
            diagnostics.push(
                Diagnostic::error(
                    "approved-table-differs",
                    line.location(0..line.text.len()),
                    english,
                    chinese,
                )
                .help(
                    "put it into its cell; empty cells count. If the approved text lost cells that were merged, add a tab for each of them there",
                    "请放回相应的格，空格子也算一格；审定稿因合并单元格而少了格的，请在审定稿的这一行补上制表符",
                )
                .related(self.approved_location((wanted, 0)), "the approved text", "审定稿"),
            );
        }
        for &(table, first) in &columns.unproven {
            let Some(table) = self.comparison.text.tables.get(table) else { continue };
            diagnostics.push(
                Diagnostic::warning(
                    "table-columns-unproven",
                    table.location.clone(),
                    "the table has empty cells, and the approved text does not show in which columns the others stand",
                    "表格里有空格子，而审定稿看不出其余各格在哪一栏",
                )
                .help(
                    "write each row of the table on one line of the approved text, with a tab between its cells, empty ones included; the words stay as they are",
                    "请在审定稿里把表格的每一行写成一行，各格之间（包括空格子）用制表符隔开；文字不用改",
                )
                .related(self.approved_location((first, 0)), "the approved text", "审定稿"),
            );
        }
    }

    /// Reports tables of the approved text that are text on the page, unless the lines with tabs have been reported.
    fn tables_as_text(&self, columns: &Columns, diagnostics: &mut Diagnostics) {
        for &(wanted, written) in &columns.as_text {
            let location = self.written_location((written, 0), &[]);
            let is_said = |said: &Location| said.path == location.path && is_inside(&location, said);
            if self.said.with_tabs.iter().any(is_said) {
                continue;
            }
            diagnostics.push(
                Diagnostic::warning(
                    "table-shown-as-text",
                    location,
                    "the approved text has a table here, whose rows are shown as text",
                    "审定稿在这里是一张表格，页面上却显示成普通文字",
                )
                .help(
                    "write a table, `| … | … |`, with a cell for each of the approved text; where no table is meant, write spaces instead of tabs in the approved text",
                    "请写成表格 `| …… | …… |`，每格与审定稿对应；如果本来不是表格，请把审定稿里的制表符改为空格",
                )
                .related(self.approved_location((wanted, 0)), "the approved text", "审定稿"),
            );
        }
    }

    fn is_in_misnumbered_list(&self, difference: &Diagnostic) -> bool {
        let Some(Location { path, range: Some(list) }) = &difference.location else { return false };
        self.said.misnumbered.iter().any(|item| {
            item.path == *path && item.range.as_ref().is_some_and(|item| list.contains(&item.start))
        })
    }

    fn difference(&self, change: &Change<'_>) -> Diagnostic {
        let &Change { run, old, new } = change;
        let line_break = self.line_break(change);
        let is_lost = line_break.is_some() && change.wanted().contains(&'\n');
        // The new paragraph is to begin behind the space.
        let written_at = run.written.place(if is_lost { new.end } else { run.written.first_word(new) });
        let location = self.written_location(written_at, change.written());
        let (english, chinese) = self.message(change, line_break, is_lost);
        let problem = match line_break {
            Some(LineBreak::InNumber) => Diagnostic::error("number-broken", location, english, chinese),
            Some(_) => Diagnostic::warning("approved-paragraphs-differ", location, english, chinese),
            None => Diagnostic::error("approved-text-differs", location, english, chinese),
        };
        let problem = match line_break {
            Some(LineBreak::InNumber) => help_with_number(problem, is_lost && !change.written().is_empty()),
            _ => self.help(problem, change, line_break, written_at.0),
        };
        let wanted_at = run.wanted.place(run.wanted.first_word(old));
        problem.related(self.approved_location(wanted_at), "the approved text", "审定稿")
    }

    /// Says what differs, in English and Chinese; `is_lost` tells of a line break that only the approved text has.
    fn message(&self, change: &Change<'_>, line_break: Option<LineBreak>, is_lost: bool) -> (String, String) {
        let wanted = self.wanted_words(change.run, change.old);
        let written = self.written_words(change.run, change.new);
        let (english, chinese) = match (line_break, is_lost) {
            (Some(LineBreak::InNumber), true) => (
                "the approved text has a line break or a tab inside this number".to_owned(),
                "审定稿在这个数的中间换行，或有制表符".to_owned(),
            ),
            (Some(LineBreak::InNumber), false) => (
                "a line break parts this number, not so in the approved text".to_owned(),
                "这个数被换行断开，审定稿中没有断开".to_owned(),
            ),
            (Some(_), true) => {
                ("a paragraph of the approved text begins here".to_owned(), "审定稿在这里另起一段".to_owned())
            }
            (Some(_), false) => (
                "the approved text has no new paragraph here".to_owned(),
                "审定稿在这里没有另起一段".to_owned(),
            ),
            (None, _) if change.wanted().is_empty() => (
                format!("the approved text does not have `{written}` here"),
                format!("审定稿这里没有 `{written}`"),
            ),
            (None, _) if change.written().is_empty() => {
                (format!("the approved text has `{wanted}` here"), format!("审定稿这里还有 `{wanted}`"))
            }
            (None, _) => (
                format!("the approved text says `{wanted}`, not `{written}`"),
                format!("审定稿是 `{wanted}`，不是 `{written}`"),
            ),
        };
        explained(english, chinese)
    }
}

/// Tells whether a place begins inside another one of the same file.
fn is_inside(location: &Location, other: &Location) -> bool {
    let (Some(range), Some(other)) = (&location.range, &other.range) else { return false };
    other.contains(&range.start)
}

/// Says what the sign for the end of a paragraph means, if a message quotes it.
fn explained(english: String, chinese: String) -> (String, String) {
    if chinese.contains('⏎') {
        (english + "; `⏎` is the end of a paragraph", chinese + "；`⏎` 表示一段到此结束")
    } else {
        (english, chinese)
    }
}

/// Makes one warning of all that line breaks inside the sentences of a file have brought.
fn as_one(mut breaks: Vec<Diagnostic>) -> Diagnostic {
    let n = breaks.len();
    let first = breaks.swap_remove(0);
    let Some(location) = first.location.clone().filter(|_| n > 1) else { return first };
    let mut places: Vec<Location> = breaks.into_iter().filter_map(|one| one.location).collect();
    places.sort_by_key(|place| place.range.as_ref().map(|range| range.start));
    let collected = Diagnostic::warning(
        "approved-paragraphs-differ",
        location,
        format!("{n} line breaks inside sentences stand only here or only in the approved text"),
        format!("有 {n} 处句子中间的换行与审定稿不一致"),
    )
    .help(
        "where a conversion has broken the lines, join them in the approved text; else break the paragraphs as it does",
        "如果是转换格式时断的行，请在审定稿中接上；否则请照审定稿分段",
    );
    places
        .into_iter()
        .take(MOST_BREAKS_SHOWN - 1)
        .fold(collected, |collected, place| collected.also_at(place, "another one", "另一处"))
}

fn no_approved_text(notice: &Notice) -> Diagnostic {
    Diagnostic::warning(
        "no-approved-text",
        Location::file(&notice.opening.source),
        "nothing proves that this notice says what was signed off",
        "没有审定稿，无法证明通报与审定稿一致",
    )
    .help(
        "put the document that was signed off beside it as `approved.docx`, or its text as `approved.txt`",
        "请把审定的文件存为 `approved.docx`，或把它的文字存为 `approved.txt`，放在同一文件夹中",
    )
}
