//! A single value of the tree → the kind of value that its reader wants, or a report of what stands there instead.
//!
//! [`super::Fields`] reads mappings with known keys through these; lists of mappings and mappings with free keys are read
//! with them directly.

use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Located, Location};
use crate::text::width;

use super::faults::{self, excerpt};
use super::{Entry, Node, Tree, Value, scalar};

impl Node {
    /// Tells whether nothing is written here.
    fn is_empty(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Scalar(text) => is_unfilled(text),
            Value::Sequence(_) | Value::Mapping(_) => false,
        }
    }

    /// Takes a mapping with free keys apart; reports any other kind of value.
    pub fn into_entries(self, diagnostics: &mut Diagnostics) -> Option<Vec<Entry>> {
        let instead = match self.value {
            Value::Mapping(entries) => return Some(entries),
            Value::Null => Instead::Nothing,
            Value::Sequence(_) => Instead::List,
            Value::Scalar(text) => {
                diagnostics.push(no_mapping(self.location, &text));
                return None;
            }
        };
        diagnostics.push(wrong_type(
            self.location,
            ("keys with values are expected here", "此处应写若干“键: 值”"),
            instead,
            ("write `key: value` on lines of their own, indented alike", "请逐行写 `键: 值`，缩进一致"),
        ));
        None
    }

    /// Returns the text that is written for `name`; reports any other kind of value, and an empty one.
    pub fn into_text(self, name: &str, diagnostics: &mut Diagnostics) -> Option<Located<String>> {
        let instead = match self.value {
            Value::Scalar(text) if !is_unfilled(&text) => {
                return Some(Located { value: text, location: self.location });
            }
            Value::Scalar(_) | Value::Null => {
                diagnostics.push(empty_value(self.location, name));
                return None;
            }
            Value::Sequence(_) => Instead::List,
            Value::Mapping(_) => Instead::Mapping,
        };
        let name = excerpt(name);
        diagnostics.push(wrong_type(
            self.location,
            (&format!("`{name}` takes a text"), &format!("`{name}` 应写一段文字")),
            instead,
            (
                &format!("write `{name}: text`, in quotes if it holds `[`, `{{` or `: `"),
                &format!("请写成 `{name}: 文字`；文字里有 `[`、`{{` 或 `: ` 时请加引号"),
            ),
        ));
        None
    }

    /// Returns the text that is an element of the list `name`; reports any other kind of value, and an empty one.
    pub fn into_element(self, name: &str, diagnostics: &mut Diagnostics) -> Option<Located<String>> {
        let Value::Mapping(entries) = &self.value else { return self.into_text(name, diagnostics) };
        let written = match entries.as_slice() {
            [Entry { key, node: Self { value: Value::Scalar(text), .. } }] => {
                excerpt(&format!("{}: {text}", key.value))
            }
            _ => "甲: 乙".to_owned(),
        };
        let (name, quoted) = (excerpt(name), scalar(&written));
        diagnostics.push(wrong_type(
            self.location,
            (&format!("an entry of `{name}` is a text"), &format!("`{name}` 的每一项应是一段文字")),
            Instead::Mapping,
            (
                &format!("put an entry that holds `: ` in quotes: `- {quoted}`"),
                &format!("含有 `: ` 的一项要加引号：`- {quoted}`"),
            ),
        ));
        None
    }

    /// Returns the list of texts that is written for `name`, without the elements that are none, which it reports, as it does a
    /// text that is several.
    pub fn into_texts(self, name: &str, diagnostics: &mut Diagnostics) -> Option<Vec<Located<String>>> {
        if let Value::Scalar(text) = &self.value
            && let Some(several) = listed(text)
        {
            let shown: Vec<String> = several.iter().map(|one| excerpt(one)).collect();
            let list = Tree::texts(&several.into_iter().map(str::to_owned).collect::<Vec<_>>()).in_line();
            let first = shown.first().map(|first| scalar(first)).unwrap_or_default();
            let problem = no_list(self.location, name, Instead::Text, &Tree::texts(&shown).in_line(), &first);
            diagnostics.push(problem.replace(text, list, Certainty::Probable));
            return None;
        }
        let elements = self.into_elements(name, diagnostics)?;
        Some(elements.into_iter().filter_map(|element| element.into_element(name, diagnostics)).collect())
    }

    /// Returns the elements of the list that is written for `name`, without the empty ones, which it reports; a text is a list
    /// of one.
    pub fn into_elements(self, name: &str, diagnostics: &mut Diagnostics) -> Option<Vec<Self>> {
        match self.value {
            Value::Sequence(items) => {
                let mut elements = Vec::new();
                for item in items {
                    if item.is_empty() {
                        diagnostics.push(empty_item(item.location, name));
                    } else {
                        elements.push(item);
                    }
                }
                return Some(elements);
            }
            Value::Scalar(ref text) if !is_unfilled(text) => return Some(vec![self]),
            Value::Null | Value::Scalar(_) => diagnostics.push(empty_value(self.location, name)),
            Value::Mapping(_) => {
                diagnostics.push(no_list(self.location, name, Instead::Mapping, "[…]", "…"));
            }
        }
        None
    }
}

