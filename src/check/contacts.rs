//! `contact-differs`: the text prints a telephone number, a postcode or an e-mail address, and `contacts` says another one.
//!
//! Only what stands behind a word for a contact counts. What a measure set up (开通举报电话…) is another telephone, and a
//! text may print more contacts than `contacts` has.

use std::ops::Range;

use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Edit, Fix, Location};
use crate::fidelity::{NoticeText, PrintedLine};
use crate::notice::{Contact, Notice};
use crate::site::Site;
use crate::text::{contact, width};

/// Words in front of numbers, each with what the number behind it is.
const LABELS: &[(&str, Label)] = &[
    ("电话", Label::Phone),
    ("热线", Label::Phone),
    ("手机", Label::Phone),
    ("致电", Label::Phone),
    ("拨打", Label::Phone),
    ("联系方式", Label::Phone),
    ("邮编", Label::Postcode),
    ("邮政编码", Label::Postcode),
    ("传真", Label::Other),
    ("信箱", Label::Other),
    ("账号", Label::Other),
    ("帐号", Label::Other),
    ("编号", Label::Other),
];

/// Words in front of a contact that was set up, which is part of what was done.
const SET_UP: [&str; 8] = ["开通", "设立", "设置", "公布", "公开", "畅通", "新增", "安装"];

/// How far a number stands behind its label at most, in bytes: there may be a name and office hours between.
const FARTHEST: usize = 96;

/// The bytes of the longest label.
const LONGEST_LABEL: usize = "联系方式".len();

/// The fewest digits of a number that is compared.
const SHORTEST: usize = 5;

/// The fewest digits of a telephone number that need not stand directly behind its label.
const LOCAL: usize = 7;

/// The fewest digits of a telephone number with its area code.
const WITH_AREA: usize = 10;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Phone,
    Postcode,
    Other,
}

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Phone,
    Postcode,
    Email,
}

/// Something that is written, in which form it is compared, and where.
struct Written<'a, Place> {
    value: &'a str,
    compared: String,
    place: Place,
}

/// A place in a line, whose line and column only a message asks for.
type Printed<'a> = (&'a PrintedLine<'a>, Range<usize>);

/// Compares the contacts that hold for `notice` with its text.
pub(super) fn check(site: &Site, notice: &Notice, text: &NoticeText<'_>, diagnostics: &mut Diagnostics) {
    let mut lines: Option<Vec<&PrintedLine<'_>>> = None;
    for kind in [Kind::Phone, Kind::Postcode, Kind::Email] {
        let said = said(site, notice, kind);
        if said.is_empty() {
            continue;
        }
        let with_contacts = || text.lines.iter().filter(|line| may_have_contact(&line.text)).collect();
        let lines = lines.get_or_insert_with(with_contacts);
        let printed: Vec<Written<'_, _>> = lines.iter().flat_map(|line| printed(line, kind)).collect();
        let is_same =
            |said: &Written<'_, _>, printed: &Written<'_, _>| kind.is_same(&said.compared, &printed.compared);
        let is_printed = |said: &&Written<'_, _>| printed.iter().any(|printed| is_same(said, printed));
        let wrong = said.iter().find(|one| !is_printed(one));
        let missing = printed.iter().find(|printed| !said.iter().any(|said| is_same(said, printed)));
        // With other numbers of either side the two may be about different things.
        let is_told = said.iter().any(|one| is_printed(&one)) && said.len() != printed.len();
        if let (Some(wrong), Some(missing), false) = (wrong, missing, is_told) {
            diagnostics.push(contact_differs(kind, missing, wrong));
        }
    }
}

/// Lists what `contacts` says, of the notice or of the site.
fn said<'a>(site: &'a Site, notice: &'a Notice, kind: Kind) -> Vec<Written<'a, &'a Location>> {
    let places =
        if notice.contacts.is_empty() { &site.config.contact_places } else { &notice.contact_places };
    let said = site.contacts(notice).iter().zip(places).filter_map(|(contact, location)| {
        let value = match (kind, contact) {
            (Kind::Phone, Contact::Phone { number, .. }) => number,
            (Kind::Postcode, Contact::Post { postcode: Some(postcode), .. }) => postcode,
            (Kind::Email, Contact::Email { address }) => address,
            _ => return None,
        };
        Some(kind.written(value, location))
    });
    said.collect()
}

