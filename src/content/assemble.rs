//! Puts the sections of a folder in order: file names, levels of headings, numbers of items, figures of the whole.

use std::cmp::Ordering;

use crate::binding::{self, Unresolved};
use crate::diagnostic::Diagnostics;
use crate::notice::{Kind, Notice, Section};
use crate::text::{self, numbering::Style};

/// Completes `notice` with its sections, and joins what their files say about figures; see [`binding::gather`] for what it
/// pushes.
pub(super) fn assemble(
    notice: &mut Notice,
    opening: Unresolved,
    mut sections: Vec<(Section, Unresolved)>,
    diagnostics: &mut Diagnostics,
) {
    // What stands behind the signature is last, whatever its file is called.
    let is_annex = |section: &Section| section.kind == Kind::Annex;
    sections
        .sort_by(|(a, _), (b, _)| is_annex(a).cmp(&is_annex(b)).then_with(|| compare_names(&a.id, &b.id)));
    let (mut sections, of_sections): (Vec<_>, Vec<_>) = sections.into_iter().unzip();
    set_levels(&mut sections);
    let items = sections.iter_mut().filter(|section| section.kind == Kind::Item);
    for (index, item) in items.enumerate() {
        item.item_number = Some(index + 1);
    }
    notice.sections = sections;
    let unresolved = std::iter::once(opening).chain(of_sections).collect();
    binding::gather(notice, unresolved, diagnostics);
}

/// Compares file names as people do: runs of digits by their value, so that `9` comes before `10`.
fn compare_names(a: &str, b: &str) -> Ordering {
    let split = |name: &str| -> (u64, String) {
        let digits = name.bytes().take_while(u8::is_ascii_digit).count();
        let number = name.get(..digits).and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX);
        (number, name.get(digits..).unwrap_or_default().to_owned())
    };
    split(a).cmp(&split(b)).then_with(|| a.cmp(b))
}

/// Gives each section the level of its heading.
///
/// A group holds what follows until a heading of its own or a higher rank; the rank follows from the style of the numeral
/// (一、 above （一） above 1. above （1）). A section without numeral stays inside the open group if it is an item, else it
/// closes all groups.
fn set_levels(sections: &mut [Section]) {
    let mut groups: Vec<Option<Style>> = Vec::new();
    for section in sections {
        let heading = section.heading.as_ref().map_or("", |heading| heading.value.as_str());
        let style = text::numbering::parse(heading).map(|numbering| numbering.style);
        match style {
            Some(style) => {
                while groups.last().is_some_and(|group| group.is_some_and(|group| group >= style)) {
                    groups.pop();
                }
            }
            None if section.kind != Kind::Item => groups.clear(),
            None => {}
        }
        section.level = u8::try_from(groups.len() + 1).unwrap_or(u8::MAX);
        if section.kind == Kind::Group {
            groups.push(style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{compare_names, set_levels};
    use crate::diagnostic::{Diagnostics, SourcePath};
    use crate::markdown;

    #[test]
    fn names_compare_by_number() {
        let mut names = ["closing", "10", "9", "02", "1", "01", "9a", "a1"];
        names.sort_by(|a, b| compare_names(a, b));
        assert_eq!(names, ["01", "1", "02", "9", "9a", "10", "a1", "closing"]);
    }

    /// Headings with their kinds (`g` group, `i` item, `p` prose) and the levels they get.
    #[track_caller]
    fn check(headings: &[(&str, &str)], expected: &[u8]) {
        let mut sections: Vec<_> = headings
            .iter()
            .map(|(kind, heading)| {
                let kind = match *kind {
                    "g" => "group",
                    "p" => "prose",
                    _ => "item",
                };
                let text = format!("---\nkind: {kind}\nheading: {heading}\n---\n正文。\n");
                let mut diagnostics = Diagnostics::new();
                let path = SourcePath::new("content/x/01.md");
                super::super::section::parse(
                    &path,
                    "01",
                    &text,
                    &markdown::Options::default(),
                    &mut diagnostics,
                )
                .0
            })
            .collect();
        set_levels(&mut sections);
        assert_eq!(
            sections.iter().map(|section| section.level).collect::<Vec<_>>(),
            expected,
            "{headings:?}"
        );
    }

    #[test]
    fn flat_items_stand_below_the_title() {
        check(&[("i", "一、关于甲"), ("i", "二、关于乙"), ("p", "下一步")], &[1, 1, 1]);
    }

    #[test]
    fn organization_then_groups_then_items() {
        check(
            &[
                ("p", "一、组织情况"),
                ("g", "二、具体整改"),
                ("g", "（一）理论学习方面"),
                ("i", "1.关于甲"),
                ("i", "2.关于乙"),
                ("g", "（二）党建方面"),
                ("i", "1.关于丙"),
                ("p", "三、下一步"),
            ],
            &[1, 1, 2, 3, 3, 2, 3, 1],
        );
    }

    #[test]
    fn category_first() {
        check(
            &[("g", "一、在甲方面"), ("i", "（一）关于乙"), ("g", "二、在丙方面"), ("i", "（一）关于丁")],
            &[1, 2, 1, 2],
        );
    }

    #[test]
    fn four_levels() {
        check(
            &[("g", "一、甲"), ("g", "（一）乙"), ("g", "1.丙"), ("i", "（1）丁"), ("g", "二、戊")],
            &[1, 2, 3, 4, 1],
        );
    }

    #[test]
    fn levels_may_be_skipped() {
        check(&[("g", "一、甲"), ("i", "1.乙"), ("i", "2.丙"), ("g", "二、丁")], &[1, 2, 2, 1]);
    }

    #[test]
    fn headings_without_numeral() {
        check(&[("g", "具体整改"), ("i", "关于甲"), ("i", "二、关于乙"), ("p", "下一步")], &[1, 2, 2, 1]);
        check(&[("i", "关于甲"), ("i", "二、关于乙")], &[1, 1]);
    }
}
