//! The real notice as data, and notices like it: other names, dates, figures and orders, the same wording.
//!
//! Start with [`Notice::read`] and [`Notice::vary`]. What changes in the text changes in the front matter with it, so
//! that every variation builds without a word. Nothing is random: the same seed gives the same notices.

use std::path::Path;

use crate::numbers::{Figures, Numbers, numeral};

/// The name of the place in the real notice.
const PLACE: &str = "舟山";
/// The years in the real notice, the latest first.
const YEARS: [u32; 3] = [2025, 2024, 2023];
/// The days in the real notice: as it prints them, and as the front matter writes them.
const DAYS: [(&str, &str); 4] = [
    ("2025年8月28日", "2025-08-28"),
    ("2024年9月9日", "2024-09-09"),
    ("2024年10月24日", "2024-10-24"),
    ("2025年1月8日", "2025-01-08"),
];

/// A notice in pieces.
#[derive(Clone)]
pub(crate) struct Notice {
    /// The name of its folder.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) unit: String,
    /// The day under the signature, as `2025-08-28`.
    pub(crate) date: String,
    /// The front matter of the opening without title, unit, date and metrics: `inspection`, `signature`, `contacts`.
    pub(crate) particulars: String,
    /// The opening, which has no heading, then the items, then the closing.
    pub(crate) sections: Vec<Section>,
}

/// A heading, figures and paragraphs.
#[derive(Clone)]
pub(crate) struct Section {
    /// The name of its file without `.md`.
    pub(crate) name: String,
    pub(crate) heading: Option<String>,
    pub(crate) metrics: Vec<Metric>,
    /// How the figures fit together.
    pub(crate) relations: Vec<String>,
    pub(crate) paragraphs: Vec<String>,
}

/// A named figure of the front matter.
#[derive(Clone)]
pub(crate) struct Metric {
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) quote: Option<String>,
}

impl Notice {
    /// Reads the notice in `folder`.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("the repository has the notice")
            .map(|entry| entry.expect("the folder can be listed").file_name().to_string_lossy().into_owned())
            .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
            .collect();
        // `notice`, then the numbers, then `closing`.
        names.sort_by_key(|name| (name != "notice", name == "closing", name.clone()));
        let mut front_matter = String::new();
        let mut sections = Vec::new();
        for name in names {
            let text =
                std::fs::read_to_string(folder.join(format!("{name}.md"))).expect("it was just listed");
            let mut parts = text.splitn(3, "---\n").skip(1);
            let (front, body) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            if name == "notice" {
                front.clone_into(&mut front_matter);
            }
            sections.push(Section {
                name,
                heading: value_of(front, "heading"),
                metrics: entries(front, "metrics:").filter_map(metric).collect(),
                relations: entries(front, "relations:").map(relation).collect(),
                paragraphs: body.split("\n\n").map(|paragraph| paragraph.trim().to_owned()).collect(),
            });
        }
        let is_other = |line: &&str| {
            let own = ["title:", "unit:", "date:", "#"];
            !own.iter().any(|key| line.starts_with(key)) && *line != "metrics:"
        };
        let before_metrics = front_matter.split("metrics:\n").next().unwrap_or_default();
        Self {
            id: String::new(),
            title: value_of(&front_matter, "title").expect("a notice has a title"),
            unit: value_of(&front_matter, "unit").expect("a notice has a unit"),
            date: DAYS[0].1.to_owned(),
            particulars: before_metrics.lines().filter(is_other).flat_map(|line| [line, "\n"]).collect(),
            sections,
        }
    }

    /// Returns the notice number `index` like this one, with `n_items` items.
    pub(crate) fn vary(&self, index: usize, n_items: usize, seed: u64) -> Self {
        let mut numbers = Numbers::new(seed, index);
        let mut varied = self.clone();
        varied.choose_items(n_items, &mut numbers);
        for section in &mut varied.sections {
            section.vary_figures(&mut numbers);
        }
        let words = Words::draw(index, &mut numbers);
        varied.change_words(&|text| words.change(text));
        varied.title = varied.title.replace("关于巡察", &format!("关于{}年巡察", words.year));
        varied.id = format!("unit-{:03}-{}", index + 1, words.year);
        varied
    }

    /// Brings the items into another order, repeats some to have `n_items`, and numbers them anew.
    fn choose_items(&mut self, n_items: usize, numbers: &mut Numbers) {
        let closing = self.sections.pop().expect("the notice has a closing");
        let mut items = self.sections.split_off(1);
        numbers.shuffle(&mut items);
        for index in 0..n_items.saturating_sub(items.len()) {
            let mut again = items[index].clone();
            again.heading = again.heading.map(|heading| heading.replace("问题的", "问题举一反三的"));
            for metric in &mut again.metrics {
                let label = format!("{}（举一反三）", metric.label);
                for relation in &mut again.relations {
                    *relation = relation.replace(&metric.label, &label);
                }
                metric.label = label;
            }
            items.push(again);
        }
        items.truncate(n_items);
        for (index, item) in items.iter_mut().enumerate() {
            item.name = format!("{:02}", index + 1);
            let heading = item.heading.as_deref().unwrap_or_default();
            let words = heading.split_once('、').map_or(heading, |(_, words)| words);
            item.heading = Some(format!("{}、{words}", numeral(index + 1)));
        }
        self.sections.extend(items);
        self.sections.push(closing);
    }

    fn change_words(&mut self, change: &dyn Fn(&str) -> String) {
        for text in [&mut self.title, &mut self.unit, &mut self.date, &mut self.particulars] {
            *text = change(text);
        }
        for section in &mut self.sections {
            section.change_words(change);
        }
    }

    /// Returns the day under the signature as it is printed.
    pub(crate) fn printed_date(&self) -> String {
        let parts: Vec<&str> = self.date.split('-').map(|part| part.trim_start_matches('0')).collect();
        format!("{}年{}月{}日", parts[0], parts[1], parts[2])
    }

    /// Returns the text as it was signed off: a line for each paragraph, punctuation as text extraction leaves it.
    pub(crate) fn approved_text(&self) -> String {
        let printed_date = self.printed_date();
        let sections =
            self.sections.iter().flat_map(|section| section.heading.iter().chain(&section.paragraphs));
        let lines: Vec<&str> = sections.chain([&self.unit, &printed_date]).map(String::as_str).collect();
        narrow(&lines.join("\n"))
    }
}

