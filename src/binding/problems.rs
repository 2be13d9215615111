//! Diagnostics for front matter and text that disagree about a figure: both places, and what to write instead.

use std::ops::Range;

use super::SearchedText;
use super::bind::{BoundPlace, overlaps};
use super::draft::MetricDraft;
use super::quote::{self, quote_for};
use super::words::Words;
use crate::diagnostic::{Certainty, Diagnostic, Edit, Fix, Located, Location};
use crate::figure::{NoFigure, NumberKind, Quantity, WrittenNumber};
use crate::notice::{Proposal, ProposalKind};
use crate::text::{n_slips, sentence, width};
use crate::yaml::{self, Tree};

/// The most places that one message shows.
const MOST_PLACES: usize = 3;

/// The most figures of a text among which the one that was meant is sought.
const MOST_LOOKED_AT: usize = 2_000;

/// Whether a problem proposes what may have been meant, which takes walks through the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proposals {
    Sought,
    LeftOut,
}

/// A program wrote the entry, and nobody has looked at it.
pub(super) fn proposed(label: &Located<String>) -> Diagnostic {
    let name = &label.value;
    Diagnostic::note(
        "proposed-metric",
        label.location.clone(),
        format!("the metric `{name}` is proposed, and nobody has looked at its name"),
        format!("指标 `{name}` 是程序拟的，还没有人核对名称"),
    )
    .help(
        "find a better name if there is one, and delete `proposed: true`",
        "请改成更清楚的名称（已经清楚的不用改），再删去 `proposed: true`",
    )
}

/// A program wrote the relation, or the entry of `not_figures`, and nobody has looked at it.
pub(super) fn proposed_entry(proposal: &Proposal) -> Diagnostic {
    let about = &proposal.about.value;
    let (english, chinese) = match proposal.kind {
        ProposalKind::Relation => ("relation", "勾稽关系"),
        ProposalKind::NotAFigure | ProposalKind::Metric => ("entry of `not_figures`", "`not_figures` 条目"),
    };
    Diagnostic::note(
        "proposed-entry",
        proposal.about.location.clone(),
        format!("the {english} `{about}` is proposed, and nobody has looked at it"),
        format!("{chinese} `{about}` 是程序拟的，还没有人核对"),
    )
    .help(
        "compare it with the text; if it is right, delete `proposed: true`, else the whole entry",
        "请对照正文：正确的，删去 `proposed: true`；不对的，整条删去",
    )
}

/// No place states the figure.
///
/// The code is `metric-printed-differently` where the text has the same value in another spelling, else
/// `metric-not-in-text`.
pub(super) fn not_found(
    draft: &MetricDraft,
    taken: &[BoundPlace],
    proposals: Proposals,
    text: &SearchedText<'_>,
) -> Diagnostic {
    let is_sought = proposals == Proposals::Sought;
    let longer = || longer_number(draft, &(0..text.words.text.len()), text.words);
    if let Some(longer) = is_sought.then(longer).flatten() {
        return goes_on(draft, &draft.quantity.location, &longer, text);
    }
    let label = &draft.label.value;
    let printed = &draft.quantity.value;
    let candidates = if is_sought { candidates(draft, taken, text.words) } else { Vec::new() };
    let same_value = candidates.first().filter(|best| {
        let other = best.number.kind.quantity();
        other.is_some_and(|other| other.value() == printed.value() && other.unit() == printed.unit())
    });
    let problem = match same_value {
        Some(best) => printed_differently(draft, text.words.get(&best.number.range)),
        None => Diagnostic::error(
            "metric-not-in-text",
            draft.quantity.location.clone(),
            format!("the text does not state `{printed}`, the figure of `{label}`"),
            format!("正文中没有指标 `{label}` 的数 `{printed}`"),
        ),
    };
    let problem = with_places(problem, candidates.iter().map(|candidate| &candidate.number.range), text);
    match candidates.first().filter(|best| best.is_likely) {
        Some(best) => {
            let line = line_for(draft, &best.number.range, text.words);
            let problem = problem.help(
                format!("if the text is right, write `{line}`; else correct the text"),
                format!("如果正文正确，请写 `{line}`；否则请改正正文"),
            );
            in_place_of(draft, line, problem)
        }
        None => problem.help(
            "a metric stands in the file whose text below the front matter states its figure, written exactly so; \
             headings do not count",
            "指标要写在正文印有这个数的那个文件里，写法与正文完全一致；标题中的数不算",
        ),
    }
}

