//! One notice in the place of another, without a look at the rest of the site.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Route, Site, links, lists};
use crate::diagnostic::{Located, SourcePath};
use crate::notice::{Contact, Notice};

/// All of a notice that the rest of the site depends on: addresses, order, anchors, and where its links lead.
#[derive(PartialEq)]
struct Shape<'a> {
    id: &'a str,
    day: Option<String>,
    /// Attachments may name it as their author.
    unit: &'a str,
    source: &'a SourcePath,
    is_whole: bool,
    /// For each section: id, file, whether it is an item, whether it could be read.
    sections: Vec<(&'a str, &'a SourcePath, bool, bool)>,
    /// Each contact of the site is searched once, whichever notice names it.
    contacts: &'a [Contact],
    anchors: BTreeSet<String>,
    /// Where it and its sections once were, with the place of each.
    former: Vec<&'a Located<String>>,
    links: Vec<links::WrittenLink>,
}

impl<'a> Shape<'a> {
    fn of(notice: &'a Notice) -> Self {
        let sections = notice.sections.iter().map(|one| {
            (one.id.as_str(), &one.passage.source, one.item_number.is_some(), one.passage.is_whole)
        });
        Self {
            id: &notice.id,
            day: notice.order_day().map(|day| day.to_string()),
            unit: &notice.unit,
            source: &notice.opening.source,
            is_whole: notice.opening.is_whole,
            sections: sections.collect(),
            contacts: &notice.contacts,
            anchors: links::anchors(notice),
            former: notice
                .formerly
                .iter()
                .chain(notice.sections.iter().flat_map(|one| &one.formerly))
                .collect(),
            links: links::written_links(notice),
        }
    }
}

impl Site {
    /// Returns where the notice with this id stands in [`Site::notices`].
    pub fn notice_index(&self, id: &str) -> Option<usize> {
        match self.routes.get(&format!("{id}/index.html")) {
            Some(Route::Notice(index)) => Some(*index),
            // Its address may have gone to another source.
            _ => self.notices.iter().position(|notice| notice.id == id),
        }
    }

    /// Replaces the notice that has the id of `notice`; returns whether it did.
    ///
    /// It does not if addresses, order or links would change: then the site has to be resolved anew. That is also necessary
    /// where [`Site::resolve`] has reported something in this notice, since reports name places in its text.
    pub fn exchange(&mut self, notice: Arc<Notice>) -> bool {
        let Some(index) = self.notice_index(&notice.id) else { return false };
        let old = &self.notices[index];
        if Shape::of(old) != Shape::of(&notice) {
            return false;
        }
        let is_listed_alike = lists::Weight::of(old) == lists::Weight::of(&notice);
        let old = std::mem::replace(&mut Arc::make_mut(&mut self.notices)[index], notice);
        if is_listed_alike || lists::lists(self) == *self.lists {
            return true;
        }
        Arc::make_mut(&mut self.notices)[index] = old;
        false
    }
}
