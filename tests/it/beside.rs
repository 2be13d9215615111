//! What stands beside the text (title, contacts, explanations, corrections) is held to it.

use std::path::Path;

use gongkai::build::{self, Options};

use crate::site::TestSite;

/// A site with one notice: more keys for the notice, its opening, more keys for its item, the text of that.
fn site(keys: &str, opening: &str, of_item: &str, text: &str) -> TestSite {
    let heading = "一、关于“甲”问题的整改情况";
    TestSite::empty()
        .with("site.yaml", "title: 站\n")
        .with(
            "content/n/notice.md",
            format!(
                "---\ntitle: 甲局关于巡察整改情况的通报\nunit: 甲局\ndate: 2025-08-28\n{keys}---\n{opening}\n"
            ),
        )
        .with("content/n/01.md", format!("---\nheading: {heading}\n{of_item}---\n（一）改进工作。{text}\n"))
        .with("content/n/approved.txt", format!("{opening}\n{heading}\n（一）改进工作。{text}\n"))
}

/// Builds, and returns the messages of the findings with a code, which must be the only ones.
#[track_caller]
fn told(site: &TestSite, code: &str) -> Vec<String> {
    let found = site.build().diagnostics;
    assert!(found.iter().all(|one| one.code == code), "{found:?}");
    found.iter().map(|one| one.message.both()[0].to_owned()).collect()
}

/// Follows the fix of the only finding; then nothing is found.
#[track_caller]
fn mends(site: &TestSite) {
    let found = site.build().diagnostics;
    let [one] = found.as_slice() else { panic!("{found:?}") };
    site.apply(&one.fixes[0]);
    assert_eq!(site.findings(), [""; 0]);
}

#[test]
fn contacts_are_those_that_the_text_prints() {
    for (contacts, text, printed) in [
        ("phone: 0580-9999999", "电话0580-2072198。", "`0580-2072198`"),
        (
            "phone: 0580-9999999",
            "联系电话（工作日8:30—17:30）：（0580）2072198；邮编：316021。",
            "`0580-2072198`",
        ),
        ("phone: '12388'", "请拨打12380反映。", "`12380`"),
        ("phone: 13900001234", "联系人：张某，手机：13900001235。", "`13900001235`"),
        ("phone: 0580-9999999", "联系方式：１３９００００１２３５。", "`13900001235`"),
        ("email: jw@a.gov.cn", "电子邮箱：xf@a.gov.cn。", "`xf@a.gov.cn`"),
        ("email: jw@a.gov.cn", "电子邮箱：xf＠a.gov.cn。", "`xf@a.gov.cn`"),
        ("{post: 甲路1号, postcode: '316021'}", "地址：甲路1号，邮政编码316000。", "`316000`"),
        ("{post: 甲路1号, postcode: \"316021\"}", "邮编：３１６０００。", "`316000`"),
    ] {
        let site = site(
            &format!("contacts: [{contacts}]\n").replace("[phone: 0580-9999999]", "[{phone: 0580-9999999}]"),
            "现予以公布。",
            "",
            text,
        );
        let found = told(&site, "contact-differs");
        assert!(found.len() == 1 && found[0].contains(printed), "{text}: {found:?}");
        mends(&site);
    }
}

#[test]
fn contacts_that_agree_or_are_about_something_else_are_fine() {
    for (contacts, text) in [
        ("phone: 0580-2072198", "电话：（0580）2072198转8。"),
        ("phone: 0580-2072198", "电话：2072198，举报电话：0580-2072000。"),
        ("phone: 0580-2072198", "开通监督电话0580-2072000，受理举报5件。"),
        ("phone: 0580-2072198", "12345热线办结1250件，传真：0580-2072000。"),
        ("phone: 0580-2072198", "欢迎监督，工作日8:30—17:30。"),
        ("email: JW@a.gov.cn", "邮箱：jw@a.gov.cn。"),
        ("{post: 甲路1号, postcode: '316021'}", "邮编３１６０２１，账号622202。"),
        ("{post: 甲路1号}", "邮编316021。"),
    ] {
        let site = site(
            &format!("contacts: [{{{}}}]\n", contacts.trim_matches(['{', '}'])),
            "现予以公布。",
            "",
            text,
        );
        assert_eq!(told(&site, "contact-differs"), [""; 0], "{text}");
    }
}

