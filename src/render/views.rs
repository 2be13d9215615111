//! What templates can read. The comments here are the words of `docs/themes.md`: a test writes its tables from them.
//!
//! Paths are from the site's root: a template writes `{{ root }}{{ notice.path }}`. Texts are escaped by the template
//! engine; [`Html`] and [`Json`] are not. A `&'static str` is one of the words that its comment names.

use serde::Serialize;

/// HTML, which a template prints with `| safe`.
type Html = String;

/// JSON, which a template prints with `| safe` inside a script of data.
type Json = String;

/// The settings from `site.yaml`.
#[derive(Debug, Serialize)]
pub(super) struct SiteView {
    /// The name of the site.
    pub(super) title: String,
    /// One sentence about the site.
    pub(super) description: Option<String>,
    /// The unit that runs the site.
    pub(super) unit: Option<String>,
    /// The language of the interface, for `<html lang>`.
    pub(super) language: String,
    /// Where the site will be found, ending in `/`.
    pub(super) base_url: Option<String>,
    /// 网站标识码.
    pub(super) site_code: Option<String>,
    /// ICP 备案号.
    pub(super) icp: Option<String>,
    /// 公安备案号.
    pub(super) police_record: Option<String>,
    /// Its 14 digits, by which it is looked up; null if it has another number of digits.
    pub(super) police_code: Option<String>,
    /// The number by which 党政机关网站标识 is looked up.
    pub(super) conac: Option<String>,
    /// The host in `base_url`: `www.example.gov.cn`.
    pub(super) domain: Option<String>,
    /// Where the feedback form posts to; without it there is no form.
    pub(super) feedback_action: Option<String>,
    /// How soon messages are answered: 收到后15个工作日内.
    pub(super) feedback_answer_within: Option<String>,
    /// The Markdown pages beside notices, `contact.md` and `feedback.md`.
    pub(super) pages: Vec<LinkView>,
}

/// The page being rendered.
#[derive(Debug, Serialize)]
pub(super) struct PageView {
    /// `home`, `list`, `notice`, `item`, `page`, `contact`, `feedback`, `feedback-sent`, `feedback-failed`, `accessibility`,
    /// `privacy`, `search`, `sitemap`, `leave`, `moved` or `not-found`.
    pub(super) kind: &'static str,
    /// The title, without the name of the site.
    pub(super) title: String,
    /// The path from the root of the site.
    pub(super) path: String,
    /// The full address; null without `base_url`, on `404.html` and on pages that lead to other sites.
    pub(super) canonical: Option<String>,
    /// Its address as a QR code, on the page of a notice whose address is known.
    pub(super) qr: Option<QrView>,
    /// Which edition of the notice it is, on the pages of a notice and its items.
    pub(super) edition: Option<usize>,
    /// Where readers report an error on this page (我为政府网站找错); null without `site_code` and `base_url`.
    pub(super) error_report: Option<String>,
    /// The pages above this one, the home page first; empty on the home page.
    pub(super) breadcrumbs: Vec<LinkView>,
    /// What the page tells machines, see [Data](data.md#json-ld); null unless it is the page of a notice or an item.
    pub(super) json_ld: Option<Json>,
}

/// A QR code.
#[derive(Debug, Serialize)]
pub(super) struct QrView {
    /// How many modules it is wide and high, the quiet zone of four around it not counted.
    pub(super) size: usize,
    /// Its dark modules, as the `d` of a path that is stroked one module wide, from the middle of each row.
    pub(super) path: String,
}

/// A page to link to.
#[derive(Debug, Serialize)]
pub(super) struct LinkView {
    /// The title of the page.
    pub(super) title: String,
    /// The path from the root of the site.
    pub(super) path: String,
}

