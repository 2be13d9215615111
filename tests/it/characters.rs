//! Characters that nobody sees, that look like others, or that a conversion has damaged: found wherever they come in, named in
//! every message, and never a reason to publish another text or number than readers see.

use std::process::Command;

use gongkai::diagnostic::Language;

use crate::site::{TestSite, finding, place, tree};

/// The item of [`TestSite::small`] with another text.
fn item(front_matter: &str, body: &str) -> String {
    format!("---\nheading: 一、关于“甲”问题的整改情况\n{front_matter}---\n（一）改进工作。{body}\n")
}

/// The approved text of it.
fn approved(body: &str) -> String {
    format!("现予以公布。\n一、关于“甲”问题的整改情况\n（一）改进工作。{body}\n")
}

fn site(front_matter: &str, body: &str, approved_body: &str) -> TestSite {
    TestSite::small()
        .with("content/n/01.md", item(front_matter, body))
        .with("content/n/approved.txt", approved(approved_body))
}

#[track_caller]
fn check(site: &TestSite, expected: &[&str]) {
    assert_eq!(site.findings(), expected);
}

/// Returns all that a build says in Chinese: messages, advice, labels.
fn words(site: &TestSite) -> String {
    let mut words = String::new();
    for found in site.build().diagnostics {
        words += found.message.in_language(Language::Chinese);
        words += found.help.as_ref().map_or("", |help| help.in_language(Language::Chinese));
        for related in &found.related {
            words += related.message.in_language(Language::Chinese);
        }
    }
    words
}

#[test]
fn escapes_and_entities_bring_nothing_hidden_in() {
    for (escape, code) in [
        (r"\u202E", "control-character"),
        (r"\x01", "control-character"),
        (r"\0", "control-character"),
        (r"\uFFFE", "control-character"),
        (r"\u200F", "control-character"),
        (r"\u061C", "control-character"),
        (r"\N", "control-character"),
        (r"\uFFFD", "lost-character"),
        (r"\u200B", "unusual-characters"),
        (r"\u2F54", "unusual-characters"),
        (r"\uE000", "unusual-characters"),
    ] {
        let site = site(&format!("plain: \"甲{escape}乙\"\n"), "已经改进。", "已经改进。");
        check(&site, &[&format!("{code} content/n/01.md:3:8")]);
        let site = TestSite::small().with("site.yaml", format!("title: 示例\nunit: \"甲{escape}乙\"\n"));
        check(&site, &[&format!("{code} site.yaml:2:7")]);
        let site = TestSite::small().with("site.yaml", "title: 示例\ntheme: own\n");
        site.write("themes/own/strings/zh-CN.yaml", format!("home: \"甲{escape}乙\"\n"));
        check(&site, &[&format!("{code} themes/own/strings/zh-CN.yaml:1:7")]);
    }
    for (entity, code) in [
        ("&#x202E;", "control-character"),
        ("&#1;", "control-character"),
        ("&rlm;", "control-character"),
        ("&#xFFFE;", "control-character"),
        ("&#xFFFD;", "lost-character"),
        ("&shy;", "unusual-characters"),
        ("&zwnj;", "unusual-characters"),
        ("&ZeroWidthSpace;", "unusual-characters"),
        ("&#x2F54;", "unusual-characters"),
    ] {
        let site = site("", &format!("甲{entity}乙。"), "已经改进。");
        let found = site.findings();
        assert!(found.contains(&format!("{code} content/n/01.md:4:10")), "{entity}: {found:?}");
        let site = site_with_link(entity);
        assert!(site.findings().iter().any(|found| found.starts_with(code)), "{entity}");
    }
    // Nothing is wrong with an escape for an ordinary character.
    check(&site("plain: \"甲\\u6C34\\u2014乙\"\n", "甲&mdash;乙&#27700;。", "甲—乙水。"), &[]);
}

fn site_with_link(entity: &str) -> TestSite {
    site("", &format!("见[甲](https://www.example.gov.cn/ \"乙{entity}丙\")。"), "见甲。")
}

