//! A style sheet as people write it → the same with published addresses of what it refers to, and without comments.
//!
//! cssparser takes the sheet apart by the rules of browsers (CSS Syntax Level 3); all else stays as it is written, so that
//! nothing that some browser understands can be lost. Packed by the server, white space is some 400 bytes, comments are 1,100.
//! Nothing is prefixed: what needs a prefix in browsers of today is written with it.

use std::ops::Range;

use cssparser::{ParseError, Parser, SourcePosition, Token};

/// The blocks of a style sheet are nested more deeply than browsers follow.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooDeep;

/// Returns the style sheet without comments, and with the address that `publish` gives for each that a browser loads (a
/// picture, a font, an imported sheet) in its place; `None` leaves it as written.
///
/// `publish` gets the address and its bytes in `css`.
pub(super) fn rewritten(
    css: &str,
    publish: &mut dyn FnMut(&str, Range<usize>) -> Option<String>,
) -> Result<String, TooDeep> {
    let mut writer =
        Writer { css, out: String::with_capacity(css.len()), copied: 0, is_behind_space: true, publish };
    writer.block(&mut Parser::new(css), Inside::Rules).map_err(|_: ParseError<()>| TooDeep)?;
    writer.replace(css.len()..css.len(), "");
    Ok(writer.out)
}

/// Lists the addresses that a browser loads for a style sheet, or for declarations.
pub(crate) fn addresses(css: &str) -> Vec<String> {
    let mut found = Vec::new();
    // Browsers load nothing from what is nested too deeply.
    let _ = rewritten(css, &mut |address, _| {
        found.push(address.to_owned());
        None
    });
    found
}

/// What the pieces of a block mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Rules,
    /// `url(…)`, `src(…)`, `image-set(…)` and `@import`: texts in quotes are addresses.
    Addresses,
    /// `@namespace`: an address there is a name, and not loaded.
    Namespace,
}

struct Writer<'a> {
    css: &'a str,
    out: String,
    /// How many bytes of `css` have been written or replaced.
    copied: usize,
    /// Whether the next piece follows white space, or begins the sheet; comments in between do not count.
    is_behind_space: bool,
    publish: &'a mut dyn FnMut(&str, Range<usize>) -> Option<String>,
}

impl Writer<'_> {
    /// Writes the content of a block, or of the sheet.
    fn block(&mut self, parser: &mut Parser<'_>, inside: Inside) -> Result<(), ParseError<()>> {
        let mut inside_rule = inside;
        loop {
            let start = parser.position();
            let Ok(token) = parser.next_including_whitespace_and_comments() else { return Ok(()) };
            let token = token.clone();
            let range = start.byte_index()..parser.position().byte_index();
            match &token {
                Token::WhiteSpace(_) if self.is_behind_space => self.replace(range, ""),
                Token::WhiteSpace(_) => {}
                // It parts two pieces that would become one, and keeps an escape such as `\a` from the space behind it.
                Token::Comment(_) => self.replace(range, if self.is_behind_space { "" } else { "/**/" }),
                Token::UnquotedUrl(target) if inside_rule != Inside::Namespace => {
                    let address = in_brackets(parser.slice_from(start), start);
                    if let Some(address) = (self.publish)(target, address) {
                        self.replace(range, &format!("url({})", quoted_if_needed(&address)));
                    }
                }
                Token::QuotedString(target) if inside_rule == Inside::Addresses => {
                    if let Some(address) = (self.publish)(target, range.clone()) {
                        self.replace(range, &quoted(&address));
                    }
                }
                _ => {
                    inside_rule = next_inside(&token, inside_rule, inside);
                    if let Some(contents) = opened(&token, inside_rule) {
                        self.is_behind_space = false;
                        parser.parse_nested_block(|parser| self.block(parser, contents))?;
                    }
                }
            }
            self.is_behind_space &= matches!(token, Token::Comment(_));
            self.is_behind_space |= matches!(token, Token::WhiteSpace(_));
        }
    }

    /// Writes what has not been written yet up to `range`, then `new` in place of `range`.
    fn replace(&mut self, range: Range<usize>, new: &str) {
        self.out.push_str(self.css.get(self.copied..range.start).unwrap_or_default());
        self.out.push_str(new);
        self.copied = range.end;
    }
}

/// Returns what the pieces behind `token` mean, in a block that began as `outside`.
fn next_inside(token: &Token<'_>, now: Inside, outside: Inside) -> Inside {
    match token {
        Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => Inside::Addresses,
        Token::AtKeyword(name) if name.eq_ignore_ascii_case("namespace") => Inside::Namespace,
        Token::Semicolon | Token::CurlyBracketBlock => outside,
        _ => now,
    }
}

/// Returns what the pieces of the block mean that `token` opens.
fn opened(token: &Token<'_>, inside: Inside) -> Option<Inside> {
    let is_address = |name: &str| ["url", "src"].iter().any(|one| name.eq_ignore_ascii_case(one));
    let is_picture =
        |name: &str| ["image-set", "-webkit-image-set"].iter().any(|one| name.eq_ignore_ascii_case(one));
    match token {
        Token::Function(name) if is_address(name) && inside != Inside::Rules => Some(inside),
        Token::Function(name) if is_address(name) || is_picture(name) => Some(Inside::Addresses),
        Token::Function(_)
        | Token::ParenthesisBlock
        | Token::SquareBracketBlock
        | Token::CurlyBracketBlock => Some(Inside::Rules),
        _ => None,
    }
}

