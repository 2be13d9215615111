//! The clause of a figure → the words that may name it, the most telling first.
//!
//! Start with [`Clause::names`]. What is counted stands in front of its figure (推文27篇) or behind it (10件信访件); a
//! comparison has its subject in front (案损数同比下降15.3%), and 分别 gives each subject its own figure. Words behind a figure
//! belong to it only up to the first verb.

use std::ops::{Range, RangeInclusive};

use super::Label;
use super::cut::{
    is_last_of_several, is_listed, is_torn, last_of, object, parts, strip_first, subject, tidy,
    without_beginning, without_end, without_loose_end,
};
use crate::binding::{DIRECTIONS, Words};
use crate::figure::{WrittenNumber, scan};
use crate::notice::Direction;
use crate::suggest::vocabulary as lists;
use crate::text::joined::{listed, listed_by};
use crate::text::{sentence, width};

/// How many characters a verb in front of a figure may have to be joined with the name behind it.
const VERB: RangeInclusive<usize> = 2..=4;

/// How many characters of a name that runs on to the next figure are certainly no more than it: 9个乡镇57个村.
const A_NOUN: usize = 3;

/// The clause of a figure.
pub(super) struct Clause<'a> {
    words: &'a Words,
    at: &'a Range<usize>,
    range: Range<usize>,
    /// Whether another figure stands in front of this one.
    follows_another: bool,
    /// What stands in front of the figure, behind the number before it.
    before: &'a str,
    /// What stands behind the figure, up to the next one.
    after: &'a str,
    /// Whether the next figure ends it, and no mark.
    runs_on: bool,
    /// What stands in front of the bracket that holds nothing but the figure: 大坝加固正在施工中（93%）.
    in_front_of_bracket: Option<&'a str>,
}

impl<'a> Clause<'a> {
    pub(super) fn new(words: &'a Words, at: &'a Range<usize>) -> Self {
        let range = sentence::around(&words.text, at.clone(), |c| c == '】' || sentence::ends_clause(c));
        let mut numbers = words.numbers_before(at.start).filter(|found| parts(&found.kind));
        let number = numbers.next().filter(|found| found.range.end > range.start);
        let start = number.map_or(range.start, |found| found.range.end);
        let in_front = words.get(&(start..at.start));
        let bracket = in_front
            .rfind(['（', '('])
            .filter(|open| in_front.rfind(['）', ')']).is_none_or(|end| end < *open));
        let before = bracket.and_then(|open| in_front.get(open..)).unwrap_or(in_front);
        let in_front_of_bracket = bracket.and_then(|open| {
            let is_alone = in_front.get(open..)?.chars().nth(1).is_none();
            let head = words.get(&(range.start..start + open));
            is_alone.then(|| listed_by(head, &['、', '；']).pop().unwrap_or(head))
        });
        let next = words.numbers_from(at.end).find(|found| parts(&found.kind));
        let next = next.map(|found| found.range.start).filter(|start| *start < range.end);
        let end = next.unwrap_or(range.end);
        let after = words.get(&(at.end..end)).trim_end_matches(sentence::ends_clause).trim();
        Self {
            words,
            at,
            range,
            follows_another: number.is_some_and(|found| found.kind.quantity().is_some()),
            before: before.trim_start_matches(['（', '(']).trim(),
            after,
            runs_on: next.is_some() && !after.ends_with(['、', '（', '(']),
            in_front_of_bracket,
        }
    }

    /// Returns the subjects that share the figure: 填报及时率、规范率均达100%. They are good names if all end alike.
    pub(super) fn subjects(&self) -> Vec<Label> {
        let head = without_end(self.before);
        let joint = self.before.get(head.len()..).unwrap_or_default();
        let is_each = joint.contains(['均', '都', '各', '皆']);
        if self.follows_another || !is_each || self.before.contains(['“', '《', '（', '(']) {
            return Vec::new();
        }
        let entries: Vec<&str> = listed(head).into_iter().map(subject).collect();
        let last = |entry: &&str| entry.chars().next_back();
        let is_alike = entries.windows(2).all(|pair| last(&pair[0]) == last(&pair[1]));
        entries.into_iter().map(|text| Label { text: text.to_owned(), is_good: is_alike }).collect()
    }

    /// Returns what may name the figure: the first way that fits, since the others would pass over what it has found, then
    /// the words beside the figure, which are better than no name at all.
    pub(super) fn names(&self) -> impl Iterator<Item = Label> {
        let ways: [fn(&Self) -> Option<Label>; 6] =
            [Self::bracketed, Self::group, Self::distributed, Self::comparison, Self::behind, Self::in_front];
        let before = without_beginning(without_end(self.before));
        let behind = if self.goes_on_behind() { "" } else { object(self.after) };
        // Of 超过50万元的村 the figure says which are meant.
        let is_attribute = self.after.starts_with('的');
        let found = ways.into_iter().find_map(|way| way(self));
        let found = found.map(|name| Label { is_good: name.is_good && !is_attribute, ..name });
        found.into_iter().chain([before, behind].map(Label::doubtful))
    }

