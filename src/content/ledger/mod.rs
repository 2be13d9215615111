//! Tables of problems (整改清单) → the items that their rows are.
//!
//! Start with [`tables`], which tells what the columns say, and [`items`]. A cell is read as what stands behind a label with the
//! words of its head would be, see [`stated`]; what cannot be read so is left to readers.

mod problems;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::stated::{self, Announced, Said};
use crate::binding::Columns;
use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Edit, Fix, Located, Location};
use crate::markdown::{Block, BlockKind, Inline, Table};
use crate::notice::{
    Day, ItemStatus, Kind, LedgerColumn, LedgerRow, LedgerTable, Part, Passage, PassageId, Section, Status,
};
use crate::text::{self, numbering, numeral, structure, width};
use crate::yaml::{Document, Tree};

pub(super) use problems::statuses_without_ledger;

/// What the head of a column of problems has in it, that first which decides first.
const PROBLEMS: &str = "问题 反馈意见";

/// What it has in it in a list of problems; other tables have such heads, too.
const PERHAPS_PROBLEMS: &str = "任务 事项 线索 内容 事由";

/// What heads of other columns have in them that speak of problems, too.
const ABOUT_PROBLEMS: &str =
    "类 来源 性质 数 编号 时间 日期 单位 部门 人 措施 情况 状态 时限 期限 进度 进展 结果";

/// What the head of a column of measures has in it.
const MEASURES: &str = "措施 情况 进展 做法 成效 结果";

/// The most characters of a status: 已销号，详见附件.
const LONGEST_STATUS: usize = 20;

/// How many characters of a cell a message quotes.
const LONGEST_QUOTATION: usize = 30;

/// Lists the tables of a text whose rows are problems; if no head says so, the first table.
pub(super) fn tables(body: &[Part]) -> Vec<LedgerTable> {
    let all = body.iter().enumerate().filter_map(|(part, of_body)| Some((part, table_of(of_body)?)));
    let mut tables: Vec<LedgerTable> = all.map(|(part, table)| ledger_table(body, part, table)).collect();
    let has_problem = |table: &LedgerTable| table.has(LedgerColumn::Problem);
    if tables.iter().any(has_problem) {
        tables.retain(has_problem);
        return tables;
    }
    tables.truncate(1);
    for table in &mut tables {
        if let Some(column) = table.columns.iter_mut().find(|column| **column == LedgerColumn::Other) {
            *column = LedgerColumn::Problem;
        }
    }
    tables.retain(has_problem);
    tables
}

/// Reads the heads of the table at `part`, and the units above it.
fn ledger_table(body: &[Part], part: usize, table: &Table) -> LedgerTable {
    let above = match part.checked_sub(1).and_then(|above| body.get(above)) {
        Some(Part::Paragraph(paragraph)) => Some(&paragraph.text),
        _ => None,
    };
    LedgerTable { part, columns: columns(table), units: Columns::of(table, above).units_beside(table) }
}

/// Counts the problems of a table whose heads say that each row is one and what was done about it; `None` for another table.
pub(crate) fn problems_listed(table: &Table) -> Option<usize> {
    let of_ledger = LedgerTable { part: 0, columns: columns(table), units: Vec::new() };
    let says_more = |column: &LedgerColumn| {
        !matches!(column, LedgerColumn::Problem | LedgerColumn::Number | LedgerColumn::Other)
    };
    let mut heads = of_ledger.columns.iter().zip(&table.head);
    let problem =
        heads.find(|(column, _)| **column == LedgerColumn::Problem).map(|(_, head)| head_of(head))?;
    let is_meant = of_ledger.has(LedgerColumn::Status)
        || (has_any(&problem, PROBLEMS) && of_ledger.columns.iter().any(says_more));
    is_meant.then(|| groups(&of_ledger, table).len())
}

/// Tells whether the heads of a table say that its rows may be problems, or what was done about them.
pub(crate) fn may_list_problems(table: &Table) -> bool {
    columns(table).iter().any(|column| !matches!(column, LedgerColumn::Number | LedgerColumn::Other))
}

