//! Tera's errors → diagnostics in the template's own file.

use std::collections::BTreeSet;

use tera::{Error, ErrorKind, ReportError, Tera};

use super::{BUILT_IN_PREFIX, location_of};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};

/// Tells what is wrong with the syntax of one template by itself.
pub(super) fn in_syntax(path: &SourcePath, text: &str) -> Option<Diagnostic> {
    let error = Tera::new().add_raw_template(path.as_str(), text).err()?;
    match error.kind() {
        ErrorKind::SyntaxError(report) => Some(problem(report.message(), place(report))),
        // Anything else depends on the other templates, which are not here yet.
        _ => None,
    }
}

/// Tells what is wrong with the references between templates, and which of the site's own templates are to blame.
///
/// Tera hands these over as one text of reports (`error: …`, `--> name:line:column`), so that text is read back.
pub(super) fn between_templates(
    error: &Error,
    own: &[(&SourcePath, &str)],
) -> (Diagnostics, BTreeSet<String>) {
    let mut found = Diagnostics::new();
    let mut blamed = BTreeSet::new();
    let text = error.to_string();
    for report in text.split("error: ").filter(|report| report.contains("--> ")) {
        let message = report.lines().next().unwrap_or_default();
        let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        let Some((name, line, column)) = place.and_then(split_place) else { continue };
        if let Some((path, text)) = own.iter().find(|(path, _)| path.as_str() == name) {
            found.push(problem(message, location_of(path, text, line, column)));
            blamed.insert(name.to_owned());
        }
    }
    if blamed.is_empty() {
        // No place was given: blame the templates that the message names, else all of them.
        let named: Vec<_> = own.iter().filter(|(path, _)| text.contains(path.as_str())).collect();
        let all = if named.is_empty() { own.iter().collect() } else { named };
        for (path, _) in all {
            found.push(problem(text.lines().next().unwrap_or_default(), Location::file(path)));
            blamed.insert(path.as_str().to_owned());
        }
    }
    (found, blamed)
}

fn split_place(place: &str) -> Option<(&str, usize, usize)> {
    let (rest, column) = place.trim().rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    Some((name, line.parse().ok()?, column.parse().ok()?))
}

/// Tells what went wrong while `template` was filled for `page`.
pub(super) fn while_rendering(error: &Error, template: &str, page: &str) -> Diagnostic {
    if let ErrorKind::RenderingError(report) = error.kind() {
        let message = report.message().lines().next().unwrap_or_default();
        return rendering_problem(message, place(report), page);
    }
    let path = SourcePath::new(format!("themes/default/templates/{template}"));
    rendering_problem(&error.to_string(), Location::file(&path), page)
}

fn place(report: &ReportError) -> Location {
    let name = report.filename();
    let path = match name.strip_prefix(BUILT_IN_PREFIX) {
        Some(built_in) => format!("themes/default/templates/{built_in}"),
        None => name.to_owned(),
    };
    Location::new(&SourcePath::new(path), report.span().range.clone())
}

fn rendering_problem(message: &str, location: Location, page: &str) -> Diagnostic {
    let message = lower_case(message);
    Diagnostic::error(
        "template-error",
        location,
        format!("{message}, while rendering `{page}`"),
        format!("渲染 `{page}` 时模板出错：{message}"),
    )
    .help("`docs/themes.md` lists what each template can use", "`docs/themes.md` 列出了每个模板可用的变量")
}

fn problem(message: &str, location: Location) -> Diagnostic {
    let message = lower_case(message);
    Diagnostic::error(
        "template-error",
        location,
        format!("the template cannot be used: {message}"),
        format!("模板无法使用：{message}"),
    )
    .help(
        "correct the template, or remove the file to use the built-in one; `docs/themes.md` describes templates",
        "请改正模板，或删除此文件以使用内置模板；参见 `docs/themes.md`",
    )
}

/// Fits another's sentence to the form of our messages.
fn lower_case(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut chars = message.chars();
    chars.next().map(|first| first.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
