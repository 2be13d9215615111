//! Digits on two levels: 10 with a raised 2 is 10² to the eye and 102 to everything that takes the text as text.
//!
//! That holds for `<sup>`, `<sub>` and `<rt>`, and for the raised numbers of footnotes.

use std::ops::Range;

use super::inline::{ElementKind, Inline, Span};
use super::problems::Problems;
use crate::text::digits;

/// The most characters in front of a change of level that are looked at.
const LONGEST: usize = 12;

/// Reports digits of `inline` that stand directly beside raised or lowered ones, and gives it back without the tags that
/// raise and lower, if there are such.
pub(super) fn checked(inline: Inline, problems: &mut Problems<'_>) -> Inline {
    if !has_level(&inline) {
        return inline;
    }
    let mut walk =
        Walk { before: String::new(), change: None, is_behind_reference: false, found: Vec::new() };
    walk.inline(&inline);
    let is_good = walk.found.iter().all(|found| found.is_reference);
    for SplitNumber { range, number, is_reference } in walk.found {
        if is_reference {
            problems.footnote_beside_digit(range, &number);
        } else {
            problems.raised_digit(range, &number);
        }
    }
    if is_good {
        return inline;
    }
    let start = inline.range().start;
    Inline::new(without_levels(&inline), start)
}

fn has_level(inline: &Inline) -> bool {
    inline.spans().iter().any(|span| match span {
        Span::FootnoteReference { .. } => true,
        Span::Element { kind, children, .. } => is_level(kind) || has_level(children),
        _ => false,
    })
}

fn is_level(kind: &ElementKind) -> bool {
    matches!(kind, ElementKind::Html(tag) if tag.is_level())
}

fn without_levels(inline: &Inline) -> Vec<Span> {
    let mut spans = Vec::new();
    for span in inline.spans() {
        match span {
            Span::Element { kind, children, .. } if is_level(kind) => spans.extend(without_levels(children)),
            Span::Element { kind, children, range } => {
                let children = Inline::new(without_levels(children), children.range().start);
                spans.push(Span::Element { kind: kind.clone(), children, range: range.clone() });
            }
            other => spans.push(other.clone()),
        }
    }
    spans
}

/// The walk through a text.
struct Walk {
    /// What stands in front, on the same line.
    before: String,
    /// What changes the level between that and what follows.
    change: Option<Range<usize>>,
    /// The last thing was the number of a footnote.
    is_behind_reference: bool,
    found: Vec<SplitNumber>,
}

struct SplitNumber {
    range: Range<usize>,
    number: String,
    is_reference: bool,
}

impl Walk {
    fn inline(&mut self, inline: &Inline) {
        for span in inline.spans() {
            match span {
                Span::Text { text, .. } | Span::Code { text, .. } => self.text(text),
                Span::HardBreak { .. } | Span::Image { .. } => self.end_line(),
                Span::FootnoteReference { number, range, .. } => {
                    if !self.is_behind_reference {
                        self.change = Some(range.clone());
                        self.is_behind_reference = true;
                        self.text(&number.to_string());
                    }
                    self.before = number.to_string();
                    self.change = Some(range.clone());
                    self.is_behind_reference = true;
                }
                Span::Element { kind, children, range } if is_level(kind) => {
                    self.change = Some(range.clone());
                    self.inline(children);
                    self.change = Some(range.clone());
                }
                Span::Element { kind, children, .. } => {
                    let is_block = matches!(kind, ElementKind::Html(tag) if tag.is_block());
                    if is_block {
                        self.end_line();
                    }
                    self.inline(children);
                    if is_block {
                        self.end_line();
                    }
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let is_reference = std::mem::take(&mut self.is_behind_reference);
        if let Some(range) = self.change.take()
            && let Some(number) = digits::joined(&self.before, text)
        {
            self.found.push(SplitNumber { range, number, is_reference });
        }
        let kept: Vec<char> = self.before.chars().chain(text.chars()).collect();
        self.before = kept.iter().skip(kept.len().saturating_sub(LONGEST)).collect();
    }

    fn end_line(&mut self) {
        self.before.clear();
        self.change = None;
        self.is_behind_reference = false;
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::testing::{codes, html_with, parse_with};

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let tags = ["sup", "sub", "ruby", "rt", "b", "table", "tr", "td", "small"];
        let (_, found) = parse_with(source, 0..source.len(), &tags);
        let messages: Vec<String> = found
            .iter()
            .filter(|found| found.code == "raised-digit")
            .map(|found| found.message.in_language(crate::diagnostic::Language::English).to_owned())
            .collect();
        let numbers: Vec<&str> = messages.iter().filter_map(|message| message.rsplit('`').nth(1)).collect();
        assert_eq!(numbers, expected, "{source}");
    }

    #[test]
    fn digits_on_two_levels_are_an_error() {
        check("10<sup>2</sup>人", &["102"]);
        check("H<sub>2</sub>5", &["25"]);
        check("<sup>1</sup>0", &["10"]);
        check("10<sup>-2</sup>", &["10-2"]);
        check("10<b><sup>2</sup></b>", &["102"]);
        check("**10**<sup>2</sup>", &["102"]);
        check("<sup>1</sup><sub>2</sub>", &["12"]);
        check("3.<sub>5</sub>%", &["3.5"]);
        check("十<sup>二</sup>人", &["十二"]);
        check("<ruby>10<rt>2</rt></ruby>", &["102"]);
        check("１０<sup>２</sup>", &["１０２"]);
    }

    #[test]
    fn other_raised_text_stays() {
        check("CO<sub>2</sub>排放10m<sup>2</sup>，共10篇<sup>1</sup>。", &[]);
        check("<ruby>龘<rt>dá</rt></ruby>10篇", &[]);
        check("10<sup>[2]</sup>", &[]);
        check("10<small>2</small>", &[]);
        check("<table><tr><td>10</td><td><sup>2</sup></td></tr></table>", &[]);
        assert_eq!(html_with("CO<sub>2</sub>", &["sub"]), "<p>CO<sub>2</sub></p>\n");
        assert_eq!(html_with("10<sup>2</sup>", &["sup"]), "<p>102</p>\n");
    }

    #[test]
    fn footnotes_keep_away_from_digits() {
        assert_eq!(codes("共10[^1]\n\n[^1]: 甲"), ["raised-digit 5..9"]);
        assert_eq!(codes("甲[^1]5人\n\n[^1]: 甲"), ["raised-digit 3..7"]);
        assert_eq!(codes("共10篇[^1]，10 [^1][^2]\n\n[^1]: 甲\n\n[^2]: 乙"), Vec::<String>::new());
    }
}
