//! The state while a page is read: which elements are open, which text counts, and what browsers may show differently.

use super::elements::{Traits, integer, is_plain_attribute, traits_in_drawing, traits_of};
use super::nesting::{Element, Nesting};
use super::table::Table;
use super::tokens::{self, Tag};
use super::trouble::{Trouble, TroubleKind};
use super::{Reading, TagVisitor, is_space, text_of};
use crate::text::digits;

/// The traits that only a table has together.
const TABLE: Traits = Traits::HOLDS_PARTS.with(Traits::SCOPE);

/// The most troubles that are kept of a page.
const MOST_TROUBLES: usize = 5;

/// The state while reading.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) reading: Reading,
    line: String,
    /// A space stands before the next word, if that is on the same line.
    space_is_due: bool,
    /// The block that just ended shares its line with the next one.
    runs_in: bool,
    /// The elements that are open.
    nesting: Nesting,
    /// The tables among them.
    tables: Vec<Table>,
    /// How many of the open elements are generated or hidden, so that their text does not count.
    n_silent: usize,
    /// How many of the open elements are not shown.
    n_hidden: usize,
    /// How many of the open elements are not known to show their text in its place.
    n_unproven: usize,
    /// For those that are so by an attribute, how many elements are around them, and the attribute.
    doubtful: Vec<(usize, Vec<u8>)>,
    /// How many of the open elements make their text smaller.
    n_smaller: usize,
    /// A tag that raises or lowers text stands between the last word and the next.
    is_level_changed: bool,
    /// How many start tags there were.
    n_starts: usize,
    progress: Progress,
}

/// How far the page is.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Default)]
struct Progress {
    has_head: bool,
    /// Something stood there that browsers put into the body.
    has_content: bool,
    /// `</body>` or `</html>` has been read.
    is_over: bool,
    /// From here on it is not known which tree browsers make of the page.
    is_lost: bool,
}

/// What the attributes of a start tag say, besides the fields of [`Element`]. Some matters only for certain elements.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Default)]
struct Attributes<'t> {
    /// The first attribute that may hide or move text; empty if there is none.
    doubtful: &'t [u8],
    /// It has the attribute `open`.
    is_open: bool,
    /// An attribute that changes the numbers of a list.
    numbering: Option<&'static str>,
    /// It has the attribute `name`.
    has_name: bool,
    /// It is an input that is not shown.
    is_unseen_input: bool,
    /// It puts another tree in the place of the element around it.
    is_shadow: bool,
    /// It names a picture, or what cannot be known to be none.
    has_picture: bool,
    /// It has words in the place of a picture.
    has_alternative: bool,
    /// An attribute that lets a drawing lie on what is around it.
    spilling: Option<&'static str>,
    /// It has the attribute `http-equiv`, like a header of the server's answer.
    is_pragma: bool,
    /// The first `start`, if there is one, and then perhaps no number.
    start: Option<Result<i32, ()>>,
    /// The first `value`, likewise.
    value: Option<Result<i32, ()>>,
    columns: Option<i32>,
    rows: Option<i32>,
    /// It declares another encoding than UTF-8; in `content` that counts for a header only.
    has_other_charset: bool,
    has_other_content: bool,
    /// That encoding.
    charset: Vec<u8>,
}

impl Reader {
    /// Reads `html` to its end.
    pub(super) fn read(html: &[u8], visitor: &mut impl TagVisitor) -> Self {
        let mut reader = Self::default();
        tokens::for_each(html, &mut reader, visitor);
        reader.end_line();
        reader
    }

    /// Tells whether text that comes now is to be handed over.
    pub(super) fn wants_text(&self) -> bool {
        // Text at these places is not where its source is.
        let is_moved = || {
            let top = self.nesting.top_traits();
            self.progress.is_over || top.has(Traits::HOLDS_PARTS.with(Traits::ROOT).with(Traits::FALLBACK))
        };
        self.n_silent == 0 || is_moved()
    }

