//! Formulas over figures as notices print them: what holds, what does not, what cannot be said.

use super::super::listed;
use super::*;
use crate::diagnostic::{Diagnostic, Language, Location, SourcePath};
use crate::figure::relation::OperandKind;
use proptest::prelude::*;

/// Returns the formula and its outcome. Its labels are figures as printed; only ％ in full width is a constant.
#[track_caller]
fn evaluate(text: &str) -> (Formula, Outcome) {
    let quote = |word| if str::ends_with(word, '%') { format!("“{word}”") } else { word.to_owned() };
    let quoted: Vec<_> = text.split(' ').map(quote).collect();
    let formula = Formula::parse(&quoted.join(" ")).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let quantities: Vec<_> =
        formula.operands().iter().map(|operand| Quantity::parse(&operand.name).ok()).collect();
    let terms: Vec<_> = formula
        .operands()
        .iter()
        .zip(&quantities)
        .map(|(operand, quantity)| match (operand.kind, quantity) {
            (OperandKind::Count, _) => Term::Count(listed(&operand.name).len().try_into().unwrap()),
            (OperandKind::Metric, Some(quantity)) => Term::Figure(quantity),
            (OperandKind::Metric, None) => Term::Missing,
        })
        .collect();
    let outcome = formula.evaluate(&terms);
    (formula, outcome)
}

#[track_caller]
fn check(text: &str) {
    let (_, outcome) = evaluate(text);
    assert!(matches!(outcome, Outcome::Consistent(_)), "{text}: {outcome:?}");
}

#[track_caller]
fn check_fit(text: &str, fit: Fit) {
    assert_eq!(evaluate(text).1, Outcome::Consistent(fit), "{text}");
}

#[track_caller]
fn diagnostic(text: &str) -> Diagnostic {
    let (formula, outcome) = evaluate(text);
    let location = Location::new(&SourcePath::new("content/a-2025/01.md"), 3..5);
    outcome
        .diagnostic(&formula, &formula.to_string(), location)
        .unwrap_or_else(|| panic!("{text}: {outcome:?}"))
}

#[track_caller]
fn check_fails(text: &str, left: &str, right: &str) {
    let Outcome::Inconsistent { left: one, right: two, .. } = evaluate(text).1 else { panic!("{text}") };
    assert_eq!(
        (one.print(Language::English).as_str(), two.print(Language::English).as_str()),
        (left, right),
        "{text}"
    );
    assert_eq!(diagnostic(text).code, "figures-disagree");
}

#[track_caller]
fn check_units(text: &str, english: &str) {
    let diagnostic = diagnostic(text);
    assert_eq!(diagnostic.code, "units-disagree");
    let message = diagnostic.message.in_language(Language::English);
    assert!(message.ends_with(english), "{message}");
}

#[track_caller]
fn check_implied(text: &str, chinese: &str) {
    let Outcome::Unstated(estimate) = evaluate(text).1 else { panic!("{text}: {:?}", evaluate(text).1) };
    assert_eq!(estimate.print(Language::Chinese), chinese, "{text}");
}

#[track_caller]
fn check_unchecked(text: &str, reason: Reason) {
    let (formula, outcome) = evaluate(text);
    assert_eq!(outcome, Outcome::Unchecked(reason), "{text}");
    assert!(!reason.message(&formula).in_language(Language::Chinese).is_empty());
    let problem = outcome.diagnostic(&formula, "", Location::file(&SourcePath::new("a.md")));
    let code = (reason == Reason::DivisionByZero).then_some("relation-divides-by-zero");
    assert_eq!(problem.map(|problem| problem.code), code, "{text}");
}

#[test]
fn sums_are_proved_up_to_rounding() {
    check("100.0% = 33.3% + 33.3% + 33.3%");
    check("0.3万元 = 0.1万元 + 0.2万元");
    check("25件 = 19件 + 6件");
    check("6人 = 2人 + 4人");
    check("102.28万元 = 100万元 + 2.28万元");
    check_fails("6人 = 2人 + 5人", "6人", "7人");
    check_fails("6人 = 2人 + 4人 - 1人", "6人", "5人");
    check_fails("100.0% = 33.3% + 33.3% + 33.1%", "100.00%", "99.55–99.85%");
    check_fails("0.3万元 = 0.1万元 + 0.4万元", "0.285–0.315万元", "0.475–0.525万元");
}

