//! The rules about characters that nobody sees, that look like others, or that a conversion has damaged.
//!
//! `control-character`, `lost-character` and `invisible-in-number` are errors at each place; `unusual-characters` is one
//! warning for all that is doubtful in a text. [`report`] serves files as they are read and values whose escapes have been
//! resolved; what a character is, the table in `text::characters` says.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Edit, Fix, Location};
use crate::text::characters::{self, CharacterFault, Class, FoundCharacter};

/// How many errors of one text are reported; a binary file would fill the screen.
const MOST_REPORTED: usize = 3;

/// How many characters a warning names, each once.
const MOST_NAMED: usize = 6;

/// How many characters of a number are quoted on each side of the invisible one.
const LONGEST_BESIDE: usize = 12;

/// Reports what was `found` in `text`; `place` returns where a part of the text is written. Returns whether there are errors.
///
/// Characters that are `kept` are justified in `site.yaml` and no longer doubtful.
pub fn report(
    text: &str,
    found: &[FoundCharacter],
    place: &dyn Fn(Range<usize>) -> Location,
    kept: &BTreeSet<char>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let has_errors = report_errors(text, found, place, diagnostics);
    let doubtful: Vec<&FoundCharacter> = found
        .iter()
        .filter(|found| found.fault == CharacterFault::Doubtful && !kept.contains(&found.character))
        .collect();
    if !doubtful.is_empty() {
        diagnostics.push(unusual_characters(&doubtful, place));
    }
    has_errors
}

/// Reports only what must not stand in any text.
pub(super) fn report_errors(
    text: &str,
    found: &[FoundCharacter],
    place: &dyn Fn(Range<usize>) -> Location,
    diagnostics: &mut Diagnostics,
) -> bool {
    let wrong = || found.iter().filter(|found| found.fault != CharacterFault::Doubtful);
    for found in wrong().take(MOST_REPORTED) {
        let location = place(found.range());
        diagnostics.push(match found.fault {
            CharacterFault::Forbidden(Class::Lost) => lost_character(location, found.character),
            CharacterFault::Forbidden(class) => control_character(location, found.character, class),
            CharacterFault::InNumber | CharacterFault::Doubtful => invisible_in_number(location, text, found),
        });
    }
    wrong().next().is_some()
}

fn control_character(location: Location, character: char, class: Class) -> Diagnostic {
    let code = characters::code_point(character);
    let (english, chinese) = match (character, class) {
        ('\0', _) => ("a NUL byte", "空字符"),
        ('\u{FEFF}', _) => ("a byte order mark in the middle of the text", "文本中间的字节顺序标记"),
        ('\u{2028}' | '\u{2029}', _) => {
            ("a separator of lines at which most programs do not break", "多数软件不会在此换行的分行符")
        }
        (_, Class::Direction) => ("a mark that reverses the direction of writing", "改变书写方向的标记"),
        (_, Class::Noncharacter) => ("a code point that stands for no character", "不代表任何文字的非字符"),
        _ => ("a control character", "控制字符"),
    };
    Diagnostic::error(
        "control-character",
        location,
        format!("`{code}` stands here unseen, {english}"),
        format!("此处有看不见的 `{code}`（{chinese}）"),
    )
    .help("delete it and type the characters around it anew", "请删除该字符，并重新输入其前后的文字")
    .replace(character.encode_utf8(&mut [0; 4]), "", Certainty::Probable)
}

fn lost_character(location: Location, character: char) -> Diagnostic {
    Diagnostic::error(
        "lost-character",
        location,
        format!(
            "`{}` stands where a conversion lost what the original has",
            characters::in_english(character)
        ),
        format!("此处是 `{}`：转换时丢失了原文的内容", characters::in_chinese(character)),
    )
    .help("write what the original has, and look for more of it", "请照原件补上，并检查别处是否也有丢失")
}

