//! 索引号 and 发文字号: taken as they are written, with a word about forms that offices do not print.

use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::keys::notice as keys;
use crate::text::width;
use crate::yaml::Fields;

/// What stands around the year in place of 〔〕, opening and closing in the same order.
const OPENING: &str = "〔[(【{<﹝〈《「『";
const CLOSING: &str = "〕])】}>﹞〉》」』";

/// Reads `index_number`; pushes `number-form`.
pub(super) fn index(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Option<String> {
    let number = fields.text(&keys::INDEX_NUMBER, diagnostics)?;
    Some(checked(number, index_as_printed, diagnostics))
}

/// Reads `document_number`; pushes `number-form`.
pub(super) fn document(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Option<String> {
    let number = fields.text(&keys::DOCUMENT_NUMBER, diagnostics)?;
    Some(checked(number, document_as_printed, diagnostics))
}

fn checked(
    number: Located<String>,
    as_printed: impl Fn(&str) -> Option<String>,
    diagnostics: &mut Diagnostics,
) -> String {
    let written = &number.value;
    let plain = without_label(written);
    let meant = as_printed(plain).or_else(|| Some(plain.to_owned()));
    if let Some(meant) = meant.filter(|meant| meant != written && !meant.is_empty()) {
        diagnostics.push(
            Diagnostic::warning(
                "number-form",
                number.location,
                format!("`{written}` is not in the form that offices print"),
                format!("`{written}` 不是规范的写法"),
            )
            .did_you_mean(written, &meant),
        );
    }
    number.value
}

/// Returns a number without the word that names it: 索引号：…, which the page says itself.
fn without_label(written: &str) -> &str {
    let names = ["索引号", "发文字号", "文号"];
    let behind = names.into_iter().find_map(|name| written.strip_prefix(name));
    behind.and_then(|rest| rest.trim_start().strip_prefix(['：', ':'])).map_or(written, str::trim)
}

/// The most characters of a line that is the number of a document.
const LONGEST: usize = 30;

/// Tells whether a line is the number of a document and nothing else: 舟公党〔2025〕12号, in any brackets.
pub(crate) fn is_document_number(line: &str) -> bool {
    let begins_with_office = line.starts_with(|c: char| width::is_han(c) || c.is_ascii_alphabetic());
    begins_with_office && line.chars().count() <= LONGEST && document_as_printed(line).is_some()
}

/// Returns an index number with narrow characters and without spaces.
fn index_as_printed(written: &str) -> Option<String> {
    let narrow = written.chars().map(|c| if matches!(c, '—' | '–' | '―') { '-' } else { width::fold(c) });
    let narrow: String = narrow.filter(|c| !c.is_whitespace()).collect();
    (!narrow.is_empty()).then_some(narrow)
}

/// Returns the number of a document as GB/T 9704-2012, 7.2.5 has it: the year in full between 〔〕, the number without 第 and
/// leading zeros; `None` for what has another form: 2025年第3号.
fn document_as_printed(written: &str) -> Option<String> {
    let mut marks = written.char_indices().filter(|(_, c)| OPENING.contains(width::fold(*c)));
    marks.find_map(|(at, _)| with_year_at(written, at))
}

/// The same for a text whose year begins with the mark at `at`.
fn with_year_at(written: &str, at: usize) -> Option<String> {
    let (office, rest) = written.split_at(at);
    let mut rest: Vec<char> = rest.chars().map(width::fold).filter(|c| !c.is_whitespace()).collect();
    let kind = OPENING.chars().position(|mark| mark == rest[0])?;
    let year: String = rest.iter().skip(1).take_while(|c| c.is_ascii_digit()).collect();
    let closing = rest.get(1 + year.len())?;
    if year.len() != 4 || CLOSING.chars().nth(kind) != Some(*closing) {
        return None;
    }
    let behind = rest.split_off(year.len() + 2);
    let number: String = behind.into_iter().skip_while(|c| *c == '第').collect();
    let number = number.strip_suffix('号')?.trim_start_matches('0');
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("{}〔{year}〕{number}号", office.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_documents_have_one_form() {
        for written in [
            "舟公党[2025]12号",
            "舟公党(2025)12号",
            "舟公党（2025）12号",
            "舟公党【2025】12号",
            "舟公党［２０２５］１２号",
            "舟公党﹝2025﹞12号",
            "舟公党〔2025〕第12号",
            "舟公党〔2025〕012号",
            "舟公党 〔2025〕 12 号",
            "舟公党〔2025〕12号",
        ] {
            assert_eq!(document_as_printed(written).as_deref(), Some("舟公党〔2025〕12号"), "{written}");
        }
        assert_eq!(document_as_printed("舟公(办)[2025]1号").as_deref(), Some("舟公(办)〔2025〕1号"));
    }

    #[test]
    fn the_word_that_names_a_number_is_no_part_of_it() {
        for (written, expected) in [
            ("索引号：113311000026/2025-00418", "113311000026/2025-00418"),
            ("发文字号: 舟公党〔2025〕12号", "舟公党〔2025〕12号"),
            ("文号办〔2025〕12号", "文号办〔2025〕12号"),
            ("索引号：", ""),
        ] {
            assert_eq!(without_label(written), expected, "{written}");
        }
    }

    #[test]
    fn other_forms_are_left_alone() {
        for written in [
            "公告2025年第3号",
            "2025年第3号",
            "舟公党〔25〕12号",
            "舟公党[2025",
            "舟公党(2025]12号",
            "[2025]",
            "甲[2025]十二号",
            "无",
        ] {
            assert_eq!(document_as_printed(written), None, "{written}");
        }
    }

    #[test]
    fn a_line_is_a_number_of_a_document_or_not() {
        for (line, expected) in [
            ("舟公党〔2025〕12号", true),
            ("舟公党[2025]12号", true),
            ("〔2025〕12号", false),
            ("根据舟委发〔2025〕12号文件", false),
            ("根据中共舟山市委关于巡察工作的一系列部署和要求以及舟委发〔2025〕12号", false),
        ] {
            assert_eq!(is_document_number(line), expected, "{line}");
        }
    }

    #[test]
    fn index_numbers_are_narrow() {
        for (written, expected) in [
            ("001008003015009/2021-00130", "001008003015009/2021-00130"),
            ("１１３３０７０２／２０２３－４６３９５", "11330702/2023-46395"),
            ("000014349 / 2025—00012", "000014349/2025-00012"),
            ("浙A01", "浙A01"),
        ] {
            assert_eq!(index_as_printed(written).as_deref(), Some(expected), "{written}");
        }
    }
}
