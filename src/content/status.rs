//! `status:` → [`ItemStatus`]: a known word, or what it is with the words that the office has for it.

use super::stated;
use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::keys::section::{STATUS, STATUS_AS, STATUS_IS, STATUSES};
use crate::notice::{ItemStatus, Status};
use crate::text::nearest;
use crate::yaml::{Fields, Tree, Value, entry};

/// Reads `completed`, `已销号` or `{is: in-progress, as: 持续整改}`; pushes `unknown-value` and what [`Fields`] finds.
pub(super) fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Option<Located<ItemStatus>> {
    let node = fields.node(&STATUS)?;
    if !matches!(node.value, Value::Mapping(_)) {
        return known(node.into_text(STATUS.name, diagnostics)?, diagnostics);
    }
    let mut fields = Fields::open(node, diagnostics)?;
    let is = fields.required_text(&STATUS_IS, diagnostics);
    let words = fields.text(&STATUS_AS, diagnostics);
    let location = fields.location().clone();
    fields.finish(diagnostics);
    let is = is?;
    let Some(known) = ItemStatus::of_word(is.value.trim()) else {
        diagnostics.push(unknown(is, STATUS_IS.name, words.as_ref().map(|words| words.value.as_str())));
        return None;
    };
    if let Some(words) = &words
        && let means = stated::meanings(&words.value)
        && !means.is_empty()
        && !means.iter().any(|means| means.may_be_also(known.is))
    {
        diagnostics.push(contradicts_itself(words, &is.value, means[0]));
        return None;
    }
    let words = words.map(|words| words.value).or(known.words);
    Some(Located { value: ItemStatus { is: known.is, words }, location })
}

pub(super) fn known(text: Located<String>, diagnostics: &mut Diagnostics) -> Option<Located<ItemStatus>> {
    let Some(value) = ItemStatus::of_word(text.value.trim()) else {
        diagnostics.push(unknown(text, STATUS.name, None));
        return None;
    };
    Some(Located { value, location: text.location })
}

/// The problem of words that are known to mean another status than the one beside them.
fn contradicts_itself(words: &Located<String>, is: &str, means: Status) -> Diagnostic {
    let (words, location) = (&words.value, words.location.clone());
    let tree = Tree::mapping([("is", Tree::text(means.id())), ("as", Tree::text(words))]);
    let line = entry(STATUS.name, &tree);
    Diagnostic::error(
        "status-contradicts-itself",
        location,
        format!("`{words}` does not mean `{is}`"),
        format!("`{words}` 不是 `{is}` 的意思"),
    )
    .help(format!("write `{line}`, or other words for `as`"), format!("请写 `{line}`，或改正 `as` 的用词"))
}

