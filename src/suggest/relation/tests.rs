use super::*;
use crate::suggest::exempt::no_figure;
use crate::suggest::label::labels;
use proptest::prelude::*;

/// Names the figures of a text as `figures --suggest` does, and returns what it states; doubts begin with `#`.
fn found(text: &str) -> Vec<String> {
    let words = Words::scanned(text);
    let mut named: Vec<Named> = Vec::new();
    let mut passed = Vec::new();
    for number in &words.numbers {
        let Some(quantity) = number.kind.quantity() else { continue };
        if no_figure(&number.range, &words, &[]).is_some() {
            passed.push(number.range.clone());
            continue;
        }
        let names = labels(&words, &number.range).into_iter().map(|label| {
            let is_same = |name: &&String| name.trim_end_matches(char::is_numeric) == label.text;
            match named.iter().flat_map(|one| &one.names).filter(is_same).count() {
                0 => label.text,
                n => format!("{}{}", label.text, n + 1),
            }
        });
        let names = names.collect();
        named.push(Named { range: number.range.clone(), names, quantity: quantity.clone() });
    }
    let Relations { formulas, doubts } = relations(&words, &named, &passed, &[]);
    let doubts = doubts.into_iter().map(|doubt| {
        let value = doubt.value.map_or(String::new(), |[_, chinese]| format!(" = {chinese}"));
        format!("# {} {} {}{value}", doubt.left, doubt.sign, doubt.right)
    });
    formulas.into_iter().chain(doubts).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(text), expected, "{text}");
}

#[test]
fn totals_are_the_sums_of_their_parts() {
    check("追回工程款136.5万元，其中甲标段82.3万元、乙标段54.2万元。", &["追回工程款 = 甲标段 + 乙标段"]);
    check("追回工程款1.2亿元，其中甲标段8234万元、乙标段3790万元。", &["追回工程款 = 甲标段 + 乙标段"]);
    check(
        "追责问责18人：党纪政务处分2人、组织处理7人、批评教育9人。",
        &["追责问责 = 党纪政务处分 + 组织处理 + 批评教育"],
    );
    check("走访群众30户（甲村10户、乙村20户）。", &["走访群众 = 甲村 + 乙村"]);
    check("新建制度3项、修订制度4项，共7项。", &["数据 = 新建制度 + 修订制度"]);
    check("共出台制度7项，新建制度3项、修订制度4项。", &["出台制度 = 新建制度 + 修订制度"]);
    check(
        "给予党纪政务处分2人，组织处理7人，批评教育9人，共追责问责18人，挽回损失3万元。",
        &["追责问责 = 党纪政务处分 + 组织处理 + 批评教育"],
    );
    check("追责问责6人，其中2人给予批评教育，4人给予督察记分。", &["追责问责 = 批评教育 + 督察记分"]);
}

#[test]
fn sums_that_do_not_come_out_are_told() {
    check(
        "对移交的问题线索5件全部办结，给予党纪政务处分2人，组织处理7人，批评教育9人，共追责问责19人。",
        &["# 追责问责 19人 ≠ 党纪政务处分 2人 + 组织处理 7人 + 批评教育 9人 = 18人"],
    );
    check("走访群众30户（甲村10户、乙村21户）。", &["# 走访群众 30户 ≠ 甲村 10户 + 乙村 21户 = 31户"]);
}

#[test]
fn rates_and_shares_are_quotients() {
    check("受理供水投诉73件，办结73件，办结率100%。", &["办结率 = 办结 / 供水投诉"]);
    check("移交的10件信访件，已办结10件，办结率为100%。", &["办结率 = 办结 / 移交信访件"]);
    check("市局移交信访件10件。已办结10件，办结率达100%。", &["办结率 = 办结 / 移交信访件"]);
    check("抽检餐具600套，合格588套，合格率98%。", &["合格率 = 合格 / 抽检餐具"]);
    check("结存资金200万元，其中滞留资金50万元，占比25%。", &["占比 = 滞留资金 / 结存资金"]);
    check("受理投诉73件，办结70件，办结率100%。", &["# 办结率 100% ≠ 办结 70件 / 投诉 73件 = 95.89–95.90%"]);
}

