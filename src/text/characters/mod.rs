//! Texts with characters that nobody sees, that look like others, or that a conversion has damaged: where these stand, and
//! what readers take them for. The characters themselves are one `table` for the whole program.
//!
//! [`find`] lists those that are not allowed where they are: a joiner is allowed in an emoji and in the scripts that need it,
//! an unseen character is never allowed beside a digit. [`ordinary`] gives the text that readers take it for, which is what structure,
//! figures, search and comparisons read. [`named`] and [`Visible`] are for messages and terminals.

mod table;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::width::is_digit;
pub use table::{Class, can_be_kept, class, code_point, in_chinese, in_english, is_numeral};
use table::{has_variants, ideograph, is_emoji, is_overlay};

/// What is wrong with a character where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CharacterFault {
    /// It may stand nowhere.
    Forbidden(Class),
    /// Nobody sees it, and it parts a number.
    InNumber,
    /// It is not what readers, or those who search, take it for.
    Doubtful,
}

/// A character of the table at a place where it is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundCharacter {
    /// The byte at which it stands.
    pub at: usize,
    /// The character.
    pub character: char,
    /// What is wrong with it.
    pub fault: CharacterFault,
}

impl FoundCharacter {
    /// Returns the bytes that it takes.
    pub fn range(&self) -> Range<usize> {
        self.at..self.at + self.character.len_utf8()
    }

    fn taken_for(&self) -> TakenFor {
        match class(self.character) {
            None | Some(Class::Lost | Class::PrivateUse | Class::Mark) => TakenFor::Itself,
            Some(Class::Blank) => TakenFor::Character(' '),
            Some(Class::Radical | Class::Compatibility) => {
                ideograph(self.character).map_or(TakenFor::Itself, TakenFor::Character)
            }
            Some(_) => TakenFor::Nothing,
        }
    }
}

/// What readers take a character for.
#[derive(Debug, PartialEq, Eq)]
enum TakenFor {
    Itself,
    Character(char),
    Nothing,
}

/// Lists the characters of `text` that are not allowed where they are.
pub fn find(text: &str) -> Vec<FoundCharacter> {
    find_between(None, text, None)
}

/// The same where `text` stands between other characters.
pub fn find_between(before: Option<char>, text: &str, after: Option<char>) -> Vec<FoundCharacter> {
    let Some(first) = first_odd(text) else { return Vec::new() };
    let (ordinary, rest) = text.split_at(first);
    let mut search =
        Search { last: ordinary.chars().next_back().or(before), unseen: Vec::new(), found: Vec::new() };
    for (index, character) in rest.char_indices() {
        search.character(first + index, character);
    }
    search.judge(after);
    search.found
}

/// Returns where the first character stands that has a class. Goes by bytes, since every text is looked through.
fn first_odd(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b' '..=b'~' | b'\t' | b'\n' | b'\r' => 1,
            // U+4000 to U+9FFF: ideographs.
            0xE4..=0xE9 => 3,
            _ => match text.get(at..).and_then(|rest| rest.chars().next()) {
                Some(character) if class(character).is_some() => return Some(at),
                character => character.map_or(1, char::len_utf8),
            },
        };
    }
    None
}

/// The walk over a text. It looks at each character once, however many unseen ones follow each other.
struct Search {
    /// The last character that is seen.
    last: Option<char>,
    /// What stands unseen behind it.
    unseen: Vec<(usize, char, Class)>,
    found: Vec<FoundCharacter>,
}

impl Search {
    fn character(&mut self, at: usize, character: char) {
        let class = class(character);
        if let Some(class) = class.filter(|class| !class.is_seen()) {
            self.unseen.push((at, character, class));
            return;
        }
        if !self.unseen.is_empty() {
            self.judge(Some(character));
        }
        let fault = match class {
            None => None,
            Some(Class::Mark) if self.last.is_some_and(is_digit) => Some(CharacterFault::InNumber),
            Some(Class::Mark) => is_overlay(character).then_some(CharacterFault::Doubtful),
            Some(class) if class.is_forbidden() => Some(CharacterFault::Forbidden(class)),
            Some(_) => Some(CharacterFault::Doubtful),
        };
        self.found.extend(fault.map(|fault| FoundCharacter { at, character, fault }));
        // What a mark is printed over stays the last character.
        if class != Some(Class::Mark) {
            self.last = Some(character);
        }
    }

