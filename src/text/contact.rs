//! Telephone numbers and e-mail addresses as people write them: where they stand, and which of them are the same.

use std::ops::Range;

use super::width;

/// The fewest digits of a number that is written with its area code.
const LONG: usize = 10;

/// The fewest digits of a number that is dialed within its area; among other words, what is shorter is no telephone.
const LOCAL: usize = 7;

/// The fewest digits of any number.
const SHORTEST: usize = 3;

/// The digits of a service such as 12345.
const SERVICE: usize = 5;

/// Marks behind which an extension stands, in words and in addresses.
const EXTENSIONS: [&str; 7] = ["转", "分机", "ext", "x", ",", ";", "#"];

/// Tells whether both are the number of one telephone (`（0580）2072198转801`, `+86-580-2072198`, `2072198`), by what
/// [`dialed`] returned of each.
pub fn is_same_dialed(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short == long
        || (short.len() >= LOCAL && long.ends_with(short))
        // The digits of an extension behind a mere hyphen.
        || (short.len() >= LONG && long.starts_with(short))
}

/// Returns the digits that are dialed within the country, without the zero in front of the area code and without extension.
pub fn dialed(number: &str) -> String {
    let number: String = number.chars().map(width::fold).collect::<String>().to_ascii_lowercase();
    let end = EXTENSIONS.iter().filter_map(|mark| number.find(mark)).min();
    let number = number.get(..end.unwrap_or(number.len())).unwrap_or_default().trim();
    let (number, is_of_country) = match number.strip_prefix('+').or_else(|| number.strip_prefix("00")) {
        Some(number) => (number, true),
        None => (number, false),
    };
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("86").filter(|_| is_of_country).unwrap_or(&digits);
    digits.trim_start_matches('0').to_owned()
}

/// Finds everything that is written like a telephone number or a part of one, be it a postcode or a year; with its extension.
pub fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut numbers: Vec<Range<usize>> = Vec::new();
    for number in runs(text, is_part_of_number).into_iter().flat_map(|run| apart(text, run)) {
        let between = |last: &Range<usize>| text.get(last.end..number.start).unwrap_or_default();
        match numbers.last_mut() {
            Some(last) if extension_begins(between(last)) => last.end = number.end,
            _ => numbers.push(number),
        }
    }
    numbers
}

fn extension_begins(text: &str) -> bool {
    matches!(text.trim_matches([' ', '（', '(', '接']), "转" | "分机" | "转分机")
}

/// Parts a run of digits where a gap stands behind a whole number: 0571-88888888 88888889, but not 0571 8888 8888.
fn apart(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let (before, behind) = text.split_at(run.start);
    let (mut parts, mut part) = (Vec::new(), run.start..run.start);
    // With the code of the country in front there is no zero.
    let mut digits = if before.ends_with(['+', '＋']) { "00" } else { "" }.to_owned();
    let (mut has_gap, mut is_joined) = (false, false);
    for (at, character) in behind.get(..run.len()).unwrap_or_default().char_indices() {
        if !width::is_digit(character) {
            has_gap |= " (（+＋".contains(character);
            is_joined |= "-－—–".contains(character);
            continue;
        }
        let at = run.start + at;
        if has_gap && !is_joined && is_whole(&digits) {
            parts.push(std::mem::replace(&mut part, at..at));
            digits.clear();
        }
        digits.push(width::fold(character));
        part.end = at + character.len_utf8();
        (has_gap, is_joined) = (false, false);
    }
    parts.push(part);
    parts
}

/// Tells whether digits are all of a telephone number, as numbers in China are made.
fn is_whole(digits: &str) -> bool {
    let (front, n) = (|n: usize| digits.get(..n).unwrap_or_default(), digits.len());
    match (front(1), front(2)) {
        ("0", "00") => {
            let own = digits.strip_prefix("0086").unwrap_or_default();
            let is_capital = own.starts_with("10") || own.starts_with('2');
            own.len() == 11 && !is_capital || own.len() == 10 && (is_capital || !own.starts_with('1'))
        }
        ("0", "01" | "02") => n == 11,
        ("0", _) => matches!(n, 11 | 12),
        ("1", "10" | "11" | "12") => matches!(n, 3 | SERVICE),
        ("1", _) => n == 11,
        (_, "95" | "96") if n == SERVICE => true,
        _ if matches!(front(3), "400" | "800") => n == 10,
        _ => matches!(n, LOCAL | 8),
    }
}

