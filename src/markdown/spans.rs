//! Collects the parts of one line of text and turns them into a tree.
//!
//! The parser's emphasis arrives here as plain delimiters and leaves as what `emphasis` makes of it. HTML tags become
//! elements only in pairs, so that whatever is written stays balanced. Line breaks between Chinese characters vanish.
//! Start reading at [`SpanCollector::finish`]; which events there are, `blocks` knows.

use std::collections::BTreeSet;
use std::mem;
use std::ops::Range;

use super::MAX_DEPTH;
use super::characters::{is_cjk, last_visible};
use super::destination;
use super::emphasis::{Atom, pair};
use super::inline::{ElementKind, Inline, Span};
use super::levels;
use super::problems::Problems;
use super::raw_html::{Markup, Tag, can_be_allowed, parse};

/// How many tags that make text smaller may stand in one another.
const MAX_SMALL: usize = 2;

/// What official prose is indented with.
const INDENTATION: [char; 3] = [' ', '\t', '\u{3000}'];

/// The parts collected so far, inside the links, images and tags that are still open.
pub(super) struct SpanCollector<'a> {
    text: &'a str,
    allowed_tags: &'a BTreeSet<String>,
    // Invariant: never empty; the first frame is the line itself.
    frames: Vec<Frame>,
    /// How many links and images were opened too deep to count.
    n_ignored: usize,
    start: usize,
}

struct Frame {
    kind: FrameKind,
    atoms: Vec<Atom>,
    range: Range<usize>,
}

enum FrameKind {
    Line,
    Link { destination: String, title: String },
    Image { destination: String, title: String },
    Tag(Tag),
}

