//! Blocks → parts: which paragraphs are measures, where their lead sentences end, which labels run in.
//!
//! The prose of a notice is not marked up; its structure is in the printed numbering (GB/T 9704-2012, 7.3.3:
//! 一、 （一） 1. （1）) and in words ([`structure`]). A numbering of the same or a higher rank closes the measures that are open;
//! a lower one opens a measure inside. What has no numbering belongs to the measure above it, but for outlook, contacts,
//! annexes and signature behind the last one. The first of several points may stand behind a label (整改情况：1.…): it is a
//! measure as those after it are, and the label stays in front of its number. Numbered lines behind 附件： and 联系方式： are
//! lines of a list and no measures. Nothing here is an error: a shape that is not known stays a paragraph.

use std::ops::Range;

use crate::markdown::{Block, BlockKind, Inline};
use crate::notice::{Measure, Paragraph, Part};
use crate::text;
use crate::text::numbering::Numbering;
use crate::text::structure::{self, Closing, Label, Meaning, Turn};

/// The most characters that a sentence alone on its line may have to be the title of what follows.
const LONGEST_TITLE: usize = 40;

/// Finds the measures in `blocks`.
pub(super) fn outline(blocks: Vec<Block>) -> Vec<Part> {
    let blocks: Vec<Block> = blocks.into_iter().flat_map(numbered_paragraphs).collect();
    let words: Vec<String> = blocks.iter().map(words_of).collect();
    let mut beginnings: Vec<Beginning> =
        blocks.iter().zip(&words).map(|(block, words)| Beginning::of(block, words)).collect();
    set_lists_apart(&words, &mut beginnings);
    set_points_apart(&words, &mut beginnings);
    spread_labels(&words, &mut beginnings);
    let next_numbers = next_numbers(&beginnings);
    let mut open = Open::default();
    for (index, block) in blocks.into_iter().enumerate() {
        let (beginning, behind) = (&beginnings[index], beginnings.get(index + 1..).unwrap_or_default());
        let next_number = next_numbers[index];
        let number = match beginning {
            Beginning::Number(number) => Some(number),
            Beginning::LabelAndNumber(_, number) if number.goes_on_in(behind) => Some(number),
            _ => None,
        };
        match (block.kind, number) {
            (BlockKind::Paragraph(inline), Some(number)) => {
                let next_is_plain_text = behind.first().is_some_and(Beginning::is_plain_text)
                    && closing(&words, index + 1).is_none();
                open.measure(inline, block.range, beginning, number);
                // What closes the list behind a label is no text of its last point, which so is no title.
                let is_last = behind.first().and_then(|next| open.closed_by(next, next_number)).is_some();
                open.set_lead(number, next_is_plain_text && !is_last);
            }
            (BlockKind::Paragraph(inline), None) => {
                let is_closed = closing(&words, index).is_some() && open.ends_in_front_of(0, next_number);
                let first_closed = if is_closed { Some(0) } else { open.closed_by(beginning, next_number) };
                if let Some(first) = first_closed.filter(|_| open.has_text()) {
                    open.close_from(first);
                }
                let paragraph = labelled(inline, block.range, beginning.label());
                open.parts().push(Part::Paragraph(Paragraph { is_annex: beginning.is_annex(), ..paragraph }));
            }
            (kind, _) => open.parts().push(Part::Block(Block { kind, range: block.range })),
        }
    }
    open.close_all()
}

/// Returns for each block the first number behind it.
fn next_numbers(beginnings: &[Beginning]) -> Vec<Option<Numbering>> {
    let mut next = None;
    let mut numbers: Vec<_> = beginnings
        .iter()
        .rev()
        .map(|beginning| {
            let own = beginning.number().map(|number| number.numbering);
            let own = own.or(next);
            std::mem::replace(&mut next, own)
        })
        .collect();
    numbers.reverse();
    numbers
}

/// Returns the words of a paragraph; those of other blocks do not count.
fn words_of(block: &Block) -> String {
    match &block.kind {
        BlockKind::Paragraph(inline) => inline.plain_text(),
        _ => String::new(),
    }
}

/// Tells whether the paragraph at `index` is no part of the measures above it, if nothing numbered goes on behind it.
fn closing(words: &[String], index: usize) -> Option<Closing> {
    let text = &words[index];
    let below = words.get(index + 1).map_or("", |next| next.as_str());
    let next = text.lines().chain(below.lines()).nth(1).unwrap_or_default();
    structure::closing(text, next)
}

