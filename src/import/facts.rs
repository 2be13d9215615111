//! What a text says of its inspection, its unit and how long it is public.

use crate::content::is_document_number;
use crate::notice::{Contact, Kind};
use crate::text::numbering;
use crate::text::sentence;
use crate::text::structure;
use crate::text::width::is_han;

use super::sections::Parts;
use super::{Piece, contacts, days};

/// What a text says beside its items; `None` for what it does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Who publishes.
    pub unit: Option<String>,
    /// A title that stays in the text, since other lines stand in front of it.
    pub noted_title: Option<String>,
    /// A title for a text without one.
    pub proposed_title: Option<String>,
    /// 发文字号, which stays in the text.
    pub document_number: Option<String>,
    /// What the inspection is called.
    pub kind: Option<String>,
    /// Who inspected.
    pub group: Option<String>,
    /// The first day, as front matter has it.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// The day on which the findings were delivered.
    pub findings: Option<String>,
    /// The day under a title, where none stands under the text.
    pub date: Option<String>,
    /// The day until which it is public.
    pub open_until: Option<String>,
    /// How many annexes the text lists, or has behind its date.
    pub n_annexes: usize,
    /// How to reach the unit.
    pub contacts: Vec<Contact>,
    /// What seems to be an e-mail address and is not written as one: `a（at）x.gov.cn`.
    pub disguised_emails: Vec<String>,
}

/// What inspections are called, that first which tells more.
const FAMILIES: [&str; 7] = ["巡察", "巡视", "审计", "督察", "督查", "专项检查", "检查"];

/// Words that may stand in front of the name of an inspection and belong to it.
const MODIFIERS: &str = "专项 提级 交叉 联动 机动 政治 经济责任 预算执行 财政收支 和其他 和其他财政收支 及其他财政收支 任期 离任 生态环境保护 环保 环境保护 中央 省级 市级 \
    粮食安全 安全生产 食品安全 工程 竣工决算 同级 巡乡带村 带村 延伸 选人用人 情况";

/// What the names of those end in who inspect.
const GROUPS: &str =
    "巡察组 巡视组 督察组 督查组 督查室 审计组 检查组 审计局 审计厅 审计署 督察办 督察办公室 办公室 检查小组";

/// Words behind a day on which findings were delivered.
const DELIVERED: &str = "反馈 通报 出具 下达 印发 移交 交办 送达";

/// Words in front of a stretch of days in which a text is public.
const PUBLIC: &str = "公告期限 公告期 公示期 公示时间 公开期限 公开时间 公示期限 公布期限 公布时间 公示日期 公开期 意见征求期 征求意见期 意见征求时间 征求意见时间 监督期限 监督时间 接受监督时间";

/// How many paragraphs of the opening are looked through.
const MOST_PARAGRAPHS: usize = 8;

/// How many lines of the opening may be its head: letterhead, number, title.
const MOST_LINES_OF_HEAD: usize = 6;

