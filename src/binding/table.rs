//! Tables → what the numbers of their cells count: the unit stands in the head of the column （金额（万元）), in a column of
//! units, or above the table (单位：万元).
//!
//! Start with [`cells`]. Nothing is guessed: a number without a unit in one of these places stays one without a unit.

use std::collections::BTreeMap;

use crate::figure::{Quantity, QuantityError};
use crate::markdown::{Block, BlockKind, Inline, Table};
use crate::text::{self, width};

/// Heads of columns that give each row a number of its own.
const POSITIONS: &str = "序号 编号 序 号 No. NO. No NO #";

/// Heads of columns that name the unit of each row.
const UNITS: &str = "单位 计量单位 数量单位 度量单位";

/// Ends of heads whose numbers do not count in the unit above the table.
const OTHER_THAN_ABOVE: &str = "\
    年份 年度 月份 日期 时间 期限 时限 电话 代码 号码 邮编 文号 排名 名次 得分 评分 备注 \
    率 比例 占比 比重 增幅 增长 同比 环比";

/// Ends of heads that count things, and no money.
const COUNTS: &str = "数 数量 人次 户次 次";

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Column {
    /// The number of each row.
    Positions,
    /// The unit of each row.
    Units,
    /// Numbers of this unit.
    Counted(String),
    /// Anything else.
    Other,
}

/// What a table says about one of its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The number that fills the cell, if the table says what it counts.
    pub(super) number: Option<CellNumber>,
    /// Which row it is in, counted through all tables of the text.
    pub(super) row: usize,
    /// What the row and the column are called: 城关追缴金额.
    pub(super) name: String,
}

/// The number that fills a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CellNumber {
    /// It counts the rows.
    Position,
    /// With the unit that its table gives it.
    Figure(Quantity),
}

/// The cells of the rows of all tables of a text, each by its first byte in the file.
pub(crate) type Cells = BTreeMap<usize, Cell>;

/// Lists the cells of the tables in `blocks`.
pub(crate) fn cells(blocks: &[Block]) -> Cells {
    let mut cells = Cells::new();
    push_cells(blocks, &mut cells, &mut 0);
    cells
}

fn push_cells(blocks: &[Block], cells: &mut Cells, n_rows: &mut usize) {
    let mut above = None;
    for block in blocks {
        match &block.kind {
            BlockKind::Table(table) => push_table(table, above, cells, n_rows),
            BlockKind::List(list) => {
                list.items.iter().for_each(|item| push_cells(&item.blocks, cells, n_rows));
            }
            BlockKind::Quote(blocks) => push_cells(blocks, cells, n_rows),
            _ => {}
        }
        above = match &block.kind {
            BlockKind::Paragraph(text) => Some(text),
            _ => None,
        };
    }
}

fn push_table(table: &Table, above: Option<&Inline>, cells: &mut Cells, n_rows: &mut usize) {
    let columns = columns(table, above);
    let heads: Vec<String> = table.head.iter().map(|head| without_unit(&head.plain_text())).collect();
    for row in &table.rows {
        *n_rows += 1;
        let called = name_of_row(&columns, row).map_or_else(String::new, |(_, name)| name);
        for (index, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let number = match columns.get(index) {
                Some(Column::Positions) if is_bare(&cell.plain_text()) => Some(CellNumber::Position),
                Some(Column::Positions | Column::Units) | None => None,
                Some(Column::Counted(_) | Column::Other) => {
                    with_unit(&columns, row, index).map(CellNumber::Figure)
                }
            };
            let head = heads.get(index).map_or("", String::as_str);
            let name = format!("{called}{head}");
            cells.insert(cell.range().start, Cell { number, row: *n_rows, name });
        }
    }
}

/// Returns what each column of a table holds; `above` is the paragraph in front of it.
pub(crate) fn columns(table: &Table, above: Option<&Inline>) -> Vec<Column> {
    let above = above.map_or_else(Vec::new, |above| units_above(&above.plain_text()));
    let column = |head: &Inline| {
        let head = head.plain_text();
        let bare: String = head.chars().filter(|c| !c.is_whitespace()).collect();
        if text::lists(POSITIONS, &bare) {
            return Column::Positions;
        }
        if text::lists(UNITS, &bare) {
            return Column::Units;
        }
        let ends_with = |list: &str| list.split(' ').any(|end| bare.ends_with(end));
        let shared = match above.as_slice() {
            [unit] => Some(unit),
            units => units.iter().find(|unit| bare.ends_with(unit.as_str())),
        };
        let shared =
            shared.filter(|unit| !(ends_with(OTHER_THAN_ABOVE) || unit.ends_with('元') && ends_with(COUNTS)));
        let unit = unit_in_head(&bare).or_else(|| shared.cloned());
        unit.map_or(Column::Other, Column::Counted)
    };
    table.head.iter().map(column).collect()
}

/// Reads the number of a cell with the unit that its table gives it; `None` for a cell that is more than a number.
pub(crate) fn with_unit(columns: &[Column], row: &[Inline], index: usize) -> Option<Quantity> {
    let text = row.get(index)?.plain_text();
    let text = text.trim();
    let unit = match columns.get(index)? {
        Column::Counted(unit) => unit.clone(),
        Column::Other => {
            let units = columns.iter().position(|column| *column == Column::Units)?;
            known(row.get(units)?.plain_text().trim())?
        }
        Column::Positions | Column::Units => return None,
    };
    is_bare(text).then(|| Quantity::parse(&format!("{text}{unit}")).ok())?
}

