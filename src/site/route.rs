//! The pages and files of a site, and where each is found.

use super::{SearchFile, Site};
use crate::diagnostic::SourcePath;

/// The most addresses that one `sitemap.xml` may list (sitemaps.org).
pub const MOST_SITEMAP_ADDRESSES: usize = 50_000;

/// A data file that every notice has beside its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DataFile {
    /// The named figures as a table.
    FiguresCsv,
    /// The named figures with all places, and the relations between them.
    FiguresJson,
    /// The whole notice.
    NoticeJson,
    /// What the other files are (Frictionless Data Package).
    DataPackage,
}

impl DataFile {
    /// Every data file with the word that templates use for it and its name.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::FiguresCsv, "figures-csv", "figures.csv"),
        (Self::FiguresJson, "figures-json", "figures.json"),
        (Self::NoticeJson, "notice-json", "notice.json"),
        (Self::DataPackage, "data-package", "datapackage.json"),
    ];

    /// Its name in the folder of the notice: `figures.csv`.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(file, ..)| *file == self).expect("every data file is listed").2
    }
}

/// One page or file of the site. Indexes are into [`Site`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    /// `index.html`.
    Home,
    /// The whole notice on one page.
    Notice(usize),
    /// One item of a notice.
    Item {
        /// Index of the notice.
        notice: usize,
        /// Index of the section in the notice.
        section: usize,
    },
    /// A Markdown page beside the notices; contact and feedback pages that have a text of their own are among them.
    Page(usize),
    /// The contact page of a site that has no `contact.md`.
    Contact,
    /// The feedback page of a site that has no `feedback.md`.
    Feedback,
    /// What a form leads to when the unit's server has taken a message in; only where there is a form.
    FeedbackSent,
    /// What it leads to when the server could not.
    FeedbackFailed,
    /// What the site does for readers with disabilities, for a site that has no `accessibility.md`.
    Accessibility,
    /// What happens to what readers send, for a site that has no `privacy.md`.
    Privacy,
    /// What a link to another site leads to first.
    Leave(usize),
    /// What stands at an address where something else stood before, and leads on to where that is now.
    Former(usize),
    /// A page that lists notices or items, or a further part of it.
    List {
        /// Index of the list.
        list: usize,
        /// Which part, from 0.
        part: usize,
    },
    /// The page with the search form.
    Search,
    /// The page that lists all pages.
    SiteMap,
    /// What a server shows for a wrong address.
    NotFound,
    /// `sitemap.xml` (0; the only one or the index of the others) or one of its parts.
    SitemapXml(usize),
    /// `robots.txt`.
    Robots,
    /// `feed.xml`.
    Feed,
    /// A data file of a notice.
    Data {
        /// Index of the notice.
        notice: usize,
        /// Which file.
        file: DataFile,
    },
    /// A file that the script of the search page loads.
    SearchIndex(SearchFile),
    /// A file that a text links to or shows, or one of `static/`.
    Attachment(SourcePath),
}

impl Route {
    /// The path from the site's root, for example `zhoushan-2025/06.html`.
    pub fn path(&self, site: &Site) -> String {
        match self {
            Self::Home => "index.html".to_owned(),
            Self::Notice(notice) => format!("{}/index.html", site.notices[*notice].id),
            Self::Item { notice, section } => {
                format!("{}/{}.html", site.notices[*notice].id, site.section(*notice, *section).id)
            }
            Self::Page(page) => format!("{}.html", site.pages[*page].id),
            Self::Contact => "contact.html".to_owned(),
            Self::Feedback => "feedback.html".to_owned(),
            Self::FeedbackSent => "feedback-sent.html".to_owned(),
            Self::FeedbackFailed => "feedback-failed.html".to_owned(),
            Self::Accessibility => "accessibility.html".to_owned(),
            Self::Privacy => "privacy.html".to_owned(),
            Self::Leave(outside) => site.outside[*outside].path.clone(),
            Self::Former(former) => site.former[*former].path.clone(),
            Self::List { list, part } => site.lists[*list].path(*part),
            Self::Search => "search.html".to_owned(),
            Self::SiteMap => "sitemap.html".to_owned(),
            Self::NotFound => "404.html".to_owned(),
            Self::SitemapXml(0) => "sitemap.xml".to_owned(),
            Self::SitemapXml(part) => format!("sitemap-{part}.xml"),
            Self::Robots => "robots.txt".to_owned(),
            Self::Feed => "feed.xml".to_owned(),
            Self::Data { notice, file } => format!("{}/{}", site.notices[*notice].id, file.name()),
            Self::SearchIndex(file) => format!("search/{}.js", file.name()),
            Self::Attachment(source) => super::links::attachment_path(source)
                .expect("an attachment becomes a route only if its name is an address"),
        }
    }

    /// Tells whether it is an HTML page.
    pub fn is_html(&self) -> bool {
        self.is_page()
            || matches!(
                self,
                Self::NotFound | Self::FeedbackSent | Self::FeedbackFailed | Self::Leave(_) | Self::Former(_)
            )
    }

    /// Tells whether readers open it in a browser, so that it is listed in the site map.
    pub fn is_page(&self) -> bool {
        match self {
            Self::Home
            | Self::Notice(_)
            | Self::Item { .. }
            | Self::Page(_)
            | Self::Contact
            | Self::Feedback
            | Self::Accessibility
            | Self::Privacy
            | Self::List { .. }
            | Self::Search
            | Self::SiteMap => true,
            Self::NotFound
            | Self::Leave(_)
            | Self::Former(_)
            | Self::FeedbackSent
            | Self::FeedbackFailed
            | Self::SitemapXml(_)
            | Self::Robots
            | Self::Feed
            | Self::Data { .. }
            | Self::SearchIndex(_)
            | Self::Attachment(_) => false,
        }
    }
}

/// Returns how the page at `from` names `target`; both are paths from the site's root, `target` may end in an anchor.
pub fn relative_address(from: &str, target: &str) -> String {
    let (target_path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (target, None),
    };
    if let Some(anchor) = anchor
        && target_path == from
    {
        return format!("#{anchor}");
    }
    // Folders with the `/` behind each, and for the target its file.
    let from_folders: Vec<&str> = from.split_inclusive('/').filter(|part| part.ends_with('/')).collect();
    let target_parts: Vec<&str> = target_path.split_inclusive('/').collect();
    let shared = from_folders.iter().zip(&target_parts).take_while(|(a, b)| a == b).count();
    let mut address = "../".repeat(from_folders.len() - shared);
    address.extend(target_parts[shared..].iter().copied());
    if let Some(anchor) = anchor {
        address.push('#');
        address.push_str(anchor);
    }
    address
}

#[cfg(test)]
mod tests {
    use super::relative_address;

    #[track_caller]
    fn check(from: &str, target: &str, expected: &str) {
        assert_eq!(relative_address(from, target), expected, "{from} -> {target}");
    }

    #[test]
    fn addresses_are_relative_and_name_files() {
        check("index.html", "contact.html", "contact.html");
        check("index.html", "a/index.html", "a/index.html");
        check("a/06.html", "index.html", "../index.html");
        check("a/06.html", "a/07.html", "07.html");
        check("a/06.html", "b/01.html#x", "../b/01.html#x");
        check("a/06.html", "a/06.html#x", "#x");
        check("a/06.html", "a/06.html", "06.html");
        check("a/06.html", "a/pictures/x.jpg", "pictures/x.jpg");
    }
}
