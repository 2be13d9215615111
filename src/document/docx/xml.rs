//! A part as a tree of elements, told by their local names, within limits.
//!
//! Where a part says the same in several ways for several programs (`mc:AlternateContent`), the tree holds one of them: the
//! first that is known here, as Word does.

use std::collections::BTreeSet;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::super::Refusal;
use super::{damaged, too_large};
use crate::diagnostic::Message;

/// The most elements, attributes and texts of a whole document.
pub(super) const MOST_NODES: usize = 2_000_000;

/// How deep elements may stand inside each other.
const DEEPEST: usize = 200;

/// The most attributes of an element.
const MOST_ATTRIBUTES: usize = 500;

/// What is known of the extensions of Word: beginnings of the names that `Requires` lists.
const KNOWN: [&str; 12] = ["wp", "w14", "w15", "w16", "a14", "p14", "c14", "c15", "c16", "cx", "v", "am3d"];

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    name: Rc<str>,
    attributes: Vec<(Rc<str>, String)>,
    /// What stands inside.
    pub nodes: Vec<Node>,
}

/// A piece of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Characters.
    Text(String),
}

impl Element {
    /// Returns the local name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Tells whether this is its local name.
    pub(super) fn is(&self, name: &str) -> bool {
        &*self.name == name
    }

    /// Returns the elements inside.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Returns the first element inside that has this local name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.is(name))
    }

    /// Returns the attribute with this local name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| &**found == name).map(|(_, value)| value.as_str())
    }

    /// Returns the value of the element inside that has this name: `<w:jc w:val="center"/>`.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// Returns the number that is the value of the element inside.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.value(name)?.trim().parse().ok()
    }

    /// Tells whether the element inside switches something on or off; `None` if there is none.
    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        self.child(name).map(Self::is_on)
    }

    /// Tells whether the value of this switch is on.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.attribute("val"), Some("0" | "false" | "off"))
    }

    /// Returns the characters that stand directly inside.
    pub(super) fn text(&self) -> String {
        let texts = self.nodes.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }

    /// Calls `look` for each element inside, at all depths, in order; what is below one for which it returns false is left out.
    pub(super) fn visit<'a>(&'a self, look: &mut dyn FnMut(&'a Self) -> bool) {
        for element in self.elements() {
            if look(element) {
                element.visit(look);
            }
        }
    }

    /// Returns the first element inside, at any depth, that has this name.
    pub(super) fn find(&self, name: &str) -> Option<&Self> {
        let mut found = None;
        self.visit(&mut |element| {
            if found.is_none() && element.is(name) {
                found = Some(element);
            }
            found.is_none()
        });
        found
    }
}

/// Reads a part; each element and text is taken off `nodes_left`.
pub(super) fn parse(bytes: &[u8], part: &str, nodes_left: &mut usize) -> Result<Element, Refusal> {
    let text = decoded(bytes).ok_or_else(|| damaged(part))?;
    let mut reader = Reader::from_str(&text);
    let mut names = BTreeSet::new();
    let mut open: Vec<Element> = vec![element("", &mut names)];
    loop {
        match reader.read_event().map_err(|_| damaged(part))? {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(too_large(["its elements are nested too deeply", "元素嵌套过深"]));
                }
                take(nodes_left)?;
                open.push(started(&start, part, &mut names, nodes_left)?);
            }
            Event::Empty(start) => {
                take(nodes_left)?;
                let element = started(&start, part, &mut names, nodes_left)?;
                put(&mut open, element);
            }
            Event::End(_) => {
                let element = open.pop().ok_or_else(|| damaged(part))?;
                put(&mut open, element);
            }
            Event::Text(characters) => add(&mut open, &characters.xml10_content(), nodes_left)?,
            Event::CData(characters) => add(&mut open, &characters.xml10_content(), nodes_left)?,
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|_| damaged(part))?;
                let text = match character {
                    Some(character) => character.to_string(),
                    None => resolve_predefined_entity(&reference).ok_or_else(entities)?.to_owned(),
                };
                add(&mut open, &text, nodes_left)?;
            }
            Event::DocType(_) => return Err(entities()),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    match (open.pop(), open.is_empty()) {
        // The outermost of these stands around the part; it holds the root.
        (Some(around), true) => around
            .nodes
            .into_iter()
            .find_map(|node| match node {
                Node::Element(root) => Some(root),
                Node::Text(_) => None,
            })
            .ok_or_else(|| damaged(part)),
        _ => Err(damaged(part)),
    }
}

/// Word writes no entities of its own; they serve to blow up a text or to read other files.
fn entities() -> Refusal {
    let message = Message::new(
        "this Word document is not read: its XML defines entities, which Word does not write; save it anew as .docx",
        "未读取 Word 文件：其 XML 定义了实体，Word 不会这样写；请另存为 .docx",
    );
    Refusal { message }
}

