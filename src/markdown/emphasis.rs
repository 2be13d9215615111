//! Pairs `*` and `_` into emphasis by rules that know Chinese punctuation.
//!
//! `CommonMark` lets a delimiter open or close only by looking at spaces and punctuation around it, and Chinese has no
//! spaces: `**“严格执法”**要求` stays literal. So what the parser made of delimiters is undone in `spans` and they are
//! paired here: a Chinese neighbor on the outer side is as good as a space. The pairing itself is `CommonMark`'s.
//! `~~` is no delimiter: what strikes out the words of a public text would say the contrary of what was approved.
//! Start reading at [`pair`]; each span moves a bounded number of times, so the time is linear.

use std::mem;
use std::ops::Range;

use super::MAX_DEPTH;
use super::characters::{is_cjk, is_closing, is_opening, is_punctuation, last_visible};
use super::inline::{ElementKind, Inline, Span};
use super::problems::Problems;
use crate::text::width;

/// The most bytes that the words of a link, or its address, are taken to have where one is guessed.
const LONGEST_PART: usize = 400;

/// A part of a line of text before emphasis is known.
#[derive(Debug)]
pub(super) enum Atom {
    /// Bytes of the file as they stand; with `escaped`, the first character is no delimiter.
    Verbatim { range: Range<usize>, escaped: bool },
    /// A finished span and how many elements are nested in it.
    Span { span: Span, depth: usize },
    /// The end of a line; `spans` turns it into a space or nothing before pairing.
    Break { range: Range<usize> },
}

/// Characters of one kind in a row that may open or close emphasis.
#[derive(Debug, Clone)]
struct Run {
    byte: u8,
    /// What is left of it.
    range: Range<usize>,
    /// How long it was written.
    length: usize,
    can_open: bool,
    can_close: bool,
}

impl Run {
    fn new(text: &str, range: Range<usize>) -> Self {
        let byte = text.as_bytes().get(range.start).copied().unwrap_or_default();
        let before = text.get(..range.start).and_then(last_visible).unwrap_or(' ');
        let after = text.get(range.end..).and_then(|text| text.chars().next()).unwrap_or(' ');
        let length = range.len();

        let is_outside = |c: char| c.is_whitespace() || is_punctuation(c) || (byte != b'_' && is_cjk(c));
        // Chinese punctuation on the inner side is no obstacle either: `**完善制度。**2025年`.
        let hinders = |c: char| is_punctuation(c) && (byte == b'_' || !is_cjk(c));
        let opens = !after.is_whitespace() && (!hinders(after) || is_outside(before));
        let closes = !before.is_whitespace() && (!hinders(before) || is_outside(after));
        let (mut can_open, mut can_close) = (opens && !is_closing(after), closes && !is_opening(before));
        let is_sign = byte == b'*' && length == 1 && before.is_ascii_digit() && after.is_ascii_digit();
        if byte == b'_' {
            can_open &= !closes || is_punctuation(before);
            can_close &= !opens || is_punctuation(after);
        }
        Self { byte, range, length, can_open: can_open && !is_sign, can_close: can_close && !is_sign }
    }

    /// `CommonMark`'s rule of three: `*a**b*` is not two emphases.
    fn matches(&self, closer: &Self) -> bool {
        let is_ambiguous = self.can_close || closer.can_open;
        let is_odd = (self.length + closer.length).is_multiple_of(3) && !closer.length.is_multiple_of(3);
        self.byte == closer.byte && !(is_ambiguous && is_odd)
    }

    /// Runs with the same key match the same openers.
    fn key(&self) -> usize {
        usize::from(self.byte == b'_') * 6 + usize::from(self.can_open) * 3 + self.length % 3
    }
}

/// What stands after an opening run (or the beginning) and is not yet part of an element.
#[derive(Default)]
struct Frame {
    run: Option<Run>,
    spans: Vec<Span>,
    depth: usize,
}

struct Pairing<'a, 'b> {
    text: &'a str,
    // Invariant: never empty; the first frame has no run.
    stack: Vec<Frame>,
    /// For each key, the number of frames that are known not to match it.
    floors: [usize; 12],
    /// Where a `~~` stands that may be meant to strike out what is behind it.
    struck: Option<usize>,
    problems: &'a mut Problems<'b>,
}

