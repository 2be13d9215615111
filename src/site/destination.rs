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

#[cfg(test)]
mod tests {
    use super::{has_scheme, join};

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
}
