//! Which lines are headings, and what each of them holds: problems, sections around them, groups of problems.
//!
//! The level of the problems is found first ([`content::names_problem`], the words by which a build tells them, too). What
//! stands above it and holds problems is a group, and else text around them. Inside an item a line that goes on in the
//! numbers of the items is the next one, and a list that begins anew is its own. A line that has no number and a style of
//! headings stands at the level of its style.

use crate::content::{self, Level, is_heading_of_problem, names_problem};
use crate::notice::Kind;
use crate::text::numbering::{self, Numbering, Style};
use crate::text::structure::{self, Meaning};

use super::{Line, Piece};

/// The most characters of a heading.
const LONGEST_HEADING: usize = 80;

/// The most characters of a heading without a number.
pub(super) const LONGEST_BARE: usize = 30;

/// A line of the text.
struct TextLine<'a> {
    /// Which piece it is.
    at: usize,
    words: &'a str,
    /// The level of its style, if it has no number.
    style: Option<u8>,
    numbering: Option<Numbering>,
    /// By what it is told from others.
    level: Level<'a>,
    /// Whether it names a problem.
    is_problem: bool,
}

/// A line that begins a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// Which piece it is.
    pub(super) at: usize,
    /// What it begins.
    pub(super) kind: Kind,
    /// How deep it stands, where only its style says that.
    pub(super) level: Option<usize>,
}

/// Finds the lines that begin a section.
pub(super) fn heads(pieces: &[Piece]) -> Vec<Head> {
    let texts: Vec<(usize, &Line)> = pieces
        .iter()
        .enumerate()
        .filter_map(|(at, piece)| match piece {
            Piece::Text(line) => Some((at, line)),
            Piece::Table(_) | Piece::Picture(_) => None,
        })
        .collect();
    let words_at = |index: usize| texts.get(index).map_or("", |(_, line)| line.words.as_str());
    let lines: Vec<TextLine<'_>> = texts
        .iter()
        .enumerate()
        .map(|(index, (at, line))| {
            let below = texts.iter().skip(index + 1).map(|(_, below)| below.words.as_str());
            let before = index.checked_sub(1).map_or("", words_at);
            TextLine::of(*at, line, [before, words_at(index + 1)], below)
        })
        .collect();
    match level_of_items(&lines) {
        Some(level) => around_items(&lines, level),
        None => without_items(&lines),
    }
}

impl<'a> TextLine<'a> {
    fn of(at: usize, line: &'a Line, beside: [&str; 2], below: impl Iterator<Item = &'a str>) -> Self {
        let words = line.words.as_str();
        let numbering = numbering::parse(words);
        let is_heading = line.heading.is_some() && is_title(words);
        // Points that follow each other line by line are a list, and head nothing.
        let is_listed = structure::title_of_point(words).is_some_and(|(number, _)| {
            let numbers = beside.map(structure::number_of_point);
            numbers[0].is_some_and(|before| before + 1 == number) || numbers[1] == Some(number + 1)
        });
        let is_part = structure::is_part_of_whole(words);
        let is_problem = !is_listed
            && !is_part
            && (is_heading_of_problem(words) || names_problem(words, is_heading, below));
        let style = line.heading.filter(|_| is_heading && numbering.is_none() && !is_part);
        let level = match (content::level(words), style) {
            (Level::None, Some(style)) => Level::Style(style),
            (Level::Point, _) if is_listed => Level::None,
            (level, _) => level,
        };
        Self { at, words, style, numbering, level, is_problem }
    }

    /// Tells whether it begins anew what stands below it in numerals of this style.
    fn is_above(&self, style: Style) -> bool {
        match self.numbering {
            Some(numbering) => numbering.style < style,
            None => structure::is_part_of_whole(self.words) || (self.style.is_some() && !self.is_problem),
        }
    }
}