/// Pairs the delimiters in `atoms` of the file `text`; returns the spans and how deep they are nested.
pub(super) fn pair(text: &str, atoms: Vec<Atom>, problems: &mut Problems<'_>) -> (Vec<Span>, usize) {
    let mut pairing =
        Pairing { text, stack: vec![Frame::default()], floors: [0; 12], struck: None, problems };
    for atom in atoms {
        match atom {
            Atom::Verbatim { range, escaped } => pairing.verbatim(range, escaped),
            Atom::Span { span, depth } => pairing.span(span, depth),
            Atom::Break { range } => pairing.literal(range),
        }
    }
    pairing.flatten(0);
    let root = pairing.stack.pop().unwrap_or_default();
    report_unfinished_links(text, &root.spans, problems);
    (root.spans, root.depth)
}

/// Reports `](` that stands in the text as it is: readers would see a link's markup.
fn report_unfinished_links(text: &str, spans: &[Span], problems: &mut Problems<'_>) {
    for span in spans {
        match span {
            Span::Text { range, .. } => {
                let written = text.get(range.clone()).unwrap_or_default();
                if !(written.contains(']') || written.contains('］')) {
                    continue;
                }
                let narrow = written.match_indices("](").map(|(at, joint)| at..at + joint.len());
                for joint in narrow.chain(full_width_joints(written)) {
                    let (start, end) = (range.start + joint.start, range.start + joint.end);
                    let is_meant = text.get(..start).is_some_and(|before| before.ends_with('\\'));
                    if !is_meant {
                        problems.unfinished_link(start..end);
                    }
                }
            }
            // What is in links and tags has been paired, and reported, before.
            Span::Element { kind: ElementKind::Emphasis | ElementKind::Strong, children, .. } => {
                report_unfinished_links(text, children.spans(), problems);
            }
            _ => {}
        }
    }
}

/// Returns where full-width brackets join words and an address as those of a link do: `[附件]（fj.pdf）`.
///
/// Only before what is surely an address: `［2025］（试行）` is ordinary text.
fn full_width_joints(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let joints = ["]（", "］（", "］("].into_iter().flat_map(|joint| text.match_indices(joint));
    let is_link = |(at, joint): &(usize, &str)| {
        let start = at + joint.len();
        let words = text.get(text.floor_char_boundary(at.saturating_sub(LONGEST_PART))..*at);
        let address = text.get(start..text.floor_char_boundary(start + LONGEST_PART)).unwrap_or_default();
        let address = address.split_once(['）', ')']).map(|(address, _)| address);
        words.is_some_and(|words| words.contains(['[', '［'])) && address.is_some_and(looks_like_address)
    };
    joints.filter(is_link).map(|(at, joint)| at..at + joint.len())
}

/// Tells whether `text` is an address on the web, or the name of a file with its ending.
fn looks_like_address(text: &str) -> bool {
    let narrow: String = text.trim().chars().map(width::fold).collect();
    let ending =
        narrow.rsplit_once('.').map_or("", |(name, ending)| if name.is_empty() { "" } else { ending });
    let is_ending = (2..=5).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        && ending.bytes().any(|b| b.is_ascii_alphabetic());
    narrow.contains("://") || narrow.starts_with("www.") || is_ending
}

impl Pairing<'_, '_> {
    fn top(&mut self) -> &mut Frame {
        self.stack.last_mut().expect("the first frame is never popped while pairing")
    }

    fn span(&mut self, span: Span, depth: usize) {
        let top = self.top();
        top.depth = top.depth.max(depth);
        push(&mut top.spans, span);
    }

    fn literal(&mut self, range: Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or_default().to_owned();
        push(&mut self.top().spans, Span::Text { text, range });
    }

    fn verbatim(&mut self, range: Range<usize>, escaped: bool) {
        let bytes = self.text.as_bytes();
        let mut done = range.start;
        let mut at = range.start + usize::from(escaped);
        while at < range.end {
            let byte = bytes.get(at).copied().unwrap_or_default();
            if !matches!(byte, b'*' | b'_' | b'~') {
                at += 1;
                continue;
            }
            let rest = bytes.get(at..range.end).unwrap_or_default();
            let end = at + rest.iter().take_while(|&&other| other == byte).count();
            if byte == b'~' {
                self.tildes(at..end);
                at = end;
                continue;
            }
            self.literal(done..at);
            self.delimiters(Run::new(self.text, at..end));
            (done, at) = (end, end);
        }
        self.literal(done..range.end);
    }

