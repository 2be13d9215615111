//! What is shown of an import: the outline as a tree, what is not taken over, and what to do next.

use std::path::Path;

use super::{is_change, is_proven, say};
use crate::cli::figures::human;
use crate::diagnostic::Language;
use crate::document::{Document, FindingKind};
use crate::import::{Change, FileChange, Import, Piece, Proof, Section};
use crate::notice::{Contact, Kind, Status};
use crate::text::excerpt;

/// The most characters of a heading, and of the words of a finding.
const LONGEST_HEADING: usize = 44;
const LONGEST_WORDS: usize = 40;

/// The most findings and lines of a change that are shown.
const MOST_SHOWN: usize = 40;

/// What an import came to.
pub(super) struct Shown<'a> {
    pub(super) import: &'a Import,
    pub(super) document: &'a Document,
    pub(super) proof: &'a Proof,
    pub(super) folder: &'a str,
    /// Whether the folder is there already, and so what is proven is the folder with the changes in it.
    pub(super) is_again: bool,
    pub(super) language: Language,
}

impl Shown<'_> {
    fn say<'b>(&self, english: &'b str, chinese: &'b str) -> &'b str {
        say(self.language, english, chinese)
    }

    /// Returns all of it.
    pub(super) fn text(&self) -> String {
        let mut lines = self.facts();
        lines.push(String::new());
        lines.extend(self.tree());
        lines.push(String::new());
        lines.push(self.counts());
        lines.extend(self.findings());
        lines.push(self.proof());
        lines.extend(self.to_do());
        lines.join("\n")
    }

    /// Returns what was recognized of the notice as a whole.
    fn facts(&self) -> Vec<String> {
        let outline = &self.import.outline;
        let facts = &outline.facts;
        let nothing = || self.say("not recognized", "未识别").to_owned();
        let printed = if outline.title.is_empty() {
            facts.noted_title.clone().unwrap_or_default()
        } else {
            outline.title.concat()
        };
        let title = match (printed, &facts.proposed_title) {
            (title, _) if !title.is_empty() => title,
            (_, Some(proposed)) => format!("{}（{proposed}）", nothing()),
            _ => nothing(),
        };
        let mut inspection: Vec<&str> =
            [&facts.kind, &facts.group].into_iter().flatten().map(String::as_str).collect();
        let period = match (&facts.from, &facts.to) {
            (Some(from), Some(to)) => format!("{from} – {to}"),
            _ => String::new(),
        };
        let findings = facts.findings.as_ref().map(|day| format!("{} {day}", self.say("findings", "反馈")));
        inspection.extend([period.as_str(), findings.as_deref().unwrap_or_default()]);
        inspection.retain(|word| !word.is_empty());
        let or_nothing = |words: String| if words.is_empty() { nothing() } else { words };
        let contacts: Vec<String> = facts.contacts.iter().map(|contact| self.contact(contact)).collect();
        let row =
            |english: &str, chinese: &str, value: String| format!("{}{value}", self.say(english, chinese));
        let mut lines = vec![
            row("Title: ", "标题：", title),
            row("Unit: ", "单位：", or_nothing(facts.unit.clone().unwrap_or_default())),
            row("Inspection: ", "检查：", or_nothing(inspection.join("  "))),
            row("Contacts: ", "联系方式：", or_nothing(contacts.join("；"))),
            row("Signed: ", "落款：", or_nothing(outline.signers.join("、"))),
            row(
                "Date: ",
                "成文日期：",
                or_nothing(outline.date.clone().or(facts.date.clone()).unwrap_or_default()),
            ),
        ];
        let number = facts.document_number.clone();
        lines.extend(number.map(|number| row("Document number: ", "发文字号：", number)));
        lines.extend(facts.open_until.as_ref().map(|day| row("Public until: ", "公开至：", day.clone())));
        lines
    }

    fn contact(&self, contact: &Contact) -> String {
        match contact {
            Contact::Phone { number, hours } => {
                let hours = hours.as_ref().map(|hours| format!("（{hours}）")).unwrap_or_default();
                format!("{} {number}{hours}", self.say("phone", "电话"))
            }
            Contact::Post { address, postcode } => {
                let postcode = postcode.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
                format!("{} {address}{postcode}", self.say("post", "邮寄"))
            }
            Contact::Email { address } => format!("{} {address}", self.say("e-mail", "邮箱")),
            Contact::Platform { name, path, .. } => {
                let path =
                    if path.is_empty() { String::new() } else { format!("（{}）", path.join(" → ")) };
                format!("{} {name}{path}", self.say("platform", "平台"))
            }
        }
    }

    /// Returns a line for each file.
    fn tree(&self) -> Vec<String> {
        let outline = &self.import.outline;
        let opening = self.amount(&outline.opening);
        let mut lines = vec![
            format!("{}/", self.folder),
            format!("  notice.md   {}{opening}", self.say("opening: ", "开头：")),
        ];
        let mut is_in_group = false;
        for section in &outline.sections {
            is_in_group = match section.kind {
                Kind::Group => true,
                Kind::Item => is_in_group,
                Kind::Prose | Kind::Annex | Kind::Ledger => false,
            };
            let indent = if is_in_group && section.kind == Kind::Item { "    " } else { "  " };
            lines.push(format!("{indent}{:<11} {}", format!("{}.md", section.name), self.section(section)));
        }
        lines
    }

    fn section(&self, section: &Section) -> String {
        let kind = match section.kind {
            Kind::Item => "",
            Kind::Prose => self.say("[text] ", "【文字】"),
            Kind::Group => self.say("[group] ", "【分组】"),
            Kind::Annex => self.say("[annex] ", "【附件】"),
            Kind::Ledger => self.say("[table of problems] ", "【问题清单】"),
        };
        let heading = section.heading.as_deref().unwrap_or_else(|| {
            section
                .body
                .iter()
                .find_map(|piece| match piece {
                    Piece::Text(line) => Some(line.words.as_str()),
                    Piece::Table(_) | Piece::Picture(_) => None,
                })
                .unwrap_or_default()
        });
        let mut line = format!("{kind}{}", excerpt(heading, LONGEST_HEADING));
        let read = self.proof.notice.as_ref().and_then(|notice| {
            notice.sections.iter().find(|read| read.row.is_none() && read.id == section.name)
        });
        if let (Kind::Item, Some(read)) = (section.kind, read) {
            let n = read.n_measures();
            let measures = match self.language {
                Language::English => format!("{n} {}", counted(n, "measures")),
                Language::Chinese => format!("{n} 条措施"),
            };
            let told = [
                Some(measures).filter(|_| n > 0),
                read.status.as_ref().map(|status| self.status(status.is).to_owned()),
                Some(read.responsible.join("、")).filter(|units| !units.is_empty()),
                read.due.as_ref().map(|due| format!("{}{}", self.say("due ", "时限 "), due.printed())),
            ];
            for words in told.iter().flatten() {
                line.extend(["  · ", words]);
            }
        } else if section.kind != Kind::Group {
            line.extend(["  · ", self.amount(&section.body).as_str()]);
        }
        line
    }

    fn status(&self, status: Status) -> &'static str {
        let (english, chinese) = match status {
            Status::Completed => ("completed", "已完成"),
            Status::MostlyCompleted => ("mostly completed", "基本完成"),
            Status::InProgress => ("in progress", "正在整改"),
            Status::LongTerm => ("long term", "长期坚持"),
            Status::NotDone => ("not done", "未完成"),
        };
        say(self.language, english, chinese)
    }

    /// Returns how much text there is.
    fn amount(&self, pieces: &[Piece]) -> String {
        let n = |is: &dyn Fn(&Piece) -> bool| pieces.iter().filter(|piece| is(piece)).count();
        let is_written =
            |index: usize| self.import.pictures.get(index).is_some_and(|picture| !picture.bytes.is_empty());
        let counts = [
            (n(&|piece| matches!(piece, Piece::Text(_))), ["paragraphs", "段"]),
            (n(&|piece| matches!(piece, Piece::Table(_))), ["tables", "张表"]),
            (n(&|piece| matches!(piece, Piece::Picture(index) if is_written(*index))), ["pictures", "张图"]),
        ];
        let told = counts.into_iter().filter(|(n, _)| *n > 0);
        let told =
            told.map(|(n, [english, chinese])| format!("{n} {}", self.say(counted(n, english), chinese)));
        told.collect::<Vec<_>>().join(self.say(", ", "、"))
    }

    fn counts(&self) -> String {
        let n_items = self.proof.notice.as_ref().map_or(0, |notice| notice.n_items());
        let n_measures = self.proof.notice.as_ref().map_or(0, |notice| notice.n_measures());
        let n_contacts = self.import.outline.facts.contacts.len();
        match self.language {
            Language::English => {
                let [items, measures, contacts] =
                    [(n_items, "items"), (n_measures, "measures"), (n_contacts, "contacts")]
                        .map(|(n, word)| format!("{n} {}", counted(n, word)));
                format!("Recognized: {items}, {measures}, {contacts}")
            }
            Language::Chinese => {
                format!("识别结果：{n_items} 项整改、{n_measures} 条措施、{n_contacts} 种联系方式")
            }
        }
    }

    /// Returns what is not taken over, or otherwise than it looks.
    fn findings(&self) -> Vec<String> {
        let findings = &self.document.findings;
        if findings.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![
            String::new(),
            self.say("Found beside the text, look at each:", "正文之外，请逐条核对：").to_owned(),
        ];
        for finding in findings.iter().take(MOST_SHOWN) {
            let what = finding.kind.message();
            let place = finding.place;
            let place = match self.language {
                Language::English => format!("behind paragraph {place}"),
                Language::Chinese => format!("第 {place} 段之后"),
            };
            let words = if finding.words.is_empty() {
                String::new()
            } else {
                format!("{}{}", self.say(": ", "："), excerpt(&finding.words, LONGEST_WORDS))
            };
            lines.push(format!("  {place}  {}{words}", what.in_language(self.language)));
        }
        if findings.len() > MOST_SHOWN {
            let more = findings.len() - MOST_SHOWN;
            lines.push(match self.language {
                Language::English => format!("  … and {more} more"),
                Language::Chinese => format!("  ……另有 {more} 条"),
            });
        }
        lines.push(String::new());
        lines
    }

    fn proof(&self) -> String {
        if is_proven(self.proof) {
            return self
                .say(
                    "Compared with the document: every character is there, once and in order",
                    "与原文核对：每个字都在，次序不变，没有重复",
                )
                .to_owned();
        }
        // With such a character a file is not read at all; where it stands in the document, only its author can tell.
        let unseen = self.proof.problems.iter().find(|problem| problem.code == "control-character");
        if let Some(problem) = unseen {
            let message = problem.message.in_language(self.language);
            return match self.language {
                Language::English => format!(
                    "Not compared with the document: {message}; delete it there, type the characters around it anew, import again"
                ),
                Language::Chinese => {
                    format!("未与原文核对：{message}；请在原文中删去并重新键入前后的字，再导入")
                }
            };
        }
        match &self.proof.difference {
            Some([wanted, written]) if self.is_again => match self.language {
                Language::English => format!(
                    "Compared with the document: the folder will differ at `{wanted}`, where it has `{written}`; see below what is kept"
                ),
                Language::Chinese => {
                    format!(
                        "与原文核对：改动后的文件夹与原文不同，原文 `{wanted}`，文件夹 `{written}`；请看下面保留了什么"
                    )
                }
            },
            Some([wanted, written]) => match self.language {
                Language::English => format!(
                    "Compared with the document: it differs at `{wanted}`, the notice has `{written}`; please report this"
                ),
                Language::Chinese => {
                    format!("与原文核对：有不同，原文 `{wanted}`，通报 `{written}`；请把这份文件反馈给我们")
                }
            },
            None => self.say("The files could not be read back", "生成的文件无法读回").to_owned(),
        }
    }

    /// Lists lines that pages of websites and printed documents have around a text.
    fn lines_of_website(&self) -> Vec<String> {
        const WORDS: [&str; 16] = [
            "浏览次数",
            "点击：",
            "点击次数",
            "打印本页",
            "【打印",
            "关闭窗口",
            "上一篇",
            "下一篇",
            "版权所有",
            "分享到",
            "当前位置",
            "信息来源：",
            "发布时间：",
            "（此件公开发布）",
            "抄送：",
            "字号：",
        ];
        let outline = &self.import.outline;
        let pieces = outline.opening.iter().chain(outline.sections.iter().flat_map(|section| &section.body));
        let is_other =
            |words: &str| words.chars().count() < 80 && WORDS.iter().any(|word| words.contains(word));
        let words = pieces.filter_map(|piece| match piece {
            Piece::Text(line) => Some(line.words.as_str()),
            Piece::Table(_) | Piece::Picture(_) => None,
        });
        words.filter(|words| is_other(words)).map(|words| excerpt(words, LONGEST_WORDS)).collect()
    }

    /// Returns what a person still has to do.
    fn to_do(&self) -> Vec<String> {
        let facts = &self.import.outline.facts;
        let mut to_do = Vec::new();
        let n_secret =
            self.document.findings.iter().filter(|finding| finding.kind == FindingKind::SecrecyMark).count();
        if n_secret > 0 {
            to_do.push(self.say(
                "the document carries a mark of secrecy (above): do not publish it before that is cleared up",
                "文件带有密级或内部标志（见上）：查清之前不得公开",
            ).to_owned());
        }
        let others = self.lines_of_website();
        if !others.is_empty() {
            let others = others.join("；");
            to_do.push(match self.language {
                Language::English => format!(
                    "lines of a website or of a printed document, perhaps no part of the notice: {others}"
                ),
                Language::Chinese => format!("疑似网页或公文格式文字，可能不属于通报：{others}"),
            });
        }
        for doubt in &self.import.proposed.doubts {
            to_do.push(human::doubt(doubt, self.language));
        }
        let proposed = self.import.proposed.entries;
        if proposed.metrics + proposed.relations > 0 {
            let (metrics, doubtful, relations) = (proposed.metrics, proposed.doubtful, proposed.relations);
            to_do.push(match self.language {
                Language::English => format!(
                    "figures: {metrics} names ({doubtful} of them doubtful) and {relations} relations are proposed; the preview lists them"
                ),
                Language::Chinese => format!(
                    "数据：已代拟 {metrics} 个指标名称（其中 {doubtful} 个拿不准）、{relations} 条勾稽关系，请在预览中逐条核对"
                ),
            });
        }
        if self.import.outline.title.is_empty() && facts.noted_title.is_none() {
            to_do.push(self.say("the title: the text has none", "标题：原文没有，请核对 `title`").to_owned());
        }
        if !facts.disguised_emails.is_empty() {
            let written = facts.disguised_emails.join("；");
            to_do.push(match self.language {
                Language::English => format!(
                    "an e-mail address that is not written as one, so that no program finds it: {written}; add it to `contacts` as `email:` if citizens are to write there"
                ),
                Language::Chinese => format!(
                    "邮箱没有照常书写，没有代为改写：{written}；如果供群众来信，请在 `contacts` 中写 `email:`"
                ),
            });
        }
        if facts.unit.is_none() {
            to_do.push(self.say("the unit: write `unit`", "单位：请写 `unit`").to_owned());
        }
        if self.import.outline.date.is_none() && facts.date.is_none() {
            to_do.push(self.say("the date: write `date`", "成文日期：请写 `date`").to_owned());
        }
        if to_do.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![self.say("Still to do by hand:", "还需要人工完成：").to_owned()];
        lines.extend(to_do.into_iter().map(|line| format!("  {line}")));
        lines
    }
}