fn has_any(head: &str, list: &str) -> bool {
    list.split(' ').any(|word| head.contains(word))
}

fn table_of(part: &Part) -> Option<&Table> {
    match part {
        Part::Block(Block { kind: BlockKind::Table(table), .. }) => Some(table),
        _ => None,
    }
}

/// Tells what the columns of a table say; none is about problems if no head says so.
fn columns(table: &Table) -> Vec<LedgerColumn> {
    let of_figures = Columns::of(table, None);
    let heads: Vec<String> = table.head.iter().map(head_of).collect();
    let of_problems = |word: &str| {
        let is_it = |head: &String| {
            head.contains(word)
                && stated::announced(head).is_none()
                && !has_any(&head.replacen(word, "", 1), ABOUT_PROBLEMS)
        };
        heads.iter().position(is_it)
    };
    let problem = [PROBLEMS, PERHAPS_PROBLEMS].iter().flat_map(|list| list.split(' ')).find_map(of_problems);
    let column = |(index, head): (usize, &String)| match stated::announced(head) {
        _ if problem == Some(index) => LedgerColumn::Problem,
        _ if of_figures.numbers_rows(index) => LedgerColumn::Number,
        _ if of_figures.is_counted(index) => LedgerColumn::Other,
        Some(Announced::Status) => LedgerColumn::Status,
        Some(Announced::Units) => LedgerColumn::Responsible,
        Some(Announced::Due) => LedgerColumn::Due,
        Some(Announced::Progress) => LedgerColumn::Measures,
        None if has_any(head, MEASURES) => LedgerColumn::Measures,
        None => LedgerColumn::Other,
    };
    let mut columns: Vec<LedgerColumn> = heads.iter().enumerate().map(column).collect();
    if !columns.contains(&LedgerColumn::Status)
        && let Some(progress) = (0..heads.len()).find(|index| tells_statuses(table, *index, &heads[*index]))
    {
        columns[progress] = LedgerColumn::Status;
    }
    columns
}

/// Tells whether a column of what has been done is one of statuses: 完成情况, 已完成. Most of its cells are known words, and all
/// are short.
fn tells_statuses(table: &Table, column: usize, head: &str) -> bool {
    let cells = table.rows.iter().filter_map(|row| row.get(column)).map(one_line);
    let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
    let n_known = cells.iter().filter(|cell| !stated::meanings(cell).is_empty()).count();
    stated::announced(head) == Some(Announced::Progress)
        && n_known * 2 > cells.len()
        && cells.iter().all(|cell| cell.chars().count() <= LONGEST_STATUS)
}

/// Returns a head without spaces and without what stands in brackets at its end.
fn head_of(head: &Inline) -> String {
    let bare: String = head.plain_text().chars().filter(|c| !c.is_whitespace()).collect();
    let cut = bare.ends_with(['）', ')']).then(|| bare.rfind(['（', '('])).flatten();
    cut.and_then(|cut| bare.get(..cut)).filter(|head| !head.is_empty()).unwrap_or(&bare).to_owned()
}

/// What a status of the table means, where the front matter says so: its words → what it is, and where that is written.
pub(super) type Meanings = BTreeMap<String, Located<Status>>;

/// Makes the items of a ledger, in the order of their rows; their numbers and the passage of the ledger are set later. `facts`
/// of its front matter hold for the rows of tables without a column for them.
///
/// Pushes `ledger-without-table`, `ledger-without-rows`, `row-without-number`, `numbering-out-of-order`, `row-status-unknown` and
/// `key-without-effect`.
pub(super) fn items(
    ledger: &Section,
    facts: &stated::Facts,
    mut meanings: Meanings,
    diagnostics: &mut Diagnostics,
) -> Vec<Section> {
    if ledger.passage.is_whole {
        diagnostics.extend(ledger.tables.is_empty().then(|| problems::without_table(ledger)));
        facts_of_rows(ledger, facts, diagnostics);
    }
    let mut reader = Reader {
        ledger,
        meanings: &meanings,
        ids: BTreeSet::new(),
        unknown: BTreeSet::new(),
        used: BTreeSet::new(),
        found: diagnostics,
    };
    let items = (0..ledger.tables.len()).flat_map(|table| reader.table(table)).collect();
    let used = reader.used;
    meanings.retain(|words, _| !used.contains(words));
    diagnostics.extend(meanings.iter().map(|(words, is)| problems::meaning_unused(words, &is.location)));
    items
}

