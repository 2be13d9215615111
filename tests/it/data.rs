//! A figure is the same wherever it is told: in the text, in the table, in `figures.csv`, in `figures.json`, in JSON-LD.
//!
//! Numbers are compared as the digits that stand in the files; no parser turns them into something near them.
//! Frictionless and JSON Schema, which `./test --install` installs as `tests/data/requirements.txt` says, are asked, too.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::golden::{Tree, read_tree};
use crate::site::TestSite;
use crate::tools::leave_out;

/// What one place says of a metric: the digits of its value, its unit, the figure as printed.
type Told = BTreeMap<String, (String, String, String)>;

const NOTICE: &str = "zhoushan-2025";

/// Builds the repository's own site.
fn output() -> Tree {
    let site = TestSite::zhoushan();
    assert!(site.build().summary.is_some());
    read_tree(&site.path("output"))
}

fn text(output: &Tree, name: &str) -> String {
    String::from_utf8(output[&format!("{NOTICE}/{name}")].clone()).unwrap()
}

/// Returns what stands between `start` and `end`, at each place.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).map(move |rest| rest.split(end).next().unwrap())
}

#[derive(Deserialize)]
struct FiguresFile {
    metrics: Vec<Figure>,
}

#[derive(Deserialize)]
struct Figure {
    id: String,
    printed: String,
    value: Box<RawValue>,
    unit: String,
    places: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    printed: String,
    page: String,
    item_page: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    has_part: Option<Dataset>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dataset {
    variable_measured: Vec<PropertyValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PropertyValue {
    #[serde(rename = "propertyID")]
    property_id: String,
    value: Box<RawValue>,
    unit_text: String,
    description: String,
}

fn in_csv(output: &Tree) -> Told {
    let csv = text(output, "figures.csv");
    let mut reader = csv::Reader::from_reader(csv.strip_prefix('\u{feff}').unwrap().as_bytes());
    let columns = reader.headers().unwrap().clone();
    let column = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let cell = |name: &str| row[column(name)].to_owned();
        (cell("id"), (cell("value"), cell("unit"), cell("printed")))
    });
    rows.collect()
}

fn in_json(figures: &FiguresFile) -> Told {
    let told = |figure: &Figure| (figure.value.get().to_owned(), figure.unit.clone(), figure.printed.clone());
    figures.metrics.iter().map(|figure| (figure.id.clone(), told(figure))).collect()
}

fn in_json_ld(page: &str) -> Told {
    let json: Vec<&str> = between(page, "<script type=\"application/ld+json\">", "</script>").collect();
    assert_eq!(json.len(), 1);
    let report: Report = serde_json::from_str(json[0]).unwrap();
    let figures = report.has_part.map(|part| part.variable_measured).unwrap_or_default();
    let told = |figure: PropertyValue| (figure.value.get().to_owned(), figure.unit_text, figure.description);
    figures.into_iter().map(|figure| (figure.property_id.clone(), told(figure))).collect()
}

/// Returns value and print of each `<data>` behind `mark`, by what follows the mark in quotes.
fn on_page(page: &str, mark: &str) -> BTreeMap<String, (String, String)> {
    let figure = |rest: &str| {
        let id = rest.split('"').next().unwrap().to_owned();
        let data = between(rest, "<data ", "</data>").next().unwrap();
        let value = between(data, "value=\"", "\"").next().unwrap().to_owned();
        let printed: String = data.split_once('>').unwrap().1.to_owned();
        let printed = printed.split('<').map(|part| part.rsplit('>').next().unwrap()).collect();
        (id, (value, printed))
    };
    page.split(mark).skip(1).map(figure).collect()
}

fn values(told: &Told) -> BTreeMap<String, (String, String)> {
    told.iter().map(|(id, (value, _, printed))| (id.clone(), (value.clone(), printed.clone()))).collect()
}

#[test]
fn a_figure_is_the_same_wherever_it_is_told() {
    let output = output();
    let figures: FiguresFile = serde_json::from_str(&text(&output, "figures.json")).unwrap();
    let told = in_json(&figures);
    assert!(told.len() > 40, "the notice has only {} metrics", told.len());
    assert_eq!(in_csv(&output), told, "figures.csv");

    let page = text(&output, "index.html");
    assert_eq!(in_json_ld(&page), told, "JSON-LD of the notice");
    assert_eq!(on_page(&page, "<tr id=\"metric-"), values(&told), "table of figures");

    let mut of_items = Told::new();
    let is_page = |name: &str| {
        name.starts_with(NOTICE) && name.rsplit_once('.').is_some_and(|(_, extension)| extension == "html")
    };
    for (name, bytes) in output.iter().filter(|(name, _)| is_page(name)) {
        let page = String::from_utf8_lossy(bytes);
        assert!(bytes.len() < 15_000 || name.ends_with("/index.html"), "{name} has {} bytes", bytes.len());
        if !name.ends_with("/index.html") {
            of_items.extend(in_json_ld(&page));
        }
    }
    assert!(
        of_items.len() > 30 && of_items.iter().all(|(id, figure)| told[id] == *figure),
        "JSON-LD of items"
    );
}