fn take(nodes_left: &mut usize) -> Result<(), Refusal> {
    *nodes_left =
        nodes_left.checked_sub(1).ok_or_else(|| too_large(["it has too many elements", "元素过多"]))?;
    Ok(())
}

fn decoded(bytes: &[u8]) -> Option<String> {
    let wide = |bytes: &[u8], number: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let text = char::decode_utf16(pairs.iter().map(|pair| number(*pair))).collect::<Result<_, _>>();
        text.ok().filter(|_| rest.is_empty())
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
    }
}

/// Names come again and again: each is kept once.
fn interned(name: &str, names: &mut BTreeSet<Rc<str>>) -> Rc<str> {
    if let Some(known) = names.get(name) {
        return Rc::clone(known);
    }
    let name: Rc<str> = name.into();
    names.insert(Rc::clone(&name));
    name
}

fn element(name: &str, names: &mut BTreeSet<Rc<str>>) -> Element {
    Element { name: interned(name, names), attributes: Vec::new(), nodes: Vec::new() }
}

fn started(
    start: &BytesStart<'_>,
    part: &str,
    names: &mut BTreeSet<Rc<str>>,
    nodes_left: &mut usize,
) -> Result<Element, Refusal> {
    let mut element = element(start.local_name().as_ref(), names);
    // Looking for doubles among many attributes would take long: all pairs are compared.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| damaged(part))?;
        let name = attribute.key.as_ref();
        if name.starts_with("xmlns") {
            continue;
        }
        if element.attributes.len() == MOST_ATTRIBUTES {
            return Err(too_large(["an element has too many attributes", "属性过多"]));
        }
        take(nodes_left)?;
        let value = unescape(&attribute.value).map_err(|_| damaged(part))?;
        let name = interned(attribute.key.local_name().as_ref(), names);
        element.attributes.push((name, value.into_owned()));
    }
    Ok(element)
}

/// Puts a finished element into the one around it; of several ways to say something, the one that is chosen.
fn put(open: &mut [Element], element: Element) {
    let Some(around) = open.last_mut() else { return };
    if !element.is("AlternateContent") {
        around.nodes.push(Node::Element(element));
        return;
    }
    let is_known = |choice: &Element| {
        let mut required = choice.attribute("Requires").unwrap_or_default().split_whitespace();
        choice.is("Choice") && required.all(|name| KNOWN.iter().any(|known| name.starts_with(known)))
    };
    let chosen = element.elements().position(is_known);
    let chosen = chosen.or_else(|| element.elements().position(|way| way.is("Fallback")));
    let ways = element.nodes.into_iter().filter_map(|node| match node {
        Node::Element(way) => Some(way),
        Node::Text(_) => None,
    });
    if let Some(way) = chosen.and_then(|index| ways.into_iter().nth(index)) {
        around.nodes.extend(way.nodes);
    }
}

fn add(open: &mut [Element], text: &str, nodes_left: &mut usize) -> Result<(), Refusal> {
    let Some(around) = open.last_mut() else { return Ok(()) };
    if let Some(Node::Text(before)) = around.nodes.last_mut() {
        before.push_str(text);
        return Ok(());
    }
    // White space between elements is no text of Word.
    let holds_text = matches!(&*around.name, "t" | "delText" | "instrText" | "delInstrText" | "v" | "f");
    if holds_text || !text.trim().is_empty() {
        take(nodes_left)?;
        around.nodes.push(Node::Text(text.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Element, Refusal> {
        parse(text.as_bytes(), "a.xml", &mut 1000)
    }

    #[test]
    fn one_of_several_ways_is_taken() {
        for (requires, expected) in [("wps", "a"), ("w14 wps", "a"), ("new", "b")] {
            let tree = parsed(&format!(
                "<r><mc:AlternateContent><mc:Choice Requires='{requires}'><a/></mc:Choice>\
                 <mc:Fallback><b/></mc:Fallback></mc:AlternateContent></r>"
            ));
            let tree = tree.unwrap();
            assert_eq!(tree.elements().map(Element::name).collect::<Vec<_>>(), [expected]);
        }
    }

    #[test]
    fn characters_are_put_together() {
        let tree = parsed("<a><t b='&lt;&#x4E00;'>x&amp;y&#20108;<![CDATA[<z>]]></t></a>").unwrap();
        assert_eq!(tree.child("t").unwrap().text(), "x&y二<z>");
        assert_eq!(tree.child("t").unwrap().attribute("b"), Some("<一"));
    }

    #[test]
    fn what_is_hostile_or_damaged_is_refused() {
        let deep = "<a>".repeat(300) + &"</a>".repeat(300);
        let wide = format!("<a>{}</a>", "<b/>".repeat(1000));
        let entity = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
        for text in ["", "<a>", "<a></b>", "</a>", "<a>&b;</a>", "text", "<a b='&x;'/>", entity, &deep, &wide]
        {
            assert!(parsed(text).is_err(), "{text}");
        }
        assert!(parse(b"<a>\xFF</a>", "a.xml", &mut 10).is_err());
    }
}
