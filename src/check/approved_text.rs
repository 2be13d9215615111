//! `approved-text-differs`, `approved-paragraphs-differ`, `approved-table-differs`, `table-columns-unproven`,
//! `table-shown-as-text`, `no-approved-text`: the notice says what was signed off.
//!
//! What counts as a difference is decided in `comparison`: every character but widths, indents and the length of a run of
//! spaces. Paragraph breaks are compared too, but only warned about, unless they part a number (`number-broken`).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::causes;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::fidelity::{self, CharacterPlace, Characters, Columns, Comparison, NoticeText, PrintedLine, Run};
use crate::figure::breaks_number;
use crate::notice::{Day, Notice};
use crate::text::{self, sentence};

/// The most characters of a difference that its message quotes.
const LONGEST_EXCERPT: usize = 40;

/// How many line breaks inside sentences are shown of all that a file has.
const MOST_BREAKS_SHOWN: usize = 3;

/// How much of a line is looked at on either side of a line break, in characters.
const AROUND_BREAK: usize = 40;

/// The fewest characters that can be said to stand elsewhere; fewer are a slip.
const SHORTEST_MOVED: usize = 8;

/// What to do, in English and Chinese.
pub(super) type Help = (String, String);

/// What to do with text behind the signature.
const ANNEX_HELP: (&str, &str) = (
    "do not change the words: the site sets signature and date of `notice.md` behind the text; what the approved text has \
     behind them goes into a file of its own with `kind: annex`",
    "不要改动文字：`notice.md` 的落款和日期由网站加在正文之后；审定稿在落款之后的内容，请单独存成一个文件，写 `kind: annex`",
);

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
        .filter(|change| !reporter.is_behind_run_in_heading(change))
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

/// Where a line break stands that only one side has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineBreak {
    /// Between two digits, or between a number and its sign, scale or unit.
    InNumber,
    InSentence,
    BehindSentence,
}

/// A stretch that differs in a run of lines: what the approved text has, and what the notice has.
struct Change<'a> {
    run: &'a Run,
    old: &'a Range<usize>,
    new: &'a Range<usize>,
}

impl Change<'_> {
    fn wanted(&self) -> &[char] {
        &self.run.wanted.all[self.old.clone()]
    }

    fn written(&self) -> &[char] {
        &self.run.written.all[self.new.clone()]
    }

    /// Tells whether white space is all that differs.
    fn is_blank(&self) -> bool {
        self.wanted().iter().chain(self.written()).all(|c| c.is_whitespace())
    }

    /// Returns the text before and behind the change, on the page or in the approved text.
    fn around(&self, is_of_page: bool) -> (String, String) {
        let (side, range) =
            if is_of_page { (&self.run.written.all, self.new) } else { (&self.run.wanted.all, self.old) };
        let before = side[range.start.saturating_sub(AROUND_BREAK)..range.start].iter().collect();
        let behind = side[range.end..side.len().min(range.end + AROUND_BREAK)].iter().collect();
        (before, behind)
    }

    /// Tells whether the change is inside a number of the page.
    fn is_in_number(&self) -> bool {
        let (before, behind) = self.around(true);
        breaks_number(&before, &behind)
    }
}

