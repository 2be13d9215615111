//! The proof sheet: the approved text of a notice beside the text of its page, for the people who sign it off.
//!
//! Start with [`Pages::proof_sheet`]. `check` puts the lines of both sides into rows and marks what differs; `figures` finds
//! what is known about the numbers in them, `pieces` cuts the lines, and here they are grouped as the notice is. The right
//! side is the text of the sources, which `build` proves equal to the page.

mod figures;
mod pieces;
mod views;

use std::collections::BTreeMap;

use self::figures::Figures;
use self::views::{BlockView, GroupView, LabelView, LinkView, ProofView, ProposalView, RowView};
use super::message::{self, FindingView};
use super::pages::Pages;
use super::relations;
use crate::diagnostic::{Diagnostic, Location, Severity, SourcePath};
use crate::disk::Sources;
use crate::fidelity::{AlignedLine, Alignment, Row};
use crate::notice::{ApprovedForm, Notice, Part, PassageId, Proposal, ProposalKind, measure_anchor};
use crate::site::{Route, Site};
use crate::text::place::Places;

/// The most differences that the head of the sheet links to.
const MOST_LINKS: usize = 60;

/// The rules whose findings the marks in the text explain.
const SHOWN_BY_MARKS: [&str; 2] = ["approved-text-differs", "approved-paragraphs-differ"];

impl Pages {
    /// Writes the proof sheet of the notice at index `notice`.
    ///
    /// `sources` are the texts of its files, and `diagnostics` what was found in the site; those that concern other
    /// notices are left out.
    pub(in crate::preview) fn proof_sheet(
        &self,
        site: &Site,
        notice: usize,
        sources: &Sources,
        diagnostics: &[Diagnostic],
    ) -> String {
        let page = format!("/{}", Route::Notice(notice).path(site));
        let notice: &Notice = &site.notices[notice];
        let folder = folder_of(&notice.opening.source);
        let concerned = concerned(diagnostics, &folder);
        let alignment = Alignment::of(notice);
        let mut findings = Findings::default();
        let mut lines = LineNumbers::of(notice, sources);
        findings.sort(&concerned, &alignment, |found| {
            let place = found.location.as_ref().map(|place| lines.full(place));
            message::finding(found, place, self.language)
        });
        let proposals = proposals(notice, &mut lines);
        let sheet = Sheet {
            notice,
            page: &page,
            folder: &folder,
            measures: measures(notice),
            figures: Figures::new(notice),
            lines,
        };
        let groups = sheet.groups(&alignment.rows, &mut findings);
        let mut differences = links_to_differences(&groups);
        let more_differences = differences.len().saturating_sub(MOST_LINKS);
        differences.truncate(MOST_LINKS);
        let (n_errors, n_warnings) = message::count(concerned.iter().copied());
        let coverage = notice.coverage();
        let view = ProofView {
            language: self.html_language(),
            text_language: &site.config.language.value,
            site_title: &site.config.title,
            title: &notice.title.value,
            unit: &notice.unit,
            date: notice.day().printed(),
            state: state(notice, &alignment),
            n_differences: alignment.n_differences.unwrap_or_default(),
            differences,
            more_differences,
            approved: notice.approved.as_ref().map(|approved| approved.source.to_string()),
            bound: coverage.bound,
            all_figures: coverage.all(),
            open: coverage.open,
            exempt: coverage.exempt,
            n_errors,
            n_warnings,
            findings: findings.without_row,
            proposals,
            relations: relations::all(notice, self.language),
            groups,
            href: page.clone(),
        };
        self.own.fill("proof.html", &view)
    }
}

/// Returns what was found in the files of the notice in `folder`, but for notes.
fn concerned<'a>(diagnostics: &'a [Diagnostic], folder: &str) -> Vec<&'a Diagnostic> {
    let is_in_folder = |found: &Diagnostic| {
        found.location.as_ref().is_some_and(|place| place.path.as_str().starts_with(folder))
    };
    diagnostics.iter().filter(|found| found.severity != Severity::Note && is_in_folder(found)).collect()
}

fn links_to_differences(groups: &[GroupView]) -> Vec<LinkView> {
    let rows = groups.iter().flat_map(|group| &group.blocks).flat_map(|block| &block.rows);
    let link = |row: &RowView| LinkView { href: format!("#{}", row.id), text: row.place.clone() };
    rows.filter(|row| row.differs).map(link).collect()
}

