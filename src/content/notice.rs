//! `notice.md` → the data of a notice, still without its sections.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{accepted, approval, front_matter, numbers, outline, signers};
use crate::binding::{self, Heading, Unresolved};
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Location, SourcePath};
use crate::fields;
use crate::keys::{FORMERLY, notice as keys};
use crate::markdown;
use crate::notice::{Correction, Day, Inspection, Notice, Passage, PublicationTime};
use crate::yaml::{Fields, Key, LocatedText, Node, Value};

/// The file that makes a folder a notice.
pub(super) const FILE: &str = "notice.md";

/// Parses `notice.md`.
///
/// Pushes `missing-key` (title, unit, date), `not-a-date`, `not-a-time`, `empty-file`, and what the front matter, the
/// contacts, the figures and the Markdown bring. What is missing is filled with placeholders, so that the sections are
/// still checked in their places.
pub(super) fn parse(
    path: &SourcePath,
    id: &str,
    text: &str,
    options: &markdown::Options,
    diagnostics: &mut Diagnostics,
) -> (Notice, Unresolved) {
    let mut notice = empty(path, id);
    let mut unresolved = Unresolved::default();
    if super::is_blank(path, text, diagnostics) {
        return (notice, unresolved);
    }
    let (fields, body) = front_matter::open(path, text, options, diagnostics);
    let mut blocks = markdown::parse(path, text, body, options, diagnostics);
    if let Some(mut fields) = fields {
        read_fields(&mut notice, &mut fields, text, diagnostics);
        let title = Heading::new(&notice.title, text);
        let read = binding::read(&mut fields, path, text, Some(&title), &mut blocks, diagnostics);
        notice.opening = Passage { is_whole: notice.opening.is_whole, ..read.passage };
        notice.opening.accepted = accepted::read(&mut fields, diagnostics);
        unresolved = read.unresolved;
        fields.finish(diagnostics);
    }
    notice.opening.body = outline::outline(blocks);
    (notice, unresolved)
}

fn read_fields(notice: &mut Notice, fields: &mut Fields, text: &str, diagnostics: &mut Diagnostics) {
    notice.opening.is_whole = true;
    notice.examples = fields::examples(fields);
    let mut days = Days::default();
    match fields.required_text(&keys::TITLE, diagnostics) {
        Some(title) => notice.title = title,
        None => notice.opening.is_whole = false,
    }
    if let Some(unit) = fields.required_text(&keys::UNIT, diagnostics) {
        notice.unit = unit.value;
    }
    notice.index_number = numbers::index(fields, diagnostics);
    notice.document_number = numbers::document(fields, diagnostics);
    if let Some(node) = fields.node(&keys::INSPECTION)
        && let Some(mut inspection) = Fields::open(node, diagnostics)
    {
        notice.inspection = Some(read_inspection(&mut inspection, &mut days, diagnostics));
        inspection.finish(diagnostics);
    }
    fields.require_either(&keys::DATE, &keys::PUBLISHED);
    let has_day = fields.has(&keys::DATE) || fields.has(&keys::PUBLISHED);
    let date = fields::day_or_month(fields, &keys::DATE, diagnostics);
    notice.opening.is_whole &= has_day && !matches!(date, Some(Err(_)));
    if let Some(Ok(date)) = &date {
        days.see("date", date.clone());
    }
    notice.date = date.map(|date| date.unwrap_or_else(|unread| unread));
    if let Some(draft) = fields.flag(&keys::DRAFT, diagnostics) {
        notice.is_draft = draft.value;
    }
    if let Some(published) = fields.text(&keys::PUBLISHED, diagnostics) {
        notice.published = read_publication_time(&published, diagnostics);
        days.see_time("published", notice.published.as_ref(), published.location);
    }
    match signers::read(fields, diagnostics) {
        Some(signers) => notice.signers = signers,
        None => notice.opening.is_whole = false,
    }
    if let Some(node) = fields.node(&keys::CONTACTS) {
        (notice.contacts, notice.contact_places) = fields::contacts(node, diagnostics);
    }
    notice.as_of = fields::located_day(fields, &keys::AS_OF, diagnostics).map(|day| {
        if notice.opening.is_whole && day.value.is_after(notice.day()) {
            diagnostics.push(binding::counted_after(&day, notice.day()));
        }
        day.value
    });
    let open_until = fields::located_day(fields, &keys::OPEN_UNTIL, diagnostics);
    if let Some(node) = fields.node(&keys::CORRECTIONS) {
        notice.corrections = read_corrections(node, text, &mut days, diagnostics);
    }
    notice.approval = fields.node(&keys::APPROVAL).and_then(|node| approval::read(node, diagnostics));
    notice.formerly = fields.texts(&FORMERLY, diagnostics).unwrap_or_default();
    days.check(&["from", "to", "findings", "date", "published", "corrections"], diagnostics);
    notice.open_until = open_until.map(|day| days.see("open_until", day));
    let first = if notice.date.is_some() { "date" } else { "published" };
    days.check(&[first, "open_until"], diagnostics);
}