/// What parts the elements of a list where it is written as people write lists.
const LIST_SIGNS: [char; 6] = ['、', '，', ',', '；', ';', '\n'];

/// What people write in front of an element.
const DASHES: [char; 4] = ['-', '－', '—', ' '];

/// What encloses a list that was typed without care.
const AROUND_LIST: [(char, char); 3] = [('［', '］'), ('【', '】'), ('〔', '〕')];

/// Brackets and quotation marks; what stands in them belongs together.
const OPENING: &str = "（(［[【〔《〈“‘「『";
const CLOSING: &str = "）)］]】〕》〉”’」』";

/// Takes a text apart that people write in place of a list; `None` for one that is a single element.
fn listed(text: &str) -> Option<Vec<&str>> {
    let text = text.trim();
    let behind_dash = text.trim_start_matches(DASHES);
    let within = AROUND_LIST.iter().find_map(|(open, close)| {
        let within = behind_dash.strip_prefix(*open)?.strip_suffix(*close)?;
        (!within.contains([*open, *close])).then_some(within)
    });
    let list = within.unwrap_or(behind_dash);
    let is_digit = |c: Option<char>| c.is_some_and(|c| width::fold(c).is_ascii_digit());
    let (mut depth, mut before, mut start) = (0_usize, None, 0);
    let mut elements = Vec::new();
    for (at, sign) in list.char_indices() {
        let rest = list.get(at + sign.len_utf8()..).unwrap_or_default();
        if OPENING.contains(sign) {
            depth += 1;
        } else if CLOSING.contains(sign) {
            depth = depth.saturating_sub(1);
        } else if sign == '\n'
            || (depth == 0
                && LIST_SIGNS.contains(&sign)
                && !(is_digit(before) && is_digit(rest.chars().next())))
        {
            elements.push(list.get(start..at).unwrap_or_default());
            (start, depth) = (list.len() - rest.len(), 0);
        }
        before = Some(sign);
    }
    elements.push(list.get(start..).unwrap_or_default());
    let is_one = elements.len() == 1 && list.len() == text.len();
    elements = elements.into_iter().map(str::trim).filter(|one| !one.is_empty()).collect();
    (!is_one).then_some(elements)
}

/// Reports what stands in place of a list; `example` shows one, and its `first` element.
fn no_list(location: Location, name: &str, instead: Instead, example: &str, first: &str) -> Diagnostic {
    let name = excerpt(name);
    wrong_type(
        location,
        (&format!("`{name}` takes a list"), &format!("`{name}` 应写列表")),
        instead,
        (
            &format!("write `{name}: {example}`, or one `- {first}` per line"),
            &format!("请写成 `{name}: {example}`，或每行一个 `- {first}`"),
        ),
    )
}

/// What stands where something else is expected.
#[derive(Debug, Clone, Copy)]
enum Instead {
    Nothing,
    Text,
    List,
    Mapping,
}

fn wrong_type(
    location: Location,
    expected: (&str, &str),
    instead: Instead,
    help: (&str, &str),
) -> Diagnostic {
    let (english, chinese) = match instead {
        Instead::Nothing => ("nothing", "空的"),
        Instead::Text => ("a text", "文字"),
        Instead::List => ("a list", "列表"),
        Instead::Mapping => ("keys with values", "“键: 值”"),
    };
    Diagnostic::error(
        "wrong-type",
        location,
        format!("{}, but this is {english}", expected.0),
        format!("{}，而这里是{chinese}", expected.1),
    )
    .help(help.0, help.1)
}

/// Reports a text in place of a mapping, by its wrong colon where it has one.
fn no_mapping(location: Location, text: &str) -> Diagnostic {
    match text.split_once([':', '：']) {
        Some((key, rest))
            if !key.is_empty() && text.get(key.len()..).is_some_and(|colon| colon.starts_with('：')) =>
        {
            faults::full_width_colon(location, key, rest)
        }
        Some((key, rest)) if !key.is_empty() && !rest.starts_with("//") => {
            faults::missing_space_after_colon(location, key, rest)
        }
        _ => wrong_type(
            location,
            ("keys with values are expected here", "此处应写若干“键: 值”"),
            Instead::Text,
            ("write `key: value` on lines of their own, indented alike", "请逐行写 `键: 值`，缩进一致"),
        ),
    }
}

/// Tells whether nothing is written, or only the dots of an example that was pasted.
fn is_unfilled(text: &str) -> bool {
    let text = text.trim();
    text == "..." || text.trim_matches('…').is_empty()
}

fn empty_value(location: Location, name: &str) -> Diagnostic {
    let name = excerpt(name);
    Diagnostic::error("empty-value", location, format!("`{name}` is empty"), format!("`{name}` 是空的"))
        .help(format!("write a value, or delete `{name}:`"), format!("请写上值，或删去 `{name}:`"))
}

/// The same for an entry of a list.
fn empty_item(location: Location, name: &str) -> Diagnostic {
    let name = excerpt(name);
    Diagnostic::error(
        "empty-value",
        location,
        format!("an entry of `{name}` is empty"),
        format!("`{name}` 中有一项是空的"),
    )
    .help("write a value, or delete the entry", "请写上值，或删去这一项")
}
