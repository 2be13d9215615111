//! `low-contrast`: the colours of a theme can be read in every mode.
//!
//! Pages take their colours from custom properties (`docs/themes.md`). A theme that sets one for light pages also sets it for
//! dark ones, if its style sheet comes behind the built-in one. So the value of each property is computed for each mode, as
//! browsers do it, and the contrast measured (WCAG 2.2, 1.4.6). Colours that rules set directly are not looked at; only a
//! browser can measure those.

#![expect(
    clippy::float_arithmetic,
    reason = "colours are fractions by definition, and no figure of a text is one"
)]

use std::collections::{BTreeMap, BTreeSet};

use cssparser::{Parser, Token};
use cssparser_color::{Color, hsl_to_rgb, hwb_to_rgb};

use super::declarations::{Declaration, declarations};
use super::modes::{Mode, Subject};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::text;

/// The least contrast of text.
const LEAST: f64 = 7.0;

/// The colours of text, and of what is behind it. Text with the focus has one colour in all modes.
const PAIRS: [(&str, &str); 9] = [
    ("--ink", "--paper"),
    ("--ink", "--shade"),
    ("--ink", "--mark"),
    ("--quiet", "--paper"),
    ("--quiet", "--shade"),
    ("--quiet", "--mark"),
    ("--link", "--paper"),
    ("--link", "--shade"),
    ("#1a1a1a", "--focus"),
];

/// How often a custom property may lead to another.
const MOST_STEPS: usize = 8;

/// A colour: red, green and blue from 0 to 1, and how much it covers.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Rgb {
    parts: [f64; 3],
    alpha: f64,
}

/// A style sheet, in the order in which pages load them.
pub(super) struct LoadedSheet<'a> {
    pub(super) path: &'a SourcePath,
    pub(super) css: &'a str,
    /// Whether it is of the site's own theme.
    pub(super) is_own: bool,
}

/// A custom property as it is set somewhere.
struct SetProperty<'a> {
    sheet: usize,
    declaration: Declaration<'a>,
}

/// The custom properties as they are in one mode.
struct Palette<'a> {
    mode: Mode,
    all: &'a [SetProperty<'a>],
    /// Which of `all` gives each property its value.
    chosen: BTreeMap<&'a str, usize>,
}

