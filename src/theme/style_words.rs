//! `words-in-style-sheet`: a style sheet writes no letters and digits where the approved text may stand.
//!
//! The text of a page is checked in its HTML, and `content:` shows words that are not in the HTML. So words in a style sheet are
//! reported unless they can only appear in parts that are marked as generated. What a style sheet hides, moves or draws is
//! not checked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use cssparser::{ParseError, Parser, Token};

use super::declarations::{Declaration, declarations, innermost, is_generated, is_in_at_rule, is_link};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::text;

/// Properties in which quoted words are names that are not shown.
const NAMES: &str = "\
    animation animation-name container container-name filter font font-family font-feature-settings \
    font-language-override font-variation-settings grid grid-area grid-template grid-template-areas \
    view-transition-name voice-family -webkit-locale";

/// Rules that show nothing by themselves, and the margins of paper, where the text never stands.
const APART: &str =
    "color-profile font-face font-feature-values font-palette-values page property view-transition";

/// Functions in which quoted words are addresses and types.
const ADDRESSES: &str = "url src format local tech type selector supports path";

/// Signs that change a number beside which they stand.
const SIGNS: [char; 8] = ['-', '−', '–', '－', '+', '＋', '±', '~'];

/// What a value brings onto the page.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shown {
    /// Quoted words, with their bytes in the value.
    words: Vec<(String, Range<usize>)>,
    /// `attr(…)`: the names of attributes.
    attributes: Vec<String>,
    counts: bool,
    /// `var(…)`
    properties: Vec<String>,
}

