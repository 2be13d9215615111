//! Pictures that a page holds itself, as `data:` addresses.

/// The forms of pictures that are taken, and the endings of their files.
const FORMS: [(&str, &str); 5] = [
    ("image/png", "png"),
    ("image/jpeg", "jpg"),
    ("image/jpg", "jpg"),
    ("image/gif", "gif"),
    ("image/webp", "webp"),
];

/// Returns the ending and the bytes of the picture that stands in `address`.
pub(super) fn held_by(address: &str) -> Option<(&'static str, Vec<u8>)> {
    let (head, body) = address.trim().strip_prefix("data:")?.split_once(',')?;
    let form = head.strip_suffix(";base64")?;
    let (_, ending) = FORMS.iter().find(|(name, _)| form.eq_ignore_ascii_case(name))?;
    let bytes = of_base64(body)?;
    (!bytes.is_empty()).then_some((ending, bytes))
}

fn of_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut n_bits) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 & 0xFFFF | u32::from(value);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            bytes.push((bits >> n_bits & 0xFF) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::held_by;

    #[test]
    fn base64_is_read() {
        for (address, expected) in [
            ("data:image/png;base64,iVBORw==", Some(("png", b"\x89PNG".to_vec()))),
            ("data:image/JPEG;base64,/9j/\n4A==", Some(("jpg", b"\xFF\xD8\xFF\xE0".to_vec()))),
            ("data:image/png;base64,", None),
            ("data:image/png;base64,a%20b", None),
            ("data:image/svg+xml;base64,iVBORw==", None),
            ("data:text/plain,甲", None),
            ("a.png", None),
        ] {
            assert_eq!(held_by(address), expected, "{address}");
        }
    }
}
