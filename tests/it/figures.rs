//! Figures cannot disagree: whichever digit of the prose or of the data changes, the build stops and shows both places.

use gongkai::build::{self, Contents};
use gongkai::content::Drafts;
use gongkai::diagnostic::{Diagnostic, Diagnostics, Language, Location, Severity};
use gongkai::disk::Sources;
use gongkai::figure::{Fit, Outcome};
use gongkai::notice::{Claim, Coverage, Notice};

use crate::random::Random;
use crate::site::{TestSite, tree};
use crate::trials::trials;

/// How many digits are changed, one at a time.
const N_CHANGES: u32 = 1000;

/// Reads a site without building it; returns what was found.
fn read(site: &TestSite) -> (Contents, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::new();
    let contents = build::read_contents(&site.path(""), None, Drafts::LeftOut, &mut diagnostics).unwrap();
    (contents, diagnostics.into_sorted())
}

fn only_notice(contents: &Contents) -> &Notice {
    let [notice] = contents.content.notices.as_slice() else { panic!("there is one notice") };
    notice
}

#[test]
fn every_figure_of_the_real_notice_is_accounted_for() {
    let (contents, diagnostics) = read(&TestSite::zhoushan());
    let notice = only_notice(&contents);
    assert_eq!(diagnostics, []);
    let Coverage { bound, open, .. } = notice.coverage();
    assert_eq!((bound, open), (49, 0));
    assert_eq!(notice.metrics().count(), 48, "one of the figures is printed twice");
}

#[test]
fn the_relations_of_the_real_notice_hold() {
    let (contents, _) = read(&TestSite::zhoushan());
    let outcomes: Vec<String> = only_notice(&contents)
        .relations()
        .map(|(_, relation)| {
            let outcome = match &relation.outcome {
                Outcome::Consistent(Fit::Exact) => "consistent".to_owned(),
                Outcome::Unstated(implied) => format!("implies {}", implied.print(Language::Chinese)),
                other => panic!("{}: {other:?}", relation.text.value),
            };
            let name = relation.text.value.split(" = ").next().unwrap();
            format!("{name}: {outcome}")
        })
        .collect();
    assert_eq!(
        outcomes,
        [
            "办结率: consistent",
            "追责问责: consistent",
            "证件到期提醒形式: consistent",
            "追赃率: implies 2,480.1–2,487.0万元",
            "船舶油污水作业指南: consistent",
            "集中训练行动: consistent",
        ]
    );
}

/// A metric's figure at one of the places that print it.
struct Target {
    label: String,
    /// The figure in the front matter.
    metric: Location,
    /// The figure in the text.
    printed: Location,
}

/// Lists the metrics of a notice with each place that prints them.
fn targets(notice: &Notice) -> Vec<Target> {
    let mut targets = Vec::new();
    for (_, metric) in notice.metrics() {
        for printing in &metric.printings {
            let figure = notice.figure(*printing);
            assert!(matches!(figure.claim, Claim::Metric { .. }));
            targets.push(Target {
                label: metric.label.value.clone(),
                metric: metric.quantity.location.clone(),
                printed: Location::new(&notice[printing.passage].source, figure.range.clone()),
            });
        }
    }
    targets
}

/// Changes one digit of the text at `location` into another; returns the whole file with the change, and what it was.
fn with_other_digit(text: &str, location: &Location, random: &mut Random) -> (String, String) {
    const ARABIC: [char; 10] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    const CHINESE: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '两'];
    let range = location.range.clone().unwrap();
    let figure = text.get(range.clone()).unwrap();
    let digits: Vec<(usize, char)> =
        figure.char_indices().filter(|(_, c)| ARABIC.contains(c) || CHINESE.contains(c)).collect();
    let (at, old) = *random.pick(&digits);
    let choices = if ARABIC.contains(&old) { ARABIC } else { CHINESE };
    let new = loop {
        // 两 and 二 say the same, but a changed print is a difference all the same.
        let new = *random.pick(&choices);
        if new != old {
            break new;
        }
    };
    let mut changed = text.to_owned();
    let at = range.start + at;
    changed.replace_range(at..at + old.len_utf8(), &new.to_string());
    (changed, format!("{figure}: {old} → {new}"))
}