    /// Tells whether what stands behind the figure says something else: 剩余2处计划年内完工.
    fn goes_on_behind(&self) -> bool {
        // 下属公司11家开展审计, but 先后3次开展审计
        let is_actor = !is_listed(self.unit(), lists::TURNS_DONE);
        strip_first(self.after, lists::CONJUNCTIONS).is_some()
            || is_actor && strip_first(self.after, lists::INNER_VERBS).is_some()
    }

    fn unit(&self) -> &'a str {
        self.words.quantity_from(self.at.start).map_or("", |quantity| quantity.unit().as_str())
    }

    fn is_proportion(&self) -> bool {
        matches!(self.unit(), "%" | "‰" | "‱" | "倍" | "成" | "个百分点" | "百分点")
    }

    /// 大坝加固正在施工中（93%）, 泵站已完工1处（50%）: what is said of the subject in front, which is never quite its name.
    fn bracketed(&self) -> Option<Label> {
        let head = self.in_front_of_bracket?;
        let figures = scan(head);
        let mut figures = figures.iter().filter(|found| parts(&found.kind)).map(|found| found.range.clone());
        let last = figures.next_back();
        let start = figures.next_back().map_or(0, |range| range.end);
        let counted = last.as_ref().and_then(|last| head.get(start..last.start));
        let text = match counted.filter(|text| tidy(text).chars().count() > 1) {
            Some(text) => without_beginning(without_end(text)),
            None => object(without_beginning(head.get(last.map_or(0, |last| last.end)..)?)),
        };
        let suffix = if !self.is_proportion() {
            ""
        } else if counted.is_some() {
            "比例"
        } else {
            "进度"
        };
        (tidy(text).chars().count() > 1).then(|| Label::doubtful(format!("{text}{suffix}")))
    }

    /// 五大行动: what stands in front is the last of the five.
    fn group(&self) -> Option<Label> {
        let noun = self.unit().strip_prefix('大')?;
        (noun.chars().count() > 1).then(|| Label::doubtful(noun))
    }

    /// 受理数、案损数分别同比下降15.3%和53.7%: each name has its own figure, in order.
    ///
    /// Where there are not as many names as figures, or no 分别 says so, the name is doubtful.
    fn distributed(&self) -> Option<Label> {
        let numbers = self.words.numbers_in(&self.range);
        let figures: Vec<&WrittenNumber> = numbers.filter(|found| found.kind.quantity().is_some()).collect();
        let is_joined = |one: &&WrittenNumber, next: &&WrittenNumber| {
            matches!(self.words.get(&(one.range.end..next.range.start)), "、" | "和" | "与" | "及")
        };
        let row = figures.chunk_by(is_joined).find(|row| row.iter().any(|found| found.range == *self.at))?;
        let place = row.iter().position(|found| found.range == *self.at)?;
        let head = self.words.get(&(self.range.start..row.first()?.range.start));
        let (subjects, suffix) = match self.compared(head) {
            Some((end, suffix)) => (head.get(..end)?, suffix),
            None => (head, String::new()),
        };
        let respectively = subjects.rsplit_once("分别");
        // 分别受理投诉、咨询37件、1205件 has its names behind 分别.
        let names = match respectively {
            Some((in_front, behind)) if listed(behind).len() < 2 => listed(in_front),
            Some((_, behind)) => listed(behind),
            None => listed(subjects),
        };
        if row.len() < 2 || (respectively.is_none() && names.len() < 2 && place == 0) {
            return None;
        }
        let ours = names.get(place).filter(|_| names.len() == row.len());
        let text = format!("{}{suffix}", subject(ours.or(names.last())?));
        Some(Label { text, is_good: ours.is_some() && respectively.is_some() })
    }

    /// 执法源头问题同比减少20%.
    fn comparison(&self) -> Option<Label> {
        let (at, suffix) = self.compared(self.before)?;
        let here = self.before.get(..at)?;
        let name = subject(here);
        let is_good =
            !self.follows_another && without_loose_end(here) == here && tidy(name).chars().count() > 1;
        Some(Label { text: format!("{}{suffix}", without_loose_end(name)), is_good })
    }

    /// Returns where the comparison at the end of `text` begins, and the name of what it measures.
    fn compared(&self, text: &str) -> Option<(usize, String)> {
        let text = text.trim_end_matches(['了', '约', '近', '达', '超']);
        let (word, direction) = DIRECTIONS.iter().find(|(word, _)| text.ends_with(word))?;
        // 规范提升21家 compares nothing.
        if !self.is_proportion() && *word == "提升" {
            return None;
        }
        let verb = text.len() - word.len();
        let head = text.get(..verb)?;
        // 较整改前, but no 师生比
        let earlier = || last_of("比 较", head).filter(|(at, word)| at + word.len() < head.len());
        let compared = last_of(lists::COMPARISONS, head).or_else(earlier);
        let period = match compared {
            Some((_, word @ ("同比" | "环比"))) => word,
            _ => "",
        };
        let suffix = match direction {
            _ if !self.is_proportion() => format!("{period}{word}数"),
            Direction::Down => format!("{period}降幅"),
            Direction::Up if word.starts_with('增') => format!("{period}增幅"),
            Direction::Up => format!("{period}升幅"),
        };
        Some((compared.map_or(verb, |(at, _)| at), suffix))
    }

    /// What is counted stands behind the figure: 移交的10件信访件.
    fn behind(&self) -> Option<Label> {
        let has_object = self.before.starts_with(['将', '把']) && !without_beginning(self.before).is_empty();
        let belongs_in_front =
            has_object || self.is_proportion() && !self.before.is_empty() || self.before.ends_with('由');
        if belongs_in_front || self.goes_on_behind() {
            return None;
        }
        let object = object(self.after);
        let name = tidy(object);
        // Of 县级、镇级泵站 the first says too little.
        let is_first = self.after.contains(&[object, "、"].concat());
        // 2座储罐容积各为50立方米: what runs on to the next figure says more than what is counted.
        let runs_on = self.runs_on
            && object.chars().count() > A_NOUN
            && without_end(self.after).ends_with(without_end(object));
        // 最快3个工作日到账
        let is_time = is_listed(self.unit(), lists::TIMES);
        let verb = self.verb_in_front().unwrap_or_default();
        // 带动脱贫户1890户增收, but 实地走访了26个乡镇
        let has_name = verb.is_empty() && subject(self.before).chars().count() > *VERB.end();
        let is_verb = has_name && !self.before.ends_with(['了', '的']) && name.chars().count() == 2;
        // 补足3万名学生膳食资金
        let ends_measured = || lists::MEASURED.split_whitespace().any(|word| name.ends_with(word));
        let is_measured = is_listed(self.unit(), lists::COUNTS) && ends_measured();
        // 22名干部调整岗位
        let verbs = [lists::INNER_VERBS, lists::CHANGES].into_iter().filter_map(|list| last_of(list, object));
        let holds_verb = verbs
            .into_iter()
            .any(|(at, verb)| at > 0 && verb.chars().count() > 1 && at + verb.len() < object.len());
        let is_good =
            !(holds_verb || is_first || runs_on || is_time || is_verb || is_measured || is_torn(&name));
        let text = format!("{verb}{name}");
        (name.chars().count() > 1).then_some(Label { text, is_good })
    }

    /// Returns the verb that governs a name behind the figure: 移交 of 移交的10件, 停用 of 累计停用18家次.
    fn verb_in_front(&self) -> Option<&'a str> {
        // Behind another figure stands what that one counts.
        if self.follows_another || self.before.contains('、') {
            return None;
        }
        let verb = match self.before.strip_suffix('的') {
            Some(before) => {
                let mut characters = before.char_indices().rev().skip(1);
                let verb = before.get(characters.next()?.0..)?;
                // 超过30万元的18个项目
                let is_unit = characters.next().is_some_and(|(_, c)| width::is_digit(c));
                (!is_unit).then_some(verb)?
            }
            None if without_end(self.before) == without_loose_end(self.before) => subject(self.before),
            None => return None,
        };
        let is_verb = VERB.contains(&verb.chars().count())
            && verb.chars().all(width::is_han)
            && !verb.starts_with(['最', '较', '更', '很', '偏', '不', '未'])
            && !is_listed(verb, lists::LEADING)
            && !is_listed(verb, lists::CONJUNCTIONS)
            && strip_first(verb, lists::LIGHT_VERBS).map(without_beginning) != Some("");
        is_verb.then_some(verb)
    }

    /// What is counted stands in front of the figure: 推文27篇.
    fn in_front(&self) -> Option<Label> {
        let name = subject(self.before);
        let is_loose = ["的", "各", "和", "及", "与", "先后"].iter().any(|end| self.before.ends_with(end))
            && without_end(without_loose_end(self.before)) != self.before;
        // 涉及9个乡镇57个村 counts what stands behind.
        let counts_behind = !self.goes_on_behind() && tidy(object(self.after)).chars().count() == 1;
        // 办事材料精简45%
        let is_change =
            self.is_proportion() && lists::CHANGES.split_whitespace().any(|word| name.ends_with(word));
        let is_good = !is_last_of_several(self.before) && !counts_behind && !is_change;
        let suffix = if name.ends_with('占') && self.is_proportion() { "比" } else { "" };
        (!is_loose && tidy(name).chars().count() > 1)
            .then(|| Label { text: format!("{name}{suffix}"), is_good })
    }
}
