//! The style sheets of the site's own theme, as the rules about them see them: in the order in which pages load them.

use std::collections::BTreeMap;

use cssparser::{Parser, Token};

use super::contrast::{self, LoadedSheet};
use super::{Files, style_words};
use crate::diagnostic::{Diagnostics, SourcePath};
use crate::text::address;

/// The style sheet that all pages load first.
const FIRST: &str = "style.css";

/// The style sheets of a theme by their names without `assets/`.
type Sheets = BTreeMap<String, (SourcePath, String)>;

/// Looks at the style sheets among the `changed` files, those of the site's own theme that are not the built-in ones.
///
/// Pushes `words-in-style-sheet` and `low-contrast`; tests hold the built-in style sheets to these rules.
pub(super) fn check(changed: &Files, built_in: &Files, diagnostics: &mut Diagnostics) {
    let changed = sheets(changed);
    if changed.is_empty() {
        return;
    }
    let texts: Vec<(SourcePath, &str)> =
        changed.values().map(|(path, css)| (path.clone(), css.as_str())).collect();
    style_words::check(&texts, diagnostics);

    let mut all = sheets(built_in);
    all.extend(changed.clone());
    let mut order = Vec::new();
    add(FIRST, &all, &mut Vec::new(), &mut order);
    // A page may load the others in any order.
    for name in changed.keys() {
        add(name, &all, &mut Vec::new(), &mut order);
    }
    let loaded = order.into_iter().map(|name| {
        let (path, css) = &all[name];
        LoadedSheet { path, css, is_own: changed.contains_key(name) }
    });
    contrast::check(&loaded.collect::<Vec<_>>(), diagnostics);
}

fn sheets(files: &Files) -> Sheets {
    let sheets = files.iter().filter_map(|(name, (path, bytes))| {
        let short = name.strip_prefix("assets/").filter(|_| path.extension() == Some("css"))?;
        Some((short.to_owned(), (path.clone(), String::from_utf8(bytes.clone()).ok()?)))
    });
    sheets.collect()
}

/// Adds a style sheet behind those that it imports; `open` are those that import it.
fn add<'a>(name: &str, all: &'a Sheets, open: &mut Vec<&'a str>, order: &mut Vec<&'a str>) {
    let Some((name, (_, css))) = all.get_key_value(name) else { return };
    if order.contains(&name.as_str()) || open.contains(&name.as_str()) {
        return;
    }
    open.push(name);
    for import in imports(css) {
        if let Some(target) = address::join(name, &import) {
            add(&target, all, open, order);
        }
    }
    open.pop();
    order.push(name);
}

/// Lists what the sheet imports; `@import` comes before all other rules.
fn imports(css: &str) -> Vec<String> {
    let mut parser = Parser::new(css);
    let mut found = Vec::new();
    while let Ok(token) = parser.next() {
        match token {
            Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => {
                if let Ok(target) = parser.expect_url_or_string() {
                    found.push(target.to_string());
                }
            }
            Token::CurlyBracketBlock => break,
            _ => {}
        }
    }
    found
}
