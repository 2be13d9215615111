//! The values that `gongkai init` writes to be replaced.

use crate::diagnostic::Located;
use crate::text::address;
use crate::yaml::Fields;

/// The town that does not exist; names of units begin with it.
const TOWN: &str = "示例市";

/// Numbers that nobody has.
const VALUES: [&str; 2] = ["0000-1234567", "000000"];

/// The texts of its notice that change once somebody replaces it; in its sections people try things out.
const NOTICE: [&str; 2] =
    [include_str!("../cli/starter/notice.md"), include_str!("../cli/starter/approved.txt")];

/// A host and a code that also manuals and trials use.
const HOST: &str = "example.gov.cn";
const CODE: &str = "1304000009";

/// Lists the values of the example that nobody has taken from `fields`, and with them others that may come from there.
pub(crate) fn examples(fields: &Fields) -> Vec<Located<String>> {
    fields.texts_with(|value| is_example(value) || may_be_example(value))
}

/// Tells whether only the example has this value.
pub(crate) fn is_example(value: &str) -> bool {
    value.contains(TOWN) || VALUES.contains(&value)
}

fn may_be_example(value: &str) -> bool {
    let subdomain = address::host(value).strip_suffix(HOST);
    value == CODE || subdomain.is_some_and(|front| front.is_empty() || front.ends_with(['.', '@']))
}

/// Tells whether the texts of a folder are those of the example; an editor may end lines in another way.
pub(crate) fn is_example_notice<'a>(texts: &(impl Iterator<Item = &'a [u8]> + Clone)) -> bool {
    let is_same =
        |text: &[u8], wanted: &str| text.iter().filter(|byte| **byte != b'\r').eq(wanted.as_bytes());
    NOTICE.iter().all(|wanted| texts.clone().any(|text| is_same(text, wanted)))
}