/// An item as it stands in a list.
#[derive(Debug, Serialize)]
pub(super) struct ItemLinkView {
    /// What the feedback form calls the item: `zhoushan-2025/06`.
    pub(super) id: String,
    /// The heading of the item.
    pub(super) title: String,
    /// The path from the root of the site.
    pub(super) path: String,
    /// `completed`, `mostly-completed`, `in-progress`, `long-term` or `not-done`; null if the public text does not say.
    pub(super) status: Option<&'static str>,
    /// The office's own words for the status, as printed; null where those of the site are shown.
    pub(super) status_words: Option<String>,
    /// The headings that begin in front of it and hold it and those behind it, the outermost first.
    pub(super) groups: Vec<String>,
}

/// An item in the contents beside its neighbours.
#[derive(Debug, Serialize)]
pub(super) struct NeighborView {
    /// The heading of the item.
    pub(super) title: String,
    /// The path from the root of the site.
    pub(super) path: String,
    /// Whether it is the item of this page.
    pub(super) is_current: bool,
}

/// A notice as it stands in a list.
#[derive(Debug, Serialize)]
pub(super) struct NoticeSummaryView {
    /// The name of its folder: `zhoushan-2025`.
    pub(super) id: String,
    /// The title.
    pub(super) title: String,
    /// The unit that publishes.
    pub(super) unit: String,
    /// The path from the root of the site.
    pub(super) path: String,
    /// 成文日期, the date under the signature; where the text prints none, the day on which it was published.
    pub(super) date: DayView,
    /// Whether `date` is 成文日期 and stands in the text.
    pub(super) is_dated: bool,
    /// When it was published.
    pub(super) published: Option<TimeView>,
    /// How many items it has.
    pub(super) n_items: usize,
    /// How often it was corrected since it was published.
    pub(super) n_corrections: usize,
    /// The items, if `items_are_listed`.
    pub(super) items: Vec<ItemLinkView>,
}

/// The one notice of a site that has no other, as the home page shows it.
#[derive(Debug, Serialize)]
pub(super) struct FrontView {
    /// The notice; its `items` are empty if there are more than 500.
    pub(super) notice: NoticeSummaryView,
    /// The figures that readers see first, as on the page of the notice, where their `places` are.
    pub(super) key_figures: Vec<FigureView>,
    /// How many items have which status; empty if no item has one.
    pub(super) statuses: Vec<StatusCountView>,
}

/// What notices have together. Only like is added to like: what not all of them state is counted with how many do.
#[derive(Debug, Serialize)]
pub(super) struct TotalsView {
    /// How many notices there are.
    pub(super) n_notices: usize,
    /// How many of them list items.
    pub(super) n_itemized: usize,
    /// How many items these have.
    pub(super) n_items: usize,
    /// How many notices state the status of items.
    pub(super) n_stating: usize,
    /// Of how many items they state it.
    pub(super) n_stated: usize,
    /// How many of these items have which status.
    pub(super) statuses: Vec<StatusCountView>,
}

/// The pages that list notices and items.
#[derive(Debug, Serialize)]
pub(super) struct ListsView {
    /// The years, the latest first.
    pub(super) years: Vec<ListLinkView>,
    /// The page that lists the units, and how many there are; null where there is only one.
    pub(super) units: Option<ListLinkView>,
    /// The page that lists the items that are not completed, and how many there are; null where there is none.
    pub(super) open: Option<ListLinkView>,
}

/// A list to link to.
#[derive(Debug, Serialize)]
pub(super) struct ListLinkView {
    /// The year in digits, or the unit; empty for others.
    pub(super) name: String,
    /// The path from the root of the site.
    pub(super) path: String,
    /// How many notices, units or items it lists.
    pub(super) n: usize,
}

