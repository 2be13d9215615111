//! Tera's errors → diagnostics in the template's own file.

use std::collections::BTreeSet;

use tera::{Error, ErrorKind, ReportError, Tera};

use super::reason::Reason;
use super::{BUILT_IN_PREFIX, limits};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::text::place::{Places, Spot};

/// The rule that a template can be used.
const TEMPLATE_ERROR: &str = "template-error";

/// Tells what is wrong with the syntax of one template by itself.
pub(super) fn in_syntax(path: &SourcePath, text: &str) -> Option<Diagnostic> {
    let error = Tera::new().add_raw_template(path.as_str(), text).err()?;
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let words = text.get(report.span().range.clone()).unwrap_or_default();
            Some(problem(&Reason::of_syntax(report.message(), words), place(report)))
        }
        // Anything else depends on the other templates, which are not here yet.
        _ => None,
    }
}

/// Tells what is wrong with the references between templates, and which of the site's own templates are to blame.
pub(super) fn between_templates(
    error: &Error,
    own: &[(&SourcePath, String)],
) -> (Diagnostics, BTreeSet<String>) {
    let (names, words, message): (Vec<&String>, _, _) = match error.kind() {
        ErrorKind::MissingParent { current, parent } => {
            (vec![current], parent.as_str(), format!("there is no template `{parent}` to extend"))
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let names = std::iter::once(tpl).chain(inheritance_chain).collect();
            (names, "extends", "the template extends itself; the built-in one is `built-in/NAME`".to_owned())
        }
        ErrorKind::CircularInclude { include_chain, .. } => {
            (include_chain.iter().collect(), "include", "the template includes itself".to_owned())
        }
        _ => return reported(&error.to_string(), own),
    };
    let culprit = names.into_iter().find_map(|name| own.iter().find(|(path, _)| path.as_str() == name));
    let Some((path, text)) = culprit else { return reported(&error.to_string(), own) };
    let quoted = ['"', '\''].iter().find_map(|quote| text.find(&format!("{quote}{words}{quote}")));
    let place = quoted.map(|at| at + 1).or_else(|| text.find(words));
    let location = match place {
        Some(at) => Location::new(path, at..at + words.len()),
        None => Location::file(path),
    };
    let mut found = Diagnostics::new();
    found.push(problem(&Reason::of(&message), location));
    (found, BTreeSet::from([path.as_str().to_owned()]))
}

/// Reads back the reports (`error: …`, `--> name:line:column`) that Tera hands over as one text.
fn reported(text: &str, own: &[(&SourcePath, String)]) -> (Diagnostics, BTreeSet<String>) {
    let mut found = Diagnostics::new();
    let mut blamed = BTreeSet::new();
    for report in format!("\n\n{text}").split("\n\nerror: ") {
        let message = report.lines().next().unwrap_or_default();
        let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        let Some((name, spot)) = place.and_then(split_place) else { continue };
        if let Some((path, text)) = own.iter().find(|(path, _)| path.as_str() == name) {
            let range = Places::new(text.as_bytes()).character(spot);
            found.push(problem(&Reason::of(message), Location::new(path, range)));
            blamed.insert(name.to_owned());
        }
    }
    if blamed.is_empty() {
        // No place was given: the templates that the message names share the blame, else all do.
        let named: Vec<_> = own.iter().filter(|(path, _)| text.contains(path.as_str())).collect();
        let all = if named.is_empty() { own.iter().collect() } else { named };
        let mut others = all.iter().map(|(path, _)| *path);
        if let Some(first) = others.next() {
            let reason = Reason::of(text.lines().next().unwrap_or_default());
            found.push(others.fold(problem(&reason, Location::file(first)), |problem, other| {
                problem.related(Location::file(other), "this template is part of it", "与这个模板有关")
            }));
        }
        blamed.extend(all.iter().map(|(path, _)| path.as_str().to_owned()));
    }
    (found, blamed)
}

fn split_place(place: &str) -> Option<(&str, Spot)> {
    let (rest, column) = place.trim().rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    Some((name, Spot { line: line.parse().ok()?, column: column.parse().ok()? }))
}

/// Tells what went wrong while the template in `file` was filled for `page`.
///
/// The page and what it offers stand outside the message, so that a fault that shows on page after page is one fault.
pub(super) fn while_rendering(error: &Error, file: &str, page: &str) -> Diagnostic {
    let (message, location) = if let ErrorKind::RenderingError(report) = error.kind() {
        (report.message().lines().next().unwrap_or_default().to_owned(), place(report))
    } else {
        let path = SourcePath::new(file);
        let message = match error.kind() {
            ErrorKind::Io(std::io::ErrorKind::FileTooLarge) => limits::LARGE_PAGE.0.to_owned(),
            _ => error.to_string(),
        };
        (message, Location::file(&path))
    };
    let reason = Reason::of(&message);
    let chinese = format!("模板出错：{}", reason.chinese);
    let mut problem = reason.help(
        Diagnostic::error(TEMPLATE_ERROR, location, reason.english.clone(), chinese),
        "`docs/themes.md` lists what each template can use",
        "`docs/themes.md` 列出了每个模板可用的变量",
    );
    for (name, Spot { line, column }) in callers(&error.to_string()) {
        problem = problem.related(
            Location::file(&source_of(name)),
            format!("called from line {line}, column {column} of this template"),
            format!("由这个模板第 {line} 行第 {column} 列调用"),
        );
    }
    problem.related(
        Location::file(&SourcePath::new(page)),
        "it was met first while rendering this page",
        "首次出现在渲染这个页面时",
    )
}

/// The templates that called the one with the fault, with line and column, from the inside out.
fn callers(report: &str) -> impl Iterator<Item = (&str, Spot)> {
    let lines = report.lines().filter_map(|line| line.strip_prefix("note: called from "));
    lines.filter_map(split_place)
}

fn place(report: &ReportError) -> Location {
    Location::new(&source_of(report.filename()), report.span().range.clone())
}

/// Returns the file that a template's name in Tera stands for.
fn source_of(name: &str) -> SourcePath {
    match name.strip_prefix(BUILT_IN_PREFIX) {
        Some(built_in) => SourcePath::new(format!("themes/default/templates/{built_in}")),
        None => SourcePath::new(name),
    }
}

fn problem(reason: &Reason, location: Location) -> Diagnostic {
    let problem = Diagnostic::error(
        TEMPLATE_ERROR,
        location,
        format!("the template cannot be used: {}", reason.english),
        format!("模板无法使用：{}", reason.chinese),
    );
    reason.help(
        problem,
        "correct the template, or remove the file to use the built-in one; `docs/themes.md` describes templates",
        "请改正模板，或删除此文件以使用内置模板；参见 `docs/themes.md`",
    )
}
