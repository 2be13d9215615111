//! What the text of an item states about status, responsible units and time limit: compared with the front matter, offered
//! where that lacks it, and never denied by the pages. What is said elsewhere or of measures states nothing.

use gongkai::diagnostic::{Language, Severity};

use crate::site::TestSite;

/// A site with one item, approved as it is.
fn site(keys: &str, text: &str) -> TestSite {
    let heading = "一、关于“甲”问题的整改情况";
    let keys = if keys.is_empty() { String::new() } else { format!("{keys}\n") };
    TestSite::small()
        .with("content/n/01.md", format!("---\nheading: {heading}\n{keys}---\n{text}\n"))
        .with("content/n/approved.txt", format!("现予以公布。\n{heading}\n{}\n", text.replace("- ", "")))
}

/// What is found, `code line:column`, and the status that the page of the item shows: `-` for none, `?` for 公开稿未载明.
fn shown(keys: &str, text: &str) -> (Vec<String>, String) {
    let site = site(keys, text);
    let findings = site.findings().into_iter().map(|one| one.replace("content/n/01.md:", "")).collect();
    if !site.path("output").exists() {
        return (findings, String::new());
    }
    let page = site.text("output/n/01.html");
    let status = page.split("class=\"status status-").nth(1).map(|rest| {
        let (kind, rest) = rest.split_once("\">").unwrap();
        format!("{kind} {}", rest.split('<').next().unwrap())
    });
    let status = match status.as_deref() {
        Some("unknown 公开稿未载明") => "?".to_owned(),
        Some(status) => status.to_owned(),
        // Where no item has a status, that is said once, on the page of the notice.
        None if site.text("output/n/index.html").contains("公开稿没有逐项载明") => "?".to_owned(),
        None => "-".to_owned(),
    };
    let denies =
        ["公开稿未载明", "公开稿没有逐项载明"].map(|words| site.text("output/n/index.html").contains(words));
    assert_eq!(denies.contains(&true), status == "?", "both pages say the same: {text}");
    (findings, status)
}

#[track_caller]
fn check(keys: &str, text: &str, findings: &[&str], status: &str) {
    assert_eq!(
        shown(keys, text),
        (findings.iter().map(|&one| one.to_owned()).collect(), status.to_owned()),
        "{keys} | {text}"
    );
}

#[test]
fn what_only_the_text_states_is_shown_and_offered() {
    for (text, status) in [
        ("整改状态：已完成\n\n整改情况：检修泵站。", "completed 已完成"),
        ("重建台账。该问题已完成整改。", "completed 已完成整改"),
        ("整改情况：正在整改，下一步完成。", "in-progress 正在整改"),
        ("完成情况：基本完成，其他继续。", "mostly-completed 基本完成"),
        (
            "（一）建立制度。印发制度。\n\n（二）加强督导。定期督导。\n\n整改状态：长期坚持",
            "long-term 长期坚持",
        ),
        ("（一）建立制度。印发制度。\n\n（二）整改状态：尚未完成", "not-done 尚未完成"),
        ("- 整改措施：检修泵站。\n- 整改状态：已销号", "completed 已销号"),
        ("该问题已于年底完成整改。", "completed 已完成"),
        ("整改情况：\n\n已完成整改，补记台账。", "completed 已完成整改"),
        ("反馈问题：\n\n台账不全。\n\n整改状态：\n\n基本完成", "mostly-completed 基本完成"),
        ("办理结果：\n\n正在整改，年底完成。", "in-progress 正在整改"),
        ("整改情况：正在分批推进。", "in-progress 正在分批推进"),
    ] {
        let (findings, shown) = shown("", text);
        assert_eq!(shown, status, "{text}");
        let [found] = findings.as_slice() else { panic!("{findings:?}") };
        assert!(found.starts_with("fact-only-in-text "), "{found}");
    }
}