/// A page that lists notices, units or items.
#[derive(Debug, Serialize)]
pub(super) struct ListView {
    /// `year`, `unit`, `units` or `open`.
    pub(super) kind: &'static str,
    /// How many entries the whole list has.
    pub(super) n: usize,
    /// What its notices have together; null for `units` and `open`.
    pub(super) totals: Option<TotalsView>,
    /// The notices on this page, the latest first; their `items` are empty here.
    pub(super) notices: Vec<NoticeSummaryView>,
    /// The units on this page, the one with the latest notice first.
    pub(super) units: Vec<ListLinkView>,
    /// The open items on this page, status by status.
    pub(super) open: Vec<OpenItemsView>,
    /// Which page of the list it is, from 1.
    pub(super) part: usize,
    /// How many pages it has.
    pub(super) n_parts: usize,
    /// The page before it.
    pub(super) previous: Option<LinkView>,
    /// The page after it.
    pub(super) next: Option<LinkView>,
}

/// The open items of one status.
#[derive(Debug, Serialize)]
pub(super) struct OpenItemsView {
    /// `mostly-completed`, `in-progress`, `long-term` or `not-done`.
    pub(super) status: &'static str,
    /// How many items of the site have it, on all pages of the list.
    pub(super) n: usize,
    /// Those on this page.
    pub(super) items: Vec<OpenItemView>,
}

/// An open item, with the notice that it belongs to.
#[derive(Debug, Serialize)]
pub(super) struct OpenItemView {
    /// The item; its `groups` are empty here.
    pub(super) item: ItemLinkView,
    /// The notice; its `items` are empty here.
    pub(super) notice: NoticeSummaryView,
}

/// How many items have a status.
#[derive(Debug, Serialize)]
pub(super) struct StatusCountView {
    /// `completed`, `mostly-completed`, `in-progress`, `long-term`, `not-done`, `unclear` where the text of an item says
    /// several things or something that nobody has explained, or `unknown` where the public text does not say.
    pub(super) status: &'static str,
    /// The office's own words for it, if all of these items have the same ones; else null, and those of the site are shown.
    pub(super) words: Option<String>,
    /// How many items have it.
    pub(super) n: usize,
    /// Where these items are listed, from the root of the site: `status/open/index.html#in-progress`; null if nowhere.
    pub(super) path: Option<String>,
}

/// A notice with all of its text.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a template asks for each of them by its name")]
pub(super) struct NoticeView {
    /// The name of its folder: `zhoushan-2025`.
    pub(super) id: String,
    /// The title.
    pub(super) title: String,
    /// Whether the approved text begins with the title; if not, mark the title with `data-generated`.
    pub(super) title_is_approved: bool,
    /// Whether there is an approved text with which every page is compared.
    pub(super) is_compared: bool,
    /// The unit that was inspected and that publishes.
    pub(super) unit: String,
    /// 索引号, the number in the catalogue of the government's information.
    pub(super) index_number: Option<String>,
    /// 发文字号, the number of the document.
    pub(super) document_number: Option<String>,
    /// The path from the root of the site.
    pub(super) path: String,
    /// Who inspected, and when.
    pub(super) inspection: Option<InspectionView>,
    /// 成文日期, the date under the signature; where the text prints none, the day on which it was published.
    pub(super) date: DayView,
    /// Whether `date` is 成文日期 and stands in the text.
    pub(super) is_dated: bool,
    /// When it was published.
    pub(super) published: Option<TimeView>,
    /// Which published state this is: 1, and one more for each correction.
    pub(super) edition: usize,
    /// What was changed after it was published, the first change first.
    pub(super) corrections: Vec<CorrectionView>,
    /// Until when it is to be public.
    pub(super) open_until: Option<DayView>,
    /// Who signs, each on a line of its own, above `date`; empty if the text itself ends with the signature.
    pub(super) signers: Vec<String>,
    /// How many of `sections` stand in front of the signature; those behind it are annexes.
    pub(super) n_before_signature: usize,
    /// How citizens reach the unit about this notice; the site's contacts if the notice has none.
    pub(super) contacts: Vec<ContactView>,
    /// The sentences of the opening that state figures; those of sections stand there.
    pub(super) sentences: Vec<SentenceView>,
    /// The figures for 主要数据, at most eight, in reading order: those whose entry says `key`, else the first of the
    /// opening, or, where it has none, of the notice.
    pub(super) key_figures: Vec<FigureView>,
    /// How many figures of the opening, or, where it has none, of the notice, are not among `key_figures`.
    pub(super) n_more_figures: usize,
    /// How figures of the notice fit together, those that sections state among them.
    pub(super) relations: Vec<RelationView>,
    /// How many items it has.
    pub(super) n_items: usize,
    /// How many measures (（一）…) its items have, nested ones not counted; in an item without any its points (一是…二是…).
    pub(super) n_measures: usize,
    /// How many figures the notice and its sections have.
    pub(super) n_figures: usize,
    /// How many items have which status; empty if no item has one.
    pub(super) statuses: Vec<StatusCountView>,
    /// True if there are items, and neither front matter nor text says of any of them how far it is.
    pub(super) status_unstated: bool,
    /// Drawings of what can be compared.
    pub(super) charts: Vec<ChartView>,
    /// The data files of the notice.
    pub(super) data_files: Vec<DataFileView>,
    /// The paragraphs in front of the first section.
    pub(super) opening: Vec<PartView>,
    /// The sections in order.
    pub(super) sections: Vec<SectionView>,
}