impl<'a> SpanCollector<'a> {
    /// Starts at byte `start` of the file `text`.
    pub(super) fn new(text: &'a str, allowed_tags: &'a BTreeSet<String>, start: usize) -> Self {
        let line = Frame { kind: FrameKind::Line, atoms: Vec::new(), range: start..start };
        Self { text, allowed_tags, frames: vec![line], n_ignored: 0, start }
    }

    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the line itself is never closed before the end")
    }

    /// Adds bytes of the file as they stand.
    pub(super) fn verbatim(&mut self, range: Range<usize>) {
        let follows_backslash = self.text.get(..range.start).is_some_and(|text| text.ends_with('\\'));
        match self.top().atoms.last_mut() {
            _ if range.is_empty() => {}
            Some(Atom::Verbatim { range: last, .. }) if last.end == range.start => last.end = range.end,
            // The parser leaves out a backslash that escapes; one that is text was added before.
            _ => self.top().atoms.push(Atom::Verbatim { range, escaped: follows_backslash }),
        }
    }

    /// Adds a finished span.
    pub(super) fn span(&mut self, span: Span) {
        self.top().atoms.push(Atom::Span { span, depth: 0 });
    }

    /// Adds bytes of the file in which nothing is a delimiter.
    fn inert(&mut self, range: Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or_default().to_owned();
        self.span(Span::Text { text, range });
    }

    /// Adds the end of a line.
    pub(super) fn line_break(&mut self, range: Range<usize>) {
        self.top().atoms.push(Atom::Break { range });
    }

    /// Opens a link.
    pub(super) fn open_link(&mut self, destination: String, title: String, range: Range<usize>) {
        self.open(FrameKind::Link { destination, title }, range);
    }

    /// Opens an image, whose content becomes its alternative text.
    pub(super) fn open_image(&mut self, destination: String, title: String, range: Range<usize>) {
        self.open(FrameKind::Image { destination, title }, range);
    }

    fn open(&mut self, kind: FrameKind, range: Range<usize>) {
        if self.n_ignored > 0 || self.frames.len() >= MAX_DEPTH {
            self.n_ignored += 1;
        } else {
            self.frames.push(Frame { kind, atoms: Vec::new(), range });
        }
    }

    /// Closes the link or image opened last.
    pub(super) fn close(&mut self, problems: &mut Problems<'_>) {
        if self.n_ignored > 0 {
            self.n_ignored -= 1;
            problems.nested_too_deep(self.top().range.clone());
            return;
        }
        self.drop_open_tags(problems);
        if self.frames.len() < 2 {
            return;
        }
        let frame = self.frames.pop().expect("two frames are open");
        self.close_frame(frame, problems);
    }

    /// Builds what `frame` is from its content and adds it to the frame around it.
    fn close_frame(&mut self, frame: Frame, problems: &mut Problems<'_>) {
        let Frame { kind, atoms, range } = frame;
        let (spans, depth) = pair(self.text, resolve_breaks(self.text, atoms), problems);
        let children = Inline::new(spans, range.start);
        let kind = match kind {
            FrameKind::Line => unreachable!("the line itself is closed by `finish`"),
            FrameKind::Image { destination, title } => {
                self.image(destination, children.plain_text(), title, range, problems);
                return;
            }
            FrameKind::Link { destination, .. } if !destination::is_safe(&destination) => {
                problems.unsafe_link(range, &destination);
                let spans = children.spans().iter().cloned();
                self.top().atoms.extend(spans.map(|span| Atom::Span { span, depth }));
                return;
            }
            FrameKind::Link { destination, title } => ElementKind::Link { destination, title },
            FrameKind::Tag(tag) if tag.name == "a" => {
                ElementKind::Link { destination: tag.attribute("href"), title: tag.attribute("title") }
            }
            FrameKind::Tag(tag) => ElementKind::Html(tag),
        };
        let span = Span::Element { kind, children, range };
        self.top().atoms.push(Atom::Span { span, depth: depth + 1 });
    }

    fn image(
        &mut self,
        destination: String,
        alternative: String,
        title: String,
        range: Range<usize>,
        problems: &mut Problems<'_>,
    ) {
        if alternative.trim().is_empty() {
            problems.missing_alternative_text(range.clone());
        }
        if destination.trim().is_empty() || destination.trim_start().starts_with(['#', '?']) {
            // A browser would show the description, as words of the text.
            problems.no_picture(range.clone());
            self.span(Span::Text { text: alternative, range });
        } else if destination::is_safe(&destination) {
            self.span(Span::Image { destination, alternative, title, range });
        } else {
            problems.unsafe_link(range.clone(), &destination);
            self.span(Span::Text { text: alternative, range });
        }
    }

    /// Adds a tag, comment or other markup in `<…>`.
    pub(super) fn html(&mut self, range: Range<usize>, problems: &mut Problems<'_>) {
        match parse(self.text.get(range.clone()).unwrap_or_default()) {
            Markup::Comment => {}
            Markup::Other => {
                problems.html_shown_as_text(range.clone(), "!", false);
                self.inert(range);
            }
            Markup::Close(name) => self.close_tag(&name, range, problems),
            Markup::Open(tag, unsafe_values) => {
                if !self.is_allowed(&tag.name) {
                    problems.html_shown_as_text(range.clone(), &tag.name, false);
                    self.inert(range);
                    return;
                }
                for value in unsafe_values {
                    problems.unsafe_link(range.clone(), &value);
                }
                self.open_tag(tag, range, problems);
            }
        }
    }

    fn is_allowed(&self, name: &str) -> bool {
        can_be_allowed(name) && self.allowed_tags.contains(name)
    }

    fn open_tag(&mut self, tag: Tag, range: Range<usize>, problems: &mut Problems<'_>) {
        let needed = tag.needed_around();
        let is_open = |name: &&str| self.frames.iter().any(|frame| frame.is_tag(name));
        // Nested ones make the text smaller each time, in the end too small to read.
        let n_small = self.frames.iter().filter(|frame| frame.is_small()).count();
        if (!needed.is_empty() && !needed.iter().any(is_open)) || (tag.is_small() && n_small >= MAX_SMALL) {
            problems.html_shown_as_text(range.clone(), &tag.name, true);
            self.inert(range);
        } else if tag.name == "br" {
            self.span(Span::HardBreak { range });
        } else if tag.name == "img" {
            self.image(tag.attribute("src"), tag.attribute("alt"), tag.attribute("title"), range, problems);
        } else if tag.is_void() {
            let children = Inline::new(Vec::new(), range.end);
            self.span(Span::Element { kind: ElementKind::Html(tag), children, range });
        } else if self.frames.len() >= MAX_DEPTH {
            problems.nested_too_deep(range.clone());
            self.inert(range);
        } else {
            self.frames.push(Frame { kind: FrameKind::Tag(tag), atoms: Vec::new(), range });
        }
    }

    fn close_tag(&mut self, name: &str, range: Range<usize>, problems: &mut Problems<'_>) {
        let open = self.frames.iter().rev().take_while(|frame| matches!(frame.kind, FrameKind::Tag(_)));
        let Some(n_inside) = open.map(|frame| frame.is_tag(name)).position(|is_it| is_it) else {
            // A tag that is not allowed was reported where it opens.
            if self.is_allowed(name) {
                problems.html_shown_as_text(range.clone(), name, true);
            }
            self.inert(range);
            return;
        };
        for _ in 0..n_inside {
            self.drop_tag(problems);
        }
        if let Some(mut frame) = self.frames.pop() {
            frame.range.end = range.end;
            self.close_frame(frame, problems);
        }
    }

    fn drop_open_tags(&mut self, problems: &mut Problems<'_>) {
        while matches!(self.top().kind, FrameKind::Tag(_)) {
            self.drop_tag(problems);
        }
    }

    /// Makes the open tag on top, which nothing closes, text of the frame around it.
    fn drop_tag(&mut self, problems: &mut Problems<'_>) {
        let Some(Frame { kind: FrameKind::Tag(tag), atoms, range }) = self.frames.pop() else { return };
        problems.html_shown_as_text(range.clone(), &tag.name, true);
        self.inert(range);
        self.top().atoms.extend(atoms);
    }

    /// Returns the text, without the indentation in front of it.
    pub(super) fn finish(mut self, problems: &mut Problems<'_>) -> Inline {
        self.drop_open_tags(problems);
        let mut atoms = mem::take(&mut self.top().atoms);
        trim(self.text, &mut atoms);
        let (spans, _) = pair(self.text, resolve_breaks(self.text, atoms), problems);
        levels::checked(Inline::new(spans, self.start), problems)
    }
}