fn invisible_in_number(location: Location, text: &str, found: &FoundCharacter) -> Diagnostic {
    // Only the number is quoted: the words around it are not at fault.
    let is_of_number = |c: &char| {
        c.is_numeric() || characters::is_numeral(*c) || characters::class(*c).is_some() || ".,%".contains(*c)
    };
    let (before, after) = text.split_at(found.at);
    let mut shown: Vec<char> = before.chars().rev().take_while(is_of_number).take(LONGEST_BESIDE).collect();
    shown.reverse();
    shown.extend(after.chars().take_while(is_of_number).take(LONGEST_BESIDE));
    let shown: String = shown.into_iter().collect();
    let shown = characters::ordinary(&shown, &BTreeSet::new()).into_owned();
    let (english, chinese) =
        (characters::in_english(found.character), characters::in_chinese(found.character));
    Diagnostic::error(
        "invisible-in-number",
        location,
        format!("`{english}` stands in a number or directly beside it; readers see `{shown}`"),
        format!("数字中间或紧挨数字处有 `{chinese}`；读者看到的是 `{shown}`"),
    )
    .help("delete it, and compare the number with the original", "请删除该字符，并对照原件核对这个数字")
    .replace(found.character.encode_utf8(&mut [0; 4]), "", Certainty::Probable)
}

/// The one warning about all that is doubtful in a text.
fn unusual_characters(doubtful: &[&FoundCharacter], place: &dyn Fn(Range<usize>) -> Location) -> Diagnostic {
    let mut kinds: Vec<(&FoundCharacter, usize)> = Vec::new();
    for found in doubtful {
        match kinds.iter().position(|(first, _)| first.character == found.character) {
            Some(index) => kinds[index].1 += 1,
            // A text may have thousands of them; those that are not named need not be told apart.
            None if kinds.len() <= MOST_NAMED => kinds.push((found, 1)),
            None => {}
        }
    }
    let has_more = kinds.len() > MOST_NAMED;
    kinds.truncate(MOST_NAMED);
    // Quoted as they are: a message names such characters by itself.
    let list = |times: fn(usize) -> String, separator, more| {
        let quoted = kinds.iter().map(|(found, n)| match n {
            1 => format!("`{}`", found.character),
            n => format!("`{}`{}", found.character, times(*n)),
        });
        quoted.collect::<Vec<_>>().join(separator) + if has_more { more } else { "" }
    };
    let english = list(|n| format!(" ({n} times)"), "; ", "; and others");
    let chinese = list(|n| format!("（{n} 处）"), "；", "；等");
    let (first, others) = kinds.split_first().expect("there is one at least");
    let problem = Diagnostic::warning(
        "unusual-characters",
        place(first.0.range()),
        format!("not what readers, search and reading aloud take it for: {english}"),
        format!("有看不见或容易看错的字符，检索和朗读会出错：{chinese}"),
    );
    let is_private = |found: &&&FoundCharacter| characters::class(found.character) == Some(Class::PrivateUse);
    let problem = match doubtful.iter().find(is_private) {
        Some(found) => {
            let code = characters::code_point(found.character);
            problem.help(
                format!("write the character that Unicode has for it; if there is none, say in `site.yaml` why it stands: `rare_characters: {{{code}: why}}`"),
                format!("请改用 Unicode 已有的字；确实没有的，请在 `site.yaml` 中说明理由：`rare_characters: {{{code}: 理由}}`"),
            )
        }
        None => problem.help(
            "such characters come with copies from PDF files and web pages; the text is read as if the ordinary ones stood here: write those, delete what is unseen, or say in `site.yaml` why it stands, with `rare_characters`",
            "这类字符多是从 PDF 或网页复制而来；程序已按通常的字来读：请改成通常的字，删去看不见的字符，或在 `site.yaml` 的 `rare_characters` 中说明理由",
        ),
    };
    let problem = others.iter().fold(problem, |problem, (found, _)| {
        let quoted = format!("`{}`", found.character);
        problem.also_at(place(found.range()), quoted.clone(), quoted)
    });
    match doubtful.iter().map(|found| edit(found, place)).collect() {
        Some(edits) => problem.fix(Fix::new(edits, Certainty::Certain)),
        None => problem,
    }
}

/// Puts what readers take a character for in its place; `None` if that is not known, or if it is not written as itself.
fn edit(found: &FoundCharacter, place: &dyn Fn(Range<usize>) -> Location) -> Option<Edit> {
    let written = found.character.to_string();
    let alone = FoundCharacter { at: 0, ..*found };
    let ordinary = characters::ordinary_of(&written, &[alone], &BTreeSet::new());
    let edit = Edit::at(&place(found.range()), ordinary.as_ref())?;
    (edit.range.len() == written.len() && *ordinary != *written).then_some(edit)
}
