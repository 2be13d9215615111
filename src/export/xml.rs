//! Texts in XML.

/// Returns a text as it can stand between tags and inside double quotes. Characters that XML 1.0 (2.2) cannot hold are
/// replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(character),
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn texts_cannot_end_what_they_stand_in() {
        assert_eq!(escaped("<甲> & \"乙\" 'c' ]]>"), "&lt;甲&gt; &amp; &quot;乙&quot; 'c' ]]&gt;");
        assert_eq!(escaped("a\u{0}b\u{8}c\td\u{ffff}"), "a\u{fffd}b\u{fffd}c\td\u{fffd}");
    }
}
