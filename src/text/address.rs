//! Which names of files can be addresses of the site, and what is an address on the web.

use std::fmt::Write as _;

/// The longest name that common file systems store, in bytes.
const LONGEST_NAME: usize = 255;

/// The longest path; below what systems allow, and short enough that all folders above it are soon listed.
const LONGEST_PATH: usize = 1024;

/// The one name with a dot in front that sites publish: the folder at their root where others look for what concerns them
/// (RFC 8615).
pub const WELL_KNOWN: &str = ".well-known";

/// Says, in English and in Chinese, what is wrong with `path` as a path from the site's root; `None` if nothing is.
pub fn fault_of_path(path: &str) -> Option<[String; 2]> {
    if path.len() > LONGEST_PATH {
        let n = path.len();
        return Some([
            format!("its {n} bytes are longer than systems allow"),
            format!("有 {n} 字节，超过系统允许的长度"),
        ]);
    }
    let below = path.strip_prefix(WELL_KNOWN).and_then(|below| below.strip_prefix('/'));
    below.unwrap_or(path).split('/').find_map(fault_of_name).map(|fault| fault.map(str::to_owned))
}

/// Tells whether a part of a path from the site's root is hidden by a dot, which no published file is but in
/// [`WELL_KNOWN`].
pub fn is_hidden(path: &str) -> bool {
    let below = path.strip_prefix(WELL_KNOWN).filter(|below| below.is_empty() || below.starts_with('/'));
    below.unwrap_or(path).split('/').any(|part| part.starts_with('.'))
}

/// Says, in English and in Chinese, what is wrong with `name` as one part of a path of the site; `None` if nothing is.
///
/// A name that passes is the same on every system and needs no encoding in an address.
pub fn fault_of_name(name: &str) -> Option<[&'static str; 2]> {
    if name.is_empty() {
        Some(["a part of it is empty, or it is absolute", "其中有一段是空的，或者是绝对路径"])
    } else if name.starts_with('.') {
        Some(["a part of it starts with a dot", "其中有一段以点开头"])
    } else if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
        Some([
            "it holds more than ASCII letters, digits, `-`, `_`, `.` and `/`",
            "只能用 ASCII 字母、数字、`-`、`_`、`.` 和 `/`",
        ])
    } else if name.ends_with('.') {
        Some([
            "a part of it ends with a dot, which Windows drops",
            "其中有一段以点结尾，Windows 会去掉这个点",
        ])
    } else if name.len() > LONGEST_NAME {
        Some(["a part of it is longer than file systems allow", "其中有一段超过文件系统允许的长度"])
    } else if is_device(name) {
        Some(["Windows keeps this name for a device", "Windows 把这个名称保留给设备"])
    } else {
        None
    }
}

/// Tells whether Windows takes the name for a device, with any extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    match stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")) {
        Some(number) => number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()),
        None => matches!(stem.as_str(), "con" | "prn" | "aux" | "nul"),
    }
}

/// Returns the host of a full web address: `www.example.gov.cn`.
pub fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':', '?', '#']).next().unwrap_or_default()
}

/// Writes `text` so that it can be a value in the query of an address (RFC 3986, 2.3).
pub fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("writing to a string never fails");
        }
    }
    encoded
}

/// Tells whether `text` is a full web address: `https://` or `http://`, a host, and nothing that no address has.
pub fn is_web_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let begins_with_host =
        host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '['));
    begins_with_host && has_only_address_characters(text)
}

/// Tells whether an address, as a page or style sheet names it, leads to another host or program: it begins with a scheme
/// (RFC 3986, 3.1) or with `//`.
pub fn leads_elsewhere(address: &str) -> bool {
    let has_scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    has_scheme || address.starts_with("//")
}

/// Joins an address to the folder of `file`, a path from the site's root; `None` if it leads above that.
pub fn join(file: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Tells whether `text` has nothing that no address has: spaces, quotes, angle brackets, backslashes, other scripts.
pub fn has_only_address_characters(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_graphic() && !"\"'<>\\^`{|}".contains(c))
}

