//! Links whose words are a number or an address, and another one than they lead to (`link-leads-elsewhere`).
//!
//! In a notice the words are what was approved; where the link leads, nobody has compared. Start reading at [`check`]. Words
//! that name no number and no address say nothing about where they lead.

use std::collections::BTreeSet;
use std::ops::Range;

use super::problems::Problems;
use super::{Block, Inline, LinkUse, for_each_link};
use crate::text::{address, contact, width};

/// How host names end that are written without `www.` and `https://`.
const ENDINGS: [&str; 4] = [".cn", ".com", ".net", ".org"];

/// Looks at the links of `blocks`, which were read from the file `text`.
pub(super) fn check(text: &str, blocks: &[Block], problems: &mut Problems<'_>) {
    for_each_link(blocks, &mut |link| {
        let Some(meant) = link.words.and_then(|words| meant_by(words, link.destination)) else { return };
        problems.link_leads_elsewhere(link.range.clone(), link.destination, &meant, written_in(text, link));
    });
}

/// Returns where the destination is written, if the link has it at its end as it is.
fn written_in(text: &str, link: &LinkUse<'_>) -> Option<Range<usize>> {
    let before = text.get(link.range.clone())?.strip_suffix(')')?.strip_suffix(link.destination)?;
    before.ends_with("](").then(|| {
        let start = link.range.start + before.len();
        start..start + link.destination.len()
    })
}

/// Returns the destination that the words name, if the link has another one. The destination is read once, however much the
/// words name.
fn meant_by(words: &Inline, destination: &str) -> Option<String> {
    let (scheme, rest) = destination.split_once(':')?;
    let words: String = words.plain_text().chars().map(width::fold).collect();
    let first = |named: Vec<Range<usize>>, is_same: &dyn Fn(&str) -> bool| {
        let named: Vec<&str> = named.into_iter().filter_map(|range| words.get(range)).collect();
        let is_told = named.iter().any(|named| is_same(named));
        named.first().filter(|_| !is_told).map(|named| (*named).to_owned())
    };
    match scheme.to_ascii_lowercase().as_str() {
        "tel" => {
            let dialed = contact::dialed(rest);
            let is_same = |named: &str| contact::is_same_dialed(&contact::dialed(named), &dialed);
            let phone = first(contact::phones(&words), &is_same)?;
            let digits = |part: &str| -> String {
                part.chars().filter(|c| c.is_ascii_digit() || "-+".contains(*c)).collect()
            };
            let (number, extension) = phone.split_once(['转', '分']).unwrap_or((&phone, ""));
            let comma = if extension.is_empty() { "" } else { "," };
            Some(format!("tel:{}{comma}{}", digits(number), digits(extension)))
        }
        "mailto" => {
            let lower = rest.to_ascii_lowercase();
            let addresses = contact::emails(&lower).into_iter().filter_map(|range| lower.get(range));
            let addresses: BTreeSet<&str> = addresses.collect();
            let is_among = |named: &str| addresses.contains(named.to_ascii_lowercase().as_str());
            first(contact::emails(&words), &is_among).map(|address| format!("mailto:{address}"))
        }
        "http" | "https" => {
            let (host, path) = place(destination);
            // It names the destination, or a folder above it.
            let leads_to = |named: &str| {
                let (named_host, named_path) = place(named);
                named_host == host && path.starts_with(named_path.trim_end_matches('/'))
            };
            let place = first(web_addresses(&words), &leads_to)?;
            Some(if place.contains("://") { place } else { format!("https://{place}") })
        }
        _ => None,
    }
}

/// Finds what readers take for an address on the web.
fn web_addresses(words: &str) -> Vec<Range<usize>> {
    let is_part = |c: char| c.is_ascii_graphic() && !"\"'<>()[]{},;|\\^`".contains(c);
    let is_address = |word: &str| {
        let word = word.to_ascii_lowercase();
        let (host, _) = parts(&word);
        let is_host = host.contains('.') && !host.contains('@');
        is_host
            && (word.contains("://")
                || word.starts_with("www.")
                || ENDINGS.iter().any(|ending| host.ends_with(ending)))
    };
    let (mut found, mut at) = (Vec::new(), 0);
    for piece in words.split_inclusive(|c| !is_part(c)) {
        let word = piece.trim_end_matches(|c| !is_part(c)).trim_end_matches(['.', ':', '!', '?', '/']);
        if is_address(word) {
            found.push(at..at + word.len());
        }
        at += piece.len();
    }
    found
}

/// Returns the host of an address and the path behind it, in the form in which two of them are compared.
fn place(address: &str) -> (String, String) {
    let (host, path) = parts(address);
    // A port says nothing to readers.
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    (host.strip_prefix("www.").unwrap_or(&host).to_owned(), address::percent_decoded(path))
}