/// Tells of facts that hold for no row, because every table has a column for them.
fn facts_of_rows(ledger: &Section, facts: &stated::Facts, diagnostics: &mut Diagnostics) {
    let places = [
        (LedgerColumn::Status, "status", facts.status.as_ref().map(|one| &one.location)),
        (LedgerColumn::Responsible, "responsible", facts.responsible.first().map(|one| &one.location)),
        (LedgerColumn::Due, "due", facts.due.as_ref().map(|one| &one.location)),
    ];
    for (column, key, place) in places {
        let is_vain = !ledger.tables.is_empty() && ledger.tables.iter().all(|table| table.has(column));
        diagnostics.extend(place.filter(|_| is_vain).map(|place| problems::fact_of_rows(key, place)));
    }
}

/// Reads the rows of a ledger.
struct Reader<'a> {
    ledger: &'a Section,
    meanings: &'a Meanings,
    /// The ids that are taken.
    ids: BTreeSet<String>,
    /// The words for a status that have been told to be unknown.
    unknown: BTreeSet<String>,
    /// The words whose meaning has been looked up in the front matter.
    used: BTreeSet<String>,
    found: &'a mut Diagnostics,
}

/// Rows that tell of one item.
struct Group<'a> {
    rows: Range<usize>,
    number: String,
    number_at: Range<usize>,
    problem: &'a Inline,
}

