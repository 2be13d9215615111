//! Properties of the whole room: agreement with the YAML crate, places in trees of any style, time on hostile input.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::tests::{parse_front_matter, slice};
use super::{Document, Edit, Node, Step, Tree, Value, parse};
use crate::diagnostic::{Diagnostics, Location, SourcePath};

const HOSTILE: [&str; 24] = [
    "[", "{", "- ", "- - - -", "a: ", "\"", "'", "a:\n", "a: [\n", "a: \"\n", "\n", "# \n", "- a\n", "a：",
    "a:b\n", "[],", "{a: ", "&a ", "!", "中", "a,", "? ", "|\n", " \n",
];

#[test]
#[expect(clippy::disallowed_methods, reason = "the test is about time")]
fn hostile_texts_are_refused_or_read_at_once() {
    let start = std::time::Instant::now();
    for piece in HOSTILE {
        for (prefix, size) in [
            ("", 1024 * 1024),
            ("", 64 * 1024),
            ("a: [", 64 * 1024),
            ("a:\n  b", 64 * 1024),
            ("- ", 64 * 1024),
        ] {
            let mut text = prefix.to_owned();
            text.push_str(&piece.repeat((size - prefix.len()) / piece.len()));
            let mut diagnostics = Diagnostics::new();
            let _ = parse(&SourcePath::new("a.md"), &text, 0..text.len(), &mut diagnostics);
        }
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// Compares a tree with the YAML crate's own reading, which knows numbers and truth values from texts.
fn agrees(node: &Node, value: &serde_yaml::Value) -> bool {
    match (&node.value, value) {
        (Value::Null, serde_yaml::Value::Null) => true,
        (Value::Scalar(text), value) => says(text, value),
        (Value::Sequence(items), serde_yaml::Value::Sequence(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(item, other)| agrees(item, other))
        }
        (Value::Mapping(entries), serde_yaml::Value::Mapping(others)) => {
            entries.len() == others.len()
                && entries
                    .iter()
                    .zip(others)
                    .all(|(entry, (key, other))| says(&entry.key.value, key) && agrees(&entry.node, other))
        }
        _ => false,
    }
}

/// Tells whether the crate reads a text as this value; a key may be a number, or nothing.
fn says(text: &str, value: &serde_yaml::Value) -> bool {
    match value {
        serde_yaml::Value::String(other) => text == other,
        serde_yaml::Value::Sequence(_) | serde_yaml::Value::Mapping(_) => false,
        literal => serde_yaml::from_str::<serde_yaml::Value>(text).unwrap() == *literal,
    }
}

/// Checks that the text at the place of every scalar reads as the scalar, and that places are nested and in order.
fn check_places(file: &str, node: &Node) -> Result<(), TestCaseError> {
    let outer = node.location.range.clone().unwrap();
    let mut last = outer.start;
    let mut inside = |location: &Location| {
        let range = location.range.clone().unwrap();
        prop_assert!(last <= range.start && range.end <= outer.end, "{file:?} {range:?} in {outer:?}");
        last = range.start;
        Ok(())
    };
    match &node.value {
        Value::Null => {}
        Value::Scalar(text) => {
            let place = slice(file, &node.location);
            let words = |text: &str| {
                text.replace(['"', '\'', '|', '>'], " ")
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            prop_assert!(
                place.contains('\\') || words(place).concat() == words(text).concat(),
                "{file:?}: {place:?} {text:?}"
            );
        }
        Value::Sequence(items) => {
            for item in items {
                inside(&item.location)?;
                check_places(file, item)?;
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                inside(&entry.key.location)?;
                inside(&entry.node.location)?;
                check_places(file, &entry.node)?;
            }
        }
    }
    Ok(())
}

/// Checks that a text is read as the YAML crate reads it, or reported; what the crate refuses must be reported.
fn check_anything(yaml: &str) -> Result<(), TestCaseError> {
    let mut diagnostics = Diagnostics::new();
    let node = parse(&SourcePath::new("a.md"), yaml, 0..yaml.len(), &mut diagnostics);
    prop_assert!(node.is_some() || diagnostics.has_errors(), "{yaml:?}");
    if let Some(node) = node
        && diagnostics.is_empty()
    {
        let value = match serde_yaml::from_str::<serde_yaml::Value>(yaml) {
            // To the crate `~` and `null` are one key.
            Err(error) if error.to_string().contains("duplicate entry") => return Ok(()),
            value => value.map_err(|error| TestCaseError::fail(format!("{yaml:?} {error}")))?,
        };
        let nothing = node.value == Value::Mapping(Vec::new()) && value.is_null();
        prop_assert!(nothing || agrees(&node, &value), "{yaml:?} {node:#?} {value:?}");
        check_places(yaml, &node)?;
    }
    Ok(())
}

/// Pieces of which hostile and ordinary YAML is made.
const PIECES: [&str; 72] = [
    "a", "b", "中", "a: ", "b: ", "c:", "：", ": ", ":", "- ", "-", "\n", "\n", "\n ", "\n  ", "\n    ",
    "\n- ", "\na: ", "\nb: ", "\n\n", "\n \n", "\r\n", "  ", " ", "\t", "\"", "'", "''", "a: \"", "a: '",
    "\"\n", "'\n", "[", "]", "{", "}", "[a, ", "{a: ", "]\n", "}\n", ", ", ",", "#", " # x", "|", "|\n",
    ">\n", ">-", "|2\n", ">+\n", ">2-\n", "a: |\n  ", "a: >\n  ", "\\", "\\n", "\\\n", "\\u4e2d", "\\x4",
    "&x ", "*x", "!t ", "<<", "?", "? ", "%", "@", "`", "---\n", "1.50", "~", "null", "true",
];

fn tree() -> impl Strategy<Value = Tree> {
    let text = prop_oneof![
        "[一-龥]{1,6}[：，“”]?[0-9.]{0,4}[%篇]?",
        "[ -~一二：\\n]{0,12}",
        "[0-9]{1,6}(\\.[0-9]{2})?",
        Just("true".to_owned()),
    ];
    text.prop_map(Tree::Text).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Tree::List),
            prop::collection::btree_map("[a-z一二三]{1,4}", inner, 1..4)
                .prop_map(|entries| Tree::Mapping(entries.into_iter().collect())),
        ]
    })
}

