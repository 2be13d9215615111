//! The figures of all files of a notice, joined: labels and ids, metrics that are printed again, days, relations.

use std::collections::{BTreeMap, BTreeSet};

use super::bind::says_the_same;
use super::wording::TextDay;
use super::{DayDraft, FurtherPrinting, Unresolved, relations, wording};
use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Located, Location};
use crate::figure::{Interval, Quantity};
use crate::notice::{AsOf, Day, MOST_KEY_FIGURES, Metric, Notice, PassageId, Printing};
use crate::text;

/// Joins what the files of a notice say; `unresolved` is what was left open in each of its passages, in their order.
///
/// Pushes `duplicate-metric`, `duplicate-metric-id`, `again-without-metric`, `metric-contradicts-itself`,
/// `too-many-key-figures`, and what days and relations bring.
pub(crate) fn gather(notice: &mut Notice, unresolved: Vec<Unresolved>, diagnostics: &mut Diagnostics) {
    report_duplicates(notice, diagnostics);
    for (id, passage) in notice.passages_mut() {
        for printing in passage.metrics.iter_mut().flat_map(|metric| &mut metric.printings) {
            printing.passage = id;
        }
    }
    index_metrics(notice);
    let ids: Vec<PassageId> = notice.passages().map(|(id, _)| id).collect();
    let mut drafts = Vec::new();
    let mut excused = BTreeSet::new();
    let mut texts = Vec::new();
    let mut again = Vec::new();
    let mut days = Vec::new();
    for (id, unresolved) in ids.into_iter().zip(unresolved) {
        days.extend(unresolved.days.into_iter().map(|(metric, day)| (id, metric, day)));
        excused.extend(unresolved.names);
        texts.push(unresolved.text);
        again.extend(unresolved.again.into_iter().map(|again| (id, again)));
        drafts.extend(unresolved.relations.into_iter().map(|draft| (id, draft)));
    }
    join_again(notice, again, &excused, diagnostics);
    set_days(notice, days, diagnostics);
    report_too_many_keys(notice, diagnostics);

    let metrics = MetricsByName::new(notice, excused, texts);
    let resolve = |(id, draft)| Some((id, relations::resolve(draft, notice, &metrics, diagnostics)?));
    let relations: Vec<_> = drafts.into_iter().filter_map(resolve).collect();
    for (id, relation) in relations {
        notice[id].relations.push(relation);
    }
}

pub(super) struct MetricsByName<'a> {
    by_label: BTreeMap<&'a str, &'a Metric>,
    pub(super) by_id: BTreeMap<&'a str, &'a Metric>,
    /// Names that may be missing only because of a fault that has been reported.
    excused: BTreeSet<String>,
    /// The text of every file, as readers see it.
    pub(super) texts: Vec<String>,
    /// Whether a file could not be read, so that what it defines is unknown.
    pub(super) has_gaps: bool,
}

impl<'a> MetricsByName<'a> {
    fn new(notice: &'a Notice, excused: BTreeSet<String>, texts: Vec<String>) -> Self {
        let all = || notice.metrics().map(|(_, metric)| metric);
        Self {
            by_label: all().map(|metric| (metric.label.value.as_str(), metric)).collect(),
            by_id: all().map(|metric| (metric.id.as_str(), metric)).collect(),
            excused,
            texts,
            has_gaps: !notice.is_all_read(),
        }
    }

    /// Returns the metric that is called `name`, by its label or else its id.
    pub(super) fn find(&self, name: &str) -> Option<&'a Metric> {
        let by_id = || self.by_id.get(name).filter(|_| !self.excused.contains(name));
        self.by_label.get(name).or_else(by_id).copied()
    }

    /// Returns what the metric with this figure is called.
    pub(super) fn label_of(&self, printed: &str) -> Option<&'a str> {
        let mut metrics = self.by_label.iter();
        let (label, _) = metrics.find(|(_, metric)| metric.quantity.value.printed() == printed)?;
        Some(label)
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = &'a str> {
        self.by_label.keys().copied()
    }

    /// Tells whether a metric of this name may be missing only because of a fault that has been reported.
    pub(super) fn is_excused(&self, name: &str) -> bool {
        self.has_gaps || self.excused.contains(name)
    }
}