/// Finds what the text says; `title` are the lines of the title, `signers` those who sign.
pub(super) fn find(title: &[String], parts: &Parts, signers: &[String]) -> Facts {
    let mut facts = Facts::default();
    let title = title.concat();
    let sections = parts.sections.iter();
    let opening: Vec<&str> = parts.opening.iter().filter_map(Piece::words).collect();
    let first: Vec<&str> = parts
        .sections
        .first()
        .map_or(Vec::new(), |first| first.body.iter().filter_map(Piece::words).collect());
    let all: Vec<&str> = opening
        .iter()
        .copied()
        .chain(sections.flat_map(|section| section.body.iter()).filter_map(Piece::words))
        .collect();
    facts.unit = (!signers.is_empty()).then(|| signers.join("、")).or_else(|| unit_of_title(&title));
    let top = opening.iter().take(MOST_LINES_OF_HEAD).map(|line| line.trim());
    facts.document_number = top.filter(|line| is_document_number(line)).map(str::to_owned).next();
    for words in opening.iter().chain(&first).take(MOST_PARAGRAPHS) {
        inspection(words, &mut facts);
    }
    if facts.kind.is_none() {
        facts.kind = kind_in(&title).or_else(|| facts.group.as_deref().and_then(kind_in));
    }
    // 省第四生态环境保护督察组 says more than 开展督察.
    if let (Some(kind), Some(of_group)) = (&facts.kind, facts.group.as_deref().and_then(kind_in))
        && of_group.len() > kind.len()
        && of_group.ends_with(kind.as_str())
    {
        facts.kind = Some(of_group);
    }
    if facts.group.is_none() && facts.from.is_none() && facts.findings.is_none() {
        facts.kind = facts.kind.take().filter(|_| !title.is_empty());
    }
    if title.is_empty() {
        facts.proposed_title = facts
            .unit
            .as_ref()
            .map(|unit| format!("{unit}关于{}整改情况的通报", facts.kind.as_deref().unwrap_or_default()));
    }
    facts.date = opening.iter().take(2).find_map(|line| day_below_title(line));
    facts.open_until = all.iter().rev().find_map(|words| public_until(words));
    let around = parts.sections.iter().filter(|section| section.kind != Kind::Item);
    let below = around.flat_map(|section| {
        let is_meant = section.heading.as_deref().is_some_and(structure::is_of_contacts);
        section.body.iter().filter_map(Piece::words).map(move |words| (words, is_meant))
    });
    let around: Vec<(&str, bool)> = opening.iter().map(|words| (*words, false)).chain(below).collect();
    facts.contacts = contacts::find(&around);
    facts.disguised_emails = contacts::disguised(&around);
    facts.n_annexes = n_annexes(&all).max(
        parts
            .sections
            .iter()
            .filter(|section| section.kind == Kind::Annex && section.heading.is_some())
            .count(),
    );
    facts
}

/// Counts the annexes that a text lists: 附件：1.… in one paragraph or in lines.
fn n_annexes(paragraphs: &[&str]) -> usize {
    let Some(at) = paragraphs
        .iter()
        .rposition(|words| ["附件：", "附件:", "附："].iter().any(|label| words.starts_with(label)))
    else {
        return 0;
    };
    let first = paragraphs[at].split_once(['：', ':']).map_or("", |(_, list)| list.trim());
    let Some(mut last) = numbering::parse(first) else { return 1 };
    let mut n = 1;
    for line in paragraphs.iter().skip(at + 1) {
        match numbering::parse(line).filter(|next| next.style == last.style && next.number == last.number + 1)
        {
            Some(next) => (n, last) = (n + 1, next),
            None => break,
        }
    }
    n
}

/// Returns who speaks in a title: what stands in front of 关于.
fn unit_of_title(title: &str) -> Option<String> {
    let (unit, _) = title.split_once("关于")?;
    let unit = unit.trim_start_matches(|c: char| !is_han(c)).trim();
    (unit.chars().count() > 2 && unit.chars().all(is_han)).then(|| unit.to_owned())
}

/// Takes from a paragraph what it says of the inspection.
fn inspection(words: &str, facts: &mut Facts) {
    let days = days::named(words);
    let names_inspection = |range: std::ops::Range<usize>| {
        let around = sentence::around(words, range, sentence::ends_sentence);
        words.get(around).is_some_and(|sentence| FAMILIES.iter().any(|family| sentence.contains(family)))
    };
    if facts.from.is_none()
        && let Some(pair) = days.windows(2).find(|pair| {
            let between = words.get(pair[0].range.end..pair[1].range.start).unwrap_or_default();
            days::is_joint(between) && names_inspection(pair[0].range.clone())
        })
    {
        (facts.from, facts.to) = (Some(pair[0].written.clone()), Some(pair[1].written.clone()));
        if facts.kind.is_none() {
            let around = sentence::around(words, pair[0].range.clone(), sentence::ends_sentence);
            facts.kind = words.get(around).and_then(kind_in_sentence);
        }
    }
    if facts.findings.is_none() && FAMILIES.iter().any(|family| words.contains(family)) {
        facts.findings = delivered_on(words, &days);
    }
    if facts.group.is_none() {
        facts.group = group_in(words);
    }
    if facts.kind.is_none() && (facts.group.is_some() || facts.findings.is_some()) {
        facts.kind = kind_in_sentence(words);
    }
}