#[test]
fn what_is_done_is_a_part() {
    check("移交问题线索10件，已办结8件。", &["办结 <= 移交问题线索"]);
    check("移交信访件10件，其中8件已办结。", &["数据 <= 移交信访件"]);
    check("移交问题线索10件，已办结12件。", &["# 办结 12件 > 移交问题线索 10件"]);
    check("设立直供点64个，其中山区19个。", &["山区 <= 直供点"]);
}

#[test]
fn what_the_words_do_not_say_is_not_proposed() {
    for text in [
        "发推文3篇，发视频4条，印手册7份。",
        "新建制度3项，修订制度4项，废止制度7项。",
        "走访10户，慰问20户，帮扶30户。",
        "召开会议3次，培训4次，检查7次。",
        "查处案件2起，移送3起，立案5起。",
        "发现问题10个，已修订制度8个。",
        "反馈问题40项，已制定措施110项。",
        "甲村、乙村各5户，共建公厕10座。",
        "甲村、乙村各走访5户，丙村7户，共17户。",
        "办结率100%，满意率98%。",
        "受理投诉73件，办结73件，群众满意率100%。",
        "受理投诉73件，办结60件，办结率同比提高20%。",
        "受理投诉100件，办结60件，办结率由80%提高到95%。",
        "追责3人，挽回损失3万元，共同出资6万元。",
        "甲村3户12人、乙村4户16人，共28人次。",
        "开展检查3次，发现隐患5处，共建联防站8个。",
        "清理合同2份，共涉及资金300万元。",
        "走访企业约30家，近10家、20余家已签约。",
        "投入资金100万元；建成站点60个、40个。",
        "完成率75%，占3个百分点。",
        "共青团员5人、党员7人参加，共12场。",
        "问题3类12项，措施15条。",
        "新增床位240张、重症床位16张，平均住院日7天。",
        "党支部由9个调整为21个，新设12个。",
        "2025年3月，共召开会议5次。",
        "接待群众3批、5批，共计划接待8批。",
    ] {
        let found = found(text);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn what_the_notice_states_already_is_passed_over() {
    let words = Words::scanned("追回工程款136.5万元，其中甲标段82.3万元、乙标段54.2万元。");
    let named = |name: &str, number: &crate::figure::WrittenNumber| Named {
        range: number.range.clone(),
        names: vec![name.to_owned()],
        quantity: number.kind.quantity().unwrap().clone(),
    };
    let named: Vec<Named> =
        ["甲", "乙", "丙"].iter().zip(&words.numbers).map(|(name, number)| named(name, number)).collect();
    let stated = [["甲", "乙", "丙"].map(str::to_owned).into()];
    assert_eq!(relations(&words, &named, &[], &stated), Relations::default());
    assert_eq!(relations(&words, &named, &[], &[]).formulas, ["甲 = 乙 + 丙"]);
}

#[test]
fn names_with_signs_stand_in_quotes() {
    assert_eq!(operand("农民工/工人").as_deref(), Some("“农民工/工人”"));
    assert_eq!(operand("追赃金额").as_deref(), Some("追赃金额"));
    assert_eq!(operand("12").as_deref(), Some("“12”"));
    assert_eq!(operand("甲”").as_deref(), None);
}

proptest! {
    #[test]
    fn every_formula_that_is_proposed_holds(
        clauses in proptest::collection::vec(
            "(共|已办结|其中|移交|占|办结率|各|（|：)?(推文|案件|甲|乙)?(2人|3人|5人|12件|100%|25%|三项|3万元|约5万元)(）|给予处分|已办结)?[，、。；：]",
            1..12
        )
    ) {
        let text = clauses.concat();
        for formula in found(&text).iter().filter(|one| !one.starts_with('#')) {
            prop_assert!(Formula::parse(formula).is_ok(), "{}", formula);
        }
    }
}
