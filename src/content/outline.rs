//! Blocks → parts: which paragraphs are measures, where their lead sentences end, which labels run in.
//!
//! The prose of a notice is not marked up; its structure is in the printed numbering (GB/T 9704-2012, 7.3.3:
//! 一、 （一） 1. （1）). A numbering of the same or a higher rank closes the measures that are open; a lower one opens a
//! measure inside. What has no numbering belongs to the measure above it. The first of several points may stand behind a
//! label (整改情况：1.…): it is a measure as those after it are, and the label stays in front of its number. Nothing here
//! is an error: a shape that is not known stays a paragraph.

use std::ops::Range;

use crate::markdown::{Block, BlockKind, Inline};
use crate::notice::{Measure, Paragraph, Part};
use crate::text::{self, numbering::Numbering, numbering::Style};

/// The most characters that a sentence alone on its line may have to be the title of what follows.
const LONGEST_TITLE: usize = 40;

/// Finds the measures in `blocks`.
pub(super) fn outline(blocks: Vec<Block>) -> Vec<Part> {
    let blocks: Vec<Block> = blocks.into_iter().flat_map(numbered_paragraphs).collect();
    let beginnings: Vec<Beginning> = blocks.iter().map(Beginning::of).collect();
    let mut open = Open::default();
    for (index, block) in blocks.into_iter().enumerate() {
        let (beginning, behind) = (&beginnings[index], beginnings.get(index + 1..).unwrap_or_default());
        let number = match beginning {
            Beginning::Number(number) => Some(number),
            Beginning::LabelAndNumber(number) if number.goes_on_in(behind) => Some(number),
            Beginning::LabelAndNumber(_) | Beginning::Text | Beginning::Block => None,
        };
        match (block.kind, number) {
            (BlockKind::Paragraph(inline), Some(number)) => {
                let next_is_plain_text =
                    matches!(behind.first(), Some(Beginning::Text | Beginning::LabelAndNumber(_)));
                open.measure(inline, block.range, number, next_is_plain_text);
            }
            (BlockKind::Paragraph(inline), None) => {
                open.parts().push(Part::Paragraph(paragraph(inline, block.range)));
            }
            (kind, _) => open.parts().push(Part::Block(Block { kind, range: block.range })),
        }
    }
    open.close_all()
}

/// What a block begins with.
enum Beginning {
    /// A paragraph with its number.
    Number(Number),
    /// A paragraph with a label and a number behind it.
    LabelAndNumber(Number),
    /// Any other paragraph.
    Text,
    /// What is no paragraph.
    Block,
}

/// The numbering of a paragraph.
struct Number {
    numbering: Numbering,
    /// Where the text behind it begins in the paragraph.
    end: usize,
}

impl Beginning {
    fn of(block: &Block) -> Self {
        let BlockKind::Paragraph(inline) = &block.kind else { return Self::Block };
        let text = inline.plain_text();
        if let Some(numbering) = text::numbering::parse(&text) {
            return Self::Number(Number { numbering, end: numbering.length });
        }
        let label = text::sentence::run_in_label(&text).map(|end| behind_spaces(&text, end));
        // On a line of its own the label belongs to all that follows.
        let label = label.filter(|end| !text.get(..*end).is_some_and(|label| label.contains('\n')));
        let numbering = label.and_then(|end| Some((end, text::numbering::parse(text.get(end..)?)?)));
        numbering.map_or(Self::Text, |(label, numbering)| {
            Self::LabelAndNumber(Number { numbering, end: label + numbering.length })
        })
    }

    fn number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) | Self::LabelAndNumber(number) => Some(number),
            Self::Text | Self::Block => None,
        }
    }
}

impl Number {
    /// Tells whether this is the first point of a list of which the second stands in one of the blocks `behind`.
    ///
    /// One point alone may be a list that goes on inside its paragraph (整改情况：1.…；2.…。), which is no measure.
    fn goes_on_in(&self, behind: &[Beginning]) -> bool {
        let Numbering { style, number, .. } = self.numbering;
        let mut others = behind.iter().filter_map(Beginning::number).map(|other| other.numbering);
        let next = others.find(|other| other.style <= style);
        number == 1 && next.is_some_and(|next| next.style == style && next.number == 2)
    }
}

