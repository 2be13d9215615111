//! Which lines are headings, and what each of them holds: problems, sections around them, groups of problems, tables of them.
//!
//! The level of the problems is found first ([`content::names_problem`], the words by which a build tells them, too). What
//! stands above it and holds problems is a group, and else text around them. Inside an item a line that goes on in the
//! numbers of the items is the next one, and a list that begins anew is its own.

use crate::content::{self, Level, is_heading_of_problem, names_problem};
use crate::notice::Kind;
use crate::text::numbering::{self, Numbering, Style};
use crate::text::structure::{self, Closing, Meaning};

use super::{Line, Piece, Section, contacts, facts, write};

/// The most characters of a heading.
const LONGEST_HEADING: usize = 80;

/// The most characters of a heading without a number.
const LONGEST_BARE: usize = 30;

/// What the text consists of.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// What stands in front of the first section.
    pub(super) opening: Vec<Piece>,
    /// The sections in their order.
    pub(super) sections: Vec<Section>,
}

/// A line of the text.
struct TextLine<'a> {
    /// Which piece it is.
    at: usize,
    words: &'a str,
    is_styled: bool,
    numbering: Option<Numbering>,
    /// Whether it names a problem.
    is_problem: bool,
}

/// A line that begins a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    at: usize,
    kind: Kind,
}

/// Parts a text into its sections; `behind` is what stands behind signature and date.
pub(super) fn part(pieces: Vec<Piece>, behind: Vec<Piece>) -> Parts {
    let heads = heads(&pieces);
    let mut parts = cut(pieces, &heads);
    if parts.sections.iter().all(|section| section.kind != Kind::Item) {
        ledgers(&mut parts);
    }
    split_closing(&mut parts);
    demote_empty(&mut parts);
    parts.sections.extend(annexes(behind));
    name(&mut parts.sections);
    parts
}

/// Finds the lines that begin a section.
fn heads(pieces: &[Piece]) -> Vec<Head> {
    let texts: Vec<(usize, &Line)> = pieces
        .iter()
        .enumerate()
        .filter_map(|(at, piece)| match piece {
            Piece::Text(line) => Some((at, line)),
            Piece::Table(_) | Piece::Picture(_) => None,
        })
        .collect();
    let lines: Vec<TextLine<'_>> = texts
        .iter()
        .enumerate()
        .map(|(index, (at, line))| {
            let below = texts.iter().skip(index + 1).map(|(_, below)| below.words.as_str());
            TextLine {
                at: *at,
                words: &line.words,
                is_styled: line.is_heading,
                numbering: numbering::parse(&line.words),
                is_problem: is_heading_of_problem(&line.words)
                    || names_problem(&line.words, below)
                    || (line.is_heading && structure::names_shortcoming(&line.words)),
            }
        })
        .collect();
    match level_of_items(&lines) {
        Some(level) => around_items(&lines, level),
        None => without_items(&lines),
    }
}

/// Returns the level of the problems: the first of which there are several, those of one problem first; but a lower one if
/// each of the first holds such headings, and says nothing of a problem itself.
fn level_of_items<'a>(lines: &[TextLine<'a>]) -> Option<Level<'a>> {
    let problems: Vec<&TextLine<'a>> = lines.iter().filter(|line| line.is_problem).collect();
    let of_one: Vec<&TextLine<'a>> =
        problems.iter().copied().filter(|line| !structure::is_of_several(line.words)).collect();
    let first_of_several = |found: &[&TextLine<'a>]| {
        let levels: Vec<Level<'a>> = found.iter().map(|line| content::level(line.words)).collect();
        levels.iter().find(|level| levels.iter().filter(|other| other == level).count() > 1).copied()
    };
    let level = first_of_several(&of_one).or_else(|| first_of_several(&problems)).or_else(|| {
        let only = problems.first().filter(|line| is_heading_of_problem(line.words))?;
        Some(content::level(only.words))
    })?;
    Some(lower_level(&problems, level).unwrap_or(level))
}