fn is_part_of_number(c: char) -> bool {
    width::is_digit(c) || "-－—–+＋ ()（）".contains(c)
}

/// Finds what can only be a telephone number by its length, or since nothing else stands in `text`.
pub fn phones(text: &str) -> Vec<Range<usize>> {
    let least = if text.chars().all(is_part_of_number) { SHORTEST } else { LOCAL };
    let is_phone = |range: &Range<usize>| {
        let number = text.get(range.clone()).unwrap_or_default();
        let digits: String = number.chars().map(width::fold).filter(char::is_ascii_digit).collect();
        digits.len() >= least || (digits.len() == SERVICE && is_whole(&digits))
    };
    numbers(text).into_iter().filter(is_phone).collect()
}

/// Finds e-mail addresses.
pub fn emails(text: &str) -> Vec<Range<usize>> {
    let is_part = |c: char| width::fold(c).is_ascii_alphanumeric() || ".-_+@＠".contains(c);
    let is_address = |range: &Range<usize>| {
        let address = text.get(range.clone()).unwrap_or_default();
        let parts = address.split_once(['@', '＠']);
        parts.is_some_and(|(name, domain)| {
            !name.is_empty() && domain.contains('.') && !domain.contains(['@', '＠'])
        })
    };
    runs(text, is_part).into_iter().filter(is_address).collect()
}

/// What stands for `@` in addresses that programs are not to find.
const DISGUISES: [&str; 13] =
    ["（at）", "(at)", "[at]", "【at】", "{at}", " at ", "（@）", "(@)", "[@]", " @ ", "@ ", " @", "#"];

/// Finds what seems to be an e-mail address with something else in place of its `@`: `a（at）b.gov.cn`, `a#b.cn`.
pub fn disguised_emails(text: &str) -> Vec<Range<usize>> {
    let is_part = |c: char| width::fold(c).is_ascii_alphanumeric() || ".-_".contains(c);
    let mut found: Vec<Range<usize>> = Vec::new();
    let starts = text.char_indices().filter(|(_, c)| "（([【{ @＠#＃".contains(*c)).map(|(at, _)| at);
    for at in starts {
        let rest = text.get(at..).unwrap_or_default();
        let is_sign = |sign: &&&str| {
            let mut characters = rest.chars().map(|c| width::fold(c).to_ascii_lowercase());
            sign.chars().all(|wanted| characters.next() == Some(width::fold(wanted)))
        };
        let Some(sign) = DISGUISES.iter().filter(is_sign).max_by_key(|sign| sign.len()) else { continue };
        let n_bytes: usize = rest.chars().take(sign.chars().count()).map(char::len_utf8).sum();
        let front = text.get(..at).unwrap_or_default();
        let name = front.len() - front.trim_end_matches(is_part).len();
        let behind = rest.get(n_bytes..).unwrap_or_default();
        let domain = behind.len() - behind.trim_start_matches(is_part).len();
        let domain = behind.get(..domain).unwrap_or_default().trim_end_matches(['.', '-']);
        let is_domain = domain.contains('.') && domain.contains(|c: char| c.is_alphabetic());
        let range = at - name..at + n_bytes + domain.len();
        if name > 0 && is_domain && found.last().is_none_or(|last| last.end <= range.start) {
            found.push(range);
        }
    }
    found
}

