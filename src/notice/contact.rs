//! How citizens reach the unit, and how front matter and settings write it down.

use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::text;
use crate::yaml::{Fields, Node, Value};

/// One way to reach the unit (联系方式), typed, so that a page can offer the right link for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contact {
    /// A telephone number as printed, and the hours in which it is answered.
    Phone {
        /// The number as printed: `0580-2072198`.
        number: String,
        /// The hours as printed.
        hours: Option<String>,
    },
    /// A postal address.
    Post {
        /// The address as printed.
        address: String,
        /// The six digits.
        postcode: Option<String>,
    },
    /// An e-mail address; it has been checked to be one.
    Email {
        /// The address.
        address: String,
    },
    /// A way through a platform. Notices often call it 电子邮箱 although no mail can be sent to it.
    Platform {
        /// The platform's name.
        name: String,
        /// The steps from its entry, in order.
        path: Vec<String>,
        /// Its address on the web.
        url: Option<String>,
    },
}

impl Contact {
    /// Reads a list such as `[{phone: 0580-2072198}, {post: …, postcode: "316021"}]`.
    ///
    /// Pushes `not-a-phone-number`, `not-a-postcode`, `not-an-email-address`, `unknown-contact` and what [`Fields`] finds;
    /// an entry that cannot be used is left out.
    pub fn read_list(node: Node, diagnostics: &mut Diagnostics) -> Vec<Self> {
        let location = node.location.clone();
        let Value::Sequence(entries) = node.value else {
            diagnostics.push(
                Diagnostic::error("wrong-type", location, "`contacts` is not a list", "`contacts` 不是列表")
                    .help(
                        "begin each contact with `- `, for example `- phone: 0580-2072198`",
                        "每种联系方式以 `- ` 开头，例如 `- phone: 0580-2072198`",
                    ),
            );
            return Vec::new();
        };
        entries.into_iter().filter_map(|entry| Self::read(entry, diagnostics)).collect()
    }

    fn read(node: Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut fields = Fields::open(node, diagnostics)?;
        let contact = if let Some(number) = fields.text("phone", diagnostics) {
            let hours = fields.text("hours", diagnostics).map(|hours| hours.value);
            checked(number, "phone", diagnostics).map(|number| Self::Phone { number, hours })
        } else if let Some(address) = fields.text("post", diagnostics) {
            let postcode = fields.text("postcode", diagnostics);
            let postcode = postcode.and_then(|postcode| checked(postcode, "postcode", diagnostics));
            Some(Self::Post { address: address.value, postcode })
        } else if let Some(address) = fields.text("email", diagnostics) {
            checked(address, "email", diagnostics).map(|address| Self::Email { address })
        } else if let Some(name) = fields.text("platform", diagnostics) {
            let path = fields.texts("path", diagnostics).unwrap_or_default();
            let url = fields.text("url", diagnostics).and_then(|url| checked(url, "url", diagnostics));
            Some(Self::Platform {
                name: name.value,
                path: path.into_iter().map(|step| step.value).collect(),
                url,
            })
        } else {
            None
        };
        fields.finish(diagnostics);
        contact
    }
}

/// Returns the value if it is what `key` stands for; else pushes what to write.
fn checked(value: Located<String>, key: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    let is_postcode = |text: &str| text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
    let written = value.value;
    let (is_right, code, english, chinese, help_english, help_chinese) = match key {
        "phone" => (
            is_phone_number(&written),
            "not-a-phone-number",
            "a telephone number",
            "电话号码",
            "write the number alone, `phone: 0580-2072198`; hours go to `hours:`",
            "只写号码，例如 `phone: 0580-2072198`；时间写在 `hours:`",
        ),
        "postcode" => (
            is_postcode(&written),
            "not-a-postcode",
            "a postcode",
            "邮政编码",
            "write the six digits, `postcode: \"316021\"`",
            "请写六位数字，例如 `postcode: \"316021\"`",
        ),
        "email" => (
            is_email_address(&written),
            "not-an-email-address",
            "an e-mail address",
            "电子邮件地址",
            "a way through a platform is `platform: NAME` with `path: [step, step]`",
            "平台上的点击路径请写 `platform: 平台名称` 和 `path: [第一步, 第二步]`",
        ),
        _ => (
            text::address::is_web_address(&written),
            "not-a-web-address",
            "a web address",
            "网址",
            "write it in full, `https://www.example.gov.cn/…`",
            "请写完整，例如 `https://www.example.gov.cn/…`",
        ),
    };
    if is_right {
        return Some(written);
    }
    let narrow: String = written.chars().map(text::width::fold).collect();
    let (help_english, help_chinese) = if key == "email" && is_email_address(&narrow) {
        (format!("write it in ASCII, `email: {narrow}`"), format!("请用半角字符：`email: {narrow}`"))
    } else {
        (help_english.to_owned(), help_chinese.to_owned())
    };
    let problem = Diagnostic::error(
        code,
        value.location,
        format!("`{written}` is not {english}"),
        format!("`{written}` 不是{chinese}"),
    );
    diagnostics.push(problem.help(help_english, help_chinese));
    None
}

/// Tells whether `text` can be an e-mail address: one `@` between a name and a domain with a dot, no spaces.
pub(crate) fn is_email_address(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
    let domain_is_dotted = domain.split('.').count() >= 2 && domain.split('.').all(|part| !part.is_empty());
    !name.is_empty() && name.chars().all(allowed) && domain.chars().all(allowed) && domain_is_dotted
}

/// Tells whether `text` is a telephone number as printed: digits, with `-`, `+`, spaces or parentheses between.
pub(crate) fn is_phone_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let allowed = |c: char| c.is_ascii_digit() || "-+ ()（）转—－".contains(c);
    (3..=20).contains(&digits) && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::{is_email_address, is_phone_number};

    #[test]
    fn email_addresses_are_told_from_click_paths() {
        for (text, expected) in [
            ("jwxc@zhoushan.gov.cn", true),
            ("a@b", false),
            ("浙江省统一政府咨询投诉举报平台-地市信箱", false),
            ("a b@c.cn", false),
            ("@c.cn", false),
            ("a@@c.cn", false),
            ("a@c..cn", false),
        ] {
            assert_eq!(is_email_address(text), expected, "{text}");
        }
    }

    #[test]
    fn phone_numbers_have_digits_and_separators_only() {
        for (text, expected) in [
            ("0580-2072198", true),
            ("12345", true),
            ("+86 580 2072198", true),
            ("（0580）2072198转801", true),
            ("见公告", false),
            ("12", false),
            ("0580-2072198（工作日）", false),
        ] {
            assert_eq!(is_phone_number(text), expected, "{text}");
        }
    }
}
