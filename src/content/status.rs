//! `status:` → [`ItemStatus`]: a known word, or what it is with the words that the office has for it.

use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::keys::section::{STATUS, STATUS_AS, STATUS_IS, STATUSES};
use crate::notice::{ItemStatus, Status};
use crate::text::nearest;
use crate::yaml::{Fields, Tree, Value, entry};

/// Reads `completed`, `已销号` or `{is: in-progress, as: 持续整改}`; pushes `unknown-value` and what [`Fields`] finds.
pub(super) fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Option<Located<ItemStatus>> {
    let node = fields.node(&STATUS)?;
    if !matches!(node.value, Value::Mapping(_)) {
        return known(node.into_text(STATUS.name, diagnostics)?, STATUS.name, diagnostics);
    }
    let mut fields = Fields::open(node, diagnostics)?;
    let is = fields.required_text(&STATUS_IS, diagnostics);
    let words = fields.text(&STATUS_AS, diagnostics);
    let location = fields.location().clone();
    fields.finish(diagnostics);
    let known = known(is?, STATUS_IS.name, diagnostics)?.value;
    let words = words.map(|words| words.value).or(known.words);
    Some(Located { value: ItemStatus { is: known.is, words }, location })
}

pub(super) fn known(
    text: Located<String>,
    key: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Located<ItemStatus>> {
    let Some(value) = ItemStatus::of_word(text.value.trim()) else {
        diagnostics.push(unknown(text, key));
        return None;
    };
    Some(Located { value, location: text.location })
}

/// The problem of a word that is not known: what it means is for the office to say.
fn unknown(text: Located<String>, key: &str) -> Diagnostic {
    let word = text.value.trim();
    let problem = Diagnostic::error(
        "unknown-value",
        text.location,
        format!("`{key}` cannot be `{word}`"),
        format!("`{key}` 不能是 `{word}`"),
    );
    // Of Chinese words two that are alike may mean opposite things: 完成, 未完成.
    if word.is_ascii()
        && let Some(meant) = nearest(word, Status::ALL.iter().map(|(id, _)| *id))
    {
        return problem.did_you_mean(&text.value, meant);
    }
    let with_words = Tree::mapping([("is", Tree::text("in-progress")), ("as", Tree::text(word))]);
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
            ("未完工", "`status: {is: in-progress, as: 未完工}`"),
            ("'验收: 待定'", "`status: {is: in-progress, as: \"验收: 待定\"}`"),
        ] {
            let told = shown(value);
            assert!(told.starts_with("unknown-value") && told.contains("`not-done` 未完成"), "{told}");
            assert_eq!(told.matches(advice).count(), 2, "{told}");
            let advised = advice.trim_matches('`').trim_start_matches("status: ");
            assert!(shown(advised).starts_with("in-progress "), "{advised}");
        }
        assert!(shown("complete").contains("did you mean `completed`?"));
        assert!(shown("{is: 分步, as: 分步}").contains("`{is: in-progress, as: 分步}`"));
    }
}
