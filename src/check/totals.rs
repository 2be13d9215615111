//! `total-differs`: 合计, 小计 and 总计 of a table are the sums of their rows.
//!
//! Numbers are read with the unit that the table gives them. Nothing is said of rates, means and comparisons, of columns
//! with something unreadable or with several units, nor where a relation states the sum: it has a message of its own.
//! Where a table can be read in several ways (其中 counts again, or lists the parts), one that comes out is enough.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use crate::binding::{Columns, says_nothing};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::figure::{Decimal, Quantity, never_adds_up};
use crate::markdown::{BlockKind, Inline, Table};
use crate::notice::{Notice, Operand, Part, Passage};

/// Ends of names of rows that are a sum of those above, back to the one before.
const SUBTOTALS: [&str; 2] = ["小计", "分计"];

/// Ends of names of rows that are the sum of all.
const TOTALS: [&str; 5] = ["合计", "总计", "总和", "共计", "合計"];

/// The end of a name that is a sum, or the number of things that the others tell more about: 问题总数.
const NUMBER: &str = "总数";

/// Units of which two do not add up.
const NOT_ADDED: [&str; 8] = ["%", "‰", "‱", "百分点", "℃", "分贝", "倍", "/"];

/// How many rows behind one of 其中 may be more of the same; with more, nothing is said.
const MOST_DOUBTFUL: usize = 12;

/// A sum in front of its parts that comes out in none of so many lines is none.
const LINES: usize = 3;

/// Looks at all tables of `notice`.
pub(super) fn check(notice: &Notice, diagnostics: &mut Diagnostics) {
    let operands = LazyCell::new(|| operands(notice));
    for (_, passage) in notice.passages() {
        let related = LazyCell::new(|| figures_of(passage, &operands));
        for_each_table(&passage.body, &mut |table, above| {
            let table = NamedTable::new(table, above);
            let down = (0..table.columns.len()).filter_map(|index| table.down(index));
            let across = (0..table.rows.len()).filter_map(|row| table.across(row));
            for wrong in wrong_of(down).into_iter().chain(wrong_of(across)) {
                if related.range(wrong.total.cell.range()).next().is_none() {
                    diagnostics.push(wrong.diagnostic(passage));
                }
            }
        });
    }
}

/// Visits each table with the paragraph in front of it.
fn for_each_table(parts: &[Part], visit: &mut dyn FnMut(&Table, Option<&Inline>)) {
    let mut above = None;
    for part in parts {
        match part {
            Part::Measure(measure) => for_each_table(&measure.parts, visit),
            Part::Block(block) => {
                if let BlockKind::Table(table) = &block.kind {
                    visit(table, above);
                }
            }
            Part::Paragraph(_) => {}
        }
        above = match part {
            Part::Paragraph(paragraph) => Some(&paragraph.text),
            Part::Measure(_) | Part::Block(_) => None,
        };
    }
}

/// What a row is to the sum of a column, or a column to that of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Part,
    /// It counts a part of the row above once more, or lists the first part of the sum above (其中).
    Within,
    /// It measures something else, or is only called so.
    Beside,
    Subtotal,
    Total,
    /// A total, unless the others tell something else about what it counts.
    Number,
}

impl Role {
    fn of(name: &str) -> Self {
        let name = name.trim_end_matches(['：', ':']);
        let ends = |list: &[&str]| list.iter().any(|end| name.ends_with(end));
        match name {
            _ if ends(&TOTALS) || name == NUMBER => Self::Total,
            _ if ends(&[NUMBER]) => Self::Number,
            _ if ends(&SUBTOTALS) => Self::Subtotal,
            _ if name.starts_with("其中") || name.starts_with('#') => Self::Within,
            _ if never_adds_up(name) => Self::Beside,
            _ => Self::Part,
        }
    }

    fn is_sum(self) -> bool {
        matches!(self, Self::Subtotal | Self::Total | Self::Number)
    }
}

/// A number of a column or row.
struct Entry<'a> {
    role: Role,
    quantity: Quantity,
    cell: &'a Inline,
}

/// A table with what its rows and columns are.
struct NamedTable<'a> {
    table: &'a Table,
    columns: Columns,
    /// By column; `None` for one without numbers that may count.
    heads: Vec<Option<Role>>,
    /// By row.
    rows: Vec<Role>,
    /// By row and column.
    numbers: Vec<Vec<Option<Quantity>>>,
}