    /// Reports `~~` in front of and behind words, which elsewhere would strike them out; `15~~20` is a range.
    fn tildes(&mut self, range: Range<usize>) {
        if range.len() != 2 {
            return;
        }
        let before = self.text.get(..range.start).and_then(|text| text.chars().next_back()).unwrap_or(' ');
        let after = self.text.get(range.end..).and_then(|text| text.chars().next()).unwrap_or(' ');
        match self.struck.take() {
            Some(start) if !before.is_whitespace() => {
                self.problems.stray_strikethrough(start..range.end);
            }
            opened => {
                let opens = !after.is_whitespace() && !before.is_ascii_digit();
                self.struck = if opens { Some(range.start) } else { opened };
            }
        }
    }

    fn delimiters(&mut self, mut run: Run) {
        while run.can_close && !run.range.is_empty() {
            let Some(opener) = self.opener(&run) else { break };
            self.close(opener, &mut run);
        }
        if run.range.is_empty() {
            return;
        }
        if run.can_open {
            self.stack.push(Frame { run: Some(run), ..Frame::default() });
        } else {
            self.stray(&run);
            self.literal(run.range);
        }
    }

    fn opener(&mut self, closer: &Run) -> Option<usize> {
        let n_frames = self.stack.len();
        let floor = self.floors.get_mut(closer.key()).expect("keys are below 12");
        let frames = self.stack.get(*floor..).unwrap_or_default();
        let found =
            frames.iter().rposition(|frame| frame.run.as_ref().is_some_and(|run| run.matches(closer)));
        if found.is_none() {
            *floor = n_frames;
            return None;
        }
        found.map(|index| index + *floor)
    }

    fn close(&mut self, opener: usize, closer: &mut Run) {
        self.flatten(opener);
        let mut frame = self.stack.pop().expect("the opener is on the stack");
        let run = frame.run.as_mut().expect("only frames with a run match");
        let n = run.range.len().min(closer.range.len()).min(2);
        run.range.end -= n;
        closer.range.start += n;
        let range = run.range.end..closer.range.start;
        let kind = if n == 2 { ElementKind::Strong } else { ElementKind::Emphasis };
        let is_used_up = run.range.is_empty();

        let children = mem::take(&mut frame.spans);
        if frame.depth >= MAX_DEPTH {
            self.problems.nested_too_deep(range);
            frame.spans = children;
        } else {
            frame.depth += 1;
            let children = Inline::new(children, range.start + n);
            frame.spans.push(Span::Element { kind, children, range });
        }
        if is_used_up {
            self.give_to_top(frame);
        } else {
            self.stack.push(frame);
        }
        let n_frames = self.stack.len();
        self.floors.iter_mut().for_each(|floor| *floor = n_frames.min(*floor));
    }

    /// Makes the runs above frame `keep` plain text of that frame.
    fn flatten(&mut self, keep: usize) {
        for mut frame in self.stack.split_off(keep + 1) {
            if let Some(run) = frame.run.take() {
                self.stray(&run);
                self.literal(run.range);
            }
            self.give_to_top(frame);
        }
    }

    fn give_to_top(&mut self, frame: Frame) {
        let top = self.top();
        top.depth = top.depth.max(frame.depth);
        for span in frame.spans {
            push(&mut top.spans, span);
        }
    }

    fn stray(&mut self, run: &Run) {
        if run.byte == b'*' && run.range.len() >= 2 {
            self.problems.stray_emphasis(run.range.clone());
        }
    }
}

/// Adds `span`, joined to the last one if both are text as written and nothing stands between them.
fn push(spans: &mut Vec<Span>, span: Span) {
    if let Span::Text { text, range } = &span {
        if text.is_empty() {
            return;
        }
        if let Some(Span::Text { text: last, range: before }) = spans.last_mut()
            && before.end == range.start
            && last.len() == before.len()
            && text.len() == range.len()
        {
            last.push_str(text);
            before.end = range.end;
            return;
        }
    }
    spans.push(span);
}

