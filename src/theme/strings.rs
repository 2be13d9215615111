//! `strings/<language>.yaml` → the words of the interface.

use std::collections::BTreeMap;

use super::Files;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics, quoted_list};
use crate::disk;
use crate::text::place::bom_length;
use crate::yaml;

/// Reads the strings of the site's language: the built-in ones, with the theme's own over them, key by key.
///
/// Pushes `unknown-language` and `wrong-type`; falls back to `zh-CN`.
pub(super) fn load(
    all: &Files,
    built_in: &Files,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, String> {
    let file = format!("strings/{}.yaml", config.language.value);
    let mut strings = BTreeMap::new();
    if !all.contains_key(&file) {
        let known: Vec<&str> =
            all.keys().filter_map(|name| name.strip_prefix("strings/")?.strip_suffix(".yaml")).collect();
        let [names, chinese_names] = quoted_list(&known);
        diagnostics.push(
            Diagnostic::error(
                "unknown-language",
                config.language.location.clone(),
                format!("the theme does not speak `{}`", config.language.value),
                format!("主题没有语言 `{}`", config.language.value),
            )
            .help(
                format!("write one of {names}, or add `{file}` to the theme"),
                format!("可用的语言：{chinese_names}；也可以在主题中添加 `{file}`"),
            ),
        );
        read_into(&mut strings, built_in, "strings/zh-CN.yaml", config, diagnostics);
        return strings;
    }
    // A language that only the theme has is filled up with English, so that no template meets a missing word.
    let base = if built_in.contains_key(&file) { file.as_str() } else { "strings/en.yaml" };
    read_into(&mut strings, built_in, base, config, diagnostics);
    read_into(&mut strings, all, &file, config, diagnostics);
    strings
}

fn read_into(
    strings: &mut BTreeMap<String, String>,
    files: &Files,
    name: &str,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let Some((path, bytes)) = files.get(name) else { return };
    let kept = &config.rare_characters;
    let Some(text) = disk::prose(path, bytes, kept, diagnostics) else { return };
    let Some(node) = yaml::parse(path, text, bom_length(text.as_bytes())..text.len(), diagnostics) else {
        return;
    };
    let node = node.as_read(text, kept, diagnostics);
    for entry in node.into_entries(diagnostics).unwrap_or_default() {
        if let Some(text) = entry.node.into_text(&entry.key.value, diagnostics) {
            strings.insert(entry.key.value, text.value);
        }
    }
}
