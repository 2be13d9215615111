//! Where the measures of a text end: outlook, contacts, annexes, signature.

use super::words::{self, split};
use super::{Meaning, label, with_whole_labels};
use crate::text::contact::phones;
use crate::text::width::{is_digit, is_han};
use crate::text::{numeral, split_while, width};

/// The most characters of the line of a signer.
const LONGEST_SIGNER: usize = 40;

/// A paragraph that no longer belongs to the measure above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// What is to be done later.
    Outlook,
    /// How to reach the unit.
    Contacts,
    /// What is published beside the text.
    Annexes,
    /// Who issued the text, or when.
    Signature,
}

/// Tells whether a paragraph closes the measures above it; `next` is the line behind its first.
pub fn closing(text: &str, next: &str) -> Option<Closing> {
    let text = text.trim_start();
    let begins = |list| split(list).any(|word| text.starts_with(word));
    let first = text.lines().next().unwrap_or_default();
    if begins(words::OUTLOOK) {
        Some(Closing::Outlook)
    } else if begins(words::CONTACTS) || tells_contact(first) {
        Some(Closing::Contacts)
    } else if label(text).is_some_and(|label| label.meaning == Meaning::Annex) {
        Some(Closing::Annexes)
    } else if is_date(first) || (is_signer(first) && is_date(next)) {
        Some(Closing::Signature)
    } else {
        None
    }
}

/// The most characters of a name in front of a telephone number.
const LONGEST_NAME: usize = 14;

/// The most characters of a line that are looked at for a name and a telephone number.
const LONGEST_BEGINNING: usize = 50;

