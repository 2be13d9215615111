//! Headers and footers: no part of the text, but their words are told.

use std::collections::BTreeSet;

use super::super::{FindingKind, Refusal};
use super::body::{Part, words_of};
use super::package::Package;
use crate::document::secrecy;

/// Tells the words of headers and footers, but for those that only count pages.
pub(super) fn look(
    package: &mut Package<'_>,
    main: &Part,
    found: &mut Vec<(FindingKind, String)>,
) -> Result<(), Refusal> {
    // Those that no page shows any more are told, too: they are published with the file.
    let targets = main.targets.values().filter(|target| matches!(target.kind.as_str(), "header" | "footer"));
    let names: BTreeSet<&String> = targets.map(|target| &target.name).collect();
    for name in names {
        let Some(tree) = package.tree(name)? else {
            found.push((FindingKind::PartMissing, name.clone()));
            continue;
        };
        let mut words = words_of(&tree);
        // Watermarks are drawn behind the text.
        tree.visit(&mut |element| {
            if let Some(drawn) = element.attribute("string").filter(|_| element.is("textpath")) {
                words.push(' ');
                words.push_str(drawn);
            }
            true
        });
        if counts_pages_only(&words) {
            continue;
        }
        let marks = secrecy::marks(&words).map(|mark| (FindingKind::SecrecyMark, mark));
        found.extend(marks);
        found.push((FindingKind::HeaderOrFooter, words.trim().to_owned()));
    }
    Ok(())
}

fn counts_pages_only(words: &str) -> bool {
    let rest = words.to_lowercase().replace("page", "").replace("of", "");
    let is_of_count = |character: char| {
        character.is_whitespace()
            || character.is_numeric()
            || character.is_ascii_punctuation()
            || "第页頁共总計计—–－-·•、，／".contains(character)
    };
    rest.chars().all(is_of_count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_no_words() {
        for words in ["", "— 3 —", "第 1 页 共 20 页", "Page 1 of 3", "- １ -"] {
            assert!(counts_pages_only(words), "{words}");
        }
        for words in ["内部文件", "第 1 页 内部", "市公安局"] {
            assert!(!counts_pages_only(words), "{words}");
        }
    }
}