/// Returns the number of the text, in `within`, that has the figure as a part of it.
pub(super) fn longer_number(
    draft: &MetricDraft,
    within: &Range<usize>,
    words: &Words,
) -> Option<Range<usize>> {
    let has_figure = |found: &&WrittenNumber| {
        found.kind == NumberKind::Other(NoFigure::Unclear)
            && words.get(&found.range).contains(draft.quantity.value.printed())
    };
    words.numbers_in(within).find(has_figure).map(|found| found.range.clone())
}

/// The text states the figure only as a part of the number at `longer`; `location` is what speaks of it.
pub(super) fn goes_on(
    draft: &MetricDraft,
    location: &Location,
    longer: &Range<usize>,
    text: &SearchedText<'_>,
) -> Diagnostic {
    let (label, printed) = (&draft.label.value, draft.quantity.value.printed());
    let whole = text.words.get(longer);
    let problem = Diagnostic::error(
        "number-goes-on",
        location.clone(),
        format!("the `{printed}` of `{label}` is only a part of `{whole}` in the text"),
        format!("正文中 `{whole}` 只有一部分是指标 `{label}` 的 `{printed}`"),
    )
    .related(text.location(longer), "the number stands here", "数在这里");
    if Quantity::parse(whole).is_ok() {
        let line = line_for(draft, longer, text.words);
        let problem = problem.help(
            format!("if all of it is the figure, write `{line}`; else correct the text"),
            format!("如果它整个就是这个数，请写 `{line}`；否则请改正正文"),
        );
        return in_place_of(draft, line, problem);
    }
    problem.help(
        "correct the text if a character has slipped in; if the approved text says so, leave the metric out: such a number \
         cannot be read for sure",
        "如果是多了字符，请改正正文；如果审定稿就是这样写的，请删去这个指标：这样的数无法可靠识读",
    )
}

fn printed_differently(draft: &MetricDraft, spelling: &str) -> Diagnostic {
    let (label, printed) = (&draft.label.value, &draft.quantity.value);
    Diagnostic::error(
        "metric-printed-differently",
        draft.quantity.location.clone(),
        format!("the text prints `{spelling}`, the figure of `{label}`, and not `{printed}`"),
        format!("指标 `{label}` 的数，正文写作 `{spelling}`，而不是 `{printed}`"),
    )
}

/// The label stands in the text, directly in front of another figure, or of the same in another spelling.
///
/// The code is `metric-printed-differently` for the latter, else `label-before-other-figure`.
pub(super) fn label_before_other(
    draft: &MetricDraft,
    other: &Range<usize>,
    text: &SearchedText<'_>,
) -> Diagnostic {
    let (label, printed) = (&draft.label.value, &draft.quantity.value);
    let spelling = text.words.get(other);
    let line = line_for(draft, other, text.words);
    let is_same_value = Quantity::parse(spelling)
        .is_ok_and(|other| other.value() == printed.value() && other.unit() == printed.unit());
    let problem = if is_same_value {
        printed_differently(draft, spelling)
    } else {
        Diagnostic::error(
            "label-before-other-figure",
            draft.quantity.location.clone(),
            format!("the text says `{label}` and then `{spelling}`, not `{printed}`"),
            format!("正文中 `{label}` 后面的数是 `{spelling}`，而不是 `{printed}`"),
        )
    };
    let problem = problem.related(text.location(other), format!("the text says `{spelling}` here"), format!("正文此处是 `{spelling}`"))
    .help(
        format!("if the text is right, write `{line}`; else correct the text; if another place is meant, add its `quote`"),
        format!("如果正文正确，请写 `{line}`；否则请改正正文；如果指的是别处，请加上那一处的 `quote`"),
    );
    in_place_of(draft, line, problem)
}

