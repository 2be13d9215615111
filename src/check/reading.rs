//! Reads a finished page back as a browser would: what it shows, what it links to, which anchors it has.
//!
//! Elements with the attribute `data-generated` are gongkai's own words and do not count as the page's text. A block
//! begins a new line; an element with `data-run-in` goes on in the block behind it.

use std::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

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
    let mut reader = Reader::default();
    let mut emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<Infallible> {
            reader.event(&event);
            None
        });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    reader.end_line();
    reader.reading
}

/// The state while reading.
#[derive(Default)]
struct Reader {
    reading: Reading,
    line: String,
    /// A space stands before the next word, if that is on the same line.
    space_is_due: bool,
    /// The block that just ended runs in.
    runs_in: bool,
    /// The elements that are open.
    open: Vec<Element>,
    /// The tag whose attributes are being read.
    starting: Element,
    attribute: Attribute,
    /// How many of the open elements are not to be read.
    n_silent: usize,
}

#[derive(Default, Clone, PartialEq, Eq)]
struct Element {
    name: Vec<u8>,
    is_silent: bool,
    runs_in: bool,
    /// For an ordered list, the number of its next entry.
    next_number: Option<u64>,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Attribute {
    #[default]
    Other,
    Id,
    Link,
    Start,
}

impl Reader {
    fn event(&mut self, event: &CallbackEvent<'_>) {
        match *event {
            CallbackEvent::OpenStartTag { name } => {
                self.starting = Element { name: name.to_vec(), ..Element::default() };
                self.starting.is_silent = matches!(name, b"script" | b"style" | b"template" | b"head");
                self.starting.next_number = (name == b"ol").then_some(1);
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = match name {
                    b"id" => Attribute::Id,
                    b"href" | b"src" => Attribute::Link,
                    b"start" => Attribute::Start,
                    _ => Attribute::Other,
                };
                match name {
                    b"data-generated" | b"hidden" => self.starting.is_silent = true,
                    b"data-run-in" => self.starting.runs_in = true,
                    _ => {}
                }
            }
            CallbackEvent::AttributeValue { value } => self.attribute_value(&String::from_utf8_lossy(value)),
            CallbackEvent::CloseStartTag { self_closing } => self.start(self_closing),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => {
                if self.n_silent == 0 {
                    self.text(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn attribute_value(&mut self, value: &str) {
        match self.attribute {
            Attribute::Id => self.reading.anchors.push(value.to_owned()),
            Attribute::Link => self.reading.links.push(value.to_owned()),
            Attribute::Start if self.starting.next_number.is_some() => {
                self.starting.next_number = value.parse().ok().or(Some(1));
            }
            Attribute::Start | Attribute::Other => {}
        }
    }

    fn start(&mut self, self_closing: bool) {
        let element = std::mem::take(&mut self.starting);
        if is_block(&element.name) && self.n_silent == 0 && !element.is_silent && !self.runs_in {
            self.end_line();
        }
        if element.name == b"li" && self.n_silent == 0 {
            let list = self.open.iter_mut().rev().find(|e| matches!(e.name.as_slice(), b"ol" | b"ul"));
            if let Some(number) = list.and_then(|list| list.next_number.as_mut()) {
                self.line = format!("{number}.");
                *number += 1;
            }
        }
        if !self_closing && !is_void(&element.name) {
            self.n_silent += usize::from(element.is_silent);
            self.open.push(element);
        }
    }

    fn end(&mut self, name: &[u8]) {
        let Some(position) = self.open.iter().rposition(|element| element.name == name) else { return };
        for element in self.open.drain(position..).rev() {
            self.n_silent -= usize::from(element.is_silent);
            if self.n_silent == 0 && !element.is_silent {
                if element.runs_in {
                    self.runs_in = true;
                    self.space_is_due = false;
                } else if is_block(&element.name) {
                    flush(&mut self.line, &mut self.reading.lines);
                    self.space_is_due = false;
                    self.runs_in = false;
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        for character in text.chars() {
            if character.is_ascii_whitespace() || character == '\u{3000}' {
                self.space_is_due = !self.line.is_empty() && !self.runs_in;
            } else {
                if self.space_is_due {
                    self.line.push(' ');
                    self.space_is_due = false;
                }
                self.runs_in = false;
                self.line.push(character);
            }
        }
    }

    fn end_line(&mut self) {
        flush(&mut self.line, &mut self.reading.lines);
        self.space_is_due = false;
    }
}

fn flush(line: &mut String, lines: &mut Vec<String>) {
    if !line.is_empty() {
        lines.push(std::mem::take(line));
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
        check("<div>甲<p>乙</p>丙</div>", &["甲", "乙", "丙"]);
        check("甲<br>乙", &["甲", "乙"]);
        check("<p>甲<!-- 乙 --></p>", &["甲"]);
        check("<title>甲</title><p>乙", &["甲", "乙"]);
        check("<head><title>甲</title></head><p>乙", &["乙"]);
        check("<script>甲</script><style>乙</style><p>丙</p>", &["丙"]);
        check("<p hidden>甲</p>乙", &["乙"]);
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
        check("<h3 data-run-in>甲。</h3></section><h3>乙</h3>", &["甲。乙"]);
    }

    #[test]
    fn lists_show_their_numbers() {
        check("<ol><li>甲</li><li>乙</li></ol>", &["1.甲", "2.乙"]);
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