/// Returns the word for so many things.
fn counted(n: usize, words: &str) -> &str {
    if n == 1 { words.trim_end_matches('s') } else { words }
}

/// Tells what a new import changes in a folder that is there.
pub(super) fn changes(changes: &[FileChange], language: Language) -> String {
    let mut lines = vec![
        String::new(),
        say(language, "Against the folder that is there:", "与已有的文件夹相比：").to_owned(),
    ];
    for change in changes.iter().filter(|change| is_change(change) || !change.unlike.is_empty()) {
        let name = &change.name;
        match &change.change {
            Change::Same => lines.push(format!("  {name}  {}", say(language, "says the same", "文字相同"))),
            Change::New => lines.push(format!("  {name}  {}", say(language, "is new", "新增"))),
            Change::Gone => lines.push(format!(
                "  {name}  {}",
                say(
                    language,
                    "is no longer in the document; it stays until you delete it",
                    "新文件中已没有这一部分；请自行决定是否删除"
                )
            )),
            Change::Text { gone, new } => {
                lines.push(format!(
                    "  {name}  {}",
                    say(language, "has another text; its front matter is kept", "正文有改动；保留文件头")
                ));
                lines.extend(
                    gone.iter()
                        .take(MOST_SHOWN)
                        .map(|line| format!("    - {}", excerpt(line, 2 * LONGEST_WORDS))),
                );
                lines.extend(
                    new.iter()
                        .take(MOST_SHOWN)
                        .map(|line| format!("    + {}", excerpt(line, 2 * LONGEST_WORDS))),
                );
            }
        }
        lines.extend(change.unlike.iter().map(|[key, old, new]| match language {
            Language::English => format!("    ! `{key}` stays `{old}`, and the document says `{new}`"),
            Language::Chinese => format!("    ! `{key}` 保留 `{old}`，而新文件是 `{new}`，请核对"),
        }));
    }
    let n_same = changes.iter().filter(|change| !is_change(change)).count();
    lines.push(match language {
        Language::English => format!("  {n_same} files say the same and stay as they are"),
        Language::Chinese => format!("  {n_same} 个文件文字相同，不作改动"),
    });
    lines.join("\n")
}