    /// Judges the unseen characters in front of `next`.
    fn judge(&mut self, next: Option<char>) {
        let last = self.last;
        for (at, character, class) in self.unseen.drain(..) {
            let fault = fault_of_unseen(character, class, last, next);
            self.found.extend(fault.map(|fault| FoundCharacter { at, character, fault }));
        }
    }
}

fn fault_of_unseen(
    character: char,
    class: Class,
    last: Option<char>,
    next: Option<char>,
) -> Option<CharacterFault> {
    let is = |neighbor: Option<char>, test: fn(char) -> bool| neighbor.is_some_and(test);
    if class.is_forbidden() {
        return Some(CharacterFault::Forbidden(class));
    }
    let is_inside = is(last, is_numeral) && is(next, is_numeral);
    let is_beside = is(last, is_digit) || is(next, is_digit);
    // A selector belongs to the character before it, so a digit behind it is a neighbor of that character.
    let belongs_before = class == Class::Selector && !is(last, is_digit) && is(last, has_variants);
    if is_inside || (is_beside && !belongs_before) {
        return Some(CharacterFault::InNumber);
    }
    let is_lawful = match class {
        Class::Selector => last.is_some_and(|last| !last.is_whitespace() && last != '`'),
        Class::Joiner => joins(character, last, next),
        _ => false,
    };
    (!is_lawful).then_some(CharacterFault::Doubtful)
}

/// Tells whether a joiner stands where its script or an emoji needs it.
fn joins(joiner: char, last: Option<char>, next: Option<char>) -> bool {
    let Some(last) = last else { return false };
    match joiner {
        '\u{180B}'..='\u{180F}' => matches!(last, '\u{1820}'..='\u{18AA}'),
        // The letters of a flag, behind its pole.
        '\u{E0020}'..='\u{E007F}' => last == '\u{1F3F4}',
        _ => {
            let needs_joiners = |c: char| {
                matches!(c,
                    '\u{0600}'..='\u{08FF}' | '\u{0900}'..='\u{0DFF}' | '\u{0F00}'..='\u{109F}'
                    | '\u{1780}'..='\u{18AF}' | '\u{1900}'..='\u{1CFF}' | '\u{A800}'..='\u{ABFF}'
                    | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10A00}'..='\u{11FFF}')
            };
            needs_joiners(last) || (joiner == '\u{200D}' && is_emoji(last) && next.is_some_and(is_emoji))
        }
    }
}

/// Lists what of `text` readers take for something else: where it stands, and the character that it is taken for or `None`
/// where they see nothing. What is `kept` is taken as it is.
pub fn replacements(text: &str, kept: &BTreeSet<char>) -> Vec<(Range<usize>, Option<char>)> {
    replacements_of(&find(text), kept)
}

fn replacements_of(found: &[FoundCharacter], kept: &BTreeSet<char>) -> Vec<(Range<usize>, Option<char>)> {
    let found = found.iter().filter(|found| !kept.contains(&found.character));
    let replacement = |found: &FoundCharacter| match found.taken_for() {
        TakenFor::Itself => None,
        TakenFor::Character(character) => Some((found.range(), Some(character))),
        TakenFor::Nothing => Some((found.range(), None)),
    };
    found.filter_map(replacement).collect()
}

/// Goes through `text` as readers take it, each character with the bytes where it is written.
pub fn as_read(text: &str) -> impl Iterator<Item = (Range<usize>, char)> + '_ {
    let mut replaced = replacements(text, &BTreeSet::new()).into_iter().peekable();
    text.char_indices().filter_map(move |(at, character)| {
        let range = at..at + character.len_utf8();
        match replaced.next_if(|(place, _)| place.start == at) {
            Some((_, taken_for)) => taken_for.map(|character| (range, character)),
            None => Some((range, character)),
        }
    })
}