impl Reader<'_> {
    fn table(&mut self, n: usize) -> Vec<Section> {
        let ledger = self.ledger;
        let Some((of_ledger, table)) = ledger.ledger_table(n) else { return Vec::new() };
        let groups = groups(of_ledger, table);
        if groups.is_empty() {
            let cells = || table.head.iter().map(Inline::range);
            let ends = cells().next().zip(cells().next_back());
            let head = ends.map_or(0..0, |(first, last)| first.start..last.end);
            self.found.push(problems::without_rows(&ledger.passage.source, head));
        }
        self.numbers(&groups);
        let items = groups.iter().enumerate().map(|(index, group)| {
            let id = self.id(n, index, group);
            self.item(id, n, of_ledger, table, group)
        });
        items.collect()
    }

    /// Looks at the numbers of a table: one without leaves no address that lasts, one out of order may be a slip.
    fn numbers(&mut self, groups: &[Group<'_>]) {
        let path = &self.ledger.passage.source;
        if let Some(group) = groups.iter().find(|group| address_of(&group.number).is_none()) {
            self.found.push(problems::without_number(path, group));
        }
        let numbers = groups.iter().map(|group| (group, number_of(&group.number)));
        let numbers: Vec<_> = numbers.filter_map(|(group, number)| Some((group, number?))).collect();
        let mut seen = BTreeSet::new();
        let mut addressed = groups.iter().filter_map(|group| Some((group, address_of(&group.number)?)));
        if let Some((group, _)) = addressed.find(|(_, address)| !seen.insert(address.clone())) {
            self.found.push(problems::number_twice(path, group));
            return;
        }
        let is_slip = |pair: &&[(&Group<'_>, u64)]| match pair {
            [(_, before), (_, number)] => before.checked_add(1) != Some(*number) && *number != 1,
            _ => false,
        };
        if let Some([(_, before), (group, number)]) = numbers.windows(2).find(is_slip) {
            self.found.push(problems::out_of_order(path, group, *before, *number));
        }
    }

    /// Returns the address of an item below that of its notice: `01-3` for 序号 3 of `01.md`, `01-t2-3` where another table of it
    /// has that number, else by its place.
    fn id(&mut self, table: usize, index: usize, group: &Group<'_>) -> String {
        let id = &self.ledger.id;
        let number = address_of(&group.number);
        let own = number
            .iter()
            .flat_map(|number| [format!("{id}-{number}"), format!("{id}-t{}-{number}", table + 1)]);
        let by_place = (index + 1..).map(|place| format!("{id}-t{}-row{place}", table + 1));
        let free = own.chain(by_place).find(|own| !self.ids.contains(own));
        let id = free.expect("there is no end of places");
        self.ids.insert(id.clone());
        id
    }

    fn item(
        &mut self,
        id: String,
        n: usize,
        of_ledger: &LedgerTable,
        table: &Table,
        group: &Group<'_>,
    ) -> Section {
        let source = &self.ledger.passage.source;
        let mut section = super::section::empty(source, &id);
        let rows = table.rows.get(group.rows.clone()).unwrap_or_default();
        let cells = || rows.iter().flatten().filter(|cell| !cell.is_empty());
        let start = cells().map(|cell| cell.range().start).min().unwrap_or_default();
        let end = cells().map(|cell| cell.range().end).max().unwrap_or_default();
        let heading = one_line(group.problem);
        let heading = if heading.is_empty() { group.number.clone() } else { heading };
        section.heading = Some(Located {
            value: if heading.is_empty() { id } else { heading },
            location: Location::new(source, group.problem.range()),
        });
        let mut row = LedgerRow {
            ledger: PassageId::OPENING,
            table: n,
            rows: group.rows.clone(),
            range: start..end,
            n_measures: 0,
        };
        let mut facts = Facts::default();
        for cells in rows {
            for ((column, head), cell) in of_ledger.columns.iter().zip(&table.head).zip(cells) {
                let text = cell.plain_text();
                if text.trim().is_empty() {
                    continue;
                }
                if *column == LedgerColumn::Measures {
                    row.n_measures += measures_in(&text);
                }
                facts.add(self.said(of_ledger, *column, head, cell));
            }
        }
        // Rows of one item that differ say nothing of the whole.
        section.states_status = !facts.statuses.is_empty();
        section.status = agreed(&facts.statuses);
        section.due = only(&facts.limits).and_then(|limit| Day::parse_limit(limit));
        section.responsible = facts.units;
        if facts.statuses.is_empty() && !of_ledger.has(LedgerColumn::Status) {
            section.status.clone_from(&self.ledger.status);
        }
        if !of_ledger.has(LedgerColumn::Due) {
            section.due.clone_from(&self.ledger.due);
        }
        if !of_ledger.has(LedgerColumn::Responsible) {
            section.responsible.clone_from(&self.ledger.responsible);
        }
        section.passage = Passage { is_whole: self.ledger.passage.is_whole, ..Passage::unread(source) };
        section.row = Some(row);
        section
    }

    /// Reads what a cell says of its item. Words of a column of statuses that are not known are told once.
    fn said(
        &mut self,
        of_ledger: &LedgerTable,
        column: LedgerColumn,
        head: &Inline,
        cell: &Inline,
    ) -> Option<Said> {
        let said = stated::behind_head(&head_of(head), &cell.plain_text());
        if column != LedgerColumn::Status {
            // What has been done may begin with a status, but where the table has a column for that, it says so there.
            let has_statuses = of_ledger.has(LedgerColumn::Status);
            return said.filter(|said| !has_statuses || !matches!(said, Said::Status { .. }));
        }
        let words = one_line(cell);
        if let Some(is) = self.meanings.get(&words) {
            self.used.insert(words.clone());
            return Some(Said::Status { means: vec![is.value], words });
        }
        if let Some(Said::Status { means, .. }) = &said
            && !means.is_empty()
        {
            return said;
        }
        if self.unknown.insert(words.clone()) {
            self.found.push(problems::status_unknown(&self.ledger.passage.source, cell, &words));
        }
        Some(Said::Status { means: Vec::new(), words })
    }
}

/// What the cells of one item say of it, each once.
#[derive(Default)]
struct Facts {
    statuses: Vec<Option<ItemStatus>>,
    units: Vec<String>,
    limits: Vec<String>,
}

impl Facts {
    fn add(&mut self, said: Option<Said>) {
        fn put<T: PartialEq>(list: &mut Vec<T>, one: T) {
            if !list.contains(&one) {
                list.push(one);
            }
        }
        match said {
            Some(Said::Status { means, words }) => put(&mut self.statuses, status_of(&means, &words)),
            Some(Said::Units { units, .. }) => units.into_iter().for_each(|unit| put(&mut self.units, unit)),
            Some(Said::Due(words)) => put(&mut self.limits, words),
            None => {}
        }
    }
}

/// Returns the status that all cells mean, with the words of the office if these are the same; `None` where one is not known.
fn agreed(statuses: &[Option<ItemStatus>]) -> Option<ItemStatus> {
    let known: Vec<&ItemStatus> = statuses.iter().map(Option::as_ref).collect::<Option<_>>()?;
    let (first, others) = known.split_first()?;
    let words = others.iter().all(|other| other.words == first.words).then(|| first.words.clone()).flatten();
    others.iter().all(|other| other.is == first.is).then_some(ItemStatus { is: first.is, words })
}

/// Returns the one thing that a list has.
fn only<T>(list: &[T]) -> Option<&T> {
    match list {
        [one] => Some(one),
        _ => None,
    }
}

/// The status that the words of a cell mean; `None` for words that are not known.
fn status_of(means: &[Status], words: &str) -> Option<ItemStatus> {
    let is = *means.first()?;
    Some(ItemStatus { is, words: (!words.is_empty()).then(|| words.to_owned()) })
}

/// Finds the rows of each item. A row without a number and a problem of its own goes on with the item above it, as does one
/// that repeats both; one with a single cell that is no problem by itself is a title between the rows, one that adds up others
/// no item.
fn groups<'a>(of_ledger: &LedgerTable, table: &'a Table) -> Vec<Group<'a>> {
    let place = |wanted| of_ledger.columns.iter().position(|column| *column == wanted);
    let number_at = place(LedgerColumn::Number);
    let Some(problem_at) = place(LedgerColumn::Problem) else { return Vec::new() };
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut is_open = false;
    let number_of =
        |row: &Vec<Inline>| number_at.and_then(|at| row.get(at)).map(one_line).unwrap_or_default();
    let has_digits = table.rows.iter().any(|row| number_of(row).starts_with(width::is_digit));
    for (index, row) in table.rows.iter().enumerate() {
        let filled: Vec<usize> = (0..row.len()).filter(|at| !one_line(&row[*at]).is_empty()).collect();
        let number_cell = number_at.and_then(|at| row.get(at));
        let number = number_cell.map(one_line).unwrap_or_default();
        let Some(problem) = row.get(problem_at) else { continue };
        let words = one_line(problem);
        let Some(first) = filled.first() else { continue };
        let has_number = address_of(&number).is_some();
        // Nothing that has a number of its own adds up others.
        let adds_up = |cell: &Inline| text::adds_up(&cell.plain_text());
        let is_total = !has_number && (adds_up(&row[*first]) || adds_up(problem));
        // 一、履职方面 alone in its row; a problem alone in its row stays one.
        let is_in_front = *first == 0 || *first == problem_at;
        let is_problem = *first == problem_at && number_at.is_none() && numbering::parse(&words).is_none();
        // 一 | 履职方面 among rows 1, 2, 3.
        let is_numbered_title = has_digits
            && filled.len() == 2
            && number.chars().all(numeral::is_part)
            && [number_at, Some(problem_at)].iter().all(|at| at.is_some_and(|at| filled.contains(&at)));
        let is_alone = filled.len() == 1 && is_in_front && !is_problem && !has_number;
        let is_title = row.len() > 2 && (is_alone || is_numbered_title);
        let says_nothing = number.is_empty() && words.is_empty();
        if is_total || is_title || (says_nothing && !is_open) {
            is_open = false;
            continue;
        }
        let repeats = |last: &Group<'_>| {
            (number.is_empty() && words.is_empty())
                || (!number.is_empty()
                    && last.number == number
                    && (words.is_empty() || one_line(last.problem) == words))
                || (number_at.is_none() && (words.is_empty() || one_line(last.problem) == words))
        };
        match groups.last_mut().filter(|last| is_open && repeats(last)) {
            Some(last) => last.rows.end = index + 1,
            None => groups.push(Group {
                rows: index..index + 1,
                number,
                number_at: number_cell.filter(|cell| !cell.is_empty()).unwrap_or(&row[*first]).range(),
                problem,
            }),
        }
        is_open = true;
    }
    groups
}

