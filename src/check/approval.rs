//! `approval-is-stale`, `approval-without-hash`, `approval-out-of-order`: what was signed off is the file that lies here.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::notice::{Approval, ApprovalStep, Day, Notice, PublicationTime};

/// How many digits of a hash are shown: enough to know a file by.
const SHOWN_DIGITS: usize = 16;

/// Looks at the approval of a notice, if it tells of one.
pub(super) fn check(notice: &Notice, diagnostics: &mut Diagnostics) {
    let Some(approval) = &notice.approval else { return };
    if let Some(approved) = notice.approved.as_ref().filter(|approved| !approved.sha256.is_empty()) {
        let file = approved.source.as_str().rsplit('/').next().unwrap_or_default();
        diagnostics.extend(hash(approval, &approved.sha256, file));
    }
    order(approval, notice.published.as_ref(), diagnostics);
}

/// Compares the hash that was signed off with that of the file.
fn hash(approval: &Approval, actual: &str, file: &str) -> Option<Diagnostic> {
    let shown: String = actual.chars().take(SHOWN_DIGITS).collect();
    let Some(signed) = &approval.sha256 else {
        let problem = Diagnostic::warning(
            "approval-without-hash",
            approval.location.clone(),
            "the approval does not say for which file it holds",
            "没有写明审批的是哪一个文件",
        );
        return Some(problem.help(
            format!("if it is this `{file}` that was signed off, add `sha256: {shown}`; then a change of the file is noticed"),
            format!("如果审定的就是现在的 `{file}`，请加上 `sha256: {shown}`；文件以后有改动就会发现"),
        ));
    };
    (!actual.starts_with(&signed.value)).then(|| {
        Diagnostic::warning(
            "approval-is-stale",
            signed.location.clone(),
            format!("`{file}` is not the file that was signed off: its hash is `{shown}`"),
            format!("`{file}` 已不是审定的文件：它的 SHA-256 是 `{shown}`"),
        )
        .help(
            "put back the file that was signed off, or have this one approved anew and write who did so, when, and the new `sha256`",
            "请换回审定的文件；确需改动的，重新审批后更新人员、日期和 `sha256`",
        )
    })
}

/// Reports steps that were done before the one that comes in front of them, or after the notice was published.
fn order(approval: &Approval, published: Option<&PublicationTime>, diagnostics: &mut Diagnostics) {
    for pair in approval.steps.windows(2) {
        if let [earlier, later] = pair {
            diagnostics.extend(out_of_order(earlier, later));
        }
    }
    if let Some(secrecy) = &approval.secrecy {
        let named = |key| approval.steps.iter().find(|step| step.key == key);
        diagnostics.extend(named("drafted").and_then(|drafted| out_of_order(drafted, secrecy)));
        diagnostics.extend(named("signed").and_then(|signed| out_of_order(secrecy, signed)));
    }
    let Some(published) = published else { return };
    let last = approval.steps.last().filter(|last| is_before(published.day(), &last.day));
    diagnostics.extend(last.map(|last| {
        let (key, day) = (last.key, last.day.printed());
        told(
            last,
            format!("`{key}` ({day}) is after `published` ({})", published.day().printed()),
            format!("`{key}`（{day}）晚于 `published`（{}）", published.day().printed()),
        )
    }));
}

/// Tells whether a day is certainly before another.
fn is_before(one: &Day, other: &Day) -> bool {
    matches!((one.span(), other.span()), (Some((_, last)), Some((first, _))) if last < first)
}

fn out_of_order(earlier: &ApprovalStep, later: &ApprovalStep) -> Option<Diagnostic> {
    let [(first, one), (second, two)] = [earlier, later].map(|step| (step.key, step.day.printed()));
    is_before(&later.day, &earlier.day).then(|| {
        told(
            later,
            format!("`{second}` ({two}) is before `{first}` ({one})"),
            format!("`{second}`（{two}）早于 `{first}`（{one}）"),
        )
        .related(
            earlier.location.clone(),
            format!("`{first}` is here"),
            format!("`{first}` 写在这里"),
        )
    })
}

fn told(step: &ApprovalStep, english: String, chinese: String) -> Diagnostic {
    Diagnostic::warning("approval-out-of-order", step.location.clone(), english, chinese).help(
        "a text is drafted, reviewed, signed and then published; correct the day that is wrong",
        "先起草、再审核、后签发，然后才公开；请改正写错的日期",
    )
}
