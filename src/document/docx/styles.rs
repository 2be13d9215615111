//! Styles: what a paragraph or a run takes over from them.

use std::collections::BTreeMap;

use super::super::Refusal;
use super::too_large;
use super::xml::Element;

/// Where a paragraph stands on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alignment {
    Center,
    Right,
    Other,
}

/// What an element `pPr` says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ParagraphFormat {
    /// The list, 0 for none.
    pub number: Option<i64>,
    /// The level in the list, from 0.
    pub level: Option<i64>,
    /// The level of the outline, from 0; 9 is text.
    pub outline: Option<i64>,
    /// The place on the line.
    pub alignment: Option<Alignment>,
}

impl ParagraphFormat {
    /// Reads `pPr`.
    pub(super) fn of(properties: Option<&Element>) -> Self {
        let Some(properties) = properties else { return Self::default() };
        let numbering = properties.child("numPr");
        Self {
            number: numbering.and_then(|numbering| numbering.number("numId")),
            level: numbering.and_then(|numbering| numbering.number("ilvl")),
            outline: properties.number("outlineLvl"),
            alignment: properties.value("jc").map(|value| match value {
                "center" => Alignment::Center,
                "right" | "end" => Alignment::Right,
                _ => Alignment::Other,
            }),
        }
    }
}

/// A style.
#[derive(Debug, Default)]
struct Style {
    name: String,
    base: Option<String>,
    format: ParagraphFormat,
    /// Whether its text is hidden.
    vanish: Option<bool>,
    /// The font of its symbols.
    font: Option<String>,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    default_paragraph: Option<String>,
    /// What holds where nothing else is said.
    defaults: ParagraphFormat,
    is_hidden_by_default: bool,
}

/// The list that a style puts its paragraphs into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StyledNumber<'a> {
    pub number: i64,
    pub level: Option<i64>,
    /// The styles from the paragraph's own to the one that names the list: a level of the list is bound to one of them.
    pub styles: Vec<&'a str>,
}

impl Styles {
    /// Reads the part with the styles.
    pub(super) fn of(tree: &Element) -> Result<Self, Refusal> {
        let mut found = Self::default();
        if let Some(defaults) = tree.child("docDefaults") {
            let run = defaults.child("rPrDefault").and_then(|around| around.child("rPr"));
            found.is_hidden_by_default = run.and_then(|run| run.switch("vanish")) == Some(true);
            let paragraph = defaults.child("pPrDefault").and_then(|around| around.child("pPr"));
            found.defaults = ParagraphFormat::of(paragraph);
        }
        for element in tree.elements().filter(|element| element.is("style")) {
            let Some(id) = element.attribute("styleId") else { continue };
            let kind = element.attribute("type").unwrap_or("paragraph");
            let is_default = matches!(element.attribute("default"), Some("1" | "true" | "on"));
            if is_default && kind == "paragraph" {
                found.default_paragraph = Some(id.to_owned());
            }
            let run = element.child("rPr");
            let style = Style {
                name: element.value("name").unwrap_or_default().to_lowercase(),
                base: element.value("basedOn").map(str::to_owned),
                format: ParagraphFormat::of(element.child("pPr")),
                vanish: run.and_then(|run| run.switch("vanish")),
                font: run.and_then(symbol_font),
            };
            found.by_id.insert(id.to_owned(), style);
        }
        found.refuse_circles()?;
        Ok(found)
    }

    /// A style that is based on itself, over whatever others, says nothing that could be relied on.
    fn refuse_circles(&self) -> Result<(), Refusal> {
        // How often each style is the base of another that has not been taken off yet: what is left goes round.
        let mut n_above: BTreeMap<&str, usize> = BTreeMap::new();
        for base in self.by_id.values().filter_map(|style| style.base.as_deref()) {
            *n_above.entry(base).or_default() += 1;
        }
        let is_free = |id: &&str| !n_above.contains_key(id);
        let mut free: Vec<&str> = self.by_id.keys().map(String::as_str).filter(is_free).collect();
        let mut n_left = self.by_id.len();
        while let Some(id) = free.pop() {
            let Some(style) = self.by_id.get(id) else { continue };
            n_left -= 1;
            if let Some(base) = style.base.as_deref()
                && let Some(count) = n_above.get_mut(base)
            {
                *count -= 1;
                if *count == 0 {
                    free.push(base);
                }
            }
        }
        if n_left > 0 {
            return Err(too_large(["a style is based on itself", "样式循环引用"]));
        }
        Ok(())
    }