/// A change of the text after it was published.
#[derive(Debug, Serialize)]
pub(super) struct CorrectionView {
    /// When it was made.
    pub(super) date: DayView,
    /// What was changed and why.
    pub(super) note: String,
}

/// A drawing of figures that can be compared.
/// gongkai draws three things, at most three drawings in all, each only where the notice has it: how many items have which status, if there are at
/// least two; a total with its parts, where a relation `total = part + part + part` holds, since two parts say all in the line
/// above them; and exact amounts of money that
/// the notice itself sets beside each other, in one sentence or in one relation that holds, where there are at least
/// two and the smallest can be seen beside the largest.
/// Amounts from different matters are never drawn together: returned money and seized money say nothing side by side.
#[derive(Debug, Serialize)]
pub(super) struct ChartView {
    /// `statuses`, `parts` or `amounts`.
    pub(super) kind: &'static str,
    /// What the parts add up to.
    pub(super) total: Option<BarView>,
    /// The bars; of `statuses` and `parts` they follow each other in one row, of `amounts` each has a row.
    pub(super) bars: Vec<BarView>,
}

/// A bar: where it begins and how long it is, in percent of the drawing's width.
#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct BarView {
    /// What the figure is called; null for a status.
    pub(super) label: Option<String>,
    /// `completed`, `mostly-completed`, `in-progress`, `long-term`, `not-done`, `unclear` or `unknown`.
    pub(super) status: Option<&'static str>,
    /// The office's own words for the status, if all of these items have the same ones.
    pub(super) words: Option<String>,
    /// The figure as printed, or the number of items.
    pub(super) text: String,
    /// Where the bar begins, in percent of the drawing's width: `33.33%`.
    pub(super) start: String,
    /// How long it is: `66.67%`.
    pub(super) length: String,
    /// Where the figure stands in the text: `figure-m1f2e3d4c`.
    pub(super) place: Option<String>,
}

/// A data file of a notice, see [Data](data.md).
#[derive(Debug, Serialize)]
pub(super) struct DataFileView {
    /// `figures-csv`, `figures-json`, `notice-json` or `data-package`.
    pub(super) kind: &'static str,
    /// The path from the root of the site.
    pub(super) path: String,
}

/// Who inspected, and when.
#[derive(Debug, Serialize)]
pub(super) struct InspectionView {
    /// Its kind as printed: 巡察, 专项巡察.
    pub(super) kind: Option<String>,
    /// Which words speak of it: `xuncha` (巡察), `xunshi` (巡视), `audit` (审计), `supervision` (督察), `oversight` (督查)
    /// or `other`.
    pub(super) family: &'static str,
    /// The group that inspected.
    pub(super) group: Option<String>,
    /// The first day.
    pub(super) from: Option<DayView>,
    /// The last day.
    pub(super) to: Option<DayView>,
    /// The day on which the findings were delivered (反馈).
    pub(super) findings: Option<DayView>,
}

