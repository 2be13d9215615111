//! Follows the variables of the built-in templates through the types of the document.
//!
//! This is no template engine: it knows as much of the language as the built-in templates use, and calls everything
//! else wrong, so that it never passes over something in silence.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::document::{Document, Fields, Type};
use super::sample;
use crate::diagnostic::Diagnostics;
use crate::disk;

/// What the templates read.
#[derive(Default)]
pub(super) struct Scan {
    pub(super) wrong: Vec<String>,
    /// How many fields were followed.
    pub(super) n_fields: usize,
    /// The keys of strings that are asked for.
    pub(super) strings: BTreeSet<String>,
}

/// A name, a text in quotes, or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Name(String),
    Text(String),
    Sign(char),
}

/// A piece of code with its line.
struct Code {
    is_tag: bool,
    text: String,
    line: usize,
}

/// Words that are no variables.
const KEYWORDS: [&str; 10] = ["if", "else", "elif", "and", "or", "not", "in", "is", "true", "false"];

/// Scans all templates; `strings` are the words of one language.
pub(super) fn scan(document: &Document, strings: &BTreeMap<String, String>) -> Scan {
    let mut scan = Scan::default();
    for (name, text) in templates() {
        let mut scanner =
            Scanner { document, strings, name: &name, line: 0, scopes: Vec::new(), scan: &mut scan };
        scanner.template(&text);
    }
    scan
}

/// Returns the components of the built-in theme with the names of their arguments, without those taken over.
pub(super) fn components() -> BTreeMap<String, BTreeSet<String>> {
    let mut components = BTreeMap::new();
    for (_, text) in templates() {
        for code in codes(&text) {
            let Some(signature) = code.text.trim().strip_prefix("component ") else { continue };
            let (name, arguments) = signature.trim_end_matches(')').split_once('(').unwrap();
            let names =
                arguments.split(',').map(|argument| argument.split([':', '=']).next().unwrap().trim());
            let names = names.filter(|name| !name.is_empty() && !name.starts_with('@'));
            components.insert(name.to_owned(), names.map(str::to_owned).collect());
        }
    }
    components
}

fn templates() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = disk::walk(root, "themes/default/templates", &mut Diagnostics::new());
    let name = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    found.iter().map(|found| (name(found.path.as_str()), sample::text(found.path.as_str()))).collect()
}

fn codes(text: &str) -> Vec<Code> {
    let mut codes = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        line += before.matches('\n').count();
        let end = match after.chars().next() {
            Some('{') => "}}",
            Some('%') => "%}",
            Some('#') => "#}",
            _ => {
                rest = after;
                continue;
            }
        };
        let (code, behind) = after.get(1..).unwrap().split_once(end).unwrap();
        if end != "#}" {
            let code = code.trim_matches('-').to_owned();
            codes.push(Code { is_tag: end == "%}", text: code, line });
        }
        line += code.matches('\n').count();
        rest = behind;
    }
    codes
}

fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = code.chars().peekable();
    while let Some(character) = chars.next() {
        if character == '"' {
            tokens.push(Token::Text(chars.by_ref().take_while(|c| *c != '"').collect()));
        } else if character.is_ascii_alphanumeric() || character == '_' {
            let mut name = character.to_string();
            while let Some(next) = chars.next_if(|c| c.is_ascii_alphanumeric() || *c == '_') {
                name.push(next);
            }
            tokens.push(Token::Name(name));
        } else if !character.is_whitespace() {
            tokens.push(Token::Sign(character));
        }
    }
    tokens
}

struct Scanner<'a> {
    document: &'a Document,
    strings: &'a BTreeMap<String, String>,
    name: &'a str,
    line: usize,
    /// What `for` and `component` bring, the innermost last; a component hides everything around it.
    scopes: Vec<(bool, BTreeMap<String, Type>)>,
    scan: &'a mut Scan,
}