    /// Returns a style and those that it is based on, the nearest first.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let mut next = id;
        // There are no circles, so this ends; a limit keeps many paragraphs of a long chain cheap.
        std::iter::from_fn(move || {
            let id = next?;
            let style = self.by_id.get(id)?;
            next = style.base.as_deref();
            Some((id, style))
        })
        .take(30)
    }

    /// Returns the id of the style that a paragraph has.
    pub(super) fn of_paragraph<'a>(&'a self, named: Option<&'a str>) -> Option<&'a str> {
        named.filter(|id| self.by_id.contains_key(*id)).or(self.default_paragraph.as_deref())
    }

    /// Returns the list that a style puts its paragraphs into.
    pub(super) fn number<'a>(&'a self, id: Option<&'a str>) -> Option<StyledNumber<'a>> {
        let mut level = None;
        let mut styles = Vec::new();
        for (id, style) in self.chain(id) {
            styles.push(id);
            level = level.or(style.format.level);
            if let Some(number) = style.format.number {
                return Some(StyledNumber { number, level, styles });
            }
        }
        None
    }

    /// Returns the level in a list that a style gives its paragraphs, whichever list it is.
    pub(super) fn level(&self, id: Option<&str>) -> Option<i64> {
        self.chain(id).find_map(|(_, style)| style.format.level)
    }

    /// Returns the list that a style of lists stands for.
    pub(super) fn list(&self, id: &str) -> Option<i64> {
        self.chain(Some(id)).find_map(|(_, style)| style.format.number)
    }

    /// Returns the level that makes a paragraph a heading, from 1.
    pub(super) fn heading(&self, own: ParagraphFormat, id: Option<&str>) -> Option<u8> {
        let of_style = |(_, style): (&str, &Style)| style.format.outline.or_else(|| named_level(&style.name));
        let outline = own.outline.or_else(|| self.chain(id).find_map(of_style)).or(self.defaults.outline)?;
        u8::try_from(outline).ok().filter(|level| *level < 9).map(|level| level + 1)
    }

    /// Returns where a paragraph stands on the line.
    pub(super) fn alignment(&self, own: ParagraphFormat, id: Option<&str>) -> Alignment {
        let of_style = || self.chain(id).find_map(|(_, style)| style.format.alignment);
        own.alignment.or_else(of_style).or(self.defaults.alignment).unwrap_or(Alignment::Other)
    }

    /// Tells whether text is hidden: what stands at the text decides; else styles of paragraph and run switch each other.
    pub(super) fn is_hidden(&self, run: Option<&Element>, paragraph: Option<&str>) -> bool {
        if let Some(own) = run.and_then(|run| run.switch("vanish")) {
            return own;
        }
        let of_chain =
            |id: Option<&str>| self.chain(id).find_map(|(_, style)| style.vanish).unwrap_or_default();
        let of_run = run.and_then(|run| run.value("rStyle"));
        self.is_hidden_by_default || (of_chain(paragraph) != of_chain(of_run))
    }

    /// Returns the font of a run, as far as it is named by the run or its style.
    pub(super) fn font(&self, run: Option<&Element>) -> Option<String> {
        let run = run?;
        let of_style = || self.chain(run.value("rStyle")).find_map(|(_, style)| style.font.clone());
        symbol_font(run).or_else(of_style)
    }
}

fn symbol_font(run: &Element) -> Option<String> {
    let fonts = run.child("rFonts")?;
    fonts.attribute("ascii").or_else(|| fonts.attribute("hAnsi")).map(str::to_owned)
}

/// `heading 1` is a name that Word knows in every language.
fn named_level(name: &str) -> Option<i64> {
    let level = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 "))?;
    level.trim().parse::<i64>().ok().filter(|level| (1..=9).contains(level)).map(|level| level - 1)
}
