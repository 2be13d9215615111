//! Where the measures of a text end: outlook, contacts, annexes, signature.

use super::words::{self, split};
use super::{Meaning, label};
use crate::text::width::{is_digit, is_han};
use crate::text::{numeral, split_while};

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
    } else if begins(words::CONTACTS) {
        Some(Closing::Contacts)
    } else if label(text).is_some_and(|label| label.meaning == Meaning::Annex) {
        Some(Closing::Annexes)
    } else if is_date(first) || (is_signer(first) && is_date(next)) {
        Some(Closing::Signature)
    } else {
        None
    }
}

/// Tells whether a line is the name of a body that may sign.
pub fn is_signer(line: &str) -> bool {
    let name = line.trim();
    let is_short = name.chars().count() <= LONGEST_SIGNER;
    is_short
        && name.chars().all(|c| is_han(c) || c == ' ')
        && split(words::SIGNERS).any(|end| name.ends_with(end))
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
            ("欢迎广大干部群众监督。", "", Some(Closing::Contacts)),
            ("附件：1.清单", "", Some(Closing::Annexes)),
            ("中共甲县水务局党组", "2025年8月28日", Some(Closing::Signature)),
            ("甲县水务局\n二〇二五年八月", "二〇二五年八月", Some(Closing::Signature)),
            ("2025年8月28日", "", Some(Closing::Signature)),
            ("甲县水务局", "", None),
            ("已由甲县水务局", "2025年8月28日，召开会议。", None),
            ("2025年8月28日，召开会议。", "", None),
            ("已列入下一步工作。", "", None),
        ] {
            assert_eq!(closing(text, next), expected, "{text}");
        }
    }
}