impl Frame {
    fn is_tag(&self, name: &str) -> bool {
        matches!(&self.kind, FrameKind::Tag(tag) if tag.name == name)
    }

    fn is_small(&self) -> bool {
        matches!(&self.kind, FrameKind::Tag(tag) if tag.is_small())
    }
}

/// Removes indentation at the beginning and line breaks at both ends.
fn trim(text: &str, atoms: &mut Vec<Atom>) {
    let is_break =
        |atom: &Atom| matches!(atom, Atom::Break { .. } | Atom::Span { span: Span::HardBreak { .. }, .. });
    let mut n_empty = 0;
    for atom in atoms.iter_mut() {
        if let Atom::Verbatim { range, .. } = atom {
            let rest = text.get(range.clone()).unwrap_or_default().trim_start_matches(INDENTATION);
            range.start = range.end - rest.len();
            if !rest.is_empty() {
                break;
            }
        } else if !is_break(atom) {
            break;
        }
        n_empty += 1;
    }
    atoms.drain(..n_empty);
    while atoms.pop_if(|atom| is_break(atom)).is_some() {}
}

/// Makes each line break a space, or nothing between two Chinese characters.
fn resolve_breaks(text: &str, atoms: Vec<Atom>) -> Vec<Atom> {
    if !atoms.iter().any(|atom| matches!(atom, Atom::Break { .. })) {
        return atoms;
    }
    let mut next = None;
    let mut is_cjk_next = Vec::with_capacity(atoms.len());
    for atom in atoms.iter().rev() {
        is_cjk_next.push(next.is_some_and(is_cjk));
        next = visible(text, atom).0.or(next);
    }
    let mut last = None;
    let mut out = Vec::with_capacity(atoms.len());
    for (atom, is_cjk_next) in atoms.into_iter().zip(is_cjk_next.into_iter().rev()) {
        last = visible(text, &atom).1.or(last);
        match atom {
            Atom::Break { .. } if is_cjk_next && last.is_some_and(is_cjk) => {}
            Atom::Break { range } => {
                out.push(Atom::Span { span: Span::Text { text: " ".to_owned(), range }, depth: 0 });
            }
            atom => out.push(atom),
        }
    }
    out
}

