//! Follows the links of the texts to the pages and files they mean.
//!
//! A link is written as the author sees the files: `06.md`, `../contact.md`, `notice.md#item-6-2`, `photo.jpg`. It is
//! read relative to its own file. A section without a page of its own leads to its place on the page of the notice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::destination::{has_scheme, join};
use super::{Addresses, Former, Route, Site, attachments, former};
use crate::attachment::Attachment;
use crate::content::{FOLDER, STATIC_FOLDER};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::markdown::{self, LinkKind, LinkUse};
use crate::notice::{Notice, Part, Section, measure_anchor};
use crate::text::{address, nearest};

/// What was found by following the links of all texts.
#[derive(Default)]
pub(super) struct FoundLinks {
    /// For each source: destination as written → path from the site's root.
    pub(super) targets: BTreeMap<SourcePath, BTreeMap<String, String>>,
    /// The files that texts link to or show, with where they are shown as pictures, if they are.
    pub(super) attachments: BTreeMap<SourcePath, Option<Location>>,
    /// The files that texts link to although they cannot be published.
    refused: BTreeSet<SourcePath>,
    /// The destinations that lead nowhere, as written.
    pub(super) reported: BTreeSet<String>,
}

/// Follows every link of every text; see [`Site::resolve`] for what is reported.
pub(super) fn resolve(
    site: &Site,
    addresses: &Addresses,
    former: &[Former],
    attachments: &BTreeMap<SourcePath, Arc<Attachment>>,
    unread: &BTreeSet<SourcePath>,
    diagnostics: &mut Diagnostics,
) -> FoundLinks {
    let mut resolver = Resolver {
        site,
        addresses,
        former,
        attachments,
        unread,
        text_addresses: text_addresses(site),
        anchors: site.notices.iter().map(|notice| (notice.id.clone(), anchors(notice))).collect(),
        found: FoundLinks::default(),
        diagnostics,
    };
    for notice in site.notices.iter() {
        for_each_link(notice, &mut |source, link| resolver.link(source, &notice.opening.source, link));
    }
    for page in &site.pages {
        markdown::for_each_link(&page.body, &mut |link| resolver.link(&page.source, &page.source, link));
    }
    let found = resolver.found;
    // A text that could not be read may link to any of them.
    if unread.is_empty()
        && site.notices.iter().all(|notice| notice.is_all_read())
        && site.pages.iter().all(|page| page.is_whole)
    {
        let is_linked =
            |path: &SourcePath| found.attachments.contains_key(path) || found.refused.contains(path);
        for unused in attachments.keys().filter(|path| !is_linked(path)) {
            diagnostics.push(attachments::unused(unused));
        }
    }
    found
}

/// Where a file is published as it is: its place below `content/` or `static/`. `None` if its name cannot be an address.
pub(super) fn attachment_path(source: &SourcePath) -> Option<String> {
    let (folder, path) = source.as_str().split_once('/')?;
    let is_published = [FOLDER, STATIC_FOLDER].contains(&folder) && address::fault_of_path(path).is_none();
    is_published.then(|| path.to_owned())
}

/// Maps each text file to where its text is read.
fn text_addresses(site: &Site) -> BTreeMap<&str, String> {
    let mut addresses = BTreeMap::new();
    for (index, page) in site.pages.iter().enumerate() {
        addresses.insert(page.source.as_str(), Route::Page(index).path(site));
    }
    for (index, notice) in site.notices.iter().enumerate() {
        let whole = Route::Notice(index).path(site);
        let of_files = notice.sections.iter().enumerate().filter(|(_, section)| section.row.is_none());
        for (position, section) in of_files {
            addresses.insert(section.passage.source.as_str(), site.address_of_section(index, position));
        }
        addresses.insert(notice.opening.source.as_str(), whole);
    }
    addresses
}

/// Collects the anchors of a notice's pages.
pub(super) fn anchors(notice: &Notice) -> BTreeSet<String> {
    fn collect(parts: &[Part], prefix: &str, anchors: &mut BTreeSet<String>) {
        for part in parts {
            match part {
                Part::Measure(measure) => {
                    let anchor = measure_anchor(prefix, measure.position);
                    collect(&measure.parts, &anchor, anchors);
                    anchors.insert(anchor);
                }
                Part::Paragraph(paragraph) => {
                    let points = paragraph.points.iter();
                    anchors.extend(points.map(|point| measure_anchor(prefix, point.position)));
                }
                Part::Block(_) => {}
            }
        }
    }
    let mut anchors = BTreeSet::new();
    collect(&notice.opening.body, "opening", &mut anchors);
    for section in &notice.sections {
        collect(&section.passage.body, &section.anchor(), &mut anchors);
        anchors.insert(section.anchor());
    }
    anchors
}