/// A part of a notice that has a file of its own: an item, a group of items, prose around them, or an annex behind the
/// signature.
#[derive(Debug, Serialize)]
pub(super) struct SectionView {
    /// The name of its file: `06`.
    pub(super) id: String,
    /// `item`, `prose`, `group`, `annex` or `ledger`: a table of problems, whose rows are the items behind it; on the page of
    /// the notice each of them is a row of that table, with its anchor, and no section of its own.
    pub(super) kind: &'static str,
    /// The `id` to give it on the page of the notice: `item-6`, `section-closing`; links of the text lead there.
    pub(super) anchor: String,
    /// How deep its heading stands, from 1; `<h2>` is right for 1.
    pub(super) level: u8,
    /// The heading as printed, numeral included; null only for prose.
    pub(super) heading: Option<String>,
    /// Its place among the items, from 1; null if it is no item.
    pub(super) number: Option<usize>,
    /// The page of the item, from the root of the site; null if it is no item.
    pub(super) path: Option<String>,
    /// `completed`, `mostly-completed`, `in-progress`, `long-term` or `not-done`; null if the public text does not say.
    pub(super) status: Option<&'static str>,
    /// The office's own words for the status, as printed; null where those of the site are shown.
    pub(super) status_words: Option<String>,
    /// True for an item of which neither front matter nor text says how far it is.
    pub(super) status_unstated: bool,
    /// The units that are responsible.
    pub(super) responsible: Vec<String>,
    /// When it is to be done; words such as 长期坚持 have no `iso`.
    pub(super) due: Option<DayView>,
    /// An explanation in plain words; not part of the approved text.
    pub(super) plain: Option<String>,
    /// What it is about, in one sentence for those who only see a link: `plain`, else the lead sentence of its first measure;
    /// null where the text has none, and on the page of the notice.
    pub(super) summary: Option<String>,
    /// The sentences that state figures: on the page of the notice those that state one for the first time, on a page
    /// of its own all of them.
    pub(super) sentences: Vec<SentenceView>,
    /// How many figures these sentences state.
    pub(super) n_figures: usize,
    /// How figures fit together, as the section states it.
    pub(super) relations: Vec<RelationView>,
    /// How many measures stand directly in it.
    pub(super) n_measures: usize,
    /// Its text; empty for an item that is told by rows of a ledger.
    pub(super) parts: Vec<PartView>,
    /// The cells of an item that is told by rows of a ledger, in their order; each must be shown once. Empty for any other.
    pub(super) cells: Vec<CellView>,
}

/// A cell of a ledger, on the page of the item that its row is.
#[derive(Debug, Serialize)]
pub(super) struct CellView {
    /// What its column says: `number`, `problem`, `measures`, `responsible`, `due`, `status` or `other`.
    pub(super) column: &'static str,
    /// The head of its column: 整改措施; a word beside the text here, so mark it with `data-generated`.
    pub(super) head: String,
    /// Whether it is the problem, and so the heading of the page.
    pub(super) is_heading: bool,
    /// Whether it is the first of its row; an item has several where its measures have a row each.
    pub(super) begins_row: bool,
    /// Its words.
    pub(super) html: Html,
}