/// Lists the entries that a program proposed, in the order of the files.
fn proposals(notice: &Notice, lines: &mut LineNumbers<'_>) -> Vec<ProposalView> {
    let all = notice.passages().flat_map(|(_, passage)| &passage.proposals);
    let view = |proposal: &Proposal| {
        let about = proposal.about.value.clone();
        let kind = match proposal.kind {
            ProposalKind::Metric => "proof_proposed_metric",
            ProposalKind::NotAFigure => "proof_proposed_not_a_figure",
            ProposalKind::Relation => "proof_proposed_relation",
        };
        let metric = notice.metrics().map(|(_, metric)| metric).find(|metric| metric.label.value == about);
        let metric = metric.filter(|_| proposal.kind == ProposalKind::Metric);
        ProposalView {
            kind,
            about,
            figure: metric.map(|metric| metric.quantity.value.to_string()),
            place: lines.full(&proposal.about.location),
        }
    };
    all.map(view).collect()
}

/// Tells in one word how a notice stands to its approved text.
pub(super) fn state(notice: &Notice, alignment: &Alignment<'_>) -> &'static str {
    match alignment.n_differences {
        None if notice.approved.is_none() => "absent",
        None => "unread",
        Some(0) if alignment.is_whole => "same",
        Some(0) => "unread",
        Some(_) => "differs",
    }
}

/// Returns the folder of a file with a `/` at its end.
pub(super) fn folder_of(path: &SourcePath) -> String {
    path.as_str().rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"))
}

/// The findings by the row that they stand beside.
#[derive(Default)]
struct Findings {
    of_rows: BTreeMap<usize, Vec<FindingView>>,
    without_row: Vec<FindingView>,
}

impl Findings {
    fn sort(
        &mut self,
        found: &[&Diagnostic],
        alignment: &Alignment<'_>,
        mut view: impl FnMut(&Diagnostic) -> FindingView,
    ) {
        let mut lines: BTreeMap<&SourcePath, Vec<(usize, usize, usize)>> = BTreeMap::new();
        for (index, row) in alignment.rows.iter().enumerate() {
            for line in row.page.iter().chain(&row.approved) {
                lines.entry(line.source).or_default().push((line.start(), line.end, index));
            }
        }
        for lines in lines.values_mut() {
            lines.sort_unstable();
        }
        for found in found {
            let row = found.location.as_ref().and_then(|place| {
                let range = place.range.as_ref()?;
                let lines = lines.get(&place.path)?;
                // The first line that ends at or behind the place, if it begins in it or before.
                let next = lines.get(lines.partition_point(|(_, end, _)| *end < range.start))?;
                (next.0 <= range.start || next.0 < range.end).then_some(next.2)
            });
            let mut view = view(found);
            match row {
                Some(row) => {
                    // The row shows its place, and a difference is marked in it.
                    view.place = None;
                    if SHOWN_BY_MARKS.contains(&view.code) {
                        view.help.clear();
                    }
                    self.of_rows.entry(row).or_default().push(view);
                }
                None => self.without_row.push(view),
            }
        }
    }
}

/// Counts lines in files, paragraphs in an approved document.
struct LineNumbers<'a> {
    sources: &'a Sources,
    places: BTreeMap<SourcePath, Places<'a>>,
}

impl<'a> LineNumbers<'a> {
    fn of(notice: &'a Notice, sources: &'a Sources) -> Self {
        let document = notice.approved.as_ref().filter(|one| one.form == ApprovedForm::Document);
        let places = document.map(|one| (one.source.clone(), Places::new(one.text.as_bytes())));
        Self { sources, places: places.into_iter().collect() }
    }

    fn line(&mut self, path: &SourcePath, offset: usize) -> usize {
        let bytes = self.sources.get(path).unwrap_or_default();
        self.places.entry(path.clone()).or_insert_with(|| Places::new(bytes)).find(offset).line
    }

    /// Returns `content/a/06.md:12`.
    fn full(&mut self, place: &Location) -> String {
        match &place.range {
            Some(range) => format!("{}:{}", place.path, self.line(&place.path, range.start)),
            None => place.path.to_string(),
        }
    }
}

/// What the rows are made from.
struct Sheet<'a> {
    notice: &'a Notice,
    page: &'a str,
    folder: &'a str,
    measures: Vec<Vec<(usize, String)>>,
    figures: Figures<'a>,
    lines: LineNumbers<'a>,
}

