//! Text with emphasis, links and the like: a tree of spans that knows what a reader sees and where it stands.
//!
//! Every [`Inline`] carries the length of its plain text, so that cutting a paragraph into many pieces costs no more
//! than walking over it once. Writing is in `html`; the tree comes from `spans`.

use std::ops::Range;

use super::raw_html::Tag;

/// A run of text as a reader sees it, with its markup as a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    // Invariant: holds no element without content that had some before a split.
    spans: Vec<Span>,
    range: Range<usize>,
    // Invariant: the sum of the lengths of the spans.
    plain_length: usize,
}

/// One part of an [`Inline`]; every `range` is in the whole file and includes the markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Text without markup; as long as its range unless an entity was resolved or a line break became a space.
    Text {
        /// The text itself.
        text: String,
        /// Where it is written.
        range: Range<usize>,
    },
    /// A code span.
    Code {
        /// The code itself.
        text: String,
        /// Where it is written, without backticks; with them where line ends or padding make it differ.
        text_range: Range<usize>,
        /// Where it is written, backticks included.
        range: Range<usize>,
    },
    /// A line break that is to be seen.
    HardBreak {
        /// Where it is written.
        range: Range<usize>,
    },
    /// An image.
    Image {
        /// Its address as written.
        destination: String,
        /// The text for those who do not see it.
        alternative: String,
        /// The text that appears under the pointer; often empty.
        title: String,
        /// Where it is written.
        range: Range<usize>,
    },
    /// A reference to a footnote.
    FootnoteReference {
        /// The number of the footnote in the section, from 1.
        number: usize,
        /// How many references to this footnote came before this one, plus 1.
        occurrence: usize,
        /// Where it is written.
        range: Range<usize>,
    },
    /// Something with content.
    Element {
        /// What it is.
        kind: ElementKind,
        /// Its content.
        children: Inline,
        /// Where it is written.
        range: Range<usize>,
    },
}

/// What an element of an [`Inline`] means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ElementKind {
    /// `*text*`
    Emphasis,
    /// `**text**`
    Strong,
    /// `[text](destination "title")`
    Link {
        /// The address as written.
        destination: String,
        /// The text that appears under the pointer; often empty.
        title: String,
    },
    /// An allowed HTML tag.
    Html(Tag),
    /// A marked stretch with its number, whose meaning only whoever set the mark knows.
    Mark(usize),
}

impl Span {
    /// Returns where the span is written, markup included.
    pub fn range(&self) -> Range<usize> {
        match self {
            Self::Text { range, .. }
            | Self::Code { range, .. }
            | Self::HardBreak { range }
            | Self::Image { range, .. }
            | Self::FootnoteReference { range, .. }
            | Self::Element { range, .. } => range.clone(),
        }
    }

    /// Returns the length in bytes of what the span adds to the plain text.
    pub fn plain_length(&self) -> usize {
        match self {
            Self::Text { text, .. } | Self::Code { text, .. } => text.len(),
            Self::HardBreak { .. } => 1,
            Self::Image { .. } | Self::FootnoteReference { .. } => 0,
            Self::Element { children, .. } => children.plain_length,
        }
    }

    fn push_plain_text(&self, out: &mut String) {
        match self {
            Self::Text { text, .. } | Self::Code { text, .. } => out.push_str(text),
            Self::HardBreak { .. } => out.push('\n'),
            Self::Image { .. } | Self::FootnoteReference { .. } => {}
            Self::Element { children, .. } => children.push_plain_text(out),
        }
    }

    /// Cuts the span at `offset` bytes of its plain text, which is neither its beginning nor its end.
    fn split_at(self, offset: usize) -> (Self, Self) {
        match self {
            Self::Text { mut text, range } => {
                let middle = offset_in(&text, &range, offset);
                let second = text.split_off(offset);
                let first = Self::Text { text, range: range.start..middle };
                (first, Self::Text { text: second, range: middle..range.end })
            }
            Self::Code { mut text, text_range, range } => {
                let middle = offset_in(&text, &text_range, offset);
                let second = text.split_off(offset);
                let (before, after) = (text_range.start..middle, middle..text_range.end);
                let first = Self::Code { text, text_range: before, range: range.start..middle };
                (first, Self::Code { text: second, text_range: after, range: middle..range.end })
            }
            Self::Element { kind, children, range } => {
                let (first, second) = children.split_at(offset);
                let middle = second.range.start.clamp(range.start, range.end);
                let (before, after) = (range.start..middle, middle..range.end);
                let first = Self::Element { kind: kind.clone(), children: first, range: before };
                (first, Self::Element { kind, children: second, range: after })
            }
            Self::HardBreak { .. } | Self::Image { .. } | Self::FootnoteReference { .. } => {
                unreachable!("a plain text of at most one byte has no middle")
            }
        }
    }
}

