//! The first promise: what a page says is the approved text, character for character.
//!
//! The pages are read with [`words`], which shares nothing with the product and knows only how a theme marks its own words.
//! Then templates are spoiled, which the build must notice. `changes.rs` spoils the sources.

use gongkai::diagnostic::{Language, Severity};

use crate::golden::read_tree;
use crate::site::{TestSite, finding};

// ---- The pages say what was approved.

/// Makes a character narrow: the only respect in which page and approved text may differ.
fn fold(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap(),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// Makes a text narrow.
pub(crate) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// Cuts the notice's words out of a page: no `head`, nothing marked `data-generated`, a line for each block, and a block
/// marked `data-run-in` on one line with the next.
fn words(html: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    let mut is_running_in = false;
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        if !text.trim().is_empty() {
            lines.last_mut().unwrap().push_str(&unescaped(text));
            is_running_in = false;
        }
        let (tag, behind) = tag.split_once('>').expect("every tag is closed");
        rest = behind;
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        let has = |mark: &str| tag.split_ascii_whitespace().any(|word| word == mark);
        if name == "head" || has("data-generated") {
            rest = behind_element(behind, &name);
            continue;
        }
        let closed = tag.strip_prefix('/');
        if is_inline(closed.unwrap_or(&name)) {
            continue;
        }
        if closed.is_none() && has("data-run-in") {
            lines.push(String::new());
            let (inside, behind) = behind.split_once(&format!("</{name}>")).expect("the block is closed");
            lines.last_mut().unwrap().push_str(&words(inside));
            rest = behind;
            is_running_in = true;
        } else if !is_running_in {
            lines.push(String::new());
        }
    }
    lines.last_mut().unwrap().push_str(&unescaped(rest));
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// Returns what stands behind an element whose content `html` begins with.
fn behind_element<'a>(html: &'a str, name: &str) -> &'a str {
    let mut depth = 1;
    let mut rest = html;
    while depth > 0 {
        let (_, tag) = rest.split_once('<').expect("every element is closed");
        let (tag, behind) = tag.split_once('>').expect("every tag is closed");
        let is_of_name = |tag: &str| tag.split_ascii_whitespace().next() == Some(name);
        match tag.strip_prefix('/') {
            Some(closed) if is_of_name(closed) => depth -= 1,
            None if is_of_name(tag) => depth += 1,
            _ => {}
        }
        rest = behind;
    }
    rest
}

fn is_inline(name: &str) -> bool {
    matches!(name, "a" | "b" | "data" | "span" | "strong" | "time")
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&#x27;", "'").replace("&amp;", "&")
}

#[test]
fn words_are_cut_out_of_a_page() {
    let page = "<!doctype html><head><title>甲</title></head>\n<h1 data-generated>乙</h1><main class=\"x\">\n\
                <div data-generated><div>丙</div></div><h2>一、<b>丁</b></h2>\n<h3 class=\"lead\" data-run-in>（一）戊。</h3>\n\
                <p>己 &amp; <time datetime=\"x\">庚</time></p><p>辛</p></main>";
    assert_eq!(words(page), "一、丁\n（一）戊。己 & 庚\n辛");
}

/// Panics at the first character in which the texts differ, and says how many do.
#[track_caller]
fn assert_same_characters(found: &str, expected: &str) {
    let n_found = found.chars().count();
    let n_expected = expected.chars().count();
    let pairs = || found.chars().zip(expected.chars());
    let n_different = pairs().filter(|(a, b)| a != b).count() + n_found.abs_diff(n_expected);
    let first = pairs().take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        text.chars().skip(first.saturating_sub(10)).take(30).collect::<String>().replace('\n', "⏎")
    };
    assert_eq!(n_different, 0, "from character {first}: `{}`, not `{}`", around(found), around(expected));
}

#[test]
fn the_page_of_the_notice_is_the_approved_text() {
    let site = TestSite::zhoushan();
    assert!(site.build().summary.is_some());
    let approved = folded(&site.text("content/zhoushan-2025/approved.txt"));
    assert!(approved.chars().count() > 8_000, "the approved text is there and long");
    let page = folded(&words(&site.text("output/zhoushan-2025/index.html")));
    assert_same_characters(&page, approved.trim_end_matches('\n'));
}

#[test]
fn the_pages_of_the_items_are_the_middle_of_the_approved_text() {
    let site = TestSite::zhoushan();
    assert!(site.build().summary.is_some());
    let approved = folded(&site.text("content/zhoushan-2025/approved.txt"));
    let approved = approved.trim_end_matches('\n');
    let items: Vec<String> = (1..=24)
        .map(|number| folded(&words(&site.text(&format!("output/zhoushan-2025/{number:02}.html")))))
        .collect();
    let items = items.join("\n");

    let start = approved.find("一、关于“学习运用新思想指导实践不足”问题的整改情况\n").unwrap();
    let end = approved.find("\n下一步,市公安局党委将").unwrap();
    let (opening, rest) = approved.split_at(start);
    let (middle, closing) = rest.split_at(end - start);
    assert_same_characters(&items, middle);

    let page = folded(&words(&site.text("output/zhoushan-2025/index.html")));
    assert!(page.starts_with(opening) && page.ends_with(closing), "opening and closing are on the page");
    assert_same_characters(&format!("{opening}{items}{closing}"), approved);
}

