//! What is said where the front matter and the text disagree about a figure: both places, and what to write instead.

use std::ops::Range;

use super::bind::{Context, Place, overlaps};
use super::draft::Draft;
use super::quote::{self, quote_for};
use super::words::Words;
use crate::diagnostic::{Diagnostic, Located, Location};
use crate::figure::{NoFigure, NumberKind, Quantity, WrittenNumber};
use crate::text::{n_slips, sentence, width};
use crate::yaml::Tree;

/// The most places that one message shows.
const MOST_PLACES: usize = 3;

/// The most figures of a text among which the one that was meant is sought.
const MOST_LOOKED_AT: usize = 2_000;

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

/// No place states the figure.
///
/// The code is `metric-printed-differently` where the text has the same value in another spelling, else
/// `metric-not-in-text`.
/// `is_explained` asks for what may have been meant, which takes a walk through the text.
pub(super) fn not_found(
    draft: &Draft,
    taken: &[Place],
    is_explained: bool,
    context: &Context<'_>,
) -> Diagnostic {
    let whole = 0..context.words.text.len();
    if let Some(longer) = longer_number(draft, &whole, context.words).filter(|_| is_explained) {
        return goes_on(draft, &draft.quantity.location, &longer, context);
    }
    let label = &draft.label.value;
    let printed = &draft.quantity.value;
    let candidates = if is_explained { candidates(draft, taken, context.words) } else { Vec::new() };
    let same_value = candidates.first().filter(|best| {
        let other = best.found.kind.quantity();
        other.is_some_and(|other| other.value() == printed.value() && other.unit() == printed.unit())
    });
    let problem = match same_value {
        Some(best) => printed_differently(draft, context.words.get(&best.found.range)),
        None => Diagnostic::error(
            "metric-not-in-text",
            draft.quantity.location.clone(),
            format!("the text does not state `{printed}`, the figure of `{label}`"),
            format!("正文中没有指标 `{label}` 的数 `{printed}`"),
        ),
    };
    let problem = with_places(problem, candidates.iter().map(|candidate| &candidate.found.range), context);
    match candidates.first().filter(|best| best.is_likely) {
        Some(best) => {
            let line = line_for(draft, &best.found.range, context.words);
            problem.help(
                format!("if the text is right, write `{line}`; else correct the text"),
                format!("如果正文正确，请写 `{line}`；否则请改正正文"),
            )
        }
        None => problem.help(
            "a metric stands in the file whose text below the front matter states its figure, written exactly so; \
             headings do not count",
            "指标要写在正文印有这个数的那个文件里，写法与正文完全一致；标题中的数不算",
        ),
    }
}

/// Returns the number of the text, in `within`, that has the figure as a part of it.
pub(super) fn longer_number(draft: &Draft, within: &Range<usize>, words: &Words) -> Option<Range<usize>> {
    let has_figure = |found: &&WrittenNumber| {
        found.kind == NumberKind::Other(NoFigure::Unclear)
            && words.get(&found.range).contains(draft.quantity.value.printed())
    };
    words.found_in(within).find(has_figure).map(|found| found.range.clone())
}

/// The text states the figure only as a part of the number at `longer`; `location` is what speaks of it.
pub(super) fn goes_on(
    draft: &Draft,
    location: &Location,
    longer: &Range<usize>,
    context: &Context<'_>,
) -> Diagnostic {
    let (label, printed) = (&draft.label.value, draft.quantity.value.printed());
    let whole = context.words.get(longer);
    let problem = Diagnostic::error(
        "number-goes-on",
        location.clone(),
        format!("the `{printed}` of `{label}` is only a part of `{whole}` in the text"),
        format!("正文中 `{whole}` 只有一部分是指标 `{label}` 的 `{printed}`"),
    )
    .related((context.locate)(longer), "the number stands here", "数在这里");
    if Quantity::parse(whole).is_ok() {
        let line = line_for(draft, longer, context.words);
        return problem.help(
            format!("if all of it is the figure, write `{line}`; else correct the text"),
            format!("如果它整个就是这个数，请写 `{line}`；否则请改正正文"),
        );
    }
    problem.help(
        "correct the text if a character has slipped in; if the approved text says so, leave the metric out: such a number \
         cannot be read for sure",
        "如果是多了字符，请改正正文；如果审定稿就是这样写的，请删去这个指标：这样的数无法可靠识读",
    )
}