/// The front matter says both that the figure states a metric and that it is no figure.
pub(super) fn exempted(draft: &MetricDraft, range: &Range<usize>, text: &SearchedText<'_>) -> Diagnostic {
    let (label, printed) = (&draft.label.value, &draft.quantity.value);
    Diagnostic::error(
        "metric-is-exempted",
        draft.quantity.location.clone(),
        format!("`not_figures` says that the `{printed}` of `{label}` is no figure"),
        format!("`not_figures` 中写明了 `{printed}` 不是数，而指标 `{label}` 又用了它"),
    )
    .related(text.location(range), "the figure is here", "数在这里")
    .help("remove one of the two", "请删除其中一处")
}

/// The figure of an entry has no unit; where the text has just one figure with this number, it is proposed.
pub(super) fn without_unit(problem: Diagnostic, written: &str, label: &str, words: &Words) -> Diagnostic {
    let begins_so = |found: &&WrittenNumber| {
        let rest = words.get(&found.range).strip_prefix(written);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
    };
    let mut meant = words.numbers.iter().filter(|found| found.kind.quantity().is_some()).filter(begins_so);
    match (meant.next(), meant.next()) {
        (Some(only), None) => {
            let printed = words.printed(&only.range);
            let line = quote::entry(label, "value", printed, Vec::new());
            problem.help(format!("write `{line}`"), format!("请写 `{line}`")).replace(
                written,
                yaml::scalar(printed),
                Certainty::Probable,
            )
        }
        _ => problem,
    }
}

pub(super) fn found_twice(
    draft: &MetricDraft,
    hits: &[Range<usize>],
    proposals: Proposals,
    text: &SearchedText<'_>,
) -> Diagnostic {
    let label = &draft.label.value;
    let printed = &draft.quantity.value;
    let n = hits.len();
    let problem = Diagnostic::error(
        "metric-found-twice",
        draft.quantity.location.clone(),
        format!("the text states `{printed}` {n} times, so `{label}` does not lead to one place"),
        format!("正文中 `{printed}` 出现 {n} 次，无法确定指标 `{label}` 指哪一处"),
    );
    let problem = with_places(problem, hits.iter(), text);
    let explained = hits.iter().take(MOST_PLACES).filter(|_| proposals == Proposals::Sought);
    let lines = explained.filter_map(|hit| {
        let quote = quote_for(hit, text.words)?;
        Some(entry(draft, printed.printed(), Some(&quote)))
    });
    with_choices(problem, draft, lines.collect())
}

/// Offers `line` in place of the entry; not where the entry leads to several places and `line` to one of them.
fn in_place_of(draft: &MetricDraft, line: String, problem: Diagnostic) -> Diagnostic {
    match Edit::at(&draft.location, line) {
        Some(edit) if draft.quotes.len() < 2 => problem.fix(Fix::new(vec![edit], Certainty::Probable)),
        _ => problem,
    }
}

/// Offers entries that can be pasted, one for each place that may be meant.
fn with_choices(problem: Diagnostic, draft: &MetricDraft, lines: Vec<String>) -> Diagnostic {
    if lines.is_empty() {
        return problem.help(
            "add a `quote` with words of the text that lead to one place",
            "请加上 `quote`，写明只指向一处的原文",
        );
    }
    let problem = problem.help(
        format!("write the one that is meant: `{}`", lines.join("` or `")),
        format!("请写所指的那一处：`{}`", lines.join("` 或 `")),
    );
    lines.into_iter().fold(problem, |problem, line| in_place_of(draft, line, problem))
}

