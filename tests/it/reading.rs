//! What browsers hide, move, turn or strike by HTML alone is no text of a page, whether a theme wrote it or an author.
//!
//! What is read of single pieces of HTML is in `tests/reading.md`.

use gongkai::diagnostic::Language;

use crate::site::TestSite;

/// The template of an item in the built-in theme.
const ITEM: &str = include_str!("../../themes/default/templates/item.html");

/// Builds a site whose theme writes `before` in front of the text of an item and `after` behind it; returns what was
/// reported.
fn findings_with(before: &str, after: &str) -> Vec<String> {
    let text = "<div class=\"text\">\n";
    let glossary = "{{- <Glossary terms={terms} /> }}";
    assert!(ITEM.contains(text) && ITEM.contains(glossary), "the template is as it was");
    let template =
        ITEM.replace(text, &format!("{before}{text}")).replace(glossary, &format!("{after}{glossary}"));
    let site = TestSite::small().with("themes/default/templates/item.html", template);
    let report = site.build();
    assert_eq!(report.summary.is_none(), !report.diagnostics.is_empty(), "a fault is an error");
    report
        .diagnostics
        .iter()
        .map(|found| format!("{} {}", found.code, found.message.in_language(Language::English)))
        .collect()
}

#[track_caller]
fn check_theme(before: &str, after: &str, expected: &str) {
    let findings = findings_with(before, after);
    // Links to what is swallowed lead nowhere, too, and with the text the page has lost its heading.
    let is_it = |finding: &String| {
        finding.starts_with("page-differs-from-text the finished page `n/01.html` ")
            || ["dead-link ", "not-one-h1 ", "missing-alternative ", "inline-code "]
                .iter()
                .any(|code| finding.starts_with(code))
    };
    assert!(findings.iter().all(is_it), "{before}: {findings:?}");
    assert!(findings.iter().any(|finding| finding.starts_with("page-differs")), "{before}: {findings:?}");
    assert!(findings.iter().any(|finding| finding.contains(expected)), "{before}: {findings:?}");
}

#[test]
fn text_that_a_theme_hides_by_html_is_not_shown() {
    for name in [
        "dialog", "canvas", "select", "datalist", "meter", "progress", "noframes", "video", "audio",
        "marquee", "object", "iframe", "textarea", "noscript", "fieldset", "details", "xmp", "map", "output",
        "s", "bdo",
    ] {
        check_theme(&format!("<{name}>"), &format!("</{name}>"), "");
    }
    check_theme("<dialog>", "</dialog>", "inside `<dialog>`");
    check_theme("<div hidden/>", "", "`<div>` that is still open at `</article>`");
    check_theme("<div hidden>", "</div>", "would show ``");
    check_theme("<div popover>", "</div>", "attribute `popover`");
    check_theme("<div style=\"display:none\">", "</div>", "attribute `style`");
    check_theme("<section dir=rtl>", "</section>", "attribute `dir`");
}

#[test]
fn a_page_that_browsers_take_otherwise_is_not_believed() {
    check_theme("<table>", "</table>", "`<div>` inside `<table>`");
    check_theme("<span>", "", "`<span>` that is still open");
    check_theme("<p><b>", "</b></p>", "`<div>` inside `<p>`");
    check_theme("<template shadowrootmode=open></template>", "", "`<template>`");
    check_theme("<plaintext>", "", "`<plaintext>`");
    check_theme("<body hidden>", "", "`<body>`");
    check_theme("<svg><title>", "</title></svg>", "`<div>`");
    check_theme("<sup>甲</sup>", "", "would show `甲`");
}

#[test]
fn what_shows_the_text_in_its_place_may_be_around_it() {
    for (before, after) in [
        ("<section aria-label=x><div class=y id=z data-a=b>", "</div></section>"),
        ("<x-card>", "</x-card>"),
        ("<ul data-generated><li>甲<li>乙</ul><p data-generated>丙", ""),
        ("<form data-generated><select><option>甲</select><input value=乙></form>", ""),
        ("<details open><summary data-generated>甲</summary>", "</details>"),
        ("<template><p>甲</p></template><noscript data-generated><p>乙</p></noscript>", ""),
    ] {
        assert_eq!(findings_with(before, after), Vec::<String>::new(), "{before}");
    }
}

