//! The words around a figure → a name for it: 截至目前共发推文27篇 → 推文.
//!
//! Start with [`label`]. What is counted stands in front of its figure (推文27篇) or behind it (10件信访件); a comparison has
//! its subject in front (案损数同比下降15.3%), and 分别 gives each subject its own figure. What only says when, how or that
//! there is something is cut off, by the lists of `vocabulary`. Where nothing good is left the name is the clause itself,
//! and says so. Whether a name leads to its figure is not asked here.

use std::ops::Range;

use super::vocabulary as lists;
use super::wording::DIRECTIONS;
use super::words::Words;
use crate::figure::{FoundKind, NoFigure};
use crate::notice::Direction;
use crate::text::{sentence, width};

/// The most characters of a name.
const LONGEST: usize = 16;

/// The most characters of what stands in front of a figure to be joined with the name behind it.
const LONGEST_PREFIX: usize = 4;

/// A name for a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// Ideographs, ASCII letters and digits only, at least one ideograph among them.
    pub(super) text: String,
    /// Whether it reads like one; else an editor has to find a better one.
    pub(super) is_good: bool,
}

/// Returns a name for the figure at `at`.
pub(super) fn label(words: &Words, at: &Range<usize>) -> Label {
    let clause = Clause::new(words, at);
    if let Some(noun) = clause.unit().strip_prefix('大').filter(|noun| noun.chars().count() > 1) {
        // What stands in front of 五大行动 is the last of the five.
        return Label { text: tidy(noun), is_good: false };
    }
    let found = clause.distributed().or_else(|| clause.comparison()).or_else(|| clause.time_limit());
    let found = found.or_else(|| clause.behind()).or_else(|| clause.in_front());
    match found.map(|text| shorten(&tidy(&text), LONGEST)) {
        Some((text, is_whole)) if has_ideograph(&text) => {
            let is_empty =
                is_listed(&text, lists::LIGHT_VERBS) || starts_with_any(&text, lists::PREPOSITIONS);
            let is_good = is_whole && can_stand(&text) && !is_empty;
            Label { text, is_good }
        }
        _ => Label { text: clause.itself(), is_good: false },
    }
}

/// The clause of a figure.
struct Clause<'a> {
    words: &'a Words,
    at: &'a Range<usize>,
    range: Range<usize>,
    /// What stands in front of the figure, behind the number before it.
    before: &'a str,
    /// What stands behind the figure, up to the next one.
    after: &'a str,
}

impl<'a> Clause<'a> {
    fn new(words: &'a Words, at: &'a Range<usize>) -> Self {
        let range = sentence::around(&words.text, at.clone(), sentence::CLAUSE_ENDS);
        let start = words
            .numbers_before(at.start)
            .find(|found| parts(&found.kind))
            .map_or(0, |found| found.range.end);
        let next = words.numbers_from(at.end).find(|found| parts(&found.kind));
        let end = next.map_or(range.end, |found| found.range.start.min(range.end));
        let before = words.text.get(range.start.max(start)..at.start).unwrap_or_default();
        let after = words.text.get(at.end..end).unwrap_or_default();
        let after = after.trim_end_matches(sentence::CLAUSE_ENDS).trim();
        Self { words, at, range, before: behind_open_bracket(before).trim(), after }
    }