/// Lists what a line prints of a kind.
fn printed<'a>(line: &'a PrintedLine<'a>, kind: Kind) -> Vec<Written<'a, Printed<'a>>> {
    let text = line.text.as_str();
    let mut found = if kind == Kind::Email { contact::emails(text) } else { contact::numbers(text) };
    found.retain(|range| {
        (kind == Kind::Email || kind.is_labelled(text, range)) && !is_set_up(text, range.start)
    });
    let written = |range: Range<usize>| Some(kind.written(text.get(range.clone())?, (line, range)));
    found.into_iter().filter_map(written).collect()
}

/// Tells whether a line may have an address, or a number that is long enough. Every byte of a site is asked, so characters
/// that are not ASCII are looked at no closer than that.
fn may_have_contact(text: &str) -> bool {
    let (mut n_digits, mut last) = (0, 0);
    text.bytes().any(|byte| {
        match byte {
            b'0'..=b'9' => n_digits += 1,
            // How a wide digit ends.
            0x90..=0x99 if last == 0xBC => n_digits += 1,
            // What may stand in a number: spaces, hyphens, brackets, dashes; and the rest of a character.
            b' ' | b'(' | b')' | b'+' | b'-' | 0xE2 | 0xEF | 0x80..=0xBF => {}
            _ => n_digits = 0,
        }
        let is_at = byte == b'@' || (last, byte) == (0xBC, 0xA0);
        last = byte;
        n_digits >= SHORTEST || is_at
    })
}

/// Tells whether the sentence says in front of `at` that something was set up.
fn is_set_up(text: &str, at: usize) -> bool {
    let before = near(text, at);
    let clause = before.rsplit(['。', '；', ';', '，', ',']).next().unwrap_or_default();
    SET_UP.iter().any(|word| clause.contains(word))
}

/// Returns what stands in front of `at`, as far back as a label may stand: a line may have very many numbers.
fn near(text: &str, at: usize) -> &str {
    let start = text.floor_char_boundary(at.saturating_sub(FARTHEST + LONGEST_LABEL));
    text.get(start..at).unwrap_or_default()
}

impl Kind {
    fn words(self) -> [&'static str; 3] {
        match self {
            Self::Phone => ["phone", "the telephone number", "电话号码"],
            Self::Postcode => ["postcode", "the postcode", "邮政编码"],
            Self::Email => ["email", "the e-mail address", "电子邮箱"],
        }
    }

    fn written<Place>(self, value: &str, place: Place) -> Written<'_, Place> {
        let compared = match self {
            Self::Phone => contact::dialed(value),
            Self::Postcode | Self::Email => folded(value).to_ascii_lowercase(),
        };
        Written { value, compared, place }
    }

    fn is_same(self, one: &str, other: &str) -> bool {
        if self == Self::Phone { contact::is_same_dialed(one, other) } else { one == other }
    }

    /// Tells whether the nearest label in front of the number at `range` is one of this kind, and near enough.
    fn is_labelled(self, text: &str, range: &Range<usize>) -> bool {
        let number = text.get(range.clone()).unwrap_or_default();
        let n_digits = number.chars().filter(|c| width::is_digit(*c)).count();
        if n_digits < SHORTEST {
            return false;
        }
        let before = near(text, range.start);
        let last = |(word, label): &(&str, Label)| before.rfind(word).map(|at| (at + word.len(), *label));
        let Some((end, label)) = LABELS.iter().filter_map(last).max_by_key(|(end, _)| *end) else {
            return false;
        };
        let between = before.get(end..).unwrap_or_default();
        let is_direct = between.chars().all(|c| "：:为是 （(".contains(c));
        let is_near = between.len() <= FARTHEST && !between.contains(['。', '；', ';']);
        match self {
            Self::Phone => label == Label::Phone && (is_direct || is_near && n_digits >= LOCAL),
            Self::Postcode => label == Label::Postcode && is_direct && n_digits == 6,
            Self::Email => false,
        }
    }
}

