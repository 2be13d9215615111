//! A style sheet → its declarations, each with the rules around it, and what the selectors of these rules mean.
//!
//! cssparser takes the sheet apart. What rules about style sheets need is much less than a browser knows: which declarations
//! there are, and whether a selector can mean `<html>`, `<body>`, or something inside a generated part.

use std::ops::Range;

use cssparser::{ParseError, Parser, SourcePosition, Token};

use crate::text;

/// A declaration.
#[derive(Debug, Clone)]
pub(super) struct Declaration<'a> {
    /// The property, in lower case unless it is a custom one.
    pub(super) property: String,
    pub(super) value: &'a str,
    /// The bytes of the value.
    pub(super) range: Range<usize>,
    /// From the outside in.
    pub(super) around: Vec<Around<'a>>,
}

/// A rule around a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Around<'a> {
    /// The name without `@`, in lower case, and what follows it.
    At(String, &'a str),
    /// A style rule.
    Selectors(&'a str),
}

/// Lists the declarations of a style sheet in order, without those that are nested too deeply for browsers.
pub(super) fn declarations(css: &str) -> Vec<Declaration<'_>> {
    let mut found = Vec::new();
    let _ = statements(&mut Parser::new(css), &mut Vec::new(), &mut found);
    found
}

fn statements<'a>(
    parser: &mut Parser<'a>,
    around: &mut Vec<Around<'a>>,
    found: &mut Vec<Declaration<'a>>,
) -> Result<(), ParseError<()>> {
    let mut start: Option<SourcePosition> = None;
    loop {
        // The next token passes over what stands in brackets; without this, the position is behind the opening one.
        parser.skip_whitespace();
        let position = parser.position();
        let Ok(token) = parser.next_including_whitespace_and_comments() else {
            declaration(parser, start, position, around, found);
            return Ok(());
        };
        let token = token.clone();
        match token {
            Token::WhiteSpace(_) | Token::Comment(_) | Token::CDO | Token::CDC => {}
            Token::Semicolon => declaration(parser, start.take(), position, around, found),
            Token::CurlyBracketBlock => {
                let prelude = parser.slice(start.take().unwrap_or(position)..position).trim();
                if is_custom_property(prelude) {
                    continue;
                }
                around.push(at_rule(prelude).unwrap_or(Around::Selectors(prelude)));
                let result = parser.parse_nested_block(|parser| statements(parser, around, found));
                around.pop();
                result?;
            }
            _ => start = start.or(Some(position)),
        }
    }
}

/// Tells whether `--name:` is in front of a block, so that the block is a value.
fn is_custom_property(prelude: &str) -> bool {
    prelude.starts_with("--") && prelude.ends_with(':')
}

fn at_rule(prelude: &str) -> Option<Around<'_>> {
    let mut parser = Parser::new(prelude);
    match parser.next() {
        Ok(Token::AtKeyword(name)) => {
            let name = name.to_ascii_lowercase();
            let start = parser.position().byte_index();
            Some(Around::At(name, prelude.get(start..).unwrap_or_default()))
        }
        _ => None,
    }
}

fn declaration<'a>(
    parser: &Parser<'a>,
    start: Option<SourcePosition>,
    end: SourcePosition,
    around: &[Around<'a>],
    found: &mut Vec<Declaration<'a>>,
) {
    let Some(start) = start else { return };
    let written = parser.slice(start..end);
    let mut inner = Parser::new(written);
    let Ok(Token::Ident(name)) = inner.next().cloned() else { return };
    if inner.expect_colon().is_err() {
        return;
    }
    let value_start = inner.position().byte_index();
    let value = written.get(value_start..).unwrap_or_default();
    let n_spaces = value.len() - value.trim_start().len();
    let value = value.trim();
    let first = start.byte_index() + value_start + n_spaces;
    let property = if name.starts_with("--") { name.to_string() } else { name.to_ascii_lowercase() };
    found.push(Declaration { property, value, range: first..first + value.len(), around: around.to_vec() });
}

/// A selector: compounds, each with what leads to the next one.
pub(super) type Selector = Vec<(Vec<Simple>, Combinator)>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Combinator {
    /// What follows is inside.
    Inside,
    /// What follows is beside.
    Beside,
}