    fn unit(&self) -> &'a str {
        let found = self.words.numbers_from(self.at.start).next();
        let quantity = found.and_then(|found| found.kind.quantity());
        quantity.map_or("", |quantity| quantity.unit().as_str())
    }

    fn is_proportion(&self) -> bool {
        matches!(self.unit(), "%" | "‰" | "‱" | "倍" | "成" | "个百分点" | "百分点")
    }

    /// 受理数、案损数分别同比下降15.3%和53.7%.
    fn distributed(&self) -> Option<String> {
        let before = self.words.text.get(self.range.start..self.at.start)?;
        let at = before.rfind("分别")?;
        let (list, behind) = (before.get(..at)?, self.range.start + at + "分别".len());
        let mut ends = Vec::new();
        let mut ours = None;
        for found in self.words.numbers_from(behind).take_while(|found| found.range.end <= self.range.end) {
            let between =
                self.words.text.get(*ends.last().unwrap_or(&found.range.start)..found.range.start)?;
            if !matches!(between, "" | "、" | "和" | "与" | "及") || found.kind.quantity().is_none() {
                break;
            }
            if found.range == *self.at {
                ours = Some(ends.len());
            }
            ends.push(found.range.end);
        }
        let subjects = listed(list);
        let first = subjects.len().checked_sub(ends.len()).filter(|_| ends.len() > 1)?;
        let subject = subject(subjects.get(first + ours?)?);
        let first_figure = self.words.numbers_from(behind).next()?.range.start;
        let verb = self.words.text.get(behind..first_figure)?;
        Some(match self.compared(verb) {
            Some((_, suffix)) => format!("{subject}{suffix}"),
            None => subject.to_owned(),
        })
    }

    /// 执法源头问题同比减少20%.
    fn comparison(&self) -> Option<String> {
        let (at, suffix) = self.compared(self.before)?;
        let before = self.before.get(..at)?;
        let here = subject(before);
        if here.chars().count() > 1 {
            return Some(format!("{here}{suffix}"));
        }
        // The subject stands in the clause before: 受理1204起，同比下降15.3%.
        let previous = self.previous_subject()?;
        Some(format!("{previous}{suffix}"))
    }

    /// Returns where the comparison at the end of `text` begins, and the name of what it measures.
    fn compared(&self, text: &str) -> Option<(usize, String)> {
        let text = text.trim_end_matches(['了', '约', '近', '达', '超']);
        let found = DIRECTIONS.iter().find(|(word, _)| text.ends_with(word));
        let (word, direction) = found?;
        let verb = text.len() - word.len();
        let compared = last_of(lists::COMPARISONS, text.get(..verb)?);
        let period = compared.filter(|(_, word)| word.ends_with('比') && word.len() == "同比".len());
        let period = period.map_or("", |(_, word)| word);
        let suffix = match direction {
            _ if !self.is_proportion() => format!("{period}{word}数"),
            Direction::Down => format!("{period}降幅"),
            Direction::Up if word.starts_with('增') => format!("{period}增幅"),
            Direction::Up => format!("{period}升幅"),
        };
        Some((compared.map_or(verb, |(at, _)| at), suffix))
    }

    /// 24小时内办结.
    fn time_limit(&self) -> Option<String> {
        let rest = strip_first(self.after, lists::WITHIN)?;
        if !lists::TIMES.split_whitespace().any(|unit| unit == self.unit()) {
            return None;
        }
        let what = without_end(object(rest));
        let what = if what.is_empty() { subject(self.before) } else { what };
        (!what.is_empty()).then(|| format!("{what}时限"))
    }

    /// What is counted stands behind the figure: 移交的10件信访件.
    fn behind(&self) -> Option<String> {
        let belongs_in_front = self.is_proportion() && !self.before.is_empty();
        if belongs_in_front || starts_with_any(self.after, lists::CONJUNCTIONS) {
            return None;
        }
        let behind = object(self.after);
        if tidy(behind).chars().count() < 2 {
            return None;
        }
        let (behind, _) = shorten(&tidy(behind), LONGEST);
        let prefix = self.verb_in_front().unwrap_or_default();
        let joined = format!("{prefix}{behind}");
        Some(if joined.chars().count() > LONGEST { behind } else { joined })
    }

    /// Returns the verb that governs a name behind the figure: 移交 of 移交的10件, 停用 of 累计停用18家次.
    fn verb_in_front(&self) -> Option<String> {
        let is_verb = |word: &str| {
            let length = word.chars().count();
            (2..=LONGEST_PREFIX).contains(&length)
                && word.chars().all(width::is_han)
                && !is_listed(word, lists::LIGHT_VERBS)
                && !is_listed(word, lists::LEADING)
        };
        if let Some(before) = self.before.strip_suffix('的') {
            let (at, _) = before.char_indices().rev().nth(1)?;
            return before.get(at..).filter(|word| is_verb(word)).map(str::to_owned);
        }
        if self.before.contains('、') || without_end(self.before) != self.before {
            return None;
        }
        Some(subject(self.before)).filter(|word| is_verb(word)).map(str::to_owned)
    }

    /// What is counted stands in front of the figure: 推文27篇.
    fn in_front(&self) -> Option<String> {
        let here = subject(self.before);
        if tidy(here).chars().count() > 1 {
            return Some(here.to_owned());
        }
        self.previous_subject().filter(|_| self.after.is_empty())
    }

    /// Returns what the clause before this one, of the same sentence, speaks of.
    fn previous_subject(&self) -> Option<String> {
        let whole = self.words.sentence(self.at);
        let before = self.words.text.get(whole.start..self.range.start)?;
        let before = before.trim_end_matches(sentence::CLAUSE_ENDS);
        let start =
            before.rfind(sentence::CLAUSE_ENDS).map_or(0, |at| at + before.get(at..).map_or(0, first_length));
        let range = whole.start + start..whole.start + before.len();
        let figure = self.words.numbers_from(range.start).find(|found| parts(&found.kind));
        let end = figure.map_or(range.end, |found| found.range.start.min(range.end));
        let previous = subject(self.words.text.get(range.start..end)?);
        (tidy(previous).chars().count() > 1).then(|| previous.to_owned())
    }

    /// Returns the clause without its numbers, shortened: what is better than no name at all.
    fn itself(&self) -> String {
        let (mut text, mut start) = (String::new(), self.range.start);
        let numbers = self.words.numbers_from(start).take_while(|found| found.range.end <= self.range.end);
        for number in numbers.filter(|found| parts(&found.kind)) {
            text.push_str(self.words.get(&(start..number.range.start)));
            start = number.range.end;
        }
        text.push_str(self.words.get(&(start..self.range.end)));
        let (text, _) = shorten(&tidy(&text), LONGEST);
        if has_ideograph(&text) { text } else { "数据".to_owned() }
    }
}

