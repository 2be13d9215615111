//! Which addresses a link or an image may have.

/// Schemes that a page of a public body needs; everything else could run code or reach into the reader's device.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Tells whether `destination` has no scheme or one of [`SCHEMES`].
///
/// Browsers skip spaces and control characters in front of and inside a scheme, so they are skipped here too.
pub(super) fn is_safe(destination: &str) -> bool {
    let mut scheme = String::new();
    for c in destination.chars().filter(|c| !c.is_control() && !c.is_whitespace()) {
        match c {
            ':' => return SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()),
            '/' | '?' | '#' => return true,
            c => scheme.push(c),
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(destination: &str, expected: bool) {
        assert_eq!(is_safe(destination), expected, "{destination:?}");
    }

    #[test]
    fn only_harmless_schemes_are_safe() {
        check("", true);
        check("06.html#a:b", true);
        check("../a?b=c:d", true);
        check("https://www.zhoushan.gov.cn", true);
        check("HTTPS://x", true);
        check("mailto:a@b.cn", true);
        check("tel:0580-2072198", true);
        check("javascript:alert(1)", false);
        check("JaVaScRiPt:x", false);
        check(" \u{1}java\tscript\n:x", false);
        check("data:text/html,x", false);
        check("vbscript:x", false);
        check("file:///etc", false);
        check("C:\\x", false);
        check(":x", false);
    }
}
