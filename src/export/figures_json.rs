//! `figures.json`: the named figures of a notice with every place that states them, and the relations between them.
//!
//! `docs/schemas/figures.schema.json` holds the form. Values are JSON numbers, written digit by digit from the exact
//! decimal. Addresses are relative to the file.

use serde::Serialize;

use super::json;
use super::records::{DayRecord, MetricRecord, RelationRecord, section_id};
use crate::notice::{Coverage, Printing};
use crate::site::{DataFile, Route, Site, relative_address};

#[derive(Serialize)]
struct FiguresJson<'a> {
    format: &'static str,
    version: u32,
    notice: HeadJson<'a>,
    coverage: CoverageJson,
    metrics: Vec<MetricJson<'a>>,
    relations: Vec<RelationRecord<'a>>,
}

#[derive(Serialize)]
struct HeadJson<'a> {
    id: &'a str,
    title: &'a str,
    unit: &'a str,
    date: Option<DayRecord<'a>>,
}

#[derive(Serialize)]
struct CoverageJson {
    bound: usize,
    exempt: usize,
    open: usize,
}

#[derive(Serialize)]
struct MetricJson<'a> {
    #[serde(flatten)]
    metric: MetricRecord<'a>,
    places: Vec<PlaceJson<'a>>,
}

#[derive(Serialize)]
struct PlaceJson<'a> {
    section: Option<&'a str>,
    printed: &'a str,
    sentence: &'a str,
    page: String,
    item_page: Option<String>,
}

/// Writes `figures.json` of a notice.
pub fn figures_json(site: &Site, index: usize) -> String {
    let notice = &site.notices[index];
    let Coverage { bound, exempt, open } = notice.coverage();
    let language = site.config.own_language();
    let from = Route::Data { notice: index, file: DataFile::FiguresJson }.path(site);
    json::write(&FiguresJson {
        format: "gongkai-figures",
        version: 1,
        notice: HeadJson {
            id: &notice.id,
            title: &notice.title.value,
            unit: &notice.unit,
            date: notice.date.as_ref().map(|date| DayRecord::new(&date.value)),
        },
        coverage: CoverageJson { bound, exempt, open },
        metrics: notice
            .metrics()
            .map(|(passage, metric)| MetricJson {
                metric: MetricRecord::new(notice, passage, metric),
                places: metric
                    .printings
                    .iter()
                    .map(|printing| place(site, index, &from, *printing))
                    .collect(),
            })
            .collect(),
        relations: notice
            .relations()
            .map(|(passage, relation)| {
                RelationRecord::new(notice, passage, relation, relation.shown_implied(), language)
            })
            .collect(),
    })
}

