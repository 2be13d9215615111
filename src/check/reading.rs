//! Reads a finished page back as a browser would: what it shows, what it links to, which anchors it has.
//!
//! Elements with the attribute `data-generated` are gongkai's own words and do not count as the page's text. A block
//! begins a new line; an element with `data-run-in` goes on in the block behind it.

use super::tokens;
use super::watch::Watch;

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The visible text outside generated parts, a line for each block; white space is single spaces.
    pub(super) lines: Vec<String>,
    /// The `id`s.
    pub(super) anchors: Vec<String>,
    /// The values of `href` and `src`.
    pub(super) links: Vec<String>,
}

/// Reads a page.
pub(super) fn read(html: &[u8]) -> Reading {
    read_watched(html, &mut Watch::default())
}

/// Reads a page; `watch` sees all its tags.
pub(super) fn read_watched(html: &[u8], watch: &mut Watch) -> Reading {
    let mut reader = Reader::default();
    tokens::for_each(html, &mut reader, watch);
    reader.end_line();
    reader.reading
}

/// Tells whether a character is white space to a reader.
pub(super) fn is_space(character: char) -> bool {
    character.is_ascii_whitespace() || character == '\u{3000}'
}

/// The state while reading.
#[derive(Default)]
pub(super) struct Reader {
    reading: Reading,
    line: String,
    /// A space stands before the next word, if that is on the same line.
    space_is_due: bool,
    /// The block that just ended runs in.
    runs_in: bool,
    /// The elements that are open.
    open: Vec<Element>,
    /// Their names, one behind the other.
    names: Vec<u8>,
    /// The element whose attributes are being read.
    starting: Element,
    /// What else its attributes say, which counts for some names only.
    tag: Tag,
    /// How many of the open elements are not to be read.
    n_silent: usize,
}

#[derive(Default)]
struct Tag {
    /// It has the attribute `open`.
    is_open: bool,
}

#[derive(Default, Clone, Copy)]
struct Element {
    /// Where its name begins in the names of open elements.
    name_start: usize,
    is_silent: bool,
    runs_in: bool,
    is_list: bool,
    /// For an ordered list, the number of its next entry.
    next_number: Option<u64>,
}

impl Reader {
    /// Tells whether text that comes now is not to be read.
    pub(super) fn is_silent(&self) -> bool {
        self.n_silent > 0
    }

    /// Takes an attribute of the start tag that comes next; `value` is empty if it has none.
    pub(super) fn attribute(&mut self, name: &[u8], value: &[u8]) {
        let text = || String::from_utf8_lossy(value).into_owned();
        match name {
            b"id" if !value.is_empty() => self.reading.anchors.push(text()),
            b"href" | b"src" if !value.is_empty() => self.reading.links.push(text()),
            b"start" | b"value" => {
                self.starting.next_number = str::from_utf8(value).ok().and_then(|number| number.parse().ok());
            }
            b"data-generated" | b"hidden" => self.starting.is_silent = true,
            b"open" => self.tag.is_open = true,
            b"data-run-in" => self.starting.runs_in = true,
            _ => {}
        }
    }

    /// Takes a start tag.
    pub(super) fn start(&mut self, name: &[u8], self_closing: bool) {
        let mut element = std::mem::take(&mut self.starting);
        let tag = std::mem::take(&mut self.tag);
        element.is_silent |= matches!(name, b"script" | b"style" | b"template" | b"head");
        // What readers have to open first is not shown, and never on paper.
        element.is_silent |= name == b"details" && !tag.is_open;
        element.is_list = matches!(name, b"ol" | b"ul");
        let own_number = element.next_number;
        element.next_number = (name == b"ol").then(|| own_number.unwrap_or(1));
        if is_block(name) && self.n_silent == 0 && !element.is_silent && !self.runs_in {
            self.end_line();
        }
        if name == b"li" && self.n_silent == 0 {
            let list = self.open.iter_mut().rev().find(|element| element.is_list);
            if let Some(number) = list.and_then(|list| list.next_number.as_mut()) {
                *number = own_number.unwrap_or(*number);
                self.line = format!("{number}.");
                *number += 1;
            }
        }
        if !self_closing && !is_void(name) {
            self.n_silent += usize::from(element.is_silent);
            element.name_start = self.names.len();
            self.names.extend_from_slice(name);
            self.open.push(element);
        }
    }

    /// Takes an end tag.
    pub(super) fn end(&mut self, name: &[u8]) {
        let mut name_end = self.names.len();
        let is_it = |element: &Element| {
            let range = element.name_start..std::mem::replace(&mut name_end, element.name_start);
            self.names.get(range) == Some(name)
        };
        let Some(position) = self.open.iter().rposition(is_it) else { return };
        while self.open.len() > position {
            let Some(element) = self.open.pop() else { return };
            let is_block = is_block(self.names.get(element.name_start..).unwrap_or_default());
            self.names.truncate(element.name_start);
            self.n_silent -= usize::from(element.is_silent);
            if self.n_silent == 0 && !element.is_silent {
                if element.runs_in {
                    // A space at its end stays due: what follows is on the same line.
                    self.runs_in = true;
                } else if is_block {
                    self.end_line();
                    self.runs_in = false;
                }
            }
        }
    }

