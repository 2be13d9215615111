//! What nobody has written yet: notes with what to write, and where. None of it stops a publication.

use serde::Serialize;

use crate::check::example_values::is_example_itself;
use crate::notice::Notice;
use crate::preview::proof::folder_of;
use crate::site::Site;

/// A note.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct NoteView {
    /// The key of its words.
    pub(super) key: &'static str,
    /// How many there are of what it speaks of; 0 where it speaks of the site.
    pub(super) n: usize,
    /// One of them.
    pub(super) example: String,
    /// The file to write in; empty where a command is named.
    pub(super) place: String,
    /// What to write there.
    pub(super) write: &'static str,
}

/// Lists what is missing.
pub(super) fn notes(site: &Site) -> Vec<NoteView> {
    let mut notes = of_settings(site);
    notes.extend(of_pages(site));
    notes.extend(of_notices(site));
    notes
}

fn of_settings(site: &Site) -> Vec<NoteView> {
    let config = &site.config;
    let settings: [(bool, &'static str, &'static str); 8] = [
        (is_example_itself(site), "start_example", "title: …"),
        (config.base_url.is_none(), "start_no_base_url", "base_url: https://www.example.gov.cn/"),
        (config.unit.is_none(), "start_no_unit", "unit: …"),
        (config.description.is_none(), "start_no_description", "description: …"),
        (config.site_code.is_none(), "start_no_site_code", "site_code: \"…\""),
        (config.icp.is_none(), "start_no_icp", "icp: …"),
        (config.police_record.is_none(), "start_no_police_record", "police_record: …"),
        (config.feedback_action.is_none(), "start_no_feedback_action", "feedback: {action: https://…}"),
    ];
    let missing = settings.into_iter().filter(|(is_missing, ..)| *is_missing);
    missing.map(|(_, key, write)| note(key, 0, "", crate::config::FILE, write)).collect()
}

fn of_pages(site: &Site) -> Vec<NoteView> {
    let pages = [
        ("contact", "start_no_contact_page", "content/contact.md"),
        ("feedback", "start_no_feedback_page", "content/feedback.md"),
    ];
    let missing = pages.into_iter().filter(|(id, ..)| !site.pages.iter().any(|page| page.id == *id));
    missing.map(|(_, key, place)| note(key, 0, "", place, "")).collect()
}

fn of_notices(site: &Site) -> Vec<NoteView> {
    let mut notes = Vec::new();
    let mut of_some = |key, write, lacks: &dyn Fn(&Notice) -> bool| {
        let mut lacking =
            site.notices.iter().map(|notice| -> &Notice { notice }).filter(|notice| lacks(notice));
        if let Some(first) = lacking.next() {
            let place = match key {
                "start_no_approved" => format!("{}approved.txt", folder_of(&first.opening.source)),
                _ => first.opening.source.to_string(),
            };
            notes.push(note(key, 1 + lacking.count(), &first.id, &place, write));
        }
    };
    of_some("start_no_approved", "", &|notice| notice.approved.is_none());
    of_some("start_no_contacts", "contacts: [{phone: …}]", &|notice| site.contacts(notice).is_empty());
    of_some("start_no_published", "published: 2025-08-28T09:00:00+08:00", &|notice| {
        notice.published.is_none()
    });
    let mut without_status =
        site.notices.iter().flat_map(|notice| notice.items().filter(|item| item.is_status_unstated()));
    if let Some(first) = without_status.next() {
        let n = 1 + without_status.count();
        notes.push(note("start_no_status", n, "", first.passage.source.as_str(), "status: completed"));
    }
    let open: usize = site.notices.iter().map(|notice| notice.coverage().open).sum();
    if open > 0 {
        notes.push(note("start_open_figures", open, "", "", ""));
    }
    notes
}

fn note(key: &'static str, n: usize, example: &str, place: &str, write: &'static str) -> NoteView {
    NoteView { key, n, example: example.to_owned(), place: place.to_owned(), write }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::site;

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        let shown = |note: NoteView| format!("{} {} {}", note.key, note.n, note.place);
        assert_eq!(notes(&site(files)).into_iter().map(shown).collect::<Vec<_>>(), expected);
    }

    const SETTINGS: &str = "title: 示例\nunit: 甲\ndescription: 乙\nbase_url: https://a.example/\nsite_code: \"1304000009\"\nicp: 甲\n\
        police_record: 乙\nfeedback: {action: /f}\ncontacts: [{phone: 0580-2072198}]\n";

    const WHOLE_NOTICE: &str =
        "---\ntitle: 甲\nunit: 甲\ndate: 2025-08-28\npublished: 2025-08-28T09:00:00+08:00\n---\n乙\n";

    #[test]
    fn a_site_that_has_everything_lacks_nothing() {
        check(
            &[
                ("site.yaml", SETTINGS),
                ("content/n/notice.md", WHOLE_NOTICE),
                ("content/n/approved.txt", "乙"),
                ("content/contact.md", "---\ntitle: 甲\n---\n"),
                ("content/feedback.md", "---\ntitle: 乙\n---\n"),
            ],
            &[],
        );
    }

    #[test]
    fn the_example_is_no_site_yet() {
        let files = [
            ("site.yaml", include_str!("../../cli/starter/site.yaml")),
            ("content/example-2025/notice.md", include_str!("../../cli/starter/notice.md")),
            ("content/example-2025/approved.txt", include_str!("../../cli/starter/approved.txt")),
        ];
        let lacks =
            |files: &[(&str, &str)]| notes(&site(files)).iter().any(|note| note.key == "start_example");
        assert!(lacks(&files));
        let begun = files[1].1.replace("0000-1234567", "0580-2072198");
        assert!(!lacks(&[files[0], ("content/example-2025/notice.md", &begun), files[2]]));
    }

    #[test]
    fn what_is_missing_is_named_with_its_file() {
        check(
            &[
                ("site.yaml", "title: 示例\nunit: 甲\nicp: 乙\n"),
                ("content/feedback.md", "---\ntitle: 乙\n---\n"),
                ("content/n/notice.md", "---\ntitle: 甲\nunit: 甲\ndate: 2025-08-28\n---\n乙\n"),
                ("content/n/01.md", "---\nheading: 一、丙\n---\n发推文27篇。\n"),
            ],
            &[
                "start_no_base_url 0 site.yaml",
                "start_no_description 0 site.yaml",
                "start_no_site_code 0 site.yaml",
                "start_no_police_record 0 site.yaml",
                "start_no_feedback_action 0 site.yaml",
                "start_no_contact_page 0 content/contact.md",
                "start_no_approved 1 content/n/approved.txt",
                "start_no_contacts 1 content/n/notice.md",
                "start_no_published 1 content/n/notice.md",
                "start_no_status 1 content/n/01.md",
                "start_open_figures 1 ",
            ],
        );
    }
}
