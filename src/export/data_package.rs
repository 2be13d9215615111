//! `datapackage.json` (Frictionless Data Package, version 2): what the data files of a notice are, with their hashes.
//!
//! `$schema` names the version and is a name only: tools know it without fetching it. Readers of version 1 find what they
//! look for as well, since version 2 renamed nothing that is used here but the roles of contributors. The hashes are taken
//! from the bytes of the other files, so they cannot differ from them.
//! `docs/schemas/data-package.schema.json` holds the form.

use serde::Serialize;

use super::Hashed;
use super::figures_csv::{COLUMNS, figures_csv};
use super::figures_json::figures_json;
use super::json;
use super::notice_json::notice_json;
use crate::diagnostic::Language;
use crate::figure::Approximation;
use crate::notice::{Direction, Notice, PublicationTime};
use crate::render::title_of_data;
use crate::site::{DataFile, Route, Site};
use crate::text;

#[derive(Serialize)]
struct PackageJson<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    name: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    contributors: [ContributorJson<'a>; 1],
    resources: Vec<ResourceJson>,
}

#[derive(Serialize)]
struct ContributorJson<'a> {
    title: &'a str,
    roles: [&'static str; 1],
}

#[derive(Serialize)]
struct ResourceJson {
    name: &'static str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    path: &'static str,
    title: &'static str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    bytes: usize,
    hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<TableSchemaJson>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TableSchemaJson {
    fields: Vec<FieldJson>,
    primary_key: [&'static str; 1],
    missing_values: [&'static str; 1],
}

#[derive(Serialize)]
struct FieldJson {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<ConstraintsJson>,
}

#[derive(Default, Serialize)]
struct ConstraintsJson {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unique: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'static str>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    words: Vec<&'static str>,
}

/// The name of version 2.
const SCHEMA: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// What the columns of `figures.csv` hold: type, title in English and Chinese.
const FIELDS: [(&str, &str, &str); COLUMNS.len()] = [
    ("string", "Id, the same in every edition", "编号，各版次不变"),
    ("string", "What is counted", "指标"),
    ("string", "Figure as printed", "原文写法"),
    ("number", "Exact value; of a range, its lower end", "准确数值；范围取下限"),
    ("number", "Upper end of a range", "范围的上限"),
    ("string", "Unit, without 万 and 亿", "单位，不含万、亿"),
    ("string", "How words such as 余 and 近 loosen the figure", "“余”“近”等约数的方向"),
    ("string", "Rise or fall, for comparisons", "升降，用于比较"),
    ("date", "Day up to which it counts", "统计截至日期"),
    ("string", "Words of the text for that day", "原文中的时间用语"),
    ("string", "Section that states it; empty for the opening", "所在部分；开头部分为空"),
    ("string", "Sentence that states it", "原句"),
    ("string", "Place on the page of the notice", "在通报页面上的位置"),
    ("string", "Remark", "备注"),
];

/// Columns that every row fills.
const REQUIRED: [&str; 6] = ["id", "label", "printed", "value", "sentence", "page"];

/// The files that a package describes.
#[derive(Debug)]
pub(super) struct Described {
    pub(super) figures_csv: Hashed,
    pub(super) figures_json: Hashed,
    pub(super) notice_json: Hashed,
}

impl Described {
    pub(super) fn new(site: &Site, index: usize) -> Self {
        Self {
            figures_csv: Hashed::new(figures_csv(site, index)),
            figures_json: Hashed::new(figures_json(site, index).into_bytes()),
            notice_json: Hashed::new(notice_json(site, index).into_bytes()),
        }
    }
}

/// Writes `datapackage.json` of a notice whose other files are `files`.
pub(super) fn data_package(site: &Site, index: usize, files: &Described) -> String {
    let notice = &site.notices[index];
    let language = site.config.own_language();
    let word = |english, chinese| match language {
        Language::English => english,
        Language::Chinese => chinese,
    };
    let resource = |name, file: DataFile, title, file_bytes: &Hashed| ResourceJson {
        name,
        kind: None,
        path: file.name(),
        title,
        format: "json",
        mediatype: "application/json",
        encoding: "utf-8",
        bytes: file_bytes.bytes.len(),
        hash: hash(&file_bytes.sha256),
        schema: None,
    };
    json::write(&PackageJson {
        schema: SCHEMA,
        name: notice.id.to_ascii_lowercase(),
        title: title_of_data(language, &notice.title.value),
        homepage: site.full_address(&Route::Notice(index).path(site)),
        created: notice.published.as_ref().map(PublicationTime::iso),
        contributors: [ContributorJson { title: &notice.unit, roles: ["publisher"] }],
        resources: vec![
            ResourceJson {
                kind: Some("table"),
                format: "csv",
                mediatype: "text/csv",
                schema: Some(table_schema(language, !states_several(notice))),
                ..resource(
                    "figures-table",
                    DataFile::FiguresCsv,
                    word("Figures as a table", "数据表"),
                    &files.figures_csv,
                )
            },
            resource(
                "figures",
                DataFile::FiguresJson,
                word("Figures with all places, and relations", "数据、出处和勾稽关系"),
                &files.figures_json,
            ),
            resource(
                "notice",
                DataFile::NoticeJson,
                word("The whole notice", "通报全文"),
                &files.notice_json,
            ),
        ],
    })
}

/// Tells whether a figure of the notice states several metrics, which then have one place: A、B均达100%.
fn states_several(notice: &Notice) -> bool {
    notice
        .passages()
        .any(|(_, passage)| passage.figures.iter().any(|figure| figure.metrics().nth(1).is_some()))
}

fn table_schema(language: Language, has_own_places: bool) -> TableSchemaJson {
    let fields = COLUMNS.into_iter().zip(FIELDS).map(|(name, (kind, english, chinese))| FieldJson {
        name,
        kind,
        title: match language {
            Language::English => english,
            Language::Chinese => chinese,
        },
        constraints: constraints(name, has_own_places),
    });
    TableSchemaJson { fields: fields.collect(), primary_key: ["id"], missing_values: [""] }
}

fn constraints(column: &str, has_own_places: bool) -> Option<ConstraintsJson> {
    let required = ConstraintsJson { required: REQUIRED.contains(&column), ..ConstraintsJson::default() };
    Some(match column {
        "id" => ConstraintsJson { unique: true, pattern: Some("[A-Za-z][A-Za-z0-9_-]*"), ..required },
        "page" => {
            ConstraintsJson { unique: has_own_places, pattern: Some("index\\.html#figure-.+"), ..required }
        }
        "approximation" => ConstraintsJson { words: Approximation::IDS.to_vec(), ..required },
        "direction" => ConstraintsJson { words: Direction::ALL.map(|(word, _)| word).to_vec(), ..required },
        _ if required.required => required,
        _ => return None,
    })
}

fn hash(sha256: &[u8; 32]) -> String {
    format!("sha256:{}", text::hex(sha256))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::{TABLE_OF_SIGNS, site, site_with};
    use serde_json::Value;

    fn hash_of(bytes: &[u8]) -> String {
        hash(&Hashed::new(bytes.to_vec()).sha256)
    }

    #[test]
    fn resources_are_what_the_other_files_are() {
        let (front_matter, body) = TABLE_OF_SIGNS;
        let site = site_with(front_matter, body);
        let package: Value =
            serde_json::from_str(&data_package(&site, 0, &Described::new(&site, 0))).unwrap();
        let csv = &package["resources"][0];
        assert_eq!(csv["bytes"], figures_csv(&site, 0).len());
        assert_eq!(csv["hash"], hash_of(&figures_csv(&site, 0)));
        assert_eq!(package["resources"][1]["hash"], hash_of(figures_json(&site, 0).as_bytes()));
        assert_eq!(package["resources"][2]["hash"], hash_of(notice_json(&site, 0).as_bytes()));
        assert_eq!(csv["schema"]["fields"][3]["type"], "number");
        assert_eq!(csv["schema"]["primaryKey"], serde_json::json!(["id"]));
    }

    #[test]
    fn a_hash_has_its_algorithm_in_front() {
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hash_of(b""), empty);
    }

    #[test]
    fn the_title_is_in_the_language_of_the_site() {
        let notice = "---\ntitle: 甲\nunit: 乙\ndate: 2025-08-28\n---\n现予以公布。\n";
        let title = |language: &str| {
            let settings = format!("title: 示例\nlanguage: {language}\nbase_url: https://example.gov.cn/\n");
            let site = site(&[("site.yaml", &settings), ("content/N-1/notice.md", notice)]);
            let package: Value =
                serde_json::from_str(&data_package(&site, 0, &Described::new(&site, 0))).unwrap();
            assert_eq!(package["name"], "n-1");
            assert_eq!(package["homepage"], "https://example.gov.cn/N-1/");
            assert_eq!(package.get("created"), None);
            package["title"].as_str().unwrap().to_owned()
        };
        assert_eq!(title("zh-CN"), "甲：数据");
        assert_eq!(title("en"), "甲: data");
    }
}