/// The days of a notice that follow each other, with their places.
#[derive(Default)]
struct Days {
    known: BTreeMap<&'static str, Known>,
}

/// A day of which is known when it may be.
struct Known {
    first: Date,
    last: Date,
    words: String,
    location: Location,
}

impl Days {
    /// Keeps a day of which is known when it may be, and gives it back.
    fn see(&mut self, key: &'static str, day: Located<Day>) -> Day {
        if let Some((first, last)) = day.value.span() {
            let words = day.value.iso().unwrap_or_else(|| day.value.printed().to_owned());
            self.known.insert(key, Known { first, last, words, location: day.location });
        }
        day.value
    }

    fn see_time(&mut self, key: &'static str, time: Option<&PublicationTime>, location: Location) {
        if let Some(time) = time {
            let date = time.date();
            self.known.insert(key, Known { first: date, last: date, words: date.to_string(), location });
        }
    }

    /// Pushes `wrong-order` for each of `keys` whose day is before that of the one that comes before it.
    fn check(&self, keys: &[&str], diagnostics: &mut Diagnostics) {
        let known: Vec<_> = keys.iter().filter_map(|key| Some((key, self.known.get(key)?))).collect();
        for pair in known.windows(2) {
            let [(earlier, one), (later, two)] = pair else { continue };
            if two.last < one.first {
                let (first, second) = (&one.words, &two.words);
                diagnostics.push(
                    Diagnostic::error(
                        "wrong-order",
                        two.location.clone(),
                        format!("`{later}` ({second}) is before `{earlier}` ({first})"),
                        format!("`{later}`（{second}）早于 `{earlier}`（{first}）"),
                    )
                    .related(
                        one.location.clone(),
                        format!("`{earlier}` is here"),
                        format!("`{earlier}` 写在这里"),
                    )
                    .help("correct the day that is wrong", "请改正写错的日期"),
                );
            }
        }
    }
}

/// Reads a list such as `[{date: 2025-09-10, note: …}]`.
///
/// Pushes `wrong-type`, `missing-key`, `not-a-date`, and `wrong-order` for a correction that is older than the one before it.
fn read_corrections(
    node: Node,
    text: &str,
    days: &mut Days,
    diagnostics: &mut Diagnostics,
) -> Vec<Correction> {
    let location = node.location.clone();
    let Value::Sequence(entries) = node.value else {
        diagnostics.push(
            Diagnostic::error("wrong-type", location, "`corrections` is not a list", "`corrections` 不是列表").help(
                "begin each correction with `- `, for example `- {date: 2025-09-10, note: 第六项“27篇”更正为“28篇”。}`",
                "每次更正以 `- ` 开头，例如 `- {date: 2025-09-10, note: 第六项“27篇”更正为“28篇”。}`",
            ),
        );
        return Vec::new();
    };
    let mut corrections: Vec<Correction> = Vec::new();
    for entry in entries {
        let location = entry.location.clone();
        let Some(mut fields) = Fields::open(entry, diagnostics) else { continue };
        let date = fields::required_day(&mut fields, &keys::CORRECTION_DATE, diagnostics);
        let note = fields.required_text(&keys::CORRECTION_NOTE, diagnostics);
        fields.finish(diagnostics);
        let (Ok(date), Some(note)) = (date, note) else { continue };
        let day = date.value.clone();
        if corrections.is_empty() {
            days.see("corrections", date);
        }
        if corrections.last().is_some_and(|last| day.date() < last.date.date()) {
            diagnostics.push(
                Diagnostic::error(
                    "wrong-order",
                    location,
                    "this correction is older than the one before it",
                    "这次更正的日期早于前一次",
                )
                .help("list corrections in the order in which they were made", "请按更正的先后顺序排列"),
            );
        }
        corrections.push(Correction { date: day, note: LocatedText::new(note, text) });
    }
    corrections
}

fn read_inspection(fields: &mut Fields, days: &mut Days, diagnostics: &mut Diagnostics) -> Inspection {
    let mut day =
        |key: &'static Key| fields::located_day(fields, key, diagnostics).map(|day| days.see(key.name, day));
    let (from, to) = (day(&keys::INSPECTION_FROM), day(&keys::INSPECTION_TO));
    let findings = day(&keys::INSPECTION_FINDINGS);
    Inspection {
        kind: fields.text(&keys::INSPECTION_KIND, diagnostics).map(|kind| kind.value),
        group: fields.text(&keys::INSPECTION_GROUP, diagnostics).map(|group| group.value),
        from,
        to,
        findings,
    }
}