fn report_duplicates(notice: &Notice, diagnostics: &mut Diagnostics) {
    let mut labels: BTreeMap<&str, &Metric> = BTreeMap::new();
    let mut ids: BTreeMap<&str, &Metric> = BTreeMap::new();
    for (_, metric) in notice.metrics() {
        let label = &metric.label;
        if let Some(first) = labels.insert(&label.value, metric) {
            labels.insert(&label.value, first);
            diagnostics.push(duplicate_label(metric, first));
        } else if let Some(first) = ids.insert(&metric.id, metric) {
            ids.insert(&metric.id, first);
            diagnostics.push(duplicate_id(metric, first));
        }
    }
    for (id, metric) in ids {
        if let Some(called) = labels.get(id).filter(|called| called.id != id) {
            diagnostics.push(id_is_label(metric, called));
        }
    }
}

fn duplicate_label(metric: &Metric, first: &Metric) -> Diagnostic {
    let label = &metric.label.value;
    let figure = crate::yaml::scalar(metric.quantity.value.printed());
    Diagnostic::error(
        "duplicate-metric",
        metric.label.location.clone(),
        format!("the notice has two metrics called `{label}`"),
        format!("同一份通报有两个指标叫 `{label}`"),
    )
    .help(
        format!("give one of them a more exact name, or, if the text only says the same again, write `{label}: {{again: {figure}}}`"),
        format!("请把其中一个名称写得更具体；如果只是正文再次提到同一个数，请写 `{label}: {{again: {figure}}}`"),
    )
    .related(first.label.location.clone(), "the first one is here", "第一个在这里")
}

fn duplicate_id(metric: &Metric, first: &Metric) -> Diagnostic {
    let id = &metric.id;
    Diagnostic::error(
        "duplicate-metric-id",
        metric.label.location.clone(),
        format!("`{}` and `{}` have the same id `{id}`", metric.label.value, first.label.value),
        format!("指标 `{}` 与 `{}` 的编号都是 `{id}`", metric.label.value, first.label.value),
    )
    .help("give one of them another `id`", "请给其中一个另写 `id`")
    .related(first.label.location.clone(), "the other one is here", "另一个在这里")
}

/// The id of one metric is the label of another, so that a relation could mean either.
fn id_is_label(metric: &Metric, called: &Metric) -> Diagnostic {
    let (label, id) = (&metric.label.value, &metric.id);
    Diagnostic::error(
        "duplicate-metric-id",
        metric.label.location.clone(),
        format!("`{label}` has the id `{id}`, which is what another metric is called"),
        format!("指标 `{label}` 的编号 `{id}` 是另一个指标的名称"),
    )
    .help("write another `id`", "请另写 `id`")
    .related(called.label.location.clone(), "the other one is here", "另一个在这里")
}

/// Lists where each metric is defined, by id; of two with the same id, which has been reported, the first.
fn index_metrics(notice: &mut Notice) {
    let mut by_id = BTreeMap::new();
    for (passage, one) in notice.passages() {
        for (index, metric) in one.metrics.iter().enumerate() {
            by_id.entry(metric.id.clone()).or_insert((passage, index));
        }
    }
    notice.metric_index = by_id;
}

/// Reports the first of the key figures that the page of the notice does not show at its top.
fn report_too_many_keys(notice: &Notice, diagnostics: &mut Diagnostics) {
    let mut marked: Vec<&Metric> =
        notice.metrics().map(|(_, metric)| metric).filter(|metric| metric.is_key).collect();
    marked.sort_by_key(|metric| metric.printings.first().copied());
    let Some(first) = marked.get(MOST_KEY_FIGURES) else { return };
    let n = marked.len();
    diagnostics.push(
        Diagnostic::warning(
            "too-many-key-figures",
            first.label.location.clone(),
            format!(
                "{n} metrics say `key: true`; only the first {MOST_KEY_FIGURES} of them are shown at the top"
            ),
            format!("有 {n} 个指标写了 `key: true`，页首只显示前 {MOST_KEY_FIGURES} 个"),
        )
        .help(
            "delete `key: true` where the figure matters less; the table of figures has all of them",
            "请删去次要指标的 `key: true`；“数据一览”里仍有全部数据",
        ),
    );
}

