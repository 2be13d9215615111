//! An outline → the files of a notice folder.
//!
//! A line is written as it is where Markdown shows it so, else with the signs escaped; whether it does, the reader of sites
//! is asked.

use crate::diagnostic::{Diagnostics, SourcePath};
use crate::document::Picture;
use crate::markdown::{self, BlockKind, Options, Table};
use crate::notice::{Contact, Kind};
use crate::yaml::{self, Tree};

use super::markup::read;
use super::{Facts, NewFile, Outline, Piece, Section};

/// The file that makes a folder a notice.
const NOTICE: &str = "notice.md";

/// Writes the files of `outline`.
pub(super) fn files(outline: &Outline, pictures: &[Picture], options: &Options) -> Vec<NewFile> {
    let writer = Writer { pictures, options };
    let mut files = vec![NewFile {
        name: NOTICE.to_owned(),
        text: format!("---\n{}---\n{}", notice(outline), writer.body(&outline.opening)),
    }];
    files.extend(outline.sections.iter().map(|section| NewFile {
        name: format!("{}.md", section.name),
        text: format!("---\n{}---\n{}", front_matter(section), writer.body(&section.body)),
    }));
    files
}

/// Writes the front matter of the notice.
fn notice(outline: &Outline) -> String {
    let facts = &outline.facts;
    let mut yaml = String::new();
    let mut put = |key: &str, value: &str, remark: &str| {
        let sign = if remark.is_empty() { "" } else { "    # " };
        yaml.extend([key, ": ", value, sign, remark, "\n"]);
    };
    let title = outline.title.concat();
    if !title.is_empty() {
        put("title", &plain(&title), "");
    } else if let Some(noted) = &facts.noted_title {
        put("title", &plain(noted), "");
    } else if let Some(proposed) = &facts.proposed_title {
        put("title", &plain(proposed), "原文没有标题，请核对");
    }
    if let Some(unit) = &facts.unit {
        put("unit", &plain(unit), "");
    }
    if let Some(number) = &facts.document_number {
        put("document_number", &plain(number), "");
    }
    if let Some(inspection) = inspection(facts) {
        put("inspection", &inspection, "");
    }
    if let Some(date) = facts.date.as_ref().or(outline.date.as_ref()) {
        put("date", &plain(date), "");
    }
    match outline.signers.as_slice() {
        [] => {}
        [one] => put("signature", &plain(one), ""),
        several => put("signers", &Tree::texts(several).in_line(), ""),
    }
    if let Some(day) = &facts.open_until {
        put("open_until", day, "");
    }
    if !facts.contacts.is_empty() {
        yaml.push_str("contacts:\n");
        facts.contacts.iter().for_each(|one| contact(one, &mut yaml));
    }
    yaml
}

fn inspection(facts: &Facts) -> Option<String> {
    let keys = [
        ("kind", &facts.kind),
        ("group", &facts.group),
        ("from", &facts.from),
        ("to", &facts.to),
        ("findings", &facts.findings),
    ];
    let entries: Vec<(&str, Tree)> =
        keys.into_iter().filter_map(|(key, value)| Some((key, Tree::text(value.clone()?)))).collect();
    (!entries.is_empty()).then(|| Tree::mapping(entries).in_line())
}

fn contact(contact: &Contact, yaml: &mut String) {
    let mut entries = Vec::new();
    match contact {
        Contact::Phone { number, hours } => {
            entries.push(("phone", yaml::scalar(number)));
            entries.extend(hours.as_ref().map(|hours| ("hours", plain(hours))));
        }
        Contact::Post { address, postcode } => {
            entries.push(("post", plain(address)));
            entries.extend(postcode.as_ref().map(|postcode| ("postcode", format!("\"{postcode}\""))));
        }
        Contact::Email { address } => entries.push(("email", address.clone())),
        Contact::Platform { name, path, url } => {
            entries.push(("platform", plain(name)));
            if !path.is_empty() {
                entries.push(("path", Tree::texts(path).in_line()));
            }
            entries.extend(url.as_ref().map(|url| ("url", yaml::scalar(url))));
        }
    }
    for (index, (key, value)) in entries.into_iter().enumerate() {
        yaml.push_str(if index == 0 { "  - " } else { "    " });
        yaml.extend([key, ": ", value.as_str(), "\n"]);
    }
}