pub(super) fn quote_not_found(
    draft: &MetricDraft,
    quote: &Located<String>,
    text: &SearchedText<'_>,
) -> Diagnostic {
    let problem = Diagnostic::error(
        "quote-not-in-text",
        quote.location.clone(),
        format!("the text does not say `{}`", quote.value),
        format!("正文中没有 `{}`", quote.value),
    );
    let alone = || {
        let printed = draft.quantity.value.printed();
        let mut places = text.words.places_of(printed, 0..text.words.text.len());
        places.next().filter(|_| places.next().is_none())
    };
    let Some(range) = nearest_to_quote(draft, quote, text.words).or_else(alone) else {
        return problem.help(
            "copy the quote from the text of this file, out of one paragraph",
            "请从本文件正文的同一段中复制引文",
        );
    };
    let problem = with_places(problem, [&range].into_iter(), text);
    match quote_for(&range, text.words) {
        Some(words) => {
            let line = entry(draft, text.words.get(&range), Some(&words));
            let problem = problem.help(
                format!(
                    "if this place is meant and the text is right, write `{line}`; else correct the text"
                ),
                format!("如果指这一处而且正文正确，请写 `{line}`；否则请改正正文"),
            );
            in_place_of(draft, line, problem)
        }
        None => problem.help("copy the quote from the text of this file", "请从本文件正文中复制引文"),
    }
}

pub(super) fn quote_found_twice(
    draft: &MetricDraft,
    quote: &Located<String>,
    hits: &[Range<usize>],
    text: &SearchedText<'_>,
) -> Diagnostic {
    let n = hits.len();
    let problem = Diagnostic::error(
        "quote-found-twice",
        quote.location.clone(),
        format!("the text says `{}` {n} times", quote.value),
        format!("正文中 `{}` 出现 {n} 次", quote.value),
    );
    let problem = with_places(problem, hits.iter(), text);
    let printed = draft.quantity.value.printed();
    let lines = hits.iter().take(MOST_PLACES).filter_map(|hit| {
        let figure = text.words.places_of(printed, hit.clone()).next()?;
        Some(entry(draft, printed, Some(&quote_for(&figure, text.words)?)))
    });
    with_choices(problem, draft, lines.collect())
}

pub(super) fn quote_without_value(
    draft: &MetricDraft,
    quote: &Located<String>,
    range: &Range<usize>,
    text: &SearchedText<'_>,
) -> Diagnostic {
    let label = &draft.label.value;
    let printed = &draft.quantity.value;
    let problem = Diagnostic::error(
        "quote-without-value",
        quote.location.clone(),
        format!("the quote of `{label}` does not contain `{printed}`"),
        format!("指标 `{label}` 的引文中没有 `{printed}`"),
    )
    .related(draft.quantity.location.clone(), "the figure is written here", "数写在这里");
    let figures = text.words.figures_within(range);
    let mut places: Vec<&Range<usize>> = figures.map(|(number, _)| &number.range).collect();
    if places.is_empty() {
        places.push(range);
    }
    let problem = with_places(problem, places.into_iter(), text);
    problem.help(
        "quote the words of the text around the figure, the figure included, or correct the figure",
        "请引用原文中含有这个数的一段文字，或改正这个数",
    )
}

pub(super) fn quote_with_two(
    draft: &MetricDraft,
    quote: &Located<String>,
    hits: &[Range<usize>],
    text: &SearchedText<'_>,
) -> Diagnostic {
    let printed = &draft.quantity.value;
    let problem = Diagnostic::error(
        "quote-with-two-figures",
        quote.location.clone(),
        format!("the quote says `{printed}` {} times", hits.len()),
        format!("引文中 `{printed}` 出现 {} 次", hits.len()),
    );
    with_places(problem, hits.iter(), text)
        .help("quote fewer words, so that only one of them is left", "请缩短引文，只留下其中一处")
}

