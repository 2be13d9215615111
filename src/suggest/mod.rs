//! The figures of which nothing is said → entries to paste under `metrics:` and `not_figures:` of their files.
//!
//! Start with [`suggest`]; [`written`] puts the entries into the texts of the files. It reads each file once more, so that it sees the very words in which metrics are bound; an entry
//! is written in the short form only where the binder would find its one place by it. Names come from `label`, quotes from
//! `quote`; `exempt` knows what is no figure, `repeats` what the notice says twice. Nothing is written to a file or printed.

mod exempt;
mod label;
mod relation;
mod repeats;
#[cfg(test)]
mod table;
mod vocabulary;
mod written;

use std::collections::BTreeMap;
use std::ops::Range;

use self::exempt::no_figure;
use self::label::{Label, labels};
pub use self::relation::Doubt;
use self::repeats::{OpenFigure, StatedFigure};
pub use self::written::{Summary, Written, written};
use crate::binding::{self, Words, behind_label, figures_behind_label, quote_for};
use crate::content::front_matter;
use crate::diagnostic::{Diagnostics, SourcePath};
use crate::disk::{self, Sources};
use crate::figure::Quantity;
use crate::keys;
use crate::markdown;
use crate::notice::{Claim, Figure, Notice, Passage, PassageId};
use crate::text::numeral;
use crate::yaml::Tree;

/// The most figures of a file that are looked at: each costs a walk through its text, and editors paste fewer at once.
const MOST: usize = 400;

/// What one file could say about its open figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestions {
    /// The file.
    pub source: SourcePath,
    /// Entries for `metrics:`, in reading order.
    pub metrics: Vec<SuggestedMetric>,
    /// Entries for `not_figures:`.
    pub not_figures: Vec<String>,
    /// Entries for `relations:`, between metrics that the notice has or that are suggested.
    pub relations: Vec<String>,
    /// Relations that the words state and the figures do not keep.
    pub doubts: Vec<Doubt>,
    /// Whether the file has `metrics:` already.
    pub has_metrics: bool,
    /// Whether the file has `not_figures:` already.
    pub has_not_figures: bool,
    /// Whether the file has `relations:` already.
    pub has_relations: bool,
    /// How many open figures are left out because there are too many.
    pub left_out: usize,
}

/// An entry for `metrics:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestedMetric {
    /// A name, unique in the notice.
    pub label: String,
    /// The figure as printed.
    pub printed: String,
    /// Words of the text that lead to each of its printings, where the figure and its name do not.
    pub quotes: Vec<String>,
    /// Whether the name reads well; else it is only a beginning.
    pub is_good: bool,
    /// Whether the entry leads to one place; not so where the text says the same twice, word for word.
    pub is_bound: bool,
    /// What to write if it is only a further printing of what the notice states already.
    pub repeats: Option<Repeats>,
}

/// A metric that an open figure may print once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeats {
    /// Its name.
    pub label: String,
    /// Its entry with the further printing, as a line of YAML.
    pub yaml: String,
}

impl SuggestedMetric {
    /// Returns the entry as a line of YAML, without indent.
    pub fn yaml(&self) -> String {
        entry(&self.label, "value", &self.printed, &self.quotes, !self.is_good)
    }
}

/// Writes an entry; `key` is `value` or `again`. One that is proposed says that somebody has to look at its name.
fn entry(label: &str, key: &str, printed: &str, quotes: &[String], is_proposed: bool) -> String {
    let quotes = match quotes {
        [] => None,
        [quote] => Some(Tree::text(quote)),
        quotes => Some(Tree::texts(quotes)),
    };
    let quotes = quotes.map(|quotes| ("quote", quotes));
    let proposed = is_proposed.then_some(("proposed", Tree::Flag(true)));
    binding::entry(label, key, printed, quotes.into_iter().chain(proposed).collect())
}