/// Looks at the style sheets of the site's own theme.
pub(super) fn check(sheets: &[(SourcePath, &str)], diagnostics: &mut Diagnostics) {
    let read: Vec<(&SourcePath, Vec<Declaration<'_>>)> =
        sheets.iter().map(|(path, css)| (path, declarations(css))).collect();
    let all = || read.iter().flat_map(|(_, declarations)| declarations);
    // Words may wait in a custom property until they are asked for.
    let mut waiting: BTreeMap<&str, String> = BTreeMap::new();
    for one in all().filter(|one| one.property.starts_with("--")) {
        if let Some((words, _)) = shown(one.value).words.into_iter().find(|(words, _)| is_words(words)) {
            waiting.insert(&one.property, words);
        }
    }
    let mut told = BTreeSet::new();
    for (path, declarations) in &read {
        for one in declarations {
            if is_in_at_rule(&one.around, APART)
                || one.property.starts_with("--")
                || text::lists(NAMES, &one.property)
            {
                continue;
            }
            let mut shown = shown(one.value);
            // There, words need no quotes.
            if is_in_at_rule(&one.around, "counter-style")
                && !["system", "range", "fallback", "speak-as"].contains(&one.property.as_str())
            {
                let words = one.value.split_whitespace().find(|words| is_words(words) && !words.is_ascii());
                shown.words.extend(words.and_then(|words| {
                    let start = one.value.find(words)?;
                    Some((words.to_owned(), start..start + words.len()))
                }));
            }
            let Some((words, range)) = words_of(one, &shown, &waiting) else { continue };
            if is_generated(&one.around) {
                continue;
            }
            let range = one.range.start + range.start..one.range.start + range.end;
            if told.insert((path.as_str(), range.start)) {
                diagnostics.push(words_in_style_sheet(Location::new(path, range), &one.property, &words));
            }
        }
    }
}

/// Returns the first words that a declaration puts onto the page, and their place in its value.
fn words_of(
    one: &Declaration<'_>,
    shown: &Shown,
    waiting: &BTreeMap<&str, String>,
) -> Option<(String, Range<usize>)> {
    if let Some((words, range)) =
        shown.words.iter().find(|(words, _)| is_words(words) || is_sign_beside(words, one))
    {
        return Some((words.clone(), range.clone()));
    }
    let whole = 0..one.value.len();
    if let Some(words) = shown.properties.iter().find_map(|name| waiting.get(name.as_str())) {
        return Some((words.clone(), whole));
    }
    if one.property != "content" {
        return None;
    }
    // Where a link leads is looked at on every page, and printed so that it can be typed.
    let is_target = |name: &String| ["href", "data-to"].contains(&name.as_str()) && is_link(&one.around);
    let value = one.value.to_ascii_lowercase();
    if value.contains("data:image/svg") && ["<text", "%3ctext"].iter().any(|tag| value.contains(tag)) {
        return Some(("<text>".to_owned(), whole));
    }
    let attribute = shown.attributes.iter().find(|name| !is_target(name));
    if let Some(name) = attribute {
        return Some((format!("attr({name})"), whole));
    }
    shown.counts.then(|| (one.value.chars().take(40).collect(), whole))
}

fn is_words(text: &str) -> bool {
    // Units such as `㎡` are one sign.
    let is_unit = |c: char| ('\u{3200}'..='\u{33FF}').contains(&c) || "%‰℃¥￥$€£".contains(c);
    text.chars().any(|c| c.is_alphanumeric() || is_unit(c))
}

/// Tells whether a declaration puts a sign directly beside the text of its element.
fn is_sign_beside(text: &str, Declaration { property, around, .. }: &Declaration<'_>) -> bool {
    // What parts a word at the end of a line is no sign.
    if property == "hyphenate-character" {
        return false;
    }
    let innermost = innermost(around).map(str::to_ascii_lowercase);
    let all_are = |pseudo: &str| {
        innermost.as_ref().is_some_and(|all| all.split(',').all(|one| one.trim().ends_with(pseudo)))
    };
    let is_sign = |c: Option<char>| c.is_some_and(|c| SIGNS.contains(&c));
    (is_sign(text.chars().next()) && !all_are(":before"))
        || (is_sign(text.chars().next_back()) && !all_are(":after"))
}

fn shown(value: &str) -> Shown {
    let mut found = Shown::default();
    let _ = look(&mut Parser::new(value), &mut found);
    found
}

fn look(parser: &mut Parser<'_>, found: &mut Shown) -> Result<(), ParseError<()>> {
    loop {
        parser.skip_whitespace();
        let start = parser.position().byte_index();
        let Ok(token) = parser.next() else { return Ok(()) };
        match token.clone() {
            Token::QuotedString(words) => {
                found.words.push((words.to_string(), start..parser.position().byte_index()));
            }
            Token::Function(name) => {
                let name = name.to_ascii_lowercase();
                if text::lists(ADDRESSES, &name) || name.ends_with("image-set") {
                    continue;
                }
                found.counts |= name == "counter" || name == "counters";
                parser.parse_nested_block(|parser| {
                    if name == "attr" || name == "var" {
                        let names =
                            if name == "attr" { &mut found.attributes } else { &mut found.properties };
                        names.push(parser.expect_ident()?.to_string());
                    }
                    look(parser, found)
                })?;
            }
            Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                parser.parse_nested_block(|parser| look(parser, found))?;
            }
            _ => {}
        }
    }
}