/// A part of a compound selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Simple {
    /// `*`
    Any,
    /// `&`
    Parent,
    Type(String),
    /// `:root`
    Root,
    /// The name of an attribute, and its value if one is asked for.
    Attribute(String, Option<String>),
    /// `:is(…)`
    Is(Vec<Selector>),
    /// The same, but of no weight: `:where(…)`
    Where(Vec<Selector>),
    Not(Vec<Selector>),
    /// A class, an id, a state: something that neither `<html>` nor `<body>` is known to have.
    Other,
}

/// Reads a list of selectors.
pub(super) fn selectors(text: &str) -> Vec<Selector> {
    selectors_in(&mut Parser::new(text))
}

fn selectors_in(parser: &mut Parser<'_>) -> Vec<Selector> {
    let mut all = Vec::new();
    let mut selector: Selector = Vec::new();
    let mut compound: Vec<Simple> = Vec::new();
    let mut combinator = None;
    let (mut colons, mut is_name) = (0, false);
    while let Ok(token) = parser.next_including_whitespace() {
        let token = token.clone();
        let next = match &token {
            Token::WhiteSpace(_) => {
                if !compound.is_empty() {
                    combinator = combinator.or(Some(Combinator::Inside));
                }
                continue;
            }
            Token::Delim(sign @ ('>' | '+' | '~')) => {
                combinator = Some(if *sign == '>' { Combinator::Inside } else { Combinator::Beside });
                // A selector that begins with a combinator starts from the rule around it.
                if compound.is_empty() && selector.is_empty() {
                    compound.push(Simple::Parent);
                }
                continue;
            }
            Token::Comma => {
                selector.push((std::mem::take(&mut compound), Combinator::Inside));
                all.push(std::mem::take(&mut selector));
                (combinator, colons, is_name) = (None, 0, false);
                continue;
            }
            Token::Colon => {
                colons += 1;
                None
            }
            Token::Delim('.') => {
                is_name = true;
                None
            }
            Token::Delim('*') => Some(Simple::Any),
            Token::Delim('&') => Some(Simple::Parent),
            Token::Ident(name) => Some(match (std::mem::take(&mut colons), std::mem::take(&mut is_name)) {
                (0, false) => Simple::Type(name.to_ascii_lowercase()),
                (1, false) if name.eq_ignore_ascii_case("root") => Simple::Root,
                _ => Simple::Other,
            }),
            Token::SquareBracketBlock => Some(parser.parse_nested_block(attribute).unwrap_or(Simple::Other)),
            Token::Function(name) => {
                colons = 0;
                Some(pseudo_class(name, parser))
            }
            _ => Some(Simple::Other),
        };
        if let Some(combinator) = combinator.take() {
            selector.push((std::mem::take(&mut compound), combinator));
        }
        compound.extend(next);
    }
    selector.push((compound, Combinator::Inside));
    all.push(selector);
    all
}

fn pseudo_class(name: &str, parser: &mut Parser<'_>) -> Simple {
    let inside = parser.parse_nested_block(|parser| Ok::<_, ParseError<()>>(selectors_in(parser)));
    let inside = inside.unwrap_or_default();
    match name.to_ascii_lowercase().as_str() {
        "is" | "matches" | "-webkit-any" => Simple::Is(inside),
        "where" => Simple::Where(inside),
        "not" => Simple::Not(inside),
        _ => Simple::Other,
    }
}

fn attribute(parser: &mut Parser<'_>) -> Result<Simple, ParseError<()>> {
    let name = parser.expect_ident()?.to_ascii_lowercase();
    if parser.is_exhausted() {
        return Ok(Simple::Attribute(name, None));
    }
    if parser.expect_delim('=').is_err() {
        while parser.next().is_ok() {}
        return Ok(Simple::Other);
    }
    let value = parser.expect_ident_or_string()?.to_string();
    while parser.next().is_ok() {}
    Ok(Simple::Attribute(name, Some(value)))
}