/// Returns the day on which findings were delivered: the last one in front of the word that says so, in its sentence, if it is
/// no end of a stretch.
fn delivered_on(words: &str, days: &[days::Named]) -> Option<String> {
    let places = split(DELIVERED).flat_map(|word| words.match_indices(word).map(|(at, _)| at));
    let mut found: Vec<usize> = places
        .filter_map(|at| {
            let sentence = sentence::before(words, at, sentence::ends_sentence);
            let day =
                days.iter().rposition(|day| day.range.end <= at && day.range.start >= at - sentence.len())?;
            let is_end = day.checked_sub(1).and_then(|before| days.get(before)).is_some_and(|before| {
                days::is_joint(words.get(before.range.end..days[day].range.start).unwrap_or_default())
            });
            (!is_end).then_some(day)
        })
        .collect();
    found.sort_unstable();
    found.first().and_then(|day| days.get(*day)).map(|day| day.written.clone())
}

/// Returns the name of the inspection of which a sentence says that it took place: 开展了常规巡察.
fn kind_in_sentence(sentence: &str) -> Option<String> {
    let done = ["进行了", "开展了", "实施了", "开展", "进行", "实施"];
    let behind =
        done.iter().filter_map(|word| sentence.find(word).map(|at| at + word.len())).find_map(|at| {
            let rest = sentence.get(at..)?;
            let clause = rest.split(['。', '，', '；', '、']).next()?;
            kind_in(clause)
        });
    behind.or_else(|| kind_in(sentence))
}

/// Returns the first name of an inspection with the words in front of it that belong to it.
fn kind_in(text: &str) -> Option<String> {
    let (at, family) = FAMILIES
        .iter()
        .filter_map(|family| text.find(family).map(|at| (at, *family)))
        .min_by_key(|(at, _)| *at)?;
    let mut start = at;
    while let Some(modifier) = split(MODIFIERS)
        .filter(|word| *word != "情况" && text.get(..start).is_some_and(|before| before.ends_with(word)))
        .max_by_key(|word| word.len())
    {
        start -= modifier.len();
    }
    let behind = text.get(at + family.len()..).unwrap_or_default();
    let tail = ["“回头看”", "回头看", "\"回头看\""]
        .iter()
        .find(|tail| behind.starts_with(**tail))
        .copied()
        .unwrap_or_default();
    Some(format!("{}{family}{tail}", text.get(start..at)?))
}

/// Returns who inspected: 市委第一巡察组.
fn group_in(text: &str) -> Option<String> {
    let found = split(GROUPS).filter_map(|end| {
        let at = text.match_indices(end).map(|(at, _)| at).next()?;
        let before = text.get(..at)?;
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| is_han(*c) || matches!(c, '〇'))
            .last()
            .map_or(at, |(start, _)| start);
        let mut name = text.get(start..at)?;
        for cut in [
            "派出的",
            "派出",
            "期间",
            "按照",
            "根据",
            "年",
            "月",
            "日",
            "由",
            "经",
            "接受",
            "接到",
            "收到",
            "针对",
            "对照",
            "配合",
            "以来",
            "起",
        ] {
            name = name.rsplit_once(cut).map_or(name, |(_, name)| name);
        }
        let owner = text
            .get(start..at)?
            .find("派出")
            .and_then(|cut| text.get(start..start + cut))
            .unwrap_or_default();
        let name = format!("{}{name}{end}", if name.starts_with('第') { last_owner(owner) } else { "" });
        let n = name.chars().count();
        let is_meant = n > end.chars().count()
            && n <= 24
            && (!end.starts_with("办公室") || name.contains("督") || name.contains("巡"));
        is_meant.then_some((at, name))
    });
    found.min_by_key(|(at, _)| *at).map(|(_, name)| name)
}