/// Returns the level of the problems: the first of which there are several, those of one problem first; but a lower one if
/// each of the first holds such headings, and says nothing of a problem itself.
fn level_of_items<'a>(lines: &[TextLine<'a>]) -> Option<Level<'a>> {
    let problems: Vec<&TextLine<'a>> = lines.iter().filter(|line| line.is_problem).collect();
    let of_one: Vec<&TextLine<'a>> =
        problems.iter().copied().filter(|line| !structure::is_of_several(line.words)).collect();
    let first_of_several = |found: &[&TextLine<'a>]| {
        let levels: Vec<Level<'a>> = found.iter().map(|line| line.level).collect();
        let n_of = |level: Level<'a>| match level {
            // What has the style of a problem need not name one.
            Level::Style(_) | Level::Point => lines.iter().filter(|line| line.level == level).count(),
            _ => levels.iter().filter(|other| **other == level).count(),
        };
        levels.iter().copied().find(|level| n_of(*level) > 1)
    };
    // What has a status and names a problem is an item, whatever stands above it.
    let with_facts: Vec<&TextLine<'a>> =
        problems.iter().copied().filter(|line| content::tells_facts(line.words).is_some()).collect();
    let is_named = |level: &Level<'a>| {
        with_facts.iter().any(|line| line.level == *level && content::tells_facts(line.words) == Some(true))
    };
    if let Some(level) = first_of_several(&with_facts).filter(is_named) {
        return Some(level);
    }
    let level = first_of_several(&of_one).or_else(|| first_of_several(&problems)).or_else(|| {
        let only = problems.first().filter(|line| is_heading_of_problem(line.words))?;
        Some(only.level)
    })?;
    Some(lower_level(&problems, level).unwrap_or(level))
}

fn lower_level<'a>(problems: &[&TextLine<'a>], level: Level<'a>) -> Option<Level<'a>> {
    let Level::Number(style) = level else { return None };
    let is_upper = |line: &TextLine<'_>| line.level == level;
    let uppers: Vec<usize> =
        problems.iter().enumerate().filter(|(_, line)| is_upper(line)).map(|(index, _)| index).collect();
    let mut lower = None;
    for (place, upper) in uppers.iter().enumerate() {
        let end = uppers.get(place + 1).copied().unwrap_or(problems.len());
        let held = problems.get(upper + 1..end).unwrap_or_default();
        let below = held.iter().find(|line| {
            is_heading_of_problem(line.words)
                && line.numbering.is_some_and(|numbering| numbering.style > style)
        })?;
        lower.get_or_insert(below.level);
        if is_heading_of_problem(problems.get(*upper)?.words) {
            return None;
        }
    }
    lower
}