/// Writes texts plain where that is surely right, else in quotes; `style` also chooses brackets or lines.
fn render(tree: &Tree, style: u32, indent: usize, in_brackets: bool, out: &mut String) {
    let brackets = in_brackets || (indent > 0 && style & (1 << (indent / 2 % 4)) != 0);
    let pad = " ".repeat(indent);
    match tree {
        Tree::Nothing => out.push('~'),
        Tree::Text(text) => out.push_str(&render_text(text, style)),
        Tree::Flag(flag) => out.push_str(&flag.to_string()),
        Tree::List(items) if brackets => {
            out.push('[');
            for item in items {
                render(item, style, indent, true, out);
                out.push_str(if style & 64 == 0 { ", " } else { ", # x\n  " });
            }
            out.push(']');
        }
        Tree::Mapping(entries) if brackets => {
            out.push('{');
            for (key, value) in entries {
                write!(out, "{key}: ").unwrap();
                render(value, style, indent, true, out);
                out.push_str(", ");
            }
            out.push('}');
        }
        Tree::List(items) => {
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { &pad });
                out.push_str("- ");
                render(item, style, indent + 2, false, out);
                end_line(style, out);
            }
        }
        Tree::Mapping(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                write!(out, "{}{key}: ", if index == 0 { "" } else { &pad }).unwrap();
                let start = out.len();
                out.push('\n');
                out.push_str(&" ".repeat(indent + 2));
                let below = out.len();
                render(value, style, indent + 2, false, out);
                if out.get(below..).unwrap().starts_with(['[', '{']) || matches!(value, Tree::Text(_)) {
                    out.replace_range(start..below, "");
                }
                end_line(style, out);
            }
        }
    }
}

fn end_line(style: u32, out: &mut String) {
    if !out.ends_with('\n') {
        out.push_str(if style & 16 == 0 { "\n" } else { "   # 注\n\n" });
    }
}

fn render_text(text: &str, style: u32) -> String {
    let plain = text.chars().all(|character| character.is_alphanumeric() || "：“”%.".contains(character));
    if plain && text.starts_with(char::is_alphanumeric) {
        text.to_owned()
    } else if style & 32 == 0 && !text.contains('\n') {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
    }
}

fn is_tree(file: &str, node: &Node, tree: &Tree, style: u32) -> bool {
    let place = slice(file, &node.location);
    match (&node.value, tree) {
        (Value::Scalar(text), Tree::Text(expected)) => {
            text == expected && place == render_text(expected, style)
        }
        (Value::Sequence(items), Tree::List(expected)) => {
            items.len() == expected.len()
                && items.iter().zip(expected).all(|(item, expected)| is_tree(file, item, expected, style))
        }
        (Value::Mapping(entries), Tree::Mapping(expected)) => {
            entries.len() == expected.len()
                && entries.iter().zip(expected).all(|(entry, (key, expected))| {
                    entry.key.value == *key
                        && slice(file, &entry.key.location) == key
                        && is_tree(file, &entry.node, expected, style)
                })
        }
        _ => false,
    }
}

