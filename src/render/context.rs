//! Model → views.

use std::collections::BTreeMap;

use super::body::{Body, RowMarks};
use super::charts;
use super::figures;
use super::glossary::Terms;
use super::json_ld;
use super::lists;
use super::qr;
use super::views::{
    CellView, ContactGroupView, ContactView, CorrectionView, DataFileView, DayView, InspectionView,
    ItemLinkView, LinkView, NeighborView, NoticeSummaryView, NoticeView, PageView, SectionView, SiteView,
    TimeView,
};
use crate::markdown::{Inline, RowMark};
use crate::notice::{
    Contact, Correction, Day, InformationPage, Inspection, Kind, LedgerCell, LedgerColumn, LedgerRow, Metric,
    Notice, Part, PassageId, PublicationTime, Section, Status,
};
use crate::site::{DataFile, Former, ListKind, Route, Site, relative_address};
use crate::text::{Glossary, address};
use crate::theme::Theme;

/// The most items that are listed one by one on pages about the whole site; beyond it only notices are.
const MOST_LISTED_ITEMS: usize = 500;

/// Tells whether pages about the whole site list single items.
pub(super) fn items_are_listed(site: &Site) -> bool {
    site.notices.iter().map(|notice| notice.n_items()).sum::<usize>() <= MOST_LISTED_ITEMS
}

/// Builds the view of the settings, and of the pages beside the notices.
pub(super) fn site_view(site: &Site) -> SiteView {
    let config = &site.config;
    let own_place = ["contact", "feedback", "accessibility", "privacy"];
    let pages = site.pages.iter().enumerate().filter(|(_, page)| !own_place.contains(&page.id.as_str()));
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        unit: config.unit.clone(),
        language: config.language.value.clone(),
        base_url: config.base_url.clone(),
        site_code: config.site_code.clone(),
        icp: config.icp.clone(),
        police_record: config.police_record.clone(),
        police_code: config.police_record.as_deref().and_then(police_code),
        conac: config.conac.clone(),
        domain: config.base_url.as_deref().map(|address| address::host(address).to_owned()),
        feedback_action: config.feedback_action.clone(),
        feedback_answer_within: config.feedback_answer_within.clone(),
        pages: pages
            .map(|(index, page)| LinkView {
                title: page.title.value.clone(),
                path: Route::Page(index).path(site),
            })
            .collect(),
    }
}

/// Returns the 14 digits by which 公安备案号 is looked up.
fn police_code(record: &str) -> Option<String> {
    let digits: String = record.chars().filter(char::is_ascii_digit).collect();
    (digits.len() == 14).then_some(digits)
}

/// What goes in front of paths on a page: `../` for each folder it stands in.
///
/// The page for wrong addresses is shown at any depth, so there it is the site's full address, where that is known.
pub(super) fn root_of(site: &Site, route: &Route, path: &str) -> String {
    match (route, &site.config.base_url) {
        (Route::NotFound, Some(base_url)) => base_url.clone(),
        _ => "../".repeat(path.matches('/').count()),
    }
}

