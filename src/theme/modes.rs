//! The modes in which readers see pages, and which rules of a style sheet hold in each.
//!
//! Only what decides about colours is known here: the medium, what the reader's system asks for, and what is chosen in the
//! toolbar. Any other condition (the width of the window) is taken to be false.

use cssparser::{ParseError, Parser, Token};

use super::declarations::{Around, Combinator, Selector, Simple, selectors};

/// A way in which pages are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mode {
    pub(super) is_paper: bool,
    pub(super) is_dark: bool,
    pub(super) has_more_contrast: bool,
    /// `data-contrast` on `<html>`, as the toolbar sets it.
    pub(super) chosen: Option<&'static str>,
}

/// The element that a declaration is for: colours are set on one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Html,
    Body,
}

impl Subject {
    fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Body => "body",
        }
    }
}

impl Mode {
    /// Lists all modes, the usual one first.
    pub(super) fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for chosen in [None, Some("white"), Some("black")] {
            for (is_dark, has_more_contrast) in [(false, false), (true, false), (false, true), (true, true)] {
                all.push(Self { is_paper: false, is_dark, has_more_contrast, chosen });
            }
        }
        // Browsers print in the light.
        for chosen in [None, Some("white"), Some("black")] {
            all.push(Self { is_paper: true, is_dark: false, has_more_contrast: false, chosen });
        }
        all
    }

    /// Returns its name in English and Chinese, and the rule that means it, with `{}` for the declaration.
    pub(super) fn named(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self { is_paper: true, .. } => ("on paper", "打印时", "@media print { :root { {} } }"),
            Self { chosen: Some("white"), .. } => {
                ("in black on white", "黑字白底时", "@media screen { :root[data-contrast=white] { {} } }")
            }
            Self { chosen: Some(_), .. } => {
                ("in yellow on black", "黄字黑底时", "@media screen { :root[data-contrast=black] { {} } }")
            }
            Self { is_dark: true, has_more_contrast: true, .. } => (
                "on dark pages with more contrast",
                "深色高对比度时",
                "@media screen and (prefers-contrast: more) and (prefers-color-scheme: dark) { :root:not([data-contrast]) { {} } }",
            ),
            Self { has_more_contrast: true, .. } => (
                "with more contrast",
                "高对比度时",
                "@media screen and (prefers-contrast: more) and (prefers-color-scheme: light) { :root:not([data-contrast]) { {} } }",
            ),
            Self { is_dark: true, .. } => (
                "on dark pages",
                "深色时",
                "@media screen and (prefers-color-scheme: dark) { :root:not([data-contrast]) { {} } }",
            ),
            Self { .. } => ("on light pages", "浅色时", ":root { {} }"),
        }
    }

    /// Returns how much a declaration counts for `subject` in this mode: of two, browsers take the one that counts more. `None`
    /// if it does not apply.
    pub(super) fn weight(self, around: &[Around<'_>], subject: Subject) -> Option<usize> {
        let mut weight = None;
        let mut parent: Option<Vec<Selector>> = None;
        let mut is_in_layer = false;
        for one in around {
            match one {
                Around::At(name, prelude) => match name.as_str() {
                    "media" => self.fits(prelude).then_some(())?,
                    "layer" => is_in_layer = true,
                    "supports" => {}
                    _ => return None,
                },
                Around::Selectors(text) => {
                    let all = within(&selectors(text), parent.as_ref());
                    weight = all.iter().filter_map(|selector| self.weight_of(selector, subject)).max();
                    parent = Some(all);
                }
            }
        }
        // What is in a layer counts less than what is in none.
        weight.map(|weight| if is_in_layer { weight } else { weight + 1000 })
    }

    fn weight_of(self, selector: &Selector, subject: Subject) -> Option<usize> {
        let (last, before) = selector.split_last()?;
        let weight = self.weight_of_compound(&last.0, subject)?;
        match before {
            [] => Some(weight),
            [(outer, Combinator::Inside)] if subject == Subject::Body => {
                Some(weight + self.weight_of_compound(outer, Subject::Html)?)
            }
            _ => None,
        }
    }

    fn weight_of_compound(self, compound: &[Simple], subject: Subject) -> Option<usize> {
        if compound.is_empty() {
            return None;
        }
        let weights = |inside: &'_ [Selector]| -> Vec<usize> {
            inside.iter().filter_map(|selector| self.weight_of(selector, subject)).collect()
        };
        let mut weight = 0;
        for simple in compound {
            weight += match simple {
                Simple::Any => 0,
                Simple::Type(name) if name == subject.name() => 1,
                Simple::Root if subject == Subject::Html => 10,
                Simple::Attribute(name, value)
                    if subject == Subject::Html && self.has_attribute(name, value.as_deref()) =>
                {
                    10
                }
                Simple::Is(inside) => weights(inside).into_iter().max()?,
                Simple::Where(inside) => weights(inside).first().map(|_| 0)?,
                Simple::Not(inside) if weights(inside).is_empty() => 10,
                _ => return None,
            };
        }
        Some(weight)
    }

    fn has_attribute(self, name: &str, value: Option<&str>) -> bool {
        match name {
            "data-contrast" => self.chosen.is_some_and(|chosen| value.is_none_or(|value| value == chosen)),
            "lang" | "data-comfort" => value.is_none_or(str::is_empty),
            _ => false,
        }
    }

    /// Tells whether the condition of an `@media` holds.
    pub(super) fn fits(self, prelude: &str) -> bool {
        let query = |parser: &mut Parser<'_>| Ok::<_, ParseError<()>>(self.query(parser));
        let all = Parser::new(prelude).parse_comma_separated(query).unwrap_or_default();
        all.contains(&Some(true))
    }

    fn query(self, parser: &mut Parser<'_>) -> Option<bool> {
        let mut holds = Some(true);
        let mut is_or = false;
        let mut negates = false;
        let mut negates_all = false;
        let mut is_first = true;
        while let Ok(token) = parser.next() {
            let token = token.clone();
            let one = match &token {
                Token::Ident(word) if word.eq_ignore_ascii_case("not") => {
                    negates = true;
                    continue;
                }
                Token::Ident(word) if word.eq_ignore_ascii_case("or") => {
                    is_or = true;
                    continue;
                }
                Token::Ident(word) if ["and", "only"].iter().any(|one| word.eq_ignore_ascii_case(one)) => {
                    continue;
                }
                Token::Ident(medium) => {
                    // In front of a medium it is about all that follows.
                    negates_all |= std::mem::take(&mut negates);
                    match medium.to_ascii_lowercase().as_str() {
                        "all" => Some(true),
                        "screen" => Some(!self.is_paper),
                        "print" => Some(self.is_paper),
                        _ => Some(false),
                    }
                }
                Token::ParenthesisBlock => {
                    let inside =
                        parser.parse_nested_block(|parser| Ok::<_, ParseError<()>>(self.feature(parser)));
                    inside.unwrap_or(None)
                }
                _ => None,
            };
            let one = if std::mem::take(&mut negates) { one.map(|holds| !holds) } else { one };
            holds = match (is_first, is_or, holds, one) {
                (true, ..) => one,
                (_, true, Some(true), _) | (_, true, _, Some(true)) => Some(true),
                (_, false, Some(false), _) | (_, false, _, Some(false)) => Some(false),
                (_, _, Some(holds), Some(_)) => Some(holds),
                _ => None,
            };
            is_first = false;
        }
        if negates_all { holds.map(|holds| !holds) } else { holds }
    }

    fn feature(self, parser: &mut Parser<'_>) -> Option<bool> {
        let start = parser.state();
        let name = match parser.next() {
            Ok(Token::Ident(name)) if !name.eq_ignore_ascii_case("not") => name.to_ascii_lowercase(),
            _ => {
                parser.reset(&start);
                return self.query(parser);
            }
        };
        let value = parser.expect_colon().ok().and_then(|()| parser.expect_ident_cloned().ok());
        let value = value.map(|value| value.to_ascii_lowercase());
        while parser.next().is_ok() {}
        match (name.as_str(), value.as_deref()) {
            ("prefers-color-scheme", None) => Some(true),
            ("prefers-color-scheme", Some(value)) => Some((value == "dark") == self.is_dark),
            ("prefers-contrast", None) => Some(self.has_more_contrast),
            ("prefers-contrast", Some(value)) => Some(match value {
                "more" => self.has_more_contrast,
                "no-preference" => !self.has_more_contrast,
                _ => false,
            }),
            ("forced-colors" | "inverted-colors", value) => Some(value == Some("none")),
            _ => None,
        }
    }
}

