//! (Site, Route) → JSON-LD: what a page tells search engines and other programs, in the words of schema.org.
//!
//! A notice is a `Report` of a `GovernmentOrganization` with a `Dataset` in it, whose figures are `variableMeasured`; an
//! item is a `Report` that is part of the notice. Values are JSON numbers with all of their digits. `docs/schemas/`
//! holds the form.

use serde::Serialize;

use crate::diagnostic::Language;
use crate::figure::Decimal;
use crate::notice::{Metric, Notice, PublicationTime};
use crate::site::{DataFile, Route, Site, relative_address};

/// A notice or an item.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Organization<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Organization<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Box<Self>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_part: Option<Dataset<'a>>,
}

#[derive(Serialize)]
struct Organization<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dataset<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    variable_measured: Vec<PropertyValue<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    distribution: Vec<DataDownload>,
}

/// A figure: one value, or the two ends of a range. The description is the figure as printed, words such as 余 included.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PropertyValue<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "propertyID")]
    property_id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_value: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_value: Option<Decimal>,
    unit_text: &'a str,
    description: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DataDownload {
    #[serde(rename = "@type")]
    kind: &'static str,
    encoding_format: &'static str,
    content_url: String,
}

/// Writes the JSON-LD of the page at `route`; nothing for pages that are neither a notice nor an item.
///
/// It holds no `<`, so that no text can end the `<script>` that it stands in.
pub(super) fn of_page(site: &Site, route: &Route) -> Option<String> {
    let report = match route {
        Route::Notice(index) => of_notice(site, *index),
        Route::Item { notice, section } => of_item(site, *notice, *section),
        _ => return None,
    };
    let json = serde_json::to_string(&report).expect("reports are structs of texts and numbers");
    Some(json.replace('<', "\\u003c"))
}

/// Returns the title of the data of a notice, in the language of the site.
pub(crate) fn title_of_data(language: Language, title: &str) -> String {
    match language {
        Language::English => format!("{title}: data"),
        Language::Chinese => format!("{title}：数据"),
    }
}

fn of_notice(site: &Site, index: usize) -> Report<'_> {
    let notice = &site.notices[index];
    let config = &site.config;
    let path = Route::Notice(index).path(site);
    let publisher = config.unit.as_deref().unwrap_or(&notice.unit);
    let figures: Vec<PropertyValue<'_>> = notice.all_metrics().map(|(_, metric)| figure(metric)).collect();
    let language = config.own_language();
    let download = |encoding_format, file| {
        let data = Route::Data { notice: index, file }.path(site);
        let content_url = site.full_address(&data).unwrap_or_else(|| relative_address(&path, &data));
        DataDownload { kind: "DataDownload", encoding_format, content_url }
    };
    Report {
        context: Some("https://schema.org"),
        url: site.full_address(&path),
        in_language: Some(&config.language.value),
        date_created: notice.date.iso(),
        date_published: notice.published.as_ref().map(PublicationTime::iso),
        author: Some(Organization::new(&notice.unit)),
        publisher: Some(Organization::new(publisher)),
        has_part: dataset(notice, language, figures).map(|dataset| Dataset {
            description: Some(description(language, notice)),
            distribution: vec![
                download("text/csv", DataFile::FiguresCsv),
                download("application/json", DataFile::FiguresJson),
            ],
            ..dataset
        }),
        ..Report::new(&notice.title.value)
    }
}

fn of_item(site: &Site, index: usize, position: usize) -> Report<'_> {
    let notice = &site.notices[index];
    let section = site.section(index, position);
    let path = Route::Item { notice: index, section: position }.path(site);
    let whole = Route::Notice(index).path(site);
    let heading = section.heading.as_ref().map_or(section.id.as_str(), |heading| heading.value.as_str());
    let figures = section.metrics.iter().map(figure).collect();
    Report {
        context: Some("https://schema.org"),
        url: site.full_address(&path),
        position: section.item_number,
        in_language: Some(&site.config.language.value),
        author: Some(Organization::new(&notice.unit)),
        is_part_of: Some(Box::new(Report {
            url: Some(site.full_address(&whole).unwrap_or_else(|| relative_address(&path, &whole))),
            ..Report::new(&notice.title.value)
        })),
        has_part: dataset(notice, site.config.own_language(), figures),
        ..Report::new(heading)
    }
}

/// Returns the figures as a data set of the notice; nothing if there are none.
fn dataset<'a>(
    notice: &Notice,
    language: Language,
    figures: Vec<PropertyValue<'a>>,
) -> Option<Dataset<'a>> {
    (!figures.is_empty()).then(|| Dataset {
        kind: "Dataset",
        name: title_of_data(language, &notice.title.value),
        description: None,
        variable_measured: figures,
        distribution: Vec::new(),
    })
}

fn description(language: Language, notice: &Notice) -> String {
    let title = &notice.title.value;
    match language {
        Language::English => {
            format!("The figures that the notice “{title}” states, with their units, days and sentences.")
        }
        Language::Chinese => {
            format!("“{title}”原文载明的各项数据，含指标、数值、单位、统计截至日期和原句，可以下载。")
        }
    }
}

fn figure(metric: &Metric) -> PropertyValue<'_> {
    let quantity = &metric.quantity.value;
    let (value, upper) = (quantity.value(), quantity.upper());
    PropertyValue {
        kind: "PropertyValue",
        property_id: &metric.id,
        name: &metric.label.value,
        value: upper.is_none().then_some(value),
        min_value: upper.map(|_| value),
        max_value: upper,
        unit_text: quantity.unit().as_str(),
        description: quantity.to_string(),
    }
}

impl<'a> Report<'a> {
    fn new(name: &'a str) -> Self {
        Self {
            context: None,
            kind: "Report",
            name,
            url: None,
            position: None,
            in_language: None,
            date_created: None,
            date_published: None,
            author: None,
            publisher: None,
            is_part_of: None,
            has_part: None,
        }
    }
}

impl<'a> Organization<'a> {
    fn new(name: &'a str) -> Self {
        Self { kind: "GovernmentOrganization", name }
    }
}