impl Scanner<'_> {
    fn wrong(&mut self, what: &str) {
        self.scan.wrong.push(format!("{}:{}: {what}", self.name, self.line));
    }

    fn template(&mut self, text: &str) {
        for code in codes(text) {
            self.line = code.line;
            let tokens = tokens(&code.text);
            match tokens.first() {
                Some(Token::Name(tag)) if code.is_tag => self.tag(tag, &tokens),
                _ => {
                    self.expression(&tokens);
                }
            }
        }
        assert!(self.scopes.is_empty(), "{} closes what it opens", self.name);
    }

    fn tag(&mut self, tag: &str, tokens: &[Token]) {
        match tag {
            "extends" | "block" | "endblock" | "endif" | "else" => {}
            "if" | "elif" => {
                self.expression(&tokens[1..]);
            }
            "for" => {
                let Token::Name(variable) = &tokens[1] else { panic!("{tokens:?}") };
                let list = &tokens[3..];
                let element = match list.first() {
                    Some(Token::Sign('[')) => Type::Word(texts(list)),
                    _ => match self.expression(list) {
                        Some(Type::List(element)) => *element,
                        other => {
                            self.wrong(&format!("`{variable}` runs through {other:?}"));
                            Type::Any
                        }
                    },
                };
                let scope = [(variable.clone(), element), ("loop".to_owned(), Type::Any)];
                self.scopes.push((false, scope.into_iter().collect()));
            }
            "component" => {
                let Token::Name(name) = &tokens[1] else { panic!("{tokens:?}") };
                let arguments = self.document.components.get(name).cloned().unwrap_or_default();
                let mut scope: BTreeMap<String, Type> =
                    arguments.into_iter().map(|(name, field)| (name, field.kind)).collect();
                if tokens.contains(&Token::Sign('@')) {
                    scope.insert("t".to_owned(), Type::Strings);
                }
                self.scopes.push((true, scope));
            }
            "set_global" => {
                let Token::Name(variable) = &tokens[1] else { panic!("{tokens:?}") };
                let kind = self.expression(&tokens[3..]).unwrap_or(Type::Any);
                let around = self.scopes.iter_mut().rev().find(|(is_component, _)| *is_component);
                let (_, scope) = around.expect("variables are set in components");
                scope.insert(variable.clone(), kind);
            }
            "endfor" | "endcomponent" => {
                self.scopes.pop();
            }
            other => self.wrong(&format!("the scanner does not know `{other}`")),
        }
    }

    /// Follows every variable; returns the type if the whole is one variable.
    fn expression(&mut self, tokens: &[Token]) -> Option<Type> {
        let mut whole = None;
        let mut at = 0;
        let mut component: Option<Fields> = None;
        while at < tokens.len() {
            let before = at.checked_sub(1).map(|index| &tokens[index]);
            let after = tokens.get(at + 1);
            let Token::Name(name) = &tokens[at] else {
                at += 1;
                continue;
            };
            let is_argument = after == Some(&Token::Sign('='))
                && tokens.get(at + 2) != Some(&Token::Sign('='))
                && !matches!(before, Some(Token::Name(_)) if component.is_none());
            if before == Some(&Token::Sign('<')) && name.starts_with(|c: char| c.is_ascii_uppercase()) {
                component = self.document.components.get(name).cloned();
                if component.is_none() {
                    self.wrong(&format!("there is no component `{name}`"));
                }
                at += 1;
            } else if is_argument {
                at = self.argument(name, component.as_ref(), tokens, at);
            } else if before == Some(&Token::Sign('|'))
                || KEYWORDS.contains(&name.as_str())
                || is_number(name)
            {
                at += 1;
            } else {
                let (kind, end) = self.chain(name, tokens, at + 1);
                whole = (at == 0 && end == tokens.len()).then_some(kind).flatten();
                at = end;
            }
        }
        whole
    }

    /// Holds an argument of a component to its type; returns where to go on.
    fn argument(&mut self, name: &str, component: Option<&Fields>, tokens: &[Token], at: usize) -> usize {
        let Some(arguments) = component else { return at + 2 };
        let Some(wanted) = arguments.get(name) else {
            self.wrong(&format!("the component has no argument `{name}`"));
            return at + 2;
        };
        let behind = &tokens[at + 2..];
        if behind.first() == Some(&Token::Sign('{')) {
            let end = behind.iter().position(|token| *token == Token::Sign('}')).unwrap();
            let given = self.expression(&behind[1..end]);
            if given.as_ref().is_some_and(|given| !is_one_of(given, &wanted.kind)) {
                self.wrong(&format!("`{name}` gets {given:?}, not {:?}", wanted.kind));
            }
            return at + 2 + end;
        }
        at + 2
    }

    /// Follows `name.field["key"]…`; returns the type of its end and where it ends.
    fn chain(&mut self, name: &str, tokens: &[Token], mut at: usize) -> (Option<Type>, usize) {
        let mut kind = self.variable(name);
        if kind.is_none() {
            self.wrong(&format!("there is no variable `{name}`"));
        }
        loop {
            if tokens.get(at) == Some(&Token::Sign('?')) {
                at += 1;
            }
            match (tokens.get(at), tokens.get(at + 1)) {
                (Some(Token::Sign('.')), Some(Token::Name(field))) => {
                    kind = kind.and_then(|kind| self.field(&kind, std::slice::from_ref(field)));
                    at += 2;
                }
                (Some(Token::Sign('[')), Some(_)) => {
                    let end = at + tokens[at..].iter().position(|token| *token == Token::Sign(']')).unwrap();
                    let keys = self.keys(&tokens[at + 1..end]);
                    kind = kind.and_then(|kind| self.field(&kind, &keys));
                    at = end + 1;
                }
                _ => return (kind, at),
            }
        }
    }

    fn variable(&self, name: &str) -> Option<Type> {
        for (is_component, scope) in self.scopes.iter().rev() {
            if let Some(kind) = scope.get(name) {
                return Some(kind.clone());
            }
            if *is_component {
                return None;
            }
        }
        let is_own =
            self.document.templates.get(self.name).is_some_and(|own| own.iter().any(|own| own == name));
        let is_known = is_own || super::SHARED.contains(&name);
        self.document.variable(name, self.name).filter(|_| is_known).map(|field| field.kind.clone())
    }

    fn field(&mut self, kind: &Type, names: &[String]) -> Option<Type> {
        self.scan.n_fields += 1;
        match kind {
            Type::Any => Some(Type::Any),
            Type::Strings => {
                let is_asset = names.iter().any(|name| name.contains('.'));
                if !is_asset {
                    for name in names
                        .iter()
                        .filter(|name| !self.strings.contains_key(*name))
                        .cloned()
                        .collect::<Vec<_>>()
                    {
                        self.wrong(&format!("there is no string `{name}`"));
                    }
                    self.scan.strings.extend(names.iter().cloned());
                }
                Some(Type::Text)
            }
            Type::View(view) => {
                let found = self.document.views.get(view).and_then(|fields| fields.get(&names[0]));
                let found = found.map(|field| field.kind.clone());
                if found.is_none() {
                    self.wrong(&format!("{view} has no field `{}`", names[0]));
                }
                found
            }
            other => {
                self.wrong(&format!("{other:?} has no field `{}`", names[0]));
                None
            }
        }
    }

    /// Returns the keys that `"text"` or `"text" ~ variable` can be.
    fn keys(&mut self, tokens: &[Token]) -> Vec<String> {
        let Some(Token::Text(text)) = tokens.first() else { panic!("the scanner does not know {tokens:?}") };
        if tokens.len() == 1 {
            return vec![text.clone()];
        }
        match self.expression(&tokens[2..]) {
            Some(Type::Word(words)) => words.iter().map(|word| format!("{text}{word}")).collect(),
            other => {
                self.wrong(&format!("`{text}` is followed by {other:?}, which is no word"));
                Vec::new()
            }
        }
    }
}

fn texts(tokens: &[Token]) -> Vec<String> {
    tokens
        .iter()
        .filter_map(|token| if let Token::Text(text) = token { Some(text.clone()) } else { None })
        .collect()
}

fn is_number(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}

/// Tells whether every value of one type is one of another.
fn is_one_of(given: &Type, wanted: &Type) -> bool {
    match (given, wanted) {
        (Type::Word(given), Type::Word(wanted)) => given.iter().all(|word| wanted.contains(word)),
        _ => given == wanted,
    }
}
