//! Which addresses a link or an image may have.

/// Schemes that a page of a public body needs; everything else could run code or reach into the reader's device.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Tells whether `destination` names a file of the site, or begins with one of [`SCHEMES`] and is whole.
///
/// Browsers skip spaces and control characters in front of and inside a scheme, so they are skipped here too. They also
/// open `http:/host`, and take what stands before `@` for a name, so that it hides where the link leads; neither is whole.
pub(super) fn is_safe(destination: &str) -> bool {
    let shown: String = destination.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    if shown.starts_with("//") || shown.starts_with('\\') {
        return false;
    }
    let Some((scheme, rest)) = shown.split_once(':') else { return true };
    if scheme.contains(['/', '?', '#']) {
        return true;
    }
    let scheme = scheme.to_ascii_lowercase();
    SCHEMES.contains(&scheme.as_str())
        && match scheme.as_str() {
            "mailto" => rest.contains('@'),
            "tel" => rest.contains(|c: char| c.is_ascii_digit()),
            _ => rest.strip_prefix("//").is_some_and(begins_with_host),
        }
}

/// Tells whether an address behind its `//` names a host, and nobody before it.
fn begins_with_host(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    !authority.contains('@') && authority.starts_with(|c: char| c.is_alphanumeric() || c == '[')
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
        check("https:/www.gov.cn/", false);
        check("http:www.gov.cn", false);
        check("https:\\\\www.gov.cn", false);
        check("https://", false);
        check("https:///a", false);
        check("//www.gov.cn/a", false);
        check("https://www.gov.cn@example.com/", false);
        check("https://www.gov.cn/a@b", true);
        check("https://例子.中国/办法", true);
        check("mailto:", false);
        check("tel:联系电话", false);
    }
}
