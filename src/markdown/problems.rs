//! The problems that Markdown can have, one constructor per rule.

use std::collections::BTreeSet;
use std::ops::Range;

use super::inline::Inline;
use super::raw_html::can_be_allowed;
use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Edit, Fix, Location, SourcePath};
use crate::disk;
use crate::text;
use crate::text::characters::FoundCharacter;

/// How many of the last cells of a row a message names, and how much of each.
const MOST_CELLS: usize = 3;
const LONGEST_CELL: usize = 12;

/// A row that has fewer cells than its table.
pub(super) struct ShortRow {
    pub(super) range: Range<usize>,
    /// What its cells say.
    pub(super) words: Vec<String>,
    /// How many are written.
    pub(super) n: usize,
}

/// Adds the problems of one file to a list.
pub(super) struct Problems<'a> {
    path: &'a SourcePath,
    diagnostics: &'a mut Diagnostics,
    is_nesting_reported: bool,
}

impl<'a> Problems<'a> {
    pub(super) fn new(path: &'a SourcePath, diagnostics: &'a mut Diagnostics) -> Self {
        Self { path, diagnostics, is_nesting_reported: false }
    }

    /// Characters that entities brought into a text, which stands at `range`.
    pub(super) fn characters(
        &mut self,
        range: &Range<usize>,
        text: &str,
        found: &[FoundCharacter],
        kept: &BTreeSet<char>,
    ) {
        let place = |_| Location::new(self.path, range.clone());
        disk::report_characters(text, found, &place, kept, self.diagnostics);
    }

    fn error(&mut self, code: &'static str, range: Range<usize>, message: [&str; 2], help: [&str; 2]) {
        let location = Location::new(self.path, range);
        let [english, chinese] = message;
        self.diagnostics.push(Diagnostic::error(code, location, english, chinese).help(help[0], help[1]));
    }

    fn warning(&mut self, code: &'static str, range: Range<usize>, message: [&str; 2], help: [&str; 2]) {
        let location = Location::new(self.path, range);
        let [english, chinese] = message;
        self.diagnostics.push(Diagnostic::warning(code, location, english, chinese).help(help[0], help[1]));
    }

    /// A list item whose number in the text is not the one that browsers would show.
    pub(super) fn list_number_differs(&mut self, range: Range<usize>, written: &str, shown: u64) {
        self.error(
            "list-number-differs",
            range,
            [
                &format!("the list item is written `{written}` but would be shown as `{shown}`"),
                &format!("列表项写作 `{written}`，但会显示为 `{shown}`"),
            ],
            [
                &format!(
                    "write no space after the mark, escape it (`{written}\\.`), or renumber the item `{shown}`"
                ),
                &format!("序号后不留空格，或写作 `{written}\\.`，或将序号改为 `{shown}`"),
            ],
        );
    }

    /// Delimiters that found no partner.
    pub(super) fn stray_emphasis(&mut self, range: Range<usize>) {
        self.warning(
            "stray-emphasis",
            range,
            ["the `**` makes nothing bold and is shown as it is", "此处的 `**` 没有构成加粗，会原样显示"],
            [
                "write `**` directly before and after the bold text, or `\\*\\*` where stars are meant",
                "在加粗文字的前后紧贴着写 `**`；确需星号时写 `\\*\\*`",
            ],
        );
    }

    /// `~~` around words.
    pub(super) fn stray_strikethrough(&mut self, range: Range<usize>) {
        self.warning(
            "stray-strikethrough",
            range,
            [
                "the `~~` strikes nothing out and is shown as it is",
                "此处的 `~~` 不会划掉文字，会原样显示",
            ],
            [
                "a public text says what holds: delete the signs, and the words that do not hold; write `\\~\\~` where the signs are meant",
                "公开的文字只写成立的内容：请删去这些符号和不成立的文字；确需这些符号时写 `\\~\\~`",
            ],
        );
    }

    /// Lines with tabs; `table` is what they are in Markdown, unless they are too many.
    pub(super) fn table_with_tabs(&mut self, range: Range<usize>, table: Option<String>) {
        let location = Location::new(self.path, range.clone());
        let problem = Diagnostic::error(
            "table-with-tabs",
            location,
            "these lines with tabs are a table, but would be shown as paragraphs",
            "这几行用制表符分栏，是一张表格，但会显示成普通段落",
        );
        self.diagnostics.push(match table {
            Some(table) => problem
                .help(
                    "put the table below in their place; where no table is meant, write a space for each tab",
                    "请用下面的表格替换这几行；如果本来不是表格，请把制表符改为空格",
                )
                .fix(Fix::new(
                    vec![Edit { path: self.path.clone(), range, text: table }],
                    Certainty::Probable,
                )),
            None => problem.help(
                "a table of this size is better published as a file beside the notice, with a link to it",
                "这样大的表格，请存为文件，放在通报旁边，用链接引出",
            ),
        });
    }

