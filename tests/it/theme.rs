//! A theme of a site's own: what it may replace, and how its faults are told.

use gongkai::diagnostic::{Diagnostic, Language};

use crate::site::{TestSite, finding};

/// A small site that uses `themes/mine`.
fn themed() -> TestSite {
    TestSite::small().with("site.yaml", "title: 示例\ntheme: mine\n")
}

/// Builds the small site with the files of a theme; returns its pages, which must be without a fault.
#[track_caller]
fn built(files: &[(&str, &str)]) -> TestSite {
    let mut site = themed();
    for (name, text) in files {
        site = site.with(&format!("themes/mine/{name}"), text);
    }
    assert_eq!(site.findings(), Vec::<String>::new());
    site
}

/// Builds with one template and compares the place of its fault (empty for the whole file), the message, and the page it was met on.
#[track_caller]
fn check(template: &str, place: &str, message: &str, page: Option<&str>) {
    let site = themed().with("themes/mine/templates/home.html", template);
    let report = site.build();
    let faults: Vec<&Diagnostic> = report.diagnostics.iter().collect();
    let [fault] = faults[..] else { panic!("{template}: {faults:#?}") };
    let place = if place.is_empty() { String::new() } else { format!(":{place}") };
    let place = format!("template-error themes/mine/templates/home.html{place}");
    assert_eq!(finding(fault, &report), place, "{template}");
    assert!(
        fault.message.in_language(Language::English).contains(message),
        "{template}: {:?}",
        fault.message
    );
    let last = fault.related.last().map(|related| related.location.path.as_str());
    assert_eq!(last, page, "{template}");
    assert!(report.summary.is_none(), "nothing is written");
}

/// What every build of the site with every key lists: a relation whose figures differ, with a remark for readers, a metric
/// that is proposed, and a warning that is accepted.
const NOTES: [&str; 3] = [
    "relation-with-remark content/full-2025/06.md:10:15",
    "proposed-metric content/full-2025/closing.md:4:3",
    "unused-attachment content/full-2025/spare.csv",
];

#[test]
fn every_template_renders_in_every_language() {
    for language in ["zh-CN", "en"] {
        let site = TestSite::every_key();
        site.write("site.yaml", site.text("site.yaml").replace("zh-CN", language));
        assert_eq!(site.findings(), NOTES, "{language}");
        let pages =
            ["index", "about", "contact", "feedback", "sitemap", "404", "full-2025/index", "full-2025/02"];
        for page in pages {
            let html = site.text(&format!("output/{page}.html"));
            assert!(html.contains(&format!("<html lang=\"{language}\">")), "{page}");
            assert!(!html.contains("{{") && !html.contains("{%"), "{page}");
        }
    }
}

#[test]
fn every_template_renders_without_any_setting() {
    let site = TestSite::every_key();
    site.write("site.yaml", "title: 示例\nhtml: {allow: [sub, sup]}\n");
    assert_eq!(site.findings(), NOTES);
}

#[test]
fn a_template_replaces_the_one_of_its_name() {
    let site = built(&[(
        "templates/404.html",
        "<!doctype html><html lang=zh-CN><title>无</title><h1>无 {{ page.title }}</h1>\n",
    )]);
    assert_eq!(
        site.text("output/404.html"),
        "<!doctype html><html lang=zh-CN><title>无</title><h1>无 没有找到这个页面</h1>\n"
    );
    assert!(site.text("output/index.html").contains("class=\"page-home\""));
}

#[test]
fn a_template_can_change_one_block_of_the_built_in_one() {
    let base =
        "{% extends \"built-in/base.html\" %}\n{% block head %}<meta name=\"mine\">{% endblock head %}\n";
    let site = built(&[("templates/base.html", base)]);
    for page in ["index.html", "n/index.html", "n/01.html", "404.html"] {
        let html = site.text(&format!("output/{page}"));
        assert!(html.contains("<meta name=\"mine\">") && html.contains("class=\"site-header\""), "{page}");
    }
}

#[test]
fn one_word_can_be_replaced() {
    let site = built(&[("strings/zh-CN.yaml", "feedback: 我要留言\n")]);
    let html = site.text("output/index.html");
    assert!(html.contains("我要留言") && !html.contains("意见反馈") && html.contains("网站地图"));
}

#[test]
fn a_language_of_the_theme_is_filled_up_with_english() {
    let site = themed().with("themes/mine/strings/de.yaml", "feedback: Rückmeldung\n");
    site.write("site.yaml", "title: 示例\ntheme: mine\nlanguage: de\n");
    assert_eq!(site.findings(), Vec::<String>::new());
    let html = site.text("output/index.html");
    assert!(html.contains("Rückmeldung") && html.contains("Site map") && html.contains("<html lang=\"de\">"));
}