/// Tells whether one error shows an entry of the metric in the front matter, and one of the `printed` places of the text.
fn shows_both(diagnostics: &[Diagnostic], sources: &Sources, label: &str, printed: &[&Location]) -> bool {
    let is_entry = |place: &Location| {
        let (line, is_in_front_matter) = line_at(place, sources);
        is_in_front_matter && line.contains(label)
    };
    let is_printed = |place: &Location| printed.iter().any(|wanted| overlaps(place, wanted));
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).any(|diagnostic| {
        let related = diagnostic.related.iter().map(|related| &related.location);
        let places: Vec<&Location> = diagnostic.location.iter().chain(related).collect();
        places.iter().any(|place| is_entry(place)) && places.iter().any(|place| is_printed(place))
    })
}

/// Returns the line of a place, and whether it belongs to the front matter.
fn line_at(place: &Location, sources: &Sources) -> (String, bool) {
    let text = std::str::from_utf8(sources.get(&place.path).unwrap()).unwrap();
    let (before, behind) = text.split_at(place.range.as_ref().unwrap().start);
    let start = before.lines().next_back().filter(|_| !before.ends_with('\n')).unwrap_or_default();
    let line = format!("{start}{}", behind.lines().next().unwrap_or_default());
    (line, before.matches("---\n").count() == 1)
}

/// Tells whether two places meet; a changed digit may have moved the end of a figure by a few bytes.
fn overlaps(place: &Location, wanted: &Location) -> bool {
    let (Some(one), Some(other)) = (&place.range, &wanted.range) else { return false };
    place.path == wanted.path && one.start < other.end + 4 && other.start < one.end + 4
}

/// Changes digits at the places that `place` chooses and returns those changes that went unnoticed.
fn unnoticed(seed: u64, n: u32, place: impl Fn(&Target) -> &Location) -> Vec<String> {
    let mut random = Random::new(seed);
    let site = TestSite::zhoushan();
    let (contents, _) = read(&site);
    let targets = targets(only_notice(&contents));
    let mut unnoticed = Vec::new();
    for _ in 0..trials::<u32>(n) {
        let target = random.pick(&targets);
        let location = place(target);
        let name = location.path.as_str();
        let text = site.text(name);
        let (changed, what) = with_other_digit(&text, location, &mut random);
        site.write(name, changed);
        // The sources, not the approved text, must notice: whoever changes one may change the other, too.
        let (contents, diagnostics) = read(&site);
        let printings =
            targets.iter().filter(|other| other.label == target.label).map(|other| &other.printed);
        let printings: Vec<&Location> =
            printings.filter(|printed| location != &target.printed || *printed == location).collect();
        if !shows_both(&diagnostics, &contents.sources, &target.label, &printings) {
            let found: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
            unnoticed.push(format!("{name}, {}, {what}: {found:?}", target.label));
        }
        site.write(name, text);
    }
    unnoticed
}

#[test]
fn a_changed_digit_in_the_prose_stops_the_build() {
    assert_eq!(unnoticed(1, N_CHANGES / 2, |target| &target.printed), [""; 0]);
}

#[test]
fn a_changed_digit_in_a_metric_stops_the_build() {
    assert_eq!(unnoticed(2, N_CHANGES / 2, |target| &target.metric), [""; 0]);
}

#[test]
fn nothing_is_written_where_figures_disagree() {
    let site = TestSite::zhoushan();
    assert!(site.build().summary.is_some());
    let before = tree(&site.path("output"));
    let changes = [
        ("content/zhoushan-2025/06.md", "  追赃率: 37.7%", "  追赃率: 37.8%"),
        ("content/zhoushan-2025/notice.md", "追责问责6人", "追责问责7人"),
        ("content/zhoushan-2025/notice.md", "批评教育 + 督察记分", "批评教育 - 督察记分"),
    ];
    for (name, from, to) in changes {
        let text = site.text(name);
        assert!(text.contains(from), "{from}");
        site.write(name, text.replace(from, to));
        assert!(site.build().summary.is_none(), "{to}");
        site.write(name, text);
    }
    assert_eq!(tree(&site.path("output")), before);
}

