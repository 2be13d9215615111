//! The style sheets of the site's own theme, as the rules about them see them: in the order in which pages load them.

use std::collections::BTreeMap;

use cssparser::{Parser, Token};

use super::contrast::{self, Sheet};
use super::{Files, style_words};
use crate::diagnostic::{Diagnostics, SourcePath};
use crate::text::address;

/// The style sheet that all pages load first.
const FIRST: &str = "style.css";

/// Pushes `words-in-style-sheet` and `low-contrast`; the built-in style sheets are held to these rules by tests.
pub(super) fn check(own: &Files, built_in: &Files, diagnostics: &mut Diagnostics) {
    let is_own = |name: &str, bytes: &[u8]| built_in.get(name).is_none_or(|(_, built_in)| built_in != bytes);
    let sheets = |files: &'_ Files| -> BTreeMap<String, (SourcePath, String)> {
        let sheets = files.iter().filter_map(|(name, (path, bytes))| {
            let short = name.strip_prefix("assets/").filter(|_| path.extension() == Some("css"))?;
            Some((short.to_owned(), (path.clone(), String::from_utf8(bytes.clone()).ok()?)))
        });
        sheets.collect()
    };
    let changed: Files = own
        .iter()
        .filter(|(name, (_, bytes))| is_own(name, bytes))
        .map(|(a, b)| (a.clone(), b.clone()))
        .collect();
    let changed = sheets(&changed);
    if changed.is_empty() {
        return;
    }
    let texts: Vec<(SourcePath, &str)> =
        changed.values().map(|(path, css)| (path.clone(), css.as_str())).collect();
    style_words::check(&texts, diagnostics);

    let mut all = sheets(built_in);
    all.extend(changed.clone());
    let mut order = Vec::new();
    in_order(FIRST, &all, &mut order);
    // In which order a page loads the others only the page knows.
    for name in changed.keys() {
        in_order(name, &all, &mut order);
    }
    let order: Vec<Sheet<'_>> = order
        .into_iter()
        .map(|name| {
            let (path, css) = &all[name];
            Sheet { path, css, is_own: changed.contains_key(name) }
        })
        .collect();
    contrast::check(&order, diagnostics);
}

/// Adds a style sheet behind those that it imports.
fn in_order<'a>(name: &str, all: &'a BTreeMap<String, (SourcePath, String)>, order: &mut Vec<&'a str>) {
    let mut open = Vec::new();
    add(name, all, &mut open, order);
}

fn add<'a>(
    name: &str,
    all: &'a BTreeMap<String, (SourcePath, String)>,
    open: &mut Vec<&'a str>,
    order: &mut Vec<&'a str>,
) {
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

/// Lists what the sheet imports; these rules stand in front of all others.
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