    /// A row of a table with more cells than the head; the page would not show them.
    pub(super) fn table_row_too_long(&mut self, range: Range<usize>, n_columns: usize) {
        self.error(
            "table-row-too-long",
            range,
            [
                &format!("the table has `{n_columns}` columns, so this part of the row would not be shown"),
                &format!("表格只有 `{n_columns}` 栏，这一行多出的部分不会显示"),
            ],
            [
                "give the head and the line of dashes below it a cell more, or write `\\|` where the sign itself is meant",
                "请在表头和其下的短横线行各补一格；确需竖线本身时写 `\\|`",
            ],
        );
    }

    /// A row of a table with fewer cells than the `head`, and how many others have: one that is missing in the middle moves those
    /// behind it to the left.
    pub(super) fn table_row_too_short(&mut self, row: ShortRow, head: &[Inline], n_others: usize) {
        let heads: Vec<String> = head.iter().map(Inline::plain_text).collect();
        let mut last: Vec<(&str, &str)> =
            row.words.iter().zip(&heads).map(|(a, b)| (a.trim(), b.trim())).collect();
        last.retain(|(words, head)| !words.is_empty() && !head.is_empty());
        last.drain(..last.len().saturating_sub(MOST_CELLS));
        let each = |stands: &dyn Fn(&str, &str) -> String, between: &str| {
            let quoted = |words: &str| text::excerpt(words, LONGEST_CELL);
            last.iter()
                .map(|(words, head)| [between, &stands(&quoted(words), &quoted(head))].concat())
                .collect::<String>()
        };
        let in_english = each(&|words, head| format!("`{words}` stands under `{head}`"), ", ");
        let in_chinese = each(&|words, head| format!("`{words}` 在 `{head}` 一栏"), "，");
        let others = match n_others {
            0 => [String::new(), String::new()],
            n => [format!("; so it is in `{n}` more rows"), format!("；还有 `{n}` 行也缺格")],
        };
        let (n, n_columns) = (row.n, head.len());
        self.warning(
            "table-row-too-short",
            row.range,
            [
                &format!("the row has `{n}` cells and the table `{n_columns}` columns, so cells behind a missing one move to the left{in_english}{}", others[0]),
                &format!("这一行只有 `{n}` 格，而表格有 `{n_columns}` 栏，漏写之处后面的格会左移{in_chinese}{}", others[1]),
            ],
            [
                "write every cell of the row, an empty one as `| |`, in the column where the approved text has it empty",
                "请把这一行的格子写全，空格写成 `| |`，放在审定稿中空着的那一栏",
            ],
        );
    }

    /// What looks like a link and is none.
    pub(super) fn unfinished_link(&mut self, range: Range<usize>) {
        self.warning(
            "unfinished-link",
            range,
            ["this looks like a link, but is shown as it is", "这里像是链接，但没有写对，会原样显示"],
            [
                "write `[words](address)` in one line, in ASCII signs; a web address has `%20` for a space, a file with a space in its name is to be renamed; or write `\\](` where the signs are meant",
                "请在一行内用半角符号写 `[文字](网址)`；网址里的空格写作 `%20`，文件名里有空格的请给文件改名；确需这两个符号时写 `\\](`",
            ],
        );
    }

    /// A link whose words name the destination `meant`; the one that it has is written at `place`, if that is known.
    pub(super) fn link_leads_elsewhere(
        &mut self,
        range: Range<usize>,
        destination: &str,
        meant: &str,
        place: Option<Range<usize>>,
    ) {
        let shown = text::excerpt(destination, 80);
        let problem = Diagnostic::warning(
            "link-leads-elsewhere",
            Location::new(self.path, range),
            format!("the link leads to `{shown}`, and its words say `{meant}`"),
            format!("链接通向 `{shown}`，而文字写的是 `{meant}`"),
        )
        .help(
            "let both say the same; in a notice the words are those that were approved",
            "请让二者一致；通报里的文字以审定稿为准",
        );
        self.diagnostics.push(match place {
            Some(range) => {
                let edit = Edit { path: self.path.clone(), range, text: meant.to_owned() };
                problem.fix(Fix::new(vec![edit], Certainty::Probable))
            }
            None => problem,
        });
    }

