//! `approval:` of `notice.md` → [`Approval`].

use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::keys::notice as keys;
use crate::notice::{Approval, ApprovalStep, Day};
use crate::yaml::{Fields, Key, Node};

/// The fewest digits by which a file is known.
const FEWEST_DIGITS: usize = 12;

/// The digits of a whole hash.
const ALL_DIGITS: usize = 64;

/// Reads an approval; pushes `not-a-hash`, `approval-without-day`, and what is wrong with the mapping.
pub(super) fn read(node: Node, diagnostics: &mut Diagnostics) -> Option<Approval> {
    let mut fields = Fields::open(node, diagnostics)?;
    let location = fields.location().clone();
    let sha256 = fields.text(&keys::APPROVAL_SHA256, diagnostics);
    let sha256 = sha256.and_then(|written| hash(written, diagnostics));
    let mut text = |key: &'static Key| {
        let written = fields.text(key, diagnostics)?;
        step(key.name, written, diagnostics)
    };
    let (drafted, secrecy) = (text(&keys::APPROVAL_DRAFTED), text(&keys::APPROVAL_SECRECY));
    let signed = text(&keys::APPROVAL_SIGNED);
    let reviewed = fields.texts(&keys::APPROVAL_REVIEWED, diagnostics).unwrap_or_default();
    let reviewed: Vec<ApprovalStep> = reviewed
        .into_iter()
        .filter_map(|written| step(keys::APPROVAL_REVIEWED.name, written, diagnostics))
        .collect();
    fields.finish(diagnostics);
    let steps = drafted.into_iter().chain(reviewed).chain(signed).collect();
    Some(Approval { location, sha256, steps, secrecy })
}

fn hash(written: Located<String>, diagnostics: &mut Diagnostics) -> Option<Located<String>> {
    let value = written.value.trim().to_ascii_lowercase();
    let is_hash =
        value.chars().all(|c| c.is_ascii_hexdigit()) && (FEWEST_DIGITS..=ALL_DIGITS).contains(&value.len());
    if is_hash {
        return Some(Located { value, location: written.location });
    }
    let problem = Diagnostic::error(
        "not-a-hash",
        written.location,
        format!("`{}` is not the SHA-256 hash of a file", written.value),
        format!("`{}` 不是文件的 SHA-256 值", written.value),
    );
    diagnostics.push(problem.help(
        format!("write at least the first {FEWEST_DIGITS} of its {ALL_DIGITS} digits 0–9, a–f; without `sha256` the build tells them"),
        format!("至少写出 {ALL_DIGITS} 位（0–9、a–f）中的前 {FEWEST_DIGITS} 位；不写 `sha256` 时，生成网站会给出"),
    ));
    None
}

/// Takes a step apart: a name, a space, a day.
fn step(key: &'static str, written: Located<String>, diagnostics: &mut Diagnostics) -> Option<ApprovalStep> {
    let parts = written.value.trim().rsplit_once(char::is_whitespace);
    let read =
        parts.and_then(|(who, day)| Some((who.trim(), Day::parse(day).filter(|day| day.span().is_some())?)));
    if let Some((who, day)) = read {
        return Some(ApprovalStep { key, who: who.to_owned(), day, location: written.location });
    }
    let problem = Diagnostic::error(
        "approval-without-day",
        written.location,
        format!("`{}` does not end with a day", written.value),
        format!("`{}` 的末尾没有日期", written.value),
    );
    diagnostics.push(problem.help(
        format!("write the name, a space and the day: `{key}: 张某 2025-08-20`"),
        format!("请写姓名、空格和日期：`{key}: 张某 2025-08-20`"),
    ));
    None
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostics, SourcePath};
    use crate::markdown;
    use crate::notice::Notice;

    fn read(approval: &str) -> (Notice, Vec<String>) {
        let text = format!("---\ntitle: 甲\nunit: 乙\ndate: 2025-08-28\napproval: {approval}\n---\n丙。\n");
        let (path, mut found) = (SourcePath::new("content/n/notice.md"), Diagnostics::new());
        let (notice, _) =
            super::super::notice::parse(&path, "n", &text, &markdown::Options::default(), &mut found);
        let found = found.into_sorted().into_iter();
        (notice, found.map(|one| format!("{} {}", one.code, one.message)).collect())
    }

    #[test]
    fn steps_have_a_name_and_a_day() {
        let (notice, found) = read(
            "{sha256: 3F2A00000000, drafted: 张某 2025-08-20, reviewed: [李 某 2025-08-21, 钱某 2025年8月22日], \
             secrecy: 王某 2025-08-22, signed: 赵某 2025-08-25}",
        );
        assert_eq!(found, [""; 0]);
        let approval = notice.approval.unwrap();
        assert_eq!(approval.sha256.unwrap().value, "3f2a00000000");
        let steps = approval.steps.iter().chain(&approval.secrecy);
        let steps: Vec<_> =
            steps.map(|step| format!("{} {} {}", step.key, step.who, step.day.iso().unwrap())).collect();
        assert_eq!(
            steps,
            [
                "drafted 张某 2025-08-20",
                "reviewed 李 某 2025-08-21",
                "reviewed 钱某 2025-08-22",
                "signed 赵某 2025-08-25",
                "secrecy 王某 2025-08-22",
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        for (written, expected) in [
            ("{drafted: 张某}", "approval-without-day `张某` does not end with a day"),
            ("{signed: 2025-08-25}", "approval-without-day `2025-08-25` does not end with a day"),
            ("{signed: 赵某 2025-02-30}", "approval-without-day `赵某 2025-02-30` does not end with a day"),
            ("{sha256: 3f2a}", "not-a-hash `3f2a` is not the SHA-256 hash of a file"),
            ("{sha256: 3f2ag0000000}", "not-a-hash `3f2ag0000000` is not the SHA-256 hash of a file"),
            ("{审核: 某}", "unknown-key"),
        ] {
            let (_, found) = read(written);
            assert!(found.len() == 1 && found[0].starts_with(expected), "{written}: {found:?}");
        }
    }
}