/// Tells whether a number parts what stands in front of it from what stands behind: a figure or a date, but no 八项规定.
fn parts(kind: &FoundKind) -> bool {
    use NoFigure::{Clock, Date, DocumentNumber, Numbering, Phone, Postcode, TimeSpan, Year};
    match kind {
        FoundKind::Figure(_) => true,
        FoundKind::Other(reason) => {
            matches!(reason, Clock | Date | DocumentNumber | Numbering | Phone | Postcode | TimeSpan | Year)
        }
    }
}

/// Cuts the name out of what stands in front of a figure.
fn subject(before: &str) -> &str {
    let last = listed_by(before, |c| c == '、').pop().unwrap_or_default();
    let last = without_beginning(without_end(last));
    let turned = last_of(lists::TURNS, last).and_then(|(at, turn)| last.get(at + turn.len()..));
    let mut name = turned.map(without_beginning).filter(|rest| says_enough(rest)).unwrap_or(last);
    let inner = last_of(lists::INNER_VERBS, name).and_then(|(at, verb)| name.get(at + verb.len()..));
    name = inner.map(without_beginning).filter(|rest| says_enough(rest)).unwrap_or(name);
    while let Some(rest) =
        strip_first(name, lists::LIGHT_VERBS).map(without_beginning).filter(|rest| says_enough(rest))
    {
        name = rest;
    }
    name
}