pub(super) fn claimed_twice(
    first: &MetricDraft,
    second: &MetricDraft,
    range: &Range<usize>,
    taken: &[BoundPlace],
    text: &SearchedText<'_>,
) -> Diagnostic {
    let (one, other) = (&first.label.value, &second.label.value);
    let printed = text.words.get(range);
    if std::ptr::eq(first, second) {
        return Diagnostic::error(
            "figure-claimed-twice",
            second.quantity.location.clone(),
            format!("two quotes of `{other}` mean the same `{printed}` of the text"),
            format!("指标 `{other}` 的两处引文指的是正文中同一个 `{printed}`"),
        )
        .related(text.location(range), "the figure is here", "数在这里")
        .help("remove one of the two quotes, or quote the other place", "请删除其中一处引文，或改引另一处");
    }
    let problem = Diagnostic::error(
        "figure-claimed-twice",
        second.quantity.location.clone(),
        format!("`{other}` and `{one}` both mean this `{printed}` of the text"),
        format!("指标 `{other}` 与 `{one}` 指的是正文中同一个 `{printed}`"),
    )
    .related(text.location(range), "the figure is here", "数在这里")
    .related(first.quantity.location.clone(), format!("`{one}` is here"), format!("`{one}` 在这里"));
    // One of the two may be wrong; then its own figure is still without a metric.
    let left_over = candidates(second, taken, text.words);
    with_places(problem, left_over.iter().map(|candidate| &candidate.number.range), text).help(
        "correct the one that is wrong, remove it, or give each a quote of its own; what the text says twice is one metric, \
         `quote: [one place, the other]`",
        "请改正或删除有误的那一个，或分别写明引文；正文两次提到同一个数的，只写一个指标，`quote: [一处, 另一处]`",
    )
}

/// An entry of `not_figures:` that the text does not have as something with a number.
///
/// `known` is what the scanner has found there; it may have recognized that this is no figure.
pub(super) fn nothing_to_exempt(
    entry: &Located<String>,
    is_whole: bool,
    known: Option<&WrittenNumber>,
) -> Diagnostic {
    let text = &entry.value;
    let reason = known.and_then(|found| match &found.kind {
        NumberKind::Other(reason) => Some(reason.words()),
        NumberKind::Figure(_) => None,
    });
    if is_whole || reason.is_some() {
        let (english, chinese) = reason.unwrap_or(("no number", "不含数"));
        // A warning only: a scanner that learns to recognize it must not break a site that already says so.
        return Diagnostic::warning(
            "not-figure-without-figure",
            entry.location.clone(),
            format!("`{text}` is known to be no figure: {english}"),
            format!("程序已认出 `{text}` 不是数：{chinese}"),
        )
        .help(
            "remove it; `gongkai figures` lists what is left",
            "不必填写，请删除；`gongkai figures` 会列出其余的数",
        );
    }
    Diagnostic::error(
        "not-figure-not-in-text",
        entry.location.clone(),
        format!("the text does not say `{text}`, or only as a part of a longer number"),
        format!("正文中没有 `{text}`，或它只是一个数的一部分"),
    )
    .help(
        "copy the words from the text of this file, with the number whole",
        "请从本文件正文中复制，数要完整",
    )
}

fn with_places<'a>(
    problem: Diagnostic,
    places: impl Iterator<Item = &'a Range<usize>>,
    text: &SearchedText<'_>,
) -> Diagnostic {
    places.take(MOST_PLACES).fold(problem, |problem, range| {
        let printed = text.words.get(range);
        problem.related(
            text.location(range),
            format!("the text says `{printed}` here"),
            format!("正文此处是 `{printed}`"),
        )
    })
}

/// A figure of the text that may have been meant.
struct Candidate<'a> {
    number: &'a WrittenNumber,
    score: usize,
    /// Whether it says the same or differs by a slip of the hand, so that it can be proposed.
    is_likely: bool,
}