/// Returns the way to each list and mapping, with the number of what is in it.
fn collections<'a>(tree: &'a Tree, place: &[Step<'a>], found: &mut Vec<(Vec<Step<'a>>, usize)>) {
    let inside: Vec<(Step<'a>, &Tree)> = match tree {
        Tree::Nothing | Tree::Text(_) | Tree::Flag(_) => return,
        Tree::List(elements) => elements.iter().enumerate().map(|(n, one)| (Step::Element(n), one)).collect(),
        Tree::Mapping(entries) => entries.iter().map(|(key, one)| (Step::Key(key), one)).collect(),
    };
    found.push((place.to_vec(), inside.len()));
    for (step, one) in inside {
        collections(one, &[place, &[step]].concat(), found);
    }
}

/// Checks that after the edit the file says what is expected, to the YAML crate as well; returns how it then reads.
fn check_edit(file: &str, yaml: &str, edit: &Edit, expected: &Tree) -> Result<(), TestCaseError> {
    let (range, new) = edit;
    prop_assert!(
        4 <= range.start && range.start <= range.end && range.end <= 4 + yaml.len(),
        "{file} {range:?}"
    );
    let changed = format!("{}{new}{}", file.get(..range.start).unwrap(), file.get(range.end..).unwrap());
    let changed = changed.get(4..changed.len() - (file.len() - 4 - yaml.len())).unwrap();
    check_anything(changed)?;
    let (_, node, diagnostics) = parse_front_matter(changed.trim_end_matches('\n'));
    prop_assert!(diagnostics.is_empty(), "{changed} {diagnostics:#?}");
    let tree = node.unwrap().tree();
    prop_assert_eq!(tree.sorted(), expected.clone().sorted(), "{} -> {}", yaml, changed);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::trials::trials(1000)))]

    #[test]
    fn an_edit_changes_what_it_says_and_nothing_else(
        tree in tree(), value in tree(), style in 0_u32..128, which in any::<prop::sample::Index>(), last in any::<prop::sample::Index>(),
    ) {
        let whole = Tree::mapping([("root", tree)]);
        let mut yaml = String::new();
        render(&whole, style, 0, false, &mut yaml);
        let file = format!("---\n{yaml}\n---\n正文\n");
        let document = Document::read(&file, 4..4 + yaml.len()).unwrap();
        let mut found = Vec::new();
        collections(&whole, &[], &mut found);
        let (place, n) = which.get(&found);
        let last = last.index(*n);

        let mut put = whole.clone();
        let mut removed = whole.clone();
        let mut replaced = None;
        let (edit, step) = match (put.at(place).unwrap(), removed.at(place).unwrap()) {
            (Tree::List(new), Tree::List(old)) => {
                new.push(value.clone());
                old.remove(last);
                (document.push(place, &value), Step::Element(last))
            }
            (Tree::Mapping(new), Tree::Mapping(old)) => {
                let (key, _) = old.remove(last);
                let mut other = whole.clone();
                if let Tree::Mapping(entries) = other.at(place).unwrap() {
                    entries[last].1 = value.clone();
                }
                replaced = Some((key.clone(), other));
                new.push(("新键".to_owned(), value.clone()));
                (document.put(place, "新键", &value), Step::Key(&*key.leak()))
            }
            _ => unreachable!("only lists and mappings were collected"),
        };
        let Some(edit) = edit else {
            // Lines in brackets that are hardly indented and look like a key are read as one.
            prop_assert!(style & 64 != 0, "nothing can be put into {place:?} of {yaml}");
            return Ok(());
        };
        prop_assert!(edit.0.is_empty());
        check_edit(&file, &yaml, &edit, &put)?;
        if let Some((key, expected)) = replaced
            && let Some(edit) = document.put(place, &key, &value)
        {
            check_edit(&file, &yaml, &edit, &expected)?;
        }
        match document.remove(place, step) {
            Some(edit) => check_edit(&file, &yaml, &edit, &removed)?,
            None => prop_assert!(*n == 1, "{step:?} of {place:?} cannot be taken out of {yaml}"),
        }
    }

    #[test]
    fn a_written_tree_is_read_back_with_its_places(tree in tree(), style in 0_u32..128) {
        let mut yaml = String::new();
        render(&Tree::Mapping(vec![("root".to_owned(), tree.clone())]), style, 0, false, &mut yaml);
        let (file, node, diagnostics) = parse_front_matter(&yaml);
        prop_assert!(diagnostics.is_empty(), "{yaml} {diagnostics:#?}");
        let node = node.unwrap();
        prop_assert!(is_tree(&file, &node, &Tree::Mapping(vec![("root".to_owned(), tree)]), style), "{yaml} {node:#?}");
        check_anything(&yaml)?;
    }

    #[test]
    fn any_text_is_read_or_reported(text in "\\PC*|(\\PC|\n| )*") {
        check_anything(&text)?;
    }

    #[test]
    fn any_mixture_of_pieces_is_read_or_reported(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24)) {
        check_anything(&pieces.concat())?;
    }
}