pub(super) fn page_view(
    site: &Site,
    theme: &Theme,
    route: &Route,
    path: &str,
    template: &'static str,
) -> PageView {
    let word = |key: &str| theme.strings().get(key).cloned().unwrap_or_default();
    // A page is of the kind that its template has in its name.
    let kind = match template.trim_end_matches(".html") {
        "404" => "not-found",
        kind => kind,
    };
    let title = match route {
        Route::Home => site.config.title.clone(),
        Route::Notice(notice) => site.notices[*notice].title.value.clone(),
        Route::Item { notice, section } => heading_of(site.section(*notice, *section)),
        Route::Page(page) => site.pages[*page].title.value.clone(),
        Route::Contact => word("contact"),
        Route::Feedback => word("feedback"),
        Route::FeedbackSent => word("feedback_sent"),
        Route::FeedbackFailed => word("feedback_failed"),
        Route::Accessibility => word("accessibility"),
        Route::Privacy => word("privacy"),
        Route::List { list, part } => lists::title(site, *list, *part, &word),
        Route::Search => word("search"),
        Route::SiteMap => word("site_map"),
        Route::Leave(_) => word("leave"),
        Route::Former(_) => word("moved"),
        Route::NotFound => word("not_found"),
        Route::SitemapXml(_)
        | Route::Robots
        | Route::Feed
        | Route::Data { .. }
        | Route::SearchIndex(_)
        | Route::Attachment(_) => String::new(),
    };
    let mut breadcrumbs = Vec::new();
    if *route != Route::Home {
        breadcrumbs.push(LinkView { title: word("home"), path: Route::Home.path(site) });
    }
    if let Route::Item { notice, .. } = route {
        let title = site.notices[*notice].title.value.clone();
        breadcrumbs.push(LinkView { title, path: Route::Notice(*notice).path(site) });
    }
    if let Route::List { list, .. } = route
        && site.lists[*list].kind == ListKind::Unit
        && let Some(units) = site.lists.iter().position(|list| list.kind == ListKind::Units)
    {
        let path = Route::List { list: units, part: 0 }.path(site);
        breadcrumbs.push(LinkView { title: word("by_unit"), path });
    }
    let own = match route {
        // What is read there stands elsewhere.
        Route::Former(former) => site.former[*former].target.split('#').next().unwrap_or_default(),
        _ => path,
    };
    let canonical = site.full_address(own).filter(|_| !matches!(route, Route::NotFound | Route::Leave(_)));
    let json_ld = json_ld::of_page(site, route);
    let error_report = canonical.as_deref().and_then(|page| error_report(site, page));
    let edition = match route {
        Route::Notice(notice) | Route::Item { notice, .. } => Some(site.notices[*notice].edition()),
        _ => None,
    };
    let qr = canonical.as_deref().filter(|_| matches!(route, Route::Notice(_))).and_then(qr::draw);
    PageView {
        kind,
        title,
        path: path.to_owned(),
        canonical,
        qr,
        edition,
        error_report,
        breadcrumbs,
        json_ld,
    }
}

/// Builds the link from a former address to where it is now.
pub(super) fn moved(site: &Site, former: &Former) -> LinkView {
    LinkView { title: former.of.title(site).to_owned(), path: former.target.clone() }
}

/// Returns the words of a link to the page of a row, with `{n}` for the number of the item.
pub(super) fn row_link(theme: &Theme) -> &str {
    let word = |key: &str| theme.strings().get(key).map_or("{n}", String::as_str);
    word("item_number")
}

/// Returns where an error on the page at the full address `page` is reported (我为政府网站找错).
fn error_report(site: &Site, page: &str) -> Option<String> {
    let code = site.config.site_code.as_ref()?;
    let page = address::percent_encoded(page);
    Some(format!("https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={code}&url={page}"))
}

/// Lists the notices, with their items where these are few enough.
pub(super) fn notice_list(site: &Site) -> Vec<NoticeSummaryView> {
    let with_items = items_are_listed(site);
    let notices = (0..site.notices.len()).map(|index| {
        let items = if with_items { item_links(site, index) } else { Vec::new() };
        NoticeSummaryView { items, ..notice_summary(site, index) }
    });
    notices.collect()
}

/// Lists the statuses that items have, in the order in which they are always named.
pub(super) fn statuses(site: &Site) -> Vec<&'static str> {
    let is_stated = |status: Status| {
        let mut sections = site.notices.iter().flat_map(|notice| &notice.sections);
        sections.any(|section| section.state() == Some(status))
    };
    Status::ALL.into_iter().filter(|(_, status)| is_stated(*status)).map(|(id, _)| id).collect()
}

