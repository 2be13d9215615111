//! `docs/themes.md` → what it promises: views with their fields, variables, templates, components.

use std::collections::BTreeMap;

/// The type of a value, in the words of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Html,
    /// Without a `<`.
    Json,
    /// One of these.
    Word(Vec<String>),
    Number,
    Flag,
    /// Texts by their keys.
    Strings,
    View(String),
    List(Box<Self>),
    /// What the engine brings, such as `loop`.
    Any,
}

/// A field, a variable or an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) kind: Type,
    pub(super) may_be_null: bool,
}

/// Fields, variables or arguments by their names.
pub(super) type Fields = BTreeMap<String, Field>;

/// What the document says.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) views: BTreeMap<String, Fields>,
    /// Variables by name; one that means different things has the template behind it: `notice in item.html`.
    pub(super) variables: Fields,
    /// The variables of each template besides the shared ones.
    pub(super) templates: BTreeMap<String, Vec<String>>,
    /// The arguments of each component.
    pub(super) components: BTreeMap<String, Fields>,
}

impl Document {
    pub(super) fn read() -> Self {
        let text = super::sample::text("docs/themes.md");
        let mut document = Self::default();
        let mut section = "";
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("##") {
                section = heading.trim_start_matches('#').trim();
            }
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            if !line.starts_with("| `") {
                continue;
            }
            match section {
                "Variables" => {
                    let name = cells[0].replace('`', "");
                    document.variables.insert(name, field(cells[1], cells[2]));
                }
                "Pages and their templates" => {
                    document.templates.insert(words(cells[0]).remove(0), words(cells[2]));
                }
                "Components" => {
                    let arguments = cells[1].split(", ").filter(|argument| argument.starts_with('`'));
                    let arguments = arguments.map(|argument| {
                        let kind = argument.rsplit('`').next().unwrap();
                        (words(argument).remove(0), field(kind.trim_matches([' ', ':', '=']), cells[2]))
                    });
                    document.components.insert(words(cells[0]).remove(0), arguments.collect());
                }
                // Tables of two columns are about files and settings, not about what templates read.
                view if cells.len() == 3 => {
                    let fields = document.views.entry(view.to_owned()).or_default();
                    fields.insert(words(cells[0]).remove(0), field(cells[1], cells[2]));
                }
                _ => {}
            }
        }
        document
    }

    /// Returns the variable that `template` knows as `name`.
    pub(super) fn variable(&self, name: &str, template: &str) -> Option<&Field> {
        self.variables.get(&format!("{name} in {template}")).or_else(|| self.variables.get(name))
    }
}

fn field(written: &str, meaning: &str) -> Field {
    let (kind, may_be_null) = match written.strip_suffix(" or null") {
        Some(kind) => (kind, true),
        None => (written, false),
    };
    Field { kind: kind_of(kind, meaning), may_be_null }
}

fn kind_of(written: &str, meaning: &str) -> Type {
    match written {
        "text" => Type::Text,
        "HTML" => Type::Html,
        "JSON" => Type::Json,
        "word" => Type::Word(words(meaning)),
        "number" => Type::Number,
        "flag" => Type::Flag,
        "strings" => Type::Strings,
        other => match other.strip_prefix("list of ") {
            Some(element) => Type::List(Box::new(kind_of(element, meaning))),
            None => Type::View(other.to_owned()),
        },
    }
}

/// Returns what stands in backticks.
fn words(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}