impl Section {
    /// Tells whether the section is an item.
    pub(crate) fn is_item(&self) -> bool {
        self.heading.is_some()
    }

    /// Returns the paragraphs as Markdown.
    pub(crate) fn body(&self) -> String {
        self.paragraphs.join("\n\n") + "\n"
    }

    fn vary_figures(&mut self, numbers: &mut Numbers) {
        let text = self.paragraphs.join("\n");
        let figures = Figures::draw(self.metrics.iter().map(|metric| metric.value.as_str()), &text, numbers);
        self.change_words(&|text| figures.change(text));
    }

    fn change_words(&mut self, change: &dyn Fn(&str) -> String) {
        let metrics = self.metrics.iter_mut();
        let of_metrics = metrics
            .flat_map(|metric| [&mut metric.label, &mut metric.value].into_iter().chain(&mut metric.quote));
        for text in self.heading.iter_mut().chain(&mut self.paragraphs).chain(of_metrics) {
            *text = change(text);
        }
    }
}

/// What else is different in a variation.
struct Words {
    place: String,
    year: u32,
    /// For each of [`DAYS`], the day of its month.
    days: [u32; DAYS.len()],
}

impl Words {
    fn draw(index: usize, numbers: &mut Numbers) -> Self {
        let stem = "甲乙丙丁戊己庚辛壬癸".chars().nth(index % 10).expect("there are ten");
        let branch = "子丑寅卯辰巳午未申酉戌亥".chars().nth(index % 12).expect("there are twelve");
        Self {
            place: format!("{stem}{branch}"), // No place is called like a year of the old calendar.
            year: numbers.between(2016, 2025),
            days: DAYS.map(|_| numbers.between(10, 28)),
        }
    }

    fn change(&self, text: &str) -> String {
        let mut text = text.replace(PLACE, &self.place);
        for ((printed, iso), day) in DAYS.iter().zip(self.days) {
            let (month, _) = printed.rsplit_once('月').expect("a day has a month");
            let (year_and_month, _) = iso.rsplit_once('-').expect("a day has a month");
            text = text.replace(printed, &format!("{month}月{day}日"));
            text = text.replace(iso, &format!("{year_and_month}-{day}"));
        }
        // The earliest first: 2023 → 2024 must not become 2025 afterwards.
        let shift = YEARS[0] - self.year;
        let mut years = YEARS;
        years.sort_unstable();
        for year in years {
            text = text.replace(&year.to_string(), &(year - shift).to_string());
        }
        text
    }
}

/// Returns `text` with the punctuation that text extraction leaves.
pub(crate) fn narrow(text: &str) -> String {
    let narrow = |c| match c {
        '，' => ',',
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '；' => ';',
        c => c,
    };
    text.chars().map(narrow).collect()
}

fn value_of(front_matter: &str, key: &str) -> Option<String> {
    let line = front_matter.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))?;
    Some(line.split(" #").next().unwrap_or_default().trim().to_owned())
}

/// Returns the lines below `key` in the front matter.
fn entries<'a>(front_matter: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
    let below = front_matter.lines().skip_while(move |line| *line != key).skip(1);
    below.take_while(|line| line.starts_with(' ')).map(|line| line.split(" #").next().unwrap_or_default())
}

/// Reads `  推文: 27篇` or `  推文: {value: 27篇, quote: 共发推文27篇}`; what is printed again elsewhere is passed over, since
/// every section gets figures of its own.
fn metric(line: &str) -> Option<Metric> {
    let (label, value) = line.trim().split_once(": ").expect("a metric has a label and a value");
    if value.starts_with("{again: ") {
        return None;
    }
    let quoted = value.strip_prefix("{value: ").and_then(|rest| rest.strip_suffix('}'));
    let (value, quote) = match quoted.and_then(|fields| fields.split_once(", quote: ")) {
        Some((value, quote)) => (value, Some(quote.to_owned())),
        None => (value, None),
    };
    Some(Metric { label: label.to_owned(), value: value.to_owned(), quote })
}

/// Reads `  - 办结率 = 已办结信访件 / 移交信访件`; the figures of a variation fit together like those of the real notice.
fn relation(line: &str) -> String {
    line.trim().trim_start_matches("- ").to_owned()
}