fn lower_level<'a>(problems: &[&TextLine<'a>], level: Level<'a>) -> Option<Level<'a>> {
    let Level::Number(style) = level else { return None };
    let is_upper = |line: &TextLine<'_>| content::level(line.words) == level;
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
        lower.get_or_insert(content::level(below.words));
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
    let style = match level {
        Level::Number(style) => Some(style),
        _ => None,
    };
    let rank = |index: usize| rank_of_container(lines, index, style, &is_item);
    let ranks: Vec<Option<u8>> =
        (0..lines.len()).map(|index| if is_item(index) { None } else { rank(index) }).collect();
    let holds_items = |index: usize, own: u8| {
        let mut below =
            (index + 1..lines.len()).take_while(|next| ranks[*next].is_none_or(|rank| rank > own));
        below.any(is_item)
    };
    let mut heads: Vec<Head> = Vec::new();
    // The rank of the last section that holds no items: what is numbered below it is its text.
    let mut prose: Option<u8> = None;
    let highest = ranks.iter().flatten().min().copied();
    for (index, line) in lines.iter().enumerate() {
        let head = |kind| Head { at: line.at, kind };
        if is_item(index) {
            prose = None;
            heads.push(head(Kind::Item));
        } else if let Some(own) = ranks[index] {
            if prose.is_some_and(|above| own > above) && !holds_items(index, own) {
                continue;
            }
            if holds_items(index, own) {
                prose = None;
                heads.push(head(Kind::Group));
            } else if highest == Some(own) || structure::is_frame(line.words) {
                prose = Some(own);
                heads.push(head(Kind::Prose));
            }
        } else if prose.is_none() && style.is_some() && is_frame_among_items(line, style) {
            heads.push(head(Kind::Prose));
        }
    }
    heads
}

/// Tells whether a line in the style of the items is a section beside them: 五、下一步打算.
fn is_frame_among_items(line: &TextLine<'_>, style: Option<Style>) -> bool {
    line.numbering.map(|numbering| numbering.style) == style
        && is_title(line.words)
        && structure::is_frame(line.words)
}