#[test]
fn rounding_has_a_bound() {
    for holds in [
        "9.7万人 = 50000人 + 46812人",
        "10万元 = 95000元",
        "12亿元 = 7亿元 + 4.6亿元",
        "1亿元 = 5000万元 + 4900万元",
        "1000万元 = 9996000元",
        "2.0万人 = 19951人",
        "5% = 13件 / 250件",
        "33% = 1人 / 3人",
        "-3.5% = (965起 - 1000起) / 1000起",
        "-3.5% = (96461起 - 100000起) / 100000起",
        "99.9% = 999件 / 1000件",
        "99.95% = 9995件 / 10000件",
        "100% = 33.3% + 33.3% + 33.3%",
        "约1亿元 = 1.4亿元",
        "1万余人 = 14999人",
        "近1亿元 = 6000万元",
    ] {
        check(holds);
    }
    for fails in [
        "1亿元 = 5000万元 + 100万元",
        "1万人 = 14999人",
        "1万人 = 9499人",
        "2千万元 = 1600万元",
        "3亿元 = 3.3亿元",
        "5百万元 = 4700000元",
        "1千元 = 900元",
        "0.3万元 = 0.2万元 + 0.14万元",
        "三成 = 27件 / 100件",
        "2倍 = 23件 / 10件",
        "100% = 999件 / 1000件",
        "100.0% = 9995件 / 10000件",
        "百分之百 = 199人 / 200人",
        "0% = 1件 / 1000件",
        "0.0% = 3件 / 10000件",
        "99% = 10件 / 10件",
        "-100% = (1起 - 1000起) / 1000起",
        "0.0万元 = 400元",
        "5000元 = 5001元",
        "15小时 = 15.2小时",
    ] {
        let (_, outcome) = evaluate(fails);
        assert!(matches!(outcome, Outcome::Inconsistent { .. }), "{fails}: {outcome:?}");
    }
}

#[track_caller]
fn check_cause(text: &str, english: Option<&str>) {
    let Outcome::Inconsistent { cause, .. } = evaluate(text).1 else {
        panic!("{text}: {:?}", evaluate(text).1)
    };
    let message = cause.map(|cause| cause.message());
    assert_eq!(message.as_ref().map(|message| message.in_language(Language::English)), english, "{text}");
}

#[test]
fn the_likely_cause_is_named() {
    check_cause(
        "72.9% = 7297件 / 10000件",
        Some("`72.9%` seems to be cut off instead of rounded, which gives `73.0%`"),
    );
    check_cause(
        "98.70% = 688件 / 697件",
        Some("`98.70%` seems to be cut off instead of rounded, which gives `98.71%`"),
    );
    check_cause(
        "-7.5% = (9241件 - 10000件) / 10000件",
        Some("`-7.5%` seems to be cut off instead of rounded, which gives `-7.6%`"),
    );
    check_cause(
        "1.2万元 = 12999元",
        Some("`1.2万元` seems to be cut off instead of rounded, which gives `1.3万元`"),
    );
    let balanced = "may have been changed so that the shares add up to 100%, instead of rounded, which gives";
    check_cause("33.4% = 1人 / 3人", Some(&format!("`33.4%` {balanced} `33.3%`")));
    check_cause("1人 / 3人 = 34%", Some(&format!("`34%` {balanced} `33%`")));
    check_cause(
        "1.4万元 = 13000元",
        Some(
            "`1.4万元` is one off in its last place; it may have been changed to fit a total, instead of rounded, which gives `1.3万元`",
        ),
    );
    let coarse = "has too few digits for the difference to be rounding, which may be a twentieth of a figure";
    check_cause("1亿元 = 5000万元 + 100万元", Some(&format!("`1亿元` {coarse}")));
    check_cause("1万人 = 14999人", Some(&format!("`1万人` {coarse}")));
    let near = "what is only near it needs more digits, such as";
    check_cause("100% = 999件 / 1000件", Some(&format!("`100%` says all; {near} 99.9%")));
    check_cause("0% = 1件 / 1000件", Some(&format!("`0%` says none; {near} 0.1%")));
    // Nothing that is cut comes to 74.
    let balanced = "`74%` may have been changed so that the shares add up to 100%, instead of rounded, which gives `75%`";
    check_cause("74% = 75件 / 100件", Some(balanced));
    check_cause("6人 = 2人 + 5人", None);
    check_cause("37.7% = 60件 / 100件", None);
    check_cause("5% <= 1人 / 100人", None);
}