/// Adds the further printings to the metrics that they repeat.
fn join_again(
    notice: &mut Notice,
    again: Vec<(PassageId, FurtherPrinting)>,
    excused: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) {
    if again.is_empty() {
        return;
    }
    let ids: BTreeMap<String, String> =
        notice.metrics().map(|(_, metric)| (metric.label.value.clone(), metric.id.clone())).collect();
    let repeated: Vec<Located<String>> = again.iter().map(|(_, again)| again.label.clone()).collect();
    // For each id, the values that all printings so far allow.
    let mut common: BTreeMap<String, Interval> = BTreeMap::new();
    // The first place that repeats a metric which no file defines.
    let mut undefined: BTreeMap<String, Location> = BTreeMap::new();
    for (passage, again) in again {
        let label = &again.label;
        let id = ids.get(&label.value);
        let Some((id, metric)) = id.and_then(|id| Some((id, notice.metric(id)?))) else {
            // Without its metric, the figure is open.
            for figure in &again.figures {
                notice[passage].figures[*figure].claim.give_up(&again.id);
            }
            if !excused.contains(&label.value) && notice.opening.is_whole {
                diagnostics.push(again_without_metric(
                    notice,
                    &repeated,
                    &again,
                    undefined.get(&label.value),
                ));
                undefined.entry(label.value.clone()).or_insert_with(|| label.location.clone());
            }
            continue;
        };
        let (stated, repeated) = (&metric.quantity.value, &again.quantity.value);
        if !says_the_same(stated, repeated) {
            let so_far = common.get(id).copied().or_else(|| comparable(stated));
            let both = so_far.zip(comparable(repeated)).and_then(|(one, other)| one.intersection(&other));
            match both.filter(|_| stated.unit() == repeated.unit()) {
                Some(both) => drop(common.insert(id.clone(), both)),
                None => diagnostics.push(contradicts_itself(metric, &again)),
            }
        }
        let first = metric.printings.len();
        for (n, figure) in again.figures.iter().enumerate() {
            notice[passage].figures[*figure].claim.pass_on(&again.id, id, first + n);
        }
        let (defined_in, index) = notice.metric_index[id];
        let printings = again.figures.iter().map(|&figure| Printing { passage, figure });
        notice[defined_in].metrics[index].printings.extend(printings);
    }
}

/// Returns the values that a figure may stand for, or `None` if these are all.
fn comparable(quantity: &Quantity) -> Option<Interval> {
    Interval::of(quantity).filter(|interval| *interval != Interval::ALL)
}

/// `repeated` are the labels of all entries of this kind; `first` is the first place that repeats the same metric, if this is
/// another one.
fn again_without_metric(
    notice: &Notice,
    repeated: &[Located<String>],
    again: &FurtherPrinting,
    first: Option<&Location>,
) -> Diagnostic {
    let label = &again.label.value;
    let figure = crate::yaml::scalar(again.quantity.value.printed());
    let problem = Diagnostic::error(
        "again-without-metric",
        again.label.location.clone(),
        format!("no other file of the notice defines `{label}`"),
        format!("这份通报没有另外定义指标 `{label}`"),
    );
    if let Some(first) = first {
        return problem.related(first.clone(), "it is repeated here, too", "这里也是再次提到").help(
            format!("define it in one of the files, `{label}: {figure}`, and keep `again` in the others"),
            format!("请只在其中一个文件里定义，写 `{label}: {figure}`，其余各处保留 `again`"),
        );
    }
    let labels = || notice.metrics().map(|(_, metric)| &metric.label);
    match text::nearest(label, labels().map(|label| label.value.as_str())) {
        Some(meant) => {
            let mut problem = problem.did_you_mean(label, meant);
            let is_here = |label: &Located<String>| {
                label.value == meant && label.location.path == again.label.location.path
            };
            if labels().chain(repeated).any(is_here) {
                // Under the other name, it would be there twice.
                problem.fixes.clear();
            }
            problem
        }
        None => problem.help(
            format!("if this is where it is defined, write `{label}: {figure}`"),
            format!("如果就在这里定义，请写 `{label}: {figure}`"),
        ),
    }
}

fn contradicts_itself(metric: &Metric, again: &FurtherPrinting) -> Diagnostic {
    let label = &metric.label.value;
    let (one, other) = (&metric.quantity.value, &again.quantity.value);
    Diagnostic::error(
        "metric-contradicts-itself",
        again.quantity.location.clone(),
        format!("the notice states `{other}` here and `{one}` elsewhere for `{label}`"),
        format!("指标 `{label}` 在这里是 `{other}`，在别处是 `{one}`"),
    )
    .help("correct the figure that is wrong, in the text too", "请改正有误的数，正文也要改")
    .related(metric.quantity.location.clone(), format!("`{one}` is here"), format!("`{one}` 在这里"))
}

