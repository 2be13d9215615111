//! Writes a document block by block, and beside it the text that Word shows.

use std::fmt::Write as _;

use gongkai::document::FindingKind::{self, Comment, Deleted, Hidden, MovedAway};

use super::lists::{self, History};
use super::pieces::{self, Piece, text};

/// How deep blocks and pieces of lines stand inside each other.
const DEEPEST: usize = 3;

/// What is composed of numbers that are picked at random: the same numbers give the same document.
pub(super) struct Composer<'p> {
    picks: std::slice::Iter<'p, u16>,
    /// The abstract list that most numbered paragraphs follow.
    favoured: usize,
    n_words: usize,
    /// What is seen so far, but for the paragraph that is being written.
    pub shown: String,
    /// What is seen of that paragraph.
    pub line: String,
    /// What is seen behind it: its text boxes.
    behind: String,
    /// The notes of the block that is being written.
    noted: String,
    n_notes: usize,
    n_tables: usize,
    /// What is not seen, and as what it must be told.
    pub told: Vec<(FindingKind, String)>,
    pub footnotes: String,
    pub endnotes: String,
    pub comments: String,
    pub history: History,
    depth: usize,
    /// Whether a text box or note is being written, in which Word has no others.
    is_beside: bool,
}

/// A kind of block, which writes itself.
type Block = fn(&mut Composer<'_>) -> String;

const BLOCKS: &[Block] = &[
    |c| c.paragraph(),
    |c| c.paragraph(),
    |c| c.paragraph(),
    |c| c.list(),
    |c| c.list(),
    |c| c.deleted_paragraph(),
    |c| c.joined_paragraphs(),
    |c| c.hidden_paragraph(),
    |c| c.moved_paragraph(),
    |c| c.style_separator(),
    |c| c.field_over_paragraphs(),
    |c| c.wrapped("<w:sdt><w:sdtPr><w:id w:val=\"1\"/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    |c| c.wrapped("<w:customXml w:element=\"x\">", "</w:customXml>"),
    |c| c.table(),
    |_| {
        "<w:bookmarkStart w:id=\"7\" w:name=\"x\"/><w:p/><w:bookmarkEnd w:id=\"7\"/><w:proofErr w:type=\"spellStart\"/>".into()
    },
];

impl<'p> Composer<'p> {
    pub(super) fn new(picks: &'p [u16]) -> Self {
        let (first, picks) = picks.split_first().unwrap();
        Self {
            favoured: usize::from(*first) % (lists::N_LISTS / lists::N_KINDS),
            picks: picks.iter(),
            n_words: 0,
            shown: String::new(),
            line: String::new(),
            behind: String::new(),
            noted: String::new(),
            n_notes: 0,
            n_tables: 0,
            told: Vec::new(),
            footnotes: String::new(),
            endnotes: String::new(),
            comments: String::new(),
            history: History::default(),
            depth: 0,
            is_beside: false,
        }
    }

    /// Writes the whole text.
    pub(super) fn body(&mut self) -> String {
        let mut body = String::new();
        while self.picks.len() > 0 {
            body += &self.block();
        }
        body
    }

    /// Picks a number below `bound`; zero where all is picked.
    pub(super) fn pick(&mut self, bound: usize) -> usize {
        self.picks.next().map_or(0, |pick| usize::from(*pick) % bound)
    }

    pub(super) fn choose<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.pick(choices.len())]
    }

    /// Returns words that stand nowhere else.
    pub(super) fn words(&mut self) -> String {
        self.n_words += 1;
        format!("{}{}、", self.choose(pieces::WORDS), self.n_words)
    }

    /// Returns words that nobody may see, and notes as what they must be told.
    pub(super) fn unseen(&mut self, kind: FindingKind) -> String {
        self.n_words += 1;
        let words = format!("不见{}。", self.n_words);
        self.told.push((kind, words.clone()));
        words
    }

    fn block(&mut self) -> String {
        if self.depth == DEEPEST {
            return self.paragraph();
        }
        self.depth += 1;
        let written = self.choose(BLOCKS)(self);
        self.depth -= 1;
        written
    }

    /// Writes pieces of a line.
    pub(super) fn inside(&mut self, most: usize) -> String {
        let mut written = String::new();
        for _ in 0..=self.pick(most) {
            let kinds: &[Piece] = match (self.depth == DEEPEST + 2, self.is_beside) {
                (true, _) => &pieces::PIECES[..1],
                (_, true) => &pieces::PIECES[..pieces::N_BESIDE],
                _ => pieces::PIECES,
            };
            self.depth += 1;
            written += &self.choose(kinds)(self);
            self.depth -= 1;
        }
        written
    }

    /// Ends the paragraph that is being written.
    fn end(&mut self, numeral: &str) {
        self.shown += numeral;
        self.shown += &std::mem::take(&mut self.line);
        self.shown += &std::mem::take(&mut self.behind);
        self.end_block();
    }

    /// Puts the notes of a paragraph or table behind it.
    fn end_block(&mut self) {
        if self.n_tables == 0 {
            self.shown += &std::mem::take(&mut self.noted);
        }
    }

    /// Picks a list; returns what the properties of the paragraph say of it, and its numeral.
    fn numbered(&mut self) -> (String, String) {
        let direct = |list: usize, level: usize| {
            format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>")
        };
        let style = |name: &str| format!("<w:pStyle w:val=\"{name}\"/>");
        let (properties, list, level) = match self.pick(8) {
            0 => return (String::new(), String::new()),
            1 => {
                let (name, list, level, _) = self.choose(lists::STYLES);
                (style(name), list, level)
            }
            2 => (style("Num") + &direct(0, 0), 0, 0),
            3 => {
                let level = self.pick(lists::N_LEVELS);
                (direct(lists::LINKED, level), lists::LINKED, level)
            }
            // Those of one abstract list more often, so that all its levels are counted far.
            way => {
                let others =
                    if way == 5 { self.pick(lists::N_LISTS) } else { self.favoured * lists::N_KINDS };
                let list = 1 + others / lists::N_KINDS * lists::N_KINDS + self.pick(lists::N_KINDS);
                let level = self.pick(lists::N_LEVELS);
                (direct(list, level), list, level)
            }
        };
        if list == 0 {
            return (properties, String::new());
        }
        match self.history.numeral(list, level) {
            Some(numeral) => (properties, numeral),
            None => (String::new(), String::new()),
        }
    }

    fn paragraph(&mut self) -> String {
        let (properties, numeral) = self.numbered();
        let more = self.choose(pieces::PARAGRAPH_MARKS);
        let inside = if self.pick(12) == 11 { String::new() } else { self.inside(6) };
        self.end(&numeral);
        format!("<w:p><w:pPr>{properties}{more}</w:pPr>{inside}</w:p>")
    }

    /// Short paragraphs of one list, one below the other, on any of its levels.
    fn list(&mut self) -> String {
        let list = 1 + self.favoured * lists::N_KINDS + self.pick(lists::N_KINDS);
        let mut written = String::new();
        for _ in 0..=self.pick(8) {
            let level = self.pick(lists::N_LEVELS);
            let Some(numeral) = self.history.numeral(list, level) else { continue };
            let words = self.words();
            self.line += &words;
            self.end(&numeral);
            write!(
                written,
                "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}</w:p>",
                text(&words)
            )
            .unwrap();
        }
        written
    }

    /// One that is gone with its mark takes no number.
    fn deleted_paragraph(&mut self) -> String {
        let words = self.unseen(Deleted);
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del w:id=\"3\" w:author=\"a\"/>\
             </w:rPr></w:pPr><w:del w:id=\"4\" w:author=\"a\"><w:r><w:delText>{words}</w:delText></w:r></w:del></w:p>{}",
            self.paragraph()
        )
    }

    /// Two paragraphs become one where the mark between them is deleted: it looks like the second.
    fn joined_paragraphs(&mut self) -> String {
        let first = self.inside(3);
        let second = self.inside(3);
        let (properties, numeral) = self.numbered();
        self.end(&numeral);
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del w:id=\"5\" w:author=\"a\"/>\
             </w:rPr></w:pPr>{first}</w:p><w:p><w:pPr>{properties}</w:pPr>{second}</w:p>"
        )
    }

    fn hidden_paragraph(&mut self) -> String {
        let words = self.unseen(Hidden);
        let (style, run) = self.choose(&[
            ("<w:rPr><w:vanish/></w:rPr>", "<w:rPr><w:vanish/></w:rPr>"),
            ("<w:pStyle w:val=\"Gone\"/>", ""),
        ]);
        format!("<w:p><w:pPr>{style}</w:pPr><w:r>{run}<w:t>{words}</w:t></w:r></w:p>{}", self.paragraph())
    }

    fn moved_paragraph(&mut self) -> String {
        let words = self.words();
        self.told.push((MovedAway, words.clone()));
        let from = format!(
            "<w:moveFromRangeStart w:id=\"8\" w:name=\"m\"/><w:p><w:pPr><w:rPr><w:moveFrom w:id=\"9\"/></w:rPr></w:pPr>\
             <w:moveFrom w:id=\"9\">{0}</w:moveFrom></w:p><w:moveFromRangeEnd w:id=\"8\"/>",
            text(&words)
        );
        let between = self.paragraph();
        self.shown += &words;
        format!(
            "{from}{between}<w:moveToRangeStart w:id=\"8\" w:name=\"m\"/><w:p><w:pPr><w:rPr><w:moveTo w:id=\"9\"/></w:rPr>\
             </w:pPr><w:moveTo w:id=\"9\">{}</w:moveTo></w:p><w:moveToRangeEnd w:id=\"8\"/>",
            text(&words)
        )
    }

    /// A heading whose text goes on in its line behind a hidden mark.
    fn style_separator(&mut self) -> String {
        let (properties, numeral) = self.numbered();
        let (heading, behind) = (self.words(), self.words());
        write!(self.shown, "{numeral}{heading}{behind}").unwrap();
        format!(
            "<w:p><w:pPr>{properties}<w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p>",
            text(&heading),
            text(&behind)
        )
    }

    /// A table of contents: one field whose result has several paragraphs.
    fn field_over_paragraphs(&mut self) -> String {
        let words = [self.words(), self.words(), self.words()];
        self.shown += &words.concat();
        let [a, b, c] = words.map(|words| text(&words));
        format!(
            "<w:p>{}{a}</w:p><w:p><w:hyperlink w:anchor=\"x\">{b}</w:hyperlink></w:p><w:p>{c}{}</w:p>",
            pieces::field_begin("TOC \\o \"1-3\" \\h"),
            pieces::FIELD_END
        )
    }

    fn wrapped(&mut self, begin: &str, end: &str) -> String {
        let inside: String = (0..=self.pick(2)).map(|_| self.block()).collect();
        format!("{begin}{inside}{end}")
    }

    /// Rows of up to three columns, with cells that take several, and some that go on with the cell above.
    fn table(&mut self) -> String {
        const ROWS: [&[usize]; 4] = [&[1, 1, 1], &[2, 1], &[1, 2], &[3]];
        self.n_tables += 1;
        let mut rows = String::new();
        let mut is_first_single = false;
        for _ in 0..=self.pick(3) {
            let pattern = self.choose(&ROWS);
            let goes_on = is_first_single && pattern[0] == 1 && self.pick(3) == 2;
            is_first_single = pattern[0] == 1;
            let mut cells = String::new();
            for (at, width) in pattern.iter().enumerate() {
                let is_below = at == 0 && goes_on;
                let merge = match (at, is_below) {
                    (0, true) => "<w:vMerge/>",
                    (0, false) if *width == 1 => "<w:vMerge w:val=\"restart\"/>",
                    _ => "",
                };
                let inside = if is_below { "<w:p/>".to_owned() } else { self.block() + &self.paragraph() };
                let cell =
                    format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{width}\"/>{merge}</w:tcPr>{inside}</w:tc>");
                cells += &self.around(&cell);
            }
            let row = format!(
                "<w:tr><w:trPr>{}</w:trPr>{cells}</w:tr>",
                self.choose(&["", "<w:ins w:id=\"6\" w:author=\"a\"/>"])
            );
            rows += &self.around(&row);
            if self.pick(5) == 4 {
                let words = self.unseen(Deleted);
                write!(
                    rows,
                    "<w:tr><w:trPr><w:del w:id=\"6\" w:author=\"a\"/></w:trPr><w:tc><w:p><w:del w:id=\"6\" w:author=\"a\"><w:r>\
                     <w:delText>{words}</w:delText></w:r></w:del></w:p></w:tc></w:tr>"
                )
                .unwrap();
            }
        }
        self.n_tables -= 1;
        self.end_block();
        format!("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>")
    }

    /// Puts a content control or a tag around something, or nothing.
    fn around(&mut self, inside: &str) -> String {
        let (begin, end) = self.choose(&[
            ("", ""),
            ("", ""),
            ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
            ("<w:customXml w:element=\"x\">", "</w:customXml>"),
        ]);
        format!("{begin}{inside}{end}")
    }

    /// Writes the paragraphs of a text box, which are seen behind the one around them.
    pub(super) fn boxed(&mut self) -> String {
        let (written, seen) = self.beside();
        self.behind += &seen;
        written
    }

    /// Refers to a note, which is seen behind the block.
    pub(super) fn note(&mut self) -> String {
        self.n_notes += 1;
        let number = self.n_notes;
        let (written, seen) = self.beside();
        write!(self.line, "[{number}]").unwrap();
        write!(self.noted, "[{number}]{seen}").unwrap();
        let kind = self.choose(&["footnote", "endnote"]);
        let id = number + 1;
        let part = if kind == "footnote" { &mut self.footnotes } else { &mut self.endnotes };
        write!(part, "<w:{kind} w:id=\"{id}\">{written}</w:{kind}>").unwrap();
        format!(
            "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:{kind}Reference w:id=\"{id}\"/></w:r>"
        )
    }

    fn beside(&mut self) -> (String, String) {
        let line = std::mem::take(&mut self.line);
        self.is_beside = true;
        let mut seen = String::new();
        let mut written = String::new();
        for _ in 0..=self.pick(2) {
            write!(written, "<w:p><w:pPr/>{}</w:p>", self.inside(2)).unwrap();
            seen += &std::mem::take(&mut self.line);
        }
        self.is_beside = false;
        self.line = line;
        (written, seen)
    }

    pub(super) fn comment(&mut self) -> String {
        let words = self.unseen(Comment);
        let id = self.n_words;
        write!(
            self.comments,
            "<w:comment w:id=\"{id}\" w:author=\"a\"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>"
        )
        .unwrap();
        format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>")
    }
}