fn read_publication_time(text: &Located<String>, diagnostics: &mut Diagnostics) -> Option<PublicationTime> {
    let time = PublicationTime::parse(&text.value);
    if time.is_none() {
        diagnostics.push(
            Diagnostic::error(
                "not-a-time",
                text.location.clone(),
                format!("`{}` is not a date with a time", text.value),
                format!("`{}` 不是日期加时间", text.value),
            )
            .help(
                "write day and time in this form: `published: 2025-08-28 09:00`, as the clocks in Beijing show them",
                "请按这种形式写北京时间的日期和时间：`published: 2025-08-28 09:00`",
            ),
        );
    }
    time
}

/// A notice of which nothing could be read.
pub(super) fn empty(path: &SourcePath, id: &str) -> Notice {
    Notice {
        id: id.to_owned(),
        title: Located { value: id.to_owned(), location: Location::file(path) },
        unit: String::new(),
        index_number: None,
        document_number: None,
        inspection: None,
        date: None,
        published: None,
        signers: Vec::new(),
        contacts: Vec::new(),
        contact_places: Vec::new(),
        examples: Vec::new(),
        is_example: false,
        as_of: None,
        metric_index: BTreeMap::new(),
        opening: Passage::unread(path),
        sections: Vec::new(),
        approved: None,
        approval: None,
        corrections: Vec::new(),
        open_until: None,
        formerly: Vec::new(),
        is_draft: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    /// Returns the messages about the order of days.
    fn wrong_order(front_matter: &str) -> Vec<String> {
        let text = format!("---\ntitle: 甲\nunit: 乙\n{front_matter}---\n丙。\n");
        let mut diagnostics = Diagnostics::new();
        parse(
            &SourcePath::new("content/n/notice.md"),
            "n",
            &text,
            &markdown::Options::default(),
            &mut diagnostics,
        );
        let found = diagnostics.into_sorted().into_iter().filter(|problem| problem.code == "wrong-order");
        found.map(|problem| problem.message.in_language(Language::English).to_owned()).collect()
    }

    #[test]
    fn days_follow_each_other() {
        let sound = "inspection: {from: 2024-09-09, to: 2024-10-24, findings: 2025-01-08}\ndate: 2025-08-28\n\
                     published: 2025-08-28 09:00\nopen_until: 2025-09-28\n\
                     corrections: [{date: 2025-08-28, note: 丁}, {date: 2025-09-01, note: 戊}]\n";
        assert!(wrong_order(sound).is_empty());
        for (right, wrong, message) in [
            ("to: 2024-10-24", "to: 2024-09-08", "`to` (2024-09-08) is before `from` (2024-09-09)"),
            (
                "findings: 2025-01-08",
                "findings: 2025-08-29",
                "`date` (2025-08-28) is before `findings` (2025-08-29)",
            ),
            (
                "published: 2025-08-28",
                "published: 2025-08-27",
                "`published` (2025-08-27) is before `date` (2025-08-28)",
            ),
            (
                "{date: 2025-08-28",
                "{date: 2025-08-27",
                "`corrections` (2025-08-27) is before `published` (2025-08-28)",
            ),
            (
                "open_until: 2025-09-28",
                "open_until: 2024-09-28",
                "`open_until` (2024-09-28) is before `date` (2025-08-28)",
            ),
        ] {
            assert_eq!(wrong_order(&sound.replace(right, wrong)), [message]);
        }
    }

    #[test]
    fn a_date_that_cannot_be_read_is_shown_as_it_is_written() {
        for (date, shown) in
            [("date: 2025-08-28", "2025年8月28日"), ("date: 2025.8.28", "2025.8.28"), ("", "")]
        {
            let text = format!("---\ntitle: 甲\nunit: 乙\n{date}\n---\n丙。\n");
            let path = SourcePath::new("content/n/notice.md");
            let mut found = Diagnostics::new();
            let (notice, _) = parse(&path, "n", &text, &markdown::Options::default(), &mut found);
            assert_eq!(
                (notice.day().printed(), notice.opening.is_whole),
                (shown, found.is_empty()),
                "{date}"
            );
        }
    }

    #[test]
    fn days_in_words_are_compared_as_far_as_they_are_known() {
        let order = |from: &str, to: &str| {
            wrong_order(&format!("inspection: {{from: {from}, to: {to}}}\ndate: 2025-08-28\n"))
        };
        assert_eq!(
            order("2024年10月下旬", "2024年10月8日"),
            ["`to` (2024-10-08) is before `from` (2024年10月下旬)"]
        );
        assert_eq!(
            order("2024-10-21", "2024年10月中旬"),
            ["`to` (2024年10月中旬) is before `from` (2024-10-21)"]
        );
        assert!(order("2024年10月下旬", "2024-10-21").is_empty());
        assert!(order("2024年10月", "2024-10-01").is_empty());
        assert!(order("2024年秋天这个月", "2024-09-09").is_empty());
    }
}
