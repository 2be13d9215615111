//! What `docs/themes.md` promises of every page holds whoever wrote the templates, and a fault is told of where it is written.

use gongkai::diagnostic::{Diagnostic, Language};

use crate::site::{TestSite, finding, place};

/// A site with a theme of its own and three items.
fn themed() -> TestSite {
    let item =
        |n: &str| format!("---\nheading: {n}、关于“甲”问题的整改情况\n---\n（一）改进工作。已经改进。\n");
    let approved = ["一", "二", "三"]
        .map(|n| format!("{n}、关于“甲”问题的整改情况\n（一）改进工作。已经改进。\n"))
        .concat();
    TestSite::small()
        .with("site.yaml", "title: 示例\ntheme: mine\n")
        .with("content/n/02.md", item("二"))
        .with("content/n/03.md", item("三"))
        .with("content/n/approved.txt", format!("现予以公布。\n{approved}"))
}

/// A template for items that has something in front of the text.
fn item_with(html: &str) -> String {
    format!(
        "{{% extends \"base.html\" %}}\n{{% block main %}}\n{html}\n<h1>{{{{ item.heading }}}}</h1>\
         {{{{ <Parts parts={{item.parts}} depth={{2}} /> }}}}<div id=\"feedback\"></div>{{% endblock main %}}\n"
    )
}

/// Lists what is found, each with its place.
fn found(site: &TestSite) -> Vec<String> {
    site.findings()
}

fn english(problem: &Diagnostic) -> &str {
    problem.message.in_language(Language::English)
}

#[test]
fn nothing_is_fetched_from_elsewhere_or_sent_there() {
    for html in [
        "<svg data-generated><image xlink:href=\"https://e.example/a.png\"/></svg>",
        "<table data-generated background=\"https://e.example/a.png\"></table>",
        "<a data-generated href=\"{{ root }}index.html\" ping=\"https://e.example/a\">x</a>",
        "<form data-generated action=\"https://e.example/a\"></form>",
        "<form data-generated><button formaction=\"https://e.example/a\">x</button></form>",
        "<meta http-equiv=\"refresh\" content=\"9; url=https://e.example/a\">",
        "<object data-generated type=\"a/b\" codebase=\"//e.example/a\"></object>",
        "<svg data-generated><rect fill=\"url(https://e.example/a.svg#b)\"/></svg>",
        "<img data-generated alt=\"\" src=\"htt&#10;ps://e.example/a.png\">",
        "<noscript data-generated><img alt=\"\" src=\"https://e.example/a.png\"></noscript>",
        "<link rel=\"prefetch\" href=\"https://e.example/a\">",
        "<base href=\"https://e.example/\">",
    ] {
        let found = found(&themed().with("themes/mine/templates/item.html", item_with(html)));
        let places: Vec<&String> = found.iter().filter(|one| one.starts_with("external-asset")).collect();
        assert_eq!(places.len(), 1, "{html}: {found:?}");
        if !html.contains("&#10;") {
            assert!(
                places[0].starts_with("external-asset themes/mine/templates/item.html:3:"),
                "{html}: {found:?}"
            );
        }
    }
}

#[test]
fn what_the_site_itself_names_is_lawful() {
    let html = "<form data-generated method=\"post\" action=\"https://form.example/send\"></form>\
                <meta http-equiv=\"refresh\" content=\"9; url={{ root }}index.html\">\
                <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">\
                <a data-generated href=\"https://www.gov.cn/\">x</a><blockquote data-generated cite=\"https://www.gov.cn/\"></blockquote>\
                <img data-generated alt=\"\" src=\"https://own.example/index.html\">";
    let settings = "title: 示例\ntheme: mine\nbase_url: https://own.example/\nfeedback:\n  action: https://form.example/send\n";
    let site = themed().with("site.yaml", settings).with("themes/mine/templates/item.html", item_with(html));
    assert_eq!(found(&site), [""; 0]);
    let other = settings.replace("form.example", "other.example");
    let found = found(&site.with("site.yaml", other));
    assert!(matches!(&found[..], [one] if one.starts_with("external-asset")), "{found:?}");
}

#[test]
fn pages_carry_no_code() {
    for (html, n) in [
        ("<script>var a = 1;</script>", 1),
        ("<style>p { color: red }</style>", 1),
        ("<p data-generated style=\"color: red\" onclick=\"x()\">甲</p>", 2),
        ("<a data-generated href=\"javascript:print()\">打印</a>", 1),
        ("<a data-generated href=\" Java&#9;Script:print()\">打印</a>", 1),
        ("<svg data-generated onload=\"x()\"></svg>", 1),
        ("<iframe data-generated title=\"a\" srcdoc=\"甲\"></iframe>", 1),
        (
            "<script type=\"application/json\">{}</script><script src=\"{{ root }}{{ assets[\"search.js\"] }}\"></script>",
            0,
        ),
    ] {
        let found = found(&themed().with("themes/mine/templates/item.html", item_with(html)));
        assert_eq!(found.len(), n, "{html}: {found:?}");
        let expected = "inline-code themes/mine/templates/item.html:3:";
        assert!(found.iter().all(|one| one.starts_with(expected)), "{html}: {found:?}");
    }
}

