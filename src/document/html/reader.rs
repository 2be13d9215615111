//! The state while a page is read: which elements are open, and where text goes.

use super::element::{self, Context, Open, Role, StartTag, attribute, count, integer};
use super::line::Line;
use super::picture;
use super::table::{Builder, Sink};
use crate::diagnostic::Message;
use crate::document::roman::roman;
use crate::document::{Block, Finding, FindingKind, Picture, Refusal};
use crate::text::{excerpt, lists, numeral};

/// How deep elements may be nested; browsers stop there, too.
const MAX_DEPTH: usize = 512;

/// The most columns and rows that a cell takes, by the HTML standard.
const MOST_COLUMNS: usize = 1000;
const MOST_ROWS: usize = 65_534;

/// How much of an address is told.
const LONGEST_ADDRESS: usize = 100;

/// A list that is being read.
struct Counter {
    /// The number of its next entry; `None` for one that prints no numbers.
    next: Option<i64>,
    style: String,
}

pub(super) struct Reader {
    has_article: bool,
    open: Vec<Open>,
    /// Where blocks go: the page, and each cell that is open.
    // Invariant: never empty.
    sinks: Vec<Sink>,
    tables: Vec<Builder>,
    lists: Vec<Counter>,
    line: Line,
    /// The pictures of the paragraph that is being read.
    shown: Vec<usize>,
    pictures: Vec<Picture>,
    /// The words that are left out at this place.
    silent: String,
    /// The words that were inserted with tracking, and how many elements say so.
    inserted: String,
    n_inserted: usize,
    /// Where the numeral that is being read begins in its line.
    numeral: usize,
    n_merged: usize,
}

impl Reader {
    pub(super) fn new(has_article: bool) -> Self {
        Self {
            has_article,
            open: Vec::new(),
            sinks: vec![Sink::default()],
            tables: Vec::new(),
            lists: Vec::new(),
            line: Line::default(),
            shown: Vec::new(),
            pictures: Vec::new(),
            silent: String::new(),
            inserted: String::new(),
            n_inserted: 0,
            numeral: 0,
            n_merged: 0,
        }
    }

    /// Ends the page.
    pub(super) fn finish(mut self) -> (Vec<Block>, Vec<Finding>, Vec<Picture>) {
        self.close_to(0);
        self.end_line();
        let sink = self.sinks.pop().unwrap_or_default();
        (sink.blocks, sink.findings, self.pictures)
    }

    fn context(&self) -> Context {
        self.open.last().map(|open| open.context).unwrap_or_default()
    }

    fn sink(&mut self) -> &mut Sink {
        self.sinks.last_mut().expect("the page has one")
    }

    fn end_line(&mut self) {
        let blocks = self.line.take();
        let shown = std::mem::take(&mut self.shown);
        let sink = self.sink();
        sink.blocks.extend(blocks);
        sink.blocks.extend(shown.into_iter().map(Block::Picture));
    }

