//! What is wrong with finished pages → one report for each fault, at the template that has it.
//!
//! A template repeats its fault on each of its pages. So pages hand over their faults as data ([`Fault`], [`Difference`]);
//! [`Faults`] keeps each once, with the first page and the number of the others, and looks for the place in the templates
//! of the site's own theme when all is known. What no template of it has is reported at the finished page.

use std::collections::{BTreeMap, BTreeSet};

use super::{accessible, fetched, inline_code, page_text};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::reading::Trouble;
use crate::text;
use crate::theme::Theme;

/// The most characters of a page that a message quotes.
const LONGEST_WORDS: usize = 80;

/// What pages must not have, or must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    Fetched,
    SentElsewhere,
    RefreshElsewhere,
    Base,
    Script,
    Style,
    Handler,
    CodeInAddress,
    PageInside,
    NoAlternative,
    NotOneH1,
    NoLanguage,
    NoTitle,
}

/// One fault of a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fault {
    pub(super) rule: Rule,
    /// What the page has there, as far as it is quoted.
    pub(super) words: String,
    /// The template, for what no words of a page tell; else empty.
    pub(super) template: &'static str,
}

impl Fault {
    pub(super) fn new(rule: Rule, words: &str) -> Self {
        // One more than is quoted, which shows that it is cut.
        Self { rule, words: words.chars().take(LONGEST_WORDS + 1).collect(), template: "" }
    }

    /// Quotes what the page has there.
    pub(super) fn quoted(&self) -> String {
        text::excerpt(&self.words, LONGEST_WORDS)
    }

    /// Reports the fault of `pages` at `location`.
    fn diagnostic(&self, location: Location, pages: &Pages) -> Diagnostic {
        match self.rule {
            Rule::Fetched | Rule::SentElsewhere | Rule::RefreshElsewhere | Rule::Base => {
                fetched::diagnostic(self, location, pages)
            }
            Rule::Script | Rule::Style | Rule::Handler | Rule::CodeInAddress | Rule::PageInside => {
                inline_code::diagnostic(self, location, pages)
            }
            Rule::NoAlternative | Rule::NotOneH1 | Rule::NoLanguage | Rule::NoTitle => {
                accessible::diagnostic(self, location, pages)
            }
        }
    }

    /// Lists the places in the templates of the site's own theme that may have written this.
    fn places(&self, theme: &Theme) -> Vec<Location> {
        let templates = theme.own_templates();
        if !self.template.is_empty() {
            let named = templates.named(self.template).or_else(|| templates.named("base.html"));
            return named.map(Location::file).into_iter().collect();
        }
        let (tag, file) = self.words.split_once("> ").unwrap_or((&self.words, ""));
        let tag = tag.trim_matches(['<', '>']);
        let name_of_attribute = self.words.split('=').next().unwrap_or_default();
        let begin = |words: &str, n| words.chars().take(n).collect::<String>();
        match self.rule {
            Rule::Script => templates.tags("script", |tag| !tag.contains("src")),
            Rule::Style if self.words.starts_with('<') => templates.tags("style", |_| true),
            Rule::NoAlternative => {
                let name = tag.split(' ').next().unwrap_or_default();
                let lacks = |written: &str| match name {
                    "img" | "input" | "area" => !written.contains("alt="),
                    "iframe" | "embed" => !written.contains("title="),
                    _ => written.contains("role") && !written.contains("aria-"),
                };
                // The name of an asset is published with a hash in it.
                let stem = file.split('.').next().unwrap_or_default();
                let all = templates.tags(name, lacks);
                let named: Vec<Location> = templates
                    .tags(name, |written| lacks(written) && !stem.is_empty() && written.contains(stem));
                if named.is_empty() { all } else { named }
            }
            Rule::Handler | Rule::Style | Rule::PageInside => {
                templates.first_found(&[&self.words, &format!("{name_of_attribute}="), name_of_attribute])
            }
            Rule::CodeInAddress => {
                templates.first_found(&[&self.words, &begin(&self.words, 11), "script:", "data:text"])
            }
            Rule::Base => templates.tags("base", |tag| tag.contains("href")),
            Rule::Fetched | Rule::SentElsewhere | Rule::RefreshElsewhere => {
                let host =
                    self.words.split(['/', '\\']).find(|part| !part.is_empty() && !part.ends_with(':'));
                templates.first_found(&[&self.words, host.unwrap_or(&self.words)])
            }
            Rule::NotOneH1 | Rule::NoLanguage | Rule::NoTitle => Vec::new(),
        }
    }
}

/// Some pages: the first, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pages {
    pub(super) first: String,
    pub(super) n: usize,
}

impl Pages {
    pub(super) fn one(path: &str) -> Self {
        Self { first: path.to_owned(), n: 1 }
    }