/// Looks at the custom properties that `sheets` set.
pub(super) fn check(sheets: &[LoadedSheet<'_>], diagnostics: &mut Diagnostics) {
    let mut all: Vec<SetProperty<'_>> = Vec::new();
    for (sheet, one) in sheets.iter().enumerate() {
        let is_colour = |property: &str| property.starts_with("--") || property == "color-scheme";
        let found = declarations(one.css).into_iter().filter(|one| is_colour(&one.property));
        all.extend(found.map(|declaration| SetProperty { sheet, declaration }));
    }
    let is_own = |set: usize| sheets[all[set].sheet].is_own;
    let palettes: Vec<Palette<'_>> = Mode::all().into_iter().map(|mode| Palette::of(&all, mode)).collect();

    let faults: Vec<LowContrast> = palettes.iter().flat_map(|palette| palette.faults(&is_own)).collect();
    let mut told = BTreeSet::new();
    for fault in &faults {
        let name = all[fault.set].declaration.property.as_str();
        let name_of_mode = fault.mode.named().0;
        let governed: Vec<&Palette<'_>> =
            palettes.iter().filter(|palette| palette.chosen.get(name) == Some(&fault.set)).collect();
        // The mode that the declaration is made for is the first that it holds in; it changes there, and other modes get a
        // colour of their own. One that is not for light pages may serve all its modes with one colour.
        let home = governed.first().map_or(fault.mode, |palette| palette.mode);
        let serves_all = home != palettes[0].mode && better(name, &governed, &|_| true).is_some();
        let is_elsewhere = |mode: Mode| mode.named() != home.named() && !serves_all;
        let is_general = is_elsewhere(fault.mode);
        let is_same = |other: &LowContrast| other.set == fault.set && other.colours == fault.colours;
        let mut before = faults.iter().take_while(|other| !std::ptr::eq(*other, fault));
        let is_told = before.any(|other| is_same(other) && !is_elsewhere(other.mode));
        if !told.insert((fault.set, if is_general { name_of_mode } else { "" })) || is_told {
            continue;
        }
        let concerned = governed.iter().copied().filter(|Palette { mode, .. }| {
            let mut in_it = faults.iter().filter(|other| other.mode == *mode && other.set == fault.set);
            if is_general {
                mode.named().0 == name_of_mode
            } else {
                // A mode that fails with other colours gets a report of its own.
                serves_all || in_it.all(is_same)
            }
        });
        // A colour for all of them, or else one for this mode; the others then need their own.
        let this = palettes.iter().filter(|palette| palette.mode == fault.mode).collect::<Vec<_>>();
        let better = better(name, &concerned.collect::<Vec<_>>(), &|_| true)
            .or_else(|| better(name, &this, &|_| true))
            // Two colours of the theme may exclude each other; then only those of the built-in theme are heeded.
            .or_else(|| better(name, &this, &|set| !is_own(set)));
        let location =
            Location::new(sheets[all[fault.set].sheet].path, all[fault.set].declaration.range.clone());
        diagnostics.push(low_contrast(location, fault, name, better, is_general));
    }
}

/// The worst contrast that a declaration of the site's own theme is to blame for in a mode.
struct LowContrast {
    mode: Mode,
    /// The declaration.
    set: usize,
    contrast: f64,
    /// The text, and what is behind it.
    pair: [&'static str; 2],
    colours: [String; 2],
}

impl<'a> Palette<'a> {
    /// Works out which value each custom property has.
    fn of(all: &'a [SetProperty<'a>], mode: Mode) -> Self {
        let mut chosen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for subject in [Subject::Html, Subject::Body] {
            for (index, set) in all.iter().enumerate() {
                let Some(weight) = mode.weight(&set.declaration.around, subject) else { continue };
                let is_important =
                    set.declaration.value.trim_end().to_ascii_lowercase().ends_with("important");
                // What `<body>` sets is nearer to the text than what `<html>` sets.
                let is_nearer = subject == Subject::Body;
                let weight =
                    weight + 100_000 * usize::from(is_important) + 1_000_000 * usize::from(is_nearer);
                let name = set.declaration.property.as_str();
                if chosen.get(name).is_none_or(|(_, known)| *known <= weight) {
                    chosen.insert(name, (index, weight));
                }
            }
        }
        let chosen = chosen.into_iter().map(|(name, (index, _))| (name, index)).collect();
        Self { mode, all, chosen }
    }

    fn faults(&self, is_own: &dyn Fn(usize) -> bool) -> Vec<LowContrast> {
        let mut worst: BTreeMap<usize, LowContrast> = BTreeMap::new();
        for (ink, paper) in PAIRS {
            let Some(contrast) = self.contrast(ink, paper) else { continue };
            let set_by = |name: &str| self.chosen.get(name).copied().filter(|set| is_own(*set));
            let Some(set) = set_by(ink).or_else(|| set_by(paper)) else { continue };
            if contrast < LEAST && worst.get(&set).is_none_or(|known| contrast < known.contrast) {
                let colours = [ink, paper].map(|name| self.colour(name).map_or_else(String::new, written));
                worst
                    .insert(set, LowContrast { mode: self.mode, set, contrast, pair: [ink, paper], colours });
            }
        }
        worst.into_values().collect()
    }

    fn contrast(&self, ink: &str, paper: &str) -> Option<f64> {
        let (ink, paper) = (self.colour(ink)?, self.colour(paper)?);
        // What is behind a colour that does not cover it is not known.
        (paper.alpha >= 1.0).then(|| ratio(ink.over(paper), paper))
    }

    /// Returns the colour of a custom property, or a colour as written.
    fn colour(&self, name: &str) -> Option<Rgb> {
        let value = |name: &str| self.chosen.get(name).map(|set| self.all[*set].declaration.value);
        let is_dark = value("color-scheme").map(str::to_ascii_lowercase).is_some_and(|schemes| {
            let has = |scheme| schemes.split(|c: char| !c.is_ascii_alphabetic()).any(|one| one == scheme);
            has("dark") && (self.mode.is_dark || !has("light"))
        });
        let written = if name.starts_with("--") { value(name)? } else { name };
        colour(&mut Parser::new(written), &value, is_dark, MOST_STEPS)
    }
}

/// Reads a colour; `value` returns what a custom property is set to.
fn colour<'v>(
    parser: &mut Parser<'_>,
    value: &dyn Fn(&str) -> Option<&'v str>,
    is_dark: bool,
    n_steps: usize,
) -> Option<Rgb> {
    let n_steps = n_steps.checked_sub(1)?;
    let start = parser.state();
    if let Ok(Token::Function(function)) = parser.next() {
        let function = function.to_ascii_lowercase();
        if function == "var" || function == "light-dark" {
            let written = parser.parse_nested_block(|parser| {
                let start = parser.position();
                while parser.next().is_ok() {}
                Ok::<_, cssparser::ParseError<()>>(parser.slice_from(start))
            });
            let parts = split_at_comma(written.ok()?);
            let (first, second) = (parts.first()?.trim(), parts.get(1).copied());
            let chosen = match function.as_str() {
                "var" => value(first).or(second)?,
                _ if is_dark => second?,
                _ => first,
            };
            return colour(&mut Parser::new(chosen), value, is_dark, n_steps);
        }
    }
    parser.reset(&start);
    rgb(Color::parse(parser).ok()?)
}

