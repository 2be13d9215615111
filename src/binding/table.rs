//! Tables → what the numbers of their cells count: the unit stands in the head of the column (金额（万元）), in a column of
//! units, behind the name of the row (商户（家）), or above the table (单位：万元), in this order.
//!
//! Start with [`cells`]; `units` reads the words. Nothing is guessed: a number without a unit in one of these places stays
//! one without a unit.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::units::{self, UnitAbove};
use crate::figure::{NumberKind, Quantity, QuantityError, ends_otherwise, measures_otherwise, scan};
use crate::markdown::{Block, BlockKind, Inline, Table};
use crate::text::{self, width};

/// Heads of columns that give each row a number of its own.
const POSITIONS: &str = "序号 编号 序 号 No. NO. No NO #";

/// Heads of columns that name the unit of each row, unless they name offices.
const UNITS: &str = "单位 计量单位 数量单位 度量单位";

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
        let numbers = columns.numbers(row);
        let filled = row.iter().enumerate().zip(&heads).zip(numbers);
        for (((index, cell), head), number) in filled.filter(|(((_, cell), _), _)| !cell.is_empty()) {
            let is_position = columns.numbers_rows(index) && is_bare(&cell.plain_text());
            let number =
                if is_position { Some(CellNumber::Position) } else { number.map(CellNumber::Figure) };
            let name = format!("{called}{}", columns.name(index));
            let (head, names_row) = (head.clone(), named_by == Some(index));
            cells.insert(cell.range().start, Cell { number, row: *n_rows, name, head, names_row });
        }
    }
}

/// What the columns of a table are called and hold.
pub(crate) struct Columns {
    heads: Vec<Head>,
    /// Which column names the unit of each row.
    units: Option<usize>,
    /// What stands above the table.
    above: Vec<UnitAbove>,
}

/// What a column is called and holds.
struct Head {
    kind: Column,
    /// Without its unit.
    name: String,
    /// The unit above the table that the name tells.
    named: Option<String>,
    /// Whether its numbers measure something else than those beside them.
    is_otherwise: bool,
}

impl Columns {
    /// Reads the heads of a table; `above` is the paragraph in front of it.
    pub(crate) fn of(table: &Table, above: Option<&Inline>) -> Self {
        let above = above.map_or_else(Vec::new, |above| units::units_above(&above.plain_text()));
        let column = |(index, (name, unit)): (usize, (String, Option<String>))| {
            let has_units = || {
                let mut cells = table.rows.iter().filter_map(|row| row.get(index));
                cells.any(|cell| units::known(cell.plain_text().trim()).is_some())
            };
            let kind = match unit {
                _ if text::lists(POSITIONS, &name) => Column::Positions,
                _ if text::lists(UNITS, &name) && has_units() => Column::Units,
                Some(unit) => Column::Counted(unit),
                None => Column::Other,
            };
            let is_otherwise = measures_otherwise(&name);
            Head { kind, named: units::named(&name, &above, is_otherwise), name, is_otherwise }
        };
        let heads: Vec<Head> = split_heads(table).into_iter().enumerate().map(column).collect();
        let units = heads.iter().position(|head| head.kind == Column::Units);
        Self { heads, units, above }
    }

    /// Returns how many columns there are.
    pub(crate) fn len(&self) -> usize {
        self.heads.len()
    }

    /// Returns what a column is called, without its unit.
    pub(crate) fn name(&self, index: usize) -> &str {
        self.heads.get(index).map_or("", |head| &head.name)
    }

    fn kind(&self, index: usize) -> Option<&Column> {
        self.heads.get(index).map(|head| &head.kind)
    }

    /// Tells whether a column has the number of each row (序号).
    pub(crate) fn numbers_rows(&self, index: usize) -> bool {
        self.kind(index) == Some(&Column::Positions)
    }

