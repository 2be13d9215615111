//! Content → [`Site`]: every address once, every link with a target.
//!
//! [`Site::resolve`] puts the notices in order, gives each page its [`Route`], reports two sources that want one address,
//! and follows every link of the texts to the page or file that it means. What a page looks like is not known here.

mod attachments;
mod destination;
mod exchange;
mod former;
mod links;
mod lists;
mod outside;
mod route;
mod search;
#[cfg(test)]
pub(crate) mod testing;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::attachment::Attachment;
use crate::config::Config;
use crate::content::{Content, FOLDER, STATIC_FOLDER};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::notice::{Contact, InformationPage, Notice, Section};

pub use former::Former;
pub use lists::{Entry, FOLDERS, List, ListKind};
pub(crate) use outside::FOLDER as LEAVE_FOLDER;
pub use outside::Outside;
pub use route::{DataFile, MOST_SITEMAP_ADDRESSES, Route, relative_address};
pub use search::{SEARCHED_PER_FILE, SearchFile, Searched, WAYS, n_pair_files};

/// Everything that will be published, linked together.
///
/// A copy is cheap: it shares everything that is large, so that a preview can put one notice in the place of another.
#[derive(Debug, Clone)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The notices, the latest first.
    pub notices: Arc<Vec<Arc<Notice>>>,
    /// The pages beside the notices, in the order of their files' names.
    pub pages: Vec<Arc<InformationPage>>,
    /// Every page, data file and attachment by its path from the site's root.
    pub routes: Arc<BTreeMap<String, Route>>,
    /// The addresses of other sites that readers are told about before they leave.
    pub outside: Arc<Vec<Outside>>,
    /// The addresses at which something stood before.
    pub former: Arc<Vec<Former>>,
    /// The pages that list notices and items: by year, by unit, those that are open.
    pub lists: Arc<Vec<List>>,
    /// The files that are published as they are.
    attachments: Arc<BTreeMap<SourcePath, Arc<Attachment>>>,
    /// For each source, where its links lead: destination as written → path from the site's root.
    links: Arc<BTreeMap<SourcePath, BTreeMap<String, String>>>,
    /// Destinations that lead nowhere, as written; each has been reported.
    reported: Arc<BTreeSet<String>>,
    /// Addresses that two sources want; each has been reported.
    contested: Arc<BTreeSet<String>>,
}

/// Who wants an address.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Owner {
    Source(SourcePath),
    Generated,
}

impl Site {
    /// Puts the site together.
    ///
    /// Pushes `duplicate-address`, `reserved-name`, `link-to-missing-page`, `missing-file`, `missing-anchor`,
    /// `link-outside-content`, `link-to-former-address`, `not-a-former-address`, `name-is-no-address`, `unused-attachment`, and
    /// what `attachments` finds in published files.
    pub fn resolve(config: Config, content: Content, diagnostics: &mut Diagnostics) -> Self {
        let Content { mut notices, pages, mut attachments, static_files, unread } = content;
        notices.sort_by(|a, b| b.order_day().cmp(&a.order_day()).then_with(|| a.id.cmp(&b.id)));
        let mut site = Self {
            config,
            notices: Arc::new(notices),
            pages,
            routes: Arc::default(),
            outside: Arc::default(),
            former: Arc::default(),
            lists: Arc::default(),
            attachments: Arc::new(static_files),
            links: Arc::default(),
            reported: Arc::default(),
            contested: Arc::default(),
        };
        site.outside = Arc::new(outside::outside(&site));
        site.lists = Arc::new(lists::lists(&site));
        let mut addresses = Addresses::default();
        for (path, route, owner) in site.wanted_pages() {
            addresses.claim(path, route, owner, diagnostics);
        }
        for path in site.attachments.keys() {
            addresses.claim_file(path, diagnostics);
        }
        let former = former::claim(&site, &mut addresses, diagnostics);
        let links = links::resolve(&site, &addresses, &former, &attachments, &unread, diagnostics);
        attachments.retain(|path, _| links.attachments.contains_key(path));
        attachments::report(&site, &attachments, &links.attachments, diagnostics);
        for attachment in links.attachments.keys() {
            addresses.claim_file(attachment, diagnostics);
        }
        Arc::make_mut(&mut site.attachments).append(&mut attachments);
        site.former = Arc::new(former);
        site.links = Arc::new(links.targets);
        site.reported = Arc::new(links.reported);
        site.routes = Arc::new(addresses.routes);
        site.contested = Arc::new(addresses.contested);
        site
    }