#[test]
fn one_asset_can_be_replaced_and_one_added() {
    let style = "body { background: url(\"pictures/seal.svg\"); }\n";
    let site = built(&[("assets/style.css", style), ("assets/pictures/seal.svg", "<svg/>")]);
    let html = site.text("output/n/01.html");
    let path = html.split("<link rel=\"stylesheet\" href=\"../").nth(1).unwrap().split('"').next().unwrap();
    let published = site.text(&format!("output/{path}"));
    let picture = published.split("url(\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(picture.starts_with("pictures/seal.") && picture != "pictures/seal.svg", "{picture}");
    assert_eq!(site.text(&format!("output/assets/{picture}")), "<svg/>");
}

#[test]
fn one_component_can_be_replaced_from_any_file() {
    let day =
        "{% component Day(day: map) %}<span class=\"mine\">{{ day.printed }}</span>{% endcomponent Day %}\n";
    let site = built(&[("templates/days.html", day)]);
    for page in ["index.html", "n/index.html"] {
        let html = site.text(&format!("output/{page}"));
        assert!(
            html.contains("<span class=\"mine\">2025年8月28日</span>") && !html.contains("<time"),
            "{page}"
        );
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let home =
        "\u{feff}{% extends \"base.html\" %}\r\n{% block main %}\r\n<h1>甲</h1>\r\n{% endblock main %}\r\n";
    assert!(built(&[("templates/home.html", home)]).text("output/index.html").contains("<h1>甲</h1>"));
    check("\u{feff}中{{ nix }}", "1:5", "there is no variable `nix` here", Some("index.html"));
    check("中\r\n文{{ nix }}", "2:5", "there is no variable `nix` here", Some("index.html"));
}

#[test]
fn faults_while_rendering_name_place_and_page() {
    let page = Some("index.html");
    check("中文{{ nothing }}", "1:6", "there is no variable `nothing` here", page);
    check("\n中文{{ site.nothing }}", "2:11", "there is no field `nothing` here", page);
    check("中文{{ site.title + 1 }}", "1:6", "`+` requires both operands to be numbers", page);
    check("中文{{ site.title | truncate }}", "1:19", "missing keyword argument `length`", page);
    check("中文{{ <Day date={1} /> }}", "1:6", "unknown argument(s) `date`", page);
    check("中文{{ <Day day={1} /> }}", "1:6", "does not match expected type: `map`", page);
    check("中文{{ t.n_items | fill(m=1) }}", "1:18", "`共 {n} 项` needs a value for `n`", page);
    check("中文{{ t.n_items | fill(n=nix) }}", "1:18", "needs a value for `n`", page);
}

#[test]
fn loops_over_huge_ranges_end_with_an_error() {
    let home = Some("index.html");
    let nested = "{% for a in range(end=1000) %}{% for b in range(end=1000) %}{% for c in range(end=1000) -%}\n\
                  {%- endfor %}{% endfor %}{% endfor %}";
    check(nested, "1:73", "the ranges of one page have at most 1,000,000 numbers together", home);
    check("{% for a in range(end=1001) %}.{% endfor %}", "1:13", "a `range` has at most 1,000 numbers", home);
    check("{{ range(start=5, end=1, step_by=0) }}", "1:4", "`range` needs a `step_by` other than 0", home);
    let kept = "{% set r = range(end=1000) %}{% for a in r %}{% for b in r %}{% for c in r %}\
                一页很长很长很长很长很长很长很长很长的文字\
                {% endfor %}{% endfor %}{% endfor %}";
    check(kept, "", "a page has at most 64 MB", home);
}

#[test]
fn ranges_count_as_asked() {
    for (range, expected) in [
        ("end=3", "012"),
        ("start=2, end=4", "23"),
        ("start=0, end=5, step_by=2", "024"),
        ("start=3, end=0, step_by=-1", "321"),
        ("start=3, end=3", ""),
    ] {
        let shown = format!("[{{% for n in range({range}) %}}{{{{ n }}}}{{% endfor %}}]");
        let template = format!("<html lang=zh-CN><title>甲</title><h1>{shown}</h1>");
        let site = built(&[("templates/404.html", &template)]);
        assert!(site.text("output/404.html").contains(&format!("[{expected}]")), "{range}");
    }
}

#[test]
fn faults_between_templates_name_their_place() {
    check("中文{{ page.title | nix }}", "1:19", "there is no filter `nix` here", None);
    check("中文{{ nix() }}", "1:6", "there is no function `nix` here", None);
    check("中文{{ <Nix /> }}", "1:6", "there is no component `Nix` here", None);
    check("中文{% if page is nix %}{% endif %}", "1:17", "there is no test `nix` here", None);
    check("中文{% include \"nix.html\" %}", "1:14", "there is no template `nix.html` here", None);
    check("{# 中 #}{% extends \"nix.html\" %}", "1:20", "there is no template `nix.html` to extend", None);
    check("{% extends \"base.html\" %}{% block 中 %}", "1:35", "unexpected character", None);
    check(
        "{% extends \"base.html\" %}{% block nix %}{% endblock %}",
        "1:35",
        "block `nix` is not defined",
        None,
    );
    check("{% extends \"home.html\" %}", "1:4", "the template extends itself", None);
    check("中{% include \"home.html\" %}", "1:5", "the template includes itself", None);
}

#[test]
fn faults_of_syntax_name_their_place() {
    check("中文{% if %}", "1:9", "found `%}`", None);
    check("中文\n\n文{% for a in b %}", "3:16", "unexpected end of input", None);
    check("中文{{ 标题 }}", "1:6", "unexpected character", None);
    check("中文{% macro a() %}{% endmacro %}", "1:6", "unknown tag", None);
}

#[test]
fn a_fault_in_a_built_in_component_names_the_template_that_called_it() {
    let site = themed().with("themes/mine/templates/home.html", "\n{{ <Day day={site} /> }}");
    let report = site.build();
    let [fault] = &report.diagnostics[..] else { panic!("{:#?}", report.diagnostics) };
    assert!(finding(fault, &report).starts_with("template-error themes/default/templates/components.html:"));
    let related: Vec<_> = fault
        .related
        .iter()
        .map(|related| (related.location.path.as_str(), related.message.in_language(Language::English)))
        .collect();
    assert_eq!(
        related,
        [
            ("themes/mine/templates/home.html", "called from line 2, column 4 of this template"),
            ("index.html", "it was met first while rendering this page"),
        ]
    );
}

#[test]
fn all_broken_templates_are_told_in_one_run_each_fault_once() {
    let site = themed()
        .with(
            "themes/mine/templates/base.html",
            "<!doctype html>{{ nix }}{% block meta %}{% endblock %}{% block head %}{% endblock %}{% block main %}{% endblock %}",
        )
        .with("themes/mine/templates/404.html", "{% if %}")
        .with("themes/mine/templates/contact.html", "{{ a | b }}{{ c | d }}")
        .with("themes/mine/templates/feedback.html", "{% extends \"nix.html\" %}")
        .with("themes/mine/templates/item.html", "{{ item.nix }}")
        .with("themes/mine/templates/sitemap.html", "{% include \"sitemap.html\" %}")
        .with("themes/mine/assets/style.css", "a { background: url(nix.svg) }");
    assert_eq!(
        site.findings(),
        [
            "missing-asset themes/mine/assets/style.css:1:21",
            "template-error themes/mine/templates/404.html:1:7",
            "template-error themes/mine/templates/base.html:1:19",
            "template-error themes/mine/templates/contact.html:1:8",
            "template-error themes/mine/templates/contact.html:1:19",
            "template-error themes/mine/templates/feedback.html:1:13",
            "template-error themes/mine/templates/item.html:1:9",
            "template-error themes/mine/templates/sitemap.html:1:4",
        ]
    );
}

#[test]
fn an_unknown_theme_or_language_is_told_at_its_place() {
    let site = TestSite::small().with("site.yaml", "title: 示例\ntheme: mine\nlanguage: fr\n");
    assert_eq!(site.findings(), ["unknown-theme site.yaml:2:8", "unknown-language site.yaml:3:11"]);
}

#[test]
fn a_theme_cannot_hide_repeat_or_add_words_of_the_text() {
    let item = |main: &str| {
        let end = "<div id=\"feedback\"></div>{% endblock main %}";
        let text = format!("{{% extends \"base.html\" %}}{{% block main %}}{main}{end}");
        themed().with("themes/mine/templates/item.html", text).findings()
    };
    let heading = "<h1>{{ item.heading }}</h1>";
    let parts = "{{ <Parts parts={item.parts} depth={2} /> }}";
    assert_eq!(item(&format!("{heading}{parts}")), Vec::<String>::new());
    assert_eq!(item(&format!("{heading}<p data-generated>我的话</p>{parts}")), Vec::<String>::new());
    for wrong in [
        format!("{heading}<p>我的话</p>{parts}"),
        format!("{heading}{parts}{parts}"),
        format!("{parts}{heading}"),
        heading.to_owned(),
        format!("<div data-generated>{heading}{parts}</div>"),
        format!("{heading}<p>（一）改进工作。</p><p>已经改进。</p>"),
    ] {
        let found = item(&wrong);
        assert_eq!(found.len(), 1, "{wrong}: {found:?}");
        assert!(
            found[0].starts_with("page-differs-from-text themes/mine/templates/item.html"),
            "{wrong}: {found:?}"
        );
    }
}

#[test]
fn a_dead_link_of_a_theme_is_one_fault_however_many_pages_have_it() {
    let base = "{% extends \"built-in/base.html\" %}\n\
                {% block head %}<link rel=\"help\" href=\"{{ root }}nowhere.html\">{% endblock head %}\n";
    let site = themed().with("themes/mine/templates/base.html", base);
    let report = site.build();
    let [fault] = &report.diagnostics[..] else { panic!("{:#?}", report.diagnostics) };
    assert_eq!(finding(fault, &report), "dead-link themes/mine/templates/base.html:2:50");
    let message = fault.message.in_language(Language::English);
    assert!(message.contains("`nowhere.html`") && message.contains("more pages"), "{message}");
}

#[test]
fn a_dead_anchor_of_a_theme_is_a_fault() {
    let home = "{% extends \"base.html\" %}\n\
                {% block main %}<h1 data-generated>甲</h1><a href=\"n/index.html#item-9\">乙</a>{% endblock main %}\n";
    let site = themed().with("themes/mine/templates/home.html", home);
    assert_eq!(site.findings(), ["dead-link themes/mine/templates/home.html:2:51"]);
}

#[test]
fn the_theme_for_portals_shows_the_whole_notice_and_nothing_of_a_site_around_it() {
    let site = TestSite::zhoushan();
    site.write("site.yaml", site.text("site.yaml").replace("theme: default", "theme: plain"));
    site.write(
        "themes/plain/templates/portal-header.html",
        "<header data-generated><p>某某门户网站</p></header>\n",
    );
    assert_eq!(site.findings(), Vec::<String>::new());
    let html = site.text("output/zhoushan-2025/index.html");
    assert!(html.contains("<p>某某门户网站</p>") && html.contains("class=\"gongkai page-notice\""));
    assert!(!html.contains("site-header") && !html.contains("<script src"));
}

#[test]
fn a_theme_asks_no_other_site_for_anything() {
    let base = "{% extends \"base.html\" %}{% block head %}\
                <script src=\"https://a.example/x.js\"></script><link rel=icon href=\"//b.example/i.png\">{% endblock head %}\
                {% block main %}<h1>甲</h1>{% endblock main %}";
    let site = themed()
        .with("themes/mine/templates/contact.html", base)
        .with("themes/mine/templates/404.html", base)
        .with(
            "themes/mine/assets/style.css",
            "/* url(https://c.example/) */@import \"https://d.example/s.css\";\
             a { background: URL(https://e.example/p.png), image-set(\"https://f.example/q.png\" 1x) }",
        );
    assert_eq!(
        site.findings(),
        [
            "external-asset themes/mine/assets/style.css:1:38",
            "external-asset themes/mine/assets/style.css:1:84",
            "external-asset themes/mine/assets/style.css:1:120",
            "external-asset themes/mine/templates/404.html:1:55",
            "external-asset themes/mine/templates/404.html:1:109",
        ]
    );
}

#[test]
fn style_sheets_name_each_other_and_everything_else_relative_to_themselves() {
    let site = themed()
        .with("themes/mine/assets/style.css", "@import \"parts/z.css\"; a { b: url(x.svg?v=1#part) }")
        .with("themes/mine/assets/parts/z.css", "/* url(old.svg) */ c { d: url(../x.svg) }")
        .with("themes/mine/assets/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    assert_eq!(site.findings(), [""; 0]);
    let (style, part, drawing) = (asset(&site, "style."), asset(&site, "parts/z."), asset(&site, "x."));
    let (part_name, drawing_name) =
        (part.trim_start_matches("assets/"), drawing.trim_start_matches("assets/"));
    assert_eq!(
        site.text(&format!("output/{style}")),
        format!("@import \"{part_name}\"; a {{ b: url({drawing_name}?v=1#part) }}")
    );
    assert_eq!(site.text(&format!("output/{part}")), format!("c {{ d: url(../{drawing_name}) }}"));

    let circle = themed()
        .with("themes/mine/assets/style.css", "@import 'other.css';")
        .with("themes/mine/assets/other.css", "@import 'style.css';");
    assert_eq!(circle.findings(), ["circular-import themes/mine/assets/style.css:1:9"]);
}

/// Returns the published path of the asset whose name begins so.
fn asset(site: &TestSite, beginning: &str) -> String {
    let all = crate::site::tree(&site.path("output/assets"));
    let name = all.keys().find(|name| name.starts_with(beginning)).unwrap();
    format!("assets/{name}")
}
