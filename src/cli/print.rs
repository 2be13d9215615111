//! Diagnostics → code frames on standard error, and the two doors through which everything is printed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{has_colors, say};
use crate::diagnostic::{Diagnostic, Fix, Language, Location, Severity};
use crate::disk::Sources;
use crate::text::characters::Visible;
use crate::text::place::bom_length;

/// The most columns a frame may take; long paragraphs are cut around the place concerned.
const WIDTH: usize = 110;

/// The most diagnostics that are drawn. Nobody reads more in one go, and each frame costs a look at its whole file.
const MOST_DRAWN: usize = 100;

/// The most notes of one kind that are drawn: what a program proposed comes in dozens.
const MOST_NOTES_ALIKE: usize = 2;

/// Prints lines on standard output.
///
/// Whoever closed the other end (`gongkai build | head -0`) does not want to read; that is no error of the build.
pub(super) fn out(lines: &str) {
    let _ = writeln!(std::io::stdout(), "{}", shown(lines));
}

/// Prints lines on standard error, in the same way.
pub(super) fn err(lines: &str) {
    let _ = writeln!(std::io::stderr(), "{}", shown(lines));
}

/// Returns lines as a terminal may have them: what an argument, a path or a name hides would be obeyed by it.
fn shown(lines: &str) -> Cow<'_, str> {
    let visible = Visible::new(lines).text;
    if visible.contains('\r') { Cow::Owned(visible.replace('\r', "<U+000D>")) } else { visible }
}

/// The same for what has to stay in one line, such as a path.
pub(super) fn in_one_line(text: &str) -> String {
    shown(text).replace('\n', "<U+000A>")
}

/// Tells whether lines hold what a terminal would obey or not show.
pub(super) fn hides_something(lines: &str) -> bool {
    matches!(shown(lines), Cow::Owned(_))
}

/// Prints diagnostics, errors first if there are too many to print all, and how many there are of each severity.
pub(super) fn diagnostics(diagnostics: &[Diagnostic], sources: &Sources, language: Language) {
    let mut alike: BTreeMap<&str, usize> = BTreeMap::new();
    let is_drawn = |diagnostic: &&Diagnostic| {
        let n = alike.entry(diagnostic.code).or_default();
        *n += 1;
        diagnostic.severity != Severity::Note || *n <= MOST_NOTES_ALIKE
    };
    let mut drawn: Vec<&Diagnostic> = diagnostics.iter().filter(is_drawn).collect();
    let n_hidden = diagnostics.len() - drawn.len();
    if drawn.len() > MOST_DRAWN {
        drawn.sort_by_key(|diagnostic| diagnostic.severity);
        drawn.truncate(MOST_DRAWN);
    }
    for diagnostic in &drawn {
        // Has been made visible piece by piece, and may have colors.
        let frame = frame(diagnostic, sources, language, has_colors());
        let _ = writeln!(std::io::stderr(), "{frame}\n");
    }
    if n_hidden > 0 {
        err(&match language {
            Language::English => {
                format!(
                    "… and {n_hidden} more notes of these kinds; `gongkai build --format short` lists all"
                )
            }
            Language::Chinese => {
                format!("……同类说明另有 {n_hidden} 条；`gongkai build --format short` 可全部列出")
            }
        });
    }
    if drawn.len() + n_hidden < diagnostics.len() {
        let n_drawn = drawn.len();
        err(&match language {
            Language::English => format!("Only the first {n_drawn} problems are shown; in all there are"),
            Language::Chinese => format!("只显示前 {n_drawn} 个问题；总共有"),
        });
    }
    if let Some(counts) = counts(diagnostics, language) {
        err(&counts);
    }
}

/// Says how many errors and warnings there are; `None` if there are none.
fn counts(diagnostics: &[Diagnostic], language: Language) -> Option<String> {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings == 0 {
        return None;
    }
    let plural = |n: usize, noun: &str| if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") };
    Some(match language {
        Language::English => match (errors, warnings) {
            (0, warnings) => plural(warnings, "warning"),
            (errors, 0) => plural(errors, "error"),
            (errors, warnings) => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
        },
        Language::Chinese => match (errors, warnings) {
            (0, warnings) => format!("{warnings} 个警告"),
            (errors, 0) => format!("{errors} 个错误"),
            (errors, warnings) => format!("{errors} 个错误，{warnings} 个警告"),
        },
    })
}

