//! The faults of YAML text as such, one constructor per rule.
//!
//! Faults of what a mapping says (a missing key, a value of the wrong kind) are in `fields`.

use std::ops::Range;

use crate::diagnostic::{Certainty, Diagnostic, Location};
use crate::text::place::{Places, Spot};
use crate::text::{self, characters};

use super::Source;
use super::guard::MAX_BYTES;
use super::judge::Reason;
use super::scalar;

/// The longest part of the author's text that a message repeats.
const MAX_QUOTED: usize = 24;

/// Quotes a part of the author's text.
pub(super) fn excerpt(text: &str) -> String {
    text::excerpt(text.trim(), MAX_QUOTED)
}

pub(super) fn too_large(location: Location, bytes: usize) -> Diagnostic {
    Diagnostic::error(
        "front-matter-too-large",
        location,
        format!("the data has {bytes} bytes, more than the {MAX_BYTES} that are read"),
        format!("数据共 {bytes} 字节，超过可读取的上限 {MAX_BYTES} 字节"),
    )
    .help(
        "keep the text below the closing `---`; front matter holds only short data",
        "正文写在结尾的 `---` 之后；开头的数据区只放简短的数据",
    )
}

pub(super) fn invisible_character(location: Location, character: char) -> Diagnostic {
    let code = characters::code_point(character);
    Diagnostic::error(
        "invisible-character",
        location,
        format!("an invisible character ({code}) stands here"),
        format!("此处有一个看不见的字符（{code}）"),
    )
    .help("delete it; it often comes along when text is pasted", "请删除该字符；它常常随粘贴的文字混入")
    .replace(character.encode_utf8(&mut [0; 4]), "", Certainty::Probable)
}

pub(super) fn multiple_documents(location: Location) -> Diagnostic {
    Diagnostic::error(
        "multiple-documents",
        location,
        "a second document starts here, but a file holds one",
        "此处开始了第二个文档，而一个文件只能有一个",
    )
    .help("delete the line, or put it in quotes if it is text", "请删除这一行；如果它是文字，请加引号")
}

pub(super) fn too_deep(location: Location, limit: usize) -> Diagnostic {
    Diagnostic::error(
        "yaml-too-deep",
        location,
        format!("lists and keys are nested deeper than {limit} levels"),
        format!("列表和键的嵌套超过 {limit} 层"),
    )
    .help("put texts that start with `[`, `{` or `-` in quotes", "以 `[`、`{` 或 `-` 开头的文字请加引号")
}

pub(super) fn alias(location: Location) -> Diagnostic {
    Diagnostic::error(
        "yaml-alias",
        location,
        "`&`, `*` and `<<` refer to other parts of the data, which is not supported",
        "`&`、`*` 和 `<<` 表示引用数据的其他部分，这里不支持",
    )
    .help(
        "write the value out again, or put it in quotes if it is text: `\"*…\"`",
        "请把值重新写一遍；如果它是文字，请加引号：`\"*…\"`",
    )
}

pub(super) fn tag(location: Location) -> Diagnostic {
    Diagnostic::error(
        "yaml-tag",
        location,
        "a value that starts with `!` names a type, which is not supported",
        "以 `!` 开头的值表示类型，这里不支持",
    )
    .help("put it in quotes if it is text: `\"!…\"`", "如果它是文字，请加引号：`\"!…\"`")
}

pub(super) fn tab_in_indentation(location: Location) -> Diagnostic {
    let tabs = "\t".repeat(location.range.as_ref().map_or(0, Range::len));
    Diagnostic::error("tab-in-indentation", location, "the line is indented with a tab", "这一行用制表符缩进")
        .help("indent with spaces, two per level", "请用空格缩进，每层两个")
        .replace(&tabs, tabs.replace('\t', "  "), Certainty::Probable)
}

pub(super) fn wide_space_in_indentation(location: Location) -> Diagnostic {
    Diagnostic::error(
        "wide-space-in-indentation",
        location,
        "the line is indented with a full-width or no-break space",
        "这一行用全角空格或不换行空格缩进",
    )
    .help("indent with ordinary spaces, two per level", "请用半角空格缩进，每层两个")
    .replace("\u{3000}", "  ", Certainty::Probable)
}

pub(super) fn full_width_colon(location: Location, key: &str, rest: &str) -> Diagnostic {
    let (key, rest) = (excerpt(key), excerpt(rest));
    Diagnostic::error(
        "full-width-colon",
        location,
        format!("the colon after `{key}` is full-width"),
        format!("`{key}` 后面的冒号是全角的"),
    )
    .help(
        format!("write `{}` with an ASCII colon and a space", pair(&key, &rest)),
        format!("请用半角冒号加空格：`{}`", pair(&key, &rest)),
    )
    .replace("：", ": ", Certainty::Certain)
}