fn folded(text: &str) -> String {
    text.chars().map(width::fold).collect()
}

/// Returns a printed value as `contacts` takes it: of a telephone number its groups of digits, joined by hyphens.
fn offered(kind: Kind, printed: &str) -> String {
    let printed = folded(printed);
    if kind != Kind::Phone {
        return printed;
    }
    // Without its area code a number and an extension are not told apart by a hyphen.
    let (number, _) = printed.split_once(['转', '分']).unwrap_or((&printed, ""));
    let has_area = number.chars().filter(char::is_ascii_digit).count() >= WITH_AREA;
    let shown = if has_area { &printed } else { number };
    let groups = shown.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let country = if printed.starts_with('+') { "+" } else { "" };
    format!("{country}{}", groups.collect::<Vec<_>>().join("-"))
}

fn contact_differs(
    kind: Kind,
    printed: &Written<'_, Printed<'_>>,
    said: &Written<'_, &Location>,
) -> Diagnostic {
    let [key, english, chinese] = kind.words();
    let (value, wrong) = (offered(kind, printed.value), said.value);
    // YAML takes bare digits for a number.
    let written = if kind == Kind::Postcode { format!("\"{value}\"") } else { value.clone() };
    let problem = Diagnostic::warning(
        "contact-differs",
        printed.place.0.location(printed.place.1.clone()),
        format!("the text prints {english} `{value}`, and `contacts` says `{wrong}`"),
        format!("正文中的{chinese}是 `{value}`，而 `contacts` 写的是 `{wrong}`"),
    )
    .related(said.place.clone(), "`contacts` says so here", "`contacts` 中写在这里")
    .help(
        format!(
            "write in `contacts` what was approved, `{key}: {written}`; if both are right, list both there"
        ),
        format!("请在 `contacts` 中照审定稿写 `{key}: {written}`；如果两个都对，请都列在 `contacts` 中"),
    );
    match Edit::at(said.place, written) {
        Some(edit) => problem.fix(Fix::new(vec![edit], Certainty::Probable)),
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offered_numbers_have_only_digits_and_hyphens() {
        for (printed, expected) in [
            ("0580）２０７２１９８", "0580-2072198"),
            ("0571-8888 8888", "0571-8888-8888"),
            ("0571) 8888—8888", "0571-8888-8888"),
            ("12345", "12345"),
            ("0571-88888888转801", "0571-88888888-801"),
            ("88888888转801", "88888888"),
        ] {
            assert_eq!(offered(Kind::Phone, printed), expected, "{printed}");
        }
    }

    #[test]
    fn most_lines_are_passed_over() {
        for text in ["0571-88888888", "１２３４５", "（057） 12", "57—１２-3", "邮箱jw@a.cn", "邮箱ｊｗ＠ａ"]
        {
            assert!(may_have_contact(&format!("整改，{text}。")), "{text}");
        }
        for text in ["2025年8月28日，第1项，9.7万", "（一）8:30，1、2、3、4、5", "整改，2025年，（2024）"]
        {
            assert!(!may_have_contact(text), "{text}");
        }
    }

    #[test]
    fn only_the_nearest_label_counts_and_none_from_afar() {
        let is_phone = |text: &str| {
            contact::numbers(text).pop().is_some_and(|range| Kind::Phone.is_labelled(text, &range))
        };
        for text in ["联系电话：0571-88888888", "电话（工作时间）：88888888", "举报电话：12380"]
        {
            assert!(is_phone(text), "{text}");
            assert!(is_phone(&format!("{}{text}", "，整改".repeat(90))), "{text}");
        }
        assert!(!is_phone("电话、传真：0571-88888888"));
        assert!(!is_phone(&format!("电话{}88888888", "整".repeat(40))));
    }
}