fn words_in_style_sheet(location: Location, property: &str, words: &str) -> Diagnostic {
    Diagnostic::warning(
        "words-in-style-sheet",
        location,
        format!("`{property}` writes `{words}` where the approved text may stand; no check sees it"),
        format!("`{property}` 会在可能是审定文字的地方显示 `{words}`，而任何检查都看不到"),
    )
    .help(
        "write the words into a template, marked with `data-generated`; if they belong to such a part already, begin the \
         selector with `[data-generated]`",
        "请把文字写进模板并用 `data-generated` 标明；如果本来就在这样的部分里，请在选择器前加上 `[data-generated]`",
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::theme::built_in;

    fn found(css: &str) -> Vec<String> {
        let path = SourcePath::new("themes/x/assets/x.css");
        let mut diagnostics = Diagnostics::new();
        check(&[(path, css)], &mut diagnostics);
        let range = |one: &Diagnostic| one.location.clone().unwrap().range.unwrap();
        diagnostics.iter().map(|one| css.get(range(one)).unwrap().to_owned()).collect()
    }

    #[test]
    fn words_that_can_reach_the_text() {
        for (css, expected) in [
            ("p::after { content: \"某某\" }", "\"某某\""),
            ("p::after { content: '\\4e0d' }", "'\\4e0d'"),
            ("p::after { c\\6fntent: '9' }", "'9'"),
            ("data::before { content: '-' }", "'-'"),
            ("data::after { content: '%' }", "'%'"),
            ("data:after, td::before { content: '－' }", "'－'"),
            ("@media print { td { &::after { content: '万' } } }", "'万'"),
            ("p::before { content: attr(title) }", "attr(title)"),
            ("p::before { content: attr(href) }", "attr(href)"),
            ("p::before { content: counter(p) }", "counter(p)"),
            ("p::before { content: url(a.svg) / '甲' }", "'甲'"),
            ("p::before { content: var(--a) } :root { --a: '九' }", "var(--a)"),
            ("p::before { content: var(--b, '九') }", "'九'"),
            ("q { quotes: '甲' '乙' }", "'甲'"),
            ("ul { list-style: '99 ' }", "'99 '"),
            ("li::marker { content: '一' }", "'一'"),
            ("p { text-emphasis: '9' }", "'9'"),
            ("p { hyphenate-character: '九' }", "'九'"),
            ("@counter-style a { symbols: '甲' '乙' }", "'甲'"),
            ("p { new-property: '甲' }", "'甲'"),
            ("p::after { content: '㎡' }", "'㎡'"),
            (
                "p::after { content: url('data:image/svg+xml,%3Ctext y=9>') }",
                "url('data:image/svg+xml,%3Ctext y=9>')",
            ),
            ("@counter-style a { symbols: 不 实 }", "不"),
            ("@counter-style a { system: extends decimal; prefix: 第 }", "第"),
            ("p::after{content:attr(title)}", "attr(title)"),
            ("p::after{content:counter(p);color:red}", "counter(p)"),
            ("p::after{content:if(media(print):'甲')}", "'甲'"),
            ("p::after{content:url(a.svg)'甲'}", "'甲'"),
        ] {
            assert_eq!(found(css), [expected], "{css}");
        }
    }

    #[test]
    fn shapes_names_and_generated_parts() {
        for css in [
            "p::after { content: ' ＋' } p::before { content: '- ' }",
            "p::before { content: ''; content: '›'; content: '• '; content: none; content: open-quote }",
            "[data-generated] p::before { content: '甲' attr(title) counter(p) }",
            "nav[data-generated] li + li::before { content: '甲' }",
            "p { font-family: '宋体'; font: 1em '宋体'; grid-template-areas: 'a b' } :root { --sans: '宋体' }",
            "p { font-family: var(--sans); color: var(--ink) } :root { --sans: '宋体'; --ink: #000 }",
            "@font-face { font-family: '宋体'; src: local('宋体'), url('a.woff2') format('woff2') }",
            "[data-generated]{&::after{content:'甲'}}li[data-generated]{&::after{content:attr(title)}}",
            "@page { @bottom-right { content: '第' counter(page) '页' } }",
            "a[href^='http']::after, a[data-to]::after { content: '（' attr(href) '）' }",
            "p { background: url('a1.png'), image-set('a1.png' type('image/png') 1x) }",
            "p { hyphenate-character: '-' } p::before { content: url('data:image/svg+xml,<path/>') }",
            "@import 'a1.css'; @namespace a 'a1'; [title='甲'] { color: red }",
        ] {
            assert_eq!(found(css), [""; 0], "{css}");
        }
    }

    #[test]
    fn the_built_in_style_sheets_write_nothing() {
        let sheets: Vec<_> =
            built_in::files().filter(|(name, _)| name.rsplit('.').next() == Some("css")).collect();
        assert!(sheets.len() >= 2);
        for (name, bytes) in sheets {
            assert_eq!(found(std::str::from_utf8(bytes).unwrap()), [""; 0], "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_sheet_is_survived(css in "([a-b .#:;,{}()>+*&\"'\\\\\n九-]|/\\*|\\*/|url\\(|--|@|content:|\\[data-generated\\]){0,60}") {
            found(&css);
        }
    }
}