/// Finds what the notice has alone and the approved text says elsewhere: only the order differs. The key is the change here,
/// the value the one there.
fn moved(changes: &[Change<'_>]) -> BTreeMap<usize, usize> {
    let is_alone = |text: &[char], other: &[char]| other.is_empty() && text.len() >= SHORTEST_MOVED;
    let mut there: BTreeMap<Vec<char>, Vec<usize>> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate().rev() {
        if is_alone(change.wanted(), change.written()) {
            there.entry(sorted(change.wanted())).or_default().push(index);
        }
    }
    let here = changes.iter().enumerate().filter(|(_, change)| is_alone(change.written(), change.wanted()));
    let mut moved = BTreeMap::new();
    for (index, change) in here {
        let Some(alike) = there.get_mut(&sorted(change.written())) else { continue };
        let place = alike.iter().rposition(|&other| is_turned(changes[other].wanted(), change.written()));
        if let Some(place) = place {
            moved.insert(index, alike.remove(place));
        }
    }
    moved
}

/// Tells whether two stretches are the same words, of which one begins elsewhere: beside words that its neighbors have, too,
/// it may begin at several places.
fn is_turned(one: &[char], other: &[char]) -> bool {
    let [one, other] =
        [one, other].map(|text| text.iter().filter(|c| !c.is_whitespace()).collect::<String>());
    one.len() == other.len() && one.repeat(2).contains(&other)
}

/// Returns the characters of a stretch in order, so that the same words are found together wherever they begin.
fn sorted(text: &[char]) -> Vec<char> {
    let mut sorted: Vec<char> = text.iter().copied().filter(|c| !c.is_whitespace()).collect();
    sorted.sort_unstable();
    sorted
}

/// Tells whether a place begins inside another one of the same file.
fn is_inside(location: &Location, other: &Location) -> bool {
    let (Some(range), Some(other)) = (&location.range, &other.range) else { return false };
    other.contains(&range.start)
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

    /// Tells whether the line at `index` of the notice is one of the signature, which the site sets.
    fn is_signature(&self, index: usize) -> bool {
        self.comparison.text.signature.contains(&index)
    }

    /// Tells whether the notice has the line at `written` in front of the signature, and the approved text that at `wanted`
    /// behind it.
    fn is_behind_signature(&self, written: usize, wanted: usize) -> bool {
        let signature = &self.comparison.text.signature;
        let last = signature.clone().next_back().and_then(|last| self.comparison.written.get(last));
        let in_front = self.comparison.wanted.get(..wanted).unwrap_or_default();
        written < signature.start
            && last.is_some_and(|last| in_front.iter().any(|line| line.text == last.text))
    }

    /// Returns the help for what concerns the signature, which the site sets, or what stands behind it.
    fn help_with_signature(&self, change: &Change<'_>, line: usize) -> Option<(String, String)> {
        let Range { start, end } = self.comparison.text.signature;
        let (at, within) = change.run.written.place(change.new.start);
        if change.written().is_empty() {
            let lines = &self.comparison.text.lines;
            let length = lines.get(at).map_or(0, |line| line.text.chars().count());
            let is_last =
                start < end && end == lines.len() && (at >= end || at + 1 == end && within >= length);
            // Right in front of the first line it may be a paragraph of the text.
            if !is_last && !self.is_signature(at) || (at, within) == (start, 0) {
                return None;
            }
            let begins_line = change.run.wanted.place(change.run.wanted.first_word(change.old)).1 == 0;
            let is_date = Day::parse(&change.wanted().iter().collect::<String>()).is_some();
            if is_last && begins_line && !(is_date && self.notice.date.is_none()) {
                return Some((ANNEX_HELP.0.to_owned(), ANNEX_HELP.1.to_owned()));
            }
        } else if !self.is_signature(line) {
            return None;
        }
        let file = &self.notice.opening.source;
        Some((
            format!(
                "the site sets this line under the text, from `signature` and `date` in {file}: correct them there; several bodies are a list, `signers: [甲局, 乙局]`, each on its line; delete the key where the text itself ends with the signature"
            ),
            format!(
                "这一行由网站按 {file} 里的 `signature`（落款）和 `date`（成文日期）加在正文之后：请改那里；几个单位联合落款的写成列表 `signers: [甲局, 乙局]`，每个单位一行；正文里已有落款的，请删去这一项"
            ),
        ))
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

    /// Adds what to write instead; `line` is that of the notice at which the problem is shown.
    fn help(
        &self,
        problem: Diagnostic,
        change: &Change<'_>,
        line_break: Option<LineBreak>,
        line: usize,
    ) -> Diagnostic {
        let (wanted, written) = (change.wanted(), change.written());
        let is_text = self.comparison.text.lines.get(line).is_some_and(PrintedLine::is_running_text);
        let is_lost = line_break.is_some() && wanted.contains(&'\n');
        let begins_line = change.run.wanted.place(change.run.wanted.first_word(change.old)).1 == 0;
        let cause = self.cause(change, begins_line, line);
        if let Some((english, chinese)) = cause {
            return problem.help(english, chinese);
        }
        if let Some((english, chinese)) = self.help_with_signature(change, line) {
            return problem.help(english, chinese);
        }
        let is_blank = change.is_blank();
        let (english, chinese) = match line_break {
            Some(LineBreak::InSentence) if is_lost && is_text => (
                "where a conversion has broken the line, join it in the approved text; else leave a blank line above these words, so \
                 that they begin a paragraph",
                "如果是转换格式时断的行，请在审定稿中接上；确是另起一段的，请在这几个字上面空一行",
            ),
            Some(_) if is_lost && is_text => (
                "leave a blank line above these words, so that they begin a paragraph",
                "请在这几个字上面空一行，另起一段",
            ),
            Some(_) if is_text => (
                "write these words on the line of the paragraph above, without a line break between them",
                "请把这几个字接在上一段的同一行里，中间不换行",
            ),
            _ if is_blank && self.is_at_cell(change.run.written.place(change.new.start).0) => (
                "write each row of the table on one line of the approved text, with a tab between its cells; the words stay as they are",
                "请在审定稿里把表格的每一行写成一行，各格之间用制表符隔开；文字不用改",
            ),
            _ if is_blank && is_text && wanted.is_empty() => (
                "delete the space; a line break of the file is shown as one, too, unless it stands between Chinese \
                 characters",
                "请删去空格；一段话中间换行，除非前后都是汉字，也会显示成空格",
            ),
            _ if is_blank && is_text && written.is_empty() && !change.is_in_number() => (
                "write a space here; a tab of the approved text is one, too",
                "请在这里加一个空格；审定稿里的制表符也算空格",
            ),
            _ => (
                "the approved text is sovereign: write what it says; a slip in it is corrected by a new approval",
                "以审定稿为准：请照审定稿改正；审定稿本身有误的，须重新审定",
            ),
        };
        problem.help(english, chinese)
    }

    /// Says what made a faithful copy differ, if it shows.
    fn cause(&self, change: &Change<'_>, begins_line: bool, line: usize) -> Option<Help> {
        let signs = self.wanted_as_written(change.run, change.old);
        if change.written().is_empty()
            && let Some(help) = causes::of_markdown(&signs, begins_line)
        {
            return Some(help);
        }
        let is_heading = change.wanted().is_empty() && change.written().len() > 1;
        let of_heading = || causes::of_heading(self.notice, &self.comparison, line).filter(|_| is_heading);
        causes::of_table(&signs).or_else(of_heading)
    }

    /// Tells where the line break stands, if the change is nothing but one, with or without a space on the other side.
    fn line_break(&self, change: &Change<'_>) -> Option<LineBreak> {
        let (wanted, written) = (change.wanted(), change.written());
        let has_break = |words: &[char]| words.contains(&'\n');
        if !change.is_blank() || has_break(wanted) == has_break(written) {
            return None;
        }
        // Cells that the approved text parts by spaces are no matter of breaks.
        if !wanted.is_empty()
            && has_break(written)
            && self.is_at_cell(change.run.written.place(change.new.start).0)
        {
            return None;
        }
        let (before, behind) = change.around(has_break(wanted));
        let sentence = before.trim_end_matches(|c| "”’）)》」』\"".contains(c));
        let ends = |c: char| sentence::ends_sentence(c) || matches!(c, '：' | ':' | '…');
        Some(if breaks_number(&before, &behind) {
            LineBreak::InNumber
        } else if sentence.ends_with(ends) {
            LineBreak::BehindSentence
        } else {
            LineBreak::InSentence
        })
    }

    /// Tells whether all that differs is that a heading stands on a line of its own, which the text goes on in.
    fn is_behind_run_in_heading(&self, change: &Change<'_>) -> bool {
        let is_break = change.wanted().is_empty() && change.written() == ['\n'];
        let (line, _) = change.run.written.place(change.new.start);
        is_break && self.comparison.text.lines.get(line).is_some_and(PrintedLine::may_run_in)
    }

    /// Tells whether the line at `index`, or the one behind it, is a cell of a table.
    fn is_at_cell(&self, index: usize) -> bool {
        let is_cell = |line: &PrintedLine<'_>| line.cell.is_some();
        self.comparison.text.lines.iter().skip(index).take(2).any(is_cell)
    }

    /// Quotes what the approved text has in `range` of a run, in its own characters.
    fn wanted_words(&self, run: &Run, range: &Range<usize>) -> String {
        text::excerpt(&self.wanted_as_written(run, range), LONGEST_EXCERPT)
    }

    /// Returns the beginning of what the approved text has in `range` of a run, a little more than is quoted.
    fn wanted_as_written(&self, run: &Run, range: &Range<usize>) -> String {
        let approved = self.comparison.approved;
        as_written(&run.wanted, range, |(line, index)| {
            let start = self.comparison.wanted.get(line)?.places.get(index)?.start;
            approved.text.get(start.checked_sub(approved.offset)?..)?.chars().next()
        })
    }

    /// The same for what the notice has.
    fn written_words(&self, run: &Run, range: &Range<usize>) -> String {
        let words = as_written(&run.written, range, |(line, index)| {
            let start = self.comparison.written.get(line)?.places.get(index)?.start;
            self.comparison.text.lines.get(line)?.text.get(start..)?.chars().next()
        });
        text::excerpt(&words, LONGEST_EXCERPT)
    }

    fn written_location(&self, (line, index): CharacterPlace, words: &[char]) -> Location {
        let (Some(line), Some(folded)) =
            (self.comparison.text.lines.get(line), self.comparison.written.get(line))
        else {
            let last = self.comparison.text.lines.last();
            return last.map_or_else(
                || Location::file(&self.notice.opening.source),
                |line| line.location(line.text.len()..line.text.len()),
            );
        };
        let words = words.iter().skip_while(|c| c.is_whitespace());
        let n_words = words.take_while(|c| **c != '\n').count().max(1);
        let start = folded.places.get(index).map_or(line.text.len(), |place| place.start);
        let last = folded.places.get((index + n_words - 1).min(folded.places.len().saturating_sub(1)));
        line.location(start..last.map_or(start, |place| place.end).max(start))
    }

    fn approved_location(&self, (line, index): CharacterPlace) -> Location {
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

/// Says how to join or part what a line break parts; `may_be_two` if the notice has something in its place.
fn help_with_number(problem: Diagnostic, may_be_two: bool) -> Diagnostic {
    let problem = problem.help(
        "nobody can tell whether this is one number or two: look at the original; if it is one, join it on both sides, \
         also in the approved text where only a conversion has broken the line; if it is two, write them as two",
        "无法断定这是一个数还是两个数：请对照原件；确是一个数的，两边都写在同一行，审定稿里因转换格式断开的也接上；确是两个数的，请分开写",
    );
    if !may_be_two {
        return problem;
    }
    problem.help(
        "if these are two numbers, leave a blank line above the second one, so that it begins a paragraph as in \
         the approved text; if they are one, write it on one line on both sides, in the approved text by a new approval",
        "如果是两个数，请在后一个数上面空一行，照审定稿另起一段；如果是一个数，两边都不要在中间换行，审定稿有误的须重新审定",
    )
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

/// Returns the first characters of one side in `range`; `written` knows them as they are written.
fn as_written(
    side: &Characters,
    range: &Range<usize>,
    written: impl Fn(CharacterPlace) -> Option<char>,
) -> String {
    // One more than is quoted, which shows that it is cut.
    let shown = range.clone().take(LONGEST_EXCERPT + 1).map(|index| match side.all[index] {
        '\n' => '⏎',
        // A run of spaces is one; whichever of them it was.
        ' ' => ' ',
        folded => written(side.places[index]).unwrap_or(folded),
    });
    shown.collect()
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