/// Returns the body that sent a group, without what stands in front of it.
fn last_owner(owner: &str) -> &str {
    let mut name = owner;
    for cut in ["期间", "年", "月", "日", "由", "经", "根据", "按照"] {
        name = name.rsplit_once(cut).map_or(name, |(_, name)| name);
    }
    name
}

/// Reads the line （2025年8月28日） below a title.
fn day_below_title(line: &str) -> Option<String> {
    let line = line.trim_matches(['（', '）', '(', ')', ' ']);
    structure::is_date(line).then(|| line.to_owned())
}

/// Tells whether a paragraph begins with how long the text is public.
pub(super) fn is_of_period(words: &str) -> bool {
    split(PUBLIC).any(|word| words.starts_with(word))
}

/// Returns the last day of the stretch in which the text is public.
fn public_until(words: &str) -> Option<String> {
    let at = split(PUBLIC).find_map(|word| words.find(word))?;
    let rest = words.get(at..)?;
    let clause = rest.split('。').next()?;
    let days = days::named(clause);
    let is_end = |day: &&days::Named| {
        let before = clause.get(..day.range.start).unwrap_or_default().trim_end();
        ["至", "到", "—", "-", "～", "截至", "截止"].iter().any(|word| before.ends_with(word))
    };
    days.iter()
        .find(is_end)
        .filter(|day| day.written.len() == "2025-08-28".len())
        .map(|day| day.written.clone())
}

fn split(list: &str) -> impl Iterator<Item = &str> {
    list.split(' ').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inspections() {
        for (text, kind, group, days) in [
            (
                "根据市委统一部署，2024年9月9日至2024年10月24日，市委第一巡察组对市公安局党委进行了巡察。2025年1月8日，巡察组向市公安局党委反馈了巡察意见。",
                "巡察",
                "市委第一巡察组",
                "2024-09-09 2024-10-24 2025-01-08",
            ),
            (
                "2024年3月11日至5月20日，县委第三巡察组对县水利局党组开展了常规巡察，7月2日反馈了巡察意见。",
                "巡察",
                "县委第三巡察组",
                "2024-03-11 2024-05-20 2024-07-02",
            ),
            (
                "2024年11月至2025年1月，省委派出第二巡视组对我校党委开展了巡视“回头看”。2025年3月5日，反馈意见。",
                "巡视“回头看”",
                "省委第二巡视组",
                "2024-11 2025-01 2025-03-05",
            ),
            (
                "2025年3月至5月，县审计局对我局2024年度预算执行和其他财政收支情况进行了审计，6月12日出具审计报告。",
                "审计",
                "县审计局",
                "2025-03 2025-05 2025-06-12",
            ),
        ] {
            let mut facts = Facts::default();
            inspection(text, &mut facts);
            let shown = [&facts.from, &facts.to, &facts.findings]
                .map(|day| day.clone().unwrap_or_default())
                .join(" ");
            assert_eq!(
                (facts.kind.as_deref(), facts.group.as_deref(), shown.as_str()),
                (Some(kind), Some(group), days),
                "{text}"
            );
        }
    }

    #[test]
    fn periods() {
        let until = |text: &str| public_until(text).unwrap_or_default();
        assert_eq!(until("公示期：2025年8月28日至9月28日。"), "2025-09-28");
        assert_eq!(until("公开期限为自2025年8月28日起至2025年9月27日止"), "2025-09-27");
        assert_eq!(until("公示期为15个工作日。"), "");
        assert_eq!(until("2025年8月28日至9月28日"), "");
    }
}
