//! What is wrong with a ledger, in words.

use std::ops::Range;

use super::{Group, LONGEST_QUOTATION, one_line};
use crate::content::stated;
use crate::diagnostic::{Diagnostic, Location, SourcePath};
use crate::markdown::Inline;
use crate::notice::{Part, Section, Status};
use crate::text::excerpt;
use crate::yaml::{Tree, entry};

/// The problem of a ledger that has no table of problems.
pub(super) fn without_table(ledger: &Section) -> Diagnostic {
    let start = ledger
        .heading
        .as_ref()
        .map_or_else(|| Location::file(&ledger.passage.source), |heading| heading.location.clone());
    let has_bars = |part: &Part| match part {
        Part::Paragraph(paragraph) => paragraph.text.plain_text().trim_start().starts_with('|'),
        Part::Measure(_) | Part::Block(_) => false,
    };
    let (english, chinese) = if ledger.passage.body.iter().any(has_bars) {
        (
            "below the head of a table stands a line of dashes, one for each column: `|---|---|---|`; and an empty line above the head",
            "表头下面要有一行横线，每栏一个：`|---|---|---|`；表头上面要空一行",
        )
    } else {
        (
            "write the list as a table with a head such as `| 序号 | 问题 | 整改措施 | 责任单位 | 完成时限 | 整改状态 |`, or remove `kind: ledger`",
            "请把清单写成表格，表头例如 `| 序号 | 问题 | 整改措施 | 责任单位 | 完成时限 | 整改状态 |`；不是清单的，请去掉 `kind: ledger`",
        )
    };
    Diagnostic::error(
        "ledger-without-table",
        start,
        "the section is `kind: ledger`, and has no table of problems",
        "这一部分写了 `kind: ledger`，却没有问题清单的表格",
    )
    .help(english, chinese)
}

/// The problem of a row without a number, which has no address that lasts.
pub(super) fn without_number(path: &SourcePath, group: &Group<'_>) -> Diagnostic {
    let words = excerpt(&one_line(group.problem), LONGEST_QUOTATION);
    Diagnostic::warning(
        "row-without-number",
        Location::new(path, group.number_at.clone()),
        format!("the row `{words}` has no number, so its address follows from its place and moves with it"),
        format!("`{words}` 这一行没有序号，它的网址只能按位置定，插入一行就会变"),
    )
    .help(
        "if the approved text numbers its rows, write the number in a column `序号`; else add rows at the end only, and accept this",
        "审定稿有序号的，请写在“序号”一列；没有的，以后新增的行只加在最后，并写入 `accepted`",
    )
}

/// The problem of a number that does not follow the one `before` it.
pub(super) fn out_of_order(path: &SourcePath, group: &Group<'_>, before: u64, number: u64) -> Diagnostic {
    Diagnostic::warning(
        "numbering-out-of-order",
        Location::new(path, group.number_at.clone()),
        format!("the row with the number {number} follows the one with {before}"),
        format!("序号 {before} 的下一行是 {number}"),
    )
    .help(
        "compare with the approved text: perhaps a row is missing, or stands twice; if the approved text has it so, accept it",
        "请对照审定稿：也许漏了一行，或者重复了一行；如果审定稿就是这样，请写入 `accepted`",
    )
}

/// The problem of a number that two items have.
pub(super) fn number_twice(path: &SourcePath, group: &Group<'_>) -> Diagnostic {
    let number = &group.number;
    Diagnostic::warning(
        "numbering-out-of-order",
        Location::new(path, group.number_at.clone()),
        format!("the number `{number}` stands twice, so the address of this row follows from its place"),
        format!("序号 `{number}` 出现了两次，后一行的网址只能按位置定"),
    )
    .help(
        "compare with the approved text: rows of one problem repeat its words, too, or leave number and problem empty; if the \
         approved text has it so, accept it",
        "请对照审定稿：同一个问题的几行，问题的文字也要相同，或者序号和问题都留空；如果审定稿就是这样，请写入 `accepted`",
    )
}

