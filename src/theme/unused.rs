//! `unused-theme-file`, `unused-word`: what a site's theme has but does not use, most often because of a slip in its name.
//!
//! A theme may have templates and words of its own, as long as its templates name them; the folders beside those that are
//! known are its own business, unless their names are nearly the same.

use std::collections::BTreeSet;

use super::Files;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Location, SourcePath};
use crate::disk;
use crate::text::nearest;
use crate::text::place::bom_length;
use crate::yaml;

/// What a theme consists of.
const PARTS: [&str; 4] = ["assets", "strings", "templates", "theme.yaml"];

/// Looks through the files of a site's own theme.
pub(super) fn check(own: &Files, built_in: &Files, config: &Config, diagnostics: &mut Diagnostics) {
    let templates = own.iter().filter(|(name, _)| name.starts_with("templates/"));
    let templates: Vec<&str> =
        templates.filter_map(|(_, (_, bytes))| std::str::from_utf8(bytes).ok()).collect();
    let is_named = |word: &str| templates.iter().any(|template| template.contains(word));
    check_folders(own, diagnostics);
    let known: Vec<&str> = built_in.keys().filter_map(|name| name.strip_prefix("templates/")).collect();
    for (name, (path, bytes)) in own {
        let Some(name) = name.strip_prefix("templates/").filter(|name| !known.contains(name)) else {
            continue;
        };
        // Components are called by their own names.
        let has_components = std::str::from_utf8(bytes).is_ok_and(|text| text.contains(" component "));
        if !has_components && !is_named(&format!("\"{name}\"")) && !is_named(&format!("'{name}'")) {
            diagnostics.push(unused_file(path, nearest(name, known.iter().copied())));
        }
    }
    check_words(own, built_in, config, is_named, diagnostics);
}

fn check_folders(own: &Files, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for (name, (path, _)) in own {
        let part = name.split('/').next().unwrap_or_default();
        if PARTS.contains(&part) || !seen.insert(part) {
            continue;
        }
        if let Some(meant) = nearest(part, PARTS) {
            let folder = path.as_str().strip_suffix(name).unwrap_or_default();
            diagnostics.push(unused_file(&SourcePath::new(format!("{folder}{part}")), Some(meant)));
        }
    }
}

fn check_words(
    own: &Files,
    built_in: &Files,
    config: &Config,
    is_named: impl Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) {
    let Some((path, bytes)) = own.get(&format!("strings/{}.yaml", config.language.value)) else { return };
    let known = built_in.get("strings/en.yaml").map(|(path, bytes)| keys(path, bytes)).unwrap_or_default();
    let known: BTreeSet<&str> = known.iter().map(|key| key.value.as_str()).collect();
    for key in keys(path, bytes) {
        if known.contains(key.value.as_str()) || is_named(&key.value) {
            continue;
        }
        if let Some(meant) = nearest(&key.value, known.iter().copied()) {
            diagnostics.push(unused_word(&key, meant));
        }
    }
}

/// Lists the keys of a file of words; its faults are reported where its words are read.
fn keys(path: &SourcePath, bytes: &[u8]) -> Vec<Located<String>> {
    let mut told = Diagnostics::new();
    let Some(text) = disk::text(path, bytes, &mut told) else { return Vec::new() };
    let node = yaml::parse(path, text, bom_length(text.as_bytes())..text.len(), &mut told);
    let entries = node.and_then(|node| node.into_entries(&mut told)).unwrap_or_default();
    entries.into_iter().map(|entry| entry.key).collect()
}

fn unused_file(path: &SourcePath, meant: Option<&str>) -> Diagnostic {
    let problem = Diagnostic::warning(
        "unused-theme-file",
        Location::file(path),
        "no part of the theme uses this",
        "主题中没有用到它",
    );
    match meant {
        Some(meant) => problem.did_you_mean(path.as_str(), meant),
        None => problem.help(
            "a template is used if it has the name of a built-in one, or if another one names it; else remove it",
            "模板须与内置模板同名，或由其他模板引用；否则请删除",
        ),
    }
}

fn unused_word(key: &Located<String>, meant: &str) -> Diagnostic {
    Diagnostic::warning(
        "unused-word",
        key.location.clone(),
        format!("no template uses the words of `{}`", key.value),
        format!("没有模板使用 `{}` 的文字", key.value),
    )
    .did_you_mean(&key.value, meant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::built_in;

    /// Lists what is found in a theme of these files: code, place, what was meant.
    #[track_caller]
    fn check_theme(files: &[(&str, &str)], expected: &[&str]) {
        let file = |name: &str, bytes: &[u8]| {
            (name.to_owned(), (SourcePath::new(format!("themes/x/{name}")), bytes.to_vec()))
        };
        let own: Files = files.iter().map(|(name, text)| file(name, text.as_bytes())).collect();
        let built_in: Files = built_in::files().map(|(name, bytes)| file(name, bytes)).collect();
        let mut found = Diagnostics::new();
        check(&own, &built_in, &Config::placeholder(), &mut found);
        let shown = found.iter().map(|one| {
            let help = one.help.as_ref().unwrap().in_language(crate::diagnostic::Language::English);
            let path = one.location.as_ref().unwrap().path.as_str();
            format!("{} {path} {}", one.code, help.split('`').nth(1).unwrap_or_default())
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn slips_in_names_are_found() {
        check_theme(
            &[
                ("asets/a.css", ""),
                ("asets/b.css", ""),
                ("templates/notise.html", ""),
                ("strings/zh-CN.yaml", "hme: 首页\n"),
            ],
            &[
                "unused-theme-file themes/x/asets assets",
                "unused-theme-file themes/x/templates/notise.html notice.html",
                "unused-word themes/x/strings/zh-CN.yaml home",
            ],
        );
        check_theme(&[("templates/own.html", "甲")], &["unused-theme-file themes/x/templates/own.html "]);
    }

    #[test]
    fn what_a_theme_uses_itself_is_its_own_business() {
        check_theme(
            &[
                ("README.md", ""),
                ("design/a.txt", ""),
                ("templates/home.html", "{% include \"own.html\" %}{{ t.hme }}"),
                ("templates/own.html", ""),
                ("templates/parts.html", "{% component Own() %}{% endcomponent Own %}"),
                ("strings/zh-CN.yaml", "hme: 首页\nhome: 首页\nsomething_else: 乙\n"),
                ("strings/ja.yaml", "hme: 首页\n"),
            ],
            &[],
        );
    }
}
