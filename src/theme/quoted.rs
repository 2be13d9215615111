//! The filter `quoted`: sets off what a heading quotes. In 一、关于“打击治理不够有效”问题的整改情况 only the quoted words differ from
//! one item to the next.

use tera::{Kwargs, State, Value};

use crate::markdown;

/// Turns a text into HTML in which each outermost “…” stands in `<b>`, its marks included; a mark without its partner is text.
pub(super) fn filter(text: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&set_off(text))
}

fn set_off(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    let mut depth = 0_u32;
    let mut done = 0;
    let mut start = 0;
    for (at, mark) in text.match_indices(['“', '”']) {
        let end = at + mark.len();
        if mark == "“" {
            if depth == 0 {
                start = at;
            }
            depth += 1;
        } else if depth > 0 {
            depth -= 1;
            if depth == 0 {
                markdown::escape(text.get(done..start).unwrap_or_default(), &mut html);
                html.push_str("<b>");
                markdown::escape(text.get(start..end).unwrap_or_default(), &mut html);
                html.push_str("</b>");
                done = end;
            }
        }
    }
    markdown::escape(text.get(done..).unwrap_or_default(), &mut html);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_words_are_set_off() {
        let cases = [
            ("一、关于“甲”问题", "一、关于<b>“甲”</b>问题"),
            ("“甲”和“乙”", "<b>“甲”</b>和<b>“乙”</b>"),
            ("“甲“乙”丙”丁", "<b>“甲“乙”丙”</b>丁"),
            ("甲“乙", "甲“乙"),
            ("甲”乙“丙”", "甲”乙<b>“丙”</b>"),
            ("<a>“&”", "&lt;a&gt;<b>“&amp;”</b>"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(set_off(text), expected, "{text}");
        }
    }
}