/// A piece of the text.
/// A part of kind `measure` has a `lead` or none, and `parts`; one of kind `paragraph` has a `label` or none, and
/// `html`; one of kind `block` has `html`.
#[derive(Debug, Default, Serialize)]
pub(super) struct PartView {
    /// `measure`, `paragraph` or `block`.
    pub(super) kind: &'static str,
    /// The `id` to give a measure: `item-6-2`; null for other kinds.
    pub(super) anchor: Option<String>,
    /// The numbering and lead sentence of a measure, with the label that may stand in front of it, without `<p>`;
    /// null if its text has none, then the numbering stands in its first paragraph.
    pub(super) lead: Option<Html>,
    /// Whether the text goes on behind `lead` in the same paragraph; then mark the lead with `data-run-in`.
    pub(super) is_run_in: bool,
    /// What the paragraph begins with, such as 整改情况：, colon included.
    pub(super) label: Option<Html>,
    /// Whether the paragraph is a line of the list of annexes (附件：1.…, 2.…), whose entries stand below each other.
    pub(super) is_annex: bool,
    /// The rest of the paragraph, without `<p>`, in which a point that stands for a measure (一是) is `<span class="point"
    /// id="item-6-1">`; or a whole table, list, picture, footnotes; empty for a measure;
    /// pictures name their width and height, so a style sheet needs `img { max-width: 100%; height: auto; }`.
    pub(super) html: Html,
    /// What belongs to a measure, nested measures among it.
    pub(super) parts: Vec<Self>,
}

/// A word of the text that the site explains.
/// The text of the page has a link to the explanation where the word first stands (headings have none): `<a
/// class="term" id="in-text-term-1" href="#term-1">`.
/// A theme that shows a text from `parts` shows its `terms`, too, or these links lead nowhere, which is reported as
/// `dead-link`.
#[derive(Debug, Serialize)]
pub(super) struct TermView {
    /// The word.
    pub(super) term: String,
    /// What it means, as `glossary:` in `site.yaml` says.
    pub(super) meaning: String,
    /// The id that the explanation has to have: `term-1`.
    pub(super) anchor: String,
    /// The id of the word in the text, `in-text-term-1`; for a word that stands in the heading of a section alone the
    /// `anchor` of the section; null where that is the heading of the page.
    pub(super) place: Option<String>,
}

/// A sentence with the named figures (metrics) that it states.
#[derive(Debug, Serialize)]
pub(super) struct SentenceView {
    /// The sentence as printed, of a row of a table the cells that have figures, each behind its head; each figure in it links
    /// to its place in the text of this page.
    pub(super) html: Html,
    /// Its figures, in reading order.
    pub(super) figures: Vec<FigureView>,
    /// Whether they all count up to the same day, or none of them says one; then it need be said only once.
    pub(super) is_of_one_day: bool,
}

/// A named figure.
/// In the text, each of these figures is a `<data>` with its value, which links to `#metric-…`.
/// So a page that shows a text shows a row for each of its figures as well, with `anchor` as its `id`.
#[derive(Debug, Serialize)]
pub(super) struct FigureView {
    /// What machines call it; the same in every edition: `m1f2e3d4c`, or as the front matter says.
    pub(super) id: String,
    /// The `id` to give its row: `metric-m1f2e3d4c`.
    pub(super) anchor: String,
    /// What is counted: 追赃金额.
    pub(super) label: String,
    /// The figure as the text prints it: 936.3万元; a member of a list that names its unit at the end has it, too: 12件
    /// for the 12 of 12、34件.
    pub(super) printed: String,
    /// Its exact value in digits: 9363000; a percentage stays one: 37.7; of a range the lower end.
    pub(super) value: String,
    /// The upper end of a range.
    pub(super) value_to: Option<String>,
    /// Its unit without 万 and 亿: 元, `%`; empty for an index or a score, `:1` for a ratio.
    pub(super) unit: String,
    /// `up` or `down` for a comparison such as 同比下降; null for others, and where the label says it, as 降幅 does.
    pub(super) direction: Option<&'static str>,
    /// The day up to which it counts; null if neither the text nor the front matter says.
    pub(super) as_of: Option<DayView>,
    /// Where the text names no day, its words that were read as this one: 截至目前, 今年以来, 去年底; show them with the day,
    /// which the text does not state.
    pub(super) as_of_words: Option<String>,
    /// A remark for readers; not part of the approved text.
    pub(super) note: Option<String>,
    /// Where it stands in the text on this page: `figure-m1f2e3d4c`, `figure-m1f2e3d4c.2` where it is printed again.
    pub(super) places: Vec<String>,
}

