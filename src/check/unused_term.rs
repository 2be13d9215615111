//! `unused-term`: a word of the glossary that no notice has, most often because of a slip.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::fidelity::NoticeText;
use crate::site::Site;

/// Lists the words of the glossary that a notice has.
pub(super) fn terms_in(site: &Site, text: &NoticeText<'_>) -> BTreeSet<String> {
    site.config.glossary.words_in(text.lines.iter().map(|line| line.text.as_str()))
}

/// Reports the words that are not among the `used` ones, which stand here for each notice.
pub(super) fn check<'a>(
    site: &Site,
    used: impl Iterator<Item = Option<&'a BTreeSet<String>>>,
    diagnostics: &mut Diagnostics,
) {
    let places = &site.config.glossary_places;
    if site.notices.is_empty() || places.is_empty() {
        return;
    }
    let mut all_used = BTreeSet::new();
    for used in used {
        let Some(used) = used else { return };
        all_used.extend(used);
    }
    for (term, place) in places.iter().filter(|(term, _)| !all_used.contains(term)) {
        diagnostics.push(unused_term(term, place.clone()));
    }
}

fn unused_term(term: &str, location: Location) -> Diagnostic {
    Diagnostic::warning(
        "unused-term",
        location,
        format!("no notice has the word `{term}`, so it is not explained anywhere"),
        format!("没有通报用到 `{term}`，因此不会出现它的解释"),
    )
    .help("write the word as the notices have it, or remove it", "请照通报中的写法改正，或删除这一行")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::check::Checks;
    use crate::diagnostic::Diagnostics;
    use crate::site::testing::site;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let notice = format!("---\ntitle: 甲\nunit: 乙\ndate: 2025-08-28\n---\n{text}\n");
        let settings = "title: 甲\nglossary:\n  雪亮工程: 公共安全视频\n  四责协同: 责任体系\n";
        let site = site(&[("site.yaml", settings), ("content/n/notice.md", &notice)]);
        let mut found = Diagnostics::new();
        Checks::new(&site, BTreeSet::new()).before_rendering(&mut found);
        let found = found.iter().filter(|one| one.code == "unused-term");
        let places = found.filter_map(|one| settings.get(one.location.clone()?.range?));
        assert_eq!(places.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn words_that_no_notice_has_are_told() {
        check("推进雪亮工程，落实四责协同。", &[]);
        check("（一）推进雪亮工程。落实责任。", &["四责协同"]);
        check("正文。", &["四责协同", "雪亮工程"]);
    }
}