/// Writes the front matter of a section.
pub(super) fn front_matter(section: &Section) -> String {
    let mut yaml = String::new();
    if section.kind != Kind::Item {
        yaml.extend(["kind: ", section.kind.id(), "\n"]);
    }
    if let Some(heading) = &section.heading {
        yaml.extend(["heading: ", plain(heading).as_str(), "\n"]);
    }
    if let Some(level) = section.level {
        yaml.extend(["level: ", level.to_string().as_str(), "\n"]);
    }
    yaml
}

/// Writes a value of a line of its own: as it is where that is safe, else in quotes.
pub(super) fn plain(text: &str) -> String {
    let begins_safely =
        text.starts_with(|c: char| crate::text::width::is_han(c) || matches!(c, '（' | '①'..='⑳' | '“'));
    let is_safe = |c: char| {
        !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '-' | '(' | ')' | '/' | ',')
    };
    let has_breaks = text.contains(|c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}');
    if begins_safely && text.chars().all(is_safe) && !has_breaks && text.trim() == text {
        return text.to_owned();
    }
    yaml::scalar(text)
}

/// Writes text below front matter.
pub(super) struct Writer<'a> {
    pub(super) pictures: &'a [Picture],
    pub(super) options: &'a Options,
}

impl Writer<'_> {
    /// Writes pieces, parted by blank lines.
    pub(super) fn body(&self, pieces: &[Piece]) -> String {
        let written: Vec<String> =
            pieces.iter().map(|piece| self.piece(piece)).filter(|text| !text.is_empty()).collect();
        if written.is_empty() { String::new() } else { written.join("\n\n") + "\n" }
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Text(line) => self.line(&line.words),
            Piece::Table(rows) => table(rows),
            // One that is not in the document has been told of.
            Piece::Picture(index) => self
                .pictures
                .get(*index)
                .filter(|picture| !picture.bytes.is_empty())
                .map_or_else(String::new, |picture| {
                    let words = markdown::as_words(&picture.alternative.replace('\n', " "));
                    format!("![{words}]({})", picture.name)
                }),
        }
    }

    /// Writes a line so that Markdown shows it as it is.
    fn line(&self, words: &str) -> String {
        let is_plain = |c: char| {
            !c.is_ascii()
                || c.is_ascii_alphanumeric()
                || matches!(c, ' ' | ',' | '.' | '(' | ')' | '%' | ';' | '/' | '"' | '?')
        };
        let begins_plainly = !words.starts_with(|c: char| c.is_ascii() || c == ' ');
        // Two paragraphs together may be a comment, so a `<` is never left as it is.
        let may_stay = !words.contains('<');
        if begins_plainly && words.chars().all(is_plain) || (may_stay && self.shows(words, words)) {
            return words.to_owned();
        }
        let begin = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        let escaped = |signs: &dyn Fn(usize, char) -> bool| {
            let mut out = String::with_capacity(words.len() + 8);
            for (at, character) in words.char_indices() {
                if signs(at, character) {
                    out.push('\\');
                }
                out.push(character);
            }
            out
        };
        let few = escaped(&|at, c| {
            matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '\\' | '&' | '|' | '~')
                || (at == begin && c.is_ascii_punctuation())
        });
        if self.shows(&few, words) {
            return few;
        }
        escaped(&|_, c| c.is_ascii_punctuation())
    }

    /// Tells whether Markdown shows `written` as one paragraph that says `words`.
    fn shows(&self, written: &str, words: &str) -> bool {
        let mut found = Diagnostics::new();
        let blocks =
            markdown::parse(&SourcePath::new("a.md"), written, 0..written.len(), self.options, &mut found);
        let is_same = |text: &str| text.split_whitespace().eq(words.split_whitespace());
        let has_marks = |inline: &markdown::Inline| {
            inline.spans().iter().any(|span| !matches!(span, markdown::Span::Text { .. }))
        };
        found.iter().all(|one| one.code != "html-shown-as-text")
            && matches!(blocks.as_slice(), [markdown::Block { kind: BlockKind::Paragraph(inline), .. }] if is_same(&inline.plain_text()) && !has_marks(inline))
    }
}

/// Writes a table; its first row is the head.
fn table(rows: &[Vec<String>]) -> String {
    let written: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| markdown::as_words(cell)).collect()).collect();
    markdown::table_of(&written, rows.first().map_or(1, Vec::len))
}

/// Tells whether the rows of a table list several problems.
pub(super) fn lists_problems(rows: &[Vec<String>]) -> bool {
    let written = table(rows);
    let blocks = read(&written, &Options::default());
    let tables: Vec<(&Table, _)> = markdown::tables(&blocks);
    tables.iter().any(|(table, _)| crate::content::problems_listed(table).is_some_and(|n| n > 1))
}