#[test]
fn brackets_behind_a_heading_state_its_status() {
    for (keys, expected) in
        [("", "fact-only-in-text"), ("status: 已完成\n", ""), ("status: 正在整改\n", "fact-contradicts-text")]
    {
        let heading = "一、关于“甲”问题的整改（已完成）";
        let site = TestSite::small()
            .with("content/n/01.md", format!("---\nheading: {heading}\n{keys}---\n检修泵站。\n"))
            .with("content/n/approved.txt", format!("现予以公布。\n{heading}\n检修泵站。\n"));
        let codes: Vec<String> =
            site.findings().iter().map(|one| one.split(' ').next().unwrap().to_owned()).collect();
        assert_eq!(codes.join(" "), expected, "{keys}");
    }
}

#[test]
fn units_and_time_limits_are_offered_with_the_status() {
    let text = "责任单位：水务科、财务科（配合）\n\n完成时限：立行立改\n\n整改状态：已完成";
    let site = site("", text);
    let found = site.build().diagnostics;
    let [only] = found.as_slice() else { panic!("{found:?}") };
    let help = only.help.as_ref().unwrap().in_language(Language::Chinese);
    assert_eq!(help, "请在文件头补上：`status: 已完成`、`responsible: [水务科, 财务科]`、`due: 立行立改`");
    site.apply(&only.fixes[0]);
    assert_eq!(site.findings(), [""; 0], "{}", site.text("content/n/01.md"));
}

#[test]
fn a_label_that_says_otherwise_stops_the_build() {
    for (keys, text) in [
        ("status: completed", "整改情况：正在整改，预计12月完成。"),
        ("status: 已销号", "整改状态：未完成"),
        ("status: long-term", "整改状态：已完成"),
        ("status: completed", "整改进展：正在分批推进。"),
        ("status: completed", "整改状态：正在整改\n\n待办结后，该问题已完成整改。"),
        ("status: {is: completed, as: 竣工}", "完成状态：持续整改"),
        ("responsible: [水务科]", "责任单位：财务科、办公室"),
        ("due: 2025-06-30", "完成时限：长期坚持"),
        ("due: 2025年6月底前", "整改时限：2025年12月底前"),
        ("due: 立行立改", "整改时限：2025年12月31日前"),
        ("due: 2025-03-31", "整改时限：2025年6月30日前\n\n完成时限：2025年6月底前"),
    ] {
        let site = site(keys, text);
        let found = site.build().diagnostics;
        let [problem] = found.as_slice() else { panic!("{keys} {text} {found:?}") };
        assert_eq!((problem.code, problem.severity), ("fact-contradicts-text", Severity::Error));
        assert_eq!(problem.related.len(), 1, "both places are told");
        site.apply(&problem.fixes[0]);
        assert_eq!(site.findings(), [""; 0], "{}", site.text("content/n/01.md"));
    }
}

#[test]
fn a_sentence_that_says_otherwise_is_a_warning_that_can_be_accepted() {
    check(
        "status: completed",
        "检修泵站。该问题尚未完成整改。",
        &["fact-unlike-text 5:6"],
        "completed 已完成",
    );
    check("status: 未整改", "目前，该问题已整改到位。", &["fact-unlike-text 5:1"], "not-done 未整改");
    check("status: 长期坚持", "此项问题正在抓紧整改。", &["fact-unlike-text 5:1"], "long-term 长期坚持");
    let accepted = "status: completed\naccepted:\n  - {code: fact-unlike-text, words: 该问题尚未完成整改, because: 原文如此}";
    let found = site(accepted, "该问题尚未完成整改。").build().diagnostics;
    assert!(found.iter().all(|one| one.severity == Severity::Note), "{found:?}");
}