#[cfg(test)]
mod tests {
    use crate::markdown::testing::{codes, inline, inline_html};

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let html = inline_html(&inline(source)).replace("strong>", "b>");
        assert_eq!(html, expected, "{source:?}");
    }

    #[test]
    fn emphasis_stands_next_to_chinese_punctuation() {
        check("出台**《办法》**，加强", "出台<b>《办法》</b>，加强");
        check("**“严格执法”**要求", "<b>“严格执法”</b>要求");
        check("这是**重点（试行）**内容", "这是<b>重点（试行）</b>内容");
        check("**重点：**内容", "<b>重点：</b>内容");
        check("前**24%**后", "前<b>24%</b>后");
        check("**`code`**后", "<b><code>code</code></b>后");
        check("见**[链接](/a)**后", "见<b><a href=\"/a\">链接</a></b>后");
        check("由葛\u{e0100}**(副组长)**负责", "由葛\u{e0100}<b>(副组长)</b>负责");
        check("邱\u{fe00}**(组员)**落实", "邱\u{fe00}<b>(组员)</b>落实");
        check("**（葛\u{e0101}）**和**“邱\u{fe01}”**组", "<b>（葛\u{e0101}）</b>和<b>“邱\u{fe01}”</b>组");
        check("**（一）强化政治理论学习。**刚性落实", "<b>（一）强化政治理论学习。</b>刚性落实");
        check("**甲**、**“乙”**和**丙（丁）**等", "<b>甲</b>、<b>“乙”</b>和<b>丙（丁）</b>等");
        check("星号5*3，再*“强调”*一次", "星号5*3，再<em>“强调”</em>一次");
        check("（**甲**）“**乙**”", "（<b>甲</b>）“<b>乙</b>”");
        check("**甲**“乙”", "<b>甲</b>“乙”");
        check("**（二）完善制度。**2025年2月", "<b>（二）完善制度。</b>2025年2月");
        check("见U8**《办法》**A类", "见U8<b>《办法》</b>A类");
    }

    #[test]
    fn pairing_is_that_of_commonmark() {
        check("*a*b**c**", "<em>a</em>b<b>c</b>");
        check("***a***", "<em><b>a</b></em>");
        check("**a *b* c**", "<b>a <em>b</em> c</b>");
        check("*a **b***", "<em>a <b>b</b></em>");
        check("*a**b*", "<em>a**b</em>");
        check("*a _b* c_", "<em>a _b</em> c_");
        check("_a_ file_name_here", "<em>a</em> file_name_here");
        check("文件_名称_甲", "文件_名称_甲");
        check("\\*a\\* a\\\\*b*", "*a* a\\<em>b</em>");
        check("&#42;a&#42;", "*a*");
        check("3~5天，10~20天，~~~甲~~~", "3~5天，10~20天，~~~甲~~~");
        check("a * b * c ** d", "a * b * c ** d");
        check("`**a**`", "<code>**a**</code>");
        check("张**、李**等", "张**、李**等");
    }

    #[test]
    fn nothing_is_struck_out() {
        for text in ["~~整改未完成~~，共~~27~~28人", "~~“删除”~~了", "~~~甲~~~", "5~~10天", "~甲~", "a~~b"]
        {
            check(text, &text.replace('"', "&quot;"));
        }
        assert_eq!(codes("甲~~乙~~丙"), ["stray-strikethrough 3..10"]);
        assert_eq!(codes("~~甲~~，共~~27~~28人"), ["stray-strikethrough 0..7", "stray-strikethrough 13..19"]);
        assert_eq!(codes("**~~甲~~**"), ["stray-strikethrough 2..9"]);
        for text in
            ["5~~10天，15%~~20%", "15~~20、30~~40", "甲~~乙", "~~ 甲~~", "\\~~甲\\~~", "\\~\\~甲\\~\\~"]
        {
            assert_eq!(codes(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn stars_left_over_are_reported() {
        assert_eq!(codes("[甲](https://a.cn/b c)"), ["unfinished-link 4..6"]);
        assert_eq!(codes("**[甲](https://a.cn/b c)**"), ["unfinished-link 6..8"]);
        assert_eq!(codes("[甲](b c) [乙 [丙](d e)](https://a.cn)").len(), 2);
        assert_eq!(codes("[附件]（fj.pdf）"), ["unfinished-link 7..11"]);
        assert_eq!(codes("［附件］（fj.pdf）"), ["unfinished-link 9..15"]);
        assert_eq!(codes("![图]（tu.png）"), ["unfinished-link 5..9"]);
        assert_eq!(codes("见[网站]（https：//a.cn/b）").len(), 1);
        assert!(
            codes(
                "［2025］（试行）、[注]（见附件）、［1］（12.5万元）、（甲）（a.pdf）、［1］（见a.pdf第2页）"
            )
            .is_empty()
        );
        assert!(codes("[甲](https://a.cn/b)、[甲\\](乙 丙)、`[甲](乙 丙)`、[乙]（丙）").is_empty());
        assert_eq!(codes("甲**乙"), ["stray-emphasis 3..5"]);
        assert_eq!(codes("甲** 乙**"), ["stray-emphasis 3..5", "stray-emphasis 9..11"]);
        assert_eq!(codes("*甲 \\*\\* `**` **乙**"), Vec::<String>::new());
    }
}