/// Returns what a row is about, and in which column that stands: the first cell that is no number.
pub(crate) fn name_of_row(columns: &[Column], row: &[Inline]) -> Option<(usize, String)> {
    let mut cells = row.iter().zip(columns).enumerate();
    cells.find_map(|(index, (cell, column))| {
        let text: String = cell.plain_text().chars().filter(|c| !c.is_whitespace()).collect();
        let is_of_row = matches!(column, Column::Counted(_) | Column::Other);
        let is_name = is_of_row && !text.is_empty() && Quantity::parse(&text).is_err() && !is_bare(&text);
        is_name.then_some((index, text))
    })
}

/// Tells whether a text is a number without a unit.
fn is_bare(text: &str) -> bool {
    matches!(Quantity::parse(text.trim()), Err(QuantityError::NoUnit))
}

/// Returns the unit that a head names: 金额（万元）, 占比(%), 金额/万元.
fn unit_in_head(head: &str) -> Option<String> {
    let folded: String = head.chars().map(width::fold).collect();
    let inner = folded.strip_suffix(')').and_then(|head| head.rsplit_once('(')).map(|(_, inner)| inner);
    let inner = inner.or_else(|| folded.rsplit_once('/').map(|(_, unit)| unit))?;
    known(inner.strip_prefix("单位:").unwrap_or(inner))
}

/// Returns the units that the paragraph above a table names, each only if all are known: 单位：万元, 单位：个、万元.
fn units_above(text: &str) -> Vec<String> {
    let folded: String = text.chars().map(width::fold).collect();
    let Some((before, behind)) = folded.rsplit_once("单位") else { return Vec::new() };
    // 责任单位：县财政局 names nobody's unit of measure.
    let is_own =
        before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric()) || before.ends_with("计量");
    let named = behind.trim_start().strip_prefix(':').filter(|_| is_own).unwrap_or_default().trim();
    let named = named.split([')', ',', ';', '。', ' ']).next().unwrap_or_default();
    named.split('、').map(known).collect::<Option<_>>().unwrap_or_default()
}

/// Returns a word that is a unit.
fn known(word: &str) -> Option<String> {
    let is_unit = Quantity::parse(&format!("1{word}")).is_ok_and(|one| one.unit().is_known());
    (is_unit && !word.starts_with(|c: char| c.is_ascii_digit())).then(|| word.to_owned())
}

/// Returns a head without its unit.
pub(crate) fn without_unit(head: &str) -> String {
    let bare: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    let cut = bare.rfind(['（', '(', '/']).filter(|_| unit_in_head(&bare).is_some());
    cut.and_then(|cut| bare.get(..cut)).map_or_else(|| bare.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binding::Words;
    use crate::diagnostic::{Diagnostics, SourcePath};
    use crate::figure::{NoFigure, NumberKind};
    use crate::markdown;

    fn words(body: &str) -> Words {
        let (path, options) = (SourcePath::new("content/n/01.md"), markdown::Options::default());
        let mut blocks = markdown::parse(&path, body, 0..body.len(), &options, &mut Diagnostics::new());
        let cells = cells(&blocks);
        Words::new(&markdown::lines_mut(&mut blocks), &cells)
    }

    /// Checks the figures of a text, and its numbers without a unit.
    #[track_caller]
    fn check(body: &str, expected: &str, without_unit: &str) {
        let words = words(body);
        let figures = words.numbers.iter().filter_map(|found| found.kind.quantity());
        let figures: Vec<_> = figures.map(Quantity::printed).collect();
        let is_open = NumberKind::Other(NoFigure::NoUnitInTable);
        let open = words.numbers.iter().filter(|found| found.kind == is_open);
        let open: Vec<_> = open.map(|found| words.get(&found.range)).collect();
        assert_eq!(
            (figures.join(" "), open.join(" ")),
            (expected.to_owned(), without_unit.to_owned()),
            "{body}"
        );
    }

    #[test]
    fn cells_have_the_unit_of_their_table() {
        check("|序号|事项|金额（万元）|\n|-|-|-|\n|1|甲|0.5|\n|2|乙|12.6|", "0.5万元 12.6万元", "");
        check("|事项|金额/元|占比(%)|\n|-|-|-|\n|甲|5,200|12.5|", "5,200元 12.5%", "");
        check("（单位：户）\n\n|事项|上年|本年|同比|\n|-|-|-|-|\n|甲|12|13|8.3|", "12户 13户", "8.3");
        check("计量单位：公顷\n\n|事项|面积|\n|-|-|\n|甲|12.5|", "12.5公顷", "");
        check("单位：户、万元\n\n|事项|受益户|金额|\n|-|-|-|\n|甲|12|3.5|", "12户", "3.5");
        check("（单位：个、批次）\n\n|事项|不合格批次|抽检批次|\n|-|-|-|\n|甲|12|13|", "12批次 13批次", "");
        check("单位：户、万贯\n\n|事项|受益户|\n|-|-|\n|甲|12|", "", "12");
        check("责任单位：水务局\n\n|事项|数值|\n|-|-|\n|甲|12.5|", "", "12.5");
        check("单位：万元\n\n|事项|户数|金额|年份|\n|-|-|-|-|\n|甲|12|3.5|2024|", "3.5万元", "12");
        check("|指标|计量单位|数值|\n|-|-|-|\n|管网|公里|12.5|\n|水质|级|2|", "12.5公里", "2");
        check("|事项|情况（件）|\n|-|-|\n|甲|已办结12件|\n|乙|无|", "12件", "");
    }

    #[test]
    fn cells_are_called_by_their_row_and_column() {
        let words = words("|序号|片区|金额（万元）|\n|-|-|-|\n|1|城 关|0.5|\n||合计|0.5|");
        let names: Vec<_> =
            words.numbers.iter().filter_map(|found| words.name_of_cell(found.range.start)).collect();
        assert_eq!(names, ["城关序号", "城关金额", "合计金额"]);
    }
}