/// Gives each metric the day up to which it counts: as the front matter says, else as the text does.
///
/// Pushes `as-of-contradicts-text` and `as-of-after-notice`.
fn set_days(notice: &mut Notice, days: Vec<(PassageId, usize, DayDraft)>, diagnostics: &mut Diagnostics) {
    let day_of_notice = notice.as_of_day().clone();
    let date = notice.day().clone();
    for (passage, metric, DayDraft { in_text, given }) in days {
        let words = match &in_text {
            Some(TextDay::Named(words) | TextDay::Reckoned(words)) => Some(words),
            Some(TextDay::Relative(_)) | None => None,
        };
        // A day without its year may be one of the year that the front matter names.
        let lacks_year = matches!(&in_text, Some(TextDay::Named(words)) if !words.contains('年'));
        let earlier = given.as_ref().map(|given| &given.value);
        let earlier = earlier.filter(|day| lacks_year && day.is_of_earlier_year(&day_of_notice));
        let resolved =
            in_text.as_ref().and_then(|day| wording::resolved(day, earlier.unwrap_or(&day_of_notice)));
        match (&given, words.zip(resolved.as_ref())) {
            (Some(given), Some((words, day))) if !wording::agree(day, &given.value) => {
                diagnostics.push(contradicts_text(given, words, day));
            }
            (Some(given), _) if given.value.is_after(&date) => diagnostics.push(counted_after(given, &date)),
            (None, Some((words, day))) if day.is_after(&date) => {
                diagnostics.push(text_after_notice(notice, passage, metric, words, &date));
            }
            _ => {}
        }
        let words = match in_text {
            Some(TextDay::Relative(words)) => Some(words.to_owned()),
            Some(TextDay::Reckoned(words)) => Some(words),
            Some(TextDay::Named(_)) | None => None,
        };
        let day = given.map(|given| given.value).or(resolved);
        notice[passage].metrics[metric].as_of = day.map(|day| AsOf { day, words });
    }
}

fn contradicts_text(given: &Located<Day>, words: &str, day: &Day) -> Diagnostic {
    let given_day = given.value.printed();
    let right = day.iso().unwrap_or_else(|| day.printed().to_owned());
    Diagnostic::error(
        "as-of-contradicts-text",
        given.location.clone(),
        format!("the figure is said to count up to `{given_day}`, but the text says `{words}`"),
        format!("这个数写的是统计截至 `{given_day}`，而正文说的是 `{words}`"),
    )
    .help(format!("write `as_of: {right}`, or leave it out"), format!("请写 `as_of: {right}`，或不写"))
    .replace(given_day, &right, Certainty::Probable)
}

/// `as_of:` of a metric or of the notice is later than the notice, which is of `date`.
pub(crate) fn counted_after(given: &Located<Day>, date: &Day) -> Diagnostic {
    let (given_day, date) = (given.value.printed(), date.printed());
    Diagnostic::error(
        "as-of-after-notice",
        given.location.clone(),
        format!("figures are said to count up to `{given_day}`, but the notice is of `{date}`"),
        format!("写的是统计截至 `{given_day}`，晚于通报的日期 `{date}`"),
    )
    .help("write the day up to which the figures were counted", "请写实际统计到的日期")
}

/// The text says in front of a figure that it counts up to a day that is later than the notice, which is of `date`.
fn text_after_notice(
    notice: &Notice,
    passage: PassageId,
    metric: usize,
    words: &str,
    date: &Day,
) -> Diagnostic {
    let metric = &notice[passage].metrics[metric];
    let (label, date) = (&metric.label.value, date.printed());
    let location = match metric.printings.first() {
        Some(printing) => Location::new(&notice[passage].source, notice.figure(*printing).range.clone()),
        None => metric.quantity.location.clone(),
    };
    let key = if notice.date.is_some() { "date" } else { "published" };
    let problem = Diagnostic::error(
        "as-of-after-notice",
        location,
        format!("the text says that `{label}` counts up to `{words}`, but the notice is of `{date}`"),
        format!("正文说 `{label}` 统计截至 `{words}`，晚于通报的日期 `{date}`"),
    );
    if words.contains('年') {
        return problem.help(
            format!("correct the day in the text, or `{key}` of the notice"),
            format!("请改正正文中的日期，或通报的 `{key}`"),
        );
    }
    problem.help(
        format!("correct the day in the text, or `{key}` of the notice; if an earlier year is meant, write `as_of` with the year"),
        format!("请改正正文中的日期，或通报的 `{key}`；如果指的是以前的年份，请用 `as_of` 写明年月日"),
    )
}