/// Returns the figures that were probably meant, the likeliest first.
fn candidates<'a>(draft: &MetricDraft, taken: &[BoundPlace], words: &'a Words) -> Vec<Candidate<'a>> {
    let wanted = &draft.quantity.value;
    let left =
        words.numbers.iter().filter(|found| !taken.iter().any(|place| overlaps(&place.range, &found.range)));
    let mut candidates: Vec<Candidate<'_>> = left
        .take(MOST_LOOKED_AT)
        .filter_map(|found| {
            // What is no figure by itself (一个) may be one with a slip in it (三个).
            let quantity = Quantity::parse(words.printed(&found.range)).ok()?;
            let clause = sentence::around(&words.text, found.range.clone(), sentence::ends_clause);
            let is_same_unit = quantity.unit() == wanted.unit();
            let is_same_value = quantity.value() == wanted.value();
            let n_slips = n_slips(wanted.printed(), quantity.printed());
            let n_pairs = shared_pairs(&draft.label.value, words.get(&clause));
            let is_likely = is_same_value || (is_same_unit && n_slips <= 2);
            let score = 2 * usize::from(is_same_unit)
                + 3 * usize::from(is_same_value)
                + 2_usize.saturating_sub(n_slips)
                + n_pairs;
            (is_likely || (is_same_unit && n_pairs > 1)).then_some(Candidate {
                number: found,
                score,
                is_likely,
            })
        })
        .collect();
    candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.score), candidate.number.range.start));
    candidates.truncate(MOST_PLACES);
    candidates
}

/// Counts the pairs of neighboring characters of `label` that also stand in `text`, four at most.
fn shared_pairs(label: &str, text: &str) -> usize {
    let pairs = label.chars().zip(label.chars().skip(1)).map(|(one, other)| String::from_iter([one, other]));
    pairs.filter(|pair| text.contains(pair.as_str())).take(4).count()
}

/// Returns the figure whose surroundings are most like those in the quote.
fn nearest_to_quote(draft: &MetricDraft, quote: &Located<String>, words: &Words) -> Option<Range<usize>> {
    let printed = draft.quantity.value.printed();
    let (before, behind) = quote.value.split_once(printed).unwrap_or((&quote.value, ""));
    let same = |(a, b): &(char, char)| width::fold(*a) == width::fold(*b);
    let alike = |found: &WrittenNumber| {
        let (text, rest) = words.text.split_at(found.range.start);
        let rest = rest.get(found.range.len()..).unwrap_or_default();
        let back = before.chars().rev().zip(text.chars().rev()).take_while(same).count();
        back + behind.chars().zip(rest.chars()).take_while(same).count()
    };
    let readable = words.numbers.iter().filter(|found| found.kind != NumberKind::Other(NoFigure::Unclear));
    let scored = readable.map(|found| (alike(found), std::cmp::Reverse(found.range.start), found));
    let (score, _, found) = scored.max_by_key(|(score, start, _)| (*score, *start))?;
    (score >= 2).then(|| found.range.clone())
}

/// Writes the entry of `metrics:` that leads to `range`, with all that it says beside the figure.
fn line_for(draft: &MetricDraft, range: &Range<usize>, words: &Words) -> String {
    let printed = words.printed(range);
    let is_alone = words.places_of(printed, 0..words.text.len()).count() == 1;
    let quote = quote_for(range, words).filter(|_| !is_alone || !draft.quotes.is_empty());
    entry(draft, printed, quote.as_deref())
}

fn entry(draft: &MetricDraft, printed: &str, quote: Option<&str>) -> String {
    let day =
        draft.as_of.as_ref().map(|day| day.value.iso().unwrap_or_else(|| day.value.printed().to_owned()));
    let others = [
        ("quote", quote.map(Tree::text)),
        ("id", draft.id.as_ref().map(|id| Tree::text(&id.value))),
        ("as_of", day.map(Tree::Text)),
        ("direction", draft.direction.as_ref().map(|direction| Tree::text(direction.value.id()))),
        ("note", draft.note.as_ref().map(Tree::text)),
        ("key", draft.is_key.then_some(Tree::Flag(true))),
        ("proposed", draft.is_proposed.then_some(Tree::Flag(true))),
    ];
    let others = others.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
    let key = if draft.is_again { "again" } else { "value" };
    quote::entry(&draft.label.value, key, printed, others)
}
