//! Holds `docs/themes.md` to the views, and the built-in templates to both.
//!
//! The values of `tests/every-key` are walked along the document: what the document does not name, names wrongly or
//! names in vain is a failure. `scanner` then follows every variable of every template through the document's types.

mod document;
mod sample;
mod scanner;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use self::document::{Document, Field, Type};
use super::{Renderer, TEMPLATES, context};
use crate::theme::Prepared;

/// The variables that every template has.
const SHARED: [&str; 5] = ["t", "site", "page", "root", "assets"];

/// What was seen of a field.
#[derive(Debug, Default)]
struct Seen {
    null: bool,
    something: bool,
    markup: bool,
    words: BTreeSet<String>,
}

/// A walk through values along the document.
struct Walk<'a> {
    document: &'a Document,
    seen: BTreeMap<String, Seen>,
    wrong: BTreeSet<String>,
}

impl Walk<'_> {
    fn field(&mut self, name: &str, field: &Field, value: &Value) {
        let seen = self.seen.entry(name.to_owned()).or_default();
        if value.is_null() {
            seen.null = true;
            if !field.may_be_null {
                self.wrong.insert(format!("`{name}` is null, which the document does not say"));
            }
            return;
        }
        self.value(name, &field.kind, value);
    }

    fn value(&mut self, name: &str, kind: &Type, value: &Value) {
        let seen = self.seen.entry(name.to_owned()).or_default();
        seen.something |= !matches!(value, Value::Array(_));
        let fits = match (kind, value) {
            (Type::Text, Value::String(text)) => !text.contains("&lt;") && !text.contains("&amp;"),
            (Type::Html, Value::String(text)) => {
                seen.markup |= text.contains('<');
                !text.contains(" < ") && !text.contains(" & ")
            }
            (Type::Json, Value::String(json)) => {
                !json.contains('<') && serde_json::from_str::<Value>(json).is_ok()
            }
            (Type::Word(words), Value::String(word)) => {
                seen.words.insert(word.clone());
                words.contains(word)
            }
            (Type::Number, Value::Number(_)) | (Type::Flag, Value::Bool(_)) => true,
            (Type::Strings, Value::Object(strings)) => strings.values().all(Value::is_string),
            (Type::List(element), Value::Array(values)) => {
                for value in values {
                    self.value(name, element, value);
                }
                true
            }
            (Type::View(view), Value::Object(fields)) => {
                self.view(view, fields);
                true
            }
            _ => false,
        };
        if !fits {
            self.wrong.insert(format!("`{name}` is no {kind:?}: {value}"));
        }
    }

    fn view(&mut self, view: &str, fields: &serde_json::Map<String, Value>) {
        let document = self.document;
        let Some(documented) = document.views.get(view) else {
            self.wrong.insert(format!("there is no section on `{view}`"));
            return;
        };
        for (name, value) in fields {
            match documented.get(name) {
                Some(field) => self.field(&format!("{view}.{name}"), field, value),
                None => {
                    self.wrong.insert(format!("`{view}.{name}` is not documented"));
                }
            }
        }
        let missing = documented.keys().filter(|name| !fields.contains_key(*name));
        self.wrong.extend(missing.map(|name| format!("`{view}.{name}` is documented and does not exist")));
    }

    /// Asks whether the sample showed everything that the document promises.
    fn finish(mut self) -> BTreeSet<String> {
        let views = self.document.views.iter();
        let fields = views
            .flat_map(|(view, fields)| fields.iter().map(move |(name, f)| (format!("{view}.{name}"), f)));
        for (name, field) in fields {
            let seen = self.seen.remove(&name).unwrap_or_default();
            let mut claim = |holds: bool, claim: &str| {
                if !holds {
                    self.wrong.insert(format!("`{name}` {claim}"));
                }
            };
            claim(seen.something, "is always empty in the sample");
            claim(!field.may_be_null || seen.null, "is never null in the sample");
            claim(field.kind != Type::Html || seen.markup, "never holds markup in the sample");
            if let Type::Word(words) = &field.kind {
                let all: BTreeSet<String> = words.iter().cloned().collect();
                claim(all == seen.words, &format!("has the words {:?} in the sample", seen.words));
            }
        }
        self.wrong
    }
}

/// The sample with all settings and with the fewest.
fn samples() -> [(crate::site::Site, crate::theme::Theme); 2] {
    let fewest = |_: &str| "title: 示例\nhtml: {allow: [sub, sup]}\n".to_owned();
    [sample::site(str::to_owned), sample::site(fewest)]
}