/// Decodes `%E8%A1%A8` (RFC 3986, 2.1); a sign that begins no encoding stays, and what is no UTF-8 becomes the
/// replacement character.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let digit = |index: usize| char::from(*behind.get(index)?).to_digit(16);
        if let (b'%', Some(high), Some(low)) = (first, digit(0), digit(1)) {
            bytes.push(u8::try_from(high * 16 + low).expect("two hexadecimal digits are a byte"));
            rest = behind.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = behind;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{
        fault_of_name, fault_of_path, host, is_hidden, is_web_address, join, leads_elsewhere,
        percent_decoded, percent_encoded,
    };

    #[test]
    fn names() {
        for (name, is_fine) in [
            ("06.html", true),
            ("zhoushan-2025", true),
            ("a_b.c", true),
            ("", false),
            (".secret", false),
            ("附件.pdf", false),
            ("a b", false),
            ("a.", false),
            ("con", false),
            ("AUX.md", false),
            ("com1", false),
            ("com10", true),
            ("console", true),
        ] {
            assert_eq!(fault_of_name(name).is_none(), is_fine, "{name}");
        }
        assert!(fault_of_name(&"a".repeat(256)).is_some());
    }

    #[test]
    fn of_what_is_hidden_only_the_folder_for_others_is_a_path() {
        for (path, is_fine) in [
            (".well-known/security.txt", true),
            (".well-known/pki-validation/a.txt", true),
            ("a/b.html", true),
            (".well-known", false),
            (".well-known/", false),
            (".well-known/.a", false),
            (".Well-Known/a", false),
            ("a/.well-known/b", false),
            (".well-known-not/a", false),
            (".git/config", false),
        ] {
            assert_eq!(fault_of_path(path).is_none(), is_fine, "{path}");
            let is_shown = is_fine || path.trim_end_matches('/') == ".well-known";
            assert_eq!(is_hidden(path), !is_shown, "{path}");
        }
        assert!(fault_of_path(&"a/".repeat(600)).is_some());
    }

    #[test]
    fn web_addresses() {
        for (text, expected) in [
            ("https://www.example.gov.cn/a?b=c#d", true),
            ("http://[::1]/", true),
            ("https://", false),
            ("https:///a", false),
            ("https://x\" onclick=\"alert(1)", false),
            ("https://x y", false),
            ("ftp://x", false),
            ("www.example.gov.cn", false),
            ("https://例.cn", false),
        ] {
            assert_eq!(is_web_address(text), expected, "{text}");
        }
    }

    #[test]
    fn addresses_are_taken_apart_and_put_into_queries() {
        for (address, expected) in [
            ("https://www.example.gov.cn/zg/", "www.example.gov.cn"),
            ("http://localhost:4000", "localhost"),
            ("https://a.gov.cn?q#f", "a.gov.cn"),
        ] {
            assert_eq!(host(address), expected);
        }
        assert_eq!(percent_encoded("https://a.cn/甲?b=c&d"), "https%3A%2F%2Fa.cn%2F%E7%94%B2%3Fb%3Dc%26d");
    }

    #[test]
    fn percent_signs_are_decoded_where_they_are_an_encoding() {
        for (text, expected) in [
            ("%E8%A1%A8.pdf", "表.pdf"),
            ("100%.pdf", "100%.pdf"),
            ("a%2", "a%2"),
            ("%+5", "%+5"),
            ("%ff", "\u{fffd}"),
        ] {
            assert_eq!(percent_decoded(text), expected);
        }
    }

    #[test]
    fn addresses_are_relative_to_their_file() {
        for (file, address, expected) in [
            ("a/b.css", "c.svg", Some("a/c.svg")),
            ("a/b.css", "./c/d.svg", Some("a/c/d.svg")),
            ("a/b.css", "../c.svg", Some("c.svg")),
            ("b.css", "../c.svg", None),
        ] {
            assert_eq!(join(file, address).as_deref(), expected, "{file} {address}");
        }
    }

    #[test]
    fn other_hosts_and_programs() {
        for address in ["https://a/b", "HTTP://a", "//a/b", "tel:1", "javascript:x"] {
            assert!(leads_elsewhere(address), "{address}");
        }
        for address in ["a.html", "../a", "#a", "a/b:c", "", ":a"] {
            assert!(!leads_elsewhere(address), "{address}");
        }
    }
}
