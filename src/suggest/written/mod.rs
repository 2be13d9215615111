//! Suggestions → the texts of the files with these entries in their front matter, each marked `proposed: true`.
//!
//! Start with [`written`]. Metrics come first, then relations between them, until nothing new is found; so a second run has
//! nothing to add. Every step is read again as a build would: an entry that brings a problem is left out. `insert` knows
//! where an entry goes; all other bytes stay.

mod insert;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::insert::{Entry, List};
use super::relation::{self, Doubt, Named, Relations};
use super::{Suggestions, of_open_figures};
use crate::binding::{self, Words};
use crate::content::{self, Loaded, front_matter};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, SourcePath};
use crate::disk::{self, Sources};
use crate::keys;
use crate::markdown;
use crate::notice::{Claim, Metric, Notice, Operand, Passage};
use crate::yaml::Tree;

/// The most rounds of metrics and relations. A round finds something only where the one before made it possible, so few are
/// ever needed.
const MOST_ROUNDS: usize = 6;

/// The most times that a round is tried with fewer entries.
const MOST_TRIES: usize = 4;

/// A file with entries put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub path: SourcePath,
    /// Its new text.
    pub text: String,
    /// What was put in.
    pub summary: Summary,
}

/// How many entries were put into a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Entries of `metrics:`.
    pub metrics: usize,
    /// Those among them whose names are only a beginning.
    pub doubtful: usize,
    /// Entries of `not_figures:`.
    pub not_figures: usize,
    /// Entries of `relations:`.
    pub relations: usize,
}

/// Puts what can be suggested for `notice` into the texts of its files; `sources` and `options` are those that it was read
/// with. Returns the files that change, in the order of their paths, and what the words state and the figures do not keep;
/// nothing is written to the disk.
pub fn written(
    notice: &Notice,
    sources: &Sources,
    options: &markdown::Options,
) -> (Vec<Written>, Vec<Doubt>) {
    let mut desk = Desk::new(notice, sources, options);
    for _ in 0..MOST_ROUNDS {
        let entries = desk.metrics();
        if !desk.put(entries) {
            let entries = desk.relations();
            if !desk.put(entries) {
                break;
            }
        }
    }
    let doubts = desk.relations_by_file().into_iter().flat_map(|(_, _, found)| found.doubts).collect();
    (desk.into_written(), doubts)
}

/// Finds the relations between the figures of `notice` as it would be with all metrics that are suggested for it; with each
/// file whether it has `relations:` already.
pub(super) fn relations_to_be(
    notice: &Notice,
    sources: &Sources,
    options: &markdown::Options,
) -> Vec<(SourcePath, bool, Relations)> {
    let mut desk = Desk::new(notice, sources, options);
    let entries = desk.metrics();
    desk.put(entries);
    desk.relations_by_file()
}

/// The files of a notice while entries are put in.
struct Desk<'a> {
    loaded: Loaded,
    /// The notice that they make.
    notice: Arc<Notice>,
    options: &'a markdown::Options,
    /// The problems that were there before.
    known: BTreeSet<Problem>,
    summaries: BTreeMap<SourcePath, Summary>,
}