#[test]
fn every_field_is_documented_and_nothing_else() {
    let document = Document::read();
    let mut walk = Walk { document: &document, seen: BTreeMap::new(), wrong: BTreeSet::new() };
    for (site, theme) in samples().iter().chain(&[sample::of_one_notice(), sample::with_divided_lists()]) {
        let renderer = Renderer::new(site, theme);
        for (path, route) in site.routes.iter() {
            let Some((template, mut values)) = renderer.template_and_views(route, path) else { continue };
            values.extend(renderer.shared.iter().cloned());
            values.push(("page", Prepared::new(&context::page_view(site, theme, route, path, template))));
            values.push(("root", Prepared::new(&context::root_of(site, route, path))));
            for (name, value) in values {
                match document.variable(name, template) {
                    Some(field) => walk.field(&format!("{name} in {template}"), field, &value.to_json()),
                    None => {
                        walk.wrong.insert(format!("the variable `{name}` of {template} is not documented"));
                    }
                }
            }
        }
    }
    let wrong = walk.finish();
    assert!(wrong.is_empty(), "docs/themes.md and src/render/views.rs disagree: {wrong:#?}");
}

#[test]
fn every_template_is_documented_with_its_variables() {
    let document = Document::read();
    let real: BTreeMap<String, BTreeSet<&str>> = TEMPLATES
        .iter()
        .map(|(name, variables)| ((*name).to_owned(), variables.iter().copied().collect()))
        .collect();
    let documented: BTreeMap<String, BTreeSet<&str>> = document
        .templates
        .iter()
        .map(|(name, variables)| (name.clone(), variables.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(documented, real);
    let named: BTreeSet<&str> =
        document.variables.keys().map(|name| name.split(" in ").next().unwrap()).collect();
    let all: BTreeSet<&str> = real.values().flatten().copied().chain(SHARED).collect();
    assert_eq!(named, all);
}

#[test]
fn routes_give_templates_the_variables_they_are_promised() {
    for (site, theme) in &samples() {
        let renderer = Renderer::new(site, theme);
        let mut used = BTreeSet::new();
        for (path, route) in site.routes.iter() {
            let Some((template, values)) = renderer.template_and_views(route, path) else { continue };
            let given: BTreeSet<&str> = values.iter().map(|(name, _)| *name).collect();
            let (_, promised) = TEMPLATES.iter().find(|(name, _)| *name == template).unwrap();
            assert_eq!(given, promised.iter().copied().collect(), "{path}");
            used.insert(template);
        }
        // Where messages cannot be sent, nothing tells that one was.
        let is_used = |name: &&str| site.config.feedback_action.is_some() || !name.starts_with("feedback-");
        let all: BTreeSet<&str> = TEMPLATES.iter().map(|(name, _)| *name).filter(is_used).collect();
        assert_eq!(used, all, "the sample uses every template");
    }
}

#[test]
fn templates_read_only_what_is_there() {
    let (_, theme) = sample::site(str::to_owned);
    for (template, own) in TEMPLATES {
        let known: BTreeSet<String> = own.iter().chain(&SHARED).map(|name| (*name).to_owned()).collect();
        let read = theme.template_variables(template);
        assert!(!read.is_empty(), "{template} is a template");
        let unknown: Vec<_> = read.difference(&known).collect();
        assert!(unknown.is_empty(), "{template} reads {unknown:?}");
    }
}

#[test]
fn templates_read_only_fields_that_exist() {
    let document = Document::read();
    let (_, theme) = sample::site(str::to_owned);
    let scan = scanner::scan(&document, theme.strings());
    assert!(scan.wrong.is_empty(), "{:#?}", scan.wrong);
    assert!(scan.n_fields > 100, "the scanner followed only {} fields", scan.n_fields);
}

#[test]
fn every_component_is_documented_with_its_arguments() {
    let document = Document::read();
    let real = scanner::components();
    let documented: BTreeMap<String, BTreeSet<String>> = document
        .components
        .iter()
        .map(|(name, arguments)| (name.clone(), arguments.keys().cloned().collect()))
        .collect();
    assert_eq!(documented, real);
}

#[test]
fn every_string_is_used_and_none_is_missing() {
    let document = Document::read();
    let (_, chinese) = sample::site(str::to_owned);
    let (_, english) = sample::site(|settings| settings.replace("language: zh-CN", "language: en"));
    let keys = |theme: &crate::theme::Theme| theme.strings().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&chinese), keys(&english), "both languages have the same keys");
    assert_ne!(chinese.strings(), english.strings());
    let mut used = scanner::scan(&document, chinese.strings()).strings;
    for code in [include_str!("../context.rs"), include_str!("../lists.rs")] {
        used.extend(code.split("word(\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
    }
    assert_eq!(used, keys(&chinese), "left: asked for; right: in the strings");
}