pub(super) fn missing_space_after_colon(location: Location, key: &str, rest: &str) -> Diagnostic {
    let (written, spaced) = (format!("{key}:"), format!("{key}: "));
    let (key, rest) = (excerpt(key), excerpt(rest));
    Diagnostic::error(
        "missing-space-after-colon",
        location,
        format!("a space is missing after `{key}:`"),
        format!("`{key}:` 后面缺少空格"),
    )
    .help(format!("write `{}`", pair(&key, &rest)), format!("请写成 `{}`", pair(&key, &rest)))
    .replace(&written, spaced, Certainty::Certain)
}

fn pair(key: &str, rest: &str) -> String {
    format!("{key}: {rest}").trim_end().to_owned()
}

pub(super) fn missing_colon(location: Location, line: &str) -> Diagnostic {
    let line = excerpt(line);
    Diagnostic::error(
        "missing-colon",
        location,
        format!("`{line}` is no `key: value`"),
        format!("`{line}` 不是“键: 值”的形式"),
    )
    .help(
        "write a key, a colon and a space before it; indent it if it continues the text above",
        "请在前面写上键、半角冒号和空格；如果是上一行文字的延续，请缩进",
    )
}

pub(super) fn duplicate_key(key: &str, location: Location, first: Location) -> Diagnostic {
    let key = excerpt(key);
    Diagnostic::error(
        "duplicate-key",
        location,
        format!("`{key}` is written twice"),
        format!("`{key}` 写了两次"),
    )
    .help("keep one of the two", "请只保留一处")
    .related(first, "it is first written here", "第一次写在这里")
}

pub(super) fn unclosed_quote(location: Location) -> Diagnostic {
    Diagnostic::error("unclosed-quote", location, "this quote is never closed", "这个引号没有闭合").help(
        "close it with the same quote before the line ends, or leave both out",
        "请在行末用同样的引号闭合，或者两个引号都不写",
    )
}

pub(super) fn unclosed_bracket(location: Location, closing: char) -> Diagnostic {
    Diagnostic::error("unclosed-bracket", location, "this bracket is never closed", "这个括号没有闭合").help(
        format!("close it with `{closing}`, or put the value in quotes if it is text"),
        format!("请用 `{closing}` 闭合；如果它是文字，请加引号"),
    )
}

pub(super) fn text_after_value(location: Location, opening: char) -> Diagnostic {
    let (english, chinese) = match opening {
        '[' | '{' => ("text follows a closed bracket", "括号闭合后还有文字"),
        _ => ("text follows a closed quote", "引号闭合后还有文字"),
    };
    Diagnostic::error("text-after-value", location, english, chinese).help(
        "put the whole value in quotes, and use `“”` or the other kind of quote inside: `'\"…\"…'`",
        "请给整个值加引号，里面改用 `“”` 或另一种引号：`'\"…\"…'`",
    )
}

pub(super) fn colon_in_text(location: Location) -> Diagnostic {
    Diagnostic::error(
        "colon-in-text",
        location,
        "a colon with a space behind it stands inside a text without quotes",
        "没有加引号的文字里有半角冒号加空格",
    )
    .help(
        "put the whole text in quotes, or write a full-width `：` inside it",
        "请给整段文字加引号，或者在文字里用全角的 `：`",
    )
}

/// `whole` is the text with what was taken for a comment, as it can be pasted, where it stands on one line.
pub(super) fn text_taken_for_comment(location: Location, comment: &str, whole: Option<String>) -> Diagnostic {
    let comment = excerpt(comment);
    let [english, chinese] = match whole {
        Some(whole) => {
            let whole = whole.replace('`', "'");
            [
                format!("if it belongs to the text write `{whole}`"),
                format!("如果它属于文字，请写成 `{whole}`"),
            ]
        }
        None => [
            "if it belongs to the text put the whole text in quotes".to_owned(),
            "如果它属于文字，请给整段文字加引号".to_owned(),
        ],
    };
    Diagnostic::warning(
        "text-taken-for-comment",
        location,
        format!("`{comment}` is taken for a comment and left out, because a space stands before the `#`"),
        format!("`#` 前面有空格，`{comment}` 会被当作注释，不会发布"),
    )
    .help(
        format!("{english}; if it is a comment, put a space behind the `#`"),
        format!("{chinese}；如果确是注释，请在 `#` 后面空一格"),
    )
}

pub(super) fn full_width_bracket(location: Location) -> Diagnostic {
    Diagnostic::error(
        "full-width-bracket",
        location,
        "the brackets around this value are full-width",
        "这个值用的是全角括号",
    )
    .help(
        "write `{…}` or `[…]` with ASCII brackets, or put the text in quotes if they belong to it",
        "请改用半角的 `{…}` 或 `[…]`；如果括号属于文字，请给整段文字加引号",
    )
}

pub(super) fn key_inside_text(location: Location) -> Diagnostic {
    Diagnostic::error(
        "bad-indentation",
        location,
        "the line is indented so that it continues the text above, but it looks like a key",
        "按缩进这一行是上文的延续，但它看起来像一个键",
    )
    .help(
        "align it with the key it stands beside, or put the text in quotes",
        "请与同级的键对齐；如果它是文字，请加引号",
    )
}