#[test]
fn help_shows_how_to_keep_the_relation() {
    let help = diagnostic("72.9% = 7297件 / 10000件").help.unwrap();
    let [english, chinese] = help.both();
    let entry = "`- {formula: \"“72.9%” = 7297件 ÷ 10000件\", note: …}`";
    assert!(english.contains("`73.0%`; correct the figure") && english.ends_with(entry), "{english}");
    assert!(chinese.contains("四舍五入应为 `73.0%`。") && chinese.ends_with(entry), "{chinese}");
}

#[test]
fn rates_are_proved_up_to_rounding() {
    check("98.71% = 688件 / 697件");
    check("76% = 19个 / 25个");
    check("100% = 10件 / 10件");
    check("4.5倍 = 9件 / 2件");
    check("三成 = 3人 / 10人");
    check("15.3% = (1000起 - 847起) / 1000起");
    check("84.7% = 100％ - 15.3%");
    check("1.5万元 = 3万元 * 50％");
    check("3.5件 = 35件 / 10人");
    check_fails("98.72% = 688件 / 697件", "98.7150–98.7250%", "98.7087–98.7088%");
    check_fails("75% = 19个 / 25个", "74.5–75.5%", "76.0%");
    check_fails("90% = 10件 / 10件", "89.5–90.5%", "100.0%");
}

#[test]
fn loosened_figures_are_proved_as_far_as_they_reach() {
    check("近20万元 = 12万元 + 7万元");
    check("不超过5人 = 2人 + 3人");
    check("逾30% = 31人 / 100人");
    check("80余人 = 50人 + 35人");
    check("约6人 = 2人 + 5人");
    check("110余人 = 80余人 + 30余人");
    check("130余人 = 80余人 + 50余人");
    check_fails("80余人 = 30人 + 20人", "at least 80人 and less than 90人", "50人");
    check_fails("80余人 = 600人 + 400人", "at least 80人 and less than 90人", "1,000人");
    check_fails(
        "1000余人 = 3余人 + 5余人",
        "at least 1,000人 and less than 2,000人",
        "at least 8人 and less than 10人",
    );
    check_fails("近100人 = 60人 + 40人", "more than 50人 and less than 100人", "100人");
    check_fails("不足10个 = 4个 + 6个", "less than 10个", "10个");
    check_fails(
        "近20万元 = 12.0万元 + 9.0万元",
        "more than 10.0万元 and less than 20.0万元",
        "20.9–21.1万元",
    );
    check_fails("约6人 = 2人 + 6人", "5–7人", "8人");
    check_fails("超过5人 = 2人 + 3人", "more than 5人", "5人");
}

#[test]
fn what_only_rounding_or_loose_words_make_consistent_is_told_apart() {
    check_fit("25件 = 19件 + 6件", Fit::Exact);
    check_fit("76% = 19个 / 25个", Fit::Exact);
    check_fit("98.71% = 688件 / 697件", Fit::Rounding);
    check_fit("688件 / 697件 = 98.71%", Fit::Rounding);
    check_fit("9.7万人 = 50000人 + 46812人", Fit::Rounding);
    check_fit("0.3万元 = 0.1万元 + 0.2万元", Fit::Exact);
    check_fit("84.7% = 100％ - 15.3%", Fit::Exact);
    check_fit("1257万元 = 500.00万元 + 756.87万元", Fit::Rounding);
    check_fit("100.0% = 33.3% + 33.3% + 33.3%", Fit::Rounding);
    check_fit("1256.87万元 = 500万元 + 756.37万元", Fit::Rounding);
    check_fit("37.7% <= 37.6%", Fit::Rounding);
    check_fit("37.6% <= 37.6%", Fit::Exact);
    check_fit("80余人 > 70人", Fit::Exact);
    check_fit("80余人 = 50人 + 35人", Fit::Approximate);
    check_fit("110余人 = 80余人 + 30余人", Fit::Approximate);
    check_fit("15～20人 = 10人 + 8人", Fit::Approximate);
}

