//! Pure functions on text: Chinese numerals, the width of characters, numbering and the beginnings of paragraphs.
//!
//! Everything here takes a `&str` or a `char` and gives back a number, an offset in bytes or another text. Start with
//! [`numbering`] and [`sentence`], by which a measure is recognized: `（一）` in front, then its lead sentence; [`structure`] has
//! the words by which offices part their texts.
//! [`nearest`] is behind every “did you mean”, `excerpt` behind every quotation in a message. This room knows no files, no
//! diagnostics and no figures, and changes no text.

pub mod address;
#[cfg(test)]
pub(crate) mod cases;
pub mod characters;
pub mod contact;
pub(crate) mod digits;
mod glossary;
pub mod joined;
pub mod numbering;
pub mod numeral;
pub mod place;
pub mod restore;
pub mod sentence;
mod site_address;
pub mod structure;
pub mod tabs;
pub mod width;

pub use glossary::{Glossary, Term};
pub use site_address::{AddressFault, folder_of_site};

/// Splits `text` behind the longest beginning whose characters all belong.
pub(crate) fn split_while(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|character| !belongs(character)).unwrap_or(text.len()))
}

/// Returns where `word`, a few characters, stands last in `text`, some sentences.
///
/// Here that is quicker than `text.rfind(word)`, which prepares for long texts.
pub(crate) fn last_place_of(word: &str, text: &str) -> Option<usize> {
    let first = word.chars().next()?;
    let begins_at = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(word));
    text.rmatch_indices(first).map(|(at, _)| at).find(|at| begins_at(*at))
}

/// Returns the candidate that `name` is most probably a slip of; upper and lower case are the same.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.trim().to_lowercase();
    let length = name.chars().count();
    let near = candidates.into_iter().filter_map(|candidate| {
        let most = most_slips(candidate);
        // A name of another length is no slip, and comparing a very long one would take time.
        let is_as_long = candidate.chars().count().abs_diff(length) <= most;
        let n_slips = is_as_long.then(|| n_slips(&name, &candidate.to_lowercase()))?;
        (n_slips <= most).then_some((n_slips, candidate))
    });
    near.min().map(|(_, candidate)| candidate)
}

/// Returns how many slips may lie between `candidate` and what stands for it: three from ten letters on, two in a shorter
/// word. Of ideographs, each of which says as much as several letters, one in three.
fn most_slips(candidate: &str) -> usize {
    let length = candidate.chars().count();
    if candidate.is_ascii() {
        length.div_ceil(3).min(2 + length / 10).min(3)
    } else {
        (length / 3).clamp(1, 3)
    }
}

/// Counts the slips of the keyboard between two texts: characters that are left out, added, replaced or swapped.
pub(crate) fn n_slips(a: &str, b: &str) -> usize {
    strsim::damerau_levenshtein(a, b)
}

/// Quotes a text of the author in a message: on one line, without backticks, and at most `most` characters of it.
pub(crate) fn excerpt(text: &str, most: usize) -> String {
    let is_break = |character: char| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
    let lines = text.split(is_break).map(|line| if line.len() == text.len() { line } else { line.trim() });
    let lines = lines.filter(|line| !line.is_empty()).enumerate();
    let characters = lines.flat_map(|(n, line)| (n > 0).then_some(' ').into_iter().chain(line.chars()));
    let mut characters = characters.map(|character| if character == '`' { '\'' } else { character });
    let mut shown: String = characters.by_ref().take(most).collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Tells whether `word` is in `list`, which has a space between its words.
pub(crate) fn lists(list: &str, word: impl AsRef<[u8]>) -> bool {
    let word = word.as_ref();
    list.as_bytes().split(|byte| *byte == b' ').any(|one| one == word)
}

/// Tells whether the first words of a row of a table say that it adds up others: 合计, 合计3项, 合计（万元）; no 合计收入未入账.
pub(crate) fn adds_up(words: &str) -> bool {
    let words = without_spaces(words);
    let behind = ["合计", "总计", "小计", "共计"].iter().find_map(|total| words.strip_prefix(total));
    behind.is_some_and(|behind| behind.chars().count() <= LONGEST_BEHIND_TOTAL)
}

/// The most characters behind such a word.
const LONGEST_BEHIND_TOTAL: usize = 4;

/// Returns words as they are compared: widths folded, without white space.
pub(crate) fn compared(words: &str) -> String {
    words.chars().map(width::fold).filter(|c| !c.is_whitespace()).collect()
}

/// Returns a text without spaces, by which editors set short words wide: 合 计.
pub(crate) fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Writes bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from_digit(digit.into(), 16).expect("four bits are a digit")).collect()
}

#[cfg(test)]
mod tests {
    use super::numbering::{self, Style};
    use super::{excerpt, nearest, numeral, sentence, structure};

