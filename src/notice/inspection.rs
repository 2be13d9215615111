//! Inspections, and which words of the interface speak of each kind.

use super::Day;

/// The inspection whose findings the notice answers (巡察、巡视、审计、督察…).
#[derive(Debug, Clone)]
pub struct Inspection {
    /// Its kind as printed: 巡察, 巡视, 专项巡察, 巡察“回头看”, 审计.
    pub kind: Option<String>,
    /// The group that inspected: 市委第一巡察组.
    pub group: Option<String>,
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
    /// The day on which the findings were delivered (反馈).
    pub findings: Option<Day>,
}

/// What speaks of inspections in words that fit any of them.
const OTHER: &str = "other";

/// The families of inspections, by the words that name them; each has its own words of the interface, such as 巡视组.
const FAMILIES: [(&str, &[&str]); 6] = [
    ("xuncha", &["巡察"]),
    ("xunshi", &["巡视"]),
    ("audit", &["审计"]),
    ("supervision", &["督察"]),
    ("oversight", &["督查"]),
    (OTHER, &["检查", "考核", "考评", "评估", "验收", "督导"]),
];

impl Inspection {
    /// Returns the word by which templates and strings call its family: `xuncha`; `other` where no single family is named.
    ///
    /// The kind says it; one that names no family (常规, 回头看) or several (巡视巡察联动) leaves it to the group.
    pub fn family(&self) -> &'static str {
        let named = |text: &Option<String>| family_named_in(text.as_deref().unwrap_or_default());
        named(&self.kind).or_else(|| named(&self.group)).unwrap_or(OTHER)
    }
}

/// Returns the only family that `text` names.
fn family_named_in(text: &str) -> Option<&'static str> {
    let mut named = FAMILIES.iter().filter(|(_, words)| words.iter().any(|word| text.contains(word)));
    let (family, _) = named.next()?;
    named.next().is_none().then_some(family)
}

#[cfg(test)]
mod tests {
    use super::Inspection;

    #[track_caller]
    fn check(kind: &str, group: &str, expected: &str) {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let inspection =
            Inspection { kind: some(kind), group: some(group), from: None, to: None, findings: None };
        assert_eq!(inspection.family(), expected, "{kind} {group}");
    }

    #[test]
    fn the_kind_names_the_family() {
        check("巡察", "市委第一巡察组", "xuncha");
        check("提级交叉巡察", "", "xuncha");
        check("巡察“回头看”", "", "xuncha");
        check("巡视", "省委第二巡视组", "xunshi");
        check("巡视回头看", "", "xunshi");
        check("审计", "县审计局", "audit");
        check("预算执行和其他财政收支审计", "", "audit");
        check("生态环境保护督察", "", "supervision");
        check("环保督察", "", "supervision");
        check("专项督查", "", "oversight");
        check("专项检查", "", "other");
        check("督促指导", "", "other");
        // Whoever sends the inspectors, the kind says what they did.
        check("专项检查", "县委巡察办", "other");
        check("审计", "县委巡察组", "audit");
    }

    #[test]
    fn the_group_names_it_where_the_kind_does_not() {
        check("", "省委第二巡视组", "xunshi");
        check("常规", "市委第一巡察组", "xuncha");
        check("回头看", "省委第三巡视组", "xunshi");
        check("巡视巡察联动", "市委第一巡察组", "xuncha");
        check("巡视巡察联动", "", "other");
        check("", "县纪委", "other");
        check("", "", "other");
    }
}