    /// Adds pages that are not among these.
    pub(super) fn add(&mut self, others: &Self) {
        self.n += others.n;
        if others.first < self.first {
            self.first.clone_from(&others.first);
        }
    }

    /// Names them in English and Chinese: "the finished page `a.html` and 2 more pages".
    pub(super) fn named(&self) -> [String; 2] {
        let first = &self.first;
        let [english, chinese] = match self.n - 1 {
            0 => [String::new(), String::new()],
            1 => [" and one more page".to_owned(), "等 2 个页面".to_owned()],
            more => [format!(" and {more} more pages"), format!("等 {} 个页面", self.n)],
        };
        [format!("the finished page `{first}`{english}"), format!("生成的页面 `{first}` {chinese}")]
    }
}

/// A page that shows other words than its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) pages: Pages,
    pub(super) template: &'static str,
    /// What keeps the page from being read; then the lines do not count.
    pub(super) trouble: Option<Trouble>,
    /// The beginning of the line that differs, as the page shows it and as the text has it.
    pub(super) shown: String,
    pub(super) wanted: String,
    /// Whether the text has no such line.
    pub(super) is_added: bool,
    /// The line in the sources.
    pub(super) location: Location,
}

impl Difference {
    /// Returns the same for no page.
    fn of_none(difference: &Self) -> Self {
        Self { pages: Pages { n: 0, ..difference.pages.clone() }, ..difference.clone() }
    }
}

/// The faults of many pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Faults {
    by_words: BTreeMap<Fault, Pages>,
    differing: Vec<Difference>,
}

impl Faults {
    /// Adds those of one page.
    pub(super) fn see(&mut self, path: &str, faults: &BTreeSet<Fault>, difference: Option<&Difference>) {
        for fault in faults {
            self.add(fault, &Pages::one(path));
        }
        self.differing.extend(difference.cloned());
    }

    /// Adds those of other pages.
    pub(super) fn extend(&mut self, other: &Self) {
        for (fault, pages) in &other.by_words {
            self.add(fault, pages);
        }
        self.differing.extend(other.differing.iter().cloned());
    }

    fn add(&mut self, fault: &Fault, pages: &Pages) {
        if let Some(known) = self.by_words.get_mut(fault) {
            known.add(pages);
        } else {
            self.by_words.insert(fault.clone(), pages.clone());
        }
    }

    /// Pushes one problem for each fault, at the template where one of the site's own has it.
    pub(super) fn report(&self, theme: &Theme, diagnostics: &mut Diagnostics) {
        for (fault, pages) in &self.by_words {
            let places = fault.places(theme);
            // What pages as a whole lack cannot come from built-in templates, but from what they are filled with.
            if fault.template.is_empty() || !places.is_empty() {
                diagnostics.push(at_template(places, pages, |place| fault.diagnostic(place, pages)));
            }
        }
        // What differs at one place of a template is one fault, whatever the pages say there.
        let mut groups: BTreeMap<_, (Option<Location>, Difference)> = BTreeMap::new();
        for difference in &self.differing {
            let place = place_of_difference(difference, theme);
            let key = match &place {
                Some(place) => (place.path.clone(), place.range.as_ref().map_or(0, |range| range.start)),
                // Nothing of the theme is the site's own, so what differs does so page by page.
                None => (SourcePath::new(difference.pages.first.as_str()), 0),
            };
            let trouble = difference.trouble.as_ref().map(Trouble::tag);
            let key = (difference.is_added, trouble, key);
            let (_, known) = groups.entry(key).or_insert_with(|| (place, Difference::of_none(difference)));
            let n = known.pages.n + difference.pages.n;
            if known.pages.n == 0 || difference.pages.first < known.pages.first {
                known.clone_from(difference);
            }
            known.pages.n = n;
        }
        for (place, difference) in groups.into_values() {
            diagnostics.push(page_text::diagnostic(&difference, place));
        }
    }
}

/// Tells of a fault at the first of its places, naming the others; at the finished page if no template has it.
pub(super) fn at_template(
    places: Vec<Location>,
    pages: &Pages,
    told: impl FnOnce(Location) -> Diagnostic,
) -> Diagnostic {
    let mut places = places.into_iter();
    let first = places.next().unwrap_or_else(|| Location::file(&SourcePath::new(pages.first.as_str())));
    places.fold(told(first), |problem, other| problem.related(other, "and perhaps here", "这里可能也有"))
}

/// Returns the place in a template of the site's own that most likely makes a page differ; `None` if all are built in.
fn place_of_difference(difference: &Difference, theme: &Theme) -> Option<Location> {
    let templates = theme.own_templates();
    let found =
        if difference.is_added { theme.place_of_words(&difference.shown, difference.template) } else { None };
    let named = || {
        let names = [difference.template, "base.html", "components.html"];
        names.iter().find_map(|name| templates.named(name)).or_else(|| templates.first()).map(Location::file)
    };
    found.or_else(named)
}