#[test]
fn counts_and_amounts_are_not_negative() {
    let check_negative = |text: &str, printed: &str| {
        let Outcome::Negative(estimate) = evaluate(text).1 else { panic!("{text}: {:?}", evaluate(text).1) };
        assert_eq!(estimate.print(Language::Chinese), printed, "{text}");
        assert_eq!(diagnostic(text).code, "figures-disagree");
    };
    check_negative("5件 = 8件 + ?", "-3件");
    check_negative("8件 - ? = 10件", "-2件");
    check_negative("5.0万元 = 8.0万元 + ?", "-3.1–-2.9万元");
    check_negative("5件 >= 8件 + ?", "不超过-3件");
    check_implied("80余人 = 84人 + ?", "不超过5人");
    check_implied("8件 = 5件 + ?", "3件");
    check_implied("? = 5件 - 8件", "-3件");
    check_implied("“-5万元” = 3万元 + ?", "-8.4–-7.6万元");
    check_implied("12% = 15% + ?", "-4–-2%");
}

#[test]
fn order_is_proved() {
    check("2人 <= 6人");
    check("6人 >= 6人");
    check("2人 < 6人");
    check("80余人 > 70人");
    check("37.7% <= 37.6%");
    check_fails("7人 <= 6人", "7人", "6人");
    check_fails("6人 < 6人", "6人", "6人");
    check_fails("6人 >= 7人", "6人", "7人");
    check_fails("6人 > 6人", "6人", "6人");
    check_fails("80余人 <= 70人", "at least 80人 and less than 90人", "70人");
}

#[test]
fn listed_things_are_counted() {
    check("三项 = count(甲作业指南、乙作业指南、丙作业指南)");
    check("3个 = 统计（《甲》《乙》和《丙》）");
    check_fails("三项 = count(甲、乙)", "3项", "2项");
}

#[test]
fn unstated_values_are_implied() {
    check_implied("37.7% = 936.3万元 / ?", "2,480.1–2,487.0万元");
    check_implied("37.7% = ? / 936.3万元", "352.4–353.5万元");
    check_implied("98.71% = 688件 / ?", "697件");
    check_implied("? = 2人 + 4人", "6人");
    check_implied("6人 = 2人 + ?", "4人");
    check_implied("2人 = 6人 - ?", "4人");
    check_implied("2人 = ? - 6人", "8人");
    check_implied("10件 = 2件 * ?", "5.00");
    check_implied("1.0万元 = ? * 50％", "1.9–2.1万元");
    check_implied("12人 = 3 * (2人 + ?)", "2人");
    check_implied("? = 19个 / 25个", "76.00%");
    check_implied("3.5件 = 35件 / ?", "9.85–10.15");
    check_implied("110人 = 80余人 + ?", "21–30人");
    check_implied("? >= 30余人", "不少于30人");
    check_implied("3.0亿元 <= ?", "不少于2.95亿元");
    check_implied("20% <= ?", "不少于19.5%");
    check_implied("-12.50% = ? - 5％", "-7.505–-7.495%");
    check_implied("10万元 = ? * 18.6万余户", "0.508–0.565元");
    check_implied("2.35亿元 = ? * 18.6万余户", "1,254–1,267元");
    check_implied("100元 = ? * 697件", "0.143–0.144元");
    check_implied("10万元 = ? * 18万户以上", "不超过0.584元");
    check_implied("6人 > ?", "不超过5人");
    check_implied("6人 <= 2人 + ?", "不少于4人");
}

