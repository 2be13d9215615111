//! Contacts in running text or in lines: telephone with its hours, post with its postcode, e-mail, platforms.

use std::ops::Range;

use crate::notice::Contact;
use crate::text::contact::{disguised_emails, emails, numbers};
use crate::text::structure::{self, Closing};
use crate::text::width::{self, is_digit};

/// Words in front of a telephone number.
const PHONE: &str = "电话 联系人 热线 手机 致电 拨打";

/// Words in front of a postal address, the longer first.
const POST: &str = "写信寄 信函寄 来函寄 通讯地址 通信地址 邮寄地址 联系地址 来信地址 信函地址 邮政信箱 来信请寄 信件请寄 来信寄 寄至 寄往 邮寄至 邮寄到 办公地址 来信至 信箱 地址";

/// Words in front of a postcode.
const POSTCODE: &str = "邮政编码 邮编";

/// Words in front of the way through a platform.
const PLATFORM: &str =
    "电子邮箱 电子信箱 网络平台 网上平台 网站 平台 邮箱 登录 登陆 微信公众号 公众号 小程序";

/// Words in front of hours.
const HOURS: &str =
    "工作日 法定工作日 工作时间 接听时间 受理时间 办公时间 上班时间 周一 星期一 每天 每日 上午 下午 晚上";

/// Ends of names of platforms.
const PLATFORM_ENDS: &str = "平台 信箱 公众号 网站 热线网 小程序 邮箱 服务网";

/// The most characters of a name with a number, below a label.
const LONGEST_ENTRY: usize = 40;

/// Words in front of a contact that was set up, which is part of what was done.
const SET_UP: [&str; 6] = ["开通", "设立", "设置", "畅通", "新增", "安装"];

/// Finds the contacts of a notice among its paragraphs, in the order in which they stand.
///
/// `paragraphs` are those around the items: what an item tells of a telephone is a measure; with each, whether it stands below
/// a heading that is about contacts.
pub(super) fn find(paragraphs: &[(&str, bool)]) -> Vec<Contact> {
    let mut lines: Vec<String> = Vec::new();
    // 联系电话： may stand above lines with a name and a number.
    let mut label = None;
    for (words, is_meant) in paragraphs {
        let whole = structure::with_whole_labels(words);
        let words = whole.as_ref();
        if *is_meant || structure::closing(words, "") == Some(Closing::Contacts) || speaks_of_contact(words) {
            lines.push(words.to_owned());
            label = words.ends_with(['：', ':']).then(|| words.to_owned());
        } else if let Some(label) =
            label.as_ref().filter(|_| words.chars().count() <= LONGEST_ENTRY && !numbers(words).is_empty())
        {
            lines.push(format!("{label}{words}"));
        } else {
            label = None;
        }
    }
    let mut found: Vec<Contact> = Vec::new();
    for (index, words) in lines.iter().enumerate() {
        let mut in_line = in_line(words);
        if let Some(code) = postcode(words)
            && !in_line.iter().any(|(_, one)| matches!(one, Contact::Post { .. }))
            && let Some(postcode) = found.iter_mut().rev().find_map(postcode_of)
        {
            // It may stand on a line of its own, and so may hours.
            postcode.get_or_insert(code);
        }
        if let Some(hours) = hours_of_line(words).filter(|_| index > 0 && in_line.is_empty())
            && let Some(of_phone) = found.iter_mut().rev().find_map(hours_of)
        {
            of_phone.get_or_insert(hours);
        }
        in_line.sort_by_key(|(at, _)| *at);
        for (_, contact) in in_line {
            if !found.contains(&contact) {
                found.push(contact);
            }
        }
    }
    found
}

fn postcode_of(contact: &mut Contact) -> Option<&mut Option<String>> {
    match contact {
        Contact::Post { postcode, .. } => Some(postcode),
        _ => None,
    }
}

fn hours_of(contact: &mut Contact) -> Option<&mut Option<String>> {
    match contact {
        Contact::Phone { hours, .. } => Some(hours),
        _ => None,
    }
}

