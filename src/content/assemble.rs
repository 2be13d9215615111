//! Puts the sections of a folder in order: file names, levels of headings, numbers of items, figures of the whole.

use std::cmp::Ordering;

use super::section::ReadSection;
use crate::binding::{self, Unresolved};
use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::notice::{Kind, Notice, PassageId, Section};
use crate::text::numbering::Style;
use crate::text::{self, structure};

/// Completes `notice` with its sections, and joins what their files say about figures; see [`binding::gather`] for what it
/// pushes.
pub(super) fn assemble(
    notice: &mut Notice,
    opening: Unresolved,
    mut read: Vec<ReadSection>,
    diagnostics: &mut Diagnostics,
) {
    // What stands behind the signature is last, whatever its file is called.
    let is_annex = |read: &ReadSection| read.section.kind == Kind::Annex;
    read.sort_by(|a, b| {
        is_annex(a).cmp(&is_annex(b)).then_with(|| compare_names(&a.section.id, &b.section.id))
    });
    let (mut sections, mut of_sections) = (Vec::with_capacity(read.len()), Vec::with_capacity(read.len()));
    for ReadSection { section, unresolved, rows } in read {
        let ledger = PassageId::of_section(sections.len());
        sections.push(section);
        of_sections.push(unresolved);
        for mut item in rows {
            item.row.iter_mut().for_each(|row| row.ledger = ledger);
            sections.push(item);
            of_sections.push(Unresolved::default());
        }
    }
    set_levels(&mut sections, diagnostics);
    let items = sections.iter_mut().filter(|section| section.kind == Kind::Item);
    for (index, item) in items.enumerate() {
        item.item_number = Some(index + 1);
    }
    notice.sections = sections;
    let unresolved = std::iter::once(opening).chain(of_sections).collect();
    binding::gather(notice, unresolved, diagnostics);
}

/// Compares file names as people do: runs of digits by their value, so that `9` comes before `10`.
pub(crate) fn compare_names(a: &str, b: &str) -> Ordering {
    let split = |name: &str| -> (u64, String) {
        let digits = name.bytes().take_while(u8::is_ascii_digit).count();
        let number = name.get(..digits).and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX);
        (number, name.get(digits..).unwrap_or_default().to_owned())
    };
    split(a).cmp(&split(b)).then_with(|| a.cmp(b))
}

/// A group that is open: what stands behind it stands inside it.
struct Group {
    /// The style of its numeral.
    style: Option<Style>,
    /// The words in front of its number, where it has no numeral: 反馈问题.
    family: &'static str,
}

/// Gives each section the level of its heading; pushes `level-skipped` for one that says a level that it cannot have.
///
/// A group holds what follows until a heading of its own or a higher rank; the rank follows from the style of the numeral
/// (一、 above （一） above 1. above （1）). A group without numeral stands below the group in front of it, beside those of its
/// own family (反馈问题一, 反馈问题二), and holds what follows until a heading that its own group does not hold. An item without
/// numeral stays inside the open group; prose without numeral closes all groups. `level` overrules all this.
fn set_levels(sections: &mut [Section], diagnostics: &mut Diagnostics) {
    let mut groups: Vec<Group> = Vec::new();
    let mut level = 0;
    for section in sections {
        if section.row.is_some() {
            section.level = level + 1;
            continue;
        }
        let heading = section.heading.as_ref().map_or("", |heading| heading.value.as_str());
        let style = text::numbering::parse(heading).map(|numbering| numbering.style);
        let family = if style.is_none() { structure::family_of_heading(heading) } else { "" };
        let first_closed = match (&section.own_level, style) {
            (Some(level), _) => {
                let deepest = groups.len() + 1;
                if usize::from(level.value) > deepest {
                    diagnostics.push(level_skipped(level, deepest));
                }
                Some(usize::from(level.value) - 1)
            }
            (None, Some(style)) => {
                groups.iter().position(|group| group.style.is_some_and(|above| above >= style))
            }
            (None, None) if section.kind == Kind::Prose && family.is_empty() => Some(0),
            (None, None) => {
                let is_beside = |group: &Group| group.style.is_none() && group.family == family;
                let is_parted = section.kind == Kind::Group || !family.is_empty();
                groups.iter().position(is_beside).filter(|_| is_parted)
            }
        };
        groups.truncate(first_closed.unwrap_or(groups.len()));
        level = u8::try_from(groups.len() + 1).unwrap_or(u8::MAX - 1);
        section.level = level;
        if section.kind == Kind::Group {
            groups.push(Group { style, family });
        }
    }
}

