//! `figure-not-in-text`: an explanation (`plain`) or the note of a correction names a figure that no text of the notice states.
//!
//! A figure is stated where what it may stand for meets what one of the text may: 近10万人 is 9.7万余人. How the things are
//! counted does not matter, 27条 is 27篇. Of a correction only what holds now is looked for, not what stood there before.

use std::cell::OnceCell;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::fidelity::NoticeText;
use crate::figure::{Dimension, Interval, NoFigure, NumberKind, Quantity, scan};
use crate::notice::Notice;
use crate::text::{self, numeral, width};

/// Words between what a notice said and what it says now.
const NOW: [&str; 9] = ["正为", "改为", "应为", "应是", "现为", "变为", "变更为", "调整为", "更新为"];

/// Words in front of what it said.
const BEFORE: [&str; 5] = ["原", "误", "删去", "删除", "去掉"];

/// Looks at what stands beside the text of `notice`, whose lines are `text`.
pub(super) fn check(notice: &Notice, text: &NoticeText<'_>, diagnostics: &mut Diagnostics) {
    let stated = OnceCell::new();
    let stated = || stated.get_or_init(|| Stated::of(text));
    if !text.is_whole() {
        return;
    }
    for plain in notice.sections.iter().filter_map(|section| section.plain.as_ref()) {
        for (range, quantity) in figures(&plain.value) {
            if !stated().has(&quantity) {
                diagnostics.push(figure_not_in_text("plain", plain.place(&range), &quantity));
            }
        }
    }
    let of_notes: Vec<Told> = notice.corrections.iter().map(|one| figures(&one.note.value)).collect();
    for (index, (correction, told)) in notice.corrections.iter().zip(&of_notes).enumerate() {
        let note = &correction.note;
        for (range, quantity) in that_hold(&note.value, told) {
            // A later correction may have changed it again.
            let mut later = of_notes.iter().skip(index + 1).flatten();
            if !stated().has(quantity) && !later.any(|(_, other)| is_alike(quantity, other)) {
                diagnostics.push(figure_not_in_text("corrections", note.place(range), quantity));
            }
        }
    }
}

/// Figures that stand beside the text, each with its bytes.
type Told = Vec<(Range<usize>, Quantity)>;

/// Lists the figures of a short text, those in quotation marks too.
fn figures(text: &str) -> Told {
    let told = scan(&without_quotes(text)).into_iter().filter_map(|found| match found.kind {
        NumberKind::Figure(quantity) if !is_arrangement(&quantity) => Some((found.range, quantity)),
        _ => None,
    });
    told.collect()
}

/// Puts spaces of the same length in place of quotation marks.
fn without_quotes(text: &str) -> String {
    text.replace(['“', '”', '‘', '’', '「', '」', '『', '』'], "\u{3000}")
}

/// Tells whether a small number only arranges words: a Chinese numeral, or the number of places that were corrected.
fn is_arrangement(quantity: &Quantity) -> bool {
    let printed = quantity.printed();
    let number = text::split_while(printed, |c| numeral::is_part(c) || width::is_digit(c)).0;
    let is_numeral = number.chars().all(numeral::is_part);
    number.chars().count() == 1
        && Dimension::of(quantity.unit()) == Dimension::Count
        && (is_numeral || quantity.unit().as_str() == "处")
}

/// Lists those figures of a note that hold now.
///
/// Where a sentence says what a figure was, only the one right behind 更正为 holds now.
fn that_hold<'a>(note: &str, told: &'a Told) -> Vec<(&'a Range<usize>, &'a Quantity)> {
    let has_mark = |text: &str| NOW.iter().any(|mark| text.contains(mark));
    let (mut sentence, mut has_changed, mut end) = (0..0, false, 0);
    let mut held = Vec::new();
    for (range, quantity) in told {
        if range.start >= sentence.end {
            let ends = ['。', '；', ';'];
            let (front, behind) = note.split_at(range.start);
            let start = front.get(sentence.end..).and_then(|front| front.rfind(ends));
            sentence = start.map_or(sentence.end, |at| sentence.end + at)
                ..behind.find(ends).map_or(note.len(), |at| range.start + at);
            has_changed = has_mark(note.get(sentence.clone()).unwrap_or_default());
        }
        let before = note.get(end..range.start).unwrap_or_default();
        let was = has_changed || BEFORE.iter().any(|word| before.contains(word));
        end = range.end;
        if has_mark(before) || !was {
            held.push((range, quantity));
        }
    }
    held
}

/// Tells whether both may be the same number of the same kind of thing.
fn is_alike(one: &Quantity, other: &Quantity) -> bool {
    if Dimension::of(one.unit()) != Dimension::of(other.unit()) {
        return false;
    }
    match (Interval::of(one), Interval::of(other)) {
        (Some(one), Some(other)) => one.meets(&other),
        _ => one.value() == other.value(),
    }
}

/// What a notice states.
struct Stated {
    quantities: Vec<Quantity>,
    /// Numbers without a unit, as in a table whose head has it, width folded.
    bare: Vec<String>,
}

impl Stated {
    fn of(text: &NoticeText<'_>) -> Self {
        let mut stated = Self { quantities: Vec::new(), bare: Vec::new() };
        for line in &text.lines {
            let words = without_quotes(&line.text);
            for found in scan(&words) {
                match found.kind {
                    NumberKind::Figure(quantity) => stated.quantities.push(quantity),
                    NumberKind::Other(NoFigure::NoUnit) => {
                        stated.bare.push(digits(words.get(found.range).unwrap_or_default()));
                    }
                    NumberKind::Other(_) => {}
                }
            }
        }
        stated
    }

    fn has(&self, quantity: &Quantity) -> bool {
        self.quantities.iter().any(|stated| is_alike(quantity, stated))
            || self.bare.contains(&digits(quantity.printed()))
    }
}

/// Returns the digits with which a figure is printed.
fn digits(printed: &str) -> String {
    printed.chars().map(width::fold).filter(|c| c.is_ascii_digit() || *c == '.').collect()
}

fn figure_not_in_text(key: &str, location: Location, quantity: &Quantity) -> Diagnostic {
    Diagnostic::warning(
        "figure-not-in-text",
        location,
        format!("`{key}` names `{quantity}`, which no text of the notice states"),
        format!("`{key}` 中的 `{quantity}`，通报正文里没有"),
    )
    .help(
        "write the figure as the text has it, or leave it out; if it is right beside the text, say why in `accepted`",
        "请照正文改正，或删去这个数；如果正文之外确有此数，请在 `accepted` 中写明理由",
    )
}