/// Tells whether every element that the rules around a declaration mean is inside a part that is marked as generated, or is
/// such a part.
pub(super) fn is_generated(around: &[Around<'_>]) -> bool {
    let mut is_parent_generated = false;
    for one in around {
        if let Around::Selectors(text) = one {
            is_parent_generated =
                selectors(text).iter().all(|selector| leads_into_generated(selector, is_parent_generated));
        }
    }
    is_parent_generated
}

fn leads_into_generated(selector: &Selector, is_parent_generated: bool) -> bool {
    let names_parent = selector.iter().any(|(compound, _)| compound.contains(&Simple::Parent));
    let last = selector.len().saturating_sub(1);
    let is_inside = selector.iter().enumerate().any(|(index, (compound, combinator))| {
        let is_generated = compound.iter().any(|simple| match simple {
            Simple::Attribute(name, _) => name == "data-generated",
            Simple::Parent => is_parent_generated,
            _ => false,
        });
        is_generated && (index == last || *combinator == Combinator::Inside)
    });
    is_inside || (!names_parent && is_parent_generated)
}

/// Tells whether every element that the innermost rule means is a link.
pub(super) fn is_link(around: &[Around<'_>]) -> bool {
    innermost(around).is_some_and(|text| {
        selectors(text).iter().all(|selector| {
            selector.last().is_some_and(|(compound, _)| compound.contains(&Simple::Type("a".to_owned())))
        })
    })
}

/// Returns the selectors of the innermost rule around a declaration.
pub(super) fn innermost<'a>(around: &[Around<'a>]) -> Option<&'a str> {
    around.iter().rev().find_map(|one| match one {
        Around::Selectors(text) => Some(*text),
        Around::At(..) => None,
    })
}

/// Tells whether one of the rules around a declaration is an at-rule of one of these names.
pub(super) fn is_in_at_rule(around: &[Around<'_>], names: &str) -> bool {
    around.iter().any(|one| matches!(one, Around::At(name, _) if text::lists(names, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found_with_what_stands_around_them() {
        let css = "@import 'x'; /* y */ a { b: c; D: e(f;g) !important } @Media print { h { --I: j; k: { l: m } } }\
                   n { &:hover { o: p } q: r; --s: { t: u }; v: w";
        let found: Vec<String> = declarations(css)
            .iter()
            .map(|one| {
                assert_eq!(css.get(one.range.clone()), Some(one.value));
                let around: Vec<String> = one
                    .around
                    .iter()
                    .map(|one| match one {
                        Around::At(name, prelude) => format!("@{name}{prelude}"),
                        Around::Selectors(text) => (*text).to_owned(),
                    })
                    .collect();
                format!("{} | {} = {}", around.join(" | "), one.property, one.value)
            })
            .collect();
        assert_eq!(
            found,
            [
                "a | b = c",
                "a | d = e(f;g) !important",
                "@media print | h | --I = j",
                "@media print | h | k: | l = m",
                "n | &:hover | o = p",
                "n | q = r",
                "n | v = w",
            ]
        );
    }

    #[test]
    fn what_ends_in_brackets_is_whole() {
        let css = "@media (a:b){[c]{d:e(f)}:is(g){--h:i(j(k))/* l */;m:[n]}}";
        let found: Vec<_> = declarations(css).into_iter().map(|one| (one.value, one.around)).collect();
        let around = |rule| vec![Around::At("media".to_owned(), " (a:b)"), Around::Selectors(rule)];
        assert_eq!(
            found,
            [("e(f)", around("[c]")), ("i(j(k))/* l */", around(":is(g)")), ("[n]", around(":is(g)"))]
        );
    }

    #[track_caller]
    fn check(css: &str, expected: bool) {
        let found = declarations(css);
        assert_eq!(is_generated(&found.last().unwrap().around), expected, "{css}");
    }

    #[test]
    fn generated_parts() {
        check("[data-generated] p::before { a: b }", true);
        check("p[data-generated]::before { a: b }", true);
        check("[data-generated] > a + b ~ c { a: b }", true);
        check("[data-generated] a, nav[data-generated] { a: b }", true);
        check("@media print { [data-generated] { @media screen { & a { a: b } } } }", true);
        check("[data-generated] { a { a: b } }", true);
        check("p::before { a: b }", false);
        check("[data-generated] + p { a: b }", false);
        check("[data-generated] a, p { a: b }", false);
        check("p:not([data-generated]) { a: b }", false);
        check("p:has([data-generated]) { a: b }", false);
        check(":is([data-generated], p) { a: b }", false);
        check("[data-generated] { + p { a: b } }", false);
        check("[data-generated] { a: b } p { a: b }", false);
        check("[title=\"[data-generated]\"] { a: b }", false);
    }
}
