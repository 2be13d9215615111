//! Writes the notices as a site for gongkai, and as a site of the same pages for Hugo.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::notice::{Notice, Section};

/// The address that both sites have, for `sitemap.xml` and canonical links.
const BASE_URL: &str = "https://www.example.gov.cn/";

/// How many items the notices have, in turn: 25 on average.
const N_ITEMS: [usize; 4] = [24, 25, 26, 25];

/// The pages beside the notices, with their addresses.
const PAGES: [&str; 2] = ["contact", "feedback"];

/// The templates and the configuration of the Hugo site.
const HUGO_FILES: [(&str, &str); 11] = [
    ("hugo.yaml", include_str!("hugo/hugo.yaml")),
    ("layouts/_default/baseof.html", include_str!("hugo/layouts/baseof.html")),
    ("layouts/_default/home.html", include_str!("hugo/layouts/home.html")),
    ("layouts/_default/section.html", include_str!("hugo/layouts/section.html")),
    ("layouts/_default/single.html", include_str!("hugo/layouts/single.html")),
    ("layouts/_default/contact.html", include_str!("hugo/layouts/contact.html")),
    ("layouts/_default/feedback.html", include_str!("hugo/layouts/feedback.html")),
    ("layouts/_default/sitemap-page.html", include_str!("hugo/layouts/sitemap-page.html")),
    ("layouts/partials/contact-groups.html", include_str!("hugo/layouts/contact-groups.html")),
    ("layouts/partials/contacts.html", include_str!("hugo/layouts/contacts.html")),
    ("layouts/404.html", include_str!("hugo/layouts/404.html")),
];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Varies the real notice `n` times.
pub(crate) fn notices(n: usize, seed: u64) -> Vec<Notice> {
    let real = Notice::read(&repository().join("content/zhoushan-2025"));
    (0..n).map(|index| real.vary(index, N_ITEMS[index % N_ITEMS.len()], seed)).collect()
}

/// Writes the site that gongkai builds into `folder`.
pub(crate) fn write_for_gongkai(notices: &[Notice], folder: &Path) {
    let settings = read("site.yaml").replace("# base_url:  ", &format!("base_url: {BASE_URL} "));
    write(&folder.join("site.yaml"), &settings);
    for page in PAGES {
        write(&folder.join(format!("content/{page}.md")), &read(&format!("content/{page}.md")));
    }
    for notice in notices {
        let folder = folder.join("content").join(&notice.id);
        write(&folder.join("approved.txt"), &notice.approved_text());
        for section in &notice.sections {
            let mut front_matter = String::new();
            match &section.heading {
                Some(heading) => writeln!(front_matter, "heading: {heading}"),
                None if section.name == "closing" => writeln!(front_matter, "kind: prose"),
                None => {
                    let Notice { title, unit, date, particulars, .. } = notice;
                    write!(front_matter, "title: {title}\nunit: {unit}\ndate: {date}\n{particulars}")
                }
            }
            .expect("a string grows");
            if !section.metrics.is_empty() {
                front_matter.push_str("metrics:\n");
            }
            for metric in &section.metrics {
                match &metric.quote {
                    Some(quote) => {
                        writeln!(
                            front_matter,
                            "  {}: {{value: {}, quote: {quote}}}",
                            metric.label, metric.value
                        )
                    }
                    None => writeln!(front_matter, "  {}: {}", metric.label, metric.value),
                }
                .expect("a string grows");
            }
            if !section.relations.is_empty() {
                front_matter.push_str("relations:\n");
            }
            for relation in &section.relations {
                writeln!(front_matter, "  - {relation}").expect("a string grows");
            }
            write(&folder.join(format!("{}.md", section.name)), &page(&front_matter, &section.body()));
        }
    }
}

/// Writes the site of the same texts, pages and style that Hugo builds into `folder`.
pub(crate) fn write_for_hugo(notices: &[Notice], folder: &Path) {
    for (name, text) in HUGO_FILES {
        write(&folder.join(name), text);
    }
    write(&folder.join("assets/style.css"), &read("themes/default/assets/style.css"));
    for name in PAGES {
        let text = read(&format!("content/{name}.md"));
        let text = text.replacen("---\n", &format!("---\nlayout: {name}\n"), 1);
        write(&folder.join(format!("content/{name}.md")), &text);
    }
    let sitemap = page("title: 网站地图\nlayout: sitemap-page\n", "");
    write(&folder.join("content/sitemap.md"), &sitemap);
    for notice in notices {
        let folder = folder.join("content").join(&notice.id);
        let n_items = notice.sections.iter().filter(|section| section.is_item()).count();
        for (position, section) in notice.sections.iter().enumerate() {
            let (name, mut front_matter) = match &section.heading {
                Some(heading) => (&*section.name, format!("title: {heading}\nnumber: {position}\n")),
                // Read on the page of the notice, and there alone.
                None if section.name == "closing" => {
                    ("closing", "build: {render: never, list: local}\n".to_owned())
                }
                None => {
                    let Notice { title, unit, date, particulars, .. } = notice;
                    let printed_date = notice.printed_date();
                    let n_figures: usize = notice.sections.iter().map(|section| section.metrics.len()).sum();
                    let counts = format!("n_items: {n_items}\nn_figures: {n_figures}\n");
                    let own =
                        format!("title: {title}\nunit: {unit}\ndate: {date}\nprinted_date: {printed_date}\n");
                    ("_index", format!("{own}{counts}{particulars}"))
                }
            };
            writeln!(front_matter, "weight: {}", position + 1).expect("a string grows");
            front_matter.push_str(&figures_for_hugo(section));
            write(&folder.join(format!("{name}.md")), &page(&front_matter, &section.body()));
        }
    }
}

/// Writes metrics as a list, because Hugo's maps forget their order, with the value as a number, which gongkai finds.
fn figures_for_hugo(section: &Section) -> String {
    let mut yaml = String::new();
    for (index, metric) in section.metrics.iter().enumerate() {
        let head = if index == 0 { "figures:\n" } else { "" };
        let value: String = metric.value.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        writeln!(
            yaml,
            "{head}  - {{label: {}, printed: {}, value: \"{value}\"}}",
            metric.label, metric.value
        )
        .expect("a string grows");
    }
    yaml
}

fn page(front_matter: &str, body: &str) -> String {
    format!("---\n{front_matter}---\n{body}")
}

fn read(name: &str) -> String {
    let path = repository().join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) {
    let folder = path.parent().expect("a joined path has a parent");
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// The generator to compare with.
pub(crate) struct Hugo {
    pub(crate) program: PathBuf,
    pub(crate) version: String,
}

impl Hugo {
    /// Finds Hugo in `PATH`.
    ///
    /// What the Python package puts there is a script that starts the program; the script's own time is not Hugo's.
    pub(crate) fn find() -> Option<Self> {
        let path = std::env::var_os("PATH")?;
        let script =
            std::env::split_paths(&path).map(|folder| folder.join("hugo")).find(|file| file.is_file())?;
        let packages = script.parent()?.parent()?.join("lib");
        let in_package = std::fs::read_dir(packages)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path().join("site-packages/hugo/binaries/hugo")))
            .find(|file| file.is_file());
        let program = in_package.unwrap_or(script);
        let output = Command::new(&program).arg("version").output().ok()?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success().then_some(Self { program, version })
    }
}