/// Tells whether a paragraph speaks of how the unit is reached, and not of what was done.
pub(super) fn speaks_of_contact(words: &str) -> bool {
    let begins = |list: &str| split(list).any(|word| words.starts_with(word));
    let is_label = begins(PHONE)
        || begins(POST)
        || begins(POSTCODE)
        || words.starts_with("电子邮")
        || begins("工作时间 接听时间 受理时间 联系人 传真 网址 微信");
    let is_set_up = SET_UP.iter().any(|word| words.contains(word));
    let has = |list: &str| split(list).any(|word| words.contains(word));
    let asks = has("监督 意见建议 意见和建议 反映 欢迎 联系 来信 来电 有人接听 写信 拨打 期限 公示");
    is_label
        || (asks
            && !is_set_up
            && (has(
                "联系电话 监督电话 举报电话 咨询电话 通讯地址 邮编 邮政编码 联系方式 邮寄地址 通信地址 联系地址 反映电话 电话0 电话： 电话: 可拨打 致电",
            ) || !emails(words).is_empty()))
}

/// Lists the words of a notice that seem to be an e-mail address, written so that no program takes it for one.
pub(super) fn disguised(paragraphs: &[(&str, bool)]) -> Vec<String> {
    let found = paragraphs
        .iter()
        .flat_map(|(words, _)| disguised_emails(words).into_iter().filter_map(move |range| words.get(range)));
    found.map(str::to_owned).collect()
}

/// Lists the contacts of a line with their places.
fn in_line(words: &str) -> Vec<(usize, Contact)> {
    let mut found = Vec::new();
    let addresses = emails(words);
    let is_in_address = |range: &Range<usize>| addresses.iter().any(|address| address.contains(&range.start));
    let mut end_of_last = 0;
    for range in numbers(words) {
        let since_last = words.get(std::mem::replace(&mut end_of_last, range.end)..range.start);
        let number = words.get(range.clone()).unwrap_or_default();
        let is_named = || since_last.is_some_and(names_phone) && has_area_code(words, &range);
        if (is_phone(words, &range) || is_named())
            && !is_in_address(&range)
            && number.chars().filter(|c| is_digit(*c)).count() >= 5
        {
            let number: String = number.chars().map(width::fold).collect();
            // （0571）87654321
            let number = number.replacen(") ", ")", 1).replacen(')', "-", 1).replace('(', "");
            found.push((range.start, Contact::Phone { number, hours: hours_behind(words, range.end) }));
        }
    }
    for range in addresses {
        let address: String = words.get(range.clone()).unwrap_or_default().chars().map(width::fold).collect();
        found.push((range.start, Contact::Email { address }));
    }
    if let Some((at, address)) = post(words) {
        found.push((at, Contact::Post { address, postcode: postcode(words) }));
    }
    found.extend(platforms(words));
    found
}

/// Words in front of a number that is no telephone.
const NO_PHONE: &str = "邮编 邮政编码 传真 信箱 编号 时间 工作日 上午 下午";

/// Tells whether what stands in front of a number since the one before it may be whose telephone it is: 县农办：.
fn names_phone(before: &str) -> bool {
    before.contains(width::is_han) && !split(NO_PHONE).any(|word| before.contains(word))
}

/// Tells whether a number is written with its area code, or is that of a mobile telephone.
fn has_area_code(words: &str, range: &Range<usize>) -> bool {
    let number = words.get(range.clone()).unwrap_or_default();
    let digits: String = number.chars().map(width::fold).filter(char::is_ascii_digit).collect();
    match digits.chars().next() {
        Some('0') => (10..=12).contains(&digits.len()),
        Some('1') => digits.len() == 11,
        _ => false,
    }
}

/// Tells whether the nearest word in front of a number is one for telephones.
fn is_phone(words: &str, range: &Range<usize>) -> bool {
    let before = words.get(..range.start).unwrap_or_default();
    let last = |list: &str| split(list).filter_map(|word| before.rfind(word)).max();
    let (phone, other) = (last(PHONE), last(NO_PHONE));
    phone.is_some_and(|phone| other.is_none_or(|other| other < phone))
}

/// Reads the hours behind a number, in brackets or behind a comma.
fn hours_behind(words: &str, end: usize) -> Option<String> {
    let rest = words.get(end..)?.trim_start();
    let hours = if let Some(inside) = rest.strip_prefix(['（', '(']) {
        inside.split_once(['）', ')'])?.0
    } else {
        let behind = rest.strip_prefix(['，', ',', '；'])?;
        let hours = behind.split(['；', '。', ';']).next()?;
        let hours = hours.trim_end_matches("有人接听").trim_end_matches("接听");
        // What has another number is no hours alone.
        let is_alone = split(HOURS).any(|word| hours.starts_with(word)) && hours.contains(is_digit);
        is_alone.then_some(hours)?
    };
    let hours = match hours.split_once(['：', ':']) {
        Some((label, hours)) if label.ends_with("时间") => hours,
        _ => hours,
    };
    (split(HOURS).any(|word| hours.contains(word)) || hours.contains(['：', ':']))
        .then(|| hours.trim().to_owned())
}

