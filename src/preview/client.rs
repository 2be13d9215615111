//! What the preview adds to the site: one script in each page, its words, and a page for when there is none.

use crate::diagnostic::Language;

/// The parts of the script that follows changes, in the order in which they need each other.
const SCRIPT: [&str; 4] = [
    include_str!("client/patch.js"),
    include_str!("client/panel.js"),
    include_str!("client/source.js"),
    include_str!("client/preview.js"),
];

/// Its name below `/__gongkai/`.
pub(super) const SCRIPT_NAME: &str = "preview.js";

/// The only thing in a page that `build` does not write.
const ELEMENT: &str = "<script src=\"/__gongkai/preview.js\" defer></script>";

/// Returns the script.
pub(super) fn script() -> Vec<u8> {
    SCRIPT.concat().into_bytes()
}

/// The tag in front of which the script is put.
const END: &[u8] = b"</body>";

/// Adds the script to a page that has none: in front of the end of its body, or behind everything.
pub(super) fn with_script(page: &[u8]) -> Vec<u8> {
    if page.windows(ELEMENT.len()).any(|window| window == ELEMENT.as_bytes()) {
        return page.to_vec();
    }
    let place =
        page.windows(END.len()).rposition(|window| window.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    let (before, behind) = page.split_at(place);
    [before, ELEMENT.as_bytes(), behind].concat()
}

/// Lets the page for wrong addresses be shown at any depth: its links are relative to the site's root.
pub(super) fn with_base(page: &[u8]) -> Vec<u8> {
    const HEAD: &[u8] = b"<head>";
    match page.windows(HEAD.len()).position(|window| window.eq_ignore_ascii_case(HEAD)) {
        Some(place) => {
            let (before, behind) = page.split_at(place + HEAD.len());
            [before, b"<base href=\"/\">", behind].concat()
        }
        None => page.to_vec(),
    }
}

/// The page that is shown for one that cannot be rendered and never has been.
pub(super) fn failed_page(language: Language) -> Vec<u8> {
    let (tag, text) = match language {
        Language::English => (
            "en",
            "This page cannot be shown yet. What is wrong is listed below; mend it, and the page comes.",
        ),
        Language::Chinese => ("zh-CN", "这个页面暂时无法显示。问题列在下方，改正后页面会自动出现。"),
    };
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>gongkai</title></head>\n\
         <body><main><p>{text}</p></main></body>\n</html>\n"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &str) {
        assert_eq!(String::from_utf8(with_script(page.as_bytes())).unwrap(), expected.replace('*', ELEMENT));
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        check("<body>甲</body></html>", "<body>甲*</body></html>");
        check("<BODY>甲</BODY>", "<BODY>甲*</BODY>");
        check("<body>&lt;/body&gt;</body>\n<!-- </body -->", "<body>&lt;/body&gt;*</body>\n<!-- </body -->");
        check("甲", "甲*");
        check("", "*");
    }
}