    /// Takes text between tags.
    pub(super) fn text(&mut self, text: &str) {
        for (n_spaces, word) in text.split(is_space).enumerate() {
            // White space between a run-in element and the block behind it is the template's, not the text's.
            if n_spaces > 0 && !self.runs_in {
                self.space_is_due = !self.line.is_empty();
            }
            if !word.is_empty() {
                if std::mem::take(&mut self.space_is_due) {
                    self.line.push(' ');
                }
                self.runs_in = false;
                self.line.push_str(word);
            }
        }
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.reading.lines.push(std::mem::take(&mut self.line));
        }
        self.space_is_due = false;
    }
}

/// Tells whether an element begins and ends a line; what is not known to be inline does.
fn is_block(name: &[u8]) -> bool {
    !matches!(
        name,
        b"a" | b"abbr"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"cite"
            | b"code"
            | b"data"
            | b"del"
            | b"dfn"
            | b"em"
            | b"font"
            | b"i"
            | b"img"
            | b"ins"
            | b"kbd"
            | b"mark"
            | b"q"
            | b"rp"
            | b"rt"
            | b"ruby"
            | b"s"
            | b"samp"
            | b"small"
            | b"span"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"time"
            | b"u"
            | b"var"
            | b"wbr"
    )
}

fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

#[cfg(test)]
mod tests {
    use super::read;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        assert_eq!(read(html.as_bytes()).lines, expected, "{html}");
    }

    #[test]
    fn visible_text() {
        check("<p>甲</p><p>乙</p>", &["甲", "乙"]);
        check("<p>甲<strong>乙</strong>丙</p>", &["甲乙丙"]);
        check("<p> 甲\n 乙 </p>\n", &["甲 乙"]);
        check("<p>甲&amp;乙&#12290;</p>", &["甲&乙。"]);
        check("<p>甲&乙<丙</丁 戊", &["甲&乙<丙"]);
        check("<p>甲</p id=x><p>乙</p hidden>丙", &["甲", "乙", "丙"]);
        check("<div>甲<p>乙</p>丙</div>", &["甲", "乙", "丙"]);
        check("甲<br>乙", &["甲", "乙"]);
        check("<p>甲<!-- 乙 --></p>", &["甲"]);
        check("<title>甲</title><p>乙", &["甲", "乙"]);
        check("<head><title>甲</title></head><p>乙", &["乙"]);
        check("<script>甲</script><style>乙</style><p>丙</p>", &["丙"]);
        check("<p hidden>甲</p>乙", &["乙"]);
        check("<details><summary>甲</summary><p>乙</p></details><p>丙</p>", &["丙"]);
        check("<details open><summary>甲</summary><p>乙</p></details><p>丙</p>", &["甲", "乙", "丙"]);
    }

    #[test]
    fn generated_parts_are_skipped() {
        check("<p data-generated>甲</p><p>乙</p>", &["乙"]);
        check("<div data-generated><p>甲</p><p>丙</p></div>乙", &["乙"]);
        check("<p>甲<span data-generated>乙</span>丙</p>", &["甲丙"]);
        check("<p>甲<img data-generated>乙</p>", &["甲乙"]);
    }

    #[test]
    fn a_lead_runs_in() {
        check("<h3 data-run-in>甲。</h3>\n<p>乙</p>", &["甲。乙"]);
        check("<h3 data-run-in>甲。</h3><p>乙</p><p>丙</p>", &["甲。乙", "丙"]);
        check("<h3 data-run-in>甲。 </h3>\n<p>乙</p>", &["甲。 乙"]);
        check("<h3 data-run-in>甲。</h3></section><h3>乙</h3>", &["甲。乙"]);
    }

    #[test]
    fn lists_show_their_numbers() {
        check("<ol><li>甲</li><li>乙</li></ol>", &["1.甲", "2.乙"]);
        check("<ol><li value=\"4\">甲</li><li>乙</li></ol>", &["4.甲", "5.乙"]);
        check("<ol start=\"5\"><li>甲<ul><li>乙</li></ul></li><li>丙</li></ol>", &["5.甲", "乙", "6.丙"]);
    }

    #[test]
    fn links_and_anchors() {
        let reading = read(b"<p id=a><a href='x.html#b'>x</a><img src=y.png>");
        assert_eq!(
            (reading.anchors, reading.links),
            (vec!["a".into()], vec!["x.html#b".into(), "y.png".into()])
        );
    }
}