#[test]
fn nothing_unseen_stands_in_a_number() {
    for character in [
        "\u{200B}",
        "\u{AD}",
        "\u{2060}",
        "\u{200D}",
        "\u{FE0F}",
        "\u{20E3}",
        "\u{3164}",
        "\u{E0031}",
        "\u{2800}",
    ] {
        for number in
            [format!("12{character}6家"), format!("12{character}万家"), format!("１２{character}．６％")]
        {
            let body = format!("检查{number}。");
            let site = site("metrics:\n  检查企业: 6家\n", &body, &body);
            let found = site.findings();
            let numbers = "invisible-in-number content/n/01.md:6:";
            assert!(found[0].starts_with(numbers), "{number:?}: {found:?}");
            assert!(found[1].starts_with("invisible-in-number content/n/approved.txt:3:"), "{found:?}");
            let words = words(&site);
            assert!(!words.contains("`6家`") && !words.contains("检查企业: "), "{words}");
            assert!(!words.contains(character), "{words}");
        }
        let escaped =
            character.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect::<Vec<_>>().concat();
        let site = site(&format!("metrics:\n  检查: \"12{escaped}6家\"\n"), "检查126家。", "检查126家。");
        assert_eq!(site.findings()[0], "invisible-in-number content/n/01.md:4:7", "{escaped}");
    }
    for body in ["1&#x200B;30件", "1&shy;27篇", "&#49;&#xFE0F;&#50;件", "十&zwj;二件"] {
        let found = site("", &format!("收到{body}。"), "已经改进。").findings();
        assert!(
            found.iter().any(|found| found.starts_with("invisible-in-number content/n/01.md:4:")),
            "{body}: {found:?}"
        );
    }
}

#[test]
fn the_ordinary_form_equals_the_damaged_one_of_the_approved_text() {
    for (ordinary, damaged) in [
        ("由水利局督办。", "由⽔利\u{200B}局督办。"),
        ("长江风险大力支持。", "⻓江⻛险⼤⼒⽀持。"),
        ("零容忍，全覆盖。", "零\u{AD}容\u{2060}忍，\u{200C}全覆盖。"),
        ("金融丽水。", "\u{F90A}融\u{2F800}⽔。"),
        ("张 三。", "张\u{3164}三。"),
    ] {
        let site = site("", ordinary, damaged);
        let found = site.findings();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("unusual-characters content/n/approved.txt:3:"), "{found:?}");
        assert!(site.text("output/n/01.html").contains(ordinary.trim_end_matches('。')));
    }
    // A real difference beside them is still one.
    let site = site("", "由水利局督办。", "由⽔务\u{200B}局督办。");
    check(
        &site,
        &["approved-text-differs content/n/01.md:4:11", "unusual-characters content/n/approved.txt:3:10"],
    );
}

#[test]
fn structure_figures_and_search_read_the_ordinary_form() {
    let site = TestSite::small()
        .with(
            "content/n/01.md",
            "---\nheading: ⼀、关于“⽔利”问题的整改情况\nmetrics:\n  排查⽔库: 二十八座\n---\n（⼀）改进⼯作\u{200B}。排查水库⼆⼗⼋座。\n（\u{200B}二）**加\u{200B}强⽔利**。已经加强。\n",
        )
        .with(
            "content/n/approved.txt",
            "现予以公布。\n一、关于“水利”问题的整改情况\n（一）改进工作。排查水库二十八座。\n（二）加强水利。已经加强。\n",
        );
    check(&site, &["unusual-characters content/n/01.md:2:10"]);
    let page = site.text("output/n/01.html");
    assert!(page.contains("<strong>加强水利</strong>"), "{page}");
    assert!(site.text("output/n/figures.csv").contains("排查水库"));
    assert!(site.text("output/n/figures.csv").contains("28"));
    for (name, bytes) in tree(&site.path("output")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(['⽔', '⼀', '⼗', '\u{200B}']), "{name}");
    }
}

