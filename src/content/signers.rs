//! `signature:` or `signers:` → who signs a notice.

use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Edit, Fix, Located, Location};
use crate::keys::notice as keys;
use crate::yaml::{Fields, Node, Value, scalar};

/// Reads who signs, each of which has a line of its own; `None` if that is not known because of a fault, which it pushes:
/// `wrong-type`, `signed-twice`, `empty-value`.
pub(super) fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Option<Vec<Located<String>>> {
    let [signature_key, signers_key] = [&keys::SIGNATURE, &keys::SIGNERS].map(|key| fields.location_of(key));
    let signature = fields.node(&keys::SIGNATURE);
    let signers = fields.texts(&keys::SIGNERS, diagnostics);
    let (Some(signature), Some(key)) = (signature, signature_key) else {
        return if signers_key.is_some() { signers } else { Some(Vec::new()) };
    };
    if let Some(location) = signers_key {
        diagnostics.push(signed_twice(location, key));
        return None;
    }
    match several_in(&signature) {
        Some(several) => {
            let is_list = matches!(signature.value, Value::Sequence(_));
            let mut problem = several_signers(signature.location, &several);
            if is_list {
                let renamed = Edit::at(&key, keys::SIGNERS.name).into_iter().collect();
                problem = problem.fix(Fix::new(renamed, Certainty::Probable));
            }
            diagnostics.push(problem);
            None
        }
        None => Some(vec![signature.into_text(keys::SIGNATURE.name, diagnostics)?]),
    }
}

/// Returns the signers of a signature that is a list, or a text of several lines.
fn several_in(signature: &Node) -> Option<Vec<String>> {
    match &signature.value {
        Value::Sequence(signers) => {
            let texts = signers.iter().filter_map(|signer| match &signer.value {
                Value::Scalar(text) => Some(text.clone()),
                _ => None,
            });
            Some(texts.collect())
        }
        Value::Scalar(text) if text.trim().contains('\n') => {
            Some(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
        }
        _ => None,
    }
}

fn several_signers(location: Location, signers: &[String]) -> Diagnostic {
    let list = match signers {
        [] => "甲局, 乙局".to_owned(),
        _ => signers.iter().map(|signer| scalar(signer)).collect::<Vec<_>>().join(", "),
    };
    Diagnostic::error(
        "wrong-type",
        location,
        "`signature` is one line, but here are several signers",
        "`signature` 只写一个单位，这里写了几个",
    )
    .help(format!("write `signers: [{list}]` in its place"), format!("请改写成 `signers: [{list}]`"))
}

fn signed_twice(signers: Location, signature: Location) -> Diagnostic {
    Diagnostic::error(
        "signed-twice",
        signers,
        "the notice has both `signature` and `signers`",
        "`signature` 和 `signers` 只能写一个",
    )
    .help(
        "delete one of them: `signature` is for one body, `signers` for several",
        "请删去一个：一个单位落款写 `signature`，几个单位联合落款写 `signers`",
    )
    .related(signature, "`signature` is here", "`signature` 写在这里")
}
