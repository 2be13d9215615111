//! Punctuation that was flattened on its way → what it was, as a list of changes for a person to look at.
//!
//! Start with [`restore`], which looks at one line: half-width `, ; : ? !` beside Chinese, parentheses by pairs, straight quotes,
//! and dots of the wrong kind between the parts of a name. Numbers, times, addresses and words in Latin letters keep theirs.
//! [`joins`] finds line breaks that a PDF or a mail put inside sentences. Nothing is changed here.

mod joins;
#[cfg(test)]
mod tests;

pub use joins::joins;

use std::ops::Range;

use super::{numbering, width};

/// Why a mark is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A half-width mark beside Chinese.
    Mark,
    /// Half-width parentheses in Chinese.
    Parentheses,
    /// A pair of parentheses of which one is half-width.
    MixedParentheses,
    /// The parentheses of a number in front of a paragraph.
    Numbering,
    /// Straight quotation marks in Chinese.
    Quotes,
    /// A bullet in the place of the dot between the parts of a name.
    Dot,
}

impl Reason {
    /// Returns the reason in English and in Chinese.
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Self::Mark => ["half-width mark beside Chinese", "中文中的半角标点"],
            Self::Parentheses => ["half-width parentheses in Chinese", "中文中的半角括号"],
            Self::MixedParentheses => ["parentheses of two widths", "一半全角、一半半角的括号"],
            Self::Numbering => ["half-width parentheses of a number", "序号用了半角括号"],
            Self::Quotes => ["straight quotation marks in Chinese", "中文中的直引号"],
            Self::Dot => ["bullet in place of the dot in a name", "间隔号写成了项目符号"],
        }
    }
}

/// A change of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The bytes of the mark.
    pub at: usize,
    /// The mark that stands there.
    pub written: char,
    /// What to write instead.
    pub replacement: char,
    /// Why.
    pub reason: Reason,
}

impl Change {
    /// Returns the bytes of the line that are changed.
    pub fn range(&self) -> Range<usize> {
        self.at..self.at + self.written.len_utf8()
    }
}