/// A small site whose item says `text` and has `front_matter` beside its heading.
fn small(front_matter: &str, text: &str) -> TestSite {
    let heading = "一、关于“甲”问题的整改情况";
    TestSite::small()
        .with("content/n/01.md", format!("---\nheading: {heading}\n{front_matter}---\n{text}\n"))
        .with("content/n/approved.txt", format!("现予以公布。\n{heading}\n{text}\n"))
}

#[track_caller]
fn check(front_matter: &str, text: &str, codes: &[&str]) {
    let (_, diagnostics) = read(&small(front_matter, text));
    let found: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(found, codes, "{front_matter}{text}");
}

#[test]
fn a_label_is_held_to_the_figure_behind_it() {
    let text = "追责问责6人，其中4人给予督察记分。";
    check("metrics:\n  追责问责: 6人\n", text, &[]);
    check("metrics:\n  追责问责: 4人\n", text, &["label-before-other-figure"]);
    check("metrics:\n  督察记分: 4人\n", text, &[]);
}

#[test]
fn numbers_without_a_unit_are_metrics_where_the_text_has_them_so() {
    let text = "物价指数为103.2，上年指数为101.5，药品按3:1配比，测评得分95.5，另有30:1，合格率比为1：1.5，办结10件。";
    for entry in
        ["物价指数: 103.2", "配比: 3:1", "配比: '3:1'", "测评得分: 95.5", "合格率比: 1：1.5", "另有: 30:1"]
    {
        check(&format!("metrics:\n  {entry}\n"), text, &[]);
    }
    check("metrics:\n  办结: 10\n", text, &["metric-without-unit"]);
    check("metrics:\n  物价指数: 103\n", text, &["metric-without-unit"]);
    check("metrics:\n  配比: 0:1\n", text, &["not-a-figure"]);
    check("metrics:\n  物价指数: 101.5\n", text, &[]);
    let with = |relation: &str| {
        format!(
            "metrics:\n  物价指数: 103.2\n  上年指数: 101.5\n  配比: 3:1\n  办结: 10件\nrelations:\n  - {relation}\n"
        )
    };
    check(&with("物价指数 > 上年指数"), text, &[]);
    check(&with("物价指数 < 上年指数"), text, &["figures-disagree"]);
    check(&with("物价指数 > 办结"), text, &["units-disagree"]);
    check(&with("物价指数 > 配比"), text, &["units-disagree"]);
}

#[test]
fn printings_of_one_metric_agree_among_themselves() {
    let site = small("metrics:\n  金额: {again: 19.8万元}\n", "追回19.8万元。");
    site.write(
        "content/n/02.md",
        "---\nheading: 二、乙\nmetrics:\n  金额: {again: 15万元}\n---\n追回15万元。\n",
    );
    let notice = site.text("content/n/notice.md");
    let notice = notice.replace("date: 2025-08-28\n", "date: 2025-08-28\nmetrics:\n  金额: 近20万元\n");
    site.write("content/n/notice.md", notice.replace("现予以公布。", "追回近20万元。"));
    let (_, diagnostics) = read(&site);
    let found: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(found, ["metric-contradicts-itself"]);
}

#[test]
fn a_list_is_counted_as_a_whole() {
    let text = "制定《甲》《乙》《丙》《丁》四项制度。";
    let relation = |list: &str| format!("metrics:\n  制度: 四项\nrelations:\n  - 制度 = count({list})\n");
    check(&relation("《甲》《乙》《丙》《丁》"), text, &[]);
    check(&relation("《甲》《乙》《丙》"), text, &["list-not-in-text"]);
    check(&relation("《甲》《乙》《丙》《丁》《戊》"), text, &["list-not-in-text"]);
}

#[test]
fn a_list_may_stand_in_another_file() {
    let site = small("metrics:\n  制度: 四项\n", "制定《甲》《乙》《丙》《丁》四项制度。");
    let notice = site.text("content/n/notice.md");
    let relations = "date: 2025-08-28\nrelations:\n  - 制度 = count(《甲》《乙》《丙》《丁》)\n";
    site.write("content/n/notice.md", notice.replace("date: 2025-08-28\n", relations));
    assert_eq!(read(&site).1, []);
    site.write("content/n/notice.md", notice.replace("date: 2025-08-28\n", &relations.replace("《丁》", "")));
    let codes: Vec<&str> = read(&site).1.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, ["list-not-in-text"]);
}

