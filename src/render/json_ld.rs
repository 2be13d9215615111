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
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    identifier: Vec<Identifier<'a>>,
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
    date_modified: Option<String>,
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

/// A number that the office has given to the document.
#[derive(Serialize)]
struct Identifier<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "propertyID")]
    property_id: &'static str,
    value: &'a str,
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
    #[serde(skip_serializing_if = "str::is_empty")]
    unit_text: &'a str,
    description: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DataDownload {
    #[serde(rename = "@type")]
    kind: &'static str,
    encoding_format: &'static str,
    content_url: String,
}

/// Writes the JSON-LD of the page at `route`; `None` for pages that are neither a notice nor an item.
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
    let figures: Vec<PropertyValue<'_>> = notice.metrics().map(|(_, metric)| figure(metric)).collect();
    let language = config.own_language();
    let download = |encoding_format, file| {
        let data = Route::Data { notice: index, file }.path(site);
        let content_url = site.full_address(&data).unwrap_or_else(|| relative_address(&path, &data));
        DataDownload { kind: "DataDownload", encoding_format, content_url }
    };
    Report {
        context: Some("https://schema.org"),
        identifier: identifiers(notice),
        url: site.full_address(&path),
        in_language: Some(&config.language.value),
        date_created: notice.date.as_ref().and_then(|date| date.value.iso()),
        date_published: notice.published.as_ref().map(PublicationTime::iso),
        date_modified: notice.corrections.last().and_then(|last| last.date.iso()),
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
    let figures = section.passage.metrics.iter().map(figure).collect();
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

fn identifiers(notice: &Notice) -> Vec<Identifier<'_>> {
    let numbers = [("索引号", &notice.index_number), ("发文字号", &notice.document_number)];
    let given = numbers.into_iter().filter_map(|(name, number)| Some((name, number.as_deref()?)));
    given.map(|(property_id, value)| Identifier { kind: "PropertyValue", property_id, value }).collect()
}

/// Returns the figures as a data set of the notice; `None` if there are none.
fn dataset<'a>(notice: &Notice, language: Language, figures: Vec<PropertyValue<'a>>) -> Option<Dataset<'a>> {
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
    let [value, min_value, max_value] = ends(quantity.value(), quantity.upper());
    PropertyValue {
        kind: "PropertyValue",
        property_id: &metric.id,
        name: &metric.label.value,
        value,
        min_value,
        max_value,
        unit_text: quantity.unit().as_str(),
        description: quantity.printed(),
    }
}

/// Returns what stands for a figure: a value, or the lower and the upper end of a range.
fn ends(value: Decimal, upper: Option<Decimal>) -> [Option<Decimal>; 3] {
    match upper {
        None => [Some(value), None, None],
        Some(upper) => [None, Some(value), Some(upper)],
    }
}

impl<'a> Report<'a> {
    fn new(name: &'a str) -> Self {
        Self { kind: "Report", name, ..Self::default() }
    }
}

impl<'a> Organization<'a> {
    fn new(name: &'a str) -> Self {
        Self { kind: "GovernmentOrganization", name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::{site, site_with};
    use serde_json::{Value, json};

    #[track_caller]
    fn item(front_matter: &str, body: &str) -> (String, Value) {
        let site = site_with(front_matter, body);
        let text = of_page(&site, &Route::Item { notice: 0, section: 0 }).unwrap();
        let value = serde_json::from_str(&text).unwrap();
        (text, value)
    }

    #[test]
    fn an_item_is_part_of_its_notice() {
        let (text, item) = item("metrics: {降幅: {value: -3.5%, id: fall}}\n", "降幅-3.5%。");
        assert_eq!(item["isPartOf"], json!({"@type": "Report", "name": "甲通报", "url": "index.html"}));
        assert_eq!(item["position"], 1);
        assert!(text.contains(
            "{\"@type\":\"PropertyValue\",\"propertyID\":\"fall\",\"name\":\"降幅\",\"value\":-3.5,\
             \"unitText\":\"%\",\"description\":\"-3.5%\"}"
        ));
    }

    #[test]
    fn no_text_ends_the_script() {
        let label = "</script><!--<script>";
        let (text, item) = item(&format!("metrics:\n  '{label}': 3件\n"), "办理3件。");
        assert!(!text.contains('<'), "{text}");
        assert_eq!(item["hasPart"]["variableMeasured"][0]["name"], label);
    }

    #[test]
    fn a_range_has_two_ends() {
        let [one, two] = ["15", "20"].map(|number| number.parse().unwrap());
        assert_eq!(ends(one, None), [Some(one), None, None]);
        assert_eq!(ends(one, Some(two)), [None, Some(one), Some(two)]);
    }

    #[test]
    fn a_notice_says_when_it_was_published_only_if_that_is_known() {
        let notice = |settings: &str, more: &str| -> Value {
            let front_matter =
                format!("title: 甲\nunit: 乙\ndate: 2025-08-28\nmetrics: {{人数: 9人}}\n{more}");
            let site = site(&[
                ("site.yaml", &format!("title: 示例\n{settings}")),
                ("content/n/notice.md", &format!("---\n{front_matter}---\n到场9人。\n")),
            ]);
            serde_json::from_str(&of_page(&site, &Route::Notice(0)).unwrap()).unwrap()
        };
        let bare = notice("", "");
        assert_eq!(bare["dateCreated"], "2025-08-28");
        assert_eq!((bare.get("datePublished"), bare.get("url")), (None, None));
        assert_eq!(bare["publisher"]["name"], "乙");
        assert_eq!(bare["hasPart"]["distribution"][0]["contentUrl"], "figures.csv");
        let full = notice(
            "unit: 丙\nbase_url: https://example.gov.cn/zg/\n",
            "published: 2025-08-29T09:00:00+08:00\n",
        );
        assert_eq!(full["datePublished"], "2025-08-29T09:00:00+08:00");
        assert_eq!(full["url"], "https://example.gov.cn/zg/n/");
        assert_eq!(full["publisher"]["name"], "丙");
        assert_eq!(
            full["hasPart"]["distribution"][1]["contentUrl"],
            "https://example.gov.cn/zg/n/figures.json"
        );
    }

    #[test]
    fn other_pages_have_none() {
        let site = site_with("", "已经改进。");
        assert_eq!(of_page(&site, &Route::Home), None);
        let item = of_page(&site, &Route::Item { notice: 0, section: 0 }).unwrap();
        assert!(!item.contains("hasPart"), "an item without figures has no data set");
    }
}