/// Returns the bytes of the address in `url( address )`, which stands at `start`.
fn in_brackets(written: &str, start: SourcePosition) -> Range<usize> {
    let behind = written.split_once('(').map_or("", |(_, behind)| behind);
    let address = behind.trim_start();
    let first = start.byte_index() + written.len() - address.len();
    first..first + address.trim_end_matches(')').trim_end().len()
}

fn quoted_if_needed(address: &str) -> String {
    let is_plain = address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./?#=&%".contains(&byte));
    if is_plain { address.to_owned() } else { quoted(address) }
}

fn quoted(address: &str) -> String {
    let mut quoted = String::new();
    cssparser::serialize_string(address, &mut quoted).expect("writing to a string never fails");
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn published(css: &str) -> String {
        rewritten(css, &mut |_, _| None).unwrap()
    }

    #[track_caller]
    fn check(css: &str, expected: &str) {
        assert_eq!(published(css), expected);
    }

    #[test]
    fn comments_go_and_all_else_stays() {
        check("/* 甲 */\na {\n  b: 0.5em; /* c */\n}\n", "a {\n  b: 0.5em; }\n");
        check(".a/* x */.b{}c /**/ /* y */d{}", ".a/**/.b{}c d{}");
        check("a { b: c /* never closed", "a { b: c ");
        check("a{margin:1/* 2 */.5}", "a{margin:1/**/.5}");
        check(".e\\3a /* x */ .f{}", ".e\\3a /**/ .f{}");
        check("a{--x: /* y */;--z:/* y */}", "a{--x: ;--z:/**/}");
        for css in [
            "a :hover{x:calc(1px + (2px - 3px) * 2)}",
            "e:not(:has(+ tr > .s)) *::before{content:\"a  b ; } { /* x */\"}",
            "a{background:url(data:image/svg+xml;utf8,<svg\\ a='b'/>)}",
            "a{b:'it\\'s  {'}",
            "a{--q:\\;}",
        ] {
            check(css, css);
        }
    }

    #[test]
    fn every_reference_is_asked_for() {
        let css = "@import 'a.css';@IMPORT URL(b.css) screen;@namespace svg url(http://n);\
                   c{d:url( e.svg );f:Url('g.svg#h');i:image-set('j.png' type('image/png') 1x, url(k.png) 2x);content:'l'}\
                   /* url(m.svg) */";
        let mut asked = Vec::new();
        let out = rewritten(css, &mut |address, range| {
            asked.push((address.to_owned(), css.get(range).unwrap().to_owned()));
            (!["a.css", "b.css"].contains(&address)).then(|| "x y.svg".to_owned())
        });
        let asked: Vec<_> = asked.iter().map(|(what, written)| (what.as_str(), written.as_str())).collect();
        assert_eq!(
            asked,
            [
                ("a.css", "'a.css'"),
                ("b.css", "b.css"),
                ("e.svg", "e.svg"),
                ("g.svg#h", "'g.svg#h'"),
                ("j.png", "'j.png'"),
                ("k.png", "k.png"),
            ]
        );
        assert_eq!(
            out.unwrap(),
            "@import 'a.css';@IMPORT URL(b.css) screen;@namespace svg url(http://n);\
             c{d:url(\"x y.svg\");f:Url(\"x y.svg\");i:image-set(\"x y.svg\" type('image/png') 1x, url(\"x y.svg\") 2x);content:'l'}\
             /**/"
        );
    }

    #[test]
    fn blocks_can_be_too_deep() {
        let css = "(".repeat(100_000);
        assert_eq!(rewritten(&css, &mut |_, _| None), Err(TooDeep));
    }

    /// Lists the pieces of a style sheet without comments, each with its depth; white space in a row is one piece.
    fn pieces(css: &str) -> Vec<String> {
        fn add(parser: &mut Parser<'_>, pieces: &mut Vec<String>) -> Result<(), ParseError<()>> {
            while let Ok(token) = parser.next_including_whitespace_and_comments() {
                let token = token.clone();
                match token {
                    Token::Comment(_) => {}
                    Token::WhiteSpace(_) => pieces.push(" ".to_owned()),
                    _ => pieces.push(format!("{token:?}")),
                }
                if opened(&token, Inside::Rules).is_some() {
                    parser.parse_nested_block(|parser| add(parser, pieces))?;
                    pieces.push("end".to_owned());
                }
            }
            Ok(())
        }
        let mut pieces = Vec::new();
        add(&mut Parser::new(css), &mut pieces).unwrap();
        pieces.dedup_by(|next, piece| next == piece && piece == " ");
        if pieces.first().is_some_and(|first| first == " ") {
            pieces.remove(0);
        }
        pieces
    }

    proptest! {
        #[test]
        fn a_browser_reads_the_same(css in "([a-c .#:;,{}()>+*/\"'\\\\\n0.5-]|/\\*|\\*/|url\\(|--|@){0,40}") {
            prop_assert_eq!(pieces(&published(&css)), pieces(&css), "{}", published(&css));
        }

        #[test]
        fn any_text_is_survived(css: String) {
            published(&css);
        }
    }
}