    /// Takes text.
    pub(super) fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.end_head(b"");
        }
        let context = self.context();
        if context.is_silent {
            self.silent.push_str(text);
            return;
        }
        if self.n_inserted > 0 {
            self.inserted.push_str(text);
        }
        match context.symbols {
            Some(symbols) if text.chars().count() < 4 => {
                let letters = || text.chars().filter(|c| !c.is_whitespace());
                if let Some(letter) = letters()
                    .find(|letter| symbols.shown(*letter).is_none() && !letter.is_ascii_punctuation())
                {
                    self.sink().find(FindingKind::SymbolUnknown, &letter.to_string());
                }
                let shown: String =
                    text.chars().map(|letter| symbols.shown(letter).unwrap_or(letter)).collect();
                self.line.push(&shown, context);
            }
            _ => self.line.push(text, context),
        }
    }

    /// Ends the head of the page in front of what does not belong there.
    fn end_head(&mut self, name: &[u8]) {
        if self.open.last().is_some_and(|open| open.name == b"head") && !element::is_of_head(name) {
            self.close();
        }
    }

    /// Takes a start tag.
    pub(super) fn start(&mut self, tag: &StartTag) -> Result<(), Refusal> {
        let name = tag.name.as_slice();
        self.end_head(name);
        let context = self.context();
        if matches!(name, b"html" | b"body") && !self.open.is_empty() {
            return Ok(());
        }
        if element::is_void(name) {
            if !context.is_silent {
                self.void(tag);
            } else if name == b"br" {
                self.silent.push(' ');
            }
            return Ok(());
        }
        if tag.self_closing && (context.is_drawing || matches!(name, b"svg" | b"math")) {
            return Ok(());
        }
        self.close_before(name);
        let open = element::open(tag, self.context(), self.has_article);
        if self.open.len() >= MAX_DEPTH {
            return Err(Refusal {
                message: Message::new(
                    "the page is nested too deeply (512 elements); open it in a browser, copy its text into Word, and import that",
                    "网页嵌套过深（512 层）；请在浏览器中打开，把文字复制到 Word，再导入",
                ),
            });
        }
        if open.context.is_silent {
            if matches!(open.role, Role::Silent(_)) {
                self.silent.clear();
                if element::is_block(name) {
                    self.end_line();
                }
            } else if element::is_block(name) {
                self.silent.push(' ');
            }
        } else {
            self.begin(tag, &open);
        }
        self.open.push(open);
        Ok(())
    }

    /// Does what an element with text does at its beginning.
    fn begin(&mut self, tag: &StartTag, open: &Open) {
        if element::is_block(&open.name) {
            self.end_line();
        }
        if open.context.is_tab && !self.context().is_tab {
            self.line.tab();
        }
        match open.role {
            Role::Inserted => self.n_inserted += 1,
            Role::Numeral => self.numeral = self.line.len(),
            Role::Table => self.tables.push(Builder::default()),
            Role::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.row();
                }
            }
            Role::Cell => {
                if let Some(table) = self.tables.last_mut() {
                    let columns = count(tag, "colspan").unwrap_or(1).min(MOST_COLUMNS);
                    // 0 is as far as the table goes.
                    let is_all = integer(tag, "rowspan") == Some(0);
                    let rows =
                        if is_all { MOST_ROWS } else { count(tag, "rowspan").unwrap_or(1).min(MOST_ROWS) };
                    table.span = (columns, rows);
                }
                self.sinks.push(Sink::default());
            }
            Role::List => self.lists.push(Counter::of(tag)),
            Role::Item => self.item(tag),
            Role::Inline | Role::Block | Role::Silent(_) => {}
        }
    }

    fn item(&mut self, tag: &StartTag) {
        let Some(list) = self.lists.last_mut() else { return };
        let Some(next) = &mut list.next else { return };
        let value = integer(tag, "value").unwrap_or(*next);
        *next = value.saturating_add(1);
        let style = element::Style::of(tag);
        let style = style.get("list-style-type").or_else(|| style.get("list-style")).unwrap_or(&list.style);
        let known = marker(style, value);
        self.line.set_marker(known.as_ref().unwrap_or(&format!("{value}.")));
        if known.is_none() {
            let words = format!("{style} {value}");
            self.sink().find(FindingKind::NumberingUnknown, &words);
        }
    }

    fn void(&mut self, tag: &StartTag) {
        match tag.name.as_slice() {
            b"br" => self.line.line_break(),
            b"hr" => {
                self.close_before(b"hr");
                self.end_line();
            }
            b"img" => self.picture(tag),
            b"embed" => self.sink().find(FindingKind::Object, ""),
            _ => {}
        }
    }

    fn picture(&mut self, tag: &StartTag) {
        let style = element::Style::of(tag);
        let is_hidden = style.get("display") == Some("none") || attribute(tag, "hidden").is_some();
        let is_dot = ["width", "height"].iter().any(|side| matches!(attribute(tag, side), Some("0" | "1")));
        let address = attribute(tag, "src").unwrap_or_default().trim();
        let alternative = attribute(tag, "alt").unwrap_or_default().trim().to_owned();
        if is_hidden || is_dot || (address.is_empty() && alternative.is_empty()) {
            return;
        }
        let told = excerpt(if address.is_empty() { &alternative } else { address }, LONGEST_ADDRESS);
        let (ending, bytes) = picture::held_by(address).unwrap_or_else(|| {
            self.sink().find(FindingKind::PictureMissing, &told);
            ("png", Vec::new())
        });
        if alternative.is_empty() {
            self.sink().find(FindingKind::PictureWithoutWords, &told);
        }
        self.shown.push(self.pictures.len());
        let name = format!("image{}.{ending}", self.pictures.len() + 1);
        self.pictures.push(Picture { name, bytes, alternative });
    }

    /// Returns the outermost open element that ends, of those inside what bounds it.
    fn ended(&self, ends: impl Fn(&[u8]) -> bool, bounds: impl Fn(&[u8]) -> bool) -> Option<usize> {
        let inner = self.open.iter().enumerate().rev().take_while(|(_, open)| !bounds(&open.name));
        inner.filter(|(_, open)| ends(&open.name)).map(|(index, _)| index).last()
    }

    /// Closes what the start tag of `name` ends, as browsers do.
    fn close_before(&mut self, name: &[u8]) {
        let is_cell = |name: &[u8]| matches!(name, b"td" | b"th" | b"caption");
        let is_list = |name: &[u8]| matches!(name, b"ol" | b"ul" | b"menu" | b"dir" | b"dl" | b"table");
        let is_section = |name: &[u8]| matches!(name, b"tbody" | b"thead" | b"tfoot");
        let is_row = |name: &[u8]| is_cell(name) || name == b"tr";
        let place = match name {
            b"td" | b"th" => self.ended(is_cell, |name| matches!(name, b"table" | b"tr")),
            b"tr" => self.ended(is_row, |name| is_section(name) || name == b"table"),
            b"tbody" | b"thead" | b"tfoot" | b"caption" | b"colgroup" => {
                self.ended(|name| is_row(name) || is_section(name), |name| name == b"table")
            }
            b"table" => {
                let is_inside = self.open.last().is_some_and(|open| {
                    is_section(&open.name) || matches!(open.name.as_slice(), b"table" | b"tr")
                });
                if is_inside { self.ended(|name| name == b"table", is_cell) } else { None }
            }
            b"li" => self.ended(|name| name == b"li", |name| is_list(name) || is_cell(name)),
            b"dt" | b"dd" => {
                self.ended(|name| matches!(name, b"dt" | b"dd"), |name| is_list(name) || is_cell(name))
            }
            _ => None,
        };
        if let Some(place) = place {
            self.close_to(place);
        }
        if element::is_block(name) || name == b"hr" {
            let is_bound = |name: &[u8]| is_cell(name) || matches!(name, b"table" | b"button" | b"object");
            if let Some(place) = self.ended(|name| name == b"p", is_bound) {
                self.close_to(place);
            }
        }
        let is_heading = |name: &[u8]| matches!(name, [b'h', b'1'..=b'6']);
        if is_heading(name) && self.open.last().is_some_and(|open| is_heading(&open.name)) {
            self.close_to(self.open.len() - 1);
        }
    }

    /// Takes an end tag.
    pub(super) fn end(&mut self, name: &[u8]) {
        match name {
            b"html" | b"body" => return,
            b"br" => return self.line.line_break(),
            _ => {}
        }
        let is_block = element::is_block(name);
        let is_part = element::is_part(name);
        let is_bound = |open: &Open| match is_part {
            true => open.name == b"table" && name != b"table",
            false if is_block => open.is_part,
            // What was opened in front of a block is not ended inside it.
            false => open.is_block,
        };
        for (index, open) in self.open.iter().enumerate().rev() {
            if open.name == name {
                return self.close_to(index);
            }
            if is_bound(open) {
                break;
            }
        }
        if name == b"p" && !self.context().is_silent {
            self.end_line();
        }
    }

    /// Closes elements until `depth` are left.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.context.is_silent {
            if let Role::Silent(kind) = open.role {
                self.end_silent(kind, &open.name);
            }
            return;
        }
        if element::is_block(&open.name) {
            self.end_line();
        }
        match open.role {
            Role::Numeral => self.line.end_numeral(self.numeral),
            Role::Inserted => {
                self.n_inserted = self.n_inserted.saturating_sub(1);
                if self.n_inserted == 0 {
                    let words = words(&std::mem::take(&mut self.inserted));
                    if !words.is_empty() {
                        self.sink().find(FindingKind::Inserted, &words);
                    }
                }
            }
            Role::Cell => {
                let content =
                    if self.sinks.len() > 1 { self.sinks.pop().unwrap_or_default() } else { Sink::default() };
                match self.tables.last_mut() {
                    Some(table) => table.cell(content),
                    None => self.sink().append(content),
                }
            }
            Role::Table => {
                if let Some(table) = self.tables.pop() {
                    let sink = self.sinks.last_mut().expect("the page has one");
                    table.finish(sink, &mut self.n_merged);
                }
            }
            Role::List => _ = self.lists.pop(),
            Role::Item => self.line.drop_marker(),
            Role::Inline | Role::Block | Role::Row | Role::Silent(_) => {}
        }
    }

    fn end_silent(&mut self, kind: Option<FindingKind>, name: &[u8]) {
        let words = words(&std::mem::take(&mut self.silent));
        let Some(kind) = kind else { return };
        // Drawings without words are the ornaments of websites.
        let is_told = !words.is_empty()
            || (kind == FindingKind::Object && !lists("svg map datalist select textarea", name));
        if is_told {
            self.sink().find(kind, &words);
        }
    }
}

