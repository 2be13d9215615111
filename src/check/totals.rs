//! `total-differs`: 合计, 小计 and 总计 of a table are the sums of their rows.
//!
//! Numbers are read with the unit that the table gives them. Nothing is said of rates, means and comparisons, of columns
//! with something unreadable or with several units, of what 其中 counts again, nor where a relation states the sum: it has a
//! message of its own.

use std::collections::BTreeSet;

use crate::binding::{Column, columns, name_of_row, with_unit, without_unit};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::figure::{Decimal, Quantity};
use crate::markdown::{BlockKind, Inline, Table};
use crate::notice::{Claim, Notice, Operand, Part, Passage};
use crate::text;

/// Heads of columns that do not add up, by words in them.
const NOT_ADDED: &str = "\
    % ‰ 率 比 均 增幅 增长 增速 得分 评分 分值 排名 名次 年份 日期 时间 期限 时限 电话 号 单价 标准 强度 指数 版次 级";

/// Names of rows that are a sum of those above, back to the one before.
const SUBTOTALS: &str = "小计 分计";

/// Names of rows that are the sum of all.
const TOTALS: &str = "合计 总计 总和 共计 合計";

/// Cells without a number; that with nothing at all is the first.
const EMPTY: &str = " - — —— / － 无";

/// Looks at all tables of `notice`.
pub(super) fn check(notice: &Notice, diagnostics: &mut Diagnostics) {
    for (_, passage) in notice.passages() {
        for_each_table(&passage.body, &mut |table, above| {
            let columns = columns(table, above);
            let down = (0..columns.len()).map(|index| down(table, &columns, index));
            let across = table.rows.iter().map(|row| across(table, &columns, row));
            for entries in down.chain(across).flatten() {
                check_sums(&entries, notice, passage, diagnostics);
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

/// What a row is to the sum of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Part,
    /// It counts a part of the row above once more (其中).
    Within,
    Subtotal,
    Total,
}

impl Role {
    fn is_sum(self) -> bool {
        matches!(self, Self::Subtotal | Self::Total)
    }
}

/// A number of a column or row.
struct Entry<'a> {
    role: Role,
    quantity: Quantity,
    cell: &'a Inline,
}

fn check_sums(entries: &[Entry<'_>], notice: &Notice, passage: &Passage, diagnostics: &mut Diagnostics) {
    let mut units = entries.iter().map(|entry| entry.quantity.unit());
    let first = units.next();
    if !entries.iter().any(|entry| entry.role.is_sum()) || units.any(|unit| Some(unit) != first) {
        return;
    }
    let related = figures_of_relations(notice, passage);
    // What stands below a row of 其中 may be more of the same: any number of such rows is tried.
    let n_doubtful = n_behind_within(entries);
    let wrong = |n_more: usize| {
        let sums = sums(entries, n_more)?;
        let wrong = sums.into_iter().filter_map(|(at, parts)| {
            let sum = wrong_sum(&entries[at].quantity, &parts)?;
            Some((&entries[at], parts, sum))
        });
        Some(wrong.collect::<Vec<_>>())
    };
    let tries: Vec<_> = (0..=n_doubtful).map_while(wrong).collect();
    if tries.iter().any(Vec::is_empty) {
        return;
    }
    for (total, parts, sum) in tries.into_iter().next().unwrap_or_default() {
        let range = total.cell.range();
        if !related.iter().any(|start| range.contains(start)) {
            diagnostics.push(total_differs(passage, total, &sum, &parts));
        }
    }
}

/// Counts the rows between the first one of 其中 and the next sum.
fn n_behind_within(entries: &[Entry<'_>]) -> usize {
    let behind = entries.iter().skip_while(|entry| entry.role != Role::Within).skip(1);
    behind.take_while(|entry| !entry.role.is_sum()).count()
}

/// Tells whether the numbers below a head do not add up by their nature.
fn is_not_added(head: &str) -> bool {
    NOT_ADDED.split_whitespace().any(|word| head.contains(word))
}

/// Reads the numbers of a row; `None` if one of them cannot be added.
fn across<'a>(table: &'a Table, columns: &[Column], row: &'a [Inline]) -> Option<Vec<Entry<'a>>> {
    let heads = table.head.iter().map(|head| without_unit(&head.plain_text()));
    let mut entries = Vec::new();
    for (index, (head, cell)) in heads.zip(row).enumerate() {
        let Some(quantity) = number(columns, row, index) else { continue };
        if is_not_added(&head) || !is_addable(&quantity) {
            return None;
        }
        entries.push(Entry { role: role(&head), quantity, cell });
    }
    Some(entries)
}

/// Reads the number of a cell; a count without any unit adds up as well.
fn number(columns: &[Column], row: &[Inline], index: usize) -> Option<Quantity> {
    if matches!(columns.get(index), Some(Column::Positions | Column::Units) | None) {
        return None;
    }
    let text = row.get(index)?.plain_text();
    let text = text.trim();
    let own = with_unit(columns, row, index).or_else(|| Quantity::parse(text).ok());
    own.or_else(|| Quantity::parse(&format!("{text}个")).ok())
}

fn is_addable(quantity: &Quantity) -> bool {
    let is_share = quantity.unit().as_str().ends_with(['%', '‰']);
    quantity.upper().is_none() && quantity.approximation().is_none() && !is_share
}

/// Reads the numbers of a column; `None` if one of them cannot be added.
fn down<'a>(table: &'a Table, columns: &[Column], index: usize) -> Option<Vec<Entry<'a>>> {
    let head = table.head.get(index).map(Inline::plain_text).unwrap_or_default();
    if matches!(columns.get(index), Some(Column::Positions | Column::Units) | None) || is_not_added(&head) {
        return None;
    }
    let mut entries = Vec::new();
    for row in &table.rows {
        let Some(cell) = row.get(index) else { continue };
        let text = cell.plain_text();
        let name = name_of_row(columns, row);
        if text::lists(EMPTY, text.trim()) || name.as_ref().is_some_and(|(at, _)| *at == index) {
            continue;
        }
        let role = name.map_or(Role::Part, |(_, name)| role(&name));
        let quantity = number(columns, row, index).filter(is_addable)?;
        entries.push(Entry { role, quantity, cell });
    }
    Some(entries)
}

fn role(name: &str) -> Role {
    let is_one =
        |list: &str| list.split(' ').any(|word| name == word || name.trim_end_matches(['：', ':']) == word);
    if is_one(TOTALS) {
        Role::Total
    } else if is_one(SUBTOTALS) || SUBTOTALS.split(' ').any(|word| name.ends_with(word)) {
        Role::Subtotal
    } else if name.starts_with("其中") || name.starts_with('#') {
        Role::Within
    } else {
        Role::Part
    }
}

/// A sum by its index, with what it adds.
type Sum<'a, 'b> = (usize, Vec<&'b Entry<'a>>);

/// Returns every sum, `n_more` rows behind 其中 left out as well; `None` where it is uncertain what they add.
fn sums<'a, 'b>(entries: &'b [Entry<'a>], n_more: usize) -> Option<Vec<Sum<'a, 'b>>> {
    let mut sums = Vec::new();
    let (mut parts, mut subtotals): (Vec<&Entry<'_>>, Vec<&Entry<'_>>) = (Vec::new(), Vec::new());
    let (mut first_total, mut n_left_out) = (None, 0);
    for (index, entry) in entries.iter().enumerate() {
        match entry.role {
            Role::Part if n_left_out > 0 => n_left_out -= 1,
            Role::Part => parts.push(entry),
            Role::Within => n_left_out = n_more,
            // A subtotal above its rows.
            Role::Subtotal if parts.is_empty() => return None,
            Role::Subtotal => {
                sums.push((index, std::mem::take(&mut parts)));
                subtotals.push(entry);
            }
            Role::Total if parts.is_empty() && subtotals.is_empty() => {
                if first_total.replace(index).is_some() {
                    return None;
                }
            }
            Role::Total => {
                subtotals.append(&mut parts);
                sums.push((index, std::mem::take(&mut subtotals)));
            }
        }
    }
    if let Some(index) = first_total {
        subtotals.append(&mut parts);
        sums.push((index, subtotals));
    }
    let has_within = entries.iter().any(|entry| entry.role == Role::Within);
    sums.retain(|(_, parts)| parts.len() > 1 || has_within);
    Some(sums)
}

/// Returns the sum of `parts`, if rounding does not explain that `total` is another one.
fn wrong_sum(total: &Quantity, parts: &[&Entry<'_>]) -> Option<Decimal> {
    let zero = Decimal::new(0, 0)?;
    let sum = parts.iter().try_fold(zero, |sum, part| sum.checked_add(part.quantity.value()))?;
    // Half of the last printed digit, for each number that has decimals.
    let slack = parts.iter().map(|part| &part.quantity).chain([total]).try_fold(zero, |slack, one| {
        let decimals = one.printed_decimals();
        if decimals == 0 {
            return Some(slack);
        }
        let half = Decimal::new(5, decimals + 1)?.checked_scale(i32::try_from(one.scale()).ok()?)?;
        slack.checked_add(half)
    })?;
    let is_near = sum <= total.value().checked_add(slack)? && total.value() <= sum.checked_add(slack)?;
    (!is_near).then_some(sum)
}

/// Returns where the figures stand that are operands of a relation, by their first byte.
fn figures_of_relations(notice: &Notice, passage: &Passage) -> BTreeSet<usize> {
    let operands = notice.relations().flat_map(|(_, relation)| &relation.operands);
    let ids: BTreeSet<&str> = operands
        .filter_map(|operand| match operand {
            Operand::Metric(id) => Some(id.as_str()),
            Operand::Fixed(_) | Operand::Count { .. } => None,
        })
        .collect();
    let figures = passage.figures.iter().filter(|figure| match &figure.claim {
        Claim::Metric { id, .. } => ids.contains(id.as_str()),
        Claim::None | Claim::NotAFigure => false,
    });
    figures.map(|figure| figure.range.start).collect()
}

fn total_differs(passage: &Passage, total: &Entry<'_>, sum: &Decimal, parts: &[&Entry<'_>]) -> Diagnostic {
    let printed = total.cell.plain_text();
    let printed = printed.trim();
    let scale = i32::try_from(total.quantity.scale()).unwrap_or_default();
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
    match (parts.first(), parts.last()) {
        (Some(first), Some(last)) => {
            let rows = first.cell.range().start..last.cell.range().end.max(first.cell.range().end);
            problem.related(Location::new(&passage.source, rows), "these rows are added", "相加的是这些行")
        }
        _ => problem,
    }
}