/// Builds a site whose settings allow `tags` and whose item says `text`; returns the codes of what was reported.
fn codes_of_html(tags: &str, text: &str, approved: &str) -> Vec<String> {
    let site = TestSite::small()
        .with("site.yaml", format!("title: 示例\nhtml:\n  allow: [{tags}]\n"))
        .with(
            "content/n/01.md",
            format!("---\nheading: 一、关于“甲”问题的整改情况\n---\n（一）改进工作。已经改进。\n\n{text}\n"),
        )
        .with(
            "content/n/approved.txt",
            format!("现予以公布。\n一、关于“甲”问题的整改情况\n（一）改进工作。已经改进。\n{approved}\n"),
        );
    site.build().diagnostics.iter().map(|found| found.code.to_owned()).collect()
}

#[test]
fn tags_that_hide_turn_or_strike_cannot_be_allowed() {
    for tag in ["bdo", "bdi", "rp", "s", "del", "strike", "q", "details", "summary", "dialog"] {
        assert_eq!(codes_of_html(tag, "甲", "甲"), ["unknown-value"], "{tag}");
    }
}

#[test]
fn attributes_that_hide_or_turn_do_not_reach_the_page() {
    let text = "甲<span class=\"print-only\" dir=\"rtl\" hidden>不</span>乙";
    assert_eq!(codes_of_html("span", text, "甲不乙"), Vec::<String>::new());
    assert_ne!(codes_of_html("span", text, "甲乙"), Vec::<String>::new());
}

#[test]
fn html_that_moves_its_text_is_an_error() {
    let tags = "table, caption, thead, tbody, tfoot, tr, td, p, div, span";
    for (text, approved) in [
        ("<table><tr><td>乙</td></tr>甲</table>", "乙\n甲"),
        ("<table><tr>甲<td>乙</td></tr></table>", "甲\n乙"),
        ("<table><tr><td>乙</td></tr><caption>甲</caption></table>", "乙\n甲"),
        ("<table><tfoot><tr><td>乙</td></tr></tfoot><tbody><tr><td>甲</td></tr></tbody></table>", "乙\n甲"),
        ("<table><div>甲</div><tr><td>乙</td></tr></table>", "甲\n乙"),
        (
            "<table><tr><td>甲</td><td rowspan=2>乙</td></tr><tr><td colspan=2>丙</td></tr></table>",
            "甲\n乙\n丙",
        ),
        ("<p>甲<table><tr><td>乙</td></tr></table></p>", "甲\n乙"),
    ] {
        let codes = codes_of_html(tags, text, approved);
        assert!(codes.iter().any(|code| code == "html-changes-text"), "{text}: {codes:?}");
        assert!(!codes.iter().any(|code| code == "page-differs-from-text"), "said once, {text}: {codes:?}");
    }
    let good =
        "<table><caption>甲</caption><tr><td>乙</td><td rowspan=2>丙</td></tr><tr><td>丁</td></tr></table>";
    let codes = codes_of_html(tags, good, "甲\n乙\n丙\n丁");
    assert!(
        !codes.iter().any(|code| code == "html-changes-text" || code == "page-differs-from-text"),
        "{codes:?}"
    );
}

#[test]
fn digits_on_two_levels_are_an_error_and_the_advice_works() {
    let tags = "sub, sup, ruby, rt";
    for (text, approved) in [
        ("共10<sup>2</sup>人", "共102人"),
        ("H<sub>2</sub>5", "H25"),
        ("共<ruby>1<rt>0</rt></ruby>人", "共10人"),
        ("共10<sup>**2**</sup>人", "共102人"),
    ] {
        assert_eq!(codes_of_html(tags, text, approved), ["raised-digit"], "{text}");
    }
    for (text, approved) in
        [("CO<sub>2</sub>排放，10m<sup>2</sup>", "CO2排放，10m2"), ("<ruby>龘<rt>dá</rt></ruby>", "龘dá")]
    {
        assert_eq!(codes_of_html(tags, text, approved), Vec::<String>::new(), "{text}");
    }
}