/// Returns the first and the last character that a reader will see of `atom`, delimiters aside.
fn visible(text: &str, atom: &Atom) -> (Option<char>, Option<char>) {
    let ends = |text: &str| (text.chars().next(), last_visible(text));
    match atom {
        Atom::Break { .. } => (None, None),
        Atom::Verbatim { range, .. } => {
            ends(text.get(range.clone()).unwrap_or_default().trim_matches(['*', '_']))
        }
        Atom::Span { span: Span::Text { text, .. } | Span::Code { text, .. }, .. } => ends(text),
        Atom::Span { span: Span::Element { children, .. }, .. } => ends(&children.plain_text()),
        Atom::Span { .. } => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::testing::{codes, inline_html, inline_with};

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let tags = ["a", "b", "br", "img", "li", "ul", "div", "script", "p"];
        assert_eq!(inline_html(&inline_with(source, &tags)), expected, "{source:?}");
    }

    #[test]
    fn line_breaks_between_chinese_characters_vanish() {
        check("甲\n乙", "甲乙");
        check("甲，\r\n“乙", "甲，“乙");
        check("**甲**\n*乙*", "<strong>甲</strong><em>乙</em>");
        check("[甲](/a)\n乙", "<a href=\"/a\">甲</a>乙");
        check("葛\u{e0100}\n乙", "葛\u{e0100}乙");
        check("甲\nb", "甲 b");
        check("a\n乙", "a 乙");
        check("a\nb", "a b");
        check("甲  \n乙", "甲<br>乙");
        check("　　甲", "甲");
        check("　\n甲", "甲");
    }

    #[test]
    fn tags_are_text_unless_allowed() {
        check("<i>甲</i>", "&lt;i&gt;甲&lt;/i&gt;");
        check("<b class=\"x\" onclick=\"y\" title=\"z\">甲</b>", "<b title=\"z\">甲</b>");
        check("<script>甲</script>", "&lt;script&gt;甲&lt;/script&gt;");
        check("甲<!-- 乙 -->丙", "甲丙");
        check("甲<br>乙", "甲<br>乙");
        check("甲<?php 乙 ?>", "甲&lt;?php 乙 ?&gt;");
        check("<a href=\"/x\" title=\"y\">甲</a>", "<a href=\"/x\" title=\"y\">甲</a>");
        check("甲<img src=a.png alt=乙>", "甲<img src=\"a.png\" alt=\"乙\">");
        check("<i a=\"*\">*甲*</i>", "&lt;i a=&quot;*&quot;&gt;<em>甲</em>&lt;/i&gt;");
    }

    #[test]
    fn tags_are_balanced() {
        check("<b>甲", "&lt;b&gt;甲");
        check("甲</b>", "甲&lt;/b&gt;");
        check("甲<b>*乙</b>*", "甲<b>*乙</b>*");
        check("甲[<b>乙](/a)</b>", "甲<a href=\"/a\">&lt;b&gt;乙</a>&lt;/b&gt;");
        check("甲<li>乙</li>", "甲&lt;li&gt;乙&lt;/li&gt;");
        let small = inline_with("<small><sub><sup>甲</sup></sub></small>", &["small", "sub", "sup"]);
        assert_eq!(inline_html(&small), "<small><sub>&lt;sup&gt;甲&lt;/sup&gt;</sub></small>");
        check("[甲<a href=\"/b\">乙</a>](/a)", "<a href=\"/a\">甲乙</a>");
    }

    #[test]
    fn links_and_images_are_held_to_their_rules() {
        check("[甲](javascript:x)", "甲");
        check("[甲](JAVA&#115;cript&colon;x)", "甲");
        check("![甲](data:x)", "甲");
        check("<https://x.cn/a>", "<a href=\"https://x.cn/a\">https://x.cn/a</a>");
        check("<a@b.cn>", "<a href=\"mailto:a@b.cn\">a@b.cn</a>");
        check("甲https://x.cn", "甲https://x.cn");
        assert_eq!(codes("![](x.png)"), ["missing-alternative-text 0..10"]);
        assert_eq!(codes("a [b](data:x)"), ["unsafe-link 2..13"]);
        assert_eq!(codes("甲<i>乙</i>"), ["html-shown-as-text 3..6"]);
    }
}