/// Makes plain text of the numbered lines behind 附件： and 联系方式：.
fn set_lists_apart(words: &[String], beginnings: &mut [Beginning]) {
    for index in 0..words.len() {
        let closing = closing(words, index);
        let is_list = matches!(closing, Some(Closing::Annexes | Closing::Contacts));
        if !is_list || matches!(beginnings[index], Beginning::Number(_)) {
            continue;
        }
        let mut last = None;
        if let Beginning::LabelAndNumber(label, number) = &beginnings[index] {
            last = Some(number.numbering);
            beginnings[index] = Beginning::Label(*label);
        }
        for line in beginnings.iter_mut().skip(index + 1) {
            let Beginning::Number(Number { numbering, .. }) = line else { break };
            let goes_on = match last {
                Some(last) => numbering.style == last.style && numbering.number == last.number + 1,
                None => numbering.number == 1,
            };
            if !goes_on {
                break;
            }
            last = Some(*numbering);
            *line = if closing == Some(Closing::Annexes) { Beginning::Annex } else { Beginning::Text };
        }
    }
}

/// Makes plain text of paragraphs that are a whole list each (①…②…), where nothing else is numbered: their points are measures.
fn set_points_apart(words: &[String], beginnings: &mut [Beginning]) {
    let is_list = |(beginning, words): (&Beginning, &String)| match beginning {
        Beginning::Number(Number { numbering, .. }) => {
            let second =
                |turn: &Turn| matches!(turn, Turn::Point(Some(style), 2) if *style == numbering.style);
            numbering.number == 1 && structure::turns(words).iter().any(|(_, turn)| second(turn))
        }
        _ => beginning.number().is_none(),
    };
    if beginnings.iter().zip(words).all(is_list) {
        for beginning in beginnings.iter_mut().filter(|one| matches!(one, Beginning::Number(_))) {
            *beginning = Beginning::Text;
        }
    }
}

/// Makes labels of the words that are labels because labels stand beside them, so that of several lines not half are.
fn spread_labels(words: &[String], beginnings: &mut [Beginning]) {
    let spread = |index: usize, beside: usize, beginnings: &mut [Beginning]| {
        if matches!(beginnings[index], Beginning::Text)
            && beginnings[beside].is_label_of_text()
            && let Some(length) = structure::label_beside_labels(&words[index])
        {
            beginnings[index] = Beginning::Label(Label { meaning: Meaning::Fact, length });
        }
    };
    for index in 1..words.len() {
        spread(index, index - 1, beginnings);
    }
    for index in (1..words.len()).rev() {
        spread(index - 1, index, beginnings);
    }
}

/// What a block begins with.
enum Beginning {
    /// A paragraph with its number.
    Number(Number),
    /// A paragraph with a label and a number behind it.
    LabelAndNumber(Label, Number),
    /// A paragraph with a label.
    Label(Label),
    /// A line of the list of annexes, behind its first.
    Annex,
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
    fn of(block: &Block, words: &str) -> Self {
        if !matches!(block.kind, BlockKind::Paragraph(_)) {
            return Self::Block;
        }
        if let Some(numbering) = text::numbering::parse(words) {
            return Self::Number(Number { numbering, end: numbering.length });
        }
        let Some(label) = structure::label(words) else { return Self::Text };
        let end = behind_spaces(words, label.length);
        // On a line of its own the label belongs to all that follows.
        let is_alone = words.get(..end).is_some_and(|label| label.contains('\n'));
        let numbering = words.get(end..).filter(|_| !is_alone).and_then(text::numbering::parse);
        numbering.map_or(Self::Label(label), |numbering| {
            Self::LabelAndNumber(label, Number { numbering, end: end + numbering.length })
        })
    }

    fn number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) | Self::LabelAndNumber(_, number) => Some(number),
            Self::Label(_) | Self::Annex | Self::Text | Self::Block => None,
        }
    }

    fn label(&self) -> Option<Label> {
        match self {
            Self::Label(label) | Self::LabelAndNumber(label, _) => Some(*label),
            Self::Number(_) | Self::Annex | Self::Text | Self::Block => None,
        }
    }

    fn is_annex(&self) -> bool {
        matches!(self, Self::Annex | Self::Label(Label { meaning: Meaning::Annex, .. }))
    }

    /// Tells whether it is a label of the text, and so shows that a line beside it may be one.
    fn is_label_of_text(&self) -> bool {
        self.label().is_some_and(|label| label.meaning != Meaning::Annex)
    }

    fn is_plain_text(&self) -> bool {
        matches!(self, Self::Text | Self::Annex | Self::Label(_) | Self::LabelAndNumber(..))
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
    measures: Vec<OpenMeasure>,
}

/// A measure that may still grow.
struct OpenMeasure {
    numbering: Numbering,
    measure: Measure,
    /// Whether its list begins behind a label (整改措施：（1）…), so that the next label may end it.
    is_behind_label: bool,
    /// Whether a point of its list before it has labels of its own.
    is_behind_labelled: bool,
}

