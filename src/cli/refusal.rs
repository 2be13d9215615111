//! The argument parser's refusals in Chinese; its own are in English.
//!
//! Only what a user of these commands can run into is put into words here; for the rest the parser speaks for itself.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Words a refusal; `None` if it is one of those that never come up.
pub(super) fn in_chinese(error: &Error) -> Option<String> {
    let text = |kind| error.get(kind).and_then(first);
    let argument = text(ContextKind::InvalidArg);
    let (problem, suggestion) = match error.kind() {
        ErrorKind::UnknownArgument => {
            (format!("没有 `{}` 这个参数", argument?), text(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => (
            format!("没有 `{}` 这个命令", text(ContextKind::InvalidSubcommand)?),
            text(ContextKind::SuggestedSubcommand),
        ),
        ErrorKind::MissingRequiredArgument => (format!("缺少 `{}`", argument?), None),
        ErrorKind::InvalidValue => match text(ContextKind::InvalidValue).filter(|value| !value.is_empty()) {
            Some(value) => (format!("`{}` 不能是 `{value}`", argument?), text(ContextKind::SuggestedValue)),
            None => (format!("`{}` 缺少内容", argument?), None),
        },
        // Only numbers have values that are looked at more closely.
        ErrorKind::ValueValidation => (
            format!("`{}` 不能是 `{}`，应为 0 到 65535 的整数", argument?, text(ContextKind::InvalidValue)?),
            None,
        ),
        ErrorKind::TooManyValues => {
            (format!("`{}` 后面不写内容，请去掉 `{}`", argument?, text(ContextKind::InvalidValue)?), None)
        }
        ErrorKind::MissingSubcommand => {
            let commands = match error.get(ContextKind::ValidSubcommand) {
                Some(ContextValue::Strings(commands)) => commands.join("`、`"),
                _ => return None,
            };
            (format!("缺少命令：`{commands}`"), None)
        }
        ErrorKind::InvalidUtf8 => ("参数不是 UTF-8 编码的文字".to_owned(), None),
        ErrorKind::ArgumentConflict => (format!("`{}` 只能写一次", argument?), None),
        _ => return None,
    };
    let suggestion = suggestion.map(|word| format!("，是否要写 `{word}`？")).unwrap_or_default();
    Some(format!("错误: {problem}{suggestion}\n\n用 `--help` 查看用法。"))
}

/// Returns the text of a value, or the first of its texts.
fn first(value: &ContextValue) -> Option<String> {
    match value {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.first().cloned(),
        _ => None,
    }
}
