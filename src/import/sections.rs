//! Lines → sections: cut at their heads, tables of problems, what closes the notice, annexes.

use crate::notice::Kind;
use crate::text::numbering::{self, Numbering};
use crate::text::structure::{self, Closing};

use super::heads::{Head, LONGEST_BARE, heading_end, heads};
use super::{Line, Piece, Section, contacts, facts, write};

/// What the text consists of.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// What stands in front of the first section.
    pub(super) opening: Vec<Piece>,
    /// The sections in their order.
    pub(super) sections: Vec<Section>,
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

/// Cuts the text at its heads.
fn cut(pieces: Vec<Piece>, heads: &[Head]) -> Parts {
    let mut parts = Parts::default();
    let mut heads = heads.iter().peekable();
    for (at, piece) in pieces.into_iter().enumerate() {
        if let (Some(head), Piece::Text(line)) = (heads.peek().filter(|head| head.at == at), &piece) {
            let (heading, rest) = line.words.split_at(heading_end(line));
            let rest = rest.trim_start();
            let body = if rest.is_empty() { Vec::new() } else { vec![text(rest)] };
            let heading = Some(heading.trim_end().to_owned());
            let Head { kind, level, .. } = **head;
            parts.sections.push(Section { kind, level, heading, body, name: String::new() });
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
    Piece::Text(Line { words: words.to_owned(), heading: None })
}

/// Makes ledgers of the tables that list problems, in a text that has no other items.
fn ledgers(parts: &mut Parts) {
    let mut sections = Vec::new();
    let opening = std::mem::take(&mut parts.opening);
    let first = Section { kind: Kind::Prose, heading: None, level: None, body: opening, name: String::new() };
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
    let prose = |body| Section { kind: Kind::Prose, heading: None, level: None, body, name: String::new() };
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
        sections.push(Section { kind: Kind::Ledger, heading, level: None, body: table, name: String::new() });
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
    if last.heading.as_deref().is_some_and(structure::is_of_contacts) && last.kind != Kind::Item {
        return;
    }
    let n_outlooks = match last.kind {
        Kind::Item => usize::from(has_own_outlook),
        _ => usize::MAX,
    };
    let Some(at) = closing_at(&last.body, n_outlooks) else { return };
    let body = last.body.split_off(at);
    if last.body.is_empty() && last.heading.is_none() {
        last.body = body;
    } else {
        parts.sections.push(Section {
            kind: Kind::Prose,
            heading: None,
            level: None,
            body,
            name: String::new(),
        });
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
                facts::is_of_period(words)
                    || contacts::speaks_of_contact(&structure::with_whole_labels(words))
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
                level: None,
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
    // As many digits in all, since the names put the annexes in order.
    let width_of_annexes = (sections.len() - n_before_annexes).to_string().len();
    let (mut number, mut n_annexes) = (0, 0);
    for (index, section) in sections.iter_mut().enumerate() {
        let is_last = index > 0 && index + 1 == n_before_annexes;
        section.name = if section.kind == Kind::Annex {
            n_annexes += 1;
            format!("fujian-{n_annexes:0width_of_annexes$}")
        } else if is_last && section.kind == Kind::Prose && section.heading.is_none() {
            "closing".to_owned()
        } else {
            number += 1;
            format!("{number:0width$}")
        };
    }
}