impl Open {
    /// The list that the next part goes to.
    fn parts(&mut self) -> &mut Vec<Part> {
        match self.measures.last_mut() {
            Some(open) => &mut open.measure.parts,
            None => &mut self.finished,
        }
    }

    fn close_last(&mut self) {
        if let Some(OpenMeasure { measure, .. }) = self.measures.pop() {
            self.parts().push(Part::Measure(measure));
        }
    }

    fn close_from(&mut self, first: usize) {
        while self.measures.len() > first {
            self.close_last();
        }
    }

    fn close_all(mut self) -> Vec<Part> {
        self.close_from(0);
        self.finished
    }

    /// Tells whether the innermost measure has text of its own, which a title alone is not.
    fn has_text(&self) -> bool {
        self.measures.last().is_some_and(|innermost| !innermost.measure.parts.is_empty())
    }

    /// Tells whether the measures from `first` on are complete: none of them is followed by its next.
    fn ends_in_front_of(&self, first: usize, next: Option<Numbering>) -> bool {
        let is_next = |above: &Numbering| {
            next.is_some_and(|next| next.style == above.style && next.number == above.number + 1)
        };
        !self.measures.iter().skip(first).any(|open| is_next(&open.numbering))
    }

    /// Returns the first measure that the label of a paragraph closes: the list behind the label before it is complete, and its
    /// points have no labels of their own.
    fn closed_by(&self, beginning: &Beginning, next: Option<Numbering>) -> Option<usize> {
        let first = self.measures.iter().position(|open| open.is_behind_label)?;
        let point = &self.measures[first];
        let is_label = matches!(beginning, Beginning::Label(_));
        let is_end = is_label && self.ends_in_front_of(first, next);
        (is_end && !point.is_behind_labelled && !has_labels(&point.measure)).then_some(first)
    }

    /// Opens a measure that begins with `beginning` and whose first paragraph is `inline`; [`Self::set_lead`] follows.
    fn measure(&mut self, inline: Inline, range: Range<usize>, beginning: &Beginning, number: &Number) {
        let numbering = number.numbering;
        let mut is_behind_label = matches!(beginning, Beginning::LabelAndNumber(..));
        let mut is_behind_labelled = false;
        while let Some(above) = self.measures.last().filter(|above| above.numbering.style >= numbering.style)
        {
            if above.numbering.style == numbering.style {
                is_behind_label |= above.is_behind_label;
                is_behind_labelled = above.is_behind_labelled || has_labels(&above.measure);
            }
            self.close_last();
        }
        let parts = self.parts();
        let position = last_position(parts) + 1;
        if let Some(Part::Paragraph(Paragraph { label: Some(_), text, .. })) = parts.last() {
            is_behind_label |= text.plain_text().trim().is_empty();
        }
        let first = Part::Paragraph(labelled(inline, range.clone(), None));
        let measure = Measure { position, lead: None, is_run_in: false, parts: vec![first], range };
        self.measures.push(OpenMeasure { numbering, measure, is_behind_label, is_behind_labelled });
    }

    /// Makes a lead of the beginning of the measure that was opened last, or of all of it, or none.
    fn set_lead(&mut self, number: &Number, next_is_plain_text: bool) {
        let Some(OpenMeasure { measure, .. }) = self.measures.last_mut() else { return };
        let Some(Part::Paragraph(Paragraph { text: inline, range, .. })) = measure.parts.pop() else {
            return;
        };
        let text = inline.plain_text();
        let behind = text.get(number.end..).unwrap_or_default();
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
    }
}

/// Tells whether a point has paragraphs with labels, the one that it begins with left out.
fn has_labels(point: &Measure) -> bool {
    let is_labelled = |part: &Part| matches!(part, Part::Paragraph(Paragraph { label: Some(_), .. }));
    let begins_in_parts = point.lead.is_none() || point.is_run_in;
    point.parts.iter().skip(usize::from(begins_in_parts)).any(is_labelled)
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
    let label = structure::label(&inline.plain_text());
    labelled(inline, range, label)
}