/// Draws one diagnostic.
fn frame(diagnostic: &Diagnostic, sources: &Sources, language: Language, has_colors: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(say(language, "error", "错误")),
        Severity::Warning => Level::WARNING.with_name(say(language, "warning", "警告")),
        Severity::Note => Level::NOTE.with_name(say(language, "note", "说明")),
    };
    let mut texts: Vec<(Drawn, &str)> = Vec::new();
    if let Some(location) = &diagnostic.location {
        texts.push((Drawn::of(location, sources), ""));
    }
    for related in &diagnostic.related {
        texts.push((Drawn::of(&related.location, sources), related.message.in_language(language)));
    }

    let title = level.primary_title(diagnostic.message.in_language(language)).id(diagnostic.code);
    let mut report: Vec<Group<'_>> = Vec::new();
    let mut group = Group::with_title(title);
    for (index, (drawn, label)) in texts.iter().enumerate() {
        if index > 0 || diagnostic.location.is_none() {
            report.push(group);
            group = Group::with_title(
                Level::NOTE.with_name(say(language, "note", "另见")).secondary_title(*label),
            );
        }
        group = match &drawn.range {
            Some(range) => group.element(
                Snippet::source(drawn.text.as_str())
                    .line_start(1)
                    .path(drawn.path.as_str())
                    .annotation(AnnotationKind::Primary.span(range.clone())),
            ),
            None => group.element(Origin::path(drawn.path.as_str())),
        };
        if index == 0
            && let Some(help) = &diagnostic.help
        {
            let help = help.in_language(language);
            group = group.element(Level::HELP.with_name(say(language, "help", "建议")).message(help));
        }
    }
    if texts.is_empty()
        && let Some(help) = &diagnostic.help
    {
        let help = help.in_language(language);
        group = group.element(Level::HELP.with_name(say(language, "help", "建议")).message(help));
    }
    report.push(group);
    let renderer = if has_colors { Renderer::styled() } else { Renderer::plain() };
    let mut frame = renderer.term_width(WIDTH).render(&report);
    if let Some(lines) = diagnostic.fixes.iter().find_map(Fix::lines) {
        // At the margin, so that they are copied without an indent.
        frame.push_str("\n\n");
        frame.push_str(&Visible::new(lines).text);
    }
    frame
}

/// Draws the places of a diagnostic for a page that shows message and help itself.
pub(super) fn frame_for_page(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    let without_help = Diagnostic { help: None, ..diagnostic.clone() };
    let frame = frame(&without_help, sources, language, false);
    frame.split_once('\n').map(|(_, places)| places.to_owned()).unwrap_or_default()
}

/// A place with its file, both without anything that a terminal would obey or not show.
struct Drawn {
    path: String,
    text: String,
    /// What to underline.
    range: Option<Range<usize>>,
}

impl Drawn {
    fn of(location: &Location, sources: &Sources) -> Self {
        let path = in_one_line(location.path.as_str());
        let text = text_of(location, sources);
        let range = annotated(&text, location);
        // As editors do, neither shown nor counted as a column.
        let mark = bom_length(text.as_bytes());
        let visible = Visible::new(text.get(mark..).unwrap_or_default());
        let offset = |at: usize| visible.offset(at.saturating_sub(mark));
        let range = range.map(|range| offset(range.start)..offset(range.end));
        Self { path, text: visible.text.into_owned(), range }
    }
}

/// Returns the text of a file as far as it is text; what is not becomes the replacement character, byte for byte, so that
/// ranges stay right.
fn text_of(location: &Location, sources: &Sources) -> String {
    let Some(bytes) = sources.get(&location.path) else { return String::new() };
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        // One ASCII sign for each bad byte keeps every offset behind it.
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

/// Returns the range to underline, on character boundaries of `text` and within one line.
fn annotated(text: &str, location: &Location) -> Option<Range<usize>> {
    let range = location.range.clone()?;
    if text.is_empty() || range.start > text.len() {
        return None;
    }
    let start = text.floor_char_boundary(range.start);
    let end = text.ceil_char_boundary(range.end.max(start).min(text.len()));
    let words = text.get(start..end).unwrap_or_default();
    let first_line = words.split(['\n', '\r']).next().unwrap_or_default();
    Some(start..start + first_line.len())
}