/// Returns `text` as readers take it; what is `kept` stays as it is.
pub fn ordinary<'a>(text: &'a str, kept: &BTreeSet<char>) -> Cow<'a, str> {
    ordinary_of(text, &find(text), kept)
}

/// The same where it is known what [`find`] or [`find_between`] finds in `text`.
pub fn ordinary_of<'a>(text: &'a str, found: &[FoundCharacter], kept: &BTreeSet<char>) -> Cow<'a, str> {
    let replacements = replacements_of(found, kept);
    if replacements.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(rewritten(text, replacements, |out, _, replacement| out.extend(replacement)))
}

/// Copies `text`; in place of each range, `write` writes something. It also gets the text behind the range.
fn rewritten<T>(
    text: &str,
    ranges: impl IntoIterator<Item = (Range<usize>, T)>,
    mut write: impl FnMut(&mut String, &str, T),
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    for (range, new) in ranges {
        let start = range.start - (text.len() - rest.len());
        let (before, behind) = rest.split_at(start);
        rest = behind.get(range.len()..).unwrap_or_default();
        out.push_str(before);
        write(&mut out, rest, new);
    }
    out + rest
}

/// Puts the name of each character that is not lawful in its place, so that a message that quotes a text shows what stands
/// there: `describe` is [`in_english`] or [`in_chinese`]. One that is quoted alone needs no brackets.
pub fn named(text: String, describe: fn(char) -> String) -> String {
    let (found, has_return) = (find(&text), text.contains('\r'));
    if found.is_empty() && !has_return {
        return text;
    }
    let ranges = found.iter().map(|found| (found.range(), found.character));
    let out = rewritten(&text, ranges, |out, rest, character| {
        let is_alone = out.ends_with('`') && rest.starts_with('`');
        let brackets = if is_alone { ["", ""] } else { ["<", ">"] };
        out.extend([brackets[0], &describe(character), brackets[1]]);
    });
    if has_return { out.replace('\r', "<U+000D>") } else { out }
}

/// Escapes what is not lawful in a text that is JSON, where only strings can hold it: programs read the same, terminals are safe.
pub fn escaped_in_json(json: &str) -> Cow<'_, str> {
    let found = find(json);
    if found.is_empty() {
        return Cow::Borrowed(json);
    }
    let ranges = found.iter().map(|found| (found.range(), found.character));
    Cow::Owned(rewritten(json, ranges, |out, _, character| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            out.extend(["\\u", &format!("{unit:04X}")]);
        }
    }))
}

/// A text in which what shows nothing is written as `<U+200B>`, for terminals, and the way to its places.
#[derive(Debug)]
pub struct Visible<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// Where it grew: the byte of the original behind a character, and by how much the text is longer up to there.
    growth: Vec<(usize, usize)>,
}

impl<'a> Visible<'a> {
    /// Makes what `text` hides visible. What only looks like another character stays.
    pub fn new(text: &'a str) -> Self {
        let is_hidden = |found: &FoundCharacter| class(found.character).is_some_and(|class| !class.is_seen());
        let found: Vec<FoundCharacter> = find(text).into_iter().filter(is_hidden).collect();
        if found.is_empty() {
            return Self { text: Cow::Borrowed(text), growth: Vec::new() };
        }
        let mut growth = Vec::with_capacity(found.len());
        let ranges = found.iter().map(|found| (found.range(), found.character));
        let out = rewritten(text, ranges, |out, rest, character| {
            out.extend(["<", &code_point(character), ">"]);
            let done = text.len() - rest.len();
            growth.push((done, out.len() - done));
        });
        Self { text: Cow::Owned(out), growth }
    }