/// Builds the view of a notice, without its items, for lists and for the pages of its items.
pub(super) fn notice_summary(site: &Site, index: usize) -> NoticeSummaryView {
    let notice = &site.notices[index];
    NoticeSummaryView {
        id: notice.id.clone(),
        title: notice.title.value.clone(),
        unit: notice.unit.clone(),
        path: Route::Notice(index).path(site),
        date: day_view(notice.day()),
        is_dated: notice.date.is_some(),
        published: notice.published.as_ref().map(time_view),
        n_items: notice.n_items(),
        n_corrections: notice.corrections.len(),
        items: Vec::new(),
    }
}

/// Lists the items of a notice below the headings that hold them.
pub(super) fn item_links(site: &Site, notice: usize) -> Vec<ItemLinkView> {
    let mut groups: Vec<(u8, String)> = Vec::new();
    let mut links = Vec::new();
    for (position, section) in site.notices[notice].sections.iter().enumerate() {
        if section.kind == Kind::Group {
            groups.retain(|(level, _)| *level < section.level);
            groups.push((section.level, heading_of(section)));
        }
        if section.item_number.is_some() {
            let groups = groups.drain(..).map(|(_, heading)| heading).collect();
            links.push(ItemLinkView { groups, ..item_link(site, notice, position) });
        }
    }
    links
}

pub(super) fn item_link(site: &Site, notice: usize, section: usize) -> ItemLinkView {
    let of_notice = &site.notices[notice];
    let item = site.section(notice, section);
    ItemLinkView {
        id: format!("{}/{}", of_notice.id, item.id),
        title: heading_of(item),
        path: Route::Item { notice, section }.path(site),
        status: item.state().map(Status::id),
        status_words: item.status.as_ref().and_then(|status| status.words.clone()),
        groups: Vec::new(),
    }
}

/// How many items the contents beside an item name.
const MOST_NEIGHBORS: usize = 9;

/// Lists the items of a notice around the one of `section`, itself among them.
pub(super) fn neighbors(site: &Site, notice: usize, section: usize) -> Vec<NeighborView> {
    let sections = &site.notices[notice].sections;
    let is_item = |section: &usize| sections[*section].item_number.is_some();
    let before: Vec<usize> = (0..section).rev().filter(is_item).take(MOST_NEIGHBORS - 1).collect();
    let behind: Vec<usize> = (section..sections.len()).filter(is_item).take(MOST_NEIGHBORS).collect();
    // Near an end of the notice the other side has more of them.
    let n_before = before.len().min((MOST_NEIGHBORS / 2).max(MOST_NEIGHBORS.saturating_sub(behind.len())));
    let around = before.into_iter().take(n_before).rev().chain(behind).take(MOST_NEIGHBORS);
    let view = |item| {
        let ItemLinkView { title, path, .. } = item_link(site, notice, item);
        NeighborView { title, path, is_current: item == section }
    };
    around.map(view).collect()
}

/// Returns the contacts about a notice, for the page at `page`.
pub(super) fn contacts(site: &Site, notice: usize, page: &str) -> Vec<ContactView> {
    let contacts = site.contacts(&site.notices[notice]);
    contacts.iter().map(|contact| contact_view(site, contact, page)).collect()
}

/// Tells whether any item of a notice has a status; where none has one, nothing is said of it item by item.
pub(super) fn statuses_are_stated(site: &Site, notice: usize) -> bool {
    site.notices[notice].items().any(|item| item.state().is_some())
}

/// Says in one sentence what an item is about.
fn summary(section: &Section) -> Option<String> {
    let lead = || {
        section.passage.body.iter().find_map(|part| match part {
            Part::Measure(measure) => measure.lead.as_ref().map(Inline::plain_text),
            _ => None,
        })
    };
    section.plain.as_ref().map(|plain| plain.value.clone()).or_else(lead)
}

fn heading_of(section: &Section) -> String {
    section.heading.as_ref().map_or_else(|| section.id.clone(), |heading| heading.value.clone())
}