/// The text has the same value in another spelling.
fn printed_differently(draft: &Draft, spelling: &str) -> Diagnostic {
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
pub(super) fn label_before_other(draft: &Draft, other: &Range<usize>, context: &Context<'_>) -> Diagnostic {
    let (label, printed) = (&draft.label.value, &draft.quantity.value);
    let spelling = context.words.get(other);
    let line = line_for(draft, other, context.words);
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
    problem.related((context.locate)(other), format!("the text says `{spelling}` here"), format!("正文此处是 `{spelling}`"))
    .help(
        format!("if the text is right, write `{line}`; else correct the text; if another place is meant, add its `quote`"),
        format!("如果正文正确，请写 `{line}`；否则请改正正文；如果指的是别处，请加上那一处的 `quote`"),
    )
}

/// The front matter says both that the figure is a metric's and that it is none.
pub(super) fn exempted(draft: &Draft, range: &Range<usize>, context: &Context<'_>) -> Diagnostic {
    let (label, printed) = (&draft.label.value, &draft.quantity.value);
    Diagnostic::error(
        "metric-is-exempted",
        draft.quantity.location.clone(),
        format!("`not_figures` says that the `{printed}` of `{label}` is no figure"),
        format!("`not_figures` 中写明了 `{printed}` 不是数，而指标 `{label}` 又用了它"),
    )
    .related((context.locate)(range), "the figure is here", "数在这里")
    .help("remove one of the two", "请删除其中一处")
}

/// The figure of an entry has no unit; where the text has just one figure with this number, it is proposed.
pub(super) fn without_unit(problem: Diagnostic, written: &str, label: &str, words: &Words) -> Diagnostic {
    let begins_so = |found: &&WrittenNumber| {
        let rest = words.get(&found.range).strip_prefix(written);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
    };
    let mut meant = words.found.iter().filter(|found| found.kind.quantity().is_some()).filter(begins_so);
    match (meant.next(), meant.next()) {
        (Some(only), None) => {
            let line = quote::entry(label, "value", words.printed(&only.range), Vec::new());
            problem.help(format!("write `{line}`"), format!("请写 `{line}`"))
        }
        _ => problem,
    }
}

/// Several places state the figure.
///
/// `is_explained` asks for the entries that lead to each of them, which takes walks through the text.
pub(super) fn found_twice(
    draft: &Draft,
    hits: &[Range<usize>],
    is_explained: bool,
    context: &Context<'_>,
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
    let problem = with_places(problem, hits.iter(), context);
    let n_explained = if is_explained { MOST_PLACES } else { 0 };
    let lines = hits.iter().take(n_explained).filter_map(|hit| {
        let quote = quote_for(hit, context.words)?;
        Some(long_form(draft, &printed.to_string(), &quote))
    });
    with_choices(problem, &lines.collect::<Vec<_>>())
}

/// Offers entries that can be pasted, one for each place that may be meant.
fn with_choices(problem: Diagnostic, lines: &[String]) -> Diagnostic {
    if lines.is_empty() {
        return problem.help(
            "add a `quote` with words of the text that lead to one place",
            "请加上 `quote`，写明只指向一处的原文",
        );
    }
    problem.help(
        format!("write the one that is meant: `{}`", lines.join("` or `")),
        format!("请写所指的那一处：`{}`", lines.join("` 或 `")),
    )
}

/// The text does not have the quote.
pub(super) fn quote_not_found(draft: &Draft, quote: &Located<String>, context: &Context<'_>) -> Diagnostic {
    let problem = Diagnostic::error(
        "quote-not-in-text",
        quote.location.clone(),
        format!("the text does not say `{}`", quote.value),
        format!("正文中没有 `{}`", quote.value),
    );
    let alone = || {
        let printed = draft.quantity.value.printed();
        let mut places = context.words.places_of(printed, 0..context.words.text.len());
        places.next().filter(|_| places.next().is_none())
    };
    let Some(range) = nearest_to_quote(draft, quote, context.words).or_else(alone) else {
        return problem.help(
            "copy the quote from the text of this file, out of one paragraph",
            "请从本文件正文的同一段中复制引文",
        );
    };
    let problem = with_places(problem, [&range].into_iter(), context);
    match quote_for(&range, context.words) {
        Some(words) => {
            let line = long_form(draft, context.words.get(&range), &words);
            problem.help(
                format!(
                    "if this place is meant and the text is right, write `{line}`; else correct the text"
                ),
                format!("如果指这一处而且正文正确，请写 `{line}`；否则请改正正文"),
            )
        }
        None => problem.help("copy the quote from the text of this file", "请从本文件正文中复制引文"),
    }
}

/// The text has the quote more than once.
pub(super) fn quote_found_twice(
    draft: &Draft,
    quote: &Located<String>,
    hits: &[Range<usize>],
    context: &Context<'_>,
) -> Diagnostic {
    let n = hits.len();
    let problem = Diagnostic::error(
        "quote-found-twice",
        quote.location.clone(),
        format!("the text says `{}` {n} times", quote.value),
        format!("正文中 `{}` 出现 {n} 次", quote.value),
    );
    let problem = with_places(problem, hits.iter(), context);
    let printed = draft.quantity.value.printed();
    let lines = hits.iter().take(MOST_PLACES).filter_map(|hit| {
        let figure = context.words.places_of(printed, hit.clone()).next()?;
        Some(long_form(draft, printed, &quote_for(&figure, context.words)?))
    });
    with_choices(problem, &lines.collect::<Vec<_>>())
}

/// The quote does not hold the figure.
pub(super) fn quote_without_value(
    draft: &Draft,
    quote: &Located<String>,
    range: &Range<usize>,
    context: &Context<'_>,
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
    let inside = |found: &&WrittenNumber| range.start <= found.range.start && found.range.end <= range.end;
    let figures = context.words.found.iter().filter(inside).filter(|found| found.kind.quantity().is_some());
    let mut places: Vec<&Range<usize>> = figures.map(|found| &found.range).collect();
    if places.is_empty() {
        places.push(range);
    }
    let problem = with_places(problem, places.into_iter(), context);
    problem.help(
        "quote the words of the text around the figure, the figure included, or correct the figure",
        "请引用原文中含有这个数的一段文字，或改正这个数",
    )
}

/// The quote holds the figure more than once.
pub(super) fn quote_with_two(
    draft: &Draft,
    quote: &Located<String>,
    hits: &[Range<usize>],
    context: &Context<'_>,
) -> Diagnostic {
    let printed = &draft.quantity.value;
    let problem = Diagnostic::error(
        "quote-with-two-figures",
        quote.location.clone(),
        format!("the quote says `{printed}` {} times", hits.len()),
        format!("引文中 `{printed}` 出现 {} 次", hits.len()),
    );
    with_places(problem, hits.iter(), context)
        .help("quote fewer words, so that only one of them is left", "请缩短引文，只留下其中一处")
}

/// Two metrics claim one figure.
pub(super) fn claimed_twice(
    first: &Draft,
    second: &Draft,
    range: &Range<usize>,
    taken: &[Place],
    context: &Context<'_>,
) -> Diagnostic {
    let (one, other) = (&first.label.value, &second.label.value);
    let printed = context.words.get(range);
    if std::ptr::eq(first, second) {
        return Diagnostic::error(
            "figure-claimed-twice",
            second.quantity.location.clone(),
            format!("two quotes of `{other}` mean the same `{printed}` of the text"),
            format!("指标 `{other}` 的两处引文指的是正文中同一个 `{printed}`"),
        )
        .related((context.locate)(range), "the figure is here", "数在这里")
        .help("remove one of the two quotes, or quote the other place", "请删除其中一处引文，或改引另一处");
    }
    let problem = Diagnostic::error(
        "figure-claimed-twice",
        second.quantity.location.clone(),
        format!("`{other}` and `{one}` both mean this `{printed}` of the text"),
        format!("指标 `{other}` 与 `{one}` 指的是正文中同一个 `{printed}`"),
    )
    .related((context.locate)(range), "the figure is here", "数在这里")
    .related(first.quantity.location.clone(), format!("`{one}` is here"), format!("`{one}` 在这里"));
    // One of the two may be wrong; then its own figure is still without a metric.
    let left_over = candidates(second, taken, context.words);
    with_places(problem, left_over.iter().map(|candidate| &candidate.found.range), context).help(
        "correct the one that is wrong, remove it, or give each a quote of its own; what the text says twice is one metric, \
         `quote: [one place, the other]`",
        "请改正或删除有误的那一个，或分别写明引文；正文两次提到同一个数的，只写一个指标，`quote: [一处, 另一处]`",
    )
}

/// An entry of `not_figures:` that the text does not have as something with a number.
///
/// `known` is what the scanner has found there; it may have told by itself that this is no figure.
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
        // What the program learns to tell apart must not break a site that said so itself.
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
    context: &Context<'_>,
) -> Diagnostic {
    places.take(MOST_PLACES).fold(problem, |problem, range| {
        let printed = context.words.get(range);
        problem.related(
            (context.locate)(range),
            format!("the text says `{printed}` here"),
            format!("正文此处是 `{printed}`"),
        )
    })
}