#[test]
fn a_metric_that_is_printed_again_agrees_with_itself() {
    for (stated, again, agrees) in [
        ("100篇", "30余篇", false),
        ("100篇", "近1000篇", false),
        ("100篇", "约300篇", false),
        ("100篇", "约100篇以上", false),
        ("100篇", "百余篇", true),
        ("135篇", "130余篇", true),
        ("936.3万元", "近940万元", true),
        ("936.3万元", "936万元", true),
        ("936.3万元", "937万元", false),
    ] {
        let site = small(&format!("metrics:\n  数: {{again: {again}}}\n"), &format!("共有{again}。"));
        let notice = site.text("content/n/notice.md");
        let metrics = format!("date: 2025-08-28\nmetrics:\n  数: {stated}\n");
        let notice = notice.replace("date: 2025-08-28\n", &metrics);
        site.write("content/n/notice.md", notice.replace("现予以公布。", &format!("计{stated}。")));
        let codes: Vec<&str> = read(&site).1.iter().map(|diagnostic| diagnostic.code).collect();
        let expected: &[&str] = if agrees { &[] } else { &["metric-contradicts-itself"] };
        assert_eq!(codes, expected, "{stated} and {again}");
    }
}

#[test]
fn days_agree_with_the_text_and_the_notice() {
    let text = "截至2025年7月31日，办结10件。";
    check("metrics:\n  办结: 10件\n", text, &[]);
    check("metrics:\n  办结: {value: 10件, as_of: 2025-07-31}\n", text, &[]);
    check("metrics:\n  办结: {value: 10件, as_of: 2025-06-30}\n", text, &["as-of-contradicts-text"]);
    check("metrics:\n  办结: {value: 10件, as_of: 2026-06-30}\n", "办结10件。", &["as-of-after-notice"]);
    let later = "截至9月30日，办结10件。";
    check("metrics:\n  办结: 10件\n", later, &["as-of-after-notice"]);
    check("metrics:\n  办结: 10件\n", "截至2025年9月底，办结10件。", &["as-of-after-notice"]);
    check("metrics:\n  办结: {value: 10件, as_of: 2024-09-30}\n", later, &[]);
    check("metrics:\n  办结: {value: 10件, as_of: 2024-09-29}\n", later, &["as-of-contradicts-text"]);
    check("metrics:\n  办结: {value: 10件, as_of: 2024-12-31}\n", "截至去年底，办结10件。", &[]);
    check(
        "metrics:\n  办结: {value: 10件, as_of: 2023-03-01}\n",
        "截至去年底，办结10件。",
        &["as-of-contradicts-text"],
    );
    check("metrics:\n  办结: 10件\n", "截至今年12月底，办结10件。", &["as-of-after-notice"]);
}

#[test]
fn equal_sentences_and_ids_stay_apart_on_the_page() {
    let quotes = "metrics:\n  甲一: {value: 3件, quote: 首。甲3件}\n  甲二: {value: 3件, quote: 乙4件。甲3件}\n  \
                  丙: {value: 5人, id: x, quote: [丙5人, 又五人]}\n  丁: {value: 6人, id: x-2}\n";
    let text = "首。甲3件，乙4件。甲3件，乙4件。尾。丙5人，又五人，丁6人。";
    let site = small(quotes, text);
    assert_eq!(site.findings(), Vec::<String>::new());
    let html = site.text("output/n/01.html");
    assert_eq!(html.matches("class=\"sentence\"").count(), 3, "two equal sentences and one more");
    let shown: String =
        html.split("class=\"sentence\"").nth(1).unwrap().split("</td>").next().unwrap().to_owned();
    assert!(shown.contains(">3件</a>，乙4件。"), "{shown}");
    for id in ["figure-x\"", "figure-x.2\"", "figure-x-2\""] {
        assert_eq!(html.matches(&format!("id=\"{id}")).count(), 1, "{id}");
    }
    let csv = site.text("output/n/figures.csv");
    assert!(csv.contains("x,丙,5人,5,"), "{csv}");
}