/// Builds the view of a whole notice for the page at `page`.
///
/// `row_link` are the words of a link to the page of a row, with `{n}` for its number.
pub(super) fn notice_view(
    site: &Site,
    index: usize,
    page: &str,
    row_link: &str,
    terms: &mut Terms<'_>,
) -> NoticeView {
    let notice = &site.notices[index];
    let language = site.config.own_language();
    let mut body = Body {
        site,
        source: &notice.opening.source,
        figures: &notice.opening.figures,
        terms,
        page,
        id_prefix: "opening-",
        footnotes: "",
        rows: RowMarks::new(),
    };
    let opening = body.parts(&notice.opening.body, "opening");
    // The rows of a ledger stand in its text.
    let with_text = || notice.sections.iter().enumerate().filter(|(_, section)| section.row.is_none());
    let sections: Vec<SectionView> =
        with_text().map(|(position, _)| section_view(site, index, position, page, row_link, terms)).collect();
    let n_before_signature =
        with_text().take_while(|(position, _)| *position < notice.n_before_signature()).count();
    terms.list(&notice.title.value, None);
    for ((_, section), of_section) in with_text().zip(&sections) {
        terms.list(section.heading.as_ref().map_or("", |heading| &heading.value), Some(&of_section.anchor));
    }
    let opening_sentences = figures::sentences_of_notice(notice, PassageId::OPENING);
    let n_figures =
        figures::count(&opening_sentences) + sections.iter().map(|section| section.n_figures).sum::<usize>();
    let statuses = charts::statuses(&notice.items().collect::<Vec<_>>());
    let key_figures = figures::key_figures(notice);
    let is_shown = |metric: &Metric| key_figures.iter().any(|figure| figure.id == metric.id);
    let n_more_figures = notice.leading_metrics().into_iter().filter(|metric| !is_shown(metric)).count();
    NoticeView {
        id: notice.id.clone(),
        title: notice.title.value.clone(),
        title_is_approved: notice.title_is_approved(),
        is_compared: notice.approved.is_some(),
        unit: notice.unit.clone(),
        path: Route::Notice(index).path(site),
        index_number: notice.index_number.clone(),
        document_number: notice.document_number.clone(),
        inspection: notice.inspection.as_ref().map(inspection_view),
        date: day_view(notice.day()),
        is_dated: notice.date.is_some(),
        published: notice.published.as_ref().map(time_view),
        edition: notice.edition(),
        corrections: notice.corrections.iter().map(correction_view).collect(),
        open_until: notice.open_until.as_ref().map(day_view),
        signers: notice.signers.iter().map(|signer| signer.value.clone()).collect(),
        n_before_signature,
        contacts: contacts(site, index, page),
        sentences: opening_sentences,
        key_figures,
        n_more_figures,
        relations: figures::relation_views(
            notice,
            notice.relations().map(|(_, relation)| relation),
            None,
            language,
        ),
        n_items: notice.n_items(),
        n_measures: notice.n_measures(),
        n_figures,
        charts: charts::charts(notice, &statuses),
        statuses,
        status_unstated: notice.n_items() > 0 && notice.items().all(Section::is_status_unstated),
        data_files: DataFile::ALL
            .iter()
            .map(|(file, kind, _)| DataFileView {
                kind,
                path: Route::Data { notice: index, file: *file }.path(site),
            })
            .collect(),
        opening,
        sections,
    }
}

