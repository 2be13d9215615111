//! A new text in the words of an editor's Markdown, where that says the same: with the links, bold type and lists that stand in it.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, SourcePath};
use crate::markdown::{self, Block, LinkKind, Options};
use crate::text;

/// The most blocks of a new text that are one of the old text: paragraphs that an editor made a list of.
const MOST_JOINED: usize = 20;

/// Takes Markdown apart.
pub(super) fn read(body: &str, options: &Options) -> Vec<Block> {
    markdown::parse(&SourcePath::new("a.md"), body, 0..body.len(), options, &mut Diagnostics::new())
}

/// Returns `new` with those blocks of `old` in place of its own that say the same.
pub(super) fn with_markup(old: &str, new: &str, options: &Options) -> String {
    let mut known: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (said, block) in blocks(old, options).into_iter().rev() {
        known.entry(said).or_default().push(block);
    }
    let blocks = blocks(new, options);
    let mut written: Vec<&str> = Vec::new();
    let mut rest = blocks.as_slice();
    while let Some(((_, block), behind)) = rest.split_first() {
        let longest = rest.len().min(MOST_JOINED);
        let found = (1..=longest).rev().find_map(|n| {
            let (joined, behind) = rest.split_at_checked(n)?;
            let said = joined.iter().map(|(said, _)| said.as_str()).collect::<Vec<_>>().join("\n");
            let alike = known.get_mut(&said)?;
            Some((alike.pop().filter(|_| !said.is_empty())?, behind))
        });
        let (block, behind) = found.unwrap_or((block, behind));
        written.push(block);
        rest = behind;
    }
    let written = written.join("\n\n") + "\n";
    // Beside others a block may say something else: HTML that nothing closes swallows them.
    if said(&written, options) == said(new, options) { written } else { new.to_owned() }
}

/// Returns the blocks of a text as they are written, each with what it says by itself.
fn blocks<'a>(body: &'a str, options: &Options) -> Vec<(String, &'a str)> {
    let blocks = read(body, options);
    let written = blocks.iter().filter_map(|block| body.get(block.range.clone())).map(str::trim_end);
    written.map(|block| (said(block, options), block)).collect()
}

/// Returns the words of a text as they are compared, line by line; of pictures alone, which they are.
fn said(body: &str, options: &Options) -> String {
    let blocks = read(body, options);
    let lines = markdown::plain_text(&blocks);
    let lines = lines.lines().map(text::compared).filter(|line| !line.is_empty());
    let words = lines.collect::<Vec<_>>().join("\n");
    if !words.is_empty() {
        return words;
    }
    let mut pictures = String::new();
    markdown::for_each_link(&blocks, &mut |link| {
        if link.kind == LinkKind::Image {
            pictures.extend(["!", link.destination]);
        }
    });
    pictures
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        assert_eq!(with_markup(old, new, &Options::default()), expected, "{old:?}");
    }

    #[test]
    fn markup_of_what_says_the_same_stays() {
        check("**甲**乙。\n\n丙。\n", "甲乙。\n\n丁。\n", "**甲**乙。\n\n丁。\n");
        check("[甲](a.md)。\n乙。\n", "甲。乙。\n\n丙。\n", "[甲](a.md)。\n乙。\n\n丙。\n");
        // Blank lines stand inside, too.
        check("- 甲\n\n- **乙**\n\n丙。\n", "甲\n\n乙\n\n丁。\n", "- 甲\n\n- **乙**\n\n丁。\n");
        check("> 甲\n>\n> *乙*\n\n丙。\n", "甲\n\n乙\n\n丁。\n", "> 甲\n>\n> *乙*\n\n丁。\n");
        check("```\n甲\n\n乙\n```\n\n丙。\n", "甲\n\n乙\n\n丁。\n", "```\n甲\n\n乙\n```\n\n丁。\n");
        let table = "| 序号 | 问题 |\n|:-:|---|\n| 1 | **甲** |";
        let plain = "| 序号 | 问题 |\n|---|---|\n| 1 | 甲 |";
        check(&format!("{table}\n\n乙。\n"), &format!("{plain}\n\n丙。\n"), &format!("{table}\n\n丙。\n"));
        // A paragraph that the document has parted is two.
        check("甲。**乙**。\n\n丙。\n", "甲。\n\n乙。\n\n丙。\n", "甲。\n\n乙。\n\n丙。\n");
        // The same words twice.
        check("**甲**。\n\n甲。\n\n乙。\n", "甲。\n\n甲。\n\n丙。\n", "**甲**。\n\n甲。\n\n丙。\n");
    }

    #[test]
    fn pictures_keep_their_words() {
        check("![图一](a.png)\n\n乙。\n", "![](a.png)\n\n丙。\n", "![图一](a.png)\n\n丙。\n");
        check("![图一](b.png)\n\n---\n", "![](a.png)\n\n丙。\n", "![](a.png)\n\n丙。\n");
    }

    #[test]
    fn what_says_something_else_by_itself_goes() {
        check("甲[^1]。\n\n[^1]: 注\n", "甲。\n\n丙。\n", "甲。\n\n丙。\n");
        check("[甲][x]。\n\n[x]: a.md\n", "甲。\n\n丙。\n", "甲。\n\n丙。\n");
        check("<!-- 记\n\n甲。\n", "甲。\n\n丙。\n", "甲。\n\n丙。\n");
    }

    /// Blocks as editors and `import` write them, and worse.
    const PIECES: [&str; 16] = [
        "甲。",
        "**甲**。",
        "乙[^1]。",
        "[^1]: 注",
        "- 甲\n- 乙",
        "1. 甲",
        "> 甲。",
        "```\n甲\n\n乙",
        "<!-- 记",
        "<pre>\n甲",
        "<b>甲",
        "    甲",
        "  乙",
        "| 甲 | 乙 |\n|---|---|",
        "![](a.png)",
        "[甲][x]\n\n[x]: a.md",
    ];

    proptest! {
        #[test]
        fn the_new_text_says_what_it_did(
            old in prop::collection::vec(0..PIECES.len(), 0..6),
            new in prop::collection::vec(0..PIECES.len(), 0..6),
        ) {
            let [old, new] = [old, new].map(|picks| {
                picks.iter().map(|pick| PIECES[*pick]).collect::<Vec<_>>().join("\n\n") + "\n"
            });
            let options = Options::default();
            prop_assert_eq!(said(&with_markup(&old, &new, &options), &options), said(&new, &options), "{} {}", old, new);
        }
    }
}