#[test]
fn addresses_lead_to_the_figure_in_the_text() {
    let output = output();
    let figures: FiguresFile = serde_json::from_str(&text(&output, "figures.json")).unwrap();
    for figure in &figures.metrics {
        for place in &figure.places {
            for address in [Some(&place.page), place.item_page.as_ref()].into_iter().flatten() {
                let (page, anchor) = address.split_once('#').unwrap();
                let page = text(&output, page);
                let element = format!("<data value=\"{}\" id=\"{anchor}\">", figure.value.get());
                let behind = page.split_once(&element).unwrap_or_else(|| panic!("{address}: no {element}")).1;
                let shown: String = behind
                    .split("</data>")
                    .next()
                    .unwrap()
                    .split('<')
                    .map(|part| part.rsplit('>').next().unwrap())
                    .collect();
                assert_eq!(shown, place.printed, "{address}");
            }
        }
    }
}

#[test]
fn the_hashes_of_the_package_are_those_of_the_files() {
    let output = output();
    let package: serde_json::Value = serde_json::from_str(&text(&output, "datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    for resource in resources {
        let bytes = &output[&format!("{NOTICE}/{}", resource["path"].as_str().unwrap())];
        let hash: Vec<String> = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(resource["hash"], format!("sha256:{}", hash.concat()));
        assert_eq!(resource["bytes"], bytes.len());
    }
    assert_eq!(resources.len(), 3);
}

#[test]
fn two_builds_write_the_same_data() {
    let is_data = |name: &String| [".csv", ".json", ".xml"].iter().any(|ending| name.ends_with(ending));
    let data = |output: Tree| -> Tree { output.into_iter().filter(|(name, _)| is_data(name)).collect() };
    let first = data(output());
    assert!(first.contains_key("feed.xml") && first.len() > 5);
    assert_eq!(first, data(output()));
}

#[test]
fn data_files_are_no_pages() {
    let site = TestSite::small();
    assert!(site.build_with(Some("https://example.gov.cn/zg/")).unwrap().summary.is_some());
    let [sitemap, pages] = ["output/sitemap.xml", "output/sitemap.html"].map(|name| site.text(name));
    for name in ["figures.", "notice.json", "datapackage", "feed.xml"] {
        assert!(!sitemap.contains(name), "{name} is in sitemap.xml");
    }
    assert!(!pages.contains("figures."), "{pages}");
    assert!(site.text("output/feed.xml").contains("href=\"https://example.gov.cn/zg/n/\""));
    assert!(
        site.text("output/n/01.html")
            .contains("type=\"application/atom+xml\" title=\"示例\" href=\"../feed.xml\"")
    );
}

#[test]
fn no_text_ends_the_script_or_the_cell_that_it_stands_in() {
    let site = TestSite::small();
    site.write(
        "content/n/01.md",
        "---\nheading: 一、关于“</script><b>甲”问题的整改情况\nmetrics:\n  '=1</script>\"': {value: 3件, note: \"-x,\\ny\"}\n---\n（一）改进工作。已经改进3件。\n",
    );
    std::fs::remove_file(site.path("content/n/approved.txt")).unwrap();
    assert!(site.build().summary.is_some());
    let page = site.text("output/n/01.html");
    assert_eq!(page.matches("</script>").count(), page.matches("<script").count());
    let (_, unit, printed) = &in_json_ld(&page).into_values().next().unwrap();
    assert_eq!((unit.as_str(), printed.as_str()), ("件", "3件"));
    let csv = site.text("output/n/figures.csv");
    assert!(csv.contains(",\"'=1</script>\"\"\",3件,3,") && csv.ends_with(",\"'-x,\ny\"\r\n"), "{csv}");
}

#[test]
fn a_file_of_the_same_name_stops_the_build() {
    for name in ["figures.csv", "figures.json", "notice.json", "datapackage.json"] {
        let site = TestSite::small().with("site.yaml", "title: 示例\nattachments: [json]\n");
        site.write(&format!("content/n/{name}"), "a\n");
        site.write(
            "content/n/notice.md",
            format!("---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\n---\n[现予以公布]({name})。\n"),
        );
        let findings = site.findings();
        assert!(findings.contains(&format!("duplicate-address content/n/{name}")), "{findings:?}");
    }
}

#[test]
fn other_programs_accept_the_data_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let programs = root.join("target/validators/bin");
    if !programs.is_dir() {
        leave_out(
            "tests/data/validate.py and `frictionless validate`",
            "`target/validators`; `./test --install` makes it",
        );
        return;
    }
    let sites = [TestSite::zhoushan(), TestSite::every_key()];
    let outputs = sites.each_ref().map(|site| {
        assert!(site.build().summary.is_some());
        site.path("output")
    });
    let lists = sites.each_ref().map(|site| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        command.args(["figures", "--format", "json", "--root"]).arg(site.path(""));
        let list = site.path("figures-list.json");
        std::fs::write(&list, command.output().unwrap().stdout).unwrap();
        list
    });
    let mut validate = Command::new(programs.join("python"));
    accepts(validate.arg(root.join("tests/data/validate.py")).args(&outputs).args(&lists));
    let packages: Vec<_> = outputs
        .iter()
        .flat_map(|output| read_tree(output).into_keys().map(|name| output.join(name)))
        .filter(|path| path.ends_with("datapackage.json"))
        .collect();
    assert!(packages.len() > 4, "{packages:?}");
    for package in packages {
        accepts(Command::new(programs.join("frictionless")).arg("validate").arg(package));
    }
}

/// Runs a program that fails and says why if something is wrong.
#[track_caller]
pub(crate) fn accepts(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