impl<'a> NamedTable<'a> {
    fn new(table: &'a Table, above: Option<&Inline>) -> Self {
        let columns = Columns::of(table, above);
        let names: Vec<_> = table.rows.iter().map(|row| columns.name_of_row(row)).collect();
        // A number in the column of the names is a name as well: 2024 above 合计.
        let of_names: BTreeSet<usize> = names.iter().flatten().map(|(index, _)| *index).collect();
        let head = |index| {
            let may_count = columns.may_count(index) && !of_names.contains(&index);
            may_count.then(|| Role::of(columns.name(index)))
        };
        let heads = (0..columns.len()).map(head).collect();
        let rows = names.iter().map(|name| name.as_ref().map_or(Role::Part, |(_, name)| Role::of(name)));
        let rows = rows.collect();
        let numbers = table.rows.iter().map(|row| numbers(&columns, row)).collect();
        Self { table, columns, heads, rows, numbers }
    }

    /// Reads the numbers of a column; `None` if one of them cannot be added.
    fn down(&self, index: usize) -> Option<Vec<Entry<'a>>> {
        self.heads.get(index).copied().flatten().filter(|head| *head != Role::Beside)?;
        let mut entries = Vec::new();
        for ((row, numbers), &role) in self.table.rows.iter().zip(&self.numbers).zip(&self.rows) {
            let Some(cell) = row.get(index).filter(|cell| !says_nothing(&cell.plain_text())) else {
                continue;
            };
            match numbers.get(index).cloned().flatten().filter(is_addable) {
                Some(quantity) => entries.push(Entry { role, quantity, cell }),
                None if role == Role::Beside => {}
                None => return None,
            }
        }
        Some(entries)
    }

    /// Reads the numbers of a row; `None` if one of them cannot be added.
    fn across(&self, row: usize) -> Option<Vec<Entry<'a>>> {
        let mut entries = Vec::new();
        let cells = self.table.rows.get(row)?.iter().zip(self.numbers.get(row)?);
        for (head, (cell, number)) in self.heads.iter().zip(cells) {
            let Some((role, quantity)) = (*head).zip(number.clone()) else {
                continue;
            };
            if is_addable(&quantity) {
                entries.push(Entry { role, quantity, cell });
            } else if role != Role::Beside {
                return None;
            }
        }
        Some(entries)
    }
}

/// Reads the numbers of a row; a count without any unit adds up as well.
fn numbers(columns: &Columns, row: &[Inline]) -> Vec<Option<Quantity>> {
    let with_units = columns.numbers(row).into_iter().zip(row);
    let numbers = with_units.map(|(number, cell)| {
        number.or_else(|| {
            let text = cell.plain_text();
            let text = text.trim();
            Quantity::parse(text).or_else(|_| Quantity::parse(&format!("{text}个"))).ok()
        })
    });
    numbers.collect()
}

fn is_addable(quantity: &Quantity) -> bool {
    let unit = quantity.unit().as_str();
    let is_exact = quantity.upper().is_none() && quantity.approximation().is_none();
    is_exact && !NOT_ADDED.iter().any(|one| unit.contains(one))
}

/// A number that is called a sum and is another one, with what was added.
struct WrongSum<'a> {
    total: Entry<'a>,
    /// Whether it stands in front of what it adds.
    is_in_front: bool,
    sum: Sum<'a>,
}

/// Returns the sums that are wrong in lines of one direction.
fn wrong_of<'a>(lines: impl Iterator<Item = Vec<Entry<'a>>>) -> Vec<WrongSum<'a>> {
    let (mut n_lines, mut n_right, mut wrong) = (0, 0, Vec::new());
    for entries in lines {
        if let Some(of_line) = wrong_sums(entries) {
            n_lines += 1;
            n_right += usize::from(of_line.is_empty());
            wrong.extend(of_line);
        }
    }
    wrong.retain(|one| {
        let is_clear = n_lines < LINES && one.total.role != Role::Number;
        !one.is_in_front || n_right > 0 || is_clear
    });
    wrong
}

/// One way to read the rows of which it is not clear whether they are parts.
struct Reading {
    counts_beside: bool,
    /// Whether 其中 directly behind a sum lists its parts.
    lists_parts: bool,
    /// How many rows behind one of 其中 it counts again as well.
    n_more: usize,
}

