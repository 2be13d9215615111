//! From a page to its sources: the same page once more, with the file and line of each block.
//!
//! The site is not rendered in another way for this. Each text gets a mark in front of it that says where it is written,
//! the page is rendered as always, and the marks then move into the tags in front of them. The page that is served
//! never sees any of it; the script asks for the marked one when somebody wants to know.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Located, Location, SourcePath};
use crate::live::snapshot::Snapshot;
use crate::markdown::{self, Inline};
use crate::notice::{InformationPage, Notice, Part};
use crate::site::Route;
use crate::text::place::Places;

/// What a mark stands between: noncharacters, which no source may have ([`crate::disk::text`] refuses them).
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// The attribute that a mark becomes.
const ATTRIBUTE: &str = " data-source=\"";

impl Snapshot {
    /// Renders a page with the attribute `data-source="content/a/06.md:12"` on the elements whose text begins there, and with
    /// the places of the metrics at its end; `None` if its template fails.
    pub(super) fn marked_page(&self, route: &Route) -> Option<Vec<u8>> {
        let mut marked = self.clone();
        let mut metrics = BTreeMap::new();
        let mut marker = Marker { snapshot: self, lines: BTreeMap::new() };
        match route {
            Route::Notice(index) | Route::Item { notice: index, .. } => {
                let notice = &mut Arc::make_mut(&mut marked.site.notices)[*index];
                for (_, metric) in notice.metrics() {
                    metrics.insert(format!("metric-{}", metric.id), marker.place(&metric.label.location));
                }
                marker.notice(Arc::make_mut(notice));
            }
            Route::Page(index) => marker.page(Arc::make_mut(&mut marked.site.pages[*index])),
            _ => {}
        }
        let page = marked.page(route)?;
        let page = marks_into_tags(&String::from_utf8_lossy(&page.bytes));
        let metrics = serde_json::to_string(&metrics).expect("texts become JSON").replace('<', "\\u003c");
        let list = format!("<script type=\"application/json\" id=\"gongkai-anchors\">{metrics}</script>");
        let end = page.rfind("</body>").unwrap_or(page.len());
        let (before, behind) = page.split_at(end);
        Some([before, &list, behind].concat().into_bytes())
    }
}

/// Puts the marks in front of texts.
struct Marker<'a> {
    snapshot: &'a Snapshot,
    /// For each file, the way from its bytes to its lines.
    lines: BTreeMap<SourcePath, Places<'a>>,
}

impl Marker<'_> {
    fn notice(&mut self, notice: &mut Notice) {
        self.value(&mut notice.title);
        for signer in &mut notice.signers {
            self.value(signer);
        }
        self.parts(&notice.opening.source, &mut notice.opening.body);
        for section in &mut notice.sections {
            if let Some(heading) = &mut section.heading {
                self.value(heading);
            }
            self.parts(&section.passage.source, &mut section.passage.body);
        }
    }

    fn page(&mut self, page: &mut InformationPage) {
        self.value(&mut page.title);
        for line in markdown::lines_mut(&mut page.body) {
            self.text(&page.source, line);
        }
    }

    fn parts(&mut self, source: &SourcePath, parts: &mut [Part]) {
        for part in parts {
            match part {
                Part::Measure(measure) => {
                    measure.lead.iter_mut().for_each(|lead| self.text(source, lead));
                    self.parts(source, &mut measure.parts);
                }
                Part::Paragraph(paragraph) => {
                    paragraph.label.iter_mut().for_each(|label| self.text(source, label));
                    self.text(source, &mut paragraph.text);
                }
                Part::Block(block) => {
                    for line in markdown::lines_mut(std::slice::from_mut(block)) {
                        self.text(source, line);
                    }
                }
            }
        }
    }

    fn text(&mut self, source: &SourcePath, text: &mut Inline) {
        let start = text.source_offset(0);
        text.put_in_front(&mark_of(&self.place(&Location::new(source, start..start))));
    }

    fn value(&mut self, text: &mut Located<String>) {
        text.value.insert_str(0, &mark_of(&self.place(&text.location)));
    }

    /// Returns `content/a/06.md:12`.
    fn place(&mut self, location: &Location) -> String {
        let start = location.range.as_ref().map_or(0, |range| range.start);
        let places = self
            .lines
            .entry(location.path.clone())
            .or_insert_with(|| Places::new(self.snapshot.source(&location.path).unwrap_or_default()));
        format!("{}:{}", location.path, places.find(start).line)
    }
}