/// The problem of words of a column of statuses that are not known.
pub(super) fn status_unknown(path: &SourcePath, cell: &Inline, words: &str) -> Diagnostic {
    let quoted = excerpt(words, LONGEST_QUOTATION);
    // No state is offered where the words give no hint: somebody who pastes it would say what the office did not.
    let likely = stated::likely(words).map_or("…", Status::id);
    let advice = |is: &str| entry("statuses", &Tree::mapping([(words, Tree::text(is))]));
    Diagnostic::warning(
        "row-status-unknown",
        Location::new(path, cell.range()),
        format!("it is not known how far something is that is `{quoted}`"),
        format!("不知道 `{quoted}` 属于哪一种整改状态"),
    )
    .help(
        format!(
            "say in the front matter which of `completed`, `mostly-completed`, `in-progress`, `long-term`, `not-done` it is, for example `{}`",
            advice(likely)
        ),
        format!(
            "请在文件头写明它是 `completed`、`mostly-completed`、`in-progress`、`long-term`、`not-done` 中的哪一种，例如 `{}`",
            advice(likely)
        ),
    )
}

/// The problem of a table of `n_rows` problems in a section that is no ledger.
pub(super) fn no_items(place: Location, n_rows: usize, is_annex: bool) -> Diagnostic {
    let problem = Diagnostic::warning(
        "table-of-problems",
        place,
        format!("this table lists {n_rows} problems with their status, and its rows are no items"),
        format!("这张表列了 {n_rows} 个问题及其整改状态，各行却没有成为整改事项"),
    );
    if is_annex {
        return problem.help(
            "an annex has no items; where they are wanted, write signature and date at the end of the text in front of it in \
             place of `signature`, and `kind: ledger` here, in a file whose name comes behind it; if they have files of their own, accept this",
            "附件里的表格不成为整改事项；要让各行成为事项，请删去 `signature`，把落款和日期写在前一个文件正文的末尾，再把这里改为 \
             `kind: ledger`，并让文件名排在其后；如果各项已另有文件，请写入 `accepted`",
        );
    }
    problem.help(
        "write `kind: ledger` into the front matter, and each row becomes an item with a page of its own; if it repeats items \
         that have files of their own, accept this",
        "请在文件头写 `kind: ledger`，每一行就成为一项，各有网页和状态；如果各项已另有文件，请写入 `accepted`",
    )
}

/// The problem of a table of a ledger of which no row is an item.
pub(super) fn without_rows(path: &SourcePath, head: Range<usize>) -> Diagnostic {
    Diagnostic::warning(
        "ledger-without-rows",
        Location::new(path, head),
        "no row of this table is a problem, so it brings no items",
        "这张表里没有一行是问题，所以没有整改事项",
    )
    .help(
        "write a row for each problem below the line of dashes; if the list is empty in the approved text, accept this",
        "请在短横线那一行之下逐行写问题；审定稿中清单本来就空的，请写入 `accepted`",
    )
}

/// The problem of a fact in the front matter of a ledger whose tables have a column for it.
pub(super) fn fact_of_rows(key: &str, place: &Location) -> Diagnostic {
    Diagnostic::warning(
        "key-without-effect",
        place.clone(),
        format!("`{key}` of a ledger holds for rows without a column of it, and every table here has one"),
        format!("清单文件头的 `{key}` 只用于没有这一栏的表格，而这里的表格都有这一栏"),
    )
    .help(
        format!("delete `{key}` here; what holds for a row stands in its cell"),
        format!("请删去这里的 `{key}`；各行以表中所写为准"),
    )
}

/// The problem of words in `statuses` that no row of a ledger has.
pub(super) fn meaning_unused(words: &str, place: &Location) -> Diagnostic {
    Diagnostic::warning(
        "key-without-effect",
        place.clone(),
        format!("`statuses` explains `{words}`, and no row of a ledger in this file has this status"),
        format!("`statuses` 解释了 `{words}`，而本文件的清单里没有一行是这个状态"),
    )
    .help(
        "write the words as the cells have them, all of a cell; or delete the entry",
        "请照单元格的全部文字写；用不到的，请删去这一条",
    )
}

/// The problem of `statuses` in a section that is no ledger.
pub(in crate::content) fn statuses_without_ledger(place: Location) -> Diagnostic {
    Diagnostic::warning(
        "key-without-effect",
        place,
        "`statuses` explains the words of a table of problems, and this section is not `kind: ledger`",
        "`statuses` 用来解释清单表格里的整改状态，而这一部分没有写 `kind: ledger`",
    )
    .help(
        "delete `statuses`, and give the status of an item as `status: {is: in-progress, as: …}`; or write `kind: ledger` where \
         each row of the table is an item",
        "请删去 `statuses`，一项的状态写成 `status: {is: in-progress, as: …}`；如果表格的每一行是一个整改事项，请写 `kind: ledger`",
    )
}