/// Builds the view of one section for the page at `page`, which may be its own or that of the whole notice.
///
/// On the page of the whole notice `terms` come from one section to the next, so that each is explained once.
pub(super) fn section_view(
    site: &Site,
    notice: usize,
    position: usize,
    page: &str,
    row_link: &str,
    terms: &mut Terms<'_>,
) -> SectionView {
    let section = site.section(notice, position);
    let of_notice = &site.notices[notice];
    let id = PassageId::of_section(position);
    // The text of a row is a part of that of its ledger.
    let (text, within) = match &section.row {
        Some(row) => (row.ledger, row.range.clone()),
        None => (id, 0..usize::MAX),
    };
    let passage = &of_notice[text];
    let is_own_page = page != Route::Notice(notice).path(site);
    let sentences = if is_own_page {
        figures::sentences_of_page(of_notice, text, &within)
    } else {
        figures::sentences_of_notice(of_notice, id)
    };
    let anchor = section.anchor();
    // The footnotes of a row stand below its ledger, on the page of the notice.
    let ledger = section.row.as_ref().and_then(|row| of_notice.section(row.ledger));
    let id_prefix = format!("{}-", ledger.map_or_else(|| anchor.clone(), Section::anchor));
    let whole = Route::Notice(notice).path(site);
    let footnotes = ledger.map(|_| relative_address(page, &whole)).unwrap_or_default();
    let mut body = Body {
        site,
        source: &passage.source,
        figures: &passage.figures,
        terms,
        page,
        id_prefix: &id_prefix,
        footnotes: &footnotes,
        rows: row_marks(site, notice, position, page, row_link),
    };
    let parts = body.parts(&section.passage.body, &anchor);
    let cells = section.row.as_ref().map_or_else(Vec::new, |row| cell_views(of_notice, row, &mut body));
    let path = section.item_number.map(|_| Route::Item { notice, section: position }.path(site));
    SectionView {
        id: section.id.clone(),
        kind: section.kind.id(),
        level: section.level,
        heading: section.heading.as_ref().map(|heading| heading.value.clone()),
        number: section.item_number,
        path,
        status: section.state().map(Status::id),
        status_words: section.status.as_ref().and_then(|status| status.words.clone()),
        status_unstated: section.is_status_unstated(),
        responsible: section.responsible.clone(),
        due: section.due.as_ref().map(day_view),
        plain: section.plain.as_ref().map(|plain| plain.value.clone()),
        summary: is_own_page.then(|| summary(section)).flatten(),
        n_figures: figures::count(&sentences),
        sentences,
        relations: figures::relation_views(
            of_notice,
            section.passage.relations.iter(),
            Some(id),
            site.config.own_language(),
        ),
        n_measures: section.n_measures(),
        parts,
        cells,
        anchor,
    }
}

/// Lists the cells of an item that is told by rows of a ledger.
fn cell_views(notice: &Notice, row: &LedgerRow, body: &mut Body<'_, '_>) -> Vec<CellView> {
    let cells = notice.cells_of(row);
    let heading = cells.iter().position(|cell| cell.column == LedgerColumn::Problem);
    let view = |(index, cell): (usize, &LedgerCell<'_>)| {
        let is_heading = Some(index) == heading;
        CellView {
            column: cell.column.id(),
            head: format!("{}{}", cell.head.plain_text(), cell.unit.map_or_else(String::new, in_brackets)),
            is_heading,
            begins_row: cell.begins_row,
            html: if is_heading { body.heading(cell.text) } else { body.inline(cell.text) },
        }
    };
    cells.iter().enumerate().map(view).collect()
}

fn in_brackets(unit: &str) -> String {
    format!("（{unit}）")
}

/// Lists the rows of a ledger that lead to the pages of their items; none for any other section.
fn row_marks(site: &Site, notice: usize, position: usize, page: &str, link: &str) -> RowMarks {
    let mut marks = RowMarks::new();
    let ledger = site.section(notice, position);
    for (section, item, row) in site.notices[notice].rows_of(PassageId::of_section(position)) {
        let Some(number) = item.item_number else { continue };
        let (Some(of_ledger), Some(block)) = (ledger.tables.get(row.table), ledger.ledger_block(row.table))
        else {
            continue;
        };
        let path = Route::Item { notice, section }.path(site);
        let mark = RowMark {
            id: item.anchor(),
            href: relative_address(page, &path),
            words: link.replace("{n}", &number.to_string()),
            column: of_ledger
                .columns
                .iter()
                .position(|one| *one == LedgerColumn::Problem)
                .unwrap_or_default(),
        };
        marks.entry(block.range.start).or_default().insert(row.rows.start, mark);
    }
    marks
}