/// Tells how to write what was shown.
pub(super) fn how_to_write(folder: &str, is_again: bool, language: Language) -> String {
    let force = if is_again { " --force" } else { "" };
    match language {
        Language::English => {
            format!("\nNothing was written. Add `--into {folder} --write{force}` to write it.")
        }
        Language::Chinese => format!("\n没有写任何文件。加上 `--into {folder} --write{force}` 即写入。"),
    }
}

/// Tells what was written, and what to do next.
pub(super) fn written(n: usize, folder: &str, root: &Path, language: Language) -> String {
    let root = if root == Path::new(".") { String::new() } else { format!(" --root {}", root.display()) };
    match language {
        Language::English => format!(
            "\nWrote {n} files into {folder}; the document itself is the approved file.\nNext: gongkai preview{root} --open"
        ),
        Language::Chinese => format!(
            "\n已写入 {n} 个文件到 {folder}；原文件存作审定稿。\n下一步：gongkai preview{root} --open"
        ),
    }
}

/// Tells of the file that was approved before, and that another one stands beside now.
/// Says which pictures were not written since files of their names are there.
pub(super) fn kept_pictures(names: &[&str], language: Language) -> Option<String> {
    let names = names.join("、");
    (!names.is_empty()).then(|| match language {
        Language::English => format!(
            "Pictures that are there already stay: {names}; look whether they are those of the document"
        ),
        Language::Chinese => format!("已有的图片没有改动：{names}；请核对是否就是文件中的图片"),
    })
}

pub(super) fn approved_before(path: &str, language: Language) -> String {
    match language {
        Language::English => {
            format!("`{path}` is the former approved file; delete it, since a notice has only one")
        }
        Language::Chinese => format!("`{path}` 是以前的审定稿，请删除：一份通报只能有一份审定稿"),
    }
}