#[test]
fn a_rare_character_stands_with_its_reason() {
    for (name, key) in
        [("王\u{E000}", "U+E000"), ("王\u{F0000}", "u+F0000"), ("\u{FA10}本", "\u{FA10}"), ("⽔部", "U+2F54")]
    {
        let body = format!("联系人{name}。");
        let site = site("", &body, &body);
        assert_eq!(site.findings().len(), 2, "{name}");
        site.write("site.yaml", format!("title: 示例\nrare_characters:\n  {key}: 人名用字\n"));
        check(&site, &[]);
        assert!(site.text("output/n/01.html").contains(name), "what is kept is published as it is");
    }
    let settings = |line: &str| {
        TestSite::small().with("site.yaml", format!("title: 示例\nrare_characters: {{{line}}}\n"))
    };
    check(&settings("U+E000: ''"), &["empty-value site.yaml:2:27"]);
    for key in ["U+202E", "U+FFFD", "水", "甲乙", "E000", "U+110000"] {
        check(&settings(&format!("{key}: 理由")), &["unknown-value site.yaml:2:19"]);
    }
}

#[test]
fn what_scripts_emoji_and_names_need_is_lawful() {
    let body =
        "葛\u{E0100}城\u{FE00}，电话☎\u{FE0F}。👨\u{200D}👩\u{200D}👧，می\u{200C}خواهم，क्\u{200D}ष，﨎﨑。";
    check(&site("", body, body), &[]);
}

#[test]
fn messages_name_what_they_quote() {
    let words_of = |body: &str, approved: &str| words(&site("", body, approved));
    let words = words_of("葛城。", "葛\u{E0100}城。");
    assert!(words.contains("审定稿这里还有 `U+E0100 异体字选择符`"), "{words}");
    let words = words_of("王某。", "王\u{E000}。");
    assert!(words.contains("审定稿是 `U+E000 私用区字符`，不是 `某`"), "{words}");
    let words = words_of("由⽔利\u{200B}局。", "由水利局。");
    assert!(words.contains("`U+2F54 部首“⽔”，与“水”同形`；`U+200B 零宽空格`"), "{words}");
}

#[test]
fn the_terminal_gets_nothing_that_it_would_obey() {
    let site =
        site("plain: \"a\\u202Eb\"\nst\u{200B}atus\u{AD}: \"\\e[31m\"\n", "甲\u{200B}\u{AD}乙。", "甲丙。");
    site.write("content/n/a\u{1B}[31m.md", "x");
    let other = TestSite::small();
    other.write("content/n/附\u{202E}fdp.exe", "x");
    for (site, seen, language) in [
        (&site, "st<U+200B>atus", "zh"),
        (&site, "a<U+001B escape>[31m.md", "en"),
        (&other, "附<U+202E>fdp.exe", "zh"),
        (&other, "附<U+202E>fdp.exe", "en"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args(["build", "--lang", language, "--root"])
            .arg(site.path(""))
            .output()
            .unwrap();
        let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        let is_hidden = |c: char| c != '\n' && (c.is_control() || "\u{202E}\u{200B}\u{AD}".contains(c));
        assert!(!printed.contains(is_hidden), "{printed:?}");
        assert!(printed.contains(seen), "{printed}");
    }
}

#[test]
fn all_kinds_of_one_text_are_one_warning_with_their_places() {
    let site = site("", "甲\u{200B}乙⽔丙\u{E000}丁⽔。", "甲乙水丙\u{E000}丁水。");
    let report = site.build();
    let found: Vec<String> = report.diagnostics.iter().map(|found| finding(found, &report)).collect();
    assert_eq!(
        found,
        ["unusual-characters content/n/01.md:4:10", "unusual-characters content/n/approved.txt:3:13"]
    );
    let places: Vec<String> =
        report.diagnostics[0].locations().map(|location| place(location, &report)).collect();
    assert_eq!(places, ["content/n/01.md:4:10", "content/n/01.md:4:12", "content/n/01.md:4:14"]);
}