#[test]
fn a_fault_of_a_template_is_one_report_at_the_template() {
    // Three items and the notice: what is forgotten on one is forgotten on all.
    let forgotten = themed().with("themes/mine/templates/item.html", item_with("<p>打印</p>")).build();
    let [fault] = &forgotten.diagnostics[..] else { panic!("{:#?}", forgotten.diagnostics) };
    assert_eq!(finding(fault, &forgotten), "page-differs-from-text themes/mine/templates/item.html:3:4");
    assert!(english(fault).contains("`n/01.html` and 2 more pages would show `打印`"), "{}", english(fault));
    assert_eq!(place(&fault.related[0].location, &forgotten), "content/n/01.md:2:10");

    // Words of the interface are found by their key.
    let base = "{% extends \"built-in/base.html\" %}\n{% block header %}<p>{{ t.feedback }}</p>{% endblock header %}\n";
    let report = themed().with("themes/mine/templates/base.html", base).build();
    let [fault] = &report.diagnostics[..] else { panic!("{:#?}", report.diagnostics) };
    assert_eq!(finding(fault, &report), "page-differs-from-text themes/mine/templates/base.html:2:25");
    assert!(english(fault).contains("and 3 more pages would show"), "{}", english(fault));

    // So is a link to a place that no page has, and what lies on the text of all of them.
    let base = |html: &str| {
        format!("{{% extends \"built-in/base.html\" %}}{{% block footer %}}{html}{{% endblock footer %}}")
    };
    let html = "<p data-generated><a href=\"#nowhere\">甲</a><a href=\"#Top\">乙</a><a name=\"a\"></a><a href=\"#a\">丙</a></p>";
    let report = themed().with("themes/mine/templates/base.html", base(html)).build();
    let [fault] = &report.diagnostics[..] else { panic!("{:#?}", report.diagnostics) };
    assert_eq!(finding(fault, &report), "dead-link themes/mine/templates/base.html:1:80");
    assert!(english(fault).contains("more pages link to `#nowhere`"), "{}", english(fault));
    let html = "<svg data-generated overflow=\"visible\"><rect width=\"999\" height=\"999\"/></svg>";
    let spilling = found(&themed().with("themes/mine/templates/base.html", base(html)));
    assert_eq!(spilling, ["page-differs-from-text themes/mine/templates/base.html"]);

    // Two faults are two reports.
    let two = item_with("{% if item.number == 2 %}<p>甲乙</p>{% else %}<p>丙丁</p>{% endif %}");
    let report = themed().with("themes/mine/templates/item.html", two).build();
    let messages: Vec<&str> = report.diagnostics.iter().map(english).collect();
    assert_eq!(messages.len(), 2, "{messages:#?}");
    assert!(messages.iter().any(|one| one.contains("`n/02.html` would show `甲乙`")), "{messages:#?}");
    assert!(
        messages.iter().any(|one| one.contains("`n/01.html` and one more page would show `丙丁`")),
        "{messages:#?}"
    );

    // What is dropped has no words to look for.
    let dropped = item_with("").replace("{{ <Parts parts={item.parts} depth={2} /> }}", "");
    let found = found(&themed().with("themes/mine/templates/item.html", dropped));
    assert_eq!(found, ["page-differs-from-text themes/mine/templates/item.html"]);
}

#[test]
fn what_is_seen_is_said_and_a_page_has_one_title() {
    for (html, expected) in [
        (
            "<img data-generated src=\"{{ root }}{{ assets[\"icon.svg\"] }}\">",
            "missing-alternative themes/mine/templates/item.html:3:1",
        ),
        (
            "<p data-generated><i role=\"img\"></i></p>",
            "missing-alternative themes/mine/templates/item.html:3:19",
        ),
        (
            "<svg data-generated role=\"img\"><path/></svg>",
            "missing-alternative themes/mine/templates/item.html:3:1",
        ),
        ("<h1 data-generated>甲</h1>", "not-one-h1 themes/mine/templates/item.html"),
    ] {
        let report = themed().with("themes/mine/templates/item.html", item_with(html)).build();
        let [fault] = &report.diagnostics[..] else { panic!("{html}: {:#?}", report.diagnostics) };
        assert_eq!(finding(fault, &report), expected, "{html}");
        assert!(english(fault).contains("`n/01.html` and 2 more pages"), "{}", english(fault));
        assert!(report.summary.is_some(), "a warning stops nothing");
    }
    let bare = "<p>甲</p>";
    let found = found(&themed().with("themes/mine/templates/404.html", bare));
    let expected = ["missing-language", "missing-title", "not-one-h1"]
        .map(|code| format!("{code} themes/mine/templates/404.html"));
    assert_eq!(found, expected);
}