    /// Lists every page and data file with the source that asks for it, generated ones first.
    fn wanted_pages(&self) -> Vec<(String, Route, Owner)> {
        let mut generated = vec![Route::Home, Route::Search, Route::SiteMap, Route::NotFound, Route::Feed];
        // Whoever wants to say more to robots says all of it.
        let robots = SourcePath::new(format!("{STATIC_FOLDER}/{}", Route::Robots.path(self)));
        generated.extend((!self.attachments.contains_key(&robots)).then_some(Route::Robots));
        generated.extend(self.search_files().into_iter().map(Route::SearchIndex));
        if self.config.feedback_action.is_some() {
            generated.extend([Route::FeedbackSent, Route::FeedbackFailed]);
        }
        let required = [Route::Contact, Route::Feedback, Route::Accessibility, Route::Privacy];
        let is_missing =
            |route: &Route| !self.pages.iter().any(|page| format!("{}.html", page.id) == route.path(self));
        generated.extend(required.into_iter().filter(is_missing));
        generated.extend((0..self.outside.len()).map(Route::Leave));
        for (list, one) in self.lists.iter().enumerate() {
            generated.extend((0..one.parts.len()).map(|part| Route::List { list, part }));
        }
        let n_generated = generated.iter().filter(|route| route.is_page()).count();
        for notice in 0..self.notices.len() {
            generated.extend(DataFile::ALL.map(|(file, ..)| Route::Data { notice, file }));
        }
        if self.config.base_url.is_some() {
            let n_pages = n_generated + self.n_written_pages();
            let n_sitemaps = n_pages.div_ceil(MOST_SITEMAP_ADDRESSES);
            generated.push(Route::SitemapXml(0));
            if n_sitemaps > 1 {
                generated.extend((1..=n_sitemaps).map(Route::SitemapXml));
            }
        }
        let mut wanted: Vec<_> =
            generated.into_iter().map(|route| (route.path(self), route, Owner::Generated)).collect();
        let mut claim = |route: Route, source: &SourcePath| {
            wanted.push((route.path(self), route, Owner::Source(source.clone())));
        };
        for (index, page) in self.pages.iter().enumerate() {
            claim(Route::Page(index), &page.source);
        }
        for (notice, one) in self.notices.iter().enumerate() {
            claim(Route::Notice(notice), &one.opening.source);
            for (section, item) in
                one.sections.iter().enumerate().filter(|(_, one)| one.item_number.is_some())
            {
                claim(Route::Item { notice, section }, &item.passage.source);
            }
        }
        wanted
    }

    /// Counts the pages that have a source: information pages, notices, items.
    fn n_written_pages(&self) -> usize {
        let items: usize = self.notices.iter().map(|notice| notice.n_items()).sum();
        self.pages.len() + self.notices.len() + items
    }

    /// Returns the contacts of a notice: its own, else those of the site.
    pub fn contacts<'a>(&'a self, notice: &'a Notice) -> &'a [Contact] {
        if notice.contacts.is_empty() { &self.config.contacts } else { &notice.contacts }
    }

    /// Returns the section that an item route names.
    pub fn section(&self, notice: usize, section: usize) -> &Section {
        &self.notices[notice].sections[section]
    }

    /// Returns where the text of a section is read: its own page, or its place on that of the notice.
    fn address_of_section(&self, notice: usize, section: usize) -> String {
        let of_notice = self.section(notice, section);
        match of_notice.item_number {
            Some(_) => Route::Item { notice, section }.path(self),
            None => format!("{}#{}", Route::Notice(notice).path(self), of_notice.anchor()),
        }
    }

    /// Returns the full address of the page or file at `path`, without `index.html`; `None` if the site's own is not known.
    pub fn full_address(&self, path: &str) -> Option<String> {
        let base_url = self.config.base_url.as_ref()?;
        let folder =
            path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        Some(format!("{base_url}{}", folder.unwrap_or(path)))
    }

    /// Tells whether a destination, as written in some text, has been reported to lead nowhere.
    pub fn is_reported(&self, destination: &str) -> bool {
        self.reported.contains(destination)
    }

    /// Tells whether two sources want the address `path`, which has been reported: one of the two pages is not there.
    pub fn is_contested(&self, path: &str) -> bool {
        self.contested.contains(&path.to_ascii_lowercase())
    }

    /// Returns the file at `path` as it was looked at, if it is published.
    pub(crate) fn attachment(&self, path: &SourcePath) -> Option<&Attachment> {
        self.attachments.get(path).map(|attachment| &**attachment)
    }

    /// Returns width and height of a picture of `source`, in pixels, as far as the picture says.
    pub fn pixels(&self, source: &SourcePath, destination: &str) -> Option<(u32, u32)> {
        let target = self.links.get(source)?.get(destination)?;
        self.attachments.get(&SourcePath::new(format!("{FOLDER}/{target}")))?.contents.pixels
    }

    /// Returns where a link of `source` leads, as an address on the page at `page` (a path from the site's root).
    ///
    /// One that leaves the site leads to the page that says so, see [`Outside`]; all others come back as they were
    /// written.
    pub fn address<'a>(&self, source: &SourcePath, destination: &'a str, page: &str) -> Cow<'a, str> {
        match self.links.get(source).and_then(|links| links.get(destination)) {
            Some(target) => Cow::Owned(relative_address(page, target)),
            None => self.outside_address(destination, page),
        }
    }

    /// Returns how the page at `page` names a full address: that of the page in between if it leaves the site.
    pub fn outside_address<'a>(&self, address: &'a str, page: &str) -> Cow<'a, str> {
        match self.outside.binary_search_by(|outside| outside.address.as_str().cmp(address)) {
            Ok(index) => Cow::Owned(relative_address(page, &self.outside[index].path)),
            Err(_) => Cow::Borrowed(address),
        }
    }
}