    /// Tells whether the head of a column says the unit in which it counts.
    pub(crate) fn is_counted(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(Column::Counted(_)))
    }

    /// Returns the unit of each column that stands elsewhere than in its head, if it is one for all numbers of the column.
    pub(crate) fn units_beside(&self, table: &Table) -> Vec<Option<String>> {
        let mut units: Vec<Vec<String>> = vec![Vec::new(); self.len()];
        for row in &table.rows {
            for (index, number) in self.numbers(row).into_iter().enumerate() {
                let text = row.get(index).map(Inline::plain_text).unwrap_or_default();
                let unit =
                    number.and_then(|number| Some(number.printed().strip_prefix(text.trim())?.to_owned()));
                if let (Some(unit), Some(of_column)) = (unit, units.get_mut(index))
                    && !self.is_counted(index)
                    && !of_column.contains(&unit)
                {
                    of_column.push(unit);
                }
            }
        }
        units.into_iter().map(|mut units| units.pop().filter(|_| units.is_empty())).collect()
    }

    /// Tells whether the numbers of a column may count something, and are not those of its rows.
    pub(crate) fn may_count(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(Column::Counted(_) | Column::Other))
    }

    /// Reads the numbers of the cells of a row with the units that its table gives them; `None` for a cell that is more than
    /// a number.
    pub(crate) fn numbers(&self, row: &[Inline]) -> Vec<Option<Quantity>> {
        let called = self.name_of_row(row).map_or_else(String::new, |(_, name)| name);
        // The unit behind the names in front of a number: 商户（家）, 240, 1,875.
        let (mut of_row, mut is_behind_name) = (None, false);
        let cells = row.iter().enumerate().map(|(index, cell)| {
            let text = cell.plain_text();
            let text = text.trim();
            if says_nothing(text) {
                return None;
            }
            if self.may_count(index) && is_no_number(text) {
                of_row = units::split_row(text).1.or_else(|| of_row.take().filter(|_| is_behind_name));
                is_behind_name = true;
                return None;
            }
            is_behind_name = false;
            let unit = is_bare(text).then(|| self.unit(row, index, of_row.as_ref(), &called)).flatten()?;
            Quantity::parse(&format!("{text}{unit}")).ok()
        });
        cells.collect()
    }

    /// Returns the unit of a cell with a bare number; `of_row` stands behind the name of its row, which is `called` so.
    fn unit(&self, row: &[Inline], index: usize, of_row: Option<&String>, called: &str) -> Option<String> {
        let head = self.heads.get(index)?;
        match &head.kind {
            Column::Counted(unit) => return Some(unit.clone()),
            Column::Positions | Column::Units => return None,
            Column::Other => {}
        }
        if !head.is_otherwise {
            let of_column = self.units.and_then(|units| row.get(units)).map(Inline::plain_text);
            if let Some(unit) = of_column.filter(|unit| !says_nothing(unit)) {
                return units::known(unit.trim());
            }
            if let Some(unit) = of_row {
                return Some(unit.clone());
            }
        }
        let is_otherwise = ends_otherwise(called);
        let named = head.named.clone();
        let named =
            named.or_else(|| units::named(called, &self.above, is_otherwise).filter(|_| !head.is_otherwise));
        let is_open = !head.is_otherwise && !is_otherwise;
        named.or_else(|| units::shared([&head.name, called], &self.above).filter(|_| is_open))
    }

    /// Returns what a row is about, and in which column that stands: the first cell that is no number; where a row has
    /// no other, the word in place of its number (合计).
    pub(crate) fn name_of_row(&self, row: &[Inline]) -> Option<(usize, String)> {
        let cells =
            || row.iter().enumerate().map(|(index, cell)| (index, text::without_spaces(&cell.plain_text())));
        let name = cells().find(|(index, text)| self.may_count(*index) && is_no_number(text));
        let name = name.map(|(index, text)| (index, units::split_row(&text).0));
        let is_word = |text: &str| text.chars().count() > 1 && text.chars().all(width::is_han);
        let in_place_of_number = || {
            let mut cells = cells().filter(|(index, _)| self.numbers_rows(*index));
            cells.find(|(_, text)| is_word(text) && is_no_number(text))
        };
        name.or_else(in_place_of_number)
    }
}

/// Tells whether a cell has neither a number nor a name.
pub(crate) fn says_nothing(cell: &str) -> bool {
    text::lists(EMPTY, cell.trim())
}