impl Counter {
    fn of(tag: &StartTag) -> Self {
        let style = element::Style::of(tag);
        let list_style = style.get("list-style-type").or_else(|| style.get("list-style"));
        let kind = attribute(tag, "type").unwrap_or_default().trim();
        let kind = match kind {
            "a" => "lower-alpha",
            "A" => "upper-alpha",
            "i" => "lower-roman",
            "I" => "upper-roman",
            _ => "decimal",
        };
        let style = list_style.unwrap_or(kind).to_owned();
        let start = integer(tag, "start").unwrap_or(1);
        Self { next: (tag.name.as_slice() == b"ol").then_some(start), style }
    }
}

/// Returns what is printed in front of an entry with this number; `None` if it is not known.
fn marker(style: &str, number: i64) -> Option<String> {
    let letter = |first: u8| {
        let nth = u8::try_from(number.checked_sub(1)?).ok().filter(|nth| *nth < 26)?;
        Some(format!("{}.", char::from(first + nth)))
    };
    let roman = || roman(u32::try_from(number).ok().filter(|number| *number < 4000)?);
    let chinese = || {
        Some(format!("{}、", numeral::print(u64::try_from(number).ok().filter(|n| (1..10_000).contains(n))?)))
    };
    match style.split_ascii_whitespace().next().unwrap_or_default() {
        "none" => Some(String::new()),
        "decimal" | "inherit" | "outside" | "inside" | "" => Some(format!("{number}.")),
        "decimal-leading-zero" => Some(format!("{number:02}.")),
        "lower-alpha" | "lower-latin" => letter(b'a'),
        "upper-alpha" | "upper-latin" => letter(b'A'),
        "lower-roman" => Some(format!("{}.", roman()?.to_lowercase())),
        "upper-roman" => Some(format!("{}.", roman()?)),
        "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => chinese(),
        "disc" | "circle" | "square" => Some(String::new()),
        _ => None,
    }
}

/// Returns words with single spaces between them.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
