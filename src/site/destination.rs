//! Destinations of links as authors write them: text → path of a file, relative to the file that links.

/// Tells whether a destination begins with a scheme such as `https:`.
pub(super) fn has_scheme(destination: &str) -> bool {
    destination.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// Joins a destination to the folder of `source`; `None` if it leads out of `content/`.
pub(super) fn join(source: &str, destination: &str) -> Option<String> {
    let mut parts: Vec<&str> = source.split('/').collect();
    parts.pop();
    let destination = match destination.strip_prefix('/') {
        Some(from_root) => {
            parts.truncate(1);
            from_root
        }
        None => destination,
    };
    for part in destination.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
        if parts.is_empty() {
            return None;
        }
    }
    Some(parts.join("/"))
}

/// Decodes `%E8%A1%A8`; a sign that begins no encoding stays.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let ahead: Vec<u8> = rest.clone().take(2).collect();
        let hex = std::str::from_utf8(&ahead).ok().filter(|hex| hex.len() == 2);
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(decoded) if byte == b'%' => {
                bytes.push(decoded);
                rest.next();
                rest.next();
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{has_scheme, join, percent_decoded};

    #[test]
    fn destinations_are_read_relative_to_their_file() {
        for (source, destination, expected) in [
            ("content/a/06.md", "07.md", Some("content/a/07.md")),
            ("content/a/06.md", "./07.md", Some("content/a/07.md")),
            ("content/a/06.md", "../contact.md", Some("content/contact.md")),
            ("content/a/06.md", "/contact.md", Some("content/contact.md")),
            ("content/a/06.md", "../../site.yaml", None),
            ("content/a/06.md", "pictures/x.jpg", Some("content/a/pictures/x.jpg")),
        ] {
            assert_eq!(join(source, destination).as_deref(), expected, "{destination}");
        }
    }

    #[test]
    fn schemes() {
        for (destination, expected) in
            [("https://a", true), ("tel:1", true), ("06.md", false), ("a/b:c", false), ("附件：1.pdf", false)]
        {
            assert_eq!(has_scheme(destination), expected, "{destination}");
        }
    }

    #[test]
    fn percent_signs_are_decoded_where_they_are_an_encoding() {
        for (text, expected) in
            [("%E8%A1%A8.pdf", "表.pdf"), ("100%.pdf", "100%.pdf"), ("a%2", "a%2"), ("%ff", "\u{fffd}")]
        {
            assert_eq!(percent_decoded(text), expected);
        }
    }
}