/// Returns where byte `offset` of `text` stands in the file.
fn offset_in(text: &str, range: &Range<usize>, offset: usize) -> usize {
    if text.len() == range.len() { range.start + offset } else { range.start }
}

/// Where a block of HTML begins or ends in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockEdge {
    /// The byte of the plain text.
    pub at: usize,
    /// Whether running text may go on here; not so between cells or entries.
    pub is_paragraph: bool,
}

impl Inline {
    /// Gathers `spans`; `start` is where they would stand if there were any.
    pub(super) fn new(spans: Vec<Span>, start: usize) -> Self {
        let plain_length = spans.iter().map(Span::plain_length).sum();
        let range = match (spans.first(), spans.last()) {
            (Some(first), Some(last)) => first.range().start..last.range().end,
            _ => start..start,
        };
        Self { spans, range, plain_length }
    }

    /// Returns a text that says nothing.
    pub fn empty() -> Self {
        Self::new(Vec::new(), 0)
    }

    /// Puts `text`, which is written at `range`, in front.
    #[must_use]
    pub fn with_prefix(mut self, text: &str, range: Range<usize>) -> Self {
        let start = range.start;
        self.spans.insert(0, Span::Text { text: text.to_owned(), range });
        Self::new(self.spans, start)
    }

    /// Returns the spans in reading order.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Returns where the text is written, markup included.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Tells whether there is nothing to see, not even an image.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Returns the length of [`Inline::plain_text`] in bytes, without building it.
    pub fn plain_length(&self) -> usize {
        self.plain_length
    }

    /// Returns what a reader sees, without markup; a hard break is `\n`, images and footnote numbers add nothing.
    pub fn plain_text(&self) -> String {
        let mut out = String::with_capacity(self.plain_length);
        self.push_plain_text(&mut out);
        out
    }

    fn push_plain_text(&self, out: &mut String) {
        for span in &self.spans {
            span.push_plain_text(out);
        }
    }

    /// Splits at byte `offset` of the plain text, elements that span it into two; emptied elements vanish.
    ///
    /// What has no plain text of its own and stands at `offset` goes to the second part. An `offset` past the end
    /// counts as the end; one inside a character is the caller's mistake.
    #[must_use]
    pub fn split_at(mut self, offset: usize) -> (Self, Self) {
        let mut second = Vec::new();
        let mut end = self.plain_length;
        // From the back, so that cutting off piece after piece stays linear.
        while let Some(span) = self.spans.pop() {
            let start = end - span.plain_length();
            if start >= offset {
                second.push(span);
            } else if end <= offset {
                self.spans.push(span);
                break;
            } else {
                let (left, right) = span.split_at(offset - start);
                self.spans.push(left);
                second.push(right);
                break;
            }
            end = start;
        }
        second.reverse();
        let middle = second.first().map_or(self.range.end, |span| span.range().start);
        let second_length = self.plain_length.saturating_sub(offset);
        self.plain_length -= second_length;
        self.range.end = self.spans.last().map_or(self.range.start, |span| span.range().end);
        let end = second.last().map_or(middle, |span| span.range().end);
        (self, Self { spans: second, range: middle..end, plain_length: second_length })
    }

    /// Splits at each of the ascending `offsets` into one part more than there are offsets.
    #[must_use]
    pub fn split_at_all(self, offsets: &[usize]) -> Vec<Self> {
        let mut parts = Vec::with_capacity(offsets.len() + 1);
        let mut rest = self;
        for &offset in offsets.iter().rev() {
            let (first, second) = rest.split_at(offset);
            parts.push(second);
            rest = first;
        }
        parts.push(rest);
        parts.reverse();
        parts
    }

    /// Marks stretches of the plain text: ascending byte ranges that do not overlap, each with its number.
    ///
    /// A mark goes inside the element that holds all of it; an element that it cuts becomes two.
    #[must_use]
    pub fn with_marks(mut self, marks: &[(Range<usize>, usize)]) -> Self {
        let here = self.hand_marks_down(marks);
        let mut behind = Vec::new();
        let (start, plain_length) = (self.range.start, self.plain_length);
        for (marked, number) in here.into_iter().rev() {
            let (rest, after) = self.split_at(marked.end);
            let (rest, children) = rest.split_at(marked.start);
            let range = children.range();
            behind.extend(after.spans.into_iter().rev());
            behind.push(Span::Element { kind: ElementKind::Mark(number), children, range });
            self = rest;
        }
        self.spans.extend(behind.into_iter().rev());
        let marked = Self::new(self.spans, start);
        debug_assert_eq!(marked.plain_length, plain_length, "marks change no text");
        marked
    }