/// A figure of the text that may have been meant.
struct Candidate<'a> {
    found: &'a WrittenNumber,
    score: usize,
    /// Whether it says the same or differs by a slip of the hand, so that it can be proposed.
    is_likely: bool,
}

/// Returns the figures that were probably meant, the likeliest first.
fn candidates<'a>(draft: &Draft, taken: &[Place], words: &'a Words) -> Vec<Candidate<'a>> {
    let wanted = &draft.quantity.value;
    let left =
        words.found.iter().filter(|found| !taken.iter().any(|place| overlaps(&place.range, &found.range)));
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
            (is_likely || (is_same_unit && n_pairs > 1)).then_some(Candidate { found, score, is_likely })
        })
        .collect();
    candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.score), candidate.found.range.start));
    candidates.truncate(MOST_PLACES);
    candidates
}

/// Counts the pairs of neighboring characters of `label` that `text` has, too; more than four say no more.
fn shared_pairs(label: &str, text: &str) -> usize {
    let pairs = label.chars().zip(label.chars().skip(1)).map(|(one, other)| String::from_iter([one, other]));
    pairs.filter(|pair| text.contains(pair.as_str())).take(4).count()
}

/// Returns the figure whose surroundings are most like those in the quote.
fn nearest_to_quote(draft: &Draft, quote: &Located<String>, words: &Words) -> Option<Range<usize>> {
    let printed = draft.quantity.value.printed();
    let (before, behind) = quote.value.split_once(printed).unwrap_or((&quote.value, ""));
    let same = |(a, b): &(char, char)| width::fold(*a) == width::fold(*b);
    let alike = |found: &WrittenNumber| {
        let (text, rest) = words.text.split_at(found.range.start);
        let rest = rest.get(found.range.len()..).unwrap_or_default();
        let back = before.chars().rev().zip(text.chars().rev()).take_while(same).count();
        back + behind.chars().zip(rest.chars()).take_while(same).count()
    };
    let readable = words.found.iter().filter(|found| found.kind != NumberKind::Other(NoFigure::Unclear));
    let scored = readable.map(|found| (alike(found), std::cmp::Reverse(found.range.start), found));
    let (score, _, found) = scored.max_by_key(|(score, start, _)| (*score, *start))?;
    (score >= 2).then(|| found.range.clone())
}