/// Finds the heads where the items stand at `level`.
fn around_items(lines: &[TextLine<'_>], level: Level<'_>) -> Vec<Head> {
    let items = items(lines, level);
    let is_item = |index: usize| items.get(index).copied().unwrap_or_default();
    let ranks = ranks(lines, level, &is_item);
    let holds_items = |index: usize, own: u8| {
        let mut below =
            (index + 1..lines.len()).take_while(|next| ranks[*next].is_none_or(|rank| rank > own));
        below.any(is_item)
    };
    let mut heads: Vec<Head> = Vec::new();
    // The rank of the last section that holds no items: what is numbered below it is its text.
    let mut prose: Option<u8> = None;
    // The ranks of the groups that are open.
    let mut groups: Vec<u8> = Vec::new();
    let highest = ranks.iter().flatten().min().copied();
    for (index, line) in lines.iter().enumerate() {
        let mut push = |kind, groups: &[u8]| {
            let is_by_style = line.style.is_some() && kind != Kind::Item && !groups.is_empty();
            heads.push(Head { at: line.at, kind, level: is_by_style.then_some(groups.len() + 1) });
        };
        if is_item(index) {
            prose = None;
            push(Kind::Item, &groups);
        } else if let Some(own) = ranks[index] {
            if prose.is_some_and(|above| own > above) && !holds_items(index, own) {
                continue;
            }
            groups.retain(|group| *group < own);
            if holds_items(index, own) {
                prose = None;
                push(Kind::Group, &groups);
                groups.push(own);
            } else if highest == Some(own) || structure::is_frame(line.words) || line.style.is_some() {
                prose = Some(own);
                push(Kind::Prose, &groups);
            }
        } else if prose.is_none() && is_frame_among_items(line, level) {
            push(Kind::Prose, &groups);
        }
    }
    heads
}

/// Tells whether a line of the level of the items is a section beside them: 五、下一步打算.
fn is_frame_among_items(line: &TextLine<'_>, level: Level<'_>) -> bool {
    matches!(level, Level::Number(_) | Level::Style(_))
        && line.level == level
        && is_title(line.words)
        && structure::is_frame(line.words)
}

/// Tells of each line whether it begins an item.
fn items(lines: &[TextLine<'_>], level: Level<'_>) -> Vec<bool> {
    match level {
        Level::Number(style) => numbered_items(lines, style),
        _ => marked_items(lines, level),
    }
}

/// Tells of each line whether it begins an item, where items have no numerals. What has the style of a problem, or is a point as
/// one is (二是), is another one if both stand in one section.
fn marked_items(lines: &[TextLine<'_>], level: Level<'_>) -> Vec<bool> {
    let mut items: Vec<bool> = lines.iter().map(|line| line.level == level && line.is_problem).collect();
    if !matches!(level, Level::Style(_) | Level::Point) {
        return items;
    }
    let ranks = ranks(lines, level, &|index| items.get(index).copied().unwrap_or_default());
    let heads = ranks.iter().enumerate().filter(|(_, rank)| rank.is_some()).map(|(index, _)| index);
    let mut start = 0;
    for end in heads.chain([lines.len()]) {
        if items.get(start..end).is_some_and(|stretch| stretch.contains(&true)) {
            for at in start..end {
                items[at] |= lines[at].level == level && !structure::is_frame(lines[at].words);
            }
        }
        start = end;
    }
    items
}

fn numbered_items(lines: &[TextLine<'_>], style: Style) -> Vec<bool> {
    let level = Level::Number(style);
    let mut last: Option<u64> = None;
    let mut list: Option<u64> = None;
    let mut is_behind_container = true;
    let mut items = Vec::with_capacity(lines.len());
    for line in lines {
        if line.is_above(style) {
            (last, list, is_behind_container) = (None, None, true);
        }
        let Some(numbering) = line.numbering else {
            // The first may have lost its number.
            items.push(line.is_problem && last.is_none() && is_heading_of_problem(line.words));
            continue;
        };
        if line.level != level {
            items.push(false);
            continue;
        }
        let number = numbering.number;
        let is_alone = end_of_words(line.words) == line.words.len();
        // A number may have been left out.
        let goes_on = last.is_some_and(|last| {
            number == last + 1 || (is_alone && list.is_none() && (last..last + 4).contains(&number))
        }) || (is_behind_container && number == 1);
        let is_of_list = list.is_some_and(|list| number == list + 1);
        let is_next = goes_on && !is_of_list && is_title(line.words) && !structure::is_frame(line.words);
        let is_item = (line.is_problem || is_next) && !is_whole_frame(line.words);
        if is_item {
            (last, list, is_behind_container) = (Some(number), None, false);
        } else if number == 1 || is_of_list {
            list = Some(number);
        }
        items.push(is_item);
    }
    // Without a problem among them, numbered titles behind a heading of another kind are none.
    let mut start = 0;
    let mut is_of_problems = false;
    for index in 0..=lines.len() {
        let ends = lines.get(index).is_none_or(|line| line.is_above(style));
        if ends {
            let has_problem = (start..index).any(|at| items[at] && lines[at].is_problem);
            if !has_problem && !is_of_problems && style != Style::Chinese {
                items[start..index].fill(false);
            }
            start = index;
            is_of_problems =
                lines.get(index).is_some_and(|line| !structure::is_frame(line.words) && is_title(line.words));
        }
    }
    items
}

fn is_whole_frame(words: &str) -> bool {
    structure::is_frame(words) && !structure::speaks_of_problem(words)
}

/// Returns the rank of each line that may hold others, the items at `level` among them: 0 for 第一部分, 1 for 一、; `None` for text.
fn ranks(lines: &[TextLine<'_>], level: Level<'_>, is_item: &impl Fn(usize) -> bool) -> Vec<Option<u8>> {
    // A heading whose style stands below that of the items is inside them.
    let styles = lines.iter().filter(|line| line.level == level).filter_map(|line| line.style);
    let style_of_items = styles.min();
    // The points behind what is numbered inside an item go on, and are not held by it.
    let mut holds_points = vec![true; if level == Level::Point { lines.len() } else { 0 }];
    for index in (1..holds_points.len()).rev() {
        holds_points[index - 1] = if is_item(index) {
            structure::number_of_point(lines[index].words) == Some(1)
        } else {
            holds_points[index]
        };
    }
    let rank = |index: usize| {
        let line = &lines[index];
        if is_item(index) {
            None
        } else if structure::is_part_of_whole(line.words) {
            is_title(line.words).then_some(0)
        } else if let Some(style) = line.style {
            (line.level != level && style_of_items.is_none_or(|of_items| style < of_items)).then_some(style)
        } else {
            let holds_points = holds_points.get(index).copied().unwrap_or(true);
            rank_of_container(line, level, is_item(index + 1), index > 0).filter(|_| holds_points)
        }
    };
    (0..lines.len()).map(rank).collect()
}

/// Returns the rank that a line has by its numeral, or by its words where an item follows.
fn rank_of_container(
    line: &TextLine<'_>,
    level: Level<'_>,
    is_followed_by_item: bool,
    is_inside: bool,
) -> Option<u8> {
    let Some(numbering) = line.numbering else {
        let is_bare = line.words.chars().count() <= LONGEST_BARE
            && !line.words.contains(['。', '：', ':', '，', ';', '；']);
        let is_meant = is_followed_by_item
            && (structure::is_of_several(line.words)
                || structure::is_frame(line.words)
                || line.words.ends_with("情况"));
        return (is_bare && is_meant && is_inside).then_some(if structure::is_frame(line.words) {
            1
        } else {
            2
        });
    };
    let is_above = match level {
        Level::Number(items) => numbering.style < items,
        Level::Style(_) => {
            let is_whole = end_of_words(line.words) == line.words.len();
            is_whole && (is_followed_by_item || structure::is_frame(line.words))
        }
        _ => true,
    };
    let is_meant = matches!(level, Level::Number(_) | Level::Point)
        || is_followed_by_item
        || numbering.style == Style::Chinese;
    (is_above && is_meant && is_title(line.words)).then_some(match numbering.style {
        Style::Chinese => 1,
        Style::ChineseInParentheses => 2,
        Style::Arabic => 3,
        Style::ArabicInParentheses => 4,
        Style::Circled => 5,
    })
}

/// Finds the heads of a text in which no problem is told: its highest titles by number, or by style.
fn without_items(lines: &[TextLine<'_>]) -> Vec<Head> {
    let rank = |line: &TextLine<'_>| {
        let is_whole = is_title(line.words) && end_of_words(line.words) == line.words.len();
        let of_number = line.numbering.map(|numbering| (1, numbering.style as u8));
        let of_part = structure::is_part_of_whole(line.words).then_some((0, 0));
        of_part.or(of_number.or(line.style.map(|style| (2, style)))).filter(|_| is_whole)
    };
    let ranks: Vec<_> = lines.iter().map(rank).collect();
    // One title by style alone may be that of the whole text.
    let n_of = |rank| ranks.iter().filter(|other| **other == Some(rank)).count();
    let several = ranks.iter().flatten().filter(|rank| rank.0 < 2 || n_of(**rank) > 1);
    let Some(highest) = several.min().copied() else { return Vec::new() };
    let titles = lines.iter().zip(&ranks).filter(|(_, rank)| **rank == Some(highest));
    titles.map(|(line, _)| Head { at: line.at, kind: Kind::Prose, level: None }).collect()
}

/// Tells whether a line begins with a title of its own.
fn is_title(words: &str) -> bool {
    let end = end_of_words(words);
    words.get(..end).unwrap_or_default().chars().count() <= LONGEST_HEADING
}

/// Returns where the heading ends with which a line begins; a style makes all of a line a heading, if it may be one.
pub(super) fn heading_end(line: &Line) -> usize {
    let is_whole = line.heading.is_some() && line.words.chars().count() <= LONGEST_HEADING;
    if is_whole { line.words.len() } else { end_of_words(&line.words) }
}

/// Returns where the heading ends with which a line begins: at its first stop outside quotation marks, a label or the
/// number of a family left out, or behind its status in brackets; the whole line if it has none.
fn end_of_words(words: &str) -> usize {
    let name = structure::behind_number(words);
    let mut from = words.len() - name.len();
    if let Some(label) = structure::label(name)
        .filter(|label| label.meaning == Meaning::Problem || structure::family_of_problem(name).is_some())
    {
        from += label.length;
    } else if structure::family_of_problem(name).is_some() {
        from += name.find(['：', ':', '、', ' ', '\u{3000}']).map_or(0, |at| {
            at + name.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
        });
    }
    let mut depth = 0_usize;
    for (at, character) in words.get(from..).unwrap_or_default().char_indices() {
        match character {
            '“' | '《' | '（' | '(' => depth += 1,
            '”' | '》' | '）' | ')' => depth = depth.saturating_sub(1),
            '。' | '：' | ':' | '；' if depth == 0 => {
                return content::end_with_facts(words, from + at + character.len_utf8());
            }
            _ => {}
        }
    }
    words.len()
}