fn mark_of(place: &str) -> String {
    format!("{OPEN}{place}{CLOSE}")
}

/// Turns each mark into an attribute of the start tag in front of it; of two in one element the first one counts.
fn marks_into_tags(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, behind)) = rest.split_once(OPEN) {
        out.push_str(before);
        let Some((place, behind)) = behind.split_once(CLOSE) else {
            rest = behind;
            break;
        };
        if let Some(end_of_name) = end_of_last_tag_name(&out)
            && !out.get(end_of_name..).is_some_and(|tag| tag.starts_with(ATTRIBUTE))
        {
            let mut value = String::from(ATTRIBUTE);
            markdown::escape(place, &mut value);
            value.push('"');
            out.insert_str(end_of_name, &value);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Returns where the name of the last start tag ends.
fn end_of_last_tag_name(html: &str) -> Option<usize> {
    let is_start =
        |(index, _): &(usize, &str)| html.as_bytes().get(index + 1).is_some_and(u8::is_ascii_alphabetic);
    let (start, _) = html.rmatch_indices('<').find(is_start)?;
    let name = html.get(start + 1..)?;
    Some(start + 1 + name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Drafts;
    use crate::live::snapshot::Origin;

    #[track_caller]
    fn check(page: &str, expected: &str) {
        let page = page.replace('[', &OPEN.to_string()).replace(']', &CLOSE.to_string());
        let expected = expected.replace('@', "data-source");
        assert_eq!(marks_into_tags(&page), expected);
    }

    #[test]
    fn marks_become_attributes_of_the_tag_in_front() {
        check("<p>[a:1]甲</p>", "<p @=\"a:1\">甲</p>");
        check("<p class=x>[a:1]甲", "<p @=\"a:1\" class=x>甲");
        check("<p><b>[a:1]甲</b>[a:1]乙</p>", "<p><b @=\"a:1\">甲</b>乙</p>");
        check("<p></p>[a:1]甲", "<p @=\"a:1\"></p>甲");
        check("<h2 title=\"[a:1]甲\">", "<h2 @=\"a:1\" title=\"甲\">");
        check("<p>[a\"b:1]甲", "<p @=\"a&quot;b:1\">甲");
        check("[a:1]甲", "甲");
        check("甲", "甲");
        check("<p>[a:1]\u{e000}甲\u{e001}", "<p @=\"a:1\">\u{e000}甲\u{e001}");
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test prepares a folder itself")]
    fn texts_tell_where_they_are_written_whatever_is_in_them() {
        let folder = tempfile::tempdir().unwrap();
        let notice = "---\ntitle: 甲\nunit: 乙\ndate: 2025-08-28\n---\n王\u{e000}某\u{e001}。\n";
        std::fs::create_dir_all(folder.path().join("content/n")).unwrap();
        std::fs::write(folder.path().join("site.yaml"), "title: 示例\n").unwrap();
        std::fs::write(folder.path().join("content/n/notice.md"), notice).unwrap();
        let origin = Origin { root: folder.path().to_owned(), base_url: None, drafts: Drafts::LeftOut };
        let snapshot = Snapshot::open(&origin).unwrap();
        let page = String::from_utf8(snapshot.marked_page(&Route::Notice(0)).unwrap()).unwrap();
        assert!(page.contains("data-source=\"content/n/notice.md:6\""), "{page}");
        assert!(page.contains("王\u{e000}某\u{e001}。") && !page.contains([OPEN, CLOSE]), "{page}");
    }
}
