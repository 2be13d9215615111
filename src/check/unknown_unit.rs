//! `unknown-unit`: a unit of `units` that no notice has, most often because of a slip, so that its page has another address.

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    if site.notices.is_empty() {
        return;
    }
    for (unit, address) in &site.config.units {
        if !site.notices.iter().any(|notice| notice.unit == *unit) {
            diagnostics.push(unknown_unit(unit, address.location.clone()));
        }
    }
}

fn unknown_unit(unit: &str, location: Location) -> Diagnostic {
    Diagnostic::warning(
        "unknown-unit",
        location,
        format!("no notice has the unit `{unit}`, so nothing has this address"),
        format!("没有通报的单位是 `{unit}`，因此没有页面使用这个网址"),
    )
    .help(
        "write the unit as `unit` of its notices has it, or remove it",
        "请照通报中 `unit` 的写法改正，或删除这一行",
    )
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::diagnostic::Diagnostics;
    use crate::site::testing::site;

    #[test]
    fn units_that_no_notice_has_are_told() {
        let settings = "title: 甲\nunits:\n  民政局: minzheng\n  教育局: jiaoyu\n";
        let notice = "---\ntitle: 甲\nunit: 民政局\ndate: 2025-08-28\n---\n正文。\n";
        let site = site(&[("site.yaml", settings), ("content/n/notice.md", notice)]);
        let mut found = Diagnostics::new();
        check(&site, &mut found);
        let places = found.iter().filter_map(|one| settings.get(one.location.clone()?.range?));
        assert_eq!(places.collect::<Vec<_>>(), ["jiaoyu"]);
    }
}