    /// Gives each element the marks that lie inside it; returns those that belong to this level.
    fn hand_marks_down(&mut self, marks: &[(Range<usize>, usize)]) -> Vec<(Range<usize>, usize)> {
        let mut here = Vec::new();
        let mut marks = marks.iter().peekable();
        let mut end = 0;
        for span in &mut self.spans {
            let start = end;
            end += span.plain_length();
            let mut inside = Vec::new();
            while let Some((range, number)) = marks.next_if(|(range, _)| range.start < end) {
                if matches!(span, Span::Element { .. }) && start <= range.start && range.end <= end {
                    inside.push((range.start - start..range.end - start, *number));
                } else {
                    here.push((range.clone(), *number));
                }
            }
            if let Span::Element { children, .. } = span
                && !inside.is_empty()
            {
                let unmarked = std::mem::replace(children, Self::new(Vec::new(), 0));
                *children = unmarked.with_marks(&inside);
            }
        }
        here
    }

    /// Lists where blocks of HTML begin and end in the plain text, which shows no sign of that; ascending.
    pub fn block_edges(&self) -> Vec<BlockEdge> {
        let mut edges: Vec<BlockEdge> = Vec::new();
        self.push_block_edges(0, &mut edges);
        edges.dedup_by(|next, edge| {
            edge.is_paragraph &= next.is_paragraph || next.at != edge.at;
            next.at == edge.at
        });
        edges
    }

    fn push_block_edges(&self, start: usize, edges: &mut Vec<BlockEdge>) {
        let mut at = start;
        for span in &self.spans {
            let end = at + span.plain_length();
            if let Span::Element { kind, children, .. } = span {
                let tag = match kind {
                    ElementKind::Html(tag) if tag.is_block() => Some(tag),
                    _ => None,
                };
                let edge = |at| tag.map(|tag| BlockEdge { at, is_paragraph: tag.is_paragraph() });
                edges.extend(edge(at));
                children.push_block_edges(at, edges);
                edges.extend(edge(end));
            }
            at = end;
        }
    }

    /// Visits each text that a link could be put into, with its offset in the plain text: what is in no link, mark, HTML
    /// tag or code.
    pub fn for_each_free_text(&self, visit: &mut dyn FnMut(usize, &str)) {
        let mut offset = 0;
        for span in &self.spans {
            match span {
                Span::Text { text, .. } => visit(offset, text),
                Span::Element { kind: ElementKind::Emphasis | ElementKind::Strong, children, .. } => {
                    children.for_each_free_text(&mut |inner, text| visit(offset + inner, text));
                }
                _ => {}
            }
            offset += span.plain_length();
        }
    }

    /// Puts `words` in front of the text. They stand where it begins.
    pub fn put_in_front(&mut self, words: &str) {
        let place = self.range.start..self.range.start;
        self.spans.insert(0, Span::Text { text: words.to_owned(), range: place });
        self.plain_length += words.len();
    }

    /// Returns where in the file the character at byte `plain_offset` of the plain text stands.
    ///
    /// A character that is not written as it is seen (an entity) stands where its markup begins; past the end is the
    /// end.
    pub fn source_offset(&self, plain_offset: usize) -> usize {
        let mut left = plain_offset;
        for span in &self.spans {
            let length = span.plain_length();
            if left < length {
                return match span {
                    Span::Text { text, range } => offset_in(text, range, left),
                    Span::Code { text, text_range, .. } => offset_in(text, text_range, left),
                    Span::Element { children, .. } => children.source_offset(left),
                    other => other.range().start,
                };
            }
            left -= length;
        }
        self.range.end
    }

    /// Returns, for each character of the plain text, where it is written, as [`Self::source_offset`] does for one.
    pub fn source_offsets(&self) -> Vec<usize> {
        let mut offsets = Vec::with_capacity(self.plain_length);
        self.push_source_offsets(&mut offsets);
        offsets
    }