/// Suggests entries for every file of `notice` with open figures, or with figures that fit together as its words say;
/// `sources` and `options` are those that it was read with.
pub fn suggest(notice: &Notice, sources: &Sources, options: &markdown::Options) -> Vec<Suggestions> {
    let mut suggestions = of_open_figures(notice, sources, options);
    for (source, has_relations, found) in written::relations_to_be(notice, sources, options) {
        if found.formulas.is_empty() && found.doubts.is_empty() {
            continue;
        }
        let at = suggestions.iter().position(|file| file.source == source).unwrap_or_else(|| {
            suggestions.push(Suggestions::none(&source));
            suggestions.len() - 1
        });
        if let Some(file) = suggestions.get_mut(at) {
            file.has_relations = has_relations;
            (file.relations, file.doubts) = (found.formulas, found.doubts);
        }
    }
    let order: Vec<&SourcePath> = notice.passages().map(|(_, passage)| &passage.source).collect();
    suggestions.sort_by_key(|file| order.iter().position(|source| **source == file.source));
    suggestions
}

impl Suggestions {
    /// Returns a file without any.
    fn none(source: &SourcePath) -> Self {
        Self {
            source: source.clone(),
            metrics: Vec::new(),
            not_figures: Vec::new(),
            relations: Vec::new(),
            doubts: Vec::new(),
            has_metrics: false,
            has_not_figures: false,
            has_relations: false,
            left_out: 0,
        }
    }
}

/// Suggests entries for `metrics:` and `not_figures:`.
fn of_open_figures(notice: &Notice, sources: &Sources, options: &markdown::Options) -> Vec<Suggestions> {
    let metrics = notice.metrics().map(|(_, metric)| metric);
    let names = metrics.flat_map(|metric| [metric.label.value.clone(), metric.id.clone()]);
    let mut names = Names(names.map(|name| (name, 1)).collect());
    let mut known = StatedFigure::of(notice);
    let files = notice.passages().filter_map(|(id, passage)| {
        let Passage { source, figures, .. } = passage;
        if figures.iter().all(|figure| figure.claim != Claim::None) {
            return None;
        }
        // Its problems have been reported when it was first read.
        let text = disk::text(source, sources.get(source)?, &mut Diagnostics::new())?;
        let file = File { source, text, figures, passage: id };
        file.suggestions(options, &mut names, &mut known)
    });
    files.collect()
}

/// A file with open figures.
struct File<'a> {
    source: &'a SourcePath,
    text: &'a str,
    figures: &'a [Figure],
    passage: PassageId,
}

impl File<'_> {
    fn suggestions(
        &self,
        options: &markdown::Options,
        names: &mut Names,
        known: &mut Vec<StatedFigure>,
    ) -> Option<Suggestions> {
        let mut unheard = Diagnostics::new();
        let (fields, body) = front_matter::open(self.source, self.text, options, &mut unheard);
        let fields = fields?;
        let mut blocks = markdown::parse(self.source, self.text, body, options, &mut unheard);
        let cells = binding::cells(&blocks);
        let lines = markdown::lines_mut(&mut blocks);
        let words = Words::new(&lines, &cells);

        let claims: BTreeMap<usize, &Claim> =
            self.figures.iter().map(|figure| (figure.range.start, &figure.claim)).collect();
        let (mut open, mut claimed) = (Vec::new(), Vec::new());
        for found in words.numbers.iter().filter(|found| found.kind.quantity().is_some()) {
            match claims.get(&words.in_file(&found.range, &lines).start) {
                Some(Claim::None) => open.push(found.range.clone()),
                Some(Claim::Metric { id, .. }) => claimed.push((found.range.clone(), Some(id.as_str()))),
                Some(Claim::NotAFigure) | None => claimed.push((found.range.clone(), None)),
            }
        }
        let mut suggestions = Suggestions {
            has_metrics: fields.has(&keys::METRICS),
            has_not_figures: fields.has(&keys::NOT_FIGURES),
            has_relations: fields.has(&keys::RELATIONS),
            left_out: open.len().saturating_sub(MOST),
            ..Suggestions::none(self.source)
        };
        let taken: Vec<Range<usize>> = claimed.iter().map(|(range, _)| range.clone()).collect();
        let mut figures: Vec<OpenFigure> = Vec::new();
        for at in open.iter().take(MOST) {
            match no_figure(at, &words, &taken) {
                Some(name) if suggestions.not_figures.contains(&name) => {}
                Some(name) => suggestions.not_figures.push(name),
                None => {
                    for label in labels(&words, at) {
                        repeats::push(&mut figures, OpenFigure::new(at, label, &words));
                    }
                }
            }
        }
        for figure in figures {
            let repeated = repeats::of_known(&figure, known, &claimed, self.passage, &words);
            let metric = metric(&figure, repeated, &words, names);
            known.push(StatedFigure::suggested(&metric, &figure, self.passage));
            suggestions.metrics.push(metric);
        }
        Some(suggestions)
    }
}