fn labelled(inline: Inline, range: Range<usize>, label: Option<Label>) -> Paragraph {
    let Some(label) = label else {
        return Paragraph { label: None, text: inline, points: Vec::new(), is_annex: false, range };
    };
    let end = behind_spaces(&inline.plain_text(), label.length);
    let (label, text) = inline.split_at(end);
    Paragraph { label: Some(label), text, points: Vec::new(), is_annex: false, range }
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

    /// Shows parts one after the other: `3<lead|text>` is the measure at position 3, `[label]text` a paragraph, `#` in front
    /// of a line of the list of annexes.
    fn show(parts: &[Part]) -> String {
        let shown = parts.iter().map(|part| match part {
            Part::Measure(measure) => {
                let lead = measure.lead.as_ref().map(|lead| lead.plain_text() + "|").unwrap_or_default();
                format!("{}<{lead}{}>", measure.position, show(&measure.parts))
            }
            Part::Paragraph(paragraph) => {
                let label = paragraph.label.as_ref().map(|label| format!("[{}]", label.plain_text()));
                let annex = if paragraph.is_annex { "#" } else { "" };
                format!("{annex}{}{}", label.unwrap_or_default(), paragraph.text.plain_text())
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

    #[test]
    fn a_list_in_one_paragraph_is_text_where_nothing_else_is_numbered() {
        check("①甲，乙。②丙。\n\n责任单位：丁", "①甲，乙。②丙。 [责任单位：]丁");
        check("（1）甲；（2）乙。", "（1）甲；（2）乙。");
        check("①甲。②乙。\n\n（一）丙。丁。", "1<①甲。|②乙。> 2<（一）丙。|丁。>");
        check("①甲。乙。", "1<①甲。|乙。>");
    }

    #[test]
    fn neighbors_of_labels_are_labels() {
        check(
            "整改任务：甲。\n\n督导检查：乙。\n\n备注：无\n\n丙：丁。\n\n整改结果：戊。",
            "[整改任务：]甲。 [督导检查：]乙。 [备注：]无 丙：丁。 [整改结果：]戊。",
        );
        check("会议要求：甲。\n\n整改情况：乙。", "会议要求：甲。 [整改情况：]乙。");
        check("督导检查：甲。\n\n乙。", "督导检查：甲。 乙。");
        check("【整改情况】甲。\n\n【销号】乙。", "[【整改情况】]甲。 [【销号】]乙。");
    }

    #[test]
    fn what_follows_the_last_measure_is_no_part_of_it() {
        let measures = "（一）甲。乙。\n\n（二）丙。丁。\n\n";
        let shown = "1<（一）甲。|乙。> 2<（二）丙。|丁。>";
        for text in ["下一步，戊。\n\n己。", "联系电话：戊", "某某县水务局\n\n2025年8月28日", "附件：戊"]
        {
            let outlines = |text: &str| text.replace("\n\n", " ").replace("附件：", "#[附件：]");
            check(&format!("{measures}{text}"), &format!("{shown} {}", outlines(text)));
        }
        check(&format!("{measures}戊。"), "1<（一）甲。|乙。> 2<（二）丙。|丁。 戊。>");
        check(
            "（一）甲。乙。\n\n下一步，戊。\n\n（二）丙。丁。",
            "1<（一）甲。|乙。 下一步，戊。> 2<（二）丙。|丁。>",
        );
        check("（一）下一步打算\n\n下一步，戊。", "1<（一）下一步打算|下一步，戊。>");
    }

    #[test]
    fn a_label_ends_the_list_behind_the_label_before_it() {
        check(
            "整改措施：（1）甲。\n（2）乙。\n\n完成情况：丙。\n\n责任人：丁",
            "1<[整改措施：]（1）甲。> 2<（2）乙。> [完成情况：]丙。 [责任人：]丁",
        );
        check(
            "（一）甲。乙。\n\n整改措施：\n\n1.丙。\n\n2.丁。\n\n责任人：戊\n\n（二）己。庚。",
            "1<（一）甲。|乙。 [整改措施：] 1<1.丙。> 2<2.丁。> [责任人：]戊> 2<（二）己。|庚。>",
        );
        // Points that have labels of their own keep them, and so do measures behind no label.
        check(
            "整改措施：\n\n1.甲\n\n责任人：乙\n\n2.丙\n\n责任人：丁",
            "[整改措施：] 1<1.甲|[责任人：]乙> 2<2.丙|[责任人：]丁>",
        );
        check("（一）甲。乙。\n\n责任人：丙", "1<（一）甲。|乙。 [责任人：]丙>");
    }

    #[test]
    fn numbered_lines_behind_annex_and_contacts_are_lines() {
        check("附件：1.甲\n\n2.乙\n\n3.丙", "#[附件：]1.甲 #2.乙 #3.丙");
        check("附件:1.甲\n\n2．[乙](a.pdf)\n\n丙\n\n3.丁", "#[附件:]1.甲 #2．乙 丙 1<3.丁|>");
        check("附件：\n1.甲\n2.乙\n\n（一）丙。丁。", "#[附件：] #1.甲 #2.乙 1<（一）丙。|丁。>");
        check("（一）甲。乙。\n\n附件：1.丙\n\n2.丁", "1<（一）甲。|乙。> #[附件：]1.丙 #2.丁");
        check("附件一并公布。\n\n甲", "附件一并公布。 甲");
        check(
            "联系方式：\n\n1.电话甲\n\n2.邮箱乙\n\n4.丙。丁。",
            "[联系方式：] 1.电话甲 2.邮箱乙 1<4.丙。|丁。>",
        );
    }
}