struct Resolver<'a> {
    site: &'a Site,
    addresses: &'a Addresses,
    former: &'a [Former],
    attachments: &'a BTreeMap<SourcePath, Arc<Attachment>>,
    unread: &'a BTreeSet<SourcePath>,
    /// Where the text of each file is read.
    text_addresses: BTreeMap<&'a str, String>,
    /// The anchors of each notice, by its id.
    anchors: BTreeMap<String, BTreeSet<String>>,
    found: FoundLinks,
    diagnostics: &'a mut Diagnostics,
}

/// Returns the web address that `www.example.com` or `https：//www.example.com` was probably meant to be.
fn web_address_meant_by(destination: &str) -> Option<String> {
    let narrow: String = destination.chars().map(crate::text::width::fold).collect();
    let is_full = ["http://", "https://"].iter().any(|scheme| narrow.starts_with(scheme));
    if narrow.starts_with("www.") { Some(format!("https://{narrow}")) } else { is_full.then_some(narrow) }
}

/// A link as it is written: the file, the destination, and whether it is a picture.
pub(super) type WrittenLink = (SourcePath, String, LinkKind);

/// Lists the links of a notice in the order of its text.
pub(super) fn written_links(notice: &Notice) -> Vec<WrittenLink> {
    let mut written = Vec::new();
    for_each_link(notice, &mut |source, link| {
        written.push((source.clone(), link.destination.to_owned(), link.kind));
    });
    written
}

