//! Why a notice differs from its approved text, as far as that shows, and so what to write.

use std::ops::Range;

use super::differences::{Change, LineBreak};
use super::{Reporter, causes};
use crate::diagnostic::Diagnostic;
use crate::fidelity::PrintedLine;
use crate::notice::Day;

/// What to do, in English and Chinese.
pub(super) type Help = (String, String);

/// What to do with text behind the signature.
pub(super) const ANNEX_HELP: (&str, &str) = (
    "do not change the words: the site sets signature and date of `notice.md` behind the text; what the approved text has \
     behind them goes into a file of its own with `kind: annex`",
    "不要改动文字：`notice.md` 的落款和日期由网站加在正文之后；审定稿在落款之后的内容，请单独存成一个文件，写 `kind: annex`",
);

impl Reporter<'_> {
    /// Adds what to write instead; `line` is that of the notice at which the problem is shown.
    pub(super) fn help(
        &self,
        problem: Diagnostic,
        change: &Change<'_>,
        line_break: Option<LineBreak>,
        line: usize,
    ) -> Diagnostic {
        let (wanted, written) = (change.wanted(), change.written());
        let is_text = self.comparison.text.lines.get(line).is_some_and(PrintedLine::is_running_text);
        let is_lost = line_break.is_some() && wanted.contains(&'\n');
        let begins_line = change.run.wanted.place(change.run.wanted.first_word(change.old)).1 == 0;
        let cause = self.cause(change, begins_line, line);
        if let Some((english, chinese)) = cause {
            return problem.help(english, chinese);
        }
        if let Some((english, chinese)) = self.help_with_signature(change, line) {
            return problem.help(english, chinese);
        }
        let is_blank = change.is_blank();
        let (english, chinese) = match line_break {
            Some(LineBreak::InSentence) if is_lost && is_text => (
                "where a conversion has broken the line, join it in the approved text; else leave a blank line above these words, so \
                 that they begin a paragraph",
                "如果是转换格式时断的行，请在审定稿中接上；确是另起一段的，请在这几个字上面空一行",
            ),
            Some(_) if is_lost && is_text => (
                "leave a blank line above these words, so that they begin a paragraph",
                "请在这几个字上面空一行，另起一段",
            ),
            Some(_) if is_text => (
                "write these words on the line of the paragraph above, without a line break between them",
                "请把这几个字接在上一段的同一行里，中间不换行",
            ),
            _ if is_blank && self.is_at_cell(change.run.written.place(change.new.start).0) => (
                "write each row of the table on one line of the approved text, with a tab between its cells; the words stay as they are",
                "请在审定稿里把表格的每一行写成一行，各格之间用制表符隔开；文字不用改",
            ),
            _ if is_blank && is_text && wanted.is_empty() => (
                "delete the space; a line break of the file is shown as one, too, unless it stands between Chinese \
                 characters",
                "请删去空格；一段话中间换行，除非前后都是汉字，也会显示成空格",
            ),
            _ if is_blank && is_text && written.is_empty() && !change.is_in_number() => (
                "write a space here; a tab of the approved text is one, too",
                "请在这里加一个空格；审定稿里的制表符也算空格",
            ),
            _ => (
                "the approved text is sovereign: write what it says; a slip in it is corrected by a new approval",
                "以审定稿为准：请照审定稿改正；审定稿本身有误的，须重新审定",
            ),
        };
        problem.help(english, chinese)
    }

    /// Says what made a faithful copy differ, if it shows.
    fn cause(&self, change: &Change<'_>, begins_line: bool, line: usize) -> Option<Help> {
        let signs = self.wanted_as_written(change.run, change.old);
        if change.written().is_empty()
            && let Some(help) = causes::of_markdown(&signs, begins_line)
        {
            return Some(help);
        }
        let is_heading = change.wanted().is_empty() && change.written().len() > 1;
        let of_heading = || causes::of_heading(self.notice, &self.comparison, line).filter(|_| is_heading);
        causes::of_table(&signs).or_else(of_heading)
    }

    /// Returns the help for what concerns the signature, which the site sets, or what stands behind it.
    fn help_with_signature(&self, change: &Change<'_>, line: usize) -> Option<(String, String)> {
        let Range { start, end } = self.comparison.text.signature;
        let (at, within) = change.run.written.place(change.new.start);
        if change.written().is_empty() {
            let lines = &self.comparison.text.lines;
            let length = lines.get(at).map_or(0, |line| line.text.chars().count());
            let is_last =
                start < end && end == lines.len() && (at >= end || at + 1 == end && within >= length);
            // Right in front of the first line it may be a paragraph of the text.
            if !is_last && !self.is_signature(at) || (at, within) == (start, 0) {
                return None;
            }
            let begins_line = change.run.wanted.place(change.run.wanted.first_word(change.old)).1 == 0;
            let is_date = Day::parse(&change.wanted().iter().collect::<String>()).is_some();
            if is_last && begins_line && !(is_date && self.notice.date.is_none()) {
                return Some((ANNEX_HELP.0.to_owned(), ANNEX_HELP.1.to_owned()));
            }
        } else if !self.is_signature(line) {
            return None;
        }
        let file = &self.notice.opening.source;
        Some((
            format!(
                "the site sets this line under the text, from `signature` and `date` in {file}: correct them there; several bodies are a list, `signers: [甲局, 乙局]`, each on its line; delete the key where the text itself ends with the signature"
            ),
            format!(
                "这一行由网站按 {file} 里的 `signature`（落款）和 `date`（成文日期）加在正文之后：请改那里；几个单位联合落款的写成列表 `signers: [甲局, 乙局]`，每个单位一行；正文里已有落款的，请删去这一项"
            ),
        ))
    }

    /// Tells whether the line at `index` of the notice is one of the signature, which the site sets.
    pub(super) fn is_signature(&self, index: usize) -> bool {
        self.comparison.text.signature.contains(&index)
    }

    /// Tells whether the notice has the line at `written` in front of the signature, and the approved text that at `wanted`
    /// behind it.
    pub(super) fn is_behind_signature(&self, written: usize, wanted: usize) -> bool {
        let signature = &self.comparison.text.signature;
        let last = signature.clone().next_back().and_then(|last| self.comparison.written.get(last));
        let in_front = self.comparison.wanted.get(..wanted).unwrap_or_default();
        written < signature.start
            && last.is_some_and(|last| in_front.iter().any(|line| line.text == last.text))
    }
}

/// Says how to join or part what a line break parts; `may_be_two` if the notice has something in its place.
pub(super) fn help_with_number(problem: Diagnostic, may_be_two: bool) -> Diagnostic {
    let problem = problem.help(
        "nobody can tell whether this is one number or two: look at the original; if it is one, join it on both sides, \
         also in the approved text where only a conversion has broken the line; if it is two, write them as two",
        "无法断定这是一个数还是两个数：请对照原件；确是一个数的，两边都写在同一行，审定稿里因转换格式断开的也接上；确是两个数的，请分开写",
    );
    if !may_be_two {
        return problem;
    }
    problem.help(
        "if these are two numbers, leave a blank line above the second one, so that it begins a paragraph as in \
         the approved text; if they are one, write it on one line on both sides, in the approved text by a new approval",
        "如果是两个数，请在后一个数上面空一行，照审定稿另起一段；如果是一个数，两边都不要在中间换行，审定稿有误的须重新审定",
    )
}
