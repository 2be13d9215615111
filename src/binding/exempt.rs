//! `not_figures:` as written in the front matter → words of the text whose number is no figure.

use crate::diagnostic::{Diagnostics, Located};
use crate::keys;
use crate::yaml::{Fields, Node, Value};

/// An entry of `not_figures:`.
pub(super) struct Entry {
    pub(super) words: Located<String>,
    pub(super) is_proposed: bool,
}

/// Reads `not_figures:`, a list of texts or of `{words: …, proposed: true}`.
pub(super) fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Vec<Entry> {
    let name = keys::NOT_FIGURES.name;
    let Some(node) = fields.node(&keys::NOT_FIGURES) else { return Vec::new() };
    let plain = |words| Entry { words, is_proposed: false };
    match &node.value {
        Value::Sequence(elements) if elements.iter().any(is_long) => {
            let elements = node.into_elements(name, diagnostics).unwrap_or_default();
            let mut entry = |element: Node| {
                if is_long(&element) {
                    return long_form(element, diagnostics);
                }
                element.into_element(name, diagnostics).map(plain)
            };
            elements.into_iter().filter_map(&mut entry).collect()
        }
        _ => node.into_texts(name, diagnostics).unwrap_or_default().into_iter().map(plain).collect(),
    }
}

/// Tells whether an entry is a mapping; one whose key is in Chinese is a text with a colon in it that needs quotes.
fn is_long(node: &Node) -> bool {
    matches!(&node.value, Value::Mapping(entries) if entries.iter().all(|entry| entry.key.value.is_ascii()))
}

fn long_form(node: Node, diagnostics: &mut Diagnostics) -> Option<Entry> {
    let mut fields = Fields::open(node, diagnostics)?;
    let words = fields.required_text(&keys::NOT_A_FIGURE_WORDS, diagnostics);
    let proposed = fields.flag(&keys::PROPOSED, diagnostics);
    fields.finish(diagnostics);
    Some(Entry { words: words?, is_proposed: proposed.is_some_and(|proposed| proposed.value) })
}
