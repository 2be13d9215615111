//! A style sheet as people write it → the same as browsers need it: without comments and indents, and with published
//! addresses of what it refers to.
//!
//! cssparser takes the sheet apart by the rules of browsers (CSS Syntax Level 3); what is written again are the very pieces
//! that it was written in. Only white space and comments go, so nothing that some browser understands can be lost. (The
//! small libraries that shorten style sheets drop rules that they do not know; the one that does not takes longer to compile
//! than all of gongkai.) Nothing is prefixed: what needs a prefix in browsers of today is written with it.

use std::ops::Range;

use cssparser::{ParseError, Parser, SourcePosition, Token};

/// A style sheet whose blocks stand in each other more deeply than browsers follow.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooDeep;

/// Returns the style sheet without comments, without white space where none is needed, and with the address that `publish`
/// gives for each that a browser loads (a picture, a font, an imported sheet) in its place; `None` leaves it as written.
///
/// `publish` is told the address and its bytes in `css`.
pub(super) fn rewritten(
    css: &str,
    publish: &mut dyn FnMut(&str, Range<usize>) -> Option<String>,
) -> Result<String, TooDeep> {
    let mut writer = Writer {
        out: String::with_capacity(css.len()),
        last: Last::Start,
        gap: Gap::None,
        may_take_space: false,
        publish,
    };
    writer.block(&mut Parser::new(css), Inside::Rules).map_err(|_: ParseError<()>| TooDeep)?;
    Ok(writer.out)
}

/// Lists the addresses of what a browser loads for a style sheet, or for declarations, whoever has them.
pub(crate) fn addresses(css: &str) -> Vec<String> {
    let mut found = Vec::new();
    // What is too deep for browsers loads nothing.
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
    /// `@namespace`: an address there is a name, which nobody loads.
    Namespace,
}

/// What was left out in front of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Comment,
    Space,
}

/// The last piece that was written, as far as white space behind it is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    /// The beginning of the sheet or of a block.
    Start,
    /// A piece behind which white space never counts.
    Separator,
    Semicolon,
    /// White space behind it does not count, unless it is all there is: `--empty: ;`.
    Colon,
    Other,
}

struct Writer<'a> {
    out: String,
    last: Last,
    gap: Gap,
    /// The last piece may end in an escape such as `\a`, of which a space directly behind it would be a part.
    may_take_space: bool,
    publish: &'a mut dyn FnMut(&str, Range<usize>) -> Option<String>,
}