#[test]
fn drawings_of_a_theme_draw_and_nothing_else() {
    let svg = |inside: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"http://www.w3.org/1999/xlink\">{inside}</svg>"
        )
    };
    for (inside, expected) in [
        ("<script>x()</script>", "active-asset"),
        ("<g onclick=\"x()\"/>", "active-asset"),
        ("<a x:href=\"javascript:x()\"/>", "active-asset"),
        ("<image x:href=\"https://e.example/a.png\"/>", "external-asset"),
        ("<style>g { fill: url(//e.example/a) }</style>", "external-asset"),
    ] {
        let found = found(&themed().with("themes/mine/assets/seal.svg", svg(inside)));
        assert_eq!(found.len(), 1, "{inside}: {found:?}");
        assert!(
            found[0].starts_with(&format!("{expected} themes/mine/assets/seal.svg:1:")),
            "{inside}: {found:?}"
        );
    }
    let harmless = svg("<style>g { fill: red }</style><g style=\"fill: url(#a)\"/>");
    assert_eq!(found(&themed().with("themes/mine/assets/seal.svg", harmless)), [""; 0]);
}

#[test]
fn style_sheets_write_no_words_into_the_text() {
    let sheet = "p::after { content: \"99篇\" }\ndata::before { content: '-' }\n\
                 :root { --w: \"某\" }\nh1::before { content: var(--w) }\n\
                 [data-generated] p::before { content: \"甲\" }\nli::before { content: \"›\" }\n";
    let found = found(&themed().with("themes/mine/assets/mine.css", sheet));
    let expected = ["1:21", "2:25", "4:23"]
        .map(|place| format!("words-in-style-sheet themes/mine/assets/mine.css:{place}"));
    assert_eq!(found, expected);

    // Nor does one in an address, which might load others.
    let sheet =
        "@import \"data:text/css,p::after{content:'9'}\";\n@font-face { src: url(data:font/woff2,) }\n";
    let loading = themed().with("themes/mine/assets/mine.css", sheet).findings();
    assert_eq!(loading, ["inline-code themes/mine/assets/mine.css:1:9"]);
}

#[test]
fn an_asset_has_a_name_for_an_address() {
    let site = themed().with("themes/mine/assets/pictures/logo@2x.png", "x");
    assert_eq!(site.findings(), ["name-is-no-address themes/mine/assets/pictures/logo@2x.png"]);
}

#[test]
fn colours_can_be_read_in_every_mode() {
    let found = |css: &str| {
        let report = themed().with("themes/mine/assets/mine.css", css).build();
        let shown =
            report.diagnostics.iter().map(|one| format!("{} {}", finding(one, &report), english(one)));
        shown.collect::<Vec<_>>()
    };
    let dark = found(":root { --link: #003366 }\n");
    assert!(
        dark.iter()
            .all(|one| one.starts_with("low-contrast themes/mine/assets/mine.css:1:17 `--link` (`#003366`)")),
        "{dark:#?}"
    );
    assert!(dark.iter().any(|one| one.contains("on dark pages; text needs 7 : 1")), "{dark:#?}");
    assert_eq!(found(":root { --gap: 2rem; --sans: \"宋体\" }\n"), [""; 0]);
    assert_eq!(found("@media print { :root { --ink: #767676 } }\n").len(), 1);
    assert_eq!(found("@media screen { :root[data-contrast=black] { --ink: #553 } }\n").len(), 1);

    // Imported sheets come first, so that the one that imports them has the last word.
    let site = themed()
        .with("themes/mine/assets/style.css", "@import \"z.css\"; :root { --ink: #000; --paper: #fff }")
        .with("themes/mine/assets/z.css", ":root { --ink: #999 }");
    assert_eq!(site.findings(), [""; 0]);
}

#[test]
fn header_menu_and_footer_can_be_changed_by_themselves() {
    let base = "{% extends \"built-in/base.html\" %}\n\
                {% block menu %}<nav data-generated aria-label=\"菜单\">我的菜单</nav>{% endblock menu %}\n\
                {% block footer %}<footer data-generated>我的页脚</footer>{% endblock footer %}\n";
    let site = themed().with("themes/mine/templates/base.html", base);
    assert_eq!(site.findings(), [""; 0]);
    let page = site.text("output/n/01.html");
    assert!(page.contains("site-header") && page.contains("我的菜单") && page.contains("我的页脚"));
    assert!(!page.contains("site-footer"));
}