fn metric(
    figure: &OpenFigure,
    repeats: Option<Repeats>,
    words: &Words,
    names: &mut Names,
) -> SuggestedMetric {
    let printed = figure.printed.clone();
    let label = names.unique(figure.label.clone());
    let is_led_to = matches!(figure.ranges.as_slice(), [at] if leads_there(&label.text, &printed, at, words));
    let needing_quotes = figure.ranges.iter().filter(|_| !is_led_to);
    let quotes: Vec<String> = needing_quotes.filter_map(|at| quote_for(at, words)).collect();
    let is_bound = is_led_to || quotes.len() == figure.ranges.len();
    let is_good = label.is_good && repeats.is_none();
    SuggestedMetric { label: label.text, printed, quotes, is_good, is_bound, repeats }
}

/// Tells whether the short form leads to `at` and nowhere else, whatever other metrics claim.
fn leads_there(label: &str, printed: &str, at: &Range<usize>, words: &Words) -> bool {
    let mut labeled = behind_label(label, printed, words);
    match (labeled.next(), labeled.next()) {
        (Some(place), None) => place == *at,
        (Some(_), Some(_)) => false,
        // Where the label stands in front of another figure, that one would be meant.
        (None, _) => {
            let quantity = Quantity::parse(printed).ok();
            let other = quantity.and_then(|one| figures_behind_label(label, one.unit(), words).next());
            other.is_none() && words.places_of(printed, 0..words.text.len()).take(2).eq([at.clone()])
        }
    }
}

/// The names that the notice has, each with how often it was wanted.
struct Names(BTreeMap<String, u64>);