impl Writer<'_> {
    /// Writes the pieces of a block, or of the sheet.
    fn block(&mut self, parser: &mut Parser<'_>, inside: Inside) -> Result<(), ParseError<()>> {
        let mut inside_rule = inside;
        loop {
            let start = parser.position();
            let Ok(token) = parser.next_including_whitespace_and_comments() else { return Ok(()) };
            let token = token.clone();
            match token {
                Token::WhiteSpace(_) => self.gap = Gap::Space,
                Token::Comment(_) if std::mem::take(&mut self.may_take_space) => self.out.push_str("/**/"),
                Token::Comment(_) if self.gap == Gap::None => self.gap = Gap::Comment,
                Token::Comment(_) => {}
                Token::UnquotedUrl(ref target) => {
                    let address =
                        self.published(inside_rule, target, in_brackets(parser.slice_from(start), start));
                    let address = address.map(|address| format!("url({})", quoted_if_needed(&address)));
                    self.piece(&token, address.as_deref().unwrap_or_else(|| parser.slice_from(start)));
                }
                Token::QuotedString(ref target) if inside_rule == Inside::Addresses => {
                    let range = start.byte_index()..parser.position().byte_index();
                    let address = self.published(inside_rule, target, range);
                    let address = address.map(|address| quoted(&address));
                    self.piece(&token, address.as_deref().unwrap_or_else(|| parser.slice_from(start)));
                }
                _ => {
                    self.piece(&token, parser.slice_from(start));
                    inside_rule = next_inside(&token, inside_rule, inside);
                    if let Some((contents, end)) = opened(&token, inside_rule) {
                        self.last = Last::Start;
                        let before_end = parser.parse_nested_block(|parser| {
                            self.block(parser, contents)?;
                            Ok(parser.position())
                        })?;
                        // A sheet may end inside of a block, or of a text in it.
                        if parser.position() > before_end {
                            self.close(end);
                        }
                    }
                }
            }
        }
    }

    /// Returns the address that is published in the place of one as written.
    fn published(&mut self, inside: Inside, target: &str, range: Range<usize>) -> Option<String> {
        if inside == Inside::Namespace { None } else { (self.publish)(target, range) }
    }

    /// Writes a piece, and in front of it what keeps it apart from the one before.
    fn piece(&mut self, token: &Token<'_>, written: &str) {
        let is_separator = match token {
            Token::Comma | Token::Semicolon | Token::CurlyBracketBlock => true,
            // `-->` is something else.
            Token::Delim('>') => !self.out.ends_with('-'),
            _ => false,
        };
        match (self.gap, self.last) {
            (Gap::Space, Last::Other) if !is_separator => self.out.push(' '),
            (Gap::Space, Last::Colon) if matches!(token, Token::Semicolon | Token::Delim('!')) => {
                self.out.push(' ');
            }
            // A comment is no space, yet it parts two pieces that would become one.
            (Gap::Comment, Last::Other) => self.out.push_str("/**/"),
            _ => {}
        }
        match token {
            Token::Number { .. } | Token::Percentage { .. } | Token::Dimension { .. } => {
                let (sign, number) = written.split_at(usize::from(written.starts_with(['+', '-'])));
                let is_fraction = number
                    .strip_prefix("0.")
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
                self.out.push_str(sign);
                self.out.push_str(if is_fraction { number.trim_start_matches('0') } else { number });
            }
            // The line's end makes it what it is, and would be left out as white space.
            Token::BadString(_) | Token::Delim('\\') => self.out.extend([written, "\n"]),
            _ => self.out.push_str(written),
        }
        self.gap = Gap::None;
        self.may_take_space = written.contains('\\');
        self.last = match token {
            Token::Comma | Token::Delim('>' | '\\') | Token::BadString(_) => Last::Separator,
            Token::Semicolon => Last::Semicolon,
            Token::Colon => Last::Colon,
            _ => Last::Other,
        };
    }

    /// Writes the end of a block.
    fn close(&mut self, end: char) {
        if self.last == Last::Colon && self.gap == Gap::Space {
            self.out.push(' ');
        }
        if self.last == Last::Semicolon && end == '}' {
            self.out.pop();
        }
        self.out.push(end);
        self.gap = Gap::None;
        self.last = if end == '}' { Last::Separator } else { Last::Other };
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

/// Returns what stands in the block that `token` opens, and its end.
fn opened(token: &Token<'_>, inside: Inside) -> Option<(Inside, char)> {
    let is_address = |name: &str| ["url", "src"].iter().any(|one| name.eq_ignore_ascii_case(one));
    let is_picture =
        |name: &str| ["image-set", "-webkit-image-set"].iter().any(|one| name.eq_ignore_ascii_case(one));
    match token {
        Token::Function(name) if is_address(name) && inside != Inside::Rules => Some((inside, ')')),
        Token::Function(name) if is_address(name) || is_picture(name) => Some((Inside::Addresses, ')')),
        Token::Function(_) | Token::ParenthesisBlock => Some((Inside::Rules, ')')),
        Token::SquareBracketBlock => Some((Inside::Rules, ']')),
        Token::CurlyBracketBlock => Some((Inside::Rules, '}')),
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

    fn shortened(css: &str) -> String {
        rewritten(css, &mut |_, _| None).unwrap()
    }

    #[track_caller]
    fn check(css: &str, expected: &str) {
        assert_eq!(shortened(css), expected);
    }

    #[test]
    fn comments_and_indents_go() {
        check(
            "/* 甲 */\na {\n  color: red;\n  margin: 0 -1px;\n}\n\nb,\nc > d { d: e }\n",
            "a{color:red;margin:0 -1px}b,c>d{d:e}",
        );
        check("a/* x */b{}", "a/**/b{}");
        check(".a/* x */.b{}c /**/d{}", ".a/**/.b{}c d{}");
        check("a { b: c /* never closed", "a{b:c");
        check("a{}/*/b{}*/c{}", "a{}c{}");
        check("@media ( min-width : 1px ) { a { b: c; } }", "@media (min-width :1px){a{b:c}}");
    }

    #[test]
    fn what_means_something_stays() {
        for css in [
            "a :hover{x:calc(1px + (2px - 3px) * 2)}",
            "e:not(:has(+ tr > .s)) *::before{content:\"a  b ; } { /* x */\"}",
            "a{background:url(data:image/svg+xml;utf8,<svg\\ a='b'/>)}",
            "a{b:'it\\'s  {'}",
            ".a\\  b{c:d}",
            "a{--q:\\;}",
            "@media screen and (min-width:64rem){a{b:c}}",
            ".c\\: .d{e:f}",
            ".e\\3a  .f{g:h}",
            "a{margin:1/**/.5}",
            "a{--x: ;--y: }",
            "@charset \"utf-8\";a{b:c}",
        ] {
            let kept = css.replace(" > ", ">");
            check(css, &kept);
        }
        check("a { --x: ; }", "a{--x: }");
        check(
            "a { b: 0.5em -0.5em calc(0.25 * 10.5px) 0 00.5 \" 0.5\" }",
            "a{b:.5em -.5em calc(.25 * 10.5px) 0 00.5 \" 0.5\"}",
        );
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
             c{d:url(\"x y.svg\");f:Url(\"x y.svg\");i:image-set(\"x y.svg\" type('image/png') 1x,url(\"x y.svg\") 2x);content:'l'}"
        );
    }

    #[test]
    fn blocks_can_be_too_deep() {
        let css = "(".repeat(100_000);
        assert_eq!(rewritten(&css, &mut |_, _| None), Err(TooDeep));
    }

    /// Lists the pieces of a style sheet without white space and comments, each with its depth.
    fn pieces(css: &str) -> Vec<String> {
        fn add(parser: &mut Parser<'_>, pieces: &mut Vec<String>) -> Result<(), ParseError<()>> {
            while let Ok(token) = parser.next() {
                let token = token.clone();
                pieces.push(format!("{token:?}"));
                if opened(&token, Inside::Rules).is_some() {
                    parser.parse_nested_block(|parser| add(parser, pieces))?;
                    if pieces.last().is_some_and(|last| last == "Semicolon") {
                        pieces.pop(); // The last one of a block says nothing.
                    }
                    pieces.push("end".to_owned());
                }
            }
            Ok(())
        }
        let mut pieces = Vec::new();
        add(&mut Parser::new(css), &mut pieces).unwrap();
        pieces
    }

    proptest! {
        #[test]
        fn a_browser_reads_the_same(css in "([a-c .#:;,{}()>+*/\"'\\\\\n0.5-]|/\\*|\\*/|url\\(|--|@){0,40}") {
            prop_assert_eq!(pieces(&shortened(&css)), pieces(&css), "{}", shortened(&css));
        }

        #[test]
        fn any_text_is_survived(css: String) {
            shortened(&css);
        }
    }
}