/// Cuts the name out of what stands behind a figure.
fn object(after: &str) -> &str {
    let mut name = listed_by(after, |c| c == '、').into_iter().next().unwrap_or_default();
    name = name.split(['（', '(', '）', ')', '；', ';']).next().unwrap_or_default();
    let is_kind = |at: usize| {
        let (before, behind) = name.split_at(at);
        before.ends_with(['平', '同', '中', '高', '初', '上', '下'])
            || behind.starts_with("等级")
            || before.is_empty()
    };
    if let Some((at, _)) = name.match_indices('等').find(|(at, _)| !is_kind(*at)) {
        name = name.get(..at).unwrap_or_default();
    }
    while let Some(rest) = strip_first(name, lists::BEHIND) {
        name = rest;
    }
    name
}

/// Returns the entries of a list that 、, 和, 与 and 及 part, outside quotation marks.
fn listed(text: &str) -> Vec<&str> {
    listed_by(text, |c| matches!(c, '、' | '和' | '与' | '及'))
}

fn listed_by(text: &str, is_mark: impl Fn(char) -> bool) -> Vec<&str> {
    let (mut depth, mut start, mut entries) = (0_usize, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '“' | '《' | '（' | '(' | '「' => depth += 1,
            '”' | '》' | '）' | ')' | '」' => depth = depth.saturating_sub(1),
            c if depth == 0 && is_mark(c) => {
                entries.extend(text.get(start..at));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    entries.extend(text.get(start..));
    entries
}

/// Returns what stands behind the last bracket that is still open.
fn behind_open_bracket(text: &str) -> &str {
    let mut open = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' | '“' | '《' => open.push(at + c.len_utf8()),
            '）' | ')' | '”' | '》' => drop(open.pop()),
            _ => {}
        }
    }
    open.last().and_then(|at| text.get(*at..)).unwrap_or(text)
}

/// Strips the words that lead up to a name.
fn without_beginning(text: &str) -> &str {
    let mut rest = text.trim();
    while let Some(shorter) = strip_first(rest, lists::LEADING) {
        rest = shorter.trim_start();
    }
    rest
}

/// Strips the words between a name and its figure.
fn without_end(text: &str) -> &str {
    let mut rest = text.trim();
    let protected = |rest: &str, word: &str| {
        lists::WHOLE.split_whitespace().any(|whole| whole.len() > word.len() && rest.ends_with(whole))
    };
    loop {
        let words = lists::TRAILING.split_whitespace().filter(|word| rest.ends_with(word));
        match words.max_by_key(|word| word.len()).filter(|word| !protected(rest, word)) {
            Some(word) => rest = rest.strip_suffix(word).unwrap_or_default().trim_end(),
            None => return rest,
        }
    }
}

/// Strips the longest word of `list` with which `text` begins, unless it is only the beginning of a whole word.
fn strip_first<'a>(text: &'a str, list: &str) -> Option<&'a str> {
    let word = list.split_whitespace().filter(|word| text.starts_with(word)).max_by_key(|word| word.len())?;
    let is_cut =
        lists::WHOLE.split_whitespace().any(|whole| whole.len() > word.len() && text.starts_with(whole));
    if is_cut { None } else { text.strip_prefix(word) }
}

/// Returns the place of the word of `list` that ends last in `text`, the longer one of several.
fn last_of<'a>(list: &'a str, text: &str) -> Option<(usize, &'a str)> {
    let hits = list.split_whitespace().filter_map(|word| Some((text.rfind(word)?, word)));
    hits.max_by_key(|(at, word)| (at + word.len(), word.len()))
}

fn starts_with_any(text: &str, list: &str) -> bool {
    list.split_whitespace().any(|word| text.starts_with(word))
}

fn is_listed(text: &str, list: &str) -> bool {
    list.split_whitespace().any(|word| word == text)
}

/// Tells whether a name still says what is counted when the verb in front of it is gone.
fn says_enough(name: &str) -> bool {
    can_stand(&tidy(name)) && !starts_with_any(name, lists::VAGUE_BEGINNINGS)
}