/// What tells one problem from another when lines have moved: its code, its file and its words.
type Problem = (&'static str, Option<SourcePath>, String);

impl<'a> Desk<'a> {
    fn new(notice: &Notice, sources: &Sources, options: &'a markdown::Options) -> Self {
        let folder = content::part_of(&notice.opening.source);
        let mut loaded = Loaded::default();
        for (path, bytes) in sources.iter().filter(|(path, _)| content::part_of(path) == folder) {
            loaded.sources.insert(path.clone(), bytes.to_vec());
        }
        let mut desk = Self {
            loaded,
            notice: Arc::new(notice.clone()),
            options,
            known: BTreeSet::new(),
            summaries: BTreeMap::new(),
        };
        let (_, problems) = desk.read(&BTreeMap::new());
        desk.known = problems.iter().map(problem).collect();
        desk
    }

    /// Reads the notice with some of its files changed; also returns what is wrong with it.
    fn read(&self, changed: &BTreeMap<SourcePath, String>) -> (Option<Arc<Notice>>, Vec<Diagnostic>) {
        let mut loaded = Loaded::default();
        for (path, bytes) in self.loaded.sources.iter() {
            let bytes = changed.get(path).map_or(bytes, |text| text.as_bytes());
            loaded.sources.insert(path.clone(), bytes.to_vec());
        }
        let parts = content::parse_parts(&loaded, self.options);
        let Some((part, found)) = parts.into_values().next() else { return (None, Vec::new()) };
        let problems = found.into_sorted();
        let problems = problems.into_iter().filter(|problem| problem.severity != Severity::Note).collect();
        (part.notice, problems)
    }

    /// Returns the entries for open figures, by file.
    fn metrics(&self) -> BTreeMap<SourcePath, Vec<Entry>> {
        let suggestions = of_open_figures(&self.notice, &self.loaded.sources, self.options);
        suggestions.into_iter().map(|file| (file.source.clone(), entries(&file))).collect()
    }

    fn relations(&self) -> BTreeMap<SourcePath, Vec<Entry>> {
        let by_file = self.relations_by_file().into_iter();
        let entry = |formula: String| Entry {
            list: List::Relations,
            name: None,
            value: Tree::mapping([("formula", Tree::text(formula)), ("proposed", Tree::Flag(true))]),
            comment: None,
        };
        by_file.map(|(path, _, found)| (path, found.formulas.into_iter().map(entry).collect())).collect()
    }

    fn relations_by_file(&self) -> Vec<(SourcePath, bool, Relations)> {
        let metrics: BTreeMap<&str, &Metric> =
            self.notice.metrics().map(|(_, metric)| (metric.id.as_str(), metric)).collect();
        let mut stated: Vec<BTreeSet<String>> =
            self.notice.relations().map(|(_, one)| names(one, &metrics)).collect();
        let mut all = Vec::new();
        for (_, passage) in self.notice.passages() {
            let Some((has_relations, found)) = self.relations_of(passage, &metrics, &stated) else {
                continue;
            };
            let formulas = found.formulas.iter();
            stated.extend(formulas.filter_map(|formula| {
                let formula = crate::figure::Formula::parse(formula).ok()?;
                Some(formula.operands().iter().map(|operand| operand.name.clone()).collect())
            }));
            all.push((passage.source.clone(), has_relations, found));
        }
        all
    }

    fn relations_of(
        &self,
        passage: &Passage,
        metrics: &BTreeMap<&str, &Metric>,
        stated: &[BTreeSet<String>],
    ) -> Option<(bool, Relations)> {
        let mut unheard = Diagnostics::new();
        let source = &passage.source;
        let text = disk::text(source, self.loaded.sources.get(source)?, &mut unheard)?;
        let (fields, body) = front_matter::open(source, text, self.options, &mut unheard);
        let mut blocks = markdown::parse(source, text, body, self.options, &mut unheard);
        let cells = binding::cells(&blocks);
        let lines = markdown::lines_mut(&mut blocks);
        let words = Words::new(&lines, &cells);
        let claims: BTreeMap<usize, &crate::notice::Figure> =
            passage.figures.iter().map(|figure| (figure.range.start, figure)).collect();
        let (mut named, mut passed) = (Vec::new(), Vec::new());
        for found in &words.numbers {
            let Some(figure) = claims.get(&words.in_file(&found.range, &lines).start) else { continue };
            let metrics: Vec<&Metric> = figure.metrics().filter_map(|id| metrics.get(id).copied()).collect();
            match (&figure.claim, metrics.first()) {
                (Claim::NotAFigure, _) => passed.push(found.range.clone()),
                (Claim::Metric { .. }, Some(first)) => named.push(Named {
                    range: found.range.clone(),
                    quantity: first.quantity.value.clone(),
                    names: metrics.iter().map(|metric| metric.label.value.clone()).collect(),
                }),
                _ => {}
            }
        }
        let has_relations = fields.is_some_and(|fields| fields.has(&keys::RELATIONS));
        Some((has_relations, relation::relations(&words, &named, &passed, stated)))
    }

    /// Puts entries into the files, without those that bring a problem; tells whether any are left.
    fn put(&mut self, mut entries: BTreeMap<SourcePath, Vec<Entry>>) -> bool {
        for _ in 0..MOST_TRIES {
            let changed = self.changed(&mut entries);
            if changed.is_empty() {
                return false;
            }
            let (notice, problems) = self.read(&changed);
            let new: Vec<&Diagnostic> =
                problems.iter().filter(|found| !self.known.contains(&problem(found))).collect();
            match notice {
                Some(notice) if new.is_empty() => {
                    self.accept(notice, changed, &entries);
                    return true;
                }
                _ if new.is_empty() => return false,
                _ => leave_out(&mut entries, &changed, &new),
            }
        }
        false
    }

    /// Returns the texts with the entries in them; those for which a file has no place are taken out of the list.
    fn changed(&self, entries: &mut BTreeMap<SourcePath, Vec<Entry>>) -> BTreeMap<SourcePath, String> {
        let mut changed = BTreeMap::new();
        for (path, entries) in entries {
            let bytes = self.loaded.sources.get(path).unwrap_or_default();
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            let (text, put) = insert::all(path, text, entries);
            *entries = put;
            if !entries.is_empty() {
                changed.insert(path.clone(), text);
            }
        }
        changed
    }

    fn accept(
        &mut self,
        notice: Arc<Notice>,
        changed: BTreeMap<SourcePath, String>,
        entries: &BTreeMap<SourcePath, Vec<Entry>>,
    ) {
        self.notice = notice;
        for (path, text) in changed {
            let summary = self.summaries.entry(path.clone()).or_default();
            for entry in entries.get(&path).into_iter().flatten() {
                match entry.list {
                    List::Metrics => summary.metrics += 1,
                    List::NotFigures => summary.not_figures += 1,
                    List::Relations => summary.relations += 1,
                }
                summary.doubtful += usize::from(entry.comment.is_some());
            }
            self.loaded.sources.insert(path, text.into_bytes());
        }
    }

    fn into_written(self) -> Vec<Written> {
        let sources = &self.loaded.sources;
        let written = self.summaries.iter().filter_map(|(path, summary)| {
            let text = String::from_utf8(sources.get(path)?.to_vec()).ok()?;
            Some(Written { path: path.clone(), text, summary: *summary })
        });
        written.collect()
    }
}

fn problem(found: &Diagnostic) -> Problem {
    let path = found.location.as_ref().map(|location| location.path.clone());
    let [english, _] = found.message.both();
    (found.code, path, english.to_owned())
}

/// Returns the names of the metrics that a relation joins.
fn names(relation: &crate::notice::Relation, metrics: &BTreeMap<&str, &Metric>) -> BTreeSet<String> {
    let operands = relation.operands.iter().filter_map(|operand| match operand {
        Operand::Metric(id) => metrics.get(id.as_str()).map(|metric| metric.label.value.clone()),
        Operand::Fixed(_) | Operand::Count { .. } => None,
    });
    operands.collect()
}

/// Takes out the entries at which a problem has its place, or whose names it says; else all of its file, and all of the notice
/// if it is in another file.
fn leave_out(
    entries: &mut BTreeMap<SourcePath, Vec<Entry>>,
    changed: &BTreeMap<SourcePath, String>,
    problems: &[&Diagnostic],
) {
    for problem in problems {
        if leave_out_named(entries, problem) {
            continue;
        }
        let Some(location) = &problem.location else { return entries.clear() };
        let (Some(of_file), Some(text)) = (entries.get_mut(&location.path), changed.get(&location.path))
        else {
            return entries.clear();
        };
        let start = location.range.as_ref().map_or(0, |range| range.start);
        let before = text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let n = of_file.len();
        of_file.retain(|entry| !line.contains(&entry.in_line()));
        if of_file.len() == n {
            of_file.clear();
        }
    }
}

/// Takes out the metrics whose names stand in the words of a problem; tells whether there are any.
fn leave_out_named(entries: &mut BTreeMap<SourcePath, Vec<Entry>>, problem: &Diagnostic) -> bool {
    let words = std::iter::once(&problem.message).chain(&problem.help).map(|message| message.both()[0]);
    let quoted: BTreeSet<&str> = words.flat_map(|words| words.split('`').skip(1).step_by(2)).collect();
    let is_named = |entry: &Entry| entry.name.as_ref().is_some_and(|name| quoted.contains(name.as_str()));
    let is_any = entries.values().flatten().any(is_named);
    for of_file in entries.values_mut() {
        of_file.retain(|entry| !is_named(entry));
    }
    is_any
}

/// Returns the entries of a file that lead to one place.
fn entries(file: &Suggestions) -> Vec<Entry> {
    let metrics = file.metrics.iter().filter(|metric| metric.is_bound).map(|metric| {
        let quotes = match metric.quotes.as_slice() {
            [] => None,
            [quote] => Some(Tree::text(quote)),
            quotes => Some(Tree::texts(quotes)),
        };
        let value = std::iter::once(("value", Tree::text(&metric.printed)));
        let value = value.chain(quotes.map(|quotes| ("quote", quotes)));
        let comment = match &metric.repeats {
            Some(repeats) => Some(format!("若与“{}”是同一个数，请改为 {}", repeats.label, repeats.yaml)),
            None if metric.is_good => None,
            None => Some("请改写名称".to_owned()),
        };
        Entry {
            list: List::Metrics,
            name: Some(metric.label.clone()),
            value: Tree::mapping(value.chain([("proposed", Tree::Flag(true))])),
            comment,
        }
    });
    let not_figures = file.not_figures.iter().map(|words| Entry {
        list: List::NotFigures,
        name: None,
        value: Tree::mapping([("words", Tree::text(words)), ("proposed", Tree::Flag(true))]),
        comment: None,
    });
    metrics.chain(not_figures).collect()
}

#[cfg(test)]
mod tests;