#[test]
fn a_contact_of_the_site_is_compared_too() {
    let site = site("", "现予以公布。", "", "电话0580-2072198。");
    site.write("site.yaml", "title: 站\ncontacts: [{phone: 0580-9999999}]\n");
    assert_eq!(site.findings(), ["contact-differs content/n/01.md:4:11"]);
    mends(&site);
}

#[test]
fn explanations_name_figures_of_the_text() {
    let check = |plain: &str, expected: &[&str]| {
        let site = site(
            "",
            "开展检查98家次，9.7万余人参加。",
            &format!("plain: {plain}\n"),
            "发布推文27篇，增长37.7%，追回1.2万元。",
        );
        let found = told(&site, "figure-not-in-text");
        assert_eq!(found.len(), expected.len(), "{plain}: {found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{plain}: {found}");
        }
    };
    check("共发布推文99篇。", &["`99篇`"]);
    check("推文27篇，检查89家次，追回2万元。", &["`89家次`", "`2万元`"]);
    check("\"增长“73.7%”。\"", &["`73.7%`"]);
    check("约200家。", &["`约200家`"]);
    check("推文二十八篇。", &["`二十八篇`"]);
    for fine in [
        "推文27条，检查98次。",
        "近10万人参加，增长约38%，追回12000元。",
        "分两步、三个方面整改。",
        "推文二十七篇。",
        "2025年8月28日，第99期，详见附件12。",
    ] {
        check(fine, &[]);
    }
}

#[test]
fn a_figure_beside_the_text_has_its_own_place() {
    for (plain, place) in [
        ("共发布99篇。", "3:11"),
        ("共发布\n  99篇。", "4:3"),
        ("\"共“发\\u5E03”99篇。\"", "3:19"),
        ("'共''发布''\n  推文99篇。'", "4:5"),
        (">\n  共\n  发布\n  推文99篇。", "6:5"),
        (">-\n    共发布推文。\n\n    其中99篇转发。", "6:7"),
        ("|\n  共发布\n  推文99篇。", "5:5"),
        ("|\n 共发布\n 推文99篇。", "5:4"),
    ] {
        let item = format!("plain: {plain}\n");
        let site = site("", "现予以公布。", &item, "发布推文27篇。");
        assert_eq!(site.findings(), [format!("figure-not-in-text content/n/01.md:{place}")], "{plain}");
    }
    let note = "corrections:\n  - date: 2025-09-10\n    note: >\n      第一项\n      “27篇”更正为“29篇”。\n";
    let site = site(note, "现予以公布。", "", "发布推文28篇。");
    assert_eq!(site.findings(), ["figure-not-in-text content/n/notice.md:9:16"]);
}

#[test]
fn a_correction_tells_what_the_text_says_now() {
    let check = |corrections: &str, expected: &[&str]| {
        let site = site(
            &format!("corrections: [{corrections}]\n"),
            "现予以公布。",
            "",
            "发布推文28篇，办结信访件5件。",
        );
        let found = told(&site, "figure-not-in-text");
        assert_eq!(found.len(), expected.len(), "{corrections}: {found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{corrections}: {found}");
        }
    };
    check("{date: 2025-09-10, note: 第一项“27篇”更正为“29篇”。}", &["`29篇`"]);
    check("{date: 2025-09-10, note: 补充信访件6件。}", &["`6件`"]);
    check("{date: 2025-09-10, note: 推文原为27篇，现为30篇；信访件4件改为5件。}", &["`30篇`"]);
    check("{date: 2025-09-10, note: 27篇更正为29篇。}, {date: 2025-09-11, note: 29篇更正为28篇。}", &[]);
    check("{date: 2025-09-10, note: 本次更正2处：第一项“27篇”更正为“28篇”，“4件”应为“5件”。}", &[]);
    check("{date: 2025-09-10, note: 更正2处错误。}", &[]);
}