impl Sheet<'_> {
    /// Groups the rows by passage and measure.
    fn groups(mut self, rows: &[Row<'_>], findings: &mut Findings) -> Vec<GroupView> {
        let mut groups: Vec<GroupView> = Vec::new();
        let mut last = None;
        for (index, row) in rows.iter().enumerate() {
            // What only the approved text has stays with what is in front of it.
            let place = row.page.first().map(|line| (line.passage, self.measure(line)));
            let (passage, measure) = place.or(last).unwrap_or((PassageId::OPENING, None));
            if groups.is_empty() || last.is_some_and(|(before, _)| before != passage) {
                let has_heading = row.page.first().is_some_and(|line| line.is_heading);
                groups.push(self.group(passage, has_heading, groups.is_empty()));
            }
            let is_new_block = last != Some((passage, measure));
            last = Some((passage, measure));
            let view = self.row(index, row, findings.of_rows.remove(&index).unwrap_or_default());
            let Some(group) = groups.last_mut() else { continue };
            if is_new_block || group.blocks.is_empty() {
                group.blocks.push(BlockView::default());
            }
            if let Some(block) = group.blocks.last_mut() {
                block.rows.push(view);
            }
        }
        groups
    }

    fn group(&self, passage: PassageId, has_heading: bool, is_first: bool) -> GroupView {
        let (kind, number, anchor) = match self.notice.section(passage) {
            Some(section) => (section.kind.id(), section.item_number, format!("#{}", section.anchor())),
            None if is_first => ("opening", None, String::new()),
            None => ("ending", None, String::new()),
        };
        let file = self.short(&self.notice[passage].source);
        GroupView {
            kind,
            number,
            has_heading,
            file,
            href: format!("{}{anchor}", self.page),
            blocks: Vec::new(),
        }
    }

    /// Returns which measure of its section a line belongs to, counted from 1 in reading order.
    fn measure(&self, line: &AlignedLine<'_>) -> Option<usize> {
        let measures = self.measures.get(line.passage.section()?)?;
        Some(measures.partition_point(|(start, _)| *start <= line.start()))
    }

    fn row(&mut self, index: usize, row: &Row<'_>, findings: Vec<FindingView>) -> RowView {
        let first = row.page.first().or(row.approved.first());
        let first = first.map(|line| (line.source, self.lines.line(line.source, line.start())));
        let source = first.map(|(path, line)| format!("{path}:{line}"));
        let place = first.map_or(String::new(), |(path, line)| format!("{}:{line}", self.short(path)));
        let href = row.page.first().map(|line| {
            let anchor = self.notice.section(line.passage).map(|section| {
                let before = self.measure(line).unwrap_or_default().checked_sub(1);
                let measures = line.passage.section().and_then(|section| self.measures.get(section));
                let measure = before.and_then(|index| measures?.get(index));
                measure.map_or_else(|| section.anchor(), |(_, anchor)| anchor.clone())
            });
            format!("{}{}", self.page, anchor.map_or(String::new(), |anchor| format!("#{anchor}")))
        });
        let mut labels = Vec::new();
        let mut page = Vec::new();
        for line in &row.page {
            let figures = self.figures.place(line);
            labels.extend(figures.iter().filter_map(|placed| {
                let printed = line.text.get(placed.at.clone())?.iter().collect();
                Some(LabelView { label: placed.view.label.clone()?, printed })
            }));
            page.push(pieces::line(line, figures));
        }
        let mut sides = row.approved.iter().chain(&row.page);
        RowView {
            id: format!("row-{}", index + 1),
            place,
            source,
            href,
            differs: !row.is_unread && sides.any(|line| line.ends_alone || !line.changes.is_empty()),
            is_unread: row.is_unread,
            approved: row.approved.iter().map(|line| pieces::line(line, Vec::new())).collect(),
            page,
            labels,
            findings,
        }
    }

    /// Returns the name of a file in the folder of the notice.
    fn short(&self, path: &SourcePath) -> String {
        path.as_str().strip_prefix(self.folder).unwrap_or(path.as_str()).to_owned()
    }
}

/// Lists the measures of each section: where each begins in the file, and its anchor.
fn measures(notice: &Notice) -> Vec<Vec<(usize, String)>> {
    fn collect(parts: &[Part], above: &str, found: &mut Vec<(usize, String)>) {
        for part in parts {
            match part {
                Part::Measure(measure) => {
                    let anchor = measure_anchor(above, measure.position);
                    found.push((measure.range.start, anchor.clone()));
                    collect(&measure.parts, &anchor, found);
                }
                Part::Paragraph(paragraph) => found.extend(paragraph.points.iter().map(|point| {
                    let start = paragraph.text.source_offset(point.mark.start);
                    (start, measure_anchor(above, point.position))
                })),
                Part::Block(_) => {}
            }
        }
    }
    let of_section = |section: &crate::notice::Section| {
        let mut found = Vec::new();
        collect(&section.passage.body, &section.anchor(), &mut found);
        found
    };
    notice.sections.iter().map(of_section).collect()
}

#[cfg(test)]
mod tests;