/// Addresses that begin with it are pages of the preview's own, which are never published.
pub(crate) const PREVIEW_PREFIX: &str = "__";

/// The addresses that are taken.
#[derive(Debug, Default)]
struct Addresses {
    routes: BTreeMap<String, Route>,
    /// Lower-case paths, because some file systems do not tell `A.html` from `a.html`.
    owners: BTreeMap<String, Owner>,
    /// Lower-case paths that two sources want.
    contested: BTreeSet<String>,
}

impl Addresses {
    fn claim(&mut self, path: String, route: Route, owner: Owner, diagnostics: &mut Diagnostics) {
        let key = path.to_ascii_lowercase();
        if let Owner::Source(source) = &owner
            && let Some(folder) = FOLDERS.into_iter().find(|folder| key.split('/').next() == Some(folder))
        {
            // Said once, not for each of its files, nor again where a page links to one.
            self.contested.insert(key.clone());
            if self.contested.insert(folder.to_owned()) {
                diagnostics.push(folder_of_lists(source, folder));
            }
            return;
        }
        if is_reserved(&key) {
            if let Owner::Source(source) = owner {
                diagnostics.push(reserved_name(Location::file(&source)));
            }
            return;
        }
        if let Some(first) = self.owner(&key) {
            if *first != owner {
                diagnostics.push(duplicate_address(&path, first, &owner));
                self.contested.insert(key);
            }
            return;
        }
        self.owners.insert(key, owner);
        self.routes.insert(path, route);
    }

    /// Claims the address of a file that is published as it is.
    fn claim_file(&mut self, source: &SourcePath, diagnostics: &mut Diagnostics) {
        if let Some(path) = links::attachment_path(source) {
            let (route, owner) = (Route::Attachment(source.clone()), Owner::Source(source.clone()));
            self.claim(path, route, owner, diagnostics);
        } else {
            let name = source.as_str().split_once('/').map_or("", |(_, name)| name);
            diagnostics.push(attachments::is_no_address(source, name, &Location::file(source)));
        }
    }

    /// Returns who owns an address in lower case, or one that cannot be there beside it.
    fn owner(&self, key: &str) -> Option<&Owner> {
        self.owners.get(key).or_else(|| self.folder_or_file_in_the_way(key))
    }

    /// Returns who owns a file where `key` needs a folder, or a file in the folder that `key` would be.
    fn folder_or_file_in_the_way(&self, key: &str) -> Option<&Owner> {
        let mut above = key;
        while let Some((folder, _)) = above.rsplit_once('/') {
            if let Some(owner) = self.owners.get(folder) {
                return Some(owner);
            }
            above = folder;
        }
        let inside = format!("{key}/");
        let (path, owner) = self.owners.range(inside.clone()..).next()?;
        path.starts_with(&inside).then_some(owner)
    }
}

/// Tells whether an address in lower case is kept for gongkai itself.
fn is_reserved(key: &str) -> bool {
    key.starts_with("assets/") || key.starts_with(PREVIEW_PREFIX) || key == "manifest.json"
}

fn reserved_name(location: Location) -> Diagnostic {
    Diagnostic::error(
        "reserved-name",
        location,
        "the names `assets` and `manifest.json`, and those that begin with `__`, are taken by gongkai itself",
        "名称 `assets`、`manifest.json` 以及以 `__` 开头的名称由 gongkai 自己使用",
    )
    .help("give the file or its folder another name", "请给文件或文件夹换一个名称")
}

fn folder_of_lists(source: &SourcePath, folder: &str) -> Diagnostic {
    Diagnostic::error(
        "reserved-name",
        Location::file(source),
        format!(
            "the folder `{folder}` is taken by the pages that list notices by year, by unit and by status"
        ),
        format!("文件夹 `{folder}` 由按年份、单位、状态列出通报的页面使用"),
    )
    .help(
        format!("give it another name, such as `{folder}-2025`"),
        format!("请换一个名称，例如 `{folder}-2025`"),
    )
}

fn duplicate_address(path: &str, first: &Owner, second: &Owner) -> Diagnostic {
    let problem = |source: &SourcePath| {
        Diagnostic::error(
            "duplicate-address",
            Location::file(source),
            format!("two sources want the address `{path}`"),
            format!("两个来源都要用网址 `{path}`"),
        )
        .help("rename one of the two files", "请给其中一个文件改名")
    };
    match (first, second) {
        (Owner::Source(first), Owner::Source(second)) => problem(second).related(
            Location::file(first),
            "the other source is this file",
            "另一个来源是这个文件",
        ),
        (Owner::Generated, Owner::Source(source)) | (Owner::Source(source), Owner::Generated) => {
            problem(source).help(
                "gongkai writes a file of its own there: rename this file",
                "那里是 gongkai 自动生成的文件：请给这个文件改名",
            )
        }
        (Owner::Generated, Owner::Generated) => unreachable!("generated pages have addresses of their own"),
    }
}