#[test]
fn what_is_right_all_the_same_is_accepted() {
    let entry = "accepted: [{code: figure-not-in-text, words: 99篇, because: 含转发的72篇}]\n";
    let site = site("", "现予以公布。", &format!("plain: 连同转发共99篇。\n{entry}"), "发布推文27篇。");
    let found = site.build().diagnostics;
    assert!(found.iter().all(|one| one.severity == gongkai::diagnostic::Severity::Note), "{found:?}");
}

/// A site whose approved text begins with `approved`, and the text of its notice with `opening`.
fn titled(approved: &str, title: &str, opening: &str) -> TestSite {
    TestSite::small()
        .with(
            "content/n/notice.md",
            format!("---\ntitle: {title}\nunit: 甲局\ndate: 2025-08-28\n---\n{opening}现予以公布。\n"),
        )
        .with(
            "content/n/approved.txt",
            format!("{approved}现予以公布。\n一、关于“甲”问题的整改情况\n（一）改进工作。已经改进。\n"),
        )
}

#[test]
fn the_title_is_that_of_the_approved_text() {
    for (approved, wanted) in [
        ("甲局关于巡察整改情况的通报\n", "甲局关于巡察整改情况的通报"),
        (
            "中共甲局委员会\n关于“一件事”整改进展情况\n的 公 告\n",
            "中共甲局委员会关于“一件事”整改进展情况的公告",
        ),
        ("甲局关于审计整改结果的公示（公开稿）\n", "甲局关于审计整改结果的公示（公开稿）"),
        ("甲局党组巡察整改进展情况\n", "甲局党组巡察整改进展情况"),
        ("\n　　甲局整改情况报告\n", "甲局整改情况报告"),
    ] {
        let site = titled(approved, "乙局关于表扬的通报", "");
        let found = site.build().diagnostics;
        let found: Vec<_> = found.iter().filter(|one| one.code == "title-differs").collect();
        let [one] = found.as_slice() else { panic!("{approved}: {found:?}") };
        site.apply(&one.fixes[0]);
        let folded = |text: &str| text.replace(' ', "");
        assert!(folded(&site.text("content/n/notice.md")).contains(wanted), "{approved}");
        assert_eq!(site.findings(), [""; 0], "{approved}");
    }
}

#[test]
fn a_title_that_the_text_repeats_is_compared_too() {
    let site = titled("甲局关于整改情况的通报\n", "乙局关于表扬的通报", "甲局关于整改情况的通报\n\n");
    assert_eq!(told(&site, "title-differs").len(), 1);
    let mended = titled("甲局关于整改情况的通报\n", "甲局关于整改情况的通报", "");
    assert_eq!(mended.findings(), [""; 0], "the advice works");
}

#[test]
fn a_text_without_title_says_nothing_about_it() {
    for opening in [
        "根据市委统一部署，市委第一巡察组对我局进行了巡察，现将整改情况予以公告\n",
        "一、组织整改情况\n",
        "党委组织领导整改工作情况\n",
        "各位代表：\n",
        "情况通报\n",
    ] {
        let site = titled(opening, "乙局关于表扬的通报", &opening.replace('\n', "\n\n"));
        assert_eq!(told(&site, "title-differs"), [""; 0], "{opening}");
    }
    for approved in ["甲局关于整改\n情况的通报\n", "甲局关于整改情况的通报\n"] {
        assert_eq!(titled(approved, "甲局关于整改情况的通报", "").findings(), [""; 0], "{approved}");
    }
}

/// The site that `gongkai init` writes.
fn starter() -> TestSite {
    let read = |name: &str| {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/starter").join(name))
            .unwrap()
    };
    let mut site = TestSite::empty().with("site.yaml", read("site.yaml"));
    for name in ["notice.md", "01.md", "02.md", "closing.md", "approved.txt"] {
        site = site.with(&format!("content/example-2025/{name}"), read(name));
    }
    site
}

