//! Tables → what the numbers of their cells count: the unit stands in the head of the column （金额（万元）), in a column of
//! units, or above the table (单位：万元).
//!
//! Start with [`cells`]. Nothing is guessed: a number without a unit in one of these places stays one without a unit.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::figure::{Quantity, QuantityError, measures_otherwise};
use crate::markdown::{Block, BlockKind, Inline, Table};
use crate::text::{self, width};

/// Heads of columns that give each row a number of its own.
const POSITIONS: &str = "序号 编号 序 号 No. NO. No NO #";

/// Heads of columns that name the unit of each row, unless they name offices.
const UNITS: &str = "单位 计量单位 数量单位 度量单位";

/// Ends of heads that count things, and no money.
const COUNTS: &str = "数 数量 人次 户次 次";

/// What may stand in front of 单位 where it means a unit of measure: 责任单位 is an office.
const OF_MEASURE: &str = " 计量 金额 货币 资金 数量 面积";

/// Cells without a number and without a name; that with nothing at all is the first.
const EMPTY: &str = " - -- — —— / － 无";

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
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
    /// The head of its column as printed.
    pub(super) head: Arc<str>,
    /// Whether it says what its row is about.
    pub(super) names_row: bool,
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
    let columns = Columns::of(table, above);
    let heads: Vec<Arc<str>> = table.head.iter().map(|head| head.plain_text().into()).collect();
    for row in &table.rows {
        *n_rows += 1;
        let (named_by, called) = columns.name_of_row(row).unzip();
        let called = called.unwrap_or_default();
        for ((index, cell), head) in
            row.iter().enumerate().zip(&heads).filter(|((_, cell), _)| !cell.is_empty())
        {
            let number = match columns.kinds.get(index) {
                Some(Column::Positions) if is_bare(&cell.plain_text()) => Some(CellNumber::Position),
                Some(Column::Positions | Column::Units) | None => None,
                Some(Column::Counted(_) | Column::Other) => {
                    columns.number(row, index).map(CellNumber::Figure)
                }
            };
            let name = format!("{called}{}", columns.name(index));
            let (head, names_row) = (head.clone(), named_by == Some(index));
            cells.insert(cell.range().start, Cell { number, row: *n_rows, name, head, names_row });
        }
    }
}

/// What the columns of a table are called and hold.
pub(crate) struct Columns {
    kinds: Vec<Column>,
    /// The heads, without their units.
    names: Vec<String>,
    /// Which column names the unit of each row.
    units: Option<usize>,
}

impl Columns {
    /// Reads the heads of a table; `above` is the paragraph in front of it.
    pub(crate) fn of(table: &Table, above: Option<&Inline>) -> Self {
        let above = above.map_or_else(Vec::new, |above| units_above(&above.plain_text()));
        let column = |(index, head): (usize, &Inline)| {
            let (name, unit) = split_head(&head.plain_text());
            let shared = match above.as_slice() {
                [unit] => Some(unit),
                units => units.iter().find(|unit| name.ends_with(unit.as_str())),
            };
            let shared = shared.filter(|unit| {
                let is_count = unit.ends_with('元') && COUNTS.split(' ').any(|end| name.ends_with(end));
                !is_count && !measures_otherwise(&name)
            });
            let has_units = || {
                let mut cells = table.rows.iter().filter_map(|row| row.get(index));
                cells.any(|cell| known(cell.plain_text().trim()).is_some())
            };
            let kind = match unit.or_else(|| shared.cloned()) {
                _ if text::lists(POSITIONS, &name) => Column::Positions,
                _ if text::lists(UNITS, &name) && has_units() => Column::Units,
                Some(unit) => Column::Counted(unit),
                None => Column::Other,
            };
            (kind, name)
        };
        let (kinds, names): (Vec<_>, _) = table.head.iter().enumerate().map(column).unzip();
        let units = kinds.iter().position(|column| *column == Column::Units);
        Self { kinds, names, units }
    }

