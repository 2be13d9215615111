//! Which elements are open, as browsers count them: what a tag closes besides itself, and where that is not known.
//!
//! Browsers make a tree of any tags. Here only well-nested ones are followed: end tags in the order of the start tags, except
//! those that may be left out. Everything else is an [`Err`], since browsers may show such a page differently.

use super::elements::{PARAGRAPH, Traits, holds_part};
use super::trouble::Trouble;

/// An open element.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Element {
    /// Where its name begins in the names of open elements.
    name_start: usize,
    pub(super) traits: Traits,
    /// Its text does not count.
    pub(super) is_silent: bool,
    /// It is not shown.
    pub(super) is_hidden: bool,
    /// Its text may not be shown in its place.
    pub(super) is_unproven: bool,
    pub(super) runs_in: bool,
    /// For a list, the number of its next entry, if it shows numbers.
    pub(super) next_number: Option<i32>,
    /// For a `<details>`: it has its `<summary>`, or other content that comes first.
    pub(super) is_summed_up: bool,
}

/// The open elements.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    pub(super) open: Vec<Element>,
    /// Their names, one behind the other.
    names: Vec<u8>,
    /// How many of them are paragraphs.
    n_paragraphs: usize,
    /// How many of them cannot stand in another of their kind.
    n_single: usize,
}

impl Nesting {
    /// Returns the traits of the innermost open element; an empty set if no element is open.
    pub(super) fn top_traits(&self) -> Traits {
        self.open.last().map(|element| element.traits).unwrap_or_default()
    }

    /// Returns the name of the innermost open element; empty if no element is open.
    pub(super) fn top_name(&self) -> &[u8] {
        self.open.last().and_then(|element| self.names.get(element.name_start..)).unwrap_or_default()
    }

    /// Goes through the open elements with their names from the inside out.
    pub(super) fn outwards(&self) -> impl Iterator<Item = (&Element, &[u8])> {
        let mut end = self.names.len();
        self.open.iter().rev().map(move |element| {
            let range = element.name_start..std::mem::replace(&mut end, element.name_start);
            (element, self.names.get(range).unwrap_or_default())
        })
    }

    pub(super) fn push(&mut self, name: &[u8], mut element: Element) {
        self.n_paragraphs += usize::from(is_paragraph(element.traits));
        self.n_single += usize::from(element.traits.has(Traits::SINGLE));
        element.name_start = self.names.len();
        self.names.extend_from_slice(name);
        self.open.push(element);
    }

    pub(super) fn pop(&mut self) -> Option<Element> {
        let element = self.open.pop()?;
        self.names.truncate(element.name_start);
        self.n_paragraphs -= usize::from(is_paragraph(element.traits));
        self.n_single -= usize::from(element.traits.has(Traits::SINGLE));
        Some(element)
    }

    /// Returns how many of the innermost elements the start tag of `name` closes.
    pub(super) fn closed_by_start(&self, name: &[u8], traits: Traits) -> Result<usize, Trouble> {
        let top = self.top_traits();
        let mut n_closed = 0;
        if traits.has(Traits::PART) {
            n_closed = self.outside_of_part(name)?;
        } else if (top.has(Traits::HOLDS_PARTS) || is_choice(top)) && !traits.has(Traits::ANYWHERE) {
            return Err(Trouble::misplaced(name, self.top_name()));
        }
        if traits.has(Traits::ENTRY) {
            n_closed = self.entry_before(name)?;
        }
        if traits.has_all(Traits::INLINE.with(Traits::OPTIONAL)) {
            n_closed = self.outwards().take_while(|(_, name)| matches!(*name, b"rt" | b"rp")).count();
            if self.outwards().nth(n_closed).is_none_or(|(_, parent)| parent != b"ruby") {
                return Err(Trouble::misplaced(name, self.top_name()));
            }
        }
        if traits.has(Traits::CLOSES_P) && self.n_paragraphs > 0 {
            n_closed += self.paragraph_before(name, n_closed)?;
        }
        if traits.has(Traits::HEADING) && top.has(Traits::HEADING) {
            return Err(Trouble::misplaced(name, self.top_name()));
        }
        if traits.has(Traits::SINGLE)
            && self.n_single > 0
            && self.open.iter().any(|element| element.traits == traits)
        {
            return Err(Trouble::misplaced(name, name));
        }
        Ok(n_closed)
    }

    /// Counts the elements inside the one that the part `name` belongs into.
    fn outside_of_part(&self, name: &[u8]) -> Result<usize, Trouble> {
        for (index, (element, parent)) in self.outwards().enumerate() {
            if holds_part(parent, name) {
                return Ok(index);
            }
            if !element.traits.has(Traits::OPTIONAL) {
                break;
            }
        }
        Err(Trouble::misplaced(name, self.top_name()))
    }

    /// Counts the elements up to the entry that the next one, of `name`, closes.
    fn entry_before(&self, name: &[u8]) -> Result<usize, Trouble> {
        let mut is_certain = true;
        for (index, (element, other)) in self.outwards().enumerate() {
            if element.traits.has(Traits::ENTRY) && (other == name || (name != b"li" && other != b"li")) {
                return if is_certain {
                    Ok(index + 1)
                } else {
                    Err(Trouble::unclosed(self.top_name(), name))
                };
            }
            if element.traits.has(Traits::SPECIAL) {
                break;
            }
            is_certain &= element.traits.has(Traits::OPTIONAL);
        }
        Ok(0)
    }

    /// Returns 1 if the start tag of `name` closes the paragraph inside the `n_closed` innermost elements.
    fn paragraph_before(&self, name: &[u8], n_closed: usize) -> Result<usize, Trouble> {
        for (index, element) in self.open.iter().rev().enumerate().skip(n_closed) {
            if is_paragraph(element.traits) {
                // Whether a table does depends on the doctype.
                let is_certain = index == n_closed && name != b"table";
                return if is_certain { Ok(1) } else { Err(Trouble::misplaced(name, b"p")) };
            }
            if element.traits.has(Traits::SCOPE) {
                break;
            }
        }
        Ok(0)
    }

    /// Returns how many of the innermost elements the end tag of `name` closes, its own included; none if it is ignored.
    pub(super) fn closed_by_end(&self, name: &[u8], traits: Traits) -> Result<usize, Trouble> {
        let mut is_certain = true;
        for (index, (element, other)) in self.outwards().enumerate() {
            if other == name {
                return if is_certain {
                    Ok(index + 1)
                } else {
                    Err(Trouble::unclosed(self.top_name(), name))
                };
            }
            let may_end = traits.has(Traits::ENDS) || (name == b"datalist" && is_choice(element.traits));
            is_certain &= element.traits.has(Traits::OPTIONAL) && may_end;
        }
        let heading = self.open.iter().any(|element| element.traits.has(Traits::HEADING));
        let is_ignored = match name {
            b"br" => false,
            b"p" => !self.top_traits().has(Traits::HOLDS_PARTS.with(Traits::DRAWING)),
            _ => !(traits.has(Traits::HEADING) && heading),
        };
        if is_ignored { Ok(0) } else { Err(Trouble::unopened(name)) }
    }
}

fn is_paragraph(traits: Traits) -> bool {
    traits == PARAGRAPH
}

/// Tells whether an element is one of those that a reader chooses from, which hold text alone.
fn is_choice(traits: Traits) -> bool {
    traits.has(Traits::PART) && !traits.has(Traits::SPECIAL)
}