/// The half-width marks, each with its full-width one.
const MARKS: [(char, char); 5] = [(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！')];

/// Characters that stand between the parts of a name and are no 间隔号.
const DOTS: &str = "•‧・∙";

/// Returns what to change in a line, from left to right.
pub fn restore(line: &str) -> Vec<Change> {
    if !line.chars().any(width::is_han) {
        return Vec::new();
    }
    let mut line = Line::new(line);
    line.parentheses();
    line.quotes('"', ['“', '”']);
    line.quotes('\'', ['‘', '’']);
    line.dots();
    line.marks();
    line.changes()
}

/// A line, character by character, and what each becomes.
struct Line<'a> {
    text: &'a str,
    characters: Vec<(usize, char)>,
    changes: Vec<Option<(char, Reason)>>,
    /// Whether a character is part of an address or of code, where no mark is changed.
    is_kept: Vec<bool>,
}

impl<'a> Line<'a> {
    fn new(text: &'a str) -> Self {
        let characters: Vec<(usize, char)> = text.char_indices().collect();
        let changes = vec![None; characters.len()];
        let is_kept = kept(&characters);
        Self { text, characters, changes, is_kept }
    }

    fn written(&self, index: usize) -> Option<char> {
        self.characters.get(index).map(|(_, character)| *character)
    }

    /// Returns what stands at `index` after the changes so far.
    fn shown(&self, index: usize) -> Option<char> {
        let change = self.changes.get(index).copied().flatten();
        change.map(|(character, _)| character).or_else(|| self.written(index))
    }

    fn is_free(&self, index: usize) -> bool {
        self.is_kept.get(index) == Some(&false)
    }

    fn change(&mut self, index: usize, character: char, reason: Reason) {
        if self.written(index) != Some(character)
            && let Some(change) = self.changes.get_mut(index)
        {
            *change = Some((character, reason));
        }
    }

    /// Returns the next character to the left that is no space.
    fn left_of(&self, index: usize) -> Option<char> {
        (0..index).rev().filter_map(|at| self.shown(at)).find(|c| !c.is_whitespace())
    }

    fn right_of(&self, index: usize) -> Option<char> {
        (index + 1..self.characters.len()).filter_map(|at| self.shown(at)).find(|c| !c.is_whitespace())
    }

    fn parentheses(&mut self) {
        let start = self.text.len() - self.text.trim_start().len();
        let numbering =
            numbering::parse(self.text.trim_start()).map(|numbering| start..start + numbering.length);
        let mut open = Vec::new();
        for index in 0..self.characters.len() {
            match self.written(index) {
                Some('(' | '（') if self.is_free(index) => open.push(index),
                Some(')' | '）') if self.is_free(index) => {
                    let Some(first) = open.pop() else { continue };
                    let at = self.characters.get(first).map_or(0, |(at, _)| *at);
                    let is_numbering = numbering.as_ref().is_some_and(|range| range.contains(&at));
                    if let Some(reason) = self.pair(first, index, is_numbering) {
                        self.change(first, '（', reason);
                        self.change(index, '）', reason);
                    }
                }
                _ => {}
            }
        }
    }

    /// Tells why the parentheses at `first` and `last` become full-width, if they do.
    fn pair(&self, first: usize, last: usize, is_numbering: bool) -> Option<Reason> {
        match (self.written(first), self.written(last)) {
            (Some('（'), Some('）')) => return None,
            (Some('('), Some(')')) => {}
            _ => return Some(Reason::MixedParentheses),
        }
        if is_numbering {
            return Some(Reason::Numbering);
        }
        let inside = self.characters.get(first + 1..last).unwrap_or_default();
        let left = first.checked_sub(1).and_then(|at| self.written(at));
        let right = self.written(last + 1);
        let is_area_code = inside.first().is_some_and(|(_, c)| *c == '0')
            && inside.iter().all(|(_, c)| c.is_ascii_digit())
            && (3..=4).contains(&inside.len())
            && self.right_of(last).is_some_and(|c| c.is_ascii_digit() || c == '-');
        let is_latin = inside.iter().all(|(_, c)| c.is_ascii());
        let may_be_latin =
            |neighbour: Option<char>| neighbour.is_none_or(|c| c.is_ascii() && !c.is_ascii_whitespace());
        let is_beside_latin =
            may_be_latin(left) && may_be_latin(right) && (left.is_some() || right.is_some());
        let is_link = left == Some(']') && is_latin;
        let is_between = |c: Option<char>| c.is_some_and(|c| "+-*/=^<>×÷".contains(c));
        // f(x)
        let is_letter =
            |at: Option<usize>| at.and_then(|at| self.written(at)).is_some_and(|c| c.is_ascii_alphanumeric());
        let is_function = is_letter(first.checked_sub(1)) && !is_letter(first.checked_sub(2));
        let is_formula = is_latin && (is_between(left) || is_between(right) || is_function);
        let stays =
            is_area_code || is_link || is_formula || (is_latin && is_beside_latin) || inside.is_empty();
        (!stays).then_some(Reason::Parentheses)
    }

    /// Turns straight quotes into pairs, if their number is even and Chinese stands in or beside each.
    fn quotes(&mut self, straight: char, [opening, closing]: [char; 2]) {
        let is_quote = |at: &usize| {
            let left = at.checked_sub(1).and_then(|at| self.written(at));
            // An apostrophe, or feet and inches.
            let is_other = straight == '\'' && left.is_some_and(|c| c.is_ascii_alphanumeric());
            self.written(*at) == Some(straight) && self.is_free(*at) && left != Some('=') && !is_other
        };
        let places: Vec<usize> = if straight == '\'' {
            // The closing one stands behind Chinese, so an apostrophe is none.
            (0..self.characters.len()).filter(is_quote).collect()
        } else {
            (0..self.characters.len()).filter(|at| self.written(*at) == Some(straight)).collect()
        };
        let (pairs, rest) = places.as_chunks::<2>();
        if !rest.is_empty() || !places.iter().all(is_quote) {
            return;
        }
        for [first, last] in pairs {
            let inside = self.characters.get(first + 1..*last).unwrap_or_default();
            let has_chinese = inside.iter().any(|(_, c)| is_chinese(*c));
            let is_beside =
                self.left_of(*first).is_some_and(is_chinese) || self.right_of(*last).is_some_and(is_chinese);
            if !inside.is_empty() && (has_chinese || is_beside) {
                self.change(*first, opening, Reason::Quotes);
                self.change(*last, closing, Reason::Quotes);
            }
        }
    }

    fn dots(&mut self) {
        for index in 1..self.characters.len() {
            let (left, right) = (self.written(index - 1), self.written(index + 1));
            let is_name = |c: Option<char>| c.is_some_and(|c| width::is_han(c) || c.is_ascii_alphanumeric());
            let has_han = left.is_some_and(width::is_han) || right.is_some_and(width::is_han);
            let is_dot = self.written(index).is_some_and(|c| DOTS.contains(c));
            if is_dot && has_han && is_name(left) && is_name(right) {
                self.change(index, '·', Reason::Dot);
            }
        }
    }

    fn marks(&mut self) {
        for index in 0..self.characters.len() {
            let full =
                MARKS.iter().find(|(half, _)| self.written(index) == Some(*half)).map(|(_, full)| *full);
            if let Some(full) = full.filter(|_| self.is_free(index) && self.is_flattened(index)) {
                self.change(index, full, Reason::Mark);
            }
            // A full stop ends numbers and Latin words, too; only one at the end of Chinese is no other.
            let is_last = self.written(index) == Some('.') && self.right_of(index).is_none();
            if is_last && self.left_of(index).is_some_and(|c| width::is_han(c) || "”）》".contains(c)) {
                self.change(index, '。', Reason::Mark);
            }
        }
    }

    /// Tells whether the half-width mark at `index` stands in Chinese.
    fn is_flattened(&self, index: usize) -> bool {
        let (left, right) = (self.left_of(index), self.right_of(index));
        let next = self.written(index + 1);
        let before = index.checked_sub(1).and_then(|at| self.written(at));
        match self.written(index) {
            Some(':') if before == Some(':') || matches!(next, Some(':' | '=' | '\\' | ')')) => return false,
            Some('!') if next == Some('=') => return false,
            _ => {}
        }
        let is_spaced = next.is_some_and(char::is_whitespace);
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        match (left, right) {
            (None, _) => false,
            // Marks of Latin text have a space behind them.
            (Some(_), Some(_)) if is_letter(left) && is_spaced => false,
            (Some(left), Some(right)) => {
                // A percentage ends a clause; a number goes on only with digits.
                let is_behind_sign = "%‰℃".contains(left) && right.is_ascii_digit();
                is_chinese(left) || is_chinese(right) || is_behind_sign
            }
            (Some(left), None) => is_chinese(left) || left.is_ascii_alphanumeric() || "%‰℃".contains(left),
        }
    }

    fn changes(&self) -> Vec<Change> {
        let changes = self.characters.iter().zip(&self.changes).filter_map(|((at, written), change)| {
            let (replacement, reason) = (*change)?;
            Some(Change { at: *at, written: *written, replacement, reason })
        });
        changes.collect()
    }
}

fn is_chinese(character: char) -> bool {
    width::is_han(character) || width::is_cjk_punctuation(character)
}

/// Tells for each character whether it is part of an address, of a link or of code.
fn kept(characters: &[(usize, char)]) -> Vec<bool> {
    let mut kept = vec![false; characters.len()];
    let written = |at: usize| characters.get(at).map(|(_, character)| *character);
    let mut start = 0;
    while start < characters.len() {
        let is_part = |at: &usize| written(*at).is_some_and(|c| c.is_ascii_graphic());
        let mut end = (start..characters.len()).take_while(is_part).last().map_or(start, |last| last + 1);
        let is_address = is_address(characters.get(start..end).unwrap_or_default());
        let next = end.max(start + 1);
        if is_address {
            // Marks at its end are those of the sentence.
            while end > start && written(end - 1).is_some_and(|c| ",;:?!.()\"'".contains(c)) {
                end -= 1;
            }
            let word = start..end;
            let begin = address_begin(characters.get(word).unwrap_or_default());
            kept.iter_mut().take(end).skip(start + begin).for_each(|kept| *kept = true);
        }
        start = next;
    }
    let ticks: Vec<usize> = (0..characters.len()).filter(|at| written(*at) == Some('`')).collect();
    for [first, last] in ticks.as_chunks::<2>().0 {
        kept.iter_mut().take(*last).skip(*first).for_each(|kept| *kept = true);
    }
    kept
}

/// Tells whether a word of ASCII has an address in it: of a page, a mailbox or a file.
fn is_address(word: &[(usize, char)]) -> bool {
    let text: String = word.iter().map(|(_, character)| *character).collect();
    let is_mailbox = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    text.contains("://") || text.contains("www.") || text.contains(":\\") || is_mailbox
}

/// Returns where the address begins: behind the marks that the sentence has in front of it.
fn address_begin(word: &[(usize, char)]) -> usize {
    word.iter().take_while(|(_, character)| ",;:?!(\"'".contains(*character)).count()
}