    /// Returns how many columns there are.
    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Returns what a column is called, without its unit.
    pub(crate) fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("", String::as_str)
    }

    /// Tells whether a column has the number of each row (序号).
    pub(crate) fn numbers_rows(&self, index: usize) -> bool {
        self.kinds.get(index) == Some(&Column::Positions)
    }

    /// Tells whether the table says the unit in which a column counts.
    pub(crate) fn is_counted(&self, index: usize) -> bool {
        matches!(self.kinds.get(index), Some(Column::Counted(_)))
    }

    /// Returns the unit in which a column counts.
    pub(crate) fn unit(&self, index: usize) -> Option<&str> {
        match self.kinds.get(index)? {
            Column::Counted(unit) => Some(unit),
            _ => None,
        }
    }

    /// Tells whether the numbers of a column may count something, and are not those of its rows.
    pub(crate) fn may_count(&self, index: usize) -> bool {
        matches!(self.kinds.get(index), Some(Column::Counted(_) | Column::Other))
    }

    /// Reads the number of a cell with the unit that its table gives it; `None` for a cell that is more than a number.
    pub(crate) fn number(&self, row: &[Inline], index: usize) -> Option<Quantity> {
        let text = row.get(index)?.plain_text();
        let text = text.trim();
        if !is_bare(text) {
            return None;
        }
        let of_row;
        let unit = match self.kinds.get(index)? {
            Column::Counted(unit) => unit,
            Column::Other => {
                of_row = known(row.get(self.units?)?.plain_text().trim())?;
                &of_row
            }
            Column::Positions | Column::Units => return None,
        };
        Quantity::parse(&format!("{text}{unit}")).ok()
    }

    /// Returns what a row is about, and in which column that stands: the first cell that is no number; where a row has
    /// no other, the word in place of its number (合计).
    pub(crate) fn name_of_row(&self, row: &[Inline]) -> Option<(usize, String)> {
        let cells =
            || row.iter().enumerate().map(|(index, cell)| (index, text::without_spaces(&cell.plain_text())));
        let is_no_number = |text: &str| {
            !says_nothing(text)
                && matches!(Quantity::parse(text), Err(error) if error != QuantityError::NoUnit)
        };
        let name = cells().find(|(index, text)| self.may_count(*index) && is_no_number(text));
        let is_word = |text: &str| text.chars().count() > 1 && text.chars().all(width::is_han);
        let in_place_of_number = || {
            let mut cells = cells().filter(|(index, _)| self.kinds.get(*index) == Some(&Column::Positions));
            cells.find(|(_, text)| is_word(text) && is_no_number(text))
        };
        name.or_else(in_place_of_number)
    }
}

/// Tells whether a cell has neither a number nor a name.
pub(crate) fn says_nothing(cell: &str) -> bool {
    text::lists(EMPTY, cell.trim())
}

/// Tells whether a text is a number without a unit.
fn is_bare(text: &str) -> bool {
    matches!(Quantity::parse(text.trim()), Err(QuantityError::NoUnit))
}

/// Splits a head into its name and its unit: 金额（万元）, 占比(%), 金额／元, 单价（元/吨）, 数量[件], 金额（单位: 万元）.
fn split_head(head: &str) -> (String, Option<String>) {
    let bare = text::without_spaces(head);
    let folded: String = bare.chars().map(fold_brackets).collect();
    for (at, _) in folded.match_indices(['(', '/', ':']) {
        let rest = folded.get(at + 1..).unwrap_or_default();
        let rest = rest.strip_suffix(')').unwrap_or(rest);
        if let Some(unit) = known(rest.strip_prefix("单位:").unwrap_or(rest)) {
            let n = folded.get(..at).unwrap_or_default().chars().count();
            let name: String = bare.chars().take(n).collect();
            return (name.trim_end_matches("单位").to_owned(), Some(unit));
        }
    }
    (bare, None)
}

/// Folds the width of a character, and makes round brackets of all.
fn fold_brackets(character: char) -> char {
    match width::fold(character) {
        '[' | '【' | '〔' => '(',
        ']' | '】' | '〕' => ')',
        other => other,
    }
}

/// Returns the units that the paragraph above a table names: 单位：万元, 单位：批次、万元.
fn units_above(text: &str) -> Vec<String> {
    let folded: String = text.chars().map(fold_brackets).collect();
    let Some((before, behind)) = folded.rsplit_once("单位") else { return Vec::new() };
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let Some(units) = behind.trim_start().strip_prefix(':') else { return Vec::new() };
    let units = units.trim().split([')', ',', ';', '。', ' ']).next().unwrap_or_default();
    let units = units.split('、').map(known).collect::<Option<Vec<String>>>();
    units.filter(|_| text::lists(OF_MEASURE, word)).unwrap_or_default()
}

/// Returns a word that is a unit.
fn known(word: &str) -> Option<String> {
    let is_unit = Quantity::parse(&format!("1{word}")).is_ok_and(|one| one.unit().is_known());
    (is_unit && !word.starts_with(|c: char| c.is_ascii_digit())).then(|| word.to_owned())
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
        for head in [
            "金额（万元）",
            "金额[万元]",
            "金额／万元",
            "金额【万元】",
            "金额（单位: 万元）",
            "金额单位：万元",
        ] {
            check(&format!("|事项|{head}|\n|-|-|\n|甲|3.5|"), "3.5万元", "");
            assert_eq!(split_head(head), ("金额".to_owned(), Some("万元".to_owned())), "{head}");
        }
        for head in ["单价（元/吨）", "单价／元／吨", "单价(单位：元/吨)"] {
            check(&format!("|事项|{head}|\n|-|-|\n|甲|3.5|"), "3.5元/吨", "");
            assert_eq!(split_head(head), ("单价".to_owned(), Some("元/吨".to_owned())), "{head}");
        }
        check("金额单位：万元\n\n|事项|2024年度|\n|-|-|\n|甲|3.5|", "3.5万元", "");
        check("[单位：万元]\n\n|事项|合计|水位|\n|-|-|-|\n|甲|3.5|8.1|", "3.5万元", "8.1");
        check("|单位|金额（万元）|\n|-|-|\n|水务局|3.5|", "3.5万元", "");
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
