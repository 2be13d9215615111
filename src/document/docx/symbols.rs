//! Characters of the fonts of symbols, whose codes say nothing by themselves.

/// Codes of Wingdings.
const WINGDINGS: &[(u32, &str)] = &[
    (0x22, "✂"),
    (0x28, "☎"),
    (0x29, "✆"),
    (0x2A, "✉"),
    (0x36, "⌛"),
    (0x3F, "✍"),
    (0x40, "✍"),
    (0x41, "✌"),
    (0x45, "☜"),
    (0x46, "☞"),
    (0x47, "☝"),
    (0x48, "☟"),
    (0x4A, "☺"),
    (0x4C, "☹"),
    (0x52, "☼"),
    (0x6C, "●"),
    (0x6D, "❍"),
    (0x6E, "■"),
    (0x6F, "□"),
    (0x70, "□"),
    (0x71, "❑"),
    (0x72, "❒"),
    (0x73, "⬧"),
    (0x74, "⧫"),
    (0x75, "◆"),
    (0x76, "❖"),
    (0x77, "⬥"),
    (0x80, "⓪"),
    (0x81, "①"),
    (0x82, "②"),
    (0x83, "③"),
    (0x84, "④"),
    (0x85, "⑤"),
    (0x86, "⑥"),
    (0x87, "⑦"),
    (0x88, "⑧"),
    (0x89, "⑨"),
    (0x8A, "⑩"),
    (0x8B, "⓿"),
    (0x8C, "❶"),
    (0x8D, "❷"),
    (0x8E, "❸"),
    (0x8F, "❹"),
    (0x90, "❺"),
    (0x91, "❻"),
    (0x92, "❼"),
    (0x93, "❽"),
    (0x94, "❾"),
    (0x95, "❿"),
    (0x9E, "·"),
    (0x9F, "•"),
    (0xA0, "▪"),
    (0xA1, "○"),
    (0xA2, "○"),
    (0xA3, "○"),
    (0xA4, "◉"),
    (0xA5, "◎"),
    (0xA7, "▪"),
    (0xA8, "☐"),
    (0xAA, "✦"),
    (0xAB, "★"),
    (0xAC, "✶"),
    (0xB6, "☆"),
    (0xD8, "➢"),
    (0xDC, "➲"),
    (0xDF, "←"),
    (0xE0, "→"),
    (0xE1, "↑"),
    (0xE2, "↓"),
    (0xE7, "⇦"),
    (0xE8, "➔"),
    (0xEF, "⇦"),
    (0xF0, "⇨"),
    (0xF1, "⇧"),
    (0xF2, "⇩"),
    (0xFB, "✗"),
    (0xFC, "✓"),
    (0xFD, "☒"),
    (0xFE, "☑"),
];

/// Codes of Wingdings 2.
const WINGDINGS_2: &[(u32, &str)] = &[
    (0x4F, "✗"),
    (0x50, "✓"),
    (0x51, "☒"),
    (0x52, "☑"),
    (0x53, "☒"),
    (0x54, "☒"),
    (0x69, "⓪"),
    (0x6A, "①"),
    (0x6B, "②"),
    (0x6C, "③"),
    (0x6D, "④"),
    (0x6E, "⑤"),
    (0x6F, "⑥"),
    (0x70, "⑦"),
    (0x71, "⑧"),
    (0x72, "⑨"),
    (0x73, "⑩"),
    (0x75, "❶"),
    (0x76, "❷"),
    (0x77, "❸"),
    (0x78, "❹"),
    (0x79, "❺"),
    (0x7A, "❻"),
    (0x7B, "❼"),
    (0x7C, "❽"),
    (0x7D, "❾"),
    (0x7E, "❿"),
    (0x97, "●"),
    (0x98, "●"),
    (0xA0, "■"),
    (0xA2, "■"),
    (0xA3, "☐"),
];

/// Codes of Webdings.
const WEBDINGS: &[(u32, &str)] =
    &[(0x34, "▶"), (0x35, "▲"), (0x36, "▼"), (0x61, "✓"), (0x63, "□"), (0x67, "■"), (0x6E, "●"), (0x72, "✗")];