/// Tells whether `name` is more than a word that fits everything.
fn can_stand(name: &str) -> bool {
    name.chars().count() > 1 && !is_listed(name, lists::VAGUE) && !starts_with_any(name, "形式 方式 方法")
}

fn has_ideograph(text: &str) -> bool {
    text.contains(width::is_han)
}

/// Returns `text` without marks, spaces and what stands in brackets, so that it needs no quotes in YAML and in formulas.
fn tidy(text: &str) -> String {
    let mut depth = 0_usize;
    let plain = text.chars().map(width::fold).filter(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && (width::is_han(*c) || c.is_ascii_alphanumeric())
    });
    plain.collect()
}

/// Cuts a name at its last joint within `most` characters; also tells whether something good is left.
fn shorten(name: &str, most: usize) -> (String, bool) {
    if name.chars().count() <= most {
        return (name.to_owned(), true);
    }
    let start: String = name.chars().take(most).collect();
    match start.rfind(['和', '及', '与', '并']).filter(|at| *at >= 6) {
        Some(at) => (start.get(..at).unwrap_or_default().to_owned(), true),
        None => (start, false),
    }
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks the names of the figures in brackets, parted by spaces; one that is not good carries a `?`.
    #[track_caller]
    fn check(marked: &str, expected: &str) {
        let (words, figures) = Words::marked(marked);
        let labels: Vec<String> = figures
            .iter()
            .map(|at| {
                let label = label(&words, at);
                format!("{}{}", label.text, if label.is_good { "" } else { "?" })
            })
            .collect();
        assert_eq!(labels.join(" "), expected, "{marked}");
    }

    #[test]
    fn what_is_counted_stands_in_front() {
        check(
            "截至目前共发推文[27篇]、视频[12个]，订制高发类案件宣传话术[11份]，",
            "推文 视频 高发类案件宣传话术",
        );
        check("利用语音机器人针对性宣防群众[9.7万余人]，共计追赃[936.3万元]，", "宣防群众 追赃");
        check(
            "建立完善或建章立制、制定相关工作规范[34项]；清退款项[102.28万元]。",
            "制定相关工作规范 清退款项",
        );
        check("建成生态警务联勤工作站[12处]，生态行刑共治中心[4处]，", "生态警务联勤工作站 生态行刑共治中心");
        check("查处违法排放污染物案件[15起]。", "查处违法排放污染物案件");
        check("年初以来共进行保密检查[3轮次]，发现并整改问题[21个]。", "保密检查 发现并整改问题");
        check("发布执法提醒[20期]，制发周执法质效研判[14期]，", "执法提醒 周执法质效研判");
        check("对执法不规范的民警通报计分[11人次]。", "执法不规范的民警通报计分");
        check("建设实训基地及现场教学点[8个]，", "实训基地及现场教学点");
        check("目前已招录民警[3名]。", "招录民警");
        check("累计向重点企业开展宣防活动、现场答疑[80余场次]，", "现场答疑");
        check("追责问责[6人]，其中[2人]给予批评教育，[4人]给予督察记分；", "追责问责 批评教育 督察记分");
        check("组织市局机关开展“三不”宣讲[5场]", "三不宣讲");
        check("{2025年}修订制度[12项]", "修订制度");
        check("全年办结群众诉求（含来信）[1,204件]", "办结群众诉求");
        check("会计培训[3次]、审计[2次]", "会计培训 审计");
    }

    #[test]
    fn what_is_counted_stands_behind() {
        check("市局对市委巡察组巡察期间移交的[10件]信访件，", "移交信访件");
        check("累计停用[18家次]违规清舱船舶，", "停用违规清舱船舶");
        check("市局先后[8次]召开市局党委会、专题会议等推进整改措施落地。", "召开市局党委会");
        check("精心组织“实创争先年”[30个]重点品牌攻坚行动，", "重点品牌攻坚行动");
        check("推进定海北部、金塘、岱山衢山[三个]海防联勤工作站建设，", "海防联勤工作站建设");
        check("船厂码头油柜油污水接收处置指南[三项]作业指南。", "作业指南");
        check("梳理日常接报的[10大类]非警务事项，", "接报非警务事项");
        check("已完成[4件]巡察反馈“见人见事”的核实处置，", "巡察反馈见人见事的核实处置");
        check("组织对[一起]案件办案拖沓问题进行全面核实，", "案件办案拖沓问题进行全面核实");
        check("{2025年}共有[26名]辅警获二级嘉奖，[21名]辅警获三级嘉奖。", "辅警获二级嘉奖 辅警获三级嘉奖");
        check("共[800余人次]民辅警受训。", "民辅警受训");
        check("自{2025年2月}起排摸[超2个月]未结案件底数和启动第一期案件交叉评查，", "排摸未结案件底数");
        check("实行[24小时]运转，", "运转?");
        check("反馈的[25个]问题", "反馈问题");
        check("[3名]责任人（含科级）受到党纪处分", "责任人");
        check("[2人]受到党纪处分", "党纪处分");
    }

    #[test]
    fn rates_and_comparisons_have_their_subject() {
        check("追赃率达到[37.7%]。", "追赃率");
        check("办结率为[100%]。", "办结率");
        check("实现办理准确率达[100%]。", "办理准确率");
        check(
            "今年来全市移诉平均用时同比下降[33.6%]，全市行政快办率同比上升[17.5%]。",
            "移诉平均用时同比降幅 行政快办率同比升幅",
        );
        check("执法源头问题同比减少[20%]。", "执法源头问题同比降幅");
        check("执法源头问题同比减少[20起]。", "执法源头问题同比减少数");
        check("营业收入较上年增长[12%]", "营业收入增幅");
        check("受理数[1204起]，同比下降[15.3%]", "受理数 受理数同比降幅");
    }

    #[test]
    fn respectively_gives_each_subject_its_figure() {
        check("受理数、案损数分别同比下降[15.3%]和[53.7%]。", "受理数同比降幅 案损数同比降幅");
        check(
            "今年以来，全市电诈案件受理数、案损数分别同比下降[15.3%]和[53.7%]。",
            "电诈案件受理数同比降幅 案损数同比降幅",
        );
        check("酒驾、醉驾分别为[12起]、[5起]。", "酒驾 醉驾");
        check("分别查处酒驾[12起]、醉驾[5起]。", "查处酒驾 醉驾");
    }

    #[test]
    fn limits_of_time_are_named() {
        check("群众诉求[24小时]内办结", "办结时限");
        check("[3个工作日]内答复率达[98%]", "答复率时限 答复率");
    }

    #[test]
    fn where_nothing_good_is_left_the_clause_is_the_name() {
        check("依托县区社会治理中心成功化解[221起]；", "依托县区社会治理中心成功化解?");
        check("练兵保障优化[五大行动]，", "行动?");
        check("[3件]", "数据?");
        check("以“短信”和“前端智能感知”[两种]形式提醒群众身份证、居住证", "形式提醒群众身份证?");
        check("形成[5方面][14类][40项]措施", "形成? 形成措施? 措施?");
    }

    proptest! {
        #[test]
        fn any_clause_gives_a_plain_name(before in "[、，一-龥“”（）《》a-z0-9 共已发的]{0,40}", after in "[、，的一-龥“”（）等]{0,40}") {
            let (words, figures) = Words::marked(&format!("{before}[3件]{after}"));
            let label = label(&words, &figures[0]);
            prop_assert!(has_ideograph(&label.text));
            prop_assert!(label.text.chars().all(|c| width::is_han(c) || c.is_ascii_alphanumeric()));
            prop_assert!(label.text.chars().count() <= LONGEST + 4);
        }
    }
}