/// Tells of each line whether it begins an item.
fn items(lines: &[TextLine<'_>], level: Level<'_>) -> Vec<bool> {
    let mut last: Option<u64> = None;
    let mut list: Option<u64> = None;
    let mut is_behind_container = true;
    let mut items = Vec::with_capacity(lines.len());
    for line in lines {
        let is_level = content::level(line.words) == level;
        let Level::Number(style) = level else {
            items.push(is_level && line.is_problem);
            continue;
        };
        let Some(numbering) = line.numbering else {
            // The first may have lost its number.
            items.push(line.is_problem && last.is_none() && is_heading_of_problem(line.words));
            continue;
        };
        if numbering.style < style {
            (last, list, is_behind_container) = (None, None, true);
        }
        if !is_level {
            items.push(false);
            continue;
        }
        let number = numbering.number;
        let is_alone = heading_end(line.words) == line.words.len();
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
        let ends = lines.get(index).is_none_or(|line| match (level, line.numbering) {
            (Level::Number(style), Some(numbering)) => numbering.style < style,
            _ => false,
        });
        if ends {
            let has_problem = (start..index).any(|at| items[at] && lines[at].is_problem);
            if !has_problem && !is_of_problems && !matches!(level, Level::Number(Style::Chinese)) {
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

/// Returns the rank of a line that may hold others: 1 for 一、; `None` for text.
fn rank_of_container(
    lines: &[TextLine<'_>],
    index: usize,
    items: Option<Style>,
    is_item: &impl Fn(usize) -> bool,
) -> Option<u8> {
    let line = &lines[index];
    let is_followed_by_item = is_item(index + 1);
    let Some(numbering) = line.numbering else {
        let is_bare = line.words.chars().count() <= LONGEST_BARE
            && !line.words.contains(['。', '：', ':', '，', ';', '；']);
        let is_meant = is_followed_by_item
            && (structure::is_of_several(line.words)
                || structure::is_frame(line.words)
                || line.is_styled
                || line.words.ends_with("情况"));
        return (is_bare && is_meant && index > 0).then_some(if structure::is_frame(line.words) {
            1
        } else {
            2
        });
    };
    let is_above = items.is_none_or(|items| numbering.style < items);
    let is_meant = items.is_some() || is_followed_by_item || numbering.style == Style::Chinese;
    (is_above && is_meant && is_title(line.words)).then_some(match numbering.style {
        Style::Chinese => 1,
        Style::ChineseInParentheses => 2,
        Style::Arabic => 3,
        Style::ArabicInParentheses => 4,
        Style::Circled => 5,
    })
}

/// Finds the heads of a text in which no problem is told: its highest numbered titles.
fn without_items(lines: &[TextLine<'_>]) -> Vec<Head> {
    let titles = || {
        lines.iter().filter(|line| {
            let behind = heading_end(line.words);
            line.numbering.is_some() && is_title(line.words) && behind == line.words.len()
        })
    };
    let Some(highest) = titles().filter_map(|line| line.numbering).map(|numbering| numbering.style).min()
    else {
        return Vec::new();
    };
    let is_highest =
        |line: &&TextLine<'_>| line.numbering.is_some_and(|numbering| numbering.style == highest);
    titles().filter(is_highest).map(|line| Head { at: line.at, kind: Kind::Prose }).collect()
}

/// Tells whether a line begins with a title of its own.
fn is_title(words: &str) -> bool {
    let end = heading_end(words);
    words.get(..end).unwrap_or_default().chars().count() <= LONGEST_HEADING
}

/// Returns where the heading ends with which a line begins: at its first stop outside quotation marks, a label or the
/// number of a family left out; the whole line if it has none.
fn heading_end(words: &str) -> usize {
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
            '。' | '：' | ':' | '；' if depth == 0 => return from + at + character.len_utf8(),
            _ => {}
        }
    }
    words.len()
}

/// Cuts the text at its heads.
fn cut(pieces: Vec<Piece>, heads: &[Head]) -> Parts {
    let mut parts = Parts::default();
    let mut heads = heads.iter().peekable();
    for (at, piece) in pieces.into_iter().enumerate() {
        if let (Some(head), Piece::Text(line)) = (heads.peek().filter(|head| head.at == at), &piece) {
            let (heading, rest) = line.words.split_at(if line.is_heading {
                line.words.len()
            } else {
                heading_end(&line.words)
            });
            let rest = rest.trim_start();
            let body = if rest.is_empty() { Vec::new() } else { vec![text(rest)] };
            let heading = Some(heading.trim_end().to_owned());
            parts.sections.push(Section { kind: head.kind, heading, body, name: String::new() });
            heads.next();
            continue;
        }
        match parts.sections.last_mut() {
            Some(section) => section.body.push(piece),
            None => parts.opening.push(piece),
        }
    }
    parts
}

fn text(words: &str) -> Piece {
    Piece::Text(Line { words: words.to_owned(), is_heading: false })
}

/// Makes ledgers of the tables that list problems, in a text that has no other items.
fn ledgers(parts: &mut Parts) {
    let mut sections = Vec::new();
    let opening = std::mem::take(&mut parts.opening);
    let first = Section { kind: Kind::Prose, heading: None, body: opening, name: String::new() };
    for section in std::iter::once(first).chain(std::mem::take(&mut parts.sections)) {
        sections.extend(with_ledger(section));
    }
    let is_opening = |section: &Section| section.heading.is_none() && section.kind == Kind::Prose;
    if sections.first().is_some_and(is_opening) {
        parts.opening = sections.remove(0).body;
    }
    parts.sections = sections;
}

/// Parts a section where a table of problems begins and where it ends.
fn with_ledger(mut section: Section) -> Vec<Section> {
    let is_ledger = |piece: &Piece| matches!(piece, Piece::Table(rows) if write::lists_problems(rows));
    let Some(first) = section.body.iter().position(is_ledger) else { return vec![section] };
    let last = section.body.iter().rposition(is_ledger).unwrap_or(first);
    let behind = section.body.split_off(last + 1);
    let prose = |body| Section { kind: Kind::Prose, heading: None, body, name: String::new() };
    let mut sections = Vec::new();
    if section.heading.is_some() {
        section.kind = Kind::Ledger;
        sections.push(section);
    } else {
        // 单位：万元 may stand between the name of the table and the table.
        let is_name = |piece: &Piece| {
            piece.words().is_some_and(|words| {
                words.chars().count() <= LONGEST_BARE && !words.contains(['。', '：', ':', '；', '，'])
            })
        };
        let is_unit = |piece: &Piece| {
            piece.words().is_some_and(|words| words.contains("单位：") || words.contains("单位:"))
        };
        let above = |at: usize| at.checked_sub(1).and_then(|at| Some((at, section.body.get(at)?)));
        let named = match above(first) {
            Some((at, piece)) if is_name(piece) => Some(at),
            Some((at, piece)) if is_unit(piece) => {
                above(at).filter(|(_, piece)| is_name(piece)).map(|(at, _)| at)
            }
            _ => None,
        };
        let mut table = section.body.split_off(named.unwrap_or(first));
        let heading = named.and_then(|_| table.remove(0).words().map(str::to_owned));
        sections.push(section);
        sections.push(Section { kind: Kind::Ledger, heading, body: table, name: String::new() });
    }
    if !behind.is_empty() {
        sections.push(prose(behind));
    }
    sections
}

/// Parts what closes the notice from the last item.
fn split_closing(parts: &mut Parts) {
    let has_outlook = |section: &Section| {
        section
            .body
            .iter()
            .filter_map(Piece::words)
            .any(|words| structure::closing(words, "") == Some(Closing::Outlook))
    };
    let items: Vec<&Section> = parts.sections.iter().filter(|section| section.kind == Kind::Item).collect();
    let others = items.len().saturating_sub(1);
    let n_with_outlook = items.iter().take(others).filter(|section| has_outlook(section)).count();
    let has_own_outlook = others > 0 && 2 * n_with_outlook >= others;
    let Some(last) = parts.sections.last_mut() else { return };
    let n_outlooks = match last.kind {
        Kind::Item => usize::from(has_own_outlook),
        _ => usize::MAX,
    };
    let Some(at) = closing_at(&last.body, n_outlooks) else { return };
    let body = last.body.split_off(at);
    if last.body.is_empty() && last.heading.is_none() {
        last.body = body;
    } else {
        parts.sections.push(Section { kind: Kind::Prose, heading: None, body, name: String::new() });
    }
}

/// Returns the first piece of what closes the notice; so many paragraphs that look ahead belong to the text above.
fn closing_at(body: &[Piece], n_outlooks: usize) -> Option<usize> {
    let mut outlooks = 0;
    let mut last: Option<Numbering> = None;
    for (at, piece) in body.iter().enumerate() {
        let Some(words) = piece.words() else { continue };
        if let Some(numbering) = numbering::parse(words) {
            last = Some(numbering);
            continue;
        }
        let goes_on = || {
            let mut below = body.iter().skip(at + 1).filter_map(Piece::words).filter_map(numbering::parse);
            last.is_some_and(|last| {
                below.any(|next| next.style == last.style && next.number == last.number + 1)
            })
        };
        let is_closing = match structure::closing(words, "") {
            Some(Closing::Outlook) => {
                outlooks += 1;
                outlooks > n_outlooks
            }
            Some(Closing::Contacts | Closing::Annexes) => true,
            Some(Closing::Signature) | None => {
                facts::is_of_period(words) || contacts::speaks_of_contact(words)
            }
        };
        // An item has some text.
        if is_closing && at > 0 && !goes_on() {
            return Some(at);
        }
    }
    None
}

/// Gives headings without text back to the text above them, but for groups.
fn demote_empty(parts: &mut Parts) {
    let sections = std::mem::take(&mut parts.sections);
    for mut section in sections {
        if section.body.is_empty() && section.kind == Kind::Prose {
            section.kind = Kind::Group;
        }
        if section.body.is_empty() && section.kind != Kind::Group {
            let line = section.heading.as_deref().map(text);
            match parts.sections.last_mut() {
                Some(above) => above.body.extend(line),
                None => parts.opening.extend(line),
            }
        } else {
            parts.sections.push(section);
        }
    }
}

/// Makes annexes of what stands behind signature and date: each begins with 附件.
fn annexes(behind: Vec<Piece>) -> Vec<Section> {
    let mut annexes: Vec<Section> = Vec::new();
    for piece in behind {
        let is_head = piece.words().is_some_and(is_head_of_annex);
        match annexes.last_mut().filter(|_| !is_head) {
            Some(annex) => annex.body.push(piece),
            None => annexes.push(Section {
                kind: Kind::Annex,
                heading: piece.words().filter(|_| is_head).map(str::to_owned),
                body: if is_head { Vec::new() } else { vec![piece] },
                name: String::new(),
            }),
        }
    }
    for annex in annexes.iter_mut().filter(|annex| annex.body.is_empty()) {
        annex.body.extend(annex.heading.take().as_deref().map(text));
    }
    annexes
}

/// Tells whether a line is the heading of an annex, and not the first line of a list of them.
fn is_head_of_annex(words: &str) -> bool {
    let behind = words.strip_prefix("附件").map(|rest| rest.trim_start_matches(['：', ':', ' ']));
    behind.is_some_and(|rest| {
        rest.chars().count() <= LONGEST_BARE
            && (rest.len() + "附件".len() == words.len() || numbering::parse(rest).is_none())
    })
}

/// Names the files: numbers in the order of the sections, and what has no heading by what it is.
fn name(sections: &mut [Section]) {
    let width = if sections.len() < 100 { 2 } else { sections.len().to_string().len() };
    let n_before_annexes = sections.iter().take_while(|section| section.kind != Kind::Annex).count();
    let (mut number, mut n_annexes) = (0, 0);
    for (index, section) in sections.iter_mut().enumerate() {
        let is_last = index > 0 && index + 1 == n_before_annexes;
        section.name = if section.kind == Kind::Annex {
            n_annexes += 1;
            format!("fujian-{n_annexes}")
        } else if is_last && section.kind == Kind::Prose && section.heading.is_none() {
            "closing".to_owned()
        } else {
            number += 1;
            format!("{number:0width$}")
        };
    }
}