/// Splits the heads of the columns into names and units; a second row of heads says more about the first.
fn split_heads(table: &Table) -> Vec<(String, Option<String>)> {
    let heads = table.head.iter().map(|head| units::split_head(&head.plain_text()));
    let Some(second) = second_head(table) else { return heads.collect() };
    let mut last = Default::default();
    let both = heads.zip(second).map(|(head, second)| {
        let second = second.plain_text();
        // The head on the left goes for all columns below it.
        let is_below = head.0.is_empty() && !second.is_empty();
        let (name, unit) = if is_below { std::mem::take(&mut last) } else { head };
        last = (name.clone(), unit.clone());
        let (more, own) = match units::known(second.trim()) {
            Some(unit) => (String::new(), Some(unit)),
            None => units::split_head(&second),
        };
        let more = if more == name { "" } else { &more };
        (format!("{name}{more}"), own.or(unit))
    });
    both.collect()
}

/// Returns the first row if it is a second one of heads: it has no figure, and nothing new in its first cell.
fn second_head(table: &Table) -> Option<&[Inline]> {
    let (row, head) = (table.rows.first()?, table.head.first()?.plain_text());
    let first = row.first()?.plain_text();
    let is_head = |cell: &Inline| {
        let numbers = scan(&cell.plain_text());
        let is_day =
            |kind: &NumberKind| matches!(kind, NumberKind::Other(reason) if !super::is_unclear(*reason));
        numbers.iter().all(|number| is_day(&number.kind))
    };
    let is_second =
        first.trim().is_empty() || first.trim() == head.trim() || text::lists(UNITS, first.trim());
    let has_heads = row.iter().skip(1).any(|cell| !says_nothing(&cell.plain_text()));
    (is_second && has_heads && row.iter().all(is_head)).then_some(row)
}

/// Tells whether a cell has words, and more than a figure.
fn is_no_number(text: &str) -> bool {
    !says_nothing(text) && matches!(Quantity::parse(text), Err(error) if error != QuantityError::NoUnit)
}

/// Tells whether a text is a number without a unit.
fn is_bare(text: &str) -> bool {
    matches!(Quantity::parse(text.trim()), Err(QuantityError::NoUnit))
}

#[cfg(test)]
pub(super) mod tests {
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
    pub(in crate::binding) fn check(body: &str, expected: &str, without_unit: &str) {
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
        check("单位：户、万元\n\n|事项|受益户|金额|\n|-|-|-|\n|甲|12|3.5|", "12户 3.5万元", "");
        check("（单位：个、批次）\n\n|事项|不合格批次|抽检批次|\n|-|-|-|\n|甲|12|13|", "12批次 13批次", "");
        check("单位：户、万贯\n\n|事项|受益户|\n|-|-|\n|甲|12|", "", "12");
        check("责任单位：水务局\n\n|事项|数值|\n|-|-|\n|甲|12.5|", "", "12.5");
        check("单位：万元\n\n|事项|户数|金额|年份|\n|-|-|-|-|\n|甲|12|3.5|2024|", "3.5万元", "12");
        check("|指标|计量单位|数值|\n|-|-|-|\n|管网|公里|12.5|\n|水质|级|2|", "12.5公里", "2");
        check("金额单位：万元\n\n|事项|2024年度|\n|-|-|\n|甲|3.5|", "3.5万元", "");
        check("[单位：万元]\n\n|事项|合计|水位|\n|-|-|-|\n|甲|3.5|8.1|", "3.5万元", "8.1");
        check("|单位|金额（万元）|\n|-|-|\n|水务局|3.5|", "3.5万元", "");
        check("|事项|情况（件）|\n|-|-|\n|甲|已办结12件|\n|乙|无|", "12件", "");
    }

