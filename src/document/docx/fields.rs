//! Fields: what is seen of them is their result, never their code.

use super::equation::{self, Shown};
use super::symbols;
use super::xml::Element;

/// A field that has begun and not ended.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Its code so far.
    pub code: String,
    /// Whether its result has begun.
    pub is_in_result: bool,
    /// Whether its result has characters.
    pub has_result: bool,
    /// What it shows for a control of a form.
    pub control: Option<String>,
}

impl Field {
    /// Begins one at `fldChar`.
    pub(super) fn begun(element: &Element) -> Self {
        Self { control: element.child("ffData").and_then(control), ..Self::default() }
    }

    /// Returns what is seen where its result has no characters.
    pub(super) fn shown(&self) -> Option<Shown> {
        let code = self.code.trim();
        let (name, rest) = code.split_once([' ', '\\', '\u{3000}']).unwrap_or((code, ""));
        let rest = code.strip_prefix(name).unwrap_or(rest);
        let whole = |text: String| Shown { text, is_whole: true };
        match name.to_ascii_uppercase().as_str() {
            "EQ" => Some(equation::of_field(rest)),
            "SYMBOL" => symbol(rest),
            "FORMCHECKBOX" | "FORMDROPDOWN" => self.control.clone().map(whole),
            "MACROBUTTON" | "GOTOBUTTON" => {
                let words = rest.trim_start().split_once(char::is_whitespace);
                words.map(|(_, words)| whole(words.trim().to_owned()))
            }
            // These count by themselves; the number is not in the file.
            "LISTNUM" | "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" => {
                Some(Shown { text: String::new(), is_whole: false })
            }
            _ => None,
        }
    }
}

/// Returns what a control of a form shows.
fn control(data: &Element) -> Option<String> {
    if let Some(check) = data.child("checkBox") {
        let is_checked = check.switch("checked").or_else(|| check.switch("default")).unwrap_or_default();
        return Some(if is_checked { "☑" } else { "☐" }.to_owned());
    }
    let list = data.child("ddList")?;
    let chosen = list.number("result").or_else(|| list.number("default")).unwrap_or_default();
    let entries = list.elements().filter(|entry| entry.is("listEntry"));
    let chosen = entries.filter_map(|entry| entry.attribute("val")).nth(usize::try_from(chosen).ok()?);
    chosen.map(str::to_owned)
}

/// `SYMBOL 254 \f Wingdings`
fn symbol(rest: &str) -> Option<Shown> {
    let mut words = rest.split_whitespace();
    let code = words.next()?;
    let code = match code.strip_prefix("0x").or_else(|| code.strip_prefix("0X")) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => code.parse().ok()?,
    };
    let character = char::from_u32(code)?;
    let font = rest.split_once("\\f").map(|(_, behind)| {
        let behind = behind.trim_start();
        let quoted = behind.strip_prefix('"').and_then(|rest| rest.split('"').next());
        quoted.or_else(|| behind.split_whitespace().next()).unwrap_or_default()
    });
    let is_symbol = font.is_some_and(symbols::is_symbol_font);
    Some(match symbols::meaning(character, font) {
        Some(meaning) => Shown { text: meaning.to_owned(), is_whole: true },
        None if is_symbol => Shown { text: String::new(), is_whole: false },
        None => Shown { text: character.to_string(), is_whole: true },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_without_results_are_shown() {
        for (code, expected) in [
            (r" EQ \o\ac(○,3) ", Some("③")),
            (r"eq\o\ac(○,3)", Some("③")),
            (r#"SYMBOL 254 \f "Wingdings" \s 10"#, Some("☑")),
            (r"SYMBOL 0xFE \f Wingdings", Some("☑")),
            ("MACROBUTTON NoMacro [填写单位]", Some("[填写单位]")),
            (" PAGE ", None),
            ("", None),
        ] {
            let field = Field { code: code.to_owned(), ..Field::default() };
            assert_eq!(field.shown().map(|shown| shown.text).as_deref(), expected, "{code}");
        }
    }
}
