//! `figures.csv`: the named figures of a notice, one a row in reading order, for spreadsheets.
//!
//! UTF-8 with a byte order mark, without which spreadsheets read Chinese as something else; lines and quotes by RFC 4180.
//! A text that a spreadsheet would take for a formula gets a `'` in front; numbers are left as they are.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};

use super::records::{AsOfRecord, MetricRecord};
use crate::notice::{Figure, Metric, Notice, PassageId};
use crate::site::{DataFile, Route, Site, relative_address};

/// The names of the columns.
pub(super) const COLUMNS: [&str; 14] = [
    "id",
    "label",
    "printed",
    "value",
    "value_to",
    "unit",
    "approximation",
    "direction",
    "as_of",
    "as_of_words",
    "section",
    "sentence",
    "page",
    "note",
];

/// Writes `figures.csv` of a notice.
pub fn figures_csv(site: &Site, index: usize) -> Vec<u8> {
    let notice = &site.notices[index];
    let from = Route::Data { notice: index, file: DataFile::FiguresCsv }.path(site);
    let page = relative_address(&from, &Route::Notice(index).path(site));
    let mut writer =
        WriterBuilder::new().terminator(Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let written = "writing to memory never fails, and every row has every column";
    writer.write_record(COLUMNS).expect(written);
    for (passage, metric) in notice.metrics() {
        let row = row(notice, passage, metric, &page);
        writer.write_record(row.iter().map(|cell| cell.as_bytes())).expect(written);
    }
    writer.into_inner().expect(written)
}

fn row<'a>(
    notice: &'a Notice,
    passage: PassageId,
    metric: &'a Metric,
    page: &str,
) -> [Cow<'a, str>; COLUMNS.len()] {
    let MetricRecord { id, label, value, direction, as_of, section, note } =
        MetricRecord::new(notice, passage, metric);
    let figure = metric.printings.first().map(|printing| notice.figure(*printing));
    let anchor = figure.and_then(Figure::anchor).unwrap_or_default();
    let (as_of, as_of_words) = as_of.map_or((String::new(), ""), of_day);
    [
        Cow::from(id),
        safe(label),
        safe(value.printed),
        value.value.to_string().into(),
        value.value_to.map(|upper| upper.to_string()).unwrap_or_default().into(),
        safe(value.unit),
        value.approximation.unwrap_or_default().into(),
        direction.unwrap_or_default().into(),
        as_of.into(),
        safe(as_of_words),
        section.unwrap_or_default().into(),
        safe(figure.map_or("", |figure| figure.sentence.as_str())),
        [page, "#", &anchor].concat().into(),
        safe(note.unwrap_or_default()),
    ]
}

/// Returns the date up to which a metric counts, and the words for it: those of the text, or those of the front matter
/// where they name no date.
fn of_day(as_of: AsOfRecord<'_>) -> (String, &str) {
    match as_of.day.date {
        Some(date) => (date, as_of.words.unwrap_or_default()),
        None => (String::new(), as_of.day.printed),
    }
}

/// Puts a `'` in front of a text that a spreadsheet would take for a formula (OWASP, CSV Injection; East Asian editions
/// take the full-width signs for the same).
fn safe<'a>(text: impl Into<Cow<'a, str>>) -> Cow<'a, str> {
    let text = text.into();
    let begins_a_formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    // Some spreadsheets look through white space in front.
    let is_formula = text.starts_with(begins_a_formula) || text.trim_start().starts_with(begins_a_formula);
    if is_formula { format!("'{text}").into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::{TABLE_OF_SIGNS, site_with};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(safe(text), expected);
    }

    #[test]
    fn formulas_are_disarmed() {
        check("=1+1", "'=1+1");
        check("+86", "'+86");
        check("-3.5%", "'-3.5%");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\t=1", "'\t=1");
        check("\r=1", "'\r=1");
        check("＝1+1", "'＝1+1");
        check("－3.5%", "'－3.5%");
        check(" =1+1", "' =1+1");
        check("\u{3000}\u{3000}@SUM(A1)", "'\u{3000}\u{3000}@SUM(A1)");
        check(" 甲", " 甲");
        check("1=1", "1=1");
        check("'=1", "'=1");
        check("甲-乙", "甲-乙");
        check("", "");
    }

    #[track_caller]
    fn rows(front_matter: &str, body: &str) -> Vec<String> {
        let csv = String::from_utf8(figures_csv(&site_with(front_matter, body), 0)).unwrap();
        let rows = csv.strip_prefix('\u{feff}').expect("a byte order mark").split_inclusive("\r\n");
        rows.map(|row| row.strip_suffix("\r\n").expect("CRLF").to_owned()).collect()
    }

    #[test]
    fn rows_are_quoted_and_in_reading_order() {
        let (front_matter, body) = TABLE_OF_SIGNS;
        let rows = rows(front_matter, body);
        assert_eq!(rows[0], COLUMNS.join(","));
        assert_eq!(
            rows[1],
            "files,\"'=件数,\"\"甲\"\"\",3件,3,,件,,,,,01,\"办理3件,已办结。\",index.html#figure-files,'@注"
        );
        let id = rows[2].split(',').next().unwrap();
        assert_eq!(rows[2], format!("{id},人数,9人,9,,人,,,,,01,到场9人。,index.html#figure-{id},"));
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn a_notice_without_figures_has_a_head() {
        assert_eq!(rows("", "已经改进。"), [COLUMNS.join(",")]);
    }
}
