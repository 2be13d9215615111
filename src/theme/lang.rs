//! The filter `lang`: which words of a page are Chinese where the page itself is not (WCAG 3.1.2, Language of Parts).
//!
//! The language follows from each text by itself, so that no site has to say it: a notice may be Chinese on an English
//! site whose title and unit are English. A Chinese page has nothing to mark, and nothing is looked at.

use tera::{Kwargs, State, Value};

use crate::text::width;

/// What marks a Chinese text, as an attribute.
const CHINESE: &str = " lang=\"zh-CN\"";

/// Makes the filter for pages in `language`: it turns a text or HTML into the attribute that its element needs, which is
/// empty for most: `<h1{{ notice.title | lang }}>`. Null has no language.
pub(super) fn filter(
    language: &str,
) -> impl Fn(&Value, Kwargs, &State<'_>) -> Value + Send + Sync + Clone + 'static {
    let is_chinese_page = language == "zh" || language.starts_with("zh-");
    move |value, _, _| {
        let is_marked = !is_chinese_page && value.as_str().is_some_and(is_chinese);
        if is_marked { Value::safe_string(CHINESE) } else { Value::from("") }
    }
}

/// Tells whether a text or HTML is Chinese: it has Han characters, and no fewer than words in Latin letters, since an
/// English sentence may quote a Chinese word, and a Chinese one `U8`.
fn is_chinese(text: &str) -> bool {
    let (mut n_han, mut n_words) = (0_usize, 0_usize);
    let (mut in_tag, mut in_word) = (false, false);
    for c in text.chars() {
        in_tag = c == '<' || (in_tag && c != '>');
        let is_letter = !in_tag && c.is_ascii_alphabetic();
        n_words += usize::from(is_letter && !in_word);
        in_word = is_letter;
        n_han += usize::from(!in_tag && width::is_han(c));
    }
    n_han > 0 && n_han >= n_words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_chinese_if_most_of_it_is() {
        let cases = [
            ("关于巡察整改情况的通报", true),
            ("升级U8财务系统", true),
            ("<a href=\"index.html\" title=\"Back to the text\">通报</a>", true),
            ("第1项 <b>", true),
            ("Notice", false),
            ("", false),
            ("0580-2072198", false),
            ("The system of 第一议题 is explained below, with all that belongs to it.", false),
            ("Überblick", false),
        ];
        for (text, expected) in cases {
            assert_eq!(is_chinese(text), expected, "{text}");
        }
    }

    #[test]
    fn only_what_differs_from_the_page_is_marked() {
        let written = |language: &str, template: &str| {
            let mut tera = tera::Tera::new();
            tera.register_filter("lang", filter(language));
            tera.add_raw_template("page.html", template).unwrap();
            let mut context = tera::Context::new();
            context.insert("title", "通报");
            context.insert("nothing", &None::<String>);
            tera.render("page.html", &context).unwrap()
        };
        let template = "<p{{ title | lang }}><p{{ nothing | lang }}>{% if title | lang %}!{% endif %}";
        assert_eq!(written("en", template), "<p lang=\"zh-CN\"><p>!");
        assert_eq!(written("bo", template), "<p lang=\"zh-CN\"><p>!");
        assert_eq!(written("zh-CN", template), "<p><p>");
        assert_eq!(written("zha", template), "<p lang=\"zh-CN\"><p>!");
    }
}
