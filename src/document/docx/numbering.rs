//! Lists: which numeral stands in front of a paragraph.
//!
//! A paragraph names a list (`num`), which follows an abstract one; levels are counted per abstract list, so that several
//! lists go on with each other unless one of them starts anew.

use std::collections::{BTreeMap, BTreeSet};

use super::numerals;
use super::styles::{ParagraphFormat, Styles};
use super::symbols;
use super::xml::Element;
use crate::text::width::is_han;

/// The most levels that lists have.
const N_LEVELS: usize = 9;

/// The longest text of a numeral, in characters.
const LONGEST_NUMERAL: usize = 255;

/// The most lists that refer to each other over styles.
const MOST_LINKS: usize = 5;

/// What stands behind a numeral in Word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suffix {
    White,
    Nothing,
}

/// How a level of a list is numbered.
#[derive(Debug, Clone)]
struct Level {
    start: i64,
    format: String,
    /// The least digits of a number, for formats such as `01, 02, 03, ...`.
    n_digits: usize,
    /// The numeral, with `%1` for the number of the first level.
    text: String,
    /// From 1: the level behind which it starts anew; 0 for never.
    restart: Option<i64>,
    /// Whether all numbers are printed in figures.
    is_legal: bool,
    suffix: Suffix,
    /// The style whose paragraphs are of this level.
    style: Option<String>,
    font: Option<String>,
    is_hidden: bool,
}

#[derive(Debug, Clone, Default)]
struct AbstractList {
    levels: BTreeMap<usize, Level>,
    /// The style of lists that says how its levels are numbered.
    link: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct List {
    followed: i64,
    starts: BTreeMap<usize, i64>,
    levels: BTreeMap<usize, Level>,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstract_lists: BTreeMap<i64, AbstractList>,
    lists: BTreeMap<i64, List>,
}

/// What has been counted so far.
#[derive(Debug, Default)]
pub(super) struct Counters {
    counts: BTreeMap<i64, [Option<i64>; N_LEVELS]>,
    /// The levels of lists that have been started with a number of their own.
    started: BTreeSet<(i64, usize)>,
}

/// What is printed in front of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numeral {
    /// As printed; empty where nothing is.
    pub text: String,
    /// Whether Word leaves room behind it.
    has_room: bool,
    /// Whether versions of Word print it differently.
    pub differs: bool,
    /// Whether its style is not known.
    pub is_unknown: bool,
}

impl Numeral {
    /// Puts it in front of a text. The room that Word leaves between them is printed only where they would run together.
    pub(super) fn before(&self, text: &str) -> String {
        let is_word = |character: char| character.is_ascii_alphanumeric() || is_han(character);
        let (Some(last), Some(first)) = (self.text.chars().next_back(), text.chars().next()) else {
            return format!("{}{text}", self.text);
        };
        let runs_together = is_word(last) && (is_word(first) || first.is_alphanumeric())
            || matches!(last, '.' | '．' | ',' | '-' | '•') && (first.is_ascii_alphanumeric())
            || matches!(last, '０'..='９') && first.is_alphanumeric();
        let space = if self.has_room && runs_together { " " } else { "" };
        format!("{}{space}{text}", self.text)
    }
}

impl Numbering {
    /// Reads the part with the lists.
    pub(super) fn of(tree: &Element) -> Self {
        let mut found = Self::default();
        for element in tree.elements() {
            let id = |name: &str| element.attribute(name).and_then(|id| id.trim().parse::<i64>().ok());
            if let Some(id) = id("abstractNumId").filter(|_| element.is("abstractNum")) {
                let list = AbstractList {
                    levels: element.elements().filter_map(numbered_level).collect(),
                    link: element.value("numStyleLink").map(str::to_owned),
                };
                found.abstract_lists.entry(id).or_insert(list);
            } else if let Some(id) = id("numId").filter(|_| element.is("num")) {
                let mut list =
                    List { followed: element.number("abstractNumId").unwrap_or(-1), ..List::default() };
                for change in element.elements().filter(|change| change.is("lvlOverride")) {
                    let Some(level) = level_of(change) else { continue };
                    if let Some(start) = change.number("startOverride") {
                        list.starts.insert(level, start);
                    }
                    if let Some(changed) = change.child("lvl") {
                        list.levels.insert(level, read_level(changed));
                    }
                }
                found.lists.entry(id).or_insert(list);
            }
        }
        found
    }