/// Counts the measures of a cell: its numbered lines, or its points (一是), else it is one.
fn measures_in(text: &str) -> usize {
    let numbered = text.lines().filter(|line| numbering::parse(line.trim()).is_some()).count();
    numbered.max(structure::n_points(text)).max(1)
}

/// Returns the words of a cell on one line.
fn one_line(cell: &Inline) -> String {
    let text = cell.plain_text();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.concat()
}

/// Reads a number of a row that is one: 3, 03, 三, 3.
fn number_of(number: &str) -> Option<u64> {
    let folded: String = number.chars().map(width::fold).collect();
    if let Some(numbering) =
        numbering::parse(number.trim()).filter(|found| found.length == number.trim().len())
    {
        return Some(numbering.number);
    }
    let bare = folded.trim().trim_end_matches(['.', '、', ',']).trim_start_matches('(').trim_end_matches(')');
    bare.parse().ok().or_else(|| numeral::parse(bare))
}

/// Returns a number of a row as a part of an address: `3` for 3. or 三, `2-1` for 2-1 or 2.1.
fn address_of(number: &str) -> Option<String> {
    if let Some(number) = number_of(number) {
        return Some(number.to_string());
    }
    let folded: String = number.chars().map(width::fold).collect();
    let parts: Vec<&str> = folded.split(['-', '.', '—', '–', '_']).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (!parts.is_empty() && parts.iter().all(is_number)).then(|| parts.join("-").to_ascii_lowercase())
}