/// Writes the entry of `metrics:` that leads to `range`, with all that it says beside the figure.
fn line_for(draft: &Draft, range: &Range<usize>, words: &Words) -> String {
    let printed = words.printed(range);
    let is_alone = words.places_of(printed, 0..words.text.len()).count() == 1;
    match quote_for(range, words).filter(|_| !is_alone || !draft.quotes.is_empty()) {
        Some(quote) => long_form(draft, printed, &quote),
        None => entry(draft, printed, None),
    }
}

fn long_form(draft: &Draft, printed: &str, quote: &str) -> String {
    entry(draft, printed, Some(quote))
}

fn entry(draft: &Draft, printed: &str, quote: Option<&str>) -> String {
    let day =
        draft.as_of.as_ref().map(|day| day.value.iso().unwrap_or_else(|| day.value.printed().to_owned()));
    let others = [
        ("quote", quote.map(Tree::text)),
        ("id", draft.id.as_ref().map(|id| Tree::text(&id.value))),
        ("as_of", day.map(Tree::Text)),
        ("direction", draft.direction.as_ref().map(|direction| Tree::text(direction.value.id()))),
        ("note", draft.note.as_ref().map(Tree::text)),
        ("proposed", draft.is_proposed.then_some(Tree::Flag(true))),
    ];
    let others = others.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
    let key = if draft.is_again { "again" } else { "value" };
    quote::entry(&draft.label.value, key, printed, others)
}