/// The measures that may still grow, from the outermost to the innermost.
#[derive(Default)]
struct Open {
    finished: Vec<Part>,
    measures: Vec<(Style, Measure)>,
}

impl Open {
    /// The list that the next part goes to.
    fn parts(&mut self) -> &mut Vec<Part> {
        match self.measures.last_mut() {
            Some((_, measure)) => &mut measure.parts,
            None => &mut self.finished,
        }
    }

    fn close_last(&mut self) {
        if let Some((_, measure)) = self.measures.pop() {
            self.parts().push(Part::Measure(measure));
        }
    }

    fn close_all(mut self) -> Vec<Part> {
        while !self.measures.is_empty() {
            self.close_last();
        }
        self.finished
    }

    /// Opens a measure whose first paragraph is `inline`.
    fn measure(&mut self, inline: Inline, range: Range<usize>, number: &Number, next_is_plain_text: bool) {
        let style = number.numbering.style;
        while self.measures.last().is_some_and(|(above, _)| *above >= style) {
            self.close_last();
        }
        let position = last_position(self.parts()) + 1;
        let text = inline.plain_text();
        let behind = text.get(number.end..).unwrap_or_default();
        let mut measure =
            Measure { position, lead: None, is_run_in: false, parts: Vec::new(), range: range.clone() };
        if let Some(end) = text::sentence::lead_end(behind) {
            let (lead, rest) = inline.split_at(number.end + behind_spaces(behind, end));
            measure.lead = Some(lead);
            measure.is_run_in = true;
            measure.parts.push(Part::Paragraph(paragraph(rest, range)));
        } else if is_title(behind, next_is_plain_text) {
            measure.lead = Some(inline);
        } else {
            measure.parts.push(Part::Paragraph(paragraph(inline, range)));
        }
        self.measures.push((style, measure));
    }
}

/// Returns the position of the last measure directly in `parts`, or 0.
fn last_position(parts: &[Part]) -> usize {
    let position = |part: &Part| match part {
        Part::Measure(measure) => Some(measure.position),
        Part::Paragraph(_) | Part::Block(_) => None,
    };
    parts.iter().rev().find_map(position).unwrap_or(0)
}

/// Returns `end` moved behind the white space that follows it in `text`.
fn behind_spaces(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    end + (rest.len() - rest.trim_start().len())
}

/// Tells whether a numbered line is the title of what follows: it does not end like a sentence, or it is short and
/// unnumbered text follows.
fn is_title(text: &str, next_is_plain_text: bool) -> bool {
    let is_sentence = text.trim_end().ends_with(['。', '；', ';', '！', '？', '：', ':', '，', ',']);
    let is_short = text.chars().count() <= LONGEST_TITLE;
    is_short && (!is_sentence || (next_is_plain_text && text.trim_end().ends_with('。')))
}

fn paragraph(inline: Inline, range: Range<usize>) -> Paragraph {
    let words = inline.plain_text();
    match text::sentence::run_in_label(&words) {
        Some(end) => {
            let (label, text) = inline.split_at(behind_spaces(&words, end));
            Paragraph { label: Some(label), text, range }
        }
        None => Paragraph { label: None, text: inline, range },
    }
}

/// Turns an ordered list at the top of the text back into the numbered paragraphs that its author typed: with a space
/// behind the dot Markdown sees a list, in an official document it is a numbering all the same. The space stays:
/// whether it belongs there is for the approved text to say.
fn numbered_paragraphs(block: Block) -> Vec<Block> {
    let BlockKind::List(list) = block.kind else { return vec![block] };
    let begins_with_text =
        |blocks: &[Block]| matches!(blocks.first().map(|b| &b.kind), Some(BlockKind::Paragraph(_)));
    if list.start.is_none() || !list.items.iter().all(|item| begins_with_text(&item.blocks)) {
        return vec![Block { kind: BlockKind::List(list), range: block.range }];
    }
    list.items
        .into_iter()
        .flat_map(|item| {
            let marker_range = item.range.start..item.range.start + item.marker.len();
            let marker = (item.marker, marker_range);
            item.blocks.into_iter().enumerate().map(move |(index, block)| match block.kind {
                BlockKind::Paragraph(inline) if index == 0 => Block {
                    kind: BlockKind::Paragraph(with_marker(inline, &marker.0, marker.1.clone())),
                    range: marker.1.start..block.range.end,
                },
                kind => Block { kind, range: block.range },
            })
        })
        .collect()
}

