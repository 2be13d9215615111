//! `example-value`: a file has values of the example that `gongkai init` writes, although somebody has begun to replace them.
//!
//! The example itself, as it was written, is no fault: it is there to be looked at.

use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::fields::is_example;
use crate::site::Site;

/// What the example has in `site.yaml`.
const SETTINGS: [&str; 2] = ["示例市应急管理局巡察整改公开", "中共示例市应急管理局委员会"];

/// Looks at the values of settings and notices.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    if is_example_itself(site) {
        return;
    }
    let of_notices = site.notices.iter().map(|notice| &notice.examples);
    let files = std::iter::once(&site.config.examples).chain(of_notices);
    // An address at example.gov.cn alone, as in a manual, is no leftover.
    let leftovers = files.filter(|values| values.iter().any(|value| is_example(&value.value)));
    diagnostics.extend(leftovers.filter_map(|values| example_value(values)));
}

/// Tells whether the site is the example, of which nothing has been replaced.
pub fn is_example_itself(site: &Site) -> bool {
    let settings = site.config.examples.iter().map(|value| value.value.as_str());
    site.notices.iter().map(|notice| notice.is_example).eq([true])
        && settings.filter(|value| is_example(value)).eq(SETTINGS)
}

fn example_value(values: &[Located<String>]) -> Option<Diagnostic> {
    let (first, others) = values.split_first()?;
    let shown = &first.value;
    let [english, chinese] = match others.len() {
        0 => [
            format!("`{shown}` has stayed from the example that `gongkai init` writes"),
            format!("`{shown}` 还留着 `gongkai init` 例子里的内容"),
        ],
        n => [
            format!("`{shown}` and {n} more have stayed from the example that `gongkai init` writes"),
            format!("`{shown}` 等 {} 处还留着 `gongkai init` 例子里的内容", n + 1),
        ],
    };
    let problem = Diagnostic::warning("example-value", first.location.clone(), english, chinese).help(
        "write what holds for your unit in their places; delete the lines of what you do not have or know",
        "请换成本单位的内容；没有或不知道的，请删去那一行",
    );
    Some(
        others
            .iter()
            .fold(problem, |problem, other| problem.also_at(other.location.clone(), "another one", "另一处")),
    )
}
