//! The values that `gongkai init` writes to be replaced.

use crate::diagnostic::Located;
use crate::text::address;
use crate::yaml::Fields;

/// The town that does not exist; names of units begin with it.
const TOWN: &str = "示例市";

/// Numbers that nobody has.
const VALUES: [&str; 2] = ["0000-1234567", "000000"];

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
    value == CODE || address::host(value).ends_with(HOST)
}