#[test]
fn one_figure_may_state_several_metrics() {
    let text = "填报及时率、规范率均达100%。";
    check("metrics:\n  填报及时率: 100%\n  规范率: 100%\n", text, &[]);
    let quotes = "metrics:\n  填报及时率: {value: 100%, quote: 填报及时率、规范率均达100%}\n  规范率: {value: 100%, quote: 规范率均达100%}\n";
    check(quotes, text, &[]);
    check("metrics:\n  填报及时率: 100%\n  规范率: 100%\n", "填报及时率、规范率达100%。", &[]);
    check("metrics:\n  甲村: 5户\n  乙村: 5户\n  丙村: 5户\n", "甲村、乙村和丙村各5户。", &[]);
    // One subject, or another name: one of the two is wrong.
    check("metrics:\n  填报率: 100%\n  规范率: 100%\n", "规范率达100%。", &["figure-claimed-twice"]);
    check("metrics:\n  填报率: 100%\n  规范率: 100%\n", "及时率、规范率达100%。", &["figure-claimed-twice"]);
    check("metrics:\n  填报及时率: 99%\n  规范率: 100%\n", text, &["metric-not-in-text"]);
    let two = |one: &str, other: &str| format!("metrics:\n  {one}: 100%\n  {other}: 100%\n");
    let claimed = &["figure-claimed-twice"][..];
    check(&two("及时率", "满意率"), "报送及时率达100%。", claimed);
    check(&two("及时率", "满意率"), "受理率、及时率均达100%。", claimed);
    check(&two("参与率", "满意率"), "群众参与率均为100%。", claimed);
    check(&two("办结率", "满意率"), "办结率和满意率分别达100%、98%。", claimed);
    check(&two("参与率", "满意率"), "参与率及满意率均为100%。", &[]);
    check("metrics:\n  甲: 5人\n  乙: 5人\n", "甲、乙各5人。", &[]);
}

#[test]
fn metrics_of_one_figure_share_its_place() {
    let site = small(
        "metrics:\n  及时率: {value: 100%, id: a}\n  规范率: {value: 100%, id: b}\n",
        "及时率、规范率均达100%。",
    );
    assert_eq!(site.findings(), Vec::<String>::new());
    let html = site.text("output/n/01.html");
    assert_eq!(html.matches("id=\"figure-").count(), 1);
    assert!(html.contains("id=\"metric-a\"") && html.contains("id=\"metric-b\""), "{html}");
    let csv = site.text("output/n/figures.csv");
    for row in ["a,及时率,100%", "b,规范率,100%"] {
        let row = csv.lines().find(|line| line.starts_with(row)).unwrap_or_else(|| panic!("{csv}"));
        assert!(row.contains("index.html#figure-a,"), "{row}");
    }
    let package = site.text("output/n/datapackage.json");
    assert!(package.contains("index\\\\.html#figure-.+"), "{package}");
}

#[test]
fn numbers_that_cannot_be_metrics_count_as_open() {
    let coverage = |front_matter: &str| {
        let (contents, diagnostics) = read(&small(front_matter, "占三分之二，补助1万2千元，办结10件。"));
        assert_eq!(diagnostics, [], "{front_matter}");
        only_notice(&contents).coverage()
    };
    let metric = "metrics:\n  办结: 10件\n";
    assert_eq!(coverage(metric), Coverage { bound: 1, exempt: 0, open: 2 });
    let exempt = format!("{metric}not_figures: [占三分之二, 1万2千元]\n");
    assert_eq!(coverage(&exempt), Coverage { bound: 1, exempt: 2, open: 0 });
}

#[test]
fn more_key_figures_than_are_shown_are_told() {
    let notice = |n: usize| {
        let metrics: String =
            (1..=n).map(|n| format!("  第{n}项: {{value: {n}处, key: true}}\n")).collect::<Vec<_>>().concat();
        let text: String = (1..=n).map(|n| format!("第{n}项{n}处。")).collect::<Vec<_>>().concat();
        TestSite::small().with(
            "content/n/notice.md",
            format!("---\ntitle: 甲\nunit: 甲\ndate: 2025-08-28\nmetrics:\n{metrics}---\n{text}\n"),
        )
    };
    let told = |site: TestSite| {
        site.findings().into_iter().filter(|found| found.contains("key-figures")).collect::<Vec<_>>()
    };
    assert_eq!(told(notice(8)), [""; 0]);
    assert_eq!(told(notice(10)), ["too-many-key-figures content/n/notice.md:14:3"]);
}