    /// Every second measure of the Zhoushan notice of 2025: numbering, lead, beginning of the text.
    const MEASURES: [&str; 37] = [
        "(一) 强化政治理论学习。 刚性落实“第一议题”制度,",
        "(三) 激发干事创业活力。 制定下发《关于进一步加强全市公安机关先进典型选树培育",
        "(一) 着力整治突出问题。 主动走访对接村社,",
        "(三) 落实减负硬核措施。 优化警务工作管理平台功能,",
        "(二) 规范线索处置。 下发《关于集中排摸涉黑涉恶重点群体的通知》,",
        "(一) 做专助企服务工作。 联合高校围绕船舶与海工装备制造等重点产业编制刑事法律",
        "(三) 提速网上办理。 推广“舟警提醒”应用,",
        "(二) 强化交通安全秩序管理。 组织召开展道路交通安全三年行动集中攻坚,",
        "(一) 注重反诈工作齐抓共管。 制定《舟山市打击治理电信网络诈骗工作协调机制办公室运",
        "(三) 注重反诈预警迭代升级。 深入运用“四灌”工作法,",
        "(二) 发挥科技赋能实战功能。 依托“舟海净”和“智治海安”系统,",
        "(一) 加大协同处置力度。 出台《全市公安机关非警务警情分流处置工作指引》,",
        "(三) 加强专业队伍建设。 整合乡镇综治、综合执法、网格等力量推动现场处置队伍和",
        "(二) 压实层级管理责任。 深化“四责协同”责任机制运用,",
        "(一) 加强新警全过程培育管理。 推进新警素质提升工作,",
        "(三) 强化震慑营造从严氛围。 摄制《警诫》系列警示教育片,",
        "(二) 常态预警监测。 建设网络外联实时监测预警平台,",
        "(一) 严格日常执法监督。 自2025年2月起排摸超2个月未结案件底数和启动第一",
        "(三) 加强执法外部监督。 汇编全市近三年行政复议、诉讼典型案例,",
        "(二) 规范中心管理。 落实市县两级执法办案管理中心每日案件类警情处置巡查,",
        "(一) 做好核实处理工作。 组织对一起案件办案拖沓问题进行全面核实,",
        "(三) 开展规范执法工作。 严格按照案件审核工作规定和规范涉企执法工作要点,",
        "(二) 开展业务培训。 针对规范涉案资金财务核算组织开展业务培训,",
        "(一) 做好情况核实。 对接待审批手续后补问题、使用邀请函和工作通知替代接待",
        "(三) 加强财务管理。 结合财会监督,组织专项排查工作,",
        "(二) 完善制度。 2025年2月修订完善《机关食堂财务管理办法》,",
        "(四) 加强核对。 每月及时出具出纳报告单,",
        "(二) 推行标准建设。 落实《舟山市基层党组织全域规范化建设三年行动计划(2",
        "(一) 强化教育训练工作。 组织开展全市公安机关2025年度集中训练,",
        "(三) 抓好基层实战训练。 建设实训基地及现场教学点8个,",
        "(二) 优化班子结构。 结合年龄、学历、资历、专业技能等因素,",
        "(一) 优化勤务安排。 落实“15分钟、30分钟”备勤圈、双警家庭一方在家备",
        "(三) 强化健康管理。 做好全员体检“后半篇”文章,",
        "(一) 注重辅警能力建设。 出台《关于进一步加强新时代全市公安机关警务辅助人员队",
        "(三) 注重辅警职业发展。 组织面向特别优秀辅警招录人民警察工作,",
        "(二) 加强辅警履职规范。 根据《关于预防警务辅助人员渎职犯罪的若干举措》,",
        "(二) 全面统筹发展计划。 制定2025年度党员发展计划,",
    ];

    #[test]
    fn measures_of_a_real_notice_have_numbering_and_lead() {
        for measure in MEASURES {
            let mut parts = measure.split(' ');
            let (printed, lead) = (parts.next().unwrap(), parts.next().unwrap());
            let paragraph = measure.replace(' ', "");

            let numbering = numbering::parse(&paragraph).expect(measure);
            assert_eq!(numbering.style, Style::ChineseInParentheses, "{measure}");
            assert_eq!(format!("({})", numeral::print(numbering.number)), printed, "{measure}");
            assert_eq!(numbering.length, printed.len(), "{measure}");
            let (_, text) = paragraph.split_at(numbering.length);
            assert_eq!(sentence::lead_end(text), Some(lead.len()), "{measure}");
            assert_eq!(structure::label(text), None, "{measure}");
        }
    }

    #[test]
    fn a_slip_is_led_to_the_nearest_name() {
        for (name, expected) in [
            ("titel", Some("title")),
            (" TITLE ", Some("title")),
            ("Notice.html", Some("notice.html")),
            ("受理人数", Some("受理件数")),
            ("ttl", Some("title")),
            ("headg", Some("heading")),
            ("stts", Some("status")),
            ("追赃总数", None),
            ("own.html", None),
            ("ab", None),
            ("名字", None),
        ] {
            let candidates =
                ["title", "heading", "status", "404.html", "home.html", "notice.html", "受理件数"];
            assert_eq!(nearest(name, candidates), expected, "{name}");
        }
    }

    #[test]
    fn what_is_quoted_stays_short_and_on_one_line() {
        assert_eq!(excerpt("10\r\n  件\u{2028}个", 40), "10 件 个");
        assert_eq!(excerpt(" 甲", 40), " 甲");
        assert_eq!(excerpt("用`甲`", 40), "用'甲'");
        assert_eq!(excerpt("改改改", 3), "改改改");
        assert_eq!(excerpt("改改改改", 3), "改改改…");
    }
}
