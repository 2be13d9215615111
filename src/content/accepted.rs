//! `accepted:` → the warnings that stand.

use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::keys::{self, accepted};
use crate::notice::Accepted;
use crate::text::nearest;
use crate::yaml::{Fields, Value};

/// Reads `accepted:`; pushes `wrong-type`, `missing-key`, and `cannot-be-accepted` for a code that is none of a warning.
pub(super) fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Vec<Accepted> {
    let Some(node) = fields.node(&keys::ACCEPTED) else { return Vec::new() };
    let Value::Sequence(entries) = node.value else {
        diagnostics.push(
            Diagnostic::error("wrong-type", node.location, "`accepted` is not a list", "`accepted` 不是列表").help(
                "begin each entry with `- `, for example `- {code: unused-attachment, words: map.pdf, because: why}`",
                "每条以 `- ` 开头，例如 `- {code: unused-attachment, words: map.pdf, because: 理由}`",
            ),
        );
        return Vec::new();
    };
    let mut all = Vec::new();
    for entry in entries {
        let location = entry.location.clone();
        let Some(mut fields) = Fields::open(entry, diagnostics) else { continue };
        let code = fields.required_text(&accepted::CODE, diagnostics);
        let words = fields.required_text(&accepted::WORDS, diagnostics);
        let because = fields.required_text(&accepted::BECAUSE, diagnostics);
        fields.finish(diagnostics);
        let code = code.and_then(|code| code_of_warning(&code, diagnostics));
        if let (Some(code), Some(words), Some(because)) = (code, words, because) {
            all.push(Accepted { code, words: words.value, because: because.value, location });
        }
    }
    all
}

fn code_of_warning(written: &Located<String>, diagnostics: &mut Diagnostics) -> Option<&'static str> {
    let mut codes = accepted::CODES.iter().map(|choice| choice.word);
    let known = codes.clone().find(|code| *code == written.value);
    if known.is_none() {
        let problem = Diagnostic::error(
            "cannot-be-accepted",
            written.location.clone(),
            format!("`{}` is no warning that can be accepted; errors never can", written.value),
            format!("`{}` 不是可以保留的警告；错误一律不能保留", written.value),
        );
        diagnostics.push(match nearest(&written.value, &mut codes) {
            Some(meant) => problem.did_you_mean(&written.value, meant),
            None => problem
                .help("mend what it tells of, and delete the entry", "请改正它所说的问题，并删除这一条"),
        });
    }
    known
}