#[test]
fn what_agrees_is_not_told() {
    for (keys, text, status) in [
        ("status: completed", "整改状态：已完成", "completed 已完成"),
        ("status: 已销号", "整改状态：已整改到位，长期坚持。", "completed 已销号"),
        ("status: long-term", "整改情况：已完成，并长期坚持。", "long-term 长期坚持"),
        ("status: long-term", "该问题已完成整改。", "long-term 长期坚持"),
        ("status: completed", "整改状态：已完成并长期坚持", "completed 已完成"),
        ("status: 已销号", "整改状态：已销号并长期坚持", "completed 已销号"),
        ("status: mostly-completed", "整改状态：基本完成，长期坚持", "mostly-completed 基本完成"),
        ("status: {is: mostly-completed, as: 持续整改}", "整改状态：持续整改", "mostly-completed 持续整改"),
        ("status: {is: in-progress, as: 主体完工}", "整改状态：主体完工", "in-progress 主体完工"),
        ("status: completed\nresponsible: [市水务局]", "责任单位：甲市水务局、有关科室", "completed 已完成"),
        (
            "status: completed\nresponsible: [办公室, 财务科]",
            "牵头单位：办公室\n\n责任单位：财务科",
            "completed 已完成",
        ),
        ("status: completed\ndue: 2025-06-30", "整改时限：2025年6月底前", "completed 已完成"),
        ("status: completed\ndue: 2025-06-30", "整改时限：收到反馈后30日内", "completed 已完成"),
    ] {
        let responsible = if keys.contains("responsible") || !text.contains("责任单位") {
            ""
        } else {
            "\nresponsible: [甲]"
        };
        check(&format!("{keys}{responsible}"), text, &[], status);
    }
}

#[test]
fn measures_and_words_elsewhere_state_nothing() {
    for text in [
        "（一）整改。尚未完成。",
        "责任领导：甲。",
        "整改完成时间：2025年6月",
        "销号情况：未销号",
        "（一）建立制度。已完成整改，长期坚持。",
        "整改情况：已完成检修，正在推进验收。",
        "群众反映“该问题已完成整改。”的情况。",
        "对尚未完成整改的，逐一督促。",
    ] {
        check("", text, &[], "?");
        check("status: completed", text, &[], "completed 已完成");
    }
}

#[test]
fn where_the_text_says_several_things_none_is_taken_and_none_denied() {
    for text in [
        "问题1：关于台账。\n\n整改状态：已完成\n\n问题2：关于收费。\n\n整改状态：正在整改",
        "（一）检修泵站。已检修。\n\n整改状态：已完成\n\n（二）公开收费。已公开。\n\n整改状态：正在整改",
        "（一）关于台账的问题。重建台账。\n\n该问题已完成整改。\n\n（二）关于收费的问题。公开收费。\n\n该问题正在整改。",
    ] {
        check("", text, &[], "-");
        check("status: completed", text, &[], "completed 已完成");
    }
}

#[test]
fn tasks_of_one_problem_are_no_problems() {
    for tasks in [
        "整改任务1：甲。\n\n整改任务2：乙。",
        "任务一：甲。\n\n任务二：乙。",
        "重点任务（一）甲。\n\n重点任务（二）乙。",
    ] {
        let (findings, shown) = shown("", &format!("{tasks}\n\n整改状态：已完成"));
        assert_eq!((findings.len(), shown.as_str()), (1, "completed 已完成"), "{tasks}: {findings:?}");
    }
}

#[test]
fn a_text_that_says_opposite_things_is_told_at_each_place() {
    for (keys, text, findings, status) in [
        ("", "整改状态：已完成\n\n整改情况：正在整改。", "facts-disagree 6:1", "-"),
        (
            "status: completed",
            "整改状态：已完成\n\n整改情况：正在整改。",
            "facts-disagree 7:1",
            "completed 已完成",
        ),
        (
            "status: completed",
            "该问题已完成整改。检修泵站。该问题尚未完成整改。",
            "facts-disagree 5:15",
            "completed 已完成",
        ),
        (
            "status: completed",
            "该问题尚未整改。\n\n整改状态：已完成\n\n整改进展：正在推进。",
            "facts-disagree 5:1, facts-disagree 9:1",
            "completed 已完成",
        ),
        (
            "due: 2025-06-30\nstatus: 已完成",
            "整改时限：2025年6月底前\n\n完成时限：2025年12月",
            "facts-disagree 8:1",
            "completed 已完成",
        ),
    ] {
        check(keys, text, &findings.split(", ").collect::<Vec<_>>(), status);
    }
    // The front matter agrees with neither label.
    let text = "整改状态：已完成\n\n整改情况：正在整改。";
    let (findings, _) = shown("status: 未整改", text);
    assert_eq!(findings, ["fact-contradicts-text 3:9", "facts-disagree 7:1"]);
}

