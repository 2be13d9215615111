//! Who signs, what stands behind the signature, and what is said where the approved text has it otherwise.

use gongkai::diagnostic::Language;

use crate::site::TestSite;

const TEXT: &str = "现予以公布。\n一、关于“甲”问题的整改情况\n（一）改进工作。已经改进。\n";

/// A site whose notice says `keys`, and whose approved text ends with `end`.
fn site(keys: &str, end: &str) -> TestSite {
    let notice = format!("---\ntitle: 甲通报\nunit: 甲\ndate: 2025-08-28\n{keys}---\n现予以公布。\n");
    TestSite::small()
        .with("content/n/notice.md", notice)
        .with(
            "content/n/01.md",
            "---\nheading: 一、关于“甲”问题的整改情况\n---\n（一）改进工作。已经改进。\n",
        )
        .with("content/n/approved.txt", format!("{TEXT}{end}"))
}

/// Expects the findings `codes`, of which the first has `help`, a part of its Chinese words.
#[track_caller]
fn check(site: &TestSite, codes: &[&str], help: &str) {
    let report = site.build();
    let found: Vec<&str> = report.diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(found, codes, "{:?}", report.diagnostics);
    if let Some(first) = report.diagnostics.first() {
        let said = first.help.as_ref().unwrap().in_language(Language::Chinese);
        assert!(said.contains(help), "{said}");
    }
}

const TWO: &str = "甲县水务局\n甲县河长办\n2025年8月28日\n";
const ONE: &str = "甲县水务局\n2025年8月28日\n";

#[test]
fn each_signer_has_a_line() {
    let joint = site("signers: [甲县水务局, 甲县河长办]\n", TWO);
    check(&joint, &[], "");
    let page = joint.text("output/n/index.html");
    assert!(page.contains("<p>甲县水务局</p>\n<p>甲县河长办</p>\n<p><time"), "{page}");
    check(&site("signers: [甲县水务局]\n", ONE), &[], "");
    // As paper has them.
    let on_one_line = "甲县水务局　　甲县河长办\n2025年8月28日\n";
    check(&site("signers: [甲县水务局, 甲县河长办]\n", on_one_line), &[], "");
    check(&site("signers: [甲县水务局]\n", "甲县水务局　2025年8月28日\n"), &[], "");
    check(&site("signers: [甲县河长办, 甲县水务局]\n", TWO), &["approved-text-differs"; 2], "`signature`");
}

#[test]
fn several_in_one_signature_are_told_where_to_go() {
    let instead = "`signers: [甲县水务局, 甲县河长办]`";
    check(&site("signature: [甲县水务局, 甲县河长办]\n", TWO), &["wrong-type"], instead);
    check(&site("signature: |\n  甲县水务局\n  甲县河长办\n", TWO), &["wrong-type"], instead);
    check(&site("signers: 甲县水务局、甲县河长办\n", TWO), &["wrong-type"], instead);
    check(&site("signature: 甲县水务局\nsigners: [甲县水务局]\n", ONE), &["signed-twice"], "删去一个");
    let list = site("signature: [甲县水务局, 甲县河长办]\n", TWO);
    list.apply(&list.build().diagnostics[0].fixes[0]);
    check(&list, &[], "");
}

#[test]
fn a_difference_in_the_signature_names_its_key() {
    let key = "`signature`（落款）";
    check(&site("signature: 甲县水务站\n", ONE), &["approved-text-differs"], key);
    check(&site("signature: 甲县水务局\n", TWO), &["approved-text-differs"], key);
    check(&site("signature: 甲县水务局　甲县河长办\n", TWO), &["approved-paragraphs-differ"], key);
    let twice = site("signature: 甲县水务局\n", ONE)
        .with("content/n/closing.md", "---\nkind: prose\n---\n甲县水务局\n\n2025年8月28日\n");
    check(&twice, &["approved-text-differs"], key);
    let word = site("signature: 甲县水务局\n", ONE);
    word.write("content/n/approved.txt", format!("{TEXT}{ONE}").replace("改进工作", "切实改进工作"));
    check(&word, &["approved-text-differs"], "以审定稿为准");
    // What is missing in front of the signature is no matter of it.
    let paragraph = site("signature: 甲县水务局\n", &format!("下一步，继续整改。\n{ONE}"));
    check(&paragraph, &["approved-text-differs"], "以审定稿为准");
}

#[test]
fn a_date_is_set_as_far_as_it_is_known() {
    let of = |keys: &str, end: &str| {
        let site = site("signature: 甲县水务局\n", &format!("甲县水务局\n{end}"));
        let notice = site.text("content/n/notice.md").replace("date: 2025-08-28\n", keys);
        site.with("content/n/notice.md", notice)
    };
    let published = "published: 2025-09-02 10:00\n";
    check(&of("date: 2025-08\n", "2025年8月\n"), &[], "");
    check(&of("date: 二〇二五年八月\n", "二〇二五年八月\n"), &[], "");
    check(&of(&format!("date: 2025年8月\n{published}"), "2025年8月\n"), &[], "");
    check(&of("date: 2025-08\n", "2025年8月28日\n"), &["approved-text-differs"], "`date`（成文日期）");
    let undated = of(published, "");
    check(&undated, &[], "");
    let page = undated.text("output/n/index.html");
    assert!(page.contains("<dt>发布日期</dt><dd><time datetime=\"2025-09-02T10:00:00+08:00\">"), "{page}");
    assert!(!page.contains("成文日期"), "{page}");
    check(&of(published, "2025年9月1日\n"), &["approved-text-differs"], "`date`（成文日期）");
    check(&of("", ""), &["missing-key"], "`published: 2025-08-28 09:00`");
    check(&of("publishd: 2025-09-02 10:00\n", ""), &["unknown-key"], "`published`");
    check(&of("date: 2025年秋\n", ""), &["not-a-date"], "`date: 2025-08`");
    check(&of(&format!("{published}as_of: 2025-09-03\n"), ""), &["as-of-after-notice"], "");
    check(&of(&format!("{published}open_until: 2025-09-01\n"), ""), &["wrong-order"], "");
}

#[test]
fn an_annex_stands_behind_the_signature() {
    let annex = "附件\n本清单列出全部工作。\n";
    let text = "本清单列出全部工作。\n";
    let approved = format!("{ONE}{annex}");
    let with = |file: &str, head: &str| {
        site("signature: 甲县水务局\n", &approved).with(file, format!("---\n{head}\n---\n{text}"))
    };
    check(&with("content/n/annex.md", "kind: annex\nheading: 附件"), &[], "");
    // Its name does not count.
    check(&with("content/n/00.md", "kind: annex\nheading: 附件"), &[], "");
    let advice = "`kind: annex`";
    check(&with("content/n/closing.md", "kind: prose\nheading: 附件"), &["approved-text-differs"], advice);
    check(&site("signature: 甲县水务局\n", &approved), &["approved-text-differs"], advice);
}