/// How figures fit together (勾稽关系), computed by gongkai.
/// A relation that does not hold stops the build, unless its author has written a remark on it for readers.
#[derive(Debug, Serialize)]
pub(super) struct RelationView {
    /// The formula, word by word.
    pub(super) pieces: Vec<PieceView>,
    /// `consistent`, `unchecked`, `unstated`: the text does not state one of the values, or `noted`: the figures of
    /// the text differ, and a remark says why.
    pub(super) result: &'static str,
    /// Of a consistent one that holds only so far, `rounding` or `approximate` (余, 近, 约); else why it is unchecked:
    /// `about` (words that disagree: 约100人以上), `unbounded` (以上 and 不足 leave both sides open), `zero` (the divisor may
    /// be zero) or `too-large`.
    pub(super) reason: Option<&'static str>,
    /// What the printed figures imply for the value that is not stated, if the author has it shown (`show_implied`):
    /// 2,480.1–2,487.0万元.
    pub(super) implied: Option<String>,
    /// The remark on a relation that is `noted`; not part of the approved text.
    pub(super) note: Option<String>,
}

/// One word of a relation: a figure, a count, a number, a symbol, or the value that the text does not state.
#[derive(Debug, Serialize)]
pub(super) struct PieceView {
    /// `figure`, `count` (counted by gongkai), `number` (one that the formula itself names, with its unit if it has
    /// one), `symbol` or `unknown` (the value that the text does not state).
    pub(super) kind: &'static str,
    /// What a figure is called.
    pub(super) label: Option<String>,
    /// What was counted: `items`, `measures`, `list` (things that the text lists), `completed`, `mostly-completed`,
    /// `in-progress`, `long-term` or `not-done`.
    pub(super) counted: Option<&'static str>,
    /// The figure as printed, the number, or the sign: `=`, `÷`.
    pub(super) text: String,
    /// The row of a figure that is on this page: `metric-m1f2e3d4c`.
    pub(super) anchor: Option<String>,
}

/// A day.
#[derive(Debug, Serialize)]
pub(super) struct DayView {
    /// As official documents print it, 2025年8月28日, or as the author wrote it, 2024年10月下旬.
    pub(super) printed: String,
    /// 2025-08-28; null if it is not known to the day.
    pub(super) iso: Option<String>,
}

/// A moment.
#[derive(Debug, Serialize)]
pub(super) struct TimeView {
    /// 2025-08-28 09:00.
    pub(super) printed: String,
    /// 2025-08-28T09:00:00+08:00.
    pub(super) iso: String,
}

/// A way to reach the unit.
#[derive(Debug, Default, Serialize)]
pub(super) struct ContactView {
    /// `phone`, `post`, `email` or `platform`.
    pub(super) kind: &'static str,
    /// The number, the address, or the name of the platform, as printed.
    pub(super) text: String,
    /// `tel:…`, `mailto:…`, or where the platform is found: its address, or the page that says that the link leaves
    /// the site; null for post and for a platform without address.
    pub(super) href: Option<String>,
    /// The full address of the platform, if `href` is the page in between.
    pub(super) to: Option<String>,
    /// When the telephone is answered.
    pub(super) hours: Option<String>,
    /// The postcode of a postal address.
    pub(super) postcode: Option<String>,
    /// What to click on the platform, in order.
    pub(super) steps: Vec<String>,
}

/// Contacts that several notices may share.
/// Notices with the same contacts share one group.
#[derive(Debug, Serialize)]
pub(super) struct ContactGroupView {
    /// The contacts.
    pub(super) contacts: Vec<ContactView>,
    /// The notices they are for; empty if the site has contacts and no notice uses any.
    pub(super) notices: Vec<LinkView>,
}