/// The problem of a word that is not known: what it means is for the office to say. `shown` are the words beside it.
fn unknown(text: Located<String>, key: &str, shown: Option<&str>) -> Diagnostic {
    let word = text.value.trim().trim_matches(['“', '”', '‘', '’', '"', '\'']);
    let problem = Diagnostic::error(
        "unknown-value",
        text.location,
        format!("`{key}` cannot be `{word}`"),
        format!("`{key}` 不能是 `{word}`"),
    );
    // Of Chinese words two that are alike may mean opposite things: 完成, 未完成.
    let slip = || nearest(word, Status::ALL.iter().map(|(id, _)| *id)).filter(|_| word.is_ascii());
    if let Some(meant) = Status::of_word(word).map(|_| word).or_else(slip) {
        return problem.did_you_mean(&text.value, meant);
    }
    let shown = shown.unwrap_or(word);
    let is = stated::likely(shown).unwrap_or(Status::InProgress).id();
    let with_words = Tree::mapping([("is", Tree::text(is)), ("as", Tree::text(shown))]);
    let example = if key == STATUS.name { entry(key, &with_words) } else { with_words.in_line() };
    let words = STATUSES.iter().map(|choice| format!("`{}` {}", choice.word, choice.instead[0]));
    let words: Vec<String> = words.collect();
    problem.help(
        format!(
            "write which of these it is, and the words that are to be shown: `{example}`; known here: {}",
            words.join(", ")
        ),
        format!("请写明它属于哪一种，并照原文写要显示的词：`{example}`；此处可用：{}", words.join("、")),
    )
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::diagnostic::{Diagnostics, Language, SourcePath};
    use crate::yaml::{self, Fields};

    /// Reads a value; shows the status with its words, or what is told in both languages.
    fn shown(value: &str) -> String {
        let (text, mut found) = (format!("status: {value}\n"), Diagnostics::new());
        let node = yaml::parse(&SourcePath::new("01.md"), &text, 0..text.len(), &mut found).unwrap();
        let status = read(&mut Fields::open(node, &mut found).unwrap(), &mut found);
        let helps = found.iter().map(|one| {
            let help = one.help.as_ref().unwrap();
            format!("{} {} {}", one.code, help, help.in_language(Language::Chinese))
        });
        let told: String = helps.collect();
        status.map_or(told, |status| {
            format!("{} {}", status.value.is.id(), status.value.words.unwrap_or_default())
        })
    }

    #[test]
    fn words_and_what_they_mean() {
        for (value, expected) in [
            ("completed", "completed "),
            ("已销号", "completed 已销号"),
            ("未整改", "not-done 未整改"),
            ("{is: in-progress, as: 分步整改}", "in-progress 分步整改"),
            ("{is: 未完成, as: 暂缓}", "not-done 暂缓"),
            ("{is: 已整改}", "completed 已整改"),
            ("{is: completed}", "completed "),
        ] {
            assert_eq!(shown(value), expected, "{value}");
        }
    }

    #[test]
    fn an_unknown_word_is_told_the_way_that_works() {
        for (value, advice) in [
            ("分步整改", "`status: {is: in-progress, as: 分步整改}`"),
            ("未完工", "`status: {is: not-done, as: 未完工}`"),
            ("已化解", "`status: {is: completed, as: 已化解}`"),
            ("已完成、长期坚持", "`status: {is: completed, as: 已完成、长期坚持}`"),
            ("“已化解”", "`status: {is: completed, as: 已化解}`"),
            ("'验收: 待定'", "`status: {is: in-progress, as: \"验收: 待定\"}`"),
        ] {
            let told = shown(value);
            assert!(told.starts_with("unknown-value") && told.contains("`not-done` 未完成"), "{told}");
            assert_eq!(told.matches(advice).count(), 2, "{told}");
            let advised = advice.trim_matches('`').trim_start_matches("status: ");
            assert_eq!(shown(advised).matches("unknown-value").count(), 0, "{advised}");
        }
        assert!(shown("complete").contains("did you mean `completed`?"));
        assert!(shown("{is: 分步, as: 分步}").contains("`{is: in-progress, as: 分步}`"));
        assert!(shown("{is: done, as: 甲}").contains("`{is: in-progress, as: 甲}`"));
        assert!(shown("“已销号”").contains("`已销号`"));
    }

    #[test]
    fn words_that_mean_another_status_are_told() {
        for value in [
            "{is: in-progress, as: 已完成整改}",
            "{is: completed, as: 基本完成}",
            "{is: completed, as: 尚未完成}",
            "{is: not-done, as: 已于6月底完成整改}",
            "{is: completed, as: 目前正在整改}",
            "{is: not-done, as: 长期坚持}",
        ] {
            assert!(shown(value).starts_with("status-contradicts-itself"), "{value} {}", shown(value));
        }
        for value in [
            "{is: completed, as: 已完成、长期坚持}",
            "{is: mostly-completed, as: 持续整改}",
            "{is: in-progress, as: 未完成}",
            "{is: long-term, as: 已完成并持续推进}",
            "{is: in-progress, as: 部分完成}",
        ] {
            assert!(!shown(value).contains("status-"), "{value} {}", shown(value));
        }
    }
}
