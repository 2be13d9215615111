//! What stands in a line: runs of characters, and what is wrapped around them.

use super::super::{FindingKind, Refusal};
use super::body::{Walker, words_of};
use super::fields::Field;
use super::story::Story;
use super::symbols;
use super::xml::Element;

/// The most fields that stand inside each other.
const MOST_FIELDS: usize = 200;

/// What a run is set in.
struct RunFormat {
    is_hidden: bool,
    font: Option<String>,
}

impl<'a> Walker<'a, '_> {
    /// Reads the line of a paragraph with this style.
    pub(super) fn inline(
        &mut self,
        around: &'a Element,
        style: Option<&'a str>,
        story: &mut Story<'a>,
    ) -> Result<(), Refusal> {
        for element in around.elements() {
            match element.name() {
                "r" => self.run(element, style, story)?,
                "hyperlink" | "smartTag" | "customXml" | "sdt" | "sdtContent" | "bdo" | "dir" | "moveTo"
                | "rubyBase" => {
                    self.inline(element, style, story)?;
                }
                "ins" => {
                    self.n_inserted += 1;
                    self.inline(element, style, story)?;
                    self.n_inserted -= 1;
                }
                "fldSimple" => {
                    let code = element.attribute("instr").unwrap_or_default().to_owned();
                    self.fields.push(Field { code, is_in_result: true, ..Field::default() });
                    self.inline(element, style, story)?;
                    self.end_field(false, story);
                }
                "del" => self.left_out(element, FindingKind::Deleted, story),
                "moveFrom" => self.left_out(element, FindingKind::MovedAway, story),
                "oMathPara" | "oMath" => self.formula(element, story),
                "subDoc" => self.find(FindingKind::PartMissing, "subDoc"),
                _ => self.unknown(element),
            }
        }
        Ok(())
    }

    fn run(
        &mut self,
        run: &'a Element,
        style: Option<&'a str>,
        story: &mut Story<'a>,
    ) -> Result<(), Refusal> {
        let properties = run.child("rPr");
        let styles = &self.parts.styles;
        let format =
            RunFormat { is_hidden: styles.is_hidden(properties, style), font: styles.font(properties) };
        for element in run.elements() {
            match element.name() {
                "t" => self.characters(element, &format, story),
                "tab" | "ptab" => self.put("\t", format.is_hidden, story),
                "br" | "cr" => self.put("\n", format.is_hidden, story),
                "noBreakHyphen" => self.put("\u{2011}", format.is_hidden, story),
                "sym" => self.symbol(element, &format, story),
                "fldChar" => self.field_mark(element, format.is_hidden, story),
                "instrText" => {
                    if let Some(field) = self.fields.last_mut() {
                        field.code.push_str(&element.text());
                    }
                }
                "ruby" => self.ruby(element, style, story)?,
                "drawing" | "pict" | "object" => self.drawing(element, format.is_hidden, story)?,
                "footnoteReference" | "endnoteReference" => {
                    self.note_reference(element, format.is_hidden, story);
                }
                "commentReference" => self.add_comments(element.attribute("id")),
                "r" => self.run(element, style, story)?,
                "sdt" => {
                    if let Some(content) = element.child("sdtContent") {
                        self.inline(content, style, story)?;
                    }
                }
                _ => self.unknown(element),
            }
        }
        Ok(())
    }

    /// Puts characters into the paragraph, if they are seen.
    pub(super) fn put(&mut self, text: &str, is_hidden: bool, story: &mut Story<'a>) {
        if text.is_empty() {
            return;
        }
        // What a field is told stands between its beginning and its result.
        if let Some(field) = self.fields.last_mut().filter(|field| !field.is_in_result) {
            field.code.push_str(text);
            return;
        }
        if self.fields.iter().any(|field| !field.is_in_result) {
            return;
        }
        for field in &mut self.fields {
            field.has_result = true;
        }
        if is_hidden {
            if !text.trim().is_empty() {
                self.find_at(FindingKind::Hidden, text, 0, story);
            }
            return;
        }
        story.open().text.push_str(text);
        if self.n_inserted > 0 {
            self.find_at(FindingKind::Inserted, text, text.len(), story);
        }
    }

    fn characters(&mut self, element: &Element, format: &RunFormat, story: &mut Story<'a>) {
        let text = element.text().replace(['\n', '\r', '\t'], " ");
        let is_kept = element.attribute("space") == Some("preserve");
        let text = if is_kept { text.as_str() } else { text.trim_matches(' ') };
        let font = format.font.as_deref().filter(|font| symbols::is_symbol_font(font));
        if font.is_none() {
            return self.put(text, format.is_hidden, story);
        }
        for character in text.chars() {
            self.symbolic(character, font, format.is_hidden, story);
        }
    }

    fn symbol(&mut self, element: &Element, format: &RunFormat, story: &mut Story<'a>) {
        let code = element.attribute("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
        let Some(character) = code.and_then(char::from_u32) else { return };
        self.symbolic(character, element.attribute("font"), format.is_hidden, story);
    }

    /// Puts a character of a font that may be one of symbols.
    fn symbolic(&mut self, character: char, font: Option<&str>, is_hidden: bool, story: &mut Story<'a>) {
        if let Some(meaning) = symbols::meaning(character, font) {
            return self.put(meaning, is_hidden, story);
        }
        let code = u32::from(character);
        let is_private = (0xE000..=0xF8FF).contains(&code);
        // Fonts of symbols hold nothing at the places of Chinese characters: Word takes another font for these.
        let is_symbol = font.is_some_and(symbols::is_symbol_font) && code <= 0xFF;
        if is_private || is_symbol {
            let font = font.unwrap_or("?");
            return self.find(FindingKind::SymbolUnknown, &format!("{font} {code:04X}"));
        }
        self.put(character.encode_utf8(&mut [0; 4]), is_hidden, story);
    }

    /// Tells of words in an element that is not known.
    fn unknown(&mut self, element: &Element) {
        let words = words_of(element);
        if !words.trim().is_empty() {
            self.find(FindingKind::Object, &words);
        }
    }

    fn field_mark(&mut self, element: &Element, is_hidden: bool, story: &mut Story<'a>) {
        match element.attribute("fldCharType") {
            // One that nothing ends would take the rest of the document for its code.
            Some("begin") if self.unended.contains(&address(element)) => {}
            Some("begin") if self.fields.len() < MOST_FIELDS => self.fields.push(Field::begun(element)),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.is_in_result = true;
                }
            }
            Some("end") => self.end_field(is_hidden, story),
            _ => {}
        }
    }

    /// Ends a field; without a result some are seen all the same.
    fn end_field(&mut self, is_hidden: bool, story: &mut Story<'a>) {
        let Some(field) = self.fields.pop() else { return };
        let is_seen = self.fields.iter().all(|field| field.is_in_result);
        if field.has_result || !is_seen {
            return;
        }
        if let Some(shown) = field.shown() {
            self.put(&shown.text, is_hidden, story);
            if !shown.is_whole {
                self.find(FindingKind::Formula, &field.code);
            }
        }
    }

    /// Of a word with its reading above it, the word.
    fn ruby(
        &mut self,
        element: &'a Element,
        style: Option<&'a str>,
        story: &mut Story<'a>,
    ) -> Result<(), Refusal> {
        if let Some(base) = element.child("rubyBase") {
            self.inline(base, style, story)?;
        }
        let reading = element.child("rt").map(words_of).unwrap_or_default();
        if !reading.trim().is_empty() {
            self.find(FindingKind::Object, &reading);
        }
        Ok(())
    }
}

/// Returns what tells an element from all others of its tree.
fn address(element: &Element) -> usize {
    std::ptr::from_ref(element).addr()
}

/// Returns the marks in `tree` that begin a field which nothing ends.
pub(super) fn unended_fields(tree: &Element) -> Vec<usize> {
    let mut open = Vec::new();
    tree.visit(&mut |element| {
        if element.name() == "fldChar" {
            match element.attribute("fldCharType") {
                Some("begin") => open.push(address(element)),
                Some("end") => drop(open.pop()),
                _ => {}
            }
        }
        true
    });
    open
}