    /// Returns the list and level of a paragraph; `None` for one without a number.
    pub(super) fn place_of(
        &self,
        own: ParagraphFormat,
        style: Option<&str>,
        styles: &Styles,
    ) -> Option<(i64, usize)> {
        let (number, level) = if let Some(number) = own.number {
            (number, own.level.or_else(|| styles.level(style)).unwrap_or_default())
        } else {
            let styled = styles.number(style)?;
            let (_, list) = self.resolved(styled.number, styles)?;
            let levels = || list.iter().flat_map(|(levels, _)| levels.iter());
            let bound = styled.styles.iter().find_map(|style| {
                levels().find(|(_, level)| level.style.as_deref() == Some(*style)).map(|(index, _)| *index)
            });
            let bound = bound.and_then(|level| i64::try_from(level).ok());
            (styled.number, own.level.or(bound).or(styled.level).unwrap_or_default())
        };
        let level = usize::try_from(level).ok().filter(|level| *level < N_LEVELS)?;
        Some((number, level)).filter(|_| number > 0)
    }

    /// Returns what a list consists of: the id of the abstract list that counts, and levels with starts, the nearest first.
    #[expect(clippy::type_complexity, reason = "it is taken apart at once")]
    fn resolved(
        &self,
        number: i64,
        styles: &Styles,
    ) -> Option<(i64, Vec<(&BTreeMap<usize, Level>, Option<&BTreeMap<usize, i64>>)>)> {
        let mut layers = Vec::new();
        let mut list = self.lists.get(&number)?;
        for _ in 0..MOST_LINKS {
            layers.push((&list.levels, Some(&list.starts)));
            let abstract_list = self.abstract_lists.get(&list.followed)?;
            layers.push((&abstract_list.levels, None));
            let linked = abstract_list.link.as_ref().and_then(|style| styles.list(style));
            match linked.and_then(|number| self.lists.get(&number)) {
                Some(next) => list = next,
                None => break,
            }
        }
        Some((list.followed, layers))
    }

    /// Counts a paragraph and returns its numeral.
    pub(super) fn next(
        &self,
        counters: &mut Counters,
        (number, level): (i64, usize),
        styles: &Styles,
    ) -> Option<Numeral> {
        let (abstract_list, layers) = self.resolved(number, styles)?;
        let level_at = |index: usize| layers.iter().find_map(|(levels, _)| levels.get(&index));
        let start_at =
            |index: usize| layers.iter().find_map(|(_, starts)| starts.and_then(|all| all.get(&index)));
        let own = level_at(level)?;
        let first = |index: usize| {
            start_at(index).copied().or_else(|| level_at(index).map(|level| level.start)).unwrap_or(1)
        };
        let counts = counters.counts.entry(abstract_list).or_default();
        let is_started = start_at(level).is_none() || !counters.started.insert((number, level));
        if let Some(count) = counts.get_mut(level) {
            *count = Some(match *count {
                Some(before) if is_started => before.saturating_add(1),
                _ => first(level),
            });
        }
        for (deeper, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restart = level_at(deeper).and_then(|level| level.restart);
            let starts_anew = match restart {
                Some(0) => false,
                Some(behind) => usize::try_from(behind).is_ok_and(|behind| level < behind),
                None => true,
            };
            if starts_anew {
                *count = None;
            }
        }
        let count_at = |index: usize| counts.get(index).copied().flatten().unwrap_or_else(|| first(index));
        let mut numeral = Numeral {
            text: String::new(),
            has_room: own.suffix == Suffix::White,
            differs: false,
            is_unknown: false,
        };
        if own.is_hidden {
            return Some(numeral);
        }
        if own.format == "bullet" {
            numeral.text = bullet(own);
            return Some(numeral);
        }
        print(own, level, &level_at, &count_at, &mut numeral);
        Some(numeral)
    }
}