    /// Returns where the byte `offset` of the original, which is on the boundary of a character, stands.
    pub fn offset(&self, offset: usize) -> usize {
        let n_before = self.growth.partition_point(|(end, _)| *end <= offset);
        let growth = n_before.checked_sub(1).and_then(|last| self.growth.get(last));
        offset + growth.map_or(0, |(_, by)| *by)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Shows what is found as `U+200B 3 number`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let show = |found: FoundCharacter| {
            let fault = match found.fault {
                CharacterFault::Forbidden(_) => "forbidden",
                CharacterFault::InNumber => "number",
                CharacterFault::Doubtful => "doubtful",
            };
            format!("{} {} {fault}", code_point(found.character), found.at)
        };
        assert_eq!(find(text).into_iter().map(show).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn ordinary_texts_have_none() {
        check("（一）刚性落实“第一议题”制度，开展\t检查 12.5万人次、36.8%——完成。\r\n", &[]);
        check("①㎡℃±×÷∶〔2025〕１２６家 a\u{A0}b\u{2002}c\u{3000}d　０", &[]);
        check("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩〇々㐂𠮷𬶋䶮喆", &[]);
        check("é ά 안녕 тест e\u{301}", &[]);
    }

    #[test]
    fn what_may_stand_nowhere_is_found_everywhere() {
        for character in
            "\0\u{1}\u{1B}\u{7F}\u{85}\u{9B}\u{FEFF}\u{2028}\u{2029}\u{200E}\u{200F}\u{61C}\u{202A}\u{202E}\
                          \u{2066}\u{2069}\u{FFFE}\u{FFFF}\u{1FFFE}\u{10FFFF}\u{FDD0}\u{FDEF}\u{FFFC}\u{FFFD}"
                .chars()
        {
            let expected = format!("{} 3 forbidden", code_point(character));
            check(&format!("甲{character}乙"), &[&expected]);
        }
    }

    #[test]
    fn nothing_unseen_stands_beside_a_digit() {
        for character in "\u{200B}\u{AD}\u{2060}\u{200C}\u{200D}\u{FE0F}\u{E0100}\u{180B}\u{3164}\u{115F}\u{2800}\u{E0031}\u{34F}\u{2061}"
            .chars()
        {
            let expected = format!("{} 2 number", code_point(character));
            check(&format!("12{character}6家"), &[&expected]);
            check(&format!("12{character}万家"), &[&expected]);
            let expected = format!("{} 3 number", code_point(character));
            check(&format!("−{character}5%"), &[&expected]);
            check(&format!("十{character}二家"), &[&expected]);
        }
        check("1\u{200B}\u{200B}2", &["U+200B 1 number", "U+200B 4 number"]);
        check("１\u{AD}２", &["U+00AD 3 number"]);
        check("12\u{20E3}6家", &["U+20E3 2 number"]);
        check("1\u{338}2", &["U+0338 1 number"]);
        check("1\u{FE0F}\u{20E3}", &["U+FE0F 1 number", "U+20E3 4 number"]);
        check("第一\u{200B}批", &["U+200B 6 doubtful"]);
    }

    #[test]
    fn joiners_and_selectors_may_stand_where_they_are_needed() {
        check("👨\u{200D}👩\u{200D}👧 🏳\u{FE0F}\u{200D}🌈 🧑🏽\u{200D}⚖\u{FE0F}", &[]);
        check("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", &[]);
        check("می\u{200C}خواهم क्\u{200D}ष ᠠ\u{180B}", &[]);
        check("葛\u{E0100}城12人 ☎\u{FE0F}0580-2072198 ，\u{FE00}5件", &[]);
        check("零\u{200C}容\u{200D}忍", &["U+200C 3 doubtful", "U+200D 9 doubtful"]);
        check("\u{FE0F}甲", &["U+FE0F 0 doubtful"]);
    }

    #[test]
    fn what_looks_like_something_else_is_doubtful() {
        check("⽔利", &["U+2F54 0 doubtful"]);
        check("⻓⻔", &["U+2ED3 0 doubtful", "U+2ED4 3 doubtful"]);
        check("金\u{F90A}\u{2F800}", &["U+F90A 3 doubtful", "U+2F800 6 doubtful"]);
        check("王\u{E000}\u{F0000}", &["U+E000 3 doubtful", "U+F0000 6 doubtful"]);
        check("张\u{3164}三", &["U+3164 3 doubtful"]);
        check(
            "不\u{336}同\u{338}意\u{20E0}",
            &["U+0336 3 doubtful", "U+0338 8 doubtful", "U+20E0 13 doubtful"],
        );
        check("10\u{336}件", &["U+0336 2 number"]);
    }

    #[test]
    fn the_ordinary_form_is_what_readers_see() {
        let kept = BTreeSet::new();
        for (text, expected) in [
            ("由⽔利\u{200B}局⼤⼒⽀持⻓江⻛⻚", "由水利局大力支持长江风页"),
            ("零\u{AD}容\u{2060}忍\u{200C}，\u{202E}甲\u{1}", "零容忍，甲"),
            ("豈\u{2F800}", "豈丽"),
            ("张\u{3164}三", "张 三"),
            ("王\u{E000}\u{FFFD}葛\u{E0100}", "王\u{E000}\u{FFFD}葛\u{E0100}"),
            ("👨\u{200D}👩", "👨\u{200D}👩"),
            ("12\u{FE0F}6家", "126家"),
            ("﨎﨑", "﨎﨑"),
        ] {
            assert_eq!(ordinary(text, &kept), expected, "{text:?}");
        }
        assert_eq!(ordinary("⽔\u{200B}", &BTreeSet::from(['⽔'])), "⽔");
    }

    #[test]
    fn messages_name_what_they_quote() {
        let name = |text: &str| named(text.to_owned(), in_chinese);
        assert_eq!(name("审定稿这里没有 `\u{200B}`"), "审定稿这里没有 `U+200B 零宽空格`");
        assert_eq!(name("`由⽔利\u{200B}局`"), "`由<U+2F54 部首“⽔”，与“水”同形>利<U+200B 零宽空格>局`");
        assert_eq!(name("`\u{FE0F}`，`葛\u{E0100}`"), "`U+FE0F 异体字选择符`，`葛\u{E0100}`");
        assert_eq!(named("`a\u{1B}[31m`".to_owned(), in_english), "`a<U+001B escape>[31m`");
        assert_eq!(in_english('⽔'), "U+2F54 radical “⽔”, which looks like “水”");
        assert_eq!(in_english('\u{E000}'), "U+E000 private use character");
    }

    #[test]
    fn json_says_the_same_with_escapes() {
        assert_eq!(escaped_in_json("\"甲\u{202E}乙\u{F0000}\""), "\"甲\\u202E乙\\uDB80\\uDC00\"");
    }

    proptest! {
        #[test]
        fn the_ordinary_form_of_any_text_is_ordinary(text: String) {
            let kept = BTreeSet::new();
            let once = ordinary(&text, &kept).into_owned();
            prop_assert_eq!(ordinary(&once, &kept).into_owned(), once.clone());
            let left = find(&once);
            let may_stay = |found: &FoundCharacter| found.taken_for() == TakenFor::Itself;
            prop_assert!(left.iter().all(may_stay), "{:?}", left);
        }

        #[test]
        fn a_visible_text_hides_nothing_and_leads_back(text in "[甲1⽔\u{200B}\u{202E}\u{AD}\u{E0100}\u{1B}\n👨\u{200D}]{0,20}") {
            let visible = Visible::new(&text);
            let is_shown = |c: char| !matches!(class(c), Some(Class::Control | Class::Direction | Class::Format));
            prop_assert!(visible.text.chars().all(is_shown));
            for (at, character) in text.char_indices().filter(|(_, c)| class(*c).is_none()) {
                prop_assert!(visible.text.get(visible.offset(at)..).unwrap().starts_with(character));
            }
        }

        #[test]
        fn places_are_those_of_the_characters(text: String) {
            for found in find(&text) {
                prop_assert!(text.get(found.at..).unwrap().starts_with(found.character));
            }
        }
    }
}