    /// Tells whether tags are read by the rules of drawings.
    pub(super) fn is_in_drawing(&self) -> bool {
        self.nesting.top_traits().has(Traits::DRAWING)
    }

    /// Reads the attributes of a start tag.
    fn attributes<'t>(&mut self, tag: &'t Tag) -> (Element, Attributes<'t>) {
        let mut element = Element::default();
        let mut said = Attributes::default();
        let is_anchor = tag.name == b"a";
        for (name, value) in tag.attributes() {
            match name {
                b"id" => add(&mut self.reading.anchors, value),
                // The old way to write an anchor.
                b"name" if is_anchor => add(&mut self.reading.anchors, value),
                b"href" => add(&mut self.reading.links, value),
                b"src" if !value.is_empty() => {
                    add(&mut self.reading.links, value);
                    said.has_picture |= may_be_picture(value);
                }
                b"srcset" => said.has_picture |= !value.trim_ascii().is_empty(),
                b"alt" => said.has_alternative |= !value.trim_ascii().is_empty(),
                b"overflow" => _ = said.spilling.get_or_insert("overflow"),
                b"transform" => _ = said.spilling.get_or_insert("transform"),
                b"http-equiv" => said.is_pragma = true,
                // Of attributes with one name, the first counts.
                b"start" => _ = said.start.get_or_insert_with(|| integer(value).ok_or(())),
                b"value" => _ = said.value.get_or_insert_with(|| integer(value).ok_or(())),
                b"data-generated" => element.is_silent = true,
                b"hidden" => (element.is_silent, element.is_hidden) = (true, true),
                b"open" => said.is_open = true,
                b"data-run-in" => element.runs_in = true,
                b"colspan" => said.columns = said.columns.or_else(|| integer(value)),
                b"rowspan" => said.rows = said.rows.or_else(|| integer(value)),
                b"type" => {
                    let is_first = said.numbering.replace("type") != Some("type");
                    said.is_unseen_input = is_first && value.eq_ignore_ascii_case(b"hidden");
                }
                b"reversed" => _ = said.numbering.get_or_insert("reversed"),
                b"name" => said.has_name = true,
                b"shadowrootmode" => said.is_shadow = true,
                b"charset" if !is_utf8(value) => {
                    said.has_other_charset = true;
                    said.charset = value.to_vec();
                }
                b"content" => {
                    if let Some(charset) = other_charset(value) {
                        said.has_other_content = true;
                        said.charset = charset;
                    }
                }
                _ => {}
            }
            if self.n_silent == 0 && said.doubtful.is_empty() && !is_plain_attribute(name, value) {
                said.doubtful = name;
            }
        }
        (element, said)
    }

    /// Takes a start tag.
    pub(super) fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_slice();
        let (mut element, said) = self.attributes(tag);
        self.n_starts += 1;
        element.traits = if self.is_in_drawing() { traits_in_drawing(name) } else { traits_of(name) };
        let traits = element.traits;
        match self.closed_by_start(name, traits, &said) {
            Ok(n_closed) => (0..n_closed).for_each(|_| self.close_top()),
            Err(trouble) => self.lose(trouble),
        }
        element.is_hidden |= traits.has(Traits::HIDDEN);
        element.is_silent |= element.is_hidden;
        if self.n_silent == 0 && !element.is_hidden && traits.has(Traits::PART) {
            self.take_part(name, &said);
        }
        let is_read = self.n_silent == 0 && !element.is_silent;
        if is_read {
            self.show(name, &said, &mut element);
        } else if self.n_silent == 0 && name == b"summary" {
            self.sum_up();
        }
        if self.n_hidden == 0 && !element.is_hidden {
            // These lie on the page, whosever words they hold.
            if said.is_open && name == b"dialog" {
                self.note(Trouble::of(TroubleKind::Covering, name));
            }
            if let Some(attribute) = said.spilling
                && name == b"svg"
                && !self.is_in_drawing()
            {
                self.note(Trouble::spilling(name, attribute));
            }
        }
        if traits.has(Traits::ENTRY) && name == b"li" && self.n_hidden == 0 && !element.is_hidden {
            self.number(said.value.and_then(Result::ok), is_read);
        }
        if traits.has(Traits::LIST) && name == b"ol" {
            element.next_number = Some(said.start.and_then(Result::ok).unwrap_or(1));
        }
        if traits.has_all(TABLE) {
            self.tables.push(Table::default());
        }
        // Only drawings have elements that close themselves.
        if traits.has(Traits::VOID) || (tag.is_self_closing && traits.has(Traits::DRAWING)) {
            return;
        }
        self.n_silent += usize::from(element.is_silent);
        self.n_hidden += usize::from(element.is_hidden);
        self.n_unproven += usize::from(element.is_unproven);
        self.n_smaller += usize::from(traits.has(Traits::SMALLER));
        self.nesting.push(name, element);
    }

    /// Returns how many open elements a start tag closes.
    fn closed_by_start(
        &mut self,
        name: &[u8],
        traits: Traits,
        said: &Attributes<'_>,
    ) -> Result<usize, Trouble> {
        let top = self.nesting.top_traits();
        let progress = &mut self.progress;
        if traits.has(Traits::STRANGE) || said.is_shadow {
            return Err(Trouble::of(TroubleKind::Unknown, name));
        }
        let is_other = said.has_other_charset || (said.has_other_content && said.is_pragma);
        if is_other && name == b"meta" {
            return Err(Trouble::charset(&said.charset));
        }
        if top.has(Traits::DRAWING) {
            // In a title of a drawing the rules are those of HTML again.
            return if top.has(Traits::HIDDEN) && self.nesting.top_name() != b"metadata" {
                Err(Trouble::misplaced(name, self.nesting.top_name()))
            } else {
                Ok(0)
            };
        }
        let is_in_head = top.has_all(Traits::ROOT.with(Traits::HIDDEN));
        if traits.has(Traits::ROOT) {
            let is_in_place = match name {
                b"html" => self.n_starts == 1,
                b"head" => !std::mem::replace(&mut progress.has_head, true),
                _ => true,
            };
            let is_outside = self.nesting.open.len() <= usize::from(is_in_head) + 1
                && (self.nesting.open.is_empty() || top.has(Traits::ROOT));
            if !is_in_place || !is_outside || progress.has_content || (is_in_head && name == b"head") {
                return Err(Trouble::of(TroubleKind::TooLate, name));
            }
            progress.has_content = name == b"body";
            return Ok(usize::from(is_in_head));
        }
        if traits.has(Traits::METADATA) && (is_in_head || progress.is_over) {
            return Ok(0);
        }
        if progress.is_over {
            return Err(Trouble::of(TroubleKind::TooLate, name));
        }
        progress.has_content |= !traits.has(Traits::METADATA);
        if is_in_head {
            return Ok(1);
        }
        self.nesting.closed_by_start(name, traits)
    }

    /// Takes the start of a part of a table that is to be read.
    fn take_part(&mut self, name: &[u8], said: &Attributes<'_>) {
        let is_in_table = self.nesting.top_name() == b"table";
        if let Some(table) = self.tables.last_mut()
            && let Err(trouble) = table.take(name, is_in_table, said.columns, said.rows)
        {
            self.note(trouble);
        }
    }

    /// Takes the start of an element that is to be read.
    fn show(&mut self, name: &[u8], said: &Attributes<'_>, element: &mut Element) {
        let traits = element.traits;
        if !traits.has(Traits::INLINE) && !self.runs_in {
            self.end_line();
        }
        // Where there is no picture, its alternative is shown.
        let is_worded = said.has_alternative && !said.has_picture && name == b"img";
        if is_worded || (traits.has(Traits::WORDS) && !(said.is_unseen_input && name == b"input")) {
            self.note(Trouble::of(TroubleKind::Words, name));
        }
        self.is_level_changed |= traits.has(Traits::SMALLER) && name != b"small";
        let is_list = traits.has(Traits::LIST) || name == b"li";
        let doubtful = match (said.doubtful, said.numbering) {
            ([], Some(numbering)) if is_list => numbering.as_bytes(),
            // Of several with one name, one is open.
            ([], _) if said.has_name && traits.has(Traits::FOLDS) => b"name",
            (doubtful, _) => doubtful,
        };
        // What readers have to open first is not shown, and never on paper.
        let is_shut = traits.has(Traits::FOLDS) && !said.is_open;
        // Each of these makes the text smaller than the one around it does.
        let is_tiny = traits.has(Traits::SMALLER) && self.n_smaller >= 2;
        element.is_unproven = !traits.has(Traits::SHOWS) || !doubtful.is_empty() || is_shut || is_tiny;
        if !doubtful.is_empty() {
            if name == b"col" || name == b"colgroup" {
                // What it does, it does to cells elsewhere.
                let trouble = Trouble::text_under(name, doubtful);
                self.note(trouble);
            } else if !traits.has(Traits::VOID) {
                self.doubtful.push((self.nesting.open.len(), doubtful.to_vec()));
            }
        }
        if self.nesting.top_traits().has(Traits::FOLDS)
            && !traits.has(Traits::METADATA)
            && !self.sum_up()
            && name != b"summary"
        {
            self.note(Trouble::moved(name, b"details"));
        }
    }

    /// Marks the `<details>` that is open as one that has its `<summary>`; tells whether it was.
    fn sum_up(&mut self) -> bool {
        self.nesting.open.last_mut().is_none_or(|element| std::mem::replace(&mut element.is_summed_up, true))
    }

    /// Counts an entry of a list, whose own number may be given, and begins its line.
    fn number(&mut self, own: Option<i32>, is_read: bool) {
        let list = self.nesting.open.iter_mut().rev().find(|element| element.traits.has(Traits::LIST));
        if let Some(number) = list.and_then(|list| list.next_number.as_mut()) {
            *number = own.unwrap_or(*number);
            if is_read {
                self.line = format!("{number}.");
            }
            *number = number.saturating_add(1);
        }
    }

    /// Takes an end tag.
    pub(super) fn end(&mut self, name: &[u8]) {
        let top = self.nesting.top_traits();
        if self.nesting.top_name() == name && !top.has(Traits::ROOT) {
            self.close_top();
            return;
        }
        let traits = if top.has(Traits::DRAWING) { Traits::default() } else { traits_of(name) };
        if traits.has(Traits::ROOT) && name != b"head" {
            // The elements stay open; only what was said cannot be undone behind it.
            let mut open = self.nesting.open.iter();
            if !open.all(|element| element.traits.has(Traits::OPTIONAL.with(Traits::ROOT))) {
                self.lose(Trouble::unclosed(self.nesting.top_name(), name));
            }
            self.progress.is_over = true;
            return;
        }
        let n_closed = match self.nesting.closed_by_end(name, traits) {
            Ok(0) => {
                // A `</p>` without its `<p>` makes an empty paragraph.
                if name == b"p" && self.n_silent == 0 {
                    self.end_line();
                }
                0
            }
            Ok(n_closed) => n_closed,
            Err(trouble) => {
                self.lose(trouble);
                self.nesting.outwards().position(|(_, open)| open == name).map_or(0, |index| index + 1)
            }
        };
        (0..n_closed).for_each(|_| self.close_top());
    }

    /// Closes the innermost element.
    fn close_top(&mut self) {
        let Some(element) = self.nesting.pop() else { return };
        let traits = element.traits;
        self.n_silent -= usize::from(element.is_silent);
        self.n_hidden -= usize::from(element.is_hidden);
        self.n_unproven -= usize::from(element.is_unproven);
        self.n_smaller -= usize::from(traits.has(Traits::SMALLER));
        if traits.has_all(TABLE) {
            self.tables.pop();
        }
        self.doubtful.pop_if(|(n_around, _)| *n_around == self.nesting.open.len());
        if self.n_silent > 0 || element.is_silent {
            return;
        }
        self.is_level_changed |= traits.has(Traits::SMALLER);
        if traits.has(Traits::FOLDS) && !element.is_summed_up {
            // Browsers give it a word for a summary.
            self.note(Trouble::of(TroubleKind::Words, b"details"));
        }
        if element.runs_in {
            // A space at its end stays due: what follows is on the same line.
            self.runs_in = true;
        } else if !traits.has(Traits::INLINE) {
            self.end_line();
            self.runs_in = false;
        }
    }

    /// Takes text between tags.
    pub(super) fn text(&mut self, text: &str) {
        if text.chars().all(is_space) {
            if self.n_silent == 0 && !self.runs_in {
                self.space_is_due = !self.line.is_empty();
            }
            return;
        }
        if !self.takes_text(text) || self.n_silent > 0 {
            return;
        }
        for (n_spaces, word) in words(text).enumerate() {
            // White space between a run-in element and the block behind it is the template's, not the text's.
            if n_spaces > 0 && !self.runs_in {
                self.space_is_due = !self.line.is_empty();
            }
            if !word.is_empty() {
                if std::mem::take(&mut self.is_level_changed) && !self.space_is_due {
                    self.look_at_digits(word);
                }
                if std::mem::take(&mut self.space_is_due) {
                    self.line.push(' ');
                }
                self.runs_in = false;
                self.line.push_str(word);
            }
        }
    }

    /// Looks at text that is not to be read: what turns the direction of writing does so behind its element, too.
    pub(super) fn pass_over(&mut self, text: &[u8]) {
        let turns = |three: &[u8]| matches!(three, [0xE2, 0x80, 0xAA..=0xAE] | [0xE2, 0x81, 0xA6..=0xA9]);
        if self.n_hidden == 0 && memchr::memchr(0xE2, text).is_some() && text.windows(3).any(turns) {
            let trouble = Trouble::of(TroubleKind::Turning, self.nesting.top_name());
            self.note(trouble);
        }
    }

    /// Tells whether words at this place are shown there.
    fn takes_text(&mut self, text: &str) -> bool {
        let top = self.nesting.top_traits();
        if top.has(Traits::FALLBACK) {
            self.without_scripts(text);
            return false;
        }
        if top.has_all(Traits::ROOT.with(Traits::HIDDEN)) {
            // Words end the head.
            self.close_top();
        }
        if self.progress.is_over {
            self.lose(Trouble::of(TroubleKind::TooLate, b"body"));
        }
        self.progress.has_content = true;
        if top.has(Traits::HOLDS_PARTS) {
            self.lose(Trouble::text_misplaced(self.nesting.top_name(), text));
        }
        if self.n_silent == 0 && top.has(Traits::FOLDS) && !self.sum_up() {
            self.note(Trouble::moved(b"summary", b"details"));
        }
        if self.n_silent == 0 && self.n_unproven > 0 {
            let trouble = self.unproven(text);
            self.note(trouble);
            return false;
        }
        true
    }

    /// Says which of the open elements may not show `text` in its place.
    fn unproven(&self, text: &str) -> Trouble {
        let mut open = self.nesting.outwards().enumerate();
        let (n_inside, (_, name)) =
            open.find(|(_, (element, _))| element.is_unproven).expect("one of them is counted");
        match self.doubtful.last() {
            Some((n_around, attribute)) if n_around + n_inside + 1 == self.nesting.open.len() => {
                Trouble::text_under(name, attribute)
            }
            _ => Trouble::text_in(name, text),
        }
    }

    /// Reads what browsers without scripts see, to whom it is HTML; for others it is not there.
    fn without_scripts(&mut self, html: &str) {
        let inner = Self::read(html.as_bytes(), &mut ());
        // What would swallow a tag behind it would swallow the end tag.
        let is_closed = Self::read(format!("{html}<wbr>").as_bytes(), &mut ()).n_starts == inner.n_starts + 1;
        let is_in_head = self.nesting.outwards().nth(1).is_some_and(|(_, parent)| parent == b"head");
        self.reading.anchors.extend(inner.reading.anchors);
        self.reading.links.extend(inner.reading.links);
        if inner.progress.is_lost || !is_closed || !inner.nesting.open.is_empty() {
            self.lose(Trouble::unclosed(b"noscript", b"noscript"));
        } else if is_in_head && inner.progress.has_content {
            self.lose(Trouble::misplaced(b"noscript", b"head"));
        }
        if self.n_silent == 0 {
            let text = inner.reading.lines.first().map(|line| Trouble::text_in(b"noscript", line));
            inner.reading.troubles.into_iter().chain(text).for_each(|trouble| self.note(trouble));
        }
    }

    /// Looks whether the line and `word`, between which the level changes, are one number to those who copy it.
    fn look_at_digits(&mut self, word: &str) {
        if let Some(number) = digits::joined(&self.line, word) {
            let raising = self.nesting.outwards().find(|(element, _)| element.traits.has(Traits::SMALLER));
            let name = raising.map_or(b"sup".as_slice(), |(_, name)| name).to_vec();
            self.note(Trouble::digits(&name, number));
        }
    }

    /// Keeps a trouble, once.
    fn note(&mut self, trouble: Trouble) {
        let troubles = &mut self.reading.troubles;
        if !self.progress.is_lost && troubles.len() < MOST_TROUBLES && !troubles.contains(&trouble) {
            troubles.push(trouble);
        }
    }

    /// Keeps the trouble behind which nothing more is known of the page.
    fn lose(&mut self, trouble: Trouble) {
        self.note(trouble);
        self.progress.is_lost = true;
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.reading.lines.push(std::mem::take(&mut self.line));
        }
        self.space_is_due = false;
        self.is_level_changed = false;
    }
}