/// Parts an address without its scheme into its host and what stands behind.
fn parts(address: &str) -> (&str, &str) {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use crate::markdown::testing::{parse_text, parse_with};

    /// Returns what the finding about `source` offers as the destination, which must be the only thing found.
    #[track_caller]
    fn check(source: &str, expected: Option<&str>) {
        let (_, found) = parse_text(source);
        let offered =
            found.iter().map(|one| (one.code, one.fixes.first().map_or("", |fix| &fix.edits[0].text)));
        let expected = expected.map(|expected| ("link-leads-elsewhere", expected));
        assert_eq!(offered.collect::<Vec<_>>(), expected.into_iter().collect::<Vec<_>>(), "{source}");
        if expected.is_some() {
            let edit = &found[0].fixes[0].edits[0];
            let mut mended = source.to_owned();
            mended.replace_range(edit.range.clone(), &edit.text);
            assert!(parse_text(&mended).1.is_empty(), "{mended}");
        }
    }

    #[test]
    fn numbers_that_dial_another_one() {
        check("电话[0580-2072198](tel:99999)。", Some("tel:0580-2072198"));
        check("[（0580）2072198](tel:0580-2072189)", Some("tel:05802072198"));
        check("[拨打１３９００００１２３４](tel:13900001235)", Some("tel:13900001234"));
        check("[110](tel:120)", Some("tel:110"));
        check("[12345](tel:12380)", Some("tel:12345"));
        check("[12345热线](tel:12380)", Some("tel:12345"));
        check("[0580-2072198转801](tel:0580-2072199)", Some("tel:0580-2072198,801"));
        check("[0580-2072198 2072199](tel:0580-2072197)", Some("tel:0580-2072198"));
        check("**[电话0580-2072198](TEL:0580-2072199)**", Some("tel:0580-2072198"));
        for fine in [
            "[0580-2072198](tel:+865802072198)",
            "[0580-2072198转801](tel:05802072198,801)",
            "[0580-2072198、2072199](tel:0580-2072199)",
            "[2072198](tel:0580-2072198)",
            "[12345](tel:12345)",
            "[12345热线](TEL:12345)",
            "[12345 12380](tel:12380)",
            "[0580-2072198 2072199](tel:0580-2072199)",
            "[24小时热线（2025年）](tel:12345)",
            "[拨打电话](tel:12345)",
            "[0580-2072198](https://www.example.gov.cn/)",
        ] {
            check(fine, None);
        }
    }

    #[test]
    fn mail_that_goes_to_somebody_else() {
        check("[jw@a.gov.cn](mailto:jw@b.gov.cn)", Some("mailto:jw@a.gov.cn"));
        check("[邮箱：jw@a.gov.cn](mailto:xf@a.gov.cn?subject=a)", Some("mailto:jw@a.gov.cn"));
        check("[ｊｗ＠a.gov.cn](mailto:x@a.gov.cn)", Some("mailto:jw@a.gov.cn"));
        for fine in [
            "[JW@a.gov.cn](mailto:jw@a.gov.cn?subject=a)",
            "[jw@a.gov.cn](mailto:x@a.gov.cn,jw@a.gov.cn)",
            "[mailto:jw@a.gov.cn](mailto:jw@a.gov.cn)",
            "[写信](mailto:jw@a.gov.cn)",
            "<jw@a.gov.cn>",
        ] {
            check(fine, None);
        }
    }

    #[test]
    fn addresses_that_lead_to_another_place() {
        check("[www.a.gov.cn](https://www.b.gov.cn/)", Some("https://www.a.gov.cn"));
        check("[https://a.gov.cn/x.html](https://a.gov.cn/y.html)", Some("https://a.gov.cn/x.html"));
        check("[政务网（zw.a.gov.cn）](http://a.com/)", Some("https://zw.a.gov.cn"));
        check("[http://10.1.1.2/a](http://10.1.1.3/a)", Some("http://10.1.1.2/a"));
        for fine in [
            "[www.a.gov.cn](https://a.gov.cn/)",
            "[www.a.gov.cn](https://www.a.gov.cn/)",
            "[www.a.gov.cn/](https://www.a.gov.cn)",
            "[WWW.A.GOV.CN](https://www.a.gov.cn/)",
            "[https://www.a.gov.cn](HTTPS://WWW.A.gov.cn/)",
            "[https://www.a.gov.cn/zg/](https://www.a.gov.cn/zg)",
            "[https://www.a.gov.cn/zg/](http://www.a.gov.cn/zg/1.html)",
            "[www.a.gov.cn:443/整改](https://www.a.gov.cn/%E6%95%B4%E6%94%B9)",
            "[见GB/T 9704.pdf，v1.2](https://a.gov.cn/x.pdf)",
            "[jw@a.gov.cn](https://mail.b.gov.cn/)",
            "[查看](https://a.gov.cn/)",
            "<https://a.gov.cn/>",
        ] {
            check(fine, None);
        }
    }

    #[test]
    fn links_in_html_are_looked_at_too() {
        let source = "<a href=\"tel:99999\">0580-2072198</a>";
        let (_, found) = parse_with(source, 0..source.len(), &["a"]);
        let found: Vec<_> = found.iter().map(|one| (one.code, one.fixes.len())).collect();
        assert_eq!(found, [("link-leads-elsewhere", 0)]);
    }
}