// ---- A theme that does not show the text is found out.

/// Builds the site with one change to a template; returns the codes of the errors and the pages they are about.
fn errors_of_theme(template: &str, old: &str, new: &str) -> Vec<String> {
    let site = TestSite::zhoushan();
    assert!(site.build().summary.is_some());
    let output = read_tree(&site.path("output"));
    let file = format!("themes/default/templates/{template}");
    let text = site.text(&file);
    assert_eq!(text.matches(old).count(), 1, "`{old}` is in `{template}` once");
    site.write(&file, text.replace(old, new));
    let report = site.build();
    assert!(report.summary.is_none() && read_tree(&site.path("output")) == output, "nothing is written");
    let errors = report.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    errors
        .map(|found| format!("{} {}", finding(found, &report), found.message.in_language(Language::English)))
        .collect()
}

/// Checks that the change to a template makes `n_pages` pages differ, each of which is told of at the template.
#[track_caller]
fn check_theme(template: &str, old: &str, new: &str, n_pages: usize) {
    let mut errors = errors_of_theme(template, old, new);
    // Where figures are dropped with their text, the links of the home page to them are dead besides.
    errors.retain(|error| !error.starts_with("dead-link index.html"));
    let expected = format!("page-differs-from-text themes/default/templates/{template}");
    assert!(errors.iter().all(|error| error.starts_with(&expected)), "{errors:#?}");
    let n_told = |error: &String| {
        let more =
            error.split(" and ").find_map(|part| part.split(" more page").next()?.parse::<usize>().ok());
        more.map_or(if error.contains(" and one more page") { 2 } else { 1 }, |more| more + 1)
    };
    assert_eq!(errors.iter().map(n_told).sum::<usize>(), n_pages, "{errors:#?}");
}

#[test]
fn a_theme_that_drops_a_part_is_found_out() {
    let third =
        "{%- for part in parts %}\n{%- if part.kind == \"measure\" and part.anchor != \"item-6-2\" %}";
    let measure = "{%- for part in parts %}\n{%- if part.kind == \"measure\" %}";
    check_theme("components.html", measure, third, 2);
    check_theme("components.html", "<p{{ signer | lang }}>{{ signer }}</p>\n", "", 1);
    check_theme("notice.html", "{{- <Parts parts={notice.opening} depth={2} /> }}", "", 1);
    check_theme("item.html", "<h1{{ item.heading | lang }}>{{ item.heading }}</h1>", "", 24);
    let heading = "{%- if section.heading %}\n<h";
    check_theme("notice.html", heading, "{%- if section.number != 7 %}\n<h", 1);
    check_theme("item.html", "<div class=\"text\">", "<div class=\"text\" hidden>", 24);
    check_theme("item.html", "<div class=\"text\">", "<div class=\"text\" data-generated>", 24);
}

#[test]
fn a_theme_that_repeats_a_part_is_found_out() {
    let lead = "{{ part.lead | safe }}";
    check_theme("components.html", lead, &format!("{lead}{lead}"), 25);
    let heading = "<h1{{ item.heading | lang }}>{{ item.heading }}</h1>";
    check_theme("item.html", heading, &format!("{heading}{heading}"), 24);
}

#[test]
fn a_theme_that_adds_a_word_is_found_out() {
    check_theme("item.html", "</article>", "<p>本页由系统生成</p></article>", 24);
    check_theme("components.html", "{{ part.lead | safe }}", "{{ part.lead | safe }}!", 25);
    check_theme("components.html", "<div class=\"signature\">", "<div class=\"signature\">（章）", 1);
    check_theme("base.html", "<footer class=\"site-footer\" data-generated>", "<footer>", 25);
    check_theme("components.html", "<p{{ signer | lang }}>{{ signer }}</p>", "<p>{{ notice.title }}</p>", 1);
}

#[test]
fn a_theme_that_changes_the_order_is_found_out() {
    let sections = "{%- for section in notice.sections %}\n{%- if loop.index0";
    let reversed = "{%- for section in notice.sections | reverse %}\n{%- if loop.index0";
    check_theme("notice.html", sections, reversed, 1);
    let signature = "{%- for signer in notice.signers %}\n<p{{ signer | lang }}>{{ signer }}</p>\n{%- endfor %}\n{%- if notice.is_dated %}\n<p>{{ <Day day={notice.date} /> }}</p>\n{%- endif %}";
    let turned = "<p>{{ <Day day={notice.date} /> }}</p>\n{%- for signer in notice.signers %}\n<p{{ signer | lang }}>{{ signer }}</p>\n{%- endfor %}";
    check_theme("components.html", signature, turned, 1);
}