/// Looks for a table of problems in a section that is read as one item or as plain text (`table-of-problems`); `file` is the
/// whole file, its front matter at `yaml`.
pub(super) fn check(section: &Section, (file, yaml): (&str, Range<usize>), diagnostics: &mut Diagnostics) {
    if !matches!(section.kind, Kind::Item | Kind::Prose | Kind::Annex) || section.n_measures() > 0 {
        return;
    }
    let Some((block, n_rows)) = problems_in(&section.passage.body) else { return };
    let path = &section.passage.source;
    let is_annex = section.kind == Kind::Annex;
    let problem = problems::no_items(Location::new(path, block.range.clone()), n_rows, is_annex);
    if is_annex {
        return diagnostics.push(problem);
    }
    let edit =
        Document::read(file, yaml).and_then(|document| document.put(&[], "kind", &Tree::text("ledger")));
    let fix = edit
        .map(|(range, text)| Fix::new(vec![Edit { path: path.clone(), range, text }], Certainty::Probable));
    diagnostics.push(fix.into_iter().fold(problem, Diagnostic::fix));
}

/// Returns the first table of problems with a column of statuses, and how many problems it has.
fn problems_in(body: &[Part]) -> Option<(&Block, usize)> {
    body.iter().find_map(|part| {
        let Part::Block(block) = part else { return None };
        let table = table_of(part)?;
        let n = problems_listed(table).filter(|n| *n > 1)?;
        columns(table).contains(&LedgerColumn::Status).then_some((block, n))
    })
}
