//! `gongkai figures`: every figure of every notice with what is said about it, and entries for those of which nothing is.
//!
//! Start with [`run`]. It reads the sources and builds nothing. `human` prints for editors, `json` for programs; both print
//! [`Listed`] notices.

pub(super) mod human;
mod json;
mod write;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;

use super::findings::{Findings, Format};
use super::{Outcome, print};
use crate::build;
use crate::check::accepted::{self, Extent};
use crate::content::Drafts;
use crate::diagnostic::{Diagnostics, Language, Message, SourcePath};
use crate::disk::Sources;
use crate::markdown;
use crate::notice::{Claim, Coverage, Figure, Metric, Notice, PassageId, Relation, UnclearNumber};
use crate::suggest::{self, Suggestions};
use crate::text;
use crate::text::place::{Places, Spot};

/// What to list.
#[derive(Debug)]
pub(super) struct Options {
    /// The folder with `site.yaml`.
    pub(super) root: PathBuf,
    /// The notice, by the name of its folder; `None` for all.
    pub(super) notice: Option<String>,
    /// Which figures, and how.
    pub(super) shown: Shown,
    /// Whether the suggestions are put into the files.
    pub(super) is_written: bool,
    /// For whom: people, or programs that read JSON.
    pub(super) format: Format,
}

/// What is shown of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Every figure, and the relations.
    All,
    /// The figures of which nothing is said.
    Open,
    /// Entries for these, to be pasted.
    Suggestions,
}

/// A notice with its figures, ready to be printed.
struct Listed<'a> {
    notice: &'a Notice,
    /// Its metrics by their ids.
    metrics: BTreeMap<&'a str, &'a Metric>,
    files: Vec<File<'a>>,
    relations: Vec<(PassageId, Spot, &'a Relation)>,
    suggestions: Vec<Suggestions>,
    coverage: Coverage,
}

/// The figures of one file, in reading order.
struct File<'a> {
    source: &'a SourcePath,
    figures: Vec<(Spot, &'a Figure)>,
    unclear: Vec<(Spot, &'a UnclearNumber)>,
}

/// Lists the figures and tells how many are accounted for.
pub(super) fn run(options: &Options, language: Language) -> anyhow::Result<Outcome> {
    let mut diagnostics = Diagnostics::new();
    let contents = build::read_contents(&options.root, None, Drafts::Shown, &mut diagnostics)?;
    let notices = &contents.content.notices;
    let chosen: Vec<&Notice> = notices
        .iter()
        .map(Arc::as_ref)
        .filter(|notice| options.notice.as_ref().is_none_or(|id| *id == notice.id))
        .collect();
    if let (Some(id), []) = (&options.notice, chosen.as_slice()) {
        bail!(no_such_notice(id, notices));
    }
    let accepting = notices.iter().map(Arc::as_ref);
    let text_of = |path: &SourcePath| contents.sources.get(path);
    accepted::apply(accepting, text_of, Extent::Partial, &mut diagnostics);
    let outcome = if diagnostics.has_errors() { Outcome::ContentHasErrors } else { Outcome::Fine };
    let diagnostics = diagnostics.into_sorted();
    if options.format == Format::Human {
        print::diagnostics(&diagnostics, &contents.sources, language);
    } else if !diagnostics.is_empty() {
        let findings = Findings::new(&diagnostics, &contents.sources, &options.root, language);
        print::err(&findings.text(options.format));
    }

    let markdown_options = contents.config.markdown_options();
    if options.is_written {
        if outcome == Outcome::ContentHasErrors {
            print::err(write::not_written().in_language(language));
            return Ok(outcome);
        }
        return write::run(options, &chosen, &contents.sources, &markdown_options, language);
    }
    let list = |notice| list(notice, options.shown, &contents.sources, &markdown_options);
    let listed: Vec<Listed<'_>> = chosen.into_iter().map(list).collect();
    let text = match options.format {
        Format::Json => json::print(&listed, options.shown, language),
        _ => human::print(&listed, options.shown, language),
    };
    if !text.is_empty() {
        print::out(text.trim_end());
    }
    Ok(outcome)
}

fn list<'a>(
    notice: &'a Notice,
    shown: Shown,
    sources: &Sources,
    markdown_options: &markdown::Options,
) -> Listed<'a> {
    let mut listed = Listed {
        notice,
        metrics: notice.metrics().map(|(_, metric)| (metric.id.as_str(), metric)).collect(),
        files: Vec::new(),
        relations: Vec::new(),
        suggestions: match shown {
            Shown::Suggestions => suggest::suggest(notice, sources, markdown_options),
            Shown::All | Shown::Open => Vec::new(),
        },
        coverage: notice.coverage(),
    };
    for (id, passage) in notice.passages() {
        let source = &passage.source;
        let mut places = Places::new(sources.get(source).unwrap_or_default());
        if shown == Shown::All {
            for relation in &passage.relations {
                let start = relation.text.location.range.as_ref().map_or(0, |range| range.start);
                listed.relations.push((id, places.find(start), relation));
            }
        }
        let figures = passage.figures.iter();
        let figures = figures.filter(|figure| shown == Shown::All || figure.claim == Claim::None);
        let figures: Vec<_> = figures.map(|figure| (places.find(figure.range.start), figure)).collect();
        let unclear = passage.unclear.iter();
        let unclear = unclear.filter(|number| shown == Shown::All || !number.is_exempt);
        let mut places = Places::new(sources.get(source).unwrap_or_default());
        let unclear: Vec<_> = unclear.map(|number| (places.find(number.range.start), number)).collect();
        if !figures.is_empty() || !unclear.is_empty() {
            listed.files.push(File { source, figures, unclear });
        }
    }
    listed
}

impl Listed<'_> {
    /// Returns the metric that a figure states, and which of its printings this is, from 1.
    fn metric_of(&self, figure: &Figure) -> Option<(&Metric, usize)> {
        let Claim::Metric { id, occurrence, .. } = &figure.claim else { return None };
        self.metrics.get(id.as_str()).map(|metric| (*metric, occurrence + 1))
    }

    /// Returns the labels of all metrics that a figure states.
    fn labels_of(&self, figure: &Figure) -> String {
        let metrics = figure.metrics().filter_map(|id| self.metrics.get(id));
        metrics.map(|metric| metric.label.value.as_str()).collect::<Vec<_>>().join("、")
    }
}

/// Says that no notice has this name, and which may be meant.
pub(super) fn no_such_notice(id: &str, notices: &[Arc<Notice>]) -> Message {
    match text::nearest(id, notices.iter().map(|notice| notice.id.as_str())) {
        Some(meant) => Message::new(
            format!("there is no notice `{id}`; did you mean `{meant}`?"),
            format!("没有通报 `{id}`，是否要写 `{meant}`？"),
        ),
        None => Message::new(
            format!("there is no notice `{id}`; name its folder in `content/`"),
            format!("没有通报 `{id}`；请写 `content/` 中通报文件夹的名称"),
        ),
    }
}