/// Reads a line that tells hours alone: 工作时间：….
fn hours_of_line(words: &str) -> Option<String> {
    let (label, hours) = words.split_once(['：', ':'])?;
    let is_meant = label.ends_with("时间") && !label.contains(['公', '示'])
        || split("接听时间 受理时间 工作时间 办公时间").any(|word| label.ends_with(word));
    let hours = hours.trim_end_matches(['。', '；']).trim();
    (is_meant && !hours.is_empty() && hours.chars().any(is_digit)).then(|| hours.to_owned())
}

/// Reads a postal address and where it stands.
fn post(words: &str) -> Option<(usize, String)> {
    let (at, word) = split(POST).find_map(|word| Some((words.find(word)?, word)))?;
    if word == "信箱" && !words.get(at + word.len()..)?.starts_with(['：', ':']) {
        return None;
    }
    let behind = words.get(at + word.len()..)?;
    let rest = behind.trim_start_matches(['：', ':', '为', ' ', '至', '到']);
    if rest.starts_with("http") || rest.starts_with("www") || rest.starts_with('@') {
        return None;
    }
    let end = rest.find(['；', ';', '。', '\n']).unwrap_or(rest.len());
    let mut address = rest.get(..end)?;
    let others = split(PHONE).chain(["电子", "邮箱", "联系", "传真", "收件", "E-mail", "监督"]);
    for other in others {
        if let Some((before, _)) =
            [",", "，", "、", " "].iter().find_map(|mark| address.split_once(&format!("{mark}{other}")))
        {
            address = before;
        }
    }
    for word in split(POSTCODE) {
        if let Some(at) = address.find(word) {
            address = address.get(..at)?;
        }
    }
    // A bracket that held the postcode alone is opened and never closed.
    let address = address.trim_end_matches([' ', '，', ',', '、', '（', '(', '；', '：']);
    let opened = address.matches(['（', '(']).count();
    let closed = address.matches(['）', ')']).count();
    let close = if address.contains('(') { ')' } else { '）' };
    let address = if opened > closed { format!("{address}{close}") } else { address.to_owned() };
    // 电子信箱：a#example.gov.cn is no place.
    let is_place = address.chars().count() >= 5 && !address.contains(['@', '＠', '#', '＃']);
    is_place.then_some((at, address))
}

fn postcode(words: &str) -> Option<String> {
    let at = split(POSTCODE).find_map(|word| Some(words.find(word)? + word.len()))?;
    let rest = words.get(at..)?.trim_start_matches(['：', ':', ' ', '为']);
    let digits: String = rest.chars().map(width::fold).take_while(char::is_ascii_digit).collect();
    (digits.len() == 6).then_some(digits)
}

/// The most characters behind a word for a platform that are its name and its path.
const LONGEST_PLATFORM: usize = 100;

/// More platforms than a line has.
const MOST_PLATFORMS: usize = 20;

/// Reads the platforms of a line: words in quotation marks behind 登录, parted by dashes, or a name behind a label.
fn platforms(words: &str) -> Vec<(usize, Contact)> {
    let mut found: Vec<(usize, Contact)> = Vec::new();
    for word in split(PLATFORM) {
        for (at, _) in words.match_indices(word) {
            if found.len() == MOST_PLATFORMS {
                return found;
            }
            let rest = words.get(at + word.len()..).unwrap_or_default();
            let end = rest.char_indices().nth(LONGEST_PLATFORM).map_or(rest.len(), |(end, _)| end);
            let rest = rest.get(..end).unwrap_or_default();
            let rest = rest.trim_start_matches(['：', ':', ' ', '为']);
            let rest = rest.trim_start_matches("登录").trim_start_matches("登陆").trim_start();
            let platform = rest.strip_prefix('“').and_then(|rest| platform(word, rest.split_once('”')?.0));
            // 登录网站“…”: two words for one name.
            if let Some(platform) = platform.filter(|one| found.iter().all(|(_, other)| other != one)) {
                found.push((at, platform));
            }
        }
    }
    found
}