#[test]
fn the_example_is_left_in_peace_until_somebody_begins() {
    assert_eq!(starter().findings(), [""; 0]);
    let edited = |file: &str, from: &str, to: &str| {
        let site = starter();
        let text = site.text(file);
        assert!(text.contains(from), "{from}");
        site.write(file, text.replace(from, to));
        site.findings().into_iter().filter(|one| one.starts_with("example-value")).collect::<Vec<_>>()
    };
    let notice = "content/example-2025/notice.md";
    for (file, from, to, of_notice, of_site) in [
        (notice, "phone: 0000-1234567", "phone: 0580-2072198", "4:8", "2:8"),
        (notice, "    postcode: \"000000\"\n", "", "4:8", "2:8"),
        (notice, "group: 市委第二巡察组", "group: 县委第一巡察组", "4:8", "2:8"),
        (notice, "title: 中共示例市应急管理局委员会", "title: 中共甲市教育局委员会", "5:7", "2:8"),
        ("content/example-2025/approved.txt", "市委第二巡察组", "县委第一巡察组", "4:8", "2:8"),
        ("site.yaml", "示例市应急管理局巡察整改公开", "甲市教育局巡察整改公开", "4:8", "3:7"),
        ("site.yaml", "unit: 中共示例市应急管理局委员会", "unit: 示例市教育局", "4:8", "2:8"),
    ] {
        let expected =
            [format!("example-value {notice}:{of_notice}"), format!("example-value site.yaml:{of_site}")];
        assert_eq!(edited(file, from, to), expected, "{from}");
    }
    assert_eq!(edited("content/example-2025/01.md", "58处", "59处"), [""; 0], "a trial");
    assert_eq!(edited("site.yaml", "# base_url", "base_url"), [""; 0], "an address there says nothing");
    assert_eq!(edited(notice, "\n", "\r\n"), [""; 0], "an editor ends lines in its own way");
    let site = starter();
    let strict =
        Options { root: site.path(""), output: site.path("output"), base_url: None, is_strict: true };
    let found = build::build(&strict).unwrap().diagnostics;
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert!(one.message.both()[0].contains("the example of `gongkai init`"), "{one:?}");
}

#[test]
fn values_of_the_example_are_told_once_a_file() {
    let found = |keys: &str| {
        let site = site(&format!("contacts:\n{keys}"), "现予以公布。", "", "已经改进。");
        let found = site.build().diagnostics;
        found.iter().map(|one| (one.code, one.related.len())).collect::<Vec<_>>()
    };
    assert_eq!(found("  - phone: 0000-1234567\n"), [("example-value", 0)]);
    assert_eq!(
        found("  - {post: 甲路1号, postcode: \"000000\"}\n  - phone: 0000-1234567\n"),
        [("example-value", 1)]
    );
    assert_eq!(
        found("  - post: 示例市甲路1号\n  - {platform: 甲, url: \"https://www.example.gov.cn/a\"}\n"),
        [("example-value", 1)]
    );
    assert_eq!(
        found("  - phone: 0000-1234567\n  - {platform: 甲, url: \"https://my-example.gov.cn/a\"}\n"),
        [("example-value", 0)]
    );
    assert_eq!(found("  - phone: 0000-1234567\n  - email: a@example.gov.cn\n"), [("example-value", 1)]);
    for fine in [
        "platform: 甲, url: \"https://www.example.gov.cn/a\"",
        "email: a@example.gov.cn",
        "phone: 0000-7654321",
    ] {
        assert_eq!(found(&format!("  - {{{fine}}}\n")), [], "{fine}");
    }
    let site = site("", "现予以公布。", "", "已经改进。")
        .with("site.yaml", "title: 站\nunit: 示例市甲局\nbase_url: https://a.example.gov.cn/\n");
    assert_eq!(site.findings(), ["example-value site.yaml:2:7"]);
}