/// Splits the content of a function at its commas, not at those of functions inside it.
fn split_at_comma(text: &str) -> Vec<&str> {
    let mut parser = Parser::new(text);
    let (mut parts, mut from) = (Vec::new(), 0);
    loop {
        parser.skip_whitespace();
        let start = parser.position().byte_index();
        match parser.next() {
            Ok(Token::Comma) => {
                parts.push(text.get(from..start).unwrap_or_default());
                from = parser.position().byte_index();
            }
            Ok(_) => {}
            Err(_) => break,
        }
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

/// Returns a colour in the space of screens; `None` for what depends on the element, or is written in a rare space.
fn rgb(colour: Color) -> Option<Rgb> {
    let number = |part: Option<f32>| f64::from(part.unwrap_or_default());
    let of = |(red, green, blue): (f32, f32, f32), alpha: Option<f32>| Rgb {
        parts: [f64::from(red), f64::from(green), f64::from(blue)],
        alpha: number(alpha),
    };
    let turn = |hue: Option<f32>| (hue.unwrap_or_default() / 360.0).rem_euclid(1.0);
    Some(match colour {
        Color::Rgba(c) => Rgb {
            parts: [c.red, c.green, c.blue].map(|part| f64::from(part) / 255.0),
            alpha: f64::from(c.alpha),
        },
        Color::Hsl(c) => {
            let (saturation, lightness) = (c.saturation.unwrap_or_default(), c.lightness.unwrap_or_default());
            of(hsl_to_rgb(turn(c.hue), saturation, lightness), c.alpha)
        }
        Color::Hwb(c) => {
            let (whiteness, blackness) = (c.whiteness.unwrap_or_default(), c.blackness.unwrap_or_default());
            of(hwb_to_rgb(turn(c.hue), whiteness, blackness), c.alpha)
        }
        Color::Oklab(c) => of_oklab(number(c.lightness), [number(c.a), number(c.b)], number(c.alpha)),
        Color::Oklch(c) => {
            let (hue, chroma) = (number(c.hue).to_radians(), number(c.chroma));
            of_oklab(number(c.lightness), [hue.cos(), hue.sin()].map(|part| chroma * part), number(c.alpha))
        }
        Color::CurrentColor | Color::Lab(_) | Color::Lch(_) | Color::ColorFunction(_) => return None,
    })
}

/// Oklab → the space of screens (CSS Color 4, 18); what no screen shows is cut.
fn of_oklab(lightness: f64, [a, b]: [f64; 2], alpha: f64) -> Rgb {
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let middle = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let linear = [
        4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
    ];
    let bent = |part: f64| {
        let part = part.clamp(0.0, 1.0);
        if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 }
    };
    Rgb { parts: linear.map(bent), alpha }
}

impl Rgb {
    fn over(self, behind: Self) -> Self {
        let mix = |place: usize| self.parts[place] * self.alpha + behind.parts[place] * (1.0 - self.alpha);
        Self { parts: [mix(0), mix(1), mix(2)], alpha: 1.0 }
    }

    /// How bright it is (WCAG 2.2, relative luminance).
    fn brightness(self) -> f64 {
        let linear = self
            .parts
            .map(|part| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// Returns it as it can be written with two digits for each part.
    fn rounded(self) -> Self {
        Self { parts: self.parts.map(|part| (part * 255.0).round() / 255.0), alpha: self.alpha }
    }
}

fn ratio(one: Rgb, other: Rgb) -> f64 {
    let (a, b) = (one.brightness() + 0.05, other.brightness() + 0.05);
    a.max(b) / a.min(b)
}

fn written(colour: Rgb) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 0 to 255")]
    let parts = colour.parts.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8);
    format!("#{}", text::hex(&parts))
}

/// Returns the colour nearest to that of a property with which all its pairs have enough contrast in these modes; only pairs
/// whose other colour `counts` are looked at.
fn better(name: &str, palettes: &[&Palette<'_>], counts: &dyn Fn(usize) -> bool) -> Option<String> {
    let now = palettes.first()?.colour(name)?;
    let mut partners = Vec::new();
    for palette in palettes {
        for (ink, paper) in PAIRS {
            let partner = match name {
                _ if ink == name => paper,
                _ if paper == name => ink,
                _ => continue,
            };
            if palette.chosen.get(partner).is_none_or(|set| counts(*set)) {
                partners.extend(palette.colour(partner));
            }
        }
    }
    let ends = [0.0, 1.0].map(|part| Rgb { parts: [part; 3], alpha: 1.0 });
    let steps = (0..=32).flat_map(|step| ends.map(|end| (f64::from(step) / 32.0, end)));
    let mixed =
        steps.map(|(share, end)| Rgb { alpha: share, ..end }.over(Rgb { alpha: 1.0, ..now }).rounded());
    let mut fitting = mixed.filter(|one| partners.iter().all(|partner| ratio(*one, *partner) >= LEAST));
    fitting.next().map(written)
}

fn low_contrast(
    location: Location,
    fault: &LowContrast,
    name: &str,
    better: Option<String>,
    is_general: bool,
) -> Diagnostic {
    let shown = |place: usize| {
        let (name, colour) = (fault.pair[place], &fault.colours[place]);
        if name.starts_with('#') { format!("`{name}`") } else { format!("`{name}` (`{colour}`)") }
    };
    let (ink, paper) = (shown(0), shown(1));
    // Never a 7 for what is not enough.
    let contrast = format!("{:.2}", (fault.contrast * 100.0).floor() / 100.0);
    let (english, chinese, rule) = fault.mode.named();
    let problem = Diagnostic::warning(
        "low-contrast",
        location,
        format!("{ink} on {paper} has a contrast of {contrast} : 1 {english}; text needs 7 : 1"),
        format!("{chinese} {ink} 在 {paper} 上的对比度只有 {contrast} : 1，文字至少要 7 : 1"),
    );
    let declaration = better.map(|colour| format!("{name}: {colour}"));
    match declaration {
        Some(declaration) if is_general => {
            let rule = rule.replace("{}", &declaration);
            problem.help(
                format!("this mode needs a colour of its own: write behind it `{rule}`"),
                format!("这种模式需要单独的颜色，请在后面写 `{rule}`"),
            )
        }
        Some(declaration) => {
            problem.help(format!("write `{declaration}`, or darker or lighter"), format!("请写 `{declaration}`，或更深、更浅"))
        }
        None => problem.help(
            "no shade of this colour is enough: make what is behind the text, or the text itself, darker or lighter first",
            "这个颜色无论深浅都不够：请先改文字背后的颜色，或文字本身的颜色",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    const BUILT_IN: &str = include_str!("../../themes/default/assets/style.css");

    /// Looks at a style sheet behind the built-in one.
    fn found(css: &str) -> Vec<Diagnostic> {
        let (first, own) = (SourcePath::new("style.css"), SourcePath::new("own.css"));
        let sheets = [
            LoadedSheet { path: &first, css: BUILT_IN, is_own: false },
            LoadedSheet { path: &own, css, is_own: true },
        ];
        let mut diagnostics = Diagnostics::new();
        check(&sheets, &mut diagnostics);
        diagnostics.into_iter().collect()
    }

    fn messages(css: &str) -> Vec<String> {
        found(css).iter().map(|one| one.message.in_language(Language::English).to_owned()).collect()
    }

    #[test]
    fn the_built_in_style_sheet_has_enough() {
        let path = SourcePath::new("style.css");
        let mut diagnostics = Diagnostics::new();
        check(&[LoadedSheet { path: &path, css: BUILT_IN, is_own: true }], &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    }

    #[test]
    fn each_mode_is_measured() {
        // A blue that is fine in the light, and nowhere else.
        let found = messages(":root { --link: #003366 }");
        let modes = ["on dark pages", "in yellow on black"];
        for mode in modes {
            let of_it = found.iter().filter(|one| one.contains(mode) && one.contains("`--link` (`#003366`)"));
            assert_eq!(of_it.count(), 1 + usize::from(mode == "on dark pages"), "{found:#?}");
        }
        assert!(
            found.iter().all(|one| !one.contains("light pages") && !one.contains("paper;")),
            "{found:#?}"
        );
        let paper = messages("@media print { :root { --ink: #999 } }");
        assert!(matches!(&paper[..], [one] if one.contains("on paper")), "{paper:#?}");
        let chosen = messages("@media screen { [data-contrast=black] { --paper: #555 } }");
        assert!(matches!(&chosen[..], [one] if one.contains("in yellow on black")), "{chosen:#?}");
    }

    #[test]
    fn colours_are_read_however_they_are_written() {
        for colour in [
            "#8888",
            "gray",
            "rgb(128 128 128)",
            "hsl(0deg 0% 50%)",
            "hwb(0 50% 50%)",
            "oklch(0.6 0 0)",
            "oklab(60% 0 0)",
            "light-dark(gray, white)",
            "light-dark(rgb(128 128 128),rgb(255 255 255))",
            "var(--mine)",
            "var(--none, gray)",
        ] {
            let css = format!(
                ":root {{ --mine: gray }} @media screen and (prefers-color-scheme: light) {{ :root:not([data-contrast]) {{ --quiet: {colour} }} }}"
            );
            let found = messages(&css);
            assert!(found.iter().any(|one| one.contains("`--quiet`")), "{colour}: {found:#?}");
            // Nothing depends on how closely it is written.
            assert_eq!(
                messages(&css.replace(": ", ":").replace(" { ", "{").replace(" }", "}")),
                found,
                "{colour}"
            );
        }
        for css in [
            ":root { --brand: #eee; --size: 1em; --link: inherit; --ink: CanvasText }",
            ":root { --link: color(display-p3 0.5 0.5 0.5) } .x { --ink: #eee } @media (min-width: 1px) { :root { --ink: #eee } }",
            "/* :root { --ink: #eee } */",
        ] {
            assert_eq!(messages(css), [""; 0], "{css}");
        }
    }

    #[test]
    fn what_is_advised_is_enough() {
        for css in [
            ":root { --link: #003366 }",
            ":root { --ink: #777 }",
            ":root { --paper: #222 }",
            ":root { --quiet: #888; --shade: #ddd }",
            "@media (prefers-color-scheme: dark) { :root { --ink: #555 } }",
            "[data-contrast=white] { --link: #09f }",
            "@media print { :root { --ink: #999 } }",
            ":root { --focus: #800 }",
        ] {
            let mut now = css.to_owned();
            let mut first = true;
            for _ in 0..4 {
                let problems = found(&now);
                assert!(!first || !problems.is_empty(), "{css}");
                first = false;
                let mut behind = String::new();
                for problem in problems.iter().rev() {
                    let help = problem.help.as_ref().unwrap().in_language(Language::English);
                    let Some(advice) = help.split('`').nth(1) else { continue };
                    let range = problem.location.as_ref().unwrap().range.clone().unwrap();
                    if advice.contains('{') {
                        behind.push_str(advice);
                    } else {
                        now.replace_range(range, advice.split(": ").nth(1).unwrap());
                    }
                }
                now.push_str(&behind);
            }
            let left = messages(&now);
            assert!(left.is_empty(), "{css} → {now}: {left:#?}");
        }
    }
}
