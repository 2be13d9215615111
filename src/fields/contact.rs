//! `contacts:` of the settings and of notices → [`Contact`]s.

use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Located, Location};
use crate::keys::contact as keys;
use crate::notice::Contact;
use crate::text::{address, width};
use crate::yaml::{Fields, Node, Value};

/// Reads a list such as `[{phone: 0580-2072198}, {post: …, postcode: "316021"}]`; returns with it where each number, postcode
/// or address is written.
///
/// Pushes `not-a-phone-number`, `not-a-postcode`, `not-an-email-address`, `not-a-web-address` and what [`Fields`] finds;
/// an entry that cannot be used is left out.
pub(crate) fn contacts(node: Node, diagnostics: &mut Diagnostics) -> (Vec<Contact>, Vec<Location>) {
    let location = node.location.clone();
    let Value::Sequence(entries) = node.value else {
        diagnostics.push(
            Diagnostic::error("wrong-type", location, "`contacts` is not a list", "`contacts` 不是列表")
                .help(
                    "begin each contact with `- `, for example `- phone: 0580-2072198`",
                    "每种联系方式以 `- ` 开头，例如 `- phone: 0580-2072198`",
                ),
        );
        return Default::default();
    };
    entries.into_iter().filter_map(|entry| contact(entry, diagnostics)).unzip()
}

fn contact(node: Node, diagnostics: &mut Diagnostics) -> Option<(Contact, Location)> {
    let mut fields = Fields::open(node, diagnostics)?;
    let contact = if let Some(number) = fields.text(&keys::PHONE, diagnostics) {
        let hours = fields.text(&keys::HOURS, diagnostics).map(|hours| hours.value);
        let place = number.location.clone();
        Form::Phone.checked(number, diagnostics).map(|number| (Contact::Phone { number, hours }, place))
    } else if let Some(address) = fields.text(&keys::POST, diagnostics) {
        let postcode = fields.text(&keys::POSTCODE, diagnostics);
        let place = postcode.as_ref().map_or(address.location, |postcode| postcode.location.clone());
        let postcode = postcode.and_then(|postcode| Form::Postcode.checked(postcode, diagnostics));
        Some((Contact::Post { address: address.value, postcode }, place))
    } else if let Some(address) = fields.text(&keys::EMAIL, diagnostics) {
        let place = address.location.clone();
        Form::Email.checked(address, diagnostics).map(|address| (Contact::Email { address }, place))
    } else if let Some(name) = fields.text(&keys::PLATFORM, diagnostics) {
        let path = fields.texts(&keys::PATH, diagnostics).unwrap_or_default();
        let path = path.into_iter().map(|step| step.value).collect();
        let url = fields.text(&keys::URL, diagnostics);
        let url = url.and_then(|url| Form::WebAddress.checked(url, diagnostics));
        Some((Contact::Platform { name: name.value, path, url }, name.location))
    } else {
        None
    };
    fields.finish(diagnostics);
    contact
}

/// What a value of a contact must look like.
#[derive(Debug, Clone, Copy)]
enum Form {
    Phone,
    Postcode,
    Email,
    WebAddress,
}

impl Form {
    fn fits(self, text: &str) -> bool {
        match self {
            Self::Phone => is_phone_number(text),
            Self::Postcode => text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()),
            Self::Email => is_email_address(text),
            Self::WebAddress => address::is_web_address(text),
        }
    }

    /// Returns the value if it is what it must be; else pushes what to write.
    fn checked(self, written: Located<String>, diagnostics: &mut Diagnostics) -> Option<String> {
        let Located { value, location } = written;
        if self.fits(&value) {
            return Some(value);
        }
        let (code, english, chinese) = match self {
            Self::Phone => ("not-a-phone-number", "a telephone number", "电话号码"),
            Self::Postcode => ("not-a-postcode", "a postcode", "邮政编码"),
            Self::Email => ("not-an-email-address", "an e-mail address", "电子邮件地址"),
            Self::WebAddress => ("not-a-web-address", "a web address", "网址"),
        };
        let problem = Diagnostic::error(
            code,
            location,
            format!("`{value}` is not {english}"),
            format!("`{value}` 不是{chinese}"),
        );
        diagnostics.push(self.help(problem, &value));
        None
    }

    /// Says what to write in place of `value`.
    fn help(self, problem: Diagnostic, value: &str) -> Diagnostic {
        match self {
            Self::Phone => problem.help(
                "write the number alone, `phone: 0580-2072198`; hours go to `hours:`",
                "只写号码，例如 `phone: 0580-2072198`；时间写在 `hours:`",
            ),
            Self::Postcode => problem.help(
                "write the six digits, `postcode: \"316021\"`",
                "请写六位数字，例如 `postcode: \"316021\"`",
            ),
            Self::Email => {
                let narrow: String = value.chars().map(width::fold).collect();
                if is_email_address(&narrow) {
                    let problem = problem.help(
                        format!("write it in ASCII, `email: {narrow}`"),
                        format!("请用半角字符：`email: {narrow}`"),
                    );
                    return problem.replace(value, narrow, Certainty::Probable);
                }
                problem.help(
                    "a way through a platform is `platform: NAME` with `path: [step, step]`",
                    "平台上的点击路径请写 `platform: 平台名称` 和 `path: [第一步, 第二步]`",
                )
            }
            Self::WebAddress => problem.help(
                "copy it from the address line of a browser, beginning with `https://`",
                "请从浏览器的地址栏复制完整网址，以 `https://` 开头",
            ),
        }
    }
}

/// Tells whether `text` can be an e-mail address: one `@` between a name and a domain with a dot, no spaces.
fn is_email_address(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
    let domain_is_dotted = domain.split('.').count() >= 2 && domain.split('.').all(|part| !part.is_empty());
    !name.is_empty() && name.chars().all(allowed) && domain.chars().all(allowed) && domain_is_dotted
}

/// Tells whether `text` is a telephone number as printed: digits, with `-`, `+`, spaces or parentheses between.
fn is_phone_number(text: &str) -> bool {
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