/// Adds the value of an attribute, if it has one.
fn add(all: &mut Vec<String>, value: &[u8]) {
    if !value.is_empty() {
        all.push(text_of(value).into_owned());
    }
}

/// Splits `text` at each white space; most of the time is spent here.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut from = 0;
        loop {
            let is_candidate = |byte: &u8| *byte <= b' ' || *byte == 0xE3;
            let Some(at) = text.bytes().skip(from).position(|byte| is_candidate(&byte)) else {
                rest = None;
                return Some(text);
            };
            let (word, behind) = text.split_at_checked(from + at)?;
            if let Some(space) = behind.chars().next().filter(|character| is_space(*character)) {
                rest = behind.get(space.len_utf8()..);
                return Some(word);
            }
            from += at + 1;
        }
    })
}

fn is_utf8(charset: &[u8]) -> bool {
    matches!(charset.trim_ascii().to_ascii_lowercase().as_slice(), b"utf-8" | b"utf8")
}

/// Returns the encoding that the content of a `<meta>` declares, if it is another than UTF-8.
fn other_charset(content: &[u8]) -> Option<Vec<u8>> {
    // Most words of `<meta>` are sentences; looking for one byte is quick.
    if !content.contains(&b'=') {
        return None;
    }
    // A declaration is short; descriptions are not.
    let content = String::from_utf8_lossy(content.get(..80).unwrap_or(content)).to_ascii_lowercase();
    let (_, charset) = content.split_once("charset")?;
    let charset = charset.trim_start().strip_prefix('=')?;
    let charset = charset.trim_start().trim_start_matches(['"', '\'']);
    let charset = charset.split(['"', '\'', ';', ' ']).next()?;
    (!is_utf8(charset.as_bytes())).then(|| charset.as_bytes().to_vec())
}

/// Tells whether an address may be that of a picture: not the page itself, and not a file that is text.
fn may_be_picture(address: &[u8]) -> bool {
    let address = address.trim_ascii();
    let end = address.iter().position(|byte| matches!(byte, b'?' | b'#')).unwrap_or(address.len());
    let path = address.get(..end).unwrap_or_default().to_ascii_lowercase();
    let texts = [".html", ".htm", ".css", ".js", ".json", ".xml", ".txt", ".csv"];
    !path.is_empty() && !texts.iter().any(|text| path.ends_with(text.as_bytes()))
}
