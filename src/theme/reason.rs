//! What Tera says about a fault → the same in our words, in both languages.
//!
//! Sentences that are not known here stay Tera's own, in English.

use super::limits;
use crate::diagnostic::{Diagnostic, quoted_list};
use crate::text;

/// What Tera says, in our words where they are known.
pub(super) struct Reason {
    pub(super) english: String,
    pub(super) chinese: String,
    /// The name that is not there, and those that are.
    names: Option<(String, Vec<String>)>,
}

impl Reason {
    /// Takes apart a message about a name: ``Field `numbr` is not defined. Available fields: due, number``.
    pub(super) fn of(message: &str) -> Self {
        const KINDS: [(&str, &str, &str); 7] = [
            ("Field `", "field", "字段"),
            ("Variable `", "variable", "变量"),
            ("Unknown filter `", "filter", "过滤器"),
            ("Unknown function `", "function", "函数"),
            ("Unknown component `", "component", "组件"),
            ("Unknown template `", "template", "模板"),
            ("Unknown test `", "test", "测试"),
        ];
        let named = KINDS.iter().find_map(|(begin, english, chinese)| {
            let (name, rest) = message.strip_prefix(begin)?.split_once('`')?;
            Some((*english, *chinese, name, rest))
        });
        match named {
            Some((english, chinese, name, rest)) if !rest.contains("undefined") => {
                let known = rest.rsplit_once(": ").map(|(_, names)| names.split(", ").map(str::to_owned));
                Self {
                    english: format!("there is no {english} `{name}` here"),
                    chinese: format!("这里没有{chinese} `{name}`"),
                    names: known.map(|known| (name.to_owned(), known.collect())),
                }
            }
            _ => {
                let english = lower_case(message);
                let ours = limits::MESSAGES.iter().find(|(english, _)| *english == message);
                let chinese = ours.map_or(english.clone(), |(_, chinese)| (*chinese).to_owned());
                Self { english, chinese, names: None }
            }
        }
    }

    /// The same for syntax; `words` are those of the template at the place.
    pub(super) fn of_syntax(message: &str, words: &str) -> Self {
        match words.strip_prefix("end") {
            Some(opening) if message == "Unknown tag" => Self {
                english: format!("`{words}` stands where another tag than `{opening}` is still open"),
                chinese: format!("`{words}` 之前还有别的标签没有结束（不是 `{opening}`）"),
                names: None,
            },
            _ => Self::of(message),
        }
    }

    /// Adds the name that was probably meant, or all of them, to `problem`; else the general help.
    pub(super) fn help(&self, problem: Diagnostic, english: &str, chinese: &str) -> Diagnostic {
        let Some((name, known)) = &self.names else { return problem.help(english, chinese) };
        if let Some(meant) = text::nearest(name, known.iter().map(String::as_str)) {
            return problem.did_you_mean(name, meant);
        }
        let [names, chinese_names] = quoted_list(known);
        problem
            .help(format!("known here: {names}; {english}"), format!("此处可用：{chinese_names}；{chinese}"))
    }
}

/// Fits another's sentence to the form of our messages.
fn lower_case(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut chars = message.chars();
    chars.next().map(|first| first.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Reason;

    #[test]
    fn names_that_are_not_there_are_said_in_both_languages() {
        for (message, english, chinese, n_known) in [
            (
                "Field `numbr` is not defined. Available fields: due, number",
                "there is no field `numbr` here",
                "这里没有字段 `numbr`",
                2,
            ),
            ("Variable `x` is not defined.", "there is no variable `x` here", "这里没有变量 `x`", 0),
            ("Unknown filter `uper`", "there is no filter `uper` here", "这里没有过滤器 `uper`", 0),
            (
                "Variable `x` exists but its value is undefined",
                "variable `x` exists but its value is undefined",
                "variable `x` exists but its value is undefined",
                0,
            ),
        ] {
            let reason = Reason::of(message);
            assert_eq!((reason.english.as_str(), reason.chinese.as_str()), (english, chinese));
            assert_eq!(reason.names.map_or(0, |(_, known)| known.len()), n_known, "{message}");
        }
    }

    #[test]
    fn a_tag_that_closes_too_early_names_what_is_wrong() {
        let reason = Reason::of_syntax("Unknown tag", "endblock");
        assert_eq!(reason.english, "`endblock` stands where another tag than `block` is still open");
        assert_eq!(Reason::of_syntax("Unknown tag", "blok").english, "unknown tag");
    }
}