/// Lists the longest stretches of characters that belong, without what is no letter or digit at their ends.
fn runs(text: &str, belongs: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let is_edge = |c: char| !width::fold(c).is_ascii_alphanumeric();
    let (mut runs, mut at) = (Vec::new(), 0);
    for piece in text.split_inclusive(|c| !belongs(c)) {
        let run = piece.strip_suffix(|c| !belongs(c)).unwrap_or(piece);
        let front = run.trim_start_matches(is_edge);
        let start = at + run.len() - front.len();
        let length = front.trim_end_matches(is_edge).len();
        if length > 0 {
            runs.push(start..start + length);
        }
        at += piece.len();
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, found: Vec<Range<usize>>) -> Vec<&str> {
        found.into_iter().map(|range| text.get(range).unwrap()).collect()
    }

    #[test]
    fn phones_are_told_from_other_numbers() {
        for (text, expected) in [
            ("电话0580-2072198、2072199转8", &["0580-2072198", "2072199转8"][..]),
            ("0571-88888888 88888889", &["0571-88888888", "88888889"]),
            ("（0580）2072198（0580）2072199", &["0580）2072198", "0580）2072199"]),
            ("13900001234 139 0000 1235", &["13900001234", "139 0000 1235"]),
            ("12345 12380", &["12345", "12380"]),
            ("2072198  ２０７２１９９", &["2072198", "２０７２１９９"]),
            ("400-888-1234 010 8888 8888", &["400-888-1234", "010 8888 8888"]),
            ("+86 571 8888 8888 +86 139 0000 1234", &["86 571 8888 8888", "86 139 0000 1234"]),
            ("0571 8888 8888", &["0571 8888 8888"]),
            ("+86 10 8888 8888", &["86 10 8888 8888"]),
            ("0571 88 88 88 88", &["0571 88 88 88 88"]),
            ("电话0571-88888888转801，88888889 分机 802", &["0571-88888888转801", "88888889 分机 802"]),
            ("0571-88888888-801", &["0571-88888888-801"]),
            ("12345热线，2025年受理10件", &["12345"]),
            ("（0580）２０７２１９８", &["0580）２０７２１９８"]),
            ("110", &["110"]),
            ("拨打110", &[]),
            ("8:30-17:30，2025年8月28日", &[]),
        ] {
            assert_eq!(shown(text, phones(text)), expected, "{text}");
        }
    }

    #[test]
    fn emails_are_found_between_words() {
        for (text, expected) in [
            ("邮箱：a.b@c.gov.cn。", &["a.b@c.gov.cn"][..]),
            ("ａ＠ｂ.ｃｎ，b@c", &["ａ＠ｂ.ｃｎ"]),
            ("@a.cn a@@b.cn", &[]),
        ] {
            assert_eq!(shown(text, emails(text)), expected, "{text}");
        }
    }

    #[test]
    fn disguised_emails_are_found() {
        for (text, expected) in [
            ("邮箱：a.b（at）c.gov.cn。", &["a.b（at）c.gov.cn"][..]),
            ("a_1[at]c.cn，b(AT)c.cn", &["a_1[at]c.cn", "b(AT)c.cn"]),
            ("邮箱：ab#163.com（把#换成@）", &["ab#163.com"]),
            ("ab＃c.gov.cn", &["ab＃c.gov.cn"]),
            ("ab @ c.gov.cn", &["ab @ c.gov.cn"]),
            ("ab at c.gov.cn", &["ab at c.gov.cn"]),
            ("a@c.cn 3#楼 12#1.5 1#2号 看 at 甲.乙", &[]),
        ] {
            assert_eq!(shown(text, disguised_emails(text)), expected, "{text}");
        }
    }

    fn is_same_phone(one: &str, other: &str) -> bool {
        is_same_dialed(&dialed(one), &dialed(other))
    }

    #[test]
    fn one_telephone_is_written_in_many_ways() {
        for other in [
            "0580-2072198",
            "(0580)2072198",
            "+86 580 2072198",
            "0086-580-2072198",
            "2072198",
            "０５８０—２０７２１９８",
            "0580-2072198转801",
            "0580-2072198-801",
            "05802072198,801",
        ] {
            assert!(is_same_phone("0580-2072198", other), "{other}");
            assert!(is_same_phone(other, "0580-2072198"), "{other}");
        }
        for (one, other) in [
            ("0580-2072198", "0580-2072189"),
            ("12345", "12388"),
            ("0580-12345", "12345"),
            ("2072198", "99999"),
            ("0580-2072198", "0571-2072198"),
            ("8612345", "12345"),
        ] {
            assert!(!is_same_phone(one, other), "{one} {other}");
        }
    }
}