    /// An address with a scheme that is not allowed, or one that is not whole.
    pub(super) fn unsafe_link(&mut self, range: Range<usize>, destination: &str) {
        let shown = text::excerpt(destination, 80);
        self.error(
            "unsafe-link",
            range,
            [
                &format!("the address `{shown}` is neither a web page, e-mail or phone address nor a file of the site"),
                &format!("地址 `{shown}` 不是网页、邮件、电话地址，也不是本站文件"),
            ],
            [
                "write it in full, `https://www.example.gov.cn/…`, `mailto:a@b.cn` or `tel:0580-2072198`, or write the path of a file of the site",
                "请写完整，例如 `https://www.example.gov.cn/…`、`mailto:a@b.cn`、`tel:0580-2072198`，或写本站文件的路径",
            ],
        );
    }

    /// An image that says nothing to those who do not see it.
    pub(super) fn missing_alternative_text(&mut self, range: Range<usize>) {
        self.error(
            "missing-alternative-text",
            range,
            ["the image has no alternative text", "图片没有替代文字"],
            ["say what it shows between the brackets: `![…](…)`", "在方括号内说明图片内容：`![……](……)`"],
        );
    }

    /// An image without a file, in whose place its description would be read.
    pub(super) fn no_picture(&mut self, range: Range<usize>) {
        self.error(
            "missing-file",
            range,
            ["the image names no file", "图片没有写明文件"],
            [
                "write the name of the file between the round brackets, `![…](photo.jpg)`, or in `src`",
                "请在圆括号内写明文件名，例如 `![……](photo.jpg)`，或写在 `src` 里",
            ],
        );
    }

    /// A tag that does not reach the page; `is_allowed` where only its partner or its place is missing.
    pub(super) fn html_shown_as_text(&mut self, range: Range<usize>, name: &str, is_allowed: bool) {
        let message =
            [format!("the HTML tag `{name}` is shown as text"), format!("HTML 标签 `{name}` 会作为文字显示")];
        let help = if is_allowed {
            [
                "open and close it within the same paragraph, inside the element it belongs to, and not inside two others that make text small".to_owned(),
                "在同一段内成对书写，并写在其所属的元素之内；缩小文字的标签最多套用两层".to_owned(),
            ]
        } else if can_be_allowed(name) {
            [
                format!(
                    "add `{name}` to the allowed tags in `site.yaml`, or write `\\<` where text is meant"
                ),
                format!("在 `site.yaml` 允许的标签中加入 `{name}`；如确为文字，写作 `\\<`"),
            ]
        } else {
            [
                "this tag cannot be allowed; remove it, or write `\\<` where text is meant".to_owned(),
                "此标签不可允许；请删除，如确为文字，写作 `\\<`".to_owned(),
            ]
        };
        let [english, chinese] = &message;
        self.warning("html-shown-as-text", range, [english, chinese], [&help[0], &help[1]]);
    }

    /// A digit beside one that is raised or lowered: together they are another number.
    pub(super) fn raised_digit(&mut self, range: Range<usize>, number: &str) {
        self.error(
            "raised-digit",
            range,
            [
                &format!("a digit stands directly beside one that is raised or lowered; the text says `{number}`"),
                &format!("数字紧挨着升高或降低的数字，而作为文字是 `{number}`"),
            ],
            [
                "write raised and lowered digits as characters of their own, such as `²` and `₂`, in the approved text, too; where one number is meant, remove the tags",
                "升高或降低的数字请直接写作 `²`、`₂` 等字符，审定稿中也一样；如为同一个数，请删除标签",
            ],
        );
    }

    /// A digit beside the number of a footnote.
    pub(super) fn footnote_beside_digit(&mut self, range: Range<usize>, number: &str) {
        self.error(
            "raised-digit",
            range,
            [
                &format!("the number of the footnote stands directly beside a digit and is read as `{number}`"),
                &format!("脚注的序号紧挨着数字，会读作 `{number}`"),
            ],
            [
                "put the reference behind the word that the number counts, `10篇[^1]`, or at the end of a cell behind a space, `10 [^1]`",
                "请把脚注写在单位之后，例如 `10篇[^1]`；在表格单元格末尾可空一格写作 `10 [^1]`",
            ],
        );
    }

    /// More levels than any text needs; said once per file.
    pub(super) fn nested_too_deep(&mut self, range: Range<usize>) {
        if self.is_nesting_reported {
            return;
        }
        self.is_nesting_reported = true;
        self.error(
            "nested-too-deep",
            range,
            [
                "the markup is nested too deep; the inner text is shown without it",
                "标记嵌套过深，内层文字将不带标记显示",
            ],
            ["use fewer levels of quotes, lists and emphasis", "减少引用、列表和强调的层数"],
        );
    }

    /// Two footnotes with one label.
    pub(super) fn duplicate_footnote(&mut self, range: Range<usize>, label: &str) {
        self.error(
            "duplicate-footnote",
            range,
            [&format!("the footnote `{label}` is defined twice"), &format!("脚注 `{label}` 定义了两次")],
            ["give each footnote a label of its own", "每条脚注使用不同的标号"],
        );
    }
}