/// Writes the text of an information page.
pub(super) fn body_of_page(site: &Site, page: &InformationPage, path: &str) -> String {
    // The glossary explains notices, which were not written for everyone; these pages were.
    let none = Glossary::default();
    let mut terms = Terms::new(&none);
    Body {
        site,
        source: &page.source,
        figures: &[],
        terms: &mut terms,
        page: path,
        id_prefix: "",
        footnotes: "",
        rows: RowMarks::new(),
    }
    .blocks(&page.body)
}

/// Groups the notices by their contacts, so that a site with one office shows its contacts once; for pages that stand at
/// the site's root.
pub(super) fn contact_groups(site: &Site) -> Vec<ContactGroupView> {
    let mut order: Vec<&[Contact]> = Vec::new();
    let mut notices: BTreeMap<&[Contact], Vec<(usize, &Notice)>> = BTreeMap::new();
    let with_contacts = site.notices.iter().map(|notice| (notice, site.contacts(notice)));
    for (index, (notice, contacts)) in with_contacts.enumerate().filter(|(_, (_, own))| !own.is_empty()) {
        let group = notices.entry(contacts).or_default();
        if group.is_empty() {
            order.push(contacts);
        }
        group.push((index, notice));
    }
    if order.is_empty() && !site.config.contacts.is_empty() {
        order.push(&site.config.contacts);
    }
    let link = |(index, notice): &(usize, &Notice)| LinkView {
        title: notice.title.value.clone(),
        path: Route::Notice(*index).path(site),
    };
    order
        .into_iter()
        .map(|contacts| ContactGroupView {
            contacts: contacts.iter().map(|contact| contact_view(site, contact, "")).collect(),
            notices: notices.get(contacts).into_iter().flatten().map(link).collect(),
        })
        .collect()
}

/// Builds the view of a contact for the page at `page`.
fn contact_view(site: &Site, contact: &Contact, page: &str) -> ContactView {
    let view = |kind, text: &str| ContactView { kind, text: text.to_owned(), ..ContactView::default() };
    match contact {
        Contact::Phone { number, hours } => {
            let dialed = number.split('转').next().unwrap_or_default();
            let dialed: String = dialed.chars().filter(|c| c.is_ascii_digit() || "-+".contains(*c)).collect();
            ContactView { href: Some(format!("tel:{dialed}")), hours: hours.clone(), ..view("phone", number) }
        }
        Contact::Post { address, postcode } => {
            ContactView { postcode: postcode.clone(), ..view("post", address) }
        }
        Contact::Email { address } => {
            ContactView { href: Some(format!("mailto:{address}")), ..view("email", address) }
        }
        Contact::Platform { name, path, url } => {
            let href = url.as_deref().map(|url| site.outside_address(url, page).into_owned());
            let to = url.clone().filter(|url| href.as_ref() != Some(url));
            ContactView { href, to, steps: path.clone(), ..view("platform", name) }
        }
    }
}

fn correction_view(correction: &Correction) -> CorrectionView {
    CorrectionView { date: day_view(&correction.date), note: correction.note.value.clone() }
}

fn inspection_view(inspection: &Inspection) -> InspectionView {
    InspectionView {
        kind: inspection.kind.clone(),
        family: inspection.family(),
        group: inspection.group.clone(),
        from: inspection.from.as_ref().map(day_view),
        to: inspection.to.as_ref().map(day_view),
        findings: inspection.findings.as_ref().map(day_view),
    }
}

pub(super) fn day_view(day: &Day) -> DayView {
    DayView { printed: day.printed().to_owned(), iso: day.iso() }
}

fn time_view(time: &PublicationTime) -> TimeView {
    TimeView { printed: time.printed(), iso: time.iso() }
}