pub(super) fn bad_indentation(location: Location, spaces: usize) -> Diagnostic {
    Diagnostic::error(
        "bad-indentation",
        location,
        format!("the line is indented by {spaces} spaces, unlike every line it could belong to"),
        format!("这一行缩进了 {spaces} 个空格，与它可能所属的各行都不一致"),
    )
    .help("align it with the lines it stands beside", "请与同级的各行对齐")
}

pub(super) fn list_beside_key(location: Location) -> Diagnostic {
    Diagnostic::error(
        "list-beside-key",
        location,
        "a `- ` list starts on the line of its key",
        "`- ` 列表写在了键的同一行",
    )
    .help(
        "start the list on the next line, or put the value in quotes if it is text",
        "请从下一行开始写列表；如果它是文字，请加引号",
    )
}

pub(super) fn key_is_no_text(location: Location) -> Diagnostic {
    Diagnostic::error("key-is-no-text", location, "a key must be a text", "键必须是文字")
        .help("write `key: value`, with the key in quotes if need be", "请写成 `键: 值`，必要时给键加引号")
}

pub(super) fn begins_with_question_mark(location: Location, line: &str) -> Diagnostic {
    let quoted = scalar(&excerpt(line));
    let whole = scalar(line.trim());
    Diagnostic::error(
        "key-is-no-text",
        location,
        "a line that begins with `? ` is read as a key, not as a text",
        "以 `? ` 开头的一行会被当作键，而不是文字",
    )
    .help(format!("put it in quotes: `{quoted}`"), format!("请给它加引号：`{quoted}`"))
    .replace(line.trim(), whole, Certainty::Probable)
}

pub(super) fn reserved_character(location: Location, character: char) -> Diagnostic {
    let shown = if character == '`' { "backtick".to_owned() } else { format!("`{character}`") };
    Diagnostic::error(
        "reserved-character",
        location,
        format!("a text without quotes starts with {shown}"),
        format!("没有加引号的文字以 {shown} 开头"),
    )
    .help("put the whole text in quotes", "请给整段文字加引号")
}

pub(super) fn stray_comma(location: Location) -> Diagnostic {
    Diagnostic::error("stray-comma", location, "nothing stands before this comma", "这个逗号前面没有内容")
        .help("delete the comma, or write the missing value", "请删除逗号，或补上缺少的值")
}

pub(super) fn full_width_comma(location: Location) -> Diagnostic {
    Diagnostic::error(
        "full-width-comma",
        location,
        "the comma inside the brackets is full-width",
        "括号里的逗号是全角的",
    )
    .help(
        "write an ASCII comma and a space, or put the text in quotes if the comma belongs to it",
        "请用半角逗号加空格；如果逗号属于文字，请给文字加引号",
    )
}

pub(super) fn missing_comma(location: Location, closing: char) -> Diagnostic {
    Diagnostic::error(
        "missing-comma",
        location,
        format!("a comma or `{closing}` is missing before this"),
        format!("此处之前缺少逗号或 `{closing}`"),
    )
    .help(
        "separate the values with `, `; put texts with colons, quotes or brackets in quotes",
        "请用 `, ` 分隔各个值；含冒号、引号或括号的文字请加引号",
    )
}

/// Reports what only the YAML crate found.
pub(super) fn syntax(source: Source<'_>, reason: &Reason) -> Diagnostic {
    let spot = reason.place.unwrap_or(Spot { line: 1, column: 1 });
    let range = Places::new(source.text.as_bytes()).character(spot);
    let (english, chinese) = match reason.words.as_str() {
        "found unknown escape character" => {
            ("`\\` is followed by a character that has no meaning there", "`\\` 后面的字符没有含义")
        }
        "did not find expected hexadecimal number" => {
            ("`\\x`, `\\u` or `\\U` needs a hexadecimal number", "`\\x`、`\\u`、`\\U` 后面要写十六进制数")
        }
        "found invalid Unicode character escape code" => {
            ("the escape names no character", "转义序列不对应任何字符")
        }
        "found character that cannot start any token" => {
            ("a text without quotes cannot start with this character", "没有加引号的文字不能以这个字符开头")
        }
        "could not find expected ':'" => ("a colon is missing after a key", "键后面缺少冒号"),
        other => return plain_syntax(source, range, other),
    };
    Diagnostic::error("yaml-syntax", source.location(&range), english, chinese)
        .help("put the text in single quotes: `'…'`", "请给文字加单引号：`'…'`")
}

fn plain_syntax(source: Source<'_>, range: Range<usize>, words: &str) -> Diagnostic {
    let words = excerpt(words);
    Diagnostic::error(
        "yaml-syntax",
        source.location(&range),
        format!("the data cannot be read here: {words}"),
        format!("此处的数据无法读取：{words}"),
    )
    .help(
        "put texts with colons, quotes, brackets or other signs in single quotes: `'…'`",
        "含冒号、引号、括号等符号的文字请加单引号：`'…'`",
    )
}