/// Tells where a figure stands; `from` is the address of this file.
fn place<'a>(site: &'a Site, index: usize, from: &str, printing: Printing) -> PlaceJson<'a> {
    let notice = &site.notices[index];
    let figure = notice.figure(printing);
    let anchor = figure.anchor().unwrap_or_default();
    let address = |page: Route| [&relative_address(from, &page.path(site)), "#", &anchor].concat();
    PlaceJson {
        section: section_id(notice, printing.passage),
        printed: figure.quantity.printed(),
        sentence: &figure.sentence,
        page: address(Route::Notice(index)),
        item_page: notice.item_of(printing).map(|section| address(Route::Item { notice: index, section })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::{TABLE_OF_SIGNS, site, site_with};
    use serde_json::{Value, json};

    #[track_caller]
    fn figures(front_matter: &str, body: &str) -> Value {
        serde_json::from_str(&figures_json(&site_with(front_matter, body), 0)).unwrap()
    }

    #[test]
    fn a_figure_has_everything_that_is_known() {
        let front_matter = "metrics:\n  降幅: {value: 近15.30%, id: fall, direction: down, as_of: 2025年6月底, note: 同比}\n";
        let all = figures(front_matter, "截至目前，案件下降近15.30%。");
        assert_eq!(
            all["metrics"][0],
            json!({
                "id": "fall", "label": "降幅", "printed": "近15.30%", "value": 15.3, "value_to": null, "unit": "%",
                "decimals": 2, "scale": 0, "approximation": "below", "direction": "down",
                "as_of": {"date": null, "printed": "2025年6月底", "words": "截至目前"},
                "section": "01", "note": "同比",
                "places": [{
                    "section": "01", "printed": "近15.30%", "sentence": "截至目前，案件下降近15.30%。",
                    "page": "index.html#figure-fall", "item_page": "01.html#figure-fall"
                }]
            })
        );
        assert_eq!(all["notice"]["date"], json!({"date": "2025-08-28", "printed": "2025年8月28日"}));
    }

    #[test]
    fn values_keep_every_digit() {
        let front_matter = "metrics: {金额: 12345678901234567890.123456789元}\n";
        let text = figures_json(&site_with(front_matter, "金额12345678901234567890.123456789元。"), 0);
        assert!(text.contains("\"value\": 12345678901234567890.123456789,\n"), "{text}");
        assert!(text.ends_with("}\n"));
        let negative = figures_json(&site_with("metrics: {增幅: -3.5%}\n", "增幅-3.5%。"), 0);
        assert!(negative.contains("\"value\": -3.5,\n"), "{negative}");
    }

    #[test]
    fn figures_of_the_opening_have_no_item_page() {
        let site = site(&[(
            "content/n/notice.md",
            "---\ntitle: 甲\nunit: 甲\ndate: 2025-08-28\nmetrics: {人数: 9人}\n---\n到场9人。\n",
        )]);
        let all: Value = serde_json::from_str(&figures_json(&site, 0)).unwrap();
        assert_eq!(all["metrics"][0]["section"], Value::Null);
        assert_eq!(all["metrics"][0]["places"][0]["item_page"], Value::Null);
    }

    #[test]
    fn relations_are_put_into_words() {
        let (metrics, body) = TABLE_OF_SIGNS;
        let relations = "relations:\n  - 人数 = ? * 3\n  - 人数 >= count(items)\n";
        let all = figures(&format!("{metrics}{relations}"), body);
        let id = &all["metrics"][1]["id"];
        assert!(id.is_string());
        assert_eq!(
            all["relations"],
            json!([
                {"section": "01", "formula": "人数 = ? * 3", "in_figures": "人数 9人 = ? × 3", "result": "unstated",
                 "reason": null, "implied": null, "note": null},
                {"section": "01", "formula": "人数 >= count(items)", "in_figures": "人数 9人 ≥ count(items) 1",
                 "result": "consistent", "reason": null, "implied": null, "note": null},
            ])
        );
    }

    #[track_caller]
    fn check_implied(
        relation: &str,
        printed: &str,
        lower: Option<&str>,
        upper: Option<&str>,
        unit: Option<&str>,
    ) {
        let front_matter = format!(
            "metrics: {{金额: 936.3万元, 比例: 37.7%, 人数: 30余人}}\nrelations: [{{formula: \"{relation}\", show_implied: true}}]\n"
        );
        let all = figures_json(&site_with(&front_matter, "追回金额936.3万元，比例37.7%，人数30余人。"), 0);
        let all: Value = serde_json::from_str(&all).unwrap();
        let implied = &all["relations"][0]["implied"];
        let number = |text: Option<&str>| -> Value {
            text.map_or(Value::Null, |text| serde_json::from_str(text).unwrap())
        };
        let expected =
            json!({"printed": printed, "lower": number(lower), "upper": number(upper), "unit": unit});
        assert_eq!(*implied, expected, "{relation}");
    }

    #[test]
    fn a_relation_with_a_remark_has_a_word_of_its_own() {
        let front_matter =
            "metrics: {比例: 72.9%}\nrelations:\n  - {formula: 比例 = 7297 / 10000, note: 原文如此}\n";
        let all = figures(front_matter, "比例72.9%。");
        let relation = &all["relations"][0];
        assert_eq!((&relation["result"], &relation["note"]), (&json!("noted"), &json!("原文如此")));
        assert_eq!(relation["reason"], Value::Null);
    }

    #[test]
    fn implied_values_are_those_on_the_page() {
        check_implied(
            "比例 = 金额 / ?",
            "2,480.1–2,487.0万元",
            Some("24801000"),
            Some("24870000"),
            Some("元"),
        );
        check_implied("人数 <= ?", "不少于30人", Some("30"), None, Some("人"));
        check_implied("人数 = ?", "30–39人", Some("30"), Some("39"), Some("人"));
        check_implied("金额 = 金额 * ?", "99.98–100.02%", Some("99.98"), Some("100.02"), Some("%"));
    }
}