    #[test]
    fn rows_have_the_unit_behind_their_name() {
        let head = "|指标|整改前|整改后|增幅|\n|-|-|-|-|\n";
        for (row, expected, without_unit) in [
            ("|亮证率（%）|61.3|98.9|12|", "61.3% 98.9%", "12"),
            ("|示范食堂（家）|240|1,875||", "240家 1,875家", ""),
            ("|响应时间（小时）|26|3.5|—|", "26小时 3.5小时", ""),
            ("|清淤河道/公里|26|3.5||", "26公里 3.5公里", ""),
            ("|报废 车辆 [辆]|2|3||", "2辆 3辆", ""),
            ("|亮证率%|61.3|98.9||", "61.3% 98.9%", ""),
            ("|罚没（含税，万元）|6.3|9.9||", "6.3万元 9.9万元", ""),
            ("|亮证率（%）|61.3%|2家|3|", "61.3% 2家", "3"),
            ("|低保标准补助（年）|6,400|7,200||", "", "6,400 7,200"),
            ("|城关（街道）|240|1,875||", "", "240 1,875"),
            ("|甲（2家）|240|1,875||", "2家", "240 1,875"),
            ("|其中：户|240|1,875||", "", "240 1,875"),
            ("|亮证率超10%|240|1,875||", "超10%", "240 1,875"),
        ] {
            check(&format!("{head}{row}"), expected, without_unit);
        }
        check("|序号|指标|数值|\n|-|-|-|\n|1|食堂（家）|12|\n|2|亮证率（%）|9.5|", "12家 9.5%", "");
        check("|类别|指标|数值|年份|\n|-|-|-|-|\n|食安|食堂（家）|12|2024|", "12家", "");
        check("|指标（家）|单位部门|数值|\n|-|-|-|\n|食堂（家）|商务局|12|", "12家", "");
        check("|指标|数值|指标|数值|\n|-|-|-|-|\n|食堂（家）|12|网点|5|", "12家", "5");
        check("|指标|金额（万元）|数值|\n|-|-|-|\n|食堂（家）|12|5|", "12万元 5家", "");
        check("|指标|单位|数值|\n|-|-|-|\n|管网（米）|公里|5|\n|食堂（家）||6|", "5公里 6家", "");
        check(
            "单位：万元\n\n|指标|上年|本年|\n|-|-|-|\n|食堂（家）|12|15|\n|罚款|3|4|",
            "12家 15家 3万元 4万元",
            "",
        );
        check("|指标|计量单位|年份|数值|\n|-|-|-|-|\n|管网|公里|2024|5|", "5公里", "");
    }

    #[test]
    fn heads_may_have_two_rows() {
        let start = |heads: &str, second: &str| format!("|{heads}|\n|-|-|-|-|-|\n|{second}|\n");
        let row = "|甲|12|3.5|13|4.5|";
        for (above, heads, second) in [
            ("", "支行|上年||本年|", "|笔数（笔）|金额（万元）|笔数（笔）|金额（万元）"),
            ("单位：笔、万元\n\n", "支行|2023年||2024年|", "支行|笔数|金额|笔数|金额"),
            ("", "支行|笔数|金额|新增|新增额", "单位|笔|万元|笔|万元"),
        ] {
            let table = start(heads, second);
            check(&format!("{above}{table}{row}"), "12笔 3.5万元 13笔 4.5万元", "");
        }
        let table = start("支行|现金（万元）||户数（户）|", "|2023年|2024年|2023年|2024年");
        check(&format!("{table}{row}"), "12万元 3.5万元 13户 4.5户", "");
        let words = words(&format!("{table}{row}"));
        assert_eq!(words.name_of_cell(words.text.find("3.5").unwrap()), Some("甲现金2024年"));
        // A row of figures is none of heads.
        check("|支行|笔数|金额（元）|\n|-|-|-|\n||（笔）|3|\n|甲|5|4|", "3元 4元", "5");
        check("|支行|笔数|\n|-|-|\n|乙|（笔）|\n|甲|5|", "", "5");
    }

    #[test]
    fn cells_are_called_by_their_row_and_column() {
        let words = words("|序号|片区|金额（万元）|\n|-|-|-|\n|1|城 关|0.5|\n||合计|0.5|");
        let names: Vec<_> =
            words.numbers.iter().filter_map(|found| words.name_of_cell(found.range.start)).collect();
        assert_eq!(names, ["城关序号", "城关金额", "合计金额"]);
        let words = self::words("|指标|整改前|\n|-|-|\n|食堂（家）|5|");
        assert_eq!(words.name_of_cell(words.text.find('5').unwrap()), Some("食堂整改前"));
    }
}