impl Names {
    /// Takes a name, or one made of it that is free: 推文之二.
    fn unique(&mut self, label: Label) -> Label {
        let mut n = self.0.get(&label.text).copied().unwrap_or_default();
        if n == 0 {
            self.0.insert(label.text.clone(), 1);
            return label;
        }
        loop {
            n += 1;
            let text = format!("{}之{}", label.text, numeral::print(n));
            if !self.0.contains_key(&text) {
                self.0.insert(label.text, n);
                self.0.insert(text.clone(), 1);
                return Label { text, is_good: false };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Content, Drafts, Loaded, parse};
    use crate::yaml;
    use proptest::prelude::*;

    /// Reads a notice with one section.
    fn read(metrics: &str, text: &str) -> (Loaded, Content, Vec<String>) {
        let mut loaded = Loaded::default();
        let notice = "---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\n---\n现予以公布。\n";
        let section = format!("---\nheading: 一、关于“甲”问题的整改情况\n{metrics}---\n{text}\n");
        loaded.sources.insert(SourcePath::new("content/n/notice.md"), notice.into());
        loaded.sources.insert(SourcePath::new("content/n/01.md"), section.into());
        let mut diagnostics = Diagnostics::new();
        let content = parse(&loaded, &markdown::Options::default(), Drafts::LeftOut, &mut diagnostics);
        // That a name is to be looked at is no problem of the entry.
        let problems = diagnostics.iter().filter(|problem| problem.code != "proposed-metric");
        let problems = problems.map(|problem| format!("{}: {}", problem.code, problem.message));
        let problems = problems.collect();
        (loaded, content, problems)
    }

    fn suggestions(metrics: &str, text: &str) -> Vec<Suggestions> {
        let (loaded, content, _) = read(metrics, text);
        suggest(&content.notices[0], &loaded.sources, &markdown::Options::default())
    }

    /// Writes what is suggested as the editor would paste it.
    fn pasted(suggestions: &[Suggestions]) -> String {
        let mut lines = Vec::new();
        for file in suggestions {
            let entries = file.metrics.iter().filter(|metric| metric.is_bound);
            let entries: Vec<String> = entries.map(|metric| format!("  {}\n", metric.yaml())).collect();
            if !entries.is_empty() && !file.has_metrics {
                lines.push("metrics:\n".to_owned());
            }
            lines.extend(entries);
            if !file.not_figures.is_empty() {
                lines.push("not_figures:\n".to_owned());
            }
            lines.extend(file.not_figures.iter().map(|name| format!("  - {}\n", yaml::scalar(name))));
        }
        lines.concat()
    }

    #[track_caller]
    fn check(metrics: &str, text: &str, expected: &str) {
        assert_eq!(pasted(&suggestions(metrics, text)), expected, "{text}");
    }

    #[test]
    fn figures_that_stand_alone_need_no_quote() {
        check("", "发推文27篇。", "metrics:\n  推文: 27篇\n");
        check("", "移交的10件信访件已办结。", "metrics:\n  移交信访件: 10件\n");
        check("", "发推文27篇，转发27篇。", "metrics:\n  推文: 27篇\n  转发: 27篇\n");
    }

    #[test]
    fn one_figure_may_have_several_entries() {
        check("", "填报及时率、规范率均达100%。", "metrics:\n  填报及时率: 100%\n  规范率: 100%\n");
        check_pasting("", "填报及时率、规范率均达100%。甲村、乙村和丙村各5户，办结率为100%。");
    }

    #[test]
    fn others_get_a_quote() {
        check(
            "",
            "其中2人给予批评教育，另有2人给予诫勉。",
            "metrics:\n  批评教育: {value: 2人, quote: 2人给予批评教育}\n  诫勉: {value: 2人, quote: 2人给予诫勉}\n",
        );
    }

    #[test]
    fn names_are_unique() {
        check(
            "metrics:\n  推文: 27篇\n",
            "发推文27篇。又发推文9篇。",
            "  推文之二: {value: 9篇, proposed: true}\n",
        );
        check(
            "",
            "发推文7篇。发推文8篇。",
            "metrics:\n  推文: 7篇\n  推文之二: {value: 8篇, proposed: true}\n",
        );
    }

    #[test]
    fn names_with_a_number_are_no_figures() {
        check("", "开展百米15分钟警务圈建设。", "not_figures:\n  - 15分钟警务圈\n");
        check("metrics:\n  圈: 15分钟\n", "建设15分钟警务圈。", "");
        check("", "开展七大行动、推进五大工程。", "not_figures:\n  - 七大行动\n  - 五大工程\n");
        check("", "梳理10大类事项。", "metrics:\n  事项: {value: 10大类, proposed: true}\n");
    }

    #[test]
    fn periods_and_deadlines_are_no_figures() {
        check("", "开展为期2个月的整治。", "not_figures:\n  - 为期2个月\n");
        check("", "每月2次接访。", "not_figures:\n  - 每月2次\n");
        check("", "诉求24小时内办结。", "not_figures:\n  - 24小时内\n");
        check("", "3日内答复，3日内办结。", "not_figures:\n  - 3日内答复\n  - 3日内办结\n");
        check("", "先后5次召开党委会。", "metrics:\n  召开党委会: 5次\n");
    }

    #[test]
    fn further_printings_share_an_entry() {
        check(
            "",
            "涉及14类40项问题。对反馈的40项问题逐项整改。",
            "metrics:\n  涉及: {value: 14类, proposed: true}\n  反馈问题: {value: 40项, quote: [涉及14类40项, 对反馈的40项], proposed: true}\n",
        );
        check(
            "",
            "市局发推文27篇。先后发推文27篇。",
            "metrics:\n  推文: {value: 27篇, quote: [市局发推文27篇, 先后发推文27篇]}\n",
        );
    }

    #[test]
    fn what_is_bound_already_is_told() {
        let metrics = "metrics:\n  反馈问题: {value: 40项, quote: 14类40项}\n";
        let found = suggestions(metrics, "涉及14类40项问题。对反馈的40项问题逐项整改。");
        let told = found[0].metrics.iter().find(|metric| metric.repeats.is_some()).unwrap();
        assert!(!told.is_good);
        let yaml = &told.repeats.as_ref().unwrap().yaml;
        assert_eq!(yaml, "反馈问题: {value: 40项, quote: [涉及14类40项, 对反馈的40项]}");
    }

    #[test]
    fn what_another_file_states_is_told() {
        let (mut loaded, ..) = read("", "对反馈的40项问题逐项整改。");
        let notice = "---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\nmetrics:\n  反馈问题: 40项\n---\n巡察反馈40项问题。\n";
        loaded.sources.insert(SourcePath::new("content/n/notice.md"), notice.into());
        let content = parse(&loaded, &markdown::Options::default(), Drafts::LeftOut, &mut Diagnostics::new());
        let found = suggest(&content.notices[0], &loaded.sources, &markdown::Options::default());
        let yaml = &found[0].metrics[0].repeats.as_ref().unwrap().yaml;
        assert_eq!(yaml, "反馈问题: {again: 40项}");
    }

    #[test]
    fn members_of_a_list_are_written_with_their_unit() {
        check("", "分别受理投诉、咨询12、34件。", "metrics:\n  投诉: 12件\n  咨询: 34件\n");
        check_pasting("", "分别受理投诉、咨询37件、1205件，清退1,204.5万元。");
        check_pasting("", "共接待来信、来访、来电12、34和12件。");
    }

    #[test]
    fn what_stands_there_twice_is_not_bound() {
        let found = suggestions("", "发推文27篇。\n\n发推文27篇。");
        assert!(found[0].metrics.iter().all(|metric| !metric.is_bound));
    }

    /// Pastes what is suggested for `text` into a file that says `metrics` already, and reads it again.
    #[track_caller]
    fn check_pasting(metrics: &str, text: &str) {
        let found = suggestions(metrics, text);
        let entries = format!("{metrics}{}", pasted(&found));
        let (_, content, problems) = read(&entries, text);
        assert_eq!(problems, [] as [&str; 0], "{text}\n{entries}");
        let unbound = found.iter().flat_map(|file| &file.metrics).filter(|metric| !metric.is_bound).count();
        assert_eq!(content.notices[0].coverage().open, unbound, "{text}\n{entries}");
    }

    /// Returns every second entry that is suggested, as an editor might have pasted them before.
    fn half(text: &str) -> String {
        let found = suggestions("", text);
        let bound = found.iter().flat_map(|file| &file.metrics).filter(|metric| metric.is_bound);
        let entries: Vec<String> = bound.step_by(2).map(|metric| format!("  {}\n", metric.yaml())).collect();
        if entries.is_empty() { String::new() } else { format!("metrics:\n{}", entries.concat()) }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(crate::trials::trials(200)))]
        #[test]
        fn what_is_pasted_binds(
            clauses in proptest::collection::vec(
                "(共|已|其中|市局|对)?(发推文|推文|查处案件|追责|办结率达到|同比下降|停用)?(2人|3人|12件|12、34件|2件|100%|15%|三项|两种|3万元|15分钟|24小时)(信访件|的案件|给予处分|警务圈|内办结|和)?[，、。；]",
                1..9
            )
        ) {
            let text = clauses.concat();
            check_pasting("", &text);
            check_pasting(&half(&text), &text);
        }
    }
}