#[test]
fn a_unit_that_the_front_matter_leaves_out_is_told() {
    for (responsible, text, missing) in [
        ("[甲局]", "责任单位：甲局、乙局", "乙局"),
        ("[甲局]", "责任单位：甲局和乙镇", "乙镇"),
        ("[办公室]", "牵头单位：办公室\n\n责任单位：财务科", "财务科"),
        ("[甲局]", "责任单位：甲局\n\n责任部门：发展和改革委员会", "发展和改革委员会"),
    ] {
        let site = site(&format!("status: completed\nresponsible: {responsible}"), text);
        let found = site.build().diagnostics;
        let [only] = found.as_slice() else { panic!("{text} {found:?}") };
        assert_eq!((only.code, only.severity), ("fact-unlike-text", Severity::Warning));
        assert!(only.help.as_ref().unwrap().to_string().contains(missing), "{only:?}");
        site.apply(&only.fixes[0]);
        assert_eq!(site.findings(), [""; 0], "{}", site.text("content/n/01.md"));
    }
    let site = site("status: completed", "牵头单位：办公室\n\n责任单位：财务科");
    let help = site.build().diagnostics[0].help.as_ref().unwrap().to_string();
    assert!(help.contains("`responsible: [办公室, 财务科]`"), "{help}");
}

#[test]
fn words_that_the_front_matter_does_not_show_are_told() {
    for (keys, words, is) in [
        ("status: completed", "已化解", "completed"),
        ("status: completed", "尚未开始", "not-done"),
        ("status: completed", "已完成 / 正在整改", "in-progress"),
        ("status: 正在整改", "主体完工", "in-progress"),
        ("status: {is: long-term, as: 常抓不懈}", "久久为功", "long-term"),
    ] {
        let site = site(keys, &format!("整改状态：{words}"));
        let found = site.build().diagnostics;
        let [only] = found.as_slice() else { panic!("{keys} {found:?}") };
        assert_eq!((only.code, only.severity), ("fact-unlike-text", Severity::Warning));
        let help = only.help.as_ref().unwrap().to_string();
        assert!(help.contains(&format!("`status: {{is: {is}, as: ")) && help.contains(words), "{help}");
        site.apply(&only.fixes[0]);
        assert_eq!(site.findings(), [""; 0], "{}", site.text("content/n/01.md"));
    }
}

#[test]
fn long_paragraphs_take_no_longer_than_their_length() {
    for words in ["正在", "整改", "目前整改", "整改情况：整改；", "该问题整改　"] {
        let text = format!("整改情况：{}", words.repeat(300_000 / words.len()));
        let start = std::time::Instant::now();
        site("status: completed", &text).build();
        assert!(start.elapsed().as_secs() < 20, "{words} {:?}", start.elapsed());
    }
}

#[test]
fn words_that_are_not_known_are_for_the_office_to_explain() {
    let site = site("", "整改状态：主体完工");
    let found = site.build().diagnostics;
    let [only] = found.as_slice() else { panic!("{found:?}") };
    assert!(only.fixes.is_empty());
    let help = only.help.as_ref().unwrap().to_string();
    assert!(help.ends_with("`status: {is: in-progress, as: 主体完工}`"), "{help}");
    assert!(!site.text("output/n/01.html").contains("公开稿未载明"));
}

#[test]
fn states_are_counted_as_the_text_has_them() {
    let site = site("", "整改状态：已完成");
    let json: serde_json::Value = serde_json::from_str(&site_json(&site)).unwrap();
    assert_eq!(json["counts"]["items_by_status"]["completed"], 1);
    assert_eq!(json["counts"]["items_by_status"]["not-stated"], 0);
    assert_eq!(json["sections"][0]["status_words"], "已完成");
}

fn site_json(site: &TestSite) -> String {
    site.build();
    site.text("output/n/notice.json")
}