    fn push_source_offsets(&self, offsets: &mut Vec<usize>) {
        let of_text = |text: &str, range: &Range<usize>, offsets: &mut Vec<usize>| {
            offsets.extend(text.char_indices().map(|(index, _)| offset_in(text, range, index)));
        };
        for span in &self.spans {
            match span {
                Span::Text { text, range } => of_text(text, range, offsets),
                Span::Code { text, text_range, .. } => of_text(text, text_range, offsets),
                Span::Element { children, .. } => children.push_source_offsets(offsets),
                Span::HardBreak { .. } => offsets.push(span.range().start),
                Span::Image { .. } | Span::FootnoteReference { .. } => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::testing::{inline, inline_html};

    #[track_caller]
    fn check(source: &str, offset: usize, expected: (&str, &str)) {
        let (first, second) = inline(source).split_at(offset);
        for part in [&first, &second] {
            assert_eq!(part.plain_length(), part.plain_text().len());
        }
        assert_eq!((inline_html(&first).as_str(), inline_html(&second).as_str()), expected, "{source:?}");
    }

    #[test]
    fn splitting_cuts_elements_in_two_and_drops_empty_ones() {
        check("甲乙", 0, ("", "甲乙"));
        check("甲乙", 3, ("甲", "乙"));
        check("甲乙", 6, ("甲乙", ""));
        check("甲乙", 99, ("甲乙", ""));
        check("**甲乙**丙", 3, ("<strong>甲</strong>", "<strong>乙</strong>丙"));
        check("**甲乙**丙", 6, ("<strong>甲乙</strong>", "丙"));
        check(
            "甲**乙[丙丁](/a)**",
            9,
            ("甲<strong>乙<a href=\"/a\">丙</a></strong>", "<strong><a href=\"/a\">丁</a></strong>"),
        );
        check("甲![图](b)乙", 3, ("甲", "<img src=\"b\" alt=\"图\">乙"));
    }

    #[test]
    fn many_pieces_come_back_in_order() {
        let parts = inline("甲**乙丙**丁").split_at_all(&[3, 6, 9]);
        let texts: Vec<String> = parts.iter().map(Inline::plain_text).collect();
        assert_eq!(texts, ["甲", "乙", "丙", "丁"]);
        assert_eq!(parts.iter().map(|part| part.source_offset(0)).collect::<Vec<_>>(), [0, 5, 8, 13]);
    }

    #[track_caller]
    fn check_marks(source: &str, marks: &[(Range<usize>, usize)], expected: &str) {
        let unmarked = inline(source);
        let marked = unmarked.clone().with_marks(marks);
        assert_eq!(marked.plain_text(), unmarked.plain_text());
        assert_eq!(inline_html(&marked), expected, "{source:?}");
    }

    #[test]
    fn marks_go_inside_the_element_that_holds_them() {
        let seven = "<data value=\"7\" id=\"m7\"><a href=\"#7\">乙</a></data>";
        check_marks("甲乙丙", &[], "甲乙丙");
        check_marks("甲乙丙", &[(3..6, 7)], &format!("甲{seven}丙"));
        check_marks("甲**乙丙**", &[(3..6, 7)], &format!("甲<strong>{seven}丙</strong>"));
        check_marks("乙乙", &[(0..3, 7), (3..6, 7)], &format!("{seven}{seven}"));
    }

    #[test]
    fn a_mark_across_an_element_cuts_it() {
        let seven = "<data value=\"7\" id=\"m7\"><a href=\"#7\"><strong>丙</strong>丁</a></data>";
        check_marks("甲**乙丙**丁", &[(6..12, 7)], &format!("甲<strong>乙</strong>{seven}"));
    }

    #[test]
    fn a_mark_opens_no_link_beside_one_of_the_text() {
        let seven = "<data value=\"7\" id=\"m7\">乙</data>";
        check_marks("甲[乙](/a)", &[(3..6, 7)], &format!("甲<a href=\"/a\">{seven}</a>"));
        let seven = "<data value=\"7\" id=\"m7\">乙<a href=\"/a\">丙</a></data>";
        check_marks("甲乙[丙](/a)", &[(3..9, 7)], &format!("甲{seven}"));
    }

    #[test]
    fn free_texts_are_those_in_which_nothing_leads_elsewhere() {
        let text = inline("甲**乙[丙](/a)丁**`戊`己庚").with_marks(&[(15..18, 7)]);
        let mut free = Vec::new();
        text.for_each_free_text(&mut |offset, words| free.push((offset, words.to_owned())));
        let plain = text.plain_text();
        assert!(
            free.iter()
                .all(|(offset, words)| plain.get(*offset..).is_some_and(|rest| rest.starts_with(words))),
            "{free:?} in {plain}"
        );
        let words: Vec<&str> = free.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(words, ["甲", "乙", "丁", "庚"]);
    }

    #[test]
    fn places_lead_back_to_the_file() {
        let text = inline("甲&lt;**乙**`丙`");
        assert_eq!(text.plain_text(), "甲<乙丙");
        let offsets: Vec<usize> = [0, 3, 4, 7, 10].iter().map(|&at| text.source_offset(at)).collect();
        assert_eq!(offsets, [0, 3, 9, 15, 19]);
        assert_eq!(text.source_offsets(), [0, 3, 9, 15]);
        assert_eq!(text.range(), 0..19);
    }
}