/// Returns the sums of a line that are wrong however it is read; `None` for one without a sum, or that cannot be judged.
fn wrong_sums(mut entries: Vec<Entry<'_>>) -> Option<Vec<WrongSum<'_>>> {
    let unit = entries.iter().find(|entry| entry.role.is_sum())?.quantity.unit().clone();
    entries.retain(|entry| entry.role != Role::Beside || *entry.quantity.unit() == unit);
    if entries.iter().any(|entry| *entry.quantity.unit() != unit) {
        return None;
    }
    let has = |role: Role| entries.iter().any(|entry| entry.role == role);
    let is_list = |pair: &[Entry<'_>]| pair[0].role.is_sum() && pair[1].role == Role::Within;
    let lists_parts = entries.windows(2).any(is_list);
    let behind = entries.iter().skip_while(|entry| entry.role != Role::Within).skip(1);
    let n_doubtful = behind.take_while(|entry| !entry.role.is_sum()).count();
    let options = |is_open: bool, first: bool| if is_open { vec![first, !first] } else { vec![false] };

    let mut first = None;
    for counts_beside in options(has(Role::Beside), false) {
        for lists_parts in options(lists_parts, true) {
            for n_more in 0..=n_doubtful.min(MOST_DOUBTFUL) {
                let reading = Reading { counts_beside, lists_parts, n_more };
                let sums = Sums::of(&entries, &reading, has(Role::Within));
                match sums.filter(|sums| sums.n > 0) {
                    Some(sums) if sums.wrong.is_empty() => return Some(Vec::new()),
                    Some(sums) => first = first.or(Some(sums.wrong)),
                    None if first.is_none() => return None,
                    None => {}
                }
            }
        }
    }
    let wrong = first.filter(|_| n_doubtful <= MOST_DOUBTFUL)?;
    let mut entries: Vec<Option<Entry<'_>>> = entries.into_iter().map(Some).collect();
    let wrong = wrong.into_iter().filter_map(|(total, is_in_front, sum)| {
        Some(WrongSum { total: entries.get_mut(total)?.take()?, is_in_front, sum })
    });
    Some(wrong.collect())
}

/// Numbers added up.
#[derive(Clone, Copy)]
struct Sum<'a> {
    n: usize,
    value: Decimal,
    /// By how much rounding may change it: half of the last printed digit, for each number that has decimals.
    slack: Decimal,
    /// The first and the last of them.
    cells: Option<(&'a Inline, &'a Inline)>,
}

impl<'a> Sum<'a> {
    fn new() -> Option<Self> {
        let zero = Decimal::new(0, 0)?;
        Some(Self { n: 0, value: zero, slack: zero, cells: None })
    }

    fn of(entry: &Entry<'a>) -> Option<Self> {
        let one = &entry.quantity;
        let slack = match one.printed_decimals() {
            0 => Decimal::new(0, 0),
            decimals => Decimal::new(5, decimals + 1)?.checked_scale(i32::try_from(one.scale()).ok()?),
        };
        Some(Self { n: 1, value: one.value(), slack: slack?, cells: Some((entry.cell, entry.cell)) })
    }

    /// Adds `other`; `None` where the digits do not suffice.
    fn and(self, other: Self) -> Option<Self> {
        let cells = match (self.cells, other.cells) {
            (Some((first, _)), Some((_, last))) => Some((first, last)),
            (one, other) => one.or(other),
        };
        let (value, slack) = (self.value.checked_add(other.value)?, self.slack.checked_add(other.slack)?);
        Some(Self { n: self.n + other.n, value, slack, cells })
    }

    /// Tells whether rounding explains by how much the two differ.
    fn is_near(&self, other: &Self) -> bool {
        let reaches = |one: &Self, two: &Self| {
            let most = one.value.checked_add(self.slack).and_then(|most| most.checked_add(other.slack));
            most.is_none_or(|most| two.value <= most)
        };
        reaches(self, other) && reaches(other, self)
    }
}

/// What became of the sums of a line.
#[derive(Default)]
struct Sums<'a> {
    /// How many there are.
    n: usize,
    /// The wrong ones: which number it is, whether it stands in front of its parts, and what was added.
    wrong: Vec<(usize, bool, Sum<'a>)>,
}

impl<'a> Sums<'a> {
    /// Adds up a line; `None` where it is uncertain what is added.
    fn of(entries: &[Entry<'a>], reading: &Reading, has_within: bool) -> Option<Self> {
        let mut sums = Self::default();
        let zero = Sum::new()?;
        // Since the last sum; the subtotals and totals that no total has added yet.
        let (mut parts, mut subtotals, mut totals) = (zero, zero, zero);
        let (mut in_front, mut n_left_out, mut is_behind_sum, mut is_listed) = (None, 0, false, false);
        for (index, entry) in entries.iter().enumerate() {
            let is_list = entry.role == Role::Within && is_behind_sum && reading.lists_parts;
            is_behind_sum = entry.role.is_sum() || is_behind_sum && entry.role == Role::Within;
            match entry.role {
                Role::Beside if !reading.counts_beside => {}
                Role::Within if !is_list => n_left_out = reading.n_more,
                Role::Part | Role::Beside if n_left_out > 0 => n_left_out -= 1,
                Role::Part | Role::Beside | Role::Within => {
                    is_listed |= !is_list;
                    parts = parts.and(Sum::of(entry)?)?;
                }
                // Above its rows.
                Role::Subtotal if parts.n == 0 => return None,
                Role::Subtotal => {
                    sums.judge(index, entry, &[parts], has_within)?;
                    subtotals = subtotals.and(Sum::of(entry)?)?;
                    parts = zero;
                }
                Role::Total | Role::Number => {
                    let own = subtotals.and(parts)?;
                    match own.n {
                        0 if totals.n < 2 && in_front.replace(index).is_some() => return None,
                        0 if totals.n < 2 => {}
                        0 => {
                            sums.judge(index, entry, &[totals], has_within)?;
                            totals = Sum::of(entry)?;
                        }
                        _ => {
                            sums.judge(index, entry, &[own, totals.and(own)?], has_within)?;
                            totals = totals.and(Sum::of(entry)?)?;
                        }
                    }
                    (parts, subtotals) = (zero, zero);
                }
            }
        }
        // Where each says 其中, they need not be all parts.
        if let Some(index) = in_front.filter(|_| is_listed) {
            let n_before = sums.wrong.len();
            sums.judge(index, entries.get(index)?, &[subtotals.and(parts)?], has_within)?;
            sums.wrong.iter_mut().skip(n_before).for_each(|(_, is_in_front, _)| *is_in_front = true);
        }
        Some(sums)
    }

    /// Compares a number with what it may be the sum of, the likeliest first.
    fn judge(&mut self, index: usize, total: &Entry<'a>, added: &[Sum<'a>], has_within: bool) -> Option<()> {
        let likeliest = added.first().filter(|sum| sum.n > 1 || has_within);
        if let Some(sum) = likeliest {
            let total = Sum::of(total)?;
            self.n += 1;
            if !added.iter().any(|sum| sum.is_near(&total)) {
                self.wrong.push((index, false, *sum));
            }
        }
        Some(())
    }
}

/// Returns the ids of the metrics that are operands of a relation.
fn operands(notice: &Notice) -> BTreeSet<&str> {
    let operands = notice.relations().flat_map(|(_, relation)| &relation.operands);
    let ids = operands.filter_map(|operand| match operand {
        Operand::Metric(id) => Some(id.as_str()),
        Operand::Fixed(_) | Operand::Count { .. } => None,
    });
    ids.collect()
}

/// Returns where the figures stand that state one of the metrics, by their first byte.
fn figures_of(passage: &Passage, ids: &BTreeSet<&str>) -> BTreeSet<usize> {
    let figures = passage.figures.iter().filter(|figure| figure.metrics().any(|id| ids.contains(id)));
    figures.map(|figure| figure.range.start).collect()
}

impl WrongSum<'_> {
    fn diagnostic(&self, passage: &Passage) -> Diagnostic {
        let total = &self.total;
        let printed = total.cell.plain_text();
        let printed = printed.trim();
        let scale = i32::try_from(total.quantity.scale()).unwrap_or_default();
        let sum = self.sum.value;
        let sum = sum.checked_scale(-scale).map_or_else(|| sum.to_string(), |sum| sum.to_string());
        let place = |cell: &Inline| Location::new(&passage.source, cell.range());
        let problem = Diagnostic::warning(
            "total-differs",
            place(total.cell),
            format!("the table gives `{printed}` as the sum, but its rows add up to `{sum}`"),
            format!("表中合计为 `{printed}`，而各行相加得 `{sum}`"),
        )
        .help(
            format!("compare both with the approved text and correct the one that is wrong; if it says so, accept it: `accepted: [{{code: total-differs, words: \"{printed}\", because: 原文如此}}]`"),
            format!("请对照审定稿改正有误的一处；如审定稿确是如此，请写 `accepted: [{{code: total-differs, words: \"{printed}\", because: 原文如此}}]`"),
        );
        match self.sum.cells {
            Some((first, last)) => {
                let rows = first.range().start..last.range().end.max(first.range().end);
                problem.related(
                    Location::new(&passage.source, rows),
                    "these rows are added",
                    "相加的是这些行",
                )
            }
            None => problem,
        }
    }
}