/// Calls `see` with the file for each link of a notice, in the order of its text.
pub(super) fn for_each_link(notice: &Notice, see: &mut impl FnMut(&SourcePath, &LinkUse<'_>)) {
    for (_, passage) in notice.passages() {
        for_each_link_in_parts(&passage.body, &mut |link| see(&passage.source, link));
    }
}

fn for_each_link_in_parts(parts: &[Part], see: &mut dyn FnMut(&LinkUse<'_>)) {
    for part in parts {
        match part {
            Part::Measure(measure) => {
                if let Some(lead) = &measure.lead {
                    markdown::for_each_link_in(lead, &mut *see);
                }
                for_each_link_in_parts(&measure.parts, see);
            }
            Part::Paragraph(paragraph) => {
                if let Some(label) = &paragraph.label {
                    markdown::for_each_link_in(label, &mut *see);
                }
                markdown::for_each_link_in(&paragraph.text, &mut *see);
            }
            Part::Block(block) => markdown::for_each_link(std::slice::from_ref(block), &mut *see),
        }
    }
}

impl Resolver<'_> {
    /// Follows a link of `source`; `whole` is the file of the page that has all of its anchors.
    fn link(&mut self, source: &SourcePath, whole: &SourcePath, link: &LinkUse<'_>) {
        let destination = link.destination;
        let location = Location::new(source, link.range.clone());
        if has_scheme(destination) || destination.starts_with("//") {
            if link.kind == LinkKind::Image {
                self.diagnostics.push(external_image(destination, location));
            }
            return;
        }
        match self.target(source, whole, link, &location) {
            Ok(target) => {
                let links = self.found.targets.entry(source.clone()).or_default();
                links.insert(destination.to_owned(), target);
            }
            Err(problem) => {
                self.found.reported.insert(destination.to_owned());
                if let Some(problem) = problem {
                    self.diagnostics.push(*problem);
                }
            }
        }
    }

    /// Finds the target of a destination; fails with the problem, or with `None` where it follows from one that has been
    /// reported.
    fn target(
        &mut self,
        source: &SourcePath,
        whole: &SourcePath,
        link: &LinkUse<'_>,
        location: &Location,
    ) -> Result<String, Option<Box<Diagnostic>>> {
        let destination = link.destination;
        let (written, anchor) = match destination.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (destination, None),
        };
        let path = if written.is_empty() {
            // An anchor alone means the page of the notice: an item is on two pages, and only that one has all anchors.
            whole.as_str().to_owned()
        } else {
            let decoded = address::percent_decoded(written);
            join(source.as_str(), &decoded)
                .ok_or_else(|| Some(Box::new(outside_content(destination, location))))?
        };
        if let Some(address) = self.text_addresses.get(path.as_str()) {
            return self.with_anchor(address.clone(), anchor, destination, location);
        }
        let attachment = SourcePath::new(path.as_str());
        if let Some(found) = self.attachments.get(&attachment) {
            let target = attachments::check(self.site, &attachment, found, destination, location);
            if target.is_err() {
                self.found.refused.insert(attachment);
            } else {
                let shown = self.found.attachments.entry(attachment).or_default();
                if link.kind == LinkKind::Image {
                    shown.get_or_insert_with(|| location.clone());
                }
            }
            return target.map_err(Some);
        }
        // The address of a generated page (`sitemap.html`) or of a file in `static/` is as good as a file.
        let inside = path.strip_prefix(FOLDER).and_then(|path| path.strip_prefix('/'));
        if let Some(former) = inside.and_then(|inside| former::meant_by(self.former, inside)) {
            self.diagnostics.push(former.link(destination, source, location));
            let page = former.target.split('#').next().unwrap_or_default().to_owned();
            return match anchor {
                Some(_) => self.with_anchor(page, anchor, destination, location),
                None => Ok(former.target.clone()),
            };
        }
        if let Some(address) = inside.filter(|address| self.addresses.routes.contains_key(*address)) {
            return self.with_anchor(address.to_owned(), anchor, destination, location);
        }
        let is_below = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let is_unread = |unread: &SourcePath| unread.as_str() == path || is_below(unread.as_str());
        if self.unread.iter().any(is_unread) {
            return Err(None);
        }
        Err(Some(Box::new(self.missing(destination, &path, location))))
    }

    /// Adds an anchor to the address of a page, if it has that; fails as [`Self::target`] does.
    fn with_anchor(
        &self,
        address: String,
        anchor: Option<&str>,
        destination: &str,
        location: &Location,
    ) -> Result<String, Option<Box<Diagnostic>>> {
        let Some(anchor) = anchor else { return Ok(address) };
        let page = address.split('#').next().unwrap_or_default();
        let known = page.split_once('/').and_then(|(folder, _)| self.anchors.get(folder));
        if known.is_some_and(|anchors| anchors.contains(anchor)) {
            return Ok(format!("{page}#{anchor}"));
        }
        let sections = self.site.notices.iter().flat_map(|notice| &notice.sections);
        let is_inside = |section: &Section| {
            anchor.strip_prefix(&section.anchor()).is_some_and(|rest| rest.starts_with('-'))
        };
        if sections.filter(|section| !section.passage.is_whole).any(is_inside) {
            return Err(None);
        }
        let nearest = known.and_then(|anchors| nearest(anchor, anchors.iter().map(String::as_str)));
        let problem = Diagnostic::error(
            "missing-anchor",
            location.clone(),
            format!("`{destination}` leads to a place that the page does not have"),
            format!("`{destination}` 指向的位置在页面上不存在"),
        );
        Err(Some(Box::new(match nearest {
            Some(nearest) => problem.did_you_mean(destination, &format!("#{nearest}")),
            None => problem.help(
                "items are `#item-6`, their measures `#item-6-2`",
                "问题的位置写作 `#item-6`，措施写作 `#item-6-2`",
            ),
        })))
    }

    fn missing(&self, destination: &str, path: &str, location: &Location) -> Diagnostic {
        let is_page = matches!(SourcePath::new(path).extension(), Some("md" | "html"));
        let (code, english, chinese) = if is_page {
            ("link-to-missing-page", "there is no page", "没有这个页面：")
        } else {
            ("missing-file", "there is no file", "没有这个文件：")
        };
        let problem = Diagnostic::error(
            code,
            location.clone(),
            format!("{english} `{destination}`"),
            format!("{chinese}`{destination}`"),
        );
        if let Some(meant) = web_address_meant_by(destination) {
            return problem.help(
                format!("for a page on the web write `{meant}`"),
                format!("如果是网页，请写 `{meant}`"),
            );
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let files =
            self.text_addresses.keys().copied().chain(self.attachments.keys().map(SourcePath::as_str));
        let neighbors = files.filter_map(|file| file.rsplit_once('/').filter(|(other, _)| *other == folder));
        let name = path.rsplit('/').next().unwrap_or_default();
        match nearest(name, neighbors.map(|(_, name)| name)) {
            Some(nearest) => problem.did_you_mean(destination, nearest),
            None if is_page => problem.help(
                "write the name of the file as it stands in `content/`, relative to this file, for example `06.md` or `../contact.md`",
                "请写 `content/` 中的文件名（相对于本文件），例如 `06.md` 或 `../contact.md`",
            ),
            None => problem.help(
                "put the file beside this text, or correct its name",
                "请把文件放在本文件旁边，或改正文件名",
            ),
        }
    }
}

/// Each reader's browser would fetch the picture from another server.
fn external_image(destination: &str, location: Location) -> Diagnostic {
    Diagnostic::error(
        "external-image",
        location,
        format!("the picture `{destination}` would be fetched from another site"),
        format!("图片 `{destination}` 要从别的网站读取"),
    )
    .help("put the picture beside this text and name the file", "请把图片放在本文件旁边，写文件名")
}

fn outside_content(destination: &str, location: &Location) -> Diagnostic {
    Diagnostic::error(
        "link-outside-content",
        location.clone(),
        format!("`{destination}` leads out of `content/`"),
        format!("`{destination}` 指向 `content/` 之外"),
    )
    .help(
        "only what stands in `content/` is published: copy the file there",
        "只发布 `content/` 中的文件：请把文件复制进去",
    )
}