#[test]
fn where_nothing_can_be_said_the_reason_is_named() {
    check_unchecked("6人 = 2人 + 督察记分", Reason::Missing(2));
    check_unchecked("约6人以上 = 2人 + 5人", Reason::Loose(0));
    check_unchecked("5人 = 80人以上 - 70人以上", Reason::Unbounded);
    check_unchecked("5人 = 80人以上 - 70人以上 + ?", Reason::Unbounded);
    // What is open upwards on both sides always meets.
    check_unchecked("110人以上 = 80人以上 + 30人以上", Reason::Unbounded);
    check_unchecked("1000人以上 = 3人以上 + 5人以上", Reason::Unbounded);
    check_unchecked("80人以上 > 100人", Reason::Unbounded);
    check_unchecked("100% = 0件 / 0件", Reason::DivisionByZero);
    check_unchecked("0件 = 0件 * ?", Reason::DivisionByZero);
    check_unchecked("50% = 20件 / 不超过40件", Reason::UncertainDivisor);
    check_unchecked("50% = 20件 / (约3件 - 3件)", Reason::UncertainDivisor);
    let large = format!("{}人", "9".repeat(37));
    check_unchecked(&format!("5人 = {large} * {large}"), Reason::TooLarge);
}

#[test]
fn units_must_agree_where_figures_are_added_or_compared() {
    check("6名 = 2人 + 4名");
    check("8处 = 3个 + 5件");
    check("150% = 1.5倍");
    check("6人 = 2人 + 4");
    check_units("6人 = 2人 + 4％", "compares a count and a proportion");
    check_units("37.7% = 936.3万元", "compares a proportion and money in 元");
    check_units("3万美元 = 3万元", "compares money in 美元 and money in 元");
    check_units("150分钟 >= 2小时", "compares a measure in 分钟 and a measure in 小时");
    check_units("3万元 = 100％ + ?", "compares money in 元 and a proportion");
    check_units("约3万元 = 督察记分 + 4%", "compares money in 元 and a proportion");
}

#[test]
fn messages_show_the_formula_and_both_sides() {
    let diagnostic = diagnostic("6人=2人+5人");
    assert_eq!(
        diagnostic.message.in_language(Language::English),
        "`6人 = 2人 + 5人` does not hold: 6人 is not 7人"
    );
    assert_eq!(diagnostic.message.in_language(Language::Chinese), "`6人 = 2人 + 5人` 不成立：6人不等于7人");
}

proptest! {
    #[test]
    fn whole_numbers_are_compared_as_they_are(a in 0_i64..40, b in 0_i64..40, c in 0_i64..40, d in 1_i64..9) {
        let holds = |text: String| evaluate(&text).1 == Outcome::Consistent(Fit::Exact);
        prop_assert_eq!(holds(format!("{a}人 = {b}人 + {c}人 * {d}")), a == b + c * d);
        prop_assert_eq!(holds(format!("{a}人 - {b}人 <= {c}人 / {d}")), (a - b) * d <= c);
        prop_assert_eq!(holds(format!("({a}人 - {b}人) * {d} > {c}人")), (a - b) * d > c);
    }

    #[test]
    fn rounded_parts_of_a_total_are_consistent(parts in proptest::collection::vec(100_u64..100_000, 1..6)) {
        // From 1.0万元 on, half of a place is a twentieth at most.
        let round = |hundredths: u64| format!("{}.{}万元", (hundredths + 5) / 100, (hundredths + 5) / 10 % 10);
        let sum: Vec<_> = parts.iter().copied().map(round).collect();
        let text = format!("{} = {}", round(parts.iter().sum()), sum.join(" + "));
        prop_assert!(matches!(evaluate(&text).1, Outcome::Consistent(_)));
    }

    #[test]
    fn implied_values_hold_the_true_one(a in 1_u64..1000, b in 1_u64..1000) {
        let per_mille = (a * 2000 + b) / (2 * b);
        let text = format!("{}.{}% = {a}件 / ?", per_mille / 10, per_mille % 10);
        match evaluate(&text).1 {
            Outcome::Unstated(estimate) => prop_assert!(estimate.interval().contains(Rational::from(b))),
            outcome => prop_assert_eq!(outcome, Outcome::Unchecked(Reason::UncertainDivisor)),
        }
    }

    #[test]
    fn any_figures_are_survived(text in "[-+*/()<=0-9万余近约%?元人 .]{0,24}") {
        if let Ok(formula) = Formula::parse(&text) {
            let quantities: Vec<_> =
                formula.operands().iter().map(|operand| Quantity::parse(&operand.name).ok()).collect();
            let terms: Vec<_> =
                quantities.iter().map(|quantity| quantity.as_ref().map_or(Term::Missing, Term::Figure)).collect();
            formula.evaluate(&terms);
        }
    }
}