/// Returns the selectors of a rule inside of another one, with that one's in the place of `&`.
fn within(selectors: &[Selector], parent: Option<&Vec<Selector>>) -> Vec<Selector> {
    let Some(parent) = parent else { return selectors.to_vec() };
    let put_in = |simple: &Simple| match simple {
        Simple::Parent => Simple::Is(parent.clone()),
        other => other.clone(),
    };
    let with_parent = |selector: &Selector| {
        let names_parent = selector.iter().any(|(compound, _)| compound.contains(&Simple::Parent));
        let mut put: Selector =
            selector.iter().map(|(compound, next)| (compound.iter().map(put_in).collect(), *next)).collect();
        if !names_parent {
            put.insert(0, (vec![put_in(&Simple::Parent)], Combinator::Inside));
        }
        put
    };
    selectors.iter().map(with_parent).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lists the names of the modes in which a rule holds for `<html>`.
    #[track_caller]
    fn check(rule: &str, expected: &[&str]) {
        let css = format!("{rule} {{ --a: b }}");
        let css = if rule.contains('{') { format!("{css} }}") } else { css };
        let found = super::super::declarations::declarations(&css);
        let holds = |mode: &Mode| mode.weight(&found[0].around, Subject::Html).is_some();
        let mut names: Vec<_> = Mode::all().into_iter().filter(holds).map(|mode| mode.named().0).collect();
        names.dedup();
        assert_eq!(names, expected, "{rule}");
    }

    #[test]
    fn rules_hold_in_their_modes() {
        let light = "on light pages";
        let dark = "on dark pages";
        let more = "with more contrast";
        let both = "on dark pages with more contrast";
        let (white, black, paper) = ("in black on white", "in yellow on black", "on paper");
        let screen = [light, dark, more, both, white, black];
        check(":root", &[&screen[..], &[paper]].concat());
        check("HTML, body", &[&screen[..], &[paper]].concat());
        check("@media screen { :root", &screen);
        check("@media print { :root", &[paper]);
        check("@media (prefers-color-scheme: dark) { :root:not([data-contrast])", &[dark, both]);
        check(
            "@media screen and (prefers-color-scheme: light) and (prefers-contrast: more) { :root",
            &[more, white, black],
        );
        check(
            "@media not print { :root:not([data-contrast=white], [data-contrast=black])",
            &[light, dark, more, both],
        );
        check(
            "@media (not (prefers-contrast: more)) and (prefers-color-scheme: dark) { :root:not([data-contrast])",
            &[dark],
        );
        check(
            "@media print, (prefers-contrast: more) or (prefers-color-scheme: dark) { :root:not([data-contrast])",
            &[dark, more, both, paper],
        );
        check("[data-contrast=black]", &[black, paper]);
        check("html[data-contrast=\"white\"]", &[white, paper]);
        check(":root { &[data-contrast]", &[white, black, paper]);
        check(":is(html, .x)", &[&screen[..], &[paper]].concat());
        check("@media (min-width: 1px) { :root", &[]);
        check("@container (min-width: 1px) { :root", &[]);
        check(".x", &[]);
        check("body", &[]);
        check("html:hover", &[]);
    }
}