/// Reads what stands in quotation marks behind a word for a platform.
fn platform(word: &str, inside: &str) -> Option<Contact> {
    let mut steps =
        inside.split(['-', '－', '—', '→', '>', '/']).map(str::trim).filter(|step| !step.is_empty());
    let name = steps.next()?.to_owned();
    let path: Vec<String> = steps.map(str::to_owned).collect();
    let is_named = split(PLATFORM_ENDS).any(|end| name.ends_with(end))
        || word.contains("公众号")
        || word.contains("小程序")
        || (word.starts_with('登') && !path.is_empty());
    let is_platform = emails(&name).is_empty() && name.chars().count() >= 2 && is_named;
    is_platform.then_some(Contact::Platform { name, path, url: None })
}

fn split(list: &str) -> impl Iterator<Item = &str> {
    list.split(' ').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(lines: &[&str]) -> Vec<String> {
        let show = |contact: &Contact| match contact {
            Contact::Phone { number, hours } => {
                format!("phone {number} {}", hours.as_deref().unwrap_or_default()).trim().to_owned()
            }
            Contact::Post { address, postcode } => {
                format!("post {address} {}", postcode.as_deref().unwrap_or_default()).trim().to_owned()
            }
            Contact::Email { address } => format!("email {address}"),
            Contact::Platform { name, path, .. } => {
                format!("platform {name} {}", path.join(">")).trim().to_owned()
            }
        };
        let lines: Vec<(&str, bool)> = lines.iter().map(|line| (*line, false)).collect();
        find(&lines).iter().map(show).collect()
    }

    #[test]
    fn contacts_of_a_notice() {
        let real = "如有意见建议,请及时向我们反映。联系方式:电话0580-2072198;邮政信箱:舟山市公安局(舟山市定海区临城千岛路99号,邮政编码316021);电子邮箱:登陆“浙江省统一政府咨询投诉举报平台-地市信箱-舟山-部门信箱-市公安局”。";
        assert_eq!(
            shown(&[real]),
            [
                "phone 0580-2072198",
                "post 舟山市公安局(舟山市定海区临城千岛路99号) 316021",
                "platform 浙江省统一政府咨询投诉举报平台 地市信箱>舟山>部门信箱>市公安局",
            ]
        );
        assert_eq!(
            shown(&[
                "联系电话：0000-1234567（工作日8:30—17:30）",
                "通讯地址：某县某路1号",
                "邮政编码：000000",
                "电子邮箱：a_b@x.gov.cn"
            ]),
            ["phone 0000-1234567 工作日8:30—17:30", "post 某县某路1号 000000", "email a_b@x.gov.cn"]
        );
        assert_eq!(
            shown(&["监督电话：0000-1234567、0000-1234568；受理时间：工作日8:30至12:00。"]),
            ["phone 0000-1234567", "phone 0000-1234568 工作日8:30至12:00"]
        );
        assert_eq!(
            shown(&["联系电话：0000-1234567", "接听时间：工作日8:30—12:00"]),
            ["phone 0000-1234567 工作日8:30—12:00"]
        );
        assert_eq!(
            shown(&[
                "电　话：0000-1234567　　邮　箱：a@x.gov.cn　　地　址：某县某路1号（邮编：000000）",
                "县农办：0000-1234568",
                "县水利局：13900001234（工作日）",
            ]),
            [
                "phone 0000-1234567",
                "email a@x.gov.cn",
                "post 某县某路1号 000000",
                "phone 0000-1234568",
                "phone 13900001234 工作日",
            ]
        );
        assert_eq!(
            shown(&[
                "县农办 电话：0000-1234567 邮箱：a@x.gov.cn",
                "微信公众号“甲县发布”；也可登录“甲县直通车-信箱-县农办”留言。",
            ]),
            [
                "phone 0000-1234567",
                "email a@x.gov.cn",
                "platform 甲县发布",
                "platform 甲县直通车 信箱>县农办",
            ]
        );
        assert_eq!(
            shown(&["联系方式：县农办 0000-1234567，传真 0000-1234568；县水利局 0000-1234569"]),
            ["phone 0000-1234567", "phone 0000-1234569"]
        );
        assert_eq!(shown(&["开通举报电话0000-1234567，受理举报12件。"]), [""; 0]);
    }
}