/// The problem of a heading that says a level with none above it.
fn level_skipped(level: &Located<u8>, deepest: usize) -> Diagnostic {
    let written = level.value;
    Diagnostic::error(
        "level-skipped",
        level.location.clone(),
        format!("`level: {written}` skips a level: no heading in front of it holds it"),
        format!("`level: {written}` 跳过了一级：前面没有统领它的标题"),
    )
    .help(
        format!("write at most `level: {deepest}`, or add `kind: group` to the heading that stands above it"),
        format!("最多写 `level: {deepest}`，或者给上一级标题加上 `kind: group`"),
    )
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
                .section
            })
            .collect();
        set_levels(&mut sections, &mut Diagnostics::new());
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
    fn parts_of_the_whole_stand_above_all() {
        check(
            &[
                ("p", "第一部分　组织情况"),
                ("g", "第二部分　具体整改"),
                ("g", "一、甲"),
                ("i", "（一）乙"),
                ("g", "二、丙"),
                ("i", "（一）丁"),
                ("p", "第三部分　下一步"),
            ],
            &[1, 1, 2, 3, 2, 3, 1],
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

    #[test]
    fn headings_with_words_and_a_number_stand_below_the_one_in_front() {
        check(
            &[
                ("g", "二、任务落实情况"),
                ("g", "（一）职能履行方面"),
                ("g", "反馈问题一：甲"),
                ("i", "1.乙"),
                ("g", "反馈问题二：丙"),
                ("i", "1.丁"),
                ("g", "（二）队伍建设方面"),
                ("g", "反馈问题三：戊"),
                ("i", "1.己"),
                ("p", "三、下一步"),
            ],
            &[1, 2, 3, 4, 3, 4, 2, 3, 4, 1],
        );
        check(&[("g", "二、甲"), ("i", "问题1：乙"), ("i", "问题2：丙"), ("p", "下一步")], &[1, 2, 2, 1]);
        check(&[("g", "整改任务一"), ("i", "关于甲"), ("g", "整改任务二"), ("i", "关于乙")], &[1, 2, 1, 2]);
        check(
            &[("g", "二、甲"), ("g", "乙方面"), ("i", "1.丙"), ("g", "丁方面"), ("i", "1.戊")],
            &[1, 2, 3, 2, 3],
        );
    }

    #[test]
    fn a_level_without_one_above_it_is_told() {
        let read = |level: &str, found: &mut Diagnostics| {
            let text = format!("---\nheading: 乙\nlevel: {level}\n---\n正文。\n");
            let path = SourcePath::new("content/x/01.md");
            super::super::section::parse(&path, "01", &text, &markdown::Options::default(), found).section
        };
        for (level, codes) in [("1", vec![]), ("2", vec!["level-skipped"]), ("9", vec!["unknown-value"])] {
            let mut found = Diagnostics::new();
            let mut sections = [read(level, &mut found)];
            set_levels(&mut sections, &mut found);
            assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), codes, "{level}");
            assert_eq!(sections[0].level, 1);
        }
    }

    #[test]
    fn a_heading_may_say_its_level() {
        let leveled = |heading: &'static str, level: &str| format!("{heading}\nlevel: {level}");
        let (sibling, deep) = (leveled("乙方面", "1"), leveled("丙", "3"));
        check(&[("g", "二、甲"), ("g", &sibling), ("i", "1.丁")], &[1, 1, 2]);
        check(&[("g", "二、甲"), ("g", "乙"), ("i", &deep), ("i", "3.丁")], &[1, 2, 3, 3]);
    }
}