/// Puts the marker in front of the text, with the space that stands between them.
fn with_marker(inline: Inline, marker: &str, range: Range<usize>) -> Inline {
    if inline.range().start > range.end {
        inline.with_prefix(&format!("{marker} "), range.start..range.end + 1)
    } else {
        inline.with_prefix(marker, range)
    }
}

#[cfg(test)]
mod tests {
    use super::outline;
    use crate::diagnostic::{Diagnostics, SourcePath};
    use crate::markdown;
    use crate::notice::Part;

    /// Shows parts one after the other: `3<lead|text>` is the measure at position 3, `[label]text` a paragraph.
    fn show(parts: &[Part]) -> String {
        let shown = parts.iter().map(|part| match part {
            Part::Measure(measure) => {
                let lead = measure.lead.as_ref().map(|lead| lead.plain_text() + "|").unwrap_or_default();
                format!("{}<{lead}{}>", measure.position, show(&measure.parts))
            }
            Part::Paragraph(paragraph) => {
                let label = paragraph.label.as_ref().map(|label| format!("[{}]", label.plain_text()));
                format!("{}{}", label.unwrap_or_default(), paragraph.text.plain_text())
            }
            Part::Block(_) => "{}".to_owned(),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (path, mut diagnostics) = (SourcePath::new("content/n/01.md"), Diagnostics::new());
        let options = markdown::Options::default();
        let blocks = markdown::parse(&path, text, 0..text.len(), &options, &mut diagnostics);
        assert!(diagnostics.is_empty());
        assert_eq!(show(&outline(blocks)), expected, "{text}");
    }

    #[test]
    fn the_first_point_behind_a_label_is_a_measure_like_the_others() {
        check(
            "整改情况：1.加强领导。开会。\n\n2.加强监督。检查。\n\n3.加强培训。培训。",
            "1<整改情况：1.加强领导。|开会。> 2<2.加强监督。|检查。> 3<3.加强培训。|培训。>",
        );
        check("整改情况：（1）甲。乙。\n（2）丙。丁。", "1<整改情况：（1）甲。|乙。> 2<（2）丙。|丁。>");
        check("整改措施: （一）甲，乙。\n（二）丙，丁。", "1<[整改措施: ]（一）甲，乙。> 2<（二）丙，丁。>");
        check("整改情况：1. 甲。乙。\n\n2. 丙。丁。", "1<整改情况：1. 甲。|乙。> 2<2. 丙。|丁。>");
        check(
            "（一）关于甲。\n\n整改情况：1.乙。丙。\n\n（1）丁。戊。\n\n整改时限：六月。\n\n2.己。庚。",
            "1<（一）关于甲。|1<整改情况：1.乙。|丙。 1<（1）丁。|戊。 [整改时限：]六月。>> 2<2.己。|庚。>>",
        );
    }

    #[test]
    fn a_number_behind_a_label_that_begins_no_list_stays_text() {
        check("整改情况：1.甲。乙。2.丙。丁。", "[整改情况：]1.甲。乙。2.丙。丁。");
        check(
            "整改目标：1.甲，乙。\n\n整改情况：1.丙，丁。",
            "[整改目标：]1.甲，乙。 [整改情况：]1.丙，丁。",
        );
        check(
            "整改情况：1.甲，乙。\n\n（一）丙。丁。\n\n2.戊。己。",
            "[整改情况：]1.甲，乙。 1<（一）丙。|丁。 1<2.戊。|己。>>",
        );
        check("整改情况：2.甲，乙。\n\n3.丙。丁。", "[整改情况：]2.甲，乙。 1<3.丙。|丁。>");
        check("整改情况：\n\n1.甲。乙。\n\n2.丙。丁。", "[整改情况：] 1<1.甲。|乙。> 2<2.丙。|丁。>");
        check("整改情况：1.5万元已追缴。\n\n2.丙。丁。", "[整改情况：]1.5万元已追缴。 1<2.丙。|丁。>");
    }
}
