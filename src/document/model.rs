//! What people see of a document, in reading order, and what was found beside it.

use crate::diagnostic::Message;

use super::Format;

/// A document as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it was read from.
    pub format: Format,
    /// What is seen, in reading order. Footnotes and endnotes are paragraphs `[1] …` behind what refers to them.
    pub blocks: Vec<Block>,
    /// The pictures, as [`Block::Picture`] counts them.
    pub pictures: Vec<Picture>,
    /// What is not taken over, or taken over otherwise than it looks, in reading order.
    pub findings: Vec<Finding>,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph or heading.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// The picture with this index.
    Picture(usize),
}

/// A paragraph, its printed numeral included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// Its text as printed; `\n` is a line break inside the paragraph, `\t` a tab. Never only white space.
    pub text: String,
    /// The level at which its style makes it a heading, from 1; `None` for text. Offices use it seldom: a hint, not a proof.
    pub heading: Option<u8>,
    /// Whether it is set in the middle of the line, as titles are.
    pub is_centered: bool,
    /// Whether it is set to the right, as signatures are.
    pub is_right: bool,
    /// Whether it is the text of a footnote or endnote.
    pub is_note: bool,
}

/// A table. Every row has its cells from left to right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Its paragraphs, parted by `\n`; empty for one that goes on with the cell above it.
    pub text: String,
    /// How many columns it takes, at least 1.
    pub columns: usize,
    /// Whether it goes on with the cell above it.
    pub goes_on: bool,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The name for its file, such as `image1.png`: ASCII, unique in the document.
    pub name: String,
    /// Its bytes; empty for one that the document only names.
    pub bytes: Vec<u8>,
    /// What it shows, in words; empty where nobody wrote them.
    pub alternative: String,
}

/// What is not taken over, or otherwise than it looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// Its words, as they stand in the document; empty where it has none.
    pub words: String,
    /// The number of blocks in front of it in [`Document::blocks`].
    pub place: usize,
}

/// The kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// A tracked insertion, which is taken in.
    Inserted,
    /// A tracked deletion, which is left out.
    Deleted,
    /// Text that was moved away and is tracked: left out here, taken in where it went.
    MovedAway,
    /// A comment: left out.
    Comment,
    /// Hidden text: left out.
    Hidden,
    /// A header or footer: left out.
    HeaderOrFooter,
    /// A mark of secrecy, wherever it stands: 秘密, 机密★1年, 内部文件.
    SecrecyMark,
    /// A picture that the document only names, or whose form is not for the web.
    PictureMissing,
    /// A picture without alternative text.
    PictureWithoutWords,
    /// An object that is no text: a chart, an embedded file.
    Object,
    /// A formula: it is written in one line.
    Formula,
    /// A numeral that versions of Word print differently (above 99 in Chinese counting).
    NumeralDiffers,
    /// A style of numbering that is not known; its numbers are printed as 1, 2, 3.
    NumberingUnknown,
    /// A character of a symbol font that has no known meaning.
    SymbolUnknown,
    /// Cells that are merged: the text stands in the first, the others are empty.
    MergedCells,
    /// A table inside a cell: its text stands in the cell, line by line.
    NestedTable,
    /// A text box: its text stands behind the paragraph that it is anchored to.
    TextBox,
    /// A footnote or endnote: its text stands behind the paragraph or table that refers to it.
    Note,
    /// A part of the file that the document refers to and that is not there.
    PartMissing,
}

impl FindingKind {
    /// Returns what is told of it, in both languages, without its words.
    pub fn message(self) -> Message {
        let (english, chinese) = match self {
            Self::Inserted => ("tracked insertion, taken in", "修订：插入的文字，已采用"),
            Self::Deleted => ("tracked deletion, left out", "修订：删除的文字，未采用"),
            Self::MovedAway => ("moved away with tracking, left out here", "修订：移走的文字，此处未采用"),
            Self::Comment => ("comment, left out", "批注，未采用"),
            Self::Hidden => ("hidden text, left out", "隐藏文字，未采用"),
            Self::HeaderOrFooter => ("header or footer, left out", "页眉或页脚，未采用"),
            Self::SecrecyMark => ("mark of secrecy", "密级或内部标志"),
            Self::PictureMissing => (
                "picture that is not in the file, or that browsers do not show (save it as PNG and put it in)",
                "文件中没有、或浏览器不能显示的图片（请另存为 PNG 放入）",
            ),
            Self::PictureWithoutWords => ("picture without alternative text", "没有替代文字的图片"),
            Self::Object => ("object that is no text, left out", "图表或嵌入对象，未采用"),
            Self::Formula => ("formula, written in one line", "公式，写成了一行"),
            Self::NumeralDiffers => {
                ("numeral that versions of Word print differently", "各版本 Word 显示不同的编号")
            }
            Self::NumberingUnknown => (
                "style of numbering that is not known, printed as 1, 2, 3",
                "无法识别的编号样式，按 1、2、3 排",
            ),
            Self::SymbolUnknown => ("symbol whose meaning is not known", "无法识别的符号"),
            Self::MergedCells => (
                "merged cells: the text stands in the first, the others are empty",
                "合并单元格：文字放在第一格，其余留空",
            ),
            Self::NestedTable => {
                ("table inside a cell: its text stands in the cell", "单元格中的表格：文字逐行放在单元格里")
            }
            Self::TextBox => {
                ("text box: its text stands behind its paragraph", "文本框：文字放在所在段落之后")
            }
            Self::Note => (
                "footnote: its text stands behind its paragraph or table",
                "脚注或尾注：文字放在所在段落或表格之后",
            ),
            Self::PartMissing => ("part of the file that is missing", "文件中缺失的部分"),
        };
        Message::new(english, chinese)
    }

    /// Tells whether words that people see, or were meant to see, are not taken over.
    pub fn is_loss(self) -> bool {
        !matches!(
            self,
            Self::Inserted | Self::NumeralDiffers | Self::TextBox | Self::Note | Self::SecrecyMark
        )
    }
}

impl Document {
    /// Returns the text as plain text: a paragraph a line (two for one with a line break), a row of a table a line with tabs,
    /// and no empty lines. White space is kept but for line ends.
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    for line in paragraph.text.split('\n').filter(|line| !line.trim().is_empty()) {
                        text.push_str(line);
                        text.push('\n');
                    }
                }
                Block::Table(table) => {
                    for row in &table.rows {
                        text.push_str(&row.plain_text());
                        text.push('\n');
                    }
                }
                Block::Picture(_) => {}
            }
        }
        text
    }
}

impl Row {
    /// Returns its cells parted by tabs, one for each column; lines and tabs inside a cell become spaces.
    fn plain_text(&self) -> String {
        let mut text = String::new();
        for (index, cell) in self.cells.iter().enumerate() {
            if index > 0 {
                text.push('\t');
            }
            text.push_str(&cell.text.replace(['\n', '\t'], " "));
            text.extend(std::iter::repeat_n('\t', cell.columns.saturating_sub(1)));
        }
        text
    }
}