/// Tells whether a line is a label of contacts with something behind it (电　话：…), or a name with a telephone number (县农办：0000-1234567).
fn tells_contact(line: &str) -> bool {
    // Every paragraph is asked, and some are long.
    let end = line.char_indices().nth(LONGEST_BEGINNING).map_or(line.len(), |(at, _)| at);
    let line = with_whole_labels(line.get(..end).unwrap_or_default());
    let mut labels = split(words::CONTACT_LABELS).chain(split(words::CONTACTS));
    if labels.any(|label| line.strip_prefix(label).is_some_and(|rest| rest.starts_with(['：', ':']))) {
        return true;
    }
    let Some((name, behind)) = line.split_once(['：', ':']) else { return false };
    // 县农办 电话：0000-1234567
    let name = split(words::CONTACT_LABELS)
        .find_map(|label| name.strip_suffix(label).filter(|name| name.ends_with(' ')))
        .map_or(name, str::trim_end);
    let is_name = (2..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(is_han);
    is_name && begins_with_phone(behind)
}

/// Tells whether a text begins with a telephone number that has its area code, or of a mobile telephone, and nothing goes on with it.
fn begins_with_phone(text: &str) -> bool {
    let text = text.trim_start();
    let Some(number) = phones(text).into_iter().next() else { return false };
    // （0580）2072198: the bracket is no part of what is found.
    let is_first = text.get(..number.start).is_some_and(|front| matches!(front, "" | "（" | "("));
    let digits: String = text
        .get(number.clone())
        .unwrap_or_default()
        .chars()
        .map(width::fold)
        .filter(char::is_ascii_digit)
        .collect();
    let is_dialed = digits.starts_with('0') || (digits.starts_with('1') && digits.len() == 11);
    let rest = text.get(number.end..).unwrap_or_default();
    is_first && is_dialed && (rest.is_empty() || rest.starts_with(BEHIND_NUMBER))
}

/// What may stand behind a telephone number on its line.
const BEHIND_NUMBER: [char; 11] = ['、', '，', ',', '；', ';', '。', '（', '(', '/', ' ', '\u{3000}'];

/// Tells whether a line is the name of a body that may sign, or of several, parted by spaces.
pub fn is_signer(line: &str) -> bool {
    let name = line.trim();
    let is_short = name.chars().count() <= LONGEST_SIGNER * signers_of(name).len();
    is_short
        && name.chars().all(|c| is_han(c) || c.is_whitespace())
        && split(words::SIGNERS).any(|end| name.ends_with(end))
}

/// Returns the bodies that sign in one line, where spaces part them: 中共甲县委员会　甲县人民政府. A name that is spread by spaces is one.
pub fn signers_of(line: &str) -> Vec<&str> {
    let ends = |name: &str| {
        split(words::SIGNERS).any(|end| name.strip_suffix(end).is_some_and(|front| !front.is_empty()))
    };
    let parts: Vec<&str> = line.split_whitespace().collect();
    let are_bodies = parts.iter().all(|part| part.chars().all(is_han) && ends(part));
    if are_bodies { parts } else { vec![line.trim()] }
}

/// Splits a line that ends in a date: 甲县水务局　2025年8月28日.
pub fn signer_and_date(line: &str) -> Option<(&str, &str)> {
    let (signer, date) = line.trim().rsplit_once(char::is_whitespace)?;
    (is_date(date) && is_signer(signer)).then_some((signer.trim_end(), date))
}

/// Tells whether a line is a date and nothing else: 2025年8月28日, 二〇二五年八月.
pub fn is_date(line: &str) -> bool {
    let line = line.trim();
    let (year, rest) = split_while(line, |c| is_digit(c) || numeral::is_part(c));
    let Some(rest) = rest.strip_prefix('年') else { return false };
    let (month, rest) = split_while(rest, |c| is_digit(c) || numeral::is_part(c));
    let (day, rest) =
        split_while(rest.strip_prefix('月').unwrap_or("。"), |c| is_digit(c) || numeral::is_part(c));
    let is_end = if day.is_empty() { rest.is_empty() } else { rest == "日" };
    year.chars().count() == 4 && !month.is_empty() && is_end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_closed() {
        for (text, next, expected) in [
            ("下一步，我局将继续努力。", "", Some(Closing::Outlook)),
            ("下一阶段，我局将继续努力。", "", Some(Closing::Outlook)),
            ("联系电话：0000-1234567", "", Some(Closing::Contacts)),
            ("电　话：0000-1234567　　邮　箱：a@b.cn", "", Some(Closing::Contacts)),
            ("地 址：甲县乙路1号", "", Some(Closing::Contacts)),
            ("县农办：0000-1234567", "", Some(Closing::Contacts)),
            ("县农办 电话：0000-1234567 邮箱：a@b.cn", "", Some(Closing::Contacts)),
            ("县农办：（0000）1234567（工作日）", "", Some(Closing::Contacts)),
            ("县农办：13900001234、13900001235", "", Some(Closing::Contacts)),
            ("挽回损失：1234567元", "", None),
            ("挽回损失：01234567元", "", None),
            ("规划年限：2025-2030", "", None),
            ("地址不清的12户已核实。", "", None),
            ("欢迎广大干部群众监督。", "", Some(Closing::Contacts)),
            ("附件：1.清单", "", Some(Closing::Annexes)),
            ("中共甲县水务局党组", "2025年8月28日", Some(Closing::Signature)),
            ("甲县水务局\n二〇二五年八月", "二〇二五年八月", Some(Closing::Signature)),
            ("中共甲县委员会　甲县人民政府", "2025年8月28日", Some(Closing::Signature)),
            ("2025年8月28日", "", Some(Closing::Signature)),
            ("甲县水务局", "", None),
            ("已由甲县水务局", "2025年8月28日，召开会议。", None),
            ("2025年8月28日，召开会议。", "", None),
            ("已列入下一步工作。", "", None),
        ] {
            assert_eq!(closing(text, next), expected, "{text}");
        }
    }

    #[test]
    fn signers_of_one_line() {
        for (line, expected) in [
            ("中共甲县委员会  甲县人民政府", &["中共甲县委员会", "甲县人民政府"][..]),
            ("甲县水务局　甲县财政局\t甲县审计局", &["甲县水务局", "甲县财政局", "甲县审计局"]),
            ("甲 县 水 务 局", &["甲 县 水 务 局"]),
            ("甲县人民政府 办公室", &["甲县人民政府 办公室"]),
            ("中共甲县 委员会", &["中共甲县 委员会"]),
            ("甲县水务局", &["甲县水务局"]),
        ] {
            assert_eq!(signers_of(line), expected, "{line}");
            assert!(is_signer(line), "{line}");
        }
        let split = signer_and_date("甲县水务局　甲县财政局　2025年8月28日");
        assert_eq!(split, Some(("甲县水务局　甲县财政局", "2025年8月28日")));
        assert_eq!(signer_and_date("2025年8月28日"), None);
        assert_eq!(signer_and_date("印发于 2025年8月28日"), None);
    }
}