/// Codes of Symbol that are no Greek letters.
const SYMBOL: &[(u32, &str)] = &[
    (0x2D, "−"),
    (0x40, "≅"),
    (0x5B, "["),
    (0x5C, "∴"),
    (0x5D, "]"),
    (0x5E, "⊥"),
    (0x5F, "_"),
    (0x7B, "{"),
    (0x7C, "|"),
    (0x7D, "}"),
    (0x7E, "∼"),
    (0xA0, "€"),
    (0xA1, "ϒ"),
    (0xA2, "′"),
    (0xA3, "≤"),
    (0xA4, "⁄"),
    (0xA5, "∞"),
    (0xA6, "ƒ"),
    (0xA7, "♣"),
    (0xA8, "♦"),
    (0xA9, "♥"),
    (0xAA, "♠"),
    (0xAB, "↔"),
    (0xAC, "←"),
    (0xAD, "↑"),
    (0xAE, "→"),
    (0xAF, "↓"),
    (0xB0, "°"),
    (0xB1, "±"),
    (0xB2, "″"),
    (0xB3, "≥"),
    (0xB4, "×"),
    (0xB5, "∝"),
    (0xB6, "∂"),
    (0xB7, "•"),
    (0xB8, "÷"),
    (0xB9, "≠"),
    (0xBA, "≡"),
    (0xBB, "≈"),
    (0xBC, "…"),
    (0xBF, "↵"),
    (0xC0, "ℵ"),
    (0xC1, "ℑ"),
    (0xC2, "ℜ"),
    (0xC3, "℘"),
    (0xC4, "⊗"),
    (0xC5, "⊕"),
    (0xC6, "∅"),
    (0xC7, "∩"),
    (0xC8, "∪"),
    (0xC9, "⊃"),
    (0xCA, "⊇"),
    (0xCB, "⊄"),
    (0xCC, "⊂"),
    (0xCD, "⊆"),
    (0xCE, "∈"),
    (0xCF, "∉"),
    (0xD0, "∠"),
    (0xD1, "∇"),
    (0xD2, "®"),
    (0xD3, "©"),
    (0xD4, "™"),
    (0xD5, "∏"),
    (0xD6, "√"),
    (0xD7, "·"),
    (0xD8, "¬"),
    (0xD9, "∧"),
    (0xDA, "∨"),
    (0xDB, "⇔"),
    (0xDC, "⇐"),
    (0xDD, "⇑"),
    (0xDE, "⇒"),
    (0xDF, "⇓"),
    (0xE0, "◊"),
    (0xE1, "〈"),
    (0xE2, "®"),
    (0xE3, "©"),
    (0xE4, "™"),
    (0xE5, "∑"),
    (0xF1, "〉"),
    (0xF2, "∫"),
];

/// The Greek letters of Symbol, capitals from `A` on and the others from `a` on.
const GREEK: [&str; 2] = ["ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"];

/// Tells whether a font is one of symbols.
pub(super) fn is_symbol_font(font: &str) -> bool {
    let font = font.trim().to_ascii_lowercase();
    font.starts_with("wingdings") || matches!(font.as_str(), "webdings" | "symbol" | "zapfdingbats")
}

/// Returns what a character means in a font of symbols; `None` where nothing is known.
pub(super) fn meaning(character: char, font: Option<&str>) -> Option<&'static str> {
    let code = match u32::from(character) {
        code @ 0xF020..=0xF0FF => code - 0xF000,
        code @ 0x20..=0xFF => code,
        _ => return None,
    };
    let font = font?.trim().to_ascii_lowercase();
    let list = match font.as_str() {
        "wingdings" => WINGDINGS,
        "wingdings 2" | "wingdings2" => WINGDINGS_2,
        "webdings" => WEBDINGS,
        "symbol" => SYMBOL,
        _ => return None,
    };
    if let Some((_, meaning)) = list.iter().find(|(known, _)| *known == code) {
        return Some(meaning);
    }
    if code == 0x20 {
        return Some(" ");
    }
    greek(code).filter(|_| font == "symbol")
}

/// Letters by the place of their Latin counterpart; digits and most punctuation of Symbol are as everywhere.
fn greek(code: u32) -> Option<&'static str> {
    let (letters, first) = match code {
        0x41..=0x5A => (GREEK[0], 0x41),
        0x61..=0x7A => (GREEK[1], 0x61),
        0x21..=0x3F => ("!∀#∃%&∋()∗+,−./0123456789:;<=>?", 0x21),
        _ => return None,
    };
    let (at, letter) = letters.char_indices().nth((code - first) as usize)?;
    letters.get(at..at + letter.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_have_meanings() {
        for (font, code, expected) in [
            ("Wingdings", 0xF0FE, Some("☑")),
            ("wingdings", 0xA8, Some("☐")),
            ("Wingdings 2", 0x52, Some("☑")),
            ("Symbol", 0xF0B7, Some("•")),
            ("Symbol", 0x61, Some("α")),
            ("Symbol", 0x35, Some("5")),
            ("Symbol", 0xF05B, Some("[")),
            ("Symbol", 0xDA, Some("∨")),
            ("Wingdings", 0xF021, None),
            ("宋体", 0xF0FE, None),
        ] {
            assert_eq!(meaning(char::from_u32(code).unwrap(), Some(font)), expected, "{font} {code:x}");
        }
    }
}