/// Prints the numbers that the text of a level asks for.
fn print<'a>(
    own: &Level,
    index: usize,
    level_at: &dyn Fn(usize) -> Option<&'a Level>,
    count_at: &dyn Fn(usize) -> i64,
    numeral: &mut Numeral,
) {
    let mut characters = own.text.chars().peekable();
    let (mut n_numbers, mut n_printed) = (0, 0);
    while let Some(character) = characters.next() {
        let place = characters.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| *digit > 0);
        let Some(place) = place.filter(|_| character == '%') else {
            numeral.text.push(character);
            continue;
        };
        characters.next();
        let place = place as usize - 1;
        // A level says nothing of those below it.
        let Some(level) = level_at(place).filter(|_| place <= index) else { continue };
        n_numbers += 1;
        let format = if own.is_legal { "decimal" } else { level.format.as_str() };
        let count = count_at(place);
        let printed = if format == "custom" {
            format!("{count:0n_digits$}", n_digits = level.n_digits)
        } else {
            numerals::print(count, format).unwrap_or_else(|| {
                numeral.is_unknown = true;
                count.to_string()
            })
        };
        n_printed += usize::from(!printed.is_empty());
        numeral.differs |= numerals::differs(count, format);
        numeral.text.push_str(&printed);
    }
    // Of `%1、` without a number nothing is left; words without numbers stay.
    if n_numbers > 0 && n_printed == 0 {
        numeral.text.clear();
    }
}

fn bullet(level: &Level) -> String {
    let Some(character) = level.text.chars().next() else { return String::new() };
    let is_courier = level.font.as_ref().is_some_and(|font| font.starts_with("Courier"));
    if character == 'o' && is_courier {
        return "◦".to_owned();
    }
    let is_private = ('\u{E000}'..='\u{F8FF}').contains(&character);
    match symbols::meaning(character, level.font.as_deref()) {
        Some(symbol) => symbol.to_owned(),
        None if is_private || character.is_control() => "•".to_owned(),
        None => level.text.clone(),
    }
}

fn level_of(element: &Element) -> Option<usize> {
    let level = element.attribute("ilvl")?.trim().parse().ok()?;
    Some(level).filter(|level| *level < N_LEVELS)
}

fn numbered_level(element: &Element) -> Option<(usize, Level)> {
    if !element.is("lvl") {
        return None;
    }
    Some((level_of(element)?, read_level(element)))
}

fn read_level(element: &Element) -> Level {
    let format = element.child("numFmt");
    let pattern = format.and_then(|format| format.attribute("format")).unwrap_or_default();
    let first = pattern.split(',').next().unwrap_or_default().trim();
    let run = element.child("rPr");
    Level {
        start: element.number("start").unwrap_or(0),
        format: format.and_then(|format| format.attribute("val")).unwrap_or("decimal").to_owned(),
        n_digits: if first.bytes().all(|byte| byte.is_ascii_digit()) { first.len().min(10) } else { 0 },
        text: element.value("lvlText").unwrap_or_default().chars().take(LONGEST_NUMERAL).collect(),
        restart: element.number("lvlRestart"),
        is_legal: element.switch("isLgl").unwrap_or_default(),
        suffix: if element.value("suff") == Some("nothing") { Suffix::Nothing } else { Suffix::White },
        style: element.value("pStyle").map(str::to_owned),
        font: run.and_then(|run| run.child("rFonts")).and_then(|fonts| {
            fonts.attribute("ascii").or_else(|| fonts.attribute("hAnsi")).map(str::to_owned)
        }),
        is_hidden: run.and_then(|run| run.switch("vanish")).unwrap_or_default(),
    }
}
